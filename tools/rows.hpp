// Answers about the partners of a list, in one of the formats of a list.
#pragma once

#include "tools/columns.hpp"
#include "tools/output.hpp"
#include "tools/table.hpp"

#include <rung/diagnostics.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rung::tools {

enum class RowFormat : std::uint8_t { text, json, ndjson, csv };

/// Writes rows in the order in which they come. A partner that could not be judged has an error record in its place.
class Rows {
public:
    /// `style`: of text.
    Rows(RowFormat format, std::vector<Column> columns, Output& output, const TextOptions& style);

    void begin();
    void add(std::uint64_t line, const Outcome& outcome);
    /// `list`: what it is called, so that a place in another file is told.
    void add(std::uint64_t line, const Diagnostics& faults, const std::string& list);
    /// `summary` stands below text, and nowhere else.
    void end(const std::string& summary);

private:
    [[nodiscard]] std::vector<std::string> names() const; // for programs
    [[nodiscard]] std::vector<std::string> heads() const; // for people
    void add_json(const nlohmann::ordered_json& row);

    RowFormat format_;
    std::vector<Column> columns_;
    Output& output_;
    Language language_;
    Table table_;
    bool is_first_ = true;
};

} // namespace rung::tools
