// Result JSON: an outcome, or what was wrong, for programs. docs/result.md explains it to readers
// and docs/result.schema.json fixes it; a key added here is added there.
//
// Every key is always written, with null or an empty list where there is nothing to say; figures
// and findings alone leave out what does not concern them.
//
// Nothing here throws, memory apart: objects are made whole from typed parts, nothing is read back
// from the tree by key, and bytes that are not UTF-8 become U+FFFD.
#include "interpreter/print_json.hpp"

#include "grammar/characters.hpp"
#include "grammar/source.hpp"

#include <rung/calc.hpp>
#include <rung/diagnostics.hpp>
#include <rung/outcome.hpp>
#include <rung/version.hpp>

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rung {

// ---- words

std::string_view name_of(RequirementVerdict verdict) {
    switch (verdict) {
    case RequirementVerdict::met:
        return "met";
    case RequirementVerdict::unmet:
        return "unmet";
    case RequirementVerdict::unknown:
        break;
    case RequirementVerdict::not_asked:
        return "not_asked";
    case RequirementVerdict::waived:
        return "waived";
    }
    return "unknown";
}

std::string_view name_of(Granted verdict) {
    switch (verdict) {
    case Granted::granted:
        return "granted";
    case Granted::open:
        return "open";
    case Granted::closed:
        return "closed";
    case Granted::unknown:
        break;
    }
    return "unknown";
}

std::string_view name_of(Changer changer) {
    switch (changer) {
    case Changer::partner:
        break;
    case Changer::program:
        return "program";
    case Changer::time:
        return "time";
    case Changer::nobody:
        return "nobody";
    }
    return "partner";
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json text_or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

/// Of the whole shape. Keys may be added under the same number, nothing may change or go.
constexpr int result_format = 1;

static Json count_or_null(std::int64_t count) { return count == 0 ? Json() : Json(count); }

// ---- words

static std::string_view name_of(RequirementOutcome::Form form) {
    switch (form) {
    case RequirementOutcome::Form::ask:
        break;
    case RequirementOutcome::Form::any_one_of:
        return "any_one_of";
    case RequirementOutcome::Form::all_of:
        return "all_of";
    case RequirementOutcome::Form::at_least_of:
        return "at_least_of";
    }
    return "ask";
}

// ---- places and findings

Json json_of(const Place& place) {
    Json json = {{"file", place.file}, {"line", place.line}, {"column", place.column}};
    if (place.end_line != 0) {
        json["end_line"] = place.end_line;
        json["end_column"] = place.end_column;
    }
    return json;
}

static Json place_or_null(const Place& place) { return place.line == 0 ? Json() : json_of(place); }

static Json json_of(const Diagnostic::Related& related) {
    return {{"at", json_of(related.place)}, {"text", related.text}};
}

static Json arguments_of(const Diagnostic& finding) {
    Json json = Json::object();
    for (const auto& [name, value] : finding.arguments) {
        json[name] = value;
    }
    return json;
}

Json json_of(const Diagnostic& finding) {
    Json json = Json::object();
    json["code"] = finding.code;
    if (!finding.pointer.empty()) {
        json["pointer"] = finding.pointer;
    }
    if (finding.place) {
        json["at"] = json_of(*finding.place);
    }
    json["args"] = arguments_of(finding);
    json["text"] = finding.text;
    if (!finding.help.empty()) {
        json["help"] = finding.help;
    }
    if (!finding.related.empty()) {
        json["related"] = list_of(finding.related);
    }
    return json;
}

namespace {
enum class FindingKind : std::uint8_t { error, warning };
} // namespace

static Json findings_of(const Diagnostics& all, FindingKind kind) {
    Json json = Json::array();
    for (const Diagnostic& finding : all) {
        if (finding.is_error == (kind == FindingKind::error)) {
            json.push_back(json_of(finding));
        }
    }
    return json;
}

// ---- figures

Json json_of(const std::optional<Days>& days) {
    return days ? Json{{"from", days->from}, {"through", days->through}} : Json();
}

/// Numbers of the rules are texts, since a reader's own numbers may be binary floating point.
static Json value_of(const Figure& figure) {
    if (figure.type == "yes_no") {
        return figure.value == "yes";
    }
    if (figure.type == "choices") {
        return figure.members;
    }
    if (figure.type == "window") {
        return json_of(Days{figure.from, figure.through});
    }
    return figure.value;
}

/// What `in` asks for: any one of these values.
static bool is_one_of_several(const Figure& figure) {
    return figure.type != "choices" && !figure.members.empty();
}

/// `missing`: what would decide it, known to the condition or measure that the figure belongs to.
Json json_of(const Figure& figure, const std::vector<std::string>& missing) {
    if (figure.state == Figure::State::absent) {
        return {};
    }
    Json json = Json::object();
    json["type"] = figure.type;
    if (!figure.currency.empty()) {
        json["currency"] = figure.currency;
    }
    if (figure.state == Figure::State::known && is_one_of_several(figure)) {
        json["any_of"] = figure.members;
    } else if (figure.state == Figure::State::known) {
        json["value"] = value_of(figure);
    } else if (figure.state == Figure::State::hidden) {
        json["hidden"] = true;
    } else if (figure.state == Figure::State::range) {
        json["from"] = text_or_null(figure.from);
        json["through"] = text_or_null(figure.through);
    } else {
        json["reason"] = text_or_null(figure.reason);
        if (!figure.because.empty()) {
            json["because"] = figure.because;
        }
        if (!figure.table.empty()) {
            json["table"] = figure.table;
            json["keys"] = Json::array();
            for (const Figure& key : figure.keys) {
                json["keys"].push_back(json_of(key, {}));
            }
        }
        json["missing"] = missing;
    }
    if (figure.assumed) {
        json["assumed"] = true;
    }
    return json;
}

/// A measure that is a list has no figure.
Json json_of(const MeasureOutcome& measure) {
    Json json = Json::object();
    json["label"] = measure.label;
    if (!measure.path.empty()) {
        json["path"] = measure.path;
    }
    if (measure.value.state != Figure::State::absent) {
        json.update(json_of(measure.value, measure.missing));
    }
    json["window"] = json_of(measure.window);
    json["missing"] = measure.missing;
    return json;
}

// ---- conditions

static Json json_of(const Condition& condition);

static Json counted_record(const RecordNote& record) {
    return {{"pointer", record.pointer}, {"label", record.label}, {"is_date", record.is_date}};
}

static Json counted_records(const std::vector<RecordNote>& records) {
    Json json = Json::array();
    for (const RecordNote& record : records) {
        json.push_back(counted_record(record));
    }
    return json;
}

/// Of a record that did not count, or may not.
/// With what each fails, or leaves open.
static Json missed_records(const std::vector<RecordNote>& records) {
    Json json = Json::array();
    for (const RecordNote& record : records) {
        Json missed = counted_record(record);
        missed["fails"] = list_of(record.fails);
        json.push_back(std::move(missed));
    }
    return json;
}

/// Null where the condition looks at no list. (At an empty list there is nothing to tell either.)
static Json records_of(const Condition& condition) {
    const bool has_notes =
        !condition.counted.empty() || !condition.near.empty() || !condition.unclear.empty();
    if (condition.records == 0 && !has_notes) {
        return {};
    }
    return {
        {"total", condition.records},
        {"figure_of", text_or_null(condition.figure_of)},
        {"counted", counted_records(condition.counted)},
        {"near", missed_records(condition.near)},
        {"unclear", missed_records(condition.unclear)},
    };
}

static Json json_of(const Condition& condition) {
    Json json = {
        {"label", condition.label},
        {"is_rule_text", condition.is_rule_text},
        {"fact", text_or_null(condition.fact)},
        {"verdict", name_of(condition.verdict)},
        {"comparison", text_or_null(condition.comparison)},
        {"actual", json_of(condition.actual, condition.missing)},
        {"required", json_of(condition.required, condition.missing)},
        {"gap", json_of(condition.gap, condition.missing)},
        {"window", json_of(condition.window)},
        {"days_before", count_or_null(condition.days_before)},
        {"days_after", count_or_null(condition.days_after)},
        {"records", records_of(condition)},
        {"missing", condition.missing},
        {"changer", name_of(condition.changer)},
        {"alternatives", list_of(condition.alternatives)},
        {"internal", condition.internal},
    };
    if (!condition.parts.empty()) {
        json["parts"] = list_of(condition.parts);
    }
    return json;
}

// ---- what it came to

static Json json_of(const TierName& tier) { return {{"id", tier.id}, {"label", tier.label}}; }

static Json json_of(const HeldOutcome& held) {
    return {
        {"tier", held.tier},
        {"since", text_or_null(held.since)},
        {"protected_until", text_or_null(held.protected_until)},
    };
}

static Json json_of(const WaiverOutcome& waiver) {
    return {
        {"granted_on", text_or_null(waiver.granted_on)},
        {"until", text_or_null(waiver.until)},
        {"by", text_or_null(waiver.by)},
        {"reason", text_or_null(waiver.reason)},
        {"pointer", waiver.pointer},
    };
}

/// The figures of a sole condition also stand in the row itself, where readers look first.
Json json_of(const RequirementOutcome& row) {
    const Condition nothing;
    const Condition& sole = row.conditions.size() == 1 ? row.conditions.front() : nothing;
    const bool counts_parts = row.form == RequirementOutcome::Form::at_least_of;
    return {
        {"id", row.id},
        {"ladder", row.ladder},
        {"path", text_or_null(row.path)},
        {"tier", row.tier},
        {"label", row.label},
        {"parent", text_or_null(row.parent)},
        {"form", name_of(row.form)},
        {"needed", counts_parts ? Json(row.needed) : Json()},
        {"verdict", name_of(row.verdict)},
        {"reason", text_or_null(row.reason)},
        {"offered", row.offered},
        {"asked_because", list_of(row.because)},
        {"condition", name_of(row.condition)},
        {"actual", json_of(sole.actual, sole.missing)},
        {"required", json_of(sole.required, sole.missing)},
        {"gap", json_of(sole.gap, sole.missing)},
        {"window", json_of(sole.window)},
        {"records", records_of(sole)},
        {"conditions", list_of(row.conditions)},
        {"waiver", row.waiver ? json_of(*row.waiver) : Json()},
        {"missing", row.missing},
        {"advice", text_or_null(row.advice)},
        {"cite", text_or_null(row.cite)},
        {"reading", text_or_null(row.reading)},
        {"at", place_or_null(row.at)},
    };
}

/// The tiers whose column has the benefit, each with the further condition of its cell.
static Json openings_of(const BenefitOutcome& benefit) {
    Json openings = Json::array();
    for (const Opening& opening : benefit.opens_at) {
        openings.push_back({{"tier", opening.tier},
                            {"if", opening.condition ? Json(opening.condition->words) : Json()}});
    }
    return openings;
}

static Json needs_of(const BenefitOutcome& benefit) {
    Json needs = Json::array();
    for (const Need& need : benefit.needs) {
        needs.push_back(need.words);
    }
    return needs;
}

/// Whether each is met where the benefit opens.
static Json verdicts_of(const std::vector<Need>& needs) {
    Json verdicts = Json::array();
    for (const Need& need : needs) {
        verdicts.push_back(name_of(need.there));
    }
    return verdicts;
}

Json json_of(const BenefitOutcome& benefit) {
    return {
        {"id", benefit.id},
        {"ladder", benefit.ladder},
        {"label", benefit.label},
        {"verdict", name_of(benefit.verdict)},
        {"opens_at", openings_of(benefit)},
        {"needs", needs_of(benefit)},
        {"needs_there", verdicts_of(benefit.needs)},
        {"tier_suffices", benefit.tier_suffices},
        {"because", list_of(benefit.because)},
        {"missing", benefit.missing},
        {"cite", text_or_null(benefit.cite)},
        {"reading", text_or_null(benefit.reading)},
        {"at", place_or_null(benefit.at)},
    };
}

Json json_of(const NoticeOutcome& notice) {
    return {
        {"id", notice.id},
        {"label", notice.label},
        {"verdict", name_of(notice.verdict)},
        {"because", list_of(notice.because)},
    };
}

static Json partner_of(const Outcome& outcome) {
    return {
        {"key", text_or_null(outcome.partner_key)},
        {"label", text_or_null(outcome.partner)},
    };
}

static const char* name_of(VersionChoice::Why why) {
    switch (why) {
    case VersionChoice::Why::in_force:
        return "in_force";
    case VersionChoice::Why::named:
        return "named";
    case VersionChoice::Why::only_file:
        break;
    }
    return "only_file";
}

static Json input_of(const Outcome& outcome) {
    return {
        {"partner", partner_of(outcome)},
        {"program", outcome.program},
        {"program_label", outcome.program_label},
        {"version", outcome.version},
        {"in_force", outcome.in_force},
        {"chosen", json_of(outcome.choice)},
        {"on", text_or_null(outcome.on)},
        {"review", text_or_null(outcome.review)},
        {"review_label", text_or_null(outcome.review_label)},
        {"review_period", json_of(outcome.review_period)},
        {"by_program", outcome.by_program},
        {"rules_file", outcome.rules_file},
        {"rules_sha256", outcome.rules_sha256},
        {"facts_sha256", text_or_null(outcome.facts_sha256)},
        {"assumed", outcome.assumed},
    };
}

static Json json_of(const HoldsOutcome& holds) {
    return {
        {"status", holds.tier ? "certain" : "undecided"},
        {"tier", text_or_null(holds.tier)},
        {"at_least", holds.at_least},
        {"possible", holds.possible},
        {"because", text_or_null(holds.because)},
        {"rule", text_or_null(holds.rule)},
        {"rule_label", text_or_null(holds.rule_label)},
        {"through", text_or_null(holds.through)},
    };
}

static Json json_of(const PathOutcome& path) {
    return {
        {"id", path.id},
        {"label", path.label},
        {"open", name_of(path.open)},
        {"because", list_of(path.because)},
        {"tier", text_or_null(path.tier)},
        {"at_least", path.at_least},
        {"possible", path.possible},
    };
}

/// A sole ladder may have no name.
Json json_of(const LadderOutcome& ladder) {
    return {
        {"id", ladder.id},
        {"label", text_or_null(ladder.label)},
        {"tiers", list_of(ladder.tiers)},
        {"one_by_one", ladder.climbs},
        {"status", ladder.tier ? "certain" : "undecided"},
        {"tier", text_or_null(ladder.tier)},
        {"at_least", ladder.at_least},
        {"possible", ladder.possible},
        {"held", ladder.held ? json_of(*ladder.held) : Json()},
        {"holds", ladder.holds ? json_of(*ladder.holds) : Json()},
        {"path", text_or_null(ladder.path)},
        {"paths", list_of(ladder.paths)},
    };
}

static Json json_of(const ItemFigure& item, const std::vector<std::string>& missing) {
    return {
        {"pointer", item.record.pointer},
        {"label", item.record.label},
        {"is_date", item.record.is_date},
        {"figure", json_of(item.value, missing)},
    };
}

static Json items_of(const std::vector<ItemFigure>& items,
                     const std::vector<std::string>& missing) {
    Json json = Json::array();
    for (const ItemFigure& item : items) {
        json.push_back(json_of(item, missing));
    }
    return json;
}

static Json json_of(const TierWorth& worth) {
    return {
        {"tier", text_or_null(worth.tier)},
        {"figure", json_of(worth.value, worth.missing)},
        {"items", items_of(worth.items, worth.missing)},
        {"missing", worth.missing},
    };
}

/// Null where no possible tier has it; one hidden figure for all records where they are not to be told.
static Json worth_now(const ValueOutcome& value) {
    return value.for_each && value.value.state != Figure::State::hidden
               ? items_of(value.items, value.missing)
               : json_of(value.value, value.missing);
}

static Json values_of(const Outcome& outcome) {
    Json json = Json::object();
    for (const ValueOutcome& value : outcome.values) {
        json[value.id] = worth_now(value);
    }
    return json;
}

/// What each tier is worth.
static Json worth_at_each_tier(const ValueOutcome& value) {
    return {
        {"id", value.id},
        {"ladder", value.ladder},
        {"label", value.label},
        {"by_tier", list_of(value.by_tier)},
        {"missing", value.missing},
        {"cite", text_or_null(value.cite)},
        {"reading", text_or_null(value.reading)},
        {"at", place_or_null(value.at)},
    };
}

static Json worths_of(const Outcome& outcome) {
    Json json = Json::array();
    for (const ValueOutcome& value : outcome.values) {
        json.push_back(worth_at_each_tier(value));
    }
    return json;
}

static Json measures_of(const Outcome& outcome) {
    Json json = Json::object();
    for (const MeasureOutcome& measure : outcome.measures) {
        const std::string id = measure.path.empty() ? measure.id : measure.id + "." + measure.path;
        json[id] = json_of(measure);
    }
    return json;
}

static Json json_of(const Outcome& outcome) {
    return {
        {"format", result_format},
        {"engine", version()},
        {"ok", true},
        {"input", in_language(input_of(outcome), outcome.language)},
        {"ladders", list_of(outcome.ladders)},
        {"requirements", list_of(outcome.requirements)},
        {"benefits", list_of(outcome.benefits)},
        {"values", values_of(outcome)},
        {"worth", worths_of(outcome)},
        {"measures", measures_of(outcome)},
        {"notices", list_of(outcome.notices)},
        {"decide_next", outcome.decide_next},
        {"warnings", findings_of(outcome.warnings, FindingKind::warning)},
    };
}

static Json json_of(const Diagnostics& diagnostics) {
    return {
        {"format", result_format},
        {"engine", version()},
        {"ok", !diagnostics.has_errors()},
        {"errors", findings_of(diagnostics, FindingKind::error)},
        {"warnings", findings_of(diagnostics, FindingKind::warning)},
    };
}

/// A list has its records in place of a figure; what is not certain has what it may be.
static Json json_of(const Calculation& calculation) {
    Json json = {{"expression", calculation.expression}};
    if (!calculation.ok()) {
        json["errors"] = findings_of(calculation.diagnostics, FindingKind::error);
        return json;
    }
    if (calculation.value.state == Figure::State::absent) {
        json["type"] = calculation.value.type;
        json["records"] = counted_records(calculation.records);
        json["unclear"] = counted_records(calculation.unclear);
        json["may_hold_more"] = calculation.may_hold_more;
    } else {
        json.update(json_of(calculation.value, calculation.missing));
    }
    if (!calculation.possible.empty()) {
        json["possible"] = calculation.possible;
    }
    if (calculation.may_have_none) {
        json["may_have_none"] = true;
    }
    json["missing"] = calculation.missing;
    return json;
}

// ---- bytes

/// Characters that JSON allows as they are but a terminal obeys, or that hide in a text.
static bool needs_escape(char32_t c) {
    return (c >= 0x7F && c <= 0x9F) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

/// Such characters stand in texts only, where an escape means the same.
static std::string escaped(std::string_view json) {
    std::string text;
    text.reserve(json.size());
    const auto plain = [](char c) { return static_cast<unsigned char>(c) < 0x7F; };
    for (std::size_t i = 0; i < json.size();) {
        // Nearly all of it is plain: copied a run at a time.
        const auto run =
            std::find_if_not(json.begin() + static_cast<std::ptrdiff_t>(i), json.end(), plain);
        const auto end = static_cast<std::size_t>(run - json.begin());
        text += json.substr(i, end - i);
        i = end;
        if (i == json.size()) {
            break;
        }
        const std::string_view bytes = json.substr(i, code_point_size(json, i));
        const char32_t c = decode(bytes);
        if (needs_escape(c)) {
            text += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c));
        } else {
            text += bytes;
        }
        i += bytes.size();
    }
    return text;
}

Json json_of(const VersionChoice& choice) {
    return {
        {"why", name_of(choice.why)},
        {"since", text_or_null(choice.from)},
        {"corrects", text_or_null(choice.corrects)},
        {"corrected_by", text_or_null(choice.corrected_by)},
        {"corrected_from", text_or_null(choice.corrected_from)},
        {"withdrawn", text_or_null(choice.withdrawn)},
    };
}

Json json_of(const ValueOutcome& value) { return worth_now(value); }
Json json_of(const RecordNote& record) { return counted_record(record); }
Json warnings_of(const Diagnostics& findings) {
    return findings_of(findings, FindingKind::warning);
}

Json in_language(Json input, const std::string& language) {
    if (!language.empty()) {
        input["language"] = language;
    }
    return input;
}

Json json_head(bool ok) { return {{"format", result_format}, {"engine", version()}, {"ok", ok}}; }

std::string printed(const Json& json) {
    constexpr int indent = 2;
    return escaped(json.dump(indent, ' ', false, Json::error_handler_t::replace));
}

std::string to_json(const Outcome& outcome) { return printed(json_of(outcome)); }

std::string Diagnostics::to_json() const { return printed(json_of(*this)); }

std::string to_json(const std::vector<Calculation>& calculations) {
    const bool ok = std::all_of(calculations.begin(), calculations.end(),
                                [](const Calculation& calculation) { return calculation.ok(); });
    return printed({{"format", result_format},
                    {"engine", version()},
                    {"ok", ok},
                    {"results", list_of(calculations)}});
}

} // namespace rung
