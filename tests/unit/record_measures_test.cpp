// Measures of records: a value for each record, read like one of its fields. Figures are worked out by hand.
#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::record_measures_test {
namespace {

const std::string contract = R"(
program    trial
version    2023
effective  2020-01-01 onwards

record credential
  live     yes/no
  level    one of associate, professional, basic
  weight   whole number  at least 0

record person named by called
  called       text
  active       yes/no
  hours        whole number  at least 0
  credentials  list of credential

facts
  people   list of person
  others   list of person
  least    whole number
  field_of one of certified, unknown_one

)";

Program parse(const std::string& text) {
    Result<Program> program = Program::parse("trial.rung", text);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text(), "\n", text);
    return *program;
}

Outcome evaluate(const std::string& rules, const std::string& json) {
    const Program program = parse(contract + rules);
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

const MeasureOutcome& measure(const Outcome& outcome, const std::string& id) {
    return *std::find_if(outcome.measures.begin(), outcome.measures.end(),
                         [&](const MeasureOutcome& m) { return m.id == id; });
}

const std::string certified =
    "define person.certified\n"
    "  some of credentials where live and level in (associate, professional)\n";

std::string result_of(const std::string& rules, const std::string& json) {
    return words(measure(evaluate(rules, json), "result").value);
}

const std::string four_people = R"({"people": [
    {"called": "Ann", "active": true, "hours": 4, "credentials": [{"live": true, "level": "associate", "weight": 2}]},
    {"called": "Bob", "active": true, "hours": 6, "credentials": [{"live": true, "level": "basic", "weight": 5},
                                                     {"live": true, "level": "professional", "weight": 1}]},
    {"called": "Cy", "active": true, "hours": 8, "credentials": [{"live": false, "level": "associate", "weight": 3}]},
    {"called": "Di", "active": false, "hours": 10, "credentials": []}]})";

TEST_CASE("a measure of a record is read like a field") {
    CHECK(result_of(certified + "define result  count of people where certified\n", four_people) ==
          "2");
    CHECK(result_of(certified + "define result  count of people where not certified\n",
                    four_people) == "2");
    CHECK(result_of(certified + "define result  sum of hours in people where certified\n",
                    four_people) == "10");
    // With the record's `as` name, from inside another list: 2 of Ann's, 5 + 1 of Bob's.
    CHECK(result_of(certified + "define result\n  sum of (sum of weight in credentials where "
                                "one.certified) in people as one\n",
                    four_people) == "8");
    // As the figure of an aggregate: 2, 6, 3, 0.
    const std::string weight = "define person.weights  sum of weight in credentials\n";
    CHECK(result_of(weight + "define result  largest of weights in people\n", four_people) == "6");
    CHECK(result_of(weight + "define result  median of weights in people\n", four_people) == "2.5");
}

TEST_CASE("measures of records and of the file read each other, in any order") {
    // Ann 4, Bob 6, Cy 8, Di 10: the average is 7; Cy and Di are above it, Cy alone is active.
    CHECK(result_of("define result  count of people where keen\n"
                    "define person.keen  active and above\n"
                    "define person.above  hours > usual\n"
                    "define usual  average of hours in people\n",
                    four_people) == "1");
    CHECK(result_of("define person.keen  hours >= least\n"
                    "define result  count of people where keen\n",
                    R"({"people": [{"hours": 3}, {"hours": 5}], "least": 4})") == "1");
}

TEST_CASE("a measure named like a choice is no cycle") {
    CHECK(result_of(certified +
                        "define unknown_one  count of people where certified\n"
                        "define result  if field_of = unknown_one then unknown_one else 7\n",
                    R"({"people": [], "field_of": "unknown_one"})") == "0");
    CHECK(result_of("define unknown_one  if field_of = unknown_one then 1 else 2\n"
                    "define result  unknown_one\n",
                    R"({"field_of": "certified"})") == "2");
}

