// Tables for a terminal: as wide as they need to be, and never wider than it is.
#include "interpreter/text.hpp"
#include "tools/table.hpp"

#include <sstream>
#include <string>

#include <doctest/doctest.h>

using namespace rung::tools;

namespace {

int widest_line(const std::string& text) {
    int widest = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        widest = std::max(widest, rung::columns(line));
    }
    return widest;
}

} // namespace

TEST_CASE("columns are as wide as their widest cell") {
    Table table({"partner", "tier"}, 80);
    CHECK(table.add({"Acme Messaging", "Gold"}).empty());
    CHECK(table.add({"B", "Silver"}).empty());
    CHECK(table.finish() == "partner         tier\n"
                            "Acme Messaging  Gold\n"
                            "B               Silver\n");
    CHECK(table.finish().empty());
}

TEST_CASE("the widest column gives way, and what is cut shows") {
    Table table({"partner", "tier"}, 20);
    CHECK(table.add({std::string(50, 'x'), "Gold"}).empty());
    const std::string text = table.finish();
    CHECK(widest_line(text) <= 20);
    CHECK(text.find("x…  Gold") != std::string::npos);
}

TEST_CASE("wide characters take two columns") {
    Table table({"a", "b"}, 80);
    CHECK(table.add({"日本", "x"}).empty());
    CHECK(table.add({"abcd", "y"}).empty());
    CHECK(table.finish() == "a     b\n"
                            "日本  x\n"
                            "abcd  y\n");
}

TEST_CASE("a cell is one line, and nothing in it is obeyed") {
    Table table({"a", "b"}, 80);
    CHECK(table.add({"x\r\ny", "\x1b[31mred"}).empty());
    const std::string text = table.finish();
    CHECK(text.find("x y") != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("a note stands among the rows in its place, on as many lines as it needs") {
    Table table({"a", "b"}, 30);
    CHECK(table.add({"1", "2"}).empty());
    CHECK(table.add_note("line 2: this one could not be read at all").empty());
    CHECK(table.add({"3", "4"}).empty());
    const std::string text = table.finish();
    CHECK(widest_line(text) <= 30);
    CHECK(text.find("1  2\nline 2:") != std::string::npos);
    CHECK(text.ends_with("\n3  4\n"));
}

TEST_CASE("widths are settled by the first rows, and later ones are told at once") {
    Table table({"a", "b"}, 80);
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += table.add({"x", "y"});
    }
    CHECK(text.starts_with("a  b\nx  y\n"));
    CHECK(table.add({"longer", "y"}) == "…  y\n");
    CHECK(table.finish().empty());
}

TEST_CASE("blanks at the end of a line are left out") {
    Table table({"a", "b", "c"}, 80);
    CHECK(table.add({"1", "", ""}).empty());
    CHECK(table.add({"", "", "3"}).empty());
    CHECK(table.finish() == "a  b  c\n"
                            "1\n"
                            "      3\n");
}
