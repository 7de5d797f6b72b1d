// References among facts: `item of LIST by KEY`, joined once when all facts are in their slots.
//
// A cell that refers holds the text of a key; the join finds the record that has it, by hashing, and writes
// its row beside the key, so that an evaluation goes there by number. Takes time and memory in proportion
// to the facts; has no state.
#pragma once

#include "interpreter/fact_sheet.hpp"

#include <string>
#include <vector>

namespace rung {

/// A certain value of a key, as the text that references are joined by.
[[nodiscard]] std::string key_text(const Model& model, const Value& value, Type type);

/// Two records of a list that facts refer to have one key.
struct KeyTwice {
    Index reference = none;
    Index first = none; // rows
    Index second = none;
    std::string key;
};

/// Leads every reference of the sheet to its record, anew. A key that a second record has leads to the first
/// one, and is given back: such facts are not to be used.
std::vector<KeyTwice> join_references(const Model& model, FactSheet& sheet);

} // namespace rung
