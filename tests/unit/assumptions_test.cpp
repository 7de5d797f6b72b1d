// Measures whose value a call assumes. What is expected is worked out by hand from the rules in the test.
#include "values_of.hpp"

#include <rung/changes.hpp>
#include <rung/fast.hpp>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace rung::assumptions_test {

using namespace trial;

namespace {

const std::string rules = R"(
ladder none < silver < gold  climbed one by one
record story named by title
  title   text
  public  yes/no
facts
  size     one of small, large
  motto    text
  spend    money
  stories  list of story
define public_stories
  count of stories where public
define points
  public_stories * 10
define class
  size
define shown
  list of stories where public
define name
  motto
define ready
  public_stories >= 1
define best
  spend
requirements
| name    | asks                | silver | gold |
| stories | public_stories >= _ | 1      | 2    |
| points  | points >= _         | 10     | 20   |
values
| name   | silver          | gold            |
| credit | $2              | $3              |
)";

const std::string facts_json = R"({"size": "small", "spend": 5, "stories": [
    {"title": "A", "public": true}, {"title": "B"}]})";

Result<Outcome> assuming(const std::vector<Assumption>& assume,
                         const std::string& json = facts_json) {
    const Program program = parse(rules);
    const Result<Facts> facts = Facts::read(program, "facts.json", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    EvaluateOptions options;
    options.on = "2023-02-15";
    options.assume = assume;
    return evaluate(program, *facts, options);
}

Outcome outcome_of(const std::vector<Assumption>& assume) {
    Result<Outcome> outcome = assuming(assume);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return *outcome;
}

std::string faults_of(const std::vector<Assumption>& assume) {
    const Result<Outcome> outcome = assuming(assume);
    REQUIRE_FALSE(outcome);
    return outcome.diagnostics.to_text();
}

const MeasureOutcome& measure(const Outcome& outcome, const std::string& id) {
    for (const MeasureOutcome& measure : outcome.measures) {
        if (measure.id == id) {
            return measure;
        }
    }
    FAIL("no measure ", id);
    return outcome.measures.front();
}

} // namespace

TEST_CASE("an assumed measure decides, is marked, and so is what rests on it") {
    const Outcome before = outcome_of({});
    CHECK_FALSE(before.ladders[0].tier); // of B it is not known whether it is public
    CHECK(before.assumed.empty());
    CHECK(words(measure(before, "public_stories").value) == "1..2");

    const Outcome after = outcome_of({{"public_stories", "2"}});
    CHECK(after.ladders[0].tier == "gold");
    CHECK(after.assumed == std::vector<std::string>{"public_stories"});
    CHECK(words(measure(after, "public_stories").value) == "2");
    CHECK(measure(after, "public_stories").value.assumed);
    CHECK(measure(after, "public_stories").missing.empty());
    CHECK(words(measure(after, "points").value) == "20");
    CHECK(measure(after, "points").value.assumed);
    CHECK(measure(after, "ready").value.assumed);
    CHECK_FALSE(measure(after, "class").value.assumed);
    for (const RequirementOutcome& row : after.requirements) {
        CHECK(row.verdict == RequirementVerdict::met);
        CHECK(row.conditions[0].actual.assumed);
        CHECK_FALSE(row.conditions[0].required.assumed);
        CHECK(row.conditions[0].counted.empty()); // no record makes an assumed figure
    }
    CHECK(after.decide_next.empty());
}

TEST_CASE("what is lacking to an assumed figure is assumed as well") {
    const Outcome outcome = outcome_of({{"public_stories", "0"}});
    CHECK(outcome.ladders[0].tier == "none");
    CHECK(words(outcome.requirements[0].conditions[0].gap) == "1");
    CHECK(outcome.requirements[0].conditions[0].gap.assumed);
}

TEST_CASE("fast evaluation assumes the same") {
    const Program program = parse(rules);
    EvaluateOptions options;
    options.on = "2023-02-15";
    options.assume = {{"public_stories", "2"}};
    Result<BatchEvaluator> batch = BatchEvaluator::of(program, options);
    REQUIRE(batch);
    const Result<Facts> facts = Facts::read(program, "facts.json", facts_json);
    CHECK(batch->evaluate(*facts).tier == 2U);
    options.assume = {{"points", "none"}};
    CHECK_FALSE(BatchEvaluator::of(program, options));
}

TEST_CASE("values are of the measure's type") {
    CHECK(words(measure(outcome_of({{"class", "large"}}), "class").value) == "large");
    CHECK(words(measure(outcome_of({{"best", "$1.5M"}}), "best").value) == "1500000");
    CHECK(words(measure(outcome_of({{"name", "\"with blanks\""}}), "name").value) == "with blanks");
    CHECK(words(measure(outcome_of({{"ready", "no"}}), "ready").value) == "no");
    CHECK(words(measure(outcome_of({{"points", "5 + 6"}}), "points").value) == "11");
    CHECK(faults_of({{"points", "2.5"}}).starts_with("error[wrong-type] "));
    CHECK(faults_of({{"points", "public_stories"}}).starts_with("error["));
    CHECK(faults_of({{"points", "2 2"}}).starts_with("error["));
    CHECK(faults_of({{"points", ""}}).starts_with("error["));
    CHECK(faults_of({{"class", "huge"}}).starts_with("error["));
    CHECK(faults_of({{"best", "15"}}).starts_with("error[wrong-type] "));
}

TEST_CASE("only measures of the rules can be assumed, each once") {
    CHECK(faults_of({{"public_storys", "3"}}) ==
          "error[unknown-name] there is no measure called `public_storys`\n"
          "  help: did you mean `public_stories`?\n");
    CHECK(faults_of({{"spend", "$3"}}).find("it is a fact") != std::string::npos);
    CHECK(faults_of({{"shown", "3"}}).starts_with("error[cannot-assume] "));
    CHECK(faults_of({{"points", "3"}, {"points", "4"}}).starts_with("error[given-twice] "));
}

TEST_CASE("JSON marks what is assumed, and nothing else") {
    const std::string plain = to_json(outcome_of({}));
    CHECK(plain.find("\"assumed\": true") == std::string::npos);
    CHECK(plain.find("\"assumed\": []") != std::string::npos);
    const nlohmann::json json =
        nlohmann::json::parse(to_json(outcome_of({{"public_stories", "2"}})));
    CHECK(json["input"]["assumed"] == nlohmann::json::parse(R"(["public_stories"])"));
    CHECK(json["requirements"][0]["actual"]["assumed"] == true);
    CHECK(json["measures"]["points"]["assumed"] == true);
    CHECK_FALSE(json["measures"]["class"].contains("assumed"));
}

TEST_CASE("a difference that was assumed says so") {
    const Changes changes = compare(outcome_of({}), outcome_of({{"public_stories", "2"}}));
    CHECK(changes.before.assumed.empty());
    CHECK(changes.after.assumed == std::vector<std::string>{"public_stories"});
    REQUIRE(changes.measures.size() == 2); // and `points`, which rests on it
    CHECK(changes.measures[0].after->value.assumed);
}

} // namespace rung::assumptions_test
