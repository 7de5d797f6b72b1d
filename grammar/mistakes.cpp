#include "grammar/mistakes.hpp"

#include "grammar/foreign_forms.hpp"
#include "grammar/slips.hpp"
#include "grammar/written_dates.hpp"

#include <algorithm>

namespace rung::mistakes {

namespace {

using namespace lines;

// ---- what was looked for -------------------------------------------------------------------------

/// "`most` or `least`" and "a number" become "`most`, `least` or a number".
std::string join_labels(const std::vector<std::string>& labels) {
    constexpr std::string_view inner_or = " or ";
    std::vector<std::string> parts;
    for (std::string_view label : labels) {
        const std::size_t at = labels.size() > 1 ? label.find(inner_or) : std::string_view::npos;
        if (at != std::string_view::npos && at > 0 && label[at - 1] != ',') {
            parts.emplace_back(label.substr(0, at));
            label.remove_prefix(at + inner_or.size());
        }
        parts.emplace_back(label);
    }
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text += i == 0 ? "" : i + 1 == parts.size() ? inner_or : ", ";
        text += parts[i];
    }
    return text;
}

/// Words that are spelled right, and only stand at a wrong place.
bool is_known(std::string_view word) {
    return among(reserved_words, word) || among(joiners, word) || among(openers, word) ||
           word == "for" || word == "when";
}

/// The words that may come at the place, as far as the labels tell.
std::vector<std::string_view> possible_words(const Place& place) {
    std::vector<std::string_view> words;
    const auto add = [&](Words more) { words.insert(words.end(), more.begin(), more.end()); };
    for (const std::string_view label : place.expected) {
        for (std::size_t open = label.find('`'); open != std::string_view::npos;) {
            const std::size_t close = label.find('`', open + 1);
            words.push_back(label.substr(
                open + 1, std::min(label.find_first_of(" `", open + 1), close) - open - 1));
            open = label.find('`', close + 1);
        }
        if (label.starts_with("a type")) {
            add(type_words);
        } else if (label.starts_with("a label")) {
            add(marks);
        } else if (is_behind_value(label)) {
            add(joiners);
        }
    }
    if (place.expects_value()) {
        add(openers);
    }
    return words;
}

// ---- what to write instead -----------------------------------------------------------------------

/// The rest of the line or cell as a text, shortened where it is long.
std::string quoted_rest(const Place& place) {
    constexpr std::size_t longest = 40;
    const std::uint32_t line_end = end_of_line(place.text, place.at);
    std::string_view rest = place.text.substr(place.at, line_end - place.at);
    rest = rest.substr(0, rest.find_first_of("|#\""));
    rest = rest.substr(0, without_blanks(rest, 0, static_cast<std::uint32_t>(rest.size())));
    if (rest.size() <= longest) {
        return rest.empty() ? "" : "\"" + std::string(rest) + "\"";
    }
    const std::size_t cut = rest.find_last_of(" \t", longest);
    return cut == std::string_view::npos ? "" : "\"" + std::string(rest.substr(0, cut)) + " …\"";
}

/// Names are small, so `Acme` among the values that a test gives is a text.
bool is_given_text(const Place& place, std::string_view found) {
    return (place.expects("`nothing`") || place.expects("a value, `unknown`")) && found[0] >= 'A' &&
           found[0] <= 'Z';
}

bool only_text_expected(const Place& place) {
    return place.expects("a text") &&
           std::all_of(place.expected.begin(), place.expected.end(), [](const std::string& label) {
               return label == "a text in quotes" || label == "the end of the line" ||
                      label == "`|`";
           });
}

/// `$5 million`, `50 %`, `$ 5`, `USD5`.
std::string closed_up_figure(const Place& place, std::string_view found) {
    const std::string_view before = place.figure_before();
    const bool behind_figure = !before.empty() && is_digit(before.back());
    if (behind_figure && !is_word_char(found[0]) && found != "%") {
        return ""; // a figure of its own
    }
    if (behind_figure && (found == "percent" || found == "pct")) {
        return std::string(before) + "%";
    }
    if (behind_figure && found.size() == 3 && std::all_of(found.begin(), found.end(), is_capital)) {
        const bool signed_already = !is_digit(before.front()); // `$100 USD`, and `100 USD`
        return signed_already ? "" : std::string(found) + " " + std::string(before);
    }
    if (found == "." && !behind_figure && place.expects_value()) { // `.2`
        const Span digits = lexeme_at(place.text, place.at + 1);
        const std::string_view fraction = place.text.substr(digits.begin, digits.size());
        return !fraction.empty() && is_digit(fraction[0]) ? "0." + std::string(fraction) : "";
    }
    if (const std::string_view factor = find_slip(factors, small_letters(found));
        behind_figure && !factor.empty()) {
        return std::string(before) + std::string(factor);
    }
    if (behind_figure && found == "%") {
        return std::string(before) + "%";
    }
    const std::uint32_t next =
        skip_blanks(place.text, place.at + static_cast<std::uint32_t>(found.size()));
    const bool before_figure = next < place.text.size() && is_digit(place.text[next]);
    if (before_figure && among(currency_signs, found)) {
        const Span figure = lexeme_at(place.text, next);
        return std::string(found) + std::string(place.text.substr(next, figure.size()));
    }
    if (found.size() > 3 && is_digit(found[3]) &&
        std::all_of(found.begin(), found.begin() + 3, is_capital)) {
        return std::string(found.substr(0, 3)) + " " + std::string(found.substr(3));
    }
    return "";
}

/// `stories >= 1 and <= 5`: the second comparison with what the first one compares.
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

/// Forms of which a word is missing, by the word before the place.
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

/// `each additional member`, in a key of a look-up table.
bool word_before_is_further(const Place& place, std::string_view found) {
    return place.word_before() == "each" && place.expects("`|`") && is_word_char(found[0]);
}

/// `$250k`, `$2500,000`, `USD 250k`: the amount that begins at a currency, or nothing.
Span amount_at(std::string_view text, Span where) {
    const std::string_view found = text.substr(where.begin, where.size());
    const bool sign = among(currency_signs, found);
    const bool code = found.size() == 3 && std::all_of(found.begin(), found.end(), is_capital);
    const std::uint32_t next = code ? skip_blanks(text, where.end) : where.end;
    const bool amount = (sign || code) && next < text.size() && is_digit(text[next]);
    return amount ? Span{where.begin, lexeme_at(text, next).end} : Span{where.begin, where.begin};
}

/// The amount or other value that begins at `at`: `$2,750` is two lexemes.
std::string_view value_at(std::string_view text, std::uint32_t at) {
    const Span amount = amount_at(text, lexeme_at(text, at));
    const Span value = amount.empty() ? lexeme_at(text, at) : amount;
    return text.substr(value.begin, value.size());
}

/// Words that mean one of those which are looked for: `passed`, `min`, `between`.
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

/// What a test says in other words: `given resources $2,750`, `= $0 to $5`, `expect eligible`.
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
    return "";
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

std::string currency_instead(std::string_view found) {
    constexpr Slip signs[] = {
        {"$", "USD"}, {"\u20AC", "EUR"}, {"\u00A3", "GBP"}, {"\u00A5", "JPY"}};
    if (found.size() == 3 && std::all_of(found.begin(), found.end(), is_small)) {
        std::string capitals(found);
        for (char& c : capitals) {
            c = static_cast<char>(c - 'a' + 'A');
        }
        return capitals;
    }
    return std::string(find_slip(signs, found));
}

// ---- what guides and people say, in a cell or behind a figure ------------------------------------

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

/// `| at least 70 |`: how the figure of a tier is compared stands once, in `asks`.
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

/// `| each of these |`: a head, in other words than Rung's.
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

/// The figure that begins at a place, with its currency.
std::string_view figure_at(std::string_view text, std::uint32_t at) {
    const Span sign = lexeme_at(text, at);
    const bool currency = among(currency_signs, text.substr(sign.begin, sign.size()));
    const std::uint32_t digits = currency ? sign.end : at;
    return digits < text.size() && is_digit(text[digits])
               ? text.substr(at, lexeme_at(text, digits).end - at)
               : std::string_view();
}

/// `capped at 15`, `up to 15`, `, at most 15` behind a value.
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

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r");
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
}

