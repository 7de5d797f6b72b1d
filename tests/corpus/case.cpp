#include "tests/corpus/case.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace rung::corpus {
namespace {

constexpr std::string_view marker = "--- ";
constexpr std::string_view no_newline = "\\ no newline\n";

/// A marker line and the text below it.
struct Block {
    std::size_t line;
    std::string_view kind;
    std::string_view rest;
    std::string_view text;
    std::size_t begin;
    std::size_t end;
};

/// Cuts the first word off `text`, and the blank behind it.
std::string_view take_word(std::string_view& text) {
    const auto length = text.find(' ');
    const auto word = text.substr(0, length);
    text.remove_prefix(length == std::string_view::npos ? text.size() : length + 1);
    return word;
}

/// Cuts the first line off `text`, with its end.
std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end == std::string_view::npos ? end : end + 1);
    text.remove_prefix(line.size());
    return line;
}

std::vector<Block> split(std::string_view text) {
    std::vector<Block> blocks;
    std::size_t number = 1;
    for (auto left = text; !left.empty(); ++number) {
        auto line = take_line(left);
        const auto end = text.size() - left.size();
        if (line.starts_with(marker)) {
            line.remove_prefix(marker.size());
            line.remove_suffix(1);
            const auto kind = take_word(line);
            blocks.push_back({number, kind, line, {}, end, end});
        } else if (!blocks.empty()) {
            auto& block = blocks.back();
            block.end = end;
            block.text = text.substr(block.begin, end - block.begin);
        }
    }
    return blocks;
}

/// A path below the folder it is relative to.
bool stays_inside(std::string_view name) {
    const std::filesystem::path path(name);
    bool climbs = false;
    for (const auto& part : path) {
        climbs = climbs || part == "..";
    }
    return path.is_relative() && path.has_filename() && !climbs;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of('\n') == std::string_view::npos;
}

std::optional<std::string> decode_base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string packed(text);
    std::erase(packed, '\n');
    const bool whole = packed.size() % 4 == 0;
    for (int padding = 0; padding < 2 && packed.ends_with('='); ++padding) {
        packed.pop_back();
    }
    if (!whole || packed.find_first_not_of(digits) != std::string::npos) {
        return std::nullopt;
    }
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : packed) {
        bits = bits << 6 | static_cast<std::uint32_t>(digits.find(c));
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xFF);
        }
    }
    return bytes;
}

/// Output may hold what means something to a case: a line that begins with a marker or a backslash
/// stands behind a backslash, and a missing last newline is told.
std::string encode_output(std::string_view output) {
    std::string text;
    while (!output.empty()) {
        const auto line = take_line(output);
        if (line.starts_with(marker) || line.starts_with('\\')) {
            text += '\\';
        }
        text += line;
        if (!line.ends_with('\n')) {
            text += '\n';
            text += no_newline;
        }
    }
    return text;
}

std::optional<std::string> decode_output(std::string_view text) {
    std::string output;
    while (!text.empty()) {
        auto line = take_line(text);
        if (line == no_newline && text.empty() && !output.empty()) {
            output.pop_back();
            break;
        }
        if (line.starts_with('\\')) {
            line.remove_prefix(1);
            if (!line.starts_with(marker) && !line.starts_with('\\')) {
                return std::nullopt;
            }
        }
        output += line;
    }
    return output;
}

// Each adds one kind of block to the steps and answers why it cannot; an empty answer is a good one.

std::string add_file(const Block& block, Steps& steps) {
    auto rest = block.rest;
    const auto name = take_word(rest);
    if (!stays_inside(name)) {
        return fmt::format("`{}` is no path inside the case's folder", name);
    }
    std::string text(block.text);
    if (rest == "base64") {
        auto bytes = decode_base64(text);
        if (!bytes) {
            return "this is not base64";
        }
        text = std::move(*bytes);
    } else if (rest == "no-newline") {
        text.resize(text.empty() ? 0 : text.size() - 1);
    } else if (!rest.empty()) {
        return fmt::format("`{}` after a file's name; known are `base64` and `no-newline`", rest);
    }
    steps.emplace_back(File{block.line, std::string(name), std::move(text)});
    return {};
}

