#include "tests/unit/generated_program.hpp"

#include <algorithm>
#include <map>
#include <type_traits>

namespace rung::generated {

namespace {

std::optional<bool> both(const std::optional<bool>& a, const std::optional<bool>& b) {
    if ((a && !*a) || (b && !*b)) {
        return false;
    }
    return a && b ? std::optional(true) : std::nullopt;
}
std::optional<bool> negation(const std::optional<bool>& a) {
    return a ? std::optional(!*a) : std::nullopt;
}
std::optional<bool> either(const std::optional<bool>& a, const std::optional<bool>& b) {
    return negation(both(negation(a), negation(b)));
}

std::optional<Number> value(const Checked& result) {
    return result ? std::optional(result.value) : std::nullopt;
}

std::string name(const char* letter, std::size_t count) { return letter + std::to_string(count); }

/// A partner's record by which a measure is read does not see the records of those who read it.
World outside(const World& world, const std::vector<Row>& rows = {}) {
    return {world.facts, world.held, rows, world.path, world.tiers};
}

enum class RecordKind { part, portal, line, group };

/// A list: of which records, and under which name they are looked at, where the list gives it itself.
struct MadeList {
    Made<Lst> list;
    RecordKind kind = RecordKind::line;
    std::string as;
    std::string key; // of groups
};

struct Scope {
    RecordKind kind;
    std::string as; // empty: the record that a measure is of
    std::string key; // of groups
};

using Field = std::vector<std::string>;

/// What a measure is read as, and what was drawn for it.
template <typename Meaning>
struct Read {
    Made<Meaning> made;
    Forms forms;
};

/// What may be read along the paths of one ladder alone.
struct ByPath {
    std::vector<Read<Num>> figures;
    std::vector<Read<Tru>> truths;
};

constexpr std::size_t no_ladder = static_cast<std::size_t>(-1);

class Writer {
public:
    Writer(Dice& dice, bool clean) : dice_(dice), clean_(clean) {}

    GeneratedProgram program() {
        draw_ladders();
        draw_review();
        for (int i = dice_.from(1, 3); i > 0; --i) {
            made_.tables.push_back(table());
        }
        for (int i = dice_.from(1, 2); i > 0; --i) {
            record_measure();
        }
        if (dice_.one_in(2)) {
            list_measure();
        }
        for (int i = dice_.from(1, 4); i > 0; --i) {
            measure();
        }
        for (std::size_t i = 0; i < made_.ladders.size(); ++i) {
            ladder(i);
        }
        for (int i = dice_.from(0, 2); i > 0; --i) {
            const Made<Tru> first = tier_condition(no_ladder);
            const Made<Tru> second = condition(1);
            made_.notices.push_back(
                {"(" + first.text + " and " + second.text + ")",
                 [first, second](World& w) { return both(first.meaning(w), second.meaning(w)); }});
        }
        return made_;
    }

private:
    // ---- the whole

    void draw_ladders() {
        const bool two = dice_.one_in(2);
        for (std::size_t i = 0; i < (two ? 2U : 1U); ++i) {
            GeneratedLadder ladder;
            ladder.name = !two ? "" : i == 0 ? "first" : "second";
            ladder.climbs = dice_.one_in(2);
            ladder.tiers = i == 0 ? std::vector<std::string>{"none", "low", "mid", "top"}
                                  : std::vector<std::string>{"none", "low", "high"};
            ladder.track = name("track", i);
            for (std::size_t path = dice_.one_in(3) ? index(2, 3) : 0; path > 0; --path) {
                ladder.paths.push_back({name("a", path), std::nullopt, false});
            }
            made_.ladders.push_back(std::move(ladder));
        }
        by_path_.resize(made_.ladders.size());
    }

    void draw_review() {
        if (dice_.one_in(2)) {
            GeneratedReview review;
            review.looks_back = dice_.from(1, 40);
            review.can_raise = !dice_.one_in(4);
            review.can_lower = !review.can_raise || !dice_.one_in(4);
            review.grace = dice_.one_in(3) ? std::optional(dice_.from(1, 30)) : std::nullopt;
            made_.review = review;
        }
    }

    void ladder(std::size_t index) {
        GeneratedLadder& ladder = made_.ladders[index];
        open_paths(ladder);
        climbing_ = ladder.paths.empty() ? no_ladder : index;
        if (climbing_ != no_ladder) {
            measures_by_path(ladder);
            measure();
        }
        const char* letter = index == 0 ? "g" : "h";
        for (std::size_t i = this->index(1, 4); i > 0; --i) {
            ladder.roots.push_back(row(ladder, name(letter, i), 0));
        }
        climbing_ = no_ladder;
        for (std::size_t i = this->index(1, 3); i > 0; --i) {
            benefit(index, name(index == 0 ? "b" : "c", i));
        }
        for (std::size_t i = this->index(0, 2); i > 0; --i) {
            ladder.values.push_back(worth(index, name(index == 0 ? "u" : "v", i)));
        }
        for (std::size_t i = this->index(0, 2); i > 0; --i) {
            ladder.keepings.push_back(keeping(index, name(index == 0 ? "s" : "r", i)));
        }
    }

    std::size_t index(int low, int high) { return static_cast<std::size_t>(dice_.from(low, high)); }

    void open_paths(GeneratedLadder& ladder) {
        for (GeneratedPath& path : ladder.paths) {
            if (dice_.one_in(2)) {
                path.when = condition(1);
            }
        }
        if (!ladder.paths.empty() && dice_.one_in(3)) {
            ladder.paths.back().when.reset();
            ladder.paths.back().otherwise = true;
        }
    }

    /// `measures for` the paths of the ladder.
    void measures_by_path(GeneratedLadder& ladder) {
        for (int i = dice_.from(1, 2); i > 0; --i) {
            GeneratedMeasure measure;
            measure.name = name("m", made_.measures.size());
            measure.track = ladder.track;
            std::vector<Num> along;
            const Forms forms = drawn_in([&] {
                drew("measures for");
                for (std::size_t path = 0; path < ladder.paths.size(); ++path) {
                    const Made<Num> cell = number(dice_.from(0, 2));
                    measure.cells.push_back(cell.text);
                    along.push_back(cell.meaning);
                }
            });
            measure.number = [along](World& w) { return along[w.path](w); };
            by_path_[climbing_].figures.push_back({read(measure.name, measure.number), forms});
            made_.measures.push_back(std::move(measure));
        }
    }

    void measure() {
        GeneratedMeasure measure;
        measure.name = name("m", made_.measures.size());
        std::vector<Read<Num>>& figures =
            climbing_ == no_ladder ? figures_ : by_path_[climbing_].figures;
        std::vector<Read<Tru>>& truths =
            climbing_ == no_ladder ? truths_ : by_path_[climbing_].truths;
        if (dice_.one_in(4)) {
            const Forms forms = drawn_in([&] { set(measure, condition(3)); });
            truths.push_back({read(measure.name, measure.truth), forms});
        } else {
            const Forms forms = drawn_in([&] { set(measure, number(3)); });
            figures.push_back({read(measure.name, measure.number), forms});
        }
        made_.measures.push_back(std::move(measure));
    }

    static void set(GeneratedMeasure& measure, const Made<Num>& made) {
        measure.text = made.text;
        measure.number = made.meaning;
    }
    static void set(GeneratedMeasure& measure, const Made<Tru>& made) {
        measure.text = made.text;
        measure.truth = made.meaning;
    }

    /// A measure as it is read: it does not see the records of those who read it.
    template <typename Meaning>
    static Made<Meaning> read(const std::string& name, const Meaning& meaning) {
        return {name, [meaning](World& w) {
                    World own = outside(w);
                    return meaning(own);
                }};
    }

    void record_measure() {
        GeneratedMeasure measure;
        const RecordKind kind = dice_.one_in(4) ? RecordKind::portal : RecordKind::line;
        measure.record = kind == RecordKind::line ? "line" : "portal";
        measure.name = name("x", made_.measures.size());
        scopes_.push_back({kind, "", ""});
        const Forms forms = drawn_in([&] {
            drew("record measure");
            if (dice_.one_in(2)) {
                set(measure, condition(2));
            } else {
                set(measure, number(2));
            }
        });
        scopes_.pop_back();
        record_measures_.push_back({measure, kind, forms});
        made_.measures.push_back(std::move(measure));
    }

    void list_measure() {
        GeneratedMeasure measure;
        measure.name = name("q", made_.measures.size());
        MadeList list;
        const Forms forms = drawn_in([&] {
            drew("list measure");
            list = made_list(lines(0), 1);
        });
        measure.text = list.list.text;
        lists_.push_back({read(measure.name, list.list.meaning), forms});
        made_.measures.push_back(std::move(measure));
    }

