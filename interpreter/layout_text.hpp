// Documents on a terminal.
#pragma once

#include "interpreter/document.hpp"

#include <rung/outcome.hpp>

namespace rung {

/// Lines no wider than `options.width` where words allow it. Nothing in it would make a terminal obey.
[[nodiscard]] std::string layout_text(const Document& document, const TextOptions& options);

} // namespace rung
