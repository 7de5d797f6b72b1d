#include "interpreter/check.hpp"

#include "interpreter/check_expr.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rung {

namespace {

constexpr std::array<std::string_view, 3> own_names{"review_date", "review_period", "tier"};

std::string quoted(const std::string& name) { return "`" + name + "`"; }

std::vector<std::string_view> keys_of(const std::map<std::string, Index, std::less<>>& names) {
    std::vector<std::string_view> keys;
    for (const auto& [name, index] : names) {
        keys.push_back(name);
    }
    return keys;
}

class Checker {
public:
    Checker(const ast::File& file, Source source, Faults& faults)
        : file_(file), faults_(faults), exprs_(file, names_, model_, faults) {
        model_.source = std::move(source);
        names_.broken = file.unread;
    }

    Model run() {
        head();
        ladder();
        records();
        for (const ast::Field& from : file_.facts) {
            fact(from);
        }
        reviews();
        defines();
        for (const ast::Table& table : file_.requirements) {
            requirements(table);
        }
        for (const ast::Table& table : file_.benefits) {
            benefits(table);
        }
        for (const ast::Reading& from : file_.readings) {
            reading(from);
        }
        for (const ast::Notice& from : file_.notices) {
            notice(from);
        }
        for (const ast::Test& from : file_.tests) {
            test(from);
        }
        return std::move(model_);
    }

    Model run_tests(const Model& base) {
        borrow(base);
        refuse_all_but_tests();
        for (const ast::Test& from : file_.tests) {
            test(from);
        }
        return std::move(model_);
    }

private:
    /// The names that tests speak of.
    void borrow(const Model& base) {
        model_.name = base.name;
        model_.currencies = base.currencies;
        model_.choice_sets = base.choice_sets;
        model_.tiers = base.tiers;
        model_.measures = base.measures;
        for (std::size_t i = 0; i < base.tiers.size(); ++i) {
            names_.tiers.emplace(base.tiers[i].id, static_cast<Index>(i));
        }
        for (std::size_t i = 0; i < base.reviews.size(); ++i) {
            names_.reviews.emplace(base.reviews[i].id, static_cast<Index>(i));
        }
        for (std::size_t i = 0; i < base.measures.size(); ++i) {
            names_.measures.emplace(base.measures[i].name, static_cast<Index>(i));
        }
        for (std::size_t i = 0; i < base.requirements.size(); ++i) {
            requirement_at_.emplace(base.requirements[i].id, static_cast<Index>(i));
        }
        for (std::size_t i = 0; i < base.benefits.size(); ++i) {
            benefit_rows_.emplace(base.benefits[i].id, static_cast<Index>(i));
        }
    }

    void refuse_all_but_tests() {
        const auto refuse = [&](const auto& parts) {
            for (const auto& part : parts) {
                report(Code::only_tests_here, {part.at.begin, part.at.begin}, {});
            }
        };
        refuse(file_.head);
        refuse(file_.ladders);
        refuse(file_.records);
        refuse(file_.facts);
        refuse(file_.defines);
        refuse(file_.requirements);
        refuse(file_.benefits);
        refuse(file_.notices);
    }

    void report(Code code, Span at, std::vector<Argument> arguments = {}) {
        exprs_.report(code, at, std::move(arguments));
    }

    void report_twice(const ast::Word& word, Span first) {
        faults_.push_back({Code::given_twice,
                           word.at,
                           {{"name", word.text}},
                           {{NoteCode::first_given, first, {}}},
                           {}});
    }

    /// Enters a name, once in its `space`, and not one of the language's own.
    bool declare(std::map<std::string, Index, std::less<>>& names, std::string_view space,
                 const ast::Word& word, std::size_t index) {
        if (!word) {
            return false;
        }
        if (std::find(own_names.begin(), own_names.end(), word.text) != own_names.end()) {
            report(Code::reserved_name, word.at, {{"name", word.text}});
            return false;
        }
        const auto [first, fresh] =
            first_at_.emplace(std::pair{std::string(space), word.text}, word.at);
        if (!fresh) {
            report_twice(word, first->second);
            return false;
        }
        names.emplace(word.text, static_cast<Index>(index));
        return true;
    }

    // ---- the head of the file

    void head() {
        model_.currencies = {"USD"};
        std::map<std::string, Span> seen;
        for (const ast::HeadLine& line : file_.head) {
            if (const auto [first, fresh] = seen.emplace(line.word.text, line.word.at); !fresh) {
                report_twice(line.word, first->second);
                continue;
            }
            head_line(line);
        }
        require(seen);
        for (const ast::HeadLine& line : file_.inputs) {
            input(line);
        }
    }

    void require(const std::map<std::string, Span>& seen) {
        constexpr std::array<std::pair<const char*, const char*>, 3> needed{{
            {"program", "program acme_partners \"Acme Partner Program\""},
            {"version", "version 2024"},
            {"effective", "effective 2024-01-01 onwards"},
        }};
        std::vector<std::string> missing;
        std::string example;
        for (const auto& [section, line] : needed) {
            if (!seen.contains(section)) {
                example = missing.empty() ? line : example;
                missing.push_back(quoted(section));
            }
        }
        if (!missing.empty() && !file_.sections_missing) {
            report(Code::missing_section, {0, 0},
                   {{"sections", listed(missing, " or ")}, {"example", example}});
        }
    }

    void head_line(const ast::HeadLine& line) {
        const std::string& word = line.word.text;
        if (word == "program") {
            model_.name = line.value.text;
            model_.label = line.text.given ? line.text.value : spaced(model_.name);
        } else if (word == "version") {
            model_.version = line.value.text;
        } else if (word == "source") {
            model_.guide = line.text.value;
        } else if (word == "currency" && line.value) {
            model_.currencies[0] = line.value.text;
        } else if (word == "effective") {
            model_.effective_from = day(line.value);
            model_.effective_through = day(line.second);
            if (model_.effective_through && model_.effective_from &&
                *model_.effective_through < *model_.effective_from) {
                report(Code::bounds_cross, join(line.value.at, line.second.at));
            }
        } else if (word == "year" && line.value) {
            year_starts(line.value);
        }
    }

