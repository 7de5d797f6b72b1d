// What a plan changes in the facts: places with new values, and new records; and the effort of it.
//
// The changes of a plan are kept by the place they are made at, so two that are made for different requirements at one
// place are one change. They become edits of the facts' text (fact_edit.hpp), and nothing else ever
// evaluates them: a plan looks at facts that were read from an edited text.
#pragma once

#include "interpreter/fact_edit.hpp"
#include "interpreter/fact_sheet.hpp"
#include "interpreter/model.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rung {

/// A fact of the partner, or a field of a record.
struct FactCell {
    Index table = none; // the record type; none: a fact
    Index row = none;
    Index field = none;
};

struct PlanChange {
    enum class Kind : std::uint8_t {
        confirm, // it is not known; make it so, or find out that it is
        set, // a yes/no, a choice, a text, a reference
        include, // one more of a set of choices
        figure,
        day,
        add, // a new record
        empty, // record that a list is
    };

    Kind kind = Kind::set;
    Index table = none; // whose field: a record type, or the partner's facts
    Index field = none; // of a new record: the list it stands in
    Index made = none; // of a new record: its type
    bool within_new = false; // a field of a record that the plan adds, or such a record inside one
    Number by; // of a figure: how far it goes
    std::string json; // what it is to be
    std::vector<std::string> items; // of `include`: those that are added
    DateRange days; // of a day: all that it may be
    bool least = true; // of a figure: whether a smaller change is known not to do
    bool or_more = false; // of a figure of a new record: larger ones do too
    std::vector<Index> also; // of a choice of a new record: others that do
    bool or_never = false; // of a day of a new record: no day at all does too
};

/// Shorter pointers first: a record stands before its fields, and the ninth item before the tenth.
struct ByPlace {
    bool operator()(const std::string& a, const std::string& b) const {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    }
};

/// By JSON Pointer, from the object that holds the facts.
using PlanChanges = std::map<std::string, PlanChange, ByPlace>;

/// The edits that make the changes; `root` leads to the object that holds the facts.
[[nodiscard]] std::vector<FactEdit> edits_of(const PlanChanges& changes, const std::string& root);

/// A sum that does not fit is as large as a number can be.
[[nodiscard]] Number plus(const Number& a, const Number& b);

/// How much of an effort the changes are. A field of a new record is part of it, unless the rules weigh it.
[[nodiscard]] Number effort_of(const Model& model, const PlanChanges& changes);
[[nodiscard]] Number effort_of(const Model& model, const PlanChange& change);

/// Puts `more` over `changes`, which it wins over; of new records and additions to a set both stay.
void merge(PlanChanges& changes, const PlanChanges& more);
/// The same for changes of one and the same facts: a figure that both move goes as far as the farther one, and that
/// weighs no more than once.
void join(PlanChanges& changes, const PlanChanges& more);

/// Whether the place is `holder`, or inside it.
[[nodiscard]] bool is_within(std::string_view place, std::string_view holder);
/// What stands in a new record, whichever place it has: two that say the same are alike.
[[nodiscard]] std::string content_of(const PlanChanges& changes, const std::string& record);

/// A value as facts give it. Of several choices those that are surely in.
[[nodiscard]] std::string json_of(const Model& model, const Field& field, const Value& value);

} // namespace rung
