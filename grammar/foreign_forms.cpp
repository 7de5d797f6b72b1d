#include "grammar/foreign_forms.hpp"

#include "grammar/slips.hpp"

namespace rung::mistakes {

namespace {

using namespace lines;

/// Where `word` stands in `text` by itself, from `begin` on.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t begin = 0) {
    for (std::size_t at = text.find(word, begin); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_word_char(text[at - 1])) &&
            (end == text.size() || !is_word_char(text[end]))) {
            return at;
        }
    }
    return std::string_view::npos;
}

/// `MAX(`, `ceil(`, `by_size(size)`: a name with arguments in parentheses behind it.
std::string call(const Place& place, std::string_view found) {
    const std::uint32_t behind = place.at + static_cast<std::uint32_t>(found.size());
    const bool is_open = found == "(" && place.behind_value();
    const bool is_name = place.expects_value() && is_capital(found[0]) &&
                         place.text.substr(skip_blanks(place.text, behind), 1) == "(";
    const std::string_view name = is_open ? place.word_before() : is_name ? found : "";
    if (name.empty() || is_digit(name[0])) {
        return "";
    }
    if (const std::string_view meant = find_slip(functions, small_letters(name)); !meant.empty()) {
        return std::string(meant);
    }
    const std::size_t close = place.text.find(')', place.at);
    return is_open && close != std::string_view::npos && place.sign_before() != ' '
               ? std::string(name) + ".COLUMN for " +
                     std::string(trimmed(place.text.substr(place.at + 1, close - place.at - 1)))
               : "";
}

/// `by_size[size].allotment`
std::string indexed(const Place& place, std::string_view found) {
    const std::string_view table = place.word_before();
    const std::uint32_t line_end = end_of_line(place.text, place.at);
    const std::size_t close = place.text.substr(0, line_end).find(']', place.at);
    if (found != "[" || table.empty() || close == std::string_view::npos) {
        return "";
    }
    const std::string_view key = trimmed(place.text.substr(place.at + 1, close - place.at - 1));
    std::string_view column = "COLUMN";
    if (place.text.substr(close + 1, 1) == ".") {
        const Span word = lexeme_at(place.text, static_cast<std::uint32_t>(close + 2));
        column = place.text.substr(word.begin, word.size());
    }
    return std::string(table) + "." + std::string(column) + " for " + std::string(key);
}

/// `select sum(x) from y`, `case when`, `unless`.
std::string statement(const Place& place, std::string_view found) {
    const std::string opened = small_letters(place.word_before());
    const std::string word = small_letters(found);
    if ((word == "select" && place.expects_value()) ||
        (opened == "select" && place.behind_value())) {
        return "sum of … in … where …";
    }
    if ((word == "case" && place.expects_value()) || (opened == "case" && word == "when") ||
        (found == "?" && place.behind_value())) {
        return "if … then … else …";
    }
    if (opened == "unless" && place.behind_value()) {
        return "not …";
    }
    return "";
}

/// `each of these (a, b)`: `a and b`
std::string conditions_in_brackets(const Place& place, std::string_view found) {
    const std::size_t close = place.text.find(')', place.at);
    const std::string_view before = trimmed(place.line_before());
    if (found != "(" || close == std::string_view::npos || !before.ends_with("each of these")) {
        return "";
    }
    std::string conditions;
    for (const char c : place.text.substr(place.at + 1, close - place.at - 1)) {
        conditions += c == ',' ? " and" : std::string(1, c);
    }
    return conditions;
}

/// `sum of x in y if …`: the records that count are chosen with `where`.
std::string clause(const Place& place, std::string_view found) {
    if (found != "if" || !place.behind_value()) {
        return "";
    }
    const std::string_view before = place.line_before();
    const bool of_list =
        std::any_of(std::begin(aggregates), std::end(aggregates), [&](std::string_view aggregate) {
            const std::size_t at = find_word(before, aggregate);
            return at != std::string_view::npos &&
                   trimmed(before.substr(at + aggregate.size())).starts_with("of ");
        });
    return of_list ? "where" : "if … then … else …";
}

} // namespace

std::string foreign_form(const Place& place, std::string_view found) {
    for (const auto& form : {conditions_in_brackets, call, indexed, statement, clause}) {
        if (std::string text = form(place, found); !text.empty()) {
            return text;
        }
    }
    return "";
}

std::string closed_rounding(const Place& place, std::string_view found) {
    const std::string_view line = place.line_before();
    const std::size_t round = find_word(line, "round");
    if (found != "but" || !place.expects("`to`") || round == std::string_view::npos) {
        return "";
    }
    std::size_t inner = std::string_view::npos; // behind the last word that says how
    for (const std::string_view how : {"up", "down", "even"}) {
        const std::size_t at = find_word(line, how, round);
        inner = at == std::string_view::npos ? inner : std::min(inner, at + how.size());
    }
    const Span cell = place.cell();
    const std::string_view rest = place.text.substr(place.at, cell.end - place.at);
    const std::size_t to = find_word(rest, "to");
    if (inner == std::string_view::npos || to == std::string_view::npos) {
        return "";
    }
    return std::string(line.substr(round, inner - round)) + " (" +
           std::string(trimmed(line.substr(inner))) + " " +
           std::string(trimmed(rest.substr(0, to))) + ") " + std::string(rest.substr(to));
}

std::string turned_condition(const Place& place, std::string_view found) {
    const Span cell = place.cell();
    const std::string_view before = place.text.substr(cell.begin, place.at - cell.begin);
    const std::size_t condition = find_word(before, "if");
    if (found != "else" || !place.behind_value() || condition == std::string_view::npos ||
        condition == 0) {
        return "";
    }
    const std::uint32_t behind = place.at + static_cast<std::uint32_t>(found.size());
    return "if " + std::string(trimmed(before.substr(condition + 2))) + " then " +
           std::string(trimmed(before.substr(0, condition))) + " else " +
           std::string(trimmed(place.text.substr(behind, cell.end - behind)));
}

} // namespace rung::mistakes
