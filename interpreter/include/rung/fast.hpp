// Evaluation for batches: verdicts only, no allocation per partner.
#pragma once

#include <rung/export.hpp>
#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace rung {

class Evaluator;

/// A workspace for one thread; keeps its program alive. Not thread-safe itself: make one for each thread.
class RUNG_API BatchEvaluator {
public:
    /// The day (ISO 8601) and review of the whole batch. Without a value as `evaluate` says.
    static Result<BatchEvaluator> of(const Program& program, const EvaluateOptions& options);
    BatchEvaluator(BatchEvaluator&&) noexcept;
    BatchEvaluator& operator=(BatchEvaluator&&) noexcept;
    ~BatchEvaluator();

    /// By index into `Program::tiers(ladder)`; `tier` is none where facts do not decide.
    struct Verdict {
        std::optional<std::uint32_t> tier;
        std::uint32_t at_least = 0;
        std::uint64_t possible = 1; // a bit for each tier
        /// Whether the facts are for the day and review of the batch, or name none. If not, nothing was decided:
        /// every tier is possible, and `rung::evaluate` says what contradicts.
        bool applies = true;
    };

    /// Decides the tiers, and tells that of the first ladder. `facts` must have been read for this program.
    /// Where it applies, it agrees with `rung::evaluate`.
    Verdict evaluate(const Facts& facts);
    /// The same facts on another ladder, by index into `Program::ladders()`.
    [[nodiscard]] Verdict of_ladder(std::size_t ladder) const;

private:
    struct Parts;
    explicit BatchEvaluator(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

} // namespace rung