    /// Notes a form for what is being drawn.
    void drew(const char* form) { drawn_.insert(form); }
    void drew(const Forms& forms) { drawn_.insert(forms.begin(), forms.end()); }

    /// The forms that are drawn by this.
    template <typename Draw>
    Forms drawn_in(Draw&& draw) {
        Forms before = std::exchange(drawn_, {});
        draw();
        Forms own = std::exchange(drawn_, std::move(before));
        drew(own);
        return own;
    }

    // ---- tables of tiers

    std::size_t row(GeneratedLadder& ladder, const std::string& id, int depth) {
        GeneratedRow row;
        row.id = id;
        const bool is_head = depth < 3 && dice_.one_in(depth == 0 ? 2 : 3);
        row.forms = drawn_in([&] {
            if (dice_.one_in(3)) {
                row.when = condition(1);
            }
            if (!is_head) {
                ask(row);
            }
            row.cells = cells(ladder, row.has_hole, depth == 0 ? 20 : 30);
        });
        const std::size_t at = ladder.rows.size();
        ladder.rows.push_back(row);
        if (is_head) {
            head(ladder, at, depth);
        }
        return at;
    }

    void ask(GeneratedRow& row) {
        if (dice_.one_in(2)) {
            row.against = decimal(determined(number(1)));
            row.has_hole = true;
            row.asks = row.against.text + " >= _";
        } else {
            const Made<Tru> ask = condition(1);
            row.asks = ask.text;
            row.ask = ask.meaning;
        }
    }

    void head(GeneratedLadder& ladder, std::size_t at, int depth) {
        const std::string id = ladder.rows[at].id;
        const int parts = dice_.from(1, 3);
        for (int i = 0; i < parts; ++i) {
            const std::size_t part =
                row(ladder, id + "." + name("w", static_cast<std::size_t>(i)), depth + 1);
            ladder.rows[at].parts.push_back(part);
        }
        GeneratedRow& row = ladder.rows[at];
        const int form = dice_.from(0, 2);
        row.needed = form == 0 ? -1 : form == 1 ? 1 : dice_.from(1, parts);
        row.asks = form == 0   ? "all of"
                   : form == 1 ? "any one of"
                               : "at least " + std::to_string(row.needed) + " of";
    }

    std::vector<GeneratedCell> cells(const GeneratedLadder& ladder, bool has_hole,
                                     int chance_of_dash) {
        std::vector<GeneratedCell> made(ladder.tiers.size());
        for (std::size_t tier = 1; tier < made.size(); ++tier) {
            if (dice_.percent(chance_of_dash)) {
                continue;
            }
            made[tier].asked = true;
            if (has_hole) {
                made[tier].hole = dice_.one_in(4) ? determined(number(1)) : literal();
            }
            if (dice_.one_in(4)) {
                made[tier].condition = condition(1);
            }
        }
        return made;
    }

    void benefit(std::size_t ladder, const std::string& id) {
        GeneratedBenefit benefit;
        benefit.id = id;
        for (int needs = dice_.from(0, 2); needs > 0; --needs) {
            benefit.needs.push_back(dice_.one_in(3) ? tier_condition(ladder) : condition(1));
        }
        benefit.cells = cells(made_.ladders[ladder], false, 40);
        made_.ladders[ladder].benefits.push_back(std::move(benefit));
    }

    GeneratedValue worth(std::size_t ladder, const std::string& id) {
        using Worth = GeneratedWorth::Kind;
        GeneratedValue value;
        value.id = id;
        value.common = worth_at(ladder);
        value.cells.resize(made_.ladders[ladder].tiers.size());
        for (GeneratedWorth& cell : value.cells) {
            cell.kind = dice_.of(std::vector<Worth>{Worth::nothing, Worth::left_open, Worth::common,
                                                    Worth::own, Worth::own});
            if (cell.kind == Worth::own) {
                cell.own = worth_at(ladder);
            }
        }
        value.cells.back().kind = Worth::common; // a row of nothing is refused
        return value;
    }

    Made<Num> worth_at(std::size_t ladder) {
        const Made<Num> figure = decimal(number(1));
        if (dice_.one_in(2)) {
            return figure;
        }
        const Made<Tru> at = tier_condition(ladder);
        const Made<Num> other = decimal(literal());
        return {"(if " + at.text + " then " + figure.text + " else " + other.text + ")",
                [at, figure, other](World& w) {
                    return sure(at.meaning(w)) ? figure.meaning(w) : other.meaning(w);
                }};
    }

    /// `ladder`: that of the table it stands in, whose tier needs no name.
    Made<Tru> tier_condition(std::size_t ladder) {
        const std::size_t of =
            ladder == no_ladder || dice_.one_in(3) ? dice_.index(made_.ladders.size()) : ladder;
        const GeneratedLadder& asked = made_.ladders[of];
        const int tier = static_cast<int>(dice_.index(asked.tiers.size()));
        const std::string& id = asked.tiers[static_cast<std::size_t>(tier)];
        const std::string is = of == ladder || asked.name.empty() ? "tier" : asked.name + ".tier";
        switch (dice_.from(0, 2)) {
        case 0:
            return {"(" + is + " = " + id + ")",
                    [of, tier](World& w) { return std::optional(w.tiers.at(of) == tier); }};
        case 1:
            return {"(" + is + " >= " + id + ")",
                    [of, tier](World& w) { return std::optional(w.tiers.at(of) >= tier); }};
        default:
            return {"(" + is + " in (none, " + id + "))", [of, tier](World& w) {
                        return std::optional(w.tiers.at(of) == tier || w.tiers.at(of) == 0);
                    }};
        }
    }

    // ---- what was held before

    GeneratedKeeping keeping(std::size_t ladder, const std::string& id) {
        GeneratedKeeping keeping;
        keeping.id = id;
        keeping.one_below = dice_.one_in(2);
        keeping.through = dice_.one_in(3) ? date(0) : held_day(ladder);
        switch (dice_.from(0, 3)) {
        case 0:
            keeping.when = condition(1);
            break;
        case 1:
            keeping.when = tier_condition(ladder);
            break;
        case 2:
            keeping.when = held_condition(ladder);
            break;
        default:
            break;
        }
        return keeping;
    }

    static const std::string& held(const World& w, const std::string& ladder, const char* what) {
        if (!w.held->contains(ladder)) {
            throw Unclear();
        }
        return w.held->at(ladder).at(what).get_ref<const std::string&>();
    }

    Made<Day> held_day(std::size_t ladder) {
        const std::string of = made_.ladders[ladder].name;
        const std::string what = dice_.one_in(2) ? "since" : "protected_until";
        const int more = dice_.from(0, 20);
        return {"held." + what + " + " + std::to_string(more) + " days",
                [of, what, more](World& w) {
                    return std::optional(days(held(w, of, what.c_str())) + more);
                }};
    }

    Made<Tru> held_condition(std::size_t ladder) {
        const std::string of = made_.ladders[ladder].name;
        const std::string tier = dice_.of(made_.ladders[ladder].tiers);
        return {"held.tier != " + tier,
                [of, tier](World& w) { return std::optional(held(w, of, "tier") != tier); }};
    }

    // ---- look-up tables

    GeneratedTable table() {
        using Bounds = GeneratedTable::Bounds;
        GeneratedTable table;
        table.name = name("z", made_.tables.size());
        table.bounds = dice_.of(std::vector<Bounds>{Bounds::none, Bounds::from, Bounds::up_to});
        table.by_kind = dice_.one_in(2);
        table.by_flag = dice_.one_in(3) || (!table.by_kind && table.bounds == Bounds::none);
        for (int i = dice_.from(2, 6); i > 0; --i) {
            const GeneratedTable::Line line = table_line(table);
            if (std::none_of(table.lines.begin(), table.lines.end(),
                             [&](const auto& other) { return overlap(table, line, other); })) {
                table.lines.push_back(line);
            }
        }
        table.lines.front().value = table.lines.front().value.value_or(1); // a type for the column
        if (table.bounds == Bounds::from && dice_.one_in(2)) {
            table.further.push_back({dice_.of(table.lines), dice_.from(1, 2), dice_.from(0, 2)});
        }
        table.has_otherwise = dice_.one_in(2);
        table.otherwise = table_value();
        return table;
    }

    std::optional<int> table_value() {
        return dice_.one_in(6) ? std::nullopt : std::optional(dice_.from(-1, 5));
    }

    GeneratedTable::Line table_line(const GeneratedTable& table) {
        GeneratedTable::Line line;
        if (table.by_kind && !dice_.one_in(4)) {
            line.kinds = dice_.of(std::vector<std::set<std::string>>{{"p"}, {"q"}, {"p", "q"}});
        }
        if (table.by_flag && !dice_.one_in(4)) {
            line.flag = dice_.one_in(2);
        }
        line.bound = dice_.from(0, 4);
        line.value = table_value();
        return line;
    }

