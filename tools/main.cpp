// The command `rung`: reads the words of the call and hands them to a verb.
#include "tools/usage.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

#include <exception>

#include <CLI/CLI.hpp>

namespace {

using namespace rung::tools;

struct Call {
    Question question;
    Question before; // of `blame`
    Supposed supposed;
    ListCall list;
    std::optional<std::string> receipt;
    std::optional<std::string> since; // of `guide`
    TestCall test;
    PlanCall plan;
    NextCall next;
    ImpactCall impact;
    std::vector<std::string> paths;
    std::string target;
    std::string until;
    std::optional<std::string> code;
    std::string format = "text";
    std::string language = "en"; // as given
    std::optional<std::string> width; // as given
    bool only_look = false;
    bool detailed = false;
    bool schema = false;
    bool template_record = false;

    /// The question with the language and the width of its answer.
    [[nodiscard]] Question in_language(Question asked) const {
        asked.language = language_named(language);
        asked.width = width ? std::optional(width_of(*width)) : std::nullopt;
        return asked;
    }
    /// The question of a verb that answers on pages too.
    [[nodiscard]] Question on_page() const {
        Question asked = in_language(question);
        asked.layout = format == "markdown" ? rung::Layout::markdown
                       : format == "html"   ? rung::Layout::html
                                            : rung::Layout::terminal;
        return asked;
    }
    /// The question of a verb whose facts may be left out.
    [[nodiscard]] Question beside(const CLI::App& app, const char* verb) const {
        Question asked = question;
        asked.without_facts = app.get_subcommand(verb)->count("--facts") == 0;
        return asked;
    }
    [[nodiscard]] Console console() const {
        return Console(format == "json" ? Format::json : Format::text);
    }
};

void add_format(CLI::App& verb, Call& call) {
    verb.add_option("--format", call.format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("FORMAT");
}

/// In which language and how wide an answer is read.
void add_reading(CLI::App& verb, Call& call) {
    verb.add_option("--lang", call.language, "language of the answer: en, de, es or ja (en)")
        ->type_name("LANGUAGE");
    verb.add_option("--width", call.width, "columns of text, 40 to 200 (the terminal's, or 80)")
        ->type_name("COLUMNS");
}

/// Of a verb whose answers a partner or a manager may be sent.
void add_page(CLI::App& verb, Call& call) {
    verb.add_option("--format", call.format, "text, json, markdown, or html (one file)")
        ->check(CLI::IsMember({"text", "json", "markdown", "html"}))
        ->type_name("FORMAT");
    add_reading(verb, call);
}

CLI::Option* add_edition(CLI::App& verb, Call& call) {
    CLI::Option* edition = verb.add_option_function<std::string>(
        "--edition",
        [&call](const std::string& text) { call.question.for_partner = text == "partner"; },
        "full, or partner: nothing that comes from facts marked as internal");
    edition->check(CLI::IsMember({"full", "partner"}))->type_name("EDITION");
    return edition;
}

/// Of a verb that tells an outcome as a whole.
void add_all(CLI::App& verb, Call& call) {
    verb.add_flag("--all", call.question.all,
                  "every requirement of every tier, with records and sources");
}

/// Beside which rules, on which day and at which review; the option of the rules is returned.
CLI::Option* add_circumstances(CLI::App& verb, Call& call, const char* on_names = "--on") {
    CLI::Option* rules =
        verb.add_option("--rules", call.question.rules, "rule file, or folder of versions")
            ->type_name("FILE|FOLDER");
    verb.add_option(on_names, call.question.on, "date of the review (2023-02-15), or `today`")
        ->type_name("DATE");
    verb.add_option("--review,--at", call.question.review, "which of the program's reviews")
        ->type_name("NAME");
    verb.add_option("--version", call.question.version, "use this version, in force or not")
        ->type_name("VERSION");
    verb.add_flag("--strict", call.question.strict,
                  "a key that the rules do not declare is an error");
    return rules;
}

void add_question(CLI::App& verb, Call& call) {
    verb.add_option("FACTS", call.question.facts,
                    "JSON file with a partner's facts; - is standard input")
        ->required()
        ->type_name("");
    add_circumstances(verb, call)->required();
    add_page(verb, call);
}

/// Of `eval` and `impact`, which take lists of partners.
void add_list(CLI::App& verb, Call& call) {
    verb.add_option("--input", call.list.input,
                    "json (one partner), ndjson, array or csv; else by the end of the file's name")
        ->check(CLI::IsMember({"json", "ndjson", "array", "csv"}))
        ->type_name("FORM");
    verb.add_option("--list", call.list.lists,
                    "of CSV: a list of records from a file of its own, joined on the partner's key")
        ->allow_extra_args(false)
        ->type_name("NAME=FILE");
    verb.add_option("--incomplete", call.list.incomplete,
                    "of CSV: a list that may hold more than its file does")
        ->allow_extra_args(false)
        ->type_name("NAME");
    verb.add_option("--output", call.list.output,
                    "write the answers to a file, which is whole or not there")
        ->type_name("FILE");
    verb.add_flag("--quiet", call.list.quiet, "of a list: no summary and no warnings");
}

void add_receipt(CLI::App& verb, Call& call) {
    verb.add_option("--receipt", call.receipt,
                    "write what is needed to have the answer again, for `rung replay`")
        ->type_name("FILE");
}

void add_replay(CLI::App& app, Call& call) {
    CLI::App* replay =
        app.add_subcommand("replay", "Have an answer again by its receipt, or say what differs");
    replay->add_option("RECEIPT", call.receipt, "as `--receipt` wrote it")
        ->required()
        ->type_name("");
    replay->add_option("FACTS", call.question.facts, "the facts of then; - is standard input")
        ->required()
        ->type_name("");
    replay->add_option("--rules", call.question.rules, "the rules of then, or their folder")
        ->required()
        ->type_name("FILE|FOLDER");
    add_format(*replay, call);
    replay->footer(
        "Example: rung replay acme.receipt.json acme.json --rules "
        "rules/twilio-technology-2023\n"
        "Exit code 1 says that something differs. The answer has the format that it had; "
        "--format is how differences are told.");
}

void add_ask(CLI::App& app, Call& call) {
    CLI::App* ask =
        app.add_subcommand("ask", "Which missing facts to ask for, and what each would settle");
    add_question(*ask, call);
    ask->add_option("--for", call.target, "only what matters to this tier or benefit")
        ->type_name("TARGET");
    ask->footer("Example: rung ask acme.json --rules rules/twilio-technology-2023 --for gold");
}

/// An option that may be given several times, a value each.
CLI::Option* add_each(CLI::App& verb, const std::string& name, std::vector<std::string>& values,
                      const std::string& about) {
    return verb.add_option(name, values, about)->allow_extra_args(false)->type_name("NAME=VALUE");
}

void add_comparisons(CLI::App& app, Call& call) {
    CLI::App* what_if =
        app.add_subcommand("what-if", "What would be different with other facts or measures");
    add_question(*what_if, call);
    add_each(*what_if, "--set", call.supposed.set,
             "a fact, by name or JSON Pointer, with another value; `unknown` takes it out");
    add_each(*what_if, "--add", call.supposed.add, "a record behind those of a list, as JSON");
    add_each(*what_if, "--assume", call.supposed.assume,
             "a measure of the rules, taken to be this whatever the facts say");
    what_if->footer("Examples: rung what-if acme.json --rules rules/twilio-technology-2023 "
                    "--set gtm_plan_complete=yes --set /success_stories/0/customer_facing=no\n"
                    "          rung what-if acme.json --rules rules/twilio-technology-2023 "
                    "--assume success_stories=3\n"
                    "Values are JSON, or as rules write them: yes, $5M, 70%, 2023-06-30.");

    CLI::App* blame =
        app.add_subcommand("blame", "Was it the rules or the facts that changed an answer");
    blame->add_option("OLD-RULES", call.before.rules, "rule file, or folder of versions")
        ->required()
        ->type_name("");
    blame->add_option("NEW-RULES", call.question.rules, "rule file, or folder of versions")
        ->required()
        ->type_name("");
    blame->add_option("OLD-FACTS", call.before.facts, "the partner's facts of then")
        ->required()
        ->type_name("");
    blame->add_option("NEW-FACTS", call.question.facts, "the partner's facts of now")
        ->required()
        ->type_name("");
    blame->add_option("--old-on", call.before.on, "date of the review of then")->type_name("DATE");
    blame->add_option("--on", call.question.on, "date of the review of now, or `today`")
        ->type_name("DATE");
    blame->add_option("--old-review", call.before.review, "which review that was")
        ->type_name("NAME");
    blame->add_option("--review", call.question.review, "which review it is now")
        ->type_name("NAME");
    add_page(*blame, call);
    blame->footer("Example: rung blame rules/acme/2023.rung rules/acme/2024.rung acme-2023.json "
                  "acme-2024.json\n"
                  "Dates and reviews that are not given are those of the facts.");
}

void add_diff(CLI::App& app, Call& call) {
    CLI::App* diff =
        app.add_subcommand("diff", "What two versions of the rules say differently, by meaning");
    diff->add_option("OLD", call.before.rules, "rule file")->required()->type_name("");
    diff->add_option("NEW", call.question.rules, "rule file")->required()->type_name("");
    diff->add_flag("--detailed-exitcode", call.detailed,
                   "exit 1 where they differ; without it, 0 either way");
    add_page(*diff, call);
    diff->footer("Example: rung diff rules/acme/2023.rung rules/acme/2024.rung\n"
                 "Text that was moved, laid out anew or commented is no difference.");
}

void add_impact(CLI::App& app, Call& call) {
    CLI::App* impact =
        app.add_subcommand("impact", "Whom a new version of the rules moves, and by which edit");
    impact->add_option("OLD", call.impact.old, "rule file")->required()->type_name("");
    impact->add_option("NEW", call.question.rules, "rule file")->required()->type_name("");
    impact
        ->add_option("PARTNERS", call.question.facts,
                     "the list: NDJSON, CSV, or a JSON list; - is standard input")
        ->required()
        ->type_name("");
    impact
        ->add_option("--on", call.question.on,
                     "date of every partner's review, or `today`; else that of the facts")
        ->type_name("DATE");
    impact->add_option("--review,--at", call.question.review, "which of the program's reviews")
        ->type_name("NAME");
    add_list(*impact, call);
    impact->add_option("--movers", call.impact.movers, "write all that move, as CSV")
        ->type_name("FILE");
    impact
        ->add_option_function<std::string>(
            "--near",
            [&call](std::string percent) {
                if (percent.ends_with('%')) {
                    percent.pop_back();
                }
                call.impact.near_percent = std::move(percent);
            },
            "name who is short of the next tier by so much of a figure: 10%")
        ->type_name("PERCENT");
    impact
        ->add_option("--sweep", call.impact.sweep,
                     "try a threshold with other values: stories@silver=1..5")
        ->type_name("RANGE");
    impact->add_flag("--all", call.question.all, "name all that move, not ten; and the hashes");
    add_page(*impact, call);
    impact->footer(
        "Examples: rung impact rules/acme/2023.rung rules/acme/2024.rung partners.ndjson \\\n"
        "            --on 2024-02-15 --format html --output impact.html --movers movers.csv\n"
        "          rung impact rules/acme/2023.rung rules/acme/2024.rung partners.csv \\\n"
        "            --near 10% --sweep 'revenue@gold=$1M..$5M by $1M'\n"
        "Both versions judge every partner on the same facts, day and review.\n"
        "Exit code 1 says that partners could not be judged; 130, behind a partial result, that "
        "it\n"
        "was interrupted.");
}

void add_versions(CLI::App& app, Call& call) {
    CLI::App* versions =
        app.add_subcommand("versions", "The versions of a program, and which is in force");
    versions->add_option("FOLDER", call.question.rules, "folder of versions, or a rule file")
        ->required()
        ->type_name("");
    versions->add_option("--on", call.question.on, "say which is in force on this date, or `today`")
        ->type_name("DATE");
    add_page(*versions, call);
    versions->footer(
        "Example: rung versions rules/hubspot-solutions --on 2017-06-30\n"
        "Exit code 1 says that there are days without a version, or none on the date.");
}

void add_guide(CLI::App& app, Call& call) {
    CLI::App* guide = app.add_subcommand(
        "guide", "The program guide, made from the rules: tables, words, changes");
    guide->add_option("RULES", call.question.rules, "rule file, or folder of versions")
        ->required()
        ->type_name("");
    guide->add_option("--on", call.question.on, "the version in force on a date, or `today`")
        ->type_name("DATE");
    guide->add_option("--version", call.question.version, "this version; else the latest")
        ->type_name("VERSION");
    guide
        ->add_option("--since", call.since,
                     "say what changed since this rule file; else since the version before")
        ->type_name("FILE");
    add_page(*guide, call);
    guide->footer("Examples: rung guide rules/odoo-partners\n"
                  "          rung guide rules/odoo-partners --format html > guide.html\n"
                  "The page prints well on A4: print it, or save it as PDF.");
}

void add_next(CLI::App& app, Call& call) {
    CLI::App* next =
        app.add_subcommand("next", "Begin next year's rule file and its tests from this year's");
    next->add_option("FILE", call.next.file, "rule file of this year")->required()->type_name("");
    next->add_option("--version", call.next.version, "the version to begin: 2024")
        ->required()
        ->type_name("VERSION");
    next->add_option("--from", call.next.from, "its first day; else a year after the old one's")
        ->type_name("DATE");
    next->add_option("--output", call.next.output, "the file to write; else VERSION.rung beside it")
        ->type_name("FILE");
    add_reading(*next, call);
    next->footer("Example: rung next rules/twilio-technology-2023/2023.rung --version 2024\n"
                 "Dates are moved and told, citations are marked `to check`. Nothing is "
                 "overwritten.");
}

void add_outlook(CLI::App& verb, Call& call) {
    verb.add_option("FACTS", call.question.facts,
                    "JSON file with a partner's facts; - is standard input")
        ->required()
        ->type_name("");
    verb.add_option("--until", call.until, "the last day")->required()->type_name("DATE");
    add_circumstances(verb, call, "--on,--from")->required();
    add_page(verb, call);
    add_edition(verb, call);
    verb.footer(
        "Example: rung outlook acme.json --rules rules/twilio-technology-2023 --until 2024-12-31\n"
        "It begins on the day that the facts name, or --from (or --on) another. --review all "
        "looks\n"
        "at every review. Without --version, each day is looked at by the version in force on it.");
}

void add_test(CLI::App& verb, Call& call) {
    verb.add_option("PATH", call.test.paths, "files or folders")->required()->type_name("");
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
}

void add_facts(CLI::App& verb, Call& call) {
    verb.add_option("--facts", call.question.facts,
                    "JSON file with a partner's facts; without one all are unknown")
        ->type_name("FILE");
}

void add_along(CLI::App& verb, Call& call) {
    verb.add_option("--along", call.question.along,
                    "the path along which what differs by path is seen")
        ->type_name("PATH");
}

void add_tools(CLI::App& app, Call& call) {
    CLI::App* calc = app.add_subcommand("calc", "What single expressions come to");
    calc->add_option("EXPRESSION", call.paths,
                     "expressions; none or - reads standard input, one a line")
        ->type_name("");
    add_circumstances(*calc, call);
    add_facts(*calc, call);
    add_along(*calc, call);
    add_format(*calc, call);
    calc->footer("Examples: rung calc '$250K * 15%' 'trailing 12 months' --on 2024-02-29\n"
                 "          rung calc 'count of stories where customer_facing' \\\n"
                 "            --rules rules/twilio-technology-2023 --facts acme.json\n"
                 "An expression that begins with -- or a - and a letter comes behind --.");

    CLI::App* facts =
        app.add_subcommand("facts", "What rules need to know: a list, a schema, a template");
    facts->add_option("RULES", call.question.rules, "rule file, or folder of versions")
        ->required()
        ->type_name("");
    facts->add_option("--on", call.question.on, "the version in force on a date, or `today`")
        ->type_name("DATE");
    facts->add_option("--version", call.question.version, "this version")->type_name("VERSION");
    facts->add_flag("--schema", call.schema, "a JSON Schema to validate facts with");
    facts->add_flag("--template", call.template_record,
                    "a record to fill in: every fact is null, so unknown");
    add_format(*facts, call);
    facts->footer("Example: rung facts rules/twilio-technology-2023 --template > acme.json\n"
                  "Of a folder, --on or --version says which version is meant.");

    CLI::App* repl = app.add_subcommand("repl", "Try expressions on a partner, line by line");
    add_circumstances(*repl, call)->required();
    add_facts(*repl, call);
    add_along(*repl, call);
    repl->footer("Example: rung repl --rules rules/twilio-technology-2023 --facts acme.json");
}

void add_plan(CLI::App& app, Call& call) {
    CLI::App* plan = app.add_subcommand("plan", "The least changes that reach a tier or a benefit");
    plan->add_option("TARGET", call.plan.target, "a tier or a benefit")->required()->type_name("");
    add_question(*plan, call);
    plan->add_option("--today", call.plan.today,
                     "the day the plan is made on; else that of the facts")
        ->type_name("DATE");
    plan->add_option("--ways", call.plan.ways, "show so many ways at most (3)")
        ->check(CLI::Range(1, 50))
        ->type_name("N");
    plan->add_option("--emit-facts", call.plan.emit_facts,
                     "print the facts as they are after way N, and nothing else")
        ->check(CLI::Range(1, 50))
        ->type_name("N")
        ->excludes(add_edition(*plan, call));
    plan->add_option("--bound", call.plan.bound, "evaluate so many changed facts at most (3000)")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N");
    plan->footer("Examples: rung plan gold acme.json --rules rules/twilio-technology-2023\n"
                 "          rung plan gold acme.json --rules rules/twilio-technology-2023 \\\n"
                 "            --at annual --on 2024-01-15\n"
                 "The ways of least effort come first; rules weigh a change by the mark `effort`.\n"
                 "Where the bound is met, the plan says so: there may be other ways.\n"
                 "Exit code 1 says that there is no way.");
}

void add_why(CLI::App& app, Call& call) {
    const auto add = [&](const char* name, const char* about, const char* footer) {
        CLI::App* verb = app.add_subcommand(name, about);
        verb->add_option("TARGET", call.target, "a tier, benefit, requirement, value or notice")
            ->required()
            ->type_name("");
        add_question(*verb, call);
        add_edition(*verb, call);
        add_all(*verb, call);
        add_receipt(*verb, call);
        verb->footer(footer);
    };
    add("why", "What carries what a partner has, and how far it is from failing",
        "Example: rung why silver acme.json \\\n"
        "           --rules rules/twilio-technology-2023\n"
        "Exit code 1 says that the partner does not have it; the answer says why not.");
    add("why-not", "Why a partner does not have something, and the ways to it",
        "Example: rung why-not gold acme.json \\\n"
        "           --rules rules/twilio-technology-2023\n"
        "Ways are told of tiers and benefits; `rung plan` tells more of them, also as JSON.\n"
        "Exit code 1 says that the partner does not have it.");
}

void describe(CLI::App& app, Call& call) {
    app.name("rung");
    app.description("Rung: evaluates partner-program rules and explains every answer.");
    app.set_version_flag("--version", "rung " + std::string(rung::version()));
    app.require_subcommand(1);
    app.footer("Exit codes: 0 clean, 1 findings or tests failed, 2 invalid rules, facts or\n"
               "usage, 3 internal error.");

    CLI::App* check = app.add_subcommand("check", "Check rule files, and folders of versions");
    check->add_option("PATH", call.paths, "rule files or folders")->required()->type_name("");
    add_format(*check, call);

    CLI::App* fmt = app.add_subcommand("fmt", "Lay out rule files in canonical form");
    fmt->add_option("PATH", call.paths,
                    "rule files or folders; - reads standard input and writes standard output")
        ->required()
        ->type_name("");
    fmt->add_flag("--check", call.only_look,
                  "change nothing; exit 1 if a file is not in canonical form");

    CLI::App* eval = app.add_subcommand("eval", "What a partner qualifies for, and why");
    add_question(*eval, call);
    eval->remove_option(eval->get_option("--format"));
    eval->add_option(
            "--format", call.format,
            "text, json, markdown, or html (one file); of a list text, json, ndjson or csv")
        ->check(CLI::IsMember({"text", "json", "ndjson", "csv", "markdown", "html"}))
        ->type_name("FORMAT");
    add_edition(*eval, call);
    add_all(*eval, call);
    add_receipt(*eval, call);
    add_list(*eval, call);
    eval->add_option("--columns", call.list.columns,
                     "of a list: what is told of each partner, names between commas")
        ->type_name("NAMES");
    eval->footer("Examples: rung eval acme.json --rules rules/twilio-technology-2023 \\\n"
                 "            --on 2023-02-15 --review annual\n"
                 "          rung eval acme.json --rules rules/twilio-technology-2023 \\\n"
                 "            --format html --edition partner > letter.html");

    add_why(app, call);
    add_ask(app, call);
    add_comparisons(app, call);
    add_diff(app, call);
    add_impact(app, call);
    add_versions(app, call);
    add_guide(app, call);
    add_next(app, call);
    add_replay(app, call);
    add_plan(app, call);
    add_outlook(
        *app.add_subcommand("outlook", "What changes, and when, if the facts stay as they are"),
        call);

    add_tools(app, call);

    CLI::App* test =
        app.add_subcommand("test", "Run the tests of rule files and of *.test.rung files");
    add_test(*test, call);

    CLI::App* explain = app.add_subcommand(
        "explain", "What the code of a message means, and how the fault is mended");
    explain->add_option("CODE", call.code, "as messages show it; without one, all are listed")
        ->type_name("");
    add_format(*explain, call);
    explain->footer("Example: rung explain unknown-name");
}

FactsView view_of(const Call& call) {
    if (call.schema && call.template_record) {
        refuse(rung::Code::word_too_many, {{"verb", "facts"}, {"found", "--template"}});
    }
    return call.schema            ? FactsView::schema
           : call.template_record ? FactsView::template_record
                                  : FactsView::list;
}

int run_eval(const Call& call, const Console& console) {
    ListCall list = call.list;
    list.format = call.format;
    if (!list.is_list(call.question.facts)) {
        return eval(call.on_page(), call.receipt, list.output, console);
    }
    if (call.receipt) {
        refuse(rung::Code::word_too_many, {{"verb", "eval"}, {"found", "--receipt"}});
    }
    return eval_list(call.in_language(call.question), list, console);
}

int run_impact(const Call& call, const Console& console) {
    ImpactCall asked = call.impact;
    asked.list = call.list;
    return impact(asked, call.on_page(), console);
}

int run(const CLI::App& app, const Call& call, const Console& console) {
    try {
        if (app.got_subcommand("calc")) {
            return calc(call.paths, call.beside(app, "calc"), console);
        }
        if (app.got_subcommand("facts")) {
            return facts(call.question, view_of(call), console);
        }
        if (app.got_subcommand("repl")) {
            return repl(call.beside(app, "repl"), console);
        }
        if (app.got_subcommand("check")) {
            return check(call.paths, console);
        }
        if (app.got_subcommand("fmt")) {
            return format(call.paths, call.only_look, console);
        }
        if (app.got_subcommand("eval")) {
            return run_eval(call, console);
        }
        if (app.got_subcommand("why-not")) {
            return why(call.on_page(), call.target, rung::Asked::why_not, call.receipt, console);
        }
        if (app.got_subcommand("why")) {
            return why(call.on_page(), call.target, rung::Asked::why, call.receipt, console);
        }
        if (app.got_subcommand("ask")) {
            return ask(call.on_page(), call.target, console);
        }
        if (app.got_subcommand("replay")) {
            return replay(*call.receipt, call.question, console);
        }
        if (app.got_subcommand("what-if")) {
            return what_if(call.on_page(), call.supposed, console);
        }
        if (app.got_subcommand("blame")) {
            return blame(call.in_language(call.before), call.on_page(), console);
        }
        if (app.got_subcommand("diff")) {
            return diff(call.before.rules, call.question.rules, call.detailed, call.on_page(),
                        console);
        }
        if (app.got_subcommand("impact")) {
            return run_impact(call, console);
        }
        if (app.got_subcommand("versions")) {
            return versions(call.on_page(), console);
        }
        if (app.got_subcommand("guide")) {
            return guide(call.on_page(), call.since, console);
        }
        if (app.got_subcommand("next")) {
            return next(call.next, call.in_language(call.question), console);
        }
        if (app.got_subcommand("plan")) {
            return plan(call.on_page(), call.plan, console);
        }
        if (app.got_subcommand("outlook")) {
            return outlook(call.on_page(), call.until, console);
        }
        if (app.got_subcommand("explain")) {
            return explain(call.code, console);
        }
        return test(call.test, console);
    } catch (const Refusal& refusal) {
        console.fail(refusal);
        return ExitCode::invalid;
    }
}

} // namespace

int main(int argc, char** argv) {
    try {
        CLI::App app;
        Call call;
        describe(app, call);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            if (error.get_exit_code() == 0) { // help or version was asked for
                return app.exit(error);
            }
            call.console().fail(Refusal{usage_fault(app, error, {argv + 1, argv + argc})});
            return ExitCode::invalid;
        }
        const Console console = call.console();
        const int code = run(app, call, console);
        console.hint();
        return code;
    } catch (const std::exception& error) {
        std::fprintf(stderr,
                     "error[internal] %s\n  help: this is a fault of rung; please report it with "
                     "the files\n",
                     error.what());
        return ExitCode::internal;
    }
}
