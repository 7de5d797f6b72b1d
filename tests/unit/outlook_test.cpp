// What happens if nothing is done: on which days answers change, why, and that no other day has one.
#include "interpreter/calendar.hpp"

#include <rung/facts.hpp>
#include <rung/outlook.hpp>
#include <rung/program.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::outlook_test {
namespace {

const char* const head = R"(program acme "Acme"
version VERSION
effective EFFECTIVE
currency USD
year starts 02-01
ladder none "None" < silver "Silver" < gold "Gold" climbed one by one

reviews
  annual "Annual" looks at previous calendar year can raise, can lower
  rolling "Rolling" looks at trailing 365 days can raise, can lower

record deal "Deal" named by id
  id text "Deal"
  closed_on date "Closed on"
  amount money "Amount"

record badge "Badge" named by id
  id text "Badge"
  valid_until date or never "Valid until"

facts
  partner text "Partner" key
  joined_on date "Joined on"
  deals list of deal "Deals"
  badges list of badge "Badges"

define revenue "Revenue" sum of amount in deals where closed_on in review_period

)";

std::string with(std::string text, const std::string& what, const std::string& by) {
    const auto at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

/// A version of the program with these rows, of requirements and of whatever else.
Program version(const std::string& name, const std::string& effective, const std::string& body) {
    const std::string text = with(with(head, "VERSION", name), "EFFECTIVE", effective) + body;
    const Result<Program> program = Program::parse(name + ".rung", text);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text());
    return *program;
}

Registry registry(std::vector<Program> versions) {
    const Result<Registry> made = Registry::of(std::move(versions));
    REQUIRE_MESSAGE(made, made.diagnostics.to_text());
    return *made;
}

const std::string revenue_rows = R"(requirements
| name    | label     | asks         | silver | gold |
|---------|-----------|--------------|--------|------|
| revenue | "Revenue" | revenue >= _ | $5K    | $10K |
)";

const std::string two_deals =
    R"({"facts": {"partner": "P-1", "joined_on": "2023-05-31", "badges": [], "deals": [
  {"id": "D-77", "closed_on": "2023-03-15", "amount": 6000},
  {"id": "D-80", "closed_on": "2023-09-01", "amount": 5000}]}})";

Outlook ahead(const Registry& versions, const std::string& json, OutlookOptions options) {
    const Result<Outlook> found = outlook(versions, "acme.json", json, options);
    REQUIRE_MESSAGE(found, found.diagnostics.to_text());
    return *found;
}

std::vector<std::string> days(const OutlookSeries& series) {
    std::vector<std::string> days;
    for (const OutlookChange& change : series.changes) {
        days.push_back(change.on);
    }
    return days;
}

std::string tier_after(const OutlookChange& change) {
    return change.changes.ladders.empty()
               ? "same"
               : change.changes.ladders.front().after->tier.value_or("?");
}

using Kind = OutlookCause::Kind;
using List = std::vector<std::string>;

TEST_CASE("a deal leaves a trailing window on the day after its last") {
    const Registry versions = registry({version("1", "2020-01-01 onwards", revenue_rows)});
    const Outlook found =
        ahead(versions, two_deals, {"2024-01-01", "2024-12-31", "rolling", {}, false});
    REQUIRE(found.series.size() == 1);
    const OutlookSeries& series = found.series.front();
    CHECK(series.review == "rolling");
    CHECK(series.first->ladders.front().tier == "gold");
    REQUIRE(days(series) ==
            List{"2024-03-14", "2024-08-31"}); // 365 days behind each, in a leap year
    CHECK(tier_after(series.changes[0]) == "silver");
    CHECK(tier_after(series.changes[1]) == "none");
    const OutlookCause& cause = series.changes[0].causes.front();
    CHECK(series.changes[0].causes.size() == 1);
    CHECK(cause.kind == Kind::record_left);
    CHECK(cause.record->label == "D-77");
    CHECK(cause.parts == List{"revenue"});
    // What is missing then: 10,000 less the 5,000 of D-80.
    const auto& rows = series.changes[0].changes.requirements;
    const auto gold = std::find_if(
        rows.begin(), rows.end(), [](const auto& change) { return change.named().tier == "gold"; });
    REQUIRE(gold != rows.end());
    CHECK(gold->after->conditions.front().gap.value == "5000");
    CHECK(series.days_looked_at < 8);
}

