// Look-up tables: which row is meant, for keys that are known and for keys of which only the bounds are.
// Figures are worked out by hand.
#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::lookup_test {
namespace {

const std::string contract = R"(
program    trial
version    2023
effective  2020-01-01 onwards

ladder  none < silver < gold
        climbed one by one

record deal
  role    one of sourced, influenced, resold, or other
  market  one of standard, growth
  amount  money  at least $0

facts
  deals    list of deal
  role_of  one of sourced, influenced, resold, or other
  area     one of standard, growth
  revenue  money         at least $0
  seats    whole number  at least 0
  score    decimal
  country  text
  day      date
  ends     date or never
  managed  yes/no
  cells    whole number

)";

// The rows of `points` stand in an order that says nothing.
const std::string tables = R"(
table points "Points"
| for role            | for market | points |
|---------------------|------------|--------|
| otherwise           |            | 0      |
| influenced, resold  |            | 2      |
| sourced             | growth     | 10     |
| sourced             | standard   | 5      |
| influenced, resold  | growth     | 3      |

table rates
| from revenue       | rate | bonus | note    |
|--------------------|------|-------|---------|
| $100K              | 7%   | $1K   | "large" |
| $0                 | 5%   | -     | "small" |
| each further $50K  | 0.5% | $100  |         |

table bands
| up to seats | price |
|-------------|-------|
| 100         | $8    |
| 10          | $10   |
| otherwise   | $5    |

table fees
| for country  | from seats | fee  | free |
|--------------|------------|------|------|
| "US", "CA"   | 0          | $100 | no   |
| "US", "CA"   | 50         | $80  | no   |
|              | 0          | $200 | no   |
| "DE"         | 10         | $150 | yes  |

table dated
| from day       | days    | until      |
|----------------|---------|------------|
| 2023-01-01     | 30 days | 2023-12-31 |
| 2024-01-01     | 60 days | 2024-12-31 |
| each further 10 days | 1 day | -      |

table left_out
| for role_of | figure |
|-------------|--------|
| sourced     | 1      |
|             | -      |
| otherwise   | 7      |

table flagged
| for managed | figure |
|-------------|--------|
| yes         | 1      |
| no          | 2.5    |

)";

Program parse(const std::string& rules) {
    Result<Program> program = Program::parse("trial.rung", contract + tables + rules);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text(), "\n", rules);
    return *program;
}

