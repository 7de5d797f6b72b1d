// Files for the command: reading, writing aside and renaming, finding rule files in folders.
#pragma once

#include "grammar/diagnostic.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace rung::tools {

/// What is wrong with the call or its files; ends the command with exit code 2.
struct Refusal {
    Fault fault;
};

[[noreturn]] void refuse(Code code, std::vector<Argument> arguments);

/// What the system says of an `errno`: "no such file or directory".
[[nodiscard]] std::string reason_of(int error);

/// The whole file; `-` is standard input. Throws Refusal.
[[nodiscard]] std::string read_file(const std::string& path);
/// As a WholeFile (tools/output.hpp), so that the file is whole at every moment. Throws Refusal.
void write_file(const std::string& path, const std::string& text);
/// The rule files below a folder, or the file itself, sorted by path. Throws Refusal.
[[nodiscard]] std::vector<std::string> rule_files(const std::string& path);
[[nodiscard]] bool is_test_file(const std::filesystem::path& path);
/// For `folder/x.test.rung` the rule file that stands beside it, `folder/x.rung`, if it is there.
[[nodiscard]] std::optional<std::string> tested_by(const std::filesystem::path& test_file);

} // namespace rung::tools
