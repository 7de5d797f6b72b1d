// Was it the rules or the facts. Each answer under the four pairs is worked out by hand from the rules in the test.
#include <rung/rung.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung::blame_test {

namespace {

/// A program whose gold asks for `spend`, for a plan where `plan` is set, and whose rebate of gold is `rebate`.
Program guide(const std::string& version, int spend, bool plan = false, int rebate = 5) {
    const std::string rules =
        "program p\nversion " + version + "\neffective " + version +
        "-01-01 onwards\n"
        "ladder none < silver < gold  climbed one by one\n"
        "facts\n  spend  whole number\n" +
        (plan ? "  plan   yes/no\n" : "") +
        "requirements\n"
        "| name   | asks       | silver | gold |\n"
        "| spend  | spend >= _ | 10     | " +
        std::to_string(spend) + "   |\n" +
        (plan ? "| plan   | plan       | -      | yes  |\n" : "") +
        "benefits\n| name  | silver | gold |\n| funds | -      | yes  |\n"
        "values\n| name   | silver | gold |\n| rebate | spend * 1 | spend * " +
        std::to_string(rebate) + " |\n";
    Result<Program> made = Program::parse(version + ".rung", rules);
    REQUIRE_MESSAGE(made, made.diagnostics.to_text(), rules);
    return *made;
}

Side side(const Program& rules, const std::string& json) {
    EvaluateOptions options;
    options.on = rules.version() + "-06-30";
    return {rules, "facts " + rules.version(), json, options};
}

Blame blamed(const Program& old_rules, const Program& new_rules, const std::string& old_facts,
             const std::string& new_facts) {
    Result<Blame> result = blame(side(old_rules, old_facts), side(new_rules, new_facts));
    REQUIRE_MESSAGE(result, result.diagnostics.to_text());
    return *result;
}

const BlamedAnswer* tier(const Blame& blame) {
    for (const BlamedAnswer& answer : blame.answers) {
        if (answer.about == BlamedAnswer::About::tier) {
            return &answer;
        }
    }
    return nullptr;
}

Cause cause(const Blame& blame) {
    const BlamedAnswer* answer = tier(blame);
    REQUIRE(answer != nullptr);
    return answer->cause;
}

using Ids = std::vector<std::string>;

} // namespace

TEST_CASE("due to the rules: the old facts under the new rules give the new answer") {
    const Blame blame =
        blamed(guide("2023", 20), guide("2024", 30), R"({"spend": 25})", R"({"spend": 26})");
    CHECK(cause(blame) == Cause::rules);
    CHECK(tier(blame)->answers.before == Ids{"gold"});
    CHECK(tier(blame)->answers.rules_alone == Ids{"silver"});
    CHECK(tier(blame)->answers.facts_alone == Ids{"gold"});
    CHECK(tier(blame)->answers.after == Ids{"silver"});
    CHECK_FALSE(tier(blame)->rules_elsewhere);
    REQUIRE(blame.answers.size() == 3); // the tier, spend at gold, and the funds
    CHECK(blame.answers[1].id == "spend");
    CHECK(blame.answers[1].tier == "gold");
    CHECK(blame.answers[1].cause == Cause::rules);
    CHECK(blame.answers[2].id == "funds");
    CHECK(blame.answers[2].answers.after == Ids{"closed"});
}

TEST_CASE("due to the facts, to either, to both together") {
    const Program old_guide = guide("2023", 20);
    const Program new_guide = guide("2024", 30);
    CHECK(cause(blamed(old_guide, new_guide, R"({"spend": 35})", R"({"spend": 15})")) ==
          Cause::facts);
    CHECK(cause(blamed(old_guide, new_guide, R"({"spend": 25})", R"({"spend": 15})")) ==
          Cause::either);
    // 35 is enough for 30, 25 is enough for 20, 25 is not for 30.
    CHECK(cause(blamed(old_guide, new_guide, R"({"spend": 35})", R"({"spend": 25})")) ==
          Cause::together);
}

TEST_CASE("an answer that stayed, though one alone would have changed it") {
    const Blame blame =
        blamed(guide("2023", 20), guide("2024", 30), R"({"spend": 25})", R"({"spend": 30})");
    CHECK(cause(blame) == Cause::offset);
    CHECK(tier(blame)->answers.rules_alone == Ids{"silver"});
    const Blame nothing =
        blamed(guide("2023", 20), guide("2024", 20), R"({"spend": 25})", R"({"spend": 26})");
    CHECK(nothing.answers.empty());
}

