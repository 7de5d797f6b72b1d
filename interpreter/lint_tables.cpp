// Rows and columns beside one another: figures that fall from tier to tier, rows that repeat others, benefits
// that are lost on the way up.
#include "interpreter/evaluate.hpp"
#include "interpreter/lint.hpp"
#include "interpreter/ranges.hpp"
#include "interpreter/walk.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace rung {

namespace {

/// How much the second of two asks, compared with the first.
enum class CellOrder : std::uint8_t { same, less, more, unclear };

CellOrder reversed(CellOrder order) {
    return order == CellOrder::less   ? CellOrder::more
           : order == CellOrder::more ? CellOrder::less
                                      : order;
}

/// Of two parts that are asked together.
CellOrder together(CellOrder a, CellOrder b) {
    return a == b || b == CellOrder::same ? a : a == CellOrder::same ? b : CellOrder::unclear;
}

/// Which figures in the place of `_` ask more: greater ones, smaller ones, or it cannot be told.
enum class Harder : std::uint8_t { unclear, greater, smaller };

Harder opposite(Harder harder) {
    return harder == Harder::greater   ? Harder::smaller
           : harder == Harder::smaller ? Harder::greater
                                       : harder;
}

bool is_hole(const Model& model, Index expr) {
    return expr != none && model.exprs[expr].op == Op::hole;
}

bool has_hole(const Model& model, Index root) {
    bool found = false;
    walk(model, root, [&](Index expr, const auto&) { found |= is_hole(model, expr); });
    return found;
}

Harder harder_figures(const Model& model, Index index) {
    const Expr& expr = model.exprs[index];
    switch (expr.op) {
    case Op::greater:
    case Op::greater_equal:
        return is_hole(model, expr.b)   ? Harder::greater
               : is_hole(model, expr.a) ? Harder::smaller
                                        : Harder::unclear;
    case Op::less:
    case Op::less_equal:
        return is_hole(model, expr.b)   ? Harder::smaller
               : is_hole(model, expr.a) ? Harder::greater
                                        : Harder::unclear;
    case Op::negation:
        return opposite(harder_figures(model, expr.a));
    case Op::all_true:
    case Op::any_true: {
        std::set<Harder> found;
        for (const Index operand : operands_of(model, expr)) {
            if (has_hole(model, operand)) {
                found.insert(harder_figures(model, operand));
            }
        }
        return found.size() == 1 ? *found.begin() : Harder::unclear;
    }
    default:
        return Harder::unclear;
    }
}

/// The figure or day of an expression that reads nothing.
std::optional<Value> plain_value(const Model& model, Index root) {
    if (root == none) {
        return std::nullopt;
    }
    bool plain = true;
    walk(model, root, [&](Index index, const auto&) {
        const Op op = model.exprs[index].op;
        plain &= op == Op::literal || op == Op::minus || op == Op::add || op == Op::subtract ||
                 op == Op::multiply || op == Op::divide;
    });
    if (!plain) {
        return std::nullopt;
    }
    const Value value = evaluate_constant(model, root);
    const bool ordered = value.form == Value::Form::range || value.form == Value::Form::dates;
    return ordered && value.certain() ? std::optional(value) : std::nullopt;
}

class TableReader {
public:
    TableReader(const Model& model, Findings& findings) : model_(model), findings_(findings) {}

    void read() {
        for (Index ladder = 0; ladder < model_.ladders.size(); ++ladder) {
            if (model_.ladders[ladder].climb == Climb::each_alone) {
                columns(ladder);
            }
        }
        for (Index row = 0; row < model_.requirements.size(); ++row) {
            if (model_.requirements[row].form == RowForm::ask) {
                by_asks_[asks_of(row)].push_back(row);
            }
        }
        for (Index row = 0; row < model_.requirements.size(); ++row) {
            thresholds(row);
            if (is_asked_as_such(row) &&
                model_.ladders[model_.requirements[row].ladder].climb == Climb::each_alone) {
                asked_below_only(row);
            }
            shadowed(row);
        }
        for (const Benefit& benefit : model_.benefits) {
            lost(benefit);
        }
    }

private:
    // ---- one row at two tiers, or two rows at one

    [[nodiscard]] bool same_words(Index a, Index b) const {
        return a == b || (a != none && b != none &&
                          words_in(model_.source, model_.exprs[a].at) ==
                              words_in(model_.source, model_.exprs[b].at));
    }

