// A fragment of a rule file made whole.
#pragma once

#include <string>
#include <string_view>

namespace rung::pages {

/// `head` with the sections of `fragment`: in the place of those of the same word and name, the others at
/// the end; facts join those of the head. A fragment that begins with `program` is a whole file, and stays
/// as it is.
[[nodiscard]] std::string complete(std::string_view head, std::string_view fragment);

} // namespace rung::pages