std::string add_same(const Block& block, Steps& steps) {
    auto rest = block.rest;
    const auto name = take_word(rest);
    const auto as = take_word(rest);
    if (as != "as" || rest.find(' ') != std::string_view::npos) {
        return "this reads `--- same FILE as path/from/repository`";
    }
    for (const auto path : {name, rest}) {
        if (!stays_inside(path)) {
            return fmt::format("`{}` is no path inside its folder", path);
        }
    }
    if (!is_blank(block.text)) {
        return "text below `same`, which takes its text from elsewhere";
    }
    steps.emplace_back(Same{block.line, std::string(name), std::string(rest)});
    return {};
}

constexpr std::string_view bad_backslash =
    R"(a line of output begins with `\`, which must be written `\\` there)";

std::string add_run(const Block& block, Steps& steps) {
    if (block.rest.find_first_not_of(' ') == std::string_view::npos) {
        return "there is no command behind `run`";
    }
    auto out = decode_output(block.text);
    if (!out) {
        return std::string(bad_backslash);
    }
    steps.emplace_back(Run{block.line,
                           std::string(block.rest),
                           {.out = std::move(*out), .err = {}, .exit = 0},
                           block.begin,
                           block.end});
    return {};
}

std::string add_stderr(const Block& block, Run& run) {
    auto err = decode_output(block.text);
    if (!err || !block.rest.empty()) {
        return err ? "text behind `stderr`" : std::string(bad_backslash);
    }
    run.expected.err = std::move(*err);
    run.end = block.end;
    return {};
}

std::string add_exit(const Block& block, Run& run) {
    const auto* const end = block.rest.data() + block.rest.size();
    const auto [stop, error] = std::from_chars(block.rest.data(), end, run.expected.exit);
    if (error != std::errc() || stop != end || run.expected.exit < 0 || run.expected.exit > 255) {
        return "an exit code is a number from 0 to 255";
    }
    if (!is_blank(block.text)) {
        return "text below `exit`";
    }
    run.end = block.end;
    return {};
}

std::string add_block(const Block& block, std::string_view before, Steps& steps) {
    if (block.rest.ends_with('\r')) {
        return "this line ends in a carriage return";
    }
    if (block.kind == "file") {
        return add_file(block, steps);
    }
    if (block.kind == "same") {
        return add_same(block, steps);
    }
    if (block.kind == "run") {
        return add_run(block, steps);
    }
    if (block.kind == "stderr") {
        return before == "run" ? add_stderr(block, std::get<Run>(steps.back()))
                               : "`stderr` stands below the output of a `run`";
    }
    if (block.kind == "exit") {
        return before == "run" || before == "stderr" ? add_exit(block, std::get<Run>(steps.back()))
                                                     : "`exit` stands below the output of a `run`";
    }
    return fmt::format("`{}` is none of file, same, run, stderr, exit", block.kind);
}

} // namespace

std::variant<Steps, Malformed> parse_case(std::string_view text) {
    if (text.empty() || text.starts_with(marker) || text.starts_with('\n')) {
        return Malformed{1, "the title is missing"};
    }
    if (!text.ends_with('\n')) {
        const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
        return Malformed{static_cast<std::size_t>(lines), "the last line has no end"};
    }
    const auto blocks = split(text);
    Steps steps;
    bool runs = false;
    std::string_view before;
    for (const auto& block : blocks) {
        if (auto reason = add_block(block, before, steps); !reason.empty()) {
            return Malformed{block.line, std::move(reason)};
        }
        before = block.kind;
        runs = runs || block.kind == "run";
    }
    if (!runs) {
        return Malformed{1, "the case runs nothing"};
    }
    return steps;
}

std::string write_expectation(const Outcome& outcome) {
    auto text = encode_output(outcome.out);
    if (!outcome.err.empty()) {
        text += "--- stderr\n" + encode_output(outcome.err);
    }
    if (outcome.exit != 0) {
        text += fmt::format("--- exit {}\n", outcome.exit);
    }
    return text;
}

std::string record(std::string_view text, const Steps& steps, const std::vector<Outcome>& actual) {
    std::string recorded;
    std::size_t done = 0;
    auto outcome = actual.begin();
    for (const auto& step : steps) {
        if (const auto* run = std::get_if<Run>(&step)) {
            recorded += text.substr(done, run->begin - done);
            recorded += write_expectation(*outcome++);
            done = run->end;
        }
    }
    recorded += text.substr(done);
    return recorded;
}

} // namespace rung::corpus
