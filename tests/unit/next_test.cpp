// Next year's file, begun from this year's. What is expected is read off the calendar and the text of the test.
#include <rung/rung.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::next_test {
namespace {

const std::string head = R"(# Acme's rules of 2023, kept by hand
program    acme "Acme"
version    2023 # of this year
effective  2023-02-01 through 2024-01-31
source     "Guide 2023"
)";

const std::string body = R"(
ladder     none < gold  climbed one by one

facts
  signed_on  date  "Signed on"
  joined_in  month "Joined in"

requirements
| name  | label    | asks                                             | gold | cite           |
|-------|----------|--------------------------------------------------|------|----------------|
| first | "First"  | signed_on >= 2023-06-30 and joined_in > 2023-05  | yes  | p. 3           |
| late  | "Late"   | signed_on > 2023-01-31 and signed_on < 2024-02-01 | yes  | "Guide, p. 4"  |
| plain | "Plain"  | signed_on in calendar year 2023                  | yes  |                |
)";

Program program(const std::string& text) {
    Result<Program> parsed = Program::parse("acme.rung", text);
    REQUIRE_MESSAGE(parsed, parsed.diagnostics.to_text());
    return *parsed;
}

NextVersion next(const std::string& text, const NextOptions& options) {
    Result<NextVersion> made = next_version(program(text), options);
    REQUIRE_MESSAGE(made, made.diagnostics.to_text());
    return *made;
}

std::string code(const std::string& text, const NextOptions& options) {
    const Result<NextVersion> made = next_version(program(text), options);
    return made ? "" : made.diagnostics.begin()->code;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// "3: 2023 -> 2024", a line each
std::string moved(const MovedText& text) {
    std::string all;
    for (const MovedText::Moved& moved : text.moved) {
        all += std::to_string(moved.line) + ": " + moved.from + " -> " + moved.to + "\n";
    }
    return all;
}

TEST_CASE("version, days in force and the dates of the year move; comments and layout stay") {
    const NextVersion made = next(head + body, {"2024", std::nullopt});
    CHECK(moved(made.rules) == "3: 2023 -> 2024\n"
                               "4: 2023-02-01 -> 2024-02-01\n"
                               "4: 2024-01-31 -> 2025-01-31\n"
                               "16: 2023-06-30 -> 2024-06-30\n"
                               "16: 2023-05 -> 2024-05\n"
                               "18: 2023 -> 2024\n");
    CHECK(made.from == "2024-02-01");
    CHECK(made.through == "2025-01-31");
    CHECK(made.years == 1);
    CHECK(holds(made.rules.text, "# Acme's rules of 2023, kept by hand\n"
                                 "program    acme \"Acme\"\n"
                                 "version    2024 # of this year\n"
                                 "effective  2024-02-01 through 2025-01-31\n"
                                 "source     \"Guide 2023\"\n"));
    CHECK(made.citations == 2);
    CHECK(holds(made.rules.text, "| p. 3 to check"));
    CHECK(holds(made.rules.text, "| # to check: was 2023-06-30, 2023-05\n"));
    CHECK(holds(made.rules.text, "|                | # to check: was 2023\n"));
    std::string to_check;
    for (const MovedText::Moved& date : made.rules.moved) {
        to_check += date.to_check ? date.from + " " : "";
    }
    CHECK(to_check == "2023-06-30 2023-05 2023 ");
    CHECK(holds(made.rules.text, "| \"Guide, p. 4 to check\""));
}

TEST_CASE("what is left is told with the reason") {
    const NextVersion made = next(head + body, {"2024", std::nullopt});
    using Why = MovedText::Left::Why;
    REQUIRE(made.rules.left.size() == 4);
    CHECK(made.rules.left[0].line == 1); // a comment
    CHECK(made.rules.left[0].text == "2023");
    CHECK(made.rules.left[0].why == Why::words);
    CHECK(made.rules.left[1].line == 5); // a text
    CHECK(made.rules.left[2].text == "2023-01-31");
    CHECK(made.rules.left[2].why == Why::before);
    CHECK(made.rules.left[3].text == "2024-02-01");
    CHECK(made.rules.left[3].why == Why::after);
}

TEST_CASE(
    "the new file is one that can be read, and differs from the old one in what moved alone") {
    const NextVersion made = next(head + body, {"2024", std::nullopt});
    const Program after = program(made.rules.text);
    CHECK(after.version() == "2024");
    const Differences differences = diff(program(head + body), after);
    std::vector<std::string> ids;
    for (const Difference& difference : differences.all) {
        ids.push_back(difference.id);
    }
    CHECK(ids == std::vector<std::string>{"first", "plain"});
    int to_check = 0;
    for (const Diagnostic& finding : lint(after)) {
        to_check += finding.code == "citation-to-check" ? 1 : 0;
    }
    CHECK(to_check == 2);
    // Marked once, however often a year is begun from it.
    const NextVersion again = next(made.rules.text, {"2025", std::nullopt});
    CHECK(again.citations == 2);
    CHECK_FALSE(holds(again.rules.text, "to check to check"));
    CHECK(holds(again.rules.text, "2025-06-30"));
    CHECK(holds(again.rules.text, "# to check: was 2023-06-30, 2023-05\n"));
    CHECK_FALSE(holds(again.rules.text, "was 2024-06-30"));
}

TEST_CASE("a canonical file stays canonical, though its cells become wider") {
    const Result<std::string> laid_out = canonical("acme.rung", head + body);
    REQUIRE(laid_out);
    const NextVersion made = next(*laid_out, {"2024", std::nullopt});
    const Result<std::string> again = canonical("acme.rung", made.rules.text);
    REQUIRE(again);
    CHECK(*again == made.rules.text);
}

std::string of_days(const std::string& effective) {
    return "program acme\nversion a\neffective " + effective + "\n";
}

TEST_CASE("the days in force, with leap days and another first day") {
    CHECK(next(of_days("2023-03-01 through 2024-02-29"), {"b", std::nullopt}).through ==
          "2025-02-28");
    CHECK(next(of_days("2022-03-01 through 2023-02-28"), {"b", std::nullopt}).through ==
          "2024-02-29");
    CHECK(next(of_days("2024-02-29 onwards"), {"b", std::nullopt}).from == "2025-02-28");
    CHECK_FALSE(next(of_days("2024-02-29 onwards"), {"b", std::nullopt}).through);
    const NextVersion later = next(of_days("2023-01-01 through 2023-12-31"), {"b", "2024-07-01"});
    CHECK(later.from == "2024-07-01");
    CHECK(later.through == "2025-06-30");
    CHECK(next(of_days("2023-01-01 onwards"), {"b", "2026-01-01"}).years == 3);
    CHECK(next(of_days("2023-01-01 onwards"), {"a.1", "2023-07-01"}).years == 0);
}

TEST_CASE("a date that chooses between before and after stays") {
    const NextVersion made = next(head + R"(
facts
  sold_on  date  "Sold on"
define points "Points"
  if sold_on < 2023-02-27 then 5 else if sold_on in calendar year 2023 then 7 else 9
define bonus "Bonus"
  if sold_on = 2023-03-01 then 1 else 0
notice late "It is late."
  when sold_on > 2023-06-30 # in summer
)",
                                  {"2024", std::nullopt});
    using Why = MovedText::Left::Why;
    std::string left;
    for (const MovedText::Left& date : made.rules.left) {
        left += date.why == Why::choice ? date.text + " " : "";
    }
    CHECK(left == "2023-02-27 2023 2023-03-01 ");
    CHECK(holds(made.rules.text,
                "  when sold_on > 2024-06-30 # in summer # to check: was 2023-06-30\n"));
}

