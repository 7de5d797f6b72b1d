// Looking up a value in a table by its keys, of which perhaps only the bounds are known.
//
// The result holds what every row that may be meant says. Where no row matches, or the row says nothing,
// the rules leave it undetermined, with the reason `no_row`.
#pragma once

#include "interpreter/model.hpp"

#include <span>

namespace rung {

/// `column` is of values; `keys` are in the order of the key columns, and are used to work in.
[[nodiscard]] Value look_up(const LookUpTable& table, Index column, std::span<Value> keys);

/// The row that is certainly meant, and whether what goes on from its bound adds to it.
struct MeantRow {
    std::size_t row = 0; // of LookUpTable::rows; behind the last one: `otherwise`
    bool further = false;
};
[[nodiscard]] std::optional<MeantRow> row_meant(const LookUpTable& table,
                                                std::span<const Value> keys);

} // namespace rung
