#include "tools/page.hpp"

#include <algorithm>

namespace rung::tools {

namespace {

constexpr std::string_view fence_mark = "```";

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find(' '), text.size());
        if (length > 0) {
            words.emplace_back(text.substr(0, length));
        }
        text.remove_prefix(std::min(length + 1, text.size()));
    }
    return words;
}

/// Goes through the lines once and gathers them into parts.
class Reader {
public:
    explicit Reader(std::string_view page) : page_(page) {}

    std::vector<PagePart> parts() && {
        for (std::size_t begin = 0; begin < page_.size(); ++line_) {
            const std::size_t end = std::min(page_.find('\n', begin), page_.size());
            const std::size_t next = std::min(end + 1, page_.size());
            take(page_.substr(begin, end - begin), begin, next);
            begin = next;
        }
        return std::move(parts_);
    }

private:
    void take(std::string_view line, std::size_t begin, std::size_t next) {
        if (in_fence_) {
            take_fenced(line, begin, next);
        } else if (line.starts_with(fence_mark)) {
            line.remove_prefix(fence_mark.size());
            parts_.push_back({PartKind::fence, line_, 0, words_of(line), {}, next, next});
            in_fence_ = true;
            in_paragraph_ = false;
        } else if (line.starts_with('#')) {
            const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
            line.remove_prefix(std::min(line.find_first_not_of(' ', level), line.size()));
            parts_.push_back({PartKind::heading,
                              line_,
                              static_cast<int>(level),
                              {},
                              std::string(line),
                              begin,
                              next});
            in_paragraph_ = false;
        } else if (line.empty()) {
            in_paragraph_ = false;
        } else {
            take_prose(line, begin, next);
        }
    }

    void take_fenced(std::string_view line, std::size_t begin, std::size_t next) {
        PagePart& fence = parts_.back();
        in_fence_ = line != fence_mark;
        if (in_fence_) {
            fence.text += page_.substr(begin, next - begin);
            fence.end = next;
        }
    }

    void take_prose(std::string_view line, std::size_t begin, std::size_t next) {
        if (in_paragraph_ && !line.starts_with("- ")) {
            line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
            parts_.back().text += ' ';
            parts_.back().text += line;
        } else {
            parts_.push_back({PartKind::paragraph, line_, 0, {}, std::string(line), begin, next});
            in_paragraph_ = true;
        }
    }

    std::string_view page_;
    std::vector<PagePart> parts_;
    std::size_t line_ = 1;
    bool in_fence_ = false;
    bool in_paragraph_ = false;
};

} // namespace

std::string_view PagePart::language() const {
    return words.empty() ? std::string_view() : std::string_view(words.front());
}

bool PagePart::has(std::string_view word) const {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view PagePart::value(std::string_view name) const {
    for (const std::string_view word : words) {
        if (word.starts_with(name) && word.substr(name.size()).starts_with('=')) {
            return word.substr(name.size() + 1);
        }
    }
    return {};
}

std::vector<PagePart> parts_of(std::string_view page) { return Reader(page).parts(); }

} // namespace rung::tools
