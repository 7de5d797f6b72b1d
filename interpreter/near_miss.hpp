// Whether a partner falls short of a tier by figures alone, and by little.
#pragma once

#include "interpreter/number.hpp"

#include <rung/outcome.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rung {

/// The conditions of `tier` that are not met, where each asks for a figure of which at most `percent` per cent are
/// missing; nothing where anything else is not met, or not known. Of ways that are alternatives, the first near one.
[[nodiscard]] std::optional<std::vector<Condition>> near_miss(const Outcome& outcome,
                                                              const LadderOutcome& ladder,
                                                              const std::string& tier,
                                                              const Number& percent);

} // namespace rung