    std::optional<Date> day(const ast::Word& word) {
        if (!word) {
            return std::nullopt;
        }
        const ParsedDate parsed = Date::parse(word.text);
        if (!parsed) {
            report(Code::no_such_day, word.at, {{"found", word.text}});
            return std::nullopt;
        }
        return parsed.value;
    }

    void year_starts(const ast::Word& word) {
        const auto two = [&](std::size_t at) {
            return static_cast<unsigned>((word.text[at] - '0') * 10 + (word.text[at + 1] - '0'));
        };
        const MonthDay start{std::chrono::month(two(0)), std::chrono::day(two(3))};
        const bool leap_day = start == MonthDay{std::chrono::February, std::chrono::day(29)};
        if (!start.ok() || leap_day) {
            report(Code::no_such_day, word.at, {{"found", word.text}});
            return;
        }
        model_.year_start = start;
    }

    void input(const ast::HeadLine& line) {
        std::string& key = line.word.text == "on"       ? model_.on_key
                           : line.word.text == "review" ? model_.review_key
                                                        : model_.version_key;
        if (!key.empty()) {
            report_twice(line.word, first_input(line.word.text));
            return;
        }
        key = pointer(line.text);
    }

    [[nodiscard]] Span first_input(std::string_view word) const {
        return std::find_if(file_.inputs.begin(), file_.inputs.end(),
                            [&](const ast::HeadLine& line) { return line.word.text == word; })
            ->word.at;
    }

    /// A key, or a pointer where it begins with `/`.
    std::string pointer(const ast::Text& text) {
        if (text.value.empty() || text.value == "/" || text.value.find("//") != std::string::npos ||
            text.value.ends_with('/')) {
            report(Code::bad_pointer, text.at,
                   text.value.empty() ? std::vector<Argument>{}
                                      : std::vector<Argument>{{"name", text.value}});
            return "";
        }
        return text.value.starts_with('/') ? text.value : key_pointer(text.value);
    }

    /// RFC 6901: in a key, `~` is written `~0` and `/` is written `~1`.
    static std::string key_pointer(std::string_view key) {
        std::string pointer = "/";
        for (const char c : key) {
            pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        }
        return pointer;
    }

    // ---- the ladder and its reviews

    void ladder() {
        if (file_.ladders.empty()) {
            return;
        }
        const ast::Ladder& from = file_.ladders.front();
        for (std::size_t i = 1; i < file_.ladders.size(); ++i) {
            report_twice({"ladder", file_.ladders[i].at}, from.at);
        }
        model_.climb = from.one_by_one ? Climb::one_by_one : Climb::each_alone;
        for (const ast::Tier& tier : from.tiers) {
            if (declare(names_.tiers, "tiers", tier.name, model_.tiers.size())) {
                model_.tiers.push_back(
                    {tier.name.text, tier.label.given ? tier.label.value : spaced(tier.name.text),
                     tier.name.at});
            }
        }
        if (from.tiers.size() < 2) {
            report(Code::short_ladder, from.at);
        }
        if (model_.tiers.size() > max_choices) {
            report(Code::too_many_choices, from.at,
                   {{"limit", std::to_string(max_choices)},
                    {"found", std::to_string(model_.tiers.size())}});
        }
    }

    void reviews() {
        for (const ast::Review& from : file_.reviews) {
            if (!declare(names_.reviews, "reviews", from.name, model_.reviews.size())) {
                continue;
            }
            Review review;
            review.id = from.name.text;
            review.label = from.label.given ? from.label.value : spaced(review.id);
            review.can_raise = from.can_raise;
            review.can_lower = from.can_lower;
            review.by_program = from.by_program;
            review.at = from.at;
            review.grace = grace(from.grace);
            review.window = from.broken ? none : exprs_.check(from.window, Context::review);
            if (review.window != none && !fits(type_of(review.window), {TypeKind::window, 0})) {
                exprs_.report_wrong_type(at(review.window), type_of(review.window),
                                         {TypeKind::window, 0});
            }
            model_.reviews.push_back(std::move(review));
        }
    }

    std::optional<Duration> grace(ast::Index from) {
        const Index checked = exprs_.check(from, Context::constant);
        if (checked == none) {
            return std::nullopt;
        }
        const Expr& expr = model_.exprs[checked];
        const auto count =
            static_cast<std::int32_t>(model_.literals[expr.index].range.low.to_int64().value_or(0));
        return expr.type.kind == TypeKind::months ? Duration{count, 0} : Duration{0, count};
    }

    [[nodiscard]] Type type_of(Index expr) const {
        return expr == none ? Type{} : model_.exprs[expr].type;
    }
    [[nodiscard]] Span at(Index expr) const { return model_.exprs[expr].at; }

    // ---- the contract of facts

    void records() {
        for (const ast::Record& from : file_.records) {
            if (!declare(names_.records, "records", from.name, model_.records.size())) {
                if (from.name) {
                    names_.broken.insert(from.name.text);
                }
                record_of_.push_back(none);
                continue;
            }
            RecordType record;
            record.name = from.name.text;
            record.label = from.label.given ? from.label.value : spaced(record.name);
            record.at = from.name.at;
            record_of_.push_back(static_cast<Index>(model_.records.size()));
            model_.records.push_back(std::move(record));
        }
        for (std::size_t i = 0; i < file_.records.size(); ++i) {
            if (record_of_[i] != none) {
                fields(file_.records[i], record_of_[i]);
            }
        }
        refuse_records_in_themselves();
    }

