#include "grammar/lines.hpp"
#include "interpreter/ast.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <array>

namespace rung::ast {

namespace {

/// The direct children of a node, read from left to right.
class Cursor {
public:
    explicit Cursor(NodeRef node) : at_(node.begin()), end_(node.end()) {}

    [[nodiscard]] bool done() const { return at_ == end_; }
    [[nodiscard]] NodeRef peek() const { return *at_; }
    NodeRef next() {
        const NodeRef node = *at_;
        ++at_;
        return node;
    }
    [[nodiscard]] bool at(Kind kind) const { return !done() && peek().is(kind); }
    [[nodiscard]] bool at_word(std::string_view spelling) const {
        return !done() && peek().is_word(spelling);
    }
    bool take_word(std::string_view spelling) {
        if (!at_word(spelling)) {
            return false;
        }
        next();
        return true;
    }

private:
    NodeRef::Iterator at_;
    NodeRef::Iterator end_;
};

Word word_of(NodeRef node) { return {std::string(node.text()), node.span()}; }

Word take(Cursor& cursor, Kind kind) { return cursor.at(kind) ? word_of(cursor.next()) : Word{}; }

Text text_of(NodeRef node) { return {unquoted(node.text()), node.span(), true}; }

Text take_text(Cursor& cursor) { return cursor.at(Kind::text) ? text_of(cursor.next()) : Text{}; }

class Lowering {
public:
    explicit Lowering(const Tree& tree) : tree_(tree) {}

    File run() {
        file_.sections_missing = tree_.root().broken();
        for (const NodeRef node : tree_.root()) {
            section(node);
        }
        for (const Node& node : tree_.nodes()) {
            if (node.kind == Kind::error) {
                unread(node.span);
            }
        }
        return std::move(file_);
    }

    LoneExpression run_expression() {
        LoneExpression made;
        for (const NodeRef node : tree_.root()) {
            made.expr = expr(node);
        }
        made.file = std::move(file_);
        return made;
    }

private:
    /// Takes down the words of what was not read, in small letters, and neighbours as one name: a name is
    /// broken most often because it was written `Partner tier` or `partner-tier`.
    void unread(Span error) {
        const std::string_view text = tree_.source().text();
        std::size_t begin = error.begin;
        while (begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '|') {
            --begin; // what was read of the line or cell may be the first half of a name
        }
        constexpr std::string_view letters =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.";
        std::array<std::string, 2> before;
        for (std::size_t at = text.find_first_of(letters, begin); at < error.end;
             at = text.find_first_of(letters, at)) {
            const std::size_t end = std::min(text.find_first_not_of(letters, at), text.size());
            std::string word = lines::small_letters(text.substr(at, end - at));
            const std::string pair = before[1] + "_" + word;
            file_.unread.insert(before[0] + "_" + pair);
            file_.unread.insert(pair);
            file_.unread.insert(word);
            before = {std::move(before[1]), std::move(word)};
            at = end;
        }
    }

    void section(NodeRef node) {
        switch (node.kind()) {
        case Kind::program:
        case Kind::version:
        case Kind::effective:
        case Kind::withdrawn:
        case Kind::source:
        case Kind::currency:
        case Kind::year_starts:
            file_.head.push_back(head_line(node));
            break;
        case Kind::input:
            inputs(node);
            break;
        case Kind::ladder:
            file_.ladders.push_back(ladder(node));
            break;
        case Kind::paths:
            file_.paths.push_back(paths(node));
            break;
        case Kind::standing:
            standing(node);
            break;
        case Kind::reviews:
            each_of(node, Kind::review,
                    [&](NodeRef item) { file_.reviews.push_back(review(item)); });
            break;
        case Kind::record:
            file_.records.push_back(record(node));
            break;
        case Kind::facts:
            each_of(node, Kind::field, [&](NodeRef item) { file_.facts.push_back(field(item)); });
            break;
        case Kind::define:
            file_.defines.push_back(define(node));
            break;
        case Kind::look_up_table:
            file_.tables.push_back(look_up_table(node));
            break;
        case Kind::measures:
            file_.measures.push_back(table(node));
            break;
        case Kind::values:
            file_.values.push_back(table(node));
            break;
        case Kind::requirements:
            file_.requirements.push_back(table(node));
            break;
        case Kind::benefits:
            file_.benefits.push_back(table(node));
            break;
        case Kind::reading:
            file_.readings.push_back(reading(node));
            break;
        case Kind::accept:
            file_.accepts.push_back(accept(node));
            break;
        case Kind::notice:
            file_.notices.push_back(notice(node));
            break;
        case Kind::labels:
            file_.labels.push_back(labels(node));
            break;
        case Kind::test:
            file_.tests.push_back(test(node));
            break;
        case Kind::error:
            file_.sections_missing = true;
            break;
        default:
            break;
        }
    }

