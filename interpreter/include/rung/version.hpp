// The version of Rung. The three numbers stand here and nowhere else: the build reads them from here.
#pragma once

#include <rung/export.hpp>

#include <string_view>

// Of the headers a program is compiled with.
#define RUNG_VERSION_MAJOR 0
#define RUNG_VERSION_MINOR 1
#define RUNG_VERSION_PATCH 0

namespace rung {

/// Of the library a program runs with, such as "0.1.0". A literal; any thread may call.
[[nodiscard]] RUNG_API std::string_view version() noexcept;

} // namespace rung
