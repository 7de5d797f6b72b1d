#include "interpreter/ranges.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace rung {

namespace {

Reason reason_of(ArithmeticFault fault) {
    return fault == ArithmeticFault::zero_division ? Reason::zero_division : Reason::overflow;
}

Value undetermined(Reason why, Truth how) {
    Value value = Value::of(unbounded(), why);
    value.undetermined = how;
    return value;
}

/// What the operands hand on: why they are not certain, and whether the rules leave them without value.
/// Where a calculation only may have no result, the fact that is not known is to blame.
Value with_causes(Value result, const Value& left, const Value& right) {
    const Truth own = result.undetermined;
    result.undetermined = either(own, either(left.undetermined, right.undetermined));
    if (own == Truth::yes || result.certain()) {
        return result;
    }
    const bool right_is_it = left.reason == Reason::none ||
                             (right.undetermined == Truth::yes && left.undetermined != Truth::yes);
    const Reason why = right_is_it ? right.reason : left.reason;
    result.reason = why != Reason::none ? why : result.reason;
    return result;
}

/// Collects the bounds of a result; a fault in any of them makes it undetermined.
class ResultBounds {
public:
    explicit ResultBounds(bool operands_certain) : certain_(operands_certain) {}

    void low(bool open, const Checked& bound) { take(open, bound, range_.low, range_.low_open); }
    void high(bool open, const Checked& bound) { take(open, bound, range_.high, range_.high_open); }

    [[nodiscard]] Value value() const {
        return fault_ == ArithmeticFault::none
                   ? Value::of(range_)
                   : undetermined(reason_of(fault_), certain_ ? Truth::yes : Truth::unknown);
    }

private:
    void take(bool open, const Checked& bound, Number& to, bool& to_open) {
        to_open = open;
        if (!open && !bound) {
            fault_ = bound.fault;
        } else if (!open) {
            to = bound.value;
        }
    }

    Range range_;
    bool certain_;
    ArithmeticFault fault_ = ArithmeticFault::none;
};

bool never_negative(const Range& range) { return !range.low_open && range.low.sign() >= 0; }

bool may_be_zero(const Range& range) {
    return (range.low_open || range.low.sign() <= 0) && (range.high_open || range.high.sign() >= 0);
}

bool is_zero(const Range& range) { return range.certain() && range.low.sign() == 0; }

/// Smallest and largest of the four combinations of bounds.
template <typename Calculate>
Value of_corners(const Range& a, const Range& b, Calculate&& calculate) {
    const std::array<Checked, 4> corners{calculate(a.low, b.low), calculate(a.low, b.high),
                                         calculate(a.high, b.low), calculate(a.high, b.high)};
    for (const Checked& corner : corners) {
        if (!corner) {
            return undetermined(reason_of(corner.fault),
                                a.certain() && b.certain() ? Truth::yes : Truth::unknown);
        }
    }
    Range range{corners[0].value, corners[0].value};
    for (const Checked& corner : corners) {
        range.low = std::min(range.low, corner.value);
        range.high = std::max(range.high, corner.value);
    }
    return Value::of(range);
}

bool any_open(const Range& a, const Range& b) {
    return a.low_open || a.high_open || b.low_open || b.high_open;
}

/// Days as figures in which `never` comes behind every day.
struct DaySpan {
    std::int64_t low;
    std::int64_t high;
};

DaySpan span_of(const DateRange& dates) {
    constexpr std::int64_t never = std::numeric_limits<std::int32_t>::max();
    return {dates.never ? never : dates.low.days_since_1970(),
            dates.never || dates.may_be_never ? never : dates.high.days_since_1970()};
}

Value of_ends(std::optional<Date> low, std::optional<Date> high, const DateRange& from,
              bool certain) {
    if (!low || !high) {
        DateRange any{Date::min(), Date::max()};
        Value value = Value::of(any, Reason::overflow);
        value.undetermined = certain ? Truth::yes : Truth::unknown;
        return value;
    }
    return Value::of(DateRange{*low, *high, from.never, from.may_be_never});
}

} // namespace

Range unbounded() { return {Number(0), Number(0), true, true}; }

Range hull(const Range& a, const Range& b) {
    return {std::min(a.low, b.low), std::max(a.high, b.high), a.low_open || b.low_open,
            a.high_open || b.high_open};
}

namespace {

DateRange hull(const DateRange& a, const DateRange& b) {
    return {std::min(a.low, b.low), std::max(a.high, b.high), a.never && b.never,
            a.never || b.never || a.may_be_never || b.may_be_never};
}

/// Of two lists that are not one and the same, no record is surely there.
ListRef hull(const ListRef& a, const ListRef& b) {
    const bool same =
        a.made == b.made && a.count == b.count && (a.first == b.first || a.count == 0);
    return same ? ListRef{a.table, a.first,
                          a.count, a.may_hold_more || b.may_hold_more,
                          a.made,  a.unclear || b.unclear}
                : ListRef{a.table, 0, 0, true};
}

} // namespace

