// Checks the forms that make lists of lists: the largest ones, groups; and the days that records cover.
#include "interpreter/check_expr.hpp"

#include <algorithm>

namespace rung {

namespace {

/// What records can be told apart by: one value, and not a window or a list.
bool is_value(TypeKind kind) {
    return kind == TypeKind::error || kind == TypeKind::yes_no || is_figure(kind) ||
           is_dated(kind) || kind == TypeKind::text || kind == TypeKind::choice ||
           kind == TypeKind::choices || kind == TypeKind::item;
}

/// "deal.region" is called "region".
std::string_view last_name(std::string_view path) {
    return path.substr(path.find_last_of('.') + 1);
}

} // namespace

bool ExprChecker::refuse_no_value(Index item) {
    if (is_value(type_of(item).kind)) {
        return false;
    }
    report_wrong_type(model_.exprs[item].at, type_of(item), "a value", "");
    return true;
}

/// A list, or none (reported).
Index ExprChecker::list_operand(ast::Index index) {
    const Index list = expr(index);
    if (list == none || type_of(list).kind == TypeKind::list) {
        return list;
    }
    report(Code::wrong_type, model_.exprs[list].at,
           {{"found", words_at(list)},
            {"found_type", in_words(model_, type_of(list))},
            {"wanted", "a list"}});
    return none;
}

/// Until `leave`, names mean the fields of the list's records. Groups keep the name that they were given
/// where they were made.
Aggregate ExprChecker::enter(Index list, const std::string& as) {
    Aggregate aggregate;
    aggregate.list = list;
    aggregate.record = type_of(list).index;
    aggregate.scope = static_cast<Index>(scopes_.size());
    const RecordType& record = model_.records[aggregate.record];
    const bool named_there = as.empty() && record.group && model_.exprs[list].op != Op::measure &&
                             model_.exprs[list].op != Op::record_measure;
    aggregate.as = named_there ? record.as : as;
    scopes_.push_back({aggregate.record, aggregate.as});
    model_.scopes = std::max(model_.scopes, static_cast<Index>(scopes_.size()));
    return aggregate;
}

/// The condition of a `where`; none where there is none, or it was not understood (`understood`).
Index ExprChecker::where_of(const ast::Expr& from, bool& understood) {
    if (from.c == ast::none) {
        return none;
    }
    ++where_depth_;
    const Index where = condition(from.c);
    --where_depth_;
    understood &= where != none;
    return where;
}

Index ExprChecker::made_aggregate(Aggregate aggregate, Type type, Span at) {
    model_.aggregates.push_back(std::move(aggregate));
    return made(Op::aggregate, type, at, none, none, none,
                static_cast<Index>(model_.aggregates.size() - 1));
}

Index ExprChecker::percent_of_percentile(const ast::Expr& from) {
    const Index percent = expr(from.operands.front(), {TypeKind::whole, 0});
    if (percent == none) {
        return none;
    }
    const Expr& node = model_.exprs[percent];
    const Range range =
        model_.literals[node.index].range; // the grammar has nothing but a number here
    if (node.type.kind != TypeKind::whole || range.low < Number(1) || range.low > Number(100)) {
        report_wrong_type(node.at, node.type, "a whole number from 1 through 100",
                          node.type.kind == TypeKind::percent ? "write it without the `%`" : "");
        return none;
    }
    return percent;
}

/// `largest 3 of LIST where C by X`
Index ExprChecker::ranked(const ast::Expr& from) {
    const Index count = from.operands.empty() ? none : whole_operand(from.operands.front());
    const Index list = list_operand(from.a);
    if (list == none) {
        return none;
    }
    if (!item_has_name(from, list)) {
        return none;
    }
    Aggregate aggregate = enter(list, from.as.text);
    aggregate.kind =
        from.word.text == "largest" ? AggregateKind::largest_of : AggregateKind::smallest_of;
    bool understood = count != none;
    aggregate.count = count;
    aggregate.where = where_of(from, understood);
    ++where_depth_;
    aggregate.item = expr(from.b);
    --where_depth_;
    scopes_.pop_back();
    if (aggregate.item == none || !understood) {
        return none;
    }
    const Type by = type_of(aggregate.item);
    if (!is_figure(by.kind) && !is_dated(by.kind) && by.kind != TypeKind::error) {
        report_wrong_type(model_.exprs[aggregate.item].at, by, "a figure or a date", "");
        return none;
    }
    const Type type = type_of(list);
    return made_aggregate(std::move(aggregate), type, from.at);
}

/// `groups of LIST by KEY as G where C`. The condition is about groups, so with one this is a list of some
/// of the groups.
Index ExprChecker::groups(const ast::Expr& from) {
    const Index list = list_operand(from.a);
    if (list == none) {
        return none;
    }
    const bool plain = model_.records[type_of(list).index].plain;
    if (plain && !names_item(from.b)) {
        report(Code::nameless_item, model_.exprs[list].at,
               {{"list", words_at(list)}, {"by", "one"}});
        return none;
    }
    // Plain values are grouped by themselves: what stands behind `by` is what one is called.
    Aggregate keyed = enter(list, plain ? file_.exprs[from.b].word.text : "");
    keyed.kind = AggregateKind::groups;
    ++where_depth_;
    keyed.item = expr(from.b);
    --where_depth_;
    scopes_.pop_back();
    if (keyed.item == none || refuse_no_value(keyed.item)) {
        return none;
    }
    keyed.made_record = group_record(from, type_of(list), keyed.item);
    const Type type{TypeKind::list, keyed.made_record};
    const Index all = made_aggregate(std::move(keyed), type, from.at);
    if (from.c == ast::none) {
        return all;
    }
    Aggregate some = enter(all, from.as.text);
    some.kind = AggregateKind::list_of;
    bool understood = true;
    some.where = where_of(from, understood);
    scopes_.pop_back();
    return understood ? made_aggregate(std::move(some), type, from.at) : none;
}

/// What a group is: its key, and its records.
Index ExprChecker::group_record(const ast::Expr& from, Type list, Index item) {
    const ast::Expr& by = file_.exprs[from.b];
    Field key;
    key.name = by.form == ast::Form::path ? last_name(by.word.text) : "key";
    key.label = spaced(key.name);
    const Expr& node = model_.exprs[item];
    const bool plain = model_.records[list.index].plain;
    if (!plain && node.op == Op::field && node.a == scopes_.size()) {
        key.label = model_.records[list.index].fields[node.index].label;
    } else if (node.op == Op::through) {
        const Reference& to = model_.references[type_of(node.a).index];
        key.label = model_.records[to.record].fields[node.index].label;
    }
    key.type = node.type;
    key.or_never = node.type.kind == TypeKind::date;
    Field records;
    records.label = model_.records[list.index].label;
    records.type = list;
    RecordType group;
    group.name = "groups of " + items_in_words(model_, list);
    group.label = key.label;
    group.fields = {std::move(key), std::move(records)};
    group.group = true;
    group.as = from.as.text;
    group.at = from.at;
    model_.records.push_back(std::move(group));
    return static_cast<Index>(model_.records.size() - 1);
}

/// `G` is the list of a group's records.
Index ExprChecker::named_group(std::string_view name, Span at) {
    for (std::size_t i = scopes_.size(); i-- > 0;) {
        const RecordType& record = model_.records[scopes_[i].record];
        if (record.group && scopes_[i].as == name) {
            return made(Op::group_records, record.fields[1].type, at, static_cast<Index>(i));
        }
    }
    return none;
}

/// `G.KEY`
Index ExprChecker::key_of_group(std::size_t scope, std::string_view name, Span at) {
    const Field& key = model_.records[scopes_[scope].record].fields.front();
    return key.name == name ? made(Op::group_key, key.type, at, static_cast<Index>(scope)) : none;
}

/// What to write for a name that a group does not have; empty where no group is looked at.
std::string ExprChecker::group_hint(std::string_view name) const {
    for (std::size_t i = scopes_.size(); i-- > 0;) {
        const RecordType& record = model_.records[scopes_[i].record];
        if (!record.group || name.substr(0, name.find('.')) != scopes_[i].as) {
            if (record.group && name == record.fields.front().name && !scopes_[i].as.empty()) {
                return "write `" + scopes_[i].as + "." + std::string(name) + "`";
            }
            continue;
        }
        const std::string& as = scopes_[i].as;
        return "of a group there are `" + as + "." + record.fields.front().name +
               "`, what it is grouped by, and `" + as +
               "`, the list of its records: `sum of … in " + as + "`";
    }
    return "";
}

/// `days covered from A through B in LIST within WINDOW where C`
Index ExprChecker::covered(const ast::Expr& from) {
    const Index list = list_operand(from.a);
    const Index within =
        from.operands.size() < 2 ? none : as_window(expr(from.operands[1], {TypeKind::window, 0}));
    if (list == none || within == none) {
        return none;
    }
    if (!fits(type_of(within), {TypeKind::window, 0})) {
        report_wrong_type(model_.exprs[within].at, type_of(within), {TypeKind::window, 0});
        return none;
    }
    if (!item_has_name(from, list)) {
        return none;
    }
    Aggregate aggregate = enter(list, from.as.text);
    aggregate.kind = AggregateKind::days_covered;
    aggregate.within = within;
    aggregate.until = from.word.text == "until";
    aggregate.item = expr(from.b);
    aggregate.last_day = expr(from.operands.front());
    bool understood = aggregate.item != none && aggregate.last_day != none;
    aggregate.where = where_of(from, understood);
    scopes_.pop_back();
    if (!understood) {
        return none;
    }
    for (const Index day : {aggregate.item, aggregate.last_day}) {
        if (!fits(type_of(day), {TypeKind::date, 0})) {
            report_wrong_type(model_.exprs[day].at, type_of(day), {TypeKind::date, 0});
            return none;
        }
    }
    return made_aggregate(std::move(aggregate), {TypeKind::days, 0}, from.at);
}

} // namespace rung
