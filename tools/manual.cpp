#include "tools/manual.hpp"

#include "interpreter/text.hpp"
#include "tools/calls/call.hpp"

#include <algorithm>

namespace rung::tools {

namespace {

// ---- read off CLI11 ------------------------------------------------------------------------------

/// CLI11 tells the name of a value and what checks it in one: "FORMAT:{text,json}".
std::string value_name(const std::string& type) { return type.substr(0, type.find(':')); }

std::vector<std::string> words_in(const std::string& type) {
    std::vector<std::string> words;
    const std::size_t open = type.find('{');
    if (open == std::string::npos) {
        return words;
    }
    const std::string inside = type.substr(open + 1, type.rfind('}') - open - 1);
    for (std::size_t at = 0; at <= inside.size();) {
        const std::size_t end = std::min(inside.find(',', at), inside.size());
        words.push_back(inside.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

/// Of "N:INT in [1 - 50]".
std::optional<std::pair<std::string, std::string>> bounds_in(const std::string& type) {
    const std::size_t open = type.find('[');
    const std::size_t between = type.find(" - ");
    if (open == std::string::npos || between == std::string::npos) {
        return std::nullopt;
    }
    const std::size_t behind = between + 3;
    return std::pair(type.substr(open + 1, between - open - 1),
                     type.substr(behind, type.rfind(']') - behind));
}

Chapter& chapter_of(std::vector<Chapter>& chapters, const std::string& title) {
    const auto known = std::find_if(chapters.begin(), chapters.end(),
                                    [&](const Chapter& chapter) { return chapter.title == title; });
    return known != chapters.end() ? *known : chapters.emplace_back(Chapter{title, {}});
}

/// The verb's own options first, then the common subjects in one order.
void put_in_order(std::vector<Chapter>& chapters) {
    const auto rank = [](const Chapter& chapter) {
        return chapter.title == group::answer          ? 3
               : chapter.title == group::lists         ? 2
               : chapter.title == group::circumstances ? 1
                                                       : 0;
    };
    std::stable_sort(
        chapters.begin(), chapters.end(),
        [&](const Chapter& one, const Chapter& other) { return rank(one) < rank(other); });
}

VerbPage page_of(const Verb& verb) {
    VerbPage page{verb.get_name(), verb.get_description(), verb.get_group(), {}, {}, verb.examples,
                  verb.notes};
    for (const CLI::Option* option : verb.get_options()) {
        if (option->get_positional()) {
            page.arguments.push_back(entry_of(*option));
        } else if (option != verb.get_help_ptr()) {
            chapter_of(page.chapters, option->get_group()).options.push_back(entry_of(*option));
        }
    }
    put_in_order(page.chapters);
    if (!page.chapters.empty()) {
        page.chapters.back().options.push_back(entry_of(*verb.get_help_ptr()));
    }
    return page;
}

// ---- help ----------------------------------------------------------------------------------------

constexpr int option_column = 26; // where descriptions begin
constexpr int verb_column = 18;

std::string blanks(int count) { return std::string(static_cast<std::size_t>(count), ' '); }

std::string heading(const std::string& title, const TextOptions& style) {
    return "\n" + Paint{style.colour}.strong(title) + "\n";
}

/// A term, and what is said of it beside it, or below it where it is long.
std::string line_of(const std::string& term, const std::string& about, const TextOptions& style,
                    int column = option_column) {
    const int used = columns(term) + 2;
    const bool fits = used + 2 <= column;
    return "  " + term + (fits ? blanks(column - used) : "\n" + blanks(column)) +
           wrapped(about, style.width, column, column) + "\n";
}

std::string term_of(const Entry& entry) {
    std::string term;
    for (const std::string& name : entry.names) {
        term += (term.empty() ? "" : ", ") + name;
    }
    return entry.has_value() ? term + " " + entry.value : term;
}

std::string lines_of(const std::vector<Entry>& entries, const TextOptions& style) {
    std::string text;
    for (const Entry& entry : entries) {
        text += line_of(term_of(entry), entry.told(), style);
    }
    return text;
}

/// A call, whose further lines are indented with it.
std::string indented(const std::string& call) {
    std::string text = "  ";
    for (const char character : call) {
        text += character;
        text += character == '\n' ? "  " : "";
    }
    return text + "\n";
}

std::string usage_word(const Entry& entry) {
    const std::string word = entry.value + (entry.is_repeated ? "..." : "");
    return entry.is_required ? word : "[" + word + "]";
}

} // namespace

std::string Entry::told() const {
    return about + (is_option() && is_required ? " (required)" : "") +
           (has_value() && is_repeated ? " (again for each)" : "");
}

Entry entry_of(const CLI::Option& option) {
    Entry entry;
    if (option.get_positional()) {
        entry.names = {option.get_name(true)};
    } else {
        for (const std::string& name : option.get_snames()) {
            entry.names.push_back("-" + name);
        }
        for (const std::string& name : option.get_lnames()) {
            entry.names.push_back("--" + name);
        }
    }
    const std::string type = option.get_type_name();
    entry.value = option.get_positional() ? option.get_name(true) : value_name(type);
    entry.words = words_in(type);
    entry.bounds = bounds_in(type);
    const std::string kind = value_name(type);
    const bool is_flag = !option.get_positional() && option.get_items_expected_max() == 0;
    entry.takes =
        is_flag                ? Entry::Takes::nothing
        : !entry.words.empty() ? Entry::Takes::words
        : kind.find("FILE") != std::string::npos || kind.find("FOLDER") != std::string::npos
            ? Entry::Takes::file
            : Entry::Takes::anything;
    entry.about = option.get_description();
    entry.is_required = option.get_required();
    entry.is_repeated = option.get_expected_max() > 1;
    return entry;
}

Manual manual_of(const CLI::App& app) {
    Manual manual;
    manual.about = app.get_description();
    for (const CLI::Option* option : app.get_options()) {
        manual.options.push_back(entry_of(*option));
    }
    for (const CLI::App* verb : app.get_subcommands({})) {
        manual.verbs.push_back(page_of(static_cast<const Verb&>(*verb)));
    }
    return manual;
}

std::string usage_of(const VerbPage& verb) {
    std::string usage = "rung " + verb.name;
    for (const Entry& argument : verb.arguments) {
        usage += " " + usage_word(argument);
    }
    for (const Chapter& chapter : verb.chapters) {
        for (const Entry& option : chapter.options) {
            usage += option.is_required ? " " + option.names.front() + " " + option.value : "";
        }
    }
    return usage + " [options]";
}

const std::vector<Common>& common_to_all() {
    static const std::vector<Common> all = {
        {"Exit codes",
         {{"0", "clean"},
          {"1", "findings: warnings, failed tests, a partner who does not have what was asked for"},
          {"2", "invalid rules, facts or usage"},
          {"3", "a fault of Rung's own, or an output that could not be written to its end"}}},
        {"Environment",
         {{"NO_COLOR", "no colours, if it is not empty"},
          {"CLICOLOR_FORCE", "colours also where no terminal reads, if it is neither empty nor 0"},
          {"COLUMNS", "the width of text, 40 to 200, whoever reads it"}}}};
    return all;
}

std::string help_text(const Manual& manual, const TextOptions& style) {
    std::string text = manual.about + "\n\nUsage: rung VERB [words] [options]\n";
    std::string group;
    for (const VerbPage& verb : manual.verbs) {
        text += verb.group == group ? "" : heading(verb.group, style);
        group = verb.group;
        text += line_of(verb.name, verb.about, style, verb_column);
    }
    text += heading("Options", style) + lines_of(manual.options, style);
    for (const Common& common : common_to_all()) {
        text += heading(common.title, style);
        for (const auto& [term, about] : common.entries) {
            text += line_of(term, about, style, verb_column);
        }
    }
    return text + "\n`rung VERB --help` describes a verb, with examples.\n";
}

std::string help_text(const VerbPage& verb, const TextOptions& style) {
    std::string text = wrapped(verb.about, style.width, 0, 0) + "\n\n";
    text += "Usage: " + wrapped(usage_of(verb), style.width, 7, 9) + "\n";
    if (!verb.examples.empty()) {
        text += heading(verb.examples.size() == 1 ? "Example" : "Examples", style);
        for (const std::string& example : verb.examples) {
            text += indented(example);
        }
    }
    if (!verb.arguments.empty()) {
        text += heading("Words", style) + lines_of(verb.arguments, style);
    }
    for (const Chapter& chapter : verb.chapters) {
        text += heading(chapter.title, style) + lines_of(chapter.options, style);
    }
    for (const std::string& note : verb.notes) {
        text +=
            (&note == &verb.notes.front() ? "\n" : "") + wrapped(note, style.width, 0, 0) + "\n";
    }
    return text;
}

} // namespace rung::tools
