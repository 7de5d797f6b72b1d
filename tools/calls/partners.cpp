// The verbs that answer about a partner, or about a list of them.
#include "tools/calls/call.hpp"

namespace rung::tools {

namespace {

CLI::Option* add_receipt(Verb& verb, std::optional<std::string>& receipt) {
    return verb
        .add_option("--receipt", receipt,
                    "write what is needed to have the answer again, for `rung replay`")
        ->type_name("FILE")
        ->group(group::answer);
}

int run_eval(const Call& call, const Console& console) {
    ListCall list = call.list;
    list.format = call.format;
    if (!list.is_list(call.question.facts)) {
        return eval(call.on_page(), call.receipt, list.output, console);
    }
    if (call.receipt) {
        refuse(Code::word_too_many, {{"verb", "eval"}, {"found", "--receipt"}});
    }
    return eval_list(call.in_language(call.question), list, console);
}

void describe_eval(CLI::App& app, Call& call) {
    Verb& eval = add_verb(app, group::partners, "eval", "What a partner qualifies for, and why");
    add_question(eval, call);
    eval.remove_option(eval.get_option("--format"));
    eval.add_option("--format", call.format,
                    "text, json, markdown, or html (one file); of a list text, json, ndjson or csv")
        ->check(CLI::IsMember({"text", "json", "ndjson", "csv", "markdown", "html"}))
        ->type_name("FORMAT")
        ->group(group::answer);
    add_edition(eval, call);
    add_all(eval, call);
    add_receipt(eval, call.receipt);
    add_list(eval, call);
    eval.add_option("--columns", call.list.columns,
                    "what is told of each partner, names between commas")
        ->type_name("NAMES")
        ->group(group::lists);
    add_output(eval, call);
    eval.examples = {"rung eval acme.json --rules rules/twilio-technology-2023 \\\n"
                     "  --on 2023-02-15 --review annual",
                     "rung eval acme.json --rules rules/twilio-technology-2023 \\\n"
                     "  --format html --edition partner > letter.html",
                     "rung eval partners.csv --rules rules/twilio-technology-2023 \\\n"
                     "  --columns partner,tier,gold.revenue.gap --output tiers.csv --format csv"};
    eval.notes = {"Date and review that are not given are those of the facts.",
                  "Of a list, exit code 1 says that a partner could not be read; the others are "
                  "judged."};
    eval.run = [&call](const Console& console) { return run_eval(call, console); };
}

void describe_why(CLI::App& app, Call& call) {
    const auto add = [&](const char* name, const char* about, Asked asked) -> Verb& {
        Verb& verb = add_verb(app, group::partners, name, about);
        takes_name(add_argument(verb, "TARGET", call.target,
                                "a tier, benefit, requirement, value or notice"))
            ->required();
        add_question(verb, call);
        add_edition(verb, call);
        add_all(verb, call);
        add_receipt(verb, call.receipt);
        verb.run = [&call, asked](const Console& console) {
            return why(call.on_page(), call.target, asked, call.receipt, console);
        };
        return verb;
    };
    Verb& carried =
        add("why", "What carries what a partner has, and how far it is from failing", Asked::why);
    carried.examples = {"rung why silver acme.json --rules rules/twilio-technology-2023"};
    carried.notes = {
        "Exit code 1 says that the partner does not have it; the answer says why not."};
    Verb& missed =
        add("why-not", "Why a partner does not have something, and the ways to it", Asked::why_not);
    missed.examples = {"rung why-not gold acme.json --rules rules/twilio-technology-2023"};
    missed.notes = {
        "Ways are told of tiers and benefits; `rung plan` tells more of them, also as JSON.",
        "Exit code 1 says that the partner does not have it."};
}

void describe_plan(CLI::App& app, Call& call) {
    Verb& verb =
        add_verb(app, group::partners, "plan", "The least changes that reach a tier or a benefit");
    takes_name(add_argument(verb, "TARGET", call.plan.target, "a tier or a benefit"))->required();
    add_question(verb, call);
    verb.add_option("--today", call.plan.today,
                    "the day the plan is made on; else that of the facts")
        ->type_name("DATE");
    verb.add_option("--ways", call.plan.ways, "show so many ways at most (3)")
        ->check(CLI::Range(1, 50))
        ->type_name("N");
    verb.add_option("--emit-facts", call.plan.emit_facts,
                    "print the facts as they are after way N, and nothing else")
        ->check(CLI::Range(1, 50))
        ->type_name("N")
        ->excludes(add_edition(verb, call))
        ->excludes(add_receipt(verb, call.plan.receipt));
    verb.add_option("--bound", call.plan.bound, "evaluate so many changed facts at most (3000)")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N");
    verb.examples = {"rung plan gold acme.json --rules rules/twilio-technology-2023",
                     "rung plan gold acme.json --rules rules/twilio-technology-2023 \\\n"
                     "  --at annual --on 2024-01-15"};
    verb.notes = {"The ways of least effort come first; rules weigh a change by the mark `effort`.",
                  "Where the bound is met, the plan says so: there may be other ways.",
                  "Exit code 1 says that there is no way."};
    verb.run = [&call](const Console& console) { return plan(call.on_page(), call.plan, console); };
}

/// An option that may be given several times, a value each.
void add_each(Verb& verb, const std::string& name, std::vector<std::string>& values,
              const std::string& about) {
    verb.add_option(name, values, about)->allow_extra_args(false)->type_name("NAME=VALUE");
}

void describe_what_if(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::partners, "what-if",
                          "What would be different with other facts or measures");
    add_question(verb, call);
    add_each(verb, "--set", call.supposed.set,
             "a fact, by name or JSON Pointer, with another value; `unknown` takes it out");
    add_each(verb, "--add", call.supposed.add, "a record behind those of a list, as JSON");
    add_each(verb, "--assume", call.supposed.assume,
             "a measure of the rules, taken to be this whatever the facts say");
    verb.examples = {"rung what-if acme.json --rules rules/twilio-technology-2023 \\\n"
                     "  --set gtm_plan_complete=yes --set /success_stories/0/customer_facing=no",
                     "rung what-if acme.json --rules rules/twilio-technology-2023 \\\n"
                     "  --assume success_stories=3"};
    verb.notes = {"Values are JSON, or as rules write them: yes, $5M, 70%, 2023-06-30."};
    verb.run = [&call](const Console& console) {
        return what_if(call.on_page(), call.supposed, console);
    };
}

void describe_outlook(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::partners, "outlook",
                          "What changes, and when, if the facts stay as they are");
    add_argument(verb, "FACTS", call.question.facts,
                 "JSON file with a partner's facts; - is standard input", "FILE")
        ->required();
    verb.add_option("--until", call.until, "the last day")->required()->type_name("DATE");
    add_circumstances(verb, call, "--on,--from")->required();
    add_page(verb, call);
    add_edition(verb, call);
    verb.examples = {
        "rung outlook acme.json --rules rules/twilio-technology-2023 --until 2024-12-31"};
    verb.notes = {
        "It begins on the day that the facts name, or --from (or --on) another.",
        "--review all looks at every review. Without --version, each day is looked at by the "
        "version in force on it."};
    verb.run = [&call](const Console& console) {
        return outlook(call.on_page(), call.until, console);
    };
}

