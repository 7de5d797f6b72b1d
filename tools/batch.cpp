// `rung eval` over a list of partners.
#include "interpreter/model.hpp"
#include "interpreter/present.hpp"
#include "interpreter/repeated_keys.hpp"
#include "interpreter/setting.hpp"
#include "interpreter/text.hpp"
#include "interpreter/words.hpp"
#include "tools/kinds.hpp"
#include "tools/partner_list.hpp"
#include "tools/progress.hpp"
#include "tools/rows.hpp"
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/fast.hpp>

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <unistd.h>

namespace rung::tools {

namespace {

// ---- judging -------------------------------------------------------------------------------------

/// Outcomes that hold verdicts and nothing else, for columns that ask for no more: quicker by far than those that
/// explain. One workspace for each version, day and review.
class VerdictMaker {
public:
    /// Nothing where the facts are not for that day or review: `evaluate` says what is wrong.
    std::optional<Outcome> outcome(const Case& partner, EvaluateOptions options) {
        options.on = options.on ? options.on : partner.facts.on();
        options.review = options.review ? options.review : partner.facts.review();
        Workspace* workspace = workspace_for(partner.chosen.program, options);
        if (workspace == nullptr || !workspace->batch.evaluate(partner.facts).applies) {
            return std::nullopt;
        }
        Outcome outcome = workspace->blank;
        outcome.partner = partner_name(partner.chosen.program.model(), partner.facts.sheet(),
                                       outcome.partner_key);
        for (std::size_t i = 0; i < outcome.ladders.size(); ++i) {
            fill(outcome.ladders[i], workspace->batch.of_ladder(i));
        }
        return outcome;
    }

private:
    struct Workspace {
        BatchEvaluator batch;
        Outcome blank; // without verdicts
    };
    using Key = std::tuple<const Model*, std::optional<std::string>, std::optional<std::string>>;
    /// A list has few days and reviews; one that has a day of its own for each partner must not fill the memory.
    static constexpr std::size_t most_workspaces = 64;

    Workspace* workspace_for(const Program& program, const EvaluateOptions& options) {
        const Key key{&program.model(), options.on, options.review};
        const auto known = workspaces_.find(key);
        if (known != workspaces_.end()) {
            return &known->second;
        }
        Result<BatchEvaluator> batch = BatchEvaluator::of(program, options);
        if (!batch) {
            return nullptr;
        }
        if (workspaces_.size() == most_workspaces) {
            workspaces_.clear();
        }
        return &workspaces_.emplace(key, Workspace{std::move(*batch), blank(program.model())})
                    .first->second;
    }

    static Outcome blank(const Model& model) {
        Outcome outcome;
        outcome.program = model.name;
        outcome.version = model.version;
        for (const Ladder& ladder : model.ladders) {
            LadderOutcome& of = outcome.ladders.emplace_back();
            of.id = ladder.id;
            of.label = ladder.label;
            for (const Tier& tier : ladder.tiers) {
                of.tiers.push_back({tier.id, tier.label});
            }
        }
        return outcome;
    }

    static void fill(LadderOutcome& ladder, const BatchEvaluator::Verdict& verdict) {
        if (verdict.tier) {
            ladder.tier = ladder.tiers[*verdict.tier].id;
        }
        ladder.at_least = ladder.tiers[verdict.at_least].id;
        for (std::size_t i = 0; i < ladder.tiers.size(); ++i) {
            if ((verdict.possible >> i & 1U) != 0) {
                ladder.possible.push_back(ladder.tiers[i].id);
            }
        }
    }

    std::map<Key, Workspace> workspaces_;
};

/// Judges partners of a list, one like the other.
class Judge {
public:
    Judge(const Registry& versions, const Question& question, std::string list,
          const std::vector<Column>& columns)
        : versions_(versions),
          question_(question),
          list_(std::move(list)),
          verdicts_suffice_(!question.for_partner &&
                            std::all_of(columns.begin(), columns.end(), is_verdict)) {}

    /// With an error among the findings, without a value.
    Result<Outcome> judge(const Listed& partner) {
        Result<Outcome> result;
        if (!partner.findings.has_errors()) {
            try {
                result = judge_facts(partner);
            } catch (const Refusal& refusal) {
                result.diagnostics.add(present(refusal.fault));
            }
            result.diagnostics = placed(result.diagnostics, partner, list_);
        }
        Diagnostics findings = partner.findings;
        findings.add(result.diagnostics);
        result.diagnostics = std::move(findings);
        if (result) {
            result->warnings = result.diagnostics;
        }
        if (result && question_.for_partner) {
            result.value = redacted(std::move(*result));
        }
        return result;
    }

