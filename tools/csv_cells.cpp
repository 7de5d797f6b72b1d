#include "tools/csv_cells.hpp"

#include "interpreter/fact_edit.hpp"
#include "interpreter/present.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace rung::tools {

namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

/// `TRUE`, `Yes`: as spreadsheets write them.
std::string lower_case(std::string_view word) {
    std::string lower(word);
    for (char& c : lower) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return lower;
}

/// A choice by its name in the rules, or by what facts call it.
std::string choice_json(const FactNeed& need, std::string_view word) {
    for (const FactNeed::Choice& choice : need.choices) {
        if (choice.name == word) {
            return json_text(choice.json);
        }
    }
    return json_text(word);
}

std::string choices_json(const FactNeed& need, std::string_view cell) {
    std::string items;
    for (std::size_t begin = 0; begin <= cell.size();) {
        const std::size_t end = std::min(cell.find_first_of(",;", begin), cell.size());
        const std::string_view word = cell_text(cell.substr(begin, end - begin));
        if (!word.empty()) {
            items += (items.empty() ? "" : ", ") + choice_json(need, word);
        }
        begin = end + 1;
    }
    return items.empty() ? "" : "[" + items + "]";
}

// ---- figures -------------------------------------------------------------------------------------

/// `-$1,250.50M` taken apart.
struct FigureText {
    bool negative = false;
    std::string currency; // as it is written: a sign, or three capitals
    std::string digits; // without commas
    std::string fraction; // with its point; empty without one
    char unit = 0; // K, M, B or %
    bool has_commas = false;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes it from the front of the text.
bool take(std::string_view& text, std::string_view what) {
    const bool is_there = text.starts_with(what);
    text.remove_prefix(is_there ? what.size() : 0);
    return is_there;
}

std::string take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    std::string digits(text.begin(), end);
    text.remove_prefix(digits.size());
    return digits;
}

std::string take_currency(std::string_view& text) {
    constexpr std::size_t code = 3;
    for (const std::string_view sign : {"$", "€", "£", "¥"}) {
        if (take(text, sign)) {
            return std::string(sign);
        }
    }
    const bool is_code =
        text.size() > code &&
        std::all_of(text.begin(), text.begin() + code, [](char c) { return c >= 'A' && c <= 'Z'; });
    std::string currency(is_code ? text.substr(0, code) : std::string_view());
    text.remove_prefix(currency.size());
    if (is_code) {
        take(text, " ");
    }
    return currency;
}

/// Commas stand before each three digits, or nowhere.
bool take_whole(std::string_view& text, FigureText& figure) {
    constexpr std::size_t group = 3;
    figure.digits = take_digits(text);
    const std::size_t first = figure.digits.size();
    while (text.starts_with(',')) {
        text.remove_prefix(1);
        const std::string digits = take_digits(text);
        figure.has_commas = true;
        if (digits.size() != group || first == 0 || first > group) {
            return false;
        }
        figure.digits += digits;
    }
    const bool has_zeros_before = figure.digits.size() > 1 && figure.digits.front() == '0';
    return !figure.digits.empty() && !has_zeros_before;
}

std::optional<FigureText> figure_text(std::string_view text) {
    FigureText figure;
    figure.negative = take(text, "-") || take(text, "\u2212");
    figure.currency = take_currency(text);
    if (!take_whole(text, figure)) {
        return std::nullopt;
    }
    if (take(text, ".")) {
        const std::string digits = take_digits(text);
        if (digits.empty()) {
            return std::nullopt;
        }
        figure.fraction = "." + digits;
    }
    if (text.size() == 1 && std::string_view("KMB%").find(text.front()) != std::string_view::npos) {
        figure.unit = text.front();
        text.remove_prefix(1);
    }
    return text.empty() ? std::optional(std::move(figure)) : std::nullopt;
}

bool is_currency(const std::string& written, const std::string& currency) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> signs{
        {{"$", "USD"}, {"€", "EUR"}, {"£", "GBP"}, {"¥", "JPY"}}};
    return written == currency || std::any_of(signs.begin(), signs.end(), [&](const auto& sign) {
               return sign.first == written && sign.second == currency;
           });
}

bool is_figure(const FactNeed& need) {
    return need.kind == "whole" || need.kind == "decimal" || need.kind == "money" ||
           need.kind == "percent" || need.kind == "days" || need.kind == "months";
}

