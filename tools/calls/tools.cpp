// The verbs for looking around.
#include "tools/calls/call.hpp"
#include "tools/help.hpp"

namespace rung::tools {

namespace {

void add_facts(Verb& verb, Call& call) {
    verb.add_option("--facts", call.question.facts,
                    "JSON file with a partner's facts; without one all are unknown")
        ->type_name("FILE")
        ->group(group::circumstances);
}

void add_along(Verb& verb, Call& call) {
    verb.add_option("--along", call.question.along,
                    "the path along which what differs by path is seen")
        ->type_name("PATH")
        ->group(group::circumstances);
}

/// The question of a verb whose facts may be left out.
Question beside(const Verb& verb, const Call& call) {
    Question asked = call.question;
    asked.without_facts = verb.count("--facts") == 0;
    return asked;
}

void describe_calc(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::tools, "calc", "What single expressions come to");
    add_argument(verb, "EXPRESSION", call.paths,
                 "expressions; none or - reads standard input, one a line");
    add_circumstances(verb, call);
    add_facts(verb, call);
    add_along(verb, call);
    add_format(verb, call);
    verb.examples = {"rung calc '$250K * 15%' 'trailing 12 months' --on 2024-02-29",
                     "rung calc 'count of stories where customer_facing' \\\n"
                     "  --rules rules/twilio-technology-2023 --facts acme.json"};
    verb.notes = {"An expression that begins with -- or a - and a letter comes behind --."};
    verb.run = [&call, &verb](const Console& console) {
        return calc(call.paths, beside(verb, call), console);
    };
}

void describe_repl(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::tools, "repl", "Try expressions on a partner, line by line");
    add_circumstances(verb, call)->required();
    add_facts(verb, call);
    add_along(verb, call);
    verb.examples = {"rung repl --rules rules/twilio-technology-2023 --facts acme.json"};
    verb.notes = {"`:help` lists what can be asked there."};
    verb.run = [&call, &verb](const Console& console) { return repl(beside(verb, call), console); };
}

void describe_help(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::tools, "help", "How verbs are called, with examples");
    std::vector<std::string> verbs;
    for (const CLI::App* known : app.get_subcommands({})) {
        verbs.push_back(known->get_name());
    }
    takes(add_argument(verb, "VERB", call.target, "one of them; without it, all are listed"),
          verbs);
    verb.add_option("--man", call.man_folder, "write pages for `man` to this folder instead")
        ->type_name("FOLDER");
    verb.examples = {"rung help eval", "rung help --man ~/.local/share/man/man1"};
    verb.run = [&app, &call](const Console& console) {
        return call.man_folder ? write_man_pages(app, *call.man_folder, console)
                               : help(app, call.target);
    };
}

void describe_completions(CLI::App& app, Call& call) {
    Verb& verb =
        add_verb(app, group::tools, "completions", "What a shell reads to complete calls of rung");
    add_argument(verb, "SHELL", call.target, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    verb.add_option("--output", call.list.output, "write them to a file")->type_name("FILE");
    verb.examples = {"source <(rung completions bash)", "source <(rung completions zsh)",
                     "rung completions fish | source"};
    verb.notes = {"An installed Rung brings them along: no call is needed then."};
    verb.run = [&app, &call](const Console&) {
        return completions(app, call.target, call.list.output);
    };
}

} // namespace

void describe_tools(CLI::App& app, Call& call) {
    describe_calc(app, call);
    describe_repl(app, call);
    describe_completions(app, call);
    describe_help(app, call); // last: it knows all others
}

} // namespace rung::tools