    /// Whether two lines may mean the same keys, as the language page says it.
    static bool overlap(const GeneratedTable& table, const GeneratedTable::Line& a,
                        const GeneratedTable::Line& b) {
        const bool kinds_meet =
            !a.kinds || !b.kinds ||
            std::any_of(a.kinds->begin(), a.kinds->end(),
                        [&](const std::string& kind) { return b.kinds->contains(kind); });
        const bool flags_meet = !a.flag || !b.flag || *a.flag == *b.flag;
        const auto empty = [](const GeneratedTable::Line& line) {
            return (line.kinds ? 0 : 1) + (line.flag ? 0 : 1);
        };
        const bool same_empty =
            a.kinds.has_value() == b.kinds.has_value() && a.flag.has_value() == b.flag.has_value();
        return kinds_meet && flags_meet && empty(a) == empty(b) &&
               (!same_empty || table.bounds == GeneratedTable::Bounds::none || a.bound == b.bound);
    }

    Made<Num> look_up() {
        using Bounds = GeneratedTable::Bounds;
        const GeneratedTable& table = dice_.of(made_.tables);
        const auto kind = leaf(dice_.one_in(2) ? "k0" : "k1", "kind");
        const Made<Tru> flag = condition(0);
        const Made<Num> figure = number_leaf();
        std::string asked;
        const auto add = [&](bool is_key, const std::string& text) {
            asked += !is_key ? "" : asked.empty() ? text : ", " + text;
        };
        add(table.by_kind, kind.text);
        add(table.by_flag, "(" + flag.text + ")");
        add(table.bounds != Bounds::none, "(" + figure.text + ")");
        drew(table.bounds == Bounds::none   ? "look-up for"
             : table.bounds == Bounds::from ? "look-up from"
                                            : "look-up up to");
        if (!table.further.empty()) {
            drew("each further");
        }
        if (table.has_otherwise) {
            drew("otherwise in a table");
        }
        return {"(" + table.name + ".v for " + asked + ")",
                [table, kind, flag, figure](World& w) -> std::optional<Number> {
                    GeneratedTable::Keys keys;
                    keys.kind = table.by_kind ? kind.meaning(w) : Json();
                    keys.flag = table.by_flag && sure(flag.meaning(w));
                    if (table.bounds != GeneratedTable::Bounds::none) {
                        const auto key = figure.meaning(w);
                        if (!key) {
                            return std::nullopt;
                        }
                        keys.figure = *key;
                    }
                    return table.value(keys);
                }};
    }

    // ---- references

    using Key = std::function<std::string(World&)>;
    using Portal = std::function<const Json*(World&)>;

    /// A fact or a field that refers to a portal.
    Made<Key> reference() {
        if (const auto scope = scope_of({RecordKind::line, RecordKind::portal});
            scope && dice_.one_in(2)) {
            const std::size_t at = *scope;
            const std::string field = scopes_[at].kind == RecordKind::line ? "via" : "next";
            return {field_text(at, field), [at, field](World& w) {
                        return w.rows[at].record->at(field).get<std::string>();
                    }};
        }
        const std::string fact = dice_.one_in(2) ? "r0" : "r1";
        return {fact, [fact](World& w) { return w.facts->at(fact).get<std::string>(); }};
    }

    /// What a reference leads to, and sometimes what that one's leads to; nothing where no record is.
    Made<Portal> portal() {
        drew("reference");
        const Made<Key> key = reference();
        const Made<Portal> first{key.text, [key](World& w) { return find(w, key.meaning(w)); }};
        if (!dice_.one_in(3)) {
            return first;
        }
        drew("reference behind a reference");
        return {first.text + ".next", [first](World& w) {
                    const Json* from = first.meaning(w);
                    return from == nullptr ? nullptr : find(w, from->at("next").get<std::string>());
                }};
    }

    static const Json* find(World& w, const std::string& id) {
        for (const Json& portal : w.facts->at("portals")) {
            if (portal.at("id") == id) {
                return &portal;
            }
        }
        return nullptr;
    }

    Made<Num> worth_of_portal() {
        const Made<Portal> portal = this->portal();
        return {portal.text + ".worth", [portal](World& w) -> std::optional<Number> {
                    const Json* found = portal.meaning(w);
                    return found == nullptr ? std::nullopt
                                            : std::optional(Number(found->at("worth").get<int>()));
                }};
    }

    Made<Tru> reference_condition() {
        if (dice_.one_in(4)) {
            drew("reference");
            const Made<Key> a = reference();
            const Made<Key> b = reference();
            return {"(" + a.text + " = " + b.text + ")",
                    [a, b](World& w) { return std::optional(a.meaning(w) == b.meaning(w)); }};
        }
        const Made<Portal> portal = this->portal();
        const bool has_instead = clean_ || dice_.one_in(2);
        const std::string text = portal.text + ".open";
        return {has_instead ? "(" + text + " otherwise no)" : text,
                [portal, has_instead](World& w) -> std::optional<bool> {
                    const Json* found = portal.meaning(w);
                    return found != nullptr ? std::optional(found->at("open").get<bool>())
                           : has_instead    ? std::optional(false)
                                            : std::nullopt;
                }};
    }

    // ---- figures

    Made<Num> literal(int low = 0, int high = 5) {
        const int figure = dice_.from(low, high);
        return {std::to_string(figure), [figure](World&) { return std::optional(Number(figure)); }};
    }

    /// One that is no whole number for the checker, so that its cells may be what they like.
    static Made<Num> decimal(const Made<Num>& figure) {
        return {"(" + figure.text + " + 0.5)", [figure](World& w) -> std::optional<Number> {
                    const auto x = figure.meaning(w);
                    return x ? value(add(*x, Number::from_ratio(1, 2).value)) : std::nullopt;
                }};
    }

    /// In a clean program, a figure that has a value always.
    Made<Num> determined(Made<Num> figure) {
        if (!clean_) {
            return figure;
        }
        const int instead = dice_.from(0, 3);
        return {"(" + figure.text + " otherwise " + std::to_string(instead) + ")",
                [figure, instead](World& w) {
                    const auto value = figure.meaning(w);
                    return value ? value : std::optional(Number(instead));
                }};
    }

    Made<Num> number_leaf() {
        if (const auto scope = scope_of(
                {RecordKind::part, RecordKind::portal, RecordKind::line, RecordKind::group});
            scope && dice_.one_in(2)) {
            return number_of(*scope);
        }
        const std::vector<Read<Num>>& by_path = figures_by_path();
        if (!by_path.empty() && dice_.one_in(3)) {
            return read(dice_.of(by_path));
        }
        if (!figures_.empty() && dice_.one_in(3)) {
            return read(dice_.of(figures_));
        }
        if (dice_.one_in(6)) {
            return worth_of_portal();
        }
        if (dice_.one_in(3)) {
            return literal();
        }
        const std::string fact = name("n", index(0, 3));
        return {fact, [fact](World& w) {
                    return std::optional(
                        Number(w.facts->contains(fact) ? w.facts->at(fact).get<int>() : 2));
                }};
    }

    /// A figure of the record or group that is looked at.
    Made<Num> number_of(std::size_t scope) {
        const Scope& at = scopes_[scope];
        if (at.kind == RecordKind::group && (at.key != "points" || dice_.one_in(2))) {
            return {"(count of " + at.as + ")", [scope](World& w) {
                        return std::optional(
                            Number(static_cast<std::int64_t>(w.rows[scope].group.size())));
                    }};
        }
        if (const auto measure = measure_of<Num>(scope); measure && dice_.one_in(2)) {
            return *measure;
        }
        const std::string field = at.kind == RecordKind::part     ? "size"
                                  : at.kind == RecordKind::portal ? "worth"
                                  : at.kind == RecordKind::group
                                      ? "points"
                                      : dice_.of(Field{"points", "weight"});
        return {field_text(scope, field), [scope, field](World& w) {
                    return std::optional(Number(w.rows[scope].record->at(field).get<int>()));
                }};
    }

    /// A measure of the record that is looked at.
    template <typename Meaning>
    std::optional<Made<Meaning>> measure_of(std::size_t scope) {
        std::vector<const OfRecord*> fitting;
        for (const OfRecord& measure : record_measures_) {
            if (measure.kind == scopes_[scope].kind && meaning_of<Meaning>(measure.measure)) {
                fitting.push_back(&measure);
            }
        }
        if (fitting.empty()) {
            return std::nullopt;
        }
        const OfRecord& read = *dice_.of(fitting);
        drew(read.forms);
        const Meaning meaning = meaning_of<Meaning>(read.measure);
        return Made<Meaning>{field_text(scope, read.measure.name), [scope, meaning](World& w) {
                                 World own = outside(w, {w.rows[scope]});
                                 return meaning(own);
                             }};
    }

