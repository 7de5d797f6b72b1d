// Outcomes as text for a terminal: the sentence, the reasons, the rest folded.
#include "interpreter/text.hpp"
#include "interpreter/words.hpp"

#include <rung/outcome.hpp>

#include <algorithm>
#include <cctype>

namespace rung {

namespace {

constexpr std::size_t most_in_full = 4; // more reasons than a reader takes in are counted
constexpr std::size_t most_records = 5; // records named in a line
constexpr int label_width = 32;

std::string capital(std::string text) {
    if (!text.empty()) {
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    }
    return text;
}

class TextPrinter {
public:
    TextPrinter(const Outcome& outcome, const TextOptions& options)
        : outcome_(outcome),
          ladder_(outcome.ladders.empty() ? nullptr : &outcome.ladders.front()),
          paint_{options.colour},
          width_(std::max(options.width, 60)) {}

    std::string standing() {
        if (outcome_.ladders.empty()) {
            text_ += paint_.strong(partner()) + "\n";
        }
        each_ladder([&] { sentence(); });
        circumstances();
        each_ladder([&] { holds(); });
        each_ladder([&] {
            if (const TierName* next = next_tier()) {
                text_ += "\n";
                towards(*next, "Towards " + tier_name(*next) + ": ");
            }
        });
        benefits();
        values();
        if (!outcome_.ladders.empty() || outcome_.benefits.empty()) {
            measures();
        }
        notices();
        missing();
        return std::move(text_);
    }

    std::string why_not_tier(const TierPlace& place) {
        ladder_ = &outcome_.ladders[place.ladder];
        const TierName& target = ladder_->tiers[place.tier];
        const bool has = at_or_above(ladder_->at_least, target.id);
        const bool may = !has && possible(target.id);
        if (has) {
            headline(partner() + " qualifies for " + harmless(label_of(ladder_->at_least)) +
                     on_ladder() + ".");
        } else if (may) {
            headline(partner() + " may qualify for " + tier_name(target) +
                     ": the facts given do not decide it.");
        } else {
            headline(partner() + " qualifies for " + tier_in_words() + ", not " +
                     tier_name(target) + ".");
        }
        circumstances();
        text_ += "\n";
        towards(target, "");
        if (!has) {
            added_by(target);
            missing_for(target);
        }
        return std::move(text_);
    }

    std::string single_requirement(const RequirementOutcome& row) {
        for (const LadderOutcome& ladder : outcome_.ladders) {
            ladder_ = ladder.id == row.ladder ? &ladder : ladder_;
        }
        const TierName& tier = ladder_->tiers[rank(row.tier)];
        text_ += paint_.strong("At " + tier_name(tier)) + "\n";
        if (row.verdict == RequirementVerdict::not_asked) {
            this->row("–", harmless(row.label), "not asked", source_of(row), 2);
            for (const Condition& why : row.because) {
                if (why.verdict == RequirementVerdict::unmet) {
                    line("because: " + why_in_words(why), 6);
                }
            }
        } else if (row.verdict == RequirementVerdict::waived) {
            this->row("–", harmless(row.label), "waived", source_of(row), 2);
        } else {
            const bool met = row.verdict == RequirementVerdict::met;
            const bool unmet = row.verdict == RequirementVerdict::unmet;
            requirement(row, tier,
                        met     ? paint_.good("✓")
                        : unmet ? paint_.bad("✗")
                                : paint_.warn("?"));
        }
        missing_of(row.missing);
        return std::move(text_);
    }

    std::string why_not_benefit(const BenefitOutcome& benefit) {
        for (const LadderOutcome& ladder : outcome_.ladders) {
            ladder_ = ladder.id == benefit.ladder ? &ladder : ladder_;
        }
        const std::string label = harmless(benefit.label);
        switch (benefit.verdict) {
        case Granted::granted:
            headline(partner() + " has " + label + ".");
            break;
        case Granted::unknown:
            headline(partner() + " may have " + label + ": the facts given do not decide it.");
            break;
        default:
            headline(partner() + " does not have " + label + ".");
            break;
        }
        circumstances();
        text_ += "\n";
        benefit_reasons(benefit);
        if (benefit.verdict == Granted::unknown && benefit.missing.empty()) {
            missing(); // only the tier is open
        } else if (benefit.verdict != Granted::granted) {
            missing_of(benefit.missing);
        }
        return std::move(text_);
    }

private:
    // ---- names

