#include "grammar/parse.hpp"
#include "interpreter/check.hpp"
#include "interpreter/coverage.hpp"
#include "interpreter/given.hpp"
#include "interpreter/judge.hpp"
#include "interpreter/lint.hpp"
#include "interpreter/present.hpp"
#include "interpreter/recorded.hpp"
#include "interpreter/sha256.hpp"

#include <rung/facts.hpp>
#include <rung/tests.hpp>

#include <algorithm>

namespace rung {

namespace {

/// What a test and its facts must say between them, in the reader's words; `evaluate` would speak of a call.
Faults setting_faults(const Model& model, const Test& test, const Facts& facts) {
    Faults found;
    const auto report = [&](Code code, std::vector<Argument> arguments) {
        found.push_back({code, test.title_at, std::move(arguments), {}, {}});
    };
    const std::optional<std::string> on = facts.on();
    const std::optional<std::string> review = facts.review();
    if (test.on && on && *on != test.on->to_string()) {
        report(Code::test_contradicts, {{"what", "the date is"},
                                        {"found", *on},
                                        {"given", test.on->to_string()},
                                        {"day", test.on->to_string()}});
    }
    if (!test.review.empty() && review && *review != test.review) {
        report(Code::test_contradicts,
               {{"what", "the review is"}, {"found", *review}, {"given", test.review}});
    }
    if ((model.uses_date || model.uses_review) && !test.on && !on) {
        report(Code::test_needs, {{"what", "a date"}, {"example", "on 2024-01-15"}});
    }
    if (model.uses_review && model.reviews.size() > 1 && test.review.empty() && !review) {
        report(Code::test_needs,
               {{"what", "a review"}, {"example", "at " + model.reviews.front().id}});
    }
    return found;
}

/// Where the facts say the day: to the evaluation, and in a fact that is read from the same key.
void set_day(const Model& model, Date day, FactSheet& sheet) {
    sheet.on = day;
    for (std::size_t i = 0; i < model.facts.size(); ++i) {
        if (model.facts[i].pointer == model.on_key) {
            sheet.facts[i] = Value::of(DateRange{day, day});
        }
    }
}

/// That the rules are not in force on the day of the test, where the suite does not accept it.
Faults dated_outside(const Model& model, const Model& suite, const Test& test, const Facts& facts) {
    Findings findings;
    if (const std::optional<Date> day = test.on ? test.on : facts.sheet().on) {
        find_day_outside(model, test, *day, nullptr, findings);
    }
    return findings.left(suite, [](Code) { return false; });
}

Fault no_facts_file(const Test& test) {
    return {Code::no_facts_file, test.facts_at, {{"name", *test.facts_file}}, {}, {}};
}

} // namespace

Tests Tests::of(const Program& program) { return {program, nullptr}; }

Result<Tests> Tests::parse(const Program& program, std::string name, std::string text) {
    Parsed parsed = rung::parse(Source(std::move(name), std::move(text)));
    const ast::File file = ast::lower(parsed.tree);
    Faults faults = std::move(parsed.faults);
    Model suite = check_tests(file, parsed.tree.source(), program.model(), faults);
    Result<Tests> result;
    result.diagnostics = present(faults, suite.source);
    if (!has_errors(faults)) {
        result.value = Tests(program, std::make_shared<const Model>(std::move(suite)));
    }
    return result;
}

const Model& Tests::suite() const { return suite_ == nullptr ? program_.model() : *suite_; }

std::size_t Tests::size() const { return suite().tests.size(); }

Diagnostics Tests::missing_files(const FactsLoader& load) const {
    Faults faults;
    for (const Test& test : suite().tests) {
        if (test.facts_file && !load(*test.facts_file)) {
            faults.push_back(no_facts_file(test));
        }
    }
    return present(faults, suite().source);
}

Result<Facts> Tests::facts_of(const Test& test, const FactsLoader& load) const {
    const Model& model = program_.model();
    Result<Facts> result;
    const std::optional<std::string> json = test.facts_file ? load(*test.facts_file) : "{}";
    if (!json) {
        result.diagnostics = present({no_facts_file(test)}, suite().source);
        return result;
    }
    const Source source(test.facts_file.value_or(""), *json);
    Faults faults;
    FactSheet sheet = read_facts(model, program_.form(), source, false, faults);
    tidy(faults);
    result.diagnostics = present(faults, source);
    if (!has_errors(faults)) {
        give(model, suite(), test.given, sheet);
        if (test.sets_day && test.on) {
            set_day(model, *test.on, sheet);
        }
        result.value = Facts(program_, std::make_shared<const FactSheet>(std::move(sheet)),
                             rung::sha256(source.text()));
    }
    return result;
}

void Tests::run(const Test& test, const FactsLoader& load, const TestOptions& options,
                TestReport& report) const {
    const Model& model = program_.model();
    const Result<Facts> facts = facts_of(test, load);
    report.problems = facts.diagnostics;
    if (!facts) {
        return;
    }
    report.problems.add(present(setting_faults(model, test, *facts), suite().source));
    if (report.problems.has_errors()) {
        return;
    }
    EvaluateOptions setting;
    setting.named_version = true; // by the file that the test stands in, whatever its facts are for
    setting.on = test.on ? std::optional(test.on->to_string()) : std::nullopt;
    setting.review = test.review.empty() ? std::nullopt : std::optional(test.review);
    Verdicts verdicts(model);
    Recording recording;
    const Result<Outcome> outcome =
        evaluate_recorded(program_, *facts, setting, verdicts, recording);
    report.problems.add(outcome.diagnostics);
    if (!outcome) {
        return;
    }
    report.warnings.add(present(dated_outside(model, suite(), test, *facts), suite().source));
    if (options.coverage != nullptr) {
        see(model, verdicts, recording, *options.coverage);
    }
    Judge judge(model, suite(), *outcome, options.style);
    for (const Expectation& expectation : test.expectations) {
        if (std::optional<TestFailure> failure = judge.judge(expectation)) {
            report.failures.push_back(std::move(*failure));
        }
    }
}

std::vector<TestReport> Tests::run(const FactsLoader& load, const TestOptions& options) const {
    std::vector<TestReport> reports;
    for (const Test& test : suite().tests) {
        if (test.title.find(options.filter) == std::string::npos) {
            continue;
        }
        TestReport report;
        report.title = test.title;
        report.at = place_of(suite().source, test.at);
        run(test, load, options, report);
        reports.push_back(std::move(report));
    }
    return reports;
}

std::size_t TestRun::passed() const {
    return static_cast<std::size_t>(std::count_if(
        reports.begin(), reports.end(), [](const TestReport& report) { return report.passed(); }));
}

} // namespace rung
