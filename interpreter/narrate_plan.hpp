// What a plan says at the end of another answer, in the words of one language.
#pragma once

#include "interpreter/document.hpp"
#include "interpreter/wording.hpp"

#include <rung/plan.hpp>

namespace rung {

/// The ways in a line each, when they hold and that they were checked; or what is in the way.
[[nodiscard]] std::vector<Block> narrate_ways(const Plan& plan, const Wording& words);

} // namespace rung