/// `larger of (a, 3)`, `the larger of a and 3`, `largest of a, 3`, `max(a, 3)`: one of two figures.
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

/// `last 12 months`, `the trailing 12 months`, `the last year`.
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

/// `define ba adds "Adds"`: a name of several words before its label.
std::string joined_define(const Place& place, std::string_view found) {
    const std::uint32_t line = begin_of_line(place.text, place.at);
    constexpr std::string_view section = "define ";
    if (found[0] != '"' || place.text.substr(line, section.size()) != section) {
        return "";
    }
    std::string name;
    for (std::uint32_t at = skip_blanks(place.text, line + section.size()); at < place.at;) {
        const Span word = lexeme_at(place.text, at);
        if (!is_small(place.text[word.begin])) {
            return "";
        }
        name += (name.empty() ? "" : "_") + std::string(place.text.substr(word.begin, word.size()));
        at = skip_blanks(place.text, word.end);
    }
    return name;
}

/// `requirements for Business Applications`: the name of the ladder that has this label.
std::string ladder_called(const Place& place) {
    const std::uint32_t line_end = end_of_line(place.text, place.at);
    const std::string label =
        "\"" +
        std::string(place.text.substr(place.at,
                                      without_blanks(place.text, place.at, line_end) - place.at)) +
        "\"";
    for (std::size_t at = place.text.find(label); at != std::string_view::npos;
         at = place.text.find(label, at + 1)) {
        const auto label_at = static_cast<std::uint32_t>(at);
        const std::uint32_t line = begin_of_line(place.text, label_at);
        const std::string_view name = Place{place.text, label_at, place.expected}.word_before();
        if (place.text.substr(line, 7) == "ladder " && name != "ladder") {
            return std::string(name);
        }
    }
    return "";
}

