#include "tools/files.hpp"

#include "tools/output.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

namespace rung::tools {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse_reading(const std::string& path, const std::string& why) {
    refuse(Code::unreadable_file, {{"path", path}, {"reason", why}});
}

} // namespace

std::string reason_of(int error) {
    std::string text = std::strerror(error); // NOLINT(concurrency-mt-unsafe): one thread
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

void refuse(Code code, std::vector<Argument> arguments) {
    throw Refusal{Fault{code, {}, std::move(arguments), {}, {}}};
}

std::string read_file(const std::string& path) {
    if (path == "-") {
        return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    }
    std::error_code error;
    if (fs::is_directory(path, error)) {
        refuse_reading(path, "it is a folder");
    }
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        refuse_reading(path, reason_of(errno));
    }
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad()) {
        refuse_reading(path, reason_of(errno));
    }
    return text;
}

void write_file(const std::string& path, const std::string& text) {
    try {
        WholeFile file(path);
        file.write(text);
        file.finish();
    } catch (const OutputLost& lost) {
        refuse(Code::unwritable_file, {{"path", path}, {"reason", reason_of(lost.error)}});
    }
}

void refuse_overwriting(const std::vector<std::string>& outputs,
                        const std::vector<std::string>& inputs) {
    const auto is_file = [](const std::string& path) { return !path.empty() && path != "-"; };
    const auto same = [](const std::string& a, const std::string& b) {
        std::error_code error;
        return fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
    };
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const std::string& output = outputs[i];
        if (!is_file(output)) {
            continue;
        }
        for (const std::string& input : inputs) {
            std::error_code error;
            if (!is_file(input) || !fs::exists(input, error)) {
                continue; // whoever reads it says so
            }
            for (const std::string& file : rule_files(input)) {
                if (same(file, output)) {
                    refuse(Code::unwritable_file,
                           {{"path", output}, {"reason", "the call reads it"}});
                }
            }
        }
        for (std::size_t other = 0; other < i; ++other) {
            if (is_file(outputs[other]) && same(outputs[other], output)) {
                refuse(Code::unwritable_file,
                       {{"path", output}, {"reason", "two outputs have this name"}});
            }
        }
    }
}

bool is_test_file(const fs::path& path) { return path.filename().string().ends_with(".test.rung"); }

std::vector<std::string> rule_files(const std::string& path) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        refuse_reading(path, "no such file or folder");
    }
    if (!fs::is_directory(path, error)) {
        return {path};
    }
    std::vector<std::string> files;
    for (fs::recursive_directory_iterator at(path, error), end; !error && at != end;
         at.increment(error)) {
        if (at->is_regular_file() && at->path().extension() == ".rung") {
            files.push_back(at->path().string());
        }
    }
    if (error) {
        refuse_reading(path, error.message());
    }
    if (files.empty()) {
        refuse(Code::no_versions, {{"path", path}});
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::optional<std::string> tested_by(const fs::path& test_file) {
    std::string name = test_file.filename().string();
    name.replace(name.size() - std::strlen(".test.rung"), std::string::npos, ".rung");
    const fs::path rules = test_file.parent_path() / name;
    std::error_code error;
    return fs::exists(rules, error) ? std::optional(rules.string()) : std::nullopt;
}

} // namespace rung::tools
