// What an Outcome says about a partner, in the words of one language.
#pragma once

#include "interpreter/document.hpp"

#include <rung/plan.hpp>

namespace rung {

/// Tier, what separates the partner from the next one, benefits.
[[nodiscard]] Document narrate_standing(const Outcome& outcome, Language language);
/// Why the partner does not have a tier or a benefit, and the ways to it where a plan has been made.
[[nodiscard]] Document narrate_why_not(const Outcome& outcome, const TierPlace& tier,
                                       const Plan* ways, Language language);
[[nodiscard]] Document narrate_why_not(const Outcome& outcome, const BenefitOutcome& benefit,
                                       const Plan* ways, Language language);
/// One requirement at one tier, along `path` or else the one that explanations show; without sections where
/// there is no such row.
[[nodiscard]] Document narrate_requirement(const Outcome& outcome, const std::string& id,
                                           const std::string& tier, Language language,
                                           const std::string& path = {});

} // namespace rung
