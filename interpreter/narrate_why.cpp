#include "interpreter/narrate_why.hpp"

#include "interpreter/narrate_outcome.hpp"
#include "interpreter/narrate_requirement.hpp"
#include "interpreter/narrate_tree.hpp"
#include "interpreter/subject.hpp"

#include <algorithm>

namespace rung {

namespace {

/// Tells what the partner has; of a tier or a benefit that it has not, another narrator tells.
class WhyNarrator : DocumentTeller {
public:
    WhyNarrator(const Outcome& outcome, Asked asked, const Plan* ways, Language language)
        : outcome_(outcome),
          asked_(asked),
          ways_(ways),
          told_(outcome, language),
          words_(Wording::of(language)) {
        document_.language = language;
        document_.title = told_.partner() + " · " +
                          (outcome.program_label.empty() ? outcome.program : outcome.program_label);
    }

    Document operator()(const TierPlace& place) {
        const LadderOutcome& ladder = outcome_.ladders[place.ladder];
        const TierName& target = ladder.tiers[place.tier];
        if (rank(ladder, ladder.at_least) < place.tier) {
            return narrate_why_not(outcome_, place, ways_, document_.language);
        }
        begin(qualifies(ladder, target), told_.on_ladder(ladder, target.label));
        add(told_.holding(ladder));
        add(told_.rungs(ladder, &target));
        carriers(ladder, target);
        return finished();
    }

    Document operator()(const BenefitOutcome* benefit) {
        if (benefit->verdict != Granted::granted) {
            return narrate_why_not(outcome_, *benefit, ways_, document_.language);
        }
        begin(words_.say(Say::has, told_.partner(), benefit->label), benefit->label);
        Items rows;
        if (const LadderOutcome* ladder = ladder_of(benefit->ladder)) {
            add(told_.rungs(*ladder, nullptr));
            rows.items.push_back(opening(*ladder, *benefit));
        }
        for (const Condition& condition : benefit->because) {
            rows.items.push_back(met(condition));
        }
        begin_section();
        add_read(std::move(rows), benefit->reading);
        return finished();
    }

    Document operator()(const RequirementOutcome* requirement) {
        const LadderOutcome& ladder = *ladder_of(requirement->ladder);
        const auto rows = rows_of(outcome_, *requirement);
        begin_section();
        add(Heading{words_.say(Say::labelled, requirement->label, verdicts(ladder, rows)), 1});
        add(told_.circumstances());
        add(told_.rungs(ladder, nullptr));
        const RequirementNarrator narrator(outcome_, ladder, told_);
        std::vector<std::string> pointers;
        for (const RequirementOutcome* row : rows) {
            if (row->verdict == RequirementVerdict::not_asked) {
                continue;
            }
            begin_section();
            add(Heading{
                words_.say(Say::at_tier, told_.on_ladder(ladder, label_of(ladder, row->tier)))});
            add(Items{{narrator.carries(*row, row->tier)}});
            std::copy_if(row->missing.begin(), row->missing.end(), std::back_inserter(pointers),
                         [&](const std::string& pointer) {
                             return std::find(pointers.begin(), pointers.end(), pointer) ==
                                    pointers.end();
                         });
        }
        return finished(pointers);
    }

    Document operator()(const ValueOutcome* value) {
        begin_section();
        add(Heading{words_.say(Say::value_is, told_.partner_within(), value->label, figure(*value)),
                    1});
        add(told_.circumstances());
        if (const LadderOutcome* ladder = ladder_of(value->ladder)) {
            add(told_.rungs(*ladder, nullptr));
            begin_section();
            add(Paragraph{told_.qualification(*ladder)});
            begin_section();
            add(Heading{words_.say(Say::by_tier)});
            add_read(around(*ladder, *value), value->reading);
        } else if (!value->reading.empty()) {
            begin_section();
            add_read({}, value->reading);
        }
        return finished(value->missing);
    }

