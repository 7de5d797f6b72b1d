// Names as people write them: `Twilio`, `"Joint solution"`, `joint plan`, `conn-ect`; and the name that is meant.
#pragma once

#include "grammar/place.hpp"

namespace rung::mistakes {

/// `Twilio` or `"Joint solution"` as a name, where it makes one.
[[nodiscard]] std::string named(std::string_view found);

/// `agreement signed yes/no` and `conn-ect`: one name in two pieces.
[[nodiscard]] std::string joined_name(const Place& place, std::string_view found);

/// `| joint plan |` at the begin of a row, where names stand.
[[nodiscard]] std::string joined_row_name(const Place& place, std::string_view found);

/// `define ba adds "Adds"`: a name of several words before its label.
[[nodiscard]] std::string joined_define(const Place& place, std::string_view found);

/// `requirements for Business Applications`: the name of the ladder that has this label.
[[nodiscard]] std::string ladder_called(const Place& place);

} // namespace rung::mistakes
