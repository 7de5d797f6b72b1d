// `rung plan`.
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/plan.hpp>

#include <algorithm>

namespace rung::tools {

namespace {

PlanOptions options_of(const Question& question, const PlanCall& call) {
    PlanOptions options;
    options.on = question.on ? std::optional(day_of(*question.on)) : std::nullopt;
    options.review = question.review;
    options.today = call.today ? std::optional(day_of(*call.today)) : std::nullopt;
    options.ways = std::max(call.ways, call.emit_facts);
    options.max_evaluations = call.bound;
    options.strict = question.strict;
    options.named_version = question.version.has_value();
    return options;
}

} // namespace

int plan(const Question& question, const PlanCall& call, const Console& console) {
    Diagnostics warnings;
    const std::optional<Case> loaded = load_case(question, console, warnings);
    if (!loaded) {
        return ExitCode::invalid;
    }
    Result<Plan> plan = rung::plan(loaded->chosen.program, loaded->name, loaded->json, call.target,
                                   options_of(question, call));
    if (!plan) {
        console.fail(plan.diagnostics);
        return ExitCode::invalid;
    }
    console.warn(plan->warnings);
    const int code = plan->reached || !plan->ways.empty() ? ExitCode::clean : ExitCode::findings;
    if (call.emit_facts == 0) {
        const Plan shown = question.for_partner ? redacted(*plan) : *plan;
        Console::out(console.format() == Format::json ? to_json(shown) + "\n"
                                                      : to_text(shown, style_of(question)));
        return code;
    }
    if (plan->ways.size() < call.emit_facts) {
        refuse(Code::no_such_way, {{"found", std::to_string(call.emit_facts)},
                                   {"ways", std::to_string(plan->ways.size())}});
    }
    Console::out(plan->ways[call.emit_facts - 1].facts);
    return code;
}

} // namespace rung::tools
