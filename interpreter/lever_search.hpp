// The workings of levers.hpp, in two files: conditions and figures (levers.cpp), lists (lever_lists.cpp).
#pragma once

#include "interpreter/levers.hpp"

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace rung {

/// What a figure is to be.
struct Bounds {
    std::optional<Number> low;
    std::optional<Number> high;
    bool above = false; // more than `low`
    bool below = false; // less than `high`

    static Bounds from(const Number& low, bool above = false) {
        return {low, std::nullopt, above, false};
    }
    static Bounds through(const Number& high, bool below = false) {
        return {std::nullopt, high, false, below};
    }
    /// Whether every figure of the range will do.
    [[nodiscard]] bool hold(const Range& range) const;
};

/// What a day is to be: one of these, both inside.
struct DayBounds {
    Date low = Date::min();
    Date high = Date::max();

    [[nodiscard]] bool hold(const DateRange& range) const;
};

class Levers::Search {
public:
    Search(const Look& look, Index ladder, Index path, std::vector<Obstacle>& obstacles);

    Alternatives requirement(Index row, Index tier);
    Alternatives path_open();
    Alternatives truth(Index step, bool want);

    static Alternatives done() { return {PlanChanges()}; }
    static bool is_done(const Alternatives& levers) {
        return !levers.empty() && levers.front().empty();
    }
    /// Any of both; all of both together. Of too many those of the least effort are kept.
    [[nodiscard]] Alternatives any(Alternatives a, Alternatives b);
    [[nodiscard]] Alternatives all(const Alternatives& a, const Alternatives& b);
    [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> pairs(const Alternatives& a,
                                                                         const Alternatives& b);
    [[nodiscard]] Alternatives few(Alternatives levers);
    [[nodiscard]] Alternatives by_effort(Alternatives levers) const;

    /// Whether anything was left out since the search began to look for levers anew.
    [[nodiscard]] bool cut() const { return cut_; }
    [[nodiscard]] std::size_t put_together() const { return put_together_; }
    void begin() { cut_ = false; }

private:
    // ---- rows
    Alternatives judged(Index row, Index tier, bool is_way);
    Alternatives parts(Index head, Index tier);
    Alternatives both_conditions(Index row, Index tier);
    Alternatives some_of(std::vector<Alternatives> ways, std::size_t needed);

    // ---- the recording
    [[nodiscard]] const Step& step(Index index) const { return look_.recording.steps[index]; }
    [[nodiscard]] const Expr& expr_at(Index index) const {
        return look_.model.exprs[step(index).expr];
    }
    [[nodiscard]] std::vector<Index> below(Index parent) const;

    /// Where the value of a step comes from, if it is only handed on: a measure, the followed path.
    Alternatives handed_on(Index index, const std::function<Alternatives(Index)>& go, bool& is);
    /// One branch or the other of `if` and `otherwise`.
    Alternatives branches(Index index, const std::function<Alternatives(Index)>& go);

    // ---- conditions and values (levers.cpp)
    Alternatives compare(Index index, bool want);
    Alternatives compare_figures(Op op, Index a, Index b);
    Alternatives compare_days(Op op, Index a, Index b);
    Alternatives compare_choices(bool equal, Index a, Index b);
    Alternatives compare_texts(bool equal, Index a, Index b);
    Alternatives in_members(Index index, bool want);
    Alternatives in_window(Index index, bool want);
    Alternatives figure(Index index, const Bounds& bounds);
    Alternatives figure_if(Index index, const std::optional<Bounds>& bounds);
    Alternatives limited(Index index, const Bounds& bounds);
    Alternatives calculated(Index index, const Bounds& bounds);
    Alternatives scaled(Index index, const Number& by, bool divide, const Bounds& bounds);
    Alternatives days_apart(Index later, Index earlier, const Bounds& bounds);
    Alternatives rounded(Index index, const Bounds& bounds);
    Alternatives looked_up(Index index, const std::function<bool(const Value&)>& fits);
    Alternatives day(Index index, const DayBounds& bounds);
    Alternatives choice(Index index, std::uint64_t allowed);
    Alternatives include(Index index, Op op, std::uint64_t asked, bool want);
    Alternatives text(Index index, std::string_view wanted, bool equal);

    // ---- lists (lever_lists.cpp)
    /// What is asked of the figure, or the day, that an aggregate takes from each record.
    struct ItemGoal {
        Bounds figure;
        DayBounds day;
        bool dated = false;
    };
    struct Row {
        Index step = none;
        Index row = none;
        Truth counts = Truth::no;
        Index where = none; // steps
        Index item = none;
        Index last_day = none;
        bool is_new = false; // the plan adds it
    };
    struct Base {
        FactCell slot; // the list: a fact, or a field of a record
        std::string pointer;
        Value value;
    };
    Alternatives quantified(Index index, bool want);
    Alternatives aggregated(Index index, const Bounds& bounds);
    Alternatives extreme(Index index, const ItemGoal& goal, bool upward, bool downward);
    Alternatives more(Index index, std::size_t needed);
    Alternatives fewer(Index index, std::size_t too_many);
    Alternatives nothing_counts(Index index);
    Alternatives summed(Index index, const Bounds& bounds);
    [[nodiscard]] std::optional<Number> least_sum(const std::vector<Row>& rows) const;
    [[nodiscard]] bool is_open(const Row& row) const;
    [[nodiscard]] std::vector<Row> unsettled(const std::vector<Row>& rows) const;
    Alternatives toward(Index index, const Row& row, const Bounds& bounds);
    Alternatives summed_up(Index index, const Number& gap, bool strict);
    Alternatives summed_down(Index index, const Number& gap, bool strict);
    Alternatives averaged(Index index, const Bounds& bounds);
    Alternatives ranked(Index index, const Bounds& bounds);
    Alternatives distinct(Index index, const Bounds& bounds);
    Alternatives unlike(Index index, const std::vector<Row>& rows, const Row& row);
    Alternatives covered(Index index, const Bounds& bounds);
    Alternatives item(Index index, const Row& row, const ItemGoal& goal);
    Alternatives counts(Index index, const Row& row);
    Alternatives counts_not(Index index, const Row& row);
    Alternatives member(Index list, Index row);
    /// `lever` for so many rows: those that the plan added and that are not settled come first, and alone; else
    /// the ones of the least effort, or new ones in place of some or all of them.
    Alternatives side_by_side(const std::vector<const Alternatives*>& records);
    Alternatives for_rows(Index index, std::size_t needed,
                          const std::function<Alternatives(const Row&)>& lever);
    Alternatives settled(const std::vector<Row>& fresh, std::size_t needed,
                         const std::function<Alternatives(const Row&)>& lever);
    [[nodiscard]] std::size_t tried(std::size_t templates);
    Alternatives another(Index index, std::size_t count);
    [[nodiscard]] std::vector<std::string> plain_items(Index index, const Base& base,
                                                       std::size_t count) const;
    Alternatives emptied(Index index);
    [[nodiscard]] std::vector<Row> rows(Index index) const;
    [[nodiscard]] static std::vector<Row> fresh(const std::vector<Row>& rows);
    [[nodiscard]] std::optional<Base> base(Index list) const;
    [[nodiscard]] std::optional<Number> most_of_one(Index index) const;
    [[nodiscard]] bool is_new(Index table, Index row) const;
    [[nodiscard]] bool is_past(const Aggregate& aggregate, Index row) const;
    [[nodiscard]] Index list_step(Index index) const { return below(index).front(); }
    [[nodiscard]] const Aggregate& aggregate_at(Index index) const {
        return look_.model.aggregates[expr_at(index).index];
    }

    // ---- changes (lever_changes.cpp)
    [[nodiscard]] std::optional<FactCell> slot_of(Index index) const;
    [[nodiscard]] const Field& field_of(const FactCell& slot) const;
    [[nodiscard]] const Value& value_of(const FactCell& slot) const;
    [[nodiscard]] std::string pointer_of(const FactCell& slot) const;
    [[nodiscard]] std::optional<Obstacle::Why> fixed(const FactCell& slot) const;
    [[nodiscard]] bool is_new(const FactCell& slot) const {
        return slot.table != none && is_new(slot.table, slot.row);
    }
    Alternatives put(const FactCell& slot, const Value& value, PlanChange change);
    Alternatives put_truth(Index index, bool want);
    Alternatives put_figure(Index index, const Bounds& bounds);
    Alternatives put_figure(const FactCell& slot, const Number& figure);
    Alternatives short_of(const FactCell& slot, const Number& figure);
    Alternatives put_day(Index index, const DayBounds& bounds);
    Alternatives put_choice(Index index, std::uint64_t allowed);
    Alternatives put_text(Index index, std::string_view wanted, bool equal);
    /// Another record to refer to, where the value is one of a record that is referred to.
    Alternatives other_item(Index index, const std::function<bool(const Value&)>& fits);
    Alternatives obstructed(Obstacle::Why why, const FactCell& slot, Index index);
    Alternatives not_planned(Index index);

    /// While this is alive the records in reach are those of a record step, or of a measure.
    class Frames {
    public:
        Frames(Search& search, Index scope, Index table, Index row);
        ~Frames();
        Frames(const Frames&) = delete;
        Frames& operator=(const Frames&) = delete;

    private:
        Search& search_;
        Index scope_;
        FactCell before_;
    };
    /// A row of an aggregate, with its record in reach; of a past one, what is recorded stays.
    class InRow {
    public:
        InRow(Search& search, const Aggregate& aggregate, Index row);
        ~InRow();
        InRow(const InRow&) = delete;
        InRow& operator=(const InRow&) = delete;

    private:
        Search& search_;
        Frames frames_;
        bool past_;
    };

    const Look& look_;
    Index ladder_;
    Index path_;
    std::vector<Obstacle>& obstacles_;
    Index requirement_ = none; // that is being looked at
    Index tier_ = none;
    std::vector<FactCell> frames_; // by scope: table and row
    std::vector<FactCell> past_; // records of which what is recorded stays
    bool cut_ = false; // whether levers were left out
    std::size_t put_together_ = 0; // changes, while sets of them were joined
    bool least_ = true; // whether the figures found are the least that do
    bool in_sum_ =
        false; // a figure that cannot go all the way may go as far as it can: others do the rest
};

} // namespace rung
