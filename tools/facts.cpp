// `rung facts`: what rules need to know about a partner.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/contract.hpp>

namespace rung::tools {

int facts(const Question& question, FactsView view, const Console& console) {
    const std::optional<Registry> versions = load_versions(question, console);
    const std::optional<Program> meant =
        versions ? version_meant(*versions, question, console) : std::nullopt;
    if (!meant) {
        return ExitCode::invalid;
    }
    const Program& program = *meant;
    switch (view) {
    case FactsView::schema:
        Console::out(facts_schema(program));
        break;
    case FactsView::template_record:
        Console::out(facts_template(program));
        break;
    case FactsView::list:
        Console::out(console.format() == Format::json ? facts_json(program)
                                                      : facts_text(program, Console::out_style()));
    }
    return ExitCode::clean;
}

} // namespace rung::tools