    [[nodiscard]] std::string partner() const {
        return outcome_.partner.empty() ? "The partner" : harmless(outcome_.partner);
    }

    template <typename Print>
    void each_ladder(Print&& print) {
        for (const LadderOutcome& ladder : outcome_.ladders) {
            ladder_ = &ladder;
            print();
        }
    }

    /// " in Services partners", where there are several ladders.
    [[nodiscard]] std::string on_ladder() const {
        return outcome_.ladders.size() > 1 ? " in " + harmless(ladder_->label) : "";
    }

    [[nodiscard]] std::string tier_name(const TierName& tier) const {
        return harmless(tier.label) + on_ladder();
    }

    [[nodiscard]] std::string label_of(const std::string& tier) const {
        for (const TierName& name : ladder_->tiers) {
            if (name.id == tier) {
                return name.label;
            }
        }
        return tier;
    }

    [[nodiscard]] std::size_t rank(const std::string& tier) const {
        const auto at = std::find_if(ladder_->tiers.begin(), ladder_->tiers.end(),
                                     [&](const TierName& name) { return name.id == tier; });
        return static_cast<std::size_t>(at - ladder_->tiers.begin());
    }

    [[nodiscard]] bool at_or_above(const std::string& tier, const std::string& floor) const {
        return rank(tier) >= rank(floor);
    }

    [[nodiscard]] bool possible(const std::string& tier) const {
        return std::any_of(ladder_->possible.begin(), ladder_->possible.end(),
                           [&](const std::string& id) { return at_or_above(id, tier); });
    }

    [[nodiscard]] const TierName* next_tier() const {
        const std::size_t next = rank(ladder_->at_least) + 1;
        return next < ladder_->tiers.size() ? &ladder_->tiers[next] : nullptr;
    }

    /// "Silver", "no tier (Not registered)", "Bronze or Silver"
    [[nodiscard]] std::string tier_in_words() const { return tiers_in_words(ladder_->possible); }

    [[nodiscard]] std::string tiers_in_words(const std::vector<std::string>& ids) const {
        std::vector<std::string> labels;
        for (const std::string& id : ids) {
            labels.push_back(rank(id) == 0 ? "no tier" : harmless(label_of(id)));
        }
        return listed(labels, " or ");
    }

    // ---- lines

    void headline(const std::string& sentence) {
        text_ += paint_.strong(wrapped(sentence, width_, 0, 0)) + "\n";
    }

    void line(const std::string& body, int indent) {
        text_ += std::string(static_cast<std::size_t>(indent), ' ') +
                 wrapped(body, width_, indent, indent + 2) + "\n";
    }

    /// A mark, a label, what it came to, and the source at the right margin.
    void row(const std::string& mark, const std::string& label, const std::string& result,
             const std::string& source, int indent, int wide = label_width) {
        const int at = indent + wide;
        const int room = source.empty() ? width_ : width_ - columns(source) - 2;
        const int plain = indent + 2 + columns(label);
        text_ += std::string(static_cast<std::size_t>(indent), ' ') + mark + " " + label;
        int column = plain;
        if (plain + 1 > at) {
            text_ += "  ";
            column = plain + 2;
        } else {
            text_ += std::string(static_cast<std::size_t>(at - plain), ' ');
            column = at;
        }
        const std::string body = wrapped(result, room, column, at);
        const std::size_t first_end = std::min(body.find('\n'), body.size());
        column += columns(std::string_view(body).substr(0, first_end));
        text_ += body.substr(0, first_end);
        if (!source.empty()) {
            const int blanks = std::max(2, width_ - columns(source) - column);
            text_ += std::string(static_cast<std::size_t>(blanks), ' ') + paint_.faint(source);
        }
        text_ += body.substr(first_end) + "\n";
    }

    // ---- parts

    void sentence() {
        headline(partner() + " qualifies for " + tier_in_words() + on_ladder() +
                 (ladder_->tier ? "." : ": the facts given do not decide which."));
    }

