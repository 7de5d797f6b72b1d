#include "grammar/mistakes.hpp"

#include "grammar/lines.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace rung::mistakes {

namespace {

using namespace lines;

using Words = std::span<const std::string_view>;

// ---- tables of what is often written ------------------------------------------------------------

struct Slip {
    std::string_view written;
    std::string_view meant;
};

/// Signs and words of other languages, with Rung's own.
constexpr Slip slips[] = {
    {"==", "="},
    {"=>", ">="},
    {"=<", "<="},
    {"<>", "!="},
    {"&&", "and"},
    {"||", "or"},
    {"!", "not"},
    {"\u2265", ">="},
    {"\u2264", "<="},
    {"\u2260", "!="},
    {"has", "include"},
    {"contains", "include"},
    {"is", "="},
    {"equals", "="},
    {"AND", "and"},
    {"&", "and"},
    {";", ","},
    {"OR", "or"},
    {"NOT", "not"},
    {"\u00D7", "*"},
    {"\u00F7", "/"},
    {"'", "\""},
    {"between", "x >= 1 and x <= 9"},
    {"minus", "-"},
    {"plus", "+"},
    {"times", "*"},
};

/// What is asked of a list, in other words than Rung's: the word before `of`, or before the list itself.
constexpr Slip list_words[] = {
    {"any", "some of"},       {"exists", "some of"},     {"no", "none of"},
    {"all", "each of"},       {"every", "each of"},      {"number", "count of"},
    {"len", "count of"},      {"size", "count of"},      {"total", "sum of"},
    {"max", "largest of"},    {"maximum", "largest of"}, {"highest", "largest of"},
    {"min", "smallest of"},   {"minimum", "smallest of"}, {"lowest", "smallest of"},
    {"mean", "average of"},   {"avg", "average of"},
};

/// What joins a list and the condition on its records.
constexpr std::string_view where_words[] = {"with", "having", "which", "whose", "that"};

/// What word processors put in the place of a key that a keyboard has.
constexpr Slip typography[] = {
    {"\u201C", "\""},  {"\u201D", "\""},  {"\u201E", "\""},  {"\u00AB", "\""},  {"\u00BB", "\""},
    {"\u2018", "\""},  {"\u2019", "\""},  {"\u2013", "-"},   {"\u2014", "-"},   {"\u2212", "-"},
    {"\u2022", "yes"}, {"\u25CF", "yes"}, {"\u2713", "yes"}, {"\u2714", "yes"}, {"\u2705", "yes"},
};

/// Characters that look like a blank, or like nothing.
constexpr Slip unseen[] = {
    {"\u00A0", "U+00A0"}, {"\u202F", "U+202F"}, {"\u2009", "U+2009"},
    {"\u2003", "U+2003"}, {"\u3000", "U+3000"}, {"\uFEFF", "U+FEFF"},
    {"\u200B", "U+200B"}, {"\u00AD", "U+00AD"}, {"\u2060", "U+2060"},
};

/// Names of types elsewhere.
constexpr Slip types[] = {
    {"string", "text"},         {"bool", "yes/no"},          {"boolean", "yes/no"},
    {"yes", "yes/no"},          {"integer", "whole number"}, {"int", "whole number"},
    {"number", "whole number"}, {"numeric", "decimal"},      {"float", "decimal"},
    {"currency", "money"},      {"amount", "money"},         {"percentage", "percent"},
    {"enum", "one of"},         {"choice", "one of"},        {"set", "any of"},
    {"array", "list of"},       {"datetime", "date"},        {"timestamp", "date"},
    {"double", "decimal"},      {"checkbox", "yes/no"},
};

constexpr Slip numerals[] = {
    {"one", "1"},  {"two", "2"},  {"three", "3"},   {"four", "4"},
    {"five", "5"}, {"six", "6"},  {"seven", "7"},   {"eight", "8"},
    {"nine", "9"}, {"ten", "10"}, {"eleven", "11"}, {"twelve", "12"},
};

constexpr Slip factors[] = {
    {"thousand", "K"}, {"k", "K"},       {"million", "M"}, {"m", "M"},
    {"mn", "M"},       {"billion", "B"}, {"b", "B"},       {"bn", "B"},
};

std::string_view find_slip(std::span<const Slip> table, std::string_view written) {
    const auto at = std::find_if(table.begin(), table.end(),
                                 [&](const Slip& slip) { return slip.written == written; });
    return at == table.end() ? std::string_view() : at->meant;
}

constexpr std::string_view section_words[] = {
    "program",  "version", "effective", "source", "currency", "year",   "input",    "ladder",
    "paths",    "reviews", "standing",  "record", "facts",    "define", "measures", "requirements",
    "benefits", "values",  "reading",   "notice", "test",     "accept", "table",
};
constexpr std::string_view one_line_sections[] = {
    "program", "version", "effective", "source", "currency", "year",
};
constexpr std::string_view reserved_words[] = {
    "and", "or",   "not", "if", "then",      "else",      "in",  "where",   "as",
    "of",  "from", "yes", "no", "otherwise", "satisfies", "but", "include",
};
constexpr std::string_view type_words[] = {
    "yes/no", "whole", "decimal", "percent", "share", "money", "date",
    "month",  "text",  "one",     "any",     "list",  "item",
};
constexpr std::string_view marks[] = {
    "json", "key", "internal", "waits", "by", "cannot", "at", "default",
};
/// What a value may begin with, and what may go on behind one.
constexpr std::string_view openers[] = {
    "not",      "if",         "sum",     "smallest", "largest", "average", "median", "count",
    "some",     "none",       "each",    "at",       "round",   "first",   "last",   "trailing",
    "previous", "calendar",   "program", "from",     "yes",     "no",      "list",   "groups",
    "value",    "percentile", "days",    "year",     "month",   "unknown",
};
constexpr std::string_view joiners[] = {
    "and",  "or",        "in", "include", "but", "otherwise", "where", "as", "if",      "then",
    "else", "satisfies", "by", "grace",   "can", "named",     "on",    "at", "through",
};
constexpr std::string_view aggregates[] = {
    "sum", "smallest", "largest", "average", "median", "count", "some", "none", "each",
};

bool among(Words words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string small_letters(std::string_view text) {
    std::string small(text);
    for (char& c : small) {
        c = is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return small;
}

// ---- what was looked for -------------------------------------------------------------------------

bool is_behind_value(std::string_view label) {
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
    [[nodiscard]] std::uint32_t behind() const { return without_blanks(text, 0, at); }
    [[nodiscard]] char sign_before() const { return behind() == 0 ? ' ' : text[behind() - 1]; }
    /// The word before the place, in its line; and everything before it up to a blank, which may be `$5`.
    [[nodiscard]] std::string_view word_before() const {
        return before([](char c) { return is_word_char(c); });
    }
    [[nodiscard]] std::string_view figure_before() const {
        return before([](char c) { return !is_blank(c) && c != '|' && c != '('; });
    }

private:
    template <typename Belongs>
    [[nodiscard]] std::string_view before(Belongs belongs) const {
        std::uint32_t end = at;
        while (end > 0 && is_blank(text[end - 1])) {
            --end;
        }
        std::uint32_t begin = end;
        while (begin > 0 && text[begin - 1] != '\n' && belongs(text[begin - 1])) {
            --begin;
        }
        return text.substr(begin, end - begin);
    }
};

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
    return (place.expects("`nothing`") || place.expects("a value, `unknown`")) &&
           found[0] >= 'A' && found[0] <= 'Z';
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
    if (before_figure &&
        (found == "$" || found == "\u20AC" || found == "\u00A3" || found == "\u00A5")) {
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
    if (!place.behind_value()) {
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
        return "round up … to …";
    }
    if (found == "(" && (word == "max" || word == "min")) { // of figures, not of a list
        return word == "max" ? "… but at least …" : "… but at most …";
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
    if (place.expects("`<`") && (found == "," || found == ">")) {
        return "<";
    }
    if (place.expects("a number")) {
        return std::string(find_slip(numerals, found));
    }
    return "";
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

/// `Twilio` or `"Joint solution"` as a name, where it makes one.
std::string named(std::string_view found) {
    std::string name;
    for (const char c : found) {
        if (is_word_char(c)) {
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
        if (std::string name = named(found); !name.empty()) {
            const bool text = found[0] == '"';
            return !text                       ? name
                   : place.expects("a choice") ? name + " = " + std::string(found)
                                               : name + " " + std::string(found);
        }
    }
    for (const auto& write : {closed_up_figure, full_comparison, full_form, word_instead}) {
        if (std::string text = write(place, found); !text.empty()) {
            return text;
        }
    }
    const bool text = is_given_text(place, found) ||
                      (only_text_expected(place) && (is_word_char(found[0]) || found == "/"));
    return text ? quoted_rest(place) : "";
}

/// `agreement signed yes/no` and `conn-ect`: one name in two pieces.
std::string joined_name(const Place& place, std::string_view found) {
    const std::string_view before = place.word_before();
    const std::uint32_t behind = place.at + static_cast<std::uint32_t>(found.size());
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
    const bool words = !before.empty() && is_small(before[0]) && !among(reserved_words, before) &&
                       is_word_char(found[0]);
    return first && words && place.expects("`|`")
               ? small_letters(std::string(before) + "_" + std::string(found))
               : "";
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
    if (place.expects("a tier") && (found == "climbed" || found == "each") &&
        place.sign_before() == '<') {
        return advise("sign", "<");
    }
    if (place.sign_before() == ',' && !is_word_char(found[0]) && found[0] != '"') {
        return advise("sign", ",");
    }
    const bool sign =
        (found == "=" || found == ":") && place.expects("a text") && place.expects_value();
    const bool comma = found == "," && place.expects("a label");
    if (sign || comma || (found == "of" && place.expects("a length of time"))) {
        return advise("extra", std::string(found));
    }

    for (const auto& join : {joined_name, joined_row_name}) {
        if (std::string name = join(place, found); !name.empty()) {
            return advise("joined", std::move(name));
        }
    }
    if (std::string text = instead(place, found); !text.empty()) {
        return advise("write", std::move(text));
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
    return fault;
}

// ---- kinds of mistakes ---------------------------------------------------------------------------

/// The line or the cell ends too early: the place is right behind what was read.
Fault missing(const Place& place, std::string unit) {
    const std::uint32_t behind = std::min(place.behind(), place.at);
    Fault fault{Code::missing_text,
                {behind, behind},
                {{"expected", join_labels(place.expected)}, {"unit", std::move(unit)}},
                {},
                {}};
    const std::string_view path = place.figure_before();
    if (const std::size_t dot = path.find('.');
        place.expects("`in`") && dot != std::string_view::npos) { // `sum of deals.amount`
        fault.arguments.push_back({"write", std::string(path.substr(dot + 1)) + " in " +
                                                std::string(path.substr(0, dot))});
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

/// `$250k`, `$2500,000`, `USD 250k`: the amount that begins at a currency, or nothing.
Span amount_at(std::string_view text, Span where) {
    const std::string_view found = text.substr(where.begin, where.size());
    const bool sign = found == "$" || found == "\u20AC" || found == "\u00A3" || found == "\u00A5";
    const bool code = found.size() == 3 && std::all_of(found.begin(), found.end(), is_capital);
    const std::uint32_t next = code ? skip_blanks(text, where.end) : where.end;
    const bool amount = (sign || code) && next < text.size() && is_digit(text[next]);
    return amount ? Span{where.begin, lexeme_at(text, next).end} : Span{where.begin, where.begin};
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

    if (count('-') == 2 || count('.') == 2) {
        return {Code::malformed_date, where, {{"found", text}}, {}, {}};
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
        return {Code::malformed_number,
                where,
                {{"found", text}, {"number", currency + thousands(digits)}},
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

/// `| $250K+ |`, at the bar.
bool is_plus(const Place& place, std::string_view found) {
    return found == "|" && place.sign_before() == '+';
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
    if (found.empty() || found == "#") {
        return missing(place, "line");
    }
    if (found == "\r") {
        return {Code::lone_return, where, {}, {}, {}};
    }
    if (Fault fault; is_typography(found, where, fault)) {
        return fault;
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
    if (is_plus(place, found)) {
        return {Code::plus_behind_figure, {place.behind() - 1, place.behind()}, {}, {}, {}};
    }
    if (found == "|" && row) {
        return missing(place, "cell");
    }
    if (is_digit(found[0]) && place.expects("a date")) {
        return {Code::malformed_date, where, {{"found", std::string(found)}}, {}, {}};
    }
    if (is_digit(found[0]) && place.expects_value()) {
        return malformed_figure(found, where);
    }
    if (const Span amount = amount_at(place.text, where);
        !amount.empty() && place.expects_value()) {
        return malformed_figure(place.text.substr(amount.begin, amount.size()), amount);
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
