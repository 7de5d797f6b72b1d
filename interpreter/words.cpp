#include "interpreter/words.hpp"

#include "interpreter/number.hpp"
#include "interpreter/text.hpp"
#include "interpreter/types.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace rung {

namespace {

bool is_known(const Figure& figure) { return figure.state == Figure::State::known; }

/// A sentence as it stands inside another one.
std::string without_stop(std::string text) {
    for (const std::string_view stop : {".", "。"}) {
        if (text.ends_with(stop)) {
            text.erase(text.size() - stop.size());
        }
    }
    return text;
}

/// A count of at least nothing.
bool says_nothing(const Figure& figure) {
    return figure.state == Figure::State::range && figure.type == "whole" && figure.from == "0" &&
           figure.through.empty();
}

class InWords {
public:
    explicit InWords(const Wording& wording) : words_(wording) {}

    // ---- figures

    [[nodiscard]] std::string figure(const Figure& figure) const {
        const std::string text = plain(figure);
        return figure.assumed ? words_.say(Say::assumed, text) : text;
    }

    /// The same, whether it is assumed or not.
    [[nodiscard]] std::string plain(const Figure& figure) const {
        if (figure.state == Figure::State::hidden) {
            return words_.say(Say::hidden);
        }
        if (figure.type == "list") {
            return record_count(figure);
        }
        if (figure.type == "choices") {
            return choices(figure);
        }
        if (is_known(figure)) {
            return figure.members.empty() ? amount(figure, figure.value)
                                          : members(figure, Joint::alternative);
        }
        return figure.state == Figure::State::range ? range(figure) : reason(figure);
    }

    // ---- conditions

    [[nodiscard]] std::string result(const Condition& condition) const {
        if (!condition.alternatives.empty()) {
            return either_of(condition);
        }
        if (!condition.parts.empty()) {
            return part_by_part(condition);
        }
        const std::string& sign = condition.comparison;
        const std::string actual = figure(condition.actual);
        if (condition.actual.state == Figure::State::hidden) {
            return actual;
        }
        if (sign == "window") {
            return outside(condition);
        }
        if (condition.required.reason == "unstated") {
            return words_.say(Say::asked_is, actual, figure(condition.required));
        }
        if (condition.required.state == Figure::State::unknown ||
            condition.required.state == Figure::State::range) {
            return words_.say(Say::asked_is, with_window(actual, condition), required(condition));
        }
        if (condition.actual.type == "tier") {
            return words_.say(Say::needed, actual, required(condition));
        }
        if (sign == "yes" || sign == "no") {
            const bool is_yes = is_known(condition.actual) && condition.actual.value == "yes";
            return sign == "no" && is_yes ? words_.say(Say::no_is_asked, actual) : actual;
        }
        if (sign == "include" || sign == "include_all") {
            const Joint joint = sign == "include" ? Joint::alternative : Joint::conjunction;
            return words_.say(Say::asked_apart, actual, members(condition.required, joint));
        }
        const bool has_days = condition.actual.type == "date" || condition.actual.type == "month";
        if (!has_days && (sign == ">=" || sign == ">")) {
            return upward(condition);
        }
        const std::string asked = words_.say(Say::asked, actual, required(condition));
        return !has_days && (sign == "<=" || sign == "<") ? with_excess(asked, condition) : asked;
    }

    [[nodiscard]] std::string met(const Condition& condition) const {
        const std::string text = result(condition);
        const std::optional<Figure> margin = margin_of(condition);
        if (!margin) {
            return text;
        }
        if (margin->value == "0") {
            return words_.say(Say::just_what_is_asked, text);
        }
        return condition.comparison == ">=" ? words_.say(Say::more_than_asked, text, plain(*margin))
                                            : words_.say(Say::to_spare, text, plain(*margin));
    }

