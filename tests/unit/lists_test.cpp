// Lists that the rules make: `list of`, `largest 3 of … by`, `groups of … by`, and what is asked of
// them. Figures are worked out by hand; the generated cases at the end hold every form against a plain
// calculation over facts of which all are known.
#include "interpreter/evaluate.hpp"
#include "interpreter/figures.hpp"

#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung::lists_test {
namespace {

using Json = nlohmann::json;

const std::string contract = R"(program    trial
version    2023
effective  2020-01-01 onwards

record part
  size    whole number

record line named by label
  label   text
  kind    one of new, renewal, or other
  points  whole number  at least 0
  weight  whole number
  live    yes/no
  on      date          json "date"
  ends    date or never
  tags    any of x, y
  parts   list of part

facts
  n      whole number  at least 0
  flag   yes/no
  lines  list of line
  more   list of line

)";

Program parse(const std::string& text) {
    Result<Program> program = Program::parse("trial.rung", text);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text(), "\n", text);
    return *program;
}

Outcome evaluate(const Program& program, const std::string& json) {
    const Result<Facts> facts = Facts::read(program, "facts.json", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text(), "\n", json);
    EvaluateOptions options;
    options.on = "2023-02-15";
    Result<Outcome> outcome = rung::evaluate(program, *facts, options);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return *outcome;
}

/// "12", "1..4", "1..", "? missing", "2023-01-01"
std::string words(const Figure& figure) {
    if (figure.state == Figure::State::unknown) {
        return "? " + figure.reason;
    }
    if (figure.state == Figure::State::range) {
        return figure.from + ".." + figure.through;
    }
    std::string text = figure.value;
    for (const std::string& member : figure.members) {
        text += (text.empty() ? "" : " ") + member;
    }
    return text;
}

/// Records written short: `a new 3 live 05-09` is a label, a kind, points, `live` or `dead`, and two days of
/// January 2023; what is `-` is not given. `…` makes the list incomplete.
std::string lines(const std::string& records, const std::string& rest = "") {
    std::string json;
    bool incomplete = false;
    std::size_t at = 0;
    while (at < records.size()) {
        const std::size_t end = std::min(records.find(',', at), records.size());
        std::vector<std::string> words;
        for (std::size_t i = at; i < end;) {
            const std::size_t blank = std::min(records.find(' ', i), end);
            if (blank > i) {
                words.push_back(records.substr(i, blank - i));
            }
            i = blank + 1;
        }
        at = end + 1;
        if (words.size() == 1 && words[0] == "…") {
            incomplete = true;
            continue;
        }
        Json record = Json::object();
        const auto given = [&](std::size_t i) { return i < words.size() && words[i] != "-"; };
        if (given(0)) {
            record["label"] = words[0];
        }
        if (given(1)) {
            record["kind"] = words[1];
        }
        if (given(2)) {
            record["points"] = std::stoi(words[2]);
        }
        if (given(3)) {
            record["live"] = words[3] == "live";
        }
        if (given(4)) {
            const auto day = [](const std::string& d) { return d == "never" ? d : "2023-01-" + d; };
            const std::size_t dash = words[4].find('-');
            if (dash > 0) {
                record["date"] = day(words[4].substr(0, dash));
            }
            if (dash + 1 < words[4].size()) {
                record["ends"] = day(words[4].substr(dash + 1));
            }
        }
        json += (json.empty() ? "" : ", ") + record.dump();
    }
    json = R"("lines": [)" + json + "]" + rest;
    return incomplete ? R"({"facts": {)" + json + R"(}, "incomplete": ["/lines"]})"
                      : "{" + json + "}";
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
        const Program program = parse(contract + "define result\n  " + trial.expression + "\n");
        CHECK(words(evaluate(program, trial.facts).measures.front().value) == trial.result);
    }
}

