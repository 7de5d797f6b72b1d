#include "interpreter/narrate_tree.hpp"

#include "interpreter/narrate_requirement.hpp"

#include <rung/version.hpp>

#include <algorithm>

namespace rung {

namespace {

class TreeNarrator {
public:
    TreeNarrator(const Outcome& outcome, const Narration& told)
        : outcome_(outcome), told_(told), words_(told.words()) {}

    std::vector<Block> run() {
        Folded everything{words_.say(Say::everything), {}};
        for (const LadderOutcome& ladder : outcome_.ladders) {
            requirements(ladder, everything.blocks);
        }
        benefits(everything.blocks);
        for (const LadderOutcome& ladder : outcome_.ladders) {
            values(ladder, everything.blocks);
        }
        readings_of_values(everything.blocks);
        other_measures(everything.blocks);
        std::vector<Block> blocks;
        if (!everything.blocks.empty()) {
            blocks.emplace_back(std::move(everything));
        }
        blocks.emplace_back(Folded{words_.say(Say::sources), {sources()}});
        return blocks;
    }

private:
    // ---- requirements

    /// Along every path, tier by tier.
    void requirements(const LadderOutcome& ladder, std::vector<Block>& blocks) const {
        if (ladder.paths.empty()) {
            tiers(ladder, "", blocks);
        }
        for (const PathOutcome& path : ladder.paths) {
            LadderOutcome along = ladder;
            along.path = path.id;
            tiers(along, path.label, blocks);
        }
    }

    void tiers(const LadderOutcome& ladder, const std::string& path,
               std::vector<Block>& blocks) const {
        const RequirementNarrator narrator(outcome_, ladder, told_);
        for (const TierName& tier : ladder.tiers) {
            Items rows;
            for (const RequirementOutcome& row : outcome_.requirements) {
                if (narrator.has(row) && row.tier == tier.id && row.parent.empty()) {
                    rows.items.push_back(narrator.in_full(row));
                }
            }
            if (!rows.items.empty()) {
                const std::string heading =
                    words_.say(Say::at_tier, told_.on_ladder(ladder, tier.label));
                blocks.emplace_back(Heading{
                    path.empty() ? heading : words_.say(Say::in_brackets, heading, path), 3});
                blocks.emplace_back(std::move(rows));
            }
        }
    }

    // ---- benefits and values

    void benefits(std::vector<Block>& blocks) const {
        Items rows;
        for (const BenefitOutcome& benefit : outcome_.benefits) {
            rows.items.push_back(this->benefit(benefit));
        }
        if (!rows.items.empty()) {
            blocks.emplace_back(Heading{words_.say(Say::benefits), 3});
            blocks.emplace_back(std::move(rows));
        }
    }

    [[nodiscard]] Item benefit(const BenefitOutcome& benefit) const {
        std::vector<std::string> tiers;
        for (const Opening& opening : benefit.opens_at) {
            const std::string tier = label_in(benefit.ladder, opening.tier);
            tiers.push_back(opening.condition
                                ? with_reasons(words_, tier, {in_words(words_, *opening.condition)})
                                : tier);
        }
        Item item{mark_of(benefit.verdict), benefit.label,
                  tiers.empty() ? "" : words_.say(Say::at_tier, words_.list(tiers)),
                  told_.source(benefit.cite, benefit.at)};
        for (const Condition& condition : benefit.because) {
            item.below.push_back(item_of(words_, condition));
        }
        for (const Need& need : benefit.needs) {
            if (benefit.because.empty() && is_still_needed(need)) {
                add_note(item, words_.say(Say::needs_also, in_words(words_, need)));
            }
        }
        if (!benefit.reading.empty()) {
            add_note(item, words_.say(Say::reading, benefit.reading), Tone::faint);
        }
        return item;
    }

    [[nodiscard]] std::string label_in(const std::string& ladder, const std::string& tier) const {
        for (const LadderOutcome& each : outcome_.ladders) {
            if (each.id == ladder) {
                return label_of(each, tier);
            }
        }
        return tier;
    }

