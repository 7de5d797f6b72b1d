#include "interpreter/evaluate.hpp"

#include "interpreter/cases.hpp"
#include "interpreter/lookup.hpp"
#include "interpreter/ranges.hpp"
#include "interpreter/types.hpp"

#include <algorithm>

namespace rung {

namespace {

/// Keeps nothing; the compiler removes every call.
struct NoLog {
    static constexpr bool keeps = false;
    Index open(Index /*expr*/, Index /*row*/ = none) { return none; }
    void close(Index /*step*/, const Value& /*value*/) {}
};

struct StepLog {
    static constexpr bool keeps = true;
    std::vector<Step>& steps;

    Index open(Index expr, Index row = none) {
        Step step;
        step.expr = expr;
        step.row = row;
        steps.push_back(step);
        return static_cast<Index>(steps.size() - 1);
    }
    void close(Index step, const Value& value) {
        steps[step].value = value;
        steps[step].size = static_cast<Index>(steps.size() - step);
    }
};

template <typename Log>
class Machine {
public:
    Machine(const Model& model, const FactSheet* facts, const Setting& setting, Verdicts& verdicts,
            std::vector<Index>& frames, std::vector<Value>& scratch, MadeLists& made, Log log)
        : model_(model),
          facts_(facts),
          values_(facts == nullptr ? nullptr : facts->facts.data()),
          setting_(setting),
          out_(verdicts),
          frames_(frames),
          scratch_(scratch),
          made_(made),
          log_(log) {}

    void run(Recording* recording, Cases& cases) {
        climb_all(recording);
        try_cases(cases);
        for (Index benefit = 0; benefit < model_.benefits.size(); ++benefit) {
            out_.benefits[benefit] = judge_benefit(benefit, recording);
        }
        for (Index value = 0; value < model_.values.size(); ++value) {
            worth(value, recording);
        }
        tier_ladder_ = none;
        for (Index notice = 0; notice < model_.notices.size(); ++notice) {
            root(recording == nullptr ? nullptr : &recording->notices[notice]);
            out_.notices[notice] = eval(model_.notices[notice].when).truth;
        }
        for (Index ladder = 0; ladder < model_.ladders.size(); ++ladder) {
            hold(ladder, recording);
        }
        if constexpr (Log::keeps) {
            look_beyond(*recording);
        }
    }

    /// Measures and tiers, and no more.
    void climb_all(Recording* recording) {
        if (setting_.review != none) {
            root(recording == nullptr ? nullptr : &recording->review_period);
            review_period_ = eval(model_.reviews[setting_.review].window);
        }
        measures_of(none, recording);
        for (Index ladder = 0; ladder < model_.ladders.size(); ++ladder) {
            climb(ladder, recording);
        }
    }

    /// A single expression, behind an evaluation.
    Value look(Index expr, const Scene& scene) {
        frames_ = scene.rows;
        std::copy(scene.records.begin(), scene.records.end(), std::begin(frame_records_));
        path_ = scene.path;
        if (scene.ladder != none) {
            look_from(scene.ladder, scene.tier);
        }
        if (setting_.review != none) {
            review_period_ = eval(model_.reviews[setting_.review].window);
        }
        if (scene.hole != none) {
            hole_ = eval(scene.hole);
        }
        return eval(expr);
    }

    /// From here on, what differs by path is that of this one.
    void follow(Index path) { path_ = path; }

    /// From here on, facts have these values.
    void suppose(const std::vector<Value>& facts) { values_ = facts.data(); }

    Value eval(Index index) {
        const Expr& expr = model_.exprs[index];
        const Index step = log_.open(index);
        const Value value = compute(expr);
        log_.close(step, value);
        return value;
    }

private:
    /// Says where the next step begins, if steps are kept.
    void root([[maybe_unused]] Index* where) {
        if constexpr (Log::keeps) {
            if (where != nullptr) {
                *where = static_cast<Index>(log_.steps.size());
            }
        }
    }

    /// The measures that depend on these paths, for the path that is being followed; or on none.
    void measures_of(Index paths, Recording* recording) {
        for (const MeasureRef ref : model_.measure_order) {
            const Measure& measure =
                (ref.of_record ? model_.record_measures : model_.measures)[ref.index];
            if (measure.paths != paths) {
                continue;
            }
            const Index value = place_of(measure);
            if (ref.of_record) {
                measure_records(measure, value, recording);
                continue;
            }
            root(recording == nullptr ? nullptr : &recording->measures[value]);
            out_.measures[value] = eval(measure.expr);
            if (const Value* assumed = setting_.assumed(ref.index)) {
                out_.measures[value] = *assumed;
            }
        }
    }

    [[nodiscard]] Index place_of(const Measure& measure) const {
        return measure.first_value + (measure.paths == none ? 0 : path_);
    }

    // ---- measures of records

    /// For every record of the type, whichever list it stands in: it reads nothing but the record.
    void measure_records(const Measure& measure, Index value, Recording* recording) {
        const std::size_t rows = facts_->tables[measure.record].origins.size();
        std::vector<Value>& column = out_.record_measures[value];
        column.resize(rows + 1);
        if (recording != nullptr) {
            recording->record_measures[value].assign(rows, none);
        }
        frame_records_[0] = measure.record;
        for (std::size_t row = 0; row < rows; ++row) {
            frames_[0] = static_cast<Index>(row);
            root(recording == nullptr ? nullptr : &recording->record_measures[value][row]);
            column[row] = eval(measure.expr);
        }
        frames_[0] = none; // not a record of the partner's, so the recording has no step for it
        NoLog silent;
        column[rows] = Machine<NoLog>(*this, silent).eval(measure.expr);
    }

    Value record_measure(const Expr& expr) const {
        const std::vector<Value>& column =
            out_.record_measures[place_of(model_.record_measures[expr.index])];
        const Index row = frames_[expr.a];
        return row == none ? column.back() : column[row];
    }

    // ---- tiers

    void climb(Index index, Recording* recording) {
        const Ladder& ladder = model_.ladders[index];
        for (path_ = 0; path_ < ladder.path_count; ++path_) {
            PathVerdict& verdict = out_.paths[ladder.first_path + path_];
            verdict.open = ladder.paths == none ? Truth::yes : open_path(ladder, recording);
            if (ladder.paths != none) {
                measures_of(ladder.paths, recording);
            }
            for (Index tier = 1; tier < ladder.tiers.size(); ++tier) {
                out_.columns[column_at(ladder, tier)] = column(index, tier, recording);
            }
            verdict.standing = standing_along(ladder);
        }
        path_ = 0;
        out_.standings[index] = best_of(ladder);
    }

    [[nodiscard]] std::size_t column_at(const Ladder& ladder, Index tier) const {
        return (ladder.first_path + path_) * out_.tiers + tier;
    }

    /// Whether the path that is being followed is open. An `otherwise` is where none of the others is.
    Truth open_path(const Ladder& ladder, Recording* recording) {
        const Paths& paths = model_.paths[ladder.paths];
        if (!paths.paths[path_].otherwise) {
            const Index when = paths.paths[path_].when;
            root(recording == nullptr ? nullptr : &recording->paths[ladder.first_path + path_]);
            return when == none ? Truth::yes : eval(when).truth;
        }
        Truth any = Truth::no;
        for (const Path& path : paths.paths) {
            if (!path.otherwise) {
                NoLog silent;
                any = either(any, path.when == none
                                      ? Truth::yes
                                      : Machine<NoLog>(*this, silent).eval(path.when).truth);
            }
        }
        return !any;
    }

    Truth column(Index ladder, Index tier, Recording* recording) {
        Truth met = Truth::yes;
        for (Index row = 0; row < model_.requirements.size();
             row += model_.requirements[row].subtree) {
            if (model_.requirements[row].ladder != ladder) {
                continue;
            }
            judge_row(row, tier, false, recording);
            const Verdict verdict = out_.row(row, tier, path_).verdict;
            if (verdict != Verdict::not_asked) {
                met = both(met, truth_in(verdict));
            }
        }
        return met;
    }

    static Mask one_of_tiers(std::uint64_t possible) {
        return {std::has_single_bit(possible) ? possible : 0, possible};
    }

    static Truth truth_in(Verdict verdict) {
        return verdict == Verdict::met || verdict == Verdict::waived ? Truth::yes
               : verdict == Verdict::unmet                           ? Truth::no
                                                                     : Truth::unknown;
    }

