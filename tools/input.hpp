// A file read piece by piece, so that a list of any length takes little memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rung::tools {

/// The longest line, row or element of a list that is read: what is longer is a fault of it (a quote or a bracket
/// that is never closed), and must not take all memory.
inline constexpr std::size_t max_record_size = std::size_t{64} << 20;

/// A file that is open for reading; `-` is standard input. Throws Refusal where it cannot be read.
class Input {
public:
    explicit Input(std::string path);
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    ~Input();

    /// What messages call it.
    [[nodiscard]] const std::string& name() const { return name_; }
    /// How much of it was read, and how long it is; no size where that is not known.
    [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }
    [[nodiscard]] std::optional<std::uint64_t> size() const;

    /// The next piece, which lives until the next call; empty at the end, and where an `Interrupt` was noted while it
    /// waited. A byte-order mark is left out.
    [[nodiscard]] std::string_view piece();

private:
    static constexpr std::size_t piece_size = std::size_t{64} << 10;

    std::string path_;
    std::string name_;
    int descriptor_ = -1;
    std::uint64_t bytes_read_ = 0;
    std::string buffer_ = std::string(piece_size, '\0');
};

/// The lines of a file.
class Lines {
public:
    explicit Lines(Input& input) : input_(input) {}

    /// Puts the next line, with its end, into `line`; false behind the last one. What is longer than
    /// `max_record_size` is cut.
    bool next(std::string& line);
    /// Of the line read last, counted from one.
    [[nodiscard]] std::uint64_t number() const { return number_; }

private:
    Input& input_;
    std::string_view rest_;
    std::uint64_t number_ = 0;
};

} // namespace rung::tools
