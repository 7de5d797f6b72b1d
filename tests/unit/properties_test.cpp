// What must hold of every program and every partner, tried on generated ones.
//
// A generator writes rule files and, beside each piece of text, what it means: a plain calculation over
// facts of which every one is known (generated_program.hpp). Facts are made with some of them missing, and
// completed in many ways. Whatever Rung says for certain of the partner with missing facts has to be so for
// every completion.
#include "interpreter/evaluate.hpp"
#include "tests/unit/generated_program.hpp"

#include <rung/facts.hpp>
#include <rung/fast.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung::properties_test {
namespace {

using namespace generated;

// ---- holding Rung against it -------------------------------------------------------------------

struct Case {
    GeneratedProgram generated;
    std::optional<Program> program;
    std::vector<std::vector<Index>> rows; // of the model, by ladder and generated row

    [[nodiscard]] const Model& model() const { return program->model(); }
};

/// Where a thing of that name stands.
template <typename Things, typename Name>
Index place_of(const Things& things, Name&& has_name) {
    const auto at = std::find_if(things.begin(), things.end(), has_name);
    REQUIRE(at != things.end());
    return static_cast<Index>(at - things.begin());
}

Case make_case(unsigned seed, bool clean) {
    Dice dice(seed);
    Case made;
    made.generated = generate(dice, clean);
    const std::string text = made.generated.text();
    Result<Program> program = Program::parse("trial.rung", text);
    REQUIRE_MESSAGE(program, "seed ", seed, "\n", program.diagnostics.to_text(), "\n", text);
    made.program = *program;
    for (const GeneratedLadder& ladder : made.generated.ladders) {
        std::vector<Index>& rows = made.rows.emplace_back();
        for (const GeneratedRow& row : ladder.rows) {
            rows.push_back(place_of(made.model().requirements,
                                    [&](const Requirement& is) { return is.id == row.id; }));
        }
    }
    return made;
}

Facts read(const Program& program, const Partner& partner) {
    Result<Facts> facts = Facts::read(program, "facts.json", partner.text());
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text(), "\n", partner.text());
    return *facts;
}

Setting setting(const Case& made) {
    Setting at;
    at.on = *Date::from_days(on);
    at.review = made.generated.review ? 0 : none;
    return at;
}

EvaluateOptions options() {
    EvaluateOptions options;
    options.on = review_date;
    return options;
}

bool may_be(const Value& value, const std::optional<Number>& figure) {
    if (!figure) {
        return value.undetermined != Truth::no;
    }
    return value.undetermined != Truth::yes &&
           (value.range.low_open || value.range.low <= *figure) &&
           (value.range.high_open || *figure <= value.range.high);
}

bool may_be(const Value& value, const std::optional<bool>& truth) {
    return value.truth == Truth::unknown || (truth && truth_of(*truth) == value.truth);
}

bool is_exactly(const Value& value, const std::optional<Number>& figure) {
    return figure ? value.certain() : value.undetermined == Truth::yes;
}

bool is_exactly(const Value& value, const std::optional<bool>& truth) {
    return !truth || value.certain();
}

/// Collects what was said for certain and is not so for the partner. `exact`: of whom everything is known.
class Faults {
public:
    Faults(const Case& made, const Facts& facts, const Verdicts& verdicts, const Partner& partner,
           bool exact)
        : made_(made), facts_(facts), verdicts_(verdicts), partner_(partner), exact_(exact) {
        world_.facts = &partner.facts;
        world_.held = &partner.held;
    }

    const std::string& first() {
        for (const GeneratedMeasure& measure : made_.generated.measures) {
            this->measure(measure);
        }
        try {
            const Expected is_so = expected(made_.generated, partner_);
            standings(is_so);
        } catch (const Unclear&) {
            // Something undetermined decides: there is nothing to hold it against.
        }
        return first_;
    }

private:
    // ---- figures

    void measure(const GeneratedMeasure& measure) {
        const Model& model = made_.model();
        const bool of_record = !measure.record.empty();
        const std::vector<Measure>& all = of_record ? model.record_measures : model.measures;
        const Measure& is =
            all[place_of(all, [&](const Measure& one) { return one.name == measure.name; })];
        const std::size_t paths = is.paths == none ? 1 : model.paths[is.paths].paths.size();
        for (world_.path = 0; world_.path < paths; ++world_.path) {
            if (of_record) {
                of_records(measure, is);
            } else {
                figure(measure, verdicts_.measures[is.first_value + world_.path]);
            }
        }
        world_.path = 0;
    }