    template <typename Meaning>
    static const Meaning& meaning_of(const GeneratedMeasure& measure) {
        if constexpr (std::is_same_v<Meaning, Num>) {
            return measure.number;
        } else {
            return measure.truth;
        }
    }

    template <typename Meaning>
    const Made<Meaning>& read(const Read<Meaning>& measure) {
        drew(measure.forms);
        return measure.made;
    }

    /// What may be read while a ladder is climbed along its paths.
    const std::vector<Read<Num>>& figures_by_path() const {
        static const std::vector<Read<Num>> nothing;
        return climbing_ == no_ladder ? nothing : by_path_[climbing_].figures;
    }
    const std::vector<Read<Tru>>& truths_by_path() const {
        static const std::vector<Read<Tru>> nothing;
        return climbing_ == no_ladder ? nothing : by_path_[climbing_].truths;
    }

    Made<Num> number(int depth) {
        if (depth == 0) {
            return number_leaf();
        }
        switch (dice_.from(0, 13)) {
        case 0:
        case 1:
            return arithmetic(depth);
        case 2: {
            const Made<Num> a = number(depth - 1);
            const Made<Num> b = number(depth - 1);
            const bool most = dice_.one_in(2);
            return {"(" + a.text + (most ? " but at most " : " but at least ") + b.text + ")",
                    [a, b, most](World& w) -> std::optional<Number> {
                        const auto x = a.meaning(w);
                        const auto y = b.meaning(w);
                        if (!x || !y) {
                            return std::nullopt;
                        }
                        return most ? std::min(*x, *y) : std::max(*x, *y);
                    }};
        }
        case 3: {
            const Made<Tru> c = condition(depth - 1);
            const Made<Num> a = number(depth - 1);
            const Made<Num> b = number(depth - 1);
            return {
                "(if " + c.text + " then " + a.text + " else " + b.text + ")",
                [a, b, c](World& w) { return sure(c.meaning(w)) ? a.meaning(w) : b.meaning(w); }};
        }
        case 4: {
            const Made<Num> a = number(depth - 1);
            const Made<Num> b = number(depth - 1);
            return {"(" + a.text + " otherwise " + b.text + ")", [a, b](World& w) {
                        const auto x = a.meaning(w);
                        return x ? x : b.meaning(w);
                    }};
        }
        case 5: {
            const Made<Num> a = number(depth - 1);
            const bool up = dice_.one_in(2);
            return {std::string("(round ") + (up ? "up " : "down ") + a.text + " to 2)",
                    [a, up](World& w) -> std::optional<Number> {
                        const auto x = a.meaning(w);
                        return x ? value(round(*x, Number(2), up ? Rounding::up : Rounding::down))
                                 : std::nullopt;
                    }};
        }
        case 6:
            return number_leaf();
        case 7:
        case 8:
            return look_up();
        default:
            return aggregate(depth);
        }
    }

    Made<Num> arithmetic(int depth) {
        const Made<Num> a = number(depth - 1);
        const Made<Num> b = number(depth - 1);
        const char sign = dice_.of(std::vector<char>{'+', '+', '-', '*', '/'});
        return {"(" + a.text + " " + sign + " " + b.text + ")",
                [a, b, sign](World& w) -> std::optional<Number> {
                    const auto x = a.meaning(w);
                    const auto y = b.meaning(w);
                    if (!x || !y) {
                        return std::nullopt;
                    }
                    return value(sign == '+'   ? add(*x, *y)
                                 : sign == '-' ? sub(*x, *y)
                                 : sign == '*' ? mul(*x, *y)
                                               : div(*x, *y));
                }};
    }

    // ---- the records that are looked at

    bool is_innermost(std::size_t scope) const {
        for (std::size_t i = scope + 1; i < scopes_.size(); ++i) {
            if (scopes_[i].kind == scopes_[scope].kind) {
                return false;
            }
        }
        return true;
    }

    /// One of the records that are looked at, of these kinds, whose fields can be read from here.
    std::optional<std::size_t> scope_of(const std::vector<RecordKind>& kinds) {
        std::vector<std::size_t> readable;
        for (std::size_t i = 0; i < scopes_.size(); ++i) {
            const bool fits = std::find(kinds.begin(), kinds.end(), scopes_[i].kind) != kinds.end();
            if (fits && (!scopes_[i].as.empty() || is_innermost(i))) {
                readable.push_back(i);
            }
        }
        return readable.empty() ? std::nullopt : std::optional(dice_.of(readable));
    }

    /// A field without its record's name where it is found all the same: of the innermost of its type.
    std::string field_text(std::size_t scope, const std::string& field) {
        const Scope& of = scopes_[scope];
        const bool may_be_bare = of.kind != RecordKind::group && is_innermost(scope);
        return of.as.empty() || (may_be_bare && dice_.one_in(2)) ? field : of.as + "." + field;
    }

    /// Looks at the records of the list; gives the words that name them.
    std::string enter(const MadeList& list) {
        const std::string as = list.as.empty() ? name("s", scopes_.size()) : list.as;
        scopes_.push_back({list.kind, as, list.key});
        return list.as.empty() ? " as " + as : "";
    }
    void leave() { scopes_.pop_back(); }

    // ---- lists

    MadeList list(int depth) {
        if (const auto scope = scope_of({RecordKind::group}); scope && dice_.one_in(2)) {
            return {{scopes_[*scope].as,
                     [at = *scope](World& w) {
                         std::vector<Row> all;
                         for (const Json* record : w.rows[at].group) {
                             all.push_back({record, {}});
                         }
                         return all;
                     }},
                    RecordKind::line,
                    "",
                    ""};
        }
        if (const auto scope = scope_of({RecordKind::line}); scope && dice_.one_in(2)) {
            return {{field_text(*scope, "parts"),
                     [at = *scope](World& w) { return rows(w.rows[at].record->at("parts")); }},
                    RecordKind::part,
                    "",
                    ""};
        }
        const MadeList from =
            dice_.one_in(8) ? fact_list("portals", RecordKind::portal) : lines(depth);
        const bool makes = depth > 0 && scopes_.size() < 2 && dice_.one_in(3);
        return !makes                                             ? from
               : from.kind == RecordKind::line && dice_.one_in(3) ? groups(from, depth)
                                                                  : made_list(from, depth);
    }

    static MadeList fact_list(const std::string& fact, RecordKind kind) {
        return {{fact, [fact](World& w) { return rows(w.facts->at(fact)); }}, kind, "", ""};
    }

    MadeList lines(int depth) {
        if (!lists_.empty() && dice_.one_in(3)) {
            return {read(dice_.of(lists_)), RecordKind::line, "", ""};
        }
        if (depth > 0 && dice_.one_in(6)) {
            const Made<Tru> test = condition(0);
            return {{"(if " + test.text + " then l0 else l1)",
                     [test](World& w) {
                         return rows(w.facts->at(sure(test.meaning(w)) ? "l0" : "l1"));
                     }},
                    RecordKind::line,
                    "",
                    ""};
        }
        return fact_list(name("l", index(0, 1)), RecordKind::line);
    }

    static std::vector<Row> rows(const Json& list) {
        std::vector<Row> all;
        for (const Json& row : list) {
            all.push_back({&row, {}});
        }
        return all;
    }

    /// Each record of the list that counts.
    template <typename Each>
    static void each(World& w, const Lst& list, const std::optional<Made<Tru>>& where,
                     Each&& visit) {
        for (const Row& row : list(w)) {
            w.rows.push_back(row);
            if (!where || sure(where->meaning(w))) {
                visit();
            }
            w.rows.pop_back();
        }
    }

    std::optional<Made<Tru>> where(int depth) {
        return dice_.one_in(2) ? std::optional(condition(depth)) : std::nullopt;
    }

    static std::string where_text(const std::optional<Made<Tru>>& where) {
        return where ? " where " + where->text : "";
    }

    /// A list of some of the records: those that count, or the first of them.
    MadeList made_list(const MadeList& from, int depth) {
        const std::string as = enter(from);
        const std::optional<Made<Tru>> where = this->where(depth - 1);
        MadeList made = from;
        if (dice_.one_in(3)) {
            drew("list of");
            made.list = {"(list of " + from.list.text + as + where_text(where) + ")",
                         [from, where](World& w) {
                             std::vector<Row> all;
                             each(w, from.list.meaning, where,
                                  [&] { all.push_back(w.rows.back()); });
                             return all;
                         }};
        } else {
            made.list = ranked(from, as, where, depth);
        }
        leave();
        return made;
    }

