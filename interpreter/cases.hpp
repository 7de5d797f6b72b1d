// Which unknown facts are worth trying out, one value after the other.
//
// Kleene's logic looks at each condition by itself: where one row asks `a` and another `not a`, it cannot
// tell that one of them is met whatever `a` is. Trying both values can. That is worth its cost only for
// facts that several conditions read; where every fact is read once, Kleene's logic misses nothing.
#pragma once

#include "interpreter/model.hpp"

namespace rung {

/// At most so many cases are tried for a partner: each costs as much as an evaluation.
inline constexpr std::size_t max_cases = 64;

/// The yes/no facts and choices (by index) that more than one of the conditions that decide tiers read,
/// in the order of the model.
[[nodiscard]] std::vector<Index> facts_to_try(const Model& model);

} // namespace rung
