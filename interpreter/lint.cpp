#include "interpreter/lint.hpp"

#include "grammar/parse.hpp"
#include "interpreter/present.hpp"

#include <rung/lint.hpp>

#include <algorithm>

namespace rung {

namespace {

Date end_of(const Model& model) { return model.effective_through.value_or(Date::max()); }

/// Where the version says from when through when it is in force; the whole line for a version without.
Span effective_line(const Model& model) {
    const Tree tree = parse(model.source).tree;
    for (const NodeRef section : tree.root()) {
        if (section.is(Kind::effective)) {
            Span dates = section.span();
            for (const NodeRef part : section) {
                dates = part.is(Kind::date) ? part.span() : dates;
            }
            return dates;
        }
    }
    return {0, 0};
}

void find_gap(const Model& earlier, const Model& later, Findings& findings) {
    const Date begins = later.effective_from.value_or(Date::min());
    const std::optional<Date> first = add_days(end_of(earlier), 1);
    const std::optional<Date> last = add_days(begins, -1);
    if (!first || !last || *first > *last) {
        return;
    }
    std::vector<Argument> arguments{
        {"version", earlier.version},
        {"next", later.version},
        {"begins", earlier.effective_from.value_or(Date::min()).to_string()},
        {"through", last->to_string()}};
    if (*first == *last) {
        arguments.push_back({"from", first->to_string()});
    } else {
        arguments.push_back({"first", first->to_string()});
        arguments.push_back({"last", last->to_string()});
    }
    findings.add(Code::versions_gap, effective_line(earlier), "", std::move(arguments));
}

} // namespace

void Findings::add(Code code, Span at, std::string subject, std::vector<Argument> arguments,
                   std::vector<Note> notes) {
    std::string accept = "accept " + std::string(name_of(code));
    accept += (subject.empty() ? "" : " of " + subject) + " \"…\"";
    arguments.push_back({"accept", std::move(accept)});
    all_.push_back({{code, at, std::move(arguments), std::move(notes), {}}, std::move(subject)});
}

Faults Findings::left_after(const std::vector<Acceptance>& acceptances,
                            const std::vector<bool>& judged) const {
    std::vector<bool> idle = judged;
    // One that names what it accepts goes before one for the whole file.
    const auto accepted = [&](const Finding& finding, bool by_name) {
        for (std::size_t i = 0; i < acceptances.size(); ++i) {
            const Acceptance& acceptance = acceptances[i];
            const std::string& of = by_name ? finding.subject : std::string();
            if (acceptance.check == finding.fault.code && acceptance.of == of) {
                idle[i] = false;
                return true;
            }
        }
        return false;
    };
    Faults faults;
    for (const Finding& finding : all_) {
        if (!accepted(finding, true) && !accepted(finding, false)) {
            faults.push_back(finding.fault);
        }
    }
    for (std::size_t i = 0; i < acceptances.size(); ++i) {
        if (idle[i]) {
            std::vector<Argument> arguments{{"check", std::string(name_of(acceptances[i].check))}};
            if (!acceptances[i].of.empty()) {
                arguments.push_back({"name", acceptances[i].of});
            }
            faults.push_back({Code::accepted_nothing, acceptances[i].at, arguments, {}, {}});
        }
    }
    tidy(faults);
    return faults;
}

std::string words_in(const Source& source, Span at) {
    std::string words;
    for (const char c : source.text(at)) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank) {
            words += c;
        } else if (!words.empty() && words.back() != ' ') {
            words += ' ';
        }
    }
    return words;
}

Diagnostics lint(const Program& program) {
    const Model& model = program.model();
    const Tree tree = parse(model.source).tree;
    Findings findings;
    find_unused(model, findings);
    find_odd_tables(model, findings);
    find_settled(model, findings);
    find_odd_measures(model, findings);
    find_missing_labels(model, findings);
    const ast::File file = ast::lower(tree);
    find_odd_years(file, model, findings);
    find_odd_look_ups(file, model, findings);
    find_odd_text(file, tree, findings);
    // Days without a version are seen in the folder alone, and those of tests with the tests.
    const auto judged = [](Code check) {
        return check != Code::versions_gap && check != Code::test_outside_version;
    };
    return present(findings.left(model, judged), model.source);
}

Diagnostics lint(const Registry& versions) {
    Diagnostics diagnostics;
    const std::vector<Program>& all = versions.versions();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Model& model = all[i].model();
        Findings findings;
        if (i + 1 < all.size() && model.effective_through) {
            find_gap(model, all[i + 1].model(), findings);
        }
        diagnostics.add(
            present(findings.left(model, [](Code check) { return check == Code::versions_gap; }),
                    model.source));
    }
    return diagnostics;
}

} // namespace rung
