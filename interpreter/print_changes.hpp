// Differences between outcomes as JSON, for every view that tells some.
#pragma once

#include <rung/changes.hpp>

#include <string_view>

#include <nlohmann/json.hpp>

namespace rung {

[[nodiscard]] std::string_view name_of(Move move);
[[nodiscard]] nlohmann::ordered_json json_of(const Basis& basis);
/// `before`, `after` and a list for each kind of part, without the head of a result.
[[nodiscard]] nlohmann::ordered_json json_of(const Changes& changes);

} // namespace rung
