// The two ways in: one partner with explanations, and a batch with verdicts only.
#include "interpreter/asking.hpp"
#include "interpreter/evaluate.hpp"
#include "interpreter/explain.hpp"
#include "interpreter/figures.hpp"
#include "interpreter/present.hpp"
#include "interpreter/recorded.hpp"
#include "interpreter/setting.hpp"
#include "interpreter/subject.hpp"
#include "interpreter/text.hpp"

#include <rung/fast.hpp>
#include <rung/why.hpp>

#include <algorithm>

namespace rung {

namespace {

/// The day and review of an evaluation, or why they cannot be told.
class SettingReader {
public:
    SettingReader(const Model& model, Diagnostics& diagnostics)
        : model_(model), diagnostics_(diagnostics) {}

    /// `dated`: the facts say something that holds on some days only.
    Setting read(const std::optional<std::string>& on, const std::optional<std::string>& review,
                 bool dated = false) {
        Setting setting;
        const std::optional<Date> day = this->day(on);
        if (day) {
            setting.on = *day;
            setting.dated = true;
        } else if (!on && (dated || model_.uses_date || model_.uses_review)) {
            say(Code::no_date, {{"purpose", "evaluating"}, {"input", or_input(model_.on_key)}});
        }
        setting.review = this->review(review);
        return setting;
    }

    std::optional<Date> day(const std::optional<std::string>& text) {
        return text ? read_day(*text, diagnostics_) : std::nullopt;
    }

    void say(Code code, std::vector<Argument> arguments) {
        diagnostics_.add(present(Fault{code, {}, std::move(arguments), {}, {}}));
    }

    Index review(const std::optional<std::string>& id) {
        if (!id) {
            if (model_.reviews.size() > 1 && model_.uses_review) {
                say(Code::no_review, {{"known", known()}, {"input", or_input(model_.review_key)}});
            }
            return model_.reviews.size() == 1 ? 0 : none;
        }
        std::vector<std::string_view> ids;
        for (Index i = 0; i < model_.reviews.size(); ++i) {
            if (model_.reviews[i].id == *id) {
                return i;
            }
            ids.push_back(model_.reviews[i].id);
        }
        std::vector<Argument> arguments{{"found", *id}, {"known", known()}};
        if (const std::string_view close = nearest(*id, ids); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
        }
        say(Code::unknown_review, std::move(arguments));
        return none;
    }

private:
    static std::string or_input(const std::string& key) {
        return key.empty() ? "" : "; or add `" + key.substr(1) + "` to the facts";
    }

    [[nodiscard]] std::string known() const {
        std::string text;
        for (const Review& review : model_.reviews) {
            text += (text.empty() ? "" : ", ") + review.id;
        }
        return text.empty() ? "none: the rules have no reviews" : text;
    }

