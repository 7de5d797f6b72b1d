// The evaluator, by the meaning of the language: small rule files in the test, facts as JSON, and what
// must come out. Figures are worked out by hand, dates with Python's datetime.
#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::evaluate_test {
namespace {

const std::string head = "program    trial\n"
                         "version    2023\n"
                         "effective  2020-01-01 onwards\n";

Program parse(const std::string& text) {
    Result<Program> program = Program::parse("trial.rung", text);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text(), "\n", text);
    return *program;
}

Outcome evaluate(const Program& program, const std::string& json,
                 const std::string& on = "2023-02-15", const std::string& review = "") {
    const Result<Facts> facts = Facts::read(program, "facts.json", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    EvaluateOptions options;
    options.on = on;
    if (!review.empty()) {
        options.review = review;
    }
    Result<Outcome> outcome = rung::evaluate(program, *facts, options);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return *outcome;
}

/// "12", "1..4", "1..", "? missing", "embed connect", "2023-01-01 to 2023-01-31"
std::string words(const Figure& figure) {
    if (figure.state == Figure::State::unknown) {
        return "? " + figure.reason;
    }
    if (figure.state == Figure::State::range) {
        return figure.from + ".." + figure.through;
    }
    if (figure.type == "window") {
        return figure.from + " to " + figure.through;
    }
    std::string text = figure.value;
    for (const std::string& member : figure.members) {
        text += (text.empty() ? "" : " ") + member;
    }
    return text;
}

// ---- expressions -------------------------------------------------------------------------------

const std::string contract = R"(
year starts 04-01

record part
  size      whole number  at least 0
  sound     yes/no

record line named by label
  label     text
  amount    money
  points    whole number
  weight    decimal       at least 0
  rate      percent
  on        date          json "date"
  ends      date or never
  kind      one of new, renewal, or other
  colours   any of red, green, blue
  live      yes/no
  parts     list of part

facts
  n         whole number
  m         whole number
  pos       whole number  at least 0
  upto      whole number  at least 2 at most 5
  q         decimal
  cash      money
  euros     money EUR
  pct       percent
  part_of   share
  flag      yes/no
  flag2     yes/no
  day       date
  day2      date
  end       date or never
  end2      date or never
  word      text
  word2     text
  sort      one of new, renewal, or other
  sort2     one of new, renewal, or other
  plain     one of x, y
  plain2    one of x, y
  motions   any of embed, integrate, connect
  motions2  any of embed, integrate, connect
  sole      any of embed
  lines     list of line
  more      list of line
  given     whole number  default 7
  assumed   yes/no        default yes
  denied    yes/no        default no
  called    text          default "main"
  since     date          default 2020-01-31
  rate_of   percent       default 15%
  below     whole number  default -3
  chosen    one of x, y   default y
)";

struct Trial {
    std::string expression;
    std::string facts;
    std::string result;
};

std::string value_of(const std::string& expression, const std::string& facts,
                     const std::string& on = "2023-02-15") {
    const Program program = parse(head + contract + "\ndefine result\n  " + expression + "\n");
    const Outcome outcome = evaluate(program, facts, on);
    return words(outcome.measures.front().value);
}

void check(const std::vector<Trial>& trials) {
    for (const Trial& trial : trials) {
        CAPTURE(trial.expression);
        CAPTURE(trial.facts);
        CHECK(value_of(trial.expression, trial.facts) == trial.result);
    }
}

TEST_CASE("arithmetic is exact") {
    check({{"n + m", R"({"n": 2, "m": 3})", "5"},
           {"n - m", R"({"n": 2, "m": 3})", "-1"},
           {"q * 3", R"({"q": 0.1})", "0.3"},
           {"n / m", R"({"n": 1, "m": 8})", "0.125"},
           {"n / m * m", R"({"n": 1, "m": 3})", "1"},
           {"-n + 1", R"({"n": 4})", "-3"},
           {"- - n", R"({"n": 4})", "4"},
           {"2 + 3 * n", R"({"n": 4})", "14"},
           {"(2 + 3) * n", R"({"n": 4})", "20"},
           {"10 - n - 1", R"({"n": 4})", "5"},
           {"100 / n / 5", R"({"n": 4})", "5"},
           {"cash * 15%", R"({"cash": 1000})", "150"},
           {"cash / $4", R"({"cash": 10})", "2.5"},
           {"cash / 4", R"({"cash": 10})", "2.5"},
           {"pct * pct", R"({"pct": 50})", "25"},
           {"pct", R"({"pct": 12.5})", "12.5"},
           {"part_of", R"({"part_of": 0.125})", "12.5"},
           {"pct * 10", R"({"pct": 15})", "1.5"},
           {"cash + $250K", R"({"cash": "0.25"})", "250000.25"},
           {"n but at most 10", R"({"n": 12})", "10"},
           {"n but at least 10 but at most 20", R"({"n": 12})", "12"},
           {"n but at least 10", R"({"n": -12})", "10"},
           {"n + 1 but at most 10", R"({"n": 12})", "10"}});
}

TEST_CASE("a fact that is not given is neither zero nor no") {
    check({{"n", "{}", "? missing"},
           {"n", R"({"n": null})", "? missing"},
           {"n + 1", "{}", "? missing"},
           {"pos", "{}", "0.."},
           {"pos + 1", "{}", "1.."},
           {"-pos", "{}", "..0"},
           {"upto * 2", "{}", "4..10"},
           {"n * 0", "{}", "0"},
           {"pos * pos", "{}", "0.."},
           {"given + 1", "{}", "8"},
           {"given + 1", R"({"given": null})", "8"},
           {"given + 1", R"({"given": 1})", "2"},
           {"chosen = y", "{}", "yes"},
           {"assumed", "{}", "yes"},
           {"assumed", R"({"assumed": false})", "no"},
           {"denied", R"({"denied": null})", "no"},
           {"called", "{}", "main"},
           {"called", R"({"called": "other"})", "other"},
           {"since", "{}", "2020-01-31"},
           {"rate_of", "{}", "15"},
           {"below", "{}", "-3"},
           {"flag", "{}", "? missing"},
           {"not flag", "{}", "? missing"},
           {"n >= 0", "{}", "? missing"},
           {"pos >= 0", "{}", "yes"},
           {"pos > 0", "{}", "? missing"},
           {"pos < 0", "{}", "no"},
           {"upto >= 2", "{}", "yes"},
           {"upto >= 3", "{}", "? missing"},
           {"upto <= 5", "{}", "yes"},
           {"upto = 6", "{}", "no"},
           {"upto != 6", "{}", "yes"},
           {"n but at most 10", "{}", "..10"},
           {"n but at least 10", "{}", "10.."},
           {"(n but at most 10) <= 10", "{}", "yes"},
           {"n = n", "{}", "? missing"}});
}

TEST_CASE("logic is Kleene's") {
    const std::vector<std::string> ways{"true", "false", "null"};
    const auto name = [](int v) { return v == 0 ? "yes" : v == 1 ? "no" : "? missing"; };
    const Program program = parse(head + contract + R"(
define conjunction  flag and flag2
define disjunction  flag or flag2
define same         flag = flag2
define other        flag != flag2
define choice       if flag then flag2 else not flag2
define one          at least 1 of (flag, flag2)
define two          at least 2 of (flag, flag2)
)");
    for (int a = 0; a < 3; ++a) {
        for (int b = 0; b < 3; ++b) {
            const Outcome outcome =
                evaluate(program, R"({"flag": )" + ways[static_cast<std::size_t>(a)] +
                                      R"(, "flag2": )" + ways[static_cast<std::size_t>(b)] + "}");
            const auto of = [&](std::size_t i) { return words(outcome.measures[i].value); };
            const bool unknown = a == 2 || b == 2;
            const int both = a == 1 || b == 1 ? 1 : unknown ? 2 : 0;
            const int any = a == 0 || b == 0 ? 0 : unknown ? 2 : 1;
            const int same = unknown ? 2 : a == b ? 0 : 1;
            CHECK(of(0) == name(both));
            CHECK(of(1) == name(any));
            CHECK(of(2) == name(same));
            CHECK(of(3) == name(unknown ? 2 : 1 - same));
            CHECK(of(4) == name(same));
            CHECK(of(5) == name(any));
            CHECK(of(6) == name(both));
        }
    }
}