TEST_CASE(
    "an annual review sees another year on the first of January, and each review has its outlook") {
    const Registry versions = registry({version("1", "2020-01-01 onwards", revenue_rows)});
    const Outlook found =
        ahead(versions, two_deals, {"2023-06-30", "2025-06-30", "all", {}, false});
    REQUIRE(found.series.size() == 2);
    CHECK(found.series[0].review == "annual");
    CHECK(days(found.series[0]) == List{"2024-01-01", "2025-01-01"});
    CHECK(tier_after(found.series[0].changes[0]) == "gold");
    CHECK(tier_after(found.series[0].changes[1]) == "none");
    CHECK(found.series[1].review == "rolling");
    CHECK(days(found.series[1]) == List{"2023-09-01", "2024-03-14", "2024-08-31"});
    CHECK(found.series[1].changes[0].causes.front().kind == Kind::record_joined);
}

TEST_CASE("the last of February and the ends of months are where the calendar puts them") {
    const Registry versions = registry({version("1", "2020-01-01 onwards", R"(requirements
| name | label | asks                                   | silver | gold |
|------|-------|----------------------------------------|--------|------|
| year | "A"   | some of deals where closed_on in trailing 12 months | yes | yes |
| wait | "B"   | review_date >= joined_on + 1 month     | -      | yes  |
)")});
    const std::string json = R"({"partner": "P", "joined_on": "2024-01-31", "badges": [],
        "deals": [{"id": "D", "closed_on": "2024-02-29", "amount": 1}]})";
    const Outlook found = ahead(versions, json, {"2024-02-01", "2025-12-31", "annual", {}, false});
    // One month after 31 January is the last of February; twelve months that end on 28 February 2025 begin on
    // 29 February 2024, and those that end a day later begin on 2 March.
    CHECK(days(found.series.front()) == List{"2024-02-29", "2025-03-01"});
    CHECK(tier_after(found.series.front().changes[0]) == "gold");
}

TEST_CASE("what lasts through a day is gone on the next: a badge, a waiver, a tier that is kept") {
    const Registry versions = registry({version("1", "2020-01-01 onwards", R"(requirements
| name    | label     | asks                                        | silver | gold | waivable |
|---------|-----------|---------------------------------------------|--------|------|----------|
| badges  | "Badges"  | (count of badges where valid_until >= review_date) >= _ | 1 | 1 |     |
| revenue | "Revenue" | revenue >= _                                | -      | $10K | yes      |

standing
  kept "Protected" keeps the held tier through held.protected_until
)")});
    const std::string json = R"({"facts": {"partner": "P", "joined_on": "2023-01-01", "deals": [],
        "badges": [{"id": "B-1", "valid_until": "2024-04-30"}]},
        "held": {"tier": "gold", "protected_until": "2024-06-15"},
        "waivers": [{"requirement": "revenue", "until": "2024-02-29", "by": "VP"}]})";
    const Outlook found = ahead(versions, json, {"2024-01-15", "2024-12-31", "annual", {}, false});
    const OutlookSeries& series = found.series.front();
    REQUIRE(days(series) == List{"2024-03-01", "2024-05-01", "2024-06-16"});
    CHECK(series.changes[0].causes.front().kind == Kind::waiver_ended);
    CHECK(series.changes[0].causes.front().through == "2024-02-29");
    CHECK(series.changes[1].causes.front().kind == Kind::record_left);
    CHECK(series.changes[1].causes.front().record->label == "B-1");
    CHECK(series.changes[2].causes.front().kind == Kind::keeping_ended);
    CHECK(series.changes[2].causes.front().label == "Protected");
    CHECK(series.changes[2].causes.front().through == "2024-06-15");
}

// ---- versions ----------------------------------------------------------------------------------

const std::string dearer_rows = R"(requirements
| name    | label     | asks         | silver | gold |
|---------|-----------|--------------|--------|------|
| revenue | "Revenue" | revenue >= _ | $8K    | $20K |
)";

