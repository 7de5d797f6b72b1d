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

} // namespace rung
