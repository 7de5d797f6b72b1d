// A checked program: names resolved to slots, types settled, immutable.
//
// Everything that runs (evaluation, the reader of facts, the views) works on this and on nothing
// earlier. Parts are held in flat vectors and named by index; expressions are nodes in one vector whose
// operands are indices into it, so evaluating is a walk over an array. A model never changes once it is
// made and may be read from any number of threads.
#pragma once

#include "grammar/diagnostic.hpp"
#include "grammar/source.hpp"
#include "interpreter/value.hpp"

#include <rung/language.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rung {

using Index = std::uint32_t;
inline constexpr Index none = 0xFFFFFFFF;

// ---- types -------------------------------------------------------------------------------------

enum class TypeKind : std::uint8_t {
    error,
    yes_no,
    whole,
    decimal,
    percent,
    money,
    days,
    months,
    date,
    month,
    text,
    choice,
    choices,
    tier,
    list,
    item,
    window,
};

/// `index`: the currency of money, the choice set of a choice, the ladder of a tier, the record of a list,
/// the reference of an item; otherwise 0.
struct Type {
    TypeKind kind = TypeKind::error;
    Index index = 0;

    friend bool operator==(Type, Type) = default;
};

struct Choice {
    std::string name;
    std::string json; // the text in facts; the name where the rules give no other
    std::string label = {}; // the name in words, or what another language calls it
};

/// At most 63 choices: each is a bit, and the last bit is "or other".
inline constexpr std::size_t max_choices = 63;

struct ChoiceSet {
    std::vector<Choice> choices;
    bool or_other = false;

    [[nodiscard]] std::size_t size() const { return choices.size() + (or_other ? 1 : 0); }
    [[nodiscard]] std::uint64_t all() const { return (std::uint64_t{1} << size()) - 1; }
};

// ---- the contract of facts ---------------------------------------------------------------------

/// Who can change a fact. Nothing written means the partner can.
enum class ChangedBy : std::uint8_t { partner, program, time, nobody };

/// What a plan counts a change for: so much for each `per` that a figure goes, or for each change.
struct Effort {
    Number weight;
    std::optional<Number> per;
};

struct Field {
    std::string name;
    std::string label; // the name in words where the rules give none
    std::string
        pointer; // where it stands: a JSON Pointer from the partner's or the record's object
    Type type;
    bool share = false; // a percent that facts give as a share: 0.7 is 70%
    bool or_never = false;
    std::string never = "never"; // what facts say for `never`, where it may be
    bool key = false;
    bool internal = false;
    ChangedBy changed_by = ChangedBy::partner;
    std::optional<Number> at_least;
    std::optional<Number> at_most;
    Index default_literal = none; // in Model::literals
    std::optional<Effort> effort;
    Span at;
};

/// `item of LIST by KEY`: the record of a list among the facts that has a key. Equal ones are held once, so
/// that two facts which refer alike can be compared.
struct Reference {
    std::string list; // its name
    Index fact = none; // the list
    Index record = none; // what it holds
    Index key = none; // the field of the record
};

struct RecordType {
    std::string name;
    std::string label;
    std::vector<Field> fields;
    Index named_by = none; // the field by which texts call a record
    /// The items of a list of plain values: records of one field, neither of which has a name. Rules call
    /// the item by the name that `as` gives it, and no text may show that there is a record.
    bool plain = false;
    /// Not declared, but what `groups of` makes: its first field is the key, its second the records. `as` is
    /// what the rules call it there.
    bool group = false;
    std::string as;
    Span at;
};

// ---- expressions -------------------------------------------------------------------------------

