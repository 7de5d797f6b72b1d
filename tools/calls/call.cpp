#include "tools/calls/call.hpp"

#include "tools/usage.hpp"

#include <rung/version.hpp>

#include <memory>

namespace rung::tools {

Question Call::in_language(Question asked) const {
    asked.language = language_named(language);
    asked.width = width ? std::optional(width_of(*width)) : std::nullopt;
    return asked;
}

Question Call::on_page() const {
    Question asked = in_language(question);
    asked.layout = format == "markdown" ? Layout::markdown
                   : format == "html"   ? Layout::html
                                        : Layout::terminal;
    return asked;
}

Console Call::console() const {
    return Console(format == "json"    ? Format::json
                   : format == "sarif" ? Format::sarif
                                       : Format::text,
                   is_quiet);
}

Verb& add_verb(CLI::App& app, const char* group, const char* name, const char* about) {
    const auto verb = std::make_shared<Verb>(name, about);
    verb->group(group);
    app.add_subcommand(verb);
    return *verb;
}

CLI::Option* takes(CLI::Option* option, const std::vector<std::string>& words) {
    const auto any = [](const std::string&) { return std::string(); };
    return option->check(CLI::Validator(any, CLI::detail::generate_set(words)));
}

CLI::Option* takes_name(CLI::Option* option) {
    return option->transform([](const std::string& name) {
        const bool is_label = name.find(' ') != std::string::npos; // of which the name is told
        return is_label ? name : CLI::detail::to_lower(name);
    });
}

void add_manners(Verb& verb, Call& call) {
    if (CLI::Option* const format = verb.get_option_no_throw("--format")) {
        verb.add_flag_callback(
                "--json", [&call] { call.format = "json"; }, "short for --format json")
            ->excludes(format)
            ->group(group::answer);
    }
    verb.add_flag("--quiet", call.is_quiet, "the answer and errors alone: no summary, no warnings")
        ->group(group::answer);
    verb.add_option_function<std::string>(
            "--color",
            [](const std::string& when) {
                Console::use(when == "always"  ? Colour::always
                             : when == "never" ? Colour::never
                                               : Colour::automatic);
            },
            "auto (where a terminal reads), always or never")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->type_name("WHEN")
        ->group(group::answer);
}

void add_format(Verb& verb, Call& call) {
    verb.add_option("--format", call.format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("FORMAT")
        ->group(group::answer);
}

void add_reading(Verb& verb, Call& call) {
    takes(verb.add_option("--lang", call.language, "language of the answer: en, de, es or ja (en)"),
          {"en", "de", "es", "ja"})
        ->type_name("LANGUAGE")
        ->group(group::answer);
    verb.add_option("--width", call.width, "columns of text, 40 to 200 (the terminal's, or 80)")
        ->type_name("COLUMNS")
        ->group(group::answer);
}

void add_page(Verb& verb, Call& call) {
    verb.add_option("--format", call.format, "text, json, markdown, or html (one file)")
        ->check(CLI::IsMember({"text", "json", "markdown", "html"}))
        ->type_name("FORMAT")
        ->group(group::answer);
    add_reading(verb, call);
}

void add_version_of(Verb& verb, Call& call) {
    add_argument(verb, "RULES", call.question.rules, "rule file, or folder of versions",
                 "FILE|FOLDER")
        ->required();
    verb.add_option("--on", call.question.on, "the version in force on a date, or `today`")
        ->type_name("DATE");
    verb.add_option("--version", call.question.version, "this version; else the latest")
        ->type_name("VERSION");
}

void add_occasion(Verb& verb, Call& call) {
    verb.add_option("--on", call.question.on,
                    "date of every partner's review, or `today`; else that of the facts")
        ->type_name("DATE");
    verb.add_option("--review,--at", call.question.review, "which of the program's reviews")
        ->type_name("NAME");
}

void add_list(Verb& verb, Call& call) {
    verb.add_option("--input", call.list.input,
                    "json (one partner), ndjson, array or csv; else by the end of the file's name")
        ->check(CLI::IsMember({"json", "ndjson", "array", "csv"}))
        ->type_name("FORM")
        ->group(group::lists);
    verb.add_option("--list", call.list.lists,
                    "of CSV: a list of records from a file of its own, joined on the partner's key")
        ->allow_extra_args(false)
        ->type_name("NAME=FILE")
        ->group(group::lists);
    verb.add_option("--incomplete", call.list.incomplete,
                    "of CSV: a list that may hold more than its file does")
        ->allow_extra_args(false)
        ->type_name("NAME")
        ->group(group::lists);
}

void add_output(Verb& verb, Call& call) {
    verb.add_option("--output", call.list.output,
                    "write the answers to a file, which is whole or not there")
        ->type_name("FILE")
        ->group(group::answer);
}

CLI::Option* add_edition(Verb& verb, Call& call) {
    CLI::Option* const edition = verb.add_option_function<std::string>(
        "--edition",
        [&call](const std::string& text) { call.question.for_partner = text == "partner"; },
        "full, or partner: nothing that comes from facts marked as internal");
    edition->check(CLI::IsMember({"full", "partner"}))->type_name("EDITION")->group(group::answer);
    return edition;
}

void add_all(Verb& verb, Call& call) {
    verb.add_flag("--all", call.question.all,
                  "every requirement of every tier, with records and sources")
        ->group(group::answer);
}

CLI::Option* add_circumstances(Verb& verb, Call& call, const char* on_names) {
    CLI::Option* rules =
        verb.add_option("--rules", call.question.rules, "rule file, or folder of versions")
            ->type_name("FILE|FOLDER")
            ->group(group::circumstances);
    verb.add_option(on_names, call.question.on, "date of the review (2023-02-15), or `today`")
        ->type_name("DATE")
        ->group(group::circumstances);
    verb.add_option("--review,--at", call.question.review, "which of the program's reviews")
        ->type_name("NAME")
        ->group(group::circumstances);
    verb.add_option("--version", call.question.version, "use this version, in force or not")
        ->type_name("VERSION")
        ->group(group::circumstances);
    verb.add_flag("--strict", call.question.strict,
                  "a key that the rules do not declare is an error")
        ->group(group::circumstances);
    return rules;
}

void add_question(Verb& verb, Call& call) {
    add_argument(verb, "FACTS", call.question.facts,
                 "JSON file with a partner's facts; - is standard input", "FILE")
        ->required();
    add_circumstances(verb, call)->required();
    add_page(verb, call);
}

void describe(CLI::App& app, Call& call) {
    app.name("rung");
    app.description("Rung: evaluates partner-program rules and explains every answer.");
    app.set_help_flag("-h,--help", "this list; behind a verb, its description");
    app.set_version_flag("--version", "rung " + std::string(version()), "which Rung this is");
    app.require_subcommand(1);
    describe_partners(app, call);
    describe_rules(app, call);
    describe_years(app, call);
    describe_tools(app, call);
    for (CLI::App* verb : app.get_subcommands({})) {
        add_manners(static_cast<Verb&>(*verb), call);
    }
}

} // namespace rung::tools
