// The parser: nothing of a text is lost, faults stay where they are, and no text exhausts it.

#include "grammar/parse.hpp"
#include "grammar/written_dates.hpp"
#include "tests/page/mutants.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <doctest/doctest.h>

namespace rung::parse_test {

namespace {

Parsed parse_text(std::string text) { return parse(Source("test.rung", std::move(text))); }

std::vector<std::string> rule_files() {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             std::filesystem::path(RUNG_SOURCE_DIR) / "rules")) {
        if (entry.path().extension() == ".rung") {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> texts;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return texts;
}

// ---- what holds of every tree ------------------------------------------------------------------

/// Blanks, line ends, comments, and a byte order mark where the text begins.
bool is_trivia(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    if (begin == 0 && text.substr(0, end).starts_with("\xEF\xBB\xBF")) {
        begin = 3;
    }
    while (begin < end) {
        const char c = text[begin];
        if (c == '#') {
            while (begin < end && text[begin] != '\r' && text[begin] != '\n') {
                ++begin;
            }
        } else if (c == ' ' || c == '\t' || c == '\n') {
            ++begin;
        } else if (c == '\r' && begin + 1 < end && text[begin + 1] == '\n') {
            begin += 2;
        } else {
            return false;
        }
    }
    return true;
}

/// What is wrong with the subtree at `index`, of which the parent ends at `limit`.
std::string complaint_about(const std::vector<Node>& nodes, std::size_t index, std::size_t limit) {
    const Node& node = nodes[index];
    const std::size_t end = index + node.size;
    if (node.size == 0 || end > limit || node.span.begin > node.span.end) {
        return "a size or a span is impossible";
    }
    const bool may_be_empty = node.kind == Kind::error; // where something is missing
    if (is_token(node.kind) && (node.size != 1 || (node.span.empty() && !may_be_empty))) {
        return "a token has children or no characters";
    }
    std::uint32_t before = node.span.begin;
    for (std::size_t child = index + 1; child < end; child += nodes[child].size) {
        if (nodes[child].span.begin < before || nodes[child].span.end > node.span.end) {
            return "a child lies outside its parent or before its sibling";
        }
        if (std::string why = complaint_about(nodes, child, end); !why.empty()) {
            return why;
        }
        before = nodes[child].span.end;
    }
    return "";
}

std::string complaint_about(const Parsed& parsed) {
    const std::string_view text = parsed.tree.source().text();
    const std::vector<Node>& nodes = parsed.tree.nodes();
    if (nodes.empty() || nodes[0].kind != Kind::file || nodes[0].size != nodes.size() ||
        nodes[0].span != Span{0, static_cast<std::uint32_t>(text.size())}) {
        return "the root does not hold everything";
    }
    if (std::string why = complaint_about(nodes, 0, nodes.size()); !why.empty()) {
        return why;
    }
    std::uint32_t behind = 0;
    bool error = false;
    for (const Node& node : nodes) {
        error = error || node.kind == Kind::error || node.broken;
        if (!is_token(node.kind)) {
            continue;
        }
        if (node.span.begin < behind || !is_trivia(text, behind, node.span.begin)) {
            return "something stands in two tokens, or in none";
        }
        behind = node.span.end;
    }
    if (!is_trivia(text, behind, static_cast<std::uint32_t>(text.size()))) {
        return "the end of the text is in no token";
    }
    if (error && parsed.faults.empty()) {
        return "a broken part without a fault";
    }
    return "";
}

std::string complaint_about(const Fault& fault, std::string_view text) {
    if (fault.where.begin > fault.where.end || fault.where.end > text.size()) {
        return "a fault lies outside the text";
    }
    return text_of(fault).empty() ? "a fault says nothing" : "";
}

void check_text(const std::string& text) {
    const Parsed parsed = parse_text(text);
    std::string why = complaint_about(parsed);
    for (const Fault& fault : parsed.faults) {
        why += complaint_about(fault, text);
    }
    CHECK_MESSAGE(why.empty(), why, " in:\n", text);
    CHECK(parsed.faults.size() <= max_faults);
}

// ---- trees as text -----------------------------------------------------------------------------

std::string_view name_of(Kind kind) {
    switch (kind) {
    case Kind::any_true:
        return "or";
    case Kind::all_true:
        return "and";
    case Kind::negation:
        return "not";
    case Kind::comparison:
        return "compare";
    case Kind::bounded:
        return "bounded";
    case Kind::otherwise:
        return "otherwise";
    case Kind::sum:
        return "sum";
    case Kind::product:
        return "product";
    case Kind::minus:
        return "minus";
    case Kind::conditional:
        return "if";
    case Kind::aggregate:
        return "aggregate";
    case Kind::each:
        return "each";
    case Kind::at_least:
        return "at-least";
    case Kind::rounding:
        return "rounding";
    case Kind::window:
        return "window";
    case Kind::day_of:
        return "day-of";
    case Kind::span:
        return "span";
    case Kind::group:
        return "group";
    case Kind::members:
        return "members";
    default:
        return "?";
    }
}

/// `[sum a + [product b * c]]`
std::string outline(NodeRef node) {
    if (is_token(node.kind()) || node.is(Kind::path)) {
        return std::string(node.text());
    }
    std::string text = "[" + std::string(name_of(node.kind()));
    for (const NodeRef child : node) {
        text += " " + outline(child);
    }
    return text + "]";
}

std::string outline_of(const std::string& expression) {
    const Parsed parsed = parse_text("define x " + expression + "\n");
    REQUIRE_MESSAGE(parsed.faults.empty(), expression);
    std::string text;
    for (const NodeRef part : *parsed.tree.root().begin()) {
        text = outline(part);
    }
    return text;
}

// ---- faults ------------------------------------------------------------------------------------

/// A text in which « and » stand around the place of a fault, without them.
struct Marked {
    std::string text;
    Span where;
    Position begin;
};

Marked unmark(std::string_view marked) {
    constexpr std::string_view open = "\u00AB";
    constexpr std::string_view close = "\u00BB";
    const std::size_t first = marked.find(open);
    const std::size_t last = marked.find(close);
    REQUIRE_MESSAGE(last != std::string_view::npos, marked);
    const std::string_view before = marked.substr(0, first);
    const std::string_view inside = marked.substr(first + open.size(), last - first - open.size());
    const auto begin = static_cast<std::uint32_t>(first);
    Marked result{std::string(before) + std::string(inside) +
                      std::string(marked.substr(last + close.size())),
                  {begin, begin + static_cast<std::uint32_t>(inside.size())},
                  {}};
    for (const char c : before) { // counted here, and not by what is tested
        const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        result.begin.column = c == '\n' ? 1 : result.begin.column + (continues ? 0 : 1);
        result.begin.line += c == '\n' ? 1 : 0;
    }
    return result;
}

struct Broken {
    Code code;
    std::string_view marked;
    /// In the message or its help.
    std::string_view says;
};

constexpr Broken broken[] = {
    // unexpected_text, and what it advises
    {Code::unexpected_text, "define total a «b»\n", "expected the end of the line, found `b`"},
    {Code::unexpected_text, "program «Twilio»\n", "write `twilio`"},
    {Code::unexpected_text, "program twilio«-»tech \"Twilio\"\n", "write `twilio_tech`"},
    {Code::unexpected_text, "facts\n  agreement «signed» yes/no\n", "write `agreement_signed`"},
    {Code::unexpected_text, "facts\n  «if» yes/no\n", "`if` is a word of the language"},
    {Code::unexpected_text, "facts\n  partner «string» \"Partner\"\n", "write `text`"},
    {Code::unexpected_text, "facts\n  kind «product», services\n", "write `one of product, …`"},
    {Code::unexpected_text, "facts\n  kind one of «\"Own product\"»\n",
     "write `own_product = \"Own product\"`"},
    {Code::unexpected_text, "facts\n  partner text «kye»\n", "did you mean `key`?"},
    {Code::unexpected_text, "facts\n  amount money json «amount_usd» key\n",
     "expected a text in quotes"},
    {Code::unexpected_text, "currency «usd»\n", "write `USD`"},
    {Code::unexpected_text, "source «Program» guide # 2023\n", "write `\"Program guide\"`"},
    {Code::unexpected_text, "effective 2023-01-01 «to» 2023-12-31\n", "write `through`"},
    {Code::unexpected_text, "effective 2023-01-01 «2023-12-31»\n",
     "expected `onwards`, or `through` and a date"},
    {Code::unexpected_text, "year starts «2-1»\n", "02-01 is 1 February"},
    {Code::unexpected_text, "ladder none < bronze <\n  «climbed» one by one\n",
     "leave out the `<` before it"},
    {Code::unexpected_text, "ladder none«,» bronze climbed one by one\n", "write `<`"},
    {Code::unexpected_text, "reviews\n  annual looks at calendr «year» can raise\n",
     "`can raise` or `can lower`"},
    {Code::unexpected_text, "reviews\n  annual looks at trailing 12 months can raise «can» lower\n",
     "expected `,`"},
    {Code::unexpected_text, "define spend «=» 5\n", "leave out the `=`"},
    {Code::unexpected_text, "define spend sum«(»amount)\n", "write `sum of …`"},
    {Code::unexpected_text, "define spend sum of amount «from» lines\n", "expected `in`"},
    {Code::unexpected_text, "define spend round «x» to $1\n", "write `round half up … to …`"},
    {Code::unexpected_text, "test \"t\"\n  given partner = «Acme» Corp\n", "write `\"Acme Corp\"`"},
    {Code::unexpected_text, "test \"t\"\n  given deals\n  | name |\n  | «Acme» |\n",
     "write `\"Acme\"`"},
    {Code::unexpected_text, "define spend $5 «million»\n", "write `$5M`"},
    {Code::unexpected_text, "define share 50 «%»\n", "write `50%`"},
    {Code::unexpected_text, "define ok stories >= 1 and «<=» 5\n", "write `and stories <= …`"},
    {Code::unexpected_text, "define ok x in previous 2 «quarters»\n", "expected `calendar`"},
    {Code::unexpected_text, "define ok x in trailing «twelve» months\n", "write `12`"},
    {Code::unexpected_text, "define ok kinds include any «(»a, b)\n", "write `any of (…)`"},
    {Code::unexpected_text, "requirements\n  «name» asks\n", "expected a table"},
    {Code::unexpected_text, "requirements\n| «Name» |\n", "write `name`"},
    {Code::unexpected_text, "requirements\n| name | asks |\n| a «b» | x |\n", "expected `|`"},
    {Code::unexpected_text, "requirements\n| name | asks |\n| a | any «of» |\n",
     "write `any one of`"},
    {Code::unexpected_text, "requirements\n| name | gold |\n| a | yes «when» b |\n", "write `if`"},
    {Code::unexpected_text, "requirements\n| name | label |\n| a | «Label» |\n",
     "write `\"Label\"`"},
    {Code::unexpected_text, "test \"t\"\n  expect «teir» gold\n", "did you mean `tier`?"},
    {Code::unexpected_text, "test \"t\"\n  facts «a».json\n", "write `\"a.json\"`"},
    {Code::unexpected_text, "test \"t\"\n  expect met for gold «x»\n", "expected `exactly`"},
    // missing_text
    {Code::missing_text, "program«»\n", "expected a name, but the line ends"},
    {Code::missing_text, "program«»   # a comment\n", "expected a name, but the line ends"},
    {Code::missing_text, "program«»", "expected a name, but the line ends"},
    {Code::missing_text, "effective 2023-01-01«»\r\n", "`onwards`, or `through` and a date"},
    {Code::missing_text, "define x\n  a +«»   # and?\n", "expected a value"},
    {Code::missing_text, "define x (a + (b)«»\n", "expected `)`"},
    {Code::missing_text, "facts\n  kind one of«»\n  n text\n",
     "expected a choice, but the line ends"},
    {Code::missing_text, "reviews\n  r looks at trailing 90 days can raise,«»\n",
     "leave out the `,`"},
    {Code::missing_text, "benefits\n| name | needs |\n| a | b,«» |\n", "but the cell ends"},
    {Code::missing_text, "benefits\n| name | gold |\n| a | yes if«»  |\n", "but the cell ends"},
    {Code::missing_text, "benefits\n| name | gold |\n| a | yes«»\n",
     "expected `|`, but the line ends"},
    {Code::missing_text, "benefits\n| name | gold |\n| a | yes«» # no bar\n",
     "expected `|`, but the line ends"},
    {Code::missing_text, "benefits«»\n", "expected a table"},
    // the other codes
    {Code::unknown_section, "«defin» x 5\n", "did you mean `define`?"},
    {Code::unknown_section, "«REQUIREMENTS»\n", "did you mean `requirements`?"},
    {Code::unknown_section, "benefits\n| name |\n«a» |\n", "a row of a table begins with `|`"},
    {Code::unknown_section, "facts\n«partner» text\n", "are indented"},
    {Code::stray_line, "  «stray» words\n", "belongs to no section"},
    {Code::stray_line, "program twilio\n  «\"Twilio\"»\n", "`program` is written on one line"},
    {Code::stray_line, "define x\n  5\n«+» 6\n", "indent a line that goes on"},
    {Code::stray_line, "«|» a |\n", "belongs to no section"},
    {Code::typography, "define x «\u201C»a\u201D\n", "write `\"`"},
    {Code::typography, "define x a «\u2013» 5\n", "write `-`"},
    {Code::typography, "define x a«\u00A0»+ 5\n", "U+00A0"},
    {Code::typography, "benefits\n| name | gold |\n| a | «\u2022» |\n", "write `yes`"},
    {Code::typography, "«\u201C»program\u201D\n", "write `\"`"},
    {Code::foreign_operator, "define x a «==» 5\n", "write `=`"},
    {Code::foreign_operator, "define x a «||» b\n", "write `or`"},
    {Code::foreign_operator, "define x a «\u2265» 5\n", "write `>=`"},
    {Code::foreign_operator, "define x a «AND» b\n", "write `and`"},
    {Code::comment_in_row, "benefits\n| name | gold |\n| a «# why | yes |» \n", "would hide cells"},
    {Code::comment_in_row, "benefits\n| name | gold |\n| a | yes if «# why | yes |»\n",
     "would hide cells"},
    {Code::open_text, "program twilio «\"Twilio»  \n", "no closing quote"},
    {Code::open_text, "benefits\n| name | label |\n| a | «\"A |»\n", "no closing quote"},
    {Code::plus_behind_figure, "benefits\n| name | gold |\n| a | $250K«+» |\n", "asks"},
    {Code::plus_behind_figure, "benefits\n| name | gold |\n| a | $250K «+» |\n", "asks"},
    {Code::footnote_mark, "requirements\n| name | asks | a |\n| r | x >= _ | $5«*» |\n",
     "footnote"},
    {Code::malformed_date, "effective «2023-1-01» onwards\n", "write `2023-01-01`"},
    {Code::malformed_date, "effective «01/01/2023» onwards\n", "write `2023-01-01`"},
    {Code::malformed_date, "define x a >= «2023-6-30»\n", "2023-06-30"},
    {Code::malformed_number, "define x «1,5000»\n",
     "write `15,000`, `1.5000` or, for two figures, `1, 5000`"},
    {Code::malformed_number, "define x a in («1,2»)\n", "`1, 2`"},
    {Code::malformed_number, "define x «5%%»\n", "1,000"},
    {Code::malformed_number, "define x «3rd»\n", "`3rd` is not a number"},
    {Code::figure_and_minus, "define x «5-3»\n", "write `5 - 3` to subtract"},
    {Code::lower_case_factor, "define x «250k»\n", "write `250K`"},
    {Code::lone_return, "define x 5«\r»define y 6\n", "Unix or Windows"},
    {Code::lone_return, "# a\n«\r»# b\n", "Unix or Windows"},
    {Code::lone_return, "define x # a«\r»  \n\n  5\n", "Unix or Windows"},
    // columns of faults behind characters of two, three and four bytes
    {Code::unexpected_text, "program x \"\u00E9\u20AC\U0001F642\" «y»\n", "found `y`"},
    // reading
    {Code::nul_character, std::string_view("define x «\0»", 14), "delete it"},
    {Code::not_utf8, "define x «\xC0»", "save the file as UTF-8"},
};

} // namespace

TEST_CASE("rule files parse without a fault, and nothing of them is lost") {
    const std::vector<std::string> files = rule_files();
    REQUIRE(!files.empty());
    for (const std::string& text : files) {
        const Parsed parsed = parse_text(text);
        CHECK(parsed.faults.empty());
        CHECK(complaint_about(parsed) == "");
        check_text("\xEF\xBB\xBF" + text);
    }
}

TEST_CASE("nothing of a broken text is lost") {
    const std::vector<std::string> files = rule_files();
    const std::vector<std::string> words = {"define", "facts", "requirements", "if",    "where",
                                            "of",     "(",     "not",          "expect"};
    page::Random random(20'230'101);
    for (std::size_t i = 0; i < 20'000; ++i) {
        check_text(page::mutate(page::sample(files[i % files.size()], random), random, words));
    }
    for (std::size_t i = 0; i < 3'000; ++i) { // no order at all
        std::string text;
        for (std::size_t pieces = random.below(25); pieces > 0; --pieces) {
            text += page::other(random, words);
            text += random.one_in(3) ? " " : "";
        }
        check_text(text);
    }
    for (const Broken& one : broken) {
        if (one.code != Code::nul_character && one.code != Code::not_utf8) {
            check_text(unmark(one.marked).text);
        }
    }
}

TEST_CASE("expressions bind as the page says") {
    CHECK(outline_of("a + b * c - d") == "[sum a + [product b * c] - d]");
    CHECK(outline_of("(a + b) * c") == "[product [group ( [sum a + b] )] * c]");
    CHECK(outline_of("a or b and not c = d") == "[or a or [and b and [not not [compare c = d]]]]");
    CHECK(outline_of("not a and b") == "[and [not not a] and b]");
    CHECK(outline_of("not not a") == "[not not [not not a]]");
    CHECK(outline_of("- - a * b") == "[product [minus - [minus - a]] * b]");
    CHECK(outline_of("a < b < c") == "[compare a < b < c]");
    CHECK(outline_of("a + b but at most c otherwise d >= e") ==
          "[compare [bounded [sum a + b] but at most [otherwise c otherwise d]] >= e]");
    CHECK(outline_of("a in (b, c)") == "[compare a in [members ( b , c )]]");
    CHECK(outline_of("a in (b)") == "[compare a in [members ( b )]]");
    CHECK(outline_of("a in review_period") == "[compare a in review_period]");
    CHECK(outline_of("a include any of (b, c)") ==
          "[compare a include any of [members ( b , c )]]");
    CHECK(outline_of("a include b or c") == "[or [compare a include b] or c]");
    CHECK(outline_of("sum of a * b in c where d and e") ==
          "[aggregate sum of [product a * b] in c where [and d and e]]");
    CHECK(outline_of("(count of a where b) >= 3") ==
          "[compare [group ( [aggregate count of a where b] )] >= 3]");
    CHECK(outline_of("count of distinct a in b as c") ==
          "[aggregate count of distinct a in b as c]");
    CHECK(outline_of("each of a where b satisfies c or d") ==
          "[each each of a where b satisfies [or c or d]]");
    CHECK(outline_of("at least 2 of (a, b, c)") ==
          "[at-least at least 2 of [members ( a , b , c )]]");
    CHECK(outline_of("if a then b else c + d") == "[if if a then b else [sum c + d]]");
    CHECK(outline_of("round half even a / b to $1") ==
          "[rounding round half even [product a / b] to $1]");
    CHECK(outline_of("a - 90 days") == "[sum a - [span 90 days]]");
    CHECK(outline_of("first day of previous calendar year") ==
          "[day-of first day of [window previous calendar year]]");
    CHECK(outline_of("from a - 1 month through b") ==
          "[window from [sum a - [span 1 month]] through b]");
    CHECK(outline_of("trailing (n + 1) days") == "[window trailing [group ( [sum n + 1] )] days]");
    CHECK(outline_of("2023-06-30") == "2023-06-30");
    CHECK(outline_of("revenue.spend") == "revenue.spend");
}

TEST_CASE("words of the language are names where no form begins") {
    for (const char* name :
         {"sum", "count", "calendar", "previous", "trailing", "round", "at", "first", "each",
          "date", "version", "source", "program", "window", "climbed", "distinct"}) {
        CHECK(outline_of(name) == name);
        CHECK(outline_of(std::string(name) + " + 1") == "[sum " + std::string(name) + " + 1]");
        CHECK(parse_text("facts\n  " + std::string(name) + " yes/no\n").faults.empty());
    }
    CHECK(parse_text("ladder none < climbed < each climbed one by one\n").faults.empty());
    CHECK(parse_text("ladder each each tier stands alone\n").faults.empty());
}

TEST_CASE("each fault has its code and its place") {
    for (const Broken& one : broken) {
        CAPTURE(one.marked);
        const Marked marked = unmark(one.marked);
        const Parsed parsed = parse_text(marked.text);
        REQUIRE(!parsed.faults.empty());
        const Fault& fault = parsed.faults.front();
        const Position position = parsed.tree.source().position(fault.where.begin);
        CHECK(name_of(fault.code) == name_of(one.code));
        CHECK(fault.where.begin == marked.where.begin);
        CHECK(fault.where.size() == marked.where.size());
        CHECK(position.line == marked.begin.line);
        CHECK(position.column == marked.begin.column);
        const std::string said = text_of(fault) + " | " + help_of(fault);
        CHECK_MESSAGE(said.find(one.says) != std::string::npos, said);
    }
}

TEST_CASE("every syntax code is in the table above") {
    std::set<Code> seen;
    for (const Broken& one : broken) {
        seen.insert(one.code);
    }
    seen.insert(Code::file_too_large); // below
    seen.insert(Code::nested_too_deep); // below
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Code::nested_too_deep); ++i) {
        CHECK_MESSAGE(seen.contains(static_cast<Code>(i)), code_names()[i]);
    }
}