Value hull(const Value& a, const Value& b) {
    if ((a.undetermined == Truth::yes) != (b.undetermined == Truth::yes)) {
        // What has no value adds nothing to the values that it could have.
        const bool first = a.undetermined == Truth::yes;
        Value result = first ? b : a;
        result.undetermined = Truth::unknown;
        result.reason = first ? a.reason : b.reason;
        if (result.form == Value::Form::truth) {
            result.truth = Truth::unknown; // logic reads nothing else
        }
        return result;
    }
    Value result;
    switch (a.form) {
    case Value::Form::truth:
        result = Value::of(a.truth == b.truth ? a.truth : Truth::unknown);
        break;
    case Value::Form::range:
        result = Value::of(hull(a.range, b.range));
        break;
    case Value::Form::dates:
        result = Value::of(hull(a.dates, b.dates));
        break;
    case Value::Form::mask:
        result = Value::of(Mask{a.mask.surely & b.mask.surely, a.mask.maybe | b.mask.maybe});
        break;
    case Value::Form::text:
        result = Value::of(
            a.text.known && b.text.known && a.text.text == b.text.text ? a.text : KnownText{});
        break;
    case Value::Form::window:
        result = Value::of(WindowRange{hull(a.window.from, b.window.from),
                                       hull(a.window.through, b.window.through)});
        break;
    case Value::Form::list:
        result = Value::of(hull(a.list, b.list));
        break;
    case Value::Form::item:
        result = Value::of(a.item.known && b.item.known && a.item.key == b.item.key ? a.item
                                                                                    : ItemRef{});
        break;
    }
    result = with_causes(result, a, b);
    result.undetermined = a.undetermined == b.undetermined ? a.undetermined : Truth::unknown;
    return result;
}

Value add(const Value& left, const Value& right) {
    const Range& a = left.range;
    const Range& b = right.range;
    ResultBounds bounds(a.certain() && b.certain());
    bounds.low(a.low_open || b.low_open, add(a.low, b.low));
    bounds.high(a.high_open || b.high_open, add(a.high, b.high));
    return with_causes(bounds.value(), left, right);
}

Value negated(const Value& value) {
    Value result = value;
    result.range = {negate(value.range.high), negate(value.range.low), value.range.high_open,
                    value.range.low_open};
    return result;
}

Value subtract(const Value& left, const Value& right) { return add(left, negated(right)); }

namespace {

/// `a` by `factor`, which is never below zero; one of them may be open.
Value scaled(const Range& a, const Range& factor) {
    ResultBounds bounds(false);
    const bool low_grows = a.low.sign() < 0; // with the factor, away from zero
    const bool high_grows = a.high.sign() > 0;
    bounds.low(a.low_open || (low_grows && factor.high_open),
               mul(a.low, low_grows ? factor.high : factor.low));
    bounds.high(a.high_open || (high_grows && factor.high_open),
                mul(a.high, high_grows ? factor.high : factor.low));
    return bounds.value();
}

Value multiply_open(const Range& a, const Range& b) {
    if (is_zero(a) || is_zero(b)) {
        return Value::of(Number(0));
    }
    if (never_negative(b) || never_negative(a)) {
        return never_negative(b) ? scaled(a, b) : scaled(b, a);
    }
    const Range minus_a = negated(Value::of(a)).range;
    const Range minus_b = negated(Value::of(b)).range;
    if (never_negative(minus_b) || never_negative(minus_a)) {
        return negated(never_negative(minus_b) ? scaled(a, minus_b) : scaled(b, minus_a));
    }
    return Value::of(unbounded());
}

} // namespace

Value multiply(const Value& left, const Value& right) {
    const Range& a = left.range;
    const Range& b = right.range;
    if (any_open(a, b)) {
        return with_causes(multiply_open(a, b), left, right);
    }
    return with_causes(of_corners(a, b, [](const Number& x, const Number& y) { return mul(x, y); }),
                       left, right);
}

Value divide(const Value& left, const Value& right) {
    const Range& a = left.range;
    const Range& b = right.range;
    if (may_be_zero(b)) {
        return with_causes(
            undetermined(Reason::zero_division, is_zero(b) ? Truth::yes : Truth::unknown), left,
            right);
    }
    if (!any_open(a, b)) {
        return with_causes(
            of_corners(a, b, [](const Number& x, const Number& y) { return div(x, y); }), left,
            right);
    }
    if (!never_negative(b)) {
        return divide(negated(left), negated(right));
    }
    // The farther from zero the divisor, the nearer to zero the quotient.
    const auto nearest_zero = [&](const Number& end) {
        return b.high_open ? Checked{} : div(end, b.high);
    };
    ResultBounds bounds(false);
    bounds.low(a.low_open, a.low.sign() < 0 ? div(a.low, b.low) : nearest_zero(a.low));
    bounds.high(a.high_open, a.high.sign() > 0 ? div(a.high, b.low) : nearest_zero(a.high));
    return with_causes(bounds.value(), left, right);
}

