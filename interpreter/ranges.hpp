// Figures of which only the bounds are known, and what can be said of dates and choices.
//
// Interval arithmetic (Moore 1966) on exact numbers: the result holds every figure that can come out,
// and is a single figure when both operands are. A bound may be missing. Where a calculation has no
// result for some figure of the range (a division by something that may be zero, a sum of 39 digits),
// the value says that the rules may leave it undetermined, and why.
#pragma once

#include "interpreter/value.hpp"

namespace rung {

[[nodiscard]] Value add(const Value& left, const Value& right);
[[nodiscard]] Value subtract(const Value& left, const Value& right);
[[nodiscard]] Value multiply(const Value& left, const Value& right);
[[nodiscard]] Value divide(const Value& left, const Value& right);
[[nodiscard]] Value negated(const Value& value);
[[nodiscard]] Value rounded(const Value& value, const Value& unit, Rounding rounding);
/// The smaller and the larger of two, for `but at most` and `but at least`.
[[nodiscard]] Value smaller(const Value& left, const Value& right);
[[nodiscard]] Value larger(const Value& left, const Value& right);

/// Everything that either could be.
[[nodiscard]] Range hull(const Range& a, const Range& b);
[[nodiscard]] Value hull(const Value& a, const Value& b);
[[nodiscard]] Range unbounded();

/// Date plus or minus days or months; what leaves the calendar is undetermined.
[[nodiscard]] Value shifted(const Value& date, const Value& count, bool in_months, bool back);
[[nodiscard]] Value days_between(const Value& later, const Value& earlier);
[[nodiscard]] Value months_between(const Value& later, const Value& earlier);

/// A day of a year that may not be known; what leaves the calendar is undetermined.
[[nodiscard]] Value day_in_year(MonthDay day, const Value& year);
/// The year and the month of a date. `never` has none: undetermined.
[[nodiscard]] Value year_of(const Value& date);
[[nodiscard]] Value month_of(const Value& date);
/// The days of a month, as a window.
[[nodiscard]] Value days_in(const Value& month);

[[nodiscard]] Truth less(const Value& left, const Value& right);
[[nodiscard]] Truth equal(const Value& left, const Value& right);
[[nodiscard]] Truth inside(const Value& date, const Value& window);

/// Yes, no or unknown, with the reason of whichever operand is to blame.
[[nodiscard]] Value judged(Truth truth, const Value& left, const Value& right);

} // namespace rung
