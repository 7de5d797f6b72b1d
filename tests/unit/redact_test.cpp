// The partner edition: of what comes from internal facts nothing is left but labels and verdicts.
#include "interpreter/model.hpp"
#include "values_of.hpp"

#include <rung/rung.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung::redact_test {
namespace {

using Json = nlohmann::ordered_json;

const std::string contract = R"(
currency  USD
ladder    none "None" < silver "Silver" < gold "Gold"
          climbed one by one

record deal "Deal" named by account
  account  text   "Account"   internal
  value    money  "Value"
  margin   percent  "Margin"  internal

facts
  partner  text                 "Partner"  key
  risk     one of low, high     "Risk class"  internal
  score    decimal              "Score"       internal
  staff    whole number         "Staff"
  deals    list of deal         "Deals"

define best_margin "Best margin"
  largest of margin in deals
define volume "Volume"
  sum of value in deals

requirements
| name   | label          | asks                | silver | gold                   | cite |
|--------|----------------|---------------------|--------|------------------------|------|
| risk   | "Low risk"     | risk = low          | yes    | yes                    | p. 1 |
| score  | "Standing"     | score >= _          | 10     | 20                     | p. 1 |
| staff  | "Staff"        | staff >= _          | 1      | 2 if score < 15        | p. 1 |
| volume | "Volume"       | volume >= _         | $10    | $20                    | p. 1 |
| best   | "Margin"       | best_margin >= _    | 1%     | 5%                     | p. 1 |
| big    | "Large deals"  | (count of deals where value >= $7) >= _ | 1 | 2          | p. 1 |

benefits
| name | label   | needs      | silver         | gold | cite |
|------|---------|------------|----------------|------|------|
| desk | "Desk"  | risk = low | yes if score > 3 | yes  | p. 2 |

values
| name  | label         | silver                | gold                  | cite |
|-------|---------------|-----------------------|-----------------------|------|
| bonus | "Bonus"       | $100 * score          | $200 * score          | p. 3 |
| flat  | "Flat fee"    | $100                  | $200                  | p. 3 |

notice watch "Watched"
  when risk = high
)";

const std::string facts = R"({"partner": "Acme", "risk": "low", "score": 17.125, "staff": 3,
  "deals": [{"account": "Globex", "value": 9, "margin": 7.25},
            {"account": "Initech", "value": 3, "margin": 2.5},
            {"account": "Umbrella", "value": 11}]})";

Outcome evaluated(const std::string& json) { return trial::evaluate(trial::parse(contract), json); }

