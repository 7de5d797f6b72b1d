#include "interpreter/near_miss.hpp"

#include <algorithm>

namespace rung {

namespace {

using Lacks = std::vector<Condition>;
using Shape = RequirementOutcome::Form;

class Search {
public:
    Search(const Outcome& outcome, const LadderOutcome& ladder, const std::string& tier,
           const Number& percent)
        : percent_(percent) {
        for (const RequirementOutcome& row : outcome.requirements) {
            if (row.ladder == ladder.id && row.tier == tier && row.path == ladder.path) {
                rows_.push_back(&row);
            }
        }
    }

    [[nodiscard]] std::optional<Lacks> run() const {
        Lacks lacks;
        for (const RequirementOutcome* row : rows_) {
            if (row->parent.empty() && !take(*row, lacks)) {
                return std::nullopt;
            }
        }
        return lacks.empty() ? std::nullopt : std::optional(lacks);
    }

private:
    static bool lacks_nothing(const RequirementOutcome& row) {
        return row.verdict == RequirementVerdict::met ||
               row.verdict == RequirementVerdict::waived ||
               row.verdict == RequirementVerdict::not_asked;
    }

    /// Adds what the row lacks; not if it lacks too much, or it is not known what.
    [[nodiscard]] bool take(const RequirementOutcome& row, Lacks& lacks) const {
        if (lacks_nothing(row)) {
            return true;
        }
        if (row.verdict == RequirementVerdict::unknown) {
            return false;
        }
        if (row.form == Shape::ask) {
            return take_conditions(row, lacks);
        }
        std::size_t met = 0;
        std::size_t near = 0;
        std::size_t of = 0;
        std::vector<Lacks> found;
        for (const RequirementOutcome* part : rows_) {
            if (part->parent != row.id || part->verdict == RequirementVerdict::not_asked) {
                continue;
            }
            ++of;
            Lacks own;
            if (lacks_nothing(*part)) {
                ++met;
            } else if (take(*part, own)) {
                ++near;
                found.push_back(std::move(own));
            }
        }
        const std::size_t needed = row.form == Shape::all_of       ? of
                                   : row.form == Shape::any_one_of ? 1
                                                                   : row.needed;
        if (needed <= met || needed - met > near) {
            return false;
        }
        for (std::size_t i = 0; i < needed - met; ++i) {
            lacks.insert(lacks.end(), found[i].begin(), found[i].end());
        }
        return true;
    }

    [[nodiscard]] bool take_conditions(const RequirementOutcome& row, Lacks& lacks) const {
        const std::size_t before = lacks.size();
        for (const Condition& condition : row.conditions) {
            if (condition.verdict == RequirementVerdict::met) {
                continue;
            }
            if (condition.verdict != RequirementVerdict::unmet || !is_near(condition)) {
                return false;
            }
            lacks.push_back(condition);
        }
        return lacks.size() > before;
    }

    /// Only of a figure that more of would be enough.
    [[nodiscard]] bool is_near(const Condition& condition) const {
        const bool is_figure = (condition.comparison == ">=" || condition.comparison == ">") &&
                               condition.gap.state == Figure::State::known &&
                               condition.required.state == Figure::State::known;
        if (!is_figure) {
            return false;
        }
        const ParsedNumber gap = Number::parse(condition.gap.value);
        const ParsedNumber required = Number::parse(condition.required.value);
        if (!gap || !required) { // days, months
            return false;
        }
        const Checked missing = mul(gap.value, Number(100));
        const Checked may = mul(required.value, percent_);
        return missing && may && missing.value <= may.value;
    }

    Number percent_;
    std::vector<const RequirementOutcome*> rows_; // of the tier, along the path that is shown
};

} // namespace

std::optional<std::vector<Condition>> near_miss(const Outcome& outcome, const LadderOutcome& ladder,
                                                const std::string& tier, const Number& percent) {
    return Search(outcome, ladder, tier, percent).run();
}

} // namespace rung
