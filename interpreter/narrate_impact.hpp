// What a new version does to its partners, in the words of one language.
#pragma once

#include "interpreter/document.hpp"
#include "interpreter/wording.hpp"

#include <rung/impact.hpp>

namespace rung {

/// `all`: every mover and every undecided partner; else ten, and how many more there are.
[[nodiscard]] Document narrate_impact(const Impact& impact, Language language, bool all);
/// What differs, without how: "Sold MRR for Silver"; of several that are made together, the first and how many more.
[[nodiscard]] std::string name_of(const Wording& words, const Impact::Edit& edit);
/// "Sold MRR for Silver", "only together: …"
[[nodiscard]] std::string moved_by(const Wording& words, const Impact& impact, MovedBy by,
                                   const std::vector<std::size_t>& edits);

} // namespace rung