    [[nodiscard]] std::string failure(const Condition& condition) const {
        if (condition.comparison == "window") {
            return outside(condition);
        }
        const std::string label = words_.inside(name_of(words_, condition));
        if (condition.actual.reason == "unstated" || condition.actual.reason == "no_row") {
            return words_.say(Say::labelled, label, figure(condition.actual));
        }
        if (!condition.alternatives.empty() || !condition.parts.empty()) {
            return condition.verdict == RequirementVerdict::unmet ? failures(condition)
                                                                  : result(condition);
        }
        if (condition.is_rule_text && condition.comparison == "yes" &&
            condition.verdict == RequirementVerdict::unmet) {
            return words_.say(Say::fails_text, label);
        }
        if (condition.verdict == RequirementVerdict::unknown) {
            return words_.say(Say::fails_unknown, label);
        }
        if (condition.comparison == "yes") {
            return words_.say(Say::fails_yes, label);
        }
        if (condition.comparison == "no") {
            return words_.say(Say::fails_no, label);
        }
        return words_.say(Say::fails, label, result(condition));
    }

    /// Of alternatives each fails; of parts those that do are told.
    [[nodiscard]] std::string failures(const Condition& condition) const {
        std::vector<std::string> texts;
        for (const std::vector<Condition>* of : {&condition.alternatives, &condition.parts}) {
            for (const Condition& one : *of) {
                if (one.verdict == RequirementVerdict::unmet) {
                    texts.push_back(failure(one));
                }
            }
        }
        return words_.list(texts);
    }

    /// What is needed, without what there is.
    [[nodiscard]] std::string need(const Condition& condition) const {
        std::vector<std::string> ways;
        for (const std::vector<Condition>* of : {&condition.alternatives, &condition.parts}) {
            for (const Condition& way : *of) {
                ways.push_back(need(way));
            }
        }
        if (!ways.empty()) {
            return words_.list(ways, condition.parts.empty() ? Joint::apart_alternative
                                                             : Joint::conjunction);
        }
        const std::string& sign = condition.comparison;
        if (sign == "yes" || sign.empty()) {
            return name_of(words_, condition);
        }
        if (sign == "include" || sign == "include_all") {
            const Joint joint = sign == "include" ? Joint::alternative : Joint::conjunction;
            return words_.say(Say::labelled, name_of(words_, condition),
                              members(condition.required, joint));
        }
        return words_.say(Say::labelled, name_of(words_, condition),
                          sign == "no" ? words_.say(Say::no) : needed(condition));
    }

private:
    [[nodiscard]] std::string amount(const Figure& figure, const std::string& canonical) const {
        const std::string& type = figure.type;
        if (type == "date" || type == "month") {
            return canonical == "never" ? words_.say(Say::never) : words_.date(canonical);
        }
        if (type == "money") {
            return words_.money(canonical, figure.currency);
        }
        if (type == "percent") {
            return words_.say(Say::percent, words_.number(canonical));
        }
        if (type == "days") {
            return words_.counted(Say::days, count(canonical));
        }
        if (type == "months") {
            return words_.counted(Say::months, count(canonical));
        }
        if (type == "whole" || type == "decimal") {
            return words_.number(canonical);
        }
        if (type == "yes_no") {
            return canonical == "yes" ? words_.say(Say::yes) : words_.say(Say::no);
        }
        if (type == "tier" && !figure.label.empty()) {
            const bool is_floor = figure.is_floor || !is_called(figure.label);
            return is_floor ? floor_in_words(words_, figure.label) : figure.label;
        }
        return type == "text" || type == "item" ? canonical : named(canonical, figure.label);
    }

    /// A choice or tier. One that is not among the choices of the rules has no label.
    [[nodiscard]] std::string named(const std::string& id, const std::string& label) const {
        return !label.empty() ? label : id == "other" ? words_.say(Say::other_choice) : spaced(id);
    }

    [[nodiscard]] Count count(const std::string& canonical) const {
        return {words_.number(canonical), canonical == "1"};
    }

    [[nodiscard]] std::string members(const Figure& figure, Joint joint) const {
        std::vector<std::string> words;
        Figure member = figure;
        for (std::size_t i = 0; i < figure.members.size(); ++i) {
            member.label = i < figure.member_labels.size() ? figure.member_labels[i] : "";
            words.push_back(amount(member, figure.members[i]));
        }
        return words.empty() ? words_.say(Say::no_items) : words_.list(words, joint);
    }

