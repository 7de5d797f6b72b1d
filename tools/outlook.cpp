// `rung outlook`.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

namespace rung::tools {

int outlook(const Question& question, const std::string& until, const Console& console) {
    const std::optional<Registry> versions = load_versions(question, console);
    if (!versions) {
        return ExitCode::invalid;
    }
    const NamedText facts = read_facts(question);
    OutlookOptions options;
    options.from = question.on ? std::optional(day_of(*question.on)) : std::nullopt;
    options.until = until;
    options.review = question.review;
    options.version = named_version(
        *versions, question, Facts::peek(versions->versions().front(), facts.name, facts.text));
    options.strict = question.strict;
    options.for_partner = question.for_partner;
    const Result<Outlook> outlook = rung::outlook(*versions, facts.name, facts.text, options);
    if (!outlook) {
        console.fail(outlook.diagnostics);
        return ExitCode::invalid;
    }
    console.warn(outlook->warnings);
    Console::out(console.format() == Format::json ? to_json(*outlook) + "\n"
                                                  : to_text(*outlook, style_of(question)));
    return ExitCode::clean;
}

} // namespace rung::tools
