// Single expressions: what they come to, in words and as data. Days were counted with another calendar (Python's),
// figures worked out by hand.
#include <rung/calc.hpp>

#include <initializer_list>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung::calc_test {
namespace {

using Json = nlohmann::json;

struct Row {
    std::string expression;
    std::string words;
};

std::string first_line(const Calculation& calculation) {
    const std::string text = to_text(calculation);
    return text.substr(0, text.find('\n'));
}

void check(const Calculator& calculator, std::initializer_list<Row> rows) {
    for (const Row& row : rows) {
        CAPTURE(row.expression);
        const Calculation result = calculator.evaluate("expression", row.expression);
        REQUIRE_MESSAGE(result.ok(), result.diagnostics.to_text());
        CHECK(first_line(result) == row.words);
    }
}

Calculator on(const char* day) {
    EvaluateOptions options;
    options.on = day;
    return *Calculator::without_rules(options);
}

constexpr const char* rules = R"(program    trial "Trial"
version    2024
effective  2024-01-01 onwards
currency   USD

ladder     none < member "Member" < gold "Gold"
           climbed one by one

reviews
  annual  looks at previous calendar year  can raise

record deal "Deal" named by customer
  customer  text
  closed    date
  value     money
  kind      one of new, renewal

facts
  signed   yes/no
  invited  yes/no
  people   whole number  at least 3 at most 5
  joined   date
  region   one of north, south, west
  motions  any of resell, build
  deals    list of deal

define revenue "Revenue"
  sum of value in deals where closed in review_period

requirements
| name    | asks         | member | gold |
|---------|--------------|--------|------|
| signed  | signed       | yes    | yes  |
| revenue | revenue >= _ | -      | $10K |
)";

constexpr const char* record = R"({"signed": true, "deals": [
  {"customer": "Contoso", "closed": "2023-03-31", "value": 4000, "kind": "new"},
  {"customer": "Fabrikam", "value": "2500.50", "kind": "renewal"},
  {"customer": "Initech", "closed": "2022-12-31", "value": 900}]})";

Calculator beside(const char* json) {
    const Result<Program> program = Program::parse("trial.rung", rules);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text());
    const Result<Facts> facts = Facts::read(*program, "facts.json", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    EvaluateOptions options;
    options.on = "2024-02-29";
    const Result<Calculator> calculator = Calculator::of(*program, *facts, options);
    REQUIRE_MESSAGE(calculator, calculator.diagnostics.to_text());
    return *calculator;
}

TEST_CASE("arithmetic is exact, with its types") {
    check(*Calculator::without_rules(),
          {
              {"1 + 2 * 3", "7 (whole number)"},
              {"(1 + 2) * 3", "9 (whole number)"},
              {"10 - 4 - 3", "3 (whole number)"},
              {"0.1 + 0.2 = 0.3", "yes (yes/no)"},
              {"1 / 3 * 3 = 1", "yes (yes/no)"},
              {"7 / 2", "3.5 (number)"},
              {"-3 + 5", "2 (whole number)"},
              {"$250K * 15%", "$37,500 (money in USD)"},
              {"EUR 1,000 / EUR 8", "125 (number)"},
              {"$0.50 - $1", "-$0.50 (money in USD)"},
              {"15% + 5%", "20% (percentage)"},
              {"round half even 2.5 to 1", "2 (number)"},
              {"round half up 2.5 to 1", "3 (number)"},
              {"round down $1.99 to $1", "$1 (money in USD)"},
              {"12 but at most 10", "10 (whole number)"},
              {"12345678901234567890123456789012345678 + 0",
               "12,345,678,901,234,567,890,123,456,789,012,345,678 (whole number)"},
              {"99999999999999999999999999999999999999 * 10",
               "unknown: more than 38 digits (whole number)"},
              {"1 / 0", "unknown: a division by zero (number)"},
              {"1 / 0 otherwise 4", "4 (number)"},
              {"if 3 > 2 then \"a\" else \"b\"", "a (text)"},
              {"at least 2 of (yes, no, yes)", "yes (yes/no)"},
              {"not (yes and no) or no", "yes (yes/no)"},
              {"5 in (1, 5)", "yes (yes/no)"},
          });
}

