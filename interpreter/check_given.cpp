#include "interpreter/check_given.hpp"

#include "interpreter/references.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <set>

namespace rung {

std::vector<std::string_view> ids_of(const IndexById& names) {
    std::vector<std::string_view> ids;
    for (const auto& [id, index] : names) {
        ids.push_back(id);
    }
    return ids;
}

namespace {

/// Tests call facts as the rules do; their keys in JSON may be others.
std::string named_otherwise(std::string_view key, const std::vector<Field>& fields) {
    const auto read = std::find_if(fields.begin(), fields.end(), [&](const Field& field) {
        return field.pointer.substr(1) == key;
    });
    return read == fields.end() ? "" : "write `" + read->name + "`, as the rules call it";
}

} // namespace

GivenChecker::GivenChecker(const Model& program, ExprChecker& exprs, Model& suite)
    : program_(program),
      exprs_(exprs),
      suite_(suite),
      facts_(by_id(program.facts, &Field::name)),
      measures_(by_id(program.measures, &Measure::name)) {}

std::vector<Given> GivenChecker::read(const std::vector<ast::Given>& from) {
    std::vector<Given> all;
    std::map<std::string, Span, std::less<>> first_at;
    for (const ast::Given& item : from) {
        if (!item.name) {
            continue;
        }
        if (const auto [first, fresh] = first_at.emplace(item.name.text, item.name.at); !fresh) {
            exprs_.report_twice(item.name, first->second);
            continue;
        }
        const auto known = facts_.find(item.name.text);
        if (known == facts_.end() && measures_.contains(item.name.text)) {
            exprs_.report_unknown(item.name, "fact", {},
                                  "`" + item.name.text +
                                      "` is worked out by the rules: give the facts it reads");
        } else if (known == facts_.end()) {
            exprs_.report_unknown(item.name, "fact", ids_of(facts_),
                                  named_otherwise(item.name.text, program_.facts));
        } else if (!item.broken) {
            Given made;
            made.fact = known->second;
            fact(item, made, program_.facts[made.fact]);
            all.push_back(std::move(made));
        }
    }
    return all;
}

void GivenChecker::fact(const ast::Given& from, Given& made, const Field& field) {
    const bool is_list = field.type.kind == TypeKind::list;
    if (is_list && program_.records[field.type.index].plain) {
        plain_list(from, made, field);
    } else if (from.is_table && !is_list) {
        exprs_.report(Code::given_wants_value, from.name.at, {{"name", field.name}});
    } else if (from.is_table) {
        records(from, made, field.type.index);
    } else if (is_list && !from.value.nothing && !from.value.unknown) {
        exprs_.report(Code::given_wants_records, from.value.at, {{"name", field.name}});
    } else {
        made.literal = value(from.value, field);
    }
}

/// `given apps = "CRM", "Email"`
void GivenChecker::plain_list(const ast::Given& from, Given& made, const Field& field) {
    if (from.is_table) {
        exprs_.report(Code::given_wants_value, from.name.at, {{"name", field.name}});
        return;
    }
    if (from.value.nothing || from.value.unknown) {
        made.literal = value(from.value, field);
        return;
    }
    Field item = program_.records[field.type.index].fields.front();
    item.label = field.label;
    made.rows = static_cast<Index>(from.value.values.size());
    made.literal = keep(Value::of(ListRef{field.type.index, 0, made.rows, false}));
    made.columns = {0};
    for (const ast::Index one : from.value.values) {
        made.cells.push_back(single(one, item));
    }
}

// ---- records -----------------------------------------------------------------------------------

void GivenChecker::records(const ast::Given& from, Given& made, Index record) {
    const RecordType& type = program_.records[record];
    const std::vector<Index> fields = columns(from, type);
    if (from.rows.empty()) {
        exprs_.report(Code::given_no_rows, from.name.at, {{"name", from.name.text}});
    }
    made.literal = keep(Value::of(ListRef{record, 0, static_cast<Index>(from.rows.size()), false}));
    made.rows = static_cast<Index>(from.rows.size());
    made.columns = fields;
    for (std::size_t i = 0; i < from.rows.size(); ++i) {
        const std::vector<ast::GivenValue>& row = from.rows[i];
        if (row.size() != fields.size()) {
            exprs_.report(Code::cell_count, from.row_at[i],
                          {{"found", std::to_string(row.size())},
                           {"expected", std::to_string(fields.size())}});
        }
        for (std::size_t cell = 0; cell < fields.size(); ++cell) {
            const bool given = cell < row.size() && fields[cell] != none;
            made.cells.push_back(given ? value(row[cell], type.fields[fields[cell]]) : none);
        }
    }
    refuse_equal_keys(from, made);
}

std::vector<Index> GivenChecker::columns(const ast::Given& from, const RecordType& record) {
    const IndexById known = by_id(record.fields, &Field::name);
    std::vector<Index> fields;
    std::map<Index, Span> first_at;
    for (const ast::Word& column : from.columns) {
        const auto field = known.find(column.text);
        fields.push_back(field == known.end() ? none : field->second);
        if (field == known.end()) {
            exprs_.report_unknown(column, "field", ids_of(known),
                                  named_otherwise(column.text, record.fields));
            continue;
        }
        const auto [first, fresh] = first_at.emplace(field->second, column.at);
        if (!fresh) {
            exprs_.report_twice(column, first->second);
        } else if (record.fields[field->second].type.kind == TypeKind::list) {
            exprs_.report(Code::given_nested_list, column.at, {{"name", column.text}});
            fields.back() = none;
        }
    }
    return fields;
}

/// As in facts that are read: other facts refer to the records of this list by a key.
void GivenChecker::refuse_equal_keys(const ast::Given& from, const Given& made) {
    for (const Reference& to : program_.references) {
        const auto column = std::find(made.columns.begin(), made.columns.end(), to.key);
        if (to.fact != made.fact || column == made.columns.end()) {
            continue;
        }
        const Field& key = program_.records[to.record].fields[to.key];
        const auto at = static_cast<std::size_t>(column - made.columns.begin());
        std::set<std::string> seen;
        for (std::size_t row = 0; row < made.rows; ++row) {
            const Index literal = made.cells[row * made.columns.size() + at];
            if (literal == none) {
                continue;
            }
            const std::string text = key_text(program_, suite_.literals[literal], key.type);
            if (!seen.insert(text).second) {
                exprs_.report(Code::key_twice, from.rows[row][at].at,
                              {{"list", from.name.text}, {"key", key.name}, {"found", text}});
            }
        }
    }
}

// ---- values ------------------------------------------------------------------------------------

Index GivenChecker::keep(const Value& value) {
    suite_.literals.push_back(value);
    return static_cast<Index>(suite_.literals.size() - 1);
}

Index GivenChecker::value(const ast::GivenValue& from, const Field& field) {
    if (from.broken) {
        return none;
    }
    if (from.unknown || from.nothing) {
        const bool choice =
            field.type.kind == TypeKind::choice || field.type.kind == TypeKind::choices;
        const std::string found = from.unknown ? "unknown" : "nothing";
        const auto is_found = [&](const Choice& member) { return member.name == found; };
        const auto members = choice ? std::span(program_.choice_sets[field.type.index].choices)
                                    : std::span<const Choice>();
        if (std::any_of(members.begin(), members.end(), is_found)) {
            exprs_.report(Code::given_ambiguous, from.at, {{"found", found}, {"name", field.name}});
            return none;
        }
    }
    if (from.unknown) {
        if (field.default_literal != none) {
            exprs_.report(Code::given_never_unknown, from.at, {{"name", field.name}});
        }
        return none;
    }
    if (from.nothing) {
        return nothing(from, field);
    }
    if (field.type.kind == TypeKind::choices) {
        return choices(from, field);
    }
    if (from.values.size() > 1) {
        exprs_.report(Code::given_several, from.at, {{"name", field.name}});
        return none;
    }
    return from.values.empty() ? none : single(from.values.front(), field);
}

Index GivenChecker::nothing(const ast::GivenValue& from, const Field& field) {
    if (field.type.kind == TypeKind::list) {
        return keep(Value::of(ListRef{field.type.index, 0, 0, false}));
    }
    if (field.type.kind == TypeKind::choices) {
        return keep(Value::of(Mask{0, 0}));
    }
    exprs_.report(Code::given_nothing, from.at, {{"name", field.name}});
    return none;
}

Index GivenChecker::choices(const ast::GivenValue& from, const Field& field) {
    if (from.values.empty()) {
        return none;
    }
    Mask all;
    for (const ast::Index item : from.values) {
        const Index literal = single(item, field);
        if (literal == none) {
            return none;
        }
        all.surely |= suite_.literals[literal].mask.surely;
    }
    all.maybe = all.surely;
    return keep(Value::of(all));
}

/// A reference is given as the key that it holds.
Index GivenChecker::item(ast::Index from, const Field& field) {
    const Reference& to = program_.references[field.type.index];
    Field key = program_.records[to.record].fields[to.key];
    key.label = field.label;
    const Index literal = single(from, key);
    if (literal == none) {
        return none;
    }
    ItemRef item;
    item.known = true;
    item.key = suite_.texts.emplace_back(key_text(program_, suite_.literals[literal], key.type));
    return keep(Value::of(item));
}

Index GivenChecker::single(ast::Index from, const Field& field) {
    if (field.type.kind == TypeKind::item) {
        return item(from, field);
    }
    const bool of_choices = field.type.kind == TypeKind::choices;
    const Type wanted = of_choices ? Type{TypeKind::choice, field.type.index} : field.type;
    if (const std::optional<Index> literal = word(exprs_.written(from), field)) {
        return *literal;
    }
    const std::size_t before = exprs_.faults();
    const Index checked = exprs_.check(from, Context::constant, wanted);
    if (checked == none || exprs_.faults() > before) {
        return none;
    }
    const Expr& expr = suite_.exprs[checked];
    if (!fits(expr.type, wanted)) {
        exprs_.report_wrong_type(expr.at, expr.type, wanted);
        return none;
    }
    const bool negative = expr.op == Op::minus && suite_.exprs[expr.a].op == Op::literal;
    if (expr.op != Op::literal && !negative) {
        exprs_.report(Code::name_for_value, expr.at,
                      {{"name", on_one_line(suite_.source.text(expr.at))},
                       {"hint", "write what it comes to"}});
        return none;
    }
    const Index literal =
        negative ? keep(Value::of(negate(suite_.literals[suite_.exprs[expr.a].index].range.low)))
                 : expr.index;
    return within_bounds(literal, field, expr.at) ? literal : none;
}

/// `never`, and `other` of a choice that is open.
std::optional<Index> GivenChecker::word(const ast::Expr& from, const Field& field) {
    if (from.form != ast::Form::path) {
        return std::nullopt;
    }
    if (field.type.kind == TypeKind::date && from.word.text == "never") {
        if (!field.or_never) {
            exprs_.report(Code::never_here, from.at,
                          {{"label", field.label}, {"write", "unknown"}});
            return none;
        }
        return keep(Value::of(DateRange{Date::max(), Date::max(), true, true}));
    }
    if (field.type.kind == TypeKind::text) {
        exprs_.report(Code::name_for_value, from.at,
                      {{"name", from.word.text}, {"hint", "write a text in quotes"}});
        return none;
    }
    if (field.type.kind != TypeKind::choice && field.type.kind != TypeKind::choices) {
        return std::nullopt;
    }
    const ChoiceSet& set = program_.choice_sets[field.type.index];
    const bool is_choice = std::any_of(set.choices.begin(), set.choices.end(),
                                       [&](const Choice& c) { return c.name == from.word.text; });
    if (from.word.text != "other" || !set.or_other || is_choice) {
        return std::nullopt;
    }
    const std::uint64_t bit = std::uint64_t{1} << set.choices.size();
    return keep(Value::of(Mask{bit, bit}));
}

bool GivenChecker::within_bounds(Index literal, const Field& field, Span at) {
    const Value& value = suite_.literals[literal];
    if (value.form != Value::Form::range) {
        return true;
    }
    const bool below = field.at_least && value.range.low < *field.at_least;
    const bool above = field.at_most && value.range.low > *field.at_most;
    if (!below && !above) {
        return true;
    }
    const Number& bound = below ? *field.at_least : *field.at_most;
    const Checked hundred = mul(bound, Number(100));
    exprs_.report(Code::out_of_bounds, at,
                  {{"found", std::string(suite_.source.text(at))},
                   {"label", field.label},
                   {below ? "least" : "most", field.type.kind == TypeKind::percent && hundred
                                                  ? hundred.value.to_string() + "%"
                                                  : bound.to_string()}});
    return false;
}

} // namespace rung
