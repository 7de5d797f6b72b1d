// Ladders beside each other, paths, tiers held from before, waivers, and tiers proven case by case. What is
// expected is worked out by hand from the rules in each test.
#include <rung/rung.hpp>

#include <string>

#include <doctest/doctest.h>

namespace rung::ladders_test {

namespace {

const std::string head = "program p\nversion 1\neffective 2024-01-01 onwards\n";

Program parse(const std::string& rules) {
    Result<Program> made = Program::parse("p.rung", head + rules);
    REQUIRE_MESSAGE(made, made.diagnostics.to_text());
    return *made;
}

Outcome judge(const Program& program, const std::string& json, const std::string& review = "") {
    const Result<Facts> facts = Facts::read(program, "facts", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    EvaluateOptions options;
    options.on = "2024-06-30";
    options.review = review.empty() ? std::nullopt : std::optional(review);
    const Result<Outcome> outcome = evaluate(program, *facts, options);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return *outcome;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

/// "silver" where it is certain, else "? none silver".
std::string tier(const LadderOutcome& ladder) {
    return ladder.tier ? *ladder.tier : "? " + joined(ladder.possible);
}

std::string tier_of(const Program& program, const std::string& json) {
    return tier(judge(program, json).ladders.front());
}

} // namespace

// ---- cases ---------------------------------------------------------------------------------------

TEST_CASE("a tier is certain where every value of an unknown fact leads to it") {
    const Program program = parse(R"(
ladder none < low < high  climbed one by one
facts
  large   yes/no
  public  yes/no
  spend   whole number
requirements
| name  | asks       | when      | low | high |
| big   | spend >= _ | large     | 10  | 20   |
| small | spend >= _ | not large | 10  | 30   |
)");
    CHECK(tier_of(program, R"({"spend": 10})") == "low"); // 10 is enough for low either way
    CHECK(tier_of(program, R"({"spend": 25})") == "? low high"); // high only of a large one
    CHECK(tier_of(program, R"({"spend": 30})") == "high");
    CHECK(tier_of(program, R"({"spend": 5})") == "none"); // below 10 either way
    CHECK(tier_of(program, R"({})") == "? none low high");
}

TEST_CASE(
    "a tier is certain where every choice leads to it, but not where a choice may be another one") {
    const std::string rules = R"(
ladder none < low  climbed one by one
facts
  size   one of small, medium, large OTHER
  spend  whole number
requirements
| name   | asks       | when              | low |
| small  | spend >= _ | size = small      | 10  |
| medium | spend >= _ | size = medium     | 20  |
| large  | spend >= _ | size = large      | 30  |
| known  | size in (small, medium, large) |  | yes |
)";
    const auto with = [&](const std::string& other) {
        std::string text = rules;
        text.replace(text.find("OTHER"), 5, other);
        return parse(text);
    };
    CHECK(tier_of(with(""), R"({"spend": 30})") == "low");
    CHECK(tier_of(with(""), R"({"spend": 25})") == "? none low");
    CHECK(tier_of(with(""), R"({"spend": 9})") == "none");
    CHECK(tier_of(with("or other"), R"({"spend": 30})") == "? none low");
}

// ---- paths ---------------------------------------------------------------------------------------

TEST_CASE("the tier is the highest along one whole path, never a mixture of two") {
    const Program program = parse(R"(
ladder none < low < high  climbed one by one
paths track
  resale
  delivery
facts
  resold     whole number
  delivered  whole number
  reviews    whole number
  audits     whole number
measures for track
| name   | resale  | delivery  |
| volume | resold  | delivered |
| care   | reviews | audits    |
requirements
| name   | asks        | low | high |
| volume | volume >= _ | 1   | 10   |
| care   | care >= _   | 1   | 10   |
)");
    const auto given = [](const char* resold, const char* reviews, const char* delivered,
                          const char* audits) {
        return std::string(R"({"resold": )") + resold + R"(, "reviews": )" + reviews +
               R"(, "delivered": )" + delivered + R"(, "audits": )" + audits + "}";
    };
    CHECK(tier_of(program, given("10", "1", "1", "10")) ==
          "low"); // each path is low by one measure
    CHECK(tier_of(program, given("10", "10", "0", "0")) == "high");
    CHECK(tier_of(program, given("0", "0", "10", "10")) == "high");
    CHECK(tier_of(program, given("1", "1", "10", "null")) == "? low high");
    CHECK(tier_of(program, given("10", "10", "null", "null")) == "high"); // the top already
    CHECK(tier_of(program, given("null", "0", "0", "0")) == "none");
}

TEST_CASE("only open paths count, and `otherwise` is where no other is open") {
    const Program program = parse(R"(
ladder none < low < high  climbed one by one
paths size
  large  when staff >= 100
  small  otherwise
facts
  staff  whole number
  spend  whole number
requirements
| name  | asks       | low | high |
| spend | (if size = large then spend / 10 else spend / 1) >= _ | 1 | 2 |
)");
    CHECK(tier_of(program, R"({"staff": 100, "spend": 10})") == "low");
    CHECK(tier_of(program, R"({"staff": 99, "spend": 10})") == "high");
    CHECK(tier_of(program, R"({"spend": 10})") == "? low high"); // one of the two is open
    CHECK(tier_of(program, R"({"spend": 20})") == "high");
    CHECK(tier_of(program, R"({"spend": 0})") == "none");
}

TEST_CASE("without an open path there is no tier") {
    const Program program = parse(R"(
ladder none < low  climbed one by one
paths track
  resale    when resells
  delivery  when delivers
facts
  resells   yes/no
  delivers  yes/no
  signed    yes/no
requirements
| name   | asks   | low |
| signed | signed | yes |
)");
    CHECK(tier_of(program, R"({"resells": false, "delivers": false, "signed": true})") == "none");
    CHECK(tier_of(program, R"({"resells": true, "delivers": false, "signed": true})") == "low");
    CHECK(tier_of(program, R"({"delivers": false, "signed": true})") == "? none low");
    CHECK(tier_of(program, R"({"delivers": true, "signed": true})") == "low");
}

TEST_CASE(
    "of paths that lead equally high the nearest is explained, whatever the order of the file") {
    const auto shown = [](const std::string& json) {
        std::string paths[2];
        for (const bool turned : {false, true}) {
            const Program program = parse(R"(
ladder none < low < high  climbed one by one
paths track
)" + std::string(turned ? "  b\n  a\n" : "  a\n  b\n") +
                                          R"(
facts
  points_a  whole number
  points_b  whole number
  people_a  whole number
  people_b  whole number
  signed_b  yes/no
measures for track
| name   | a        | b        |
| points | points_a | points_b |
| people | people_a | people_b |
requirements
| name     | asks                    | when                       | low | high |
| points   | points >= _             |                            | 10  | 100  |
| people   | people >= _             |                            | -   | 2    |
| paper    | any one of              |                            | yes | yes  |
| paper.a  | yes                     | track = a                  | yes | yes  |
| paper.b  | signed_b                | track = b                  | yes | yes  |
)");
            paths[turned ? 1 : 0] = judge(program, json).ladders[0].path;
        }
        return paths[0] == paths[1] ? paths[0] : paths[0] + " or " + paths[1];
    };
    const std::string people = R"("people_a": 0, "people_b": 0, "signed_b": true)";
    CHECK(shown(R"({"points_a": 9, "points_b": 8, )" + people + "}") == "a"); // 1 of 10, 2 of 10
    CHECK(shown(R"({"points_a": 8, "points_b": 9, )" + people + "}") == "b");
    CHECK(shown(R"({"points_a": 9, "points_b": 10, )" + people + "}") == "b"); // leads to low
    CHECK(shown(R"({"points_a": 9, "points_b": 9, )" + people + "}") == "a"); // by name
    // At high: two rows not met along `a`, one along `b`, though it is farther away.
    CHECK(
        shown(
            R"({"points_a": 99, "points_b": 10, "people_a": 1, "people_b": 2, "signed_b": true})") ==
        "b");
    // The farthest row tells: 1 of 2 people along both, then 1 of 100 points does not.
    CHECK(
        shown(
            R"({"points_a": 99, "points_b": 40, "people_a": 1, "people_b": 1, "signed_b": true})") ==
        "a");
    // What is not known may be met; what is not met is not.
    CHECK(shown(R"({"points_a": 8, "people_a": 0, "points_b": 12, "people_b": 0})") == "b");
    // A yes/no that is missing is all of it.
    CHECK(
        shown(
            R"({"points_a": 1, "people_a": 0, "points_b": 12, "people_b": 0, "signed_b": false})") ==
        "a");
}

// ---- several ladders -----------------------------------------------------------------------------

TEST_CASE("ladders are climbed each by itself, and benefits of one may ask for the other") {
    const Program program = parse(R"(
ladder services none < low < high  climbed one by one
ladder product none < tested < premier  each tier stands alone
facts
  staff   whole number
  tests   whole number
requirements for services
| name  | asks       | low | high |
| staff | staff >= _ | 1   | 5    |
requirements for product
| name  | asks       | tested | premier |
| tests | tests >= _ | 10     | 2       |
benefits for services
| name | none | low                            | high |
| list | yes  | yes                            | yes  |
| fund | -    | yes if product.tier >= tested | yes  |
)");
    const Outcome outcome = judge(program, R"({"staff": 1, "tests": 3})");
    CHECK(tier(outcome.ladders[0]) == "low");
    CHECK(tier(outcome.ladders[1]) == "premier"); // its own column, though `tested` asks more
    CHECK(outcome.benefits[0].verdict == Granted::granted);
    CHECK(outcome.benefits[1].verdict == Granted::granted);
    const Outcome open = judge(program, R"({"staff": 0})");
    CHECK(tier(open.ladders[0]) == "none");
    CHECK(tier(open.ladders[1]) == "? none tested premier");
    CHECK(open.benefits[0].verdict == Granted::granted); // the floor has it
    CHECK(open.benefits[1].verdict == Granted::closed);
    CHECK(judge(program, R"({"staff": 1})").benefits[1].verdict == Granted::unknown);
}

// ---- tiers held ----------------------------------------------------------------------------------

namespace {

const std::string holding = R"(
ladder none < low < mid < high  climbed one by one
reviews
  annual   looks at calendar year 2024  can raise, can lower
  patient  looks at calendar year 2024  can raise, can lower  grace 30 days
  upward   looks at calendar year 2024  can raise
  downward looks at calendar year 2024  can lower
standing
  first  keeps the held tier through held.since + 12 months  when trusted
  step   keeps the tier below through held.protected_until
facts
  points   whole number
  trusted  yes/no
requirements
| name   | asks        | low | mid | high |
| points | points >= _ | 1   | 2   | 3    |
)";

std::string holds(const std::string& facts, const std::string& held, const std::string& review) {
    const Program program = parse(holding);
    const Outcome outcome =
        judge(program, R"({"facts": )" + facts + R"(, "held": )" + held + "}", review);
    const HoldsOutcome& is = *outcome.ladders.front().holds;
    return (is.tier ? *is.tier + " " + is.because : "? " + joined(is.possible)) +
           (is.through ? " through " + *is.through : "");
}

} // namespace

