#include "tools/output.hpp"

#include "tools/files.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rung::tools {

namespace fs = std::filesystem;

namespace {

constexpr std::array interrupts{SIGINT, SIGTERM, SIGHUP};

/// The files that an interrupt takes away: plain characters, since a handler can do little.
std::array<std::array<char, 4096>, 4> unfinished{};

extern "C" void take_away(int interrupt) {
    for (const std::array<char, 4096>& path : unfinished) {
        if (path[0] != '\0') {
            unlink(path.data());
        }
    }
    std::signal(interrupt, SIG_DFL); // so that whoever waits sees what ended the command
    std::raise(interrupt);
}

/// Where in `unfinished` it stands; behind the last, if there is no room.
std::size_t guard(const std::string& path) {
    std::size_t at = 0;
    while (at < unfinished.size() && unfinished[at][0] != '\0') {
        ++at;
    }
    if (at == unfinished.size() || path.size() >= unfinished[at].size()) {
        return unfinished.size();
    }
    std::memcpy(unfinished[at].data(), path.c_str(), path.size() + 1);
    for (const int interrupt : interrupts) {
        if (std::signal(interrupt, take_away) == SIG_IGN) {
            std::signal(interrupt, SIG_IGN); // as `nohup` wants it
        }
    }
    return at;
}

void unguard(std::size_t at) {
    if (at < unfinished.size()) {
        unfinished[at][0] = '\0';
    }
}

/// 0, or what went wrong.
int write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        text.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    return 0;
}

/// The name itself has to be on the disk, too. Where the folder cannot be asked for that, nothing is lost but that.
void sync_folder(const fs::path& file) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
}

} // namespace

WholeFile::WholeFile(std::string path) : path_(std::move(path)), guarded_(unfinished.size()) {
    std::error_code error;
    if (fs::is_symlink(path_, error)) {
        const fs::path target = fs::canonical(path_, error);
        path_ = error ? path_ : target.string();
    }
    const fs::file_status status = fs::status(path_, error);
    const bool is_device = fs::exists(status) && !fs::is_regular_file(status);
    if (!is_device) {
        aside_ = path_ + "." + std::to_string(getpid()) + ".part";
        guarded_ = guard(aside_);
    }
    descriptor_ = is_device ? open(path_.c_str(), O_WRONLY | O_CLOEXEC)
                            : open(aside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) {
        const int why = errno;
        unguard(guarded_);
        refuse(Code::unwritable_file, {{"path", path_}, {"reason", reason_of(why)}});
    }
    if (!is_device && fs::exists(status)) {
        fs::permissions(aside_, status.permissions(), error);
    }
}

WholeFile::~WholeFile() {
    if (descriptor_ >= 0) { // not finished
        close(descriptor_);
        if (!aside_.empty()) {
            unlink(aside_.c_str());
        }
        unguard(guarded_);
    }
}

void WholeFile::write(std::string_view text) {
    if (const int error = write_all(descriptor_, text); error != 0) {
        throw OutputLost{path_, error};
    }
}

void WholeFile::finish() {
    const auto held = [this](int result) {
        if (result != 0) {
            throw OutputLost{path_, errno};
        }
    };
    if (!aside_.empty()) {
        held(fsync(descriptor_));
        held(rename(aside_.c_str(), path_.c_str()));
        aside_.clear();
        sync_folder(path_);
    }
    held(close(std::exchange(descriptor_, -1)));
    unguard(guarded_);
}

Output::Output(const std::string& path) {
    if (!path.empty() && path != "-") {
        file_.emplace(path);
    }
}

void Output::write(std::string_view text) {
    constexpr std::size_t large = std::size_t{64} << 10;
    gathered_ += text;
    if (gathered_.size() >= large) {
        flush();
    }
}

void Output::flush() {
    if (file_) {
        file_->write(gathered_);
    } else if (const int error = write_all(STDOUT_FILENO, gathered_); error != 0) {
        throw OutputLost{standard_output, error};
    }
    gathered_.clear();
}

void Output::finish() {
    flush();
    if (file_) {
        file_->finish();
    }
}

} // namespace rung::tools
