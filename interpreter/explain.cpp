#include "interpreter/explain.hpp"

#include "interpreter/figures.hpp"
#include "interpreter/internal.hpp"
#include "interpreter/leading_path.hpp"
#include "interpreter/phrases.hpp"
#include "interpreter/ranges.hpp"
#include "interpreter/text.hpp"
#include "interpreter/types.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <tuple>
#include <utility>

namespace rung {

namespace {

RequirementVerdict outcome_of(Verdict verdict) { return static_cast<RequirementVerdict>(verdict); }
RequirementVerdict outcome_of(Truth truth) { return outcome_of(verdict_of(truth)); }

std::string_view sign_of(Op op) {
    switch (op) {
    case Op::equal:
        return "=";
    case Op::not_equal:
        return "!=";
    case Op::less:
        return "<";
    case Op::less_equal:
        return "<=";
    case Op::greater:
        return ">";
    case Op::greater_equal:
        return ">=";
    default:
        return "";
    }
}

/// A cell of the facts that is not known: a fact, or a field of a record.
struct Unknown {
    Index table = none;
    Index row = none;
    Index field = none;
};

class Explainer {
public:
    Explainer(const Recorded& recorded, Outcome& outcome)
        : model_(recorded.model),
          facts_(recorded.facts),
          setting_(recorded.setting),
          verdicts_(recorded.verdicts),
          record_(recorded.recording),
          outcome_(outcome),
          internal_(reads_internal(recorded.model)),
          frames_(recorded.model.scopes) {}

    void run() {
        outcome_.internal.some = !internal_.empty();
        for (Index i = 0; i < model_.ladders.size(); ++i) {
            ladder(i);
        }
        path_ = 0;
        for (Index i = 0; i < model_.benefits.size(); ++i) {
            outcome_.benefits.push_back(benefit(i));
        }
        for (Index i = 0; i < model_.values.size(); ++i) {
            outcome_.values.push_back(value(i));
        }
        for (Index i = 0; i < model_.measures.size(); ++i) {
            measure(i);
        }
        for (Index i = 0; i < model_.notices.size(); ++i) {
            outcome_.notices.push_back(
                {model_.notices[i].id, model_.notices[i].label, outcome_of(verdicts_.notices[i])});
            append(outcome_.notices.back().because, record_.notices[i]);
        }
        decide_next();
    }

    /// Reads no text of the rules: the source of the model may be another one.
    void calculation(Index root, Index path, Calculation& out) {
        path_ = path;
        const Value& value = step(root).value;
        const Type type = expr_at(root).type;
        out.value = figure_of(model_, value, type);
        out.value.label.clear(); // who writes an expression knows the names
        out.value.is_floor = false;
        out.type = in_words(model_, type);
        out.may_have_none = value.undetermined == Truth::unknown;
        out.missing = missing_below({root});
        if (value.form == Value::Form::mask) {
            possible_members(value, type, out);
        }
        if (value.form == Value::Form::list && value.undetermined != Truth::yes) {
            members_of(value.list, type.index, out);
        }
    }

private:
    [[nodiscard]] const Step& step(Index index) const { return record_.steps[index]; }
    [[nodiscard]] const Expr& expr(Index index) const { return model_.exprs[index]; }
    [[nodiscard]] const Expr& expr_at(Index step_index) const {
        return expr(step(step_index).expr);
    }

    [[nodiscard]] bool internal(Index expression) const {
        return !internal_.empty() && internal_[expression];
    }

    /// The steps directly below a step.
    template <typename Each>
    void each_below(Index parent, Each&& each) const {
        const Index end = parent + step(parent).size;
        for (Index child = parent + 1; child < end; child += step(child).size) {
            each(child);
        }
    }

    [[nodiscard]] Index nth_below(Index parent, Index n) const {
        Index found = none;
        each_below(parent, [&](Index child) {
            if (n == 0 && found == none) {
                found = child;
            }
            --n;
        });
        return found;
    }

    [[nodiscard]] Place place_of(Span span) const {
        const Position begin = model_.source.position(span.begin);
        const Position end = model_.source.position(span.end);
        return {model_.source.name(), begin.line,
                begin.column,         end.line,
                end.column,           std::string(model_.source.line(begin.line))};
    }

    // ---- ladders

    void ladder(Index index) {
        const Ladder& ladder = model_.ladders[index];
        LadderOutcome out;
        out.id = ladder.id;
        out.label = ladder.label;
        for (const Tier& tier : ladder.tiers) {
            out.tiers.push_back({tier.id, tier.label});
        }
        out.climbs = ladder.climb == Climb::one_by_one;
        const Standing& standing = verdicts_.standings[index];
        stand(ladder, standing, out);
        held(index, out);
        out.asks_for_held = asks_for_held(index);
        for (path_ = 0; path_ < ladder.path_count; ++path_) {
            if (ladder.paths != none) {
                out.paths.push_back(path(ladder));
            }
            for (Index tier = 1; tier < ladder.tiers.size(); ++tier) {
                requirements(index, tier);
            }
        }
        out.path = leading_path(out, outcome_.requirements);
        outcome_.ladders.push_back(std::move(out));
    }

    template <typename Out>
    static void stand(const Ladder& ladder, const Standing& standing, Out& out) {
        if (standing.tier != none) {
            out.tier = ladder.tiers[standing.tier].id;
        }
        out.at_least = ladder.tiers[standing.at_least].id;
        for (std::size_t i = 0; i < ladder.tiers.size(); ++i) {
            if ((standing.possible >> i & 1U) != 0) {
                out.possible.push_back(ladder.tiers[i].id);
            }
        }
    }

    static std::optional<std::string> text_of(const std::optional<Date>& day) {
        return day ? std::optional(day->to_string()) : std::nullopt;
    }

