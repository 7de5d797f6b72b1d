// The Twilio 2023 rules as a programmer would write them in C++, for comparison.
//
// What is absent or `null` is an empty optional, money is whole cents, and logic has three values, so
// the answers are those of rules/twilio-technology-2023/2023.rung on every partner; the benchmark
// checks that before it measures. Nothing here explains an answer, and nothing is shared with Rung.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace rung::by_hand {

using Day = std::int32_t; // since 1970-01-01
using Cents = std::int64_t;

enum Motion : unsigned { embed = 1, integrate = 2, connect = 4 };
enum Product : unsigned { cpaas = 1, flex = 2, other_product = 4 };
enum class Kind : std::uint8_t { product, professional_services };

struct Solution {
    std::optional<bool> launched;
    std::optional<unsigned> products;
};

struct Story {
    std::optional<bool> customer_facing;
    std::optional<Day> published_on;
};

struct RevenueLine {
    std::optional<Day> booked_on;
    std::optional<Cents> amount;
    std::optional<std::string> account;
    std::optional<Kind> kind;
};

struct Deal {
    std::optional<Day> closed_on;
    std::optional<Cents> est_arr;
    std::optional<Kind> kind;
};

struct Commitment {
    std::optional<Cents> tcv;
    std::optional<double> term_years;
    std::optional<Day> signed_on;
    std::optional<Day> ends_on;
};

struct Partner {
    std::string name;
    std::optional<unsigned> motions;
    std::optional<bool> agreement_signed;
    std::optional<std::vector<Solution>> solutions;
    std::optional<bool> technical_docs;
    std::optional<bool> internal_collateral;
    std::optional<bool> customer_collateral;
    std::optional<std::vector<Story>> stories;
    std::optional<bool> gtm_plan_complete;
    std::optional<bool> mapping_implemented;
    std::optional<bool> silver_invited;
    std::optional<std::vector<RevenueLine>> direct_revenue;
    std::optional<std::vector<Deal>> influenced_deals;
    std::optional<std::vector<Commitment>> commits;
    std::optional<bool> single_sourcing;
    std::optional<bool> support_active;
    std::optional<bool> support_addendum;
};

/// The day of a review and the period it looks at, both days inside.
struct Review {
    Day on = 0;
    Day from = 0;
    Day through = 0;
};

/// Tiers count from zero, "not registered".
struct Standing {
    std::optional<std::uint32_t> tier;
    std::uint32_t at_least = 0;
    std::uint64_t possible = 1; // by bit
};

/// Reads what `judge` needs. Throws what nlohmann::json throws for a value of another type.
[[nodiscard]] Partner read(const nlohmann::json& json);
[[nodiscard]] Standing judge(const Partner& partner, const Review& review);

/// The annual review on `day`: it looks at the calendar year before.
[[nodiscard]] Review annual_review(const std::string& day);

} // namespace rung::by_hand
