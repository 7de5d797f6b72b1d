// docs/diagnostics.md held against grammar/messages.def.
#pragma once

#include "tests/pages/run_page.hpp"

#include <string_view>
#include <vector>

namespace rung::pages {

/// What is missing, too much or in another chapter than in `messages`, the text of grammar/messages.def.
[[nodiscard]] std::vector<Trouble> compare_codes(std::string_view page, std::string_view messages);

} // namespace rung::pages
