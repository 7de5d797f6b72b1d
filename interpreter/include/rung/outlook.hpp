// What happens if nothing is done: the days on which an answer about a partner changes while the facts stay as they
// are, as windows move, dates pass and versions of the program follow each other.
//
// The days are computed from the rules and the facts (interpreter/motion.hpp says how) and each is evaluated; no day
// between them can change anything. Facts that are not known stay unknown.
#pragma once

#include <rung/changes.hpp>
#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rung {

/// Days in ISO 8601.
struct OutlookOptions {
    std::optional<std::string> from; // the first day; none: the day that the facts name
    std::string until; // the last day
    /// The id of a review, or `all` for each of them; none: the one that the facts name, or the only one.
    std::optional<std::string> review;
    /// This version on every day, in force or not; none: the one that the facts name, or else on each day the one
    /// that is in force.
    std::optional<std::string> version;
    bool strict = false; // as FactsOptions says
    /// What the partner may see: each outcome is `redacted` before it is compared. Of rules that have internal facts
    /// the outlook is without what else could tell of them: the SHA-256 of the facts, how many days were looked at,
    /// warnings and why a version cannot read the facts.
    bool for_partner = false;
};

/// Why an answer changed on a day.
struct OutlookCause {
    enum class Kind : std::uint8_t {
        version, // another version of the program began to be in force
        record_left, // a record counts no longer
        record_joined, // a record counts now
        window, // the window of a condition moved, and no record tells more
        day, // the review date passed a day that a condition asks about
        waiver_began,
        waiver_ended,
        keeping_ended, // a rule of `standing`, or a grace, kept the tier until then
    };

    Kind kind = Kind::day;
    /// The requirements whose verdict follows from it, by id and each once; for others what it concerns: the
    /// ladder, benefit, value or notice.
    std::vector<std::string> parts;
    std::string label; // of the condition, the rule of `standing`, the version that began
    BuiltIn built_in = BuiltIn::nothing; // of the condition
    std::optional<RecordNote> record;
    std::optional<Days> before; // the window as it was the day before …
    std::optional<Days> after; // … and as it is
    std::optional<std::string> through; // the last day of what ended
    /// Of `day`: that which came or went by, where the condition asks about one.
    std::optional<std::string> day = {};
    Place at; // of the rule; `line` is 0 where there is none
};

/// A day on which an answer differs from the day before it.
struct OutlookChange {
    std::string on;
    std::vector<OutlookCause> causes;
    /// Everything that differs from the day before (after days without a version: from the last day that had
    /// one), figures and records included: what is missing then is in the parts as they are after it.
    Changes changes;
};

/// Days on which one version is looked at, or none.
struct OutlookStretch {
    Days days;
    std::string version; // empty: none is in force, and nothing is said of these days
    bool in_force = true;
    std::string rules_file;
    std::string rules_sha256;
    /// Why these days are not looked at: facts that this version cannot read, no such review. Without texts in an
    /// outlook for the partner.
    Diagnostics problems;
};

/// The outlook of one review.
struct OutlookSeries {
    std::string review; // id, empty without reviews
    std::string review_label;
    bool by_program = false; // the review moves a partner at the program's discretion
    bool depends_on_day = false; // if not, nothing changes with time
    std::vector<OutlookStretch> stretches; // without a gap, the earliest first
    std::optional<Outcome> first; // on the first day that has a version
    std::vector<OutlookChange> changes; // the earliest first
    std::uint32_t days_looked_at = 0; // evaluated, of all the days
    std::vector<Days>
        day_by_day; // where every day was evaluated, since a comparison is not seen through
};

struct Outlook {
    std::string program;
    std::string program_label;
    std::string language = {}; // as in an outcome
    std::string partner_key;
    std::string partner;
    std::string from;
    std::string until;
    std::string facts_sha256;
    std::vector<OutlookSeries> series; // one, or one for each review
    Diagnostics warnings;
};

/// An outlook is at most so many years long.
inline constexpr int most_outlook_years = 100;

/// `name` is what messages call the facts, `json` as `Facts::read` takes them. They are read anew for each version.
/// Pure; thread-safe. Without a value: days that are none, missing or the wrong way round, no version in force on
/// the first day, facts that cannot be read, a review that there is not.
RUNG_API Result<Outlook> outlook(const Registry& versions, const std::string& name,
                                 const std::string& json, const OutlookOptions& options);

/// For people: each day on which something changes, and why.
RUNG_API std::string to_text(const Outlook& outlook, const TextOptions& options = {});
/// `{"format": 1, "engine": …, "ok": true, "input", "series": […], "warnings": […]}` (docs/result.md).
RUNG_API std::string to_json(const Outlook& outlook);

} // namespace rung
