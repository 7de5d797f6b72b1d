// The whole of an answer, for whoever must defend it: every requirement of every tier with its conditions, records,
// readings and sources, every benefit and value, and what the answer was made from.
#pragma once

#include "interpreter/narration.hpp"

namespace rung {

/// Folded blocks.
[[nodiscard]] std::vector<Block> narrate_tree(const Outcome& outcome, const Narration& told);

} // namespace rung
