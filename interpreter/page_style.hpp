// The style sheet of HTML pages, and the script of those that have one.
#pragma once

#include <string_view>

namespace rung {

/// Small enough to stand in each page; the page's content security policy names its digest.
[[nodiscard]] std::string_view page_style();

/// Of pages with a table that can be sorted: makes its titles buttons. Without it, the table is complete all the same.
[[nodiscard]] std::string_view page_script();

} // namespace rung