TEST_CASE("small forms beside the slips are not taken for them") {
    for (const char* text : {
             "define x $5M\n",
             "define x EUR 1,000\n",
             "define x EUR  1,000.50K\n",
             "define x -5\n",
             "define x a -5\n",
             "define x a - 5\n",
             "define x a-b\n",
             "define x a=-5\n",
             "define x 1,000,000\n",
             "define x a in (1, 2)\n",
             "define x a in (1,000, 2)\n",
             "define x 15%\n",
             "define x a # b\n",
             "define x \"X\" \"#\" # c\n",
             "define x \"a \\\" b\"  a\n",
             "define x\n\n  # why\n# at the margin\n  5\n",
             "define x\r\n\t5\r\n",
             "define x 5",
             "facts\n  kind one of a, b, or other \"Kind\"\n",
             "facts\n  kind one of a = \"A\" or other\n",
             "facts\n  kind any of a,\n    b\n",
             "facts\n  amount money EUR default EUR 5\n",
             "facts\n  at decimal at least 0 at most 5\n",
             "record line \"Line\" named by id\n  id text\n",
             "requirements\n\n| name |\n|---|\n|  |\n",
             "requirements # c\n  | name | # d\n  | :-: | \n  | a | # e\n",
             "requirements\n|name|asks|cite|\n|a.b|at least 2 of|p. 8-9|\n",
             "benefits\n| gold |\n| - |\n| -5 |\n| yes if a |\n",
             "reviews\n  annual looks at calendar year to date can raise by program grace 90 "
             "days\n",
             "year starts 02-01\n",
             "input version \"v\"\n",
             "version 2023.1-a\n",
             "notice n \"N\"\n  when a\n",
             "test \"t\" on 2023-01-31 at annual\n  facts \"a\"\n  expect possible a,\n    b\n  "
             "expect not asked for a exactly b.c\n",
             "",
             "\n",
             " ",
             "# c",
             "\xEF\xBB\xBF",
             "\xEF\xBB\xBF# c\n",
         }) {
        const Parsed parsed = parse_text(text);
        CHECK_MESSAGE(parsed.faults.empty(), std::string(text),
                      parsed.faults.empty() ? "" : text_of(parsed.faults[0]));
        CHECK(complaint_about(parsed) == "");
    }
}