    // ---- the head of the file

    HeadLine head_line(NodeRef node) {
        Cursor in(node);
        HeadLine line;
        line.at = node.span();
        line.word = word_of(in.next());
        in.take_word("starts");
        if (in.at(Kind::text)) {
            line.text = take_text(in);
            return line;
        }
        if (!in.done() && !in.at(Kind::error)) {
            line.value = word_of(in.next());
        }
        line.text = take_text(in);
        if (in.take_word("through")) {
            line.second = take(in, Kind::date);
        }
        return line;
    }

    void inputs(NodeRef node) {
        each_of(node, Kind::input_key, [&](NodeRef item) {
            Cursor in(item);
            HeadLine line;
            line.at = item.span();
            line.word = word_of(in.next());
            line.text = take_text(in);
            file_.inputs.push_back(std::move(line));
        });
    }

    Ladder ladder(NodeRef node) {
        Ladder ladder;
        ladder.at = node.span();
        ladder.broken = node.broken();
        for (const NodeRef child : node) {
            if (child.is(Kind::ladder_name)) {
                Cursor in(child);
                ladder.name = take(in, Kind::name);
                ladder.label = take_text(in);
            } else if (child.is(Kind::tier)) {
                Cursor in(child);
                Word name = take(in, Kind::name);
                ladder.tiers.push_back({std::move(name), take_text(in)});
            } else if (child.is_word("each")) {
                ladder.one_by_one = false;
            }
        }
        return ladder;
    }

    static Word for_ladder(NodeRef node) {
        Word name;
        each_of(node, Kind::for_ladder, [&](NodeRef child) {
            each_of(child, Kind::name, [&](NodeRef of) { name = word_of(of); });
        });
        return name;
    }

    Paths paths(NodeRef node) {
        Cursor in(node);
        Paths paths;
        paths.at = node.span();
        in.take_word("paths");
        paths.name = take(in, Kind::name);
        paths.label = take_text(in);
        paths.ladder = for_ladder(node);
        each_of(node, Kind::path_item,
                [&](NodeRef item) { paths.items.push_back(path_item(item)); });
        return paths;
    }

    PathItem path_item(NodeRef node) {
        Cursor in(node);
        PathItem item;
        item.at = node.span();
        item.broken = node.broken();
        item.name = take(in, Kind::name);
        item.label = take_text(in);
        item.otherwise = in.take_word("otherwise");
        if (in.take_word("when")) {
            item.when = expr_or_none(in);
        }
        return item;
    }

    void standing(NodeRef node) {
        const Word ladder = for_ladder(node);
        each_of(node, Kind::keeping, [&](NodeRef item) {
            file_.keepings.push_back(keeping(item));
            file_.keepings.back().ladder = ladder;
        });
    }

    Keeping keeping(NodeRef node) {
        Cursor in(node);
        Keeping keeping;
        keeping.at = node.span();
        keeping.broken = node.broken();
        keeping.name = take(in, Kind::name);
        keeping.label = take_text(in);
        in.take_word("keeps");
        in.take_word("the");
        keeping.one_below = in.at_word("tier");
        while (!in.done() && !in.at_word("through")) {
            in.next();
        }
        in.take_word("through");
        keeping.through = expr_or_none(in);
        if (in.take_word("when")) {
            keeping.when = expr_or_none(in);
        }
        return keeping;
    }

