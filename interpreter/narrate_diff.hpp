// What two versions of the rules say differently, in the words of one language.
#pragma once

#include "interpreter/document.hpp"

#include <rung/diff.hpp>

namespace rung {

[[nodiscard]] Document narrate_diff(const Differences& differences, Language language);
/// One difference: what differs, and how.
[[nodiscard]] Item narrate_difference(const Difference& difference, Language language);

} // namespace rung
