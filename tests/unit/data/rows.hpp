// Reads the vectors that generate.py writes: tab-separated columns, lines of `#` left out.
#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace rung::testing {

using Row = std::vector<std::string>;

inline Row split_at(const std::string& line, char separator) {
    Row columns(1);
    for (const char c : line) {
        if (c == separator) {
            columns.emplace_back();
        } else {
            columns.back().push_back(c);
        }
    }
    return columns;
}

/// The rows of tests/unit/data/`name`; empty if the file cannot be read.
inline std::vector<Row> read_rows(const std::string& name) {
    std::ifstream file(std::string(RUNG_SOURCE_DIR) + "/tests/unit/data/" + name);
    std::vector<Row> rows;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line.front() != '#')
            rows.push_back(split_at(line, '\t'));
    }
    return rows;
}

} // namespace rung::testing