Outcome evaluate(const Program& program, const std::string& json) {
    const Result<Facts> facts = Facts::read(program, "facts.json", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    EvaluateOptions options;
    options.on = "2023-02-15";
    Result<Outcome> outcome = rung::evaluate(program, *facts, options);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return *outcome;
}

std::string words(const Figure& figure) {
    return figure.state == Figure::State::unknown ? "? " + figure.reason
           : figure.state == Figure::State::range ? figure.from + ".." + figure.through
                                                  : figure.value;
}

struct Trial {
    std::string expression;
    std::string facts;
    std::string result;
};

void check(const std::vector<Trial>& trials) {
    for (const Trial& trial : trials) {
        CAPTURE(trial.expression);
        CAPTURE(trial.facts);
        const Outcome outcome =
            evaluate(parse("define result\n  " + trial.expression + "\n"), trial.facts);
        const auto result = std::find_if(outcome.measures.begin(), outcome.measures.end(),
                                         [](const MeasureOutcome& m) { return m.id == "result"; });
        CHECK(words(result->value) == trial.result);
    }
}

TEST_CASE("the row with fewer empty cells is meant") {
    const std::string points = "points.points for role_of, area";
    check({
        {points, R"({"role_of": "sourced", "area": "growth"})", "10"},
        {points, R"({"role_of": "sourced", "area": "standard"})", "5"},
        {points, R"({"role_of": "resold", "area": "standard"})", "2"},
        {points, R"({"role_of": "influenced", "area": "growth"})", "3"},
        {points, R"({"role_of": "elsewhere", "area": "growth"})", "0"},
        {points, R"({"role_of": "elsewhere", "area": "standard"})", "0"},
        {"points.points for sourced, growth", "{}", "10"},
        {"points.points for role_of, if managed then growth else standard",
         R"({"role_of": "sourced", "managed": false})", "5"},
    });
}

TEST_CASE("a row of empty keys and a dash is a row, and no line under the header") {
    check({
        {"left_out.figure for role_of", R"({"role_of": "sourced"})", "1"},
        {"left_out.figure for role_of", R"({"role_of": "resold"})", "? no_row"},
        {"left_out.figure for role_of otherwise 3", R"({"role_of": "resold"})", "3"},
    });
}

TEST_CASE("a choice that is not known means every row that it may") {
    const std::string points = "points.points for role_of, area";
    check({
        {points, R"({"area": "growth"})", "0..10"}, // 10, 3, 0
        {points, R"({"area": "standard"})", "0..5"}, // 5, 2, 0
        {points, R"({"role_of": "sourced"})", "5..10"},
        {points, R"({"role_of": "resold"})", "2..3"},
        {points, R"({"role_of": "elsewhere"})", "0"},
        {points, "{}", "0..10"},
    });
    const Outcome outcome =
        evaluate(parse("define result  " + points + "\n"), R"({"area": "growth"})");
    CHECK(outcome.measures.front().missing == std::vector<std::string>{"/role_of"});
}

TEST_CASE("the greatest bound not above the key, and what goes on from the last") {
    check({
        {"rates.rate for revenue", R"({"revenue": 0})", "5"},
        {"rates.rate for revenue", R"({"revenue": 99999.99})", "5"},
        {"rates.rate for revenue", R"({"revenue": 100000})", "7"},
        {"rates.rate for revenue", R"({"revenue": 149999.99})", "7"},
        {"rates.rate for revenue", R"({"revenue": 150000})", "7.5"},
        {"rates.rate for revenue", R"({"revenue": 249999})", "8"},
        {"rates.bonus for revenue", R"({"revenue": 250000})", "1300"},
        {"rates.note for revenue", R"({"revenue": 250000})", "large"},
        {"rates.rate for revenue", R"({"revenue": 10000000})", "106"}, // 198 further steps
        {"rates.rate for (revenue + $50K)", R"({"revenue": 60000})", "7"},
        // Nothing stands in the row, so the rules have no value; a fact that is not known has one.
        {"rates.bonus for revenue", R"({"revenue": 5})", "? no_row"},
        {"(rates.bonus for revenue) otherwise $3", R"({"revenue": 5})", "3"},
        {"(rates.bonus for revenue) otherwise $3", R"({"revenue": 100000})", "1000"},
        {"(rates.bonus for revenue) otherwise $3", "{}", "3.."},
        {"rates.rate for revenue", "{}", "5.."},
        {"rates.rate for -$1", "{}", "? no_row"},
        {"(rates.rate for -$1) otherwise 1%", "{}", "1"},
    });
}

TEST_CASE("the smallest bound not below the key") {
    check({
        {"bands.price for seats", R"({"seats": 0})", "10"},
        {"bands.price for seats", R"({"seats": 10})", "10"},
        {"bands.price for seats", R"({"seats": 11})", "8"},
        {"bands.price for seats", R"({"seats": 100})", "8"},
        {"bands.price for seats", R"({"seats": 101})", "5"},
        {"bands.price for 10.5", "{}", "8"},
        {"bands.price for seats", "{}", "5..10"},
        {"bands.price for (seats but at most 50)", "{}", "8..10"},
        {"bands.price for (seats but at least 50)", "{}", "5..8"},
        {"bands.price for (seats but at least 101)", "{}", "5"},
    });
}

TEST_CASE("texts, and bounds under each of them") {
    check({
        {"fees.fee for country, seats", R"({"country": "US", "seats": 49})", "100"},
        {"fees.fee for country, seats", R"({"country": "CA", "seats": 50})", "80"},
        {"fees.fee for country, seats", R"({"country": "FR", "seats": 50})", "200"},
        {"fees.fee for country, seats", R"({"country": "DE", "seats": 50})", "150"},
        // Below the bounds of its own row, the row for any country matches.
        {"fees.fee for country, seats", R"({"country": "DE", "seats": 9})", "200"},
        {"fees.free for country, seats", R"({"country": "DE", "seats": 10})", "yes"},
        {"fees.fee for country, seats", R"({"country": "US"})", "80..100"},
        {"fees.fee for country, seats", R"({"seats": 60})", "80..200"},
        {"fees.fee for country, seats", R"({"seats": 5})", "100..200"},
        {"fees.free for country, seats", R"({"seats": 5})", "no"},
        {"fees.free for country, seats", R"({"seats": 20})", "? missing"},
        {"fees.fee for \"US\", -1", "{}", "? no_row"},
        {"fees.fee for country, -1", "{}", "? no_row"},
    });
}

TEST_CASE("dates, spans and yes/no") {
    check({
        {"dated.days for day", R"({"day": "2022-12-31"})", "? no_row"},
        {"dated.days for day", R"({"day": "2023-12-31"})", "30"},
        {"dated.days for day", R"({"day": "2024-01-10"})", "60"},
        {"dated.days for day", R"({"day": "2024-01-11"})", "61"},
        {"dated.days for day", R"({"day": "2024-01-31"})", "63"},
        {"dated.until for day", R"({"day": "2024-01-31"})", "2024-12-31"},
        {"dated.days for review_date", "{}", "30"},
        {"dated.until for day", "{}", "2023-12-31..2024-12-31"},
        {"day + (dated.days for day)", R"({"day": "2023-01-31"})", "2023-03-02"},
        {"flagged.figure for managed", R"({"managed": true})", "1"},
        {"flagged.figure for managed", R"({"managed": false})", "2.5"},
        {"flagged.figure for managed", "{}", "1..2.5"},
        {"flagged.figure for (not managed)", R"({"managed": true})", "2.5"},
    });
}

TEST_CASE("a key column is typed by a measure, and a measure may be looked up in a table") {
    const std::string rules = "define wide_of  if managed then area else standard\n"
                              "table by_area\n"
                              "| for wide_of | n |\n"
                              "| growth      | 1 |\n"
                              "| standard    | 2 |\n"
                              "define result  by_area.n for wide_of\n";
    const auto result = [&](const std::string& json) {
        return words(evaluate(parse(rules), json).measures.back().value);
    };
    CHECK(result(R"({"managed": true, "area": "growth"})") == "1");
    CHECK(result(R"({"managed": false, "area": "growth"})") == "2");
    CHECK(result(R"({"area": "growth"})") == "1..2");
    CHECK(result(R"({"area": "standard"})") == "2");
}

TEST_CASE("a table is looked up for each record") {
    const std::string sum = "sum of amount / $100 * (points.points for role, market) in deals";
    const std::string deals = R"({"deals": [
        {"role": "sourced", "market": "growth", "amount": 1000},
        {"role": "resold", "market": "standard", "amount": 500},
        {"role": "x", "market": "standard", "amount": 700}]})";
    check({
        {sum, deals, "110"}, // 10 * 10 + 5 * 2 + 7 * 0
        {"largest of points.points for role, market in deals", deals, "10"},
        {"count of deals where (points.points for role, market) >= 2", deals, "2"},
        {"sum of points.points for role, market in deals",
         R"({"deals": [{"role": "sourced"}, {"role": "resold", "market": "growth"}]})", "8..13"},
        {"count of deals where (points.points for role, market) >= 2",
         R"({"deals": [{"role": "sourced"}, {"market": "growth"}, {"market": "standard"}]})",
         "1..3"},
        {"sum of points.points for role, market in deals", "{}", "0.."},
    });
}

