// The text is read as pieces, tokens and comments in their order, each with the line it stood on. The
// formatter walks the sections and copies the pieces, and decides only what comes before each of them:
// nothing, a blank, blanks up to a column, or a new line. A cursor over the pieces makes sure that none is
// written twice or left out.

#include "grammar/format.hpp"

#include "grammar/characters.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

namespace rung {

namespace {

/// Where lines of a body begin, and how much deeper those that continue one.
constexpr std::size_t step = 2;

/// Between two columns of a list of items.
constexpr std::size_t column_gap = 2;

/// A longer cell of an item does not widen its column: one long list of choices must not push the labels
/// of a whole section out of sight.
constexpr std::size_t widest_item_cell = 56;

/// A longer cell of a table does not widen its column. Nobody writes one; without a limit a single cell
/// of a megabyte would pad every row of its table to a megabyte.
constexpr std::size_t widest_table_cell = 400;

constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

// ---- a tree as pieces ----------------------------------------------------------------------------

/// A token or a comment. None reaches over a line's end.
struct Piece {
    std::string_view text;
    std::size_t width;
    /// In the source, from one.
    std::uint32_t line;
    /// The token's; 0, the root, for a comment.
    std::uint32_t node;
    /// A comment in column 1.
    bool at_margin;
    /// On the line of the piece before it, no blank stands between them.
    bool tight;

    [[nodiscard]] bool is_comment() const { return node == 0; }
};

struct Pieces {
    std::vector<Piece> all;
    /// For each node its first piece; for an empty cell, the piece behind it.
    std::vector<std::uint32_t> first;
};

/// A name, a column and a path of names are of one piece, too.
bool is_leaf(Kind kind) { return is_token(kind) || kind == Kind::path || kind == Kind::column; }

class PieceReader {
public:
    explicit PieceReader(const Tree& tree) : tree_(tree), text_(tree.source().text()) {}

    /// Nothing for a tree with faults.
    std::optional<Pieces> read() {
        constexpr std::string_view byte_order_mark = "\uFEFF";
        at_ = text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
        line_begin_ = at_;
        const std::vector<Node>& nodes = tree_.nodes();
        for (std::uint32_t node = 0; node < nodes.size(); ++node) {
            if (nodes[node].broken || nodes[node].kind == Kind::error)
                return std::nullopt;
            if (!is_leaf(nodes[node].kind))
                continue;
            if (!read_trivia(nodes[node].span.begin))
                return std::nullopt;
            pieces_.first.resize(node + 1, count());
            add_token(node);
        }
        if (!read_trivia(text_.size()))
            return std::nullopt;
        pieces_.first.resize(nodes.size(), count());
        return std::move(pieces_);
    }

private:
    [[nodiscard]] std::uint32_t count() const {
        return static_cast<std::uint32_t>(pieces_.all.size());
    }

    void add_token(std::uint32_t node) {
        const Span span = tree_.nodes()[node].span;
        const std::string_view text = tree_.source().text(span);
        pieces_.all.push_back({text, display_width(text), line_, node, false, is_tight(node)});
        at_ = span.end;
    }

    /// False where something else stands between two tokens than blanks, line ends and comments.
    bool read_trivia(std::size_t end) {
        while (at_ < end) {
            const char c = text_[at_];
            if (c == '#') {
                add_comment();
            } else if (c == '\n') {
                ++at_;
                ++line_;
                line_begin_ = at_;
            } else if (c == ' ' || c == '\t' || text_.substr(at_, 2) == "\r\n") {
                ++at_;
            } else {
                return false;
            }
        }
        return at_ == end;
    }

    void add_comment() {
        const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
        std::string_view text = text_.substr(at_, end - at_);
        text = text.substr(0, text.find_last_not_of(" \t") + 1);
        pieces_.all.push_back({text, display_width(text), line_, 0, at_ == line_begin_, false});
        at_ = end;
    }

