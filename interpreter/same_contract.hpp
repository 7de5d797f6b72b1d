// Whether facts that were read for one program may be judged by another.
#pragma once

#include "interpreter/model.hpp"

namespace rung {

/// What facts are read into is the same in both: facts, records and what they may hold, and, of what is held or
/// waived, ladders and requirements, all by their places. May say no where it is, never yes where it is not.
[[nodiscard]] bool have_same_contract(const Model& a, const Model& b);

} // namespace rung