TEST_CASE("at least N of") {
    check({{"at least 2 of (flag, flag2, n >= 1)", R"({"flag": true, "n": 1})", "yes"},
           {"at least 2 of (flag, flag2, n >= 1)", R"({"flag": true, "n": 0})", "? missing"},
           {"at least 2 of (flag, flag2, n >= 1)", R"({"flag": false, "n": 0})", "no"},
           {"at least upto of (flag, flag2)", R"({"flag": false})", "no"},
           {"at least upto of (flag, flag2)", R"({"flag": true, "flag2": true})", "? missing"},
           {"at least 0 of (flag, flag2)", "{}", "yes"}});
}

TEST_CASE("if … then … else …") {
    check({{"if flag then 1 else 2", R"({"flag": true})", "1"},
           {"if flag then 1 else 2", R"({"flag": false})", "2"},
           {"if flag then 1 else 2", "{}", "1..2"},
           {"if flag then 5 else 5", "{}", "5"},
           {"(if flag then 1 else 2) >= 1", "{}", "yes"},
           {"(if flag then 1 else 2) >= 2", "{}", "? missing"},
           {"if flag then n else 2", R"({"flag": false})", "2"},
           {"if flag then n else 2", R"({"n": 9})", "2..9"},
           {"if n > 0 then if n > 5 then 2 else 1 else 0", R"({"n": 6})", "2"},
           {"if flag then day else day2", R"({"day": "2023-01-05", "day2": "2023-03-05"})",
            "2023-01-05..2023-03-05"}});
}

TEST_CASE("what divides by zero or does not fit is undetermined, with the reason") {
    check({{"n / m", R"({"n": 1, "m": 0})", "? zero_division"},
           {"n / m", R"({"n": 0, "m": 0})", "? zero_division"},
           {"n / m", R"({"m": 0})", "? zero_division"},
           {"n / m", R"({"n": 1})", "? missing"},
           {"n / m >= 0", R"({"n": 1, "m": 0})", "? zero_division"},
           {"n / m = n / m", R"({"n": 1, "m": 0})", "? zero_division"},
           {"not (n / m >= 0)", R"({"n": 1, "m": 0})", "? zero_division"},
           {"flag or n / m >= 0", R"({"flag": true, "n": 1, "m": 0})", "yes"},
           {"flag and n / m >= 0", R"({"flag": true, "n": 1, "m": 0})", "? zero_division"},
           {"n / upto >= 2", R"({"n": 10})", "yes"},
           {"n + 1", R"({"n": 99999999999999999999999999999999999999})", "? overflow"},
           {"n + 1 - 1", R"({"n": 99999999999999999999999999999999999999})", "? overflow"},
           {"n * n", R"({"n": 10000000000000000000})", "? overflow"},
           {"n * 0 + 1 / m", R"({"m": 0})", "? zero_division"},
           {"round up n to 0", R"({"n": 1})", "? zero_division"}});
}

TEST_CASE("`otherwise` stands in where the rules leave no value, never for an unknown fact") {
    check(
        {{"n / m otherwise 3", R"({"n": 1, "m": 0})", "3"},
         {"n / m otherwise 3", R"({"n": 1, "m": 2})", "0.5"},
         {"n / m otherwise 3", R"({"m": 2})", "? missing"},
         {"n / m otherwise 3", R"({"m": 0})", "3"},
         {"n otherwise 3", "{}", "? missing"},
         {"upto otherwise 9", "{}", "2..5"},
         {"n + 1 otherwise 3", R"({"n": 99999999999999999999999999999999999999})", "3"},
         {"n / m otherwise n / m otherwise 4", R"({"n": 1, "m": 0})", "4"},
         {"n / m otherwise 1 / m", R"({"n": 1, "m": 0})", "? zero_division"},
         {"(largest of points in lines) otherwise 0", R"({"lines": []})", "0"},
         {"(largest of points in lines) otherwise 0", R"({})", "? missing"},
         {"(largest of points in lines where live) otherwise 0",
          R"({"lines": [{"points": 5, "live": false}]})", "0"},
         {"(largest of points in lines where live) otherwise 0", R"({"lines": [{"points": 5}]})",
          "0..5"},
         {"(smallest of points in lines where live) otherwise 9", R"({"lines": [{"points": 5}]})",
          "5..9"},
         {"(average of points in lines) otherwise 0", R"({"lines": []})", "0"},
         {"(median of points in lines) otherwise 0", R"({"lines": []})", "0"},
         // Undetermined on one side only: it is not known whether the rules have a value here.
         {"(if flag then n / m else 5) otherwise 3", R"({"n": 1, "m": 0, "flag": true})", "3"},
         {"(if flag then n / m else 5) otherwise 3", R"({"n": 1, "m": 0, "flag": false})", "5"},
         {"((if flag then n / m else 5) otherwise 3) >= 4", R"({"n": 1, "m": 0})",
          "? zero_division"},
         {"((if flag then 5 else n / m) otherwise 3) >= 4", R"({"n": 1, "m": 0})",
          "? zero_division"},
         {"((sum of points / m in lines where live) otherwise 7) >= 1",
          R"({"m": 0, "lines": [{"points": 1}]})", "? zero_division"},
         {"((sum of points / m in lines where live) otherwise 7)",
          R"({"m": 0, "lines": [{"points": 1, "live": false}]})", "0"},
         {"((sum of points / m in lines where live) otherwise 7)",
          R"({"m": 0, "lines": [{"points": 1, "live": true}]})", "7"},
         {"(median of points / m in lines) otherwise 7", R"({"m": 0, "lines": [{"points": 1}]})",
          "7"},
         {"(average of points / m in lines) otherwise 7", R"({"m": 0, "lines": [{"points": 1}]})",
          "7"},
         // Of two records that may count, one has no value: the other may be the largest all the same.
         {"((largest of points / weight in lines where live or label = \"s\") otherwise 0) <= 3",
          R"({"lines": [{"label": "s", "points": 2, "weight": 1}, {"label": "t", "points": 1, "weight": 0},
                          {"label": "u", "points": 8, "weight": 2}]})",
          "? missing"},
         {"(largest of points / m in lines) otherwise 7", R"({"m": 0, "lines": [{"points": 1}]})",
          "7"},
         {"((largest of on in lines where live) but at most 2023-01-01) <= 2023-06-30",
          R"({"lines": [{"date": "2024-05-05"}]})", "? missing"},
         {"((largest of on in lines where live) but at most 2023-01-01) otherwise 2025-01-01",
          R"({"lines": [{"date": "2024-05-05", "live": false}]})", "2025-01-01"}});
}

TEST_CASE("rounding, in the four ways") {
    check({{"round up q to 1", R"({"q": 1.1})", "2"},
           {"round up q to 1", R"({"q": -1.1})", "-2"},
           {"round down q to 1", R"({"q": -1.9})", "-1"},
           {"round half up q to 1", R"({"q": 2.5})", "3"},
           {"round half up q to 1", R"({"q": -2.5})", "-3"},
           {"round half even q to 1", R"({"q": 2.5})", "2"},
           {"round half even q to 1", R"({"q": 3.5})", "4"},
           {"round half up cash to $0.05", R"({"cash": 1.025})", "1.05"},
           {"round down cash to $1K", R"({"cash": 12999.99})", "12000"},
           {"round up pct to 5%", R"({"pct": 11})", "15"},
           {"round up n to 2.5", R"({"n": 6})", "7.5"},
           {"round up upto / 2 to 1", "{}", "1..3"},
           {"round up n / 3 to 1", R"({"n": 7})", "3"}});
}

TEST_CASE("comparisons at exact thresholds") {
    check({{"cash >= $250K", R"({"cash": 250000})", "yes"},
           {"cash >= $250K", R"({"cash": "249999.99999999999999999999999999"})", "no"},
           {"cash > $250K", R"({"cash": 250000})", "no"},
           {"cash <= $250K", R"({"cash": "250000.00"})", "yes"},
           {"cash < $250K", R"({"cash": 250000})", "no"},
           {"cash = $250K", R"({"cash": 2.5e5})", "yes"},
           {"n / 3 >= 1 / 3", R"({"n": 1})", "yes"},
           {"n / 3 > 1 / 3", R"({"n": 1})", "no"},
           {"pct >= 70%", R"({"pct": 70})", "yes"},
           {"part_of >= 70%", R"({"part_of": 0.7})", "yes"},
           {"part_of >= 70%", R"({"part_of": 0.69999})", "no"},
           {"euros >= EUR 1,000", R"({"euros": 1000})", "yes"}});
}