    void held(Index index, LadderOutcome& out) const {
        const Ladder& ladder = model_.ladders[index];
        const std::optional<HeldTier>& held = facts_.held[index];
        const Holding& holding = verdicts_.holdings[index];
        if (!held || !holding.given) {
            return;
        }
        out.held = HeldOutcome{ladder.tiers[held->tier].id, text_of(held->since),
                               text_of(held->protected_until)};
        HoldsOutcome holds;
        stand(ladder, holding.standing, holds);
        constexpr std::array<const char*, 5> words{"qualified", "cannot_raise", "cannot_lower",
                                                   "kept", "grace"};
        if (holding.standing.tier != none) {
            holds.because = words[static_cast<std::size_t>(holding.by)];
            holds.through = text_of(holding.through);
        }
        if (holding.standing.tier != none && holding.by == Holding::By::kept) {
            holds.rule = model_.keepings[holding.keeping].id;
            holds.rule_label = model_.keepings[holding.keeping].label;
        }
        out.holds = std::move(holds);
    }

    /// Whether anything may come of the tier that was held before.
    [[nodiscard]] bool asks_for_held(Index ladder) const {
        const Review* review = setting_.review == none ? nullptr : &model_.reviews[setting_.review];
        const bool moves_freely =
            review == nullptr || (review->can_raise && review->can_lower && !review->grace);
        return !moves_freely ||
               std::any_of(model_.keepings.begin(), model_.keepings.end(),
                           [&](const Keeping& keeping) { return keeping.ladder == ladder; }) ||
               std::any_of(model_.exprs.begin(), model_.exprs.end(), [&](const Expr& expr) {
                   return expr.op >= Op::held_tier && expr.op <= Op::held_until &&
                          expr.index == ladder;
               });
    }

    PathOutcome path(const Ladder& ladder) {
        const Path& path = model_.paths[ladder.paths].paths[path_];
        const PathVerdict& verdict = verdicts_.paths[ladder.first_path + path_];
        PathOutcome out;
        out.id = path.id;
        out.label = path.label;
        out.open = outcome_of(verdict.open);
        if (const Index why = record_.paths[ladder.first_path + path_]; path.when != none) {
            append(out.because, why);
        }
        stand(ladder, verdict.standing, out);
        return out;
    }

    // ---- rows

    void requirements(Index ladder, Index tier) {
        for (Index row = 0; row < model_.requirements.size(); ++row) {
            if (model_.requirements[row].ladder == ladder) {
                outcome_.requirements.push_back(requirement(row, tier));
            }
        }
    }

    RequirementOutcome requirement(Index index, Index tier) {
        const Requirement& row = model_.requirements[index];
        const Ladder& ladder = model_.ladders[row.ladder];
        const RowVerdict& verdict = verdicts_.row(index, tier, path_);
        const RowSteps& steps = record_.rows[verdicts_.place(index, tier, path_)];
        RequirementOutcome out;
        out.id = row.id;
        out.ladder = ladder.id;
        out.path = ladder.paths == none ? "" : model_.paths[ladder.paths].paths[path_].id;
        out.tier = ladder.tiers[tier].id;
        out.label = row.label;
        out.parent = row.parent == none ? "" : model_.requirements[row.parent].id;
        out.form = static_cast<RequirementOutcome::Form>(row.form);
        out.needed = row.needed;
        out.verdict = outcome_of(verdict.verdict);
        out.reason = name_of(verdict.reason);
        out.offered = row.cells[tier].asked;
        out.condition = outcome_of(verdict.condition);
        out.advice = row.advice;
        out.cite = row.cite;
        out.reading = row.reading;
        out.at = place_of(row.at);
        for (const Index why : {steps.when, steps.condition}) {
            if (why != none) {
                append(out.because, why);
            }
        }
        if (steps.asks != none) {
            cell_ = steps.value;
            append(out.conditions, steps.asks);
            cell_ = none;
        }
        if (verdict.verdict == Verdict::waived) {
            out.waiver = waiver(facts_.waivers[verdict.waiver]);
        }
        if (verdict.verdict == Verdict::unknown) {
            out.missing = missing_below({steps.asks, steps.value, steps.when, steps.condition});
            for (Index part = index + 1; part < index + row.subtree; ++part) {
                add_missing_of_part(out.missing, part, tier);
            }
        }
        return out;
    }

    static WaiverOutcome waiver(const Waiver& from) {
        return {text_of(from.granted_on), text_of(from.until), from.by, from.reason, from.pointer};
    }

    void add_missing_of_part(std::vector<std::string>& to, Index part, Index tier) {
        if (!leaves_open(part, tier)) {
            return;
        }
        const RowSteps& steps = record_.rows[verdicts_.place(part, tier, path_)];
        for (std::string& pointer :
             missing_below({steps.asks, steps.value, steps.when, steps.condition})) {
            if (std::find(to.begin(), to.end(), pointer) == to.end()) {
                to.push_back(std::move(pointer));
            }
        }
    }

    /// Whether the head of a part may come out otherwise by it: by its verdict, or, in a way, by whether
    /// it is asked at all.
    [[nodiscard]] bool leaves_open(Index part, Index tier) const {
        const RowVerdict& verdict = verdicts_.row(part, tier, path_);
        bool in_way = false;
        for (Index head = model_.requirements[part].parent; head != none && !in_way;
             head = model_.requirements[head].parent) {
            const Index above = model_.requirements[head].parent;
            in_way = above != none && model_.requirements[above].form != RowForm::all_of;
        }
        return verdict.verdict == Verdict::unknown || (in_way && verdict.asked == Truth::unknown);
    }

