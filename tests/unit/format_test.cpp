// The formatter: what each rule of layout makes of a text, written by hand; and what must hold for every
// text, tried on the rule files of the repository and on many variants of them with other blanks, line
// ends and comments (fixed seeds).
#include "grammar/characters.hpp"
#include "grammar/format.hpp"
#include "grammar/parse.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace rung::format_test {
namespace {

Parsed parse_text(std::string text) { return parse(Source("text", std::move(text))); }

Parsed parsed_well(const std::string& text) {
    Parsed parsed = parse_text(text);
    for (const Fault& fault : parsed.faults) {
        FAIL_CHECK(text_of(fault) << " in line "
                                  << parsed.tree.source().line_of(fault.where.begin));
    }
    return parsed;
}

Tree tree_of(const std::string& text) { return parsed_well(text).tree; }

std::string formatted(const std::string& text) {
    const std::optional<std::string> result = format(parsed_well(text));
    REQUIRE_MESSAGE(result.has_value(), text);
    return *result;
}

/// The comments of a text, found without the parser: a `#` outside quotes, to the end of the line.
std::vector<std::string> comments_in(const std::string& text) {
    std::vector<std::string> comments;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') {
            while (text[++at] != '"') {
                if (text[at] == '\\') {
                    ++at;
                }
            }
        } else if (text[at] == '#') {
            const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
            std::string comment = text.substr(at, end - at);
            comment.erase(comment.find_last_not_of(" \t") + 1);
            comments.push_back(std::move(comment));
            at = end;
        }
    }
    return comments;
}

/// What holds for the canonical form of every text.
std::string check_properties(const std::string& text) {
    INFO(text);
    const Parsed parsed = parsed_well(text);
    const std::optional<std::string> written = format(parsed);
    REQUIRE(written.has_value());
    const std::string& result = *written;
    const Parsed again = parsed_well(result);
    CHECK(same_meaning(parsed.tree, again.tree));
    CHECK(format(again) == result);
    CHECK(comments_in(text) == comments_in(result));
    CHECK(result.find(" \n") == std::string::npos);
    CHECK(result.find("\t\n") == std::string::npos);
    CHECK(result.find('\r') == std::string::npos);
    CHECK(result.find("\uFEFF") == std::string::npos);
    CHECK(result.find("\n\n\n") == std::string::npos);
    if (!result.empty()) {
        CHECK(result.front() != '\n');
        CHECK(result.back() == '\n');
        CHECK((result.size() == 1 || result[result.size() - 2] != '\n'));
    }
    return result;
}

void check(const std::string& before, const std::string& after) {
    CHECK(check_properties(before) == after);
}

// ---- the rules of layout, one by one -------------------------------------------------------------

TEST_CASE("an empty file stays empty") {
    check("", "");
    check("\n\n  \n\t\n", "");
    check("\r\n", "");
    check("\uFEFF", "");
}

TEST_CASE("a single comment stays") {
    check("# all there is", "# all there is\n");
    check("\n\n   # all there is  \t\n\n", "# all there is\n");
    check("\uFEFF# all there is\r\n", "# all there is\n");
    check("# one\n\n\n# two\n#three", "# one\n\n# two\n#three\n");
}

TEST_CASE("line ends are LF, without a byte order mark, one at the end") {
    check("\uFEFFprogram p \"P\"\r\nversion 1\r\n\r\n\r\n", "program  p \"P\"\nversion  1\n");
    check("version 1", "version  1\n");
}

TEST_CASE("the head of the file is one block with a column") {
    check(R"(program twilio "Twilio"

version    2023
effective   2023-01-01   onwards


source "Guide, April 2023"
currency USD
input on "as_of" ,review "evaluation"
)",
          R"(program    twilio "Twilio"
version    2023
effective  2023-01-01 onwards
source     "Guide, April 2023"
currency   USD
input      on "as_of", review "evaluation"
)");
    check("program p\nyear   starts  02-01\n", "program      p\nyear starts  02-01\n");
    check("effective 2023-01-01   through 2023-12-31\n",
          "effective  2023-01-01 through 2023-12-31\n");
}

TEST_CASE("comments in the head keep their lines and the blank lines around them") {
    check(R"(program p # the name

# of the guide
version 1
  # indented, but there is no body here


source "G"
)",
          R"(program  p  # the name

# of the guide
version  1
# indented, but there is no body here

source   "G"
)");
    check("version 1 # a\n\nsource \"G\"\n", "version  1  # a\nsource   \"G\"\n");
}

