// What tests saw of the rules: which rows came out met, unmet and unknown, and which never did.
//
// Counted is a pair of a thing the rules decide and a verdict it can come to (docs/testing.md says which).
// A pair is seen when the thing came to that verdict in a test that was evaluated, whether or not the test
// expected anything of it.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/program.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace rung {

/// A thing that the rules decide.
struct CoveredItem {
    enum class Kind : std::uint8_t { requirement, benefit, value, notice, look_up, condition };

    struct Verdict {
        /// met, unmet, unknown, not_asked, waived; granted, open, closed, unknown; had; told, untold, unknown;
        /// looked_up, further
        std::string verdict;
        bool seen = false;
    };

    Kind kind = Kind::requirement;
    std::string id; // of a condition the rule's own words, on one line; of a look-up "fee 10, gold"
    std::string ladder; // of a requirement, benefit or value; empty where a sole ladder has no name
    std::string tier; // of a requirement, benefit or value; empty without a ladder
    Place at;
    std::vector<Verdict> verdicts; // those it can come to
};

/// Of one version of the rules. A value; not for several threads at once.
struct RUNG_API Coverage {
    /// Nothing seen yet.
    static Coverage of(const Program& program);

    [[nodiscard]] std::size_t seen() const;
    [[nodiscard]] std::size_t countable() const;

    std::string rules_file;
    std::string program;
    std::string version;
    struct TiersOf {
        std::string ladder; // id
        std::vector<std::string> tiers; // lowest first
    };
    std::vector<TiersOf> ladders;
    std::vector<CoveredItem> items; // in the order of the file, by row and then by tier
};

/// The part of all that could be seen, in per cent and rounded down; 100 where there is nothing to see.
[[nodiscard]] RUNG_API int coverage_percent(const std::vector<Coverage>& all);

} // namespace rung
