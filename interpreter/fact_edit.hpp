// Edits of a facts text: a value set, put behind a list, or taken out, and every other byte left as it is.
//
// Whoever shows changed facts (a plan, a what-if) edits the text that was given and reads the result as any
// other facts, so that what is changed means what it would mean had the partner sent it: defaults,
// `incomplete`, references and faults are found by the one reader. The text's blanks, order and figures stay;
// a new member is laid out like its neighbour.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rung {

/// What is to stand at a place; without `json`, nothing.
struct FactEdit {
    /// A JSON Pointer (RFC 6901) from the outermost value of the text; in an envelope it begins with `/facts`.
    /// A step `-`, or the number of items, is the place behind the last item of a list. Where nothing stands, or
    /// `null`, objects and lists on the way are made.
    std::string pointer;
    std::optional<std::string> json;

    friend bool operator==(const FactEdit&, const FactEdit&) = default;
};

/// Why an edit cannot be made.
struct EditProblem {
    enum class Kind : std::uint8_t {
        not_json, // the text is none, or what an edit would put into it
        no_pointer, // nor a place below the outermost value
        holds_nothing, // what stands at `pointer` is neither an object nor a list, so nothing stands inside it
        no_such_item, // the list at `pointer` is shorter
    };

    Kind kind = Kind::not_json;
    std::size_t edit = 0; // which of them
    std::string pointer; // of what is in the way
};

/// Makes the edits, one after the other: each sees what those before it made. To take out what is not there
/// changes nothing. Of equal keys, which no facts may have, the first is edited. Takes time in proportion to
/// the text, which is read once, and to what the edits put in.
[[nodiscard]] std::variant<std::string, EditProblem> edit_json(std::string_view json,
                                                               std::span<const FactEdit> edits);

/// Whether something stands at a pointer, other than `null`.
[[nodiscard]] bool stands_in(std::string_view json, const std::string& pointer);

/// A text as JSON, in quotes and with its escapes.
[[nodiscard]] std::string json_text(std::string_view text);

} // namespace rung
