// From one turning day to the next, through the versions of a program.
#include "interpreter/internal.hpp"
#include "interpreter/present.hpp"
#include "interpreter/recorded.hpp"
#include "interpreter/setting.hpp"
#include "interpreter/turning_days.hpp"

#include <rung/outlook.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace rung {

namespace {

using CauseKind = OutlookCause::Kind;

Date moved(Date day, std::int64_t by) {
    return Date::from_days_saturated(day.days_since_1970() + by);
}

Days in_iso(const Window& days) { return {days.from.to_string(), days.through.to_string()}; }

// ---- why ---------------------------------------------------------------------------------------

/// What a change is because of, read off what differs.
class Causes {
public:
    Causes(const Changes& changes, std::string on) : changes_(changes), on_(std::move(on)) {}

    std::vector<OutlookCause> found() {
        if (changes_.before.version != changes_.after.version) {
            add(CauseKind::version, "").label = changes_.after.version;
            return std::move(causes_);
        }
        for (const RequirementChange& change : changes_.requirements) {
            if (change.verdict && change.before && change.after) {
                requirement(change);
            }
        }
        for (const LadderChange& change : changes_.ladders) {
            keeping(change);
        }
        for (const BenefitChange& change : changes_.benefits) {
            if (change.verdict && change.before && change.after) {
                conditions(change.named().id, change.before->because, change.after->because,
                           change.after->at);
            }
        }
        if (causes_.empty()) {
            passing();
        }
        return std::move(causes_);
    }

private:
    OutlookCause& add(CauseKind kind, const std::string& part) {
        OutlookCause cause;
        cause.kind = kind;
        if (!part.empty()) {
            cause.parts.push_back(part);
        }
        return causes_.emplace_back(std::move(cause));
    }

    void requirement(const RequirementChange& change) {
        const RequirementOutcome& before = *change.before;
        const RequirementOutcome& after = *change.after;
        if (before.waiver.has_value() != after.waiver.has_value()) {
            waiver(before, after);
            return;
        }
        records(CauseKind::record_left, change.left, before, after);
        records(CauseKind::record_joined, change.joined, before, after);
        if (change.left.empty() && change.joined.empty()) {
            conditions(after.id, before.conditions, after.conditions, after.at);
            conditions(after.id, before.because, after.because, after.at);
        }
    }

    void waiver(const RequirementOutcome& before, const RequirementOutcome& after) {
        const bool began = after.waiver.has_value();
        const CauseKind kind = began ? CauseKind::waiver_began : CauseKind::waiver_ended;
        const auto known = find(kind, "", after.id);
        if (known == nullptr) {
            OutlookCause& cause = add(kind, after.id);
            cause.label = after.label;
            cause.through = began ? std::nullopt : before.waiver->until;
            cause.at = after.at;
        }
    }

    /// A cause of the kind that is known by `pointer`; a requirement that it concerns, too, is added to it.
    OutlookCause* find(CauseKind kind, const std::string& pointer, const std::string& part) {
        const auto known = std::find_if(causes_.begin(), causes_.end(), [&](const auto& cause) {
            return cause.kind == kind &&
                   (pointer.empty() ? cause.parts.front() == part
                                    : cause.record && cause.record->pointer == pointer);
        });
        if (known == causes_.end()) {
            return nullptr;
        }
        if (std::find(known->parts.begin(), known->parts.end(), part) == known->parts.end()) {
            known->parts.push_back(part);
        }
        return &*known;
    }

    void records(CauseKind kind, const std::vector<RecordNote>& notes,
                 const RequirementOutcome& before, const RequirementOutcome& after) {
        for (const RecordNote& note : notes) {
            if (find(kind, note.pointer, after.id) == nullptr) {
                OutlookCause& cause = add(kind, after.id);
                cause.record = note;
                cause.before = window_of(before.conditions);
                cause.after = window_of(after.conditions);
                cause.at = after.at;
            }
        }
    }

    static std::optional<Days> window_of(const std::vector<Condition>& conditions) {
        for (const Condition& condition : conditions) {
            if (condition.window) {
                return condition.window;
            }
        }
        return std::nullopt;
    }

