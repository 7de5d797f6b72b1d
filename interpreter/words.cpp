#include "interpreter/words.hpp"

#include "interpreter/calendar.hpp"
#include "interpreter/number.hpp"
#include "interpreter/text.hpp"
#include "interpreter/types.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace rung {

namespace {

/// Nobody reads the 38 digits of a quotient; the JSON has them all.
std::string shortened(const std::string& digits) {
    constexpr std::size_t most = 6;
    const std::size_t point = std::min(digits.find('.'), digits.size());
    return digits.size() - point <= most + 1 ? digits : digits.substr(0, point + most + 1) + "…";
}

std::string grouped(const std::string& canonical) {
    const ParsedNumber parsed = Number::parse(canonical);
    return parsed ? shortened(parsed.value.to_grouped_string()) : canonical;
}

std::string currency_prefix(const std::string& currency) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> signs{{
        {"USD", "$"},
        {"EUR", "\u20AC"},
        {"GBP", "\u00A3"},
        {"JPY", "\u00A5"},
    }};
    for (const auto& [code, sign] : signs) {
        if (code == currency) {
            return std::string(sign);
        }
    }
    return currency + " ";
}

/// Money with a fraction shows two places at least: $0.50.
std::string with_cents(std::string text) {
    const std::size_t point = text.find('.');
    return point != std::string::npos && point + 2 == text.size() ? text + "0" : text;
}

std::string amount(const Figure& figure, const std::string& canonical) {
    if (figure.type == "date" || figure.type == "month") {
        return date_in_words(canonical);
    }
    if (figure.type == "money") {
        const bool negative = canonical.starts_with('-');
        return (negative ? "-" : "") + currency_prefix(figure.currency) +
               with_cents(grouped(negative ? canonical.substr(1) : canonical));
    }
    if (figure.type == "percent") {
        return grouped(canonical) + "%";
    }
    if (figure.type == "days" || figure.type == "months") {
        const std::string unit =
            canonical == "1" ? figure.type.substr(0, figure.type.size() - 1) : figure.type;
        return grouped(canonical) + " " + unit;
    }
    const bool is_text = figure.type == "text" || figure.type == "item";
    const bool is_number = figure.type == "whole" || figure.type == "decimal";
    return is_number ? grouped(canonical) : harmless(is_text ? canonical : spaced(canonical));
}

std::string members_in_words(const std::vector<std::string>& members, const char* last) {
    std::vector<std::string> words;
    std::transform(members.begin(), members.end(), std::back_inserter(words),
                   [](const std::string& id) { return spaced(id); });
    return words.empty() ? "none" : listed(words, last);
}

std::string lower_first(std::string text) {
    // "Customer-facing" becomes "customer-facing"; an abbreviation such as "MDF" stays.
    const bool abbreviation =
        text.size() > 1 && std::isupper(static_cast<unsigned char>(text[1])) != 0;
    if (!text.empty() && !abbreviation) {
        text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    }
    return text;
}

bool known(const Figure& figure) { return figure.state == Figure::State::known; }

/// A count of at least nothing.
bool says_nothing(const Figure& figure) {
    return figure.state == Figure::State::range && figure.type == "whole" && figure.from == "0" &&
           figure.through.empty();
}

std::string upward(const Condition& condition) {
    const std::string of = condition.comparison == ">"
                               ? ", more than " + in_words(condition.required) + " is asked"
                               : " of " + in_words(condition.required);
    if (condition.actual.state == Figure::State::unknown || says_nothing(condition.actual)) {
        return in_words(condition.actual) +
               (condition.window ? " " + in_words(*condition.window) : "") + "; " +
               (condition.comparison == ">" ? "more than " : "") + in_words(condition.required) +
               " is asked";
    }
    std::string text = in_words(condition.actual) + of;
    if (condition.window) {
        text += " " + in_words(*condition.window);
    }
    if (condition.gap.state == Figure::State::known && condition.gap.value != "0") {
        text += ": " + in_words(condition.gap) + " more";
    }
    return text;
}

std::string downward(const Condition& condition) {
    std::string text = in_words(condition.actual) +
                       (condition.comparison == "<" ? ", less than " : ", at most ") +
                       in_words(condition.required) + " is asked";
    if (condition.gap.state == Figure::State::known && condition.gap.value != "0") {
        text += ": " + in_words(condition.gap) + " too much";
    }
    return text;
}

/// "Jun 2023 or later is asked", for a month is no day to be on.
std::string by_month(const Condition& condition) {
    const std::string& sign = condition.comparison;
    const std::string before = sign == ">"    ? "after "
                               : sign == "<"  ? "before "
                               : sign == "!=" ? "anything but "
                                              : "";
    const std::string behind = sign == ">=" ? " or later" : sign == "<=" ? " or earlier" : "";
    return in_words(condition.actual) + ", " + before + in_words(condition.required) + behind +
           " is asked";
}

std::string dated(const Condition& condition) {
    const std::string asked = condition.comparison == ">="   ? "on or after "
                              : condition.comparison == ">"  ? "after "
                              : condition.comparison == "<=" ? "on or before "
                              : condition.comparison == "<"  ? "before "
                                                             : "";
    return in_words(condition.actual) + ", " + asked + in_words(condition.required) + " is asked";
}

