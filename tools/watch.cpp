// `rung watch`: checks and tests a folder of rules whenever something in it is saved, and says whom the edit moves.
#include "interpreter/wording.hpp"
#include "tools/input.hpp"
#include "tools/interrupt.hpp"
#include "tools/rules.hpp"
#include "tools/study.hpp"
#include "tools/verbs.hpp"

#include <rung/impact.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include <fmt/format.h>

namespace rung::tools {

namespace {

namespace fs = std::filesystem;

/// When each file was written, and how long it is.
using Stamps = std::map<std::string, std::pair<fs::file_time_type, std::uintmax_t>>;

/// Files are looked at in turn rather than through the system's notices, which folders on other machines do not
/// send.
constexpr std::chrono::milliseconds look_pause{200};

/// Everything that checks and tests read; a file that goes away meanwhile is not there.
Stamps stamps_of(const std::string& path) {
    Stamps stamps;
    const auto look_at = [&](const fs::path& file) {
        std::error_code error;
        const auto written = fs::last_write_time(file, error);
        const auto size = error ? 0 : fs::file_size(file, error);
        if (!error && (file.extension() == ".rung" || file.extension() == ".json")) {
            stamps.emplace(file.string(), std::pair(written, size));
        }
    };
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        look_at(path);
        return stamps;
    }
    for (fs::recursive_directory_iterator file(path, error), end; !error && file != end;
         file.increment(error)) {
        look_at(file->path());
    }
    return stamps;
}

/// What was saved, made or taken away between two looks.
std::vector<std::string> changed(const Stamps& before, const Stamps& after) {
    std::vector<std::string> files;
    for (const auto& [file, stamp] : after) {
        const auto known = before.find(file);
        if (known == before.end() || known->second != stamp) {
            files.push_back(file);
        }
    }
    for (const auto& [file, stamp] : before) {
        if (!after.contains(file)) {
            files.push_back(file);
        }
    }
    return files;
}

class Watch {
public:
    Watch(const WatchCall& call, const Question& question, const Console& console)
        : call_(call), question_(question), console_(console) {
        for (const std::string& file : rule_files(call.path)) {
            remember(file);
        }
        // What cannot be read is told at once, and not at the first save.
        if (call.partners) {
            static_cast<void>(Input(*call.partners));
        }
        if (call.against) {
            static_cast<void>(read_file(*call.against));
        }
    }

    int run() {
        const Interrupt interrupt;
        Stamps stamps = stamps_of(call_.path);
        int code = look({});
        while (!Interrupt::came()) {
            std::this_thread::sleep_for(look_pause);
            Stamps now = stamps_of(call_.path);
            if (now == stamps) {
                continue;
            }
            now = settled(std::move(now));
            const std::vector<std::string> files = changed(stamps, now);
            stamps = std::move(now);
            code = look(files);
        }
        return code;
    }

private:
    /// Of a rule file, its tests too, which may stand beside it.
    [[nodiscard]] std::vector<std::string> paths() const {
        const fs::path file = call_.path;
        const fs::path tests = fs::path(file).replace_extension(".test.rung");
        std::error_code error;
        const bool has_tests =
            file.extension() == ".rung" && !is_test_file(file) && fs::exists(tests, error);
        return has_tests ? std::vector<std::string>{call_.path, tests.string()}
                         : std::vector<std::string>{call_.path};
    }

    /// An editor may write a file in several steps.
    [[nodiscard]] Stamps settled(Stamps now) const {
        for (;;) {
            std::this_thread::sleep_for(look_pause / 2);
            Stamps next = stamps_of(call_.path);
            if (next == now) {
                return now;
            }
            now = std::move(next);
        }
    }

    /// How a version was when the watch began, which is what an edit of it is held against.
    void remember(const std::string& file) {
        Result<Program> program = Program::parse(file, read_file(file));
        if (program && !is_test_file(file)) {
            first_.emplace(file, std::move(*program));
        }
    }

    /// One round: what a save has done. The exit code of the worst that it found.
    int look(const std::vector<std::string>& files) {
        for (const std::string& file : files) {
            Console::out(fmt::format("{} {}\n", file, fs::exists(file) ? "saved" : "taken away"));
        }
        Console::finish(); // before what is found, which goes to standard error
        int code = ExitCode::clean;
        try {
            code = check(paths(), console_);
            Console::finish();
            if (code != ExitCode::invalid) {
                TestCall tests;
                tests.paths = paths();
                code = std::max(code, test(tests, console_));
            }
            if (code != ExitCode::invalid && call_.partners) {
                code = std::max(code, moved(files));
            }
        } catch (const Refusal& refusal) {
            console_.fail(refusal);
            code = ExitCode::invalid;
        }
        Console::out("\n");
        Console::finish();
        return code;
    }

    /// Whom each version that was saved moves, against what it was, or the version that the call names.
    int moved(const std::vector<std::string>& files) {
        int code = ExitCode::clean;
        for (const std::string& file : files) {
            if (fs::path(file).extension() != ".rung" || is_test_file(file) || !fs::exists(file)) {
                continue;
            }
            const std::optional<Program> before = before_edit(file);
            const std::optional<Program> after = load_program(file, console_);
            if (!before || !after) {
                continue;
            }
            ImpactCall call;
            call.list = call_.list;
            Question list = question_;
            list.facts = *call_.partners;
            const std::optional<Studied> studied = study(*before, *after, call, list, console_);
            if (!studied) {
                return ExitCode::invalid;
            }
            Console::out(fmt::format("{} against {}: {}\n", file,
                                     call_.against ? *call_.against : "what it was at the start",
                                     summary(studied->impact, question_.language)));
            if (studied->impact.unread_count > 0) {
                const Wording& words = Wording::of(question_.language);
                Console::out(
                    words.counted(Say::list_unread, words.in_digits(studied->impact.unread_count)) +
                    "\n");
            }
            code = studied->has_faults ? ExitCode::findings : code;
        }
        return code;
    }

    /// Nothing of a version that was not there: it is remembered as it is now.
    [[nodiscard]] std::optional<Program> before_edit(const std::string& file) {
        if (call_.against) {
            return load_program(*call_.against, console_);
        }
        const auto known = first_.find(file);
        if (known != first_.end()) {
            return known->second;
        }
        remember(file);
        return std::nullopt;
    }

    const WatchCall& call_;
    const Question& question_;
    const Console& console_;
    std::map<std::string, Program> first_;
};

} // namespace

int watch(const WatchCall& call, const Question& question, const Console& console) {
    return Watch(call, question, console).run();
}

} // namespace rung::tools
