#include "interpreter/check_table.hpp"

#include "interpreter/ranges.hpp"

#include <algorithm>
#include <map>

namespace rung {

namespace {

/// Every two rows are compared.
constexpr std::size_t max_rows = 10'000;

bool is_name(const ast::Expr& expr) { return expr.form == ast::Form::path; }
bool is_choice(Type type) { return type.kind == TypeKind::choice || type.kind == TypeKind::tier; }

bool is_in(const Value& value, const std::vector<Value>& cell) {
    return std::any_of(cell.begin(), cell.end(), [&](const Value& other) {
        return value.form == Value::Form::mask ? (value.mask.maybe & other.mask.maybe) != 0
                                               : equal(value, other) == Truth::yes;
    });
}

bool may_meet(const std::vector<Value>& a, const std::vector<Value>& b) {
    return a.empty() || b.empty() ||
           std::any_of(a.begin(), a.end(), [&](const Value& value) { return is_in(value, b); });
}

/// Whether all of `a` is in `b`.
bool is_part(const std::vector<Value>& a, const std::vector<Value>& b) {
    return std::all_of(a.begin(), a.end(), [&](const Value& value) {
        const bool masks = value.form == Value::Form::mask && !b.empty();
        return masks ? (value.mask.maybe & ~b.front().mask.maybe) == 0 : is_in(value, b);
    });
}

bool same_cell(const std::vector<Value>& a, const std::vector<Value>& b) {
    return a.empty() == b.empty() && is_part(a, b) && is_part(b, a);
}

/// The type of both, `error` where there is none.
Type common(Type a, Type b) {
    return a.kind == TypeKind::error ? b : fits(a, b) ? b : fits(b, a) ? a : Type{};
}

} // namespace

void TableChecker::refuse(Span at, std::string hint) {
    exprs_.report(Code::look_up_cell, at,
                  {{"found", std::string(model_.source.text(at))}, {"hint", std::move(hint)}});
}

// ---- plain values ------------------------------------------------------------------------------

std::optional<std::pair<Value, Type>> TableChecker::constant(ast::Index expr, Type wanted) {
    const ast::Expr& from = file_.exprs[expr];
    if (is_name(from) && wanted.kind != TypeKind::choice && wanted.kind != TypeKind::tier) {
        exprs_.report(Code::name_for_value, from.at,
                      {{"name", from.word.text},
                       {"hint", from.word.text.starts_with("each_") ? "write `each further 1`"
                                                                    : "a text stands in quotes"}});
        return std::nullopt;
    }
    const Index checked = exprs_.check(expr, Context::constant, wanted);
    if (checked == none) {
        return std::nullopt;
    }
    const Expr& node = model_.exprs[checked];
    const bool is_minus = node.op == Op::minus && model_.exprs[node.a].op == Op::literal;
    if (node.op != Op::literal && !is_minus) {
        exprs_.report(Code::name_for_value, from.at,
                      {{"name", std::string(model_.source.text(from.at))}});
        return std::nullopt;
    }
    if (is_minus) {
        return std::pair{negated(model_.literals[model_.exprs[node.a].index]), node.type};
    }
    return std::pair{model_.literals[node.index], node.type};
}

std::optional<Value> TableChecker::constant_of(ast::Index expr, Type wanted) {
    const auto found = constant(expr, wanted);
    if (!found) {
        return std::nullopt;
    }
    const bool both_plain = is_plain(found->second.kind) && is_plain(wanted.kind);
    if (!both_plain && !fits(found->second, wanted)) {
        exprs_.report_wrong_type(file_.exprs[expr].at, found->second, wanted);
        return std::nullopt;
    }
    return found->first;
}

// ---- columns -----------------------------------------------------------------------------------

void TableChecker::declare(const ast::LookUpTable& from, std::vector<const ast::Row*> rows) {
    Pending pending;
    pending.from = &from;
    pending.rows = std::move(rows);
    LookUpTable table;
    table.name = from.name.text;
    table.label = from.label.given ? from.label.value : spaced(table.name);
    table.at = from.name.at;
    if (pending.rows.size() > max_rows) {
        exprs_.report(
            Code::too_many_rows, from.name.at,
            {{"limit", std::to_string(max_rows)}, {"found", std::to_string(pending.rows.size())}});
        pending.rows.clear();
    }
    columns(pending, table);
    value_types(pending, table);
    model_.tables.push_back(std::move(table));
    pending_.push_back(std::move(pending));
}

void TableChecker::columns(Pending& pending, LookUpTable& table) {
    const std::vector<ast::Word>& names = pending.from->table.columns;
    const std::size_t before = faults_.size();
    std::map<std::pair<bool, std::string>, Span> first_at;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string& kind = pending.from->kinds[i].text;
        const bool is_key = !kind.empty();
        if (const auto [first, fresh] =
                first_at.emplace(std::pair{is_key, names[i].text}, names[i].at);
            !fresh) {
            faults_.push_back({Code::given_twice,
                               names[i].at,
                               {{"name", names[i].text}},
                               {{NoteCode::first_given, first->second, {}}},
                               {}});
        }
        if (!is_key) {
            table.values.push_back({names[i].text, {}});
            pending.values.push_back(i);
            continue;
        }
        const KeyMatch match = kind == "for"    ? KeyMatch::equal
                               : kind == "from" ? KeyMatch::from
                                                : KeyMatch::up_to;
        if (match != KeyMatch::equal && pending.bounds != no_bounds) {
            exprs_.report(Code::look_up_columns, names[i].at,
                          {{"second", names[i].text},
                           {"hint", "a table has one column with `from` or `up to`"}});
        } else if (match != KeyMatch::equal) {
            pending.bounds = table.keys.size();
        }
        table.keys.push_back({names[i].text, match, {}});
        pending.keys.push_back(i);
    }
    for (const bool keys : {true, false}) {
        if (!names.empty() && (keys ? table.keys.empty() : table.values.empty())) {
            exprs_.report(
                Code::look_up_columns, join(names.front().at, names.back().at),
                {{"table", table.name},
                 {"missing", keys ? "keys" : "values"},
                 {"hint", keys ? "the header of a key begins with `for`, `from` or `up to`"
                               : "the header of what is looked up is a plain name"}});
        }
    }
    if (faults_.size() > before) { // what its columns mean is not clear, so nothing more is said
        table.keys.clear();
        table.values.clear();
        pending.rows.clear();
    }
}

