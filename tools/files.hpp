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
/// An output is none of the files that the call reads (of folders: of the rule files in them), and no other output.
/// Empty texts and `-` are none of either. Throws Refusal.
void refuse_overwriting(const std::vector<std::string>& outputs,
                        const std::vector<std::string>& inputs);
/// The rule files below a folder, or the file itself, sorted by path. Throws Refusal.
[[nodiscard]] std::vector<std::string> rule_files(const std::string& path);
[[nodiscard]] bool is_test_file(const std::filesystem::path& path);
/// For `folder/x.test.rung` the rule file that stands beside it, `folder/x.rung`, if it is there.
[[nodiscard]] std::optional<std::string> tested_by(const std::filesystem::path& test_file);

} // namespace rung::tools