TEST_CASE("texts, choices, and `or other`") {
    check({{R"(word = "main")", R"({"word": "main"})", "yes"},
           {R"(word = "main")", R"({"word": "Main"})", "no"},
           {R"(word = "main")", "{}", "? missing"},
           {R"(word in ("a", "b"))", R"({"word": "b"})", "yes"},
           {R"(word in ("a", "b"))", R"({"word": "c"})", "no"},
           {R"(word in ("a", word2))", R"({"word": "a"})", "yes"},
           {R"(word in ("a", word2))", R"({"word": "b"})", "? missing"},
           {"n in (1, 2, 3)", R"({"n": 3})", "yes"},
           {"n in (1, 2, 3)", R"({"n": 4})", "no"},
           {"upto in (6, 7)", "{}", "no"},
           {"sort = new", R"({"sort": "new"})", "yes"},
           {"sort = new", R"({"sort": "renewal"})", "no"},
           {"sort = new", R"({"sort": "surprise"})", "no"},
           {"sort != new", R"({"sort": "surprise"})", "yes"},
           {"sort = new", "{}", "? missing"},
           {"sort in (new, renewal)", R"({"sort": "surprise"})", "no"},
           {"sort in (new, renewal)", "{}", "? missing"},
           {"plain in (x, y)", "{}", "yes"},
           {"not (plain in (x, y))", "{}", "no"},
           {"plain in (x)", "{}", "? missing"},
           {"plain = plain2", R"({"plain": "x", "plain2": "x"})", "yes"},
           {"plain = plain2", R"({"plain": "x"})", "? missing"},
           // Two values that are not listed may be one thing or two.
           {"sort = sort2", R"({"sort": "new", "sort2": "new"})", "yes"},
           {"sort = sort2", R"({"sort": "u", "sort2": "u"})", "? missing"},
           {"sort != sort2", R"({"sort": "u", "sort2": "v"})", "? missing"},
           {"sort = sort2", R"({"sort": "u", "sort2": "new"})", "no"},
           {"sort in (sort2, new)", R"({"sort": "u", "sort2": "v"})", "? missing"},
           {"sort in (sort2, new)", R"({"sort": "new", "sort2": "v"})", "yes"},
           {"sort in (sort2, new)", R"({"sort": "new"})", "yes"},
           {"sort in (sort2, new)", R"({"sort": "renewal"})", "? missing"}});
}

TEST_CASE("several choices, of which some may be missing") {
    const std::string some = R"({"motions": ["embed", "connect"]})";
    const std::string open = R"({"facts": {"motions": ["embed"]}, "incomplete": ["/motions"]})";
    check({{"motions", some, "embed connect"},
           {"motions include embed", some, "yes"},
           {"motions include integrate", some, "no"},
           {"motions include any of (integrate, connect)", some, "yes"},
           {"motions include all of (embed, connect)", some, "yes"},
           {"motions include all of (embed, integrate)", some, "no"},
           {"motions include embed", "{}", "? missing"},
           {"motions include embed", R"({"motions": []})", "no"},
           {"motions include embed", open, "yes"},
           {"motions include integrate", open, "? incomplete"},
           {"motions include any of (embed, integrate)", open, "yes"},
           {"motions include all of (embed, integrate)", open, "? incomplete"},
           {"sole include embed", "{}", "? missing"},
           {"sole include embed", R"({"sole": []})", "no"},
           {"(if flag then motions else motions2) include embed",
            R"({"motions": ["embed"], "motions2": ["embed", "connect"]})", "yes"},
           {"(if flag then motions else motions2) include connect",
            R"({"motions": ["embed"], "motions2": ["embed", "connect"]})", "? missing"},
           {"(if flag then motions else motions2) include integrate",
            R"({"motions": ["embed"], "motions2": ["embed", "connect"]})", "no"}});
}

TEST_CASE("a fact of one choice that is not given is among what is missing") {
    const Program program = parse(head + contract + "\ndefine x  sole include embed\n");
    const Outcome outcome = evaluate(program, "{}");
    CHECK(outcome.measures.front().missing == std::vector<std::string>{"/sole"});
}

TEST_CASE("dates and `never`") {
    check(
        {{"day + 30 days", R"({"day": "2023-01-31"})", "2023-03-02"},
         {"day + 1 month", R"({"day": "2023-01-31"})", "2023-02-28"},
         {"day - 1 year", R"({"day": "2024-02-29"})", "2023-02-28"},
         {"day + 2 weeks", R"({"day": "2023-12-25"})", "2024-01-08"},
         {"day + n * 1 days", R"({"day": "2023-01-01", "n": -1})", "2022-12-31"},
         {"day - day2", R"({"day": "2023-03-01", "day2": "2023-02-01"})", "28"},
         {"day - day2 >= 28 days", R"({"day": "2023-03-01", "day2": "2023-02-01"})", "yes"},
         {"day <= review_date", R"({"day": "2023-02-15"})", "yes"},
         {"day < review_date", R"({"day": "2023-02-15"})", "no"},
         {"day <= review_date", "{}", "? missing"},
         {"end >= review_date", R"({"end": "never"})", "yes"},
         {"end <= review_date", R"({"end": "never"})", "no"},
         {"end >= 9999-12-31", R"({"end": "never"})", "yes"},
         {"end = end2", R"({"end": "never", "end2": "never"})", "yes"},
         {"end in trailing 365 days", R"({"end": "never"})", "no"},
         {"end in from 2020-01-01 through end2", R"({"end": "never", "end2": "never"})", "no"},
         {"end in from 0001-01-01 through end2", R"({"end2": "never"})", "? missing"},
         {"day in from 2020-01-01 through end2", R"({"day": "2023-01-01", "end2": "never"})",
          "yes"},
         {"day in from 2020-01-01 until end2", R"({"day": "2023-01-01", "end2": "never"})", "yes"},
         {"day in from end2 through 2024-01-01", R"({"day": "2023-01-01", "end2": "never"})", "no"},
         {"end but at most day", R"({"end": "never", "day": "2023-05-05"})", "2023-05-05"},
         {"end but at least day", R"({"end": "never", "day": "2023-05-05"})", "never"},
         {"end + 1 day", R"({"end": "never"})", "never"},
         {"end - day", R"({"end": "never", "day": "2023-01-01"})", "? overflow"},
         {"day in program year of end", R"({"end": "never", "day": "9999-06-01"})", "? overflow"},
         {"day + 1 day", R"({"day": "9999-12-31"})", "? overflow"}});
}

TEST_CASE("windows of every form") {
    check({{"trailing 365 days", "{}", "2022-02-16 to 2023-02-15"},
           {"trailing 1 day", "{}", "2023-02-15 to 2023-02-15"},
           {"trailing 2 weeks", "{}", "2023-02-02 to 2023-02-15"},
           {"trailing 12 months", "{}", "2022-02-16 to 2023-02-15"},
           {"trailing 1 year", "{}", "2022-02-16 to 2023-02-15"},
           {"trailing 2 years", "{}", "2021-02-16 to 2023-02-15"},
           {"trailing (n + 1) days", R"({"n": 2})", "2023-02-13 to 2023-02-15"},
           {"previous calendar month", "{}", "2023-01-01 to 2023-01-31"},
           {"previous 3 calendar months", "{}", "2022-11-01 to 2023-01-31"},
           {"previous calendar quarter", "{}", "2022-10-01 to 2022-12-31"},
           {"previous 2 calendar quarters", "{}", "2022-07-01 to 2022-12-31"},
           {"previous calendar year", "{}", "2022-01-01 to 2022-12-31"},
           {"previous 2 calendar years", "{}", "2021-01-01 to 2022-12-31"},
           {"calendar month to date", "{}", "2023-02-01 to 2023-02-15"},
           {"calendar quarter to date", "{}", "2023-01-01 to 2023-02-15"},
           {"calendar year to date", "{}", "2023-01-01 to 2023-02-15"},
           {"calendar year 2020", "{}", "2020-01-01 to 2020-12-31"},
           {"calendar year (n)", R"({"n": 2024})", "2024-01-01 to 2024-12-31"},
           {"program year", "{}", "2022-04-01 to 2023-03-31"},
           {"previous program year", "{}", "2021-04-01 to 2022-03-31"},
           {"program year of day", R"({"day": "2023-04-01"})", "2023-04-01 to 2024-03-31"},
           {"program year of day", R"({"day": "2023-03-31"})", "2022-04-01 to 2023-03-31"},
           {"from 2023-01-01 through day", R"({"day": "2023-01-31"})", "2023-01-01 to 2023-01-31"},
           {"from 2023-01-01 until day", R"({"day": "2023-01-31"})", "2023-01-01 to 2023-01-30"},
           {"from 2023-01-01 until 9999-12-31", "{}", "2023-01-01 to 9999-12-30"},
           {"first day of previous calendar quarter", "{}", "2022-10-01"},
           {"last day of previous calendar quarter", "{}", "2022-12-31"},
           {"first day of trailing 1 month", "{}", "2023-01-16"},
           {"trailing (n) days", "{}", "? missing"},
           {"trailing (n) days", R"({"n": -1})", "? overflow"},
           {"program year of day", "{}", "? missing"},
           {"calendar year (n)", R"({"n": 10000})", "? overflow"}});
    CHECK(value_of("trailing 12 months", "{}", "2024-02-29") == "2023-03-01 to 2024-02-29");
    CHECK(value_of("trailing 365 days", "{}", "2024-02-29") == "2023-03-02 to 2024-02-29");
    CHECK(value_of("previous calendar month", "{}", "2024-03-31") == "2024-02-01 to 2024-02-29");
    CHECK(value_of("program year", "{}", "2023-04-01") == "2023-04-01 to 2024-03-31");
}