    [[nodiscard]] std::string record_count(const Figure& figure) const {
        if (!figure.value.empty()) {
            return words_.counted(Say::record_count, count(figure.value));
        }
        return figure.through.empty()
                   ? words_.say(Say::not_known)
                   : words_.say(Say::at_most,
                                words_.counted(Say::record_count, count(figure.through)));
    }

    [[nodiscard]] std::string choices(const Figure& figure) const {
        const std::string listed = members(figure, Joint::conjunction);
        if (is_known(figure)) {
            return listed;
        }
        return figure.members.empty() ? words_.say(Say::not_recorded)
                                      : words_.say(Say::at_least, listed);
    }

    [[nodiscard]] std::string range(const Figure& figure) const {
        if (says_nothing(figure)) {
            return figure.reason == "incomplete" ? words_.say(Say::not_known)
                                                 : words_.say(Say::not_recorded);
        }
        if (figure.from.empty()) {
            return words_.say(Say::at_most, amount(figure, figure.through));
        }
        const std::string from = amount(figure, figure.from);
        return figure.through.empty()
                   ? words_.say(Say::at_least, from)
                   : words_.say(Say::between, from, amount(figure, figure.through));
    }

    [[nodiscard]] std::string reason(const Figure& figure) const {
        if (figure.reason == "zero_division") {
            return words_.say(Say::division_by_zero);
        }
        if (figure.reason == "overflow") {
            return words_.say(Say::too_many_digits);
        }
        if (figure.reason == "incomplete") {
            return words_.say(Say::not_known);
        }
        if (figure.reason == "several") {
            return words_.say(Say::several_that_differ);
        }
        if (figure.reason == "unstated") {
            return figure.because.empty()
                       ? words_.say(Say::unstated)
                       : words_.say(Say::unstated_because, without_stop(figure.because));
        }
        if (figure.reason == "no_row") {
            return no_entry(figure);
        }
        if (figure.type == "tier") {
            return words_.say(Say::not_known);
        }
        return figure.reason == "empty" ? words_.say(Say::none_to_look_at)
                                        : words_.say(Say::not_recorded);
    }

    [[nodiscard]] std::string no_entry(const Figure& figure) const {
        if (figure.table.empty()) {
            return words_.say(Say::no_entry);
        }
        std::vector<std::string> keys;
        std::transform(figure.keys.begin(), figure.keys.end(), std::back_inserter(keys),
                       [&](const Figure& key) { return this->figure(key); });
        return words_.say(Say::no_entry_for, words_.list(keys), figure.table);
    }

    // ---- what is asked

    [[nodiscard]] std::string either_of(const Condition& condition) const {
        std::vector<std::string> ways;
        for (const Condition& way : condition.alternatives) {
            ways.push_back(in_full(way));
        }
        return words_.say(Say::either_of, words_.list(ways, Joint::apart_alternative));
    }

    /// Those of several conditions that are not met.
    [[nodiscard]] std::string part_by_part(const Condition& condition) const {
        std::vector<std::string> parts;
        for (const Condition& part : condition.parts) {
            if (part.verdict != RequirementVerdict::met ||
                condition.verdict == RequirementVerdict::met) {
                parts.push_back(in_full(part));
            }
        }
        return words_.list(parts);
    }

    /// The rule's own words say no more than what they are made of.
    [[nodiscard]] std::string in_full(const Condition& condition) const {
        const bool is_made_of_others = !condition.alternatives.empty() || !condition.parts.empty();
        return is_made_of_others
                   ? result(condition)
                   : words_.say(Say::labelled, name_of(words_, condition), result(condition));
    }

    /// "at least $500", where no figure stands before it.
    [[nodiscard]] std::string needed(const Condition& condition) const {
        const std::string& type = condition.actual.type;
        const bool is_amount = type != "date" && type != "month" && type != "tier";
        return is_amount && condition.comparison == ">="
                   ? words_.say(Say::at_least, figure(condition.required))
                   : required(condition);
    }