    BenefitOutcome benefit(Index index) {
        const Benefit& benefit = model_.benefits[index];
        BenefitOutcome out;
        out.id = benefit.id;
        out.label = benefit.label;
        out.verdict = static_cast<Granted>(verdicts_.benefits[index]);
        out.cite = benefit.cite;
        out.reading = benefit.reading;
        out.at = place_of(benefit.at);
        const std::span<const Tier> tiers = model_.tiers(benefit.ladder);
        out.ladder = benefit.ladder == none ? "" : model_.ladders[benefit.ladder].id;
        for (Index tier = 0; tier < tiers.size(); ++tier) {
            if (benefit.cells[tier].asked) {
                const Index condition = benefit.cells[tier].condition;
                out.opens_at.push_back({tiers[tier].id, condition == none
                                                            ? std::nullopt
                                                            : std::optional(need(condition))});
            }
        }
        for (const Index need : benefit.needs) {
            out.needs.push_back(this->need(need));
        }
        if (out.verdict == Granted::closed) {
            judge_needs(out, index);
        }
        out.tier_suffices = tier_suffices(index);
        const std::uint64_t possible = verdicts_.standing(benefit.ladder).possible;
        for (auto tier = static_cast<Index>(verdicts_.tiers); tier-- > 0;) {
            const BenefitSteps& steps = record_.benefits[index * verdicts_.tiers + tier];
            if ((possible >> tier & 1U) == 0 || (steps.needs.empty() && steps.condition == none)) {
                continue;
            }
            for (const Index need : steps.needs) {
                append(out.because, need);
            }
            if (steps.condition != none) {
                append(out.because, steps.condition);
            }
            break;
        }
        for (const Condition& condition : out.because) {
            add_new(out.missing, condition.missing);
        }
        return out;
    }

    /// What the benefit needs besides the lowest tier that opens it.
    void judge_needs(BenefitOutcome& out, Index index) {
        const std::vector<Cell>& cells = model_.benefits[index].cells;
        const auto lowest =
            std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.asked; });
        if (lowest == cells.end()) {
            return;
        }
        const auto tier = static_cast<std::size_t>(lowest - cells.begin());
        const BenefitSteps& steps = record_.benefits[index * verdicts_.tiers + tier];
        for (std::size_t i = 0; i < steps.needs.size(); ++i) {
            out.needs[i].there = outcome_of(step(steps.needs[i]).value.truth);
        }
    }

    Need need(Index expression) {
        Condition named;
        name(named, expression);
        return {named.label, internal(expression), asked(expression)};
    }

    /// What an expression asks, before it is judged.
    Condition asked(Index expression) {
        const Expr& node = expr(expression);
        const bool is_included = node.op == Op::include_any || node.op == Op::include_all;
        const bool is_compared = is_comparison(node.op) && expr(node.b).op == Op::literal;
        const bool is_denied = node.op == Op::negation && is_called(expr(node.a).op);
        Condition out;
        name(out, is_included || is_compared || is_denied ? node.a : expression);
        if (node.op == Op::all_true || node.op == Op::any_true) {
            std::vector<Condition>& parts = node.op == Op::all_true ? out.parts : out.alternatives;
            for (Index i = 0; i < node.operand_count; ++i) {
                parts.push_back(asked(model_.operands[node.first_operand + i]));
            }
        } else if (is_included) {
            include_asked(out, node);
        } else if (is_compared) {
            out.comparison = sign_of(node.op);
            out.actual = typed(expr(node.a).type);
            out.required =
                figure_of(model_, model_.literals[expr(node.b).index], expr(node.b).type);
        } else {
            out.comparison = is_denied ? "no" : "yes";
        }
        return out;
    }

    [[nodiscard]] bool tier_suffices(Index index) const {
        const Benefit& benefit = model_.benefits[index];
        if (benefit.ladder == none) {
            return true;
        }
        const auto highest =
            static_cast<Index>(63 - std::countl_zero(verdicts_.standing(benefit.ladder).possible));
        const Cell& cell = benefit.cells[highest];
        const Index condition = record_.benefits[index * verdicts_.tiers + highest].condition;
        return cell.asked && (condition == none || step(condition).value.truth == Truth::yes);
    }

    // ---- values

    ValueOutcome value(Index index) {
        const Worth& worth = model_.values[index];
        ValueOutcome out;
        out.id = worth.id;
        out.ladder = worth.ladder == none ? "" : model_.ladders[worth.ladder].id;
        out.label = worth.label;
        out.for_each = worth.for_each;
        out.cite = worth.cite;
        out.reading = worth.reading;
        out.at = place_of(worth.at);
        const std::span<const Tier> tiers = model_.tiers(worth.ladder);
        for (Index tier = 0; tier < worth.figures.size(); ++tier) {
            if (worth.figures[tier] != none) {
                out.internal = out.internal || internal(worth.figures[tier]);
                out.by_tier.push_back(worth_at(index, tier));
                out.by_tier.back().tier = tiers.empty() ? "" : tiers[tier].id;
            }
        }
        settle(index, out);
        return out;
    }

    TierWorth worth_at(Index index, Index tier) {
        const Worth& worth = model_.values[index];
        const std::size_t at = index * verdicts_.tiers + tier;
        TierWorth out;
        out.missing = missing_below({record_.values[at]});
        if (!worth.for_each) {
            out.value = figure_at(record_.values[at], worth.type);
            return out;
        }
        out.value = typed(worth.type);
        const Index root = record_.values[at];
        const Aggregate& shape = model_.aggregates[expr_at(root).index];
        each_below(root, [&](Index child) {
            if (step(child).expr != none || step(child).value.truth == Truth::no) {
                return;
            }
            enter(shape, step(child).row);
            ItemFigure item;
            item.record = record_note(model_, facts_, shape.record, step(child).row);
            const Index figure = nth_below(child, shape.where == none ? 0 : 1);
            item.value = figure_at(figure, worth.type);
            out.items.push_back(std::move(item));
        });
        return out;
    }

    /// No figure, but what it would be.
    [[nodiscard]] Figure typed(Type type) const {
        Figure figure = figure_of(model_, Value(), type);
        figure.state = Figure::State::absent;
        return figure;
    }

