#include "interpreter/narrate_impact.hpp"

#include "interpreter/layout.hpp"
#include "interpreter/meter.hpp"
#include "interpreter/narrate_diff.hpp"
#include "interpreter/words.hpp"

#include <rung/version.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace rung {

namespace {

constexpr std::size_t some = 10;

std::vector<std::string> names_of(const Wording& words, const Impact& impact,
                                  const std::vector<std::size_t>& edits) {
    std::vector<std::string> names;
    for (const std::size_t edit : edits) {
        names.push_back(name_of(words, impact.edits[edit]));
    }
    return names;
}

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::string label_of(const Impact::Ladder& ladder) {
    return ladder.label.empty() ? ladder.id : ladder.label;
}

std::string label_of(const Impact::Tier& tier) { return tier.label.empty() ? tier.id : tier.label; }

/// A line for each ladder.
std::vector<std::string> verdicts(const Impact& impact, const Wording& words) {
    const std::string partners =
        words.counted(Say::list_partners, words.in_digits(impact.partners));
    std::vector<std::string> lines;
    for (const Impact::Ladder& ladder : impact.ladders) {
        const auto digits = [&](std::uint64_t count) { return words.in_digits(count).text; };
        const std::string line =
            words.say(Say::impact_verdict, partners, digits(ladder.up), digits(ladder.down),
                      digits(ladder.unchanged), digits(ladder.undecided));
        lines.push_back(impact.ladders.size() > 1 ? words.say(Say::labelled, label_of(ladder), line)
                                                  : line);
    }
    if (lines.empty()) {
        lines.push_back(partners);
    }
    return lines;
}

class ImpactNarrator : DocumentTeller {
public:
    ImpactNarrator(const Impact& impact, Language language, bool all)
        : impact_(impact), words_(Wording::of(language)), all_(all) {
        document_.language = language;
        document_.title =
            impact.program_label.empty() ? impact.after.program : impact.program_label;
        const bool alike = impact.before.version == impact.after.version;
        before_ = alike ? last_part(impact.before.file) : impact.before.version;
        after_ = alike ? last_part(impact.after.file) : impact.after.version;
    }

    Document run() {
        opening();
        for (const Impact::Ladder& ladder : impact_.ladders) {
            tiers(ladder);
            matrix(ladder);
        }
        causes();
        held();
        edits();
        movers();
        benefits();
        near();
        sweep();
        undecided();
        unread();
        repeated();
        if (all_) {
            what_differs();
            sign_off();
        }
        return told();
    }

private:
    void begin_section(std::string heading) {
        DocumentTeller::begin_section();
        add(Heading{std::move(heading)});
    }
    [[nodiscard]] std::string digits(std::uint64_t count) const {
        return words_.in_digits(count).text;
    }

    // ---- the verdict

    void opening() {
        DocumentTeller::begin_section();
        for (std::string& verdict : verdicts(impact_, words_)) {
            add(Heading{std::move(verdict), 1});
        }
        const std::string versions =
            words_.say(Say::impact_versions, document_.title, before_, after_);
        add(Paragraph{impact_.on ? words_.say(Say::impact_on, versions, words_.date(*impact_.on))
                                 : versions,
                      Tone::faint});
        if (impact_.after.effective_from < impact_.before.effective_from) {
            add(Paragraph{words_.say(Say::impact_backward, before_, after_), Tone::warning});
        }
        for (const DiffSide* side : {&impact_.before, &impact_.after}) {
            if (side->withdrawn) {
                add(Paragraph{words_.say(Say::version_withdrawn, side->version, *side->withdrawn),
                              Tone::warning});
            }
        }
        if (impact_.partial) {
            add(Paragraph{words_.say(Say::impact_partial), Tone::warning});
        }
        if (impact_.unread_count > 0) {
            add(Paragraph{
                words_.counted(Say::impact_unread, words_.in_digits(impact_.unread_count)),
                Tone::warning});
        }
        if (impact_.repeated_count > 0) {
            add(Paragraph{
                words_.counted(Say::impact_repeated, words_.in_digits(impact_.repeated_count)),
                Tone::warning});
        }
    }

    // ---- from which tier to which

