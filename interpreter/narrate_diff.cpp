#include "interpreter/narrate_diff.hpp"

#include "interpreter/layout.hpp"
#include "interpreter/words.hpp"

#include <algorithm>

namespace rung {

namespace {

using Part = Difference::Part;
using Aspect = Difference::Aspect;
using Turn = Difference::Turn;

/// Texts longer than this stand below each other and not beside each other.
constexpr std::size_t short_text = 30;

bool is_cell_of(const Difference& a, const Difference& b) {
    return a.aspect == Aspect::cell && b.aspect == Aspect::cell && a.part == b.part &&
           a.ladder == b.ladder && a.id == b.id;
}

using LabelList = std::vector<std::string>;

/// Differences that are told at once; but for cells, one by itself.
struct DifferenceGroup {
    DifferenceGroup(const Difference* first) : all{first} {} // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool takes(const Difference& other) const {
        const Difference& first = *all.front();
        const bool alike =
            other.turn == first.turn && other.before == first.before && other.after == first.after;
        const bool counterpart = first.turn != Turn::changed && other.turn != Turn::changed &&
                                 other.before == first.after && other.after == first.before;
        return alike || counterpart;
    }
    /// Of those that are new, or gone, or changed.
    [[nodiscard]] LabelList columns(Turn turn) const {
        LabelList labels;
        for (const Difference* difference : all) {
            if (difference->turn == turn) {
                labels.push_back(difference->column_label);
            }
        }
        return labels;
    }
    [[nodiscard]] bool moved() const {
        return !columns(Turn::added).empty() && !columns(Turn::removed).empty();
    }
    /// Nothing for what moved: its result says from where to where.
    [[nodiscard]] LabelList columns() const {
        return moved() ? LabelList() : columns(all.front()->turn);
    }

    std::vector<const Difference*> all;
};

class DiffNarrator : DocumentTeller {
public:
    DiffNarrator(const Differences& differences, Language language)
        : differences_(differences), words_(Wording::of(language)) {
        document_.language = language;
        document_.title = program();
    }

    Document run() {
        const DiffSide& before = differences_.before;
        const DiffSide& after = differences_.after;
        const Count count = words_.in_digits(differences_.all.size());
        begin_section();
        add(Heading{
            differences_.empty()
                ? words_.say(Say::diff_same, program(), before.version, after.version)
                : words_.counted(Say::diff_count, count, program(), before.version, after.version),
            1});
        for (const DiffSide* side : {&before, &after}) {
            add(Paragraph{in_force(*side), side->withdrawn ? Tone::warning : Tone::faint});
        }
        section(words_.say(Say::diff_program), Part::program, Part::program);
        section(words_.say(Say::diff_ladder), Part::ladder, Part::standing);
        section(words_.say(Say::diff_requirements), Part::requirement, Part::requirement);
        section(words_.say(Say::benefits), Part::benefit, Part::benefit);
        section(words_.say(Say::values), Part::value, Part::value);
        section(words_.say(Say::diff_notices), Part::notice, Part::notice);
        section(words_.say(Say::measures), Part::measure, Part::measure);
        section(words_.say(Say::diff_tables), Part::table, Part::row);
        section(words_.say(Say::diff_facts), Part::record, Part::field);
        told_otherwise();
        return told();
    }

    [[nodiscard]] Item single(const Difference& difference) const {
        std::vector<const Difference*> told;
        return item(difference, {&difference}, told);
    }

private:
    [[nodiscard]] const std::string& program() const {
        const DiffSide& after = differences_.after;
        return after.label.empty() ? after.program : after.label;
    }

    [[nodiscard]] std::string in_force(const DiffSide& side) const {
        if (side.withdrawn) {
            return words_.say(Say::version_withdrawn, side.version, *side.withdrawn);
        }
        if (!side.effective_through) {
            return words_.say(Say::diff_onwards, side.version, words_.date(side.effective_from));
        }
        const Days days{side.effective_from, *side.effective_through};
        return words_.say(Say::diff_through, side.version, words_.window(days));
    }

    void section(std::string heading, Part first, Part last) {
        std::vector<const Difference*> chosen;
        for (const Difference& difference : differences_.all) {
            if (difference.decides() && first <= difference.part && difference.part <= last) {
                chosen.push_back(&difference);
            }
        }
        tell(std::move(heading), chosen);
    }

