// `rung impact`: whom a new version of the rules moves, and by which edit.
#include "tools/interrupt.hpp"
#include "tools/kinds.hpp"
#include "tools/output.hpp"
#include "tools/partner_list.hpp"
#include "tools/progress.hpp"
#include "tools/rules.hpp"
#include "tools/study.hpp"
#include "tools/sweep.hpp"
#include "tools/verbs.hpp"

#include <rung/impact.hpp>

#include <array>

namespace rung::tools {

namespace {

/// Only one of them can be standard input.
void refuse_input_twice(const std::string& old, const std::string& fresh,
                        const std::string& partners) {
    const std::array<std::pair<const char*, const std::string*>, 3> inputs{
        {{"old rules", &old}, {"new rules", &fresh}, {"partners", &partners}}};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        for (std::size_t j = i + 1; j < inputs.size(); ++j) {
            if (*inputs[i].second == "-" && *inputs[j].second == "-") {
                refuse(Code::input_used_twice,
                       {{"first", inputs[i].first}, {"second", inputs[j].first}});
            }
        }
    }
}

ImpactOptions options_for(const ImpactCall& call, const Question& question, std::string list) {
    ImpactOptions options;
    options.list = std::move(list);
    options.on = question.on ? std::optional(day_of(*question.on)) : std::nullopt;
    options.review = question.review;
    options.near_percent = call.near_percent;
    options.strict = question.strict;
    if (call.sweep) {
        options.sweep = read_sweep(*call.sweep);
    }
    return options;
}

void add(ImpactStudy& study, const Listed& partner, const std::string& list, Kinds& warnings) {
    Diagnostics findings = partner.findings;
    if (!findings.has_errors()) {
        findings.add(placed(study.add(partner.line, partner.json), partner, list));
    }
    warnings.add(findings);
    if (findings.has_errors()) {
        study.leave_out(partner.line, std::move(findings));
    }
}

/// A name that ends in `.json` is that of one partner, unless its text says otherwise; other names than those of lists
/// say nothing.
void refuse_untold_form(const std::string& path, const Input& input) {
    if (!path.ends_with(".json")) {
        refuse(Code::no_list_form, {{"list", input.name()}});
    }
}

void refuse_several_as_one(const ImpactStudy& study, const Input& input) {
    const Impact so_far = study.result();
    for (const Impact::Unread& unread : so_far.unread) {
        for (const Diagnostic& fault : unread.why) {
            if (fault.code == "facts-not-object" || fault.code == "json-second-value") {
                refuse(Code::no_list_form, {{"single", input.name()}});
            }
        }
    }
}

/// Through the list, or until somebody interrupts; false then.
bool add_all(ImpactStudy& study, PartnerList& list, const Input& input, Kinds& warnings,
             Progress& progress) {
    std::uint64_t count = 0;
    while (!Interrupt::came()) {
        const std::optional<Listed> partner = list.next();
        if (Interrupt::came()) {
            break; // the partner may have been cut off
        }
        if (!partner) {
            return true;
        }
        add(study, *partner, input.name(), warnings);
        progress.show(++count, input);
    }
    return false;
}

std::string answer(const Impact& impact, const Question& question, const Console& console) {
    return console.format() == Format::json ? to_json(impact) + "\n"
                                            : to_text(impact, style_of(question));
}

int tell(const Studied& studied, Output& output, const Question& question, const Console& console) {
    output.write(answer(studied.impact, question, console));
    output.finish();
    if (output.is_file()) {
        console.note(summary(studied.impact, question.language) + "\n");
    }
    return studied.impact.partial ? ExitCode::interrupted
           : studied.has_faults   ? ExitCode::findings
                                  : ExitCode::clean;
}

int run(const Program& before, const Program& after, const ImpactCall& call,
        const Question& question, const Console& console) {
    // Files are opened before the work begins, so that one which cannot be written is told at once.
    Output output(call.list.output);
    std::optional<WholeFile> movers;
    if (call.movers) {
        movers.emplace(*call.movers);
    }
    const std::optional<Studied> studied = study(before, after, call, question, console);
    if (!studied) {
        return ExitCode::invalid;
    }
    console.warn(studied->warnings);
    if (!studied->faults.empty()) {
        console.fail(studied->faults);
    }
    if (movers && !studied->impact.partial) { // a list cannot say that it is not all
        movers->write(movers_csv(studied->impact, question.language));
        movers->finish();
    }
    return tell(*studied, output, question, console);
}

} // namespace

std::optional<Studied> study(const Program& before, const Program& after, const ImpactCall& call,
                             const Question& question, const Console& console) {
    const Interrupt interrupt; // a long sweep takes its time before the first partner
    Input input(question.facts);
    Result<ImpactStudy> gathered =
        ImpactStudy::of(before.in(question.language), after.in(question.language),
                        options_for(call, question, input.name()));
    if (!gathered) {
        console.fail(gathered.diagnostics);
        return std::nullopt;
    }
    const ListForm form = list_form(question.facts, call.list.input);
    const bool is_guessed = form == ListForm::single && call.list.input.empty();
    if (is_guessed) {
        refuse_untold_form(question.facts, input);
    }
    const ListOptions options{form, call.list.lists, call.list.incomplete, question.strict,
                              "impact"};
    const Result<std::unique_ptr<PartnerList>> list = open_list(input, options, {after, before});
    if (!list) {
        console.fail(list.diagnostics);
        return std::nullopt;
    }
    Kinds warnings;
    const bool is_whole = [&] {
        Progress progress(!console.is_quiet(), Wording::of(question.language));
        return add_all(*gathered, **list, input, warnings, progress);
    }();
    if (is_guessed) {
        refuse_several_as_one(*gathered, input);
    }
    Studied studied;
    studied.impact = gathered->result();
    studied.impact.partial = !is_whole;
    const Diagnostics about = (*list)->findings();
    warnings.add(about);
    if (is_whole && !about.has_errors() &&
        studied.impact.partners + studied.impact.unread_count == 0) {
        refuse(Code::no_partners, {{"list", input.name()}});
    }
    studied.warnings = warnings.first();
    studied.faults = about.has_errors() ? about : Diagnostics();
    studied.has_faults = studied.impact.unread_count > 0 || about.has_errors();
    return studied;
}

int impact(const ImpactCall& call, const Question& question, const Console& console) {
    refuse_input_twice(call.old, question.rules, question.facts);
    std::vector<std::string> inputs = files_of(call.list.lists);
    inputs.insert(inputs.end(), {call.old, question.rules, question.facts});
    refuse_overwriting({call.list.output, call.movers.value_or("")}, inputs);
    const std::optional<Program> before = load_program(call.old, console);
    const std::optional<Program> after =
        before ? load_program(question.rules, console) : std::nullopt;
    if (!after) {
        return ExitCode::invalid;
    }
    return run(*before, *after, call, question, console);
}

} // namespace rung::tools
