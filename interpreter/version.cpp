#include <rung/version.hpp>

#define RUNG_TEXT_OF(number) #number
#define RUNG_TEXT(number) RUNG_TEXT_OF(number)

namespace rung {

std::string_view version() noexcept {
    return RUNG_TEXT(RUNG_VERSION_MAJOR) "." RUNG_TEXT(RUNG_VERSION_MINOR) "." RUNG_TEXT(
        RUNG_VERSION_PATCH);
}

} // namespace rung
