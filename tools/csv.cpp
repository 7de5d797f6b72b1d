#include "tools/csv.hpp"

#include "interpreter/layout_pages.hpp"
#include "interpreter/present.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <deque>

#include <csv.h>

namespace rung::tools {

namespace {

Diagnostic csv_fault(const std::string& file, std::uint64_t line, std::vector<Argument> arguments) {
    Diagnostic fault = present(Fault{Code::csv_syntax, {}, std::move(arguments), {}, {}});
    fault.place = Place{file, static_cast<std::uint32_t>(line), 1, 0, 0, ""};
    return fault;
}

/// What parts the cells, by the first line.
unsigned char parting_sign(std::string_view line) {
    for (const char sign : {',', ';', '\t'}) {
        if (line.find(sign) != std::string_view::npos) {
            return static_cast<unsigned char>(sign);
        }
    }
    return CSV_COMMA;
}

} // namespace

/// libcsv is given a line at a time, so that it is known on which line a row begins.
struct CsvReader::Parser {
    explicit Parser(Input& from) : input(from), lines(from) { begin(); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
    ~Parser() { csv_free(&csv); }

    /// With nothing left of what was read before.
    void begin() {
        // Only a lack of memory makes it fail, and it takes none here.
        csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_space_func(&csv, [](unsigned char) { return 0; }); // blanks belong to their cell
        csv_set_delim(&csv, sign);
        cells.clear();
        size = 0;
        row_line = 0;
    }

    /// Drops what stands of the row, and says why.
    void drop(std::vector<Argument> why) {
        if (lines.number() > row_line) {
            why.push_back({"first", std::to_string(row_line)});
            why.push_back({"last", std::to_string(lines.number())});
        }
        rows.push_back({row_line, {}, csv_fault(input.name(), row_line, std::move(why))});
        csv_free(&csv);
        begin();
    }

    void parse(const std::string& text) {
        if (lines.number() == 1) {
            sign = parting_sign(text);
            csv_set_delim(&csv, sign);
        }
        row_line = row_line == 0 ? lines.number() : row_line;
        size += text.size();
        if (size > max_record_size) {
            drop({{"unclosed", "\""}});
        } else if (csv_parse(&csv, text.data(), text.size(), take_cell, take_row, this) !=
                   text.size()) {
            drop({});
        } else if (is_between_rows()) {
            row_line = 0;
            size = 0;
        }
    }

    void finish() {
        if (csv_fini(&csv, take_cell, take_row, this) != 0) {
            drop({{"unclosed", "\""}});
        }
    }

    /// Every line ends a row, but where a quote is open.
    [[nodiscard]] bool is_between_rows() const { return cells.empty() && csv.quoted == 0; }

    static void take_cell(void* text, size_t size, void* parser) {
        auto& self = *static_cast<Parser*>(parser);
        self.cells.emplace_back(static_cast<const char*>(text), size);
    }

    static void take_row(int, void* parser) {
        auto& self = *static_cast<Parser*>(parser);
        self.rows.push_back({self.row_line, std::move(self.cells), {}});
        self.cells.clear();
    }

    Input& input;
    Lines lines;
    std::string line;
    csv_parser csv{};
    unsigned char sign = CSV_COMMA;
    std::vector<std::string> cells; // of the row that is being read
    std::uint64_t row_line = 0; // on which it begins; 0: between rows
    std::size_t size = 0; // of it
    std::deque<CsvRow> rows; // read and not yet told
    bool ended = false;
};

CsvReader::CsvReader(Input& input) : parser_(std::make_unique<Parser>(input)) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

std::optional<CsvRow> CsvReader::next() {
    Parser& parser = *parser_;
    while (parser.rows.empty() && !parser.ended) {
        if (parser.lines.next(parser.line)) {
            parser.parse(parser.line);
        } else {
            parser.finish();
            parser.ended = true;
        }
    }
    if (parser.rows.empty()) {
        return std::nullopt;
    }
    CsvRow row = std::move(parser.rows.front());
    parser.rows.pop_front();
    return row;
}

namespace {

/// How many bytes from here on a terminal or a spreadsheet would obey: a control character that is not a blank or
/// the end of a line, or what turns the direction of a text.
std::size_t obeyed(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const bool is_blank = byte(0) == '\t' || byte(0) == '\n' || byte(0) == '\r';
    if ((byte(0) < 0x20 && !is_blank) || byte(0) == 0x7F) {
        return 1;
    }
    if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) {
        return 2;
    }
    const bool embeds = byte(1) == 0x80 && byte(2) >= 0xAA && byte(2) <= 0xAE;
    const bool isolates = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
    return byte(0) == 0xE2 && (embeds || isolates) ? 3 : 0;
}

/// With those characters spelt out; all others are data and stay as they are.
std::string spelt_out(std::string_view text) {
    std::string shown;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = obeyed(text, i);
        shown += size > 0 ? harmless(text.substr(i, size)) : std::string(1, text[i]);
        i += std::max(size, std::size_t{1});
    }
    return shown;
}

} // namespace

std::string csv_cell(const std::string& text) {
    const std::string cell = no_formula(spelt_out(text));
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
        return cell;
    }
    std::string quoted = "\"";
    for (const char c : cell) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + '"';
}

std::string csv_row(const std::vector<std::string>& cells) {
    std::string row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        row += (i == 0 ? "" : ",") + csv_cell(cells[i]);
    }
    return row + "\r\n";
}

} // namespace rung::tools
