#include "interpreter/in_force.hpp"

#include "interpreter/model.hpp"

namespace rung {

Date begin_of(const Program& program) {
    return program.model().effective_from.value_or(Date::min());
}

Date end_of(const std::vector<Program>& versions, std::size_t index) {
    if (const auto& through = versions[index].model().effective_through) {
        return *through;
    }
    if (index + 1 == versions.size()) {
        return Date::max();
    }
    return Date::from_days_saturated(std::int64_t{begin_of(versions[index + 1]).days_since_1970()} -
                                     1);
}

} // namespace rung
