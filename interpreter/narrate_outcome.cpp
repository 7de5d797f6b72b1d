#include "interpreter/narrate_outcome.hpp"

#include "interpreter/narrate_plan.hpp"
#include "interpreter/narrate_requirement.hpp"
#include "interpreter/narrate_tree.hpp"

#include <algorithm>

namespace rung {

namespace {

constexpr std::size_t most_in_full = 4; // more reasons than a reader takes in are counted

class OutcomeNarrator : DocumentTeller {
public:
    OutcomeNarrator(const Outcome& outcome, Language language)
        : outcome_(outcome),
          told_(outcome, language),
          words_(Wording::of(language)),
          ladder_(outcome.ladders.empty() ? nullptr : &outcome.ladders.front()) {
        document_.language = language;
        document_.title = told_.partner() + " · " +
                          (outcome.program_label.empty() ? outcome.program : outcome.program_label);
    }

    Document standing() {
        begin_section();
        if (outcome_.ladders.empty()) {
            add(Heading{told_.partner(), 1});
        }
        each_ladder([&] { add(Heading{told_.qualification(*ladder_), 1}); });
        add(told_.circumstances());
        each_ladder([&] { add(told_.holding(*ladder_)); });
        each_ladder([&] { add(told_.rungs(*ladder_, nullptr)); });
        each_ladder([&] {
            if (const TierName* next = next_tier()) {
                towards(*next, true);
            }
        });
        benefits();
        values();
        if (!outcome_.ladders.empty() || outcome_.benefits.empty()) {
            measures();
        }
        notices();
        missing(outcome_.decide_next);
        everything();
        return finished();
    }

    /// Of one that the partner does not certainly have.
    Document why_not_tier(const TierPlace& place, const Plan* ways) {
        ladder_ = &outcome_.ladders[place.ladder];
        const TierName& target = ladder_->tiers[place.tier];
        begin_section();
        add(Heading{told_.not_reached(*ladder_, target), 1});
        add(told_.circumstances());
        add(told_.rungs(*ladder_, &target));
        towards(target, false);
        ways_of(ways);
        added_by(target);
        missing_for(target);
        everything();
        return finished();
    }

    /// Of one that the partner does not certainly have.
    Document why_not_benefit(const BenefitOutcome& benefit, const Plan* ways) {
        speak_of(benefit.ladder);
        begin_section();
        add(Heading{benefit.verdict == Granted::unknown
                        ? words_.say(Say::may_have, told_.partner(), benefit.label)
                        : words_.say(Say::has_not, told_.partner(), benefit.label),
                    1});
        add(told_.circumstances());
        if (ladder_ != nullptr) {
            add(told_.rungs(*ladder_, nullptr));
        }
        benefit_reasons(benefit);
        ways_of(ways);
        const bool only_tier_is_open =
            benefit.verdict == Granted::unknown && benefit.missing.empty();
        missing(only_tier_is_open ? outcome_.decide_next : benefit.missing);
        everything();
        return finished();
    }

    Document single_requirement(const RequirementOutcome& row) {
        speak_of(row.ladder);
        const TierName& tier = ladder_->tiers[rank(*ladder_, row.tier)];
        begin_section();
        add(Heading{words_.say(Say::at_tier, told_.on_ladder(*ladder_, tier.label))});
        add(Items{{requirements().alone(row)}});
        missing(row.missing);
        return finished();
    }

private:
    // ---- the document

    void add_section(Block block) {
        begin_section();
        add(std::move(block));
    }

    Document finished() { return told(); }

    void everything() {
        begin_section();
        add(narrate_tree(outcome_, told_));
    }

    void ways_of(const Plan* plan) {
        if (plan != nullptr) {
            begin_section();
            add(narrate_ways(*plan, words_));
        }
    }

    // ---- ladders

    template <typename Do>
    void each_ladder(Do&& once) {
        for (const LadderOutcome& ladder : outcome_.ladders) {
            ladder_ = &ladder;
            once();
        }
    }

