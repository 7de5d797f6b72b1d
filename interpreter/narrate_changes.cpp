#include "interpreter/narrate_changes.hpp"

#include "interpreter/layout.hpp"
#include "interpreter/narrate_requirement.hpp"

#include <algorithm>
#include <utility>

namespace rung {

namespace {

class ChangesNarrator : DocumentTeller {
public:
    ChangesNarrator(const Changes& changes, const Outcome& before, const Outcome& after,
                    Language language)
        : changes_(changes),
          before_(before),
          after_(after),
          was_(before, language),
          is_(after, language),
          words_(Wording::of(language)) {
        document_.language = language;
        document_.title = is_.partner();
    }

    Document run() {
        begin_section();
        tiers();
        for (Block& block : is_.circumstances()) {
            add(std::move(block));
        }
        if (changes_.empty()) {
            add(Paragraph{words_.say(Say::nothing_differs)});
        }
        requirements();
        benefits();
        values();
        measures();
        rest();
        return told();
    }

private:
    void add_section(const std::string& title, Items items) {
        if (!items.items.empty()) {
            begin_section();
            add(Heading{title});
            add(std::move(items));
        }
    }

    [[nodiscard]] std::string became(const std::string& before, const std::string& after) const {
        return words_.say(Say::became, before, after);
    }

    // ---- tiers

    void tiers() {
        if (after_.ladders.empty()) {
            add(Heading{is_.partner(), 1});
        }
        for (const LadderOutcome& ladder : after_.ladders) {
            const LadderChange* change = change_of(ladder);
            const bool moved = change != nullptr && change->before && change->tier != Move::same;
            const std::string was =
                moved ? was_.one_of(*change->before, change->before->possible) : "";
            const bool from_one_to_one = moved && ladder.tier && change->before->tier;
            const std::string now = is_.on_ladder(ladder, is_.one_of(ladder, ladder.possible));
            add(Heading{from_one_to_one
                            ? words_.say(Say::qualifies_instead, is_.partner(), now, was)
                            : is_.qualification(ladder),
                        1});
            if (!from_one_to_one) {
                add(Paragraph{moved ? words_.say(Say::tier_was, was)
                                    : words_.say(Say::tier_as_before)});
            }
            if (change != nullptr && change->holds != Move::same) {
                for (Block& block : is_.holding(ladder)) {
                    add(std::move(block));
                }
            }
        }
    }

    [[nodiscard]] const LadderChange* change_of(const LadderOutcome& ladder) const {
        const auto at = std::find_if(changes_.ladders.begin(), changes_.ladders.end(),
                                     [&](const LadderChange& change) {
                                         return change.after && change.after->id == ladder.id;
                                     });
        return at == changes_.ladders.end() ? nullptr : &*at;
    }

    // ---- requirements

    /// Tier by tier; a part is told below its head. One whose figures alone differ is told at one tier.
    void requirements() {
        std::string title;
        Items items;
        for (const RequirementChange& change : changes_.requirements) {
            const RequirementOutcome& row = change.named();
            if (!row.parent.empty() || !is_told(change)) {
                continue;
            }
            const std::string tier = words_.say(Say::at_tier, tier_label(row));
            if (tier != title) {
                add_section(title, std::exchange(items, {}));
                title = tier;
            }
            items.items.push_back(requirement(change));
        }
        add_section(title, std::move(items));
    }

    /// Whether a change is told at its own tier: the same is told at the lowest one, and where figures alone
    /// differ, at the lowest that is not met by them, or else the highest.
    [[nodiscard]] bool is_told(const RequirementChange& change) const {
        const RequirementChange* told = nullptr;
        for (const RequirementChange& other : changes_.requirements) {
            const RequirementOutcome& row = other.named();
            if (row.id != change.named().id || row.ladder != change.named().ladder) {
                continue;
            }
            if (other.verdict != change.verdict) {
                if (other.verdict) {
                    return false;
                }
                continue;
            }
            const bool takes_over =
                change.verdict
                    ? told == nullptr && became(other) == became(change)
                    : told == nullptr || told->named().verdict == RequirementVerdict::met;
            told = takes_over ? &other : told;
        }
        return told == &change;
    }

    [[nodiscard]] std::string became(const RequirementChange& change) const {
        return became(result(change.before), result(change.after));
    }

    [[nodiscard]] Item requirement(const RequirementChange& change) const {
        const RequirementOutcome& row = change.named();
        Item item{change.after ? mark_of(change.after->verdict) : Mark::not_asked, row.label,
                  became(change), (change.after ? is_ : was_).source(row.cite, row.at)};
        if (!change.left.empty()) {
            add_note(item, words_.say(Say::records_left, in_words(words_, change.left)));
        }
        if (!change.joined.empty()) {
            add_note(item, words_.say(Say::records_joined, in_words(words_, change.joined)));
        }
        for (const RequirementChange& part : changes_.requirements) {
            const RequirementOutcome& other = part.named();
            if (other.parent == row.id && other.tier == row.tier && other.path == row.path &&
                other.ladder == row.ladder) {
                item.below.push_back(requirement(part));
            }
        }
        return item;
    }

