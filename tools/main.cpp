// The command `rung`: reads the words of the call and hands them to a verb.
#include "tools/calls/call.hpp"
#include "tools/help.hpp"
#include "tools/output.hpp"
#include "tools/usage.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>

namespace {

using namespace rung::tools;

int run(const CLI::App& app, const Console& console) {
    const auto& verb = static_cast<const Verb&>(*app.get_subcommands().front());
    int code = ExitCode::clean;
    try {
        code = verb.run(console);
    } catch (const Refusal& refusal) {
        console.fail(refusal);
        code = ExitCode::invalid;
    }
    Console::finish();
    console.hint();
    return code;
}

/// In words where standard output is what was lost.
int give_up(const OutputLost& lost, const Console& console) {
    return (lost.path == standard_output ? Console(Format::text) : console).fail(lost);
}

int answer(CLI::App& app, Call& call, int argc, char** argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return help(app, app.get_subcommands());
    } catch (const CLI::CallForVersion& version) {
        Console::out(std::string(version.what()) + "\n");
        return ExitCode::clean;
    } catch (const CLI::ParseError& error) {
        call.console().fail(Refusal{usage_fault(app, error, {argv + 1, argv + argc})});
        return ExitCode::invalid;
    }
    return run(app, call.console());
}

} // namespace

int main(int argc, char** argv) {
    // A closed pipe and a limit of size are answers of `write`, and become OutputLost.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        CLI::App app;
        Call call;
        describe(app, call);
        try {
            const int code = answer(app, call, argc, argv);
            Console::finish();
            return code;
        } catch (const OutputLost& lost) {
            return give_up(lost, call.console());
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr,
                     "error[internal] %s\n  help: this is a fault of rung; please report it with "
                     "the files\n",
                     error.what());
        return ExitCode::internal;
    }
}
