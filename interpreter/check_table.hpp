// Checks look-up tables: the columns and their types, the cells, and that the keys mean one row at most.
//
// What is looked up is plain values, so it is checked before any measure. The cells of a key column may
// be choices of a measure, so the keys are checked when that measure is: a table is a definition that
// waits for others, as measures are.
#pragma once

#include "interpreter/check_expr.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace rung {

class TableChecker {
public:
    TableChecker(const ast::File& file, const Names& names, Model& model, ExprChecker& exprs,
                 Faults& faults)
        : file_(file), names_(names), model_(model), exprs_(exprs), faults_(faults) {}

    /// Adds a table to the model, with its columns; `rows` have a cell for each column.
    void declare(const ast::LookUpTable& from, std::vector<const ast::Row*> rows);
    /// Adds the rows, or answers what has to be checked before, having done nothing.
    std::optional<Definition> finish(Index table);

private:
    struct Pending {
        const ast::LookUpTable* from;
        std::vector<const ast::Row*> rows;
        std::vector<std::size_t> keys; // the columns of the table, by key column
        std::vector<std::size_t> values;
        std::size_t bounds = no_bounds; // the key column with `from` or `up to`
    };
    enum class RowKind : std::uint8_t { plain, further, otherwise };
    static constexpr std::size_t no_bounds = static_cast<std::size_t>(-1);

    void columns(Pending& pending, LookUpTable& table);
    void value_types(const Pending& pending, LookUpTable& table);
    void refuse_untyped(const Pending& pending, std::size_t value);
    [[nodiscard]] std::vector<Definition> measures_called(const std::string& name) const;
    [[nodiscard]] std::vector<Type> types_called(const std::string& name) const;
    Type type_of_keys(const Pending& pending, std::size_t key, const KeyColumn& column);
    [[nodiscard]] bool cells_fit(const Pending& pending, std::size_t key, Type type);

    [[nodiscard]] static RowKind kind_of(const ast::Row& row);
    void add_row(const Pending& pending, LookUpTable& table, const ast::Row& row,
                 std::vector<LookUpRow>& further);
    bool key_cells(const Pending& pending, const LookUpTable& table, const ast::Row& row,
                   LookUpRow& made);
    bool bound(const Pending& pending, const LookUpTable& table, const ast::Row& row,
               LookUpRow& made);
    bool unit(const Pending& pending, const LookUpTable& table, const ast::Row& row,
              LookUpRow& made);
    bool otherwise_cells(const Pending& pending, const ast::Row& row);
    bool value_cells(const Pending& pending, const LookUpTable& table, const ast::Row& row,
                     LookUpRow& made);
    void extend(const Pending& pending, LookUpTable& table, std::vector<LookUpRow>& further);
    void refuse_overlaps(const Pending& pending, const LookUpTable& table,
                         const std::vector<LookUpRow>& rows);
    void report_overlap(const LookUpTable& table, const LookUpRow& row, const LookUpRow& other);
    [[nodiscard]] static bool is_key(const Pending& pending, std::size_t column);
    [[nodiscard]] static bool same_keys(const Pending& pending, const LookUpRow& a,
                                        const LookUpRow& b);
    [[nodiscard]] static bool overlap(const Pending& pending, const LookUpRow& a,
                                      const LookUpRow& b);
    static void put_in_order(const Pending& pending, LookUpTable& table);

    /// A plain value and its type; nothing where it was reported.
    std::optional<std::pair<Value, Type>> constant(ast::Index expr, Type wanted);
    std::optional<Value> constant_of(ast::Index expr, Type wanted);
    void refuse(Span at, std::string hint);

    const ast::File& file_;
    const Names& names_;
    Model& model_;
    ExprChecker& exprs_;
    Faults& faults_;
    std::vector<Pending> pending_; // by table
};

} // namespace rung
