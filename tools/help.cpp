#include "tools/help.hpp"

#include "tools/manual.hpp"
#include "tools/output.hpp"
#include "tools/usage.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace rung::tools {

namespace fs = std::filesystem;

int help(const CLI::App& app, const std::vector<CLI::App*>& verb) {
    return help(app, verb.empty() ? "" : verb.front()->get_name());
}

int help(const CLI::App& app, const std::string& verb) {
    const Manual manual = manual_of(app);
    if (verb.empty()) {
        Console::out(help_text(manual, Console::out_style()));
        return ExitCode::clean;
    }
    const auto page = std::find_if(manual.verbs.begin(), manual.verbs.end(),
                                   [&](const VerbPage& known) { return known.name == verb; });
    if (page == manual.verbs.end()) {
        throw Refusal{unknown_verb(app, verb)};
    }
    Console::out(help_text(*page, Console::out_style()));
    return ExitCode::clean;
}

int write_man_pages(const CLI::App& app, const std::string& folder, const Console& console) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        refuse(Code::unwritable_file, {{"path", folder}, {"reason", reason_of(error.value())}});
    }
    const Manual manual = manual_of(app);
    write_file((fs::path(folder) / "rung.1").string(), man_page(manual));
    for (const VerbPage& verb : manual.verbs) {
        write_file((fs::path(folder) / ("rung-" + verb.name + ".1")).string(), man_page(verb));
    }
    console.summary(fmt::format("{} pages written to {}\n", manual.verbs.size() + 1, folder));
    return ExitCode::clean;
}

int completions(const CLI::App& app, const std::string& shell, const std::string& output) {
    const Manual manual = manual_of(app);
    Output out(output);
    out.write(shell == "bash"  ? bash_completions(manual)
              : shell == "zsh" ? zsh_completions(manual)
                               : fish_completions(manual));
    out.finish();
    return ExitCode::clean;
}

} // namespace rung::tools