    void fields(const ast::Record& from, Index record) {
        std::map<std::string, Index, std::less<>> names;
        for (const ast::Field& item : from.fields) {
            if (!declare(names, "fields of " + from.name.text, item.name,
                         model_.records[record].fields.size())) {
                continue;
            }
            std::optional<Field> made = field(item);
            if (made) {
                field_at_.emplace(made->name, made->at);
                model_.records[record].fields.push_back(std::move(*made));
            } else {
                names_.broken.insert(item.name.text);
            }
        }
        if (from.named_by) {
            const auto& fields = model_.records[record].fields;
            const auto named = std::find_if(fields.begin(), fields.end(), [&](const Field& f) {
                return f.name == from.named_by.text;
            });
            if (named == fields.end()) {
                exprs_.report_unknown(from.named_by, "field", keys_of(names));
            } else {
                model_.records[record].named_by = static_cast<Index>(named - fields.begin());
            }
        }
    }

    void refuse_records_in_themselves() {
        for (Index i = 0; i < model_.records.size(); ++i) {
            std::vector<Index> path{i};
            std::vector<bool> seen(model_.records.size());
            if (reaches(i, i, path, seen)) {
                std::string cycle;
                for (const Index step : path) {
                    cycle += (cycle.empty() ? "" : " → ") + model_.records[step].name;
                }
                report(Code::record_in_itself, model_.records[i].at,
                       {{"name", model_.records[i].name}, {"cycle", cycle}});
                return;
            }
        }
    }

    bool reaches(Index from, Index target, std::vector<Index>& path, std::vector<bool>& seen) {
        for (const Field& field : model_.records[from].fields) {
            if (field.type.kind != TypeKind::list) {
                continue;
            }
            path.push_back(field.type.index);
            if (field.type.index == target) {
                return true;
            }
            if (!seen[field.type.index] && path.size() < max_record_depth) {
                seen[field.type.index] = true;
                if (reaches(field.type.index, target, path, seen)) {
                    return true;
                }
            }
            path.pop_back();
        }
        return false;
    }

    void fact(const ast::Field& from) {
        std::optional<Field> made = field(from);
        if (!made) {
            names_.broken.insert(from.name.text);
            return;
        }
        if (const auto field = field_at_.find(from.name.text); field != field_at_.end()) {
            report_twice(from.name, field->second);
            return;
        }
        if (declare(names_.facts, "values", from.name, model_.facts.size())) {
            refuse_equal_keys(*made);
            model_.facts.push_back(std::move(*made));
        }
    }

    void refuse_equal_keys(const Field& field) {
        for (const Field& other : model_.facts) {
            if (other.pointer == field.pointer) {
                std::vector<Argument> arguments{{"pointer", field.pointer}, {"fact", field.name}};
                faults_.push_back({Code::given_twice,
                                   field.at,
                                   std::move(arguments),
                                   {{NoteCode::first_given, other.at, {}}},
                                   {}});
            }
        }
    }

    std::optional<Field> field(const ast::Field& from) {
        Field field;
        field.name = from.name.text;
        field.label = from.label.given ? from.label.value : spaced(field.name);
        field.pointer = key_pointer(field.name);
        field.at = from.name.at;
        const std::optional<Type> type = type_of_field(from.type, field);
        if (!type) {
            return std::nullopt;
        }
        field.type = *type;
        for (const ast::Annotation& annotation : from.annotations) {
            annotate(field, annotation);
        }
        if (field.at_least && field.at_most) {
            refuse_beyond_bounds(field, *field.at_least);
        }
        if (field.default_literal != none && is_figure(field.type.kind)) {
            refuse_beyond_bounds(field, model_.literals[field.default_literal].range.low);
        }
        return field;
    }

    /// A bound beyond the other one would leave no figure, so an unknown one would be anything at all.
    void refuse_beyond_bounds(const Field& field, const Number& figure) {
        const bool below = field.at_least && figure < *field.at_least;
        const bool above = field.at_most && figure > *field.at_most;
        if (!below && !above) {
            return;
        }
        const auto text = [&](const Number& number) {
            const Checked hundred = mul(number, Number(100));
            return field.type.kind == TypeKind::percent && hundred ? hundred.value.to_string() + "%"
                                                                   : number.to_string();
        };
        report(Code::out_of_bounds, field.at,
               {{"found", text(figure)},
                {"label", field.label},
                {below ? "least" : "most", text(below ? *field.at_least : *field.at_most)}});
    }

    std::optional<Type> type_of_field(const ast::TypeName& from, Field& field) {
        const std::string& word = from.word.text;
        constexpr std::array<std::pair<std::string_view, TypeKind>, 7> plain{{
            {"yes/no", TypeKind::yes_no},
            {"whole", TypeKind::whole},
            {"decimal", TypeKind::decimal},
            {"percent", TypeKind::percent},
            {"share", TypeKind::percent},
            {"date", TypeKind::date},
            {"text", TypeKind::text},
        }};
        field.share = word == "share";
        field.or_never = from.or_never;
        for (const auto& [spelling, kind] : plain) {
            if (spelling == word) {
                return Type{kind, 0};
            }
        }
        if (word == "money") {
            return Type{TypeKind::money, from.argument ? exprs_.currency(from.argument.text) : 0};
        }
        if (word == "list") {
            return list_type(from);
        }
        if (word == "one" || word == "any") {
            return choice_type(from);
        }
        return std::nullopt;
    }

    std::optional<Type> list_type(const ast::TypeName& from) {
        const auto record = names_.records.find(from.argument.text);
        if (record == names_.records.end()) {
            if (from.argument) {
                exprs_.report_unknown(from.argument, "record", keys_of(names_.records),
                                      "describe one with `record " + from.argument.text + "`");
            }
            return std::nullopt;
        }
        return Type{TypeKind::list, record->second};
    }