    /// What is asked where both cells ask, conditions aside.
    [[nodiscard]] CellOrder figures(const Requirement& row, const Cell& first,
                                    const Cell& second) const {
        if (same_words(first.value, second.value)) {
            return CellOrder::same;
        }
        const std::optional<Value> a = plain_value(model_, first.value);
        const std::optional<Value> b = plain_value(model_, second.value);
        const Harder harder = harder_figures(model_, row.asks);
        if (!a || !b) {
            return CellOrder::unclear;
        }
        if (equal(*a, *b) == Truth::yes) {
            return CellOrder::same;
        }
        const bool falls = less(*b, *a) == Truth::yes;
        return harder == Harder::unclear              ? CellOrder::unclear
               : falls == (harder == Harder::greater) ? CellOrder::less
                                                      : CellOrder::more;
    }

    /// What a row that must be met asks by two cells; of a way it is the other way round that a cell without
    /// a figure, or with a condition, asks more.
    [[nodiscard]] CellOrder cells(const Requirement& row, const Cell& first, const Cell& second,
                                  bool is_way) const {
        if (!first.asked || !second.asked) {
            const CellOrder order = first.asked == second.asked ? CellOrder::same
                                    : first.asked               ? CellOrder::less
                                                                : CellOrder::more;
            return is_way ? reversed(order) : order;
        }
        const CellOrder figures =
            row.asks == none ? CellOrder::same : this->figures(row, first, second);
        if (same_words(first.condition, second.condition)) {
            return figures;
        }
        if (first.condition != none && second.condition != none) {
            return CellOrder::unclear;
        }
        const CellOrder conditions = first.condition == none ? CellOrder::less : CellOrder::more;
        return together(figures, is_way ? reversed(conditions) : conditions);
    }

    [[nodiscard]] bool is_way(Index row) const {
        const Index parent = model_.requirements[row].parent;
        return parent != none && model_.requirements[parent].form != RowForm::all_of;
    }

