#include "interpreter/narrate_outlook.hpp"

#include "interpreter/layout.hpp"
#include "interpreter/narrate_requirement.hpp"
#include "interpreter/narration.hpp"

#include <algorithm>
#include <span>

namespace rung {

namespace {

using CauseKind = OutlookCause::Kind;

/// So many requirements of a day are told in full.
constexpr std::size_t told_in_full = 4;

class OutlookNarrator {
public:
    OutlookNarrator(const Outlook& outlook, Language language)
        : outlook_(outlook), language_(language), words_(Wording::of(language)) {}

    Document run() {
        document_.language = language_;
        const std::string partner =
            outlook_.partner.empty() ? words_.say(Say::the_partner) : outlook_.partner;
        document_.title = words_.say(Say::outlook_title, partner, words_.date(outlook_.until));
        blocks_.emplace_back(Heading{document_.title, 1});
        for (const OutlookSeries& series : outlook_.series) {
            tell(series);
        }
        return std::move(document_);
    }

private:
    void tell(const OutlookSeries& series) {
        const Outcome& first = *series.first;
        const Narration told(first, language_);
        for (Block& block : told.circumstances()) {
            blocks_.push_back(std::move(block));
        }
        for (const LadderOutcome& ladder : first.ladders) {
            blocks_.emplace_back(Paragraph{told.qualification(ladder)});
        }
        stretches(series);
        for (const OutlookChange& change : series.changes) {
            end_section();
            tell(change, told);
        }
        if (!series.depends_on_day) {
            blocks_.emplace_back(Paragraph{words_.say(Say::outlook_no_day)});
        } else if (series.changes.empty()) {
            blocks_.emplace_back(
                Paragraph{words_.say(Say::outlook_nothing, words_.date(outlook_.until))});
        }
        end_section();
    }

    void end_section() {
        if (!blocks_.empty()) {
            document_.sections.push_back({std::move(blocks_)});
            blocks_.clear();
        }
    }

    void stretches(const OutlookSeries& series) {
        const auto warn = [&](std::string text) {
            blocks_.emplace_back(Paragraph{Wording::capital(std::move(text)), Tone::warning});
        };
        for (std::size_t i = 0; i < series.stretches.size(); ++i) {
            const OutlookStretch& stretch = series.stretches[i];
            const std::string window = words_.window(stretch.days);
            if (stretch.version.empty()) {
                warn(words_.say(Say::outlook_no_version, window));
            } else if (stretch.problems.has_errors()) {
                const std::string& why = stretch.problems.begin()->text;
                warn(why.empty() ? words_.say(Say::outlook_unread_internal, window, stretch.version)
                                 : words_.say(Say::outlook_unread, window, stretch.version, why));
            } else if (!stretch.in_force && i > 0) { // of the first one, the circumstances tell
                warn(words_.say(Say::outlook_not_in_force, window, stretch.version));
            }
        }
        for (const Days& days : series.day_by_day) {
            blocks_.emplace_back(Paragraph{
                Wording::capital(words_.say(Say::outlook_day_by_day, words_.window(days))),
                Tone::faint});
        }
    }

    // ---- a day

    void tell(const OutlookChange& change, const Narration& told) {
        blocks_.emplace_back(Heading{heading(change, told)});
        Items items;
        for (auto cause = change.causes.begin(); cause != change.causes.end();) {
            const auto end = std::find_if_not(cause, change.causes.end(), [&](const auto& other) {
                return are_one(*cause, other);
            });
            items.items.push_back({Mark::plain, because(change, {cause, end})});
            cause = end;
        }
        requirements(change.changes, told, items);
        benefits(change.changes, items);
        values(change.changes, items);
        notices(change.changes, items);
        blocks_.emplace_back(std::move(items));
        const Changes& all = change.changes;
        if (all.ladders.empty() && all.benefits.empty() && all.values.empty() &&
            all.notices.empty() && !all.requirements.empty()) {
            blocks_.emplace_back(Paragraph{words_.say(Say::outlook_stays), Tone::faint});
        }
    }

