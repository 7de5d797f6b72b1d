// An evaluation with its record, for those that look into it.
#pragma once

#include "interpreter/evaluate.hpp"

#include <rung/outcome.hpp>

namespace rung {

/// As `evaluate`; `verdicts`, made for the program's model, and `recording` are what the outcome was made of.
[[nodiscard]] Result<Outcome> evaluate_recorded(const Program& program, const Facts& facts,
                                                const EvaluateOptions& options, Verdicts& verdicts,
                                                Recording& recording);

} // namespace rung