    /// What each tier is worth; what it is by record stands with the tier of the partner.
    void values(const LadderOutcome& ladder, std::vector<Block>& blocks) const {
        Table table;
        table.columns.push_back({words_.say(Say::values)});
        for (const TierName& tier : ladder.tiers) {
            table.columns.push_back({tier.label, true});
        }
        table.columns.push_back({words_.say(Say::source)});
        for (const ValueOutcome& value : outcome_.values) {
            if (value.ladder == ladder.id && !value.for_each) {
                table.rows.push_back(worth(value, ladder));
            }
        }
        if (!table.rows.empty()) {
            blocks.emplace_back(std::move(table));
        }
    }

    [[nodiscard]] std::vector<std::string> worth(const ValueOutcome& value,
                                                 const LadderOutcome& ladder) const {
        std::vector<std::string> cells{value.label};
        for (const TierName& tier : ladder.tiers) {
            const auto at =
                std::find_if(value.by_tier.begin(), value.by_tier.end(),
                             [&](const TierWorth& each) { return each.tier == tier.id; });
            cells.push_back(at == value.by_tier.end() ? "–" : in_words(words_, at->value));
        }
        cells.push_back(told_.source(value.cite, value.at));
        return cells;
    }

    /// How the guide's lines on values were read: those of a table stand below it.
    void readings_of_values(std::vector<Block>& blocks) const {
        Items rows;
        for (const ValueOutcome& value : outcome_.values) {
            if (!value.reading.empty()) {
                Item item{Mark::plain, value.label, "", told_.source(value.cite, value.at)};
                add_note(item, words_.say(Say::reading, value.reading), Tone::faint);
                rows.items.push_back(std::move(item));
            }
        }
        if (!rows.items.empty()) {
            blocks.emplace_back(Heading{words_.say(Say::values), 3});
            blocks.emplace_back(std::move(rows));
        }
    }

    // ---- measures

    /// Along the paths that are not shown, where they come to something else.
    void other_measures(std::vector<Block>& blocks) const {
        Items rows;
        for (const MeasureOutcome& measure : outcome_.measures) {
            if (!measure.is_shown && differs(measure)) {
                rows.items.push_back(
                    {Mark::plain, words_.say(Say::in_brackets, measure.label, measure.path_label),
                     in_words(words_, measure.value, measure.window)});
            }
        }
        if (!rows.items.empty()) {
            blocks.emplace_back(Heading{words_.say(Say::other_paths), 3});
            blocks.emplace_back(std::move(rows));
        }
    }

    [[nodiscard]] bool differs(const MeasureOutcome& measure) const {
        return std::any_of(
            outcome_.measures.begin(), outcome_.measures.end(), [&](const MeasureOutcome& other) {
                return other.is_shown && other.id == measure.id &&
                       (other.value != measure.value || other.window != measure.window);
            });
    }

    // ---- what the answer was made from

    [[nodiscard]] Items sources() const {
        Items rows;
        const auto add = [&](std::string label, const std::string& text) {
            if (!text.empty()) {
                rows.items.push_back({Mark::plain, std::move(label), text});
            }
        };
        add(words_.say(Say::program),
            (outcome_.program_label.empty() ? outcome_.program : outcome_.program_label) + " " +
                outcome_.version);
        add(words_.say(Say::rules_file), outcome_.rules_file);
        add(words_.say(Say::rules_digest), outcome_.rules_sha256);
        add(words_.say(Say::facts_digest), outcome_.facts_sha256);
        add("Rung", std::string(version()));
        return rows;
    }

    const Outcome& outcome_;
    const Narration& told_;
    const Wording& words_;
};

} // namespace

std::vector<Block> narrate_tree(const Outcome& outcome, const Narration& told) {
    return TreeNarrator(outcome, told).run();
}

} // namespace rung
