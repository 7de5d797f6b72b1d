// Made-up partners, as the JSON texts that a program would be asked about.
//
// The same seed gives the same texts on every machine: only the engine of <random> is used, whose
// numbers the standard fixes, and none of its distributions, whose numbers it does not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rung::bench {

/// The day and review that all partners are made for.
inline constexpr const char* review_day = "2023-02-15";
inline constexpr const char* review_name = "annual";

/// Compact JSON, as an export or a service would send it: 0 to 40 revenue lines, 0 to 30 deals, 0 to 8
/// success stories, all motions, every tier. Some stand exactly at a figure or on the last day of a
/// period, or just beside. In one of twenty partners up to three facts, or fields of
/// a record, are left out or `null`.
[[nodiscard]] std::vector<std::string> make_partners(std::size_t count, std::uint64_t seed);

} // namespace rung::bench
