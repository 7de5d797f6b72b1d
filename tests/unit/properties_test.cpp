// What must hold of every program and every partner, tried on generated ones.
//
// A generator writes rule files (lists in lists, windows, choices, heads in heads, both climbs,
// benefits, notices) and, beside each piece of text, what it means: a plain calculation over facts of
// which every one is known. Facts are made with some of them missing, and completed in many ways.
// Whatever Rung says for certain of the partner with missing facts has to be so for every completion.
#include "interpreter/evaluate.hpp"

#include <rung/facts.hpp>
#include <rung/fast.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung {
namespace {

using Json = nlohmann::json;

class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    int from(int low, int high) {
        return low + static_cast<int>(engine_() % static_cast<unsigned>(high - low + 1));
    }
    bool one_in(int count) { return from(1, count) == 1; }
    bool percent(int chance) { return from(1, 100) <= chance; }
    template <typename T>
    const T& of(const std::vector<T>& choices) {
        return choices[static_cast<std::size_t>(from(0, static_cast<int>(choices.size()) - 1))];
    }
    template <typename T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) {
            std::swap(items[i - 1],
                      items[static_cast<std::size_t>(from(0, static_cast<int>(i) - 1))]);
        }
    }

private:
    std::mt19937 engine_;
};

// ---- the meaning of generated pieces -----------------------------------------------------------

constexpr int never = 1'000'000'000;

int days(const std::string& iso) {
    return iso == "never" ? never : Date::parse(iso).value.days_since_1970();
}
std::string iso(int day) { return Date::from_days(day)->to_string(); }

const int on = days("2023-02-15");

/// Every fact of a partner, the records that are looked at, and, where it is decided, the tier.
struct World {
    const Json* facts = nullptr;
    std::vector<const Json*> rows;
    int tier = -1;
};

/// Thrown where what is undetermined decides between two other things: nothing is compared then.
struct Unclear {};

// Nothing where the rules leave it without a value.
using Num = std::function<std::optional<Number>(World&)>;
using Tru = std::function<std::optional<bool>(World&)>;
using Day = std::function<std::optional<int>(World&)>;
using Win = std::function<std::optional<std::pair<int, int>>(World&)>;
using Lst = std::function<std::vector<const Json*>(World&)>;

template <typename Meaning>
struct Made {
    std::string text;
    Meaning meaning;
};

bool sure(const std::optional<bool>& truth) {
    if (!truth) {
        throw Unclear();
    }
    return *truth;
}

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

// ---- the contract ------------------------------------------------------------------------------

const std::string contract = R"(program    trial
version    2023
effective  2020-01-01 onwards

record part
  size    whole number  at least 0
  ok      yes/no

record line named by label
  label   text
  points  whole number
  weight  whole number  at least 0
  on      date
  ends    date or never
  kind    one of p, q, or other
  tags    any of r, s
  live    yes/no
  parts   list of part

facts
  f0  yes/no
  f1  yes/no
  f2  yes/no
  f3  yes/no
  f4  yes/no  default no
  n0  whole number  at least 0
  n1  whole number
  n2  whole number  at least 1 at most 3
  n3  whole number  default 2
  d0  date
  d1  date
  e0  date or never
  e1  date or never
  k0  one of p, q, or other
  k1  one of p, q, or other
  t0  any of r, s
  w0  text
  w1  text
  l0  list of line
  l1  list of line
)";

/// A key of the partner's object or of a record's, and what values it may have.
struct Slot {
    const char* name;
    char
        kind; // f: yes/no, n: number, d: date, e: date or never, k: choice, t: choices, w: text, l: list
    int low = 0;
    int high = 0;
};

const std::vector<Slot> part_slots{{"size", 'n', 0, 3}, {"ok", 'f'}};
const std::vector<Slot> line_slots{{"label", 'w'}, {"points", 'n', -1, 4}, {"weight", 'n', 0, 3},
                                   {"on", 'd'},    {"ends", 'e'},          {"kind", 'k'},
                                   {"tags", 't'},  {"live", 'f'},          {"parts", 'l', 1}};
const std::vector<Slot> fact_slots{
    {"f0", 'f'},       {"f1", 'f'}, {"f2", 'f'}, {"f3", 'f'}, {"n0", 'n', 0, 4}, {"n1", 'n', -2, 4},
    {"n2", 'n', 1, 3}, {"d0", 'd'}, {"d1", 'd'}, {"e0", 'e'}, {"e1", 'e'},       {"k0", 'k'},
    {"k1", 'k'},       {"t0", 't'}, {"w0", 'w'}, {"w1", 'w'}, {"l0", 'l'},       {"l1", 'l'}};

// ---- partners ----------------------------------------------------------------------------------

class Partners {
public:
    Partners(Dice& dice, bool others) : dice_(dice), others_(others) {}

    Json object(const std::vector<Slot>& slots) {
        Json made = Json::object();
        for (const Slot& slot : slots) {
            made[slot.name] = any(slot);
        }
        return made;
    }

    Json any(const Slot& slot) {
        switch (slot.kind) {
        case 'f':
            return dice_.one_in(2);
        case 'n':
            return dice_.from(slot.low, slot.high);
        case 'd':
            return iso(on + dice_.from(-40, 10));
        case 'e':
            return dice_.one_in(4) ? std::string("never") : iso(on + dice_.from(-40, 10));
        case 'k':
            return dice_.of(others_ ? std::vector<std::string>{"p", "q", "z1", "z2"}
                                    : std::vector<std::string>{"p", "q"});
        case 't':
            return dice_.of(std::vector<Json>{Json::array(), {"r"}, {"s"}, {"r", "s"}});
        case 'w':
            return dice_.of(std::vector<std::string>{"a", "b"});
        default:
            break;
        }
        Json list = Json::array();
        for (int count = dice_.from(0, 3); count > 0; --count) {
            list.push_back(object(record_of(slot)));
        }
        return list;
    }

    static const std::vector<Slot>& record_of(const Slot& list) {
        return list.low == 1 ? part_slots : line_slots;
    }

