// What the command says of itself: one description of its verbs, read off what CLI11 knows of them, and its views.
// Nothing is said of a verb anywhere else (tools/calls/).
#pragma once

#include <rung/outcome.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace rung::tools {

/// An option, or a word by its place.
struct Entry {
    enum class Takes : std::uint8_t { nothing, file, words, anything };

    std::vector<std::string> names; // "--review" and "--at"; of a word by its place its one name
    std::string value; // what the help calls the value: "DATE"
    Takes takes = Takes::nothing;
    std::vector<std::string> words; // that it takes
    std::optional<std::pair<std::string, std::string>> bounds; // of a number that it takes
    std::string about;
    bool is_required = false;
    bool is_repeated = false;

    [[nodiscard]] bool is_option() const { return names.front().starts_with('-'); }
    [[nodiscard]] bool has_value() const { return is_option() && takes != Takes::nothing; }
    /// What it is about, and of an option whether it has to be given, and may be given again.
    [[nodiscard]] std::string told() const;
};

struct Chapter {
    std::string title;
    std::vector<Entry> options;
};

struct VerbPage {
    std::string name;
    std::string about;
    std::string group;
    std::vector<Entry> arguments; // words by their places
    std::vector<Chapter> chapters;
    std::vector<std::string> examples;
    std::vector<std::string> notes;
};

struct Manual {
    std::string about;
    std::vector<Entry> options; // before the verb
    std::vector<VerbPage> verbs; // by group
};

[[nodiscard]] Entry entry_of(const CLI::Option& option);
[[nodiscard]] Manual manual_of(const CLI::App& app);

/// "rung eval FACTS --rules FILE|FOLDER [options]"
[[nodiscard]] std::string usage_of(const VerbPage& verb);

/// A title and a paragraph of what holds for every verb: exit codes, the environment.
struct Common {
    const char* title;
    std::vector<std::pair<std::string, std::string>> entries;
};
[[nodiscard]] const std::vector<Common>& common_to_all();

[[nodiscard]] std::string help_text(const Manual& manual, const TextOptions& style);
[[nodiscard]] std::string help_text(const VerbPage& verb, const TextOptions& style);

/// Pages for `man`, in the macros of man(7): rung(1) and rung-VERB(1).
[[nodiscard]] std::string man_page(const Manual& manual);
[[nodiscard]] std::string man_page(const VerbPage& verb);

/// What a shell reads to complete calls.
[[nodiscard]] std::string bash_completions(const Manual& manual);
[[nodiscard]] std::string zsh_completions(const Manual& manual);
[[nodiscard]] std::string fish_completions(const Manual& manual);

} // namespace rung::tools
