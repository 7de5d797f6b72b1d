#include "interpreter/motion.hpp"

#include "interpreter/ranges.hpp"
#include "interpreter/walk.hpp"

#include <algorithm>
#include <array>

namespace rung {

namespace {

Direction opposite(Direction direction) {
    switch (direction) {
    case Direction::still:
        break;
    case Direction::rising:
        return Direction::falling;
    case Direction::falling:
        return Direction::rising;
    }
    return Direction::still;
}

/// How two move together, of which one may be still; nothing where they go different ways.
std::optional<Direction> together(Direction a, Direction b) {
    return a == b || b == Direction::still ? std::optional(a)
           : a == Direction::still         ? std::optional(b)
                                           : std::nullopt;
}

bool is_still(const Motion& motion) { return motion.direction == Direction::still; }

// ---- what can be told apart --------------------------------------------------------------------

DateRange low_end(const DateRange& dates) {
    return dates.never ? dates : DateRange{dates.low, dates.low};
}
DateRange high_end(const DateRange& dates) {
    const bool never = dates.never || dates.may_be_never;
    return {dates.high, dates.high, never, never};
}

/// Below, equal or above: -1, 0, 1.
int order(const Value& a, const Value& b) {
    return less(a, b) == Truth::yes ? -1 : less(b, a) == Truth::yes ? 1 : 0;
}

/// How the ends of two figures or dates stand to each other: all that a comparison of them can tell. Each part
/// only rises or only falls while one of the two does and the other does not.
using Order = std::array<std::int8_t, 10>;

void order_ends(const std::array<Value, 2>& a, const std::array<Value, 2>& b, Order& out,
                std::size_t& next) {
    for (const Value& x : a) {
        for (const Value& y : b) {
            out[next++] = static_cast<std::int8_t>(order(x, y));
        }
    }
}

std::array<Value, 2> ends_of(const DateRange& dates) {
    return {Value::of(low_end(dates)), Value::of(high_end(dates))};
}

std::array<Value, 2> ends_of(const Value& value) {
    if (value.form == Value::Form::dates) {
        return ends_of(value.dates);
    }
    Range low{value.range.low, value.range.low, value.range.low_open, value.range.low_open};
    Range high{value.range.high, value.range.high, value.range.high_open, value.range.high_open};
    return {Value::of(low), Value::of(high)};
}

Order order_of(const Value& a, const Value& b) {
    Order out{};
    std::size_t next = 0;
    out[8] = static_cast<std::int8_t>(a.undetermined);
    out[9] = static_cast<std::int8_t>(b.undetermined);
    order_ends(ends_of(a), ends_of(b), out, next);
    if (a.form == Value::Form::range) {
        out[next++] = static_cast<std::int8_t>(a.range.low_open * 2 + a.range.high_open);
        out[next++] = static_cast<std::int8_t>(b.range.low_open * 2 + b.range.high_open);
    }
    return out;
}

/// As `order_of`, of a date and the two days of a window.
struct WindowPlace {
    Order from;
    Order through;
    bool empty = false;

