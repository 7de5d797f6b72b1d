// `rung check`, `rung fmt` and `rung test`: what an operator runs on rule files.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

#include <map>

#include <fmt/format.h>

namespace rung::tools {

namespace {

namespace fs = std::filesystem;

std::string counted(std::size_t count, const char* one, const char* many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// The rule file that a test file speaks of, parsed once.
class Programs {
public:
    const Result<Program>& of(const std::string& file) {
        const auto known = programs_.find(file);
        return known != programs_.end()
                   ? known->second
                   : programs_.emplace(file, Program::parse(file, read_file(file))).first->second;
    }

private:
    std::map<std::string, Result<Program>> programs_;
};

Program program_beside(const std::string& test_file, Programs& programs) {
    const std::optional<std::string> rules = tested_by(test_file);
    if (!rules) {
        refuse(Code::nothing_tested, {{"path", test_file}});
    }
    const Result<Program>& program = programs.of(*rules);
    if (!program) {
        refuse(Code::tested_rules_broken, {{"rules", *rules}, {"path", test_file}});
    }
    return *program;
}

Diagnostics checked(const std::string& file, Programs& programs) {
    if (!is_test_file(file)) {
        return programs.of(file).diagnostics;
    }
    const std::optional<std::string> rules = tested_by(file);
    if (rules && !programs.of(*rules)) {
        return {}; // its own faults come first
    }
    return Tests::parse(program_beside(file, programs), file, read_file(file)).diagnostics;
}

} // namespace

int check(const std::vector<std::string>& paths, const Console& console) {
    Programs programs;
    Diagnostics diagnostics;
    std::map<fs::path, std::vector<Program>> folders;
    std::size_t files = 0;
    for (const std::string& path : paths) {
        std::error_code error;
        const bool folder = fs::is_directory(path, error);
        for (const std::string& file : rule_files(path)) {
            ++files;
            diagnostics.add(checked(file, programs));
            if (folder && !is_test_file(file) && programs.of(file)) {
                folders[fs::path(file).parent_path()].push_back(*programs.of(file));
            }
        }
    }
    for (auto& [folder, versions] : folders) {
        diagnostics.add(Registry::of(std::move(versions)).diagnostics);
    }
    if (!diagnostics.empty() || console.format() == Format::json) {
        console.fail(diagnostics);
    }
    if (console.format() == Format::text) {
        const std::string found = diagnostics.empty()
                                      ? "nothing found"
                                      : counted(diagnostics.size(), "finding", "findings");
        Console::out(fmt::format("{} checked: {}\n", counted(files, "file", "files"), found));
    }
    return diagnostics.has_errors() ? ExitCode::invalid
           : diagnostics.empty()    ? ExitCode::clean
                                    : ExitCode::findings;
}

int format(const std::vector<std::string>& paths, bool only_look, const Console& console) {
    int code = ExitCode::clean;
    for (const std::string& path : paths) {
        for (const std::string& file :
             path == "-" ? std::vector<std::string>{"-"} : rule_files(path)) {
            const std::string text = read_file(file);
            const Result<std::string> formatted =
                canonical(file == "-" ? "standard input" : file, text);
            if (!formatted) {
                console.fail(formatted.diagnostics);
                code = ExitCode::invalid;
            } else if (file == "-" && !only_look) {
                Console::out(*formatted);
            } else if (*formatted != text) {
                if (!only_look) {
                    write_file(file, *formatted);
                } else if (code == ExitCode::clean) {
                    code = ExitCode::findings;
                }
                Console::out((file == "-" ? "standard input" : file) +
                             (only_look ? " is not in canonical form\n" : " formatted\n"));
            }
        }
    }
    return code;
}

namespace {

FactsLoader loader_beside(const std::string& file) {
    return [folder = fs::path(file).parent_path()](
               const std::string& name) -> std::optional<std::string> {
        try {
            return read_file((folder / name).string());
        } catch (const Refusal&) {
            return std::nullopt;
        }
    };
}

void print(const TestReport& report, const TextOptions& style) {
    Console::out(fmt::format("failed: {} ({}:{})\n", report.title, report.at.file, report.at.line));
    if (report.problems.has_errors()) {
        Console::out(report.problems.to_text(style.colour, style.width));
    }
    for (const TestFailure& failure : report.failures) {
        Console::out(fmt::format("  line {}\n    expected  {}\n    actual    {}\n", failure.at.line,
                                 failure.expected, failure.actual));
    }
    if (!report.explanation.empty()) {
        Console::out("\n" + report.explanation + "\n");
    }
}

} // namespace

int test(const std::vector<std::string>& paths, const Console& console) {
    Programs programs;
    std::size_t passed = 0;
    std::size_t failed = 0;
    for (const std::string& path : paths) {
        for (const std::string& file : rule_files(path)) {
            Result<Tests> tests;
            if (is_test_file(file)) {
                tests = Tests::parse(program_beside(file, programs), file, read_file(file));
            } else if (programs.of(file)) {
                tests.value = Tests::of(*programs.of(file));
            } else {
                tests.diagnostics = programs.of(file).diagnostics;
            }
            if (!tests) {
                console.fail(tests.diagnostics);
                return ExitCode::invalid;
            }
            for (const TestReport& report : tests->run(loader_beside(file))) {
                ++(report.passed() ? passed : failed);
                if (!report.passed()) {
                    print(report, Console::out_style());
                }
            }
        }
    }
    Console::out(fmt::format("{} passed, {} failed\n", passed, failed));
    return failed > 0 ? ExitCode::findings : ExitCode::clean;
}

} // namespace rung::tools