enum class Op : std::uint8_t {
    literal, // index: literals
    hole, // the value of the cell
    fact, // index: facts
    field, // index: field, a: scope (0 is the outermost aggregate)
    measure, // index: measures
    record_measure, // index: record_measures, a: scope
    review_date,
    review_period,
    tier, // index: ladders
    path, // index: paths; the one that is being followed
    by_path, // operands: a value for each path
    held_tier,
    held_since,
    held_until, // index: ladders
    all_true,
    any_true, // operands
    negation, // a
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal, // a, b
    in_members, // a, operands
    in_window, // a, b
    include_any,
    include_all, // a, index: literals (a mask)
    add,
    subtract,
    multiply,
    divide, // a, b
    minus, // a
    at_most,
    at_least, // a but at most b
    otherwise, // a, b
    conditional, // a, b, c
    aggregate, // index: aggregates
    group_key,
    group_records, // a: scope, of groups
    at_least_of, // a, operands
    round, // a, b, index: a Rounding
    look_up, // index: tables, a: the column of values, operands: the keys
    window, // a, b, index: a WindowForm
    first_day,
    last_day, // a
    day_in_year, // a: the year, index: the month times 100, and the day
    year_of,
    month_of, // a: a date
    month_days, // a: a month, as a window
    through, // a: an item, index: a field of the record it refers to
    unstated, // index: unstated
};

/// How `Op::day_in_year` holds its day.
[[nodiscard]] inline Index packed(MonthDay day) {
    return static_cast<unsigned>(day.month()) * 100 + static_cast<unsigned>(day.day());
}
[[nodiscard]] inline MonthDay month_day(Index packed_day) {
    return {std::chrono::month(packed_day / 100), std::chrono::day(packed_day % 100)};
}

enum class WindowForm : std::uint8_t {
    trailing_days,
    trailing_months, // a: how many
    previous_months,
    previous_quarters,
    previous_years, // a: how many, or none for one
    month_to_date,
    quarter_to_date,
    year_to_date,
    calendar_year, // a: the year
    program_year, // a: a date, or none for the review date
    previous_program_year,
    from_through,
    from_until, // a, b
};

/// Of two figures, dates, choices…: which of them is more, or whether they are the same.
[[nodiscard]] constexpr bool is_comparison(Op op) {
    return op >= Op::equal && op <= Op::greater_equal;
}
/// The comparison with its sides exchanged.
[[nodiscard]] constexpr Op mirrored(Op op) {
    return op == Op::less            ? Op::greater
           : op == Op::less_equal    ? Op::greater_equal
           : op == Op::greater       ? Op::less
           : op == Op::greater_equal ? Op::less_equal
                                     : op;
}

struct Expr {
    Op op = Op::literal;
    Type type;
    Index index = 0;
    Index a = none;
    Index b = none;
    Index c = none;
    Index first_operand = 0; // in Model::operands
    Index operand_count = 0;
    Span at;
};

enum class AggregateKind : std::uint8_t {
    sum,
    smallest,
    largest,
    average,
    median,
    count,
    count_distinct,
    some,
    none_of,
    each,
    listed, // the item of each record, for values
    value,
    percentile,
    days_covered,
    list_of, // from here on, what it makes is a list
    largest_of,
    smallest_of,
    groups,
};

struct Aggregate {
    AggregateKind kind = AggregateKind::count;
    Index list = none; // the list
    /// The figure of each record; for `each`: what it must satisfy; of lists: what they are ranked or grouped
    /// by; of days covered: the first day.
    Index item = none;
    Index where = none;
    Index count = none; // how many are the largest
    Index last_day = none; // of days covered, …
    Index within = none; // … and the window they are counted in
    bool until = false; // `last_day` itself is not covered
    std::int64_t percent = 0; // of a percentile, 1 to 100
    Index made_record = none; // of groups: the record that a group is
    Index record = 0;
    Index scope = 0; // which frame its records are in
    std::string as;
};

/// What the rules themselves leave unknown: `unknown because "…"`.
struct Unstated {
    Value value; // anything of its type
    std::string because;
};

struct Measure {
    std::string name;
    std::string label;
    Index record = none; // of each record of this type (its scope is then 0); none: of the partner
    Index expr = none;
    Type type;
    Index paths = none; // those that its value depends on
    Index first_value = 0; // in Verdicts::measures: one, or one for each path
    Span at;
};

/// One of the measures, or of the record measures.
struct MeasureRef {
    bool of_record = false;
    Index index = none;
};

// ---- look-up tables ----------------------------------------------------------------------------

/// How a key is compared with the cells of its column.
enum class KeyMatch : std::uint8_t {
    equal, // one of them, or any where the cell is empty
    from, // the greatest bound not above the key
    up_to, // the smallest bound not below the key
};

