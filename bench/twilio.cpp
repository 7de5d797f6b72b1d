// What Rung's shape costs: the Twilio 2023 rules over made-up partners, beside the same policy written
// by hand in C++ and beside a reader of the same JSON by nlohmann::json. README.md says how to read it.
#include "bench/allocations.hpp"
#include "bench/by_hand.hpp"
#include "bench/large_rules.hpp"
#include "bench/partners.hpp"
#include "bench/ratios.hpp"
#include "interpreter/evaluate.hpp"
#include "interpreter/turning_days.hpp"

#include <rung/rung.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace rung::bench {

namespace {

constexpr const char* rule_file = "rules/twilio-technology-2023/2023.rung";
constexpr std::size_t partner_count = 10'000;
constexpr std::size_t few = 200; // for what is slow, and for what fits the processor's caches
constexpr std::uint64_t seed = 2023;

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

template <typename T>
T sure(Result<T> result) {
    if (!result) {
        give_up(result.diagnostics.to_text());
    }
    return std::move(*result.value);
}

std::string read_file(const char* name) {
    std::ifstream in(name, std::ios::binary);
    if (!in) {
        give_up(std::string("cannot read ") + name + ": run this from the root of the repository");
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

// ---- what all benchmarks work on ---------------------------------------------------------------

struct Material {
    std::string rules;
    Program program;
    EvaluateOptions options;
    std::vector<std::string> texts;
    std::vector<Facts> facts;
    std::vector<by_hand::Partner> structs;
    by_hand::Review review;
};

Material prepare() {
    std::string rules = read_file(rule_file);
    Program program = sure(Program::parse(rule_file, rules));
    Material all{std::move(rules), std::move(program), {}, {}, {}, {}, {}};
    all.options.on = review_day;
    all.options.review = review_name;
    all.texts = make_partners(partner_count, seed);
    all.review = by_hand::annual_review(review_day);
    for (const std::string& text : all.texts) {
        all.facts.push_back(sure(Facts::read(all.program, "partner.json", text)));
        all.structs.push_back(by_hand::read(nlohmann::json::parse(text)));
    }
    return all;
}

// ---- the check before any timing ---------------------------------------------------------------

using Verdict = BatchEvaluator::Verdict;

bool same(const Verdict& a, const Verdict& b) {
    return a.tier == b.tier && a.at_least == b.at_least && a.possible == b.possible;
}

Verdict verdict_of(const by_hand::Standing& standing) {
    return {standing.tier, standing.at_least, standing.possible};
}

Verdict verdict_of(const Outcome& outcome) {
    const LadderOutcome& ladder = outcome.ladders.front();
    const auto index = [&](const std::string& id) {
        const auto is_it = [&](const TierName& tier) { return tier.id == id; };
        const auto at = std::find_if(ladder.tiers.begin(), ladder.tiers.end(), is_it);
        return static_cast<std::uint32_t>(at - ladder.tiers.begin());
    };
    Verdict verdict;
    if (ladder.tier) {
        verdict.tier = index(*ladder.tier);
    }
    verdict.at_least = index(ladder.at_least);
    verdict.possible = 0;
    for (const std::string& tier : ladder.possible) {
        verdict.possible |= std::uint64_t{1} << index(tier);
    }
    return verdict;
}

std::string in_words(const char* who, const Verdict& verdict) {
    return std::string("  ") + who + ": tier " +
           (verdict.tier ? std::to_string(*verdict.tier) : "undecided") + ", at least " +
           std::to_string(verdict.at_least) + ", possible by bit " +
           std::to_string(verdict.possible) + "\n";
}

/// All ways to a verdict agree on every partner, and every tier occurs; else there is nothing to time.
void check(const Material& all) {
    BatchEvaluator batch = sure(BatchEvaluator::of(all.program, all.options));
    const std::vector<std::string> tiers = all.program.tiers();
    std::vector<std::size_t> reached(tiers.size() + 1); // the last: undecided
    for (std::size_t i = 0; i < all.texts.size(); ++i) {
        const Verdict fast = batch.evaluate(all.facts[i]);
        const Verdict recorded = verdict_of(sure(evaluate(all.program, all.facts[i], all.options)));
        const Verdict hand = verdict_of(by_hand::judge(all.structs[i], all.review));
        if (!same(fast, recorded) || !same(fast, hand)) {
            give_up("partner " + std::to_string(i) + " is judged in more than one way\n" +
                    in_words("fast", fast) + in_words("recording", recorded) +
                    in_words("by hand", hand) + all.texts[i]);
        }
        reached[fast.tier.value_or(static_cast<std::uint32_t>(tiers.size()))] += 1;
    }
    if (std::find(reached.begin(), reached.end(), 0) != reached.end()) {
        give_up("some tier, or an undecided one, does not occur among the partners");
    }
    std::printf("%zu partners; fast mode, recording mode and the policy by hand agree on all:\n ",
                all.texts.size());
    for (std::size_t i = 0; i < tiers.size(); ++i) {
        std::printf(" %s %zu,", tiers[i].c_str(), reached[i]);
    }
    std::printf(" undecided %zu\n", reached.back());
}

void count_allocations(const Material& all) {
    BatchEvaluator batch = sure(BatchEvaluator::of(all.program, all.options));
    const std::uint64_t before = allocations();
    for (const Facts& facts : all.facts) {
        benchmark::DoNotOptimize(batch.evaluate(facts));
    }
    const auto made = static_cast<double>(allocations() - before);
    std::printf("allocations per fast evaluation: %g\n\n",
                made / static_cast<double>(all.facts.size()));
    std::fflush(stdout);
}

// ---- timings -----------------------------------------------------------------------------------

enum class Shown : std::uint8_t { time, time_and_bytes };

/// Sets what the table says beside the time of one pass over `partners` with texts of `bytes`.
void set_counters(benchmark::State& state, std::size_t partners, std::size_t bytes, Shown shown) {
    using Counter = benchmark::Counter;
    const auto each_pass = static_cast<Counter::Flags>(Counter::kIsIterationInvariantRate);
    state.counters[per_partner] =
        Counter(static_cast<double>(partners), each_pass | Counter::kInvert);
    if (shown == Shown::time_and_bytes) {
        state.counters["bytes_per_second"] =
            Counter(static_cast<double>(bytes), each_pass, Counter::kIs1024);
    }
}

/// Times `work(i)` for each of the first `count` partners, again and again.
template <typename Work>
void over(const Material& all, std::string name, std::size_t count, Shown shown, Work work) {
    const auto run = [&all, count, shown, work](benchmark::State& state) {
        for (auto _ : state) {
            for (std::size_t i = 0; i < count; ++i) {
                benchmark::DoNotOptimize(work(i));
            }
        }
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < count; ++i) {
            bytes += all.texts[i].size();
        }
        set_counters(state, count, bytes, shown);
    };
    name += '/' + std::to_string(count);
    benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMillisecond);
}

/// Once for all partners; the table calls it `per_partner` all the same.
void time_rules(const Material& all) {
    const auto run = [&all](benchmark::State& state) {
        for (auto _ : state) {
            benchmark::DoNotOptimize(Program::parse(rule_file, all.rules));
        }
        set_counters(state, 1, all.rules.size(), Shown::time_and_bytes);
    };
    benchmark::RegisterBenchmark("rules/parse_and_check", run)->Unit(benchmark::kMillisecond);
}

void time_reading(const Material& all) {
    over(all, "facts/rung", partner_count, Shown::time_and_bytes,
         [&all](std::size_t i) { return Facts::read(all.program, "partner.json", all.texts[i]); });
    over(all, "facts/dom", partner_count, Shown::time_and_bytes,
         [&all](std::size_t i) { return nlohmann::json::parse(all.texts[i]); });
    over(all, "facts/dom_to_structs", partner_count, Shown::time_and_bytes,
         [&all](std::size_t i) { return by_hand::read(nlohmann::json::parse(all.texts[i])); });
}

void time_verdicts(const Material& all) {
    const auto batch =
        std::make_shared<BatchEvaluator>(sure(BatchEvaluator::of(all.program, all.options)));
    for (const std::size_t count : {few, partner_count}) {
        over(all, "verdict/fast", count, Shown::time,
             [&all, batch](std::size_t i) { return batch->evaluate(all.facts[i]); });
        over(all, "verdict/by_hand", count, Shown::time,
             [&all](std::size_t i) { return by_hand::judge(all.structs[i], all.review); });
    }
}

/// The steps alone, which no caller of the public interface gets without what is made of them.
Index recorded_steps(const Material& all, const Setting& setting, std::size_t i) {
    const Model& model = all.program.model();
    Verdicts verdicts(model);
    Recording recording;
    record(model, all.facts[i].sheet(), setting, verdicts, recording);
    return static_cast<Index>(recording.steps.size());
}

void time_explaining(const Material& all) {
    const Setting setting{Date::parse(review_day).value, 0}; // the annual review stands first
    over(all, "explain/steps", few, Shown::time,
         [&all, setting](std::size_t i) { return recorded_steps(all, setting, i); });
    over(all, "explain/outcome", few, Shown::time,
         [&all](std::size_t i) { return evaluate(all.program, all.facts[i], all.options); });
    over(all, "explain/json", few, Shown::time, [&all](std::size_t i) {
        return to_json(*evaluate(all.program, all.facts[i], all.options));
    });
    over(all, "explain/text", few, Shown::time, [&all](std::size_t i) {
        return to_text(*evaluate(all.program, all.facts[i], all.options));
    });
}

/// A partner of the examples: what it would take to be Gold, and two years ahead, as the command answers them; beside
/// one recorded evaluation of the same facts.
void time_one_partner(const Material& all) {
    constexpr const char* name = "examples/partners/acme-silver.json";
    struct Partner {
        Program program;
        Registry versions;
        std::string text;
        Facts facts;
        Setting setting;
    };
    Program program = sure(Program::parse(rule_file, all.rules));
    std::string text = read_file(name);
    Facts facts = sure(Facts::read(program, name, text));
    const Setting setting{*facts.sheet().on, true, 0}; // the annual review stands first
    Registry versions = sure(Registry::of({program}));
    const auto acme = std::make_shared<const Partner>(Partner{
        std::move(program), std::move(versions), std::move(text), std::move(facts), setting});
    const auto once = [](const char* what, auto work) {
        const auto run = [work](benchmark::State& state) {
            for (auto _ : state) {
                benchmark::DoNotOptimize(work());
            }
            set_counters(state, 1, 0, Shown::time);
        };
        benchmark::RegisterBenchmark(what, run)->Unit(benchmark::kMillisecond);
    };
    once("acme/recorded", [acme] {
        Verdicts verdicts(acme->program.model());
        Recording recording;
        record(acme->program.model(), acme->facts.sheet(), acme->setting, verdicts, recording);
        return recording.steps.size();
    });
    once("acme/plan", [acme] { return sure(plan(acme->program, name, acme->text, "gold")); });
    OutlookOptions two_years;
    two_years.until = "2025-02-15";
    once("acme/outlook",
         [acme, two_years] { return sure(outlook(acme->versions, name, acme->text, two_years)); });
}

/// Two years ahead: the days on which anything can change, found and evaluated; and every day.
void time_outlook(const Material& all) {
    const Model& model = all.program.model();
    const Date from = Date::parse(review_day).value;
    const Window days{from, *add_months(from, 24)};
    const Index annual = 0; // the annual review stands first
    const auto count = [&model, annual](Evaluator& evaluator, const FactSheet& facts, Date on) {
        return evaluator.evaluate(facts, Setting{on, true, annual}).standings.front().possible;
    };
    const auto workspace = std::make_shared<Evaluator>(model);
    over(all, "outlook/turning_days", few, Shown::time, [=, &all, &model](std::size_t i) {
        const FactSheet& facts = all.facts[i].sheet();
        std::uint64_t seen = count(*workspace, facts, days.from);
        for (const Date day : turning_days(model, facts, annual, days).days) {
            seen += count(*workspace, facts, day);
        }
        return seen;
    });
    over(all, "outlook/every_day", few, Shown::time, [=, &all](std::size_t i) {
        std::uint64_t seen = 0;
        for (int day = 0; day < days.days(); ++day) {
            seen += count(*workspace, all.facts[i].sheet(), *add_days(days.from, day));
        }
        return seen;
    });
}

void time_whole_way(const Material& all) {
    const auto batch =
        std::make_shared<BatchEvaluator>(sure(BatchEvaluator::of(all.program, all.options)));
    over(all, "whole_way/rung", partner_count, Shown::time_and_bytes, [&all, batch](std::size_t i) {
        return batch->evaluate(*Facts::read(all.program, "partner.json", all.texts[i]));
    });
    over(all, "whole_way/dom_by_hand", partner_count, Shown::time_and_bytes, [&all](std::size_t i) {
        return by_hand::judge(by_hand::read(nlohmann::json::parse(all.texts[i])), all.review);
    });
}

const std::vector<Ratio> ratios = {
    {"reading facts / nlohmann DOM", "facts/rung/10000", "facts/dom/10000"},
    {"reading facts / nlohmann DOM and structs", "facts/rung/10000", "facts/dom_to_structs/10000"},
    {"fast evaluation / by hand, 10,000 partners", "verdict/fast/10000", "verdict/by_hand/10000"},
    {"fast evaluation / by hand, 200 partners", "verdict/fast/200", "verdict/by_hand/200"},
    {"recorded steps / fast evaluation", "explain/steps/200", "verdict/fast/200"},
    {"outcome / fast evaluation", "explain/outcome/200", "verdict/fast/200"},
    {"outcome and JSON / outcome", "explain/json/200", "explain/outcome/200"},
    {"outcome and text / outcome", "explain/text/200", "explain/outcome/200"},
    {"two years ahead by turning days / by every day", "outlook/turning_days/200",
     "outlook/every_day/200"},
    {"a plan for one partner / a recorded evaluation", "acme/plan", "acme/recorded"},
    {"an outlook of two years / a recorded evaluation", "acme/outlook", "acme/recorded"},
    {"JSON text to verdict / nlohmann DOM and by hand", "whole_way/rung/10000",
     "whole_way/dom_by_hand/10000"},
    {"parsing and checking the rules / JSON text to verdict of one partner",
     "rules/parse_and_check", "whole_way/rung/10000"},
};

/// On a shared machine, repetitions taken in turns put what disturbs them on all alike. What the caller
/// gives comes later and so wins.
void initialize(int argc, char** argv) {
    static std::string defaults[] = {
        "--benchmark_repetitions=9", "--benchmark_enable_random_interleaving=true",
        "--benchmark_min_time=0.1", "--benchmark_display_aggregates_only=true"};
    std::vector<char*> arguments{argv[0]};
    for (std::string& argument : defaults) {
        arguments.push_back(argument.data());
    }
    arguments.insert(arguments.end(), argv + 1, argv + argc);
    auto count = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) {
        std::exit(2);
    }
}

int run(int argc, char** argv) {
    initialize(argc, argv);
    const Material all = prepare();
    check(all);
    count_allocations(all);
    time_rules(all);
    time_large_rules();
    time_reading(all);
    time_verdicts(all);
    time_explaining(all);
    time_outlook(all);
    time_one_partner(all);
    time_whole_way(all);
    RatioReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    reporter.print(ratios);
    reporter.print(large_rules_ratios);
    return 0;
}

} // namespace

} // namespace rung::bench

int main(int argc, char** argv) { return rung::bench::run(argc, argv); }
