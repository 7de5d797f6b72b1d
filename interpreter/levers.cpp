#include "interpreter/lever_search.hpp"
#include "interpreter/ranges.hpp"
#include "interpreter/types.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace rung {

namespace {

/// More alternatives than this are not looked at: the rest asks for more effort.
constexpr std::size_t max_alternatives = 24;
constexpr std::size_t max_pairs = 4 * max_alternatives;

Op opposite(Op op) {
    switch (op) {
    case Op::equal:
        return Op::not_equal;
    case Op::not_equal:
        return Op::equal;
    case Op::less:
        return Op::greater_equal;
    case Op::less_equal:
        return Op::greater;
    case Op::greater:
        return Op::less_equal;
    default:
        return Op::less;
    }
}

/// The end of a range, and where there is none, its other one: a new record of which nothing is known yet may count for
/// both sides of a sum, and what it is to be for one of them settles the other.
std::optional<Number> end_of(const Range& range, bool high) {
    if (range.low_open && range.high_open) {
        return std::nullopt;
    }
    const bool open = high ? range.high_open : range.low_open;
    return high != open ? range.high : range.low;
}

using Calculate = Checked (*)(const Number&, const Number&);

/// What one side of a sum must be, so that with all that the other one may be it comes out right; nothing where no figure
/// does. `low` meets the bound below, `high` that above.
std::optional<Bounds> moved(const Bounds& bounds, const std::optional<Number>& low,
                            const std::optional<Number>& high, Calculate calculate) {
    Bounds to = bounds;
    for (const auto& [bound, other, end] :
         {std::tuple(&bounds.low, &low, &to.low), std::tuple(&bounds.high, &high, &to.high)}) {
        if (*bound) {
            const Checked result =
                *other ? calculate(**bound, **other) : Checked{{}, ArithmeticFault::overflow};
            if (!result) {
                return std::nullopt;
            }
            *end = result.value;
        }
    }
    return to;
}

std::optional<Bounds> addend(const Bounds& bounds, const Range& other) {
    return moved(bounds, end_of(other, false), end_of(other, true), sub);
}
std::optional<Bounds> minuend(const Bounds& bounds, const Range& other) {
    return moved(bounds, end_of(other, true), end_of(other, false), add);
}
std::optional<Bounds> subtrahend(const Bounds& bounds, const Range& from) {
    const auto turned = [](const Number& bound, const Number& other) { return sub(other, bound); };
    const std::optional<Bounds> to = moved(bounds, end_of(from, false), end_of(from, true), turned);
    return to ? std::optional(Bounds{to->high, to->low, to->below, to->above}) : std::nullopt;
}

bool asks(const Bounds& bounds) { return bounds.low || bounds.high; }

Bounds mirrored(const Bounds& bounds) {
    const auto other = [](const std::optional<Number>& end) {
        return end ? std::optional(negate(*end)) : std::nullopt;
    };
    return {other(bounds.high), other(bounds.low), bounds.below, bounds.above};
}

/// The days that `days` (or `months`) later are in the bounds.
DayBounds earlier(const DayBounds& bounds, const Number& count, bool months, bool back) {
    const auto moved = [&](Date day) {
        const auto whole = static_cast<std::int32_t>(count.to_int64().value_or(0));
        const Duration span{months ? whole : 0, months ? 0 : whole};
        const std::optional<Date> at = back ? rung::add(day, span) : rung::sub(day, span);
        return day == Date::min() || day == Date::max() ? day : at.value_or(day);
    };
    return {moved(bounds.low), moved(bounds.high)};
}

Date day_after(Date day, std::int64_t days) {
    return Date::from_days_saturated(std::int64_t{day.days_since_1970()} + days);
}

} // namespace

bool Bounds::hold(const Range& range) const {
    const bool enough = !low || (!range.low_open && (above ? range.low > *low : range.low >= *low));
    const bool not_more =
        !high || (!range.high_open && (below ? range.high < *high : range.high <= *high));
    return enough && not_more;
}

bool DayBounds::hold(const DateRange& range) const {
    const bool early = range.never || range.may_be_never ? high == Date::max() : range.high <= high;
    return early && (range.never || range.low >= low);
}