TEST_CASE("a date in a window: both days are inside") {
    check({{"day in previous calendar year", R"({"day": "2022-01-01"})", "yes"},
           {"day in previous calendar year", R"({"day": "2022-12-31"})", "yes"},
           {"day in previous calendar year", R"({"day": "2021-12-31"})", "no"},
           {"day in previous calendar year", R"({"day": "2023-01-01"})", "no"},
           {"day in trailing 0 days", R"({"day": "2023-02-15"})", "no"},
           {"day in previous calendar year", "{}", "? missing"},
           {"day in from day2 through 2023-01-31", R"({"day": "2023-02-01"})", "no"},
           {"day in from day2 through 2023-01-31", R"({"day": "2023-01-31"})", "? missing"},
           {"day in if flag then trailing 30 days else trailing 365 days",
            R"({"day": "2023-02-01"})", "yes"},
           {"day in if flag then trailing 30 days else trailing 365 days",
            R"({"day": "2022-12-01"})", "? missing"},
           {"day in if flag then trailing 30 days else trailing 365 days",
            R"({"day": "2022-01-01"})", "no"},
           {"2023-01-31 in from 2023-01-01 until 2023-01-31", "{}", "no"},
           {"9999-12-31 in from 2023-01-01 until 9999-12-31", "{}", "no"}});
}

// ---- lists -------------------------------------------------------------------------------------

/// Facts with `lines`: each record as JSON without its braces; "…" makes the list incomplete.
std::string lines(const std::vector<std::string>& records, const std::string& more = "") {
    std::string list;
    bool open = false;
    for (const std::string& record : records) {
        if (record == "…") {
            open = true;
            continue;
        }
        list += (list.empty() ? "{" : ", {") + record + "}";
    }
    const std::string facts = R"({"lines": [)" + list + "]" + more + "}";
    return open ? R"({"facts": )" + facts + R"(, "incomplete": ["/lines"]})" : facts;
}

TEST_CASE("count, with records that may or may not count") {
    const std::string count = "count of lines where live";
    check({{"count of lines", lines({}), "0"},
           {"count of lines", "{}", "0.."},
           {"count of lines", R"({"lines": null})", "0.."},
           {"count of lines", lines({"\"points\": 1", "…"}), "1.."},
           {count, lines({R"("live": true)", R"("live": false)"}), "1"},
           {count, lines({R"("live": true)", R"("live": null)"}), "1..2"},
           {count, lines({R"("live": true)", "", "…"}), "1.."},
           {"(count of lines where live) >= 1", lines({R"("live": true)", ""}), "yes"},
           {"(count of lines where live) >= 2", lines({R"("live": true)", ""}), "? missing"},
           {"(count of lines where live) >= 3", lines({R"("live": true)", ""}), "no"},
           {"(count of lines where live) >= 3", lines({"", "…"}), "? missing"},
           {"(count of lines) >= 2", lines({"", "…"}), "? incomplete"},
           {"(count of lines) >= 1", lines({"", "…"}), "yes"},
           {"count of lines where live and points > 3",
            lines({R"("points": 3)", R"("points": 4)", R"("live": false)"}), "0..1"},
           {"count of lines where no", "{}", "0"}});
}

TEST_CASE("sum, with records that may or may not count") {
    check({{"sum of amount in lines", lines({}), "0"},
           {"sum of amount in lines", lines({R"("amount": 0.1)", R"("amount": 0.2)"}), "0.3"},
           {"sum of amount in lines", lines({R"("amount": 5)", ""}), "? missing"},
           {"sum of amount in lines", "{}", "? missing"},
           {"sum of weight in lines", "{}", "0.."},
           {"sum of weight in lines", lines({R"("weight": 5)", ""}), "5.."},
           {"sum of weight in lines", lines({R"("weight": 5)", "…"}), "5.."},
           {"sum of points in lines where live",
            lines({R"("points": 5, "live": true)", R"("points": 3)"}), "5..8"},
           {"sum of points in lines where live",
            lines({R"("points": 5, "live": true)", R"("points": -3)"}), "2..5"},
           {"sum of points in lines where live",
            lines({R"("points": 5, "live": false)", R"("live": false)"}), "0"},
           {"sum of points in lines where live", lines({R"("points": 5)", R"("points": -3)"}),
            "-3..5"},
           {"sum of points * n in lines where live", lines({R"("points": 5)"}, R"(, "n": 2)"),
            "0..10"},
           {"(sum of weight in lines) >= $1 / $1", lines({R"("weight": 1)", ""}), "yes"},
           {"sum of rate in lines", lines({R"("rate": 10)", R"("rate": 2.5)"}), "12.5"},
           {"sum of (if live then points else 0) in lines", lines({R"("points": 5)"}), "0..5"}});
}

TEST_CASE("a sum of 39 digits is undetermined, even where a later record would bring it back") {
    const std::string most(38, '9');
    check({{"sum of points in lines", lines({R"("points": )" + most, R"("points": 1)"}),
            "? overflow"},
           {"(sum of points in lines) otherwise 4",
            lines({R"("points": )" + most, R"("points": 1)"}), "4"},
           {"sum of points in lines", lines({R"("points": )" + most, R"("points": 0)"}), most}});
    // Whether it does not fit is not known before it is known whether the second record counts.
    CHECK(value_of("((sum of points in lines where live) otherwise 4) >= 5",
                   lines({R"("live": true, "points": )" + most, R"("points": 1)"})) == "? missing");
}

TEST_CASE("smallest and largest") {
    const std::string two = lines({R"("points": 5, "live": true)", R"("points": 3, "live": true)"});
    check({{"largest of points in lines", two, "5"},
           {"smallest of points in lines", two, "3"},
           {"largest of points in lines", lines({}), "? empty"},
           {"largest of points in lines", "{}", "? missing"},
           {"(largest of points in lines) >= 1", lines({}), "? empty"},
           {"largest of points in lines where live",
            lines({R"("points": 5, "live": true)", R"("points": 9)"}), "5..9"},
           {"largest of points in lines where live",
            lines({R"("points": 5, "live": true)", R"("points": 3)"}), "5"},
           {"smallest of points in lines where live",
            lines({R"("points": 5, "live": true)", R"("points": 9)"}), "5"},
           {"smallest of points in lines where live",
            lines({R"("points": 5, "live": true)", R"("points": 3)"}), "3..5"},
           {"largest of points in lines", lines({R"("points": 5)", ""}), "5.."},
           {"smallest of points in lines", lines({R"("points": 5)", "…"}), "..5"},
           {"largest of weight in lines", lines({R"("weight": 5)", "", "…"}), "5.."},
           {"(largest of points in lines where live) >= 5",
            lines({R"("points": 5)", R"("points": 9)"}), "? missing"},
           {"largest of on in lines", lines({R"("date": "2023-01-05")", R"("date": "2022-01-05")"}),
            "2023-01-05"},
           {"smallest of on in lines",
            lines({R"("date": "2023-01-05")", R"("date": "2022-01-05")"}), "2022-01-05"},
           {"largest of ends in lines", lines({R"("ends": "2023-01-05")", R"("ends": "never")"}),
            "never"},
           {"smallest of ends in lines", lines({R"("ends": "2023-01-05")", R"("ends": "never")"}),
            "2023-01-05"},
           {"smallest of ends in lines", lines({R"("ends": "never")", R"("ends": "never")"}),
            "never"},
           {"(largest of ends in lines) >= 2023-01-05", lines({R"("ends": "2023-01-05")", ""}),
            "yes"}});
}

