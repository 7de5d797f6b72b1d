#include "interpreter/check.hpp"

#include "grammar/written_dates.hpp"
#include "interpreter/cases.hpp"
#include "interpreter/check_expr.hpp"
#include "interpreter/check_labels.hpp"
#include "interpreter/check_table.hpp"
#include "interpreter/check_tests.hpp"
#include "interpreter/checks.hpp"
#include "interpreter/citation.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rung {

namespace {

/// A list of these is a list of plain values.
constexpr std::array<std::string_view, 6> plain_types{"decimal", "percent", "share",
                                                      "money",   "date",    "text"};
constexpr std::array<std::string_view, 4> own_names{"review_date", "review_period", "tier", "held"};

std::string in_ticks(const std::string& name) { return "`" + name + "`"; }

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
        : file_(file),
          faults_(faults),
          exprs_(file, names_, model_, faults),
          tables_(file, names_, model_, exprs_, faults) {
        model_.source = std::move(source);
        names_.broken = file.unread;
    }

    Model run() {
        head();
        for (const ast::Ladder& from : file_.ladders) {
            ladder(from);
        }
        ladders_together();
        for (const ast::Paths& from : file_.paths) {
            paths(from);
        }
        records();
        for (const ast::Field& from : file_.facts) {
            fact(from);
        }
        references();
        reviews();
        tables();
        measure_tables();
        defines();
        conditions_of_paths();
        for (const ast::Table& table : file_.requirements) {
            requirements(table);
        }
        for (const ast::Table& table : file_.benefits) {
            benefits(table);
        }
        for (const ast::Table& table : file_.values) {
            values(table);
        }
        for (const ast::Keeping& from : file_.keepings) {
            keeping(from);
        }
        exprs_.look_at(none);
        for (const ast::Reading& from : file_.readings) {
            reading(from);
        }
        for (const ast::Notice& from : file_.notices) {
            notice(from);
        }
        if (!has_errors(faults_)) { // else what has the label may be what could not be read
            check_labels(file_, exprs_, model_);
        }
        check_tests(file_, model_, names_, exprs_, model_);
        for (const ast::Accept& from : file_.accepts) {
            accept(from);
        }
        return std::move(model_);
    }

private:
    using NameMap = std::map<std::string, Index, std::less<>>;

    struct Columns {
        std::map<std::string, std::size_t, std::less<>> by_name;
        std::vector<Index> tiers; // by column: the tier, or none
        std::vector<std::size_t> of_tier; // by tier: the column, or npos
    };
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    void report(Code code, Span at, std::vector<Argument> arguments = {}) {
        exprs_.report(code, at, std::move(arguments));
    }

    void report_twice(const ast::Word& word, Span first) { exprs_.report_twice(word, first); }

    /// Enters a name, once in its `space`, and not one of the language's own.
    bool declare(std::map<std::string, Index, std::less<>>& names, std::string_view space,
                 const ast::Word& word, std::size_t index) {
        if (!word) {
            return false;
        }
        if (std::find(own_names.begin(), own_names.end(), word.text) != own_names.end()) {
            report(Code::reserved_name, word.at, {{"name", word.text}, {"key", word.text}});
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
            const bool unread = is_faulty(section); // which was told
            if (!seen.contains(section) && !unread) {
                example = missing.empty() ? line : example;
                missing.push_back(in_ticks(section));
            }
        }
        if (!missing.empty() && !file_.sections_missing) {
            report(Code::missing_section, {0, 0},
                   {{"sections", listed(missing, " or ")}, {"example", example}});
        }
    }

    /// Whether something was found wrong in the first line of a section, so that what it says may be missing.
    [[nodiscard]] bool is_faulty(std::size_t section) const {
        const std::string_view text = model_.source.text();
        const std::size_t end = std::min(text.find('\n', section), text.size());
        return std::any_of(faults_.begin(), faults_.end(), [&](const Fault& fault) {
            return section <= fault.where.begin && fault.where.begin <= end;
        });
    }

