// Which missing facts to ask for, and what each would settle.
//
// Of every missing fact the values that matter are tried, one at a time, with all else as it is: what an answer is
// worth is found by evaluation, never by counting where a fact is mentioned. Tried are
//   - yes and no; each choice, and another one where the rules take others; of `any of`: none, each alone, all;
//   - of a figure the least and the most that rules allow (or zero), and every figure that a condition which the fact
//     leaves open asks for, itself and what is lacking to it, each as it is and one step less;
//   - of a day the ends of the windows and the days that such a condition asks for, the day before and after each,
//     and `never` where there may be none;
//   - of a text those that such a condition asks for, and another one; of a reference each record, and none;
//   - of a list that is not given, or not whole: that there is nothing more in it; what it would settle otherwise is not
//     known and counts as nothing.
// Facts are ordered by how many open answers they settle on average over the values tried; then as the rules ask.
#pragma once

#include <rung/changes.hpp>
#include <rung/export.hpp>
#include <rung/outcome.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rung {

/// An answer that missing facts leave open.
struct OpenAnswer {
    enum class About : std::uint8_t {
        tier, // of a ladder
        target, // whether the tier that was asked for is reached
        requirement,
        benefit,
        value,
    };

    About about = About::tier;
    std::string id; // of the ladder, or of what it is about
    std::string ladder; // id, of a requirement or target
    std::string path; // id, of a requirement
    std::string tier; // id, of a requirement or target
    std::string label;
};

/// A missing fact.
struct MissingFact {
    /// Of an open answer, by its index in `Questions::open`.
    struct Settles {
        std::size_t open = 0;
        bool always = false; // with every value that was tried; else with some
    };

    std::string pointer; // JSON Pointer, as in `Outcome::decide_next`
    std::string label;
    std::string record; // the label of its record, where it is a field of one
    std::string type; // as Figure::type, or list
    std::vector<std::string> choices; // ids
    Changer changer = Changer::partner; // who can change it, and so will know it
    std::uint32_t tried = 0; // values; 0: none was, for lack of evaluations
    std::vector<Settles> settles; // by itself; what it settles with others only is not here
};

struct Questions {
    Outcome outcome; // with what is known
    std::string target; // as it was asked
    std::vector<OpenAnswer> open;
    std::vector<MissingFact> facts; // ask for these, the first first
    std::uint32_t evaluations = 0;
    bool all_tried =
        true; // else the bound on evaluations was met, and the facts behind it are in the rules' order
};

/// What to ask about a partner; towards `target`, a tier or benefit, if it is not empty: then facts that matter to
/// other answers only are left out. Answering in this order until nothing is asked leaves a certain tier, but for what
/// the rules themselves leave open. Without a value: as `evaluate`, or an unknown target. Pure; thread-safe.
[[nodiscard]] RUNG_API Result<Questions> ask(const Program& program, const Facts& facts,
                                             const EvaluateOptions& options = {},
                                             const std::string& target = "");

/// For people: a numbered list.
RUNG_API std::string to_text(const Questions& questions, const TextOptions& options = {});
/// `{"format": 1, "engine": …, "ok": true, "input", "target", "open": […], "facts": […], …}`
RUNG_API std::string to_json(const Questions& questions);

} // namespace rung
