#include "interpreter/fact_value.hpp"

#include "grammar/lines.hpp"
#include "grammar/written_dates.hpp"
#include "interpreter/references.hpp"
#include "interpreter/types.hpp"

#include <algorithm>
#include <utility>

namespace rung {

namespace {

using TokenKind = JsonToken::Kind;

constexpr std::size_t date_size = 10; // 2023-06-30
constexpr std::size_t month_size = 7; // 2023-06

struct AskedForm {
    std::string wanted;
    std::string_view example;
};

AskedForm asked(const Field& field) {
    switch (field.type.kind) {
    case TypeKind::yes_no:
        return {"`true` or `false`", "true"};
    case TypeKind::whole:
    case TypeKind::days:
    case TypeKind::months:
        return {"a whole number", "3"};
    case TypeKind::money:
        return {"an amount", "1250.5"};
    case TypeKind::percent:
        return field.share ? AskedForm{"a share, where 0.7 is 70%", "0.7"}
                           : AskedForm{"a percentage, where 70 is 70%", "70"};
    case TypeKind::date:
        return {field.or_never ? "a day or `" + in_quotes(field.never) + "`" : "a day",
                "\"2023-06-30\""};
    case TypeKind::month:
        return {"a month", "\"2023-06\""};
    case TypeKind::text:
        return {"a text in quotes", ""};
    case TypeKind::choice:
        return {"one of its choices, as a text", ""};
    case TypeKind::choices:
        return {"a list of texts", ""};
    case TypeKind::list:
        return {"a list of records", ""};
    case TypeKind::item: // asked for as its key
    case TypeKind::decimal:
    case TypeKind::error: // a checked program has no fields of these types
    case TypeKind::tier:
    case TypeKind::window:
        break;
    }
    return {"a number", "1250.5"};
}

/// What a text or a number meant as a truth would be in JSON.
std::string_view truth_meant(std::string_view text) {
    constexpr std::pair<std::string_view, bool> words[] = {
        {"yes", true},    {"Yes", true},    {"YES", true},    {"true", true}, {"True", true},
        {"TRUE", true},   {"1", true},      {"no", false},    {"No", false},  {"NO", false},
        {"false", false}, {"False", false}, {"FALSE", false}, {"0", false},
    };
    for (const auto& [word, meaning] : words) {
        if (word == text) {
            return meaning ? "true" : "false";
        }
    }
    return {};
}

/// The token, written as the field asks for it, where it is plain what was meant.
/// `""` for a list of nothing.
bool holds_none(TypeKind kind, const JsonToken& token) {
    return (kind == TypeKind::choices || kind == TypeKind::list) && token.kind == TokenKind::text &&
           token.text.empty();
}

std::string fix_for(const Field& field, const JsonToken& token) {
    const bool is_word = token.kind == TokenKind::text || token.kind == TokenKind::number;
    if (field.type.kind == TypeKind::yes_no && is_word) {
        return std::string(truth_meant(token.text));
    }
    if (holds_none(field.type.kind, token)) {
        return "[]";
    }
    if (field.type.kind == TypeKind::choices && token.kind == TokenKind::text) {
        return "[" + in_quotes(token.text) + "]";
    }
    if ((field.type.kind == TypeKind::text || field.type.kind == TypeKind::choice) &&
        token.kind == TokenKind::number) {
        return in_quotes(token.text);
    }
    return "";
}

std::string example_for(const Model& model, const Field& field) {
    if (field.type.kind == TypeKind::choice || field.type.kind == TypeKind::choices) {
        const std::string first =
            in_quotes(model.choice_sets[field.type.index].choices.front().json);
        return field.type.kind == TypeKind::choice ? first : "[" + first + "]";
    }
    return std::string(asked(field).example);
}

/// A day followed by a time of day, as ISO 8601 and databases write it.
bool is_timestamp(std::string_view text) {
    return text.size() > date_size + 1 && (text[date_size] == 'T' || text[date_size] == ' ') &&
           Date::parse(text.substr(0, date_size)).fault != DateTextFault::malformed;
}

/// `never`: the text that stands for no day at all, where there may be none.
Read<DateRange> parse_date(std::string_view label, const std::string* never,
                           const JsonToken& token) {
    if (never != nullptr && token.text == *never) {
        return DateRange{Date::max(), Date::max(), true, true};
    }
    if (never == nullptr && token.text == "never") {
        return Fault{Code::never_here, token.where, {{"label", std::string(label)}}, {}, {}};
    }
    const ParsedDate parsed = Date::parse(token.text);
    if (parsed) {
        return DateRange{parsed.value, parsed.value};
    }
    std::vector<Argument> arguments;
    if (!token.text.empty()) {
        arguments.push_back({"found", shown(token.text)});
    }
    if (is_timestamp(token.text)) {
        arguments.push_back({"label", std::string(label)});
        arguments.push_back({"day", std::string(token.text.substr(0, date_size))});
        return Fault{Code::timestamp, token.where, std::move(arguments), {}, {}};
    }
    if (never != nullptr) {
        arguments.push_back({"never", in_quotes(*never)});
    }
    if (parsed.fault == DateTextFault::no_such_day) {
        return Fault{Code::no_such_day, token.where, no_such_day(token.text), {}, {}};
    }
    if (const auto date = written_date(token.text, 0);
        date && date->where.size() == token.text.size()) {
        arguments.push_back({"date", date->iso});
    }
    return Fault{Code::malformed_date, token.where, std::move(arguments), {}, {}};
}

Read<Value> parse_month(const JsonToken& token) {
    const ParsedDate parsed = Date::parse_month(token.text);
    if (parsed) {
        return Value::of(parsed.value);
    }
    const bool no_such = parsed.fault == DateTextFault::no_such_day;
    Fault fault{no_such ? Code::no_such_month : Code::malformed_month, token.where, {}, {}, {}};
    if (!token.text.empty()) {
        fault.arguments.push_back({"found", shown(token.text)});
    }
    if (Date::parse(token.text.substr(0, date_size))) {
        fault.arguments.push_back({"month", std::string(token.text.substr(0, month_size))});
    }
    return fault;
}

/// A figure of the field as JSON gives it: 70 for 70%, or 0.7 where it is a share.
std::string as_json(const Field& field, const Number& figure) {
    if (field.type.kind == TypeKind::percent && !field.share) {
        if (const Checked scaled = mul(figure, Number(100))) {
            return scaled.value.to_string();
        }
    }
    return figure.to_string();
}

/// `8%`, as the field asks for it; empty where that cannot be told.
std::string without_percent(const Field& field, std::string_view text) {
    if (field.type.kind != TypeKind::percent || !text.ends_with('%')) {
        return "";
    }
    text.remove_suffix(1);
    while (text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    const ParsedNumber percent = Number::parse(text);
    const Checked share = div(percent.value, Number(100));
    return !percent               ? ""
           : field.share && share ? share.value.to_string()
                                  : percent.value.to_string();
}

/// In small letters, as it is compared with others by eye.
std::string small(std::string_view text) {
    std::string made(text);
    for (char& c : made) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return made;
}

std::string without_joints(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '_' || c == '-'; });
    return text;
}

} // namespace

