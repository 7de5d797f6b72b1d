#include "tools/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

namespace rung::tools {

namespace {

constexpr std::chrono::milliseconds patience{1000};
constexpr std::chrono::milliseconds redraw_pause{200};
constexpr std::uint64_t every = 64; // partners; the clock is asked no more often
constexpr std::uint64_t bar_cells = 30;

} // namespace

Progress::Progress(bool wanted, const Wording& words)
    : words_(words),
      wanted_(wanted && isatty(STDERR_FILENO) != 0),
      next_(Clock::now() + patience) {}

Progress::~Progress() {
    if (is_shown_) {
        fmt::print(stderr, "\r\x1b[K");
    }
}

void Progress::show(std::uint64_t partners, const Input& list) {
    if (!wanted_ || partners % every != 0 || Clock::now() < next_) {
        return;
    }
    next_ = Clock::now() + redraw_pause;
    is_shown_ = true;
    std::string bar;
    if (const std::optional<std::uint64_t> size = list.size(); size && *size > 0) {
        const std::uint64_t read = std::min(list.bytes_read(), *size);
        const std::uint64_t full = read * bar_cells / *size;
        bar = fmt::format("[{}{}] {} %, ", std::string(full, '#'),
                          std::string(bar_cells - full, '.'), read * 100 / *size);
    }
    fmt::print(stderr, "\r\x1b[K{}{}", bar,
               words_.counted(Say::list_partners, words_.in_digits(partners)));
    std::fflush(stderr);
}

} // namespace rung::tools
