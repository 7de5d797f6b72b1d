// Outcomes as texts: told, then laid out.
#include "interpreter/layout.hpp"
#include "interpreter/narrate_outcome.hpp"

#include <rung/outcome.hpp>

namespace rung {

std::string to_text(const Outcome& outcome, const TextOptions& options) {
    return lay_out(narrate_standing(outcome, options.language), options);
}

std::string why_not(const Outcome& outcome, const std::string& target, const TextOptions& options) {
    return lay_out(narrate_why_not(outcome, target, options.language), options);
}

std::string requirement_text(const Outcome& outcome, const std::string& id, const std::string& tier,
                             const TextOptions& options, const std::string& path) {
    return lay_out(narrate_requirement(outcome, id, tier, options.language, path), options);
}

} // namespace rung