const RequirementOutcome& row(const Outcome& outcome, const std::string& id,
                              const std::string& tier = "silver") {
    const auto found = std::find_if(
        outcome.requirements.begin(), outcome.requirements.end(),
        [&](const RequirementOutcome& each) { return each.id == id && each.tier == tier; });
    REQUIRE(found != outcome.requirements.end());
    return *found;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("what comes from internal facts is known as such") {
    const Outcome outcome = evaluated(facts);
    CHECK(outcome.internal.some);
    CHECK_FALSE(outcome.internal.partner);
    CHECK(row(outcome, "risk").conditions.front().internal);
    CHECK(row(outcome, "score").conditions.front().internal);
    CHECK(row(outcome, "best").conditions.front().internal); // through a measure and a list
    CHECK_FALSE(row(outcome, "staff").conditions.front().internal);
    CHECK_FALSE(row(outcome, "volume").conditions.front().internal);
    CHECK(row(outcome, "staff", "gold").because.front().internal);
    CHECK(outcome.benefits.front().needs.front().internal);
    CHECK(outcome.benefits.front().opens_at.front().condition->internal);
    CHECK_FALSE(outcome.benefits.front().opens_at.back().condition);
    CHECK(outcome.values.front().internal);
    CHECK_FALSE(outcome.values.back().internal);
    CHECK(outcome.measures.front().internal);
    CHECK_FALSE(outcome.measures.back().internal);
    CHECK(outcome.internal.missing == std::vector<std::string>{"/deals/2/margin"});
}

TEST_CASE("labels and verdicts stay, figures and the rules' words go") {
    const Outcome full = evaluated(facts);
    const Outcome outcome = redacted(full);
    CHECK(outcome.ladders.front().tier == full.ladders.front().tier);
    const Condition& score = row(outcome, "score").conditions.front();
    CHECK(score.label == "Score");
    CHECK(score.verdict == RequirementVerdict::met);
    CHECK(score.actual.state == Figure::State::hidden);
    CHECK(score.actual.type == "decimal");
    CHECK(score.actual.value.empty());
    CHECK(score.required.state == Figure::State::hidden);
    CHECK(score.gap.state == Figure::State::absent);
    CHECK(score.comparison.empty());

    const BenefitOutcome& desk = outcome.benefits.front();
    CHECK(desk.label == "Desk");
    CHECK(desk.needs.front().words.empty());
    REQUIRE(desk.opens_at.front().condition);
    CHECK(desk.opens_at.front().condition->words.empty());

    CHECK(outcome.values.front().value.state == Figure::State::hidden);
    CHECK(outcome.values.front().value.currency == "USD");
    CHECK(outcome.values.front().by_tier.front().value.state == Figure::State::hidden);
    CHECK(outcome.values.back().value.state == Figure::State::known);
    CHECK(outcome.measures.front().value.state == Figure::State::hidden);
    CHECK(outcome.measures.back().value.value == "23");
    CHECK(outcome.decide_next.empty()); // nothing but internal facts is missing
    CHECK(outcome.facts_sha256.empty());
}

TEST_CASE("records with an internal name are called by their number") {
    const Condition large = row(redacted(evaluated(facts)), "big").conditions.front();
    CHECK(large.actual.value == "2");
    REQUIRE(large.counted.size() == 2);
    CHECK(large.counted[0].label == "Deal 1");
    CHECK(large.counted[1].label == "Deal 3");
    REQUIRE(large.near.size() == 1);
    CHECK(large.near[0].label == "Deal 2");
}

TEST_CASE("the partner edition as JSON") {
    const std::string json = to_json(redacted(evaluated(facts)));
    for (const char* internal :
         {"17.125", "7.25", "2.5", "Globex", "Initech", "1712.5", "risk = low", "score > 3"}) {
        CAPTURE(internal);
        CHECK_FALSE(has(json, internal));
    }
    const Json whole = Json::parse(json);
    CHECK(whole["input"]["facts_sha256"].is_null());
    CHECK(whole["values"]["bonus"] ==
          Json({{"type", "money"}, {"currency", "USD"}, {"hidden", true}}));
    CHECK(whole["measures"]["best_margin"]["hidden"] == true);
    CHECK(whole["benefits"][0]["needs"] == Json::array({""}));
    CHECK(whole["benefits"][0]["opens_at"][0]["if"] == "");
    CHECK(whole["benefits"][0]["opens_at"][1]["if"].is_null());
}

// A list that is internal as a whole: not even how long it is may be read from what it is worth.
TEST_CASE("a value for each record of an internal list") {
    const Program program = trial::parse(R"(
currency  USD
ladder    none < silver  climbed one by one

record case "Case" named by title
  title   text   "Title"
  credit  money  "Credit"

facts
  partner  text             "Partner"  key
  staff    whole number     "Staff"
  cases    list of case     "Cases"    internal
  wins     list of case     "Wins"

requirements
| name  | label   | asks       | silver |
|-------|---------|------------|--------|
| staff | "Staff" | staff >= _ | 1      |

values
| name   | label    | each  | value       | silver |
|--------|----------|-------|-------------|--------|
| hidden | "Hidden" | cases | credit * 2  | yes    |
| shown  | "Shown"  | wins  | credit * 10 | yes    |
)");
    const Outcome full = trial::evaluate(program, R"({"partner": "Acme", "staff": 2,
      "cases": [{"title": "Globex", "credit": 777}], "wins": [{"title": "Initech", "credit": 5}]})");
    REQUIRE(full.values.size() == 2);
    CHECK(full.values[0].internal);
    CHECK(full.values[0].items.size() == 1);
    CHECK_FALSE(full.values[1].internal);

    const Outcome outcome = redacted(full);
    CHECK(outcome.values[0].items.empty());
    CHECK(outcome.values[0].by_tier.front().items.empty());
    CHECK(outcome.values[0].value.state == Figure::State::hidden);
    REQUIRE(outcome.values[1].items.size() == 1);
    CHECK(outcome.values[1].items.front().value.value == "50");
    for (const char* internal : {"Globex", "777", "1554"}) {
        CAPTURE(internal);
        CHECK_FALSE(has(to_json(outcome), internal));
    }
}

