#include "tests/corpus/sandbox.hpp"

#include <cstdlib>
#include <string>

#include <unistd.h>

namespace rung::corpus {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    std::error_code error;
    const auto parent = fs::absolute(fs::temp_directory_path(error), error);
    std::string name = parent / "rung-corpus-XXXXXX";
    if (!error && mkdtemp(name.data()) != nullptr) {
        path_ = name;
    }
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

bool prepare_commands(const fs::path& rung, const fs::path& tools) {
    std::error_code error;
    fs::create_directories(tools, error);
    fs::create_symlink(fs::absolute(rung), tools / "rung", error);
    if (error || !fs::is_regular_file(rung, error) || access(rung.c_str(), X_OK) != 0) {
        return false;
    }
    for (const auto* name : {"NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS"}) {
        unsetenv(name);
    }
    setenv("TERM", "dumb", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    const auto* const path = std::getenv("PATH");
    setenv("PATH", (tools.string() + ':' + (path != nullptr ? path : "/usr/bin:/bin")).c_str(), 1);
    return true;
}

} // namespace rung::corpus