void describe_ask(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::partners, "ask",
                          "Which missing facts to ask for, and what each would settle");
    add_question(verb, call);
    takes_name(verb.add_option("--for", call.target, "only what matters to this tier or benefit"))
        ->type_name("TARGET");
    verb.examples = {"rung ask acme.json --rules rules/twilio-technology-2023 --for gold"};
    verb.run = [&call](const Console& console) {
        return ask(call.on_page(), call.target, console);
    };
}

void describe_blame(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::partners, "blame",
                          "Was it the rules or the facts that changed an answer");
    add_argument(verb, "OLD-RULES", call.before.rules, "rule file, or folder of versions",
                 "FILE|FOLDER")
        ->required();
    add_argument(verb, "NEW-RULES", call.question.rules, "rule file, or folder of versions",
                 "FILE|FOLDER")
        ->required();
    add_argument(verb, "OLD-FACTS", call.before.facts, "the partner's facts of then", "FILE")
        ->required();
    add_argument(verb, "NEW-FACTS", call.question.facts, "the partner's facts of now", "FILE")
        ->required();
    verb.add_option("--old-on", call.before.on, "date of the review of then")->type_name("DATE");
    verb.add_option("--on", call.question.on, "date of the review of now, or `today`")
        ->type_name("DATE");
    verb.add_option("--old-review", call.before.review, "which review that was")->type_name("NAME");
    verb.add_option("--review", call.question.review, "which review it is now")->type_name("NAME");
    add_page(verb, call);
    verb.examples = {"rung blame rules/acme/2023.rung rules/acme/2024.rung \\\n"
                     "  acme-2023.json acme-2024.json"};
    verb.notes = {"Dates and reviews that are not given are those of the facts."};
    verb.run = [&call](const Console& console) {
        return blame(call.in_language(call.before), call.on_page(), console);
    };
}

void describe_replay(CLI::App& app, Call& call) {
    Verb& verb = add_verb(app, group::partners, "replay",
                          "Have an answer again by its receipt, or say what differs");
    add_argument(verb, "RECEIPT", call.receipt, "as `--receipt` wrote it", "FILE")->required();
    add_argument(verb, "FACTS", call.question.facts, "the facts of then; - is standard input",
                 "FILE")
        ->required();
    verb.add_option("--rules", call.question.rules, "the rules of then, or their folder")
        ->required()
        ->type_name("FILE|FOLDER");
    add_format(verb, call);
    verb.examples = {"rung replay acme.receipt.json acme.json \\\n"
                     "  --rules rules/twilio-technology-2023"};
    verb.notes = {"The answer has the format that it had; --format is how differences are told.",
                  "Exit code 1 says that something differs."};
    verb.run = [&call](const Console& console) {
        return replay(*call.receipt, call.question, console);
    };
}

} // namespace

void describe_partners(CLI::App& app, Call& call) {
    describe_eval(app, call);
    describe_why(app, call);
    describe_plan(app, call);
    describe_what_if(app, call);
    describe_outlook(app, call);
    describe_ask(app, call);
    describe_blame(app, call);
    describe_replay(app, call);
}

} // namespace rung::tools