    void of_records(const GeneratedMeasure& measure, const Measure& is) {
        const std::vector<Value>& values = verdicts_.record_measures[is.first_value + world_.path];
        for (std::size_t row = 0; row + 1 < values.size(); ++row) {
            const std::string pointer =
                facts_.sheet().pointer_of_row(made_.model(), is.record, static_cast<Index>(row));
            world_.rows.push_back({&partner_.facts.at(Json::json_pointer(pointer)), {}});
            figure(measure, values[row]);
            world_.rows.clear();
        }
    }

    void figure(const GeneratedMeasure& measure, const Value& value) {
        if (measure.number) {
            hold(value, measure.number, "measure " + measure.name);
        } else if (measure.truth) {
            hold(value, measure.truth, "measure " + measure.name);
        }
    }

    template <typename Meaning>
    void hold(const Value& value, const Meaning& meaning, const std::string& what) {
        World world = world_;
        try {
            const auto is_so = meaning(world);
            say(may_be(value, is_so) && (!exact_ || is_exactly(value, is_so)), what);
        } catch (const Unclear&) {
            // Nothing to hold it against.
        }
    }

    // ---- tiers, and what follows from them

    void standings(const Expected& is_so) {
        world_.tiers = is_so.tiers();
        for (std::size_t i = 0; i < is_so.ladders.size(); ++i) {
            const auto index = static_cast<Index>(i);
            standing(verdicts_.standing(index), is_so.ladders[i].tier, "");
            paths(index, is_so.ladders[i]);
            benefits(index, is_so.ladders[i]);
            if (is_so.ladders[i].holds) {
                standing(verdicts_.holdings[i].standing, *is_so.ladders[i].holds, " held");
            }
            values(index);
        }
        for (std::size_t i = 0; i < is_so.notices.size(); ++i) {
            truth(verdicts_.notices[i], is_so.notices[i], "notice");
        }
    }

    void truth(Truth said, bool is_so, const std::string& what) {
        say(said == Truth::unknown ? !exact_ : said == truth_of(is_so), what);
    }

    void standing(const Standing& said, int is_so, const std::string& what) {
        const auto tier = static_cast<Index>(is_so);
        say(said.tier == none ? !exact_ : said.tier == tier, "tier" + what);
        say((said.possible >> tier & 1U) != 0, "possible tiers" + what);
        say(said.at_least <= tier, "at least" + what);
    }

    void paths(Index ladder, const ExpectedLadder& is_so) {
        const Index first = made_.model().ladders[ladder].first_path;
        for (Index path = 0; path < is_so.paths.size(); ++path) {
            const PathVerdict& said = verdicts_.paths[first + path];
            truth(said.open, is_so.paths[path].open, "open path");
            standing(said.standing, is_so.paths[path].tier, " along a path");
            for (std::size_t row = 0; row < made_.rows[ladder].size(); ++row) {
                for (Index tier = 1; tier < made_.generated.ladders[ladder].tiers.size(); ++tier) {
                    this->row(is_so.paths[path], ladder, path, row, tier);
                }
            }
        }
    }

    void row(const ExpectedPath& path, Index ladder, Index at, std::size_t row, Index tier) {
        const RowVerdict& said = verdicts_.row(made_.rows[ladder][row], tier, at);
        const Judged is_so = path.rows[row][tier];
        const bool same = (said.verdict == Verdict::met && is_so == Judged::met) ||
                          (said.verdict == Verdict::unmet && is_so == Judged::unmet) ||
                          (said.verdict == Verdict::not_asked && is_so == Judged::not_asked);
        // A condition that is not known leaves a row met that may turn out not to be asked; one of a
        // head leaves its parts as they are.
        const bool unasked = is_so == Judged::not_asked && !exact_ &&
                             ((said.verdict == Verdict::met && said.asked == Truth::unknown) ||
                              path.under_unasked[row][tier]);
        say(same || unasked || (said.verdict == Verdict::unknown && !exact_),
            "row " + made_.generated.ladders[ladder].rows[row].id + " at tier " +
                std::to_string(tier));
    }

