// Lists of plain values, whose items rules call by the name that `as` gives them. Figures are worked out
// by hand.
#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::plain_lists_test {
namespace {

const std::string contract = R"(
program    trial
version    2023
effective  2020-01-01 onwards

record portal named by site
  site     text
  managed  yes/no
  apps     list of text  json "installed"

facts
  portals  list of portal
  names    list of text
  more     list of text
  counts   list of whole number  at least 0
  ratios   list of decimal
  rates    list of percent
  parts    list of share
  amounts  list of money EUR
  days     list of date
  marks    list of yes/no
  flag     yes/no

)";

Outcome evaluate(const std::string& rules, const std::string& json) {
    const Result<Program> program = Program::parse("trial.rung", contract + rules);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text(), "\n", rules);
    const Result<Facts> facts = Facts::read(*program, "facts.json", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    EvaluateOptions options;
    options.on = "2023-02-15";
    Result<Outcome> outcome = rung::evaluate(*program, *facts, options);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return *outcome;
}

std::string words(const Figure& figure) {
    const std::string unit = figure.currency.empty() ? "" : figure.currency + " ";
    return figure.state == Figure::State::unknown ? "? " + figure.reason
           : figure.state == Figure::State::range ? figure.from + ".." + figure.through
                                                  : unit + figure.value;
}

struct Trial {
    std::string expression;
    std::string facts;
    std::string result;
};

void check(const std::vector<Trial>& trials) {
    for (const Trial& trial : trials) {
        CAPTURE(trial.expression);
        CAPTURE(trial.facts);
        const Outcome outcome =
            evaluate("define result\n  " + trial.expression + "\n", trial.facts);
        CHECK(words(outcome.measures.front().value) == trial.result);
    }
}

TEST_CASE("items are counted, summed and compared by their name") {
    const std::string names = R"({"names": ["CRM", "Email", "CRM", "Chat"]})";
    check({
        {"count of names", names, "4"},
        {"some of names", names, "yes"},
        {"none of names", R"({"names": []})", "yes"},
        {R"(count of names as n where n = "CRM")", names, "2"},
        {R"(count of distinct n in names as n)", names, "3"},
        {R"(count of distinct n in names as n where n in ("CRM", "Email"))", names, "2"},
        {R"(each of names as n satisfies n in ("CRM", "Email"))", names, "no"},
        {R"(some of names as n where n = "Phone")", names, "no"},
        {"sum of x in counts as x", R"({"counts": [3, 4, 5]})", "12"},
        {"sum of x * x in counts as x where x > 3", R"({"counts": [3, 4, 5]})", "41"},
        {"average of x in ratios as x", R"({"ratios": [0.5, 1, "1.5"]})", "1"},
        {"largest of x in rates as x", R"({"rates": [12.5, 70]})", "70"},
        {"largest of x in parts as x", R"({"parts": [0.125, 0.7]})", "70"},
        {"median of x in amounts as x", R"({"amounts": [9, 1, 4]})", "EUR 4"},
        {"smallest of d in days as d", R"({"days": ["2023-02-03", "2022-12-31"]})", "2022-12-31"},
        {"count of days as d where d in calendar year 2023",
         R"({"days": ["2023-02-03", "2022-12-31"]})", "1"},
        {"count of marks as m where m", R"({"marks": [true, false, true]})", "2"},
        {"count of marks as m where not m", R"({"marks": [true, false, true]})", "1"},
    });
}

TEST_CASE("lists of plain values stand in records, and beside one another") {
    const std::string portals = R"({"portals": [
        {"site": "a", "managed": true, "installed": ["CRM", "Chat"]},
        {"site": "b", "managed": true, "installed": ["Email", "CRM", "Email"]},
        {"site": "c", "managed": false, "installed": []}], "names": ["Chat", "Phone"]})";
    check({
        {"sum of (count of apps) in portals", portals, "5"},
        {"median of (count of distinct a in apps as a) in portals where managed", portals, "2"},
        {"count of portals where some of apps as a where a = \"Email\"", portals, "1"},
        // Items of one list and of another: Chat is both installed and named.
        {"count of names as n where some of portals where some of apps as a where a = n", portals,
         "1"},
        {"count of portals as p where some of names as n where some of p.apps as a where a = n",
         portals, "1"},
        {"count of (if flag then names else more) as n where n = \"x\"",
         R"({"flag": true, "names": ["x", "x"], "more": ["x"]})", "2"},
        {"count of (if flag then names else more) as n where n = \"x\"",
         R"({"flag": false, "names": ["x", "x"], "more": ["x"]})", "1"},
    });
    const Outcome outcome =
        evaluate("define portal.eligible  count of distinct a in apps as a where a in (\"CRM\", "
                 "\"Email\")\n"
                 "define result  median of eligible in portals where managed\n",
                 portals);
    CHECK(words(outcome.measures.front().value) == "1.5");
}

