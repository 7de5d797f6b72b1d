// Which missing facts to ask for. What each settles is worked out by hand, and asking is tried to its end.
#include "interpreter/fact_edit.hpp"
#include "values_of.hpp"

#include <rung/ask.hpp>
#include <rung/contract.hpp>

#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace rung::ask_test {

using namespace trial;

namespace {

Questions asked(const Program& program, const std::string& json, const std::string& target = "") {
    const Result<Facts> facts = Facts::read(program, "facts.json", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    EvaluateOptions options;
    options.on = "2023-02-15";
    Result<Questions> questions = ask(program, *facts, options, target);
    REQUIRE_MESSAGE(questions, questions.diagnostics.to_text());
    return *questions;
}

/// "/a 2: silver! portal": tried values, and what is settled; always has a mark.
std::string line(const Questions& questions, std::size_t index) {
    const MissingFact& fact = questions.facts.at(index);
    std::string text = fact.pointer + " " + std::to_string(fact.tried) + ":";
    for (const MissingFact::Settles& settles : fact.settles) {
        const OpenAnswer& open = questions.open.at(settles.open);
        text += " " + (open.about == OpenAnswer::About::tier ? "tier" : open.id) +
                (settles.always ? "!" : "");
    }
    return text;
}

std::vector<std::string> lines(const Questions& questions) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < questions.facts.size(); ++i) {
        all.push_back(line(questions, i));
    }
    return all;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("what settles more comes first, whatever the order of the rules") {
    const Program program = parse(R"(
ladder none < silver  climbed one by one
facts
  a        yes/no
  b        yes/no
  contact  yes/no
requirements
| name | asks  | silver |
| a    | a     | yes    |
| both | b     | yes    |
benefits
| name   | needs   | silver |
| portal |         | yes    |
| funds  | contact | yes    |
)");
    // No to `a` settles itself, the tier and both benefits; yes only itself. The same of `b`. Of `contact` nothing is
    // settled: with no the funds are open at silver and closed below it.
    const Questions questions = asked(program, "{}");
    CHECK(questions.open.size() == 5); // tier, a, both, portal, funds
    REQUIRE(questions.facts.size() == 3);
    CHECK(line(questions, 0) == "/a 2: tier a! portal funds");
    CHECK(line(questions, 1) == "/b 2: tier both! portal funds");
    CHECK(questions.facts[2].pointer == "/contact");
    CHECK(questions.all_tried);
    CHECK(questions.evaluations == 6);

    CHECK(lines(asked(program, R"({"a": true})"))[0] == "/b 2: tier! both! portal! funds");
    CHECK(lines(asked(program, R"({"a": false})")).empty());
    CHECK(evaluate(program, "{}").decide_next == Lines{"/a", "/b", "/contact"});
}

TEST_CASE("figures are tried at the thresholds, from below and above") {
    const std::string rules = R"(
ladder none < silver < gold  climbed one by one
record deal
  value  whole number  at least 0
facts
  spend  whole number  at least 0
  deals  list of deal
define total
  sum of value in deals
requirements
| name  | asks       | silver | gold |
| spend | spend >= _ | 10     | 20   |
| total | total >= _ | 10     | 20   |
)";
    const Program program = parse(rules);
    // 0, 9, 10, 19, 20: with less than 10 the tier is settled, and spend at silver always is.
    const Questions spend = asked(program, R"({"deals": [{"value": 30}]})");
    CHECK(lines(spend) == Lines{"/spend 5: tier! spend!"});
    // 12 are there, so 8 are lacking to gold: 0, 7, 8, and the thresholds themselves.
    const Questions deal = asked(program, R"({"spend": 20, "deals": [{"value": 12}, {}]})");
    REQUIRE(deal.facts.size() == 1);
    CHECK(deal.facts[0].pointer == "/deals/1/value");
    CHECK(deal.facts[0].record == "deal 2");
    CHECK(deal.facts[0].tried == 5);
    CHECK(deal.facts[0].settles.size() == 2); // the tier, and total at gold
    CHECK(deal.facts[0].settles[0].always);
}

TEST_CASE("towards a tier or a benefit, only what matters to it") {
    const Program program = parse(R"(
ladder none < silver < gold  climbed one by one
facts
  a        yes/no
  b        yes/no
  contact  yes/no
requirements
| name | asks  | silver | gold |
| a    | a     | yes    | yes  |
| b    | b     | -      | yes  |
benefits
| name   | needs   | silver | gold |
| funds  | contact | yes    | yes  |
)");
    CHECK(lines(asked(program, "{}", "silver")) == Lines{"/a 2: ! a!"});
    CHECK(asked(program, "{}", "gold").facts.size() == 2);
    CHECK(asked(program, R"({"b": false})", "gold").facts.empty()); // never gold
    const Questions funds = asked(program, R"({"a": true})", "funds");
    CHECK(funds.facts.size() == 2); // `b` may matter in what the tier is
    CHECK(line(funds, 0) == "/contact 2: funds!");
    const Result<Facts> facts = Facts::read(program, "f", "{}");
    CHECK_FALSE(ask(program, *facts, {}, "golden"));
}

