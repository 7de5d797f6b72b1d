#include "interpreter/layout_text.hpp"

#include "interpreter/text.hpp"

#include <algorithm>

namespace rung {

namespace {

constexpr int usual_label = 32; // columns of a label with its mark and the blanks behind it
constexpr int least_width = 40;
constexpr int narrow_page = 60; // below it, nothing stands beside a label

std::string blanks(int count) {
    return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

class TextLayout {
public:
    explicit TextLayout(const TextOptions& options)
        : paint_{options.colour}, width_(std::max(options.width, least_width)), all_(options.all) {}

    std::string run(const Document& document) {
        for (const Section& section : document.sections) {
            begins_section_ = true;
            blocks(section.blocks);
        }
        return std::move(text_);
    }

private:
    // ---- blocks

    void blocks(const std::vector<Block>& blocks) {
        for (const Block& block : blocks) {
            std::visit([&](const auto& it) { this->block(it); }, block);
        }
    }

    /// A blank line before the first block of a section that shows something.
    void begin() {
        text_ += begins_section_ && !text_.empty() ? "\n" : "";
        begins_section_ = false;
    }

    void block(const Heading& heading) {
        begin();
        text_ += paint_.strong(wrapped(harmless(heading.text), width_, 0, 0)) + "\n";
    }

    /// The lines of a plain one hang, so that one is told from the next.
    void block(const Paragraph& paragraph) {
        begin();
        const int hang = paragraph.tone == Tone::plain ? 2 : 0;
        text_ += toned(wrapped(harmless(paragraph.text), width_, 0, hang), paragraph.tone) + "\n";
    }

    void block(const Items& items) {
        begin();
        label_width_ = label_width(items.items);
        are_figures_ = std::none_of(items.items.begin(), items.items.end(),
                                    [](const Item& item) { return item.mark != Mark::plain; });
        list(items.items, 2);
    }

    void block(const Table& table) {
        begin();
        std::vector<std::string> titles;
        std::transform(table.columns.begin(), table.columns.end(), std::back_inserter(titles),
                       [](const Table::Column& column) { return column.title; });
        if (!table.caption.empty()) {
            block(Paragraph{table.caption});
        }
        const std::vector<int> widths = column_widths(table, titles);
        if (width_ < narrow_page || widths.empty()) {
            narrow_table(table, titles);
            return;
        }
        table_row(table, titles, widths, true);
        for (const std::vector<std::string>& row : table.rows) {
            table_row(table, row, widths, false);
        }
    }

    void block(const Rungs&) {} // a picture of what the sentences say
    void block(const Flow&) {} // a picture of a table

    void block(const Folded& folded) {
        if (!all_) {
            return;
        }
        begins_section_ = true;
        block(Heading{folded.summary});
        for (const Block& block : folded.blocks) {
            begins_section_ = begins_section_ || std::holds_alternative<Heading>(block);
            std::visit([&](const auto& it) { this->block(it); }, block);
        }
    }

    // ---- tables

    static constexpr int gap = 2; // before the first column, and between two
    static constexpr int least_wrapped = 16; // of a column that goes over several lines

    /// As wide as their cells, or as the page allows: the last column gives way first, and then whichever is widest, to
    /// no less than the longest word. Empty where that is still too wide.
    [[nodiscard]] std::vector<int> column_widths(const Table& table,
                                                 const std::vector<std::string>& titles) const {
        std::vector<int> widths(titles.size(), 0);
        std::vector<int> least(titles.size(), 0);
        const auto measure = [&](const std::vector<std::string>& cells) {
            for (std::size_t i = 0; i < std::min(cells.size(), widths.size()); ++i) {
                const std::string cell = harmless(cells[i]);
                widths[i] = std::max(widths[i], columns(cell));
                least[i] = std::max(least[i], longest_word(cell));
            }
        };
        measure(titles);
        for (const std::vector<std::string>& row : table.rows) {
            measure(row);
        }
        int excess = -width_;
        for (const int width : widths) {
            excess += width + gap;
        }
        const auto shrink = [&](std::size_t column, int floor, int by) {
            const int taken = std::clamp(widths[column] - floor, 0, by);
            widths[column] -= taken;
            excess -= taken;
            return taken > 0;
        };
        if (!widths.empty() && excess > 0) {
            shrink(widths.size() - 1, std::max(least.back(), least_wrapped), excess);
        }
        while (excess > 0) {
            std::size_t widest = widths.size();
            for (std::size_t i = 0; i < widths.size(); ++i) {
                const bool can = widths[i] > least[i];
                if (can && (widest == widths.size() || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest == widths.size() || !shrink(widest, least[widest], 1)) {
                return {};
            }
        }
        return widths;
    }

    /// What does not go over two lines: Chinese and Japanese characters part where they must.
    static int longest_word(const std::string& cell) {
        constexpr int wide = 2;
        int longest = 0;
        int word = 0;
        for (const std::string& character : visible_characters(cell)) {
            const int width = columns(character);
            word = character == " " ? 0 : width == wide ? wide : word + width;
            longest = std::max(longest, word);
        }
        return std::min(longest + (longest == wide ? wide : 0), columns(cell));
    }

    /// A paragraph for each row; below its first cell the others, each with the title of its column.
    void narrow_table(const Table& table, const std::vector<std::string>& titles) {
        for (const std::vector<std::string>& row : table.rows) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::string cell = harmless(row[i]);
                if (i > 0 && cell.empty()) {
                    continue;
                }
                const int indent = i == 0 ? 2 : 4;
                const std::string title = i == 0 ? "" : harmless(titles[i]);
                const std::string lead = title.empty() ? "" : title + "  ";
                text_ += blanks(indent) + paint_.faint(lead) +
                         wrapped(cell, width_, indent + columns(lead), indent + 2) + "\n";
            }
        }
    }

    /// Cells go over several lines where they must.
    void table_row(const Table& table, const std::vector<std::string>& cells,
                   const std::vector<int>& widths, bool is_head) {
        std::vector<std::vector<std::string>> lines;
        std::size_t height = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            lines.push_back(wrapped_lines(harmless(cells[i]), widths[i]));
            height = std::max(height, lines.back().size());
        }
        for (std::size_t line = 0; line < height; ++line) {
            int pending = gap; // blanks, of which none end a line
            for (std::size_t i = 0; i < lines.size(); ++i) {
                const std::string text = line < lines[i].size() ? lines[i][line] : std::string();
                const int room = widths[i] - columns(text);
                const bool is_figure = table.columns[i].figures;
                if (!text.empty()) {
                    text_ += blanks(pending + (is_figure ? room : 0));
                    text_ += is_head ? paint_.faint(text) : text;
                    pending = gap + (is_figure ? 0 : room);
                } else {
                    pending += widths[i] + gap;
                }
            }
            text_ += "\n";
        }
    }

    // ---- items

    /// Those without marks are a list of figures, as narrow as its labels allow; a label that would leave them too
    /// little goes over several lines.
    [[nodiscard]] int label_width(const std::vector<Item>& items) const {
        int widest = 0;
        int figures = 0;
        for (const Item& item : items) {
            if (item.mark != Mark::plain) {
                return usual_label;
            }
            widest = std::max(widest, columns(harmless(item.label)) + 4);
            figures = std::max(figures, columns(harmless(item.result)) + behind(item));
        }
        const int most = std::clamp(width_ - figures, width_ / 2, width_ * 3 / 4);
        return std::min(widest, most);
    }

    /// Columns that the source takes at the margin, with what parts it from the rest.
    [[nodiscard]] static int behind(const Item& item) {
        return item.source.empty() ? 0 : columns(harmless(item.source)) + 2;
    }

    void list(const std::vector<Item>& items, int indent) {
        int steps = 0;
        for (const Item& item : items) {
            steps += item.mark == Mark::step ? 1 : 0;
            const std::string sign =
                item.mark == Mark::step ? std::to_string(steps) : sign_of(item.mark);
            if (item.result.empty() && item.source.empty()) {
                sentence(item, sign, indent);
            } else {
                row(item, sign, indent);
            }
            list(item.below, indent + 4);
        }
    }

    void sentence(const Item& item, const std::string& sign, int indent) {
        const int begin = sign.empty() ? indent : indent + 2;
        text_ += blanks(indent) + (sign.empty() ? "" : sign + " ") +
                 toned(wrapped(harmless(item.label), width_, begin, indent + 2), item.tone) + "\n";
    }

    /// A mark, a label, what it came to, and the source at the right margin. A label without a mark begins
    /// where that of a line with one would. What does not go beside it has a line of its own below.
    void row(const Item& item, const std::string& sign, int indent) {
        const int left = sign.empty() ? indent - 2 : indent;
        if (width_ < narrow_page) {
            narrow_row(item, sign, left);
            return;
        }
        const int below = left + 4;
        const int results = left + label_width_;
        const std::string result = harmless(item.result);
        const int label_end = label(item, sign, left, results);
        const int begin = label_end < results ? results : label_end + 2;
        const bool fits = begin + columns(result) + behind(item) <= width_;
        int end = label_end;
        if (fits && !result.empty()) {
            text_ += blanks(begin - label_end) + result;
            end = begin + columns(result);
        }
        const bool is_cited = end + behind(item) <= width_;
        if (is_cited) {
            cite(item, end);
        }
        text_ += "\n";
        if (!fits && !result.empty()) {
            text_ += blanks(below) + wrapped(result, width_, below, below) + "\n";
        }
        if (!is_cited) {
            text_ += blanks(below) +
                     paint_.faint(wrapped(harmless(item.source), width_, below, below)) + "\n";
        }
    }

    void cite(const Item& item, int end) {
        if (!item.source.empty()) {
            const std::string source = harmless(item.source);
            text_ += blanks(width_ - columns(source) - end) + paint_.faint(source);
        }
    }

    /// Where the label ends; one of a list of figures that is too long ends in a line of its own.
    int label(const Item& item, const std::string& sign, int left, int results) {
        const int most = are_figures_ ? results - 2 : width_;
        const std::string body = wrapped(harmless(item.label), most, left + 2, left + 4);
        const std::size_t last = body.rfind('\n');
        text_ += blanks(left) + (sign.empty() ? " " : sign) + " " + toned(body, item.tone);
        return last == std::string::npos ? left + 2 + columns(body)
                                         : columns(std::string_view(body).substr(last + 1));
    }

    /// The same, each below the other.
    void narrow_row(const Item& item, const std::string& sign, int left) {
        const int below = left + 4;
        text_ += blanks(left) + (sign.empty() ? " " : sign) + " " +
                 toned(wrapped(harmless(item.label), width_, left + 2, left + 2), item.tone) + "\n";
        if (!item.result.empty()) {
            text_ += blanks(below) + wrapped(harmless(item.result), width_, below, below) + "\n";
        }
        if (!item.source.empty()) {
            text_ += blanks(below) +
                     paint_.faint(wrapped(harmless(item.source), width_, below, below)) + "\n";
        }
    }

    // ---- signs and colours

    [[nodiscard]] std::string sign_of(Mark mark) const {
        switch (mark) {
        case Mark::met:
            return paint_.good("✓");
        case Mark::unmet:
            return paint_.bad("✗");
        case Mark::unknown:
            return paint_.warn("?");
        case Mark::open:
            return paint_.warn("○");
        case Mark::not_asked:
        case Mark::waived:
        case Mark::closed:
            return paint_.faint("–");
        case Mark::way:
            return "·";
        case Mark::change:
            return "→";
        case Mark::plain:
        case Mark::step: // numbered
            break;
        }
        return "";
    }

    [[nodiscard]] std::string toned(const std::string& text, Tone tone) const {
        switch (tone) {
        case Tone::strong:
            return paint_.strong(text);
        case Tone::faint:
            return paint_.faint(text);
        case Tone::warning:
            return paint_.warn(text);
        case Tone::plain:
            break;
        }
        return text;
    }

    Paint paint_;
    int width_;
    bool all_;
    bool begins_section_ = false;
    int label_width_ = usual_label;
    bool are_figures_ = false; // the list that is laid out has no marks
    std::string text_;
};

} // namespace

std::string layout_text(const Document& document, const TextOptions& options) {
    return TextLayout(options).run(document);
}

} // namespace rung
