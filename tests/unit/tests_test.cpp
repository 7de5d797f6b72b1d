// Tests of tests: the facts they give, what they expect, and what they saw.
//
// Expected verdicts and figures are worked out by hand from the rules below.
#include <rung/facts.hpp>
#include <rung/tests.hpp>

#include <algorithm>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung::tests_test {

namespace {

const char* const rules = R"(program    harbour "Harbour Partner Program"
version    2024
effective  2024-01-01 onwards
currency   USD

ladder     none "Not registered" < bronze "Bronze" < silver "Silver" < gold "Gold"
           climbed one by one

record person "Person"                         named by mail
  mail       text                                    "Mail"
  passed_on  date or never                           "Passed on"
  level      one of junior, senior = "SR" or other   "Level"
  active     yes/no                                  "Active"    default yes
  exams      list of exam                            "Exams"

record exam "Exam"
  points     whole number                            "Points"

facts
  partner    text                                    "Partner"   key
  motions    any of resell, refer, build             "Motions"
  agreement  yes/no                                  "Agreement signed"
  people     list of person                          "Certified people"
  revenue    money                                   "Revenue"   at least $0
  margin     percent                                 "Margin"
  region     one of emea = "EU", apac                "Region"
  staff      whole number                            "Staff"     default 1

define certified "Certified people"
  count of people where passed_on <= review_date and active

define seniors "Seniors"
  count of people where level = senior

define others "People of other levels"
  count of people where not (level in (junior, senior))

define mails "Different mails"
  count of distinct mail in people

define staffed "Staff and seniors"
  staff + seniors

requirements
| name             | label       | asks                       | when                  | bronze | silver | gold  |
|------------------|-------------|----------------------------|-----------------------|--------|--------|-------|
| agreement        | "Agreement" | agreement                  |                       | yes    | yes    | yes   |
| people           | "People"    | certified >= _             |                       | 1      | 2      | 3     |
| region           | "Region"    | region = emea              | motions include refer | -      | -      | yes   |
| business         | "Business"  | any one of                 |                       | -      | yes    | yes   |
| business.revenue | "Revenue"   | revenue >= _               |                       | -      | $50K   | $250K |
| business.seniors | "Seniors"   | seniors >= _ and staff > 2 | motions include build | -      | 1      | 2     |

benefits
| name   | label         | needs         | bronze | silver | gold |
|--------|---------------|---------------|--------|--------|------|
| portal | "Portal"      |               | yes    | yes    | yes  |
| funds  | "Joint funds" | margin >= 10% | -      | -      | yes  |

notice idle "No revenue at all"
  when revenue = $0
)";

Program program() {
    const Result<Program> parsed = Program::parse("harbour.rung", rules);
    REQUIRE_MESSAGE(parsed, parsed.diagnostics.to_text());
    return *parsed;
}

const char* const acme = R"({
  "partner": "Acme", "motions": ["build"], "agreement": true, "revenue": 1000, "margin": 5,
  "region": "EU", "staff": 4,
  "people": [{"mail": "a@x.org", "passed_on": "2024-01-01", "level": "SR"},
             {"mail": "b@x.org", "passed_on": "2024-01-02", "level": "SR"}]
})";

std::optional<std::string> load(const std::string& name) {
    return name == "acme.json" ? std::optional<std::string>(acme) : std::nullopt;
}

std::vector<TestReport> run(const std::string& text, const TestOptions& options = {}) {
    const Result<Tests> tests = Tests::parse(program(), "harbour.test.rung", text);
    REQUIRE_MESSAGE(tests, tests.diagnostics.to_text());
    return tests->run(load, options);
}

/// One test of the lines, on a day.
TestReport report_of(const std::string& lines) {
    return run("test \"it\" on 2024-06-30\n" + lines).front();
}

std::string text_of(const TestReport& report) { return to_text(report); }

void holds(const std::string& lines) {
    const TestReport report = report_of(lines);
    CHECK_MESSAGE(report.passed(), lines << "\n" << text_of(report));
}