    [[nodiscard]] std::string tier_label(const RequirementOutcome& row) const {
        for (const Outcome* outcome : {&after_, &before_}) {
            for (const LadderOutcome& ladder : outcome->ladders) {
                if (ladder.id == row.ladder) {
                    return label_of(ladder, row.tier);
                }
            }
        }
        return row.tier;
    }

    /// The figures of its one condition, or its verdict.
    [[nodiscard]] std::string result(const std::optional<RequirementOutcome>& row) const {
        if (!row || row->verdict == RequirementVerdict::not_asked) {
            return words_.say(Say::not_asked);
        }
        if (row->verdict == RequirementVerdict::waived) {
            return words_.say(Say::waived);
        }
        if (row->conditions.size() == 1 && row->condition == RequirementVerdict::met) {
            return result_in_words(words_, row->conditions.front());
        }
        switch (row->verdict) {
        case RequirementVerdict::met:
            return words_.say(Say::met);
        case RequirementVerdict::unmet:
            return words_.say(Say::unmet);
        case RequirementVerdict::unknown:
        case RequirementVerdict::not_asked:
        case RequirementVerdict::waived:
            break;
        }
        return words_.say(Say::not_known);
    }

    // ---- benefits, values, measures

    void benefits() {
        Items items;
        for (const BenefitChange& change : changes_.benefits) {
            if (!change.verdict) {
                continue;
            }
            items.items.push_back({change.after ? mark_of(change.after->verdict) : Mark::closed,
                                   change.named().label,
                                   became(verdict(change.before), verdict(change.after)),
                                   cite_in_words(words_, change.named().cite)});
        }
        add_section(words_.say(Say::benefits), std::move(items));
    }

    [[nodiscard]] std::string verdict(const std::optional<BenefitOutcome>& benefit) const {
        switch (benefit ? benefit->verdict : Granted::closed) {
        case Granted::granted:
            return words_.say(Say::benefit_granted);
        case Granted::open:
            return words_.say(Say::benefit_open);
        case Granted::closed:
            return words_.say(Say::benefit_closed);
        case Granted::unknown:
            break;
        }
        return words_.say(Say::not_known);
    }

    void values() {
        Items items;
        for (const Change<ValueOutcome>& change : changes_.values) {
            items.items.push_back({Mark::change, change.named().label,
                                   became(worth(change.before), worth(change.after)),
                                   cite_in_words(words_, change.named().cite)});
        }
        add_section(words_.say(Say::values), std::move(items));
    }

    [[nodiscard]] std::string worth(const std::optional<ValueOutcome>& value) const {
        if (!value || (!value->for_each && value->value.state == Figure::State::absent)) {
            return words_.say(Say::none_at_tier);
        }
        return value->for_each ? in_words(words_, value->items) : in_words(words_, value->value);
    }

    void measures() {
        Items items;
        const auto figure = [&](const std::optional<MeasureOutcome>& measure) {
            return measure ? in_words(words_, measure->value) : words_.say(Say::not_asked);
        };
        for (const Change<MeasureOutcome>& change : changes_.measures) {
            items.items.push_back({Mark::change, change.named().label,
                                   became(figure(change.before), figure(change.after))});
        }
        add_section(words_.say(Say::measures), std::move(items));
    }

    // ---- the rest

    void rest() {
        begin_section();
        for (const Change<NoticeOutcome>& change : changes_.notices) {
            const bool told = change.after && change.after->verdict == RequirementVerdict::met;
            const bool was = change.before && change.before->verdict == RequirementVerdict::met;
            if (told || was) {
                add(Paragraph{told ? words_.say(Say::notice, change.named().label)
                                   : words_.say(Say::notice_gone, change.named().label),
                              told ? Tone::warning : Tone::plain});
            }
        }
        if (!changes_.newly_missing.empty()) {
            add(Paragraph{words_.say(Say::newly_missing, words_.list(changes_.newly_missing))});
        }
        if (!changes_.no_longer_missing.empty()) {
            add(Paragraph{
                words_.say(Say::no_longer_missing, words_.list(changes_.no_longer_missing))});
        }
    }

    const Changes& changes_;
    const Outcome& before_;
    const Outcome& after_;
    Narration was_;
    Narration is_;
    const Wording& words_;
};

} // namespace

Document narrate_changes(const Changes& changes, const Outcome& before, const Outcome& after,
                         Language language) {
    return ChangesNarrator(changes, before, after, language).run();
}

std::string to_text(const Changes& changes, const Outcome& before, const Outcome& after,
                    const TextOptions& options) {
    return lay_out(narrate_changes(changes, before, after, options.language), options);
}

} // namespace rung
