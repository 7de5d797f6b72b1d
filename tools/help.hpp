// `rung help` and `rung completions`: the views of tools/manual.hpp, printed or written.
#pragma once

#include "tools/console.hpp"

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace rung::tools {

/// Prints the help of the verb, or of the command where none is given.
int help(const CLI::App& app, const std::vector<CLI::App*>& verb);
/// Of the verb with this name, which may be empty. Throws Refusal where there is none.
int help(const CLI::App& app, const std::string& verb);

/// Writes a page for `man` for the command and for each verb: rung.1 and rung-VERB.1.
int write_man_pages(const CLI::App& app, const std::string& folder, const Console& console);

/// `shell`: bash, zsh or fish. `output`: a file, or empty for standard output.
int completions(const CLI::App& app, const std::string& shell, const std::string& output);

} // namespace rung::tools
