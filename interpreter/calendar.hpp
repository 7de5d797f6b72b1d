// Days, and the windows of days that rules look at.
//
// The calendar is the Gregorian one, carried back to its year 1, as in ISO 8601; the first day is
// 0001-01-01 and the last 9999-12-31. A window has both its days inside. Every function is total:
// what would leave those years gives nullopt. Nothing here knows what day it is today.
//
// All types are small values over std::chrono's calendar, without state, usable from any thread.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rung {

/// Why a text is no date.
enum class DateTextFault : std::uint8_t {
    none,
    malformed, // not of the form 2023-02-28
    no_such_day, // of that form, but not in the calendar: 2023-02-29, 2023-13-01, 0000-01-01
};

struct ParsedDate;

/// A day of the years 1 to 9999, in 4 bytes.
class Date {
public:
    constexpr Date() = default; // 1970-01-01

    static constexpr Date min() { return Date(first_day); }
    static constexpr Date max() { return Date(last_day); }

    static constexpr std::optional<Date> from_days(std::int64_t since_1970) {
        if (since_1970 < first_day || since_1970 > last_day)
            return std::nullopt;
        return Date(static_cast<std::int32_t>(since_1970));
    }
    /// `min()` or `max()` for a day before or after all others.
    static constexpr Date from_days_saturated(std::int64_t since_1970) {
        if (since_1970 < first_day)
            return min();
        if (since_1970 > last_day)
            return max();
        return Date(static_cast<std::int32_t>(since_1970));
    }
    static std::optional<Date> from_parts(int year, unsigned month, unsigned day);

    /// Ten characters, `2023-02-28`, and nothing around them.
    static ParsedDate parse(std::string_view text);

    [[nodiscard]] constexpr std::int32_t days_since_1970() const { return days_; }
    [[nodiscard]] constexpr std::chrono::sys_days to_sys_days() const {
        return std::chrono::sys_days(std::chrono::days(days_));
    }
    [[nodiscard]] constexpr std::chrono::year_month_day to_year_month_day() const {
        return to_sys_days();
    }

    /// Seven characters, `2023-02`: the first day of that month. A month is held as its first day.
    static ParsedDate parse_month(std::string_view text);

    /// `2023-02-15`
    [[nodiscard]] std::string to_string() const;
    /// `2023-02`, and `Feb 2023` for people.
    [[nodiscard]] std::string to_month_string() const;
    [[nodiscard]] std::string to_month_words() const;
    /// `15 Feb 2023`, for people; the year has four digits always.
    [[nodiscard]] std::string to_words() const;

    /// How many days `later` comes after `earlier`; below zero if it comes before.
    friend constexpr std::int32_t operator-(Date later, Date earlier) {
        return later.days_ - earlier.days_;
    }
    friend constexpr bool operator==(Date, Date) = default;
    friend constexpr std::strong_ordering operator<=>(Date left, Date right) {
        return left.days_ <=> right.days_;
    }

private:
    static constexpr std::int32_t first_day = -719'162; // 0001-01-01
    static constexpr std::int32_t last_day = 2'932'896; // 9999-12-31

    explicit constexpr Date(std::int32_t days) : days_(days) {}

    std::int32_t days_ = 0; // since 1970-01-01
};

/// A day, or the reason there is none; `value` means nothing then.
struct [[nodiscard]] ParsedDate {
    Date value;
    DateTextFault fault = DateTextFault::none;

    explicit constexpr operator bool() const { return fault == DateTextFault::none; }
};

/// A length of time. No rule mixes months (and years, which are 12) with days; the checker sees to
/// that. The type holds both, and no number of days equals a month.
struct Duration {
    std::int32_t months = 0;
    std::int32_t days = 0;

    friend constexpr bool operator==(const Duration&, const Duration&) = default;
};

std::optional<Date> add_days(Date date, std::int64_t count);

/// The same day of the month, or that month's last day where it has no such day: one month after 31
/// January is the last of February. So going there and back may end on another day.
std::optional<Date> add_months(Date date, std::int64_t count);

/// Months first (clamped as in `add_months`), then days; the day between may lie outside the
/// calendar.
std::optional<Date> add(Date date, Duration span);
std::optional<Date> sub(Date date, Duration span);

/// The first and the last day of the month that `date` is in.
Date first_of_month(Date date);
Date last_of_month(Date date);
/// Whole months from the month of `earlier` to that of `later`; their days do not matter.
std::int64_t months_from(Date earlier, Date later);

/// A day of every year: where a program year starts, when a certificate ends.
using MonthDay = std::chrono::month_day;

/// That day in a year; 29 February is 28 February where the year has no such day.
std::optional<Date> day_in_year(MonthDay day, std::int64_t year);

/// The days from `from` through `through`, both inside. With `from` after `through` it is empty.
struct Window {
    Date from;
    Date through;

    [[nodiscard]] constexpr bool contains(Date date) const {
        return from <= date && date <= through;
    }
    [[nodiscard]] constexpr bool is_empty() const { return from > through; }
    /// How many days are inside.
    [[nodiscard]] constexpr std::int32_t days() const {
        return is_empty() ? 0 : through - from + 1;
    }

    friend constexpr bool operator==(const Window&, const Window&) = default;
};

constexpr Window from_through(Date from, Date through) { return {from, through}; }
/// `until` itself is outside.
std::optional<Window> from_until(Date from, Date until);

// The windows below are seen from the day `on`, usually the review date. A `count` of zero gives an
// empty window, one below zero nullopt. Only the two days of the answer have to lie in the years 1
// to 9999.

/// The `count` days that end with `on`, that day included.
std::optional<Window> trailing_days(Date on, std::int64_t count);
/// From the day after the same day `count` months before (clamped as in `add_months`) through `on`:
/// 12 months on 2023-02-15 begin on 2022-02-16; on 2024-02-29 they begin on 2023-03-01.
std::optional<Window> trailing_months(Date on, std::int64_t count);

/// The `count` whole months, quarters (from January, April, July, October) or years before the one
/// that `on` is in.
std::optional<Window> previous_calendar_months(Date on, std::int64_t count);
std::optional<Window> previous_calendar_quarters(Date on, std::int64_t count);
std::optional<Window> previous_calendar_years(Date on, std::int64_t count);

/// From the first day of the month, quarter or year that `on` is in, through `on`.
Window calendar_month_to_date(Date on);
Window calendar_quarter_to_date(Date on);
Window calendar_year_to_date(Date on);

std::optional<Window> calendar_year(std::int64_t number);

// A program year runs from its first day through the day before that day comes again. A program
// year cannot start on 29 February, which most years lack: the checker refuses it where it is
// written, and here it gives nullopt, as does a day no year has.

/// The program year that `date` is in.
std::optional<Window> program_year_of(Date date, MonthDay year_start);
/// The program year before the one that `on` is in.
std::optional<Window> previous_program_year(Date on, MonthDay year_start);
/// From the first day of the program year that `on` is in, through `on`.
std::optional<Window> program_year_to_date(Date on, MonthDay year_start);

} // namespace rung