Levers::Search::Search(const Look& look, Index ladder, Index path, std::vector<Obstacle>& obstacles)
    : look_(look),
      ladder_(ladder),
      path_(path),
      obstacles_(obstacles),
      frames_(look.model.scopes + 1) {}

// ---- sets of changes ----------------------------------------------------------------------------

Alternatives Levers::Search::few(Alternatives levers) {
    if (levers.size() > max_alternatives) {
        cut_ = true;
        levers = by_effort(std::move(levers));
        levers.resize(max_alternatives);
    }
    return levers;
}

/// The least effort first.
Alternatives Levers::Search::by_effort(Alternatives levers) const {
    std::vector<std::pair<Number, std::size_t>> order;
    for (std::size_t i = 0; i < levers.size(); ++i) {
        order.emplace_back(effort_of(look_.model, levers[i]), i);
    }
    std::sort(order.begin(), order.end());
    Alternatives sorted;
    for (const auto& [effort, i] : order) {
        sorted.push_back(std::move(levers[i]));
    }
    return sorted;
}

Alternatives Levers::Search::any(Alternatives a, Alternatives b) {
    if (is_done(a) || is_done(b)) {
        return done();
    }
    a.insert(a.end(), std::make_move_iterator(b.begin()), std::make_move_iterator(b.end()));
    return few(std::move(a));
}

Alternatives Levers::Search::all(const Alternatives& a, const Alternatives& b) {
    Alternatives both;
    for (const auto& [first, second] : pairs(a, b)) {
        PlanChanges changes = a[first];
        join(changes, b[second]);
        put_together_ += changes.size();
        both.push_back(std::move(changes));
    }
    return few(std::move(both));
}

/// Of very many pairs those that take the least by the sum of both: changes that the two share are counted twice, so
/// that several times as many are put together as are followed.
std::vector<std::pair<std::size_t, std::size_t>> Levers::Search::pairs(const Alternatives& a,
                                                                       const Alternatives& b) {
    std::vector<std::pair<std::size_t, std::size_t>> chosen;
    for (std::size_t i = 0; i < a.size() * b.size(); ++i) {
        chosen.emplace_back(i / b.size(), i % b.size());
    }
    if (chosen.size() <= max_pairs) {
        return chosen;
    }
    cut_ = true;
    const auto efforts = [&](const Alternatives& levers) {
        std::vector<Number> of_each;
        for (const PlanChanges& changes : levers) {
            of_each.push_back(effort_of(look_.model, changes));
        }
        return of_each;
    };
    const std::vector<Number> of_a = efforts(a);
    const std::vector<Number> of_b = efforts(b);
    std::vector<std::pair<Number, std::size_t>> order;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        order.emplace_back(plus(of_a[chosen[i].first], of_b[chosen[i].second]), i);
    }
    std::nth_element(order.begin(), order.begin() + max_pairs, order.end());
    order.resize(max_pairs);
    std::sort(order.begin(), order.end(),
              [](const auto& x, const auto& y) { return x.second < y.second; });
    std::vector<std::pair<std::size_t, std::size_t>> least;
    for (const auto& [effort, i] : order) {
        least.push_back(chosen[i]);
    }
    return least;
}

// ---- the recording ------------------------------------------------------------------------------

std::vector<Index> Levers::Search::below(Index parent) const {
    std::vector<Index> children;
    const Index end = parent + step(parent).size;
    for (Index child = parent + 1; child < end; child += step(child).size) {
        children.push_back(child);
    }
    return children;
}

Alternatives Levers::Search::handed_on(Index index, const std::function<Alternatives(Index)>& go,
                                       bool& is) {
    const Expr& expr = expr_at(index);
    const auto place = [&](const Measure& measure) {
        return measure.first_value + (measure.paths == none ? 0 : path_);
    };
    is = true;
    if (expr.op == Op::by_path) {
        return go(below(index).front());
    }
    if (expr.op == Op::measure) {
        return go(look_.recording.measures[place(look_.model.measures[expr.index])]);
    }
    if (expr.op == Op::record_measure) {
        const Measure& measure = look_.model.record_measures[expr.index];
        const FactCell record = frames_[expr.a];
        if (record.row == none) {
            return not_planned(index);
        }
        const Frames frames(*this, 0, measure.record, record.row);
        return go(look_.recording.record_measures[place(measure)][record.row]);
    }
    is = false;
    return {};
}

