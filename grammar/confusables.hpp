// Characters that are taken for others, or are not seen at all.
//
// After Unicode Technical Standard #39 (confusables.txt, version 15), of which this keeps the letters that
// look in nearly every typeface like a Latin letter, and are typed by accident: those of the Cyrillic and
// Greek keyboards, full-width forms, small Roman numerals. A text that is Cyrillic or Greek, Japanese or
// Hebrew throughout is left alone: only what stands among other characters misleads.
#pragma once

#include "grammar/source.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rung {

struct Confusable {
    Span at; // in the text that was looked at
    char32_t code = 0;
    std::string meant; // what it is taken for; empty: it is not seen
    std::string fix; // the word it stands in, as it should be; empty where it is not seen
};

/// The first in a text. `exact`: the text is compared with others byte by byte, so that a blank of another
/// kind matters as well.
[[nodiscard]] std::optional<Confusable> find_confusable(std::string_view text, bool exact = false);

/// Marks that turn the direction of what stands around them, so that a line reads as what it is not.
[[nodiscard]] bool turns_direction(char32_t code);

/// "U+0430"
[[nodiscard]] std::string code_point_name(char32_t code);

} // namespace rung
