#include "tools/set_fact.hpp"

#include "interpreter/fact_edit.hpp"
#include "interpreter/number.hpp"
#include "interpreter/text.hpp"
#include "tools/files.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <variant>

#include <nlohmann/json.hpp>

namespace rung::tools {

namespace {

using Json = nlohmann::ordered_json;
using Needs = std::vector<FactNeed>;

/// The fact at a place: its declaration, and the place itself, which may be one record of a list.
struct SetTarget {
    const FactNeed* need = nullptr;
    std::string pointer;
    bool is_record = false;
};

[[noreturn]] void refuse_path(const Needs& needs, const std::string& path) {
    std::vector<std::string_view> known;
    for (const FactNeed& need : needs) {
        known.push_back(path.starts_with('/') ? need.pointer : need.name);
    }
    std::vector<Argument> arguments{{"kind", "fact"}, {"name", path}};
    if (const std::string_view close = nearest(path, known); !close.empty()) {
        arguments.push_back({"close", std::string(close)});
    } else {
        arguments.push_back(
            {"hint", "the facts are " + listed({known.begin(), known.end()}, ", ")});
    }
    refuse(Code::unknown_name, std::move(arguments));
}

/// What a step into a list leaves of a pointer, or nothing where it is no place in one.
std::optional<std::string_view> behind_place(std::string_view rest) {
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    const std::size_t length = digits == 0 && rest.starts_with('-') ? 1 : digits;
    return length == 0 ? std::nullopt : std::optional(rest.substr(length));
}

/// Below a list stand the place of a record and the pointer of its field.
std::optional<SetTarget> find(const Needs& needs, std::string_view pointer,
                              const std::string& whole) {
    for (const FactNeed& need : needs) {
        if (need.pointer == pointer) {
            return SetTarget{&need, whole};
        }
        if (need.kind != "list" || !pointer.starts_with(need.pointer + "/")) {
            continue;
        }
        const auto rest = behind_place(pointer.substr(need.pointer.size() + 1));
        if (rest && rest->empty()) {
            return need.plain_values ? SetTarget{&need.fields.front(), whole}
                                     : SetTarget{&need, whole, true};
        }
        if (rest) {
            if (std::optional<SetTarget> field = find(need.fields, *rest, whole)) {
                return field;
            }
        }
    }
    return std::nullopt;
}

SetTarget target_of(const Needs& needs, const std::string& path) {
    if (path.starts_with('/')) {
        if (const std::optional<SetTarget> found = find(needs, path, path)) {
            return *found;
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

[[noreturn]] void refuse_json(const std::string& value) {
    refuse(Code::value_not_json, {{"found", value}, {"example", R"({"name": "value"})"}});
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

/// Whether a value is written as JSON; what it holds is for the reader of facts to judge. Of a percentage it would not
/// be plain what a bare number means.
bool is_json(const FactNeed& need, const std::string& value) {
    if (need.kind == "yes_no") {
        return value == "true" || value == "false";
    }
    const bool is_figure = need.kind == "whole" || need.kind == "decimal" || need.kind == "money" ||
                           need.kind == "days" || need.kind == "months";
    return is_figure ? static_cast<bool>(Number::parse(value))
                     : value.starts_with('{') || value.starts_with('[') || value.starts_with('"');
}

} // namespace

std::optional<std::string> value_json(const Calculator& calculator, const FactNeed& need,
                                      const std::string& value, Diagnostics& diagnostics) {
    if (value == "unknown" || value == "null") {
        return std::nullopt;
    }
    if (is_json(need, value)) {
        return value;
    }
    if (need.kind == "text") {
        return json_text(value);
    }
    if (value == "nothing" && (need.kind == "choices" || need.kind == "list")) {
        return Json::array();
    }
    if (need.kind == "choice") {
        return json_text(choice_of(need, value));
    }
    if (need.kind == "choices") {
        std::string texts;
        for (const std::string& word : words_of(value)) {
            texts += (texts.empty() ? "" : ", ") + json_text(choice_of(need, word));
        }
        return "[" + texts + "]";
    }
    if (need.or_never && value == "never") {
        return json_text(need.never);
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
    if (need.kind == "yes_no") {
        return figure.value == "yes" ? "true" : "false";
    }
    return Number::parse(figure.value) ? figure.value : json_text(figure.value);
}

namespace {

/// Where the facts stand in a text: "/facts" in an envelope, else "".
std::string place_of_facts(const Needs& needs, const std::string& json) {
    const Json record = Json::parse(json, nullptr, false);
    const bool declared = std::any_of(needs.begin(), needs.end(), [](const FactNeed& need) {
        return (need.pointer + "/").starts_with("/facts/");
    });
    return record.is_object() && record.contains("facts") && !declared ? "/facts" : "";
}

/// To a list that is not known, nothing can be added: it would be known then.
bool is_given(const std::string& json, const std::string& pointer) {
    const Json record = Json::parse(json, nullptr, false);
    const Json::json_pointer at(pointer);
    return record.contains(at) && record[at].is_array();
}

std::string edited(const Needs& needs, const std::string& json, const std::string& path,
                   FactEdit edit) {
    edit.pointer = place_of_facts(needs, json) + edit.pointer;
    const auto result = edit_json(json, std::span(&edit, 1));
    if (const auto* text = std::get_if<std::string>(&result)) {
        return *text;
    }
    if (std::get<EditProblem>(result).kind == EditProblem::Kind::not_json) {
        refuse_json(edit.json.value_or(""));
    }
    refuse_path(needs, path);
}

} // namespace

Result<std::string> with_fact(const Calculator& calculator, const std::string& json,
                              const std::string& path, const std::string& value) {
    const Needs needs = facts_needed(calculator.program());
    const SetTarget target = target_of(needs, path);
    Result<std::string> result;
    std::optional<std::string> fact =
        value_json(calculator, *target.need, value, result.diagnostics);
    if (!result.diagnostics.has_errors()) {
        result.value = edited(needs, json, path, {target.pointer, std::move(fact)});
    }
    return result;
}

Result<std::string> with_item(const Calculator& calculator, const std::string& json,
                              const std::string& path, const std::string& value) {
    const Needs needs = facts_needed(calculator.program());
    SetTarget list = target_of(needs, path);
    if (list.need->kind != "list" || list.is_record) {
        refuse(Code::not_a_list, {{"name", path}, {"type", list.need->type}});
    }
    if (!is_given(json, place_of_facts(needs, json) + list.pointer)) {
        refuse(Code::list_not_given, {{"name", path}});
    }
    const SetTarget item = list.need->plain_values
                               ? SetTarget{&list.need->fields.front(), list.pointer + "/-"}
                               : SetTarget{list.need, list.pointer + "/-", true};
    Result<std::string> result;
    std::optional<std::string> record =
        value_json(calculator, *item.need, value, result.diagnostics);
    if (!result.diagnostics.has_errors() && !record) {
        refuse_json(value);
    }
    if (record) {
        result.value = edited(needs, json, path, {item.pointer, std::move(record)});
    }
    return result;
}

} // namespace rung::tools