TEST_CASE("a list of those that satisfy a condition") {
    const std::string live = "(list of lines where live)";
    const std::string known = lines("a new 3 live, b new 5 dead, c renewal 7 live");
    const std::string unclear = lines("a new 3 live, b new 5 -, c renewal 7 dead");
    check({{"count of " + live, known, "2"},
           {"sum of points in " + live, known, "10"},
           {"sum of points in " + live + " where kind = new", known, "3"},
           {"largest of points in " + live, known, "7"},
           {"smallest of points in " + live, known, "3"},
           {"average of points in " + live, known, "5"},
           {"median of points in " + live, known, "5"},
           {"count of distinct kind in " + live, known, "2"},
           {"some of " + live + " where points > 7", known, "no"},
           {"none of " + live + " where kind = renewal", known, "no"},
           {"each of " + live + " satisfies points != 5", known, "yes"},
           {"count of (list of lines)", known, "3"},
           {"count of (list of lines where no)", known, "0"},
           {"sum of points in (list of (list of lines where live) where points > 3)", known, "7"},
           {"count of list of list of lines where live", known, "2"},
           {"count of " + live, unclear, "1..2"},
           {"sum of points in " + live, unclear, "3..8"},
           {"largest of points in " + live, unclear, "3..5"},
           {"smallest of points in " + live, unclear, "3"},
           {"average of points in " + live, unclear, "3..5"},
           {"median of points in " + live, unclear, "3..5"},
           {"some of " + live + " where points = 5", unclear, "? missing"},
           {"some of " + live + " where points = 3", unclear, "yes"},
           {"each of " + live + " satisfies points < 5", unclear, "? missing"},
           {"each of " + live + " satisfies points < 7", unclear, "yes"},
           {"count of " + live + " where points > 5", unclear, "0"},
           {"count of distinct points in " + live, unclear, "1..2"},
           {"count of (list of " + live + " where points > 3)", unclear, "0..1"},
           {"count of " + live, lines("a new 3 live, …"), "1.."},
           {"count of (list of " + live + " where points < 0)", lines("a new 3 live, …"), "0"},
           {"sum of points in " + live, "{}", "0.."},
           {"count of " + live, "{}", "0.."},
           {"(largest of points in " + live + ") otherwise 0", lines("b new 5 dead"), "0"},
           {"(largest of points in " + live + ") otherwise 0", lines("b new 5 -"), "0..5"}});
}

TEST_CASE("a list in a record, and a list made of it") {
    const std::string facts =
        R"({"lines": [{"label": "a", "parts": [{"size": 1}, {"size": 4}, {}]},
                      {"label": "b", "parts": []}, {"label": "c", "parts": [{"size": 9}]}]})";
    check({{"sum of (count of (list of parts where size > 3)) in lines", facts, "2..3"},
           {"count of lines where some of (list of parts where size > 8)", facts, "1..2"},
           {"count of (list of lines where some of (list of parts where size > 3))", facts, "2"},
           {"sum of (sum of size in (largest 1 of parts by size)) in lines where label != \"a\"",
            facts, "9"}});
}

TEST_CASE("one of two lists, of which it is not known which") {
    const std::string facts = lines("a new 3 live, b new 5 live, c renewal 7 dead",
                                    R"(, "more": [{"label": "m", "points": 20}])");
    const std::string either =
        "(if flag then (list of lines where live) else (list of lines where points > 4))";
    // Live are a and b, above 4 are b and c: b is in both.
    check({{"count of " + either, facts, "1..3"},
           {"sum of points in " + either, facts, "5..15"},
           {"some of " + either + " where points = 5", facts, "yes"},
           {"some of " + either + " where points = 3", facts, "? missing"},
           {"count of (if flag then lines else more)", facts, "0..4"},
           {"sum of points in (if flag then lines else lines)", facts, "15"}});
}

TEST_CASE("the largest and the smallest by a figure or a date") {
    const std::string top = "sum of points in (largest 2 of lines by points)";
    const std::string live = "sum of points in (largest 2 of lines where live by points)";
    const std::string low = "sum of points in (smallest 2 of lines by points)";
    const std::string known =
        lines("a new 3 live 05-09, b new 5 dead 02-04, c new 7 live 09-never");
    check({{top, known, "12"},
           {live, known, "10"},
           {low, known, "8"},
           {"count of (largest 2 of lines by points)", lines(""), "0"},
           {"count of (largest 9 of lines by points)", known, "3"},
           {"count of (largest 0 of lines by points)", known, "0"},
           {"count of (largest (0 - 1) of lines by points)", known, "0"},
           {"count of (largest (n) of lines by points)", lines("a new 3, b new 4", R"(, "n": 1)"),
            "1"},
           // How many is not known: none, or any number of them.
           {"count of (largest (n) of lines by points)", lines("a new 3, b new 4"), "0..2"},
           {"sum of points in (largest (n but at least 1) of lines by points)",
            lines("a new 3, b new 4"), "4..7"},
           {"sum of points in (smallest 1 of lines by on)", known, "5"},
           {"sum of points in (largest 1 of lines by on)", known, "7"},
           {"sum of points in (largest 1 of lines by ends)", known, "7"},
           {"sum of points in (smallest 1 of lines by ends)", known, "5"},
           {"sum of points in (largest 1 of lines as l where l.live by l.points)", known, "7"},
           // b is not known: 3 and 7, or 7 and more, or 7 and what lies between.
           {top, lines("a new 3, b new -, c new 7"), "7.."},
           {"count of (largest 2 of lines by points) where label = \"c\"",
            lines("a new 3, b new -, c new 7"), "1"},
           {"count of (largest 2 of lines by points) where label = \"a\"",
            lines("a new 3, b new -, c new 7"), "0..1"},
           {"count of (largest 1 of lines by points) where label = \"a\"",
            lines("a new 3, b new -, c new 7"), "0"},
           {live, lines("a new 3 live, b new 5 -, c new 7 live"), "7..15"},
           {"some of (largest 2 of lines where live by points) where label = \"c\"",
            lines("a new 3 live, b new 5 -, c new 7 live"), "yes"},
           {"count of (largest 1 of lines by points)", lines("a new 3, …"), "0.."},
           {"some of (largest 1 of lines by 0 - points) where points = 0", lines("a new 0, …"),
            "? incomplete"},
           // What has no rank may be anywhere.
           {"count of (largest 1 of lines by points / weight) where label = \"a\"",
            R"({"lines": [{"label": "a", "points": 1, "weight": 0},
                          {"label": "b", "points": 1, "weight": 1}]})",
            "0..1"}});
}

