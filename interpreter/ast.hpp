// What a rule file says, section by section, before any name is looked up.
//
// Every part is optional, so that what was read of a broken file still takes part in checking: a field
// whose type could not be read still has its name, and uses of it are not reported as well.
#pragma once

#include "grammar/tree.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace rung::ast {

using Index = std::uint32_t;
inline constexpr Index none = 0xFFFFFFFF;

/// A word of the file, or nothing where it is missing.
struct Word {
    std::string text;
    Span at;

    explicit operator bool() const { return !text.empty(); }
};

/// A text in quotes, its escapes undone; `given` tells an empty text from none.
struct Text {
    std::string value;
    Span at;
    bool given = false;
};

enum class Form : std::uint8_t {
    broken,
    number,
    money,
    date,
    month,
    text,
    yes,
    no,
    hole,
    duration,
    path,
    any_true,
    all_true,
    negation,
    comparison,
    in_members,
    in,
    include,
    include_any,
    include_all,
    chain,
    add,
    subtract,
    multiply,
    divide,
    minus,
    at_most,
    at_least,
    otherwise,
    conditional,
    aggregate,
    ranked,
    groups,
    covered,
    at_least_of,
    round,
    window,
    first_day,
    last_day,
    look_up,
    day_in_year, // word: the month and the day, a: the year
    year_of,
    month_of, // a
    left_open, // word: the text in quotes
};

struct Expr {
    Form form = Form::broken;
    Span at;
    Word
        word; // the operator, the kind of aggregate, window or rounding; the unit; what is looked up
    Index a = none, b = none, c = none; // of a look-up: c is a key calculated without parentheses
    std::vector<Index> operands;
    /// Of an aggregate: a is the list, b the item (what it is ranked or grouped by, the first day), c the
    /// condition; operands hold what else it asks for (how many; the last day and the window).
    Word as;
};

struct Choice {
    Word name;
    Text json;
};

struct TypeName {
    Word
        word; // yes/no, whole, decimal, percent, share, money, date, month, text, one, any, list, item
    Word argument; // the currency of money, the record of a list, the list of an item
    Word item; // of a list of plain values: the first word of their type
    Word key; // of an item: the field by which its list is read
    Text never; // of `date or never`: the text in facts
    std::vector<Choice> choices;
    bool or_other = false;
    bool or_never = false;
    Span at;
};

struct Annotation {
    Word word; // json, key, internal, waits, by, cannot, at (least or most), default, effort
    Word second;
    Text text;
    Index value = none;
    Index per = none; // of an effort: what it is for
    Span at;
};

struct Field {
    Word name;
    TypeName type;
    Text label;
    std::vector<Annotation> annotations;
    Span at;
    bool broken = false;
};

struct Record {
    Word name;
    Text label;
    Word named_by;
    std::vector<Field> fields;
    Span at;
};

struct Tier {
    Word name;
    Text label;
};

struct Ladder {
    Word name;
    Text label;
    std::vector<Tier> tiers;
    bool one_by_one = true;
    bool broken = false;
    Span at;
};

struct Review {
    Word name;
    Text label;
    Index window = none;
    bool can_raise = false, can_lower = false, by_program = false;
    Index grace = none;
    Span at;
    bool broken = false;
};

struct PathItem {
    Word name;
    Text label;
    Index when = none;
    bool otherwise = false;
    Span at;
    bool broken = false;
};

struct Paths {
    Word name;
    Text label;
    Word ladder;
    std::vector<PathItem> items;
    Span at;
};

struct Keeping {
    Word name;
    Text label;
    Word ladder;
    bool one_below = false;
    Index through = none;
    Index when = none;
    Span at;
    bool broken = false;
};

struct Define {
    Word record; // of a measure of each record
    Word name;
    Text label;
    Index expr = none;
    Span at;
    bool broken = false;
};

