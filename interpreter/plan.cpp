#include "interpreter/explain.hpp"
#include "interpreter/figures.hpp"
#include "interpreter/internal.hpp"
#include "interpreter/phrases.hpp"
#include "interpreter/plan_search.hpp"
#include "interpreter/present.hpp"
#include "interpreter/setting.hpp"

#include <rung/plan.hpp>

#include <algorithm>

namespace rung {

namespace {

/// So many days after the one that was asked for are tried: the first of each of as many months.
constexpr std::int64_t max_months = 24;

PlanStepKind kind_of(PlanChange::Kind kind) {
    switch (kind) {
    case PlanChange::Kind::confirm:
        return PlanStepKind::confirm;
    case PlanChange::Kind::set:
        return PlanStepKind::set;
    case PlanChange::Kind::include:
        return PlanStepKind::include;
    case PlanChange::Kind::figure:
        return PlanStepKind::figure;
    case PlanChange::Kind::day:
        return PlanStepKind::day;
    case PlanChange::Kind::add:
        return PlanStepKind::add;
    case PlanChange::Kind::empty:
        break;
    }
    return PlanStepKind::empty;
}

PlanObstacle::Why why_of(Obstacle::Why why) {
    switch (why) {
    case Obstacle::Why::cannot_change:
        return PlanObstacle::Why::cannot_change;
    case Obstacle::Why::past:
        return PlanObstacle::Why::past;
    case Obstacle::Why::closed:
        return PlanObstacle::Why::closed;
    case Obstacle::Why::bounds:
        return PlanObstacle::Why::bounds;
    case Obstacle::Why::not_planned:
        break;
    }
    return PlanObstacle::Why::not_planned;
}

Days days_of(const DateRange& days) {
    return {days.low == Date::min() ? "" : days.low.to_string(),
            days.high == Date::max() ? "" : days.high.to_string()};
}

/// The list of an item, and the pointer of the record's field from its record on.
std::string list_pointer(const std::string& item) { return item.substr(0, item.rfind('/')); }

class Planning {
public:
    Planning(const Program& program, const Source& json, const Facts& facts,
             const PlanOptions& options)
        : program_(program),
          model_(program.model()),
          json_(json),
          facts_(facts),
          options_(options),
          root_(is_envelope(program.form(), json) ? "/facts" : "") {}

    Result<Plan> plan(const std::string& target) {
        Result<Plan> result;
        setting_ = read_other_setting(program_, facts_, evaluate_options(), result.diagnostics);
        if (result.diagnostics.has_errors() || !read_today(result.diagnostics)) {
            return result;
        }
        Result<Outcome> now = outcome_of(PlanChanges(), setting_);
        result.diagnostics.add(now.diagnostics);
        if (!now) {
            return result;
        }
        if (const std::optional<Diagnostic> unknown = unknown_target(*now, target)) {
            result.diagnostics.add(*unknown);
            return result;
        }
        describe(*now, target);
        plan_.asks_internal = asks_internal(model_, target_.ladder, target_.tier, target_.benefit);
        plan_.has_internal = now->internal.some;
        plan_.partner_is_internal = now->internal.partner;
        plan_.reached = rung::reached(*now, target);
        plan_.at = review_of(*now, setting_);
        if (!plan_.reached) {
            find(target);
        }
        result.value = std::move(plan_);
        return result;
    }

private:
    [[nodiscard]] EvaluateOptions evaluate_options() const {
        EvaluateOptions options;
        options.on = options_.on;
        options.review = options_.review;
        options.named_version = options_.named_version;
        return options;
    }

    /// The day the plan is made on; none where the rules look at no review date and no day was named.
    bool read_today(Diagnostics& diagnostics) {
        if (setting_.dated) {
            today_ = facts_.sheet().on.value_or(setting_.on);
        }
        if (options_.today) {
            const ParsedDate day = Date::parse(*options_.today);
            if (!day) {
                diagnostics.add(present(Fault{
                    day.fault == DateTextFault::no_such_day ? Code::no_such_day : Code::bad_date,
                    {},
                    {{"found", *options_.today}},
                    {},
                    {}}));
                return false;
            }
            today_ = day.value;
        }
        return true;
    }

