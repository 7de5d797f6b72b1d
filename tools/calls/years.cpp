// The verbs for the year of a program: its versions, and what differs between them.
#include "tools/calls/call.hpp"

namespace rung::tools {

namespace {

void describe_next(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::years, "next",
                          "Begin next year's rule file and its tests from this year's");
    add_argument(verb, "FILE", call.next.file, "rule file of this year", "FILE")->required();
    verb.add_option("--version", call.next.version, "the version to begin: 2024")
        ->required()
        ->type_name("VERSION");
    verb.add_option("--from", call.next.from, "its first day; else a year after the old one's")
        ->type_name("DATE");
    verb.add_option("--output", call.next.output, "the file to write; else VERSION.rung beside it")
        ->type_name("FILE");
    add_format(verb, call);
    add_reading(verb, call);
    verb.examples = {"rung next rules/twilio-technology-2023/2023.rung --version 2024"};
    verb.notes = {"Dates are moved and told, citations are marked `to check`. Nothing is "
                  "overwritten."};
    verb.run = [&call](const Console& console) {
        return next(call.next, call.in_language(call.question), console);
    };
}

void describe_versions(CLI::App& app, Call& call) {
    Verb& verb =
        add_verb(app, group::years, "versions", "The versions of a program, and which is in force");
    add_argument(verb, "FOLDER", call.question.rules, "folder of versions, or a rule file",
                 "FILE|FOLDER")
        ->required();
    verb.add_option("--on", call.question.on, "say which is in force on this date, or `today`")
        ->type_name("DATE");
    add_page(verb, call);
    verb.examples = {"rung versions rules/hubspot-solutions --on 2017-06-30"};
    verb.notes = {"Exit code 1 says that there are days without a version, or none on the date."};
    verb.run = [&call](const Console& console) { return versions(call.on_page(), console); };
}

void describe_diff(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::years, "diff",
                          "What two versions of the rules say differently, by meaning");
    add_argument(verb, "OLD", call.before.rules, "rule file", "FILE")->required();
    add_argument(verb, "NEW", call.question.rules, "rule file", "FILE")->required();
    verb.add_flag("--detailed-exitcode", call.detailed,
                  "exit 1 where they differ; without it, 0 either way");
    add_page(verb, call);
    verb.examples = {"rung diff rules/acme/2023.rung rules/acme/2024.rung"};
    verb.notes = {"Text that was moved, laid out anew or commented is no difference."};
    verb.run = [&call](const Console& console) {
        return diff(call.before.rules, call.question.rules, call.detailed, call.on_page(), console);
    };
}

int run_impact(const Call& call, const Console& console) {
    ImpactCall asked = call.impact;
    asked.list = call.list;
    return impact(asked, call.on_page(), console);
}

void describe_impact(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::years, "impact",
                          "Whom a new version of the rules moves, and by which edit");
    add_argument(verb, "OLD", call.impact.old, "rule file", "FILE")->required();
    add_argument(verb, "NEW", call.question.rules, "rule file", "FILE")->required();
    add_argument(verb, "PARTNERS", call.question.facts,
                 "the list: NDJSON, CSV, or a JSON list; - is standard input", "FILE")
        ->required();
    add_occasion(verb, call);
    add_list(verb, call);
    verb.add_flag("--strict", call.question.strict,
                  "a key that neither version declares is an error")
        ->group(group::lists);
    verb.add_option("--movers", call.impact.movers, "write all that move, as CSV")
        ->type_name("FILE")
        ->group(group::answer);
    verb.add_option_function<std::string>(
            "--near",
            [&call](std::string percent) {
                if (percent.ends_with('%')) {
                    percent.pop_back();
                }
                call.impact.near_percent = std::move(percent);
            },
            "name who is short of the next tier by so much of a figure: 10%")
        ->type_name("PERCENT");
    verb.add_option("--sweep", call.impact.sweep,
                    "try a threshold with other values: stories@silver=1..5")
        ->type_name("RANGE");
    verb.add_flag("--all", call.question.all, "name all that move, not ten; and the hashes")
        ->group(group::answer);
    add_output(verb, call);
    add_page(verb, call);
    verb.examples = {"rung impact rules/acme/2023.rung rules/acme/2024.rung partners.ndjson \\\n"
                     "  --on 2024-02-15 --format html --output impact.html --movers movers.csv",
                     "rung impact rules/acme/2023.rung rules/acme/2024.rung partners.csv \\\n"
                     "  --near 10% --sweep 'revenue@gold=$1M..$5M by $1M'"};
    verb.notes = {"Both versions judge every partner on the same facts, day and review.",
                  "Exit code 1 says that partners could not be judged; 130, behind a partial "
                  "result, that it was interrupted."};
    verb.run = [&call](const Console& console) { return run_impact(call, console); };
}

void describe_guide(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::years, "guide",
                          "The program guide, made from the rules: tables, words, changes");
    add_version_of(verb, call);
    verb.add_option("--since", call.since,
                    "say what changed since this rule file; else since the version before")
        ->type_name("FILE");
    add_page(verb, call);
    verb.examples = {"rung guide rules/odoo-partners",
                     "rung guide rules/odoo-partners --format html > guide.html"};
    verb.notes = {"The page prints well on A4: print it, or save it as PDF."};
    verb.run = [&call](const Console& console) {
        return guide(call.on_page(), call.since, console);
    };
}

int run_watch(const Call& call, const Console& console) {
    WatchCall asked = call.watch;
    asked.list = call.list;
    return watch(asked, call.in_language(call.question), console);
}

void describe_watch(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::years, "watch",
                          "Check and test rules at every save, and count whom the edit moves");
    add_argument(verb, "FOLDER", call.watch.path, "folder of rules, or a rule file", "FILE|FOLDER")
        ->required();
    verb.add_option("--partners", call.watch.partners,
                    "a list of partners: say how many of them the edit moves")
        ->type_name("FILE");
    verb.add_option("--against", call.watch.against,
                    "hold edits against this rule file; else against how they were at the start")
        ->type_name("FILE");
    add_occasion(verb, call);
    add_list(verb, call);
    add_reading(verb, call);
    verb.examples = {"rung watch rules/acme --partners partners.ndjson",
                     "rung watch rules/acme/2024.rung --against rules/acme/2023.rung \\\n"
                     "  --partners partners.csv"};
    verb.notes = {
        "A finding or a failing test is told once; later looks count it `as before`, and say when "
        "it is gone. "
        "Findings themselves are in English, whatever --lang says.",
        "Ctrl-C ends it; the exit code is then that of the last look. In the background of a "
        "script (`&`) it hears no Ctrl-C: `kill` ends it there."};
    verb.run = [&call](const Console& console) { return run_watch(call, console); };
}

} // namespace

void describe_years(CLI::App& app, Call& call) {
    describe_next(app, call);
    describe_versions(app, call);
    describe_diff(app, call);
    describe_impact(app, call);
    describe_guide(app, call);
    describe_watch(app, call);
}

} // namespace rung::tools