TEST_CASE("ties go by the content of the records, whatever their order") {
    const std::string first = "value of label in (largest 1 of lines by points)";
    const std::string parts = "sum of (sum of size in parts) in (largest 1 of lines by points)";
    check({{first, lines("b new 5, a new 5, c new 4"), "a"},
           {first, lines("c new 4, a new 5, b new 5"), "a"},
           {first, lines("a new 5 live, a new 5 live"), "? missing"}, // other cells are not given
           {"sum of points in (largest 1 of lines by points)", lines("- new 5, - new 5"), "0..10"},
           {parts,
            R"({"lines": [{"points": 1, "label": "a", "kind": "new", "weight": 1, "live": true,
                  "date": "2023-01-01", "ends": "never", "tags": [], "parts": [{"size": 2}, {"size": 1}]},
                 {"points": 1, "label": "a", "kind": "new", "weight": 1, "live": true,
                  "date": "2023-01-01", "ends": "never", "tags": [], "parts": [{"size": 1}, {"size": 3}]}]})",
            "3"},
           {parts,
            R"({"lines": [{"points": 1, "label": "a", "kind": "new", "weight": 1, "live": true,
                  "date": "2023-01-01", "ends": "never", "tags": [], "parts": [{"size": 3}, {"size": 1}]},
                 {"points": 1, "label": "a", "kind": "new", "weight": 1, "live": true,
                  "date": "2023-01-01", "ends": "never", "tags": [], "parts": [{"size": 1}, {"size": 2}]}]})",
            "3"}});
}

TEST_CASE("the value of the only record there") {
    check({{"value of points in lines", lines("a new 3"), "3"},
           {"value of points in lines", lines(""), "? empty"},
           {"value of points in lines", lines("a new 3, b new 3"), "3"},
           {"value of points in lines", lines("a new 3, b new 4"), "? several"},
           {"(value of points in lines) otherwise 9", lines("a new 3, b new 4"), "9"},
           {"(value of points in lines) otherwise 9", lines(""), "9"},
           {"(value of points in lines) otherwise 9", "{}", "0.."},
           {"value of points in lines", lines("a new -"), "0.."},
           {"value of points in lines", lines("a new 3, b new -"), "? missing"},
           {"(value of points in lines) otherwise 7", lines("a new 3, b new -"), "3..7"},
           {"value of points in lines where live", lines("a new 3 -"), "? missing"},
           {"(value of points in lines where live) otherwise 5", lines("a new 3 -"), "3..5"},
           {"(value of points in lines where live) otherwise 5", lines("a new 3 live, b new 3 -"),
            "3"},
           {"(value of points in lines where live) otherwise 5", lines("a new 3 live, b new 4 -"),
            "3..5"},
           {"value of points in lines where live", lines("a new 3 live, b new 4 live, c new 3 -"),
            "? several"},
           {"value of label in lines", lines("a new 3"), "a"},
           {"value of kind in lines", lines("a new 3"), "new"},
           {"value of kind in lines = new", lines("a new 3"), "yes"},
           {"value of kind in lines = new", lines("a new 3, b renewal 4"), "? several"},
           {"(value of kind in lines) in (new, renewal)", lines(""), "? empty"},
           // Two kinds that are not listed may be one or two.
           {"value of kind in lines = new", lines("a u 3, b u 4"), "? several"},
           {"value of on in lines", lines("a new 3 live 05-09"), "2023-01-05"},
           {"value of ends in lines", lines("a new 3 live 05-never"), "never"},
           {"value of live in lines", lines("a new 3 live"), "yes"},
           {"value of live in lines", lines(""), "? empty"},
           {"not (value of live in lines)", lines(""), "? empty"},
           {"(value of live in lines) otherwise no", lines(""), "no"},
           {"flag or (value of live in lines)", lines("", R"(, "flag": true)"), "yes"},
           {"(if flag then (value of live in lines) else yes) and yes", lines(""), "? empty"},
           {"value of tags in lines", R"({"lines": [{"tags": ["x"]}]})", "x"},
           {"value of tags in lines include y", R"({"lines": [{"tags": ["x"]}]})", "no"},
           {"value of tags in lines include x", lines(""), "? empty"}});
}