std::string outside(const Condition& condition) {
    const auto days = [](std::int64_t count) {
        return std::to_string(count) + (count == 1 ? " day" : " days");
    };
    if (condition.days_before > 0) {
        return days(condition.days_before) + " before the window";
    }
    if (condition.days_after > 0) {
        return days(condition.days_after) + " after the window";
    }
    return known(condition.actual) ? in_words(condition.actual) : "date not recorded";
}

} // namespace

std::string date_in_words(const std::string& iso) {
    if (const ParsedDate month = Date::parse_month(iso)) {
        return month.value.to_month_words();
    }
    const ParsedDate parsed = Date::parse(iso);
    return parsed ? parsed.value.to_words() : iso;
}

std::string count_in_words(std::size_t count) {
    constexpr std::array<std::string_view, 13> words{"no",   "one",    "two",   "three", "four",
                                                     "five", "six",    "seven", "eight", "nine",
                                                     "ten",  "eleven", "twelve"};
    return count < words.size() ? std::string(words[count]) : std::to_string(count);
}

std::string in_words(const Days& window) {
    const bool year = window.from.ends_with("-01-01") && window.through.ends_with("-12-31") &&
                      window.from.substr(0, 4) == window.through.substr(0, 4);
    return year ? "in " + window.from.substr(0, 4)
                : "from " + date_in_words(window.from) + " to " + date_in_words(window.through);
}

std::string in_words(const Figure& figure) {
    if (figure.type == "list") {
        const bool certain = !figure.value.empty();
        const std::string& count = certain ? figure.value : figure.through;
        return count.empty()
                   ? "not known"
                   : (certain ? "" : "at most ") + count + (count == "1" ? " record" : " records");
    }
    if (figure.type == "choices") {
        const bool partly = figure.state != Figure::State::known && !figure.members.empty();
        if (figure.state != Figure::State::known && !partly) {
            return "not recorded";
        }
        return (partly ? "at least " : "") + members_in_words(figure.members, " and ");
    }
    if (known(figure) && !figure.members.empty()) {
        return members_in_words(figure.members, " or ");
    }
    if (known(figure)) {
        return amount(figure, figure.value);
    }
    if (figure.state == Figure::State::range) {
        if (says_nothing(figure)) {
            return figure.reason == "incomplete" ? "not known" : "not recorded";
        }
        if (figure.from.empty()) {
            return "at most " + amount(figure, figure.through);
        }
        return figure.through.empty()
                   ? "at least " + amount(figure, figure.from)
                   : amount(figure, figure.from) + " to " + amount(figure, figure.through);
    }
    if (figure.reason == "zero_division") {
        return "a division by zero";
    }
    if (figure.reason == "overflow") {
        return "more than 38 digits";
    }
    if (figure.reason == "incomplete") {
        return "not known";
    }
    if (figure.reason == "several") {
        return "several that differ";
    }
    if (figure.reason == "unstated") {
        return std::string("not decided by the rules") +
               (figure.because.empty() ? "" : ": " + harmless(figure.because));
    }
    if (figure.reason == "no_row") {
        return "no entry for it";
    }
    return figure.reason == "empty" ? "none to look at" : "not recorded";
}

std::string result_in_words(const Condition& condition) {
    if (!condition.alternatives.empty()) {
        std::vector<std::string> ways;
        for (const Condition& way : condition.alternatives) {
            ways.push_back(way.label + ": " + result_in_words(way));
        }
        return "either of: " + listed(ways, "; or ");
    }
    const std::string& sign = condition.comparison;
    const bool is_date = condition.actual.type == "date";
    if (sign == "window") {
        return outside(condition);
    }
    if (condition.required.reason == "unstated") {
        return in_words(condition.actual) + "; what is asked is " + in_words(condition.required);
    }
    if (condition.actual.type == "month" && sign != "in") {
        return by_month(condition);
    }
    if (is_date && sign != "in") {
        return dated(condition);
    }
    if (sign == ">=" || sign == ">") {
        return upward(condition);
    }
    if (sign == "<=" || sign == "<") {
        return downward(condition);
    }
    if (sign == "yes" || sign == "no") {
        return in_words(condition.actual) +
               (sign == "no" && known(condition.actual) && condition.actual.value == "yes"
                    ? ", no is asked"
                    : "");
    }
    if (sign == "include" || sign == "include_all") {
        const char* joint = sign == "include" ? " or " : " and ";
        return in_words(condition.actual) + "; " +
               members_in_words(condition.required.members, joint) + " is asked";
    }
    const std::string asked = sign == "!=" ? "anything but " + in_words(condition.required)
                                           : in_words(condition.required);
    return in_words(condition.actual) + ", " + asked + " is asked";
}

std::string failure_in_words(const Condition& condition) {
    if (condition.comparison == "window") {
        return outside(condition);
    }
    if (condition.actual.reason == "unstated" || condition.actual.reason == "no_row") {
        return lower_first(harmless(condition.label)) + ": " + in_words(condition.actual);
    }
    if (condition.verdict == RequirementVerdict::unknown) {
        return lower_first(harmless(condition.label)) + " not recorded";
    }
    if (condition.comparison == "yes") {
        return "not " + lower_first(harmless(condition.label));
    }
    if (condition.comparison == "no") {
        return lower_first(harmless(condition.label));
    }
    return lower_first(harmless(condition.label)) + " " + result_in_words(condition);
}

} // namespace rung
