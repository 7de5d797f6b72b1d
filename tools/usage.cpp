#include "tools/usage.hpp"

#include "grammar/diagnostic.hpp"

#include <algorithm>
#include <optional>

namespace rung::tools {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

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

Fault unknown_verb(const CLI::App& app, const std::vector<std::string>& words) {
    const std::vector<std::string> verbs = verbs_of(app);
    const auto word = std::find_if(words.begin(), words.end(),
                                   [](const std::string& w) { return !w.starts_with('-'); });
    if (word == words.end()) {
        return fault(Code::no_verb, {{"known", joined(verbs)}});
    }
    Fault unknown = fault(Code::unknown_verb, {{"found", *word}, {"known", joined(verbs)}});
    suggest(unknown, *word, verbs);
    return unknown;
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

/// An option without its value, or with two: CLI11 says of the second how many it received.
Fault mismatch(const CLI::App& verb, const std::string& what) {
    const std::string option = what.substr(0, what.find(':'));
    if (what.find("received") != std::string::npos) {
        return fault(Code::given_twice, {{"name", option}});
    }
    return fault(Code::word_missing,
                 {{"verb", verb.get_name()}, {"missing", "a value for `" + option + "`"}});
}

} // namespace

Fault usage_fault(const CLI::App& app, const CLI::ParseError& error,
                  const std::vector<std::string>& words) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    if (chosen.empty()) {
        return unknown_verb(app, words);
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
        return fault(Code::unknown_format, {});
    default:
        return fault(Code::word_too_many, {{"verb", verb.get_name()}, {"found", what}});
    }
}

} // namespace rung::tools
