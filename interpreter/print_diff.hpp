// The JSON of differences between two versions, for those that tell of more than these.
#pragma once

#include "interpreter/print_json.hpp"

#include <rung/diff.hpp>

namespace rung {

[[nodiscard]] Json json_of(const Difference& difference);
[[nodiscard]] Json json_of(const DiffSide& side);

} // namespace rung
