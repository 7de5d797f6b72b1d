#include "interpreter/references.hpp"

#include <bit>
#include <deque>
#include <unordered_map>

namespace rung {

std::string key_text(const Model& model, const Value& value, Type type) {
    switch (value.form) {
    case Value::Form::text:
        return std::string(value.text.text);
    case Value::Form::range:
        return value.range.low.to_string();
    default:
        return model.choice_sets[type.index]
            .choices[static_cast<std::size_t>(std::countr_zero(value.mask.maybe))]
            .name;
    }
}

namespace {

class Join {
public:
    Join(const Model& model, FactSheet& sheet) : model_(model), sheet_(sheet) {}

    std::vector<KeyTwice> run() {
        for (Index i = 0; i < model_.references.size(); ++i) {
            indices_.push_back(index_of(i));
        }
        for (std::size_t i = 0; i < model_.facts.size(); ++i) {
            lead(sheet_.facts[i], model_.facts[i].type);
        }
        for (std::size_t table = 0; table < sheet_.tables.size(); ++table) {
            const std::vector<Field>& fields = model_.records[table].fields;
            for (std::size_t field = 0; field < fields.size(); ++field) {
                column(sheet_.tables[table].cells, field, fields);
            }
        }
        return std::move(twice_);
    }

private:
    /// The records of a list by their keys.
    struct KeyIndex {
        std::unordered_map<std::string_view, Index> rows;
        bool may_hold_more = false; // or a record without its key, which may be any
    };

    KeyIndex index_of(Index reference) {
        const Reference& to = model_.references[reference];
        const ListRef list = sheet_.facts[to.fact].list;
        const Type type = model_.records[to.record].fields[to.key].type;
        KeyIndex keys;
        keys.may_hold_more = list.may_hold_more;
        for (Index row = list.first; row < list.first + list.count; ++row) {
            const Value& key = sheet_.cell(model_, to.record, row, to.key);
            if (!key.certain()) {
                keys.may_hold_more = true;
                continue;
            }
            const std::string_view text = key.form == Value::Form::text
                                              ? key.text.text
                                              : texts_.emplace_back(key_text(model_, key, type));
            const auto [first, fresh] = keys.rows.emplace(text, row);
            if (!fresh) {
                twice_.push_back({reference, first->second, row, std::string(text)});
            }
        }
        return keys;
    }

    void column(std::vector<Value>& cells, std::size_t field, const std::vector<Field>& fields) {
        if (fields[field].type.kind != TypeKind::item) {
            return;
        }
        for (std::size_t cell = field; cell < cells.size(); cell += fields.size()) {
            lead(cells[cell], fields[field].type);
        }
    }

    void lead(Value& value, Type type) const {
        if (type.kind != TypeKind::item || !value.item.known) {
            return;
        }
        const KeyIndex& keys = indices_[type.index];
        const auto at = keys.rows.find(value.item.key);
        value.item.row = at == keys.rows.end() ? none : at->second;
        value.item.may_exist = at == keys.rows.end() && keys.may_hold_more;
    }

    const Model& model_;
    FactSheet& sheet_;
    std::vector<KeyIndex> indices_; // by reference
    std::deque<std::string> texts_; // of keys that are no texts
    std::vector<KeyTwice> twice_;
};

} // namespace

std::vector<KeyTwice> join_references(const Model& model, FactSheet& sheet) {
    return Join(model, sheet).run();
}

} // namespace rung
