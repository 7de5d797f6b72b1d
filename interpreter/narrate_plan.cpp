#include "interpreter/narrate_plan.hpp"

#include "interpreter/layout.hpp"
#include "interpreter/words.hpp"

#include <algorithm>

namespace rung {

namespace {

/// So many other choices that would do are named.
constexpr std::size_t most_choices = 4;

class PlanNarrator {
public:
    PlanNarrator(const Plan& plan, const Wording& words) : plan_(plan), words_(words) {}

    Document run() {
        document_.language = words_.language();
        document_.title = partner();
        document_.sections.push_back(opening());
        for (std::size_t i = 0; i < plan_.ways.size(); ++i) {
            document_.sections.push_back(way(plan_.ways[i], i + 1));
        }
        if (Items items = obstacle_items(); !items.items.empty()) {
            document_.sections.push_back(
                {{Heading{plan_.ways.empty() ? words_.say(Say::plan_in_the_way) : no_longer()},
                  std::move(items)}});
        }
        if (Section last = closing(); !last.blocks.empty()) {
            document_.sections.push_back(std::move(last));
        }
        return std::move(document_);
    }

    std::vector<Block> in_short() {
        if (plan_.hidden) {
            return {Paragraph{not_shown(), Tone::faint}};
        }
        Section section;
        if (plan_.ways.empty()) {
            section.blocks.emplace_back(Heading{words_.say(Say::no_way_to, plan_.target_label)});
            section.blocks.emplace_back(obstacle_items());
        } else {
            section.blocks.emplace_back(Heading{words_.say(Say::ways_to, plan_.target_label)});
            add_other_days(section);
            if (!plan_.not_possible_at.empty()) {
                section.blocks.emplace_back(
                    Paragraph{words_.say(Say::plan_for, in_full(plan_.at))});
            }
            section.blocks.emplace_back(lines());
            if (Items items = obstacle_items(); !items.items.empty()) {
                section.blocks.emplace_back(Paragraph{no_longer()});
                section.blocks.emplace_back(std::move(items));
            }
        }
        const Section last = closing();
        section.blocks.insert(section.blocks.end(), last.blocks.begin(), last.blocks.end());
        return std::move(section.blocks);
    }

private:
    [[nodiscard]] std::string partner() const {
        return plan_.partner.empty() ? words_.say(Say::the_partner) : plan_.partner;
    }
    [[nodiscard]] std::string partner_within() const {
        return plan_.partner.empty() ? words_.say(Say::the_partner_within) : plan_.partner;
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

    /// The same with what the review looks at.
    [[nodiscard]] std::string in_full(const PlanReview& review) const {
        return review.period
                   ? words_.say(Say::looks_at, occasion(review), words_.date(review.period->from),
                                words_.date(review.period->through))
                   : occasion(review);
    }

    [[nodiscard]] std::string not_shown() const {
        return words_.say(Say::ways_internal, plan_.target_label);
    }

    [[nodiscard]] std::string headline() const {
        if (plan_.reached) {
            return words_.say(Say::plan_reached, partner(), plan_.target_label);
        }
        if (plan_.hidden) {
            return not_shown();
        }
        return plan_.ways.empty() ? words_.say(Say::plan_no_way, partner(), plan_.target_label)
                                  : words_.say(Say::plan_ways, partner(), plan_.target_label);
    }

    [[nodiscard]] Section opening() const {
        Section section{{Heading{headline(), 1}}};
        const std::string rules = plan_.program + " " + plan_.version;
        section.blocks.emplace_back(Paragraph{occasion(plan_.at) + " · " + rules, Tone::faint});
        add_other_days(section);
        if (plan_.at.by_program) {
            section.blocks.emplace_back(Paragraph{words_.say(Say::by_program), Tone::faint});
        }
        return section;
    }

    /// Days that were asked for, or come before that of the plan, at which there is no way.
    void add_other_days(Section& section) const {
        for (const PlanReview& closed : plan_.not_possible_at) {
            const std::string text = words_.say(Say::plan_not_possible, occasion(closed));
            const bool is_over = plan_.made_on && closed.on && *closed.on < *plan_.made_on;
            section.blocks.emplace_back(Paragraph{
                is_over         ? words_.say(Say::plan_day_over, text)
                : closed.period ? words_.say(Say::plan_closed, text, words_.window(*closed.period))
                                : text,
                Tone::warning});
        }
    }

    // ---- ways

    [[nodiscard]] Section way(const PlanWay& way, std::size_t number) const {
        Items steps;
        for (const PlanStep& step : way.steps) {
            steps.items.push_back(item(step));
        }
        const std::string heading = words_.say(Say::plan_way, std::to_string(number));
        return {{Heading{way.reaches.empty()
                             ? heading
                             : words_.say(Say::plan_way_higher, heading, way.reaches_label)},
                 std::move(steps)}};
    }

    [[nodiscard]] Item item(const PlanStep& step) const {
        std::string label =
            step.record ? words_.say(Say::labelled, full_name_of(words_, *step.record), step.label)
                        : step.label;
        Item item{Mark::step, std::move(label), changed_by(step.changer, result(step))};
        for (const PlanField& field : step.fields) {
            if (!adds_plain_value(step)) {
                item.below.push_back(this->field(field));
            }
        }
        return item;
    }

    [[nodiscard]] std::string result(const PlanStep& step) const {
        switch (step.kind) {
        case PlanStepKind::confirm:
            return words_.say(Say::plan_confirm,
                              wanted(step.label, step.to, step.days, step.least));
        case PlanStepKind::add:
            return words_.counted(Say::plan_add, words_.in_digits(step.count),
                                  adds_plain_value(step) ? wanted(step.fields.front())
                                                         : step.record_kind);
        case PlanStepKind::empty:
            return words_.say(Say::plan_empty);
        case PlanStepKind::set:
        case PlanStepKind::include:
        case PlanStepKind::figure:
        case PlanStepKind::day:
            break;
        }
        return words_.say(Say::became, in_words(words_, step.from),
                          wanted(step.label, step.to, step.days, step.least));
    }

    /// An item of a list of plain values: no record, and no name beside that of the list.
    template <typename Addition> // PlanStep or PlanField
    static bool adds_plain_value(const Addition& addition) {
        return addition.fields.size() == 1 && addition.fields.front().fact.empty();
    }

    [[nodiscard]] std::string wanted(const PlanField& field) const {
        const std::string text = wanted(field.label, field.value, field.days, field.least);
        if (field.or_more && field.least) {
            return words_.say(Say::at_least, text);
        }
        if (field.or_never) {
            return words_.list({words_.say(Say::never), text}, Joint::alternative);
        }
        std::vector<std::string> choices{text};
        const bool too_many = field.also_labels.size() > most_choices;
        const std::size_t named = too_many ? most_choices - 1 : field.also_labels.size();
        choices.insert(choices.end(), field.also_labels.begin(),
                       field.also_labels.begin() + static_cast<std::ptrdiff_t>(named));
        if (too_many) {
            choices.push_back(words_.counted(Say::choices_more,
                                             words_.in_digits(field.also_labels.size() - named)));
        }
        return words_.list(choices, Joint::alternative);
    }

    [[nodiscard]] std::string wanted(const std::string& label, const Figure& to,
                                     const std::optional<Days>& days, bool least) const {
        if (is_any_other(label, to)) {
            return words_.say(Say::plan_any_other);
        }
        const bool is_choice = days && days->from != days->through;
        const std::string text = is_choice ? words_.window(*days) : in_words(words_, to);
        return least ? text : words_.say(Say::plan_less_may_do, text);
    }

    /// Whether a text stands for any that is not there yet: the plan writes "another" and a number, or the label.
    static bool is_any_other(const std::string& label, const Figure& to) {
        constexpr std::string_view made_up = "another ";
        if (to.type != "text" || !to.value.starts_with(made_up)) {
            return false;
        }
        const std::string rest = to.value.substr(made_up.size());
        return rest == label || rest.find_first_not_of("0123456789") == std::string::npos;
    }

    /// What a new record must have, and the records inside it.
    [[nodiscard]] Item field(const PlanField& field) const {
        const bool inner = field.kind == PlanStepKind::add;
        const bool plain = inner && adds_plain_value(field);
        const std::string what =
            inner ? words_.counted(Say::plan_add, words_.in_digits(field.count),
                                   plain ? wanted(field.fields.front()) : field.record_kind)
                  : wanted(field);
        Item item{Mark::plain,
                  changed_by(field.changer, words_.say(Say::labelled, field.label, what))};
        for (const PlanField& below : field.fields) {
            if (!plain) {
                item.below.push_back(this->field(below));
            }
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

    // ---- ways in a line each

    /// A step by what it is about, and in full.
    struct Line {
        std::string about;
        std::string text;
    };

    [[nodiscard]] Items lines() const {
        Items items;
        const std::vector<Line> first = lines_of(plan_.ways.front());
        for (const PlanWay& way : plan_.ways) {
            const bool is_first = &way == &plan_.ways.front();
            Item& item = items.items.emplace_back(
                Item{Mark::step, is_first ? joined(first) : as_first(first, lines_of(way))});
            if (!way.reaches.empty()) {
                item.below.push_back({Mark::plain, words_.say(Say::plan_reaches, way.reaches_label),
                                      "", "", Tone::faint});
            }
        }
        return items;
    }

    [[nodiscard]] std::vector<Line> lines_of(const PlanWay& way) const {
        std::vector<Line> lines;
        for (const PlanStep& step : way.steps) {
            lines.push_back(line(step));
        }
        return lines;
    }

    [[nodiscard]] Line line(const PlanStep& step) const {
        const std::string about =
            step.record ? words_.say(Say::of_record, step.label, full_name_of(words_, *step.record))
                        : step.label;
        const bool confirms = step.kind == PlanStepKind::confirm;
        std::string text = confirms ? words_.say(Say::way_confirm, about,
                                                 wanted(step.label, step.to, step.days, step.least))
                                    : words_.say(Say::labelled, about, result(step));
        if (const std::vector<std::string> fields = in_line(step.fields);
            !fields.empty() && !adds_plain_value(step)) {
            text = words_.say(Say::in_brackets, text, words_.list(fields, Joint::apart));
        }
        return {about, changed_by(step.changer, text)};
    }

    [[nodiscard]] std::vector<std::string> in_line(const std::vector<PlanField>& fields) const {
        std::vector<std::string> texts;
        for (const PlanField& field : fields) {
            std::string text = this->field(field).label;
            if (const std::vector<std::string> below = in_line(field.fields);
                !below.empty() && !adds_plain_value(field)) {
                text = words_.say(Say::in_brackets, text, words_.list(below, Joint::apart));
            }
            texts.push_back(std::move(text));
        }
        return texts;
    }

    [[nodiscard]] static std::string joined(const std::vector<Line>& lines) {
        std::string text;
        for (const Line& line : lines) {
            text += (text.empty() ? "" : " · ") + line.text;
        }
        return text;
    }

    /// Only what differs from the first way, where something is the same.
    [[nodiscard]] std::string as_first(const std::vector<Line>& first,
                                       const std::vector<Line>& other) const {
        const std::vector<Line> instead = only_in(other, first);
        const std::vector<Line> left_out = only_in(first, other);
        if (left_out.empty() || instead.empty() || left_out.size() == first.size()) {
            return joined(other);
        }
        std::vector<std::string> abouts;
        for (const Line& line : left_out) {
            abouts.push_back(line.about);
        }
        return words_.say(Say::way_as_first, joined(instead), words_.list(abouts));
    }

    [[nodiscard]] static std::vector<Line> only_in(const std::vector<Line>& lines,
                                                   const std::vector<Line>& others) {
        std::vector<Line> alone;
        std::copy_if(lines.begin(), lines.end(), std::back_inserter(alone), [&](const Line& line) {
            return std::none_of(others.begin(), others.end(),
                                [&](const Line& other) { return other.text == line.text; });
        });
        return alone;
    }

    // ---- what is in the way

    /// What is said of several records alike is said once. Beside ways, which are then for another day, only what says
    /// why they are not for the day that was asked for.
    [[nodiscard]] Items obstacle_items() const {
        Items items;
        for (const PlanObstacle& obstacle : plan_.obstacles) {
            if (!plan_.ways.empty() && obstacle.why != PlanObstacle::Why::closed) {
                continue;
            }
            Item item{Mark::unmet,
                      obstacle.record_kind.empty()
                          ? obstacle.label
                          : words_.say(Say::labelled, obstacle.record_kind, obstacle.label),
                      why(obstacle)};
            const bool is_said =
                std::any_of(items.items.begin(), items.items.end(), [&](const Item& said) {
                    return said.label == item.label && said.result == item.result;
                });
            if (!is_said) {
                items.items.push_back(std::move(item));
            }
        }
        return items;
    }

    /// Of the day that was asked for, whatever day the ways are for.
    [[nodiscard]] std::string no_longer() const {
        const PlanReview& asked =
            plan_.not_possible_at.empty() ? plan_.at : plan_.not_possible_at.front();
        return asked.on || asked.review_label ? words_.say(Say::plan_no_longer_at, occasion(asked))
                                              : words_.say(Say::plan_no_longer);
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
        if (!plan_.at.on && !plan_.at.review_label) {
            return plan_.is_benefit ? words_.say(Say::plan_checked_benefit_undated,
                                                 partner_within(), plan_.target_label)
                                    : words_.say(Say::plan_checked_undated, partner_within(),
                                                 plan_.target_label);
        }
        const std::string at = occasion(plan_.at);
        return plan_.is_benefit
                   ? words_.say(Say::plan_checked_benefit, partner_within(), plan_.target_label, at)
                   : words_.say(Say::plan_checked, partner_within(), plan_.target_label, at);
    }

    [[nodiscard]] Section closing() const {
        Section section;
        if (!plan_.ways.empty()) {
            section.blocks.emplace_back(Paragraph{checked(), Tone::faint});
        }
        if (!plan_.ways.empty() && !plan_.restated.empty()) {
            std::vector<std::string> settings;
            for (const auto& [key, value] : plan_.restated) {
                settings.push_back(words_.say(Say::labelled, key, value));
            }
            section.blocks.emplace_back(
                Paragraph{words_.say(Say::plan_restated, words_.list(settings)), Tone::faint});
        }
        if (!plan_.ways.empty() && plan_.past_left) {
            section.blocks.emplace_back(Paragraph{words_.say(Say::plan_past_left), Tone::faint});
        }
        if (plan_.ways_full && !plan_.bound_met) {
            section.blocks.emplace_back(Paragraph{
                words_.counted(Say::plan_full, words_.in_digits(plan_.ways.size())), Tone::faint});
        }
        if (plan_.bound_met) {
            section.blocks.emplace_back(Paragraph{
                words_.say(Say::plan_bound, std::to_string(plan_.evaluations)), Tone::warning});
        }
        if (plan_.alternatives_cut) {
            section.blocks.emplace_back(Paragraph{words_.say(Say::plan_cut), Tone::warning});
        }
        return section;
    }

    const Plan& plan_;
    const Wording& words_;
    Document document_;
};

} // namespace

std::string to_text(const Plan& plan, const TextOptions& options) {
    return lay_out(PlanNarrator(plan, Wording::of(options.language)).run(), options);
}

std::vector<Block> narrate_ways(const Plan& plan, const Wording& words) {
    return PlanNarrator(plan, words).in_short();
}

} // namespace rung