Alternatives Levers::Search::branches(Index index, const std::function<Alternatives(Index)>& go) {
    const std::vector<Index> parts = below(index);
    if (expr_at(index).op == Op::otherwise) {
        const bool determined = step(parts[0]).value.undetermined == Truth::no;
        Alternatives first = go(parts[0]);
        return determined ? first : any(std::move(first), go(parts[1]));
    }
    return any(all(truth(parts[0], true), go(parts[1])), all(truth(parts[0], false), go(parts[2])));
}

// ---- rows ---------------------------------------------------------------------------------------

Alternatives Levers::Search::requirement(Index row, Index tier) {
    requirement_ = row;
    tier_ = tier;
    return judged(row, tier, false);
}

Alternatives Levers::Search::path_open() {
    const Ladder& ladder = look_.model.ladders[ladder_];
    if (look_.verdicts.paths[ladder.first_path + path_].open == Truth::yes) {
        return done();
    }
    const Paths& paths = look_.model.paths[ladder.paths];
    if (!paths.paths[path_].otherwise) {
        return truth(look_.recording.paths[ladder.first_path + path_], true);
    }
    Alternatives levers = done(); // it is open where no other one is
    for (Index other = 0; other < ladder.path_count; ++other) {
        if (!paths.paths[other].otherwise) {
            const Index when = look_.recording.paths[ladder.first_path + other];
            levers = when == none ? Alternatives() : all(levers, truth(when, false));
        }
    }
    return levers;
}

Alternatives Levers::Search::both_conditions(Index row, Index tier) {
    const RowSteps& steps = look_.recording.rows[look_.verdicts.place(row, tier, path_)];
    Alternatives levers = done();
    for (const Index condition : {steps.when, steps.condition}) {
        levers = condition == none ? levers : all(levers, truth(condition, true));
    }
    return levers;
}

/// A condition that un-asks a row is not made false: a plan says how to meet what is asked. Only where it
/// is not known may it be found to be false.
Alternatives Levers::Search::judged(Index row, Index tier, bool is_way) {
    const RowVerdict& verdict = look_.verdicts.row(row, tier, path_);
    const Requirement& requirement = look_.model.requirements[row];
    if (verdict.verdict == Verdict::met || verdict.verdict == Verdict::waived ||
        (!is_way && verdict.verdict == Verdict::not_asked)) {
        return done();
    }
    if (!requirement.cells[tier].asked) {
        return {};
    }
    const RowSteps& steps = look_.recording.rows[look_.verdicts.place(row, tier, path_)];
    const Index before = std::exchange(requirement_, row);
    Alternatives levers =
        requirement.form == RowForm::ask ? truth(steps.asks, true) : parts(row, tier);
    if (is_way) {
        levers = all(both_conditions(row, tier), levers);
    } else if (verdict.condition == Truth::unknown) {
        for (const Index condition : {steps.when, steps.condition}) {
            if (condition != none && step(condition).value.truth == Truth::unknown) {
                levers = any(std::move(levers), truth(condition, false));
            }
        }
    }
    requirement_ = before;
    return levers;
}

Alternatives Levers::Search::parts(Index head, Index tier) {
    const Requirement& row = look_.model.requirements[head];
    const bool ways = row.form != RowForm::all_of;
    Alternatives together = done();
    std::vector<Alternatives> each;
    std::size_t met = 0;
    for (Index part = head + 1; part < head + row.subtree;
         part += look_.model.requirements[part].subtree) {
        Alternatives levers = judged(part, tier, ways);
        if (!ways) {
            together = all(together, levers);
        } else if (is_done(levers)) {
            ++met;
        } else {
            each.push_back(std::move(levers));
        }
    }
    const std::size_t needed = row.form == RowForm::any_one_of ? 1 : row.needed;
    return !ways ? together : met >= needed ? done() : some_of(std::move(each), needed - met);
}

/// So many of the ways together, in every choice of them.
Alternatives Levers::Search::some_of(std::vector<Alternatives> ways, std::size_t needed) {
    std::vector<Alternatives> chosen(needed + 1); // by how many were chosen so far
    chosen[0] = done();
    for (const Alternatives& way : ways) {
        for (std::size_t count = needed; count > 0; --count) {
            Alternatives more = all(chosen[count - 1], way);
            chosen[count].insert(chosen[count].end(), more.begin(), more.end());
            chosen[count] = few(std::move(chosen[count]));
        }
    }
    return chosen[needed];
}