    [[nodiscard]] std::string heading(const OutlookChange& change, const Narration& told) const {
        std::vector<std::string> tiers;
        for (const LadderChange& ladder : change.changes.ladders) {
            if (!ladder.before || !ladder.after) {
                continue;
            }
            const auto from_to = [&](const auto& standing) {
                return words_.say(
                    Say::instead_of,
                    told.on_ladder(*ladder.after,
                                   told.one_of(*ladder.after, standing(*ladder.after))),
                    told.one_of(*ladder.before, standing(*ladder.before)));
            };
            if (ladder.tier != Move::same) {
                tiers.push_back(from_to([](const LadderOutcome& at) { return at.possible; }));
            }
            if (ladder.holds != Move::same && ladder.before->holds && ladder.after->holds) {
                tiers.push_back(words_.say(
                    Say::labelled, words_.say(Say::tier_held),
                    from_to([](const LadderOutcome& at) { return at.holds->possible; })));
            }
        }
        const std::string day =
            Wording::capital(words_.say(Say::on_or_after, words_.date(change.on)));
        return tiers.empty() ? day
                             : words_.say(Say::labelled, day, words_.list(tiers, Joint::apart));
    }

    /// Records that leave or enter a window on the same day are told in one line.
    static bool are_one(const OutlookCause& cause, const OutlookCause& other) {
        return &cause == &other || (cause.kind == other.kind && cause.record && other.record &&
                                    cause.after == other.after);
    }

    [[nodiscard]] std::string because(const OutlookChange& change,
                                      std::span<const OutlookCause> causes) const {
        const OutlookCause& cause = causes.front();
        const std::string window = cause.after ? words_.window(*cause.after) : "";
        const std::string label = in_words(words_, cause.built_in, cause.label);
        using OfRecords = wording::Message<false, 1>;
        using OfWindow = wording::Message<false, 2>;
        const auto of_records = [&](OfRecords one, OfRecords many, OfWindow one_in_window,
                                    OfWindow many_in_window) {
            std::vector<RecordNote> records;
            for (const OutlookCause& of_one : causes) {
                records.push_back(*of_one.record);
            }
            const std::string names = full_names_of(words_, records);
            const bool is_one = records.size() == 1;
            return window.empty()
                       ? words_.say(is_one ? one : many, names)
                       : words_.say(is_one ? one_in_window : many_in_window, names, window);
        };
        switch (cause.kind) {
        case CauseKind::version:
            return words_.say(Say::cause_version, cause.label);
        case CauseKind::record_left:
            return of_records(Say::cause_left, Say::causes_left, Say::cause_left_window,
                              Say::causes_left_window);
        case CauseKind::record_joined:
            return of_records(Say::cause_joined, Say::causes_joined, Say::cause_joined_window,
                              Say::causes_joined_window);
        case CauseKind::window:
            return words_.say(Say::cause_window, label, window);
        case CauseKind::day:
            break;
        case CauseKind::waiver_began:
            return words_.say(Say::cause_waiver_began, cause.label);
        case CauseKind::waiver_ended:
            return words_.say(Say::cause_waiver_ended, cause.label,
                              cause.through ? words_.date(*cause.through) : "");
        case CauseKind::keeping_ended:
            return words_.say(Say::cause_kept,
                              cause.label.empty() ? words_.say(Say::grace) : cause.label);
        }
        if (cause.label.empty()) {
            return words_.say(Say::cause_time);
        }
        if (!cause.day) {
            return words_.say(Say::cause_day, label);
        }
        const std::string day = words_.date(*cause.day);
        return *cause.day < change.on ? words_.say(Say::cause_day_over, label, day)
                                      : words_.say(Say::cause_day_come, label, day);
    }

    /// Those whose verdict changes, as they are then, each once with its tiers; ways and parts by themselves only
    /// where their head stays.
    void requirements(const Changes& changes, const Narration& told, Items& items) const {
        std::vector<std::pair<Item, std::vector<std::string>>> rows; // each with its tiers
        for (const RequirementChange& change : changes.requirements) {
            if (!change.verdict || !change.after || is_told_by_head(changes, *change.after)) {
                continue;
            }
            const RequirementOutcome& row = *change.after;
            Item item{mark_of(row.verdict), row.label, "", told.source(row.cite, row.at)};
            if (row.conditions.size() == 1) {
                item.result = result_in_words(words_, row.conditions.front());
            }
            auto same = std::find_if(rows.begin(), rows.end(), [&](const auto& known) {
                return known.first.mark == item.mark && known.first.label == item.label &&
                       known.first.result == item.result && known.first.source == item.source;
            });
            if (same == rows.end()) {
                same = rows.insert(same, {std::move(item), {}});
            }
            same->second.push_back(tier_of(changes, row));
        }
        std::vector<std::string> more;
        std::size_t told_of = 0;
        for (auto& [item, tiers] : rows) {
            item.label = words_.say(Say::asked_at, item.label, words_.list(tiers));
            if (told_of++ < told_in_full) {
                items.items.push_back(std::move(item));
            } else {
                more.push_back(item.label);
            }
        }
        if (!more.empty()) {
            items.items.push_back(
                {Mark::plain,
                 words_.counted(Say::and_more, words_.in_words(more.size()), words_.list(more))});
        }
    }