struct KeyColumn {
    std::string name;
    KeyMatch match = KeyMatch::equal;
    Type type;
};

struct ValueColumn {
    std::string name;
    Type type;
};

/// What every further full `unit` above the bound of a row adds to its figures.
struct Further {
    Value unit;
    std::vector<std::optional<Value>> values; // by column of values; nothing: nothing is added
};

struct LookUpRow {
    std::vector<std::vector<Value>> keys; // by key column; none: any. Choices and tiers: one mask
    std::vector<std::optional<Value>> values; // by column of values; nothing: no value there
    std::optional<Further> further;
    Index better =
        none; // the row with the same other keys and the next bound, which is tried before
    Span keys_at; // from the first key to the last
    Span at;
};

struct LookUpTable {
    std::string name;
    std::string label;
    std::vector<KeyColumn> keys;
    std::vector<ValueColumn> values;
    std::vector<LookUpRow> rows; // as they are tried: the first that matches is meant
    std::optional<LookUpRow> otherwise;
    Span at;
};

// ---- tables ------------------------------------------------------------------------------------

/// What a row asks at one tier.
struct Cell {
    bool asked = false; // false for `-`
    Index value = none; // fills `_`; none for `yes`
    Index condition = none; // `… if condition`
    Span at;
};

enum class RowForm : std::uint8_t { ask, any_one_of, all_of, at_least_of };

/// A requirement, or one of its ways or parts. Children follow their head directly.
struct Requirement {
    std::string id; // head.part
    Index ladder = 0;
    bool waivable = false;
    std::string label;
    std::string advice;
    std::string cite;
    std::string reading;
    RowForm form = RowForm::ask;
    std::uint32_t needed = 0; // of `at least N of`
    Index parent = none;
    Index subtree = 1; // rows in the subtree, this one included
    Index asks = none;
    Index when = none;
    std::vector<Cell> cells; // by tier; [0] is the floor and asks nothing
    Span at;
};

struct Benefit {
    std::string id;
    Index ladder = none; // none in a file without one
    std::string label;
    std::string cite;
    std::string reading;
    std::vector<Index> needs;
    std::vector<Cell> cells; // by tier; the floor may have it too
    Span at;
};

/// What a tier is worth: a figure for each tier that has one.
struct Worth {
    std::string id;
    std::string label;
    Index ladder = none; // none in a file without one
    std::string cite;
    std::string reading;
    Type type;
    bool for_each =
        false; // a figure for each record of a list: `figures` are aggregates that list it
    std::vector<Index> figures; // by tier; none where the tier has none
    Span at;
};

struct Notice {
    std::string id;
    std::string label;
    Index when = none;
    Span at;
};

struct Tier {
    std::string id;
    std::string label;
    Span at;
};

enum class Climb : std::uint8_t { one_by_one, each_alone };

/// A track that is followed as a whole: what a ladder asks, seen with the measures of one path.
struct Path {
    std::string id;
    std::string label;
    Index when = none; // open if it holds; none: open …
    bool otherwise = false; // … or, if this is set, where no other is
    Span at;
};

/// The paths of a ladder. The tier is the highest that is reached along one open path.
struct Paths {
    std::string id; // under which rules ask for the path that is being followed
    std::string label;
    Index ladder = 0;
    Index choice_set = 0; // its names, so that they can be compared
    std::vector<Path> paths;
    Span at;
};

/// What keeps a tier that was earned earlier.
struct Keeping {
    enum class Keeps : std::uint8_t { held, one_below };

    std::string id;
    std::string label;
    Index ladder = 0;
    Keeps keeps = Keeps::held;
    Index through = none; // a date: the last day of it
    Index when = none;
    std::string cite;
    Span at;
};

struct Ladder {
    std::string id; // empty where a file has one and does not name it
    std::string label;
    Climb climb = Climb::one_by_one;
    std::vector<Tier> tiers; // [0] is the floor
    Index paths = none; // in Model::paths
    Index path_count = 1;
    Index first_path = 0; // in Verdicts::paths
    Span at;
};

struct Review {
    std::string id;
    std::string label;
    Index window = none;
    bool can_raise = false;
    bool can_lower = false;
    bool by_program = false;
    std::optional<Duration> grace;
    Span at;
};