    /// Those whose verdict differs: their window moved, or a day was passed.
    void conditions(const std::string& part, const std::vector<Condition>& before,
                    const std::vector<Condition>& after, const Place& at) {
        for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
            if (before[i].verdict == after[i].verdict) {
                continue;
            }
            const bool window =
                after[i].window && before[i].window && !(*after[i].window == *before[i].window);
            const CauseKind kind = window ? CauseKind::window : CauseKind::day;
            if (find(kind, "", part) == nullptr) {
                OutlookCause& cause = add(kind, part);
                cause.label = after[i].label;
                cause.built_in = after[i].built_in;
                cause.before = before[i].window;
                cause.after = after[i].window;
                cause.at = at;
                if (kind == CauseKind::day) {
                    cause.day = day_asked_about(after[i]);
                }
            }
        }
    }

    /// The one that a condition compares with the review date.
    [[nodiscard]] std::optional<std::string> day_asked_about(const Condition& condition) const {
        const Figure& day =
            condition.built_in == BuiltIn::review_date ? condition.required : condition.actual;
        const bool is_behind =
            day.state == Figure::State::known && day.type == "date" && day.value <= on_;
        return is_behind ? std::optional(day.value) : std::nullopt;
    }

    void keeping(const LadderChange& change) {
        if (!change.before || !change.before->holds || change.holds == Move::same) {
            return;
        }
        const HoldsOutcome& held = *change.before->holds;
        const bool kept = held.because == "kept" || held.because == "grace";
        if (kept && change.after && change.after->holds &&
            change.after->holds->because != held.because) {
            OutlookCause& cause = add(CauseKind::keeping_ended, change.named().id);
            cause.label = held.rule_label;
            cause.through = held.through;
        }
    }

    /// Where nothing that is explained tells more, time passed for what changed.
    void passing() {
        OutlookCause& cause = add(CauseKind::day, "");
        for (const LadderChange& change : changes_.ladders) {
            cause.parts.push_back(change.named().id);
        }
        for (const BenefitChange& change : changes_.benefits) {
            cause.parts.push_back(change.named().id);
        }
        for (const auto& change : changes_.values) {
            cause.parts.push_back(change.named().id);
        }
        for (const auto& change : changes_.notices) {
            cause.parts.push_back(change.named().id);
        }
        if (cause.parts.empty()) {
            for (const auto& change : changes_.measures) {
                cause.parts.push_back(change.named().id);
            }
        }
    }

    const Changes& changes_;
    std::string on_; // the day
    std::vector<OutlookCause> causes_;
};

/// Whether an answer differs, and not figures alone. Of a program that only measures, figures are the answer.
bool tells(const Changes& changes, bool only_measures) {
    const auto of_verdict = [](const auto& parts) {
        return std::any_of(parts.begin(), parts.end(),
                           [](const auto& change) { return change.verdict; });
    };
    return !changes.ladders.empty() || of_verdict(changes.requirements) ||
           of_verdict(changes.benefits) || !changes.values.empty() || !changes.notices.empty() ||
           (only_measures && !changes.measures.empty());
}

// ---- one review --------------------------------------------------------------------------------

/// A version with the facts as it reads them, on some of the days.
struct VersionDays {
    Window days;
    const Chosen* version = nullptr; // none in force
    const Result<Facts>* facts = nullptr;
    bool hides = false; // it has internal facts, and the outlook is for the partner
};

/// That something is wrong, and of which kind, but nothing that facts say.
Diagnostics without_texts(const Diagnostics& problems) {
    Diagnostics bare;
    for (const Diagnostic& problem : problems) {
        Diagnostic kind;
        kind.code = problem.code;
        kind.is_error = problem.is_error;
        bare.add(std::move(kind));
    }
    return bare;
}

class Series {
public:
    Series(OutlookSeries& out, std::optional<std::string> review, bool for_partner)
        : out_(out), review_(std::move(review)), for_partner_(for_partner) {}

