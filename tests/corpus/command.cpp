#include "tests/corpus/command.hpp"

#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rung::corpus {
namespace {

constexpr int last_signal = 64;
constexpr auto patience = std::chrono::seconds(20);

/// No command that prints for ever fills the disk.
constexpr rlimit file_size{.rlim_cur = rlim_t{1} << 25, .rlim_max = rlim_t{1} << 25};

bool redirect(int stream, const char* path, int flags) {
    const int file = open(path, flags, 0600);
    return file >= 0 && dup2(file, stream) == stream && (file == stream || close(file) == 0);
}

/// Leads a process group of its own, so that all it starts can be ended with it. Below zero: there is
/// no child. Between fork and exec stand only calls that are safe beside other threads.
pid_t start(const char* command, const char* folder, const char* out, const char* err) {
    const pid_t child = fork();
    if (child == 0) {
        constexpr int fresh = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND;
        if (setpgid(0, 0) == 0 && setrlimit(RLIMIT_FSIZE, &file_size) == 0 && chdir(folder) == 0 &&
            redirect(STDIN_FILENO, "/dev/null", O_RDONLY) && redirect(STDOUT_FILENO, out, fresh) &&
            redirect(STDERR_FILENO, err, fresh)) {
            execl("/bin/sh", "sh", "-c", command, nullptr);
        }
        raise(SIGKILL); // an exit code could be taken for the command's
    }
    return child;
}

/// Whether the child ended in time; either way it is not reaped yet, so its number is still its own.
bool ends_in_time(pid_t child) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < deadline) {
        siginfo_t ended{};
        if (waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
            ended.si_pid == child) {
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
}

} // namespace

Result run_command(const std::string& command, const std::filesystem::path& folder,
                   const std::filesystem::path& scratch) {
    const auto out = scratch / "stdout";
    const auto err = scratch / "stderr";
    const pid_t child = start(command.c_str(), folder.c_str(), out.c_str(), err.c_str());
    if (child < 0) {
        return {{}, "cannot be started"};
    }
    const bool in_time = ends_in_time(child);
    kill(-child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);

    Result result;
    auto& [outcome, trouble] = result;
    if (!read_file(out, outcome.out) || !read_file(err, outcome.err)) {
        trouble = "printed what cannot be read back";
    }
    // A shell that waits for the command tells of its signal by an exit code above 128.
    outcome.exit = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (!in_time) {
        trouble = fmt::format("was ended after {} s", patience.count());
    } else if (const int signal = outcome.exit - 128; signal > 0 && signal <= last_signal) {
        trouble = fmt::format("crashed by signal {} ({})", signal, strsignal(signal));
    }
    return result;
}

bool read_file(const std::filesystem::path& path, std::string& text) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path,
                                          ignored)) { // a stream would open a folder, and throw
        return false;
    }
    std::ifstream file(path, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(file), {});
    return file.is_open() && !file.bad();
}

bool write_file(const std::filesystem::path& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    return file.good();
}

} // namespace rung::corpus
