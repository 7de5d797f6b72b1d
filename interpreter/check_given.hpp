// The facts that tests give themselves: each of a fact's or a field's type, in the language's own words.
#pragma once

#include "interpreter/check_expr.hpp"

#include <map>
#include <string>
#include <vector>

namespace rung {

using IndexById = std::map<std::string, Index, std::less<>>;

/// The parts of a program by the name that files call them.
template <typename Part>
IndexById by_id(const std::vector<Part>& parts, std::string Part::*id) {
    IndexById ids;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        ids.emplace(parts[i].*id, static_cast<Index>(i));
    }
    return ids;
}

[[nodiscard]] std::vector<std::string_view> ids_of(const IndexById& names);

class GivenChecker {
public:
    /// The facts are those of `program`; what they are given goes into the literals of `suite`.
    GivenChecker(const Model& program, ExprChecker& exprs, Model& suite);

    /// Those of one test.
    [[nodiscard]] std::vector<Given> read(const std::vector<ast::Given>& from);

private:
    void fact(const ast::Given& from, Given& made, const Field& field);
    void plain_list(const ast::Given& from, Given& made, const Field& field);
    void records(const ast::Given& from, Given& made, Index record);
    /// The field that each column of the table is of; `none` for one that cannot be given.
    [[nodiscard]] std::vector<Index> columns(const ast::Given& from, const RecordType& record);
    /// The literal, or `none` where it is not known or was reported.
    Index value(const ast::GivenValue& from, const Field& field);
    Index nothing(const ast::GivenValue& from, const Field& field);
    Index choices(const ast::GivenValue& from, const Field& field);
    Index single(ast::Index from, const Field& field);
    Index item(ast::Index from, const Field& field);
    void refuse_equal_keys(const ast::Given& from, const Given& made);
    /// What a word that stands for a value only here comes to; nothing for any other.
    std::optional<Index> word(const ast::Expr& from, const Field& field);
    bool within_bounds(Index literal, const Field& field, Span at);
    Index keep(const Value& value);

    const Model& program_;
    ExprChecker& exprs_;
    Model& suite_;
    IndexById facts_;
    IndexById measures_;
};

} // namespace rung
