// What differs between two outcomes: of one partner on two days, with other facts, or by other rules.
//
// Only answers are compared: tiers, verdicts, figures, the records that count, what is missing. Windows that moved
// with the day, and rules that were
// reworded, moved or cited anew, make no difference. A part that one side does not have is compared with a part
// that says nothing: a requirement that is not asked, a benefit that is closed, a notice that is not told.
#pragma once

#include <rung/export.hpp>
#include <rung/outcome.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rung {

/// What one of the two outcomes was made from.
struct Basis {
    std::string program;
    std::string language; // as in an outcome
    std::string version;
    bool in_force = true;
    std::optional<std::string> on;
    std::string review; // id, empty without reviews
    std::string review_label;
    std::optional<Days> review_period;
    std::string rules_file;
    std::string rules_sha256;
    std::string facts_sha256;
    std::vector<std::string> assumed; // ids of measures
};

/// A part as it was and as it is now; a side is empty where that outcome does not have it.
template <typename Part>
struct Change {
    std::optional<Part> before;
    std::optional<Part> after;

    /// The part by whose id and label it is called: as it is now, or else as it was.
    [[nodiscard]] const Part& named() const { return after ? *after : *before; }
};

/// Where a tier went.
enum class Move : std::uint8_t {
    same,
    raised,
    lowered,
    settled, // was undecided, is certain
    opened, // was certain, is undecided
    other, // what is possible differs; or one side has no such tier or ladder
};

struct LadderChange : Change<LadderOutcome> {
    Move tier = Move::same; // what the partner qualifies for
    Move holds = Move::same; // what the partner holds after the review
    bool path = false; // another path leads highest, is open or shut, or leads elsewhere
};

/// A requirement at one tier, along one path.
struct RequirementChange : Change<RequirementOutcome> {
    bool verdict = false; // the verdict, or whether it is asked; else figures alone
    std::vector<RecordNote> joined; // records that count now and did not …
    std::vector<RecordNote> left; // … and that did and do not, each as its own outcome names it
};

struct BenefitChange : Change<BenefitOutcome> {
    bool verdict = false; // else figures alone
};

struct Changes {
    Basis before;
    Basis after;
    /// In the order of the later outcome; behind them what only the earlier one has.
    std::vector<LadderChange> ladders;
    std::vector<RequirementChange> requirements;
    std::vector<BenefitChange> benefits;
    std::vector<Change<ValueOutcome>> values; // at the partner's tier
    std::vector<Change<MeasureOutcome>> measures;
    std::vector<Change<NoticeOutcome>> notices;
    std::vector<std::string> newly_missing; // JSON Pointers: of `decide_next` …
    std::vector<std::string> no_longer_missing; // … as it was

    Diagnostics warnings; // of both, each once

    /// Nothing differs. The two may be made from different things all the same.
    [[nodiscard]] RUNG_API bool empty() const;
    /// No tier that the partner qualifies for or holds differs.
    [[nodiscard]] RUNG_API bool same_tiers() const;
};

[[nodiscard]] RUNG_API Basis basis_of(const Outcome& outcome);

/// Ladders are matched by id, and a sole one with a sole one whatever their ids; tiers, requirements and all else
/// by id. Pure; thread-safe.
[[nodiscard]] RUNG_API Changes compare(const Outcome& before, const Outcome& after);

/// What differs, for people; of the two outcomes that were compared.
RUNG_API std::string to_text(const Changes& changes, const Outcome& before, const Outcome& after,
                             const TextOptions& options = {});
/// `{"format": 1, "engine": …, "ok": true, "before", "after", "ladders": [{"before", "after", …}], …}`; the parts
/// have the form that they have in the result of an outcome.
RUNG_API std::string to_json(const Changes& changes);

} // namespace rung