TEST_CASE("the ladder stands apart, in the column of the head") {
    check(R"(version 1
effective 2023-01-01 onwards
ladder none "Not registered"<bronze   "Bronze" <
  silver "Silver"
     each tier stands alone
)",
          R"(version    1
effective  2023-01-01 onwards

ladder     none "Not registered" < bronze "Bronze" <
           silver "Silver"
           each tier stands alone
)");
    check("ladder none < bronze\n climbed one by one\n",
          "ladder  none < bronze\n        climbed one by one\n");
}

TEST_CASE("a ladder or an input that begins on its own line is indented as a body") {
    check(R"(ladder   # lowest first

      none
   < bronze # the first
      # the rest

# of them
   < silver
   climbed one by one
input
 on "on",
 review "review"
)",
          R"(ladder  # lowest first
  none
  < bronze  # the first
  # the rest

# of them
  < silver
  climbed one by one

input
  on "on",
  review "review"
)");
}

TEST_CASE("the lines of an input go on under its first key") {
    check("version 1\ninput on \"as_of\",\n review \"evaluation\"\n",
          "version  1\ninput    on \"as_of\",\n         review \"evaluation\"\n");
}

TEST_CASE("reviews have columns") {
    check(R"(reviews # twice a year
 annual looks at previous calendar year can raise,can lower
 mid_year "Mid-year" looks at trailing 365 days can raise by program grace 90 days
 spring looks at trailing (1+2) months can lower grace 2 weeks
)",
          R"(reviews  # twice a year
  annual                looks at previous calendar year   can raise, can lower
  mid_year  "Mid-year"  looks at trailing 365 days        can raise             by program grace 90 days
  spring                looks at trailing (1 + 2) months  can lower             grace 2 weeks
)");
    check("reviews\n a looks at trailing 1 day can raise\n mid looks at calendar year to date can "
          "lower\n",
          "reviews\n"
          "  a    looks at trailing 1 day         can raise\n"
          "  mid  looks at calendar year to date  can lower\n");
}

TEST_CASE("records and facts have columns of names, types, labels and the rest") {
    check(R"(record line "Revenue line"   named  by account
	date date "Date"
	amount money "Amount" json "amount_usd" at  least -5   internal

	account text key
facts
  partner text "Partner" key
  direct_revenue   list of   line
  kind one of a="A" , b or other "Kind"  json "/k" # why
)",
          R"(record line "Revenue line" named by account
  date     date   "Date"
  amount   money  "Amount"  json "amount_usd" at least -5 internal

  account  text             key

facts
  partner         text                        "Partner"  key
  direct_revenue  list of line
  kind            one of a = "A", b or other  "Kind"     json "/k"  # why
)");
}

TEST_CASE("a label behind other annotations is one of them") {
    check("facts\n a text json \"x\" \"Label\"\n b text \"Label\" key\n",
          "facts\n  a  text           json \"x\" \"Label\"\n  b  text  \"Label\"  key\n");
}

TEST_CASE("a very long type does not push the labels of the others") {
    check(R"(facts
  a text "A" key
  b one of first_choice, second_choice, third_choice, fourth_choice "B" key
)",
          R"(facts
  a  text  "A"  key
  b  one of first_choice, second_choice, third_choice, fourth_choice  "B"  key
)");
}

TEST_CASE("a list of choices keeps its lines, under the first choice") {
    check(R"(facts
  partner text "Partner"
  motions any of embed, integrate,   # two of them
      connect,
          # and one more

    resell, or other    "Motions" key
  size whole number "Size"
)",
          R"(facts
  partner  text          "Partner"
  motions  any of embed, integrate,  # two of them
                  connect,
                  # and one more

                  resell, or other  "Motions"  key
  size     whole number  "Size"
)");
}

TEST_CASE("a list of choices on several lines does not widen its column") {
    check("facts\n a one of first, second,\n  third \"A\"\n b text \"B\"\n",
          "facts\n"
          "  a  one of first, second,\n"
          "            third  \"A\"\n"
          "  b  text  \"B\"\n");
}

