// What an evaluation came to, and why: identifiers and typed values, never prose.
//
// An Outcome is a view of one recorded evaluation. Everything a printer, a portal or a report shows is
// in it; none of them decides anything again. Texts, in any language, are made by printers.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/facts.hpp>
#include <rung/language.hpp>
#include <rung/program.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rung {

enum class RequirementVerdict : std::uint8_t { met, unmet, unknown, not_asked, waived };
enum class Granted : std::uint8_t { granted, open, closed, unknown };

/// Who can change a fact.
enum class Changer : std::uint8_t { partner, program, time, nobody };

/// Two days, both inside, in ISO 8601.
struct Days {
    std::string from;
    std::string through;

    friend bool operator==(const Days&, const Days&) = default;
};

/// A typed value: known (`value`), a range (`from`, `through`; an empty end is open), unknown (`reason`), or
/// hidden from the reader (`redacted`).
struct Figure {
    enum class State : std::uint8_t { absent, known, range, unknown, hidden };

    State state = State::absent;
    std::string
        type; // yes_no, whole, decimal, percent, money, days, months, date, month, text, choice, choices, tier, item, window
    std::string currency; // of money
    std::string
        value; // canonical: decimals without exponent, dates and months ISO, yes or no, ids of choices
    std::string from;
    std::string through;
    std::string
        reason; // missing, incomplete, overflow, zero_division, no_row, empty, several, unstated
    std::string because; // of an unknown one with the reason `unstated`: the rules' own words
    /// Of an unknown one with the reason `no_row`: the label of the table, or of the list, that has no entry …
    std::string table = {};
    std::vector<Figure> keys = {}; // … and what was looked for
    /// Of a known tier or choice: what people call it; nothing of a choice that the rules do not list.
    std::string label = {};
    bool is_floor = false; // whether a known tier is the floor, so no tier is reached
    std::vector<std::string> members; // of choices, or the values any of which is asked for
    std::vector<std::string> member_labels = {}; // of choices and tiers among them, as `label`
    /// It rests on a measure whose value was assumed, so no reader may take it for what the facts say.
    bool assumed = false;

    friend bool operator==(const Figure&, const Figure&) = default;
};

struct Condition;

/// A record of a list, and whether it counted.
struct RecordNote {
    std::string pointer; // of a group of records, that of its first one
    std::string label; // the field that names it, canonical; or the kind of record and its number
    bool is_date = false; // whether `label` is a day or a month in ISO 8601
    /// Why it did not count, or is not clear: the one condition it fails. Empty for those that counted.
    std::vector<Condition> fails;
    std::string unnamed = {}; // what to call it where its name is internal; otherwise empty
    std::string kind = {}; // what its records are called
    std::string owner = {}; // what the record that it stands in is called, if it stands in one
};

/// What the language itself gives a name, so that each language of answers has its own words for it.
enum class BuiltIn : std::uint8_t {
    nothing,
    review_date,
    tier,
    held_tier,
    held_since,
    held_until,
};

/// One comparison, or one yes/no, with everything that is known about it.
struct Condition {
    std::string label; // of the measure or fact; where it has none, the expression in words
    BuiltIn built_in = BuiltIn::nothing; // what `label` names, if that is no part of the rules
    bool is_rule_text = false; // whether `label` is an expression in words
    std::string fact; // id of the fact or measure, if it is one
    RequirementVerdict verdict = RequirementVerdict::unknown;
    std::string comparison; // >=, >, <=, <, =, !=, yes, no, in, include, include_all, window
    Figure actual;
    Figure required;
    Figure gap; // how much is missing, in the unit of `actual`
    std::optional<Days> window;
    std::int64_t days_before = 0; // of a date outside a window
    std::int64_t days_after = 0;
    std::vector<RecordNote> counted;
    std::vector<RecordNote> near; // records that fail exactly one condition
    std::vector<RecordNote> unclear; // records of which it is not known whether they count
    std::uint32_t records = 0; // in the list
    /// What `actual` is of the records that count, where it is one figure of many: median, average, percentile,
    /// largest, smallest. Empty for sums, counts and all else.
    std::string figure_of = {};
    std::vector<std::string> missing; // JSON Pointers of the facts that would decide it
    Changer changer = Changer::partner;
    std::vector<Condition> alternatives; // of a condition joined by `or`
    std::vector<Condition> parts = {}; // of one joined by `and` within another
    bool internal = false; // comes from a fact that the rules mark as internal
};

/// An exception that was granted; days in ISO 8601.
struct WaiverOutcome {
    std::optional<std::string> granted_on;
    std::optional<std::string> until;
    std::string by;
    std::string reason;
    std::string pointer;
};

/// A requirement (or way, or part) at one tier, along one path.
struct RequirementOutcome {
    enum class Form : std::uint8_t { ask, any_one_of, all_of, at_least_of };

