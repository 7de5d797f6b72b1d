// Whom a new version moves, and by which of its edits: both versions over the partners of a program.
//
//   auto study = rung::ImpactStudy::of(guide_2023, guide_2024, {.on = "2024-02-15"});
//   for (const std::string& json : partners) { study->add(++line, json); }
//   puts(rung::to_text(study->result()).c_str());
//
// A partner is judged by both versions on the same facts, day and review, so what differs is the rules' doing. A mover
// is a partner whose tier is certain on both sides and another one. Every partner is judged by the old version with each
// single edit, too, and movers by the new one without it. Facts are not kept: of the partners of a
// list, only those that the result names and the keys of the first 100,000 take memory.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/diff.hpp>
#include <rung/export.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rung {

/// A requirement's figure at one tier of the new version, tried with other values.
struct ImpactSweep {
    std::string requirement; // id
    std::string tier; // id
    std::vector<std::string> values; // as the rules write them
};

struct ImpactOptions {
    /// What messages call the list.
    std::string list = "the list";
    /// Of every partner, whatever day and review its facts name; none: those that the facts name.
    std::optional<std::string> on;
    std::optional<std::string> review;
    /// Look for near misses: how much of what a figure asks may be missing, in per cent: `10`, `7.5`.
    std::optional<std::string> near_percent;
    std::optional<ImpactSweep> sweep;
    /// A key, or a choice spelt nearly right, that neither version declares is an error.
    bool strict = false;
};

/// Which edits moved a partner. `units` count from the first of `Impact::edits`.
enum class MovedBy : std::uint8_t {
    one, // this edit alone makes the move, and no other does
    any, // each of these alone makes it
    together, // none alone; these together do, and no fewer of them
    unclear, // the programs between the two versions do not tell
};

struct Impact {
    struct Tier {
        std::string id;
        std::string label;
        bool before = false; // the old version has it
        bool after = false;
    };
    /// Tiers of both versions in one order, the lowest first; what the new one lacks stands above the tier that it
    /// stood above.
    struct Ladder {
        std::string id;
        std::string label;
        std::vector<Tier> tiers;
        std::uint64_t up = 0;
        std::uint64_t down = 0;
        std::uint64_t unchanged = 0;
        std::uint64_t undecided = 0; // not certain by one of the versions, or by both
        /// From, to: by tier, and behind the last one "not certain". The sum is `Impact::partners`.
        std::vector<std::vector<std::uint64_t>> matrix;
    };
    /// Differences that are made together.
    struct Edit {
        std::vector<Difference> differences;
        std::uint64_t alone_up = 0; // whom the old version with nothing but it moves, wherever to
        std::uint64_t alone_down = 0;
        std::uint64_t needed = 0; // movers who stay if it is taken back
    };
    struct Mover {
        std::uint64_t line = 0; // of the list, as the caller counts
        std::string key; // the fact marked `key`
        std::string partner; // how texts call the partner
        std::size_t ladder = 0;
        std::size_t from = 0; // tiers
        std::size_t to = 0;
        MovedBy by = MovedBy::unclear;
        std::vector<std::size_t> edits; // none where it is unclear
        std::vector<std::size_t>
            needed; // edits of which each, taken back, keeps the partner where it was
        [[nodiscard]] bool up() const { return to > from; }
    };
    /// Movers that the same edits moved in the same way. Each mover is in exactly one.
    struct Cause {
        MovedBy by = MovedBy::unclear;
        std::vector<std::size_t> edits;
        std::uint64_t up = 0;
        std::uint64_t down = 0;
    };
    /// Partners whom these edits move, each of them alone, and who stay with all edits: the others make up for it.
    struct Held {
        std::vector<std::size_t> edits;
        std::vector<std::size_t> by; // edits of which each, taken back, lets the partner move
        std::uint64_t partners = 0; // of several ladders, counted on each
    };
    struct Benefit {
        std::string id;
        std::string label;
        std::uint64_t won = 0; // certainly not by the old version, certainly by the new one
        std::uint64_t lost = 0;
        std::uint64_t undecided = 0;
    };
    /// A partner of whom facts are missing that decide the tier.
    struct Undecided {
        std::uint64_t line = 0;
        std::string key;
        std::string partner;
        std::size_t ladder = 0;
        bool before = false; // not certain by the old version
        bool after = false;
        std::vector<FactName>
            missing; // by the new version, or else by the old one; the most telling first
    };
    /// A partner who lacks for the next tier, by the new version, figures alone, and of none of them much.
    struct NearMiss {
        std::uint64_t line = 0;
        std::string key;
        std::string partner;
        std::size_t ladder = 0;
        std::size_t tier = 0; // the next one
        std::vector<Condition> lacks;
    };
    struct SweepStep {
        std::string value;
        bool is_now = false; // what the new version says
        bool is_valid = true; // else the rules with it are not, and nothing was counted
        /// By ladder, then tier, and behind the last one "not certain".
        std::vector<std::vector<std::uint64_t>> tiers;
        std::vector<std::uint64_t> benefits; // granted, as `Impact::benefits`
    };
    /// Facts that could not be read, or not be looked at, by one of the versions; counted nowhere else.
    struct Unread {
        std::uint64_t line = 0;
        Diagnostics why;
    };
    /// A key that stands in the list more than once, for one day and review: its partner is counted each time.
    struct Repeated {
        static constexpr std::size_t most_lines = 10;
        std::string key;
        std::uint64_t times = 0;
        std::vector<std::uint64_t> lines; // the first `most_lines`
    };
    /// How many undecided partners, near misses, unread facts and repeated keys are named, of each; all of them are
    /// counted, repeated keys of the first 100,000 partners.
    static constexpr std::size_t most_named = 10'000;