    Made<Lst> ranked(const MadeList& from, const std::string& as,
                     const std::optional<Made<Tru>>& where, int depth) {
        drew("largest N of");
        const bool largest = dice_.one_in(2);
        const Made<Num> by = rank(depth);
        const Made<Num> count =
            dice_.one_in(4)
                ? Made<Num>{"(n2)",
                            [](World& w) {
                                return std::optional(Number(w.facts->at("n2").get<int>()));
                            }}
                : literal(1, 3);
        return {std::string("(") + (largest ? "largest " : "smallest ") + count.text + " of " +
                    from.list.text + as + where_text(where) + " by " + by.text + ")",
                [from, where, by, count, largest](World& w) {
                    std::vector<Ranked> all;
                    each(w, from.list.meaning, where, [&] {
                        const auto rank = by.meaning(w);
                        if (!rank) {
                            throw Unclear();
                        }
                        all.push_back({*rank, w.rows.back()});
                    });
                    const auto many = static_cast<std::size_t>(*count.meaning(w)->to_int64());
                    return first_of(all, many, largest);
                }};
    }

    /// What records are ranked by: mostly a field of theirs, for several of one rank are worth a look.
    Made<Num> rank(int depth) {
        const std::size_t scope = scopes_.size() - 1;
        if (scopes_.back().kind != RecordKind::line || dice_.one_in(3)) {
            return number(depth - 1);
        }
        const std::string field = dice_.of(Field{"on", "ends", "weight", "weight"});
        return {field_text(scope, field), [scope, field](World& w) {
                    const Json& value = w.rows[scope].record->at(field);
                    return std::optional(Number(value.is_string() ? days(value.get<std::string>())
                                                                  : value.get<int>()));
                }};
    }

    struct Ranked {
        Number rank;
        Row row;
    };

    /// Which of several records of one rank comes first is not said here, unless they are alike.
    static std::vector<Row> first_of(std::vector<Ranked>& all, std::size_t count, bool largest) {
        std::stable_sort(all.begin(), all.end(), [&](const Ranked& a, const Ranked& b) {
            return largest ? b.rank < a.rank : a.rank < b.rank;
        });
        count = std::min(count, all.size());
        const auto is_tied = [&](const Ranked& one) {
            return count > 0 && one.rank == all[count - 1].rank;
        };
        const bool cuts = count < all.size() && is_tied(all[count]);
        std::vector<Row> first;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (cuts && is_tied(all[i]) && !alike(all[i].row, all[count].row)) {
                throw Unclear();
            }
            if (i < count) {
                first.push_back(all[i].row);
            }
        }
        return first;
    }

    static bool alike(const Row& a, const Row& b) {
        return a.group.empty() && b.group.empty() && *a.record == *b.record;
    }

    /// Groups of lines, or the first of such groups.
    MadeList groups(const MadeList& from, int depth) {
        drew("groups of");
        MadeList made;
        made.kind = RecordKind::group;
        made.as = name("s", scopes_.size());
        made.key = dice_.of(Field{"label", "kind", "points", "live", "via"});
        enter(made);
        const std::optional<Made<Tru>> where = this->where(depth - 1);
        leave();
        made.list = {"(groups of " + from.list.text + " by " + made.key + " as " + made.as +
                         where_text(where) + ")",
                     [from, where, key = made.key](World& w) {
                         std::vector<Row> all;
                         each(
                             w, [&](World& own) { return grouped(from.list.meaning(own), key); },
                             where, [&] { all.push_back(w.rows.back()); });
                         return all;
                     }};
        return dice_.one_in(4) ? made_list(made, depth) : made;
    }

    static std::vector<Row> grouped(const std::vector<Row>& records, const std::string& key) {
        std::map<Json, Row> by_key;
        for (const Row& row : records) {
            Row& group = by_key[row.record->at(key)];
            group.record = row.record;
            group.group.push_back(row.record);
        }
        std::vector<Row> all;
        for (const auto& [value, group] : by_key) {
            all.push_back(group);
        }
        return all;
    }

    // ---- counting and summing

    Made<Num> aggregate(int depth) {
        const MadeList from = list(depth);
        const std::string as = enter(from);
        const std::optional<Made<Tru>> where = this->where(depth - 1);
        const std::string tail = from.list.text + as + where_text(where) + ")";
        const int kind = scopes_.size() > 2 ? 0 : dice_.from(0, 8);
        Made<Num> made;
        if (kind == 0 || (kind == 1 && from.kind == RecordKind::group)) {
            made = {"(count of " + tail, [from, where](World& w) {
                        int count = 0;
                        each(w, from.list.meaning, where, [&] { ++count; });
                        return std::optional(Number(count));
                    }};
        } else if (kind == 1) {
            made = distinct(from, where, tail);
        } else {
            made = folded(kind - 2, from, where, tail, depth);
        }
        leave();
        return made;
    }

    Made<Num> folded(int kind, const MadeList& from, const std::optional<Made<Tru>>& where,
                     const std::string& tail, int depth) {
        const std::string word =
            Field{"sum",     "sum",    "smallest",      "largest",
                  "average", "median", "percentile 75", "value"}[static_cast<std::size_t>(kind)];
        const Made<Num> item = number(depth - 1);
        return {"(" + word + " of " + item.text + " in " + tail,
                [from, where, item, word](World& w) -> std::optional<Number> {
                    std::vector<std::optional<Number>> figures;
                    each(w, from.list.meaning, where, [&] { figures.push_back(item.meaning(w)); });
                    return folded(word, figures);
                }};
    }

    static std::optional<Number> folded(const std::string& word,
                                        const std::vector<std::optional<Number>>& items) {
        std::vector<Number> figures;
        for (const auto& item : items) {
            if (!item) {
                return std::nullopt;
            }
            figures.push_back(*item);
        }
        if (figures.empty()) {
            return word == "sum" ? std::optional(Number(0)) : std::nullopt;
        }
        std::sort(figures.begin(), figures.end());
        Number total;
        for (const Number& figure : figures) {
            total = add(total, figure).value;
        }
        const std::size_t count = figures.size();
        if (word == "sum") {
            return total;
        }
        if (word == "smallest") {
            return figures.front();
        }
        if (word == "largest") {
            return figures.back();
        }
        if (word == "average") {
            return value(div(total, Number(static_cast<std::int64_t>(count))));
        }
        if (word == "percentile 75") {
            return figures[(75 * count + 99) / 100 - 1];
        }
        if (word == "value") {
            return figures.front() == figures.back() ? std::optional(figures.front())
                                                     : std::nullopt;
        }
        return value(div(add(figures[count / 2], figures[(count - 1) / 2]).value, Number(2)));
    }

    Made<Num> distinct(const MadeList& from, const std::optional<Made<Tru>>& where,
                       const std::string& tail) {
        const std::string field =
            dice_.of(from.kind == RecordKind::part ? Field{"size", "ok"}
                     : from.kind == RecordKind::portal
                         ? Field{"id", "worth", "open"}
                         : Field{"label", "points", "on", "ends", "kind", "tags", "live", "via"});
        const std::string text = scopes_.back().as + "." + field;
        return {"(count of distinct " + text + " in " + tail, [from, where, field](World& w) {
                    std::set<Json> all;
                    each(w, from.list.meaning, where, [&] {
                        Json value = w.rows.back().record->at(field);
                        if (value.is_array()) {
                            std::sort(value.begin(), value.end());
                        }
                        all.insert(value);
                    });
                    return std::optional(Number(static_cast<std::int64_t>(all.size())));
                }};
    }

    Made<Tru> quantified(int depth) {
        const MadeList from = list(depth);
        const std::string head = from.list.text + enter(from);
        const Made<Tru> test = condition(depth - 1);
        const int kind = dice_.from(0, 2);
        const std::optional<Made<Tru>> where = kind == 2 ? this->where(depth - 1) : std::nullopt;
        leave();
        const std::string text =
            kind == 2
                ? "(each of " + head + where_text(where) + " satisfies " + test.text + ")"
                : (kind == 0 ? "(some of " : "(none of ") + head + " where " + test.text + ")";
        return {text, [from, where, test, kind](World& w) {
                    std::optional<bool> some = false;
                    each(w, from.list.meaning, where, [&] {
                        const auto truth = test.meaning(w);
                        some = either(some, kind == 2 ? negation(truth) : truth);
                    });
                    return kind == 0 ? some : negation(some);
                }};
    }

