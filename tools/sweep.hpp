// The values of a threshold that `rung impact --sweep` tries.
#pragma once

#include <rung/impact.hpp>

#include <string>

namespace rung::tools {

/// `stories@silver=1..5`, or `revenue@gold=$1M..$5M by $1M`. Throws Refusal where it is none of these, or has more
/// values than anybody reads.
[[nodiscard]] ImpactSweep read_sweep(const std::string& text);

} // namespace rung::tools
