#include "grammar/source.hpp"

#include <algorithm>

namespace rung {

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
    line_begins_.push_back(0);
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (text_[i] == '\n') {
            line_begins_.push_back(static_cast<std::uint32_t>(i + 1));
        }
    }
}

std::string_view Source::text(Span span) const {
    return std::string_view(text_).substr(span.begin, span.size());
}

std::uint32_t Source::line_of(std::uint32_t offset) const {
    const auto after = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
    return static_cast<std::uint32_t>(after - line_begins_.begin());
}

std::uint32_t Source::line_begin(std::uint32_t line) const { return line_begins_[line - 1]; }

std::string_view Source::line(std::uint32_t line) const {
    const std::size_t begin = line_begins_[line - 1];
    std::size_t end = line < line_begins_.size() ? line_begins_[line] - 1 : text_.size();
    if (end > begin && text_[end - 1] == '\r') {
        --end;
    }
    return std::string_view(text_).substr(begin, end - begin);
}

Position Source::position(std::uint32_t offset) const {
    Position position;
    position.line = line_of(offset);
    for (std::size_t i = line_begins_[position.line - 1]; i < offset && i < text_.size();) {
        const std::size_t size = code_point_size(text_, i);
        i += size;
        position.column += 1;
        position.utf16 += size == 4 ? 2 : 1;
    }
    return position;
}

namespace {

bool continues(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

/// The size of the well-formed sequence at `at`, or 0. The bounds of the second byte are those of
/// table 3-7 of the Unicode standard: they shut out overlong forms, surrogates and what lies past U+10FFFF.
std::size_t sequence_size(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
        return 1;
    }
    if (!continues(text, at + 1)) {
        return 0;
    }
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        const bool in_bounds = !(lead == 0xE0 && second < 0xA0) && !(lead == 0xED && second > 0x9F);
        return in_bounds && continues(text, at + 2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool in_bounds = !(lead == 0xF0 && second < 0x90) && !(lead == 0xF4 && second > 0x8F);
        return in_bounds && continues(text, at + 2) && continues(text, at + 3) ? 4 : 0;
    }
    return 0;
}

} // namespace

std::size_t code_point_size(std::string_view text, std::size_t at) {
    const std::size_t size = sequence_size(text, at);
    return size == 0 ? 1 : size;
}

std::size_t find_invalid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = sequence_size(text, i);
        if (size == 0) {
            return i;
        }
        i += size;
    }
    return std::string_view::npos;
}

} // namespace rung