/// `15 points`, `$1,500 USD`: a figure has no unit behind it.
bool is_unit(const Place& place, std::string_view found) {
    const std::string_view figure = place.figure_before();
    const bool behind_figure =
        figure.find_first_of("0123456789") != std::string_view::npos && !is_small(figure[0]);
    const bool currency = found.size() == 3 && std::all_of(found.begin(), found.end(), is_capital);
    return place.behind_value() && behind_figure && (is_small(found[0]) || currency) &&
           !is_known(found);
}

/// `Twilio` or `"Joint solution"` as a name, where it makes one.
std::string named(std::string_view found) {
    std::string name;
    for (const char c : found) {
        if (is_word_char(c)) {
            const bool hump = is_capital(c) && !name.empty() && is_small(name.back());
            name += hump ? "_" : "";
            name += c;
        } else if (c == ' ' || c == '-') {
            name += '_';
        } else if (c != '"') {
            return "";
        }
    }
    name = small_letters(name);
    return name.empty() || !is_small(name[0]) || name == found || among(reserved_words, name)
               ? ""
               : name;
}

/// What stands there, as it should be written; empty where that cannot be told.
std::string instead(const Place& place, std::string_view found) {
    if (place.expects("a type")) {
        const std::size_t behind = place.at + found.size();
        if (is_small(found[0]) && place.text.substr(behind, 1) == ",") {
            return "one of " + std::string(found) + ", …";
        }
        if (const std::string_view meant = find_slip(types, found); !meant.empty()) {
            return std::string(meant);
        }
    }
    if (place.expects("a currency")) {
        return currency_instead(found);
    }
    if (place.expects_name()) {
        if (std::string name = ladder_called(place); !name.empty()) {
            return name;
        }
        if (std::string name = named(found); !name.empty()) {
            const bool text = found[0] == '"';
            return !text || place.first_word() == "expect" ? name
                   : place.expects("a choice")             ? name + " = " + std::string(found)
                                                           : name + " " + std::string(found);
        }
    }
    if (std::string text = bounded_instead(place); !text.empty()) {
        return text;
    }
    for (const auto& write : {placed_word, test_line, better_of_two, window_instead,
                              expectation_instead, closed_up_figure, full_comparison,
                              turned_condition, full_form, word_instead, foreign_form}) {
        if (std::string text = write(place, found); !text.empty()) {
            return text;
        }
    }
    const bool compared = place.sign_before() == '=' || place.word_before() == "in" ||
                          place.word_before() == "include";
    if (place.expects_value() && compared && is_capital(found[0]) && !is_given_text(place, found)) {
        return named(found); // a choice, under the name that facts give it
    }
    const bool text = is_given_text(place, found) ||
                      (only_text_expected(place) && (is_word_char(found[0]) || found == "/"));
    return text ? quoted_rest(place) : "";
}

