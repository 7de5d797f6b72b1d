// The tests of a rule file: partners, and what the rules must say of them.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/program.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rung {

/// An expectation that did not hold; both sides in words.
struct TestFailure {
    Place at;
    std::string expected;
    std::string actual;
};

struct TestReport {
    std::string title;
    Place at;
    std::vector<TestFailure> failures;
    Diagnostics problems; // facts or a date that could not be read: the test failed before it began
    std::string explanation; // the partner's standing as text, where an expectation failed

    [[nodiscard]] bool passed() const { return failures.empty() && !problems.has_errors(); }
};

/// The text of a facts file by the name that a test gives it, or nothing.
using FactsLoader = std::function<std::optional<std::string>(const std::string& name)>;

/// The `test` sections of a rule file, or of a file that stands beside it. Immutable.
class RUNG_API Tests {
public:
    /// Those in the rule file itself.
    static Tests of(const Program& program);
    /// Those of a `.test.rung` file, checked against the program.
    static Result<Tests> parse(const Program& program, std::string name, std::string text);

    [[nodiscard]] std::size_t size() const;
    /// Runs all, in the order of the file. The loader is called on this thread.
    [[nodiscard]] std::vector<TestReport> run(const FactsLoader& load) const;

private:
    Tests(const Program& program, std::shared_ptr<const Model> suite)
        : program_(program), suite_(std::move(suite)) {}
    Program program_;
    std::shared_ptr<const Model> suite_; // none: the program's own
};

} // namespace rung
