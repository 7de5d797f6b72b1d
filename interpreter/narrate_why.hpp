// Why a partner has something, or has it not, in the words of one language.
#pragma once

#include "interpreter/document.hpp"

#include <rung/why.hpp>

namespace rung {

/// A document without sections for an unknown subject.
[[nodiscard]] Document narrate_why(const Outcome& outcome, const std::string& subject, Asked asked,
                                   const Plan* ways, Language language);

} // namespace rung
