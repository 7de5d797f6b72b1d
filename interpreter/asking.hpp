// The order in which missing facts are asked for: what `decide_next` of an outcome and `ask` are made of.
#pragma once

#include "interpreter/explain.hpp"

#include <rung/ask.hpp>

#include <string>

namespace rung {

/// `outcome` is the explained one of `recorded`, whose `decide_next` holds the missing facts in the rules' order.
/// Towards a target, a tier or benefit that it has; or, if it is empty, everything.
[[nodiscard]] Questions questions_of(const Recorded& recorded, const Outcome& outcome,
                                     const std::string& target);

/// Orders `decide_next` of an explained outcome.
void ask_in_order(const Recorded& recorded, Outcome& outcome);

} // namespace rung
