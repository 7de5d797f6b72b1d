// The JSON of differences between two versions, for those that tell of more than these.
#pragma once

#include <rung/diff.hpp>

#include <nlohmann/json.hpp>

namespace rung {

[[nodiscard]] nlohmann::ordered_json json_of(const Difference& difference);
[[nodiscard]] nlohmann::ordered_json json_of(const DiffSide& side);

} // namespace rung