namespace {

std::string codes_of(const Faults& faults, const Source& source) {
    std::string text;
    for (const Fault& fault : faults) {
        const Position at = source.position(fault.where.begin);
        text += std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
                std::string(name_of(fault.code)) + "\n";
    }
    return text;
}

/// The kinds of the sections or items below a node, an unreadable one in brackets.
std::string kinds_below(NodeRef node, Kind wanted) {
    std::string text;
    for (const NodeRef child : node) {
        if (child.is(wanted)) {
            const std::string name((*++child.begin()).text());
            text += text.empty() ? "" : " ";
            text += child.broken() ? "(" + name + ")" : name;
        }
    }
    return text;
}

} // namespace

TEST_CASE("one run finds all faults of a file") {
    const Parsed parsed = parse_text("program    Twilio\n" // 1
                                     "effective  2023-1-01 onwards\n" // 2
                                     "ladder     none < bronze <\n" // 3
                                     "           climbed one by one\n" // 4
                                     "facts\n" // 5
                                     "  partner  txt\n" // 6
                                     "  motions  any of embed connect\n" // 7
                                     "  signed   yes/no\n" // 8
                                     "define spend\n" // 9
                                     "  sum of amount in lines where a == 5\n" // 10
                                     "defin stories\n" // 11
                                     "  count of stories\n" // 12
                                     "requirements\n" // 13
                                     "| name | asks | bronze | gold |\n" // 14
                                     "| a b  | x >= | 250k   | 1,5000 |\n" // 15
                                     "| c    | x    | yes    | yes\n" // 16
                                     "| d    | x    | -      | yes |\n" // 17
                                     "test \"t\"\n" // 18
                                     "  expect teir gold\n" // 19
                                     "  expect tier gold\n"); // 20
    CHECK(codes_of(parsed.faults, parsed.tree.source()) == "1:12 unexpected-text\n"
                                                           "2:12 malformed-date\n"
                                                           "4:12 unexpected-text\n"
                                                           "6:12 unexpected-text\n"
                                                           "7:25 unexpected-text\n"
                                                           "10:34 foreign-operator\n"
                                                           "11:1 unknown-section\n"
                                                           "15:5 unexpected-text\n"
                                                           "15:14 missing-text\n"
                                                           "15:17 lower-case-factor\n"
                                                           "15:26 malformed-number\n"
                                                           "16:29 missing-text\n"
                                                           "19:10 unexpected-text\n");
    CHECK(complaint_about(parsed) == "");
}