    void benefits(Index ladder, const ExpectedLadder& is_so) {
        const std::vector<GeneratedBenefit>& all = made_.generated.ladders[ladder].benefits;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const BenefitVerdict said = verdicts_.benefits[place_of(
                made_.model().benefits, [&](const Benefit& is) { return is.id == all[i].id; })];
            const Opened opened = is_so.benefits[i];
            const bool same = (said == BenefitVerdict::granted && opened == Opened::granted) ||
                              (said == BenefitVerdict::open && opened == Opened::open) ||
                              (said == BenefitVerdict::closed && opened == Opened::closed);
            const bool may_close = said == BenefitVerdict::open && opened == Opened::closed &&
                                   verdicts_.standing(ladder).tier == none;
            say(same || may_close || (said == BenefitVerdict::unknown && !exact_),
                "benefit " + all[i].id);
        }
    }

    void values(Index ladder) {
        const std::vector<int> tiers = world_.tiers;
        for (const GeneratedValue& value : made_.generated.ladders[ladder].values) {
            const Index index =
                place_of(made_.model().values, [&](const Worth& is) { return is.id == value.id; });
            for (std::size_t tier = 0; tier < value.cells.size(); ++tier) {
                world_.tiers[ladder] = static_cast<int>(tier);
                worth(value, value.cells[tier], verdicts_.values[index * verdicts_.tiers + tier]);
            }
        }
        world_.tiers = tiers;
    }

    void worth(const GeneratedValue& value, const GeneratedWorth& cell, const Value& said) {
        switch (cell.kind) {
        case GeneratedWorth::Kind::nothing:
            break;
        case GeneratedWorth::Kind::left_open:
            say(!said.certain(), "value " + value.id);
            break;
        case GeneratedWorth::Kind::common:
            hold(said, value.common.meaning, "value " + value.id);
            break;
        case GeneratedWorth::Kind::own:
            hold(said, cell.own.meaning, "value " + value.id);
            break;
        }
    }

    void say(bool fine, const std::string& what) {
        if (!fine && first_.empty()) {
            first_ = what;
        }
    }

    const Case& made_;
    const Facts& facts_;
    const Verdicts& verdicts_;
    const Partner& partner_;
    bool exact_;
    World world_;
    std::string first_;
};

/// The first thing that Rung says of the partner and that is not so in this completion.
std::string wrong(const Case& made, const Facts& facts, const Verdicts& verdicts,
                  const Partner& completion, bool exact) {
    return Faults(made, facts, verdicts, completion, exact).first();
}

std::string story(unsigned seed, const std::string& what, const Case& made, const Partner& partner,
                  const std::optional<Partner>& other = std::nullopt) {
    return "seed " + std::to_string(seed) + ": " + what + "\n" + made.generated.text() + "\n" +
           partner.text() + "\n" + (other ? other->text() : "");
}

#ifndef RUNG_TEST_SEEDS
#define RUNG_TEST_SEEDS 100
#endif
constexpr unsigned seeds = RUNG_TEST_SEEDS; // per property

const std::vector<int> little_to_much{0, 10, 30, 60};
const std::vector<int> some{25}; // where an answer is printed, which takes its time