/// Each expectation fails.
void fails(const std::string& lines) {
    const TestReport report = report_of(lines);
    const auto expected = static_cast<std::size_t>([&] {
        std::size_t count = 0;
        for (std::size_t at = lines.find("expect"); at != std::string::npos;
             at = lines.find("expect", at + 1)) {
            ++count;
        }
        return count;
    }());
    CHECK_MESSAGE(report.failures.size() == expected, lines << "\n" << text_of(report));
}

std::string codes_of(const std::string& lines) {
    const Result<Tests> tests =
        Tests::parse(program(), "t.test.rung", "test \"it\" on 2024-06-30\n" + lines);
    std::string codes;
    for (const Diagnostic& fault : tests.diagnostics) {
        codes += (codes.empty() ? "" : " ") + fault.code;
    }
    return codes;
}

const CoveredItem& item_of(const Coverage& coverage, const std::string& id,
                           const std::string& tier = "") {
    const auto at =
        std::find_if(coverage.items.begin(), coverage.items.end(),
                     [&](const CoveredItem& item) { return item.id == id && item.tier == tier; });
    REQUIRE_MESSAGE(at != coverage.items.end(), id << " at " << tier);
    return *at;
}

/// "met* unmet unknown*": what can be seen, with a star where it was.
std::string seen(const CoveredItem& item) {
    std::string text;
    for (const auto& verdict : item.verdicts) {
        text += (text.empty() ? "" : " ") + verdict.verdict + (verdict.seen ? "*" : "");
    }
    return text;
}

} // namespace

// ---- facts that are given ----------------------------------------------------------------------

TEST_CASE("a test gives facts of every type itself") {
    holds(R"(
  given agreement = yes
  given motions = build, refer
  given partner = "Acme \"Ltd\""
  given revenue = $49,999.50
  given margin = 12.5%
  given region = apac
  given staff = 3
  given people
  | mail | passed_on  | level  | active |
  | "a"  | 2024-06-30 | senior |        |
  | "b"  | 2024-07-01 | senior | yes    |
  | "c"  | never      | junior | yes    |
  | "a"  | 2024-01-01 | other  | no     |
  expect tier bronze
  expect measure certified = 1
  expect measure seniors = 2
  expect measure others = 1
  expect measure mails = 3
  expect measure staffed = 5
  expect gap of people for silver = 1
  expect gap of business.revenue for silver = $0.50
  expect requirement business.seniors for gold met
  expect requirement region for gold unmet
)");
}

TEST_CASE("what is not given is unknown, or its default") {
    holds(R"(
  given partner = "Acme"
  expect at least none
  expect possible none, bronze, silver, gold
  expect measure seniors unknown
  expect requirement agreement for bronze unknown
  expect notice idle unknown
)");
    // Columns left out, empty cells and `unknown` are the same, but for a default.
    holds(R"(
  given people
  | passed_on | active  |
  |           |         |
  | unknown   | no      |
  expect measure certified from 0 through 1
  expect measure seniors from 0 through 2
)");
}

TEST_CASE("`nothing` is a list that is known to be empty") {
    holds(R"(
  given people = nothing
  given motions = nothing
  expect measure certified = 0
  expect requirement region for gold not asked
  expect requirement business.seniors for gold unmet
)");
}

TEST_CASE("what a test gives stands on top of its facts file") {
    holds(R"(
  facts "acme.json"
  expect tier silver
  expect measure certified = 2
  expect gap of business.revenue for gold = $249K
)");
    holds(R"(
  facts "acme.json"
  given people = nothing
  expect tier none
  expect measure seniors = 0
  expect measure staffed = 4
)");
    // The order of the lines means nothing.
    holds(R"(
  given people
  | mail | level  | passed_on  |
  | "z"  | senior | 2024-01-01 |
  | "y"  | senior | 2024-01-01 |
  | "x"  | senior | 2024-01-01 |
  facts "acme.json"
  expect tier gold
  expect measure mails = 3
)");
    // With the agreement silver, without it none; bronze is one too many, which possible tiers may hold.
    holds(R"(
  facts "acme.json"
  given agreement = unknown
  expect possible none, bronze, silver
  expect at least none
  expect unknown for bronze exactly agreement
)");
}

