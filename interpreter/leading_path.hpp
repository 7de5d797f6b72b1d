// Which path of a ladder explanations follow.
#pragma once

#include "interpreter/number.hpp"

#include <rung/outcome.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rung {

/// How much of what a comparison asks is missing: a gap of 1 to 4 is a quarter. Nothing where they are no figures that
/// can be divided, as days are.
[[nodiscard]] std::optional<Number> share_missing(const Condition& condition);

/// The path that is open, or else may be, and leads highest. Among equals the one along which the next tier is
/// nearest: the fewest rows not met there, then the fewest not known; then the smallest share of what is
/// asked that is missing in the row where most is; then the first in the order of the alphabet. So the order
/// of lines in the file never tells. `rows` holds all rows of the ladder.
[[nodiscard]] std::string leading_path(const LadderOutcome& ladder,
                                       const std::vector<RequirementOutcome>& rows);

} // namespace rung
