// Figures, amounts and days as guides and people write them: `$5 million`, `1.000,50`, `2,137$`, `8+`,
// `Oct 1, 2023`; and how Rung writes the same.
#pragma once

#include "grammar/place.hpp"
#include "grammar/written_dates.hpp"

#include <optional>

namespace rung::mistakes {

/// `$250k`, `$2500,000`, `USD 250k`: the amount that begins at a currency, or nothing.
[[nodiscard]] Span amount_at(std::string_view text, Span where);

/// The amount or other value that begins at `at`: `$2,750` is two lexemes.
[[nodiscard]] std::string_view value_at(std::string_view text, std::uint32_t at);

/// The figure that begins at a place, with its currency.
[[nodiscard]] std::string_view figure_at(std::string_view text, std::uint32_t at);

/// `$5 million`, `50 %`, `$ 5`, `USD5`.
[[nodiscard]] std::string closed_up_figure(const Place& place, std::string_view found);

/// `15 points`, `$1,500 USD`: a figure has no unit behind it.
[[nodiscard]] bool is_unit(const Place& place, std::string_view found);

/// `usd` and `$` where the code of a currency stands.
[[nodiscard]] std::string currency_instead(std::string_view found);

/// A day that is written otherwise than 2023-10-01, with how it is written if that can be told.
[[nodiscard]] Fault malformed_date(std::string_view found, Span where);

/// A figure that is none, where a value should come.
[[nodiscard]] Fault figure_fault(std::string_view text, Span where);

/// `| $250K+ |`, at the bar, and `| 8+ |` where no sum may stand, at the sign.
[[nodiscard]] std::optional<Fault> marked_figure(const Place& place, std::string_view found);

/// A day as a guide writes it, at the place or from the figure before it on.
[[nodiscard]] std::optional<WrittenDate> guide_date(const Place& place);

/// `2,137$`
[[nodiscard]] std::optional<Fault> currency_behind(const Place& place, Span where);

} // namespace rung::mistakes
