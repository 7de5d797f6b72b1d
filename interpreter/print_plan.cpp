// Plans as JSON; docs/result.md explains it to readers and docs/result.schema.json fixes it.
#include "interpreter/print_json.hpp"

#include <rung/plan.hpp>

namespace rung {

static std::string_view name_of(PlanStepKind kind) {
    switch (kind) {
    case PlanStepKind::confirm:
        return "confirm";
    case PlanStepKind::set:
        break;
    case PlanStepKind::include:
        return "include";
    case PlanStepKind::figure:
        return "figure";
    case PlanStepKind::day:
        return "day";
    case PlanStepKind::add:
        return "add";
    case PlanStepKind::empty:
        return "empty";
    }
    return "set";
}

static std::string_view name_of(PlanObstacle::Why why) {
    switch (why) {
    case PlanObstacle::Why::cannot_change:
        return "cannot_change";
    case PlanObstacle::Why::past:
        return "past";
    case PlanObstacle::Why::closed:
        return "closed";
    case PlanObstacle::Why::bounds:
        return "bounds";
    case PlanObstacle::Why::not_planned:
        break;
    }
    return "not_planned";
}

/// An end that is open is null.
static Json days_or_null(const std::optional<Days>& days) {
    return !days
               ? Json()
               : Json{{"from", text_or_null(days->from)}, {"through", text_or_null(days->through)}};
}

static Json json_of(const PlanNeed& need) {
    return {{"requirement", text_or_null(need.requirement)},
            {"ladder", need.ladder},
            {"path", text_or_null(need.path)},
            {"tier", text_or_null(need.tier)}};
}

static Json json_of(const PlanField& field) {
    return {{"kind", name_of(field.kind)},
            {"changer", rung::name_of(field.changer)},
            {"fact", text_or_null(field.fact)},
            {"label", field.label},
            {"pointer", field.pointer},
            {"value", json_of(field.value, {})},
            {"days", days_or_null(field.days)},
            {"least", field.least},
            {"or_more", field.or_more},
            {"or_never", field.or_never},
            {"also", field.also},
            {"count", field.count == 0 ? Json() : Json(field.count)},
            {"record_kind", text_or_null(field.record_kind)},
            {"fields", list_of(field.fields)}};
}

static Json record_or_null(const std::optional<RecordNote>& record) {
    return record ? json_of(*record) : Json();
}

static Json json_of(const PlanStep& step) {
    return {{"kind", name_of(step.kind)},
            {"changer", rung::name_of(step.changer)},
            {"fact", step.fact},
            {"label", step.label},
            {"pointer", step.pointer},
            {"record", record_or_null(step.record)},
            {"from", json_of(step.from, {})},
            {"to", json_of(step.to, {})},
            {"days", days_or_null(step.days)},
            {"least", step.least},
            {"count", step.count == 0 ? Json() : Json(step.count)},
            {"record_kind", text_or_null(step.record_kind)},
            {"fields", list_of(step.fields)},
            {"effort", step.effort},
            {"needed_for", list_of(step.needed_for)}};
}

static Json json_of(const PlanWay& way) {
    return {{"effort", way.effort},
            {"reaches", text_or_null(way.reaches)},
            {"steps", list_of(way.steps)}};
}

static Json json_of(const PlanReview& review) {
    return {{"on", text_or_null(review.on)},
            {"review", text_or_null(review.review)},
            {"review_label", text_or_null(review.review_label)},
            {"review_period", days_or_null(review.period)},
            {"by_program", review.by_program}};
}

static Json json_of(const PlanObstacle& obstacle) {
    return {{"why", name_of(obstacle.why)},
            {"fact", text_or_null(obstacle.fact)},
            {"label", obstacle.label},
            {"is_rule_text", obstacle.is_rule_text},
            {"record_kind", text_or_null(obstacle.record_kind)},
            {"pointer", text_or_null(obstacle.pointer)},
            {"days", days_or_null(obstacle.days)},
            {"needed_for", json_of(obstacle.needed_for)},
            {"at", json_of(obstacle.at)}};
}

static Json json_of(const Plan& plan) {
    Json restated = Json::object();
    for (const auto& [key, value] : plan.restated) {
        restated[key] = value;
    }
    return {{"program", plan.program},
            {"program_label", plan.program_label},
            {"version", plan.version},
            {"in_force", plan.in_force},
            {"rules_file", plan.rules_file},
            {"rules_sha256", plan.rules_sha256},
            {"facts_sha256", text_or_null(plan.facts_sha256)},
            {"partner",
             {{"key", text_or_null(plan.partner_key)}, {"label", text_or_null(plan.partner)}}},
            {"target",
             {{"id", plan.target}, {"label", plan.target_label}, {"is_benefit", plan.is_benefit}}},
            {"made_on", text_or_null(plan.made_on)},
            {"at", json_of(plan.at)},
            {"not_possible_at", list_of(plan.not_possible_at)},
            {"reached", plan.reached},
            {"ways", list_of(plan.ways)},
            {"obstacles", list_of(plan.obstacles)},
            {"evaluations", plan.evaluations},
            {"restated", restated},
            {"past_left", plan.past_left},
            {"ways_full", plan.ways_full},
            {"bound_met", plan.bound_met},
            {"alternatives_cut", plan.alternatives_cut},
            {"hidden", plan.hidden}};
}

std::string to_json(const Plan& plan) {
    Json json = json_head(true);
    json["plan"] = in_language(json_of(plan), plan.language);
    json["warnings"] = warnings_of(plan.warnings);
    return printed(json);
}

} // namespace rung