TEST_CASE("a correction begins on a day that is given, and nothing of the year moves") {
    CHECK(code(head + body, {"2023.1", std::nullopt}) == "correction-day");
    CHECK(code(head + body, {"2023.1", "2024-02-01"}) == "correction-day");
    CHECK(code(head + body, {"2023.1", "2023-02-01"}) == "begins-too-early");
    const NextVersion made = next(head + body, {"2023.1", "2024-01-15"});
    CHECK(moved(made.rules) == "3: 2023 -> 2023.1\n"
                               "4: 2023-02-01 -> 2024-01-15\n");
    CHECK(made.years == 0);
    CHECK(made.through == "2024-01-31");
    CHECK(made.citations == 0);
    CHECK(made.rules.left.empty());
    // Of one that was corrected already, too.
    const NextVersion again = next(made.rules.text, {"2023.2", "2024-01-20"});
    CHECK(moved(again.rules) == "3: 2023.1 -> 2023.2\n"
                                "4: 2024-01-15 -> 2024-01-20\n");
}

TEST_CASE("a version that is named by a later year begins in it") {
    CHECK(next(head + body, {"2025", std::nullopt}).from == "2025-02-01");
    CHECK(next(head + body, {"2025", std::nullopt}).through == "2026-01-31");
    CHECK(next(head + body, {"autumn", std::nullopt}).from == "2024-02-01");
    CHECK(code(head + body, {"2022", std::nullopt}) == "no-version-name");
}

TEST_CASE("an old version that names a last day must end before the new one begins") {
    CHECK(next(head + body, {"2023.1", "2024-01-15"}).old_days ==
          "effective 2023-02-01 through 2024-01-14");
    CHECK(next(head + body, {"2024", "2024-01-31"}).old_days ==
          "effective 2023-02-01 through 2024-01-30");
    CHECK(next(head + body, {"2024", "2024-02-01"}).old_days == std::nullopt);
    CHECK(next(head + body, {"2024", std::nullopt}).old_days == std::nullopt);
    std::string open = head + body;
    open.replace(open.find("through 2024-01-31"), 18, "onwards");
    CHECK(next(open, {"2024", "2023-08-01"}).old_days == std::nullopt);
}

