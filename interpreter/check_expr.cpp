#include "interpreter/check_expr.hpp"

#include "grammar/written_dates.hpp"
#include "interpreter/amount.hpp"
#include "interpreter/fact_sheet.hpp"
#include "interpreter/fact_value.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <array>

namespace rung {

namespace {

/// Operands of operands: deeper than this, a chain of signs would cost stack (each level about 1 KB).
constexpr int max_depth = 512;

constexpr Type yes_no{TypeKind::yes_no, 0};
constexpr Type whole_number{TypeKind::whole, 0};

const std::array<std::pair<std::string_view, Op>, 6> comparisons{{
    {"=", Op::equal},
    {"!=", Op::not_equal},
    {"<", Op::less},
    {"<=", Op::less_equal},
    {">", Op::greater},
    {">=", Op::greater_equal},
}};

Op comparison_op(std::string_view sign) {
    for (const auto& [spelling, op] : comparisons) {
        if (spelling == sign) {
            return op;
        }
    }
    return Op::equal;
}

/// Currencies whose amounts have three digits behind the point (ISO 4217).
bool has_thousandths(std::string_view currency) {
    constexpr std::string_view codes[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
    return std::find(std::begin(codes), std::end(codes), currency) != std::end(codes);
}

/// `1500-10`, which is a month, as the difference that may have been meant.
std::string as_subtraction(std::string_view month) {
    return std::string(month.substr(0, 4)) + " - " + std::string(month.substr(5));
}

/// "$250K", "CHF 250K"
std::string as_percentage(const std::string& words) {
    const bool sole = words.find(' ') == std::string::npos;
    return (sole ? words : "(" + words + ")") + " * 100%";
}

/// `5.000`, as a part of the world writes thousands, with commas; anything else as it is.
std::string in_thousands(std::string_view figure) {
    std::string turned(figure);
    const std::size_t first = figure.find('.');
    bool groups = first != std::string_view::npos && first > 0 && first <= 3 && figure[0] != '0';
    for (std::size_t i = 0; i < figure.size() && groups; ++i) {
        groups = i >= first && (i - first) % 4 == 0 ? figure[i] == '.'
                                                    : figure[i] >= '0' && figure[i] <= '9';
    }
    if (groups && (figure.size() - first) % 4 == 0) {
        std::replace(turned.begin(), turned.end(), '.', ',');
    }
    return turned;
}

std::string choice_hint(const ChoiceSet& set, std::string_view text) {
    const std::string_view meant = choice_meant(set, text);
    const auto choice = std::find_if(set.choices.begin(), set.choices.end(),
                                     [&](const Choice& one) { return one.json == meant; });
    return choice == set.choices.end() ? "write the name of a choice, without quotes"
                                       : "did you mean `" + choice->name + "`, without quotes?";
}

/// Of an amount like `5.000`, which is 5, the thousands that may have been meant.
std::string with_currency(std::string_view code, std::string_view figure) {
    const std::string amount = in_thousands(figure);
    const auto sign = std::find_if(currency_signs.begin(), currency_signs.end(),
                                   [&](const auto& pair) { return pair.second == code; });
    return std::string(sign == currency_signs.end() ? std::string(code) + " " : sign->first)
        .append(amount);
}

} // namespace

// ---- entries -----------------------------------------------------------------------------------

Index ExprChecker::check(ast::Index index, Context context, Type wanted) {
    if (index == ast::none) {
        return none;
    }
    context_ = context;
    paths_used_ = none;
    const Index checked = expr(index, wanted);
    return wanted.kind == TypeKind::window ? as_window(checked) : checked;
}

Index ExprChecker::check_of_record(ast::Index index, Index record) {
    scopes_.push_back({record, ""});
    model_.scopes = std::max(model_.scopes, Index{1});
    const Index checked = check(index, Context::measure);
    scopes_.pop_back();
    return checked;
}

Index ExprChecker::check_condition(ast::Index index, Context context) {
    if (index == ast::none) {
        return none;
    }
    context_ = context;
    paths_used_ = none;
    return condition(index);
}

Index ExprChecker::check_asks(ast::Index index) {
    hole_allowed_ = true;
    has_hole_ = false;
    hole_type_ = {};
    const Index checked = check_condition(index, Context::requirement);
    hole_allowed_ = false;
    return checked;
}

// ---- the order of measures ---------------------------------------------------------------------

ExprChecker::Mark ExprChecker::mark() const {
    return {model_.exprs.size(),      model_.operands.size(), model_.literals.size(),
            model_.aggregates.size(), model_.records.size(),  faults_.size()};
}

/// Texts stay: they do no harm, and what points to them need not be known here.
void ExprChecker::take_back(const Mark& mark) {
    model_.exprs.resize(mark.exprs);
    model_.operands.resize(mark.operands);
    model_.literals.resize(mark.literals);
    model_.aggregates.resize(mark.aggregates);
    // Groups are records of their own.
    model_.records.erase(model_.records.begin() + static_cast<std::ptrdiff_t>(mark.records),
                         model_.records.end());
    faults_.erase(faults_.begin() + static_cast<std::ptrdiff_t>(mark.faults), faults_.end());
    awaits_.reset();
}

// ---- values -----------------------------------------------------------------------------------

Index ExprChecker::by_path(const std::vector<Index>& values, Type type, Span at) {
    return made_with(Op::by_path, type, at, values);
}

Index ExprChecker::unstated(Type type, Span at) {
    return type.kind == TypeKind::error ? none : left_open(type, "", at);
}

ExprChecker::Listed ExprChecker::check_worth(ast::Index list, ast::Index value, Context context,
                                             Type wanted) {
    if (list == ast::none || value == ast::none) {
        const Index checked = check(value, context, wanted);
        return {checked, type_of(checked)};
    }
    Aggregate aggregate;
    aggregate.kind = AggregateKind::listed;
    aggregate.list = check(list, context);
    if (aggregate.list == none) {
        return {};
    }
    if (type_of(aggregate.list).kind != TypeKind::list) {
        report_wrong_type(model_.exprs[aggregate.list].at, type_of(aggregate.list), "a list", "");
        return {};
    }
    aggregate.record = type_of(aggregate.list).index;
    aggregate.scope = 0;
    scopes_.push_back({aggregate.record, ""});
    model_.scopes = std::max(model_.scopes, Index{1});
    aggregate.item = expr(value, wanted);
    scopes_.pop_back();
    if (aggregate.item == none) {
        return {};
    }
    const Type type = type_of(aggregate.item);
    const Type of_list = type_of(aggregate.list);
    model_.aggregates.push_back(std::move(aggregate));
    return {made(Op::aggregate, of_list, file_.exprs[value].at, none, none, none,
                 static_cast<Index>(model_.aggregates.size() - 1)),
            type};
}

// ---- reporting ---------------------------------------------------------------------------------

void ExprChecker::report(Code code, Span at, std::vector<Argument> arguments) {
    faults_.push_back({code, at, std::move(arguments), {}, {}});
}

void ExprChecker::report_twice(const ast::Word& word, Span first) {
    faults_.push_back({Code::given_twice,
                       word.at,
                       {{"name", word.text}},
                       {{NoteCode::first_given, first, {}}},
                       {}});
}

void ExprChecker::report_unknown(const ast::Word& word, std::string_view kind,
                                 const std::vector<std::string_view>& known, std::string hint) {
    if (names_.broken.contains(word.text)) {
        return;
    }
    constexpr std::size_t few = 8;
    if (hint.empty() && !known.empty() && known.size() <= few) {
        for (const std::string_view name : known) {
            hint += (hint.empty() ? "write one of " : ", ") + std::string(name);
        }
    }
    std::vector<Argument> arguments{{"kind", std::string(kind)}, {"name", word.text}};
    if (const std::string_view close = nearest(word.text, known); !close.empty()) {
        arguments.push_back({"close", std::string(close)});
    } else if (!hint.empty()) {
        arguments.push_back({"hint", std::move(hint)});
    }
    report(Code::unknown_name, word.at, std::move(arguments));
}

std::string ExprChecker::subtraction_hint(Span at) const {
    return Date::parse_month(text_at(at))
               ? "write `" + as_subtraction(text_at(at)) + "` to subtract"
               : "";
}

void ExprChecker::report_wrong_type(Span at, Type found, Type wanted, std::string hint) {
    if (hint.empty() && is_figure(wanted.kind)) {
        hint = subtraction_hint(at);
    }
    const bool is_figure_text =
        text_at(at).find_first_not_of("0123456789.,KMB") == std::string_view::npos;
    if (hint.empty() && wanted.kind == TypeKind::money && is_plain(found.kind) && is_figure_text) {
        hint = "write the currency as well: `" +
               with_currency(model_.currencies[wanted.index], text_at(at)) + "`";
    } else if (hint.empty() && wanted.kind == TypeKind::percent && is_plain(found.kind)) {
        hint = "a percentage has its sign: `15%`";
    } else if (hint.empty() && found.kind == TypeKind::percent && is_plain(wanted.kind) &&
               text_at(at).find_first_not_of("0123456789.,%") == std::string_view::npos) {
        hint = "write `" + std::string(text_at(at).substr(0, text_at(at).size() - 1)) +
               "`, without the sign";
    } else if (hint.empty() && found.kind == TypeKind::percent && is_plain(wanted.kind)) {
        hint = "a number times `100%` is a percentage: `" + as_percentage("…") + "`";
    }
    report_wrong_type(at, found, in_words(model_, wanted), std::move(hint));
}

void ExprChecker::report_wrong_type(Span at, Type found, std::string wanted, std::string hint) {
    std::vector<Argument> arguments{{"found", std::string(text_at(at))},
                                    {"found_type", in_words(model_, found)},
                                    {"wanted", std::move(wanted)}};
    if (!hint.empty()) {
        arguments.push_back({"hint", std::move(hint)});
    }
    report(Code::wrong_type, at, std::move(arguments));
}

std::string ExprChecker::words_at(Index index) const {
    std::string words(text_at(model_.exprs[index].at));
    if (const std::size_t line = words.find('\n'); line != std::string::npos) {
        words = words.substr(0, words.find_last_not_of(" \t\r", line - 1) + 1) + " …";
    }
    return words;
}

// ---- nodes -------------------------------------------------------------------------------------

Index ExprChecker::made(Op op, Type type, Span at, Index a, Index b, Index c, Index index) {
    Expr node;
    node.op = op;
    node.type = type;
    node.at = at;
    node.a = a;
    node.b = b;
    node.c = c;
    node.index = index;
    model_.exprs.push_back(node);
    return static_cast<Index>(model_.exprs.size() - 1);
}

Index ExprChecker::made_with(Op op, Type type, Span at, const std::vector<Index>& operands,
                             Index a) {
    const auto first = static_cast<Index>(model_.operands.size());
    model_.operands.insert(model_.operands.end(), operands.begin(), operands.end());
    const Index node = made(op, type, at, a);
    model_.exprs[node].first_operand = first;
    model_.exprs[node].operand_count = static_cast<Index>(operands.size());
    return node;
}

Index ExprChecker::literal(const Value& value, Type type, Span at) {
    model_.literals.push_back(value);
    return made(Op::literal, type, at, none, none, none,
                static_cast<Index>(model_.literals.size() - 1));
}

Index ExprChecker::expr(ast::Index index, Type wanted) {
    if (index == ast::none) {
        return none;
    }
    struct Level {
        int& depth;
        explicit Level(int& counter) : depth(counter) { ++depth; }
        ~Level() { --depth; }
    } level(depth_);
    const ast::Expr& from = file_.exprs[index];
    if (depth_ > max_depth) {
        report(Code::nested_too_deep, from.at, {{"limit", std::to_string(max_depth)}});
        return none;
    }
    return dispatch(from, wanted);
}

Index ExprChecker::dispatch(const ast::Expr& from, Type wanted) {
    using ast::Form;
    switch (from.form) {
    case Form::broken:
        return none;
    case Form::number:
        return number(from);
    case Form::money:
        return money(from);
    case Form::date:
        return date(from);
    case Form::month:
        return month(from);
    case Form::text:
        return text(from, wanted);
    case Form::yes:
    case Form::no:
        return literal(Value::of(truth_of(from.form == Form::yes)), yes_no, from.at);
    case Form::hole:
        return hole(from, wanted);
    case Form::duration:
        return duration(from);
    case Form::path:
        return path(from, wanted);
    case Form::any_true:
        return n_ary(from, Op::any_true);
    case Form::all_true:
        return n_ary(from, Op::all_true);
    case Form::negation: {
        const Index operand = condition(from.a);
        return operand == none ? none : made(Op::negation, yes_no, from.at, operand);
    }
    case Form::comparison:
        return comparison(from);
    case Form::chain:
        chain(from);
        return none;
    case Form::in_members:
        return in_members(from);
    case Form::in:
        return in_window(from);
    case Form::include:
    case Form::include_any:
    case Form::include_all:
        return include(from);
    case Form::add:
    case Form::subtract:
    case Form::multiply:
    case Form::divide:
        return calculation(from);
    case Form::minus:
        return minus(from);
    case Form::at_most:
        return same_type(from, Op::at_most, wanted);
    case Form::at_least:
        return same_type(from, Op::at_least, wanted);
    case Form::otherwise:
        return same_type(from, Op::otherwise, wanted);
    case Form::conditional:
        return conditional(from, wanted);
    case Form::aggregate:
        return aggregate(from, wanted);
    case Form::ranked:
        return ranked(from);
    case Form::groups:
        return groups(from);
    case Form::covered:
        return covered(from);
    case Form::at_least_of:
        return at_least_of(from);
    case Form::round:
        return round(from);
    case Form::window:
        return window(from);
    case Form::first_day:
    case Form::last_day:
        return day_of(from);
    case Form::look_up:
        return look_up(from);
    case Form::day_in_year:
        return day_in_year(from);
    case Form::year_of:
    case Form::month_of:
        return part_of(from);
    case Form::left_open:
        return left_open(from, wanted);
    }
    return none;
}

Index ExprChecker::condition(ast::Index index) {
    const Index checked = expr(index, yes_no);
    if (checked != none && !fits(type_of(checked), yes_no)) {
        const Type found = type_of(checked);
        std::string hint;
        if (is_figure(found.kind)) {
            hint = "compare it: `" + words_at(checked) + " >= …`";
        } else if (found.kind == TypeKind::list) {
            hint = "ask `some of " + words_at(checked) + "`, or count it";
        } else if (found.kind == TypeKind::choices) {
            hint = "ask `" + words_at(checked) + " include …`";
        } else if (found.kind == TypeKind::item) {
            hint = "ask for a field of it: `" + words_at(checked) + ".…`";
        }
        report_wrong_type(model_.exprs[checked].at, found, yes_no, std::move(hint));
        return none;
    }
    return checked;
}

// ---- literals ----------------------------------------------------------------------------------

Index ExprChecker::number(const ast::Expr& from) {
    std::string_view text = from.word.text;
    const bool percent = text.ends_with('%');
    if (percent) {
        text.remove_suffix(1);
    }
    if (!percent && text.ends_with('0') && report_thousands(from, text)) {
        return none;
    }
    const ParsedNumber parsed = parse_amount(text);
    if (!parsed) {
        report(Code::figure_too_large, from.at, {{"found", from.word.text}});
        return none;
    }
    if (percent) {
        const Checked part = div(parsed.value, Number(100));
        if (!part) {
            report(Code::figure_too_large, from.at, {{"found", from.word.text}});
            return none;
        }
        return literal(Value::of(part.value), {TypeKind::percent, 0}, from.at);
    }
    return literal(Value::of(parsed.value),
                   {parsed.value.is_whole() ? TypeKind::whole : TypeKind::decimal, 0}, from.at);
}

/// `$5.000` and `€1.125`, which would silently be a thousandth of what half of the world means by them. Another
/// digit, or one less, says that the point is meant.
bool ExprChecker::report_thousands(const ast::Expr& from, std::string_view amount) {
    const std::string meant = in_thousands(amount);
    if (meant == amount) {
        return false;
    }
    std::string fraction(amount);
    fraction += fraction.ends_with('0') ? "" : "0";
    while (fraction.size() <= amount.size() &&
           (fraction.ends_with('0') || fraction.ends_with('.'))) {
        fraction.pop_back();
    }
    const std::string& found = from.word.text;
    const std::string sign = found.substr(0, found.size() - amount.size());
    report(Code::malformed_number, from.at,
           {{"found", found}, {"thousands", sign + meant}, {"fraction", sign + fraction}});
    return true;
}

Index ExprChecker::currency(std::string_view code) {
    const auto at = std::find(model_.currencies.begin(), model_.currencies.end(), code);
    if (at != model_.currencies.end()) {
        return static_cast<Index>(at - model_.currencies.begin());
    }
    model_.currencies.emplace_back(code);
    return static_cast<Index>(model_.currencies.size() - 1);
}

Index ExprChecker::money(const ast::Expr& from) {
    const MoneyText parts = split_money(from.word.text);
    if (!has_thousandths(parts.currency) && report_thousands(from, parts.amount)) {
        return none;
    }
    const ParsedNumber parsed = parse_amount(parts.amount);
    if (!parsed) {
        report(Code::figure_too_large, from.at, {{"found", from.word.text}});
        return none;
    }
    return literal(Value::of(parsed.value), {TypeKind::money, currency(parts.currency)}, from.at);
}

Index ExprChecker::date(const ast::Expr& from) {
    const ParsedDate parsed = Date::parse(from.word.text);
    if (!parsed) {
        report(Code::no_such_day, from.at, no_such_day(from.word.text));
        return none;
    }
    return literal(Value::of(parsed.value), {TypeKind::date, 0}, from.at);
}

Index ExprChecker::month(const ast::Expr& from) {
    const ParsedDate parsed = Date::parse_month(from.word.text);
    if (!parsed) {
        report(Code::no_such_month, from.at,
               {{"found", from.word.text}, {"spaced", as_subtraction(from.word.text)}});
        return none;
    }
    return literal(Value::of(parsed.value), {TypeKind::month, 0}, from.at);
}

Index ExprChecker::duration(const ast::Expr& from) {
    const Index count = whole_operand(from.a);
    if (count == none) {
        return none;
    }
    const bool in_months =
        from.word.text.starts_with("month") || from.word.text.starts_with("year");
    const std::int64_t unit = from.word.text.starts_with("year")   ? 12
                              : from.word.text.starts_with("week") ? 7
                                                                   : 1;
    const Checked scaled = mul(model_.literals[model_.exprs[count].index].range.low, Number(unit));
    if (!scaled) {
        report(Code::figure_too_large, from.at, {{"found", words_at(count)}});
        return none;
    }
    return literal(Value::of(scaled.value), {in_months ? TypeKind::months : TypeKind::days, 0},
                   from.at);
}

Index ExprChecker::text(const ast::Expr& from, Type wanted) {
    std::string value = unquoted(from.word.text);
    if (wanted.kind == TypeKind::tier) {
        report_wrong_type(from.at, {TypeKind::text, 0}, wanted,
                          names_.tiers[wanted.index].contains(value)
                              ? "write `" + value + "`, without quotes"
                              : "");
        return none;
    }
    if (wanted.kind == TypeKind::choice) {
        const ChoiceSet& set = model_.choice_sets[wanted.index];
        const auto written =
            std::find_if(set.choices.begin(), set.choices.end(),
                         [&](const Choice& choice) { return choice.json == value; });
        report_wrong_type(from.at, {TypeKind::text, 0}, wanted,
                          written == set.choices.end()
                              ? choice_hint(set, value)
                              : "write `" + written->name + "`, without quotes");
        return none;
    }
    model_.texts.push_back(std::move(value));
    return literal(Value::of(KnownText{model_.texts.back(), true}), {TypeKind::text, 0}, from.at);
}

Index ExprChecker::hole(const ast::Expr& from, Type wanted) {
    if (!hole_allowed_) {
        report(Code::hole_here, from.at, {});
        return none;
    }
    if (where_depth_ > 0) {
        report(Code::hole_in_where, from.at, {});
        return none;
    }
    if (wanted.kind == TypeKind::error) {
        report(Code::hole_of_no_type, from.at, {});
        return none;
    }
    if (has_hole_ && !(hole_type_ == wanted)) {
        report_wrong_type(from.at, hole_type_, wanted, "a row has one `_`, of one type");
        return none;
    }
    has_hole_ = true;
    hole_type_ = wanted;
    return made(Op::hole, wanted, from.at);
}

// ---- names -------------------------------------------------------------------------------------

bool ExprChecker::is_item(const Scope& scope) const { return model_.records[scope.record].plain; }

bool ExprChecker::resolves(std::string_view name) const {
    const std::string_view head = name.substr(0, name.find('.'));
    for (const Scope& scope : scopes_) {
        if (scope.as == head) {
            return true;
        }
        if (model_.records[scope.record].group) {
            continue;
        }
        const auto& fields = model_.records[scope.record].fields;
        if (std::any_of(fields.begin(), fields.end(),
                        [&](const Field& field) { return field.name == head; }) ||
            measure_of_record(scope.record, head)) {
            return true;
        }
    }
    return names_.facts.contains(name) || names_.measures.contains(name) ||
           names_.paths.contains(name) || name == "review_date" || name == "review_period" ||
           name == "tier" || names_.broken.contains(name);
}

bool ExprChecker::is_bare_word(ast::Index index) const {
    return index != ast::none && file_.exprs[index].form == ast::Form::path &&
           file_.exprs[index].word.text.find('.') == std::string::npos;
}

/// Beside a choice or a tier, a bare word is that choice or tier.
Index ExprChecker::named_member(const ast::Word& word, Type wanted) {
    if (wanted.kind == TypeKind::tier) {
        const auto& tiers = names_.tiers[wanted.index];
        if (const auto tier = tiers.find(word.text); tier != tiers.end()) {
            const std::uint64_t bit = std::uint64_t{1} << tier->second;
            return literal(Value::of(Mask{bit, bit}), wanted, word.at);
        }
        return none;
    }
    const ChoiceSet& set = model_.choice_sets[wanted.index];
    for (std::size_t i = 0; i < set.choices.size(); ++i) {
        if (set.choices[i].name == word.text) {
            const std::uint64_t bit = std::uint64_t{1} << i;
            return literal(Value::of(Mask{bit, bit}), {TypeKind::choice, wanted.index}, word.at);
        }
    }
    return none;
}

Index ExprChecker::path(const ast::Expr& from, Type wanted) {
    const std::string_view name = from.word.text;
    const std::size_t dot = name.find('.');
    const bool names_choice = wanted.kind == TypeKind::choice || wanted.kind == TypeKind::choices ||
                              wanted.kind == TypeKind::tier;
    if (names_choice && dot == std::string_view::npos) {
        if (const Index member = named_member(from.word, wanted); member != none) {
            return member;
        }
    }
    if (dot != std::string_view::npos) {
        const std::string_view head = name.substr(0, dot);
        const std::string_view rest = name.substr(dot + 1);
        if (const auto member = member_in_scope(head, rest, from.at)) {
            return *member;
        }
        if (head == "held") {
            return held(rest, from.at);
        }
        if (const auto ladder = names_.ladders.find(head);
            ladder != names_.ladders.end() && rest == "tier") {
            return tier_of(ladder->second, from.at);
        }
        return dotted(from);
    }
    if (const auto member = member_in_scope("", name, from.at)) {
        return *member;
    }
    if (const Index records = named_group(name, from.at); records != none) {
        return records;
    }
    if (const auto fact = names_.facts.find(name); fact != names_.facts.end()) {
        if (refuse_name(name, from.at)) {
            return none;
        }
        return made(Op::fact, model_.facts[fact->second].type, from.at, none, none, none,
                    fact->second);
    }
    if (const auto found = names_.measures.find(name); found != names_.measures.end()) {
        return measure({Definition::Kind::measure, found->second}, name, from.at, none);
    }
    if (const auto paths = names_.paths.find(name); paths != names_.paths.end()) {
        return path_followed(paths->second, from.at);
    }
    if (const Index known = builtin(name, from.at); known != none) {
        return known;
    }
    if (name == "tier" || name == "review_period" || name == "review_date") {
        return none; // reported
    }
    if (names_choice && !names_.broken.contains(name)) {
        std::vector<std::string_view> known;
        std::string choices;
        if (wanted.kind == TypeKind::tier) {
            for (const Tier& tier : model_.tiers(wanted.index)) {
                known.push_back(tier.id);
                choices += (choices.empty() ? "" : ", ") + tier.id;
            }
        } else {
            const ChoiceSet& set = model_.choice_sets[wanted.index];
            std::for_each(set.choices.begin(), set.choices.end(),
                          [&](const Choice& choice) { known.push_back(choice.name); });
            choices = choices_in_words(set);
        }
        std::vector<Argument> arguments{{"name", std::string(name)},
                                        {"choices", std::move(choices)}};
        if (const std::string_view close = nearest(name, known); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
        }
        report(Code::not_a_choice, from.at, std::move(arguments));
        return none;
    }
    return unknown_path(from, name);
}

/// `story.product`, `line.portal.managed`: a record named by `as`, or a reference; then fields.
Index ExprChecker::dotted(const ast::Expr& from) {
    const std::string_view name = from.word.text;
    std::size_t end = name.find('.');
    const std::string_view head = name.substr(0, end);
    const auto next = [&] {
        const std::size_t begin = end + 1;
        end = std::min(name.find('.', begin), name.size());
        const auto at = from.at.begin + static_cast<std::uint32_t>(begin);
        return ast::Word{std::string(name.substr(begin, end - begin)),
                         {at, at + static_cast<std::uint32_t>(end - begin)}};
    };
    const bool named = std::any_of(scopes_.begin(), scopes_.end(),
                                   [&](const Scope& scope) { return scope.as == head; });
    const Index base =
        named ? member_in_scope(head, next().text, from.at).value_or(none) : referring(head, from);
    if (base == none) {
        return !named && is_settled(head) ? none : unknown_path(from, name);
    }
    Index field = base;
    while (field != none && end < name.size()) {
        field = through(field, next(), from.at);
    }
    return field;
}

/// The reference that a name stands for, among the fields in scope, the facts and the measures.
Index ExprChecker::referring(std::string_view name, const ast::Expr& from) {
    if (const auto field = member_in_scope("", name, from.at)) {
        return type_of(*field).kind == TypeKind::item ? *field : none;
    }
    const auto fact = names_.facts.find(name);
    if (fact != names_.facts.end() && model_.facts[fact->second].type.kind == TypeKind::item) {
        return refuse_name(name, from.at) ? none
                                          : made(Op::fact, model_.facts[fact->second].type, from.at,
                                                 none, none, none, fact->second);
    }
    const auto known = names_.measures.find(name);
    if (known != names_.measures.end() &&
        model_.measures[known->second].type.kind == TypeKind::item) {
        return measure({Definition::Kind::measure, known->second}, name, from.at, none);
    }
    return none;
}

/// Whether a name that cannot be followed was reported already: a reference that may not be read here, or
/// something that was not understood where it stands.
bool ExprChecker::is_settled(std::string_view name) const {
    const auto fact = names_.facts.find(name);
    const auto known = names_.measures.find(name);
    const bool refused =
        fact != names_.facts.end() && model_.facts[fact->second].type.kind == TypeKind::item;
    const bool broken = known != names_.measures.end() &&
                        (model_.measures[known->second].expr == none ||
                         model_.measures[known->second].type.kind == TypeKind::item);
    return refused || broken || names_.broken.contains(name);
}

Index ExprChecker::through(Index item, const ast::Word& field, Span at) {
    const Type type = type_of(item);
    if (type.kind != TypeKind::item) {
        report_wrong_type(at, type, "a reference (`item of …`)", "leave out `." + field.text + "`");
        return none;
    }
    const Index record = model_.references[type.index].record;
    if (record == none) {
        return none; // what is wrong with the reference was reported
    }
    std::vector<std::string_view> known;
    const auto& fields = model_.records[record].fields;
    for (Index i = 0; i < fields.size(); ++i) {
        if (fields[i].name == field.text) {
            return made(Op::through, fields[i].type, at, item, none, none, i);
        }
        known.push_back(fields[i].name);
    }
    report_unknown(field, "field of `" + model_.records[record].name + "`", known);
    return none;
}

/// Where no fact or measure may be read: reports the name.
bool ExprChecker::refuse_name(std::string_view name, Span at) {
    if (context_ == Context::review) {
        report(Code::fact_in_review, at, {{"name", std::string(name)}});
    } else if (context_ == Context::constant) {
        report(Code::name_for_value, at, {{"name", std::string(name)}});
    }
    return context_ == Context::review || context_ == Context::constant;
}

std::optional<Index> ExprChecker::member_in_scope(std::string_view head, std::string_view rest,
                                                  Span at) {
    for (std::size_t i = scopes_.size(); i-- > 0;) {
        if (!head.empty() && scopes_[i].as != head) {
            continue;
        }
        if (model_.records[scopes_[i].record].group) {
            const Index key = head.empty() ? none : key_of_group(i, rest, at);
            if (key != none) {
                return key;
            }
            continue;
        }
        const auto& fields = model_.records[scopes_[i].record].fields;
        if (is_item(scopes_[i])) {
            if (head.empty() && rest == scopes_[i].as) {
                return made(Op::field, fields[0].type, at, static_cast<Index>(i), none, none, 0);
            }
            continue;
        }
        for (std::size_t f = 0; f < fields.size(); ++f) {
            if (fields[f].name == rest) {
                return made(Op::field, fields[f].type, at, static_cast<Index>(i), none, none,
                            static_cast<Index>(f));
            }
        }
        if (const auto found = measure_of_record(scopes_[i].record, rest)) {
            return measure({Definition::Kind::record_measure, *found}, rest, at,
                           static_cast<Index>(i));
        }
    }
    return std::nullopt;
}

Index ExprChecker::builtin(std::string_view name, Span at) {
    if (name == "review_date") {
        if (context_ == Context::constant && refuse_name(name, at)) {
            return none;
        }
        model_.uses_date = true;
        return made(Op::review_date, {TypeKind::date, 0}, at);
    }
    if (name == "review_period") {
        if (refuse_name(name, at)) {
            return none; // of itself, in a review
        }
        if (model_.reviews.empty()) {
            report(Code::no_reviews, at, {});
            return none;
        }
        model_.uses_review = true;
        return made(Op::review_period, {TypeKind::window, 0}, at);
    }
    if (name == "tier") {
        const Index ladder = this_ladder("tier", at);
        return ladder == none ? none : tier_of(ladder, at);
    }
    return none;
}

/// The ladder that is spoken of: that of the table, or the only one.
Index ExprChecker::this_ladder(std::string_view word, Span at) {
    if (model_.ladders.empty()) {
        if (!file_.sections_missing) {
            report(Code::tier_here, at, {{"ladder", "`ladder`"}});
        }
        return none;
    }
    if (ladder_ == none && model_.ladders.size() > 1) {
        std::string known;
        for (const Ladder& ladder : model_.ladders) {
            if (!ladder.id.empty()) {
                known += (known.empty() ? "`" : ", `") + ladder.id + "." + std::string(word) + "`";
            }
        }
        report(Code::which_ladder, at, {{"name", std::string(word)}, {"known", known}});
        return none;
    }
    return ladder_ == none ? 0 : ladder_;
}

Index ExprChecker::tier_of(Index ladder, Span at) {
    if (context_ != Context::opened) {
        report(Code::tier_here, at, {});
        return none;
    }
    return made(Op::tier, {TypeKind::tier, ladder}, at, none, none, none, ladder);
}

/// What the partner holds from before, which the caller gives.
Index ExprChecker::held(std::string_view name, Span at) {
    constexpr std::array<std::pair<std::string_view, Op>, 3> parts{{
        {"tier", Op::held_tier},
        {"since", Op::held_since},
        {"protected_until", Op::held_until},
    }};
    for (const auto& [word, op] : parts) {
        if (word == name) {
            if (refuse_name("held", at)) {
                return none;
            }
            const Index ladder = this_ladder("held." + std::string(name), at);
            if (ladder == none) {
                return none;
            }
            const Type type =
                op == Op::held_tier ? Type{TypeKind::tier, ladder} : Type{TypeKind::date, 0};
            return made(op, type, at, none, none, none, ladder);
        }
    }
    report_unknown({"held." + std::string(name), at}, "part of `held`",
                   {"held.tier", "held.since", "held.protected_until"});
    return none;
}

Index ExprChecker::path_followed(Index paths, Span at) {
    if (!use_paths(paths, at)) {
        return none;
    }
    return made(Op::path, {TypeKind::choice, model_.paths[paths].choice_set}, at, none, none, none,
                paths);
}

/// Only what a ladder asks is looked at along its paths.
bool ExprChecker::use_paths(Index paths, Span at) {
    if (paths == none) {
        return true;
    }
    const bool of_ladder = context_ == Context::requirement &&
                           model_.ladders[ladder_ == none ? 0 : ladder_].paths == paths;
    const bool of_one = (context_ == Context::measure || is_followed(paths)) &&
                        (paths_used_ == none || paths_used_ == paths);
    if (!of_ladder && !of_one) {
        std::vector<Argument> arguments{{"name", model_.paths[paths].id}};
        if (along_) {
            std::vector<std::string> options;
            for (const Path& path : model_.paths[paths].paths) {
                options.push_back("`--along " + path.id + "`");
            }
            arguments.push_back({"options", listed(options, " or ")});
        }
        report(Code::path_here, at, std::move(arguments));
        return false;
    }
    paths_used_ = paths;
    return true;
}

/// Whether one of them is the path along which an expression that stands alone is seen.
bool ExprChecker::is_followed(Index paths) const {
    const std::vector<Path>& all = model_.paths[paths].paths;
    return along_ && std::any_of(all.begin(), all.end(),
                                 [&](const Path& path) { return path.id == *along_; });
}

std::optional<Index> ExprChecker::measure_of_record(Index record, std::string_view name) const {
    if (record >= names_.record_measures.size()) {
        return std::nullopt;
    }
    const auto found = names_.record_measures[record].find(name);
    return found == names_.record_measures[record].end() ? std::nullopt
                                                         : std::optional(found->second);
}

/// Whether a definition is not checked yet; the first such one is what the expression awaits.
bool ExprChecker::awaits(Definition definition) {
    if (is_settled(definition)) {
        return false;
    }
    awaits_ = awaits_ ? awaits_ : definition;
    return true;
}

Index ExprChecker::measure(Definition ref, std::string_view name, Span at, Index scope) {
    if (refuse_name(name, at) || awaits(ref)) {
        return none;
    }
    const bool of_record = ref.kind == Definition::Kind::record_measure;
    const Measure& measure = (of_record ? model_.record_measures : model_.measures)[ref.index];
    if (measure.expr == none) {
        return none; // its own fault was reported where it stands
    }
    if (!use_paths(measure.paths, at)) {
        return none;
    }
    return made(of_record ? Op::record_measure : Op::measure, measure.type, at, scope, none, none,
                ref.index);
}

// ---- look-ups ----------------------------------------------------------------------------------

Index ExprChecker::look_up(const ast::Expr& from) {
    const std::string_view path = from.word.text;
    if (refuse_name(path, from.word.at)) {
        return none;
    }
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::uint32_t begin = from.word.at.begin;
    const ast::Word name{std::string(path.substr(0, dot)),
                         {begin, begin + static_cast<std::uint32_t>(dot)}};
    const auto found = names_.tables.find(name.text);
    if (found == names_.tables.end()) {
        std::vector<std::string_view> known;
        for (const auto& [table, index] : names_.tables) {
            known.push_back(table);
        }
        report_unknown(name, "table", known);
        return none;
    }
    if (awaits({Definition::Kind::table, found->second})) {
        return none;
    }
    const LookUpTable& table = model_.tables[found->second];
    if (table.values.empty() || table.keys.empty()) {
        return none; // reported where it stands
    }
    if (dot == path.size()) {
        report(Code::look_up_columns, name.at,
               {{"column_of", name.text}, {"hint", "write `" + example_of(name.text) + "`"}});
        return none;
    }
    const ast::Word wanted{std::string(path.substr(dot + 1)), {name.at.end + 1, from.word.at.end}};
    const auto column =
        std::find_if(table.values.begin(), table.values.end(),
                     [&](const ValueColumn& value) { return value.name == wanted.text; });
    if (column == table.values.end()) {
        std::vector<std::string_view> known;
        for (const ValueColumn& value : table.values) {
            known.push_back(value.name);
        }
        report_unknown(wanted, "column of values in `" + table.name + "`", known);
        return none;
    }
    if (refuse_calculated_key(from) || !right_keys(from, table)) {
        return none;
    }
    std::vector<Index> keys;
    for (std::size_t i = 0; i < from.operands.size(); ++i) {
        keys.push_back(key(from, table, i));
    }
    if (std::find(keys.begin(), keys.end(), none) != keys.end()) {
        return none;
    }
    const Type type = column->type;
    const auto index = static_cast<Index>(column - table.values.begin());
    const Index node = made_with(Op::look_up, type, from.at, keys, index);
    model_.exprs[node].index = found->second;
    return type.kind == TypeKind::error ? none : node;
}

Index ExprChecker::key(const ast::Expr& from, const LookUpTable& table, std::size_t column) {
    const Type wanted = table.keys[column].type;
    const Index key = expr(from.operands[column], wanted);
    if (key == none) {
        return none;
    }
    const Type found = type_of(key);
    const bool both_plain = is_plain(found.kind) && is_plain(wanted.kind);
    if (!both_plain && !fits(found, wanted)) {
        report_wrong_type(model_.exprs[key].at, found, wanted);
        return none;
    }
    return key;
}

/// `fee.rate for revenue * 2`: twice the rate, or the rate for twice the revenue?
bool ExprChecker::refuse_calculated_key(const ast::Expr& from) {
    if (from.c == ast::none) {
        return false;
    }
    const Span key = file_.exprs[from.c].at;
    ast::Index first = from.c;
    while (file_.exprs[first].form >= ast::Form::add &&
           file_.exprs[first].form <= ast::Form::divide) {
        first = file_.exprs[first].a;
    }
    const std::uint32_t end = file_.exprs[first].at.end;
    const std::string looked_up(text_at({from.at.begin, end}));
    report(Code::calculated_key, key,
           {{"key", std::string(text_at(key))},
            {"outside", "(" + looked_up + ")" + std::string(text_at({end, key.end}))}});
    return true;
}

bool ExprChecker::right_keys(const ast::Expr& from, const LookUpTable& table) {
    const std::size_t found = from.operands.size();
    const std::size_t expected = table.keys.size();
    if (found == expected) {
        return true;
    }
    const auto keys = [](std::size_t count) {
        return count == 1 ? std::string("one key") : std::to_string(count) + " keys";
    };
    std::string names;
    for (const KeyColumn& column : table.keys) {
        names += (names.empty() ? "" : ", ") + column.name;
    }
    std::vector<Argument> arguments{{"name", table.name},
                                    {"expected", keys(expected)},
                                    {"names", names},
                                    {"found", keys(found) + (found == 1 ? " is" : " are")}};
    if (found > expected) {
        const std::uint32_t end = file_.exprs[from.operands[expected - 1]].at.end;
        arguments.push_back({"looked_up", std::string(text_at({from.at.begin, end}))});
    }
    report(Code::key_count, from.at, std::move(arguments));
    return false;
}

/// "points.points for role, market"
std::string ExprChecker::example_of(std::string_view name) const {
    const LookUpTable& table = model_.tables[names_.tables.find(name)->second];
    std::string example = table.name;
    for (const KeyColumn& column : table.keys) {
        const bool first = &column == &table.keys.front();
        example += (first ? "." + table.values.front().name + " for " : ", ") + column.name;
    }
    return example;
}

Index ExprChecker::unknown_path(const ast::Expr& from, std::string_view name) {
    if (name == "x" && !names_.facts.contains(name)) {
        report_unknown({std::string(name), from.at}, "fact or measure", {},
                       "a cell is marked with `yes`");
        return none;
    }
    if (name == "true" || name == "false") {
        report_unknown({std::string(name), from.at}, "fact or measure", {},
                       std::string("write `") + (name == "true" ? "yes" : "no") + "`");
        return none;
    }
    if (context_ == Context::constant) {
        if (!names_.broken.contains(name)) {
            report(Code::name_for_value, from.at, {{"name", std::string(name)}});
        }
        return none;
    }
    if (const auto table = names_.tables.find(name.substr(0, name.find('.')));
        table != names_.tables.end()) {
        const LookUpTable& named = model_.tables[table->second];
        const bool complete = !named.keys.empty() && !named.values.empty();
        report_unknown({std::string(name), from.at}, "fact or measure", {},
                       complete ? "a table is looked up by keys: `" + example_of(named.name) + "`"
                                : "");
        return none;
    }
    if (std::string hint = group_hint(name); !hint.empty()) {
        report_unknown({std::string(name), from.at}, "fact or measure", {}, std::move(hint));
        return none;
    }
    if (name == "today" || name == "now") {
        report_unknown({std::string(name), from.at}, "fact or measure", {},
                       "the day on which a partner is judged is `review_date`");
        return none;
    }
    std::vector<std::string_view> known{"review_date", "review_period"};
    for (const Scope& scope : scopes_) {
        if (is_item(scope)) {
            known.push_back(scope.as);
            continue;
        }
        if (model_.records[scope.record].group) {
            continue;
        }
        for (const Field& field : model_.records[scope.record].fields) {
            known.push_back(field.name);
        }
        if (scope.record < names_.record_measures.size()) {
            for (const auto& [measure, index] : names_.record_measures[scope.record]) {
                known.push_back(measure);
            }
        }
    }
    for (const auto& [fact, index] : names_.facts) {
        known.push_back(fact);
    }
    for (const auto& [measure, index] : names_.measures) {
        known.push_back(measure);
    }
    for (const auto& [paths, index] : names_.paths) {
        known.push_back(paths);
    }
    const std::string kind =
        scopes_.empty() || is_item(scopes_.back())
            ? "fact or measure"
            : "fact, measure or field of `" + model_.records[scopes_.back().record].name + "`";
    for (std::size_t record = 0; record < model_.records.size(); ++record) {
        const auto& fields = model_.records[record].fields;
        const bool is_field = std::any_of(fields.begin(), fields.end(),
                                          [&](const Field& field) { return field.name == name; });
        if (is_field || measure_of_record(static_cast<Index>(record), name)) {
            report_unknown({std::string(name), from.at}, kind, {},
                           "`" + std::string(name) + "` is a " + (is_field ? "field" : "measure") +
                               " of `" + model_.records[record].name +
                               "`: it can be used in `where` over a list of them");
            return none;
        }
    }
    report_unknown({std::string(name), from.at}, kind, known,
                   "write it as it stands in `facts` or behind `define`");
    return none;
}

// ---- logic and comparison ----------------------------------------------------------------------

Index ExprChecker::n_ary(const ast::Expr& from, Op op) {
    std::vector<Index> operands;
    bool understood = true;
    for (const ast::Index operand : from.operands) {
        operands.push_back(condition(operand));
        understood &= operands.back() != none;
    }
    return understood ? made_with(op, yes_no, from.at, operands) : none;
}

/// `unknown because "…"`, and an `if` of nothing else.
bool ExprChecker::says_no_type(ast::Index index) const {
    if (index == ast::none) {
        return false;
    }
    const ast::Expr& from = file_.exprs[index];
    return from.form == ast::Form::left_open ||
           (from.form == ast::Form::conditional && says_no_type(from.b) && says_no_type(from.c));
}

/// Checks two sides of one type: the one that says its type first.
ExprChecker::Operands ExprChecker::both_of_one_type(ast::Index left, ast::Index right,
                                                    Type wanted) {
    Operands sides;
    const bool right_first = says_no_type(left) && !says_no_type(right);
    Index& first = right_first ? sides.right : sides.left;
    Index& second = right_first ? sides.left : sides.right;
    first = expr(right_first ? right : left, wanted);
    second = expr(right_first ? left : right, first == none ? wanted : type_of(first));
    return sides;
}

/// Checks two sides that have to go together: the one that says its type first.
ExprChecker::Operands ExprChecker::both_sides(ast::Index left, ast::Index right) {
    const auto says_nothing = [&](ast::Index index) {
        return index != ast::none &&
               (file_.exprs[index].form == ast::Form::hole || says_no_type(index) ||
                (is_bare_word(index) && !resolves(file_.exprs[index].word.text)));
    };
    Operands sides;
    if (says_nothing(left) && !says_nothing(right)) {
        sides.right = expr(right);
        sides.left = sides.right == none ? none : expr(left, type_of(sides.right));
        return sides;
    }
    sides.left = expr(left);
    if (sides.left == none) {
        return sides; // what the right side is cannot be told
    }
    sides.right = expr(right, type_of(sides.left));
    return sides;
}

/// `review_date - born >= 60 years` as `born + 60 years <= review_date`: years have no fixed number of days.
std::string ExprChecker::age_instead(Index left, Index right) const {
    const Expr& age = model_.exprs[left];
    if (age.op != Op::subtract) {
        return "";
    }
    std::string sign(text_at({age.at.end, model_.exprs[right].at.begin}));
    std::erase_if(sign, [](char c) { return c != '<' && c != '>' && c != '='; });
    for (char& c : sign) { // the two sides change places
        c = c == '<' ? '>' : c == '>' ? '<' : c;
    }
    return words_at(age.b) + " + " + words_at(right) + " " + sign + " " + words_at(age.a);
}

void ExprChecker::cannot_compare(Index left, Index right) {
    std::vector<Argument> arguments{{"left", words_at(left)},
                                    {"left_type", in_words(model_, type_of(left))},
                                    {"right", words_at(right)},
                                    {"right_type", in_words(model_, type_of(right))}};
    const TypeKind a = type_of(left).kind;
    const TypeKind b = type_of(right).kind;
    if (a == TypeKind::choices && b == TypeKind::choice) {
        arguments.push_back(
            {"hint", "write `" + words_at(left) + " include " + words_at(right) + "`"});
    } else if (a == TypeKind::money && is_plain(b)) {
        arguments.push_back(
            {"hint", "write the currency as well: `" +
                         with_currency(model_.currencies[type_of(left).index], words_at(right)) +
                         "`"});
    } else if (a == TypeKind::percent && is_plain(b)) {
        arguments.push_back({"hint", "a percentage has its sign: `15%`"});
    } else if (b == TypeKind::percent && is_plain(a)) {
        arguments.push_back(
            {"hint", "make it a percentage: `" + as_percentage(words_at(left)) + "`"});
    } else if (a == TypeKind::date && is_plain(b)) {
        arguments.push_back({"hint", "write a day, as in `2023-06-30`, or `" + words_at(left) +
                                         " in calendar year …`"});
    } else if (a == TypeKind::date && b == TypeKind::month) {
        arguments.push_back({"hint", "write `month of " + words_at(left) + "`, or ask `" +
                                         words_at(left) + " in " + words_at(right) + "`"});
    } else if (a == TypeKind::month && b == TypeKind::date) {
        arguments.push_back({"hint", "write `month of " + words_at(right) + "`"});
    } else if (a == TypeKind::days && b == TypeKind::months && !age_instead(left, right).empty()) {
        arguments.push_back({"hint", "write `" + age_instead(left, right) + "`"});
    } else if (a == TypeKind::month && is_plain(b)) {
        arguments.push_back({"hint", "write a month, as in `2023-06`"});
    } else if (std::string hint = subtraction_hint(model_.exprs[right].at);
               is_figure(a) && !hint.empty()) {
        arguments.push_back({"hint", std::move(hint)});
    } else if (a == TypeKind::item && model_.references[type_of(left).index].record != none) {
        const Reference& to = model_.references[type_of(left).index];
        arguments.push_back({"hint", "compare a field of it: `" + words_at(left) + "." +
                                         model_.records[to.record].fields[to.key].name + " …`"});
    } else if (a == TypeKind::list) {
        arguments.push_back({"hint", "count it: `(count of " + words_at(left) + ") …`"});
    }
    report(Code::cannot_compare, join(model_.exprs[left].at, model_.exprs[right].at),
           std::move(arguments));
}

Index ExprChecker::comparison(const ast::Expr& from) {
    const auto [left, right] = both_sides(from.a, from.b);
    if (left == none || right == none) {
        return none;
    }
    const Type a = type_of(left);
    const Type b = type_of(right);
    const Op op = comparison_op(from.word.text);
    const bool can = (fits(a, b) || fits(b, a)) && a.kind != TypeKind::list &&
                     a.kind != TypeKind::window && a.kind != TypeKind::choices;
    if (!can) {
        cannot_compare(left, right);
        return none;
    }
    if (op != Op::equal && op != Op::not_equal && !has_order(a.kind)) {
        report(Code::cannot_order, from.at,
               {{"left", words_at(left)}, {"left_type", in_words(model_, a)}});
        return none;
    }
    return made(op, yes_no, from.at, left, right);
}

/// `5 <= certified <= 20`, and `count of deals where kind = new >= 3`, in which the `where` takes it all.
void ExprChecker::chain(const ast::Expr& from) {
    const ast::Expr& first = file_.exprs[from.a];
    const auto text = [&](ast::Index index) { return std::string(text_at(file_.exprs[index].at)); };
    const bool is_plain_chain =
        from.b != ast::none && first.form == ast::Form::comparison && first.b != ast::none;
    std::vector<Argument> arguments;
    if (is_plain_chain && where_depth_ > 0) {
        arguments = {{"sign", from.word.text}, {"right", text(from.b)}};
    } else if (is_plain_chain) {
        const std::string middle = text(first.b);
        arguments = {{"fix", text(first.a) + " " + first.word.text + " " + middle + " and " +
                                 middle + " " + from.word.text + " " + text(from.b)}};
    }
    report(Code::chained_comparison, from.at, std::move(arguments));
}

Index ExprChecker::in_members(const ast::Expr& from) {
    const Index left = expr(from.a);
    std::vector<Index> members;
    bool understood = left != none;
    for (const ast::Index operand : from.operands) {
        const Index member = left == none ? none : expr(operand, type_of(left));
        if (member != none && !fits(type_of(member), type_of(left)) &&
            !fits(type_of(left), type_of(member))) {
            cannot_compare(left, member);
            understood = false;
        }
        understood &= member != none;
        members.push_back(member);
    }
    if (left != none && type_of(left).kind == TypeKind::choices) {
        report_wrong_type(model_.exprs[left].at, type_of(left), "one value",
                          "write `" + words_at(left) + " include any of (…)`");
        return none;
    }
    return understood ? made_with(Op::in_members, yes_no, from.at, members, left) : none;
}

Index ExprChecker::in_window(const ast::Expr& from) {
    const Index right = as_window(expr(from.b, {TypeKind::window, 0}));
    if (right != none && type_of(right).kind == TypeKind::choices) { // `embed in motions`
        report_wrong_type(model_.exprs[right].at, type_of(right), {TypeKind::window, 0},
                          "write `" + words_at(right) + " include " +
                              std::string(text_at(file_.exprs[from.a].at)) + "`");
        return none;
    }
    const Index left = expr(from.a, {TypeKind::date, 0});
    if (left == none || right == none) {
        return none;
    }
    if (!fits(type_of(right), {TypeKind::window, 0})) {
        report_wrong_type(model_.exprs[right].at, type_of(right), {TypeKind::window, 0},
                          "`in` asks for a window of days, or a list in parentheses");
        return none;
    }
    if (!fits(type_of(left), {TypeKind::date, 0})) {
        report_wrong_type(model_.exprs[left].at, type_of(left), {TypeKind::date, 0},
                          type_of(left).kind == TypeKind::month
                              ? "write `first day of " + words_at(left) + " in …`"
                              : "");
        return none;
    }
    return made(Op::in_window, yes_no, from.at, left, right);
}

Index ExprChecker::include(const ast::Expr& from) {
    const Index left = expr(from.a);
    if (left == none) {
        return none;
    }
    const Type type = type_of(left);
    if (type.kind != TypeKind::choices) {
        std::string hint;
        if (type.kind == TypeKind::choice) {
            hint = "write `" + words_at(left) + " = …`, or `" + words_at(left) + " in (…)`";
        }
        report_wrong_type(model_.exprs[left].at, type, "a fact with several choices (`any of …`)",
                          std::move(hint));
        return none;
    }
    std::vector<ast::Index> members = from.operands;
    if (from.form == ast::Form::include) {
        members = {from.b};
    }
    Mask mask;
    for (const ast::Index operand : members) {
        const Index member = expr(operand, {TypeKind::choice, type.index});
        if (member == none) {
            return none;
        }
        const Expr& node = model_.exprs[member];
        if (node.op != Op::literal || node.type.kind != TypeKind::choice ||
            node.type.index != type.index) {
            report_wrong_type(node.at, node.type, {TypeKind::choice, type.index});
            return none;
        }
        mask.maybe |= model_.literals[node.index].mask.maybe;
    }
    model_.literals.push_back(Value::of(mask));
    return made(from.form == ast::Form::include_all ? Op::include_all : Op::include_any, yes_no,
                from.at, left, none, none, static_cast<Index>(model_.literals.size() - 1));
}

// ---- figures -----------------------------------------------------------------------------------

/// The type of a calculation, `error` where the two do not go together.
Type ExprChecker::calculated(Op op, Type left, Type right) const {
    const TypeKind a = left.kind;
    const TypeKind b = right.kind;
    const bool additive = op == Op::add || op == Op::subtract;
    if (additive && a == TypeKind::date && (b == TypeKind::days || b == TypeKind::months)) {
        return left;
    }
    if (op == Op::subtract && a == TypeKind::date && b == TypeKind::date) {
        return {TypeKind::days, 0};
    }
    if (additive && a == TypeKind::month && b == TypeKind::months) {
        return left;
    }
    if (op == Op::subtract && a == TypeKind::month && b == TypeKind::month) {
        return {TypeKind::months, 0};
    }
    if (!is_figure(a) || !is_figure(b)) {
        return {};
    }
    if (additive) {
        if (is_plain(a) && is_plain(b)) {
            return a == TypeKind::whole ? right : left;
        }
        return left == right ? left : Type{};
    }
    if (op == Op::multiply) {
        if (is_plain(a) && is_plain(b)) {
            return a == TypeKind::whole ? right : left;
        }
        if (a == TypeKind::percent && b == TypeKind::whole) {
            return {TypeKind::decimal, 0};
        }
        if (is_plain(a) || a == TypeKind::percent) {
            return right;
        }
        return is_plain(b) || b == TypeKind::percent ? left : Type{};
    }
    if (left == right || (is_plain(a) && is_plain(b))) {
        return {TypeKind::decimal, 0};
    }
    return is_plain(b) || b == TypeKind::percent ? left : Type{};
}

std::string ExprChecker::month_hint(const ast::Expr& from, Type left, Type right) const {
    const ast::Expr& a = file_.exprs[from.a];
    const ast::Expr& b = file_.exprs[from.b];
    if (left.kind == TypeKind::date || right.kind == TypeKind::date) {
        const ast::Expr& date = left.kind == TypeKind::date ? a : b;
        return "write `month of " + std::string(text_at(date.at)) + "`";
    }
    if (left.kind == TypeKind::month && is_plain(right.kind)) {
        return "say what they are: `" + std::string(text_at(b.at)) + " months`";
    }
    if (left.kind == TypeKind::month && right.kind == TypeKind::days) {
        return "a month moves by months; days go with a day of it, as in `first day of …`";
    }
    return subtraction_hint(left.kind == TypeKind::month ? a.at : b.at);
}

std::string ExprChecker::calculation_hint(const ast::Expr& from, Type left, Type right) const {
    if (left.kind == TypeKind::date && is_plain(right.kind)) {
        const std::string count(text_at(file_.exprs[from.b].at));
        return "say what it counts: `" + count + " days`, or weeks, months, years";
    }
    const bool spans = (left.kind == TypeKind::days && right.kind == TypeKind::months) ||
                       (left.kind == TypeKind::months && right.kind == TypeKind::days);
    if (spans) {
        return "months differ in length: add one after the other to a date";
    }
    if (left.kind == TypeKind::month || right.kind == TypeKind::month) {
        return month_hint(from, left, right);
    }
    const bool left_is_money = left.kind == TypeKind::money;
    const ast::Expr& other = file_.exprs[left_is_money ? from.b : from.a];
    const bool one_is_money = left_is_money != (right.kind == TypeKind::money);
    const bool additive = from.form == ast::Form::add || from.form == ast::Form::subtract;
    return one_is_money && additive && other.form == ast::Form::number &&
                   !other.word.text.ends_with('%')
               ? "write the currency as well: `" +
                     with_currency(model_.currencies[(left_is_money ? left : right).index],
                                   other.word.text) +
                     "`"
               : "";
}

/// `n/a`, which reads like a division.
bool ExprChecker::refuse_not_applicable(const ast::Expr& from) {
    if (text_at(from.at) != "n/a" || resolves("n") || resolves("a")) {
        return false;
    }
    const ast::Word words{"n/a", from.at};
    if (context_ == Context::constant) {
        report(Code::name_for_value, from.at,
               {{"name", words.text}, {"hint", "leave the cell empty"}});
    } else {
        report_unknown(words, "fact or measure", {}, "write `-` where nothing is asked or opened");
    }
    return true;
}

Index ExprChecker::calculation(const ast::Expr& from) {
    if (from.form == ast::Form::divide && refuse_not_applicable(from)) {
        return none;
    }
    const Index left = expr(from.a);
    const Index right = expr(from.b);
    if (left == none || right == none) {
        return none;
    }
    Op op = Op::add;
    switch (from.form) {
    case ast::Form::subtract:
        op = Op::subtract;
        break;
    case ast::Form::multiply:
        op = Op::multiply;
        break;
    case ast::Form::divide:
        op = Op::divide;
        break;
    default:
        break;
    }
    const Type type = calculated(op, type_of(left), type_of(right));
    if (type.kind == TypeKind::error) {
        std::vector<Argument> arguments{{"sign", from.word.text},
                                        {"left_type", in_words(model_, type_of(left))},
                                        {"right_type", in_words(model_, type_of(right))}};
        if (std::string hint = calculation_hint(from, type_of(left), type_of(right));
            !hint.empty()) {
            arguments.push_back({"hint", std::move(hint)});
        }
        report(Code::cannot_calculate, from.at, std::move(arguments));
        return none;
    }
    return made(op, type, from.at, left, right);
}

Index ExprChecker::minus(const ast::Expr& from) {
    const Index operand = expr(from.a);
    if (operand == none) {
        return none;
    }
    if (!is_figure(type_of(operand).kind)) {
        report_wrong_type(model_.exprs[operand].at, type_of(operand), {TypeKind::decimal, 0});
        return none;
    }
    return made(Op::minus, type_of(operand), from.at, operand);
}

/// `but at most`, `but at least` and `otherwise`: two values of one type.
Index ExprChecker::same_type(const ast::Expr& from, Op op, Type wanted) {
    const auto [left, right] = both_of_one_type(from.a, from.b, wanted);
    if (left == none || right == none) {
        return none;
    }
    const Type a = type_of(left);
    const Type b = type_of(right);
    if (!fits(a, b) && !fits(b, a)) {
        report_wrong_type(model_.exprs[right].at, b, a);
        return none;
    }
    if (op != Op::otherwise && !is_figure(a.kind) && !is_dated(a.kind)) {
        report(Code::cannot_order, from.at,
               {{"left", words_at(left)}, {"left_type", in_words(model_, a)}});
        return none;
    }
    return made(op, fits(a, b) ? b : a, from.at, left, right);
}

Index ExprChecker::conditional(const ast::Expr& from, Type wanted) {
    const Index test = condition(from.a);
    const auto [yes, no] = both_of_one_type(from.b, from.c, wanted);
    if (test == none || yes == none || no == none) {
        return none;
    }
    const Type a = type_of(yes);
    const Type b = type_of(no);
    if (!fits(a, b) && !fits(b, a)) {
        report_wrong_type(model_.exprs[no].at, b, a, "both sides of an `if` have one type");
        return none;
    }
    return made(Op::conditional, fits(a, b) ? b : a, from.at, test, yes, no);
}

Index ExprChecker::whole_operand(ast::Index index) {
    const Index operand = expr(index, whole_number);
    if (operand == none) {
        return none;
    }
    if (type_of(operand).kind != TypeKind::whole) {
        report(Code::fraction_of_something_whole, model_.exprs[operand].at,
               {{"found", words_at(operand)}});
        return none;
    }
    return operand;
}

Index ExprChecker::round(const ast::Expr& from) {
    const Index value = expr(from.a);
    const Index unit = expr(from.b);
    if (value == none || unit == none) {
        return none;
    }
    const Type type = type_of(value);
    if (!is_figure(type.kind)) {
        report_wrong_type(model_.exprs[value].at, type, {TypeKind::decimal, 0});
        return none;
    }
    if (!fits(type_of(unit), type) && !(is_plain(type.kind) && is_plain(type_of(unit).kind))) {
        report_wrong_type(model_.exprs[unit].at, type_of(unit), type);
        return none;
    }
    Rounding rounding = Rounding::half_even;
    if (from.word.text == "up") {
        rounding = Rounding::up;
    } else if (from.word.text == "down") {
        rounding = Rounding::down;
    } else if (from.word.text == "half up") {
        rounding = Rounding::half_up;
    }
    return made(Op::round, type.kind == TypeKind::whole ? type_of(unit) : type, from.at, value,
                unit, none, static_cast<Index>(rounding));
}

// ---- lists -------------------------------------------------------------------------------------

/// A word that names nothing else.
bool ExprChecker::names_item(ast::Index word) const {
    return is_bare_word(word) && !resolves(file_.exprs[word].word.text);
}

/// The name that an aggregate seems to give its items: a word that names nothing else.
std::string ExprChecker::name_meant(const ast::Expr& from) const {
    const bool compares = from.c != ast::none && file_.exprs[from.c].form == ast::Form::comparison;
    for (const ast::Index word : {from.b, compares ? file_.exprs[from.c].a : ast::none}) {
        if (names_item(word)) {
            return file_.exprs[word].word.text;
        }
    }
    return "one";
}

/// A plain value is read by the name that `as` gives it, which must not hide another.
bool ExprChecker::item_has_name(const ast::Expr& from, Index list) {
    if (!model_.records[type_of(list).index].plain) {
        return true;
    }
    const std::string words = words_at(list);
    if (!from.as) {
        const bool is_read = from.b != ast::none || from.c != ast::none;
        if (is_read) {
            report(Code::nameless_item, model_.exprs[list].at,
                   {{"list", words}, {"example", name_meant(from)}});
        }
        return !is_read;
    }
    if (resolves(from.as.text) && !names_.broken.contains(from.as.text)) {
        report(Code::item_name_taken, from.as.at, {{"name", from.as.text}, {"list", words}});
        return false;
    }
    return true;
}

Index ExprChecker::aggregate(const ast::Expr& from, Type wanted) {
    const Index list = list_operand(from.a);
    if (list == none) {
        return none;
    }
    constexpr std::array<std::pair<std::string_view, AggregateKind>, 13> kinds{{
        {"sum", AggregateKind::sum},
        {"smallest", AggregateKind::smallest},
        {"largest", AggregateKind::largest},
        {"average", AggregateKind::average},
        {"median", AggregateKind::median},
        {"count", AggregateKind::count},
        {"count distinct", AggregateKind::count_distinct},
        {"some", AggregateKind::some},
        {"none", AggregateKind::none_of},
        {"each", AggregateKind::each},
        {"value", AggregateKind::value},
        {"percentile", AggregateKind::percentile},
        {"list", AggregateKind::list_of},
    }};
    const bool is_percentile = !from.operands.empty();
    const Index percent = is_percentile ? percent_of_percentile(from) : none;
    if (!item_has_name(from, list)) {
        return none;
    }
    Aggregate aggregate = enter(list, from.as.text);
    for (const auto& [word, kind] : kinds) {
        if (word == from.word.text) {
            aggregate.kind = kind;
        }
    }
    bool understood = !is_percentile || percent != none;
    Type type = whole_number;
    if (from.b != ast::none) {
        const bool quantified = aggregate.kind == AggregateKind::each;
        aggregate.item = quantified ? condition(from.b) : expr(from.b, wanted);
        understood = aggregate.item != none;
        type = type_of(aggregate.item);
    }
    aggregate.where = where_of(from, understood);
    scopes_.pop_back();
    if (!understood) {
        return none;
    }
    const bool adds =
        aggregate.kind == AggregateKind::sum || aggregate.kind == AggregateKind::average ||
        aggregate.kind == AggregateKind::median || aggregate.kind == AggregateKind::percentile;
    const bool orders =
        aggregate.kind == AggregateKind::smallest || aggregate.kind == AggregateKind::largest;
    if ((adds && !is_figure(type.kind)) ||
        (orders && !is_figure(type.kind) && !is_dated(type.kind))) {
        report_wrong_type(model_.exprs[aggregate.item].at, type, {TypeKind::decimal, 0});
        return none;
    }
    if (aggregate.kind == AggregateKind::value && refuse_no_value(aggregate.item)) {
        return none;
    }
    if (percent != none) {
        aggregate.percent =
            model_.literals[model_.exprs[percent].index].range.low.to_int64().value_or(100);
    }
    switch (aggregate.kind) {
    case AggregateKind::list_of:
        type = type_of(list);
        break;
    case AggregateKind::count:
    case AggregateKind::count_distinct:
        type = whole_number;
        break;
    case AggregateKind::some:
    case AggregateKind::none_of:
    case AggregateKind::each:
        type = yes_no;
        break;
    case AggregateKind::average:
    case AggregateKind::median:
        if (type.kind == TypeKind::whole) {
            type.kind = TypeKind::decimal;
        }
        break;
    default:
        break;
    }
    return made_aggregate(std::move(aggregate), type, from.at);
}

Index ExprChecker::at_least_of(const ast::Expr& from) {
    const Index needed = expr(from.a, whole_number);
    std::vector<Index> operands;
    bool understood = needed != none;
    for (const ast::Index operand : from.operands) {
        operands.push_back(condition(operand));
        understood &= operands.back() != none;
    }
    if (needed != none && type_of(needed).kind != TypeKind::whole) {
        report(Code::fraction_of_something_whole, model_.exprs[needed].at,
               {{"found", words_at(needed)}});
        return none;
    }
    return understood ? made_with(Op::at_least_of, yes_no, from.at, operands, needed) : none;
}

// ---- windows -----------------------------------------------------------------------------------

Index ExprChecker::window(const ast::Expr& from) {
    struct Named {
        std::string_view words;
        WindowForm form;
        bool counts; // its operand is a whole number
        bool dates; // its operands are dates
    };
    constexpr std::array<Named, 19> forms{{
        {"trailing day", WindowForm::trailing_days, true, false},
        {"trailing week", WindowForm::trailing_days, true, false},
        {"trailing month", WindowForm::trailing_months, true, false},
        {"trailing year", WindowForm::trailing_months, true, false},
        {"previous calendar month", WindowForm::previous_months, true, false},
        {"previous calendar quarter", WindowForm::previous_quarters, true, false},
        {"previous calendar year", WindowForm::previous_years, true, false},
        {"calendar month to date", WindowForm::month_to_date, false, false},
        {"calendar quarter to date", WindowForm::quarter_to_date, false, false},
        {"calendar year to date", WindowForm::year_to_date, false, false},
        {"calendar year", WindowForm::calendar_year, true, false},
        {"program year", WindowForm::program_year, false, false},
        {"program year of", WindowForm::program_year, false, true},
        {"previous program year", WindowForm::previous_program_year, false, false},
        {"from through", WindowForm::from_through, false, true},
        {"from until", WindowForm::from_until, false, true},
    }};
    const auto named = std::find_if(forms.begin(), forms.end(), [&](const Named& form) {
        return form.words == from.word.text;
    });
    if (named == forms.end()) {
        return none;
    }
    Index a = from.a == ast::none ? none : named->counts ? whole_operand(from.a) : expr(from.a);
    const Index b = from.b == ast::none ? none : expr(from.b);
    if ((from.a != ast::none && a == none) || (from.b != ast::none && b == none)) {
        return none;
    }
    for (const Index operand : {a, b}) {
        if (named->dates && operand != none && !fits(type_of(operand), {TypeKind::date, 0})) {
            report_wrong_type(model_.exprs[operand].at, type_of(operand), {TypeKind::date, 0});
            return none;
        }
    }
    const std::int64_t unit = from.word.text == "trailing week"   ? 7
                              : from.word.text == "trailing year" ? 12
                                                                  : 1;
    if (unit != 1 && a != none) {
        const Index factor = literal(Value::of(Number(unit)), whole_number, from.at);
        a = made(Op::multiply, whole_number, from.at, a, factor);
    }
    const bool fixed = named->form == WindowForm::from_through ||
                       named->form == WindowForm::from_until ||
                       named->form == WindowForm::calendar_year ||
                       (named->form == WindowForm::program_year && a != none);
    model_.uses_date |= !fixed;
    return made(Op::window, {TypeKind::window, 0}, from.at, a, b, none,
                static_cast<Index>(named->form));
}

/// A month stands for its days where a window is asked.
Index ExprChecker::as_window(Index checked) {
    return type_of(checked).kind != TypeKind::month
               ? checked
               : made(Op::month_days, {TypeKind::window, 0}, model_.exprs[checked].at, checked);
}

Index ExprChecker::day_in_year(const ast::Expr& from) {
    const auto two = [&](std::size_t at) {
        return static_cast<unsigned>((from.word.text[at] - '0') * 10 + from.word.text[at + 1] -
                                     '0');
    };
    const MonthDay day{std::chrono::month(two(0)), std::chrono::day(two(3))};
    const Index year = whole_operand(from.a);
    if (!day.ok()) {
        report(Code::no_such_day, from.word.at, no_such_day(from.word.text));
        return none;
    }
    return year == none
               ? none
               : made(Op::day_in_year, {TypeKind::date, 0}, from.at, year, none, none, packed(day));
}

Index ExprChecker::part_of(const ast::Expr& from) {
    const Index date = expr(from.a, {TypeKind::date, 0});
    if (date == none) {
        return none;
    }
    const bool year = from.form == ast::Form::year_of;
    const Type found = type_of(date);
    if (!fits(found, {TypeKind::date, 0}) && !(year && found.kind == TypeKind::month)) {
        report_wrong_type(model_.exprs[date].at, found, {TypeKind::date, 0});
        return none;
    }
    return made(year ? Op::year_of : Op::month_of, year ? whole_number : Type{TypeKind::month, 0},
                from.at, date);
}

/// `unknown because "…"`: anything of the type that is asked.
Index ExprChecker::left_open(const ast::Expr& from, Type wanted) {
    if (context_ == Context::constant) {
        report(Code::name_for_value, from.at, {{"name", "unknown"}});
        return none;
    }
    if (wanted.kind == TypeKind::error) {
        report(Code::unstated_of_no_type, from.at, {});
        return none;
    }
    return left_open(wanted, unquoted(from.word.text), from.at);
}

Index ExprChecker::left_open(Type type, std::string because, Span at) {
    const Value any = FactSheet::unknown(model_, type, Reason::unstated);
    model_.unstated.push_back({any, std::move(because)});
    return made(Op::unstated, type, at, none, none, none,
                static_cast<Index>(model_.unstated.size() - 1));
}

Index ExprChecker::day_of(const ast::Expr& from) {
    const Index operand = as_window(expr(from.a, {TypeKind::window, 0}));
    if (operand == none) {
        return none;
    }
    if (!fits(type_of(operand), {TypeKind::window, 0})) {
        report_wrong_type(model_.exprs[operand].at, type_of(operand), {TypeKind::window, 0});
        return none;
    }
    return made(from.form == ast::Form::first_day ? Op::first_day : Op::last_day,
                {TypeKind::date, 0}, from.at, operand);
}

} // namespace rung
