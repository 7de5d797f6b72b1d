// The style sheet of HTML pages.
#pragma once

#include <string_view>

namespace rung {

/// Small enough to stand in each page; the page's content security policy names its digest.
[[nodiscard]] std::string_view page_style();

} // namespace rung