    /// How many are in each, by both versions.
    void tiers(const Impact::Ladder& ladder) {
        if (impact_.partners == 0) {
            return;
        }
        begin_section(words_.say(Say::impact_tiers));
        Table table;
        table.caption = impact_.ladders.size() > 1 ? label_of(ladder) : "";
        table.columns = {{words_.say(Say::tier)},
                         {before_, true},
                         {after_, true},
                         {words_.say(Say::impact_change), true}};
        Table::Pictures pictures;
        pictures.first = after_;
        pictures.second = before_;
        std::uint64_t most = 0;
        std::vector<std::pair<std::uint64_t, std::uint64_t>> counts;
        for (std::size_t i = 0; i < ladder.matrix.size(); ++i) {
            std::uint64_t before = 0;
            std::uint64_t after = 0;
            for (std::size_t other = 0; other < ladder.matrix.size(); ++other) {
                before += ladder.matrix[i][other];
                after += ladder.matrix[other][i];
            }
            most = std::max({most, before, after});
            counts.emplace_back(before, after);
        }
        for (std::size_t i = counts.size(); i-- > 0;) {
            const auto [before, after] = counts[i];
            const bool is_tier = i < ladder.tiers.size();
            if (!is_tier && before == 0 && after == 0) {
                continue;
            }
            table.rows.push_back(
                {tier(ladder, i), is_tier && !ladder.tiers[i].before ? "–" : digits(before),
                 is_tier && !ladder.tiers[i].after ? "–" : digits(after), change(before, after)});
            pictures.rows.emplace_back(static_cast<double>(after) / static_cast<double>(most),
                                       static_cast<double>(before) / static_cast<double>(most));
        }
        // What is not certain stands below the tiers.
        if (table.rows.size() > ladder.tiers.size()) {
            std::rotate(table.rows.begin(), table.rows.begin() + 1, table.rows.end());
            std::rotate(pictures.rows.begin(), pictures.rows.begin() + 1, pictures.rows.end());
        }
        table.pictures = std::move(pictures);
        add(std::move(table));
    }

    [[nodiscard]] std::string change(std::uint64_t before, std::uint64_t after) const {
        return before == after  ? "0"
               : after > before ? "+" + digits(after - before)
                                : "−" + digits(before - after);
    }

    /// Tiers in which there is nobody by either version are left out.
    void matrix(const Impact::Ladder& ladder) {
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < ladder.matrix.size(); ++i) {
            const bool from = std::any_of(ladder.matrix[i].begin(), ladder.matrix[i].end(),
                                          [](std::uint64_t count) { return count > 0; });
            const bool to =
                std::any_of(ladder.matrix.begin(), ladder.matrix.end(),
                            [&](const std::vector<std::uint64_t>& row) { return row[i] > 0; });
            if (from || to) {
                places.push_back(i);
            }
        }
        if (places.empty()) {
            return;
        }
        begin_section(words_.say(Say::impact_matrix, before_, after_));
        Table table;
        table.caption = impact_.ladders.size() > 1 ? label_of(ladder) : "";
        table.columns.push_back({""});
        for (const std::size_t to : places) {
            table.columns.push_back({tier(ladder, to), true});
        }
        for (const std::size_t from : places) {
            std::vector<std::string> cells{tier(ladder, from)};
            for (const std::size_t to : places) {
                const std::uint64_t count = ladder.matrix[from][to];
                cells.push_back(count == 0 ? "·" : digits(count));
            }
            table.rows.push_back(std::move(cells));
        }
        add(std::move(table));
        add(flow(ladder));
    }

    [[nodiscard]] Flow flow(const Impact::Ladder& ladder) const {
        Flow flow;
        for (std::size_t from = 0; from < ladder.matrix.size(); ++from) {
            flow.places.push_back(tier(ladder, from));
            std::vector<double> shares;
            for (const std::uint64_t count : ladder.matrix[from]) {
                shares.push_back(static_cast<double>(count) /
                                 static_cast<double>(impact_.partners));
            }
            flow.shares.push_back(std::move(shares));
        }
        // Undecided is no tier: it stands below all of them.
        flow.unranked = 1;
        std::rotate(flow.places.begin(), flow.places.end() - 1, flow.places.end());
        std::rotate(flow.shares.begin(), flow.shares.end() - 1, flow.shares.end());
        for (std::vector<double>& row : flow.shares) {
            std::rotate(row.begin(), row.end() - 1, row.end());
        }
        return flow;
    }

