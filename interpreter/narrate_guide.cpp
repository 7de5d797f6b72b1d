// The program guide as a document: tables as guides have them, and below each what its rows mean.
#include "interpreter/guide_changes.hpp"
#include "interpreter/layout.hpp"
#include "interpreter/narrate_diff.hpp"
#include "interpreter/narration.hpp"

#include <rung/guide.hpp>

#include <algorithm>

namespace rung {

namespace {

/// Conditions of cells, which stand below the table by their numbers. Equal ones are told once.
class Footnotes {
public:
    std::size_t number_of(const std::string& condition) {
        const auto known = std::find(conditions_.begin(), conditions_.end(), condition);
        if (known != conditions_.end()) {
            return static_cast<std::size_t>(known - conditions_.begin()) + 1;
        }
        conditions_.push_back(condition);
        return conditions_.size();
    }
    [[nodiscard]] const std::vector<std::string>& conditions() const { return conditions_; }

private:
    std::vector<std::string> conditions_;
};

class GuideNarrator : DocumentTeller {
public:
    explicit GuideNarrator(const Guide& guide)
        : guide_(guide), words_(Wording::of(guide.language)) {
        document_.language = guide.language;
        document_.title = program();
    }

    Document run() {
        head();
        tiers();
        terms(words_.say(Say::guide_paths), guide_.paths);
        for (const GuideTable& table : guide_.requirements) {
            begin_table(table, words_.say(Say::guide_requirements),
                        words_.say(Say::guide_requirements_of, table.label));
            add_table(table, words_.say(Say::guide_requirement));
            begin_section();
            add(Heading{words_.say(Say::guide_details), 3});
            details(table);
        }
        for (const GuideTable& table : guide_.benefits) {
            begin_table(table, words_.say(Say::guide_benefits),
                        words_.say(Say::guide_benefits_of, table.label));
            add_table(table, words_.say(Say::guide_benefit));
            details(table);
        }
        for (const GuideTable& table : guide_.values) {
            begin_table(table, words_.say(Say::values),
                        words_.say(Say::guide_values_of, table.label));
            add_table(table, words_.say(Say::guide_value));
            details(table);
        }
        terms(words_.say(Say::guide_reviews), guide_.reviews);
        terms(words_.say(Say::guide_standing), guide_.standing);
        terms(words_.say(Say::guide_notices), guide_.notices);
        terms(words_.say(Say::guide_definitions), guide_.measures);
        look_ups();
        changes();
        begin_section();
        add(Paragraph{
            words_.say(Say::guide_rules_digest, guide_.version.file, guide_.version.sha256),
            Tone::faint});
        return told();
    }

private:
    [[nodiscard]] const std::string& program() const {
        return guide_.version.label.empty() ? guide_.version.program : guide_.version.label;
    }

    void head() {
        const DiffSide& version = guide_.version;
        begin_section();
        add(Heading{program(), 1});
        add(Paragraph{
            version.effective_through
                ? words_.say(Say::guide_in_force, version.version,
                             words_.window({version.effective_from, *version.effective_through}))
                : words_.say(Say::guide_in_force_from, version.version,
                             words_.date(version.effective_from)),
            Tone::faint});
        if (guide_.withdrawn) {
            add(Paragraph{words_.say(Say::guide_withdrawn, *guide_.withdrawn), Tone::warning});
        }
        if (!guide_.source.empty()) {
            add(Paragraph{words_.say(Say::guide_made_from, guide_.source), Tone::faint});
        }
    }

    void tiers() {
        if (guide_.ladders.empty()) {
            return;
        }
        begin_section();
        add(Heading{words_.say(Say::guide_tiers)});
        for (const GuideLadder& ladder : guide_.ladders) {
            std::string tiers;
            for (const TierName& tier : ladder.tiers) {
                tiers += (tiers.empty() ? "" : " < ") + tier.label;
            }
            std::string text = ladder.one_by_one ? words_.say(Say::guide_one_by_one, tiers)
                                                 : words_.say(Say::guide_each_alone, tiers);
            add(Paragraph{guide_.ladders.size() > 1 && !ladder.label.empty()
                              ? words_.say(Say::labelled, ladder.label, text)
                              : std::move(text)});
        }
    }

    // ---- tables

    /// `of`: the heading where there are several ladders.
    void begin_table(const GuideTable& table, std::string heading, std::string of) {
        begin_section();
        add(Heading{table.label.empty() ? std::move(heading) : std::move(of)});
    }

    void add_table(const GuideTable& table, std::string head) {
        Table made;
        made.columns.push_back({std::move(head)});
        for (const TierName& tier : table.tiers) {
            made.columns.push_back({tier.label});
        }
        Footnotes notes;
        bool has_signs = false;
        for (const GuideRow& row : table.rows) {
            has_signs = has_signs ||
                        std::any_of(row.cells.begin(), row.cells.end(), [](const GuideCell& cell) {
                            return cell.given && cell.figure.empty();
                        });
            std::vector<std::string> cells{indented(row)};
            for (std::size_t i = 0; i < table.tiers.size(); ++i) {
                cells.push_back(i < row.cells.size() ? text_of(row, row.cells[i], notes)
                                                     : std::string());
            }
            made.rows.push_back(std::move(cells));
        }
        add(std::move(made));
        for (std::size_t i = 0; i < notes.conditions().size(); ++i) {
            add(Paragraph{words_.say(Say::guide_if, std::to_string(i + 1), notes.conditions()[i])});
        }
        if (has_signs) {
            add(Paragraph{words_.say(Say::guide_sign), Tone::faint});
        }
    }

