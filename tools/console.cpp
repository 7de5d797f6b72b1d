#include "tools/console.hpp"

#include "interpreter/present.hpp"
#include "tools/output.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

namespace rung::tools {

namespace {

constexpr int usual_width = 80;
constexpr int widest = 120; // longer lines are hard to read

bool wants_colour(int descriptor) {
    const char* no_colour = std::getenv("NO_COLOR"); // NOLINT(concurrency-mt-unsafe): one thread
    const bool refused = no_colour != nullptr && *no_colour != '\0';
    return !refused && isatty(descriptor) != 0;
}

int width_of(int descriptor) {
    if (isatty(descriptor) == 0) {
        return usual_width;
    }
    winsize size{};
    const bool known = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? std::min<int>(size.ws_col, widest) : usual_width;
}

void print(std::FILE* to, const std::string& text) { std::fwrite(text.data(), 1, text.size(), to); }

} // namespace

TextOptions Console::out_style() { return {width_of(STDOUT_FILENO), wants_colour(STDOUT_FILENO)}; }

void Console::out(const std::string& text) { print(stdout, text); }

void Console::note(const std::string& text) { print(stderr, text); }

void Console::fail(const Diagnostics& diagnostics) const {
    if (format_ == Format::json) {
        out(diagnostics.to_json() + "\n");
    } else {
        say(diagnostics);
    }
}

void Console::fail(const Refusal& refusal) const {
    Diagnostics diagnostics;
    diagnostics.add(present(refusal.fault));
    fail(diagnostics);
}

int Console::fail(const OutputLost& lost) const {
    if (lost.error != EPIPE) {
        fail(Refusal{Fault{Code::unwritable_file,
                           {},
                           {{"path", lost.path}, {"reason", reason_of(lost.error)}},
                           {},
                           {}}});
    }
    return ExitCode::internal;
}

void Console::warn(const Diagnostics& diagnostics) const {
    if (!diagnostics.empty()) {
        say(diagnostics);
        print(stderr, "\n");
    }
}

void Console::hint() const {
    if (!said_.empty() && isatty(STDERR_FILENO) != 0) {
        print(stderr, "\nmore about a code: rung explain " + said_ + "\n");
    }
}

void Console::say(const Diagnostics& diagnostics) const {
    print(stderr, diagnostics.to_text(wants_colour(STDERR_FILENO), width_of(STDERR_FILENO)));
    if (said_.empty() && !diagnostics.empty()) {
        said_ = diagnostics.begin()->code;
    }
}

} // namespace rung::tools
