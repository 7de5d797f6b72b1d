#include "interpreter/walk.hpp"

namespace rung {

std::vector<Root> roots_of(const Model& model) {
    std::vector<Root> roots;
    const auto add = [&](Index expr, const std::string& name) {
        if (expr != none) {
            roots.push_back({expr, name});
        }
    };
    const auto add_cells = [&](const std::vector<Cell>& cells, const std::string& name) {
        for (const Cell& cell : cells) {
            add(cell.value, name);
            add(cell.condition, name);
        }
    };
    for (const Review& review : model.reviews) {
        add(review.window, review.id);
    }
    for (const Measure& measure : model.measures) {
        add(measure.expr, measure.name);
    }
    for (const Measure& measure : model.record_measures) {
        add(measure.expr, model.records[measure.record].name + "." + measure.name);
        if (measure.expr != none) {
            roots.back().record = measure.record;
        }
    }
    for (const Paths& paths : model.paths) {
        for (const Path& path : paths.paths) {
            add(path.when, path.id);
        }
    }
    for (const Requirement& row : model.requirements) {
        add(row.when, row.id);
        add(row.asks, row.id);
        add_cells(row.cells, row.id);
    }
    for (const Benefit& benefit : model.benefits) {
        for (const Index need : benefit.needs) {
            add(need, benefit.id);
        }
        add_cells(benefit.cells, benefit.id);
    }
    for (const Worth& value : model.values) {
        for (const Index figure : value.figures) {
            add(figure, value.id);
        }
    }
    for (const Keeping& keeping : model.keepings) {
        add(keeping.through, keeping.id);
        add(keeping.when, keeping.id);
    }
    for (const Notice& notice : model.notices) {
        add(notice.when, notice.id);
    }
    return roots;
}

std::vector<Index> operands_of(const Model& model, const Expr& expr) {
    std::vector<Index> operands;
    const auto add = [&](Index operand) {
        if (operand != none) {
            operands.push_back(operand);
        }
    };
    const auto listed = [&] {
        for (Index i = 0; i < expr.operand_count; ++i) {
            add(model.operands[expr.first_operand + i]);
        }
    };
    switch (expr.op) {
    case Op::literal:
    case Op::hole:
    case Op::fact:
    case Op::field: // `a` is a scope
    case Op::measure:
    case Op::record_measure: // `a` is a scope
    case Op::review_date:
    case Op::review_period:
    case Op::tier:
    case Op::path:
    case Op::held_tier:
    case Op::held_since:
    case Op::held_until:
    case Op::group_key:
    case Op::group_records:
    case Op::unstated:
    case Op::aggregate: // its parts are in scopes of their own
        break;
    case Op::by_path:
    case Op::all_true:
    case Op::any_true:
    case Op::look_up: // `a` is a column
        listed();
        break;
    case Op::in_members:
    case Op::at_least_of:
        add(expr.a);
        listed();
        break;
    case Op::negation:
    case Op::minus:
    case Op::first_day:
    case Op::last_day:
    case Op::include_any:
    case Op::include_all:
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::in_window:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::at_most:
    case Op::at_least:
    case Op::otherwise:
    case Op::conditional:
    case Op::round:
    case Op::window:
    case Op::day_in_year:
    case Op::year_of:
    case Op::month_of:
    case Op::month_days:
    case Op::through:
        add(expr.a);
        add(expr.b);
        add(expr.c);
        break;
    }
    return operands;
}

} // namespace rung
