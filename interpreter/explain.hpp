// From the record of an evaluation to its Outcome: which conditions, with which figures, from which
// records, by which line of the rules. A view: it reads steps and decides nothing.
#pragma once

#include "interpreter/evaluate.hpp"

#include <rung/calc.hpp>
#include <rung/outcome.hpp>

namespace rung {

/// Everything an explanation reads.
struct Recorded {
    const Model& model;
    const FactSheet& facts;
    const Setting& setting;
    const Verdicts& verdicts;
    const Recording& recording;
};

/// Fills the requirements, benefits, measures and notices of `outcome`, and what is missing, in the rules' order.
void explain(const Recorded& recorded, Outcome& outcome);

/// A record by its place and name: the field that names it, or else its kind and number.
[[nodiscard]] RecordNote record_note(const Model& model, const FactSheet& facts, Index record,
                                     Index row);

/// What the expression came to whose first step is `root`, seen along the path of this number.
void explain(const Recorded& recorded, Index root, Index path, Calculation& out);

} // namespace rung