TEST_CASE("values that do not fit are refused when the file is checked") {
    CHECK(codes_of("  given agreement = 1\n  expect tier gold\n") == "wrong-type");
    CHECK(codes_of("  given agreemnt = yes\n  expect tier gold\n") == "unknown-name");
    CHECK(codes_of("  given certified = 1\n  expect tier gold\n") == "unknown-name");
    CHECK(codes_of("  given revenue = 5\n  expect tier gold\n") == "wrong-type");
    CHECK(codes_of("  given revenue = EUR 5\n  expect tier gold\n") == "wrong-type");
    CHECK(codes_of("  given revenue = -$5\n  expect tier gold\n") == "out-of-bounds");
    CHECK(codes_of("  given revenue = $1 + $2\n  expect tier gold\n") == "plain-value");
    CHECK(codes_of("  given margin = 10\n  expect tier gold\n") == "wrong-type");
    CHECK(codes_of("  given region = \"EU\"\n  expect tier gold\n") == "wrong-type");
    CHECK(codes_of("  given region = other\n  expect tier gold\n") == "not-a-choice");
    CHECK(codes_of("  given region = emea, apac\n  expect tier gold\n") == "given-several");
    CHECK(codes_of("  given staff = unknown\n  expect tier gold\n") == "given-never-unknown");
    CHECK(codes_of("  given partner = nothing\n  expect tier gold\n") == "given-nothing");
    CHECK(codes_of("  given people = 3\n  expect tier gold\n") == "given-wants-records");
    CHECK(codes_of("  given staff\n  | mail |\n  | \"a\" |\n  expect tier gold\n") ==
          "given-wants-value");
    CHECK(codes_of("  given people\n  | exams |\n  | 1 |\n  expect tier gold\n") ==
          "given-nested-list");
    CHECK(codes_of("  given people\n  | mail |\n  expect tier gold\n") == "given-no-rows");
    CHECK(codes_of("  given staff = 1\n  given staff = 1\n  expect tier gold\n") == "given-twice");
    CHECK(codes_of("  facts \"a\"\n  facts \"b\"\n  expect tier gold\n") == "given-twice");
    CHECK(codes_of("  expect tier gold\n") == "unfinished-test");
}

TEST_CASE("texts that a test gives live as long as the facts") {
    std::vector<TestReport> reports;
    {
        const Result<Tests> tests = Tests::parse(
            program(), "t.test.rung",
            "test \"it\" on 2024-06-30\n  given partner = \"a rather long name of a partner\"\n"
            "  expect tier gold\n");
        REQUIRE(tests);
        reports = tests->run(load);
    }
    REQUIRE(reports.front().failures.size() == 1);
    CHECK(reports.front().failures.front().explanation.find("a rather long name") !=
          std::string::npos);
}

// ---- expectations ------------------------------------------------------------------------------

TEST_CASE("expectations that hold, and the same ones not quite") {
    holds(R"(
  facts  "acme.json"
  expect tier silver
  expect at least none
  expect at least bronze
  expect at least silver
  expect possible silver
  expect notice idle untold
  expect requirement people for silver met
  expect requirement people for gold unmet
  expect requirement region for gold not asked
  expect requirement region for silver not asked
  expect requirement business for none not asked
  expect gap of people for gold = 1
  expect gap of people for silver = nothing
  expect gap of business.seniors for gold = nothing
  expect waived for gold exactly nothing
  expect not asked for gold exactly region
  expect measure staffed from 6 through 6
  expect benefit funds closed
)");
    fails(R"(
  facts  "acme.json"
  expect tier bronze
  expect tier gold
  expect at least gold
  expect possible bronze, silver
  expect notice idle told
  expect notice idle unknown
  expect requirement people for silver unmet
  expect requirement people for gold unknown
  expect requirement region for gold met
  expect requirement people for silver waived
  expect gap of people for gold = 2
  expect gap of people for gold = nothing
  expect gap of people for gold unknown
  expect gap of people for silver = 1
  expect waived for gold exactly people
  expect measure staffed from 5 through 6
  expect measure staffed unknown
)");
}

