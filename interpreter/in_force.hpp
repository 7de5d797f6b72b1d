// From when through when the versions of a program are in force.
#pragma once

#include "interpreter/calendar.hpp"

#include <rung/program.hpp>

#include <vector>

namespace rung {

[[nodiscard]] Date begin_of(const Program& program);
/// The last day in force: the one that is written, or the day before the next version begins. `versions` stand in
/// the order of their first days.
[[nodiscard]] Date end_of(const std::vector<Program>& versions, std::size_t index);

} // namespace rung
