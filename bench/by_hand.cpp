#include "bench/by_hand.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include <nlohmann/json.hpp>

namespace rung::by_hand {

namespace {

using Json = nlohmann::json;

// ---- logic with three values -------------------------------------------------------------------

enum class Truth : std::uint8_t { no, unknown, yes };

Truth known(bool yes) { return yes ? Truth::yes : Truth::no; }
Truth of(const std::optional<bool>& fact) { return fact ? known(*fact) : Truth::unknown; }
Truth operator&(Truth a, Truth b) { return std::min(a, b); }
Truth operator|(Truth a, Truth b) { return std::max(a, b); }
Truth operator!(Truth a) { return a == Truth::unknown ? a : known(a == Truth::no); }
/// Asked only where `condition` holds.
Truth where(Truth condition, Truth ask) { return (!condition) | ask; }

template <typename T, typename Holds>
Truth test(const std::optional<T>& fact, Holds&& holds) {
    return fact ? known(holds(*fact)) : Truth::unknown;
}

Truth has_any(const std::optional<unsigned>& set, unsigned wanted) {
    return test(set, [&](unsigned members) { return (members & wanted) != 0; });
}

Truth in_period(const std::optional<Day>& day, const Review& review) {
    return test(day, [&](Day known_day) {
        return review.from <= known_day && known_day <= review.through;
    });
}

Truth is_product(const std::optional<Kind>& kind) {
    return test(kind, [](Kind known_kind) { return known_kind == Kind::product; });
}

// ---- figures of which only the bounds may be known ---------------------------------------------

struct Bounds {
    std::int64_t low = 0;
    std::int64_t high = 0;
    bool low_open = false;
    bool high_open = false;
};

constexpr Bounds anything{0, 0, true, true};

Truth reaches(const Bounds& figure, std::int64_t least) {
    if (!figure.low_open && figure.low >= least) {
        return Truth::yes;
    }
    return !figure.high_open && figure.high < least ? Truth::no : Truth::unknown;
}

template <typename T, typename Counts>
Bounds count(const std::optional<std::vector<T>>& list, Counts&& counts) {
    if (!list) {
        return {0, 0, false, true};
    }
    Bounds total;
    for (const T& item : *list) {
        const Truth truth = counts(item);
        total.low += truth == Truth::yes ? 1 : 0;
        total.high += truth != Truth::no ? 1 : 0;
    }
    return total;
}

void add(Bounds& total, Truth counts, const std::optional<Cents>& amount) {
    if (counts == Truth::no) {
        return;
    }
    if (!amount) {
        total.low_open = true;
        total.high_open = true;
        return;
    }
    total.low += counts == Truth::yes ? *amount : std::min<Cents>(*amount, 0);
    total.high += counts == Truth::yes ? *amount : std::max<Cents>(*amount, 0);
}

// ---- measures ----------------------------------------------------------------------------------

Bounds published_stories(const Partner& partner, const Review& review) {
    return count(partner.stories, [&](const Story& story) {
        return of(story.customer_facing) &
               test(story.published_on, [&](Day day) { return day <= review.on; });
    });
}

Bounds spend(const Partner& partner, const Review& review) {
    if (!partner.direct_revenue) {
        return anything;
    }
    Bounds total;
    for (const RevenueLine& line : *partner.direct_revenue) {
        const Truth on_main =
            test(line.account, [](const std::string& account) { return account == "main"; });
        add(total, in_period(line.booked_on, review) & on_main & is_product(line.kind),
            line.amount);
    }
    return total;
}

Bounds influence(const Partner& partner, const Review& review) {
    if (!partner.influenced_deals) {
        return anything;
    }
    Bounds total;
    for (const Deal& deal : *partner.influenced_deals) {
        add(total, in_period(deal.closed_on, review) & is_product(deal.kind), deal.est_arr);
    }
    return total;
}

Truth is_active(const Commitment& commitment, const Review& review) {
    return test(commitment.term_years, [](double years) { return years > 1; }) &
           test(commitment.signed_on, [&](Day day) { return day <= review.on; }) &
           test(commitment.ends_on, [&](Day day) { return day >= review.on; });
}

/// Whether an active commitment is as large as this: then the largest is.
Truth committed(const Partner& partner, const Review& review, Cents least) {
    if (!partner.commits) {
        return Truth::unknown;
    }
    Truth any = Truth::no;
    for (const Commitment& commitment : *partner.commits) {
        any = any | (is_active(commitment, review) &
                     test(commitment.tcv, [&](Cents tcv) { return tcv >= least; }));
    }
    return any;
}

Bounds launched(const Partner& partner) {
    return count(partner.solutions, [](const Solution& solution) { return of(solution.launched); });
}

Bounds launched_and_supported(const Partner& partner) {
    return count(partner.solutions, [](const Solution& solution) {
        return of(solution.launched) & has_any(solution.products, cpaas | flex);
    });
}

// ---- tiers -------------------------------------------------------------------------------------

constexpr std::size_t tiers = 5;
constexpr Cents dollars = 100;

/// What each tier asks, by tier.
std::array<Truth, tiers> columns(const Partner& partner, const Review& review) {
    const Truth embeds = has_any(partner.motions, embed);
    const Truth influences = has_any(partner.motions, integrate | connect);
    const Bounds stories = published_stories(partner, review);
    const Bounds spent = spend(partner, review);
    const Bounds influenced = influence(partner, review);
    const Bounds commitments =
        count(partner.commits, [&](const Commitment& one) { return is_active(one, review); });

    const Truth agreement = of(partner.agreement_signed);
    const Truth single_sourced = embeds & of(partner.single_sourcing);
    const Truth any_commitment = embeds & reaches(commitments, 1);
    const Truth supported = where(has_any(partner.motions, embed | integrate) &
                                      reaches(launched_and_supported(partner), 1),
                                  of(partner.support_active) & of(partner.support_addendum));
    // Everything that Bronze, Silver and Gold ask alike.
    const Truth base = agreement & reaches(launched(partner), 1) & of(partner.technical_docs) &
                       of(partner.internal_collateral) & of(partner.customer_collateral) &
                       supported;
    const auto revenue = [&](Cents spend_asked, Cents influence_asked) {
        return (embeds & reaches(spent, spend_asked)) | any_commitment | single_sourced |
               (influences & reaches(influenced, influence_asked));
    };
    const Truth mapping = of(partner.mapping_implemented);

    const Truth bronze = base & reaches(stories, 1) & revenue(250'000 * dollars, 100'000 * dollars);
    const Truth silver = base & reaches(stories, 2) & where(of(partner.silver_invited), mapping) &
                         revenue(5'000'000 * dollars, 500'000 * dollars);
    const Truth gold_revenue = (embeds & committed(partner, review, 50'000'000 * dollars)) |
                               single_sourced |
                               (influences & reaches(influenced, 1'000'000 * dollars));
    const Truth gold =
        base & reaches(stories, 3) & of(partner.gtm_plan_complete) & mapping & gold_revenue;
    return {Truth::yes, agreement, bronze, silver, gold};
}

// ---- reading -----------------------------------------------------------------------------------

const Json* find(const Json& object, const char* key) {
    const auto at = object.find(key);
    return at == object.end() || at->is_null() ? nullptr : &*at;
}

template <typename T>
std::optional<T> get(const Json& object, const char* key) {
    const Json* value = find(object, key);
    return value == nullptr ? std::nullopt : std::optional<T>(value->get<T>());
}

std::optional<bool> get_in(const Json& object, const char* outer, const char* key) {
    const Json* inner = find(object, outer);
    return inner == nullptr ? std::nullopt : get<bool>(*inner, key);
}

std::optional<Cents> get_cents(const Json& object, const char* key) {
    const Json* value = find(object, key);
    return value == nullptr ? std::nullopt
                            : std::optional<Cents>(std::llround(value->get<double>() * 100));
}

int digits(const std::string& text, std::size_t begin, std::size_t size) {
    int number = 0;
    for (std::size_t i = begin; i < begin + size; ++i) {
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

std::chrono::year_month_day day_of(const std::string& text) {
    return {std::chrono::year(digits(text, 0, 4)),
            std::chrono::month(static_cast<unsigned>(digits(text, 5, 2))),
            std::chrono::day(static_cast<unsigned>(digits(text, 8, 2)))};
}

Day number_of(const std::chrono::year_month_day& day) {
    return static_cast<Day>(std::chrono::sys_days(day).time_since_epoch().count());
}

std::optional<Day> get_day(const Json& object, const char* key) {
    const Json* value = find(object, key);
    return value == nullptr
               ? std::nullopt
               : std::optional<Day>(number_of(day_of(value->get_ref<const std::string&>())));
}

std::optional<Kind> get_kind(const Json& object) {
    const Json* value = find(object, "kind");
    return value == nullptr
               ? std::nullopt
               : std::optional(*value == "product" ? Kind::product : Kind::professional_services);
}

template <typename BitOf>
std::optional<unsigned> get_set(const Json& object, const char* key, BitOf&& bit_of) {
    const Json* value = find(object, key);
    if (value == nullptr) {
        return std::nullopt;
    }
    unsigned set = 0;
    for (const Json& member : *value) {
        set |= bit_of(member.get_ref<const std::string&>());
    }
    return set;
}

template <typename T, typename ReadItem>
std::optional<std::vector<T>> get_list(const Json& object, const char* key, ReadItem&& read_item) {
    const Json* value = find(object, key);
    if (value == nullptr) {
        return std::nullopt;
    }
    std::vector<T> items;
    items.reserve(value->size());
    for (const Json& item : *value) {
        items.push_back(read_item(item));
    }
    return items;
}

unsigned motion_of(const std::string& text) {
    return text == "embed" ? embed : text == "integrate" ? integrate : connect;
}

unsigned product_of(const std::string& text) {
    return text == "cpaas" ? cpaas : text == "flex" ? flex : other_product;
}

Solution read_solution(const Json& json) {
    const Json* status = find(json, "status");
    return {status == nullptr ? std::nullopt : std::optional(*status == "launched"),
            get_set(json, "products", product_of)};
}

Story read_story(const Json& json) {
    return {get<bool>(json, "customer_facing"), get_day(json, "published_on")};
}

RevenueLine read_line(const Json& json) {
    return {get_day(json, "date"), get_cents(json, "amount_usd"), get<std::string>(json, "account"),
            get_kind(json)};
}

Deal read_deal(const Json& json) {
    return {get_day(json, "closed_on"), get_cents(json, "est_arr_usd"), get_kind(json)};
}

Commitment read_commitment(const Json& json) {
    return {get_cents(json, "tcv_usd"), get<double>(json, "term_years"), get_day(json, "signed_on"),
            get_day(json, "ends_on")};
}

} // namespace

Partner read(const Json& json) {
    Partner partner;
    partner.name = json.at("partner").get<std::string>();
    partner.motions = get_set(json, "motions", motion_of);
    partner.agreement_signed = get<bool>(json, "agreement_signed");
    partner.solutions = get_list<Solution>(json, "solutions", read_solution);
    partner.technical_docs = get_in(json, "joint_material", "technical_documentation");
    partner.internal_collateral = get_in(json, "joint_material", "internal_collateral");
    partner.customer_collateral = get_in(json, "joint_material", "customer_collateral");
    partner.stories = get_list<Story>(json, "success_stories", read_story);
    partner.gtm_plan_complete = get<bool>(json, "gtm_plan_complete");
    partner.mapping_implemented = get<bool>(json, "account_mapping_implemented");
    partner.silver_invited = get<bool>(json, "silver_invited");
    partner.direct_revenue = get_list<RevenueLine>(json, "direct_revenue", read_line);
    partner.influenced_deals = get_list<Deal>(json, "influenced_deals", read_deal);
    partner.commits = get_list<Commitment>(json, "twilio_commits", read_commitment);
    partner.single_sourcing = get<bool>(json, "single_sourcing");
    partner.support_active = get_in(json, "support_plan", "active");
    partner.support_addendum = get_in(json, "support_plan", "addendum_executed");
    return partner;
}

Standing judge(const Partner& partner, const Review& review) {
    const std::array<Truth, tiers> asked = columns(partner, review);
    Standing standing;
    standing.possible = 0;
    // The climb stops at a tier if it reaches the tier and does not go on.
    Truth reached = Truth::yes;
    for (std::uint32_t tier = 0; tier < tiers && reached != Truth::no; ++tier) {
        const Truth goes_on = tier + 1 < tiers ? reached & asked[tier + 1] : Truth::no;
        standing.at_least = reached == Truth::yes ? tier : standing.at_least;
        standing.possible |= goes_on != Truth::yes ? std::uint64_t{1} << tier : 0;
        reached = goes_on;
    }
    if (standing.possible == std::uint64_t{1} << standing.at_least) {
        standing.tier = standing.at_least;
    }
    return standing;
}

Review annual_review(const std::string& day) {
    const auto on = day_of(day);
    const auto before = on.year() - std::chrono::years(1);
    return {number_of(on), number_of(before / std::chrono::January / 1),
            number_of(before / std::chrono::December / 31)};
}

} // namespace rung::by_hand
