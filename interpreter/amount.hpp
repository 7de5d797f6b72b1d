// Amounts as people write them in rules: `1,000`, `$250K`, `EUR 2.5M`.
#pragma once

#include "interpreter/number.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace rung {

/// "1,000", "2.5", "250K"; the factor is applied exactly.
[[nodiscard]] ParsedNumber parse_amount(std::string_view text);

struct MoneyText {
    std::string currency;
    std::string_view amount;
};

inline constexpr std::array<std::pair<std::string_view, std::string_view>, 4> currency_signs{{
    {"$", "USD"},
    {"\u20AC", "EUR"},
    {"\u00A3", "GBP"},
    {"\u00A5", "JPY"},
}};

/// Of a text that the grammar takes for money.
[[nodiscard]] MoneyText split_money(std::string_view text);

} // namespace rung