TEST_CASE("what stands beside a fault is still read") {
    SUBCASE("a section") {
        const Parsed parsed = parse_text(
            "define a 1\ndefine b (2\n  + 3\n  # c\n\n  4\ndefine c 5\nnotice n n\ndefine d 6\n");
        CHECK(kinds_below(parsed.tree.root(), Kind::define) == "a (b) c d");
        CHECK(parsed.faults.size() == 2);
    }
    SUBCASE("an unknown section with its lines") {
        const Parsed parsed =
            parse_text("define a 1\nvalues of things\n  x y\n| z |\n\ndefine b 2\n");
        CHECK(kinds_below(parsed.tree.root(), Kind::define) == "a b");
        CHECK(parsed.faults.size() == 1);
    }
    SUBCASE("a line of a section") {
        const Parsed parsed =
            parse_text("facts\n  a text\n  b txt \"B\"\n  c text\n  d one of x,, y\n  e text\n");
        REQUIRE(parsed.faults.size() == 2);
        std::string names;
        for (const NodeRef child : *parsed.tree.root().begin()) {
            if (child.is(Kind::field)) {
                names += std::string((*child.begin()).text()) + (child.broken() ? "! " : " ");
            }
        }
        CHECK(names == "a b! c d! e ");
    }
    SUBCASE("a cell of a row") {
        const Parsed parsed = parse_text("benefits\n| name | label | gold |\n| a | \"A\" \"|\" | 5 "
                                         "|\n| b | x | 6 |\n| c | \"C\" | 7 |\n");
        REQUIRE(parsed.faults.size() == 2);
        std::string rows;
        for (const NodeRef child : *parsed.tree.root().begin()) {
            if (!child.is(Kind::row)) {
                continue;
            }
            for (const NodeRef cell : child) {
                if (cell.is(Kind::cell)) {
                    rows += "<";
                    for (const NodeRef part : cell) {
                        rows += (part.is(Kind::error) ? "!" : "") + std::string(part.text());
                    }
                    rows += ">";
                }
            }
        }
        CHECK(rows == "<a><\"A\"!\"|\"><5><b><!x><6><c><\"C\"><7>");
    }
    SUBCASE("a line of a test") {
        const Parsed parsed = parse_text(
            "test \"t\"\n  expect teir a\n  expect tier b\n  fact \"x\"\n  facts \"y\"\n");
        CHECK(parsed.faults.size() == 2);
        std::size_t whole = 0;
        for (const NodeRef child : *parsed.tree.root().begin()) {
            whole += child.is(Kind::expectation) || child.is(Kind::test_facts) ? 1U : 0U;
        }
        CHECK(whole == 2);
    }
}