    /// A way or part of a requirement whose verdict changes with it.
    static bool is_told_by_head(const Changes& changes, const RequirementOutcome& part) {
        return !part.parent.empty() &&
               std::any_of(changes.requirements.begin(), changes.requirements.end(),
                           [&](const RequirementChange& change) {
                               return change.verdict && change.after &&
                                      change.after->id == part.parent &&
                                      change.after->ladder == part.ladder &&
                                      change.after->path == part.path &&
                                      change.after->tier == part.tier;
                           });
    }

    [[nodiscard]] std::string tier_of(const Changes& changes, const RequirementOutcome& row) const {
        for (const LadderChange& ladder : changes.ladders) {
            if (ladder.after && ladder.after->id == row.ladder) {
                return label_of(*ladder.after, row.tier);
            }
        }
        for (const OutlookSeries& series : outlook_.series) {
            for (const LadderOutcome& ladder : series.first->ladders) {
                if (ladder.id == row.ladder) {
                    return label_of(ladder, row.tier);
                }
            }
        }
        return row.tier;
    }

    void benefits(const Changes& changes, Items& items) const {
        std::vector<std::string> lost;
        std::vector<std::string> gained;
        std::vector<std::string> unknown;
        for (const BenefitChange& change : changes.benefits) {
            const Granted before = change.before ? change.before->verdict : Granted::closed;
            const Granted after = change.after ? change.after->verdict : Granted::closed;
            if (after == Granted::granted && before != Granted::granted) {
                gained.push_back(change.named().label);
            } else if (after == Granted::unknown && before != Granted::unknown) {
                unknown.push_back(change.named().label);
            } else if (before == Granted::granted && after != Granted::granted) {
                lost.push_back(change.named().label);
            }
        }
        if (!lost.empty()) {
            items.items.push_back(
                {Mark::closed, words_.say(Say::benefits_lost, words_.list(lost))});
        }
        if (!gained.empty()) {
            items.items.push_back(
                {Mark::met, words_.say(Say::benefits_gained, words_.list(gained))});
        }
        if (!unknown.empty()) {
            items.items.push_back(
                {Mark::unknown, words_.say(Say::benefits_unknown, words_.list(unknown))});
        }
    }

    [[nodiscard]] std::string figure(const std::optional<ValueOutcome>& value) const {
        return !value                                        ? words_.say(Say::none_at_tier)
               : value->for_each                             ? in_words(words_, value->items)
               : value->value.state == Figure::State::absent ? words_.say(Say::none_at_tier)
                                                             : in_words(words_, value->value);
    }

    void values(const Changes& changes, Items& items) const {
        for (const auto& change : changes.values) {
            items.items.push_back(
                {Mark::change, change.named().label,
                 words_.say(Say::instead_of, figure(change.after), figure(change.before))});
        }
        const bool only_measures = changes.ladders.empty() && changes.requirements.empty() &&
                                   outlook_.series.front().first->ladders.empty();
        for (const auto& change : changes.measures) {
            if (only_measures && change.before && change.after &&
                change.after->value.state != Figure::State::absent) {
                items.items.push_back(
                    {Mark::change, change.named().label,
                     words_.say(Say::instead_of, in_words(words_, change.after->value),
                                in_words(words_, change.before->value))});
            }
        }
    }

    void notices(const Changes& changes, Items& items) const {
        for (const auto& change : changes.notices) {
            const bool told = change.after && change.after->verdict == RequirementVerdict::met;
            items.items.push_back(
                {Mark::change, told ? words_.say(Say::notice, change.named().label)
                                    : words_.say(Say::notice_ended, change.named().label)});
        }
    }

    const Outlook& outlook_;
    Language language_;
    const Wording& words_;
    Document document_;
    std::vector<Block> blocks_; // of the section that is being told
};

} // namespace

Document narrate_outlook(const Outlook& outlook, Language language) {
    return OutlookNarrator(outlook, language).run();
}

std::string to_text(const Outlook& outlook, const TextOptions& options) {
    return lay_out(narrate_outlook(outlook, options.language), options);
}

} // namespace rung
