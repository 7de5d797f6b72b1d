// How far a figure is from what is asked, as positions on a scale.
//
// The scale is linear. It begins at zero, or at the lowest figure where one is negative, and ends at the highest:
// of what the partner has, may have, and what any tier asks of the same condition. So progress has one baseline for
// all tiers of a requirement, and 1 is the same figure on each of them.
//
// A meter never disagrees with the verdict, whatever a drawing or a binary fraction would round: what is met ends
// at the target or past it, what is unmet ends visibly short of it, and what is unknown is a range with the target
// inside. A figure without an upper bound ends at 1.
//
// No meter: where less is better, where nothing is known of the figure, or where the baseline itself is asked.
#pragma once

#include "interpreter/document.hpp"
#include "interpreter/wording.hpp"

#include <rung/outcome.hpp>

namespace rung {

/// The least distance from the target at which a figure is seen to be short of it.
inline constexpr double least_gap = 0.01;

/// Of the n-th condition of a row, with the thresholds of all tiers of `ladder`.
[[nodiscard]] std::optional<Meter> meter_of(const Wording& wording, const Outcome& outcome,
                                            const LadderOutcome& ladder,
                                            const RequirementOutcome& row, std::size_t n);

/// What there is of what a condition asks, from 0 to 1 and seen to be short of it where it is not met; nothing where
/// less is better, or one of the two figures is not known.
[[nodiscard]] std::optional<double> share_of(const Condition& condition);

} // namespace rung
