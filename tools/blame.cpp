// `rung blame`: why an answer is another one than before.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

namespace rung::tools {

namespace {

/// Facts with the rules of their time; nothing where something is wrong, which was said.
std::optional<Side> side_of(const Question& question, const Console& console) {
    Diagnostics warnings; // said with the answer, which reads the facts again
    const std::optional<Case> read = load_case(question, console, warnings);
    if (!read) {
        return std::nullopt;
    }
    return Side{read->chosen.program, read->name, read->json, options_of(question, read->chosen)};
}

} // namespace

int blame(const Question& before, const Question& after, const Console& console) {
    if (before.facts == "-" && after.facts == "-") {
        refuse(Code::input_used_twice, {{"first", "old facts"}, {"second", "new facts"}});
    }
    const std::optional<Side> was = side_of(before, console);
    const std::optional<Side> is = was ? side_of(after, console) : std::nullopt;
    if (!is) {
        return ExitCode::invalid;
    }
    const Result<Blame> answer = rung::blame(*was, *is);
    if (!answer) {
        console.fail(answer.diagnostics);
        return ExitCode::invalid;
    }
    console.warn(answer->warnings);
    Console::out(console.format() == Format::json ? to_json(*answer) + "\n"
                                                  : to_text(*answer, style_of(after)));
    return ExitCode::clean;
}

} // namespace rung::tools
