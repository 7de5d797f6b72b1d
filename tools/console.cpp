#include "tools/console.hpp"

#include "interpreter/present.hpp"
#include "interpreter/text.hpp"
#include "tools/output.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace rung::tools {

namespace {

constexpr int usual_width = 80;
constexpr int widest_text = 120; // longer lines are hard to read
constexpr int least_asked = 40; // of COLUMNS, as of `--width`
constexpr int most_asked = 200;

/// Set once, before anything is said.
Colour colour_asked_for = Colour::automatic;

/// Empty where it is not set.
std::string_view environment(const char* name) {
    const char* const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): one thread
    return value == nullptr ? "" : value;
}

bool wants_colour(int descriptor) {
    if (colour_asked_for != Colour::automatic) {
        return colour_asked_for == Colour::always;
    }
    if (!environment("NO_COLOR").empty()) {
        return false;
    }
    const std::string_view forced = environment("CLICOLOR_FORCE");
    return (!forced.empty() && forced != "0") || isatty(descriptor) != 0;
}

/// What COLUMNS says, which holds for pipes too.
std::optional<int> width_asked_for() {
    const std::string_view text = environment("COLUMNS");
    int width = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), width);
    const bool is_number = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return is_number ? std::optional(std::clamp(width, least_asked, most_asked)) : std::nullopt;
}

int width_of(int descriptor) {
    if (const std::optional<int> asked = width_asked_for()) {
        return *asked;
    }
    winsize size{};
    const bool known =
        isatty(descriptor) != 0 && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? std::min<int>(size.ws_col, widest_text) : usual_width;
}

void say_text(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

} // namespace

void Console::use(Colour colour) { colour_asked_for = colour; }

TextOptions Console::out_style() { return {width_of(STDOUT_FILENO), wants_colour(STDOUT_FILENO)}; }

std::string Console::fitted(const std::string& text, int width) {
    constexpr int indent = 2;
    std::string lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines += wrapped(std::string_view(text).substr(begin, end - begin), width, 0, indent);
        lines += end < text.size() ? "\n" : "";
        begin = end + 1;
    }
    return lines;
}

void Console::out(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
        throw OutputLost{standard_output, errno};
    }
}

void Console::finish() {
    if (std::fflush(stdout) != 0) {
        throw OutputLost{standard_output, errno};
    }
}

void Console::summary(const std::string& text) const {
    if (!is_quiet_) {
        out(text);
    }
}

void Console::note(const std::string& text) const {
    if (!is_quiet_) {
        // In a log, a line stays one.
        const bool is_seen = isatty(STDERR_FILENO) != 0 || width_asked_for();
        say_text(is_seen ? fitted(text, width_of(STDERR_FILENO)) : text);
    }
}

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
    if (!diagnostics.empty() && !is_quiet_) {
        say(diagnostics);
        say_text("\n");
    }
}

void Console::hint() const {
    if (!said_.empty() && !is_quiet_ && isatty(STDERR_FILENO) != 0) {
        say_text("\nmore about a code: rung explain " + said_ + "\n");
    }
}

void Console::say(const Diagnostics& diagnostics) const {
    say_text(diagnostics.to_text(wants_colour(STDERR_FILENO), width_of(STDERR_FILENO)));
    if (said_.empty() && !diagnostics.empty()) {
        said_ = diagnostics.begin()->code;
    }
}

} // namespace rung::tools
