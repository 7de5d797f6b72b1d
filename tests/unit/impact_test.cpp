// Whom a new version moves, and by which edit. Counts are recomputed here from single evaluations of both versions,
// and what an edit does from rule texts that are edited by hand.
#include <rung/rung.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rung::impact_test {

namespace {

using Json = nlohmann::json;

constexpr const char* base = R"(program p "Program"
version 2023
effective 2023-01-01 onwards
currency USD
ladder none "None" < bronze "Bronze" < silver "Silver" < gold "Gold"  climbed one by one
facts
  partner  text  "Partner"  key
  signed   yes/no  "Signed"
  stories  whole number  "Stories"  at least 0
  revenue  money  "Revenue"  at least $0
  partnered  whole number  "Partnered deals"  at least 0
define score "Score"
  stories + partnered
requirements
| name      | label       | asks           | bronze | silver | gold  | cite |
|-----------|-------------|----------------|--------|--------|-------|------|
| sign      | "Signed"    | signed         | yes    | yes    | yes   | p. 1 |
| stories   | "Stories"   | stories >= _   | 1      | 2      | 4     | p. 1 |
| sales     | "Sales"     | any one of     | -      | yes    | yes   | p. 2 |
| sales.own | "Own"       | revenue >= _   | -      | $50K   | $100K | p. 2 |
| sales.co  | "Partnered" | partnered >= _ | -      | 3      | 6     | p. 2 |
benefits
| name   | label    | needs | bronze | silver | gold |
| portal | "Portal" |       | yes    | yes    | yes  |
| funds  | "Funds"  |       | -      | -      | yes  |
reading stories "Published ones."
test "nobody"
  given  signed = no
  expect tier none
)";

struct Edit {
    std::string from;
    std::string to;
};

std::string edited(std::string text, const std::vector<Edit>& edits) {
    for (const Edit& edit : edits) {
        const std::size_t at = text.find(edit.from);
        REQUIRE_MESSAGE(at != std::string::npos, edit.from);
        text.replace(at, edit.from.size(), edit.to);
    }
    return text;
}

Program program(const std::string& text) {
    Result<Program> made = Program::parse("p.rung", text);
    REQUIRE_MESSAGE(made, made.diagnostics.to_text(), text);
    return *made;
}

struct Partner {
    std::string name;
    std::string json;
};

