#include "interpreter/same_contract.hpp"

#include <algorithm>
#include <vector>

namespace rung {

namespace {

template <typename T, typename Same>
bool all_same(const std::vector<T>& a, const std::vector<T>& b, Same same) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

template <typename T>
bool have_same_ids(const std::vector<T>& a, const std::vector<T>& b) {
    return all_same(a, b, [](const T& one, const T& other) { return one.id == other.id; });
}

/// Defaults are values of their model; it is not looked into them.
bool is_same(const Field& a, const Field& b) {
    return a.name == b.name && a.pointer == b.pointer && a.type == b.type && a.share == b.share &&
           a.or_never == b.or_never && a.never == b.never && a.key == b.key &&
           a.at_least == b.at_least && a.at_most == b.at_most && a.default_literal == none &&
           b.default_literal == none;
}

bool is_same(const ChoiceSet& a, const ChoiceSet& b) {
    return a.or_other == b.or_other &&
           all_same(a.choices, b.choices, [](const Choice& one, const Choice& other) {
               return one.name == other.name && one.json == other.json;
           });
}

bool is_same(const RecordType& a, const RecordType& b) {
    return a.name == b.name && a.plain == b.plain && a.group == b.group &&
           all_same(a.fields, b.fields,
                    [](const Field& one, const Field& other) { return is_same(one, other); });
}

bool is_same(const Reference& a, const Reference& b) {
    return a.list == b.list && a.fact == b.fact && a.record == b.record && a.key == b.key;
}

/// What a waiver in the facts is of.
bool is_same(const Requirement& a, const Requirement& b) {
    return a.id == b.id && a.ladder == b.ladder && a.waivable == b.waivable;
}

} // namespace

bool have_same_contract(const Model& a, const Model& b) {
    const auto same = [](const auto& one, const auto& other) { return is_same(one, other); };
    return a.currencies == b.currencies && a.on_key == b.on_key && a.review_key == b.review_key &&
           a.version_key == b.version_key && all_same(a.facts, b.facts, same) &&
           all_same(a.records, b.records, same) && all_same(a.references, b.references, same) &&
           all_same(a.choice_sets, b.choice_sets, same) &&
           all_same(a.requirements, b.requirements, same) &&
           all_same(a.ladders, b.ladders, [](const Ladder& one, const Ladder& other) {
               return one.id == other.id && have_same_ids(one.tiers, other.tiers);
           });
}

} // namespace rung
