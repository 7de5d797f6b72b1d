// What differs between two outcomes, and why, in the words of one language.
#pragma once

#include "interpreter/document.hpp"

#include <rung/ask.hpp>
#include <rung/blame.hpp>
#include <rung/changes.hpp>

namespace rung {

/// `before` and `after` are the outcomes that were compared.
[[nodiscard]] Document narrate_changes(const Changes& changes, const Outcome& before,
                                       const Outcome& after, Language language);
[[nodiscard]] Document narrate_blame(const Blame& blame, Language language);
[[nodiscard]] Document narrate_questions(const Questions& questions, Language language);

} // namespace rung