    void circumstances() {
        std::vector<std::string> parts;
        if (outcome_.on) {
            parts.push_back(date_in_words(*outcome_.on));
        }
        if (!outcome_.review.empty()) {
            std::string review = harmless(outcome_.review_label);
            if (outcome_.review_period) {
                review += " (looks at " + date_in_words(outcome_.review_period->from) + " to " +
                          date_in_words(outcome_.review_period->through) + ")";
            }
            parts.push_back(review);
        }
        parts.push_back(outcome_.program + " " + outcome_.version);
        const LadderOutcome* spoken_of = ladder_;
        each_ladder([&] { parts.push_back(held()); });
        ladder_ = spoken_of;
        std::string text;
        for (const std::string& part : parts) {
            text += (text.empty() ? "" : " · ") + part;
        }
        text_ += paint_.faint(wrapped(text, width_, 0, 0)) + "\n";
        if (outcome_.by_program && !outcome_.ladders.empty()) {
            text_ +=
                paint_.faint("At this review the program may move a partner, at its discretion.") +
                "\n";
        }
        if (!outcome_.in_force) {
            text_ += paint_.warn("Version " + outcome_.version +
                                 " is not in force on this date; it was named.") +
                     "\n";
        }
    }

    [[nodiscard]] std::string held() const {
        const std::string lead = "tier held" + on_ladder() + ": ";
        if (!ladder_->held) {
            return lead + "not given";
        }
        std::string text = lead + harmless(label_of(ladder_->held->tier));
        if (ladder_->held->since) {
            text += " since " + date_in_words(*ladder_->held->since);
        }
        if (ladder_->held->protected_until) {
            text += ", protected until " + date_in_words(*ladder_->held->protected_until);
        }
        return text;
    }

    /// What becomes of the tier that was held before.
    void holds() {
        if (!ladder_->holds) {
            return;
        }
        const HoldsOutcome& holds = *ladder_->holds;
        std::vector<std::string> labels;
        for (const std::string& id : holds.possible) {
            labels.push_back(rank(id) == 0 ? "no tier" : harmless(label_of(id)));
        }
        std::string text = partner() + " holds " + listed(labels, " or ") + on_ladder();
        const std::string through =
            holds.through ? " through " + date_in_words(*holds.through) : "";
        if (!holds.tier) {
            text += ": the facts given do not decide which";
        } else if (holds.because == "cannot_raise") {
            text += ": this review raises nobody";
        } else if (holds.because == "cannot_lower") {
            text += ": this review lowers nobody";
        } else if (holds.because == "kept") {
            text += through + ": " + harmless(holds.rule_label);
        } else if (holds.because == "grace") {
            text += through + ": the time of grace";
        }
        line(text + ".", 0);
    }

    /// The rows that separate the partner from a tier: its own column, and on a ladder that is climbed
    /// one by one the columns below it that are not reached either.
    [[nodiscard]] std::vector<const RequirementOutcome*>
    separating(const TierName& target, RequirementVerdict verdict) const {
        std::vector<const RequirementOutcome*> rows;
        const auto named = [&](const std::string& id) {
            return std::any_of(rows.begin(), rows.end(),
                               [&](const RequirementOutcome* row) { return row->id == id; });
        };
        for (std::size_t tier = rank(target.id); tier > rank(ladder_->at_least); --tier) {
            for (const RequirementOutcome& row : outcome_.requirements) {
                const bool own = row.tier == target.id;
                if (here(row) && row.tier == ladder_->tiers[tier].id && row.parent.empty() &&
                    row.verdict == verdict && !named(row.id) &&
                    (own || (ladder_->climbs && !listed_at(target, row.id)))) {
                    rows.push_back(&row);
                }
            }
            if (!ladder_->climbs) {
                break;
            }
        }
        return rows;
    }

    /// Of this ladder, and of the path that leads highest.
    [[nodiscard]] bool here(const RequirementOutcome& row) const {
        return row.ladder == ladder_->id && row.path == ladder_->path;
    }

    /// Whether the target's own column already names the row as unmet or unknown.
    [[nodiscard]] bool listed_at(const TierName& target, const std::string& id) const {
        return std::any_of(outcome_.requirements.begin(), outcome_.requirements.end(),
                           [&](const RequirementOutcome& row) {
                               return here(row) && row.tier == target.id && row.id == id &&
                                      (row.verdict == RequirementVerdict::unmet ||
                                       row.verdict == RequirementVerdict::unknown);
                           });
    }