// ---- conditions ---------------------------------------------------------------------------------

Alternatives Levers::Search::truth(Index index, bool want) {
    const Step& at = step(index);
    if (at.value.truth == truth_of(want)) {
        return done();
    }
    bool is = false;
    Alternatives through = handed_on(
        index, [&](Index to) { return truth(to, want); }, is);
    if (is) {
        return through;
    }
    const Expr& expr = expr_at(index);
    switch (expr.op) {
    case Op::fact:
    case Op::field:
    case Op::through:
        return put_truth(index, want);
    case Op::negation:
        return truth(below(index).front(), !want);
    case Op::all_true:
    case Op::any_true: {
        const bool together = (expr.op == Op::all_true) == want;
        Alternatives levers = together ? done() : Alternatives();
        for (const Index part : below(index)) {
            levers = together ? all(levers, truth(part, want))
                              : any(std::move(levers), truth(part, want));
        }
        return levers;
    }
    case Op::at_least_of: {
        const std::vector<Index> parts = below(index);
        const Value& needed = step(parts[0]).value;
        const std::size_t count = static_cast<std::size_t>(needed.range.low.to_int64().value_or(0));
        std::vector<Alternatives> each;
        std::size_t met = 0;
        for (std::size_t i = 1; i < parts.size(); ++i) {
            Alternatives levers = truth(parts[i], want);
            met += is_done(levers) ? 1U : 0U;
            if (!is_done(levers)) {
                each.push_back(std::move(levers));
            }
        }
        const std::size_t enough = want ? count : parts.size() - count;
        return met >= enough ? done() : some_of(std::move(each), enough - met);
    }
    case Op::conditional:
    case Op::otherwise:
        return branches(index, [&](Index branch) { return truth(branch, want); });
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
        return compare(index, want);
    case Op::in_members:
        return in_members(index, want);
    case Op::in_window:
        return in_window(index, want);
    case Op::include_any:
    case Op::include_all:
        return include(below(index).front(), expr.op, look_.model.literals[expr.index].mask.maybe,
                       want);
    case Op::aggregate:
        return quantified(index, want);
    case Op::look_up:
        return looked_up(index, [&](const Value& value) { return value.truth == truth_of(want); });
    default:
        return not_planned(index);
    }
}

Alternatives Levers::Search::compare(Index index, bool want) {
    const Expr& expr = expr_at(index);
    const Op op = want ? expr.op : opposite(expr.op);
    const bool equal = op == Op::equal;
    const std::vector<Index> sides = below(index);
    const TypeKind kind = look_.model.exprs[expr.a].type.kind;
    if (is_figure(kind)) {
        return compare_figures(op, sides[0], sides[1]);
    }
    if (is_dated(kind)) {
        return compare_days(op, sides[0], sides[1]);
    }
    if (kind == TypeKind::yes_no) {
        const auto to = [&](Index from) { return (step(from).value.truth == Truth::yes) == equal; };
        return any(step(sides[1]).value.certain() ? truth(sides[0], to(sides[1])) : Alternatives(),
                   step(sides[0]).value.certain() ? truth(sides[1], to(sides[0])) : Alternatives());
    }
    if (kind == TypeKind::choice && (equal || op == Op::not_equal)) {
        return compare_choices(equal, sides[0], sides[1]);
    }
    if (kind == TypeKind::text) {
        return compare_texts(equal, sides[0], sides[1]);
    }
    return not_planned(index);
}

Alternatives Levers::Search::compare_figures(Op op, Index a, Index b) {
    const Value& left = step(a).value;
    const Value& right = step(b).value;
    if (op == Op::less || op == Op::less_equal) {
        return compare_figures(op == Op::less ? Op::greater : Op::greater_equal, b, a);
    }
    if (op == Op::greater || op == Op::greater_equal) {
        const bool more = op == Op::greater;
        return any(right.range.high_open ? Alternatives()
                                         : figure(a, Bounds::from(right.range.high, more)),
                   left.range.low_open ? Alternatives()
                                       : figure(b, Bounds::through(left.range.low, more)));
    }
    if (op == Op::not_equal) {
        return any(compare_figures(Op::greater, a, b), compare_figures(Op::greater, b, a));
    }
    const auto exactly = [](const Number& value) { return Bounds{value, value, false, false}; };
    return any(right.certain() ? figure(a, exactly(right.range.low)) : Alternatives(),
               left.certain() ? figure(b, exactly(left.range.low)) : Alternatives());
}