TEST_CASE("a cell of a test's table that cannot be read leaves the other cells, rows and lines") {
    const Parsed parsed = parse_text("test \"t\"\n  given people\n  | a | b |\n  | 1 | X |\n"
                                     "  | 1 ! | 2 |\n  | 3 | 4 |\n  given c = 5\n");
    CHECK(parsed.faults.size() == 2);
    std::string text;
    for (const NodeRef child : *parsed.tree.root().begin()) {
        for (const NodeRef part : child) {
            text += part.is(Kind::row) ? "row" + std::string(part.broken() ? "! " : " ") : "";
            text += part.is(Kind::given_value) ? "value " : "";
        }
    }
    CHECK(text == "row row row value ");
}

TEST_CASE("a file of nonsense does not print a book") {
    std::string text;
    for (int i = 0; i < 5'000; ++i) {
        text += "nonsense\ndefine x (\nfacts\n  ! !\n";
    }
    const Parsed parsed = parse_text(text);
    REQUIRE(parsed.faults.size() == max_faults + 1);
    // Three in each of the 5,000 pieces: a stray word, an open parenthesis, a line that is no fact.
    CHECK(text_of(parsed.faults.back()) ==
          "and 14900 more from here on: only the first 100 are shown");
    CHECK(complaint_about(parsed) == "");
}

