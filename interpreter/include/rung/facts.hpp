// What is known of a partner, read for one program.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/program.hpp>

#include <memory>
#include <optional>
#include <string>

namespace rung {

struct FactSheet;

struct FactsOptions {
    bool strict = false; // a key that the rules do not declare is an error, not a warning
};

/// What a facts file says about its evaluation, before a version is chosen.
struct Stated {
    std::optional<std::string> on;
    std::optional<std::string> version;
    Diagnostics faults; // of the text and of its date, where they keep the date from being read
};

/// The facts of one partner, bound to a program. Immutable; copies share them; thread-safe.
class RUNG_API Facts {
public:
    /// Reads JSON: the facts alone, or the envelope `{"facts", "on", "review", "version", "held",
    /// "incomplete", "waivers"}`. `name` is what messages call the text. Reads no files.
    static Result<Facts> read(const Program& program, std::string name, std::string json,
                              FactsOptions options = {});

    /// The date and version that the text names, by the `input` keys of `program`; for choosing among
    /// versions of it. What else is wrong with the text depends on the version, and `read` says it.
    static Stated peek(const Program& program, const std::string& name, const std::string& json);

    [[nodiscard]] std::optional<std::string> on() const;
    [[nodiscard]] std::optional<std::string> review() const;
    [[nodiscard]] std::optional<std::string> version() const;
    [[nodiscard]] const std::string& sha256() const;

    /// The program they were read for. With another one their slots would mean other things, so it is
    /// refused, unless it was parsed from the same text.
    [[nodiscard]] const Program& program() const { return program_; }

    [[nodiscard]] const FactSheet& sheet() const { return *sheet_; }

private:
    friend class Tests; // which give facts of their own
    Facts(Program program, std::shared_ptr<const FactSheet> sheet, std::string sha256)
        : program_(std::move(program)), sheet_(std::move(sheet)), sha256_(std::move(sha256)) {}
    Program program_; // whose defaults the sheet points at
    std::shared_ptr<const FactSheet> sheet_;
    std::string sha256_;
};

} // namespace rung
