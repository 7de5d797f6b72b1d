// What two versions of a program say differently: by meaning, not by line.
//
//   auto differences = rung::diff(guide_2023, guide_2024);
//   puts(rung::to_text(differences).c_str());
//
// A difference is of one part and one aspect of it: what a requirement asks of one tier, how a measure is
// calculated, what a row is called. What was moved, laid out anew or commented is no difference, and neither is
// another way of writing the same: `$250K` and `$250,000`, a condition in parentheses, `a and b` and `b and a`.
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

struct Difference {
    enum class Part : std::uint8_t {
        program,
        ladder,
        tier,
        review,
        path,
        standing,
        requirement,
        benefit,
        value,
        notice,
        measure,
        table, // that is looked up
        row, // of one
        record,
        fact,
        field, // of a record
    };
    /// What of the part: all of it, what it says, or one thing that is written of it.
    enum class Aspect : std::uint8_t {
        whole, // it is there, or not
        terms, // how it is calculated, what it looks at, of which kind it is …
        asks,
        when,
        needs,
        cell, // of a tier, of a path, or of a column
        waivable,
        currency,
        year_start,
        input,
        label, // from here on: told otherwise, decides nothing
        advice,
        cite,
        reading,
        source,
    };
    enum class Turn : std::uint8_t { added, removed, changed };

    /// Where one of the versions says it; of something that was added or removed, the other has no place.
    struct Passage {
        Place at;
        std::size_t begin = 0; // bytes in the file
        std::size_t end = 0;
    };
    /// A part that a change of a definition reaches.
    struct Reached {
        Part part = Part::requirement;
        std::string id;
        std::string label;

        friend bool operator==(const Reached&, const Reached&) = default;
    };

    Part part = Part::program;
    Aspect aspect = Aspect::whole;
    Turn turn = Turn::changed;
    std::string ladder; // id, of what belongs to one of several
    std::string id; // `field` and a measure of each record: RECORD.NAME; `row`: TABLE and its keys
    std::string label;
    std::string head; // label of the requirement that this is a way or part of
    std::string column; // of `cell`: id of the tier or path, or name of the column
    std::string column_label;
    std::string before; // as the rules write it; empty where it is not there
    std::string after;
    std::string
        before_in_words; // of a guide: as its tables and definitions tell it; empty where they do not
    std::string after_in_words;
    std::optional<Passage> before_at;
    std::optional<Passage> after_at;
    /// What is decided or told by it, through all measures between: in the new version, or in the old one where
    /// the new one lacks it. Of measures, facts, fields, look-up tables and paths.
    std::vector<Reached> reaches;

    /// Whether an answer could be another one for it; else it is only told in other words.
    [[nodiscard]] bool decides() const { return aspect < Aspect::label; }
};

/// A version as a comparison names it.
struct DiffSide {
    std::string program;
    std::string label;
    std::string version;
    std::string file;
    std::string sha256;
    std::string effective_from;
    std::optional<std::string> effective_through;
    std::optional<std::string> withdrawn; // the reason: it is in force on no day
};

struct Differences {
    DiffSide before;
    DiffSide after;
    /// By part, in the order of `Part`, and in each in the order of the new version; what it lacks comes last.
    std::vector<Difference> all;

    [[nodiscard]] bool empty() const { return all.empty(); }
};

/// Pure; thread-safe. Version, days in force and withdrawal are those of the sides, and no difference
/// of their own.
[[nodiscard]] RUNG_API Differences diff(const Program& old, const Program& fresh);

/// For people: what decides, part by part, and then what is told otherwise.
RUNG_API std::string to_text(const Differences& differences, const TextOptions& options = {});
/// `{"format": 1, "engine": …, "ok": true, "old", "new", "differences": […]}`
RUNG_API std::string to_json(const Differences& differences);

} // namespace rung
