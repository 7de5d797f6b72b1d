// The JSON of why an answer is another one than before.
#include "interpreter/print_changes.hpp"
#include "interpreter/print_json.hpp"

#include <rung/blame.hpp>

namespace rung {

static std::string_view name_of(Cause cause) {
    switch (cause) {
    case Cause::rules:
        return "rules";
    case Cause::facts:
        return "facts";
    case Cause::either:
        return "either";
    case Cause::together:
        return "together";
    case Cause::unclear:
        break;
    case Cause::offset:
        return "offset";
    }
    return "unclear";
}

static std::string_view name_of(BlamedAnswer::About about) {
    switch (about) {
    case BlamedAnswer::About::tier:
        break;
    case BlamedAnswer::About::holds:
        return "holds";
    case BlamedAnswer::About::requirement:
        return "requirement";
    case BlamedAnswer::About::benefit:
        return "benefit";
    }
    return "tier";
}

static Json json_of(const BlamedAnswer& answer) {
    return {
        {"about", name_of(answer.about)},
        {"id", answer.id},
        {"ladder", answer.ladder},
        {"path", text_or_null(answer.path)},
        {"tier", text_or_null(answer.tier)},
        {"label", text_or_null(answer.label)},
        {"cause", name_of(answer.cause)},
        {"before", answer.answers.before},
        {"rules_alone", answer.answers.rules_alone},
        {"facts_alone", answer.answers.facts_alone},
        {"after", answer.answers.after},
        {"rules_elsewhere", answer.rules_elsewhere},
        {"facts_elsewhere", answer.facts_elsewhere},
    };
}

static Json json_of(const BlamedFigure& figure) {
    const auto of = [](const Figure& part) { return json_of(part, {}); };
    return {
        {"about", figure.is_value ? "value" : "measure"},
        {"id", figure.id},
        {"path", text_or_null(figure.path)},
        {"label", text_or_null(figure.label)},
        {"before", of(figure.before)},
        {"rules_alone", of(figure.rules_alone)},
        {"facts_alone", of(figure.facts_alone)},
        {"after", of(figure.after)},
        {"by_rules", of(figure.by_rules)},
        {"by_facts", of(figure.by_facts)},
        {"by_both", of(figure.by_both)},
    };
}

static Json evaluated(const std::optional<Outcome>& outcome) {
    return outcome ? json_of(basis_of(*outcome)) : Json();
}

std::string to_json(const Blame& blame) {
    Json json = json_head(true);
    json["before"] = json_of(blame.changes.before);
    json["rules_alone"] = evaluated(blame.rules_alone);
    json["facts_alone"] = evaluated(blame.facts_alone);
    json["after"] = json_of(blame.changes.after);
    json["answers"] = list_of(blame.answers);
    json["figures"] = list_of(blame.figures);
    json["old_facts_lack"] = blame.old_facts_lack;
    json["new_facts_lack"] = blame.new_facts_lack;
    json["notes"] = list_of(blame.notes);
    json["warnings"] = warnings_of(blame.warnings);
    return printed(json);
}

} // namespace rung