/// `agreement signed yes/no` and `conn-ect`: one name in two pieces.
std::string joined_name(const Place& place, std::string_view found) {
    const std::string_view before = place.word_before();
    const std::uint32_t behind = place.at + static_cast<std::uint32_t>(found.size());
    if (place.expects("a name") && is_small(found[0]) && place.text.substr(behind, 1) == "-") {
        std::uint32_t end = behind;
        while (end < place.text.size() &&
               (is_word_char(place.text[end]) || place.text[end] == '-')) {
            ++end;
        }
        std::string name = small_letters(place.text.substr(place.at, end - place.at));
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    }
    if (before.empty() || !is_small(before[0])) {
        return "";
    }
    if (found == "-" && is_word_char(place.text[place.at - 1]) && behind < place.text.size() &&
        is_word_char(place.text[behind])) {
        const Span rest = lexeme_at(place.text, behind);
        return std::string(before) + "_" + std::string(place.text.substr(behind, rest.size()));
    }
    if (place.expects("a type") && is_word_char(found[0])) {
        const Span next = lexeme_at(place.text, skip_blanks(place.text, behind));
        const std::string_view type = place.text.substr(next.begin, next.size());
        return type == "yes" || among(type_words, type)
                   ? std::string(before) + "_" + std::string(found)
                   : "";
    }
    return "";
}

/// `| joint plan |` at the begin of a row, where names stand.
std::string joined_row_name(const Place& place, std::string_view found) {
    const std::string_view before = place.word_before();
    const std::uint32_t bar = skip_blanks(place.text, begin_of_line(place.text, place.at));
    const bool first = place.text.substr(bar, 1) == "|" &&
                       place.text.data() + skip_blanks(place.text, bar + 1) == before.data();
    const bool words = !before.empty() && before != "each" && is_small(before[0]) &&
                       !among(reserved_words, before) && is_word_char(found[0]);
    return first && words && place.expects("`|`")
               ? small_letters(std::string(before) + "_" + std::string(found))
               : "";
}

/// A word or a sign that says nothing here.
bool is_extra(const Place& place, std::string_view found) {
    const bool word = std::any_of(
        std::begin(placed_extras), std::end(placed_extras), [&](const PlacedSlip& candidate) {
            return candidate.written == found && place.expects(candidate.label);
        });
    const bool sign = (found == "=" || found == ":") &&
                      ((place.expects("a text") && place.expects_value()) ||
                       (place.expects("a name") && place.first_word() == "expect"));
    const bool comma = found == "," && place.expects("a label");
    const bool plus = found == "+" && place.expects_value();
    const bool colon = found == ":" && place.word_before() == "else";
    return word || sign || comma || plus || colon ||
           (found == "of" && place.expects("a length of time"));
}

/// The words of a line as a row: those that are far apart, or all of them.
std::string between_bars(const Place& place) {
    const Span line = place.cell();
    std::string_view rest = place.text.substr(line.begin, line.size());
    const bool wide =
        rest.find("  ") != std::string_view::npos || rest.find('\t') != std::string_view::npos;
    std::string row = "|";
    while (!rest.empty()) {
        std::size_t end = std::min(rest.find('\t'), rest.size());
        end = std::min(end, wide ? rest.find("  ") : rest.find(' '));
        row += " " + std::string(rest.substr(0, end)) + " |";
        rest.remove_prefix(std::min(end, rest.size()));
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    }
    return row;
}

/// Says what to do about a whole cell, where that can be told.
bool advise_on_cell(const Place& place, Fault& fault) {
    if (const Slip comparison = comparison_in_cell(place); !comparison.written.empty()) {
        fault.arguments.push_back({"words", std::string(comparison.written)});
        fault.arguments.push_back({"asks", std::string(comparison.meant) + " _"});
        return true;
    }
    if (const std::string_view head = head_instead(place); !head.empty()) {
        fault.arguments.push_back({"write", std::string(head)});
        return true;
    }
    return false;
}

