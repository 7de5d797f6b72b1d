// Rule files and their choice, as several verbs need them.
#pragma once

#include "tools/console.hpp"
#include "tools/verbs.hpp"

#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rung::tools {

/// The programs of a file or folder, test files left out; what is wrong with them goes into `diagnostics`.
[[nodiscard]] std::vector<Program> load_programs(const std::string& path, Diagnostics& diagnostics);

/// One version, by its file; nothing where it is not valid, which was said.
[[nodiscard]] std::optional<Program> load_program(const std::string& file, const Console& console);

/// One partner's facts with the version that is to judge them.
struct Case {
    Facts facts;
    Chosen chosen;
    std::string name; // of the facts, as messages call them
    std::string json;
};

/// All versions; nothing where something is wrong, which was said.
[[nodiscard]] std::optional<Registry> load_versions(const Question& question,
                                                    const Console& console);

/// The version that is to be used in force or not: the one that the question or else the facts name, or that a
/// rule file is, which is named by being given. Nothing: of a folder the date chooses.
[[nodiscard]] std::optional<std::string>
named_version(const Registry& registry, const Question& question, const Stated& stated);

/// A partner's facts, and what messages call them.
struct NamedText {
    std::string name;
    std::string text;
};
[[nodiscard]] NamedText read_facts(const Question& question);
[[nodiscard]] std::string facts_name_of(const Question& question);

/// The version that the question means by its day or its name; with neither, the latest that is not withdrawn. Nothing where there is none,
/// which was said.
[[nodiscard]] std::optional<Program>
version_meant(const Registry& registry, const Question& question, const Console& console);
/// The version that the question asks for, without facts; nothing where something is wrong, which was said.
[[nodiscard]] std::optional<Chosen> load_rules(const Question& question, const Console& console);
/// A text of facts with the version that the question or the text itself asks for. Throws Refusal where they ask
/// for different ones.
[[nodiscard]] Result<Case> case_of(const Registry& versions, const Question& question,
                                   const std::string& name, std::string json);
/// The same; nothing where something is wrong, which was said. Warnings go into `warnings`.
[[nodiscard]] std::optional<Case> read_case(const Registry& versions, const Question& question,
                                            const std::string& name, std::string json,
                                            const Console& console, Diagnostics& warnings);
/// Reads and chooses; nothing where something is wrong, which was said. Warnings go into `warnings`.
[[nodiscard]] std::optional<Case> load_case(const Question& question, const Console& console,
                                            Diagnostics& warnings);

/// The outcome, its warnings behind those that it has; nothing where there is none, which was said.
[[nodiscard]] std::optional<Outcome> judge(const Case& read, const EvaluateOptions& options,
                                           Diagnostics warnings, const Console& console);

/// Without rules, and by the version that was chosen.
[[nodiscard]] EvaluateOptions options_of(const Question& question);
[[nodiscard]] EvaluateOptions options_of(const Question& question, const Chosen& chosen);

/// How the question wants its answer laid out, on this console.
[[nodiscard]] TextOptions style_of(const Question& question);

/// "today" is the clock's day, in local time; any other text is itself.
[[nodiscard]] std::string day_of(const std::string& text);

} // namespace rung::tools
