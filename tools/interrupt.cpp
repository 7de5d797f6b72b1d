#include "tools/interrupt.hpp"

namespace rung::tools {

namespace {

volatile std::sig_atomic_t noted = 0;
struct sigaction before_note {};

void note(int interrupt) {
    noted = 1;
    sigaction(interrupt, &before_note, nullptr);
}

/// Without SA_RESTART, so that a read which waits for data hears of it.
struct sigaction to_note() {
    struct sigaction action {};
    action.sa_handler = note;
    sigemptyset(&action.sa_mask);
    return action;
}

} // namespace

Interrupt::Interrupt() {
    const struct sigaction noting = to_note();
    sigaction(SIGINT, nullptr, &usual_);
    if (usual_.sa_handler == note) { // one inside another: what came before its begin is not lost
        return;
    }
    noted = 0;
    if (usual_.sa_handler != SIG_IGN) { // as `nohup` wants it
        before_note = usual_;
        sigaction(SIGINT, &noting, nullptr);
    }
}

Interrupt::~Interrupt() { sigaction(SIGINT, &usual_, nullptr); }

bool Interrupt::came() { return noted != 0; }

} // namespace rung::tools
