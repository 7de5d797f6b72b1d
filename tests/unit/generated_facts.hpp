// Partners with facts by chance, for the contract that all generated programs share: whole ones, ones of
// whom some is not known, and the ways in which what is not known may turn out.
#pragma once

#include <random>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace rung::generated {

using Json = nlohmann::json;

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    int from(int low, int high) {
        return low + static_cast<int>(engine_() % static_cast<unsigned>(high - low + 1));
    }
    bool one_in(int count) { return from(1, count) == 1; }
    bool percent(int chance) { return from(1, 100) <= chance; }
    std::size_t index(std::size_t count) {
        return static_cast<std::size_t>(from(0, static_cast<int>(count) - 1));
    }
    template <typename T>
    const T& of(const std::vector<T>& choices) {
        return choices[index(choices.size())];
    }
    template <typename T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) {
            std::swap(items[i - 1], items[index(i)]);
        }
    }

private:
    std::mt19937 engine_;
};

// ---- days --------------------------------------------------------------------------------------

constexpr int never = 1'000'000'000;

/// Since 1970; `never` for "never".
int days(const std::string& iso);
std::string iso(int day);

/// The day on which partners are looked at.
extern const std::string review_date;
extern const int on;

// ---- the contract ------------------------------------------------------------------------------

/// What every generated file begins with: the head, records and facts.
extern const std::string contract;

/// A key of the partner's object or of a record's, and what values it may have.
struct Slot {
    enum class Kind {
        yes_no,
        number,
        date,
        date_or_never,
        choice,
        choices,
        text,
        id,
        reference,
        list
    };

    std::string name;
    Kind kind;
    int low = 0; // of numbers
    int high = 0;
    const std::vector<Slot>* record = nullptr; // of lists: what their records hold
};

extern const std::vector<Slot> fact_slots;

// ---- partners ----------------------------------------------------------------------------------

/// What is known of a partner.
struct Partner {
    Json facts;
    std::vector<std::string> incomplete; // the lists that may hold more
    Json held = Json::object(); // by the name of the ladder (the only one has none): tier, days

    /// As JSON, with what is held and what is incomplete beside the facts.
    [[nodiscard]] std::string text() const;
};

class Partners {
public:
    /// `others`: choices may be ones that the contract does not list.
    Partners(Dice& dice, bool others) : dice_(dice), others_(others) {}

    /// One of whom about so many percent are not known. `tiers`: those of each ladder, by its name.
    Partner partner(int chance,
                    const std::vector<std::pair<std::string, std::vector<std::string>>>& tiers);

    /// One way in which everything that is not known may turn out.
    Partner completed(const Partner& partner);

    Json any(const Slot& slot);

private:
    Json object(const std::vector<Slot>& slots);
    void name_records(Json& list, const std::vector<Slot>& record);
    void lose(Partner& partner, Json& object, const std::vector<Slot>& slots, int chance,
              const std::string& path);
    void forget(Json& object, const std::string& key);
    Json completed(const Json& object, const std::vector<Slot>& slots, const std::string& path,
                   const std::vector<std::string>& incomplete);
    void complete_list(Json& list, const Slot& slot, const std::string& path,
                       const std::vector<std::string>& incomplete);
    Json held(const std::vector<std::string>& tiers);

    Dice& dice_;
    bool others_;
};

} // namespace rung::generated
