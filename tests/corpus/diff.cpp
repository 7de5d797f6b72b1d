#include "tests/corpus/diff.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

namespace rung::corpus {
namespace {

constexpr std::ptrdiff_t context = 3;
constexpr std::ptrdiff_t most_shown = 200;
/// Of the table of common lines, 16 MB; larger texts are shown as one replaced by the other.
constexpr std::size_t most_cells = std::size_t{1} << 22;

struct Line {
    char sign;
    std::string_view text;
};
using Lines = std::vector<std::string_view>;

Lines split(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end, text.size() - 1) + 1);
    }
    return lines;
}

/// By the textbook's table: `common(i, j)` is how many lines a behind i and b behind j share.
std::vector<Line> align(const Lines& a, const Lines& b) {
    const auto width = b.size() + 1;
    const bool fits = a.size() + 1 <= most_cells / width;
    std::vector<std::uint32_t> table(fits ? (a.size() + 1) * width : 0);
    const auto common = [&](auto i, auto j) -> auto& { return table[i * width + j]; };
    for (auto i = fits ? a.size() : 0; i-- > 0;) {
        for (auto j = b.size(); j-- > 0;) {
            common(i, j) = a[i] == b[j] ? common(i + 1, j + 1) + 1
                                        : std::max(common(i + 1, j), common(i, j + 1));
        }
    }
    std::vector<Line> lines;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        if (fits && i < a.size() && j < b.size() && a[i] == b[j]) {
            lines.push_back({' ', a[i++]});
            ++j;
        } else if (j == b.size() ||
                   (i < a.size() && (!fits || common(i + 1, j) >= common(i, j + 1)))) {
            lines.push_back({'-', a[i++]});
        } else {
            lines.push_back({'+', b[j++]});
        }
    }
    return lines;
}

std::string visible(std::string_view line) {
    std::string text;
    for (const char& c : line) {
        const auto byte = static_cast<unsigned char>(c);
        const bool last_blank = c == ' ' && &c == &line.back();
        text += byte < ' ' || byte == 0x7F || last_blank ? fmt::format("\\x{:02x}", byte)
                                                         : std::string(1, c);
    }
    return text;
}

} // namespace

std::string diff(std::string_view expected, std::string_view actual) {
    const auto lines = align(split(expected), split(actual));
    const auto differs = [](const Line& line) { return line.sign != ' '; };
    auto first = std::find_if(lines.begin(), lines.end(), differs);
    auto last = std::find_if(lines.rbegin(), lines.rend(), differs).base();
    first -= std::min(context, first - lines.begin());
    last += std::min(context, lines.end() - last);
    std::string text;
    for (auto line = first; line < last; ++line) {
        if (line - first == most_shown) {
            return text + "    (and more)\n";
        }
        text += fmt::format("    {}{}\n", line->sign, visible(line->text));
    }
    return text;
}

} // namespace rung::corpus
