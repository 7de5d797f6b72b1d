// `rung watch`: checks and tests a folder of rules whenever something in it is saved, and says whom the edit moves.
#include "interpreter/text.hpp"
#include "interpreter/wording.hpp"
#include "tools/input.hpp"
#include "tools/interrupt.hpp"
#include "tools/rules.hpp"
#include "tools/study.hpp"
#include "tools/tested.hpp"
#include "tools/verbs.hpp"

#include <rung/impact.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
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

/// Something that a look found. It is the same one as at the look before where subject and content are.
struct WatchFinding {
    std::string subject;
    std::string content;
    std::string line; // in short, for when it is gone
};

WatchFinding finding_of(const Diagnostic& found) {
    const std::string file = found.place ? found.place->file : "";
    return {found.code + "\n" + file + "\n" + found.pointer + "\n" + found.text, "",
            fmt::format("{}[{}] {}{}", found.is_error ? "error" : "warning", found.code,
                        file.empty() ? file : file + ": ", found.text)};
}

WatchFinding finding_of(const std::string& file, const TestReport& report) {
    std::string content;
    for (const TestFailure& failure : report.failures) {
        content += failure.expected + "\n" + failure.actual + "\n";
    }
    for (const Diagnostic& problem : report.problems) {
        content += problem.text + "\n";
    }
    return {file + "\n" + report.title, content, fmt::format("{} ({})", report.title, file)};
}

/// What a look finds, held against the look before: who saves often reads only what is otherwise.
class LooksBefore {
public:
    struct News {
        std::vector<bool> is_new; // for each of what was found
        std::vector<std::string> gone;
        [[nodiscard]] std::size_t as_before() const {
            return static_cast<std::size_t>(std::count(is_new.begin(), is_new.end(), false));
        }
    };

    /// `all`: whether everything was looked for; else what is not found may still be there, and is kept.
    News hold(const std::vector<WatchFinding>& found, bool all = true) {
        News news;
        std::multiset<std::string> known;
        for (const WatchFinding& before : last_) {
            known.insert(before.subject + "\n" + before.content);
        }
        std::set<std::string> subjects;
        for (const WatchFinding& finding : found) {
            subjects.insert(finding.subject);
            const auto same = known.find(finding.subject + "\n" + finding.content);
            news.is_new.push_back(same == known.end());
            if (same != known.end()) {
                known.erase(same);
            }
        }
        std::vector<WatchFinding> now = found;
        for (const WatchFinding& before : last_) {
            if (!subjects.insert(before.subject).second) {
                continue;
            }
            if (all) {
                news.gone.push_back(before.line);
            } else {
                now.push_back(before);
            }
        }
        last_ = std::move(now);
        return news;
    }

private:
    std::vector<WatchFinding> last_;
};

class Watch {
public:
    Watch(const WatchCall& call, const Question& question, const Console& console)
        : call_(call),
          question_(question),
          console_(console),
          words_(Wording::of(question.language)) {
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
            Console::out((fs::exists(file) ? words_.say(Say::watch_saved, file)
                                           : words_.say(Say::watch_taken_away, file)) +
                         "\n");
        }
        Console::finish(); // before what is found, which goes to standard error
        int code = ExitCode::clean;
        try {
            code = look_at_rules();
            if (code != ExitCode::invalid) {
                code = std::max(code, look_at_tests());
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

    int look_at_rules() {
        const CheckedRules checked = check_rules(paths());
        const LooksBefore::News news = tell_new(checked.findings, rules_);
        tell_gone(news.gone);
        const std::string found =
            checked.findings.empty()
                ? words_.say(Say::watch_nothing)
                : with_as_before(words_.counted(Say::watch_findings,
                                                words_.in_digits(checked.findings.size())),
                                 news);
        console_.summary(
            words_.counted(Say::watch_checked, words_.in_digits(checked.files), found) + "\n");
        Console::finish();
        return checked.findings.has_errors() ? ExitCode::invalid
               : checked.findings.empty()    ? ExitCode::clean
                                             : ExitCode::findings;
    }

    int look_at_tests() {
        const std::optional<std::vector<TestRun>> runs = run_tests(paths(), console_);
        if (!runs) {
            return ExitCode::invalid;
        }
        std::vector<WatchFinding> failed;
        std::vector<const TestReport*> reports;
        std::size_t passed = 0;
        for (const TestRun& run : *runs) {
            passed += run.passed();
            for (const TestReport& report : run.reports) {
                if (!report.passed()) {
                    failed.push_back(finding_of(run.file, report));
                    reports.push_back(&report);
                }
            }
        }
        const LooksBefore::News news = tests_.hold(failed);
        for (std::size_t i = 0; i < reports.size(); ++i) {
            if (news.is_new[i]) {
                Console::out(to_text(*reports[i], Console::out_style()));
            }
        }
        tell_gone(news.gone);
        const std::string text = words_.counted(Say::watch_passed, words_.in_digits(passed)) +
                                 words_.say(Say::joint) +
                                 words_.counted(Say::watch_failed, words_.in_digits(failed.size()));
        console_.summary(with_as_before(text, news) + "\n");
        return failed.empty() ? ExitCode::clean : ExitCode::findings;
    }

    /// On standard error, behind what was told until then.
    LooksBefore::News tell_new(const Diagnostics& found, LooksBefore& before) const {
        Console::finish();
        std::vector<WatchFinding> findings;
        for (const Diagnostic& finding : found) {
            findings.push_back(finding_of(finding));
        }
        // Where rules cannot be read, warnings are not looked for.
        LooksBefore::News news = before.hold(findings, !found.has_errors());
        Diagnostics fresh;
        std::size_t at = 0;
        for (const Diagnostic& finding : found) {
            if (news.is_new[at++] && (finding.is_error || !console_.is_quiet())) {
                fresh.add(finding);
            }
        }
        console_.fail(fresh);
        return news;
    }

    /// A few; the rest is counted.
    void tell_gone(const std::vector<std::string>& gone) const {
        constexpr std::size_t most = 5;
        for (std::size_t i = 0; i < std::min(gone.size(), most); ++i) {
            console_.summary(Console::fitted(harmless(words_.say(Say::watch_gone, gone[i])) + "\n",
                                             Console::out_style().width));
        }
        if (gone.size() > most) {
            console_.summary(
                words_.counted(Say::watch_more_gone, words_.in_digits(gone.size() - most)) + "\n");
        }
    }

    [[nodiscard]] std::string with_as_before(const std::string& text,
                                             const LooksBefore::News& news) const {
        return news.as_before() == 0
                   ? text
                   : words_.counted(Say::watch_as_before, words_.in_digits(news.as_before()), text);
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
            Diagnostics about_list = studied->warnings;
            about_list.add(studied->faults);
            static_cast<void>(tell_new(about_list, list_));
            const std::string moved =
                words_.say(Say::watch_against, file,
                           call_.against ? *call_.against : words_.say(Say::watch_start),
                           summary(studied->impact, question_.language));
            Console::out(Console::fitted(moved + "\n", Console::out_style().width));
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
    const Wording& words_;
    std::map<std::string, Program> first_;
    LooksBefore rules_;
    LooksBefore tests_;
    LooksBefore list_;
};

} // namespace

int watch(const WatchCall& call, const Question& question, const Console& console) {
    return Watch(call, question, console).run();
}

} // namespace rung::tools
