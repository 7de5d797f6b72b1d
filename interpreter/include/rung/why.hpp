// Why a partner has what it has, and why not what it has not, with the ways to it.
//
//   puts(rung::why(*outcome, "silver", rung::Asked::why).c_str());
//
//   auto plan = rung::plan(*program, "acme.json", json_text, "gold");
//   puts(rung::why(*outcome, "gold", rung::Asked::why_not, {}, &*plan).c_str());
//
// A view of one recorded evaluation, which decides nothing. What is asked about is a tier above the floor, a benefit,
// a requirement, a value or a notice of the program; a name that several of them have means the first of these.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/outcome.hpp>
#include <rung/plan.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace rung {

/// Which of the two was asked. What the answer is about follows from the outcome; only its first sentence minds this.
enum class Asked : std::uint8_t { why, why_not };

/// Nothing where `subject` can be asked about; otherwise what to say.
RUNG_API std::optional<Diagnostic> unknown_subject(const Outcome& outcome,
                                                   const std::string& subject);
/// Whether the partner certainly has it. A requirement: it is met or waived wherever it is asked. A value: its tier
/// has a figure. A notice: it is told.
RUNG_API bool has(const Outcome& outcome, const std::string& subject);
/// What carries it and how far each requirement is from failing; or what separates the partner from it, and the
/// ways of a plan for it where one is given. Empty for an unknown subject.
RUNG_API std::string why(const Outcome& outcome, const std::string& subject, Asked asked,
                         const TextOptions& options = {}, const Plan* ways = nullptr);

} // namespace rung