TEST_CASE("tables are as wide as their widest cells") {
    check(R"(requirements

|name|label|asks|when|bronze|silver|cite|

| agreement|"Partner agreement"|agreement_signed||yes|yes|p. 8-9|


  |stories | "Stories"  | stories>=_|a  and(b or not c)|  -|2 if  invited|  |   # two
# the way of the committed
    # the others
|revenue|"Revenue"|any   one  of||yes|-|"page |"|
)",
          R"(requirements
| name      | label               | asks             | when               | bronze | silver       | cite     |
|-----------|---------------------|------------------|--------------------|--------|--------------|----------|
| agreement | "Partner agreement" | agreement_signed |                    | yes    | yes          | p. 8-9   |

| stories   | "Stories"           | stories >= _     | a and (b or not c) | -      | 2 if invited |          |  # two
# the way of the committed
# the others
| revenue   | "Revenue"           | any one of       |                    | yes    | -            | "page |" |
)");
}

TEST_CASE("the rule line of a table is made canonical, others are kept") {
    check(R"(benefits # what each tier opens
| name | needs | gold | # the columns

# why
|:---|---: |
|mdf|requested,  approved|yes| # funds
|---|---|---|
| gtm | | yes |
)",
          R"(benefits  # what each tier opens
| name | needs               | gold |  # the columns
# why
|------|---------------------|------|
| mdf  | requested, approved | yes  |  # funds
|------|---------------------|------|
| gtm  |                     | yes  |
)");
    check("benefits\n| name | # columns\n\n\n| a |\n",
          "benefits\n| name |  # columns\n|------|\n| a    |\n");
    check("benefits\n|name|", "benefits\n| name |\n|------|\n");
}

TEST_CASE("a row of another length than the header stays as it is") {
    check("benefits\n|name|gold|\n|a|\n|b|yes|5 + 1|\n",
          "benefits\n| name | gold |\n|------|------|\n| a    |\n| b    | yes  | 5 + 1 |\n");
}

TEST_CASE("cells are measured as they are seen") {
    check("benefits\n|name|label|gold|\n|a|\"日本語\"|yes|\n|b|\"Cafe\u0301\"|-|\n|c|\"Zürich "
          "中\"|-|\n",
          "benefits\n"
          "| name | label       | gold |\n"
          "|------|-------------|------|\n"
          "| a    | \"日本語\"    | yes  |\n"
          "| b    | \"Cafe\u0301\"      | -    |\n"
          "| c    | \"Zürich 中\" | -    |\n");
}

TEST_CASE("widths of characters") {
    CHECK(display_width("") == 0);
    CHECK(display_width("plain #|") == 8);
    CHECK(display_width("äöü€£¥") == 6);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("日本") == 4);
    CHECK(display_width("한글") == 4);
    CHECK(display_width("ひらがな") == 8);
    CHECK(display_width("Ａ") == 2); // full width
    CHECK(display_width("ｱ") == 1); // half width
    CHECK(display_width("\u2605") == 1); // black star: ambiguous, so narrow
    CHECK(display_width("\u4DC0") == 1); // hexagram, between two wide blocks
    CHECK(display_width("\U0001F600") == 2);
    CHECK(display_width("\U00020000") == 2);
    CHECK(display_width("ก\u0E34") == 1);
    CHECK(display_width("\u200B") == 0);
}

TEST_CASE("a cell beyond all measure does not pad its table") {
    std::string text = "benefits\n|name|label|\n|wide|\"" + std::string(100'000, 'x') + "\"|\n";
    for (int row = 0; row < 1000; ++row) {
        text += "|a|\"A\"|\n";
    }
    CHECK(check_properties(text).size() < 2 * text.size());
}

TEST_CASE("expressions have single spaces, none inside parentheses or behind a minus sign") {
    check(
        "define x \"X\"\n  sum   of amount*2 in(lines)where a>=-  5 and b  in( p ,q )or not( c )\n",
        "define x \"X\"\n  sum of amount * 2 in (lines) where a >= -5 and b in (p, q) or not "
        "(c)\n");
    check("define x -(- a)- -b+1%/3\n", "define x -(-a) - -b + 1% / 3\n");
    check("define x if a then$250K else EUR  1,000.50\n",
          "define x if a then $250K else EUR  1,000.50\n");
    check("define x round half   even( a )to $1 but at  most 5 otherwise\t2023-01-31\n",
          "define x round half even (a) to $1 but at most 5 otherwise 2023-01-31\n");
    check("define x at least 2 of(a,b.c , d)\n", "define x at least 2 of (a, b.c, d)\n");
}

TEST_CASE("tokens are never rewritten") {
    check("define x \"two  blanks \\\" # | \ttab\"\n 1,000.00+00.50M\n",
          "define x \"two  blanks \\\" # | \ttab\"\n  1,000.00 + 00.50M\n");
    check(
        "benefits\n|name|cite|\n|a|p.   8,  note|\n",
        "benefits\n| name | cite          |\n|------|---------------|\n| a    | p.   8,  note |\n");
}

TEST_CASE("line breaks in bodies are the user's") {
    check(R"(define spend "Spend"

      sum of amount in revenue # in dollars


  where date in review_period

        and kind = product
define committed "Committed" count of commits
define
 far
      "Far" # label

    -
    5
)",
          R"(define spend "Spend"
  sum of amount in revenue  # in dollars

  where date in review_period

  and kind = product

define committed "Committed" count of commits

define
  far
  "Far"  # label

  -
  5
)");
    check("notice idle \"Idle\"   when\n tier=registered\n",
          "notice idle \"Idle\" when\n  tier = registered\n");
}

