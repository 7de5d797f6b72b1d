#include "interpreter/plan_changes.hpp"

#include "interpreter/types.hpp"

#include <algorithm>
#include <bit>

namespace rung {

namespace {

// Efforts where the rules give none. docs/language.md tells them.
constexpr std::int64_t to_confirm = 1;
constexpr std::int64_t to_set = 2;
constexpr std::int64_t to_move = 3; // a figure or a day
constexpr std::int64_t to_add = 4; // a record
constexpr std::int64_t not_the_partners = 2; // more, where the program or time has to do it

std::int64_t usual_effort(const PlanChange& change) {
    switch (change.kind) {
    case PlanChange::Kind::confirm:
    case PlanChange::Kind::empty:
        return to_confirm;
    case PlanChange::Kind::set:
    case PlanChange::Kind::include:
        return to_set;
    case PlanChange::Kind::figure:
    case PlanChange::Kind::day:
        return to_move;
    case PlanChange::Kind::add:
        return to_add;
    }
    return 0;
}

/// What the rules say a change counts for: of a figure, the more the farther it goes.
Number weighed(const Effort& effort, const PlanChange& change) {
    if (!effort.per || change.kind != PlanChange::Kind::figure) {
        return effort.weight;
    }
    const Checked whole = mul(change.by, effort.weight);
    const Checked units = whole ? div(whole.value, *effort.per) : whole;
    return units ? units.value : change.by;
}

const Field& field_of(const Model& model, const PlanChange& change) {
    return (change.table == none ? model.facts : model.records[change.table].fields)[change.field];
}

std::string member_text(const Model& model, Type type, std::uint64_t mask) {
    const ChoiceSet& set = model.choice_sets[type.index];
    const auto bit = static_cast<std::size_t>(std::countr_zero(mask));
    return json_text(bit < set.choices.size() ? set.choices[bit].json : "other");
}

std::string figure_text(const Field& field, const Number& figure) {
    if (field.type.kind == TypeKind::percent && !field.share) {
        if (const Checked hundred = mul(figure, Number(100))) {
            return hundred.value.to_string();
        }
    }
    return figure.to_string();
}

} // namespace

std::vector<FactEdit> edits_of(const PlanChanges& changes, const std::string& root) {
    std::vector<FactEdit> edits;
    for (const auto& [place, change] : changes) {
        if (change.kind != PlanChange::Kind::include) {
            edits.push_back({root + place, change.json});
            continue;
        }
        for (const std::string& item : change.items) {
            edits.push_back({root + place + "/-", item});
        }
    }
    return edits;
}

Number plus(const Number& a, const Number& b) {
    const Checked sum = add(a, b);
    return sum ? sum.value : std::max(a, b);
}

Number effort_of(const Model& model, const PlanChange& change) {
    const Field& field = field_of(model, change);
    const bool others = field.changed_by == ChangedBy::program ||
                        (field.changed_by == ChangedBy::time && !change.within_new);
    const Number more = others ? not_the_partners : 0;
    const bool found_out =
        change.kind == PlanChange::Kind::confirm || change.kind == PlanChange::Kind::empty;
    if (field.effort && !found_out) {
        return plus(weighed(*field.effort, change), more);
    }
    const bool part_of_record = change.within_new && change.kind != PlanChange::Kind::add;
    return part_of_record ? more : plus(usual_effort(change), more);
}

Number effort_of(const Model& model, const PlanChanges& changes) {
    Number sum;
    for (const auto& [place, change] : changes) {
        sum = plus(sum, effort_of(model, change));
    }
    return sum;
}

void merge(PlanChanges& changes, const PlanChanges& more) {
    for (const auto& [place, change] : more) {
        const auto [at, fresh] = changes.try_emplace(place, change);
        if (fresh || at->second.kind == PlanChange::Kind::add) {
            continue;
        }
        PlanChange before = std::move(at->second);
        at->second = change;
        if (change.by.sign() != 0) {
            at->second.by = plus(before.by, change.by);
        }
        if (before.kind == PlanChange::Kind::confirm) {
            at->second.kind = PlanChange::Kind::confirm;
        }
        if (change.kind == PlanChange::Kind::include && before.kind != PlanChange::Kind::include) {
            at->second.kind = before.kind; // a whole set is written, which now has more in it
            at->second.items.clear();
        } else if (change.kind == PlanChange::Kind::include) {
            at->second.items.insert(at->second.items.begin(), before.items.begin(),
                                    before.items.end());
        }
    }
}

void join(PlanChanges& changes, const PlanChanges& more) {
    const PlanChanges before = changes;
    merge(changes, more);
    for (const auto& [place, change] : more) {
        const auto other = before.find(place);
        if (other != before.end() && change.by.sign() != 0) {
            const bool farther = other->second.by > change.by;
            changes.at(place) = farther ? other->second : change;
        }
    }
}

bool is_within(std::string_view place, std::string_view holder) {
    return place.starts_with(holder) &&
           (place.size() == holder.size() || place[holder.size()] == '/');
}

std::string content_of(const PlanChanges& changes, const std::string& record) {
    std::string text;
    for (const auto& [place, change] : changes) {
        if (is_within(place, record)) {
            text += place.substr(record.size()) + "=" + change.json + "\n";
        }
    }
    return text;
}

std::string json_of(const Model& model, const Field& field, const Value& value) {
    switch (value.form) {
    case Value::Form::truth:
        return value.truth == Truth::yes ? "true" : "false";
    case Value::Form::range:
        return figure_text(field, value.range.low);
    case Value::Form::dates:
        return json_text(value.dates.never                    ? field.never
                         : field.type.kind == TypeKind::month ? value.dates.low.to_month_string()
                                                              : value.dates.low.to_string());
    case Value::Form::mask: {
        if (field.type.kind == TypeKind::choice) {
            return member_text(model, field.type, value.mask.surely);
        }
        std::string all;
        for (std::uint64_t mask = value.mask.surely; mask != 0; mask &= mask - 1) {
            all += (all.empty() ? "" : ", ") + member_text(model, field.type, mask);
        }
        return "[" + all + "]";
    }
    case Value::Form::text:
        return json_text(value.text.text);
    case Value::Form::item: {
        const Reference& to = model.references[field.type.index];
        const Field& key = model.records[to.record].fields[to.key];
        if (key.type.kind == TypeKind::whole) {
            return std::string(value.item.key);
        }
        if (key.type.kind != TypeKind::choice) {
            return json_text(value.item.key);
        }
        for (const Choice& choice : model.choice_sets[key.type.index].choices) {
            if (choice.name == value.item.key) {
                return json_text(choice.json);
            }
        }
        break;
    }
    case Value::Form::list:
    case Value::Form::window:
        break;
    }
    return "null";
}

} // namespace rung