/// `1.250`: a thousand and more to half of the world. Of money nobody writes thousandths.
bool is_ambiguous(const FactNeed& need, const FigureText& figure) {
    constexpr std::size_t point_and_group = 4;
    return need.kind == "money" && figure.fraction.size() == point_and_group &&
           !figure.has_commas && figure.digits.size() < point_and_group && figure.digits != "0";
}

/// What the sign or unit says must be what the fact is.
bool suits(const FactNeed& need, const FigureText& figure) {
    const bool is_money = need.kind == "money";
    const bool is_whole = need.kind == "whole" || need.kind == "days" || need.kind == "months";
    return (figure.currency.empty() || (is_money && is_currency(figure.currency, need.currency))) &&
           (figure.unit == 0 || (figure.unit == '%' ? need.kind == "percent" : is_money)) &&
           (figure.fraction.empty() || !is_whole);
}

std::string number_of(const FactNeed& need, const FigureText& figure) {
    const std::string_view power = figure.unit == 'K'                 ? "e3"
                                   : figure.unit == 'M'               ? "e6"
                                   : figure.unit == 'B'               ? "e9"
                                   : figure.unit == '%' && need.share ? "e-2"
                                                                      : "";
    return (figure.negative ? "-" : "") + figure.digits + figure.fraction + std::string(power);
}

/// The same fraction, not in three digits.
std::string without_doubt(std::string fraction) {
    if (fraction.ends_with('0')) {
        fraction.pop_back();
        return fraction;
    }
    return fraction + "0";
}

Diagnostic figure_fault(const std::string& found, const std::string& column, const Place& place,
                        std::vector<Argument> why) {
    why.push_back({"found", found});
    why.push_back({"column", column});
    Diagnostic fault = present(Code::csv_figure, std::move(why));
    fault.place = place;
    return fault;
}

std::string figure_json(const FactNeed& need, std::string_view cell, const std::string& column,
                        const Place& place, Diagnostics& faults) {
    const std::string found(cell);
    const std::optional<FigureText> figure = figure_text(cell);
    const std::string unit = figure && figure->unit != 0 ? std::string(1, figure->unit) : "";
    if (!figure || !suits(need, *figure)) {
        faults.add(figure_fault(found, column, place, {{"type", need.type}}));
    } else if (is_ambiguous(need, *figure)) {
        faults.add(
            figure_fault(found, column, place,
                         {{"thousands", figure->digits + figure->fraction.substr(1) + unit},
                          {"point", figure->digits + without_doubt(figure->fraction) + unit}}));
    } else {
        // Of a percentage, a bare number may be points or a share: what facts say of it holds.
        const bool is_bare = need.kind == "percent" && figure->unit == 0;
        return is_bare ? json_text(found) : number_of(need, *figure);
    }
    return json_text(found);
}

} // namespace

std::string_view cell_text(std::string_view written) {
    for (std::string_view before; before != written;) {
        before = written;
        written = trimmed(written);
        written.remove_prefix(written.starts_with(no_break_space) ? no_break_space.size() : 0);
        written.remove_suffix(written.ends_with(no_break_space) ? no_break_space.size() : 0);
    }
    return written;
}

std::string cell_json(const FactNeed* need, std::string_view written, const std::string& column,
                      const Place& place, Diagnostics& faults) {
    const std::string_view cell = cell_text(written);
    const std::string word = lower_case(cell);
    if (cell.empty() || (need != nullptr && word == "unknown")) {
        return "";
    }
    if (need == nullptr || need->kind == "text") {
        return json_text(cell);
    }
    if (need->kind == "yes_no" && (word == "yes" || word == "true")) {
        return "true";
    }
    if (need->kind == "yes_no" && (word == "no" || word == "false")) {
        return "false";
    }
    if (need->kind == "choice") {
        return choice_json(*need, cell);
    }
    if (need->kind == "choices" && !cell.starts_with('[')) {
        return word == "nothing" ? "[]" : choices_json(*need, cell);
    }
    if (need->or_never && word == "never") {
        return json_text(need->never);
    }
    if (is_figure(*need)) {
        return figure_json(*need, cell, column, place, faults);
    }
    const bool is_json = cell.starts_with('[') || cell.starts_with('{');
    return is_json ? std::string(cell) : json_text(cell);
}

} // namespace rung::tools
