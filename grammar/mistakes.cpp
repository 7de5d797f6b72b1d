#include "grammar/mistakes.hpp"

#include "grammar/figure_forms.hpp"
#include "grammar/foreign_forms.hpp"
#include "grammar/name_forms.hpp"
#include "grammar/natural_forms.hpp"
#include "grammar/slips.hpp"

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

// ---- what guides and people say, in a cell or behind a figure ------------------------------------

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
    for (const auto& write :
         {placed_word, test_line, better_of_two, window_instead, closed_up_figure, full_comparison,
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

/// In the first cell of a row, where its name stands.
bool begins_row(const Place& place) {
    const std::uint32_t bar = skip_blanks(place.text, begin_of_line(place.text, place.at));
    return skip_blanks(place.text, bar + 1) == place.at;
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