TEST_CASE("a key that is internal is no name") {
    const Program program = trial::parse("facts\n  partner  text  \"Partner\"  key internal\n"
                                         "define x\n  1\n");
    const Outcome outcome = redacted(trial::evaluate(program, R"({"partner": "Acme"})"));
    CHECK(outcome.partner.empty());
    CHECK(outcome.partner_key.empty());
}

TEST_CASE("without internal facts both editions are one") {
    const Program program =
        trial::parse("facts\n  partner  text  \"Partner\"  key\ndefine x\n  1\n");
    const Outcome outcome = trial::evaluate(program, R"({"partner": "Acme"})");
    CHECK(to_json(redacted(outcome)) == to_json(outcome));
}

// ---- plans, outlooks and why-not -----------------------------------------------------------------

/// A list that is internal as a whole, and one of which the name is.
const std::string internal_lists = R"(
currency  USD
ladder    none "None" < silver "Silver" < gold "Gold"
          climbed one by one

record case "Case" named by title
  title   text   "Title"
  on      date   "Opened on"
  credit  money  "Credit"

record deal "Deal" named by account
  account  text    "Account"  internal
  signed   yes/no  "Signed"

facts
  partner  text             "Partner"  key
  staff    whole number     "Staff"
  cases    list of case     "Cases"    internal
  deals    list of deal     "Deals"

define recent "Recent cases"
  count of cases where on in trailing 100 days

requirements
| name  | label         | asks                                  | silver | gold |
|-------|---------------|---------------------------------------|--------|------|
| deals | "Deals"       | (count of deals where signed) >= _    | 2      | 2    |
| quiet | "Few cases"   | (count of cases where credit >= $700 and on in trailing 100 days) <= _ | -  | 0 |
| staff | "Staff"       | staff >= _                            | -      | 5    |

benefits
| name | label  | needs       | silver | gold |
|------|--------|-------------|--------|------|
| desk | "Desk" | recent <= 3 | yes    | yes  |

values
| name  | label   | each  | value      | silver | gold |
|-------|---------|-------|------------|--------|------|
| extra | "Extra" | cases | credit * 2 | yes    | yes  |
| sum   | "Sum"   |       | $10 * recent | yes  | yes  |
)";

/// Whatever the cases are called and come to, the same verdicts follow from them on every day.
std::string with_cases(const std::string& cases) {
    return R"({"facts": {"partner": "Acme", "staff": 2, "cases": [)" + cases +
           R"(], "deals": [{"account": "Globex", "signed": true}, {"account": "Initech", "signed": false}]},
            "on": "2023-02-15"})";
}

const std::string few_cases =
    with_cases(R"({"title": "Hooli", "on": "2023-02-01", "credit": 777})");
const std::string more_cases =
    with_cases(R"({"title": "Vandelay", "on": "2023-02-01", "credit": 888},
                  {"title": "Kramerica", "on": "2023-01-05", "credit": 31})");

