// `rung eval`, `rung why` and `rung why-not`.
#include "tools/receipt.hpp"
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

#include <filesystem>

namespace rung::tools {

namespace {

/// An answer that is to be shown, and how.
struct Shown {
    Answer answer;
    Shape shape;
};

std::optional<Shown> answered(const Question& question, const std::string& target, Asked asked,
                              const Console& console) {
    Diagnostics warnings;
    const std::optional<Case> loaded = load_case(question, console, warnings);
    if (!loaded) {
        return std::nullopt;
    }
    const EvaluateOptions options = options_of(question, loaded->chosen);
    std::optional<Outcome> outcome = judge(*loaded, options, warnings, console);
    if (!outcome) {
        return std::nullopt;
    }
    console.warn(outcome->warnings);
    Shape shape{
        target, asked, std::nullopt, console.format(), question.for_partner, style_of(question)};
    std::optional<Plan> ways = ways_for(*loaded, options, question.strict, *outcome, shape);
    return Shown{{std::move(*outcome), std::move(ways)}, std::move(shape)};
}

void refuse_overwriting(const Question& question, const std::optional<std::string>& receipt,
                        const std::string& output = {}) {
    tools::refuse_overwriting({output, receipt.value_or("")}, {question.facts, question.rules});
}

/// The receipt is written before the answer is shown, so that none is shown whose receipt is not there.
void show(const Question& question, const Shown& shown, const std::optional<std::string>& receipt,
          const std::string& output = {}) {
    if (receipt) {
        write_file(*receipt, to_json(receipt_of(question, shown.answer, shown.shape)));
    }
    if (output.empty()) {
        Console::out(shaped(shown.answer, shown.shape));
    } else {
        Shape plain = shown.shape;
        plain.style.colour = false;
        write_file(output, shaped(shown.answer, plain));
    }
}

/// What is asked for stands first, and the file of facts behind it.
void refuse_swapped(const Question& question, const std::string& target, const char* verb) {
    std::error_code error;
    if (question.facts != "-" && !std::filesystem::exists(question.facts, error) &&
        std::filesystem::is_regular_file(target, error)) {
        refuse(Code::words_swapped,
               {{"facts", question.facts}, {"target", target}, {"verb", verb}});
    }
}

} // namespace

int eval(const Question& question, const std::optional<std::string>& receipt,
         const std::string& output, const Console& console) {
    refuse_overwriting(question, receipt, output);
    const std::optional<Shown> shown = answered(question, "", Asked::why_not, console);
    if (!shown) {
        return ExitCode::invalid;
    }
    show(question, *shown, receipt, output);
    return ExitCode::clean;
}

int why(const Question& question, const std::string& target, Asked asked,
        const std::optional<std::string>& receipt, const Console& console) {
    refuse_swapped(question, target, asked == Asked::why ? "why" : "why-not");
    refuse_overwriting(question, receipt);
    const std::optional<Shown> shown = answered(question, target, asked, console);
    if (!shown) {
        return ExitCode::invalid;
    }
    const Outcome& outcome = shown->answer.outcome;
    if (const std::optional<Diagnostic> unknown = unknown_subject(outcome, target)) {
        Diagnostics diagnostics;
        diagnostics.add(*unknown);
        console.fail(diagnostics);
        return ExitCode::invalid;
    }
    show(question, *shown, receipt);
    return has(outcome, target) ? ExitCode::clean : ExitCode::findings;
}

} // namespace rung::tools
