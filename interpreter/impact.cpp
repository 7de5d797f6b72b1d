#include "interpreter/evaluate.hpp"
#include "interpreter/figures.hpp"
#include "interpreter/hybrids.hpp"
#include "interpreter/near_miss.hpp"
#include "interpreter/number.hpp"
#include "interpreter/present.hpp"
#include "interpreter/recorded.hpp"
#include "interpreter/repeated_keys.hpp"
#include "interpreter/same_contract.hpp"
#include "interpreter/setting.hpp"
#include "interpreter/sha256.hpp"

#include <rung/impact.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

namespace rung {

namespace {

using Set = Hybrids::Set;

// ---- ladders and benefits of both versions -----------------------------------------------------

/// The ladder that corresponds: of the same id, or the only one where both versions have one.
Index ladder_like(const Model& model, const std::string& id, bool sole) {
    for (Index i = 0; i < model.ladders.size(); ++i) {
        if (sole || model.ladders[i].id == id) {
            return i;
        }
    }
    return none;
}

bool have_one_ladder_each(const Model& old, const Model& fresh) {
    return old.ladders.size() == 1 && fresh.ladders.size() == 1;
}

Impact::Tier* find_tier(std::vector<Impact::Tier>& tiers, const std::string& id) {
    const auto found = std::find_if(tiers.begin(), tiers.end(),
                                    [&](const Impact::Tier& tier) { return tier.id == id; });
    return found == tiers.end() ? nullptr : &*found;
}

/// The new version's tiers, and what it lacks above the tier that it stood above.
std::vector<Impact::Tier> merged(const Ladder& old, const Ladder& fresh) {
    std::vector<Impact::Tier> tiers;
    for (const Tier& tier : fresh.tiers) {
        tiers.push_back({tier.id, tier.label, false, true});
    }
    auto behind = tiers.begin();
    for (const Tier& tier : old.tiers) {
        if (Impact::Tier* same = find_tier(tiers, tier.id); same != nullptr) {
            same->before = true;
            behind = tiers.begin() + (same - tiers.data()) + 1;
        } else {
            behind = tiers.insert(behind, {tier.id, tier.label, true, false}) + 1;
        }
    }
    return tiers;
}

std::vector<Impact::Ladder> ladders_of(const Model& old, const Model& fresh) {
    std::vector<Impact::Ladder> ladders;
    const bool sole = have_one_ladder_each(old, fresh);
    for (const Ladder& ladder : fresh.ladders) {
        const Index before = ladder_like(old, ladder.id, sole);
        if (before == none) {
            continue;
        }
        Impact::Ladder made;
        made.id = ladder.id;
        made.label = ladder.label;
        made.tiers = merged(old.ladders[before], ladder);
        made.matrix.assign(made.tiers.size() + 1,
                           std::vector<std::uint64_t>(made.tiers.size() + 1, 0));
        ladders.push_back(std::move(made));
    }
    return ladders;
}

std::vector<Impact::Benefit> benefits_of(const Model& old, const Model& fresh) {
    std::vector<Impact::Benefit> benefits;
    for (const Model* model : {&fresh, &old}) {
        for (const Benefit& benefit : model->benefits) {
            const auto same = [&](const Impact::Benefit& of) { return of.id == benefit.id; };
            if (std::none_of(benefits.begin(), benefits.end(), same)) {
                benefits.push_back({benefit.id, benefit.label});
            }
        }
    }
    return benefits;
}

// ---- one program and one partner ---------------------------------------------------------------

struct Partner {
    std::uint64_t line;
    const std::string& json;
};

template <typename Part>
bool is_missing_in(const std::vector<Part>& parts, const std::string& pointer) {
    return std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
        return std::find(part.missing.begin(), part.missing.end(), pointer) != part.missing.end();
    });
}