    Document operator()(const NoticeOutcome* notice) {
        begin_section();
        add(Heading{notice->verdict == RequirementVerdict::met
                        ? words_.say(Say::notice, notice->label)
                    : notice->verdict == RequirementVerdict::unmet
                        ? words_.say(Say::notice_unmet, notice->label)
                        : words_.say(Say::notice_unknown, notice->label),
                    1});
        add(told_.circumstances());
        Items rows;
        std::vector<std::string> pointers;
        for (const Condition& condition : notice->because) {
            rows.items.push_back(met(condition));
            pointers.insert(pointers.end(), condition.missing.begin(), condition.missing.end());
        }
        begin_section();
        add_read(std::move(rows), "");
        return finished(pointers);
    }

private:
    // ---- the document

    /// Who asks why not is told first that the partner has it.
    void begin(const std::string& sentence, const std::string& target) {
        begin_section();
        if (asked_ == Asked::why_not) {
            add(Heading{words_.say(Say::does_have, told_.partner(), target), 1});
            add(Paragraph{sentence});
        } else {
            add(Heading{sentence, 1});
        }
        add(told_.circumstances());
    }

    /// Rows, with how the guide was read below the last of them.
    void add_read(Items rows, const std::string& reading) {
        if (!reading.empty()) {
            std::string text = words_.say(Say::reading, reading);
            if (rows.items.empty()) {
                add(Paragraph{std::move(text), Tone::faint});
            } else {
                add_note(rows.items.back(), std::move(text), Tone::faint);
            }
        }
        if (!rows.items.empty()) {
            add(std::move(rows));
        }
    }

    Document finished(const std::vector<std::string>& missing = {}) {
        begin_section();
        add(told_.missing(missing));
        begin_section();
        add(narrate_tree(outcome_, told_));
        return told();
    }

    [[nodiscard]] const LadderOutcome* ladder_of(const std::string& id) const {
        const auto at = std::find_if(outcome_.ladders.begin(), outcome_.ladders.end(),
                                     [&](const LadderOutcome& ladder) { return ladder.id == id; });
        return at == outcome_.ladders.end() ? nullptr : &*at;
    }

    // ---- tiers

    [[nodiscard]] std::string qualifies(const LadderOutcome& ladder, const TierName& target) const {
        const bool is_above = ladder.tier && ladder.at_least != target.id;
        return is_above ? words_.say(Say::qualifies_above, told_.partner(),
                                     told_.on_ladder(ladder, label_of(ladder, ladder.at_least)),
                                     target.label)
                        : told_.qualification(ladder);
    }

    /// The rows of the tier, and on a ladder that is climbed one by one those that only a tier below it asks.
    void carriers(const LadderOutcome& ladder, const TierName& target) {
        const RequirementNarrator narrator(outcome_, ladder, told_);
        Items rows;
        std::vector<std::string> asked;
        std::vector<std::string> not_asked;
        for (std::size_t tier = rank(ladder, target.id); tier > 0; --tier) {
            for (const RequirementOutcome& row : outcome_.requirements) {
                const bool is_here =
                    narrator.has(row) && row.parent.empty() && row.tier == ladder.tiers[tier].id;
                if (!is_here || std::find(asked.begin(), asked.end(), row.id) != asked.end()) {
                    continue;
                }
                if (row.verdict != RequirementVerdict::not_asked) {
                    rows.items.push_back(narrator.carries(row, target.id));
                    asked.push_back(row.id);
                } else if (row.offered && row.tier == target.id) {
                    not_asked.push_back(row.label);
                }
            }
            if (!ladder.climbs) {
                break;
            }
        }
        begin_section();
        add(told_.other_paths(ladder));
        if (!rows.items.empty()) {
            add(Heading{along(ladder, words_.say(Say::carried_by, target.label))});
            add(std::move(rows));
        }
        if (!not_asked.empty()) {
            add(Paragraph{words_.say(Say::not_asked_here, words_.list(not_asked))});
        }
    }

    [[nodiscard]] std::string along(const LadderOutcome& ladder, const std::string& text) const {
        for (const PathOutcome& path : ladder.paths) {
            if (path.id == ladder.path) {
                return words_.say(Say::in_brackets, text, path.label);
            }
        }
        return text;
    }

    // ---- benefits and notices