    Review review(NodeRef node) {
        Cursor in(node);
        Review review;
        review.at = node.span();
        review.broken = node.broken();
        review.name = take(in, Kind::name);
        review.label = take_text(in);
        in.take_word("looks");
        in.take_word("at");
        if (!in.done() && !in.at(Kind::error) && !in.at(Kind::annotation)) {
            review.window = expr(in.next());
        }
        while (!in.done()) {
            const NodeRef part = in.next();
            if (!part.is(Kind::annotation)) {
                continue;
            }
            Cursor words(part);
            if (words.take_word("can")) {
                review.can_raise |= words.at_word("raise");
                review.can_lower |= words.at_word("lower");
            } else if (words.take_word("by")) {
                review.by_program = true;
            } else if (words.take_word("grace") && words.at(Kind::span)) {
                review.grace = expr(words.next());
            }
        }
        return review;
    }

    // ---- the contract of facts

    Record record(NodeRef node) {
        Cursor in(node);
        Record record;
        record.at = node.span();
        in.take_word("record");
        record.name = take(in, Kind::name);
        record.label = take_text(in);
        if (in.take_word("named")) {
            in.take_word("by");
            record.named_by = take(in, Kind::name);
        }
        each_of(node, Kind::field, [&](NodeRef item) { record.fields.push_back(field(item)); });
        return record;
    }

    Field field(NodeRef node) {
        Cursor in(node);
        Field field;
        field.at = node.span();
        field.broken = node.broken();
        field.name = take(in, Kind::name);
        if (in.at(Kind::type)) {
            field.type = type(in.next());
        }
        while (!in.done()) {
            const NodeRef part = in.next();
            if (!part.is(Kind::annotation)) {
                continue;
            }
            Cursor words(part);
            if (words.at(Kind::text) && !field.label.given) {
                field.label = take_text(words);
            } else {
                field.annotations.push_back(annotation(part));
            }
        }
        return field;
    }

    Annotation annotation(NodeRef node) {
        Cursor in(node);
        Annotation annotation;
        annotation.at = node.span();
        annotation.word = take(in, Kind::word);
        if (annotation.word.text != "default") { // whose value may be a word or a text
            annotation.second = take(in, Kind::word);
            annotation.text = take_text(in);
        }
        if (!in.done() && !in.at(Kind::error)) {
            annotation.value = expr(in.next());
        }
        if (take(in, Kind::word) && !in.done() && !in.at(Kind::error)) { // `per`
            annotation.per = expr(in.next());
        }
        return annotation;
    }

    static TypeName type(NodeRef node) {
        Cursor in(node);
        TypeName type;
        type.at = node.span();
        type.word = word_of(in.next());
        while (!in.done()) {
            const NodeRef part = in.next();
            if (part.is(Kind::choice)) {
                Cursor words(part);
                Choice choice;
                choice.name = take(words, Kind::name);
                words.take_word("=");
                choice.json = take_text(words);
                type.choices.push_back(std::move(choice));
            } else if (part.is(Kind::text)) {
                type.never = text_of(part);
            } else if (part.is(Kind::currency_code) || part.is(Kind::name)) {
                (type.argument ? type.key : type.argument) = word_of(part);
            } else if (part.is_word("other")) {
                type.or_other = true;
            } else if (part.is_word("never")) {
                type.or_never = true;
            } else if (type.word.text == "list" && !part.is_word("of") && !type.item) {
                type.item = word_of(part);
            }
        }
        return type;
    }

    // ---- measures, and what is only told

    Define define(NodeRef node) {
        Cursor in(node);
        Define define;
        define.at = node.span();
        define.broken = node.broken();
        in.take_word("define");
        define.name = take(in, Kind::path);
        if (const std::size_t dot = define.name.text.find('.'); dot != std::string::npos) {
            const std::uint32_t end = define.name.at.begin + static_cast<std::uint32_t>(dot);
            define.record = {define.name.text.substr(0, dot), {define.name.at.begin, end}};
            define.name = {define.name.text.substr(dot + 1), {end + 1, define.name.at.end}};
        }
        define.label = take_text(in);
        define.expr = expr_or_none(in);
        return define;
    }