Alternatives Levers::Search::compare_days(Op op, Index a, Index b) {
    if (op == Op::less || op == Op::less_equal) {
        return compare_days(op == Op::less ? Op::greater : Op::greater_equal, b, a);
    }
    const DateRange& left = step(a).value.dates;
    const DateRange& right = step(b).value.dates;
    if (op == Op::greater || op == Op::greater_equal) {
        const std::int64_t more = op == Op::greater ? 1 : 0;
        const bool right_ends = right.high != Date::max() && !right.may_be_never;
        const bool left_begins = left.low != Date::min();
        return any(right_ends ? day(a, {day_after(right.high, more), Date::max()}) : Alternatives(),
                   left_begins ? day(b, {Date::min(), day_after(left.low, -more)})
                               : Alternatives());
    }
    if (op == Op::not_equal) {
        return any(compare_days(Op::greater, a, b), compare_days(Op::greater, b, a));
    }
    return any(right.certain() && !right.never ? day(a, {right.low, right.low}) : Alternatives(),
               left.certain() && !left.never ? day(b, {left.low, left.low}) : Alternatives());
}

Alternatives Levers::Search::compare_choices(bool equal, Index a, Index b) {
    const auto other = [&](Index side, Index from) {
        const Value& value = step(from).value;
        if (!value.certain()) {
            return Alternatives();
        }
        const std::uint64_t all = look_.model.choice_sets[expr_at(side).type.index].all();
        return choice(side, equal ? value.mask.surely : all & ~value.mask.surely);
    };
    return any(other(a, b), other(b, a));
}

Alternatives Levers::Search::compare_texts(bool equal, Index a, Index b) {
    const auto other = [&](Index side, Index from) {
        const Value& value = step(from).value;
        return value.text.known ? text(side, value.text.text, equal) : Alternatives();
    };
    return any(other(a, b), other(b, a));
}

Alternatives Levers::Search::in_members(Index index, bool want) {
    const std::vector<Index> parts = below(index);
    const TypeKind kind = expr_at(parts[0]).type.kind;
    if (kind == TypeKind::choice) {
        std::uint64_t members = 0;
        for (std::size_t i = 1; i < parts.size(); ++i) {
            members |= step(parts[i]).value.mask.surely;
        }
        const std::uint64_t all = look_.model.choice_sets[expr_at(parts[0]).type.index].all();
        return choice(parts[0], want ? members : all & ~members);
    }
    Alternatives levers = want ? Alternatives() : done();
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const Value& member = step(parts[i]).value;
        Alternatives one;
        if (is_figure(kind)) {
            one = compare_figures(want ? Op::equal : Op::not_equal, parts[0], parts[i]);
        } else if (is_dated(kind)) {
            one = compare_days(want ? Op::equal : Op::not_equal, parts[0], parts[i]);
        } else if (kind == TypeKind::text && member.text.known) {
            one = text(parts[0], member.text.text, want);
        } else {
            return not_planned(index);
        }
        levers = want ? any(std::move(levers), std::move(one)) : all(levers, one);
    }
    return levers;
}

Alternatives Levers::Search::in_window(Index index, bool want) {
    const std::vector<Index> parts = below(index);
    const WindowRange& window = step(parts[1]).value.window;
    if (!window.certain() || step(parts[1]).value.undetermined != Truth::no) {
        return not_planned(parts[1]);
    }
    if (want) {
        return day(parts[0], {window.from.low, window.through.low});
    }
    return any(day(parts[0], {day_after(window.through.low, 1), Date::max()}),
               day(parts[0], {Date::min(), day_after(window.from.low, -1)}));
}

// ---- figures ------------------------------------------------------------------------------------

