#include "bench/large_rules.hpp"

#include <rung/rung.hpp>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include <fmt/format.h>

namespace rung::bench {

namespace {

/// Each requirement has a fact and a measure of its own, as a guide's would; every tenth has two ways.
std::string make_rules(std::size_t requirements) {
    std::string text =
        "program large \"Large\"\nversion 1\neffective 2024-01-01 onwards\ncurrency USD\n"
        "source \"Made up\"\n"
        "ladder none \"None\" < member \"Member\" < gold \"Gold\" climbed one by one\n\n"
        "record deal \"Deal\"\n  closed_on date \"Closed on\"\n  worth money \"Worth\"\n\n"
        "facts\n  deals list of deal \"Deals\"\n";
    for (std::size_t i = 0; i < requirements; ++i) {
        text += fmt::format("  fact_{0} whole number \"Fact {0}\" at least 0\n", i);
    }
    for (std::size_t i = 0; i < requirements; ++i) {
        text += fmt::format(
            "\ndefine measure_{0} \"Measure {0}\"\n  fact_{0} + (count of deals where worth > ${1} "
            "and closed_on in trailing {2} days)\n",
            i, i + 1, i % 700 + 1);
    }
    text += "\nrequirements\n| name | label | asks | member | gold | cite "
            "|\n|---|---|---|---|---|---|\n";
    for (std::size_t i = 0; i < requirements; ++i) {
        if (i % 10 == 0) {
            text += fmt::format("| row_{0} | \"Row {0}\" | any one of | yes | yes | p. 1 |\n"
                                "| row_{0}.more | \"More\" | measure_{0} >= _ | 2 | 4 | p. 1 |\n"
                                "| row_{0}.less | \"Less\" | fact_{0} >= _ | 3 | 5 | p. 1 |\n",
                                i);
        } else {
            text += fmt::format("| row_{0} | \"Row {0}\" | measure_{0} >= _ | 2 | 4 | p. 1 |\n", i);
        }
    }
    return text;
}

void give_up_on(const Diagnostics& diagnostics) {
    std::fprintf(stderr, "%s\n", diagnostics.to_text().c_str());
    std::exit(1);
}

template <typename Work>
void over_requirements(const char* what, std::size_t count, Work work) {
    const auto text = std::make_shared<const std::string>(make_rules(count));
    if (const Result<Program> program = Program::parse("large.rung", *text); !program) {
        give_up_on(program.diagnostics);
    }
    const auto run = [text, count, work](benchmark::State& state) {
        using Counter = benchmark::Counter;
        for (auto _ : state) {
            work(*text);
        }
        const auto each_pass = static_cast<Counter::Flags>(Counter::kIsIterationInvariantRate);
        state.counters[per_partner] =
            Counter(static_cast<double>(count), each_pass | Counter::kInvert);
    };
    benchmark::RegisterBenchmark(fmt::format("rules/{}/{}", what, count).c_str(), run)
        ->Unit(benchmark::kMillisecond);
}

} // namespace

const std::vector<Ratio> large_rules_ratios = {
    {"checking a requirement of 3,000 / of 1,000", "rules/check/3000", "rules/check/1000"},
    {"checking a requirement of 10,000 / of 1,000", "rules/check/10000", "rules/check/1000"},
    {"formatting a requirement of 3,000 / of 1,000", "rules/format/3000", "rules/format/1000"},
    {"formatting a requirement of 10,000 / of 1,000", "rules/format/10000", "rules/format/1000"},
};

void time_large_rules() {
    for (const std::size_t count : {1'000U, 3'000U, 10'000U}) {
        over_requirements("check", count, [](const std::string& text) {
            const Result<Program> program = Program::parse("large.rung", text);
            benchmark::DoNotOptimize(lint(*program));
        });
        over_requirements("format", count, [](const std::string& text) {
            benchmark::DoNotOptimize(canonical("large.rung", text));
        });
    }
}

} // namespace rung::bench
