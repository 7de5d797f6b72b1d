#include "tools/interrupt.hpp"

namespace rung::tools {

namespace {

volatile std::sig_atomic_t noted = 0;
void (*handler_before)(int) = SIG_DFL;

void note(int interrupt) {
    noted = 1;
    std::signal(interrupt, handler_before);
}

} // namespace

Interrupt::Interrupt() {
    usual_ = std::signal(SIGINT, note);
    if (usual_ == note) { // one inside another: what came before its begin is not lost
        return;
    }
    noted = 0;
    handler_before = usual_;
    if (usual_ == SIG_IGN) {
        std::signal(SIGINT, SIG_IGN); // as `nohup` wants it
    }
}

Interrupt::~Interrupt() { std::signal(SIGINT, usual_); }

bool Interrupt::came() { return noted != 0; }

} // namespace rung::tools
