// Values as Figures: typed, canonical, in the units people use.
#pragma once

#include "interpreter/model.hpp"

#include <rung/outcome.hpp>

namespace rung {

/// A percent is given as its number (10 is 10%), choices and tiers by their ids.
[[nodiscard]] Figure figure_of(const Model& model, const Value& value, Type type);
[[nodiscard]] std::string_view name_of(TypeKind kind);
[[nodiscard]] std::string_view name_of(Reason reason);

} // namespace rung
