// `rung diff`: what two versions of the rules say differently.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

namespace rung::tools {

int diff(const std::string& old, const std::string& fresh, bool detailed, const Question& question,
         const Console& console) {
    if (old == "-" && fresh == "-") {
        refuse(Code::input_used_twice, {{"first", "old rules"}, {"second", "new rules"}});
    }
    const std::optional<Program> before = load_program(old, console);
    const std::optional<Program> after = before ? load_program(fresh, console) : std::nullopt;
    if (!after) {
        return ExitCode::invalid;
    }
    const Differences differences =
        rung::diff(before->in(question.language), after->in(question.language));
    Console::out(console.format() == Format::json ? to_json(differences) + "\n"
                                                  : to_text(differences, style_of(question)));
    const bool differ =
        !differences.empty() || differences.before.withdrawn != differences.after.withdrawn;
    return detailed && differ ? ExitCode::findings : ExitCode::clean;
}

} // namespace rung::tools
