#include "tools/usage.hpp"

#include "grammar/diagnostic.hpp"

#include <algorithm>

namespace rung::tools {

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known, const std::string& otherwise) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    const std::string_view close = nearest(word, views);
    return close.empty() ? otherwise : "did you mean `" + std::string(close) + "`?";
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

Refusal unknown_verb(const CLI::App& app, const std::vector<std::string>& words) {
    const std::vector<std::string> verbs = verbs_of(app);
    const auto word = std::find_if(words.begin(), words.end(), [](const std::string& w) { return !w.starts_with('-'); });
    if (word == words.end()) {
        return {"usage", "rung needs a verb", "the verbs are " + joined(verbs) + "; `rung --help` describes them"};
    }
    return {"usage", "`" + *word + "` is not a verb of rung", suggestion(*word, verbs, "the verbs are " + joined(verbs))};
}

Refusal unexpected(const CLI::App& verb, const std::string& help) {
    for (const std::string& word : verb.remaining()) {
        if (word.starts_with("--")) {
            const std::string name = word.substr(0, word.find('='));
            return {"usage", "`rung " + verb.get_name() + "` has no option `" + name + "`", suggestion(name, options_of(verb), help)};
        }
    }
    const std::vector<std::string> words = verb.remaining();
    return {"usage", "`" + (words.empty() ? "" : words.front()) + "` is one word too many", help};
}

} // namespace

Refusal usage_refusal(const CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& words) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    if (chosen.empty()) {
        return unknown_verb(app, words);
    }
    const CLI::App& verb = *chosen.front();
    const std::string help = "`rung " + verb.get_name() + " --help` describes it";
    const auto kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
    if (kind == CLI::ExitCodes::ExtrasError) {
        return unexpected(verb, help);
    }
    if (kind == CLI::ExitCodes::RequiredError) {
        const std::string missing = std::string(error.what()).substr(0, std::string(error.what()).find(' '));
        return {"usage", "`rung " + verb.get_name() + "` needs " + missing, help};
    }
    if (kind == CLI::ExitCodes::ValidationError) {
        return {"usage", "`--format` is `text` or `json`", help};
    }
    return {"usage", error.what(), help};
}

} // namespace rung::tools
