// What two versions say differently. Expected differences are read off the edits in the test.
#include <rung/rung.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace rung::diff_test {

namespace {

using Part = Difference::Part;
using Aspect = Difference::Aspect;
using Turn = Difference::Turn;

constexpr const char* base = R"(program p "Program"
version 2023
effective 2023-01-01 onwards
source "Guide 2023"
currency USD
ladder none "None" < silver "Silver" < gold "Gold"  climbed one by one
reviews
  annual  looks at previous calendar year  can raise, can lower
record deal "Deal" named by customer
  customer  text  "Customer"
  amount    money  "Amount"
  won_on    date  "Won on"
facts
  signed  yes/no  "Signed"
  size    whole number  "Size"  at least 0
  deals   list of deal  "Deals"
table fee "Fee"
| from size | rate |
| 0         | 5%   |
| 10        | 4%   |
define deal.counts "Counts"
  won_on in review_period and amount > $0
define revenue "Revenue"
  sum of amount in deals as d where d.counts
requirements
| name  | label    | asks         | silver | gold  | cite |
| sign  | "Signed" | signed       | yes    | yes   | p. 1 |
| money | "Money"  | revenue >= _ | $50K   | $250K | p. 2 |
reading money "In the year of the review."
benefits
| name  | label   | needs  | silver | gold |
| funds | "Funds" | signed | -      | yes  |
| press | "Press" |        | yes    | -    |
values
| name | label | silver            | gold              |
| fee  | "Fee" | fee.rate for size | fee.rate for size |
notice small "Small"
  when size < 2
)";

std::string edited(std::string text,
                   const std::vector<std::pair<std::string, std::string>>& edits) {
    for (const auto& [from, to] : edits) {
        const std::size_t at = text.find(from);
        REQUIRE_MESSAGE(at != std::string::npos, from);
        text.replace(at, from.size(), to);
    }
    return text;
}

Program program(const std::string& text) {
    Result<Program> made = Program::parse("p.rung", text);
    REQUIRE_MESSAGE(made, made.diagnostics.to_text(), text);
    return *made;
}

Differences after(const std::vector<std::pair<std::string, std::string>>& edits) {
    return diff(program(base), program(edited(base, edits)));
}

const Difference& only(const Differences& differences) {
    REQUIRE_MESSAGE(differences.all.size() == 1, to_text(differences));
    return differences.all.front();
}

std::vector<std::string> reached(const Difference& difference) {
    std::vector<std::string> ids;
    for (const Difference::Reached& part : difference.reaches) {
        ids.push_back(part.id);
    }
    return ids;
}

} // namespace

TEST_CASE("a threshold differs, with its texts and places") {
    const Differences found = after({{"$250K |", "$300K |"}});
    const Difference& it = only(found);
    CHECK(it.part == Part::requirement);
    CHECK(it.aspect == Aspect::cell);
    CHECK(it.turn == Turn::changed);
    CHECK(it.id == "money");
    CHECK(it.column == "gold");
    CHECK(it.column_label == "Gold");
    CHECK(it.before == "$250K");
    CHECK(it.after == "$300K");
    CHECK(it.decides());
    REQUIRE(it.before_at);
    REQUIRE(it.after_at);
    CHECK(it.before_at->at.line == it.after_at->at.line);
    CHECK(std::string(base).substr(it.before_at->begin, it.before_at->end - it.before_at->begin) ==
          "$250K");
}

TEST_CASE("other ways of writing the same are no difference") {
    using Edits = std::vector<std::pair<std::string, std::string>>;
    const std::vector<Edits> same{
        {{"$250K |", "$250,000 |"}},
        {{"$250K |", "USD 250K |"}},
        {{"won_on in review_period and amount > $0", "(amount > $0) and won_on in review_period"}},
        {{"as d where d.counts", "as deal_of_it where deal_of_it.counts"}},
        {{"as d where d.counts", "as d  # of the year\n  where d.counts"}},
        {{"| name  | label    | asks         | silver | gold  | cite |\n"
          "| sign  | \"Signed\" | signed       | yes    | yes   | p. 1 |\n"
          "| money | \"Money\"  | revenue >= _ | $50K   | $250K | p. 2 |\n",
          "| name | label | cite | asks | silver | gold |\n"
          "| money | \"Money\" | p. 2 | revenue >= _ | $50K | $250K |\n"
          "# the signature\n| sign | \"Signed\" | p. 1 | signed | yes | yes |\n"}},
        {{"  signed  yes/no  \"Signed\"\n", ""},
         {"  deals   list", "  signed  yes/no  \"Signed\"\n  deals   list"}},
        {{"| 0         | 5%   |\n| 10        | 4%   |\n", "| 10 | 4% |\n| 0 | 5.0% |\n"}},
    };
    for (const Edits& edits : same) {
        const Differences found = after(edits);
        CHECK_MESSAGE(found.empty(), to_text(found));
    }
}

