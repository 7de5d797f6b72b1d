// Partners from CSV: a column for each fact, lists of records from files of their own.
#pragma once

#include "tools/partner_list.hpp"

namespace rung::tools {

/// The first line names the facts: by their names in the rules, by their keys in a file of facts with a dot between
/// those that stand inside one another (`support_plan.active`), or by JSON Pointer. `on`, `review`, `version` and
/// `held.tier` say what they say beside facts. A column that the rules do not know is told once; with
/// `ListOptions::strict` it is an error. An empty cell says nothing, so what it would tell is unknown.
///
/// A file of `ListOptions::lists` has a column of the partner's key and one for each field. It is the whole list of
/// every partner, so one without a row in it has none, unless `ListOptions::incomplete` names it.
[[nodiscard]] Result<std::unique_ptr<PartnerList>>
open_csv(Input& input, const ListOptions& options, const std::vector<Program>& versions);

} // namespace rung::tools
