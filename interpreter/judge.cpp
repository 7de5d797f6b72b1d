#include "interpreter/judge.hpp"

#include "interpreter/evaluate.hpp"
#include "interpreter/figures.hpp"
#include "interpreter/present.hpp"
#include "interpreter/ranges.hpp"
#include "interpreter/text.hpp"
#include "interpreter/words.hpp"

#include <algorithm>
#include <array>

namespace rung {

namespace {

constexpr std::size_t most_explained = 3; // rows and benefits of one list

constexpr std::array<std::string_view, 5> row_verdicts{"met", "unmet", "unknown", "not asked",
                                                       "waived"};
constexpr std::array<std::string_view, 4> benefit_verdicts{"granted", "open", "closed", "unknown"};
constexpr std::array<std::string_view, 3> notice_verdicts{"told", "untold", "unknown"};

std::string_view word(RequirementVerdict verdict) {
    return row_verdicts[static_cast<std::size_t>(verdict)];
}
std::string_view word(Granted verdict) {
    return benefit_verdicts[static_cast<std::size_t>(verdict)];
}

std::string listed_or_nothing(const std::vector<std::string>& ids) {
    return ids.empty() ? "nothing" : listed(ids, ", ");
}

std::vector<std::string> without(const std::vector<std::string>& ids,
                                 const std::vector<std::string>& others) {
    std::vector<std::string> rest;
    std::set_difference(ids.begin(), ids.end(), others.begin(), others.end(),
                        std::back_inserter(rest));
    return rest;
}

template <typename Parts>
std::vector<std::string> ids(const std::vector<Index>& members, const Parts& parts) {
    std::vector<std::string> names;
    for (const Index member : members) {
        names.push_back(parts[member].id);
    }
    return names;
}

/// What is said behind an expectation that names a path.
std::string along(const Expectation& expectation) {
    return expectation.along.empty() ? "" : " along " + expectation.along;
}

/// Figures of one type: the same canonical text, whatever a printer makes of it.
bool is_same_figure(const Figure& a, const Figure& b) {
    return a.state == b.state && a.value == b.value && a.from == b.from && a.through == b.through &&
           a.currency == b.currency && a.members == b.members;
}

/// Nothing is known of it: not even a range, but that a count is not below zero.
bool decides_nothing(const Figure& figure) {
    const bool any_count = figure.type == "whole" && figure.from == "0" && figure.through.empty();
    return figure.state == Figure::State::unknown ||
           (figure.state == Figure::State::range && any_count);
}

/// The gaps of the conditions that are not met, each once.
void add_gaps(const std::vector<Condition>& conditions, std::vector<Figure>& gaps) {
    for (const Condition& condition : conditions) {
        if (condition.verdict != RequirementVerdict::unmet) {
            continue;
        }
        const bool known = std::any_of(gaps.begin(), gaps.end(), [&](const Figure& gap) {
            return is_same_figure(gap, condition.gap);
        });
        if (condition.gap.state != Figure::State::absent && !known) {
            gaps.push_back(condition.gap);
        }
        add_gaps(condition.alternatives, gaps);
        add_gaps(condition.parts, gaps);
    }
}

} // namespace

std::optional<TestFailure> Judge::judge(const Expectation& expectation) {
    Finding finding = find(expectation);
    finding.along = expectation.along;
    if (finding.holds) {
        return std::nullopt;
    }
    TestFailure failure;
    failure.at = place_of(suite_.source, expectation.at);
    failure.explanation = why(finding);
    failure.expected = finding.expected + along(expectation);
    failure.actual = finding.actual + along(expectation);
    failure.missing = std::move(finding.missing);
    failure.too_many = std::move(finding.too_many);
    return failure;
}

Judge::Finding Judge::find(const Expectation& expectation) const {
    using About = Expectation::About;
    switch (expectation.about) {
    case About::tier:
        return tier(expectation);
    case About::at_least:
        return at_least(expectation);
    case About::possible:
        return possible(expectation);
    case About::benefit:
        return benefit(expectation);
    case About::benefits:
        return benefits(expectation);
    case About::notice:
        return notice(expectation);
    case About::measure:
        return measure(expectation);
    case About::value:
        return value(expectation);
    case About::requirement:
        return requirement(expectation);
    case About::requirements:
        return requirements(expectation);
    case About::gap:
        return gap(expectation);
    }
    return {};
}

Judge::Finding Judge::verdicts(const std::string& lead, std::string_view expected,
                               std::string_view actual) {
    Finding finding;
    finding.holds = expected == actual;
    finding.expected = lead + std::string(expected);
    finding.actual = lead + std::string(actual);
    return finding;
}

Judge::Finding Judge::lists(const std::string& lead, std::vector<std::string> expected,
                            std::vector<std::string> actual) {
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    std::sort(actual.begin(), actual.end());
    Finding finding = verdicts(lead, listed_or_nothing(expected), listed_or_nothing(actual));
    finding.missing = without(expected, actual);
    finding.too_many = without(actual, expected);
    return finding;
}

// ---- tiers -------------------------------------------------------------------------------------

/// On the ladder, or along the path that is named.
Judge::Reached Judge::reached(const Expectation& expectation) const {
    const LadderOutcome& ladder = this->ladder(expectation);
    for (const PathOutcome& path : ladder.paths) {
        if (path.id == expectation.along) {
            return {path.tier, path.at_least, path.possible};
        }
    }
    return {ladder.tier, ladder.at_least, ladder.possible};
}

Index Judge::place(const Expectation& expectation, const std::string& tier) const {
    const auto& all = tiers(expectation);
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const Tier& candidate) { return candidate.id == tier; });
    return static_cast<Index>(at - all.begin());
}