TEST_CASE("version and days in force are told by the sides") {
    const Differences found =
        after({{"version 2023", "version 2024"}, {"2023-01-01 onwards", "2024-01-01 onwards"}});
    CHECK(found.empty());
    CHECK(found.before.version == "2023");
    CHECK(found.after.version == "2024");
    CHECK(found.after.effective_from == "2024-01-01");
}

TEST_CASE("each kind of difference") {
    struct Case {
        std::vector<std::pair<std::string, std::string>> edits;
        Part part;
        Aspect aspect;
        Turn turn;
        std::string id;
    };
    const std::vector<Case> cases{
        {{{"p. 2", "p. 3"}}, Part::requirement, Aspect::cite, Turn::changed, "money"},
        {{{"\"Money\"", "\"Revenue\""}}, Part::requirement, Aspect::label, Turn::changed, "money"},
        {{{"reading money \"In the year of the review.\"\n", ""}},
         Part::requirement,
         Aspect::reading,
         Turn::removed,
         "money"},
        {{{"| $50K ", "| -    "}}, Part::requirement, Aspect::cell, Turn::removed, "money"},
        {{{"revenue >= _", "revenue > _"}},
         Part::requirement,
         Aspect::asks,
         Turn::changed,
         "money"},
        {{{"| sign  | \"Signed\" | signed       | yes    | yes   | p. 1 |\n", ""}},
         Part::requirement,
         Aspect::whole,
         Turn::removed,
         "sign"},
        {{{"| \"Funds\" | signed | -  ", "| \"Funds\" | signed | yes"}},
         Part::benefit,
         Aspect::cell,
         Turn::added,
         "funds"},
        {{{"| \"Funds\" | signed |", "| \"Funds\" |        |"}},
         Part::benefit,
         Aspect::needs,
         Turn::removed,
         "funds"},
        {{{"| fee.rate for size | fee.rate for size |", "| 5% | fee.rate for size |"}},
         Part::value,
         Aspect::cell,
         Turn::changed,
         "fee"},
        {{{"size < 2", "size < 3"}}, Part::notice, Aspect::when, Turn::changed, "small"},
        {{{"previous calendar year", "previous 2 calendar years"}},
         Part::review,
         Aspect::terms,
         Turn::changed,
         "annual"},
        {{{"can raise, can lower", "can raise"}},
         Part::review,
         Aspect::terms,
         Turn::changed,
         "annual"},
        {{{"climbed one by one", "each tier stands alone"}},
         Part::ladder,
         Aspect::terms,
         Turn::changed,
         ""},
        {{{"at least 0", "at least 1"}}, Part::fact, Aspect::terms, Turn::changed, "size"},
        {{{"  amount    money", "  amount    money  internal"}},
         Part::field,
         Aspect::terms,
         Turn::changed,
         "deal.amount"},
        {{{"> $0", "> $5"}}, Part::measure, Aspect::terms, Turn::changed, "deal.counts"},
        {{{"Guide 2023", "Guide 2024"}}, Part::program, Aspect::source, Turn::changed, "p"},
    };
    for (const Case& wanted : cases) {
        const Differences found = after(wanted.edits);
        INFO(to_text(found));
        REQUIRE(found.all.size() == 1);
        const Difference& it = found.all.front();
        CHECK(it.part == wanted.part);
        CHECK(it.aspect == wanted.aspect);
        CHECK(it.turn == wanted.turn);
        CHECK(it.id == wanted.id);
        CHECK(it.decides() == (wanted.aspect < Aspect::label));
    }
}