/// Each generated program with partners of whom about so many percent are not known.
template <typename Each>
void each_partner(unsigned first_seed, bool clean, bool others, const std::vector<int>& chances,
                  Each&& each) {
    std::string fault;
    for (unsigned seed = first_seed; seed < first_seed + seeds && fault.empty(); ++seed) {
        const Case made = make_case(seed, clean);
        Dice dice(seed + 77'777);
        Partners partners(dice, others);
        for (const int chance : chances) {
            const Partner partner = partners.partner(chance, made.generated.tiers());
            if (fault.empty()) {
                fault = each(seed, made, partner, partners, dice);
            }
        }
    }
    CHECK_MESSAGE(fault.empty(), fault);
}

// ---- what was drawn ----------------------------------------------------------------------------

/// How often each thing came out in which way.
class Tally {
public:
    void count(const std::string& thing, const std::string& way) { ++ways_[thing][way]; }

    void rows(const Case& made, const Verdicts& verdicts) {
        for (std::size_t i = 0; i < made.rows.size(); ++i) {
            const GeneratedLadder& ladder = made.generated.ladders[i];
            for (std::size_t row = 0; row < ladder.rows.size(); ++row) {
                for (Index path = 0; path < ladder.path_count(); ++path) {
                    for (Index tier = 1; tier < ladder.tiers.size(); ++tier) {
                        this->row(ladder.rows[row],
                                  verdicts.row(made.rows[i][row], tier, path).verdict);
                    }
                }
            }
        }
    }

    void ladders(const Case& made, const Verdicts& verdicts) {
        for (std::size_t i = 0; i < made.rows.size(); ++i) {
            const GeneratedLadder& ladder = made.generated.ladders[i];
            const Ladder& is = made.model().ladders[i];
            for (Index path = 0; path < ladder.paths.size(); ++path) {
                count("a path", in_words(verdicts.paths[is.first_path + path].open));
            }
            const Standing& standing = verdicts.standings[i];
            const std::string which =
                ladder.paths.empty() ? "a ladder without paths" : "a ladder with paths";
            const std::string tier =
                standing.tier == none ? "undecided" : ladder.tiers[standing.tier];
            count(which, tier);
            count(i == 0 ? "the first ladder" : "the second ladder", tier);
            if (const Holding& held = verdicts.holdings[i]; held.given) {
                count("a tier that is held", held.standing.tier == none      ? "undecided"
                                             : held.by == Holding::By::kept  ? "kept"
                                             : held.by == Holding::By::grace ? "in grace"
                                                                             : "moved or left");
            }
        }
    }

    void values(const Case& made, const Verdicts& verdicts) {
        for (std::size_t value = 0; value < made.model().values.size(); ++value) {
            for (std::size_t tier = 0; tier < verdicts.tiers; ++tier) {
                const Value& is = verdicts.values[value * verdicts.tiers + tier];
                if (is.form == Value::Form::range) {
                    count("a value", is.certain() ? "certain" : "open");
                }
            }
        }
    }

    void check(const std::string& thing, const std::vector<std::string>& ways, int least) const {
        for (const std::string& way : ways) {
            const auto of = ways_.find(thing);
            const auto found = of == ways_.end() ? Ways::const_iterator() : of->second.find(way);
            const int count = of == ways_.end() || found == of->second.end() ? 0 : found->second;
            CHECK_MESSAGE(count >= least, thing, " comes out as ", way, " ", count, " times");
        }
    }

private:
    using Ways = std::map<std::string, int>;

    static std::string in_words(Truth truth) {
        return truth == Truth::yes ? "open" : truth == Truth::no ? "closed" : "unknown";
    }

    void row(const GeneratedRow& row, Verdict verdict) {
        const std::string way = verdict == Verdict::met       ? "met"
                                : verdict == Verdict::unmet   ? "unmet"
                                : verdict == Verdict::unknown ? "unknown"
                                                              : "not asked";
        for (const std::string& form : row.forms) {
            count(form, way);
        }
    }

    std::map<std::string, Ways> ways_;
};

TEST_CASE("each form is drawn often, and comes out in every way") {
    Tally tally;
    each_partner(10'001, false, true, little_to_much,
                 [&](unsigned, const Case& made, const Partner& partner, Partners&, Dice&) {
                     Evaluator evaluator(made.model());
                     const Facts facts = read(*made.program, partner);
                     const Verdicts& verdicts = evaluator.evaluate(facts.sheet(), setting(made));
                     tally.rows(made, verdicts);
                     tally.ladders(made, verdicts);
                     tally.values(made, verdicts);
                     return std::string();
                 });
    for (const std::string form :
         {"list of", "largest N of", "groups of", "list measure", "record measure", "look-up for",
          "look-up from", "look-up up to", "each further", "otherwise in a table", "reference",
          "reference behind a reference", "measures for", "path in a condition", "days covered"}) {
        tally.check(form, {"met", "unmet", "unknown"}, 10);
    }
    tally.check("a path", {"open", "closed", "unknown"}, 2);
    for (const std::string ladder : {"a ladder with paths", "a ladder without paths"}) {
        tally.check(ladder, {"none", "low", "mid", "top", "undecided"}, 2);
    }
    tally.check("the second ladder", {"none", "low", "high", "undecided"}, 2);
    tally.check("a tier that is held", {"undecided", "kept", "in grace", "moved or left"}, 2);
    tally.check("a value", {"certain", "open"}, 2);
}

// ---- against what the rules mean ---------------------------------------------------------------

TEST_CASE("with every fact known, Rung says what the rules mean") {
    each_partner(
        1, true, false, little_to_much,
        [](unsigned seed, const Case& made, const Partner& partner, Partners& partners, Dice&) {
            const Partner all = partners.completed(partner);
            Evaluator evaluator(made.model());
            const Facts facts = read(*made.program, all);
            const Verdicts& verdicts = evaluator.evaluate(facts.sheet(), setting(made));
            const std::string what = wrong(made, facts, verdicts, all, true);
            return what.empty() ? "" : story(seed, what, made, all);
        });
}

TEST_CASE("what is certain is so under every completion") {
    for (const bool clean : {true, false}) {
        each_partner(
            clean ? 1001 : 2001, clean, true, little_to_much,
            [](unsigned seed, const Case& made, const Partner& partner, Partners& partners, Dice&) {
                Evaluator evaluator(made.model());
                const Facts facts = read(*made.program, partner);
                const Verdicts& verdicts = evaluator.evaluate(facts.sheet(), setting(made));
                for (int i = 0; i < 8; ++i) {
                    const Partner completion = partners.completed(partner);
                    const std::string what = wrong(made, facts, verdicts, completion, false);
                    if (!what.empty()) {
                        return story(seed, what, made, partner, completion);
                    }
                }
                return std::string();
            });
    }
}

// ---- one more fact -----------------------------------------------------------------------------

bool narrower(const Range& inner, const Range& outer) {
    return (outer.low_open || (!inner.low_open && outer.low <= inner.low)) &&
           (outer.high_open || (!inner.high_open && inner.high <= outer.high));
}

/// Whether knowing more may turn the first value into the second.
bool may_become(const Value& before, const Value& after) {
    if (before.undetermined != Truth::unknown && before.undetermined != after.undetermined) {
        return false;
    }
    if (after.undetermined == Truth::yes) {
        return true;
    }
    if (before.form == Value::Form::list) {
        return true; // its members are compared by what is counted over them
    }
    return before.form == Value::Form::truth
               ? before.truth == Truth::unknown || before.truth == after.truth
               : narrower(after.range, before.range);
}

/// Whether knowing more may leave less of what was possible, and no more.
bool may_become(const Standing& before, const Standing& after) {
    return (after.possible & ~before.possible) == 0 && before.at_least <= after.at_least &&
           (before.tier == none || before.tier == after.tier);
}

bool may_become(Truth before, Truth after) { return before == Truth::unknown || before == after; }

bool may_become(const RowVerdict& before, const RowVerdict& after) {
    return before.verdict == after.verdict || before.verdict == Verdict::unknown ||
           after.verdict == Verdict::not_asked;
}

bool may_become(const PathVerdict& before, const PathVerdict& after) {
    return may_become(before.open, after.open) && may_become(before.standing, after.standing);
}

bool may_become(const Holding& before, const Holding& after) {
    return before.given == after.given &&
           (!before.given || may_become(before.standing, after.standing));
}

bool may_become(BenefitVerdict before, BenefitVerdict after) {
    return before == after || before == BenefitVerdict::unknown ||
           (before == BenefitVerdict::open && after == BenefitVerdict::closed);
}

/// The first of these that could not have become what it is.
template <typename Things>
std::string contradiction(const std::string& what, const Things& before, const Things& after) {
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (!may_become(before[i], after[i])) {
            return what + " " + std::to_string(i);
        }
    }
    return "";
}