TEST_CASE("what a record leaves open is a range, and what is missing is told") {
    const std::string rules =
        certified + "define result  count of people where active and certified\n";
    const Outcome outcome = evaluate(rules, R"({"people": [
        {"active": true, "credentials": [{"live": true, "level": "associate"}]},
        {"active": true, "credentials": [{"live": true}]},
        {"active": true},
        {"credentials": [{"live": true, "level": "basic"}]},
        {"active": false, "credentials": [{"level": "basic"}]}]})");
    const MeasureOutcome& result = measure(outcome, "result");
    CHECK(words(result.value) == "1..3");
    CHECK(result.missing ==
          std::vector<std::string>{"/people/1/credentials/0/level", "/people/2/credentials"});
    CHECK(result_of(rules, "{}") == "0..");
    CHECK(result_of(rules, R"({"people": [{"active": true, "credentials": [{"live": true,
        "level": "associate"}]}], "others": []})") == "1");
    // A sum of something that no record can have less than none of.
    CHECK(result_of("define person.weights  sum of weight in credentials\n"
                    "define result  sum of weights in people\n",
                    R"({"people": [{"credentials": [{"weight": 3}, {}]}]})") == "3..");
}

TEST_CASE("an incomplete list holds records of which nothing is known") {
    const std::string envelope = R"({"facts": {"people": [{"active": true, "credentials": []}]},
        "incomplete": ["/people"]})";
    CHECK(result_of(certified + "define result  count of people where certified\n", envelope) ==
          "0..");
    CHECK(
        result_of(certified + "define result  count of people where certified and not certified\n",
                  R"({"people": []})") == "0");
}

TEST_CASE("records of one type in several lists have their own values") {
    CHECK(
        result_of(
            certified +
                "define result\n"
                "  (count of people where certified) * 10 + (count of others where certified)\n",
            R"({"people": [{"credentials": []}, {"credentials": [{"live": true, "level": "associate"}]}],
                        "others": [{"credentials": [{"live": true, "level": "professional"}]},
                                   {"credentials": [{"live": true, "level": "professional"}]}]})") ==
        "12");
}

TEST_CASE("a measure of a record may differ from path to path") {
    const Outcome outcome = evaluate("ladder none < gold\n climbed one by one\n"
                                     "paths track \"Track\"\n"
                                     "  strict  \"Strict\"\n"
                                     "  easy    \"Easy\"\n"
                                     "measures for track\n"
                                     "| name  | strict | easy |\n"
                                     "| limit | 8      | 5    |\n"
                                     "define person.keen  hours >= limit\n"
                                     "define keen_people  count of people where keen\n"
                                     "requirements\n"
                                     "| name   | asks             | gold |\n"
                                     "| people | keen_people >= _ | 3    |\n",
                                     four_people);
    // Hours are 4, 6, 8 and 10: two of at least 8, three of at least 5.
    std::vector<std::string> values;
    for (const MeasureOutcome& each : outcome.measures) {
        if (each.id == "keen_people") {
            values.push_back(each.path + " " + words(each.value));
        }
    }
    CHECK(values == std::vector<std::string>{"strict 2", "easy 3"});
    REQUIRE(outcome.ladders.size() == 1);
    CHECK(outcome.ladders[0].tier == "gold");
}

TEST_CASE("a list that a measure of a record makes is looked at like one of its fields") {
    CHECK(result_of("define person.live_ones  list of credentials where live\n"
                    "define result  sum of (count of live_ones) in people\n",
                    four_people) == "3");
    CHECK(result_of("define person.heaviest  largest 1 of credentials by weight\n"
                    "define result  sum of (sum of weight in heaviest) in people\n",
                    four_people) == "10"); // 2, 5, 3 and none
}

TEST_CASE("a condition calls the measure of a record by its label") {
    const std::string rules = "ladder none < gold\n climbed one by one\n" + certified +
                              "define person.ready \"Ready to sell\"  active and certified\n"
                              "requirements\n"
                              "| name   | asks                              | gold |\n"
                              "| people | (count of people where ready) >= _ | 3    |\n";
    const Outcome outcome = evaluate(rules, four_people);
    REQUIRE(outcome.requirements.size() == 1);
    const std::vector<RecordNote>& near = outcome.requirements[0].conditions.at(0).near;
    REQUIRE(near.size() == 2);
    CHECK(near[0].label == "Cy");
    CHECK(near[0].fails.at(0).label == "Ready to sell");
    CHECK(near[0].fails.at(0).fact == "ready");
}

} // namespace
} // namespace rung::record_measures_test