void TableChecker::value_types(const Pending& pending, LookUpTable& table) {
    for (std::size_t i = 0; i < table.values.size(); ++i) {
        Type& type = table.values[i].type;
        for (const ast::Row* row : pending.rows) {
            const ast::Cell& cell = row->cells[pending.values[i]];
            if (cell.exprs.size() != 1) {
                continue;
            }
            const ExprChecker::Mark mark = exprs_.mark();
            const auto found = constant(cell.exprs.front(), {});
            exprs_.take_back(mark);
            const Type both = found ? common(type, found->second) : type;
            type = both.kind == TypeKind::error ? type : both;
        }
        if (type.kind == TypeKind::error) {
            refuse_untyped(pending, i);
        }
    }
}

/// A column without a value has no type, so nothing can be looked up in it. Where something else is wrong with
/// the table, that is said alone.
void TableChecker::refuse_untyped(const Pending& pending, std::size_t value) {
    const Span table = pending.from->at;
    const bool said = std::any_of(faults_.begin(), faults_.end(), [&](const Fault& fault) {
        return table.begin <= fault.where.begin && fault.where.begin <= table.end;
    });
    if (!said) {
        const ast::Word& column = pending.from->table.columns[pending.values[value]];
        exprs_.report(Code::empty_cell, column.at,
                      {{"column", "`" + column.text + "`"},
                       {"hint", "write what is looked up in one row at least"}});
    }
}