Fault unexpected(const Place& place, Span where) {
    const std::string_view found = place.text.substr(where.begin, where.size());
    Fault fault{Code::unexpected_text,
                where,
                {{"found", std::string(found)}, {"expected", join_labels(place.expected)}},
                {},
                {}};
    const auto advise = [&](std::string_view argument, std::string value) {
        fault.arguments.push_back({argument, std::move(value)});
        return fault;
    };
    if (advise_on_cell(place, fault)) {
        return fault;
    }
    if (place.expects("a tier") && (found == "climbed" || found == "each") &&
        place.sign_before() == '<') {
        return advise("sign", "<");
    }
    if (place.sign_before() == ',' && !is_word_char(found[0]) && found[0] != '"') {
        return advise("sign", ",");
    }
    if (is_extra(place, found)) {
        return advise("extra", std::string(found));
    }
    if (std::string rounded = closed_rounding(place, found); !rounded.empty()) {
        return advise("rounded", std::move(rounded));
    }
    if (place.expects("a table") && is_word_char(found[0])) {
        return advise("bars", between_bars(place));
    }
    if (found == "not" && place.first_word() == "expect" && place.expects("`tier`")) {
        return advise("reached", "tier …");
    }
    for (const auto& join : {joined_name, joined_row_name, joined_define}) {
        if (std::string name = join(place, found); !name.empty()) {
            return advise("joined", std::move(name));
        }
    }
    if (std::string text = instead(place, found); !text.empty()) {
        if (const std::string choice = named(found);
            is_given_text(place, found) && !choice.empty()) {
            advise("choice", choice);
            return advise("quoted", std::move(text));
        }
        return advise("write", std::move(text));
    }
    if (place.word_before() == "when" && place.behind_value()) {
        return advise("extra", "when");
    }
    if (place.expects_name() && among(reserved_words, found)) {
        return advise("reserved", std::string(found));
    }
    if (is_word_char(found[0]) && !is_known(found)) {
        const std::string_view close = nearest(small_letters(found), possible_words(place));
        if (!close.empty() && close != found) {

            return advise("close", std::string(close));
        }
    }
    return is_unit(place, found) ? advise("extra", std::string(found)) : fault;
}

// ---- kinds of mistakes ---------------------------------------------------------------------------

/// What was left out at the end of a line or a cell.
std::string unsaid(const Place& place) {
    const std::string_view line = place.line_before();
    if (place.expects("`else`")) {
        return "else …";
    }
    if (place.expects("`to`") && line.find("round") != std::string_view::npos) {
        return line.find('$') != std::string_view::npos ? "to $1" : "to 1";
    }
    if (place.word_before() == "further") {
        return "each further 1";
    }
    const bool dash = place.sign_before() == '-';
    const bool test = place.first_word() == "expect" || place.first_word() == "given";
    return dash && test && place.expects_value() ? "nothing" : "";
}

/// The line or the cell ends too early: the place is right behind what was read.
Fault missing(const Place& place, std::string unit) {
    const std::uint32_t behind = std::min(place.behind(), place.at);
    Fault fault{Code::missing_text,
                {behind, behind},
                {{"expected", join_labels(place.expected)}, {"unit", std::move(unit)}},
                {},
                {}};
    if (advise_on_cell(place, fault)) {
        return fault;
    }
    if (place.expects("`onwards`")) {
        fault.arguments.push_back({"write", "onwards"});
    }
    const std::string_view path = place.figure_before();
    if (const std::size_t dot = path.find('.');
        place.expects("`in`") && dot != std::string_view::npos) { // `sum of deals.amount`
        fault.arguments.push_back({"write", std::string(path.substr(dot + 1)) + " in " +
                                                std::string(path.substr(0, dot))});
    }
    const std::string_view whole = place.text.substr(place.cell().begin, place.cell().size());
    if (whole == "-") {
        fault.arguments.push_back({"empty", std::string(whole)});
        return fault;
    }
    if (std::string write = unsaid(place); !write.empty()) {
        fault.arguments.push_back({"write", std::move(write)});
    }
    const char sign = place.sign_before();
    if (sign == ',' || (sign == '<' && place.expects("a tier"))) {
        fault.arguments.push_back({"sign", std::string(1, sign)});
    }
    return fault;
}

std::string thousands(std::string_view digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            text += ',';
        }
        text += digits[i];
    }
    return text;
}

/// `1.000.000` and `1.000,50`, as a part of the world writes them, turned round; else nothing.
std::string turned_round(std::string_view found) {
    const std::size_t comma = std::min(found.find(','), found.size());
    const std::string_view whole = found.substr(0, comma);
    std::string digits;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if ((whole.size() - i) % 4 == 0 ? whole[i] != '.' : !is_digit(whole[i])) {
            return "";
        }
        digits += whole[i] == '.' ? "" : std::string(1, whole[i]);
    }
    const std::string_view behind = found.substr(std::min(comma + 1, found.size()));
    const bool sound = whole.size() > 4 && std::all_of(behind.begin(), behind.end(), is_digit);
    return sound ? thousands(digits) + (behind.empty() ? "" : "." + std::string(behind)) : "";
}

Fault malformed_date(std::string_view found, Span where) {
    Fault fault{Code::malformed_date, where, {{"found", std::string(found)}}, {}, {}};
    if (const auto date = written_date(found, 0); date && date->where.size() == found.size()) {
        fault.arguments.push_back({"date", date->iso});
    }
    return fault;
}

