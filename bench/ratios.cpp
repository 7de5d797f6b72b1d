#include "bench/ratios.hpp"

#include <cstdio>

namespace rung::bench {

void RatioReporter::ReportRuns(const std::vector<Run>& runs) {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
        const bool is_median = run.run_type == Run::RT_Aggregate ? run.aggregate_name == "median"
                                                                 : run.repetitions == 1;
        const auto rate = run.counters.find("items_per_second");
        if (is_median && rate != run.counters.end()) {
            items_per_second_[run.run_name.function_name + run.run_name.args] = rate->second;
        }
    }
}

void RatioReporter::print(const std::vector<Ratio>& ratios) const {
    std::puts("\nratios within this run, from the medians");
    for (const auto& [label, what, by] : ratios) {
        const auto a = items_per_second_.find(what);
        const auto b = items_per_second_.find(by);
        if (a != items_per_second_.end() && b != items_per_second_.end()) {
            std::printf("  %-64s %8.2f\n", label.c_str(), b->second / a->second);
        }
    }
}

} // namespace rung::bench