    Notice notice(NodeRef node) {
        Cursor in(node);
        Notice notice;
        notice.at = node.span();
        notice.broken = node.broken();
        in.take_word("notice");
        notice.name = take(in, Kind::name);
        notice.label = take_text(in);
        in.take_word("when");
        if (!in.done() && !in.at(Kind::error)) {
            notice.when = expr(in.next());
        }
        return notice;
    }

    Reading reading(NodeRef node) {
        Cursor in(node);
        Reading reading;
        reading.at = node.span();
        in.take_word("reading");
        reading.of = take(in, Kind::path);
        while (in.at(Kind::text)) {
            reading.text += (reading.text.empty() ? "" : " ") + take_text(in).value;
        }
        return reading;
    }

    static Labels labels(NodeRef node) {
        Cursor in(node);
        Labels labels;
        labels.at = node.span();
        in.take_word("labels");
        labels.language = take(in, Kind::name);
        each_of(node, Kind::label_line, [&](NodeRef item) {
            if (!item.broken()) {
                labels.lines.push_back(label_line(item));
            }
        });
        return labels;
    }

    static LabelLine label_line(NodeRef node) {
        Cursor in(node);
        LabelLine line;
        line.about = word_of(in.next());
        if (line.about.text == "because") {
            const Text reason = take_text(in);
            line.of = {reason.value, reason.at};
        } else {
            line.of = take(in, Kind::path);
        }
        line.text = take_text(in);
        return line;
    }

    Accept accept(NodeRef node) {
        Cursor in(node);
        Accept accept;
        accept.at = node.span();
        in.take_word("accept");
        accept.check = take(in, Kind::check_name);
        in.take_word("of");
        accept.of = take(in, Kind::path);
        accept.reason = take_text(in);
        return accept;
    }

    // ---- tables

    Table table(NodeRef node) {
        Table table;
        table.at = node.span();
        table.of = for_ladder(node);
        for (const NodeRef child : node) {
            if (child.is(Kind::header)) {
                table.broken_header = child.broken();
                each_of(child, Kind::column,
                        [&](NodeRef column) { table.columns.push_back(word_of(column)); });
            } else if (child.is(Kind::row)) {
                Row row;
                row.at = child.span();
                row.broken = child.broken();
                each_of(child, Kind::cell, [&](NodeRef item) { row.cells.push_back(cell(item)); });
                table.rows.push_back(std::move(row));
            }
        }
        return table;
    }

    LookUpTable look_up_table(NodeRef node) {
        Cursor in(node);
        LookUpTable made;
        made.at = node.span();
        in.take_word("table");
        made.name = take(in, Kind::name);
        made.label = take_text(in);
        made.table = table(node);
        each_of(node, Kind::header, [&](NodeRef header) {
            each_of(header, Kind::key_column, [&](NodeRef column) {
                Cursor words(column);
                made.kinds.push_back(take(words, Kind::word));
                words.take_word("to");
                made.table.columns.push_back(take(words, Kind::column));
            });
        });
        return made;
    }

    Cell cell(NodeRef node) {
        Cell cell;
        cell.at = node.span();
        cell.broken = node.broken();
        for (Cursor in(node); !in.done();) {
            const NodeRef part = in.next();
            cell.empty = false;
            switch (part.kind()) {
            case Kind::error:
                cell.broken = true;
                break;
            case Kind::dash:
                cell.dash = true;
                break;
            case Kind::unstated:
                cell.unstated = true;
                break;
            case Kind::raw:
                cell.word = word_of(part);
                break;
            case Kind::text:
                cell.text = text_of(part);
                cell.exprs.push_back(expr(part));
                break;
            case Kind::asks_group:
                group(cell, part);
                break;
            case Kind::sign:
                break;
            case Kind::word:
                if (part.is_word("if")) {
                    if (!in.done() && !in.at(Kind::error)) {
                        cell.condition = expr(in.next());
                    }
                    break;
                }
                if (part.is_word("each") || part.is_word("otherwise")) {
                    cell.group = word_of(part);
                    in.take_word("further");
                    break;
                }
                cell.exprs.push_back(expr(part));
                break;
            case Kind::path:
                cell.word = word_of(part);
                cell.exprs.push_back(expr(part));
                break;
            default:
                cell.exprs.push_back(expr(part));
                break;
            }
        }
        return cell;
    }

