// The search for the least changes that reach a target: uniform-cost (Dijkstra 1959) over sets of changes.
//
// A set of changes is made in the text of the facts, read and evaluated. If it misses the target, the
// requirement with the fewest levers among those that are not met is taken, and each of its levers makes a
// further set. Every way must meet that requirement, so none is lost by looking at one alone; a requirement
// without a lever ends the branch. What reaches the target is then lessened: whatever can be left out is.
//
// Where the bound is met before there is any way, a share of work goes into finding one at all: the set that has come
// farthest is followed first, whatever it takes.
#pragma once

#include "interpreter/levers.hpp"

#include <rung/program.hpp>

#include <set>
#include <string>
#include <vector>

namespace rung {

struct PlanTarget {
    Index ladder = none; // of a tier, or of the tiers that open the benefit
    Index tier = none;
    Index benefit = none;
};

class PlanSearch {
public:
    /// `json` are facts that can be read; `root` leads to the object that holds them.
    PlanSearch(const Program& program, const Source& json, std::string root, PlanTarget target,
               std::size_t max_ways, std::size_t max_evaluations);

    struct Found {
        std::vector<PlanChanges> ways; // the least effort first
        std::vector<Obstacle> obstacles; // what was in the way of others
    };
    Found search(const Setting& setting, std::optional<Date> today);

    /// What the facts say with the changes; nothing where they cannot be read.
    [[nodiscard]] std::optional<FactSheet> sheet(const PlanChanges& changes) const;
    [[nodiscard]] bool reached(const Verdicts& verdicts) const;
    /// Evaluates the changed facts; nothing where they cannot be read.
    const Verdicts* verdicts(const PlanChanges& changes, const Setting& setting);

    [[nodiscard]] std::size_t evaluations() const { return evaluations_; }
    [[nodiscard]] bool bound_met() const { return bound_met_; }
    /// Whether no further change is to be tried.
    [[nodiscard]] bool is_at_bound() const {
        return work_ + put_together_ / put_together_in_one >= bound_;
    }
    /// Whether levers that would do were left out, for there were too many.
    [[nodiscard]] bool cut() const { return cut_; }

private:
    /// Changes up to which an evaluation counts as one. One of more takes longer, for the text that is made and read
    /// anew, and counts for one more for each so many.
    static constexpr std::size_t changes_in_one = 64;
    /// Changes written into sets while levers are looked for that take as long as an evaluation.
    static constexpr std::size_t put_together_in_one = 2048;

    /// Which set of changes is looked at next.
    enum class Order : std::uint8_t { least_effort, farthest };
    /// The share of the bound that is added for finding any way at all.
    static constexpr std::size_t share_of_farthest = 3;

    void count(const PlanChanges& changes);

    /// What a way is to reach: the benefit by this tier, along this path.
    struct Goal {
        Index tier = none;
        Index path = 0;
    };
    struct Node {
        Number effort;
        PlanChanges changes;
        Goal goal;
        std::size_t number = 0; // in the order of being found
        std::size_t steps = 0; // how many levers have been pulled
    };
    struct Later {
        Order order;
        bool operator()(const Node& a, const Node& b) const;
    };

    /// What is missed, by the changes that would mend it.
    struct Flaw {
        Alternatives levers;
        bool cut = false; // there are more of them
    };

    Found search(const Setting& setting, std::optional<Date> today, Order order,
                 std::size_t max_ways);
    [[nodiscard]] std::vector<Goal> goals() const;
    [[nodiscard]] Alternatives next(const Node& node, const Setting& setting,
                                    std::optional<Date> today, std::vector<Obstacle>& obstacles,
                                    bool& hit);
    [[nodiscard]] Flaw narrowest(const Look& look, Goal goal, std::vector<Obstacle>& obstacles);
    [[nodiscard]] std::vector<Flaw> flaws(const Look& look, Goal goal,
                                          std::vector<Obstacle>& obstacles);
    [[nodiscard]] Flaw benefit_levers(const Look& look, std::vector<Obstacle>& obstacles);
    bool reaches(const PlanChanges& changes, const Setting& setting);
    [[nodiscard]] PlanChanges lessened(PlanChanges changes, const Setting& setting);
    bool leave_out(PlanChanges& changes, const Setting& setting);
    void tighten(PlanChanges& changes, Goal goal, const Setting& setting,
                 std::optional<Date> today);
    void settle_days(PlanChanges& changes, const Setting& setting);
    void settle_new(PlanChanges& changes, const Setting& setting);
    [[nodiscard]] bool may_be_more(const PlanChanges& changes, const std::string& place,
                                   const Setting& setting);
    [[nodiscard]] std::vector<Index> other_choices(const PlanChanges& changes,
                                                   const std::string& place,
                                                   const ChoiceSet& choices,
                                                   const Setting& setting);
    void keep(PlanChanges way, std::vector<PlanChanges>& ways) const;

    const Program& program_;
    const Model& model_;
    const Source& json_;
    std::string root_;
    PlanTarget target_;
    std::size_t max_ways_;
    std::size_t bound_; // of the work
    std::size_t evaluations_ = 0;
    std::size_t work_ = 0; // the same, those of many changes counted for more
    std::size_t put_together_ = 0; // changes, by levers
    bool bound_met_ = false;
    bool cut_ = false;
    Evaluator evaluator_;
};

/// Without the change at a place, and without those inside the record that it adds; later records move up.
[[nodiscard]] PlanChanges without(const PlanChanges& changes, const std::string& place);

} // namespace rung
