#include "grammar/written_dates.hpp"

#include "grammar/lines.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace rung {

namespace {

using namespace lines;

/// A piece of a date: its figure, or the month that a word names; a year has four digits.
struct DatePart {
    int figure = 0;
    bool is_year = false;
    bool is_month_name = false;
};

constexpr std::array<std::string_view, 12> month_names{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

/// `Oct`, `Sept`, `October`: three letters or more of a name.
std::optional<DatePart> month_name(std::string_view word) {
    std::string small;
    for (const char c : word) {
        small += is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    for (std::size_t i = 0; i < month_names.size() && small.size() >= 3; ++i) {
        if (month_names[i].starts_with(small)) {
            return DatePart{static_cast<int>(i) + 1, false, true};
        }
    }
    return std::nullopt;
}

/// `1`, `2023`, `1st`.
std::optional<DatePart> figure(std::string_view word) {
    const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
    const std::string_view behind = word.substr(digits);
    const bool ordinal = behind == "st" || behind == "nd" || behind == "rd" || behind == "th";
    if (digits == 0 || (digits > 2 && digits != 4) || (!behind.empty() && !ordinal)) {
        return std::nullopt;
    }
    DatePart piece{0, digits == 4, false};
    std::from_chars(word.data(), word.data() + digits, piece.figure);
    return piece;
}

std::optional<std::string> iso(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    const auto padded = [](int figure, std::size_t width) {
        const std::string digits = std::to_string(figure);
        return std::string(width - digits.size(), '0') + digits;
    };
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

/// Which of the three is what.
std::optional<std::string> day_of(const std::array<DatePart, 3>& of) {
    if (of[0].is_year && !of[1].is_year && !of[2].is_year) {
        return iso(of[0].figure, of[1].figure, of[2].figure);
    }
    if (!of[2].is_year || of[0].is_year || of[1].is_year) {
        return std::nullopt;
    }
    const bool month_first = of[0].is_month_name || (!of[1].is_month_name && of[1].figure > 12);
    const bool day_first = of[1].is_month_name || (!of[0].is_month_name && of[0].figure > 12) ||
                           of[0].figure == of[1].figure;
    if (month_first == day_first) {
        return std::nullopt; // either may be meant, or both are months
    }
    return month_first ? iso(of[2].figure, of[0].figure, of[1].figure)
                       : iso(of[2].figure, of[1].figure, of[0].figure);
}

/// Of a text such as `2024-09-31`.
std::optional<std::string> last_day_of_month(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    int year = 0;
    unsigned month = 0;
    std::from_chars(text.data(), text.data() + 4, year);
    std::from_chars(text.data() + 5, text.data() + 7, month);
    const std::chrono::year_month_day_last last{
        std::chrono::year(year), std::chrono::month_day_last(std::chrono::month(month))};
    return last.ok() ? iso(year, static_cast<int>(month),
                           static_cast<int>(static_cast<unsigned>(last.day())))
                     : std::nullopt;
}

} // namespace

std::optional<WrittenDate> written_date(std::string_view text, std::uint32_t at) {
    std::array<DatePart, 3> pieces;
    std::uint32_t end = at;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        std::uint32_t next = end;
        if (i > 0) { // one joint, with blanks around it, or blanks alone
            next = skip_blanks(text, next);
            const bool joint = next < text.size() &&
                               std::string_view(",./-").find(text[next]) != std::string_view::npos;
            next = skip_blanks(text, joint ? next + 1 : next);
        }
        const std::uint32_t begin = next;
        while (next < text.size() && is_word_char(text[next])) {
            ++next;
        }
        const std::string_view word = text.substr(begin, next - begin);
        const auto piece = figure(word) ? figure(word) : month_name(word);
        if (!piece) {
            return std::nullopt;
        }
        pieces[i] = *piece;
        end = next;
    }
    const std::optional<std::string> day = day_of(pieces);
    return day ? std::optional(WrittenDate{{at, end}, *day}) : std::nullopt;
}

std::vector<Argument> no_such_day(std::string_view found) {
    std::vector<Argument> arguments{{"found", std::string(found)}};
    if (const auto last = last_day_of_month(found)) {
        arguments.push_back({"last", *last});
    }
    return arguments;
}

} // namespace rung