/// A figure that is none, where a value should come: a date without its zeros, thousands in groups of four.
Fault malformed_figure(std::string_view found, Span where) {
    const auto count = [&](char c) { return std::count(found.begin(), found.end(), c); };
    const std::string text(found);
    const std::string currency = text.substr(0, text.find_first_of("0123456789"));
    if (std::string number = turned_round(found.substr(currency.size())); !number.empty()) {
        return {Code::malformed_number,
                where,
                {{"found", text}, {"number", currency + number}},
                {},
                {}};
    }

    if (count('-') == 2 || count('.') == 2 || count('/') == 2) {
        return malformed_date(found, where);
    }
    if (const std::size_t dash = text.find('-'); dash != std::string::npos) {
        const std::string spaced = text.substr(0, dash) + " - " + text.substr(dash + 1);
        Fault fault{Code::figure_and_minus, where, {{"found", text}, {"spaced", spaced}}, {}, {}};
        if (text.size() == 5 && dash == 2) { // perhaps a day: 06-30
            fault.arguments.push_back({"day", text});
        }
        return fault;
    }
    const std::size_t factor = found.find_first_of("kmb");
    if (factor != std::string_view::npos && factor + 1 == found.size()) {
        std::string fixed = text;
        fixed.back() = static_cast<char>(fixed.back() - 'a' + 'A');
        return {Code::lower_case_factor, where, {{"found", text}, {"fix", fixed}}, {}, {}};
    }
    std::string digits = text.substr(currency.size());
    std::erase(digits, ',');
    if (count(',') > 0 && !currency.empty() &&
        std::all_of(digits.begin(), digits.end(), is_digit)) {
        const bool one_short = count(',') == 1 && found.size() - found.find(',') == 3;
        return {Code::malformed_number,
                where,
                {{"found", text}, {one_short ? "short" : "number", currency + thousands(digits)}},
                {},
                {}};
    }
    if (count(',') > 0 && std::all_of(digits.begin(), digits.end(), is_digit)) {
        std::string listed = text;
        for (std::size_t i = listed.find(','); i != std::string::npos;
             i = listed.find(',', i + 2)) {
            listed.insert(i + 1, " ");
        }
        Fault fault{Code::malformed_number,
                    where,
                    {{"found", text}, {"number", thousands(digits)}, {"list", listed}},
                    {},
                    {}};
        if (count(',') == 1) {
            std::string decimal = text;
            std::replace(decimal.begin(), decimal.end(), ',', '.');
            fault.arguments.push_back({"decimal", decimal});
        }
        return fault;
    }
    return {Code::malformed_number, where, {{"found", text}}, {}, {}};
}

Fault comment_sign(Span where, std::string_view sign) {
    return {Code::foreign_operator, where, {{"found", std::string(sign)}, {"fix", "#"}}, {}, {}};
}

/// `// …` or `-- …` where nothing may follow, as other languages begin a comment.
std::optional<Fault> foreign_comment(const Place& place) {
    const std::uint32_t begin =
        place.at > 0 && place.text.substr(place.at - 1, 2) == "//" ? place.at - 1 : place.at;
    const std::string_view sign = place.text.substr(begin, 2);
    const bool dashes = sign == "--" && place.expects("the end of the line");
    if ((sign != "//" && !dashes) || in_row(place.text, place.at)) {
        return std::nullopt;
    }
    return comment_sign({begin, begin + 2}, sign);
}

/// A character from a word processor; it is one wherever it stands outside a text.
bool is_typography(std::string_view found, Span where, Fault& fault) {
    if (const std::string_view fix = find_slip(typography, found); !fix.empty()) {
        fault = {Code::typography,
                 where,
                 {{"found", std::string(found)}, {"fix", std::string(fix)}},
                 {},
                 {}};
        return true;
    }
    if (const std::string_view name = find_slip(unseen, found); !name.empty()) {
        fault = {Code::typography, where, {{"unseen", std::string(name)}}, {}, {}};
        return true;
    }
    return false;
}