TEST_CASE("average and median") {
    const auto points = [](const std::vector<std::string>& figures) {
        std::vector<std::string> records;
        for (const std::string& figure : figures) {
            records.push_back(figure.empty() || figure == "…" ? figure : "\"points\": " + figure);
        }
        return lines(records);
    };
    check({{"average of points in lines", points({"1", "2"}), "1.5"},
           {"(average of points in lines) = 4 / 3", points({"1", "1", "2"}), "yes"},
           {"average of points in lines", points({}), "? empty"},
           {"average of points in lines", points({"1", ""}), "? missing"},
           {"average of weight in lines", lines({R"("weight": 4)", ""}), "2.."},
           {"median of points in lines", points({"9", "1", "5"}), "5"},
           {"median of points in lines", points({"9", "1", "5", "2"}), "3.5"},
           {"median of points in lines", points({"7"}), "7"},
           {"median of points in lines", points({}), "? empty"},
           {"median of points in lines", points({"1", "2", ""}), "? missing"},
           {"(median of points in lines) >= 1", points({"1", "5", "…"}), "? incomplete"},
           {"median of (if live then 4 else 6) in lines",
            lines({"", R"("live": true)", R"("live": false)"}), "4..6"},
           {"median of (if live then 4 else 6) in lines",
            lines({R"("live": true)", R"("live": true)", ""}), "4"},
           {"average of (if live then 4 else 6) in lines", lines({"", R"("live": true)"}), "4..5"},
           {"median of points in lines where live",
            lines({R"("points": 5)", R"("points": 9, "live": true)"}), "5..9"},
           {"average of points in lines where live",
            lines({R"("points": 5)", R"("points": 9, "live": true)"}), "5..9"},
           {"median of points in lines where live",
            lines({R"("points": 5, "live": false)", R"("points": 9, "live": true)"}), "9"}});
    // The two in the middle make 39 digits.
    const std::string most(38, '9');
    check({{"median of points in lines", points({most, most}), "? overflow"},
           {"(median of points in lines) otherwise 4", points({most, most}), "4"}});
}

TEST_CASE("count of distinct") {
    const std::string labels = "count of distinct label in lines";
    const std::string kinds = "count of distinct kind in lines";
    check(
        {{labels, lines({}), "0"},
         {labels, lines({R"("label": "a")", R"("label": "b")", R"("label": "a")"}), "2"},
         {labels, lines({R"("label": "a")", R"("label": "b")", ""}), "2..3"},
         {labels, lines({"", ""}), "1..2"},
         {labels, lines({""}), "1"},
         {labels, lines({R"("label": "a")", "…"}), "1.."},
         {labels, "{}", "0.."},
         {labels + " where live", lines({R"("label": "a", "live": true)", R"("label": "a")"}), "1"},
         {labels + " where live", lines({R"("label": "a", "live": true)", R"("label": "b")"}),
          "1..2"},
         {labels + " where live", lines({R"("label": "a")"}), "0..1"},
         {kinds, lines({R"("kind": "new")", R"("kind": "renewal")", R"("kind": "new")"}), "2"},
         // Two kinds that are not listed may be one or two.
         {kinds, lines({R"("kind": "u")", R"("kind": "v")"}), "1..2"},
         {kinds, lines({R"("kind": "u")", R"("kind": "new")"}), "2"},
         {kinds, lines({R"("kind": "u")"}), "1"},
         {"count of distinct points in lines", lines({R"("points": 1)", R"("points": "1.0")"}),
          "1"},
         {"count of distinct on in lines",
          lines({R"("date": "2023-01-01")", R"("date": "2023-01-02")"}), "2"},
         {"count of distinct ends in lines", lines({R"("ends": "never")", R"("ends": "never")"}),
          "1"},
         {"count of distinct live in lines", lines({R"("live": true)", R"("live": false)"}), "2"},
         {"count of distinct colours in lines",
          lines({R"("colours": ["red", "green"])", R"("colours": ["green", "red"])",
                 R"("colours": [])"}),
          "2"},
         {"count of distinct points / n in lines", lines({R"("points": 1)"}, R"(, "n": 0)"),
          "? zero_division"},
         {"(count of distinct points / n in lines) otherwise 5",
          lines({R"("points": 1)"}, R"(, "n": 0)"), "5"}});
}

TEST_CASE("some of, none of, each of") {
    const std::string yes = R"("live": true)";
    const std::string no = R"("live": false)";
    const std::vector<std::pair<std::string, std::vector<std::string>>> cases{
        {lines({}), {"no", "yes", "yes"}},
        {lines({yes}), {"yes", "no", "yes"}},
        {lines({no}), {"no", "yes", "no"}},
        {lines({yes, no}), {"yes", "no", "no"}},
        {lines({yes, ""}), {"yes", "no", "? missing"}},
        {lines({no, ""}), {"? missing", "? missing", "no"}},
        {lines({yes, "…"}), {"yes", "no", "? incomplete"}},
        {lines({no, "…"}), {"? incomplete", "? incomplete", "no"}},
        {"{}", {"? missing", "? missing", "? missing"}},
    };
    for (const auto& line : cases) { // Clang 14 cannot capture a structured binding
        const auto& facts = line.first;
        const auto& results = line.second;
        CAPTURE(facts);
        CHECK(value_of("some of lines where live", facts) == results[0]);
        CHECK(value_of("none of lines where live", facts) == results[1]);
        CHECK(value_of("each of lines satisfies live", facts) == results[2]);
    }
    check({{"some of lines", lines({}), "no"},
           {"some of lines", lines({""}), "yes"},
           {"some of lines", lines({"…"}), "? incomplete"},
           {"none of lines", lines({"…"}), "? incomplete"},
           {"each of lines where points > 3 satisfies live",
            lines({R"("points": 1, "live": false)", R"("points": 4, "live": true)"}), "yes"},
           {"each of lines where points > 3 satisfies live",
            lines({R"("points": 1, "live": false)", R"("live": false)"}), "? missing"},
           {"each of lines where points > 3 satisfies live",
            lines({R"("points": 4, "live": false)", ""}), "no"},
           {"each of lines satisfies weight >= 0", lines({"", "…"}), "yes"},
           {"none of lines where weight < 0", "{}", "yes"}});
}

TEST_CASE("lists in lists, and records of two scopes") {
    const std::string facts = lines(
        {R"("label": "a", "points": 2, "parts": [{"size": 1, "sound": true}, {"size": 5, "sound": true}])",
         R"("label": "b", "points": 2, "parts": [])",
         R"("label": "c", "points": 3, "parts": [{"size": 2}, {"size": 9, "sound": false}])",
         R"("label": "d", "points": 1)"});
    check(
        {{"sum of (count of parts) in lines", facts, "4.."},
         {R"(sum of (count of parts) in lines where label != "d")", facts, "4"},
         {R"(sum of (sum of size in parts where sound) in lines where label != "d")", facts,
          "6..8"},
         {R"(sum of (sum of size in parts) in lines where label != "d")", facts, "17"},
         {R"(count of lines where (some of parts where size >= 5) and label != "d")", facts, "2"},
         {"count of lines where some of parts where size >= 5", facts, "2..3"},
         {R"(count of lines where label != "d" and (each of parts satisfies sound))", facts, "2"},
         {R"(count of lines as l where label != "d" and (some of parts where size = l.points - 1))",
          facts, "2"},
         {R"(count of lines where label != "d" and (some of parts where size > points))", facts,
          "2"},
         {R"(largest of (largest of size in parts) in lines where label = "a")", facts, "5"},
         {R"((largest of (largest of size in parts) in lines where label in ("a", "b")) otherwise 3)",
          facts, "3"},
         {R"(count of lines as l where (count of more where label = l.label) >= 1)",
          R"({"lines": [{"label": "a"}, {"label": "b"}], "more": [{"label": "b"}, {"label": "b"}]})",
          "1"},
         {R"(count of lines as l where some of lines as k where k.label = l.label and k.points != l.points)",
          R"({"lines": [{"label": "a", "points": 1}, {"label": "a", "points": 2}, {"label": "b", "points": 1}]})",
          "2"}});
}

