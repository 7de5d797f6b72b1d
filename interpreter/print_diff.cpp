// The JSON of what two versions of the rules say differently.
#include "interpreter/print_diff.hpp"

#include "interpreter/print_json.hpp"

#include <rung/diff.hpp>

#include <array>

namespace rung {

namespace {

std::string_view name_of(Difference::Part part) {
    static constexpr std::array<std::string_view, 16> names{
        "program", "ladder", "tier",    "review", "path", "standing", "requirement", "benefit",
        "value",   "notice", "measure", "table",  "row",  "record",   "fact",        "field"};
    return names[static_cast<std::size_t>(part)];
}

std::string_view name_of(Difference::Aspect aspect) {
    static constexpr std::array<std::string_view, 15> names{
        "whole",      "terms", "asks",  "when",   "needs", "cell",    "waivable", "currency",
        "year_start", "input", "label", "advice", "cite",  "reading", "source"};
    return names[static_cast<std::size_t>(aspect)];
}

std::string_view name_of(Difference::Turn turn) {
    return turn == Difference::Turn::added     ? "added"
           : turn == Difference::Turn::removed ? "removed"
                                               : "changed";
}

Json json_of(const std::optional<Difference::Passage>& passage) {
    if (!passage) {
        return {};
    }
    Json json = json_of(passage->at);
    json["begin"] = passage->begin;
    json["end"] = passage->end;
    return json;
}

} // namespace

Json json_of(const Difference& difference) {
    Json reaches = Json::array();
    for (const Difference::Reached& reached : difference.reaches) {
        reaches.push_back(
            {{"part", name_of(reached.part)}, {"id", reached.id}, {"label", reached.label}});
    }
    return {{"part", name_of(difference.part)},
            {"aspect", name_of(difference.aspect)},
            {"turn", name_of(difference.turn)},
            {"decides", difference.decides()},
            {"ladder", difference.ladder},
            {"id", difference.id},
            {"label", difference.label},
            {"head", text_or_null(difference.head)},
            {"column", text_or_null(difference.column)},
            {"column_label", text_or_null(difference.column_label)},
            {"old", text_or_null(difference.before)},
            {"new", text_or_null(difference.after)},
            {"old_at", json_of(difference.before_at)},
            {"new_at", json_of(difference.after_at)},
            {"reaches", reaches}};
}

Json json_of(const DiffSide& side) {
    return {{"program", side.program},
            {"label", text_or_null(side.label)},
            {"version", side.version},
            {"file", side.file},
            {"rules_sha256", side.sha256},
            {"effective_from", side.effective_from},
            {"effective_through", side.effective_through ? Json(*side.effective_through) : Json()},
            {"withdrawn", side.withdrawn ? Json(*side.withdrawn) : Json()}};
}

std::string to_json(const Differences& differences) {
    Json json = json_head(true);
    json["old"] = json_of(differences.before);
    json["new"] = json_of(differences.after);
    json["differences"] = Json::array();
    for (const Difference& difference : differences.all) {
        json["differences"].push_back(json_of(difference));
    }
    return printed(json);
}

} // namespace rung
