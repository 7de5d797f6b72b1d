#include "interpreter/layout.hpp"
#include "interpreter/words.hpp"

#include <rung/plan.hpp>

namespace rung {

namespace {

class PlanNarrator {
public:
    PlanNarrator(const Plan& plan, Language language) : plan_(plan), words_(Wording::of(language)) {
        document_.language = language;
        document_.title = partner();
    }

    Document run() {
        document_.sections.push_back(opening());
        for (std::size_t i = 0; i < plan_.ways.size(); ++i) {
            document_.sections.push_back(way(plan_.ways[i], i + 1));
        }
        if (!plan_.obstacles.empty()) {
            document_.sections.push_back(obstacles());
        }
        if (!plan_.ways.empty() || plan_.bound_met) {
            document_.sections.push_back(closing());
        }
        return std::move(document_);
    }

private:
    [[nodiscard]] std::string partner() const {
        return plan_.partner.empty() ? words_.say(Say::the_partner) : plan_.partner;
    }

    /// "annual review, 15 Feb 2023"; of rules that look at no day, the program.
    [[nodiscard]] std::string occasion(const PlanReview& review) const {
        const std::string label = review.review_label.value_or("");
        if (!review.on) {
            return label.empty() ? plan_.program_label : label;
        }
        const std::string day = words_.date(*review.on);
        return label.empty() ? day : words_.say(Say::clauses, label, day);
    }

    [[nodiscard]] std::string headline() const {
        if (plan_.reached) {
            return words_.say(Say::plan_reached, partner(), plan_.target_label);
        }
        return plan_.ways.empty() ? words_.say(Say::plan_no_way, partner(), plan_.target_label)
                                  : words_.say(Say::plan_ways, partner(), plan_.target_label);
    }

    [[nodiscard]] Section opening() const {
        Section section{{Heading{headline(), 1}}};
        const std::string rules = plan_.program + " " + plan_.version;
        section.blocks.emplace_back(Paragraph{occasion(plan_.at) + " · " + rules, Tone::faint});
        for (const PlanReview& closed : plan_.not_possible_at) {
            const std::string text = words_.say(Say::plan_not_possible, occasion(closed));
            section.blocks.emplace_back(Paragraph{
                closed.period ? words_.say(Say::plan_closed, text, words_.window(*closed.period))
                              : text,
                Tone::warning});
        }
        if (plan_.at.by_program) {
            section.blocks.emplace_back(Paragraph{words_.say(Say::by_program), Tone::faint});
        }
        return section;
    }

    // ---- ways

    [[nodiscard]] Section way(const PlanWay& way, std::size_t number) const {
        Items steps;
        for (const PlanStep& step : way.steps) {
            steps.items.push_back(item(step));
        }
        return {{Heading{words_.say(Say::plan_way, std::to_string(number))}, std::move(steps)}};
    }

    [[nodiscard]] Item item(const PlanStep& step) const {
        std::string label =
            step.record ? words_.say(Say::labelled, name_of(words_, *step.record), step.label)
                        : step.label;
        Item item{Mark::step, std::move(label), changed_by(step.changer, result(step))};
        for (const PlanField& field : step.fields) {
            item.below.push_back(this->field(field));
        }
        return item;
    }

    [[nodiscard]] std::string result(const PlanStep& step) const {
        switch (step.kind) {
        case PlanStepKind::confirm:
            return words_.say(Say::plan_confirm, wanted(step.to, step.days, step.least));
        case PlanStepKind::add:
            return words_.counted(Say::plan_add, words_.in_digits(step.count), step.record_kind);
        case PlanStepKind::empty:
            return words_.say(Say::plan_empty);
        case PlanStepKind::set:
        case PlanStepKind::include:
        case PlanStepKind::figure:
        case PlanStepKind::day:
            break;
        }
        return words_.say(Say::became, in_words(words_, step.from),
                          wanted(step.to, step.days, step.least));
    }

    [[nodiscard]] std::string wanted(const Figure& to, const std::optional<Days>& days,
                                     bool least) const {
        const std::string text = days && !days->from.empty() && !days->through.empty()
                                     ? words_.window(*days)
                                     : in_words(words_, to);
        return least ? text : words_.say(Say::plan_less_may_do, text);
    }

    /// What a new record must have, and the records inside it.
    [[nodiscard]] Item field(const PlanField& field) const {
        const bool inner = field.kind == PlanStepKind::add;
        const std::string what =
            inner ? words_.counted(Say::plan_add, words_.in_digits(field.count), field.label)
                  : words_.say(Say::labelled, field.label,
                               wanted(field.value, field.days, field.least));
        Item item{Mark::none, changed_by(field.changer, what)};
        for (const PlanField& below : field.fields) {
            item.below.push_back(this->field(below));
        }
        return item;
    }

    [[nodiscard]] std::string changed_by(Changer changer, const std::string& text) const {
        switch (changer) {
        case Changer::program:
            return words_.say(Say::for_program, text);
        case Changer::time:
            return words_.say(Say::takes_time, text);
        case Changer::partner:
        case Changer::nobody:
            break;
        }
        return text;
    }

    // ---- what is in the way

    [[nodiscard]] Section obstacles() const {
        Items items;
        for (const PlanObstacle& obstacle : plan_.obstacles) {
            items.items.push_back({Mark::unmet, obstacle.label, why(obstacle)});
        }
        return {{Heading{words_.say(Say::plan_in_the_way)}, std::move(items)}};
    }

    [[nodiscard]] std::string why(const PlanObstacle& obstacle) const {
        switch (obstacle.why) {
        case PlanObstacle::Why::cannot_change:
            return words_.say(Say::plan_cannot_change);
        case PlanObstacle::Why::past:
            return words_.say(Say::plan_past);
        case PlanObstacle::Why::closed:
            return obstacle.days
                       ? words_.say(Say::plan_window_closed, words_.window(*obstacle.days))
                       : words_.say(Say::plan_past);
        case PlanObstacle::Why::bounds:
            return words_.say(Say::plan_bounds);
        case PlanObstacle::Why::not_planned:
            break;
        }
        return words_.say(Say::plan_not_planned);
    }

    [[nodiscard]] std::string checked() const {
        const std::string at = occasion(plan_.at);
        return plan_.is_benefit
                   ? words_.say(Say::plan_checked_benefit, partner(), plan_.target_label, at)
                   : words_.say(Say::plan_checked, partner(), plan_.target_label, at);
    }

    [[nodiscard]] Section closing() const {
        Section section;
        if (!plan_.ways.empty()) {
            section.blocks.emplace_back(Paragraph{checked(), Tone::faint});
        }
        if (plan_.bound_met) {
            section.blocks.emplace_back(Paragraph{
                words_.say(Say::plan_bound, std::to_string(plan_.evaluations)), Tone::warning});
        }
        return section;
    }

    const Plan& plan_;
    const Wording& words_;
    Document document_;
};

} // namespace

std::string to_text(const Plan& plan, const TextOptions& options) {
    return lay_out(PlanNarrator(plan, options.language).run(), options);
}

} // namespace rung