// ---- depth -------------------------------------------------------------------------------------

namespace {

/// A form that holds itself: `open` and `close` once for each level, around an operand.
struct Form {
    std::string_view open;
    std::string_view close;
    int levels = 1;
};

constexpr Form forms[] = {
    {"(", ")"},
    {"not ", ""},
    {"- ", ""},
    {"-", ""},
    {"if ", " then a else b"},
    {"if a then ", " else b"},
    {"if a then b else ", ""},
    {"count of a where ", ""},
    {"(sum of a in b where ", ") + 1", 2},
    {"each of a satisfies ", ""},
    {"each of a where ", " satisfies b"},
    {"a in (", ")"},
    {"a in (b, ", ", c)"},
    {"a include any of (", ")"},
    {"at least 1 of (", ")"},
    {"at least 2 of (a, ", ", b)"},
    {"trailing (", ") days = a"},
    {"not (a or ", ")", 2},
    {"1 + (2 * (", "))", 2},
};

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

/// The depth to which the form is read without a fault.
int deepest_of(const Form& form) {
    int least = 0;
    while (parse_text("define x " + repeated(form.open, least + 1) + "a" +
                      repeated(form.close, least + 1))
               .faults.empty()) {
        ++least;
    }
    return least;
}

} // namespace

TEST_CASE("every nested form is read to depth 64 and no further") {
    for (const Form& form : forms) {
        CAPTURE(form.open);
        // The outermost expression is a level, so 63 stand inside it; some forms take two levels each.
        const int deepest = deepest_of(form);
        CHECK(deepest == (max_nesting - 1) / form.levels);
        for (int depth = deepest + 1; depth <= max_nesting + 1; ++depth) {
            const Parsed parsed = parse_text("define x " + repeated(form.open, depth) + "a" +
                                             repeated(form.close, depth) + "\ndefine y 5\n");
            REQUIRE(parsed.faults.size() == 1);
            CHECK(parsed.faults[0].code == Code::nested_too_deep);
            CHECK(kinds_below(parsed.tree.root(), Kind::define) == "(x) y");
        }
    }
}

