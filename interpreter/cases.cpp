#include "interpreter/cases.hpp"

namespace rung {

namespace {

/// Counts the places in which facts are read by what decides tiers.
class Readings {
public:
    explicit Readings(const Model& model)
        : model_(model), places_(model.facts.size()), seen_(model.exprs.size()) {}

    void add(Index root) {
        if (root != none) {
            open_.push_back(root);
        }
        while (!open_.empty()) {
            const Index index = open_.back();
            open_.pop_back();
            read(model_.exprs[index]);
        }
    }

    [[nodiscard]] Index places_of(Index fact) const { return places_[fact]; }

private:
    void read(const Expr& expr) {
        if (expr.op == Op::fact) {
            ++places_[expr.index];
        } else if (expr.op == Op::measure || expr.op == Op::record_measure) {
            const bool of_record = expr.op == Op::record_measure;
            const Index measure =
                (of_record ? model_.record_measures : model_.measures)[expr.index].expr;
            // What a measure reads is read at every place where the measure is, but twice is enough to know.
            if (measure != none && seen_[measure] < 2) {
                ++seen_[measure];
                open_.push_back(measure);
            }
        } else if (expr.op == Op::aggregate) {
            const Aggregate& aggregate = model_.aggregates[expr.index];
            for (const Index part : {aggregate.list, aggregate.item, aggregate.where}) {
                if (part != none) {
                    open_.push_back(part);
                }
            }
        }
        for (const Index operand : {expr.a, expr.b, expr.c}) {
            if (operand != none && !is_place(expr.op)) {
                open_.push_back(operand);
            }
        }
        for (Index i = 0; i < expr.operand_count; ++i) {
            open_.push_back(model_.operands[expr.first_operand + i]);
        }
    }

    /// Whose `a` is no operand, but a scope or a column.
    static bool is_place(Op op) {
        return op == Op::field || op == Op::record_measure || op == Op::group_key ||
               op == Op::group_records || op == Op::look_up;
    }

    const Model& model_;
    std::vector<Index> places_; // by fact
    std::vector<Index> seen_; // by expression of a measure
    std::vector<Index> open_;
};

} // namespace

std::vector<Index> facts_to_try(const Model& model) {
    Readings readings(model);
    for (const Requirement& row : model.requirements) {
        readings.add(row.asks);
        readings.add(row.when);
        for (const Cell& cell : row.cells) {
            readings.add(cell.value);
            readings.add(cell.condition);
        }
    }
    for (const Paths& paths : model.paths) {
        for (const Path& path : paths.paths) {
            readings.add(path.when);
        }
    }
    std::vector<Index> facts;
    for (Index i = 0; i < model.facts.size(); ++i) {
        const TypeKind kind = model.facts[i].type.kind;
        if ((kind == TypeKind::yes_no || kind == TypeKind::choice) && readings.places_of(i) > 1) {
            facts.push_back(i);
        }
    }
    return facts;
}

} // namespace rung