    std::optional<Type> choice_type(const ast::TypeName& from) {
        ChoiceSet set;
        std::map<std::string, Span> seen;
        for (const ast::Choice& choice : from.choices) {
            if (const auto [first, fresh] = seen.emplace(choice.name.text, choice.name.at);
                !fresh) {
                report_twice(choice.name, first->second);
                continue;
            }
            set.choices.push_back(
                {choice.name.text, choice.json.given ? choice.json.value : choice.name.text});
        }
        set.or_other = from.or_other;
        if (set.choices.size() >= max_choices) {
            report(Code::too_many_choices, from.at,
                   {{"limit", std::to_string(max_choices - 1)},
                    {"found", std::to_string(set.choices.size())}});
            return std::nullopt;
        }
        return Type{from.word.text == "one" ? TypeKind::choice : TypeKind::choices,
                    choice_set(std::move(set))};
    }

    /// Equal lists of choices are one set, so that two facts of the same choices can be compared.
    Index choice_set(ChoiceSet set) {
        const auto equal = [&](const ChoiceSet& other) {
            return other.or_other == set.or_other &&
                   std::equal(other.choices.begin(), other.choices.end(), set.choices.begin(),
                              set.choices.end(), [](const Choice& a, const Choice& b) {
                                  return a.name == b.name && a.json == b.json;
                              });
        };
        const auto known =
            std::find_if(model_.choice_sets.begin(), model_.choice_sets.end(), equal);
        if (known != model_.choice_sets.end()) {
            return static_cast<Index>(known - model_.choice_sets.begin());
        }
        model_.choice_sets.push_back(std::move(set));
        return static_cast<Index>(model_.choice_sets.size() - 1);
    }

    void annotate(Field& field, const ast::Annotation& from) {
        const std::string& word = from.word.text;
        if (!from.word) {
            report(Code::given_twice, from.at, {{"name", "label"}});
        } else if (word == "json") {
            field.pointer = pointer(from.text);
        } else if (word == "key") {
            field.key = true;
        } else if (word == "internal") {
            field.internal = true;
        } else if (word == "waits") {
            field.changed_by = ChangedBy::time;
        } else if (word == "by") {
            field.changed_by = ChangedBy::program;
        } else if (word == "cannot") {
            field.changed_by = ChangedBy::nobody;
        } else if (word == "at") {
            bound(field, from);
        } else if (word == "default") {
            field.default_literal = constant(from.value, field.type);
        }
    }

    void bound(Field& field, const ast::Annotation& from) {
        if (!is_figure(field.type.kind)) {
            report(Code::bound_here, from.at,
                   {{"type", in_words(model_, field.type)}, {"word", from.second.text}});
            return;
        }
        const Index literal = constant(from.value, field.type);
        if (literal != none) {
            (from.second.text == "least" ? field.at_least : field.at_most) =
                model_.literals[literal].range.low;
        }
    }

    /// The literal that an expression without names is, of the type asked.
    Index constant(ast::Index from, Type wanted) {
        const Index checked = exprs_.check(from, Context::constant, wanted);
        if (checked == none) {
            return none;
        }
        if (!fits(type_of(checked), wanted)) {
            exprs_.report_wrong_type(at(checked), type_of(checked), wanted);
            return none;
        }
        const Expr& expr = model_.exprs[checked];
        if (expr.op == Op::minus && model_.exprs[expr.a].op == Op::literal) {
            model_.literals.push_back(
                Value::of(negate(model_.literals[model_.exprs[expr.a].index].range.low)));
            return static_cast<Index>(model_.literals.size() - 1);
        }
        if (expr.op != Op::literal) {
            exprs_.report_wrong_type(at(checked), type_of(checked), wanted,
                                     "write a plain value here");
            return none;
        }
        return expr.index;
    }

    // ---- measures

    void defines() {
        for (std::size_t i = 0; i < file_.defines.size(); ++i) {
            const ast::Define& from = file_.defines[i];
            if (const auto field = field_at_.find(from.name.text); field != field_at_.end()) {
                report_twice(from.name, field->second);
                continue;
            }
            if (from.expr == ast::none && from.name) {
                names_.broken.insert(from.name.text);
            }
            if (declare(names_.measures, "values", from.name, model_.measures.size())) {
                Measure measure;
                measure.name = from.name.text;
                measure.label = from.label.given ? from.label.value : spaced(measure.name);
                measure.at = from.name.at;
                model_.measures.push_back(std::move(measure));
                define_of_.push_back(i);
            }
        }
        for (const Index index : in_reading_order()) {
            Measure& measure = model_.measures[index];
            const ast::Define& from = file_.defines[define_of_[index]];
            const Index checked = from.broken ? none : exprs_.check(from.expr, Context::measure);
            measure.expr = checked;
            measure.type = type_of(checked);
            model_.measure_order.push_back(index);
        }
    }

    /// The measures whose names stand in an expression.
    std::vector<Index> read_by(ast::Index root) const {
        std::vector<Index> found;
        std::vector<ast::Index> open{root};
        while (!open.empty()) {
            const ast::Index index = open.back();
            open.pop_back();
            if (index == ast::none) {
                continue;
            }
            const ast::Expr& expr = file_.exprs[index];
            if (expr.form == ast::Form::path) {
                if (const auto measure = names_.measures.find(expr.word.text);
                    measure != names_.measures.end()) {
                    found.push_back(measure->second);
                }
            }
            open.insert(open.end(), {expr.a, expr.b, expr.c});
            open.insert(open.end(), expr.operands.begin(), expr.operands.end());
        }
        return found;
    }

    /// Depth first without recursion, so that a long chain of measures costs no stack. A cycle is
    /// reported once, with its way round.
    std::vector<Index> in_reading_order() {
        enum class Mark : std::uint8_t { fresh, open, done };
        std::vector<Mark> marks(model_.measures.size(), Mark::fresh);
        std::vector<Index> order;
        struct Frame {
            Index measure;
            std::vector<Index> reads;
            std::size_t next = 0;
        };
        std::vector<Frame> stack;
        const auto enter = [&](Index measure) {
            marks[measure] = Mark::open;
            stack.push_back({measure, read_by(file_.defines[define_of_[measure]].expr)});
        };
        for (Index start = 0; start < model_.measures.size(); ++start) {
            if (marks[start] == Mark::fresh) {
                enter(start);
            }
            while (!stack.empty()) {
                Frame& top = stack.back();
                if (top.next == top.reads.size()) {
                    marks[top.measure] = Mark::done;
                    order.push_back(top.measure);
                    stack.pop_back();
                    continue;
                }
                const Index read = top.reads[top.next++];
                if (marks[read] == Mark::fresh) {
                    enter(read);
                } else if (marks[read] == Mark::open) {
                    report_cycle(read, [&](auto&& visit) {
                        for (const Frame& frame : stack) {
                            visit(frame.measure);
                        }
                    });
                }
            }
        }
        return order;
    }