TEST_CASE("days and windows are the calendar's") {
    check(on("2024-02-29"),
          {
              {"review_date", "29 Feb 2024 (date)"},
              {"review_date + 1 year", "28 Feb 2025 (date)"},
              {"2024-01-31 + 1 month", "29 Feb 2024 (date)"},
              {"2023-12-31 + 60 days", "29 Feb 2024 (date)"},
              {"trailing 365 days", "2 Mar 2023 through 29 Feb 2024 (window of days)"},
              {"trailing 12 months", "1 Mar 2023 through 29 Feb 2024 (window of days)"},
              {"previous calendar quarter", "1 Oct 2023 through 31 Dec 2023 (window of days)"},
              {"previous 3 calendar months", "1 Nov 2023 through 31 Jan 2024 (window of days)"},
              {"calendar year to date", "1 Jan 2024 through 29 Feb 2024 (window of days)"},
              {"program year", "1 Jan 2024 through 31 Dec 2024 (window of days)"},
              {"last day of calendar year 2023", "31 Dec 2023 (date)"},
              {"2023-12-31 in calendar year 2023", "yes (yes/no)"},
              {"2023-03-01 in trailing 365 days", "no (yes/no)"},
              {"from 2024-01-01 until 2024-01-01",
               "1 Jan 2024 through 31 Dec 2023, which holds no day (window of days)"},
          });
}

TEST_CASE("an unknown truth follows Kleene's tables") {
    check(beside(R"({"signed": true})"),
          {
              {"invited", "unknown: not recorded (yes/no)"},
              {"not invited", "unknown: not recorded (yes/no)"},
              {"invited and yes", "unknown: not recorded (yes/no)"},
              {"invited and no", "no (yes/no)"},
              {"invited or yes", "yes (yes/no)"},
              {"invited or no", "unknown: not recorded (yes/no)"},
              {"invited and signed", "unknown: not recorded (yes/no)"},
              {"at least 1 of (signed, invited)", "yes (yes/no)"},
              {"at least 2 of (signed, invited)", "unknown: not recorded (yes/no)"},
              {"if invited then 1 else 1", "1 (whole number)"},
              {"if invited then 1 else 4", "from 1 through 4 (whole number)"},
          });
}

TEST_CASE("what is known of a figure is a range") {
    check(beside(R"({"deals": []})"),
          {
              {"people", "from 3 through 5 (whole number)"},
              {"people * 2 - 1", "from 5 through 9 (whole number)"},
              {"people >= 3", "yes (yes/no)"},
              {"people > 3", "unknown: not recorded (yes/no)"},
              {"people > 5", "no (yes/no)"},
              {"people but at least 5", "5 (whole number)"},
              {"revenue", "$0 (money in USD)"},
              {"count of deals", "0 (whole number)"},
              {"largest of value in deals", "unknown: none to look at (money in USD)"},
              {"joined but at most 2024-01-01", "1 Jan 2024 or earlier (date)"},
              {"joined", "unknown: not recorded (date)"},
          });
}

TEST_CASE("names are those of the rules") {
    check(beside(record), {
                              {"revenue", "from $4,000 through $6,500.50 (money in USD)"},
                              {"count of deals where value > $1,000", "2 (whole number)"},
                              {"sum of value in deals", "$7,400.50 (money in USD)"},
                              {"review_period", "1 Jan 2023 through 31 Dec 2023 (window of days)"},
                              {"tier", "member (tier)"},
                              {"tier >= member", "yes (yes/no)"},
                              {"held.tier", "unknown: not known (tier)"},
                          });
    check(beside("{}"), {{"tier", "unknown: not decided (tier)"},
                         {"tier >= none", "yes (yes/no)"},
                         {"tier = gold", "unknown: not recorded (yes/no)"}});
}

