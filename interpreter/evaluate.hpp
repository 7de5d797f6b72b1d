// The evaluator: one walk over a program and one partner's facts, in two modes from one source.
//
// Fast mode answers what a batch asks (tiers, verdicts) and allocates nothing once its workspace is
// made: everything lies in arrays sized by the program. Recording mode does the same walk, leaves out
// no operand, and writes down every step with its value; explanations are views of that record and
// nothing is decided a second time.
//
// Logic is Kleene's: unknown is a value of its own, and a certain answer holds however the unknown
// facts turn out.
#pragma once

#include "interpreter/assumptions.hpp"
#include "interpreter/fact_sheet.hpp"
#include "interpreter/made_lists.hpp"
#include "interpreter/model.hpp"

#include <memory>
#include <vector>

namespace rung {

enum class Verdict : std::uint8_t { met, unmet, unknown, not_asked, waived };
enum class BenefitVerdict : std::uint8_t { granted, open, closed, unknown };

[[nodiscard]] constexpr Verdict verdict_of(Truth truth) {
    return truth == Truth::yes  ? Verdict::met
           : truth == Truth::no ? Verdict::unmet
                                : Verdict::unknown;
}

/// On which day and at which review a partner is looked at.
struct Setting {
    Date on; // of meaning only where the program uses the date
    bool dated = false; // whether `on` was given
    Index review = none; // none where the program has no reviews
    std::shared_ptr<const Assumptions> assumptions = nullptr; // null: none

    /// The value that a measure is assumed to have; null where none is.
    [[nodiscard]] const Value* assumed(Index measure) const {
        return assumptions != nullptr && assumptions->values[measure]
                   ? &*assumptions->values[measure]
                   : nullptr;
    }
};

/// What is known of the tier.
struct Standing {
    Index tier = none; // none where it is not certain
    Index at_least = 0; // the highest certain one
    std::uint64_t possible = 1; // by bit
};

/// What comes of a path of a ladder: whether it is open, and the tier along it.
struct PathVerdict {
    Truth open = Truth::yes;
    Standing standing;
};

/// The tier that a partner holds after the review, where it is given which one was held before.
struct Holding {
    enum class By : std::uint8_t { qualified, cannot_raise, cannot_lower, kept, grace };

    bool given = false;
    Standing standing;
    By by = By::qualified; // what decided it, where that is certain
    Index keeping = none; // of `kept`
    std::optional<Date> through; // of `kept` and `grace`: the last day of it
};

/// How a row was judged at one tier.
struct RowVerdict {
    Verdict verdict = Verdict::not_asked;
    Truth condition = Truth::yes; // `when`, and `… if` of the cell
    Reason reason = Reason::none;
    Truth asked = Truth::no; // of a row that is met: whether a condition may still un-ask it …
    Reason asked_reason = Reason::none; // … and why that is not known
    Index waiver = none; // of a waived one: which, in FactSheet::waivers
};

/// The answers of one evaluation, in arrays that are used again for the next.
struct Verdicts {
    explicit Verdicts(const Model& model);

    /// Where a row's verdict stands in `rows`. The path counts from the first of the row's ladder.
    [[nodiscard]] Index place(Index requirement, Index tier, Index path = 0) const {
        const RowPlace& at = places[requirement];
        return at.first + path * at.tiers + tier;
    }
    [[nodiscard]] const RowVerdict& row(Index requirement, Index tier, Index path = 0) const {
        return rows[place(requirement, tier, path)];
    }
    [[nodiscard]] RowVerdict& row(Index requirement, Index tier, Index path = 0) {
        return rows[place(requirement, tier, path)];
    }
    /// What benefits follow: one ladder's tiers, or in a file without ladders a single one.
    [[nodiscard]] Standing standing(Index ladder = 0) const {
        return ladder < standings.size() ? standings[ladder] : Standing{};
    }

    struct RowPlace {
        Index first;
        Index tiers;
    };

