#include "interpreter/in_force.hpp"

#include "interpreter/model.hpp"

#include <algorithm>

namespace rung {

Date begin_of(const Program& program) {
    return program.model().effective_from.value_or(Date::min());
}

Date end_of(const std::vector<Program>& versions, std::size_t index) {
    if (const auto& through = versions[index].model().effective_through) {
        return *through;
    }
    const auto next = std::find_if_not(versions.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                                       versions.end(), is_withdrawn);
    return next == versions.end()
               ? Date::max()
               : Date::from_days_saturated(std::int64_t{begin_of(*next).days_since_1970()} - 1);
}

std::string_view corrected(std::string_view version) {
    return version.substr(0, version.find('.'));
}

bool is_withdrawn(const Program& program) { return program.model().withdrawn.has_value(); }

std::vector<std::size_t> standing(const std::vector<Program>& versions) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (!is_withdrawn(versions[i])) {
            places.push_back(i);
        }
    }
    return places;
}

} // namespace rung
