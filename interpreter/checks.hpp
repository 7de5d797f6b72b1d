// The checks of lint by name, for those who accept what they find.
#pragma once

#include "grammar/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace rung {

inline constexpr std::array checks{
    Code::unused_fact,          Code::unused_field,
    Code::unused_record,        Code::unused_define,
    Code::unused_table,         Code::tier_easier_than_below,
    Code::threshold_not_rising, Code::asked_below_only,
    Code::cannot_be_met,        Code::always_met,
    Code::never_asked,          Code::empty_window,
    Code::row_shadowed,         Code::benefit_lost,
    Code::window_ahead,         Code::year_start_unread,
    Code::year_start_unsaid,    Code::years_mixed,
    Code::missing_cite,         Code::confusable_characters,
    Code::versions_gap,         Code::pointer_without_slash,
    Code::key_of_nothing,       Code::figure_out_of_line,
    Code::key_skipped,          Code::test_outside_version,
    Code::label_twice,          Code::percent_for_points,
    Code::label_missing,        Code::citation_to_check,
    Code::line_to_check,
};

[[nodiscard]] inline std::optional<Code> check_called(std::string_view name) {
    const auto at = std::find_if(checks.begin(), checks.end(),
                                 [&](Code code) { return name_of(code) == name; });
    return at == checks.end() ? std::nullopt : std::optional(*at);
}

[[nodiscard]] inline std::vector<std::string_view> names_of_checks() {
    std::vector<std::string_view> names;
    std::transform(checks.begin(), checks.end(), std::back_inserter(names),
                   [](Code code) { return name_of(code); });
    return names;
}

} // namespace rung
