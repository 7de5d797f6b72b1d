#include "interpreter/coverage.hpp"

#include "interpreter/lookup.hpp"
#include "interpreter/present.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>

namespace rung {

namespace {

using ItemKind = CoveredItem::Kind;

constexpr std::array<std::string_view, 5> row_words{"met", "unmet", "unknown", "not_asked",
                                                    "waived"};
constexpr std::array<std::string_view, 4> benefit_words{"granted", "open", "closed", "unknown"};
constexpr std::array<std::string_view, 3> notice_words{"told", "untold", "unknown"};

/// What is counted of a program, in the order of `Coverage::items`: rows, then conditions by their lines.
struct Counted {
    ItemKind kind = ItemKind::requirement;
    Index index = 0; // of the requirement, benefit, value, notice or look-up table
    Index tier = 0;
    std::size_t row = 0; // of a look-up table; behind its last one: `otherwise`
    std::vector<Index> exprs; // of a condition: everywhere it is written
    Span at;
    std::string words;
    std::vector<std::string_view> verdicts;
};

class Counting {
public:
    explicit Counting(const Model& model) : model_(model) {}

    std::vector<Counted> run() {
        for (Index row = 0; row < model_.requirements.size(); ++row) {
            const Index ladder = model_.requirements[row].ladder;
            for (Index tier = 1; tier < model_.tiers(ladder).size(); ++tier) {
                requirement(row, tier);
            }
        }
        for (Index benefit = 0; benefit < model_.benefits.size(); ++benefit) {
            const std::size_t tiers = model_.tiers(model_.benefits[benefit].ladder).size();
            for (Index tier = 0; tier < std::max<std::size_t>(tiers, 1); ++tier) {
                this->benefit(benefit, tier);
            }
        }
        for (Index value = 0; value < model_.values.size(); ++value) {
            for (Index tier = 0; tier < model_.values[value].figures.size(); ++tier) {
                if (model_.values[value].figures[tier] != none) {
                    items_.push_back({ItemKind::value,
                                      value,
                                      tier,
                                      0,
                                      {},
                                      model_.values[value].at,
                                      "",
                                      {"had"}});
                }
            }
        }
        for (Index notice = 0; notice < model_.notices.size(); ++notice) {
            std::vector<std::string_view> verdicts{"told", "untold"};
            if (may_be_unknown(model_.notices[notice].when)) {
                verdicts.emplace_back("unknown");
            }
            items_.push_back({ItemKind::notice,
                              notice,
                              0,
                              0,
                              {},
                              model_.notices[notice].at,
                              "",
                              std::move(verdicts)});
        }
        for (Index table = 0; table < model_.tables.size(); ++table) {
            look_ups(table);
        }
        const std::size_t rows = items_.size();
        conditions();
        std::stable_sort(
            items_.begin() + static_cast<std::ptrdiff_t>(rows), items_.end(),
            [](const Counted& a, const Counted& b) { return a.at.begin < b.at.begin; });
        return std::move(items_);
    }

private:
    // ---- rows

    void requirement(Index index, Index tier) {
        if (!model_.requirements[index].cells[tier].asked) {
            return;
        }
        std::vector<std::string_view> verdicts{"met", "unmet"};
        if (row_may_be_unknown(index, tier)) {
            verdicts.emplace_back("unknown");
        }
        if (may_be_unasked(index, tier)) {
            verdicts.emplace_back("not_asked");
        }
        if (model_.requirements[index].waivable) {
            verdicts.emplace_back("waived");
        }
        items_.push_back({ItemKind::requirement,
                          index,
                          tier,
                          0,
                          {},
                          model_.requirements[index].at,
                          "",
                          std::move(verdicts)});
    }

