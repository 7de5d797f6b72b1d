// Conditions that come out the same for everyone, found by evaluating a partner of whom nothing is known; two
// conditions that contradict each other; windows without a day, or of days to come.
#include "interpreter/evaluate.hpp"
#include "interpreter/lint.hpp"
#include "interpreter/ranges.hpp"
#include "interpreter/types.hpp"
#include "interpreter/walk.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace rung {

namespace {

/// Days of a version on which it is looked at: what holds on all of them is taken to hold always. They are
/// spread over its first year, since windows begin and end with months, quarters and years.
std::vector<Date> days_of(const Model& model) {
    constexpr std::array<std::int64_t, 11> spread{0, 1, 2, 31, 45, 100, 183, 275, 364, 365, 400};
    const Date first = model.effective_from.value_or(Date());
    const Date last = model.effective_through.value_or(Date::max());
    std::vector<Date> days;
    for (const std::int64_t after : spread) {
        const std::optional<Date> day = add_days(first, after);
        if (day && *day <= last) {
            days.push_back(*day);
        }
    }
    if (model.effective_through) {
        days.push_back(last);
    }
    return days;
}

/// A partner of whom nothing is known, not even what the rules take for granted (`default`).
FactSheet nothing_known(const Model& model) {
    FactSheet sheet;
    for (const Field& fact : model.facts) {
        sheet.facts.push_back(FactSheet::unknown(model, fact));
    }
    sheet.tables.resize(model.records.size());
    sheet.held.resize(model.ladders.size());
    return sheet;
}

/// Whether an expression depends on the partner, on the day.
struct Reads {
    bool partner = false;
    bool day = false;
};

class TruthReading {
public:
    explicit TruthReading(const Model& model) : model_(model), measures_(model.measures.size()) {
        for (const MeasureRef measure : model.measure_order) {
            if (!measure.of_record) {
                measures_[measure.index] = of(model.measures[measure.index].expr);
            }
        }
    }

    [[nodiscard]] Reads of(Index root) const {
        Reads reads;
        walk(model_, root, [&](Index index, const auto&) { add(reads, model_.exprs[index]); });
        return reads;
    }

private:
    void add(Reads& reads, const Expr& expr) const {
        switch (expr.op) {
        case Op::measure:
            reads.partner |= measures_[expr.index].partner;
            reads.day |= measures_[expr.index].day;
            break;
        case Op::fact:
        case Op::field:
        case Op::record_measure:
        case Op::tier:
        case Op::held_tier:
        case Op::held_since:
        case Op::held_until:
            reads.partner = true;
            break;
        case Op::review_date:
        case Op::review_period:
        case Op::window:
            reads.day = true;
            break;
        default:
            break;
        }
    }

    const Model& model_;
    std::vector<Reads> measures_;
};

/// What came out, as long as it was the same each time.
template <typename Result>
class Always {
public:
    void see(Result result) {
        steady_ = !seen_ || (steady_ && *seen_ == result);
        seen_ = result;
    }
    [[nodiscard]] bool is(Result result) const { return seen_ && steady_ && *seen_ == result; }

private:
    std::optional<Result> seen_;
    bool steady_ = true;
};

/// A condition `X >= 5`, by the words of its operand.
struct Bound {
    Op op = Op::equal;
    std::string operand;
    Value value;
    Index expr = none;
};

bool is_lower(Op op) { return op == Op::greater || op == Op::greater_equal || op == Op::equal; }
bool is_upper(Op op) { return op == Op::less || op == Op::less_equal || op == Op::equal; }
bool is_strict(Op op) { return op == Op::less || op == Op::greater; }

/// Nothing is at or above the one and at or below the other.
bool crossed(const Bound& lower, const Bound& upper) {
    if (!is_lower(lower.op) || !is_upper(upper.op)) {
        return false;
    }
    const bool strict = is_strict(lower.op) || is_strict(upper.op);
    return less(upper.value, lower.value) == Truth::yes ||
           (strict && equal(upper.value, lower.value) == Truth::yes);
}

bool contradict(const Bound& a, const Bound& b) {
    if (a.operand != b.operand || a.value.form != b.value.form) {
        return false;
    }
    if (a.value.form == Value::Form::mask) {
        const bool apart = (a.value.mask.maybe & b.value.mask.maybe) == 0;
        const bool within = (a.value.mask.maybe & ~b.value.mask.maybe) == 0;
        return (a.op == Op::equal && b.op == Op::equal && apart) ||
               (a.op == Op::equal && b.op == Op::not_equal && within);
    }
    const bool ordered = a.value.form == Value::Form::range || a.value.form == Value::Form::dates;
    const bool excluded =
        a.op == Op::equal && b.op == Op::not_equal && equal(a.value, b.value) == Truth::yes;
    return ordered && (crossed(a, b) || crossed(b, a) || excluded);
}

class TruthReader {
public:
    TruthReader(const Model& model, Findings& findings)
        : model_(model), findings_(findings), reading_(model) {}