    Standing standing_along(const Ladder& ladder) const {
        Standing standing;
        standing.possible = 0;
        const auto top = static_cast<Index>(ladder.tiers.size());
        if (ladder.climb == Climb::one_by_one) {
            // Tier t is it if the climb reaches t and stops there.
            Truth reached = Truth::yes;
            for (Index tier = 0; tier < top && reached != Truth::no; ++tier) {
                const Truth next = tier + 1 < top
                                       ? both(reached, out_.columns[column_at(ladder, tier + 1)])
                                       : Truth::no;
                standing.at_least = reached == Truth::yes ? tier : standing.at_least;
                standing.possible |= next != Truth::yes ? std::uint64_t{1} << tier : 0;
                reached = next;
            }
        } else {
            // Tier t is it if its own column is met and none above it is.
            for (Index tier = top; tier-- > 0;) {
                const Truth own = tier == 0 ? Truth::yes : out_.columns[column_at(ladder, tier)];
                standing.possible |= own != Truth::no ? std::uint64_t{1} << tier : 0;
                if (own == Truth::yes) {
                    standing.at_least = tier;
                    break;
                }
            }
        }
        return settled(standing);
    }

    static Standing settled(Standing standing) {
        standing.tier = std::has_single_bit(standing.possible)
                            ? static_cast<Index>(std::countr_zero(standing.possible))
                            : none;
        return standing;
    }

    /// The highest tier along an open path. With an `otherwise` one path at least is open, so the tier is
    /// no lower than the lowest of those that may be it.
    Standing best_of(const Ladder& ladder) const {
        Standing best;
        std::uint64_t possible = 0;
        Index lowest_open = static_cast<Index>(ladder.tiers.size()) - 1;
        bool one_is_open = ladder.paths == none || has_otherwise(model_.paths[ladder.paths]);
        for (Index path = 0; path < ladder.path_count; ++path) {
            const PathVerdict& verdict = out_.paths[ladder.first_path + path];
            if (verdict.open == Truth::no) {
                continue;
            }
            possible |= verdict.standing.possible;
            lowest_open = std::min(lowest_open, verdict.standing.at_least);
            if (verdict.open == Truth::yes) {
                one_is_open = true;
                best.at_least = std::max(best.at_least, verdict.standing.at_least);
            }
        }
        if (one_is_open && possible != 0) {
            best.at_least = std::max(best.at_least, lowest_open);
        } else {
            possible |= 1; // no path may be open at all
        }
        best.possible = possible >> best.at_least << best.at_least;
        return settled(best);
    }

    static bool has_otherwise(const Paths& paths) {
        return std::any_of(paths.paths.begin(), paths.paths.end(),
                           [](const Path& path) { return path.otherwise; });
    }

    // ---- cases

    /// Where the tier is open, tries the values that a few unknown facts could have. If all of them lead
    /// to one tier, that is it, though the conditions, each by itself, left it open.
    void try_cases(Cases& cases) {
        const auto undecided = [&] {
            return std::any_of(out_.standings.begin(), out_.standings.end(),
                               [](const Standing& standing) { return standing.tier == none; });
        };
        if (model_.facts_to_try.empty() || !undecided()) {
            return;
        }
        cases.open.clear();
        std::size_t count = 1;
        for (const Index fact : model_.facts_to_try) {
            const std::size_t values = values_of(fact);
            if (values > 1 && count * values <= max_cases) {
                cases.open.push_back(fact);
                count *= values;
            }
        }
        cases.facts = facts_->facts;
        std::fill(cases.possible.begin(), cases.possible.end(), 0);
        for (std::size_t i = 0; i < count && count > 1; ++i) {
            try_case(cases, i);
        }
        for (Index ladder = 0; ladder < model_.ladders.size() && count > 1; ++ladder) {
            if (std::has_single_bit(cases.possible[ladder])) {
                Standing& standing = out_.standings[ladder];
                standing.possible = cases.possible[ladder];
                standing = settled(standing);
                standing.at_least = standing.tier;
            }
        }
    }

    /// How many values a fact could have that is not known.
    [[nodiscard]] std::size_t values_of(Index fact) const {
        const Value& value = facts_->facts[fact];
        if (value.certain() || value.undetermined != Truth::no) {
            return 1;
        }
        if (value.form == Value::Form::truth) {
            return 2;
        }
        // "Or other" is many values, which need not be equal.
        return other_of(model_, model_.facts[fact].type) != 0
                   ? 1
                   : static_cast<std::size_t>(std::popcount(value.mask.maybe));
    }

    void try_case(Cases& cases, std::size_t number) {
        for (const Index fact : cases.open) {
            const std::size_t values = values_of(fact);
            cases.facts[fact] = nth_value(facts_->facts[fact], number % values);
            number /= values;
        }
        cases.made.back_to({});
        Machine<NoLog> machine(model_, facts_, setting_, cases.verdicts, cases.frames,
                               cases.scratch, cases.made, NoLog{});
        machine.suppose(cases.facts);
        machine.climb_all(nullptr);
        for (std::size_t ladder = 0; ladder < cases.possible.size(); ++ladder) {
            cases.possible[ladder] |= cases.verdicts.standings[ladder].possible;
        }
    }

    static Value nth_value(const Value& of, std::size_t n) {
        if (of.form == Value::Form::truth) {
            return Value::of(truth_of(n == 1));
        }
        std::uint64_t mask = of.mask.maybe;
        for (; n > 0; --n) {
            mask &= mask - 1;
        }
        const std::uint64_t bit = mask & (~mask + 1);
        return Value::of(Mask{bit, bit});
    }

    // ---- rows

    /// Judges a row and what stands under it. A way of a head that asks for some of its ways is judged
    /// by ask and condition; any other row with a false condition is not asked.
    void judge_row(Index index, Index tier, bool is_way, Recording* recording) {
        const Requirement& row = model_.requirements[index];
        const Cell& cell = row.cells[tier];
        RowVerdict& result = out_.row(index, tier, path_);
        RowSteps* steps =
            recording == nullptr ? nullptr : &recording->rows[out_.place(index, tier, path_)];
        result = {};
        if (!cell.asked) {
            // A recording explains what does not count, so the parts of a head are cleared, not left.
            clear_parts(index, tier);
            return;
        }
        const Value condition = both_conditions(row, cell, steps);
        result.condition = condition.truth;
        if constexpr (!Log::keeps) {
            if (condition.truth == Truth::no) {
                result.verdict = is_way ? Verdict::unmet : Verdict::not_asked;
                clear_parts(index, tier);
                return;
            }
        }
        const Value inner =
            row.form == RowForm::ask ? ask(row, cell, steps) : Value::of(Truth::unknown);
        const RowVerdict judged = row.form == RowForm::ask ? RowVerdict{verdict_of(inner.truth),
                                                                        condition.truth,
                                                                        inner.reason,
                                                                        Truth::yes,
                                                                        Reason::none,
                                                                        none}
                                                           : judge_parts(index, tier, recording);
        settle(result, judged, condition, is_way);
        waive(index, tier, result);
        if (condition.truth == Truth::no) {
            clear_parts(index, tier);
        }
    }

    /// A row that is waived shows as waived wherever it may be asked, met or not.
    void waive(Index index, Index tier, RowVerdict& result) const {
        if (!model_.requirements[index].waivable || result.verdict == Verdict::not_asked ||
            result.condition == Truth::no) {
            return;
        }
        result.waiver = facts_->waiver(index, tier, setting_.on);
        if (result.waiver != none) {
            result.verdict = Verdict::waived;
            result.reason = Reason::none;
        }
    }

    static void settle(RowVerdict& result, const RowVerdict& inner, const Value& condition,
                       bool is_way) {
        if (inner.verdict == Verdict::not_asked || (!is_way && condition.truth == Truth::no)) {
            result.verdict = is_way ? Verdict::unmet : Verdict::not_asked;
            return;
        }
        result.asked = both(condition.truth, inner.asked);
        result.asked_reason =
            condition.truth == Truth::unknown ? condition.reason : inner.asked_reason;
        if (is_way) {
            // A way all of whose parts may turn out not to be asked is not yet a way that is met.
            result.verdict = verdict_of(both(truth_in(inner.verdict), result.asked));
        } else if (condition.truth == Truth::unknown && inner.verdict != Verdict::met) {
            result.verdict = Verdict::unknown;
        } else {
            result.verdict = inner.verdict;
        }
        if (result.verdict == Verdict::unknown) {
            result.reason = inner.verdict == Verdict::unknown ? inner.reason : result.asked_reason;
        }
    }