TEST_CASE("a list chosen by a fact that is not known") {
    const std::string facts =
        R"({"lines": [{"points": 1}, {"points": 2}, {"points": 3}], "more": [{"points": 9}])";
    check({{"count of (if flag then lines else more)", facts + R"(, "flag": true})", "3"},
           {"count of (if flag then lines else more)", facts + R"(, "flag": false})", "1"},
           {"(count of (if flag then lines else more)) >= 2", facts + "}", "? missing"},
           {"(sum of points in (if flag then lines else more)) >= 7", facts + "}", "? missing"},
           {"some of (if flag then lines else lines) where points = 2", facts + "}", "yes"}});
}

TEST_CASE("a measure may be a window, a list or a choice") {
    const Program program = parse(head + contract + R"(
define looked_at    if flag then trailing 30 days else previous calendar year
define considered   lines
define in_time      count of considered where on in looked_at
define sort_of_all  sort
define is_new       sort_of_all = new
)");
    const Outcome outcome = evaluate(
        program,
        R"({"flag": true, "sort": "new", "lines": [{"date": "2023-02-01"}, {"date": "2022-05-05"}]})");
    CHECK(words(outcome.measures[0].value) == "2023-01-17 to 2023-02-15");
    CHECK(words(outcome.measures[2].value) == "1");
    CHECK(words(outcome.measures[4].value) == "yes");
}

TEST_CASE("lists inside one another, as deep as may be written") {
    int deepest = 0;
    for (int depth = 1; depth <= 80; ++depth) {
        std::string text = "define x\n  ";
        for (int i = 0; i < depth; ++i) {
            text += i == 0 ? "count of lines where " : "some of lines where ";
        }
        const Result<Program> program =
            Program::parse("deep.rung", head + contract + text + "live\n");
        if (!program) {
            break;
        }
        deepest = depth;
        const Outcome outcome = evaluate(*program, R"({"lines": [{"live": true}]})");
        CHECK(words(outcome.measures.front().value) == "1");
    }
    CHECK(deepest >= 8);
    CHECK(deepest <= 64); // beyond it the parser refuses them
}

// ---- what the checker settles ------------------------------------------------------------------

std::string fault_of(const std::string& text) {
    const Result<Program> program = Program::parse("trial.rung", text);
    std::string codes;
    for (const Diagnostic& diagnostic : program.diagnostics) {
        codes += (codes.empty() ? "" : " ") + diagnostic.code;
    }
    return codes;
}

TEST_CASE("what would silently come to nothing is refused") {
    // 38 nines of years are more months than fit.
    const std::string nines(38, '9');
    CHECK(fault_of(head + contract + "define x\n  day + " + nines + " years\n") ==
          "figure-too-large");
    CHECK(fault_of(head + contract + "define x\n  pct + 0." + std::string(37, '0') + "1%\n") ==
          "figure-too-large");
    // Bounds that no figure is between.
    CHECK(fault_of(head + "facts\n  n  whole number  at least 10 at most 5\n") == "out-of-bounds");
    CHECK(fault_of(head + "facts\n  n  percent  at least 10% default 5%\n") == "out-of-bounds");
    CHECK(fault_of(head + "facts\n  n  whole number  at least 5 at most 5 default 5\n").empty());
    // A review cannot look at what it looks at.
    CHECK(fault_of(head + "reviews\n  a  looks at trailing 9 days  can raise\n  b  looks at "
                          "review_period  can raise\n") == "fact-in-review");
}

// ---- rows --------------------------------------------------------------------------------------

const std::string flags = R"(
facts
  a  yes/no
  b  yes/no
  c  yes/no
  d  yes/no
  n  whole number
  m  whole number
)";

/// Facts as "a !b n=3": given, given as no; what is not named is not given.
std::string given(const std::string& text) {
    std::string json;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find(' ', at);
        end = end == std::string::npos ? text.size() : end;
        const std::string word = text.substr(at, end - at);
        at = end + 1;
        if (word.empty()) {
            continue;
        }
        const bool no = word[0] == '!';
        const std::size_t equals = word.find('=');
        const std::string name = no ? word.substr(1) : word.substr(0, equals);
        json += (json.empty() ? "\"" : ", \"") + name + "\": " +
                (equals != std::string::npos ? word.substr(equals + 1)
                 : no                        ? "false"
                                             : "true");
    }
    return "{" + json + "}";
}

std::string word_of(RequirementVerdict verdict) {
    switch (verdict) {
    case RequirementVerdict::met:
        return "met";
    case RequirementVerdict::unmet:
        return "unmet";
    case RequirementVerdict::unknown:
        return "unknown";
    case RequirementVerdict::waived:
        return "waived";
    case RequirementVerdict::not_asked:
        return "not asked";
    }
    return "";
}

const RequirementOutcome& row(const Outcome& outcome, const std::string& id,
                              const std::string& tier) {
    for (const RequirementOutcome& requirement : outcome.requirements) {
        if (requirement.id == id && requirement.tier == tier) {
            return requirement;
        }
    }
    REQUIRE_MESSAGE(false, id);
    return outcome.requirements.front();
}

/// "silver; at least none; none silver"
std::string standing(const Outcome& outcome) {
    const LadderOutcome& ladder = outcome.ladders.front();
    std::string text = ladder.tier.value_or("?") + "; at least " + ladder.at_least + ";";
    for (const std::string& tier : ladder.possible) {
        text += " " + tier;
    }
    return text;
}

const std::string one_tier = "ladder  none < one  climbed one by one\n";

/// A table over one tier: its rows, without the header, which has name, asks, when and the tier.
Program table(const std::string& rows) {
    return parse(head + flags + one_tier +
                 "requirements\n| name | asks | when | one |\n|---|---|---|---|\n" + rows);
}

struct RowTrial {
    std::string facts;
    std::string verdict;
};

void check_row(const std::string& rows, const std::string& id,
               const std::vector<RowTrial>& trials) {
    const Program program = table(rows);
    for (const RowTrial& trial : trials) {
        CAPTURE(rows);
        CAPTURE(trial.facts);
        const Outcome outcome = evaluate(program, given(trial.facts));
        CHECK(word_of(row(outcome, id, "one").verdict) == trial.verdict);
    }
}

TEST_CASE("a row that asks, with `-`, `yes`, a value, and conditions") {
    check_row("| r | a | | yes |\n", "r", {{"a", "met"}, {"!a", "unmet"}, {"", "unknown"}});
    check_row("| r | a | | - |\n", "r",
              {{"a", "not asked"}, {"!a", "not asked"}, {"", "not asked"}});
    check_row("| r | n >= _ | | 3 |\n", "r", {{"n=3", "met"}, {"n=2", "unmet"}, {"", "unknown"}});
    // A false condition un-asks it; an unknown one leaves it met if the ask is met.
    for (const std::string rows : {"| r | a | | yes if b |\n", "| r | a | b | yes |\n"}) {
        check_row(rows, "r",
                  {{"a b", "met"},
                   {"!a b", "unmet"},
                   {"b", "unknown"},
                   {"a !b", "not asked"},
                   {"!a !b", "not asked"},
                   {"!b", "not asked"},
                   {"a", "met"},
                   {"!a", "unknown"},
                   {"", "unknown"}});
    }
    check_row("| r | a | b | yes if c |\n", "r",
              {{"!a b c", "unmet"},
               {"!a !b", "not asked"},
               {"!a !c", "not asked"},
               {"!a b", "unknown"},
               {"!a c", "unknown"},
               {"a b", "met"}});
    check_row(
        "| r | n >= _ | | m + 1 if a |\n", "r",
        {{"a n=3 m=2", "met"}, {"a n=3 m=3", "unmet"}, {"!a", "not asked"}, {"a n=3", "unknown"}});
}

TEST_CASE(
    "`_` that is a yes/no takes the `yes` of its own cell, not what stood in a row before it") {
    check_row("| before | n >= _ | | 3 |\n| r | a = _ | | yes |\n", "r",
              {{"n=9 a", "met"}, {"n=9 !a", "unmet"}, {"a", "met"}, {"", "unknown"}});
}

