// References: `item of LIST by KEY`, joined once when facts are read.
#include "tests/unit/values_of.hpp"

#include <algorithm>

namespace rung::references_test {

using namespace trial;

namespace {

const std::string contract = R"(
record owner
  code     whole number
  region   one of north, south
  fee      money             at least $0

record contact
  lead     yes/no

record portal
  id        text
  managed   yes/no           "Managed by us"
  rate      percent          at least 10%
  owner     item of owners by code
  contacts  list of contact

record line named by portal
  portal    item of portals by id   "Portal"
  other     item of portals by id   "Other portal"
  amount    money

record zone
  region    one of north, south
  factor    decimal

facts
  partner   text                     key
  flag      yes/no
  main      item of portals by id    "Main portal"
  home      item of zones by region  "Home zone"
  portals   list of portal           "Portals"
  owners    list of owner            "Owners"
  lines     list of line             "Lines"
  zones     list of zone             "Zones"
)";

// The records come in two orders, and what comes out must be the same.
const std::vector<std::string> portals{
    R"({"id": "a", "managed": true, "rate": 12, "owner": 7, "contacts": [{"lead": true}]})",
    R"({"id": "b", "managed": false, "rate": 20, "owner": 8, "contacts": []})",
    R"({"id": "c", "owner": 9})", R"({"id": "d", "managed": true})"};
const std::string owners =
    R"("owners": [{"code": 7, "region": "north", "fee": 5}, {"code": 8, "region": "south", "fee": 6}])";

std::string facts(const std::string& more, bool backwards = false) {
    std::vector<std::string> all = portals;
    if (backwards) {
        std::reverse(all.begin(), all.end());
    }
    std::string list;
    for (const std::string& portal : all) {
        list += (list.empty() ? "" : ", ") + portal;
    }
    return "{\"portals\": [" + list + "], " + owners + (more.empty() ? "" : ", ") + more + "}";
}

void check_joined(const std::vector<Trial>& trials) {
    for (const Trial& trial : trials) {
        CAPTURE(trial.expression);
        CAPTURE(trial.facts);
        for (const bool backwards : {false, true}) {
            const Figure figure =
                result_of(contract, trial.expression, facts(trial.facts, backwards)).value;
            CHECK(words(figure) == trial.result);
        }
    }
}

TEST_CASE("a field behind a reference is read like the record's own") {
    check_joined(
        {{"main.managed", R"("main": "a")", "yes"},
         {"main.managed", R"("main": "b")", "no"},
         {"main.id", R"("main": "b")", "b"},
         {"main", R"("main": "b")", "b"},
         {"main.rate + 1%", R"("main": "b")", "21"},
         {"main.owner.region = south", R"("main": "b")", "yes"},
         {"main.owner.code", R"("main": "b")", "8"},
         {"main.owner", R"("main": "b")", "8"},
         {"(some of main.contacts where lead)", R"("main": "a")", "yes"},
         {"count of main.contacts", R"("main": "b")", "0"},
         {"count of lines where portal.managed",
          R"("lines": [{"portal": "a"}, {"portal": "b"}, {"portal": "a"}])", "2"},
         {"count of lines as line where line.portal.managed",
          R"("lines": [{"portal": "a"}, {"portal": "b"}, {"portal": "a"}])", "2"},
         {"sum of portal.owner.fee in lines", R"("lines": [{"portal": "a"}, {"portal": "b"}])",
          "11"},
         {"sum of amount * portal.rate in lines",
          R"("lines": [{"portal": "a", "amount": 100}, {"portal": "b", "amount": 10}])", "14"},
         {"count of lines where portal = other",
          R"("lines": [{"portal": "a", "other": "a"}, {"portal": "b", "other": "a"}])", "1"},
         {"count of lines where portal != main",
          R"("main": "a", "lines": [{"portal": "a"}, {"portal": "b"}])", "1"},
         {"count of distinct portal in lines",
          R"("lines": [{"portal": "a"}, {"portal": "b"}, {"portal": "a"}, {"portal": "x"}])", "3"},
         {"count of distinct portal.owner.region in lines",
          R"("lines": [{"portal": "a"}, {"portal": "b"}, {"portal": "a"}])", "2"},
         {"some of portals as p where (some of lines where portal.id = p.id)",
          R"("lines": [{"portal": "a"}])", "yes"},
         {"home.factor", R"("home": "south", "zones": [{"region": "south", "factor": 2.5}])",
          "2.5"}});
}

TEST_CASE("lists that the rules make go through references, too") {
    const std::string lines =
        R"("lines": [{"portal": "a", "amount": 5}, {"portal": "b", "amount": 7},
                     {"portal": "a", "amount": 9}])";
    check_joined(
        {{"count of groups of lines by portal", lines, "2"},
         {"count of (groups of lines by portal as g where g.portal.managed)", lines, "1"},
         {"largest of (sum of amount in g) in (groups of lines by portal as g)", lines, "14"},
         {"largest of (sum of amount in g) in (groups of lines by portal.owner.region as g)", lines,
          "14"},
         {"count of (groups of lines by portal.owner.region as g where g.region = south)", lines,
          "1"},
         {"sum of amount in (largest 1 of lines by portal.owner.fee)", lines, "7"},
         {"sum of amount in (list of lines where portal.managed)", lines, "14"},
         {"value of portal in lines", lines, "? several"},
         {"value of portal in (list of lines where portal.managed)", lines, "a"},
         {"count of (list of main.contacts where lead)", R"("main": "a")", "1"},
         {"(count of (list of main.contacts where lead)) otherwise 0", R"("main": "x")", "0"},
         {"count of groups of lines by portal", R"("lines": [{"portal": "a"}, {}])", "1..2"}});
}