    [[nodiscard]] const RepeatedKeys& keys() const { return keys_; }

private:
    Result<Outcome> judge_facts(const Listed& listed) {
        Result<Case> partner = case_of(versions_, question_, list_, listed.json);
        if (!partner) {
            return {std::nullopt, std::move(partner.diagnostics)};
        }
        const EvaluateOptions options = options_of(question_, partner->chosen);
        Result<Outcome> result;
        if (verdicts_suffice_) {
            result.value = verdicts_.outcome(*partner, options);
        }
        if (!result) {
            result = evaluate(partner->chosen.program, partner->facts, options);
        }
        if (result) {
            note_key(*partner, options, *result, listed.line);
        }
        Diagnostics findings = std::move(partner.diagnostics);
        findings.add(result.diagnostics);
        result.diagnostics = std::move(findings);
        return result;
    }

    void note_key(const Case& partner, const EvaluateOptions& options, const Outcome& outcome,
                  std::uint64_t line) {
        keys_.add(outcome.partner_key, options.on ? options.on : partner.facts.on(),
                  options.review ? options.review : partner.facts.review(), line);
    }

    const Registry& versions_;
    const Question& question_;
    std::string list_;
    bool verdicts_suffice_;
    VerdictMaker verdicts_;
    RepeatedKeys keys_;
};

// ---- what is told of the list --------------------------------------------------------------------

/// Counts verdicts, and keeps the first warning of each kind.
class Tally {
public:
    explicit Tally(const Wording& words) : words_(words) {}

    void add(const Outcome& outcome) {
        ++judged_;
        for (std::size_t i = 0; i < outcome.ladders.size(); ++i) {
            const LadderOutcome& ladder = outcome.ladders[i];
            if (ladders_.size() == i) {
                ladders_.emplace_back();
            }
            Ladder& counts = ladders_[i];
            counts.label = ladder.label;
            ++(ladder.tier ? counts.by_tier[label_of(ladder)] : counts.undecided);
        }
    }

    void add_fault() { ++faulty_; }

    void warn(const Diagnostics& findings) { warnings_.add(findings); }

    [[nodiscard]] bool has_faults() const { return faulty_ > 0; }
    [[nodiscard]] std::uint64_t count() const { return judged_ + faulty_; }
    [[nodiscard]] const Diagnostics& warnings() const { return warnings_.first(); }

    /// "1,204 partners: 61 Gold, 1,142 Silver; 1 could not be read"
    [[nodiscard]] std::string summary() const {
        std::string text = words_.counted(Say::list_partners, words_.in_digits(count()));
        if (ladders_.size() == 1 && judged_ > 0) {
            text = words_.say(Say::labelled, text, tiers(ladders_.front()));
        }
        if (faulty_ > 0) {
            text += words_.say(Say::joint_apart) +
                    words_.counted(Say::list_unread, words_.in_digits(faulty_));
        }
        text = harmless(text) + "\n";
        for (const Ladder& ladder : ladders_) {
            if (ladders_.size() > 1) {
                text += harmless(words_.say(Say::labelled, ladder.label, tiers(ladder))) + "\n";
            }
        }
        return text;
    }

private:
    struct Ladder {
        std::string label;
        std::map<std::pair<std::size_t, std::string>, std::uint64_t> by_tier; // lowest first
        std::uint64_t undecided = 0;
    };

    [[nodiscard]] std::string tiers(const Ladder& ladder) const {
        std::string text;
        const auto add = [&](const std::string& item) {
            text += (text.empty() ? "" : words_.say(Say::joint)) + item;
        };
        for (auto tier = ladder.by_tier.rbegin(); tier != ladder.by_tier.rend(); ++tier) {
            add(words_.say(Say::list_at_tier, words_.in_digits(tier->second).text,
                           tier->first.second));
        }
        if (ladder.undecided > 0) {
            add(words_.counted(Say::list_undecided, words_.in_digits(ladder.undecided)));
        }
        return text;
    }

    [[nodiscard]] std::pair<std::size_t, std::string> label_of(const LadderOutcome& ladder) {
        const auto tier = std::find_if(ladder.tiers.begin(), ladder.tiers.end(),
                                       [&](const TierName& one) { return one.id == *ladder.tier; });
        return {static_cast<std::size_t>(tier - ladder.tiers.begin()),
                is_called(tier->label) ? tier->label : words_.say(Say::no_tier)};
    }

