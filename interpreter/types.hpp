// Types in words, and which go together.
#pragma once

#include "interpreter/model.hpp"

namespace rung {

[[nodiscard]] inline bool is_figure(TypeKind kind) {
    return kind >= TypeKind::whole && kind <= TypeKind::months;
}
[[nodiscard]] inline bool is_plain(TypeKind kind) {
    return kind == TypeKind::whole || kind == TypeKind::decimal;
}
[[nodiscard]] inline bool is_dated(TypeKind kind) {
    return kind == TypeKind::date || kind == TypeKind::month;
}
[[nodiscard]] inline bool has_order(TypeKind kind) {
    return is_figure(kind) || is_dated(kind) || kind == TypeKind::tier;
}

/// Whether a value of type `from` can stand where `to` is asked: the same type, or a whole number for a
/// decimal. A part that was not understood (`error`) fits everywhere, since it was reported already.
[[nodiscard]] inline bool fits(Type from, Type to) {
    return from == to || from.kind == TypeKind::error || to.kind == TypeKind::error ||
           (from.kind == TypeKind::whole && to.kind == TypeKind::decimal);
}

/// "a whole number", "money in USD", "one of embed, integrate, connect".
[[nodiscard]] std::string in_words(const Model& model, Type type);
/// What a list holds: "story", "texts".
[[nodiscard]] std::string items_in_words(const Model& model, Type list);
/// "embed, integrate, connect"
[[nodiscard]] std::string choices_in_words(const ChoiceSet& set);
/// A name as a person reads it: underscores are blanks.
[[nodiscard]] std::string spaced(std::string_view name);

} // namespace rung