    [[nodiscard]] bool row_may_be_unknown(Index index, Index tier) {
        const Requirement& row = model_.requirements[index];
        const Cell& cell = row.cells[tier];
        if (may_be_unknown(row.asks) || may_be_unknown(row.when) ||
            may_be_unknown(cell.condition) || may_be_unknown(cell.value)) {
            return true;
        }
        for (Index part = index + 1; part < index + row.subtree; ++part) {
            if (model_.requirements[part].cells[tier].asked && row_may_be_unknown(part, tier)) {
                return true;
            }
        }
        return false;
    }

    /// A row with a condition is not asked where it is false; so is a head of `all of` with all its parts. The
    /// condition of a way closes the way, which is then unmet.
    [[nodiscard]] bool may_be_unasked(Index index, Index tier) const {
        const Requirement& row = model_.requirements[index];
        const bool is_way =
            row.parent != none && model_.requirements[row.parent].form != RowForm::all_of;
        if (is_way) {
            return false;
        }
        if (row.when != none || row.cells[tier].condition != none) {
            return true;
        }
        if (row.form != RowForm::all_of) {
            return false;
        }
        for (Index part = index + 1; part < index + row.subtree;
             part += model_.requirements[part].subtree) {
            if (model_.requirements[part].cells[tier].asked && !may_be_unasked(part, tier)) {
                return false;
            }
        }
        return true;
    }

    void benefit(Index index, Index tier) {
        const Benefit& benefit = model_.benefits[index];
        const bool opened = benefit.ladder == none || benefit.cells[tier].asked;
        std::vector<std::string_view> verdicts{opened ? "granted" : "closed"};
        const Index condition = benefit.ladder == none ? none : benefit.cells[tier].condition;
        if (opened && (!benefit.needs.empty() || condition != none)) {
            verdicts.emplace_back("open");
            if (may_be_unknown(condition) ||
                std::any_of(benefit.needs.begin(), benefit.needs.end(),
                            [&](Index need) { return may_be_unknown(need); })) {
                verdicts.emplace_back("unknown");
            }
        }
        items_.push_back(
            {ItemKind::benefit, index, tier, 0, {}, benefit.at, "", std::move(verdicts)});
    }

    // ---- look-up tables

    void look_ups(Index index) {
        const LookUpTable& table = model_.tables[index];
        const std::size_t first = items_.size();
        for (std::size_t row = 0; row < table.rows.size() + (table.otherwise ? 1 : 0); ++row) {
            const LookUpRow& of = row < table.rows.size() ? table.rows[row] : *table.otherwise;
            std::string words = table.name + " " + on_one_line(model_.source.text(of.keys_at));
            for (std::size_t bar = words.find(" |"); bar != std::string::npos;
                 bar = words.find(" |")) {
                words.replace(bar, 2, ",");
            }
            std::vector<std::string_view> verdicts{"looked_up"};
            if (of.further) {
                verdicts.emplace_back("further");
            }
            items_.push_back({ItemKind::look_up,
                              index,
                              0,
                              row,
                              {},
                              of.at,
                              std::move(words),
                              std::move(verdicts)});
        }
        std::sort(items_.begin() + static_cast<std::ptrdiff_t>(first), items_.end(),
                  [](const Counted& a, const Counted& b) { return a.at.begin < b.at.begin; });
    }

    // ---- conditions

    void conditions() {
        for (const Measure& measure : model_.measures) {
            walk(measure.expr, true);
        }
        for (const Measure& measure : model_.record_measures) {
            scopes_.push_back(measure.record);
            walk(measure.expr, true);
            scopes_.pop_back();
        }
        for (const Paths& paths : model_.paths) {
            for (const Path& path : paths.paths) {
                walk(path.when, true);
            }
        }
        for (const Keeping& keeping : model_.keepings) {
            walk(keeping.when, true);
            walk(keeping.through, false);
        }
        for (const Worth& value : model_.values) {
            for (const Index figure : value.figures) {
                walk(figure, false);
            }
        }
        for (const Requirement& row : model_.requirements) {
            walk(row.when, true);
            // A single condition that is asked is the row itself.
            walk(row.asks, row.asks != none && joins(model_.exprs[row.asks].op));
            for (const Cell& cell : row.cells) {
                walk(cell.condition, true);
                walk(cell.value, false);
            }
        }
        for (const Benefit& benefit : model_.benefits) {
            for (const Index need : benefit.needs) {
                walk(need, true);
            }
            for (const Cell& cell : benefit.cells) {
                walk(cell.condition, true);
            }
        }
        for (const Notice& notice : model_.notices) {
            // A single condition is the notice itself.
            walk(notice.when, notice.when != none && joins(model_.exprs[notice.when].op));
        }
    }

