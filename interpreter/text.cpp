#include "interpreter/text.hpp"

#include "grammar/characters.hpp"
#include "grammar/source.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

namespace rung {

namespace {

struct CodePointRange {
    char32_t first;
    char32_t last;
};

constexpr std::array<CodePointRange, 11> invisible{{
    {0x0000, 0x001F},
    {0x007F, 0x009F},
    {0x00AD, 0x00AD},
    {0x061C, 0x061C},
    {0x180E, 0x180E},
    {0x200B, 0x200F},
    {0x2028, 0x202E},
    {0x2060, 0x206F},
    {0xFEFF, 0xFEFF},
    {0xFFF9, 0xFFFB},
    {0xE0000, 0xE007F}, // tags, which spell hidden text
}};
template <std::size_t N>
bool in(const std::array<CodePointRange, N>& ranges, char32_t c) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const CodePointRange& range) {
        return c >= range.first && c <= range.last;
    });
}

template <typename Each>
void each_character(std::string_view text, Each&& each) {
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view bytes = text.substr(i, code_point_size(text, i));
        each(bytes, decode(bytes));
        i += bytes.size();
    }
}

std::string shown(std::string_view bytes, char32_t c) {
    if (bytes.size() == 1 && static_cast<unsigned char>(bytes[0]) >= 0x80) {
        return "\uFFFD"; // a byte that is no character
    }
    return in(invisible, c) ? fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(c))
                            : std::string(bytes);
}

} // namespace

int columns(std::string_view text) { return static_cast<int>(display_width(text)); }

std::string harmless(std::string_view text) {
    std::string out;
    each_character(text, [&](std::string_view bytes, char32_t c) { out += shown(bytes, c); });
    return out;
}

std::vector<std::string> visible_characters(std::string_view line) {
    std::vector<std::string> characters;
    each_character(line, [&](std::string_view bytes, char32_t c) {
        characters.push_back(c == '\t' ? " " : shown(bytes, c));
    });
    return characters;
}

namespace {

// Of Chinese and Japanese: what ends a phrase, what else must not begin a line, and what must not end one.
constexpr std::string_view stops = "、。，．・：；？！）］｝」』】〉》〕";
constexpr std::string_view never_first = "ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々％";
constexpr std::string_view brackets = "（［｛「『【〈《〔";

bool is_one_of(std::string_view characters, std::string_view character) {
    return characters.find(character) != std::string_view::npos;
}

/// Whether a line may end between two characters: between those of a script that sets no blanks between words, and
/// where its marks meet another one. A figure and its unit stay together (`2022年`), and so do a name and its particle.
bool may_part(std::string_view before, std::string_view after) {
    const bool wide_before = display_width(before) == 2;
    const bool wide_after = display_width(after) == 2;
    if (is_one_of(brackets, before) || is_one_of(never_first, after) || is_one_of(stops, after)) {
        return false;
    }
    return (wide_before && wide_after) || (is_one_of(stops, before) && display_width(after) > 0) ||
           is_one_of(brackets, after);
}

/// The end of what stays on one line from `begin` on.
std::size_t end_of_piece(std::string_view text, std::size_t begin) {
    std::size_t at = begin;
    while (at < text.size() && text[at] != ' ') {
        const std::string_view character = text.substr(at, code_point_size(text, at));
        at += character.size();
        if (at < text.size() && may_part(character, text.substr(at, code_point_size(text, at)))) {
            break;
        }
    }
    return at;
}

} // namespace

std::string wrapped(std::string_view text, int width, int first, int indent) {
    std::string out;
    int used = first;
    bool at_begin = true;
    bool behind_blank = false;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = end_of_piece(text, i);
        const std::string_view piece = text.substr(i, end - i);
        const int gap = behind_blank ? 1 : 0;
        const int wide_by = columns(piece);
        if (!at_begin && used + gap + wide_by > width) {
            out += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
            used = indent;
        } else if (!at_begin && behind_blank) {
            out += ' ';
            ++used;
        }
        out += piece;
        used += wide_by;
        at_begin = false;
        behind_blank = end < text.size() && text[end] == ' ';
        i = end + (behind_blank ? 1 : 0);
    }
    return out;
}

std::vector<std::string> wrapped_lines(std::string_view text, int width) {
    const std::string whole = wrapped(text, width, 0, 0);
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin <= whole.size();) {
        const std::size_t end = std::min(whole.find('\n', begin), whole.size());
        lines.push_back(whole.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blank);
    const std::size_t last = text.find_last_not_of(blank);
    return first == std::string_view::npos ? "" : text.substr(first, last - first + 1);
}

std::string unquoted(std::string_view quoted) {
    std::string text;
    for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
        if (quoted[i] == '\\' && i + 2 < quoted.size()) {
            ++i;
        }
        text += quoted[i];
    }
    return text;
}

std::string on_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank) {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    return line.substr(0, line.find_last_not_of(' ') + 1);
}

std::string joined(const std::vector<std::string>& items, std::string_view between) {
    std::string text;
    for (const std::string& item : items) {
        text += text.empty() ? "" : between;
        text += item;
    }
    return text;
}

std::string listed(const std::vector<std::string>& items, const char* last) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        text += i == 0 ? "" : i + 1 == items.size() ? last : ", ";
        text += items[i];
    }
    return text;
}

} // namespace rung