    void clear_parts(Index index, Index tier) {
        for (Index part = index + 1; part < index + model_.requirements[index].subtree; ++part) {
            out_.row(part, tier, path_) = {};
        }
    }

    Value both_conditions(const Requirement& row, const Cell& cell, RowSteps* steps) {
        Value result = Value::of(Truth::yes);
        if (row.when != none) {
            root(steps == nullptr ? nullptr : &steps->when);
            result = eval(row.when);
        }
        if (cell.condition != none && (Log::keeps || result.truth != Truth::no)) {
            root(steps == nullptr ? nullptr : &steps->condition);
            const Value second = eval(cell.condition);
            result = judged(both(result.truth, second.truth),
                            result.truth == Truth::unknown ? result : second, second);
        }
        return result;
    }

    Value ask(const Requirement& row, const Cell& cell, RowSteps* steps) {
        if (cell.value != none) {
            root(steps == nullptr ? nullptr : &steps->value);
            hole_ = eval(cell.value);
        }
        root(steps == nullptr ? nullptr : &steps->asks);
        return eval(row.asks);
    }

    RowVerdict judge_parts(Index head, Index tier, Recording* recording) {
        const Requirement& row = model_.requirements[head];
        const bool ways = row.form != RowForm::all_of;
        std::uint32_t met = 0;
        std::uint32_t unknown = 0;
        std::uint32_t asked = 0;
        RowVerdict result;
        result.asked = truth_of(ways);
        for (Index part = head + 1; part < head + row.subtree;
             part += model_.requirements[part].subtree) {
            judge_row(part, tier, ways, recording);
            const RowVerdict& judged = out_.row(part, tier, path_);
            asked += judged.verdict != Verdict::not_asked ? 1U : 0U;
            met += truth_in(judged.verdict) == Truth::yes ? 1U : 0U;
            unknown += judged.verdict == Verdict::unknown ? 1U : 0U;
            if (judged.verdict == Verdict::unknown && result.reason == Reason::none) {
                result.reason = judged.reason;
            }
            result.asked = either(result.asked, judged.asked);
            if (judged.asked == Truth::unknown && result.asked_reason == Reason::none) {
                result.asked_reason = judged.asked_reason;
            }
        }
        const std::uint32_t needed = row.form == RowForm::any_one_of    ? 1
                                     : row.form == RowForm::at_least_of ? row.needed
                                                                        : asked;
        result.verdict = met >= needed             ? Verdict::met
                         : met + unknown >= needed ? Verdict::unknown
                                                   : Verdict::unmet;
        if (!ways && asked == 0) {
            result.verdict = Verdict::not_asked;
        }
        return result;
    }

    // ---- benefits and values

    BenefitVerdict judge_benefit(Index index, Recording* recording) {
        const Benefit& benefit = model_.benefits[index];
        const Standing standing = out_.standing(benefit.ladder);
        bool all_grant = true;
        bool some_may = false;
        bool some_open = false;
        for (Index tier = 0; tier < out_.tiers; ++tier) {
            if ((standing.possible >> tier & 1) == 0) {
                continue;
            }
            BenefitSteps* steps =
                recording == nullptr ? nullptr : &recording->benefits[index * out_.tiers + tier];
            const BenefitVerdict verdict = benefit_at(benefit, tier, steps);
            all_grant &= verdict == BenefitVerdict::granted;
            some_may |= verdict == BenefitVerdict::granted || verdict == BenefitVerdict::unknown;
            some_open |= verdict == BenefitVerdict::open;
        }
        return all_grant   ? BenefitVerdict::granted
               : some_may  ? BenefitVerdict::unknown
               : some_open ? BenefitVerdict::open
                           : BenefitVerdict::closed;
    }

    /// What closed benefits would need at the tiers that open them: it decides nothing, and is there to be told.
    void look_beyond(Recording& recording) {
        recording.judged = log_.steps.size();
        for (Index index = 0; index < model_.benefits.size(); ++index) {
            const Benefit& benefit = model_.benefits[index];
            for (Index tier = 0;
                 out_.benefits[index] == BenefitVerdict::closed && tier < benefit.cells.size();
                 ++tier) {
                benefit_at(benefit, tier, &recording.benefits[index * out_.tiers + tier]);
            }
        }
        tier_ladder_ = none;
    }

    BenefitVerdict benefit_at(const Benefit& benefit, Index tier, BenefitSteps* steps) {
        const bool on_ladder = benefit.ladder != none;
        if (on_ladder && !benefit.cells[tier].asked) {
            return BenefitVerdict::closed;
        }
        look_from(benefit.ladder, tier);
        Truth truth = Truth::yes;
        for (const Index need : benefit.needs) {
            if constexpr (Log::keeps) {
                steps->needs.push_back(static_cast<Index>(log_.steps.size()));
            }
            truth = both(truth, eval(need).truth);
        }
        if (const Index condition = on_ladder ? benefit.cells[tier].condition : none;
            condition != none) {
            root(steps == nullptr ? nullptr : &steps->condition);
            truth = both(truth, eval(condition).truth);
        }
        return truth == Truth::yes  ? BenefitVerdict::granted
               : truth == Truth::no ? BenefitVerdict::open
                                    : BenefitVerdict::unknown;
    }

    /// From here on `tier` is this tier of this ladder.
    void look_from(Index ladder, Index tier) {
        tier_ladder_ = ladder;
        tier_ = one_of_tiers(std::uint64_t{1} << tier);
    }

    /// What each tier is worth, whether it is possible or not: explanations say what a tier would add.
    void worth(Index index, Recording* recording) {
        const Worth& value = model_.values[index];
        for (Index tier = 0; tier < value.figures.size(); ++tier) {
            if (value.figures[tier] != none) {
                const std::size_t at = index * out_.tiers + tier;
                look_from(value.ladder, tier);
                root(recording == nullptr ? nullptr : &recording->values[at]);
                out_.values[at] = eval(value.figures[tier]);
            }
        }
    }

    // ---- tiers held from before

    /// What is held after the review: the tier that was held before, moved as far as the review may move
    /// it and the rules let it go.
    void hold(Index index, Recording* recording) {
        Holding& holding = out_.holdings[index];
        holding = {};
        const std::optional<HeldTier>& held = facts_->held[index];
        if (!held) {
            return;
        }
        holding.given = true;
        holding.standing.possible = 0;
        const std::uint64_t qualified = out_.standings[index].possible;
        for (Index tier = 0; tier < model_.ladders[index].tiers.size(); ++tier) {
            if ((qualified >> tier & 1) != 0) {
                move(holding, index, held->tier, tier, recording);
            }
        }
        holding.standing.at_least = static_cast<Index>(std::countr_zero(holding.standing.possible));
        holding.standing = settled(holding.standing);
    }

    void move(Holding& holding, Index ladder, Index held, Index qualified, Recording* recording) {
        const Review* review = setting_.review == none ? nullptr : &model_.reviews[setting_.review];
        const auto stay = [&](Index tier, Holding::By by) {
            holding.standing.possible |= std::uint64_t{1} << tier;
            holding.by = by;
        };
        if (qualified > held && review != nullptr && !review->can_raise) {
            stay(held, Holding::By::cannot_raise);
        } else if (qualified >= held) {
            stay(qualified, Holding::By::qualified);
        } else if (review != nullptr && !review->can_lower) {
            stay(held, Holding::By::cannot_lower);
        } else {
            lower(holding, ladder, held, qualified, recording);
        }
    }

