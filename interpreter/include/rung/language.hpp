// The languages that answers can be given in.
#pragma once

#include <rung/export.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace rung {

enum class Language : std::uint8_t { en, de, es, ja };

inline constexpr std::array<Language, 4> all_languages{Language::en, Language::de, Language::es,
                                                       Language::ja};

/// The BCP 47 tag: "en".
[[nodiscard]] RUNG_API std::string_view tag_of(Language language);
/// The language with this tag, or none.
[[nodiscard]] RUNG_API std::optional<Language> language_of(std::string_view tag);

} // namespace rung
