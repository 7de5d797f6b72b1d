// The facts of a test in their slots: those of its file, and on top of them those it gives itself.
#pragma once

#include "interpreter/fact_sheet.hpp"

namespace rung {

/// Sets what a test gives. `model` is the program, `suite` the model that holds the test's literals.
void give(const Model& model, const Model& suite, const std::vector<Given>& given,
          FactSheet& sheet);

} // namespace rung
