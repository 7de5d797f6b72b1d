#include "interpreter/subject.hpp"

#include <rung/why.hpp>

#include <algorithm>

namespace rung {

namespace {

template <typename Part>
const Part* find(const std::vector<Part>& parts, const std::string& id) {
    const auto at =
        std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.id == id; });
    return at == parts.end() ? nullptr : &*at;
}

bool is_met(const RequirementOutcome& row) {
    return row.verdict == RequirementVerdict::met || row.verdict == RequirementVerdict::waived;
}

class Has {
public:
    explicit Has(const Outcome& outcome) : outcome_(outcome) {}

    bool operator()(const TierPlace& place) const {
        const LadderOutcome& ladder = outcome_.ladders[place.ladder];
        return reached(outcome_, ladder.id + "." + ladder.tiers[place.tier].id);
    }
    bool operator()(const BenefitOutcome* benefit) const {
        return benefit->verdict == Granted::granted;
    }
    bool operator()(const RequirementOutcome* requirement) const {
        std::vector<const RequirementOutcome*> rows = rows_of(outcome_, *requirement);
        std::erase_if(rows, [](const RequirementOutcome* row) {
            return row->verdict == RequirementVerdict::not_asked;
        });
        return !rows.empty() &&
               std::all_of(rows.begin(), rows.end(), [](const auto* row) { return is_met(*row); });
    }
    bool operator()(const ValueOutcome* value) const {
        return value->for_each ? !value->items.empty()
                               : value->value.state != Figure::State::absent &&
                                     value->value.state != Figure::State::unknown;
    }
    bool operator()(const NoticeOutcome* notice) const {
        return notice->verdict == RequirementVerdict::met;
    }

private:
    const Outcome& outcome_;
};

} // namespace

std::optional<Subject> find_subject(const Outcome& outcome, const std::string& name) {
    if (const std::optional<TierPlace> tier = find_tier(outcome, name)) {
        return *tier;
    }
    if (const auto* benefit = find(outcome.benefits, name)) {
        return benefit;
    }
    if (const auto* requirement = find(outcome.requirements, name)) {
        return requirement;
    }
    if (const auto* value = find(outcome.values, name)) {
        return value;
    }
    if (const auto* notice = find(outcome.notices, name)) {
        return notice;
    }
    return std::nullopt;
}

std::vector<const RequirementOutcome*> rows_of(const Outcome& outcome,
                                               const RequirementOutcome& row) {
    const LadderOutcome* ladder = find(outcome.ladders, row.ladder);
    std::vector<const RequirementOutcome*> rows;
    for (const RequirementOutcome& other : outcome.requirements) {
        if (other.id == row.id && other.ladder == row.ladder && other.path == ladder->path) {
            rows.push_back(&other);
        }
    }
    return rows;
}

bool has(const Outcome& outcome, const std::string& subject) {
    const std::optional<Subject> found = find_subject(outcome, subject);
    return found && std::visit(Has(outcome), *found);
}

} // namespace rung