    /// What the value is at the partner's tier, or could be where the tier is not certain.
    void settle(Index index, ValueOutcome& out) const {
        const Worth& worth = model_.values[index];
        out.value = typed(worth.type);
        const std::uint64_t possible = verdicts_.standing(worth.ladder).possible;
        Value all;
        std::string because;
        Figure without_entry;
        bool assumed = false;
        bool some = false;
        bool none_at_some = false;
        for (Index tier = 0; tier < worth.figures.size(); ++tier) {
            if ((possible >> tier & 1U) == 0) {
                continue;
            }
            if (worth.figures[tier] == none) {
                none_at_some = true;
                continue;
            }
            const Value& value = verdicts_.values[index * verdicts_.tiers + tier];
            all = some ? hull(all, value) : value;
            some = true;
            assumed |= rests_on_assumed(record_.values[index * verdicts_.tiers + tier]);
            because = because.empty() && value.reason == Reason::unstated
                          ? unstated_below(record_.values[index * verdicts_.tiers + tier])
                          : because;
            looked_for(without_entry, record_.values[index * verdicts_.tiers + tier]);
        }
        if (!some) {
            return;
        }
        if (!worth.for_each) {
            if (none_at_some) {
                all = Value::of(unbounded(), Reason::missing); // there may be none at all
                all.undetermined = Truth::yes;
            }
            out.value = figure_of(model_, all, worth.type);
            out.value.because = out.value.reason == "unstated" ? because : "";
            if (out.value.reason == "no_row") {
                out.value.table = without_entry.table;
                out.value.keys = without_entry.keys;
            }
            out.value.assumed = assumed;
        }
        const bool sure = std::has_single_bit(possible);
        const std::string at =
            sure && worth.ladder != none
                ? model_.tiers(worth.ladder)[static_cast<std::size_t>(std::countr_zero(possible))]
                      .id
                : "";
        for (const TierWorth& of_tier : out.by_tier) {
            if (sure && of_tier.tier == at) {
                out.items = of_tier.items;
                out.missing = of_tier.missing;
            }
        }
    }

    void measure(Index index) {
        const Measure& measure = model_.measures[index];
        const Paths* paths = measure.paths == none ? nullptr : &model_.paths[measure.paths];
        for (path_ = 0; path_ < (paths == nullptr ? 1 : paths->paths.size()); ++path_) {
            const Index at = measure.first_value + path_;
            MeasureOutcome out;
            out.id = measure.name;
            if (paths != nullptr) {
                out.path = paths->paths[path_].id;
                out.path_label = paths->paths[path_].label;
                out.is_shown = outcome_.ladders[paths->ladder].path == out.path;
            }
            out.label = measure.label;
            const Index root = record_.measures[at];
            if (const Value* assumed = setting_.assumed(index)) {
                out.value = figure_of(model_, *assumed, measure.type);
                out.value.assumed = true;
            } else {
                out.value = figure_at(root, measure.type);
                out.internal = internal(measure.expr);
                out.window = window_of(root);
                out.missing = missing_below({root});
            }
            outcome_.measures.push_back(std::move(out));
        }
        path_ = 0;
    }

    /// The steps of a measure, along the path that is being explained.
    /// Of a measure of a record.
    [[nodiscard]] Index steps_of(Index index, Index row) const {
        const Measure& measure = model_.record_measures[index];
        return record_
            .record_measures[measure.first_value + (measure.paths == none ? 0 : path_)][row];
    }

    [[nodiscard]] Index steps_of_measure(Index index) const {
        const Measure& measure = model_.measures[index];
        return record_.measures[measure.first_value + (measure.paths == none ? 0 : path_)];
    }

    // ---- an expression on its own

    void possible_members(const Value& value, Type type, Calculation& out) const {
        for (std::size_t bit = 0; bit < 64 && out.value.state != Figure::State::known; ++bit) {
            const std::uint64_t only = std::uint64_t{1} << bit;
            if ((value.mask.maybe & only) != 0) {
                const Figure member = figure_of(
                    model_, Value::of(Mask{only, only}),
                    type.kind == TypeKind::choices ? Type{TypeKind::choice, type.index} : type);
                out.possible.push_back(member.value);
            }
        }
    }

    void members_of(const ListRef& list, Index record, Calculation& out) const {
        out.may_hold_more = list.may_hold_more;
        out.plain_values = model_.records[record].plain;
        for (Index i = 0; i < list.count; ++i) {
            const Member member = record_.made.member(list, i);
            RecordNote note;
            if (model_.records[record].group) {
                name_group(note, record, member.row);
            } else {
                note = record_note(model_, facts_, record, member.row);
            }
            (member.counts == Truth::yes ? out.records : out.unclear).push_back(std::move(note));
        }
    }

    // ---- conditions

    /// The conditions that a step joins with `and`, each by itself.
    void append(std::vector<Condition>& to, Index root) {
        if (expr_at(root).op == Op::all_true) {
            each_below(root, [&](Index child) { append(to, child); });
        } else {
            to.push_back(condition(root));
        }
    }

    Condition condition(Index root) {
        const Expr& node = expr_at(root);
        Condition out;
        out.internal = internal(step(root).expr) || (cell_ != none && internal(step(cell_).expr));
        out.verdict = outcome_of(step(root).value.truth);
        if (node.op == Op::any_true) {
            tell(out, step(root).expr);
            each_below(root, [&](Index child) { out.alternatives.push_back(condition(child)); });
        } else if (node.op == Op::all_true) {
            tell(out, step(root).expr);
            append(out.parts, root);
        } else if (is_comparison(node.op)) {
            compare(out, root, node);
        } else if (node.op == Op::in_window) {
            within(out, root, node);
        } else if (node.op == Op::include_any || node.op == Op::include_all) {
            include(out, root, node);
        } else if (node.op == Op::in_members) {
            in_members(out, root, node);
        } else if (node.op == Op::negation) {
            negation(out, root, node);
        } else {
            yes_no(out, root, "yes");
        }
        out.missing = missing_below({root});
        return out;
    }

