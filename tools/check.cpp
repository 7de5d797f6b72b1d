// `rung check`: every fault of rule files and of the tests beside them.
#include "interpreter/wording.hpp"
#include "tools/rules.hpp"
#include "tools/sarif.hpp"
#include "tools/tested.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

#include <map>
#include <optional>

#include <fmt/format.h>

namespace rung::tools {

namespace {

namespace fs = std::filesystem;

/// The tests of a file that is sound go into `suites`.
Diagnostics checked(const std::string& file, Programs& programs, std::vector<Tests>& suites) {
    if (!is_test_file(file)) {
        const Result<Program>& program = programs.of(file);
        Diagnostics found = program.diagnostics;
        if (program) {
            found.add(lint(*program));
            found.add(Tests::of(*program).missing_files(loader_beside(file)));
            suites.push_back(Tests::of(*program));
        }
        return found;
    }
    const std::optional<std::string> rules = tested_by(file);
    if (rules && !programs.of(*rules)) {
        return {}; // its own faults come first
    }
    Result<Tests> tests = Tests::parse(program_beside(file, programs), file, read_file(file));
    Diagnostics found = tests.diagnostics;
    if (tests) {
        found.add(tests->missing_files(loader_beside(file)));
        suites.push_back(std::move(*tests));
    }
    return found;
}

Diagnostics errors_of(const Diagnostics& diagnostics) {
    Diagnostics errors;
    for (const Diagnostic& finding : diagnostics) {
        if (finding.is_error) {
            errors.add(finding);
        }
    }
    return errors;
}

/// "103 to 117, 138 and 140", of lines in their order.
std::string lines_in_words(const std::vector<std::uint32_t>& lines) {
    std::vector<std::string> runs;
    for (std::size_t begin = 0; begin < lines.size();) {
        std::size_t end = begin + 1;
        while (end < lines.size() && lines[end] <= lines[end - 1] + 1) {
            ++end;
        }
        const std::string first = std::to_string(lines[begin]);
        const std::string last = std::to_string(lines[end - 1]);
        runs.push_back(first == last ? first : first + " to " + last);
        begin = end;
    }
    return Wording::of(Language::en).list(runs);
}

/// Marks of a file that was just begun are many and alike: of many, the first is told with the lines of the others.
Diagnostics with_marks_joined(const Diagnostics& diagnostics) {
    constexpr std::size_t few = 3;
    const auto is_mark = [](const Diagnostic& finding) {
        return finding.place &&
               (finding.code == "citation-to-check" || finding.code == "line-to-check");
    };
    std::map<std::pair<std::string, std::string>, std::vector<std::uint32_t>> lines;
    for (const Diagnostic& finding : diagnostics) {
        if (is_mark(finding)) {
            lines[{finding.place->file, finding.code}].push_back(finding.place->line);
        }
    }
    Diagnostics joined;
    for (Diagnostic finding : diagnostics) {
        if (is_mark(finding)) {
            std::vector<std::uint32_t>& of = lines[{finding.place->file, finding.code}];
            if (of.empty()) {
                continue; // told with the first
            }
            if (of.size() > few) {
                of.erase(of.begin());
                finding.text += fmt::format("; so are {} more of this file, lines {}", of.size(),
                                            lines_in_words(of));
                of.clear();
            }
        }
        joined.add(std::move(finding));
    }
    return joined;
}

void tell(const Diagnostics& diagnostics, std::size_t files, const Console& console) {
    switch (console.format()) {
    case Format::json:
        console.fail(diagnostics);
        break;
    case Format::sarif:
        Console::out(to_sarif(diagnostics));
        break;
    case Format::text:
        console.fail(console.is_quiet() ? errors_of(diagnostics) : with_marks_joined(diagnostics));
        console.summary(fmt::format("{} checked: {}\n", counted(files, "file", "files"),
                                    diagnostics.empty()
                                        ? "nothing found"
                                        : counted(diagnostics.size(), "finding", "findings")));
        break;
    }
}

} // namespace

CheckedRules check_rules(const std::vector<std::string>& paths) {
    Programs programs;
    Diagnostics diagnostics;
    std::map<fs::path, std::vector<Program>> folders;
    std::vector<Tests> suites;
    std::size_t files = 0;
    for (const std::string& path : paths) {
        std::error_code error;
        const bool folder = fs::is_directory(path, error);
        for (const std::string& file : rule_files(path)) {
            ++files;
            diagnostics.add(checked(file, programs, suites));
            if (folder && !is_test_file(file) && programs.of(file)) {
                folders[fs::path(file).parent_path()].push_back(*programs.of(file));
            }
        }
    }
    std::map<fs::path, Result<Registry>> registries;
    for (auto& [folder, versions] : folders) {
        const Result<Registry>& registry =
            registries.emplace(folder, Registry::of(std::move(versions))).first->second;
        diagnostics.add(registry ? lint(*registry) : registry.diagnostics);
    }
    for (const Tests& tests : suites) {
        const auto beside = registries.find(fs::path(tests.program().file()).parent_path());
        const bool known = beside != registries.end() && beside->second;
        diagnostics.add(lint(tests, known ? &*beside->second : nullptr));
    }
    return {std::move(diagnostics), files};
}

int check(const std::vector<std::string>& paths, const Console& console) {
    const CheckedRules checked = check_rules(paths);
    tell(checked.findings, checked.files, console);
    return checked.findings.has_errors() ? ExitCode::invalid
           : checked.findings.empty()    ? ExitCode::clean
                                         : ExitCode::findings;
}

} // namespace rung::tools