    void speak_of(const std::string& ladder_id) {
        for (const LadderOutcome& ladder : outcome_.ladders) {
            ladder_ = ladder.id == ladder_id ? &ladder : ladder_;
        }
    }

    [[nodiscard]] RequirementNarrator requirements() const { return {outcome_, *ladder_, told_}; }

    [[nodiscard]] const TierName* next_tier() const {
        const std::size_t next = rank(*ladder_, ladder_->at_least) + 1;
        return next < ladder_->tiers.size() ? &ladder_->tiers[next] : nullptr;
    }

    // ---- what separates the partner from a tier

    void towards(const TierName& target, bool names_it) {
        begin_section();
        add(told_.other_paths(*ladder_));
        const auto unmet = separating(target, RequirementVerdict::unmet);
        const auto unknown = separating(target, RequirementVerdict::unknown);
        std::string sentence = counts(unmet.size(), unknown.size());
        for (const PathOutcome& path : ladder_->paths) {
            if (path.id == ladder_->path) {
                sentence = words_.say(Say::along, path.label, sentence);
            }
        }
        if (names_it) {
            sentence = words_.say(Say::towards, told_.on_ladder(*ladder_, target.label), sentence);
        }
        add(Heading{Wording::capital(sentence)});
        Items rows;
        add_rows(rows.items, unmet, target, Mark::unmet);
        add_rows(rows.items, unknown, target, Mark::unknown);
        if (!rows.items.empty()) {
            add(std::move(rows));
        }
        const auto add_rest = [&](RequirementVerdict verdict, auto&& say) {
            const std::vector<std::string> labels = labels_of(target, verdict);
            if (!labels.empty()) {
                add(Paragraph{say(words_.list(labels))});
            }
        };
        add_rest(RequirementVerdict::waived,
                 [&](const std::string& them) { return words_.say(Say::waived_are, them); });
        add_rest(RequirementVerdict::met,
                 [&](const std::string& them) { return words_.say(Say::met_already, them); });
        add_rest(RequirementVerdict::not_asked,
                 [&](const std::string& them) { return words_.say(Say::not_asked_here, them); });
    }

    /// "three requirements are not met, one is not known"
    [[nodiscard]] std::string counts(std::size_t unmet, std::size_t unknown) const {
        if (unmet == 0 && unknown == 0) {
            return words_.say(Say::all_met);
        }
        if (unmet == 0) {
            return words_.counted(Say::requirements_unknown, words_.in_words(unknown));
        }
        const std::string text = words_.counted(Say::requirements_unmet, words_.in_words(unmet));
        return unknown == 0
                   ? text
                   : words_.say(Say::clauses, text,
                                words_.counted(Say::more_unknown, words_.in_words(unknown)));
    }

    /// The rows that separate the partner from a tier: its own column, and on a ladder that is climbed
    /// one by one the columns below it that are not reached either.
    [[nodiscard]] std::vector<const RequirementOutcome*>
    separating(const TierName& target, RequirementVerdict verdict) const {
        std::vector<const RequirementOutcome*> rows;
        const auto named = [&](const std::string& id) {
            return std::any_of(rows.begin(), rows.end(),
                               [&](const RequirementOutcome* row) { return row->id == id; });
        };
        for (std::size_t tier = rank(*ladder_, target.id); tier > rank(*ladder_, ladder_->at_least);
             --tier) {
            for (const RequirementOutcome& row : outcome_.requirements) {
                const bool own = row.tier == target.id;
                if (requirements().has(row) && row.tier == ladder_->tiers[tier].id &&
                    row.parent.empty() && row.verdict == verdict && !named(row.id) &&
                    (own || (ladder_->climbs && !is_open_at(target, row.id)))) {
                    rows.push_back(&row);
                }
            }
            if (!ladder_->climbs) {
                break;
            }
        }
        return rows;
    }

