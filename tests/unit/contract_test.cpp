// What rules need to know: who reads each fact, through measures and lists; and that the template is a record.
#include <rung/calc.hpp>
#include <rung/contract.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung::contract_test {
namespace {

using Json = nlohmann::json;
using Ids = std::vector<std::string>;

constexpr const char* rules = R"(program    trial "Trial"
version    2024
effective  2024-03-01 through 2024-06-30
currency   USD
input      review "occasion"

ladder     none < member "Member"
           climbed one by one

reviews
  annual  looks at previous calendar year  can raise
  spring  looks at trailing 90 days        can raise

record part
  size    whole number  at least 2 at most 9

record deal "Deal" named by customer
  customer  text   "Customer"
  closed    date   "Closed on"
  value     money  "Value"       at least $0
  parts     list of part

facts
  name     text                    "Name"               key
  signed   yes/no                  "Agreement signed"   json "/legal/agreement signed"
  rate     share                   "Rate"               at least 25% at most 50%
  weeks    whole number            "Weeks"              at least 14
  ends     date or never           "Ends on"            by program
  region   one of north = "N", south = "S", or other  "Region"  internal
  motions  any of resell, build    "Motions"            cannot change
  deals    list of deal            "Deals"

define revenue "Revenue"
  sum of value in deals where closed in review_period

define doubled "Twice the revenue"
  revenue * 2

define big_parts "Big parts"
  count of deals where some of parts where size > 3

requirements
| name    | asks         | when         | member           |
|---------|--------------|--------------|------------------|
| signed  | signed       |              | yes              |
| revenue | doubled >= _ | region = north | $10K if rate > 30% |

benefits
| name   | needs          | member |
|--------|----------------|--------|
| portal | big_parts >= 1 | yes    |

notice late "Late"
  when ends < review_date
)";

Program parsed() {
    const Result<Program> program = Program::parse("trial.rung", rules);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text());
    return *program;
}

const FactNeed& named(const std::vector<FactNeed>& needs, const std::string& name) {
    const auto at = std::find_if(needs.begin(), needs.end(),
                                 [&](const FactNeed& need) { return need.name == name; });
    REQUIRE(at != needs.end());
    return *at;
}

TEST_CASE("a fact knows what reads it, through measures, conditions and lists") {
    const std::vector<FactNeed> needs = facts_needed(parsed());
    CHECK(named(needs, "name").requirements.empty());
    CHECK(named(needs, "signed").requirements == Ids{"signed"});
    CHECK(named(needs, "rate").requirements == Ids{"revenue"});
    CHECK(named(needs, "region").requirements == Ids{"revenue"});
    CHECK(named(needs, "ends").others == Ids{"notice late"});
    CHECK(named(needs, "motions").requirements.empty());
    const FactNeed& deals = named(needs, "deals");
    CHECK(deals.requirements == Ids{"revenue"});
    CHECK(deals.benefits == Ids{"portal"});
    CHECK(named(deals.fields, "customer").requirements.empty());
    CHECK(named(deals.fields, "closed").requirements == Ids{"revenue"});
    CHECK(named(deals.fields, "closed").benefits.empty());
    CHECK(named(deals.fields, "value").requirements == Ids{"revenue"});
    CHECK(named(deals.fields, "parts").benefits == Ids{"portal"});
    CHECK(named(named(deals.fields, "parts").fields, "size").benefits == Ids{"portal"});
}

TEST_CASE("a fact says what it is") {
    const std::vector<FactNeed> needs = facts_needed(parsed());
    CHECK(named(needs, "name").key);
    CHECK(named(needs, "rate").type ==
          "percentage as a share (0.7 is 70%), at least 25%, at most 50%");
    CHECK(named(needs, "ends").type == "date or `never`");
    CHECK(named(needs, "region").type == "one of N, S, or other");
    CHECK(named(needs, "region").internal);
    CHECK(named(needs, "ends").changer == Changer::program);
    CHECK(named(needs, "motions").changer == Changer::nobody);
    CHECK(named(named(needs, "deals").fields, "customer").names_record);
}

TEST_CASE("the template is read as it stands, on a day in force, and knows nothing") {
    const Program program = parsed();
    const std::string text = facts_template(program);
    const Json record = Json::parse(text);
    CHECK(record["on"] == "2024-03-01");
    CHECK(record["facts"]["occasion"] == "annual");
    CHECK(record["facts"]["legal"]["agreement signed"].is_null());
    CHECK(record["facts"]["rate"].is_null());
    CHECK(record["facts"]["deals"][0]["parts"][0]["size"].is_null());
    CHECK(record["incomplete"] == Json{"/deals", "/deals/0/parts"});
    const Result<Facts> facts = Facts::read(program, "template.json", text, {true});
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    CHECK(facts.diagnostics.empty());
    const Result<Outcome> outcome = evaluate(program, *facts);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    for (const LadderOutcome& ladder : outcome->ladders) {
        CHECK(!ladder.tier);
        CHECK(ladder.possible.size() == ladder.tiers.size());
    }
}

TEST_CASE("the schema has the keys of the facts, their texts and bounds") {
    const Json schema = Json::parse(facts_schema(parsed()));
    const Json& facts = schema["$defs"]["Facts"]["properties"];
    CHECK(facts["legal"]["properties"]["agreement signed"]["type"] == Json{"boolean", "null"});
    CHECK(facts["rate"]["minimum"] == 0.25);
    CHECK(facts["rate"]["maximum"] == 0.5);
    CHECK(facts["region"]["examples"] == Json{"N", "S"});
    CHECK(facts["motions"]["items"]["enum"] == Json{"resell", "build"});
    CHECK(facts["deals"]["items"]["$ref"] == "#/$defs/deal");
    CHECK(facts["occasion"]["enum"] == Json{"annual", "spring", nullptr});
    CHECK(schema["$defs"]["deal"]["properties"]["parts"]["items"]["$ref"] == "#/$defs/part");
    CHECK(schema["$defs"]["part"]["properties"]["size"]["maximum"] == 9);
    CHECK(schema["$defs"]["Envelope"]["required"] == Json::array({"facts"}));
}

} // namespace
} // namespace rung::contract_test