/// The measures that a key column of this name may be typed by.
std::vector<Definition> TableChecker::measures_called(const std::string& name) const {
    std::vector<Definition> found;
    if (const auto measure = names_.measures.find(name); measure != names_.measures.end()) {
        found.push_back({Definition::Kind::measure, measure->second});
    }
    for (const auto& measures : names_.record_measures) {
        if (const auto measure = measures.find(name); measure != measures.end()) {
            found.push_back({Definition::Kind::record_measure, measure->second});
        }
    }
    return found;
}

/// The types of whatever has this name and can be a key.
std::vector<Type> TableChecker::types_called(const std::string& name) const {
    std::vector<Type> types;
    const auto add = [&](Type type) {
        if (type.kind == TypeKind::choices) {
            type.kind = TypeKind::choice;
        }
        const bool can_be_key = type.kind != TypeKind::list && type.kind != TypeKind::window;
        if (can_be_key && std::find(types.begin(), types.end(), type) == types.end()) {
            types.push_back(type);
        }
    };
    if (const auto fact = names_.facts.find(name); fact != names_.facts.end()) {
        add(model_.facts[fact->second].type);
    }
    for (Index ladder = 0; name == "tier" && ladder < model_.ladders.size(); ++ladder) {
        add({TypeKind::tier, ladder});
    }
    if (const auto paths = names_.paths.find(name); paths != names_.paths.end()) {
        add({TypeKind::choice, model_.paths[paths->second].choice_set});
    }
    if (name == "review_date") {
        add({TypeKind::date, 0});
    }
    for (const Definition& measure : measures_called(name)) {
        const bool of_record = measure.kind == Definition::Kind::record_measure;
        add((of_record ? model_.record_measures : model_.measures)[measure.index].type);
    }
    for (const RecordType& record : model_.records) {
        for (const Field& field : record.fields) {
            if (field.name == name) {
                add(field.type);
            }
        }
    }
    if (types.empty() && names_.broken.contains(name)) {
        types.emplace_back();
    }
    return types;
}

bool TableChecker::cells_fit(const Pending& pending, std::size_t key, Type type) {
    const ExprChecker::Mark mark = exprs_.mark();
    bool all = true;
    for (const ast::Row* row : pending.rows) {
        const ast::Cell& cell = row->cells[pending.keys[key]];
        for (const ast::Index expr : cell.exprs) {
            all &= !cell.group.text.empty() || constant_of(expr, type).has_value();
        }
    }
    exprs_.take_back(mark);
    return all;
}

/// Of what the column is named like; where fields of several types are, the first that its cells fit;
/// where nothing is, that of its cells.
Type TableChecker::type_of_keys(const Pending& pending, std::size_t key, const KeyColumn& column) {
    const std::vector<Type> named = types_called(column.name);
    if (!named.empty()) {
        const auto fitting = std::find_if(named.begin(), named.end(), [&](Type type) {
            return named.size() == 1 || cells_fit(pending, key, type);
        });
        return fitting == named.end() ? named.front() : *fitting;
    }
    Type type;
    for (const ast::Row* row : pending.rows) {
        const ast::Cell& cell = row->cells[pending.keys[key]];
        for (const ast::Index expr : cell.exprs) {
            const ExprChecker::Mark mark = exprs_.mark();
            const auto found =
                cell.group.text.empty() ? constant(expr, {}) : decltype(constant(expr, {})){};
            exprs_.take_back(mark);
            const Type both = found ? common(type, found->second) : type;
            type = both.kind == TypeKind::error ? type : both;
        }
    }
    return type;
}

// ---- rows --------------------------------------------------------------------------------------