    static void group(Cell& cell, NodeRef node) {
        Cursor in(node);
        cell.group = word_of(in.next());
        each_of(node, Kind::number, [&](NodeRef number) { cell.group_count = word_of(number); });
    }

    // ---- tests

    Test test(NodeRef node) {
        Cursor in(node);
        Test test;
        test.at = node.span();
        test.broken = node.broken();
        each_of(node, Kind::error, [&](NodeRef) { test.broken = true; });
        in.take_word("test");
        test.title = take_text(in);
        if (in.take_word("on")) {
            test.on = take(in, Kind::date);
        }
        if (in.take_word("at")) {
            test.review = take(in, Kind::name);
        }
        each_of(node, Kind::test_facts, [&](NodeRef item) {
            each_of(item, Kind::text, [&](NodeRef text) { test.facts.push_back(text_of(text)); });
        });
        each_of(node, Kind::given, [&](NodeRef item) { test.given.push_back(given(item)); });
        each_of(node, Kind::expectation,
                [&](NodeRef item) { test.expectations.push_back(expectation(item)); });
        std::size_t expected = 0; // those that were begun
        each_of(node, Kind::word,
                [&](NodeRef word) { expected += word.is_word("expect") ? 1U : 0U; });
        test.broken |= expected > test.expectations.size();
        return test;
    }

    Given given(NodeRef node) {
        Cursor in(node);
        Given given;
        given.at = node.span();
        given.broken = node.broken();
        in.take_word("given");
        given.name = take(in, Kind::name);
        for (; !in.done();) {
            const NodeRef part = in.next();
            if (part.is(Kind::given_value)) {
                given.value = given_value(part);
            } else if (part.is(Kind::header)) {
                given.is_table = true;
                each_of(part, Kind::column,
                        [&](NodeRef column) { given.columns.push_back(word_of(column)); });
            } else if (part.is(Kind::row) && !part.broken()) {
                given.row_at.push_back(part.span());
                std::vector<GivenValue>& cells = given.rows.emplace_back();
                each_of(part, Kind::cell, [&](NodeRef cell) { cells.push_back(given_cell(cell)); });
            }
        }
        return given;
    }

    GivenValue given_cell(NodeRef node) {
        Cursor in(node);
        GivenValue value = in.at(Kind::given_value) ? given_value(in.peek()) : GivenValue{};
        value.at = node.span();
        value.broken |= node.broken() || in.at(Kind::error);
        return value;
    }

    GivenValue given_value(NodeRef node) {
        GivenValue value;
        value.at = node.span();
        value.broken = node.broken();
        Cursor in(node);
        value.unknown = in.take_word("unknown");
        value.nothing = in.take_word("nothing");
        while (!in.done()) {
            const NodeRef part = in.next();
            if (!part.is(Kind::sign)) {
                value.values.push_back(expr(part));
            }
        }
        return value;
    }