TEST_CASE("percentiles by nearest rank") {
    const std::string five = lines("a new 50, b new 15, c new 40, d new 20, e new 35");
    // The worked example of nearest rank: 15 20 35 40 50.
    check({{"percentile 5 of points in lines", five, "15"},
           {"percentile 30 of points in lines", five, "20"},
           {"percentile 40 of points in lines", five, "20"},
           {"percentile 50 of points in lines", five, "35"},
           {"percentile 100 of points in lines", five, "50"},
           {"percentile 1 of points in lines", lines("a new 7"), "7"},
           {"percentile 90 of points in lines", lines(""), "? empty"},
           {"(percentile 90 of points in lines) otherwise 1", lines(""), "1"},
           {"percentile 50 of points in lines", lines("a new 1, b new 5, c new -"), "1..5"},
           {"percentile 60 of points in lines", lines("a new 1, b new 5, c new -"), "1..5"},
           {"percentile 100 of points in lines", lines("a new 1, b new 5, c new -"), "5.."},
           {"percentile 50 of points in lines where live", lines("a new 1 live, b new 5 -"),
            "1..5"}});
}

TEST_CASE("days covered") {
    const std::string january = " in lines within from 2023-01-01 through 2023-01-31";
    const std::string through = "days covered from on through ends" + january;
    const std::string until = "days covered from on until ends" + january;
    check({{through, lines("a new 1 live 01-05, b new 1 live 04-08, c new 1 live 20-20"), "9"},
           {until, lines("a new 1 live 01-05, b new 1 live 04-08, c new 1 live 20-20"), "7"},
           {through, lines(""), "0"},
           {through, lines("a new 1 live 09-05"), "0"},
           {through, lines("a new 1 live 30-never"), "2"},
           {through + " where live", lines("a new 1 live 01-05, b new 1 dead 04-08"), "5"},
           {through + " where live", lines("a new 1 live 01-05, b new 1 - 04-08"), "5..8"},
           {through, lines("a new 1 live 01-, b new 1 live 04-08"), "5..31"},
           {through, lines("a new 1 live -05, b new 1 live 04-08"), "5..8"},
           {through, lines("a new 1 live 01-05, …"), "5..31"},
           {through, "{}", "0..31"},
           {through + " where no", "{}", "0"},
           {"days covered from on through ends in lines within trailing 31 days",
            lines("a new 1 live 01-20"), "5"}, // from 2023-01-16
           {"days covered from on through ends in lines as l within (from 2023-01-05 through "
            "2023-01-06) where l.live",
            lines("a new 1 live 01-20"), "2"},
           {"(days covered from on through ends" + january + ") >= 9 days",
            lines("a new 1 live 01-05, b new 1 live 04-09"), "yes"},
           {"days covered from on through ends in lines within from 2023-01-01 through "
            "(largest of ends in lines)",
            lines("a new 1 live 01-never"), "? overflow"}});
}

TEST_CASE("groups") {
    const std::string by_kind = "groups of lines by kind as g";
    const std::string known =
        lines("a new 3 live, b new 5 dead, c renewal 7 dead, d renewal 1 dead");
    check(
        {{"count of groups of lines by kind", known, "2"},
         {"count of groups of lines by label", known, "4"},
         {"count of groups of lines by label", lines(""), "0"},
         {"count of (" + by_kind + " where (sum of points in g) >= 8)", known, "2"},
         {"count of (" + by_kind + " where (sum of points in g) > 8)", known, "0"},
         {"count of " + by_kind + " where (some of g where live)", known, "1"},
         {"count of " + by_kind + " where g.kind = new", known, "1"},
         {"sum of (smallest of points in g) in (" + by_kind + ")", known, "4"},
         {"sum of (largest of points in g) in (" + by_kind + " where g.kind = renewal)", known,
          "7"},
         {"each of " + by_kind + " where (count of g) >= 2 satisfies some of g where points > 4",
          known, "yes"},
         {"each of " + by_kind + " where (count of g) >= 2 satisfies some of g where live", known,
          "no"},
         {"count of (groups of lines by points * 0 as g where g.key = 0)", known, "1"},
         {"count of groups of (list of lines where live) by kind", known, "1"},
         {"sum of (value of points in (largest 1 of g by points)) in (" + by_kind + ")", known,
          "12"},
         {"value of g.kind in (largest 1 of (" + by_kind + ") by (sum of (points * points) in g))",
          known, "renewal"},
         {"count of (largest 1 of (" + by_kind + ") by (sum of points in g))", known, "1"},
         {"largest of (count of g) in (groups of lines by live as g)", known, "3"},
         // The groups of one group, and the groups of groups.
         {"sum of (count of (groups of g by live as h where (count of h) = 1)) in (" + by_kind +
              ")",
          known, "2"},
         {"count of (groups of (" + by_kind + ") by (count of g) as h where (count of h) = 2)",
          known, "1"},
         // b may be new, a renewal, or a kind of its own.
         {"count of " + by_kind, lines("a new 3, b - 5, c renewal 7"), "2..3"},
         {"count of (" + by_kind + " where (sum of points in g) >= 8)",
          lines("a new 3, b - 5, c renewal 7"), "0..2"},
         {"some of " + by_kind + " where (sum of points in g) >= 7",
          lines("a new 3, b - 5, c renewal 7"), "yes"},
         {"each of " + by_kind + " satisfies (sum of points in g) <= 12",
          lines("a new 3, b - 5, c renewal 7"), "yes"},
         {"count of " + by_kind, lines("a - 3"), "1"},
         {"sum of (sum of points in g) in (" + by_kind + ")", lines("a - 3"), "3"},
         {"count of " + by_kind, lines("a - 3, b - 4"), "1..2"},
         // Two kinds that are not listed may be one or two, and neither is new.
         {"count of " + by_kind, lines("a u 3, b v 4, c new 5"), "2..3"},
         {"count of (" + by_kind + " where g.kind = new)", lines("a u 3, b v 4, c new 5"), "1"},
         {"sum of (sum of points in g) in (" + by_kind + " where g.kind = new)",
          lines("a u 3, b v 4, c new 5"), "5"},
         {"count of groups of (list of lines where live) by kind", lines("a new 3 -, b new 4 live"),
          "1"},
         {"count of groups of (list of lines where live) by kind", lines("a new 3 -"), "0..1"},
         // c is live or not, and both are there already.
         {"count of groups of lines by live", lines("a new 3 live, b new 4 dead, c new 5"), "2"},
         {"count of groups of lines by live", lines("a new 3 live, c new 5"), "1..2"},
         {"count of " + by_kind, lines("a new 3, …"), "1.."},
         {"count of " + by_kind, "{}", "0.."},
         {"some of " + by_kind + " where (sum of points in g) >= 3", lines("a new 3, …"), "yes"},
         {"each of " + by_kind + " satisfies (sum of points in g) < 4", lines("a new 3, …"),
          "? incomplete"},
         {"count of groups of lines by points / weight",
          R"({"lines": [{"points": 1, "weight": 0}, {"points": 1, "weight": 1}]})", "1..2"}});
}

