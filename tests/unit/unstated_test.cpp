// `unknown because "…"`: what the rules themselves leave open.
#include "tests/unit/values_of.hpp"

namespace rung::unstated_test {

using namespace trial;

namespace {

const std::string contract = R"(
record line
  amount  money   at least $0
  sort    one of new, other

facts
  n       whole number
  flag    yes/no
  market  one of us, eu, other
  day     date
  m       month
  lines   list of line
)";

TEST_CASE("what the rules leave open is unknown, of the type that stands beside it") {
    check(contract,
          {{R"(if market = other then unknown because "no rate" else 5%)", R"({"market": "us"})",
            "5"},
           {R"(if market = other then unknown because "no rate" else 5%)", R"({"market": "other"})",
            "? unstated"},
           {R"(if market = other then unknown because "no rate" else 5%)", "{}", "? unstated"},
           {R"(if market = us then 5% else unknown because "no rate")", R"({"market": "eu"})",
            "? unstated"},
           {R"((if flag then unknown because "x" else 5) + n)", R"({"flag": true, "n": 2})",
            "? unstated"},
           {R"((if flag then unknown because "x" else 5) + n)", R"({"flag": false, "n": 2})", "7"},
           {R"(n >= unknown because "x")", R"({"n": 2})", "? unstated"},
           {R"(not (flag and unknown because "x"))", R"({"flag": false})", "yes"},
           {R"(flag and unknown because "x")", R"({"flag": true})", "? unstated"},
           {R"(market = unknown because "x")", R"({"market": "us"})", "? unstated"},
           {R"(day in unknown because "x")", R"({"day": "2023-01-01"})", "? unstated"},
           {R"(if flag then day else unknown because "x")", R"({"flag": false})", "? unstated"},
           {R"(if flag then unknown because "x" else m)", R"({"flag": true})", "? unstated"},
           {R"(if flag then (if n = 1 then unknown because "x" else unknown because "y") else $5)",
            R"({"flag": true, "n": 1})", "? unstated"},
           {R"(sum of (if sort = other then unknown because "x" else amount) in lines)",
            R"({"lines": [{"sort": "new", "amount": 5}]})", "5"},
           {R"(sum of (if sort = other then unknown because "x" else amount) in lines)",
            R"({"lines": [{"sort": "other", "amount": 5}]})", "? unstated"}});
}

TEST_CASE("`otherwise` does not step in for what is only left open") {
    check(contract, {{R"((if flag then unknown because "x" else 5) otherwise 7)",
                      R"({"flag": true})", "? unstated"},
                     {R"((n / 0) otherwise unknown because "x")", R"({"n": 1})", "? unstated"}});
}

TEST_CASE("a type must come from somewhere") {
    CHECK(faults_of(contract, R"(unknown because "x")") == "unknown-of-no-type");
    CHECK(faults_of(contract, R"(if flag then unknown because "x" else unknown because "y")")
              .starts_with("unknown-of-no-type"));
    CHECK(faults_of(contract, R"(5 + unknown because "x")") == "unknown-of-no-type");
    CHECK(faults_of(contract, R"(if flag then unknown because "x" else 5)") == "");
}

TEST_CASE("the rules' own words are handed on") {
    const std::string open = R"(define rate
  if market = other then unknown because "the guide gives no rate" else 5%
)";
    const MeasureOutcome outcome =
        result_of(contract + open, "rate * $100", R"({"market": "other"})");
    CHECK(outcome.value.because == "the guide gives no rate");
    CHECK(outcome.missing.empty());

    const Program program = parse(contract + open + R"(
ladder none < gold climbed one by one
requirements
| name  | asks      | gold                            |
|-------|-----------|---------------------------------|
| rate  | rate >= _ | 5%                              |
| count | n >= _    | unknown because "it is not set" |
)");
    const Outcome result = evaluate(program, R"({"market": "other", "n": 3})");
    REQUIRE(result.requirements.size() == 2);
    CHECK(result.requirements[0].reason == "unstated");
    CHECK(result.requirements[0].conditions[0].actual.because == "the guide gives no rate");
    CHECK(result.requirements[1].conditions[0].required.because == "it is not set");
    CHECK(!result.ladders.front().tier);
    CHECK(result.decide_next.empty());
    const std::string text = to_text(result, {200, false});
    CHECK_MESSAGE(text.find("not decided by the rules: the guide gives no rate; 5%") !=
                      std::string::npos,
                  text);
    CHECK_MESSAGE(text.find("what is asked is not decided by the rules: it is not set") !=
                      std::string::npos,
                  text);
}

TEST_CASE("what a tier is worth may be left open") {
    const Program program = parse(contract + R"(
ladder none < silver < gold climbed one by one
requirements
| name  | asks   | silver | gold |
|-------|--------|--------|------|
| count | n >= _ | 1      | 5    |
values
| name | silver                  | gold |
|------|-------------------------|------|
| rate | unknown because "no rate" | 5% |
| fee  | ?                       | $5   |
)");
    const Outcome outcome = evaluate(program, R"({"n": 1})");
    REQUIRE(outcome.values.size() == 2);
    CHECK(words(outcome.values[0].value) == "? unstated");
    CHECK(outcome.values[0].value.because == "no rate");
    CHECK(words(outcome.values[1].value) == "? unstated");
    CHECK(outcome.values[1].value.because.empty());
    CHECK(words(evaluate(program, R"({"n": 5})").values[0].value) == "5");
}

TEST_CASE("the branch that is not taken asks for nothing") {
    CHECK(result_of(contract, "if flag then n else $5 / $1", R"({"flag": true})").missing ==
          std::vector<std::string>{"/n"});
    CHECK(result_of(contract, "(if flag then n else n + 1) + (if flag then 1 else n)",
                    R"({"flag": true})")
              .missing == std::vector<std::string>{"/n"});
}

} // namespace
} // namespace rung::unstated_test