/// Partners by chance, the same at every run; of some, not all is known.
std::vector<Partner> partners(int count, unsigned seed = 7) {
    std::mt19937 dice(seed);
    const auto from = [&](unsigned most) { return static_cast<int>(dice() % (most + 1)); };
    std::vector<Partner> all;
    for (int i = 0; i < count; ++i) {
        Json facts{{"partner", fmt::format("P{}", i)},
                   {"signed", from(9) > 0},
                   {"stories", from(6)},
                   {"revenue", from(14) * 10'000},
                   {"partnered", from(8)}};
        if (from(19) == 0) {
            facts.erase(
                std::vector<std::string>{"signed", "stories", "revenue", "partnered"}[dice() % 4]);
        }
        all.push_back({fmt::format("p{}.json", i), facts.dump()});
    }
    return all;
}

Impact impact(const Program& old, const Program& fresh, const std::vector<Partner>& list,
              const ImpactOptions& options = {}) {
    Result<ImpactStudy> study = ImpactStudy::of(old, fresh, options);
    REQUIRE_MESSAGE(study, study.diagnostics.to_text());
    std::uint64_t line = 0;
    for (const Partner& partner : list) {
        Diagnostics findings = study->add(++line, partner.json);
        if (findings.has_errors()) {
            study->leave_out(line, std::move(findings));
        }
    }
    return study->result();
}

Outcome outcome(const Program& rules, const Partner& partner,
                const std::optional<std::string>& on = {},
                const std::optional<std::string>& review = {}) {
    const Result<Facts> facts = Facts::read(rules, partner.name, partner.json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    EvaluateOptions options;
    options.on = on;
    options.review = review;
    options.named_version = true;
    const Result<Outcome> made = evaluate(rules, *facts, options);
    REQUIRE_MESSAGE(made, made.diagnostics.to_text());
    return *made;
}

std::string tier(const Outcome& outcome) { return outcome.ladders.front().tier.value_or("?"); }

/// What `Impact` should have counted, from an evaluation by each version.
void check_counts(const Impact& impact, const Program& old, const Program& fresh,
                  const std::vector<Partner>& list, const ImpactOptions& options = {}) {
    std::map<std::pair<std::string, std::string>, std::uint64_t> cells;
    std::map<std::string, std::array<std::uint64_t, 3>> benefits;
    std::vector<std::string> order;
    for (const Impact::Tier& tier : impact.ladders.front().tiers) {
        order.push_back(tier.id);
    }
    order.emplace_back("?");
    std::uint64_t up = 0;
    std::uint64_t down = 0;
    std::uint64_t undecided = 0;
    std::vector<std::string> movers;
    for (const Partner& partner : list) {
        const Outcome before = outcome(old, partner, options.on, options.review);
        const Outcome after = outcome(fresh, partner, options.on, options.review);
        const std::string from = tier(before);
        const std::string to = tier(after);
        ++cells[{from, to}];
        const auto rank = [&](const std::string& id) {
            return std::find(order.begin(), order.end(), id) - order.begin();
        };
        if (from == "?" || to == "?") {
            ++undecided;
        } else if (from != to) {
            ++(rank(to) > rank(from) ? up : down);
            movers.push_back(partner.name + " " + from + " " + to);
        }
        std::map<std::string, std::pair<Granted, Granted>> verdicts;
        for (const BenefitOutcome& benefit : before.benefits) {
            verdicts[benefit.id] = {benefit.verdict, Granted::closed};
        }
        for (const BenefitOutcome& benefit : after.benefits) {
            verdicts.try_emplace(benefit.id, Granted::closed, Granted::closed);
            verdicts[benefit.id].second = benefit.verdict;
        }
        for (const auto& [id, pair] : verdicts) {
            const auto [was, is] = pair;
            std::array<std::uint64_t, 3>& counts = benefits[id];
            if (was == Granted::unknown || is == Granted::unknown) {
                ++counts[2];
            } else if ((was == Granted::granted) != (is == Granted::granted)) {
                ++counts[is == Granted::granted ? 0 : 1];
            }
        }
    }
    const Impact::Ladder& ladder = impact.ladders.front();
    CHECK(impact.partners == list.size());
    CHECK(ladder.up == up);
    CHECK(ladder.down == down);
    CHECK(ladder.undecided == undecided);
    CHECK(ladder.unchanged == list.size() - up - down - undecided);
    for (std::size_t from = 0; from < order.size(); ++from) {
        for (std::size_t to = 0; to < order.size(); ++to) {
            const std::uint64_t count = cells[std::pair(order[from], order[to])];
            CHECK_MESSAGE(ladder.matrix[from][to] == count, order[from], " ", order[to]);
        }
    }
    std::vector<std::string> named;
    for (const Impact::Mover& mover : impact.movers) {
        named.push_back(list[mover.line - 1].name + " " + ladder.tiers[mover.from].id + " " +
                        ladder.tiers[mover.to].id);
    }
    CHECK(named == movers);
    CHECK(impact.undecided.size() == undecided);
    for (const Impact::Benefit& benefit : impact.benefits) {
        CHECK_MESSAGE(benefit.won == benefits[benefit.id][0], benefit.id);
        CHECK_MESSAGE(benefit.lost == benefits[benefit.id][1], benefit.id);
        CHECK_MESSAGE(benefit.undecided == benefits[benefit.id][2], benefit.id);
    }
}

/// Every mover is in one cause, and no other is.
void check_sums(const Impact& impact) {
    std::map<std::pair<MovedBy, std::vector<std::size_t>>, std::pair<std::uint64_t, std::uint64_t>>
        counts;
    for (const Impact::Mover& mover : impact.movers) {
        auto& [up, down] = counts[{mover.by, mover.edits}];
        ++(mover.up() ? up : down);
        CHECK((mover.by == MovedBy::unclear) == mover.edits.empty());
        CHECK((mover.by == MovedBy::one) == (mover.edits.size() == 1));
    }
    std::uint64_t all = 0;
    CHECK(impact.causes.size() == counts.size());
    for (const Impact::Cause& cause : impact.causes) {
        const auto expected = counts[std::pair(cause.by, cause.edits)];
        CHECK(expected == std::pair(cause.up, cause.down));
        all += cause.up + cause.down;
    }
    CHECK(all == impact.movers.size());
    std::uint64_t moved = 0;
    for (const Impact::Ladder& ladder : impact.ladders) {
        moved += ladder.up + ladder.down;
        CHECK(ladder.up + ladder.down + ladder.unchanged + ladder.undecided == impact.partners);
    }
    CHECK(moved == impact.movers.size());
}

/// What each edit, made by hand and alone, does: whom it moves, and of movers whether as all edits do; of those who
/// stay, that it would move them.
void check_alone(const Impact& impact, const std::string& old, const std::vector<Edit>& edits,
                 const std::vector<Partner>& list) {
    REQUIRE(impact.edits.size() == edits.size());
    std::vector<Program> alone;
    for (const Edit& edit : edits) {
        alone.push_back(program(edited(old, {edit})));
    }
    const Program before = program(old);
    const Program after = program(edited(old, edits));
    std::vector<std::uint64_t> up(edits.size(), 0);
    std::vector<std::uint64_t> down(edits.size(), 0);
    std::map<std::vector<std::size_t>, std::uint64_t> held;
    for (const Partner& partner : list) {
        const auto rank = [&](const Program& rules) {
            const std::string id = tier(outcome(rules, partner));
            const std::vector<std::string> ids{"?", "none", "bronze", "silver", "gold"};
            return std::find(ids.begin(), ids.end(), id) - ids.begin();
        };
        const auto from = rank(before);
        std::vector<std::size_t> movers;
        for (std::size_t i = 0; i < alone.size(); ++i) {
            const auto to = rank(alone[i]);
            if (from > 0 && to > 0 && from != to) {
                ++(to > from ? up : down)[i];
                movers.push_back(i);
            }
        }
        if (from > 0 && from == rank(after) && !movers.empty()) {
            ++held[movers];
        }
    }
    for (std::size_t i = 0; i < edits.size(); ++i) {
        CHECK(impact.edits[i].alone_up == up[i]);
        CHECK(impact.edits[i].alone_down == down[i]);
    }
    std::map<std::vector<std::size_t>, std::uint64_t> told_held;
    for (const Impact::Held& told : impact.held) {
        told_held[told.edits] += told.partners;
    }
    CHECK(told_held == held);
    for (const Impact::Mover& mover : impact.movers) {
        const std::string to = impact.ladders.front().tiers[mover.to].id;
        std::set<std::size_t> expected;
        for (std::size_t i = 0; i < alone.size(); ++i) {
            if (tier(outcome(alone[i], list[mover.line - 1])) == to) {
                expected.insert(i);
            }
        }
        const bool told = mover.by == MovedBy::one || mover.by == MovedBy::any;
        CHECK(told == !expected.empty());
        if (told) {
            CHECK(std::set<std::size_t>(mover.edits.begin(), mover.edits.end()) == expected);
        }
    }
}

std::string read(const std::string& path) {
    std::ifstream file(RUNG_SOURCE_DIR "/" + path, std::ios::binary);
    REQUIRE_MESSAGE(file, path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string told(const Impact::Edit& edit) {
    std::string text;
    for (const Difference& difference : edit.differences) {
        text += (text.empty() ? "" : ", ") + difference.id +
                (difference.column.empty() ? "" : "@" + difference.column);
    }
    return text;
}

} // namespace

TEST_CASE("impact: the same rules move nobody") {
    const std::vector<Partner> list = partners(200);
    const Impact same = impact(program(base), program(base), list);
    check_counts(same, program(base), program(base), list);
    CHECK(same.ladders.front().up + same.ladders.front().down == 0);
    CHECK(same.edits.empty());
    CHECK(same.movers.empty());
    CHECK(same.causes.empty());
}

TEST_CASE("impact: counts are those of two evaluations, and what an edit does alone that of its "
          "own rules") {
    const std::vector<Edit> edits{
        {"stories >= _   | 1      | 2 ", "stories >= _   | 1      | 3 "},
        {"revenue >= _   | -      | $50K ", "revenue >= _   | -      | $40K "},
        {"| 3      | 6 ", "| 3      | 5 "},
    };
    const std::vector<Partner> list = partners(600);
    const Program old = program(base);
    const Program fresh = program(edited(base, edits));
    const Impact made = impact(old, fresh, list);
    check_counts(made, old, fresh, list);
    check_sums(made);
    CHECK(told(made.edits[0]) == "stories@silver");
    CHECK(told(made.edits[1]) == "sales.own@silver");
    CHECK(told(made.edits[2]) == "sales.co@gold");
    check_alone(made, base, edits, list);
    CHECK(made.movers.size() > 50);
}

TEST_CASE("impact: two ways that are both made harder move only together") {
    const std::vector<Edit> edits{{"| $50K   ", "| $80K   "},
                                  {"partnered >= _ | -      | 3", "partnered >= _ | -      | 5"}};
    const Program old = program(base);
    const Program fresh = program(edited(base, edits));
    const std::vector<Partner> list{
        {"both",
         R"({"partner": "Both", "signed": true, "stories": 2, "revenue": 60000, "partnered": 4})"},
        {"one",
         R"({"partner": "One", "signed": true, "stories": 2, "revenue": 60000, "partnered": 0})"},
        {"stays",
         R"({"partner": "Stays", "signed": true, "stories": 2, "revenue": 90000, "partnered": 4})"},
    };
    const Impact made = impact(old, fresh, list);
    check_sums(made);
    REQUIRE(made.movers.size() == 2);
    CHECK(made.movers[0].by == MovedBy::together);
    CHECK(made.movers[0].edits == std::vector<std::size_t>{0, 1});
    CHECK(made.movers[0].needed == std::vector<std::size_t>{0, 1});
    CHECK(made.movers[1].by == MovedBy::one);
    CHECK(made.movers[1].edits == std::vector<std::size_t>{0});
    CHECK(
        to_text(made).find("only together: Sales: Own for Silver + Sales: Partnered for Silver") !=
        std::string::npos);
}

TEST_CASE("impact: of two edits that each suffice, both are named, and neither is needed") {
    const std::vector<Edit> edits{{"| 1      | 2 ", "| 1      | 3 "}, {"| $50K   ", "| $80K   "}};
    const std::vector<Partner> list{
        {"a",
         R"({"partner": "A", "signed": true, "stories": 2, "revenue": 60000, "partnered": 0})"}};
    const Impact made = impact(program(base), program(edited(base, edits)), list);
    REQUIRE(made.movers.size() == 1);
    CHECK(made.movers[0].by == MovedBy::any);
    CHECK(made.movers[0].edits == std::vector<std::size_t>{0, 1});
    CHECK(made.movers[0].needed.empty());
    CHECK(made.edits[0].alone_down == 1);
    CHECK(made.edits[0].needed == 0);
}

TEST_CASE("impact: who stays because one edit makes up for another") {
    const std::vector<Edit> edits{{"| $50K   ", "| $40K   "},
                                  {"partnered >= _ | -      | 3", "partnered >= _ | -      | 5"}};
    const std::vector<Partner> list{
        {"held",
         R"({"partner": "H", "signed": true, "stories": 2, "revenue": 45000, "partnered": 4})"},
        {"falls",
         R"({"partner": "F", "signed": true, "stories": 2, "revenue": 30000, "partnered": 4})"},
    };
    const Impact made = impact(program(base), program(edited(base, edits)), list);
    check_sums(made);
    check_alone(made, base, edits, list);
    CHECK(made.ladders.front().unchanged == 1);
    REQUIRE(made.held.size() == 1);
    CHECK(made.held[0].edits == std::vector<std::size_t>{1});
    CHECK(made.held[0].by == std::vector<std::size_t>{0});
    CHECK(made.held[0].partners == 1);
    CHECK(made.edits[1].alone_down == 2);
}

TEST_CASE("impact: the order of partners does not matter") {
    const std::vector<Edit> edits{
        {"stories >= _   | 1      | 2 ", "stories >= _   | 1      | 3 "},
        {"revenue >= _   | -      | $50K ", "revenue >= _   | -      | $40K "},
        {"| 3      | 6 ", "| 3      | 5 "},
    };
    const Program old = program(base);
    const Program fresh = program(edited(base, edits));
    std::vector<Partner> list = partners(300);
    const auto told = [&](bool turned) {
        if (turned) {
            std::reverse(list.begin(), list.end());
        }
        ImpactOptions options;
        options.near_percent = "30";
        Json json = Json::parse(to_json(impact(old, fresh, list, options)));
        json.erase("list_sha256");
        for (const char* named : {"movers", "undecided", "near"}) {
            for (Json& partner : json[named]) {
                partner.erase("line");
            }
            std::sort(json[named].begin(), json[named].end());
        }
        return json;
    };
    const Json first = told(false);
    CHECK(first == told(true));
    CHECK(first["movers"].size() > 20);
}

TEST_CASE("impact: near is who lacks figures alone, and of none of them much") {
    const Program rules = program(base);
    const auto near = [&](const std::string& percent, const std::string& facts) {
        ImpactOptions options;
        options.near_percent = percent;
        const Impact made = impact(rules, rules, {{"n", facts}}, options);
        CHECK(made.near_count == made.near.size());
        return made.near.empty() ? "" : made.ladders[0].tiers[made.near[0].tier].id;
    };
    const std::string ninety =
        R"({"partner": "N", "signed": true, "stories": 4, "revenue": 90000, "partnered": 0})";
    CHECK(near("10", ninety) == "gold");
    CHECK(near("9.9", ninety).empty());
    // Of two ways the near one is enough; of two rows both must be near.
    CHECK(near("20",
               R"({"partner": "N", "signed": true, "stories": 4, "revenue": 0, "partnered": 5})") ==
          "gold");
    CHECK(near("20",
               R"({"partner": "N", "signed": true, "stories": 3, "revenue": 0, "partnered": 5})")
              .empty());
    CHECK(near("25",
               R"({"partner": "N", "signed": true, "stories": 3, "revenue": 0, "partnered": 5})") ==
          "gold");
    // A yes/no is never near, and neither is what is not known.
    CHECK(near("100",
               R"({"partner": "N", "signed": false, "stories": 4, "revenue": 0, "partnered": 9})")
              .empty());
    CHECK(near("100", R"({"partner": "N", "signed": true, "revenue": 0, "partnered": 9})").empty());
}

TEST_CASE("impact: a swept figure counts as the rules that say it do") {
    const Program old = program(base);
    const std::vector<Partner> list = partners(300);
    ImpactOptions options;
    options.sweep = ImpactSweep{"sales.own", "silver", {"$40K", "$50K", "$60K", "some"}};
    const Impact made = impact(old, old, list, options);
    REQUIRE(made.sweep_steps.size() == 4);
    CHECK(made.sweep_steps[1].is_now);
    CHECK(!made.sweep_steps[0].is_now);
    CHECK(!made.sweep_steps[3].is_valid);
    for (std::size_t i = 0; i < 3; ++i) {
        const Program rules =
            program(edited(base, {{"| $50K   ", "| " + made.sweep_steps[i].value + "   "}}));
        const Impact by_hand = impact(rules, rules, list);
        for (std::size_t tier = 0; tier < made.sweep_steps[i].tiers[0].size(); ++tier) {
            CHECK(made.sweep_steps[i].tiers[0][tier] == by_hand.ladders[0].matrix[tier][tier]);
        }
        std::uint64_t funds = 0;
        for (const Partner& partner : list) {
            const Outcome one = outcome(rules, partner);
            funds += one.benefits[1].verdict == Granted::granted ? 1U : 0U;
        }
        CHECK(made.benefits[1].id == "funds");
        CHECK(made.sweep_steps[i].benefits[1] == funds);
    }
}

TEST_CASE("impact: a new row is one edit with the fact that it reads, and others are told apart "
          "from it") {
    const std::vector<Edit> edits{
        {"define score", "define course_count \"Courses taken\"\n  courses + 0\n\ndefine score"},
        {"  partnered  whole",
         "  courses  whole number  \"Courses\"  at least 0\n  partnered  whole"},
        {"| sales     |",
         "| courses   | \"Courses\" | course_count >= _ | - | - | 1 | p. 3 |\n| sales     |"},
        {"| 1      | 2 ", "| 1      | 3 "},
    };
    const Program old = program(base);
    const Program fresh = program(edited(base, edits));
    std::vector<Partner> list = partners(300);
    for (Partner& partner : list) {
        Json facts = Json::parse(partner.json);
        facts["courses"] = facts["partner"].get<std::string>().size() % 2;
        partner.json = facts.dump();
    }
    const Impact made = impact(old, fresh, list);
    check_counts(made, old, fresh, list);
    check_sums(made);
    REQUIRE(made.edits.size() == 2);
    CHECK(told(made.edits[0]) == "stories@silver");
    CHECK(told(made.edits[1]) == "courses, course_count, courses");
    CHECK(made.edits[0].alone_down > 0);
    CHECK(made.edits[1].alone_down > 0);
    const Impact back = impact(fresh, old, list);
    check_counts(back, fresh, old, list);
    check_sums(back);
    CHECK(back.edits.size() == 2);
}

TEST_CASE("impact: a new tier is one edit with its column") {
    std::string text = base;
    const std::vector<Edit> edits{
        {"gold \"Gold\"", "gold \"Gold\" < platinum \"Platinum\""},
        {"| gold  | cite |", "| gold  | platinum | cite |"},
        {"|-------|------|", "|-------|---|------|"},
        {"| yes   | p. 1 |", "| yes   | yes | p. 1 |"},
        {"| 4     | p. 1 |", "| 4     | 5 | p. 1 |"},
        {"| yes   | p. 2 |", "| yes   | yes | p. 2 |"},
        {"| $100K | p. 2 |", "| $100K | $120K | p. 2 |"},
        {"| 6     | p. 2 |", "| 6     | 7 | p. 2 |"},
        {"| silver | gold |\n| portal", "| silver | gold | platinum |\n| portal"},
    };
    text = edited(text, edits);
    text = edited(text, {{"| portal | \"Portal\" |       | yes    | yes    | yes  |",
                          "| portal | \"Portal\" |       | yes    | yes    | yes  | yes |"},
                         {"| funds  | \"Funds\"  |       | -      | -      | yes  |",
                          "| funds  | \"Funds\"  |       | -      | -      | yes  | yes |"},
                         {"| 1      | 2 ", "| 1      | 3 "}});
    const Program old = program(base);
    const Program fresh = program(text);
    const std::vector<Partner> list = partners(400);
    const Impact made = impact(old, fresh, list);
    check_counts(made, old, fresh, list);
    check_sums(made);
    CHECK(made.edits.size() == 2);
    CHECK(made.ladders.front().tiers.back().id == "platinum");
    CHECK(!made.ladders.front().tiers.back().before);
    const Impact back = impact(fresh, old, list);
    check_counts(back, fresh, old, list);
    check_sums(back);
    CHECK(back.ladders.front().tiers.back().id == "platinum");
    CHECK(!back.ladders.front().tiers.back().after);
    CHECK(back.edits.size() == 2);
}

TEST_CASE("impact: how a ladder is climbed is an edit by itself") {
    const Program old = program(base);
    const Program fresh = program(edited(base, {{"climbed one by one", "each tier stands alone"},
                                                {"| 1      | 2 ", "| 1      | 3 "}}));
    const std::vector<Partner> list = partners(400);
    const Impact made = impact(old, fresh, list);
    check_counts(made, old, fresh, list);
    check_sums(made);
    REQUIRE(made.edits.size() == 2);
    const Impact alone =
        impact(old, program(edited(base, {{"| 1      | 2 ", "| 1      | 3 "}})), list);
    CHECK(made.edits.back().alone_down == alone.ladders.front().down);
    CHECK(alone.ladders.front().down > 0);
}

TEST_CASE("impact: a new row is told apart from a new tier, though it has a cell of it") {
    const std::string with_tier = edited(
        base, {{"| silver | gold |\n| portal", "| silver | gold | platinum |\n| portal"},
               {"|       | yes    | yes    | yes  |", "|       | yes    | yes    | yes  | yes |"},
               {"|       | -      | -      | yes  |", "|       | -      | -      | yes  | yes |"},
               {"gold \"Gold\"", "gold \"Gold\" < platinum \"Platinum\""},
               {"| gold  | cite |", "| gold  | platinum | cite |"},
               {"|-------|------|", "|-------|---|------|"},
               {"| yes   | p. 1 |", "| yes   | yes | p. 1 |"},
               {"| 4     | p. 1 |", "| 4     | 5 | p. 1 |"},
               {"| yes   | p. 2 |", "| yes   | yes | p. 2 |"},
               {"| $100K | p. 2 |", "| $100K | $120K | p. 2 |"},
               {"| 6     | p. 2 |", "| 6     | 7 | p. 2 |"}});
    const std::string row = "| co   | \"Deals\" | partnered >= _ | - | 2 | 3 |";
    const Program old = program(base);
    const Program fresh =
        program(edited(with_tier, {{"benefits\n", row + " 9 | p. 3 |\nbenefits\n"}}));
    const std::vector<Partner> list = partners(400);
    const Impact made = impact(old, fresh, list);
    check_counts(made, old, fresh, list);
    check_sums(made);
    REQUIRE(made.edits.size() == 2);
    const auto of_row =
        std::find_if(made.edits.begin(), made.edits.end(),
                     [](const Impact::Edit& edit) { return edit.differences.front().id == "co"; });
    REQUIRE(of_row != made.edits.end());
    const Impact alone =
        impact(old, program(edited(base, {{"benefits\n", row + " p. 3 |\nbenefits\n"}})), list);
    CHECK(alone.ladders.front().down > 0);
    CHECK(of_row->alone_down == alone.ladders.front().down);
    const Impact back = impact(fresh, old, list);
    check_counts(back, fresh, old, list);
    check_sums(back);
    CHECK(back.edits.size() == 2);
}

TEST_CASE("impact: a row that is gone, and a measure that is worked out otherwise") {
    const std::vector<Edit> edits{
        {"| sign      | \"Signed\"    | signed         | yes    | yes    | yes   | p. 1 |\n", ""},
        {"| stories   | \"Stories\"   | stories >= _ ",
         "| stories   | \"Stories\"   | score >= _ "},
    };
    const Program old = program(base);
    const Program fresh = program(edited(base, edits));
    const std::vector<Partner> list = partners(400);
    const Impact made = impact(old, fresh, list);
    check_counts(made, old, fresh, list);
    check_sums(made);
    REQUIRE(made.edits.size() == 2);
    check_alone(made, base, {edits[1], edits[0]}, list); // what is gone comes last
}

TEST_CASE("impact: facts that cannot be read are told and not counted") {
    const Program old = program(base);
    const Impact made = impact(old, program(edited(base, {{"| 1      | 2 ", "| 1      | 3 "}})),
                               {{"broken", "{"},
                                {"wrong", R"({"stories": "many"})"},
                                {"good", R"({"partner": "G", "stories": 0, "signed": false})"}});
    CHECK(made.partners == 1);
    REQUIRE(made.unread.size() == 2);
    CHECK(made.unread_count == 2);
    CHECK(made.unread[0].line == 1);
    CHECK(made.unread[1].why.has_errors());
    CHECK(made.ladders.front().unchanged == 1);
}

TEST_CASE("impact: who is undecided is told with what is missing") {
    const Impact made =
        impact(program(base), program(base), {{"u", R"({"partner": "U", "stories": 3})"}});
    REQUIRE(made.undecided.size() == 1);
    CHECK(made.undecided[0].before);
    CHECK(made.undecided[0].after);
    REQUIRE(!made.undecided[0].missing.empty());
    CHECK(made.undecided[0].missing[0].pointer == "/signed");
    CHECK(to_text(made).find("Signed") != std::string::npos);
}

TEST_CASE("impact: nothing of a partner's name is computed by a spreadsheet") {
    const std::vector<Partner> list{
        {"a",
         R"({"partner": "=1+1, \"x\"", "signed": true, "stories": 2, "revenue": 60000, "partnered": 0})"}};
    const Impact made =
        impact(program(base), program(edited(base, {{"| 1      | 2 ", "| 1      | 3 "}})), list);
    CHECK(movers_csv(made) == "partner,key,line,ladder,from,to,moved,by,edits\r\n"
                              "\"'=1+1, \"\"x\"\"\",\"'=1+1, \"\"x\"\"\",1,,silver,bronze,down,one,"
                              "Stories for Silver\r\n");
}

TEST_CASE("impact: other programs and days that are none are refused") {
    const Program old = program(base);
    const Program other = program(edited(base, {{"program p", "program q"}}));
    CHECK(ImpactStudy::of(old, other).diagnostics.begin()->code == "other-program");
    ImpactOptions options;
    options.on = "2024-02-30";
    CHECK(ImpactStudy::of(old, old, options).diagnostics.begin()->code == "no-such-day");
}

TEST_CASE("impact: the records of real programs, by two of their versions") {
    struct Pair {
        std::string folder;
        std::string old;
        std::string fresh;
        std::vector<std::string> facts;
    };
    const Pair hubspot{"rules/hubspot-solutions/",
                       "2016.rung",
                       "2018.rung",
                       {"01-silver-2018-exact", "02-same-2016", "03-median-half",
                        "04-repeated-apps", "05-sold-a-year-ago", "10-no-portals"}};
    std::vector<Partner> list;
    for (const std::string& name : hubspot.facts) {
        list.push_back({name, read(hubspot.folder + "facts/" + name + ".json")});
    }
    const Program old = program(read(hubspot.folder + hubspot.old));
    const Program fresh = program(read(hubspot.folder + hubspot.fresh));
    const Impact made = impact(old, fresh, list);
    check_counts(made, old, fresh, list);
    check_sums(made);
    CHECK(made.edits.size() == 9);
}

TEST_CASE("impact: a year's edits of a real program, over partners made by chance") {
    const std::string text = read("rules/twilio-technology-2023/2023.rung");
    const std::vector<Edit> edits{
        {"| -          | 1      | 2                     | 3    | p. 8-9   |",
         "| -          | 1      | 3                     | 4    | p. 8-9   |"},
        {"| $250K  | $5M ", "| $200K  | $4M "},
        {"| $100K  | $500K ", "| $100K  | $750K "},
        {"term_years > 1 and signed_on", "term_years >= 1 and signed_on"},
    };
    const Program old = program(text);
    const Program fresh = program(edited(text, edits));
    std::vector<Partner> list;
    std::mt19937 dice(11);
    const auto from = [&](unsigned most) { return static_cast<int>(dice() % (most + 1)); };
    for (const char* record : {"05-silver-integrate-midyear", "06-silver-leap-window",
                               "02-bronze-embed-exact", "09-gold-commit"}) {
        const Json start = Json::parse(
            read(std::string("rules/twilio-technology-2023/facts/") + record + ".json"));
        for (int i = 0; i < 60; ++i) {
            Json facts = start;
            Json& stories = facts["success_stories"];
            stories = Json::array();
            for (int n = from(5); n > 0; --n) {
                stories.push_back({{"title", fmt::format("S{}", n)},
                                   {"customer_facing", from(5) > 0},
                                   {"published_on", "2021-03-04"}});
            }
            for (const char* list_name : {"direct_revenue", "influenced_deals"}) {
                if (!facts.contains(list_name)) {
                    continue;
                }
                for (Json& line : facts[list_name]) {
                    line[line.contains("amount_usd") ? "amount_usd" : "est_arr_usd"] =
                        from(60) * 100'000;
                }
            }
            if (from(9) == 0) {
                facts.erase("account_mapping_implemented");
            }
            list.push_back({fmt::format("{}-{}", record, i), facts.dump()});
        }
    }
    const ImpactOptions options;
    const Impact made = impact(old, fresh, list, options);
    check_counts(made, old, fresh, list, options);
    check_sums(made);
    CHECK(made.movers.size() > 20);
    for (const Impact::Mover& mover : made.movers) {
        CHECK(mover.by != MovedBy::unclear);
    }
}

} // namespace rung::impact_test
