#include "interpreter/phrases.hpp"

#include "interpreter/figures.hpp"
#include "interpreter/words.hpp"

#include <array>
#include <bit>

#include <fmt/format.h>

namespace rung {

namespace {

/// Makes the records of an aggregate the ones in scope, as long as its parts are told.
class InScope {
public:
    InScope(std::vector<Index>& records, const Aggregate& aggregate)
        : slot_(records[aggregate.scope]), before_(slot_) {
        slot_ = aggregate.record;
    }
    InScope(const InScope&) = delete;
    InScope& operator=(const InScope&) = delete;
    ~InScope() { slot_ = before_; }

private:
    Index& slot_;
    Index before_;
};

bool is_named(Op op) {
    return op == Op::fact || op == Op::field || op == Op::measure || op == Op::record_measure ||
           op == Op::through;
}

bool compares(Op op) {
    return (op >= Op::equal && op <= Op::in_window) || op == Op::include_any ||
           op == Op::include_all;
}

/// A literal, or what the checker made of two: `trailing 2 years` is so many months.
std::optional<std::int64_t> constant(const Model& model, Index index) {
    const Expr& expr = model.exprs[index];
    if (expr.op == Op::literal && model.literals[expr.index].form == Value::Form::range) {
        return model.literals[expr.index].range.low.to_int64();
    }
    if (expr.op != Op::multiply) {
        return std::nullopt;
    }
    const std::optional<std::int64_t> a = constant(model, expr.a);
    const std::optional<std::int64_t> b = constant(model, expr.b);
    return a && b ? std::optional(*a * *b) : std::nullopt;
}

} // namespace

std::string phrase_of(const Model& model, Index expr, std::vector<Index> records) {
    const Wording& words = Wording::of(model.language.value_or(Language::en));
    return Phrases(model, words, std::move(records)).of(expr);
}

Phrases::Phrases(const Model& model, const Wording& words, Index record)
    : Phrases(model, words, std::vector<Index>{record}) {}

Phrases::Phrases(const Model& model, const Wording& words, std::vector<Index> records)
    : model_(model), words_(words), records_(std::move(records)) {
    records_.resize(model.scopes + 1, none);
}

std::string Phrases::of(Index expr) const {
    return expr == none ? std::string() : within(expr, Around::nothing);
}

std::string Phrases::of(const Value& value, Type type) const {
    return in_words(words_, rung::figure_of(model_, value, type));
}

// ---- parentheses -------------------------------------------------------------------------------

std::string Phrases::within(Index index, Around around) const {
    const Expr& expr = model_.exprs[index];
    std::string text = plain(expr);
    const bool is_joined = expr.op == Op::all_true || expr.op == Op::any_true;
    const bool is_long = expr.op == Op::aggregate || expr.op == Op::conditional ||
                         expr.op == Op::otherwise || expr.op == Op::round ||
                         expr.op == Op::at_most || expr.op == Op::at_least ||
                         expr.op == Op::look_up || expr.op == Op::by_path;
    const bool is_sum = expr.op == Op::add || expr.op == Op::subtract;
    const bool is_product = expr.op == Op::multiply || expr.op == Op::divide;
    const bool has_condition =
        expr.op == Op::aggregate && model_.aggregates[expr.index].where != none;
    const bool enclosed =
        (is_joined && around != Around::nothing) || (compares(expr.op) && around > Around::list) ||
        (is_long && around >= Around::sum) || (has_condition && around >= Around::condition) ||
        (is_sum && around >= Around::product) || (is_product && around >= Around::sign);
    return enclosed ? fmt::format("({})", text) : text;
}

std::vector<std::string> Phrases::operands(const Expr& expr, Around around) const {
    std::vector<std::string> texts;
    for (Index i = 0; i < expr.operand_count; ++i) {
        texts.push_back(within(model_.operands[expr.first_operand + i], around));
    }
    return texts;
}

std::string Phrases::plain(const Expr& expr) const {
    switch (expr.op) {
    case Op::literal:
        return of(model_.literals[expr.index], expr.type);
    case Op::hole:
        return words_.say(Say::phrase_figure_of_tier);
    case Op::fact:
    case Op::field:
    case Op::measure:
    case Op::record_measure:
    case Op::through:
    case Op::group_key:
    case Op::group_records:
        return expr.type.kind == TypeKind::yes_no
                   ? words_.say(Say::labelled, named(expr), words_.say(Say::yes))
                   : named(expr);
    case Op::review_date:
        return words_.say(Say::phrase_review_date);
    case Op::review_period:
        return words_.say(Say::phrase_review_period);
    case Op::tier:
        return words_.say(Say::phrase_tier);
    case Op::path:
        return model_.paths[expr.index].label;
    case Op::held_tier:
        return words_.say(Say::tier_held);
    case Op::held_since:
        return words_.say(Say::phrase_held_since);
    case Op::held_until:
        return words_.say(Say::phrase_held_until);
    case Op::all_true:
        return joined(expr, Joint::conjunction);
    case Op::any_true:
        return joined(expr, Joint::alternative);
    case Op::negation:
        return negated(expr.a);
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
        return compared(expr);
    case Op::in_members:
        return words_.say(Say::labelled, within(expr.a, Around::condition),
                          words_.list(operands(expr, Around::condition), Joint::alternative));
    case Op::in_window:
        return words_.say(Say::labelled, within(expr.a, Around::condition),
                          words_.say(Say::phrase_within, within(expr.b, Around::condition)));
    case Op::include_any:
    case Op::include_all:
        return included(expr);
    case Op::at_least_of:
        return words_.counted(Say::phrase_at_least_of, count_of(expr.a),
                              words_.list(operands(expr, Around::list), Joint::apart));
    case Op::otherwise:
        return words_.say(Say::phrase_otherwise, within(expr.a, Around::condition),
                          within(expr.b, Around::condition));
    case Op::conditional:
        return words_.say(Say::phrase_if, within(expr.b, Around::condition), of(expr.a),
                          within(expr.c, Around::condition));
    case Op::aggregate:
        return aggregated(model_.aggregates[expr.index]);
    case Op::round:
        return rounded(expr);
    case Op::look_up:
        return looked_up(expr);
    case Op::by_path:
        return by_path(expr);
    case Op::window:
        return window(expr);
    case Op::first_day:
        return words_.say(Say::phrase_first_day, of(expr.a));
    case Op::last_day:
        return words_.say(Say::phrase_last_day, of(expr.a));
    case Op::day_in_year:
        return day_in_year(expr);
    case Op::year_of:
        return words_.say(Say::phrase_year_of, of(expr.a));
    case Op::month_of:
        return words_.say(Say::phrase_month_of, of(expr.a));
    case Op::month_days:
        return of(expr.a);
    case Op::unstated:
        return words_.say(Say::unstated_because, model_.unstated[expr.index].because);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::minus:
    case Op::at_most:
    case Op::at_least:
        return calculated(expr);
    }
    return {};
}

// ---- names -------------------------------------------------------------------------------------

std::string Phrases::named(const Expr& expr) const {
    switch (expr.op) {
    case Op::fact:
        return model_.facts[expr.index].label;
    case Op::measure:
        return model_.measures[expr.index].label;
    case Op::record_measure:
        return model_.record_measures[expr.index].label;
    case Op::through: {
        const Type item = model_.exprs[expr.a].type;
        const RecordType& record = model_.records[model_.references[item.index].record];
        return words_.say(Say::of_record, record.fields[expr.index].label, of(expr.a));
    }
    case Op::group_key:
        return words_.say(Say::phrase_group_key);
    case Op::group_records:
        return words_.say(Say::phrase_group_records);
    default: // a field
        return is_entry(expr) ? words_.say(Say::phrase_item)
                              : model_.records[records_[expr.a]].fields[expr.index].label;
    }
}

bool Phrases::is_entry(const Expr& expr) const {
    return expr.op == Op::field && model_.records[records_[expr.a]].plain;
}

// ---- conditions --------------------------------------------------------------------------------

std::string Phrases::joined(const Expr& expr, Joint joint) const {
    return words_.list(operands(expr, Around::list), joint);
}

std::string Phrases::negated(Index index) const {
    const Expr& expr = model_.exprs[index];
    if (is_named(expr.op)) {
        return words_.say(Say::labelled, named(expr), words_.say(Say::no));
    }
    return words_.say(Say::phrase_not, within(index, Around::condition));
}

std::string Phrases::compared(const Expr& expr) const {
    const bool turned = model_.exprs[expr.a].op == Op::literal;
    const Index subject = turned ? expr.b : expr.a;
    const Index other = turned ? expr.a : expr.b;
    const Op op = turned ? mirrored(expr.op) : expr.op;
    const Expr& about = model_.exprs[subject];
    const bool is_bare_name = is_named(about.op) && about.type.kind == TypeKind::yes_no;
    const std::string name = is_bare_name ? named(about) : within(subject, Around::condition);
    const std::string figure = within(other, Around::condition);
    return words_.say(Say::labelled, name, limit(op, figure, about.type.kind));
}

std::string Phrases::limit(Op op, const std::string& figure, TypeKind kind) const {
    const bool is_day = kind == TypeKind::date;
    const bool is_month = kind == TypeKind::month;
    const bool is_tier = kind == TypeKind::tier;
    switch (op) {
    case Op::not_equal:
        return words_.say(Say::anything_but, figure);
    case Op::less:
        return is_day || is_month ? words_.say(Say::before, figure)
               : is_tier          ? words_.say(Say::below, figure)
                                  : words_.say(Say::less_than, figure);
    case Op::less_equal:
        return is_day     ? words_.say(Say::on_or_before, figure)
               : is_month ? words_.say(Say::or_earlier, figure)
               : is_tier  ? words_.say(Say::or_lower, figure)
                          : words_.say(Say::at_most, figure);
    case Op::greater:
        return is_day || is_month ? words_.say(Say::after, figure)
               : is_tier          ? words_.say(Say::above, figure)
                                  : words_.say(Say::more_than, figure);
    case Op::greater_equal:
        return is_day     ? words_.say(Say::on_or_after, figure)
               : is_month ? words_.say(Say::or_later, figure)
               : is_tier  ? words_.say(Say::or_higher, figure)
                          : words_.say(Say::at_least, figure);
    default:
        return figure;
    }
}

std::string Phrases::included(const Expr& expr) const {
    const std::uint64_t mask = model_.literals[expr.index].mask.maybe;
    std::vector<std::string> members;
    for (std::size_t bit = 0; bit < max_choices; ++bit) {
        const std::uint64_t one = std::uint64_t{1} << bit;
        if ((mask & one) != 0) {
            const Type choice{TypeKind::choice, model_.exprs[expr.a].type.index};
            members.push_back(of(Value::of(Mask{one, one}), choice));
        }
    }
    return words_.say(
        Say::labelled, within(expr.a, Around::condition),
        words_.list(members, expr.op == Op::include_any ? Joint::alternative : Joint::conjunction));
}

// ---- figures -----------------------------------------------------------------------------------

std::string Phrases::calculated(const Expr& expr) const {
    switch (expr.op) {
    case Op::minus:
        return fmt::format("−{}", within(expr.a, Around::sign));
    case Op::at_most:
        return words_.say(Say::in_brackets, within(expr.a, Around::condition),
                          words_.say(Say::at_most, within(expr.b, Around::condition)));
    case Op::at_least:
        return words_.say(Say::in_brackets, within(expr.a, Around::condition),
                          words_.say(Say::at_least, within(expr.b, Around::condition)));
    case Op::add:
        return fmt::format("{} + {}", within(expr.a, Around::sum), within(expr.b, Around::sum));
    case Op::subtract: // a difference on the right is one by itself
        return fmt::format("{} − {}", within(expr.a, Around::sum), within(expr.b, Around::product));
    case Op::multiply:
        return fmt::format("{} × {}", within(expr.a, Around::product),
                           within(expr.b, Around::product));
    default:
        return fmt::format("{} ÷ {}", within(expr.a, Around::product),
                           within(expr.b, Around::sign));
    }
}

std::string Phrases::rounded(const Expr& expr) const {
    const std::string figure = within(expr.a, Around::condition);
    const std::string unit = within(expr.b, Around::condition);
    switch (static_cast<Rounding>(expr.index)) {
    case Rounding::up:
        return words_.say(Say::phrase_round_up, figure, unit);
    case Rounding::down:
        return words_.say(Say::phrase_round_down, figure, unit);
    case Rounding::half_up:
        return words_.say(Say::phrase_round_half_up, figure, unit);
    case Rounding::half_even:
        return words_.say(Say::phrase_round_half_even, figure, unit);
    }
    return figure;
}

std::string Phrases::looked_up(const Expr& expr) const {
    const LookUpTable& table = model_.tables[expr.index];
    const std::string keys = words_.list(operands(expr, Around::condition));
    std::string name = table.label.empty() ? table.name : table.label;
    if (table.values.size() > 1) {
        name = words_.say(Say::labelled, name, table.values[expr.a].name);
    }
    return words_.say(Say::phrase_look_up, name, keys);
}

std::string Phrases::by_path(const Expr& expr) const {
    std::vector<std::string> ways;
    const std::vector<std::string> figures = operands(expr, Around::list);
    const Paths& paths = model_.paths[expr.index];
    for (std::size_t i = 0; i < figures.size() && i < paths.paths.size(); ++i) {
        ways.push_back(words_.say(Say::labelled, paths.paths[i].label, figures[i]));
    }
    return words_.list(ways, Joint::apart);
}

// ---- days --------------------------------------------------------------------------------------

Count Phrases::count_of(Index expr) const {
    const std::optional<std::int64_t> count = expr == none ? 1 : constant(model_, expr);
    return count && *count >= 0 ? words_.in_digits(static_cast<std::uint64_t>(*count))
                                : Count{within(expr, Around::sum), false};
}

std::string Phrases::window(const Expr& expr) const {
    switch (static_cast<WindowForm>(expr.index)) {
    case WindowForm::trailing_days:
        return words_.counted(Say::phrase_last_days, count_of(expr.a));
    case WindowForm::trailing_months:
        return words_.counted(Say::phrase_last_months, count_of(expr.a));
    case WindowForm::previous_months:
        return words_.counted(Say::phrase_previous_months, count_of(expr.a));
    case WindowForm::previous_quarters:
        return words_.counted(Say::phrase_previous_quarters, count_of(expr.a));
    case WindowForm::previous_years:
        return words_.counted(Say::phrase_previous_years, count_of(expr.a));
    case WindowForm::month_to_date:
        return words_.say(Say::phrase_month_to_date);
    case WindowForm::quarter_to_date:
        return words_.say(Say::phrase_quarter_to_date);
    case WindowForm::year_to_date:
        return words_.say(Say::phrase_year_to_date);
    case WindowForm::calendar_year: {
        // A year is no figure: it has no comma behind its thousands.
        const std::optional<std::int64_t> year = constant(model_, expr.a);
        return words_.say(Say::phrase_calendar_year, year ? std::to_string(*year) : of(expr.a));
    }
    case WindowForm::program_year:
        return expr.a == none ? words_.say(Say::phrase_program_year)
                              : words_.say(Say::phrase_program_year_of, of(expr.a));
    case WindowForm::previous_program_year:
        return words_.say(Say::phrase_previous_program_year);
    case WindowForm::from_through:
        return words_.say(Say::from_to, within(expr.a, Around::condition),
                          within(expr.b, Around::condition));
    case WindowForm::from_until:
        return words_.say(Say::phrase_from_until, within(expr.a, Around::condition),
                          within(expr.b, Around::condition));
    }
    return {};
}

std::string Phrases::day_in_year(const Expr& expr) const {
    const MonthDay day = month_day(expr.index);
    const std::optional<std::int64_t> year = constant(model_, expr.a);
    return words_.day(day, year ? std::to_string(*year) : of(expr.a));
}

// ---- lists -------------------------------------------------------------------------------------

std::string Phrases::aggregated(const Aggregate& aggregate) const {
    const std::string list = within(aggregate.list, Around::condition);
    const InScope scope(records_, aggregate);
    const std::string item = of(aggregate.item);
    std::string text = figure_of(aggregate, list, item);
    return aggregate.where == none ? text : words_.say(Say::phrase_with, text, of(aggregate.where));
}

std::string Phrases::figure_of(const Aggregate& aggregate, const std::string& list,
                               const std::string& item) const {
    switch (aggregate.kind) {
    case AggregateKind::sum:
        return words_.say(Say::phrase_sum, item, list);
    case AggregateKind::smallest:
        return words_.say(Say::phrase_smallest, item, list);
    case AggregateKind::largest:
        return words_.say(Say::phrase_largest, item, list);
    case AggregateKind::average:
        return words_.say(Say::phrase_average, item, list);
    case AggregateKind::median:
        return words_.say(Say::phrase_median, item, list);
    case AggregateKind::percentile:
        return words_.say(Say::phrase_percentile, std::to_string(aggregate.percent), item, list);
    case AggregateKind::count:
        return words_.say(Say::phrase_count, list);
    case AggregateKind::count_distinct:
        return is_entry(model_.exprs[aggregate.item])
                   ? words_.say(Say::phrase_count_entries, list)
                   : words_.say(Say::phrase_count_distinct, item, list);
    case AggregateKind::some:
        return words_.say(Say::phrase_some, list);
    case AggregateKind::none_of:
        return words_.say(Say::phrase_none_of, list);
    case AggregateKind::each:
        return words_.say(Say::phrase_each, list, item);
    case AggregateKind::listed:
    case AggregateKind::value:
        return words_.say(Say::of_record, item, list);
    case AggregateKind::days_covered:
        return words_.say(Say::phrase_days_covered, of(aggregate.within), list, item,
                          of(aggregate.last_day));
    case AggregateKind::list_of:
        return list;
    case AggregateKind::largest_of:
        return words_.counted(Say::phrase_largest_of, count_of(aggregate.count), list, item);
    case AggregateKind::smallest_of:
        return words_.counted(Say::phrase_smallest_of, count_of(aggregate.count), list, item);
    case AggregateKind::groups:
        return words_.say(Say::phrase_groups, list, item);
    }
    return {};
}

} // namespace rung