    Expectation expectation(NodeRef node) {
        Cursor in(node);
        Expectation out;
        out.at = node.span();
        out.about = word_of(in.next());
        for (const char* joint : {"least", "of", "asked", "for"}) {
            in.take_word(joint);
        }
        if (in.at(Kind::name) || in.at(Kind::path)) {
            out.subject = word_of(in.next());
        }
        if (in.take_word("for")) {
            out.tier = take(in, Kind::path);
        }
        for (; !in.done();) {
            const NodeRef part = in.next();
            if (part.is(Kind::names)) {
                names(out, part);
            } else if (part.is_word("along")) {
                out.along = take(in, Kind::name);
            } else if (part.is_word("unknown") && is_of_figure(out)) {
                out.unknown = true;
            } else if (part.is_word("nothing")) {
                out.nothing = true;
                out.nothing_at = part.span();
            } else if (part.is_word("from") || part.is_word("=") || part.is_word("through")) {
                Index& to = part.is_word("through") ? out.through : out.from;
                if (!in.done() && !in.at(Kind::error) && !in.at_word("nothing")) {
                    to = expr(in.next());
                }
            } else if (part.is(Kind::word) && !part.is_word("exactly") && !part.is_word("asked")) {
                out.verdict = word_of(part);
            }
        }
        return out;
    }

    static bool is_of_figure(const Expectation& of) {
        return of.about.text == "measure" || of.about.text == "value" || of.about.text == "gap";
    }

    static void names(Expectation& out, NodeRef node) {
        for (const NodeRef part : node) {
            if (part.is(Kind::path)) {
                out.names.push_back(word_of(part));
            } else if (part.is_word("nothing")) {
                out.nothing = true;
            }
        }
    }

    // ---- expressions

    Index add(Expr made) {
        file_.exprs.push_back(std::move(made));
        return static_cast<Index>(file_.exprs.size() - 1);
    }

    Expr blank(NodeRef node, Form form) const {
        Expr made;
        made.form = form;
        made.at = node.span();
        return made;
    }

    Index expr_or_none(Cursor& in) {
        return in.done() || in.at(Kind::error) ? none : expr(in.next());
    }

    Index leaf(NodeRef node, Form form) {
        Expr made = blank(node, form);
        made.word = word_of(node);
        return add(std::move(made));
    }

    Index expr(NodeRef node) {
        if (node.broken()) {
            return leaf(node, Form::broken);
        }
        switch (node.kind()) {
        case Kind::number:
            return leaf(node, Form::number);
        case Kind::money:
            return leaf(node, Form::money);
        case Kind::date:
            return leaf(node, Form::date);
        case Kind::month:
            return leaf(node, Form::month);
        case Kind::text:
            return leaf(node, Form::text);
        case Kind::hole:
            return leaf(node, Form::hole);
        case Kind::path:
        case Kind::name:
            return leaf(node, Form::path);
        case Kind::word:
            return leaf(node, node.is_word("yes") ? Form::yes : Form::no);
        case Kind::span:
            return duration(node);
        case Kind::group:
            return inner(node);
        case Kind::any_true:
            return n_ary(node, Form::any_true);
        case Kind::all_true:
            return n_ary(node, Form::all_true);
        case Kind::negation:
            return prefix(node, Form::negation);
        case Kind::minus:
            return prefix(node, Form::minus);
        case Kind::comparison:
            return comparison(node);
        case Kind::bounded:
        case Kind::otherwise:
        case Kind::sum:
        case Kind::product:
            return folded(node);
        case Kind::conditional:
            return conditional(node);
        case Kind::aggregate:
        case Kind::each:
            return aggregate(node, Form::aggregate);
        case Kind::ranked:
            return aggregate(node, Form::ranked);
        case Kind::groups:
            return aggregate(node, Form::groups);
        case Kind::covered:
            return covered(node);
        case Kind::at_least:
            return at_least(node);
        case Kind::rounding:
            return rounding(node);
        case Kind::window:
            return window(node);
        case Kind::day_of:
            return day_of(node);
        case Kind::look_up:
            return look_up(node);
        case Kind::day_in_year:
        case Kind::part_of:
            return part_of(node);
        case Kind::left_open:
            return left_open(node);
        default:
            return leaf(node, Form::broken);
        }
    }

    Index inner(NodeRef node) {
        Cursor in(node);
        in.take_word("(");
        return in.done() ? leaf(node, Form::broken) : expr(in.next());
    }

    Index duration(NodeRef node) {
        Cursor in(node);
        Expr made = blank(node, Form::duration);
        made.a = expr(in.next());
        made.word = word_of(in.next());
        return add(std::move(made));
    }

