#include "interpreter/repeated_keys.hpp"

#include <string>

#include <doctest/doctest.h>

namespace rung::repeated_keys_test {

TEST_CASE(
    "one of the first partners is found again however far behind, and no more keys are held") {
    RepeatedKeys keys;
    std::uint64_t line = 0;
    for (std::size_t i = 0; i < RepeatedKeys::most_held; ++i) {
        keys.add("partner " + std::to_string(i), {}, {}, ++line);
    }
    keys.add("beyond", {}, {}, ++line);
    keys.add("beyond", {}, {}, ++line);
    CHECK(keys.count() == 0);
    keys.add("partner 7", {}, {}, ++line);
    REQUIRE(keys.count() == 1);
    CHECK(keys.first().front().key == "partner 7");
    CHECK(keys.first().front().lines == std::vector<std::uint64_t>{8, line});
}

TEST_CASE("another day or review is another question") {
    RepeatedKeys keys;
    keys.add("acme", "2023-02-15", "annual", 1);
    keys.add("acme", "2024-02-15", "annual", 2);
    keys.add("acme", "2023-02-15", "midyear", 3);
    CHECK(keys.count() == 0);
    keys.add("acme", "2023-02-15", "annual", 4);
    CHECK(keys.count() == 1);
}

} // namespace rung::repeated_keys_test