    std::string id;
    std::string ladder; // id
    std::string path; // id, empty on a ladder without paths
    std::string tier;
    std::string label;
    std::string parent; // id of the head, or empty
    Form form = Form::ask;
    std::uint32_t needed = 0; // of `at least N of`
    RequirementVerdict verdict = RequirementVerdict::not_asked;
    std::string reason; // of an unknown verdict
    bool offered = false; // the cell is not `-`
    /// `when` and the cell's `if`: why it is asked, or open, at this partner; and whether they hold.
    std::vector<Condition> because;
    RequirementVerdict condition = RequirementVerdict::met;
    std::vector<Condition> conditions;
    std::optional<WaiverOutcome> waiver; // of a waived one
    std::vector<std::string> missing;
    std::string advice;
    std::string cite;
    std::string reading;
    Place at;
};

/// What a benefit needs beside the tier. Without words it is hidden (`redacted`).
struct Need {
    std::string
        words; // the label of the one fact or measure that it is, or the expression in words
    bool internal = false;
    /// The same by its parts, each with its label and what it asks: not judged, so without what there is.
    Condition condition = {};
    /// Of a benefit that is closed: whether it is met, at the lowest tier that opens it; otherwise unknown, as `because`
    /// says more.
    RequirementVerdict there = RequirementVerdict::unknown;
};

/// A tier that opens a benefit, and the condition of its cell.
struct Opening {
    std::string tier;
    std::optional<Need> condition = std::nullopt;
};

struct BenefitOutcome {
    std::string id;
    std::string ladder; // id
    std::string label;
    Granted verdict = Granted::closed;
    std::vector<Opening> opens_at; // tiers whose cell is not `-`
    bool tier_suffices =
        false; // the highest possible tier opens it without a further condition of the cell
    std::vector<Need> needs;
    std::vector<Condition> because; // its needs, at the highest tier possible
    std::vector<std::string> missing;
    std::string cite;
    std::string reading;
    Place at;
};

/// A figure for a record of a list.
struct ItemFigure {
    RecordNote record;
    Figure value;
};

/// What a value comes to at one tier.
struct TierWorth {
    std::string tier; // empty in a file without a ladder
    Figure value;
    std::vector<ItemFigure> items; // of a value for each record of a list
    std::vector<std::string> missing;
};

/// What the partner's tier is worth: a rate, an amount, a date.
struct ValueOutcome {
    std::string id;
    std::string ladder; // id
    std::string label;
    bool for_each = false; // a figure for each record of a list: `items`, and no `value`
    Figure value; // absent where no possible tier has it
    std::vector<ItemFigure> items;
    std::vector<TierWorth> by_tier; // tiers that have it, lowest first
    std::vector<std::string> missing;
    std::string cite;
    std::string reading;
    Place at;
    bool internal = false;
};

struct MeasureOutcome {
    std::string id;
    std::string label;
    Figure value;
    std::optional<Days> window;
    std::vector<std::string> missing;
    std::string path = {}; // id, of a measure that depends on the path
    bool internal = false;
    std::string path_label = {};
    /// Not along a path which no ladder's explanations follow.
    bool is_shown = true;
};

struct NoticeOutcome {
    std::string id;
    std::string label;
    RequirementVerdict verdict = RequirementVerdict::unmet; // met: it is to be told
    std::vector<Condition> because = {}; // when it is told
};

struct TierName {
    std::string id;
    std::string label;
};

struct HeldOutcome {
    std::string tier;
    std::optional<std::string> since;
    std::optional<std::string> protected_until;
};

/// The tier that the partner holds after the review, where the caller gave the one held before.
struct HoldsOutcome {
    std::optional<std::string> tier; // none where it is not certain
    std::string at_least;
    std::vector<std::string> possible;
    std::string because; // qualified, cannot_raise, cannot_lower, kept, grace
    std::string rule; // of `kept`: the rule that keeps it …
    std::string rule_label;
    std::optional<std::string> through; // … and its last day; the last day of a grace
};

/// A path of a ladder, followed as a whole.
struct PathOutcome {
    std::string id;
    std::string label;
    RequirementVerdict open = RequirementVerdict::met;
    std::vector<Condition> because;
    std::optional<std::string> tier; // along this path, open or not
    std::string at_least;
    std::vector<std::string> possible;
};

struct LadderOutcome {
    std::string id; // empty where the file has one ladder and does not name it
    std::string label;
    std::vector<TierName> tiers; // the floor first
    bool climbs = true; // a tier needs the one below it
    std::optional<std::string> tier; // none where it is not certain
    std::string at_least; // the highest certain one
    std::vector<std::string> possible; // lowest first
    std::optional<HeldOutcome> held;
    /// Whether the rules, or what the review may do, look at the tier that was held before.
    bool asks_for_held = true;
    std::optional<HoldsOutcome> holds;
    std::vector<PathOutcome> paths;
    /// The open path that leads highest, whose requirements explanations show. Of several that lead equally
    /// high, that along which the next tier is nearest: the fewest rows not met there, then the fewest not
    /// known, then the smallest share missing in the row where most is, then the first by name.
    std::string path;
};

/// What people call a missing fact.
struct FactName {
    std::string pointer;
    std::string label;
    RecordNote record; // of which it is a field; without a label: of none
};