std::optional<Definition> TableChecker::finish(Index index) {
    const Pending& pending = pending_[index];
    for (const KeyColumn& column : model_.tables[index].keys) {
        for (const Definition& measure : measures_called(column.name)) {
            if (!exprs_.is_settled(measure)) {
                return measure;
            }
        }
    }
    LookUpTable table = model_.tables[index];
    for (std::size_t i = 0; i < table.keys.size(); ++i) {
        table.keys[i].type = type_of_keys(pending, i, table.keys[i]);
        const Type type = table.keys[i].type;
        if (type.kind == TypeKind::error && !types_called(table.keys[i].name).empty()) {
            model_.tables[index]
                .keys.clear(); // what its keys are could not be told, which was said
            return std::nullopt;
        }
        if (i == pending.bounds && type.kind != TypeKind::error && !has_order(type.kind)) {
            const ast::Word& name = pending.from->table.columns[pending.keys[i]];
            exprs_.report(Code::look_up_columns, name.at,
                          {{"bounds", name.text},
                           {"type", in_words(model_, type)},
                           {"hint", "write `for " + name.text + "`"}});
            model_.tables[index].keys.clear();
            return std::nullopt;
        }
    }
    const std::size_t before = faults_.size();
    std::vector<LookUpRow> further;
    for (const ast::Row* row : pending.rows) {
        add_row(pending, table, *row, further);
    }
    refuse_overlaps(pending, table, table.rows);
    if (faults_.size() == before) { // a row that is missing may be the one to go on from
        extend(pending, table, further);
    }
    put_in_order(pending, table);
    model_.tables[index] = std::move(table);
    return std::nullopt;
}

TableChecker::RowKind TableChecker::kind_of(const ast::Row& row) {
    for (const ast::Cell& cell : row.cells) {
        if (cell.group) {
            return cell.group.text == "each" ? RowKind::further : RowKind::otherwise;
        }
    }
    return RowKind::plain;
}

void TableChecker::add_row(const Pending& pending, LookUpTable& table, const ast::Row& row,
                           std::vector<LookUpRow>& further) {
    const RowKind kind = kind_of(row);
    LookUpRow made;
    made.at = row.at;
    made.keys_at = join(row.cells[pending.keys.front()].at, row.cells[pending.keys.back()].at);
    made.keys.resize(table.keys.size());
    bool understood = value_cells(pending, table, row, made);
    if (kind == RowKind::otherwise) {
        understood &= otherwise_cells(pending, row);
    } else {
        understood &= key_cells(pending, table, row, made);
    }
    if (kind == RowKind::further) {
        understood &= unit(pending, table, row, made);
    } else if (kind == RowKind::plain && pending.bounds != no_bounds) {
        understood &= bound(pending, table, row, made);
    }
    if (!understood) {
        return;
    }
    if (kind == RowKind::further) {
        further.push_back(std::move(made));
    } else if (kind == RowKind::plain) {
        table.rows.push_back(std::move(made));
    } else if (table.otherwise) {
        faults_.push_back({Code::given_twice,
                           row.at,
                           {{"name", "otherwise"}},
                           {{NoteCode::first_given, table.otherwise->at, {}}},
                           {}});
    } else {
        table.otherwise = std::move(made);
    }
}

/// The cells with `for`.
bool TableChecker::key_cells(const Pending& pending, const LookUpTable& table, const ast::Row& row,
                             LookUpRow& made) {
    bool understood = true;
    for (std::size_t i = 0; i < table.keys.size(); ++i) {
        const ast::Cell& cell = row.cells[pending.keys[i]];
        if (i == pending.bounds) {
            continue;
        }
        if (cell.broken || cell.dash || cell.group) {
            if (!cell.broken) {
                refuse(cell.at, cell.dash ? "an empty cell matches anything"
                                          : "`each further` stands in a column with `from`");
            }
            understood = false;
            continue;
        }
        for (const ast::Index expr : cell.exprs) {
            const std::optional<Value> value = constant_of(expr, table.keys[i].type);
            understood &= value.has_value();
            if (!value) {
                continue;
            }
            std::vector<Value>& key = made.keys[i];
            if (is_choice(table.keys[i].type) && !key.empty()) {
                key.front().mask.maybe |= value->mask.maybe;
                key.front().mask.surely = key.front().mask.maybe;
            } else {
                key.push_back(*value);
            }
        }
    }
    return understood;
}

