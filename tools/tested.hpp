// Which rule file a test file speaks of.
#pragma once

#include <rung/program.hpp>

#include <map>
#include <string>

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

/// "1 file", "3 files"
[[nodiscard]] std::string counted(std::size_t count, const char* one, const char* many);

} // namespace rung::tools
