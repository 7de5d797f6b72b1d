// Levers: counts, sums and other figures of records, and conditions on them.
#include "interpreter/lever_search.hpp"
#include "interpreter/types.hpp"

#include <algorithm>
#include <utility>

namespace rung {

namespace {

/// More records than this are not added: nobody would read such a plan, and each is evaluated.
constexpr std::size_t max_added = 500;
/// Of a longer list, so many records that do not count are looked at.
constexpr std::size_t max_mended = 200;
/// So many ways to make a record count are tried for all of them together.
constexpr std::size_t max_templates = 8;
/// Records that take more than those that are mended, but may be what a reader would rather do.
constexpr std::size_t max_others = 4;

std::size_t count_of(const Number& number) {
    const Checked whole = round(number, 1, Rounding::up);
    const auto count = whole ? whole.value.to_int64() : std::nullopt;
    return !count ? max_added + 1 : *count <= 0 ? 0 : static_cast<std::size_t>(*count);
}

/// The fields of a record, in scope `scope`, of which a condition asks that their day is in a window.
void collect_windowed(const Model& model, Index index, Index scope, std::vector<Index>& fields) {
    if (index == none) {
        return;
    }
    const Expr& expr = model.exprs[index];
    if (expr.op == Op::in_window) {
        const Expr& day = model.exprs[expr.a];
        if (day.op == Op::field && day.a == scope) {
            fields.push_back(day.index);
        }
    }
    if (expr.op == Op::record_measure && expr.a == scope) {
        collect_windowed(model, model.record_measures[expr.index].expr, 0, fields);
        return;
    }
    for (const Index part : {expr.a, expr.b, expr.c}) {
        const bool is_expr = expr.op != Op::field && expr.op != Op::record_measure &&
                             expr.op != Op::look_up && expr.op != Op::group_records &&
                             expr.op != Op::group_key;
        if (is_expr && part != none) {
            collect_windowed(model, part, scope, fields);
        }
    }
    for (Index i = 0; i < expr.operand_count; ++i) {
        collect_windowed(model, model.operands[expr.first_operand + i], scope, fields);
    }
}

/// What a condition compares a field of a scope with, where that is a literal.
void collect_literals(const Model& model, Index index, Index scope, std::vector<Value>& literals) {
    if (index == none) {
        return;
    }
    const Expr& expr = model.exprs[index];
    const auto is_item = [&](Index side) {
        return side != none && model.exprs[side].op == Op::field && model.exprs[side].a == scope;
    };
    const auto take = [&](Index side) {
        if (side != none && model.exprs[side].op == Op::literal) {
            literals.push_back(model.literals[model.exprs[side].index]);
        }
    };
    if (expr.op == Op::all_true || expr.op == Op::any_true) {
        for (Index i = 0; i < expr.operand_count; ++i) {
            collect_literals(model, model.operands[expr.first_operand + i], scope, literals);
        }
    } else if (expr.op == Op::in_members && is_item(expr.a)) {
        for (Index i = 0; i < expr.operand_count; ++i) {
            take(model.operands[expr.first_operand + i]);
        }
    } else if (expr.op == Op::equal || expr.op == Op::greater_equal || expr.op == Op::less_equal) {
        if (is_item(expr.a)) {
            take(expr.b);
        } else if (is_item(expr.b)) {
            take(expr.a);
        }
    }
}

} // namespace

// ---- records ------------------------------------------------------------------------------------

Levers::Search::InRow::InRow(Search& search, const Aggregate& aggregate, Index row)
    : search_(search),
      frames_(search, aggregate.scope, aggregate.record, row),
      past_(search.is_past(aggregate, row)) {
    if (past_) {
        search_.past_.push_back({aggregate.record, row, none});
    }
}
Levers::Search::InRow::~InRow() {
    if (past_) {
        search_.past_.pop_back();
    }
}

/// Whether a record is of a day that has passed: the condition looks for that day in a window.
bool Levers::Search::is_past(const Aggregate& aggregate, Index row) const {
    if (!look_.today || look_.model.records[aggregate.record].group) {
        return false;
    }
    std::vector<Index> fields;
    collect_windowed(look_.model, aggregate.where, aggregate.scope, fields);
    return std::any_of(fields.begin(), fields.end(), [&](Index field) {
        const Value& day = look_.sheet.cell(look_.model, aggregate.record, row, field);
        return day.certain() && !day.dates.never && day.dates.low <= *look_.today;
    });
}

std::vector<Levers::Search::Row> Levers::Search::rows(Index index) const {
    const Aggregate& aggregate = aggregate_at(index);
    std::vector<Row> rows;
    for (const Index child : below(index)) {
        if (step(child).expr != none || step(child).row == none) {
            continue;
        }
        const std::vector<Index> parts = below(child);
        Row row;
        row.step = child;
        row.row = step(child).row;
        row.counts = step(child).value.truth;
        std::size_t next = 0;
        for (const auto& [of, at] :
             {std::pair(aggregate.where, &row.where), std::pair(aggregate.item, &row.item),
              std::pair(aggregate.last_day, &row.last_day)}) {
            if (of != none && next < parts.size()) {
                *at = parts[next++];
            }
        }
        row.is_new =
            !look_.model.records[aggregate.record].group && is_new(aggregate.record, row.row);
        rows.push_back(row);
    }
    return rows;
}

std::vector<Levers::Search::Row> Levers::Search::fresh(const std::vector<Row>& rows) {
    std::vector<Row> fresh;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(fresh),
                 [](const Row& row) { return row.is_new && row.counts == Truth::unknown; });
    return fresh;
}