    friend bool operator==(const WindowPlace&, const WindowPlace&) = default;
};

WindowPlace place_in(const Value& date, const Value& window) {
    Value from = Value::of(window.window.from);
    Value through = Value::of(window.window.through);
    from.undetermined = window.undetermined;
    through.undetermined = window.undetermined;
    return {order_of(date, from), order_of(date, through), less(through, from) == Truth::yes};
}

/// Of a window that is seen from the review date.
bool is_seen_from(const Expr& expr) {
    switch (static_cast<WindowForm>(expr.index)) {
    case WindowForm::trailing_days:
    case WindowForm::trailing_months:
    case WindowForm::previous_months:
    case WindowForm::previous_quarters:
    case WindowForm::previous_years:
    case WindowForm::month_to_date:
    case WindowForm::quarter_to_date:
    case WindowForm::year_to_date:
    case WindowForm::previous_program_year:
        return true;
    case WindowForm::program_year:
        return expr.a == none;
    case WindowForm::calendar_year:
    case WindowForm::from_through:
    case WindowForm::from_until:
        break;
    }
    return false;
}

bool same(const DateRange& a, const DateRange& b) {
    return a.never == b.never && a.may_be_never == b.may_be_never &&
           (a.never || (a.low == b.low && a.high == b.high));
}

} // namespace

bool same_value(const Value& a, const Value& b) {
    if (a.form != b.form || a.undetermined != b.undetermined) {
        return false;
    }
    switch (a.form) {
    case Value::Form::truth:
        return a.truth == b.truth;
    case Value::Form::range:
        return a.range.low_open == b.range.low_open && a.range.high_open == b.range.high_open &&
               (a.range.low_open || a.range.low == b.range.low) &&
               (a.range.high_open || a.range.high == b.range.high);
    case Value::Form::dates:
        return same(a.dates, b.dates);
    case Value::Form::mask:
        return a.mask.surely == b.mask.surely && a.mask.maybe == b.mask.maybe;
    case Value::Form::text:
        return a.text.known == b.text.known && a.text.text == b.text.text;
    case Value::Form::window:
        return same(a.window.from, b.window.from) && same(a.window.through, b.window.through);
    case Value::Form::list: // what is in it is looked at record by record
        return true;
    case Value::Form::item:
        return a.item.known == b.item.known && a.item.key == b.item.key;
    }
    return false;
}

Motions::Motions(const Model& model, const FactSheet& facts, Index review, Window days)
    : model_(model),
      facts_(facts),
      review_(review),
      days_(days),
      flags_(model.exprs.size()),
      single_(model) {
    single_.evaluate(facts_, setting(0)); // for the measures that are the same on all days
    for (const Requirement& row : model_.requirements) {
        for (const Cell& cell : row.cells) {
            if (cell.value != none) {
                const Flags cell_flags = flags(cell.value);
                hole_.timed |= cell_flags.timed;
                hole_.leans |= cell_flags.leans;
                hole_.of_group |= cell_flags.of_group;
                hole_.tried |= cell_flags.tried;
            }
        }
    }
}

// ---- what an expression reads ------------------------------------------------------------------

bool Motions::is_timed(Index expr) { return flags(expr).timed; }

Motions::Flags Motions::flags(Index expr) {
    if (!flags_[expr].known) {
        flags_[expr] = flags_of(model_.exprs[expr]);
        flags_[expr].known = true;
    }
    return flags_[expr];
}

Motions::Flags Motions::flags_of(const Expr& expr) {
    Flags all;
    const auto add = [&](Index operand) {
        if (operand != none) {
            const Flags more = flags(operand);
            all.timed |= more.timed;
            all.leans |= more.leans;
            all.of_group |= more.of_group;
            all.tried |= more.tried;
        }
    };
    if (expr.op == Op::measure || expr.op == Op::record_measure) {
        add((expr.op == Op::measure ? model_.measures : model_.record_measures)[expr.index].expr);
        all.leans |= all.timed || all.tried;
    } else if (expr.op == Op::aggregate) {
        const Aggregate& aggregate = model_.aggregates[expr.index];
        for (const Index part : {aggregate.list, aggregate.count, aggregate.within, aggregate.where,
                                 aggregate.item, aggregate.last_day}) {
            add(part);
        }
    } else if (expr.op == Op::review_period && review_ != none) {
        add(model_.reviews[review_].window);
    } else if (expr.op == Op::hole) {
        all = hole_;
    }
    all.timed |= expr.op == Op::review_date || expr.op == Op::tier ||
                 (expr.op == Op::window && is_seen_from(expr));
    all.leans |= expr.op == Op::tier;
    all.of_group |= expr.op == Op::group_key || expr.op == Op::group_records;
    all.tried |= expr.op == Op::fact && is_open(expr.index);
    for (const Index operand : operands_of(model_, expr)) {
        add(operand);
    }
    return all;
}

bool Motions::is_open(Index fact) const {
    const std::vector<Index>& tried = model_.facts_to_try;
    return !facts_.facts[fact].certain() &&
           std::find(tried.begin(), tried.end(), fact) != tried.end();
}

// ---- values on other days ----------------------------------------------------------------------

Setting Motions::setting(std::int32_t day) const {
    return {Date::from_days_saturated(std::int64_t{days_.from.days_since_1970()} + day), true,
            review_};
}

/// Where a measure of the partner is looked at.
Scene Motions::of_partner(const Scene& scene) const {
    Scene outside(model_);
    outside.path = scene.path;
    return outside;
}

/// Where a measure of a record is looked at, which is in scope there alone.
Scene Motions::of_record(const Expr& measure, const Scene& scene) const {
    Scene inside = of_partner(scene);
    inside.rows.front() = scene.rows[measure.a];
    inside.records.front() = scene.records[measure.a];
    return inside;
}

/// A measure is evaluated by itself, so that no whole evaluation is needed for a window that has a name.
Value Motions::value(Index index, Scene& scene, std::int32_t day) {
    const Expr& expr = model_.exprs[index];
    if (expr.op == Op::hole) {
        return value(scene.hole, scene, day);
    }
    if (expr.op == Op::measure) {
        Scene outside = of_partner(scene);
        return value(model_.measures[expr.index].expr, outside, day);
    }
    if (expr.op == Op::record_measure) {
        Scene inside = of_record(expr, scene);
        return value(model_.record_measures[expr.index].expr, inside, day);
    }
    if (!flags(index).leans) {
        return single_.value_of(index, facts_, setting(day), scene);
    }
    std::unique_ptr<Evaluator>& whole = whole_[day];
    if (!whole) {
        whole = std::make_unique<Evaluator>(model_);
        whole->evaluate(facts_, setting(day));
    }
    return whole->value_of(index, facts_, setting(day), scene);
}

Motions::Moving Motions::moving(Index expr, Scene& scene) {
    return {motion(expr, scene),
            [this, expr, &scene](std::int32_t day) { return value(expr, scene, day); }};
}

// ---- days of change ----------------------------------------------------------------------------

DaySet Motions::all_days() {
    DaySet all;
    for (std::int32_t day = 1; day < days_.days(); ++day) {
        all.add(day);
    }
    return all;
}

/// Between the two days `state` only rises or only falls, in each of its parts.
template <typename State>
void Motions::halve(std::int32_t low, const State& at_low, std::int32_t high, const State& at_high,
                    const std::function<State(std::int32_t)>& state, DaySet& turns) {
    if (at_low == at_high) {
        return;
    }
    if (high - low == 1) {
        turns.add(high);
        return;
    }
    const std::int32_t middle = low + (high - low) / 2;
    const State at_middle = state(middle);
    halve(low, at_low, middle, at_middle, state, turns);
    halve(middle, at_middle, high, at_high, state, turns);
}

/// `within`: the turns between which `state` only rises or only falls.
template <typename State>
DaySet Motions::changes_of(const std::function<State(std::int32_t)>& state, const DaySet& within) {
    DaySet turns;
    std::int32_t first = 0;
    const auto look_through = [&](std::int32_t last) {
        if (first < last) {
            halve(first, state(first), last, state(last), state, turns);
        }
    };
    within.for_each([&](std::int32_t turn) {
        look_through(turn - 1);
        first = turn;
    });
    look_through(days_.days() - 1);
    turns.add(within);
    return turns;
}

namespace {

/// A value by what it is, for comparing it with itself on another day.
struct Whole {
    Value value;
    friend bool operator==(const Whole& a, const Whole& b) { return same_value(a.value, b.value); }
};

} // namespace

DaySet Motions::changes(const Moving& moving) {
    if (is_still(moving.motion)) {
        return moving.motion.turns;
    }
    return changes_of<Whole>([&](std::int32_t day) { return Whole{moving.at(day)}; },
                             moving.motion.turns);
}

Motion Motions::settled(Index expr, Scene& scene) {
    Moving of = moving(expr, scene);
    if (is_still(of.motion)) {
        return std::move(of.motion);
    }
    const Flags reads = flags(expr);
    Motion still;
    if (reads.tried || reads.of_group) {
        every_day = true;
        still.turns = all_days();
    } else {
        still.turns = changes(of);
    }
    return still;
}

DaySet Motions::turns(Index expr, const Scene& scene) {
    Scene here = scene;
    return settled(expr, here).turns;
}

// ---- comparisons -------------------------------------------------------------------------------

/// Where one of two rises and the other does not, or falls, their order turns once. Where both go the same way,
/// that of them which changes less is still in between.
Motion Motions::crossings(const Moving& a, const Moving& b, bool windows) {
    Motion result;
    result.turns = a.motion.turns;
    result.turns.add(b.motion.turns);
    if (together(a.motion.direction, opposite(b.motion.direction)) == std::nullopt) {
        const DaySet of_a = changes(a);
        const DaySet of_b = changes(b);
        result.turns.add(of_a.size() < of_b.size() ? of_a : of_b);
    }
    if (windows) {
        result.turns = changes_of<WindowPlace>(
            [&](std::int32_t day) { return place_in(a.at(day), b.at(day)); }, result.turns);
    } else {
        result.turns = changes_of<Order>(
            [&](std::int32_t day) { return order_of(a.at(day), b.at(day)); }, result.turns);
    }
    return result;
}

Motion Motions::compared(const Expr& expr, Scene& scene) {
    const Moving a = moving(expr.a, scene);
    const Moving b = moving(expr.b, scene);
    if (is_still(a.motion) && is_still(b.motion)) {
        Motion still = a.motion;
        still.turns.add(b.motion.turns);
        return still;
    }
    const Flags of_a = flags(expr.a);
    const Flags of_b = flags(expr.b);
    if (of_a.tried || of_b.tried || of_a.of_group || of_b.of_group) {
        every_day = true;
        return {Direction::still, all_days()};
    }
    if (expr.op == Op::in_window) {
        const bool sure = !of_a.timed && a.at(0).certain();
        if (b.motion.may_empty && !sure) {
            Motion still = settled(expr.a, scene);
            still.turns.add(changes(b));
            return still;
        }
        return crossings(a, b, true);
    }
    const Value::Form form = a.at(0).form;
    if (form != Value::Form::range && form != Value::Form::dates) {
        Motion still{Direction::still, changes(a)};
        still.turns.add(changes(b));
        return still;
    }
    return crossings(a, b, false);
}

DaySet Motions::passings(Index date, const Scene& scene) {
    Scene here = scene;
    const Flags reads = flags(date);
    if (reads.tried) {
        every_day = true;
        return all_days();
    }
    const Moving today{{Direction::rising, {}},
                       [this](std::int32_t day) { return Value::of(setting(day).on); }};
    return crossings(moving(date, here), today, false).turns;
}

// ---- expressions -------------------------------------------------------------------------------

Motion Motions::motion(Index index, Scene& scene) {
    if (!flags(index).timed) {
        return {};
    }
    const Expr& expr = model_.exprs[index];
    switch (expr.op) {
    case Op::literal:
    case Op::fact:
    case Op::field:
    case Op::path:
    case Op::held_tier:
    case Op::held_since:
    case Op::held_until:
    case Op::group_key: // of what it is made, the list of groups tells
    case Op::group_records:
    case Op::unstated:
        return {};
    case Op::hole:
        return motion(scene.hole, scene);
    case Op::measure:
        return of_measure(model_.measures[expr.index], scene);
    case Op::record_measure: {
        Scene inside = of_record(expr, scene);
        return motion(model_.record_measures[expr.index].expr, inside);
    }
    case Op::review_date:
        return {Direction::rising, {}};
    case Op::review_period:
        return motion(model_.reviews[review_].window, scene);
    case Op::tier:
        return {Direction::still, tier_turns};
    case Op::by_path:
        return motion(model_.operands[expr.first_operand + scene.path], scene);
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::in_window:
        return compared(expr, scene);
    case Op::add:
    case Op::at_most:
    case Op::at_least:
        return joined(expr.a, expr.b, false, scene);
    case Op::subtract:
        return joined(expr.a, expr.b, true, scene);
    case Op::multiply:
    case Op::divide:
        return scaled(expr, scene);
    case Op::minus: {
        Motion moved = motion(expr.a, scene);
        moved.direction = opposite(moved.direction);
        return moved;
    }
    case Op::conditional:
        return chosen(expr, scene);
    case Op::aggregate:
        return aggregate(model_.aggregates[expr.index], scene);
    case Op::round: {
        Motion moved = motion(expr.a, scene);
        return flags(expr.b).timed ? of_all(expr, scene) : moved;
    }
    case Op::window:
        return window(expr, scene);
    case Op::first_day:
    case Op::last_day:
    case Op::day_in_year:
    case Op::year_of:
    case Op::month_of:
    case Op::month_days:
        return motion(expr.a, scene);
    case Op::all_true:
    case Op::any_true:
    case Op::negation:
    case Op::in_members:
    case Op::include_any:
    case Op::include_all:
    case Op::otherwise:
    case Op::at_least_of:
    case Op::look_up:
    case Op::through:
        return of_all(expr, scene);
    }
    return {};
}

/// With a turn wherever an operand changes.
Motion Motions::of_all(const Expr& expr, Scene& scene) {
    Motion all;
    for (const Index operand : operands_of(model_, expr)) {
        all.turns.add(settled(operand, scene).turns);
    }
    return all;
}

Motion Motions::of_measure(const Measure& measure, Scene& scene) {
    const Index place = measure.first_value + (measure.paths == none ? 0 : scene.path);
    if (const auto known = measures_.find(place); known != measures_.end()) {
        return known->second;
    }
    Scene outside = of_partner(scene);
    return measures_[place] = motion(measure.expr, outside);
}

/// What both operands together do, the second turned round where it is taken away.
Motion Motions::joined(Index a, Index b, bool opposed, Scene& scene) {
    Motion result = motion(a, scene);
    Motion second = motion(b, scene);
    const auto direction =
        together(result.direction, opposed ? opposite(second.direction) : second.direction);
    if (direction) {
        result.direction = *direction;
        result.turns.add(second.turns);
        return result;
    }
    result = settled(a, scene);
    result.turns.add(settled(b, scene).turns);
    return result;
}

/// A figure that moves times one that does not, of which it is known whether it is above or below zero.
Motion Motions::scaled(const Expr& expr, Scene& scene) {
    const bool first_moves = flags(expr.a).timed;
    if ((first_moves && flags(expr.b).timed) || (!first_moves && expr.op == Op::divide)) {
        return of_all(expr, scene);
    }
    const Value factor = value(first_moves ? expr.b : expr.a, scene, 0);
    const Range& range = factor.range;
    const bool above = !range.low_open && range.low.sign() >= 0;
    const bool below = !range.high_open && range.high.sign() <= 0;
    if ((!above && !below) || factor.undetermined != Truth::no) {
        return of_all(expr, scene);
    }
    Motion moved = motion(first_moves ? expr.a : expr.b, scene);
    moved.direction = above ? moved.direction : opposite(moved.direction);
    return moved;
}

Motion Motions::chosen(const Expr& expr, Scene& scene) {
    Motion result = joined(expr.b, expr.c, false, scene);
    result.may_empty = motion(expr.b, scene).may_empty || motion(expr.c, scene).may_empty;
    result.turns.add(settled(expr.a, scene).turns);
    return result;
}

// ---- windows -----------------------------------------------------------------------------------

Motion Motions::window(const Expr& expr, Scene& scene) {
    if (is_seen_from(expr)) {
        Motion moved;
        if (expr.a != none) {
            moved.turns = settled(expr.a, scene).turns;
        }
        moved.direction = Direction::rising;
        return moved;
    }
    const auto form = static_cast<WindowForm>(expr.index);
    if (form == WindowForm::program_year || form == WindowForm::calendar_year) {
        return seen_with(expr.a, scene);
    }
    Motion moved = joined(expr.a, expr.b, false, scene);
    moved.may_empty = flags(expr.a).timed && flags(expr.b).timed;
    return moved;
}

/// A window with a day or a year that may not be known: then it may be any window.
Motion Motions::seen_with(Index operand, Scene& scene) {
    Motion moved = motion(operand, scene);
    const bool certain =
        value(operand, scene, 0).certain() && value(operand, scene, days_.days() - 1).certain();
    return certain ? moved : settled(operand, scene);
}

// ---- lists -------------------------------------------------------------------------------------

/// Calls `visit` for each record that may be in the list on some day, and for one that is not known of. Which
/// ones they are is plain for a list of facts; a list that the rules make may hold any of its table.
void Motions::each_row(const Aggregate& aggregate, Scene& scene,
                       const std::function<void()>& visit) {
    const Index scope = aggregate.scope;
    const Index row_before = scene.rows[scope];
    const Index record_before = scene.records[scope];
    const Expr& list = model_.exprs[aggregate.list];
    ListRef rows;
    rows.may_hold_more = true;
    if (list.op == Op::fact) {
        rows = facts_.facts[list.index].list;
    } else if (list.op == Op::field && scene.rows[list.a] != none) {
        rows = facts_.cell(model_, scene.records[list.a], scene.rows[list.a], list.index).list;
    } else if (!model_.records[aggregate.record].group) {
        rows.count = static_cast<Index>(facts_.tables[aggregate.record].origins.size());
    }
    scene.records[scope] = aggregate.record;
    for (Index i = 0; i < rows.count; ++i) {
        scene.rows[scope] = rows.first + i;
        visit();
    }
    if (rows.may_hold_more) {
        scene.rows[scope] = none;
        visit();
    }
    scene.rows[scope] = row_before;
    scene.records[scope] = record_before;
}

namespace {

/// Whether the result only rises where each of the figures only rises, and it stays the same which of them count.
bool follows_items(AggregateKind kind) {
    switch (kind) {
    case AggregateKind::sum:
    case AggregateKind::smallest:
    case AggregateKind::largest:
    case AggregateKind::average:
    case AggregateKind::median:
    case AggregateKind::percentile:
        return true;
    case AggregateKind::count:
    case AggregateKind::count_distinct:
    case AggregateKind::some:
    case AggregateKind::none_of:
    case AggregateKind::each:
    case AggregateKind::listed:
    case AggregateKind::value:
    case AggregateKind::days_covered:
    case AggregateKind::list_of:
    case AggregateKind::largest_of:
    case AggregateKind::smallest_of:
    case AggregateKind::groups:
        break;
    }
    return false;
}

} // namespace

Motion Motions::aggregate(const Aggregate& aggregate, Scene& scene) {
    Motion result;
    const auto add = [&](Index part) {
        if (part != none) {
            result.turns.add(settled(part, scene).turns);
        }
    };
    for (const Index outside : {aggregate.list, aggregate.count, aggregate.within}) {
        add(outside);
    }
    bool one_way = follows_items(aggregate.kind) && aggregate.item != none;
    if (one_way && flags(aggregate.item).timed) {
        DaySet turns;
        Direction direction = Direction::still;
        each_row(aggregate, scene, [&] {
            const Motion item = motion(aggregate.item, scene);
            const auto both = together(direction, item.direction);
            one_way = one_way && both.has_value();
            direction = both.value_or(direction);
            turns.add(item.turns);
        });
        if (one_way) {
            result.direction = direction;
            result.turns.add(turns);
        }
    }
    each_row(aggregate, scene, [&] {
        add(aggregate.where);
        add(aggregate.last_day);
        if (!one_way) {
            add(aggregate.item);
        }
    });
    return result;
}

} // namespace rung