    /// Takes away some of what is known; `incomplete` gathers the lists that may hold more.
    void lose(Json& object, const std::vector<Slot>& slots, int chance, const std::string& path,
              std::vector<std::string>& incomplete) {
        for (const Slot& slot : slots) {
            const std::string here = path + "/" + slot.name;
            if (dice_.percent(chance)) {
                if (dice_.one_in(4)) {
                    object[slot.name] = nullptr;
                } else {
                    object.erase(slot.name);
                }
            } else if (slot.kind == 't' && dice_.percent(chance / 2)) {
                Json& members = object[slot.name];
                if (!members.empty() && dice_.one_in(2)) {
                    members.erase(0);
                }
                incomplete.push_back(here);
            } else if (slot.kind == 'l') {
                Json& list = object[slot.name];
                if (dice_.percent(chance / 2)) {
                    if (!list.empty() && dice_.one_in(2)) {
                        list.erase(0);
                    }
                    incomplete.push_back(here);
                }
                for (std::size_t i = 0; i < list.size(); ++i) {
                    lose(list[i], record_of(slot), chance, here + "/" + std::to_string(i),
                         incomplete);
                }
            }
        }
    }

    /// One way in which everything that is not known may turn out.
    Json completed(const Json& object, const std::vector<Slot>& slots, const std::string& path,
                   const std::vector<std::string>& incomplete) {
        Json made = object;
        for (const Slot& slot : slots) {
            const std::string here = path + "/" + slot.name;
            if (!made.contains(slot.name) || made[slot.name].is_null()) {
                made[slot.name] = any(slot);
                continue;
            }
            const bool open =
                std::find(incomplete.begin(), incomplete.end(), here) != incomplete.end();
            Json& value = made[slot.name];
            if (slot.kind == 't' && open) {
                for (const char* member : {"r", "s"}) {
                    const bool in = std::find(value.begin(), value.end(), member) != value.end();
                    if (!in && dice_.one_in(2)) {
                        value.push_back(member);
                    }
                }
            } else if (slot.kind == 'l') {
                for (std::size_t i = 0; i < value.size(); ++i) {
                    value[i] = completed(value[i], record_of(slot), here + "/" + std::to_string(i),
                                         incomplete);
                }
                for (int more = open ? dice_.from(0, 2) : 0; more > 0; --more) {
                    value.push_back(this->object(record_of(slot)));
                }
            }
        }
        return made;
    }

private:
    Dice& dice_;
    bool others_;
};

/// What is known of a partner.
struct Partner {
    Json facts;
    std::vector<std::string> incomplete;

    [[nodiscard]] std::string text() const {
        return Json{{"facts", facts}, {"incomplete", incomplete}}.dump();
    }
};

// ---- programs ----------------------------------------------------------------------------------

enum class Judged { met, unmet, not_asked };

struct GeneratedCell {
    bool asked = false;
    std::optional<Made<Num>> hole;
    std::optional<Made<Tru>> condition;
};

struct GeneratedRow {
    std::string id;
    int needed = 0; // 0: an ask, -1: all of, else so many of its ways
    std::string asks;
    Tru ask;
    Made<Num> against; // with a hole: at least the cell
    bool has_hole = false;
    std::optional<Made<Tru>> when;
    std::vector<GeneratedCell> cells;
    std::vector<std::size_t> parts;
};

struct GeneratedBenefit {
    std::string id;
    std::vector<Made<Tru>> needs;
    std::vector<GeneratedCell> cells;
};

struct GeneratedMeasure {
    std::string name;
    std::string text;
    Num number; // one of the two
    Tru truth;
};

const std::vector<std::string> tiers{"none", "low", "mid", "top"};

struct GeneratedProgram {
    bool climbs = true;
    std::vector<GeneratedMeasure> measures;
    std::vector<GeneratedRow> rows;
    std::vector<std::size_t> roots;
    std::vector<GeneratedBenefit> benefits;
    std::vector<Made<Tru>> notices;

    /// The rule file; `order` of its defines and rows, none for as they were made.
    [[nodiscard]] std::string text(Dice* order = nullptr) const {
        std::string text = contract + "\nladder none < low < mid < top  " +
                           (climbs ? "climbed one by one\n" : "each tier stands alone\n");
        std::vector<std::string> defines;
        for (const GeneratedMeasure& measure : measures) {
            defines.push_back("\ndefine " + measure.name + "\n  " + measure.text + "\n");
        }
        std::vector<std::string> lines;
        for (const GeneratedRow& row : rows) {
            lines.push_back("| " + row.id + " | " + row.asks + " | " +
                            (row.when ? row.when->text : "") + " |" + cells(row.cells) + "\n");
        }
        if (order != nullptr) {
            order->shuffle(defines);
            order->shuffle(lines);
        }
        for (const std::string& define : defines) {
            text += define;
        }
        text +=
            "\nrequirements\n| name | asks | when | low | mid | top |\n|---|---|---|---|---|---|\n";
        for (const std::string& line : lines) {
            text += line;
        }
        text += "\nbenefits\n| name | needs | low | mid | top |\n|---|---|---|---|---|\n";
        for (const GeneratedBenefit& benefit : benefits) {
            text += "| " + benefit.id + " | ";
            for (std::size_t i = 0; i < benefit.needs.size(); ++i) {
                text += (i > 0 ? ", " : "") + benefit.needs[i].text;
            }
            text += " |" + cells(benefit.cells) + "\n";
        }
        for (std::size_t i = 0; i < notices.size(); ++i) {
            text +=
                "\nnotice c" + std::to_string(i) + " \"Notice\"\n  when " + notices[i].text + "\n";
        }
        return text;
    }

    static std::string cells(const std::vector<GeneratedCell>& cells) {
        std::string text;
        for (std::size_t tier = 1; tier < cells.size(); ++tier) {
            const GeneratedCell& cell = cells[tier];
            text += cell.asked ? " " + (cell.hole ? cell.hole->text : "yes") : " -";
            text += cell.condition ? " if " + cell.condition->text + " |" : " |";
        }
        return text;
    }
};

class Writer {
public:
    /// `clean`: nothing is undetermined.
    Writer(Dice& dice, bool clean) : dice_(dice), clean_(clean) {}

