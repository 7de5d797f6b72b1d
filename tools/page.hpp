// A page of docs/ as programs read it: the headings, paragraphs and fenced blocks of a Markdown text.
// `rung explain` prints sections of such a page, and tests/pages runs the blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rung::tools {

enum class PartKind : std::uint8_t { heading, paragraph, fence };

struct PagePart {
    PartKind kind;
    /// Of its first line, counted from one; a fence's is that of its opening mark.
    std::size_t line;
    /// Of a heading: 1 for `#`.
    int level;
    /// Behind the opening mark of a fence, the language first.
    std::vector<std::string> words;
    /// A heading without its marks, a paragraph on one line, the lines of a fence as they stand.
    std::string text;
    /// Where the lines of a fence stand in the page: [begin, end).
    std::size_t begin;
    std::size_t end;

    /// The language of a fence, or empty.
    [[nodiscard]] std::string_view language() const;
    [[nodiscard]] bool has(std::string_view word) const;
    /// What stands behind `name=` among the words, or empty.
    [[nodiscard]] std::string_view value(std::string_view name) const;
};

[[nodiscard]] std::vector<PagePart> parts_of(std::string_view page);

} // namespace rung::tools