    void lower(Holding& holding, Index ladder, Index held, Index qualified, Recording* recording) {
        Index floor = qualified; // what is surely kept
        std::uint64_t maybe = 0;
        holding.by = Holding::By::qualified;
        for (Index i = 0; i < model_.keepings.size(); ++i) {
            const Keeping& keeping = model_.keepings[i];
            const Index kept = keeping.keeps == Keeping::Keeps::held ? held : held - 1;
            if (keeping.ladder != ladder || kept <= floor) {
                continue;
            }
            Value through;
            const Truth keeps = in_force(i, through, recording);
            if (keeps == Truth::unknown) {
                maybe |= std::uint64_t{1} << kept;
            } else if (keeps == Truth::yes) {
                floor = kept;
                holding.by = Holding::By::kept;
                holding.keeping = i;
                holding.through = through.certain() && !through.dates.never
                                      ? std::optional(through.dates.low)
                                      : std::nullopt;
            }
        }
        const Review* review = setting_.review == none ? nullptr : &model_.reviews[setting_.review];
        if (floor < held && review != nullptr && review->grace) {
            floor = held;
            holding.by = Holding::By::grace;
            holding.through = rung::add(setting_.on, *review->grace);
        }
        const std::uint64_t above = ~((std::uint64_t{2} << floor) - 1);
        holding.standing.possible |= (std::uint64_t{1} << floor) | (maybe & above);
    }

    Truth in_force(Index index, Value& through, Recording* recording) {
        const Keeping& keeping = model_.keepings[index];
        KeepingSteps* steps = recording == nullptr ? nullptr : &recording->keepings[index];
        Truth truth = Truth::yes;
        tier_ladder_ = none;
        if (keeping.when != none) {
            root(steps == nullptr ? nullptr : &steps->when);
            truth = eval(keeping.when).truth;
        }
        root(steps == nullptr ? nullptr : &steps->through);
        through = eval(keeping.through);
        return both(truth, !less(through, Value::of(setting_.on)));
    }

    Value held(Op op, Index ladder) const {
        const std::optional<HeldTier>& held = facts_->held[ladder];
        if (op == Op::held_tier) {
            return held
                       ? Value::of(one_of_tiers(std::uint64_t{1} << held->tier))
                       : Value::of(
                             Mask{0, (std::uint64_t{1} << model_.ladders[ladder].tiers.size()) - 1},
                             Reason::missing);
        }
        const std::optional<Date> day = !held                  ? std::nullopt
                                        : op == Op::held_since ? held->since
                                                               : held->protected_until;
        return day ? Value::of(*day)
                   : Value::of(DateRange{Date::min(), Date::max(), false, false}, Reason::missing);
    }

    // ---- expressions

    Value compute(const Expr& expr) {
        switch (expr.op) {
        case Op::literal:
            return model_.literals[expr.index];
        case Op::hole:
            return hole_;
        case Op::fact:
            return values_[expr.index];
        case Op::field:
            return field(expr);
        case Op::measure:
            return out_.measures[place_of(model_.measures[expr.index])];
        case Op::record_measure:
            return record_measure(expr);
        case Op::review_date:
            return Value::of(setting_.on);
        case Op::review_period:
            return review_period_;
        case Op::tier:
            return Value::of(expr.index == tier_ladder_
                                 ? tier_
                                 : one_of_tiers(out_.standings[expr.index].possible));
        case Op::path: {
            const std::uint64_t bit = std::uint64_t{1} << path_;
            return Value::of(Mask{bit, bit});
        }
        case Op::by_path:
            return eval(model_.operands[expr.first_operand + path_]);
        case Op::held_tier:
        case Op::held_since:
        case Op::held_until:
            return held(expr.op, expr.index);
        case Op::all_true:
            return all_true(expr);
        case Op::any_true:
            return any_true(expr);
        case Op::negation: {
            Value value = eval(expr.a);
            value.truth = !value.truth;
            return value;
        }
        case Op::equal:
        case Op::not_equal:
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal:
            return compare(expr);
        case Op::in_members:
            return in_members(expr);
        case Op::in_window: {
            const Value date = eval(expr.a);
            const Value window = eval(expr.b);
            return judged(inside(date, window), date, window);
        }
        case Op::include_any:
        case Op::include_all:
            return include(expr);
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
            return calculate(expr);
        case Op::minus:
            return negated(eval(expr.a));
        case Op::at_most:
        case Op::at_least: {
            const Value value = eval(expr.a);
            const Value bound = eval(expr.b);
            return expr.op == Op::at_most ? smaller(value, bound) : larger(value, bound);
        }
        case Op::otherwise:
            return otherwise(expr);
        case Op::conditional:
            return conditional(expr);
        case Op::aggregate:
            return aggregate(model_.aggregates[expr.index]);
        case Op::group_key:
            return group(expr.a, &Group::key, 0);
        case Op::group_records:
            return group(expr.a, &Group::records, 1);
        case Op::at_least_of:
            return at_least_of(expr);
        case Op::round: {
            const Value value = eval(expr.a);
            return rounded(value, eval(expr.b), static_cast<Rounding>(expr.index));
        }
        case Op::look_up:
            return look_up(expr);
        case Op::window:
            return window(expr);
        case Op::first_day:
        case Op::last_day: {
            const Value window = eval(expr.a);
            Value day =
                Value::of(expr.op == Op::first_day ? window.window.from : window.window.through,
                          window.reason);
            day.undetermined = window.undetermined;
            return day;
        }
        case Op::day_in_year:
            return day_in_year(month_day(expr.index), eval(expr.a));
        case Op::year_of:
            return year_of(eval(expr.a));
        case Op::month_of:
            return month_of(eval(expr.a));
        case Op::month_days:
            return days_in(eval(expr.a));
        case Op::through:
            return through(expr);
        case Op::unstated:
            return model_.unstated[expr.index].value;
        }
        return {};
    }

    Value field(const Expr& expr) {
        // In fast and recording mode alike, a row that stands for "more that we do not know of" has no cells.
        const Index row = frames_[expr.a];
        const Index record = frame_records_[expr.a];
        if (row == none) {
            return FactSheet::unknown(model_, model_.records[record].fields[expr.index]);
        }
        return facts_->cell(model_, record, row, expr.index);
    }

    /// Of the group that is looked at; one that is not known of has an unknown key and unknown records.
    Value group(Index scope, Value Group::*part, Index field) {
        const Index row = frames_[scope];
        return row != none ? made_.groups[row].*part
                           : FactSheet::unknown(
                                 model_, model_.records[frame_records_[scope]].fields[field]);
    }

    /// A field of the record that facts refer to. A key that no record has leaves the rules without a value;
    /// one that is not known may be such a key, too.
    Value through(const Expr& expr) {
        const Value item = eval(expr.a);
        const Reference& to = model_.references[model_.exprs[expr.a].type.index];
        const bool found = item.item.known && item.item.row != none;
        if (found && item.undetermined != Truth::yes) {
            Value value = facts_->cell(model_, to.record, item.item.row, expr.index);
            if (item.undetermined != Truth::no) {
                value.undetermined = either(value.undetermined, item.undetermined);
                value.reason = item.reason;
            }
            return value;
        }
        Value value = FactSheet::unknown(model_, model_.records[to.record].fields[expr.index]);
        const Value& list = facts_->facts[to.fact];
        if (item.undetermined == Truth::yes || !item.item.known) {
            value.undetermined = either(item.undetermined, Truth::unknown);
            value.reason = item.reason;
        } else if (item.item.may_exist) {
            value.undetermined = Truth::unknown;
            value.reason = list.list.may_hold_more ? list.reason : Reason::missing;
        } else {
            value.undetermined = Truth::yes;
            value.reason = Reason::no_row;
        }
        return value;
    }

    Value all_true(const Expr& expr) {
        Value result = Value::of(Truth::yes);
        for (Index i = 0; i < expr.operand_count; ++i) {
            const Value operand = eval(model_.operands[expr.first_operand + i]);
            result = judged(both(result.truth, operand.truth), result, operand);
            if (!Log::keeps && result.truth == Truth::no) {
                break;
            }
        }
        return result;
    }

    Value any_true(const Expr& expr) {
        Value result = Value::of(Truth::no);
        for (Index i = 0; i < expr.operand_count; ++i) {
            const Value operand = eval(model_.operands[expr.first_operand + i]);
            result = judged(either(result.truth, operand.truth), result, operand);
            if (!Log::keeps && result.truth == Truth::yes) {
                break;
            }
        }
        return result;
    }

    Value compare(const Expr& expr) {
        const Value left = eval(expr.a);
        const Value right = eval(expr.b);
        Truth truth = Truth::unknown;
        switch (expr.op) {
        case Op::equal:
            truth = same(expr, left, right);
            break;
        case Op::not_equal:
            truth = !same(expr, left, right);
            break;
        case Op::less:
            truth = less(left, right);
            break;
        case Op::less_equal:
            truth = !less(right, left);
            break;
        case Op::greater:
            truth = less(right, left);
            break;
        default:
            truth = !less(left, right);
            break;
        }
        return explained(judged(truth, left, right));
    }