    /// At least so many days of a window lie in a record of the list.
    Made<Tru> covered(int depth) {
        drew("days covered");
        const MadeList from = fact_list(name("l", index(0, 1)), RecordKind::line);
        const std::string as = enter(from);
        const Made<Day> first = date(0);
        const Made<Day> last = date(0);
        const std::optional<Made<Tru>> where = this->where(depth - 1);
        leave();
        const int least = dice_.from(1, 15);
        const int back = dice_.from(1, 30);
        return {"((days covered from " + first.text + " through " + last.text + " in " +
                    from.list.text + as + " within (trailing " + std::to_string(back) + " days)" +
                    where_text(where) + ") >= " + std::to_string(least) + " days)",
                [from, first, last, where, least, back](World& w) -> std::optional<bool> {
                    std::set<int> all;
                    bool clear = true;
                    each(w, from.list.meaning, where, [&] {
                        const auto a = first.meaning(w);
                        const auto b = last.meaning(w);
                        clear = clear && a && b;
                        for (int day = on - back + 1; clear && day <= on; ++day) {
                            if (*a <= day && day <= *b) {
                                all.insert(day);
                            }
                        }
                    });
                    return clear ? std::optional(static_cast<int>(all.size()) >= least)
                                 : std::nullopt;
                }};
    }

    // ---- dates

    Made<Day> date(int depth) {
        const int kind = dice_.from(0, depth > 0 ? 7 : 4);
        if (const auto scope = scope_of({RecordKind::line}); scope && kind <= 1) {
            const std::string field = dice_.one_in(2) ? "on" : "ends";
            return {field_text(*scope, field), [at = *scope, field](World& w) {
                        return std::optional(days(w.rows[at].record->at(field).get<std::string>()));
                    }};
        }
        if (kind <= 2) {
            const std::string fact = dice_.of(std::vector<std::string>{"d0", "d1", "e0", "e1"});
            return {fact, [fact](World& w) {
                        return std::optional(days(w.facts->at(fact).get<std::string>()));
                    }};
        }
        if (kind == 3) {
            const int day = on + dice_.from(-40, 10);
            return {iso(day), [day](World&) { return std::optional(day); }};
        }
        if (kind == 4) {
            return {"review_date", [](World&) { return std::optional(on); }};
        }
        if (kind == 5) {
            const Made<Day> a = date(depth - 1);
            const Made<Day> b = date(depth - 1);
            const bool most = dice_.one_in(2);
            return {"(" + a.text + (most ? " but at most " : " but at least ") + b.text + ")",
                    [a, b, most](World& w) -> std::optional<int> {
                        const auto x = a.meaning(w);
                        const auto y = b.meaning(w);
                        if (!x || !y) {
                            return std::nullopt;
                        }
                        return most ? std::min(*x, *y) : std::max(*x, *y);
                    }};
        }
        if (kind == 6) {
            const Made<Day> a = date(depth - 1);
            const int by = dice_.from(1, 20);
            const bool back = dice_.one_in(2);
            return {"(" + a.text + (back ? " - " : " + ") + std::to_string(by) + " days)",
                    [a, by, back](World& w) -> std::optional<int> {
                        const auto x = a.meaning(w);
                        return !x || *x == never ? x : std::optional(back ? *x - by : *x + by);
                    }};
        }
        return latest(depth);
    }

    Made<Day> latest(int depth) {
        const MadeList from = fact_list(name("l", index(0, 1)), RecordKind::line);
        const std::string as = enter(from);
        const std::string named = scopes_.back().as;
        const std::optional<Made<Tru>> where = this->where(depth - 1);
        leave();
        const bool largest = dice_.one_in(2);
        const std::string field = dice_.one_in(2) ? "on" : "ends";
        const bool has_instead = clean_ || dice_.one_in(2);
        const std::string text = std::string("(") + (largest ? "largest" : "smallest") + " of " +
                                 named + "." + field + " in " + from.list.text + as +
                                 where_text(where) + ")";
        return {
            has_instead ? "(" + text + " otherwise 2023-02-01)" : text,
            [from, where, field, largest, has_instead](World& w) -> std::optional<int> {
                std::optional<int> found;
                each(w, from.list.meaning, where, [&] {
                    const int day = days(w.rows.back().record->at(field).get<std::string>());
                    found = !found ? day : largest ? std::max(*found, day) : std::min(*found, day);
                });
                return found || !has_instead ? found : std::optional(days("2023-02-01"));
            }};
    }

    Made<Win> window(int depth) {
        if (made_.review && dice_.one_in(3)) {
            const int back = made_.review->looks_back;
            return {"review_period",
                    [back](World&) { return std::optional(std::pair(on - back + 1, on)); }};
        }
        switch (dice_.from(0, depth > 0 ? 4 : 2)) {
        case 0: {
            const int count = dice_.from(0, 30);
            return {"trailing " + std::to_string(count) + " days",
                    [count](World&) { return std::optional(std::pair(on - count + 1, on)); }};
        }
        case 1:
            return {"previous calendar month", [](World&) {
                        return std::optional(std::pair(days("2023-01-01"), days("2023-01-31")));
                    }};
        case 2:
        case 3: {
            const Made<Day> a = date(depth > 0 ? depth - 1 : 0);
            const Made<Day> b = date(depth > 0 ? depth - 1 : 0);
            const bool until = dice_.one_in(2);
            return {"from " + a.text + (until ? " until " : " through ") + b.text,
                    [a, b, until](World& w) -> std::optional<std::pair<int, int>> {
                        const auto x = a.meaning(w);
                        const auto y = b.meaning(w);
                        if (!x || !y) {
                            return std::nullopt;
                        }
                        return std::pair(*x, until && *y != never ? *y - 1 : *y);
                    }};
        }
        default: {
            const Made<Tru> c = condition(depth - 1);
            const Made<Win> a = window(depth - 1);
            const Made<Win> b = window(depth - 1);
            return {"if " + c.text + " then " + a.text + " else " + b.text, [a, b, c](World& w) {
                        return sure(c.meaning(w)) ? a.meaning(w) : b.meaning(w);
                    }};
        }
        }
    }

    // ---- conditions

    Made<Tru> condition(int depth) {
        switch (dice_.from(0, depth > 0 ? 16 : 7)) {
        case 0:
        case 1:
            return flag();
        case 2:
        case 3:
            return choice();
        case 4:
            return text();
        case 5: {
            const Made<Day> a = date(0);
            const Made<Win> w = window(0);
            return in_window(a, w);
        }
        case 6:
            return compare(determined(number_leaf()), determined(number_leaf()));
        case 7:
            return reference_condition();
        case 8:
        case 9:
        case 10:
            return compare(determined(number(depth - 1)), determined(number(depth - 1)));
        case 11:
            return in_window(date(depth - 1), window(depth - 1));
        case 12: {
            const Made<Day> a = date(depth - 1);
            const Made<Day> b = date(depth - 1);
            return compare(a, b);
        }
        case 13:
            return quantified(depth);
        case 14:
            return covered(depth);
        default:
            return joined(depth);
        }
    }

    Made<Tru> flag() {
        if (const auto scope = scope_of({RecordKind::part, RecordKind::portal, RecordKind::line});
            scope && dice_.one_in(2)) {
            return flag_of(*scope);
        }
        if (climbing_ != no_ladder && dice_.one_in(3)) {
            return on_path();
        }
        const std::vector<Read<Tru>>& by_path = truths_by_path();
        if (!by_path.empty() && dice_.one_in(3)) {
            return read(dice_.of(by_path));
        }
        if (!truths_.empty() && dice_.one_in(4)) {
            return read(dice_.of(truths_));
        }
        const std::string fact = name("f", index(0, 4));
        return {fact, [fact](World& w) {
                    return std::optional(w.facts->contains(fact) && w.facts->at(fact).get<bool>());
                }};
    }

    /// A yes/no of the record that is looked at.
    Made<Tru> flag_of(std::size_t scope) {
        if (const auto measure = measure_of<Tru>(scope); measure && dice_.one_in(2)) {
            return *measure;
        }
        const RecordKind kind = scopes_[scope].kind;
        const std::string field = kind == RecordKind::part     ? "ok"
                                  : kind == RecordKind::portal ? "open"
                                                               : "live";
        return {field_text(scope, field), [scope, field](World& w) {
                    return std::optional(w.rows[scope].record->at(field).get<bool>());
                }};
    }

    /// Which path is followed.
    Made<Tru> on_path() {
        drew("path in a condition");
        const GeneratedLadder& ladder = made_.ladders[climbing_];
        const std::size_t path = dice_.index(ladder.paths.size());
        return {"(" + ladder.track + " = " + ladder.paths[path].id + ")",
                [path](World& w) { return std::optional(w.path == path); }};
    }

