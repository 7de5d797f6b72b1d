// Why an answer is another one than before: was it the rules, the facts, or both together?
//
//   auto answer = rung::blame({guide_2023, "acme-2023.json", old_json, {}}, {guide_2024, "acme-2024.json", new_json, {}});
//
// All four pairs are evaluated: the old rules and the new, each on the old facts and on the new. "The rules alone" is
// the new rules on the old facts, "the facts alone" the old rules on the new facts. Day and review belong to the facts,
// which carry them: so with the facts alone the windows move too, and with the rules alone they do not.
//
// The four-way comparison is that of Blinder and Oaxaca: https://en.wikipedia.org/wiki/Blinder–Oaxaca_decomposition,
// with the interaction told as such, since no order of the two changes is the right one.
#pragma once

#include <rung/changes.hpp>
#include <rung/export.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rung {

/// What an answer is due to that is another one than before; or, with `offset`, that is the same though one of
/// the two alone would have changed it.
enum class Cause : std::uint8_t {
    rules, // the new rules alone give the new answer, the new facts alone do not
    facts, // the other way round
    either, // each alone gives it
    together, // neither alone does
    unclear, // it is not known what one of them alone gives: facts lack what the other version asks
    offset,
};

/// An answer under the four pairs of rules and facts. A tier, or a verdict, by its id; where a tier is not
/// certain all that are possible. Empty where that version has no such thing, or the pair could not be evaluated.
struct FourAnswers {
    std::vector<std::string> before;
    std::vector<std::string> rules_alone;
    std::vector<std::string> facts_alone;
    std::vector<std::string> after;
};

struct BlamedAnswer {
    enum class About : std::uint8_t { tier, holds, requirement, benefit };

    About about = About::tier;
    std::string id; // of the ladder, requirement or benefit
    std::string ladder; // id, of a requirement
    std::string path; // likewise
    std::string tier; // likewise
    std::string label;
    Cause cause = Cause::rules;
    FourAnswers answers;
    bool rules_elsewhere =
        false; // the rules alone lead to a third answer, neither the old nor the new
    bool facts_elsewhere = false;
};

/// A figure under the four pairs, and its difference in parts: they add up to `after` less `before`. Parts are
/// absent where one of the four figures is not certain.
struct BlamedFigure {
    bool is_value = false; // of the partner's tier; else a measure
    std::string id;
    std::string path; // id, of a measure that depends on it
    std::string label;
    Figure before;
    Figure rules_alone;
    Figure facts_alone;
    Figure after;
    Figure by_rules; // rules_alone - before
    Figure by_facts; // facts_alone - before
    Figure by_both; // what is left
};

/// Facts as they were given, with the rules of their time and the day and review that the caller gives.
struct Side {
    Program rules;
    std::string facts_name; // what messages call the facts
    std::string facts_json;
    EvaluateOptions options;
};

struct Blame {
    Outcome before;
    Outcome after;
    /// None where the facts of one version cannot be read with the rules of the other; `notes` say why.
    std::optional<Outcome> rules_alone;
    std::optional<Outcome> facts_alone;
    /// Ladders, requirements, benefits, in the order of the new rules; what they do not have comes last.
    std::vector<BlamedAnswer> answers;
    std::vector<BlamedFigure> figures;
    Changes changes; // from before to after
    Diagnostics warnings; // of both sides
    Diagnostics notes; // why a pair could not be evaluated

    /// JSON Pointers of the old facts that the new rules ask for and that are not given; and the other way round.
    std::vector<std::string> old_facts_lack;
    std::vector<std::string> new_facts_lack;
};

/// Pure; thread-safe. Without a value: facts that cannot be read with the rules of their own time, or a date or
/// review that is missing.
[[nodiscard]] RUNG_API Result<Blame> blame(const Side& before, const Side& after);

/// For people: the tiers under the four pairs, and what else changed by its cause.
RUNG_API std::string to_text(const Blame& blame, const TextOptions& options = {});
/// `{"format": 1, "engine": …, "ok": true, "before", "after", "answers": […], "figures": […], …}`
RUNG_API std::string to_json(const Blame& blame);

} // namespace rung