struct Cell {
    Span at;
    bool empty = true;
    bool broken = false;
    bool dash = false;
    bool unstated = false; // `?`
    Word word; // a name, or the raw text of a citation
    Text text;
    Word group; // `any`, `all` or `at` of a head row; `each` or `otherwise` of a look-up table
    Word group_count;
    std::vector<Index> exprs; // a condition, the needs, or the value of a tier
    Index condition = none; // `… if condition`
};

struct Row {
    std::vector<Cell> cells;
    Span at;
    bool broken = false;
};

struct Table {
    Word of; // `for` which ladder or paths
    std::vector<Word> columns;
    bool broken_header = false; // which columns there are is then not known
    std::vector<Row> rows;
    Span at;
};

/// A table that is looked up by keys.
struct LookUpTable {
    Word name;
    Text label;
    Table table;
    std::vector<Word> kinds; // by column: `for`, `from` or `up`; nothing: what is looked up
    Span at;
};

struct Reading {
    Word of;
    std::string text;
    Span at;
};

/// What looks wrong and is meant: a check, of what, and why.
struct Accept {
    Word check;
    Word of;
    Text reason;
    Span at;
};

struct Notice {
    Word name;
    Text label;
    Index when = none;
    Span at;
    bool broken = false;
};

/// A label in another language, and whose it is.
struct LabelLine {
    Word about; // `program`, `tier` …
    Word of; // nothing: the program; of `because`: the text of the rules
    Text text;
};

struct Labels {
    Word language;
    std::vector<LabelLine> lines;
    Span at;
};

struct Expectation {
    Word about; // the first word; `at` is that of `at least`, `not` that of `not asked`
    Word subject;
    Word tier; // of `requirement` and `gap`
    Word verdict;
    Word along; // the path
    std::vector<Word> names;
    bool nothing = false;
    Span nothing_at;
    bool unknown = false;
    Index from = none, through = none;
    Span at;
};

/// A value that a test gives: `unknown`, `nothing`, or one value or more.
struct GivenValue {
    bool unknown = false;
    bool nothing = false;
    std::vector<Index> values; // empty, too, where the cell of a table is
    Span at;
    bool broken = false;
};

/// A fact that a test gives itself.
struct Given {
    Word name;
    GivenValue value;
    bool is_table = false;
    std::vector<Word> columns;
    std::vector<std::vector<GivenValue>> rows;
    std::vector<Span> row_at;
    Span at;
    bool broken = false;
};

struct Test {
    Text title;
    Word on;
    Word review;
    std::vector<Text> facts; // one, where it is right
    std::vector<Given> given;
    std::vector<Expectation> expectations;
    Span at;
    bool broken = false;
};

/// A line of the head that says one thing: `version`, `currency` …
struct HeadLine {
    Word word;
    Word value;
    Text text;
    Word second; // `through` date of effective
    Span at;
};

struct File {
    std::vector<HeadLine> head;
    std::vector<HeadLine> inputs;
    std::vector<Ladder> ladders;
    std::vector<Paths> paths;
    std::vector<Review> reviews;
    std::vector<Keeping> keepings;
    std::vector<Record> records;
    std::vector<Field> facts;
    std::vector<Define> defines;
    std::vector<LookUpTable> tables;
    std::vector<Table> measures;
    std::vector<Table> requirements;
    std::vector<Table> benefits;
    std::vector<Table> values;
    std::vector<Reading> readings;
    std::vector<Accept> accepts;
    std::vector<Notice> notices;
    std::vector<Labels> labels;
    std::vector<Test> tests;
    std::vector<Expr> exprs;
    /// A section could not be read at all.
    bool sections_missing = false;
    /// The words of all that could not be read: a name may be among them, so it is not unknown.
    std::set<std::string, std::less<>> unread;
};

/// Tree to syntax. Reports nothing: what is wrong with the form was said by the parser, what is wrong
/// with the meaning is said by the checker.
[[nodiscard]] File lower(const Tree& tree);

/// An expression on its own, in a file that holds nothing else.
struct LoneExpression {
    File file;
    Index expr = none;
};

/// Of a tree that `parse_expression` made without faults.
[[nodiscard]] LoneExpression lower_expression(const Tree& tree);

} // namespace rung::ast
