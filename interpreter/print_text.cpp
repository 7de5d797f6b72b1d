// Outcomes as texts: told, then laid out.
#include "interpreter/layout.hpp"
#include "interpreter/narrate_outcome.hpp"
#include "interpreter/narrate_why.hpp"

namespace rung {

std::string to_text(const Outcome& outcome, const TextOptions& options) {
    return lay_out(narrate_standing(outcome, options.language), options);
}

std::string why_not(const Outcome& outcome, const std::string& target, const TextOptions& options) {
    return why(outcome, target, Asked::why_not, options);
}

std::string why(const Outcome& outcome, const std::string& subject, Asked asked,
                const TextOptions& options, const Plan* ways) {
    return lay_out(narrate_why(outcome, subject, asked, ways, options.language), options);
}

std::string requirement_text(const Outcome& outcome, const std::string& id, const std::string& tier,
                             const TextOptions& options, const std::string& path) {
    return lay_out(narrate_requirement(outcome, id, tier, options.language, path), options);
}

} // namespace rung