    [[nodiscard]] bool is_faulty(const std::string& section) const {
        const std::string_view text = model_.source.text();
        for (std::size_t at = text.find(section); at != std::string_view::npos;
             at = text.find(section, at + 1)) {
            if ((at == 0 || text[at - 1] == '\n') && is_faulty(at)) {
                return true;
            }
        }
        return false;
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
        } else if (word == "withdrawn") {
            model_.withdrawn = line.text.value;
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
            report(Code::no_such_day, word.at, no_such_day(word.text));
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
            report(Code::no_such_day, word.at, no_such_day(word.text));
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

    // ---- ladders, their paths and reviews

    void ladder(const ast::Ladder& from) {
        const auto index = static_cast<Index>(model_.ladders.size());
        Ladder made;
        made.id = from.name.text;
        made.label = from.label.given ? from.label.value : spaced(made.id);
        made.at = from.name ? from.name.at : from.at;
        made.climb = from.one_by_one ? Climb::one_by_one : Climb::each_alone;
        if (from.name && !declare(names_.ladders, "values", from.name, index)) {
            return;
        }
        names_.tiers.emplace_back();
        for (const ast::Tier& tier : from.tiers) {
            if (declare(names_.tiers[index], "tiers of " + made.id, tier.name, made.tiers.size())) {
                made.tiers.push_back({tier.name.text,
                                      tier.label.given ? tier.label.value : spaced(tier.name.text),
                                      tier.name.at});
            }
        }
        if (from.tiers.size() < 2 && !from.broken) {
            report(Code::short_ladder, from.at);
        }
        if (made.tiers.size() > max_choices) {
            report(Code::too_many_choices, from.at,
                   {{"limit", std::to_string(max_choices)},
                    {"found", std::to_string(made.tiers.size())}});
        }
        model_.ladders.push_back(std::move(made));
    }

    /// Several ladders are told apart by their names.
    void ladders_together() {
        if (model_.ladders.empty() && file_.sections_missing && !file_.requirements.empty()) {
            // It may be among what could not be read; what hangs on it is checked all the same.
            model_.ladders.emplace_back();
            names_.tiers.emplace_back();
        }
        for (const Ladder& ladder : model_.ladders) {
            if (model_.ladders.size() > 1 && ladder.id.empty()) {
                report(Code::ladder_without_name, {ladder.at.begin, ladder.at.begin + 6});
            }
        }
    }

    /// The ladder that `for` names, or the only one; none where there is none or it cannot be told.
    Index ladder_of(const ast::Word& name, Span section) {
        if (name) {
            const auto found = names_.ladders.find(name.text);
            if (found == names_.ladders.end()) {
                exprs_.report_unknown(name, "ladder", keys_of(names_.ladders),
                                      "name it where it begins: `ladder " + name.text + " …`");
                return none;
            }
            return found->second;
        }
        if (model_.ladders.size() > 1 && is_faulty(section.begin)) {
            return none; // which was told
        }
        if (model_.ladders.size() > 1) {
            std::vector<std::string> known;
            for (const Ladder& ladder : model_.ladders) {
                if (!ladder.id.empty()) {
                    known.push_back("`for " + ladder.id + "`");
                }
            }
            report(Code::which_ladder, first_word(section),
                   {{"name", std::string(model_.source.text(first_word(section)))},
                    {"known", listed(known, " or ")}});
            return none;
        }
        return model_.ladders.empty() ? none : 0;
    }

    [[nodiscard]] Span first_word(Span section) const { return word_at(section.begin); }

    void paths(const ast::Paths& from) {
        const Index ladder = ladder_of(from.ladder, from.at);
        if (ladder == none && model_.ladders.empty() && !file_.sections_missing) {
            report(Code::tier_here, first_word(from.at), {{"ladder", "`ladder`"}});
        }
        const auto index = static_cast<Index>(model_.paths.size());
        if (ladder == none || !declare(names_.paths, "values", from.name, index)) {
            if (from.name) {
                names_.broken.insert(from.name.text);
            }
            return;
        }
        Paths made;
        made.id = from.name.text;
        made.label = from.label.given ? from.label.value : spaced(made.id);
        made.ladder = ladder;
        made.at = from.name.at;
        ChoiceSet names;
        std::map<std::string, Index, std::less<>> known;
        for (const ast::PathItem& item : from.items) {
            if (declare(known, "paths of " + made.id, item.name, made.paths.size())) {
                Path path;
                path.id = item.name.text;
                path.label = item.label.given ? item.label.value : spaced(path.id);
                path.otherwise = item.otherwise;
                path.at = item.name.at;
                names.choices.push_back({path.id, path.id, path.label});
                made.paths.push_back(std::move(path));
                path_items_.push_back({index, made.paths.size() - 1, &item});
            }
        }
        if (made.paths.empty()) {
            report(Code::no_paths, from.name.at, {{"name", made.id}});
            names_.broken.insert(from.name.text);
            names_.paths.erase(from.name.text);
            return;
        }
        if (made.paths.size() >= max_choices) {
            report(Code::too_many_choices, from.name.at,
                   {{"limit", std::to_string(max_choices - 1)},
                    {"found", std::to_string(made.paths.size())}});
        }
        made.choice_set = choice_set(std::move(names));
        if (model_.ladders[ladder].paths != none) {
            report_twice(from.name, model_.paths[model_.ladders[ladder].paths].at);
        }
        model_.ladders[ladder].paths = index;
        model_.ladders[ladder].path_count = static_cast<Index>(made.paths.size());
        model_.paths.push_back(std::move(made));
    }

    /// Behind the measures that they read.
    void conditions_of_paths() {
        for (const auto& [paths, path, from] : path_items_) {
            if (paths >= model_.paths.size() || from->when == ast::none || from->broken) {
                continue;
            }
            Path& made = model_.paths[paths].paths[path];
            made.when = exprs_.check_condition(from->when, Context::measure);
            if (exprs_.paths_used() != none) {
                report(Code::path_here, model_.exprs[made.when].at,
                       {{"name", model_.paths[exprs_.paths_used()].id}});
            }
        }
        Index first = 0;
        for (Ladder& ladder : model_.ladders) {
            ladder.first_path = first;
            first += ladder.path_count;
        }
    }

    void keeping(const ast::Keeping& from) {
        const Index ladder = ladder_of(from.ladder, from.at);
        if (ladder == none) {
            if (model_.ladders.empty() && !file_.sections_missing) {
                report(Code::tier_here, from.name.at, {{"ladder", "`ladder`"}});
            }
            return;
        }
        exprs_.look_at(ladder);
        if (!declare(keeping_rows_, "standing", from.name, model_.keepings.size()) || from.broken) {
            return;
        }
        Keeping made;
        made.id = from.name.text;
        made.label = from.label.given ? from.label.value : spaced(made.id);
        made.ladder = ladder;
        made.keeps = from.one_below ? Keeping::Keeps::one_below : Keeping::Keeps::held;
        made.at = from.name.at;
        made.through = exprs_.check(from.through, Context::opened, {TypeKind::date, 0});
        if (made.through != none && !fits(type_of(made.through), {TypeKind::date, 0})) {
            exprs_.report_wrong_type(at(made.through), type_of(made.through), {TypeKind::date, 0});
        }
        made.when = exprs_.check_condition(from.when, Context::opened);
        model_.uses_date = true;
        model_.keepings.push_back(std::move(made));
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
            review.window = from.broken
                                ? none
                                : exprs_.check(from.window, Context::review, {TypeKind::window, 0});
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
            if (std::find(plain_types.begin(), plain_types.end(), from.name.text) !=
                plain_types.end()) {
                report(Code::reserved_name, from.name.at, {{"name", from.name.text}});
            }
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
        const auto [first, is_new] = keys_given_.try_emplace(field.pointer, field.at);
        if (!is_new) {
            std::vector<Argument> arguments{{"pointer", field.pointer}, {"fact", field.name}};
            faults_.push_back({Code::given_twice,
                               field.at,
                               std::move(arguments),
                               {{NoteCode::first_given, first->second, {}}},
                               {}});
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
        for (const ast::Annotation& annotation : from.annotations) {
            if (annotation.word.text == "effort") { // the other marks say who can change the fact
                weigh(field, annotation);
            }
        }
        if (const Field& bounded = bounded_by(field); bounded.at_least && bounded.at_most) {
            refuse_beyond_bounds(bounded, *bounded.at_least);
        }
        if (from.type.item) {
            field.type.index = one_plain_record();
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
        constexpr std::array<std::pair<std::string_view, TypeKind>, 8> plain{{
            {"yes/no", TypeKind::yes_no},
            {"whole", TypeKind::whole},
            {"decimal", TypeKind::decimal},
            {"percent", TypeKind::percent},
            {"share", TypeKind::percent},
            {"date", TypeKind::date},
            {"month", TypeKind::month},
            {"text", TypeKind::text},
        }};
        field.share = word == "share";
        field.or_never = from.or_never;
        if (from.never.given) {
            field.never = from.never.value;
        }
        for (const auto& [spelling, kind] : plain) {
            if (spelling == word) {
                return Type{kind, 0};
            }
        }
        if (word == "list" && from.item) {
            return plain_list_type(from, field);
        }
        if (word == "money") {
            return Type{TypeKind::money, from.argument ? exprs_.currency(from.argument.text) : 0};
        }
        if (word == "list") {
            return list_type(from);
        }
        if (word == "item") {
            return item_type(from);
        }
        if (word == "one" || word == "any") {
            return choice_type(from);
        }
        return std::nullopt;
    }

    /// Where it goes is settled when all facts are known.
    std::optional<Type> item_type(const ast::TypeName& from) {
        if (!from.argument || !from.key) {
            return std::nullopt;
        }
        const auto known =
            std::find_if(reference_words_.begin(), reference_words_.end(), [&](const auto& words) {
                return words.first.text == from.argument.text && words.second.text == from.key.text;
            });
        const auto index = static_cast<Index>(known - reference_words_.begin());
        if (known == reference_words_.end()) {
            reference_words_.emplace_back(from.argument, from.key);
            Reference made;
            made.list = from.argument.text;
            model_.references.push_back(std::move(made));
        }
        return Type{TypeKind::item, index};
    }

    void references() {
        for (std::size_t i = 0; i < reference_words_.size(); ++i) {
            refer(model_.references[i], reference_words_[i].first, reference_words_[i].second);
        }
    }

    void refer(Reference& made, const ast::Word& list, const ast::Word& key) {
        const auto fact = names_.facts.find(list.text);
        if (fact == names_.facts.end()) {
            std::vector<std::string_view> lists;
            for (const Field& field : model_.facts) {
                if (field.type.kind == TypeKind::list) {
                    lists.push_back(field.name);
                }
            }
            exprs_.report_unknown(list, "list among the facts", lists,
                                  "give `facts` a line such as `" + list.text + " list of …`");
            return;
        }
        const Type type = model_.facts[fact->second].type;
        if (type.kind != TypeKind::list) {
            exprs_.report_wrong_type(list.at, type, "a list among the facts",
                                     "an item is a record of a list");
            return;
        }
        const auto& fields = model_.records[type.index].fields;
        const auto field = std::find_if(fields.begin(), fields.end(),
                                        [&](const Field& f) { return f.name == key.text; });
        if (field == fields.end()) {
            std::vector<std::string_view> known;
            std::transform(fields.begin(), fields.end(), std::back_inserter(known),
                           [](const Field& f) { return std::string_view(f.name); });
            exprs_.report_unknown(key, "field of `" + model_.records[type.index].name + "`", known);
            return;
        }
        if (!can_be_key(field->type)) {
            report(Code::cannot_be_key, key.at,
                   {{"name", key.text}, {"type", in_words(model_, field->type)}});
            return;
        }
        made.fact = fact->second;
        made.record = type.index;
        made.key = static_cast<Index>(field - fields.begin());
    }

    /// Choices that are not listed are one "other", by which records cannot be told apart.
    [[nodiscard]] bool can_be_key(Type type) const {
        return type.kind == TypeKind::text || type.kind == TypeKind::whole ||
               (type.kind == TypeKind::choice && !model_.choice_sets[type.index].or_other);
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

    /// A list of plain values holds records of one field, which is made here.
    std::optional<Type> plain_list_type(const ast::TypeName& from, const Field& list) {
        ast::TypeName of_item;
        of_item.word = from.item;
        of_item.argument = from.argument;
        Field item;
        item.label = list.label;
        item.at = list.at;
        const std::optional<Type> type = type_of_field(of_item, item);
        if (!type) {
            return std::nullopt;
        }
        item.type = *type;
        RecordType record;
        record.label = "item";
        record.plain = true;
        record.at = list.at;
        record.named_by = 0;
        record.fields.push_back(std::move(item));
        model_.records.push_back(std::move(record));
        return Type{TypeKind::list, static_cast<Index>(model_.records.size() - 1)};
    }

    /// Equal lists of plain values are of one type: the record made last, or one before it like it.
    Index one_plain_record() {
        const Field& made = model_.records.back().fields.front();
        const auto same = std::find_if(
            model_.records.begin(), model_.records.end(), [&](const RecordType& record) {
                const auto alike = [&](const Field& item) {
                    return item.type == made.type && item.share == made.share &&
                           item.at_least == made.at_least && item.at_most == made.at_most;
                };
                return record.plain && alike(record.fields.front());
            });
        const auto index = static_cast<Index>(same - model_.records.begin());
        if (index + 1 < model_.records.size()) {
            model_.records.pop_back();
        }
        return index;
    }

    /// The bounds of a list of plain values are those of each.
    Field& bounded_by(Field& field) {
        const bool plain_list =
            field.type.kind == TypeKind::list && model_.records[field.type.index].plain;
        return plain_list ? model_.records[field.type.index].fields.front() : field;
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
            set.choices.push_back({choice.name.text,
                                   choice.json.given ? choice.json.value : choice.name.text,
                                   spaced(choice.name.text)});
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

    void bound(Field& of, const ast::Annotation& from) {
        Field& field = bounded_by(of);
        if (!is_figure(field.type.kind)) {
            report(Code::mark_here, from.at,
                   {{"type", in_words(model_, field.type)}, {"word", from.second.text}});
            return;
        }
        const Index literal = constant(from.value, field.type);
        if (literal != none) {
            (from.second.text == "least" ? field.at_least : field.at_most) =
                model_.literals[literal].range.low;
        }
    }

    /// What a change of the fact counts for in plans. A unit is for what has a size: one record more, like a
    /// yes or no, is one change.
    void weigh(Field& field, const ast::Annotation& from) {
        if (field.key || field.changed_by == ChangedBy::nobody) {
            report(Code::mark_here, from.at, {{"fixed", field.name}});
            return;
        }
        const std::optional<Number> weight = above_zero(from.value, Type{TypeKind::decimal});
        if (from.per != ast::none && !is_figure(field.type.kind)) {
            const Span unit = file_.exprs[from.per].at;
            report(Code::mark_here, unit,
                   {{"type", in_words(model_, field.type)},
                    {"unit", std::string(model_.source.text(unit))}});
            return;
        }
        const std::optional<Number> per =
            from.per == ast::none ? std::nullopt : above_zero(from.per, field.type);
        if (weight) {
            field.effort = Effort{*weight, per};
        }
    }

    std::optional<Number> above_zero(ast::Index from, Type wanted) {
        const Index literal = constant(from, wanted);
        if (literal == none) {
            return std::nullopt;
        }
        const Number& figure = model_.literals[literal].range.low;
        if (figure.sign() <= 0) {
            const Span at = file_.exprs[from].at;
            report(Code::mark_here, at, {{"figure", std::string(model_.source.text(at))}});
            return std::nullopt;
        }
        return figure;
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

    /// Measures with a column for each path: entered beside the other measures, which they may read.
    void measure_tables() {
        for (const ast::Table& table : file_.measures) {
            const auto paths = names_.paths.find(table.of.text);
            if (paths == names_.paths.end()) {
                if (table.of) {
                    exprs_.report_unknown(table.of, "section `paths`", keys_of(names_.paths));
                }
                continue;
            }
            measure_table(table, paths->second);
        }
    }

    void measure_table(const ast::Table& table, Index paths) {
        static constexpr std::array<std::string_view, 2> known{"name", "label"};
        static constexpr std::array<std::string_view, 1> needed{"name"};
        std::map<std::string, Index, std::less<>> names;
        for (std::size_t i = 0; i < model_.paths[paths].paths.size(); ++i) {
            names.emplace(model_.paths[paths].paths[i].id, static_cast<Index>(i));
        }
        const Columns layout = columns(table, names, false, known, needed);
        if (!layout.by_name.contains("name")) {
            return;
        }
        for (const ast::Row& row : table.rows) {
            const ast::Cell* name = right_size(table, row) ? cell_of(layout, row, "name") : nullptr;
            if (name == nullptr || name->broken) {
                continue;
            }
            if (name->empty) {
                report(Code::empty_cell, name->at,
                       {{"column", "`name`"}, {"hint", "every row has a name"}});
            } else if (const auto field = field_at_.find(name->word.text);
                       field != field_at_.end()) {
                report_twice(name->word, field->second);
            } else if (declare(names_.measures, "values", name->word, model_.measures.size())) {
                Measure measure;
                measure.name = name->word.text;
                measure.label = text_in(layout, row, "label", spaced(measure.name));
                measure.at = name->word.at;
                measure.paths = paths;
                model_.measures.push_back(std::move(measure));
                written_.push_back({nullptr, cells_by_path(layout, row, model_.paths[paths])});
            }
        }
    }

    std::vector<const ast::Cell*> cells_by_path(const Columns& layout, const ast::Row& row,
                                                const Paths& paths) {
        std::vector<const ast::Cell*> cells;
        for (std::size_t path = 0; path < layout.of_tier.size(); ++path) {
            const std::size_t column = layout.of_tier[path];
            const ast::Cell* cell = column == npos ? nullptr : &row.cells[column];
            if (cell != nullptr && !cell->broken && cell->exprs.empty()) {
                report(Code::empty_cell, cell->at,
                       {{"column", in_ticks(paths.paths[path].id)},
                        {"hint", "write what the measure is along this path"}});
                cell = nullptr;
            }
            cells.push_back(cell == nullptr || cell->broken ? nullptr : cell);
        }
        return cells;
    }

    /// A measure of a table: a value for each path, all of one type.
    Index check_by_path(const Measure& measure, const std::vector<const ast::Cell*>& cells) {
        std::vector<Index> values;
        Type type;
        bool understood = true;
        for (const ast::Cell* cell : cells) {
            const Index value =
                cell == nullptr ? none : exprs_.check(cell->exprs.front(), Context::measure, type);
            if (value != none && exprs_.paths_used() != none &&
                exprs_.paths_used() != measure.paths) {
                report(Code::path_here, at(value),
                       {{"name", model_.paths[exprs_.paths_used()].id}});
            }
            if (value == none) {
                understood = false;
            } else if (values.empty() || fits(type, type_of(value))) {
                type = type_of(value);
            } else if (!fits(type_of(value), type)) {
                exprs_.report_wrong_type(at(value), type_of(value), type,
                                         "a measure has one type along all paths");
                understood = false;
            }
            values.push_back(value);
        }
        return understood ? exprs_.by_path(values, type, measure.at) : none;
    }

    /// How a measure is written: by its define, or by a cell for each path.
    struct Written {
        const ast::Define* define;
        std::vector<const ast::Cell*> cells;
    };

    std::vector<ast::Index> syntax_of(Definition measure) {
        const Written& from = written(measure);
        if (from.define != nullptr) {
            return {from.define->expr};
        }
        std::vector<ast::Index> roots;
        for (const ast::Cell* cell : from.cells) {
            if (cell != nullptr) {
                roots.push_back(cell->exprs.front());
            }
        }
        return roots;
    }

    void defines() {
        names_.record_measures.resize(model_.records.size());
        for (const bool of_record :
             {true, false}) { // facts and measures share no name with a field
            for (const ast::Define& from : file_.defines) {
                if (static_cast<bool>(from.record) == of_record) {
                    of_record ? define_of_record(from) : define(from);
                }
            }
        }
        std::vector<Definition> all;
        for (const auto kind : {Definition::Kind::record_measure, Definition::Kind::measure}) {
            for (Index i = 0; i < written_of(kind).size(); ++i) {
                all.push_back({kind, i});
            }
        }
        for (const Definition measure : likely_order(all)) {
            check_definition(measure);
        }
        for (Index table = 0; table < model_.tables.size(); ++table) {
            check_definition({Definition::Kind::table, table});
        }
        count_values(model_.measures);
        count_values(model_.record_measures);
    }

    /// Where each measure's value stands, or a value for each path.
    void count_values(std::vector<Measure>& measures) {
        Index first = 0;
        for (Measure& measure : measures) {
            measure.first_value = first;
            first += measure.paths == none
                         ? 1
                         : static_cast<Index>(model_.paths[measure.paths].paths.size());
        }
    }

    void tables() {
        for (const ast::LookUpTable& from : file_.tables) {
            if (!declare(names_.tables, "tables", from.name, model_.tables.size())) {
                names_.broken.insert(from.name.text);
                continue;
            }
            std::vector<const ast::Row*> rows;
            for (const ast::Row& row : from.table.rows) {
                if (right_size(from.table, row)) {
                    rows.push_back(&row);
                }
            }
            tables_.declare(from, std::move(rows));
        }
    }

    void define(const ast::Define& from) {
        if (const auto field = field_at_.find(from.name.text); field != field_at_.end()) {
            report_twice(from.name, field->second);
            return;
        }
        if (from.expr == ast::none && from.name) {
            names_.broken.insert(from.name.text);
        }
        if (declare(names_.measures, "values", from.name, model_.measures.size())) {
            model_.measures.push_back(measure_of(from, none));
            written_.push_back({&from, {}});
        }
    }

    void define_of_record(const ast::Define& from) {
        if (from.expr == ast::none && from.name) {
            names_.broken.insert(from.name.text);
        }
        const auto record = names_.records.find(from.record.text);
        if (record == names_.records.end()) {
            exprs_.report_unknown(from.record, "record", keys_of(names_.records));
            names_.broken.insert(from.name.text);
            return;
        }
        if (const auto value = first_at_.find({"values", from.name.text});
            value != first_at_.end()) {
            report_twice(from.name, value->second);
            return;
        }
        if (declare(names_.record_measures[record->second], "fields of " + from.record.text,
                    from.name, model_.record_measures.size())) {
            field_at_.emplace(from.name.text, from.name.at);
            model_.record_measures.push_back(measure_of(from, record->second));
            record_written_.push_back({&from, {}});
        }
    }

    static Measure measure_of(const ast::Define& from, Index record) {
        Measure measure;
        measure.name = from.name.text;
        measure.label = from.label.given ? from.label.value : spaced(measure.name);
        measure.record = record;
        measure.at = from.name.at;
        return measure;
    }

    std::vector<Written>& written_of(Definition::Kind kind) {
        return kind == Definition::Kind::record_measure ? record_written_ : written_;
    }
    const Written& written(Definition measure) { return written_of(measure.kind)[measure.index]; }
    Measure& measure_at(Definition measure) {
        const bool of_record = measure.kind == Definition::Kind::record_measure;
        return (of_record ? model_.record_measures : model_.measures)[measure.index];
    }

    /// Checks a definition, and before it those that it turns out to read. What it reads is known from
    /// the check alone, for a word may be a measure or, beside a choice, that choice. Without recursion,
    /// so that a long chain of measures costs no stack. A cycle is reported once, with its way round.
    void check_definition(Definition first) {
        std::vector<Definition> open{first};
        while (!open.empty()) {
            const Definition definition = open.back();
            if (exprs_.is_settled(definition)) {
                open.pop_back();
                continue;
            }
            const ExprChecker::Mark before = exprs_.mark();
            const auto [checked, read] = attempt(definition);
            if (!read) {
                settle(definition, checked);
                open.pop_back();
                continue;
            }
            exprs_.take_back(before);
            if (closes_cycle(open, *read)) {
                settle(*read, none);
            } else {
                open.push_back(*read);
            }
        }
    }

    /// The checked expression of a measure, or what must be checked before.
    std::pair<Index, std::optional<Definition>> attempt(Definition definition) {
        if (definition.kind == Definition::Kind::table) {
            return {none, tables_.finish(definition.index)};
        }
        const Written& from = written(definition);
        Measure& measure = measure_at(definition);
        if (from.define == nullptr) {
            const Index checked = check_by_path(measure, from.cells);
            return {checked, exprs_.awaits()};
        }
        if (from.define->broken) {
            return {none, std::nullopt};
        }
        const Index checked = measure.record == none
                                  ? exprs_.check(from.define->expr, Context::measure)
                                  : exprs_.check_of_record(from.define->expr, measure.record);
        measure.paths = exprs_.paths_used();
        return {checked, exprs_.awaits()};
    }

    void settle(Definition definition, Index checked) {
        exprs_.settle(definition);
        if (definition.kind == Definition::Kind::table) {
            return;
        }
        measure_at(definition).expr = checked;
        measure_at(definition).type = type_of(checked);
        model_.measure_order.push_back(
            {definition.kind == Definition::Kind::record_measure, definition.index});
    }

    /// Whether a definition that awaits `read` does so for itself in the end; tells the cycle, beginning
    /// with what stands first in the file.
    bool closes_cycle(const std::vector<Definition>& open, Definition read) {
        const auto begin = std::find(open.begin(), open.end(), read);
        if (begin == open.end()) {
            return false;
        }
        std::vector<Definition> round(begin, open.end());
        std::rotate(round.begin(),
                    std::min_element(round.begin(), round.end(),
                                     [&](Definition a, Definition b) {
                                         return place_of(a).begin < place_of(b).begin;
                                     }),
                    round.end());
        std::string cycle;
        for (const Definition definition : round) {
            cycle += called(definition) + " → ";
        }
        const std::string first = called(round.front());
        report(Code::cycle, place_of(round.front()), {{"name", first}, {"cycle", cycle + first}});
        return true;
    }

    std::string called(Definition definition) {
        if (definition.kind == Definition::Kind::table) {
            return model_.tables[definition.index].name;
        }
        const Measure& measure = measure_at(definition);
        return measure.record == none ? measure.name
                                      : model_.records[measure.record].name + "." + measure.name;
    }
    Span place_of(Definition definition) {
        return definition.kind == Definition::Kind::table ? model_.tables[definition.index].at
                                                          : measure_at(definition).at;
    }

    /// An order in which measures stand behind those whose names they hold, as far as there is one: in
    /// it hardly any measure awaits another. The check alone decides.
    std::vector<Definition> likely_order(const std::vector<Definition>& all) {
        struct Frame {
            Definition measure;
            std::vector<Definition> reads;
            std::size_t next = 0;
        };
        std::map<std::string, std::vector<Definition>, std::less<>> named;
        for (const Definition measure : all) {
            named[measure_at(measure).name].push_back(measure);
        }
        std::set<Definition> entered;
        std::vector<Definition> order;
        std::vector<Frame> stack;
        const auto enter = [&](Definition measure) {
            if (entered.insert(measure).second) {
                stack.push_back({measure, named_in(syntax_of(measure), named)});
            }
        };
        for (const Definition start : all) {
            enter(start);
            while (!stack.empty()) {
                Frame& top = stack.back();
                if (top.next == top.reads.size()) {
                    order.push_back(top.measure);
                    stack.pop_back();
                } else {
                    enter(top.reads[top.next++]);
                }
            }
        }
        return order;
    }

    [[nodiscard]] std::vector<Definition>
    named_in(std::vector<ast::Index> open,
             const std::map<std::string, std::vector<Definition>, std::less<>>& named) const {
        std::vector<Definition> found;
        while (!open.empty()) {
            const ast::Index index = open.back();
            open.pop_back();
            if (index == ast::none) {
                continue;
            }
            const ast::Expr& expr = file_.exprs[index];
            if (expr.form == ast::Form::path) {
                // Behind a dot may stand a measure of records, before one a measure that refers.
                const std::string_view path = expr.word.text;
                for (std::size_t begin = 0; begin <= path.size();) {
                    const std::size_t end = std::min(path.find('.', begin), path.size());
                    const auto measures = named.find(path.substr(begin, end - begin));
                    if (measures != named.end()) {
                        found.insert(found.end(), measures->second.begin(), measures->second.end());
                    }
                    begin = end + 1;
                }
            }
            open.insert(open.end(), {expr.a, expr.b, expr.c});
            open.insert(open.end(), expr.operands.begin(), expr.operands.end());
        }
        return found;
    }

    // ---- tables

    /// What the columns of a table are: those it always may have, and one for each tier (or path) of
    /// `tiers`. `with_floor`: the first of them may have a column too.
    struct Allowed {
        const NameMap& tiers;
        bool on_ladder;
        bool with_floor;
    };

    Columns columns(const ast::Table& table, const NameMap& tiers, bool on_ladder,
                    std::span<const std::string_view> known,
                    std::span<const std::string_view> needed, bool with_floor = false) {
        const Allowed allowed{tiers, on_ladder, with_floor || !on_ladder};
        Columns columns;
        columns.tiers.assign(table.columns.size(), none);
        columns.of_tier.assign(tiers.size(), npos);
        std::vector<ast::Word> unknown;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            column(columns, table, i, known, unknown, allowed);
        }
        std::vector<std::string> missing;
        for (const std::string_view name : needed) {
            if (!columns.by_name.contains(name)) {
                missing.emplace_back(name);
            }
        }
        for (std::size_t tier = on_ladder ? 1 : 0; tier < tiers.size(); ++tier) {
            if (columns.of_tier[tier] == npos) {
                missing.push_back(name_at(tiers, tier));
            }
        }
        for (const ast::Word& word : unknown) {
            report_unknown_column(word, known, missing, allowed);
        }
        if (misses_column(table)) {
            report_short_header(table, missing, known);
            return columns;
        }
        // A column with an unknown name is the one that is missing.
        if (!missing.empty() && unknown.empty() && !table.columns.empty() && !table.broken_header) {
            std::transform(missing.begin(), missing.end(), missing.begin(), in_ticks);
            report(Code::missing_column, join(table.columns.front().at, table.columns.back().at),
                   {{"names", listed(missing, " and no column ")}});
        }
        return columns;
    }

    /// The cells of a column are there, and its name in the header is not.
    static bool misses_column(const ast::Table& table) {
        return !table.broken_header && !table.columns.empty() && table.rows.size() > 1 &&
               std::all_of(table.rows.begin(), table.rows.end(), [&](const ast::Row& row) {
                   return !row.broken && row.cells.size() > table.columns.size() &&
                          row.cells.size() == table.rows.front().cells.size();
               });
    }

    void report_short_header(const ast::Table& table, std::vector<std::string> missing,
                             std::span<const std::string_view> known) {
        erase_consequences(table.at);
        std::vector<Argument> arguments{{"rows", std::to_string(table.rows.front().cells.size())},
                                        {"expected", std::to_string(table.columns.size())}};
        if (!missing.empty()) {
            std::transform(missing.begin(), missing.end(), missing.begin(), in_ticks);
            arguments.push_back({"missing", listed(missing, " and ")});
        } else {
            arguments.push_back({"known", listed({known.begin(), known.end()}, ", ")});
        }
        report(Code::cell_count, join(table.columns.front().at, table.columns.back().at),
               std::move(arguments));
    }

    /// Cells that were read as those of other columns: what does not fit there is no fault of its own.
    void erase_consequences(Span of) {
        std::erase_if(faults_, [&](const Fault& fault) { return is_consequence(fault, of); });
    }
    static bool is_consequence(const Fault& fault, Span of) {
        return fault.code == Code::unexpected_text && of.begin <= fault.where.begin &&
               fault.where.end <= of.end;
    }

    static std::vector<std::string> keys_as_texts(const NameMap& names) {
        std::vector<std::string> keys;
        for (const auto& [name, index] : names) {
            keys.push_back(name);
        }
        return keys;
    }

    static std::string name_at(const NameMap& names, std::size_t index) {
        const auto at = std::find_if(names.begin(), names.end(),
                                     [&](const auto& entry) { return entry.second == index; });
        return at == names.end() ? "" : at->first;
    }

    void report_unknown_column(const ast::Word& word, std::span<const std::string_view> known,
                               const std::vector<std::string>& missing, const Allowed& allowed) {
        if (names_.broken.contains(word.text)) {
            return;
        }
        std::vector<std::string_view> all = keys_of(allowed.tiers);
        all.insert(all.end(), known.begin(), known.end());
        std::vector<Argument> arguments{{"name", word.text},
                                        {"known", listed({known.begin(), known.end()}, ", ")}};
        if (!allowed.on_ladder) {
            arguments.push_back({"paths", listed(keys_as_texts(allowed.tiers), ", ")});
        }
        if (const std::string_view close = nearest(word.text, all); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
        } else if (missing.size() == 1 && allowed.on_ladder &&
                   allowed.tiers.contains(missing.front())) {
            arguments.push_back({"missing", missing.front()});
        }
        report(Code::unknown_column, word.at, std::move(arguments));
    }

    void column(Columns& columns, const ast::Table& table, std::size_t index,
                std::span<const std::string_view> known, std::vector<ast::Word>& unknown,
                const Allowed& allowed) {
        const ast::Word& word = table.columns[index];
        if (const auto [first, fresh] = columns.by_name.emplace(word.text, index); !fresh) {
            report_twice(word, table.columns[first->second].at);
            return;
        }
        if (std::find(known.begin(), known.end(), word.text) != known.end()) {
            return;
        }
        const auto tier = allowed.tiers.find(word.text);
        if (tier == allowed.tiers.end()) {
            unknown.push_back(word);
            return;
        }
        if (tier->second == 0 && !allowed.with_floor) {
            report(Code::floor_column, word.at, {{"name", word.text}});
            return;
        }
        columns.tiers[index] = tier->second;
        columns.of_tier[tier->second] = index;
    }

    /// Of a table that cannot be read: what refers to its rows is no fault of its own.
    void leave_out(const ast::Table& table) {
        for (const ast::Row& row : table.rows) {
            for (const ast::Cell& cell : row.cells) {
                names_.broken.insert(cell.word.text);
            }
        }
    }

    bool right_size(const ast::Table& table, const ast::Row& row) {
        if (row.cells.size() == table.columns.size()) {
            return true;
        }
        if (!row.broken && !table.columns.empty() && !table.broken_header &&
            !misses_column(table)) {
            report_cell_count(table, row);
        }
        for (const ast::Cell& cell : row.cells) { // what refers to the row is no fault of its own
            names_.broken.insert(cell.word.text);
        }
        return false;
    }

    /// The cells were read as those of other columns, so what does not fit there is a consequence. Of a row
    /// with too few, the first of these shows where a `|` may be missing.
    void report_cell_count(const ast::Table& table, const ast::Row& row) {
        std::vector<Argument> arguments{{"found", std::to_string(row.cells.size())},
                                        {"expected", std::to_string(table.columns.size())}};
        Span at = row.at;
        const auto first = std::find_if(faults_.begin(), faults_.end(), [&](const Fault& fault) {
            return is_consequence(fault, row.at);
        });
        if (first != faults_.end() && row.cells.size() < table.columns.size()) {
            const std::uint32_t begin = first->where.begin;
            if (const std::size_t column = column_beginning(row, begin); column != npos) {
                arguments.push_back({"column", table.columns[column].text});
            } else if (begins_word(begin)) {
                at = word_at(begin);
                arguments.push_back({"stuck", std::string(model_.source.text(at))});
            }
        }
        erase_consequences(row.at);
        report(Code::cell_count, at, std::move(arguments));
    }

    /// The column whose cell begins at a place.
    [[nodiscard]] std::size_t column_beginning(const ast::Row& row, std::uint32_t at) const {
        const std::string_view text = model_.source.text();
        const std::size_t before = text.find_last_not_of(" \t", at - 1);
        const auto behind = std::find_if(row.cells.begin(), row.cells.end(),
                                         [&](const ast::Cell& cell) { return at < cell.at.begin; });
        return before == std::string_view::npos || text[before] != '|' ||
                       behind == row.cells.begin()
                   ? npos
                   : static_cast<std::size_t>(behind - row.cells.begin()) - 1;
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
        const std::string_view space = &names == &benefit_rows_ ? "benefits"
                                       : &names == &value_rows_ ? "values of tiers"
                                                                : "requirements";
        return declare(names, space, cell->word, index) ? std::optional(cell->word) : std::nullopt;
    }

    struct PendingRow {
        Requirement made;
        Span head_asks;
        bool broken = false; // it may be a head: what it asks was not read
        ast::Word name;
    };

    void requirements(const ast::Table& table) {
        static constexpr std::array<std::string_view, 7> known{"name", "label",  "asks",    "when",
                                                               "cite", "advice", "waivable"};
        static constexpr std::array<std::string_view, 2> needed{"name", "asks"};
        const Index ladder = ladder_of(table.of, table.at);
        if (ladder == none) {
            if (model_.ladders.empty() && !file_.sections_missing && !table.of) {
                report(Code::requirements_without_ladder, first_word(table.at));
            }
            leave_out(table);
            return;
        }
        exprs_.look_at(ladder);
        const Columns layout = columns(table, names_.tiers[ladder], true, known, needed);
        if (!layout.by_name.contains("name") || !layout.by_name.contains("asks")) {
            leave_out(table);
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
                rows.push_back(requirement(layout, row, *name, ladder));
            }
        }
        arrange(rows);
    }

    PendingRow requirement(const Columns& layout, const ast::Row& row, const ast::Word& name,
                           Index ladder) {
        PendingRow pending;
        pending.name = name;
        Requirement& made = pending.made;
        made.id = name.text;
        made.ladder = ladder;
        made.waivable = is_marked(layout, row, "waivable");
        made.label = text_in(layout, row, "label", spaced(name.text));
        made.advice = text_in(layout, row, "advice", "");
        made.cite = cited(text_in(layout, row, "cite", ""));
        made.at = row.at;
        if (const ast::Cell* when = cell_of(layout, row, "when");
            when != nullptr && !when->broken && !when->exprs.empty()) {
            made.when = exprs_.check_condition(when->exprs.front(), Context::requirement);
        }
        const ast::Cell& asks = *cell_of(layout, row, "asks");
        pending.head_asks = asks.at;
        pending.broken = asks.broken;
        bool understood = !asks.broken;
        if (understood && asks.group) {
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
        made.cells = tier_cells(layout, row, places, ladder);
        return pending;
    }

    /// Whether a column that holds `yes` or nothing says `yes`.
    bool is_marked(const Columns& layout, const ast::Row& row, std::string_view column) {
        const ast::Cell* cell = cell_of(layout, row, column);
        if (cell == nullptr || cell->broken || cell->empty || cell->dash) {
            return false;
        }
        const bool marked = cell->exprs.size() == 1 && cell->condition == ast::none &&
                            file_.exprs[cell->exprs.front()].form == ast::Form::yes;
        if (!marked) {
            report(Code::mark_or_nothing, cell->at, {{"column", std::string(column)}});
        }
        return marked;
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

    std::vector<Cell> tier_cells(const Columns& layout, const ast::Row& row, Places& places,
                                 Index ladder) {
        const std::span<const Tier> tiers = model_.tiers(ladder);
        std::vector<Cell> cells(tiers.size());
        for (std::size_t tier = 0; tier < cells.size(); ++tier) {
            if (layout.of_tier[tier] != npos) {
                cells[tier] = tier_cell(row.cells[layout.of_tier[tier]], tiers[tier].id, places);
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
        if (from.unstated) {
            report(Code::unstated_here, from.at);
            return cell;
        }
        if (from.empty) {
            const char* hint = places.context == Context::opened
                                   ? "write `yes`, or `-` where the tier does not open it"
                               : places.has_hole
                                   ? "write a value for `_`, or `-` where nothing is asked"
                                   : "write `yes`, or `-` where nothing is asked";
            report(Code::empty_cell, from.at, {{"column", in_ticks(tier)}, {"hint", hint}});
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
            if (rows[i].made.form != RowForm::ask || rows[i].broken) {
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
        each_row(table, known, benefit_rows_,
                 [&](const Columns& layout, const ast::Row& row, const ast::Word& name,
                     Index ladder) { benefit(layout, row, name, ladder); });
    }

    /// The rows of a table of what tiers open or are worth. The floor may have a column, too.
    template <typename Then>
    void each_row(const ast::Table& table, std::span<const std::string_view> known, NameMap& names,
                  Then&& then) {
        static constexpr std::array<std::string_view, 1> needed{"name"};
        const Index ladder = ladder_of(table.of, table.at);
        if (ladder == none && !model_.ladders.empty()) {
            leave_out(table);
            return; // said
        }
        exprs_.look_at(ladder);
        static const NameMap no_tiers;
        const Columns layout = columns(table, ladder == none ? no_tiers : names_.tiers[ladder],
                                       true, known, needed, true);
        if (!layout.by_name.contains("name")) {
            return;
        }
        for (const ast::Row& row : table.rows) {
            const std::optional<ast::Word> name =
                right_size(table, row) ? row_name(layout, row, names, names.size()) : std::nullopt;
            if (name) {
                then(layout, row, *name, ladder);
            }
        }
    }

    void values(const ast::Table& table) {
        static constexpr std::array<std::string_view, 5> known{"name", "label", "each", "value",
                                                               "cite"};
        each_row(table, known, value_rows_,
                 [&](const Columns& layout, const ast::Row& row, const ast::Word& name,
                     Index ladder) { value(layout, row, name, ladder); });
    }

    /// A figure for each tier: that of its cell, or that of the column `value` where the cell says `yes`.
    void value(const Columns& layout, const ast::Row& row, const ast::Word& name, Index ladder) {
        Worth made;
        made.id = name.text;
        made.ladder = ladder;
        made.label = text_in(layout, row, "label", spaced(name.text));
        made.cite = cited(text_in(layout, row, "cite", ""));
        made.at = row.at;
        const ast::Cell* each = cell_of(layout, row, "each");
        const ast::Index list =
            each == nullptr || each->exprs.empty() ? ast::none : each->exprs.front();
        made.for_each = list != ast::none;
        const ast::Cell* shared = cell_of(layout, row, "value");
        const ast::Index value =
            shared == nullptr || shared->exprs.empty() ? ast::none : shared->exprs.front();
        const std::span<const Tier> tiers = model_.tiers(ladder);
        made.figures.assign(std::max<std::size_t>(tiers.size(), 1), none);
        std::vector<std::size_t> unstated;
        std::vector<std::pair<std::size_t, ast::Index>> untyped;
        for (std::size_t tier = 0; tier < tiers.size(); ++tier) {
            if (layout.of_tier[tier] != npos) {
                figure(made, tier, row.cells[layout.of_tier[tier]], tiers[tier].id, list, value,
                       unstated, untyped);
            }
        }
        if (tiers.empty()) {
            figure_at(made, 0, list, value);
        }
        for (const auto& [tier, expr] : untyped) {
            figure_at(made, tier, list, expr);
        }
        for (const std::size_t tier : unstated) {
            made.figures[tier] = exprs_.unstated(made.type, made.at);
        }
        model_.values.push_back(std::move(made));
    }

    void figure(Worth& made, std::size_t tier, const ast::Cell& cell, const std::string& id,
                ast::Index list, ast::Index shared, std::vector<std::size_t>& unstated,
                std::vector<std::pair<std::size_t, ast::Index>>& untyped) {
        if (cell.broken || cell.dash) {
            return;
        }
        if (cell.unstated) {
            unstated.push_back(tier);
            return;
        }
        if (cell.empty) {
            report(Code::empty_cell, cell.at,
                   {{"column", in_ticks(id)},
                    {"hint", "write a figure, `-` where the tier has none, or `?` where the guide "
                             "does not say"}});
            return;
        }
        const ast::Expr& written = file_.exprs[cell.exprs.front()];
        const bool takes_shared = written.form == ast::Form::yes && shared != ast::none;
        const ast::Index expr = takes_shared ? shared : cell.exprs.front();
        if (made.type.kind == TypeKind::error && exprs_.says_no_type(expr)) {
            untyped.emplace_back(tier, expr); // another cell of the row says it
        } else {
            figure_at(made, tier, list, expr);
        }
        if (cell.condition != ast::none) {
            report(Code::if_here, file_.exprs[cell.condition].at);
        }
    }

    void figure_at(Worth& made, std::size_t tier, ast::Index list, ast::Index value) {
        const ExprChecker::Listed listed =
            exprs_.check_worth(list, value, Context::opened, made.type);
        if (listed.expr == none) {
            return;
        }
        if (made.type.kind == TypeKind::error || fits(made.type, listed.type)) {
            made.type = listed.type;
        } else if (!fits(listed.type, made.type)) {
            exprs_.report_wrong_type(file_.exprs[value].at, listed.type, made.type);
            return;
        }
        made.figures[tier] = listed.expr;
    }

    void benefit(const Columns& layout, const ast::Row& row, const ast::Word& name, Index ladder) {
        Benefit made;
        made.id = name.text;
        made.ladder = ladder;
        made.label = text_in(layout, row, "label", spaced(name.text));
        made.cite = cited(text_in(layout, row, "cite", ""));
        made.at = row.at;
        if (const ast::Cell* needs = cell_of(layout, row, "needs");
            needs != nullptr && !needs->broken) {
            for (const ast::Index need : needs->exprs) {
                made.needs.push_back(exprs_.check_condition(need, Context::opened));
            }
            std::erase(made.needs, none);
        }
        Places places{true, false, {}, Context::opened, false};
        made.cells = tier_cells(layout, row, places, ladder);
        model_.benefits.push_back(std::move(made));
    }

    // ---- what is only told

    void reading(const ast::Reading& from) {
        const auto requirement = requirement_at_.find(from.of.text);
        const auto benefit = benefit_rows_.find(from.of.text);
        const auto value = value_rows_.find(from.of.text);
        if (value != value_rows_.end()) {
            append(model_.values[value->second].reading, from.text);
        }
        if (requirement != requirement_at_.end()) {
            append(model_.requirements[requirement->second].reading, from.text);
        }
        if (benefit != benefit_rows_.end()) {
            append(model_.benefits[benefit->second].reading, from.text);
        }
        if (requirement == requirement_at_.end() && benefit == benefit_rows_.end() &&
            value == value_rows_.end() && from.of) {
            std::vector<std::string_view> known = keys_of(benefit_rows_);
            for (const auto& [name, index] : value_rows_) {
                known.push_back(name);
            }
            for (const auto& [name, index] : requirement_at_) {
                known.push_back(name);
            }
            const bool measure = names_.measures.contains(from.of.text);
            exprs_.report_unknown(from.of, "requirement, benefit or value", known,
                                  measure ? "`" + from.of.text +
                                                "` is a measure: hang the reading on a row of a "
                                                "table that reads it"
                                          : "");
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

    void accept(const ast::Accept& from) {
        const std::optional<Code> check = check_called(from.check.text);
        if (!check && from.check) {
            exprs_.report_unknown(from.check, "check", names_of_checks());
        }
        const std::set<std::string> known = acceptable();
        if (from.of && !known.contains(from.of.text)) {
            exprs_.report_unknown(from.of, "row, fact or measure", {known.begin(), known.end()});
        } else if (check) {
            model_.acceptances.push_back({*check, from.of.text, from.check.at});
        }
    }

    /// Whatever has a name, a field as `record.field`; the words of the tables, `effective` for its days, and the
    /// languages of labels.
    [[nodiscard]] std::set<std::string> acceptable() const {
        constexpr std::string_view fields = "fields of ";
        std::set<std::string> names{"requirements", "benefits", "values", "effective"};
        for (const auto& [declared, at] : first_at_) {
            const auto& [space, name] = declared;
            names.insert(space.starts_with(fields) ? space.substr(fields.size()) + "." + name
                                                   : name);
        }
        for (const ast::Labels& labels : file_.labels) {
            names.insert(labels.language.text);
        }
        return names;
    }

    static constexpr std::size_t max_record_depth = 32;

    const ast::File& file_;
    Faults& faults_;
    Model model_;
    Names names_;
    ExprChecker exprs_;
    TableChecker tables_;
    std::map<std::pair<std::string, std::string>, Span> first_at_; // by space and name
    std::map<std::string, Span> field_at_;
    std::map<std::string, Span> keys_given_; // where a key of the facts was given first
    std::vector<Index> record_of_;
    std::vector<Written> written_; // by measure
    std::vector<Written> record_written_; // by record measure
    std::vector<std::pair<ast::Word, ast::Word>>
        reference_words_; // the list and the key, by reference
    struct PendingPath {
        Index paths;
        std::size_t path;
        const ast::PathItem* from;
    };
    std::vector<PendingPath> path_items_;
    std::map<std::string, Index, std::less<>> requirement_rows_;
    std::map<std::string, Index, std::less<>> requirement_at_;
    std::map<std::string, Index, std::less<>> benefit_rows_;
    std::map<std::string, Index, std::less<>> value_rows_;
    std::map<std::string, Index, std::less<>> keeping_rows_;
    std::map<std::string, Index, std::less<>> notice_rows_;
    std::set<std::string, std::less<>> suggested_heads_;
};

} // namespace

Model check(const ast::File& file, Source source, Faults& faults) {
    Model model = Checker(file, std::move(source), faults).run();
    if (!has_errors(faults)) {
        model.facts_to_try = facts_to_try(model);
    }
    tidy(faults);
    return model;
}

} // namespace rung