TEST_CASE("many records of unknown key") {
    std::string records = "a new 1";
    for (int i = 0; i < 60; ++i) {
        records += ", b - 1";
    }
    check({{"count of groups of lines by kind", lines(records), "1.."},
           {"some of groups of lines by kind as g where (count of g) >= 1", lines(records), "yes"},
           {"each of groups of lines by kind as g satisfies (sum of points in g) < 2",
            lines(records), "? missing"}});
}

TEST_CASE("a measure is a list, and explanations name the records that counted") {
    const Program program = parse(R"(program    trial
version    2023
effective  2020-01-01 onwards
ladder     none "None" < gold "Gold"
           each tier stands alone
record line "Line" named by label
  label   text
  points  whole number
  kind    one of new, renewal
  on      date           json "date"
  live    yes/no
facts
  lines  list of line
define recent "Recent lines"  list of lines where live and on in calendar year 2023
define best   "Best lines"    largest 1 of recent by points
define kinds  "Kinds"         groups of lines by kind as g
requirements
| name  | label    | asks                                                 | gold |
|-------|----------|------------------------------------------------------|------|
| total | "Points" | (sum of points in recent) >= _                       | 5    |
| best  | "Best"   | (sum of points in best) >= _                         | 5    |
| kinds | "Kinds"  | (count of kinds as k where (count of k) >= 2) >= _   | 2    |
| some  | "Some"   | each of groups of (list of lines where points < 9) by kind as g where g.kind = new satisfies some of g where live | yes |
)");
    const Outcome outcome = evaluate(program, R"({"lines": [
        {"label": "a", "points": 3, "live": true, "date": "2023-01-05", "kind": "new"},
        {"label": "b", "points": 5, "live": true, "date": "2022-12-31", "kind": "new"},
        {"label": "c", "points": 7, "date": "2023-01-31", "kind": "renewal"}]})");
    const Outcome in_doubt = evaluate(program, R"({"lines": [
        {"label": "a", "points": 3, "live": false, "date": "2023-01-05", "kind": "new"},
        {"label": "b", "live": true, "date": "2022-12-31", "kind": "new"}]})");
    const auto names = [](const std::vector<RecordNote>& notes) {
        std::string text;
        for (const RecordNote& note : notes) {
            text += note.label + note.pointer + " ";
        }
        return text;
    };
    const auto joined = [](const std::vector<std::string>& pointers) {
        std::string text;
        for (const std::string& pointer : pointers) {
            text += pointer + " ";
        }
        return text;
    };
    const Condition& total = outcome.requirements[0].conditions[0];
    CHECK(names(total.counted) == "a/lines/0 ");
    CHECK(names(total.near) == "b/lines/1 ");
    CHECK(names(total.unclear) == "c/lines/2 ");
    CHECK(total.unclear[0].fails.size() == 1);
    CHECK(total.near[0].fails[0].days_before == 1);
    CHECK(joined(total.missing) == "/lines/2/live ");
    REQUIRE(total.window);
    CHECK(total.window->from == "2023-01-01");
    CHECK(total.records == 3);
    CHECK(words(total.actual) == "3..10");
    const Condition& best = outcome.requirements[1].conditions[0];
    CHECK(names(best.unclear) == "a/lines/0 c/lines/2 ");
    CHECK(joined(best.missing) == "/lines/2/live ");
    const Condition& kinds = outcome.requirements[2].conditions[0];
    CHECK(names(kinds.counted) == "new/lines/0 ");
    CHECK(names(kinds.near) == "renewal/lines/2 ");
    CHECK(outcome.measures[0].value.state == Figure::State::absent);
    // The group of new ones is there for certain, and not all that it holds.
    CHECK(in_doubt.requirements[3].verdict == RequirementVerdict::unknown);
    CHECK(joined(in_doubt.requirements[3].missing) == "/lines/1/points ");
}

