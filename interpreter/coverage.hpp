// How coverage is counted: the pairs of a program, and which of them one recorded evaluation saw.
#pragma once

#include "interpreter/evaluate.hpp"

#include <rung/coverage.hpp>

namespace rung {

/// Marks what the evaluation saw. `coverage` was made for `model`.
void see(const Model& model, const Verdicts& verdicts, const Recording& recording,
         Coverage& coverage);

} // namespace rung
