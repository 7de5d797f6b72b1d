// A requirement at one tier as a row of an answer: what it came to, from which records, why it is asked.
#pragma once

#include "interpreter/narration.hpp"

namespace rung {

[[nodiscard]] Mark mark_of(RequirementVerdict verdict);
[[nodiscard]] Mark mark_of(Granted verdict);
/// A condition and what it came to. One that joins others has no name but the rule's own words, so it is told by them.
[[nodiscard]] Item item_of(const Wording& words, const Condition& condition);
/// A sentence below an item.
void add_note(Item& item, std::string text, Tone tone = Tone::plain);

/// Tells the rows of one ladder, along the path that leads highest.
class RequirementNarrator {
public:
    RequirementNarrator(const Outcome& outcome, const LadderOutcome& ladder,
                        const Narration& narration)
        : outcome_(outcome), ladder_(ladder), told_(narration), words_(narration.words()) {}

    /// The row among those that separate the partner from `target`.
    [[nodiscard]] Item towards(const RequirementOutcome& row, const std::string& target) const;
    /// The row by itself, asked or not.
    [[nodiscard]] Item alone(const RequirementOutcome& row) const;
    /// The row by itself with everything it is made of, what is met and what does not count too.
    [[nodiscard]] Item in_full(const RequirementOutcome& row) const;
    /// The row among those by which the partner has `target`: what it rests on, and how far it is from failing.
    [[nodiscard]] Item carries(const RequirementOutcome& row, const std::string& target) const;
    /// Whether the row is of this ladder and path.
    [[nodiscard]] bool has(const RequirementOutcome& row) const {
        return row.ladder == ladder_.id && row.path == ladder_.path;
    }

private:
    [[nodiscard]] Item begin(const RequirementOutcome& row) const;
    void add_result(Item& item, const RequirementOutcome& row) const;
    void add_conditions(Item& item, const RequirementOutcome& row) const;
    void add_all(Item& item, const RequirementOutcome& row) const;
    static void add_notes(Item& item, const RequirementOutcome& row, const Wording& words);
    void add_margin(Item& item, const RequirementOutcome& row) const;
    [[nodiscard]] std::string met_result(const RequirementOutcome& head) const;
    void add_each_record(Item& item, const Condition& condition) const;
    void add_reasons(Item& item, const RequirementOutcome& row) const;
    [[nodiscard]] std::string counted_in_words(const Condition& condition) const;
    void add_records(Item& item, const Condition& condition) const;
    void add_parts(Item& item, const RequirementOutcome& head) const;
    void does_not_reach(Item& item, const RequirementOutcome& part) const;
    [[nodiscard]] Item way(const RequirementOutcome& part) const;
    [[nodiscard]] std::string head_result(const RequirementOutcome& row) const;
    [[nodiscard]] std::vector<const RequirementOutcome*>
    parts_of(const RequirementOutcome& head) const;

    const Outcome& outcome_;
    const LadderOutcome& ladder_;
    const Narration& told_;
    const Wording& words_;
};

} // namespace rung
