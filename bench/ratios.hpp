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

/// The counter by which benchmarks are compared: seconds of processor time for each partner.
inline constexpr const char* per_partner = "per_partner";

/// One line of the table: `per_partner` of one benchmark divided by that of another.
struct Ratio {
    std::string label;
    std::string what;
    std::string by;
};

/// Keeps the order in which benchmarks were registered, also where they were run in turns, and of
/// repetitions shows the median and how far they lie apart.
class RatioReporter : public benchmark::ConsoleReporter {
public:
    RatioReporter() : ConsoleReporter(OO_None) {}

    void ReportRuns(const std::vector<Run>& runs) override;
    void Finalize() override;

    /// Leaves out lines of which a benchmark did not run.
    void print(const std::vector<Ratio>& ratios) const;

private:
    std::map<std::int64_t, std::vector<Run>> families_;
    std::map<std::string, double> medians_; // by benchmark
};

} // namespace rung::bench