std::string first_of(const std::vector<std::string>& faults) {
    const auto found = std::find_if(faults.begin(), faults.end(),
                                    [](const std::string& fault) { return !fault.empty(); });
    return found == faults.end() ? "" : *found;
}

std::string contradiction(const Verdicts& before, const Verdicts& after) {
    return first_of({contradiction("measure", before.measures, after.measures),
                     contradiction("row", before.rows, after.rows),
                     contradiction("column", before.columns, after.columns),
                     contradiction("path", before.paths, after.paths),
                     contradiction("tier", before.standings, after.standings),
                     contradiction("held tier", before.holdings, after.holdings),
                     contradiction("benefit", before.benefits, after.benefits),
                     contradiction("value", before.values, after.values),
                     contradiction("notice", before.notices, after.notices)});
}

// ---- every completion --------------------------------------------------------------------------

/// A place in a partner's facts of which nothing is known, and some of what could stand there.
struct Hole {
    Json::json_pointer at;
    std::vector<Json> values;
};

std::vector<Json> values_of(const Slot& slot) {
    std::vector<Json> values;
    switch (slot.kind) {
    case Slot::Kind::yes_no:
        return {false, true};
    case Slot::Kind::number:
        for (int figure = slot.low; figure <= slot.high; ++figure) {
            values.emplace_back(figure);
        }
        return values;
    case Slot::Kind::date:
        return {iso(on - 20), iso(on), iso(on + 5)};
    case Slot::Kind::date_or_never:
        return {iso(on - 20), iso(on + 5), "never"};
    case Slot::Kind::choice:
        return {"p", "q", "z1"};
    case Slot::Kind::choices:
        return {Json::array(), {"r"}, {"s"}, {"r", "s"}};
    case Slot::Kind::text:
        return {"a", "c"};
    case Slot::Kind::reference:
        return {"a", "b", "e"};
    case Slot::Kind::id:
    case Slot::Kind::list:
        break;
    }
    return {};
}

