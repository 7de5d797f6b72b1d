// Counts what the program allocates, by replacing the global `operator new`.
#pragma once

#include <cstdint>

namespace rung::bench {

/// Allocations of the program so far. The benchmark has one thread.
[[nodiscard]] std::uint64_t allocations();

} // namespace rung::bench