Value rounded(const Value& value, const Value& unit, Rounding rounding) {
    if (may_be_zero(unit.range)) {
        return with_causes(
            undetermined(Reason::zero_division, is_zero(unit.range) ? Truth::yes : Truth::unknown),
            value, unit);
    }
    if (!unit.range.certain()) {
        return with_causes(Value::of(unbounded()), value, unit);
    }
    ResultBounds bounds(value.range.certain());
    bounds.low(value.range.low_open, round(value.range.low, unit.range.low, rounding));
    bounds.high(value.range.high_open, round(value.range.high, unit.range.low, rounding));
    return with_causes(bounds.value(), value, unit);
}

namespace {

DateRange earlier(const DateRange& a, const DateRange& b) {
    // Where only one of them may be `never`, it is at most the other one.
    const Date high = a.may_be_never == b.may_be_never
                          ? (a.may_be_never ? std::max(a.high, b.high) : std::min(a.high, b.high))
                      : a.may_be_never ? b.high
                                       : a.high;
    return {std::min(a.low, b.low), high, a.never && b.never, a.may_be_never && b.may_be_never};
}

DateRange later(const DateRange& a, const DateRange& b) {
    return {std::max(a.low, b.low), std::max(a.high, b.high), a.never || b.never,
            a.may_be_never || b.may_be_never};
}

} // namespace

Value smaller(const Value& left, const Value& right) {
    if (left.form == Value::Form::dates) {
        return with_causes(Value::of(earlier(left.dates, right.dates)), left, right);
    }
    const Range& a = left.range;
    const Range& b = right.range;
    Range range;
    range.low_open = a.low_open || b.low_open;
    range.low = std::min(a.low, b.low);
    range.high_open = a.high_open && b.high_open;
    range.high = a.high_open ? b.high : b.high_open ? a.high : std::min(a.high, b.high);
    return with_causes(Value::of(range), left, right);
}

Value larger(const Value& left, const Value& right) {
    if (left.form == Value::Form::dates) {
        return with_causes(Value::of(later(left.dates, right.dates)), left, right);
    }
    return negated(smaller(negated(left), negated(right)));
}

Value shifted(const Value& date, const Value& count, bool in_months, bool back) {
    const Range by = back ? negated(count).range : count.range;
    const auto end = [&](Date day, bool open, const Number& bound) -> std::optional<Date> {
        const auto steps = bound.to_int64();
        if (open || !steps) {
            return std::nullopt;
        }
        return in_months ? add_months(day, *steps) : add_days(day, *steps);
    };
    if (date.dates.never) {
        return with_causes(date, date, count);
    }
    // An end of the calendar stands for no bound at all, and moving it makes no bound of it.
    const bool unknown_low = date.dates.low == Date::min();
    const bool unknown_high = date.dates.high == Date::max();
    const std::optional<Date> low =
        unknown_low ? Date::min() : end(date.dates.low, by.low_open, by.low);
    const std::optional<Date> high =
        unknown_high ? Date::max() : end(date.dates.high, by.high_open, by.high);
    return with_causes(of_ends(low, high, date.dates, date.dates.certain() && by.certain()), date,
                       count);
}

Value days_between(const Value& later, const Value& earlier) {
    const DateRange& a = later.dates;
    const DateRange& b = earlier.dates;
    if (a.never || b.never || a.may_be_never || b.may_be_never) {
        const bool surely = a.never || b.never;
        return with_causes(undetermined(Reason::overflow, surely ? Truth::yes : Truth::unknown),
                           later, earlier);
    }
    const Range range{Number(a.low - b.high), Number(a.high - b.low)};
    return with_causes(Value::of(range), later, earlier);
}

Value months_between(const Value& later, const Value& earlier) {
    const DateRange& a = later.dates;
    const DateRange& b = earlier.dates;
    // An unknown month is as wide as the calendar, whose ends are no bounds to speak of.
    const Range range{Number(months_from(b.high, a.low)), Number(months_from(b.low, a.high)),
                      a.low == Date::min() || b.high == Date::max(),
                      a.high == Date::max() || b.low == Date::min()};
    return with_causes(Value::of(range), later, earlier);
}

