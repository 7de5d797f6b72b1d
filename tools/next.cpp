// `rung next`: next year's file, begun from this year's.
#include "interpreter/in_force.hpp"
#include "interpreter/present.hpp"
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

/// `folder/2024.rung` of `folder/2024.test.rung`
std::string rules_beside(const std::string& tests) {
    const fs::path path = fs::path(tests).replace_extension();
    return fs::path(path).replace_extension(".rung").string();
}

std::string folder_of(const std::string& file) {
    const fs::path folder = fs::path(file).parent_path();
    return folder.empty() ? "." : folder.string();
}

/// Who begins a year from a version that was corrected loses the correction.
void warn_of_correction(const NextCall& call, const Program& program, const Console& console) {
    if (corrected(call.version) == corrected(program.version())) {
        return;
    }
    std::optional<Program> last;
    for (const std::string& file : rule_files(folder_of(call.file))) {
        if (is_test_file(file)) {
            continue;
        }
        Result<Program> other = Program::parse(file, read_file(file));
        const bool corrects = other && other->id() == program.id() && !other->withdrawn() &&
                              corrected(other->version()) == corrected(program.version()) &&
                              other->effective_from() > program.effective_from();
        if (corrects && (!last || other->effective_from() > last->effective_from())) {
            last = std::move(other.value);
        }
    }
    if (last) {
        Diagnostics warning;
        warning.add(present(Code::later_correction,
                            {{"old", program.version()},
                             {"correction", last->version()},
                             {"from", last->effective_from()},
                             {"file", fs::path(last->file()).lexically_normal().string()},
                             {"version", call.version}}));
        console.warn(warning);
    }
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
    if (is_test_file(call.file)) {
        refuse(Code::tests_no_rules, {{"path", call.file}, {"rules", rules_beside(call.file)}});
    }
    const Result<Program> program = Program::parse(call.file, read_file(call.file));
    if (!program) {
        console.fail(program.diagnostics);
        return ExitCode::invalid;
    }
    warn_of_correction(call, *program, console);
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
