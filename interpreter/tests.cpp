#include "grammar/parse.hpp"
#include "interpreter/check.hpp"
#include "interpreter/evaluate.hpp"
#include "interpreter/figures.hpp"
#include "interpreter/present.hpp"
#include "interpreter/ranges.hpp"
#include "interpreter/text.hpp"
#include "interpreter/words.hpp"

#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/tests.hpp>

#include <algorithm>
#include <array>

namespace rung {

namespace {

std::string listed_or_nothing(std::vector<std::string> ids) {
    std::sort(ids.begin(), ids.end());
    return ids.empty() ? "nothing" : listed(ids, ", ");
}

/// Holds one outcome against the expectations of its test.
class Judge {
public:
    Judge(const Model& program, const Model& suite, const Outcome& outcome)
        : program_(program), suite_(suite), outcome_(outcome) {}

    struct Finding {
        std::string expected;
        std::string actual;
    };

    /// Nothing where the expectation holds.
    [[nodiscard]] std::optional<Finding> judge(const Expectation& expectation) const {
        const Finding finding = sides(expectation);
        return finding.expected == finding.actual ? std::nullopt : std::optional(finding);
    }

private:
    [[nodiscard]] Finding sides(const Expectation& expectation) const {
        using About = Expectation::About;
        switch (expectation.about) {
        case About::tier: {
            const LadderOutcome& ladder = outcome_.ladders[expectation.ladder];
            return {"tier " + tiers(expectation)[expectation.subject].id,
                    "tier " +
                        ladder.tier.value_or("undecided: " + listed(ladder.possible, " or "))};
        }
        case About::possible:
            return {"possible " + ids(expectation, tiers(expectation)),
                    "possible " + listed_or_nothing(outcome_.ladders[expectation.ladder].possible)};
        case About::benefit:
            return benefit(expectation);
        case About::benefits:
            return benefits(expectation);
        case About::measure:
            return measure(expectation);
        case About::requirements:
            return requirements(expectation);
        }
        return {};
    }

    [[nodiscard]] const std::vector<Tier>& tiers(const Expectation& expectation) const {
        return program_.ladders[expectation.ladder].tiers;
    }

    template <typename Parts>
    [[nodiscard]] static std::string ids(const Expectation& expectation, const Parts& parts) {
        std::vector<std::string> names;
        for (const Index member : expectation.members) {
            names.push_back(parts[member].id);
        }
        return listed_or_nothing(std::move(names));
    }

    static std::string_view word(Granted verdict) {
        constexpr std::array<std::string_view, 4> words{"granted", "open", "closed", "unknown"};
        return words[static_cast<std::size_t>(verdict)];
    }

    [[nodiscard]] Finding benefit(const Expectation& expectation) const {
        const std::string lead = "benefit " + program_.benefits[expectation.subject].id + " ";
        return {lead + std::string(word(static_cast<Granted>(expectation.verdict))),
                lead + std::string(word(outcome_.benefits[expectation.subject].verdict))};
    }

    [[nodiscard]] Finding benefits(const Expectation& expectation) const {
        const auto verdict = static_cast<Granted>(expectation.verdict);
        std::vector<std::string> actual;
        for (const BenefitOutcome& benefit : outcome_.benefits) {
            if (benefit.verdict == verdict) {
                actual.push_back(benefit.id);
            }
        }
        const std::string lead = "benefits " + std::string(word(verdict)) + " exactly ";
        return {lead + ids(expectation, program_.benefits),
                lead + listed_or_nothing(std::move(actual))};
    }

    [[nodiscard]] Finding requirements(const Expectation& expectation) const {
        constexpr std::array<std::string_view, 4> words{"met", "unmet", "unknown", "not asked"};
        const std::string& tier = tiers(expectation)[expectation.subject].id;
        const LadderOutcome& ladder = outcome_.ladders[expectation.ladder];
        // Ways and parts are named only where the expectation names them.
        const auto names_parts =
            std::any_of(expectation.members.begin(), expectation.members.end(),
                        [&](Index row) { return program_.requirements[row].parent != none; });
        std::vector<std::string> actual;
        for (const RequirementOutcome& row : outcome_.requirements) {
            if (row.ladder == ladder.id && row.path == ladder.path && row.tier == tier &&
                row.verdict == static_cast<RequirementVerdict>(expectation.verdict) &&
                (names_parts || row.parent.empty())) {
                actual.push_back(row.id);
            }
        }
        const std::string lead =
            std::string(words[expectation.verdict]) + " for " + tier + " exactly ";
        return {lead + ids(expectation, program_.requirements),
                lead + listed_or_nothing(std::move(actual))};
    }

    [[nodiscard]] Finding measure(const Expectation& expectation) const {
        const Measure& measure = program_.measures[expectation.subject];
        const Figure& actual = outcome_.measures[expectation.subject].value;
        const std::string lead = "measure " + measure.name + " ";
        std::string expected = "not recorded";
        if (!expectation.unknown) {
            Value value = evaluate_constant(suite_, expectation.from);
            if (expectation.through != none) {
                value = hull(value, evaluate_constant(suite_, expectation.through));
            }
            expected = in_words(figure_of(program_, value, measure.type));
        }
        return {lead + "= " + expected, lead + "= " + in_words(actual)};
    }

    const Model& program_;
    const Model& suite_;
    const Outcome& outcome_;
};

Place place_of(const Source& source, Span span) {
    const Position begin = source.position(span.begin);
    const Position end = source.position(span.end);
    return {source.name(), begin.line, begin.column,
            end.line,      end.column, std::string(source.line(begin.line))};
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

std::size_t Tests::size() const {
    return suite_ == nullptr ? program_.model().tests.size() : suite_->tests.size();
}

std::vector<TestReport> Tests::run(const FactsLoader& load) const {
    const Model& suite = suite_ == nullptr ? program_.model() : *suite_;
    std::vector<TestReport> reports;
    for (const Test& test : suite.tests) {
        TestReport report;
        report.title = test.title;
        report.at = place_of(suite.source, test.at);
        const std::optional<std::string> json = load(test.facts_file);
        if (!json) {
            report.problems = present(
                {Fault{Code::no_facts_file, test.facts_at, {{"name", test.facts_file}}, {}, {}}},
                suite.source);
            reports.push_back(std::move(report));
            continue;
        }
        const Result<Facts> facts = Facts::read(program_, test.facts_file, *json);
        report.problems = facts.diagnostics;
        EvaluateOptions options;
        options.on = test.on ? std::optional(test.on->to_string()) : std::nullopt;
        options.review = test.review.empty() ? std::nullopt : std::optional(test.review);
        if (facts) {
            const Result<Outcome> outcome = evaluate(program_, *facts, options);
            report.problems.add(outcome.diagnostics);
            for (const Expectation& expectation : test.expectations) {
                const auto finding =
                    outcome ? Judge(program_.model(), suite, *outcome).judge(expectation)
                            : std::nullopt;
                if (finding) {
                    report.failures.push_back({place_of(suite.source, expectation.at),
                                               finding->expected, finding->actual});
                }
            }
            report.explanation = report.failures.empty() || !outcome ? "" : to_text(*outcome);
        }
        reports.push_back(std::move(report));
    }
    return reports;
}

} // namespace rung
