// The tests of a rule file: what they name must be there, what they expect must be of the type it is of.
#pragma once

#include "interpreter/check_expr.hpp"

namespace rung {

/// Checks the tests of `file` into `suite`. They speak of `program`, a checked program, which is `suite`
/// itself where the tests stand in the rule file.
void check_tests(const ast::File& file, const Model& program, const Names& names,
                 ExprChecker& exprs, Model& suite);

} // namespace rung