    /// Of several ladders, with which one it is of.
    [[nodiscard]] std::string place(std::size_t ladder, std::size_t index) const {
        const std::string label = tier(impact_.ladders[ladder], index);
        return impact_.ladders.size() == 1
                   ? label
                   : words_.say(Say::on_ladder, label, label_of(impact_.ladders[ladder]));
    }

    [[nodiscard]] std::string tier(const Impact::Ladder& ladder, std::size_t place) const {
        return place < ladder.tiers.size() ? label_of(ladder.tiers[place])
                                           : words_.say(Say::impact_not_certain);
    }

    // ---- edits

    void causes() {
        if (impact_.causes.empty()) {
            return;
        }
        begin_section(words_.say(Say::impact_causes));
        Table table{{{words_.say(Say::impact_up), true},
                     {words_.say(Say::impact_down), true},
                     {words_.say(Say::impact_moved_by)}},
                    {}};
        table.heading = 2;
        Table::Pictures pictures;
        pictures.form = Table::Pictures::Form::bars;
        pictures.first = words_.say(Say::impact_up);
        pictures.second = words_.say(Say::impact_down);
        const Impact::Cause& most = impact_.causes.front();
        const auto longest = static_cast<double>(most.up + most.down);
        for (const Impact::Cause& cause : impact_.causes) {
            table.rows.push_back({digits(cause.up), digits(cause.down),
                                  moved_by(words_, impact_, cause.by, cause.edits)});
            pictures.rows.emplace_back(static_cast<double>(cause.up) / longest,
                                       static_cast<double>(cause.down) / longest);
        }
        table.pictures = std::move(pictures);
        add(std::move(table));
    }

    /// Those of whom several edits make up for one another.
    void held() {
        if (impact_.held.empty()) {
            return;
        }
        begin_section(words_.say(Say::impact_held));
        Table table{{{words_.say(Say::impact_partners_title), true},
                     {words_.say(Say::impact_alone_moved)},
                     {words_.say(Say::impact_kept_by)}},
                    {}};
        table.heading = 1;
        for (const Impact::Held& held : impact_.held) {
            table.rows.push_back({digits(held.partners), in_a_row(held.edits),
                                  held.by.empty() ? "–" : in_a_row(held.by)});
        }
        add(std::move(table));
    }

    [[nodiscard]] std::string in_a_row(const std::vector<std::size_t>& edits) const {
        return words_.list(names_of(words_, impact_, edits), Joint::apart);
    }

    void edits() {
        if (impact_.edits.empty() || !somebody_is_decided()) {
            return;
        }
        begin_section(words_.say(Say::impact_edits));
        Table table{{{words_.say(Say::impact_alone_up), true},
                     {words_.say(Say::impact_alone_down), true},
                     {words_.say(Say::impact_needed), true},
                     {words_.say(Say::impact_edit)}},
                    {}};
        table.heading = 3;
        std::vector<std::size_t> idle;
        for (std::size_t i = 0; i < impact_.edits.size(); ++i) {
            const Impact::Edit& edit = impact_.edits[i];
            if (moves_somebody(i)) {
                table.rows.push_back({digits(edit.alone_up), digits(edit.alone_down),
                                      digits(edit.needed), in_full(edit)});
            } else {
                idle.push_back(i);
            }
        }
        if (!table.rows.empty()) {
            add(std::move(table));
        }
        if (std::any_of(impact_.edits.begin(), impact_.edits.end(),
                        [](const Impact::Edit& edit) { return edit.differences.size() > 1; })) {
            add(Paragraph{words_.say(Say::impact_joined), Tone::faint});
        }
        if (!idle.empty()) {
            add(Paragraph{words_.say(Say::impact_idle, in_a_row(idle))});
        }
    }

    /// Of partners who are open, nothing is known of what an edit does.
    [[nodiscard]] bool somebody_is_decided() const {
        return std::any_of(impact_.ladders.begin(), impact_.ladders.end(),
                           [](const Impact::Ladder& ladder) {
                               return ladder.up + ladder.down + ladder.unchanged > 0;
                           });
    }

    /// Alone, undone, or with others.
    [[nodiscard]] bool moves_somebody(std::size_t edit) const {
        const Impact::Edit& counts = impact_.edits[edit];
        const auto names = [&](const auto& of) {
            return std::find(of.edits.begin(), of.edits.end(), edit) != of.edits.end();
        };
        return counts.alone_up + counts.alone_down + counts.needed > 0 ||
               std::any_of(impact_.causes.begin(), impact_.causes.end(), names) ||
               std::any_of(impact_.held.begin(), impact_.held.end(), [&](const Impact::Held& held) {
                   return std::find(held.by.begin(), held.by.end(), edit) != held.by.end();
               });
    }

