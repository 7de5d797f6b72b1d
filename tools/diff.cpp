// `rung diff`: what two versions of the rules say differently.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

namespace rung::tools {

namespace {

/// One version; nothing where it is not valid, which was said.
std::optional<Program> program_of(const std::string& file, Language language,
                                  const Console& console) {
    const Result<Program> program = Program::parse(file, read_file(file));
    if (!program) {
        console.fail(program.diagnostics);
        return std::nullopt;
    }
    return program->in(language);
}

} // namespace

int diff(const std::string& old, const std::string& fresh, bool detailed, const Question& question,
         const Console& console) {
    if (old == "-" && fresh == "-") {
        refuse(Code::input_used_twice, {{"first", "old rules"}, {"second", "new rules"}});
    }
    const std::optional<Program> before = program_of(old, question.language, console);
    const std::optional<Program> after =
        before ? program_of(fresh, question.language, console) : std::nullopt;
    if (!after) {
        return ExitCode::invalid;
    }
    const Differences differences = rung::diff(*before, *after);
    Console::out(console.format() == Format::json ? to_json(differences) + "\n"
                                                  : to_text(differences, style_of(question)));
    return detailed && !differences.empty() ? ExitCode::findings : ExitCode::clean;
}

} // namespace rung::tools
