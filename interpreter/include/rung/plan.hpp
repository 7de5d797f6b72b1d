// What would it take: the least changes of a partner's facts that reach a tier or a benefit.
//
//   auto plan = rung::plan(*program, "acme.json", json_text, "gold", {.review = "annual", .on = "2024-01-15"});
//   for (const rung::PlanWay& way : plan->ways) …
//
// A plan is for a day and a review, and made on a day: that of the facts. What it dates lies on or after the day it is
// made on, inside what the rules look at on the day it is for. Where a day would have to lie in the past, that
// review is named in `not_possible_at`, and the plan is for the next day at which there is a way.
//
// Levers are found by turning conditions round (interpreter/levers.hpp), and put together by uniform-cost
// search (Dijkstra 1959), the least effort first. Every way that is given was verified: the text of the facts
// was edited, read and evaluated by `rung::evaluate`, which gave the target; and without any of its steps it
// did not. Conditions that are linear in what changes (a count, a sum, a difference, a product with a known
// figure, `but at most`) are solved exactly; of others `least` says that less may do.
//
// That nothing takes less effort is not certain: of more than 24 alternatives for one requirement those of the
// least effort are followed, of a list 200 records that do not count are looked at, no more than 500 records are
// added; where that left something out, `alternatives_cut` says so. Averages, ranks and rounding are not searched
// through.
//
// A plan says how to meet what is asked. It never takes facts back so that something is no longer asked, takes
// no record away, changes no day that has passed, and asks for no waiver.
//
// Work is bounded by `max_evaluations`; `bound_met` says that it ended there and that there may be other ways. Where it
// ends without a way, a third more goes into finding one at all, whatever it takes.
// Pure; thread-safe; throws nothing.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rung {

struct PlanOptions {
    /// The day (ISO 8601) and review that the plan is for; what is not given is taken from the facts.
    std::optional<std::string> on;
    std::optional<std::string> review;
    /// The day it is made on; if not given, that of the facts, or else the day it is for.
    std::optional<std::string> today;
    std::size_t ways = 3; // at most
    /// Of a small program a few tenths of a second, of one with many records a few seconds. Facts that are changed in
    /// more than 64 places count for more, one more for each 64.
    std::size_t max_evaluations = 3000;
    bool strict = false; // as FactsOptions
    bool named_version = false; // as EvaluateOptions
};

enum class PlanStepKind : std::uint8_t {
    confirm, // it is not known: make it so, or find out that it is
    set, // a yes/no, a choice, a text, a reference
    include, // more of a set of choices
    figure,
    day,
    add, // new records
    empty, // record that a list holds nothing
};

/// A field that a new record must have.
struct PlanField {
    std::string fact; // id
    std::string label;
    std::string pointer; // in the first of the records
    PlanStepKind kind = PlanStepKind::set; // `add`: records inside the record, see `fields`
    Changer changer = Changer::partner;
    Figure value; // as in the changed facts
    std::optional<Days> days; // of a date: all days that will do; an empty end is open
    bool least = true; // of a figure: less is known not to do
    bool or_more = false; // of a figure: more does too
    bool or_never = false; // of a date: none at all does too
    /// Of a choice: the ids of others that do too, and their labels.
    std::vector<std::string> also = {};
    std::vector<std::string> also_labels = {};
    std::uint32_t count = 0; // of `add`
    std::string record_kind; // of `add`: the label of the record
    std::vector<PlanField> fields;
};

/// A requirement at one tier, for which a step is needed.
struct PlanNeed {
    std::string requirement; // id
    std::string ladder;
    std::string path;
    std::string tier;
};

struct PlanStep {
    PlanStepKind kind = PlanStepKind::set;
    /// Who has to do it. `time`: it comes by itself, wait for it. `nobody`: it is to be found out.
    Changer changer = Changer::partner;
    std::string fact; // id of the fact or the field; of `add`, of the list
    std::string label;
    std::string pointer; // of `add`: of the first new record
    std::optional<RecordNote> record; // whose field it is
    Figure from;
    Figure to;
    std::optional<Days> days; // of a date: all days that will do; an empty end is open
    bool least = true; // of a figure: less is known not to do
    std::uint32_t count = 0; // of `add`: how many records
    std::string record_kind; // of `add`: the label of the record
    std::vector<PlanField> fields; // of `add`: what each must have
    std::string effort; // a decimal
    std::vector<PlanNeed> needed_for;
};

