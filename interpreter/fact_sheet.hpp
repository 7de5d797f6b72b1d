// What is known of one partner: the facts a program declares, read from JSON into slots.
//
// A value for each declared fact and a table for each record type, in the order of the model, so
// that evaluation reads by index and never by name. What is not given (absent or `null`) is there
// as an unknown value, as wide as its type and bounds allow, or as the default that the rules give.
// Nothing is ever taken to be no or zero.
//
// A fact of the wrong type, a key given twice, a day that no calendar has is an error with its
// place and its JSON Pointer; a key that the rules do not declare is a warning, or an error when
// strict. Reading takes time and memory in proportion to the text, throws nothing, and has no
// state: any number of threads may read with one model.
#pragma once

#include "grammar/diagnostic.hpp"
#include "interpreter/fact_form.hpp"
#include "interpreter/model.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace rung {

/// Where a record stands: the place of its list, and its place in that list.
struct RowOrigin {
    Index fact = none; // the list is this fact …
    Index field = none; // … or this field of the record `row` of table `table`
    Index table = none;
    Index row = none;
    Index position = 0; // in the list, from zero
};

/// The records of one type, of all lists; those of one list stand together.
struct FactTable {
    std::vector<Value> cells; // row by row
    std::vector<RowOrigin> origins; // by row
};

/// The tier that a partner holds from an earlier review, as the caller gives it.
struct HeldTier {
    Index tier = none;
    std::optional<Date> since;
    std::optional<Date> protected_until;
};

/// An exception from a requirement, as the caller gives it.
struct Waiver {
    Index requirement = none;
    Index tier = none; // for this tier alone; none: for all
    std::optional<Date> granted_on;
    std::optional<Date> until; // its last day; none: without an end
    std::string by;
    std::string reason;
    std::string pointer;
};

/// It moves and does not copy: values point into its texts, and, for defaults, into the model's,
/// which must outlive it.
struct FactSheet {
    FactSheet() = default;
    FactSheet(const FactSheet&) = delete;
    FactSheet(FactSheet&&) = default;
    FactSheet& operator=(const FactSheet&) = delete;
    FactSheet& operator=(FactSheet&&) = default;
    ~FactSheet() = default;

    std::vector<Value> facts; // by fact of the model
    std::vector<FactTable> tables; // by record type of the model
    std::deque<std::string> texts; // own the texts of the values above

    // What the file says about the evaluation, beside facts; texts are as given, not yet resolved.
    std::optional<Date> on;
    std::optional<std::string> review;
    std::optional<std::string> version;
    std::vector<std::optional<HeldTier>> held; // by ladder of the model
    std::vector<Waiver> waivers;

    /// A copy to be changed. Its values point into the texts of this sheet, which must outlive it.
    [[nodiscard]] FactSheet lent() const;

    /// The waiver of a requirement that is in force on a day, or `none`.
    [[nodiscard]] Index waiver(Index requirement, Index tier, Date day) const;

    /// A value that is not given: unknown, within the field's bounds.
    [[nodiscard]] static Value unknown(const Model& model, const Field& field);
    /// Anything that a value of the type could be.
    [[nodiscard]] static Value unknown(const Model& model, Type type, Reason why);
    /// JSON Pointers (RFC 6901), from the object that holds the facts.
    [[nodiscard]] std::string pointer_of_row(const Model& model, Index table, Index row) const;
    [[nodiscard]] std::string pointer_of_cell(const Model& model, Index table, Index row,
                                              Index field) const;
    [[nodiscard]] const Value& cell(const Model& model, Index table, Index row, Index field) const;
};

/// Reads `json`, which is the facts alone or an envelope: an object with a key `facts`, where the
/// program declares no fact of that key, beside it `on`, `review`, `version`, `held`, `incomplete`,
/// `waivers`.
///
/// Faults, at most `max_faults` and in the order of the text, are added to `faults`, and behind them one
/// that counts the rest; with an error
/// among them the sheet is not to be used. Their pointers begin at the outermost object of the text
/// (with `/facts` in an envelope), those of `incomplete` and of the sheet at the object that holds
/// the facts. Where the text is no JSON, that alone is said. `strict` makes undeclared keys errors.
///
/// `form` is that of `model`; made once, it serves any number of readings.
[[nodiscard]] FactSheet read_facts(const Model& model, const FactForm& form, const Source& json,
                                   bool strict, Faults& faults);
[[nodiscard]] FactSheet read_facts(const Model& model, const Source& json, bool strict,
                                   Faults& faults);

/// Whether `json` is an envelope, so that the pointers of facts begin with `/facts` in it.
[[nodiscard]] bool is_envelope(const FactForm& form, const Source& json);

/// Only what the file says about the version, before the program is known: the value at the
/// envelope's `version`, or at `version_key` (a JSON Pointer; empty: none); likewise the date.
/// Never reports: the full reading does.
struct Occasion {
    std::optional<std::string> version;
    std::optional<Date> on;
};
[[nodiscard]] Occasion peek_occasion(const Source& json, const std::string& version_key,
                                     const std::string& on_key);

} // namespace rung
