// JSON text (RFC 8259) as a row of events, each with its exact place.
//
// Facts come from other people's exports, so a fault in them must point at the very characters, and
// a figure must come from its own digits: never through a binary fraction, never through the
// locale. nlohmann's SAX parser decides what is JSON and undoes escapes; a cursor over the text
// goes along with it and knows where each token stands. Only json_text.cpp sees nlohmann.
#pragma once

#include "grammar/diagnostic.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace rung {

/// Lists and objects deeper inside one another than this are refused: no facts need it, and what is
/// kept for each open one must not grow with hostile input.
inline constexpr std::size_t max_json_depth = 64;

/// A value, or the bracket that opens one.
struct JsonToken {
    enum class Kind : std::uint8_t { null, truth, number, text, object, list };

    Kind kind = Kind::null;
    Span where;
    bool truth = false;
    /// Of a text: what it says, escapes undone. Of a number: its characters. Lives as long as the
    /// call.
    std::string_view text;

    [[nodiscard]] bool opens() const { return kind == Kind::object || kind == Kind::list; }
};

/// Who listens. Each answers whether to go on.
class JsonEvents {
public:
    JsonEvents(const JsonEvents&) = delete;
    JsonEvents& operator=(const JsonEvents&) = delete;
    virtual ~JsonEvents() = default;

    virtual bool key(std::string_view key, Span where) = 0;
    virtual bool value(const JsonToken& token) = 0;
    /// What was opened last ends.
    virtual bool close() = 0;

protected:
    JsonEvents() = default;
};

/// Tells `events` of all of `json`, which may begin with a byte-order mark. A fault where it is no
/// JSON text; nothing when it was read to its end, or to where `events` did not want to go on.
[[nodiscard]] std::optional<Fault> read_json(const Source& json, JsonEvents& events);

/// Where a text stops being JSON: behind `cursor`, after what was read last.
struct JsonBreak {
    enum class After : std::uint8_t { nothing, opening, key, value };

    std::size_t cursor = 0;
    After after = After::nothing;
    std::span<const Span> open; // brackets, the outermost first
    Span last; // the token before `cursor`
};

/// What is wrong there, in words for the person who wrote or exported the text.
[[nodiscard]] Fault explain_json_break(std::string_view text, const JsonBreak& at);

/// A token of the text as a message shows it: on one line, and not too long.
[[nodiscard]] std::string shown(std::string_view text);
/// The same between quotes.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// A step of a JSON Pointer (RFC 6901), `~` and `/` escaped, behind a `/`.
void add_step(std::string& pointer, std::string_view step);

} // namespace rung