    /// Goes on through the next days.
    void look(const VersionDays& part) {
        OutlookStretch& stretch = out_.stretches.emplace_back();
        stretch.days = in_iso(part.days);
        if (part.version == nullptr) {
            return;
        }
        const Program& program = part.version->program;
        stretch.version = program.version();
        stretch.in_force = part.version->in_force;
        stretch.rules_file = program.file();
        stretch.rules_sha256 = program.sha256();
        if (!*part.facts) {
            const Diagnostics& problems = part.facts->diagnostics;
            stretch.problems = part.hides ? without_texts(problems) : problems;
            return;
        }
        const Index review = read_review(program.model(), review_, stretch.problems);
        if (!stretch.problems.has_errors()) {
            look(part, **part.facts, review);
        }
    }

private:
    void look(const VersionDays& part, const Facts& facts, Index review) {
        const Program& program = part.version->program;
        const Model& model = program.model();
        const auto on = [&](Date day) { return Setting{day, true, review}; };
        const auto outcome = [&](Date day) {
            Verdicts verdicts(model);
            Recording recording;
            Outcome made =
                outcome_in(program, facts, on(day), part.version->in_force, verdicts, recording);
            return for_partner_ ? redacted(std::move(made)) : made;
        };
        begin(outcome(part.days.from), part.days.from);
        Date last = part.days.from; // of which `last_` tells
        if (depends_on_day(model, facts.sheet())) {
            out_.depends_on_day = true;
            const TurningDays turning = turning_days(model, facts.sheet(), review, part.days);
            if (!part.hides) {
                count(turning, part.days);
            }
            std::array<Evaluator, 2> evaluators{Evaluator(model), Evaluator(model)};
            const Verdicts* before = &evaluators[0].evaluate(facts.sheet(), on(last));
            std::size_t next = 1;
            for (const Date day : turning.days) {
                const Verdicts& now = evaluators[next].evaluate(facts.sheet(), on(day));
                const bool look_closer =
                    std::binary_search(turning.of_records.begin(), turning.of_records.end(), day);
                if (look_closer || !same_answers(model, *before, now)) {
                    last_ = outcome(moved(day, -1));
                    change(outcome(day), day);
                    last = day;
                }
                before = &now;
                next = 1 - next;
            }
        }
        if (last != part.days.through) {
            last_ = outcome(part.days.through); // as the next version finds it
        }
    }

    void begin(Outcome outcome, Date day) {
        if (!out_.first) {
            out_.review = outcome.review;
            out_.review_label = outcome.review_label;
            out_.by_program = outcome.by_program;
            out_.first = outcome;
            last_ = std::move(outcome);
            return;
        }
        out_.depends_on_day = true; // on it hangs which version is in force
        change(std::move(outcome), day);
    }

    void change(Outcome now, Date day) {
        Changes changes = compare(*last_, now);
        if (tells(changes, now.ladders.empty())) {
            out_.changes.push_back(
                {day.to_string(), Causes(changes, day.to_string()).found(), std::move(changes)});
        }
        last_ = std::move(now);
    }

    void count(const TurningDays& turning, const Window& days) {
        out_.days_looked_at += static_cast<std::uint32_t>(turning.days.size() + 1);
        if (turning.every_day) {
            out_.day_by_day.push_back(in_iso(days));
        }
    }

    OutlookSeries& out_;
    std::optional<std::string> review_;
    bool for_partner_;
    std::optional<Outcome> last_;
};

// ---- all of it ---------------------------------------------------------------------------------

class Looking {
public:
    Looking(const Registry& versions, const std::string& name, const std::string& json,
            const OutlookOptions& options)
        : versions_(versions), name_(name), json_(json), options_(options) {}

    Result<Outlook> run() {
        if (read_days() && choose() && read_facts()) {
            for (const std::optional<std::string>& review : reviews()) {
                OutlookSeries& series = outlook_.series.emplace_back();
                Series looked(series, review, options_.for_partner);
                for (const VersionDays& part : parts_) {
                    looked.look(part);
                }
                const Diagnostics& first = series.stretches.front().problems;
                if (!series.first || first.has_errors()) {
                    result_.diagnostics.add(first);
                    return std::move(result_);
                }
            }
            describe();
            hide();
            result_.value = std::move(outlook_);
        }
        return std::move(result_);
    }

private:
    bool fail(Diagnostic diagnostic) {
        result_.diagnostics.add(std::move(diagnostic));
        return false;
    }

    bool read_days() {
        const Program& any = versions_.versions().front();
        stated_ = Facts::peek(any, name_, json_);
        const std::optional<std::string> from = options_.from ? options_.from : stated_.on;
        if (!from && stated_.faults.has_errors()) {
            result_.diagnostics.add(stated_.faults);
            return false;
        }
        if (!from) {
            const std::string& key = any.model().on_key;
            return fail(present(
                Code::no_date,
                {{"purpose", "an outlook"},
                 {"input", key.empty() ? "" : ", or `" + key.substr(1) + "` to the facts"}}));
        }
        const std::optional<Date> first = read_day(*from, result_.diagnostics);
        const std::optional<Date> last = read_day(options_.until, result_.diagnostics);
        if (!first || !last) {
            return false;
        }
        days_ = {*first, *last};
        if (days_.is_empty()) {
            return fail(
                present(Code::until_before_from, {{"from", *from}, {"until", options_.until}}));
        }
        const auto most = add_months(*first, std::int64_t{12} * most_outlook_years);
        if (most && *last > *most) {
            return fail(
                present(Code::outlook_too_long, {{"from", *from},
                                                 {"until", options_.until},
                                                 {"most", std::to_string(most_outlook_years)}}));
        }
        return true;
    }

