#include "bench/partners.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string_view>

#include <nlohmann/json.hpp>

namespace rung::bench {

namespace {

using Json = nlohmann::ordered_json;

/// What a partner is made to come near to; chance decides whether it gets there.
enum Aim : std::size_t { nothing, registered, bronze, silver, gold, aims };

/// Dollars of spend and of influenced revenue that come near to what each tier asks.
constexpr std::array<std::int64_t, aims> spend_near = {0, 60'000, 700'000, 9'000'000, 12'000'000};
constexpr std::array<std::int64_t, aims> influence_near = {0, 30'000, 300'000, 1'000'000,
                                                           2'500'000};
/// Exactly what it asks.
constexpr std::array<std::int64_t, aims> spend_asked = {0, 0, 250'000, 5'000'000, 5'000'000};
constexpr std::array<std::int64_t, aims> influence_asked = {0, 0, 100'000, 500'000, 1'000'000};
constexpr std::array<std::int64_t, aims> stories_needed = {0, 0, 1, 2, 3};

constexpr std::array<std::string_view, 12> names = {"Harbor", "Lumen", "Nørrebro", "Quarry",
                                                    "Santé",  "Tern",  "Upland",   "Vertex",
                                                    "Wren",   "Żuraw", "Bluefin",  "Cardinal"};
constexpr std::array<std::string_view, 8> trades = {
    "Analytics", "Messaging", "Commerce Cloud", "Contact Center",
    "Identity",  "Health",    "Mobility",       "Data Platform"};
constexpr std::array<std::string_view, 6> praise = {
    "cuts response times in half",      "reaches two million shoppers",
    "moves its contact center to Flex", "verifies every new customer",
    "answers patients within a minute", "brings marketing and support together"};

constexpr std::array<std::string_view, 3> review_edges = {"2023-02-14", review_day, "2023-02-16"};
constexpr std::array<std::string_view, 6> period_edges = {"2022-01-01", "2022-01-01", "2022-12-31",
                                                          "2022-12-31", "2021-12-31", "2023-01-01"};

class Maker {
public:
    explicit Maker(std::uint64_t seed) : engine_(seed) {}

    std::string partner(std::size_t number) {
        aim_ = static_cast<Aim>(below(aims));
        exact_ = chance(8);
        embeds_ = false;
        Json json = facts(number);
        if (chance(5)) {
            for (std::int64_t left = 1 + below(3); left > 0; --left) {
                lose_one(json);
            }
        }
        return json.dump();
    }

private:
    Json facts(std::size_t number) {
        Json json;
        json["partner"] = name() + " " + std::to_string(number);
        json["as_of"] = review_day;
        json["evaluation"] = review_name;
        json["agreement_signed"] = aim_ >= registered || chance(10);
        json["tos_accepted"] = chance(90);
        json["segment_referral_addendum_signed"] = chance(30);
        json["motions"] = motions();
        json["solutions"] =
            list(aim_ >= bronze ? 1 : 0, 4, [&](bool must) { return solution(must); });
        json["joint_material"] = {{"technical_documentation", done_for(bronze)},
                                  {"internal_collateral", done_for(bronze)},
                                  {"customer_collateral", done_for(bronze)}};
        json["success_stories"] =
            list(stories_needed[aim_], 8, [&](bool must) { return story(must); });
        json["gtm_plan_complete"] = done_for(gold);
        json["account_mapping_implemented"] = done_for(silver);
        json["silver_invited"] = aim_ >= silver && chance(40);
        add_revenue(json);
        json["support_plan"] = {{"active", done_for(bronze)},
                                {"addendum_executed", done_for(bronze)}};
        json["mdf_request"] = {{"requested", chance(30)}, {"approved", chance(20)}};
        return json;
    }

    void add_revenue(Json& json) {
        const std::int64_t lines = exact_ ? 1 : below(41);
        json["direct_revenue"] = list(lines, lines, [&](bool) { return revenue_line(lines); });
        const std::int64_t deals = exact_ ? 1 : below(31);
        json["influenced_deals"] = list(deals, deals, [&](bool) { return deal(deals); });
        const bool commits = embeds_ && (aim_ == gold ? chance(70) : chance(10));
        json["twilio_commits"] =
            list(commits ? 1 : 0, 2, [&](bool must) { return commitment(must); });
        json["single_sourcing"] = aim_ >= bronze && chance(15);
    }

    Json motions() {
        const std::int64_t picked = 1 + below(7);
        embeds_ = (picked & 1) != 0;
        Json json = Json::array();
        for (const auto& [bit, motion] :
             {std::pair{1, "embed"}, {2, "integrate"}, {4, "connect"}}) {
            if ((picked & bit) != 0) {
                json.push_back(motion);
            }
        }
        return json;
    }

    Json solution(bool must_count) {
        static constexpr std::array states = {"planned", "in_development", "launched", "retired"};
        static constexpr std::array products = {"cpaas", "flex", "segment", "engage", "sendgrid"};
        Json used = Json::array();
        for (const char* product : products) {
            if (chance(35)) {
                used.push_back(product);
            }
        }
        return {{"name", name()},
                {"status", must_count ? "launched" : pick(states)},
                {"launched_on", day(2019, 4)},
                {"products", used}};
    }

    Json story(bool must_count) {
        return {{"title", title()},
                {"customer_facing", must_count || chance(60)},
                {"published_on", exact_       ? std::string(pick(review_edges))
                                 : must_count ? day(2020, 3)
                                              : day(2021, 3)}};
    }

    Json revenue_line(std::int64_t lines) {
        static constexpr std::array accounts = {"main", "main", "main", "emea", "apac", "labs"};
        return {{"date", near_period()},
                {"amount_usd",
                 exact_ ? close_to(spend_asked[aim_]) : share_of(spend_near[aim_], lines)},
                {"account", exact_ ? "main" : pick(accounts)},
                {"kind", exact_ || chance(85) ? "product" : "professional_services"}};
    }

    Json deal(std::int64_t deals) {
        return {{"closed_on", near_period()},
                {"est_arr_usd",
                 exact_ ? close_to(influence_asked[aim_]) : share_of(influence_near[aim_], deals)},
                {"kind", exact_ || chance(85) ? "product" : "professional_services"}};
    }

    Json commitment(bool must_count) {
        static constexpr std::array terms = {0.5, 1.0, 1.5, 2.0, 3.0, 5.0};
        const bool large = aim_ == gold && chance(80);
        return {
            {"tcv_usd", large ? 50'000'000 + below(4) * 2'500'000 : 100'000 + below(900) * 1'000},
            {"term_years", must_count ? 3.0 : pick(terms)},
            {"signed_on", must_count ? day(2021, 2) : day(2018, 5)},
            {"ends_on", exact_       ? std::string(pick(review_edges))
                        : must_count ? day(2024, 2)
                                     : day(2020, 5)}};
    }

    /// The figure, or a cent less.
    Json close_to(std::int64_t dollars) {
        if (chance(50)) {
            return dollars;
        }
        return static_cast<double>(dollars * 100 - 1) / 100.0;
    }

    /// A part of `total` dollars, in whole dollars or with cents; three in a hundred are refunds.
    Json share_of(std::int64_t total, std::int64_t parts) {
        const std::int64_t mean = total / std::max<std::int64_t>(parts, 1);
        const std::int64_t sign = chance(3) ? -1 : 1;
        const std::int64_t dollars = sign * (mean / 2 + below(mean + 1));
        if (chance(60)) {
            return dollars;
        }
        return static_cast<double>(dollars * 100 + below(100)) / 100.0;
    }

    /// Leaves out a fact or a field of a record, or makes it `null`.
    void lose_one(Json& json) {
        Json* object = &json;
        std::size_t first = 3; // the partner's name, day and review stay
        for (;;) {
            const auto at = first + static_cast<std::size_t>(
                                        below(static_cast<std::int64_t>(object->size() - first)));
            const std::string key =
                std::next(object->begin(), static_cast<std::ptrdiff_t>(at)).key();
            Json& value = (*object)[key];
            const bool holds_records = value.is_array() && !value.empty() && value[0].is_object();
            if (value.is_object()) {
                object = &value;
            } else if (holds_records && chance(80)) {
                object = &value[static_cast<std::size_t>(
                    below(static_cast<std::int64_t>(value.size())))];
            } else if (chance(50)) {
                value = nullptr;
                return;
            } else if (object->size() > first + 1) {
                object->erase(key);
                return;
            } else {
                return;
            }
            first = 0;
        }
    }

    // ---- chance

    /// From 0 through `end - 1`. The bias of the remainder does not matter here.
    std::int64_t below(std::int64_t end) {
        return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(end));
    }
    bool chance(int percent) { return below(100) < percent; }
    bool done_for(Aim needed) { return chance(aim_ >= needed ? 97 : 30); }

    template <typename List>
    typename List::value_type pick(const List& from) {
        return from[static_cast<std::size_t>(below(static_cast<std::int64_t>(from.size())))];
    }
    // The operands of `+` are worked out in no fixed order, so chance is asked in statements of its own.
    std::string name() {
        std::string name(pick(names));
        name += ' ';
        name += pick(trades);
        return name;
    }
    std::string title() {
        std::string title = name();
        title += ' ';
        title += pick(praise);
        return title;
    }

    template <typename Make>
    Json list(std::int64_t least, std::int64_t most, Make&& make) {
        const std::int64_t size = least + below(most - least + 1);
        Json json = Json::array();
        for (std::int64_t i = 0; i < size; ++i) {
            json.push_back(make(i < least));
        }
        return json;
    }

    std::string day(std::int64_t first_year, std::int64_t years) {
        const std::string month = std::to_string(101 + below(12));
        const std::string day = std::to_string(101 + below(28));
        return std::to_string(first_year + below(years)) + "-" + month.substr(1) + "-" +
               day.substr(1);
    }
    std::string near_period() {
        if (exact_) {
            return std::string(pick(period_edges));
        }
        return chance(85) ? day(2022, 1) : day(2021, 3);
    }

    std::mt19937_64 engine_;
    Aim aim_ = nothing;
    bool exact_ = false; // stands just at, or just below, what is asked
    bool embeds_ = false;
};

} // namespace

std::vector<std::string> make_partners(std::size_t count, std::uint64_t seed) {
    Maker maker(seed);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) {
        texts.push_back(maker.partner(i));
    }
    return texts;
}

} // namespace rung::bench