TEST_CASE("an unknown requirement has an unknown gap, not none") {
    holds("  given agreement = yes\n  expect gap of people for gold unknown\n");
    fails("  given agreement = yes\n  expect gap of people for gold = nothing\n");
}

TEST_CASE("the gap of conditions that are joined is that of the ones that are not met") {
    // One senior of two is missing, and one person of staff more than two.
    holds(R"(
  given motions = build
  given people
  | level  |
  | senior |
  given staff = 3
  expect gap of business.seniors for gold = 1
)");
    const TestReport two = report_of(R"(
  given motions = build
  given people = nothing
  given staff = 2
  expect gap of business.seniors for gold = 2
)");
    REQUIRE(two.failures.size() == 1);
    CHECK(two.failures.front().actual == "gap of business.seniors for gold = 2 and 0");
    CHECK(codes_of("  given staff = 1\n  expect gap of business for gold = 1\n") == "no-gap");
    CHECK(codes_of("  given staff = 1\n  expect gap of agreement for gold = 1\n") == "no-gap");
    CHECK(codes_of("  given staff = 1\n  expect gap of people for gold = $1\n") == "wrong-type");
}

TEST_CASE("figures are compared as they are, not as they print") {
    // A third prints like a figure that is cut off after six places.
    const Result<Program> thirds = Program::parse("x.rung", R"(program x "X"
version 1
effective 2024-01-01 onwards
facts
  a  decimal
define third
  a / 3
)");
    REQUIRE(thirds);
    const Result<Tests> tests = Tests::parse(*thirds, "x.test.rung", R"(test "cut off"
  given a = 1
  expect measure third = 0.33333333

test "exact"
  given a = 0.3
  expect measure third = 0.1
)");
    REQUIRE(tests);
    const std::vector<TestReport> reports = tests->run(load);
    CHECK(!reports[0].passed());
    CHECK(reports[1].passed());
}

TEST_CASE("a list that differs says what is missing and what is too many") {
    const TestReport report = report_of(R"(
  facts  "acme.json"
  expect unmet for gold exactly agreement, people
)");
    REQUIRE(report.failures.size() == 1);
    const TestFailure& failure = report.failures.front();
    CHECK(failure.expected == "unmet for gold exactly agreement, people");
    CHECK(failure.actual == "unmet for gold exactly people");
    CHECK(failure.missing == std::vector<std::string>{"agreement"});
    CHECK(failure.too_many.empty());
    CHECK(failure.at.line == 4);
    CHECK(failure.explanation.find("Agreement") != std::string::npos);
    CHECK(failure.explanation.find("People") == std::string::npos);
}

TEST_CASE("what one failure explained, the next does not say again") {
    const TestReport report = report_of(R"(
  facts  "acme.json"
  expect tier gold
  expect at least gold
  expect met for gold exactly people
  expect benefit funds granted
)");
    REQUIRE(report.failures.size() == 4);
    CHECK(report.failures[0].explanation.find("qualifies for Silver, not Gold") !=
          std::string::npos);
    CHECK(report.failures[1].explanation.empty());
    CHECK(report.failures[2].explanation.empty());
    CHECK(report.failures[3].explanation.find("does not have Joint funds") != std::string::npos);
}

// ---- running -----------------------------------------------------------------------------------

TEST_CASE("facts that cannot be read, and a date that is not there, fail their test alone") {
    const std::vector<TestReport> reports = run(R"(
test "no file" on 2024-06-30
  facts  "nowhere.json"
  expect tier gold

test "no date"
  given  staff = 1
  expect tier none

test "it goes on" on 2024-06-30
  facts  "acme.json"
  expect tier silver
)");
    REQUIRE(reports.size() == 3);
    CHECK((*reports[0].problems.begin()).code == "no-facts-file");
    CHECK((*reports[1].problems.begin()).code == "test-needs");
    CHECK(!reports[0].passed());
    CHECK(!reports[1].passed());
    CHECK(reports[2].passed());
}

