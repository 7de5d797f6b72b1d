#include "interpreter/layout.hpp"
#include "interpreter/narrate_changes.hpp"
#include "interpreter/narration.hpp"

#include <algorithm>
#include <array>

namespace rung {

namespace {

class BlameNarrator : DocumentTeller {
public:
    BlameNarrator(const Blame& blame, Language language)
        : blame_(blame),
          was_(blame.before, language),
          is_(blame.after, language),
          words_(Wording::of(language)) {
        document_.language = language;
        document_.title = is_.partner();
    }

    Document run() {
        for (const LadderOutcome& ladder : blame_.after.ladders) {
            tier(ladder);
        }
        begin_section();
        if (blame_.after.ladders.empty()) {
            add(Heading{is_.partner(), 1});
        }
        for (const Narration* told : {&was_, &is_}) {
            add(told->circumstances().front());
        }
        others();
        figures();
        notes();
        return told();
    }

private:
    // ---- tiers

    /// What a partner qualifies for; what it holds has the same reasons, and is told by the JSON.
    void tier(const LadderOutcome& ladder) {
        begin_section();
        const auto blamed =
            std::find_if(blame_.answers.begin(), blame_.answers.end(), [&](const BlamedAnswer& a) {
                return a.about == BlamedAnswer::About::tier && (a.id == ladder.id || a.id.empty());
            });
        if (blamed == blame_.answers.end()) {
            add(Heading{is_.qualification(ladder), 1});
            add(Paragraph{words_.say(Say::tier_as_before)});
            return;
        }
        const FourAnswers& answers = blamed->answers;
        const std::string now = is_.on_ladder(ladder, tiers(ladder, answers.after));
        add(Heading{blamed->cause == Cause::offset
                        ? is_.qualification(ladder)
                        : words_.say(Say::qualifies_instead, is_.partner(), now,
                                     tiers(ladder, answers.before)),
                    1});
        add(Paragraph{reason(blamed->cause)});
        add(Items{
            {{Mark::plain, words_.say(Say::old_rules_old_facts), tiers(ladder, answers.before)},
             {Mark::plain, words_.say(Say::new_rules_old_facts),
              tiers(ladder, answers.rules_alone)},
             {Mark::plain, words_.say(Say::old_rules_new_facts),
              tiers(ladder, answers.facts_alone)},
             {Mark::plain, words_.say(Say::new_rules_new_facts), tiers(ladder, answers.after)}}});
    }

    /// By the labels of the new rules, or else of the old ones.
    [[nodiscard]] std::string tiers(const LadderOutcome& ladder,
                                    const std::vector<std::string>& ids) const {
        if (ids.empty()) {
            return words_.say(Say::not_known);
        }
        const bool are_new = std::all_of(ids.begin(), ids.end(), [&](const std::string& id) {
            return rank(ladder, id) < ladder.tiers.size();
        });
        for (const LadderOutcome& old : blame_.before.ladders) {
            const bool same = old.id == ladder.id || blame_.before.ladders.size() == 1;
            if (!are_new && same) {
                return was_.one_of(old, ids);
            }
        }
        return is_.one_of(ladder, ids);
    }

    [[nodiscard]] std::string reason(Cause cause) const {
        switch (cause) {
        case Cause::rules:
            return words_.say(Say::due_to_rules);
        case Cause::facts:
            return words_.say(Say::due_to_facts);
        case Cause::either:
            return words_.say(Say::due_to_either);
        case Cause::together:
            return words_.say(Say::due_to_together);
        case Cause::offset:
            return words_.say(Say::due_offset);
        case Cause::unclear:
            break;
        }
        return words_.say(Say::due_unclear);
    }

    // ---- requirements and benefits

    void others() {
        begin_section();
        Items items;
        const auto group = [&](Cause cause, auto&& say) {
            const std::vector<std::string> labels = labels_of(cause);
            if (!labels.empty()) {
                items.items.push_back({Mark::change, say(words_.list(labels, Joint::apart))});
            }
        };
        group(Cause::rules, [&](const auto& them) { return words_.say(Say::by_rules, them); });
        group(Cause::facts, [&](const auto& them) { return words_.say(Say::by_facts, them); });
        group(Cause::either, [&](const auto& them) { return words_.say(Say::by_either, them); });
        group(Cause::together,
              [&](const auto& them) { return words_.say(Say::by_together, them); });
        group(Cause::unclear, [&](const auto& them) { return words_.say(Say::by_unclear, them); });
        if (!items.items.empty()) {
            add(std::move(items));
        }
    }

    /// Requirements and benefits that are other than before by that cause. A row is told once for all tiers.
    [[nodiscard]] std::vector<std::string> labels_of(Cause cause) const {
        std::vector<std::string> labels;
        for (const BlamedAnswer& answer : blame_.answers) {
            const bool told = answer.about == BlamedAnswer::About::requirement ||
                              answer.about == BlamedAnswer::About::benefit;
            if (told && answer.cause == cause &&
                std::find(labels.begin(), labels.end(), answer.label) == labels.end()) {
                labels.push_back(answer.label);
            }
        }
        return labels;
    }

    // ---- figures

    void figures() {
        for (const bool values : {true, false}) {
            Items items;
            for (const BlamedFigure& figure : blame_.figures) {
                if (figure.is_value == values && !(figure.before == figure.after)) {
                    items.items.push_back(shared_out(figure));
                }
            }
            if (!items.items.empty()) {
                begin_section();
                add(Heading{values ? words_.say(Say::values) : words_.say(Say::measures)});
                add(std::move(items));
            }
        }
    }

    [[nodiscard]] Item shared_out(const BlamedFigure& figure) const {
        const std::string before = shown(figure.before);
        const std::string after = shown(figure.after);
        const bool is_shared = figure.by_both.state != Figure::State::absent;
        return {Mark::change, figure.label,
                is_shared ? words_.say(Say::figure_shared, before, after, shown(figure.by_rules),
                                       shown(figure.by_facts), shown(figure.by_both))
                          : words_.say(Say::became, before, after)};
    }

    [[nodiscard]] std::string shown(const Figure& figure) const {
        return figure.state == Figure::State::absent ? words_.say(Say::no_items)
                                                     : in_words(words_, figure);
    }

    // ---- what could not be known

    void notes() {
        begin_section();
        if (!blame_.old_facts_lack.empty()) {
            add(Paragraph{words_.say(Say::old_facts_lack, words_.list(blame_.old_facts_lack))});
        }
        if (!blame_.new_facts_lack.empty()) {
            add(Paragraph{words_.say(Say::new_facts_lack, words_.list(blame_.new_facts_lack))});
        }
        for (const Diagnostic& note : blame_.notes) {
            add(Paragraph{words_.say(Say::pair_not_evaluated, note.text), Tone::warning});
        }
    }

    const Blame& blame_;
    Narration was_;
    Narration is_;
    const Wording& words_;
};

} // namespace

Document narrate_blame(const Blame& blame, Language language) {
    return BlameNarrator(blame, language).run();
}

std::string to_text(const Blame& blame, const TextOptions& options) {
    return lay_out(narrate_blame(blame, options.language), options);
}

} // namespace rung