    void describe(const Outcome& now, const std::string& target) {
        plan_.program = model_.name;
        plan_.program_label = model_.label;
        plan_.language = model_.language ? tag_of(*model_.language) : "";
        plan_.version = model_.version;
        plan_.rules_file = model_.source.name();
        plan_.rules_sha256 = model_.sha256;
        plan_.facts_sha256 = facts_.sha256();
        plan_.partner = partner_name(model_, facts_.sheet(), plan_.partner_key);
        plan_.target = target;
        plan_.made_on = today_ ? std::optional(today_->to_string()) : std::nullopt;
        if (const std::optional<TierPlace> tier = find_tier(now, target)) {
            target_.ladder = static_cast<Index>(tier->ladder);
            target_.tier = static_cast<Index>(tier->tier);
            plan_.target_label = model_.ladders[target_.ladder].tiers[target_.tier].label;
            return;
        }
        plan_.is_benefit = true;
        for (Index i = 0; i < model_.benefits.size(); ++i) {
            if (model_.benefits[i].id == target) {
                target_.benefit = i;
                target_.ladder = model_.benefits[i].ladder;
                plan_.target_label = model_.benefits[i].label;
            }
        }
    }

    // ---- days and reviews

    PlanReview review_of(const Outcome& outcome, const Setting& setting) const {
        PlanReview review;
        review.on = setting.dated ? std::optional(setting.on.to_string()) : std::nullopt;
        if (setting.review != none) {
            review.review = outcome.review;
            review.review_label = outcome.review_label;
        }
        review.period = outcome.review_period;
        review.by_program = outcome.by_program;
        return review;
    }

    /// The first of each following month, and the first day of the next program years.
    [[nodiscard]] std::vector<Date> later_days() const {
        std::vector<Date> days;
        Date month = first_of_month(setting_.on);
        for (std::int64_t i = 0; i < max_months; ++i) {
            const std::optional<Date> next = add_months(month, 1);
            if (!next) {
                break;
            }
            month = *next;
            days.push_back(month);
            for (const std::int64_t year :
                 {static_cast<std::int64_t>(int(month.to_year_month_day().year()))}) {
                const std::optional<Date> start = day_in_year(model_.year_start, year);
                if (start && first_of_month(*start) == month && *start != month) {
                    days.push_back(*start);
                }
            }
        }
        return days;
    }

    [[nodiscard]] bool in_force(Date day) const {
        return (!model_.effective_from || *model_.effective_from <= day) &&
               (!model_.effective_through || day <= *model_.effective_through);
    }

    // ---- ways

    void find(const std::string& target) {
        PlanSearch search(program_, json_, root_, target_, options_.ways, options_.max_evaluations);
        PlanSearch::Found found = search.search(setting_, today_);
        std::vector<Obstacle> obstacles = std::move(found.obstacles);
        Setting at = setting_;
        if (found.ways.empty() && setting_.dated && is_closed(obstacles)) {
            for (const Date day : later_days()) {
                if (search.is_at_bound()) {
                    break;
                }
                Setting later = setting_;
                later.on = day;
                found = search.search(later, today_);
                if (!found.ways.empty()) {
                    at = later;
                    break;
                }
            }
        }
        if (at.on != setting_.on) {
            plan_.not_possible_at.push_back(plan_.at);
            if (const Result<Outcome> then = outcome_of(PlanChanges(), at)) {
                plan_.at = review_of(*then, at);
            }
        }
        plan_.in_force = !at.dated || in_force(at.on);
        for (const auto& [pointer, value] : restatements(at)) {
            plan_.restated.emplace_back(pointer.substr(1), value);
        }
        plan_.past_left =
            std::any_of(obstacles.begin(), obstacles.end(), [](const Obstacle& obstacle) {
                return obstacle.why == Obstacle::Why::past;
            });
        for (const PlanChanges& changes : found.ways) {
            add_way(changes, at, target, search);
        }
        if (!plan_.ways.empty() && at.on == setting_.on) {
            std::erase_if(obstacles, [](const Obstacle& obstacle) {
                return obstacle.why != Obstacle::Why::closed ||
                       obstacle.days.low == Date::min(); // any time before is no time that is over
            });
        }
        add_obstacles(obstacles);
        plan_.evaluations = search.evaluations();
        plan_.ways_full = plan_.ways.size() == options_.ways;
        plan_.bound_met = search.bound_met();
        plan_.alternatives_cut = search.cut();
    }

    static bool is_closed(const std::vector<Obstacle>& obstacles) {
        return std::any_of(obstacles.begin(), obstacles.end(), [](const Obstacle& obstacle) {
            return obstacle.why == Obstacle::Why::closed;
        });
    }

