// The program guide, made from the rules: what a partner is told of the program, without any partner.
//
//   auto guide = rung::guide(program_2024, {.language = rung::Language::en, .since = &program_2023});
//   puts(rung::to_text(guide, {.layout = rung::Layout::html}).c_str());
//
// Its texts are made of the checked rules and of nothing else, so that rules and guide cannot disagree. Figures,
// conditions and definitions are in words of the language; labels are as the program has them in it
// (`labels de`).
#pragma once

#include <rung/diff.hpp>
#include <rung/export.hpp>
#include <rung/language.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rung {

/// What a row says at one tier.
struct GuideCell {
    bool given = false; // asked, opened, worth something
    std::string figure; // empty: a mark
    std::string condition; // … if this holds
};

/// A requirement with its ways and parts behind it, a benefit, or a value.
struct GuideRow {
    enum class Form : std::uint8_t { plain, any_one_of, all_of, at_least_of };

    std::string id;
    std::string label;
    std::size_t depth = 0; // of ways and parts: one more than that of their head
    Form form = Form::plain;
    std::size_t needed = 0; // of `at_least_of`
    std::string asks; // the condition; empty where the form says it, and of benefits and values
    std::string when; // applies if this holds
    std::vector<std::string> needs; // of benefits
    std::vector<GuideCell> cells; // by tier of the table
    std::string advice;
    std::string cite; // page of the published guide
    std::string reading;
    bool waivable = false;
    std::size_t line = 0; // of the rule file, counted from one
};

struct GuideTable {
    std::string ladder; // id; empty of a sole ladder that has none
    std::string label; // of the ladder
    std::vector<TierName> tiers; // that have a column, lowest first
    std::vector<GuideRow> rows;
};

/// A measure, path, rule of standing or notice: its name, and what it is in words.
struct GuideTerm {
    std::string id;
    std::string label;
    std::string ladder; // label, where there are several
    std::string record; // label, of a measure of each record
    std::vector<std::string> says; // one sentence each
    std::string cite;
    std::size_t line = 0;
};

struct GuideLookUp {
    std::string id;
    std::string label;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::size_t line = 0;
};

struct GuideLadder {
    std::string id;
    std::string label;
    std::vector<TierName> tiers; // the floor first
    bool one_by_one = false; // each tier asks what those below it ask, too
};

struct Guide {
    Language language = Language::en;
    DiffSide version;
    std::string source; // the published guide that the rules follow
    std::optional<std::string> withdrawn; // the reason
    std::vector<GuideLadder> ladders;
    std::vector<GuideTable> requirements; // by ladder
    std::vector<GuideTable> benefits;
    std::vector<GuideTable> values;
    std::vector<GuideTerm> paths;
    std::vector<GuideTerm> reviews;
    std::vector<GuideTerm> standing;
    std::vector<GuideTerm> notices;
    std::vector<GuideTerm> measures;
    std::vector<GuideLookUp> tables;
    std::optional<Differences> changes; // since the version before
};

struct GuideOptions {
    Language language = Language::en;
    const Program* since = nullptr; // the version before; none: nothing is told of changes
};

/// Pure; thread-safe.
[[nodiscard]] RUNG_API Guide guide(const Program& program, const GuideOptions& options = {});

/// Text, Markdown or HTML, in the guide's language, whatever the options say of one.
RUNG_API std::string to_text(const Guide& guide, const TextOptions& options = {});
/// `{"format": 1, "engine": …, "ok": true, "program", "requirements", …}`
RUNG_API std::string to_json(const Guide& guide);

} // namespace rung
