// `rung guide`: the program guide, made from the rules.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/guide.hpp>

#include <algorithm>

namespace rung::tools {

namespace {

/// The last version that came into force before, withdrawn ones aside.
std::optional<Program> before(const Registry& registry, const Program& program) {
    const std::vector<Program>& versions = registry.versions();
    const auto earlier =
        std::find_if(versions.rbegin(), versions.rend(), [&](const Program& other) {
            return other.effective_from() < program.effective_from() && !other.withdrawn();
        });
    return earlier == versions.rend() ? std::nullopt : std::optional(*earlier);
}

} // namespace

int guide(const Question& question, const std::optional<std::string>& since,
          const Console& console) {
    const std::optional<Registry> registry = load_versions(question, console);
    const std::optional<Program> program =
        registry ? version_meant(*registry, question, console) : std::nullopt;
    if (!program) {
        return ExitCode::invalid;
    }
    std::optional<Program> old = before(*registry, *program);
    if (since) {
        Result<Program> named = Program::parse(*since, read_file(*since));
        if (!named) {
            console.fail(named.diagnostics);
            return ExitCode::invalid;
        }
        old = std::move(named.value);
    }
    const Guide made = rung::guide(*program, {question.language, old ? &*old : nullptr});
    Console::out(console.format() == Format::json ? to_json(made) + "\n"
                                                  : to_text(made, style_of(question)));
    return ExitCode::clean;
}

} // namespace rung::tools
