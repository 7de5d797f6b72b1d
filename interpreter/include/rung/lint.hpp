// What looks wrong in rules that are valid: a fact that nothing reads, a figure that falls from one tier to
// the next, a condition that nobody can meet. All are warnings; a rule file accepts those that are meant
// with `accept CHECK of NAME "why"`, and they are not told.
//
// Pure views over immutable programs, for any thread. Evaluating never needs them; `rung check` tells them.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/program.hpp>
#include <rung/tests.hpp>

namespace rung {

/// Of one version, in the order of its text.
[[nodiscard]] RUNG_API Diagnostics lint(const Program& program);

/// Of versions taken together: days between two of them on which none is in force.
[[nodiscard]] RUNG_API Diagnostics lint(const Registry& versions);

/// Of tests: that a day they name is none of those on which their rules are in force. `versions` are those beside
/// them, of which the one in force on that day is named; or null.
[[nodiscard]] RUNG_API Diagnostics lint(const Tests& tests, const Registry* versions = nullptr);

} // namespace rung