    Index n_ary(NodeRef node, Form form) {
        Expr made = blank(node, form);
        for (const NodeRef child : node) {
            if (!child.is(Kind::word) || child.is_word("yes") || child.is_word("no")) {
                made.operands.push_back(expr(child));
            }
        }
        return add(std::move(made));
    }

    Index prefix(NodeRef node, Form form) {
        Cursor in(node);
        Expr made = blank(node, form);
        made.word = word_of(in.next());
        made.a = expr_or_none(in);
        return add(std::move(made));
    }

    std::vector<Index> members(NodeRef node) {
        std::vector<Index> all;
        for (const NodeRef child : node) {
            if (!child.is(Kind::sign)) {
                all.push_back(expr(child));
            }
        }
        return all;
    }

    Index comparison(NodeRef node) {
        Cursor in(node);
        Index left = expr(in.next());
        int comparisons = 0;
        while (!in.done()) {
            ++comparisons;
            Expr made = blank(node, Form::comparison);
            made.a = left;
            made.word = word_of(in.next());
            if (made.word.text == "include") {
                made.form = Form::include;
                if (in.at_word("any") || in.at_word("all")) {
                    made.form = in.next().is_word("any") ? Form::include_any : Form::include_all;
                    in.take_word("of");
                }
            } else if (made.word.text == "in") {
                made.form = in.at(Kind::members) ? Form::in_members : Form::in;
            }
            if (in.at(Kind::members)) {
                made.operands = members(in.next());
            } else {
                made.b = expr_or_none(in);
            }
            if (comparisons > 1) {
                made.form = Form::chain;
            }
            left = add(std::move(made));
        }
        return left;
    }

    static Form form_of(NodeRef sign) {
        constexpr std::array<std::pair<std::string_view, Form>, 5> forms{{
            {"+", Form::add},
            {"-", Form::subtract},
            {"*", Form::multiply},
            {"/", Form::divide},
            {"otherwise", Form::otherwise},
        }};
        for (const auto& [spelling, form] : forms) {
            if (sign.is_word(spelling)) {
                return form;
            }
        }
        return Form::broken;
    }

    /// Levels of signs between operands: `a - b - c` is `(a - b) - c`.
    Index folded(NodeRef node) {
        Cursor in(node);
        const NodeRef first = in.next();
        Index left = expr(first);
        while (!in.done()) {
            const NodeRef sign = in.next();
            Expr made = blank(node, form_of(sign));
            made.word = word_of(sign);
            if (sign.is_word("but")) {
                in.take_word("at");
                made.form = in.at_word("most") ? Form::at_most : Form::at_least;
                in.next();
            }
            made.a = left;
            if (in.done()) {
                break;
            }
            const NodeRef right = in.next();
            made.b = expr(right);
            made.at = join(first.span(), right.span());
            left = add(std::move(made));
        }
        return left;
    }

    Index conditional(NodeRef node) {
        Cursor in(node);
        Expr made = blank(node, Form::conditional);
        in.take_word("if");
        made.a = expr_or_none(in);
        in.take_word("then");
        made.b = expr_or_none(in);
        in.take_word("else");
        made.c = expr_or_none(in);
        return add(std::move(made));
    }

    Index aggregate(NodeRef node, Form form) {
        Cursor in(node);
        Expr made = blank(node, form);
        made.word = word_of(in.next());
        if (!in.done() && !in.at_word("of")) {
            made.operands.push_back(expr(in.next())); // how many
        }
        in.take_word("of");
        if (in.take_word("distinct")) {
            made.word.text = "count distinct";
        }
        const Index first = expr_or_none(in);
        if (in.take_word("in")) {
            made.b = first;
            made.a = expr_or_none(in);
        } else {
            made.a = first;
        }
        if (form == Form::groups && in.take_word("by")) {
            made.b = expr_or_none(in);
        }
        clauses(made, in);
        if (in.take_word("satisfies") || in.take_word("by")) {
            made.b = expr_or_none(in);
        }
        return add(std::move(made));
    }

