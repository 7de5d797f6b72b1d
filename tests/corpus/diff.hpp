// What differs between two texts, for a person to read.
#pragma once

#include <string>
#include <string_view>

namespace rung::corpus {

/// Line by line, `-` before what only `expected` has and `+` before what only `actual` has, with a
/// few common lines around. Characters that do not show are spelled; what is very long is cut.
/// Equal texts give nothing.
[[nodiscard]] std::string diff(std::string_view expected, std::string_view actual);

} // namespace rung::corpus