TEST_CASE("lines inside parentheses are indented with them") {
    check(R"(define x
 (largest of tcv in commits
 where live) otherwise $0
define y
  at least 2 of (
  a,
    (b
   or c) and d, # or
# margin
  # indented
  e
  )
  otherwise no
)",
          R"(define x
  (largest of tcv in commits
    where live) otherwise $0

define y
  at least 2 of (
    a,
    (b
      or c) and d,  # or
# margin
    # indented
    e
  )
  otherwise no
)");
}

TEST_CASE("readings stand together if they did, in a column") {
    check(R"(reading a "A."
reading long_name "B."
   "More."  # yes
reading b.c
 "C."

reading d "D."

reading of_another_run "E."
# between them
reading f "F."
)",
          R"(reading a         "A."
reading long_name "B."
  "More."  # yes
reading b.c
  "C."

reading d "D."

reading of_another_run "E."
# between them
reading f              "F."
)");
}

TEST_CASE("accepts stand together, apart from readings, with their reasons in a column") {
    check(R"(reading a "A."
accept unused-fact "B."
accept threshold-not-rising of a.b   "C."
accept missing-cite of
   c "D."
)",
          R"(reading a "A."

accept unused-fact                 "B."
accept threshold-not-rising of a.b "C."
accept missing-cite of
  c                                "D."
)");
}

TEST_CASE("tests line up what is given and what is expected") {
    check(R"(test "exactly" on   2023-02-15   at annual
 facts "02.json"

 # the tier
 expect tier bronze
 expect possible bronze ,
   silver,
   # top
   gold
 expect unmet for silver exactly revenue,
 stories
 expect not asked for x exactly   nothing
 expect benefit mdf   closed
 expect measure spend=-$5
 expect measure spend from $0   through $5M # range
)",
          R"(test "exactly" on 2023-02-15 at annual
  facts  "02.json"

  # the tier
  expect tier bronze
  expect possible bronze,
                  silver,
                  # top
                  gold
  expect unmet for silver exactly revenue,
                                  stories
  expect not asked for x exactly nothing
  expect benefit mdf closed
  expect measure spend = -$5
  expect measure spend from $0 through $5M  # range
)");
}

TEST_CASE(
    "the facts that a test gives stand with its other lines, and its tables below their names") {
    check(R"(test "t"
 given a=yes
 facts "02.json"
 given b = x ,y,
    z
 given c = unknown # not yet

 given people # two of them
| mail|passed_on |
# the first
|"a" |  2024-01-01|
  |"bcdef"||

 given d
   | e |
   |:--|
   | -$5 |
 expect tier gold
)",
          R"(test "t"
  given  a = yes
  facts  "02.json"
  given  b = x, y,
             z
  given  c = unknown  # not yet

  given  people  # two of them
  | mail    | passed_on  |
  |---------|------------|
# the first
  | "a"     | 2024-01-01 |
  | "bcdef" |            |

  given  d
  | e   |
  |-----|
  | -$5 |
  expect tier gold
)");
}

TEST_CASE("one blank line between sections") {
    check(R"(facts
  a text
# about the count
define x 1
define y 2



# about the notice

notice n "N" when a
test "t"
  expect tier b
  # no more of them
test "u"
# margin, close to the test

version 1
)",
          R"(facts
  a  text

# about the count
define x 1

define y 2

# about the notice

notice n "N" when a

test "t"
  expect tier b
  # no more of them

test "u"
# margin, close to the test

version  1
)");
}

