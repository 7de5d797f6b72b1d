// `rung replay`: an answer had again from its receipt, or what differs.
#include "interpreter/model.hpp"
#include "interpreter/present.hpp"
#include "interpreter/sha256.hpp"
#include "tools/receipt.hpp"
#include "tools/rules.hpp"

#include <rung/rung.hpp>

#include <algorithm>

namespace rung::tools {

namespace {

class Differences {
public:
    void add(Code code, std::vector<Argument> arguments) {
        all_.add(present(Fault{code, {}, std::move(arguments), {}, {}}));
    }
    [[nodiscard]] const Diagnostics& all() const { return all_; }

private:
    Diagnostics all_;
};

/// The version that the receipt names, with the name of its file then; nothing where it is not there or broken, which
/// was said.
std::optional<Program> rules_of(const Receipt& receipt, const std::string& path,
                                const Console& console) {
    Diagnostics faults;
    const std::vector<Program> programs = load_programs(path, faults);
    if (faults.has_errors()) {
        console.fail(faults);
        return std::nullopt;
    }
    const auto found = std::find_if(programs.begin(), programs.end(), [&](const Program& program) {
        return program.id() == receipt.program && program.version() == receipt.used_version;
    });
    if (found == programs.end()) {
        refuse(Code::receipt_other_rules,
               {{"program", receipt.program}, {"version", receipt.used_version}, {"path", path}});
    }
    return Program::parse(receipt.rules_file, std::string(found->model().source.text()))
        .value->in(receipt.shape.style.language);
}

std::string in_words(const std::vector<Receipt::Standing>& standings) {
    std::string text;
    for (const Receipt::Standing& standing : standings) {
        std::string tiers;
        for (const std::string& tier : standing.tiers) {
            tiers += (tiers.empty() ? "" : " or ") + tier;
        }
        text += (text.empty() ? "" : ", ") +
                (standing.ladder.empty() ? "" : standing.ladder + " ") + tiers;
    }
    return text;
}

/// The answer to the receipt's question, warnings included; nothing where there is none, which was said.
std::optional<Answer> again(const Receipt& receipt, const Program& program, const std::string& json,
                            const Console& console) {
    const Result<Facts> facts = Facts::read(program, receipt.facts_file, json, {receipt.strict});
    if (!facts) {
        console.fail(facts.diagnostics);
        return std::nullopt;
    }
    EvaluateOptions options;
    options.on = receipt.on;
    options.review = receipt.review;
    options.in_force = receipt.in_force;
    options.choice = receipt.choice;
    options.named_version = receipt.version.has_value();
    const Case read{*facts, {program, receipt.in_force, receipt.choice}, receipt.facts_file, json};
    std::optional<Outcome> outcome = judge(read, options, facts.diagnostics, console);
    if (!outcome) {
        return std::nullopt;
    }
    std::optional<Plan> ways = ways_for(read, options, receipt.strict, *outcome, receipt.shape);
    return Answer{std::move(*outcome), std::move(ways)};
}

} // namespace

int replay(const std::string& path, const Question& question, const Console& console) {
    const Receipt receipt = read_receipt(path);
    const std::optional<Program> program = rules_of(receipt, question.rules, console);
    if (!program) {
        return ExitCode::invalid;
    }
    const std::string json = read_facts(question).text;
    Differences differences;
    if (program->sha256() != receipt.rules_sha256) {
        differences.add(Code::receipt_rules,
                        {{"found", program->sha256()}, {"receipt", receipt.rules_sha256}});
    }
    const std::optional<Answer> found = again(receipt, *program, json, console);
    if (!found) {
        return ExitCode::invalid;
    }
    const Outcome* const outcome = &found->outcome;
    if (outcome->facts_sha256 != receipt.facts_sha256) {
        differences.add(Code::receipt_facts,
                        {{"found", outcome->facts_sha256}, {"receipt", receipt.facts_sha256}});
    }
    const std::string answer = shaped(*found, receipt.shape);
    const Receipt now = receipt_of(question, *found, receipt.shape);
    if (const std::string was = in_words(receipt.standings); was != in_words(now.standings)) {
        differences.add(Code::receipt_tier, {{"found", in_words(now.standings)}, {"receipt", was}});
    } else if (sha256(answer) != receipt.answer_sha256) {
        differences.add(Code::receipt_answer,
                        {{"found", sha256(answer)}, {"receipt", receipt.answer_sha256}});
    }
    if (receipt.engine != version()) {
        Differences engine;
        engine.add(Code::receipt_engine,
                   {{"found", receipt.engine}, {"version", std::string(version())}});
        console.warn(engine.all());
    }
    if (!differences.all().empty()) {
        console.fail(differences.all());
        return ExitCode::findings;
    }
    Console::out(answer);
    return ExitCode::clean;
}

} // namespace rung::tools
