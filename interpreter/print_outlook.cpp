// The JSON of an outlook. A change has the parts that differ in the form that they have in a result.
#include "interpreter/print_changes.hpp"
#include "interpreter/print_json.hpp"

#include <rung/outlook.hpp>

namespace rung {

static std::string_view name_of(OutlookCause::Kind kind) {
    switch (kind) {
    case OutlookCause::Kind::version:
        return "version";
    case OutlookCause::Kind::record_left:
        return "record_left";
    case OutlookCause::Kind::record_joined:
        return "record_joined";
    case OutlookCause::Kind::window:
        return "window";
    case OutlookCause::Kind::day:
        break;
    case OutlookCause::Kind::waiver_began:
        return "waiver_began";
    case OutlookCause::Kind::waiver_ended:
        return "waiver_ended";
    case OutlookCause::Kind::keeping_ended:
        return "keeping_ended";
    }
    return "day";
}

static Json json_of(const OutlookCause& cause) {
    return {
        {"kind", name_of(cause.kind)},
        {"parts", cause.parts},
        {"label", text_or_null(cause.label)},
        {"record", cause.record ? json_of(*cause.record) : Json()},
        {"window_before", json_of(cause.before)},
        {"window", json_of(cause.after)},
        {"through", text_or_null(cause.through)},
        {"day", text_or_null(cause.day)},
        {"at", cause.at.line == 0 ? Json() : json_of(cause.at)},
    };
}

static Json json_of(const OutlookChange& change) {
    Json json = {{"on", change.on}, {"causes", list_of(change.causes)}};
    json.update(json_of(change.changes));
    return json;
}

static Json json_of(const OutlookStretch& stretch) {
    return {
        {"from", stretch.days.from},
        {"through", stretch.days.through},
        {"version", text_or_null(stretch.version)},
        {"in_force", stretch.in_force},
        {"rules_file", text_or_null(stretch.rules_file)},
        {"rules_sha256", text_or_null(stretch.rules_sha256)},
        {"problems",
         list_of(std::vector<Diagnostic>(stretch.problems.begin(), stretch.problems.end()))},
    };
}

/// Where the outlook begins: the tiers.
static Json beginning(const Outcome& first) {
    Json ladders = Json::array();
    for (const LadderOutcome& ladder : first.ladders) {
        ladders.push_back(json_of(ladder));
    }
    return {{"on", text_or_null(first.on)}, {"version", first.version}, {"ladders", ladders}};
}

static Json json_of(const OutlookSeries& series) {
    return {
        {"review", text_or_null(series.review)},
        {"review_label", text_or_null(series.review_label)},
        {"by_program", series.by_program},
        {"depends_on_day", series.depends_on_day},
        {"days_looked_at", series.days_looked_at},
        {"day_by_day", list_of(series.day_by_day)},
        {"stretches", list_of(series.stretches)},
        {"first", series.first ? beginning(*series.first) : Json()},
        {"changes", list_of(series.changes)},
    };
}

std::string to_json(const Outlook& outlook) {
    Json json = json_head(true);
    json["input"] = {
        {"partner",
         {{"key", text_or_null(outlook.partner_key)}, {"label", text_or_null(outlook.partner)}}},
        {"program", outlook.program},
        {"program_label", outlook.program_label},
        {"from", outlook.from},
        {"until", outlook.until},
        {"facts_sha256", text_or_null(outlook.facts_sha256)},
    };
    json["input"] = in_language(std::move(json["input"]), outlook.language);
    json["series"] = list_of(outlook.series);
    json["warnings"] = warnings_of(outlook.warnings);
    return printed(json);
}

} // namespace rung