    /// A fact or field, or what a group has in common: its text, and the JSON it stands for.
    Made<std::function<Json(World&)>> leaf(const std::string& fact, const std::string& field) {
        if (const auto scope = scope_of({RecordKind::line, RecordKind::group});
            scope && dice_.one_in(2)) {
            if (scopes_[*scope].kind == RecordKind::line || scopes_[*scope].key == field) {
                return {field_text(*scope, field),
                        [at = *scope, field](World& w) { return w.rows[at].record->at(field); }};
            }
        }
        return {fact, [fact](World& w) { return w.facts->at(fact); }};
    }

    Made<Tru> choice() {
        const auto is = [](const Json& value, const char* what) { return value == what; };
        if (dice_.one_in(3)) {
            const auto set = leaf("t0", "tags");
            const auto has = [](const Json& all, const char* what) {
                return std::find(all.begin(), all.end(), what) != all.end();
            };
            switch (dice_.from(0, 2)) {
            case 0:
                return {"(" + set.text + " include r)",
                        [set, has](World& w) { return std::optional(has(set.meaning(w), "r")); }};
            case 1:
                return {"(" + set.text + " include any of (r, s))", [set, has](World& w) {
                            return std::optional(has(set.meaning(w), "r") ||
                                                 has(set.meaning(w), "s"));
                        }};
            default:
                return {"(" + set.text + " include all of (r, s))", [set, has](World& w) {
                            return std::optional(has(set.meaning(w), "r") &&
                                                 has(set.meaning(w), "s"));
                        }};
            }
        }
        const auto a = leaf(dice_.one_in(2) ? "k0" : "k1", "kind");
        const auto b = leaf(dice_.one_in(2) ? "k0" : "k1", "kind");
        switch (dice_.from(0, 3)) {
        case 0:
            return {"(" + a.text + " = p)",
                    [a, is](World& w) { return std::optional(is(a.meaning(w), "p")); }};
        case 1:
            return {"(" + a.text + " != " + b.text + ")",
                    [a, b](World& w) { return std::optional(a.meaning(w) != b.meaning(w)); }};
        case 2:
            return {"(" + a.text + " in (p, " + b.text + "))", [a, b, is](World& w) {
                        return std::optional(is(a.meaning(w), "p") || a.meaning(w) == b.meaning(w));
                    }};
        default:
            return {"(" + a.text + " in (p, q))", [a, is](World& w) {
                        return std::optional(is(a.meaning(w), "p") || is(a.meaning(w), "q"));
                    }};
        }
    }

    Made<Tru> text() {
        const auto a = leaf("w0", "label");
        if (dice_.one_in(2)) {
            return {"(" + a.text + " = \"a\")",
                    [a](World& w) { return std::optional(a.meaning(w) == "a"); }};
        }
        return {"(" + a.text + " in (\"c\", w1))",
                [a](World& w) { return std::optional(a.meaning(w) == w.facts->at("w1")); }};
    }

    Made<Tru> in_window(const Made<Day>& date, const Made<Win>& window) {
        return {"(" + date.text + " in " + window.text + ")",
                [date, window](World& w) -> std::optional<bool> {
                    const auto day = date.meaning(w);
                    const auto days = window.meaning(w);
                    if (!day || !days) {
                        return std::nullopt;
                    }
                    return *day != never && days->first <= *day && *day <= days->second;
                }};
    }

    template <typename Meaning>
    Made<Tru> compare(const Made<Meaning>& a, const Made<Meaning>& b) {
        const std::string sign =
            dice_.of(std::vector<std::string>{">=", ">", "<=", "<", "=", "!="});
        return {"(" + a.text + " " + sign + " " + b.text + ")",
                [a, b, sign](World& w) -> std::optional<bool> {
                    const auto x = a.meaning(w);
                    const auto y = b.meaning(w);
                    if (!x || !y) {
                        return std::nullopt;
                    }
                    return sign == ">="   ? *x >= *y
                           : sign == ">"  ? *x > *y
                           : sign == "<=" ? *x <= *y
                           : sign == "<"  ? *x < *y
                           : sign == "="  ? *x == *y
                                          : *x != *y;
                }};
    }

    Made<Tru> joined(int depth) {
        const Made<Tru> a = condition(depth - 1);
        const Made<Tru> b = condition(depth - 1);
        switch (dice_.from(0, 4)) {
        case 0:
            return {"(" + a.text + " and " + b.text + ")",
                    [a, b](World& w) { return both(a.meaning(w), b.meaning(w)); }};
        case 1:
            return {"(" + a.text + " or " + b.text + ")",
                    [a, b](World& w) { return either(a.meaning(w), b.meaning(w)); }};
        case 2:
            return {"(not " + a.text + ")", [a](World& w) { return negation(a.meaning(w)); }};
        case 3: {
            const Made<Tru> c = condition(0);
            return {"(at least 2 of (" + a.text + ", " + b.text + ", " + c.text + "))",
                    [a, b, c](World& w) {
                        const auto x = a.meaning(w);
                        const auto y = b.meaning(w);
                        const auto z = c.meaning(w);
                        return either(both(x, y), either(both(x, z), both(y, z)));
                    }};
        }
        default: {
            const Made<Tru> c = condition(depth - 1);
            return {
                "(if " + c.text + " then " + a.text + " else " + b.text + ")",
                [a, b, c](World& w) { return sure(c.meaning(w)) ? a.meaning(w) : b.meaning(w); }};
        }
        }
    }

    struct OfRecord {
        GeneratedMeasure measure;
        RecordKind kind;
        Forms forms;
    };

    Dice& dice_;
    bool clean_;
    GeneratedProgram made_;
    Forms drawn_;
    std::vector<Read<Num>> figures_;
    std::vector<Read<Tru>> truths_;
    std::vector<Read<Lst>> lists_;
    std::vector<OfRecord> record_measures_;
    std::vector<ByPath> by_path_; // by ladder
    std::size_t climbing_ = no_ladder; // the ladder along whose paths is asked
    std::vector<Scope> scopes_;
};

// ---- look-up tables ----------------------------------------------------------------------------

bool means(const GeneratedTable& table, const GeneratedTable::Line& line,
           const GeneratedTable::Keys& keys) {
    using Bounds = GeneratedTable::Bounds;
    return (!line.kinds || (keys.kind.is_string() && line.kinds->contains(keys.kind))) &&
           (!line.flag || *line.flag == keys.flag) &&
           (table.bounds != Bounds::from || Number(line.bound) <= keys.figure) &&
           (table.bounds != Bounds::up_to || keys.figure <= Number(line.bound));
}

/// Whether the first line goes before the second where both are meant: by fewer empty cells, then by bound.
bool goes_before(const GeneratedTable& table, const GeneratedTable::Line& a,
                 const GeneratedTable::Line& b) {
    const auto empty = [](const GeneratedTable::Line& line) {
        return (line.kinds ? 0 : 1) + (line.flag ? 0 : 1);
    };
    return empty(a) != empty(b)                           ? empty(a) < empty(b)
           : table.bounds == GeneratedTable::Bounds::from ? a.bound > b.bound
                                                          : a.bound < b.bound;
}

bool same_keys(const GeneratedTable::Line& a, const GeneratedTable::Line& b) {
    return a.kinds == b.kinds && a.flag == b.flag;
}

std::string in_cell(const std::optional<int>& figure) {
    return figure ? std::to_string(*figure) : "-";
}

std::string in_cell(const std::set<std::string>& kinds) {
    std::string text;
    for (const std::string& kind : kinds) {
        text += (text.empty() ? "" : ", ") + kind;
    }
    return text;
}

/// A row: the cells of its keys, and its value.
std::string row_text(const GeneratedTable& table, const GeneratedTable::Line& line,
                     const std::string& bound, const std::string& value) {
    std::string text = "|";
    if (table.by_kind) {
        text += " " + (line.kinds ? in_cell(*line.kinds) : "") + " |";
    }
    if (table.by_flag) {
        text += std::string(" ") + (!line.flag ? "" : *line.flag ? "yes" : "no") + " |";
    }
    if (table.bounds != GeneratedTable::Bounds::none) {
        text += " " + bound + " |";
    }
    return text + " " + value + " |\n";
}

// ---- the file ----------------------------------------------------------------------------------

std::string joined(std::vector<std::string> parts, Dice* order) {
    if (order != nullptr) {
        order->shuffle(parts);
    }
    std::string text;
    for (const std::string& part : parts) {
        text += part;
    }
    return text;
}

std::string cells_text(const std::vector<GeneratedCell>& cells) {
    std::string text;
    for (std::size_t tier = 1; tier < cells.size(); ++tier) {
        const GeneratedCell& cell = cells[tier];
        text += cell.asked ? " " + (cell.hole ? cell.hole->text : "yes") : " -";
        text += cell.condition ? " if " + cell.condition->text + " |" : " |";
    }
    return text;
}

/// The text of one file, section by section.
class File {
public:
    File(const GeneratedProgram& program, Dice* order) : program_(program), order_(order) {}