    void read() {
        evaluate();
        for (Index row = 0; row < model_.requirements.size(); ++row) {
            requirement(row);
        }
        for (Index benefit = 0; benefit < model_.benefits.size(); ++benefit) {
            needs(benefit);
        }
        for (Index notice = 0; notice < model_.notices.size(); ++notice) {
            settled(model_.notices[notice].when, notices_[notice], model_.notices[notice].id);
        }
        contradictions();
        windows();
        reviews();
    }

private:
    // ---- what comes of a partner of whom nothing is known

    void evaluate() {
        const FactSheet sheet = nothing_known(model_);
        std::vector<Date> days = days_of(model_);
        if (!model_.uses_date && !model_.uses_review) {
            days.resize(1);
        }
        asks_.resize(places_.rows.size());
        conditions_.resize(places_.rows.size());
        needs_.resize(model_.benefits.size());
        notices_.resize(model_.notices.size());
        const auto reviews = static_cast<Index>(std::max<std::size_t>(model_.reviews.size(), 1));
        for (const Date day : days) {
            for (Index review = 0; review < reviews; ++review) {
                Verdicts verdicts(model_);
                Recording recording;
                const Setting setting{day, true, model_.reviews.empty() ? none : review};
                record(model_, sheet, setting, verdicts, recording);
                keep(verdicts, recording);
            }
        }
    }

    void keep(const Verdicts& verdicts, const Recording& recording) {
        for (std::size_t i = 0; i < asks_.size(); ++i) {
            const Index asks = recording.rows[i].asks;
            asks_[i].see(asks == none ? Truth::unknown : recording.steps[asks].value.truth);
            conditions_[i].see(verdicts.rows[i].condition);
        }
        for (std::size_t i = 0; i < recording.benefits.size(); ++i) {
            const std::vector<Index>& steps = recording.benefits[i].needs;
            std::vector<Always<Truth>>& needs = needs_[i / verdicts.tiers];
            needs.resize(std::max(needs.size(), steps.size()));
            for (std::size_t need = 0; need < steps.size(); ++need) {
                needs[need].see(recording.steps[steps[need]].value.truth);
            }
        }
        for (std::size_t i = 0; i < notices_.size(); ++i) {
            notices_[i].see(verdicts.notices[i]);
        }
    }

    /// On all paths.
    [[nodiscard]] bool is_always(const std::vector<Always<Truth>>& truths, Index row, Index tier,
                                 Truth truth) const {
        const Verdicts::RowPlace place = places_.places[row];
        const Index paths = model_.ladders[model_.requirements[row].ladder].path_count;
        for (Index path = 0; path < paths; ++path) {
            if (!truths[place.first + path * place.tiers + tier].is(truth)) {
                return false;
            }
        }
        return true;
    }

    // ---- requirements

    void requirement(Index index) {
        const Requirement& row = model_.requirements[index];
        std::vector<Index> tiers; // at which it and all heads above it are asked
        for (Index tier = 1; tier < row.cells.size(); ++tier) {
            if (is_reached(index, tier)) {
                tiers.push_back(tier);
            }
        }
        if (conditions(index, tiers)) {
            return;
        }
        if (row.form != RowForm::ask) {
            parts(index, tiers);
            return;
        }
        for (const auto& [truth, code] :
             {std::pair{Truth::no, Code::cannot_be_met}, std::pair{Truth::yes, Code::always_met}}) {
            asks(index, tiers, truth, code);
        }
    }