// ---- generated cases -------------------------------------------------------------------------------

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    int from(int low, int high) {
        return low + static_cast<int>(engine_() % static_cast<unsigned>(high - low + 1));
    }
    bool one_in(int count) { return from(1, count) == 1; }

private:
    std::mt19937 engine_;
};

constexpr int never = 1'000'000;

int day_of(const Json& text) {
    return text == "never" ? never : std::stoi(text.get<std::string>().substr(8));
}

using Rows = std::vector<Json>;
/// A figure, a truth (0 or 1), or a kind by its place; nothing where the rules have no value.
using Answer = std::optional<int>;
using Meaning = std::function<Answer(const Rows&, const Json&)>;

int kind_of(const Json& row) { return row["kind"] == "new" ? 0 : row["kind"] == "renewal" ? 1 : 2; }

/// Before another in the order of all its cells, as the record declares them.
bool before(const Json& a, const Json& b) {
    const auto key = [](const Json& row) {
        return std::tuple(row["label"].get<std::string>(), kind_of(row), row["points"].get<int>(),
                          row["weight"].get<int>(), row["live"].get<bool>(), day_of(row["date"]),
                          day_of(row["ends"]));
    };
    return key(a) < key(b);
}

Rows with(const Rows& rows, const std::function<bool(const Json&)>& condition) {
    Rows some;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(some), condition);
    return some;
}
bool live(const Json& row) { return row["live"]; }
int points(const Json& row) { return row["points"]; }
int weight(const Json& row) { return row["weight"]; }
int total(const Rows& rows, int (*figure)(const Json&)) {
    int sum = 0;
    for (const Json& row : rows) {
        sum += figure(row);
    }
    return sum;
}
Rows first(Rows rows, int count, const std::function<int(const Json&)>& rank) {
    std::sort(rows.begin(), rows.end(), [&](const Json& a, const Json& b) {
        return rank(a) != rank(b) ? rank(a) < rank(b) : before(a, b);
    });
    rows.resize(std::min(rows.size(), static_cast<std::size_t>(std::max(count, 0))));
    return rows;
}
std::map<std::string, Rows> groups(const Rows& rows, const std::string& key) {
    std::map<std::string, Rows> found;
    for (const Json& row : rows) {
        found[row[key].dump()].push_back(row);
    }
    return found;
}
int days_covered(const Rows& rows, int before_end) {
    std::set<int> days;
    for (const Json& row : rows) {
        for (int day = day_of(row["date"]); day <= std::min(day_of(row["ends"]) - before_end, 20);
             ++day) {
            if (day >= 5) {
                days.insert(day);
            }
        }
    }
    return static_cast<int>(days.size());
}
int size_of(const Rows& rows) { return static_cast<int>(rows.size()); }

struct Form {
    std::string text;
    Meaning meaning;
};