Judge::Finding Judge::tier(const Expectation& expectation) const {
    const Reached reached = this->reached(expectation);
    const std::string& expected = tiers(expectation)[expectation.subject].id;
    Finding finding = verdicts("tier ", named(expectation, expected),
                               reached.tier ? named(expectation, *reached.tier)
                                            : "undecided: " + listed(reached.possible, " or "));
    // Above the tier that was expected, it is the higher one that needs explaining.
    const bool higher = place(expectation, reached.at_least) >= expectation.subject;
    finding.tiers = {named(expectation, higher ? reached.possible.back() : expected)};
    return finding;
}

Judge::Finding Judge::at_least(const Expectation& expectation) const {
    const std::string expected = named(expectation, tiers(expectation)[expectation.subject].id);
    const Reached reached = this->reached(expectation);
    Finding finding = verdicts("at least ", expected, named(expectation, reached.at_least));
    finding.holds = place(expectation, reached.at_least) >= expectation.subject;
    finding.tiers = {expected};
    return finding;
}

Judge::Finding Judge::possible(const Expectation& expectation) const {
    // Tiers are named from the lowest to the highest.
    Finding finding;
    std::vector<std::string> expected;
    std::vector<std::string> actual;
    for (Index tier = 0; tier < tiers(expectation).size(); ++tier) {
        const std::string& id = tiers(expectation)[tier].id;
        const auto& wanted = expectation.members;
        const auto possible = reached(expectation).possible;
        const bool is_wanted = std::find(wanted.begin(), wanted.end(), tier) != wanted.end();
        const bool is = std::find(possible.begin(), possible.end(), id) != possible.end();
        const std::string name = named(expectation, id);
        if (is_wanted) {
            expected.push_back(name);
        }
        if (is) {
            actual.push_back(name);
        }
        if (is_wanted != is) {
            (is_wanted ? finding.missing : finding.too_many).push_back(name);
        }
    }
    finding.holds = expected == actual;
    finding.expected = "possible " + listed_or_nothing(expected);
    finding.actual = "possible " + listed_or_nothing(actual);
    const auto& first = finding.missing.empty() ? finding.too_many : finding.missing;
    if (!first.empty() && explained_.empty()) {
        finding.tiers = {first.front()};
    }
    return finding;
}

// ---- what tiers open, and what is told ---------------------------------------------------------

Judge::Finding Judge::benefit(const Expectation& expectation) const {
    const std::string& id = program_.benefits[expectation.subject].id;
    Finding finding = verdicts("benefit " + id + " ", benefit_verdicts[expectation.verdict],
                               word(outcome_.benefits[expectation.subject].verdict));
    finding.benefits = {id};
    return finding;
}