    [[nodiscard]] bool is_sign(std::uint32_t node, std::string_view spelling) const {
        return tree_.nodes()[node].kind == Kind::sign &&
               tree_.source().text(tree_.nodes()[node].span) == spelling;
    }
    [[nodiscard]] bool is_tight(std::uint32_t node) const {
        if (pieces_.all.empty() || pieces_.all.back().is_comment())
            return false;
        const std::uint32_t before = pieces_.all.back().node;
        const bool behind_minus = tree_.nodes()[before - 1].kind == Kind::minus;
        return behind_minus || is_sign(before, "(") || is_sign(node, ")") || is_sign(node, ",");
    }

    const Tree& tree_;
    std::string_view text_;
    Pieces pieces_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    std::size_t line_begin_ = 0;
};

// ---- the page being written ----------------------------------------------------------------------

class Page {
public:
    /// Ends the line before, if there is one.
    void begin_line(std::size_t indent, bool blank_before) {
        if (!text_.empty()) {
            text_ += blank_before ? "\n\n" : "\n";
        }
        column_ = 0;
        put_blanks(indent);
    }
    void put(std::string_view text, std::size_t width) {
        text_ += text;
        column_ += width;
    }
    void put(const Piece& piece) { put(piece.text, piece.width); }
    void put_blanks(std::size_t count) {
        text_.append(count, ' ');
        column_ += count;
    }
    /// To the column, but at least `least` blanks.
    void pad_to(std::size_t column, std::size_t least) {
        put_blanks(std::max(column > column_ ? column - column_ : 0, least));
    }
    [[nodiscard]] std::size_t column() const { return column_; }

    std::string finish() {
        if (!text_.empty()) {
            text_ += '\n';
        }
        return std::move(text_);
    }

private:
    std::string text_;
    std::size_t column_ = 0;
};

/// A piece that begins at a column where its line leaves room.
struct Stop {
    std::uint32_t piece;
    std::size_t column;
    std::size_t least_blanks;
};

/// How the rest of a line, and the lines that continue it, are laid out.
struct Layout {
    std::size_t indent = step;
    /// Lines that continue stand under this piece, unless it begins a line itself.
    std::uint32_t anchor = nowhere;
    /// In the order of their pieces.
    std::span<const Stop> stops = {};
};

/// A section, and where on its first line the content begins.
struct Section {
    std::uint32_t node;
    Kind kind;
    std::size_t column = 0;
};

/// A line of a list: name, type, label, the rest. Or name, label, period, moves, the rest.
constexpr std::size_t most_columns = 5;

struct Item {
    std::uint32_t end = 0;
    std::uint32_t anchor = nowhere;
    /// The pieces that begin a cell; `nowhere` for a cell that is not there.
    std::array<std::uint32_t, most_columns> cells{nowhere, nowhere, nowhere, nowhere, nowhere};
};

struct Cell {
    std::uint32_t begin;
    std::uint32_t end;
};

bool is_head(Kind kind) { return kind >= Kind::program && kind <= Kind::input; }
/// Sections that stand in runs, their texts in a column.
bool is_remark(Kind kind) { return kind == Kind::reading || kind == Kind::accept; }
bool is_table(Kind kind) {
    return kind == Kind::requirements || kind == Kind::benefits || kind == Kind::values ||
           kind == Kind::measures || kind == Kind::look_up_table;
}
bool has_items(Kind kind) {
    return kind == Kind::reviews || kind == Kind::record || kind == Kind::facts ||
           kind == Kind::paths || kind == Kind::standing || kind == Kind::labels;
}
bool is_item(Kind kind) {
    return kind == Kind::review || kind == Kind::field || kind == Kind::path_item ||
           kind == Kind::keeping || kind == Kind::label_line;
}

class Formatter {
public:
    Formatter(const Tree& tree, const Pieces& pieces) : tree_(tree), pieces_(pieces) {}

    std::string write() {
        std::vector<Section> sections;
        each_child(0, [&](std::uint32_t node) { sections.push_back({node, kind(node)}); });
        align_openings(sections);
        const Section* before = nullptr;
        for (const Section& section : sections) {
            write_between(before, &section, first(section.node));
            write_section(section);
            before = &section;
        }
        write_between(before, nullptr, static_cast<std::uint32_t>(pieces_.all.size()));
        return page_.finish();
    }

private:
    // ---- looking at the tree and its pieces ------------------------------------------------------