Alternatives Levers::Search::figure(Index index, const Bounds& bounds) {
    const Value& value = step(index).value;
    if (!asks(bounds)) {
        return {};
    }
    if (value.undetermined == Truth::no && bounds.hold(value.range)) {
        return done();
    }
    bool is = false;
    Alternatives through = handed_on(
        index, [&](Index to) { return figure(to, bounds); }, is);
    if (is) {
        return through;
    }
    switch (expr_at(index).op) {
    case Op::fact:
    case Op::field:
    case Op::through:
        return put_figure(index, bounds);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
        return calculated(index, bounds);
    case Op::minus:
        return figure(below(index).front(), mirrored(bounds));
    case Op::at_most:
    case Op::at_least:
        return limited(index, bounds);
    case Op::conditional:
    case Op::otherwise:
        return branches(index, [&](Index branch) { return figure(branch, bounds); });
    case Op::round:
        return rounded(index, bounds);
    case Op::look_up:
        return looked_up(index, [&](const Value& found) { return bounds.hold(found.range); });
    case Op::year_of: {
        const auto edge = [](const std::optional<Number>& year, bool last) {
            const auto at = year ? calendar_year(year->to_int64().value_or(0)) : std::nullopt;
            return at ? std::optional(last ? at->through : at->from) : std::nullopt;
        };
        return day(below(index).front(), {edge(bounds.low, false).value_or(Date::min()),
                                          edge(bounds.high, true).value_or(Date::max())});
    }
    case Op::aggregate:
        return aggregated(index, bounds);
    default:
        return not_planned(index);
    }
}

/// `but at most` is high enough where both sides are, and low enough where one of them is; `but at least` the
/// other way round. In a sum a side may go no farther than to the other one: other terms do the rest.
Alternatives Levers::Search::limited(Index index, const Bounds& bounds) {
    const std::vector<Index> parts = below(index);
    const bool at_most = expr_at(index).op == Op::at_most;
    const Alternatives first = figure(parts[0], bounds);
    const Alternatives second = figure(parts[1], bounds);
    if (at_most != bounds.low.has_value()) {
        return any(first, second);
    }
    Alternatives levers = all(first, second);
    const Value& limit = step(parts[1]).value;
    if (in_sum_ && limit.certain() && !is_done(second)) {
        const Number& end = limit.range.low;
        Alternatives as_far = figure(parts[0], at_most ? Bounds::from(end) : Bounds::through(end));
        levers = is_done(as_far) ? levers : any(std::move(levers), std::move(as_far));
    }
    return levers;
}

/// One operand moves, the other one stays.
Alternatives Levers::Search::calculated(Index index, const Bounds& bounds) {
    const std::vector<Index> parts = below(index);
    const Value& left = step(parts[0]).value;
    const Value& right = step(parts[1]).value;
    const Op op = expr_at(index).op;
    if (left.form == Value::Form::dates) {
        return right.form == Value::Form::dates ? days_apart(parts[0], parts[1], bounds)
                                                : not_planned(index);
    }
    if (op == Op::multiply || op == Op::divide) {
        Alternatives levers;
        if (right.certain()) {
            levers = scaled(parts[0], right.range.low, op == Op::multiply, bounds);
        }
        if (left.certain() && op == Op::multiply) {
            levers = any(std::move(levers), scaled(parts[1], left.range.low, true, bounds));
        }
        return levers;
    }
    const bool before = std::exchange(in_sum_, true);
    Alternatives levers = op == Op::add ? any(figure_if(parts[0], addend(bounds, right.range)),
                                              figure_if(parts[1], addend(bounds, left.range)))
                                        : any(figure_if(parts[0], minuend(bounds, right.range)),
                                              figure_if(parts[1], subtrahend(bounds, left.range)));
    in_sum_ = before;
    return levers;
}

Alternatives Levers::Search::figure_if(Index index, const std::optional<Bounds>& bounds) {
    return bounds ? figure(index, *bounds) : Alternatives();
}

/// `index` times `by`, or divided by it, is to be in the bounds.
Alternatives Levers::Search::scaled(Index index, const Number& by, bool multiplied,
                                    const Bounds& bounds) {
    if (by.sign() == 0) {
        return {};
    }
    const auto end = [&](const std::optional<Number>& of) {
        const Checked result = !of          ? Checked{{}, ArithmeticFault::overflow}
                               : multiplied ? div(*of, by)
                                            : mul(*of, by);
        return result ? std::optional(result.value) : std::nullopt;
    };
    Bounds inner{end(bounds.low), end(bounds.high), bounds.above, bounds.below};
    if (by.sign() < 0) {
        inner = {inner.high, inner.low, inner.below, inner.above};
    }
    return figure(index, inner);
}

