#include "interpreter/layout.hpp"
#include "interpreter/narrate_changes.hpp"
#include "interpreter/narration.hpp"

#include <algorithm>

namespace rung {

namespace {

class QuestionsNarrator {
public:
    QuestionsNarrator(const Questions& questions, Language language)
        : questions_(questions), told_(questions.outcome, language), words_(Wording::of(language)) {
        document_.language = language;
        document_.title = told_.partner();
    }

    Document run() {
        Section section;
        const bool asks = !questions_.facts.empty();
        section.blocks.emplace_back(Heading{asks ? words_.say(Say::ask_for, told_.partner())
                                                 : words_.say(Say::ask_nothing, told_.partner()),
                                            1});
        for (Block& block : told_.circumstances()) {
            section.blocks.push_back(std::move(block));
        }
        if (!questions_.target.empty()) {
            section.blocks.emplace_back(Paragraph{words_.say(Say::ask_towards, target())});
        }
        document_.sections.push_back(std::move(section));
        if (asks) {
            Items items;
            for (const MissingFact& fact : questions_.facts) {
                items.items.push_back(item(fact));
            }
            document_.sections.push_back({{std::move(items)}});
        }
        if (const std::vector<std::string> idle = idle_facts(); !idle.empty()) {
            document_.sections.push_back(
                {{Paragraph{words_.say(Say::ask_idle, first_of(idle)), Tone::faint}}});
        }
        return std::move(document_);
    }

private:
    /// What is missing too, but settles nothing. Towards a target other facts may matter to other answers.
    [[nodiscard]] std::vector<std::string> idle_facts() const {
        std::vector<std::string> names;
        for (const FactName& name : questions_.outcome.missing_names) {
            const bool is_asked =
                std::any_of(questions_.facts.begin(), questions_.facts.end(),
                            [&](const MissingFact& fact) { return fact.pointer == name.pointer; });
            if (questions_.target.empty() && !is_asked) {
                names.push_back(rung::name_of(words_, name));
            }
        }
        return names;
    }

    [[nodiscard]] std::string target() const {
        const Outcome& outcome = questions_.outcome;
        if (const auto place = find_tier(outcome, questions_.target)) {
            const LadderOutcome& ladder = outcome.ladders[place->ladder];
            return told_.on_ladder(ladder, ladder.tiers[place->tier].label);
        }
        for (const BenefitOutcome& benefit : outcome.benefits) {
            if (benefit.id == questions_.target) {
                return benefit.label;
            }
        }
        return questions_.target;
    }

    [[nodiscard]] Item item(const MissingFact& fact) const {
        Item item{Mark::step, changed_by(fact.changer, told_.missing_fact(fact.pointer)),
                  settles(fact)};
        item.below.push_back({Mark::plain, fact.pointer, "", "", Tone::faint});
        return item;
    }

    [[nodiscard]] std::string changed_by(Changer changer, const std::string& label) const {
        return changer == Changer::program ? words_.say(Say::for_program, label) : label;
    }

    [[nodiscard]] std::string settles(const MissingFact& fact) const {
        std::vector<std::string> always;
        std::vector<std::string> sometimes;
        for (const MissingFact::Settles& settled : fact.settles) {
            std::vector<std::string>& names = settled.always ? always : sometimes;
            std::string name = name_of(questions_.open[settled.open]);
            if (std::find(names.begin(), names.end(), name) == names.end()) {
                names.push_back(std::move(name));
            }
        }
        if (fact.tried == 0) {
            return words_.say(Say::not_tried);
        }
        if (fact.settles.empty()) {
            return words_.say(Say::settles_with_others);
        }
        const std::string sure = words_.say(Say::settles, first_of(always));
        const std::string perhaps = words_.say(Say::may_settle, first_of(sometimes));
        return sometimes.empty() ? sure
               : always.empty()  ? perhaps
                                 : words_.say(Say::clauses, sure, perhaps);
    }

    /// More than a reader takes in are counted.
    [[nodiscard]] std::string first_of(std::vector<std::string> names) const {
        constexpr std::size_t most_in_full = 4;
        if (names.size() > most_in_full + 1) {
            const std::size_t more = names.size() - most_in_full;
            names.resize(most_in_full);
            names.push_back(words_.counted(Say::more, words_.in_digits(more)));
        }
        return words_.list(names);
    }

    [[nodiscard]] std::string name_of(const OpenAnswer& open) const {
        switch (open.about) {
        case OpenAnswer::About::tier:
            return open.label.empty()
                       ? words_.say(Say::the_tier)
                       : words_.say(Say::in_brackets, words_.say(Say::the_tier), open.label);
        case OpenAnswer::About::target:
            return words_.say(Say::whether_reached, open.label);
        case OpenAnswer::About::requirement:
        case OpenAnswer::About::benefit:
        case OpenAnswer::About::value:
            break;
        }
        return open.label;
    }

    const Questions& questions_;
    Narration told_;
    const Wording& words_;
    Document document_;
};

} // namespace

Document narrate_questions(const Questions& questions, Language language) {
    return QuestionsNarrator(questions, language).run();
}

std::string to_text(const Questions& questions, const TextOptions& options) {
    return lay_out(narrate_questions(questions, options.language), options);
}

} // namespace rung