Judge::Finding Judge::benefits(const Expectation& expectation) const {
    std::vector<std::string> actual;
    for (const BenefitOutcome& benefit : outcome_.benefits) {
        if (word(benefit.verdict) == benefit_verdicts[expectation.verdict]) {
            actual.push_back(benefit.id);
        }
    }
    Finding finding =
        lists("benefits " + std::string(benefit_verdicts[expectation.verdict]) + " exactly ",
              ids(expectation.members, program_.benefits), std::move(actual));
    finding.benefits = finding.missing;
    finding.benefits.insert(finding.benefits.end(), finding.too_many.begin(),
                            finding.too_many.end());
    return finding;
}

Judge::Finding Judge::notice(const Expectation& expectation) const {
    const NoticeOutcome& notice = outcome_.notices[expectation.subject];
    return verdicts("notice " + notice.id + " ", notice_verdicts[expectation.verdict],
                    notice_verdicts[static_cast<std::size_t>(notice.verdict)]);
}

// ---- requirements ------------------------------------------------------------------------------

/// None at the floor, which asks nothing.
const RequirementOutcome* Judge::row(const Expectation& expectation) const {
    const std::string& id = program_.requirements[expectation.subject].id;
    const std::string& tier = tiers(expectation)[expectation.tier].id;
    const auto at =
        std::find_if(outcome_.requirements.begin(), outcome_.requirements.end(),
                     [&](const RequirementOutcome& row) {
                         return is_of(row, expectation) && row.id == id && row.tier == tier;
                     });
    return at == outcome_.requirements.end() ? nullptr : &*at;
}

Judge::Finding Judge::requirement(const Expectation& expectation) const {
    const RequirementOutcome* row = this->row(expectation);
    const auto verdict = row == nullptr ? RequirementVerdict::not_asked : row->verdict;
    const std::string tier = named(expectation, tiers(expectation)[expectation.tier].id);
    const std::string& id = program_.requirements[expectation.subject].id;
    Finding finding = verdicts("requirement " + id + " for " + tier + " ",
                               row_verdicts[expectation.verdict], word(verdict));
    finding.rows = {id};
    finding.row_tier = tier;
    return finding;
}

Judge::Finding Judge::requirements(const Expectation& expectation) const {
    const std::string& id = tiers(expectation)[expectation.subject].id;
    const std::string tier = named(expectation, id);
    // Ways and parts are named only where the expectation names them.
    const auto names_parts =
        std::any_of(expectation.members.begin(), expectation.members.end(),
                    [&](Index row) { return program_.requirements[row].parent != none; });
    std::vector<std::string> actual;
    for (const RequirementOutcome& row : outcome_.requirements) {
        if (is_of(row, expectation) && row.tier == id &&
            word(row.verdict) == row_verdicts[expectation.verdict] &&
            (names_parts || row.parent.empty())) {
            actual.push_back(row.id);
        }
    }
    Finding finding =
        lists(std::string(row_verdicts[expectation.verdict]) + " for " + tier + " exactly ",
              ids(expectation.members, program_.requirements), std::move(actual));
    finding.rows = finding.missing;
    finding.rows.insert(finding.rows.end(), finding.too_many.begin(), finding.too_many.end());
    finding.row_tier = tier;
    return finding;
}

// ---- figures -----------------------------------------------------------------------------------

Figure Judge::expected_figure(const Expectation& expectation, Type type) const {
    Value value = evaluate_constant(suite_, expectation.from);
    if (expectation.through != none) {
        value = hull(value, evaluate_constant(suite_, expectation.through));
    }
    return figure_of(program_, value, type);
}

Judge::Finding Judge::figure(const Expectation& expectation, const std::string& lead, Type type,
                             const Figure& actual) const {
    const bool absent = actual.state == Figure::State::absent;
    Finding finding;
    if (expectation.nothing) {
        finding.holds = absent;
        finding.expected = lead + "= nothing";
    } else if (expectation.unknown) {
        finding.holds = !absent && decides_nothing(actual);
        finding.expected = lead + "unknown";
    } else {
        const Figure expected = expected_figure(expectation, type);
        finding.holds = is_same_figure(expected, actual);
        finding.expected = lead + "= " + shown_in_english(expected);
    }
    finding.actual = lead + (absent                    ? "= nothing"
                             : decides_nothing(actual) ? "unknown: " + shown_in_english(actual)
                                                       : "= " + shown_in_english(actual));
    return finding;
}