    /// Of two choices that are both "other", what they are is not said.
    static Value explained(Value value) {
        if (value.truth == Truth::unknown && value.reason == Reason::none) {
            value.reason = Reason::missing;
        }
        return value;
    }

    /// Two choices that are both "other" may still be two things.
    Truth same(const Expr& expr, const Value& left, const Value& right) {
        const Truth truth = equal(left, right);
        const bool both_other = truth == Truth::yes && left.form == Value::Form::mask &&
                                left.mask.maybe == other_of(model_, model_.exprs[expr.a].type);
        return both_other ? Truth::unknown : truth;
    }

    Value in_members(const Expr& expr) {
        const Value left = eval(expr.a);
        Value result = Value::of(Truth::no);
        std::uint64_t listed = 0;
        for (Index i = 0; i < expr.operand_count; ++i) {
            const Value member = eval(model_.operands[expr.first_operand + i]);
            result = judged(either(result.truth, same(expr, left, member)), left, member);
            listed |=
                member.form == Value::Form::mask && member.mask.single() ? member.mask.maybe : 0;
        }
        if (left.form == Value::Form::mask && left.undetermined == Truth::no) {
            // All members at once: an unknown choice is in the list if everything it could be is.
            listed &= ~other_of(model_, model_.exprs[expr.a].type);
            result = (left.mask.maybe & ~listed) == 0 ? Value::of(Truth::yes) : result;
        }
        return explained(result);
    }

    Value include(const Expr& expr) {
        const Value set = eval(expr.a);
        const std::uint64_t asked = model_.literals[expr.index].mask.maybe;
        Truth truth = Truth::unknown;
        if (set.undetermined != Truth::no) {
            return judged(truth, set, set);
        }
        if (expr.op == Op::include_any) {
            truth = (set.mask.surely & asked) != 0  ? Truth::yes
                    : (set.mask.maybe & asked) == 0 ? Truth::no
                                                    : Truth::unknown;
        } else {
            truth = (set.mask.surely & asked) == asked  ? Truth::yes
                    : (set.mask.maybe & asked) != asked ? Truth::no
                                                        : Truth::unknown;
        }
        return judged(truth, set, set);
    }

    Value calculate(const Expr& expr) {
        const Value left = eval(expr.a);
        const Value right = eval(expr.b);
        if (left.form == Value::Form::dates) {
            if (right.form == Value::Form::dates) {
                const bool months = model_.exprs[expr.a].type.kind == TypeKind::month;
                return months ? months_between(left, right) : days_between(left, right);
            }
            const bool in_months = model_.exprs[expr.b].type.kind == TypeKind::months;
            return shifted(left, right, in_months, expr.op == Op::subtract);
        }
        switch (expr.op) {
        case Op::add:
            return add(left, right);
        case Op::subtract:
            return subtract(left, right);
        case Op::multiply:
            return multiply(left, right);
        default:
            return divide(left, right);
        }
    }

    /// The second where the rules leave the first without a value; never for a fact that is not known.
    Value otherwise(const Expr& expr) {
        const Value first = eval(expr.a);
        if (first.undetermined == Truth::no && !Log::keeps) {
            return first;
        }
        const Value second = eval(expr.b);
        if (first.undetermined == Truth::no) {
            return first;
        }
        if (first.undetermined == Truth::yes) {
            return second;
        }
        Value decided = first;
        decided.undetermined = Truth::no;
        return either_of(decided, second, first.reason);
    }

    Value conditional(const Expr& expr) {
        const Value test = eval(expr.a);
        if (!Log::keeps && test.truth != Truth::unknown) {
            return eval(test.truth == Truth::yes ? expr.b : expr.c);
        }
        const Value yes = eval(expr.b);
        const Value no = eval(expr.c);
        if (test.truth != Truth::unknown) {
            return test.truth == Truth::yes ? yes : no;
        }
        Value either = either_of(yes, no, test.reason);
        if (either.reason == Reason::none && !either.certain()) {
            either.reason = test.reason;
        }
        return either;
    }

    Value either_of(const Value& a, const Value& b, Reason why) {
        return a.form == Value::Form::list ? either_list(made_, a, b, why) : hull(a, b);
    }

    Value at_least_of(const Expr& expr) {
        const Value needed = eval(expr.a);
        std::int64_t met = 0;
        std::int64_t unknown = 0;
        Value blame = needed;
        for (Index i = 0; i < expr.operand_count; ++i) {
            const Value operand = eval(model_.operands[expr.first_operand + i]);
            met += operand.truth == Truth::yes ? 1 : 0;
            unknown += operand.truth == Truth::unknown ? 1 : 0;
            if (operand.truth == Truth::unknown && blame.reason == Reason::none) {
                blame = operand;
            }
        }
        const Value count = Value::of(Range{Number(met), Number(met + unknown)});
        return judged(!less(count, needed), blame, blame);
    }

    Value look_up(const Expr& expr) {
        const std::size_t before = scratch_.size();
        for (Index i = 0; i < expr.operand_count; ++i) {
            const Value key = eval(model_.operands[expr.first_operand + i]);
            scratch_.push_back(key);
        }
        const Value found = rung::look_up(model_.tables[expr.index], expr.a,
                                          std::span<Value>(scratch_).subspan(before));
        scratch_.resize(before);
        return found;
    }

    // ---- windows

    Value window(const Expr& expr) {
        const auto form = static_cast<WindowForm>(expr.index);
        const Value a = expr.a == none ? Value::of(Number(1)) : eval(expr.a);
        const Value b = expr.b == none ? a : eval(expr.b);
        if (form == WindowForm::from_through || form == WindowForm::from_until) {
            return from_to(a, b, form == WindowForm::from_until);
        }
        if (expr.a != none && !a.certain()) {
            return unknown_window(a);
        }
        const std::int64_t count =
            a.form == Value::Form::range ? a.range.low.to_int64().value_or(-1) : 0;
        const std::optional<Window> window = form == WindowForm::program_year && expr.a != none
                                                 ? program_year_with(a.dates)
                                                 : seen_from(form, setting_.on, count);
        if (!window) {
            Value value = unknown_window(a);
            value.reason = Reason::overflow;
            value.undetermined = Truth::yes;
            return value;
        }
        return Value::of(
            WindowRange{{window->from, window->from}, {window->through, window->through}});
    }

    /// What never comes is in no program year.
    std::optional<Window> program_year_with(const DateRange& date) const {
        return date.never ? std::nullopt : program_year_of(date.low, model_.year_start);
    }

    static Value unknown_window(const Value& blame) {
        const DateRange any{Date::min(), Date::max()};
        Value value = Value::of(WindowRange{any, any}, blame.reason);
        value.undetermined = blame.undetermined;
        return value;
    }

    static Value from_to(const Value& from, const Value& to, bool until) {
        DateRange last = to.dates;
        if (until && !last.never) {
            last.low = Date::from_days_saturated(std::int64_t{last.low.days_since_1970()} - 1);
            last.high = Date::from_days_saturated(std::int64_t{last.high.days_since_1970()} - 1);
        }
        Value value = Value::of(WindowRange{from.dates, last});
        value.undetermined = either(from.undetermined, to.undetermined);
        value.reason = from.reason != Reason::none ? from.reason : to.reason;
        return value;
    }

    std::optional<Window> seen_from(WindowForm form, Date on, std::int64_t count) const {
        switch (form) {
        case WindowForm::trailing_days:
            return trailing_days(on, count);
        case WindowForm::trailing_months:
            return trailing_months(on, count);
        case WindowForm::previous_months:
            return previous_calendar_months(on, count);
        case WindowForm::previous_quarters:
            return previous_calendar_quarters(on, count);
        case WindowForm::previous_years:
            return previous_calendar_years(on, count);
        case WindowForm::month_to_date:
            return calendar_month_to_date(on);
        case WindowForm::quarter_to_date:
            return calendar_quarter_to_date(on);
        case WindowForm::year_to_date:
            return calendar_year_to_date(on);
        case WindowForm::calendar_year:
            return calendar_year(count);
        case WindowForm::program_year:
            return program_year_of(on, model_.year_start);
        case WindowForm::previous_program_year:
            return previous_program_year(on, model_.year_start);
        default:
            return std::nullopt;
        }
    }

