#include "grammar/figure_forms.hpp"

#include "grammar/slips.hpp"

namespace rung::mistakes {

using namespace lines;

namespace {

bool is_currency(std::string_view text, std::uint32_t at) {
    const Span sign = lexeme_at(text, at);
    return among(currency_signs, text.substr(sign.begin, sign.size()));
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

} // namespace

Span amount_at(std::string_view text, Span where) {
    const std::string_view found = text.substr(where.begin, where.size());
    const bool sign = among(currency_signs, found);
    const bool code = found.size() == 3 && std::all_of(found.begin(), found.end(), is_capital);
    const std::uint32_t next = code ? skip_blanks(text, where.end) : where.end;
    const bool amount = (sign || code) && next < text.size() && is_digit(text[next]);
    return amount ? Span{where.begin, lexeme_at(text, next).end} : Span{where.begin, where.begin};
}

std::string_view value_at(std::string_view text, std::uint32_t at) {
    const Span amount = amount_at(text, lexeme_at(text, at));
    const Span value = amount.empty() ? lexeme_at(text, at) : amount;
    return text.substr(value.begin, value.size());
}

std::string_view figure_at(std::string_view text, std::uint32_t at) {
    const Span sign = lexeme_at(text, at);
    const bool currency = among(currency_signs, text.substr(sign.begin, sign.size()));
    const std::uint32_t digits = currency ? sign.end : at;
    return digits < text.size() && is_digit(text[digits])
               ? text.substr(at, lexeme_at(text, digits).end - at)
               : std::string_view();
}

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

bool is_unit(const Place& place, std::string_view found) {
    const std::string_view figure = place.figure_before();
    const bool behind_figure =
        figure.find_first_of("0123456789") != std::string_view::npos && !is_small(figure[0]);
    const bool currency = found.size() == 3 && std::all_of(found.begin(), found.end(), is_capital);
    return place.behind_value() && behind_figure && (is_small(found[0]) || currency) &&
           !is_known(found);
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

Fault malformed_date(std::string_view found, Span where) {
    Fault fault{Code::malformed_date, where, {{"found", std::string(found)}}, {}, {}};
    if (const auto date = written_date(found, 0); date && date->where.size() == found.size()) {
        fault.arguments.push_back({"date", date->iso});
    }
    return fault;
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

} // namespace rung::mistakes
