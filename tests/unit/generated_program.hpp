// Rule files by chance, and beside each piece of text what it means: a plain calculation over facts of
// which every one is known, written without a look at the interpreter.
//
// What is drawn: windows, choices, lists in lists, lists that the rules make, references, look-up tables,
// record measures, heads in heads, both climbs, one ladder or two, paths, benefits, values, standing, notices.
#pragma once

#include "interpreter/number.hpp"
#include "tests/unit/generated_facts.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rung::generated {

// ---- what pieces mean --------------------------------------------------------------------------

/// A record that is looked at, or a group of them.
struct Row {
    const Json* record = nullptr; // of a group: one of its records
    std::vector<const Json*> group;
};

/// Every fact of a partner, the records that are looked at, the path that is followed, and, where they are
/// decided, the tiers.
struct World {
    const Json* facts = nullptr;
    const Json* held = nullptr; // by the name of the ladder
    std::vector<Row> rows;
    std::size_t path = 0;
    std::vector<int> tiers; // by ladder
};

/// Thrown where what is undetermined decides between two other things: nothing is compared then.
struct Unclear {};

// Nothing where the rules leave it without a value.
using Num = std::function<std::optional<Number>(World&)>;
using Tru = std::function<std::optional<bool>(World&)>;
using Day = std::function<std::optional<int>(World&)>;
using Win = std::function<std::optional<std::pair<int, int>>(World&)>;
using Lst = std::function<std::vector<Row>(World&)>;

template <typename Meaning>
struct Made {
    std::string text;
    Meaning meaning;
};

inline bool sure(const std::optional<bool>& truth) {
    if (!truth) {
        throw Unclear();
    }
    return *truth;
}

/// What was drawn of the forms that a test wants to see at work, by name.
using Forms = std::set<std::string>;

// ---- programs ----------------------------------------------------------------------------------

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
    std::vector<GeneratedCell> cells; // by tier
    std::vector<std::size_t> parts;
    Forms forms; // of the row itself
};

struct GeneratedBenefit {
    std::string id;
    std::vector<Made<Tru>> needs;
    std::vector<GeneratedCell> cells; // by tier
};

/// What a tier is worth: a figure of its own, or the common one.
struct GeneratedWorth {
    enum class Kind { nothing, left_open, common, own };

    Kind kind = Kind::nothing;
    Made<Num> own;
};

struct GeneratedValue {
    std::string id;
    Made<Num> common;
    std::vector<GeneratedWorth> cells; // by tier, the floor too
};

struct GeneratedKeeping {
    std::string id;
    bool one_below = false;
    Made<Day> through;
    std::optional<Made<Tru>> when;
};

struct GeneratedPath {
    std::string id;
    std::optional<Made<Tru>> when;
    bool otherwise = false;
};

struct GeneratedLadder {
    std::string name; // empty where it is the only one
    bool climbs = true;
    std::vector<std::string> tiers; // [0] is the floor
    std::string track; // under which name rules ask for the path
    std::vector<GeneratedPath> paths; // none: it has no paths
    std::vector<GeneratedRow> rows;
    std::vector<std::size_t> roots;
    std::vector<GeneratedBenefit> benefits;
    std::vector<GeneratedValue> values;
    std::vector<GeneratedKeeping> keepings;

    [[nodiscard]] std::size_t path_count() const { return paths.empty() ? 1 : paths.size(); }
};

struct GeneratedMeasure {
    std::string name;
    std::string record; // of each of these; empty: of the partner
    std::string text; // of a `define`; or …
    std::string track; // … of `measures for`, with …
    std::vector<std::string> cells; // … a cell for each path
    Num number; // one of the two, or none where it is a list
    Tru truth;
};

struct GeneratedReview {
    int looks_back = 0; // days
    bool can_raise = true;
    bool can_lower = true;
    std::optional<int> grace; // days
};

/// A look-up table with some of three keys: a choice, a yes/no, a figure with bounds.
struct GeneratedTable {
    enum class Bounds { none, from, up_to };

    struct Line {
        std::optional<std::set<std::string>> kinds; // none: any
        std::optional<bool> flag;
        int bound = 0;
        std::optional<int> value;
    };
    /// What every further full step above the last bound adds, under the keys of a line.
    struct Further {
        Line line;
        int step = 1;
        int adds = 0;
    };
    struct Keys {
        Json kind;
        bool flag = false;
        Number figure;
    };

    std::string name;
    bool by_kind = false;
    bool by_flag = false;
    Bounds bounds = Bounds::none;
    std::vector<Line> lines;
    std::vector<Further> further;
    bool has_otherwise = false;
    std::optional<int> otherwise;

    [[nodiscard]] std::optional<Number> value(const Keys& keys) const;
    [[nodiscard]] std::string text(Dice* order) const;
};

struct GeneratedProgram {
    std::vector<GeneratedLadder> ladders;
    std::optional<GeneratedReview> review;
    std::vector<GeneratedTable> tables;
    std::vector<GeneratedMeasure> measures;
    std::vector<Made<Tru>> notices;

    /// The rule file; `order` of its sections and of the rows of its tables, none for as they were made.
    [[nodiscard]] std::string text(Dice* order = nullptr) const;

    /// The tiers of each ladder, by its name.
    [[nodiscard]] std::vector<std::pair<std::string, std::vector<std::string>>> tiers() const;
};

/// `clean`: nothing that decides is undetermined.
GeneratedProgram generate(Dice& dice, bool clean);

// ---- what must come out, with every fact known -------------------------------------------------

enum class Judged { met, unmet, not_asked };
enum class Opened { granted, open, closed };

struct ExpectedPath {
    bool open = true;
    int tier = 0;
    std::vector<std::vector<Judged>> rows; // by row, then tier
    std::vector<std::vector<bool>> under_unasked;
};

struct ExpectedLadder {
    std::vector<ExpectedPath> paths;
    int tier = 0;
    std::optional<int> holds; // where it is given what was held
    std::vector<Opened> benefits;
};

struct Expected {
    std::vector<ExpectedLadder> ladders;
    std::vector<bool> notices;

    [[nodiscard]] std::vector<int> tiers() const;
};

/// Throws Unclear.
Expected expected(const GeneratedProgram& program, const Partner& partner);

} // namespace rung::generated