    static bool joins(Op op) {
        return op == Op::all_true || op == Op::any_true || op == Op::negation ||
               op == Op::at_least_of || op == Op::by_path;
    }

    /// Whose `a` is no operand, but a scope or a column.
    static bool is_place(Op op) {
        return op == Op::field || op == Op::record_measure || op == Op::group_key ||
               op == Op::group_records || op == Op::look_up;
    }

    /// Counts the single conditions in an expression; `whole` says whether it is one itself.
    void walk(Index index, bool whole) {
        if (index == none) {
            return;
        }
        const Expr& expr = model_.exprs[index];
        const bool truth = expr.type.kind == TypeKind::yes_no;
        const bool joined = truth && joins(expr.op);
        if (whole && truth && !joined && expr.op != Op::literal) {
            count(index);
        }
        if (expr.op == Op::aggregate) {
            const Aggregate& aggregate = model_.aggregates[expr.index];
            walk(aggregate.list, false);
            walk(aggregate.count, false);
            walk(aggregate.within, false);
            scopes_.push_back(aggregate.record);
            walk(aggregate.where, true);
            walk(aggregate.item, aggregate.kind == AggregateKind::each);
            walk(aggregate.last_day, false);
            scopes_.pop_back();
            return;
        }
        if (!is_place(expr.op)) {
            // What chooses between two values is a condition, too.
            walk(expr.a, (whole && expr.op == Op::negation) || expr.op == Op::conditional);
            walk(expr.b, false);
            walk(expr.c, false);
        }
        for (Index i = 0; i < expr.operand_count; ++i) {
            walk(model_.operands[expr.first_operand + i], whole && joined);
        }
    }

    /// The same words over the same records are one condition, however often they are written.
    void count(Index index) {
        const Expr& expr = model_.exprs[index];
        std::string words = on_one_line(model_.source.text(expr.at));
        const auto [known, fresh] = counted_.emplace(std::pair{words, scopes_}, items_.size());
        if (!fresh) {
            items_[known->second].exprs.push_back(index);
            return;
        }
        std::vector<std::string_view> verdicts{"met", "unmet"};
        if (may_be_unknown(index)) {
            verdicts.emplace_back("unknown");
        }
        items_.push_back({ItemKind::condition,
                          0,
                          0,
                          0,
                          {index},
                          expr.at,
                          std::move(words),
                          std::move(verdicts)});
    }

    // ---- what can be unknown

