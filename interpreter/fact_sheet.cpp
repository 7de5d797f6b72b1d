#include "interpreter/fact_sheet.hpp"

#include "interpreter/json_text.hpp"
#include "interpreter/ranges.hpp"
#include "interpreter/types.hpp"

#include <array>
#include <utility>
#include <vector>

namespace rung {

namespace {

/// Follows the path to each value and keeps those at a few places. Whether the facts stand in an
/// envelope is only known at the end, so it looks where a text would be with and without one.
class Glance final : public JsonEvents {
public:
    enum Where : std::uint8_t { beside_facts, in_envelope, plain };

    struct Place {
        std::string pointer;
        std::optional<std::string> text;
    };
    using Places = std::array<Place, 3>; // by Where

    static Places places(const std::string& input, const std::string& pointer) {
        Places all;
        all[beside_facts].pointer = "/" + input;
        if (!pointer.empty()) {
            all[in_envelope].pointer = "/facts" + pointer;
            all[plain].pointer = pointer;
        }
        return all;
    }

    Glance(const std::string& version_key, const std::string& on_key)
        : version_(places("version", version_key)), on_(places("on", on_key)) {}

    bool key(std::string_view key, Span) override {
        path_.resize(open_.back().path_size);
        add_step(path_, key);
        has_facts_ = has_facts_ || (open_.size() == 1 && key == "facts");
        return true;
    }

    bool value(const JsonToken& token) override {
        if (token.opens()) {
            const bool is_list = token.kind == JsonToken::Kind::list;
            open_.push_back({path_.size(), is_list});
            lists_ += is_list ? 1 : 0;
        } else if (lists_ == 0) {
            keep(version_, token);
            keep(on_, token);
        }
        return true;
    }

    bool close() override {
        lists_ -= open_.back().is_list ? 1 : 0;
        open_.pop_back();
        return true;
    }

    [[nodiscard]] const Place& version() const { return pick(version_); }
    [[nodiscard]] const Place& on() const { return pick(on_); }

private:
    struct Open {
        std::size_t path_size;
        bool is_list;
    };

    void keep(Places& places, const JsonToken& token) const {
        if (token.kind != JsonToken::Kind::text && token.kind != JsonToken::Kind::number) {
            return;
        }
        for (Place& place : places) {
            if (!path_.empty() && place.pointer == path_) {
                place.text = std::string(token.text);
            }
        }
    }

    [[nodiscard]] const Place& pick(const Places& places) const {
        if (!has_facts_) {
            return places[plain];
        }
        return places[beside_facts].text ? places[beside_facts] : places[in_envelope];
    }

    Places version_;
    Places on_;
    std::string path_;
    std::vector<Open> open_;
    int lists_ = 0;
    bool has_facts_ = false;
};

Range bounds_of(const Field& field) {
    return {field.at_least.value_or(Number()), field.at_most.value_or(Number()),
            !field.at_least.has_value(), !field.at_most.has_value()};
}

} // namespace

FactSheet FactSheet::lent() const {
    FactSheet copy;
    copy.facts = facts;
    copy.tables = tables;
    copy.on = on;
    copy.review = review;
    copy.version = version;
    copy.held = held;
    copy.waivers = waivers;
    return copy;
}

Value FactSheet::unknown(const Model& model, const Field& field) {
    if (is_figure(field.type.kind)) {
        return Value::of(bounds_of(field), Reason::missing);
    }
    Value value = unknown(model, field.type, Reason::missing);
    if (field.type.kind == TypeKind::date) {
        value.dates.may_be_never = field.or_never;
    }
    return value;
}

Value FactSheet::unknown(const Model& model, Type type, Reason why) {
    const DateRange any{Date::min(), Date::max()};
    switch (type.kind) {
    case TypeKind::yes_no:
        return Value::of(Truth::unknown, why);
    case TypeKind::whole:
    case TypeKind::decimal:
    case TypeKind::percent:
    case TypeKind::money:
    case TypeKind::days:
    case TypeKind::months:
        return Value::of(unbounded(), why);
    case TypeKind::date:
        return Value::of(DateRange{Date::min(), Date::max(), false, true}, why);
    case TypeKind::month:
        return Value::of(any, why);
    case TypeKind::text:
        return Value::of(KnownText{}, why);
    case TypeKind::choice:
    case TypeKind::choices:
        return Value::of(Mask{0, model.choice_sets[type.index].all()}, why);
    case TypeKind::list:
        return Value::of(ListRef{type.index, 0, 0, true}, why);
    case TypeKind::item:
        return Value::of(ItemRef{}, why);
    case TypeKind::tier:
        return Value::of(Mask{0, (std::uint64_t{1} << model.ladders[type.index].tiers.size()) - 1},
                         why);
    case TypeKind::window:
        return Value::of(WindowRange{any, any}, why);
    case TypeKind::error:
        break;
    }
    return Value::of(Truth::unknown, why);
}

std::string FactSheet::pointer_of_row(const Model& model, Index table, Index row) const {
    const RowOrigin& origin = tables[table].origins[row];
    const std::string list = origin.fact != none
                                 ? model.facts[origin.fact].pointer
                                 : pointer_of_cell(model, origin.table, origin.row, origin.field);
    return list + "/" + std::to_string(origin.position);
}

std::string FactSheet::pointer_of_cell(const Model& model, Index table, Index row,
                                       Index field) const {
    return pointer_of_row(model, table, row) + model.records[table].fields[field].pointer;
}

const Value& FactSheet::cell(const Model& model, Index table, Index row, Index field) const {
    return tables[table].cells[row * model.records[table].fields.size() + field];
}

Index FactSheet::waiver(Index requirement, Index tier, Date day) const {
    for (Index i = 0; i < waivers.size(); ++i) {
        const Waiver& waiver = waivers[i];
        if (waiver.requirement == requirement && (waiver.tier == none || waiver.tier == tier) &&
            (!waiver.granted_on || *waiver.granted_on <= day) &&
            (!waiver.until || day <= *waiver.until)) {
            return i;
        }
    }
    return none;
}

Occasion peek_occasion(const Source& json, const std::string& version_key,
                       const std::string& on_key) {
    Glance glance(version_key, on_key);
    static_cast<void>(read_json(json, glance));
    Occasion occasion;
    occasion.version = glance.version().text;
    if (const auto& text = glance.on().text) {
        if (const ParsedDate day = Date::parse(*text)) {
            occasion.on = day.value;
        }
    }
    return occasion;
}

} // namespace rung
