// The facts that rules need: for people, as data, as a JSON Schema, and as a record to fill in.
#include "interpreter/fact_form.hpp"
#include "interpreter/model.hpp"
#include "interpreter/print_json.hpp"
#include "interpreter/text.hpp"
#include "interpreter/words.hpp"

#include <rung/contract.hpp>
#include <rung/version.hpp>

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace rung {

namespace {

constexpr int facts_format = 1;

/// In ASCII alone, so that no label can do anything to a terminal.
std::string in_ascii(const Json& json) {
    return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

bool given(const Figure& figure) { return figure.state == Figure::State::known; }

/// Where the key of a pointer stands in an object; the objects on the way are made by `inner`.
template <typename Inner>
Json& place_in(Json& object, const std::string& pointer, Inner&& inner) {
    Json* at = &object;
    const std::vector<std::string> steps =
        pointer_steps(pointer).value_or(std::vector<std::string>());
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        at = &inner((*at)[steps[i]]);
    }
    return (*at)[steps.back()];
}

// ---- for people --------------------------------------------------------------------------------

class NeedsPrinter {
public:
    explicit NeedsPrinter(const TextOptions& options) : options_(options), paint_{options.colour} {}

    std::string run(const Program& program) {
        const std::vector<FactNeed> needs = facts_needed(program);
        line("What " + program.id() + " " + program.version() + " reads about a partner", 0);
        text_ += "\n";
        for (const FactNeed& need : needs) {
            fact(need, 0);
        }
        if (needs.empty()) {
            line("nothing: the rules declare no facts", 0);
        }
        inputs(program.model());
        return text_;
    }

private:
    void fact(const FactNeed& need, int indent) {
        const bool plain_key = need.pointer.find_first_of("/~", 1) == std::string::npos;
        const std::string key = plain_key ? need.pointer.substr(1) : need.pointer;
        line(paint_.strong(harmless(key)) + "  " + harmless(need.label), indent);
        line(harmless(about(need)), indent + 4);
        readers("asked by ", need.requirements, indent + 4);
        readers("opens ", need.benefits, indent + 4);
        readers("read by ", need.others, indent + 4);
        if (!need.key && need.kind != "list" && need.requirements.empty() &&
            need.benefits.empty() && need.others.empty() && !need.names_record) {
            line("read by nothing", indent + 4);
        }
        for (const FactNeed& field : need.fields) {
            if (!need.plain_values) {
                fact(field, indent + 4);
            }
        }
    }

    static std::string about(const FactNeed& need) {
        constexpr std::array<const char*, 4> changers{"", "changed by the program", "only waits",
                                                      "cannot change"};
        std::string words = need.type;
        words += need.key ? "; identifies the partner" : "";
        words += need.names_record ? "; names the record" : "";
        const std::string changer = changers[static_cast<std::size_t>(need.changer)];
        words += changer.empty() ? "" : "; " + changer;
        words += need.internal ? "; not shown to the partner" : "";
        words +=
            given(need.default_value)
                ? "; " + in_words(Wording::of(Language::en), need.default_value) + " if not given"
                : "";
        return words;
    }

    /// The keys by which facts say something of the evaluation itself.
    void inputs(const Model& model) {
        const std::array<std::pair<const std::string*, const char*>, 3> all{
            {{&model.on_key, "the day on which the partner is looked at"},
             {&model.review_key, "the review"},
             {&model.version_key, "the version of the rules"}}};
        bool any = false;
        for (const auto& [pointer, what] : all) {
            const bool declared =
                std::any_of(model.facts.begin(), model.facts.end(),
                            [&key = pointer](const Field& fact) { return fact.pointer == *key; });
            if (pointer->empty() || declared) {
                continue;
            }
            text_ += any ? "" : "\n";
            any = true;
            const bool plain = pointer->find_first_of("/~", 1) == std::string::npos;
            line(paint_.strong(harmless(plain ? pointer->substr(1) : *pointer)) + "  " + what, 0);
        }
    }

    void readers(const char* lead, const std::vector<std::string>& ids, int indent) {
        if (!ids.empty()) {
            line(lead + listed(ids, ", "), indent);
        }
    }

    void line(const std::string& body, int indent) {
        text_ += std::string(static_cast<std::size_t>(indent), ' ') +
                 wrapped(body, options_.width, indent, indent + 2) + "\n";
    }

    const TextOptions& options_;
    Paint paint_;
    std::string text_;
};

// ---- as data -----------------------------------------------------------------------------------

Json value_or_null(const Figure& figure) {
    if (!given(figure)) {
        return {};
    }
    return figure.type == "choices"  ? Json(figure.members)
           : figure.type == "yes_no" ? Json(figure.value == "yes")
                                     : Json(figure.value);
}

Json data_of(const FactNeed& need) {
    constexpr std::array<const char*, 4> changers{"partner", "program", "time", "nobody"};
    Json choices = Json::array();
    for (const FactNeed::Choice& choice : need.choices) {
        choices.push_back({{"name", choice.name}, {"json", choice.json}});
    }
    Json fields = Json::array();
    for (const FactNeed& field : need.fields) {
        fields.push_back(data_of(field));
    }
    Json json = {
        {"name", need.name},
        {"label", need.label},
        {"pointer", need.pointer},
        {"type", need.kind},
        {"words", need.type},
        {"key", need.key},
        {"internal", need.internal},
        {"changed_by", changers[static_cast<std::size_t>(need.changer)]},
        {"at_least", value_or_null(need.at_least)},
        {"at_most", value_or_null(need.at_most)},
        {"default", value_or_null(need.default_value)},
        {"requirements", need.requirements},
        {"benefits", need.benefits},
        {"others", need.others},
    };
    if (need.kind == "money") {
        json["currency"] = need.currency;
    } else if (need.kind == "percent") {
        json["share"] = need.share;
    } else if (need.kind == "date") {
        json["or_never"] = need.or_never;
    } else if (need.kind == "choice" || need.kind == "choices") {
        json["choices"] = std::move(choices);
        json["or_other"] = need.or_other;
    } else if (need.kind == "list") {
        json["record"] = need.plain_values ? Json() : Json(need.record);
        json["fields"] = std::move(fields);
    }
    return json;
}

// ---- as a schema -------------------------------------------------------------------------------

constexpr const char* figure_pattern = "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$";
constexpr const char* day_pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

Json day_schema() { return {{"type", "string"}, {"format", "date"}, {"pattern", day_pattern}}; }

Json day_or_null() {
    Json schema = day_schema();
    schema["type"] = {"string", "null"};
    return schema;
}

/// A figure as facts give it: 70 for 70%, 0.7 where it is a share.
Json number_in_facts(const FactNeed& need, const Figure& figure) {
    std::string digits = figure.value;
    if (need.share) {
        const ParsedNumber parsed = Number::parse(digits);
        const Checked share = div(parsed.value, Number(100));
        digits = share ? share.value.to_string() : digits;
    }
    return Json::parse(digits, nullptr, false);
}

Json texts_of(const FactNeed& need) {
    Json texts = Json::array();
    for (const FactNeed::Choice& choice : need.choices) {
        texts.push_back(choice.json);
    }
    return texts;
}

Json one_choice(const FactNeed& need, bool or_null) {
    if (need.or_other) {
        Json schema = {{"type", "string"}, {"examples", texts_of(need)}};
        if (or_null) {
            schema["type"] = {"string", "null"};
        }
        return schema;
    }
    Json texts = texts_of(need);
    if (or_null) {
        texts.push_back(nullptr);
    }
    return {{"enum", std::move(texts)}};
}

Json value_schema(const FactNeed& item);

Json type_schema(const FactNeed& need) {
    if (need.kind == "yes_no") {
        return {{"type", {"boolean", "null"}}};
    }
    if (need.kind == "text") {
        return {{"type", {"string", "null"}}};
    }
    if (need.kind == "date") {
        return need.or_never
                   ? Json{{"anyOf", {day_schema(), {{"const", need.never}}, {{"type", "null"}}}}}
                   : day_or_null();
    }
    if (need.kind == "choice") {
        return one_choice(need, true);
    }
    if (need.kind == "choices") {
        return {{"type", {"array", "null"}}, {"items", one_choice(need, false)}};
    }
    if (need.kind == "list") {
        return {{"type", {"array", "null"}},
                {"items", need.plain_values ? value_schema(need.fields.front())
                                            : Json{{"$ref", "#/$defs/" + need.record}}}};
    }
    const bool counts = need.kind == "whole" || need.kind == "days" || need.kind == "months";
    return {{"type", {counts ? "integer" : "number", "string", "null"}},
            {"pattern", figure_pattern}};
}

Json with_bounds(Json schema, const FactNeed& need) {
    if (given(need.at_least)) {
        schema["minimum"] = number_in_facts(need, need.at_least);
    }
    if (given(need.at_most)) {
        schema["maximum"] = number_in_facts(need, need.at_most);
    }
    return schema;
}

/// Of a list of plain values: `null` cannot stand in one.
Json value_schema(const FactNeed& item) {
    return {{"allOf", {with_bounds(type_schema(item), item), {{"not", {{"type", "null"}}}}}}};
}

Json fact_schema(const FactNeed& need) {
    Json schema = {{"title", need.label}, {"description", need.label + ": " + need.type}};
    schema.update(type_schema(need));
    return with_bounds(std::move(schema), need);
}

class SchemaMaker {
public:
    explicit SchemaMaker(const Program& program)
        : program_(program), model_(program.model()), needs_(facts_needed(program)) {}

    /// Records have names in small letters, so the two capital ones are free.
    Json run() {
        Json facts = object_of(needs_);
        occasion(facts);
        definitions_["Facts"] = std::move(facts);
        Json schema = {
            {"$schema", "https://json-schema.org/draft/2020-12/schema"},
            {"title", "Facts for " + program_.id() + " " + program_.version()},
            {"type", "object"},
        };
        const bool has_envelope = program_.form().find(program_.form().partner(), "facts") == none;
        if (has_envelope) {
            envelope();
            schema["if"] = {{"required", {"facts"}}};
            schema["then"] = {{"$ref", "#/$defs/Envelope"}};
            schema["else"] = {{"$ref", "#/$defs/Facts"}};
        } else {
            schema["$ref"] = "#/$defs/Facts";
        }
        schema["$defs"] = std::move(definitions_);
        return schema;
    }

private:
    /// Made as a key of `properties`, an object on the way has `properties` of its own.
    static Json& inner(Json& schema) {
        if (schema.is_null()) {
            schema = {{"type", {"object", "null"}}, {"properties", Json::object()}};
        }
        return schema["properties"];
    }

    Json object_of(const std::vector<FactNeed>& needs) {
        Json properties = Json::object();
        for (const FactNeed& need : needs) {
            place_in(properties, need.pointer, inner) = fact_schema(need);
            if (need.kind == "list" && !need.plain_values && !definitions_.contains(need.record)) {
                definitions_[need.record] = nullptr; // its place, in the order of the rules
                Json record = object_of(need.fields);
                definitions_[need.record] = std::move(record);
            }
        }
        return {{"type", "object"}, {"properties", std::move(properties)}};
    }

    /// The day, the review and the version among the facts.
    void occasion(Json& facts) {
        Json& properties = facts["properties"];
        if (!model_.on_key.empty()) {
            place_in(properties, model_.on_key, inner) = day_or_null();
        }
        if (!model_.review_key.empty()) {
            place_in(properties, model_.review_key, inner) = review();
        }
        if (!model_.version_key.empty()) {
            place_in(properties, model_.version_key, inner) = {{"type", {"string", "null"}}};
        }
    }

    [[nodiscard]] Json review() const {
        Json ids = program_.reviews();
        ids.push_back(nullptr);
        return {{"enum", std::move(ids)}};
    }

    void envelope() {
        Json held = {{"type", {"object", "null"}}, {"properties", Json::object()}};
        if (model_.ladders.size() == 1) {
            held = held_on(0);
        }
        for (std::size_t i = 0; i < model_.ladders.size() && model_.ladders.size() > 1; ++i) {
            held["properties"][model_.ladders[i].id] = held_on(i);
        }
        Json properties = {
            {"facts", {{"$ref", "#/$defs/Facts"}}},
            {"on", day_or_null()},
            {"review", review()},
            {"version", {{"type", {"string", "null"}}}},
        };
        if (!model_.ladders.empty()) {
            properties["held"] = std::move(held);
        }
        properties["incomplete"] = {
            {"description", "JSON Pointers of lists that may hold more than is given"},
            {"type", {"array", "null"}},
            {"items", {{"type", "string"}}}};
        properties["waivers"] = {{"type", {"array", "null"}}, {"items", waiver()}};
        definitions_["Envelope"] = {
            {"type", "object"}, {"required", {"facts"}}, {"properties", std::move(properties)}};
    }

    [[nodiscard]] Json held_on(std::size_t ladder) const {
        return {{"description", "the tier held from before"},
                {"type", {"object", "null"}},
                {"properties",
                 {{"tier", {{"enum", program_.tiers(ladder)}}},
                  {"since", day_or_null()},
                  {"protected_until", day_or_null()}}}};
    }

    [[nodiscard]] Json waiver() const {
        const Json text = {{"type", {"string", "null"}}};
        return {{"description", "an exception that was granted"},
                {"type", "object"},
                {"required", {"requirement"}},
                {"properties",
                 {{"requirement", {{"enum", program_.requirements()}}},
                  {"tier", text},
                  {"granted_on", day_or_null()},
                  {"until", day_or_null()},
                  {"by", text},
                  {"reason", text}}}};
    }

    const Program& program_;
    const Model& model_;
    std::vector<FactNeed> needs_;
    Json definitions_ = Json::object();
};

// ---- as a record to fill in --------------------------------------------------------------------

Json& inner_object(Json& object) { return object; }

/// Every value null, so unknown: what nobody filled in must not decide anything. A list shows one record, and is
/// named in `lists`, since there may be more; without an envelope that could say so it is null itself.
class TemplateMaker {
public:
    explicit TemplateMaker(bool has_envelope) : has_envelope_(has_envelope) {}

    Json record(const std::vector<FactNeed>& needs, const std::string& pointer) {
        Json made = Json::object();
        for (const FactNeed& need : needs) {
            place_in(made, need.pointer, inner_object) = value(need, pointer + need.pointer);
        }
        return made;
    }

    [[nodiscard]] const Json& lists() const { return lists_; }

private:
    Json value(const FactNeed& need, const std::string& pointer) {
        if (need.kind != "list" || need.plain_values || !has_envelope_) {
            return nullptr;
        }
        lists_.push_back(pointer);
        return Json::array({record(need.fields, pointer + "/0")});
    }

    bool has_envelope_;
    Json lists_ = Json::array(); // JSON Pointers
};

/// A day on which the rules are in force.
std::string example_day(const Model& model) {
    const Date usual = Date::parse("2024-01-15").value;
    const bool after = model.effective_from && usual < *model.effective_from;
    const bool before = model.effective_through && *model.effective_through < usual;
    return (after ? *model.effective_from : before ? *model.effective_through : usual).to_string();
}

} // namespace

std::string facts_text(const Program& program, const TextOptions& options) {
    return NeedsPrinter(options).run(program);
}

std::string facts_json(const Program& program) {
    Json facts = Json::array();
    for (const FactNeed& need : facts_needed(program)) {
        facts.push_back(data_of(need));
    }
    return in_ascii({{"format", facts_format},
                     {"engine", version()},
                     {"ok", true},
                     {"program", program.id()},
                     {"version", program.version()},
                     {"facts", std::move(facts)}});
}

std::string facts_schema(const Program& program) { return in_ascii(SchemaMaker(program).run()); }

std::string facts_template(const Program& program) {
    const Model& model = program.model();
    const bool has_envelope = program.form().find(program.form().partner(), "facts") == none;
    TemplateMaker maker(has_envelope);
    Json facts = maker.record(facts_needed(program), "");
    Json beside = Json::object();
    const auto say = [&](const std::string& pointer, const char* key, const std::string& value) {
        (pointer.empty() ? beside[key] : place_in(facts, pointer, inner_object)) = value;
    };
    if (program.needs_date()) {
        say(model.on_key, "on", example_day(model));
    }
    if (!model.reviews.empty()) {
        say(model.review_key, "review", model.reviews.front().id);
    }
    if (!model.version_key.empty()) {
        say(model.version_key, "version", model.version);
    }
    if (!maker.lists().empty()) {
        beside["incomplete"] = maker.lists();
    }
    if (beside.empty() || !has_envelope) {
        return in_ascii(facts);
    }
    beside["facts"] = std::move(facts);
    return in_ascii(beside);
}

} // namespace rung
