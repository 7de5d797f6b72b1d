// The JSON of the program guide.
#include "interpreter/print_diff.hpp"
#include "interpreter/print_json.hpp"

#include <rung/guide.hpp>

namespace rung {

namespace {

std::string_view name_of(GuideRow::Form form) {
    switch (form) {
    case GuideRow::Form::plain:
        return "plain";
    case GuideRow::Form::any_one_of:
        return "any_one_of";
    case GuideRow::Form::all_of:
        return "all_of";
    case GuideRow::Form::at_least_of:
        return "at_least_of";
    }
    return "";
}

Json json_of(const std::vector<TierName>& tiers) {
    Json json = Json::array();
    for (const TierName& tier : tiers) {
        json.push_back({{"id", tier.id}, {"label", tier.label}});
    }
    return json;
}

Json json_of(const GuideRow& row, const std::vector<TierName>& tiers) {
    Json cells = Json::object();
    for (std::size_t i = 0; i < tiers.size() && i < row.cells.size(); ++i) {
        const GuideCell& cell = row.cells[i];
        cells[tiers[i].id] = {{"given", cell.given},
                              {"figure", text_or_null(cell.figure)},
                              {"condition", text_or_null(cell.condition)}};
    }
    Json needed = row.form == GuideRow::Form::at_least_of ? Json(row.needed) : Json();
    return {{"id", row.id},
            {"label", row.label},
            {"depth", row.depth},
            {"form", name_of(row.form)},
            {"needed", std::move(needed)},
            {"asks", text_or_null(row.asks)},
            {"when", text_or_null(row.when)},
            {"needs", row.needs},
            {"tiers", std::move(cells)},
            {"advice", text_or_null(row.advice)},
            {"cite", text_or_null(row.cite)},
            {"reading", text_or_null(row.reading)},
            {"waivable", row.waivable},
            {"line", row.line}};
}

Json json_of(const std::vector<GuideTable>& tables) {
    Json json = Json::array();
    for (const GuideTable& table : tables) {
        Json rows = Json::array();
        for (const GuideRow& row : table.rows) {
            rows.push_back(json_of(row, table.tiers));
        }
        json.push_back({{"ladder", text_or_null(table.ladder)},
                        {"label", text_or_null(table.label)},
                        {"tiers", json_of(table.tiers)},
                        {"rows", std::move(rows)}});
    }
    return json;
}

Json json_of(const std::vector<GuideTerm>& terms) {
    Json json = Json::array();
    for (const GuideTerm& term : terms) {
        json.push_back({{"id", term.id},
                        {"label", term.label},
                        {"ladder", text_or_null(term.ladder)},
                        {"record", text_or_null(term.record)},
                        {"says", term.says},
                        {"cite", text_or_null(term.cite)},
                        {"line", term.line}});
    }
    return json;
}

Json json_of(const std::vector<GuideLadder>& ladders) {
    Json json = Json::array();
    for (const GuideLadder& ladder : ladders) {
        json.push_back({{"id", text_or_null(ladder.id)},
                        {"label", text_or_null(ladder.label)},
                        {"tiers", json_of(ladder.tiers)},
                        {"one_by_one", ladder.one_by_one}});
    }
    return json;
}

Json json_of(const std::vector<GuideLookUp>& tables) {
    Json json = Json::array();
    for (const GuideLookUp& table : tables) {
        json.push_back({{"id", table.id},
                        {"label", table.label},
                        {"columns", table.columns},
                        {"rows", table.rows},
                        {"line", table.line}});
    }
    return json;
}

} // namespace

std::string to_json(const Guide& guide) {
    Json json = json_head(true);
    json["language"] = tag_of(guide.language);
    json["version"] = json_of(guide.version);
    json["source"] = text_or_null(guide.source);
    json["withdrawn"] = text_or_null(guide.withdrawn);
    json["ladders"] = json_of(guide.ladders);
    json["paths"] = json_of(guide.paths);
    json["requirements"] = json_of(guide.requirements);
    json["benefits"] = json_of(guide.benefits);
    json["values"] = json_of(guide.values);
    json["reviews"] = json_of(guide.reviews);
    json["standing"] = json_of(guide.standing);
    json["notices"] = json_of(guide.notices);
    json["measures"] = json_of(guide.measures);
    json["tables"] = json_of(guide.tables);
    json["since"] = guide.changes ? json_of(guide.changes->before) : Json();
    json["changes"] = Json();
    if (guide.changes) {
        json["changes"] = Json::array();
        for (const Difference& change : guide.changes->all) {
            json["changes"].push_back(json_of(change));
            json["changes"].back()["old_in_words"] = text_or_null(change.before_in_words);
            json["changes"].back()["new_in_words"] = text_or_null(change.after_in_words);
        }
    }
    return printed(json);
}

} // namespace rung