    /// A way or part stands below its head, which says how many of them are asked.
    [[nodiscard]] std::string indented(const GuideRow& row) const {
        std::string text;
        for (std::size_t i = 0; i < row.depth; ++i) {
            text += "· ";
        }
        text += row.label;
        const std::string form = form_of(row);
        return form.empty() ? text : words_.say(Say::in_brackets, text, form);
    }

    /// How many of its ways or parts are asked; nothing of a row without.
    [[nodiscard]] std::string form_of(const GuideRow& row) const {
        switch (row.form) {
        case GuideRow::Form::plain:
            break;
        case GuideRow::Form::any_one_of:
            return words_.say(Say::guide_any_one_of);
        case GuideRow::Form::all_of:
            return words_.say(Say::guide_all_of);
        case GuideRow::Form::at_least_of:
            return words_.counted(Say::at_least_of, words_.in_digits(row.needed));
        }
        return {};
    }

    /// What a benefit needs is a condition of each of its cells.
    [[nodiscard]] std::string text_of(const GuideRow& row, const GuideCell& cell,
                                      Footnotes& notes) const {
        if (!cell.given) {
            return "–";
        }
        std::vector<std::string> conditions = row.needs;
        if (!cell.condition.empty()) {
            conditions.insert(conditions.begin(), cell.condition);
        }
        std::string text = cell.figure.empty() ? "✓" : cell.figure;
        if (!conditions.empty()) {
            text += " (" + std::to_string(notes.number_of(words_.list(conditions))) + ")";
        }
        return text;
    }

    /// What the rows mean, their readings and pages.
    void details(const GuideTable& table) {
        Items items;
        for (std::size_t i = 0; i < table.rows.size();) {
            items.items.push_back(with_parts(table.rows, i));
        }
        add(std::move(items));
    }

    /// The row at `i` with its ways and parts below it; `i` is then behind them.
    [[nodiscard]] Item with_parts(const std::vector<GuideRow>& rows, std::size_t& i) const {
        const std::size_t depth = rows[i].depth;
        Item item = item_of(rows[i]);
        ++i;
        while (i < rows.size() && rows[i].depth > depth) {
            item.below.push_back(with_parts(rows, i));
        }
        return item;
    }

    [[nodiscard]] Item item_of(const GuideRow& row) const {
        Item item{Mark::plain, row.label};
        const auto note = [&](std::string text, Tone tone = Tone::plain) {
            item.below.push_back({Mark::plain, std::move(text), {}, {}, tone});
        };
        const bool is_said = row.asks == words_.say(Say::labelled, row.label, words_.say(Say::yes));
        if (!row.asks.empty() && !is_said) {
            note(row.asks);
        }
        if (const std::string form = form_of(row); !form.empty()) {
            note(form);
        }
        if (!row.when.empty()) {
            note(words_.say(Say::guide_when, row.when));
        }
        if (!row.needs.empty()) {
            note(words_.say(Say::guide_needs, words_.list(row.needs, Joint::apart)));
        }
        if (row.waivable) {
            note(words_.say(Say::guide_waivable));
        }
        if (!row.advice.empty()) {
            note(words_.say(Say::advice, row.advice));
        }
        if (!row.reading.empty()) {
            note(words_.say(Say::reading, row.reading), Tone::faint);
        }
        item.source = cite_in_words(words_, row.cite);
        return item;
    }

    // ---- terms

    void terms(std::string heading, const std::vector<GuideTerm>& terms) {
        if (terms.empty()) {
            return;
        }
        begin_section();
        add(Heading{std::move(heading)});
        Items items;
        for (const GuideTerm& term : terms) {
            std::string label = term.record.empty()
                                    ? term.label
                                    : words_.say(Say::guide_of_each, term.label, term.record);
            Item item{Mark::plain, term.ladder.empty()
                                       ? std::move(label)
                                       : words_.say(Say::in_brackets, label, term.ladder)};
            item.source = cite_in_words(words_, term.cite);
            for (const std::string& sentence : term.says) {
                item.below.push_back({Mark::plain, sentence});
            }
            items.items.push_back(std::move(item));
        }
        add(std::move(items));
    }

    void look_ups() {
        if (guide_.tables.empty()) {
            return;
        }
        begin_section();
        add(Heading{words_.say(Say::guide_tables)});
        for (const GuideLookUp& table : guide_.tables) {
            Table made;
            made.caption = table.label;
            for (const std::string& column : table.columns) {
                made.columns.push_back({column});
            }
            made.rows = table.rows;
            add(std::move(made));
        }
    }

    // ---- what changed

    /// The comparison, below a heading of the guide.
    void changes() {
        if (!guide_.changes) {
            return;
        }
        const std::string& before = guide_.changes->before.version;
        begin_section();
        add(Heading{words_.say(Say::guide_changes, before)});
        const Differences changes = told_by_guides(*guide_.changes);
        if (changes.empty()) {
            add(Paragraph{words_.say(Say::guide_no_changes, before)});
            return;
        }
        Document comparison = narrate_diff(changes, guide_.language);
        for (std::size_t i = 1; i < comparison.sections.size(); ++i) { // the first is its head
            for (Block& block : comparison.sections[i].blocks) {
                if (Heading* heading = std::get_if<Heading>(&block)) {
                    heading->level = 3;
                }
                if (Items* items = std::get_if<Items>(&block)) {
                    // Lines of a file that whoever reads a guide does not have.
                    for (Item& item : items->items) {
                        item.source.clear();
                    }
                }
            }
            add(std::move(comparison.sections[i].blocks));
        }
    }

    const Guide& guide_;
    const Wording& words_;
};

} // namespace

std::string to_text(const Guide& guide, const TextOptions& options) {
    return lay_out(GuideNarrator(guide).run(), options);
}

} // namespace rung