    [[nodiscard]] Kind kind(std::uint32_t node) const { return tree_.nodes()[node].kind; }
    [[nodiscard]] std::uint32_t behind(std::uint32_t node) const {
        return node + tree_.nodes()[node].size;
    }
    template <typename Visit>
    void each_child(std::uint32_t node, Visit visit) const {
        for (std::uint32_t child = node + 1; child < behind(node); child = behind(child)) {
            visit(child);
        }
    }
    [[nodiscard]] std::uint32_t find_inside(std::uint32_t node, Kind wanted) const {
        for (std::uint32_t inner = node; inner < behind(node); ++inner) {
            if (kind(inner) == wanted)
                return first(inner);
        }
        return nowhere;
    }

    [[nodiscard]] const Piece& piece(std::uint32_t index) const { return pieces_.all[index]; }
    [[nodiscard]] std::uint32_t first(std::uint32_t node) const { return pieces_.first[node]; }
    /// Behind the last piece of the node. The last node of a subtree is a token or an empty cell.
    [[nodiscard]] std::uint32_t end(std::uint32_t node) const {
        const std::uint32_t last = behind(node) - 1;
        return first(last) + (is_leaf(kind(last)) ? 1 : 0);
    }
    [[nodiscard]] bool is_sign(const Piece& of, std::string_view spelling) const {
        return !of.is_comment() && kind(of.node) == Kind::sign && of.text == spelling;
    }

    /// Line ends between a piece and the one before it.
    [[nodiscard]] std::uint32_t breaks_before(std::uint32_t index) const {
        return index == 0 ? 1 : piece(index).line - piece(index - 1).line;
    }
    [[nodiscard]] bool is_broken(Cell cell) const {
        for (std::uint32_t index = cell.begin + 1; index < cell.end; ++index) {
            if (breaks_before(index) > 0)
                return true;
        }
        return false;
    }
    /// Of pieces on one line.
    [[nodiscard]] std::size_t width(Cell cell) const {
        std::size_t sum = 0;
        for (std::uint32_t index = cell.begin; index < cell.end; ++index) {
            const bool blank = index > cell.begin && !piece(index).tight;
            sum += piece(index).width + (blank ? 1 : 0);
        }
        return sum;
    }

    // ---- writing pieces --------------------------------------------------------------------------

    void write_next() { page_.put(piece(next_++)); }

    /// The user's blank lines stay, as one, but not before the first line of a body.
    [[nodiscard]] bool blank_line_before(std::uint32_t index) const {
        return breaks_before(index) > 1 && index > 0 && piece(index - 1).line > no_blank_behind_;
    }

    void begin_line(std::size_t indent) {
        page_.begin_line(indent, blank_line_before(next_));
        write_next();
    }

    void write_comment() {
        if (breaks_before(next_) > 0) {
            begin_line(piece(next_).at_margin ? 0 : indent_);
        } else {
            page_.put_blanks(column_gap);
            write_next();
        }
    }

    /// The pieces before `end`, on the line that is begun and as many more as the user made of them.
    void write_until(std::uint32_t end, const Layout& layout) {
        indent_ = layout.indent;
        auto stop = layout.stops.begin();
        while (next_ < end) {
            const Piece& now = piece(next_);
            while (stop != layout.stops.end() && stop->piece < next_) {
                ++stop;
            }
            if (now.is_comment()) {
                write_comment();
                continue;
            }
            if (is_sign(now, ")")) {
                indent_ -= step;
            }
            if (breaks_before(next_) > 0) {
                begin_line(indent_);
            } else {
                if (stop != layout.stops.end() && stop->piece == next_) {
                    page_.pad_to(stop->column, stop->least_blanks);
                } else if (!now.tight) {
                    page_.put_blanks(1);
                }
                if (next_ == layout.anchor) {
                    indent_ = page_.column();
                }
                write_next();
            }
            if (is_sign(now, "(")) {
                indent_ += step;
            }
        }
    }