    const Model& model_;
    Diagnostics& diagnostics_;
};

/// What the call and the facts say must agree.
std::optional<std::string> agreed(const char* what, const std::optional<std::string>& given,
                                  const std::optional<std::string>& found, SettingReader& reader) {
    if (given && found && *given != *found) {
        reader.say(Code::contradiction, {{"what", what}, {"found", *found}, {"given", *given}});
    }
    return given ? given : found;
}

/// Whether the day decides something that the facts say beside facts: a waiver or a tier held.
bool needs_day(const Model& model, const FactSheet& facts) {
    const bool grace = std::any_of(model.reviews.begin(), model.reviews.end(),
                                   [](const Review& review) { return review.grace.has_value(); });
    const bool held = std::any_of(facts.held.begin(), facts.held.end(),
                                  [](const auto& tier) { return tier.has_value(); });
    const bool waived =
        std::any_of(facts.waivers.begin(), facts.waivers.end(),
                    [](const Waiver& waiver) { return waiver.granted_on || waiver.until; });
    return (grace && held) || waived;
}

void describe(const Program& program, const Facts& facts, const Setting& setting,
              const Recording& recording, Outcome& out) {
    const Model& model = program.model();
    out.program = model.name;
    out.program_label = model.label;
    out.language = model.language ? tag_of(*model.language) : "";
    out.version = model.version;
    out.rules_file = model.source.name();
    out.rules_sha256 = model.sha256;
    out.facts_sha256 = facts.sha256();
    if (program.needs_date() || needs_day(model, facts.sheet())) {
        out.on = setting.on.to_string();
    }
    if (setting.review != none) {
        const Review& review = model.reviews[setting.review];
        out.review = review.id;
        out.review_label = review.label;
        out.by_program = review.by_program;
        const Value& period = recording.steps[recording.review_period].value;
        if (period.certain()) {
            out.review_period =
                Days{period.window.from.low.to_string(), period.window.through.low.to_string()};
        }
    }
    for (Index i = 0; i < model.measures.size(); ++i) {
        if (setting.assumed(i) != nullptr) {
            out.assumed.push_back(model.measures[i].name);
        }
    }
    out.partner = partner_name(model, facts.sheet(), out.partner_key);
    out.internal.partner = std::any_of(model.facts.begin(), model.facts.end(),
                                       [](const Field& fact) { return fact.key && fact.internal; });
}

/// Facts are slots of one program; with another one they would mean other things.
bool read_for(const Program& program, const Facts& facts) {
    return &facts.program().model() == &program.model() ||
           facts.program().sha256() == program.sha256();
}

} // namespace

std::string partner_name(const Model& model, const FactSheet& facts, std::string& key) {
    for (std::size_t i = 0; i < model.facts.size(); ++i) {
        if (model.facts[i].key) {
            const Figure figure = figure_of(model, facts.facts[i], model.facts[i].type);
            key = figure.value;
            return figure.value;
        }
    }
    return "";
}

Setting read_setting(const Program& program, const Model& model, const Facts& facts,
                     const EvaluateOptions& options, Diagnostics& diagnostics) {
    SettingReader reader(model, diagnostics);
    const auto on = agreed("the date is", options.on, facts.on(), reader);
    const auto review = agreed("the review is", options.review, facts.review(), reader);
    if (!read_for(program, facts)) {
        reader.say(Code::other_version,
                   {{"found", facts.program().version()}, {"version", model.version}});
        return {};
    }
    if (!options.named_version && facts.version() && *facts.version() != model.version) {
        reader.say(Code::other_version, {{"found", *facts.version()}, {"version", model.version}});
    }
    auto assumptions = read_assumptions(model, options.assume, diagnostics);
    if (diagnostics.has_errors()) {
        return {};
    }
    Setting setting = reader.read(on, review, needs_day(model, facts.sheet()));
    setting.assumptions = std::move(assumptions);
    return setting;
}

Setting read_other_setting(const Program& program, const Facts& facts,
                           const EvaluateOptions& options, Diagnostics& diagnostics) {
    const Model& model = program.model();
    SettingReader reader(model, diagnostics);
    if (!options.named_version && facts.version() && *facts.version() != model.version) {
        reader.say(Code::other_version, {{"found", *facts.version()}, {"version", model.version}});
        return {};
    }
    return reader.read(options.on ? options.on : facts.on(),
                       options.review ? options.review : facts.review(),
                       needs_day(model, facts.sheet()));
}

std::optional<Date> read_day(const std::string& text, Diagnostics& diagnostics) {
    const ParsedDate parsed = Date::parse(text);
    if (!parsed) {
        const bool no_such_day = parsed.fault == DateTextFault::no_such_day;
        diagnostics.add(present(Fault{
            no_such_day ? Code::no_such_day : Code::bad_date, {}, {{"found", text}}, {}, {}}));
        return std::nullopt;
    }
    return parsed.value;
}

Index read_review(const Model& model, const std::optional<std::string>& id,
                  Diagnostics& diagnostics) {
    return SettingReader(model, diagnostics).review(id);
}

bool depends_on_day(const Model& model, const FactSheet& facts) {
    return model.uses_date || model.uses_review || needs_day(model, facts);
}

Result<Outcome> evaluate(const Program& program, const Facts& facts,
                         const EvaluateOptions& options) {
    Verdicts verdicts(program.model());
    Recording recording;
    return evaluate_recorded(program, facts, options, verdicts, recording);
}

Result<Outcome> evaluate_recorded(const Program& program, const Facts& facts,
                                  const EvaluateOptions& options, Verdicts& verdicts,
                                  Recording& recording) {
    const Model& model = program.model();
    Result<Outcome> result;
    const Setting setting = read_setting(program, model, facts, options, result.diagnostics);
    if (result.diagnostics.has_errors()) {
        return result;
    }
    result.value = outcome_in(program, facts, setting, options.in_force, verdicts, recording);
    result.value->choice = options.choice;
    return result;
}

Outcome outcome_in(const Program& program, const Facts& facts, const Setting& setting,
                   bool in_force, Verdicts& verdicts, Recording& recording) {
    const Model& model = program.model();
    record(model, facts.sheet(), setting, verdicts, recording);
    Outcome outcome;
    outcome.in_force = in_force;
    describe(program, facts, setting, recording, outcome);
    const Recorded recorded{model, facts.sheet(), setting, verdicts, recording};
    explain(recorded, outcome);
    ask_in_order(recorded, outcome);
    return outcome;
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

namespace {

/// A tier or a benefit that a caller may name, and the words by which it may have been meant.
struct Target {
    std::string id; // as it must be written
    std::string name; // without its ladder
    std::string label;
};

std::vector<Target> targets(const Outcome& outcome) {
    std::vector<Target> all;
    for (const LadderOutcome& ladder : outcome.ladders) {
        for (std::size_t i = 1; i < ladder.tiers.size(); ++i) {
            const TierName& tier = ladder.tiers[i];
            all.push_back({qualified_tier(outcome, ladder, tier.id), tier.id, tier.label});
        }
    }
    for (const BenefitOutcome& benefit : outcome.benefits) {
        all.push_back({benefit.id, benefit.id, benefit.label});
    }
    return all;
}

/// "`business.designated` or `modern.designated`": those that have the name or label; empty where none has.
std::string meant(const std::vector<Target>& all, const std::string& target) {
    std::vector<std::string> ids;
    for (const Target& one : all) {
        if (one.name == target || one.label == target) {
            ids.push_back("`" + one.id + "`");
        }
    }
    return ids.empty() ? "" : listed(ids, " or ");
}

/// What to say of a name that is none of `all`.
std::vector<Argument> not_found(const Outcome& outcome, const std::vector<Target>& all,
                                const std::string& target) {
    std::vector<Argument> arguments{{"found", target}};
    std::string tiers;
    for (const LadderOutcome& ladder : outcome.ladders) {
        for (const TierName& tier : ladder.tiers) {
            const std::string id = qualified_tier(outcome, ladder, tier.id);
            const bool floor = &tier == &ladder.tiers.front();
            if (floor && (id == target || tier.id == target || tier.label == target)) {
                arguments.push_back({"floor", target});
            } else if (!floor) {
                tiers += (tiers.empty() ? "" : ", ") + id;
            }
        }
    }
    if (!tiers.empty()) {
        arguments.push_back({"known", tiers});
    }
    std::string benefits;
    for (const BenefitOutcome& benefit : outcome.benefits) {
        benefits += (benefits.empty() ? "" : ", ") + benefit.id;
    }
    if (!benefits.empty()) {
        arguments.push_back({"benefits", benefits});
    }
    const auto named = [&](const Target& one) { return one.name == target; };
    if (std::count_if(all.begin(), all.end(), named) > 1) {
        arguments.push_back({"several", target});
    }
    if (std::string which = meant(all, target); !which.empty()) {
        arguments.push_back({"which", std::move(which)});
    }
    std::vector<std::string_view> names;
    for (const Target& one : all) {
        names.insert(names.end(), {one.id, one.name, one.label});
    }
    if (const std::string_view close = nearest(target, names); !close.empty()) {
        const auto at = std::find(names.begin(), names.end(), close) - names.begin();
        arguments.push_back({"close", all[static_cast<std::size_t>(at) / 3].id});
    }
    return arguments;
}

/// Of requirements each once, whatever the tiers.
template <typename Part>
void add_named(std::vector<Target>& all, const std::vector<Part>& parts) {
    for (const Part& part : parts) {
        if (std::none_of(all.begin(), all.end(),
                         [&](const Target& known) { return known.id == part.id; })) {
            all.push_back({part.id, part.id, part.label});
        }
    }
}

} // namespace

std::optional<Diagnostic> unknown_target(const Outcome& outcome, const std::string& target) {
    if (find_tier(outcome, target) ||
        std::any_of(outcome.benefits.begin(), outcome.benefits.end(),
                    [&](const BenefitOutcome& benefit) { return benefit.id == target; })) {
        return std::nullopt;
    }
    return present(
        Fault{Code::unknown_target, {}, not_found(outcome, targets(outcome), target), {}, {}});
}

std::optional<Diagnostic> unknown_subject(const Outcome& outcome, const std::string& subject) {
    if (find_subject(outcome, subject)) {
        return std::nullopt;
    }
    std::vector<Target> all = targets(outcome);
    add_named(all, outcome.requirements);
    add_named(all, outcome.values);
    add_named(all, outcome.notices);
    std::vector<Argument> arguments = not_found(outcome, all, subject);
    std::vector<std::string> names;
    for (const Target& one : all) {
        names.push_back(one.id);
    }
    arguments.push_back({"asked", subject});
    arguments.push_back({"names", listed(names, ", ")});
    return present(Fault{Code::unknown_target, {}, std::move(arguments), {}, {}});
}

std::string qualified_tier(const Outcome& outcome, const LadderOutcome& ladder,
                           const std::string& tier) {
    std::size_t same = 0;
    for (const LadderOutcome& other : outcome.ladders) {
        same += static_cast<std::size_t>(
            std::count_if(other.tiers.begin(), other.tiers.end(),
                          [&](const TierName& name) { return name.id == tier; }));
    }
    return same > 1 ? ladder.id + "." + tier : tier;
}

std::optional<TierPlace> find_tier(const Outcome& outcome, const std::string& target) {
    for (std::size_t i = 0; i < outcome.ladders.size(); ++i) {
        const LadderOutcome& ladder = outcome.ladders[i];
        for (std::size_t tier = 1; tier < ladder.tiers.size(); ++tier) {
            const std::string& id = ladder.tiers[tier].id;
            if (target == qualified_tier(outcome, ladder, id) || target == ladder.id + "." + id) {
                return TierPlace{i, tier};
            }
        }
    }
    return std::nullopt;
}

// ---- batches -----------------------------------------------------------------------------------

struct BatchEvaluator::Parts {
    Parts(const Program& of, const Setting& at)
        : program(of), setting(at), evaluator(program.model()) {}
    Program program;
    Setting setting;
    Evaluator evaluator;
    const Verdicts* verdicts = nullptr; // of the facts evaluated last …
    bool applied = false; // … if they were

    [[nodiscard]] bool applies(const Facts& bound) const {
        const Model& model = program.model();
        const FactSheet& facts = bound.sheet();
        if (!read_for(program, bound) || (needs_day(model, facts) && !setting.dated)) {
            return false;
        }
        const bool same_day = !program.needs_date() || !facts.on || *facts.on == setting.on;
        const bool same_review = !facts.review || setting.review == none ||
                                 model.reviews[setting.review].id == *facts.review;
        return same_day && same_review && (!facts.version || *facts.version == model.version);
    }
};

BatchEvaluator::BatchEvaluator(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
BatchEvaluator::BatchEvaluator(BatchEvaluator&&) noexcept = default;
BatchEvaluator& BatchEvaluator::operator=(BatchEvaluator&&) noexcept = default;
BatchEvaluator::~BatchEvaluator() = default;

Result<BatchEvaluator> BatchEvaluator::of(const Program& program, const EvaluateOptions& options) {
    Result<BatchEvaluator> result;
    Setting setting =
        SettingReader(program.model(), result.diagnostics).read(options.on, options.review);
    setting.assumptions = read_assumptions(program.model(), options.assume, result.diagnostics);
    if (!result.diagnostics.has_errors()) {
        result.value = BatchEvaluator(std::make_unique<Parts>(program, setting));
    }
    return result;
}

BatchEvaluator::Verdict BatchEvaluator::evaluate(const Facts& facts) {
    const Model& model = parts_->program.model();
    parts_->applied = parts_->applies(facts);
    if (parts_->applied) {
        parts_->verdicts = &parts_->evaluator.evaluate(facts.sheet(), parts_->setting);
    }
    return model.ladders.empty() ? Verdict{std::nullopt, 0, 1, parts_->applied} : of_ladder(0);
}

BatchEvaluator::Verdict BatchEvaluator::of_ladder(std::size_t ladder) const {
    Verdict verdict;
    if (!parts_->applied) {
        const std::size_t tiers = parts_->program.model().ladders[ladder].tiers.size();
        verdict.applies = false;
        verdict.possible = (std::uint64_t{1} << tiers) - 1;
        return verdict;
    }
    const Standing& standing = parts_->verdicts->standings[ladder];
    if (standing.tier != none) {
        verdict.tier = standing.tier;
    }
    verdict.at_least = standing.at_least;
    verdict.possible = standing.possible;
    return verdict;
}

} // namespace rung