TEST_CASE("comments in a body are indented with it, unless they stand at the margin") {
    check(R"(facts # of a partner

    # who
  a text

# what

        # and how


  b text # last
      # indented behind the body
# margin behind the body
)",
          R"(facts  # of a partner
  # who
  a  text

# what

  # and how

  b  text  # last
  # indented behind the body
# margin behind the body
)");
}

TEST_CASE("a text with faults has no canonical form") {
    CHECK_FALSE(format(parse_text("version\n")).has_value());
    CHECK_FALSE(format(parse_text("define x 1 +\n")).has_value());
    CHECK_FALSE(format(parse_text("nonsense\n")).has_value());
    CHECK_FALSE(format(parse_text("facts\n  a texts\n")).has_value());
    CHECK_FALSE(format(parse_text("benefits\n| name |\n| 5 |\n")).has_value());
    CHECK_FALSE(format(parse_text("version 1\r")).has_value());
    CHECK_FALSE(format(parse_text("test \"t\"\n  expect\n")).has_value());
    CHECK_FALSE(format(parse_text("\xFF")).has_value());
}

// ---- the same meaning ------------------------------------------------------------------------------

TEST_CASE("same_meaning sees every change but that of layout") {
    const auto same = [](const char* a, const char* b) {
        const bool forth = same_meaning(tree_of(a), tree_of(b));
        CHECK(forth == same_meaning(tree_of(b), tree_of(a)));
        return forth;
    };
    CHECK(same("define x a+1", "define x\r\n  a +\r\n 1\r\n"));
    CHECK(same("version 1 # c  ", "version 1\n# c"));
    CHECK(same("benefits\n|name|\n|a|", "benefits\n|name|\n|---|\n|a|\n|---|"));
    CHECK_FALSE(same("define x a+1", "define x a+2"));
    CHECK_FALSE(same("define x a+1", "define x a-1"));
    CHECK_FALSE(same("define x a+1", "define x (a+1)"));
    CHECK_FALSE(same("define x \"X\" 1", "define x 1"));
    CHECK_FALSE(same("define x 1.0", "define x 1"));
    CHECK_FALSE(same("version 1 # a", "version 1"));
    CHECK_FALSE(same("version 1 # a", "version 1 # b"));
    CHECK_FALSE(same("version 1 # a\n# b", "version 1 # b\n# a"));
    CHECK_FALSE(same("version 1\n# a\nsource \"G\"", "version 1\nsource \"G\"\n# a"));
    CHECK_FALSE(same("benefits\n|name|gold|\n|a|-|", "benefits\n|name|gold|\n|a||"));
    CHECK_FALSE(same("benefits\n|name|\n|a|", "benefits\n|name|\n|a|\n|b|"));
    CHECK_FALSE(same("facts\n a text\n b text", "facts\n b text\n a text"));
    CHECK_FALSE(same("", "version 1"));
    // The same spellings, once as a field and once as a section.
    CHECK_FALSE(same("record r\n version text", "record r\nversion text"));
    CHECK_FALSE(same_meaning(parse_text("nonsense").tree, parse_text("nonsense").tree));
}

// ---- every rule file, and variants -----------------------------------------------------------------

/// Every section and every place where lines may go on.
constexpr const char* everything = R"(# A program that has everything.
program p "P"
version 1.0
effective 2023-01-01 through 2023-12-31
source "Guide"
currency EUR
year starts 02-01
input on "on", review "review",
      version "version"
ladder none "None" < bronze < silver "Silver"
       each tier stands alone
reviews
  annual "Annual" looks at if late then previous program year else program year of review_date can raise
  monthly looks at from 2023-01-01 until review_date + 5 days can raise, can lower by program grace 90 days
record line "Line" named by kind
  kind any of a = "A", b,
    c, or other "Kind" json "k"
  on date or never "On" default 2023-01-01
  amount money EUR "Amount" at least 0 at most EUR 5,000
facts
  lines list of line "Lines" cannot change
  waiting yes/no waits
  size whole number internal key
  turnover money "Turnover" effort 1 per EUR 1M by program
define total "Total" sum of amount in lines where on in trailing 12 months
define distinct
  count of distinct kind in lines as l
  where l.kind include any of (a, b) # both
  and l.on <= last day of previous 2 calendar quarters