/// Everything that the partner's edition of the three says, in each format and language.
std::vector<std::string> told_to_partner(const Program& program, const std::string& json) {
    std::vector<std::string> all;
    const Result<Facts> read_in = Facts::read(program, "acme.json", json);
    REQUIRE_MESSAGE(read_in, read_in.diagnostics.to_text());
    const Result<Outcome> outcome = evaluate(program, *read_in, {});
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    const Outcome shown = redacted(*outcome);
    const Result<Registry> versions = Registry::of({program});
    REQUIRE(versions);
    OutlookOptions ahead;
    ahead.until = "2023-12-31";
    ahead.for_partner = true;
    const Result<Outlook> outlook = rung::outlook(*versions, "acme.json", json, ahead);
    REQUIRE_MESSAGE(outlook, outlook.diagnostics.to_text());
    CHECK(outlook->series.front().changes.size() >= 1);
    all.push_back(to_json(shown));
    all.push_back(to_json(*outlook));
    for (const std::string target : {"silver", "gold", "desk"}) {
        const Result<Plan> made = plan(program, "acme.json", json, target);
        REQUIRE_MESSAGE(made, made.diagnostics.to_text());
        const Plan ways = redacted(*made);
        all.push_back(to_json(ways));
        for (const Language language : {Language::en, Language::de, Language::es, Language::ja}) {
            for (const Layout layout : {Layout::terminal, Layout::markdown, Layout::html}) {
                TextOptions options;
                options.language = language;
                options.layout = layout;
                options.all = true;
                all.push_back(to_text(ways, options));
                all.push_back(why(shown, target, Asked::why_not, options, &ways));
                all.push_back(to_text(*outlook, options));
            }
        }
    }
    return all;
}

TEST_CASE("internal lists and what their records hold reach no partner") {
    const Program program = trial::parse(internal_lists);
    const std::vector<std::string> few = told_to_partner(program, few_cases);
    for (const std::string& text : few) {
        for (const char* internal :
             {"Hooli", "777", "1554", "1.554", "1,554", "2023-02-01", "Feb 1", "1 Feb", "Globex",
              "Initech", "trailing 100", "credit >= ", "Opened on", "/cases"}) {
            CAPTURE(internal);
            CHECK_MESSAGE(!has(text, internal), text);
        }
    }
    // Nor can it be told from anything else how many there are and what they hold.
    const std::vector<std::string> more = told_to_partner(program, more_cases);
    REQUIRE(few.size() == more.size());
    for (std::size_t i = 0; i < few.size(); ++i) {
        CHECK(few[i] == more[i]);
    }
}

TEST_CASE("a plan for the partner has ways only where nothing that is asked is internal") {
    const Program program = trial::parse(internal_lists);
    const Result<Plan> silver = plan(program, "acme.json", few_cases, "silver");
    const Result<Plan> gold = plan(program, "acme.json", few_cases, "gold");
    REQUIRE(silver);
    REQUIRE(gold);
    CHECK(silver->ways.size() == 2); // sign the deal, or another one
    CHECK(has(to_text(*silver), "Initech"));

    const Plan shown = redacted(*silver);
    CHECK_FALSE(shown.hidden);
    REQUIRE(shown.ways.size() == 2);
    CHECK(shown.ways.front().steps.front().record->label == "Deal 2");
    CHECK(shown.ways.front().facts.empty());
    CHECK(shown.facts_sha256.empty());
    CHECK(has(to_text(shown), "Deal 2: Signed"));

    const Plan hidden = redacted(*gold);
    CHECK(hidden.hidden);
    CHECK(hidden.ways.empty());
    CHECK(hidden.obstacles.empty());
    const std::string text = to_text(hidden);
    CHECK(has(text, "Ways to Gold are not shown here"));
    CHECK_FALSE(has(text, "no way to Gold was found"));
    const Json json = Json::parse(to_json(hidden))["plan"];
    CHECK(json["hidden"] == true);
    CHECK(json["facts_sha256"].is_null());
    CHECK(Json::parse(to_json(*gold))["plan"]["hidden"] == false);
}