    /// What a person calls an expression.
    void name(Condition& out, Index expression) {
        const Expr& node = expr(expression);
        switch (node.op) {
        case Op::fact:
            out.label = model_.facts[node.index].label;
            out.fact = model_.facts[node.index].name;
            out.changer = static_cast<Changer>(model_.facts[node.index].changed_by);
            return;
        case Op::measure:
            out.label = model_.measures[node.index].label;
            out.fact = model_.measures[node.index].name;
            return;
        case Op::record_measure:
            out.label = model_.record_measures[node.index].label;
            out.fact = model_.record_measures[node.index].name;
            return;
        case Op::field: {
            const RecordType& record = model_.records[frames_[node.a].record];
            const Field& field = record.fields[node.index];
            if (record.plain) { // called as `as` calls it
                out.fact = rule_text(node.at);
                out.label = spaced(out.fact);
                return;
            }
            out.label = field.label;
            out.fact = field.name;
            return;
        }
        case Op::group_key:
            out.label = model_.records[frames_[node.a].record].fields.front().label;
            return;
        case Op::through: {
            const Reference& to = model_.references[expr(node.a).type.index];
            const Field& field = model_.records[to.record].fields[node.index];
            out.label = field.label;
            out.fact = field.name;
            return;
        }
        case Op::review_date:
            out.label = "review date";
            out.built_in = BuiltIn::review_date;
            return;
        case Op::tier:
            if (model_.ladders[node.index].id.empty()) {
                out.label = "tier";
                out.built_in = BuiltIn::tier;
            } else {
                out.label = model_.ladders[node.index].label;
            }
            return;
        case Op::path:
            out.label = model_.paths[node.index].label;
            return;
        case Op::held_tier:
            out.label = "tier held";
            out.built_in = BuiltIn::held_tier;
            return;
        case Op::held_since:
            out.label = "tier held since";
            out.built_in = BuiltIn::held_since;
            return;
        case Op::held_until:
            out.label = "tier held protected until";
            out.built_in = BuiltIn::held_until;
            return;
        default:
            tell(out, expression);
        }
    }

    /// What has no name is called by what it says.
    void tell(Condition& out, Index expression) {
        std::vector<Index> records;
        for (const Frame& frame : frames_) {
            records.push_back(frame.record);
        }
        out.label = phrase_of(model_, expression, std::move(records));
        out.is_rule_text = true;
    }

    /// The rule's own words, on one line.
    [[nodiscard]] std::string rule_text(Span at) const {
        return on_one_line(model_.source.text(at));
    }

    void compare(Condition& out, Index root, const Expr& node) {
        const Index left = nth_below(root, 0);
        const Index right = nth_below(root, 1);
        name(out, node.a);
        out.comparison = sign_of(node.op);
        out.actual = figure_at(left, expr(node.a).type);
        out.required = figure_at(right, expr(node.b).type);
        out.gap = gap(node, step(left).value, step(right).value);
        out.gap.assumed = out.actual.assumed || out.required.assumed;
        details(out, left);
    }

    /// How much is missing: what the larger side lacks or the smaller one has too much.
    [[nodiscard]] Figure gap(const Expr& node, const Value& actual, const Value& required) const {
        const bool upward = node.op == Op::greater_equal || node.op == Op::greater;
        const bool downward = node.op == Op::less_equal || node.op == Op::less;
        const bool figures =
            actual.form == Value::Form::range && actual.certain() && required.certain();
        if ((!upward && !downward) || !figures) {
            return {};
        }
        const Checked difference = upward ? sub(required.range.low, actual.range.low)
                                          : sub(actual.range.low, required.range.low);
        if (!difference || difference.value.sign() < 0) {
            return {};
        }
        return figure_of(model_, Value::of(difference.value), expr(node.a).type);
    }

    void within(Condition& out, Index root, const Expr& node) {
        const Index left = nth_below(root, 0);
        const Value& date = step(left).value;
        const Value& window = step(nth_below(root, 1)).value;
        name(out, node.a);
        out.comparison = "window";
        out.actual = figure_at(left, {TypeKind::date, 0});
        out.window = days_of(window);
        if (date.certain() && !date.dates.never && out.window) {
            out.days_before = std::max(0, window.window.from.low - date.dates.low);
            out.days_after = std::max(0, date.dates.low - window.window.through.low);
        }
    }

    void include(Condition& out, Index root, const Expr& node) {
        name(out, node.a);
        out.actual = figure_at(nth_below(root, 0), expr(node.a).type);
        include_asked(out, node);
    }

    void include_asked(Condition& out, const Expr& node) const {
        out.comparison = node.op == Op::include_all ? "include_all" : "include";
        const std::uint64_t asked = model_.literals[node.index].mask.maybe;
        out.required = figure_of(model_, Value::of(Mask{asked, asked}), expr(node.a).type);
    }

    void in_members(Condition& out, Index root, const Expr& node) {
        const Type type = expr(node.a).type;
        name(out, node.a);
        out.comparison = "in";
        Index n = 0;
        each_below(root, [&](Index child) {
            const Figure figure = figure_at(child, type);
            if (n == 0) {
                out.actual = figure;
            } else {
                out.required.type = figure.type;
                out.required.currency = figure.currency;
                out.required.state = Figure::State::known;
                if (figure.state == Figure::State::known) {
                    out.required.members.push_back(figure.value);
                    out.required.member_labels.push_back(figure.label);
                }
            }
            ++n;
        });
    }

    void negation(Condition& out, Index root, const Expr& node) {
        const Index inner = nth_below(root, 0);
        if (is_called(expr(node.a).op)) {
            yes_no(out, inner, "no");
            out.verdict = outcome_of(step(root).value.truth);
        } else {
            yes_no(out, root, "yes");
        }
    }

    /// Whether people have a name for it.
    static bool is_called(Op op) {
        return op == Op::fact || op == Op::field || op == Op::through || op == Op::measure ||
               op == Op::record_measure;
    }

    void yes_no(Condition& out, Index root, const char* wanted) {
        name(out, step(root).expr);
        out.comparison = wanted;
        out.actual = figure_at(root, {TypeKind::yes_no, 0});
        out.required.type = "yes_no";
        out.required.state = Figure::State::known;
        out.required.value = wanted;
        details(out, root);
    }

    // ---- figures

    /// What a step came to, with the words of the rules where they leave it unknown.
    [[nodiscard]] Figure figure_at(Index root, Type type) const {
        Figure figure = figure_of(model_, step(root).value, type);
        if (figure.state == Figure::State::unknown && step(root).value.reason == Reason::unstated) {
            figure.because = unstated_below(root);
        }
        if (figure.state == Figure::State::unknown) {
            looked_for(figure, root);
        }
        figure.assumed = rests_on_assumed(root);
        return figure;
    }

