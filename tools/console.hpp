// The terminal: data on standard output, messages on standard error, colour only where a person reads.
#pragma once

#include "tools/files.hpp"

#include <rung/diagnostics.hpp>
#include <rung/outcome.hpp>

#include <string>

namespace rung::tools {

/// `sarif`: of findings alone, which whoever finds them writes. Why there is no answer is then said in words.
enum class Format : std::uint8_t { text, json, sarif };

/// When output has colours. `automatic`: where a terminal reads, as far as NO_COLOR and CLICOLOR_FORCE let it.
enum class Colour : std::uint8_t { automatic, always, never };

/// The exit codes of every verb.
enum ExitCode : int { clean = 0, findings = 1, invalid = 2, internal = 3, interrupted = 130 };

struct OutputLost;

class Console {
public:
    /// `is_quiet`: nothing beside the answer, but for errors.
    explicit Console(Format format, bool is_quiet = false) : format_(format), is_quiet_(is_quiet) {}

    /// Of all consoles: there is one terminal.
    static void use(Colour colour);

    [[nodiscard]] Format format() const { return format_; }
    [[nodiscard]] bool is_quiet() const { return is_quiet_; }
    /// How text for standard output looks here.
    [[nodiscard]] static TextOptions out_style();
    /// Lines of a text, none longer than `width`.
    [[nodiscard]] static std::string fitted(const std::string& text, int width);
    /// Throws OutputLost, as `finish` does.
    static void out(const std::string& text);
    /// What was told is on its way, or lost.
    static void finish();
    /// A word beside the answer, on standard output or on standard error.
    void summary(const std::string& text) const;
    void note(const std::string& text) const;
    /// Says why there is no answer: in words on standard error, or as JSON on standard output.
    void fail(const Diagnostics& diagnostics) const;
    void fail(const Refusal& refusal) const;
    /// Whoever closed a pipe knows, and is told nothing. Returns the exit code.
    int fail(const OutputLost& lost) const;
    /// Findings beside an answer, always on standard error.
    void warn(const Diagnostics& diagnostics) const;
    /// Where a person reads them, the last line behind all messages: how to learn more about a code.
    void hint() const;

private:
    void say(const Diagnostics& diagnostics) const;

    Format format_;
    bool is_quiet_;
    /// The code of the first message on standard error.
    mutable std::string said_;
};

} // namespace rung::tools
