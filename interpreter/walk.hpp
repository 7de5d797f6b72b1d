// Goes through the expressions of a checked program, for views that ask what is read where.
//
// The walk knows which record a field is of, which an expression alone does not tell: it follows the
// aggregates that bring records into scope.
#pragma once

#include "interpreter/model.hpp"

#include <string>
#include <vector>

namespace rung {

/// An expression that stands on its own, and whose it is.
struct Root {
    Index expr = none;
    std::string name; // the row, measure, review …
    Index record = none; // of a measure of each record: the one in scope
};

/// All of a program, in the order of its parts.
[[nodiscard]] std::vector<Root> roots_of(const Model& model);

/// The operands of an expression that are evaluated where it stands; those of an aggregate are apart.
[[nodiscard]] std::vector<Index> operands_of(const Model& model, const Expr& expr);

/// Calls `visit` with an expression and, by scope, the records in reach, and then with all below it.
template <typename Visit>
class Walk {
public:
    /// `record` is in the outermost scope, if there is one.
    Walk(const Model& model, Visit visit, Index record = none)
        : model_(model), visit_(std::move(visit)), records_(model.scopes + 1, none) {
        records_.front() = record;
    }

    void operator()(Index index) {
        if (index == none) {
            return;
        }
        const Expr& expr = model_.exprs[index];
        visit_(index, records_);
        if (expr.op == Op::aggregate) {
            aggregate(model_.aggregates[expr.index]);
            return;
        }
        for (const Index operand : operands_of(model_, expr)) {
            (*this)(operand);
        }
    }

private:
    void aggregate(const Aggregate& aggregate) {
        for (const Index outside : {aggregate.list, aggregate.count, aggregate.within}) {
            (*this)(outside);
        }
        const Index before = records_[aggregate.scope];
        for (const Index inside : {aggregate.where, aggregate.item, aggregate.last_day}) {
            records_[aggregate.scope] = aggregate.record;
            (*this)(inside);
        }
        records_[aggregate.scope] = before;
    }

    const Model& model_;
    Visit visit_;
    std::vector<Index> records_;
};

template <typename Visit>
void walk(const Model& model, Index root, Visit visit, Index record = none) {
    Walk<Visit>(model, std::move(visit), record)(root);
}

} // namespace rung