    void clauses(Expr& made, Cursor& in) {
        if (in.take_word("as")) {
            made.as = take(in, Kind::name);
        }
        if (in.take_word("where")) {
            made.c = expr_or_none(in);
        }
    }

    /// `word` becomes `through` or `until`.
    Index covered(NodeRef node) {
        Cursor in(node);
        Expr made = blank(node, Form::covered);
        in.take_word("days");
        in.take_word("covered");
        in.take_word("from");
        made.b = expr_or_none(in);
        made.word = in.done() ? Word{} : word_of(in.next());
        made.operands.push_back(expr_or_none(in));
        in.take_word("in");
        made.a = expr_or_none(in);
        if (in.take_word("as")) {
            made.as = take(in, Kind::name);
        }
        in.take_word("within");
        made.operands.push_back(expr_or_none(in));
        clauses(made, in);
        return add(std::move(made));
    }

    Index at_least(NodeRef node) {
        Cursor in(node);
        Expr made = blank(node, Form::at_least_of);
        in.take_word("at");
        in.take_word("least");
        made.a = expr_or_none(in);
        in.take_word("of");
        if (in.at(Kind::members)) {
            made.operands = members(in.next());
        }
        return add(std::move(made));
    }

    Index rounding(NodeRef node) {
        Cursor in(node);
        Expr made = blank(node, Form::round);
        in.take_word("round");
        made.word = word_of(in.next());
        if (made.word.text == "half") {
            made.word.text += in.next().is_word("up") ? " up" : " even";
        }
        made.a = expr_or_none(in);
        in.take_word("to");
        made.b = expr_or_none(in);
        return add(std::move(made));
    }

    Index day_of(NodeRef node) {
        Cursor in(node);
        Expr made = blank(node, in.at_word("first") ? Form::first_day : Form::last_day);
        made.word = word_of(in.next());
        in.take_word("day");
        in.take_word("of");
        made.a = expr_or_none(in);
        return add(std::move(made));
    }

    Index look_up(NodeRef node) {
        Cursor in(node);
        Expr made = blank(node, Form::look_up);
        made.word = take(in, Kind::path);
        in.take_word("for");
        while (!in.done()) {
            const NodeRef key = in.next();
            if (key.is(Kind::sign) || key.is(Kind::error)) {
                continue;
            }
            made.operands.push_back(expr(key));
            if (key.is(Kind::sum) || key.is(Kind::product)) {
                made.c = made.operands.back();
            }
        }
        return add(std::move(made));
    }

    /// `01-31 of …`, `year of …`, `month of …`
    Index part_of(NodeRef node) {
        Cursor in(node);
        const Form form = in.at(Kind::month_day) ? Form::day_in_year
                          : in.at_word("year")   ? Form::year_of
                                                 : Form::month_of;
        Expr made = blank(node, form);
        made.word = word_of(in.next());
        in.take_word("of");
        made.a = expr_or_none(in);
        return add(std::move(made));
    }

    Index left_open(NodeRef node) {
        Cursor in(node);
        Expr made = blank(node, Form::left_open);
        in.take_word("unknown");
        in.take_word("because");
        made.word = take(in, Kind::text);
        return add(std::move(made));
    }

    /// `word` becomes the window's words without its operands, in the singular: "previous calendar month".
    Index window(NodeRef node) {
        Expr made = blank(node, Form::window);
        for (const NodeRef child : node) {
            if (child.is(Kind::word)) {
                std::string spelling(child.text());
                if (spelling.ends_with('s') && spelling != "previous") {
                    spelling.pop_back();
                }
                made.word.text += (made.word.text.empty() ? "" : " ") + spelling;
            } else if (made.a == none) {
                made.a = expr(child);
            } else {
                made.b = expr(child);
            }
        }
        made.word.at = node.span();
        return add(std::move(made));
    }

    const Tree& tree_;
    File file_;
};

} // namespace

File lower(const Tree& tree) { return Lowering(tree).run(); }

LoneExpression lower_expression(const Tree& tree) { return Lowering(tree).run_expression(); }

} // namespace rung::ast