TEST_CASE("each day is looked at by the version in force, and days without one are told") {
    const Registry versions =
        registry({version("2023", "2023-01-01 through 2023-12-31", revenue_rows),
                  version("2024", "2024-02-01 onwards", dearer_rows)});
    const Outlook found =
        ahead(versions, two_deals, {"2023-10-01", "2024-06-30", "rolling", {}, false});
    const OutlookSeries& series = found.series.front();
    REQUIRE(series.stretches.size() == 3);
    CHECK(series.stretches[0].version == "2023");
    CHECK(series.stretches[1].version.empty());
    CHECK(series.stretches[1].days == Days{"2024-01-01", "2024-01-31"});
    CHECK(series.stretches[2].version == "2024");
    REQUIRE(days(series) == List{"2024-02-01", "2024-03-14"});
    CHECK(tier_after(series.changes[0]) == "silver");
    CHECK(series.changes[0].causes.front().kind == Kind::version);
    CHECK(series.changes[0].causes.front().label == "2024");
    CHECK(tier_after(series.changes[1]) == "none");
}

TEST_CASE("a value that a later version no longer has changes nothing where the tier had none") {
    const std::string with_value = revenue_rows + R"(
values
| name | label  | silver | gold |
|------|--------|--------|------|
| rate | "Rate" | 5%     | 10%  |
)";
    const Registry versions =
        registry({version("2023", "2023-01-01 through 2023-12-31", with_value),
                  version("2024", "2024-01-01 onwards", revenue_rows)});
    const std::string no_deals =
        R"({"facts": {"partner": "P-1", "joined_on": "2023-05-31", "badges": [], "deals": []}})";
    const Outlook found =
        ahead(versions, no_deals, {"2023-10-01", "2024-06-30", "rolling", {}, false});
    CHECK(days(found.series.front()).empty());
}

TEST_CASE("a version that is named is used on every day, in force or not") {
    const Registry versions =
        registry({version("2023", "2023-01-01 through 2023-12-31", revenue_rows),
                  version("2024", "2024-01-01 onwards", dearer_rows)});
    const Outlook found =
        ahead(versions, two_deals, {"2023-10-01", "2024-06-30", "rolling", "2023", false});
    const OutlookSeries& series = found.series.front();
    CHECK(days(series) == List{"2024-03-14"});
    REQUIRE(series.stretches.size() == 2);
    CHECK(series.stretches[0].in_force);
    CHECK_FALSE(series.stretches[1].in_force);
}

TEST_CASE("facts that a later version cannot read are told with its days") {
    const std::string other =
        with(head, "joined_on date \"Joined on\"", "joined_on yes/no \"Joined\"");
    const Result<Program> next = Program::parse(
        "2024.rung",
        with(with(other, "VERSION", "2024"), "EFFECTIVE", "2024-01-01 onwards") + revenue_rows);
    REQUIRE(next);
    const Registry versions =
        registry({version("2023", "2023-01-01 onwards", revenue_rows), *next});
    const Outlook found =
        ahead(versions, two_deals, {"2023-10-01", "2024-06-30", "rolling", {}, false});
    REQUIRE(found.series.front().stretches.size() == 2);
    CHECK(found.series.front().stretches[0].problems.empty());
    CHECK(found.series.front().stretches[1].problems.has_errors());
}

// ---- every day ---------------------------------------------------------------------------------

bool tells(const Changes& changes) {
    const auto of_verdict = [](const auto& parts) {
        return std::any_of(parts.begin(), parts.end(),
                           [](const auto& part) { return part.verdict; });
    };
    return !changes.ladders.empty() || of_verdict(changes.requirements) ||
           of_verdict(changes.benefits) || !changes.values.empty() || !changes.notices.empty();
}

