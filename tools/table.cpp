#include "tools/table.hpp"

#include "interpreter/text.hpp"

#include <algorithm>
#include <numeric>

namespace rung::tools {

namespace {

constexpr int least_column = 6;
constexpr int gap = 2;

/// A cell is one line.
std::string shown_cell(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::erase(text, '\r');
    return harmless(text);
}

/// As much as fits; that it is cut shows.
std::string cut(const std::string& text, int width) {
    const std::string shown = shown_cell(text);
    if (columns(shown) <= width) {
        return shown;
    }
    std::string fits;
    int used = 0;
    for (const std::string& character : visible_characters(shown)) {
        used += columns(character);
        if (used > width - 1) {
            break;
        }
        fits += character;
    }
    return fits + "…";
}

} // namespace

std::string Table::add(std::vector<std::string> cells) { return take({std::move(cells), false}); }

std::string Table::add_note(std::string note) { return take({{std::move(note)}, true}); }

std::string Table::take(Row row) {
    if (!widths_.empty()) {
        return text_of(row);
    }
    held_.push_back(std::move(row));
    return held_.size() < settling_rows ? "" : finish();
}

std::string Table::finish() {
    if (!widths_.empty()) {
        return "";
    }
    settle();
    std::string text = text_of({names_, false});
    for (const Row& row : held_) {
        text += text_of(row);
    }
    held_.clear();
    return text;
}

/// The widest columns give way where a line would be too long.
void Table::settle() {
    for (const std::string& name : names_) {
        widths_.push_back(columns(name));
    }
    for (const Row& row : held_) {
        for (std::size_t i = 0; i < row.cells.size() && !row.is_note; ++i) {
            widths_[i] = std::max(widths_[i], columns(shown_cell(row.cells[i])));
        }
    }
    const int gaps = gap * (static_cast<int>(widths_.size()) - 1);
    for (int all = std::accumulate(widths_.begin(), widths_.end(), gaps); all > width_; --all) {
        int& widest = *std::max_element(widths_.begin(), widths_.end());
        if (widest <= least_column) {
            break;
        }
        --widest;
    }
}

std::string Table::text_of(const Row& row) const {
    if (row.is_note) {
        return wrapped(harmless(row.cells.front()), width_, 0, 2) + "\n";
    }
    std::string line;
    int behind = 0;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::string cell = cut(row.cells[i], widths_[i]);
        line += std::string(static_cast<std::size_t>(cell.empty() ? 0 : behind), ' ') + cell;
        behind = (cell.empty() ? behind : 0) + widths_[i] - columns(cell) + gap;
    }
    return line + "\n";
}

} // namespace rung::tools
