#include "bench/ratios.hpp"

#include <cstdio>

namespace rung::bench {

void RatioReporter::ReportRuns(const std::vector<Run>& runs) {
    for (const Run& run : runs) {
        const bool is_aggregate = run.run_type == Run::RT_Aggregate;
        const bool is_median = is_aggregate ? run.aggregate_name == "median" : run.repetitions == 1;
        if (is_median || !is_aggregate || run.aggregate_name == "cv") {
            families_[run.family_index].push_back(run);
        }
        const auto counter = run.counters.find(per_partner);
        if (is_median && counter != run.counters.end()) {
            medians_[run.run_name.function_name] = counter->second;
        }
    }
}

void RatioReporter::Finalize() {
    for (const auto& [index, runs] : families_) {
        ConsoleReporter::ReportRuns(runs);
    }
}

void RatioReporter::print(const std::vector<Ratio>& ratios) const {
    const char* title = "\nratios of medians within this run\n";
    for (const auto& [label, what, by] : ratios) {
        const auto a = medians_.find(what);
        const auto b = medians_.find(by);
        if (a != medians_.end() && b != medians_.end()) {
            std::printf("%s  %-64s %8.2f\n", title, label.c_str(), a->second / b->second);
            title = "";
        }
    }
}

} // namespace rung::bench
