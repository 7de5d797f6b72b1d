// Which expressions come from facts that the rules mark as internal.
#pragma once

#include "interpreter/model.hpp"

#include <vector>

namespace rung {

/// By expression: whether it reads an internal fact, directly or through measures, lists and references. Empty
/// where the rules have no internal facts.
[[nodiscard]] std::vector<bool> reads_internal(const Model& model);

/// Whether anything that decides a target reads an internal fact: the rows of its ladder up to the tier (`none`: every
/// tier), which path is open, the needs of the benefit (`none`: of no benefit).
[[nodiscard]] bool asks_internal(const Model& model, Index ladder, Index tier, Index benefit);

} // namespace rung
