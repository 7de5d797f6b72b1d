// A call that cannot be understood, in words: which word, and what was probably meant.
#pragma once

#include "tools/files.hpp"

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace rung::tools {

/// `words` are the words of the call behind the command's name.
[[nodiscard]] Fault usage_fault(const CLI::App& app, const CLI::ParseError& error,
                                const std::vector<std::string>& words);

} // namespace rung::tools
