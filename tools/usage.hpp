// A call that cannot be understood, in words: which word, and what was probably meant.
#pragma once

#include "tools/files.hpp"

#include <rung/language.hpp>

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace rung::tools {

/// `words` are the words of the call behind the command's name.
[[nodiscard]] Fault usage_fault(const CLI::App& app, const CLI::ParseError& error,
                                const std::vector<std::string>& words);

/// `word` is no verb, with what was probably meant.
[[nodiscard]] Fault unknown_verb(const CLI::App& app, const std::string& word);

/// The language with this tag. Throws Refusal, with what was probably meant.
[[nodiscard]] Language language_named(const std::string& tag);
/// Columns of text. Throws Refusal where nothing could be read at that width.
[[nodiscard]] int width_of(const std::string& columns);

} // namespace rung::tools
