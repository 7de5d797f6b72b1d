// Characters, lines and words of a text, for those who read it without a grammar: recovery, and the search for
// what a mistake was meant to be.
#pragma once

#include "grammar/source.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace rung::lines {

inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
inline bool is_small(char c) { return c >= 'a' && c <= 'z'; }
inline bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_word_char(char c) { return is_small(c) || is_capital(c) || is_digit(c) || c == '_'; }

inline std::string small_letters(std::string_view text) {
    std::string small(text);
    for (char& c : small) {
        c = is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return small;
}

inline std::uint32_t skip_blanks(std::string_view text, std::uint32_t at) {
    while (at < text.size() && is_blank(text[at])) {
        ++at;
    }
    return at;
}

/// A line feed, with a carriage return before it or none. A carriage return alone ends no line.
inline bool at_line_end(std::string_view text, std::uint32_t at) {
    return text.substr(at, 1) == "\n" || text.substr(at, 2) == "\r\n";
}

inline std::uint32_t end_of_line(std::string_view text, std::uint32_t at) {
    while (at < text.size() && !at_line_end(text, at)) {
        ++at;
    }
    return at;
}

inline std::uint32_t behind_line(std::string_view text, std::uint32_t at) {
    at = end_of_line(text, at);
    if (at < text.size() && text[at] == '\r') {
        ++at;
    }
    return at < text.size() ? at + 1 : at;
}

inline std::uint32_t begin_of_line(std::string_view text, std::uint32_t at) {
    while (at > 0 && text[at - 1] != '\n') {
        --at;
    }
    return at;
}

/// `end` without the blanks and line ends before it, but not before `begin`.
inline std::uint32_t without_blanks(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    for (bool line_end = false; end > begin; --end) {
        const char last = text[end - 1];
        if (!is_blank(last) && last != '\n' && !(last == '\r' && line_end)) {
            break;
        }
        line_end = last == '\n';
    }
    return std::max(begin, end);
}

/// Without the blanks around it.
inline std::string_view trimmed(std::string_view text) {
    const std::size_t first = std::min(text.find_first_not_of(" \t\r"), text.size());
    const std::size_t last = text.find_last_not_of(" \t\r");
    return last == std::string_view::npos ? "" : text.substr(first, last - first + 1);
}

inline bool in_row(std::string_view text, std::uint32_t at) {
    const std::uint32_t first = skip_blanks(text, begin_of_line(text, at));
    return first < at && text[first] == '|';
}

/// The characters a reader would call one thing: a word, a figure, a text, a sign. Empty at a line's end.
inline Span lexeme_at(std::string_view text, std::uint32_t at) {
    if (at >= text.size() || at_line_end(text, at)) {
        return {at, at};
    }
    std::uint32_t end = at;
    const auto extend = [&](auto belongs) {
        while (end < text.size() && belongs(end)) {
            ++end;
        }
        return Span{at, end};
    };
    if (text[at] == '"') {
        const std::uint32_t line_end = end_of_line(text, at);
        const std::size_t close = text.substr(0, line_end).find('"', at + 1);
        return {at,
                close == std::string_view::npos ? line_end : static_cast<std::uint32_t>(close + 1)};
    }
    if (is_digit(text[at])) {
        constexpr std::string_view joints = ".,-:/";
        return extend([&](std::uint32_t i) {
            const bool joins = i + 1 < text.size() && is_word_char(text[i + 1]);
            return is_word_char(text[i]) || text[i] == '%' ||
                   (joints.find(text[i]) != std::string_view::npos && joins);
        });
    }
    if (is_word_char(text[at])) {
        return extend([&](std::uint32_t i) { return is_word_char(text[i]); });
    }
    constexpr std::string_view signs = "=<>!&*/+";
    if (signs.find(text[at]) != std::string_view::npos) {
        return extend([&](std::uint32_t i) {
            return i < at + 2 && signs.find(text[i]) != std::string_view::npos;
        });
    }
    return {at, at + static_cast<std::uint32_t>(code_point_size(text, at))};
}

} // namespace rung::lines
