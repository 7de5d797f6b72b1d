// What an outlook says, in the words of one language.
#pragma once

#include "interpreter/document.hpp"

#include <rung/language.hpp>
#include <rung/outlook.hpp>

namespace rung {

/// For each review: where the partner begins, the days without an answer, and each day on which one changes, with
/// what it is because of and what is missing then.
[[nodiscard]] Document narrate_outlook(const Outlook& outlook, Language language);

} // namespace rung
