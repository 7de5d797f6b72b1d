// A receipt: what was asked and what came of it, so that the answer can be had again and held against it.
//
// It holds no facts and no rules, but their hashes; files are named as the answer names them.
#pragma once

#include "tools/rules.hpp"

#include <rung/why.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rung::tools {

/// How an answer is put: its bytes depend on this, on the outcome and on the ways alone. Those of a receipt are
/// without colours.
struct Shape {
    /// What was asked of `plan` beside the question.
    struct Planned {
        std::optional<std::string> today;
        std::size_t ways = 0;
        std::size_t bound = 0; // evaluations
    };

    std::string target; // of `why`, `why-not` and `plan`; empty: of `eval`
    Asked asked = Asked::why_not;
    std::optional<Planned> planned = {}; // of `plan`
    Format format = Format::text;
    bool for_partner = false; // the edition without what comes from internal facts
    TextOptions style;
};

/// What is shown: an outcome, and the ways to what was asked for where the answer tells them.
struct Answer {
    Outcome outcome;
    std::optional<Plan> ways;
};

[[nodiscard]] std::string shaped(const Answer& answer, const Shape& shape);
/// The ways to a tier or a benefit that the partner does not have; nothing where the shape tells none. Of `plan` the
/// plan, whatever the partner has.
[[nodiscard]] std::optional<Plan> ways_for(const Case& read, const EvaluateOptions& options,
                                           bool strict, const Outcome& outcome, const Shape& shape);

struct Receipt {
    struct Standing {
        std::string ladder;
        std::vector<std::string> tiers; // one, or all that are possible
    };

    std::string engine;
    Shape shape;
    // The question, as it was asked; a day that the clock gave is written out.
    std::optional<std::string> on;
    std::optional<std::string> review;
    std::optional<std::string> version;
    bool strict = false;
    // What it was answered from.
    std::string program;
    std::string used_version;
    bool in_force = true;
    VersionChoice choice;
    std::string rules_file;
    std::string rules_sha256;
    std::string facts_file;
    std::string facts_sha256;
    // The answer.
    std::vector<Standing> standings;
    std::string answer_sha256;
};

[[nodiscard]] Receipt receipt_of(const Question& question, const Answer& answer,
                                 const Shape& shape);
[[nodiscard]] std::string to_json(const Receipt& receipt);
/// Throws Refusal where the file is no receipt.
[[nodiscard]] Receipt read_receipt(const std::string& path);

} // namespace rung::tools