    /// Along which path the rows below are seen, and where the others lead.
    void follow_path(std::string& lead) {
        std::vector<std::string> others;
        for (const PathOutcome& path : ladder_->paths) {
            const std::string label = harmless(path.label);
            if (path.id == ladder_->path) {
                lead += "along " + label + ", ";
            } else if (path.open == RequirementVerdict::unmet) {
                std::vector<std::string> reasons;
                for (const Condition& why : path.because) {
                    if (why.verdict == RequirementVerdict::unmet) {
                        reasons.push_back(harmless(why.label) + ": " + result_in_words(why));
                    }
                }
                others.push_back(label + " is not open" +
                                 (reasons.empty() ? "" : " (" + listed(reasons) + ")"));
            } else {
                others.push_back(
                    label + " leads to " + tiers_in_words(path.possible) +
                    (path.open == RequirementVerdict::unknown ? ", if it is open" : ""));
            }
        }
        if (!others.empty()) {
            line("The tier is the highest along one whole path. " + capital(listed(others)) + ".",
                 0);
        }
    }

    void towards(const TierName& target, std::string lead) {
        follow_path(lead);
        const auto unmet = separating(target, RequirementVerdict::unmet);
        const auto unknown = separating(target, RequirementVerdict::unknown);
        text_ += paint_.strong(
                     wrapped(capital(lead + counts(unmet.size(), unknown.size())), width_, 0, 0)) +
                 "\n";
        full(unmet, target, paint_.bad("✗"));
        full(unknown, target, paint_.warn("?"));
        folded("Waived: ", target, RequirementVerdict::waived);
        folded("Met already: ", target, RequirementVerdict::met);
        folded("Not asked here: ", target, RequirementVerdict::not_asked);
    }

    static std::string counts(std::size_t unmet, std::size_t unknown) {
        if (unmet == 0 && unknown == 0) {
            return "everything it asks is met";
        }
        const auto are = [](std::size_t count) { return count == 1 ? " is" : " are"; };
        std::string text;
        if (unmet > 0) {
            text = count_in_words(unmet) + (unmet == 1 ? " requirement" : " requirements") +
                   are(unmet) + " not met";
        }
        if (unknown > 0) {
            const std::string noun = unmet > 0      ? ""
                                     : unknown == 1 ? " requirement"
                                                    : " requirements";
            text += (unmet > 0 ? ", " : "") + count_in_words(unknown) + noun + are(unknown) +
                    " not known";
        }
        return text;
    }

    void full(const std::vector<const RequirementOutcome*>& rows, const TierName& target,
              const std::string& mark) {
        std::vector<std::string> rest;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i < most_in_full) {
                requirement(*rows[i], target, mark);
            } else {
                rest.push_back(harmless(rows[i]->label));
            }
        }
        if (!rest.empty()) {
            line(mark + " and " + count_in_words(rest.size()) + " more: " + listed(rest), 2);
        }
    }

    void folded(const char* lead, const TierName& target, RequirementVerdict verdict) {
        std::vector<std::string> labels;
        for (const RequirementOutcome& row : outcome_.requirements) {
            const bool named =
                here(row) && row.tier == target.id && row.parent.empty() && row.verdict == verdict;
            if (named && (verdict != RequirementVerdict::not_asked || row.offered)) {
                labels.push_back(harmless(row.label));
            }
        }
        if (!labels.empty()) {
            line(lead + listed(labels), 0);
        }
    }

    static std::string source_of(const RequirementOutcome& row) {
        return (row.cite.empty() ? "" : harmless(row.cite) + ", ") + "line " +
               std::to_string(row.at.line);
    }

    // ---- a requirement

    void requirement(const RequirementOutcome& row, const TierName& target,
                     const std::string& mark) {
        std::string label = harmless(row.label);
        if (row.tier != target.id) {
            label += " (asked at " + harmless(label_of(row.tier)) + ")";
        }
        if (row.form != RequirementOutcome::Form::ask) {
            this->row(mark, label, head_result(row), source_of(row), 2);
            parts(row);
        } else if (row.conditions.size() == 1) {
            this->row(mark, label, result_in_words(row.conditions.front()), source_of(row), 2);
            records(row.conditions.front(), 6);
        } else {
            this->row(mark, label, "", source_of(row), 2);
            conditions(row.conditions, 6);
        }
        asked_because(row);
        if (!row.advice.empty()) {
            line("advice: " + harmless(row.advice), 6);
        }
        if (!row.reading.empty()) {
            line(paint_.faint("reading: " + harmless(row.reading)), 6);
        }
    }

