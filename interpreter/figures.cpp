#include "interpreter/figures.hpp"

#include <array>
#include <bit>

namespace rung {

namespace {

std::string canonical(const Number& number, TypeKind kind) {
    if (kind != TypeKind::percent) {
        return number.to_string();
    }
    const Checked hundred = mul(number, Number(100));
    return hundred ? hundred.value.to_string() : number.to_string();
}

void fill(Figure& figure, const Range& range, TypeKind kind) {
    if (range.certain()) {
        figure.state = Figure::State::known;
        figure.value = canonical(range.low, kind);
        return;
    }
    figure.from = range.low_open ? "" : canonical(range.low, kind);
    figure.through = range.high_open ? "" : canonical(range.high, kind);
    figure.state =
        range.low_open && range.high_open ? Figure::State::unknown : Figure::State::range;
}

void fill(Figure& figure, const DateRange& dates, TypeKind kind) {
    const auto text = [&](Date day) {
        return kind == TypeKind::month ? day.to_month_string() : day.to_string();
    };
    if (dates.certain()) {
        figure.state = Figure::State::known;
        figure.value = dates.never ? "never" : text(dates.low);
        return;
    }
    const bool open = dates.low == Date::min() && dates.high == Date::max();
    figure.state = open ? Figure::State::unknown : Figure::State::range;
    figure.from = dates.low == Date::min() ? "" : text(dates.low);
    figure.through = dates.high == Date::max() || dates.may_be_never ? "" : text(dates.high);
}

struct MemberName {
    std::string id;
    std::string label; // nothing for a choice that is not listed
};

MemberName name_of_member(const Model& model, Type type, std::size_t bit) {
    if (type.kind == TypeKind::tier) {
        const Tier& tier = model.ladders[type.index].tiers[bit];
        return {tier.id, tier.label};
    }
    const ChoiceSet& set = model.choice_sets[type.index];
    return bit < set.choices.size() ? MemberName{set.choices[bit].name, set.choices[bit].label}
                                    : MemberName{"other", ""};
}

void fill(Figure& figure, const Model& model, const Mask& mask, Type type) {
    const bool several = type.kind == TypeKind::choices;
    const bool known = several ? mask.certain() : mask.single();
    figure.state = known ? Figure::State::known : Figure::State::unknown;
    if (known && !several) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(mask.maybe));
        MemberName member = name_of_member(model, type, bit);
        figure.value = std::move(member.id);
        figure.label = std::move(member.label);
        figure.is_floor = type.kind == TypeKind::tier && bit == 0;
    }
    for (std::size_t bit = 0; several && bit < 64; ++bit) {
        if ((mask.surely >> bit & 1U) != 0) {
            MemberName member = name_of_member(model, type, bit);
            figure.members.push_back(std::move(member.id));
            figure.member_labels.push_back(std::move(member.label));
        }
    }
}

} // namespace

std::string_view name_of(TypeKind kind) {
    constexpr std::array<std::string_view, 17> names{
        "",      "yes_no", "whole",  "decimal", "percent", "money", "days", "months", "date",
        "month", "text",   "choice", "choices", "tier",    "list",  "item", "window"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Reason reason) {
    constexpr std::array<std::string_view, 9> names{"",         "missing",       "incomplete",
                                                    "overflow", "zero_division", "no_row",
                                                    "empty",    "several",       "unstated"};
    return names[static_cast<std::size_t>(reason)];
}

Figure figure_of(const Model& model, const Value& value, Type type) {
    Figure figure;
    figure.type = name_of(type.kind);
    figure.reason = name_of(value.reason);
    if (type.kind == TypeKind::money) {
        figure.currency = model.currencies[type.index];
    }
    if (value.undetermined == Truth::yes) {
        figure.state = Figure::State::unknown;
        return figure;
    }
    switch (value.form) {
    case Value::Form::truth:
        figure.state =
            value.truth == Truth::unknown ? Figure::State::unknown : Figure::State::known;
        figure.value = value.truth == Truth::unknown ? ""
                       : value.truth == Truth::yes   ? "yes"
                                                     : "no";
        break;
    case Value::Form::range:
        fill(figure, value.range, type.kind);
        break;
    case Value::Form::dates:
        fill(figure, value.dates, type.kind);
        break;
    case Value::Form::mask:
        fill(figure, model, value.mask, type);
        break;
    case Value::Form::text:
        figure.state = value.text.known ? Figure::State::known : Figure::State::unknown;
        figure.value = std::string(value.text.text);
        break;
    case Value::Form::window:
        figure.state = value.window.certain() ? Figure::State::known : Figure::State::unknown;
        if (value.window.certain()) {
            figure.from = value.window.from.low.to_string();
            figure.through = value.window.through.low.to_string();
        }
        break;
    case Value::Form::list: // no figure; words say how many records there are
        figure.state = Figure::State::absent;
        if (!value.list.may_hold_more) {
            (value.list.unclear ? figure.through : figure.value) = std::to_string(value.list.count);
        }
        break;
    case Value::Form::item:
        figure.state = value.item.known ? Figure::State::known : Figure::State::unknown;
        figure.value = std::string(value.item.key);
        break;
    }
    if (value.undetermined == Truth::unknown && figure.state == Figure::State::known) {
        figure.state = Figure::State::unknown;
    }
    if (figure.state == Figure::State::known) {
        figure.reason.clear();
    }
    return figure;
}

} // namespace rung
