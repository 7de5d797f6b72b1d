// One case of the corpus: a text in which source files, commands and their output stand together.
//
// A case is read in a person's review, so its expectations are kept as the bytes a command printed,
// and recording changes nothing but them. The format is told in README.md beside this file.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rung::corpus {

/// What a command did, as far as a case holds it to that.
struct Outcome {
    std::string out;
    std::string err;
    int exit = 0;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// `--- file`: `text` goes to `name`, relative to the case's folder.
struct File {
    std::size_t line;
    std::string name;
    std::string text;
};

/// `--- same`: the file `original`, relative to the repository, is copied to `name`.
struct Same {
    std::size_t line;
    std::string name;
    std::string original;
};

/// `--- run`, with the bytes of the case's text that hold its expectation: [begin, end).
struct Run {
    std::size_t line;
    std::string command;
    Outcome expected;
    std::size_t begin;
    std::size_t end;
};

/// In the order of the text, which is the order in which they are done.
using Steps = std::vector<std::variant<File, Same, Run>>;

/// Why a text is no case; `line` counts from one.
struct Malformed {
    std::size_t line;
    std::string reason;
};

[[nodiscard]] std::variant<Steps, Malformed> parse_case(std::string_view text);

/// The lines that state `outcome` in a case, from below the `--- run` to the next step.
[[nodiscard]] std::string write_expectation(const Outcome& outcome);

/// `text` with the expectations of its runs replaced; `actual` holds an outcome for each run.
[[nodiscard]] std::string record(std::string_view text, const Steps& steps,
                                 const std::vector<Outcome>& actual);

} // namespace rung::corpus