    /// Whether the target's own column already names the row as unmet or unknown.
    [[nodiscard]] bool is_open_at(const TierName& target, const std::string& id) const {
        return std::any_of(outcome_.requirements.begin(), outcome_.requirements.end(),
                           [&](const RequirementOutcome& row) {
                               return requirements().has(row) && row.tier == target.id &&
                                      row.id == id &&
                                      (row.verdict == RequirementVerdict::unmet ||
                                       row.verdict == RequirementVerdict::unknown);
                           });
    }

    void add_rows(std::vector<Item>& items, const std::vector<const RequirementOutcome*>& rows,
                  const TierName& target, Mark mark) const {
        std::vector<std::string> rest;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i < most_in_full) {
                items.push_back(requirements().towards(*rows[i], target.id));
            } else {
                rest.push_back(rows[i]->label);
            }
        }
        if (!rest.empty()) {
            items.push_back({mark, words_.counted(Say::and_more, words_.in_words(rest.size()),
                                                  words_.list(rest))});
        }
    }

    /// Requirements of a tier, by their verdict.
    [[nodiscard]] std::vector<std::string> labels_of(const TierName& tier,
                                                     RequirementVerdict verdict) const {
        std::vector<std::string> labels;
        for (const RequirementOutcome& row : outcome_.requirements) {
            const bool named = requirements().has(row) && row.tier == tier.id &&
                               row.parent.empty() && row.verdict == verdict;
            if (named && (verdict != RequirementVerdict::not_asked || row.offered)) {
                labels.push_back(row.label);
            }
        }
        return labels;
    }

    // ---- benefits

    void benefits() {
        if (outcome_.benefits.empty()) {
            return;
        }
        Items groups;
        const auto add_group = [&](Granted verdict, Mark mark, Joint joint, auto&& say) {
            const std::vector<std::string> labels = grouped_by_need(verdict);
            if (!labels.empty()) {
                groups.items.push_back({mark, say(words_.list(labels, joint))});
            }
        };
        add_group(Granted::granted, Mark::met, Joint::conjunction,
                  [&](const std::string& them) { return words_.say(Say::benefits_granted, them); });
        add_group(Granted::open, Mark::open, Joint::apart,
                  [&](const std::string& them) { return words_.say(Say::benefits_open, them); });
        add_group(Granted::unknown, Mark::unknown, Joint::apart,
                  [&](const std::string& them) { return words_.say(Say::benefits_unknown, them); });
        add_group(Granted::closed, Mark::closed, Joint::conjunction,
                  [&](const std::string& them) { return words_.say(Say::benefits_closed, them); });
        add_section(Heading{words_.say(Say::benefits)});
        add(std::move(groups));
    }

