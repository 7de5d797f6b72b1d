// How far a long work over a list is, on one line of the terminal.
#pragma once

#include "interpreter/wording.hpp"
#include "tools/input.hpp"

#include <chrono>
#include <cstdint>

namespace rung::tools {

/// Where no person reads, or the work takes no time, nothing is shown.
class Progress {
public:
    Progress(bool wanted, const Wording& words);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    /// Takes the line away.
    ~Progress();

    /// So many partners of the list were done.
    void show(std::uint64_t partners, const Input& list);

private:
    using Clock = std::chrono::steady_clock;

    const Wording& words_;
    bool wanted_;
    bool is_shown_ = false;
    Clock::time_point next_; // when the line is due: not at once, and not all the time
};

} // namespace rung::tools
