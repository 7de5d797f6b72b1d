// The days on which what a partner has can change while its facts stay as they are.
//
// Not every one of them changes something; a day that is not among them changes nothing. So a partner is looked at
// on these days and on no others.
#pragma once

#include "interpreter/evaluate.hpp"

#include <vector>

namespace rung {

struct TurningDays {
    std::vector<Date> days; // the earliest first, without the first day of the window
    /// Those of them on which a figure of a value for each record may change, which verdicts do not tell.
    std::vector<Date> of_records;
    /// Something compares days in a way that is not seen through, so `days` are all there are.
    bool every_day = false;
};

/// From the second day of `days` on. `facts` are those that verdicts are about: of `model`, with what is held
/// and waived. Takes time in proportion to the records and to the logarithm of the days.
[[nodiscard]] TurningDays turning_days(const Model& model, const FactSheet& facts, Index review,
                                       Window days);

/// Whether two evaluations of one program come to the same. Measures, of which tiers are made, count only in a
/// program without tiers, whose answer they are. What values come to for each record is not among verdicts.
[[nodiscard]] bool same_answers(const Model& model, const Verdicts& a, const Verdicts& b);

} // namespace rung
