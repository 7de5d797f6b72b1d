// Days of a year, months, and dates that may never come. Days were worked out with Python's datetime.
#include "tests/unit/values_of.hpp"

namespace rung::months_test {

using namespace trial;

namespace {

const std::string contract = R"(
record line
  on     date
  month  month
  last   date
  n      whole number   at least 0

facts
  y      whole number
  soon   whole number   at least 2022 at most 2024
  day    date
  end    date or never
  lapse  date or never = "none"
  m      month
  m2     month
  first  month          default 2023-06
  seats  whole number
  flag   yes/no
  lines  list of line
)";

TEST_CASE("a day of a year") {
    check(contract,
          {{"01-31 of 2024", "{}", "2024-01-31"},
           {"01-31 of y", R"({"y": 2021})", "2021-01-31"},
           {"01-31 of (y + 2)", R"({"y": 2021})", "2023-01-31"},
           {"02-29 of 2024", "{}", "2024-02-29"},
           {"02-29 of 2023", "{}", "2023-02-28"},
           {"02-29 of 1900", "{}", "1900-02-28"},
           {"12-31 of 9999", "{}", "9999-12-31"},
           {"12-31 of y", R"({"y": 10000})", "? overflow"},
           {"12-31 of y", R"({"y": 0})", "? overflow"},
           {"(12-31 of y) otherwise 2023-01-01", R"({"y": 0})", "2023-01-01"},
           {"01-31 of soon", "{}", "2022-01-31..2024-01-31"},
           {"02-29 of soon", "{}", "2022-02-28..2024-02-29"},
           {"(01-31 of soon) < 2025-01-01", "{}", "yes"},
           {"(01-31 of soon) < 2024-01-01", "{}", "? missing"},
           {"01-31 of y", "{}", "? missing"},
           {"(01-31 of y) >= 2023-01-01", "{}", "? missing"},
           {"01-31 of year of review_date", "{}", "2023-01-31"},
           {"(01-31 of 2024) - (01-31 of 2023)", "{}", "365"},
           {"day in from 02-01 of 2023 through 01-31 of 2024", R"({"day": "2024-01-31"})", "yes"}});
}

TEST_CASE("the year of a date") {
    check(contract, {{"year of day", R"({"day": "2023-02-15"})", "2023"},
                     {"year of day + 1", R"({"day": "2023-12-31"})", "2024"},
                     {"year of m", R"({"m": "2023-12"})", "2023"},
                     {"year of day", "{}", "? missing"},
                     {"year of (01-31 of soon)", "{}", "2022..2024"},
                     {"year of end", R"({"end": "never"})", "? empty"},
                     {"(year of end) otherwise 0", R"({"end": "never"})", "0"},
                     {"(year of end) otherwise 0", R"({"end": "2023-01-01"})", "2023"},
                     {"(year of end) otherwise 0", "{}", "? missing"}});
}

TEST_CASE("months") {
    check(contract,
          {{"2023-06", "{}", "2023-06"},
           {"m", R"({"m": "2023-06"})", "2023-06"},
           {"m", "{}", "? missing"},
           {"first", "{}", "2023-06"},
           {"month of day", R"({"day": "2024-02-29"})", "2024-02"},
           {"month of day", "{}", "? missing"},
           {"month of end", R"({"end": "never"})", "? empty"},
           {"m + 3 months", R"({"m": "2023-11"})", "2024-02"},
           {"m - 1 year", R"({"m": "2023-11"})", "2022-11"},
           {"m + 3 months", "{}", "? missing"},
           {"m + 1 month", R"({"m": "9999-12"})", "? overflow"},
           {"m2 - m", R"({"m": "2023-11", "m2": "2024-02"})", "3"},
           {"m - m2", R"({"m": "2023-11", "m2": "2024-02"})", "-3"},
           {"m2 - m", R"({"m": "2023-11"})", "? missing"},
           {"m2 - m >= 12 months", R"({"m": "2023-01", "m2": "2024-01"})", "yes"},
           {"m >= 2023-06", R"({"m": "2023-06"})", "yes"},
           {"m > 2023-06", R"({"m": "2023-06"})", "no"},
           {"m = 2023-06", R"({"m": "2023-06"})", "yes"},
           {"m != m2", R"({"m": "2023-06", "m2": "2023-07"})", "yes"},
           {"m = 2023-06", "{}", "? missing"},
           {"m < 0001-01", "{}", "no"},
           {"m in (2023-05, 2023-06)", R"({"m": "2023-06"})", "yes"},
           {"first day of m", R"({"m": "2024-02"})", "2024-02-01"},
           {"last day of m", R"({"m": "2024-02"})", "2024-02-29"},
           {"last day of m", R"({"m": "9999-12"})", "9999-12-31"},
           {"last day of month of review_date", "{}", "2023-02-28"},
           {"last day of m", "{}", "? missing"},
           {"m but at least 2023-06", R"({"m": "2023-05"})", "2023-06"},
           {"if flag then m else m2", R"({"m": "2023-05", "m2": "2023-07"})", "2023-05..2023-07"},
           {"largest of month in lines",
            R"({"lines": [{"month": "2023-05"}, {"month": "2023-07"}]})", "2023-07"},
           {"largest of month in lines", R"({"lines": []})", "? empty"},
           {"count of distinct month in lines",
            R"({"lines": [{"month": "2023-05"}, {"month": "2023-05"}]})", "1"}});
}

TEST_CASE("a month is the window of its days") {
    check(contract, {{"day in m", R"({"day": "2023-06-30", "m": "2023-06"})", "yes"},
                     {"day in m", R"({"day": "2023-07-01", "m": "2023-06"})", "no"},
                     {"day in m", R"({"day": "2023-05-31", "m": "2023-06"})", "no"},
                     {"day in m", R"({"day": "2023-05-31"})", "? missing"},
                     {"day in 2023-06", "{}", "? missing"},
                     {"end in 2023-06", R"({"end": "never"})", "no"},
                     {"count of lines where on in month of review_date",
                      R"({"lines": [{"on": "2023-02-01"}, {"on": "2023-03-01"}, {}]})", "1..2"}});
    check(
        contract,
        {{"days covered from on through last in lines within 2023-06",
          R"({"lines": [{"on": "2023-05-20", "last": "2023-06-10"}]})", "10"},
         {"days covered from on through last in lines within m",
          R"({"m": "2023-05", "lines": [{"on": "2023-05-20", "last": "2023-06-10"}]})", "12"},
         {"sum of n in (largest 1 of lines by month)",
          R"({"lines": [{"n": 1, "month": "2023-05"}, {"n": 2, "month": "2023-07"}]})", "2"},
         {"sum of n in (largest 1 of lines by month)",
          R"({"lines": [{"n": 1, "month": "2023-05"}, {"n": 2}]})", "0..3"},
         {"count of groups of lines by month",
          R"({"lines": [{"month": "2023-05"}, {"month": "2023-07"}, {"month": "2023-05"}]})", "2"},
         {"value of month in lines", R"({"lines": [{"month": "2023-05"}, {"month": "2023-05"}]})",
          "2023-05"}});
    CHECK(faults_of(contract, "2023-06") == "");
    CHECK(faults_of(contract, "2023-13") == "no-such-month");
    CHECK(faults_of(contract, "02-30 of 2024") == "no-such-day");
    CHECK(faults_of(contract, "13-01 of 2024") == "no-such-day");
    CHECK(faults_of(contract, "01-31 of seats / 2") == "cannot-calculate");
    CHECK(faults_of(contract, "01-31 of (seats / 2)") == "not-whole");
    CHECK(faults_of(contract, "year of seats") == "wrong-type");
    CHECK(faults_of(contract, "month of m") == "wrong-type");
    CHECK(faults_of(contract, "m + 3 days") == "cannot-calculate");
    CHECK(faults_of(contract, "m + 3") == "cannot-calculate");
    CHECK(faults_of(contract, "day - m") == "cannot-calculate");
    CHECK(faults_of(contract, "day = m") == "cannot-compare");
    CHECK(faults_of(contract, "m in review_period") == "no-reviews");
    CHECK(faults_of(contract, "m in trailing 3 months") == "wrong-type");
    CHECK(faults_of(contract, "seats >= 1500-10") == "cannot-compare");
    CHECK(faults_of(contract, "1-5") == "figure-and-minus");
    CHECK(faults_of(contract, "10-15") == "figure-and-minus");
    CHECK(faults_of(contract, "2023-6") == "figure-and-minus");
    CHECK(faults_of(contract, "2023-6-30") == "malformed-date");
    CHECK(faults_of(contract, "1-31 of 2023") == "figure-and-minus");
}

TEST_CASE("the word of the facts for no day at all") {
    check(contract, {{"lapse", R"({"lapse": "none"})", "never"},
                     {"lapse", R"({"lapse": "2023-06-30"})", "2023-06-30"},
                     {"lapse > 9999-12-31", R"({"lapse": "none"})", "yes"},
                     {"end", R"({"end": "never"})", "never"}});
    const Program program = parse(contract + "define x lapse\n");
    for (const std::string json : {R"({"lapse": "never"})", R"({"end": "none"})"}) {
        const Result<Facts> facts = Facts::read(program, "facts.json", json);
        REQUIRE(!facts);
        CHECK(facts.diagnostics.begin()->code == "malformed-date");
    }
}

TEST_CASE("a month in texts") {
    const Program program = parse(contract + R"(
ladder none < gold climbed one by one
requirements
| name  | asks          | gold    |
|-------|---------------|---------|
| begun | m <= _        | 2023-05 |
| late  | m2 >= 2023-06 | yes     |
)");
    const std::string text = to_text(evaluate(program, R"({"m": "2023-06", "m2": "2023-05"})"));
    CHECK_MESSAGE(text.find("Jun 2023, May 2023 or earlier is") != std::string::npos, text);
    CHECK_MESSAGE(text.find("May 2023, Jun 2023 or later is") != std::string::npos, text);
}

} // namespace
} // namespace rung::months_test