    GeneratedProgram program() {
        GeneratedProgram made;
        made.climbs = dice_.one_in(2);
        for (int i = dice_.from(1, 4); i > 0; --i) {
            measure(made);
        }
        for (int i = dice_.from(1, 4); i > 0; --i) {
            made.roots.push_back(row(made, "g" + std::to_string(i), 0));
        }
        for (int i = dice_.from(1, 4); i > 0; --i) {
            GeneratedBenefit benefit;
            benefit.id = "b" + std::to_string(i);
            for (int needs = dice_.from(0, 2); needs > 0; --needs) {
                benefit.needs.push_back(dice_.one_in(3) ? tier_condition() : condition(1));
            }
            benefit.cells = cells(false, 40);
            made.benefits.push_back(std::move(benefit));
        }
        for (int i = dice_.from(0, 2); i > 0; --i) {
            Made<Tru> first = tier_condition();
            Made<Tru> second = condition(1);
            made.notices.push_back(
                {"(" + first.text + " and " + second.text + ")",
                 [first, second](World& w) { return both(first.meaning(w), second.meaning(w)); }});
        }
        return made;
    }

private:
    struct Scope {
        bool is_part;
        std::string as;
    };

    static std::string name(const char* letter, int count) {
        return letter + std::to_string(count);
    }

    void measure(GeneratedProgram& made) {
        GeneratedMeasure measure;
        measure.name = name("m", static_cast<int>(made.measures.size()));
        if (dice_.one_in(4)) {
            Made<Tru> truth = condition(3);
            measure.text = truth.text;
            measure.truth = truth.meaning;
            truths_.push_back({measure.name, outside(truth.meaning)});
        } else {
            Made<Num> figure = number(3);
            measure.text = figure.text;
            measure.number = figure.meaning;
            figures_.push_back({measure.name, outside(figure.meaning)});
        }
        made.measures.push_back(std::move(measure));
    }

    /// A measure does not see the records of those who read it.
    template <typename Meaning>
    static Meaning outside(const Meaning& meaning) {
        return [meaning](World& w) {
            World own;
            own.facts = w.facts;
            return meaning(own);
        };
    }

    std::size_t row(GeneratedProgram& made, const std::string& id, int depth) {
        GeneratedRow row;
        row.id = id;
        const bool is_head = depth < 3 && dice_.one_in(depth == 0 ? 2 : 3);
        if (dice_.one_in(3)) {
            row.when = condition(1);
        }
        if (!is_head && dice_.one_in(2)) {
            row.against = decimal(determined(number(1)));
            row.has_hole = true;
            row.asks = row.against.text + " >= _";
        } else if (!is_head) {
            Made<Tru> ask = condition(1);
            row.asks = ask.text;
            row.ask = ask.meaning;
        }
        row.cells = cells(row.has_hole, depth == 0 ? 20 : 30);
        const std::size_t at = made.rows.size();
        made.rows.push_back(row);
        if (is_head) {
            const int parts = dice_.from(1, 3);
            for (int i = 0; i < parts; ++i) {
                const std::size_t part = this->row(made, id + "." + name("w", i), depth + 1);
                made.rows[at].parts.push_back(part);
            }
            const int form = dice_.from(0, 2);
            made.rows[at].needed = form == 0 ? -1 : form == 1 ? 1 : dice_.from(1, parts);
            made.rows[at].asks = form == 0 ? "all of"
                                 : form == 1
                                     ? "any one of"
                                     : "at least " + std::to_string(made.rows[at].needed) + " of";
        }
        return at;
    }

