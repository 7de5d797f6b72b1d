// An interrupt (Ctrl-C) as a note, for work that ends in order.
#pragma once

#include <csignal>

namespace rung::tools {

/// Between its life's begin and end, the first interrupt is noted, and a second one does what it would have done.
class Interrupt {
public:
    Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    ~Interrupt();

    [[nodiscard]] static bool came();

private:
    struct sigaction usual_ {};
};

} // namespace rung::tools