TEST_CASE("what a plan says beside its ways tells the partner nothing internal either") {
    Plan plan;
    plan.has_internal = true;
    plan.past_left = true;
    plan.ways_full = true;
    plan.restated = {{"as_of", "2024-01-01"}};
    plan.ways.emplace_back();
    plan.ways.front().reaches =
        "gold"; // which asks for what is internal, while the target does not
    plan.ways.front().reaches_label = "Gold";
    const Plan shown = redacted(plan);
    REQUIRE(shown.ways.size() == 1);
    CHECK(shown.ways.front().reaches.empty());
    CHECK(shown.ways.front().reaches_label.empty());

    plan.asks_internal = true;
    const Plan hidden = redacted(plan);
    CHECK(hidden.ways.empty());
    CHECK_FALSE(hidden.past_left);
    CHECK_FALSE(hidden.ways_full);
    CHECK(hidden.restated.empty());
}

TEST_CASE("what is wrong with internal facts is not told to the partner") {
    const Program program = trial::parse(internal_lists);
    const std::string odd = with_cases(R"({"title": "Hooli", "on": "2023-02-01", "cerdit": 777})");
    const Result<Plan> silver = plan(program, "acme.json", odd, "silver");
    REQUIRE(silver);
    CHECK_FALSE(silver->warnings.empty());
    CHECK(redacted(*silver).warnings.empty());
    // A later version that cannot read the facts says no more than that.
    std::string next = trial::head + internal_lists;
    const auto change = [&](const std::string& what, const std::string& by) {
        REQUIRE(next.find(what) != std::string::npos);
        next.replace(next.find(what), what.size(), by);
    };
    change("version    2023", "version    2024");
    change("2020-01-01 onwards", "2023-07-01 onwards");
    change("title   text   \"Title\"", "title   date   \"Title\"");
    const Result<Program> later = Program::parse("later.rung", next);
    REQUIRE_MESSAGE(later, later.diagnostics.to_text());
    const Result<Registry> versions = Registry::of({program, *later});
    REQUIRE_MESSAGE(versions, versions.diagnostics.to_text());
    OutlookOptions ahead;
    ahead.until = "2023-12-31";
    const Result<Outlook> full = outlook(*versions, "acme.json", few_cases, ahead);
    ahead.for_partner = true;
    const Result<Outlook> shown = outlook(*versions, "acme.json", few_cases, ahead);
    REQUIRE_MESSAGE(full, full.diagnostics.to_text());
    REQUIRE(shown);
    CHECK(has(to_json(*full), "Hooli"));
    CHECK_FALSE(has(to_json(*shown), "Hooli"));
    CHECK(has(to_text(*shown), "version 2024 cannot judge these facts"));
    CHECK(shown->series.front().stretches.back().problems.has_errors());
}

// ---- over the real programs: every fact in turn is made internal, and then changed

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The rules with a fact, or the field of a record, marked as internal.
std::string marked(const std::string& rules, const Field& field) {
    std::size_t end = rules.find('\n', field.at.end);
    while (rules[rules.find_last_not_of(" \t\r\n", end)] == ',') {
        end = rules.find('\n', end + 1);
    }
    const std::size_t comment = rules.find(" #", field.at.end);
    std::string text = rules;
    return text.insert(std::min(end, comment), "  internal");
}

/// Another value of the same type, or nothing where none is at hand.
Json changed(const Json& value) {
    if (value.is_boolean()) {
        return !value.get<bool>();
    }
    if (value.is_number_integer()) {
        return value.get<std::int64_t>() + 1;
    }
    if (value.is_number()) {
        return value.get<double>() + 1;
    }
    const std::string text = value.is_string() ? value.get<std::string>() : "";
    if (text.size() == 10 && text[4] == '-') {
        return text.substr(0, 8) + (text.substr(8) == "15" ? "16" : "15");
    }
    return Json();
}

void note(std::string& to, const std::vector<Condition>& conditions) {
    for (const Condition& condition : conditions) {
        to += static_cast<char>('a' + static_cast<int>(condition.verdict));
        note(to, condition.alternatives);
    }
}