    // ---- sections --------------------------------------------------------------------------------

    /// The comments between two sections, the blank line between them, and the first word of the second.
    void write_between(const Section* before, const Section* after, std::uint32_t end) {
        if (next_ < end && breaks_before(next_) == 0) {
            write_comment();
        }
        const auto both = [&](auto is) {
            return before && after && is(before->kind) && is(after->kind);
        };
        const bool heads = both(is_head);
        const bool remarks = both(is_remark) && before->kind == after->kind;
        const bool close = heads && next_ == end;
        bool wanted = before && after && !heads && !remarks && !has_blank_line(end);
        no_blank_behind_ = close ? nowhere : 0;
        for (; next_ < end; ++next_) {
            const bool margin = piece(next_).at_margin || indent_ == 0;
            page_.begin_line(margin ? 0 : indent_, (wanted && margin) || blank_line_before(next_));
            page_.put(piece(next_));
            wanted = wanted && !margin;
        }
        if (after) {
            page_.begin_line(0, wanted || blank_line_before(next_));
            no_blank_behind_ = piece(next_).line;
            write_next();
        }
    }

    [[nodiscard]] bool has_blank_line(std::uint32_t end) const {
        for (std::uint32_t index = next_; index <= end && index < pieces_.all.size(); ++index) {
            if (breaks_before(index) > 1)
                return true;
        }
        return false;
    }

    void write_section(const Section& section) {
        const std::uint32_t node = section.node;
        if (is_table(section.kind)) {
            write_table(node);
        } else if (has_items(section.kind)) {
            write_items(node);
        } else if (section.kind == Kind::test) {
            write_test(node);
        } else if (const std::uint32_t content = content_of(section); content != nowhere) {
            const Stop stop{content, section.column, 1};
            const bool goes_on = section.kind == Kind::input || section.kind == Kind::ladder;
            write_until(end(node), {step, goes_on ? content : nowhere, {&stop, 1}});
        } else {
            write_until(end(node), {});
        }
        if (is_head(section.kind) && section.kind != Kind::input) {
            indent_ = 0; // these have no body that a comment could belong to
        }
    }

    // ---- the head of the file, and remarks ---------------------------------------------------------

    /// The piece of an opening that stands in a column with those of the sections around it.
    [[nodiscard]] std::uint32_t content_of(const Section& section) const {
        const std::uint32_t begin = first(section.node);
        if (section.kind == Kind::year_starts || section.kind == Kind::reading)
            return begin + 2;
        if (section.kind == Kind::accept)
            return find_inside(section.node, Kind::text);
        return is_head(section.kind) || section.kind == Kind::ladder ? begin + 1 : nowhere;
    }

    /// Of what stands before the content on the same line; 0 where the content has a line of its own.
    [[nodiscard]] std::size_t opening_width(const Section& section) const {
        const Cell opening{first(section.node), content_of(section)};
        return is_broken({opening.begin, opening.end + 1}) ? 0 : width(opening);
    }

    /// May stand in one run with a section of the same group, and be aligned with it.
    [[nodiscard]] bool in_one_run(const Section& before, const Section& section) const {
        if (is_remark(section.kind)) {
            const std::uint32_t begin = first(section.node);
            std::uint32_t index = end(before.node);
            while (index < begin && breaks_before(index) <= 1) {
                ++index;
            }
            return before.kind == section.kind && breaks_before(index) <= 1;
        }
        const auto in_head = [](Kind kind) { return is_head(kind) || kind == Kind::ladder; };
        return in_head(before.kind) && in_head(section.kind);
    }