    /// Conditions joined by `and`: those that are not met.
    void conditions(const std::vector<Condition>& all, int indent) {
        for (const Condition& condition : all) {
            if (condition.verdict != RequirementVerdict::met) {
                row(" ", harmless(condition.label), result_in_words(condition), "", indent - 2);
                records(condition, indent + 2);
            }
        }
    }

    void asked_because(const RequirementOutcome& row) {
        for (const Condition& why : row.because) {
            if (row.condition == RequirementVerdict::unknown &&
                why.verdict == RequirementVerdict::unknown) {
                line("asked if " + why_in_words(why) + ": not recorded", 6);
            } else if (row.condition == RequirementVerdict::met) {
                line("asked because: " + why_in_words(why), 6);
            }
        }
    }

    static std::string why_in_words(const Condition& why) {
        if (why.comparison == "yes" || why.comparison == "no") {
            return harmless(why.label) + (why.comparison == "no" ? ": no" : "");
        }
        const bool met = why.verdict == RequirementVerdict::met && why.alternatives.empty();
        return harmless(why.label) + ": " + (met ? in_words(why.actual) : result_in_words(why));
    }

    [[nodiscard]] std::string head_result(const RequirementOutcome& row) const {
        const auto parts = parts_of(row);
        const bool open =
            std::any_of(parts.begin(), parts.end(), [](const RequirementOutcome* part) {
                return part->offered && part->condition != RequirementVerdict::unmet;
            });
        switch (row.form) {
        case RequirementOutcome::Form::any_one_of:
            return !open ? "no way is open to this partner"
                   : row.verdict == RequirementVerdict::unknown
                       ? "not known whether one of the ways is met"
                       : "no open way is met";
        case RequirementOutcome::Form::at_least_of:
            return "at least " + std::to_string(row.needed) + " of these are asked";
        default:
            return row.verdict == RequirementVerdict::unknown
                       ? "not known whether all parts are met"
                       : "not all parts are met";
        }
    }

    [[nodiscard]] std::vector<const RequirementOutcome*>
    parts_of(const RequirementOutcome& head) const {
        std::vector<const RequirementOutcome*> parts;
        for (const RequirementOutcome& row : outcome_.requirements) {
            if (here(row) && row.parent == head.id && row.tier == head.tier) {
                parts.push_back(&row);
            }
        }
        return parts;
    }

    void parts(const RequirementOutcome& head) {
        for (const RequirementOutcome* part : parts_of(head)) {
            const bool shut = part->condition == RequirementVerdict::unmet;
            if (part->offered && !shut && part->verdict != RequirementVerdict::met &&
                part->verdict != RequirementVerdict::not_asked) {
                way(*part);
            }
        }
        for (const RequirementOutcome* part : parts_of(head)) {
            if (!part->offered) {
                does_not_reach(*part);
            } else if (part->condition == RequirementVerdict::unmet) {
                not_open(*part);
            }
        }
    }

    void way(const RequirementOutcome& part) {
        const std::string mark = part.verdict == RequirementVerdict::unknown ? "?" : "·";
        if (part.form != RequirementOutcome::Form::ask) {
            row(mark, harmless(part.label), head_result(part), "", 6);
            parts(part);
            return;
        }
        const bool single = part.conditions.size() == 1;
        row(mark, harmless(part.label), single ? result_in_words(part.conditions.front()) : "", "",
            6);
        if (single) {
            records(part.conditions.front(), 10);
        } else {
            conditions(part.conditions, 10);
        }
    }

    /// A way that counts at other tiers only: named, with what the partner has, so that nobody asks "why not that?".
    void does_not_reach(const RequirementOutcome& part) {
        std::vector<std::string> tiers;
        const RequirementOutcome* elsewhere = nullptr;
        for (const RequirementOutcome& row : outcome_.requirements) {
            if (here(row) && row.id == part.id && row.offered) {
                tiers.push_back(harmless(label_of(row.tier)));
                elsewhere = row.condition == RequirementVerdict::unmet ? elsewhere : &row;
            }
        }
        if (elsewhere == nullptr || tiers.empty()) {
            return;
        }
        std::string text =
            "does not reach " + harmless(label_of(part.tier)) + ": " + harmless(part.label);
        if (elsewhere->conditions.size() == 1 &&
            elsewhere->conditions.front().actual.state == Figure::State::known &&
            elsewhere->conditions.front().actual.type != "yes_no") {
            const Condition& condition = elsewhere->conditions.front();
            text += ", " + in_words(condition.actual) +
                    (condition.window ? " " + in_words(*condition.window) : "");
        }
        line(text + " (counts for " + listed(tiers) + ")", 6);
    }