TEST_CASE("each tier's cell fills `_` for that tier") {
    const Program program = parse(head + flags + R"(
ladder  none < one < two < three  climbed one by one
requirements
| name | asks               | one | two  | three |
|------|--------------------|-----|------|-------|
| r    | n >= _             | 3   | -    | 5     |
| s    | m >= _ or n = _    | 10  | 4    | 100   |
| t    | a                  | yes | yes  | yes   |
)");
    const Outcome outcome = evaluate(program, given("n=4 m=5 a"));
    CHECK(word_of(row(outcome, "r", "one").verdict) == "met");
    CHECK(word_of(row(outcome, "r", "two").verdict) == "not asked");
    CHECK(word_of(row(outcome, "r", "three").verdict) == "unmet");
    CHECK(word_of(row(outcome, "s", "one").verdict) == "unmet");
    CHECK(word_of(row(outcome, "s", "two").verdict) == "met");
    CHECK(word_of(row(outcome, "s", "three").verdict) == "unmet");
}

TEST_CASE("any one of: ways offered, open, met") {
    const std::string ways = "| h   | any one of | | yes |\n"
                             "| h.x | a          | | yes |\n"
                             "| h.y | b          | c | yes |\n"
                             "| h.z | d          | | -   |\n";
    check_row(ways, "h",
              {{"a", "met"},
               {"!a b c", "met"},
               {"!a b !c", "unmet"},
               {"!a !b", "unmet"},
               {"!a b", "unknown"}, // not known whether the way is open
               {"!a c", "unknown"},
               {"!a !b !c d", "unmet"}, // a way that this tier does not have
               {"", "unknown"}});
    check_row(ways, "h.y",
              {{"b c", "met"},
               {"b !c", "unmet"},
               {"b", "unknown"},
               {"!b", "unmet"},
               {"c", "unknown"},
               {"!c", "unmet"}});
    check_row(ways, "h.z", {{"d", "not asked"}});
    // Asked with no way open.
    check_row("| h | any one of | | yes |\n| h.x | a | b | yes |\n| h.y | a | | - |\n", "h",
              {{"a !b", "unmet"}, {"a b", "met"}, {"a", "unknown"}});
    // The head itself may be un-asked.
    check_row("| h | any one of | b | yes |\n| h.x | a | | yes |\n", "h",
              {{"!a !b", "not asked"}, {"!a b", "unmet"}, {"!a", "unknown"}, {"a", "met"}});
    check_row("| h | any one of | | - |\n| h.x | a | | yes |\n", "h", {{"!a", "not asked"}});
    // A way's `yes if`.
    check_row("| h | any one of | | yes |\n| h.x | a | | yes if b |\n", "h",
              {{"a b", "met"}, {"a !b", "unmet"}, {"a", "unknown"}, {"!a", "unmet"}});
}

TEST_CASE("all of: parts that are asked") {
    const std::string parts = "| h   | all of | | yes |\n"
                              "| h.x | a      | | yes |\n"
                              "| h.y | b      | c | yes |\n"
                              "| h.z | d      | | -   |\n";
    check_row(parts, "h",
              {{"a b c", "met"},
               {"a !b !c", "met"},
               {"a !b c", "unmet"},
               {"a !b", "unknown"},
               {"a b", "met"},
               {"!a", "unmet"},
               {"b c", "unknown"}});
    check_row(parts, "h.z", {{"", "not asked"}});
    // With all parts un-asked, the head.
    check_row("| h | all of | | yes |\n| h.x | a | b | yes |\n| h.y | a | | - |\n", "h",
              {{"!a !b", "not asked"}, {"!a b", "unmet"}, {"!a", "unknown"}, {"a", "met"}});
}

TEST_CASE("at least N of") {
    const std::string ways = "| h   | at least 2 of | | yes |\n"
                             "| h.x | a             | | yes |\n"
                             "| h.y | b             | | yes |\n"
                             "| h.z | c             | d | yes |\n";
    check_row(ways, "h",
              {{"a b", "met"},
               {"a !b c d", "met"},
               {"a !b c !d", "unmet"},
               {"a !b c", "unknown"},
               {"a !b !c", "unmet"},
               {"a !b", "unknown"},
               {"!a !b", "unmet"},
               {"a", "unknown"}});
    check_row("| h | at least 2 of | | yes |\n| h.x | a | | yes |\n| h.y | b | | - |\n", "h",
              {{"a b", "unmet"}});
}

TEST_CASE("heads inside heads") {
    const std::string nested = "| h     | any one of | | yes |\n"
                               "| h.x   | all of     | | yes |\n"
                               "| h.x.p | a          | | yes |\n"
                               "| h.x.q | b          | | yes |\n"
                               "| h.y   | at least 1 of | | yes |\n"
                               "| h.y.p | c          | | yes |\n"
                               "| h.y.q | d          | | yes |\n";
    check_row(nested, "h",
              {{"a b", "met"},
               {"a !b !c d", "met"},
               {"a !b !c !d", "unmet"},
               {"a !c !d", "unknown"},
               {"c", "met"},
               {"!a !c", "unknown"}});
    const std::string ways_in_parts = "| h     | all of     | | yes |\n"
                                      "| h.x   | any one of | | yes |\n"
                                      "| h.x.p | a          | | yes |\n"
                                      "| h.x.q | b          | | yes |\n"
                                      "| h.y   | c          | | yes |\n";
    check_row(ways_in_parts, "h",
              {{"a c", "met"},
               {"!a b c", "met"},
               {"!a !b c", "unmet"},
               {"a !c", "unmet"},
               {"!a c", "unknown"}});
}

TEST_CASE("a way all of whose parts may turn out not to be asked is not met yet") {
    const std::string way = "| h     | any one of | | yes |\n"
                            "| h.x   | all of     | | yes |\n"
                            "| h.x.p | a          | b | yes |\n"
                            "| h.x.q | c          | d | yes |\n";
    check_row(way, "h",
              {{"a b", "unknown"},
               {"a b !d", "met"},
               {"a b c", "met"},
               {"a", "unknown"},
               {"a !d", "unknown"}, // without b there would be nothing in this way
               {"a !b !d", "unmet"},
               {"a c", "unknown"},
               {"a c b", "met"},
               {"!b !d", "unmet"}});
    check_row(way, "h.x", {{"a !d", "unknown"}, {"a b !d", "met"}, {"a !b !d", "unmet"}});
    const std::string deeper = "| h       | at least 1 of | | yes |\n"
                               "| h.x     | all of        | | yes |\n"
                               "| h.x.p   | all of        | | yes |\n"
                               "| h.x.p.r | a             | b | yes |\n";
    check_row(deeper, "h",
              {{"a b", "met"}, {"a", "unknown"}, {"a !b", "unmet"}, {"!a !b", "unmet"}});
    // It says what would decide it.
    const Outcome outcome = evaluate(table(way), given("a !d"));
    CHECK(row(outcome, "h", "one").missing == std::vector<std::string>{"/b"});
    CHECK(row(outcome, "h", "one").reason == "missing");
    CHECK(standing(outcome) == "?; at least none; none one");
    CHECK(outcome.decide_next == std::vector<std::string>{"/b"});
    // A head that no way depends on is met either way.
    check_row("| h | all of | | yes |\n| h.x | a | b | yes |\n", "h", {{"a", "met"}});
}

TEST_CASE("parts of a head that is not asked are not asked, in a recording too") {
    const Program program = table("| h | all of | b | yes |\n| h.x | a | | yes |\n");
    const Outcome outcome = evaluate(program, given("a !b"));
    CHECK(word_of(row(outcome, "h", "one").verdict) == "not asked");
    CHECK(word_of(row(outcome, "h.x", "one").verdict) == "not asked");
}

TEST_CASE("what a cell's own figure leaves open is among what is missing") {
    const Program program = table("| r | n >= _ | | m * 2 |\n");
    const Outcome outcome = evaluate(program, given("n=3"));
    CHECK(row(outcome, "r", "one").missing == std::vector<std::string>{"/m"});
    CHECK(outcome.decide_next == std::vector<std::string>{"/m"});
}

TEST_CASE("rows and columns mean what they say, in any order") {
    const std::string facts = given("a !b c n=2");
    const Outcome first = evaluate(table("| h | any one of | | yes |\n| h.x | a | | yes |\n| h.y | "
                                         "b | | yes |\n| r | n >= _ | | 2 |\n"),
                                   facts);
    const Outcome second = evaluate(table("| h.y | b | | yes |\n| r | n >= _ | | 2 |\n| h.x | a | "
                                          "| yes |\n| h | any one of | | yes |\n"),
                                    facts);
    CHECK(standing(first) == "one; at least one; one");
    CHECK(standing(second) == standing(first));
}