TEST_CASE("an outlook is what a look at every day finds, figures of records among it") {
    const std::string body = revenue_rows + R"(
| badge | "Badge" | (count of badges where valid_until > review_date) >= _ | - | 1 |

benefits
| name | label | needs | silver | gold |
|------|-------|-------|--------|------|
| fund | "Fund" | (some of deals where closed_on in previous calendar quarter) | yes | yes |

values
| name  | label   | each  | value | silver | gold |
|-------|---------|-------|-------|--------|------|
| rate  | "Rate"  |       | if review_date < first day of program year + 100 days then 5% else 6% | yes | yes |
| bonus | "Bonus" | deals | if closed_on in calendar quarter to date then $10 else $5 | yes | yes |

notice
  young "Joined lately" when review_date - joined_on < 400 days
)";
    const std::string rows = with(body, revenue_rows + "\n| badge", revenue_rows + "| badge");
    const Registry versions = registry({version("2023", "2023-01-01 through 2024-02-10", rows),
                                        version("2024", "2024-02-11 onwards", dearer_rows)});
    const std::string json = R"({"partner": "P", "joined_on": "2023-05-31",
        "badges": [{"id": "B", "valid_until": "2023-11-30"}, {"id": "C", "valid_until": null}],
        "deals": [{"id": "D-1", "closed_on": "2023-03-15", "amount": 6000},
                  {"id": "D-2", "closed_on": "2023-09-30", "amount": 5000},
                  {"id": "D-3", "closed_on": "2023-07-01", "amount": 3000}]})";
    const Outlook found = ahead(versions, json, {"2023-02-01", "2024-12-31", "rolling", {}, false});
    List expected;
    std::optional<Outcome> before;
    for (Date day = Date::parse("2023-02-01").value; day <= Date::parse("2024-12-31").value;
         day = *add_days(day, 1)) {
        const Result<Chosen> chosen = versions.choose(day.to_string(), std::nullopt);
        const Result<Facts> facts = Facts::read(chosen->program, "acme.json", json);
        const Result<Outcome> now = evaluate(chosen->program, *facts, {day.to_string(), "rolling"});
        REQUIRE(now);
        if (before && tells(compare(*before, *now))) {
            expected.push_back(day.to_string());
        }
        before = *now;
    }
    CHECK(expected.size() >= 8);
    CHECK(days(found.series.front()) == expected);
    CHECK(found.series.front().days_looked_at < 60);
    CHECK(found.series.front().day_by_day.empty());
}

// ---- what cannot be told -----------------------------------------------------------------------

std::string code_of(const Registry& versions, const OutlookOptions& options) {
    const Result<Outlook> found = outlook(versions, "acme.json", two_deals, options);
    REQUIRE_FALSE(found);
    return found.diagnostics.begin()->code;
}

TEST_CASE("days that make no outlook are refused") {
    const Registry versions = registry({version("1", "2020-01-01 onwards", revenue_rows)});
    CHECK(code_of(versions, {{}, "2024-12-31", "annual", {}, false}) == "no-date");
    CHECK(code_of(versions, {"2024-01-01", "2023-12-31", "annual", {}, false}) ==
          "until-before-from");
    CHECK(code_of(versions, {"2024-01-01", "2124-01-02", "annual", {}, false}) ==
          "outlook-too-long");
    CHECK(code_of(versions, {"2024-01-01", "2024-02-30", "annual", {}, false}) == "no-such-day");
    CHECK(code_of(versions, {"2019-01-01", "2024-02-28", "annual", {}, false}) == "none-in-force");
    CHECK(code_of(versions, {"2024-01-01", "2024-02-28", "anual", {}, false}) == "unknown-review");
    CHECK(code_of(versions, {"2024-01-01", "2024-02-28", {}, {}, false}) == "no-review");
}

TEST_CASE("rules that ask for no day change nothing with time") {
    const Result<Program> program = Program::parse("1.rung", R"(program acme "Acme"
version 1
effective 2020-01-01 onwards
ladder none "None" < gold "Gold" climbed one by one
facts
  signed yes/no "Signed"
requirements
| name   | label    | asks   | gold |
|--------|----------|--------|------|
| signed | "Signed" | signed | yes  |
)");
    REQUIRE(program);
    const Result<Outlook> found = outlook(registry({*program}), "a.json", R"({"signed": true})",
                                          {"2024-01-01", "2030-01-01", {}, {}, false});
    REQUIRE(found);
    CHECK_FALSE(found->series.front().depends_on_day);
    CHECK(found->series.front().changes.empty());
}

} // namespace
} // namespace rung::outlook_test
