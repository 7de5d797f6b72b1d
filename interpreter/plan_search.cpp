#include "interpreter/plan_search.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <queue>
#include <span>

namespace rung {

namespace {

/// A text that two sets of changes share exactly if they are one.
std::string text_of(const PlanChanges& changes) {
    std::string text;
    for (const auto& [place, change] : changes) {
        text += place + "=" + change.json;
        for (const std::string& item : change.items) {
            text += "+" + item;
        }
        text += "\n";
    }
    return text;
}

bool is_to_be_same(const PlanChange& a, const PlanChange& b) {
    return a.json == b.json && a.items == b.items;
}

/// Whether all of `part` is in `whole`.
bool contains(const PlanChanges& whole, const PlanChanges& part) {
    return std::all_of(part.begin(), part.end(), [&](const auto& entry) {
        const auto at = whole.find(entry.first);
        return at != whole.end() && is_to_be_same(at->second, entry.second);
    });
}

/// What a way does, without how far figures and days go: two ways of one outline are told as one.
std::string outline_of(const PlanChanges& changes) {
    std::string text;
    for (const auto& [place, change] : changes) {
        const bool by_value = !change.within_new && (change.kind == PlanChange::Kind::set ||
                                                     change.kind == PlanChange::Kind::confirm ||
                                                     change.kind == PlanChange::Kind::include);
        text += place + (by_value ? "=" + change.json : "") + "\n";
    }
    return text;
}

/// What was noted while the levers of one condition were looked for blocks it if there are none.
void mark_blocking(std::span<Obstacle> obstacles, const Alternatives& levers) {
    for (Obstacle& obstacle : obstacles) {
        obstacle.blocks = levers.empty();
    }
}

/// The list that an item stands in, and its number.
std::pair<std::string, std::size_t> item_at(const std::string& place) {
    const std::size_t slash = place.rfind('/');
    std::size_t number = 0;
    std::from_chars(place.data() + slash + 1, place.data() + place.size(), number);
    return {place.substr(0, slash), number};
}

/// What the places of one field share in new records that are alike: their list, what stands in them, and where in
/// them the field is.
std::string name_within(const PlanChanges& changes, const std::string& place) {
    std::string record;
    for (const auto& [at, change] : changes) {
        if (change.kind == PlanChange::Kind::add && !change.within_new && is_within(place, at)) {
            record = at;
        }
    }
    return record.empty() ? place
                          : item_at(record).first + "\n" + content_of(changes, record) +
                                place.substr(record.size());
}

} // namespace

PlanChanges without(const PlanChanges& changes, const std::string& place) {
    const auto removed = changes.find(place);
    const bool adds = removed->second.kind == PlanChange::Kind::add;
    const auto [list, number] = adds ? item_at(place) : std::pair<std::string, std::size_t>();
    PlanChanges rest;
    for (const auto& [at, change] : changes) {
        if (at == place || (adds && is_within(at, place))) {
            continue;
        }
        std::string moved = at;
        if (adds && at.size() > list.size() && is_within(at, list)) {
            const std::size_t end = std::min(at.find('/', list.size() + 1), at.size());
            const std::size_t here = item_at(at.substr(0, end)).second;
            if (here > number) {
                moved = list + "/" + std::to_string(here - 1) + at.substr(end);
            }
        }
        rest.emplace(std::move(moved), change);
    }
    return rest;
}

PlanSearch::PlanSearch(const Program& program, const Source& json, std::string root,
                       PlanTarget target, std::size_t max_ways, std::size_t max_evaluations)
    : program_(program),
      model_(program.model()),
      json_(json),
      root_(std::move(root)),
      target_(target),
      max_ways_(max_ways),
      bound_(max_evaluations),
      evaluator_(program.model()) {}

bool PlanSearch::Later::operator()(const Node& a, const Node& b) const {
    if (order == Order::farthest && a.steps != b.steps) {
        return a.steps < b.steps;
    }
    if (a.effort != b.effort) {
        return a.effort > b.effort;
    }
    return a.changes.size() != b.changes.size() ? a.changes.size() > b.changes.size()
                                                : a.number > b.number;
}

// ---- looking ------------------------------------------------------------------------------------

std::optional<FactSheet> PlanSearch::sheet(const PlanChanges& changes) const {
    const std::vector<FactEdit> edits = edits_of(changes, root_);
    auto text = edit_json(json_.text(), edits);
    if (std::holds_alternative<EditProblem>(text)) {
        return std::nullopt;
    }
    Faults faults;
    FactSheet sheet =
        read_facts(model_, program_.form(),
                   Source(json_.name(), std::get<std::string>(std::move(text))), false, faults);
    return has_errors(faults) ? std::nullopt : std::optional(std::move(sheet));
}

void PlanSearch::count(const PlanChanges& changes) {
    ++evaluations_;
    work_ += 1 + changes.size() / changes_in_one;
}

bool PlanSearch::reached(const Verdicts& verdicts) const {
    return target_.benefit != none ? verdicts.benefits[target_.benefit] == BenefitVerdict::granted
                                   : verdicts.standings[target_.ladder].at_least >= target_.tier;
}

const Verdicts* PlanSearch::verdicts(const PlanChanges& changes, const Setting& setting) {
    count(changes);
    const std::optional<FactSheet> facts = sheet(changes);
    return facts ? &evaluator_.evaluate(*facts, setting) : nullptr;
}

bool PlanSearch::reaches(const PlanChanges& changes, const Setting& setting) {
    const Verdicts* const at = verdicts(changes, setting);
    return at != nullptr && reached(*at);
}

// ---- goals and flaws ----------------------------------------------------------------------------

/// The tiers that would do, each along each path. On a ladder whose tiers stand alone a higher one will do.
std::vector<PlanSearch::Goal> PlanSearch::goals() const {
    if (target_.ladder == none) {
        return {Goal{}};
    }
    const Ladder& ladder = model_.ladders[target_.ladder];
    std::vector<Goal> goals;
    for (Index tier = 0; tier < ladder.tiers.size(); ++tier) {
        const bool opens = target_.benefit != none
                               ? model_.benefits[target_.benefit].cells[tier].asked
                               : tier == target_.tier ||
                                     (ladder.climb == Climb::each_alone && tier > target_.tier);
        for (Index path = 0; opens && path < ladder.path_count; ++path) {
            goals.push_back({tier, path});
        }
    }
    return goals;
}

std::vector<PlanSearch::Flaw> PlanSearch::flaws(const Look& look, Goal goal,
                                                std::vector<Obstacle>& obstacles) {
    std::vector<Flaw> flaws;
    if (target_.ladder != none && look.verdicts.standings[target_.ladder].at_least < goal.tier) {
        const Ladder& ladder = model_.ladders[target_.ladder];
        Levers levers(look, target_.ladder, goal.path, obstacles);
        std::size_t told = obstacles.size();
        const auto note = [&](Alternatives alternatives) {
            mark_blocking(std::span(obstacles).subspan(told), alternatives);
            told = obstacles.size();
            const bool holds = !alternatives.empty() && alternatives.front().empty();
            if (!holds) {
                flaws.push_back({std::move(alternatives), levers.cut()});
            }
        };
        if (ladder.paths != none) {
            note(levers.path_open());
        }
        const Index lowest = ladder.climb == Climb::one_by_one ? 1 : goal.tier;
        for (Index tier = goal.tier; tier >= lowest && tier > 0; --tier) {
            for (Index row = 0; row < model_.requirements.size();
                 row += model_.requirements[row].subtree) {
                if (model_.requirements[row].ladder == target_.ladder) {
                    note(levers.requirement(row, tier));
                }
            }
        }
        put_together_ += levers.put_together();
        return flaws;
    }
    if (target_.benefit != none) {
        flaws.push_back(benefit_levers(look, obstacles));
    }
    return flaws;
}

/// What the benefit needs at the tier that is reached.
PlanSearch::Flaw PlanSearch::benefit_levers(const Look& look, std::vector<Obstacle>& obstacles) {
    const Index tier =
        target_.ladder == none ? 0 : look.verdicts.standings[target_.ladder].at_least;
    if (target_.ladder != none && !model_.benefits[target_.benefit].cells[tier].asked) {
        return {};
    }
    const BenefitSteps& steps =
        look.recording.benefits[target_.benefit * look.verdicts.tiers + tier];
    std::vector<Index> conditions = steps.needs;
    if (steps.condition != none) {
        conditions.push_back(steps.condition);
    }
    const std::size_t told = obstacles.size();
    Levers levers(look, target_.ladder, 0, obstacles);
    Alternatives alternatives = levers.conditions(conditions);
    mark_blocking(std::span(obstacles).subspan(told), alternatives);
    put_together_ += levers.put_together();
    return {std::move(alternatives), levers.cut()};
}

PlanSearch::Flaw PlanSearch::narrowest(const Look& look, Goal goal,
                                       std::vector<Obstacle>& obstacles) {
    std::vector<Flaw> all = flaws(look, goal, obstacles);
    const auto least = std::min_element(all.begin(), all.end(), [](const Flaw& a, const Flaw& b) {
        return a.levers.size() < b.levers.size();
    });
    return least == all.end() ? Flaw() : std::move(*least);
}

Alternatives PlanSearch::next(const Node& node, const Setting& setting, std::optional<Date> today,
                              std::vector<Obstacle>& obstacles, bool& hit) {
    count(node.changes);
    const std::optional<FactSheet> facts = sheet(node.changes);
    if (!facts) {
        return {};
    }
    Verdicts verdicts(model_);
    Recording recording;
    record(model_, *facts, setting, verdicts, recording);
    hit = reached(verdicts);
    if (hit) {
        return {};
    }
    Flaw flaw = narrowest({model_, *facts, setting, verdicts, recording, node.changes, today},
                          node.goal, obstacles);
    cut_ = cut_ || flaw.cut;
    return std::move(flaw.levers);
}

// ---- the search ---------------------------------------------------------------------------------

PlanSearch::Found PlanSearch::search(const Setting& setting, std::optional<Date> today) {
    Found found = search(setting, today, Order::least_effort, max_ways_);
    if (found.ways.empty() && is_at_bound()) {
        bound_ += bound_ / share_of_farthest;
        found = search(setting, today, Order::farthest, 1);
    }
    return found;
}

PlanSearch::Found PlanSearch::search(const Setting& setting, std::optional<Date> today, Order order,
                                     std::size_t max_ways) {
    Found found;
    std::priority_queue<Node, std::vector<Node>, Later> open(Later{order});
    std::set<std::string> seen;
    std::size_t number = 0;
    for (const Goal goal : goals()) {
        open.push({0, {}, goal, number++});
    }
    while (!open.empty() && found.ways.size() < max_ways) {
        if (is_at_bound()) {
            bound_met_ = true;
            break;
        }
        const Node node = open.top();
        open.pop();
        const bool old =
            std::any_of(found.ways.begin(), found.ways.end(),
                        [&](const PlanChanges& way) { return contains(node.changes, way); });
        if (old) {
            continue;
        }
        bool hit = false;
        const Alternatives levers = next(node, setting, today, found.obstacles, hit);
        if (hit) {
            PlanChanges way = lessened(node.changes, setting);
            for (const Goal goal : goals()) { // that of a lower tier may ask for less
                tighten(way, goal, setting, today);
            }
            way = lessened(std::move(way), setting);
            settle_days(way, setting);
            settle_new(way, setting);
            keep(std::move(way), found.ways);
            continue;
        }
        for (const PlanChanges& lever : levers) {
            Node further{{}, node.changes, node.goal, number++, node.steps + 1};
            merge(further.changes, lever);
            const std::string key = std::to_string(node.goal.path) + "/" +
                                    std::to_string(node.goal.tier) + text_of(further.changes);
            if (seen.insert(key).second) {
                further.effort = effort_of(model_, further.changes);
                open.push(std::move(further));
            }
        }
    }
    std::stable_sort(found.ways.begin(), found.ways.end(),
                     [&](const PlanChanges& a, const PlanChanges& b) {
                         return effort_of(model_, a) < effort_of(model_, b);
                     });
    return found;
}

/// Among the ways, unless one of them does the same, or less of it.
void PlanSearch::keep(PlanChanges way, std::vector<PlanChanges>& ways) const {
    const std::string outline = outline_of(way);
    for (const PlanChanges& other : ways) {
        if (contains(way, other) || outline_of(other) == outline) {
            return;
        }
    }
    ways.push_back(std::move(way));
}

// ---- lessening ----------------------------------------------------------------------------------

PlanChanges PlanSearch::lessened(PlanChanges changes, const Setting& setting) {
    while (leave_out(changes, setting)) {}
    return changes;
}

/// Leaves out each change without which the target is reached all the same, the greatest effort first. Gives
/// whether there was one.
bool PlanSearch::leave_out(PlanChanges& changes, const Setting& setting) {
    std::vector<std::pair<Number, std::string>> places;
    for (const auto& [place, change] : changes) {
        places.emplace_back(effort_of(model_, change), place);
    }
    // Of one effort the last one first, so that places before it stay where they are.
    std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : ByPlace()(b.second, a.second);
    });
    bool any = false;
    std::set<std::string> needed; // new records: where one is, so are those like it
    for (const auto& [effort, place] : places) {
        const auto at = changes.find(place);
        if (at == changes.end()) {
            continue;
        }
        const std::string alike = at->second.kind == PlanChange::Kind::add
                                      ? item_at(place).first + "\n" + content_of(changes, place)
                                      : place;
        if (needed.contains(alike)) {
            continue;
        }
        PlanChanges fewer = without(changes, place);
        if (reaches(fewer, setting)) {
            changes = std::move(fewer);
            any = true;
        } else {
            needed.insert(alike);
        }
    }
    return any;
}