    /// Whether it reads a fact that may be missing: one without a default.
    [[nodiscard]] bool may_be_unknown(Index index) {
        if (index == none) {
            return false;
        }
        const Expr& expr = model_.exprs[index];
        switch (expr.op) {
        case Op::fact:
            return model_.facts[expr.index].default_literal == none;
        case Op::field:
            return model_.records[scopes_[expr.a]].fields[expr.index].default_literal == none;
        case Op::path: // the one that is being followed, open or not
            return false;
        case Op::tier: // of a partner whose facts do not decide it
        case Op::held_tier: // which the caller may not give
        case Op::held_since:
        case Op::held_until:
        case Op::group_key:
        case Op::group_records:
        case Op::through: // a key may lead nowhere
        case Op::unstated:
            return true;
        case Op::measure:
            return measure_may_be_unknown({none, expr.index});
        case Op::record_measure:
            return measure_may_be_unknown({scopes_[expr.a], expr.index});
        case Op::aggregate: {
            const Aggregate& aggregate = model_.aggregates[expr.index];
            scopes_.push_back(aggregate.record);
            const bool inside = may_be_unknown(aggregate.where) || may_be_unknown(aggregate.item) ||
                                may_be_unknown(aggregate.last_day);
            scopes_.pop_back();
            return inside || may_be_unknown(aggregate.list) || may_be_unknown(aggregate.count) ||
                   may_be_unknown(aggregate.within);
        }
        default:
            break;
        }
        for (Index i = 0; i < expr.operand_count; ++i) {
            if (may_be_unknown(model_.operands[expr.first_operand + i])) {
                return true;
            }
        }
        return !is_place(expr.op) &&
               (may_be_unknown(expr.a) || may_be_unknown(expr.b) || may_be_unknown(expr.c));
    }

    /// A measure of a record (`none`: of the partner), and its number.
    using MeasureKey = std::pair<Index, Index>;

    [[nodiscard]] bool measure_may_be_unknown(const MeasureKey& measure) {
        const auto known = measures_.find(measure);
        if (known != measures_.end()) {
            return known->second;
        }
        const bool of_record = measure.first != none;
        std::vector<Index> outer;
        outer.swap(scopes_);
        if (of_record) {
            scopes_.push_back(measure.first);
        }
        const bool may = may_be_unknown(
            (of_record ? model_.record_measures : model_.measures)[measure.second].expr);
        outer.swap(scopes_);
        measures_.emplace(measure, may);
        return may;
    }