define most
  round half up (largest of amount in lines) / 3 to EUR 1 but at least -EUR 5 otherwise EUR 0
define ways
  at least 2 of (
    total > EUR 5, # enough
    each of lines where waiting satisfies amount >= -(5 - 2),
    not waiting
  )
requirements
| name | label | asks | when | bronze | silver | cite | advice |
|------|-------|------|------|--------|--------|------|--------|
| r | "R" | at least 1 of | | yes | yes | p. 1 | "Do | it" |
| r.a | "A" | total >= _ | waiting | EUR 5K | EUR 1M if waiting | "p. 2" | |
| r.b | | waiting | | - | yes | | |
benefits
| name | needs | silver |
| b | waiting, total > EUR 5 | yes |
reading r "How."
reading r.a
  "What."
  "And why."
notice n "N \"quoted\""
  when tier = silver and (none of lines where on in calendar year to date)
test "t" on 2023-02-15 at annual
  facts "t.json"
  expect possible bronze,
    silver
  expect benefits open exactly b
  expect measure total from EUR 0 through EUR 5
)";

/// A number below `bound`, the same on every platform (the library's distributions are not).
class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    std::size_t below(std::size_t bound) { return engine_() % bound; }
    bool once_in(std::size_t count) { return below(count) == 0; }

private:
    std::mt19937 engine_;
};

/// What differs in a variant: the blanks of a line, or also its lines and comments.
enum class Change { blanks, lines };

/// The same tokens with other trivia between them.
class Variant {
public:
    Variant(const Tree& tree, unsigned seed, Change change)
        : tree_(tree), dice_(seed), change_(change) {}

    std::string write() {
        find_places();
        if (dice_.once_in(4)) {
            out_ += "\uFEFF";
        }
        for (std::size_t index = 0; index < tokens_.size(); ++index) {
            gap_before(index);
            out_ += tree_.source().text(tokens_[index].span);
        }
        write_end();
        return std::move(out_);
    }

private:
    struct Token {
        Kind kind;
        Span span;
        bool may_break = false;
    };

    void write_end() {
        out_ += blanks(0);
        if (change_ == Change::blanks) {
            return;
        }
        if (dice_.once_in(2)) {
            out_ += comment();
        } else {
            end_line();
            lines_of_trivia(2);
        }
    }

    void find_places() {
        const std::vector<Node>& nodes = tree_.nodes();
        std::vector<std::size_t> token_of(nodes.size() + 1);
        for (std::size_t node = 0; node < nodes.size(); ++node) {
            token_of[node] = tokens_.size();
            const Kind kind = nodes[node].kind;
            if (is_token(kind) || kind == Kind::path || kind == Kind::column) {
                tokens_.push_back({kind, nodes[node].span});
            }
        }
        token_of[nodes.size()] = tokens_.size();
        const auto choices = [&](std::size_t node) {
            return nodes[node].kind == Kind::type &&
                   tree_.source().text(nodes[node].span).find(',') != std::string_view::npos;
        };
        for (std::size_t node = 0; node < nodes.size(); ++node) {
            const std::size_t first = token_of[node] + (choices(node) ? 3 : 1);
            if (!choices(node) && !is_body(nodes[node].kind))
                continue;
            for (std::size_t token = first; token < token_of[node + nodes[node].size]; ++token) {
                tokens_[token].may_break = true;
            }
        }
    }

    static bool is_body(Kind kind) {
        return kind == Kind::define || kind == Kind::notice || kind == Kind::reading ||
               kind == Kind::accept || kind == Kind::input || kind == Kind::ladder ||
               kind == Kind::names;
    }

    void gap_before(std::size_t index) {
        const Token& token = tokens_[index];
        const Span gap{index == 0 ? 0 : tokens_[index - 1].span.end, token.span.begin};
        const std::string_view old = tree_.source().text(gap);
        if (index == 0) {
            comments_and_lines(old.empty() ? "\n" : old, true);
        } else if (old.find('\n') != std::string_view::npos) {
            comments_and_lines(old, tokens_[index - 1].kind != Kind::rule_line);
            const bool table =
                token.kind == Kind::rule_line || tree_.source().text(token.span) == "|";
            const bool section = old.back() == '\n' && !table;
            out_ += section ? "" : blanks(table ? 0 : 1);
        } else if (change_ == Change::lines && token.may_break && dice_.once_in(8)) {
            comments_and_lines("\n", true);
            out_ += blanks(1);
        } else {
            out_ += blanks(old.empty() || is_bracket(index) || is_bracket(index - 1) ? 0 : 1);
        }
    }