    template <typename EachOpen>
    void report_cycle(Index closing, EachOpen&& each_open) {
        std::string cycle;
        bool inside = false;
        each_open([&](Index measure) {
            inside |= measure == closing;
            if (inside) {
                cycle += model_.measures[measure].name + " → ";
            }
        });
        const Measure& measure = model_.measures[closing];
        report(Code::cycle, measure.at, {{"name", measure.name}, {"cycle", cycle + measure.name}});
    }

    // ---- tables

    struct Columns {
        std::map<std::string, std::size_t, std::less<>> by_name;
        std::vector<Index> tiers; // by column: the tier, or none
        std::vector<std::size_t> of_tier; // by tier: the column, or npos
    };
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    Columns columns(const ast::Table& table, std::span<const std::string_view> known,
                    std::span<const std::string_view> needed) {
        Columns columns;
        columns.tiers.assign(table.columns.size(), none);
        columns.of_tier.assign(model_.tiers.size(), npos);
        std::vector<ast::Word> unknown;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            column(columns, table, i, known, unknown);
        }
        std::vector<std::string> missing;
        for (const std::string_view name : needed) {
            if (!columns.by_name.contains(name)) {
                missing.emplace_back(name);
            }
        }
        for (std::size_t tier = 1; tier < model_.tiers.size(); ++tier) {
            if (columns.of_tier[tier] == npos) {
                missing.push_back(model_.tiers[tier].id);
            }
        }
        for (const ast::Word& word : unknown) {
            report_unknown_column(word, known, missing);
        }
        // A column with an unknown name is the one that is missing.
        if (!missing.empty() && unknown.empty() && !table.columns.empty()) {
            std::transform(missing.begin(), missing.end(), missing.begin(), quoted);
            report(Code::missing_column, join(table.columns.front().at, table.columns.back().at),
                   {{"names", listed(missing, " and no column ")}});
        }
        return columns;
    }

    void report_unknown_column(const ast::Word& word, std::span<const std::string_view> known,
                               const std::vector<std::string>& missing) {
        if (names_.broken.contains(word.text)) {
            return;
        }
        std::vector<std::string_view> all = keys_of(names_.tiers);
        all.insert(all.end(), known.begin(), known.end());
        std::vector<Argument> arguments{{"name", word.text},
                                        {"known", listed({known.begin(), known.end()}, ", ")}};
        if (const std::string_view close = nearest(word.text, all); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
        } else if (missing.size() == 1 && names_.tiers.contains(missing.front())) {
            arguments.push_back({"missing", missing.front()});
        }
        report(Code::unknown_column, word.at, std::move(arguments));
    }

    void column(Columns& columns, const ast::Table& table, std::size_t index,
                std::span<const std::string_view> known, std::vector<ast::Word>& unknown) {
        const ast::Word& word = table.columns[index];
        if (const auto [first, fresh] = columns.by_name.emplace(word.text, index); !fresh) {
            report_twice(word, table.columns[first->second].at);
            return;
        }
        if (std::find(known.begin(), known.end(), word.text) != known.end()) {
            return;
        }
        const auto tier = names_.tiers.find(word.text);
        if (tier == names_.tiers.end()) {
            unknown.push_back(word);
            return;
        }
        if (tier->second == 0) {
            report(Code::floor_column, word.at, {{"name", word.text}});
            return;
        }
        columns.tiers[index] = tier->second;
        columns.of_tier[tier->second] = index;
    }

    bool right_size(const ast::Table& table, const ast::Row& row) {
        if (row.cells.size() == table.columns.size()) {
            return true;
        }
        if (!row.broken && !table.columns.empty()) {
            report_cell_count(table, row);
        }
        return false;
    }

    /// The cells were read as those of other columns, so what does not fit there is a consequence. Of a row
    /// with too few, the first of these shows where a `|` may be missing.
    void report_cell_count(const ast::Table& table, const ast::Row& row) {
        const auto consequence = [&](const Fault& fault) {
            return fault.code == Code::unexpected_text && row.at.begin <= fault.where.begin &&
                   fault.where.end <= row.at.end;
        };
        std::vector<Argument> arguments{{"found", std::to_string(row.cells.size())},
                                        {"expected", std::to_string(table.columns.size())}};
        Span at = row.at;
        const auto stuck = std::find_if(faults_.begin(), faults_.end(), consequence);
        if (stuck != faults_.end() && row.cells.size() < table.columns.size() &&
            begins_word(stuck->where.begin)) {
            at = word_at(stuck->where.begin);
            arguments.push_back({"stuck", std::string(model_.source.text(at))});
        }
        faults_.erase(std::remove_if(faults_.begin(), faults_.end(), consequence), faults_.end());
        report(Code::cell_count, at, std::move(arguments));
    }

    [[nodiscard]] bool begins_word(std::uint32_t at) const {
        return at > 0 && model_.source.text()[at - 1] == ' ';
    }
    [[nodiscard]] Span word_at(std::uint32_t begin) const {
        const std::string_view text = model_.source.text();
        return {begin, static_cast<std::uint32_t>(
                           std::min(text.find_first_of(" \t|\r\n", begin), text.size()))};
    }

    const ast::Cell* cell_of(const Columns& columns, const ast::Row& row,
                             std::string_view name) const {
        const auto column = columns.by_name.find(name);
        return column == columns.by_name.end() ? nullptr : &row.cells[column->second];
    }

