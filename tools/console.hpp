// The terminal: data on standard output, messages on standard error, colour only where a person reads.
#pragma once

#include "tools/files.hpp"

#include <rung/diagnostics.hpp>
#include <rung/outcome.hpp>

#include <string>

namespace rung::tools {

enum class Format : std::uint8_t { text, json };

/// The exit codes of every verb.
enum ExitCode : int { clean = 0, findings = 1, invalid = 2, internal = 3, interrupted = 130 };

struct OutputLost;

class Console {
public:
    explicit Console(Format format) : format_(format) {}

    [[nodiscard]] Format format() const { return format_; }
    /// How text for standard output looks here.
    [[nodiscard]] static TextOptions out_style();
    static void out(const std::string& text);
    /// A word beside the answer, on standard error.
    static void note(const std::string& text);
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
    /// The code of the first message on standard error.
    mutable std::string said_;
};

} // namespace rung::tools
