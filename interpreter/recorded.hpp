// An evaluation with its record, for those that look into it.
#pragma once

#include "interpreter/evaluate.hpp"

#include <rung/outcome.hpp>

namespace rung {

/// As `evaluate`; `verdicts`, made for the program's model, and `recording` are what the outcome was made of.
[[nodiscard]] Result<Outcome> evaluate_recorded(const Program& program, const Facts& facts,
                                                const EvaluateOptions& options, Verdicts& verdicts,
                                                Recording& recording);

/// In a setting that is settled, whatever day and review the facts or a call name.
[[nodiscard]] Outcome outcome_in(const Program& program, const Facts& facts, const Setting& setting,
                                 bool in_force, Verdicts& verdicts, Recording& recording);

} // namespace rung