Value day_in_year(MonthDay day, const Value& year) {
    const auto end = [&](bool open, const Number& bound) -> std::optional<Date> {
        const auto number = bound.to_int64();
        return open || !number ? std::nullopt : day_in_year(day, *number);
    };
    const std::optional<Date> low = end(year.range.low_open, year.range.low);
    const std::optional<Date> high = end(year.range.high_open, year.range.high);
    return with_causes(of_ends(low, high, {}, year.range.certain()), year, year);
}

namespace {

/// What is read off a date, which `never` does not have.
Value read_off(Value result, const Value& date) {
    if (date.dates.never || date.dates.may_be_never) {
        result.undetermined = date.dates.never ? Truth::yes : Truth::unknown;
        result.reason = Reason::empty;
    }
    return with_causes(result, date, date);
}

} // namespace

Value year_of(const Value& date) {
    const auto year = [](Date day) {
        return Number(static_cast<int>(day.to_year_month_day().year()));
    };
    const DateRange& dates = date.dates;
    const Range range{year(dates.low), year(dates.high), dates.low == Date::min(),
                      dates.high == Date::max()};
    return read_off(Value::of(dates.never ? unbounded() : range), date);
}

Value month_of(const Value& date) {
    const DateRange& dates = date.dates;
    const Date high = dates.high == Date::max() ? Date::max() : first_of_month(dates.high);
    const DateRange range{first_of_month(dates.low), high};
    return read_off(Value::of(dates.never ? DateRange{Date::min(), Date::max()} : range), date);
}

Value days_in(const Value& month) {
    const DateRange& first = month.dates;
    const Date low = first.low == Date::min() ? Date::min() : last_of_month(first.low);
    const WindowRange days{{first.low, first.high}, {low, last_of_month(first.high)}};
    return with_causes(Value::of(days), month, month);
}

Truth less(const Value& left, const Value& right) {
    if (left.undetermined != Truth::no || right.undetermined != Truth::no) {
        return Truth::unknown;
    }
    if (left.form == Value::Form::mask) {
        // Tiers, lowest first: one possible tier below another.
        const int low_left = std::countr_zero(left.mask.maybe);
        const int high_left = 63 - std::countl_zero(left.mask.maybe);
        const int low_right = std::countr_zero(right.mask.maybe);
        const int high_right = 63 - std::countl_zero(right.mask.maybe);
        return high_left < low_right    ? Truth::yes
               : low_left >= high_right ? Truth::no
                                        : Truth::unknown;
    }
    if (left.form == Value::Form::dates) {
        const DaySpan a = span_of(left.dates);
        const DaySpan b = span_of(right.dates);
        return a.high < b.low ? Truth::yes : a.low >= b.high ? Truth::no : Truth::unknown;
    }
    const Range& a = left.range;
    const Range& b = right.range;
    if (!a.high_open && !b.low_open && a.high < b.low) {
        return Truth::yes;
    }
    return !a.low_open && !b.high_open && a.low >= b.high ? Truth::no : Truth::unknown;
}

Truth equal(const Value& left, const Value& right) {
    if (left.undetermined != Truth::no || right.undetermined != Truth::no) {
        return Truth::unknown;
    }
    switch (left.form) {
    case Value::Form::truth:
        return left.truth == Truth::unknown || right.truth == Truth::unknown
                   ? Truth::unknown
                   : truth_of(left.truth == right.truth);
    case Value::Form::mask:
        if ((left.mask.maybe & right.mask.maybe) == 0) {
            return Truth::no;
        }
        return left.mask.single() && right.mask.single() ? Truth::yes : Truth::unknown;
    case Value::Form::text:
        return left.text.known && right.text.known ? truth_of(left.text.text == right.text.text)
                                                   : Truth::unknown;
    case Value::Form::item:
        return left.item.known && right.item.known ? truth_of(left.item.key == right.item.key)
                                                   : Truth::unknown;
    default:
        break;
    }
    const Truth below = less(left, right);
    const Truth above = less(right, left);
    if (below == Truth::yes || above == Truth::yes) {
        return Truth::no;
    }
    return left.certain() && right.certain() ? Truth::yes : Truth::unknown;
}

Truth inside(const Value& date, const Value& window) {
    if (date.undetermined != Truth::no || window.undetermined != Truth::no) {
        return Truth::unknown;
    }
    const DaySpan day = span_of(date.dates);
    const DaySpan from = span_of(window.window.from);
    const DaySpan through = span_of(window.window.through);
    if (date.dates.never || day.high < from.low || day.low > through.high ||
        from.low > through.high) {
        return Truth::no;
    }
    const bool surely_inside =
        day.low >= from.high && day.high <= through.low && !date.dates.may_be_never;
    return surely_inside ? Truth::yes : Truth::unknown;
}

Value judged(Truth truth, const Value& left, const Value& right) {
    Value value = Value::of(truth);
    if (truth == Truth::unknown) {
        value.reason = left.reason != Reason::none ? left.reason : right.reason;
    }
    return value;
}

} // namespace rung
