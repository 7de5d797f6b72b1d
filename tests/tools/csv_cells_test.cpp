// What a cell of a list says: expected values are read off docs/batch.md and what people write in spreadsheets.
#include "tools/csv_cells.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace rung;

namespace {

FactNeed need_of(const std::string& kind) {
    FactNeed need;
    need.kind = kind;
    need.type = kind;
    need.currency = kind == "money" ? "USD" : "";
    need.choices = {{"embed", "EMBED"}, {"connect", "connect"}};
    return need;
}

struct Read {
    std::string kind;
    std::string cell;
    std::string json; // "!" and the code where it is refused
};

std::string read(const FactNeed& need, const std::string& cell) {
    Diagnostics faults;
    const std::string json = tools::cell_json(&need, cell, "x", Place{}, faults);
    return faults.has_errors() ? "!" + faults.begin()->code : json;
}

void check(const std::vector<Read>& all) {
    for (const Read& one : all) {
        CAPTURE(one.kind);
        CAPTURE(one.cell);
        CHECK(read(need_of(one.kind), one.cell) == one.json);
    }
}

} // namespace

TEST_CASE("an empty cell, and `unknown` in any case, say nothing of any kind") {
    for (const char* kind : {"text", "yes_no", "date", "month", "choice", "choices", "whole",
                             "decimal", "money", "percent", "days", "months", "list"}) {
        check({{kind, "", ""},
               {kind, "  ", ""},
               {kind, "\xC2\xA0", ""},
               {kind, "unknown", ""},
               {kind, " Unknown ", ""}});
    }
}

TEST_CASE("blanks around a cell are not part of it") {
    check({{"text", " Acme ", "\"Acme\""},
           {"text", "Acme  Inc", "\"Acme  Inc\""},
           {"yes_no", " yes", "true"},
           {"whole",
            "\xC2\xA0"
            "4 ",
            "4"},
           {"date", " 2023-06-30 ", "\"2023-06-30\""}});
}

TEST_CASE("figures as people and programs write them") {
    check({{"whole", "4", "4"},
           {"whole", "-4", "-4"},
           {"whole", "\u22124", "-4"},
           {"whole", "1,250", "1250"},
           {"whole", "0", "0"},
           {"decimal", "0.125", "0.125"},
           {"decimal", "12.345", "12.345"},
           {"money", "1250000", "1250000"},
           {"money", "1250000.50", "1250000.50"},
           {"money", "1,250", "1250"},
           {"money", "1,250.00", "1250.00"},
           {"money", "$1,250", "1250"},
           {"money", "-$1,250", "-1250"},
           {"money", "$1.25M", "1.25e6"},
           {"money", "1.25M", "1.25e6"},
           {"money", "$500K", "500e3"},
           {"money", "USD 5", "5"},
           {"money", "$2B", "2e9"},
           {"percent", "70%", "70"},
           {"percent", "0.7", "\"0.7\""}});
    FactNeed share = need_of("percent");
    share.share = true;
    CHECK(read(share, "70%") == "70e-2");
}

TEST_CASE("a cell is a value and never a calculation") {
    for (const char* cell : {"($200,000)", "(200000)", "$5/2",        "--5",
                             "12 - 5",     "2*3",      "5 # comment", "5 but at most 3",
                             "1e3",        "+5",       "5-",          "$-5",
                             "5 USD",      "0x10",     "1 250",       "1'250",
                             "5%",         "007",      ".5",          "5.",
                             "$",          "-",        "12,50",       "1,2500",
                             "1250,000",   ",500",     "1,25",        "1.250,00",
                             "EUR 5",      "\u20AC5"}) {
        CAPTURE(cell);
        CHECK(read(need_of("money"), cell) == "!csv-figure");
    }
    for (const char* cell : {"(1,250)", "--5", "5 + 1", "1/2", "5.0", "10.000", "$5", "5K", "5%"}) {
        CAPTURE(cell);
        CHECK(read(need_of("whole"), cell) == "!csv-figure");
    }
    CHECK(read(need_of("percent"), "50% + 20%") == "!csv-figure");
    // What is no figure is left to the reader of facts, who says what is asked.
    check({{"yes_no", "not yes", "\"not yes\""},
           {"yes_no", "yes or no", "\"yes or no\""},
           {"date", "2024-03-05 + 1 day", "\"2024-03-05 + 1 day\""},
           {"date", "30.06.2023", "\"30.06.2023\""}});
}

TEST_CASE("money with three digits behind a point may be thousands") {
    check({{"money", "1.250", "!csv-figure"},
           {"money", "300.000", "!csv-figure"},
           {"money", "-300.000", "!csv-figure"},
           {"money", "0.125", "0.125"},
           {"money", "1250.500", "1250.500"},
           {"money", "1,250.500", "1250.500"},
           {"money", "$1.250M", "!csv-figure"},
           {"money", "1.25K", "1.25e3"}});
}

TEST_CASE("words of yes and no, choices and days") {
    FactNeed never = need_of("date");
    never.or_never = true;
    never.never = "none";
    CHECK(read(never, "never") == "\"none\"");
    CHECK(read(never, "none") == "\"none\"");
    check({{"yes_no", "Yes", "true"},
           {"yes_no", "TRUE", "true"},
           {"yes_no", "no", "false"},
           {"yes_no", "False", "false"},
           {"yes_no", "1", "\"1\""},
           {"choice", "embed", "\"EMBED\""},
           {"choice", "other", "\"other\""},
           {"choices", "embed; connect", "[\"EMBED\", \"connect\"]"},
           {"choices", "embed,", "[\"EMBED\"]"},
           {"choices", ";", ""},
           {"choices", "nothing", "[]"},
           {"list", "[{\"a\": 1}]", "[{\"a\": 1}]"},
           {"list", "a; b", "\"a; b\""}});
}
