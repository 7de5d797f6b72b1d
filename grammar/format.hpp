// The canonical text of a rule file: one way to lay out what is written.
//
// Only what stands between tokens changes: blanks, line ends, the rule line of a table. Tokens and
// comments are copied, in their order, and the line breaks a person chose inside a body stay. Whoever
// writes the text back parses it first and asks `same_meaning`, so that a fault here can never cost a
// user anything but a message (the habit is Cedar's).
#pragma once

#include "grammar/parse.hpp"

#include <optional>
#include <string>

namespace rung {

/// Nothing for a text with faults, whose parts cannot be known. Line ends are LF. Time and memory are
/// linear in the size of the text, and what is canonical stays as it is.
[[nodiscard]] std::optional<std::string> format(const Parsed& parsed);

/// Of texts without faults: the same tokens and comments in the same order, and the same structure above
/// them. Rule lines of tables are layout and do not count; nor do blanks at the end of a comment.
[[nodiscard]] bool same_meaning(const Tree& a, const Tree& b);

} // namespace rung