    void align_openings(std::vector<Section>& sections) const {
        for (std::size_t begin = 0, end = 0; begin < sections.size(); begin = end) {
            std::size_t widest = 0;
            do {
                if (content_of(sections[end]) != nowhere) {
                    const std::size_t opening = opening_width(sections[end]);
                    widest = std::max(widest, opening > widest_item_cell ? 0 : opening);
                }
                ++end;
            } while (end < sections.size() && in_one_run(sections[end - 1], sections[end]));
            const std::size_t gap = is_remark(sections[begin].kind) ? 1 : column_gap;
            for (std::size_t index = begin; index < end; ++index) {
                sections[index].column = widest + gap;
            }
        }
    }

    // ---- a line for each item ----------------------------------------------------------------------

    [[nodiscard]] Item item_of(std::uint32_t node) const {
        switch (kind(node)) {
        case Kind::field:
            return field_of(node);
        case Kind::review:
            return review_of(node);
        case Kind::label_line:
            return label_of(node);
        default:
            return named_item(node);
        }
    }

    /// A name, a label, and the rest from its first word on.
    [[nodiscard]] Item named_item(std::uint32_t node) const {
        enum { name, label, rest };
        Item item{end(node)};
        item.cells[name] = first(node);
        each_child(node, [&](std::uint32_t child) {
            const bool plain = item.cells[rest] == nowhere;
            if (plain && kind(child) == Kind::text) {
                item.cells[label] = first(child);
            } else if (plain && kind(child) == Kind::word) {
                item.cells[rest] = first(child);
            }
        });
        return item;
    }

    /// What it is of, its name, the label; the program needs no name. The text that a reason is known by stands before
    /// its label, in no column of its own.
    [[nodiscard]] Item label_of(std::uint32_t node) const {
        enum { about, name, label };
        Item item{end(node)};
        item.cells[about] = first(node);
        item.cells[name] = find_inside(node, Kind::path);
        item.cells[label] = find_inside(node, Kind::text);
        return item;
    }

    [[nodiscard]] Item field_of(std::uint32_t node) const {
        enum { name, type, label, rest };
        Item item{end(node)};
        item.cells[name] = first(node);
        each_child(node, [&](std::uint32_t child) {
            if (kind(child) == Kind::type) {
                item.cells[type] = first(child);
                item.anchor = find_inside(child, Kind::choice);
            } else if (kind(child) == Kind::annotation && item.cells[rest] == nowhere) {
                const bool is_label = kind(child + 1) == Kind::text && item.cells[label] == nowhere;
                item.cells[is_label ? label : rest] = first(child);
            }
        });
        return item;
    }

    [[nodiscard]] Item review_of(std::uint32_t node) const {
        enum { name, label, period, moves, rest };
        Item item{end(node)};
        item.cells[name] = first(node);
        std::uint32_t before = node;
        each_child(node, [&](std::uint32_t child) {
            const bool plain = item.cells[period] == nowhere;
            if (plain && kind(child) == Kind::text) {
                item.cells[label] = first(child);
            } else if (plain && kind(child) == Kind::word) {
                item.cells[period] = first(child);
            } else if (kind(child) == Kind::annotation && item.cells[moves] == nowhere) {
                item.cells[moves] = first(child);
            } else if (kind(child) == Kind::annotation && kind(before) == Kind::annotation &&
                       item.cells[rest] == nowhere) { // no comma between them
                item.cells[rest] = first(child);
            }
            before = child;
        });
        return item;
    }

    void write_items(std::uint32_t section) {
        std::vector<Item> items;
        each_child(section, [&](std::uint32_t child) {
            if (is_item(kind(child))) {
                items.push_back(item_of(child));
            }
        });
        const std::array<std::size_t, most_columns> columns = columns_of(items);
        for (const Item& item : items) {
            write_until(item.cells[0], {});
            begin_line(step);
            write_item(item, columns);
        }
        write_until(end(section), {}); // the opening of a section without items
        indent_ = step;
    }

    void write_item(const Item& item, const std::array<std::size_t, most_columns>& columns) {
        std::array<Stop, most_columns> stops{};
        std::size_t count = 0;
        for (std::size_t column = 1; column < most_columns; ++column) {
            if (item.cells[column] != nowhere) {
                stops[count++] = {item.cells[column], columns[column], column_gap};
            }
        }
        write_until(item.end, {2 * step, item.anchor, {stops.data(), count}});
    }

