// Which expressions come from facts that the rules mark as internal.
#pragma once

#include "interpreter/model.hpp"

#include <vector>

namespace rung {

/// By expression: whether it reads an internal fact, directly or through measures, lists and references. Empty
/// where the rules have no internal facts.
[[nodiscard]] std::vector<bool> reads_internal(const Model& model);

} // namespace rung
