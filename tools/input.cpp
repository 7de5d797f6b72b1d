#include "tools/input.hpp"

#include "tools/files.hpp"
#include "tools/interrupt.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rung::tools {

Input::Input(std::string path)
    : path_(std::move(path)),
      name_(path_ == "-" ? "standard input" : path_),
      descriptor_(path_ == "-" ? STDIN_FILENO : open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) {
        refuse(Code::unreadable_file, {{"path", path_}, {"reason", reason_of(errno)}});
    }
}

Input::~Input() {
    if (descriptor_ > STDIN_FILENO) {
        close(descriptor_);
    }
}

std::optional<std::uint64_t> Input::size() const {
    struct stat status {};
    const bool known = fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
    return known ? std::optional(static_cast<std::uint64_t>(status.st_size)) : std::nullopt;
}

std::string_view Input::piece() {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    ssize_t count = 0;
    do {
        count = read(descriptor_, buffer_.data(), buffer_.size());
    } while (count < 0 && errno == EINTR && !Interrupt::came());
    if (count < 0 && errno == EINTR) {
        return {};
    }
    if (count < 0) {
        refuse(
            Code::unreadable_file,
            {{"path", name_}, {"reason", errno == EISDIR ? "it is a folder" : reason_of(errno)}});
    }
    const bool is_first = bytes_read_ == 0;
    bytes_read_ += static_cast<std::uint64_t>(count);
    std::string_view piece(buffer_.data(), static_cast<std::size_t>(count));
    if (is_first && piece.starts_with(byte_order_mark)) {
        piece.remove_prefix(byte_order_mark.size());
        return piece.empty() ? this->piece() : piece;
    }
    return piece;
}

bool Lines::next(std::string& line) {
    line.clear();
    ++number_;
    for (;;) {
        if (rest_.empty()) {
            rest_ = input_.piece();
            if (rest_.empty()) {
                return !line.empty();
            }
        }
        const std::size_t end = rest_.find('\n');
        const std::size_t length = end == std::string_view::npos ? rest_.size() : end + 1;
        if (line.size() <= max_record_size) {
            line.append(rest_.substr(0, std::min(length, max_record_size + 1 - line.size())));
        }
        rest_.remove_prefix(length);
        if (end != std::string_view::npos) {
            return true;
        }
    }
}

} // namespace rung::tools
