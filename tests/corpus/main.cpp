// Runs the cases of a folder against the command `rung`, and records what they expect when asked to.
//
//     rung_corpus PATH_OF_RUNG_COMMAND FOLDER_OF_CASES [--record] [FILTER...]
//
// Two threads take cases in turn; reports are printed in the order of the paths once all are done.
#include "tests/corpus/case.hpp"
#include "tests/corpus/command.hpp"
#include "tests/corpus/diff.hpp"
#include "tests/corpus/sandbox.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <thread>

#include <fmt/format.h>

namespace rung::corpus {
namespace {

namespace fs = std::filesystem;

struct Task {
    fs::path rung;
    fs::path cases;
    bool record = false;
    std::vector<std::string> filters;
};

enum class Verdict { passed, recorded, failed, malformed };

struct Report {
    Verdict verdict = Verdict::passed;
    std::string text;
};

/// Does the steps of one case in a folder, in their order.
class Runner {
public:
    Runner(const fs::path& path, const fs::path& scratch)
        : path_(path), scratch_(scratch), folder_(scratch / "case") {
        std::error_code ignored;
        fs::create_directories(folder_, ignored);
    }

    bool operator()(const File& file) { return put(file.line, file.name, file.text); }

    bool operator()(const Same& same) {
        std::string text;
        if (!read_file(fs::path(RUNG_SOURCE_DIR) / same.original, text)) {
            report_.verdict = Verdict::malformed;
            report_.text += place(same.line) + "cannot read `" + same.original + "`\n";
            return false;
        }
        return put(same.line, same.name, text);
    }

    bool operator()(const Run& run) {
        auto [outcome, trouble] = run_command(run.command, folder_, scratch_);
        if (!trouble.empty() || outcome != run.expected) {
            report_.verdict = Verdict::failed;
            report_.text += place(run.line) + run.command + '\n';
            report_.text += trouble.empty() ? "" : "    " + trouble + '\n';
            report_.text += diff(write_expectation(run.expected), write_expectation(outcome));
        }
        recordable_ = recordable_ && trouble.empty();
        actual_.push_back(std::move(outcome));
        return true;
    }

    [[nodiscard]] bool recordable() const { return recordable_; }
    [[nodiscard]] const std::vector<Outcome>& actual() const { return actual_; }
    [[nodiscard]] Report report() && { return std::move(report_); }

private:
    bool put(std::size_t line, const std::string& name, const std::string& text) {
        const auto path = folder_ / name;
        std::error_code ignored;
        fs::create_directories(path.parent_path(), ignored);
        if (!write_file(path, text)) {
            report_.verdict = Verdict::malformed;
            report_.text += place(line) + "cannot write `" + name + "`\n";
            return false;
        }
        return true;
    }

    [[nodiscard]] std::string place(std::size_t line) const {
        return fmt::format("{}:{}: ", path_.string(), line);
    }

    const fs::path& path_;
    const fs::path& scratch_;
    fs::path folder_;
    bool recordable_ = true;
    std::vector<Outcome> actual_;
    Report report_;
};

Report run_case(const fs::path& path, const fs::path& scratch, bool recording) {
    std::string text;
    if (!read_file(path, text)) {
        return {Verdict::malformed, path.string() + ":1: cannot be read\n"};
    }
    const auto parsed = parse_case(text);
    if (const auto* bad = std::get_if<Malformed>(&parsed)) {
        return {Verdict::malformed,
                fmt::format("{}:{}: {}\n", path.string(), bad->line, bad->reason)};
    }
    const auto& steps = std::get<Steps>(parsed);
    Runner runner(path, scratch);
    const bool done = std::all_of(steps.begin(), steps.end(),
                                  [&](const auto& step) { return std::visit(runner, step); });
    if (!recording || !done || !runner.recordable()) {
        return std::move(runner).report();
    }
    const auto recorded = record(text, steps, runner.actual());
    if (recorded == text) {
        return {};
    }
    if (!write_file(path, recorded)) {
        return {Verdict::failed, path.string() + ":1: cannot be written\n"};
    }
    return {Verdict::recorded, "recorded " + path.string() + '\n'};
}

std::vector<fs::path> find_cases(const Task& task) {
    std::vector<fs::path> cases;
    std::error_code error;
    for (fs::recursive_directory_iterator at(task.cases, error), end; !error && at != end;
         at.increment(error)) {
        const auto name = at->path().lexically_relative(task.cases).string();
        const auto wanted = [&](const auto& filter) {
            return name.find(filter) != std::string::npos;
        };
        if (at->path().extension() == ".case" &&
            (task.filters.empty() ||
             std::any_of(task.filters.begin(), task.filters.end(), wanted))) {
            cases.push_back(at->path());
        }
    }
    std::sort(cases.begin(), cases.end());
    if (error) { // nothing is better than a part that passes for the whole
        cases.clear();
    }
    return cases;
}

std::vector<Report> run_all(const std::vector<fs::path>& cases, const fs::path& scratch,
                            bool recording) {
    std::vector<Report> reports(cases.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (auto i = next++; i < cases.size(); i = next++) {
            const auto own = scratch / std::to_string(i);
            reports[i] = run_case(cases[i], own, recording);
            std::error_code ignored;
            fs::remove_all(own, ignored);
        }
    };
    std::thread other(work);
    work();
    other.join();
    return reports;
}

int complain(const std::string& message) {
    fmt::print(stderr, "{}\n", message);
    return 2;
}

int run(const Task& task) {
    const auto cases = find_cases(task);
    if (cases.empty()) {
        return complain(fmt::format("no case was found in `{}`", task.cases.string()));
    }
    const TemporaryFolder scratch;
    if (scratch.path().empty()) {
        return complain("a temporary folder cannot be made");
    }
    if (!prepare_commands(task.rung, scratch.path() / "bin")) {
        return complain(fmt::format("`{}` is no command", task.rung.string()));
    }

    const auto reports = run_all(cases, scratch.path(), task.record);
    std::size_t passed = 0;
    bool malformed = false;
    for (const auto& [verdict, text] : reports) {
        fmt::print("{}", text);
        passed += verdict == Verdict::passed || verdict == Verdict::recorded;
        malformed = malformed || verdict == Verdict::malformed;
    }
    fmt::print("{} passed, {} failed\n", passed, reports.size() - passed);
    return malformed ? 2 : passed < reports.size() ? 1 : 0;
}

} // namespace
} // namespace rung::corpus

int main(int count, char** values) {
    using namespace rung::corpus;
    std::vector<std::string> arguments(values + 1, values + count);
    Task task;
    task.record = std::erase(arguments, "--record") > 0;
    const auto is_option = [](const auto& argument) { return argument.starts_with('-'); };
    if (arguments.size() < 2 || std::any_of(arguments.begin(), arguments.end(), is_option)) {
        return complain("usage: rung_corpus PATH_OF_RUNG_COMMAND FOLDER_OF_CASES [--record] "
                        "[FILTER...]");
    }
    task.rung = arguments[0];
    task.cases = arguments[1];
    task.filters.assign(arguments.begin() + 2, arguments.end());
    return run(task);
}
