// SHA-256 of a text: names the exact rules and facts of a result, and the style sheet of a page.
#pragma once

#include <string>
#include <string_view>

namespace rung {

/// In lower-case hex.
[[nodiscard]] std::string sha256(std::string_view text);
/// In base64 (RFC 4648), as content security policies have it.
[[nodiscard]] std::string sha256_base64(std::string_view text);

} // namespace rung