    /// Each difference of it, with how it differs where that is short.
    [[nodiscard]] std::string in_full(const Impact::Edit& edit) const {
        std::vector<std::string> texts;
        for (const Difference& difference : edit.differences) {
            const Item item = narrate_difference(difference, words_.language());
            texts.push_back(item.result.empty()
                                ? item.label
                                : words_.say(Say::labelled, item.label, item.result));
        }
        return words_.list(texts, Joint::apart);
    }

    // ---- partners

    [[nodiscard]] std::size_t shown(std::size_t count) const {
        return all_ ? count : std::min(count, some);
    }

    /// Of all ladders, each from its floor on.
    [[nodiscard]] std::vector<std::string> tiers_in_order() const {
        std::vector<std::string> labels;
        for (const Impact::Ladder& ladder : impact_.ladders) {
            for (std::size_t i = 0; i < ladder.tiers.size(); ++i) {
                labels.push_back(tier(ladder, i));
            }
        }
        return labels;
    }

    void movers() {
        if (impact_.movers.empty()) {
            return;
        }
        begin_section(words_.say(Say::impact_movers));
        Table table;
        table.columns.push_back({words_.say(Say::impact_partner)});
        const bool several = impact_.ladders.size() > 1;
        if (several) {
            table.columns.push_back({words_.say(Say::ladder)});
        }
        for (const std::string& title :
             {words_.say(Say::impact_from), words_.say(Say::impact_to)}) {
            table.columns.push_back({title});
            table.columns.back().order = tiers_in_order();
        }
        table.columns.push_back({words_.say(Say::impact_moved_by)});
        table.sortable = true;
        const std::size_t count = shown(impact_.movers.size());
        for (std::size_t i = 0; i < count; ++i) {
            const Impact::Mover& mover = impact_.movers[i];
            const Impact::Ladder& ladder = impact_.ladders[mover.ladder];
            std::vector<std::string> cells{name_of(mover)};
            if (several) {
                cells.push_back(label_of(ladder));
            }
            cells.insert(cells.end(), {tier(ladder, mover.from), tier(ladder, mover.to),
                                       moved_by(words_, impact_, mover.by, mover.edits)});
            table.rows.push_back(std::move(cells));
        }
        add(std::move(table));
        if (count < impact_.movers.size()) {
            add(Paragraph{words_.counted(Say::impact_more_movers,
                                         words_.in_digits(impact_.movers.size() - count)),
                          Tone::faint});
        }
    }

    /// Without a name, by the place in the list.
    template <typename Partner>
    [[nodiscard]] std::string name_of(const Partner& partner) const {
        return partner.partner.empty() ? on_line(partner.line) : partner.partner;
    }
    [[nodiscard]] std::string on_line(std::uint64_t line) const {
        return words_.say(Say::impact_line, std::to_string(line));
    }

    void benefits() {
        Items items;
        for (const Impact::Benefit& benefit : impact_.benefits) {
            if (benefit.won == 0 && benefit.lost == 0) {
                continue;
            }
            const std::string text =
                words_.say(Say::impact_benefit, digits(benefit.won), digits(benefit.lost));
            items.items.push_back(
                {Mark::change, benefit.label.empty() ? benefit.id : benefit.label,
                 benefit.undecided == 0
                     ? text
                     : words_.counted(Say::impact_benefit_open, words_.in_digits(benefit.undecided),
                                      text)});
        }
        if (!items.items.empty()) {
            begin_section(words_.say(Say::benefits));
            add(std::move(items));
        }
    }

