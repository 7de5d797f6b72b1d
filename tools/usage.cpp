#include "tools/usage.hpp"

#include "grammar/diagnostic.hpp"
#include "interpreter/text.hpp"
#include "tools/manual.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace rung::tools {

namespace {

Fault fault(Code code, std::vector<Argument> arguments) {
    return {code, {}, std::move(arguments), {}, {}};
}

/// Adds what `word` probably meant, if something known is near it.
void suggest(Fault& fault, const std::string& word, const std::vector<std::string>& known) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    if (const std::string_view close = nearest(word, views); !close.empty()) {
        fault.arguments.push_back({"close", std::string(close)});
    }
}

std::vector<std::string> verbs_of(const CLI::App& app) {
    std::vector<std::string> verbs;
    for (const CLI::App* verb : app.get_subcommands({})) {
        verbs.push_back(verb->get_name());
    }
    return verbs;
}

std::vector<std::string> options_of(const CLI::App& verb) {
    std::vector<std::string> options;
    for (const CLI::Option* option : verb.get_options()) {
        for (const std::string& name : option->get_lnames()) {
            options.push_back("--" + name);
        }
    }
    return options;
}

Fault no_such_verb(const CLI::App& app, const std::vector<std::string>& words) {
    const auto word = std::find_if(words.begin(), words.end(),
                                   [](const std::string& w) { return !w.starts_with('-'); });
    const auto option = std::find_if(words.begin(), words.end(),
                                     [](const std::string& w) { return w.starts_with("--"); });
    if (word == words.end() && option != words.end()) {
        Fault unknown = fault(Code::unknown_option, {{"only", *option}});
        suggest(unknown, *option, options_of(app));
        return unknown;
    }
    return word == words.end() ? fault(Code::no_verb, {{"known", joined(verbs_of(app), ", ")}})
                               : unknown_verb(app, *word);
}

std::optional<Fault> unknown_option(const CLI::App& verb) {
    for (const std::string& word : verb.remaining()) {
        if (word.starts_with("--")) {
            const std::string name = word.substr(0, word.find('='));
            Fault unknown =
                fault(Code::unknown_option, {{"verb", verb.get_name()}, {"found", name}});
            suggest(unknown, name, options_of(verb));
            return unknown;
        }
    }
    return std::nullopt;
}

Fault unexpected(const CLI::App& verb) {
    if (const std::optional<Fault> option = unknown_option(verb)) {
        return *option;
    }
    const std::vector<std::string> words = verb.remaining();
    return fault(Code::word_too_many,
                 {{"verb", verb.get_name()}, {"found", words.empty() ? "" : words.front()}});
}

/// CLI11 begins with the name of the option.
std::string option_in(const std::string& what) { return what.substr(0, what.find(':')); }

Fault unknown_value(const CLI::App& verb, const std::string& what) {
    const std::string name = option_in(what);
    Fault unknown = fault(Code::unknown_value, {{"option", name}});
    const CLI::Option* const option = verb.get_option_no_throw(name);
    if (option == nullptr) {
        return unknown;
    }
    const std::string found = option->results().empty() ? "" : option->results().back();
    unknown.arguments.push_back({"found", found});
    const Entry entry = entry_of(*option);
    if (entry.bounds) {
        unknown.arguments.push_back({"least", entry.bounds->first});
        unknown.arguments.push_back({"most", entry.bounds->second});
    } else {
        suggest(unknown, found, entry.words);
        unknown.arguments.push_back({"known", joined(entry.words, ", ")});
    }
    return unknown;
}

/// An option without its value, or with two: CLI11 says of the second how many it received.
Fault mismatch(const CLI::App& verb, const std::string& what) {
    const std::string option = option_in(what);
    if (what.find("received") != std::string::npos) {
        return fault(Code::given_twice, {{"name", option}});
    }
    return fault(Code::word_missing,
                 {{"verb", verb.get_name()}, {"missing", "a value for `" + option + "`"}});
}