    void not_open(const RequirementOutcome& part) {
        std::vector<std::string> reasons;
        for (const Condition& why : part.because) {
            if (why.verdict == RequirementVerdict::unmet) {
                reasons.push_back(harmless(why.label) + ": " + result_in_words(why));
            }
        }
        line("not open: " + harmless(part.label) + " (" + listed(reasons) + ")", 6);
    }

    // ---- records

    void records(const Condition& condition, int indent) {
        if (condition.records == 0) {
            return;
        }
        record_line("counted: ", condition.counted, indent);
        record_line("not counted: ", condition.near, indent);
        record_line("not clear: ", condition.unclear, indent);
    }

    void record_line(const char* lead, const std::vector<RecordNote>& notes, int indent) {
        std::vector<std::string> items;
        for (std::size_t i = 0; i < notes.size() && i < most_records; ++i) {
            std::string item =
                notes[i].is_date ? date_in_words(notes[i].label) : harmless(notes[i].label);
            std::vector<std::string> reasons;
            for (const Condition& fails : notes[i].fails) {
                reasons.push_back(failure_in_words(fails));
            }
            items.push_back(reasons.empty() ? item : item + " (" + listed(reasons) + ")");
        }
        if (notes.size() > most_records) {
            items.push_back(std::to_string(notes.size() - most_records) + " more");
        }
        if (!items.empty()) {
            line(lead + listed(items), indent);
        }
    }

    // ---- benefits

    void benefits() {
        const std::pair<Granted, std::string> groups[] = {
            {Granted::granted, paint_.good("✓") + " granted: "},
            {Granted::open, paint_.warn("○") + " open, needs more: "},
            {Granted::unknown, paint_.warn("?") + " not known: "},
            {Granted::closed, paint_.faint("–") + " closed at this tier: "},
        };
        if (outcome_.benefits.empty()) {
            return;
        }
        text_ += "\n" + paint_.strong("Benefits") + "\n";
        for (const auto& [verdict, lead] : groups) {
            const std::vector<std::string> labels = grouped_by_need(verdict);
            if (!labels.empty()) {
                line(lead + listed(labels, verdict == Granted::granted || verdict == Granted::closed
                                               ? " and "
                                               : "; "),
                     2);
            }
        }
    }

    /// The benefits of a verdict; those that lack the same are named together.
    [[nodiscard]] std::vector<std::string> grouped_by_need(Granted verdict) const {
        std::vector<std::pair<std::string, std::vector<std::string>>> groups;
        for (const BenefitOutcome& benefit : outcome_.benefits) {
            if (benefit.verdict != verdict) {
                continue;
            }
            const std::string need = lacking(benefit);
            const auto group = std::find_if(groups.begin(), groups.end(),
                                            [&](const auto& known) { return known.first == need; });
            if (group == groups.end()) {
                groups.push_back({need, {harmless(benefit.label)}});
            } else {
                group->second.push_back(harmless(benefit.label));
            }
        }
        std::vector<std::string> labels;
        for (const auto& [need, benefits] : groups) {
            if (need.empty()) {
                labels.insert(labels.end(), benefits.begin(), benefits.end());
            } else {
                labels.push_back(listed(benefits) + need);
            }
        }
        return labels;
    }

    static std::string lacking(const BenefitOutcome& benefit) {
        if (benefit.verdict != Granted::open && benefit.verdict != Granted::unknown) {
            return "";
        }
        std::vector<std::string> needs;
        for (const Condition& condition : benefit.because) {
            if (condition.verdict != RequirementVerdict::met) {
                needs.push_back(harmless(condition.label) + ": " + result_in_words(condition));
            }
        }
        return needs.empty() ? "" : " (" + listed(needs) + ")";
    }