    DiffSide before;
    DiffSide after;
    std::string program_label;
    std::vector<Difference> differences; // of the two, those that decide nothing included
    std::string list; // as in the options; likewise day and review
    std::optional<std::string> on;
    std::optional<std::string> review;
    std::string review_label;
    /// The first and the last day on which partners were judged; none where the rules read no day and none is named.
    std::optional<std::string> first_on;
    std::optional<std::string> last_on;
    std::uint64_t partners = 0; // judged by both versions
    bool partial = false; // the caller ended before the end of the list
    /// SHA-256 over the digests of the partners' facts, one after the other: names the list and its order.
    std::string list_sha256;
    std::vector<Ladder> ladders; // that both versions have
    std::vector<Edit> edits;
    std::vector<Cause> causes; // most movers first
    std::vector<Held> held; // most partners first
    std::vector<Mover> movers; // in the order of the list
    std::vector<Benefit> benefits; // of both versions, those of the new one first
    std::vector<Undecided> undecided; // the first `most_named`
    std::optional<std::string> near_percent; // as in the options
    std::vector<NearMiss> near; // likewise
    std::uint64_t near_count = 0;
    std::optional<ImpactSweep> sweep; // likewise
    std::string sweep_label; // of the requirement
    std::vector<SweepStep> sweep_steps;
    std::vector<Unread> unread; // likewise
    std::uint64_t unread_count = 0;
    std::vector<Repeated> repeated; // likewise
    std::uint64_t repeated_count = 0;
};

/// Gathers an Impact, partner by partner. For one thread.
class RUNG_API ImpactStudy {
public:
    /// Without a value: versions of different programs, a day or a percentage that is none, a
    /// sweep of a requirement or tier that the new version does not have.
    static Result<ImpactStudy> of(const Program& old, const Program& fresh,
                                  const ImpactOptions& options = {});
    ImpactStudy(ImpactStudy&&) noexcept;
    ImpactStudy& operator=(ImpactStudy&&) noexcept;
    ~ImpactStudy();

    /// One partner, who stands on `line` of the list; `json` as `Facts::read` takes it. Without an error among what is
    /// returned, the partner was judged, and these are warnings that both versions give. Else the partner is not
    /// counted: what is wrong goes, as the caller wants to tell it, to `leave_out`.
    Diagnostics add(std::uint64_t line, const std::string& json);
    /// A partner of the list who could not be judged.
    void leave_out(std::uint64_t line, Diagnostics why);
    /// What came of those that were added.
    [[nodiscard]] Impact result() const;

private:
    struct Parts;
    explicit ImpactStudy(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// For people: the verdict line, the matrix, the edits, movers, benefits. A terminal shows ten movers and counts the
/// rest; with `all`, and on pages, all of them.
RUNG_API std::string to_text(const Impact& impact, const TextOptions& options = {});
/// The verdict line alone, of several ladders one each: "1,204 partners: 61 up, 88 down, 1,049 unchanged, 6 undecided".
RUNG_API std::string summary(const Impact& impact, Language language = Language::en);
/// `{"format": 1, "engine": …, "ok": true, "old", "new", "partners", "ladders": […], …}`
RUNG_API std::string to_json(const Impact& impact);
/// The movers as CSV (RFC 4180): a line each behind a line of titles. Nothing in it is computed by a spreadsheet.
RUNG_API std::string movers_csv(const Impact& impact, Language language = Language::en);

} // namespace rung