    /// "at most $500", "after 15 Feb 2023", "Jun 2023 or later", for a month is no day to be on.
    [[nodiscard]] std::string required(const Condition& condition) const {
        const std::string& sign = condition.comparison;
        const std::string& type = condition.actual.type;
        const bool is_settled = is_known(condition.required);
        const std::string asked = is_settled
                                      ? figure(condition.required)
                                      : words_.say(Say::not_settled, figure(condition.required));
        if (sign == "!=") {
            return words_.say(Say::anything_but, asked);
        }
        if (type == "date") {
            return sign == ">="   ? words_.say(Say::on_or_after, asked)
                   : sign == ">"  ? words_.say(Say::after, asked)
                   : sign == "<=" ? words_.say(Say::on_or_before, asked)
                   : sign == "<"  ? words_.say(Say::before, asked)
                                  : asked;
        }
        if (type == "month") {
            return sign == ">="   ? words_.say(Say::or_later, asked)
                   : sign == ">"  ? words_.say(Say::after, asked)
                   : sign == "<=" ? words_.say(Say::or_earlier, asked)
                   : sign == "<"  ? words_.say(Say::before, asked)
                                  : asked;
        }
        if (type == "tier") {
            return sign == ">="   ? words_.say(Say::or_higher, asked)
                   : sign == ">"  ? words_.say(Say::above, asked)
                   : sign == "<=" ? words_.say(Say::or_lower, asked)
                   : sign == "<"  ? words_.say(Say::below, asked)
                                  : asked;
        }
        if (sign == ">=" && !is_settled) {
            return words_.say(Say::at_least, asked);
        }
        return sign == ">"    ? words_.say(Say::more_than, asked)
               : sign == "<=" ? words_.say(Say::at_most, asked)
               : sign == "<"  ? words_.say(Say::less_than, asked)
                              : asked;
    }

    [[nodiscard]] std::string with_window(std::string text, const Condition& condition) const {
        return condition.window ? words_.say(Say::in_window, text, words_.window(*condition.window))
                                : std::move(text);
    }

    [[nodiscard]] std::string upward(const Condition& condition) const {
        const std::string actual = figure(condition.actual);
        if (condition.actual.state == Figure::State::unknown || says_nothing(condition.actual)) {
            return words_.say(Say::asked_apart, with_window(actual, condition),
                              required(condition));
        }
        const std::string text = with_window(
            condition.comparison == ">" ? words_.say(Say::asked, actual, required(condition))
                                        : words_.say(Say::of_required, actual, required(condition)),
            condition);
        return has_gap(condition) ? words_.counted(Say::short_by, gap(condition), text) : text;
    }

    [[nodiscard]] std::string with_excess(std::string text, const Condition& condition) const {
        return has_gap(condition) ? words_.say(Say::too_much_by, text, plain(condition.gap))
                                  : std::move(text);
    }

    /// How far a figure may fall, or rise, with the condition still met. Figures that differ in what they count have
    /// none, and neither has one that must stay beyond a limit, for it cannot be at it.
    static std::optional<Figure> margin_of(const Condition& condition) {
        const bool is_upward = condition.comparison == ">=";
        if (condition.verdict != RequirementVerdict::met ||
            (!is_upward && condition.comparison != "<=") || !is_amount(condition.actual) ||
            !is_known(condition.actual) || !is_known(condition.required)) {
            return std::nullopt;
        }
        const ParsedNumber actual = Number::parse(condition.actual.value);
        const ParsedNumber required = Number::parse(condition.required.value);
        if (!actual || !required) {
            return std::nullopt;
        }
        const Checked spare =
            is_upward ? sub(actual.value, required.value) : sub(required.value, actual.value);
        if (!spare) {
            return std::nullopt;
        }
        Figure margin = condition.actual;
        margin.value = spare.value.to_string();
        return margin;
    }

    static bool has_gap(const Condition& condition) {
        return is_known(condition.gap) && condition.gap.value != "0";
    }