    // ---- lists

    /// One pass over the records of a list, and over one that stands for those not known of.
    template <typename EachRow>
    void each_row(const Aggregate& aggregate, const Value& list, EachRow&& each) {
        const Index scope = aggregate.scope;
        frame_records_[scope] = list.list.table;
        for (Index i = 0; i < list.list.count; ++i) {
            visit_row(aggregate, scope, made_.member(list.list, i), each);
        }
        if (list.list.may_hold_more) {
            frames_[scope] = none;
            visit_unknown_row(aggregate, list.reason, each);
        }
    }

    template <typename EachRow>
    void visit_row(const Aggregate& aggregate, Index scope, const Member& member, EachRow&& each) {
        frames_[scope] = member.row;
        const Index step = log_.open(none, member.row);
        Value counts = aggregate.where == none ? Value::of(Truth::yes) : eval(aggregate.where);
        if (member.counts != Truth::yes) {
            counts = judged(both(member.counts, counts.truth),
                            Value::of(member.counts, member.reason), counts);
        }
        if (counts.truth != Truth::no || Log::keeps) {
            each(counts, false);
        }
        log_.close(step, counts);
    }

    template <typename EachRow>
    void visit_unknown_row(const Aggregate& aggregate, Reason why, EachRow&& each) {
        // Not a record of the partner's, so the recording has no step for it.
        NoLog silent;
        Machine<NoLog> quiet(*this, silent);
        Value counts =
            aggregate.where == none ? Value::of(Truth::yes) : quiet.eval(aggregate.where);
        if (counts.truth != Truth::no) {
            counts.truth = Truth::unknown;
            counts.reason = why != Reason::none ? why : Reason::missing;
            each(counts, true);
        }
    }

    /// What an item comes to for the current record; for one not known of, without a step, and for the
    /// reason that it is not known of.
    Value item_of(const Aggregate& aggregate, const Value& counts, bool unknown_row) {
        return item_of(aggregate.item, counts, unknown_row);
    }

    Value item_of(Index index, const Value& counts, bool unknown_row) {
        if (!unknown_row) {
            return eval(index);
        }
        NoLog silent;
        Value item = Machine<NoLog>(*this, silent).eval(index);
        item.reason = item.reason == Reason::none ? item.reason : counts.reason;
        return item;
    }

    Value aggregate(const Aggregate& aggregate) {
        const MadeLists::Marks before = made_.marks();
        const Value list = eval(aggregate.list);
        const Value result = over(aggregate, list);
        if constexpr (!Log::keeps) {
            if (result.form != Value::Form::list) {
                made_.back_to(before); // lists made on the way are not looked at again
            }
        }
        return result;
    }

    Value over(const Aggregate& aggregate, const Value& list) {
        switch (aggregate.kind) {
        case AggregateKind::count:
            return count(aggregate, list);
        case AggregateKind::sum:
            return sum(aggregate, list);
        case AggregateKind::smallest:
        case AggregateKind::largest:
            return extreme(aggregate, list);
        case AggregateKind::average:
        case AggregateKind::median:
        case AggregateKind::percentile:
            return middle(aggregate, list);
        case AggregateKind::value:
            return value_of(aggregate, list);
        case AggregateKind::days_covered:
            return covered(aggregate, list);
        case AggregateKind::list_of:
            return made_list(aggregate, list);
        case AggregateKind::largest_of:
        case AggregateKind::smallest_of:
            return ranked(aggregate, list);
        case AggregateKind::groups:
            return groups(aggregate, list);
        case AggregateKind::count_distinct:
            return count_distinct(aggregate, list);
        case AggregateKind::some:
        case AggregateKind::none_of:
        case AggregateKind::each:
            return quantified(aggregate, list);
        case AggregateKind::listed:
            each_row(aggregate, list, [&](const Value& counts, bool unknown_row) {
                static_cast<void>(item_of(aggregate, counts, unknown_row));
            });
            return list;
        }
        return {};
    }

    static void blame(Value& result, const Value& cause) {
        if (result.reason == Reason::none) {
            result.reason = cause.reason;
        }
    }

    static Value finished(Value result, const Value& list, const Value& causes) {
        if (list.undetermined != Truth::no) {
            // There may be no list at all, as where a record that is referred to does not exist.
            result.undetermined = either(result.undetermined, list.undetermined);
            result.reason = list.reason;
            if (result.form == Value::Form::truth) {
                result.truth = Truth::unknown;
            }
        }
        if (!result.certain() && result.reason == Reason::none) {
            result.reason = causes.reason != Reason::none ? causes.reason : list.reason;
        }
        if (result.certain()) {
            result.reason = Reason::none;
        }
        return result;
    }

    Value count(const Aggregate& aggregate, const Value& list) {
        std::int64_t low = 0;
        std::int64_t high = 0;
        bool open = false;
        Value causes;
        each_row(aggregate, list, [&](const Value& counts, bool unknown_row) {
            low += counts.truth == Truth::yes ? 1 : 0;
            high += counts.truth != Truth::no ? 1 : 0;
            open |= unknown_row;
            blame(causes, counts);
        });
        return finished(Value::of(Range{Number(low), Number(high), false, open}), list, causes);
    }

    Value sum(const Aggregate& aggregate, const Value& list) {
        Value total = Value::of(Number(0));
        Value causes;
        each_row(aggregate, list, [&](const Value& counts, bool unknown_row) {
            Value item = item_of(aggregate, counts, unknown_row);
            if (counts.truth == Truth::no) {
                return;
            }
            if (counts.truth == Truth::unknown) {
                item = hull(item, Value::of(Number(0)));
                blame(item, counts);
            }
            if (unknown_row) { // any number of them
                item.range.low_open |= item.range.low.sign() < 0;
                item.range.high_open |= item.range.high.sign() > 0;
            }
            blame(causes, item);
            total = rung::add(total, item);
        });
        return finished(total, list, causes);
    }

    Value extreme(const Aggregate& aggregate, const Value& list) {
        const bool largest = aggregate.kind == AggregateKind::largest;
        const auto better = [&](const Value& a, const Value& b) {
            return largest ? larger(a, b) : smaller(a, b);
        };
        Candidates candidates;
        each_row(aggregate, list, [&](const Value& counts, bool unknown_row) {
            const Value item = item_of(aggregate, counts, unknown_row);
            if (counts.truth == Truth::no) {
                return;
            }
            blame(candidates.causes, counts);
            blame(candidates.causes, item);
            candidates.reach =
                candidates.any_sure || candidates.any_maybe ? hull(candidates.reach, item) : item;
            if (counts.truth == Truth::yes) {
                candidates.sure = candidates.any_sure ? better(candidates.sure, item) : item;
                candidates.any_sure = true;
                return;
            }
            candidates.may_fail |= item.undetermined != Truth::no;
            candidates.any_maybe = true;
            if (item.undetermined != Truth::yes) {
                Value value = item;
                value.undetermined = Truth::no;
                candidates.maybe = candidates.any_value ? better(candidates.maybe, value) : value;
                candidates.any_value = true;
            }
        });
        if (!candidates.any_sure && !candidates.any_maybe) {
            return nothing_there(model_.exprs[aggregate.item].type);
        }
        Value result = candidates.any_sure ? candidates.sure : candidates.reach;
        if (candidates.any_sure && candidates.any_value) {
            // Those that may count can only move the result their way.
            result = hull(result, better(result, candidates.maybe));
        }
        if (!candidates.any_sure || candidates.may_fail) {
            result.undetermined =
                perhaps(result.undetermined); // there may be none at all, or one without a value
        }
        return finished(result, list, candidates.causes);
    }

    struct Candidates {
        Value sure;
        Value maybe; // those that may count, as far as they have a value
        Value reach; // everything that any of them could be
        Value causes;
        bool any_sure = false;
        bool any_maybe = false;
        bool any_value = false;
        bool may_fail = false;
    };

    static Truth perhaps(Truth undetermined) {
        return undetermined == Truth::yes ? Truth::yes : Truth::unknown;
    }

    static Value nothing_there(Type type) {
        Value value = is_dated(type.kind) ? Value::of(DateRange{Date::min(), Date::max()})
                                          : Value::of(unbounded());
        value.reason = Reason::empty;
        value.undetermined = Truth::yes;
        return value;
    }