    void near() {
        if (!impact_.near_percent) {
            return;
        }
        begin_section(words_.say(Say::impact_near,
                                 words_.say(Say::percent, words_.number(*impact_.near_percent))));
        if (impact_.near.empty()) {
            add(Paragraph{words_.say(Say::impact_near_none)});
            return;
        }
        Table table{{{words_.say(Say::impact_partner)},
                     {words_.say(Say::impact_to)},
                     {words_.say(Say::impact_lacks)}},
                    {}};
        Table::Pictures pictures;
        pictures.first = words_.say(Say::now);
        pictures.second = words_.say(Say::asked_here);
        const std::size_t count = shown(impact_.near.size());
        for (std::size_t i = 0; i < count; ++i) {
            const Impact::NearMiss& partner = impact_.near[i];
            std::vector<std::string> lacks;
            double least = 1;
            for (const Condition& condition : partner.lacks) {
                lacks.push_back(labelled_result(words_, condition));
                least = std::min(least, share_of(condition).value_or(1));
            }
            pictures.rows.emplace_back(least, 1); // what is lacking most, of what is asked
            table.rows.push_back({name_of(partner), place(partner.ladder, partner.tier),
                                  words_.list(lacks, Joint::apart)});
        }
        table.pictures = std::move(pictures);
        add(std::move(table));
        if (count < impact_.near_count) {
            add(Paragraph{
                words_.counted(Say::impact_more_near, words_.in_digits(impact_.near_count - count)),
                Tone::faint});
        }
    }

    // ---- a threshold with other values

    void sweep() {
        if (!impact_.sweep) {
            return;
        }
        begin_section(words_.say(Say::impact_sweep, impact_.sweep_label, swept_tier()));
        for (std::size_t i = 0; i < impact_.ladders.size(); ++i) {
            sweep_tiers(impact_.ladders[i], i);
        }
        sweep_benefits();
    }

    [[nodiscard]] std::string swept_tier() const {
        for (const Impact::Ladder& ladder : impact_.ladders) {
            for (const Impact::Tier& tier : ladder.tiers) {
                if (tier.id == impact_.sweep->tier) {
                    return label_of(tier);
                }
            }
        }
        return impact_.sweep->tier;
    }

    /// Values one after the other that count the same, from the first through the last one.
    struct SweepRow {
        std::size_t first = 0;
        std::size_t last = 0;
    };