/// A version, or a program between the two, which looks at one partner after the other.
class PartnerJudge {
public:
    /// `readers`, which outlive it: whoever of them reads the same facts has read them for it.
    PartnerJudge(const Program& program, const Impact& impact, bool sole,
                 const std::vector<const PartnerJudge*>& readers)
        : program_(program), evaluator_(program.model()) {
        for (const PartnerJudge* reader : readers) {
            if (reader_ == nullptr &&
                have_same_contract(reader->program_.model(), program.model())) {
                reader_ = reader;
            }
        }
        const Model& model = program.model();
        for (const Impact::Ladder& ladder : impact.ladders) {
            const Index own = ladder_like(model, ladder.id, sole);
            std::vector<std::size_t> places;
            for (const Tier& tier : model.tiers(own)) {
                const auto same =
                    std::find_if(ladder.tiers.begin(), ladder.tiers.end(),
                                 [&](const Impact::Tier& of) { return of.id == tier.id; });
                places.push_back(static_cast<std::size_t>(same - ladder.tiers.begin()));
            }
            ladders_.push_back({own, std::move(places)});
        }
        for (const Impact::Benefit& benefit : impact.benefits) {
            const auto same = std::find_if(model.benefits.begin(), model.benefits.end(),
                                           [&](const Benefit& of) { return of.id == benefit.id; });
            benefits_.push_back(same == model.benefits.end()
                                    ? none
                                    : static_cast<Index>(same - model.benefits.begin()));
        }
    }

    [[nodiscard]] const Program& program() const { return program_; }
    [[nodiscard]] const Facts& facts() const {
        return reader_ == nullptr ? *facts_ : reader_->facts();
    }
    [[nodiscard]] bool reads_itself() const { return reader_ == nullptr; }

    /// Adds what is to be said of the facts; false where they cannot be read.
    bool read(const std::string& list, const Partner& partner, Diagnostics& findings) {
        if (reader_ != nullptr) {
            return true;
        }
        Result<Facts> facts = Facts::read(program_, list, partner.json);
        findings.add(facts.diagnostics);
        facts_ = std::move(facts.value);
        return facts_.has_value();
    }

    /// What was read, on a day and at a review; false where they do not do for these rules.
    bool look(const EvaluateOptions& options, Diagnostics& findings) {
        Diagnostics found;
        setting_ = read_other_setting(program_, facts(), options, found);
        findings.add(found);
        if (found.has_errors()) {
            return false;
        }
        verdicts_ = &evaluator_.evaluate(facts().sheet(), setting_);
        return true;
    }

    /// Of what was looked at last: the place of the tier among those of both versions; nothing where it is not certain.
    [[nodiscard]] std::optional<std::size_t> tier(std::size_t ladder) const {
        const Index own = ladders_[ladder].own;
        const Index tier = own == none ? none : verdicts_->standings[own].tier;
        return tier == none ? std::nullopt : std::optional(ladders_[ladder].places[tier]);
    }
    /// One that these rules do not have is closed.
    [[nodiscard]] BenefitVerdict benefit(std::size_t benefit) const {
        const Index own = benefits_[benefit];
        return own == none ? BenefitVerdict::closed : verdicts_->benefits[own];
    }
    /// The same with every step recorded and explained.
    [[nodiscard]] Outcome outcome() const {
        Verdicts verdicts(program_.model());
        Recording recording;
        return outcome_in(program_, facts(), setting_, true, verdicts, recording);
    }
    /// Of this program, not of both versions.
    [[nodiscard]] Index own_ladder(std::size_t ladder) const { return ladders_[ladder].own; }
    /// The tier above the one that is reached, by its place in the ladder of this program; nothing at the top, or where
    /// the tier is not certain.
    [[nodiscard]] std::optional<Index> next_tier(std::size_t ladder) const {
        const Index own = ladders_[ladder].own;
        const Index tier = own == none ? none : verdicts_->standings[own].tier;
        return tier == none || tier + 1 == ladders_[ladder].places.size() ? std::nullopt
                                                                          : std::optional(tier + 1);
    }
    [[nodiscard]] std::size_t place_of(std::size_t ladder, Index tier) const {
        return ladders_[ladder].places[tier];
    }
    /// What of the partner is missing, the most telling first; without what benefits alone are about.
    [[nodiscard]] std::vector<FactName> missing() const {
        const Outcome outcome = this->outcome();
        std::vector<FactName> names;
        for (const std::string& pointer : outcome.decide_next) {
            if (is_missing_in(outcome.benefits, pointer) &&
                !is_missing_in(outcome.requirements, pointer)) {
                continue;
            }
            const auto name =
                std::find_if(outcome.missing_names.begin(), outcome.missing_names.end(),
                             [&](const FactName& of) { return of.pointer == pointer; });
            names.push_back(name == outcome.missing_names.end() ? FactName{pointer, pointer, {}}
                                                                : *name);
        }
        return names;
    }

private:
    struct Place {
        Index own; // none where these rules lack the ladder
        std::vector<std::size_t> places; // by its tiers: among those of both versions
    };