    [[nodiscard]] std::array<std::size_t, most_columns>
    columns_of(const std::vector<Item>& items) const {
        std::array<std::size_t, most_columns> widest{};
        for (const Item& item : items) {
            std::uint32_t cell_end = item.end;
            for (std::size_t column = most_columns; column-- > 0;) {
                if (item.cells[column] == nowhere)
                    continue;
                const Cell cell{item.cells[column], cell_end};
                const std::size_t taken = is_broken(cell) ? 0 : width(cell);
                widest[column] = std::max(widest[column], taken > widest_item_cell ? 0 : taken);
                cell_end = cell.begin;
            }
        }
        std::array<std::size_t, most_columns> columns{step};
        for (std::size_t column = 1; column < most_columns; ++column) {
            const std::size_t before = widest[column - 1];
            columns[column] = columns[column - 1] + (before > 0 ? before + column_gap : 0);
        }
        return columns;
    }

    void write_test(std::uint32_t section) {
        // `facts`, `given` and `expect` open the lines; what follows stands in one column.
        constexpr std::size_t content_column = step + std::string_view("expect ").size();
        each_child(section, [&](std::uint32_t child) {
            const bool given = kind(child) == Kind::given;
            const bool facts = given || kind(child) == Kind::test_facts;
            const bool expect = kind(child) == Kind::word && piece(first(child)).text == "expect";
            if (!facts && !expect)
                return;
            write_until(first(child), {});
            begin_line(step);
            const std::uint32_t content = expect ? behind(child) : child;
            const Stop stop{next_, content_column, 1};
            if (given && find_inside(child, Kind::header) != nowhere) {
                write_until(find_inside(child, Kind::header), {step, nowhere, {&stop, 1}});
                write_table(child, step);
                no_blank_behind_ = 0;
                return;
            }
            const Kind list = given ? Kind::given_value : Kind::names;
            write_until(end(content), {2 * step, find_inside(content, list), {&stop, 1}});
        });
        write_until(end(section), {});
        indent_ = step;
    }

    // ---- tables ------------------------------------------------------------------------------------

    template <typename Visit>
    void each_cell(std::uint32_t row, Visit visit) const {
        std::size_t column = 0;
        each_child(row, [&](std::uint32_t child) {
            if (kind(child) != Kind::sign) {
                visit(column++, Cell{first(child), end(child)});
            }
        });
    }

    [[nodiscard]] std::vector<std::size_t> widths_of(std::uint32_t section) const {
        std::vector<std::size_t> widths;
        each_child(section, [&](std::uint32_t row) {
            if (kind(row) != Kind::header && kind(row) != Kind::row)
                return;
            each_cell(row, [&](std::size_t column, Cell cell) {
                widths.resize(std::max(widths.size(), column + 1));
                const std::size_t taken = width(cell);
                widths[column] = std::max(widths[column], taken > widest_table_cell ? 0 : taken);
            });
        });
        return widths;
    }

    /// A table stands at the margin, or inside a test below its line, and is one block down to its first
    /// row.
    void write_table(std::uint32_t section, std::size_t indent = 0) {
        const std::vector<std::size_t> widths = widths_of(section);
        const Layout margin{indent};
        std::string rule;
        no_blank_behind_ = nowhere;
        each_child(section, [&](std::uint32_t child) {
            const Kind line = kind(child);
            if (line != Kind::header && line != Kind::row && line != Kind::rule_line)
                return;
            write_until(first(child), margin);
            page_.begin_line(indent, blank_line_before(next_));
            if (line == Kind::rule_line) {
                page_.put(rule, rule.size());
                ++next_;
                return;
            }
            write_row(child, widths);
            if (line == Kind::row) {
                no_blank_behind_ = 0;
                return;
            }
            rule = rule_line(child, widths);
            const std::uint32_t following = behind(child);
            if (following == behind(section) || kind(following) != Kind::rule_line) {
                write_end_of_line_comment();
                page_.begin_line(indent, false);
                page_.put(rule, rule.size());
            }
        });
        indent_ = indent;
    }

