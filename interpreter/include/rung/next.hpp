// Next year's file, begun from this year's: the same text with its dates moved and its citations marked.
#pragma once

#include <rung/export.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rung {

struct NextOptions {
    std::string version; // of the new file
    /// Its first day; else a year after that of the old file, or more where both are named by years, or behind the last
    /// one of a correction. A correction within the year (`2023.1`) needs it, and so does the year behind one that is in
    /// force `onwards`.
    std::optional<std::string> from;
};

/// A text that was made from another one, and what of it is otherwise.
struct MovedText {
    struct Moved {
        std::size_t line = 0; // of the old text
        std::string from; // as it was written
        std::string to; // empty: taken out
        /// It stands in an expression, so that it may be a day of every year or of that one alone; its line is marked.
        bool to_check = false;
    };
    struct Left {
        enum class Why : std::uint8_t {
            before,
            after,
            choice, // what came before it is treated otherwise than what came after, in every year
            words,
        };

        std::size_t line = 0;
        std::string text; // the date; of `words` the year that a text or comment names
        Why why = Why::words;
    };

    std::string text;
    std::vector<Moved> moved;
    std::vector<Left> left;
};

struct NextVersion {
    std::string label; // of the program
    std::string old_version;
    std::string version;
    std::string from; // first day in force
    std::optional<std::string> through; // the last one, where the rules name it
    /// What the old version must say of its days, where it now names a last one that the new version is in force on.
    std::optional<std::string> old_days; // `effective 2023-01-01 through 2023-06-30`
    int years = 1; // that dates are moved by: none for a correction
    MovedText rules;
    std::size_t citations = 0; // marked to be checked
};

/// Moves the version, its days in force and the dates of its first year; marks each citation `to check`, and keeps
/// comments and layout. Of a correction only version and first day move. Tests in the file are moved as `next_tests`
/// does. Without a value: the name is none, or the new version would not begin behind the old one. Pure; thread-safe.
[[nodiscard]] RUNG_API Result<NextVersion> next_version(const Program& program,
                                                        const NextOptions& options);

/// A file of tests with every date moved, so that what is tested stays as far from the day of the test as it was. A
/// test that takes its facts from a file keeps its dates, as the file does.
struct NextTests {
    MovedText tests;
    std::size_t dated_by_facts = 0; // tests that take their facts from a file
};

/// `name` is what messages call the text. Without a value: it has syntax faults.
[[nodiscard]] RUNG_API Result<NextTests> next_tests(const std::string& name,
                                                    const std::string& text, int years);

/// The files as the reader may name them: those that were written, and the one they were made from.
struct NextFiles {
    std::string old_rules;
    std::string rules;
    std::optional<std::string> tests;
};

/// What was moved, what was left and why, and the next steps. `tests`: of `files.tests`.
RUNG_API std::string to_text(const NextVersion& next, const std::optional<NextTests>& tests,
                             const NextFiles& files, const TextOptions& options = {});
/// The same as data: `{"format": 1, …, "files": {…}, "rules": {"moved": […], "left": […]}, "tests": …}`.
RUNG_API std::string to_json(const NextVersion& next, const std::optional<NextTests>& tests,
                             const NextFiles& files);

} // namespace rung