Alternatives Levers::Search::days_apart(Index later, Index earlier, const Bounds& bounds) {
    if (expr_at(later).type.kind == TypeKind::month) {
        return not_planned(later);
    }
    const DateRange& after = step(later).value.dates;
    const DateRange& before = step(earlier).value.dates;
    const auto days = [](const std::optional<Number>& end, bool strict, std::int64_t by) {
        const auto whole = end ? end->to_int64() : std::nullopt;
        return whole ? std::optional(*whole + (strict ? by : 0)) : std::nullopt;
    };
    const auto low = days(bounds.low, bounds.above, 1);
    const auto high = days(bounds.high, bounds.below, -1);
    Alternatives levers;
    if (before.certain() && !before.never) {
        levers = day(later, {low ? day_after(before.low, *low) : Date::min(),
                             high ? day_after(before.low, *high) : Date::max()});
    }
    if (after.certain() && !after.never) {
        levers =
            any(std::move(levers), day(earlier, {high ? day_after(after.low, -*high) : Date::min(),
                                                 low ? day_after(after.low, -*low) : Date::max()}));
    }
    return levers;
}

/// Enough for the next full unit is asked for; rounding may be content with less.
Alternatives Levers::Search::rounded(Index index, const Bounds& bounds) {
    const std::vector<Index> parts = below(index);
    const Value& unit = step(parts[1]).value;
    if (!unit.certain() || unit.range.low.sign() == 0) {
        return not_planned(index);
    }
    const auto full = [&](const std::optional<Number>& end, bool up) {
        // `up` is away from zero, so below zero it goes the other way.
        const bool away = end && (up == (end->sign() >= 0));
        const Checked result =
            end ? round(*end, unit.range.low, away ? Rounding::up : Rounding::down)
                : Checked{{}, ArithmeticFault::overflow};
        return result ? std::optional(result.value) : std::nullopt;
    };
    const bool before = std::exchange(least_, false);
    Alternatives levers = figure(
        parts[0], {full(bounds.low, true), full(bounds.high, false), bounds.above, bounds.below});
    least_ = before;
    return levers;
}

/// The keys of each row of the table that would do.
Alternatives Levers::Search::looked_up(Index index, const std::function<bool(const Value&)>& fits) {
    const Expr& expr = expr_at(index);
    const LookUpTable& table = look_.model.tables[expr.index];
    const std::vector<Index> keys = below(index);
    Alternatives levers;
    for (const LookUpRow& row : table.rows) {
        const std::optional<Value>& value = row.values[expr.a];
        if (!value || !fits(*value)) {
            continue;
        }
        Alternatives together = done();
        for (std::size_t i = 0; i < keys.size() && !together.empty(); ++i) {
            if (row.keys[i].empty()) {
                continue;
            }
            const Value& cell = row.keys[i].front();
            const KeyColumn& column = table.keys[i];
            Alternatives one;
            if (column.type.kind == TypeKind::choice) {
                std::uint64_t members = 0;
                for (const Value& key : row.keys[i]) {
                    members |= key.mask.maybe;
                }
                one = choice(keys[i], members);
            } else if (is_figure(column.type.kind)) {
                const Number& bound = cell.range.low;
                one = figure(keys[i], column.match == KeyMatch::from    ? Bounds::from(bound)
                                      : column.match == KeyMatch::up_to ? Bounds::through(bound)
                                                                        : Bounds{bound, bound});
            } else if (is_dated(column.type.kind)) {
                const Date bound = cell.dates.low;
                one = day(keys[i], column.match == KeyMatch::from    ? DayBounds{bound, Date::max()}
                                   : column.match == KeyMatch::up_to ? DayBounds{Date::min(), bound}
                                                                     : DayBounds{bound, bound});
            } else if (cell.form == Value::Form::text) {
                one = text(keys[i], cell.text.text, true);
            }
            together = all(together, one);
        }
        levers = any(std::move(levers), std::move(together));
    }
    return levers.empty() ? not_planned(index) : levers;
}

// ---- days, choices, texts -----------------------------------------------------------------------

