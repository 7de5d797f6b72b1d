// What differs between two outcomes. Each pair is worked out by hand from the rules in the test.
#include "values_of.hpp"

#include <rung/changes.hpp>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace rung::changes_test {

using namespace trial;

namespace {

const std::string rules = R"(
ladder none < silver < gold  climbed one by one
record story named by title
  title   text
  public  yes/no
facts
  signed   yes/no
  spend    whole number
  stories  list of story
  invited  yes/no
define public_stories
  count of stories where public
requirements
| name    | asks                | silver | gold |
| signed  | signed              | yes    | yes  |
| spend   | spend >= _          | 10     | 20   |
| stories | public_stories >= _ | -      | 2    |
benefits
| name   | needs   | silver | gold |
| portal |         | yes    | yes  |
| funds  | invited | -      | yes  |
values
| name   | silver | gold |
| rebate | 5%     | 8%   |
notice spend_low "Spend is low" when spend < 12
)";

Changes between(const std::string& before, const std::string& after) {
    const Program program = parse(rules);
    return compare(evaluate(program, before), evaluate(program, after));
}

/// "spend@gold! stories@gold": a verdict that differs has a mark.
std::string rows(const Changes& changes) {
    std::string text;
    for (const RequirementChange& change : changes.requirements) {
        text += (text.empty() ? "" : " ") + change.named().id + "@" + change.named().tier +
                (change.verdict ? "!" : "");
    }
    return text;
}

std::string names(const std::vector<RecordNote>& notes) {
    std::string text;
    for (const RecordNote& note : notes) {
        text += (text.empty() ? "" : " ") + note.label;
    }
    return text;
}

const std::string silver = R"({"signed": true, "spend": 15, "invited": false, "stories": [
    {"title": "A", "public": true}, {"title": "B", "public": false}]})";
const std::string gold = R"({"signed": true, "spend": 20, "invited": false, "stories": [
    {"title": "N", "public": true}, {"title": "A", "public": true}, {"title": "B", "public": false}]})";

} // namespace

TEST_CASE("an outcome does not differ from itself") {
    CHECK(between(silver, silver).empty());
    CHECK(between("{}", "{}").empty());
    CHECK(between(silver, silver).same_tiers());
}

TEST_CASE("a tier that is raised, with what raised it") {
    const Changes changes = between(silver, gold);
    REQUIRE(changes.ladders.size() == 1);
    CHECK(changes.ladders[0].tier == Move::raised);
    CHECK(changes.ladders[0].holds == Move::same);
    CHECK(changes.ladders[0].before->tier == "silver");
    CHECK(changes.ladders[0].after->tier == "gold");
    CHECK_FALSE(changes.same_tiers());
    // `signed` is as it was; 15 was enough for silver, and its figure differs.
    CHECK(rows(changes) == "spend@silver spend@gold! stories@gold!");
    CHECK(names(changes.requirements[2].joined) == "N"); // A is the same, further down the list
    CHECK(names(changes.requirements[2].left).empty());
    REQUIRE(changes.benefits.size() == 1); // the portal is open at both
    CHECK(changes.benefits[0].named().id == "funds");
    CHECK(changes.benefits[0].before->verdict == Granted::closed);
    CHECK(changes.benefits[0].after->verdict == Granted::open);
    REQUIRE(changes.values.size() == 1);
    CHECK(words(changes.values[0].before->value) == "5");
    CHECK(words(changes.values[0].after->value) == "8");
    REQUIRE(changes.measures.size() == 1);
    CHECK(changes.notices.empty());
    CHECK(between(gold, silver).ladders[0].tier == Move::lowered);
}

TEST_CASE("what is unknown is neither as it was nor gone") {
    const std::string open = R"({"spend": 20, "invited": false, "stories": []})";
    const std::string shut = R"({"signed": false, "spend": 20, "invited": false, "stories": []})";
    const Changes opened = between(shut, open);
    REQUIRE(opened.ladders.size() == 1);
    CHECK(opened.ladders[0].tier == Move::opened);
    CHECK(rows(opened) == "signed@silver! signed@gold!");
    CHECK(opened.newly_missing == std::vector<std::string>{"/signed"});
    const Changes settled = between(open, shut);
    CHECK(settled.ladders[0].tier == Move::settled);
    CHECK(settled.no_longer_missing == std::vector<std::string>{"/signed"});
}

TEST_CASE("rules are compared by what they answer, not by how they are written") {
    const Outcome before = evaluate(parse(rules), silver);
    std::string reworded = rules;
    reworded.replace(reworded.find("signed   yes/no"), 15, "signed   yes/no \"Agreement\"");
    CHECK(compare(before, evaluate(parse("\n\n" + reworded), silver)).empty());

    std::string stricter = rules; // a ladder with a name, and silver asks for 16
    stricter.replace(stricter.find("| 10     |"), 10, "| 16     |");
    stricter.replace(stricter.find("ladder none"), 11, "ladder main \"Main\" none");
    const Changes changes = compare(before, evaluate(parse(stricter), silver));
    REQUIRE(changes.ladders.size() == 1);
    CHECK(changes.ladders[0].tier == Move::lowered);
    CHECK(rows(changes) == "spend@silver!");
    CHECK(words(changes.requirements[0].before->conditions[0].required) == "10");
    CHECK(words(changes.requirements[0].after->conditions[0].required) == "16");

    std::string fewer = rules; // no requirement `stories`
    fewer.erase(fewer.find("| stories |"),
                std::string("| stories | public_stories >= _ | -      | 2    |\n").size());
    const Changes gone = compare(before, evaluate(parse(fewer), silver));
    CHECK(rows(gone) == "stories@gold!"); // at silver it was not asked
    CHECK(gone.requirements[0].before);
    CHECK_FALSE(gone.requirements[0].after);
}

TEST_CASE("changes as JSON hold both sides, and the same bytes each time") {
    const Changes changes = between(silver, gold);
    const nlohmann::json json = nlohmann::json::parse(to_json(changes));
    CHECK(json["ok"] == true);
    CHECK(json["before"]["program"] == "trial");
    CHECK(json["ladders"][0]["tier"] == "raised");
    CHECK(json["ladders"][0]["after"]["tier"] == "gold");
    CHECK(json["requirements"][1]["before"]["verdict"] == "unmet");
    CHECK(json["requirements"][2]["joined"][0]["label"] == "N");
    CHECK(json["values"][0]["after"]["value"] == "8");
    CHECK(to_json(changes) == to_json(between(silver, gold)));
}

} // namespace rung::changes_test
