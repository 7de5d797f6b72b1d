#include "interpreter/amount.hpp"

#include <algorithm>

namespace rung {

namespace {

std::string without_commas(std::string_view text) {
    std::string digits(text);
    std::erase(digits, ',');
    return digits;
}

} // namespace

ParsedNumber parse_amount(std::string_view text) {
    std::string digits = without_commas(text);
    std::int64_t factor = 1;
    switch (digits.empty() ? ' ' : digits.back()) {
    case 'K':
        factor = 1'000;
        break;
    case 'M':
        factor = 1'000'000;
        break;
    case 'B':
        factor = 1'000'000'000;
        break;
    default:
        break;
    }
    if (factor != 1) {
        digits.pop_back();
    }
    // A rule file writes figures as people do, with zeros in front where they like.
    const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    digits.erase(0, digits[first] == '.' && first > 0 ? first - 1 : first);
    ParsedNumber parsed = Number::parse(digits);
    if (parsed && factor != 1) {
        const Checked scaled = mul(parsed.value, Number(factor));
        parsed.value = scaled.value;
        parsed.fault = scaled ? NumberTextFault::none : NumberTextFault::does_not_fit;
    }
    return parsed;
}

MoneyText split_money(std::string_view text) {
    for (const auto& [sign, code] : currency_signs) {
        if (text.starts_with(sign)) {
            return {std::string(code), text.substr(sign.size())};
        }
    }
    const std::size_t amount = text.find_first_not_of(' ', 3);
    return {std::string(text.substr(0, 3)), text.substr(amount)};
}

} // namespace rung
