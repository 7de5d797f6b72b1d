// What the rules need to know about a partner: the facts they declare, who can change them, and what reads them.
//
// For whoever supplies facts: as a list for people, as data, as a JSON Schema to validate a record against, and as
// a record to fill in.
#pragma once

#include <rung/export.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rung {

/// A fact, or a field of a record.
struct FactNeed {
    struct Choice {
        std::string name; // in the rules
        std::string json; // in facts
    };

    std::string name;
    std::string label;
    std::string pointer; // JSON Pointer, from the partner's or the record's object
    std::string kind; // as Figure::type, and list
    std::string type; // in words: "money in USD, at least $0"
    std::string currency; // of money
    bool share = false; // a percent given as a share: 0.7 is 70%
    bool or_never = false; // of a date: there may be none …
    std::string never; // … which facts say by this text
    bool or_other = false; // of a choice: other texts are taken too
    std::vector<Choice> choices;
    std::string record; // of a list: what its records are; empty where it holds plain values
    bool plain_values = false; // of a list: `fields` is then the value, without a name
    bool key = false; // identifies the partner
    bool names_record = false; // how texts call the record
    bool internal = false; // never shown to the partner
    Changer changer = Changer::partner;
    Figure at_least; // absent where the rules give none; likewise the next two
    Figure at_most;
    Figure default_value;
    // What reads it, directly or through measures: ids, and in `others` with what they are.
    std::vector<std::string> requirements;
    std::vector<std::string> benefits;
    std::vector<std::string> others;
    std::vector<FactNeed> fields; // of a list
};

/// In the order of the rules.
[[nodiscard]] RUNG_API std::vector<FactNeed> facts_needed(const Program& program);

/// A list for people.
[[nodiscard]] RUNG_API std::string facts_text(const Program& program,
                                              const TextOptions& options = {});
/// `{"format": 1, "engine": …, "ok": true, "program", "version", "facts": […]}`
[[nodiscard]] RUNG_API std::string facts_json(const Program& program);
/// A JSON Schema (2020-12) of what `Facts::read` takes: the facts alone, or an envelope.
[[nodiscard]] RUNG_API std::string facts_schema(const Program& program);
/// A record to fill in, which `Facts::read` takes and `evaluate` needs no options for: every fact is null, so
/// unknown, and every list shows one record and is named under `incomplete` until it is whole.
[[nodiscard]] RUNG_API std::string facts_template(const Program& program);

} // namespace rung