void find_holes(const Json& object, const std::vector<Slot>& slots, const std::string& path,
                std::vector<Hole>& holes) {
    for (const Slot& slot : slots) {
        const std::string here = path + "/" + slot.name;
        if (slot.kind == Slot::Kind::list) {
            const Json& list = object.at(slot.name);
            for (std::size_t i = 0; i < list.size(); ++i) {
                find_holes(list[i], *slot.record, here + "/" + std::to_string(i), holes);
            }
        } else if (std::vector<Json> values = values_of(slot); !values.empty()) {
            holes.push_back({Json::json_pointer(here), std::move(values)});
        }
    }
}

/// A few places to forget, so that all their values together make no more than some dozens of partners.
std::vector<Hole> few_holes(const Json& facts, Dice& dice) {
    std::vector<Hole> all;
    find_holes(facts, fact_slots, "", all);
    dice.shuffle(all);
    std::vector<Hole> few;
    std::size_t count = 1;
    for (Hole& hole : all) {
        if (count * hole.values.size() <= 36) {
            count *= hole.values.size();
            few.push_back(std::move(hole));
        }
    }
    return few;
}

/// Every way in which the holes may turn out, until one is not fine.
template <typename Fine>
void each_completion(Partner& partner, const std::vector<Hole>& holes, std::size_t at, bool& fine,
                     Fine&& is_fine) {
    if (at == holes.size()) {
        fine = fine && is_fine(partner);
        return;
    }
    for (const Json& value : holes[at].values) {
        partner.facts[holes[at].at] = value;
        each_completion(partner, holes, at + 1, fine, is_fine);
    }
}

TEST_CASE("a certain tier is the tier under every completion of a small sheet") {
    std::size_t certain = 0;
    std::size_t undecided = 0;
    for (unsigned seed = 3001; seed < 3001 + 2 * seeds; ++seed) {
        const Case made = make_case(seed, true);
        Dice dice(seed);
        Partners partners(dice, true);
        Partner partner = partners.partner(0, made.generated.tiers());
        const std::vector<Hole> holes = few_holes(partner.facts, dice);
        for (const Hole& hole : holes) {
            partner.facts[hole.at] = nullptr;
        }
        Evaluator evaluator(made.model());
        Evaluator of_all(made.model());
        const Facts facts = read(*made.program, partner);
        const Verdicts& verdicts = evaluator.evaluate(facts.sheet(), setting(made));
        ++(verdicts.standing().tier == none ? undecided : certain);
        bool fine = true;
        std::string what;
        Partner completion = partner;
        each_completion(completion, holes, 0, fine, [&](const Partner& all) {
            what = wrong(made, facts, verdicts, all, false);
            if (what.empty()) {
                const Facts known = read(*made.program, all);
                what = contradiction(verdicts, of_all.evaluate(known.sheet(), setting(made)));
            }
            CHECK_MESSAGE(what.empty(), story(seed, what, made, partner, all));
            return what.empty();
        });
        if (!fine) {
            break;
        }
    }
    CHECK(certain > seeds / 10); // else there would be little to hold
    CHECK(undecided > seeds / 10);
}