    void told_otherwise() {
        std::vector<const Difference*> chosen;
        for (const Difference& difference : differences_.all) {
            if (!difference.decides()) {
                chosen.push_back(&difference);
            }
        }
        tell(words_.say(Say::diff_words), chosen);
    }

    void tell(std::string heading, const std::vector<const Difference*>& chosen) {
        Items items;
        std::vector<const Difference*> told;
        for (const Difference* difference : chosen) {
            if (std::find(told.begin(), told.end(), difference) == told.end()) {
                items.items.push_back(item(*difference, chosen, told));
            }
        }
        if (!items.items.empty()) {
            begin_section();
            add(Heading{std::move(heading)});
            add(std::move(items));
        }
    }

    [[nodiscard]] Item item(const Difference& difference,
                            const std::vector<const Difference*>& chosen,
                            std::vector<const Difference*>& told) const {
        std::vector<DifferenceGroup> groups{{&difference}};
        if (difference.aspect == Aspect::cell) {
            groups = grouped(difference, chosen);
        }
        for (const DifferenceGroup& group : groups) {
            told.insert(told.end(), group.all.begin(), group.all.end());
        }
        Item item{Mark::change,
                  subject(difference, groups.size() == 1 ? groups.front().columns() : LabelList())};
        item.source = lines(difference);
        if (groups.size() == 1) {
            result(groups.front(), item);
        } else {
            for (const DifferenceGroup& group : groups) {
                Item cells{Mark::plain, words_.list(group.columns())};
                result(group, cells);
                if (group.moved()) { // from where to where is a sentence
                    cells.label = std::move(cells.result);
                    cells.result.clear();
                }
                item.below.push_back(std::move(cells));
            }
        }
        const LabelList labels = reached(difference);
        if (!labels.empty() && !is_told_below(difference, chosen, told)) {
            item.below.push_back(
                {Mark::plain, words_.say(Say::diff_reaches, words_.list(labels, Joint::apart))});
        }
        return item;
    }

    /// The cells of one row: those that differ alike stand together, and what goes from some tiers to others.
    static std::vector<DifferenceGroup> grouped(const Difference& first,
                                                const std::vector<const Difference*>& chosen) {
        std::vector<DifferenceGroup> groups;
        for (const Difference* cell : chosen) {
            if (!is_cell_of(*cell, first)) {
                continue;
            }
            const auto like =
                std::find_if(groups.begin(), groups.end(),
                             [&](const DifferenceGroup& group) { return group.takes(*cell); });
            if (like == groups.end()) {
                groups.push_back({cell});
            } else {
                like->all.push_back(cell);
            }
        }
        return groups;
    }

    /// Rows of one look-up table reach the same: the last one says so for all.
    static bool is_told_below(const Difference& row, const std::vector<const Difference*>& chosen,
                              const std::vector<const Difference*>& told) {
        return row.part == Part::row &&
               std::any_of(chosen.begin(), chosen.end(), [&](const Difference* other) {
                   return other->part == Part::row && other->reaches == row.reaches &&
                          std::find(told.begin(), told.end(), other) == told.end();
               });
    }

    static LabelList reached(const Difference& difference) {
        LabelList labels;
        for (const Difference::Reached& reached : difference.reaches) {
            if (std::find(labels.begin(), labels.end(), reached.label) == labels.end()) {
                labels.push_back(reached.label);
            }
        }
        return labels;
    }

    /// What differs: the part, and what of it.
    [[nodiscard]] std::string subject(const Difference& of,
                                      const std::vector<std::string>& columns) const {
        const std::string label =
            of.head.empty() ? of.label : words_.say(Say::labelled, of.head, of.label);
        switch (of.aspect) {
        case Aspect::whole:
        case Aspect::terms:
            break;
        case Aspect::cell:
            return columns.empty() ? label : words_.say(Say::diff_for, label, words_.list(columns));
        case Aspect::asks:
            return words_.say(Say::diff_asks, label);
        case Aspect::when:
            return words_.say(Say::diff_when, label);
        case Aspect::needs:
            return words_.say(Say::diff_needs, label);
        case Aspect::waivable:
            return words_.say(Say::diff_waivable, label);
        case Aspect::currency:
            return words_.say(Say::diff_currency);
        case Aspect::year_start:
            return words_.say(Say::diff_year_start);
        case Aspect::input:
            return words_.say(Say::diff_input, of.column);
        case Aspect::label:
            return words_.say(Say::diff_label, label);
        case Aspect::advice:
            return words_.say(Say::diff_advice, label);
        case Aspect::cite:
            return words_.say(Say::diff_cite, label);
        case Aspect::reading:
            return words_.say(Say::diff_reading, label);
        case Aspect::source:
            return words_.say(Say::diff_source);
        }
        return label;
    }