TEST_CASE("a filter runs the tests whose title holds it") {
    TestOptions options;
    options.filter = "two";
    const auto reports = run("test \"one\" on 2024-06-30\n  given staff = 1\n  expect tier gold\n"
                             "test \"twenty-two\" on 2024-06-30\n  given staff = 1\n"
                             "  expect at least none\n",
                             options);
    REQUIRE(reports.size() == 1);
    CHECK(reports.front().title == "twenty-two");
}

// ---- what was seen -----------------------------------------------------------------------------

TEST_CASE("coverage counts what can come out, and marks what did") {
    Coverage coverage = Coverage::of(program());
    CHECK(coverage.seen() == 0);
    // A row that is not asked without its condition; a way, whose condition closes it; a default is known.
    CHECK(seen(item_of(coverage, "agreement", "gold")) == "met unmet unknown");
    CHECK(seen(item_of(coverage, "region", "gold")) == "met unmet unknown not_asked");
    CHECK(seen(item_of(coverage, "business.seniors", "gold")) == "met unmet unknown");
    CHECK(seen(item_of(coverage, "portal", "gold")) == "granted");
    CHECK(seen(item_of(coverage, "portal", "none")) == "closed");
    CHECK(seen(item_of(coverage, "funds", "gold")) == "granted open unknown");
    CHECK(seen(item_of(coverage, "funds", "silver")) == "closed");
    CHECK(seen(item_of(coverage, "idle")) == "told untold unknown");
    CHECK(seen(item_of(coverage, "staff > 2")) == "met unmet");
    CHECK(seen(item_of(coverage, "active")) == "met unmet");
    CHECK(seen(item_of(coverage, "level in (junior, senior)")) == "met unmet unknown");
    // A single condition that is asked, or told, is the row itself; `-` asks nothing.
    for (const CoveredItem& item : coverage.items) {
        CHECK(item.id != "agreement = yes");
        CHECK(item.id != "certified >= _");
        CHECK(item.id != "revenue = $0");
        CHECK(!(item.id == "region" && item.tier == "silver"));
    }
    // 3 × 3 for agreement and people, 4 for region, 2 × 3 for each of business and its two ways: 40. Benefits:
    // 4 for portal, 3 + 3 for funds: 10. The notice: 3. Conditions: passed_on 3, active 2, level = senior 3, level
    // in 3, include refer 3, include build 3, seniors >= _ 3, staff 2, margin 3: 25.
    CHECK(coverage.countable() == 9 + 9 + 4 + 18 + 10 + 3 + 25);

    TestOptions options;
    options.coverage = &coverage;
    run("test \"it\" on 2024-06-30\n  facts \"acme.json\"\n  expect tier gold\n", options);
    CHECK(seen(item_of(coverage, "agreement", "gold")) == "met* unmet unknown");
    CHECK(seen(item_of(coverage, "people", "gold")) == "met unmet* unknown");
    CHECK(seen(item_of(coverage, "people", "bronze")) == "met* unmet unknown");
    CHECK(seen(item_of(coverage, "region", "gold")) == "met unmet unknown not_asked*");
    CHECK(seen(item_of(coverage, "portal", "silver")) == "granted*");
    CHECK(seen(item_of(coverage, "portal", "gold")) == "granted");
    CHECK(seen(item_of(coverage, "funds", "silver")) == "closed*");
    CHECK(seen(item_of(coverage, "idle")) == "told untold* unknown");
    CHECK(seen(item_of(coverage, "staff > 2")) == "met* unmet");

    run("test \"it\" on 2024-06-30\n  given motions = refer\n  given region = emea\n"
        "  given people = nothing\n  expect tier none\n",
        options);
    CHECK(seen(item_of(coverage, "region", "gold")) == "met* unmet unknown not_asked*");
    CHECK(seen(item_of(coverage, "agreement", "gold")) == "met* unmet unknown*");
    CHECK(seen(item_of(coverage, "people", "bronze")) == "met* unmet* unknown");
    CHECK(seen(item_of(coverage, "portal", "none")) == "closed*");
    CHECK(seen(item_of(coverage, "idle")) == "told untold* unknown*");
    CHECK(seen(item_of(coverage, "staff > 2")) == "met* unmet*");
}

