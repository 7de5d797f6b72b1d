// The page of the guide that a row cites, and the mark behind it of one that is yet to be checked: `p. 8 to check`.
#pragma once

#include <string_view>

namespace rung {

inline constexpr std::string_view to_check = "to check";

[[nodiscard]] constexpr bool is_to_check(std::string_view citation) {
    return citation == to_check ||
           (citation.ends_with(to_check) && citation.size() > to_check.size() &&
            citation[citation.size() - to_check.size() - 1] == ' ');
}

/// What is cited, without the mark, which is for whoever edits the rules.
[[nodiscard]] constexpr std::string_view cited(std::string_view citation) {
    if (is_to_check(citation)) {
        citation.remove_suffix(to_check.size());
        while (citation.ends_with(' ')) {
            citation.remove_suffix(1);
        }
    }
    return citation;
}

} // namespace rung
