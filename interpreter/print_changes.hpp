// Differences between outcomes as JSON, for every view that tells some.
#pragma once

#include "interpreter/print_json.hpp"

#include <rung/changes.hpp>

#include <string_view>

namespace rung {

[[nodiscard]] std::string_view name_of(Move move);
[[nodiscard]] Json json_of(const Basis& basis);
/// `before`, `after` and a list for each kind of part, without the head of a result.
[[nodiscard]] Json json_of(const Changes& changes);

} // namespace rung