    const Model& model_;
    std::vector<Counted> items_;
    std::vector<Index> scopes_; // the records of the aggregates around, outermost first
    std::map<std::pair<std::string, std::vector<Index>>, std::size_t> counted_;
    std::map<MeasureKey, bool> measures_;
};

/// The rows that were certainly meant, by table and row; yes where what goes on from a row added to it.
std::map<std::pair<Index, std::size_t>, bool> rows_meant(const Model& model,
                                                         const Recording& recording) {
    std::map<std::pair<Index, std::size_t>, bool> meant;
    for (std::size_t i = 0; i < recording.judged; ++i) {
        const Index index = recording.steps[i].expr;
        if (index == none || model.exprs[index].op != Op::look_up) {
            continue;
        }
        const Expr& expr = model.exprs[index];
        std::vector<Value> keys;
        for (std::size_t key = i + 1; keys.size() < expr.operand_count;
             key += recording.steps[key].size) {
            keys.push_back(recording.steps[key].value);
        }
        if (const auto row = row_meant(model.tables[expr.index], keys)) {
            meant[{expr.index, row->row}] |= row->further;
        }
    }
    return meant;
}

void mark(CoveredItem& item, std::string_view verdict) {
    for (CoveredItem::Verdict& countable : item.verdicts) {
        countable.seen |= countable.verdict == verdict;
    }
}

} // namespace

Coverage Coverage::of(const Program& program) {
    const Model& model = program.model();
    Coverage coverage;
    coverage.rules_file = model.source.name();
    coverage.program = model.name;
    coverage.version = model.version;
    for (const Ladder& ladder : model.ladders) {
        TiersOf& made = coverage.ladders.emplace_back();
        made.ladder = ladder.id;
        for (const Tier& tier : ladder.tiers) {
            made.tiers.push_back(tier.id);
        }
    }
    for (const Counted& counted : Counting(model).run()) {
        CoveredItem item;
        item.kind = counted.kind;
        item.id = counted.kind == ItemKind::requirement ? model.requirements[counted.index].id
                  : counted.kind == ItemKind::benefit   ? model.benefits[counted.index].id
                  : counted.kind == ItemKind::value     ? model.values[counted.index].id
                  : counted.kind == ItemKind::notice    ? model.notices[counted.index].id
                                                        : counted.words;
        const Index ladder =
            counted.kind == ItemKind::requirement ? model.requirements[counted.index].ladder
            : counted.kind == ItemKind::benefit   ? model.benefits[counted.index].ladder
            : counted.kind == ItemKind::value     ? model.values[counted.index].ladder
                                                  : none;
        if (ladder != none) {
            item.ladder = model.ladders[ladder].id;
            item.tier = model.ladders[ladder].tiers[counted.tier].id;
        }
        item.at = place_of(model.source, counted.at);
        for (const std::string_view verdict : counted.verdicts) {
            item.verdicts.push_back({std::string(verdict), false});
        }
        coverage.items.push_back(std::move(item));
    }
    return coverage;
}

void see(const Model& model, const Verdicts& verdicts, const Recording& recording,
         Coverage& coverage) {
    const std::vector<Counted> counted = Counting(model).run();
    std::vector<std::array<bool, 3>> truths(model.exprs.size());
    for (const Step& step : std::span(recording.steps).first(recording.judged)) {
        if (step.expr != none && step.value.form == Value::Form::truth) {
            truths[step.expr][static_cast<std::size_t>(verdict_of(step.value.truth))] = true;
        }
    }
    const auto meant = rows_meant(model, recording);
    for (std::size_t i = 0; i < counted.size(); ++i) {
        const Counted& here = counted[i];
        CoveredItem& item = coverage.items[i];
        switch (here.kind) {
        case ItemKind::requirement: {
            const Ladder& ladder = model.ladders[model.requirements[here.index].ladder];
            for (Index path = 0; path < ladder.path_count; ++path) {
                const Verdict verdict = verdicts.row(here.index, here.tier, path).verdict;
                mark(item, row_words[static_cast<std::size_t>(verdict)]);
            }
            break;
        }
        case ItemKind::benefit: {
            // Under an undecided tier a benefit's verdict is that of no cell.
            const Index ladder = model.benefits[here.index].ladder;
            if (ladder == none || verdicts.standing(ladder).tier == here.tier) {
                mark(item, benefit_words[static_cast<std::size_t>(verdicts.benefits[here.index])]);
            }
            break;
        }
        case ItemKind::value: {
            const Index ladder = model.values[here.index].ladder;
            if (ladder == none || verdicts.standing(ladder).tier == here.tier) {
                mark(item, "had");
            }
            break;
        }
        case ItemKind::look_up: {
            const auto row = meant.find({here.index, here.row});
            if (row != meant.end()) {
                mark(item, "looked_up");
                mark(item, row->second ? "further" : "");
            }
            break;
        }
        case ItemKind::notice:
            mark(item,
                 notice_words[static_cast<std::size_t>(verdict_of(verdicts.notices[here.index]))]);
            break;
        case ItemKind::condition:
            for (const Index expr : here.exprs) {
                for (std::size_t verdict = 0; verdict < 3; ++verdict) {
                    if (truths[expr][verdict]) {
                        mark(item, row_words[verdict]);
                    }
                }
            }
            break;
        }
    }
}

std::size_t Coverage::countable() const {
    std::size_t count = 0;
    for (const CoveredItem& item : items) {
        count += item.verdicts.size();
    }
    return count;
}

std::size_t Coverage::seen() const {
    std::size_t count = 0;
    for (const CoveredItem& item : items) {
        count += static_cast<std::size_t>(
            std::count_if(item.verdicts.begin(), item.verdicts.end(),
                          [](const CoveredItem::Verdict& verdict) { return verdict.seen; }));
    }
    return count;
}

int coverage_percent(const std::vector<Coverage>& all) {
    std::size_t seen = 0;
    std::size_t countable = 0;
    for (const Coverage& coverage : all) {
        seen += coverage.seen();
        countable += coverage.countable();
    }
    return countable == 0 ? 100 : static_cast<int>(seen * 100 / countable);
}

} // namespace rung