TEST_CASE("a key that no record has leaves the rules without a value") {
    check_joined({{"main.rate", R"("main": "x")", "? no_row"},
                  {"main.managed", R"("main": "x")", "? no_row"},
                  {"main.rate otherwise 5%", R"("main": "x")", "5"},
                  {"main.managed otherwise no", R"("main": "x")", "no"},
                  {"main.rate otherwise 5%", R"("main": "a")", "12"},
                  {"main.owner.region = north", R"("main": "x")", "? no_row"},
                  {"main.owner.fee otherwise $1", R"("main": "c")", "1"},
                  {"main.owner.fee", R"("main": "c")", "? no_row"},
                  {"main = main", R"("main": "x")", "yes"},
                  {"main", R"("main": "x")", "x"},
                  {"(count of main.contacts) otherwise 0", R"("main": "x")", "0"},
                  {"(some of main.contacts where lead) otherwise no", R"("main": "x")", "no"},
                  {"sum of portal.owner.fee in lines", R"("lines": [{"portal": "x"}])", "? no_row"},
                  {"sum of (portal.owner.fee otherwise $1) in lines",
                   R"("lines": [{"portal": "x"}, {"portal": "a"}])", "6"}});
}

TEST_CASE("a record that is not known may be any, or none") {
    check_joined({{"main.managed", "", "? missing"},
                  {"main.rate", "", "10.."},
                  {"main.rate otherwise 5%", "", "5.."},
                  {"main.rate >= 10%", "", "? missing"},
                  {"main.managed", R"("main": "c")", "? missing"},
                  {"main.rate >= 10%", R"("main": "c")", "yes"},
                  {"main.owner.fee", R"("main": "d")", "0.."},
                  {"count of lines where portal.managed",
                   R"("lines": [{"portal": "a"}, {}, {"portal": "c"}, {"portal": "b"}])", "1..3"},
                  {"count of lines where portal = main", R"("lines": [{"portal": "a"}])", "0..1"},
                  {"count of lines where portal = main", R"("main": "a", "lines": [{}])", "0..1"},
                  {"home.factor", R"("home": "south")", "? missing"}});
    // A list that may hold more, and a record without its key, may each have it.
    check(contract,
          {{"main.rate otherwise 5%",
            R"({"facts": {"main": "x", "portals": [{"id": "a"}]}, "incomplete": ["/portals"]})",
            "5.."},
           {"main.rate",
            R"({"facts": {"main": "x", "portals": [{"id": "a"}]}, "incomplete": ["/portals"]})",
            "10.."},
           {"main.managed",
            R"({"facts": {"main": "x", "portals": [{"id": "a"}]}, "incomplete": ["/portals"]})",
            "? incomplete"},
           {"main.managed", R"({"main": "x", "portals": [{"managed": true}]})", "? missing"},
           {"main.managed otherwise no", R"({"main": "x", "portals": [{"managed": true}]})",
            "? missing"},
           {"main.managed",
            R"({"main": "a", "portals": [{"managed": true}, {"id": "a", "managed": false}]})",
            "no"}});
}

