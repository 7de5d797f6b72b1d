// Labels in other languages: whose they are.
#pragma once

#include "interpreter/ast.hpp"
#include "interpreter/check_expr.hpp"
#include "interpreter/model.hpp"

namespace rung {

/// Of a file without faults, in which every part that can have a label is in the model.
void check_labels(const ast::File& file, ExprChecker& exprs, Model& model);

} // namespace rung
