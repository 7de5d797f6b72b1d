// Cells of a list as the values of facts.
#pragma once

#include <rung/contract.hpp>
#include <rung/diagnostics.hpp>

#include <string>
#include <string_view>

namespace rung::tools {

/// The JSON of what a cell says; empty where it says nothing (it is empty, or `unknown`). Blanks around it are left out.
/// A cell is a value and never a calculation: a figure is digits with an optional minus, commas between thousands, a
/// point, the sign of the currency, `K`, `M` or `B`, or `%`. What is no such value is left to the reader of facts,
/// who says what is asked, but a figure: then `faults` says so, at `place`. `column` is what the message calls it.
///
/// `need`: nothing of a text that is no fact.
[[nodiscard]] std::string cell_json(const FactNeed* need, std::string_view written,
                                    const std::string& column, const Place& place,
                                    Diagnostics& faults);

/// Without the blanks around it, those of Unicode that spreadsheets leave too.
[[nodiscard]] std::string_view cell_text(std::string_view written);

} // namespace rung::tools