    /// Average, median and percentile. Exact when it is certain which records count; otherwise anything between the
    /// smallest and the largest that may.
    Value middle(const Aggregate& aggregate, const Value& list) {
        const std::size_t before = scratch_.size();
        Value causes;
        Value reach;
        bool any = false;
        bool sure = true;
        each_row(aggregate, list, [&](const Value& counts, bool unknown_row) {
            const Value item = item_of(aggregate, counts, unknown_row);
            if (counts.truth == Truth::no) {
                return;
            }
            blame(causes, counts);
            blame(causes, item);
            reach = any ? hull(reach, item) : item;
            any = true;
            sure &= counts.truth == Truth::yes;
            scratch_.push_back(item);
        });
        Value result = nothing_there(model_.exprs[aggregate.item].type);
        if (any && sure) {
            result = aggregate.kind == AggregateKind::average ? average_of(before)
                     : aggregate.kind == AggregateKind::median
                         ? median_of(before)
                         : percentile_of(before, aggregate.percent);
        } else if (any) {
            result = reach;
            result.undetermined = perhaps(result.undetermined);
        }
        scratch_.resize(before);
        return finished(result, list, causes);
    }

    Value average_of(std::size_t first) {
        Value total = Value::of(Number(0));
        for (std::size_t i = first; i < scratch_.size(); ++i) {
            total = rung::add(total, scratch_[i]);
        }
        return divide(total, Value::of(Number(static_cast<std::int64_t>(scratch_.size() - first))));
    }

    /// The median of the lower ends through the median of the upper ends (order statistics are monotone).
    Value median_of(std::size_t first) {
        const auto begin = scratch_.begin() + static_cast<std::ptrdiff_t>(first);
        const auto middle_by = [&](auto end_of) {
            std::sort(begin, scratch_.end(),
                      [&](const Value& a, const Value& b) { return end_of(a) < end_of(b); });
            const std::size_t count = scratch_.size() - first;
            const Value& upper = scratch_[first + count / 2];
            const Value& lower = scratch_[first + (count - 1) / 2];
            return divide(rung::add(Value::of(end_of(lower)), Value::of(end_of(upper))),
                          Value::of(Number(2)));
        };
        Range range;
        Truth undetermined = Truth::no;
        bool certain = true;
        for (std::size_t i = first; i < scratch_.size(); ++i) {
            range.low_open |= scratch_[i].range.low_open;
            range.high_open |= scratch_[i].range.high_open;
            undetermined = either(undetermined, scratch_[i].undetermined);
            certain &= scratch_[i].certain();
        }
        const Value low = middle_by([](const Value& v) { return v.range.low; });
        const Value high = middle_by([](const Value& v) { return v.range.high; });
        if (!low.certain() || !high.certain()) { // the two in the middle make 39 digits
            Value result = low.certain() ? high : low;
            result.undetermined = either(undetermined, certain ? Truth::yes : Truth::unknown);
            return result;
        }
        range.low = low.range.low;
        range.high = high.range.low;
        Value result = Value::of(range);
        result.undetermined = undetermined;
        return result;
    }

    /// By nearest rank: the smallest figure such that `percent` of all are not above it. Monotone, too.
    Value percentile_of(std::size_t first, std::int64_t percent) {
        const auto begin = scratch_.begin() + static_cast<std::ptrdiff_t>(first);
        const auto count = static_cast<std::int64_t>(scratch_.size() - first);
        const auto nearest = begin + (percent * count + 99) / 100 - 1;
        Value result = Value::of(Range{});
        for (auto at = begin; at != scratch_.end(); ++at) {
            result.undetermined = either(result.undetermined, at->undetermined);
        }
        std::nth_element(begin, nearest, scratch_.end(), [](const Value& a, const Value& b) {
            return a.range.low_open != b.range.low_open
                       ? a.range.low_open
                       : !a.range.low_open && a.range.low < b.range.low;
        });
        result.range.low = nearest->range.low;
        result.range.low_open = nearest->range.low_open;
        std::nth_element(begin, nearest, scratch_.end(), [](const Value& a, const Value& b) {
            return a.range.high_open != b.range.high_open
                       ? b.range.high_open
                       : !a.range.high_open && a.range.high < b.range.high;
        });
        result.range.high = nearest->range.high;
        result.range.high_open = nearest->range.high_open;
        return result;
    }

    // ---- lists that the rules make

    /// The records that count, or may, as candidates for a list.
    struct Found {
        std::size_t first = 0;
        bool may_hold_more = false;
        Value unseen; // what the item comes to for records not known of
    };

    template <typename ItemOf>
    Found candidates(const Aggregate& aggregate, const Value& list, ItemOf&& item_for) {
        Found found;
        found.first = made_.candidates.size();
        each_row(aggregate, list, [&](const Value& counts, bool unknown_row) {
            const Value item = item_for(counts, unknown_row);
            if (counts.truth == Truth::no) {
                return;
            }
            if (unknown_row) {
                found.may_hold_more = true;
                found.unseen = item;
                return;
            }
            const Member member{frames_[aggregate.scope], counts.truth, counts.reason};
            made_.candidates.push_back({member, item});
        });
        return found;
    }

    Value made_list(const Aggregate& aggregate, const Value& list) {
        const Found found = candidates(aggregate, list, [](const Value&, bool) { return Value(); });
        return still_in_doubt(list_of_candidates(made_, found.first, list.list.table,
                                                 found.may_hold_more, list.reason),
                              list);
    }

    /// It may be certain which groups there are, and not which records they hold.
    Value still_in_doubt(Value result, const Value& list) {
        if (model_.records[list.list.table].group && list.list.unclear) {
            result.list.unclear = true;
            blame(result, list);
        }
        if (list.undetermined != Truth::no) {
            result.undetermined = either(result.undetermined, list.undetermined);
            result.reason = list.reason;
        }
        return result;
    }

    Value ranked(const Aggregate& aggregate, const Value& list) {
        const Value count = eval(aggregate.count);
        const bool smallest = aggregate.kind == AggregateKind::smallest_of;
        const Found found = candidates(aggregate, list, [&](const Value& counts, bool unknown_row) {
            return rank_of(item_of(aggregate, counts, unknown_row), smallest);
        });
        const bool more = keep_largest(model_, *facts_, made_, found.first, list.list.table, count,
                                       found.may_hold_more ? &found.unseen : nullptr);
        return still_in_doubt(
            list_of_candidates(made_, found.first, list.list.table, more, list.reason), list);
    }

    Value groups(const Aggregate& aggregate, const Value& list) {
        const Found found = candidates(aggregate, list, [&](const Value& counts, bool unknown_row) {
            return item_of(aggregate, counts, unknown_row);
        });
        return still_in_doubt(groups_of_candidates(model_, made_, found.first, list.list.table,
                                                   aggregate.made_record, found.may_hold_more,
                                                   list.reason),
                              list);
    }

    /// The value that all records have which count.
    Value value_of(const Aggregate& aggregate, const Value& list) {
        const std::size_t first = made_.candidates.size();
        Value causes;
        each_row(aggregate, list, [&](const Value& counts, bool unknown_row) {
            const Value item = item_of(aggregate, counts, unknown_row);
            if (counts.truth == Truth::no) {
                return;
            }
            blame(causes, counts);
            blame(causes, item);
            const Member member{none, counts.truth, counts.reason};
            made_.candidates.push_back({member, item});
        });
        Value result = only_value(model_, made_, first, model_.exprs[aggregate.item].type);
        if (result.undetermined == Truth::unknown && causes.reason == Reason::none) {
            causes.reason = list.reason != Reason::none ? list.reason : Reason::several;
        }
        return finished(result, list, causes);
    }

    Value covered(const Aggregate& aggregate, const Value& list) {
        const Value within = eval(aggregate.within);
        const std::size_t first = made_.covers.size();
        Value causes = within;
        Truth undetermined = within.undetermined;
        each_row(aggregate, list, [&](const Value& counts, bool unknown_row) {
            const Value from = item_of(aggregate, counts, unknown_row);
            const Value last = item_of(aggregate.last_day, counts, unknown_row);
            const Value days = from_to(from, last, aggregate.until);
            if (counts.truth == Truth::no) {
                return;
            }
            blame(causes, counts);
            blame(causes, days);
            undetermined = either(undetermined, both(counts.truth, days.undetermined));
            made_.covers.push_back(cover_of(days.window, within.window, counts.truth));
        });
        Value result = days_covered(made_, first, within.window);
        result.undetermined = either(result.undetermined, undetermined);
        return finished(result, list, causes);
    }