bool TableChecker::bound(const Pending& pending, const LookUpTable& table, const ast::Row& row,
                         LookUpRow& made) {
    const ast::Cell& cell = row.cells[pending.keys[pending.bounds]];
    const KeyColumn& column = table.keys[pending.bounds];
    if (cell.broken) {
        return false;
    }
    if (cell.dash || cell.exprs.size() > 1) {
        refuse(cell.at, "write one bound");
        return false;
    }
    if (cell.exprs.empty()) {
        exprs_.report(Code::empty_cell, cell.at,
                      {{"column", "`" + column.name + "`"},
                       {"hint", "write a bound; a row for all else begins with `otherwise`"}});
        return false;
    }
    const std::optional<Value> value = constant_of(cell.exprs.front(), column.type);
    if (value) {
        made.keys[pending.bounds].push_back(*value);
    }
    return value.has_value();
}

/// `each further $50K`
bool TableChecker::unit(const Pending& pending, const LookUpTable& table, const ast::Row& row,
                        LookUpRow& made) {
    const bool has_from =
        pending.bounds != no_bounds && table.keys[pending.bounds].match == KeyMatch::from;
    const ast::Cell* cell = has_from ? &row.cells[pending.keys[pending.bounds]] : nullptr;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const bool is_for_key = is_key(pending, i) &&
                                (pending.bounds == no_bounds || i != pending.keys[pending.bounds]);
        if (row.cells[i].group && &row.cells[i] != cell) {
            if (!is_for_key) { // of those with `for`, it was told
                refuse(row.cells[i].at, "`each further` stands in a column with `from`");
            }
            return false;
        }
    }
    if (cell == nullptr || cell->broken || cell->exprs.empty()) {
        return false;
    }
    const ast::Expr& written = file_.exprs[cell->exprs.front()];
    if (is_name(written)) { // `each further member`
        exprs_.report(Code::name_for_value, written.at,
                      {{"name", written.word.text}, {"hint", "write `each further 1`"}});
        return false;
    }
    const Type type = table.keys[pending.bounds].type;
    const Type wanted = type.kind == TypeKind::date ? Type{TypeKind::days, 0} : type;
    if (!is_figure(wanted.kind)) {
        refuse(cell->at, "`each further` goes on from a figure or a date");
        return false;
    }
    const std::optional<Value> value = constant_of(cell->exprs.front(), wanted);
    if (value && value->range.low.sign() <= 0) {
        refuse(cell->at, "write a figure above zero");
        return false;
    }
    if (value) {
        made.further = Further{*value, made.values};
    }
    return value.has_value();
}

/// `otherwise` stands first, and the other keys are anything.
bool TableChecker::otherwise_cells(const Pending& pending, const ast::Row& row) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const ast::Cell& cell = row.cells[i];
        const bool first = i == pending.keys.front();
        if (!first && (cell.group || (is_key(pending, i) && !cell.empty))) {
            refuse(cell.at, "`otherwise` stands in the first key, and the other keys are empty");
            return false;
        }
    }
    return true;
}

bool TableChecker::is_key(const Pending& pending, std::size_t column) {
    return std::find(pending.keys.begin(), pending.keys.end(), column) != pending.keys.end();
}

bool TableChecker::value_cells(const Pending& pending, const LookUpTable& table,
                               const ast::Row& row, LookUpRow& made) {
    bool understood = true;
    for (std::size_t i = 0; i < table.values.size(); ++i) {
        const ast::Cell& cell = row.cells[pending.values[i]];
        std::optional<Value>& value = made.values.emplace_back();
        understood &= !cell.broken;
        if (cell.broken || cell.dash || cell.empty || cell.group) {
            continue; // a word of a key in a value is told with the keys
        }
        const Type type = table.values[i].type;
        if (cell.exprs.size() > 1) {
            refuse(cell.at, "write one value");
        } else if (kind_of(row) == RowKind::further && !is_figure(type.kind)) {
            refuse(cell.at, "`each further` adds to figures alone: write `-`");
        } else {
            value = constant_of(cell.exprs.front(), type);
        }
        understood &= value.has_value();
    }
    return understood;
}

// ---- the rows together -------------------------------------------------------------------------

