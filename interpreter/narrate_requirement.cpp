#include "interpreter/narrate_requirement.hpp"

#include "interpreter/meter.hpp"

#include <algorithm>
#include <string_view>

namespace rung {

Mark mark_of(Granted verdict) {
    switch (verdict) {
    case Granted::granted:
        return Mark::met;
    case Granted::open:
        return Mark::open;
    case Granted::closed:
        return Mark::closed;
    case Granted::unknown:
        break;
    }
    return Mark::unknown;
}

Mark mark_of(RequirementVerdict verdict) {
    switch (verdict) {
    case RequirementVerdict::met:
        return Mark::met;
    case RequirementVerdict::unmet:
        return Mark::unmet;
    case RequirementVerdict::unknown:
        return Mark::unknown;
    case RequirementVerdict::waived:
        return Mark::waived;
    case RequirementVerdict::not_asked:
        break;
    }
    return Mark::not_asked;
}

Item item_of(const Wording& words, const Condition& condition) {
    const bool is_joined = !condition.alternatives.empty() || !condition.parts.empty();
    if (condition.is_rule_text && is_joined) {
        return {mark_of(condition.verdict), Wording::capital(result_in_words(words, condition))};
    }
    return {mark_of(condition.verdict), name_of(words, condition),
            result_in_words(words, condition)};
}

void add_note(Item& item, std::string text, Tone tone) {
    item.below.push_back({Mark::plain, std::move(text), "", "", tone});
}

Item RequirementNarrator::begin(const RequirementOutcome& row) const {
    return {mark_of(row.verdict), row.label, "", told_.source(row.cite, row.at)};
}

Item RequirementNarrator::alone(const RequirementOutcome& row) const {
    Item item = begin(row);
    switch (row.verdict) {
    case RequirementVerdict::not_asked:
        item.result = words_.say(Say::not_asked);
        for (const Condition& why : row.because) {
            if (why.verdict == RequirementVerdict::unmet) {
                add_note(item, words_.say(Say::because, condition_in_words(words_, why)));
            }
        }
        add_notes(item, row, words_);
        return item;
    case RequirementVerdict::waived:
        item.result = words_.say(Say::waived);
        add_notes(item, row, words_);
        return item;
    case RequirementVerdict::met:
    case RequirementVerdict::unmet:
    case RequirementVerdict::unknown:
        break;
    }
    return towards(row, row.tier);
}

Item RequirementNarrator::towards(const RequirementOutcome& row, const std::string& target) const {
    Item item = begin(row);
    if (row.tier != target) {
        item.label = words_.say(Say::asked_at, row.label, label_of(ladder_, row.tier));
    }
    add_result(item, row);
    add_reasons(item, row);
    add_notes(item, row, words_);
    return item;
}

void RequirementNarrator::add_notes(Item& item, const RequirementOutcome& row,
                                    const Wording& words) {
    if (!row.advice.empty()) {
        add_note(item, words.say(Say::advice, row.advice));
    }
    if (!row.reading.empty()) {
        add_note(item, words.say(Say::reading, row.reading), Tone::faint);
    }
}

/// What it came to, and below it what that is made of.
void RequirementNarrator::add_result(Item& item, const RequirementOutcome& row) const {
    if (row.form != RequirementOutcome::Form::ask) {
        item.result = head_result(row);
        add_parts(item, row);
    } else if (row.conditions.size() == 1) {
        item.result = result_in_words(words_, row.conditions.front());
        item.meter = meter_of(words_, outcome_, ladder_, row, 0);
        add_records(item, row.conditions.front());
    } else {
        add_conditions(item, row);
    }
}

/// Conditions joined by `and`: those that are not met.
void RequirementNarrator::add_conditions(Item& item, const RequirementOutcome& row) const {
    for (std::size_t i = 0; i < row.conditions.size(); ++i) {
        const Condition& condition = row.conditions[i];
        if (condition.verdict != RequirementVerdict::met) {
            Item part = item_of(words_, condition);
            part.mark = Mark::plain;
            part.meter = meter_of(words_, outcome_, ladder_, row, i);
            add_records(part, condition);
            item.below.push_back(std::move(part));
        }
    }
}

/// Why it is asked, or may be.
void RequirementNarrator::add_reasons(Item& item, const RequirementOutcome& row) const {
    for (const Condition& why : row.because) {
        const std::string condition = condition_in_words(words_, why);
        if (row.condition == RequirementVerdict::unknown &&
            why.verdict == RequirementVerdict::unknown) {
            add_note(item, words_.say(Say::asked_if, condition));
        } else if (row.condition == RequirementVerdict::met) {
            add_note(item, words_.say(Say::asked_because, condition));
        }
    }
}

/// One figure of many is said to be one: a record more adds nothing to a median.
std::string RequirementNarrator::counted_in_words(const Condition& condition) const {
    const std::string records = in_words(words_, condition.counted);
    const std::string_view figure = condition.figure_of;
    return figure == "median"       ? words_.say(Say::records_median, records)
           : figure == "average"    ? words_.say(Say::records_average, records)
           : figure == "percentile" ? words_.say(Say::records_percentile, records)
           : figure == "largest"    ? words_.say(Say::records_largest, records)
           : figure == "smallest"   ? words_.say(Say::records_smallest, records)
                                    : words_.say(Say::records_counted, records);
}

void RequirementNarrator::add_records(Item& item, const Condition& condition) const {
    if (condition.records == 0) {
        return;
    }
    if (!condition.counted.empty()) {
        add_note(item, counted_in_words(condition));
    }
    if (!condition.near.empty()) {
        add_note(item, words_.say(Say::records_not_counted, in_words(words_, condition.near)));
    }
    if (!condition.unclear.empty()) {
        add_note(item, words_.say(Say::records_unclear, in_words(words_, condition.unclear)));
    }
}

// ---- what is met ---------------------------------------------------------------------------------

Item RequirementNarrator::carries(const RequirementOutcome& row, const std::string& target) const {
    const bool is_waived = row.verdict == RequirementVerdict::waived;
    if (row.verdict != RequirementVerdict::met && !is_waived) {
        return row.verdict == RequirementVerdict::not_asked ? alone(row) : towards(row, target);
    }
    Item item = begin(row);
    if (row.tier != target) {
        item.label = words_.say(Say::asked_at, row.label, label_of(ladder_, row.tier));
    }
    if (is_waived) {
        item.result = row.waiver && row.waiver->until
                          ? words_.say(Say::waived_through, words_.date(*row.waiver->until))
                          : words_.say(Say::waived);
    } else {
        add_margin(item, row);
    }
    add_reasons(item, row);
    if (!row.reading.empty()) {
        add_note(item, words_.say(Say::reading, row.reading), Tone::faint);
    }
    return item;
}

/// Of a row of others, those that are met.
void RequirementNarrator::add_margin(Item& item, const RequirementOutcome& row) const {
    if (row.form != RequirementOutcome::Form::ask) {
        item.result = met_result(row);
        for (const RequirementOutcome* part : parts_of(row)) {
            if (part->verdict == RequirementVerdict::met ||
                part->verdict == RequirementVerdict::waived) {
                item.below.push_back(carries(*part, part->tier));
                item.below.back().source.clear();
            }
        }
        return;
    }
    if (row.conditions.size() == 1) {
        item.result = met_in_words(words_, row.conditions.front());
        item.meter = meter_of(words_, outcome_, ladder_, row, 0);
        add_records(item, row.conditions.front());
        return;
    }
    for (std::size_t i = 0; i < row.conditions.size(); ++i) {
        Item part = item_of(words_, row.conditions[i]);
        part.result = part.result.empty() ? "" : met_in_words(words_, row.conditions[i]);
        part.meter = meter_of(words_, outcome_, ladder_, row, i);
        add_records(part, row.conditions[i]);
        item.below.push_back(std::move(part));
    }
}

std::string RequirementNarrator::met_result(const RequirementOutcome& head) const {
    const auto parts = parts_of(head);
    const auto met = static_cast<std::uint64_t>(
        std::count_if(parts.begin(), parts.end(), [](const RequirementOutcome* part) {
            return part->verdict == RequirementVerdict::met ||
                   part->verdict == RequirementVerdict::waived;
        }));
    switch (head.form) {
    case RequirementOutcome::Form::any_one_of:
        return words_.counted(Say::ways_met, words_.in_words(met));
    case RequirementOutcome::Form::at_least_of:
        return words_.say(Say::parts_met, words_.in_digits(met).text,
                          words_.in_digits(head.needed).text);
    case RequirementOutcome::Form::all_of:
    case RequirementOutcome::Form::ask:
        break;
    }
    return "";
}

// ---- everything ----------------------------------------------------------------------------------

Item RequirementNarrator::in_full(const RequirementOutcome& row) const {
    const bool is_judged = row.verdict == RequirementVerdict::met ||
                           row.verdict == RequirementVerdict::unmet ||
                           row.verdict == RequirementVerdict::unknown;
    if (!is_judged) {
        return alone(row);
    }
    Item item = begin(row);
    add_all(item, row);
    add_reasons(item, row);
    add_notes(item, row, words_);
    return item;
}

void RequirementNarrator::add_all(Item& item, const RequirementOutcome& row) const {
    if (row.form != RequirementOutcome::Form::ask) {
        item.result = row.verdict == RequirementVerdict::met ? "" : head_result(row);
        for (const RequirementOutcome* part : parts_of(row)) {
            item.below.push_back(in_full(*part));
        }
        return;
    }
    if (row.conditions.size() == 1) {
        item.result = result_in_words(words_, row.conditions.front());
        item.meter = meter_of(words_, outcome_, ladder_, row, 0);
        add_each_record(item, row.conditions.front());
        return;
    }
    for (std::size_t i = 0; i < row.conditions.size(); ++i) {
        const Condition& condition = row.conditions[i];
        Item part = item_of(words_, condition);
        part.meter = meter_of(words_, outcome_, ladder_, row, i);
        add_each_record(part, condition);
        item.below.push_back(std::move(part));
    }
}

void RequirementNarrator::add_each_record(Item& item, const Condition& condition) const {
    const auto add = [&](Mark mark, const std::vector<RecordNote>& records) {
        for (const RecordNote& record : records) {
            std::vector<std::string> reasons;
            for (const Condition& fails : record.fails) {
                reasons.push_back(failure_in_words(words_, fails));
            }
            item.below.push_back({mark, name_of(words_, record), words_.list(reasons)});
        }
    };
    add(Mark::met, condition.counted);
    add(Mark::unmet, condition.near);
    add(Mark::unknown, condition.unclear);
}

// ---- ways and parts ------------------------------------------------------------------------------

std::string RequirementNarrator::head_result(const RequirementOutcome& row) const {
    const auto parts = parts_of(row);
    const bool is_unknown = row.verdict == RequirementVerdict::unknown;
    const bool has_open_way =
        std::any_of(parts.begin(), parts.end(), [](const RequirementOutcome* part) {
            return part->offered && part->condition != RequirementVerdict::unmet;
        });
    switch (row.form) {
    case RequirementOutcome::Form::any_one_of:
        return !has_open_way ? words_.say(Say::no_way_open)
               : is_unknown  ? words_.say(Say::ways_unknown)
                             : words_.say(Say::no_way_met);
    case RequirementOutcome::Form::at_least_of:
        return words_.counted(Say::at_least_of, words_.in_digits(row.needed));
    case RequirementOutcome::Form::all_of:
    case RequirementOutcome::Form::ask:
        break;
    }
    return is_unknown ? words_.say(Say::parts_unknown) : words_.say(Say::parts_unmet);
}

std::vector<const RequirementOutcome*>
RequirementNarrator::parts_of(const RequirementOutcome& head) const {
    std::vector<const RequirementOutcome*> parts;
    for (const RequirementOutcome& row : outcome_.requirements) {
        if (has(row) && row.parent == head.id && row.tier == head.tier) {
            parts.push_back(&row);
        }
    }
    return parts;
}

void RequirementNarrator::add_parts(Item& item, const RequirementOutcome& head) const {
    for (const RequirementOutcome* part : parts_of(head)) {
        const bool is_shut = part->condition == RequirementVerdict::unmet;
        if (part->offered && !is_shut && part->verdict != RequirementVerdict::met &&
            part->verdict != RequirementVerdict::not_asked) {
            item.below.push_back(way(*part));
        }
    }
    for (const RequirementOutcome* part : parts_of(head)) {
        if (!part->offered) {
            does_not_reach(item, *part);
        } else if (part->condition == RequirementVerdict::unmet) {
            add_note(item, words_.say(Say::not_open, part->label,
                                      words_.list(unmet_in_words(words_, part->because))));
        }
    }
}

Item RequirementNarrator::way(const RequirementOutcome& part) const {
    const bool is_unknown = part.verdict == RequirementVerdict::unknown;
    Item item{is_unknown ? Mark::unknown : Mark::way, part.label};
    add_result(item, part);
    return item;
}

/// A way that counts at other tiers only: named, with what the partner has, so that nobody asks "why not that?".
void RequirementNarrator::does_not_reach(Item& item, const RequirementOutcome& part) const {
    std::vector<std::string> labels;
    const RequirementOutcome* elsewhere = nullptr;
    for (const RequirementOutcome& row : outcome_.requirements) {
        if (has(row) && row.id == part.id && row.offered) {
            labels.push_back(label_of(ladder_, row.tier));
            elsewhere = row.condition == RequirementVerdict::unmet ? elsewhere : &row;
        }
    }
    if (elsewhere == nullptr) {
        return;
    }
    const std::string tier = label_of(ladder_, part.tier);
    const std::string tiers = words_.list(labels);
    const std::vector<Condition>& conditions = elsewhere->conditions;
    const bool has_figure = conditions.size() == 1 &&
                            conditions.front().actual.state == Figure::State::known &&
                            conditions.front().actual.type != "yes_no";
    if (has_figure) {
        const std::string figure =
            in_words(words_, conditions.front().actual, conditions.front().window);
        add_note(item, words_.say(Say::not_reaching_with, tier, part.label, figure, tiers));
    } else {
        add_note(item, words_.say(Say::not_reaching, tier, part.label, tiers));
    }
}

} // namespace rung