    std::string text_in(const Columns& columns, const ast::Row& row, std::string_view name,
                        std::string otherwise) const {
        const ast::Cell* cell = cell_of(columns, row, name);
        if (cell == nullptr || cell->empty) {
            return otherwise;
        }
        return cell->text.given ? cell->text.value : cell->word.text;
    }

    /// The name of a row, entered into `names`; nothing where it has none.
    std::optional<ast::Word> row_name(const Columns& columns, const ast::Row& row,
                                      std::map<std::string, Index, std::less<>>& names,
                                      std::size_t index) {
        const ast::Cell* cell = cell_of(columns, row, "name");
        if (cell == nullptr || cell->broken) {
            return std::nullopt;
        }
        if (cell->empty) {
            report(Code::empty_cell, cell->at,
                   {{"column", "`name`"}, {"hint", "every row has a name"}});
            return std::nullopt;
        }
        return declare(names, &names == &benefit_rows_ ? "benefits" : "requirements", cell->word,
                       index)
                   ? std::optional(cell->word)
                   : std::nullopt;
    }

    struct PendingRow {
        Requirement made;
        Span head_asks;
        ast::Word name;
    };

    void requirements(const ast::Table& table) {
        static constexpr std::array<std::string_view, 6> known{"name", "label", "asks",
                                                               "when", "cite",  "advice"};
        static constexpr std::array<std::string_view, 2> needed{"name", "asks"};
        const Columns layout = columns(table, known, needed);
        if (!layout.by_name.contains("name") || !layout.by_name.contains("asks")) {
            return;
        }
        std::vector<PendingRow> rows;
        for (const ast::Row& row : table.rows) {
            if (!right_size(table, row)) {
                continue;
            }
            const std::optional<ast::Word> name =
                row_name(layout, row, requirement_rows_, rows.size());
            if (name) {
                rows.push_back(requirement(layout, row, *name));
            }
        }
        arrange(rows);
    }

    PendingRow requirement(const Columns& layout, const ast::Row& row, const ast::Word& name) {
        PendingRow pending;
        pending.name = name;
        Requirement& made = pending.made;
        made.id = name.text;
        made.label = text_in(layout, row, "label", spaced(name.text));
        made.advice = text_in(layout, row, "advice", "");
        made.cite = text_in(layout, row, "cite", "");
        made.at = row.at;
        if (const ast::Cell* when = cell_of(layout, row, "when");
            when != nullptr && !when->broken && !when->exprs.empty()) {
            made.when = exprs_.check_condition(when->exprs.front(), Context::requirement);
        }
        const ast::Cell& asks = *cell_of(layout, row, "asks");
        pending.head_asks = asks.at;
        bool understood = !asks.broken;
        if (asks.group) {
            made.form = asks.group.text == "any"   ? RowForm::any_one_of
                        : asks.group.text == "all" ? RowForm::all_of
                                                   : RowForm::at_least_of;
            made.needed = asks.group_count ? count_of(asks.group_count) : 0;
        } else if (asks.exprs.empty() && understood) {
            report(Code::empty_cell, asks.at,
                   {{"column", "`asks`"},
                    {"hint", "write a condition, or `any one of`, `all of`, `at least N of`"}});
            understood = false;
        } else if (understood) {
            made.asks = exprs_.check_asks(asks.exprs.front());
            understood = made.asks != none;
        }
        const bool has_hole = made.form == RowForm::ask && understood && exprs_.has_hole();
        const Type hole = has_hole ? exprs_.hole_type() : Type{};
        Places places{understood, has_hole, hole, Context::requirement, made.form != RowForm::ask};
        made.cells = tier_cells(layout, row, places);
        return pending;
    }

    std::uint32_t count_of(const ast::Word& word) {
        const ParsedNumber parsed = Number::parse(word.text);
        const auto whole = parsed ? parsed.value.to_int64() : std::nullopt;
        if (!whole || *whole < 1) {
            report(Code::fraction_of_something_whole, word.at, {{"found", word.text}});
            return 1;
        }
        return static_cast<std::uint32_t>(std::min<std::int64_t>(*whole, 1'000'000));
    }

    /// What the cells of a row can say.
    struct Places {
        bool understood; // `asks`, so that its `_` is known
        bool has_hole;
        Type hole;
        Context context;
        bool is_head;
        bool misfit_said = false;
    };

    std::vector<Cell> tier_cells(const Columns& layout, const ast::Row& row, Places& places) {
        std::vector<Cell> cells(model_.tiers.size());
        for (std::size_t tier = 1; tier < cells.size(); ++tier) {
            if (layout.of_tier[tier] != npos) {
                cells[tier] =
                    tier_cell(row.cells[layout.of_tier[tier]], model_.tiers[tier].id, places);
            }
        }
        return cells;
    }

    Cell tier_cell(const ast::Cell& from, const std::string& tier, Places& places) {
        Cell cell;
        cell.at = from.at;
        if (from.broken || from.dash) {
            return cell;
        }
        if (from.empty) {
            const char* hint = places.context == Context::opened
                                   ? "write `yes`, or `-` where the tier does not open it"
                               : places.has_hole
                                   ? "write a value for `_`, or `-` where nothing is asked"
                                   : "write `yes`, or `-` where nothing is asked";
            report(Code::empty_cell, from.at, {{"column", quoted(tier)}, {"hint", hint}});
            return cell;
        }
        cell.asked = true;
        const ast::Expr& value = file_.exprs[from.exprs.front()];
        if (value.form == ast::Form::no) {
            report(Code::no_in_cell, value.at);
        } else if (value.form == ast::Form::yes) {
            if (places.has_hole && places.hole.kind != TypeKind::yes_no) {
                report(Code::yes_for_figure, value.at, {{"wanted", in_words(model_, places.hole)}});
            } else if (places.has_hole) {
                cell.value = exprs_.check(from.exprs.front(), Context::requirement, places.hole);
            }
        } else if (places.understood && !places.has_hole) {
            report_misfit(value, places);
        } else if (places.understood) {
            cell.value = exprs_.check(from.exprs.front(), Context::requirement, places.hole);
            if (cell.value != none && !fits(type_of(cell.value), places.hole)) {
                exprs_.report_wrong_type(at(cell.value), type_of(cell.value), places.hole);
            }
        }
        if (from.condition != ast::none) {
            cell.condition = exprs_.check_condition(from.condition, places.context);
        }
        return cell;
    }