    template <typename Counts>
    [[nodiscard]] std::vector<SweepRow> sweep_rows(const Counts& counts_of) const {
        const std::vector<Impact::SweepStep>& steps = impact_.sweep_steps;
        std::vector<SweepRow> rows;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const bool goes_on =
                i > 0 && steps[i].is_valid == steps[i - 1].is_valid &&
                (!steps[i].is_valid || counts_of(steps[i]) == counts_of(steps[i - 1]));
            if (goes_on) {
                rows.back().last = i;
            } else {
                rows.push_back({i, i});
            }
        }
        return rows;
    }

    [[nodiscard]] std::string values_of(const SweepRow& row) const {
        const std::vector<Impact::SweepStep>& steps = impact_.sweep_steps;
        const auto begin = steps.begin() + static_cast<std::ptrdiff_t>(row.first);
        const auto end = steps.begin() + static_cast<std::ptrdiff_t>(row.last) + 1;
        const auto now =
            std::find_if(begin, end, [](const Impact::SweepStep& step) { return step.is_now; });
        if (row.first == row.last) {
            return now == end ? begin->value : words_.say(Say::impact_sweep_now, begin->value);
        }
        const std::string values =
            words_.say(Say::impact_sweep_range, begin->value, std::prev(end)->value);
        return now == end ? values : words_.say(Say::impact_sweep_now_within, values, now->value);
    }

    void sweep_tiers(const Impact::Ladder& ladder, std::size_t index) {
        Table table;
        table.caption = impact_.ladders.size() > 1 ? label_of(ladder) : "";
        table.columns.push_back({""});
        for (std::size_t i = 0; i <= ladder.tiers.size(); ++i) {
            table.columns.push_back({tier(ladder, i), true});
        }
        const auto counts = [index](const Impact::SweepStep& step) { return step.tiers[index]; };
        for (const SweepRow& row : sweep_rows(counts)) {
            const Impact::SweepStep& step = impact_.sweep_steps[row.first];
            std::vector<std::string> cells{values_of(row)};
            for (const std::uint64_t count : step.tiers[index]) {
                cells.push_back(step.is_valid ? digits(count) : "–");
            }
            table.rows.push_back(std::move(cells));
        }
        add(std::move(table));
    }

    /// Those whose number the value changes.
    void sweep_benefits() {
        Table table{{{""}}, {}};
        const std::vector<SweepRow> rows =
            sweep_rows([](const Impact::SweepStep& step) { return step.benefits; });
        for (const SweepRow& row : rows) {
            table.columns.push_back({values_of(row), true});
        }
        for (std::size_t i = 0; i < impact_.benefits.size(); ++i) {
            const Impact::Benefit& benefit = impact_.benefits[i];
            std::vector<std::string> cells{benefit.label.empty() ? benefit.id : benefit.label};
            std::set<std::uint64_t> counts;
            for (const SweepRow& row : rows) {
                const Impact::SweepStep& step = impact_.sweep_steps[row.first];
                cells.push_back(step.is_valid ? digits(step.benefits[i]) : "–");
                if (step.is_valid) {
                    counts.insert(step.benefits[i]);
                }
            }
            if (counts.size() > 1) {
                table.rows.push_back(std::move(cells));
            }
        }
        if (!table.rows.empty()) {
            begin_section(
                words_.say(Say::impact_sweep_benefits, impact_.sweep_label, swept_tier()));
            add(std::move(table));
        }
    }

    void undecided() {
        if (impact_.undecided.empty()) {
            return;
        }
        begin_section(words_.say(Say::impact_undecided));
        Items items;
        const std::size_t count = shown(impact_.undecided.size());
        for (std::size_t i = 0; i < count; ++i) {
            const Impact::Undecided& partner = impact_.undecided[i];
            std::vector<std::string> facts;
            for (const FactName& fact : partner.missing) {
                facts.push_back(rung::name_of(words_, fact));
            }
            items.items.push_back({Mark::unknown, name_of(partner),
                                   facts.empty() ? words_.say(Say::unstated) : words_.list(facts)});
        }
        add(std::move(items));
        std::uint64_t whole = 0;
        for (const Impact::Ladder& ladder : impact_.ladders) {
            whole += ladder.undecided;
        }
        if (count < whole) {
            add(Paragraph{
                words_.counted(Say::impact_more_undecided, words_.in_digits(whole - count)),
                Tone::faint});
        }
    }

    /// Only their places, and what is wrong first.
    void unread() {
        if (impact_.unread.empty()) {
            return;
        }
        begin_section(words_.say(Say::impact_left_out));
        Items items;
        const std::size_t count = shown(impact_.unread.size());
        for (std::size_t i = 0; i < count; ++i) {
            const Impact::Unread& partner = impact_.unread[i];
            const auto fault = std::find_if(partner.why.begin(), partner.why.end(),
                                            [](const Diagnostic& one) { return one.is_error; });
            items.items.push_back({Mark::unmet, on_line(partner.line),
                                   fault == partner.why.end() ? "" : fault_in_words(*fault)});
        }
        add(std::move(items));
        if (count < impact_.unread_count) {
            add(Paragraph{words_.counted(Say::impact_more_left_out,
                                         words_.in_digits(impact_.unread_count - count)),
                          Tone::faint});
        }
    }

    /// With its place, where that is in another file than the list: one of `--list`.
    [[nodiscard]] std::string fault_in_words(const Diagnostic& fault) const {
        std::string text = fault.text;
        if (fault.place && fault.place->file != impact_.list) {
            text = words_.say(Say::in_brackets, text,
                              fault.place->file + ":" + std::to_string(fault.place->line));
        }
        return text + " [" + fault.code + "]";
    }

    void repeated() {
        if (impact_.repeated.empty()) {
            return;
        }
        begin_section(words_.say(Say::impact_repeated_title));
        Items items;
        const std::size_t count = shown(impact_.repeated.size());
        for (std::size_t i = 0; i < count; ++i) {
            const Impact::Repeated& repeated = impact_.repeated[i];
            items.items.push_back({Mark::plain, repeated.key, on_lines(repeated)});
        }
        add(std::move(items));
        if (count < impact_.repeated_count) {
            add(Paragraph{words_.counted(Say::impact_more_repeated,
                                         words_.in_digits(impact_.repeated_count - count)),
                          Tone::faint});
        }
    }

    [[nodiscard]] std::string on_lines(const Impact::Repeated& repeated) const {
        std::vector<std::string> lines;
        for (const std::uint64_t line : repeated.lines) {
            lines.push_back(std::to_string(line));
        }
        if (const std::uint64_t more = repeated.times - lines.size(); more > 0) {
            lines.push_back(words_.counted(Say::impact_more_lines, words_.in_digits(more)));
        }
        return words_.say(Say::impact_repeated_on, words_.list(lines));
    }

    // ---- what was seen, and by whom

    void what_differs() {
        if (impact_.differences.empty()) {
            return;
        }
        Folded folded;
        folded.summary = words_.say(Say::impact_what_differs);
        const Document told =
            narrate_diff({impact_.before, impact_.after, impact_.differences}, words_.language());
        for (const Section& section : told.sections) {
            for (const Block& block : section.blocks) {
                const Heading* heading = std::get_if<Heading>(&block);
                if (heading != nullptr && heading->level > 1) {
                    folded.blocks.emplace_back(Heading{heading->text, 3});
                } else if (heading == nullptr) {
                    folded.blocks.push_back(block);
                }
            }
        }
        DocumentTeller::begin_section();
        add(std::move(folded));
    }

    void sign_off() {
        begin_section(words_.say(Say::impact_sign_off));
        Items items;
        const auto row = [&](std::string title, std::string text) {
            items.items.push_back({Mark::plain, std::move(title), std::move(text)});
        };
        const std::string to_fill_in(24, '_');
        row(words_.say(Say::impact_rules_file, before_), impact_.before.file);
        row(words_.say(Say::impact_rules_digest, before_), impact_.before.sha256);
        row(words_.say(Say::impact_rules_file, after_), impact_.after.file);
        row(words_.say(Say::impact_rules_digest, after_), impact_.after.sha256);
        row(words_.say(Say::impact_list_file),
            words_.say(Say::in_brackets, impact_.list,
                       words_.counted(Say::list_partners, words_.in_digits(impact_.partners))));
        row(words_.say(Say::impact_list_digest),
            impact_.list_sha256.empty() ? "–" : impact_.list_sha256);
        row(words_.say(Say::review_date), review_days());
        if (impact_.review) {
            row(words_.say(Say::column_review),
                impact_.review_label.empty() ? *impact_.review : impact_.review_label);
        }
        row(words_.say(Say::impact_engine), "Rung " + std::string(version()));
        row(words_.say(Say::impact_seen_by), to_fill_in);
        row(words_.say(Say::impact_seen_on), to_fill_in);
        add(std::move(items));
    }

    /// That of the call, or those that the facts of partners name.
    [[nodiscard]] std::string review_days() const {
        if (!impact_.first_on) {
            return "–";
        }
        const std::string first = words_.date(*impact_.first_on);
        const std::string days =
            impact_.first_on == impact_.last_on
                ? first
                : words_.say(Say::from_to, first, words_.date(*impact_.last_on));
        return impact_.on ? days : words_.say(Say::impact_days_of_facts, days);
    }

    const Impact& impact_;
    const Wording& words_;
    std::string before_; // what the versions are called
    std::string after_;
    bool all_;
};

} // namespace