    [[nodiscard]] Count gap(const Condition& condition) const {
        return {plain(condition.gap), condition.gap.value == "1"};
    }

    [[nodiscard]] std::string outside(const Condition& condition) const {
        const auto days = [&](std::int64_t count) {
            return words_.in_digits(static_cast<std::uint64_t>(count));
        };
        if (condition.days_before > 0) {
            return words_.counted(Say::days_before_window, days(condition.days_before));
        }
        if (condition.days_after > 0) {
            return words_.counted(Say::days_after_window, days(condition.days_after));
        }
        return is_known(condition.actual) ? figure(condition.actual)
                                          : words_.say(Say::date_not_recorded);
    }

    const Wording& words_;
};

} // namespace

std::string in_words(const Wording& wording, const Figure& figure) {
    return InWords(wording).figure(figure);
}

std::string shown_in_english(const Figure& figure) {
    return harmless(in_words(Wording::of(Language::en), figure));
}

std::string in_words(const Wording& wording, const Figure& figure,
                     const std::optional<Days>& window) {
    const std::string text = in_words(wording, figure);
    return window ? wording.say(Say::in_window, text, wording.window(*window)) : text;
}

bool is_amount(const Figure& figure) {
    static constexpr std::array<std::string_view, 6> amounts{"whole", "decimal", "percent",
                                                             "money", "days",    "months"};
    return std::find(amounts.begin(), amounts.end(), figure.type) != amounts.end();
}

// ---- conditions ----------------------------------------------------------------------------------

std::string result_in_words(const Wording& wording, const Condition& condition) {
    return InWords(wording).result(condition);
}

std::string met_in_words(const Wording& wording, const Condition& condition) {
    return InWords(wording).met(condition);
}

std::string labelled_result(const Wording& wording, const Condition& condition) {
    const bool is_made_of_others = !condition.alternatives.empty() || !condition.parts.empty();
    return condition.is_rule_text && is_made_of_others
               ? result_in_words(wording, condition)
               : wording.say(Say::labelled, name_of(wording, condition),
                             result_in_words(wording, condition));
}

std::string name_of(const Wording& wording, const Condition& condition) {
    return condition.label.empty() ? wording.say(Say::hidden_condition)
                                   : in_words(wording, condition.built_in, condition.label);
}

std::string in_words(const Wording& wording, BuiltIn built_in, const std::string& label) {
    switch (built_in) {
    case BuiltIn::review_date:
        return wording.say(Say::review_date);
    case BuiltIn::tier:
        return wording.say(Say::tier);
    case BuiltIn::held_tier:
        return Wording::capital(wording.say(Say::tier_held));
    case BuiltIn::held_since:
        return wording.say(Say::tier_held_since);
    case BuiltIn::held_until:
        return wording.say(Say::tier_protected_until);
    case BuiltIn::nothing:
        break;
    }
    return label;
}

std::string in_words(const Wording& wording, const Need& need) {
    return need.words.empty() ? wording.say(Say::hidden_condition)
                              : InWords(wording).need(need.condition);
}

std::string cite_in_words(const Wording& wording, const std::string& cite) {
    constexpr std::string_view mark = "p. ";
    const bool is_pages = cite.starts_with(mark) && cite.size() > mark.size() &&
                          cite.find_first_not_of("0123456789-, ", mark.size()) == std::string::npos;
    return is_pages ? wording.say(Say::page, cite.substr(mark.size())) : cite;
}

std::string floor_in_words(const Wording& wording, const std::string& label) {
    const std::string no_tier = wording.say(Say::no_tier);
    return is_called(label) ? wording.say(Say::in_brackets, no_tier, label) : no_tier;
}

bool is_called(const std::string& floor_label) {
    return floor_label != "none" && floor_label != "None";
}

std::string name_of(const Wording& wording, const FactName& fact) {
    return fact.record.label.empty()
               ? fact.label
               : wording.say(Say::of_record, fact.label, full_name_of(wording, fact.record));
}