    [[nodiscard]] Item opening(const LadderOutcome& ladder, const BenefitOutcome& benefit) const {
        std::vector<std::string> tiers;
        for (const Opening& opening : benefit.opens_at) {
            tiers.push_back(label_of(ladder, opening.tier));
        }
        return {Mark::met, words_.say(Say::tier),
                words_.say(Say::opens_at, words_.list(tiers, Joint::alternative),
                           told_.partner_within(), told_.one_of(ladder, ladder.possible)),
                told_.source(benefit.cite, benefit.at)};
    }

    [[nodiscard]] Item met(const Condition& condition) const {
        Item item = item_of(words_, condition);
        item.result = item.result.empty() ? "" : met_in_words(words_, condition);
        return item;
    }

    // ---- requirements

    /// "met at Bronze and Silver, not met at Gold"
    [[nodiscard]] std::string verdicts(const LadderOutcome& ladder,
                                       const std::vector<const RequirementOutcome*>& rows) const {
        const auto at = [&](RequirementVerdict verdict) {
            std::vector<std::string> tiers;
            for (const RequirementOutcome* row : rows) {
                if (row->verdict == verdict) {
                    tiers.push_back(label_of(ladder, row->tier));
                }
            }
            return words_.list(tiers);
        };
        std::vector<std::string> clauses;
        const auto add = [&](const std::string& tiers, auto&& say) {
            if (!tiers.empty()) {
                clauses.push_back(say(tiers));
            }
        };
        add(at(RequirementVerdict::met),
            [&](const std::string& tiers) { return words_.say(Say::met_at, tiers); });
        add(at(RequirementVerdict::waived),
            [&](const std::string& tiers) { return words_.say(Say::waived_at, tiers); });
        add(at(RequirementVerdict::unmet),
            [&](const std::string& tiers) { return words_.say(Say::unmet_at, tiers); });
        add(at(RequirementVerdict::unknown),
            [&](const std::string& tiers) { return words_.say(Say::unknown_at, tiers); });
        return clauses.empty() ? words_.say(Say::asked_nowhere)
                               : words_.list(clauses, Joint::apart);
    }

    // ---- values

    [[nodiscard]] std::string figure(const ValueOutcome& value) const {
        if (value.for_each && value.value.state != Figure::State::hidden) {
            return in_words(words_, value.items);
        }
        return value.value.state == Figure::State::absent ? words_.say(Say::none_at_tier)
                                                          : in_words(words_, value.value);
    }

    [[nodiscard]] std::string figure(const ValueOutcome& value, const TierWorth& worth) const {
        return value.for_each && worth.value.state != Figure::State::hidden
                   ? in_words(words_, worth.items)
                   : in_words(words_, worth.value);
    }

    /// The tiers where the partner may stand, one below and one above; and above that the first with a figure.
    [[nodiscard]] Items around(const LadderOutcome& ladder, const ValueOutcome& value) const {
        const std::size_t low = rank(ladder, ladder.possible.front());
        const std::size_t high = rank(ladder, ladder.possible.back());
        Items rows;
        bool has_figure_above = false;
        for (std::size_t tier = low == 0 ? 0 : low - 1; tier < ladder.tiers.size(); ++tier) {
            const TierName& name = ladder.tiers[tier];
            const auto worth =
                std::find_if(value.by_tier.begin(), value.by_tier.end(),
                             [&](const TierWorth& each) { return each.tier == name.id; });
            const bool has_figure = worth != value.by_tier.end();
            if (tier > high + 1 && (has_figure_above || !has_figure)) {
                continue;
            }
            has_figure_above = has_figure_above || (tier > high && has_figure);
            const bool is_here = tier >= low && tier <= high;
            const Mark here = ladder.tier ? Mark::met : Mark::unknown;
            rows.items.push_back(
                {is_here ? here : Mark::way, name.label,
                 has_figure ? figure(value, *worth) : words_.say(Say::none_at_tier),
                 is_here ? told_.source(value.cite, value.at) : ""});
        }
        return rows;
    }

    const Outcome& outcome_;
    const Asked asked_;
    const Plan* const ways_;
    Narration told_;
    const Wording& words_;
};

} // namespace

Document narrate_why(const Outcome& outcome, const std::string& subject, Asked asked,
                     const Plan* ways, Language language) {
    const std::optional<Subject> found = find_subject(outcome, subject);
    return found ? std::visit(WhyNarrator(outcome, asked, ways, language), *found) : Document();
}

} // namespace rung