    Program program_;
    const PartnerJudge* reader_ = nullptr; // null: reads itself
    Evaluator evaluator_;
    std::vector<Place> ladders_;
    std::vector<Index> benefits_;
    std::optional<Facts> facts_;
    Setting setting_;
    const Verdicts* verdicts_ = nullptr;
};

/// The new version with another figure in one of its cells; nothing where there is no such cell.
struct SweptCell {
    Span at;
    std::string label; // of the requirement
};

std::optional<SweptCell> cell_of(const Program& program, const ImpactSweep& sweep) {
    for (const Facet& facet : facets_of(program.model())) {
        if (facet.part == Difference::Part::requirement && facet.id == sweep.requirement &&
            facet.aspect == Difference::Aspect::cell && facet.column == sweep.tier) {
            return SweptCell{facet.at, facet.label};
        }
    }
    return std::nullopt;
}

Result<Program> with_value(const Program& program, Span cell, const std::string& value) {
    std::string text(program.model().source.text());
    text.replace(cell.begin, cell.size(), " " + value + " ");
    return Program::parse(program.file(), std::move(text));
}

bool decide_alike(const Program& a, const Program& b) {
    const Differences differences = diff(a, b);
    return std::none_of(differences.all.begin(), differences.all.end(),
                        [](const Difference& difference) { return difference.decides(); });
}

/// A key that one version knows is no slip where the other one lacks it.
Diagnostics told_by_both(const Diagnostics& old, const Diagnostics& fresh) {
    Diagnostics both;
    for (const Diagnostic& finding : fresh) {
        if (std::any_of(old.begin(), old.end(), [&](const Diagnostic& other) {
                return other.code == finding.code && other.pointer == finding.pointer;
            })) {
            both.add(finding);
        }
    }
    return both;
}

/// What one version warns of is told of those whom both can judge.
Diagnostics errors_among(const Diagnostics& findings) {
    Diagnostics errors;
    for (const Diagnostic& finding : findings) {
        if (finding.is_error) {
            errors.add(finding);
        }
    }
    return errors;
}

std::vector<std::size_t> members(const Set& set) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (set[i]) {
            all.push_back(i);
        }
    }
    return all;
}

} // namespace

// ---- the study ---------------------------------------------------------------------------------

struct ImpactStudy::Parts {
    Parts(const Program& old, const Program& fresh, const ImpactOptions& with)
        : options(with),
          hybrids(old, fresh),
          impact(begun(old, fresh, hybrids, with)),
          sole(have_one_ladder_each(old.model(), fresh.model())),
          after(fresh, impact, sole, {}),
          before(old, impact, sole, {&after}) {
        alone.assign(impact.ladders.size(),
                     std::vector<std::optional<std::size_t>>(impact.edits.size()));
        if (options.near_percent) {
            near_percent = Number::parse(*options.near_percent).value;
        }
        if (options.sweep) {
            begin_sweep(fresh, *options.sweep);
        }
    }

    static Impact begun(const Program& old, const Program& fresh, const Hybrids& hybrids,
                        const ImpactOptions& with) {
        Impact impact;
        const Differences differences = diff(old, fresh);
        impact.before = differences.before;
        impact.after = differences.after;
        impact.differences = differences.all;
        impact.program_label = fresh.label();
        impact.on = with.on;
        impact.list = with.list;
        impact.review = with.review;
        for (const Review& review : fresh.model().reviews) {
            impact.review_label = review.id == with.review ? review.label : impact.review_label;
        }
        impact.near_percent = with.near_percent;
        impact.sweep = with.sweep;
        impact.ladders = ladders_of(old.model(), fresh.model());
        impact.benefits = benefits_of(old.model(), fresh.model());
        for (const std::vector<std::size_t>& unit : hybrids.units()) {
            Impact::Edit edit;
            for (const std::size_t difference : unit) {
                edit.differences.push_back(hybrids.edits()[difference]);
            }
            impact.edits.push_back(std::move(edit));
        }
        return impact;
    }