std::string_view choice_meant(const ChoiceSet& set, std::string_view text) {
    constexpr std::size_t longest = 64; // no choice, but a sentence
    constexpr std::size_t enough = 4; // letters, to be known as a part of something longer
    if (text.size() > longest) {
        return {};
    }
    const std::string plain = small(text);
    std::vector<std::string> known;
    for (const Choice& choice : set.choices) {
        const std::string written = small(choice.json);
        const bool first_word = written.size() >= enough && plain.starts_with(written + " ");
        if (without_joints(written) == without_joints(plain) || first_word ||
            small(choice.name) == plain) {
            return choice.json;
        }
        known.push_back(written);
    }
    // Short words are near to each other, and other words begin otherwise: `sell` and `resell`.
    const std::vector<std::string_view> views(known.begin(), known.end());
    const std::string_view close = nearest(plain, views);
    if (close.size() <= enough || close.front() != plain.front()) {
        return {};
    }
    return set
        .choices[static_cast<std::size_t>(std::find(known.begin(), known.end(), close) -
                                          known.begin())]
        .json;
}

std::string_view in_words(TokenKind kind) {
    switch (kind) {
    case TokenKind::null:
        return "`null`";
    case TokenKind::truth:
        return "a yes/no value";
    case TokenKind::number:
        return "a number";
    case TokenKind::text:
        return "a text";
    case TokenKind::object:
        return "an object";
    case TokenKind::list:
        return "a list";
    }
    return "";
}