std::optional<Levers::Search::Base> Levers::Search::base(Index list) const {
    const Expr& expr = expr_at(list);
    switch (expr.op) {
    case Op::fact:
    case Op::field:
    case Op::through: {
        const std::optional<FactCell> slot = slot_of(list);
        return slot ? std::optional(Base{*slot, pointer_of(*slot), value_of(*slot)}) : std::nullopt;
    }
    case Op::measure: {
        const Measure& measure = look_.model.measures[expr.index];
        const Index place = measure.first_value + (measure.paths == none ? 0 : path_);
        return base(look_.recording.measures[place]);
    }
    case Op::aggregate: {
        const AggregateKind kind = aggregate_at(list).kind;
        const bool picks = kind == AggregateKind::list_of || kind == AggregateKind::largest_of ||
                           kind == AggregateKind::smallest_of;
        return picks ? base(list_step(list)) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

Alternatives Levers::Search::counts(Index index, const Row& row) {
    const InRow in(*this, aggregate_at(index), row.row);
    const Alternatives levers = row.where == none ? done() : truth(row.where, true);
    return all(levers, member(list_step(index), row.row));
}

/// That a row is in a list which the rules make.
Alternatives Levers::Search::member(Index list, Index row) {
    bool is = false;
    Alternatives through = handed_on(
        list, [&](Index to) { return member(to, row); }, is);
    if (is) {
        return through;
    }
    if (expr_at(list).op != Op::aggregate) {
        return done();
    }
    for (const Row& inner : rows(list)) {
        if (inner.row == row) {
            return inner.counts == Truth::yes ? done() : counts(list, inner);
        }
    }
    return done();
}

Alternatives Levers::Search::counts_not(Index index, const Row& row) {
    if (row.counts == Truth::no) {
        return done();
    }
    const InRow in(*this, aggregate_at(index), row.row);
    return row.where == none ? not_planned(index) : truth(row.where, false);
}

Alternatives Levers::Search::item(Index index, const Row& row, const ItemGoal& goal) {
    const InRow in(*this, aggregate_at(index), row.row);
    if (row.item == none) {
        return {};
    }
    return goal.dated ? day(row.item, goal.day) : figure(row.item, goal.figure);
}

// ---- new records --------------------------------------------------------------------------------

Alternatives Levers::Search::another(Index index, std::size_t count) {
    const std::optional<Base> list = base(list_step(index));
    cut_ = cut_ || count > max_added;
    if (!list || count > max_added) {
        return not_planned(index);
    }
    if (const auto why = fixed(list->slot)) {
        return obstructed(*why, list->slot, index);
    }
    const Field& field = field_of(list->slot);
    const bool plain = look_.model.records[field.type.index].plain;
    const std::vector<std::string> items =
        plain ? plain_items(index, *list, count) : std::vector<std::string>(count, "{}");
    if (items.size() < count) {
        return not_planned(index);
    }
    PlanChanges changes;
    for (std::size_t i = 0; i < count; ++i) {
        PlanChange change;
        change.kind = PlanChange::Kind::add;
        change.table = list->slot.table;
        change.field = list->slot.field;
        change.made = field.type.index;
        change.within_new = is_new(list->slot);
        change.json = items[i];
        changes.emplace(list->pointer + "/" + std::to_string(list->value.list.count + i), change);
    }
    return {changes};
}

/// Values that the condition asks for and the list does not hold; where it asks for none, words that stand for
/// any.
std::vector<std::string> Levers::Search::plain_items(Index index, const Base& base,
                                                     std::size_t count) const {
    const Aggregate& aggregate = aggregate_at(index);
    const Field& field = look_.model.records[aggregate.record].fields.front();
    std::vector<Value> wanted;
    collect_literals(look_.model, aggregate.where, aggregate.scope, wanted);
    std::vector<std::string> held;
    const ListRef& list = base.value.list;
    for (Index row = list.first; row < list.first + list.count; ++row) {
        held.push_back(
            json_of(look_.model, field, look_.sheet.cell(look_.model, list.table, row, 0)));
    }
    std::vector<std::string> items;
    const auto take = [&](std::string item) {
        if (std::find(held.begin(), held.end(), item) == held.end()) {
            held.push_back(item);
            items.push_back(std::move(item));
        }
    };
    for (std::size_t i = 0; i < wanted.size() && items.size() < count; ++i) {
        take(json_of(look_.model, field, wanted[i]));
    }
    const bool any = wanted.empty() && field.type.kind == TypeKind::text;
    for (std::size_t i = list.count + 1; any && items.size() < count; ++i) {
        take(json_text("another " + std::to_string(i)));
    }
    return items;
}

/// That a list which is not known holds nothing.
Alternatives Levers::Search::emptied(Index index) {
    const std::optional<Base> list = base(list_step(index));
    if (!list || list->value.reason != Reason::missing || fixed(list->slot)) {
        return not_planned(index);
    }
    PlanChange change;
    change.kind = PlanChange::Kind::empty;
    change.table = list->slot.table;
    change.field = list->slot.field;
    change.json = "[]";
    change.within_new = is_new(list->slot);
    PlanChanges changes;
    changes.emplace(list->pointer, change);
    return {changes};
}

/// How many ways to make a record count are tried, of those that there are.
std::size_t Levers::Search::tried(std::size_t templates) {
    cut_ = cut_ || templates > max_templates;
    return std::min(templates, max_templates);
}

Alternatives Levers::Search::settled(const std::vector<Row>& fresh, std::size_t needed,
                                     const std::function<Alternatives(const Row&)>& lever) {
    std::vector<Alternatives> each;
    for (std::size_t i = 0; i < std::min(needed, fresh.size()); ++i) {
        each.push_back(lever(fresh[i]));
        if (each.back().empty()) {
            return {};
        }
    }
    std::vector<const Alternatives*> records;
    for (const Alternatives& levers : each) {
        records.push_back(&levers);
    }
    return records.empty() ? Alternatives() : side_by_side(records);
}

/// One lever of each: the first of all, the second of all, and so on. Of none the one set without changes.
Alternatives Levers::Search::side_by_side(const std::vector<const Alternatives*>& records) {
    std::size_t templates = records.empty() ? 1 : 0;
    for (const Alternatives* levers : records) {
        templates = std::max(templates, levers->size());
    }
    templates = tried(templates);
    Alternatives sets;
    for (std::size_t j = 0; j < templates; ++j) {
        PlanChanges changes;
        for (const Alternatives* levers : records) {
            join(changes, (*levers)[std::min(j, levers->size() - 1)]);
        }
        sets.push_back(std::move(changes));
    }
    return sets;
}

Alternatives Levers::Search::for_rows(Index index, std::size_t needed,
                                      const std::function<Alternatives(const Row&)>& lever) {
    if (needed == 0) {
        return done();
    }
    const std::vector<Row> all_rows = rows(index);
    const std::vector<Row> open = fresh(all_rows);
    if (Alternatives levers = settled(open, needed, lever); !levers.empty()) {
        return levers;
    }
    struct Mending {
        Number effort;
        Alternatives levers;
    };
    std::vector<Mending> mendings;
    for (const Row& row : all_rows) {
        if (row.counts == Truth::yes) {
            continue;
        }
        if (mendings.size() == max_mended) {
            cut_ = true;
            break;
        }
        Alternatives levers = lever(row);
        if (!levers.empty() && !is_done(levers)) {
            levers = by_effort(std::move(levers));
            mendings.push_back({effort_of(look_.model, levers.front()), std::move(levers)});
        }
    }
    std::stable_sort(mendings.begin(), mendings.end(),
                     [](const Mending& a, const Mending& b) { return a.effort < b.effort; });
    Alternatives result;
    for (std::size_t mended = std::min(needed, mendings.size()) + 1; mended-- > 0;) {
        // Where a new record cannot count, which another requirement has added, no further one can.
        const Alternatives added = mended >= needed ? done()
                                   : open.empty()   ? another(index, needed - mended)
                                                    : Alternatives();
        const std::size_t last = std::min(mended + (mended == needed ? max_others : 0),
                                          mendings.size()); // that may stand in for the last one
        for (std::size_t stand_in = mended; stand_in <= last; ++stand_in) {
            std::vector<const Alternatives*> records;
            for (std::size_t i = 0; i < mended; ++i) {
                const std::size_t which = i + 1 < mended ? i : stand_in - 1;
                records.push_back(&mendings[which].levers);
            }
            for (const PlanChanges& changes : side_by_side(records)) {
                result = any(std::move(result), all({changes}, added));
            }
        }
    }
    return result;
}

// ---- conditions on records ----------------------------------------------------------------------

Alternatives Levers::Search::quantified(Index index, bool want) {
    const AggregateKind kind = aggregate_at(index).kind;
    if (kind == AggregateKind::some || kind == AggregateKind::none_of) {
        return (kind == AggregateKind::some) == want ? more(index, 1) : nothing_counts(index);
    }
    if (kind != AggregateKind::each || !want) {
        return not_planned(index);
    }
    if (step(list_step(index)).value.list.may_hold_more) {
        return emptied(index);
    }
    Alternatives levers = done();
    for (const Row& row : rows(index)) {
        const bool holds = row.counts == Truth::no || step(row.item).value.truth == Truth::yes;
        if (!holds) {
            Alternatives satisfied;
            {
                const InRow in(*this, aggregate_at(index), row.row);
                satisfied = truth(row.item, true);
            }
            levers = all(levers, any(std::move(satisfied), counts_not(index, row)));
        }
    }
    return levers;
}

Alternatives Levers::Search::nothing_counts(Index index) {
    if (step(list_step(index)).value.list.may_hold_more) {
        return emptied(index);
    }
    Alternatives levers = done();
    for (const Row& row : rows(index)) {
        levers = all(levers, counts_not(index, row));
    }
    return levers;
}

Alternatives Levers::Search::more(Index index, std::size_t needed) {
    return for_rows(index, needed, [&](const Row& row) { return counts(index, row); });
}

Alternatives Levers::Search::fewer(Index index, std::size_t too_many) {
    if (step(list_step(index)).value.list.may_hold_more) {
        return emptied(index);
    }
    std::vector<Alternatives> each;
    for (const Row& row : rows(index)) {
        Alternatives levers = row.counts == Truth::no ? Alternatives() : counts_not(index, row);
        if (!levers.empty()) {
            each.push_back(std::move(levers));
        }
    }
    return some_of(std::move(each), too_many);
}

// ---- figures of records -------------------------------------------------------------------------

Alternatives Levers::Search::aggregated(Index index, const Bounds& bounds) {
    const Range& now = step(index).value.range;
    switch (aggregate_at(index).kind) {
    case AggregateKind::count: {
        Alternatives levers = done();
        if (bounds.low) {
            const Checked gap = sub(*bounds.low, now.low);
            const std::size_t strict = bounds.above && gap && gap.value.is_whole() ? 1 : 0;
            levers = gap ? more(index, count_of(gap.value) + strict) : Alternatives();
        }
        if (bounds.high && (now.high_open || now.high > *bounds.high ||
                            (bounds.below && now.high == *bounds.high))) {
            const Checked over = sub(now.high, *bounds.high);
            const std::size_t strict = bounds.below && over && over.value.is_whole() ? 1 : 0;
            levers =
                over ? all(levers, fewer(index, count_of(over.value) + strict)) : Alternatives();
        }
        return levers;
    }
    case AggregateKind::sum:
        return summed(index, bounds);
    case AggregateKind::largest:
    case AggregateKind::smallest:
        return extreme(index, {bounds, {}, false}, bounds.low.has_value(), bounds.high.has_value());
    case AggregateKind::average:
        return averaged(index, bounds);
    case AggregateKind::median:
    case AggregateKind::percentile:
        return ranked(index, bounds);
    case AggregateKind::count_distinct:
        return distinct(index, bounds);
    case AggregateKind::days_covered:
        return covered(index, bounds);
    default:
        return not_planned(index);
    }
}

Alternatives Levers::Search::summed(Index index, const Bounds& bounds) {
    const Range& now = step(index).value.range;
    const Value& list = step(list_step(index)).value;
    const bool missing = list.reason == Reason::missing;
    Alternatives levers = done();
    if (bounds.low && !Bounds::from(*bounds.low, bounds.above).hold(now)) {
        const std::optional<Number> least = least_sum(rows(index));
        const Checked gap =
            least ? sub(*bounds.low, *least) : Checked{{}, ArithmeticFault::overflow};
        levers = !gap ? not_planned(index) : summed_up(index, gap.value, bounds.above);
    }
    if (bounds.high && !Bounds::through(*bounds.high, bounds.below).hold(now)) {
        if (now.high_open) {
            return missing && !bounds.low ? emptied(index) : not_planned(index);
        }
        const Checked gap = sub(now.high, *bounds.high);
        levers = gap ? all(levers, summed_down(index, gap.value, bounds.below)) : Alternatives();
    }
    return levers;
}

/// Whether it is open what a row adds: a new one's figure may be whatever is asked for, that of another one is not
/// known.
bool Levers::Search::is_open(const Row& row) const {
    const Value& item = step(row.item).value;
    return item.range.low_open || (row.is_new && (row.counts == Truth::unknown || !item.certain()));
}

std::vector<Levers::Search::Row> Levers::Search::unsettled(const std::vector<Row>& rows) const {
    std::vector<Row> open;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(open),
                 [&](const Row& row) { return row.counts != Truth::no && is_open(row); });
    return open;
}

/// What all other records come to at least. Nothing where that is no figure.
std::optional<Number> Levers::Search::least_sum(const std::vector<Row>& rows) const {
    Checked sum{Number()};
    for (const Row& row : rows) {
        const Range& item = step(row.item).value.range;
        const bool may_be_none = row.counts == Truth::unknown && item.low.sign() >= 0;
        if (row.counts != Truth::no && !is_open(row) && !may_be_none && sum) {
            sum = add(sum.value, item.low);
        }
    }
    return sum ? std::optional(sum.value) : std::nullopt;
}

/// The most that the figure of one record can be, where the rules bound the field that it is.
std::optional<Number> Levers::Search::most_of_one(Index index) const {
    const Aggregate& aggregate = aggregate_at(index);
    const Expr& item = look_.model.exprs[aggregate.item];
    if (item.op != Op::field || item.a != aggregate.scope) {
        return std::nullopt;
    }
    return look_.model.records[aggregate.record].fields[item.index].at_most;
}

/// As much of what a sum lacks as the figure of one record can be: others do the rest.
Alternatives Levers::Search::toward(Index index, const Row& row, const Bounds& bounds) {
    const bool before = std::exchange(in_sum_, true);
    Alternatives levers = item(index, row, {bounds, {}, false});
    in_sum_ = before;
    return levers;
}

Alternatives Levers::Search::summed_up(Index index, const Number& gap, bool strict) {
    const std::vector<Row> all_rows = rows(index);
    const std::optional<Number> most = most_of_one(index);
    const Checked parts = most && most->sign() > 0 ? div(gap, *most) : Checked{Number(1)};
    const std::size_t records = parts ? std::max<std::size_t>(count_of(parts.value), 1) : 1;
    const std::vector<Row> open = unsettled(all_rows);
    if (!open.empty()) {
        const Checked each = div(gap, Number(static_cast<std::int64_t>(open.size())));
        const Number least = each ? std::max(each.value, Number()) : gap;
        Alternatives levers = settled(open, open.size(), [&](const Row& row) {
            Alternatives counting =
                all(counts(index, row), toward(index, row, Bounds::from(least, strict)));
            return row.is_new ? counting : any(std::move(counting), counts_not(index, row));
        });
        if (!levers.empty()) {
            return levers;
        }
    }
    Alternatives levers;
    std::size_t looked_at = 0;
    for (const Row& row : all_rows) {
        if (++looked_at > max_mended) {
            cut_ = true;
            break;
        }
        const Range& now = step(row.item).value.range;
        if (row.counts == Truth::yes) {
            const Checked goal = now.low_open ? Checked{gap} : add(now.low, gap);
            levers =
                goal ? any(std::move(levers), toward(index, row, Bounds::from(goal.value, strict)))
                     : levers;
            continue;
        }
        const Alternatives counting = counts(index, row);
        const bool enough = Bounds::from(gap, strict).hold(now);
        levers = any(std::move(levers),
                     enough || (!now.low_open && now.low.sign() > 0) ? counting : Alternatives());
        if (!enough && !counting.empty()) {
            levers = any(std::move(levers),
                         all(counting, toward(index, row, Bounds::from(gap, strict))));
        }
    }
    return open.empty() ? any(std::move(levers), another(index, records)) : levers;
}

Alternatives Levers::Search::summed_down(Index index, const Number& gap, bool strict) {
    Alternatives levers;
    for (const Row& row : rows(index)) {
        const Range& now = step(row.item).value.range;
        if (row.counts == Truth::no || now.high_open) {
            continue;
        }
        const Checked goal = sub(now.high, gap);
        if (goal) {
            levers =
                any(std::move(levers), toward(index, row, Bounds::through(goal.value, strict)));
        }
        if (now.high.sign() > 0) {
            levers = any(std::move(levers), counts_not(index, row));
        }
    }
    return levers;
}

/// `upward`: the figure must not be below the goal; `downward`: not above it.
Alternatives Levers::Search::extreme(Index index, const ItemGoal& goal, bool upward,
                                     bool downward) {
    const bool largest = aggregate_at(index).kind == AggregateKind::largest;
    const bool by_one = largest ? upward : downward;
    const bool by_all = largest ? downward : upward;
    const bool empty = step(index).value.undetermined != Truth::no;
    Alternatives levers = done();
    const auto holds = [&](const Row& row) {
        const Value& value = step(row.item).value;
        return goal.dated ? goal.day.hold(value.dates) : goal.figure.hold(value.range);
    };
    if (by_all) {
        for (const Row& row : rows(index)) {
            if (row.counts != Truth::no && !holds(row)) {
                levers = all(levers, any(item(index, row, goal), counts_not(index, row)));
            }
        }
    }
    if (!by_one && !empty) {
        return levers;
    }
    const std::vector<Row> all_rows = rows(index);
    const auto lift = [&](const Row& row) {
        return all(counts(index, row), item(index, row, goal));
    };
    const std::vector<Row> open = fresh(all_rows);
    if (const Alternatives one = settled(open, 1, lift); !one.empty()) {
        return all(levers, one);
    }
    Alternatives one = open.empty() ? another(index, 1) : Alternatives();
    for (const Row& row : all_rows) {
        one = any(std::move(one), lift(row));
    }
    return all(levers, one);
}

/// One record makes up for all others: n figures that sum to S want another one of L * (n + 1) - S.
Alternatives Levers::Search::averaged(Index index, const Bounds& bounds) {
    const std::vector<Row> all_rows = rows(index);
    const std::vector<Row> open = fresh(all_rows);
    Number sum;
    std::int64_t count = 0;
    for (const Row& row : all_rows) {
        const Value& value = step(row.item).value;
        if (row.counts == Truth::yes && value.certain()) {
            const Checked more = add(sum, value.range.low);
            sum = more ? more.value : sum;
            ++count;
        }
    }
    const auto wanted = [&](const std::optional<Number>& end, std::int64_t records,
                            const Number& others) {
        const Checked whole =
            end ? mul(*end, Number(records)) : Checked{{}, ArithmeticFault::overflow};
        const Checked one = whole ? sub(whole.value, others) : whole;
        return one ? std::optional(one.value) : std::nullopt;
    };
    const auto goal = [&](std::int64_t records, const Number& others) {
        return ItemGoal{{wanted(bounds.low, records, others), wanted(bounds.high, records, others),
                         bounds.above, bounds.below},
                        {},
                        false};
    };
    if (!open.empty()) {
        return settled(open, 1, [&](const Row& row) {
            return all(counts(index, row), item(index, row, goal(count + 1, sum)));
        });
    }
    Alternatives levers = another(index, 1);
    for (const Row& row : all_rows) {
        const Value& value = step(row.item).value;
        const Checked others =
            value.certain() ? sub(sum, value.range.low) : Checked{{}, ArithmeticFault::overflow};
        if (row.counts == Truth::yes && others) {
            levers = any(std::move(levers), item(index, row, goal(count, others.value)));
        }
    }
    return levers;
}

/// Enough figures on the right side of the bound that the one in the middle, or at the rank, is too. For an
/// even number the median may be content with less.
Alternatives Levers::Search::ranked(Index index, const Bounds& bounds) {
    if (bounds.low && bounds.high) {
        return not_planned(index);
    }
    const Aggregate& aggregate = aggregate_at(index);
    const std::vector<Row> all_rows = rows(index);
    const ItemGoal goal{bounds, {}, false};
    std::int64_t right = 0;
    std::int64_t wrong = 0;
    for (const Row& row : all_rows) {
        const bool holds = bounds.hold(step(row.item).value.range);
        right += row.counts == Truth::yes && holds ? 1 : 0;
        wrong += row.counts == Truth::yes && !holds ? 1 : 0;
    }
    const auto enough = [&](std::int64_t good, std::int64_t bad) {
        const std::int64_t count = good + bad;
        if (aggregate.kind == AggregateKind::median) {
            return good > bad;
        }
        const std::int64_t rank =
            (aggregate.percent * count + 99) / 100; // the smallest is the first
        return bounds.low ? bad < rank : good >= rank;
    };
    const bool before = std::exchange(least_, false);
    Alternatives levers;
    if (const std::vector<Row> open = fresh(all_rows); !open.empty()) {
        levers = settled(open, open.size(), [&](const Row& row) {
            return all(counts(index, row), item(index, row, goal));
        });
    } else {
        std::int64_t added = 0;
        while (!enough(right + added, wrong) && added <= static_cast<std::int64_t>(max_added)) {
            ++added;
        }
        std::int64_t moved = 0;
        while (moved < wrong && !enough(right + moved, wrong - moved)) {
            ++moved;
        }
        levers = added > 0 ? another(index, static_cast<std::size_t>(added)) : Alternatives();
        std::vector<Alternatives> each;
        for (const Row& row : all_rows) {
            if (row.counts == Truth::yes && !bounds.hold(step(row.item).value.range)) {
                each.push_back(item(index, row, goal));
            }
        }
        if (moved > 0) {
            levers =
                any(std::move(levers), some_of(std::move(each), static_cast<std::size_t>(moved)));
        }
        for (const Row& row : all_rows) {
            if (row.counts == Truth::unknown) {
                levers = any(std::move(levers), counts(index, row));
            }
        }
    }
    least_ = before;
    return levers;
}

Alternatives Levers::Search::distinct(Index index, const Bounds& bounds) {
    if (!bounds.low) {
        return not_planned(index);
    }
    const Range& now = step(index).value.range;
    const Checked gap = sub(*bounds.low, now.low);
    const std::vector<Row> all_rows = rows(index);
    if (!gap) {
        return {};
    }
    const std::size_t needed =
        std::max<std::size_t>(count_of(gap.value) + (bounds.above ? 1U : 0U), 1);
    const std::vector<Row> open = fresh(all_rows);
    std::vector<Row> unsettled;
    std::copy_if(
        all_rows.begin(), all_rows.end(), std::back_inserter(unsettled), [&](const Row& row) {
            return row.is_new && row.counts == Truth::yes && !step(row.item).value.certain();
        });
    if (!open.empty() || !unsettled.empty()) {
        // One at a time: the next one has to differ from it.
        return settled(open.empty() ? unsettled : open, 1, [&](const Row& row) {
            return all(counts(index, row), unlike(index, all_rows, row));
        });
    }
    return for_rows(index, needed, [&](const Row& row) { return counts(index, row); });
}

/// A value that no other record has which counts.
Alternatives Levers::Search::unlike(Index index, const std::vector<Row>& rows, const Row& row) {
    const InRow in(*this, aggregate_at(index), row.row);
    const Type type = expr_at(row.item).type;
    std::uint64_t members = 0;
    std::vector<std::string> texts;
    std::optional<Number> most;
    for (const Row& other : rows) {
        const Value& value = step(other.item).value;
        if (other.counts != Truth::yes || other.row == row.row || !value.certain()) {
            continue;
        }
        if (value.form == Value::Form::mask) {
            members |= value.mask.maybe;
        } else if (value.form == Value::Form::text) {
            texts.emplace_back(value.text.text);
        } else if (value.form == Value::Form::range) {
            most = most ? std::max(*most, value.range.low) : value.range.low;
        }
    }
    if (type.kind == TypeKind::choice) {
        return choice(row.item, look_.model.choice_sets[type.index].all() & ~members);
    }
    if (is_figure(type.kind)) {
        return figure(row.item, most ? Bounds::from(*most, true) : Bounds::from(1));
    }
    if (type.kind != TypeKind::text) {
        return not_planned(row.item);
    }
    std::string name;
    std::size_t number = 1;
    do {
        name = "another " + std::to_string(number++);
    } while (std::find(texts.begin(), texts.end(), name) != texts.end());
    return text(row.item, name, true);
}

/// One record that covers as many days as are missing, from the first that is left.
Alternatives Levers::Search::covered(Index index, const Bounds& bounds) {
    const std::vector<Row> all_rows = rows(index);
    const std::vector<Row> open = fresh(all_rows);
    if (open.empty()) {
        return bounds.low ? another(index, 1) : not_planned(index);
    }
    Value within;
    for (const Index child : below(index)) {
        if (step(child).expr == aggregate_at(index).within) {
            within = step(child).value;
        }
    }
    const auto days = bounds.low ? bounds.low->to_int64() : std::nullopt;
    if (!days || within.form != Value::Form::window || !within.certain()) {
        return not_planned(index);
    }
    const Date last = within.window.through.low;
    const std::int64_t missing = *days + (bounds.above ? 1 : 0);
    const Number& have = step(index).value.range.low;
    const std::int64_t gap = missing - have.to_int64().value_or(0);
    const Date first = Date::from_days_saturated(std::int64_t{last.days_since_1970()} - gap + 1);
    const bool until = aggregate_at(index).until;
    const Date end =
        until ? Date::from_days_saturated(std::int64_t{last.days_since_1970()} + 1) : last;
    return settled(open, 1, [&](const Row& row) {
        const Alternatives counting = counts(index, row);
        const InRow in(*this, aggregate_at(index), row.row);
        return all(counting, all(day(row.item, {first, first}), day(row.last_day, {end, end})));
    });
}

} // namespace rung