    std::size_t tiers = 0; // the most that a ladder has, at least one
    std::vector<RowPlace> places; // by requirement
    std::vector<RowVerdict> rows; // by requirement, path of its ladder, tier
    std::vector<Truth> columns; // by path, then `tiers`: everything the column asks
    std::vector<PathVerdict> paths; // by ladder, then path
    std::vector<Standing> standings; // by ladder
    std::vector<Holding> holdings; // by ladder
    std::vector<BenefitVerdict> benefits;
    std::vector<Value>
        values; // by value, then `tiers`; of a value for each record, whether there is one
    std::vector<Truth> notices;
    std::vector<Value> measures; // by Measure::first_value
    /// By Measure::first_value of record measures: a value for each record of the type, in the order of
    /// the table, and a last one for a record not known of.
    std::vector<std::vector<Value>> record_measures;
};

/// One step of a recorded evaluation: an expression and what it came to, or a record of a list (`expr`
/// is none then; the value is whether it counts). In preorder: the steps of its operands follow it.
struct Step {
    Index expr = none;
    Index row = none;
    Index size = 1; // steps in the subtree, this one included
    Value value;
};

/// Where the steps of a row at one tier begin; none where nothing was evaluated.
struct RowSteps {
    Index asks = none;
    Index when = none;
    Index condition = none;
    Index value = none;
};

/// What a benefit came to at one tier it is looked at for.
struct BenefitSteps {
    std::vector<Index> needs;
    Index condition = none;
};

/// What keeps a tier: whether it does, and its last day.
struct KeepingSteps {
    Index when = none;
    Index through = none;
};

struct Recording {
    std::vector<Step> steps;
    std::size_t judged = 0; // those from here on decide nothing: what closed benefits would need
    std::vector<Index> measures; // as Verdicts::measures
    std::vector<std::vector<Index>> record_measures; // as Verdicts::record_measures, then record
    std::vector<RowSteps> rows; // as Verdicts::rows
    std::vector<BenefitSteps> benefits; // by benefit, then `tiers`
    std::vector<Index> values; // as Verdicts::values
    std::vector<Index> paths; // as Verdicts::paths: whether it is open
    std::vector<Index> notices;
    std::vector<KeepingSteps> keepings;
    Index review_period = none;
    MadeLists made; // what lists in steps point into
};

/// A workspace of its own for the values that unknown facts could have (cases.hpp).
struct Cases {
    explicit Cases(const Model& model);

    Verdicts verdicts;
    std::vector<Value> facts;
    std::vector<Index> frames;
    std::vector<Value> scratch;
    MadeLists made;
    std::vector<Index> open; // the facts that are tried
    std::vector<std::uint64_t> possible; // by ladder: over all cases
};

/// Where a single expression is looked at: the records in scope, the cell that fills `_`, the path that is
/// followed, and the tier that benefits and values are looked at for.
struct Scene {
    explicit Scene(const Model& model) : rows(model.scopes, none), records(model.scopes, none) {}

    std::vector<Index> rows; // by scope; none for a record not known of
    std::vector<Index> records; // by scope: their type
    Index hole = none; // an expression
    Index path = 0;
    Index ladder = none; // whose tier is …
    Index tier = 0; // … this one; none: tiers are what the evaluation came to
};

/// A workspace: make one for each thread and use it again and again.
class Evaluator {
public:
    explicit Evaluator(const Model& model);

    /// Fast mode. The result is valid until the next call. Allocates nothing, but for the median and the
    /// distinct values of lists longer than any before, and for lists that the rules make (made_lists.hpp).
    const Verdicts& evaluate(const FactSheet& facts, const Setting& setting);

    /// A single expression. Measures and tiers that it reads are those of the last evaluation, which must have
    /// been of these facts in this setting, or else the expression must read none.
    Value value_of(Index expr, const FactSheet& facts, const Setting& setting, const Scene& scene);

private:
    const Model* model_;
    Verdicts verdicts_;
    std::vector<Index> frames_;
    std::vector<Value> scratch_;
    MadeLists made_;
    Cases cases_;
};

/// Recording mode: the same walk, with every step kept. `more`, if it is given, is evaluated behind everything
/// else, along the path of this number; its first step is returned.
Index record(const Model& model, const FactSheet& facts, const Setting& setting, Verdicts& verdicts,
             Recording& recording, Index more = none, Index path = 0);

/// The value of an expression without facts, for the figures that tests expect; `on` is the review date.
[[nodiscard]] Value evaluate_constant(const Model& model, Index expr, Date on = {});

} // namespace rung