TEST_CASE("a review moves the tier that is held as far as it may") {
    CHECK(holds(R"({"points": 3})", R"({"tier": "mid"})", "annual") == "high qualified");
    CHECK(holds(R"({"points": 3})", R"({"tier": "mid"})", "downward") == "mid cannot_raise");
    CHECK(holds(R"({"points": 1})", R"({"tier": "mid"})", "upward") == "mid cannot_lower");
    CHECK(holds(R"({"points": 1, "trusted": false})",
                R"({"tier": "mid", "protected_until": "2024-01-01"})",
                "annual") == "low qualified");
    CHECK(holds(R"({"points": 1, "trusted": false})",
                R"({"tier": "mid", "protected_until": "2024-01-01"})",
                "patient") == "mid grace through 2024-07-30");
}

TEST_CASE("rules keep a tier through their last day, that day inside") {
    const std::string facts = R"({"points": 0, "trusted": true})";
    const auto since = [&](const char* day) {
        return holds(
            facts,
            std::string(R"({"tier": "high", "protected_until": "2024-01-01", "since": ")") + day +
                "\"}",
            "annual");
    };
    CHECK(since("2023-06-30") == "high kept through 2024-06-30");
    CHECK(since("2023-06-29") == "none qualified");
    CHECK(holds(facts,
                R"({"tier": "high", "since": "2020-01-01", "protected_until": "2024-06-30"})",
                "annual") == "mid kept through 2024-06-30"); // one step at a time
}

