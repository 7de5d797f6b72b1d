#include "interpreter/types.hpp"

#include <algorithm>

namespace rung {

std::string spaced(std::string_view name) {
    std::string words(name);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::string choices_in_words(const ChoiceSet& set) {
    std::string words;
    for (const Choice& choice : set.choices) {
        words += (words.empty() ? "" : ", ") + choice.name;
    }
    return set.or_other ? words + ", or other" : words;
}

std::string items_in_words(const Model& model, Type list) {
    const RecordType& record = model.records[list.index];
    if (!record.plain) {
        return record.name;
    }
    const Type item = record.fields.front().type;
    switch (item.kind) {
    case TypeKind::yes_no:
        return "yes/no values";
    case TypeKind::whole:
        return "whole numbers";
    case TypeKind::percent:
        return "percentages";
    case TypeKind::money:
        return "amounts in " + model.currencies[item.index];
    case TypeKind::date:
        return "dates";
    case TypeKind::text:
        return "texts";
    default:
        return "numbers";
    }
}

std::string in_words(const Model& model, Type type) {
    switch (type.kind) {
    case TypeKind::error:
        return "something that was not understood";
    case TypeKind::yes_no:
        return "yes/no";
    case TypeKind::whole:
        return "a whole number";
    case TypeKind::decimal:
        return "a number";
    case TypeKind::percent:
        return "a percentage";
    case TypeKind::money:
        return "money in " + model.currencies[type.index];
    case TypeKind::days:
        return "a number of days";
    case TypeKind::months:
        return "a number of months";
    case TypeKind::date:
        return "a date";
    case TypeKind::month:
        return "a month";
    case TypeKind::text:
        return "a text";
    case TypeKind::choice:
        return "one of " + choices_in_words(model.choice_sets[type.index]);
    case TypeKind::choices:
        return "any of " + choices_in_words(model.choice_sets[type.index]);
    case TypeKind::tier:
        return "a tier";
    case TypeKind::list:
        return "a list of " + items_in_words(model, type);
    case TypeKind::item:
        return "an item of " + model.references[type.index].list;
    case TypeKind::window:
        return "a window of days";
    }
    return "";
}

} // namespace rung
