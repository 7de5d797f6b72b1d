#include "tools/set_fact.hpp"

#include "interpreter/fact_form.hpp"
#include "tools/files.hpp"

#include <rung/contract.hpp>

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

namespace rung::tools {

namespace {

using Json = nlohmann::ordered_json;
using Needs = std::vector<FactNeed>;

/// The fact at a place: its declaration, and the place itself.
struct Target {
    const FactNeed* need = nullptr;
    std::string pointer;
};

[[noreturn]] void refuse_path(const Needs& needs, const std::string& path) {
    std::vector<std::string_view> known;
    for (const FactNeed& need : needs) {
        known.push_back(path.starts_with('/') ? need.pointer : need.name);
    }
    std::vector<Argument> arguments{{"kind", "fact"}, {"name", path}};
    if (const std::string_view close = nearest(path, known); !close.empty()) {
        arguments.push_back({"close", std::string(close)});
    }
    refuse(Code::unknown_name, std::move(arguments));
}

/// Below a list stand the place of a record and the pointer of its field.
const FactNeed* find(const Needs& needs, std::string_view pointer) {
    for (const FactNeed& need : needs) {
        if (need.pointer == pointer) {
            return &need;
        }
        if (!pointer.starts_with(need.pointer + "/")) {
            continue;
        }
        std::string_view rest = pointer.substr(need.pointer.size() + 1);
        const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        rest.remove_prefix(digits);
        if (const FactNeed* field = digits > 0 ? find(need.fields, rest) : nullptr) {
            return field;
        }
    }
    return nullptr;
}

Target target_of(const Needs& needs, const std::string& path) {
    if (path.starts_with('/')) {
        if (const FactNeed* need = find(needs, path)) {
            return {need, path};
        }
    }
    for (const FactNeed& need : needs) {
        if (need.name == path) {
            return {&need, need.pointer};
        }
    }
    refuse_path(needs, path);
}

[[noreturn]] void refuse_value(const FactNeed& need, const std::string& value,
                               const std::string& found_type) {
    refuse(Code::wrong_type, {{"found", value}, {"found_type", found_type}, {"wanted", need.type}});
}

std::string choice_of(const FactNeed& need, const std::string& word) {
    for (const FactNeed::Choice& choice : need.choices) {
        if (choice.name == word) {
            return choice.json;
        }
    }
    std::vector<std::string_view> known;
    std::string names;
    for (const FactNeed::Choice& choice : need.choices) {
        known.push_back(choice.name);
        names += (names.empty() ? "" : ", ") + choice.name;
    }
    std::vector<Argument> arguments{{"name", word}, {"choices", names}};
    if (const std::string_view close = nearest(word, known); !close.empty()) {
        arguments.push_back({"close", std::string(close)});
    }
    refuse(Code::not_a_choice, std::move(arguments));
}

/// "a", "(a, b)", "()"
std::vector<std::string> words_of(const std::string& value) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : value + ",") {
        if (c == ',' && !word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        } else if (c != ',' && c != ' ' && c != '(' && c != ')') {
            word += c;
        }
    }
    return words;
}

/// Nothing where the value is no expression, which `diagnostics` says.
std::optional<Json> json_of(const Calculator& calculator, const FactNeed& need,
                            const std::string& value, Diagnostics& diagnostics) {
    if (value == "unknown") {
        return Json();
    }
    if (value == "nothing" && (need.kind == "choices" || need.kind == "list")) {
        return Json::array();
    }
    if (need.kind == "choice") {
        return Json(choice_of(need, value));
    }
    if (need.kind == "choices") {
        Json texts = Json::array();
        for (const std::string& word : words_of(value)) {
            texts.push_back(choice_of(need, word));
        }
        return texts;
    }
    if (need.or_never && value == "never") {
        return Json(need.never);
    }
    // Of a share, and of a percentage, the language writes 70%.
    const Calculation result =
        calculator.evaluate("value", need.share ? "(" + value + ") / 100%" : value);
    if (!result.ok()) {
        diagnostics = result.diagnostics;
        return std::nullopt;
    }
    const Figure& figure = result.value;
    const bool counts = need.kind == "decimal" && figure.type == "whole";
    const bool fits = (figure.type == need.kind || counts || need.share) &&
                      figure.currency == need.currency && figure.state == Figure::State::known;
    if (!fits) {
        refuse_value(need, value, result.type);
    }
    return need.kind == "yes_no" ? Json(figure.value == "yes") : Json(figure.value);
}

/// A record may be put behind the last one of a list, not further on.
bool leaves_gap(const Json& facts, const std::string& pointer) {
    const Json nothing;
    const Json* at = &facts;
    for (const std::string& step : pointer_steps(pointer).value_or(std::vector<std::string>())) {
        const bool is_place =
            step.size() < 10 && step.find_first_not_of("0123456789") == std::string::npos;
        const std::size_t place = is_place ? std::stoul(step) : 0;
        const std::size_t size = at->is_array() ? at->size() : 0;
        if ((at->is_array() || at->is_null()) && place > size) {
            return true;
        }
        const bool known = at->is_array() ? place < size : at->is_object() && at->contains(step);
        at = !known ? &nothing : at->is_array() ? &(*at)[place] : &(*at)[step];
    }
    return false;
}

/// Reads a figure that a double cannot hold as its text, which facts may be given as.
struct ExactParser : nlohmann::detail::json_sax_dom_parser<Json> {
    using json_sax_dom_parser::json_sax_dom_parser;

    bool number_float(double /*figure*/, const std::string& digits) {
        std::string text = digits;
        return string(text);
    }
};

} // namespace

Result<std::string> with_fact(const Calculator& calculator, const std::string& json,
                              const std::string& path, const std::string& value) {
    const Needs needs = facts_needed(calculator.program());
    const Target target = target_of(needs, path);
    Result<std::string> result;
    const std::optional<Json> fact = json_of(calculator, *target.need, value, result.diagnostics);
    if (!fact) {
        return result;
    }
    Json record;
    ExactParser parser(record, false);
    Json::sax_parse(json, &parser);
    const bool in_envelope = record.contains("facts") &&
                             std::none_of(needs.begin(), needs.end(), [](const FactNeed& need) {
                                 return (need.pointer + "/").starts_with("/facts/");
                             });
    Json& facts = in_envelope ? record["facts"] : record;
    if (leaves_gap(facts, target.pointer)) {
        refuse_path(needs, path);
    }
    try {
        facts[Json::json_pointer(target.pointer)] = *fact;
    } catch (const Json::exception&) { // something else stands on the way
        refuse_path(needs, path);
    }
    result.value = record.dump(2);
    return result;
}

} // namespace rung::tools
