// What is written, told apart by meaning and not by layout.
//
// `of` is one text for all ways of writing the same: figures in full, without parentheses that change nothing, the
// operands of `and` and `or` in one order, items by their depth in place of their name. `shown` is what a reader
// sees: the words of the file, without comments and line ends.
#pragma once

#include "grammar/tree.hpp"
#include "interpreter/ast.hpp"

#include <string>
#include <utility>
#include <vector>

namespace rung {

class Meaning {
public:
    Meaning(const ast::File& file, const Tree& tree);

    [[nodiscard]] std::string of(ast::Index expr) const;
    /// Of conditions of which all must hold, in any order.
    [[nodiscard]] std::string of_all(const std::vector<ast::Index>& exprs) const;
    [[nodiscard]] std::string shown(Span at) const;

private:
    using Items = std::vector<std::string>; // names of items in reach, outermost first

    [[nodiscard]] std::string of(ast::Index index, const Items& items) const;
    [[nodiscard]] std::vector<std::string> operands(const ast::Expr& expr,
                                                    const Items& items) const;

    const ast::File& file_;
    const Tree& tree_;
    std::vector<Span> tokens_;
};

} // namespace rung