/// `| $250K+ |`, at the bar, and `| 8+ |` where no sum may stand, at the sign.
std::optional<Fault> marked_figure(const Place& place, std::string_view found) {
    if (found == "|" && place.sign_before() == '+') {
        return Fault{Code::plus_behind_figure, {place.behind() - 1, place.behind()}, {}, {}, {}};
    }
    const std::uint32_t behind = place.at + static_cast<std::uint32_t>(found.size());
    const bool ends = place.text.substr(skip_blanks(place.text, behind), 1) == "|";
    if (found == "+" && ends && place.behind_value()) {
        return Fault{Code::plus_behind_figure, {place.at, behind}, {{"bound", "from"}}, {}, {}};
    }
    const bool star = place.behind() > 1 && place.sign_before() == '*' &&
                      is_digit(place.text[place.behind() - 2]) && (found == "|" || found.empty());
    const bool sign =
        among(footnote_signs, found) && place.at > 0 && is_digit(place.text[place.at - 1]);
    if (star || sign) {
        const Span where = star ? Span{place.behind() - 1, place.behind()} : Span{place.at, behind};
        return Fault{Code::footnote_mark,
                     where,
                     {{"found", std::string(place.text.substr(where.begin, where.size()))}},
                     {},
                     {}};
    }
    return std::nullopt;
}

/// A day as a guide writes it, at the place or from the figure before it on.
std::optional<WrittenDate> guide_date(const Place& place) {
    const bool date = place.expects("a date");
    if (!date && !place.expects_value() && !place.behind_value()) {
        return std::nullopt;
    }
    if (date || place.expects_value()) {
        if (auto found = written_date(place.text, place.at)) {
            return found;
        }
    }
    const std::string_view before = place.figure_before();
    return before.empty() || date
               ? std::nullopt
               : written_date(place.text,
                              static_cast<std::uint32_t>(before.data() - place.text.data()));
}

bool is_currency(std::string_view text, std::uint32_t at) {
    const Span sign = lexeme_at(text, at);
    return among(currency_signs, text.substr(sign.begin, sign.size()));
}

/// `2,137$`
std::optional<Fault> currency_behind(const Place& place, Span where) {
    const std::string_view text = place.text;
    const bool after =
        is_currency(text, where.begin) && where.begin > 0 && is_digit(text[where.begin - 1]);
    const Span figure =
        after ? Span{where.begin - static_cast<std::uint32_t>(place.figure_before().size()),
                     where.begin}
              : where;
    if (figure.empty() || !is_digit(text[figure.begin]) || !is_currency(text, figure.end)) {
        return std::nullopt;
    }
    const Span sign = lexeme_at(text, figure.end);
    const std::string number(text.substr(figure.begin, figure.size()));
    const std::string currency(text.substr(sign.begin, sign.size()));
    return Fault{Code::malformed_number,
                 {figure.begin, sign.end},
                 {{"found", number + currency}, {"signed", currency + number}},
                 {},
                 {}};
}

/// In the first cell of a row, where its name stands.
bool begins_row(const Place& place) {
    const std::uint32_t bar = skip_blanks(place.text, begin_of_line(place.text, place.at));
    return skip_blanks(place.text, bar + 1) == place.at;
}

/// `$1500.`, at the end of what was a sentence: the figure alone, where it is one.
std::string before_full_stop(std::string_view text, Span figure) {
    const std::string_view found = text.substr(figure.begin, figure.size());
    const std::string_view behind = text.substr(figure.end);
    const bool stop = behind.starts_with('.') && (behind.size() == 1 || !is_word_char(behind[1]));
    const std::string_view digits =
        found.substr(std::min(found.find_first_of("0123456789"), found.size()));
    const bool sound = digits.find_first_not_of("0123456789") == std::string_view::npos;
    return stop && sound && !digits.empty() ? std::string(found) : "";
}

Fault figure_fault(std::string_view text, Span where) {
    const std::string_view found = text.substr(where.begin, where.size());
    if (std::string plain = before_full_stop(text, where); !plain.empty()) {
        return {Code::malformed_number,
                where,
                {{"found", std::string(found) + "."}, {"stop", "."}, {"plain", std::move(plain)}},
                {},
                {}};
    }
    return malformed_figure(found, where);
}

} // namespace

bool begins_section(std::string_view word) { return among(section_words, word); }

