// Levers: what may be changed, and to what.
#include "interpreter/lever_search.hpp"
#include "interpreter/references.hpp"
#include "interpreter/types.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace rung {

namespace {

/// A figure that is given goes in steps of this, where "more than" has to be more.
Number unit_of(TypeKind kind) {
    switch (kind) {
    case TypeKind::money:
    case TypeKind::decimal:
        return Number::from_ratio(1, 100).value;
    case TypeKind::percent:
        return Number::from_ratio(1, 10'000).value;
    default:
        return 1;
    }
}

/// So many units fewer than a figure of a sum would take are tried.
constexpr std::int64_t max_fewer = 12;

bool is_whole(TypeKind kind) {
    return kind == TypeKind::whole || kind == TypeKind::days || kind == TypeKind::months;
}

/// The figure nearest to an end that facts can give.
std::optional<Number> figure_at(const Number& end, bool strict, bool up, TypeKind kind) {
    const Number unit = unit_of(kind);
    Number figure = end;
    if ((is_whole(kind) && !end.is_whole()) || !end.is_decimal()) {
        const bool away = up == (end.sign() >= 0);
        const Checked full = round(end, unit, away ? Rounding::up : Rounding::down);
        return full ? std::optional(full.value) : std::nullopt;
    }
    if (strict) {
        const Checked next = up ? add(end, unit) : sub(end, unit);
        return next ? std::optional(next.value) : std::nullopt;
    }
    return figure;
}

Number distance(const Number& a, const Number& b) {
    const Checked between = a < b ? sub(b, a) : sub(a, b);
    return between ? between.value : std::max(a, b);
}

} // namespace

// ---- slots --------------------------------------------------------------------------------------

Levers::Search::Frames::Frames(Search& search, Index scope, Index table, Index row)
    : search_(search), scope_(scope), before_(search.frames_[scope]) {
    search_.frames_[scope_] = {table, row, none};
}
Levers::Search::Frames::~Frames() { search_.frames_[scope_] = before_; }

std::optional<FactCell> Levers::Search::slot_of(Index index) const {
    const Expr& expr = expr_at(index);
    if (expr.op == Op::fact) {
        return FactCell{none, none, expr.index};
    }
    if (expr.op == Op::field) {
        const FactCell& record = frames_[expr.a];
        if (record.row == none || look_.model.records[record.table].group) {
            return std::nullopt;
        }
        return FactCell{record.table, record.row, expr.index};
    }
    const Value& item = step(below(index).front()).value;
    if (item.form != Value::Form::item || !item.item.known || item.item.row == none) {
        return std::nullopt;
    }
    const Type type = expr_at(below(index).front()).type;
    return FactCell{look_.model.references[type.index].record, item.item.row, expr.index};
}

const Field& Levers::Search::field_of(const FactCell& slot) const {
    return (slot.table == none ? look_.model.facts
                               : look_.model.records[slot.table].fields)[slot.field];
}

const Value& Levers::Search::value_of(const FactCell& slot) const {
    return slot.table == none ? look_.sheet.facts[slot.field]
                              : look_.sheet.cell(look_.model, slot.table, slot.row, slot.field);
}

std::string Levers::Search::pointer_of(const FactCell& slot) const {
    return slot.table == none
               ? look_.model.facts[slot.field].pointer
               : look_.sheet.pointer_of_cell(look_.model, slot.table, slot.row, slot.field);
}

bool Levers::Search::is_new(Index table, Index row) const {
    for (;;) {
        const auto at = look_.made.find(look_.sheet.pointer_of_row(look_.model, table, row));
        if (at != look_.made.end() && at->second.kind == PlanChange::Kind::add) {
            return true;
        }
        const RowOrigin& origin = look_.sheet.tables[table].origins[row];
        if (origin.table == none) {
            return false;
        }
        table = origin.table;
        row = origin.row;
    }
}

/// Why a slot stays as it is; nothing where a plan may change it.
std::optional<Obstacle::Why> Levers::Search::fixed(const FactCell& slot) const {
    const Field& field = field_of(slot);
    if (is_new(slot) || look_.made.count(pointer_of(slot)) != 0) {
        return std::nullopt;
    }
    if (field.key) {
        return Obstacle::Why::cannot_change;
    }
    if (!value_of(slot).certain()) {
        return std::nullopt; // it can be found out, whoever could change it
    }
    if (field.changed_by == ChangedBy::nobody) {
        return Obstacle::Why::cannot_change;
    }
    const bool past = std::any_of(past_.begin(), past_.end(), [&](const FactCell& record) {
        return record.table == slot.table && record.row == slot.row;
    });
    return past ? std::optional(Obstacle::Why::past) : std::nullopt;
}

Alternatives Levers::Search::obstructed(Obstacle::Why why, const FactCell& slot, Index index) {
    Obstacle obstacle;
    obstacle.why = why;
    obstacle.slot = slot;
    obstacle.expr = step(index).expr;
    if (slot.field != none) {
        obstacle.pointer = pointer_of(slot);
    }
    for (const FactCell& frame : frames_) {
        obstacle.records.push_back(frame.table);
    }
    obstacle.requirement = requirement_;
    obstacle.tier = tier_;
    obstacles_.push_back(std::move(obstacle));
    return {};
}

/// A figure of the rules, or the day, is no obstacle: nobody would think of changing it.
Alternatives Levers::Search::not_planned(Index index) {
    const Op op = expr_at(index).op;
    if (op == Op::literal || op == Op::hole || op == Op::review_date || op == Op::review_period ||
        op == Op::window || op == Op::path) {
        return {};
    }
    return obstructed(Obstacle::Why::not_planned, {}, index);
}

// ---- changes ------------------------------------------------------------------------------------

Alternatives Levers::Search::put(const FactCell& slot, const Value& value, PlanChange change) {
    const Field& field = field_of(slot);
    const Value& before = value_of(slot);
    change.table = slot.table;
    change.field = slot.field;
    change.within_new = is_new(slot);
    if (change.json.empty()) {
        change.json = json_of(look_.model, field, value);
    }
    if (!before.certain() && !change.within_new && change.kind != PlanChange::Kind::include) {
        change.kind = PlanChange::Kind::confirm;
    }
    PlanChanges changes;
    changes.emplace(pointer_of(slot), std::move(change));
    return {changes};
}

Alternatives Levers::Search::other_item(Index index,
                                        const std::function<bool(const Value&)>& fits) {
    if (expr_at(index).op != Op::through) {
        return {};
    }
    const Index item_step = below(index).front();
    const Op op = expr_at(item_step).op;
    const std::optional<FactCell> item =
        op == Op::fact || op == Op::field ? slot_of(item_step) : std::nullopt;
    if (!item || fixed(*item)) {
        return {};
    }
    const Reference& to = look_.model.references[expr_at(item_step).type.index];
    const ListRef& list = look_.sheet.facts[to.fact].list;
    Alternatives levers;
    for (Index row = list.first; row < list.first + list.count; ++row) {
        const Value& cell = look_.sheet.cell(look_.model, to.record, row, expr_at(index).index);
        const Value& key = look_.sheet.cell(look_.model, to.record, row, to.key);
        if (!cell.certain() || !fits(cell) || !key.certain()) {
            continue;
        }
        // A reference is written as the key of its record is.
        const Type type = look_.model.records[to.record].fields[to.key].type;
        const std::string text = key_text(look_.model, key, type);
        const Value value = Value::of(ItemRef{text, row, true, false});
        PlanChange change;
        change.json = json_of(look_.model, look_.model.records[to.record].fields[to.key], key);
        levers = any(std::move(levers), put(*item, value, std::move(change)));
        if (is_new(*item) && !levers.empty()) {
            break; // which one is for who adds the record to say
        }
    }
    return levers;
}

Alternatives Levers::Search::put_truth(Index index, bool want) {
    const std::optional<FactCell> slot = slot_of(index);
    if (!slot) {
        Alternatives other =
            other_item(index, [&](const Value& value) { return value.truth == truth_of(want); });
        return other.empty() ? not_planned(index) : other;
    }
    if (const auto why = fixed(*slot)) {
        return obstructed(*why, *slot, index);
    }
    return put(*slot, Value::of(truth_of(want)), {});
}

Alternatives Levers::Search::put_figure(Index index, const Bounds& bounds) {
    Alternatives other =
        other_item(index, [&](const Value& value) { return bounds.hold(value.range); });
    const std::optional<FactCell> slot = slot_of(index);
    if (!slot) {
        return other.empty() ? not_planned(index) : other;
    }
    if (const auto why = fixed(*slot)) {
        obstructed(*why, *slot, index);
        return other;
    }
    const Field& field = field_of(*slot);
    const Range& before = value_of(*slot).range;
    const bool raise = bounds.low && (before.low_open || before.low < *bounds.low ||
                                      (bounds.above && before.low == *bounds.low));
    const std::optional<Number>& end = raise ? bounds.low : bounds.high;
    std::optional<Number> figure =
        end ? figure_at(*end, raise ? bounds.above : bounds.below, raise, field.type.kind)
            : std::nullopt;
    const bool fits = figure && bounds.hold({*figure, *figure}) &&
                      (!field.at_least || *figure >= *field.at_least) &&
                      (!field.at_most || *figure <= *field.at_most);
    if (!fits) {
        const std::optional<Number>& farthest = raise ? field.at_most : field.at_least;
        const bool there = before.certain() && farthest && before.low == *farthest;
        if (!in_sum_ || !farthest || there) {
            obstructed(Obstacle::Why::bounds, *slot, index);
            return other;
        }
        figure = farthest;
    }
    Alternatives levers = any(put_figure(*slot, *figure), std::move(other));
    return in_sum_ && figure != end ? any(std::move(levers), short_of(*slot, *figure)) : levers;
}

Alternatives Levers::Search::put_figure(const FactCell& slot, const Number& figure) {
    const Range& before = value_of(slot).range;
    PlanChange change;
    change.kind = PlanChange::Kind::figure;
    change.by = distance(before.certain() ? before.low : Number(), figure);
    change.least = least_;
    return put(slot, Value::of(figure), std::move(change));
}

/// A whole figure of a sum of which every unit takes effort, where it cannot come out even with what is asked: a
/// few units fewer, and the rest by another term, may take less.
Alternatives Levers::Search::short_of(const FactCell& slot, const Number& figure) {
    const Field& field = field_of(slot);
    const Value& before = value_of(slot);
    Alternatives levers;
    if (!before.certain() || !is_whole(field.type.kind) || !field.effort || !field.effort->per) {
        return levers;
    }
    const std::int64_t to = figure.to_int64().value_or(0);
    const std::int64_t from = before.range.low.to_int64().value_or(to);
    const std::int64_t units = std::abs(to - from) - 1;
    cut_ = cut_ || units > max_fewer;
    for (std::int64_t fewer = 1; fewer <= std::min(units, max_fewer); ++fewer) {
        levers =
            any(std::move(levers), put_figure(slot, Number(to + (to > from ? -fewer : fewer))));
    }
    return levers;
}

/// A day from today on, within the bounds. A day that has passed stays, but for one that need only be later: an end
/// that is put off. What is not known may turn out to be any day.
Alternatives Levers::Search::put_day(Index index, const DayBounds& bounds) {
    Alternatives other =
        other_item(index, [&](const Value& value) { return bounds.hold(value.dates); });
    const std::optional<FactCell> slot = slot_of(index);
    if (!slot) {
        return other.empty() ? not_planned(index) : other;
    }
    if (const auto why = fixed(*slot)) {
        obstructed(*why, *slot, index);
        return other;
    }
    const Value& before = value_of(*slot);
    const bool anew = is_new(*slot);
    const bool known = before.certain() && look_.made.count(pointer_of(*slot)) == 0;
    const bool month = field_of(*slot).type.kind == TypeKind::month;
    DayBounds left = bounds;
    if (look_.today && (known || anew)) {
        const Date first = month ? first_of_month(*look_.today) : *look_.today;
        const bool passed = known && !anew && slot->table != none && !before.dates.never &&
                            before.dates.low <= *look_.today;
        if (passed && bounds.high != Date::max()) {
            obstructed(Obstacle::Why::past, *slot, index);
            return other;
        }
        left.low = std::max(left.low, first);
    }
    const auto planned = look_.made.find(pointer_of(*slot));
    if (planned != look_.made.end() && planned->second.kind == PlanChange::Kind::day) {
        const DateRange& days = planned->second.days;
        const DayBounds both{std::max(left.low, days.low), std::min(left.high, days.high)};
        left = both.low <= both.high ? both : left;
    }
    if (left.low > left.high) {
        obstructed(Obstacle::Why::closed, *slot, index);
        obstacles_.back().days = {bounds.low, bounds.high};
        return other;
    }
    PlanChange change;
    change.kind = PlanChange::Kind::day;
    change.days = {left.low, left.high};
    Date pick = left.high != Date::max() ? left.high : left.low;
    if (!known && !anew && look_.today && left.low <= *look_.today) {
        pick = std::min(left.high, *look_.today);
    }
    if (pick == Date::min()) {
        return other; // nothing says which day
    }
    pick = month ? first_of_month(pick) : pick;
    return any(put(*slot, Value::of(pick), std::move(change)), std::move(other));
}

Alternatives Levers::Search::put_choice(Index index, std::uint64_t allowed) {
    const auto fits = [&](const Value& value) { return (value.mask.maybe & ~allowed) == 0; };
    Alternatives levers = other_item(index, fits);
    const std::optional<FactCell> slot = slot_of(index);
    if (!slot) {
        return levers.empty() ? not_planned(index) : levers;
    }
    if (const auto why = fixed(*slot)) {
        obstructed(*why, *slot, index);
        return levers;
    }
    const Type type = field_of(*slot).type;
    const std::uint64_t listed =
        (std::uint64_t{1} << look_.model.choice_sets[type.index].choices.size()) - 1;
    const std::uint64_t members = allowed & value_of(*slot).mask.maybe & listed;
    for (std::uint64_t mask = members != 0 ? members : allowed & listed; mask != 0;
         mask &= mask - 1) {
        const std::uint64_t bit = mask & (~mask + 1);
        levers = any(std::move(levers), put(*slot, Value::of(Mask{bit, bit}), {}));
        if (is_new(*slot)) {
            break; // any of them will do, and another condition may ask for another one
        }
    }
    return levers;
}

Alternatives Levers::Search::include(Index index, Op op, std::uint64_t asked, bool want) {
    bool is = false;
    Alternatives through = handed_on(
        index, [&](Index to) { return include(to, op, asked, want); }, is);
    if (is) {
        return through;
    }
    const Op here = expr_at(index).op;
    const std::optional<FactCell> slot =
        here == Op::fact || here == Op::field || here == Op::through ? slot_of(index)
                                                                     : std::nullopt;
    if (!slot) {
        return not_planned(index);
    }
    if (const auto why = fixed(*slot)) {
        return obstructed(*why, *slot, index);
    }
    const Field& field = field_of(*slot);
    const Mask now = value_of(*slot).mask;
    const ChoiceSet& set = look_.model.choice_sets[field.type.index];
    const std::uint64_t listed = (std::uint64_t{1} << set.choices.size()) - 1;
    const auto with = [&](std::uint64_t added) {
        const std::uint64_t mask = now.surely | added;
        PlanChange change;
        change.kind = PlanChange::Kind::include;
        const bool anew = !value_of(*slot).certain() && look_.made.count(pointer_of(*slot)) == 0;
        if (anew && value_of(*slot).reason != Reason::incomplete) {
            change.kind = PlanChange::Kind::set;
        } else {
            for (std::uint64_t rest = added; rest != 0; rest &= rest - 1) {
                change.items.push_back(
                    json_text(set.choices[static_cast<std::size_t>(std::countr_zero(rest))].json));
            }
        }
        return put(*slot, Value::of(Mask{mask, mask}), std::move(change));
    };
    const auto without = [&](std::uint64_t removed) {
        const std::uint64_t mask = now.surely & ~removed;
        if ((mask & ~listed) != 0) {
            return not_planned(index); // what is "other" is known to the text alone
        }
        return put(*slot, Value::of(Mask{mask, mask}), {});
    };
    Alternatives levers;
    if (want && op == Op::include_all) {
        const std::uint64_t missing = asked & ~now.surely;
        return (missing & ~listed) != 0 ? not_planned(index) : with(missing);
    }
    if (!want && op == Op::include_any) {
        return without(asked);
    }
    for (std::uint64_t mask = asked & listed; mask != 0; mask &= mask - 1) {
        const std::uint64_t bit = mask & (~mask + 1);
        levers = any(std::move(levers), want ? with(bit) : without(bit));
        if (want && is_new(*slot)) {
            break;
        }
    }
    return levers;
}

Alternatives Levers::Search::put_text(Index index, std::string_view wanted, bool equal) {
    const auto fits = [&](const Value& value) { return (value.text.text == wanted) == equal; };
    Alternatives other = other_item(index, fits);
    const std::optional<FactCell> slot = slot_of(index);
    if (!slot) {
        return other.empty() ? not_planned(index) : other;
    }
    if (const auto why = fixed(*slot)) {
        obstructed(*why, *slot, index);
        return other;
    }
    const std::string text = equal ? std::string(wanted) : "another " + field_of(*slot).label;
    return any(put(*slot, Value::of(KnownText{text, true}), {}), std::move(other));
}

} // namespace rung