    void result(const DifferenceGroup& group, Item& item) const {
        const Difference& of = *group.all.front();
        if (group.moved()) {
            const std::string text = of.turn == Turn::added ? after(of) : before(of);
            item.result =
                words_.say(Say::diff_moved, text, words_.list(group.columns(Turn::removed)),
                           words_.list(group.columns(Turn::added)));
            return;
        }
        if (of.aspect != Aspect::cell && of.turn != Turn::changed) {
            const bool is_new = of.turn == Turn::added;
            const std::string text = is_new ? after(of) : before(of);
            if (text.empty()) {
                item.result = is_new ? words_.say(Say::diff_new) : words_.say(Say::diff_gone);
            } else if (text.size() <= short_text) {
                item.result = is_new ? words_.say(Say::diff_new_is, text)
                                     : words_.say(Say::diff_gone_was, text);
            } else {
                item.result = is_new ? words_.say(Say::diff_new) : words_.say(Say::diff_gone);
                item.below.push_back({Mark::plain, text});
            }
            return;
        }
        const std::string before = this->before(of);
        const std::string after = this->after(of);
        if (before.size() + after.size() <= 2 * short_text && before.size() <= short_text) {
            item.result = words_.say(Say::became, before, after);
            return;
        }
        item.below.push_back({Mark::plain, words_.say(Say::diff_before, before)});
        item.below.push_back({Mark::plain, words_.say(Say::diff_now, after)});
    }

    [[nodiscard]] std::string before(const Difference& of) const {
        return of.before_in_words.empty() ? as_written(of, of.before) : of.before_in_words;
    }
    [[nodiscard]] std::string after(const Difference& of) const {
        return of.after_in_words.empty() ? as_written(of, of.after) : of.after_in_words;
    }

    [[nodiscard]] std::string as_written(const Difference& of, const std::string& text) const {
        return of.aspect == Aspect::cell   ? cell_text(of, text)
               : of.aspect == Aspect::cite ? cite_in_words(words_, text)
                                           : text;
    }

    [[nodiscard]] std::string cell_text(const Difference& of, const std::string& text) const {
        if (of.part == Part::requirement && (text.empty() || text == "yes")) {
            return text.empty() ? words_.say(Say::diff_not_asked) : words_.say(Say::diff_asked);
        }
        if (of.part == Part::benefit && (text.empty() || text == "yes")) {
            return text.empty() ? words_.say(Say::diff_not_given) : words_.say(Say::diff_given);
        }
        return text.empty() ? words_.say(Say::no_items) : text;
    }

    [[nodiscard]] std::string lines(const Difference& of) const {
        const auto line = [](const std::optional<Difference::Passage>& at) {
            return at ? std::to_string(at->at.line) : std::string();
        };
        const std::string before = line(of.before_at);
        const std::string after = line(of.after_at);
        if (of.part == Part::program && of.aspect == Aspect::whole) {
            return {};
        }
        if (after.empty() && !differences_.before.version.empty()) { // in the old file alone
            return words_.say(Say::in_brackets, words_.say(Say::line, before),
                              differences_.before.version);
        }
        if (before.empty() || after.empty() || before == after) {
            return words_.say(Say::line, after.empty() ? before : after);
        }
        return words_.say(Say::diff_lines, before, after);
    }

    const Differences& differences_;
    const Wording& words_;
};

} // namespace

Document narrate_diff(const Differences& differences, Language language) {
    return DiffNarrator(differences, language).run();
}

Item narrate_difference(const Difference& difference, Language language) {
    return DiffNarrator(Differences(), language).single(difference);
}

std::string to_text(const Differences& differences, const TextOptions& options) {
    return lay_out(narrate_diff(differences, options.language), options);
}

} // namespace rung
