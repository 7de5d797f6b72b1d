#include "interpreter/internal.hpp"

#include "interpreter/walk.hpp"

#include <algorithm>

namespace rung {

namespace {

bool any_internal(const std::vector<Field>& fields) {
    return std::any_of(fields.begin(), fields.end(),
                       [](const Field& field) { return field.internal; });
}

class InternalReads {
public:
    explicit InternalReads(const Model& model)
        : model_(model), found_(model.exprs.size(), false), records_(model.scopes + 1, none) {}

    std::vector<bool> run() {
        for (const MeasureRef ref : model_.measure_order) {
            const Measure& measure = of(ref);
            root(measure.expr, measure.record);
        }
        for (const Root& each : roots_of(model_)) {
            root(each.expr, each.record);
        }
        return std::move(found_);
    }

private:
    [[nodiscard]] const Measure& of(MeasureRef ref) const {
        return ref.of_record ? model_.record_measures[ref.index] : model_.measures[ref.index];
    }

    void root(Index expr, Index record) {
        records_.front() = record;
        look(expr);
    }

    bool look(Index index) {
        if (index == none) {
            return false;
        }
        const Expr& expr = model_.exprs[index];
        bool reads = by_itself(expr);
        for (const Index operand : operands_of(model_, expr)) {
            reads = look(operand) || reads;
        }
        if (expr.op == Op::aggregate) {
            reads = look_in(model_.aggregates[expr.index]) || reads;
        }
        found_[index] = reads;
        return reads;
    }

    bool look_in(const Aggregate& aggregate) {
        bool reads = false;
        for (const Index outside : {aggregate.list, aggregate.count, aggregate.within}) {
            reads = look(outside) || reads;
        }
        const Index before = records_[aggregate.scope];
        for (const Index inside : {aggregate.where, aggregate.item, aggregate.last_day}) {
            records_[aggregate.scope] = aggregate.record;
            reads = look(inside) || reads;
        }
        records_[aggregate.scope] = before;
        return reads;
    }

    /// Measures come behind those that they read.
    [[nodiscard]] bool by_itself(const Expr& expr) const {
        switch (expr.op) {
        case Op::fact:
            return model_.facts[expr.index].internal;
        case Op::field:
            return model_.records[records_[expr.a]].fields[expr.index].internal;
        case Op::through: {
            const Reference& to = model_.references[model_.exprs[expr.a].type.index];
            return model_.facts[to.fact].internal ||
                   model_.records[to.record].fields[expr.index].internal;
        }
        case Op::measure:
            return read_by(model_.measures[expr.index]);
        case Op::record_measure:
            return read_by(model_.record_measures[expr.index]);
        default:
            return false;
        }
    }

    [[nodiscard]] bool read_by(const Measure& measure) const {
        return measure.expr != none && found_[measure.expr];
    }

    const Model& model_;
    std::vector<bool> found_;
    std::vector<Index> records_; // by scope
};

} // namespace

std::vector<bool> reads_internal(const Model& model) {
    const bool some =
        any_internal(model.facts) ||
        std::any_of(model.records.begin(), model.records.end(),
                    [](const RecordType& record) { return any_internal(record.fields); });
    return some ? InternalReads(model).run() : std::vector<bool>();
}

bool asks_internal(const Model& model, Index ladder, Index tier, Index benefit) {
    const std::vector<bool> internal = reads_internal(model);
    if (internal.empty()) {
        return false;
    }
    const auto reads = [&](Index expr) { return expr != none && internal[expr]; };
    const auto last_of = [&](const std::vector<Cell>& cells) {
        return tier == none ? cells.size() : std::size_t{tier} + 1;
    };
    const auto reads_cells = [&](const std::vector<Cell>& cells) {
        return std::any_of(
            cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(last_of(cells)),
            [&](const Cell& cell) { return reads(cell.value) || reads(cell.condition); });
    };
    const auto reads_row = [&](const Requirement& row) {
        const auto last = row.cells.begin() + static_cast<std::ptrdiff_t>(last_of(row.cells));
        return row.ladder == ladder &&
               std::any_of(row.cells.begin(), last, [](const Cell& cell) { return cell.asked; }) &&
               (reads(row.asks) || reads(row.when) || reads_cells(row.cells));
    };
    const auto reads_path = [&](const Paths& paths) {
        return paths.ladder == ladder &&
               std::any_of(paths.paths.begin(), paths.paths.end(),
                           [&](const Path& path) { return reads(path.when); });
    };
    const auto reads_need = [&](const Benefit& of) {
        return std::any_of(of.needs.begin(), of.needs.end(), reads) || reads_cells(of.cells);
    };
    return std::any_of(model.requirements.begin(), model.requirements.end(), reads_row) ||
           std::any_of(model.paths.begin(), model.paths.end(), reads_path) ||
           (benefit != none && reads_need(model.benefits[benefit]));
}

} // namespace rung