/// "--ways excludes --bound". Of `--json` and `--format`, both say the same.
Fault excluded(const CLI::App& verb, const std::string& what) {
    const bool is_format = what.find("--json") != std::string::npos;
    return is_format ? fault(Code::given_twice, {{"name", "--format"}})
                     : fault(Code::word_too_many, {{"verb", verb.get_name()},
                                                   {"found", what.substr(0, what.find(' '))}});
}

} // namespace

Fault unknown_verb(const CLI::App& app, const std::string& word) {
    const std::vector<std::string> verbs = verbs_of(app);
    Fault unknown = fault(Code::unknown_verb, {{"found", word}, {"known", joined(verbs, ", ")}});
    const std::size_t known = unknown.arguments.size();
    suggest(unknown, word, verbs); // `whynot` is `why-not`, though it begins with `why`
    const auto longer = std::find_if(verbs.begin(), verbs.end(), [&](const std::string& verb) {
        return word.starts_with(verb) || verb.starts_with(word); // `evaluate`, `out`
    });
    if (unknown.arguments.size() == known && longer != verbs.end()) {
        unknown.arguments.push_back({"close", *longer});
    }
    return unknown;
}

Fault usage_fault(const CLI::App& app, const CLI::ParseError& error,
                  const std::vector<std::string>& words) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    if (chosen.empty()) {
        return no_such_verb(app, words);
    }
    const CLI::App& verb = *chosen.front();
    const std::string what = error.what();
    switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::ExtrasError:
        return unexpected(verb);
    case CLI::ExitCodes::RequiredError:
        if (const std::optional<Fault> option = unknown_option(verb)) {
            return *option; // `--rule` for the `--rules` that is missing
        }
        return fault(Code::word_missing,
                     {{"verb", verb.get_name()}, {"missing", what.substr(0, what.find(' '))}});
    case CLI::ExitCodes::ArgumentMismatch:
        return mismatch(verb, what);
    case CLI::ExitCodes::ValidationError:
        return unknown_value(verb, what);
    case CLI::ExitCodes::ExcludesError:
        return excluded(verb, what);
    default:
        return fault(Code::word_too_many, {{"verb", verb.get_name()}, {"found", what}});
    }
}

namespace {

constexpr int least_width = 40;
constexpr int most_width = 200;

struct LanguageName {
    std::string_view name;
    Language language;
};

/// What people write for a tag.
constexpr std::array<LanguageName, 8> language_names{{
    {"english", Language::en},
    {"german", Language::de},
    {"deutsch", Language::de},
    {"spanish", Language::es},
    {"español", Language::es},
    {"castellano", Language::es},
    {"japanese", Language::ja},
    {"jp", Language::ja},
}};

/// "de" of "Deutsch" and of "DE-at"
std::optional<Language> probably_meant(std::string_view written) {
    std::string word(written.substr(0, written.find_first_of("-_.")));
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto named = std::find_if(language_names.begin(), language_names.end(),
                                    [&](const LanguageName& known) { return known.name == word; });
    return named == language_names.end() ? language_of(word) : std::optional(named->language);
}

} // namespace

Language language_named(const std::string& tag) {
    if (const std::optional<Language> language = language_of(tag)) {
        return *language;
    }
    std::vector<std::string> known;
    for (const Language language : all_languages) {
        known.emplace_back(tag_of(language));
    }
    Fault unknown = fault(Code::unknown_language, {{"found", tag}, {"known", joined(known, ", ")}});
    if (const std::optional<Language> meant = probably_meant(tag)) {
        unknown.arguments.push_back({"close", std::string(tag_of(*meant))});
    }
    throw Refusal{std::move(unknown)};
}

int width_of(const std::string& columns) {
    int width = 0;
    const char* const end = columns.data() + columns.size();
    const auto read = std::from_chars(columns.data(), end, width);
    if (read.ec != std::errc() || read.ptr != end || width < least_width || width > most_width) {
        refuse(Code::unknown_width, {{"found", columns},
                                     {"least", std::to_string(least_width)},
                                     {"most", std::to_string(most_width)}});
    }
    return width;
}

} // namespace rung::tools
