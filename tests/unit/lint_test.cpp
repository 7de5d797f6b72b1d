// What looks wrong: each check finds its slip, and leaves alone what only resembles one.
#include "grammar/confusables.hpp"

#include <rung/rung.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::lint_test {

namespace {

Program program(const std::string& text) {
    Result<Program> parsed = Program::parse("rules.rung", text);
    REQUIRE_MESSAGE(parsed, parsed.diagnostics.to_text());
    return *parsed;
}

/// "unused-fact people": the code and the words at the place.
std::vector<std::string> found(const Diagnostics& diagnostics) {
    std::vector<std::string> found;
    for (const Diagnostic& item : diagnostics) {
        CHECK_FALSE(item.is_error);
        CHECK_FALSE(item.text.empty());
        const Place& place = *item.place;
        const std::size_t length =
            place.line == place.end_line ? place.end_column - place.column : std::string::npos;
        found.push_back(item.code + " " + place.line_text.substr(place.column - 1, length));
    }
    return found;
}

std::vector<std::string> lint_of(const std::string& text) { return found(lint(program(text))); }

/// The findings of one check alone.
std::vector<std::string> lint_of(const std::string& check, const std::string& text) {
    std::vector<std::string> all = lint_of(text);
    std::erase_if(all, [&](const std::string& one) { return !one.starts_with(check + " "); });
    for (std::string& one : all) {
        one.erase(0, check.size() + 1);
    }
    return all;
}

using Found = std::vector<std::string>;

const std::string head = R"(program p
version 2024
effective 2024-01-01 through 2024-12-31
currency USD
)";
const std::string climbed = "ladder none < low < mid < top climbed one by one\n";
const std::string alone = "ladder none < low < mid < top each tier stands alone\n";

const std::string facts = R"(record deal named by buyer
  buyer text
  day date
  worth money
  kind one of new, renewal
facts
  key text key
  a yes/no
  b yes/no
  n whole number at least 0 at most 10
  open whole number
  share percent at most 100%
  spend money
  since date
  status one of fresh, live, gone
  deals list of deal
reviews
  annual looks at previous calendar year can raise
)";

/// Rows of `name | asks | when | low | mid | top`.
std::string asking(const std::string& rows) {
    return "requirements\n| name | asks | when | low | mid | top |\n" + rows;
}

std::string with_rows(const std::string& ladder, const std::string& rows) {
    return head + ladder + facts + asking(rows);
}

} // namespace

// ---- what nothing reads

TEST_CASE("lint: facts, fields, records and measures that nothing reads") {
    CHECK(lint_of(head + climbed + R"(input on "as_of"
record deal named by buyer
  buyer text
  day date
  worth money
  parts list of part
record part
  size whole number
record ghost
  x text
record lost
  y text
facts
  partner text key
  as_of date
  read yes/no
  stray yes/no
  deals list of deal
  losses list of lost
define total sum of worth in deals
define idle count of deals where day <= review_date
requirements
| name | asks       | low | mid | top |
| a    | read       | yes | yes | yes |
| b    | total >= _ | $1  | $2  | $3  |
)") == Found{"unused-field parts", "unused-record ghost", "unused-fact stray", "unused-fact losses",
             "unused-define idle"});
}

