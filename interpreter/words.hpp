// Figures, windows and conditions in English words. The pieces that every text printer uses.
#pragma once

#include <rung/outcome.hpp>

namespace rung {

/// "$12,000,000", "2", "15%", "15 Feb 2023", "yes", "embed and connect", "from 1 to 3", "not recorded".
[[nodiscard]] std::string in_words(const Figure& figure);
/// "in 2022", "from 16 Feb 2022 to 15 Feb 2023"
[[nodiscard]] std::string in_words(const Days& window);
/// What a condition came to, without its label: "2 of 3: 1 more".
[[nodiscard]] std::string result_in_words(const Condition& condition);
/// Why a record did not count: "2 days before the window", "not customer-facing".
[[nodiscard]] std::string failure_in_words(const Condition& condition);
/// "one", "two" … "twelve", then figures.
[[nodiscard]] std::string count_in_words(std::size_t count);
[[nodiscard]] std::string date_in_words(const std::string& iso);

} // namespace rung
