// Checks expressions: finds what names mean, settles types, and writes nodes into the model.
//
// The language is checked in both directions: mostly types come from the operands, but a bare word is a
// choice or a tier only beside one, and `_` has the type of what it is compared with.
#pragma once

#include "grammar/diagnostic.hpp"
#include "interpreter/ast.hpp"
#include "interpreter/model.hpp"
#include "interpreter/types.hpp"

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rung {

/// What names mean in a file, and where faults go.
struct Names {
    std::map<std::string, Index, std::less<>> facts;
    std::map<std::string, Index, std::less<>> measures;
    std::map<std::string, Index, std::less<>> records;
    std::vector<std::map<std::string, Index, std::less<>>> record_measures; // by record
    std::map<std::string, Index, std::less<>> tables;
    std::map<std::string, Index, std::less<>> ladders;
    std::vector<std::map<std::string, Index, std::less<>>> tiers; // by ladder
    std::map<std::string, Index, std::less<>> paths;
    std::map<std::string, Index, std::less<>> reviews;
    /// Declared, but not understood, or perhaps among what could not be read: uses are not reported as well.
    std::set<std::string, std::less<>> broken;
};

/// A definition that another may read, and must wait for.
struct Definition {
    enum class Kind : std::uint8_t { record_measure, measure, table };
    Kind kind = Kind::measure;
    Index index = none;

    friend auto operator<=>(Definition, Definition) = default;
};

/// Where an expression stands decides what it may read.
enum class Context : std::uint8_t {
    measure, // a define
    requirement, // asks and when; a hole where `asks`
    opened, // needs, notices: the tier is known
    review, // the window of a review: no facts
    constant, // defaults, bounds, expected figures: no facts, no names
};

class ExprChecker {
public:
    ExprChecker(const ast::File& file, const Names& names, Model& model, Faults& faults)
        : file_(file), names_(names), model_(model), faults_(faults) {}

    /// The ladder that expressions speak of from here on; none: of the only one.
    void look_at(Index ladder) { ladder_ = ladder; }
    /// Expressions stand alone from here on, and are seen along the path of this name; empty: along none.
    void stand_alone(std::string_view along) { along_ = along; }
    /// The paths that the expression checked last depends on, or `none`.
    [[nodiscard]] Index paths_used() const { return paths_used_; }
    /// The checked expression, or `none` where it could not be understood (which was reported).
    Index check(ast::Index expr, Context context, Type wanted = {});
    Index check_condition(ast::Index expr, Context context);
    /// As `check`, with `_` allowed; its type is in `hole_type` afterwards, `error` where there is none.
    Index check_asks(ast::Index expr);
    /// As `check`, of a measure of each record: the record's fields are in scope.
    Index check_of_record(ast::Index expr, Index record);

    /// What an expression read that is not checked itself yet, so that its type is not known; the
    /// expression was then not understood, and is to be checked again behind it.
    [[nodiscard]] std::optional<Definition> awaits() const { return awaits_; }
    /// Nothing that is checked from now on awaits this one, checked or not.
    void settle(Definition definition) { settled_.insert(definition); }
    [[nodiscard]] bool is_settled(Definition definition) const {
        return settled_.contains(definition);
    }
    /// How far model and faults have come, to take back what is not to be kept.
    struct Mark {
        std::size_t exprs, operands, literals, aggregates, records, faults;
    };
    [[nodiscard]] Mark mark() const;
    void take_back(const Mark& mark);

    /// The type that `_` has in the last `check_asks`, and whether it stands there at all.
    [[nodiscard]] Type hole_type() const { return hole_type_; }
    [[nodiscard]] bool has_hole() const { return has_hole_; }

    /// A value for each path, as one expression.
    Index by_path(const std::vector<Index>& values, Type type, Span at);
    /// A figure that the rules do not state.
    Index unstated(Type type, Span at);
    /// `unknown because "…"` and what is made of it alone: its type must come from elsewhere.
    [[nodiscard]] bool says_no_type(ast::Index index) const;
    /// The figure of a value, or with a list that of each of its records; `type` is the figure's.
    struct Listed {
        Index expr = none;
        Type type;
    };
    Listed check_worth(ast::Index list, ast::Index value, Context context, Type wanted);

    [[nodiscard]] Index currency(std::string_view code);
    void report(Code code, Span at, std::vector<Argument> arguments);
    void report_twice(const ast::Word& word, Span first);
    /// How many were reported.
    [[nodiscard]] std::size_t faults() const { return faults_.size(); }
    [[nodiscard]] const ast::Expr& written(ast::Index expr) const { return file_.exprs[expr]; }
    /// Reports a word that names nothing, with the nearest that would.
    void report_unknown(const ast::Word& word, std::string_view kind,
                        const std::vector<std::string_view>& known, std::string hint = "");
    void report_wrong_type(Span at, Type found, Type wanted, std::string hint = "");
    void report_wrong_type(Span at, Type found, std::string wanted, std::string hint);

private:
    struct Scope {
        Index record;
        std::string as;
    };
    struct Operands {
        Index left = none;
        Index right = none;
    };

    Index expr(ast::Index index, Type wanted = {});
    Index dispatch(const ast::Expr& from, Type wanted);
    Index made(Op op, Type type, Span at, Index a = none, Index b = none, Index c = none,
               Index index = 0);
    Index made_with(Op op, Type type, Span at, const std::vector<Index>& operands, Index a = none);
    Index literal(const Value& value, Type type, Span at);
    [[nodiscard]] Type type_of(Index expr) const {
        return expr == none ? Type{} : model_.exprs[expr].type;
    }
    [[nodiscard]] std::string words_at(Index expr) const;
    [[nodiscard]] std::string_view text_at(Span span) const { return model_.source.text(span); }

    Index condition(ast::Index index);
    Index number(const ast::Expr& from);
    Index money(const ast::Expr& from);
    bool report_thousands(const ast::Expr& from, std::string_view amount);
    Index date(const ast::Expr& from);
    Index month(const ast::Expr& from);
    Index duration(const ast::Expr& from);
    Index text(const ast::Expr& from, Type wanted);
    Index hole(const ast::Expr& from, Type wanted);
    Index path(const ast::Expr& from, Type wanted);
    Index named_member(const ast::Word& word, Type wanted);
    /// Nothing where no record in scope has a member of that name.
    std::optional<Index> member_in_scope(std::string_view head, std::string_view rest, Span at);
    Index dotted(const ast::Expr& from);
    Index referring(std::string_view name, const ast::Expr& from);
    [[nodiscard]] bool is_settled(std::string_view name) const;
    Index through(Index item, const ast::Word& field, Span at);
    Index builtin(std::string_view name, Span at);
    Index tier_of(Index ladder, Span at);
    Index held(std::string_view name, Span at);
    Index path_followed(Index paths, Span at);
    bool use_paths(Index paths, Span at);
    [[nodiscard]] bool is_followed(Index paths) const;
    [[nodiscard]] Index this_ladder(std::string_view word, Span at);
    Index measure(Definition ref, std::string_view name, Span at, Index scope);
    bool awaits(Definition definition);
    Index look_up(const ast::Expr& from);
    Index key(const ast::Expr& from, const LookUpTable& table, std::size_t column);
    bool right_keys(const ast::Expr& from, const LookUpTable& table);
    bool refuse_calculated_key(const ast::Expr& from);
    [[nodiscard]] std::string example_of(std::string_view table) const;
    [[nodiscard]] std::optional<Index> measure_of_record(Index record, std::string_view name) const;
    Index unknown_path(const ast::Expr& from, std::string_view name);
    Index n_ary(const ast::Expr& from, Op op);
    Operands both_of_one_type(ast::Index left, ast::Index right, Type wanted);
    Operands both_sides(ast::Index left, ast::Index right);
    [[nodiscard]] bool is_bare_word(ast::Index index) const;
    [[nodiscard]] bool resolves(std::string_view name) const;
    Index comparison(const ast::Expr& from);
    Index in_members(const ast::Expr& from);
    Index in_window(const ast::Expr& from);
    Index include(const ast::Expr& from);
    bool refuse_not_applicable(const ast::Expr& from);
    Index calculation(const ast::Expr& from);
    [[nodiscard]] Type calculated(Op op, Type left, Type right) const;
    Index minus(const ast::Expr& from);
    Index same_type(const ast::Expr& from, Op op, Type wanted);
    Index conditional(const ast::Expr& from, Type wanted);
    Index aggregate(const ast::Expr& from, Type wanted);
    [[nodiscard]] bool names_item(ast::Index word) const;
    [[nodiscard]] std::string name_meant(const ast::Expr& from) const;
    bool item_has_name(const ast::Expr& from, Index list);
    [[nodiscard]] bool is_item(const Scope& scope) const;
    // check_lists.cpp
    Index list_operand(ast::Index index);
    Aggregate enter(Index list, const std::string& as);
    Index where_of(const ast::Expr& from, bool& understood);
    Index made_aggregate(Aggregate aggregate, Type type, Span at);
    bool refuse_no_value(Index item);
    Index percent_of_percentile(const ast::Expr& from);
    Index ranked(const ast::Expr& from);
    Index groups(const ast::Expr& from);
    Index group_record(const ast::Expr& from, Type list, Index item);
    Index named_group(std::string_view name, Span at);
    Index key_of_group(std::size_t scope, std::string_view name, Span at);
    [[nodiscard]] std::string group_hint(std::string_view name) const;
    Index covered(const ast::Expr& from);
    Index at_least_of(const ast::Expr& from);
    Index round(const ast::Expr& from);
    Index window(const ast::Expr& from);
    Index day_of(const ast::Expr& from);
    Index day_in_year(const ast::Expr& from);
    Index part_of(const ast::Expr& from);
    Index left_open(const ast::Expr& from, Type wanted);
    Index left_open(Type type, std::string because, Span at);
    Index as_window(Index checked);
    Index whole_operand(ast::Index index);
    void chain(const ast::Expr& from);
    [[nodiscard]] std::string age_instead(Index left, Index right) const;
    void cannot_compare(Index left, Index right);
    [[nodiscard]] std::string calculation_hint(const ast::Expr& from, Type left, Type right) const;
    [[nodiscard]] std::string month_hint(const ast::Expr& from, Type left, Type right) const;
    /// What to write where a month such as 1500-10 was meant as a difference; else empty.
    [[nodiscard]] std::string subtraction_hint(Span at) const;
    bool refuse_name(std::string_view name, Span at);

    const ast::File& file_;
    const Names& names_;
    Model& model_;
    Faults& faults_;
    Context context_ = Context::constant;
    std::vector<Scope> scopes_;
    bool hole_allowed_ = false;
    bool has_hole_ = false;
    Type hole_type_;
    Index ladder_ = none;
    Index paths_used_ = none;
    std::optional<std::string> along_; // of expressions that stand alone
    int where_depth_ = 0;
    int depth_ = 0;
    std::optional<Definition> awaits_;
    std::set<Definition> settled_;
};

} // namespace rung