TEST_CASE("one more fact never contradicts what was certain") {
    each_partner(4001, false, true, little_to_much,
                 [](unsigned seed, const Case& made, const Partner& partner, Partners& partners,
                    Dice& dice) {
                     const Partner completion = partners.completed(partner);
                     Evaluator evaluator(made.model());
                     Verdicts before =
                         evaluator.evaluate(read(*made.program, partner).sheet(), setting(made));
                     std::vector<Slot> order = fact_slots;
                     dice.shuffle(order);
                     Partner now = partner;
                     for (const Slot& slot : order) {
                         now.facts[slot.name] = completion.facts[slot.name];
                         std::erase_if(now.incomplete, [&](const std::string& path) {
                             return (path + "/").starts_with("/" + slot.name + "/");
                         });
                         const Verdicts after =
                             evaluator.evaluate(read(*made.program, now).sheet(), setting(made));
                         const std::string what = contradiction(before, after);
                         if (!what.empty()) {
                             return story(seed, what + " by " + slot.name, made, partner, now);
                         }
                         before = after;
                     }
                     return std::string();
                 });
}

// ---- two ways to the same answer ---------------------------------------------------------------

std::string in_words(const Figure& figure) {
    return std::to_string(static_cast<int>(figure.state)) + " " + figure.value + " " + figure.from +
           ".." + figure.through;
}

/// Of a ladder's tiers, or of those that may be held.
template <typename Tiers>
std::string in_words(const Tiers& tiers) {
    std::string text = tiers.tier.value_or("?") + " " + tiers.at_least;
    for (const std::string& tier : tiers.possible) {
        text += " " + tier;
    }
    return text;
}

/// What an outcome says, in an order of its own.
std::string summary(const Outcome& outcome) {
    std::map<std::string, std::string> lines;
    for (const RequirementOutcome& row : outcome.requirements) {
        lines["row " + row.id + " " + row.tier + " " + row.path] =
            std::to_string(static_cast<int>(row.verdict));
    }
    for (const BenefitOutcome& benefit : outcome.benefits) {
        lines["benefit " + benefit.id] = std::to_string(static_cast<int>(benefit.verdict));
    }
    for (const NoticeOutcome& notice : outcome.notices) {
        lines["notice " + notice.id] = std::to_string(static_cast<int>(notice.verdict));
    }
    for (const MeasureOutcome& measure : outcome.measures) {
        lines["measure " + measure.id + " " + measure.path] = in_words(measure.value);
    }
    for (const ValueOutcome& value : outcome.values) {
        lines["value " + value.id] = in_words(value.value);
    }
    for (const LadderOutcome& ladder : outcome.ladders) {
        lines["ladder " + ladder.id] = in_words(ladder);
        if (ladder.holds) {
            lines["held " + ladder.id] = in_words(*ladder.holds);
        }
    }
    std::string text;
    for (const auto& [key, line] : lines) {
        text += key + " " + line + "\n";
    }
    return text;
}

Outcome outcome_of(const Program& program, const Partner& partner) {
    Result<Outcome> outcome = evaluate(program, read(program, partner), options());
    REQUIRE(outcome);
    return *outcome;
}

bool same(const Value& a, const Value& b) {
    if (a.form != b.form || a.undetermined != b.undetermined || a.reason != b.reason) {
        return false;
    }
    return a.form == Value::Form::truth ? a.truth == b.truth
           : a.form == Value::Form::list
               ? true // where its members lie is of no account; what is counted over them is compared
               : a.range.low_open == b.range.low_open && a.range.high_open == b.range.high_open &&
                     a.range.low == b.range.low && a.range.high == b.range.high;
}

bool same(const RowVerdict& a, const RowVerdict& b) {
    return a.verdict == b.verdict && a.condition == b.condition && a.reason == b.reason;
}

bool same(const Standing& a, const Standing& b) {
    return a.tier == b.tier && a.at_least == b.at_least && a.possible == b.possible;
}

bool same(const PathVerdict& a, const PathVerdict& b) {
    return a.open == b.open && same(a.standing, b.standing);
}

bool same(const Holding& a, const Holding& b) {
    return a.given == b.given && same(a.standing, b.standing) && a.by == b.by &&
           a.keeping == b.keeping && a.through == b.through;
}

template <typename Thing>
bool same(const std::vector<Thing>& a, const std::vector<Thing>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Thing& x, const Thing& y) { return same(x, y); });
}

std::string difference(const Verdicts& a, const Verdicts& b) {
    return !same(a.measures, b.measures)                 ? "measures"
           : !same(a.record_measures, b.record_measures) ? "record measures"
           : !same(a.rows, b.rows)                       ? "rows"
           : a.columns != b.columns                      ? "columns"
           : !same(a.paths, b.paths)                     ? "paths"
           : !same(a.standings, b.standings)             ? "tiers"
           : !same(a.holdings, b.holdings)               ? "held tiers"
           : a.benefits != b.benefits                    ? "benefits"
           : !same(a.values, b.values)                   ? "values"
           : a.notices != b.notices                      ? "notices"
                                                         : "";
}

