// Rule files far larger than any guide, to see that time grows no faster than the file.
#pragma once

#include "bench/ratios.hpp"

#include <vector>

namespace rung::bench {

/// Registers `rules/check/N` (parsed, checked, looked over) and `rules/format/N` for files of N requirements;
/// the table's `per_partner` is then of one requirement.
void time_large_rules();

/// What a requirement of the largest file costs in terms of one of the smallest: 1 where time grows as the file.
extern const std::vector<Ratio> large_rules_ratios;

} // namespace rung::bench
