// `rung ask`: which missing facts to ask for.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

namespace rung::tools {

int ask(const Question& question, const std::string& target, const Console& console) {
    Diagnostics warnings;
    const std::optional<Case> read = load_case(question, console, warnings);
    if (!read) {
        return ExitCode::invalid;
    }
    Result<Questions> questions =
        rung::ask(read->chosen.program, read->facts, options_of(question, read->chosen), target);
    if (!questions) {
        console.fail(questions.diagnostics);
        return ExitCode::invalid;
    }
    questions->outcome.warnings = std::move(warnings);
    questions->outcome.warnings.add(questions.diagnostics);
    console.warn(questions->outcome.warnings);
    Console::out(console.format() == Format::json ? to_json(*questions) + "\n"
                                                  : to_text(*questions, style_of(question)));
    return ExitCode::clean;
}

} // namespace rung::tools
