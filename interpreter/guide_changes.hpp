// What changed since the version before, in the words of the two guides.
#pragma once

#include <rung/guide.hpp>

namespace rung {

/// Fills `before_in_words` and `after_in_words` where the guide of that version tells the part.
void put_in_words(Differences& changes, const Guide& before, const Guide& after);

/// Without what no guide tells: facts, records and their fields.
[[nodiscard]] Differences told_by_guides(const Differences& changes);

} // namespace rung