    /// A value where none has a place; said once in a row, for it is one mistake.
    void report_misfit(const ast::Expr& value, Places& places) {
        if (std::exchange(places.misfit_said, true)) {
            return;
        }
        const bool opens = places.context == Context::opened;
        std::vector<Argument> arguments{{opens            ? "benefit"
                                         : places.is_head ? "part"
                                                          : "found",
                                         std::string(model_.source.text(value.at))}};
        if (opens || places.is_head) {
            arguments.push_back({"write", opens ? "`yes`, `yes if …` or `-`" : "`yes` or `-`"});
        }
        report(Code::cell_without_hole, value.at, std::move(arguments));
    }

    /// Puts the ways and parts behind their heads, wherever they stand in the table: a row's place in the
    /// file means nothing, its name everything.
    void arrange(const std::vector<PendingRow>& rows) {
        std::map<std::string, std::vector<std::size_t>, std::less<>> parts;
        std::map<std::string, std::size_t, std::less<>> heads;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].made.form != RowForm::ask) {
                heads.emplace(rows[i].made.id, i);
            }
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string& id = rows[i].made.id;
            const std::size_t dot = id.rfind('.');
            if (dot == std::string::npos) {
                continue;
            }
            if (!heads.contains(id.substr(0, dot))) {
                report_part(rows[i], id.substr(0, dot), heads);
            } else {
                parts[id.substr(0, dot)].push_back(i);
            }
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].made.id.find('.') == std::string::npos) {
                place(rows, i, none, parts);
            }
        }
    }

    void report_part(const PendingRow& row, const std::string& head,
                     const std::map<std::string, std::size_t, std::less<>>& heads) {
        std::vector<std::string_view> known;
        for (const auto& [name, index] : heads) {
            known.push_back(name);
        }
        std::vector<Argument> arguments{{"head", head}, {"name", row.name.text}};
        if (const std::string_view close = nearest(head, known); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
            suggested_heads_.insert(std::string(close));
        }
        report(Code::part_without_head, row.name.at, std::move(arguments));
    }

    void place(const std::vector<PendingRow>& rows, std::size_t index, Index parent,
               const std::map<std::string, std::vector<std::size_t>, std::less<>>& parts) {
        const PendingRow& row = rows[index];
        const auto here = static_cast<Index>(model_.requirements.size());
        model_.requirements.push_back(row.made);
        model_.requirements[here].parent = parent;
        requirement_at_[row.made.id] = here;
        const auto own = parts.find(row.made.id);
        const std::size_t count = own == parts.end() ? 0 : own->second.size();
        if (own != parts.end()) {
            for (const std::size_t part : own->second) {
                place(rows, part, here, parts);
            }
        }
        model_.requirements[here].subtree = static_cast<Index>(model_.requirements.size() - here);
        if (row.made.form != RowForm::ask && count == 0) {
            if (suggested_heads_.contains(row.made.id)) {
                return; // its parts were found, under a name that is nearly its own
            }
            report(Code::head_without_parts, row.head_asks,
                   {{"name", row.name.text},
                    {"asks", "`" + std::string(model_.source.text(row.head_asks)) + "`"}});
        } else if (row.made.form == RowForm::at_least_of && row.made.needed > count) {
            report(Code::needed_more_than_parts, row.head_asks,
                   {{"name", row.name.text},
                    {"needed", std::to_string(row.made.needed)},
                    {"found", std::to_string(count)}});
        }
    }

    void benefits(const ast::Table& table) {
        static constexpr std::array<std::string_view, 4> known{"name", "label", "needs", "cite"};
        static constexpr std::array<std::string_view, 1> needed{"name"};
        const Columns layout = columns(table, known, needed);
        if (!layout.by_name.contains("name")) {
            return;
        }
        for (const ast::Row& row : table.rows) {
            if (!right_size(table, row)) {
                continue;
            }
            const std::optional<ast::Word> name =
                row_name(layout, row, benefit_rows_, model_.benefits.size());
            if (name) {
                benefit(layout, row, *name);
            }
        }
    }

    void benefit(const Columns& layout, const ast::Row& row, const ast::Word& name) {
        Benefit made;
        made.id = name.text;
        made.label = text_in(layout, row, "label", spaced(name.text));
        made.cite = text_in(layout, row, "cite", "");
        made.at = row.at;
        if (const ast::Cell* needs = cell_of(layout, row, "needs");
            needs != nullptr && !needs->broken) {
            for (const ast::Index need : needs->exprs) {
                made.needs.push_back(exprs_.check_condition(need, Context::opened));
            }
            std::erase(made.needs, none);
        }
        Places places{true, false, {}, Context::opened, false};
        made.cells = tier_cells(layout, row, places);
        model_.benefits.push_back(std::move(made));
    }

    // ---- what is only told

    void reading(const ast::Reading& from) {
        const auto requirement = requirement_at_.find(from.of.text);
        const auto benefit = benefit_rows_.find(from.of.text);
        if (requirement != requirement_at_.end()) {
            append(model_.requirements[requirement->second].reading, from.text);
        }
        if (benefit != benefit_rows_.end()) {
            append(model_.benefits[benefit->second].reading, from.text);
        }
        if (requirement == requirement_at_.end() && benefit == benefit_rows_.end() && from.of) {
            std::vector<std::string_view> known = keys_of(benefit_rows_);
            for (const auto& [name, index] : requirement_at_) {
                known.push_back(name);
            }
            exprs_.report_unknown(from.of, "requirement or benefit", known);
        }
    }

    static void append(std::string& reading, const std::string& text) {
        reading += (reading.empty() ? "" : " ") + text;
    }

    void notice(const ast::Notice& from) {
        if (!declare(notice_rows_, "notices", from.name, model_.notices.size())) {
            return;
        }
        Notice made;
        made.id = from.name.text;
        made.label = from.label.value;
        made.when = from.broken ? none : exprs_.check_condition(from.when, Context::opened);
        made.at = from.at;
        model_.notices.push_back(std::move(made));
    }

    // ---- tests

    void test(const ast::Test& from) {
        Test made;
        made.title = from.title.value;
        made.facts_file = from.facts.value;
        made.facts_at = from.facts.given ? from.facts.at : from.at;
        made.on = day(from.on);
        made.review = from.review.text;
        made.at = from.at;
        if (from.review && !names_.reviews.contains(from.review.text)) {
            exprs_.report_unknown(from.review, "review", keys_of(names_.reviews));
        }
        if (!from.broken && !from.facts.given) {
            report(Code::unfinished_test, from.title.at,
                   {{"line", "facts"}, {"example", "facts \"acme.json\""}});
        } else if (!from.broken && from.expectations.empty()) {
            report(Code::unfinished_test, from.title.at,
                   {{"line", "expect"}, {"example", "expect tier silver"}});
        }
        for (const ast::Expectation& item : from.expectations) {
            if (std::optional<Expectation> expectation = this->expectation(item)) {
                made.expectations.push_back(std::move(*expectation));
            }
        }
        model_.tests.push_back(std::move(made));
    }

    Index find(const ast::Word& word, std::string_view kind,
               const std::map<std::string, Index, std::less<>>& names) {
        const auto found = names.find(word.text);
        if (found != names.end()) {
            return found->second;
        }
        if (word) {
            exprs_.report_unknown(word, kind, keys_of(names));
        }
        return none;
    }

    static std::uint8_t verdict_of(std::string_view word) {
        constexpr std::array<std::pair<std::string_view, std::uint8_t>, 8> verdicts{{
            {"met", 0},
            {"unmet", 1},
            {"unknown", 2},
            {"not", 3},
            {"granted", 0},
            {"open", 1},
            {"closed", 2},
            {"not asked", 3},
        }};
        for (const auto& [spelling, verdict] : verdicts) {
            if (spelling == word) {
                return verdict;
            }
        }
        return 0;
    }

    std::optional<Expectation> expectation(const ast::Expectation& from) {
        using About = Expectation::About;
        Expectation made;
        made.at = from.at;
        const std::string& about = from.about.text;
        const auto members = [&](std::string_view kind,
                                 const std::map<std::string, Index, std::less<>>& names) {
            for (const ast::Word& word : from.names) {
                made.members.push_back(find(word, kind, names));
            }
        };
        // A benefit's `unknown` is the last of its verdicts, a requirement's the third.
        const auto benefit_verdict = [&] {
            return from.verdict.text == "unknown" ? std::uint8_t{3} : verdict_of(from.verdict.text);
        };
        if (about == "tier") {
            made.about = About::tier;
            made.subject = find(from.subject, "tier", names_.tiers);
        } else if (about == "possible") {
            made.about = About::possible;
            members("tier", names_.tiers);
        } else if (about == "measure") {
            made.about = About::measure;
            made.subject = find(from.subject, "measure", names_.measures);
            made.unknown = from.unknown;
            measured(made, from);
        } else if (about == "benefit") {
            made.about = About::benefit;
            made.subject = find(from.subject, "benefit", benefit_rows_);
            made.verdict = benefit_verdict();
        } else if (about == "benefits") {
            made.about = About::benefits;
            made.verdict = benefit_verdict();
            members("benefit", benefit_rows_);
        } else {
            made.about = About::requirements;
            made.verdict = verdict_of(about);
            made.subject = find(from.subject, "tier", names_.tiers);
            members("requirement", requirement_at_);
        }
        const bool needs_subject = made.about != About::possible && made.about != About::benefits;
        const bool understood =
            !(needs_subject && made.subject == none) &&
            std::find(made.members.begin(), made.members.end(), none) == made.members.end();
        return understood ? std::optional(std::move(made)) : std::nullopt;
    }

    void measured(Expectation& made, const ast::Expectation& from) {
        const Type wanted = made.subject == none ? Type{} : model_.measures[made.subject].type;
        for (const auto& [ast_index, to] :
             {std::pair{from.from, &made.from}, std::pair{from.through, &made.through}}) {
            *to = exprs_.check(ast_index, Context::constant, wanted);
            if (*to != none && !fits(type_of(*to), wanted)) {
                exprs_.report_wrong_type(at(*to), type_of(*to), wanted);
            }
        }
    }

    static constexpr std::size_t max_record_depth = 32;

    const ast::File& file_;
    Faults& faults_;
    Model model_;
    Names names_;
    ExprChecker exprs_;
    std::map<std::pair<std::string, std::string>, Span> first_at_; // by space and name
    std::map<std::string, Span> field_at_;
    std::vector<Index> record_of_;
    std::vector<std::size_t> define_of_;
    std::map<std::string, Index, std::less<>> requirement_rows_;
    std::map<std::string, Index, std::less<>> requirement_at_;
    std::map<std::string, Index, std::less<>> benefit_rows_;
    std::map<std::string, Index, std::less<>> notice_rows_;
    std::set<std::string, std::less<>> suggested_heads_;
};

} // namespace

Model check_tests(const ast::File& file, Source source, const Model& base, Faults& faults) {
    Model tests = Checker(file, std::move(source), faults).run_tests(base);
    tidy(faults);
    return tests;
}

Model check(const ast::File& file, Source source, Faults& faults) {
    Model model = Checker(file, std::move(source), faults).run();
    tidy(faults);
    return model;
}

} // namespace rung