/// A measure that depends on the path is that of the path which is named, or else explained.
Judge::Finding Judge::measure(const Expectation& expectation) const {
    const Measure& measure = program_.measures[expectation.subject];
    const std::string path = measure.paths == none ? ""
                             : !expectation.along.empty()
                                 ? expectation.along
                                 : outcome_.ladders[program_.paths[measure.paths].ladder].path;
    const auto outcome = std::find_if(
        outcome_.measures.begin(), outcome_.measures.end(), [&](const MeasureOutcome& candidate) {
            return candidate.id == measure.name && candidate.path == path;
        });
    Finding finding =
        figure(expectation, "measure " + measure.name + " ", measure.type, outcome->value);
    finding.facts = outcome->missing;
    return finding;
}

Judge::Finding Judge::value(const Expectation& expectation) const {
    const Worth& value = program_.values[expectation.subject];
    const ValueOutcome& outcome = outcome_.values[expectation.subject];
    Finding finding = figure(expectation, "value " + value.id + " ", value.type, outcome.value);
    finding.facts = outcome.missing;
    return finding;
}

Judge::Finding Judge::gap(const Expectation& expectation) const {
    const RequirementOutcome* row = this->row(expectation);
    const auto verdict = row == nullptr ? RequirementVerdict::not_asked : row->verdict;
    const std::string& id = program_.requirements[expectation.subject].id;
    const std::string tier = named(expectation, tiers(expectation)[expectation.tier].id);
    std::vector<Figure> gaps;
    if (verdict == RequirementVerdict::unmet) {
        add_gaps(row->conditions, gaps);
    }
    const bool unknown = verdict == RequirementVerdict::unknown;
    Finding finding;
    const std::string lead = "gap of " + id + " for " + tier + " ";
    std::vector<std::string> words;
    std::transform(gaps.begin(), gaps.end(), std::back_inserter(words), shown_in_english);
    finding.actual =
        lead + (unknown ? "unknown" : "= " + (words.empty() ? "nothing" : listed(words, " and ")));
    if (expectation.unknown) {
        finding.holds = unknown;
        finding.expected = lead + "unknown";
    } else if (expectation.nothing) {
        finding.holds = !unknown && gaps.empty();
        finding.expected = lead + "= nothing";
    } else {
        const Figure expected = expected_figure(expectation, suite_.exprs[expectation.from].type);
        finding.holds = gaps.size() == 1 && is_same_figure(expected, gaps.front());
        finding.expected = lead + "= " + shown_in_english(expected);
    }
    finding.rows = {id};
    finding.row_tier = tier;
    return finding;
}

// ---- why ---------------------------------------------------------------------------------------

std::string Judge::why(const Finding& finding) {
    std::string text;
    const auto add = [&](const std::string& part) {
        text += (text.empty() || part.empty() ? "" : "\n") + part;
    };
    for (const std::string& tier : finding.tiers) {
        if (first_time("tier " + tier)) {
            add(why_not(outcome_, tier, style_));
        }
    }
    // What separates the partner from a tier was said with the tier, along one path.
    const bool said = finding.along.empty() && explained_.contains("tier " + finding.row_tier);
    std::size_t explained = 0;
    for (const std::string& row : finding.rows) {
        if (!said && explained < most_explained &&
            first_time("row " + finding.row_tier + " " + row + " " + finding.along)) {
            add(requirement_text(outcome_, row, finding.row_tier, style_, finding.along));
            ++explained;
        }
    }
    for (const std::string& benefit : finding.benefits) {
        if (explained < most_explained && first_time("benefit " + benefit)) {
            add(why_not(outcome_, benefit, style_));
            ++explained;
        }
    }
    if (!finding.facts.empty()) {
        std::vector<std::string> facts;
        std::transform(finding.facts.begin(), finding.facts.end(), std::back_inserter(facts),
                       [](const std::string& pointer) { return harmless(pointer); });
        add(wrapped("Missing facts: " + listed(facts), style_.width, 0, 2) + "\n");
    }
    return text;
}

} // namespace rung
