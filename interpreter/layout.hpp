// Documents in the format that a caller asks for.
#pragma once

#include "interpreter/document.hpp"

#include <rung/outcome.hpp>

#include <string>

namespace rung {

/// Nothing for a document without sections.
[[nodiscard]] std::string lay_out(const Document& document, const TextOptions& options);

} // namespace rung