Fault syntax_fault(std::string_view text, std::uint32_t at,
                   const std::vector<std::string>& expected) {
    const Place place{text, at, expected};
    Span where = lexeme_at(place.text, place.at);
    const bool row = in_row(place.text, place.at);
    if (!row && place.text.substr(place.at, 2) == "||") {
        where.end = where.begin + 2;
    }
    const std::string_view found = place.text.substr(where.begin, where.size());
    const std::uint32_t line_end = end_of_line(place.text, place.at);
    if (found == "#" && row &&
        place.text.substr(place.at, line_end - place.at).find('|') != std::string_view::npos) {
        return {Code::comment_in_row,
                {place.at, without_blanks(place.text, place.at, line_end)},
                {},
                {},
                {}};
    }
    if (std::optional<Fault> marked = marked_figure(place, found)) {
        return *marked;
    }
    if (found.empty() || found == "#") {
        return missing(place, "line");
    }
    if (found == "\r") {
        return {Code::lone_return, where, {}, {}, {}};
    }
    if (Fault fault; is_typography(found, where, fault)) {
        const bool bullet = find_slip(typography, found) == "yes";
        if (bullet && row && begins_row(place)) {
            fault.arguments = {{"found", std::string(found)}, {"extra", std::string(found)}};
        }
        return fault;
    }
    if (std::optional<Fault> comment = foreign_comment(place)) {
        return *comment;
    }
    if (is_extra(place, found) || !placed_word(place, found).empty() ||
        (found != "|" && !comparison_in_cell(place).written.empty())) {
        return unexpected(place, where);
    }
    if (const std::string_view fix = find_slip(slips, found); !fix.empty()) {
        return {Code::foreign_operator,
                where,
                {{"found", std::string(found)}, {"fix", std::string(fix)}},
                {},
                {}};
    }
    if (found[0] == '"' && (found.size() == 1 || found.back() != '"')) {
        return {Code::open_text,
                {where.begin, without_blanks(place.text, where.begin, where.end)},
                {},
                {},
                {}};
    }
    if (found == "|" && row) {
        return missing(place, "cell");
    }
    if (const auto date = guide_date(place)) {
        return malformed_date(text.substr(date->where.begin, date->where.size()), date->where);
    }
    if (is_digit(found[0]) && place.expects("a date")) {
        return malformed_date(found, where);
    }
    if (std::optional<Fault> fault = currency_behind(place, where)) {
        return *fault;
    }
    if (is_digit(found[0]) && place.expects_value()) {
        return figure_fault(place.text, where);
    }
    if (const Span amount = amount_at(place.text, where);
        !amount.empty() && place.expects_value()) {
        return figure_fault(place.text, amount);
    }
    return unexpected(place, where);
}

bool goes_on(std::string_view text, const Fault& before, std::uint32_t begin, Fault& fault) {
    const std::uint32_t above = begin_of_line(text, without_blanks(text, 0, begin));
    const bool meant_otherwise =
        std::any_of(fault.arguments.begin(), fault.arguments.end(),
                    [](const Argument& argument) { return argument.name == "close"; });
    if (fault.code != Code::unknown_section || meant_otherwise ||
        before.code != Code::missing_text || begin_of_line(text, before.where.begin) != above) {
        return false;
    }
    const Span word = lexeme_at(text, above);
    fault.arguments.push_back({"above", std::string(text.substr(word.begin, word.size()))});
    return true;
}

Fault stray_fault(std::string_view text, Span where, bool at_margin) {
    const std::string_view found = text.substr(where.begin, where.size());
    if (Fault fault; is_typography(found, where, fault)) {
        return fault;
    }
    if (found == "\r") {
        return {Code::lone_return, where, {}, {}, {}};
    }
    const std::string_view line =
        text.substr(where.begin, end_of_line(text, where.begin) - where.begin);
    if (line.starts_with("//") || line.starts_with("--")) {
        return comment_sign({where.begin, where.begin + 2}, line.substr(0, 2));
    }
    if (at_margin && is_word_char(found[0])) {
        Fault fault{Code::unknown_section, where, {{"found", std::string(found)}}, {}, {}};
        if (const std::string_view meant = nearest(small_letters(found), section_words);
            !meant.empty()) {
            fault.arguments.push_back({"close", std::string(meant)});
        } else if (line.find('|') != std::string_view::npos) {
            fault.arguments.push_back({"bar", "|"});
        }
        return fault;
    }
    Fault fault{Code::stray_line, where, {{"found", std::string(found)}}, {}, {}};
    const std::uint32_t above =
        begin_of_line(text, without_blanks(text, 0, begin_of_line(text, where.begin)));
    const Span word = lexeme_at(text, above);
    const std::string_view section = text.substr(word.begin, word.size());
    if (!at_margin && among(one_line_sections, section)) {
        fault.arguments.push_back({"section", std::string(section)});
    }
    return fault;
}

} // namespace rung::mistakes