TEST_CASE("what is not certain says what would decide it, and what it may be") {
    const Calculator calculator = beside(record);
    CHECK(to_text(calculator.evaluate("", "revenue")) ==
          "from $4,000 through $6,500.50 (money in USD)\n  missing: /deals/1/closed\n");
    CHECK(to_text(calculator.evaluate("", "list of deals where kind = new")) ==
          "from 1 through 2 records (list of deal)\n  Contoso\n  perhaps Initech\n"
          "  missing: /deals/2/kind\n");
    CHECK(to_text(calculator.evaluate("", "region")) ==
          "unknown: not recorded (one of north, south, west)\n  may be north, south or west\n"
          "  missing: /region\n");
    const Calculation tier = beside("{}").evaluate("", "tier");
    CHECK(tier.possible == std::vector<std::string>{"none", "member", "gold"});
    CHECK(tier.missing == std::vector<std::string>{"/signed", "/deals"});
}

TEST_CASE("a broken expression says where") {
    const Calculator calculator = *Calculator::without_rules();
    const auto code_and_column = [&](const char* expression) {
        const Calculation result = calculator.evaluate("expression", expression);
        REQUIRE_FALSE(result.ok());
        const Diagnostic& first = *result.diagnostics.begin();
        return first.code + (first.place ? " " + std::to_string(first.place->column) : "");
    };
    CHECK(code_and_column("1 +") == "missing-text 4");
    CHECK(code_and_column("") == "missing-text 1");
    CHECK(code_and_column("1 2") == "unexpected-text 3");
    CHECK(code_and_column("$5 + 3") == "cannot-calculate 1");
    CHECK(code_and_column("1 + spend") == "unknown-name 5");
    CHECK(code_and_column("2 * _") == "underscore-here 5");
    CHECK(code_and_column("trailing 3 months") == "no-date");
    CHECK(code_and_column("\xFF") == "not-utf8 1");
    CHECK(code_and_column((std::string(70, '(') + "1" + std::string(70, ')')).c_str()) ==
          "nested-too-deep 65");
}

TEST_CASE("blanks, comments and indented lines around an expression mean nothing") {
    check(*Calculator::without_rules(), {{" 1 +\n  2\t# three\n", "3 (whole number)"},
                                         {"\xEF\xBB\xBF"
                                          "1\r\n",
                                          "1 (whole number)"}});
}

TEST_CASE("JSON has the figures of result JSON") {
    const Calculator calculator = beside(record);
    const Json json =
        Json::parse(to_json({calculator.evaluate("1", "1 / 8"), calculator.evaluate("2", "revenue"),
                             calculator.evaluate("3", "invited"), calculator.evaluate("4", "1 +"),
                             calculator.evaluate("5", "review_period"),
                             calculator.evaluate("6", "list of deals where kind = new")}));
    CHECK(json["format"] == 1);
    CHECK(json["ok"] == false);
    const Json& results = json["results"];
    CHECK(results[0] == Json{{"expression", "1 / 8"},
                             {"type", "decimal"},
                             {"value", "0.125"},
                             {"missing", Json::array()}});
    CHECK(results[1]["from"] == "4000");
    CHECK(results[1]["through"] == "6500.5");
    CHECK(results[1]["currency"] == "USD");
    CHECK(results[1]["missing"] == Json{"/deals/1/closed"});
    CHECK(results[2]["reason"] == "missing");
    CHECK(results[3]["errors"][0]["code"] == "missing-text");
    CHECK(results[4]["value"] == Json{{"from", "2023-01-01"}, {"through", "2023-12-31"}});
    CHECK(results[5]["records"][0]["pointer"] == "/deals/0");
    CHECK(results[5]["unclear"][0]["label"] == "Initech");
    CHECK(results[5]["may_hold_more"] == false);
}

TEST_CASE("a calculator of a date or review that is wrong is refused") {
    EvaluateOptions options;
    options.on = "2024-02-30";
    CHECK_FALSE(Calculator::without_rules(options));
    const Result<Program> program = Program::parse("trial.rung", rules);
    REQUIRE(program);
    CHECK(Calculator::of(*program)); // a day is asked for by what reads it
    options.on = "2024-02-29";
    options.review = "monthly";
    CHECK_FALSE(Calculator::of(*program, options));
}

} // namespace
} // namespace rung::calc_test