std::vector<std::string> missing(const std::string& expression, const std::string& json) {
    return result_of(contract, expression, json).missing;
}

TEST_CASE("what is missing is asked for where it stands") {
    using Pointers = std::vector<std::string>;
    CHECK(missing("main.managed", facts("")) == Pointers{"/main"});
    CHECK(missing("main.managed", facts(R"("main": "c")")) == Pointers{"/portals/2/managed"});
    CHECK(missing("main.owner.fee", facts(R"("main": "d")")) == Pointers{"/portals/3/owner"});
    CHECK(missing("main.managed", facts(R"("main": "x")")).empty());
    CHECK(missing("main.managed", R"({"main": "x"})") == Pointers{"/portals"});
    CHECK(missing("main.managed", R"({"main": "x", "portals": [{"id": "a"}, {}]})") ==
          Pointers{"/portals/1/id"});
    CHECK(missing("count of lines where portal.managed",
                  facts(R"("lines": [{"portal": "a"}, {}, {"portal": "c"}])")) ==
          Pointers{"/lines/1/portal", "/portals/2/managed"});
}

TEST_CASE("two records with one key, and keys of the wrong type") {
    const Program program = parse(contract + "define x main.managed\n");
    const Result<Facts> twice = Facts::read(
        program, "facts.json",
        R"({"owners": [{"code": 7}, {"code": 8}, {"code": 7.0}], "portals": [{"id": "a"}]})");
    REQUIRE(!twice);
    const Diagnostic& fault = *twice.diagnostics.begin();
    CHECK(fault.code == "key-twice");
    CHECK(fault.pointer == "/owners/2/code");
    REQUIRE(fault.related.size() == 1);
    CHECK(fault.related.front().text == "the same at /owners/0/code");
    for (const std::string json : {R"({"main": 5})", R"({"home": "west"})",
                                   R"({"portals": [{"id": "a", "owner": "seven"}]})"}) {
        CHECK(!Facts::read(program, "facts.json", json));
    }
    CHECK(Facts::read(program, "facts.json", R"({"portals": [{"id": "a", "owner": "7"}]})"));
}

TEST_CASE("references are checked where they are written") {
    const auto codes = [](const std::string& field) {
        return faults_of("record r\n  id text\n  on date\n  sort one of x, or other\nfacts\n"
                         "  rs list of r\n  n whole number\n  f " +
                             field + "\n",
                         "f.id");
    };
    CHECK(codes("item of rs by id") == "");
    CHECK(codes("item of r by id") == "unknown-name");
    CHECK(codes("item of n by id") == "wrong-type");
    CHECK(codes("item of rs by name") == "unknown-name");
    CHECK(codes("item of rs by on") == "cannot-be-key");
    CHECK(codes("item of rs by sort") == "cannot-be-key");
    CHECK(faults_of(contract, "main.manged") == "unknown-name");
    CHECK(faults_of(contract, "main.managed.x") == "wrong-type");
    CHECK(faults_of(contract, "flag.managed") == "unknown-name");
    CHECK(faults_of(contract, "main = \"a\"") == "cannot-compare");
    CHECK(faults_of(contract, "main = home") == "cannot-compare");
    CHECK(faults_of(contract, "main > main") == "cannot-order");
    CHECK(faults_of(contract, "main and flag") == "wrong-type");
}

TEST_CASE("a condition behind a reference is called by its label") {
    const Program program = parse(contract + R"(
ladder none < gold climbed one by one
requirements
| name  | asks                                 | gold |
|-------|--------------------------------------|------|
| owned | (count of lines where portal.managed and amount >= $5) >= 2 | yes |
| some  | some of lines where not portal.managed | yes |
)");
    const Outcome outcome = evaluate(
        program, facts(R"("lines": [{"portal": "a", "amount": 5}, {"portal": "b", "amount": 5}])"));
    const Condition& count = outcome.requirements[0].conditions[0];
    REQUIRE(count.near.size() == 1);
    CHECK(count.near[0].label == "b");
    REQUIRE(count.near[0].fails.size() == 1);
    CHECK(count.near[0].fails[0].label == "Managed by us");
    CHECK(count.near[0].fails[0].comparison == "yes");
    const Condition& some = outcome.requirements[1].conditions[0];
    REQUIRE(some.near.size() == 1);
    CHECK(some.near[0].fails[0].label == "Managed by us");
    CHECK(some.near[0].fails[0].comparison == "no");
}

} // namespace
} // namespace rung::references_test
