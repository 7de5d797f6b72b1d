// Holds one outcome against what a test expects of it.
#pragma once

#include "interpreter/model.hpp"

#include <rung/outcome.hpp>
#include <rung/tests.hpp>

#include <set>

namespace rung {

class Judge {
public:
    /// `suite` holds the test and its figures; all must outlive this.
    Judge(const Model& program, const Model& suite, const Outcome& outcome,
          const TextOptions& style)
        : program_(program), suite_(suite), outcome_(outcome), style_(style) {}

    /// Nothing where the expectation holds. What one failure explained, those behind it do not say again.
    [[nodiscard]] std::optional<TestFailure> judge(const Expectation& expectation);

private:
    /// Both sides in words, and what they are about.
    struct Finding {
        bool holds = false;
        std::string expected;
        std::string actual;
        std::vector<std::string> missing;
        std::vector<std::string> too_many;
        std::vector<std::string> tiers; // to be explained, as they are named
        std::vector<std::string> benefits;
        std::vector<std::string> rows; // at `row_tier`
        std::string row_tier;
        std::string along; // path of the rows; empty: the one that explanations show
        std::vector<std::string> facts; // that are missing
    };

    /// Where a ladder, or one of its paths, leads.
    struct Reached {
        std::optional<std::string> tier;
        std::string at_least;
        std::vector<std::string> possible;
    };

    [[nodiscard]] Reached reached(const Expectation& expectation) const;
    [[nodiscard]] Index place(const Expectation& expectation, const std::string& tier) const;
    [[nodiscard]] Finding find(const Expectation& expectation) const;
    [[nodiscard]] static Finding verdicts(const std::string& lead, std::string_view expected,
                                          std::string_view actual);
    [[nodiscard]] static Finding lists(const std::string& lead, std::vector<std::string> expected,
                                       std::vector<std::string> actual);
    [[nodiscard]] Finding tier(const Expectation& expectation) const;
    [[nodiscard]] Finding at_least(const Expectation& expectation) const;
    [[nodiscard]] Finding possible(const Expectation& expectation) const;
    [[nodiscard]] Finding benefit(const Expectation& expectation) const;
    [[nodiscard]] Finding benefits(const Expectation& expectation) const;
    [[nodiscard]] Finding notice(const Expectation& expectation) const;
    [[nodiscard]] Finding requirement(const Expectation& expectation) const;
    [[nodiscard]] Finding requirements(const Expectation& expectation) const;
    [[nodiscard]] Finding measure(const Expectation& expectation) const;
    [[nodiscard]] Finding value(const Expectation& expectation) const;
    [[nodiscard]] Finding figure(const Expectation& expectation, const std::string& lead, Type type,
                                 const Figure& actual) const;
    [[nodiscard]] Finding gap(const Expectation& expectation) const;

    [[nodiscard]] const LadderOutcome& ladder(const Expectation& expectation) const {
        return outcome_.ladders[expectation.ladder];
    }
    [[nodiscard]] const std::vector<Tier>& tiers(const Expectation& expectation) const {
        return program_.ladders[expectation.ladder].tiers;
    }
    /// With its ladder's name, where another ladder has one of that name.
    [[nodiscard]] std::string named(const Expectation& expectation, const std::string& tier) const {
        return qualified_tier(outcome_, ladder(expectation), tier);
    }
    /// Rows are those along the path that is named, or else that explanations show.
    [[nodiscard]] bool is_of(const RequirementOutcome& row, const Expectation& expectation) const {
        const LadderOutcome& of = ladder(expectation);
        return row.ladder == of.id &&
               row.path == (expectation.along.empty() ? of.path : expectation.along);
    }
    [[nodiscard]] Figure expected_figure(const Expectation& expectation, Type type) const;
    [[nodiscard]] const RequirementOutcome* row(const Expectation& expectation) const;
    [[nodiscard]] std::string why(const Finding& finding);
    bool first_time(const std::string& subject) { return explained_.insert(subject).second; }

    const Model& program_;
    const Model& suite_;
    const Outcome& outcome_;
    TextOptions style_;
    std::set<std::string> explained_;
};

} // namespace rung
