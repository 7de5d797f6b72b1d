#include "interpreter/number.hpp"
#include "interpreter/present.hpp"
#include "interpreter/print_json.hpp"
#include "interpreter/value.hpp"
#include "interpreter/words.hpp"

#include <rung/blame.hpp>

#include <algorithm>
#include <array>
#include <tuple>

namespace rung {

namespace {

using Ids = std::vector<std::string>;

// ---- the four pairs ----------------------------------------------------------------------------

/// What the keys of the facts mean to the rules of another time is not worth a warning.
void add_without_unknown_keys(const Diagnostics& from, Diagnostics& to) {
    for (const Diagnostic& finding : from) {
        if (finding.code != "unknown-key") {
            to.add(finding);
        }
    }
}

Result<Outcome> judged(const Program& rules, const Side& side, const EvaluateOptions& options) {
    const Result<Facts> facts = Facts::read(rules, side.facts_name, side.facts_json);
    Result<Outcome> outcome;
    if (facts) {
        outcome = evaluate(rules, *facts, options);
    }
    Diagnostics all = facts.diagnostics;
    all.add(outcome.diagnostics);
    outcome.diagnostics = std::move(all);
    return outcome;
}

/// The facts of one side by the rules of the other, whatever version they say they are for.
std::optional<Outcome> crossed(const Program& rules, const Side& side, Diagnostics& notes) {
    EvaluateOptions options = side.options;
    options.named_version = true;
    Result<Outcome> outcome = judged(rules, side, options);
    if (!outcome) {
        add_without_unknown_keys(outcome.diagnostics, notes);
    }
    return std::move(outcome.value);
}

Ids missing_to(const Outcome& outcome) {
    Ids all;
    const auto add = [&](const Ids& missing) {
        for (const std::string& pointer : missing) {
            if (std::find(all.begin(), all.end(), pointer) == all.end()) {
                all.push_back(pointer);
            }
        }
    };
    for (const RequirementOutcome& row : outcome.requirements) {
        add(row.missing);
    }
    for (const BenefitOutcome& benefit : outcome.benefits) {
        add(benefit.missing);
    }
    return all;
}

/// What facts lack by the rules of the other side, and by those of their own do not.
Ids lacking(const std::optional<Outcome>& crossed, const Outcome& own) {
    Ids pointers = crossed ? missing_to(*crossed) : Ids();
    const Ids known = missing_to(own);
    std::erase_if(pointers, [&](const std::string& pointer) {
        return std::find(known.begin(), known.end(), pointer) != known.end();
    });
    return pointers;
}

// ---- answers -----------------------------------------------------------------------------------

/// An answer of one outcome.
struct Answer {
    BlamedAnswer named; // what it is about, without cause and answers
    Ids ids;

