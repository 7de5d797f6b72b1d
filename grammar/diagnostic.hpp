// What went wrong, as data: a code, a place, and typed arguments.
//
// A stage that finds a fault says which one and where; it never writes a sentence. All sentences stand
// in messages.def and are put together in diagnostic.cpp, so that wording is reviewed in one place and
// can be translated. The form is Luau's (one place words every error), the checks are Carbon's (every
// code appears in a test or the build fails).
#pragma once

#include "grammar/source.hpp"

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rung {

enum class Severity : std::uint8_t { error, warning };

enum class Code : std::uint16_t {
#define RUNG_MESSAGE(code, name, severity, text, help) code,
#define RUNG_NOTE(code, text)
#include "grammar/messages.def"
#undef RUNG_MESSAGE
#undef RUNG_NOTE
};

/// What a second place in a message says.
enum class NoteCode : std::uint16_t {
#define RUNG_MESSAGE(code, name, severity, text, help)
#define RUNG_NOTE(code, text) code,
#include "grammar/messages.def"
#undef RUNG_MESSAGE
#undef RUNG_NOTE
};

/// A value for a placeholder `{name}` of the wording. `name` is a literal.
struct Argument {
    std::string_view name;
    std::string value;
};

struct Note {
    NoteCode code;
    Span where;
    std::vector<Argument> arguments;
};

/// A fault in one source, which the holder of the fault knows.
struct Fault {
    Code code;
    Span where;
    std::vector<Argument> arguments;
    std::vector<Note> notes;
    /// For facts: the JSON Pointer of the value, when there is one.
    std::string pointer;
};

using Faults = std::vector<Fault>;

[[nodiscard]] Severity severity_of(Code code);
[[nodiscard]] std::string_view name_of(Code code);
[[nodiscard]] std::string text_of(const Fault& fault);
[[nodiscard]] std::string text_of(const Note& note);
/// Empty where the message says all there is to say.
[[nodiscard]] std::string help_of(const Fault& fault);
[[nodiscard]] bool has_errors(const Faults& faults);
[[nodiscard]] std::span<const std::string_view> code_names();

/// At most this many faults are kept for one file: the first ones are mended first, and a file of
/// nonsense must not print a book.
inline constexpr std::size_t max_faults = 100;

/// Says that a text has `count` faults more than are kept; `tidy` adds up such faults.
[[nodiscard]] Fault more_faults(std::size_t count, Span first);

/// In the order of the text; a second fault at the same place and of the same severity is dropped,
/// since it is nearly always a consequence of the first. Of more than `max_faults` the first ones are
/// kept, errors before warnings, and one fault more says how many there are beyond.
void tidy(Faults& faults);

/// The candidate nearest to `word`, or empty when none is near enough to be meant. Distance is
/// optimal string alignment (Damerau 1964, without editing a pair twice): a transposition is one slip.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> candidates);

} // namespace rung