    /// What the tier itself would add: not what is open already and lacks something else.
    void added_by(const TierName& target) {
        std::vector<std::string> labels;
        for (const BenefitOutcome& benefit : outcome_.benefits) {
            const auto opens =
                std::find_if(benefit.opens_at.begin(), benefit.opens_at.end(),
                             [&](const Opening& opening) { return opening.tier == target.id; });
            const bool is_open = benefit.tier_suffices && opens_at(benefit, ladder_->at_least);
            if (benefit.ladder != ladder_->id || opens == benefit.opens_at.end() ||
                benefit.verdict == Granted::granted || is_open) {
                continue;
            }
            std::vector<std::string> needs;
            if (!opens->condition.empty()) {
                needs.push_back(harmless(opens->condition));
            }
            std::transform(benefit.needs.begin(), benefit.needs.end(), std::back_inserter(needs),
                           [](const std::string& need) { return harmless(need); });
            labels.push_back(harmless(benefit.label) +
                             (needs.empty() ? "" : " (needs also: " + listed(needs) + ")"));
        }
        if (!labels.empty()) {
            text_ += "\n";
            line(harmless(target.label) + " would open: " + listed(labels), 0);
        }
    }

    [[nodiscard]] static bool opens_at(const BenefitOutcome& benefit, const std::string& tier) {
        return std::any_of(benefit.opens_at.begin(), benefit.opens_at.end(),
                           [&](const Opening& opening) { return opening.tier == tier; });
    }

    [[nodiscard]] bool opened_by_all(const BenefitOutcome& benefit) const {
        return std::all_of(ladder_->possible.begin(), ladder_->possible.end(),
                           [&](const std::string& tier) { return opens_at(benefit, tier); });
    }

    void benefit_reasons(const BenefitOutcome& benefit) {
        std::vector<std::string> tiers;
        for (const Opening& opening : benefit.opens_at) {
            tiers.push_back(harmless(label_of(opening.tier)));
        }
        const std::string source = (benefit.cite.empty() ? "" : harmless(benefit.cite) + ", ") +
                                   "line " + std::to_string(benefit.at.line);
        if (const bool closed = benefit.verdict == Granted::closed;
            closed || (benefit.verdict == Granted::unknown && !opened_by_all(benefit))) {
            row(closed ? paint_.bad("✗") : paint_.warn("?"), "Tier",
                "it opens at " + listed(tiers, " or ") + "; " + partner() + " qualifies for " +
                    tier_in_words(),
                source, 2);
            for (std::size_t i = 0; closed && i < benefit.needs.size(); ++i) {
                line("needs also: " + harmless(benefit.needs[i]), 6);
            }
        }
        for (const Condition& condition : benefit.because) {
            const bool met = condition.verdict == RequirementVerdict::met;
            const bool unknown = condition.verdict == RequirementVerdict::unknown;
            const std::string mark = met       ? paint_.good("✓")
                                     : unknown ? paint_.warn("?")
                                               : paint_.bad("✗");
            row(mark, harmless(condition.label), result_in_words(condition) + changed_by(condition),
                source, 2);
        }
        if (!benefit.reading.empty()) {
            line(paint_.faint("reading: " + harmless(benefit.reading)), 6);
        }
        if (benefit.verdict == Granted::closed && !benefit.opens_at.empty()) {
            const TierName& lowest = ladder_->tiers[rank(benefit.opens_at.front().tier)];
            text_ += "\n";
            towards(lowest, "Towards " + harmless(lowest.label) + ": ");
        }
    }

    static std::string changed_by(const Condition& condition) {
        if (condition.verdict == RequirementVerdict::met || condition.changer == Changer::partner) {
            return "";
        }
        return condition.changer == Changer::program ? " (for the program to decide)"
               : condition.changer == Changer::time  ? " (takes time)"
                                                     : " (cannot be changed)";
    }

    // ---- values

    void values() {
        int wide = 0;
        for (const ValueOutcome& value : outcome_.values) {
            wide = std::max(wide, columns(harmless(value.label)) + 4);
        }
        if (wide > 0) {
            text_ += "\n" + paint_.strong("Values") + "\n";
        }
        for (const ValueOutcome& value : outcome_.values) {
            std::string figure = value.value.state == Figure::State::absent && !value.for_each
                                     ? "none at this tier"
                                     : in_words(value.value);
            if (value.for_each) {
                figure = items_in_words(value.items);
            }
            row(" ", harmless(value.label), figure, harmless(value.cite), 0,
                std::min(wide, width_ / 2));
        }
    }

