// A text and the places in it.
//
// Every message of Rung points at a place a person can find: a line, a column, the exact characters.
// Spans count bytes, because the parser does; people and editors count characters, so the line index
// turns one into the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rung {

/// Half-open range of bytes, `begin` inside and `end` outside.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] std::uint32_t size() const { return end - begin; }
    [[nodiscard]] bool empty() const { return begin == end; }
    friend bool operator==(Span, Span) = default;
};

/// From the beginning of the first to the end of the second.
[[nodiscard]] inline Span join(Span first, Span last) { return {first.begin, last.end}; }

/// One-based line and column; the column counts code points, `utf16` counts as editors do.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::uint32_t utf16 = 1;
};

/// A named text with an index of its lines. Texts are limited to 1 GiB so that offsets fit 32 bits
/// with room for arithmetic.
class Source {
public:
    static constexpr std::size_t max_size = std::size_t{1} << 30;

    Source() : Source("", "") {}
    Source(std::string name, std::string text);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] std::string_view text(Span span) const;

    [[nodiscard]] Position position(std::uint32_t offset) const;
    [[nodiscard]] std::uint32_t line_of(std::uint32_t offset) const;
    /// The line without its end, `line` counted from one.
    [[nodiscard]] std::string_view line(std::uint32_t line) const;
    [[nodiscard]] std::uint32_t line_begin(std::uint32_t line) const;

private:
    std::string name_;
    std::string text_;
    std::vector<std::uint32_t> line_begins_;
};

/// The first byte that is not part of well-formed UTF-8 (RFC 3629), or `npos`.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How many bytes the code point at `text[at]` takes; 1 where the text is not UTF-8.
[[nodiscard]] std::size_t code_point_size(std::string_view text, std::size_t at);

} // namespace rung