    /// Which version is looked at from which day on. A version is told from what is in force on the first of
    /// its days, so nothing here decides a second time what that is.
    bool choose() {
        std::set<Date> begins{days_.from};
        const auto add = [&](Date day) {
            if (days_.contains(day)) {
                begins.insert(day);
            }
        };
        for (const Program& version : versions_.versions()) {
            add(version.model().effective_from.value_or(Date::min()));
            if (version.model().effective_through) {
                add(moved(*version.model().effective_through, 1));
            }
        }
        const std::optional<std::string> named =
            options_.version ? options_.version : stated_.version;
        chosen_.reserve(begins.size());
        for (auto day = begins.begin(); day != begins.end(); ++day) {
            const auto next = std::next(day);
            const Window days{*day, next == begins.end() ? days_.through : moved(*next, -1)};
            Result<Chosen> chosen = versions_.choose(day->to_string(), named);
            if (!chosen && day == begins.begin()) {
                result_.diagnostics.add(chosen.diagnostics);
                return false;
            }
            chosen_.push_back(std::move(chosen.value));
            const Chosen* const version = chosen_.back() ? &*chosen_.back() : nullptr;
            const bool hides = options_.for_partner && version != nullptr &&
                               !reads_internal(version->program.model()).empty();
            parts_.push_back({days, version, nullptr, hides});
        }
        return true;
    }

    /// Once for each version; that of the first day must be able to read them.
    bool read_facts() {
        facts_.reserve(parts_.size());
        for (VersionDays& part : parts_) {
            if (part.version == nullptr) {
                continue;
            }
            for (const VersionDays& earlier : parts_) {
                if (&earlier != &part && earlier.facts != nullptr &&
                    earlier.version->program.sha256() == part.version->program.sha256()) {
                    part.facts = earlier.facts;
                }
            }
            if (part.facts == nullptr) {
                facts_.push_back(
                    Facts::read(part.version->program, name_, json_, {options_.strict}));
                part.facts = &facts_.back();
            }
        }
        const Result<Facts>& first = *parts_.front().facts;
        (first ? outlook_.warnings : result_.diagnostics).add(first.diagnostics);
        return first.value.has_value();
    }

    /// Those that are asked for; nothing stands for the only one, or for none.
    [[nodiscard]] std::vector<std::optional<std::string>> reviews() const {
        std::vector<std::optional<std::string>> ids;
        for (const VersionDays& part : parts_) {
            for (const Review& review : part.version == nullptr
                                            ? std::vector<Review>()
                                            : part.version->program.model().reviews) {
                if (std::find(ids.begin(), ids.end(), review.id) == ids.end()) {
                    ids.emplace_back(review.id);
                }
            }
        }
        const bool named_all = std::find(ids.begin(), ids.end(), "all") != ids.end();
        if (options_.review == "all" && !named_all && !ids.empty()) {
            return ids;
        }
        const bool none_there = options_.review == "all" && ids.empty();
        return {options_.review && !none_there ? options_.review
                                               : (*parts_.front().facts)->review()};
    }

    void describe() {
        const Outcome& first = *outlook_.series.front().first;
        outlook_.program = first.program;
        outlook_.program_label = first.program_label;
        outlook_.language = first.language;
        outlook_.partner_key = first.partner_key;
        outlook_.partner = first.partner;
        outlook_.facts_sha256 = first.facts_sha256;
        outlook_.from = days_.from.to_string();
        outlook_.until = days_.through.to_string();
    }

    /// What tells of internal facts beside the outcomes.
    void hide() {
        if (std::any_of(parts_.begin(), parts_.end(),
                        [](const VersionDays& part) { return part.hides; })) {
            outlook_.facts_sha256.clear();
            outlook_.warnings = {};
        }
    }

    const Registry& versions_;
    const std::string& name_;
    const std::string& json_;
    const OutlookOptions& options_;
    Result<Outlook> result_;
    Outlook outlook_;
    Stated stated_;
    Window days_;
    std::vector<std::optional<Chosen>> chosen_; // the parts point into it, and into `facts_`
    std::vector<Result<Facts>> facts_;
    std::vector<VersionDays> parts_;
};

} // namespace

Result<Outlook> outlook(const Registry& versions, const std::string& name, const std::string& json,
                        const OutlookOptions& options) {
    return Looking(versions, name, json, options).run();
}

} // namespace rung
