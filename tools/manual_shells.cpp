// What shells read to complete calls of `rung`: verbs, their options, the words that these take, and files.
#include "interpreter/text.hpp"
#include "tools/manual.hpp"

#include <fmt/format.h>

namespace rung::tools {

namespace {

using Takes = Entry::Takes;

/// In single quotes, as all three shells read them but for a quote inside.
std::string quoted(const std::string& text, const char* quote) {
    std::string out = "'";
    for (const char character : text) {
        out += character == '\'' ? std::string(quote) : std::string(1, character);
    }
    return out + "'";
}

constexpr const char* posix_quote = "'\\''";
constexpr const char* fish_quote = "\\'";

std::vector<Entry> options_of(const VerbPage& verb) {
    std::vector<Entry> options;
    for (const Chapter& chapter : verb.chapters) {
        options.insert(options.end(), chapter.options.begin(), chapter.options.end());
    }
    return options;
}

std::vector<std::string> names_of(const std::vector<Entry>& entries) {
    std::vector<std::string> names;
    for (const Entry& entry : entries) {
        names.insert(names.end(), entry.names.begin(), entry.names.end());
    }
    return names;
}

std::vector<std::string> verbs_of(const Manual& manual) {
    std::vector<std::string> names;
    for (const VerbPage& verb : manual.verbs) {
        names.push_back(verb.name);
    }
    return names;
}

// ---- bash ----------------------------------------------------------------------------------------

/// `<file>` and `<any>` are no words of any option.
std::string in_bash(const Entry& entry) {
    return entry.takes == Takes::file    ? "<file>"
           : entry.takes == Takes::words ? joined(entry.words, " ")
                                         : "<any>";
}

std::string bash_case(const std::string& pattern, const std::string& found) {
    return fmt::format("        {}) found={} ;;\n", pattern, quoted(found, posix_quote));
}

/// `explain:1`, and `check:*` for all words behind the verb.
std::string bash_arguments(const VerbPage& verb) {
    std::string cases;
    for (std::size_t i = 0; i < verb.arguments.size(); ++i) {
        const Entry& argument = verb.arguments[i];
        cases += bash_case(verb.name + ":" + (argument.is_repeated ? "*" : std::to_string(i + 1)),
                           in_bash(argument));
    }
    return cases;
}

std::string bash_values(const VerbPage& verb) {
    std::string cases;
    for (const Entry& option : options_of(verb)) {
        if (option.has_value()) {
            std::vector<std::string> patterns;
            for (const std::string& name : option.names) {
                patterns.push_back(verb.name + ":" + name);
            }
            cases += bash_case(joined(patterns, "|"), in_bash(option));
        }
    }
    return cases;
}

constexpr const char* bash_engine = R"(
_rung() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local verb='' place=1 skips='' found='' i word
    # `--format=json` is three words to bash
    if [[ $current == = ]]; then
        current=''
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; ++i)); do
        word=${COMP_WORDS[i]}
        if [[ $word == = ]]; then
            skips=yes
        elif [[ -n $skips ]]; then
            skips=''
        elif [[ -z $verb ]]; then
            [[ $word == -* ]] || verb=$word
        elif [[ $word == -?* ]]; then
            _rung_value "$verb:$word"
            [[ -z $found || ${COMP_WORDS[i + 1]} == = ]] || skips=yes
            found=''
        else
            ((++place))
        fi
    done
    COMPREPLY=()
    if [[ -z $verb ]]; then
        _rung_verbs "$current"
    else
        _rung_value "$verb:$before"
        if [[ -z $found && $current == -* ]]; then
            _rung_options "$verb"
        elif [[ -z $found ]]; then
            _rung_argument "$verb:$place"
        fi
    fi
    case $found in
        '<any>' | '') ;;
        '<file>')
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            ;;
        *) mapfile -t COMPREPLY < <(compgen -W "$found" -- "$current") ;;
    esac
}

complete -F _rung rung
)";

// ---- zsh -----------------------------------------------------------------------------------------

/// Inside a specification of `_arguments`, where colons and brackets part it.
std::string in_zsh(const std::string& text) {
    std::string out;
    for (const char character : text) {
        out += character == ':' || character == '[' || character == ']' || character == '\\'
                   ? "\\" + std::string(1, character)
                   : std::string(1, character);
    }
    return out;
}

std::string zsh_action(const Entry& entry) {
    return entry.takes == Takes::file    ? "_files"
           : entry.takes == Takes::words ? "(" + joined(entry.words, " ") + ")"
                                         : " ";
}

std::string zsh_option(const Entry& option, const std::string& name) {
    const std::string exclusive = option.is_repeated ? "*" : "(" + joined(option.names, " ") + ")";
    const std::string value =
        option.has_value() ? ":" + in_zsh(option.value) + ":" + zsh_action(option) : "";
    const char* const joins = option.has_value() && name.starts_with("--") ? "=" : "";
    return exclusive + name + joins + "[" + in_zsh(option.about) + "]" + value;
}

