#include "interpreter/narration.hpp"

#include <algorithm>

namespace rung {

namespace {

/// Whether it is certain that the partner reaches no tier.
bool reaches_none(const LadderOutcome& ladder) {
    return ladder.tier && rank(ladder, *ladder.tier) == 0;
}

} // namespace

// ---- names ---------------------------------------------------------------------------------------

std::size_t rank(const LadderOutcome& ladder, const std::string& tier) {
    const auto at = std::find_if(ladder.tiers.begin(), ladder.tiers.end(),
                                 [&](const TierName& name) { return name.id == tier; });
    return static_cast<std::size_t>(at - ladder.tiers.begin());
}

std::string label_of(const LadderOutcome& ladder, const std::string& tier) {
    const std::size_t place = rank(ladder, tier);
    return place < ladder.tiers.size() ? ladder.tiers[place].label : tier;
}

std::string Narration::partner() const {
    return outcome_.partner.empty() ? words_.say(Say::the_partner) : outcome_.partner;
}

std::string Narration::partner_within() const {
    return outcome_.partner.empty() ? words_.say(Say::the_partner_within) : outcome_.partner;
}

std::string Narration::on_ladder(const LadderOutcome& ladder, const std::string& tiers) const {
    return has_several_ladders() ? words_.say(Say::on_ladder, tiers, ladder.label) : tiers;
}

std::string Narration::one_of(const LadderOutcome& ladder,
                              const std::vector<std::string>& tiers) const {
    std::vector<std::string> labels;
    for (const std::string& id : tiers) {
        const std::string label = label_of(ladder, id);
        labels.push_back(rank(ladder, id) == 0 ? floor_in_words(words_, label) : label);
    }
    return words_.list(labels, Joint::alternative);
}

std::string source_in_words(const Wording& words, const std::string& cite, std::size_t line) {
    const std::string number = std::to_string(line);
    return cite.empty() ? words.say(Say::line, number)
                        : words.say(Say::page_and_line, cite_in_words(words, cite), number);
}

std::string Narration::source(const std::string& cite, const Place& at) const {
    return source_in_words(words_, cite, at.line);
}

Rungs Narration::rungs(const LadderOutcome& ladder, const TierName* target) const {
    Rungs rungs;
    rungs.label = has_several_ladders() ? ladder.label : "";
    for (std::size_t i = 0; i < ladder.tiers.size(); ++i) {
        const TierName& tier = ladder.tiers[i];
        const auto& possible = ladder.possible;
        rungs.rungs.push_back(
            {tier.label, i <= rank(ladder, ladder.at_least),
             std::find(possible.begin(), possible.end(), tier.id) != possible.end(),
             target != nullptr && tier.id == target->id});
    }
    return rungs;
}

std::vector<Block> Narration::other_paths(const LadderOutcome& ladder) const {
    const auto shown =
        std::find_if(ladder.paths.begin(), ladder.paths.end(),
                     [&](const PathOutcome& path) { return path.id == ladder.path; });
    if (shown == ladder.paths.end() || ladder.paths.size() == 1) {
        return {};
    }
    const bool is_nearest =
        std::any_of(ladder.paths.begin(), ladder.paths.end(), [&](const PathOutcome& path) {
            return path.id != shown->id && path.open == shown->open &&
                   path.at_least == shown->at_least &&
                   path.possible.back() == shown->possible.back();
        });
    Items lines;
    for (const PathOutcome& path : ladder.paths) {
        if (path.id != shown->id || is_nearest) {
            lines.items.push_back({Mark::plain, Wording::capital(leads(ladder, path))});
        }
    }
    std::vector<Block> blocks{Paragraph{words_.say(Say::highest_path)}, std::move(lines)};
    if (is_nearest) {
        blocks.emplace_back(Paragraph{words_.say(Say::nearest_path, shown->label)});
    }
    return blocks;
}

std::string Narration::leads(const LadderOutcome& ladder, const PathOutcome& path) const {
    if (path.open == RequirementVerdict::unmet) {
        return with_reasons(words_, words_.say(Say::path_not_open, path.label),
                            unmet_in_words(words_, path.because));
    }
    const std::string tiers = one_of(ladder, path.possible);
    return path.open == RequirementVerdict::unknown
               ? words_.say(Say::path_leads_if_open, path.label, tiers)
               : words_.say(Say::path_leads, path.label, tiers);
}

std::string Narration::missing_fact(const std::string& pointer) const {
    const auto& names = outcome_.missing_names;
    const auto fact = std::find_if(names.begin(), names.end(),
                                   [&](const FactName& name) { return name.pointer == pointer; });
    return fact == names.end() ? pointer : name_of(words_, *fact);
}

std::vector<Block> Narration::missing(const std::vector<std::string>& pointers) const {
    Items rows;
    for (const std::string& pointer : pointers) {
        const std::string name = missing_fact(pointer);
        rows.items.push_back({Mark::plain, name, name == pointer ? "" : pointer});
    }
    if (rows.items.empty()) {
        return {};
    }
    return {Heading{words_.say(Say::missing_facts)}, std::move(rows)};
}

// ---- the sentence --------------------------------------------------------------------------------

std::string Narration::qualification(const LadderOutcome& ladder) const {
    if (reaches_none(ladder)) {
        return qualifies_for_none(ladder);
    }
    const std::string tiers = on_ladder(ladder, one_of(ladder, ladder.possible));
    return ladder.tier ? words_.say(Say::qualifies, partner(), tiers)
                       : words_.say(Say::qualifies_open, partner(), tiers);
}

std::string Narration::qualifies_for_none(const LadderOutcome& ladder) const {
    const std::string& floor = ladder.tiers.front().label;
    if (has_several_ladders()) {
        return is_called(floor)
                   ? words_.say(Say::qualifies_for_floor_on, partner(), ladder.label, floor)
                   : words_.say(Say::qualifies_for_none_on, partner(), ladder.label);
    }
    return is_called(floor) ? words_.say(Say::qualifies_for_floor, partner(), floor)
                            : words_.say(Say::qualifies_for_none, partner());
}

std::string Narration::not_reached(const LadderOutcome& ladder, const TierName& target) const {
    const std::string goal = on_ladder(ladder, target.label);
    const bool is_possible =
        std::any_of(ladder.possible.begin(), ladder.possible.end(), [&](const std::string& tier) {
            return rank(ladder, tier) >= rank(ladder, target.id);
        });
    if (is_possible) {
        return words_.say(Say::may_qualify, partner(), goal);
    }
    if (reaches_none(ladder)) {
        const std::string& floor = ladder.tiers.front().label;
        return is_called(floor) ? words_.say(Say::qualifies_floor_not, partner(), floor, goal)
                                : words_.say(Say::qualifies_none_not, partner(), goal);
    }
    const std::string tiers = one_of(ladder, ladder.possible);
    return ladder.tier ? words_.say(Say::qualifies_not, partner(), tiers, goal)
                       : words_.say(Say::qualifies_open_not, partner(), tiers, goal);
}

// ---- on which day, by which rules ----------------------------------------------------------------

std::vector<Block> Narration::circumstances() const {
    std::vector<std::string> parts;
    if (outcome_.on) {
        parts.push_back(words_.date(*outcome_.on));
    }
    if (!outcome_.review.empty()) {
        parts.push_back(review());
    }
    parts.push_back(outcome_.program + " " + outcome_.version);
    for (const LadderOutcome& ladder : outcome_.ladders) {
        if (ladder.held || ladder.asks_for_held) {
            parts.push_back(held(ladder));
        }
    }
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : " · ") + part;
    }
    std::vector<Block> blocks{Paragraph{text, Tone::faint}};
    if (const std::vector<std::string> labels = assumed(); !labels.empty()) {
        blocks.emplace_back(
            Paragraph{words_.say(Say::assumed_measures, words_.list(labels)), Tone::warning});
    }
    if (outcome_.by_program && !outcome_.ladders.empty()) {
        blocks.emplace_back(Paragraph{words_.say(Say::by_program), Tone::faint});
    }
    if (outcome_.internal.hidden) {
        blocks.emplace_back(Paragraph{words_.say(Say::partner_edition), Tone::faint});
    }
    if (outcome_.choice.withdrawn) {
        blocks.emplace_back(Paragraph{
            words_.say(Say::version_withdrawn_named, outcome_.version, *outcome_.choice.withdrawn),
            Tone::warning});
    } else if (!outcome_.in_force) {
        blocks.emplace_back(
            Paragraph{words_.say(Say::not_in_force, outcome_.version), Tone::warning});
    }
    if (!outcome_.choice.from.empty()) { // else no registry chose
        blocks.emplace_back(Folded{words_.say(Say::why_version), why_version()});
    }
    return blocks;
}