/// A figure that was settled before others were may now go less far: it is asked for anew.
void PlanSearch::tighten(PlanChanges& changes, Goal goal, const Setting& setting,
                         std::optional<Date> today) {
    std::vector<std::string> places;
    for (const auto& [place, change] : changes) {
        if (change.by.sign() != 0) {
            places.push_back(place);
        }
    }
    for (const std::string& place : places) {
        const PlanChanges rest = without(changes, place);
        const std::optional<FactSheet> facts = sheet(rest);
        if (!facts || is_at_bound()) {
            return;
        }
        count(rest);
        Verdicts verdicts(model_);
        Recording recording;
        record(model_, *facts, setting, verdicts, recording);
        std::vector<Obstacle> ignored;
        const Look look{model_, *facts, setting, verdicts, recording, rest, today};
        for (const Flaw& flaw : flaws(look, goal, ignored)) {
            for (const PlanChanges& lever : flaw.levers) {
                const auto at = lever.find(place);
                if (lever.size() != 1 || at == lever.end() ||
                    at->second.by >= changes.at(place).by) {
                    continue;
                }
                PlanChanges less = rest;
                merge(less, lever);
                if (reaches(less, setting)) {
                    changes = std::move(less);
                }
            }
        }
    }
}

/// Of a day that may be any of several, both ends are tried; what does not hold at both is that day alone. Days of
/// new records that are alike are tried once.
void PlanSearch::settle_days(PlanChanges& changes, const Setting& setting) {
    std::map<std::string, DateRange> settled;
    for (auto& [place, change] : changes) {
        const ParsedDate day = Date::parse(change.json.substr(1, change.json.size() - 2));
        if (!day || change.days.low >= change.days.high) {
            continue;
        }
        const std::string alike = change.within_new ? name_within(changes, place) : place;
        const auto known = settled.find(alike);
        if (known != settled.end()) {
            change.days = known->second;
            continue;
        }
        for (const Date end : {change.days.low, change.days.high}) {
            if (end == day.value || change.days.low == change.days.high) {
                continue;
            }
            PlanChanges other = changes;
            other.at(place).json = json_text(end.to_string());
            if (!reaches(other, setting)) {
                change.days = {day.value, day.value};
            }
        }
        settled.emplace(alike, change.days);
    }
}