    void begin_sweep(const Program& fresh, const ImpactSweep& sweep) {
        const std::optional<SweptCell> cell = cell_of(fresh, sweep);
        impact.sweep_label = cell->label;
        for (const std::string& value : sweep.values) {
            Impact::SweepStep step;
            step.value = value;
            const Result<Program> program = with_value(fresh, cell->at, value);
            step.is_valid = program.value.has_value();
            step.is_now = step.is_valid && decide_alike(fresh, *program);
            for (const Impact::Ladder& ladder : impact.ladders) {
                step.tiers.emplace_back(ladder.tiers.size() + 1, 0);
            }
            step.benefits.resize(impact.benefits.size(), 0);
            impact.sweep_steps.push_back(std::move(step));
            sweep_judges.push_back(
                program ? std::make_unique<PartnerJudge>(*program, impact, sole, readers())
                        : nullptr);
        }
    }

    // ---- both versions

    /// Day and review are those of the options, or else of the facts, and the same for every program.
    [[nodiscard]] EvaluateOptions occasion() const {
        EvaluateOptions at;
        at.named_version = true;
        at.on = options.on           ? options.on
                : after.facts().on() ? after.facts().on()
                                     : before.facts().on();
        at.review = options.review           ? options.review
                    : after.facts().review() ? after.facts().review()
                                             : before.facts().review();
        return at;
    }

    Diagnostics add(const Partner& partner) {
        Diagnostics by_new;
        Diagnostics by_old;
        if (const Diagnostics slips = slips_in(partner); slips.has_errors()) {
            return slips;
        }
        const bool is_read =
            after.read(options.list, partner, by_new) && before.read(options.list, partner, by_old);
        if (!is_read || !after.look(occasion(), by_new) || !before.look(occasion(), by_old)) {
            by_new.add(by_old);
            return errors_among(by_new);
        }
        ++impact.partners;
        note_day(occasion().on);
        keys.add(names().first, occasion().on, occasion().review, partner.line);
        impact.list_sha256 = sha256(impact.list_sha256 + after.facts().sha256());
        try_single_edits(partner);
        for (std::size_t i = 0; i < impact.ladders.size(); ++i) {
            compare_tiers(partner, i);
        }
        compare_benefits();
        if (near_percent) {
            look_for_near_misses(partner);
        }
        for (std::size_t i = 0; i < sweep_judges.size(); ++i) {
            count_step(partner, i);
        }
        return before.reads_itself() ? told_by_both(by_old, by_new) : by_new;
    }

    /// Of a strict study: what both versions refuse.
    [[nodiscard]] Diagnostics slips_in(const Partner& partner) const {
        if (!options.strict) {
            return {};
        }
        const auto strictly = [&](const PartnerJudge& judge) {
            return Facts::read(judge.program(), options.list, partner.json, {true}).diagnostics;
        };
        return told_by_both(strictly(before), strictly(after));
    }

    void note_day(const std::optional<std::string>& day) {
        if (day) {
            impact.first_on = std::min(impact.first_on.value_or(*day), *day);
            impact.last_on = std::max(impact.last_on.value_or(*day), *day);
        }
    }

    [[nodiscard]] std::vector<const PartnerJudge*> readers() const { return {&after, &before}; }

    void look_for_near_misses(const Partner& partner) {
        std::optional<Outcome> outcome;
        for (std::size_t i = 0; i < impact.ladders.size(); ++i) {
            const std::optional<Index> next = after.next_tier(i);
            if (!next) {
                continue;
            }
            if (!outcome) {
                outcome = after.outcome();
            }
            const LadderOutcome& ladder = outcome->ladders[after.own_ladder(i)];
            const std::optional<std::vector<Condition>> lacks =
                near_miss(*outcome, ladder, ladder.tiers[*next].id, *near_percent);
            if (lacks) {
                ++impact.near_count;
                if (impact.near.size() < Impact::most_named) {
                    auto [key, name] = names();
                    impact.near.push_back({partner.line, std::move(key), std::move(name), i,
                                           after.place_of(i, *next), *lacks});
                }
            }
        }
    }

