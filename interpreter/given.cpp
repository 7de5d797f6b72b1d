#include "interpreter/given.hpp"

#include "interpreter/references.hpp"

namespace rung {

namespace {

class Giver {
public:
    Giver(const Model& model, const Model& suite, FactSheet& sheet)
        : model_(model), suite_(suite), sheet_(sheet) {}

    void give(const Given& given) {
        const Field& field = model_.facts[given.fact];
        Value& slot = sheet_.facts[given.fact];
        if (given.rows > 0) {
            slot = records(given, field.type.index);
        } else {
            slot = given.literal == none ? FactSheet::unknown(model_, field) : own(given.literal);
        }
    }

private:
    /// The literal; its text is copied, since a sheet may outlive the tests.
    Value own(Index literal) {
        Value value = suite_.literals[literal];
        if (value.form == Value::Form::text) {
            value.text.text = sheet_.texts.emplace_back(value.text.text);
        } else if (value.form == Value::Form::item) {
            value.item.key = sheet_.texts.emplace_back(value.item.key);
        }
        return value;
    }

    [[nodiscard]] Value blank(const Field& field) const {
        return field.default_literal == none ? FactSheet::unknown(model_, field)
                                             : model_.literals[field.default_literal];
    }

    /// New rows behind all others of their kind. Those that the fact held before stay, and belong to no list.
    Value records(const Given& given, Index record) {
        const std::vector<Field>& fields = model_.records[record].fields;
        FactTable& table = sheet_.tables[record];
        const auto first = static_cast<Index>(table.origins.size());
        for (Index row = 0; row < given.rows; ++row) {
            const std::size_t begin = table.cells.size();
            for (const Field& field : fields) {
                table.cells.push_back(blank(field));
            }
            for (std::size_t column = 0; column < given.columns.size(); ++column) {
                const Index literal = given.cells[row * given.columns.size() + column];
                if (literal != none) {
                    table.cells[begin + given.columns[column]] = own(literal);
                }
            }
            table.origins.push_back({given.fact, none, none, none, row});
        }
        return Value::of(ListRef{record, first, given.rows, false});
    }

    const Model& model_;
    const Model& suite_;
    FactSheet& sheet_;
};

} // namespace

void give(const Model& model, const Model& suite, const std::vector<Given>& given,
          FactSheet& sheet) {
    Giver giver(model, suite, sheet);
    for (const Given& fact : given) {
        giver.give(fact);
    }
    static_cast<void>(join_references(model, sheet)); // keys given twice were refused
}

} // namespace rung
