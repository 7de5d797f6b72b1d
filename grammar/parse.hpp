// Text to tree, with every syntax fault of the file in one run.
#pragma once

#include "grammar/diagnostic.hpp"
#include "grammar/tree.hpp"

namespace rung {

struct Parsed {
    Tree tree;
    Faults faults;
};

/// Never throws and never gives up: a fault ends its cell, its line or its section, and reading goes on
/// behind it. A file that is not UTF-8, holds a NUL, or is larger than Source::max_size yields an empty
/// tree and one fault.
[[nodiscard]] Parsed parse(Source source);

/// A text that is one expression and nothing else. Without faults the root of the tree (of kind `file`) has it
/// as its only child. Lines below the first are indented, as in a section.
[[nodiscard]] Parsed parse_expression(Source source);

/// Nested expressions deeper than this end their section. A person nests three or four; the limit keeps
/// hostile input from exhausting the stack (each level costs about 10 KB under AddressSanitizer).
inline constexpr int max_nesting = 64;

} // namespace rung