TEST_CASE("broken nested forms finish, with one fault") {
    for (const Form& form : forms) {
        CAPTURE(form.open);
        for (int depth = 4; depth <= max_nesting; ++depth) {
            CAPTURE(depth);
            const std::string open = "define x " + repeated(form.open, depth);
            for (const std::string& text : {
                     open, // nothing inside
                     open + "a b", // one word too many
                     open + "=" + repeated(form.close, depth), // a sign for an operand
                     open + "a" + repeated(form.close, depth / 2) + " ]", // closed by half
                     open + "a" + repeated(form.close, depth) + " )", // closed once too often
                     "define x " +
                         repeated(std::string(form.open) + "a or ", depth), // wide and open
                 }) {
                const Parsed parsed = parse_text(text + "\ndefine y 5\n");
                CHECK_MESSAGE(parsed.faults.size() == 1, text);
                CHECK(kinds_below(parsed.tree.root(), Kind::define).ends_with(" y"));
            }
        }
    }
}

TEST_CASE("a depth of 100,000 is one fault") {
    for (const std::string_view open :
         {"(", "not ", "-", "if ", "at least 1 of (", "a in (", "count of a where "}) {
        const Parsed parsed = parse_text("define x " + repeated(open, 100'000) + "\ndefine y 5\n");
        REQUIRE(parsed.faults.size() == 1);
        CHECK(parsed.faults[0].code == Code::nested_too_deep);
        CHECK(text_of(parsed.faults[0]).find("64") != std::string::npos);
        CHECK(kinds_below(parsed.tree.root(), Kind::define) == "(x) y");
        CHECK(complaint_about(parsed) == "");
    }
    // In a cell and in a line it is the cell's and the line's.
    const Parsed cell = parse_text("benefits\n| gold |\n| " + repeated("(", 1'000) + " |\n| 5 |\n");
    CHECK(cell.faults.size() == 1);
    const Parsed line =
        parse_text("facts\n  a text default " + repeated("-", 1'000) + "\n  b text\n");
    CHECK(line.faults.size() == 1);
}

// ---- reading -----------------------------------------------------------------------------------

TEST_CASE("what is no text is refused as a whole") {
    const Parsed nul = parse_text(std::string("define x 5\n\0", 12));
    CHECK(nul.faults.size() == 1);
    CHECK(nul.tree.nodes().size() == 1);
    const Parsed latin = parse_text("# caf\xE9\ndefine x 5\n");
    CHECK(latin.faults.size() == 1);
    CHECK(latin.faults[0].where == Span{5, 6});
    CHECK(latin.tree.nodes().size() == 1);
}

// It needs a gibibyte of memory: rung_tests --no-skip --test-case="*gibibyte*"
TEST_CASE("a file of more than a gibibyte is refused" * doctest::skip()) {
    const Parsed parsed = parse_text(std::string(Source::max_size + 1, ' '));
    REQUIRE(parsed.faults.size() == 1);
    CHECK(parsed.faults[0].code == Code::file_too_large);
}

TEST_CASE("UTF-8 is what RFC 3629 says") {
    struct Row {
        std::string_view bytes;
        std::size_t bad; // where it is not UTF-8
    };
    constexpr std::size_t good = std::string_view::npos;
    constexpr Row rows[] = {
        {"", good},
        {"a", good},
        {"\x7F", good},
        {"\xC2\x80", good}, // U+0080, the first of two bytes
        {"\xDF\xBF", good}, // U+07FF, the last
        {"\xE0\xA0\x80", good}, // U+0800, the first of three
        {"\xED\x9F\xBF", good}, // U+D7FF, before the surrogates
        {"\xEE\x80\x80", good}, // U+E000, behind them
        {"\xEF\xBF\xBF", good}, // U+FFFF
        {"\xF0\x90\x80\x80", good}, // U+10000, the first of four
        {"\xF4\x8F\xBF\xBF", good}, // U+10FFFF, the last of all
        {"\x80", 0}, // a continuation on its own
        {"a\xBF", 1},
        {"\xC0\x80", 0}, // U+0000 in two bytes
        {"\xC1\xBF", 0}, // U+007F in two
        {"\xE0\x80\x80", 0}, // overlong
        {"\xE0\x9F\xBF", 0}, // U+07FF in three
        {"\xED\xA0\x80", 0}, // U+D800, a surrogate
        {"\xED\xBF\xBF", 0}, // U+DFFF
        {"\xF0\x80\x80\x80", 0}, // overlong
        {"\xF0\x8F\xBF\xBF", 0}, // U+FFFF in four
        {"\xF4\x90\x80\x80", 0}, // U+110000
        {"\xF5\x80\x80\x80", 0},
        {"\xFE", 0},
        {"\xFF", 0},
        {"ab\xC3", 2}, // cut off
        {"ab\xE2\x82", 2},
        {"ab\xF0\x9F\x99", 2},
        {"\xC3\x28", 0}, // no continuation
        {"\xE2\x28\xA1", 0},
        {"\xE2\x82\x28", 0},
        {"\xF0\x28\x8C\xBC", 0},
        {"\xF0\x90\x28\xBC", 0},
        {"\xF0\x90\x8C\x28", 0},
        {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x99\x82\xFF", 9},
    };
    for (const Row& row : rows) {
        CAPTURE(row.bytes.size());
        CHECK(find_invalid_utf8(row.bytes) == row.bad);
        if (row.bad == good && !row.bytes.empty()) {
            CHECK(code_point_size(row.bytes, 0) == row.bytes.size());
        }
    }
    CHECK(code_point_size("\xFFz", 0) == 1);
}

TEST_CASE("columns count characters, and UTF-16 units for editors") {
    // e acute: 2 bytes, 1 unit; euro: 3 bytes, 1 unit; a face: 4 bytes, 2 units
    const Source source("s", "ab\n\u00E9x\u20ACy\U0001F642z\n");
    struct Row {
        std::uint32_t offset, line, column, utf16;
    };
    for (const Row row : {Row{0, 1, 1, 1},
                          {1, 1, 2, 2},
                          {2, 1, 3, 3},
                          {3, 2, 1, 1},
                          {5, 2, 2, 2},
                          {6, 2, 3, 3},
                          {9, 2, 4, 4},
                          {10, 2, 5, 5},
                          {14, 2, 6, 7},
                          {15, 2, 7, 8},
                          {16, 3, 1, 1}}) {
        CAPTURE(row.offset);
        const Position position = source.position(row.offset);
        CHECK(position.line == row.line);
        CHECK(position.column == row.column);
        CHECK(position.utf16 == row.utf16);
    }
}

TEST_CASE("lines end with LF or CRLF, and the last one without") {
    const Source source("s", "one\r\ntwo\n\r\n\nfive\rstill");
    CHECK(source.line(1) == "one");
    CHECK(source.line(2) == "two");
    CHECK(source.line(3) == "");
    CHECK(source.line(4) == "");
    CHECK(source.line(5) == "five\rstill");
    CHECK(source.line_begin(1) == 0);
    CHECK(source.line_begin(2) == 5);
    CHECK(source.line_begin(3) == 9);
    CHECK(source.line_begin(5) == 12);
    CHECK(source.line_of(4) == 1); // the line feed belongs to its line
    CHECK(source.line_of(5) == 2);
    CHECK(source.line_of(22) == 5);
    CHECK(source.text({5, 8}) == "two");
    CHECK(Source("s", "").line(1) == "");
    CHECK(Source("s", "a\n").line(2) == "");
    CHECK(Source("s", "").position(0).line == 1);

    const Parsed parsed = parse_text("define a 1\r\ndefine b c d\r\n");
    REQUIRE(parsed.faults.size() == 1);
    CHECK(parsed.tree.source().position(parsed.faults[0].where.begin).line == 2);
    CHECK(parsed.tree.source().position(parsed.faults[0].where.begin).column == 12);
}

TEST_CASE("dates as guides write them, where it can be told which day is meant") {
    const auto iso = [](const std::string& text) {
        const auto date = written_date(text, 0);
        return date ? date->iso + (date->where.size() == text.size() ? "" : " …") : "-";
    };
    CHECK(iso("1 October 2023") == "2023-10-01");
    CHECK(iso("1st Oct. 2023") == "2023-10-01");
    CHECK(iso("Oct 1, 2023") == "2023-10-01");
    CHECK(iso("Sept 30, 2023 or later") == "2023-09-30 …");
    CHECK(iso("2023/10/1") == "2023-10-01");
    CHECK(iso("2023-6-30") == "2023-06-30");
    CHECK(iso("15.2.2024") == "2024-02-15");
    CHECK(iso("02/15/2024") == "2024-02-15");
    CHECK(iso("4/4/2024") == "2024-04-04");
    CHECK(iso("3/4/2024") == "-"); // either month
    CHECK(iso("31 June 2023") == "-");
    CHECK(iso("29 Feb 2024") == "2024-02-29");
    CHECK(iso("29 Feb 2023") == "-");
    CHECK(iso("13/13/2023") == "-");
    CHECK(iso("Oct May 2023") == "-");
    CHECK(iso("1 October 23") == "-");
    CHECK(iso("October 2023") == "-");
    CHECK(iso("") == "-");

    const auto last = [](const std::string& text) {
        const std::vector<Argument> arguments = no_such_day(text);
        return arguments.size() == 2 ? arguments.back().value : "-";
    };
    CHECK(last("2024-09-31") == "2024-09-30");
    CHECK(last("2023-02-29") == "2023-02-28");
    CHECK(last("2023-13-01") == "-");
    CHECK(last("2023-00-01") == "-");
}

} // namespace rung::parse_test
