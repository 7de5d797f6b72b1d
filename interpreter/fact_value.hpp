// One JSON value, read as the type that a field asks for.
//
// Nothing is guessed: a text `yes` is no truth, a fraction no whole number, a time of day no day.
// What does not fit is a fault that says what is asked, and what to write instead where that is
// plain.
#pragma once

#include "interpreter/json_text.hpp"
#include "interpreter/model.hpp"

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace rung {

/// What was read, or why it could not be.
template <class T>
using Read = std::variant<T, Fault>;

class FactValues {
public:
    /// `texts` own the texts of the values; model and text must outlive this.
    FactValues(const Model& model, std::string_view json, std::deque<std::string>& texts)
        : model_(model), json_(json), texts_(texts) {}

    /// Any type but lists and `any of`, which come in several tokens.
    [[nodiscard]] Read<Value> value(const Field& field, const JsonToken& token);
    /// The bit of one member of a choice.
    [[nodiscard]] Read<std::uint64_t> member(const Field& field, const JsonToken& token) const;

    [[nodiscard]] Read<DateRange> date(const Field& field, const JsonToken& token) const;
    /// A day that is no fact; `label` is what messages call it.
    [[nodiscard]] Read<Date> day(std::string_view label, const JsonToken& token) const;

    /// The token is not of the type that `label` asks for.
    [[nodiscard]] Fault misfit(std::string_view label, std::string_view wanted,
                               const JsonToken& token, std::string_view fix = "",
                               std::string_view example = "") const;
    [[nodiscard]] Fault misfit(const Field& field, const JsonToken& token) const;

private:
    [[nodiscard]] std::string_view written(const JsonToken& token) const {
        return json_.substr(token.where.begin, token.where.size());
    }
    [[nodiscard]] std::string found(const JsonToken& token) const { return shown(written(token)); }
    [[nodiscard]] Fault misfit_list(const Field& field, const JsonToken& token) const;
    [[nodiscard]] Read<Value> item(const Field& field, const JsonToken& token);
    [[nodiscard]] Read<Number> figure(const Field& field, const JsonToken& token) const;
    [[nodiscard]] Fault bad_figure(NumberTextFault why, const JsonToken& token) const;
    [[nodiscard]] std::optional<Fault> beyond_bounds(const Field& field, const Number& figure,
                                                     const JsonToken& token) const;

    const Model& model_;
    std::string_view json_;
    std::deque<std::string>& texts_;
    std::map<const Field*, Field>
        keys_; // of a field that refers: the key it holds, under its own label
};

/// The choice that a text was probably meant for which is none of them: it is spelled almost like it, or begins
/// with it. Empty where there is none.
[[nodiscard]] std::string_view choice_meant(const ChoiceSet& set, std::string_view text);
/// "a list": for `found_type`.
[[nodiscard]] std::string_view in_words(JsonToken::Kind kind);
/// "a, b, c", the first of them where they are many.
[[nodiscard]] std::string enumerate(std::span<const std::string_view> words);
/// Adds "did you mean", where there is something to mean.
void suggest(Fault& fault, std::string_view close);

} // namespace rung