TEST_CASE("days are tried around the windows, and lists that are not given as empty") {
    const Program program = parse(R"(
ladder none < silver  climbed one by one
record story
  published  date
facts
  since    date or never
  stories  list of story
define fresh
  count of stories where published in previous calendar year
requirements
| name  | asks                             | silver |
| since | since in previous calendar year  | yes    |
| fresh | fresh >= _                       | 1      |
)");
    const Questions questions = asked(program, "{}");
    REQUIRE(questions.facts.size() == 2);
    // The day itself, both ends of 2022 with the days around them, and never: each settles whether it is met.
    CHECK(line(questions, 0).starts_with("/since 8: "));
    // That there are none is tried; with some, nothing would be settled.
    CHECK(questions.facts[1].pointer == "/stories");
    CHECK(questions.facts[1].tried == 1);
}

TEST_CASE("the bound on evaluations is told") {
    std::string facts;
    std::string rows;
    for (int i = 0; i < 400; ++i) {
        facts += "  f" + std::to_string(i) + "  yes/no\n";
        rows += "| r" + std::to_string(i) + " | f" + std::to_string(i) + " | yes |\n";
    }
    const Program program = parse("\nladder none < silver  climbed one by one\nfacts\n" + facts +
                                  "requirements\n| name | asks | silver |\n" + rows);
    const Questions questions = asked(program, "{}");
    CHECK(questions.facts.size() == 400);
    CHECK(questions.evaluations <= 1'000'000 / 400);
    CHECK(questions.all_tried == (questions.evaluations == 800));
}

// ---- to the end ----------------------------------------------------------------------------------

namespace {

std::string file_text(const std::string& path) {
    std::ifstream file(std::string(RUNG_SOURCE_DIR) + "/" + path);
    std::stringstream text;
    text << file.rdbuf();
    REQUIRE_FALSE(text.str().empty());
    return text.str();
}

using Random = std::mt19937;

const FactNeed* need_at(const std::vector<FactNeed>& needs, std::string pointer) {
    for (const FactNeed& need : needs) {
        if (need.pointer == pointer) {
            return &need;
        }
        if (need.kind == "list" && pointer.starts_with(need.pointer + "/")) {
            const std::string rest = pointer.substr(need.pointer.size() + 1);
            return need_at(need.fields, rest.substr(rest.find('/')));
        }
    }
    return nullptr;
}

std::string answer_to(const FactNeed& need, Random& random) {
    const auto one_of = [&](std::size_t count) { return random() % count; };
    if (need.kind == "yes_no") {
        return one_of(2) == 0 ? "true" : "false";
    }
    if (need.kind == "choice") {
        return json_text(need.choices[one_of(need.choices.size())].json);
    }
    if (need.kind == "choices") {
        return "[" + json_text(need.choices[one_of(need.choices.size())].json) + "]";
    }
    if (need.kind == "date") {
        const std::vector<std::string> days{"2021-05-01", "2022-03-15", "2022-12-31", "2023-01-20"};
        return json_text(days[one_of(days.size())]);
    }
    if (need.kind == "list") {
        return one_of(2) == 0 ? "[]" : "[{}]";
    }
    if (need.kind == "text") {
        return json_text("a text");
    }
    if (need.kind == "whole" || need.kind == "days" || need.kind == "months") {
        return std::to_string(one_of(6));
    }
    return need.share ? "0.5" : std::to_string(one_of(4) * 20'000'000);
}

} // namespace

TEST_CASE("answering what is asked leads to a certain tier") {
    const std::string path = "rules/twilio-technology-2023/2023.rung";
    const Result<Program> program = Program::parse(path, file_text(path));
    REQUIRE(program);
    const std::vector<FactNeed> needs = facts_needed(*program);
    EvaluateOptions options;
    options.on = "2023-02-15";
    options.review = "annual";
    std::size_t longest = 0;
    for (unsigned seed = 0; seed < 40; ++seed) {
        Random random(seed);
        std::string json = "{}";
        for (std::size_t round = 0;; ++round) {
            REQUIRE(round < 200);
            const Result<Facts> facts = Facts::read(*program, "facts", json);
            REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
            const Result<Outcome> outcome = evaluate(*program, *facts, options);
            REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
            longest = std::max(longest, round);
            if (outcome->decide_next.empty()) {
                CHECK_MESSAGE(outcome->ladders[0].tier, json);
                break;
            }
            const std::string& pointer = outcome->decide_next.front();
            const FactNeed* need = need_at(needs, pointer);
            REQUIRE_MESSAGE(need != nullptr, pointer);
            const std::vector<FactEdit> edits{{pointer, answer_to(*need, random)}};
            const auto text = edit_json(json, edits);
            REQUIRE_MESSAGE(std::holds_alternative<std::string>(text), pointer, "\n", json);
            json = std::get<std::string>(text);
        }
    }
    CHECK(longest > 3);
}

} // namespace rung::ask_test