/// What a batch says of each ladder.
bool agrees(const Case& made, const Facts& facts, const Verdicts& verdicts) {
    Result<BatchEvaluator> batch = BatchEvaluator::of(*made.program, options());
    REQUIRE(batch);
    batch->evaluate(facts);
    for (std::size_t ladder = 0; ladder < verdicts.standings.size(); ++ladder) {
        const BatchEvaluator::Verdict said = batch->of_ladder(ladder);
        const Standing is{said.tier.value_or(none), said.at_least, said.possible};
        if (!same(is, verdicts.standings[ladder])) {
            return false;
        }
    }
    return true;
}

TEST_CASE("the fast mode says what the recording says") {
    each_partner(5001, false, true, little_to_much,
                 [](unsigned seed, const Case& made, const Partner& partner, Partners&, Dice&) {
                     const Facts facts = read(*made.program, partner);
                     Evaluator evaluator(made.model());
                     const Verdicts& fast = evaluator.evaluate(facts.sheet(), setting(made));
                     Verdicts recorded(made.model());
                     Recording recording;
                     record(made.model(), facts.sheet(), setting(made), recorded, recording);
                     std::string what = difference(fast, recorded);
                     what = what.empty() && !agrees(made, facts, recorded) ? "the batch" : what;
                     return what.empty() ? "" : story(seed, what, made, partner);
                 });
}

TEST_CASE("the same evaluation gives the same bytes") {
    each_partner(6001, false, true, some,
                 [](unsigned seed, const Case& made, const Partner& partner, Partners&, Dice&) {
                     const std::string first = to_json(outcome_of(*made.program, partner));
                     const std::string second = to_json(outcome_of(*made.program, partner));
                     const bool is_json = Json::accept(first);
                     return first == second && is_json ? "" : story(seed, "bytes", made, partner);
                 });
}

void shuffle_lists(Json& value, Dice& dice) {
    if (value.is_array() && !value.empty() && value.front().is_object()) {
        std::vector<Json> items(value.begin(), value.end());
        dice.shuffle(items);
        value = items;
    }
    for (Json& inner : value) {
        if (inner.is_structured()) {
            shuffle_lists(inner, dice);
        }
    }
}

TEST_CASE("the order of records means nothing") {
    each_partner(
        7001, false, true, little_to_much,
        [](unsigned seed, const Case& made, const Partner& partner, Partners&, Dice& dice) {
            Partner other = partner;
            // A path of an incomplete list inside a record would move with it: those are left out.
            std::erase_if(other.incomplete, [](const std::string& path) {
                return std::count(path.begin(), path.end(), '/') > 1;
            });
            const std::string first = summary(outcome_of(*made.program, other));
            const Partner before = other;
            shuffle_lists(other.facts, dice);
            return summary(outcome_of(*made.program, other)) == first
                       ? ""
                       : story(seed, "order of records", made, before, other);
        });
}

TEST_CASE("the order of defines and of rows means nothing") {
    each_partner(
        8001, false, true, some,
        [](unsigned seed, const Case& made, const Partner& partner, Partners&, Dice& dice) {
            const Result<Program> other = Program::parse("trial.rung", made.generated.text(&dice));
            REQUIRE_MESSAGE(other, other.diagnostics.to_text());
            const bool fine =
                summary(outcome_of(*other, partner)) == summary(outcome_of(*made.program, partner));
            return fine ? "" : story(seed, "order of the file", made, partner);
        });
}

TEST_CASE("formatting keeps what a file means") {
    each_partner(9001, false, true, some,
                 [](unsigned seed, const Case& made, const Partner& partner, Partners&, Dice&) {
                     const Result<std::string> text =
                         canonical("trial.rung", made.generated.text());
                     REQUIRE_MESSAGE(text, text.diagnostics.to_text());
                     const Result<Program> other = Program::parse("trial.rung", *text);
                     REQUIRE_MESSAGE(other, other.diagnostics.to_text());
                     const bool fine = summary(outcome_of(*other, partner)) ==
                                       summary(outcome_of(*made.program, partner));
                     return fine ? "" : story(seed, "formatting", made, partner);
                 });
}

} // namespace
} // namespace rung::properties_test
