// Characters as a terminal shows them.
#pragma once

#include <cstddef>
#include <string_view>

namespace rung {

/// The code point whose UTF-8 bytes these are; they must be well formed.
[[nodiscard]] char32_t decode(std::string_view bytes);

/// The columns a text takes where every character has the same width: two for wide East Asian characters
/// and pictures (Unicode Standard Annex 11), none for combining marks, one for all others.
[[nodiscard]] std::size_t display_width(std::string_view text);

} // namespace rung