const std::vector<Form>& forms() {
    static const std::vector<Form> all{
        {"count of (list of lines where live)",
         [](const Rows& r, const Json&) { return size_of(with(r, live)); }},
        {"sum of weight in (list of (list of lines where live) where points > 1)",
         [](const Rows& r, const Json&) {
             return total(with(with(r, live), [](const Json& x) { return points(x) > 1; }), weight);
         }},
        {"sum of weight in (largest 2 of lines by points)",
         [](const Rows& r, const Json&) {
             return total(first(r, 2, [](const Json& x) { return -points(x); }), weight);
         }},
        {"sum of weight in (smallest 2 of lines where live by points)",
         [](const Rows& r, const Json&) { return total(first(with(r, live), 2, points), weight); }},
        {"sum of weight in (largest (n) of lines by ends)",
         [](const Rows& r, const Json& facts) {
             return total(first(r, facts["n"], [](const Json& x) { return -day_of(x["ends"]); }),
                          weight);
         }},
        {"value of kind in (largest 1 of lines where live by points)",
         [](const Rows& r, const Json&) -> Answer {
             const Rows top = first(with(r, live), 1, [](const Json& x) { return -points(x); });
             return top.empty() ? Answer() : kind_of(top[0]);
         }},
        {"value of points in lines where live",
         [](const Rows& r, const Json&) -> Answer {
             const Rows some = with(r, live);
             const bool one = !some.empty() && std::all_of(some.begin(), some.end(), [&](auto& x) {
                 return points(x) == points(some[0]);
             });
             return one ? Answer(points(some[0])) : Answer();
         }},
        {"percentile 40 of points in lines where live",
         [](const Rows& r, const Json&) -> Answer {
             const Rows some = first(with(r, live), 99, points);
             for (int i = 0; i < size_of(some); ++i) {
                 if ((i + 1) * 100 >= 40 * size_of(some)) {
                     return points(some[static_cast<std::size_t>(i)]);
                 }
             }
             return Answer();
         }},
        {"days covered from on through ends in lines within from 2023-01-05 through 2023-01-20 "
         "where live",
         [](const Rows& r, const Json&) { return days_covered(with(r, live), 0); }},
        {"days covered from on until ends in lines within from 2023-01-05 through 2023-01-20",
         [](const Rows& r, const Json&) { return days_covered(r, 1); }},
        {"count of groups of lines by label",
         [](const Rows& r, const Json&) { return static_cast<int>(groups(r, "label").size()); }},
        {"count of (groups of (list of lines where live) by kind as g where (sum of points in g) "
         ">= "
         "3)",
         [](const Rows& r, const Json&) {
             int count = 0;
             for (const auto& [key, rows] : groups(with(r, live), "kind")) {
                 count += total(rows, points) >= 3 ? 1 : 0;
             }
             return count;
         }},
        {"sum of (largest of points in g) in (groups of lines by label as g)",
         [](const Rows& r, const Json&) {
             int sum = 0;
             for (const auto& [key, rows] : groups(r, "label")) {
                 sum += points(first(rows, 1, [](const Json& x) { return -points(x); })[0]);
             }
             return sum;
         }},
        {"sum of (count of g) in (largest 1 of (groups of lines by label as g) by (sum of points "
         "in "
         "g))",
         [](const Rows& r, const Json&) {
             int best = -1;
             int size = 0;
             for (const auto& [key, rows] : groups(r, "label")) { // the lower key first
                 if (total(rows, points) > best) {
                     best = total(rows, points);
                     size = size_of(rows);
                 }
             }
             return size;
         }},
        {"largest of (sum of weight in g) in (groups of lines by live as g where some of g where "
         "points > 1)",
         [](const Rows& r, const Json&) {
             Answer best;
             for (const auto& [key, rows] : groups(r, "live")) {
                 if (!with(rows, [](const Json& x) { return points(x) > 1; }).empty()) {
                     best = std::max(best.value_or(-100), total(rows, weight));
                 }
             }
             return best;
         }},
        {"count of (groups of (groups of lines by label as g) by (count of g) as h where (count of "
         "h) "
         "= 1)",
         [](const Rows& r, const Json&) {
             std::map<int, int> sizes;
             for (const auto& [key, rows] : groups(r, "label")) {
                 ++sizes[size_of(rows)];
             }
             return static_cast<int>(std::count_if(sizes.begin(), sizes.end(),
                                                   [](const auto& s) { return s.second == 1; }));
         }},
        {"if (each of groups of lines by label as g where (sum of points in g) >= 3 satisfies some "
         "of g where live) then 1 else 0",
         [](const Rows& r, const Json&) {
             for (const auto& [key, rows] : groups(r, "label")) {
                 if (total(rows, points) >= 3 && with(rows, live).empty()) {
                     return 0;
                 }
             }
             return 1;
         }},
        {"sum of weight in (if flag then (list of lines where live) else (largest 2 of lines by "
         "points))",
         [](const Rows& r, const Json& facts) {
             return total(facts["flag"] ? with(r, live)
                                        : first(r, 2, [](const Json& x) { return -points(x); }),
                          weight);
         }},
    };
    return all;
}

Json some_record(Dice& dice) {
    const auto text = [](int day) {
        return std::string("2023-01-") + (day < 10 ? "0" : "") + std::to_string(day);
    };
    Json row;
    row["label"] = std::string(1, static_cast<char>('a' + dice.from(0, 1)));
    row["kind"] = std::vector<std::string>{"new", "renewal", "u",
                                           "v"}[static_cast<std::size_t>(dice.from(0, 3))];
    row["points"] = dice.from(0, 3);
    row["weight"] = dice.from(-2, 3);
    row["live"] = dice.one_in(2);
    row["date"] = text(dice.from(1, 22));
    row["ends"] = dice.one_in(5) ? "never" : text(dice.from(1, 28));
    row["tags"] = Json::array();
    row["parts"] = Json::array();
    return row;
}

Json completed(Json facts, Dice& dice, bool may_hold_more) {
    for (Json& row : facts["lines"]) {
        const Json whole = some_record(dice);
        for (const auto& [name, value] : whole.items()) {
            if (!row.contains(name)) {
                row[name] = value;
            }
        }
    }
    for (int more = may_hold_more ? dice.from(0, 2) : 0; more > 0; --more) {
        facts["lines"].push_back(some_record(dice));
    }
    if (!facts.contains("n")) {
        facts["n"] = dice.from(0, 3);
    }
    if (!facts.contains("flag")) {
        facts["flag"] = dice.one_in(2);
    }
    return facts;
}