    Value count_distinct(const Aggregate& aggregate, const Value& list) {
        const std::size_t before = scratch_.size();
        const std::uint64_t other = other_of(model_, model_.exprs[aggregate.item].type);
        std::int64_t unclear = 0;
        bool sure_unclear = false;
        bool open = false;
        Truth undetermined = Truth::no;
        Value causes;
        each_row(aggregate, list, [&](const Value& counts, bool unknown_row) {
            Value item = item_of(aggregate, counts, unknown_row);
            if (counts.truth == Truth::no) {
                return;
            }
            open |= unknown_row;
            undetermined = either(undetermined, both(counts.truth, item.undetermined));
            blame(causes, counts);
            blame(causes, item);
            if (unknown_row) {
                return;
            }
            if (!item.certain()) {
                ++unclear;
                sure_unclear |= counts.truth == Truth::yes;
                return;
            }
            item.undetermined = counts.truth; // carries whether it counts through the sort
            scratch_.push_back(item);
        });
        std::int64_t sure = 0;
        std::int64_t all = 0;
        const auto begin = scratch_.begin() + static_cast<std::ptrdiff_t>(before);
        std::sort(begin, scratch_.end(),
                  [](const Value& a, const Value& b) { return before_in_order(a, b); });
        for (auto at = begin; at != scratch_.end();) {
            const auto end = std::find_if(at, scratch_.end(),
                                          [&](const Value& v) { return before_in_order(*at, v); });
            sure +=
                std::any_of(at, end, [](const Value& v) { return v.undetermined == Truth::yes; })
                    ? 1
                    : 0;
            // Two that are both "other" may still be two things.
            all += other != 0 && (at->mask.maybe & other) != 0 ? end - at : 1;
            at = end;
        }
        scratch_.resize(before);
        const std::int64_t low = std::max<std::int64_t>(sure, sure_unclear ? 1 : 0);
        Value result = Value::of(Range{Number(low), Number(all + unclear), false, open});
        result.undetermined = undetermined;
        causes.reason =
            causes.reason == Reason::none && all > sure ? Reason::missing : causes.reason;
        return finished(result, list, causes);
    }

    /// some of, none of, each of … satisfies
    Value quantified(const Aggregate& aggregate, const Value& list) {
        Truth some = Truth::no;
        Value causes;
        each_row(aggregate, list, [&](const Value& counts, bool unknown_row) {
            Truth hit = counts.truth;
            blame(causes, counts);
            if (aggregate.kind == AggregateKind::each) {
                const Value item = item_of(aggregate, counts, unknown_row);
                hit = both(counts.truth, !item.truth);
                if (counts.truth != Truth::no) {
                    blame(causes, item);
                }
            }
            some = either(some, hit);
        });
        const Truth truth = aggregate.kind == AggregateKind::some ? some : !some;
        return finished(Value::of(truth), list, causes);
    }

    template <typename>
    friend class Machine;

    /// The same evaluation, with another log.
    template <typename Other>
    Machine(Machine<Other>& other, Log log)
        : model_(other.model_),
          facts_(other.facts_),
          values_(other.values_),
          setting_(other.setting_),
          out_(other.out_),
          frames_(other.frames_),
          scratch_(other.scratch_),
          made_(other.made_),
          log_(log),
          review_period_(other.review_period_),
          hole_(other.hole_),
          path_(other.path_),
          tier_ladder_(other.tier_ladder_),
          tier_(other.tier_) {
        std::copy(std::begin(other.frame_records_), std::end(other.frame_records_),
                  std::begin(frame_records_));
    }

    static constexpr std::size_t max_scopes = 64; // the parser's limit on nesting

    const Model& model_;
    const FactSheet* facts_;
    const Value* values_; // of the facts
    const Setting& setting_;
    Verdicts& out_;
    std::vector<Index>& frames_; // the current record of each scope, or none for one not known of
    Index frame_records_[max_scopes]{};
    std::vector<Value>& scratch_;
    MadeLists& made_;
    Log log_;
    Value review_period_;
    Value hole_;
    Index path_ = 0; // of the ladder that is being climbed
    Index tier_ladder_ = none; // the ladder whose tier is …
    Mask tier_; // … this one; of others, what is possible
};

} // namespace

namespace {

std::size_t most_tiers(const Model& model) {
    std::size_t most = 1;
    for (const Ladder& ladder : model.ladders) {
        most = std::max(most, ladder.tiers.size());
    }
    return most;
}

std::size_t count_of_values(const Model& model, const std::vector<Measure>& measures) {
    std::size_t count = 0;
    for (const Measure& measure : measures) {
        count += measure.paths == none ? 1 : model.paths[measure.paths].paths.size();
    }
    return count;
}

} // namespace

Verdicts::Verdicts(const Model& model)
    : tiers(most_tiers(model)),
      standings(model.ladders.size()),
      holdings(model.ladders.size()),
      benefits(model.benefits.size()),
      values(model.values.size() * tiers),
      notices(model.notices.size()),
      measures(count_of_values(model, model.measures)),
      record_measures(count_of_values(model, model.record_measures)) {
    Index row_count = 0;
    for (const Requirement& row : model.requirements) {
        const Ladder& ladder = model.ladders[row.ladder];
        const auto of_path = static_cast<Index>(ladder.tiers.size());
        places.push_back({row_count, of_path});
        row_count += of_path * ladder.path_count;
    }
    rows.resize(row_count);
    for (const Ladder& ladder : model.ladders) {
        paths.resize(paths.size() + ladder.path_count);
    }
    columns.assign(paths.size() * tiers, Truth::yes);
}

Cases::Cases(const Model& model)
    : verdicts(model),
      facts(model.facts.size()),
      frames(model.scopes, none),
      possible(model.ladders.size()) {
    open.reserve(model.facts_to_try.size());
}

Evaluator::Evaluator(const Model& model)
    : model_(&model), verdicts_(model), frames_(model.scopes, none), cases_(model) {}

const Verdicts& Evaluator::evaluate(const FactSheet& facts, const Setting& setting) {
    made_.back_to({});
    Machine<NoLog>(*model_, &facts, setting, verdicts_, frames_, scratch_, made_, NoLog{})
        .run(nullptr, cases_);
    return verdicts_;
}

Value Evaluator::value_of(Index expr, const FactSheet& facts, const Setting& setting,
                          const Scene& scene) {
    const MadeLists::Marks before = made_.marks();
    const Value value =
        Machine<NoLog>(*model_, &facts, setting, verdicts_, frames_, scratch_, made_, NoLog{})
            .look(expr, scene);
    made_.back_to(before);
    return value;
}

Index record(const Model& model, const FactSheet& facts, const Setting& setting, Verdicts& verdicts,
             Recording& recording, Index more, Index path) {
    recording = {};
    recording.measures.assign(verdicts.measures.size(), none);
    recording.record_measures.resize(verdicts.record_measures.size());
    recording.rows.assign(verdicts.rows.size(), {});
    recording.benefits.assign(model.benefits.size() * verdicts.tiers, {});
    recording.values.assign(verdicts.values.size(), none);
    recording.paths.assign(verdicts.paths.size(), none);
    recording.notices.assign(model.notices.size(), none);
    recording.keepings.assign(model.keepings.size(), {});
    std::vector<Index> frames(model.scopes, none);
    std::vector<Value> scratch;
    Cases cases(model);
    Machine<StepLog> machine(model, &facts, setting, verdicts, frames, scratch, recording.made,
                             StepLog{recording.steps});
    machine.run(&recording, cases);
    if (more == none) {
        return none;
    }
    const auto first = static_cast<Index>(recording.steps.size());
    machine.follow(path);
    machine.eval(more);
    return first;
}

Value evaluate_constant(const Model& model, Index expr, Date on) {
    if (model.exprs[expr].op == Op::literal) { // most are; room for verdicts grows with the model
        return model.literals[model.exprs[expr].index];
    }
    Verdicts verdicts(model);
    std::vector<Index> frames(model.scopes, none);
    std::vector<Value> scratch;
    MadeLists made;
    const Setting setting{on, true, none};
    return Machine<NoLog>(model, nullptr, setting, verdicts, frames, scratch, made, NoLog{})
        .eval(expr);
}

} // namespace rung