/// What goes on from the last bound is kept with the row of that bound.
void TableChecker::extend(const Pending& pending, LookUpTable& table,
                          std::vector<LookUpRow>& further) {
    for (LookUpRow& last : further) {
        LookUpRow* base = nullptr;
        for (LookUpRow& row : table.rows) {
            if (same_keys(pending, row, last) &&
                (base == nullptr || less(base->keys[pending.bounds].front(),
                                         row.keys[pending.bounds].front()) == Truth::yes)) {
                base = &row;
            }
        }
        if (base == nullptr) {
            exprs_.report(Code::further_without_bound, last.at, {{"table", table.name}});
        } else if (base->further) {
            const auto first =
                std::find_if(further.begin(), further.end(), [&](const LookUpRow& other) {
                    return same_keys(pending, other, last);
                });
            report_overlap(table, last, *first);
        } else {
            base->further = std::move(last.further);
        }
    }
}

bool TableChecker::overlap(const Pending& pending, const LookUpRow& a, const LookUpRow& b) {
    bool same_empty = true;
    std::ptrdiff_t empty = 0;
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
        if (i == pending.bounds) {
            continue;
        }
        if (!may_meet(a.keys[i], b.keys[i])) {
            return false;
        }
        same_empty &= a.keys[i].empty() == b.keys[i].empty();
        empty += (a.keys[i].empty() ? 1 : 0) - (b.keys[i].empty() ? 1 : 0);
    }
    if (empty != 0) {
        return false; // the one with fewer empty cells wins
    }
    return !same_empty || pending.bounds == no_bounds ||
           equal(a.keys[pending.bounds].front(), b.keys[pending.bounds].front()) == Truth::yes;
}

void TableChecker::refuse_overlaps(const Pending& pending, const LookUpTable& table,
                                   const std::vector<LookUpRow>& rows) {
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto other =
            std::find_if(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(i),
                         [&](const LookUpRow& row) { return overlap(pending, row, rows[i]); });
        if (other != rows.begin() + static_cast<std::ptrdiff_t>(i)) {
            report_overlap(table, rows[i], *other);
        }
    }
}

void TableChecker::report_overlap(const LookUpTable& table, const LookUpRow& row,
                                  const LookUpRow& other) {
    faults_.push_back({Code::rows_overlap,
                       row.at,
                       {{"table", table.name}},
                       {{NoteCode::other_row, other.at, {}}},
                       {}});
}

/// But for the bounds.
bool TableChecker::same_keys(const Pending& pending, const LookUpRow& a, const LookUpRow& b) {
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
        if (i != pending.bounds && !same_cell(a.keys[i], b.keys[i])) {
            return false;
        }
    }
    return true;
}

/// Fewer empty cells first; under the same, the greatest bound with `from`, the smallest with `up to`.
void TableChecker::put_in_order(const Pending& pending, LookUpTable& table) {
    const auto empty = [&](const LookUpRow& row) {
        return std::count_if(row.keys.begin(), row.keys.end(),
                             [](const std::vector<Value>& cell) { return cell.empty(); });
    };
    std::stable_sort(table.rows.begin(), table.rows.end(),
                     [&](const LookUpRow& a, const LookUpRow& b) {
                         if (empty(a) != empty(b) || pending.bounds == no_bounds) {
                             return empty(a) < empty(b);
                         }
                         const Value& left = a.keys[pending.bounds].front();
                         const Value& right = b.keys[pending.bounds].front();
                         const bool from = table.keys[pending.bounds].match == KeyMatch::from;
                         return less(from ? right : left, from ? left : right) == Truth::yes;
                     });
    if (pending.bounds == no_bounds) {
        return;
    }
    for (std::size_t i = 1; i < table.rows.size(); ++i) {
        for (std::size_t better = i; better-- > 0 && table.rows[i].better == none;) {
            if (same_keys(pending, table.rows[i], table.rows[better])) {
                table.rows[i].better = static_cast<Index>(better);
            }
        }
    }
}

} // namespace rung