    /// The benefits of a verdict; those that lack the same are named together.
    [[nodiscard]] std::vector<std::string> grouped_by_need(Granted verdict) const {
        std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> groups;
        for (const BenefitOutcome& benefit : outcome_.benefits) {
            if (benefit.verdict != verdict) {
                continue;
            }
            std::vector<std::string> needs = lacking(benefit);
            const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& known) {
                return known.first == needs;
            });
            if (group == groups.end()) {
                groups.push_back({std::move(needs), {benefit.label}});
            } else {
                group->second.push_back(benefit.label);
            }
        }
        std::vector<std::string> labels;
        for (const auto& [needs, benefits] : groups) {
            if (needs.empty()) {
                labels.insert(labels.end(), benefits.begin(), benefits.end());
            } else {
                labels.push_back(with_reasons(words_, words_.list(benefits), needs));
            }
        }
        return labels;
    }

    [[nodiscard]] std::vector<std::string> lacking(const BenefitOutcome& benefit) const {
        std::vector<std::string> needs;
        if (benefit.verdict == Granted::open || benefit.verdict == Granted::unknown) {
            for (const Condition& condition : benefit.because) {
                if (condition.verdict != RequirementVerdict::met) {
                    needs.push_back(labelled_result(words_, condition));
                }
            }
        }
        return needs;
    }

    /// What the tier itself would add: not what is open already and lacks something else.
    void added_by(const TierName& target) {
        std::vector<std::string> labels;
        for (const BenefitOutcome& benefit : outcome_.benefits) {
            const auto opens =
                std::find_if(benefit.opens_at.begin(), benefit.opens_at.end(),
                             [&](const Opening& opening) { return opening.tier == target.id; });
            const bool is_open = benefit.tier_suffices && opens_at(benefit, ladder_->at_least);
            if (benefit.ladder != ladder_->id || opens == benefit.opens_at.end() ||
                benefit.verdict == Granted::granted || is_open) {
                continue;
            }
            std::vector<std::string> needs;
            if (opens->condition) {
                needs.push_back(in_words(words_, *opens->condition));
            }
            for (const Need& need : benefit.needs) {
                if (is_still_needed(need)) {
                    needs.push_back(in_words(words_, need));
                }
            }
            labels.push_back(needs.empty()
                                 ? benefit.label
                                 : words_.say(Say::in_brackets, benefit.label,
                                              words_.say(Say::needs_also, words_.list(needs))));
        }
        if (!labels.empty()) {
            add_section(Paragraph{words_.say(Say::would_open, target.label, words_.list(labels))});
        }
    }

    [[nodiscard]] static bool opens_at(const BenefitOutcome& benefit, const std::string& tier) {
        return std::any_of(benefit.opens_at.begin(), benefit.opens_at.end(),
                           [&](const Opening& opening) { return opening.tier == tier; });
    }

    [[nodiscard]] bool opened_by_all(const BenefitOutcome& benefit) const {
        return std::all_of(ladder_->possible.begin(), ladder_->possible.end(),
                           [&](const std::string& tier) { return opens_at(benefit, tier); });
    }

    void benefit_reasons(const BenefitOutcome& benefit) {
        const bool is_closed = benefit.verdict == Granted::closed;
        begin_section();
        Items rows;
        if (is_closed || (benefit.verdict == Granted::unknown && !opened_by_all(benefit))) {
            rows.items.push_back(opening(benefit));
        }
        for (const Condition& condition : benefit.because) {
            Item row = item_of(words_, condition);
            row.result = row.result.empty() ? "" : changeable(condition);
            row.source = told_.source(benefit.cite, benefit.at);
            rows.items.push_back(std::move(row));
        }
        if (!benefit.reading.empty()) {
            std::string reading = words_.say(Say::reading, benefit.reading);
            if (rows.items.empty()) {
                add(Paragraph{std::move(reading), Tone::faint});
            } else {
                add_note(rows.items.back(), std::move(reading), Tone::faint);
            }
        }
        if (!rows.items.empty()) {
            add(std::move(rows));
        }
        if (is_closed && !benefit.opens_at.empty()) {
            towards(ladder_->tiers[rank(*ladder_, benefit.opens_at.front().tier)], true);
        }
    }

    /// At which tiers the benefit opens, and where the partner stands.
    [[nodiscard]] Item opening(const BenefitOutcome& benefit) const {
        const bool is_closed = benefit.verdict == Granted::closed;
        std::vector<std::string> tiers;
        for (const Opening& opening : benefit.opens_at) {
            tiers.push_back(label_of(*ladder_, opening.tier));
        }
        Item item{is_closed ? Mark::unmet : Mark::unknown, words_.say(Say::tier),
                  words_.say(Say::opens_at, words_.list(tiers, Joint::alternative),
                             told_.partner_within(), told_.one_of(*ladder_, ladder_->possible)),
                  told_.source(benefit.cite, benefit.at)};
        for (std::size_t i = 0; is_closed && i < benefit.needs.size(); ++i) {
            if (is_still_needed(benefit.needs[i])) {
                add_note(item, words_.say(Say::needs_also, in_words(words_, benefit.needs[i])));
            }
        }
        return item;
    }

    /// What a condition came to, and who can change it where that is not the partner.
    [[nodiscard]] std::string changeable(const Condition& condition) const {
        const std::string text = result_in_words(words_, condition);
        if (condition.verdict == RequirementVerdict::met) {
            return text;
        }
        switch (condition.changer) {
        case Changer::program:
            return words_.say(Say::for_program, text);
        case Changer::time:
            return words_.say(Say::takes_time, text);
        case Changer::nobody:
            return words_.say(Say::cannot_change, text);
        case Changer::partner:
            break;
        }
        return text;
    }

    // ---- values

    void values() {
        Items rows;
        for (const ValueOutcome& value : outcome_.values) {
            const bool by_record = value.for_each && value.value.state != Figure::State::hidden;
            const std::string figure = by_record ? in_words(words_, value.items)
                                       : value.value.state == Figure::State::absent
                                           ? words_.say(Say::none_at_tier)
                                           : in_words(words_, value.value);
            rows.items.push_back(
                {Mark::plain, value.label, figure, cite_in_words(words_, value.cite)});
        }
        if (!rows.items.empty()) {
            add_section(Heading{words_.say(Say::values)});
            add(std::move(rows));
        }
    }

    // ---- the rest

    void measures() {
        Items rows;
        for (const MeasureOutcome& measure : outcome_.measures) {
            if (measure.is_shown) {
                rows.items.push_back(
                    {Mark::plain,
                     measure.path_label.empty()
                         ? measure.label
                         : words_.say(Say::in_brackets, measure.label, measure.path_label),
                     in_words(words_, measure.value, measure.window)});
            }
        }
        if (!rows.items.empty()) {
            add_section(Heading{words_.say(Say::measures)});
            add(std::move(rows));
        }
    }

    void notices() {
        for (const NoticeOutcome& notice : outcome_.notices) {
            if (notice.verdict == RequirementVerdict::met) {
                add_section(Paragraph{words_.say(Say::notice, notice.label), Tone::warning});
            }
        }
    }

    /// Only what leaves this tier open.
    void missing_for(const TierName& target) {
        std::vector<std::string> pointers;
        for (const RequirementOutcome* row : separating(target, RequirementVerdict::unknown)) {
            for (const std::string& pointer : row->missing) {
                if (std::find(pointers.begin(), pointers.end(), pointer) == pointers.end()) {
                    pointers.push_back(pointer);
                }
            }
        }
        missing(pointers);
    }

    void missing(const std::vector<std::string>& pointers) {
        begin_section();
        add(told_.missing(pointers));
    }

    const Outcome& outcome_;
    Narration told_;
    const Wording& words_;
    const LadderOutcome* ladder_; // that is being spoken of
};

} // namespace

Document narrate_standing(const Outcome& outcome, Language language) {
    return OutcomeNarrator(outcome, language).standing();
}

Document narrate_why_not(const Outcome& outcome, const TierPlace& tier, const Plan* ways,
                         Language language) {
    return OutcomeNarrator(outcome, language).why_not_tier(tier, ways);
}

Document narrate_why_not(const Outcome& outcome, const BenefitOutcome& benefit, const Plan* ways,
                         Language language) {
    return OutcomeNarrator(outcome, language).why_not_benefit(benefit, ways);
}

Document narrate_requirement(const Outcome& outcome, const std::string& id, const std::string& tier,
                             Language language, const std::string& path) {
    const auto place = find_tier(outcome, tier);
    for (const RequirementOutcome& row : outcome.requirements) {
        const LadderOutcome* ladder = place ? &outcome.ladders[place->ladder] : nullptr;
        if (ladder != nullptr && row.id == id && row.ladder == ladder->id &&
            row.path == (path.empty() ? ladder->path : path) &&
            row.tier == ladder->tiers[place->tier].id) {
            return OutcomeNarrator(outcome, language).single_requirement(row);
        }
    }
    return {};
}

} // namespace rung
