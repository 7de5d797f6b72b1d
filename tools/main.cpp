// The command `rung`: reads the words of the call and hands them to a verb.
#include "tools/calls/call.hpp"
#include "tools/usage.hpp"

#include <cstdio>
#include <exception>

namespace {

using namespace rung::tools;

int run(const Verb& verb, const Console& console) {
    try {
        return verb.run(console);
    } catch (const Refusal& refusal) {
        console.fail(refusal);
        return ExitCode::invalid;
    }
}

} // namespace

int main(int argc, char** argv) {
    try {
        CLI::App app;
        Call call;
        describe(app, call);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            if (error.get_exit_code() == 0) { // help or version was asked for
                return app.exit(error);
            }
            call.console().fail(Refusal{usage_fault(app, error, {argv + 1, argv + argc})});
            return ExitCode::invalid;
        }
        const Console console = call.console();
        const int code = run(static_cast<const Verb&>(*app.get_subcommands().front()), console);
        console.hint();
        return code;
    } catch (const std::exception& error) {
        std::fprintf(stderr,
                     "error[internal] %s\n  help: this is a fault of rung; please report it with "
                     "the files\n",
                     error.what());
        return ExitCode::internal;
    }
}
