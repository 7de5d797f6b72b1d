// What could be changed so that a condition holds: levers, found by turning its expression round.
//
// A condition is read off a recorded evaluation, from its verdict down to the facts. `and` asks for the levers
// of all its parts together, `or` for those of any; a comparison asks for as much as is missing, which goes
// down through sums, differences, products with a figure, bounds, counts and sums of records to a fact or a
// field that has to change. A new record is put in empty; what is not known of it is asked for when the
// changed facts are looked at again.
//
// Levers are proposals. Who can change a fact, and what time has passed over, is kept here; whether changes
// lead anywhere is decided by evaluating them (plan_search.hpp). Where nothing can be turned round, the
// obstacle is noted.
#pragma once

#include "interpreter/evaluate.hpp"
#include "interpreter/plan_changes.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rung {

/// Any of them would do; each is a set of changes that belong together. None: there is no lever. One that is
/// empty: nothing needs to change.
using Alternatives = std::vector<PlanChanges>;

/// Why a condition has no lever.
struct Obstacle {
    enum class Why : std::uint8_t {
        cannot_change, // the rules say so
        past, // a day that has passed, or what is recorded of one
        closed, // a day would have to lie before the first one that is left
        bounds, // beyond what the fact may be
        not_planned, // nothing that a plan knows how to change
    };

    Why why = Why::not_planned;
    FactCell slot; // the fact, or the field; of `not_planned` perhaps none
    std::string pointer; // of it
    Index expr = none;
    std::vector<Index> records; // that it stands inside, by scope
    DateRange days; // of `closed`: what is asked
    Index requirement = none;
    Index tier = none;
    bool blocks = false; // nothing else would do either
};

/// The facts as they would be, looked at.
struct Look {
    const Model& model;
    const FactSheet& sheet;
    const Setting& setting;
    const Verdicts& verdicts;
    const Recording& recording;
    const PlanChanges& made; // what was changed so far
    std::optional<Date> today; // what is dated by a plan is dated from then on
};

/// Levers for the conditions of one ladder along one path. Obstacles are added to `obstacles`.
class Levers {
public:
    Levers(const Look& look, Index ladder, Index path, std::vector<Obstacle>& obstacles);
    ~Levers();
    Levers(const Levers&) = delete;
    Levers& operator=(const Levers&) = delete;

    /// That the row is met, or known not to be asked.
    [[nodiscard]] Alternatives requirement(Index row, Index tier);
    [[nodiscard]] Alternatives path_open();
    /// That all these hold; steps of the recording.
    [[nodiscard]] Alternatives conditions(const std::vector<Index>& steps);
    /// Whether the levers that were asked for last are not all that there are.
    [[nodiscard]] bool cut() const;
    /// What it took so far: how many changes were written into sets of them.
    [[nodiscard]] std::size_t put_together() const;

private:
    class Search;
    std::unique_ptr<Search> search_;
};

} // namespace rung
