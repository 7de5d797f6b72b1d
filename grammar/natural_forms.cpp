#include "grammar/natural_forms.hpp"

#include "grammar/figure_forms.hpp"

namespace rung::mistakes {

using namespace lines;

namespace {

/// `each additional member`, in a key of a look-up table.
bool word_before_is_further(const Place& place, std::string_view found) {
    return place.word_before() == "each" && place.expects("`|`") && is_word_char(found[0]);
}

/// The cell around a place, from bar to bar, without the blanks at its ends; empty outside of rows.
std::string_view cell_around(const Place& place) {
    if (!in_row(place.text, place.at)) {
        return {};
    }
    std::uint32_t begin = place.at;
    while (place.text[begin - 1] != '|') {
        --begin;
    }
    begin = skip_blanks(place.text, begin);
    const std::size_t end = place.text.find_first_of("|\n", begin);
    return place.text.substr(
        begin, without_blanks(place.text, begin,
                              static_cast<std::uint32_t>(std::min(end, place.text.size()))) -
                   begin);
}

/// The header of the table that a row is in: its first line.
std::string_view header_of(std::string_view text, std::uint32_t row) {
    while (row > 0) {
        const std::uint32_t above = begin_of_line(text, row - 1);
        if (text.substr(skip_blanks(text, above), 1) != "|") {
            break;
        }
        row = above;
    }
    return text.substr(row, end_of_line(text, row) - row);
}

/// What the header of a table of requirements says above a cell; empty in other tables.
std::string_view column_above(std::string_view text, std::string_view cell) {
    const auto at = static_cast<std::uint32_t>(cell.data() - text.data());
    const std::uint32_t row = begin_of_line(text, at);
    const std::string_view header = header_of(text, row);
    if (header.find(" ask") == std::string_view::npos) {
        return {};
    }
    const auto nth = std::count(text.begin() + row, text.begin() + at, '|');
    std::size_t begin = 0;
    for (std::ptrdiff_t i = 0; i < nth && begin != std::string_view::npos; ++i) {
        begin = header.find('|', begin + (i == 0 ? 0 : 1));
    }
    const std::size_t first = header.find_first_not_of("| \t", begin);
    return first == std::string_view::npos
               ? std::string_view()
               : header.substr(first, header.find_first_of(" \t|", first) - first);
}

/// `expect ba_score = 70`, `expect no tier`, `expect gold`, `expect requirement ba_score met`.
std::string expectation_instead(const Place& place, std::string_view found) {
    constexpr std::string_view verdicts[] = {"met", "unmet", "unknown", "waived", "not"};
    const std::uint32_t behind =
        skip_blanks(place.text, place.at + static_cast<std::uint32_t>(found.size()));
    const std::string_view next = place.text.substr(behind, lexeme_at(place.text, behind).size());
    if (place.expects("`for`") && among(verdicts, found)) {
        return "for TIER " + std::string(found);
    }
    if (!place.expects("`tier`, `at least`") || !is_small(found[0])) {
        return "";
    }
    if (found == "no" && (next == "tier" || next == "tiers")) {
        return "tier none";
    }
    if (next == "=") {
        return "measure " + std::string(found) + " =";
    }
    return next.empty() || next == "#" ? "tier " + std::string(found) : "";
}

} // namespace

std::string full_comparison(const Place& place, std::string_view found) {
    const std::string_view word = place.word_before();
    if ((word != "and" && word != "or") || found.find_first_of("<>=") == std::string_view::npos) {
        return "";
    }
    const std::uint32_t line = begin_of_line(place.text, place.at);
    const std::size_t sign = place.text.substr(0, place.at).find_last_of("<>=");
    if (sign == std::string_view::npos || sign < line) {
        return "";
    }
    std::uint32_t first = static_cast<std::uint32_t>(sign);
    while (first > line &&
           std::string_view("<>=!").find(place.text[first - 1]) != std::string_view::npos) {
        --first;
    }
    const std::string_view left = Place{place.text, first, place.expected}.word_before();
    return left.empty()
               ? ""
               : std::string(word) + " " + std::string(left) + " " + std::string(found) + " …";
}

std::string full_form(const Place& place, std::string_view found) {
    const std::string word(place.word_before());
    constexpr std::string_view periods[] = {"month", "quarter", "year"};
    if (word == "last" && (found == "calendar" || among(periods, found))) {
        return found == "calendar" ? "previous calendar"
                                   : "previous calendar " + std::string(found);
    }
    if (word == "previous" && among(periods, found)) {
        return "previous calendar " + std::string(found);
    }
    if (word == "trailing" && among(periods, found)) {
        return "trailing 1 " + std::string(found);
    }
    if (!place.behind_value() || found == "along") { // which stands behind expectations
        return "";
    }
    if (among(where_words, found)) {
        return "where";
    }
    if (const std::string_view figure = place.figure_before();
        found == "of" && figure.ends_with('%')) {
        return std::string(figure) + " * …";
    }
    const bool opens = found == "(" || is_word_char(found[0]);
    if (among(aggregates, word) && opens && found != "of") {
        return word + " of …";
    }
    if ((word == "any" || word == "all") && found == "(") {
        return word + " of (…)";
    }
    const std::uint32_t next = skip_blanks(place.text, place.at + 2);
    if (word == "any" && found == "of" && next < place.text.size() && place.text[next] == '|') {
        return "any one of";
    }
    if (word == "round" && opens) {
        return "round half up … to …";
    }
    const std::string_view fix = opens ? find_slip(list_words, word) : std::string_view();
    return fix.empty() ? "" : std::string(fix) + (fix == "each of" ? " … satisfies …" : " …");
}

std::string word_instead(const Place& place, std::string_view found) {
    if (place.expects("`onwards`") &&
        (found == "to" || found == "until" || found == "till" || found == "-")) {
        return "through";
    }
    if (place.expects("`|`") && in_row(place.text, place.at) && found == "when") {
        return "if";
    }
    if (in_row(place.text, place.at) && word_before_is_further(place, found)) {
        return "each further 1";
    }
    if (place.expects("`<`") && (found == "," || found == ">")) {
        return "<";
    }
    if (place.first_word() == "version" && place.expects("the end of the line") &&
        is_word_char(found[0])) {
        return std::string(place.word_before()) + "-" + std::string(found); // `FY 2024`
    }
    return place.expects("a number") ? std::string(find_slip(numerals, found)) : "";
}

std::string placed_word(const Place& place, std::string_view found) {
    const auto slip = std::find_if(
        std::begin(placed_slips), std::end(placed_slips), [&](const PlacedSlip& candidate) {
            return candidate.written == found && place.expects(candidate.label);
        });
    if (slip == std::end(placed_slips)) {
        return "";
    }
    const std::uint32_t next =
        skip_blanks(place.text, place.at + static_cast<std::uint32_t>(found.size()));
    const std::string_view follows = value_at(place.text, next);
    if (found == "not" && follows != "met") { // `not asked`, misspelt
        return "";
    }
    return std::string(slip->meant) +
           (slip->label == "a label" ? " " + std::string(follows) : std::string()); // the figure
}

std::string test_line(const Place& place, std::string_view found) {
    if (place.first_word() == "given" && place.expects("`=`") && place.expected.size() == 1) {
        return "= " + std::string(value_at(place.text, place.at));
    }
    if (place.first_word() != "expect") {
        return "";
    }
    const std::uint32_t next =
        skip_blanks(place.text, place.at + static_cast<std::uint32_t>(found.size()));
    if ((found == "to" || found == "-" || found == "through") &&
        place.expects("the end of the line") &&
        place.line_before().find('=') != std::string_view::npos) {
        return "from " + std::string(place.figure_before()) + " through " +
               std::string(value_at(place.text, next));
    }
    return expectation_instead(place, found);
}

Slip comparison_in_cell(const Place& place) {
    constexpr Slip words[] = {
        {"at least", ">="},
        {"at most", "<="},
        {"no more than", "<="},
        {"not more than", "<="},
        {"no less than", ">="},
        {"not less than", ">="},
        {"more than", ">"},
        {"less than", "<"},
        {"over", ">"},
        {"above", ">"},
        {"under", "<"},
        {"below", "<"},
        {"up to", "<="},
        {"minimum", ">="},
        {"min", ">="},
        {"maximum", "<="},
        {"max", "<="},
        {">=", ">="},
        {"<=", "<="},
        {"\u2265", ">="},
        {"\u2264", "<="},
        {">", ">"},
        {"<", "<"},
    };
    constexpr std::string_view other_columns[] = {"name",  "label", "asks",   "ask",      "when",
                                                  "needs", "cite",  "advice", "waivable", "value"};
    const std::string_view cell = cell_around(place);
    const std::string_view column = cell.empty() ? "" : column_above(place.text, cell);
    if (column.empty() || among(other_columns, column)) {
        return {};
    }
    for (const Slip& slip : words) {
        if (!cell.starts_with(slip.written)) {
            continue;
        }
        const std::string_view rest = cell.substr(slip.written.size());
        const std::size_t figure = rest.find_first_not_of(" \t");
        if (figure != std::string_view::npos &&
            (is_digit(rest[figure]) || rest[figure] == '$' || rest[figure] == '\xC2' ||
             rest[figure] == '\xE2')) {
            return slip;
        }
    }
    return {};
}

std::string_view head_instead(const Place& place) {
    constexpr Slip heads[] = {
        {"all of these", "all of"},
        {"each of these", "all of"},
        {"all of the following", "all of"},
        {"each of the following", "all of"},
        {"all the following", "all of"},
        {"both of these", "all of"},
        {"any of these", "any one of"},
        {"one of these", "any one of"},
        {"any of the following", "any one of"},
        {"one of the following", "any one of"},
        {"each of", "all of"},
        {"either of", "any one of"},
        {"one of", "any one of"},
    };
    return find_slip(heads, cell_around(place));
}

std::string bounded_instead(const Place& place) {
    constexpr Slip limits[] = {
        {"capped at ", "most"},     {"capped to ", "most"},      {"limited to ", "most"},
        {"up to ", "most"},         {"at most ", "most"},        {", at most ", "most"},
        {"no more than ", "most"},  {"not more than ", "most"},  {"maximum ", "most"},
        {"max ", "most"},           {"at least ", "least"},      {", at least ", "least"},
        {"no less than ", "least"}, {"not less than ", "least"}, {"minimum ", "least"},
        {"min ", "least"},
    };
    if (!place.behind_value() || place.expects("a label")) { // bounds of a fact have no `but`
        return "";
    }
    const std::string_view rest = place.text.substr(place.at);
    for (const Slip& limit : limits) {
        if (rest.starts_with(limit.written)) {
            const std::string_view figure =
                figure_at(place.text,
                          skip_blanks(place.text,
                                      place.at + static_cast<std::uint32_t>(limit.written.size())));
            return "but at " + std::string(limit.meant) + " " +
                   (figure.empty() ? "…" : std::string(figure));
        }
    }
    return "";
}

std::string better_of_two(const Place& place, std::string_view found) {
    constexpr Slip words[] = {
        {"larger", "least"}, {"greater", "least"}, {"higher", "least"},  {"bigger", "least"},
        {"better", "least"}, {"largest", "least"}, {"max", "least"},     {"smaller", "most"},
        {"lesser", "most"},  {"lower", "most"},    {"smallest", "most"}, {"min", "most"},
    };
    const std::uint32_t line = begin_of_line(place.text, place.at);
    const std::uint32_t line_end = end_of_line(place.text, place.at);
    std::string_view word = place.word_before();
    if (word == "the") {
        word = found;
    } else if (found == "," &&
               place.expects("`in`")) { // behind the first figure of a list that is none
        const std::size_t of = place.text.substr(line, place.at - line).rfind(" of ");
        word = of == std::string_view::npos
                   ? word
                   : Place{place.text, line + static_cast<std::uint32_t>(of), place.expected}
                         .word_before();
    }
    const std::string_view bound = find_slip(words, word);
    if (bound.empty()) {
        return "";
    }
    const auto behind = static_cast<std::size_t>(word.data() + word.size() - place.text.data());
    std::string_view rest = trimmed(place.text.substr(behind, line_end - behind));
    if (!rest.starts_with("of ") && !rest.starts_with("of(") && !rest.starts_with('(')) {
        return "";
    }
    rest = trimmed(rest.substr(rest.starts_with("of") ? 2 : 0));
    rest = rest.substr(rest.starts_with('(') ? 1 : 0);
    rest = rest.substr(0, rest.find_first_of(")|#"));
    const std::size_t comma = rest.find(',');
    const std::size_t joint = std::min(comma, rest.find(" and "));
    if (joint == std::string_view::npos) {
        return "";
    }
    const std::string_view a = trimmed(rest.substr(0, joint));
    const std::string_view b = trimmed(rest.substr(joint + (joint == comma ? 1 : 5)));
    const auto plain = [](std::string_view figure) {
        return !figure.empty() && figure.find_first_of(" (,") == std::string_view::npos;
    };
    return (plain(a) && plain(b) ? std::string(a) : "…") + " but at " + std::string(bound) + " " +
           (plain(a) && plain(b) ? std::string(b) : "…");
}

std::string window_instead(const Place& place, std::string_view found) {
    constexpr std::string_view looking_back[] = {"last", "past", "previous", "rolling", "trailing"};
    constexpr std::string_view periods[] = {"month", "quarter", "year"};
    const bool behind_the = place.word_before() == "the" && among(looking_back, found);
    if (!place.behind_value() || (!behind_the && !among(looking_back, place.word_before()))) {
        return "";
    }
    const std::uint32_t at =
        behind_the ? skip_blanks(place.text, place.at + static_cast<std::uint32_t>(found.size()))
                   : place.at;
    const Span first = lexeme_at(place.text, at);
    const Span second = lexeme_at(place.text, skip_blanks(place.text, first.end));
    const std::string number(place.text.substr(first.begin, first.size()));
    const std::string_view unit = place.text.substr(second.begin, second.size());
    constexpr std::size_t most_digits = 3;
    if (!number.empty() && number.size() <= most_digits &&
        std::all_of(number.begin(), number.end(), is_digit)) {
        return unit.starts_with("day")     ? "trailing " + number + " days"
               : unit.starts_with("month") ? "trailing " + number + " months"
               : unit.starts_with("year")
                   ? "trailing " + std::to_string(12 * std::stoi(number)) + " months"
                   : "";
    }
    return behind_the && among(periods, number) ? "previous calendar " + number : "";
}

} // namespace rung::mistakes
