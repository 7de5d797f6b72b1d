// What can be asked about in an outcome, by its name.
#pragma once

#include <rung/outcome.hpp>

#include <optional>
#include <string>
#include <variant>

namespace rung {

/// A requirement is named by its first row.
using Subject = std::variant<TierPlace, const BenefitOutcome*, const RequirementOutcome*,
                             const ValueOutcome*, const NoticeOutcome*>;

[[nodiscard]] std::optional<Subject> find_subject(const Outcome& outcome, const std::string& name);
/// The rows of a requirement, lowest tier first, along the path that explanations show.
[[nodiscard]] std::vector<const RequirementOutcome*> rows_of(const Outcome& outcome,
                                                             const RequirementOutcome& row);

} // namespace rung