    /// Where the facts say of day and review something else than what they are evaluated for, and what it has to be.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>>
    restatements(const Setting& setting) const {
        std::vector<std::pair<std::string, std::string>> all;
        const auto restate = [&](const std::string& pointer, const std::string& value) {
            if (stands_in(json_.text(), pointer)) {
                all.emplace_back(pointer, value);
            }
        };
        const FactSheet& facts = facts_.sheet();
        if (facts.on && setting.dated && *facts.on != setting.on) {
            restate(root_.empty() ? "" : "/on", setting.on.to_string());
            restate(model_.on_key.empty() ? "" : root_ + model_.on_key, setting.on.to_string());
        }
        if (facts.review && setting.review != none &&
            *facts.review != model_.reviews[setting.review].id) {
            const std::string& id = model_.reviews[setting.review].id;
            restate(root_.empty() ? "" : "/review", id);
            restate(model_.review_key.empty() ? "" : root_ + model_.review_key, id);
        }
        return all;
    }

    /// The facts with the changes, for the day and review they are evaluated at.
    [[nodiscard]] std::string text_after(const PlanChanges& changes, const Setting& setting) const {
        std::vector<FactEdit> edits = edits_of(changes, root_);
        for (const auto& [pointer, value] : restatements(setting)) {
            edits.push_back({pointer, json_text(value)});
        }
        auto text = edit_json(json_.text(), edits);
        auto* const edited = std::get_if<std::string>(&text);
        return edited == nullptr ? std::string() : std::move(*edited);
    }

    [[nodiscard]] Result<Outcome> outcome_of(const PlanChanges& changes,
                                             const Setting& setting) const {
        return outcome_of(text_after(changes, setting), setting);
    }
    [[nodiscard]] Result<Outcome> outcome_of(std::string text, const Setting& setting) const {
        const Result<Facts> facts = Facts::read(program_, json_.name(), std::move(text));
        if (!facts) {
            Result<Outcome> none_read;
            none_read.diagnostics = facts.diagnostics;
            return none_read;
        }
        EvaluateOptions options = evaluate_options();
        options.on = setting.dated ? std::optional(setting.on.to_string()) : std::nullopt;
        options.review = setting.review == none ? std::nullopt
                                                : std::optional(model_.reviews[setting.review].id);
        return evaluate(program_, *facts, options);
    }

    /// A way is shown only where the public evaluation of the edited text gives the target.
    void add_way(const PlanChanges& changes, const Setting& setting, const std::string& target,
                 PlanSearch& search) {
        PlanWay way;
        way.facts = text_after(changes, setting);
        const Result<Outcome> after = outcome_of(way.facts, setting);
        if (!after || !rung::reached(*after, target)) {
            return;
        }
        if (const std::optional<TierPlace> tier = find_tier(*after, target)) {
            const LadderOutcome& ladder = after->ladders[tier->ladder];
            const auto reached =
                std::find_if(ladder.tiers.begin() + static_cast<std::ptrdiff_t>(tier->tier) + 1,
                             ladder.tiers.end(),
                             [&](const TierName& name) { return name.id == ladder.at_least; });
            if (reached != ladder.tiers.end()) {
                way.reaches = reached->id;
                way.reaches_label = reached->label;
            }
        }
        way.effort = effort_of(model_, changes).to_string();
        after_ = search.sheet(changes);
        way.steps = steps_of(changes);
        for (PlanStep& step : way.steps) {
            step.needed_for = needs_of(changes, last_place(changes, step), setting, search);
        }
        plan_.ways.push_back(std::move(way));
    }

    // ---- steps

    [[nodiscard]] const Field& field_of(const PlanChange& change) const {
        return (change.table == none ? model_.facts
                                     : model_.records[change.table].fields)[change.field];
    }

    /// Where the fact stands, among those of the partner, that a place is of or in.
    [[nodiscard]] std::size_t order_of(const std::string& place) const {
        const auto at =
            std::find_if(model_.facts.begin(), model_.facts.end(),
                         [&](const Field& fact) { return is_within(place, fact.pointer); });
        return static_cast<std::size_t>(at - model_.facts.begin());
    }

