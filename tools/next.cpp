// `rung next`: next year's file, begun from this year's.
#include "tools/rules.hpp"
#include "tools/tested.hpp"
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

namespace rung::tools {

namespace {

namespace fs = std::filesystem;

/// `folder/2024.test.rung` beside `folder/2024.rung`
std::string tests_beside(const std::string& rules) {
    fs::path path = rules;
    return path.replace_extension(".test.rung").string();
}

void refuse_to_overwrite(const std::string& path) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(path, error))) {
        refuse(Code::file_is_there, {{"path", path}});
    }
}

/// The tests beside the old rules, moved; nothing where there are none, or where they are not sound, which was said.
std::optional<NextTests> moved_tests(const std::string& file, int years, const Console& console,
                                     bool& is_sound) {
    std::error_code error;
    if (!fs::exists(file, error)) {
        return std::nullopt;
    }
    Result<NextTests> tests = next_tests(file, read_file(file), years);
    is_sound = tests.value.has_value();
    if (!is_sound) {
        console.fail(tests.diagnostics);
    }
    return std::move(tests.value);
}

} // namespace

int next(const NextCall& call, const Question& question, const Console& console) {
    const Result<Program> program = Program::parse(call.file, read_file(call.file));
    if (!program) {
        console.fail(program.diagnostics);
        return ExitCode::invalid;
    }
    const Result<NextVersion> made =
        next_version(program->in(question.language), {call.version, call.from});
    if (!made) {
        console.fail(made.diagnostics);
        return ExitCode::invalid;
    }
    NextFiles files{call.file,
                    call.output.value_or(
                        (fs::path(call.file).parent_path() / (call.version + ".rung")).string()),
                    std::nullopt};
    refuse_to_overwrite(files.rules);
    bool is_sound = true;
    const std::optional<NextTests> tests =
        moved_tests(tests_beside(call.file), made->years, console, is_sound);
    if (!is_sound) {
        return ExitCode::invalid;
    }
    if (tests) {
        files.tests = tests_beside(files.rules);
        refuse_to_overwrite(*files.tests);
        write_file(*files.tests, tests->tests.text);
    }
    write_file(files.rules, made->rules.text);
    if (console.format() == Format::json) {
        Console::out(to_json(*made, tests, files) + "\n");
    } else {
        console.summary(to_text(*made, tests, files, style_of(question)));
    }
    return ExitCode::clean;
}

} // namespace rung::tools