int kind_named(const std::string& name) { return name == "new" ? 0 : name == "renewal" ? 1 : 2; }

/// Whether a figure may turn out as the answer.
bool allows(const Figure& figure, const Answer& answer) {
    if (figure.state == Figure::State::unknown || !answer) {
        // A range may be all that it could be, if it is anything.
        return figure.state != Figure::State::known;
    }
    if (figure.state == Figure::State::range) {
        return (figure.from.empty() || std::stoi(figure.from) <= *answer) &&
               (figure.through.empty() || *answer <= std::stoi(figure.through));
    }
    return (figure.type == "choice" ? kind_named(figure.value) : std::stoi(figure.value)) ==
           *answer;
}

/// Without the reason, which is that of whichever record comes first.
std::string known(const Figure& figure) {
    return figure.state == Figure::State::unknown ? "?" : words(figure);
}

/// The fast mode makes lists in arrays that it uses again, and has to come to the same.
void check_fast(const Program& program, Evaluator& evaluator, const std::string& json,
                const Outcome& outcome) {
    const Result<Facts> facts = Facts::read(program, "facts.json", json);
    REQUIRE(facts);
    Setting setting;
    setting.on = Date::parse("2023-02-15").value;
    const Verdicts& verdicts = evaluator.evaluate(facts->sheet(), setting);
    for (std::size_t m = 0; m < verdicts.measures.size(); ++m) {
        const Figure figure =
            figure_of(program.model(), verdicts.measures[m], program.model().measures[m].type);
        CHECK(words(figure) == words(outcome.measures[m].value));
    }
}

TEST_CASE("what is certain of partners with missing facts holds however they turn out") {
    std::string text = contract;
    std::size_t count = 0;
    for (const Form& form : forms()) {
        text += "define m" + std::to_string(count++) + "\n  " + form.text + "\n";
    }
    const Program program = parse(text);
    Evaluator evaluator(program.model());
    Dice dice(20230215);
    int exact = 0;
    int ranges = 0;
    for (int round = 0; round < 400; ++round) {
        Json facts;
        facts["lines"] = Json::array();
        for (int i = dice.from(0, 4); i > 0; --i) {
            Json row = some_record(dice);
            const int missing = dice.from(0, 2) == 0 ? 0 : dice.from(0, 3);
            for (int k = 0; k < missing; ++k) {
                const std::vector<std::string> names{"label", "kind", "points", "weight",
                                                     "live",  "date", "ends"};
                row.erase(names[static_cast<std::size_t>(dice.from(0, 6))]);
            }
            facts["lines"].push_back(row);
        }
        if (!dice.one_in(4)) {
            facts["n"] = dice.from(0, 3);
        }
        if (!dice.one_in(3)) {
            facts["flag"] = dice.one_in(2);
        }
        const bool incomplete = dice.one_in(6);
        Json envelope{{"facts", facts}};
        if (incomplete) {
            envelope["incomplete"] = Json::array({"/lines"});
        }
        const Outcome outcome = evaluate(program, envelope.dump());
        check_fast(program, evaluator, envelope.dump(), outcome);

        // The order of the records says nothing.
        std::shuffle(envelope["facts"]["lines"].begin(), envelope["facts"]["lines"].end(),
                     std::mt19937(static_cast<unsigned>(round)));
        const Outcome shuffled = evaluate(program, envelope.dump());
        for (std::size_t m = 0; m < count; ++m) {
            CAPTURE(forms()[m].text);
            CAPTURE(envelope.dump());
            CHECK(known(outcome.measures[m].value) == known(shuffled.measures[m].value));
            exact += outcome.measures[m].value.state == Figure::State::known ? 1 : 0;
            ranges += outcome.measures[m].value.state == Figure::State::range ? 1 : 0;
        }
        for (int way = 0; way < 8; ++way) {
            const Json whole = completed(facts, dice, incomplete);
            const Outcome known = evaluate(program, whole.dump());
            const Rows rows(whole["lines"].begin(), whole["lines"].end());
            for (std::size_t m = 0; m < count; ++m) {
                CAPTURE(forms()[m].text);
                CAPTURE(facts.dump());
                CAPTURE(whole.dump());
                const Answer answer = forms()[m].meaning(rows, whole);
                const Figure& figure = outcome.measures[m].value;
                CAPTURE(words(figure));
                CAPTURE(words(known.measures[m].value));
                CHECK(allows(figure, answer));
                CHECK(allows(known.measures[m].value, answer));
                // With all facts given, only kinds that are not listed leave a doubt.
                const bool by_kind = forms()[m].text.find("kind") != std::string::npos;
                if (!by_kind && answer) {
                    CHECK(known.measures[m].value.state == Figure::State::known);
                }
            }
        }
    }
    CHECK(exact > 500);
    CHECK(ranges > 500);
}

} // namespace
} // namespace rung::lists_test