    /// A blank beside it is never needed.
    [[nodiscard]] bool is_bracket(std::size_t index) const {
        const std::string_view text = tree_.source().text(tokens_[index].span);
        return text == "|" || text == "(" || text == ")";
    }

    /// The lines that were there, and new lines and comments; but no comment behind a rule line.
    void comments_and_lines(std::string_view old, bool may_comment) {
        bool in_comment = false;
        for (const char c : old.substr(0, old.rfind('\n') + 1)) {
            in_comment = c == '#' || (in_comment && c != '\n');
            if (c != '\n') {
                out_ += c;
                may_comment = may_comment && !in_comment;
                continue;
            }
            out_ += blanks(0);
            if (change_ == Change::lines && may_comment && dice_.once_in(8)) {
                out_ += comment();
            }
            end_line();
            may_comment = true;
            lines_of_trivia(6);
        }
    }

    void lines_of_trivia(std::size_t once_in) {
        while (change_ == Change::lines && dice_.once_in(once_in)) {
            out_ += blanks(0);
            if (dice_.once_in(2)) {
                out_ += comment();
            }
            end_line();
        }
    }

    void end_line() { out_ += dice_.once_in(3) ? "\r\n" : "\n"; }

    std::string comment() {
        return "# " + std::to_string(++comments_) + (dice_.once_in(3) ? " \"|  \t" : "");
    }

    std::string blanks(std::size_t least) {
        std::string text;
        while (text.size() < least || dice_.once_in(3)) {
            text += dice_.once_in(4) ? '\t' : ' ';
        }
        return text;
    }

    const Tree& tree_;
    Dice dice_;
    Change change_;
    std::vector<Token> tokens_;
    std::string out_;
    int comments_ = 0;
};

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::filesystem::path> rule_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(RUNG_SOURCE_DIR "/rules")) {
        if (entry.path().extension() == ".rung") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

void check_variants(const std::string& text, unsigned count) {
    check_properties(text);
    const Tree tree = tree_of(text);
    for (unsigned seed = 1; seed <= count; ++seed) {
        CAPTURE(seed);
        check_properties(Variant(tree, seed, Change::lines).write());
    }
}

TEST_CASE("every rule file and its variants keep their meaning and their comments") {
    const std::vector<std::filesystem::path> files = rule_files();
    REQUIRE_FALSE(files.empty());
    for (const std::filesystem::path& file : files) {
        CAPTURE(file);
        check_variants(read_file(file), 25);
    }
}

/// The rule files that stand in the cases of the corpus, behind `--- file NAME.rung`.
std::vector<std::string> rule_files_of_corpus() {
    std::vector<std::string> files;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(RUNG_SOURCE_DIR "/tests/corpus/cases")) {
        const std::string text = entry.is_regular_file() ? read_file(entry.path()) : "";
        constexpr std::string_view mark = "\n--- ";
        for (std::size_t at = text.find(mark); at != std::string::npos;) {
            const std::size_t body = text.find('\n', at + 1);
            const std::size_t next = text.find(mark, at + 1);
            const std::string head = text.substr(at + 1, body - at - 1);
            if (head.starts_with("--- file ") && head.ends_with(".rung") && body < next) {
                files.push_back(text.substr(body + 1, next - body));
            }
            at = next;
        }
    }
    return files;
}

TEST_CASE("every rule file of the corpus that can be read keeps its meaning and its comments") {
    int readable = 0;
    for (const std::string& text : rule_files_of_corpus()) {
        if (parse(Source("corpus.rung", text)).faults.empty()) {
            ++readable;
            check_properties(text);
        }
    }
    CHECK(readable > 200);
    MESSAGE(readable, " rule files of the corpus");
}

TEST_CASE("a file with everything and its variants keep their meaning and their comments") {
    check_variants(everything, 1000);
}

TEST_CASE("blanks and the bytes of a line end make no difference") {
    const std::string canonical = formatted(everything);
    const Tree tree = tree_of(canonical);
    for (unsigned seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        CHECK(formatted(Variant(tree, seed, Change::blanks).write()) == canonical);
    }
}

} // namespace
} // namespace rung::format_test