std::string Narration::chosen() const {
    switch (outcome_.choice.why) {
    case VersionChoice::Why::in_force:
        return words_.say(Say::version_by_date, outcome_.version,
                          words_.date(outcome_.choice.from));
    case VersionChoice::Why::named:
        return words_.say(Say::version_named, outcome_.version);
    case VersionChoice::Why::only_file:
        break;
    }
    return words_.say(Say::version_given, outcome_.version);
}

std::vector<Block> Narration::why_version() const {
    const VersionChoice& choice = outcome_.choice;
    std::vector<Block> blocks{Paragraph{chosen()}};
    if (!choice.corrects.empty()) {
        blocks.emplace_back(Paragraph{words_.say(Say::version_corrects, choice.corrects)});
    }
    if (!choice.corrected_by.empty()) {
        blocks.emplace_back(Paragraph{words_.say(Say::version_corrected, choice.corrected_by,
                                                 words_.date(choice.corrected_from))});
    }
    return blocks;
}

std::vector<std::string> Narration::assumed() const {
    std::vector<std::string> labels;
    for (const std::string& id : outcome_.assumed) {
        const auto measure =
            std::find_if(outcome_.measures.begin(), outcome_.measures.end(),
                         [&](const MeasureOutcome& known) { return known.id == id; });
        labels.push_back(measure == outcome_.measures.end() ? id : measure->label);
    }
    return labels;
}