TEST_CASE("lint: every place that reads counts") {
    CHECK(lint_of(head + climbed + R"(record deal named by buyer
  buyer text
  day date
  worth money
  kind one of new, renewal
facts
  asked yes/no
  when_read yes/no
  in_cell whole number
  in_condition yes/no
  needed yes/no
  opens_if yes/no
  valued money
  noticed yes/no
  kept_until date
  kept_if yes/no
  on_path yes/no
  deals list of deal
  counted whole number
define of_kinds groups of deals by kind as g where (sum of worth in g) > $5
paths track
  one when on_path
  two otherwise
measures for track
| name   | one     | two |
| figure | counted | 2   |
standing
  old keeps the held tier through kept_until when kept_if
requirements
| name | asks                    | when      | low | mid     | top                 |
| a    | asked                   | when_read | yes | yes     | yes if in_condition |
| b    | figure >= _             |           | 1   | in_cell | 3                   |
| c    | (count of of_kinds) > _ |           | 1   | 2       | 3                   |
| d    | track = one             |           | -   | -       | yes                 |
| e    | some of deals where day in review_period | | - | - | yes |
benefits
| name | needs  | low | mid | top             |
| x    | needed | -   | -   | yes if opens_if |
values
| name | low    | mid    | top    |
| fee  | valued | valued | valued |
notice n "N" when noticed
reviews
  annual looks at previous calendar year can raise
)") == Found{});
}

TEST_CASE("lint: look-up tables that nothing is looked up in") {
    CHECK(lint_of(head + R"(facts
  size whole number
table used
| from size | fee |
| 1         | $10 |
table idle
| from size | fee |
| 1         | $20 |
define owed used.fee for size
)") == Found{"unused-table idle"});
}

TEST_CASE("lint: in a file without a ladder, measures are what it is for") {
    CHECK(lint_of(head + "facts\n  people whole number\ndefine twice people * 2\n") == Found{});
}

// ---- from tier to tier

TEST_CASE("lint: figures that fall from tier to tier") {
    const auto falls = [](const std::string& asks, const std::string& cells) {
        return lint_of("threshold-not-rising",
                       with_rows(climbed, "| row | " + asks + " | | " + cells + " |\n"));
    };
    CHECK(falls("open >= _", "5 | 3 | 7") == Found{"3"});
    CHECK(falls("open >= _", "5 | 3 | 1") == Found{"3", "1"});
    CHECK(falls("open > _", "5 | - | 3") == Found{"3"});
    CHECK(falls("open >= _", "5 | 5 | 6") == Found{});
    CHECK(falls("open >= _", "- | 5 | -") == Found{});
    CHECK(falls("open <= _", "5 | 6 | 3") == Found{"6"});
    CHECK(falls("open <= _", "5 | 4 | 3") == Found{});
    CHECK(falls("_ <= open", "5 | 4 | 6") == Found{"4"});
    CHECK(falls("not open < _", "5 | 4 | 6") == Found{"4"});
    CHECK(falls("a and open >= _", "5 | 4 | 6") == Found{"4"});
    CHECK(falls("a and open >= _ and spend > $1", "5 | 4 | 6") == Found{"4"});
    CHECK(falls("open >= _ and n <= _", "5 | 4 | 6") == Found{}); // harder and easier at once
    CHECK(falls("open = _", "5 | 4 | 6") == Found{});
    CHECK(falls("spend >= _", "$1M | $250K | $2M") == Found{"$250K"});
    CHECK(falls("share >= _", "10% | 5% | 20%") == Found{"5%"});
    CHECK(falls("since <= _", "2023-06-01 | 2023-07-01 | 2023-01-01") == Found{"2023-07-01"});
    CHECK(falls("open >= _", "5 | n | 6") == Found{}); // who knows
    CHECK(falls("open >= _", "2 * 5 | 9 | 10") == Found{"9"});
    CHECK(falls("open >= _", "5 | 3 if a | 7") == Found{}); // asked of some only
    CHECK(falls("open >= _", "5 if a | 3 | 7") == Found{});
}

TEST_CASE("lint: a column easier than the one below it, where tiers stand alone") {
    const std::string rows = "| x | a | | yes | yes | yes |\n"
                             "| y | open >= _ | | 5 | 9 | 7 |\n"
                             "| z | b | | - | yes | - |\n";
    CHECK(lint_of("tier-easier-than-below", with_rows(alone, rows)) == Found{"top"});
    // It is told as a whole, not cell by cell.
    CHECK(lint_of("threshold-not-rising", with_rows(alone, rows)) == Found{});
    CHECK(lint_of("asked-below-only", with_rows(alone, rows)) == Found{});
    CHECK(lint_of("tier-easier-than-below", with_rows(climbed, rows)) == Found{});
    CHECK(lint_of("threshold-not-rising", with_rows(climbed, rows)) == Found{"7"});
    // One row asks more: the column as a whole is neither easier nor harder.
    const std::string both = rows + "| w | n >= _ | | 1 | 2 | 3 |\n";
    CHECK(lint_of("tier-easier-than-below", with_rows(alone, both)) == Found{});
    CHECK(lint_of("threshold-not-rising", with_rows(alone, both)) == Found{"7"});
    CHECK(lint_of("asked-below-only", with_rows(alone, both)) == Found{"-"});
    // Equal columns are no matter; a condition asks less, and more ways make a head easier.
    CHECK(lint_of("tier-easier-than-below", with_rows(alone, "| x | a | | yes | yes | yes |\n")) ==
          Found{});
    CHECK(lint_of("tier-easier-than-below",
                  with_rows(alone, "| x | a | | yes | yes | yes if b |\n")) == Found{"top"});
    CHECK(lint_of("tier-easier-than-below",
                  with_rows(alone, "| h | any one of | | yes | yes | yes |\n"
                                   "| h.x | a | | yes | yes | yes |\n"
                                   "| h.y | b | | - | - | yes |\n")) == Found{"top"});
    CHECK(lint_of("tier-easier-than-below",
                  with_rows(alone, "| h | any one of | | yes | yes | yes |\n"
                                   "| h.x | a | | yes | yes | yes |\n"
                                   "| h.y | b | | yes | yes | - |\n")) == Found{});
}

TEST_CASE("lint: asked below only") {
    const auto below_only = [](const std::string& ladder, const std::string& row) {
        return lint_of("asked-below-only",
                       with_rows(ladder, row + "| more | open >= _ | | 1 | 2 | 3 |\n"));
    };
    CHECK(below_only(alone, "| x | a | | yes | - | yes |\n") == Found{"-"});
    CHECK(below_only(alone, "| x | a | | - | yes | yes |\n") == Found{});
    CHECK(below_only(climbed, "| x | a | | yes | - | - |\n") == Found{});
    // Of a way, `-` means that it is not offered.
    CHECK(below_only(alone, "| h | any one of | | yes | yes | yes |\n"
                            "| h.x | a | | yes | - | - |\n"
                            "| h.y | b | | yes | yes | yes |\n") == Found{});
    CHECK(below_only(alone, "| h | all of | | yes | yes | - |\n"
                            "| h.x | a | | yes | yes | - |\n"
                            "| h.y | b | | yes | - | - |\n") == Found{"-", "-"});
}

// ---- conditions that are settled

TEST_CASE("lint: what no partner can meet, and what every partner does") {
    const auto settled = [](const std::string& asks, const std::string& cells) {
        return lint_of(
            with_rows(climbed, "| row | " + asks + " | | " + cells +
                                   " |\n"
                                   "| rest | a and b and n > 1 and open > 1 and share > 1% and "
                                   "spend > $1 and since <= review_date and status = live "
                                   "and some of deals where kind = new and worth > $1 and day "
                                   "in review_period | | - | - | yes |\n"));
    };
    CHECK(settled("n >= _", "1 | 5 | 12") == Found{"cannot-be-met 12"});
    CHECK(settled("n >= _", "1 | 5 | 10") == Found{});
    CHECK(settled("n > _", "1 | 5 | 10") == Found{"cannot-be-met 10"});
    CHECK(settled("n >= _", "0 | 5 | 10") == Found{"always-met 0"});
    CHECK(settled("n < 0", "yes | yes | yes") == Found{"cannot-be-met n < 0"});
    CHECK(settled("n <= _", "-1 | -2 | -3") == Found{"cannot-be-met n <= _"});
    CHECK(settled("share >= _", "5% | 50% | 120%") == Found{"cannot-be-met 120%"});
    CHECK(settled("(count of deals) >= _", "0 | 1 | 2") == Found{"always-met 0"});
    CHECK(settled("(count of deals) < 0", "- | - | yes") ==
          Found{"cannot-be-met (count of deals) < 0"});
    CHECK(settled("status in (fresh, live, gone)", "- | - | yes") ==
          Found{"always-met status in (fresh, live, gone)"});
    CHECK(settled("a or not a", "- | - | yes") == Found{}); // logic of three values does not see it
    CHECK(settled("yes", "- | - | yes") == Found{}); // who writes it means it
    // What hangs on the day alone is another matter, and so is a window that is empty on the first day.
    CHECK(settled("review_date >= 2024-07-01", "- | - | yes") == Found{});
    CHECK(settled("review_date >= 2020-01-01", "- | - | yes") == Found{});
    CHECK(settled("some of deals where day in from 2024-01-01 until review_date", "- | - | yes") ==
          Found{});
}

TEST_CASE("lint: a condition that is not known does not hide an ask that is settled") {
    CHECK(lint_of("cannot-be-met", with_rows(climbed, "| row | n >= _ | a | 1 | 5 | 12 |\n")) ==
          Found{"12"});
    CHECK(lint_of("cannot-be-met", with_rows(climbed, "| row | n >= _ | | 1 | 5 | 12 if a |\n")) ==
          Found{"12 if a"});
    CHECK(lint_of("cannot-be-met", with_rows(climbed, "| h | any one of | | yes | yes | yes |\n"
                                                      "| h.x | n >= _ | a | 1 | 5 | 12 |\n"
                                                      "| h.y | a | | yes | yes | yes |\n")) ==
          Found{"12"});
}

TEST_CASE("lint: a default is no knowledge of a partner") {
    CHECK(lint_of(head + climbed + R"(facts
  signed yes/no default no
  count_of_people whole number default 0
requirements
| name | asks                 | low | mid | top |
| a    | signed               | yes | yes | yes |
| b    | count_of_people >= _ | 1   | 2   | 3   |
)") == Found{});
}

TEST_CASE("lint: rows that apply to nobody") {
    CHECK(lint_of("never-asked", with_rows(climbed, "| row | a | n < 0 | yes | yes | yes |\n")) ==
          Found{"n < 0"});
    CHECK(
        lint_of("never-asked", with_rows(climbed, "| row | a | | yes | yes | yes if n > 10 |\n")) ==
        Found{"n > 10"});
    CHECK(lint_of("never-asked", with_rows(climbed, "| row | a | n > 5 | yes | yes | yes |\n")) ==
          Found{});
    CHECK(lint_of("never-asked", with_rows(climbed, "| h | all of | | yes | yes | yes |\n"
                                                    "| h.x | a | | yes | yes | - |\n"
                                                    "| h.y | b | | yes | yes | - |\n")) ==
          Found{"yes"});
    CHECK(lint_of("cannot-be-met", with_rows(climbed, "| h | at least 2 of | | yes | yes | yes |\n"
                                                      "| h.x | a | | yes | yes | - |\n"
                                                      "| h.y | b | | yes | yes | yes |\n")) ==
          Found{"yes"});
    // The parts of a head that applies to nobody are not told as well.
    CHECK(lint_of("never-asked", with_rows(climbed, "| h | all of | n < 0 | yes | yes | yes |\n"
                                                    "| h.x | a | open > 1 | yes | yes | yes |\n"
                                                    "| h.y | b | | yes | yes | yes |\n")) ==
          Found{"n < 0"});
}

TEST_CASE("lint: two conditions that contradict each other") {
    const auto contradicts = [](const std::string& condition) {
        return lint_of("cannot-be-met",
                       with_rows(climbed, "| row | " + condition + " | | - | - | yes |\n"));
    };
    CHECK(contradicts("open >= 5 and open < 3") == Found{"open < 3"});
    CHECK(contradicts("open < 3 and a and open >= 5") == Found{"open >= 5"});
    CHECK(contradicts("5 <= open and 3 > open") == Found{"3 > open"});
    CHECK(contradicts("open >= 5 and open < 5") == Found{"open < 5"});
    CHECK(contradicts("open >= 5 and open <= 5") == Found{});
    CHECK(contradicts("open > 5 and open < 6") == Found{}); // whole numbers are not counted out
    CHECK(contradicts("open = 5 and open = 6") == Found{"open = 6"});
    CHECK(contradicts("open = 5 and open != 5") == Found{"open != 5"});
    CHECK(contradicts("open = 5 and open > 5") == Found{"open > 5"});
    CHECK(contradicts("open >= 5 or open < 3") == Found{});
    CHECK(contradicts("open >= 5 and n < 3") == Found{});
    CHECK(contradicts("status = live and status = gone") == Found{"status = gone"});
    CHECK(contradicts("status = live and status != live") == Found{"status != live"});
    CHECK(contradicts("status = live and status != gone") == Found{});
    CHECK(contradicts("since >= 2024-05-01 and since <= 2024-04-01") ==
          Found{"since <= 2024-04-01"});
    CHECK(contradicts("some of deals where kind = new and kind = renewal") ==
          Found{"kind = renewal"});
    CHECK(
        contradicts("(some of deals where kind = new) and (some of deals where kind = renewal)") ==
        Found{});
    // With the figure of a cell; and of a way, what opens it and what it asks.
    CHECK(lint_of("cannot-be-met",
                  with_rows(climbed, "| row | open >= 5 and open <= _ | | 9 | 7 | 3 |\n")) ==
          Found{"open <= _"});
    const std::string way = "| h | any one of | | yes | yes | yes |\n"
                            "| h.x | a | | yes | yes | yes |\n"
                            "| h.y | open >= _ | open < 3 | 1 | 2 | 3 |\n";
    CHECK(lint_of("cannot-be-met", with_rows(climbed, way)) == Found{"open >= _"});
    // A row may well refuse all of whom it is asked.
    CHECK(lint_of("cannot-be-met",
                  with_rows(climbed, "| row | open >= 5 | open < 3 | yes | yes | yes |\n")) ==
          Found{});
}

TEST_CASE("lint: benefits and notices that are settled") {
    const std::string rows = asking("| row | a | | yes | yes | yes |\n");
    const auto benefit = [&](const std::string& needs) {
        return lint_of(head + climbed + "facts\n  a yes/no\n  n whole number at least 0\n" + rows +
                       "benefits\n| name | needs | low | mid | top |\n| x | " + needs +
                       " | yes | yes | yes |\n");
    };
    CHECK(benefit("a, n < 0") == Found{"cannot-be-met n < 0"});
    CHECK(benefit("n >= 0") == Found{"always-met n >= 0"});
    CHECK(benefit("n >= 5, n < 3") == Found{"cannot-be-met n < 3"});
    CHECK(benefit("n >= 1, tier >= mid") == Found{});
    CHECK(lint_of(head + climbed + "facts\n  a yes/no\n  n whole number at least 0\n" + rows +
                  "notice x \"X\" when n < 0\nnotice y \"Y\" when yes\n") ==
          Found{"cannot-be-met n < 0"});
}

// ---- windows

TEST_CASE("lint: windows without a day, and of days to come") {
    const auto review = [](const std::string& window) {
        return lint_of(head + "reviews\n  annual looks at " + window + " can raise\n");
    };
    CHECK(review("previous calendar year") == Found{});
    CHECK(review("trailing 365 days") == Found{});
    CHECK(review("calendar year to date") == Found{});
    CHECK(
        lint_of(head + "year starts 01-01\nreviews\n  annual looks at program year can raise\n") ==
        Found{}); // its end is to come
    CHECK(review("calendar year 2024") == Found{});
    CHECK(review("calendar year 2025") == Found{"window-ahead calendar year 2025"});
    CHECK(review("from review_date through review_date + 30 days") ==
          Found{"window-ahead from review_date through review_date + 30 days"});
    CHECK(review("from review_date - 30 days through review_date") == Found{});
    CHECK(review("from 2024-07-01 through 2024-06-30") ==
          Found{"empty-window from 2024-07-01 through 2024-06-30"});
    CHECK(review("from review_date through review_date - 1 day") ==
          Found{"empty-window from review_date through review_date - 1 day"});
    CHECK(review("from 2024-01-01 until review_date") == Found{}); // empty on the first day only
    // A certificate that runs out in the days to come is asked for with good reason.
    CHECK(lint_of("window-ahead",
                  with_rows(climbed,
                            "| row | since in from review_date through review_date + 30 days "
                            "| | - | - | yes |\n")) == Found{});
}

TEST_CASE("lint: a program year that was moved by half") {
    const auto year = [](const std::string& effective, const std::string& starts,
                         const std::string& windows) {
        return lint_of("program p\nversion 2024\neffective " + effective + "\n" + starts +
                       "reviews\n" + windows);
    };
    const std::string annual = "  annual looks at previous calendar year can raise\n";
    const std::string moved = "  annual looks at previous program year can raise\n";
    const std::string from_february = "2024-02-01 through 2025-01-31";
    const std::string february = "year starts 02-01\n";
    CHECK(year("2024-01-01 through 2024-12-31", "", annual) == Found{});
    CHECK(year("2024-01-01 through 2024-12-31", february, annual) ==
          Found{"year-start-unread 02-01"});
    CHECK(year("2024-01-01 through 2024-12-31", "", moved) ==
          Found{"year-start-unsaid previous program year"});
    CHECK(year("2024-01-01 through 2024-12-31", "year starts 01-01\n", moved) == Found{});
    CHECK(year("2024-01-01 through 2024-12-31", february, moved) ==
          Found{"years-mixed 2024-01-01", "years-mixed 2024-12-31"});
    CHECK(year("2024-02-01 through 2024-12-31", february, moved) ==
          Found{"years-mixed 2024-12-31"});
    CHECK(year(from_february, february, moved) == Found{});
    CHECK(year("2024-03-15 onwards", february, moved) == Found{}); // dated by something else
    CHECK(year(from_february, february,
               moved + "  late looks at calendar year 2024 can raise\n"
                       "  later looks at previous 2 calendar years can raise\n"
                       "  mid looks at trailing 365 days can raise\n") ==
          Found{"years-mixed calendar year 2024", "years-mixed previous 2 calendar years"});
    // The days of the version are accepted apart from the windows.
    CHECK(year("2024-01-01 onwards", february,
               moved + annual.substr(0, 2) + "old" + annual.substr(8) +
                   "accept years-mixed of effective \"The guide came out in January.\"\n") ==
          Found{"years-mixed previous calendar year"});
}

// ---- rows beside one another

TEST_CASE("lint: rows that say nothing of their own") {
    const auto shadowed = [](const std::string& rows) {
        return lint_of("row-shadowed", with_rows(climbed, rows));
    };
    CHECK(shadowed("| x | open >= _ | | 1 | 2 | 3 |\n| y | open >= _ | | 1 | 2 | 3 |\n") ==
          Found{"y"});
    CHECK(shadowed("| x | open >= _ | | 1 | 2 | 3 |\n| y | open  >=  _ | | 1 | 3 | 4 |\n") ==
          Found{"x"});
    CHECK(shadowed("| x | open >= _ | | - | 2 | 3 |\n| y | open >= _ | | 1 | 2 | 3 |\n") ==
          Found{"x"});
    CHECK(shadowed("| x | open >= _ | | 1 | 3 | 3 |\n| y | open >= _ | | 1 | 2 | 4 |\n") ==
          Found{});
    CHECK(shadowed("| x | open >= _ | a | 1 | 2 | 3 |\n| y | open >= _ | b | 1 | 2 | 3 |\n") ==
          Found{});
    CHECK(shadowed("| x | open >= _ | a | 1 | 2 | 3 |\n| y | open >= _ | | 1 | 2 | 3 |\n") ==
          Found{"x"});
    CHECK(shadowed("| x | a | | yes | yes | yes |\n| y | b | | yes | yes | yes |\n") == Found{});
    CHECK(shadowed("| x | open <= _ | | 3 | 2 | 1 |\n| y | open <= _ | | 5 | 4 | 3 |\n") ==
          Found{"y"});
    CHECK(shadowed("| x | a | | yes | yes | yes if b |\n| y | a | | yes | yes | yes |\n") ==
          Found{"x"});
    // Of ways, the harder one is never needed.
    const std::string any = "| h | any one of | | yes | yes | yes |\n";
    CHECK(
        shadowed(any + "| h.x | open >= _ | | 1 | 2 | 3 |\n| h.y | open >= _ | | 1 | 3 | 4 |\n") ==
        Found{"h.y"});
    CHECK(shadowed(any +
                   "| h.x | open >= _ | a | 1 | 2 | 3 |\n| h.y | open >= _ | | 2 | 3 | 4 |\n") ==
          Found{});
    CHECK(
        shadowed(any + "| h.x | open >= _ | | - | 2 | 3 |\n| h.y | open >= _ | | 2 | 3 | 4 |\n") ==
        Found{});
    // Two of the same count twice.
    CHECK(shadowed("| h | at least 2 of | | yes | yes | yes |\n| h.x | a | | yes | yes | yes |\n"
                   "| h.y | a | | yes | yes | yes |\n") == Found{});
}

TEST_CASE("lint: benefits that are lost on the way up") {
    const auto lost = [](const std::string& cells) {
        return lint_of("benefit-lost", head + climbed +
                                           "benefits\n| name | none | low | mid | top |\n| x | " +
                                           cells + " |\n");
    };
    CHECK(lost("- | yes | yes | yes") == Found{});
    CHECK(lost("- | yes | - | yes") == Found{"-"});
    CHECK(lost("yes | - | - | -") == Found{"-"});
    CHECK(lost("- | - | - | yes") == Found{});
}

// ---- what is written

TEST_CASE("lint: rows without a page of the guide") {
    const auto uncited = [](const std::string& head_line, const std::string& rows) {
        return lint_of("missing-cite",
                       head + head_line + climbed + "facts\n  a yes/no\n" +
                           "requirements\n| name | asks | low | mid | top | cite |\n" + rows);
    };
    const std::string bare = "| x | a | yes | yes | yes | |\n";
    CHECK(uncited("", bare) == Found{});
    CHECK(uncited("source \"Guide\"\n", bare) == Found{}); // the guide as a whole
    CHECK(uncited("", bare + "| y | not a | yes | yes | yes | p. 3 |\nbenefits\n"
                             "| name | low | mid | top |\n| z | - | - | yes |\n") ==
          Found{"x", "benefits"});
    CHECK(uncited("", bare + "| y | not a | yes | yes | yes | p. 3 |\n") == Found{"x"});
    CHECK(
        uncited("", "| h | all of | yes | yes | yes | p. 3 |\n| h.x | a | yes | yes | yes | |\n") ==
        Found{});
    CHECK(
        uncited("", "| h | all of | yes | yes | yes | |\n| h.x | a | yes | yes | yes | p. 3 |\n") ==
        Found{"h"});
}

TEST_CASE("lint: keys that were meant as pointers") {
    const auto keys = [](const std::string& one, const std::string& other) {
        return lint_of("pointer-without-slash", head + "facts\n  a yes/no json \"" + one +
                                                    "\"\n  b yes/no json \"" + other + "\"\n");
    };
    CHECK(keys("/plan/active", "plan/signed") == Found{"\"plan/signed\""});
    CHECK(keys("/plan/active", "other/signed") == Found{});
    CHECK(keys("plan/active", "plan/signed") == Found{}); // keys of this form, perhaps
}

TEST_CASE("characters that are taken for others") {
    const auto meant = [](std::string_view text, bool exact = false) -> std::string {
        const std::optional<Confusable> found = find_confusable(text, exact);
        return !found ? "" : found->meant.empty() ? code_point_name(found->code) : found->fix;
    };
    CHECK(meant("Silver") == "");
    CHECK(meant("S\u0456lver") == "Silver");
    CHECK(meant("\u0421O\u0420 partner") == "COP");
    CHECK(meant("Plan \u0410") == "A"); // Cyrillic, alone in a Latin text
    CHECK(meant("\u041F\u0430\u0440\u0442\u043D\u0451\u0440") == ""); // a Russian word
    CHECK(meant("\u041F\u0430\u0440\u0442\u043D\u0451\u0440 Gold") == "");
    CHECK(meant("\u03B1-test") == "");
    CHECK(meant("Caf\u00E9, 5 \u20AC, \u201Cquoted\u201D \u2013 \u2713") == "");
    CHECK(meant("Tier \uFF11") == "1");
    CHECK(meant("\u65E5\u672C \uFF11") == "");
    CHECK(meant("Level \u2160") == "");
    CHECK(meant("Go\u200Bld") == "U+200B");
    CHECK(meant("Go\u200Dld") == "U+200D");
    CHECK(meant("\U0001F468\u200D\U0001F4BB") == ""); // one picture of two
    CHECK(meant("\u202Egold") == "U+202E");
    CHECK(meant("\u05E9\u05DC\u05D5\u05DD\u200F") == "");
    CHECK(meant("gold\u200F") == "U+200F");
    CHECK(meant("5\u00A0days") == "");
    CHECK(meant("5\u00A0days", true) == "U+00A0");
}

TEST_CASE("lint: characters in texts, keys and comments") {
    CHECK(lint_of(head + "facts # \u202E\n  a one of x = \"X\u00A0Y\", y \"G\u043Eld\"\n"
                         "define b a = x\n")
              .size() == 3);
}

// ---- what is accepted

TEST_CASE("lint: what is accepted is not told") {
    const std::string rules = head + "facts\n  a yes/no\n  b yes/no\n";
    CHECK(lint_of(rules) == Found{"unused-fact a", "unused-fact b"});
    CHECK(lint_of(rules + "accept unused-fact of a \"Why.\"\n") == Found{"unused-fact b"});
    CHECK(lint_of(rules + "accept unused-fact \"Why.\"\n") == Found{});
    CHECK(lint_of(rules + "accept unused-fact of a \"Why.\"\naccept unused-fact \"Why.\"\n") ==
          Found{});
}

TEST_CASE("lint: an accept that accepts nothing is told") {
    const std::string rules = head + "facts\n  a yes/no\ndefine b a\n";
    CHECK(lint_of(rules + "accept unused-fact of a \"Why.\"\n") ==
          Found{"accepted-nothing unused-fact"});
    CHECK(lint_of(rules + "accept unused-fact \"Why.\"\n") ==
          Found{"accepted-nothing unused-fact"});
    // The second of two.
    const std::string unread = head + "facts\n  a yes/no\n";
    CHECK(lint_of(unread + "accept unused-fact of a \"W\"\naccept unused-fact of a \"W\"\n") ==
          Found{"accepted-nothing unused-fact"});
    CHECK(lint_of(unread + "accept unused-fact of a \"W\"\naccept unused-fact \"W\"\n") ==
          Found{"accepted-nothing unused-fact"});
}

TEST_CASE("accept names a check and something of the file") {
    const auto codes = [](const std::string& line) {
        std::vector<std::string> found;
        for (const Diagnostic& item :
             Program::parse("r.rung", head + climbed + facts + line).diagnostics) {
            found.push_back(item.code + " " + item.help);
        }
        return found;
    };
    CHECK(codes("accept unused-fact of deal.worth \"Why.\"\n") == Found{});
    CHECK(codes("accept tier-easier-than-below of top \"Why.\"\n") == Found{});
    CHECK(codes("accept missing-cite of benefits \"Why.\"\n") == Found{});
    CHECK(codes("accept unused-facts of a \"Why.\"\n") ==
          Found{"unknown-name did you mean `unused-fact`?"});
    CHECK(codes("accept unused-field of deal.wort \"Why.\"\n") ==
          Found{"unknown-name did you mean `deal.worth`?"});
    CHECK(codes("accept accepted-nothing \"Why.\"\n").size() == 1);
}

// ---- look-up tables

TEST_CASE("lint: keys of a look-up table that nothing is called") {
    const auto keys = [](const std::string& header) {
        return lint_of("key-of-nothing", head + "ladder none < low\n" + facts +
                                             "define twice \"Twice\"\n  n * 2\n"
                                             "define deal.half \"Half\"\n  worth / 2\n"
                                             "table t\n| " +
                                             header + " | v |\n| 1 | 2 |\n");
    };
    CHECK(keys("from n") == Found{});
    CHECK(keys("from twice") == Found{});
    CHECK(keys("for m") == Found{"m"});
    CHECK(keys("from opne") == Found{"opne"});
}

TEST_CASE("lint: a row that is skipped, and a figure out of line") {
    const auto table = [](const std::string& check, const std::string& match,
                          const std::vector<std::string>& rows) {
        std::string text = head + facts + "table t\n| " + match + " n | v |\n";
        for (const std::string& row : rows) {
            text += "| " + row + " |\n";
        }
        return lint_of(check, text);
    };
    const auto skipped = [&](const std::vector<std::string>& keys) {
        std::vector<std::string> rows;
        for (const std::string& key : keys) {
            rows.push_back(key + " | 1");
        }
        return table("key-skipped", "from", rows).size();
    };
    CHECK(skipped({"1", "2", "4", "5"}) == 1);
    CHECK(skipped({"5", "4", "2", "1"}) == 1);
    CHECK(skipped({"0", "10", "20", "40", "50"}) == 1);
    CHECK(skipped({"1", "2", "3", "4"}) == 0);
    CHECK(skipped({"1", "2", "3", "5"}) == 0); // bands that grow
    CHECK(skipped({"1", "3", "4", "5"}) == 0); // a first band of its own
    CHECK(skipped({"1", "2", "4", "8"}) == 0);
    CHECK(skipped({"1", "2", "5", "6"}) == 0);
    CHECK(skipped({"1", "2", "4"}) == 0); // too few to tell
    CHECK(skipped({"1", "2", "4", "5", "7", "8"}) == 0); // so it goes

    const auto figures = [&](const std::vector<std::string>& values) {
        std::vector<std::string> rows;
        for (std::size_t i = 0; i < values.size(); ++i) {
            rows.push_back(std::to_string(i + 1) + " | " + values[i]);
        }
        return table("figure-out-of-line", "for", rows);
    };
    CHECK(figures({"$10", "$20", "$3", "$40", "$50"}) == Found{"$3"});
    CHECK(figures({"$10", "$200", "$30", "$40", "$50"}) == Found{"$30"});
    CHECK(figures({"50%", "40%", "45%", "30%", "20%"}) == Found{"45%"});
    CHECK(figures({"$10", "$20", "$20", "$40", "$50"}) == Found{});
    CHECK(figures({"$10", "$20", "$30", "$40", "-"}) == Found{});
    CHECK(figures({"$10", "$30", "$20", "$40"}) == Found{}); // too few to tell
    CHECK(figures({"$10", "$30", "$20", "$40", "$30", "$60"}) == Found{});
}

// ---- tests

TEST_CASE("lint: tests on days on which the rules are not in force") {
    const auto version = [](const std::string& name, const std::string& effective) {
        return program("program p\nversion " + name + "\neffective " + effective +
                       "\nfacts\n  a yes/no\ndefine m \"M\"\n  if a then 1 else 2\n");
    };
    const Program old = version("1", "2023-01-01 onwards");
    const Program now = version("2", "2024-01-01 through 2024-12-31");
    const Result<Registry> both = Registry::of({old, now});
    REQUIRE(both);
    const auto told = [&](const Program& of, const std::string& day, const std::string& more = "",
                          const Registry* versions = nullptr) {
        const Result<Tests> tests = Tests::parse(of, "t.test.rung",
                                                 more + "test \"t\" on " + day +
                                                     "\n  given a = yes\n  expect measure m = 1\n");
        return tests ? found(lint(*tests, versions)) : Found{"broken"};
    };
    CHECK(told(now, "2024-01-01") == Found{});
    CHECK(told(now, "2024-12-31") == Found{});
    CHECK(told(now, "2025-01-01") == Found{"test-outside-version \"t\""});
    CHECK(told(old, "2022-12-31") == Found{"test-outside-version \"t\""});
    CHECK(told(old, "2024-06-30") == Found{}); // alone, its end cannot be told
    CHECK(told(old, "2024-06-30", "", &*both) == Found{"test-outside-version \"t\""});
    CHECK(told(old, "2023-12-31", "", &*both) == Found{});
    const std::string why = "accept test-outside-version \"Why.\"\n";
    CHECK(told(now, "2025-01-01", why) == Found{});
    CHECK(told(now, "2024-01-01", why) == Found{"accepted-nothing test-outside-version"});
}

// ---- versions

TEST_CASE("lint: days between two versions") {
    const auto version = [](const std::string& name, const std::string& effective,
                            const std::string& more = "") {
        return program("program p\nversion " + name + "\neffective " + effective + "\n" + more);
    };
    const auto gaps = [](std::vector<Program> versions) {
        const Result<Registry> registry = Registry::of(std::move(versions));
        REQUIRE(registry);
        return found(lint(*registry));
    };
    const Program next = version("2", "2024-01-01 onwards");
    CHECK(gaps({next, version("1", "2023-01-01 onwards")}) == Found{});
    CHECK(gaps({version("1", "2023-01-01 through 2023-12-31"), next}) == Found{});
    CHECK(gaps({next, version("1", "2023-01-01 through 2023-12-30")}) ==
          Found{"versions-gap 2023-12-30"});
    const Program paused = version("1", "2023-01-01 through 2023-06-30",
                                   "accept versions-gap \"The program paused.\"\n");
    CHECK(gaps({paused, next}) == Found{});
    CHECK(found(lint(paused)) == Found{}); // alone, it cannot be told
    CHECK(gaps({paused}) == Found{"accepted-nothing versions-gap"});
}

} // namespace rung::lint_test
