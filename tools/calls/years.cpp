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

} // namespace

void describe_years(CLI::App& app, Call& call) {
    describe_next(app, call);
    describe_versions(app, call);
    describe_diff(app, call);
}

} // namespace rung::tools
