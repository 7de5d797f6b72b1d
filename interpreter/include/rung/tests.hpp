// The tests of a rule file: partners, and what the rules must say of them.
#pragma once

#include <rung/coverage.hpp>
#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rung {

struct Test;

/// An expectation that did not hold; both sides in words.
struct TestFailure {
    Place at;
    std::string expected;
    std::string actual;
    std::vector<std::string> missing; // of `exactly` lists: expected, and not there
    std::vector<std::string> too_many; // there, and not expected
    std::string explanation; // as text; empty where a failure before this one said it
};

struct TestReport {
    std::string title;
    Place at;
    std::vector<TestFailure> failures;
    Diagnostics problems; // facts or a date that could not be read: the test failed before it began
    Diagnostics warnings; // of the test itself: the rules are not in force on its day

    [[nodiscard]] bool passed() const { return failures.empty() && !problems.has_errors(); }
};

/// The text of a facts file by the name that a test gives it, or nothing.
using FactsLoader = std::function<std::optional<std::string>(const std::string& name)>;

struct TestOptions {
    std::string filter; // runs the tests whose title holds it; all where it is empty
    TextOptions style; // of explanations
    Coverage* coverage = nullptr; // of the program; takes down what the tests saw
};

/// The `test` sections of a rule file, or of a file that stands beside it. Immutable.
class RUNG_API Tests {
public:
    /// Those in the rule file itself.
    static Tests of(const Program& program);
    /// Those of a `.test.rung` file, checked against the program.
    static Result<Tests> parse(const Program& program, std::string name, std::string text);

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] const Program& program() const { return program_; }
    [[nodiscard]] const Model& suite() const;
    /// The facts files that tests name and the loader does not find.
    [[nodiscard]] Diagnostics missing_files(const FactsLoader& load) const;
    /// Runs all, in the order of the file. The loader is called on this thread.
    [[nodiscard]] std::vector<TestReport> run(const FactsLoader& load,
                                              const TestOptions& options = {}) const;

private:
    Tests(const Program& program, std::shared_ptr<const Model> suite)
        : program_(program), suite_(std::move(suite)) {}
    [[nodiscard]] Result<Facts> facts_of(const Test& test, const FactsLoader& load) const;
    void run(const Test& test, const FactsLoader& load, const TestOptions& options,
             TestReport& report) const;

    Program program_;
    std::shared_ptr<const Model> suite_; // none: the program's own
};

/// The tests of one file, as they came out.
struct TestRun {
    std::string file;
    std::vector<TestReport> reports;

    [[nodiscard]] std::size_t passed() const;
    [[nodiscard]] std::size_t failed() const { return reports.size() - passed(); }
};

/// A test as text: its warnings, and each expectation that did not hold beside what came out, and why.
[[nodiscard]] RUNG_API std::string to_text(const TestReport& report,
                                           const TextOptions& options = {});
/// What no test saw, then all rows by tier, then the part that was seen.
[[nodiscard]] RUNG_API std::string to_text(const Coverage& coverage,
                                           const TextOptions& options = {});
/// Test JSON, format 1 (docs/testing.md). `coverage` may be empty; `least` is what was asked of it, in per cent.
[[nodiscard]] RUNG_API std::string to_json(const std::vector<TestRun>& runs,
                                           const std::vector<Coverage>& coverage = {},
                                           std::optional<int> least = std::nullopt);
/// JUnit XML, a `testsuite` for each file, as Jenkins and GitLab read it. Times are zero, so that the same tests
/// give the same bytes.
[[nodiscard]] RUNG_API std::string to_junit(const std::vector<TestRun>& runs);

} // namespace rung