    std::vector<PlanStep> steps_of(const PlanChanges& changes) const {
        std::vector<std::pair<std::size_t, PlanStep>> steps;
        for (const auto& entry : changes) {
            const auto& [place, change] = entry;
            if (change.within_new) {
                continue;
            }
            const auto before = std::find_if(steps.begin(), steps.end(), [&](const auto& step) {
                return is_alike(changes, step.second, entry.first, entry.second);
            });
            if (before != steps.end()) {
                ++before->second.count;
                continue;
            }
            steps.emplace_back(order_of(place), step_of(changes, place, change));
        }
        std::stable_sort(steps.begin(), steps.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<PlanStep> sorted;
        for (auto& [order, step] : steps) {
            step.effort = effort_of(step, changes).to_string();
            sorted.push_back(std::move(step));
        }
        return sorted;
    }

    PlanStep step_of(const PlanChanges& changes, const std::string& place,
                     const PlanChange& change) const {
        const Field& field = field_of(change);
        PlanStep step;
        step.kind = kind_of(change.kind);
        step.changer = static_cast<Changer>(field.changed_by);
        step.fact = field.name;
        step.label = field.label;
        step.pointer = place;
        step.from = figure_at(facts_.sheet(), change, place);
        step.to = figure_at(*after_, change, place);
        step.least = change.least;
        if (field.type.kind == TypeKind::date) {
            step.days = days_of(change.days);
        }
        if (change.table != none) {
            step.record = record_at(change.table, place);
        }
        if (change.kind == PlanChange::Kind::add) {
            step.count = 1;
            step.record_kind = model_.records[change.made].label;
            step.fields = fields_of(changes, place, change);
        }
        return step;
    }

    /// What a place holds in some facts.
    [[nodiscard]] Figure figure_at(const FactSheet& facts, const PlanChange& change,
                                   const std::string& place) const {
        const Field& field = field_of(change);
        if (field.type.kind == TypeKind::list || change.kind == PlanChange::Kind::add) {
            return {};
        }
        if (change.table == none) {
            return figure_of(model_, facts.facts[change.field], field.type);
        }
        for (Index row = 0; row < facts.tables[change.table].origins.size(); ++row) {
            if (facts.pointer_of_cell(model_, change.table, row, change.field) == place) {
                return figure_of(model_, facts.cell(model_, change.table, row, change.field),
                                 field.type);
            }
        }
        return {};
    }

    /// What an item of a list of plain values is, in the changed facts.
    [[nodiscard]] Figure plain_item(const std::string& place, Index table) const {
        for (Index row = 0; row < after_->tables[table].origins.size(); ++row) {
            if (after_->pointer_of_row(model_, table, row) == place) {
                return figure_of(model_, after_->cell(model_, table, row, 0),
                                 model_.records[table].fields.front().type);
            }
        }
        return {};
    }

    /// The record, among those given, that a field's place is in.
    [[nodiscard]] std::optional<RecordNote> record_at(Index table, const std::string& place) const {
        const FactSheet& facts = facts_.sheet();
        for (Index row = 0; row < facts.tables[table].origins.size(); ++row) {
            if (is_within(place, facts.pointer_of_row(model_, table, row))) {
                return record_note(model_, facts, table, row);
            }
        }
        return std::nullopt;
    }

    /// What a new record must have; records inside it that are alike are told once.
    std::vector<PlanField> fields_of(const PlanChanges& changes, const std::string& record,
                                     const PlanChange& added) const {
        std::vector<PlanField> fields;
        if (model_.records[added.made].plain) {
            PlanField item;
            item.label = model_.records[added.made].fields.front().label;
            item.pointer = record;
            item.value = plain_item(record, added.made);
            fields.push_back(std::move(item));
            return fields;
        }
        for (const auto& [place, change] : changes) {
            const bool inside = place != record && is_within(place, record);
            if (!inside || is_in_inner(changes, record, place)) {
                continue;
            }
            const Field& of = field_of(change);
            PlanField field;
            field.fact = of.name;
            field.label = of.label;
            field.pointer = place;
            field.kind = kind_of(change.kind);
            field.changer = static_cast<Changer>(of.changed_by);
            field.value = figure_at(*after_, change, place);
            field.least = change.least;
            field.or_more = change.or_more;
            field.or_never = change.or_never;
            for (const Index other : change.also) {
                const Choice& choice = model_.choice_sets[of.type.index].choices[other];
                field.also.push_back(choice.name);
                field.also_labels.push_back(choice.label.empty() ? choice.name : choice.label);
            }
            if (of.type.kind == TypeKind::date) {
                field.days = days_of(change.days);
            }
            if (change.kind == PlanChange::Kind::add) {
                field.count = 1;
                field.record_kind = model_.records[change.made].label;
                field.fields = fields_of(changes, place, change);
                if (!fields.empty() && fields.back().fact == field.fact &&
                    fields.back().count > 0 &&
                    content_of(changes, fields.back().pointer) == content_of(changes, place)) {
                    ++fields.back().count;
                    continue;
                }
            }
            fields.push_back(std::move(field));
        }
        return fields;
    }

    /// Whether a place is in a new record inside the new record.
    static bool is_in_inner(const PlanChanges& changes, const std::string& record,
                            const std::string& place) {
        return std::any_of(changes.begin(), changes.end(), [&](const auto& entry) {
            return entry.second.kind == PlanChange::Kind::add && entry.first != record &&
                   entry.first != place && is_within(entry.first, record) &&
                   is_within(place, entry.first);
        });
    }

    /// Whether a place is that of one more new record like those of a step.
    static bool is_alike(const PlanChanges& changes, const PlanStep& before,
                         const std::string& place, const PlanChange& change) {
        return before.kind == PlanStepKind::add && change.kind == PlanChange::Kind::add &&
               list_pointer(before.pointer) == list_pointer(place) &&
               content_of(changes, before.pointer) == content_of(changes, place);
    }

    /// The places of a step: of several new records one for each.
    static std::vector<std::string> places_of(const PlanChanges& changes, const PlanStep& step) {
        std::vector<std::string> places;
        for (auto at = changes.find(step.pointer);
             at != changes.end() && places.size() < std::max<std::size_t>(step.count, 1); ++at) {
            if (at->first == step.pointer ||
                (!at->second.within_new && is_alike(changes, step, at->first, at->second))) {
                places.push_back(at->first);
            }
        }
        return places;
    }
    static std::string last_place(const PlanChanges& changes, const PlanStep& step) {
        return places_of(changes, step).back();
    }

    [[nodiscard]] Number effort_of(const PlanStep& step, const PlanChanges& changes) const {
        PlanChanges own;
        for (const std::string& record : places_of(changes, step)) {
            for (const auto& [place, change] : changes) {
                if (is_within(place, record)) {
                    own.emplace(place, change);
                }
            }
        }
        return rung::effort_of(model_, own);
    }
    [[nodiscard]] static Number effort_of(const Model& model, const PlanChanges& changes) {
        return rung::effort_of(model, changes);
    }

    /// The requirements that are missed without a step.
    std::vector<PlanNeed> needs_of(const PlanChanges& changes, const std::string& place,
                                   const Setting& setting, PlanSearch& search) const {
        std::vector<PlanNeed> needs;
        if (target_.ladder == none) {
            return needs;
        }
        const Verdicts* with = search.verdicts(changes, setting);
        if (with == nullptr) {
            return needs;
        }
        const Index path = best_path(*with);
        const std::vector<RowVerdict> rows = with->rows;
        const Verdicts* without_it = search.verdicts(without(changes, place), setting);
        const auto missed = [](Verdict verdict) {
            return verdict == Verdict::unmet || verdict == Verdict::unknown;
        };
        for (Index tier = 1; without_it != nullptr && tier <= tier_with(*without_it); ++tier) {
            for (Index row = 0; row < model_.requirements.size();
                 row += model_.requirements[row].subtree) {
                if (model_.requirements[row].ladder != target_.ladder) {
                    continue;
                }
                const bool before = missed(rows[without_it->place(row, tier, path)].verdict);
                if (!before && missed(without_it->row(row, tier, path).verdict)) {
                    needs.push_back(need_of(row, tier, path));
                }
            }
        }
        return needs;
    }

    /// The highest tier that the target needs.
    [[nodiscard]] Index tier_with(const Verdicts& /*verdicts*/) const {
        if (target_.tier != none) {
            return target_.tier;
        }
        const Benefit& benefit = model_.benefits[target_.benefit];
        Index tier = 0;
        while (tier + 1 < benefit.cells.size() && !benefit.cells[tier].asked) {
            ++tier;
        }
        return tier;
    }

    [[nodiscard]] Index best_path(const Verdicts& verdicts) const {
        const Ladder& ladder = model_.ladders[target_.ladder];
        Index best = 0;
        for (Index path = 1; path < ladder.path_count; ++path) {
            const PathVerdict& one = verdicts.paths[ladder.first_path + path];
            const PathVerdict& other = verdicts.paths[ladder.first_path + best];
            if (other.open != Truth::yes ||
                (one.open == Truth::yes && one.standing.at_least > other.standing.at_least)) {
                best = path;
            }
        }
        return best;
    }

    [[nodiscard]] PlanNeed need_of(Index row, Index tier, Index path) const {
        const Requirement& requirement = model_.requirements[row];
        const Ladder& ladder = model_.ladders[requirement.ladder];
        PlanNeed need;
        need.requirement = requirement.id;
        need.ladder = ladder.id;
        need.tier = ladder.tiers[tier].id;
        if (ladder.paths != none) {
            need.path = model_.paths[ladder.paths].paths[path].id;
        }
        return need;
    }

    // ---- obstacles

    /// Those for which nothing else would do, where there are such.
    void add_obstacles(const std::vector<Obstacle>& obstacles) {
        const bool some_block =
            std::any_of(obstacles.begin(), obstacles.end(),
                        [](const Obstacle& obstacle) { return obstacle.blocks; });
        std::vector<std::string> told;
        for (const Obstacle& obstacle : obstacles) {
            if (some_block && !obstacle.blocks) {
                continue;
            }
            PlanObstacle out = obstacle_of(obstacle);
            std::string key = std::to_string(static_cast<int>(out.why)) + out.pointer + out.label +
                              out.needed_for.requirement + out.needed_for.tier;
            if (std::find(told.begin(), told.end(), key) == told.end()) {
                told.push_back(std::move(key));
                plan_.obstacles.push_back(std::move(out));
            }
        }
    }

    /// What people call an expression of the rules, where it is all that a measure is or what the rules leave open.
    [[nodiscard]] std::string name_of_rule(Index expr) const {
        for (const std::vector<Measure>* measures : {&model_.measures, &model_.record_measures}) {
            for (const Measure& measure : *measures) {
                if (measure.expr == expr) {
                    return measure.label;
                }
            }
        }
        const Expr& rule = model_.exprs[expr];
        return rule.op == Op::unstated ? model_.unstated[rule.index].because : "";
    }

    [[nodiscard]] PlanObstacle obstacle_of(const Obstacle& obstacle) const {
        PlanObstacle out;
        out.why = why_of(obstacle.why);
        out.at = place_of(model_.source, model_.exprs[obstacle.expr].at);
        if (obstacle.slot.field == none) {
            out.label = name_of_rule(obstacle.expr);
            out.is_rule_text = out.label.empty();
            if (out.is_rule_text) {
                out.label = phrase_of(model_, obstacle.expr, obstacle.records);
            }
        } else {
            const bool of_partner = obstacle.slot.table == none;
            const Field& field =
                (of_partner ? model_.facts
                            : model_.records[obstacle.slot.table].fields)[obstacle.slot.field];
            out.fact = field.name;
            out.label = field.label;
            out.record_kind = of_partner ? "" : model_.records[obstacle.slot.table].label;
            out.pointer = obstacle.pointer;
        }
        if (obstacle.why == Obstacle::Why::closed) {
            out.days = days_of(obstacle.days);
        }
        if (obstacle.requirement != none) {
            out.needed_for = need_of(obstacle.requirement, obstacle.tier, 0);
            out.needed_for.path.clear();
        }
        return out;
    }

    const Program& program_;
    const Model& model_;
    const Source& json_;
    const Facts& facts_;
    const PlanOptions& options_;
    std::string root_;
    Setting setting_;
    std::optional<Date> today_;
    PlanTarget target_;
    std::optional<FactSheet> after_; // the facts after the way that is being told
    Plan plan_;
};

} // namespace

Result<Plan> plan(const Program& program, const std::string& facts_name,
                  const std::string& facts_json, const std::string& target,
                  const PlanOptions& options) {
    Result<Plan> result;
    const Source json(facts_name, facts_json);
    const Result<Facts> facts = Facts::read(program, facts_name, facts_json, {options.strict});
    if (!facts) {
        result.diagnostics = facts.diagnostics;
        return result;
    }
    result = Planning(program, json, *facts, options).plan(target);
    if (result) {
        result->warnings = facts.diagnostics;
    }
    return result;
}

} // namespace rung