    /// Whether a measure whose value was assumed is among what a step was worked out from.
    [[nodiscard]] bool rests_on_assumed(Index root) const {
        if (setting_.assumptions == nullptr) {
            return false;
        }
        for (Index at = root; at < root + step(root).size; ++at) {
            const Op op = step(at).expr == none ? Op::literal : expr_at(at).op;
            const bool rests = op == Op::measure
                                   ? setting_.assumed(expr_at(at).index) != nullptr ||
                                         rests_on_assumed(steps_of_measure(expr_at(at).index))
                                   : op == Op::hole && cell_ != none && rests_on_assumed(cell_);
            if (rests) {
                return true;
            }
        }
        return false;
    }

    /// The words of the first `unknown because` that a step comes from.
    [[nodiscard]] std::string unstated_below(Index at) const {
        const Step& here = step(at);
        if (here.expr != none && here.value.certain()) {
            return "";
        }
        if (here.expr == none && here.value.truth == Truth::no) {
            return "";
        }
        if (here.expr != none && expr(here.expr).op == Op::unstated) {
            return model_.unstated[expr(here.expr).index].because;
        }
        if (here.expr != none && expr(here.expr).op == Op::measure) {
            return unstated_below(steps_of_measure(expr(here.expr).index));
        }
        if (here.expr != none && expr(here.expr).op == Op::hole) {
            return cell_ == none ? "" : unstated_below(cell_);
        }
        std::string found;
        each_that_matters(at, [&](Index child) {
            if (found.empty()) {
                found = unstated_below(child);
            }
        });
        return found;
    }

    /// The table, or the list of records, that has no entry, and the keys that were looked for in it: of the first
    /// look-up without a row that a step comes from.
    void looked_for(Figure& figure, Index at) const {
        const Step& here = step(at);
        const bool is_record = here.expr == none;
        if (!figure.table.empty() ||
            (is_record ? here.value.truth == Truth::no : here.value.reason != Reason::no_row)) {
            return;
        }
        const Op op = is_record ? Op::literal : expr_at(at).op;
        if (op == Op::measure) {
            looked_for(figure, steps_of_measure(expr_at(at).index));
        } else if (op == Op::hole && cell_ != none) {
            looked_for(figure, cell_);
        } else {
            each_that_matters(at, [&](Index child) { looked_for(figure, child); });
        }
        if (figure.table.empty() && op == Op::look_up) {
            figure.table = model_.tables[expr_at(at).index].label;
            each_below(at, [&](Index key) {
                figure.keys.push_back(figure_of(model_, step(key).value, expr_at(key).type));
            });
        } else if (figure.table.empty() && op == Op::through) {
            const Index base = nth_below(at, 0);
            const Reference& to = model_.references[expr_at(base).type.index];
            figure.table = model_.facts[to.fact].label;
            figure.keys.push_back(figure_of(model_, step(base).value, expr_at(base).type));
        }
    }

    /// The steps below, without the branch of an `if` that is certainly not taken.
    template <typename Each>
    void each_that_matters(Index parent, Each&& each) const {
        const bool branches = step(parent).expr != none && expr_at(parent).op == Op::conditional;
        const Truth test = branches ? step(nth_below(parent, 0)).value.truth : Truth::unknown;
        Index n = 0;
        each_below(parent, [&](Index child) {
            const bool left_out =
                branches && ((n == 1 && test == Truth::no) || (n == 2 && test == Truth::yes));
            if (!left_out) {
                each(child);
            }
            ++n;
        });
    }

    // ---- what a figure is made of

    /// Of one figure of many, what it is; nothing of a sum or a count, which each record adds to.
    static std::string_view figure_of_many(AggregateKind kind) {
        switch (kind) {
        case AggregateKind::median:
            return "median";
        case AggregateKind::average:
            return "average";
        case AggregateKind::percentile:
            return "percentile";
        case AggregateKind::largest:
            return "largest";
        case AggregateKind::smallest:
            return "smallest";
        default:
            return "";
        }
    }

    /// The aggregate that a figure comes from, if it comes from one: its records and its window.
    void details(Condition& out, Index root) {
        const Index aggregate = aggregate_of(root);
        if (aggregate == none) {
            return;
        }
        out.window = window_of(aggregate);
        const Aggregate& shape = model_.aggregates[expr_at(aggregate).index];
        const Index list = nth_below(aggregate, 0);
        out.records = step(list).value.list.count;
        out.figure_of = figure_of_many(shape.kind);
        each_below(aggregate, [&](Index child) {
            if (step(child).expr == none) {
                note_record(out, shape, child);
            }
        });
        details_of_list(out, list);
    }

    /// Of a list that the rules make: the records that it was made from, which those that it left out nearly
    /// joined, and why others may be in it or not.
    void details_of_list(Condition& out, Index list) {
        const Index maker = aggregate_of(list);
        if (maker == none) {
            return;
        }
        const Aggregate& shape = model_.aggregates[expr_at(maker).index];
        if (shape.kind != AggregateKind::list_of) {
            return;
        }
        const Index source = nth_below(maker, 0);
        out.records = step(source).value.list.count;
        each_below(maker, [&](Index child) {
            const Truth counts = step(child).value.truth;
            if (step(child).expr == none && counts == Truth::no) {
                note_record(out, shape, child);
            } else if (step(child).expr == none && counts == Truth::unknown) {
                explain_unclear(out, shape, child);
            }
        });
        details_of_list(out, source);
    }

    /// Why a record may be in the list, where what looks at the list has nothing against it.
    void explain_unclear(Condition& out, const Aggregate& shape, Index row_step) {
        Condition found;
        note_record(found, shape, row_step);
        for (RecordNote& note : out.unclear) {
            if (note.fails.empty() && note.pointer == found.unclear.front().pointer) {
                note.fails = found.unclear.front().fails;
            }
        }
    }