// ---- the ladder --------------------------------------------------------------------------------

Program ladder(const std::string& climb) {
    return parse(head + flags + "ladder  none < one < two < three  " + climb + R"(
requirements
| name | asks | one | two | three |
|------|------|-----|-----|-------|
| x    | a    | yes | -   | -     |
| y    | b    | -   | yes | -     |
| z    | c    | -   | -   | yes   |
)");
}

TEST_CASE("climbed one by one: a tier needs its own column and the tier below it") {
    const Program program = ladder("climbed one by one");
    const auto check = [&](const std::string& facts, const std::string& expected) {
        CAPTURE(facts);
        CHECK(standing(evaluate(program, given(facts))) == expected);
    };
    check("a b c", "three; at least three; three");
    check("a b !c", "two; at least two; two");
    check("a !b c", "one; at least one; one");
    check("!a b c", "none; at least none; none");
    check("!a", "none; at least none; none");
    check("a !b", "one; at least one; one");
    check("a b", "?; at least two; two three");
    check("a c !b", "one; at least one; one");
    check("b !c", "?; at least none; none one two");
    check("!b", "?; at least none; none one");
    check("", "?; at least none; none one two three");
}

TEST_CASE("each tier stands alone: the highest tier whose own column is met, with holes") {
    const Program program = ladder("each tier stands alone");
    const auto check = [&](const std::string& facts, const std::string& expected) {
        CAPTURE(facts);
        CHECK(standing(evaluate(program, given(facts))) == expected);
    };
    check("a b c", "three; at least three; three");
    check("!a !b c", "three; at least three; three");
    check("a !b !c", "one; at least one; one");
    check("!a !b !c", "none; at least none; none");
    check("c", "three; at least three; three");
    check("a !b", "?; at least one; one three");
    check("!a !b", "?; at least none; none three");
    check("b", "?; at least two; two three");
    check("a b !c", "two; at least two; two");
    check("!b !c", "?; at least none; none one");
    check("", "?; at least none; none one two three");
}

TEST_CASE("a column that asks nothing is met") {
    const Program program = parse(head + flags + R"(
ladder  none < one < two  climbed one by one
requirements
| name | asks | one | two |
|------|------|-----|-----|
| x    | a    | -   | yes |
)");
    CHECK(standing(evaluate(program, "{}")) == "?; at least one; one two");
    CHECK(standing(evaluate(program, given("!a"))) == "one; at least one; one");
    // A ladder without a table: everything is met.
    const Program bare = parse(head + "ladder  none < one  each tier stands alone\n");
    CHECK(standing(evaluate(bare, "{}")) == "one; at least one; one");
}

// ---- benefits and notices ----------------------------------------------------------------------

Program benefits(const std::string& climb = "climbed one by one") {
    return parse(head + flags + "ladder  none < one < two  " + climb + R"(
requirements
| name | asks | one | two |
|------|------|-----|-----|
| x    | a    | yes | -   |
| y    | b    | -   | yes |
benefits
| name   | needs        | one      | two      |
|--------|--------------|----------|----------|
| free   |              | yes      | yes      |
| upper  |              | -        | yes      |
| needy  | c            | yes      | yes      |
| lower  | c            | yes      | -        |
| if_d   |              | yes if d | yes      |
| both   | c, d         | -        | yes      |
| only   | tier = one   | yes      | yes      |
| upward | tier >= two  | yes      | yes      |
notice at_two "At two"
  when tier = two
notice not_two "Below two, and c"
  when tier < two and c
)");
}

std::string granted(const Outcome& outcome) {
    std::string text;
    for (const BenefitOutcome& benefit : outcome.benefits) {
        const char* const word = benefit.verdict == Granted::granted  ? "granted"
                                 : benefit.verdict == Granted::open   ? "open"
                                 : benefit.verdict == Granted::closed ? "closed"
                                                                      : "unknown";
        text += (text.empty() ? "" : " ") + benefit.id + ":" + word;
    }
    return text;
}

TEST_CASE("benefits at a certain tier") {
    const Program program = benefits();
    CHECK(granted(evaluate(program, given("a b c d"))) ==
          "free:granted upper:granted needy:granted lower:closed if_d:granted both:granted "
          "only:open upward:granted");
    CHECK(granted(evaluate(program, given("a !b c d"))) ==
          "free:granted upper:closed needy:granted lower:granted if_d:granted both:closed "
          "only:granted upward:open");
    CHECK(granted(evaluate(program, given("a !b !c !d"))) ==
          "free:granted upper:closed needy:open lower:open if_d:open both:closed only:granted "
          "upward:open");
    CHECK(granted(evaluate(program, given("a b !c"))) ==
          "free:granted upper:granted needy:open lower:closed if_d:granted both:open only:open "
          "upward:granted");
    CHECK(granted(evaluate(program, given("a b c"))) ==
          "free:granted upper:granted needy:granted lower:closed if_d:granted both:unknown "
          "only:open upward:granted");
    CHECK(granted(evaluate(program, given("!a c d"))) ==
          "free:closed upper:closed needy:closed lower:closed if_d:closed both:closed only:closed "
          "upward:closed");
}

TEST_CASE("benefits under an undecided tier") {
    const Program program = benefits();
    // One or two.
    CHECK(granted(evaluate(program, given("a c d"))) ==
          "free:granted upper:unknown needy:granted lower:unknown if_d:granted both:unknown "
          "only:unknown upward:unknown");
    CHECK(granted(evaluate(program, given("a !c !d"))) ==
          "free:granted upper:unknown needy:open lower:open if_d:unknown both:open only:unknown "
          "upward:unknown");
    // None or one.
    CHECK(granted(evaluate(program, given("!b !c d"))) ==
          "free:unknown upper:closed needy:open lower:open if_d:unknown both:closed only:unknown "
          "upward:open");
    // None or two, in a ladder with holes.
    CHECK(granted(evaluate(benefits("each tier stands alone"), given("!a c d"))) ==
          "free:unknown upper:unknown needy:unknown lower:closed if_d:unknown both:unknown "
          "only:open upward:unknown");
}

TEST_CASE("notices know the tier as far as it is known") {
    const Program program = benefits();
    const auto check = [&](const std::string& facts, const std::string& two,
                           const std::string& below) {
        CAPTURE(facts);
        const Outcome outcome = evaluate(program, given(facts));
        CHECK(word_of(outcome.notices[0].verdict) == two);
        CHECK(word_of(outcome.notices[1].verdict) == below);
    };
    check("a b c", "met", "unmet");
    check("a !b c", "unmet", "met");
    check("a c", "unknown", "unknown");
    check("a !c", "unknown", "unmet");
    check("!b c", "unmet", "met");
    check("!b", "unmet", "unknown");
}

TEST_CASE("a program without a ladder measures, and may open what depends on no tier") {
    const Program program = parse(head + flags + R"(
define twice  n * 2
benefits
| name | needs |
|------|-------|
| open | a     |
| free |       |
notice big "Big"
  when twice > 10
)");
    CHECK(program.tiers().empty());
    Outcome outcome = evaluate(program, given("n=6 !a"));
    CHECK(outcome.ladders.empty());
    CHECK(words(outcome.measures.front().value) == "12");
    CHECK(word_of(outcome.notices.front().verdict) == "met");
    CHECK(granted(outcome) == "open:open free:granted");
    CHECK(granted(evaluate(program, given("a"))) == "open:granted free:granted");
    CHECK(granted(evaluate(program, given(""))) == "open:unknown free:granted");
}

TEST_CASE("the review chooses the review period") {
    const Program program = parse(head + flags + R"(
reviews
  annual  looks at previous calendar year  can raise, can lower
  middle  looks at trailing 30 days        can raise             by program
define period  review_period
)");
    const auto period = [&](const std::string& on, const std::string& review) {
        return words(evaluate(program, "{}", on, review).measures.front().value);
    };
    CHECK(period("2023-02-15", "annual") == "2022-01-01 to 2022-12-31");
    CHECK(period("2023-02-15", "middle") == "2023-01-17 to 2023-02-15");
    CHECK(evaluate(program, "{}", "2023-02-15", "middle").by_program);
}

} // namespace
} // namespace rung::evaluate_test