    void write_end_of_line_comment() {
        if (next_ < pieces_.all.size() && piece(next_).is_comment() && breaks_before(next_) == 0) {
            write_comment();
        }
    }

    void write_row(std::uint32_t row, const std::vector<std::size_t>& widths) {
        each_cell(row, [&](std::size_t column, Cell cell) {
            page_.put("| ", 2);
            const std::size_t cell_end = page_.column() + widths[column];
            for (std::uint32_t index = cell.begin; index < cell.end; ++index) {
                page_.put_blanks(index > cell.begin && !piece(index).tight ? 1 : 0);
                page_.put(piece(index));
            }
            page_.pad_to(cell_end, 0);
            page_.put_blanks(1);
        });
        page_.put("|", 1);
        next_ = end(row);
    }

    /// Under the columns of the header, each of which has a name; a row's cells beyond them have none.
    [[nodiscard]] std::string rule_line(std::uint32_t header,
                                        const std::vector<std::size_t>& widths) const {
        std::string rule = "|";
        each_cell(header, [&](std::size_t column, Cell) {
            rule.append(widths[column] + 2, '-');
            rule += '|';
        });
        return rule;
    }

    const Tree& tree_;
    const Pieces& pieces_;
    Page page_;
    /// The piece to be written next.
    std::uint32_t next_ = 0;
    /// Of lines that continue, and of comments with a line of their own.
    std::size_t indent_ = 0;
    /// Behind pieces up to this line of the source, blank lines are dropped.
    std::uint32_t no_blank_behind_ = 0;
};

// ---- the same meaning ------------------------------------------------------------------------------

/// The nodes of a tree with their depths, in preorder, without rule lines.
class Outline {
public:
    struct Entry {
        Kind kind;
        std::size_t depth;
        friend bool operator==(Entry, Entry) = default;
    };

    explicit Outline(const Tree& tree) : nodes_(tree.nodes()) {}

    std::optional<Entry> next() {
        while (at_ < nodes_.size() && nodes_[at_].kind == Kind::rule_line) {
            ++at_;
        }
        if (at_ == nodes_.size())
            return std::nullopt;
        while (!ends_.empty() && ends_.back() <= at_) {
            ends_.pop_back();
        }
        const Entry entry{nodes_[at_].kind, ends_.size()};
        ends_.push_back(at_ + nodes_[at_].size);
        ++at_;
        return entry;
    }

private:
    const std::vector<Node>& nodes_;
    std::vector<std::size_t> ends_;
    std::size_t at_ = 0;
};

bool same_outline(const Tree& a, const Tree& b) {
    Outline left(a);
    Outline right(b);
    for (;;) {
        const auto one = left.next();
        const auto other = right.next();
        if (one != other)
            return false;
        if (!one)
            return true;
    }
}

std::vector<Piece> without_rule_lines(const Tree& tree, Pieces pieces) {
    std::erase_if(pieces.all, [&](const Piece& piece) {
        return !piece.is_comment() && tree.nodes()[piece.node].kind == Kind::rule_line;
    });
    return std::move(pieces.all);
}

} // namespace

std::optional<std::string> format(const Parsed& parsed) {
    if (has_errors(parsed.faults))
        return std::nullopt;
    const std::optional<Pieces> pieces = PieceReader(parsed.tree).read();
    if (!pieces)
        return std::nullopt;
    return Formatter(parsed.tree, *pieces).write();
}

bool same_meaning(const Tree& a, const Tree& b) {
    std::optional<Pieces> left = PieceReader(a).read();
    std::optional<Pieces> right = PieceReader(b).read();
    if (!left || !right || !same_outline(a, b))
        return false;
    const std::vector<Piece> one = without_rule_lines(a, *std::move(left));
    const std::vector<Piece> other = without_rule_lines(b, *std::move(right));
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const Piece& x, const Piece& y) {
                          return x.text == y.text && x.is_comment() == y.is_comment();
                      });
}

} // namespace rung