std::string name_of(const Wording& words, const Impact::Edit& edit) {
    const std::string first = narrate_difference(edit.differences.front(), words.language()).label;
    const std::size_t more = edit.differences.size() - 1;
    return more == 0 ? first : words.counted(Say::impact_more_edits, words.in_digits(more), first);
}

std::string moved_by(const Wording& words, const Impact& impact, MovedBy by,
                     const std::vector<std::size_t>& edits) {
    const std::vector<std::string> names = names_of(words, impact, edits);
    switch (by) {
    case MovedBy::one:
        break;
    case MovedBy::any:
        return words.say(Say::impact_any, words.list(names, Joint::apart));
    case MovedBy::together:
        return words.say(Say::impact_together, fmt::format("{}", fmt::join(names, " + ")));
    case MovedBy::unclear:
        return words.say(Say::impact_unclear);
    }
    return names.front();
}

std::string summary(const Impact& impact, Language language) {
    const Wording& words = Wording::of(language);
    std::vector<std::string> lines = verdicts(impact, words);
    if (impact.partial) {
        lines.push_back(words.say(Say::impact_partial));
    }
    if (impact.unread_count > 0) {
        lines.push_back(words.counted(Say::impact_unread, words.in_digits(impact.unread_count)));
    }
    if (impact.repeated_count > 0) {
        lines.push_back(
            words.counted(Say::impact_repeated, words.in_digits(impact.repeated_count)));
    }
    return fmt::format("{}", fmt::join(lines, "\n"));
}

Document narrate_impact(const Impact& impact, Language language, bool all) {
    return ImpactNarrator(impact, language, all).run();
}

std::string to_text(const Impact& impact, const TextOptions& options) {
    const bool all = options.all || options.layout != Layout::terminal;
    return lay_out(narrate_impact(impact, options.language, all), options);
}

} // namespace rung