    void count_step(const Partner& partner, std::size_t index) {
        PartnerJudge* judge = sweep_judges[index].get();
        Impact::SweepStep& step = impact.sweep_steps[index];
        Diagnostics ignored; // the new version could read the same facts
        if (judge == nullptr || !judge->read(options.list, partner, ignored) ||
            !judge->look(occasion(), ignored)) {
            return;
        }
        for (std::size_t i = 0; i < step.tiers.size(); ++i) {
            ++step.tiers[i][judge->tier(i).value_or(step.tiers[i].size() - 1)];
        }
        for (std::size_t i = 0; i < step.benefits.size(); ++i) {
            step.benefits[i] += judge->benefit(i) == BenefitVerdict::granted ? 1U : 0U;
        }
    }

    void compare_tiers(const Partner& partner, std::size_t index) {
        Impact::Ladder& ladder = impact.ladders[index];
        const std::optional<std::size_t> from = before.tier(index);
        const std::optional<std::size_t> to = after.tier(index);
        ++ladder.matrix[from.value_or(ladder.tiers.size())][to.value_or(ladder.tiers.size())];
        if (!from || !to) {
            ++ladder.undecided;
            note_undecided(partner, index, !from, !to);
        } else if (*from == *to) {
            ++ladder.unchanged;
            note_held(partner, index, *from);
        } else {
            ++(*to > *from ? ladder.up : ladder.down);
            note_mover(partner, index, *from, *to);
        }
    }

    void compare_benefits() {
        for (std::size_t i = 0; i < impact.benefits.size(); ++i) {
            const BenefitVerdict was = before.benefit(i);
            const BenefitVerdict is = after.benefit(i);
            const bool had = was == BenefitVerdict::granted;
            const bool has = is == BenefitVerdict::granted;
            if (was == BenefitVerdict::unknown || is == BenefitVerdict::unknown) {
                ++impact.benefits[i].undecided;
            } else if (had != has) {
                ++(has ? impact.benefits[i].won : impact.benefits[i].lost);
            }
        }
    }

    [[nodiscard]] std::pair<std::string, std::string> names() const {
        std::string key;
        std::string name = partner_name(after.program().model(), after.facts().sheet(), key);
        return {std::move(key), std::move(name)};
    }

    void note_undecided(const Partner& partner, std::size_t ladder, bool was, bool is) {
        if (impact.undecided.size() < Impact::most_named) {
            auto [key, name] = names();
            const PartnerJudge& judge = is ? after : before;
            impact.undecided.push_back(
                {partner.line, std::move(key), std::move(name), ladder, was, is, judge.missing()});
        }
    }

    // ---- single edits

    /// What each of them comes to, made in the old version alone.
    void try_single_edits(const Partner& partner) {
        for (std::size_t i = 0; i < impact.edits.size(); ++i) {
            Set only(impact.edits.size(), false);
            only[i] = true;
            const PartnerJudge* judge = looked(only, partner);
            for (std::size_t ladder = 0; ladder < impact.ladders.size(); ++ladder) {
                const std::optional<std::size_t> from = before.tier(ladder);
                const std::optional<std::size_t> to =
                    judge == nullptr ? std::nullopt : judge->tier(ladder);
                alone[ladder][i] = to;
                if (from && to && *from != *to) {
                    ++(*to > *from ? impact.edits[i].alone_up : impact.edits[i].alone_down);
                }
            }
        }
    }

    void note_held(const Partner& partner, std::size_t ladder, std::size_t tier) {
        std::vector<std::size_t> edits;
        for (std::size_t i = 0; i < alone[ladder].size(); ++i) {
            if (alone[ladder][i] && *alone[ladder][i] != tier) {
                edits.push_back(i);
            }
        }
        if (edits.empty()) {
            return;
        }
        std::vector<std::size_t> by;
        for (std::size_t i = 0; i < impact.edits.size(); ++i) {
            if (tier_with(all_but(i), partner, ladder).value_or(tier) != tier) {
                by.push_back(i);
            }
        }
        ++held[{std::move(edits), std::move(by)}];
    }

    [[nodiscard]] Set all_but(std::size_t edit) const {
        Set units(impact.edits.size(), true);
        units[edit] = false;
        return units;
    }

    // ---- movers