/// Of the figures and choices of new records, what else would do in their place, each by itself. Records that are
/// alike are tried once.
void PlanSearch::settle_new(PlanChanges& changes, const Setting& setting) {
    std::map<std::string, const PlanChange*> settled;
    for (auto& [place, change] : changes) {
        if (!change.within_new || change.kind == PlanChange::Kind::add) {
            continue;
        }
        const auto [known, fresh] = settled.emplace(name_within(changes, place), &change);
        if (!fresh) {
            change.or_more = known->second->or_more;
            change.also = known->second->also;
            change.or_never = known->second->or_never;
            continue;
        }
        const Field& field = model_.records[change.table].fields[change.field];
        const Type type = field.type;
        if (type.kind == TypeKind::choice) {
            change.also = other_choices(changes, place, model_.choice_sets[type.index], setting);
        } else if (type.kind == TypeKind::date) {
            PlanChanges other = changes;
            other.at(place).json = json_text(field.never);
            change.or_never =
                field.or_never && change.json != other.at(place).json && reaches(other, setting);
        } else {
            change.or_more = may_be_more(changes, place, setting);
        }
    }
}

/// Whether a figure may be twice as large, and a thousand times, as far as facts allow it.
bool PlanSearch::may_be_more(const PlanChanges& changes, const std::string& place,
                             const Setting& setting) {
    const ParsedNumber now = Number::parse(changes.at(place).json);
    if (now.fault != NumberTextFault::none) {
        return false;
    }
    bool any = false;
    for (const std::int64_t times : {2, 1000}) {
        const Checked more = mul(now.value, Number(times));
        const Checked larger = more ? add(more.value, Number(times)) : more;
        PlanChanges other = changes;
        other.at(place).json = larger ? larger.value.to_string() : changes.at(place).json;
        const Verdicts* const at = larger ? verdicts(other, setting) : nullptr;
        if (at != nullptr && !reached(*at)) {
            return false;
        }
        any = any || at != nullptr;
    }
    return any;
}

std::vector<Index> PlanSearch::other_choices(const PlanChanges& changes, const std::string& place,
                                             const ChoiceSet& choices, const Setting& setting) {
    std::vector<Index> others;
    for (Index i = 0; i < choices.choices.size(); ++i) {
        PlanChanges other = changes;
        other.at(place).json = json_text(choices.choices[i].json);
        if (other.at(place).json != changes.at(place).json && reaches(other, setting)) {
            others.push_back(i);
        }
    }
    return others;
}

} // namespace rung