TEST_CASE("one alone may lead elsewhere") {
    // From gold to none; the stricter rules alone lead to silver.
    const Blame blame =
        blamed(guide("2023", 20), guide("2024", 30), R"({"spend": 25})", R"({"spend": 5})");
    CHECK(cause(blame) == Cause::facts);
    CHECK(tier(blame)->rules_elsewhere);
    CHECK_FALSE(tier(blame)->facts_elsewhere);
}

TEST_CASE("old facts that lack what the new rules ask leave it unclear, and say so") {
    const Blame blame = blamed(guide("2023", 20), guide("2024", 20, true), R"({"spend": 25})",
                               R"({"spend": 25, "plan": false})");
    CHECK(cause(blame) == Cause::unclear);
    CHECK(tier(blame)->answers.rules_alone == Ids{"silver", "gold"});
    CHECK(blame.old_facts_lack == Ids{"/plan"});
    CHECK(blame.new_facts_lack.empty());
    CHECK(blame.warnings.empty()); // that 2023 does not declare `plan` is no fault of the facts
    CHECK(blame.notes.empty());
}

TEST_CASE("facts that the other version cannot read leave it unclear, with the reason") {
    Result<Program> other =
        Program::parse("2024.rung", "program p\nversion 2024\neffective 2024-01-01 onwards\n"
                                    "ladder none < silver < gold  climbed one by one\n"
                                    "facts\n  spend  one of much, little\n"
                                    "requirements\n| name  | asks         | silver | gold |\n"
                                    "| spend | spend = much | yes    | -    |\n");
    REQUIRE_MESSAGE(other, other.diagnostics.to_text());
    const Blame blame =
        blamed(guide("2023", 20), *other, R"({"spend": 25})", R"({"spend": "little"})");
    CHECK(cause(blame) == Cause::unclear);
    CHECK_FALSE(blame.rules_alone);
    CHECK_FALSE(blame.facts_alone);
    CHECK(blame.notes.has_errors());
}

TEST_CASE("a figure is shared out: rules, facts, and what only both make") {
    // 25 * 5, 25 * 8, 30 * 5, 30 * 8
    const Blame blame = blamed(guide("2023", 20), guide("2024", 20, false, 8), R"({"spend": 25})",
                               R"({"spend": 30})");
    REQUIRE(blame.figures.size() == 1);
    const BlamedFigure& rebate = blame.figures.front();
    CHECK(rebate.is_value);
    CHECK(rebate.before.value == "125");
    CHECK(rebate.after.value == "240");
    CHECK(rebate.by_rules.value == "75");
    CHECK(rebate.by_facts.value == "25");
    CHECK(rebate.by_both.value == "15");
}

TEST_CASE("only versions of one program are compared") {
    Result<Program> other =
        Program::parse("q.rung", "program q\nversion 1\neffective 2024-01-01 onwards\n"
                                 "facts\n  a  yes/no\ndefine b\n  a\n");
    REQUIRE(other);
    const Result<Blame> result = blame(side(guide("2023", 20), "{}"), {*other, "f", "{}", {}});
    CHECK_FALSE(result);
    CHECK(result.diagnostics.to_text().starts_with("error[other-program] "));
}

TEST_CASE("the JSON tells all four pairs") {
    const Blame blame =
        blamed(guide("2023", 20), guide("2024", 30), R"({"spend": 25})", R"({"spend": 26})");
    const nlohmann::json json = nlohmann::json::parse(to_json(blame));
    CHECK(json["before"]["version"] == "2023");
    CHECK(json["rules_alone"]["version"] == "2024");
    CHECK(json["rules_alone"]["facts_sha256"] == json["before"]["facts_sha256"]);
    CHECK(json["answers"][0]["cause"] == "rules");
    CHECK(json["figures"][0]["by_both"]["value"] == "-4");
    CHECK(to_json(blame) == to_json(blamed(guide("2023", 20), guide("2024", 30), R"({"spend": 25})",
                                           R"({"spend": 26})")));
}

} // namespace rung::blame_test