    [[nodiscard]] bool is_reached(Index row, std::size_t tier) const {
        for (; row != none; row = model_.requirements[row].parent) {
            if (!model_.requirements[row].cells[tier].asked) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] bool depends_on_day_alone(Index first, Index second) const {
        const Reads a = reading_.of(first);
        const Reads b = reading_.of(second);
        return (a.day || b.day) && !a.partner && !b.partner;
    }

    /// A row that is asked of nobody, or a way that is open to nobody.
    bool conditions(Index index, const std::vector<Index>& tiers) {
        const Requirement& row = model_.requirements[index];
        for (const Index tier : tiers) {
            const Cell& cell = row.cells[tier];
            if (!is_always(conditions_, index, tier, Truth::no) ||
                depends_on_day_alone(row.when, cell.condition)) {
                continue;
            }
            const Index condition = cell.condition != none ? cell.condition : row.when;
            std::vector<Argument> arguments{{"name", row.id}, {"condition", words(condition)}};
            add_bounds(arguments, condition);
            findings_.add(Code::never_asked, model_.exprs[condition].at, row.id,
                          std::move(arguments));
            return true;
        }
        return false;
    }

    /// A head of which too little is asked for, or offered.
    void parts(Index index, const std::vector<Index>& tiers) {
        const Requirement& row = model_.requirements[index];
        for (const Index tier : tiers) {
            std::uint32_t asked = 0;
            for (Index part = index + 1; part < index + row.subtree;
                 part += model_.requirements[part].subtree) {
                asked += model_.requirements[part].cells[tier].asked ? 1U : 0U;
            }
            if (asked < (row.form == RowForm::at_least_of ? row.needed : 1)) {
                findings_.add(row.form == RowForm::all_of ? Code::never_asked : Code::cannot_be_met,
                              row.cells[tier].at, row.id,
                              {{"name", row.id}, {"tier", tier_at(row, tier)}});
                return;
            }
        }
    }

    /// What a row asks is always so at some tiers: told at the first cell, or once where it is at all.
    void asks(Index index, const std::vector<Index>& tiers, Truth truth, Code code) {
        const Requirement& row = model_.requirements[index];
        if (model_.exprs[row.asks].op == Op::literal) {
            return; // who writes `yes` means it
        }
        std::vector<Index> settled;
        std::copy_if(tiers.begin(), tiers.end(), std::back_inserter(settled), [&](Index tier) {
            return is_always(asks_, index, tier, truth) &&
                   !depends_on_day_alone(row.asks, row.cells[tier].value);
        });
        if (settled.empty()) {
            return;
        }
        const Cell& cell = row.cells[settled.front()];
        const bool everywhere =
            cell.value == none || (settled.size() == tiers.size() && tiers.size() > 1);
        std::vector<Argument> arguments{{"asks", asked_in(row, cell, everywhere)}};
        add_bounds(arguments, row.asks);
        if (!everywhere) {
            arguments.push_back({"tier", tier_at(row, settled.front())});
        }
        findings_.add(code, everywhere ? model_.exprs[row.asks].at : cell.at, row.id,
                      std::move(arguments));
    }

    [[nodiscard]] std::string tier_at(const Requirement& row, Index tier) const {
        return model_.ladders[row.ladder].tiers[tier].id;
    }
    [[nodiscard]] std::string words(Index expr) const {
        return words_in(model_.source, model_.exprs[expr].at);
    }

    /// `people >= 5`: what a row asks, with the figure of a cell.
    [[nodiscard]] std::string asked_in(const Requirement& row, const Cell& cell,
                                       bool everywhere) const {
        const Span asks = model_.exprs[row.asks].at;
        Span hole{asks.end, asks.end};
        walk(model_, row.asks, [&](Index index, const auto&) {
            hole = model_.exprs[index].op == Op::hole ? model_.exprs[index].at : hole;
        });
        if (everywhere || cell.value == none || hole.empty()) {
            return words(row.asks);
        }
        return words_in(model_.source, {asks.begin, hole.begin}) + words(cell.value) +
               words_in(model_.source, {hole.end, asks.end});
    }

    /// "`discount` is at most 100%": of the first thing read that has bounds.
    void add_bounds(std::vector<Argument>& arguments, Index root) const {
        std::string text;
        walk(model_, root, [&](Index index, const std::vector<Index>& records) {
            const Expr& expr = model_.exprs[index];
            if (text.empty() && expr.op == Op::fact) {
                text = bounds_of(model_.facts[expr.index]);
            } else if (text.empty() && expr.op == Op::field) {
                text = bounds_of(model_.records[records[expr.a]].fields[expr.index]);
            } else if (text.empty() && expr.op == Op::through) {
                const Reference& to = model_.references[model_.exprs[expr.a].type.index];
                text = bounds_of(model_.records[to.record].fields[expr.index]);
            }
        });
        if (!text.empty()) {
            arguments.push_back({"bounds", std::move(text)});
        }
    }

    static std::string bounds_of(const Field& field) {
        const auto figure = [&](const Number& number) {
            const Checked hundred = mul(number, Number(100));
            return field.type.kind == TypeKind::percent && hundred
                       ? hundred.value.to_grouped_string() + "%"
                       : number.to_grouped_string();
        };
        std::string text;
        text += field.at_least ? " at least " + figure(*field.at_least) : "";
        text += field.at_least && field.at_most ? " and" : "";
        text += field.at_most ? " at most " + figure(*field.at_most) : "";
        return text.empty() ? "" : "`" + field.name + "` is" + text;
    }

    // ---- benefits and notices

    void needs(Index index) {
        const Benefit& benefit = model_.benefits[index];
        for (std::size_t need = 0; need < needs_[index].size(); ++need) {
            settled(benefit.needs[need], needs_[index][need], benefit.id);
        }
    }

    void settled(Index condition, const Always<Truth>& truth, const std::string& name) {
        const Reads reads = reading_.of(condition);
        const bool yes = truth.is(Truth::yes);
        const bool written = model_.exprs[condition].op == Op::literal;
        if (written || (reads.day && !reads.partner) || (!yes && !truth.is(Truth::no))) {
            return;
        }
        std::vector<Argument> arguments{{"asks", words(condition)}};
        add_bounds(arguments, condition);
        findings_.add(yes ? Code::always_met : Code::cannot_be_met, model_.exprs[condition].at,
                      name, std::move(arguments));
    }

    // ---- contradictions

    void contradictions() {
        for (const Root& root : roots_of(model_)) {
            walk(model_, root.expr, [&](Index index, const auto&) {
                if (model_.exprs[index].op == Op::all_true) {
                    std::vector<Bound> bounds;
                    collect(index, none, bounds);
                    tell_contradiction(bounds, root.name);
                }
            });
        }
        for (Index row = 0; row < model_.requirements.size(); ++row) {
            contradictions_in(row);
        }
        for (const Benefit& benefit : model_.benefits) {
            std::vector<Bound> bounds;
            for (const Index need : benefit.needs) {
                collect(need, none, bounds);
            }
            tell_contradiction(bounds, benefit.id);
        }
    }

    /// What is put together from several places: the cell in the place of `_`, both conditions of a row, and of
    /// a way, which must be open and met at once, all three.
    void contradictions_in(Index index) {
        const Requirement& row = model_.requirements[index];
        const bool way =
            row.parent != none && model_.requirements[row.parent].form != RowForm::all_of;
        for (std::size_t tier = 1; tier < row.cells.size(); ++tier) {
            const Cell& cell = row.cells[tier];
            std::vector<Bound> conditions;
            collect(row.when, none, conditions);
            collect(cell.condition, none, conditions);
            std::vector<Bound> asked = way ? conditions : std::vector<Bound>();
            if (cell.asked) {
                tell_contradiction(conditions, row.id);
                collect(row.asks, cell.value, asked);
                tell_contradiction(asked, row.id);
            }
        }
    }

    /// The comparisons of an operand with a value, of which all must hold.
    void collect(Index index, Index hole, std::vector<Bound>& bounds) const {
        if (index == none) {
            return;
        }
        const Expr& expr = model_.exprs[index];
        if (expr.op == Op::all_true) {
            for (const Index operand : operands_of(model_, expr)) {
                collect(operand, hole, bounds);
            }
        } else if (is_comparison(expr.op)) {
            const std::optional<Value> left = literal(expr.a, hole);
            const std::optional<Value> right = literal(expr.b, hole);
            if (right && !left) {
                bounds.push_back({expr.op, words(expr.a), *right, index});
            } else if (left && !right) {
                bounds.push_back({mirrored(expr.op), words(expr.b), *left, index});
            }
        }
    }

    [[nodiscard]] std::optional<Value> literal(Index index, Index hole) const {
        const Index actual = model_.exprs[index].op == Op::hole ? hole : index;
        if (actual == none || model_.exprs[actual].op != Op::literal) {
            return std::nullopt;
        }
        const Value& value = model_.literals[model_.exprs[actual].index];
        return value.certain() ? std::optional(value) : std::nullopt;
    }

    void tell_contradiction(const std::vector<Bound>& bounds, const std::string& name) {
        for (std::size_t second = 1; second < bounds.size(); ++second) {
            for (std::size_t first = 0; first < second; ++first) {
                const Bound& a = bounds[first];
                const Bound& b = bounds[second];
                if (contradict(a, b) || contradict(b, a)) {
                    findings_.add(Code::cannot_be_met, model_.exprs[b.expr].at, name,
                                  {{"left", words(a.expr)}, {"right", words(b.expr)}});
                    return;
                }
            }
        }
    }

    // ---- windows

    /// The days of a window that depends on nothing but the review date, on such a date.
    [[nodiscard]] std::optional<Window> days(Index window, Date on) const {
        const Value value = evaluate_constant(model_, window, on);
        return value.certain() && !value.window.from.never && !value.window.through.never
                   ? std::optional(Window{value.window.from.low, value.window.through.low})
                   : std::nullopt;
    }

    [[nodiscard]] bool reads_only_the_day(Index root) const {
        bool only = true;
        walk(model_, root, [&](Index index, const auto&) {
            const Op op = model_.exprs[index].op;
            only &= op != Op::fact && op != Op::field && op != Op::measure && op != Op::hole &&
                    op != Op::review_period && op != Op::tier && op != Op::path &&
                    op != Op::held_tier && op != Op::held_since && op != Op::held_until &&
                    op != Op::by_path && op != Op::aggregate && op != Op::record_measure &&
                    op != Op::group_key && op != Op::group_records;
        });
        return only;
    }

    void windows() {
        for (const Root& root : roots_of(model_)) {
            walk(model_, root.expr, [&](Index index, const auto&) {
                if (model_.exprs[index].op == Op::window && reads_only_the_day(index)) {
                    window(index, root.name);
                }
            });
        }
    }

    void window(Index index, const std::string& name) {
        const Span at = model_.exprs[index].at;
        bool empty = true;
        bool behind = model_.effective_through.has_value();
        std::optional<Window> first;
        for (const Date day : days_of(model_)) {
            const std::optional<Window> days = this->days(index, day);
            if (!days) {
                return;
            }
            first = first ? first : days;
            empty &= days->is_empty();
            behind &= days->from > model_.effective_through.value_or(Date::max());
        }
        if (!first) {
            return;
        }
        if (empty) {
            findings_.add(
                Code::empty_window, at, name,
                {{"from", first->from.to_string()}, {"through", first->through.to_string()}});
        } else if (behind && !reading_.of(model_.exprs[index].a).day) {
            findings_.add(Code::window_ahead, at, name,
                          {{"from", first->from.to_string()},
                           {"ends", model_.effective_through->to_string()}});
        }
    }

    /// A review that looks at no day that has been. The running program year, whose end is to come, is left
    /// alone: nothing is recorded of days to come.
    void reviews() {
        for (const Review& review : model_.reviews) {
            const std::vector<Date> all = days_of(model_);
            const bool ahead = std::all_of(all.begin(), all.end(), [&](Date day) {
                const std::optional<Window> window = days(review.window, day);
                return window && !window->is_empty() && window->from >= day &&
                       window->through > day;
            });
            if (ahead && !all.empty() && reads_only_the_day(review.window)) {
                const Window window = *days(review.window, all.front());
                findings_.add(Code::window_ahead, model_.exprs[review.window].at, review.id,
                              {{"name", review.id},
                               {"day", all.front().to_string()},
                               {"from", window.from.to_string()},
                               {"through", window.through.to_string()}});
            }
        }
    }

    const Model& model_;
    Findings& findings_;
    TruthReading reading_;
    Verdicts places_{model_};
    std::vector<Always<Truth>> asks_; // as Verdicts::rows
    std::vector<Always<Truth>> conditions_; // as Verdicts::rows
    std::vector<std::vector<Always<Truth>>> needs_; // by benefit
    std::vector<Always<Truth>> notices_;
};

} // namespace

void find_settled(const Model& model, Findings& findings) { TruthReader(model, findings).read(); }

} // namespace rung