std::string enumerate(std::span<const std::string_view> words) {
    constexpr std::size_t most = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(words.size(), most); ++i) {
        text += text.empty() ? "" : ", ";
        text += shown(words[i]);
    }
    if (words.size() > most) {
        text += " and " + std::to_string(words.size() - most) + " more";
    }
    return text;
}

void suggest(Fault& fault, std::string_view close) {
    if (!close.empty()) {
        fault.arguments.push_back({"close", std::string(close)});
    }
}

Read<Value> FactValues::value(const Field& field, const JsonToken& token) {
    switch (field.type.kind) {
    case TypeKind::yes_no:
        if (token.kind == TokenKind::truth) {
            return Value::of(truth_of(token.truth));
        }
        break;
    case TypeKind::whole:
    case TypeKind::decimal:
    case TypeKind::percent:
    case TypeKind::money:
    case TypeKind::days:
    case TypeKind::months:
        if (token.kind == TokenKind::number || token.kind == TokenKind::text) {
            auto read = figure(field, token);
            if (auto* fault = std::get_if<Fault>(&read)) {
                return std::move(*fault);
            }
            return Value::of(std::get<Number>(read));
        }
        break;
    case TypeKind::date:
        if (token.kind == TokenKind::text) {
            auto read = date(field, token);
            if (auto* fault = std::get_if<Fault>(&read)) {
                return std::move(*fault);
            }
            return Value::of(std::get<DateRange>(read));
        }
        break;
    case TypeKind::month:
        if (token.kind == TokenKind::text) {
            return parse_month(token);
        }
        break;
    case TypeKind::text:
        if (token.kind == TokenKind::text) {
            return Value::of(KnownText{texts_.emplace_back(token.text), true});
        }
        break;
    case TypeKind::choice:
        if (token.kind == TokenKind::text) {
            auto read = member(field, token);
            if (auto* fault = std::get_if<Fault>(&read)) {
                return std::move(*fault);
            }
            const std::uint64_t bit = std::get<std::uint64_t>(read);
            return Value::of(Mask{bit, bit});
        }
        break;
    case TypeKind::item:
        return item(field, token);
    case TypeKind::error:
    case TypeKind::tier:
    case TypeKind::choices:
    case TypeKind::list:
    case TypeKind::window:
        break;
    }
    return misfit(field, token);
}

Read<Value> FactValues::item(const Field& field, const JsonToken& token) {
    const Reference& to = model_.references[field.type.index];
    const auto [at, fresh] = keys_.try_emplace(&field, model_.records[to.record].fields[to.key]);
    Field& key = at->second;
    if (fresh) {
        key.label = field.label;
    }
    auto read = value(key, token);
    if (auto* fault = std::get_if<Fault>(&read)) {
        return std::move(*fault);
    }
    ItemRef item;
    item.key = texts_.emplace_back(key_text(model_, std::get<Value>(read), key.type));
    item.known = true;
    return Value::of(item);
}

Read<std::uint64_t> FactValues::member(const Field& field, const JsonToken& token) const {
    if (token.kind != TokenKind::text) {
        return misfit(field.label, "texts", token);
    }
    const ChoiceSet& set = model_.choice_sets[field.type.index];
    const auto at = std::find_if(set.choices.begin(), set.choices.end(),
                                 [&](const Choice& choice) { return choice.json == token.text; });
    if (at != set.choices.end() || set.or_other) {
        return std::uint64_t{1} << (at - set.choices.begin()); // the last bit is "or other"
    }
    std::vector<std::string_view> known;
    for (const Choice& choice : set.choices) {
        known.push_back(choice.json);
    }
    Fault fault{Code::not_a_choice, token.where, {{"name", shown(token.text)}}, {}, {}};
    fault.arguments.push_back({"choices", enumerate(known)});
    const auto same = std::find_if(known.begin(), known.end(), [&](std::string_view choice) {
        return lines::small_letters(choice) == lines::small_letters(token.text);
    });
    suggest(fault, same == known.end() ? nearest(token.text, known) : *same);
    return fault;
}

