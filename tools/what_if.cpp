// `rung what-if`: a partner with other facts, or with measures that are assumed.
#include "tools/rules.hpp"
#include "tools/set_fact.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

namespace rung::tools {

namespace {

/// "stories=3" in its two halves.
std::pair<std::string, std::string> halves(const std::string& option, const std::string& example,
                                           const std::string& text) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == text.size()) {
        refuse(Code::change_without_value,
               {{"option", option}, {"found", text}, {"example", example}});
    }
    return {text.substr(0, sign), text.substr(sign + 1)};
}

/// The text of the facts with all changes, one behind the other; nothing where one cannot be made, which was said.
std::optional<std::string> changed(const Case& read, const EvaluateOptions& options,
                                   const Supposed& supposed, const Console& console) {
    std::string json = read.json;
    const Result<Calculator> calculator = Calculator::of(read.chosen.program, read.facts, options);
    if (!calculator) {
        console.fail(calculator.diagnostics);
        return std::nullopt;
    }
    const auto apply = [&](const auto& changes, auto edit, const char* option,
                           const char* example) {
        for (const std::string& change : changes) {
            const auto [path, value] = halves(option, example, change);
            const Result<std::string> text = edit(*calculator, json, path, value);
            if (!text) {
                console.fail(text.diagnostics);
                return false;
            }
            json = *text;
        }
        return true;
    };
    const bool made = apply(supposed.set, with_fact, "--set", "invited=yes") &&
                      apply(supposed.add, with_item, "--add", "stories='{\"title\": \"…\"}'");
    return made ? std::optional(json) : std::nullopt;
}

std::vector<Assumption> assumptions(const Supposed& supposed) {
    std::vector<Assumption> all;
    for (const std::string& text : supposed.assume) {
        auto [measure, value] = halves("--assume", "stories=3", text);
        all.push_back({std::move(measure), std::move(value)});
    }
    return all;
}

} // namespace

int what_if(const Question& question, const Supposed& supposed, const Console& console) {
    if (supposed.set.empty() && supposed.add.empty() && supposed.assume.empty()) {
        refuse(Code::word_missing,
               {{"verb", "what-if"}, {"missing", "`--set`, `--add` or `--assume`"}});
    }
    Diagnostics warnings;
    const std::optional<Registry> versions = load_versions(question, console);
    const NamedText text = read_facts(question);
    const std::optional<Case> given =
        versions ? read_case(*versions, question, text.name, text.text, console, warnings)
                 : std::nullopt;
    if (!given) {
        return ExitCode::invalid;
    }
    EvaluateOptions options = options_of(question, given->chosen);
    const std::optional<Outcome> before = judge(*given, options, std::move(warnings), console);
    const std::optional<std::string> json =
        before ? changed(*given, options, supposed, console) : std::nullopt;
    if (!json) {
        return ExitCode::invalid;
    }
    Diagnostics warnings_after;
    const std::optional<Case> supposed_case =
        read_case(*versions, question, text.name + ", changed", *json, console, warnings_after);
    if (!supposed_case) {
        return ExitCode::invalid;
    }
    options = options_of(question, supposed_case->chosen);
    options.assume = assumptions(supposed);
    const std::optional<Outcome> after =
        judge(*supposed_case, options, std::move(warnings_after), console);
    if (!after) {
        return ExitCode::invalid;
    }
    const Changes changes = compare(*before, *after);
    console.warn(changes.warnings);
    Console::out(console.format() == Format::json
                     ? to_json(changes) + "\n"
                     : to_text(changes, *before, *after, style_of(question)));
    return ExitCode::clean;
}

} // namespace rung::tools
