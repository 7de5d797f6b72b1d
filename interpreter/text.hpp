// Text for a terminal: widths, wrapping, colours, and nothing a terminal would obey.
//
// Names and labels come from partners and may hold anything; whatever is printed goes through
// `harmless` first, so that no escape sequence and no text direction mark reaches the terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rung {

/// Control characters, bidirectional marks and invisible characters shown as `\u{…}`.
[[nodiscard]] std::string harmless(std::string_view text);
/// The characters of a line as they are shown: harmless, a tab as one blank.
[[nodiscard]] std::vector<std::string> visible_characters(std::string_view line);
/// `display_width` as a plain int, for sums with what is left of a line.
[[nodiscard]] int columns(std::string_view text);
/// Breaks at blanks, and between Chinese and Japanese characters, so that no line is longer than `width`. The first line begins at column `first`,
/// those below are indented by `indent`.
[[nodiscard]] std::string wrapped(std::string_view text, int width, int first, int indent);
/// The same, line by line, without an indent.
[[nodiscard]] std::vector<std::string> wrapped_lines(std::string_view text, int width);
/// Without the blanks, tabs and line ends around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// What a text of a rule says: without its quotes and the backslashes before characters.
[[nodiscard]] std::string unquoted(std::string_view quoted);
/// The words of a rule, which may go over several lines, on one.
[[nodiscard]] std::string on_one_line(std::string_view text);
/// `between` each two.
[[nodiscard]] std::string joined(const std::vector<std::string>& items, std::string_view between);
/// "a, b and c"
[[nodiscard]] std::string listed(const std::vector<std::string>& items, const char* last = " and ");

/// Colours, or none.
struct Paint {
    bool colour = false;

    [[nodiscard]] std::string bad(const std::string& text) const { return in("31;1", text); }
    [[nodiscard]] std::string good(const std::string& text) const { return in("32", text); }
    [[nodiscard]] std::string warn(const std::string& text) const { return in("33", text); }
    [[nodiscard]] std::string strong(const std::string& text) const { return in("1", text); }
    [[nodiscard]] std::string faint(const std::string& text) const { return in("2", text); }

private:
    [[nodiscard]] std::string in(const char* code, const std::string& text) const {
        return colour && !text.empty() ? "\x1b[" + std::string(code) + "m" + text + "\x1b[0m"
                                       : text;
    }
};

} // namespace rung
