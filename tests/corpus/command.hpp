// Runs one command line of a case and brings back what it did.
#pragma once

#include "tests/corpus/case.hpp"

#include <filesystem>
#include <string>

namespace rung::corpus {

struct Result {
    Outcome outcome;
    /// Why the outcome may not be recorded: a crash or no end in time. Empty when all is well.
    std::string trouble;
};

/// `command` by `sh -c` inside `folder`, without input; `scratch` is a folder for what it prints.
/// After 20 seconds it is ended, and so is in any case whatever it left running. Thread-safe for
/// different folders.
[[nodiscard]] Result run_command(const std::string& command, const std::filesystem::path& folder,
                                 const std::filesystem::path& scratch);

/// Whole files, as bytes; false when it cannot be done.
[[nodiscard]] bool read_file(const std::filesystem::path& path, std::string& text);
[[nodiscard]] bool write_file(const std::filesystem::path& path, const std::string& text);

} // namespace rung::corpus
