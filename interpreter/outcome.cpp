// The two ways in: one partner with explanations, and a batch with verdicts only.
#include "interpreter/evaluate.hpp"
#include "interpreter/explain.hpp"
#include "interpreter/figures.hpp"
#include "interpreter/present.hpp"

#include <rung/fast.hpp>
#include <rung/outcome.hpp>

#include <algorithm>

namespace rung {

namespace {

/// The day and review of an evaluation, or why they cannot be told.
class SettingReader {
public:
    SettingReader(const Model& model, Diagnostics& diagnostics)
        : model_(model), diagnostics_(diagnostics) {}

    Setting read(const std::optional<std::string>& on, const std::optional<std::string>& review) {
        Setting setting;
        const std::optional<Date> day = this->day(on);
        if (day) {
            setting.on = *day;
        } else if (!on && (model_.uses_date || model_.uses_review)) {
            say(Code::no_date, {{"purpose", "evaluating"}, {"input", or_input(model_.on_key)}});
        }
        setting.review = this->review(review);
        return setting;
    }

    std::optional<Date> day(const std::optional<std::string>& text) {
        if (!text) {
            return std::nullopt;
        }
        const ParsedDate parsed = Date::parse(*text);
        if (!parsed) {
            say(parsed.fault == DateTextFault::no_such_day ? Code::no_such_day : Code::bad_date,
                {{"found", *text}});
            return std::nullopt;
        }
        return parsed.value;
    }

    void say(Code code, std::vector<Argument> arguments) {
        diagnostics_.add(present(Fault{code, {}, std::move(arguments), {}, {}}));
    }

private:
    static std::string or_input(const std::string& key) {
        return key.empty() ? "" : ", or `" + key.substr(1) + "` to the facts";
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

void describe(const Program& program, const Facts& facts, const Setting& setting,
              const Recording& recording, Outcome& out) {
    const Model& model = program.model();
    out.program = model.name;
    out.program_label = model.label;
    out.version = model.version;
    out.rules_file = model.source.name();
    out.rules_sha256 = model.sha256;
    out.facts_sha256 = facts.sha256();
    if (program.needs_date()) {
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
    out.partner = partner_name(model, facts.sheet(), out.partner_key);
}

void standing(const Model& model, const FactSheet& facts, const Standing& standing, Outcome& out) {
    for (const Tier& tier : model.tiers) {
        out.tiers.push_back({tier.id, tier.label});
    }
    if (model.tiers.empty()) {
        return;
    }
    out.climbs = model.climb == Climb::one_by_one;
    out.at_least = model.tiers[standing.at_least].id;
    if (standing.tier != none) {
        out.tier = model.tiers[standing.tier].id;
    }
    for (std::size_t i = 0; i < model.tiers.size(); ++i) {
        if ((standing.possible >> i & 1U) != 0) {
            out.possible.push_back(model.tiers[i].id);
        }
    }
    if (facts.held && facts.held->tier != none) {
        const auto text = [](const std::optional<Date>& day) {
            return day ? std::optional(day->to_string()) : std::nullopt;
        };
        out.held = HeldOutcome{model.tiers[facts.held->tier].id, text(facts.held->since),
                               text(facts.held->protected_until)};
    }
}

/// Facts are slots of one program; with another one they would mean other things.
bool read_for(const Program& program, const Facts& facts) {
    return &facts.program().model() == &program.model() ||
           facts.program().sha256() == program.sha256();
}

} // namespace

Result<Outcome> evaluate(const Program& program, const Facts& facts,
                         const EvaluateOptions& options) {
    const Model& model = program.model();
    Result<Outcome> result;
    SettingReader reader(model, result.diagnostics);
    const auto on = agreed("the date is", options.on, facts.on(), reader);
    const auto review = agreed("the review is", options.review, facts.review(), reader);
    if (!read_for(program, facts)) {
        reader.say(Code::other_version,
                   {{"found", facts.program().version()}, {"version", model.version}});
        return result;
    }
    if (!options.named_version && facts.version() && *facts.version() != model.version) {
        reader.say(Code::other_version, {{"found", *facts.version()}, {"version", model.version}});
    }
    const Setting setting = result.diagnostics.has_errors() ? Setting{} : reader.read(on, review);
    if (result.diagnostics.has_errors()) {
        return result;
    }
    Verdicts verdicts(model);
    Recording recording;
    record(model, facts.sheet(), setting, verdicts, recording);
    Outcome outcome;
    outcome.in_force = options.in_force;
    describe(program, facts, setting, recording, outcome);
    standing(model, facts.sheet(), verdicts.standing, outcome);
    explain({model, facts.sheet(), setting, verdicts, recording}, outcome);
    result.value = std::move(outcome);
    return result;
}

std::optional<Diagnostic> unknown_target(const Outcome& outcome, const std::string& target) {
    std::vector<std::string_view> known;
    std::string tiers;
    for (std::size_t i = 1; i < outcome.tiers.size(); ++i) {
        known.push_back(outcome.tiers[i].id);
        tiers += (tiers.empty() ? "" : ", ") + outcome.tiers[i].id;
    }
    for (const BenefitOutcome& benefit : outcome.benefits) {
        known.push_back(benefit.id);
    }
    if (std::find(known.begin(), known.end(), target) != known.end()) {
        return std::nullopt;
    }
    std::vector<Argument> arguments{{"found", target}};
    if (!outcome.tiers.empty()) {
        arguments.push_back({"known", tiers});
        if (target == outcome.tiers.front().id) {
            arguments.push_back({"floor", target});
        }
    }
    if (const std::string_view close = nearest(target, known); !close.empty()) {
        arguments.push_back({"close", std::string(close)});
    }
    return present(Fault{Code::unknown_target, {}, std::move(arguments), {}, {}});
}

// ---- batches -----------------------------------------------------------------------------------

struct BatchEvaluator::Parts {
    Parts(const Program& of, const Setting& at)
        : program(of), setting(at), evaluator(program.model()) {}
    Program program;
    Setting setting;
    Evaluator evaluator;

    [[nodiscard]] bool applies(const Facts& bound) const {
        const Model& model = program.model();
        const FactSheet& facts = bound.sheet();
        if (!read_for(program, bound)) {
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
    const Setting setting =
        SettingReader(program.model(), result.diagnostics).read(options.on, options.review);
    if (!result.diagnostics.has_errors()) {
        result.value = BatchEvaluator(std::make_unique<Parts>(program, setting));
    }
    return result;
}

BatchEvaluator::Verdict BatchEvaluator::evaluate(const Facts& facts) {
    Verdict verdict;
    if (!parts_->applies(facts)) {
        verdict.applies = false;
        verdict.possible =
            (std::uint64_t{1} << std::max<std::size_t>(parts_->program.model().tiers.size(), 1)) -
            1;
        return verdict;
    }
    const Standing& standing = parts_->evaluator.evaluate(facts.sheet(), parts_->setting).standing;
    if (standing.tier != none) {
        verdict.tier = standing.tier;
    }
    verdict.at_least = standing.at_least;
    verdict.possible = standing.possible;
    return verdict;
}

} // namespace rung