Read<DateRange> FactValues::date(const Field& field, const JsonToken& token) const {
    return parse_date(field.label, field.or_never ? &field.never : nullptr, token);
}

Read<Date> FactValues::day(std::string_view label, const JsonToken& token) const {
    if (token.kind != TokenKind::text) {
        return misfit(label, "a day", token, "", "\"2023-06-30\"");
    }
    auto read = parse_date(label, nullptr, token);
    if (auto* fault = std::get_if<Fault>(&read)) {
        return std::move(*fault);
    }
    return std::get<DateRange>(read).low;
}

Read<Number> FactValues::figure(const Field& field, const JsonToken& token) const {
    const ParsedNumber parsed = Number::parse(token.text);
    if (!parsed) {
        Fault fault = bad_figure(parsed.fault, token);
        if (std::string fix = without_percent(field, token.text); !fix.empty()) {
            fault.arguments.push_back({"fix", std::move(fix)});
        }
        return fault;
    }
    Number figure = parsed.value;
    const TypeKind kind = field.type.kind;
    const bool counts =
        kind == TypeKind::whole || kind == TypeKind::days || kind == TypeKind::months;
    if (counts && !figure.is_whole()) {
        return Fault{
            Code::fraction_of_something_whole, token.where, {{"found", found(token)}}, {}, {}};
    }
    if (kind == TypeKind::percent && !field.share) {
        const Checked hundredth = div(figure, Number(100));
        if (!hundredth) {
            return bad_figure(NumberTextFault::does_not_fit, token);
        }
        figure = hundredth.value;
    }
    if (auto fault = beyond_bounds(field, figure, token)) {
        return std::move(*fault);
    }
    return figure;
}

Fault FactValues::bad_figure(NumberTextFault why, const JsonToken& token) const {
    const Code code =
        why == NumberTextFault::does_not_fit ? Code::figure_too_large : Code::json_number;
    return {code, token.where, {{"found", found(token)}}, {}, {}};
}

std::optional<Fault> FactValues::beyond_bounds(const Field& field, const Number& figure,
                                               const JsonToken& token) const {
    const bool below = field.at_least && figure < *field.at_least;
    const bool above = field.at_most && figure > *field.at_most;
    if (!below && !above) {
        return std::nullopt;
    }
    Fault fault{Code::out_of_bounds,
                token.where,
                {{"found", found(token)}, {"label", field.label}},
                {},
                {}};
    fault.arguments.push_back(
        {below ? "least" : "most", as_json(field, below ? *field.at_least : *field.at_most)});
    return fault;
}

Fault FactValues::misfit(std::string_view label, std::string_view wanted, const JsonToken& token,
                         std::string_view fix, std::string_view example) const {
    Fault fault{Code::fact_type, token.where, {{"label", std::string(label)}}, {}, {}};
    fault.arguments.push_back({"wanted", std::string(wanted)});
    fault.arguments.push_back({"found_type", std::string(in_words(token.kind))});
    if (!token.opens() && token.kind != TokenKind::null) {
        fault.arguments.push_back({"found", found(token)});
    }
    if (!fix.empty()) {
        fault.arguments.push_back({"fix", std::string(fix)});
    }
    if (!example.empty()) {
        fault.arguments.push_back({"example", std::string(example)});
    }
    return fault;
}

/// A list of plain values is asked for, and the token is none.
Fault FactValues::misfit_list(const Field& field, const JsonToken& token) const {
    const Field& item = model_.records[field.type.index].fields.front();
    const bool is_item = token.kind == (item.type.kind == TypeKind::yes_no ? TokenKind::truth
                                        : is_figure(item.type.kind)        ? TokenKind::number
                                                                           : TokenKind::text);
    const std::string example(asked(item).example);
    return misfit(field.label, in_words(model_, field.type), token,
                  holds_none(field.type.kind, token) ? "[]"
                  : is_item                          ? "[" + std::string(written(token)) + "]"
                                                     : "",
                  example.empty() ? "" : "[" + example + "]");
}

Fault FactValues::misfit(const Field& field, const JsonToken& token) const {
    if (field.type.kind == TypeKind::list && model_.records[field.type.index].plain) {
        return misfit_list(field, token);
    }
    return misfit(field.label, asked(field).wanted, token, fix_for(field, token),
                  example_for(model_, field));
}

} // namespace rung
