// Labels in several languages: words and nothing else; and text that is laid out with them.
#include "interpreter/text.hpp"

#include <rung/rung.hpp>

#include <string>

#include <doctest/doctest.h>

namespace rung::labels_test {

namespace {

const std::string rules = R"(program    harbour "Harbour"
version    2024
effective  2024-01-01 onwards

ladder     none < silver "Silver" < gold "Gold"
           climbed one by one

facts
  partner  text          "Partner"  key
  staff    whole number  "Staff"
  regions  list of text  "Regions"

define people "People"
  staff

requirements
| name    | label     | asks                  | silver | gold | cite |
|---------|-----------|-----------------------|--------|------|------|
| people  | "People"  | people >= _           | 2      | 8    | p. 1 |
| regions | "Regions" | count of regions >= _ | 1      | 2    | p. 1 |

labels de
  program "Hafen"
  tier silver "Silber"
  fact regions "Regionen"
  requirement people "Menschen"
labels en
  tier silver "Silver tier"
)";

Program parsed(const std::string& text) {
    Result<Program> program = Program::parse("harbour.rung", text);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text());
    return *program;
}

Outcome judged(const Program& program, const Facts& facts) {
    Result<Outcome> outcome = evaluate(program, facts, {"2024-05-01", std::nullopt});
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return *outcome;
}

Facts read(const Program& program) {
    Result<Facts> facts =
        Facts::read(program, "a.json", R"({"partner": "Acme", "staff": 3, "regions": ["North"]})");
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    return *facts;
}

} // namespace

TEST_CASE("a program in another language has its labels, and the file's own where there are none") {
    const Program own = parsed(rules);
    const Program german = own.in(Language::de);
    CHECK(own.label() == "Harbour");
    CHECK(german.label() == "Hafen");
    CHECK(german.in(Language::en).label() == "Harbour");
    CHECK(&german.in(Language::ja).model() ==
          &own.model()); // has no labels of its own: nothing is copied
    CHECK(&german.model() == &own.in(Language::de).model());

    const Outcome outcome = judged(german, read(german));
    CHECK(outcome.language == "de");
    CHECK(outcome.ladders[0].tiers[1].label == "Silber");
    CHECK(outcome.ladders[0].tiers[2].label == "Gold");
    CHECK(outcome.requirements[0].label == "Menschen");
    CHECK(outcome.measures[0].label == "People");
    CHECK(judged(own.in(Language::en), read(own)).ladders[0].tiers[1].label == "Silver tier");
    CHECK(judged(own, read(own)).language.empty());
}

TEST_CASE("labels are words: ids, hashes, facts and answers are the same") {
    const Program own = parsed(rules);
    const Program german = own.in(Language::de);
    CHECK(german.sha256() == own.sha256());
    CHECK(german.tiers() == own.tiers());
    const Facts facts = read(own);
    const Outcome one = judged(own, facts);
    const Outcome other =
        judged(german, facts); // facts that were read for the one are good for the other
    CHECK(one.ladders[0].tier == other.ladders[0].tier);
    CHECK(one.facts_sha256 == other.facts_sha256);
    CHECK(one.rules_sha256 == other.rules_sha256);
    REQUIRE(one.requirements.size() == other.requirements.size());
    for (std::size_t i = 0; i < one.requirements.size(); ++i) {
        CHECK(one.requirements[i].id == other.requirements[i].id);
        CHECK(one.requirements[i].verdict == other.requirements[i].verdict);
    }
}

TEST_CASE("a program in another language outlives the one it is of") {
    const auto german = [] { return parsed(rules).in(Language::de); }();
    CHECK(judged(german, read(german)).program_label == "Hafen");
}

TEST_CASE("what is missing in a language is told once for it, and can be accepted") {
    const Diagnostics found = lint(parsed(rules));
    std::vector<std::string> told;
    for (const Diagnostic& one : found) {
        if (one.code == "label-missing") {
            told.push_back(one.text);
        }
    }
    REQUIRE(told.size() == 2);
    CHECK(told[0] == "5 labels of the file are missing in `de`: `tier gold`, `fact partner`, "
                     "`fact staff` …");
    const std::string accepted = rules + "accept label-missing \"To come.\"\n";
    for (const Diagnostic& one : lint(parsed(accepted))) {
        CHECK(one.code != "label-missing");
    }
}

TEST_CASE("lines break between Japanese characters, and not before their stops") {
    CHECK(wrapped("一二三四五", 6, 0, 2) == "一二三\n  四五");
    CHECK(wrapped("一二三。四", 6, 0, 0) == "一二\n三。四");
    CHECK(wrapped("一「二三」", 4, 0, 0) == "一\n「二\n三」");
    CHECK(wrapped("事例 12件中 3件", 8, 0, 0) == "事例\n12件中\n3件");
    CHECK(wrapped("one two 三", 7, 0, 0) == "one two\n三");
    CHECK(wrapped("事例：Acme（例）", 9, 0, 0) == "事例：\nAcme\n（例）");
    CHECK(wrapped("Goldには", 4, 0, 0) == "Goldに\nは");
    CHECK(wrapped("2022年", 4, 0, 0) == "2022年");
    CHECK(wrapped("一  二", 20, 0, 0) == "一  二");
}

TEST_CASE("a choice has the label of its name, or of its fact; paths lend theirs to what is "
          "compared with them") {
    const std::string text = R"(program    harbour "Harbour"
version    2024
effective  2024-01-01 onwards

ladder     none < silver "Silver"
           climbed one by one

paths track "Track"
  resale    "Resale"
  delivery  "Delivery"

facts
  partner  text                   "Partner"  key
  account  one of open, closed    "Account"
  seat     one of open, taken     "Seat"
  spare    one of open, closed    "Spare seat"

requirements
| name    | label     | asks                              | silver |
|---------|-----------|-----------------------------------|--------|
| account | "Account" | account = closed and spare = open | yes    |
| seat    | "Seat"    | seat = open and track = resale    | yes    |

labels de
  path resale "Weiterverkauf"
  choice account.open "laufend"
  choice spare.closed "geschlossen"
  choice seat.open "frei"
)";
    const Program german = parsed(text).in(Language::de);
    const Result<Facts> facts =
        Facts::read(german, "a.json", R"({"account": "open", "seat": "taken", "spare": "closed"})");
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    const Outcome outcome = judged(german, *facts);
    const RequirementOutcome& account = outcome.requirements[0];
    REQUIRE(account.conditions.size() == 2);
    CHECK(account.conditions[0].actual.value == "open");
    CHECK(account.conditions[0].actual.label == "laufend");
    CHECK(account.conditions[0].required.label == "geschlossen"); // equal choices are the same ones
    const RequirementOutcome& seat = outcome.requirements[1];
    REQUIRE(seat.conditions.size() == 2);
    CHECK(seat.conditions[0].required.label == "frei");
    CHECK(seat.conditions[0].actual.label == "taken"); // which has no label in German
    CHECK(seat.conditions[1].required.label == "Weiterverkauf");

    const Result<Program> twice = Program::parse("twice.rung", text + "  choice open \"offen\"\n");
    CHECK_FALSE(twice); // is that of all, of which two have theirs already
}

} // namespace rung::labels_test