TEST_CASE("a definition is told with what it reaches") {
    const Differences definition = after({{"> $0", "> $5"}});
    CHECK(reached(only(definition)) == std::vector<std::string>{"money"});
    const Differences row = after({{"| 4%", "| 3%"}});
    CHECK(only(row).part == Part::row);
    CHECK(only(row).column == "rate");
    CHECK(reached(only(row)) == std::vector<std::string>{"fee"});
    const Differences fact = after({{"at least 0", "at least 1"}});
    CHECK(reached(only(fact)) == std::vector<std::string>{"fee", "small"});
}

TEST_CASE("a benefit that moves is told in one line") {
    const Differences found = after({{"| yes    | -    |", "| -      | yes  |"}});
    REQUIRE(found.all.size() == 2);
    const std::string text = to_text(found);
    CHECK_MESSAGE(text.find("given, moved from Silver to Gold") != std::string::npos, text);
}

TEST_CASE("a new tier is told with what it asks, and one that is gone by itself") {
    const std::vector<std::pair<std::string, std::string>> with_top{
        {"< gold \"Gold\"", "< gold \"Gold\" < top \"Top\""},
        {"| silver | gold  | cite |", "| silver | gold  | top | cite |"},
        {"| yes    | yes   | p. 1 |", "| yes    | yes   | yes | p. 1 |"},
        {"| $250K | p. 2 |", "| $250K | $1M | p. 2 |"},
        {"| silver | gold |\n| funds | \"Funds\" | signed | -      | yes  |\n"
         "| press | \"Press\" |        | yes    | -    |",
         "| silver | gold | top |\n| funds | \"Funds\" | signed | -      | yes  | yes |\n"
         "| press | \"Press\" |        | yes    | -    | - |"},
        {"values\n| name | label | silver            | gold              |",
         "values\n| name | label | silver            | gold              | top |"},
        {"| fee.rate for size | fee.rate for size |",
         "| fee.rate for size | fee.rate for size | - |"},
    };
    const Program old = program(base);
    const Program fresh = program(edited(base, with_top));
    std::vector<std::string> told;
    for (const Difference& it : diff(old, fresh).all) {
        CHECK((it.part == Part::ladder || it.turn == Turn::added));
        told.push_back(it.id + " " + it.column);
    }
    CHECK(told == std::vector<std::string>{" ", "top ", "sign top", "money top", "funds top"});
    told.clear();
    for (const Difference& it : diff(fresh, old).all) {
        told.push_back(it.id + " " + it.column);
    }
    CHECK(told == std::vector<std::string>{" ", "top "});
}

TEST_CASE("a version does not differ from itself, in any format") {
    std::size_t programs = 0;
    const std::filesystem::path root = std::filesystem::path(RUNG_SOURCE_DIR) / "rules";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() != ".rung" || name.ends_with(".test.rung")) {
            continue;
        }
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const Program one = program(text);
        const Result<std::string> formatted = canonical(name, text);
        REQUIRE(formatted);
        const Differences found = diff(one, program(*formatted));
        CHECK_MESSAGE(found.empty(), name, to_text(found));
        ++programs;
    }
    CHECK(programs > 10);
}

TEST_CASE("a ladder that is gone is told once, by its tiers") {
    const std::string measures =
        "program p \"Program\"\nversion 2024\neffective 2024-01-01 onwards\n";
    const std::string ladder = "ladder none \"None\" < gold \"Gold\"\n";
    const Differences found = diff(program(measures + ladder), program(measures));
    const Difference& it = only(found);
    CHECK(it.part == Part::ladder);
    CHECK(it.turn == Turn::removed);
    CHECK(it.label == "None < Gold");
}

TEST_CASE("what the rows of a table reach is told once") {
    const std::string text = to_text(after({{"5%   |", "6%   |"}, {"4%   |", "3%   |"}}));
    const std::size_t first = text.find("reaches: Fee");
    CHECK_MESSAGE(first != std::string::npos, text);
    CHECK_MESSAGE(text.find("reaches: Fee", first + 1) == std::string::npos, text);
}

} // namespace rung::diff_test