// ---- tests -------------------------------------------------------------------------------------

struct Expectation {
    enum class About : std::uint8_t {
        tier,
        at_least,
        possible,
        measure,
        value,
        benefit,
        benefits,
        notice,
        requirement, // one row at one tier
        requirements, // all rows of one tier that have a verdict
        gap,
    };

    About about = About::tier;
    Index ladder = 0; // of tiers
    Index subject = none; // tier, measure, value, benefit, notice, requirement
    Index tier = none; // of `requirement` and `gap`
    std::string along = {}; // the path; empty: the one that explanations show
    std::uint8_t verdict = 0; // a RequirementVerdict or Granted
    std::vector<Index> members; // tiers, requirements, benefits
    bool unknown = false; // of a figure
    bool nothing = false;
    Index from = none; // expressions without facts
    Index through = none;
    Span at;
};

/// A fact that a test gives itself.
struct Given {
    Index fact = none;
    Index literal = none; // in Model::literals; none where it is not known
    /// The records of a list, row by row; a cell without a literal is as if it were not given.
    Index rows = 0;
    std::vector<Index> columns; // fields
    std::vector<Index> cells; // in Model::literals
};

struct Test {
    std::string title;
    Span title_at;
    std::optional<std::string> facts_file; // none where the test gives all facts itself
    Span facts_at;
    std::vector<Given> given;
    std::optional<Date> on;
    bool sets_day = false; // `given review_date`: whatever day the facts say
    std::string review;
    std::vector<Expectation> expectations;
    Span at;
};

/// A finding of lint that is meant: it is not told.
struct Acceptance {
    Code check;
    std::string of; // what it was found in; empty: anything in the file
    Span at; // the name of the check
};

/// The labels of a file in another language, by their places among all of them (labels.hpp).
struct Labels {
    Language language = Language::en;
    std::map<std::size_t, std::string> texts;
    Span at; // the name of the language
};

// ---- the whole ---------------------------------------------------------------------------------

struct Model {
    Source source;
    std::string sha256;

    std::string name;
    std::string label;
    std::string version;
    std::optional<Date> effective_from;
    std::optional<Date> effective_through;
    std::optional<std::string> withdrawn; // the reason, if it is
    std::string guide;
    std::string on_key; // JSON Pointers of what the facts carry beside facts; empty: not there
    std::string review_key;
    std::string version_key;
    MonthDay year_start = MonthDay(std::chrono::January, std::chrono::day(1));

    std::vector<std::string> currencies; // [0] is the default
    std::vector<ChoiceSet> choice_sets;
    std::vector<RecordType> records;
    std::vector<Reference> references;
    std::vector<Field> facts;
    std::vector<Ladder> ladders; // none: measures only
    std::vector<Paths> paths;
    std::vector<Review> reviews;
    std::vector<Measure> measures;
    std::vector<Measure> record_measures; // used like fields of their record
    std::vector<MeasureRef> measure_order; // of both, each behind those it reads
    std::vector<LookUpTable> tables;
    std::vector<Requirement> requirements;
    std::vector<Index> facts_to_try; // yes/no facts and choices, as cases.hpp says
    std::vector<Benefit> benefits;
    std::vector<Worth> values;
    std::vector<Keeping> keepings;
    std::vector<Notice> notices;
    std::vector<Test> tests;
    std::vector<Acceptance> acceptances;
    std::vector<Labels> labels; // in other languages than the file's own
    std::optional<Language> language; // which of them this model has; none: the file's own

    std::vector<Expr> exprs;
    std::vector<Index> operands;
    std::vector<Value> literals;
    std::deque<std::string> texts; // own the texts of literals, which do not move
    std::vector<Aggregate> aggregates;
    std::vector<Unstated> unstated;
    Index scopes = 0; // the most aggregates inside one another
    bool uses_date = false;
    bool uses_review = false;

    [[nodiscard]] const Expr& expr(Index index) const { return exprs[index]; }
    /// The tiers of a ladder, or of `none`: nothing.
    [[nodiscard]] std::span<const Tier> tiers(Index ladder) const {
        return ladder == none ? std::span<const Tier>() : ladders[ladder].tiers;
    }
};

} // namespace rung
