// On which day and at which review a partner is looked at: what the call says and what the facts say.
#pragma once

#include "interpreter/evaluate.hpp"

#include <rung/outcome.hpp>

namespace rung {

/// What the call and the facts say must agree, and what `model` needs must be there; what is wrong is added to
/// `diagnostics`, and with an error among them the setting is not to be used. `model` is that of `program`, or
/// a copy with more in it.
[[nodiscard]] Setting read_setting(const Program& program, const Model& model, const Facts& facts,
                                   const EvaluateOptions& options, Diagnostics& diagnostics);

/// The same, where the call may ask for another day and review than the facts are for.
[[nodiscard]] Setting read_other_setting(const Program& program, const Facts& facts,
                                         const EvaluateOptions& options, Diagnostics& diagnostics);

/// The partner's name and key, as far as the facts give them.
[[nodiscard]] std::string partner_name(const Model& model, const FactSheet& facts,
                                       std::string& key);
/// A day that the call gives; nothing where it is none, which is added to `diagnostics`.
[[nodiscard]] std::optional<Date> read_day(const std::string& text, Diagnostics& diagnostics);
/// The review of an id, or the only one; `none` where there is none, or, said in `diagnostics`, several.
[[nodiscard]] Index read_review(const Model& model, const std::optional<std::string>& id,
                                Diagnostics& diagnostics);
/// Whether the day decides anything: by the rules, or by what the facts say is waived or held.
[[nodiscard]] bool depends_on_day(const Model& model, const FactSheet& facts);

} // namespace rung