struct PlanWay {
    std::vector<PlanStep> steps;
    std::string effort; // a decimal; ways are ordered by it
    std::string facts; // the JSON text after it; all that it does not change stays byte for byte
    /// The tier that it reaches at once, where that is a higher one than the target: its id and label.
    std::string reaches = {};
    std::string reaches_label = {};
};

/// Why something that is asked cannot be reached by a change.
struct PlanObstacle {
    enum class Why : std::uint8_t {
        cannot_change, // the rules say so
        past, // a day that has passed, or what is recorded of one
        closed, // a day would have to lie in `days`, which have passed
        bounds, // beyond what the rules let the fact be
        not_planned, // nothing that a plan knows how to change; `label` is what would have to be otherwise
    };

    Why why = Why::not_planned;
    std::string fact; // id, or empty
    std::string label;
    bool is_rule_text = false; // whether `label` is an expression of the rules in words
    std::string record_kind = {}; // what the records are called of which it is a field
    std::string pointer;
    std::optional<Days> days;
    PlanNeed needed_for; // empty ids: for a need of the benefit
    Place at;
};

/// A day and a review that a plan is for, or cannot be for.
struct PlanReview {
    std::optional<std::string> on;
    std::optional<std::string> review; // id
    std::optional<std::string> review_label;
    std::optional<Days> period;
    bool by_program = false; // the review moves a partner at the program's discretion
};

struct Plan {
    std::string program;
    std::string program_label;
    std::string language = {}; // as in an outcome
    std::string version;
    bool in_force =
        true; // whether this version is, on the day the plan is for, as far as it says itself
    std::string rules_file;
    std::string rules_sha256;
    std::string facts_sha256;
    std::string partner;
    std::string partner_key;

    std::string target; // id of the tier or the benefit
    std::string target_label;
    bool is_benefit = false;
    std::optional<std::string> made_on;
    PlanReview at;
    std::vector<PlanReview>
        not_possible_at; // what was asked for, and the days after it, up to `at`
    bool reached = false; // there is nothing to do
    std::vector<PlanWay> ways;
    std::vector<PlanObstacle> obstacles; // where there is no way; of the review that was asked for
    std::size_t evaluations = 0;
    /// What the facts say of day and review, by its key, and what they have to say where they are to be evaluated for
    /// what the plan is for; the texts of ways say so already.
    std::vector<std::pair<std::string, std::string>> restated;
    bool past_left =
        false; // what records tell of the past would do otherwise, and was left as it is
    bool ways_full = false; // there are as many as were asked for, so there may be more
    bool bound_met = false;
    /// Not every change that would do was followed, but those that take the least by themselves: there may be
    /// other ways, also of less effort.
    bool alternatives_cut = false;
    Diagnostics warnings;
    bool has_internal = false; // the rules mark facts as internal …
    bool partner_is_internal = false; // … and the key of the partner is one
    bool asks_internal =
        false; // the target looks at such facts: what is asked for it, or whether it is
    bool hidden = false; // `redacted` has left the ways out
};

/// Without a value: facts that cannot be read, a date or review that is missing or unknown, an unknown target.
RUNG_API Result<Plan> plan(const Program& program, const std::string& facts_name,
                           const std::string& facts_json, const std::string& target,
                           const PlanOptions& options = {});

/// The plan as the partner may see it. Where the target looks at internal facts there are no ways and no obstacles,
/// for any of them may follow from what is internal; records have names that are not. Of rules that have internal
/// facts it is without the SHA-256 of the facts and without warnings, as an outcome is.
RUNG_API Plan redacted(Plan plan);

/// `{"format": 1, "engine": …, "ok": true, "plan": …}`; docs/result.md. The same plan gives the same bytes.
RUNG_API std::string to_json(const Plan& plan);
/// The ways, or what is in the way, and what was checked.
RUNG_API std::string to_text(const Plan& plan, const TextOptions& options = {});

} // namespace rung
