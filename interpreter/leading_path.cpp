#include "interpreter/leading_path.hpp"

#include <algorithm>
#include <tuple>

namespace rung {

namespace {

/// How far the partner is from something: nothing where it is met, 1 where all of it is missing, or where
/// that cannot be told.
using Distance = Number;

constexpr Distance no_distance;
constexpr Distance whole_distance{1};

Distance share(const Condition& condition) {
    const std::optional<Number> part = share_missing(condition);
    return part && part->sign() >= 0 ? std::min(*part, whole_distance) : whole_distance;
}

Distance distance(const Condition& condition) {
    if (condition.verdict != RequirementVerdict::unmet) {
        return no_distance;
    }
    if (!condition.parts.empty()) {
        Distance furthest = no_distance;
        for (const Condition& part : condition.parts) {
            furthest = std::max(furthest, distance(part));
        }
        return furthest;
    }
    if (condition.alternatives.empty()) {
        return share(condition);
    }
    Distance nearest = whole_distance;
    for (const Condition& alternative : condition.alternatives) {
        const bool unmet = alternative.verdict == RequirementVerdict::unmet;
        nearest = std::min(nearest, unmet ? distance(alternative) : whole_distance);
    }
    return nearest;
}

/// The rows of one ladder and path at one tier.
class Column {
public:
    Column(const LadderOutcome& ladder, const PathOutcome& path, const std::string& tier,
           const std::vector<RequirementOutcome>& rows) {
        for (const RequirementOutcome& row : rows) {
            if (row.ladder == ladder.id && row.path == path.id && row.tier == tier) {
                rows_.push_back(&row);
            }
        }
    }

    [[nodiscard]] std::size_t count(RequirementVerdict verdict) const {
        return static_cast<std::size_t>(
            std::count_if(rows_.begin(), rows_.end(), [&](const RequirementOutcome* row) {
                return row->parent.empty() && row->verdict == verdict;
            }));
    }

    [[nodiscard]] Distance farthest() const {
        Distance most = no_distance;
        for (const RequirementOutcome* row : rows_) {
            if (row->parent.empty() && row->verdict == RequirementVerdict::unmet) {
                most = std::max(most, distance(*row));
            }
        }
        return most;
    }

private:
    [[nodiscard]] Distance distance(const RequirementOutcome& row) const {
        using Verdict = RequirementVerdict;
        if (row.verdict == Verdict::met || row.verdict == Verdict::waived) {
            return no_distance;
        }
        if (row.verdict != Verdict::unmet) {
            return whole_distance;
        }
        if (row.form != RequirementOutcome::Form::ask) {
            return distance_of_head(row);
        }
        Distance most = no_distance;
        for (const Condition& condition : row.conditions) {
            most = std::max(most, rung::distance(condition));
        }
        return most;
    }

    /// As far as the farthest of the parts that must still be met, if the nearest are chosen.
    [[nodiscard]] Distance distance_of_head(const RequirementOutcome& head) const {
        std::vector<Distance> parts;
        for (const RequirementOutcome* row : rows_) {
            if (row->parent == head.id && row->verdict != RequirementVerdict::not_asked) {
                const bool shut = row->condition == RequirementVerdict::unmet;
                parts.push_back(shut ? whole_distance : distance(*row));
            }
        }
        std::sort(parts.begin(), parts.end());
        using Form = RequirementOutcome::Form;
        const std::size_t needed = head.form == Form::any_one_of ? 1
                                   : head.form == Form::all_of   ? parts.size()
                                                                 : head.needed;
        return needed == 0 || needed > parts.size() ? whole_distance : parts[needed - 1];
    }

    std::vector<const RequirementOutcome*> rows_;
};

/// What tells two paths apart, the least is shown: whether it is closed, how far below the top it leads and may
/// lead, rows not met and not known at the next tier, how far from it, the name.
using Rank =
    std::tuple<int, std::size_t, std::size_t, std::size_t, std::size_t, Distance, std::string>;

Rank rank(const LadderOutcome& ladder, const PathOutcome& path,
          const std::vector<RequirementOutcome>& rows) {
    const int closed = path.open == RequirementVerdict::met       ? 0
                       : path.open == RequirementVerdict::unknown ? 1
                                                                  : 2;
    const auto from_top = [&](const std::string& tier) {
        const auto at = std::find_if(ladder.tiers.begin(), ladder.tiers.end(),
                                     [&](const TierName& name) { return name.id == tier; });
        return static_cast<std::size_t>(ladder.tiers.end() - at) - 1;
    };
    const std::size_t left = from_top(path.at_least);
    const std::string next = left == 0 ? "" : ladder.tiers[ladder.tiers.size() - left].id;
    const Column column(ladder, path, next, rows);
    return {closed,
            left,
            from_top(path.possible.back()),
            column.count(RequirementVerdict::unmet),
            column.count(RequirementVerdict::unknown),
            column.farthest(),
            path.id};
}

} // namespace

std::optional<Number> share_missing(const Condition& condition) {
    const ParsedNumber missing = Number::parse(condition.gap.value);
    const ParsedNumber asked = Number::parse(condition.required.value);
    if (condition.gap.state != Figure::State::known || !missing || !asked) {
        return std::nullopt;
    }
    const Checked part = div(missing.value, asked.value);
    return part ? std::optional(part.value) : std::nullopt;
}

std::string leading_path(const LadderOutcome& ladder, const std::vector<RequirementOutcome>& rows) {
    const auto leads = [&](const PathOutcome& a, const PathOutcome& b) {
        return rank(ladder, a, rows) < rank(ladder, b, rows);
    };
    const auto first = std::min_element(ladder.paths.begin(), ladder.paths.end(), leads);
    return first == ladder.paths.end() ? "" : first->id;
}

} // namespace rung
