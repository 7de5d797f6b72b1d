// `rung eval` and `rung why-not`.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

namespace rung::tools {

namespace {

std::optional<Outcome> evaluated(const Question& question, const Console& console) {
    Diagnostics warnings;
    const std::optional<Case> loaded = load_case(question, console, warnings);
    if (!loaded) {
        return std::nullopt;
    }
    Result<Outcome> outcome = rung::evaluate(loaded->chosen.program, loaded->facts,
                                             options_of(question, loaded->chosen.in_force));
    if (!outcome) {
        console.fail(outcome.diagnostics);
        return std::nullopt;
    }
    outcome->warnings = warnings;
    outcome->warnings.add(outcome.diagnostics);
    console.warn(outcome->warnings);
    return std::move(*outcome);
}

} // namespace

int eval(const Question& question, const Console& console) {
    const std::optional<Outcome> outcome = evaluated(question, console);
    if (!outcome) {
        return ExitCode::invalid;
    }
    Console::out(console.format() == Format::json ? to_json(*outcome) + "\n"
                                                  : to_text(*outcome, Console::out_style()));
    return ExitCode::clean;
}

int why_not(const Question& question, const std::string& target, const Console& console) {
    const std::optional<Outcome> outcome = evaluated(question, console);
    if (!outcome) {
        return ExitCode::invalid;
    }
    if (const std::optional<Diagnostic> unknown = unknown_target(*outcome, target)) {
        Diagnostics diagnostics;
        diagnostics.add(*unknown);
        console.fail(diagnostics);
        return ExitCode::invalid;
    }
    Console::out(console.format() == Format::json
                     ? to_json(*outcome) + "\n"
                     : rung::why_not(*outcome, target, Console::out_style()));
    return reached(*outcome, target) ? ExitCode::clean : ExitCode::findings;
}

} // namespace rung::tools