    std::vector<GeneratedCell> cells(bool has_hole, int chance_of_dash) {
        std::vector<GeneratedCell> made(tiers.size());
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

    Made<Tru> tier_condition() {
        const int tier = dice_.from(0, 3);
        const std::string& id = tiers[static_cast<std::size_t>(tier)];
        switch (dice_.from(0, 2)) {
        case 0:
            return {"(tier = " + id + ")",
                    [tier](World& w) { return std::optional(w.tier == tier); }};
        case 1:
            return {"(tier >= " + id + ")",
                    [tier](World& w) { return std::optional(w.tier >= tier); }};
        default:
            return {"(tier in (none, " + id + "))",
                    [tier](World& w) { return std::optional(w.tier == tier || w.tier == 0); }};
        }
    }

    // ---- figures

    Made<Num> literal() {
        const int figure = dice_.from(0, 5);
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

    const Json& read(World& w, const std::string& key) { return w.facts->at(key); }

    Made<Num> number_leaf() {
        if (!scopes_.empty() && dice_.one_in(2)) {
            const std::size_t scope = any_scope();
            const std::string field = scopes_[scope].is_part
                                          ? "size"
                                          : dice_.of(std::vector<std::string>{"points", "weight"});
            return {field_text(scope, field), [scope, field](World& w) {
                        return std::optional(Number(w.rows[scope]->at(field).get<int>()));
                    }};
        }
        if (!figures_.empty() && dice_.one_in(3)) {
            return dice_.of(figures_);
        }
        if (dice_.one_in(3)) {
            return literal();
        }
        const std::string fact = name("n", dice_.from(0, 3));
        return {fact, [fact](World& w) {
                    return std::optional(
                        Number(w.facts->contains(fact) ? w.facts->at(fact).get<int>() : 2));
                }};
    }

    Made<Num> number(int depth) {
        if (depth == 0) {
            return number_leaf();
        }
        switch (dice_.from(0, 11)) {
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

    // ---- lists

    std::size_t any_scope() {
        return static_cast<std::size_t>(dice_.from(0, static_cast<int>(scopes_.size()) - 1));
    }

    /// A field without its scope where it is found all the same: the innermost record of its type.
    std::string field_text(std::size_t scope, const std::string& field) {
        bool innermost = true;
        for (std::size_t i = scope + 1; i < scopes_.size(); ++i) {
            innermost = innermost && scopes_[i].is_part != scopes_[scope].is_part;
        }
        return innermost && dice_.one_in(2) ? field : scopes_[scope].as + "." + field;
    }

    struct MadeList {
        Made<Lst> list;
        bool of_parts;
    };

    MadeList list(int depth) {
        std::vector<std::size_t> with_parts;
        for (std::size_t i = 0; i < scopes_.size(); ++i) {
            if (!scopes_[i].is_part) {
                with_parts.push_back(i);
            }
        }
        if (!with_parts.empty() && dice_.one_in(2)) {
            const std::size_t scope = dice_.of(with_parts);
            return {{field_text(scope, "parts"),
                     [scope](World& w) { return rows(w.rows[scope]->at("parts")); }},
                    true};
        }
        const std::string fact = name("l", dice_.from(0, 1));
        if (depth > 0 && dice_.one_in(6)) {
            const Made<Tru> test = condition(0);
            return {{"(if " + test.text + " then l0 else l1)",
                     [test](World& w) {
                         return rows(w.facts->at(sure(test.meaning(w)) ? "l0" : "l1"));
                     }},
                    false};
        }
        return {{fact, [fact](World& w) { return rows(w.facts->at(fact)); }}, false};
    }

    static std::vector<const Json*> rows(const Json& list) {
        std::vector<const Json*> all;
        for (const Json& row : list) {
            all.push_back(&row);
        }
        return all;
    }

    /// Each record of the list that counts.
    template <typename Each>
    static void each(World& w, const Lst& list, const std::optional<Made<Tru>>& where,
                     Each&& visit) {
        for (const Json* row : list(w)) {
            w.rows.push_back(row);
            if (!where || sure(where->meaning(w))) {
                visit();
            }
            w.rows.pop_back();
        }
    }

    Made<Num> aggregate(int depth) {
        const MadeList from = list(depth);
        const std::string as = "s" + std::to_string(scopes_.size());
        scopes_.push_back({from.of_parts, as});
        std::optional<Made<Tru>> where;
        if (dice_.one_in(2)) {
            where = condition(depth - 1);
        }
        const std::string tail =
            from.list.text + " as " + as + (where ? " where " + where->text : "") + ")";
        const int kind = scopes_.size() > 2 ? 0 : dice_.from(0, 6);
        Made<Num> made;
        if (kind == 0) {
            made = {"(count of " + tail, [from, where](World& w) {
                        int count = 0;
                        each(w, from.list.meaning, where, [&] { ++count; });
                        return std::optional(Number(count));
                    }};
        } else if (kind == 1) {
            made = distinct(from, where, tail);
        } else {
            const std::vector<std::string> words{"sum",     "sum",     "smallest",
                                                 "largest", "average", "median"};
            const std::string word = words[static_cast<std::size_t>(kind - 2)];
            const Made<Num> item = number(depth - 1);
            made = {"(" + word + " of " + item.text + " in " + tail,
                    [from, where, item, word](World& w) -> std::optional<Number> {
                        std::vector<std::optional<Number>> figures;
                        each(w, from.list.meaning, where,
                             [&] { figures.push_back(item.meaning(w)); });
                        return folded(word, figures);
                    }};
        }
        scopes_.pop_back();
        return made;
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
        return value(div(add(figures[count / 2], figures[(count - 1) / 2]).value, Number(2)));
    }

    Made<Num> distinct(const MadeList& from, const std::optional<Made<Tru>>& where,
                       const std::string& tail) {
        const std::string field =
            from.of_parts ? dice_.of(std::vector<std::string>{"size", "ok"})
                          : dice_.of(std::vector<std::string>{"label", "points", "on", "ends",
                                                              "kind", "tags", "live"});
        const std::string text = scopes_.back().as + "." + field;
        return {"(count of distinct " + text + " in " + tail, [from, where, field](World& w) {
                    std::set<Json> all;
                    each(w, from.list.meaning, where, [&] {
                        Json value = w.rows.back()->at(field);
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
        const std::string as = "s" + std::to_string(scopes_.size());
        scopes_.push_back({from.of_parts, as});
        const Made<Tru> test = condition(depth - 1);
        std::optional<Made<Tru>> where;
        const int kind = dice_.from(0, 2);
        if (kind == 2 && dice_.one_in(2)) {
            where = condition(depth - 1);
        }
        scopes_.pop_back();
        const std::string head = from.list.text + " as " + as;
        const std::string text =
            kind == 2
                ? "(each of " + head + (where ? " where " + where->text : "") + " satisfies " +
                      test.text + ")"
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

    // ---- dates

    Made<Day> date(int depth) {
        const int kind = dice_.from(0, depth > 0 ? 7 : 4);
        if (kind <= 1 && !scopes_.empty()) {
            const std::size_t scope = any_scope();
            if (!scopes_[scope].is_part) {
                const std::string field = dice_.one_in(2) ? "on" : "ends";
                return {field_text(scope, field), [scope, field](World& w) {
                            return std::optional(days(w.rows[scope]->at(field).get<std::string>()));
                        }};
            }
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
        const std::string fact = name("l", dice_.from(0, 1));
        const std::string as = "s" + std::to_string(scopes_.size());
        scopes_.push_back({false, as});
        std::optional<Made<Tru>> where;
        if (dice_.one_in(2)) {
            where = condition(depth - 1);
        }
        scopes_.pop_back();
        const bool largest = dice_.one_in(2);
        const std::string field = dice_.one_in(2) ? "on" : "ends";
        const Lst list = [fact](World& w) { return rows(w.facts->at(fact)); };
        const bool has_instead = clean_ || dice_.one_in(2);
        const std::string text = std::string("(") + (largest ? "largest" : "smallest") + " of " +
                                 as + "." + field + " in " + fact + " as " + as +
                                 (where ? " where " + where->text : "") + ")";
        return {
            has_instead ? "(" + text + " otherwise 2023-02-01)" : text,
            [list, where, field, largest, has_instead](World& w) -> std::optional<int> {
                std::optional<int> found;
                each(w, list, where, [&] {
                    const int day = days(w.rows.back()->at(field).get<std::string>());
                    found = !found ? day : largest ? std::max(*found, day) : std::min(*found, day);
                });
                return found || !has_instead ? found : std::optional(days("2023-02-01"));
            }};
    }

    Made<Win> window(int depth) {
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
        switch (dice_.from(0, depth > 0 ? 13 : 6)) {
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
        case 8:
            return compare(determined(number(depth - 1)), determined(number(depth - 1)));
        case 9:
            return in_window(date(depth - 1), window(depth - 1));
        case 10: {
            const Made<Day> a = date(depth - 1);
            const Made<Day> b = date(depth - 1);
            return compare(a, b);
        }
        case 11:
            return quantified(depth);
        default:
            return joined(depth);
        }
    }

    Made<Tru> flag() {
        if (!scopes_.empty() && dice_.one_in(2)) {
            const std::size_t scope = any_scope();
            const std::string field = scopes_[scope].is_part ? "ok" : "live";
            return {field_text(scope, field), [scope, field](World& w) {
                        return std::optional(w.rows[scope]->at(field).get<bool>());
                    }};
        }
        if (!truths_.empty() && dice_.one_in(4)) {
            return dice_.of(truths_);
        }
        const std::string fact = name("f", dice_.from(0, 4));
        return {fact, [fact](World& w) {
                    return std::optional(w.facts->contains(fact) && w.facts->at(fact).get<bool>());
                }};
    }

    /// A fact or field: its text, and the JSON it stands for.
    Made<std::function<Json(World&)>> leaf(const char* fact, const char* field) {
        if (!scopes_.empty() && dice_.one_in(2)) {
            const std::size_t scope = any_scope();
            if (!scopes_[scope].is_part) {
                const std::string name_of = field;
                return {field_text(scope, field),
                        [scope, name_of](World& w) { return w.rows[scope]->at(name_of); }};
            }
        }
        const std::string name_of = fact;
        return {fact, [name_of](World& w) { return w.facts->at(name_of); }};
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

    Dice& dice_;
    bool clean_;
    std::vector<Made<Num>> figures_;
    std::vector<Made<Tru>> truths_;
    std::vector<Scope> scopes_;
};

// ---- what must come out, with every fact known -------------------------------------------------

struct Expected {
    std::vector<std::vector<Judged>> rows; // by row, then tier
    std::vector<std::vector<bool>> under_unasked;
    int tier = 0;
    std::vector<Granted> benefits;
    std::vector<bool> notices;
};

class Meaning {
public:
    Meaning(const GeneratedProgram& program, const Json& facts) : program_(program) {
        world_.facts = &facts;
    }

    Expected all() {
        Expected expected;
        expected.rows.assign(program_.rows.size(),
                             std::vector<Judged>(tiers.size(), Judged::not_asked));
        expected.under_unasked.assign(program_.rows.size(), std::vector<bool>(tiers.size(), false));
        std::vector<bool> columns(tiers.size(), true);
        for (std::size_t tier = 1; tier < tiers.size(); ++tier) {
            for (const std::size_t root : program_.roots) {
                judge(expected, root, tier, false);
                columns[tier] = columns[tier] && expected.rows[root][tier] != Judged::unmet;
            }
        }
        for (std::size_t tier = 1; tier < tiers.size(); ++tier) {
            if (columns[tier] &&
                (!program_.climbs || expected.tier == static_cast<int>(tier) - 1)) {
                expected.tier = static_cast<int>(tier);
            }
        }
        world_.tier = expected.tier;
        for (const GeneratedBenefit& benefit : program_.benefits) {
            expected.benefits.push_back(granted(benefit));
        }
        for (const Made<Tru>& notice : program_.notices) {
            expected.notices.push_back(sure(notice.meaning(world_)));
        }
        return expected;
    }

    World& world() { return world_; }

private:
    Judged judge(Expected& expected, std::size_t index, std::size_t tier, bool is_way) {
        Judged& judged = expected.rows[index][tier];
        judged = judgement(expected, index, tier, is_way);
        return judged;
    }

    Judged judgement(Expected& expected, std::size_t index, std::size_t tier, bool is_way) {
        const GeneratedRow& row = program_.rows[index];
        const GeneratedCell& cell = row.cells[tier];
        const bool applies = cell.asked && (!row.when || sure(row.when->meaning(world_))) &&
                             (!cell.condition || sure(cell.condition->meaning(world_)));
        if (!applies) {
            clear(expected, index, tier);
            return is_way && cell.asked ? Judged::unmet : Judged::not_asked;
        }
        if (row.needed == 0) {
            return ask(row, cell) ? Judged::met : Judged::unmet;
        }
        int asked = 0;
        int met = 0;
        for (const std::size_t part : row.parts) {
            const Judged judged = judge(expected, part, tier, row.needed > 0);
            asked += judged != Judged::not_asked ? 1 : 0;
            met += judged == Judged::met ? 1 : 0;
        }
        if (row.needed < 0 && asked == 0) {
            return is_way ? Judged::unmet : Judged::not_asked;
        }
        return met >= (row.needed < 0 ? asked : row.needed) ? Judged::met : Judged::unmet;
    }

    bool ask(const GeneratedRow& row, const GeneratedCell& cell) {
        if (!row.has_hole) {
            return sure(row.ask(world_));
        }
        const auto figure = row.against.meaning(world_);
        const auto asked = cell.hole->meaning(world_);
        if (!figure || !asked) {
            throw Unclear();
        }
        return *figure >= *asked;
    }

    void clear(Expected& expected, std::size_t index, std::size_t tier) {
        for (const std::size_t part : program_.rows[index].parts) {
            expected.rows[part][tier] = Judged::not_asked;
            expected.under_unasked[part][tier] = true;
            clear(expected, part, tier);
        }
    }

    Granted granted(const GeneratedBenefit& benefit) {
        const GeneratedCell& cell = benefit.cells[static_cast<std::size_t>(world_.tier)];
        if (world_.tier == 0 || !cell.asked) {
            return Granted::closed;
        }
        bool all = !cell.condition || sure(cell.condition->meaning(world_));
        for (const Made<Tru>& need : benefit.needs) {
            all = sure(need.meaning(world_)) && all;
        }
        return all ? Granted::granted : Granted::open;
    }

    const GeneratedProgram& program_;
    World world_;
};

// ---- holding Rung against it -------------------------------------------------------------------

struct Case {
    GeneratedProgram generated;
    std::optional<Program> program;
    std::vector<Index> rows; // of the model, by generated row
};

const std::string review_date = "2023-02-15";

Case make_case(unsigned seed, bool clean) {
    Dice dice(seed);
    Case made;
    made.generated = Writer(dice, clean).program();
    const std::string text = made.generated.text();
    Result<Program> program = Program::parse("trial.rung", text);
    REQUIRE_MESSAGE(program, "seed ", seed, "\n", program.diagnostics.to_text(), "\n", text);
    made.program = *program;
    const std::vector<std::string> ids = program->requirements();
    for (const GeneratedRow& row : made.generated.rows) {
        const auto at = std::find(ids.begin(), ids.end(), row.id);
        REQUIRE(at != ids.end());
        made.rows.push_back(static_cast<Index>(at - ids.begin()));
    }
    return made;
}

Facts read(const Program& program, const Partner& partner) {
    Result<Facts> facts = Facts::read(program, "facts.json", partner.text());
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text(), "\n", partner.text());
    return *facts;
}

Setting setting() {
    Setting at;
    at.on = *Date::from_days(on);
    return at;
}

bool may_be(const Value& value, const std::optional<Number>& figure) {
    if (!figure) {
        return value.undetermined != Truth::no;
    }
    return value.undetermined != Truth::yes &&
           (value.range.low_open || value.range.low <= *figure) &&
           (value.range.high_open || *figure <= value.range.high);
}

bool may_be(const Value& value, const std::optional<bool>& truth) {
    return value.truth == Truth::unknown || (truth && truth_of(*truth) == value.truth);
}

/// Collects what was said for certain and is not so.
class Faults {
public:
    Faults(const Case& made, const Verdicts& verdicts) : made_(made), verdicts_(verdicts) {}

    void measures(World& world, bool exact) {
        for (std::size_t i = 0; i < made_.generated.measures.size(); ++i) {
            const GeneratedMeasure& measure = made_.generated.measures[i];
            const Value& value = verdicts_.measures[i];
            try {
                bool fine = true;
                if (measure.number) {
                    const auto figure = measure.number(world);
                    fine =
                        may_be(value, figure) &&
                        (!exact || (figure ? value.certain() : value.undetermined == Truth::yes));
                } else {
                    const auto truth = measure.truth(world);
                    fine = may_be(value, truth) && (!exact || !truth || value.certain());
                }
                say(fine, "measure " + measure.name);
            } catch (const Unclear&) {
                world.rows.clear();
            }
        }
    }

    void standing(const Expected& expected, bool exact) {
        const Standing is = verdicts_.standing();
        const auto tier = static_cast<Index>(expected.tier);
        say(is.tier == none ? !exact : is.tier == tier, "tier");
        say((is.possible >> tier & 1U) != 0, "possible tiers");
        say(is.at_least <= tier, "at least");
        for (std::size_t row = 0; row < made_.rows.size(); ++row) {
            for (std::size_t at = 1; at < tiers.size(); ++at) {
                this->row(expected, row, static_cast<Index>(at), exact);
            }
        }
        for (std::size_t i = 0; i < expected.benefits.size(); ++i) {
            const auto said = static_cast<Granted>(verdicts_.benefits[i]);
            const Granted is_so = expected.benefits[i];
            const bool open = said == Granted::open && is.tier == none && is_so == Granted::closed;
            say(said == is_so || open || (said == Granted::unknown && !exact),
                "benefit " + made_.generated.benefits[i].id);
        }
        for (std::size_t i = 0; i < expected.notices.size(); ++i) {
            const Truth said = verdicts_.notices[i];
            say(said == Truth::unknown ? !exact : said == truth_of(expected.notices[i]), "notice");
        }
    }

    [[nodiscard]] const std::string& first() const { return first_; }

private:
    void row(const Expected& expected, std::size_t row, Index tier, bool exact) {
        const RowVerdict& said = verdicts_.row(made_.rows[row], tier);
        const Judged is_so = expected.rows[row][tier];
        const bool same = (said.verdict == Verdict::met && is_so == Judged::met) ||
                          (said.verdict == Verdict::unmet && is_so == Judged::unmet) ||
                          (said.verdict == Verdict::not_asked && is_so == Judged::not_asked);
        // A condition that is not known leaves a row met that may turn out not to be asked; one of a
        // head leaves its parts as they are.
        const bool unasked = is_so == Judged::not_asked && !exact &&
                             ((said.verdict == Verdict::met && said.asked == Truth::unknown) ||
                              expected.under_unasked[row][tier]);
        say(same || unasked || (said.verdict == Verdict::unknown && !exact),
            "row " + made_.generated.rows[row].id + " at " + tiers[tier]);
    }

    void say(bool fine, const std::string& what) {
        if (!fine && first_.empty()) {
            first_ = what;
        }
    }

    const Case& made_;
    const Verdicts& verdicts_;
    std::string first_;
};

/// The first thing that Rung says of the partner and that is not so in this completion.
std::string wrong(const Case& made, const Verdicts& verdicts, const Json& completion, bool exact) {
    Faults faults(made, verdicts);
    Meaning meaning(made.generated, completion);
    faults.measures(meaning.world(), exact);
    try {
        faults.standing(Meaning(made.generated, completion).all(), exact);
    } catch (const Unclear&) {
        // Something undetermined decides: there is nothing to hold it against.
    }
    return faults.first();
}

std::string story(unsigned seed, const std::string& what, const Case& made,
                  const std::string& facts, const std::string& completion = "") {
    return "seed " + std::to_string(seed) + ": " + what + "\n" + made.generated.text() + "\n" +
           facts + "\n" + completion;
}

#ifndef RUNG_TEST_SEEDS
#define RUNG_TEST_SEEDS 150
#endif
constexpr unsigned seeds = RUNG_TEST_SEEDS; // per property

/// Each generated program with partners of whom all, some or nothing is known.
template <typename Each>
void each_partner(unsigned first_seed, bool clean, bool others, Each&& each) {
    std::string fault;
    for (unsigned seed = first_seed; seed < first_seed + seeds && fault.empty(); ++seed) {
        const Case made = make_case(seed, clean);
        Dice dice(seed + 77'777);
        Partners partners(dice, others);
        for (const int chance : {0, 10, 30, 60}) {
            Partner partner;
            partner.facts = partners.object(fact_slots);
            partners.lose(partner.facts, fact_slots, chance, "", partner.incomplete);
            if (fault.empty()) {
                fault = each(seed, made, partner, partners, dice);
            }
        }
    }
    CHECK_MESSAGE(fault.empty(), fault);
}

TEST_CASE("with every fact known, Rung says what the rules mean") {
    each_partner(
        1, true, false,
        [](unsigned seed, const Case& made, const Partner& partner, Partners& partners, Dice&) {
            Partner all = partner;
            all.facts = partners.completed(partner.facts, fact_slots, "", partner.incomplete);
            all.incomplete.clear();
            Evaluator evaluator(made.program->model());
            const Facts facts = read(*made.program, all);
            const std::string what =
                wrong(made, evaluator.evaluate(facts.sheet(), setting()), all.facts, true);
            return what.empty() ? "" : story(seed, what, made, all.text());
        });
}

TEST_CASE("what is certain is so under every completion") {
    for (const bool clean : {true, false}) {
        each_partner(
            clean ? 1001 : 2001, clean, true,
            [](unsigned seed, const Case& made, const Partner& partner, Partners& partners, Dice&) {
                Evaluator evaluator(made.program->model());
                const Facts facts = read(*made.program, partner);
                const Verdicts& verdicts = evaluator.evaluate(facts.sheet(), setting());
                for (int i = 0; i < 12; ++i) {
                    const Json completion =
                        partners.completed(partner.facts, fact_slots, "", partner.incomplete);
                    const std::string what = wrong(made, verdicts, completion, false);
                    if (!what.empty()) {
                        return story(seed, what, made, partner.text(), completion.dump());
                    }
                }
                return std::string();
            });
    }
}

TEST_CASE("every completion of a few yes/no facts, and every tier among the possible ones") {
    for (unsigned seed = 3001; seed < 3001 + seeds; ++seed) {
        const Case made = make_case(seed, true);
        Dice dice(seed);
        Partners partners(dice, false);
        Partner partner;
        partner.facts = partners.object(fact_slots);
        const std::vector<std::string> open{"f0", "f1", "f2", "f3"};
        for (const std::string& fact : open) {
            partner.facts.erase(fact);
        }
        Evaluator evaluator(made.program->model());
        const Facts facts = read(*made.program, partner);
        const Verdicts& verdicts = evaluator.evaluate(facts.sheet(), setting());
        std::string what;
        for (unsigned bits = 0; bits < 16; ++bits) {
            Json completion = partner.facts;
            for (std::size_t i = 0; i < open.size(); ++i) {
                completion[open[i]] = (bits >> i & 1U) != 0;
            }
            what = what.empty() ? wrong(made, verdicts, completion, false) : what;
        }
        CHECK_MESSAGE(what.empty(), story(seed, what, made, partner.text()));
        if (!what.empty()) {
            break;
        }
    }
}

// ---- one more fact -----------------------------------------------------------------------------

bool narrower(const Range& inner, const Range& outer) {
    return (outer.low_open || (!inner.low_open && outer.low <= inner.low)) &&
           (outer.high_open || (!inner.high_open && inner.high <= outer.high));
}

/// Whether knowing more may turn the first value into the second.
bool may_become(const Value& before, const Value& after) {
    if (before.undetermined != Truth::unknown && before.undetermined != after.undetermined) {
        return false;
    }
    if (after.undetermined == Truth::yes) {
        return true;
    }
    return before.form == Value::Form::truth
               ? before.truth == Truth::unknown || before.truth == after.truth
               : narrower(after.range, before.range);
}

std::string contradiction(const Verdicts& before, const Verdicts& after) {
    for (std::size_t i = 0; i < before.measures.size(); ++i) {
        if (!may_become(before.measures[i], after.measures[i])) {
            return "measure " + std::to_string(i);
        }
    }
    for (std::size_t i = 0; i < before.rows.size(); ++i) {
        const Verdict was = before.rows[i].verdict;
        const Verdict is = after.rows[i].verdict;
        if (was != is && was != Verdict::unknown && is != Verdict::not_asked) {
            return "row " + std::to_string(i);
        }
    }
    for (std::size_t i = 1; i < before.columns.size(); ++i) {
        if (before.columns[i] != Truth::unknown && before.columns[i] != after.columns[i]) {
            return "column " + std::to_string(i);
        }
    }
    if ((after.standing().possible & ~before.standing().possible) != 0) {
        return "possible tiers";
    }
    if (before.standing().tier != none && before.standing().tier != after.standing().tier) {
        return "tier";
    }
    if (before.standing().at_least > after.standing().at_least) {
        return "at least";
    }
    for (std::size_t i = 0; i < before.benefits.size(); ++i) {
        const BenefitVerdict was = before.benefits[i];
        const BenefitVerdict is = after.benefits[i];
        const bool fine = was == is || was == BenefitVerdict::unknown ||
                          (was == BenefitVerdict::open && is == BenefitVerdict::closed);
        if (!fine) {
            return "benefit " + std::to_string(i);
        }
    }
    for (std::size_t i = 0; i < before.notices.size(); ++i) {
        if (before.notices[i] != Truth::unknown && before.notices[i] != after.notices[i]) {
            return "notice " + std::to_string(i);
        }
    }
    return "";
}

TEST_CASE("one more fact never contradicts what was certain") {
    each_partner(
        4001, false, true,
        [](unsigned seed, const Case& made, const Partner& partner, Partners& partners,
           Dice& dice) {
            const Json completion =
                partners.completed(partner.facts, fact_slots, "", partner.incomplete);
            Evaluator evaluator(made.program->model());
            Verdicts before = evaluator.evaluate(read(*made.program, partner).sheet(), setting());
            std::vector<Slot> order = fact_slots;
            dice.shuffle(order);
            Partner now = partner;
            for (const Slot& slot : order) {
                now.facts[slot.name] = completion[slot.name];
                std::erase_if(now.incomplete, [&](const std::string& path) {
                    return path.starts_with(std::string("/") + slot.name);
                });
                const Verdicts after =
                    evaluator.evaluate(read(*made.program, now).sheet(), setting());
                const std::string what = contradiction(before, after);
                if (!what.empty()) {
                    return story(seed, what + " by " + slot.name, made, partner.text(), now.text());
                }
                before = after;
            }
            return std::string();
        });
}

// ---- two ways to the same answer ---------------------------------------------------------------

/// What an outcome says, in an order of its own.
std::string summary(const Outcome& outcome) {
    std::map<std::string, std::string> lines;
    for (const RequirementOutcome& row : outcome.requirements) {
        lines["row " + row.id + " " + row.tier] = std::to_string(static_cast<int>(row.verdict));
    }
    for (const BenefitOutcome& benefit : outcome.benefits) {
        lines["benefit " + benefit.id] = std::to_string(static_cast<int>(benefit.verdict));
    }
    for (const NoticeOutcome& notice : outcome.notices) {
        lines["notice " + notice.id] = std::to_string(static_cast<int>(notice.verdict));
    }
    for (const MeasureOutcome& measure : outcome.measures) {
        const Figure& figure = measure.value;
        lines["measure " + measure.id] = std::to_string(static_cast<int>(figure.state)) + " " +
                                         figure.value + " " + figure.from + ".." + figure.through;
    }
    const LadderOutcome& ladder = outcome.ladders.front();
    std::string text = ladder.tier.value_or("?") + " " + ladder.at_least;
    for (const std::string& tier : ladder.possible) {
        text += " " + tier;
    }
    for (const auto& [key, line] : lines) {
        text += "\n" + key + " " + line;
    }
    return text;
}

Outcome outcome_of(const Program& program, const Partner& partner) {
    EvaluateOptions options;
    options.on = review_date;
    Result<Outcome> outcome = evaluate(program, read(program, partner), options);
    REQUIRE(outcome);
    return *outcome;
}

bool same(const Value& a, const Value& b) {
    if (a.form != b.form || a.undetermined != b.undetermined || a.reason != b.reason) {
        return false;
    }
    return a.form == Value::Form::truth
               ? a.truth == b.truth
               : a.range.low_open == b.range.low_open && a.range.high_open == b.range.high_open &&
                     a.range.low == b.range.low && a.range.high == b.range.high;
}

std::string difference(const Verdicts& a, const Verdicts& b) {
    for (std::size_t i = 0; i < a.measures.size(); ++i) {
        if (!same(a.measures[i], b.measures[i])) {
            return "measure " + std::to_string(i);
        }
    }
    for (std::size_t i = 0; i < a.rows.size(); ++i) {
        const RowVerdict& x = a.rows[i];
        const RowVerdict& y = b.rows[i];
        if (x.verdict != y.verdict || x.condition != y.condition || x.reason != y.reason) {
            return "row " + std::to_string(i);
        }
    }
    const bool same_standing = a.columns == b.columns && a.standing().tier == b.standing().tier &&
                               a.standing().at_least == b.standing().at_least &&
                               a.standing().possible == b.standing().possible;
    return !same_standing             ? "standing"
           : a.benefits != b.benefits ? "benefits"
           : a.notices != b.notices   ? "notices"
                                      : "";
}

TEST_CASE("the fast mode says what the recording says") {
    each_partner(5001, false, true,
                 [](unsigned seed, const Case& made, const Partner& partner, Partners&, Dice&) {
                     const Facts facts = read(*made.program, partner);
                     Evaluator evaluator(made.program->model());
                     const Verdicts& fast = evaluator.evaluate(facts.sheet(), setting());
                     Verdicts recorded(made.program->model());
                     Recording recording;
                     record(made.program->model(), facts.sheet(), setting(), recorded, recording);
                     std::string what = difference(fast, recorded);

                     EvaluateOptions options;
                     options.on = review_date;
                     Result<BatchEvaluator> batch = BatchEvaluator::of(*made.program, options);
                     REQUIRE(batch);
                     const BatchEvaluator::Verdict verdict = batch->evaluate(facts);
                     const Standing standing = recorded.standing();
                     const bool agrees = verdict.tier.value_or(none) == standing.tier &&
                                         verdict.at_least == standing.at_least &&
                                         verdict.possible == standing.possible;
                     what = !what.empty() ? what : agrees ? "" : "the batch";
                     return what.empty() ? "" : story(seed, what, made, partner.text());
                 });
}

TEST_CASE("the same evaluation gives the same bytes") {
    each_partner(6001, false, true,
                 [](unsigned seed, const Case& made, const Partner& partner, Partners&, Dice&) {
                     const std::string first = to_json(outcome_of(*made.program, partner));
                     const std::string second = to_json(outcome_of(*made.program, partner));
                     const bool is_json = Json::accept(first);
                     return first == second && is_json ? ""
                                                       : story(seed, "bytes", made, partner.text());
                 });
}

void shuffle_lists(Json& value, Dice& dice) {
    if (value.is_array() && !value.empty() && value.front().is_object()) {
        std::vector<Json> items(value.begin(), value.end());
        dice.shuffle(items);
        value = items;
    }
    for (Json& inner : value) {
        if (inner.is_structured()) {
            shuffle_lists(inner, dice);
        }
    }
}

TEST_CASE("the order of records means nothing") {
    each_partner(
        7001, false, true,
        [](unsigned seed, const Case& made, const Partner& partner, Partners&, Dice& dice) {
            Partner other = partner;
            // A path of an incomplete list inside a record would move with it: those are left out.
            std::erase_if(other.incomplete, [](const std::string& path) {
                return std::count(path.begin(), path.end(), '/') > 1;
            });
            const std::string first = summary(outcome_of(*made.program, other));
            const std::string before = other.text();
            shuffle_lists(other.facts, dice);
            return summary(outcome_of(*made.program, other)) == first
                       ? ""
                       : story(seed, "order of records", made, before, other.text());
        });
}

TEST_CASE("the order of defines and of rows means nothing") {
    each_partner(
        8001, false, true,
        [](unsigned seed, const Case& made, const Partner& partner, Partners&, Dice& dice) {
            const Result<Program> other = Program::parse("trial.rung", made.generated.text(&dice));
            REQUIRE_MESSAGE(other, other.diagnostics.to_text());
            const bool fine =
                summary(outcome_of(*other, partner)) == summary(outcome_of(*made.program, partner));
            return fine ? "" : story(seed, "order of the file", made, partner.text());
        });
}

TEST_CASE("formatting keeps what a file means") {
    each_partner(9001, false, true,
                 [](unsigned seed, const Case& made, const Partner& partner, Partners&, Dice&) {
                     const Result<std::string> text =
                         canonical("trial.rung", made.generated.text());
                     REQUIRE_MESSAGE(text, text.diagnostics.to_text());
                     const Result<Program> other = Program::parse("trial.rung", *text);
                     REQUIRE_MESSAGE(other, other.diagnostics.to_text());
                     const bool fine = summary(outcome_of(*other, partner)) ==
                                       summary(outcome_of(*made.program, partner));
                     return fine ? "" : story(seed, "formatting", made, partner.text());
                 });
}

} // namespace
} // namespace rung
