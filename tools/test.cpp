// `rung test`: runs the tests of rule files and of the test files beside them.
#include "interpreter/text.hpp"
#include "tools/tested.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include <fmt/format.h>

namespace rung::tools {

namespace {

namespace fs = std::filesystem;

struct Suite {
    std::string file;
    Tests tests;
};

/// Every test file and every rule file below the paths, each once. Nothing where one has errors, which were
/// all said.
std::optional<std::vector<Suite>> load(const std::vector<std::string>& paths, Programs& programs,
                                       const Console& console) {
    std::vector<Suite> suites;
    std::set<std::string> known;
    Diagnostics faults;
    bool sound = true;
    for (const std::string& path : paths) {
        for (const std::string& file : rule_files(path)) {
            if (!known.insert(fs::path(file).lexically_normal().string()).second) {
                continue;
            }
            Result<Tests> tests;
            if (is_test_file(file)) {
                const std::optional<std::string> rules = tested_by(file);
                if (rules && known.contains(fs::path(*rules).lexically_normal().string()) &&
                    !programs.of(*rules)) {
                    continue; // its own faults were said
                }
                tests = Tests::parse(program_beside(file, programs), file, read_file(file));
            } else if (programs.of(file)) {
                tests.value = Tests::of(*programs.of(file));
            } else {
                tests.diagnostics = programs.of(file).diagnostics;
            }
            if (tests) {
                suites.push_back({file, std::move(*tests)});
            } else {
                faults.add(tests.diagnostics);
                sound = false;
            }
        }
    }
    if (!sound) {
        console.fail(faults);
        return std::nullopt;
    }
    return suites;
}

/// `as_text`: with explanations for the terminal.
TestRun run_of(const Suite& suite, TestOptions options, bool as_text) {
    if (as_text) {
        options.style = Console::out_style();
        options.style.width -= 4; // explanations stand that far from the margin
    }
    return {suite.file, suite.tests.run(loader_beside(suite.file), options)};
}

/// One for each rule file of the run.
class Seen {
public:
    Coverage* of(const Program& program) {
        const auto known = std::find_if(all_.begin(), all_.end(), [&](const Coverage& coverage) {
            return coverage.rules_file == program.file();
        });
        if (known != all_.end()) {
            return &*known;
        }
        all_.push_back(Coverage::of(program));
        return &all_.back();
    }

    [[nodiscard]] const std::vector<Coverage>& all() const { return all_; }

private:
    std::vector<Coverage> all_;
};

std::optional<int> least_percent(const std::optional<std::string>& text) {
    if (!text) {
        return std::nullopt;
    }
    std::string_view digits = *text;
    digits.remove_suffix(digits.ends_with('%') ? 1U : 0U);
    int percent = -1;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), percent);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || percent < 0 ||
        percent > 100) {
        refuse(Code::bad_percentage,
               {{"found", *text}, {"option", "--coverage-min"}, {"example", "80"}});
    }
    return percent;
}

void print(const TestRun& run, bool verbose, const Console& console) {
    if (run.reports.empty()) {
        return;
    }
    const std::string failed = run.failed() > 0 ? fmt::format(", {} failed", run.failed()) : "";
    console.summary(fmt::format("{}: {} passed{}\n", harmless(run.file), run.passed(), failed));
    for (const TestReport& report : run.reports) {
        if (!report.passed() || (!report.warnings.empty() && !console.is_quiet())) {
            Console::out(to_text(report, Console::out_style()));
        } else if (verbose) {
            Console::out(fmt::format("passed: {} ({}:{})\n", harmless(report.title),
                                     harmless(run.file), report.at.line));
        }
    }
}

void print_summary(const std::vector<TestRun>& runs, const Console& console) {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t files = 0;
    for (const TestRun& run : runs) {
        passed += run.passed();
        failed += run.failed();
        files += run.reports.empty() ? 0U : 1U;
    }
    console.summary(fmt::format("{} passed, {} failed in {}\n", counted(passed, "test", "tests"),
                                failed, counted(files, "file", "files")));
}

void print(const std::vector<Coverage>& all, std::optional<int> least) {
    for (const Coverage& coverage : all) {
        Console::out("\n" + to_text(coverage, Console::out_style()));
    }
    const int percent = coverage_percent(all);
    if (all.size() > 1) {
        Console::out(fmt::format("\n{}% seen of all {} rule files\n", percent, all.size()));
    }
    if (least && percent < *least) {
        Console::out(fmt::format("coverage of {}% is under the {}% asked for\n", percent, *least));
    }
}

} // namespace

std::optional<std::vector<TestRun>> run_tests(const std::vector<std::string>& paths,
                                              const Console& console) {
    Programs programs;
    const std::optional<std::vector<Suite>> suites = load(paths, programs, console);
    if (!suites) {
        return std::nullopt;
    }
    std::vector<TestRun> runs;
    for (const Suite& suite : *suites) {
        runs.push_back(run_of(suite, {}, true));
    }
    return runs;
}

int test(const TestCall& call, const Console& console) {
    const std::optional<int> least = least_percent(call.coverage_min);
    Programs programs;
    const std::optional<std::vector<Suite>> suites = load(call.paths, programs, console);
    if (!suites) {
        return ExitCode::invalid;
    }
    const bool as_text = console.format() == Format::text;
    const bool covers = call.coverage || least;
    Seen seen;
    std::vector<TestRun> runs;
    std::size_t count = 0;
    for (const Suite& suite : *suites) {
        TestOptions options;
        options.filter = call.filter;
        options.coverage = covers ? seen.of(suite.tests.program()) : nullptr;
        TestRun run = run_of(suite, options, as_text);
        count += run.reports.size();
        runs.push_back(std::move(run));
    }
    if (count == 0 && !call.filter.empty()) {
        refuse(Code::no_test_matches, {{"text", call.filter}});
    }
    std::erase_if(runs, [](const TestRun& run) { return run.reports.empty(); });
    if (as_text) {
        for (const TestRun& run : runs) {
            print(run, call.verbose, console);
        }
        print_summary(runs, console);
        print(seen.all(), least);
    } else {
        Console::out(to_json(runs, seen.all(), least) + "\n");
    }
    if (call.junit) {
        write_file(*call.junit, to_junit(runs));
    }
    const bool failed =
        std::any_of(runs.begin(), runs.end(), [](const TestRun& run) { return run.failed() > 0; });
    const bool uncovered = least && coverage_percent(seen.all()) < *least;
    return failed || uncovered ? ExitCode::findings : ExitCode::clean;
}

} // namespace rung::tools