    [[nodiscard]] auto key() const {
        return std::tie(named.about, named.id, named.ladder, named.path, named.tier);
    }
};

template <typename Standing>
Ids tiers_of(const Standing& standing) {
    return standing.tier ? Ids{*standing.tier} : standing.possible;
}

/// `sole`: every outcome has one ladder, so its name does not tell ladders apart.
std::vector<Answer> answers_of(const Outcome& outcome, bool sole) {
    std::vector<Answer> answers;
    const auto add = [&](BlamedAnswer named, Ids ids) {
        answers.push_back({std::move(named), std::move(ids)});
    };
    const auto name_of_ladder = [&](const std::string& id) { return sole ? "" : id; };
    for (const LadderOutcome& ladder : outcome.ladders) {
        BlamedAnswer named;
        named.id = name_of_ladder(ladder.id);
        named.label = ladder.label;
        add(named, tiers_of(ladder));
        if (ladder.holds) {
            named.about = BlamedAnswer::About::holds;
            add(named, tiers_of(*ladder.holds));
        }
    }
    for (const RequirementOutcome& row : outcome.requirements) {
        BlamedAnswer named;
        named.about = BlamedAnswer::About::requirement;
        named.id = row.id;
        named.ladder = name_of_ladder(row.ladder);
        named.path = row.path;
        named.tier = row.tier;
        named.label = row.label;
        add(named, {std::string(name_of(row.verdict))});
    }
    for (const BenefitOutcome& benefit : outcome.benefits) {
        BlamedAnswer named;
        named.about = BlamedAnswer::About::benefit;
        named.id = benefit.id;
        named.label = benefit.label;
        add(named, {std::string(name_of(benefit.verdict))});
    }
    return answers;
}

/// What rules answer that do not know of a thing.
Ids answer_without(BlamedAnswer::About about) {
    switch (about) {
    case BlamedAnswer::About::requirement:
        return {"not_asked"};
    case BlamedAnswer::About::benefit:
        return {"closed"};
    case BlamedAnswer::About::tier:
    case BlamedAnswer::About::holds:
        break;
    }
    return {};
}

const Answer* find(const std::vector<Answer>& answers, const Answer& like) {
    const auto at = std::find_if(answers.begin(), answers.end(),
                                 [&](const Answer& answer) { return answer.key() == like.key(); });
    return at == answers.end() ? nullptr : &*at;
}

/// Whether an answer is the wanted one.
Truth gives(const Ids& answer, const Ids& wanted) {
    if (answer == wanted) {
        return Truth::yes;
    }
    const Ids unknown{"unknown"};
    const bool open = answer == unknown || wanted == unknown ||
                      ((answer.size() > 1 || wanted.size() > 1) &&
                       std::find_first_of(answer.begin(), answer.end(), wanted.begin(),
                                          wanted.end()) != answer.end());
    return open ? Truth::unknown : Truth::no;
}

/// Nothing where the answer is as it was, and neither alone would have changed it.
std::optional<Cause> cause_of(const FourAnswers& answers, Truth rules, Truth facts) {
    if (answers.before == answers.after) {
        return rules == Truth::no || facts == Truth::no ? std::optional(Cause::offset)
                                                        : std::nullopt;
    }
    if (rules == Truth::unknown || facts == Truth::unknown) {
        return Cause::unclear;
    }
    return rules == facts ? (rules == Truth::yes ? Cause::either : Cause::together)
                          : (rules == Truth::yes ? Cause::rules : Cause::facts);
}

bool is_third(const Ids& answer, const FourAnswers& answers) {
    return gives(answer, answers.before) == Truth::no && gives(answer, answers.after) == Truth::no;
}

class AnswerBlamer {
public:
    explicit AnswerBlamer(Blame& blame) : blame_(blame) {
        const bool sole = is_sole(&blame.before) && is_sole(&blame.after) &&
                          is_sole(blame.rules_alone ? &*blame.rules_alone : nullptr) &&
                          is_sole(blame.facts_alone ? &*blame.facts_alone : nullptr);
        before_ = answers_of(blame.before, sole);
        after_ = answers_of(blame.after, sole);
        if (blame.rules_alone) {
            rules_alone_ = answers_of(*blame.rules_alone, sole);
        }
        if (blame.facts_alone) {
            facts_alone_ = answers_of(*blame.facts_alone, sole);
        }
    }

    void run() {
        for (const Answer& answer : after_) {
            judge(answer);
        }
        for (const Answer& answer : before_) {
            if (find(after_, answer) == nullptr) {
                judge(answer);
            }
        }
        // By kind; within one, in the order of the rules.
        std::stable_sort(blame_.answers.begin(), blame_.answers.end(),
                         [](const BlamedAnswer& a, const BlamedAnswer& b) {
                             return rank(a.about) < rank(b.about);
                         });
    }

private:
    static int rank(BlamedAnswer::About about) {
        return about == BlamedAnswer::About::requirement ? 1
               : about == BlamedAnswer::About::benefit   ? 2
                                                         : 0;
    }

    static bool is_sole(const Outcome* outcome) {
        return outcome == nullptr || outcome->ladders.size() == 1;
    }

    static Ids ids(const std::vector<Answer>& answers, const Answer& like) {
        const Answer* found = find(answers, like);
        return found == nullptr ? answer_without(like.named.about) : found->ids;
    }

    void judge(const Answer& answer) {
        BlamedAnswer out = answer.named;
        out.answers.before = ids(before_, answer);
        out.answers.after = ids(after_, answer);
        out.answers.rules_alone = blame_.rules_alone ? ids(rules_alone_, answer) : Ids();
        out.answers.facts_alone = blame_.facts_alone ? ids(facts_alone_, answer) : Ids();
        const Truth rules =
            blame_.rules_alone ? gives(out.answers.rules_alone, out.answers.after) : Truth::unknown;
        const Truth facts =
            blame_.facts_alone ? gives(out.answers.facts_alone, out.answers.after) : Truth::unknown;
        const std::optional<Cause> cause = cause_of(out.answers, rules, facts);
        if (!cause) {
            return;
        }
        out.cause = *cause;
        out.rules_elsewhere =
            blame_.rules_alone.has_value() && is_third(out.answers.rules_alone, out.answers);
        out.facts_elsewhere =
            blame_.facts_alone.has_value() && is_third(out.answers.facts_alone, out.answers);
        blame_.answers.push_back(std::move(out));
    }