TEST_CASE("a tier is a key where a tier may be read, and its rows may have bounds of tiers") {
    const Program program =
        parse("table fee_of\n"
              "| from tier | for area | fee  |\n"
              "| none      |          | $50  |\n"
              "| gold      |          | $10  |\n"
              "| silver    | growth   | $20  |\n"
              "requirements\n"
              "| name  | asks       | silver | gold |\n"
              "| seats | seats >= _ | 10     | 20   |\n"
              "notice cheap \"Cheap\"  when (fee_of.fee for tier, area) <= $20\n");
    const auto cheap = [&](const std::string& json) {
        return evaluate(program, json).notices.front().verdict;
    };
    CHECK(cheap(R"({"seats": 5, "area": "growth"})") == RequirementVerdict::unmet);
    CHECK(cheap(R"({"seats": 15, "area": "growth"})") == RequirementVerdict::met);
    CHECK(cheap(R"({"seats": 15, "area": "standard"})") == RequirementVerdict::unmet);
    CHECK(cheap(R"({"seats": 25, "area": "standard"})") == RequirementVerdict::met);
    CHECK(cheap(R"({"area": "growth"})") == RequirementVerdict::unknown);
}

TEST_CASE("sorting the rows changes nothing") {
    std::vector<std::string> rows = {"| sourced    | 0  | 1 |\n", "| sourced    | 10 | 2 |\n",
                                     "|            | 0  | 3 |\n", "|            | 20 | 4 |\n",
                                     "| resold     | 5  | 5 |\n", "| otherwise  |    | 6 |\n"};
    std::sort(rows.begin(), rows.end());
    const std::vector<std::pair<std::string, std::string>> expected = {
        {R"({"role_of": "sourced", "seats": 9})", "1"},
        {R"({"role_of": "sourced", "seats": 30})", "2"},
        {R"({"role_of": "resold", "seats": 4})", "3"},
        {R"({"role_of": "resold", "seats": 30})", "5"},
        {R"({"role_of": "influenced", "seats": 25})", "4"},
        {R"({"role_of": "sourced"})", "1..2"},
        {R"({"seats": 30})", "2..5"},
        {"{}", "1..5"}};
    do {
        std::string table = "table sorted\n| for role_of | from seats | n |\n";
        for (const std::string& row : rows) {
            table += row;
        }
        const Program program = parse(table + "define result  sorted.n for role_of, seats\n");
        for (const auto& [facts, result] : expected) {
            CHECK(words(evaluate(program, facts).measures.front().value) == result);
        }
    } while (std::next_permutation(rows.begin(), rows.end()));
}

} // namespace
} // namespace rung::lookup_test
