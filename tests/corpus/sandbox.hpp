// Where commands of tests run: a temporary folder, and the same surroundings on every machine.
#pragma once

#include <filesystem>

namespace rung::corpus {

/// A new folder, gone with its owner.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    /// Empty when it could not be made.
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Puts the command first on the path, by a link in `tools`, and clears what would change its output.
/// Commands inherit it. False when `rung` is no command. Not thread-safe.
[[nodiscard]] bool prepare_commands(const std::filesystem::path& rung,
                                    const std::filesystem::path& tools);

} // namespace rung::corpus
