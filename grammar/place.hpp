// A place of a text where nothing came that was looked for, and what stands around it.
#pragma once

#include "grammar/lines.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rung::mistakes {

inline bool is_behind_value(std::string_view label) {
    return label == "the end of the line" || label == "the end of the expression" ||
           label == "`|`" || label == "`)`";
}

/// A place where none of `expected` came; the labels are those of rules.hpp.
struct Place {
    std::string_view text;
    std::uint32_t at;
    const std::vector<std::string>& expected;

    [[nodiscard]] bool expects(std::string_view begin) const {
        return std::any_of(expected.begin(), expected.end(),
                           [&](const std::string& label) { return label.starts_with(begin); });
    }
    [[nodiscard]] bool expects_value() const {
        return expects("a value") || expects("a condition") || expects("a number");
    }
    [[nodiscard]] bool expects_name() const {
        return expects("a name") || expects("a tier") || expects("a choice") ||
               expects("the name of a column");
    }
    /// A value may end here.
    [[nodiscard]] bool behind_value() const {
        return std::any_of(expected.begin(), expected.end(), is_behind_value);
    }
    /// Right behind what was read.
    [[nodiscard]] std::uint32_t behind() const { return lines::without_blanks(text, 0, at); }
    [[nodiscard]] char sign_before() const { return behind() == 0 ? ' ' : text[behind() - 1]; }
    /// The word before the place, in its line; and everything before it up to a blank, which may be `$5`.
    [[nodiscard]] std::string_view word_before() const {
        return before([](char c) { return lines::is_word_char(c); });
    }
    [[nodiscard]] std::string_view figure_before() const {
        return before([](char c) { return !lines::is_blank(c) && c != '|' && c != '('; });
    }

    /// The line up to the place.
    [[nodiscard]] std::string_view line_before() const {
        const std::uint32_t begin = lines::begin_of_line(text, at);
        return text.substr(begin, at - begin);
    }
    /// The cell or the line that the place stands in, without the blanks around it.
    [[nodiscard]] Span cell() const {
        const bool row = lines::in_row(text, at);
        std::uint32_t begin = lines::begin_of_line(text, at);
        std::uint32_t end = lines::end_of_line(text, at);
        if (row) {
            begin = static_cast<std::uint32_t>(text.rfind('|', at - 1) + 1);
            end = static_cast<std::uint32_t>(std::min<std::size_t>(text.find('|', at), end));
        }
        begin = lines::skip_blanks(text, begin);
        return {begin, lines::without_blanks(text, begin, end)};
    }
    [[nodiscard]] std::string_view first_word() const {
        const std::uint32_t first = lines::skip_blanks(text, lines::begin_of_line(text, at));
        const Span word = lines::lexeme_at(text, first);
        return text.substr(word.begin, word.size());
    }

private:
    template <typename Belongs>
    [[nodiscard]] std::string_view before(Belongs belongs) const {
        std::uint32_t end = at;
        while (end > 0 && lines::is_blank(text[end - 1])) {
            --end;
        }
        std::uint32_t begin = end;
        while (begin > 0 && text[begin - 1] != '\n' && belongs(text[begin - 1])) {
            --begin;
        }
        return text.substr(begin, end - begin);
    }
};

} // namespace rung::mistakes