Alternatives Levers::Search::day(Index index, const DayBounds& bounds) {
    const Value& value = step(index).value;
    if (bounds.low > bounds.high) {
        return {};
    }
    if (value.undetermined == Truth::no && bounds.hold(value.dates)) {
        return done();
    }
    bool is = false;
    Alternatives through = handed_on(
        index, [&](Index to) { return day(to, bounds); }, is);
    if (is) {
        return through;
    }
    const Op op = expr_at(index).op;
    switch (op) {
    case Op::fact:
    case Op::field:
    case Op::through:
        return put_day(index, bounds);
    case Op::add:
    case Op::subtract: {
        const std::vector<Index> parts = below(index);
        const Value& span = step(parts[1]).value;
        if (!span.certain()) {
            return not_planned(index);
        }
        const bool months = expr_at(parts[1]).type.kind == TypeKind::months;
        return day(parts[0], earlier(bounds, span.range.low, months, op == Op::subtract));
    }
    case Op::conditional:
    case Op::otherwise:
        return branches(index, [&](Index branch) { return day(branch, bounds); });
    case Op::month_of:
        return day(
            below(index).front(),
            {bounds.low, bounds.high == Date::max() ? Date::max() : last_of_month(bounds.high)});
    case Op::aggregate: {
        const AggregateKind kind = look_.model.aggregates[expr_at(index).index].kind;
        if (kind == AggregateKind::largest || kind == AggregateKind::smallest) {
            return extreme(index, {{}, bounds, true}, bounds.low != Date::min(),
                           bounds.high != Date::max());
        }
        return not_planned(index);
    }
    default:
        return not_planned(index);
    }
}

Alternatives Levers::Search::choice(Index index, std::uint64_t allowed) {
    const Value& value = step(index).value;
    if (allowed == 0) {
        return {};
    }
    if (value.undetermined == Truth::no && (value.mask.maybe & ~allowed) == 0) {
        return done();
    }
    bool is = false;
    Alternatives through = handed_on(
        index, [&](Index to) { return choice(to, allowed); }, is);
    if (is) {
        return through;
    }
    switch (expr_at(index).op) {
    case Op::fact:
    case Op::field:
    case Op::through:
        return put_choice(index, allowed);
    case Op::conditional:
    case Op::otherwise:
        return branches(index, [&](Index branch) { return choice(branch, allowed); });
    case Op::look_up:
        return looked_up(index, [&](const Value& found) {
            return found.form == Value::Form::mask && (found.mask.maybe & ~allowed) == 0;
        });
    default:
        return not_planned(index);
    }
}

Alternatives Levers::Search::text(Index index, std::string_view wanted, bool equal) {
    const Value& value = step(index).value;
    if (value.text.known && value.undetermined == Truth::no &&
        (value.text.text == wanted) == equal) {
        return done();
    }
    bool is = false;
    Alternatives through = handed_on(
        index, [&](Index to) { return text(to, wanted, equal); }, is);
    if (is) {
        return through;
    }
    switch (expr_at(index).op) {
    case Op::fact:
    case Op::field:
    case Op::through:
        return put_text(index, wanted, equal);
    case Op::conditional:
    case Op::otherwise:
        return branches(index, [&](Index branch) { return text(branch, wanted, equal); });
    case Op::look_up:
        return looked_up(index, [&](const Value& found) {
            return found.form == Value::Form::text && (found.text.text == wanted) == equal;
        });
    default:
        return not_planned(index);
    }
}

// ---- from outside -------------------------------------------------------------------------------

Levers::Levers(const Look& look, Index ladder, Index path, std::vector<Obstacle>& obstacles)
    : search_(std::make_unique<Search>(look, ladder, path, obstacles)) {}
Levers::~Levers() = default;

bool Levers::cut() const { return search_->cut(); }

std::size_t Levers::put_together() const { return search_->put_together(); }

Alternatives Levers::requirement(Index row, Index tier) {
    search_->begin();
    return search_->requirement(row, tier);
}

Alternatives Levers::path_open() {
    search_->begin();
    return search_->path_open();
}

Alternatives Levers::conditions(const std::vector<Index>& steps) {
    search_->begin();
    Alternatives levers = Search::done();
    for (const Index step : steps) {
        levers = search_->all(levers, search_->truth(step, true));
    }
    return levers;
}

} // namespace rung
