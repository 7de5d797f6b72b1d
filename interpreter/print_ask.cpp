// The JSON of what to ask about a partner.
#include "interpreter/print_changes.hpp"
#include "interpreter/print_json.hpp"

#include <rung/ask.hpp>

namespace rung {

static std::string_view name_of(OpenAnswer::About about) {
    switch (about) {
    case OpenAnswer::About::tier:
        break;
    case OpenAnswer::About::target:
        return "target";
    case OpenAnswer::About::requirement:
        return "requirement";
    case OpenAnswer::About::benefit:
        return "benefit";
    case OpenAnswer::About::value:
        return "value";
    }
    return "tier";
}

static Json json_of(const OpenAnswer& open) {
    return {
        {"about", name_of(open.about)},    {"id", open.id},
        {"ladder", open.ladder},           {"path", text_or_null(open.path)},
        {"tier", text_or_null(open.tier)}, {"label", text_or_null(open.label)},
    };
}

static Json json_of(const MissingFact::Settles& settles) {
    return {{"open", settles.open}, {"always", settles.always}};
}

static Json json_of(const MissingFact& fact) {
    return {
        {"pointer", fact.pointer},
        {"label", text_or_null(fact.label)},
        {"record", text_or_null(fact.record)},
        {"type", text_or_null(fact.type)},
        {"choices", fact.choices},
        {"changer", name_of(fact.changer)},
        {"tried", fact.tried},
        {"settles", list_of(fact.settles)},
    };
}

std::string to_json(const Questions& questions) {
    Json json = json_head(true);
    json["input"] = json_of(basis_of(questions.outcome));
    json["target"] = text_or_null(questions.target);
    json["open"] = list_of(questions.open);
    json["facts"] = list_of(questions.facts);
    json["evaluations"] = questions.evaluations;
    json["all_tried"] = questions.all_tried;
    json["warnings"] = warnings_of(questions.outcome.warnings);
    return printed(json);
}

} // namespace rung