TEST_CASE("what tests saw is as much as what is marked") {
    Coverage coverage = Coverage::of(program());
    CHECK(coverage_percent({coverage}) == 0);
    CHECK(coverage_percent({}) == 100);
    for (CoveredItem& item : coverage.items) {
        for (auto& verdict : item.verdicts) {
            verdict.seen = true;
        }
    }
    CHECK(coverage_percent({coverage}) == 100);
    coverage.items.front().verdicts.front().seen = false;
    CHECK(coverage_percent({coverage}) == 98); // 77 of 78, rounded down
}

// ---- printing ----------------------------------------------------------------------------------

TEST_CASE("JUnit XML escapes what XML cannot hold") {
    TestRun run;
    run.file = "a<b>&\".rung";
    TestReport failed;
    failed.title = "5 < 6 & \"7\" > \x01 \xFF";
    failed.failures.push_back({{}, "tier <gold>", "tier none", {}, {}, "because & so\n"});
    run.reports = {TestReport{"fine", {}, {}, {}, {}}, failed};
    const std::string xml = to_junit({run});
    CHECK(xml.starts_with(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rung test\" "
        "tests=\"2\" failures=\"1\" errors=\"0\">\n"));
    CHECK(xml.find("<testsuite name=\"a&lt;b&gt;&amp;&quot;.rung\" tests=\"2\" failures=\"1\"") !=
          std::string::npos);
    CHECK(xml.find("name=\"5 &lt; 6 &amp; &quot;7&quot; &gt; \uFFFD \uFFFD\"") !=
          std::string::npos);
    CHECK(xml.find("message=\"expected tier &lt;gold&gt;, but it is tier none\"") !=
          std::string::npos);
    CHECK(xml.find("because &amp; so") != std::string::npos);
    CHECK(xml.find('\x01') == std::string::npos);
    CHECK(xml.ends_with("</testsuites>\n"));
}

TEST_CASE("test JSON has both sides, and coverage where it was asked for") {
    Coverage coverage = Coverage::of(program());
    TestOptions options;
    options.coverage = &coverage;
    TestRun all;
    all.file = "harbour.test.rung";
    all.reports =
        run("test \"it\" on 2024-06-30\n  facts \"acme.json\"\n  expect tier gold\n", options);
    const auto plain = nlohmann::json::parse(to_json({all}));
    CHECK(plain["ok"] == false);
    CHECK(plain["failed"] == 1);
    CHECK(plain["coverage"].is_null());
    CHECK(plain["files"][0]["tests"][0]["failures"][0]["expected"] == "tier gold");
    CHECK(plain["files"][0]["tests"][0]["failures"][0]["actual"] == "tier silver");
    const auto covered = nlohmann::json::parse(to_json({}, {coverage}, 100));
    CHECK(covered["ok"] == false); // under the figure
    CHECK(covered["coverage"]["least"] == 100);
    CHECK(covered["coverage"]["files"][0]["countable"] == coverage.countable());
    CHECK(covered["coverage"]["files"][0]["items"][0]["seen"]["met"] == true);
}

TEST_CASE("coverage is printed in 80 columns") {
    const std::string text = to_text(Coverage::of(program()));
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        std::size_t columns = 0;
        for (std::size_t i = at; i < end; ++i) {
            columns += (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U ? 1U : 0U;
        }
        CHECK_MESSAGE(columns <= 80, text.substr(at, end - at));
        at = end + 1;
    }
    CHECK(text.find("agreement                           anything") != std::string::npos);
    CHECK(text.find("0% seen (0 of 78)") != std::string::npos);
}

} // namespace rung::tests_test
