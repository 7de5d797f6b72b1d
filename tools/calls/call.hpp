// One call of the command: what its words set, and the verbs that they are described for.
//
// A new verb: a function in the file of its subject, which describes it and says what runs; a line in that file's
// `describe_…`. Help, man pages and completions are made of that (tools/manual.hpp).
#pragma once

#include "tools/verbs.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace rung::tools {

/// What the words of a call set; each verb reads its part.
struct Call {
    Question question;
    Question before; // of `blame` and `diff`
    Supposed supposed;
    ListCall list;
    std::optional<std::string> receipt;
    TestCall test;
    PlanCall plan;
    NextCall next;
    ImpactCall impact;
    WatchCall watch;
    std::optional<std::string> since; // of `guide`
    std::vector<std::string> paths;
    std::string target;
    std::string until;
    std::optional<std::string> code;
    std::optional<std::string> man_folder;
    std::string format = "text";
    std::string language = "en"; // as given
    std::optional<std::string> width; // as given
    bool is_quiet = false;
    bool only_look = false;
    bool detailed = false;
    bool schema = false;
    bool template_record = false;

    /// The question with the language and the width of its answer.
    [[nodiscard]] Question in_language(Question asked) const;
    /// The question of a verb that answers on pages too.
    [[nodiscard]] Question on_page() const;
    [[nodiscard]] Console console() const;
};

/// What CLI11 knows of a verb, and beside that what is shown of it and what it does.
class Verb : public CLI::App {
public:
    Verb(std::string name, std::string about) : CLI::App(std::move(about), std::move(name)) {
        set_help_flag("-h,--help", "this description");
    }

    std::vector<std::string> examples; // calls; a line that ends in ` \` goes on in the next one
    std::vector<std::string> notes; // sentences, a paragraph each
    std::function<int(const Console&)> run; // may throw Refusal
};

/// Subjects of verbs, and of options, in the words of `--help`.
namespace group {
inline constexpr const char* partners = "Ask about a partner";
inline constexpr const char* rules = "Write rules";
inline constexpr const char* years = "A new year";
inline constexpr const char* tools = "Beside them";

inline constexpr const char* circumstances = "Rules and review";
inline constexpr const char* lists = "Lists of partners";
inline constexpr const char* answer = "The answer";
} // namespace group

/// `group` is one of the subjects of verbs.
Verb& add_verb(CLI::App& app, const char* group, const char* name, const char* about);

/// A word by its place. `kind`: FILE, FOLDER, FILE|FOLDER, or empty for any other word.
template <typename T>
CLI::Option* add_argument(Verb& verb, const char* name, T& value, const char* about,
                          const char* kind = "") {
    return verb.add_option(name, value, about)->type_name(kind);
}
/// Names of rules are in small letters, so `Gold` is `gold`.
CLI::Option* takes_name(CLI::Option* option);
/// The words that an option takes, of which completions and help tell; whoever reads the option refuses others.
CLI::Option* takes(CLI::Option* option, const std::vector<std::string>& words);

/// What every verb takes: `--json` where there are formats, `--quiet`, `--color`.
void add_manners(Verb& verb, Call& call);
void add_format(Verb& verb, Call& call);
/// In which language and how wide an answer is read.
void add_reading(Verb& verb, Call& call);
/// Of a verb whose answers a partner or a manager may be sent.
void add_page(Verb& verb, Call& call);
/// For whom; the option is returned.
CLI::Option* add_edition(Verb& verb, Call& call);
/// Of a verb that tells an outcome as a whole.
void add_all(Verb& verb, Call& call);
/// How the partners of a list are read.
void add_list(Verb& verb, Call& call);
/// A file for the answer.
void add_output(Verb& verb, Call& call);
/// Beside which rules, on which day and at which review; the option of the rules is returned.
CLI::Option* add_circumstances(Verb& verb, Call& call, const char* on_names = "--on");
/// Rules of one version: of a folder that of a day or a name, or else the latest.
void add_version_of(Verb& verb, Call& call);
/// On which day and at which review a list of partners is judged; else as their facts say.
void add_occasion(Verb& verb, Call& call);
/// A partner's facts, with all that an answer about them needs.
void add_question(Verb& verb, Call& call);

// The verbs by their subjects. All of them keep references to `call`.
void describe_partners(CLI::App& app, Call& call);
void describe_rules(CLI::App& app, Call& call);
void describe_years(CLI::App& app, Call& call);
void describe_tools(CLI::App& app, Call& call);

/// The whole command.
void describe(CLI::App& app, Call& call);

} // namespace rung::tools
