// Google Benchmark's own table, and at its end what one time is in terms of another.
//
// A time says as much about the machine, and about who else uses it, as about the program. Two times of
// one run share all that, so their ratio is what is worth writing down.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace rung::bench {

/// One line of the table: the time of `what` by that of `by`, each a benchmark, per item.
struct Ratio {
    std::string label;
    std::string what;
    std::string by;
};

class RatioReporter : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override;

    /// Leaves out lines of which a benchmark did not run.
    void print(const std::vector<Ratio>& ratios) const;

private:
    std::map<std::string, double> items_per_second_; // by benchmark, the median of its repetitions
};

} // namespace rung::bench