TEST_CASE("what may keep a tier leaves open which is held") {
    CHECK(holds(R"({"points": 0})",
                R"({"tier": "high", "since": "2024-01-01", "protected_until": "2024-01-01"})",
                "annual") == "? none high"); // whether trusted is not known
    CHECK(holds(R"({"points": 0, "trusted": false})", R"({"tier": "high"})", "annual") ==
          "? none mid"); // until when it is protected is not known
    CHECK(holds(R"({"trusted": false})", R"({"tier": "low", "protected_until": "2024-01-01"})",
                "annual") == "? none low mid high");
    // A rule that is sure outweighs one that is not.
    CHECK(holds(R"({"points": 0, "trusted": true})", R"({"tier": "high", "since": "2024-01-01"})",
                "annual") == "high kept through 2025-01-01");
}

// ---- waivers -------------------------------------------------------------------------------------

TEST_CASE("a waived requirement stands in nobody's way, and shows as waived") {
    const Program program = parse(R"(
ladder none < low < high  climbed one by one
facts
  staff   whole number
  signed  yes/no
  public  yes/no
requirements
| name   | asks       | when   | waivable | low | high |
| staff  | staff >= _ |        | yes      | 1   | 5    |
| signed | signed     | public | yes      | yes | yes  |
)");
    const auto with = [&](const std::string& waiver, const std::string& facts) {
        const Outcome outcome =
            judge(program, R"({"facts": )" + facts + R"(, "waivers": [)" + waiver + "]}");
        return tier(outcome.ladders.front());
    };
    const std::string facts = R"({"staff": 1, "signed": true, "public": true})";
    CHECK(with(R"({"requirement": "staff"})", facts) == "high");
    CHECK(with(R"({"requirement": "staff", "tier": "low"})", facts) == "low");
    CHECK(with(R"({"requirement": "staff", "tier": "high"})", facts) == "high");
    CHECK(with(R"({"requirement": "staff", "granted_on": "2024-07-01"})", facts) == "low");
    CHECK(with(R"({"requirement": "staff", "granted_on": "2024-06-30"})", facts) == "high");
    CHECK(with(R"({"requirement": "staff", "until": "2024-06-29"})", facts) == "low");
    CHECK(with(R"({"requirement": "staff", "until": "2024-06-30"})", facts) == "high");
    CHECK(with(R"({"requirement": "staff", "until": "never"})", facts) == "high");

    const auto verdict = [&](const std::string& json) {
        const Outcome outcome = judge(program, json);
        for (const RequirementOutcome& row : outcome.requirements) {
            if (row.id == "signed" && row.tier == "low") {
                return row.verdict;
            }
        }
        return RequirementVerdict::unknown;
    };
    const std::string waived = R"(, "waivers": [{"requirement": "signed", "by": "Jo"}]})";
    CHECK(verdict(R"({"facts": {"signed": true, "public": true})" + waived) ==
          RequirementVerdict::waived); // never as met
    CHECK(verdict(R"({"facts": {"signed": false, "public": false})" + waived) ==
          RequirementVerdict::not_asked);
    CHECK(verdict(R"({"facts": {})" + waived) == RequirementVerdict::waived);
}

TEST_CASE("a waiver with days needs a date, though the rules use none") {
    const Program program = parse(R"(
ladder none < low  climbed one by one
facts
  staff  whole number
requirements
| name  | asks       | waivable | low |
| staff | staff >= _ | yes      | 1   |
)");
    const auto without_date = [&](const std::string& json) {
        const Result<Facts> facts = Facts::read(program, "facts", json);
        REQUIRE(facts);
        const Result<Outcome> outcome = evaluate(program, *facts);
        return outcome ? tier(outcome->ladders.front()) : (*outcome.diagnostics.begin()).code;
    };
    CHECK(without_date(R"({"facts": {"staff": 0}, "waivers": [{"requirement": "staff"}]})") ==
          "low");
    CHECK(without_date(R"({"facts": {"staff": 0}, "waivers": [{"requirement": "staff",
        "until": "2024-12-31"}]})") == "no-date");
}

} // namespace rung::ladders_test