std::vector<std::string> unmet_in_words(const Wording& wording,
                                        const std::vector<Condition>& conditions) {
    std::vector<std::string> words;
    for (const Condition& condition : conditions) {
        if (condition.verdict == RequirementVerdict::unmet) {
            words.push_back(labelled_result(wording, condition));
        }
    }
    return words;
}

std::string condition_in_words(const Wording& wording, const Condition& condition) {
    if (condition.comparison == "yes" || condition.actual.state == Figure::State::hidden) {
        return name_of(wording, condition);
    }
    if (condition.comparison == "no") {
        return wording.say(Say::labelled, name_of(wording, condition), wording.say(Say::no));
    }
    const bool is_met = condition.verdict == RequirementVerdict::met &&
                        condition.alternatives.empty() && condition.parts.empty();
    return is_met ? wording.say(Say::labelled, name_of(wording, condition),
                                in_words(wording, condition.actual))
                  : labelled_result(wording, condition);
}

std::string failure_in_words(const Wording& wording, const Condition& condition) {
    return InWords(wording).failure(condition);
}

// ---- records -------------------------------------------------------------------------------------

namespace {

constexpr std::size_t most_records = 5; // named in a line

/// "a, b and 3 more"
template <typename Record, typename InWords>
std::string first_of(const Wording& wording, const std::vector<Record>& records,
                     InWords&& in_words) {
    const std::size_t named = std::min(records.size(), most_records);
    std::vector<std::string> items;
    for (std::size_t i = 0; i < named; ++i) {
        items.push_back(in_words(records[i]));
    }
    if (named < records.size()) {
        items.push_back(wording.counted(Say::more, wording.in_digits(records.size() - named)));
    }
    return wording.list(items);
}

} // namespace

std::string name_of(const Wording& wording, const RecordNote& record) {
    return record.is_date ? wording.date(record.label) : record.label;
}

std::string full_name_of(const Wording& wording, const RecordNote& record) {
    const std::string day = name_of(wording, record);
    const std::string name = record.is_date && !record.kind.empty()
                                 ? wording.say(Say::record_of_day, record.kind, day)
                                 : day;
    return record.owner.empty() ? name : wording.say(Say::of_record, name, record.owner);
}

std::string full_names_of(const Wording& wording, const std::vector<RecordNote>& records) {
    return first_of(wording, records,
                    [&](const RecordNote& record) { return full_name_of(wording, record); });
}

namespace {

/// Records that have the same reasons, which are then said once.
struct Alike {
    std::vector<std::string> reasons;
    std::vector<const RecordNote*> records;
};

/// In the order of the first record of each.
std::vector<Alike> by_reasons(const Wording& wording, const std::vector<RecordNote>& records) {
    std::vector<Alike> groups;
    for (const RecordNote& record : records) {
        std::vector<std::string> reasons;
        for (const Condition& fails : record.fails) {
            reasons.push_back(failure_in_words(wording, fails));
        }
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](const Alike& alike) { return alike.reasons == reasons; });
        if (group == groups.end()) {
            group = groups.insert(group, Alike{std::move(reasons), {}});
        }
        group->records.push_back(&record);
    }
    return groups;
}

} // namespace

std::string in_words(const Wording& wording, const std::vector<RecordNote>& records) {
    return first_of(wording, by_reasons(wording, records), [&](const Alike& alike) {
        const std::string names = first_of(wording, alike.records, [&](const RecordNote* record) {
            return name_of(wording, *record);
        });
        return with_reasons(wording, names, alike.reasons);
    });
}

std::string in_words(const Wording& wording, const std::vector<ItemFigure>& items) {
    if (items.empty()) {
        return wording.say(Say::no_items);
    }
    return first_of(wording, items, [&](const ItemFigure& item) {
        return wording.say(Say::item_figure, name_of(wording, item.record),
                           in_words(wording, item.value));
    });
}

std::string with_reasons(const Wording& wording, const std::string& text,
                         const std::vector<std::string>& reasons) {
    return reasons.empty() ? text : wording.say(Say::in_brackets, text, wording.list(reasons));
}

} // namespace rung