    void note_mover(const Partner& partner, std::size_t ladder, std::size_t from, std::size_t to) {
        Impact::Mover mover;
        std::tie(mover.key, mover.partner) = names();
        mover.line = partner.line;
        mover.ladder = ladder;
        mover.from = from;
        mover.to = to;
        attribute(partner, mover);
        count(mover);
        impact.movers.push_back(std::move(mover));
    }

    /// The partner's tier by the old version with these units; nothing where there is no such program, it cannot
    /// look at the partner, or the tier is not certain.
    std::optional<std::size_t> tier_with(const Set& units, const Partner& partner,
                                         std::size_t ladder) {
        const PartnerJudge* judge = looked(units, partner);
        return judge == nullptr ? std::nullopt : judge->tier(ladder);
    }

    /// The old version with these units, having looked at the partner; null where there is none that can.
    const PartnerJudge* looked(const Set& units, const Partner& partner) {
        PartnerJudge* judge = this->judge(units);
        Diagnostics ignored;
        const bool can = judge != nullptr && judge->read(options.list, partner, ignored) &&
                         judge->look(occasion(), ignored);
        return can ? judge : nullptr;
    }

    PartnerJudge* judge(const Set& units) {
        const auto found = judges.find(units);
        if (found != judges.end()) {
            return &found->second;
        }
        const Program* program = hybrids.with(units);
        return program == nullptr
                   ? nullptr
                   : &judges.try_emplace(units, *program, impact, sole, readers()).first->second;
    }

    void attribute(const Partner& partner, Impact::Mover& mover) {
        const std::size_t count = impact.edits.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (alone[mover.ladder][i] == mover.to) {
                mover.edits.push_back(i);
            }
            if (tier_with(all_but(i), partner, mover.ladder) == mover.from) {
                mover.needed.push_back(i);
            }
        }
        if (!mover.edits.empty()) {
            mover.by = mover.edits.size() == 1 ? MovedBy::one : MovedBy::any;
        } else {
            attribute_together(partner, mover);
        }
    }

    /// Takes back one edit after the other, as long as the partner moves as before.
    void attribute_together(const Partner& partner, Impact::Mover& mover) {
        Set kept(impact.edits.size(), true);
        for (std::size_t i = 0; i < kept.size(); ++i) {
            kept[i] = false;
            const bool unknown = judge(kept) == nullptr;
            if (unknown) {
                return;
            }
            kept[i] = tier_with(kept, partner, mover.ladder) != mover.to;
        }
        mover.by = MovedBy::together;
        mover.edits = members(kept);
    }

    void count(const Impact::Mover& mover) {
        for (const std::size_t edit : mover.needed) {
            ++impact.edits[edit].needed;
        }
        Impact::Cause& cause = causes[{mover.by, mover.edits}];
        ++(mover.up() ? cause.up : cause.down);
    }

    ImpactOptions options;
    Hybrids hybrids;
    Impact impact; // but for causes and held, which `result` puts in order
    bool sole;
    PartnerJudge after;
    PartnerJudge before;
    RepeatedKeys keys;
    std::optional<Number> near_percent;
    std::vector<std::unique_ptr<PartnerJudge>> sweep_judges; // null where the rules are not valid
    std::map<Set, PartnerJudge> judges; // of programs between the two
    std::map<std::pair<MovedBy, std::vector<std::size_t>>, Impact::Cause> causes;
    /// By edits, and those that make up for them.
    std::map<std::pair<std::vector<std::size_t>, std::vector<std::size_t>>, std::uint64_t> held;
    /// Of the partner that is looked at, by ladder and edit: the tier by the old version with that edit alone.
    std::vector<std::vector<std::optional<std::size_t>>> alone;
};

