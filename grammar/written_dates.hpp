// Days as people write them in guides and mails, for the help that shows how they are written here.
#pragma once

#include "grammar/diagnostic.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rung {

struct WrittenDate {
    Span where;
    std::string iso; // 2023-10-01
};

/// The day that begins at `at`, if it can be told which one is meant: `1 October 2023`, `Oct 1, 2023`,
/// `2023/10/1`, `15.2.2024`. `3/4/2024` is not told: a reader may mean either month.
[[nodiscard]] std::optional<WrittenDate> written_date(std::string_view text, std::uint32_t at);

/// For Code::no_such_day: what was found, and the last day of that month where there is such a month.
[[nodiscard]] std::vector<Argument> no_such_day(std::string_view found);

} // namespace rung