/// Everything that was decided.
std::string verdicts_of(const Outcome& outcome) {
    std::string all;
    for (const LadderOutcome& ladder : outcome.ladders) {
        all += ladder.tier.value_or("?") + ladder.at_least + ladder.path;
        for (const std::string& tier : ladder.possible) {
            all += "," + tier;
        }
        if (ladder.holds) {
            all += ladder.holds->tier.value_or("?") + ladder.holds->because +
                   ladder.holds->through.value_or("");
        }
        for (const PathOutcome& path : ladder.paths) {
            all += path.tier.value_or("?") + path.at_least + std::to_string(int(path.open));
            note(all, path.because);
        }
    }
    for (const RequirementOutcome& each : outcome.requirements) {
        all += static_cast<char>('0' + static_cast<int>(each.verdict));
        all += static_cast<char>('0' + static_cast<int>(each.condition));
        note(all, each.because);
        note(all, each.conditions);
    }
    for (const BenefitOutcome& benefit : outcome.benefits) {
        all += static_cast<char>('0' + static_cast<int>(benefit.verdict));
        all += benefit.tier_suffices ? "s" : "";
        note(all, benefit.because);
    }
    for (const NoticeOutcome& notice : outcome.notices) {
        all += static_cast<char>('0' + static_cast<int>(notice.verdict));
    }
    return all;
}

struct Compared {
    int pairs = 0; // of partners who differ in an internal fact
    int alike = 0; // … and in no verdict
};

/// Both editions, with the fact at `pointer` as it is and changed.
void compare(const Program& program, const std::string& name, const Json& record,
             const std::string& pointer, Compared& compared) {
    const Json::json_pointer at(pointer);
    if (!record.contains(at) || changed(record[at]).is_null()) {
        return;
    }
    Json other = record;
    other[at] = changed(record[at]);
    const Result<Facts> one = Facts::read(program, name, record.dump());
    const Result<Facts> two = Facts::read(program, name, other.dump());
    if (!one || !two) {
        return;
    }
    EvaluateOptions options;
    options.named_version = true;
    const Result<Outcome> before = evaluate(program, *one, options);
    const Result<Outcome> after = evaluate(program, *two, options);
    if (!before || !after) {
        return;
    }
    ++compared.pairs;
    if (verdicts_of(*before) != verdicts_of(*after)) {
        return;
    }
    ++compared.alike;
    CAPTURE(pointer);
    CHECK(to_json(redacted(*before)) == to_json(redacted(*after)));
}

TEST_CASE("partners who differ in internal facts only cannot be told apart") {
    Compared compared;
    for (const auto& folder : std::filesystem::directory_iterator(RUNG_SOURCE_DIR "/rules")) {
        for (const auto& file : std::filesystem::directory_iterator(folder)) {
            const std::string path = file.path().string();
            if (!path.ends_with(".rung") || path.ends_with(".test.rung")) {
                continue;
            }
            CAPTURE(path);
            const std::string rules = read(file.path());
            const Result<Program> plain = Program::parse(path, rules);
            REQUIRE(plain);
            const Model& model = plain->model();
            std::vector<std::pair<Program, std::string>> each; // with the pointer in the facts
            const auto add = [&](const Field& field, const std::string& pointer) {
                const Result<Program> made = Program::parse(path, marked(rules, field));
                REQUIRE_MESSAGE(made, made.diagnostics.to_text());
                each.emplace_back(*made, pointer);
            };
            for (const Field& fact : model.facts) {
                if (fact.type.kind != TypeKind::list) {
                    add(fact, fact.pointer);
                    continue;
                }
                for (const Field& field : model.records[fact.type.index].fields) {
                    if (!model.records[fact.type.index].plain) {
                        add(field, fact.pointer + "/0" + field.pointer);
                    }
                }
            }
            for (const auto& facts_file :
                 std::filesystem::directory_iterator(folder.path() / "facts")) {
                const Json record = Json::parse(read(facts_file.path()), nullptr, false);
                for (const auto& [program, pointer] : each) {
                    const bool wrapped = record.contains("facts") && record["facts"].is_object();
                    compare(program, facts_file.path().filename().string(), record,
                            (wrapped ? "/facts" : "") + pointer, compared);
                }
            }
        }
    }
    MESSAGE(compared.alike, " of ", compared.pairs);
    CHECK(compared.alike > 300);
}

} // namespace
} // namespace rung::redact_test