    Blame& blame_;
    std::vector<Answer> before_;
    std::vector<Answer> after_;
    std::vector<Answer> rules_alone_;
    std::vector<Answer> facts_alone_;
};

// ---- figures -----------------------------------------------------------------------------------

/// An amount that is known.
bool is_known_amount(const Figure& figure) {
    return figure.state == Figure::State::known && is_amount(figure);
}

/// Absent where it cannot be told.
Figure difference(const Figure& of, const Figure& less) {
    Figure out;
    if (!is_known_amount(of) || !is_known_amount(less) || of.type != less.type ||
        of.currency != less.currency) {
        return out;
    }
    const ParsedNumber a = Number::parse(of.value);
    const ParsedNumber b = Number::parse(less.value);
    const Checked result = a && b ? sub(a.value, b.value) : Checked{{}, ArithmeticFault::overflow};
    if (!result || !result.value.is_decimal()) {
        return out;
    }
    out = of;
    out.value = result.value.to_string();
    out.assumed = of.assumed || less.assumed;
    return out;
}

/// The figures of one outcome; those that are lists, or one for each record, left out.
std::vector<BlamedFigure> figures_of(const Outcome& outcome) {
    std::vector<BlamedFigure> figures;
    const auto add = [&](bool is_value, const auto& part, const std::string& path) {
        BlamedFigure figure;
        figure.is_value = is_value;
        figure.id = part.id;
        figure.path = path;
        figure.label = part.label;
        figure.after = part.value;
        figures.push_back(std::move(figure));
    };
    for (const ValueOutcome& value : outcome.values) {
        if (!value.for_each) {
            add(true, value, "");
        }
    }
    for (const MeasureOutcome& measure : outcome.measures) {
        if (measure.value.state != Figure::State::absent) {
            add(false, measure, measure.path);
        }
    }
    return figures;
}

Figure figure_in(const std::vector<BlamedFigure>& figures, const BlamedFigure& like) {
    const auto at = std::find_if(figures.begin(), figures.end(), [&](const BlamedFigure& figure) {
        return figure.is_value == like.is_value && figure.id == like.id && figure.path == like.path;
    });
    return at == figures.end() ? Figure() : at->after;
}

/// Of the figures that both versions have.
void blame_figures(Blame& blame) {
    const std::vector<BlamedFigure> before = figures_of(blame.before);
    const auto crossed = [](const std::optional<Outcome>& outcome) {
        return outcome ? figures_of(*outcome) : std::vector<BlamedFigure>();
    };
    const std::vector<BlamedFigure> rules = crossed(blame.rules_alone);
    const std::vector<BlamedFigure> facts = crossed(blame.facts_alone);
    for (BlamedFigure& figure : figures_of(blame.after)) {
        figure.before = figure_in(before, figure);
        figure.rules_alone = figure_in(rules, figure);
        figure.facts_alone = figure_in(facts, figure);
        if (figure.before == figure.after && figure.rules_alone == figure.after &&
            figure.facts_alone == figure.after) {
            continue;
        }
        figure.by_rules = difference(figure.rules_alone, figure.before);
        figure.by_facts = difference(figure.facts_alone, figure.before);
        figure.by_both = difference(
            difference(difference(figure.after, figure.before), figure.by_rules), figure.by_facts);
        if (figure.by_both.state == Figure::State::absent) {
            figure.by_rules = {};
            figure.by_facts = {};
        }
        blame.figures.push_back(std::move(figure));
    }
}

} // namespace

Result<Blame> blame(const Side& before, const Side& after) {
    Result<Blame> result;
    if (before.rules.id() != after.rules.id()) {
        result.diagnostics.add(
            present(Fault{Code::other_program,
                          {},
                          {{"found", after.rules.id()}, {"program", before.rules.id()}},
                          {},
                          {}}));
        return result;
    }
    const Result<Outcome> was = judged(before.rules, before, before.options);
    const Result<Outcome> is = judged(after.rules, after, after.options);
    result.diagnostics.add(was.diagnostics);
    result.diagnostics.add(is.diagnostics);
    if (!was || !is) {
        return result;
    }
    Blame blame;
    blame.before = *was;
    blame.after = *is;
    blame.warnings = result.diagnostics;
    blame.rules_alone = crossed(after.rules, before, blame.notes);
    blame.facts_alone = crossed(before.rules, after, blame.notes);
    blame.changes = compare(blame.before, blame.after);
    blame.old_facts_lack = lacking(blame.rules_alone, blame.before);
    blame.new_facts_lack = lacking(blame.facts_alone, blame.after);
    AnswerBlamer(blame).run();
    blame_figures(blame);
    result.value = std::move(blame);
    return result;
}

} // namespace rung
