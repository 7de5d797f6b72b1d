#include "tools/rules.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>

#include <fmt/chrono.h>

namespace rung::tools {

std::string day_of(const std::string& text) {
    if (text != "today") {
        return text;
    }
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%d}", fmt::localtime(now));
}

std::vector<Program> load_programs(const std::string& path, Diagnostics& diagnostics) {
    std::vector<Program> programs;
    for (const std::string& file : rule_files(path)) {
        if (is_test_file(file) && file != path) {
            continue;
        }
        Result<Program> program = Program::parse(file, read_file(file));
        diagnostics.add(program.diagnostics);
        if (program) {
            programs.push_back(std::move(*program));
        }
    }
    if (programs.empty() && diagnostics.empty()) {
        refuse(Code::no_versions, {{"path", path}});
    }
    return programs;
}

std::optional<Program> load_program(const std::string& file, const Console& console) {
    Result<Program> program = Program::parse(file, read_file(file));
    if (!program) {
        console.fail(program.diagnostics);
    }
    return std::move(program.value);
}

std::optional<std::string> named_version(const Registry& registry, const Question& question,
                                         const Stated& stated) {
    std::optional<std::string> version = question.version ? question.version : stated.version;
    std::error_code error;
    if (!std::filesystem::is_directory(question.rules, error)) {
        const std::string& only = registry.versions().front().version();
        if (!question.version && stated.version && *stated.version != only) {
            refuse(Code::other_version, {{"found", *stated.version}, {"version", only}});
        }
        version = version.value_or(only);
    }
    return version;
}

std::optional<Registry> load_versions(const Question& question, const Console& console) {
    if (question.facts == "-" && question.rules == "-") {
        refuse(Code::input_used_twice, {{"first", "facts"}, {"second", "rules"}});
    }
    Diagnostics diagnostics;
    std::vector<Program> programs;
    for (const Program& program : load_programs(question.rules, diagnostics)) {
        programs.push_back(program.in(question.language));
    }
    const Result<Registry> registry =
        diagnostics.has_errors() ? Result<Registry>{} : Registry::of(std::move(programs));
    diagnostics.add(registry.diagnostics);
    if (!registry) {
        console.fail(diagnostics);
    }
    return registry.value;
}

std::string facts_name_of(const Question& question) {
    return question.without_facts  ? "no facts"
           : question.facts == "-" ? "standard input"
                                   : question.facts;
}

NamedText read_facts(const Question& question) {
    return {facts_name_of(question), question.without_facts ? "{}" : read_file(question.facts)};
}

namespace {

/// The version that the question, or else the facts, ask for, and the day.
Result<Chosen> choose(const Registry& registry, const Question& question, const std::string& name,
                      const std::string& json) {
    const Stated stated = Facts::peek(registry.versions().front(), name, json);
    const std::optional<std::string> on =
        question.on ? std::optional(day_of(*question.on)) : stated.on;
    Result<Chosen> chosen = registry.choose(on, named_version(registry, question, stated));
    if (!chosen && !on) { // what hides the date is what to mend
        Diagnostics why = stated.faults;
        if (!why.has_errors()) {
            why.add(chosen.diagnostics);
        }
        chosen.diagnostics = std::move(why);
    }
    std::error_code error;
    if (chosen && !question.version && !std::filesystem::is_directory(question.rules, error)) {
        chosen->choice.why = VersionChoice::Why::only_file;
    }
    return chosen;
}

/// What there is, or nothing, which is said.
template <typename T>
std::optional<T> or_say(Result<T> result, const Console& console) {
    if (!result) {
        console.fail(result.diagnostics);
    }
    return std::move(result.value);
}

} // namespace

std::optional<Program> version_meant(const Registry& registry, const Question& question,
                                     const Console& console) {
    const std::optional<std::string> on =
        question.on ? std::optional(day_of(*question.on)) : std::nullopt;
    const std::vector<Program>& versions = registry.versions();
    if (!on && !question.version) {
        const auto latest =
            std::find_if(versions.rbegin(), versions.rend(),
                         [](const Program& version) { return !version.withdrawn(); });
        return latest == versions.rend() ? versions.back() : *latest;
    }
    Result<Chosen> chosen = registry.choose(on, question.version);
    if (!chosen) {
        console.fail(chosen.diagnostics);
        return std::nullopt;
    }
    return chosen->program;
}

std::optional<Chosen> load_rules(const Question& question, const Console& console) {
    const std::optional<Registry> versions = load_versions(question, console);
    return versions ? or_say(choose(*versions, question, "", "{}"), console) : std::nullopt;
}

Result<Case> case_of(const Registry& versions, const Question& question, const std::string& name,
                     std::string json) {
    Result<Chosen> chosen = choose(versions, question, name, json);
    if (!chosen) {
        return {std::nullopt, std::move(chosen.diagnostics)};
    }
    Result<Facts> facts = Facts::read(chosen->program, name, json, {question.strict});
    if (!facts) {
        return {std::nullopt, std::move(facts.diagnostics)};
    }
    return {Case{std::move(*facts), std::move(*chosen), name, std::move(json)},
            std::move(facts.diagnostics)};
}

std::optional<Case> read_case(const Registry& versions, const Question& question,
                              const std::string& name, std::string json, const Console& console,
                              Diagnostics& warnings) {
    Result<Case> result = case_of(versions, question, name, std::move(json));
    if (result) {
        warnings.add(result.diagnostics);
    }
    return or_say(std::move(result), console);
}

std::optional<Case> load_case(const Question& question, const Console& console,
                              Diagnostics& warnings) {
    const std::optional<Registry> versions = load_versions(question, console);
    if (!versions) {
        return std::nullopt;
    }
    NamedText text = read_facts(question);
    return read_case(*versions, question, text.name, std::move(text.text), console, warnings);
}

std::optional<Outcome> judge(const Case& read, const EvaluateOptions& options, Diagnostics warnings,
                             const Console& console) {
    Result<Outcome> outcome = rung::evaluate(read.chosen.program, read.facts, options);
    if (!outcome) {
        console.fail(outcome.diagnostics);
        return std::nullopt;
    }
    outcome->warnings = std::move(warnings);
    outcome->warnings.add(outcome.diagnostics);
    return std::move(outcome.value);
}

TextOptions style_of(const Question& question) {
    TextOptions options = Console::out_style();
    options.layout = question.layout;
    options.language = question.language;
    options.width = question.width.value_or(options.width);
    options.all = question.all;
    return options;
}

EvaluateOptions options_of(const Question& question) {
    EvaluateOptions options;
    options.on = question.on ? std::optional(day_of(*question.on)) : std::nullopt;
    options.review = question.review;
    options.named_version = question.version.has_value();
    return options;
}

EvaluateOptions options_of(const Question& question, const Chosen& chosen) {
    EvaluateOptions options = options_of(question);
    options.in_force = chosen.in_force;
    options.choice = chosen.choice;
    return options;
}

} // namespace rung::tools
