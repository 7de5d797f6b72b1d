// SHA-256 of a text, in lower-case hex: names the exact rules and facts of a result.
#pragma once

#include <string>
#include <string_view>

namespace rung {

[[nodiscard]] std::string sha256(std::string_view text);

} // namespace rung