/// What of an outcome comes from facts that the rules mark as internal, beside the figures that say so.
struct InternalFacts {
    bool some = false; // the rules have internal facts
    bool partner = false; // the key of the partner is one
    std::vector<std::string> missing; // pointers
    bool hidden = false; // `redacted` has left it out
};

struct Outcome {
    // What was evaluated.
    std::string program;
    std::string program_label;
    std::string language = {}; // tag of that in which the file has the labels; empty: its own words
    std::string version;
    bool in_force = true;
    VersionChoice choice = {};
    std::optional<std::string> on;
    std::string review; // id, empty without reviews
    std::string review_label;
    bool by_program = false; // the review moves a partner at the program's discretion
    std::optional<Days> review_period;
    std::string partner_key; // the fact marked `key`
    std::string partner; // how texts call the partner
    std::string rules_file;
    std::string rules_sha256;
    std::string facts_sha256;
    std::vector<std::string> assumed; // ids of the measures whose value was assumed, not worked out

    // What it came to.
    std::vector<LadderOutcome> ladders; // none: measures only
    /// By ladder, path and tier, then in the order of the file.
    std::vector<RequirementOutcome> requirements;
    std::vector<BenefitOutcome> benefits;
    std::vector<ValueOutcome> values;
    std::vector<MeasureOutcome> measures;
    std::vector<NoticeOutcome> notices;
    std::vector<std::string> decide_next; // JSON Pointers of missing facts, the most telling first
    std::vector<FactName> missing_names; // of every fact that is missing anywhere above
    Diagnostics warnings;
    InternalFacts internal;
};

/// A measure whose value is assumed, in place of what the facts come to: a value as the rules write it.
struct Assumption {
    std::string measure; // id
    std::string value;
};

/// The day and the review of an evaluation; what is not given here is taken from the facts, and what both
/// give must agree. `review` may stay open where the program has one review or none.
struct EvaluateOptions {
    std::optional<std::string> on;
    std::optional<std::string> review;
    bool in_force = true; // as `Registry::choose` said
    bool named_version =
        false; // the caller named the version, so facts made for another one are used all the same
    std::vector<Assumption> assume = {};
    VersionChoice choice = {}; // as `Registry::choose` said
};

/// Evaluates and records. Pure; thread-safe. Without a value: a date or review that is missing, unknown or
/// contradicts the facts.
RUNG_API Result<Outcome> evaluate(const Program& program, const Facts& facts,
                                  const EvaluateOptions& options = {});

/// The outcome as the partner may see it: without what comes from facts that the rules mark as internal.
///
/// Labels and verdicts stay, since the partner is told the decision. What is internal loses its figures (they
/// are `hidden`), its records, its gap and the rule's own words; internal facts are not listed as missing. Where
/// the rules have internal facts, the digest of the facts goes too, since it would confirm a guess, and so do
/// the warnings, which are for whoever keeps the facts. Of two partners who differ in internal facts only, and in
/// no verdict, nothing can be told apart.
RUNG_API Outcome redacted(Outcome outcome);

/// Lines for a terminal, GitHub-flavoured Markdown, or one HTML file that needs nothing else.
enum class Layout : std::uint8_t { terminal, markdown, html };

struct TextOptions {
    int width = 80; // columns
    bool colour = false; // ANSI colours
    Language language = Language::en;
    Layout layout = Layout::terminal;
    bool all = false; // on a terminal, also what pages fold: every requirement with its sources
};

/// Result JSON, format 1 (docs/result.schema.json). The same outcome gives the same bytes.
RUNG_API std::string to_json(const Outcome& outcome);
/// The partner's standing: tier, what separates it from the next one, benefits.
RUNG_API std::string to_text(const Outcome& outcome, const TextOptions& options = {});
/// Why the partner does not have `target`, a tier or a benefit of the program; empty for an unknown target.
/// A tier is named by its id, or `ladder.tier` where several ladders have one of that id.
RUNG_API std::string why_not(const Outcome& outcome, const std::string& target,
                             const TextOptions& options = {});
/// A tier of an outcome: which ladder, and which of its tiers.
struct TierPlace {
    std::size_t ladder;
    std::size_t tier;
};
/// The tier that `target` names, the floors left out: its id, or `ladder.id`.
RUNG_API std::optional<TierPlace> find_tier(const Outcome& outcome, const std::string& target);
/// How a tier is named: its id, with its ladder's before it where another ladder has the same.
RUNG_API std::string qualified_tier(const Outcome& outcome, const LadderOutcome& ladder,
                                    const std::string& tier);
/// One requirement at one tier: its verdict, what it asks and what there is; empty where there is no such row.
/// Along `path`, or else along the one that explanations show.
RUNG_API std::string requirement_text(const Outcome& outcome, const std::string& id,
                                      const std::string& tier, const TextOptions& options = {},
                                      const std::string& path = {});
/// Nothing where `target` is a tier or a benefit of the program; otherwise what to say.
RUNG_API std::optional<Diagnostic> unknown_target(const Outcome& outcome,
                                                  const std::string& target);
/// Whether the outcome certainly has the tier (or a higher one) or benefit.
RUNG_API bool reached(const Outcome& outcome, const std::string& target);

} // namespace rung