    /// The step of the aggregate, through measures and through `otherwise`, `but at most` and the like.
    [[nodiscard]] Index aggregate_of(Index root) const {
        if (root == none) {
            return none;
        }
        switch (expr_at(root).op) {
        case Op::aggregate:
            return root;
        case Op::measure: // the records do not make a value that is assumed
            return setting_.assumed(expr_at(root).index) != nullptr
                       ? none
                       : aggregate_of(steps_of_measure(expr_at(root).index));
        case Op::otherwise:
        case Op::at_most:
        case Op::at_least:
        case Op::round:
        case Op::negation:
            return aggregate_of(nth_below(root, 0));
        default:
            return none;
        }
    }

    void note_record(Condition& out, const Aggregate& shape, Index row_step) {
        const Step& row = step(row_step);
        RecordNote note;
        if (model_.records[shape.record].group) {
            name_group(note, shape.record, row.row);
        } else {
            note = record_note(model_, facts_, shape.record, row.row);
        }
        const Truth counts = row.value.truth;
        if (counts != Truth::yes && shape.where != none) {
            // A measure that the condition reads may look at records of its own.
            const Frame outer = frames_[shape.scope];
            enter(shape, row.row);
            append(note.fails, nth_below(row_step, 0));
            frames_[shape.scope] = outer;
            std::erase_if(note.fails, [](const Condition& condition) {
                return condition.verdict == RequirementVerdict::met;
            });
        }
        if (counts == Truth::yes) {
            out.counted.push_back(std::move(note));
        } else if (counts == Truth::unknown) {
            std::erase_if(note.fails, [](const Condition& condition) {
                return condition.verdict != RequirementVerdict::unknown;
            });
            out.unclear.push_back(std::move(note));
        } else if (note.fails.size() == 1) {
            out.near.push_back(std::move(note));
        }
    }

    /// By its key; it stands where its first record does.
    void name_group(RecordNote& note, Index record, Index row) const {
        const RecordType& type = model_.records[record];
        const Group& group = record_.made.groups[row];
        const ListRef& records = group.records.list;
        if (records.count > 0 && !model_.records[records.table].group) {
            note.pointer =
                facts_.pointer_of_row(model_, records.table, record_.made.member(records, 0).row);
        }
        const Figure key = figure_of(model_, group.key, type.fields.front().type);
        const bool named = key.state == Figure::State::known && !key.value.empty();
        note.label = !named ? type.label + " ?" : key.label.empty() ? key.value : key.label;
        note.is_date = named && is_dated(type.fields.front().type.kind);
    }

