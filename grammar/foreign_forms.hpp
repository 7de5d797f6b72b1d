// Expressions as spreadsheets, SQL and other languages write them: how Rung says the same.
#pragma once

#include "grammar/place.hpp"

namespace rung::mistakes {

/// What to write for the form that breaks off at the place, where `found` stands; empty where it is none.
[[nodiscard]] std::string foreign_form(const Place& place, std::string_view found);

/// What a rounding without its parentheses rounds: `round up (a but at least b) to 1`; empty where it is none.
[[nodiscard]] std::string closed_rounding(const Place& place, std::string_view found);

/// `$4,250 if special else $2,750`, turned round; empty where it is none.
[[nodiscard]] std::string turned_condition(const Place& place, std::string_view found);

} // namespace rung::mistakes