ImpactStudy::ImpactStudy(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ImpactStudy::ImpactStudy(ImpactStudy&&) noexcept = default;
ImpactStudy& ImpactStudy::operator=(ImpactStudy&&) noexcept = default;
ImpactStudy::~ImpactStudy() = default;

namespace {

/// The requirement that is not there, or else the tier, with the nearest that is.
std::vector<Argument> unknown_cell(const Model& model, const ImpactSweep& sweep) {
    const auto row =
        std::find_if(model.requirements.begin(), model.requirements.end(),
                     [&](const Requirement& each) { return each.id == sweep.requirement; });
    const bool known = row != model.requirements.end();
    const std::string& name = known ? sweep.tier : sweep.requirement;
    std::vector<std::string_view> names;
    if (known) {
        for (const Tier& tier : model.tiers(row->ladder)) {
            names.push_back(tier.id);
        }
    } else {
        for (const Requirement& other : model.requirements) {
            names.push_back(other.id);
        }
    }
    std::vector<Argument> arguments{{"kind", known ? "tier" : "requirement"}, {"name", name}};
    if (known && name == names.front()) {
        arguments.push_back({"hint", "it is the floor of the ladder, which asks nothing"});
    } else if (const std::string_view close = nearest(name, names); !close.empty()) {
        arguments.push_back({"close", std::string(close)});
    }
    return arguments;
}

/// What is wrong with the rules by every value of a sweep; nothing where one of them is good.
Diagnostics faults_of(const Program& fresh, const ImpactSweep& sweep) {
    Diagnostics faults;
    for (const std::string& value : sweep.values) {
        const Span cell = cell_of(fresh, sweep)->at;
        const Result<Program> program = with_value(fresh, cell, value);
        if (program) {
            return {};
        }
        // Its place is one of a text that nobody wrote.
        faults = Diagnostics();
        faults.add(
            present(Code::no_sweep, {{"refused", value},
                                     {"why", program.diagnostics.begin()->text},
                                     {"now", std::string(fresh.model().source.text(cell))}}));
    }
    return faults;
}

} // namespace

Result<ImpactStudy> ImpactStudy::of(const Program& old, const Program& fresh,
                                    const ImpactOptions& options) {
    Result<ImpactStudy> result;
    if (old.id() != fresh.id()) {
        result.diagnostics.add(present(Fault{
            Code::other_program, {}, {{"found", fresh.id()}, {"program", old.id()}}, {}, {}}));
    }
    if (options.on) {
        static_cast<void>(read_day(*options.on, result.diagnostics));
    }
    if (options.review) {
        static_cast<void>(read_review(fresh.model(), options.review, result.diagnostics));
    }
    const auto say = [&](Code code, std::vector<Argument> arguments) {
        result.diagnostics.add(present(Fault{code, {}, std::move(arguments), {}, {}}));
    };
    if (options.near_percent) {
        const ParsedNumber percent = Number::parse(*options.near_percent);
        if (!percent || percent.value < Number(0) || percent.value > Number(100)) {
            say(Code::bad_percentage,
                {{"found", *options.near_percent}, {"option", "--near"}, {"example", "10%"}});
        }
    }
    if (options.sweep && !cell_of(fresh, *options.sweep)) {
        say(Code::unknown_name, unknown_cell(fresh.model(), *options.sweep));
    }
    if (options.sweep && !result.diagnostics.has_errors()) {
        result.diagnostics.add(faults_of(fresh, *options.sweep));
    }
    if (!result.diagnostics.has_errors()) {
        result.value = ImpactStudy(std::make_unique<Parts>(old, fresh, options));
    }
    return result;
}

Diagnostics ImpactStudy::add(std::uint64_t line, const std::string& json) {
    return parts_->add({line, json});
}

void ImpactStudy::leave_out(std::uint64_t line, Diagnostics why) {
    Impact& impact = parts_->impact;
    ++impact.unread_count;
    if (impact.unread.size() < Impact::most_named) {
        impact.unread.push_back({line, std::move(why)});
    }
}

Impact ImpactStudy::result() const {
    Impact impact = parts_->impact;
    for (const auto& [key, counts] : parts_->causes) {
        impact.causes.push_back({key.first, key.second, counts.up, counts.down});
    }
    for (const auto& [edits, partners] : parts_->held) {
        impact.held.push_back({edits.first, edits.second, partners});
    }
    impact.repeated = parts_->keys.first();
    impact.repeated_count = parts_->keys.count();
    std::stable_sort(
        impact.held.begin(), impact.held.end(),
        [](const Impact::Held& a, const Impact::Held& b) { return a.partners > b.partners; });
    std::stable_sort(impact.causes.begin(), impact.causes.end(),
                     [](const Impact::Cause& a, const Impact::Cause& b) {
                         return a.up + a.down > b.up + b.down;
                     });
    return impact;
}

} // namespace rung
