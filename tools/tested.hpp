// What a test file speaks of: the rule file, and facts.
#pragma once

#include "tools/console.hpp"

#include <rung/program.hpp>
#include <rung/tests.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rung::tools {

/// Rule files, each parsed once.
class Programs {
public:
    const Result<Program>& of(const std::string& file);

private:
    std::map<std::string, Result<Program>> programs_;
};

/// The program that stands beside a test file. Throws Refusal where there is none, or it has errors.
[[nodiscard]] Program program_beside(const std::string& test_file, Programs& programs);

/// Reads the facts files that tests name: from the folder of the file that the tests stand in.
[[nodiscard]] FactsLoader loader_beside(const std::string& file);

struct CheckedRules {
    Diagnostics findings;
    std::size_t files = 0;
};

/// Every fault of rule files below the paths, and of the tests beside them.
[[nodiscard]] CheckedRules check_rules(const std::vector<std::string>& paths);

/// Every test below the paths, with explanations for the terminal; nothing where rules or tests have errors, which were
/// said.
[[nodiscard]] std::optional<std::vector<TestRun>> run_tests(const std::vector<std::string>& paths,
                                                            const Console& console);

/// "1 file", "3 files"
[[nodiscard]] std::string counted(std::size_t count, const char* one, const char* many);

} // namespace rung::tools
