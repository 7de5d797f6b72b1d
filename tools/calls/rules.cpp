// The verbs for whoever writes rules.
#include "tools/calls/call.hpp"

namespace rung::tools {

namespace {

void describe_check(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::rules, "check", "Check rule files, and folders of versions");
    add_argument(verb, "PATH", call.paths, "rule files or folders", "FILE|FOLDER")->required();
    verb.add_option("--format", call.format, "text, json, or sarif (2.1.0, for code scanning)")
        ->check(CLI::IsMember({"text", "json", "sarif"}))
        ->type_name("FORMAT")
        ->group(group::answer);
    verb.examples = {"rung check rules/twilio-technology-2023",
                     "rung check rules --format sarif > rung.sarif"};
    verb.notes = {"Exit code 1 says that there are warnings, 2 that there are errors. "
                  "`rung explain CODE` tells more of one."};
    verb.run = [&call](const Console& console) { return check(call.paths, console); };
}

void describe_fmt(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::rules, "fmt", "Lay out rule files in canonical form");
    add_argument(verb, "PATH", call.paths,
                 "rule files or folders; - reads standard input and writes standard output",
                 "FILE|FOLDER")
        ->required();
    verb.add_flag("--check", call.only_look,
                  "change nothing; exit 1 if a file is not in canonical form");
    add_format(verb, call);
    verb.examples = {"rung fmt rules/acme/2024.rung", "rung fmt --check rules"};
    verb.notes = {"What a file means never changes; a file with syntax faults is left alone."};
    verb.run = [&call](const Console& console) {
        return format(call.paths, call.only_look, console);
    };
}

void describe_test(CLI::App& app, Call& call) {
    Verb& verb =
        add_verb(app, group::rules, "test", "Run the tests of rule files and of *.test.rung files");
    add_argument(verb, "PATH", call.test.paths, "files or folders", "FILE|FOLDER")->required();
    verb.add_option("--filter", call.test.filter, "run the tests whose title holds this text")
        ->type_name("TEXT");
    verb.add_flag("--verbose", call.test.verbose, "name the tests that pass, too");
    verb.add_option("--junit", call.test.junit,
                    "write the results as JUnit XML, for a build server")
        ->type_name("FILE");
    verb.add_flag("--coverage", call.test.coverage,
                  "say which rows, benefits and conditions no test saw met, unmet or unknown");
    verb.add_option("--coverage-min", call.test.coverage_min,
                    "exit 1 where tests see less of the rules than this, in per cent")
        ->type_name("PERCENT");
    add_format(verb, call);
    verb.examples = {"rung test rules/twilio-technology-2023",
                     "rung test rules --coverage --coverage-min 80",
                     "rung test rules --junit tests.xml"};
    verb.notes = {"Exit code 1 says that a test failed, or that tests see too little."};
    verb.run = [&call](const Console& console) { return test(call.test, console); };
}

FactsView view_of(const Call& call) {
    if (call.schema && call.template_record) {
        refuse(Code::word_too_many, {{"verb", "facts"}, {"found", "--template"}});
    }
    return call.schema            ? FactsView::schema
           : call.template_record ? FactsView::template_record
                                  : FactsView::list;
}

void describe_facts(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::rules, "facts",
                          "What rules need to know: a list, a schema, a template");
    add_version_of(verb, call);
    verb.add_flag("--schema", call.schema, "a JSON Schema to validate facts with");
    verb.add_flag("--template", call.template_record,
                  "a record to fill in: every fact is null, so unknown");
    add_format(verb, call);
    verb.examples = {"rung facts rules/twilio-technology-2023 --template > acme.json"};
    verb.notes = {"Of a folder, --on or --version says which version is meant; else the latest."};
    verb.run = [&call](const Console& console) {
        return facts(call.question, view_of(call), console);
    };
}

void describe_explain(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::rules, "explain",
                          "What the code of a message means, and how the fault is mended");
    const auto codes = code_names();
    takes(add_argument(verb, "CODE", call.code, "as messages show it; without one, all are listed"),
          {codes.begin(), codes.end()});
    add_format(verb, call);
    verb.examples = {"rung explain unknown-name"};
    verb.run = [&call](const Console& console) { return explain(call.code, console); };
}

} // namespace

void describe_rules(CLI::App& app, Call& call) {
    describe_check(app, call);
    describe_fmt(app, call);
    describe_test(app, call);
    describe_facts(app, call);
    describe_explain(app, call);
}

} // namespace rung::tools
