#include "interpreter/calendar.hpp"

#include "grammar/source.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

namespace rung {

using std::chrono::sys_days;
using std::chrono::year_month;
using std::chrono::year_month_day;

static_assert(sizeof(Date) == 4 && std::is_trivially_copyable_v<Date>);

namespace {

constexpr int first_year = 1;
constexpr int latest_year = 9999;
constexpr int months_a_year = 12;
constexpr int months_a_quarter = 3;

// Beyond these every date is left behind; within them std::chrono's own arithmetic cannot overflow.
constexpr std::int64_t most_months = std::int64_t{latest_year} * months_a_year;
constexpr std::int64_t most_days = std::int64_t{latest_year} * 366;

constexpr bool is_in_reach(std::int64_t count, std::int64_t most) {
    return -most <= count && count <= most;
}

constexpr sys_days first_of(year_month month) { return sys_days(month / 1); }

std::optional<Date> to_date(sys_days day) {
    return Date::from_days(day.time_since_epoch().count());
}

/// May leave the years 1 to 9999; the callers look at where they end up.
sys_days months_later(year_month_day day, int count) {
    const year_month_day same_day = day + std::chrono::months(count);
    if (same_day.ok())
        return sys_days(same_day);
    return sys_days(same_day.year() / same_day.month() / std::chrono::last);
}

std::optional<Date> moved(Date date, std::int64_t month_count, std::int64_t day_count) {
    if (!is_in_reach(month_count, most_months) || !is_in_reach(day_count, most_days)) {
        return std::nullopt;
    }
    return to_date(months_later(date.to_year_month_day(), static_cast<int>(month_count)) +
                   std::chrono::days(day_count));
}

std::optional<Window> window(sys_days from, sys_days through) {
    const auto first = to_date(from);
    const auto last = to_date(through);
    if (!first || !last)
        return std::nullopt;
    return Window{*first, *last};
}

year_month month_of(Date date) {
    const year_month_day day = date.to_year_month_day();
    return day.year() / day.month();
}

/// The first month of the block of `length` months that `month` is in; blocks start in January.
year_month block_start(year_month month, int length) {
    const int since_january = static_cast<int>(static_cast<unsigned>(month.month())) - 1;
    return month - std::chrono::months(since_january % length);
}

std::optional<Window> previous_blocks(Date on, int length, std::int64_t count) {
    if (count < 0 || !is_in_reach(count, most_months / length))
        return std::nullopt;
    const year_month current = block_start(month_of(on), length);
    const std::chrono::months back(static_cast<int>(count) * length);
    return window(first_of(current - back), first_of(current) - std::chrono::days(1));
}

Window block_to_date(Date on, int length) {
    const auto start = to_date(first_of(block_start(month_of(on), length)));
    return {*start, on}; // a date's own month, quarter and year begin within the years 1 to 9999
}

bool starts_every_year(MonthDay day) {
    return day.ok() && !(day.month() == std::chrono::February && day.day() == std::chrono::day(29));
}

/// The first day of the program year that `date` is in.
year_month_day program_year_start(Date date, MonthDay year_start) {
    const year_month_day day = date.to_year_month_day();
    const year_month_day this_year = day.year() / year_start;
    return day < this_year ? this_year - std::chrono::years(1) : this_year;
}

bool has_form(std::string_view text, std::string_view form) {
    if (text.size() != form.size())
        return false;
    for (std::size_t at = 0; at < form.size(); ++at) {
        if (form[at] == 'd' ? !is_digit(text[at]) : text[at] != form[at])
            return false;
    }
    return true;
}

unsigned number_in(std::string_view digits) {
    unsigned number = 0;
    for (const char digit : digits)
        number = number * 10 + static_cast<unsigned>(digit - '0');
    return number;
}

std::string padded(unsigned number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string year_text(const year_month_day& day) {
    return padded(static_cast<unsigned>(static_cast<int>(day.year())), 4);
}

std::string_view month_name(const year_month_day& day) {
    constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return names[static_cast<unsigned>(day.month()) - 1];
}

} // namespace

// --- days ----------------------------------------------------------------------------------------

std::optional<Date> Date::from_parts(int year, unsigned month, unsigned day) {
    // std::chrono keeps a year in 16 bits, a month and a day in 8.
    if (year < first_year || year > latest_year || month > 12 || day > 31)
        return std::nullopt;
    const year_month_day parts{std::chrono::year(year), std::chrono::month(month),
                               std::chrono::day(day)};
    if (!parts.ok())
        return std::nullopt;
    return to_date(sys_days(parts));
}

ParsedDate Date::parse(std::string_view text) {
    if (!has_form(text, "dddd-dd-dd"))
        return {Date(), DateTextFault::malformed};
    const auto date = from_parts(static_cast<int>(number_in(text.substr(0, 4))),
                                 number_in(text.substr(5, 2)), number_in(text.substr(8, 2)));
    if (!date)
        return {Date(), DateTextFault::no_such_day};
    return {*date};
}

ParsedDate Date::parse_month(std::string_view text) {
    if (!has_form(text, "dddd-dd"))
        return {Date(), DateTextFault::malformed};
    return parse(std::string(text) + "-01");
}

std::string Date::to_string() const {
    const year_month_day day = to_year_month_day();
    return to_month_string() + "-" + padded(static_cast<unsigned>(day.day()), 2);
}

std::string Date::to_words() const {
    const year_month_day day = to_year_month_day();
    return std::to_string(static_cast<unsigned>(day.day())) + " " + to_month_words();
}

std::string Date::to_month_string() const {
    const year_month_day day = to_year_month_day();
    return year_text(day) + "-" + padded(static_cast<unsigned>(day.month()), 2);
}

std::string Date::to_month_words() const {
    const year_month_day day = to_year_month_day();
    return std::string(month_name(day)) + " " + year_text(day);
}

std::optional<Date> add_days(Date date, std::int64_t count) { return moved(date, 0, count); }

std::optional<Date> add_months(Date date, std::int64_t count) { return moved(date, count, 0); }

std::optional<Date> add(Date date, Duration span) { return moved(date, span.months, span.days); }

std::optional<Date> sub(Date date, Duration span) {
    return moved(date, -std::int64_t{span.months}, -std::int64_t{span.days});
}

Date first_of_month(Date date) {
    return Date::from_days_saturated(first_of(month_of(date)).time_since_epoch().count());
}

Date last_of_month(Date date) {
    const sys_days next = first_of(month_of(date) + std::chrono::months(1));
    return Date::from_days_saturated((next - std::chrono::days(1)).time_since_epoch().count());
}

std::int64_t months_from(Date earlier, Date later) {
    return (month_of(later) - month_of(earlier)).count();
}

std::optional<Date> day_in_year(MonthDay day, std::int64_t year) {
    if (!day.ok() || year < first_year || year > latest_year)
        return std::nullopt;
    const std::chrono::year of(static_cast<int>(year));
    const year_month_day same_day = of / day;
    return to_date(same_day.ok() ? sys_days(same_day)
                                 : sys_days(of / day.month() / std::chrono::last));
}

// --- windows -------------------------------------------------------------------------------------

std::optional<Window> from_until(Date from, Date until) {
    return window(from.to_sys_days(), until.to_sys_days() - std::chrono::days(1));
}

std::optional<Window> trailing_days(Date on, std::int64_t count) {
    if (count < 0 || !is_in_reach(count, most_days))
        return std::nullopt;
    return window(on.to_sys_days() - std::chrono::days(count - 1), on.to_sys_days());
}

std::optional<Window> trailing_months(Date on, std::int64_t count) {
    if (count < 0 || !is_in_reach(count, most_months))
        return std::nullopt;
    const sys_days before = months_later(on.to_year_month_day(), -static_cast<int>(count));
    return window(before + std::chrono::days(1), on.to_sys_days());
}

std::optional<Window> previous_calendar_months(Date on, std::int64_t count) {
    return previous_blocks(on, 1, count);
}

std::optional<Window> previous_calendar_quarters(Date on, std::int64_t count) {
    return previous_blocks(on, months_a_quarter, count);
}

std::optional<Window> previous_calendar_years(Date on, std::int64_t count) {
    return previous_blocks(on, months_a_year, count);
}

Window calendar_month_to_date(Date on) { return block_to_date(on, 1); }
Window calendar_quarter_to_date(Date on) { return block_to_date(on, months_a_quarter); }
Window calendar_year_to_date(Date on) { return block_to_date(on, months_a_year); }

std::optional<Window> calendar_year(std::int64_t number) {
    if (number < first_year || number > latest_year)
        return std::nullopt;
    const std::chrono::year year(static_cast<int>(number));
    return window(sys_days(year / 1 / 1), sys_days(year / 12 / 31));
}

std::optional<Window> program_year_of(Date date, MonthDay year_start) {
    if (!starts_every_year(year_start))
        return std::nullopt;
    const year_month_day start = program_year_start(date, year_start);
    return window(sys_days(start), sys_days(start + std::chrono::years(1)) - std::chrono::days(1));
}

std::optional<Window> previous_program_year(Date on, MonthDay year_start) {
    if (!starts_every_year(year_start))
        return std::nullopt;
    const year_month_day start = program_year_start(on, year_start);
    return window(sys_days(start - std::chrono::years(1)), sys_days(start) - std::chrono::days(1));
}

std::optional<Window> program_year_to_date(Date on, MonthDay year_start) {
    if (!starts_every_year(year_start))
        return std::nullopt;
    return window(sys_days(program_year_start(on, year_start)), on.to_sys_days());
}

} // namespace rung
