// `rung plan`.
#include "tools/output.hpp"
#include "tools/receipt.hpp"
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

Shape shape_of(const Question& question, const PlanCall& call, const Console& console) {
    const PlanOptions options = options_of(question, call);
    Shape shape;
    shape.target = call.target;
    shape.planned = Shape::Planned{options.today, options.ways, options.max_evaluations};
    shape.format = console.format();
    shape.for_partner = question.for_partner;
    shape.style = style_of(question);
    return shape;
}

/// Of an answer that there is: its facts were evaluated before a plan was made.
void write_receipt(const std::string& path, const Question& question, const Case& read,
                   const Plan& plan, const Shape& shape) {
    Result<Outcome> outcome =
        evaluate(read.chosen.program, read.facts, options_of(question, read.chosen));
    write_file(path, to_json(receipt_of(question, {std::move(*outcome), plan}, shape)));
}

} // namespace

int plan(const Question& question, const PlanCall& call, const Console& console) {
    refuse_overwriting({call.receipt.value_or("")}, {question.facts, question.rules});
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
        const Shape shape = shape_of(question, call, console);
        if (call.receipt) {
            write_receipt(*call.receipt, question, *loaded, *plan, shape);
        }
        Console::out(shaped({{}, *plan}, shape));
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
