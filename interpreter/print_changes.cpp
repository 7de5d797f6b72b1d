// The JSON of what differs between two outcomes. A part has the form that it has in the result of one.
#include "interpreter/print_changes.hpp"

#include "interpreter/print_json.hpp"

namespace rung {

template <typename Part>
static Json side(const std::optional<Part>& part) {
    return part ? json_of(*part) : Json();
}

template <typename Part>
static void add_sides(Json& json, const Change<Part>& change) {
    json["before"] = side(change.before);
    json["after"] = side(change.after);
}

static Json json_of(const LadderChange& change) {
    Json json = {{"id", change.named().id},
                 {"tier", name_of(change.tier)},
                 {"holds", name_of(change.holds)},
                 {"path", change.path}};
    add_sides(json, change);
    return json;
}

static Json json_of(const RequirementChange& change) {
    const RequirementOutcome& row = change.named();
    Json json = {{"id", row.id},
                 {"ladder", row.ladder},
                 {"path", text_or_null(row.path)},
                 {"tier", row.tier},
                 {"label", row.label},
                 {"verdict", change.verdict},
                 {"joined", list_of(change.joined)},
                 {"left", list_of(change.left)}};
    add_sides(json, change);
    return json;
}

static Json json_of(const BenefitChange& change) {
    Json json = {
        {"id", change.named().id}, {"label", change.named().label}, {"verdict", change.verdict}};
    add_sides(json, change);
    return json;
}

static Json json_of(const Change<MeasureOutcome>& change) {
    Json json = {{"id", change.named().id},
                 {"label", change.named().label},
                 {"path", text_or_null(change.named().path)}};
    add_sides(json, change);
    return json;
}

template <typename Part>
static Json json_of(const Change<Part>& change) {
    Json json = {{"id", change.named().id}, {"label", change.named().label}};
    add_sides(json, change);
    return json;
}

std::string_view name_of(Move move) {
    switch (move) {
    case Move::same:
        return "same";
    case Move::raised:
        return "raised";
    case Move::lowered:
        return "lowered";
    case Move::settled:
        return "settled";
    case Move::opened:
        return "opened";
    case Move::other:
        break;
    }
    return "other";
}

Json json_of(const Basis& basis) {
    return in_language(
        {
            {"program", basis.program},
            {"version", basis.version},
            {"in_force", basis.in_force},
            {"on", text_or_null(basis.on)},
            {"review", text_or_null(basis.review)},
            {"review_label", text_or_null(basis.review_label)},
            {"review_period", json_of(basis.review_period)},
            {"rules_file", basis.rules_file},
            {"rules_sha256", basis.rules_sha256},
            {"facts_sha256", basis.facts_sha256},
            {"assumed", basis.assumed},
        },
        basis.language);
}

Json json_of(const Changes& changes) {
    return {
        {"before", json_of(changes.before)},      {"after", json_of(changes.after)},
        {"ladders", list_of(changes.ladders)},    {"requirements", list_of(changes.requirements)},
        {"benefits", list_of(changes.benefits)},  {"values", list_of(changes.values)},
        {"measures", list_of(changes.measures)},  {"notices", list_of(changes.notices)},
        {"newly_missing", changes.newly_missing}, {"no_longer_missing", changes.no_longer_missing},
    };
}

std::string to_json(const Changes& changes) {
    Json json = json_head(true);
    json.update(json_of(changes));
    json["warnings"] = warnings_of(changes.warnings);
    return printed(json);
}

} // namespace rung