TEST_CASE("the year behind a correction begins where the corrected one ends") {
    const std::string text = R"(program    acme "Acme"
version    2023.1
effective  2023-07-01 through 2023-12-31

ladder     none < gold  climbed one by one

facts
  signed_on  date  "Signed on"

define early "Early"
  signed_on > 2022-12-31 and signed_on < 2023-03-31 or signed_on = 2023-12-31

requirements
| name  | label    | asks  | gold | cite |
|-------|----------|-------|------|------|
| first | "First"  | early | yes  | p. 3 |
)";
    const NextVersion made = next(text, {"2024", std::nullopt});
    CHECK(moved(made.rules) == "2: 2023.1 -> 2024\n"
                               "3: 2023-07-01 -> 2024-01-01\n"
                               "3: 2023-12-31 -> 2024-12-31\n"
                               "11: 2023-03-31 -> 2024-03-31\n"
                               "11: 2023-12-31 -> 2024-12-31\n");
    REQUIRE(made.rules.left.size() == 1);
    CHECK(made.rules.left.front().text == "2022-12-31");
    std::string open = text;
    open.replace(open.find("through 2023-12-31"), 18, "onwards");
    CHECK(code(open, {"2024", std::nullopt}) == "correction-day");
    CHECK(moved(next(open, {"2024", "2024-01-01"}).rules) == "2: 2023.1 -> 2024\n"
                                                             "3: 2023-07-01 -> 2024-01-01\n"
                                                             "11: 2023-03-31 -> 2024-03-31\n"
                                                             "11: 2023-12-31 -> 2024-12-31\n");
}

TEST_CASE("a new version is not withdrawn") {
    const NextVersion made =
        next(of_days("2023-01-01 onwards") + "withdrawn \"It was wrong.\" # sorry\ncurrency EUR\n",
             {"b", std::nullopt});
    CHECK(made.rules.text ==
          "program acme\nversion b\neffective 2024-01-01 onwards\ncurrency EUR\n");
    CHECK(holds(moved(made.rules), "4: withdrawn \"It was wrong.\""));
}

TEST_CASE("what cannot be a next version is refused") {
    const std::string text = of_days("2023-01-01 onwards");
    CHECK(code(text, {"a", std::nullopt}) == "no-version-name");
    CHECK(code(text, {"", std::nullopt}) == "no-version-name");
    CHECK(code(text, {"b c", std::nullopt}) == "no-version-name");
    CHECK(code(text, {"b\nwithdrawn \"x\"", std::nullopt}) == "no-version-name");
    CHECK(code(text, {"b", "2023-01-01"}) == "begins-too-early");
    CHECK(code(text, {"b", "2022-06-30"}) == "begins-too-early");
    CHECK(code(text, {"b", "2024-02-30"}) == "no-such-day");
    CHECK(code(text, {"b", "next year"}) == "bad-date");
    CHECK(code(text, {"b", "2023-01-02"}).empty());
}

TEST_CASE("tests keep their distance to the day they are on") {
    const Result<NextTests> made = next_tests("acme.test.rung", R"(# 2023
test "on a leap day" on 2024-02-29
  given  signed_on = 2019-06-30
  expect tier gold

test "of a file"
  facts  "facts/2023.json"
  expect tier none

test "of a file, on a day" on 2024-02-15
  facts  "facts/2023.json"
  given  signed_on = 2019-06-30
  expect tier none
)",
                                              1);
    REQUIRE(made);
    CHECK(made->tests.text == R"(# 2023
test "on a leap day" on 2025-02-28
  given  signed_on = 2020-06-30
  expect tier gold

test "of a file"
  facts  "facts/2023.json"
  expect tier none

test "of a file, on a day" on 2024-02-15
  facts  "facts/2023.json"
  given  signed_on = 2019-06-30
  expect tier none
)");
    CHECK(made->tests.moved.size() == 2);
    CHECK(made->dated_by_facts == 2);
    CHECK_FALSE(next_tests("broken.test.rung", "test \"open\n", 1));
}

TEST_CASE("every real program has a next year that can be read and differs in its dates alone") {
    namespace fs = std::filesystem;
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(RUNG_SOURCE_DIR "/rules")) {
        const std::string path = entry.path().string();
        if (!path.ends_with(".rung") || path.ends_with(".test.rung")) {
            continue;
        }
        ++files;
        std::ifstream in(path);
        const std::string text{std::istreambuf_iterator<char>(in),
                               std::istreambuf_iterator<char>()};
        CAPTURE(path);
        const NextVersion made = next(text, {"9999-next", std::nullopt});
        const Program after = program(made.rules.text);
        for (const Difference& difference : diff(program(text), after).all) {
            CHECK_MESSAGE(difference.decides(), difference.id);
        }
        CHECK(*canonical("next.rung", made.rules.text) == made.rules.text);
    }
    CHECK(files > 5);
}

} // namespace
} // namespace rung::next_test
