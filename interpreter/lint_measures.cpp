// Measures that mislead: two that are called the same, and a percentage that is taken for points.
#include "interpreter/lint.hpp"
#include "interpreter/types.hpp"
#include "interpreter/walk.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace rung {

namespace {

// ---- labels ------------------------------------------------------------------------------------

/// Of the partner, or of the records of one type: answers list them beside each other.
void find_equal_labels(const std::vector<Measure>& measures, const Model& model,
                       Findings& findings) {
    std::map<std::pair<Index, std::string>, const Measure*> first;
    const auto called = [&](const Measure& measure) {
        return (measure.record == none ? "" : model.records[measure.record].name + ".") +
               measure.name;
    };
    for (const Measure& measure : measures) {
        const auto [known, fresh] =
            first.emplace(std::pair{measure.record, measure.label}, &measure);
        if (!fresh) {
            findings.add(Code::label_twice, measure.at, called(measure),
                         {{"name", called(measure)},
                          {"other", called(*known->second)},
                          {"label", measure.label}});
        }
    }
}

// ---- percentages -------------------------------------------------------------------------------

/// `usage * 1.5`, a plain number: no more than 1.5 where the usage is 100%.
struct Product {
    const Expr* node;
    Number factor;
    std::string name; // of the measure or row that it stands in
};

class ScaleReader {
public:
    ScaleReader(const Model& model, Findings& findings) : model_(model), findings_(findings) {}

    void read() {
        for (const Root& root : roots_of(model_)) {
            read(root.expr, root.name, {});
        }
        for (const Requirement& row : model_.requirements) {
            std::optional<Number> most;
            for (const Cell& cell : row.cells) {
                most = greater(most, cell.value == none ? std::nullopt : figure(cell.value, {}));
            }
            if (row.asks != none && most) {
                read(row.asks, row.id, most);
            }
        }
    }

private:
    using Figure = std::optional<Number>;

    static Figure greater(const Figure& a, const Figure& b) {
        return a && b ? std::max(*a, *b) : a ? a : b;
    }

    /// `cell`: the greatest figure in the place of `_`.
    void read(Index root, const std::string& name, const Figure& cell) {
        walk(model_, root, [&](Index index, const auto&) {
            const Expr& expr = model_.exprs[index];
            if (expr.op == Op::at_most || (expr.op >= Op::less && expr.op <= Op::greater_equal)) {
                compare(expr.a, expr.b, name, cell);
                compare(expr.b, expr.a, name, cell);
            }
        });
    }

    void compare(Index left, Index right, const std::string& name, const Figure& cell) {
        // A percentage of some hundreds is growth; one of a thousand was meant as a number of points.
        constexpr std::int64_t beyond = 10;
        const Figure limit = figure(right, cell);
        const std::optional<Product> found = limit ? product(left, name) : std::nullopt;
        const Checked most = found ? mul(found->factor, Number(beyond)) : Checked{};
        if (!found || !most || found->factor.sign() <= 0 || *limit < most.value ||
            !told_.insert(found->node->at.begin).second) {
            return;
        }
        const std::string share = words(model_.exprs[found->node->a]);
        const std::string factor = words(model_.exprs[found->node->b]);
        findings_.add(Code::percent_for_points, found->node->at, found->name,
                      {{"product", words(*found->node)},
                       {"share", share},
                       {"factor", found->factor.to_grouped_string()},
                       {"limit", limit->to_grouped_string()},
                       {"fix", share + " / 1% * " + factor}});
    }

    [[nodiscard]] std::string words(const Expr& expr) const {
        return words_in(model_.source, expr.at);
    }

    /// The greatest plain number that an expression comes to, where the rules alone tell.
    [[nodiscard]] Figure figure(Index index, const Figure& cell) const {
        const Expr& expr = model_.exprs[index];
        if (expr.op == Op::hole) {
            return is_plain(expr.type.kind) ? cell : std::nullopt;
        }
        if (expr.op == Op::literal && is_plain(expr.type.kind)) {
            return model_.literals[expr.index].range.low;
        }
        if (expr.op != Op::look_up || !is_plain(expr.type.kind)) {
            return std::nullopt;
        }
        const LookUpTable& table = model_.tables[expr.index];
        Figure most;
        const auto add = [&](const LookUpRow& row) {
            if (const std::optional<Value>& value = row.values[expr.a]; value && value->certain()) {
                most = greater(most, value->range.low);
            }
        };
        std::for_each(table.rows.begin(), table.rows.end(), add);
        if (table.otherwise) {
            add(*table.otherwise);
        }
        return most;
    }

    /// A percentage that the partner brings, times a plain number of the rules; perhaps under a name, or
    /// with a least value. `50% * people` is half of them, and `usage * people` is people.
    [[nodiscard]] std::optional<Product> product(Index index, const std::string& name) const {
        const Expr& expr = model_.exprs[index];
        if (expr.op == Op::measure) {
            const Measure& measure = model_.measures[expr.index];
            return measure.expr == none ? std::nullopt : product(measure.expr, measure.name);
        }
        if (expr.op == Op::at_least || expr.op == Op::otherwise) {
            return product(expr.a, name);
        }
        if (expr.op != Op::multiply || !is_plain(expr.type.kind)) {
            return std::nullopt;
        }
        const Expr& share = model_.exprs[expr.a];
        const Figure factor = figure(expr.b, {});
        const bool brought = share.op == Op::fact || share.op == Op::field ||
                             share.op == Op::measure || share.op == Op::record_measure;
        return share.type.kind == TypeKind::percent && brought && factor
                   ? std::optional(Product{&expr, *factor, name})
                   : std::nullopt;
    }

    const Model& model_;
    Findings& findings_;
    std::set<std::uint32_t> told_;
};

} // namespace

void find_odd_measures(const Model& model, Findings& findings) {
    find_equal_labels(model.measures, model, findings);
    find_equal_labels(model.record_measures, model, findings);
    ScaleReader(model, findings).read();
}

} // namespace rung
