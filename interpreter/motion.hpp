// How expressions move with the review date while the facts of one partner stay as they are.
//
// Each expression is looked at as a function of the day: between two of its turns it stays as it is, or only rises,
// or only falls (with both its ends, where it is a range or a window). The review date itself rises; so do the two
// days of every window that is seen from it, clamped or not, and what is calculated from such days by adding,
// counting days or months, or rounding. A comparison of a figure that only rises with one that does not can
// change its answer only at a few days, which are found by halving, with the evaluator's own values: as a kinetic
// data structure finds when its certificates fail (Basch, Guibas and Hershberger 1997). Whatever is not known
// to rise or to fall turns on each day on which one of its operands does.
//
// So the turns of what decides a partner are all days on which anything can change; some of them change nothing.
#pragma once

#include "interpreter/day_set.hpp"
#include "interpreter/evaluate.hpp"

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace rung {

enum class Direction : std::uint8_t { still, rising, falling };

struct Motion {
    Direction direction = Direction::still; // between turns
    DaySet turns; // the days on which it may differ from the day before in any way
    bool may_empty =
        false; // of a window both of whose days move: it may be empty on some days and not on others
};

/// Whether two values say the same; of lists, nothing is compared.
[[nodiscard]] bool same_value(const Value& a, const Value& b);

/// For one partner, at one review, on the days of one window. Not thread-safe: a workspace.
class Motions {
public:
    Motions(const Model& model, const FactSheet& facts, Index review, Window days);

    /// Whether an expression can depend on the day at all.
    [[nodiscard]] bool is_timed(Index expr);
    /// The days on which an expression, seen at `scene`, may come to something else than on the day before.
    [[nodiscard]] DaySet turns(Index expr, const Scene& scene);
    /// The days on which a date may pass from before the review date to after it, or back.
    [[nodiscard]] DaySet passings(Index date, const Scene& scene);

    /// The days on which a tier may change, as far as they are known; expressions that read tiers turn on them.
    DaySet tier_turns;
    /// Where a comparison is beyond all this, every day is a turn, and this is set.
    bool every_day = false;

private:
    struct Flags {
        bool known = false;
        bool timed = false;
        bool leans = false; // on measures or tiers that are timed
        bool of_group = false; // reads the key or the records of a group
        bool tried =
            false; // reads a fact that is not known and whose values are tried out, one by one
    };
    /// A moving operand of a comparison: how it moves, and its value on a day.
    struct Moving {
        Motion motion;
        std::function<Value(std::int32_t)> at;
    };

    Flags flags(Index expr);
    Flags flags_of(const Expr& expr);
    [[nodiscard]] bool is_open(Index fact) const;

    Motion motion(Index expr, Scene& scene);
    Motion of_measure(const Measure& measure, Scene& scene);
    Motion compared(const Expr& expr, Scene& scene);
    Motion crossings(const Moving& a, const Moving& b, bool windows);
    Motion joined(Index a, Index b, bool opposed, Scene& scene);
    Motion scaled(const Expr& expr, Scene& scene);
    Motion chosen(const Expr& expr, Scene& scene);
    Motion window(const Expr& expr, Scene& scene);
    Motion seen_with(Index operand, Scene& scene);
    Motion aggregate(const Aggregate& aggregate, Scene& scene);
    void each_row(const Aggregate& aggregate, Scene& scene, const std::function<void()>& visit);
    Motion of_all(const Expr& expr, Scene& scene);

    /// As if it were still: with a turn on each day on which it changes.
    Motion settled(Index expr, Scene& scene);
    DaySet changes(const Moving& moving);
    Moving moving(Index expr, Scene& scene);
    DaySet all_days();

    template <typename State>
    void halve(std::int32_t low, const State& at_low, std::int32_t high, const State& at_high,
               const std::function<State(std::int32_t)>& state, DaySet& turns);
    template <typename State>
    DaySet changes_of(const std::function<State(std::int32_t)>& state, const DaySet& within);

    [[nodiscard]] Scene of_partner(const Scene& scene) const;
    [[nodiscard]] Scene of_record(const Expr& measure, const Scene& scene) const;
    Value value(Index expr, Scene& scene, std::int32_t day);
    [[nodiscard]] Setting setting(std::int32_t day) const;

    const Model& model_;
    const FactSheet& facts_;
    Index review_;
    Window days_;
    std::vector<Flags> flags_; // by expression
    Flags hole_; // of the cells of all rows together
    std::map<Index, Motion> measures_; // by Measure::first_value and path
    Evaluator single_; // for what reads no measure that is timed
    std::map<std::int32_t, std::unique_ptr<Evaluator>> whole_; // evaluations by day, for what does
};

} // namespace rung
