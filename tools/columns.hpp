// What an answer about a partner comes to, by names: the columns of a table, the keys of a line of JSON.
#pragma once

#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace rung::tools {

/// One thing that an outcome says.
struct Column {
    enum class What : std::uint8_t {
        line, // of the list
        partner,
        program,
        version,
        on,
        review,
        tier,
        at_least,
        possible,
        holds,
        missing,
        requirement,
        benefit,
        value,
        measure,
        notice,
        result, // all of it
    };
    /// Of a requirement.
    enum class Part : std::uint8_t { verdict, actual, required, gap };

    std::string name; // as it is asked for
    What what = What::partner;
    std::string ladder = {}; // id; of a version with one ladder, that one
    std::string tier = {};
    std::string id = {};
    Part part = Part::verdict;
    std::string label = {}; // of the requirement, benefit, value, measure or notice
    std::string tier_label = {};
    std::string ladder_label = {}; // where there are several
};

/// The columns of these names, between commas; the usual ones where it is empty. A name may be that of any of the
/// versions. Throws Refusal for one that none has.
[[nodiscard]] std::vector<Column> columns_named(const std::string& names,
                                                const std::vector<Program>& versions);

/// Whether verdicts alone say it, without explanations.
[[nodiscard]] bool is_verdict(const Column& column);

/// A tier or a review, or several tiers, with what people call them.
struct NamedCell {
    std::vector<std::string> ids;
    std::vector<std::string> labels;
    bool several = false;
};

struct VerdictCell {
    std::string_view id; // as result JSON has it
};
struct FigureCell {
    Figure figure;
    std::vector<std::string> missing; // what would decide it
};
/// What stands in a column: nothing, where the outcome has no such thing.
using Cell = std::variant<std::monostate, std::string, std::vector<std::string>, VerdictCell,
                          NamedCell, FigureCell, nlohmann::ordered_json>;

[[nodiscard]] Cell cell_of(const Outcome& outcome, const Column& column);

/// For programs: as result JSON has it.
[[nodiscard]] nlohmann::ordered_json json_of(const Cell& cell);
/// For spreadsheets: identifiers and canonical figures; what is not known says `unknown`, a range `2..5`.
[[nodiscard]] std::string data_of(const Cell& cell);
/// For people: what stands in the column.
[[nodiscard]] std::string head_of(const Column& column, Language language);
/// For people: labels, and figures in words.
[[nodiscard]] std::string words_of(const Cell& cell, Language language);

} // namespace rung::tools