    std::string text() {
        review();
        for (const GeneratedTable& table : program_.tables) {
            sections_.push_back(table.text(order_));
        }
        for (const GeneratedMeasure& measure : program_.measures) {
            if (measure.track.empty()) {
                const std::string record = measure.record.empty() ? "" : measure.record + ".";
                sections_.push_back("\ndefine " + record + measure.name + "\n  " + measure.text +
                                    "\n");
            }
        }
        // Ladders and paths come first: indices of the model follow their order.
        std::string ladders;
        for (const GeneratedLadder& ladder : program_.ladders) {
            ladders += head(ladder);
            tables(ladder);
        }
        for (std::size_t i = 0; i < program_.notices.size(); ++i) {
            sections_.push_back("\nnotice " + name("c", i) + " \"Notice\"\n  when " +
                                program_.notices[i].text + "\n");
        }
        return contract + ladders + joined(sections_, order_);
    }

private:
    void review() {
        if (!program_.review) {
            return;
        }
        const GeneratedReview& review = *program_.review;
        sections_.push_back(
            "\nreviews\n  regular  looks at trailing " + std::to_string(review.looks_back) +
            " days  " + (review.can_raise ? "can raise" : "can lower") +
            (review.can_raise && review.can_lower ? ", can lower" : "") +
            (review.grace ? "  grace " + std::to_string(*review.grace) + " days" : "") + "\n");
    }

    static std::string for_ladder(const GeneratedLadder& ladder) {
        return ladder.name.empty() ? "" : " for " + ladder.name;
    }

    static std::string head(const GeneratedLadder& ladder) {
        std::string text = "\nladder " + ladder.name;
        for (std::size_t tier = 0; tier < ladder.tiers.size(); ++tier) {
            text += (tier == 0 ? " " : " < ") + ladder.tiers[tier];
        }
        text += ladder.climbs ? "  climbed one by one\n" : "  each tier stands alone\n";
        if (!ladder.paths.empty()) {
            text += "\npaths " + ladder.track + for_ladder(ladder) + "\n";
        }
        for (const GeneratedPath& path : ladder.paths) {
            text += "  " + path.id + (path.when ? "  when " + path.when->text : "") +
                    (path.otherwise ? "  otherwise\n" : "\n");
        }
        return text;
    }

    /// A table with a column for each tier, and the floor's where `first` is 0.
    void table(const std::string& word, const GeneratedLadder& ladder, const std::string& columns,
               std::size_t first, const std::vector<std::string>& rows) {
        std::string header = "| name |" + columns;
        for (std::size_t tier = first; tier < ladder.tiers.size(); ++tier) {
            header += " " + ladder.tiers[tier] + " |";
        }
        if (!rows.empty()) {
            sections_.push_back("\n" + word + for_ladder(ladder) + "\n" + header + "\n" +
                                joined(rows, order_));
        }
    }

    void tables(const GeneratedLadder& ladder) {
        measures(ladder);
        std::vector<std::string> rows;
        for (const GeneratedRow& row : ladder.rows) {
            rows.push_back("| " + row.id + " | " + row.asks + " | " +
                           (row.when ? row.when->text : "") + " |" + cells_text(row.cells) + "\n");
        }
        table("requirements", ladder, " asks | when |", 1, rows);
        table("benefits", ladder, " needs |", 1, benefits(ladder));
        table("values", ladder, " value |", 0, values(ladder));
        standing(ladder);
    }

    void measures(const GeneratedLadder& ladder) {
        std::string header = "| name |";
        for (const GeneratedPath& path : ladder.paths) {
            header += " " + path.id + " |";
        }
        std::vector<std::string> rows;
        for (const GeneratedMeasure& measure : program_.measures) {
            if (measure.track != ladder.track) {
                continue;
            }
            std::string row = "| " + measure.name + " |";
            for (const std::string& cell : measure.cells) {
                row += " " + cell + " |";
            }
            rows.push_back(row + "\n");
        }
        if (!rows.empty()) {
            sections_.push_back("\nmeasures for " + ladder.track + "\n" + header + "\n" +
                                joined(rows, order_));
        }
    }

    static std::vector<std::string> benefits(const GeneratedLadder& ladder) {
        std::vector<std::string> rows;
        for (const GeneratedBenefit& benefit : ladder.benefits) {
            std::string needs;
            for (const Made<Tru>& need : benefit.needs) {
                needs += (needs.empty() ? "" : ", ") + need.text;
            }
            rows.push_back("| " + benefit.id + " | " + needs + " |" + cells_text(benefit.cells) +
                           "\n");
        }
        return rows;
    }

    static std::vector<std::string> values(const GeneratedLadder& ladder) {
        using Worth = GeneratedWorth::Kind;
        std::vector<std::string> rows;
        for (const GeneratedValue& value : ladder.values) {
            std::string row = "| " + value.id + " | " + value.common.text + " |";
            for (const GeneratedWorth& cell : value.cells) {
                row += std::string(" ") +
                       (cell.kind == Worth::nothing     ? "-"
                        : cell.kind == Worth::left_open ? "?"
                        : cell.kind == Worth::common    ? "yes"
                                                        : cell.own.text) +
                       " |";
            }
            rows.push_back(row + "\n");
        }
        return rows;
    }

    void standing(const GeneratedLadder& ladder) {
        std::vector<std::string> lines;
        for (const GeneratedKeeping& keeping : ladder.keepings) {
            lines.push_back("  " + keeping.id + "  keeps the " +
                            (keeping.one_below ? "tier below" : "held tier") + " through " +
                            keeping.through.text +
                            (keeping.when ? " when " + keeping.when->text : "") + "\n");
        }
        if (!lines.empty()) {
            sections_.push_back("\nstanding" + for_ladder(ladder) + "\n" + joined(lines, order_));
        }
    }

    const GeneratedProgram& program_;
    Dice* order_;
    std::vector<std::string> sections_;
};

} // namespace

std::optional<Number> GeneratedTable::value(const Keys& keys) const {
    const Line* meant = nullptr;
    for (const Line& line : lines) {
        if (means(*this, line, keys) && (meant == nullptr || goes_before(*this, line, *meant))) {
            meant = &line;
        }
    }
    const std::optional<int> found = meant != nullptr ? meant->value
                                     : has_otherwise  ? otherwise
                                                      : std::nullopt;
    if (!found) {
        return std::nullopt;
    }
    const bool is_last =
        meant != nullptr && std::none_of(lines.begin(), lines.end(), [&](const Line& other) {
            return same_keys(other, *meant) && other.bound > meant->bound;
        });
    for (const Further& more : further) {
        if (is_last && same_keys(more.line, *meant)) {
            const Number above = sub(keys.figure, Number(meant->bound)).value;
            const Number steps =
                round(div(above, Number(more.step)).value, Number(1), Rounding::down).value;
            return add(Number(*found), mul(steps, Number(more.adds)).value).value;
        }
    }
    return Number(*found);
}

std::string GeneratedTable::text(Dice* order) const {
    std::string text = "\ntable " + name + "\n|";
    text += by_kind ? " for k0 |" : "";
    text += by_flag ? " for f0 |" : "";
    text += bounds == Bounds::from ? " from n0 |" : bounds == Bounds::up_to ? " up to n0 |" : "";
    text += " v |\n";
    std::vector<std::string> rows;
    for (const Line& line : lines) {
        rows.push_back(row_text(*this, line, std::to_string(line.bound), in_cell(line.value)));
    }
    for (const Further& more : further) {
        rows.push_back(row_text(*this, more.line, "each further " + std::to_string(more.step),
                                std::to_string(more.adds)));
    }
    if (has_otherwise) {
        const int keys = (by_kind ? 1 : 0) + (by_flag ? 1 : 0) + (bounds != Bounds::none ? 1 : 0);
        std::string row = "| otherwise |";
        for (int key = 1; key < keys; ++key) {
            row += " |";
        }
        rows.push_back(row + " " + in_cell(otherwise) + " |\n");
    }
    return text + joined(rows, order);
}

std::string GeneratedProgram::text(Dice* order) const { return File(*this, order).text(); }

std::vector<std::pair<std::string, std::vector<std::string>>> GeneratedProgram::tiers() const {
    std::vector<std::pair<std::string, std::vector<std::string>>> all;
    for (const GeneratedLadder& ladder : ladders) {
        all.emplace_back(ladder.name, ladder.tiers);
    }
    return all;
}

GeneratedProgram generate(Dice& dice, bool clean) { return Writer(dice, clean).program(); }

} // namespace rung::generated
