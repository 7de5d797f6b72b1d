// From when through when the versions of a program are in force.
#pragma once

#include "interpreter/calendar.hpp"

#include <rung/program.hpp>

#include <string_view>
#include <vector>

namespace rung {

[[nodiscard]] Date begin_of(const Program& program);
/// The last day in force: the one that is written, or the day before the next version begins that is not withdrawn.
/// `versions` stand in the order of their first days.
[[nodiscard]] Date end_of(const std::vector<Program>& versions, std::size_t index);
/// "2023" of "2023.1", which is a correction of it.
[[nodiscard]] std::string_view corrected(std::string_view version);
[[nodiscard]] bool is_withdrawn(const Program& program);
/// The places of those that are not withdrawn.
[[nodiscard]] std::vector<std::size_t> standing(const std::vector<Program>& versions);

} // namespace rung