std::string zsh_arguments(const std::vector<Entry>& options, const std::vector<Entry>& arguments) {
    std::string text;
    for (const Entry& option : options) {
        for (const std::string& name : option.names) {
            text += " \\\n                " + quoted(zsh_option(option, name), posix_quote);
        }
    }
    for (const Entry& argument : arguments) {
        const std::string place = argument.is_repeated ? "*" : "";
        text +=
            " \\\n                " +
            quoted(place + ":" + in_zsh(argument.value) + ":" + zsh_action(argument), posix_quote);
    }
    return text;
}

// ---- fish ----------------------------------------------------------------------------------------

constexpr const char* fish_engine =
    R"(# Completions of rung for fish, made by `rung completions fish`.

# Whether the verb of the call is one of these; without any, whether there is none yet.
function __rung_verb_is
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if not string match -q -- '-*' $word
            contains -- $word $argv
            return
        end
    end
    test (count $argv) -eq 0
end

complete -c rung -f
)";

std::string fish_line(const std::string& condition, const std::string& what,
                      const std::string& about) {
    return fmt::format("complete -c rung -n '__rung_verb_is{}'{}{}\n", condition, what,
                       about.empty() ? "" : " -d " + quoted(about, fish_quote));
}

std::string fish_takes(const Entry& entry) {
    return entry.takes == Takes::file    ? " -r -F"
           : entry.takes == Takes::words ? " -x -a " + quoted(joined(entry.words, " "), fish_quote)
           : entry.takes == Takes::anything ? " -x"
                                            : "";
}

std::string fish_option(const std::string& condition, const Entry& option) {
    std::string names;
    for (const std::string& name : option.names) {
        names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    return fish_line(condition, names + (option.has_value() ? fish_takes(option) : ""),
                     option.about);
}

} // namespace

std::string bash_completions(const Manual& manual) {
    std::string values;
    std::string options;
    std::string arguments;
    for (const VerbPage& verb : manual.verbs) {
        values += bash_values(verb);
        options += bash_case(verb.name, joined(names_of(options_of(verb)), " "));
        arguments += bash_arguments(verb);
    }
    const std::string verbs = joined(verbs_of(manual), " ");
    const std::string before_verb = joined(names_of(manual.options), " ");
    const auto function = [](const char* name, const std::string& cases) {
        return fmt::format("\n{}() {{\n    case $1 in\n{}    esac\n}}\n", name, cases);
    };
    return "# Completions of rung for bash, made by `rung completions bash`.\n" +
           function("_rung_verbs", bash_case("-*", before_verb) + bash_case("*", verbs)) +
           function("_rung_options", options) + function("_rung_value", values) +
           function("_rung_argument", arguments) + bash_engine;
}

std::string zsh_completions(const Manual& manual) {
    std::string verbs;
    std::string cases;
    for (const VerbPage& verb : manual.verbs) {
        verbs += "                " +
                 quoted(in_zsh(verb.name) + ":" + in_zsh(verb.about), posix_quote) + "\n";
        cases += fmt::format("                {})\n            _arguments -S{}\n            ;;\n",
                             verb.name, zsh_arguments(options_of(verb), verb.arguments));
    }
    return fmt::format(R"(#compdef rung
# Completions of rung for zsh, made by `rung completions zsh`.

_rung() {{
    local curcontext="$curcontext" state line
    _arguments -C -S{} ':verb:->verb' '*::word:->words'
    case $state in
        verb)
            local -a verbs=(
{}            )
            _describe verb verbs
            ;;
        words)
            case $words[1] in
{}            esac
            ;;
    esac
}}

if [[ $funcstack[1] == _rung ]]; then
    _rung "$@"
else
    compdef _rung rung
fi
)",
                       zsh_arguments(manual.options, {}), verbs, cases);
}

std::string fish_completions(const Manual& manual) {
    std::string text = fish_engine;
    for (const Entry& option : manual.options) {
        text += fish_option("", option);
    }
    for (const VerbPage& verb : manual.verbs) {
        text += "\n" + fish_line("", " -a " + verb.name, verb.about);
        const std::string condition = " " + verb.name;
        for (const Entry& argument : verb.arguments) {
            if (argument.takes == Takes::file) {
                text += fish_line(condition, " -F", "");
            } else if (argument.takes == Takes::words) {
                text +=
                    fish_line(condition, " -a " + quoted(joined(argument.words, " "), fish_quote),
                              argument.value);
            }
        }
        for (const Entry& option : options_of(verb)) {
            text += fish_option(condition, option);
        }
    }
    return text;
}

} // namespace rung::tools
