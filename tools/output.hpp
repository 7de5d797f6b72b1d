// Where answers go: a file that is whole or not there, or standard output.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rung::tools {

/// What messages call it.
inline constexpr const char* standard_output = "standard output";

/// The disk is full, the pipe is closed: what was to be written could not be, through no fault of the call.
/// Ends the command with exit code 3.
struct OutputLost {
    std::string path;
    int error = 0;
};

/// Written beside its name, and given the name only when all of it is on the disk. Whatever ends the work before
/// that, also an interrupt, leaves what stood under the name, and nothing beside it. A name that is no file
/// (a device, a pipe) is written to directly.
///
/// No more than four at a time in a process: an interrupt must know them all.
class WholeFile {
public:
    /// Throws Refusal where it cannot be opened.
    explicit WholeFile(std::string path);
    WholeFile(const WholeFile&) = delete;
    WholeFile& operator=(const WholeFile&) = delete;
    ~WholeFile();

    /// Throw OutputLost.
    void write(std::string_view text);
    void finish();

private:
    std::string path_;
    std::string aside_; // empty: written to directly
    int descriptor_ = -1;
    std::size_t guarded_ = 0; // where an interrupt looks for it
};

/// Standard output, or a WholeFile; gathers what is written into large pieces.
class Output {
public:
    /// Without a path, or for `-`, standard output.
    explicit Output(const std::string& path);

    [[nodiscard]] bool is_file() const { return file_.has_value(); }
    /// Throw OutputLost.
    void write(std::string_view text);
    void finish();

private:
    void flush();

    std::optional<WholeFile> file_;
    std::string gathered_;
};

} // namespace rung::tools
