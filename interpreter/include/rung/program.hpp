// A rule file, parsed and checked; and a folder of versions of one program.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/language.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rung {

struct Model;
class FactForm;

/// One version of a program. Immutable; copies share it, and any number of threads may use it at once.
class RUNG_API Program {
public:
    /// Parses and checks a rule file. `name` is what messages call it, usually its path. Takes UTF-8;
    /// reads no files. Without a value, `diagnostics` says why, every fault of the file in one run.
    static Result<Program> parse(std::string name, std::string text);

    [[nodiscard]] const std::string& file() const;
    [[nodiscard]] const std::string& id() const;
    [[nodiscard]] const std::string& label() const;
    [[nodiscard]] const std::string& version() const;
    /// Dates are ISO 8601 texts; without `effective_through` the version lasts until the next one begins.
    [[nodiscard]] std::string effective_from() const;
    [[nodiscard]] std::optional<std::string> effective_through() const;
    /// The ids of the ladders, in the order of the file; a sole one may have an empty id. Empty for a program
    /// that only measures.
    [[nodiscard]] std::vector<std::string> ladders() const;
    /// The ids of a ladder's tiers, the floor first; empty where there is no such ladder.
    [[nodiscard]] std::vector<std::string> tiers(std::size_t ladder = 0) const;
    [[nodiscard]] std::vector<std::string> reviews() const;
    [[nodiscard]] std::vector<std::string> benefits() const;
    [[nodiscard]] std::vector<std::string> requirements() const;
    /// Whether an evaluation needs a date, a review.
    [[nodiscard]] bool needs_date() const;
    /// SHA-256 of the text, in lower-case hex.
    [[nodiscard]] const std::string& sha256() const;

    /// The same rules with their labels in a language, as far as the file has them (`labels de`); what it lacks
    /// stays in the file's own words. Nothing else differs: ids, meaning, `sha256`, and facts read for the one
    /// are good for the other. Made when the file was parsed, so this only shares it; thread-safe.
    [[nodiscard]] Program in(Language language) const;

    /// The checked program and the form of its facts, for the rest of the library.
    [[nodiscard]] const Model& model() const { return *model_; }
    [[nodiscard]] const FactForm& form() const { return *form_; }

private:
    /// The file's own first, then one for each language of labels.
    using Models = std::vector<Model>;
    Program(std::shared_ptr<const Models> models, std::shared_ptr<const FactForm> form);
    std::shared_ptr<const Models> models_;
    const Model* model_; // among them
    std::shared_ptr<const FactForm> form_;
};

/// The canonical layout of a rule file. Refuses a text with syntax faults, and never changes what a file means:
/// its output is parsed again and compared. `name` is what messages call the text.
RUNG_API Result<std::string> canonical(const std::string& name, const std::string& text);

/// A version that was chosen, and whether it is in force on the date it was chosen for.
struct Chosen {
    Program program;
    bool in_force = true;
};

/// The versions of one program. Immutable after `of`; safe to share across threads.
class RUNG_API Registry {
public:
    /// Takes versions in any order. Two of one program that are in force on the same day are an error, as
    /// are versions of different programs, two of one name, or different `input` keys.
    static Result<Registry> of(std::vector<Program> versions);

    /// By date: the version in force, or an error that says what is in force when. By name: that version,
    /// with `in_force` told from the date if there is one. With neither, a sole version; else an error.
    [[nodiscard]] Result<Chosen> choose(const std::optional<std::string>& on,
                                        const std::optional<std::string>& version) const;

    /// By the day from which they are in force.
    [[nodiscard]] const std::vector<Program>& versions() const { return versions_; }

private:
    std::vector<Program> versions_;
};

} // namespace rung
