// `rung versions`: the versions of a program, and which is in force.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

namespace rung::tools {

int versions(const Question& question, const Console& console) {
    const std::optional<Registry> registry = load_versions(question, console);
    if (!registry) {
        return ExitCode::invalid;
    }
    const std::optional<std::string> on =
        question.on ? std::optional(day_of(*question.on)) : std::nullopt;
    const Result<VersionList> listed = rung::list(*registry, on);
    if (!listed) {
        console.fail(listed.diagnostics);
        return ExitCode::invalid;
    }
    Console::out(console.format() == Format::json ? to_json(*listed) + "\n"
                                                  : to_text(*listed, style_of(question)));
    const bool none = on && !listed->in_force;
    return none || !listed->gaps.empty() ? ExitCode::findings : ExitCode::clean;
}

} // namespace rung::tools
