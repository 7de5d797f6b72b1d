// Days and windows, held against vectors computed with Python (tests/unit/data) and against edge
// cases worked out by hand.
#include "interpreter/calendar.hpp"
#include "tests/unit/data/rows.hpp"

#include <limits>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>

namespace rung::calendar_test {
namespace {

using testing::read_rows;
using testing::Row;
using testing::split_at;

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

Date date(const std::string& text) {
    const ParsedDate parsed = Date::parse(text);
    REQUIRE_MESSAGE(parsed, text);
    return parsed.value;
}

MonthDay month_day(const std::string& text) {
    const Row parts = split_at(text, '-');
    return std::chrono::month(static_cast<unsigned>(std::stoi(parts[0]))) /
           std::chrono::day(static_cast<unsigned>(std::stoi(parts[1])));
}

std::string text_of(const std::optional<Date>& day) { return day ? day->to_string() : "none"; }

std::string text_of(const std::optional<Window>& window) {
    return window ? window->from.to_string() + " " + window->through.to_string() : "none";
}

std::string text_of(DateTextFault fault) {
    switch (fault) {
    case DateTextFault::none:
        return "none";
    case DateTextFault::malformed:
        return "malformed";
    case DateTextFault::no_such_day:
        return "no_such_day";
    }
    return "?";
}

std::optional<Window> window(const std::string& name, Date on, const std::string& argument) {
    if (name == "calendar_month_to_date")
        return calendar_month_to_date(on);
    if (name == "calendar_quarter_to_date")
        return calendar_quarter_to_date(on);
    if (name == "calendar_year_to_date")
        return calendar_year_to_date(on);
    if (name == "program_year_of")
        return program_year_of(on, month_day(argument));
    if (name == "previous_program_year")
        return previous_program_year(on, month_day(argument));
    if (name == "program_year_to_date")
        return program_year_to_date(on, month_day(argument));
    const std::int64_t count = std::stoi(argument);
    if (name == "trailing_days")
        return trailing_days(on, count);
    if (name == "trailing_months")
        return trailing_months(on, count);
    if (name == "previous_calendar_months")
        return previous_calendar_months(on, count);
    if (name == "previous_calendar_quarters")
        return previous_calendar_quarters(on, count);
    REQUIRE(name == "previous_calendar_years");
    return previous_calendar_years(on, count);
}

TEST_CASE("calendar: days agree with Python's datetime") {
    const auto rows = read_rows("date_texts.txt");
    REQUIRE(rows.size() > 100);
    for (const Row& row : rows) {
        CAPTURE(row[0]);
        const Date day = date(row[0]);
        CHECK(day.days_since_1970() == std::stoi(row[1]));
        CHECK(day.to_string() == row[0]);
        CHECK(day.to_words() == row[2]);
        CHECK(Date::from_days(std::stoi(row[1])) == day);
    }
}

TEST_CASE("calendar: texts that are no dates") {
    const auto rows = read_rows("date_faults.txt");
    REQUIRE(rows.size() > 40);
    for (const Row& row : rows) {
        CAPTURE(row[0]);
        CHECK(text_of(Date::parse(row[0]).fault) == row[1]);
    }
    for (const char* text : {"", " 2023-06-30", "2023-06-30 ", "2023-06-3\n", "2023\u201306-30"}) {
        CAPTURE(text);
        CHECK(Date::parse(text).fault == DateTextFault::malformed);
    }
    for (const char* text : {"0000-01-01", "2023-00-10", "2023-01-00", "2023-13-01", "2023-04-31",
                             "9999-99-99", "0000-00-00"}) {
        CAPTURE(text);
        CHECK(Date::parse(text).fault == DateTextFault::no_such_day);
    }
}

TEST_CASE("calendar: additions agree with Python's datetime") {
    const auto rows = read_rows("date_additions.txt");
    REQUIRE(rows.size() > 500);
    for (const Row& row : rows) {
        CAPTURE(row[0]);
        CAPTURE(row[1]);
        CAPTURE(row[2]);
        const Date from = date(row[1]);
        const int count = std::stoi(row[2]);
        const bool in_days = row[0] == "days";
        CHECK(text_of(in_days ? add_days(from, count) : add_months(from, count)) == row[3]);
        CHECK(text_of(add(from, in_days ? Duration{0, count} : Duration{count, 0})) == row[3]);
        CHECK(text_of(sub(from, in_days ? Duration{0, -count} : Duration{-count, 0})) == row[3]);
    }
}

TEST_CASE("calendar: windows agree with Python's datetime") {
    const auto rows = read_rows("windows.txt");
    REQUIRE(rows.size() > 1'000);
    for (const Row& row : rows) {
        CAPTURE(row[0]);
        CAPTURE(row[1]);
        CAPTURE(row[2]);
        CHECK(text_of(window(row[0], date(row[1]), row[2])) == row[3]);
    }
}

TEST_CASE("calendar: a small value type") {
    CHECK(sizeof(Date) == 4);
    CHECK(std::is_trivially_copyable_v<Date>);
    CHECK(Date() == date("1970-01-01"));
    CHECK(date("2023-02-28") < date("2023-03-01"));
    CHECK(date("2024-03-01") - date("2024-02-28") == 2);
    CHECK(date("2023-02-28") - date("2023-03-01") == -1);
    CHECK(Date::from_parts(2024, 2, 29) == date("2024-02-29"));
    CHECK(Date::from_parts(2023, 2, 29) == std::nullopt);
    CHECK(Date::from_parts(2023 + 65536, 2, 28) == std::nullopt);
    CHECK(Date::from_parts(2023, 2 + 256, 28) == std::nullopt);
    CHECK(Date::from_parts(2023, 2, 28 + 256) == std::nullopt);
    CHECK(Duration{12, 0} != Duration{0, 365});
}

TEST_CASE("calendar: the ends") {
    CHECK(Date::min().to_string() == "0001-01-01");
    CHECK(Date::max().to_string() == "9999-12-31");
    CHECK(Date::min().to_words() == "1 Jan 0001");
    CHECK(Date::max() - Date::min() == 3'652'058);
    CHECK(Date::from_days(Date::max().days_since_1970() + 1) == std::nullopt);
    CHECK(Date::from_days(Date::min().days_since_1970() - 1) == std::nullopt);
    CHECK(Date::from_days_saturated(most) == Date::max());
    CHECK(Date::from_days_saturated(least) == Date::min());
    CHECK(Date::from_days_saturated(19'403) == date("2023-02-15"));

    CHECK(add_days(Date::min(), -1) == std::nullopt);
    CHECK(add_days(Date::max(), 1) == std::nullopt);
    CHECK(add_days(Date::min(), 3'652'058) == Date::max());
    CHECK(add_days(Date::max(), -3'652'058) == Date::min());
    CHECK(add_months(Date::min(), -1) == std::nullopt);
    CHECK(add_months(Date::max(), 1) == std::nullopt);
    CHECK(text_of(add_months(Date::min(), 9'999 * 12 - 1)) == "9999-12-01");
    CHECK(text_of(add_months(Date::max(), -(9'999 * 12 - 1))) == "0001-01-31");
    for (const std::int64_t count : {most, least, most - 1, least + 1}) {
        CHECK(add_days(Date(), count) == std::nullopt);
        CHECK(add_months(Date(), count) == std::nullopt);
        CHECK(trailing_days(Date(), count) == std::nullopt);
        CHECK(trailing_months(Date(), count) == std::nullopt);
        CHECK(previous_calendar_months(Date(), count) == std::nullopt);
        CHECK(previous_calendar_quarters(Date(), count) == std::nullopt);
        CHECK(previous_calendar_years(Date(), count) == std::nullopt);
        CHECK(calendar_year(count) == std::nullopt);
    }
    constexpr auto shortest = std::numeric_limits<std::int32_t>::min();
    CHECK(sub(Date(), Duration{shortest, shortest}) == std::nullopt);
    CHECK(add(Date(), Duration{shortest, shortest}) == std::nullopt);
}

TEST_CASE("calendar: months clamp to the last day") {
    CHECK(text_of(add_months(date("2023-01-31"), 1)) == "2023-02-28");
    CHECK(text_of(add_months(date("2024-01-31"), 1)) == "2024-02-29");
    CHECK(text_of(add_months(date("2024-02-29"), 12)) == "2025-02-28");
    CHECK(text_of(add_months(date("2024-02-29"), 48)) == "2028-02-29");
    CHECK(text_of(add_months(date("2096-02-29"), 48)) == "2100-02-28");
    CHECK(text_of(add_months(date("2023-05-31"), -3)) == "2023-02-28");
    CHECK(text_of(add_months(date("2023-02-28"), 1)) == "2023-03-28");
    CHECK(text_of(add(date("2023-01-31"), Duration{1, 1})) == "2023-03-01");
    CHECK(text_of(add(Date::max(), Duration{1, -31})) == "9999-12-31");
}

TEST_CASE("calendar: a window has both its days inside") {
    const Window june = from_through(date("2023-06-01"), date("2023-06-30"));
    CHECK(june.contains(date("2023-06-01")));
    CHECK(june.contains(date("2023-06-30")));
    CHECK_FALSE(june.contains(date("2023-05-31")));
    CHECK_FALSE(june.contains(date("2023-07-01")));
    CHECK(june.days() == 30);
    CHECK(from_until(date("2023-06-01"), date("2023-07-01")) == june);

    const auto nothing = from_until(date("2023-06-01"), date("2023-06-01"));
    REQUIRE(nothing);
    CHECK(nothing->is_empty());
    CHECK(nothing->days() == 0);
    CHECK_FALSE(nothing->contains(date("2023-06-01")));
    CHECK_FALSE(nothing->contains(date("2023-05-31")));
    CHECK(from_through(date("2023-06-30"), date("2023-06-01")).is_empty());
    CHECK(from_through(date("2023-06-30"), date("2023-06-01")).days() == 0);
    CHECK(from_through(Date::max(), Date::min()).days() == 0);
    CHECK(from_through(Date::min(), Date::max()).days() == 3'652'059);
    CHECK(from_until(Date::min(), Date::min()) == std::nullopt);
}

TEST_CASE("calendar: trailing windows") {
    CHECK(text_of(trailing_days(date("2023-02-15"), 365)) == "2022-02-16 2023-02-15");
    CHECK(text_of(trailing_days(date("2024-03-01"), 2)) == "2024-02-29 2024-03-01");
    CHECK(trailing_days(date("2023-02-15"), 365)->days() == 365);
    CHECK(trailing_days(date("2023-02-15"), 0)->is_empty());
    CHECK(trailing_days(date("2023-02-15"), -1) == std::nullopt);
    CHECK(text_of(trailing_days(date("0001-01-03"), 3)) == "0001-01-01 0001-01-03");
    CHECK(trailing_days(date("0001-01-03"), 4) == std::nullopt);
    CHECK(text_of(trailing_days(Date::max(), 3'652'059)) == "0001-01-01 9999-12-31");

    CHECK(text_of(trailing_months(date("2023-02-15"), 12)) == "2022-02-16 2023-02-15");
    CHECK(text_of(trailing_months(date("2024-02-29"), 12)) == "2023-03-01 2024-02-29");
    CHECK(text_of(trailing_months(date("2025-02-28"), 12)) == "2024-02-29 2025-02-28");
    CHECK(text_of(trailing_months(date("2023-05-31"), 3)) == "2023-03-01 2023-05-31");
    CHECK(trailing_months(date("2023-05-31"), 0)->is_empty());
    CHECK(trailing_months(date("2023-05-31"), -1) == std::nullopt);
    // The day twelve months before is in the year 0, but the window begins after it.
    CHECK(text_of(trailing_months(date("0001-12-31"), 12)) == "0001-01-01 0001-12-31");
    CHECK(trailing_months(date("0001-12-30"), 12) == std::nullopt);
}

TEST_CASE("calendar: calendar windows") {
    const Date on = date("2023-02-15");
    CHECK(text_of(previous_calendar_months(on, 1)) == "2023-01-01 2023-01-31");
    CHECK(text_of(previous_calendar_months(on, 3)) == "2022-11-01 2023-01-31");
    CHECK(text_of(previous_calendar_quarters(on, 1)) == "2022-10-01 2022-12-31");
    CHECK(text_of(previous_calendar_years(on, 1)) == "2022-01-01 2022-12-31");
    CHECK(text_of(previous_calendar_years(on, 2)) == "2021-01-01 2022-12-31");
    CHECK(previous_calendar_months(on, 0)->is_empty());
    CHECK(previous_calendar_years(date("0001-06-01"), 1) == std::nullopt);
    CHECK(text_of(previous_calendar_years(date("0002-06-01"), 1)) == "0001-01-01 0001-12-31");
    CHECK(text_of(previous_calendar_years(Date::max(), 9'998)) == "0001-01-01 9998-12-31");
    CHECK(previous_calendar_years(Date::max(), 9'999) == std::nullopt);

    CHECK(text_of(calendar_month_to_date(on)) == "2023-02-01 2023-02-15");
    CHECK(text_of(calendar_quarter_to_date(on)) == "2023-01-01 2023-02-15");
    CHECK(text_of(calendar_year_to_date(on)) == "2023-01-01 2023-02-15");
    CHECK(text_of(calendar_year_to_date(Date::min())) == "0001-01-01 0001-01-01");
    CHECK(text_of(calendar_quarter_to_date(Date::max())) == "9999-10-01 9999-12-31");

    CHECK(text_of(calendar_year(2024)) == "2024-01-01 2024-12-31");
    CHECK(calendar_year(2024)->days() == 366);
    CHECK(text_of(calendar_year(1)) == "0001-01-01 0001-12-31");
    CHECK(text_of(calendar_year(9'999)) == "9999-01-01 9999-12-31");
    CHECK(calendar_year(0) == std::nullopt);
    CHECK(calendar_year(10'000) == std::nullopt);
    CHECK(calendar_year(2023 + 65'536) == std::nullopt);
}

TEST_CASE("calendar: program years") {
    const MonthDay february = std::chrono::February / 1;
    CHECK(text_of(program_year_of(date("2023-01-31"), february)) == "2022-02-01 2023-01-31");
    CHECK(text_of(program_year_of(date("2023-02-01"), february)) == "2023-02-01 2024-01-31");
    CHECK(text_of(previous_program_year(date("2023-02-01"), february)) == "2022-02-01 2023-01-31");
    CHECK(text_of(program_year_to_date(date("2023-02-01"), february)) == "2023-02-01 2023-02-01");
    const MonthDay march = std::chrono::March / 1;
    CHECK(text_of(program_year_of(date("2024-02-29"), march)) == "2023-03-01 2024-02-29");
    CHECK(program_year_of(date("2024-02-29"), march)->days() == 366);
    const MonthDay january = std::chrono::January / 1;
    CHECK(program_year_of(date("2023-06-30"), january) == calendar_year(2023));

    CHECK(program_year_of(Date::max(), february) == std::nullopt);
    CHECK(text_of(program_year_to_date(Date::max(), february)) == "9999-02-01 9999-12-31");
    CHECK(text_of(previous_program_year(Date::max(), february)) == "9998-02-01 9999-01-31");
    CHECK(text_of(program_year_of(Date::max(), january)) == "9999-01-01 9999-12-31");
    CHECK(program_year_of(Date::min(), february) == std::nullopt);
    CHECK(program_year_to_date(Date::min(), february) == std::nullopt);
    CHECK(previous_program_year(date("0001-02-01"), february) == std::nullopt);

    for (const MonthDay never :
         {std::chrono::February / 29, std::chrono::February / 30, std::chrono::April / 31,
          std::chrono::month(13) / 1, std::chrono::month(0) / 1, std::chrono::May / 0}) {
        CHECK(program_year_of(date("2024-02-29"), never) == std::nullopt);
        CHECK(previous_program_year(date("2024-02-29"), never) == std::nullopt);
        CHECK(program_year_to_date(date("2024-02-29"), never) == std::nullopt);
    }
}

} // namespace
} // namespace rung::calendar_test