    /// The window that an aggregate's `where` looks at, by its first `in WINDOW`; where it has none, that of
    /// the list that it looks at.
    [[nodiscard]] std::optional<Days> window_of(Index root) const {
        const Index aggregate = aggregate_of(root);
        if (aggregate == none) {
            return std::nullopt;
        }
        const Aggregate& shape = model_.aggregates[expr_at(aggregate).index];
        const Index condition = window_condition(shape.where);
        if (condition == none && shape.within == none) {
            return window_of(nth_below(aggregate, 0));
        }
        const Index window = shape.within != none ? shape.within : expr(condition).b;
        if (expr(window).op == Op::review_period && record_.review_period != none) {
            return days_of(step(record_.review_period).value);
        }
        for (Index at = aggregate; at < aggregate + step(aggregate).size; ++at) {
            if (step(at).expr == window) {
                return days_of(step(at).value);
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] Index window_condition(Index where) const {
        if (where == none || expr(where).op == Op::in_window) {
            return where;
        }
        if (expr(where).op == Op::all_true) {
            for (Index i = 0; i < expr(where).operand_count; ++i) {
                if (const Index found =
                        window_condition(model_.operands[expr(where).first_operand + i]);
                    found != none) {
                    return found;
                }
            }
        }
        return none;
    }

    static std::optional<Days> days_of(const Value& window) {
        if (window.form != Value::Form::window || !window.certain()) {
            return std::nullopt;
        }
        return Days{window.window.from.low.to_string(), window.window.through.low.to_string()};
    }

    // ---- what is missing

    struct Frame {
        Index record = none;
        Index row = none;
    };

    void enter(const Aggregate& shape, Index row) { frames_[shape.scope] = {shape.record, row}; }

    /// The measures that were looked into: of the partner, or of a record.
    using Followed = std::set<std::pair<Index, Index>>;

    std::vector<std::string> missing_below(std::initializer_list<Index> roots) {
        std::vector<std::string> pointers;
        Followed measures;
        for (const Index root : roots) {
            if (root != none) {
                collect_missing(root, pointers, measures);
            }
        }
        return pointers;
    }

    static void add_pointer(std::vector<std::string>& pointers, std::string pointer) {
        if (std::find(pointers.begin(), pointers.end(), pointer) == pointers.end()) {
            pointers.push_back(std::move(pointer));
        }
    }

    /// Of a cell of the facts, or of a fact (`record` is none).
    void add_missing(std::vector<std::string>& pointers, Index record, Index row, Index field) {
        const bool is_fact = record == none;
        const Field& declared =
            is_fact ? model_.facts[field] : model_.records[record].fields[field];
        const std::string pointer =
            is_fact ? declared.pointer : facts_.pointer_of_cell(model_, record, row, field);
        if (declared.internal || in_internal_list(pointer)) {
            add_pointer(outcome_.internal.missing, pointer);
        }
        if (called_.insert(pointer).second) {
            outcome_.missing_names.push_back(
                {pointer, declared.label,
                 is_fact ? RecordNote() : record_note(model_, facts_, record, row)});
        }
        add_pointer(pointers, pointer);
    }

    [[nodiscard]] bool in_internal_list(const std::string& pointer) const {
        return std::any_of(model_.facts.begin(), model_.facts.end(), [&](const Field& fact) {
            return fact.internal && pointer.starts_with(fact.pointer + "/");
        });
    }

    static void add_new(std::vector<std::string>& to, const std::vector<std::string>& from) {
        for (const std::string& pointer : from) {
            if (std::find(to.begin(), to.end(), pointer) == to.end()) {
                to.push_back(pointer);
            }
        }
    }

    /// Down the steps that are not certain, to the facts they read. A record that certainly does not
    /// count cannot be to blame.
    void collect_missing(Index at, std::vector<std::string>& pointers, Followed& measures) {
        const Step& here = step(at);
        if (here.expr == none) {
            if (here.value.truth != Truth::no) {
                each_below(at, [&](Index child) { collect_missing(child, pointers, measures); });
            }
            return;
        }
        if (here.value.certain()) {
            return;
        }
        const Expr& node = expr(here.expr);
        switch (node.op) {
        case Op::fact:
            add_missing(pointers, none, none, node.index);
            return;
        case Op::field: {
            const Frame& frame = frames_[node.a];
            add_missing(pointers, frame.record, frame.row, node.index);
            return;
        }
        case Op::through:
            collect_missing_through(at, pointers, measures);
            return;
        case Op::measure:
            if (measures.insert({node.index, none}).second) {
                collect_missing(steps_of_measure(node.index), pointers, measures);
            }
            return;
        case Op::record_measure: {
            const Frame record = frames_[node.a];
            if (measures.insert({node.index, record.row}).second) {
                const Frame outer = std::exchange(frames_[0], record);
                collect_missing(steps_of(node.index, record.row), pointers, measures);
                frames_[0] = outer;
            }
            return;
        }
        case Op::aggregate: {
            const Aggregate& shape = model_.aggregates[node.index];
            const Frame outer = frames_[shape.scope];
            each_below(at, [&](Index child) {
                if (step(child).expr == none) {
                    enter(shape, step(child).row);
                }
                collect_missing(child, pointers, measures);
            });
            frames_[shape.scope] = outer;
            return;
        }
        default:
            each_that_matters(at, [&](Index child) { collect_missing(child, pointers, measures); });
        }
    }

    /// Of a field behind a reference: what the reference is, what the record says, or which records there are.
    void collect_missing_through(Index at, std::vector<std::string>& pointers, Followed& measures) {
        const Index base = nth_below(at, 0);
        const Value& item = step(base).value;
        if (!item.certain()) {
            collect_missing(base, pointers, measures);
            return;
        }
        const Reference& to = model_.references[expr_at(base).type.index];
        const ListRef& list = facts_.facts[to.fact].list;
        if (item.item.row != none) {
            add_missing(pointers, to.record, item.item.row, expr_at(at).index);
        } else if (item.item.may_exist && list.may_hold_more) {
            add_missing(pointers, none, none, to.fact);
        } else if (item.item.may_exist) {
            for (Index row = list.first; row < list.first + list.count; ++row) {
                if (!facts_.cell(model_, to.record, row, to.key).certain()) {
                    add_missing(pointers, to.record, row, to.key);
                }
            }
        }
    }

    /// Missing facts by what they leave open: first what decides a tier, from the lowest undecided tier up,
    /// then benefits and values.
    void decide_next() {
        for (const LadderOutcome& ladder : outcome_.ladders) {
            for (const PathOutcome& path : ladder.paths) {
                for (const Condition& why : path.because) {
                    if (!ladder.tier && path.open == RequirementVerdict::unknown) {
                        add_new(outcome_.decide_next, why.missing);
                    }
                }
            }
            for (const RequirementOutcome& row : outcome_.requirements) {
                if (row.ladder == ladder.id && row.parent.empty() &&
                    row.verdict == RequirementVerdict::unknown && decides(ladder, row.tier)) {
                    add_new(outcome_.decide_next, row.missing);
                }
            }
        }
        for (const BenefitOutcome& benefit : outcome_.benefits) {
            if (benefit.verdict == Granted::unknown) {
                add_new(outcome_.decide_next, benefit.missing);
            }
        }
        for (const ValueOutcome& value : outcome_.values) {
            add_new(outcome_.decide_next, value.missing);
        }
    }

    [[nodiscard]] static bool decides(const LadderOutcome& ladder, const std::string& tier) {
        return !ladder.tier && std::find(ladder.possible.begin(), ladder.possible.end(), tier) !=
                                   ladder.possible.end();
    }

    const Model& model_;
    const FactSheet& facts_;
    const Setting& setting_;
    const Verdicts& verdicts_;
    const Recording& record_;
    Outcome& outcome_;
    std::vector<bool> internal_; // by expression
    std::vector<Frame> frames_;
    std::set<std::string> called_; // the pointers of Outcome::missing_names
    Index path_ = 0; // of the ladder that is being explained
    Index cell_ = none; // the step of what `_` stands for, while a row is explained
};

} // namespace

RecordNote record_note(const Model& model, const FactSheet& facts, Index record, Index row) {
    const RecordType& type = model.records[record];
    RecordNote note;
    note.pointer = facts.pointer_of_row(model, record, row);
    note.kind = type.label;
    if (const RowOrigin& origin = facts.tables[record].origins[row]; origin.fact == none) {
        const RecordNote owner = record_note(model, facts, origin.table, origin.row);
        note.owner = owner.unnamed.empty() ? owner.label : owner.unnamed;
    }
    note.label = type.label + " " + std::to_string(facts.tables[record].origins[row].position + 1);
    if (type.named_by == none) {
        return note;
    }
    const Field& field = type.fields[type.named_by];
    const Figure figure =
        figure_of(model, facts.cell(model, record, row, type.named_by), field.type);
    if (figure.state == Figure::State::known && !figure.value.empty()) {
        note.unnamed = field.internal ? note.label : "";
        note.label = figure.label.empty() ? figure.value : figure.label;
        note.is_date = is_dated(field.type.kind);
    }
    return note;
}

void explain(const Recorded& recorded, Outcome& outcome) { Explainer(recorded, outcome).run(); }

void explain(const Recorded& recorded, Index root, Index path, Calculation& out) {
    Outcome nothing_else;
    Explainer(recorded, nothing_else).calculation(root, path, out);
}

} // namespace rung
