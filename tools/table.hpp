// A table for a terminal, told row by row: columns as wide as the first rows need, and no line too long.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace rung::tools {

class Table {
public:
    Table(std::vector<std::string> names, int width) : names_(std::move(names)), width_(width) {}

    /// What is ready to be shown: nothing while the widths are not settled.
    [[nodiscard]] std::string add(std::vector<std::string> cells);
    /// A line of its own among the rows, or several where it is long, not parted into cells.
    [[nodiscard]] std::string add_note(std::string note);
    /// The rest.
    [[nodiscard]] std::string finish();

private:
    /// The rows that settle the widths, which is as much as is held.
    static constexpr std::size_t settling_rows = 100;

    struct Row {
        std::vector<std::string> cells; // a sole one, of a note
        bool is_note = false;
    };

    std::string take(Row row);
    void settle();
    [[nodiscard]] std::string text_of(const Row& row) const;

    std::vector<std::string> names_;
    int width_;
    std::vector<int> widths_; // empty until they are settled
    std::vector<Row> held_;
};

} // namespace rung::tools
