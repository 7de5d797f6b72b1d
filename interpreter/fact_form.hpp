// The blank form that facts are filled into: which JSON key leads to which slot.
//
// A program says where its facts stand by JSON Pointers ("/support_plan/active"). Put together they
// make a small tree of keys, for the partner's object and for the object of each record type; the
// keys of an envelope make one more. Made once for a program, it serves every file; it holds no
// reference to the model, never changes, and may be read from any number of threads.
#pragma once

#include "interpreter/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rung {

/// What a key says about the evaluation, beside the facts.
enum class Input : std::uint8_t {
    nothing,
    facts,
    on,
    review,
    version, // of an envelope
    on_in_facts,
    review_in_facts,
    version_in_facts,
    held, // an object of ladders, or of the sole one's …
    held_tier,
    held_since,
    held_until,
    incomplete,
    waivers,
    waiver_requirement,
    waiver_tier,
    waiver_granted_on,
    waiver_until,
    waiver_by,
    waiver_reason,
};

class FactForm {
public:
    /// An object, or a key in one.
    struct Place {
        std::string key;
        Index field = none; // the fact, or the field of the record, that stands here
        Input input = Input::nothing;
        Index ladder =
            none; // of `held`; none: of several ladders, each of which has an object in it
        Index first = 0; // the keys inside, sorted
        Index count = 0;
    };

    explicit FactForm(const Model& model);

    [[nodiscard]] const Place& operator[](Index place) const { return places_[place]; }
    /// The key inside the object `place`, or `none`.
    [[nodiscard]] Index find(Index place, std::string_view key) const;

    // Objects.
    [[nodiscard]] Index partner() const { return 0; }
    [[nodiscard]] Index envelope() const { return 1; }
    [[nodiscard]] Index waiver() const { return 2; }
    [[nodiscard]] Index record(Index type) const { return 3 + type; }

private:
    struct Entry;
    void add(Index root, std::vector<Entry> entries);

    std::vector<Place> places_;
};

/// The steps of a JSON Pointer, escapes undone; nothing where it is none.
[[nodiscard]] std::optional<std::vector<std::string>> pointer_steps(std::string_view pointer);

} // namespace rung
