// `rung eval` and `rung why-not`.
#include "tools/receipt.hpp"
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

#include <filesystem>

namespace rung::tools {

namespace {

std::optional<Outcome> evaluated(const Question& question, const Console& console) {
    Diagnostics warnings;
    const std::optional<Case> loaded = load_case(question, console, warnings);
    if (!loaded) {
        return std::nullopt;
    }
    std::optional<Outcome> outcome =
        judge(*loaded, options_of(question, loaded->chosen.in_force), warnings, console);
    if (outcome) {
        console.warn(outcome->warnings);
    }
    return outcome;
}

/// Written before the answer is shown, so that none is shown whose receipt is not there.
void answer(const Question& question, const Outcome& outcome, const std::string& target,
            const std::optional<std::string>& receipt, const std::string& output,
            const Console& console) {
    TextOptions style = style_of(question);
    style.colour = style.colour && output.empty();
    const Shape shape{target, console.format(), question.for_partner, style};
    if (receipt) {
        write_file(*receipt, to_json(receipt_of(question, outcome, shape)));
    }
    const std::string text = shaped(outcome, shape);
    if (output.empty()) {
        Console::out(text);
    } else {
        write_file(output, text);
    }
}

/// What is asked for stands first, and the file of facts behind it.
void refuse_swapped(const Question& question, const std::string& target) {
    std::error_code error;
    if (question.facts != "-" && !std::filesystem::exists(question.facts, error) &&
        std::filesystem::is_regular_file(target, error)) {
        refuse(Code::words_swapped,
               {{"facts", question.facts}, {"target", target}, {"verb", "why-not"}});
    }
}

} // namespace

int eval(const Question& question, const std::optional<std::string>& receipt,
         const std::string& output, const Console& console) {
    const std::optional<Outcome> outcome = evaluated(question, console);
    if (!outcome) {
        return ExitCode::invalid;
    }
    answer(question, *outcome, "", receipt, output, console);
    return ExitCode::clean;
}

int why_not(const Question& question, const std::string& target,
            const std::optional<std::string>& receipt, const Console& console) {
    refuse_swapped(question, target);
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
    answer(question, *outcome, target, receipt, "", console);
    return reached(*outcome, target) ? ExitCode::clean : ExitCode::findings;
}

} // namespace rung::tools
