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

std::string wrapped(std::string_view text, int width, int first, int indent) {
    std::string out;
    int used = first;
    bool at_begin = true;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = std::min(text.find(' ', i), text.size());
        const std::string_view word = text.substr(i, end - i);
        const int wide_by = columns(word);
        if (!at_begin && used + 1 + wide_by > width) {
            out += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
            used = indent;
        } else if (!at_begin) {
            out += ' ';
            ++used;
        }
        out += word;
        used += wide_by;
        at_begin = false;
        i = end + 1;
    }
    return out;
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

std::string listed(const std::vector<std::string>& items, const char* last) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        text += i == 0 ? "" : i + 1 == items.size() ? last : ", ";
        text += items[i];
    }
    return text;
}

} // namespace rung
