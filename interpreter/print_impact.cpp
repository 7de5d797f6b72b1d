// The JSON and the CSV of what a new version does to its partners.
#include "interpreter/layout_pages.hpp"
#include "interpreter/narrate_impact.hpp"
#include "interpreter/print_diff.hpp"
#include "interpreter/print_json.hpp"

#include <rung/impact.hpp>

#include <initializer_list>

namespace rung {

namespace {

std::string_view name_of(MovedBy by) {
    switch (by) {
    case MovedBy::one:
        return "one";
    case MovedBy::any:
        return "any";
    case MovedBy::together:
        return "together";
    case MovedBy::unclear:
        return "unclear";
    }
    return "unclear";
}

Json json_of(const Impact::Ladder& ladder) {
    Json tiers = Json::array();
    for (const Impact::Tier& tier : ladder.tiers) {
        tiers.push_back({{"id", tier.id},
                         {"label", tier.label},
                         {"in_old", tier.before},
                         {"in_new", tier.after}});
    }
    return {{"id", ladder.id},
            {"label", ladder.label},
            {"tiers", tiers},
            {"up", ladder.up},
            {"down", ladder.down},
            {"unchanged", ladder.unchanged},
            {"undecided", ladder.undecided},
            {"matrix", ladder.matrix}};
}

Json json_of(const Impact::Edit& edit) {
    Json differences = Json::array();
    for (const Difference& difference : edit.differences) {
        differences.push_back(rung::json_of(difference));
    }
    return {{"differences", differences},
            {"alone_up", edit.alone_up},
            {"alone_down", edit.alone_down},
            {"needed", edit.needed}};
}

template <typename Partner>
Json partner_named(const Impact& impact, const Partner& partner) {
    return {{"line", partner.line},
            {"key", partner.key},
            {"partner", partner.partner},
            {"ladder", impact.ladders[partner.ladder].id}};
}

Json json_of(const Impact& impact, const Impact::Mover& mover) {
    const std::vector<Impact::Tier>& tiers = impact.ladders[mover.ladder].tiers;
    Json json = partner_named(impact, mover);
    json["from"] = tiers[mover.from].id;
    json["to"] = tiers[mover.to].id;
    json["moved"] = mover.up() ? "up" : "down";
    json["by"] = name_of(mover.by);
    json["edits"] = mover.edits;
    json["needed"] = mover.needed;
    return json;
}

Json json_of(const Impact& impact, const Impact::Undecided& partner) {
    Json missing = Json::array();
    for (const FactName& fact : partner.missing) {
        missing.push_back(fact.pointer);
    }
    Json json = partner_named(impact, partner);
    json["by_old"] = partner.before;
    json["by_new"] = partner.after;
    json["missing"] = missing;
    return json;
}

Json json_of(const Impact& impact, const Impact::NearMiss& partner) {
    Json lacks = Json::array();
    for (const Condition& condition : partner.lacks) {
        lacks.push_back({{"label", condition.label},
                         {"actual", rung::json_of(condition.actual, {})},
                         {"required", rung::json_of(condition.required, {})},
                         {"gap", rung::json_of(condition.gap, {})}});
    }
    Json json = partner_named(impact, partner);
    json["next"] = impact.ladders[partner.ladder].tiers[partner.tier].id;
    json["lacks"] = lacks;
    return json;
}

Json sweep_of(const Impact& impact) {
    if (!impact.sweep) {
        return {};
    }
    Json steps = Json::array();
    for (const Impact::SweepStep& step : impact.sweep_steps) {
        steps.push_back({{"value", step.value},
                         {"is_now", step.is_now},
                         {"is_valid", step.is_valid},
                         {"tiers", step.tiers},
                         {"benefits", step.benefits}});
    }
    return {
        {"requirement", impact.sweep->requirement}, {"tier", impact.sweep->tier}, {"steps", steps}};
}

// ---- CSV ---------------------------------------------------------------------------------------

std::string quoted(const std::string& text) {
    const std::string safe = no_formula(text);
    if (safe.find_first_of(",\"\r\n") == std::string::npos) {
        return safe;
    }
    std::string out = "\"";
    for (const char c : safe) {
        out += c == '"' ? "\"\"" : std::string(1, c);
    }
    return out + "\"";
}

std::string line_of(std::initializer_list<std::string> cells) {
    std::string line;
    for (const std::string& cell : cells) {
        line += quoted(cell) + ",";
    }
    line.back() = '\r';
    return line + "\n";
}

} // namespace

std::string to_json(const Impact& impact) {
    Json json = json_head(true);
    json["old"] = rung::json_of(impact.before);
    json["new"] = rung::json_of(impact.after);
    json["list"] = impact.list;
    json["on"] = impact.on ? Json(*impact.on) : Json();
    json["review"] = impact.review ? Json(*impact.review) : Json();
    json["first_on"] = impact.first_on ? Json(*impact.first_on) : Json();
    json["last_on"] = impact.last_on ? Json(*impact.last_on) : Json();
    json["partners"] = impact.partners;
    json["partial"] = impact.partial;
    json["list_sha256"] = impact.list_sha256.empty() ? Json() : Json(impact.list_sha256);
    json["ladders"] = Json::array();
    for (const Impact::Ladder& ladder : impact.ladders) {
        json["ladders"].push_back(json_of(ladder));
    }
    json["edits"] = Json::array();
    for (const Impact::Edit& edit : impact.edits) {
        json["edits"].push_back(json_of(edit));
    }
    json["causes"] = Json::array();
    for (const Impact::Cause& cause : impact.causes) {
        json["causes"].push_back({{"by", name_of(cause.by)},
                                  {"edits", cause.edits},
                                  {"up", cause.up},
                                  {"down", cause.down}});
    }
    json["held"] = Json::array();
    for (const Impact::Held& held : impact.held) {
        json["held"].push_back(
            {{"edits", held.edits}, {"by", held.by}, {"partners", held.partners}});
    }
    json["movers"] = Json::array();
    for (const Impact::Mover& mover : impact.movers) {
        json["movers"].push_back(json_of(impact, mover));
    }
    json["benefits"] = Json::array();
    for (const Impact::Benefit& benefit : impact.benefits) {
        json["benefits"].push_back({{"id", benefit.id},
                                    {"label", benefit.label},
                                    {"won", benefit.won},
                                    {"lost", benefit.lost},
                                    {"undecided", benefit.undecided}});
    }
    json["undecided"] = Json::array();
    for (const Impact::Undecided& partner : impact.undecided) {
        json["undecided"].push_back(json_of(impact, partner));
    }
    json["near_percent"] = impact.near_percent ? Json(*impact.near_percent) : Json();
    json["near_count"] = impact.near_count;
    json["near"] = Json::array();
    for (const Impact::NearMiss& partner : impact.near) {
        json["near"].push_back(json_of(impact, partner));
    }
    json["sweep"] = sweep_of(impact);
    json["unread_count"] = impact.unread_count;
    json["unread"] = Json::array();
    for (const Impact::Unread& partner : impact.unread) {
        Json errors = Json::array();
        for (const Diagnostic& finding : partner.why) {
            if (finding.is_error) {
                errors.push_back(rung::json_of(finding));
            }
        }
        json["unread"].push_back({{"line", partner.line}, {"errors", errors}});
    }
    json["repeated_count"] = impact.repeated_count;
    json["repeated"] = Json::array();
    for (const Impact::Repeated& repeated : impact.repeated) {
        json["repeated"].push_back(
            {{"key", repeated.key}, {"times", repeated.times}, {"lines", repeated.lines}});
    }
    return printed(json);
}

std::string movers_csv(const Impact& impact, Language language) {
    const Wording& words = Wording::of(language);
    std::string csv =
        line_of({"partner", "key", "line", "ladder", "from", "to", "moved", "by", "edits"});
    for (const Impact::Mover& mover : impact.movers) {
        const Impact::Ladder& ladder = impact.ladders[mover.ladder];
        csv += line_of({mover.partner, mover.key, std::to_string(mover.line), ladder.id,
                        ladder.tiers[mover.from].id, ladder.tiers[mover.to].id,
                        mover.up() ? "up" : "down", std::string(name_of(mover.by)),
                        moved_by(words, impact, mover.by, mover.edits)});
    }
    return csv;
}

} // namespace rung
