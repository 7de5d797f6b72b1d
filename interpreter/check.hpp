// Syntax to program: every name found, every type settled, or a fault for each that is not.
#pragma once

#include "grammar/diagnostic.hpp"
#include "interpreter/ast.hpp"
#include "interpreter/model.hpp"

namespace rung {

/// The model may be used only where `faults` holds no error afterwards.
[[nodiscard]] Model check(const ast::File& file, Source source, Faults& faults);

/// The tests of a file that holds nothing else, against a checked program: a model of its own with the tests
/// and the figures they expect, whose tiers, measures and rows are those of `base`.
[[nodiscard]] Model check_tests(const ast::File& file, Source source, const Model& base,
                                Faults& faults);

/// An expression on its own against a checked program. `model` is a copy of the program's whose source is the
/// expression's; what the expression adds goes behind what is there. `none` where it was not understood. It may
/// read whatever a notice may; and what differs by path, along the path of this name.
struct CheckedExpression {
    Index expr = none;
    Index path = 0; // among those that it depends on
};
[[nodiscard]] CheckedExpression check_expression(const ast::LoneExpression& lone,
                                                 std::string_view along, Model& model,
                                                 Faults& faults);
/// As `check_expression`, but the value of something of the type `wanted`: it reads no facts and no names.
[[nodiscard]] Index check_value(const ast::LoneExpression& lone, Type wanted, Model& model,
                                Faults& faults);

} // namespace rung
