// What an outcome says of records: which are in doubt, and which facts would decide it.
#include "tests/unit/values_of.hpp"

namespace rung::explain_test {

using namespace trial;

namespace {

TEST_CASE(
    "a condition that reads a measure over other records leaves those behind it as they are") {
    const Program program = parse(R"(
ladder  none < low  climbed one by one
record seat
  size  whole number
record deal
  points  whole number
  live    yes/no
facts
  seats  list of seat
  deals  list of deal
define large
  count of seats where size >= 2
define good
  count of deals where large >= 1 and live
requirements
| name | asks      | low |
| good | good >= _ | 2   |
)");
    const Outcome outcome =
        evaluate(program, R"({"seats": [{}, {}, {}], "deals": [{"points": 1, "live": true}, {}]})");
    const Condition& good = outcome.requirements.front().conditions.front();
    REQUIRE(good.unclear.size() == 2);
    const RecordNote& second = good.unclear[1];
    CHECK(second.pointer == "/deals/1");
    REQUIRE(second.fails.size() == 2);
    CHECK(second.fails[0].unclear.size() == 3); // of the seats
    CHECK(second.fails[1].label == "live");
    CHECK(second.fails[1].missing == std::vector<std::string>{"/deals/1/live"});
}

} // namespace
} // namespace rung::explain_test