TEST_CASE("lists that rules make hold plain values, too") {
    const std::string counts = R"({"counts": [3, 9, 4, 9]})";
    check({
        {"sum of x in (largest 2 of counts as c by c) as x", counts, "18"},
        {"sum of x in (smallest 2 of counts as c by c) as x", counts, "7"},
        {"count of (list of counts as c where c > 3)", counts, "3"},
        {"sum of x in (list of counts as c where c > 3) as x", counts, "22"},
        // Grouped by themselves: 9 stands there twice.
        {"count of (groups of counts by c as same)", counts, "3"},
        {"count of (groups of counts by c as same where (count of same) > 1)", counts, "1"},
        {"sum of same.c in (groups of counts by c as same) as same", counts, "16"},
        {"value of x in counts as x", R"({"counts": [3, 3]})", "3"},
        {"percentile 50 of x in counts as x", counts, "4"},
        {"days covered from d through d in days as d within calendar year 2023",
         R"({"days": ["2023-01-01", "2023-01-01", "2022-12-31", "2023-05-01"]})", "2"},
    });
}

TEST_CASE("a list that is not given, or not complete, holds items not known of") {
    const auto open = [](const std::string& list) {
        return R"({"facts": {")" + list.substr(1, list.find(':') - 2) + "\"" +
               list.substr(list.find(':')) + R"(}, "incomplete": ["/)" +
               list.substr(1, list.find(':') - 2) + R"("]})";
    };
    check({
        {"count of names", "{}", "0.."},
        {"count of names as n where n = \"CRM\"", open(R"("names": ["CRM"])"), "1.."},
        {"some of names as n where n = \"CRM\"", open(R"("names": ["CRM"])"), "yes"},
        {"none of names as n where n = \"CRM\"", open(R"("names": ["CRM"])"), "no"},
        {"some of names as n where n = \"CRM\"", open(R"("names": ["Chat"])"), "? incomplete"},
        {"each of names as n satisfies n = \"CRM\"", open(R"("names": ["Chat"])"), "no"},
        {"count of distinct n in names as n", open(R"("names": ["a", "a", "b"])"), "2.."},
        // Counts are bounded from below, ratios are not.
        {"sum of x in counts as x", open(R"("counts": [3, 4])"), "7.."},
        {"sum of x in ratios as x", open(R"("ratios": [3, 4])"), "? incomplete"},
        {"largest of x in counts as x", open(R"("counts": [3, 4])"), "4.."},
    });
    const Outcome outcome =
        evaluate("define result  count of names as n where n = \"CRM\"\n", "{}");
    CHECK(outcome.measures.front().missing == std::vector<std::string>{"/names"});
}

TEST_CASE("an item that does not count is told as it is called") {
    const Outcome outcome = evaluate("ladder none < gold\n climbed one by one\n"
                                     "requirements\n"
                                     "| name | asks | gold |\n"
                                     "| days | (count of days as event_day where event_day in "
                                     "calendar year 2023) >= _ | 2 |\n",
                                     R"({"days": ["2023-02-03", "2022-12-31"]})");
    const Condition& condition = outcome.requirements.at(0).conditions.at(0);
    REQUIRE(condition.near.size() == 1);
    CHECK(condition.near[0].pointer == "/days/1");
    CHECK(condition.near[0].label == "2022-12-31");
    CHECK(condition.near[0].is_date);
    CHECK(condition.near[0].fails.at(0).label == "event day");
    CHECK(condition.near[0].fails.at(0).days_before == 1);
}

} // namespace
} // namespace rung::plain_lists_test
