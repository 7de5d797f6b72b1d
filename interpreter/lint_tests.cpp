// Tests that are dated when the rules they test are not in force.
#include "interpreter/lint.hpp"
#include "interpreter/present.hpp"

#include <rung/lint.hpp>

namespace rung {

void find_day_outside(const Model& model, const Test& test, Date day, const Registry* versions,
                      Findings& findings) {
    const Date first = model.effective_from.value_or(Date::min());
    const Date last = model.effective_through.value_or(Date::max());
    const Result<Chosen> chosen =
        versions == nullptr ? Result<Chosen>() : versions->choose(day.to_string(), std::nullopt);
    const bool in_force =
        chosen ? chosen->program.version() == model.version : first <= day && day <= last;
    if (in_force) {
        return;
    }
    std::vector<Argument> arguments{{"day", day.to_string()}, {"version", model.version}};
    if (chosen) {
        arguments.push_back({"other", chosen->program.version()});
        arguments.push_back({"file", chosen->program.file()});
    } else {
        arguments.push_back(
            {"when", "from " + first.to_string() +
                         (last == Date::max() ? " on" : " through " + last.to_string())});
    }
    findings.add(Code::test_outside_version, test.title_at, "", std::move(arguments));
}

Diagnostics lint(const Tests& tests, const Registry* versions) {
    const Model& suite = tests.suite();
    Findings findings;
    bool all_dated = true; // others have the day of their facts, which are not at hand
    for (const Test& test : suite.tests) {
        all_dated &= test.on.has_value();
        if (test.on) {
            find_day_outside(tests.program().model(), test, *test.on, versions, findings);
        }
    }
    return present(
        findings.left(suite,
                      [&](Code check) { return check == Code::test_outside_version && all_dated; }),
        suite.source);
}

} // namespace rung
