// CSV as RFC 4180 has it, and what spreadsheets make of it; expected rows are read off the standard.
#include "tools/csv.hpp"

#include <cstdio>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

using namespace rung::tools;

namespace {

using Cells = std::vector<std::string>;

/// A file with this text, as long as it lives.
class TextFile {
public:
    explicit TextFile(const std::string& text) {
        const int descriptor = mkstemp(path_.data());
        REQUIRE(descriptor >= 0);
        REQUIRE(write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
        close(descriptor);
    }
    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;
    ~TextFile() { std::remove(path_.c_str()); }

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_ = "/tmp/rung-csv-XXXXXX";
};

std::vector<CsvRow> rows_of(const std::string& text) {
    const TextFile file(text);
    Input input(file.path());
    CsvReader reader(input);
    std::vector<CsvRow> rows;
    while (std::optional<CsvRow> row = reader.next()) {
        rows.push_back(std::move(*row));
    }
    return rows;
}

/// The cells of rows without a fault.
std::vector<Cells> cells_of(const std::string& text) {
    std::vector<Cells> all;
    for (const CsvRow& row : rows_of(text)) {
        REQUIRE_FALSE(row.fault);
        all.push_back(row.cells);
    }
    return all;
}

} // namespace

TEST_CASE("rows end in LF, CRLF or CR, the last one also in nothing") {
    const std::vector<Cells> expected = {{"a", "b"}, {"1", "2"}};
    CHECK(cells_of("a,b\n1,2\n") == expected);
    CHECK(cells_of("a,b\r\n1,2\r\n") == expected);
    CHECK(cells_of("a,b\r1,2\r") == expected);
    CHECK(cells_of("a,b\n1,2") == expected);
    CHECK(cells_of("a,b\r\n1,2\n") == expected);
}

TEST_CASE("a byte-order mark is no part of the first cell") {
    CHECK(cells_of("\xEF\xBB\xBFpartner,tier\n") == std::vector<Cells>{{"partner", "tier"}});
    CHECK(cells_of("\xEF\xBB\xBF\"partner\"\n") == std::vector<Cells>{{"partner"}});
    CHECK(cells_of("a\n\xEF\xBB\xBF\n") == std::vector<Cells>{{"a"}, {"\xEF\xBB\xBF"}});
}

TEST_CASE("cells in quotes hold commas, line ends and quotes written twice") {
    CHECK(cells_of("\"a,b\",c\n") == std::vector<Cells>{{"a,b", "c"}});
    CHECK(cells_of("\"a\nb\",c\n") == std::vector<Cells>{{"a\nb", "c"}});
    CHECK(cells_of("\"a\r\nb\",c\r\n") == std::vector<Cells>{{"a\r\nb", "c"}});
    CHECK(cells_of("\"say \"\"yes\"\"\",c\n") == std::vector<Cells>{{"say \"yes\"", "c"}});
    CHECK(cells_of("\"\",\"\"\"\"\n") == std::vector<Cells>{{"", "\""}});
}

TEST_CASE("blanks belong to their cell, and empty cells are cells") {
    CHECK(cells_of(" a , b\n") == std::vector<Cells>{{" a ", " b"}});
    CHECK(cells_of("a,,\n,,c\n") == std::vector<Cells>{{"a", "", ""}, {"", "", "c"}});
}

TEST_CASE("lines without a character are no rows") {
    CHECK(cells_of("").empty());
    CHECK(cells_of("\n\r\n\n").empty());
    CHECK(cells_of("a\n\n\nb\n") == std::vector<Cells>{{"a"}, {"b"}});
}

TEST_CASE("semicolons or tabs part cells where the first line has no comma") {
    CHECK(cells_of("a;b\n1,5;2\n") == std::vector<Cells>{{"a", "b"}, {"1,5", "2"}});
    CHECK(cells_of("a\tb\n1;5\t2\n") == std::vector<Cells>{{"a", "b"}, {"1;5", "2"}});
    CHECK(cells_of("a,b;c\n") == std::vector<Cells>{{"a", "b;c"}});
}

TEST_CASE("a row is told with the line on which it begins") {
    const std::vector<CsvRow> rows = rows_of("a,b\n\"1\n1\n1\",2\n\n3,4\n");
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].line == 1);
    CHECK(rows[1].line == 2);
    CHECK(rows[2].line == 6);
}

TEST_CASE("a quote in the wrong place is a fault of its row, and the next line begins a new one") {
    const std::vector<CsvRow> rows = rows_of("a,b\n1,x\"y\n3,4\n");
    REQUIRE(rows.size() == 3);
    REQUIRE(rows[1].fault);
    CHECK(rows[1].fault->code == "csv-syntax");
    CHECK(rows[1].fault->place->line == 2);
    CHECK(rows[2].cells == Cells{"3", "4"});
}

TEST_CASE("a quote that is not closed is a fault of the row that opens it") {
    const std::vector<CsvRow> rows = rows_of("a,b\n1,\"2\n3,4\n");
    REQUIRE(rows.size() == 2);
    REQUIRE(rows[1].fault);
    CHECK(rows[1].line == 2);
}

TEST_CASE("a cell longer than a piece of the file is whole") {
    const std::string longer(200'000, 'x');
    CHECK(cells_of("a," + longer + "\n1,2\n") == std::vector<Cells>{{"a", longer}, {"1", "2"}});
}

TEST_CASE("a written cell is in quotes where it must be") {
    CHECK(csv_cell("plain") == "plain");
    CHECK(csv_cell("") == "");
    CHECK(csv_cell("a,b") == "\"a,b\"");
    CHECK(csv_cell("a\nb") == "\"a\nb\"");
    CHECK(csv_cell("say \"yes\"") == "\"say \"\"yes\"\"\"");
    CHECK(csv_row({"a", "b,c", ""}).substr(0, 8) == "a,\"b,c\",");
}

TEST_CASE("a cell that a spreadsheet would compute has an apostrophe before it") {
    for (const char* formula : {"=1+1", "+cmd", "-cmd", "@sum"}) {
        INFO(formula);
        CHECK(csv_cell(formula).find('\'') < 2);
    }
    CHECK(csv_cell("=HYPERLINK(\"http://x\",\"y\")") ==
          "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    CHECK(csv_cell("a=b") == "a=b");
}

TEST_CASE("what is written is read again as it was") {
    const std::vector<Cells> tables = {{"a", "b"},
                                       {"1,2", "\"", ""},
                                       {"x\ny", "\r\n", "\"\""},
                                       {"", "", "z"},
                                       {" blank ", "ü", "日本"}};
    for (const Cells& cells : tables) {
        CHECK(cells_of("k,l,m\n" + csv_row(cells)).back() == cells);
    }
}
