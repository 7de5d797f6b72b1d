// The effect of an edit on a list of partners, as `rung impact` tells it and `rung watch` counts it.
#pragma once

#include "tools/console.hpp"
#include "tools/verbs.hpp"

#include <rung/impact.hpp>

#include <optional>

namespace rung::tools {

struct Studied {
    Impact impact;
    Diagnostics warnings; // of the list and its partners, the first of each kind
    Diagnostics faults; // of the list as a whole
    bool has_faults = false; // such, or a partner who could not be judged
};

/// Both versions over the partners of `question.facts`, until the end of the list or an interrupt. Nothing where that
/// is no list, which was said.
[[nodiscard]] std::optional<Studied> study(const Program& before, const Program& after,
                                           const ImpactCall& call, const Question& question,
                                           const Console& console);

} // namespace rung::tools