    /// A row of its own, or a part of heads that ask for all of their parts.
    [[nodiscard]] bool is_asked_as_such(Index row) const {
        for (; model_.requirements[row].parent != none; row = model_.requirements[row].parent) {
            if (is_way(row)) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] const Tier& tier(Index row, std::size_t tier) const {
        return model_.ladders[model_.requirements[row].ladder].tiers[tier];
    }

    // ---- columns

    /// A whole column that asks less than the one below it; its cells are then not told one by one.
    void columns(Index index) {
        const Ladder& ladder = model_.ladders[index];
        for (std::size_t tier = 2; tier < ladder.tiers.size(); ++tier) {
            CellOrder column = CellOrder::same;
            for (Index row = 0; row < model_.requirements.size();
                 row += model_.requirements[row].subtree) {
                if (model_.requirements[row].ladder == index) {
                    column = together(column, subtree(row, tier - 1, tier));
                }
            }
            if (column == CellOrder::less) {
                findings_.add(
                    Code::tier_easier_than_below, ladder.tiers[tier].at, ladder.tiers[tier].id,
                    {{"tier", ladder.tiers[tier].id}, {"below", ladder.tiers[tier - 1].id}});
                easier_.emplace(index, tier);
            }
        }
    }

    [[nodiscard]] CellOrder subtree(Index index, std::size_t below, std::size_t tier) const {
        const Requirement& row = model_.requirements[index];
        CellOrder order = cells(row, row.cells[below], row.cells[tier], is_way(index));
        const bool both = row.cells[below].asked && row.cells[tier].asked;
        for (Index part = index + 1; both && part < index + row.subtree;
             part += model_.requirements[part].subtree) {
            order = together(order, subtree(part, below, tier));
        }
        return order;
    }

    [[nodiscard]] bool column_told(Index row, std::size_t tier) const {
        return easier_.contains({model_.requirements[row].ladder, tier});
    }

    // ---- cells

    void thresholds(Index index) {
        const Requirement& row = model_.requirements[index];
        std::size_t below = 0;
        for (std::size_t tier = 1; tier < row.cells.size() && row.asks != none; ++tier) {
            const Cell& cell = row.cells[tier];
            if (!cell.asked || cell.condition != none) {
                continue;
            }
            if (below != 0 && figures(row, row.cells[below], cell) == CellOrder::less &&
                !(tier == below + 1 && column_told(index, tier))) {
                falls(index, below, tier);
            }
            below = tier;
        }
    }

    void falls(Index index, std::size_t below, std::size_t tier) {
        const Requirement& row = model_.requirements[index];
        findings_.add(Code::threshold_not_rising, row.cells[tier].at, row.id,
                      {{"tier", this->tier(index, tier).id},
                       {"below", this->tier(index, below).id},
                       {"value", words_in(model_.source, row.cells[tier].at)},
                       {"other", words_in(model_.source, row.cells[below].at)}});
    }

    void asked_below_only(Index index) {
        const Requirement& row = model_.requirements[index];
        for (std::size_t tier = 2; tier < row.cells.size(); ++tier) {
            const bool head_asks =
                row.parent == none || model_.requirements[row.parent].cells[tier].asked;
            if (row.cells[tier - 1].asked && !row.cells[tier].asked && head_asks &&
                !column_told(index, tier)) {
                findings_.add(Code::asked_below_only, row.cells[tier].at, row.id,
                              {{"name", row.id},
                               {"tier", this->tier(index, tier).id},
                               {"below", this->tier(index, tier - 1).id}});
                return;
            }
        }
    }

    // ---- rows

    [[nodiscard]] std::string asks_of(Index row) const {
        return words_in(model_.source, model_.exprs[model_.requirements[row].asks].at);
    }

    [[nodiscard]] bool are_siblings(Index a, Index b) const {
        const Requirement& one = model_.requirements[a];
        const Requirement& other = model_.requirements[b];
        return a != b && one.parent == other.parent && one.ladder == other.ladder &&
               one.waivable == other.waivable;
    }

    /// Whether `index` says nothing that `other`, which asks in the same words, does not say: a row that must
    /// be met, or a way.
    [[nodiscard]] bool is_shadow(Index index, Index other, bool way) const {
        const Requirement& row = model_.requirements[index];
        const Requirement& by = model_.requirements[other];
        if (by.when != none && !same_words(row.when, by.when)) {
            return false;
        }
        for (std::size_t tier = 1; tier < row.cells.size(); ++tier) {
            if (!row.cells[tier].asked) {
                continue;
            }
            if (!by.cells[tier].asked) {
                return false;
            }
            const Cell& cell = by.cells[tier];
            const bool sure =
                cell.condition == none || same_words(cell.condition, row.cells[tier].condition);
            const CellOrder order = figures(row, row.cells[tier], cell);
            if (!sure ||
                (order != CellOrder::same && order != (way ? CellOrder::less : CellOrder::more))) {
                return false;
            }
        }
        return true;
    }

    /// Of two that say the same, the second is told.
    void shadowed(Index index) {
        const Requirement& row = model_.requirements[index];
        const bool way = is_way(index);
        if (row.form != RowForm::ask ||
            (way && model_.requirements[row.parent].form != RowForm::any_one_of)) {
            return; // of `at least N of`, two of the same count twice
        }
        for (const Index other : by_asks_[asks_of(index)]) {
            if (!are_siblings(index, other) || !is_shadow(index, other, way) ||
                (index < other && is_shadow(other, index, way))) {
                continue;
            }
            const Requirement& by = model_.requirements[other];
            findings_.add(Code::row_shadowed, first_word(row.at), row.id,
                          {{"name", row.id}, {way ? "easier" : "other", by.id}},
                          {{NoteCode::the_other, first_word(by.at), {{"other", by.id}}}});
            return;
        }
    }

    /// The name of a row, where it stands first, or whatever does.
    [[nodiscard]] Span first_word(Span row) const {
        const std::string_view text = model_.source.text();
        const std::size_t begin = text.find_first_not_of("| \t", row.begin);
        const std::size_t end = text.find_first_of(" \t|\r\n", begin);
        return {static_cast<std::uint32_t>(begin),
                static_cast<std::uint32_t>(std::min<std::size_t>(end, row.end))};
    }

    // ---- benefits

    void lost(const Benefit& benefit) {
        for (std::size_t tier = 1; tier < benefit.cells.size(); ++tier) {
            if (benefit.cells[tier - 1].asked && !benefit.cells[tier].asked) {
                const std::span<const Tier> tiers = model_.tiers(benefit.ladder);
                findings_.add(Code::benefit_lost, benefit.cells[tier].at, benefit.id,
                              {{"name", benefit.id},
                               {"tier", tiers[tier].id},
                               {"below", tiers[tier - 1].id}});
                return;
            }
        }
    }

    const Model& model_;
    Findings& findings_;
    std::set<std::pair<Index, std::size_t>> easier_; // ladder and tier, told as columns
    std::map<std::string, std::vector<Index>> by_asks_; // rows by the words of what they ask
};

} // namespace

void find_odd_tables(const Model& model, Findings& findings) {
    TableReader(model, findings).read();
}

} // namespace rung