std::string Narration::review() const {
    return outcome_.review_period ? words_.say(Say::looks_at, outcome_.review_label,
                                               words_.date(outcome_.review_period->from),
                                               words_.date(outcome_.review_period->through))
                                  : outcome_.review_label;
}

std::string Narration::held(const LadderOutcome& ladder) const {
    const std::string lead = has_several_ladders() ? words_.say(Say::tier_held_on, ladder.label)
                                                   : words_.say(Say::tier_held);
    if (!ladder.held) {
        return words_.say(Say::labelled, lead, words_.say(Say::not_given));
    }
    std::string tier = label_of(ladder, ladder.held->tier);
    if (ladder.held->since) {
        tier = words_.say(Say::held_since, tier, words_.date(*ladder.held->since));
    }
    if (ladder.held->protected_until) {
        tier = words_.say(Say::held_protected, tier, words_.date(*ladder.held->protected_until));
    }
    return words_.say(Say::labelled, lead, tier);
}

// ---- the tier held after the review --------------------------------------------------------------

std::vector<Block> Narration::holding(const LadderOutcome& ladder) const {
    if (!ladder.holds) {
        return {};
    }
    return {
        Paragraph{holds(*ladder.holds, on_ladder(ladder, one_of(ladder, ladder.holds->possible)))}};
}

std::string Narration::holds(const HoldsOutcome& holds, const std::string& tier) const {
    if (!holds.tier) {
        return words_.say(Say::holds_open, partner(), tier);
    }
    if (holds.because == "cannot_raise") {
        return words_.say(Say::holds_cannot_raise, partner(), tier);
    }
    if (holds.because == "cannot_lower") {
        return words_.say(Say::holds_cannot_lower, partner(), tier);
    }
    const std::string through = holds.through ? words_.date(*holds.through) : "";
    if (holds.because == "kept") {
        return holds.through
                   ? words_.say(Say::holds_kept_through, partner(), tier, through, holds.rule_label)
                   : words_.say(Say::holds_kept, partner(), tier, holds.rule_label);
    }
    if (holds.because == "grace") {
        return holds.through ? words_.say(Say::holds_grace_through, partner(), tier, through)
                             : words_.say(Say::holds_grace, partner(), tier);
    }
    return words_.say(Say::holds, partner(), tier);
}

} // namespace rung