    static std::string items_in_words(const std::vector<ItemFigure>& items) {
        std::vector<std::string> figures;
        for (std::size_t i = 0; i < items.size() && i < most_records; ++i) {
            const RecordNote& record = items[i].record;
            figures.push_back(
                (record.is_date ? date_in_words(record.label) : harmless(record.label)) + " " +
                in_words(items[i].value));
        }
        if (items.size() > most_records) {
            figures.push_back(std::to_string(items.size() - most_records) + " more");
        }
        return figures.empty() ? "none" : listed(figures);
    }

    // ---- the rest

    void measures() {
        if (outcome_.measures.empty()) {
            return;
        }
        text_ += "\n" + paint_.strong("Measures") + "\n";
        int wide = 0;
        for (const MeasureOutcome& measure : outcome_.measures) {
            wide = std::max(wide, columns(harmless(measure.label) + along(measure.path)) + 4);
        }
        for (const MeasureOutcome& measure : outcome_.measures) {
            row(" ", harmless(measure.label) + along(measure.path),
                in_words(measure.value) + (measure.window ? " " + in_words(*measure.window) : ""),
                "", 0, std::min(wide, width_ / 2));
        }
    }

    [[nodiscard]] std::string along(const std::string& id) const {
        for (const LadderOutcome& ladder : outcome_.ladders) {
            for (const PathOutcome& path : ladder.paths) {
                if (path.id == id) {
                    return " (" + harmless(path.label) + ")";
                }
            }
        }
        return "";
    }

    void notices() {
        for (const NoticeOutcome& notice : outcome_.notices) {
            if (notice.verdict == RequirementVerdict::met) {
                text_ += "\n";
                line(paint_.warn("Notice: ") + harmless(notice.label), 0);
            }
        }
    }

    void missing() { missing_of(outcome_.decide_next); }

    /// Only what leaves this tier open.
    void missing_for(const TierName& target) {
        std::vector<std::string> pointers;
        for (const RequirementOutcome* row : separating(target, RequirementVerdict::unknown)) {
            for (const std::string& pointer : row->missing) {
                if (std::find(pointers.begin(), pointers.end(), pointer) == pointers.end()) {
                    pointers.push_back(pointer);
                }
            }
        }
        missing_of(pointers);
    }

    void missing_of(const std::vector<std::string>& pointers) {
        if (pointers.empty()) {
            return;
        }
        std::vector<std::string> shown;
        for (const std::string& pointer : pointers) {
            shown.push_back(harmless(pointer));
        }
        text_ += "\n";
        line("Missing facts: " + listed(shown), 0);
    }

    const Outcome& outcome_;
    const LadderOutcome* ladder_; // that is being spoken of
    Paint paint_;
    int width_;
    std::string text_;
};

} // namespace

std::string to_text(const Outcome& outcome, const TextOptions& options) {
    return TextPrinter(outcome, options).standing();
}

std::string why_not(const Outcome& outcome, const std::string& target, const TextOptions& options) {
    if (const auto place = find_tier(outcome, target)) {
        return TextPrinter(outcome, options).why_not_tier(*place);
    }
    for (const BenefitOutcome& benefit : outcome.benefits) {
        if (benefit.id == target) {
            return TextPrinter(outcome, options).why_not_benefit(benefit);
        }
    }
    return "";
}

std::string requirement_text(const Outcome& outcome, const std::string& id, const std::string& tier,
                             const TextOptions& options) {
    const auto place = find_tier(outcome, tier);
    for (const RequirementOutcome& row : outcome.requirements) {
        const LadderOutcome* ladder = place ? &outcome.ladders[place->ladder] : nullptr;
        if (ladder != nullptr && row.id == id && row.ladder == ladder->id &&
            row.path == ladder->path && row.tier == ladder->tiers[place->tier].id) {
            return TextPrinter(outcome, options).single_requirement(row);
        }
    }
    return "";
}

bool reached(const Outcome& outcome, const std::string& target) {
    if (const auto place = find_tier(outcome, target)) {
        const LadderOutcome& ladder = outcome.ladders[place->ladder];
        for (std::size_t i = place->tier; i < ladder.tiers.size(); ++i) {
            if (ladder.tiers[i].id == ladder.at_least) {
                return true;
            }
        }
        return false;
    }
    return std::any_of(outcome.benefits.begin(), outcome.benefits.end(),
                       [&](const BenefitOutcome& benefit) {
                           return benefit.id == target && benefit.verdict == Granted::granted;
                       });
}

} // namespace rung
