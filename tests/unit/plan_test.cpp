// What it would take: each way reaches its target and has no step too many, and nothing cheaper would do.
//
// Ways are held against evaluations of their facts, read anew from JSON. Of small cases every combination of
// edits is tried by the evaluator alone; nothing of the planner is used for it.
//
// RUNG_PLAN_SEEDS, if set, is how many generated programs are tried, and thirty times as many small ones; with more
// than 6 all partners of the real programs are planned for, and benefits too.
#include "interpreter/evaluate.hpp"
#include "tests/unit/generated_program.hpp"

#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/plan.hpp>
#include <rung/program.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung {
namespace {

using namespace generated;
using Pointer = Json::json_pointer;

unsigned seeds() {
    const char* const given = std::getenv("RUNG_PLAN_SEEDS"); // NOLINT(concurrency-mt-unsafe)
    return given == nullptr ? 6 : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
}

// ---- ways are held against the facts after them -------------------------------------------------

struct Counts {
    int plans = 0;
    int reached = 0; // with nothing to do
    int ways = 0;
    int steps = 0;
    int none = 0; // no way
    int bounded = 0; // the bound of the work was met

    [[nodiscard]] std::string text() const {
        return std::to_string(plans) + " plans, " + std::to_string(ways) + " ways of " +
               std::to_string(steps) + " steps; " + std::to_string(none) + " without a way, " +
               std::to_string(reached) + " reached already, " + std::to_string(bounded) +
               " ended at the bound";
    }
};

/// Whether the outcome has the target: that tier or a higher one for certain, or the benefit granted.
bool has(const Outcome& outcome, const Plan& plan) {
    for (const BenefitOutcome& benefit : outcome.benefits) {
        if (plan.is_benefit && benefit.id == plan.target) {
            return benefit.verdict == Granted::granted;
        }
    }
    for (const LadderOutcome& ladder : outcome.ladders) {
        bool above = false;
        for (const TierName& tier : ladder.tiers) {
            above = above || tier.id == plan.target || ladder.id + "." + tier.id == plan.target;
            if (tier.id == ladder.at_least && above) {
                return true;
            }
        }
    }
    return false;
}

/// Nothing where the facts cannot be read.
std::optional<bool> reaches(const Program& program, const std::string& json, const Plan& plan) {
    const Result<Facts> facts = Facts::read(program, "facts.json", json);
    if (!facts) {
        return std::nullopt;
    }
    EvaluateOptions options;
    options.on = plan.at.on;
    options.review = plan.at.review;
    options.named_version = true;
    const Result<Outcome> outcome = evaluate(program, *facts, options);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return has(*outcome, plan);
}

/// The value at a place, or nothing where there is none.
std::optional<Json> at(const Json& json, const Pointer& place) {
    return json.contains(place) ? std::optional(json.at(place)) : std::nullopt;
}

void put_back(Json& json, const Pointer& place, const std::optional<Json>& value) {
    if (value) {
        json[place] = *value;
    } else if (json.contains(place)) {
        json[place.parent_pointer()].erase(place.back());
    }
}

/// The facts of a way without so many of the records of a step, or without the step.
Json without(const Json& after, const Json& before, const PlanStep& step, std::size_t records) {
    const bool enveloped = before.contains("facts") && before["facts"].is_object();
    const Pointer place((enveloped ? "/facts" : "") + step.pointer);
    Json rest = after;
    if (step.kind != PlanStepKind::add) {
        put_back(rest, place, at(before, place));
        return rest;
    }
    const Pointer list = place.parent_pointer();
    const auto first = static_cast<std::ptrdiff_t>(std::stoul(place.back()));
    Json& items = rest[list];
    items.erase(items.begin() + first,
                items.begin() + first + static_cast<std::ptrdiff_t>(records));
    if (items.empty()) {
        put_back(rest, list, at(before, list));
    }
    return rest;
}

/// The first thing that is wrong with a plan.
std::string wrong(const Program& program, const std::string& json, const Plan& plan,
                  Counts& counts) {
    ++counts.plans;
    counts.reached += plan.reached ? 1 : 0;
    counts.none += !plan.reached && plan.ways.empty() ? 1 : 0;
    counts.bounded += plan.bound_met ? 1 : 0;
    const Json before = Json::parse(json);
    for (const PlanWay& way : plan.ways) {
        ++counts.ways;
        if (reaches(program, way.facts, plan) != true) {
            return "a way misses " + plan.target + ": " + way.facts;
        }
        const Json after = Json::parse(way.facts);
        for (const PlanStep& step : way.steps) {
            ++counts.steps;
            const std::size_t all = std::max<std::size_t>(step.count, 1);
            for (const std::size_t records : {std::size_t{1}, all}) {
                const std::string fewer = without(after, before, step, records).dump();
                if (reaches(program, fewer, plan) == true) {
                    return "a step too many for " + plan.target + ": " + step.pointer + " of " +
                           way.facts;
                }
            }
        }
    }
    return "";
}

/// Every tier that may be asked for, and every benefit.
std::vector<std::string> targets(const Model& model, bool with_benefits) {
    std::vector<std::string> all;
    for (const Ladder& ladder : model.ladders) {
        for (std::size_t i = 1; i < ladder.tiers.size(); ++i) {
            const std::string& id = ladder.tiers[i].id;
            all.push_back(model.ladders.size() == 1 ? id : ladder.id + "." + id);
        }
    }
    for (Index i = 0; with_benefits && i < model.benefits.size(); ++i) {
        const Benefit& benefit = model.benefits[i];
        all.push_back(benefit.id);
    }
    return all;
}

TEST_CASE("over generated programs, each way reaches its target and needs each of its steps") {
    Counts counts;
    int partners = 0;
    for (unsigned seed = 1; seed <= seeds(); ++seed) {
        Dice dice(seed + 500'000);
        const GeneratedProgram generated = generate(dice, true);
        const Result<Program> program = Program::parse("trial.rung", generated.text());
        REQUIRE_MESSAGE(program, program.diagnostics.to_text());
        Partners drawn(dice, false);
        for (const int chance : {0, 25}) {
            const std::string json = drawn.partner(chance, generated.tiers()).text();
            ++partners;
            for (const std::string& target : targets(program->model(), true)) {
                PlanOptions options;
                options.on = review_date;
                options.max_evaluations = 60;
                const Result<Plan> plan = rung::plan(*program, "facts.json", json, target, options);
                REQUIRE_MESSAGE(plan, plan.diagnostics.to_text());
                const std::string fault = wrong(*program, json, *plan, counts);
                CHECK_MESSAGE(fault.empty(), "seed ", seed, ": ", fault, "\n", generated.text(),
                              "\n", json);
            }
        }
    }
    MESSAGE(seeds(), " programs, ", partners, " partners: ", counts.text());
    CHECK(counts.ways >= 20);
}

// ---- real programs ------------------------------------------------------------------------------

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::filesystem::path> files(const std::filesystem::path& folder,
                                         const std::string& ending, const std::string& but) {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(ending) && (but.empty() || !name.ends_with(but))) {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// A day for facts that have none: the first on which the version is in force and what it asks for exists.
PlanOptions options_for(const Program& program, const std::string& json) {
    PlanOptions options;
    options.named_version = true;
    options.max_evaluations = 60;
    const Result<Facts> facts = Facts::read(program, "facts.json", json);
    const Model& model = program.model();
    if (facts && !facts->sheet().on && model.effective_from) {
        options.on = model.effective_from->to_string();
    }
    if (facts && !facts->sheet().review && !model.reviews.empty()) {
        options.review = model.reviews.front().id;
    }
    return options;
}

TEST_CASE("over the real programs and their partners, each way reaches its target") {
    const std::filesystem::path root = RUNG_SOURCE_DIR;
    const bool long_run = seeds() > 6;
    Counts counts;
    int versions = 0;
    int partners = 0;
    for (const auto& folder : std::filesystem::directory_iterator(root / "rules")) {
        if (!std::filesystem::is_directory(folder.path() / "facts")) {
            continue;
        }
        std::vector<std::filesystem::path> records = files(folder.path() / "facts", ".json", "");
        if (folder.path().filename() == "twilio-technology-2023") {
            records.insert(records.begin(), root / "examples/partners/acme-silver.json");
        }
        for (const auto& rules : files(folder.path(), ".rung", ".test.rung")) {
            const Result<Program> program = Program::parse("rules.rung", read_file(rules));
            REQUIRE(program);
            ++versions;
            for (std::size_t i = 0; i < records.size(); i += long_run ? 1 : 4) {
                const std::filesystem::path& record = records[i];
                const std::string json = read_file(record);
                const PlanOptions options = options_for(*program, json);
                bool any = false;
                for (const std::string& target : targets(program->model(), long_run)) {
                    const Result<Plan> plan =
                        rung::plan(*program, "facts.json", json, target, options);
                    if (!plan) {
                        continue; // facts for another version
                    }
                    any = true;
                    const std::string fault = wrong(*program, json, *plan, counts);
                    CHECK_MESSAGE(fault.empty(), rules.string(), " ", record.string(), ": ", fault);
                }
                partners += any ? 1 : 0;
            }
        }
    }
    MESSAGE(versions, " versions, ", partners, " partners: ", counts.text());
    CHECK(counts.ways >= 20);
}

// ---- nothing is cheaper -------------------------------------------------------------------------

const std::string small_head = R"(program    small
version    2023
effective  2020-01-01 onwards

record line
  ok      yes/no
  points  whole number  at least 0 at most 3

facts
  f0  yes/no
  f1  yes/no
  f2  yes/no  by program
  n0  whole number  at least 0 at most 4
  n1  whole number  at least 0 at most 4
  k0  one of p, q, s
  c0  yes/no  cannot change
  l0  list of line

define good count of l0 where ok
define score sum of points in l0 where ok

)";

/// A small program by chance: two tiers, rows that ask for few facts.
class Small {
public:
    explicit Small(Dice& dice) : dice_(dice) {}

    std::string text() {
        std::string rows;
        const int count = dice_.from(1, 3);
        for (int i = 0; i < count; ++i) {
            rows += dice_.one_in(3) ? head(i) : "| r" + std::to_string(i) + " | " + asked(ask());
        }
        const std::string climb = dice_.one_in(2) ? "climbed one by one" : "each tier stands alone";
        return "ladder none < low < high " + climb +
               "\n\nrequirements\n| name | asks | low | high |\n" + "|---|---|---|---|\n" + rows;
    }

private:
    std::string number(int low, int high) { return std::to_string(dice_.from(low, high)); }

    /// With `_`, or a condition.
    std::string ask() { return dice_.one_in(2) ? figure() + " >= _" : condition(2); }

    std::string figure() {
        return dice_.of(std::vector<std::string>{"n0", "n1", "good", "score", "n0 + n1",
                                                 "2 * n0 + good", "n1 but at most 3"});
    }

    std::string condition(int depth) {
        switch (dice_.from(0, depth > 0 ? 9 : 5)) {
        case 0:
            return dice_.of(std::vector<std::string>{"f0", "f1", "f2"});
        case 1:
            return "not " + dice_.of(std::vector<std::string>{"f0", "f1", "c0"});
        case 2:
            return "(" + figure() + " >= " + number(1, 4) + ")";
        case 3:
            return "(" + dice_.of(std::vector<std::string>{"n0", "n1"}) + " <= " + number(0, 3) +
                   ")";
        case 4:
            return dice_.of(std::vector<std::string>{"(k0 = p)", "(k0 in (p, q))", "(k0 != s)"});
        case 5:
            return dice_.of(std::vector<std::string>{"(some of l0 where points >= 2)", "c0",
                                                     "(some of l0 where ok and points >= 1)"});
        case 6:
        case 7:
            return "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
        case 8:
            return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
        default:
            return "(at least 2 of (" + condition(depth - 1) + ", " + condition(depth - 1) + ", " +
                   condition(depth - 1) + "))";
        }
    }

    /// An ask with its cells.
    std::string asked(const std::string& ask) {
        const bool hole = ask.find('_') != std::string::npos;
        const int low = dice_.from(0, 3);
        const std::string lower = low == 0 ? "-" : hole ? std::to_string(low) : "yes";
        const std::string upper = hole ? std::to_string(low + dice_.from(1, 2)) : "yes";
        return ask + " | " + lower + " | " + upper + " |\n";
    }

    std::string head(int index) {
        const std::string name = "r" + std::to_string(index);
        const int ways = dice_.from(2, 3);
        const bool two = ways == 3 && dice_.one_in(2);
        std::string rows =
            "| " + name + " | " + (two ? "at least 2 of" : "any one of") + " | yes | yes |\n";
        for (int i = 0; i < ways; ++i) {
            rows += "| " + name + ".w" + std::to_string(i) + " | " + asked(ask());
        }
        return rows;
    }

    Dice& dice_;
};

/// One fact, or a record that is added, as it may be, and what making it so takes, as docs/language.md says.
struct Edit {
    Json value;
    int effort = 0;
};

/// Every partner that edits make of one, the least effort first.
class Exhaustive {
public:
    Exhaustive(const Program& program, const Json& facts, const std::string& rules)
        : program_(program), evaluator_(program.model()), facts_(facts) {
        for (const char* const name : {"f0", "f1", "f2"}) {
            slot(rules, name, {true, false}, 2, std::string(name) == "f2" ? 2 : 0);
        }
        for (const char* const name : {"n0", "n1"}) {
            slot(rules, name, {0, 1, 2, 3, 4}, 3, 0);
        }
        slot(rules, "k0", {"p", "q", "s"}, 2, 0);
        if (!facts.contains("c0")) {
            slot(rules, "c0", {true, false}, 1, 0); // it can be found out
        }
        if (rules.find("l0") != std::string::npos || rules.find("good") != std::string::npos ||
            rules.find("score") != std::string::npos) {
            lists();
        }
    }

    [[nodiscard]] std::size_t combinations() const {
        std::size_t count = 1;
        for (const auto& [name, edits] : edits_) {
            count *= edits.size();
        }
        return count;
    }

    /// The least effort that reaches the tier.
    std::optional<int> least(Index tier) {
        tier_ = tier;
        best_ = std::nullopt;
        look(edits_.begin(), facts_, 0);
        return best_;
    }

private:
    using Slots = std::map<std::string, std::vector<Edit>>;

    void slot(const std::string& rules, const std::string& name, const std::vector<Json>& values,
              int effort, int more) {
        const bool known = facts_.contains(name);
        const bool read = rules.find(name) != std::string::npos;
        std::vector<Edit>& edits = edits_[name];
        edits.push_back({known ? facts_[name] : Json(), 0});
        for (const Json& value : values) {
            if (read && (!known || facts_[name] != value)) {
                edits.push_back({value, (known ? effort : 1) + more});
            }
        }
    }

    /// Every list that keeps the records there are, with their fields changed, and has up to three more.
    void lists() {
        struct List {
            Json items;
            int effort;
        };
        const bool known = facts_.contains("l0");
        std::vector<List> lists{{Json::array(), 0}};
        for (const Json& record : known ? facts_["l0"] : Json::array()) {
            std::vector<List> more;
            for (const List& list : lists) {
                for (const bool ok : {true, false}) {
                    for (int points = 0; points <= 3; ++points) {
                        const Json other{{"ok", ok}, {"points", points}};
                        more.push_back({list.items, list.effort + cost(record, other)});
                        more.back().items.push_back(other);
                    }
                }
                more.push_back(list);
                more.back().items.push_back(record);
            }
            lists = std::move(more);
        }
        std::vector<Edit>& edits = edits_["l0"];
        edits.push_back({known ? facts_["l0"] : Json(), 0});
        for (const List& list : lists) {
            edits.push_back({list.items, list.effort + (known ? 0 : 1)});
            for (int added = 1; added <= 3; ++added) {
                for (int points = 0; points <= 3; ++points) {
                    Json items = list.items;
                    for (int i = 0; i < added; ++i) {
                        items.push_back({{"ok", true}, {"points", points}});
                    }
                    edits.push_back({std::move(items), list.effort + 4 * added});
                }
            }
        }
    }

    static int cost(const Json& before, const Json& after) {
        int effort = 0;
        for (const auto& [name, usual] : {std::pair("ok", 2), std::pair("points", 3)}) {
            if (!before.contains(name)) {
                effort += 1;
            } else if (before[name] != after[name]) {
                effort += usual;
            }
        }
        return effort;
    }

    void look(Slots::const_iterator slot, const Json& facts, int effort) {
        if (best_ && effort >= *best_) {
            return;
        }
        if (slot == edits_.end()) {
            const Result<Facts> read = Facts::read(program_, "facts.json", facts.dump());
            REQUIRE_MESSAGE(read, read.diagnostics.to_text());
            const Setting at{};
            if (evaluator_.evaluate(read->sheet(), at).standings[0].at_least >= tier_) {
                best_ = effort;
            }
            return;
        }
        for (const Edit& edit : slot->second) {
            Json changed = facts;
            if (!edit.value.is_null()) {
                changed[slot->first] = edit.value;
            }
            look(std::next(slot), changed, effort + edit.effort);
        }
    }

    const Program& program_;
    Evaluator evaluator_;
    const Json& facts_;
    Slots edits_;
    Index tier_ = 0;
    std::optional<int> best_;
};

Json small_partner(Dice& dice) {
    Json facts = Json::object();
    const auto put = [&](const std::string& name, Json value) {
        if (!dice.one_in(5)) {
            facts[name] = std::move(value);
        }
    };
    for (const char* const name : {"f0", "f1", "f2", "c0"}) {
        put(name, dice.one_in(3));
    }
    put("n0", dice.from(0, 2));
    put("n1", dice.from(0, 2));
    put("k0", dice.of(std::vector<std::string>{"p", "q", "s"}));
    Json list = Json::array();
    if (dice.one_in(2)) {
        list.push_back({{"ok", dice.one_in(2)}, {"points", dice.from(0, 3)}});
    }
    put("l0", std::move(list));
    return facts;
}

TEST_CASE("of small cases no combination of edits reaches a tier with less effort") {
    int compared = 0;
    int none = 0;
    int large = 0;
    int beyond = 0;
    for (unsigned seed = 1; seed <= 30 * seeds(); ++seed) {
        Dice dice(seed + 900'000);
        const std::string body = Small(dice).text();
        const Result<Program> program = Program::parse("small.rung", small_head + body);
        REQUIRE_MESSAGE(program, program.diagnostics.to_text(), "\n", body);
        const Json facts = small_partner(dice);
        Exhaustive all(*program, facts, body);
        if (all.combinations() > 4000) {
            ++large;
            continue;
        }
        for (const Index tier : {Index{1}, Index{2}}) {
            const std::optional<int> least = all.least(tier);
            const std::string target = tier == 1 ? "low" : "high";
            const Result<Plan> plan = rung::plan(*program, "facts.json", facts.dump(), target);
            REQUIRE_MESSAGE(plan, plan.diagnostics.to_text());
            const std::optional<int> planned =
                plan->reached        ? std::optional(0)
                : plan->ways.empty() ? std::nullopt
                                     : std::optional(std::stoi(plan->ways.front().effort));
            // Combinations add at most three records: what needs more of them is not among them.
            if (!least && planned > 4 * 3) {
                ++beyond;
                continue;
            }
            CHECK_MESSAGE(planned == least, "seed ", seed, " ", target, ": planned ",
                          planned.value_or(-1), ", least ", least.value_or(-1), "\n", body, "\n",
                          facts.dump());
            ++compared;
            none += least ? 0 : 1;
        }
    }
    MESSAGE(compared, " small cases compared, ", none, " of them without a way; ", large,
            " programs left out as too large, ", beyond,
            " plans that add more records than were tried");
    CHECK(compared >= 100);
}

} // namespace
} // namespace rung
