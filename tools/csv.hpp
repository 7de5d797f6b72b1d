// CSV (RFC 4180): rows read one by one, cells written.
#pragma once

#include "tools/input.hpp"

#include <rung/diagnostics.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rung::tools {

struct CsvRow {
    std::uint64_t line = 0; // of the file, on which the row begins
    std::vector<std::string> cells;
    std::optional<Diagnostic> fault; // why it could not be read
};

/// Reads rows that end in LF, CRLF or CR. Cells in quotes may hold all three, commas, and quotes written twice.
/// Lines without a character are no rows. Cells are parted by commas, or, where the first line has none, by the
/// semicolons or tabs that it has, as spreadsheets write them where a comma is the decimal sign.
///
/// A row with a quote in the wrong place is told as a fault, and the next line begins a new row.
class CsvReader {
public:
    explicit CsvReader(Input& input);
    CsvReader(CsvReader&&) noexcept;
    CsvReader& operator=(CsvReader&&) = delete;
    ~CsvReader();

    /// Nothing behind the last row.
    std::optional<CsvRow> next();

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

/// A cell as it stands in a file: in quotes where it must be, and with an apostrophe before it where a spreadsheet
/// would compute it.
[[nodiscard]] std::string csv_cell(const std::string& text);
/// A row with its end.
[[nodiscard]] std::string csv_row(const std::vector<std::string>& cells);

} // namespace rung::tools