    const Wording& words_;
    std::uint64_t judged_ = 0;
    std::uint64_t faulty_ = 0;
    std::vector<Ladder> ladders_;
    Kinds warnings_;
};

/// Named are the first few; the rest is counted.
std::string some_of(const std::vector<std::string>& names, std::uint64_t count) {
    constexpr std::size_t most = 5;
    const std::size_t shown = std::min(names.size(), most);
    const std::vector<std::string> first(names.begin(),
                                         names.begin() + static_cast<std::ptrdiff_t>(shown));
    std::string text = fmt::format("{}", fmt::join(first, ", "));
    return count == shown ? text : fmt::format("{} and {} more", text, count - shown);
}

Diagnostics repetitions(const RepeatedKeys& keys, const std::string& list) {
    std::vector<std::string> names;
    for (const Impact::Repeated& repeated : keys.first()) {
        std::vector<std::string> lines;
        for (const std::uint64_t line : repeated.lines) {
            lines.push_back(std::to_string(line));
        }
        names.push_back(
            fmt::format("`{}` (lines {})", repeated.key, some_of(lines, repeated.times)));
    }
    Diagnostics found;
    if (!names.empty()) {
        found.add(present(Code::partner_twice,
                          {{"file", list}, {"partners", some_of(names, keys.count())}}));
    }
    return found;
}

// ---- the call ------------------------------------------------------------------------------------

RowFormat row_format(const std::string& name) {
    if (name == "markdown" || name == "html") {
        refuse(Code::unknown_format, {});
    }
    return name == "csv"      ? RowFormat::csv
           : name == "ndjson" ? RowFormat::ndjson
           : name == "json"   ? RowFormat::json
                              : RowFormat::text;
}

/// The versions, the one first that the call chooses, or else the latest.
std::vector<Program> versions_for(const Registry& registry, const Question& question) {
    std::vector<Program> versions = registry.versions();
    std::reverse(versions.begin(), versions.end());
    const std::optional<std::string> on =
        question.on ? std::optional(day_of(*question.on)) : std::nullopt;
    if (on || question.version) {
        if (const Result<Chosen> chosen = registry.choose(on, question.version)) {
            std::stable_partition(versions.begin(), versions.end(), [&](const Program& version) {
                return version.version() == chosen->program.version();
            });
        }
    }
    return versions;
}

void refuse_result_as_cell(RowFormat format, const std::vector<Column>& columns) {
    const bool has_cells = format == RowFormat::text || format == RowFormat::csv;
    const bool has_result = std::any_of(columns.begin(), columns.end(), [](const Column& column) {
        return column.what == Column::What::result;
    });
    if (has_cells && has_result) {
        refuse(Code::unknown_name, {{"kind", "column of a table"},
                                    {"name", "result"},
                                    {"hint", "`--format ndjson` or `json` has room for it"}});
    }
}

/// Goes through the list and writes a row for each partner.
void answer(PartnerList& list, Judge& judge, const Input& input, Rows& rows, Tally& tally,
            Progress& progress) {
    rows.begin();
    while (const std::optional<Listed> partner = list.next()) {
        const Result<Outcome> result = judge.judge(*partner);
        if (result) {
            rows.add(partner->line, *result);
            tally.add(*result);
        } else {
            rows.add(partner->line, result.diagnostics, input.name());
            tally.add_fault();
        }
        tally.warn(result.diagnostics);
        progress.show(tally.count(), input);
    }
}

} // namespace

bool ListCall::is_list(const std::string& facts) const {
    return list_form(facts, input) != ListForm::single || format == "csv" || format == "ndjson" ||
           !columns.empty();
}

int eval_list(const Question& question, const ListCall& call, const Console& console) {
    std::vector<std::string> inputs = files_of(call.lists);
    inputs.insert(inputs.end(), {question.facts, question.rules});
    refuse_overwriting({call.output}, inputs);
    const std::optional<Registry> registry = load_versions(question, console);
    if (!registry) {
        return ExitCode::invalid;
    }
    const std::vector<Program> versions = versions_for(*registry, question);
    const RowFormat format = row_format(call.format);
    const std::vector<Column> columns = columns_named(call.columns, versions);
    refuse_result_as_cell(format, columns);
    Input input(question.facts);
    const ListOptions options{
        list_form(question.facts, call.input), call.lists, call.incomplete, question.strict, "eval",
        !question.on && !question.version};
    const Result<std::unique_ptr<PartnerList>> list = open_list(input, options, versions);
    if (!list) {
        console.fail(list.diagnostics);
        return ExitCode::invalid;
    }
    Output output(call.output);
    Rows rows(format, columns, output, style_of(question));
    Judge judge(*registry, question, input.name(), columns);
    const Wording& words = Wording::of(question.language);
    Tally tally(words);
    {
        const bool is_clear = output.is_file() || isatty(STDOUT_FILENO) == 0;
        Progress progress(is_clear && !console.is_quiet(), words);
        answer(**list, judge, input, rows, tally, progress);
    }
    rows.end(console.is_quiet() ? "" : Console::fitted(tally.summary(), style_of(question).width));
    output.finish();
    const Diagnostics about = (*list)->findings();
    tally.warn(about);
    tally.warn(repetitions(judge.keys(), input.name()));
    console.warn(tally.warnings());
    if (format != RowFormat::text || output.is_file()) {
        console.note(tally.summary());
    }
    if (about.has_errors()) {
        console.fail(about);
    }
    return tally.has_faults() || about.has_errors() ? ExitCode::findings : ExitCode::clean;
}

} // namespace rung::tools
