#include "tools/explanations.hpp"

#include <algorithm>

namespace rung::tools {

std::string Explanation::summary() const {
    const std::string text = prose();
    const std::size_t end = std::min(text.find(". "), text.find(".\n"));
    return end == std::string::npos ? text : text.substr(0, end + 1);
}

std::string Explanation::prose() const {
    std::string text;
    for (const PagePart& part : parts) {
        if (part.kind == PartKind::paragraph) {
            text += (text.empty() ? "" : "\n\n") + part.text;
        }
    }
    return text;
}

std::string_view verdict_of(const PagePart& fence) {
    for (const std::string_view verdict : {"wrong", "right"}) {
        if (fence.has(verdict) || !fence.value(verdict).empty()) {
            return verdict;
        }
    }
    return {};
}

std::vector<Explanation> explanations_of(std::string_view page) {
    std::vector<Explanation> explanations;
    std::string chapter;
    bool in_section = false;
    for (PagePart& part : parts_of(page)) {
        if (part.kind == PartKind::heading) {
            in_section = part.level == 2;
            if (in_section) {
                explanations.push_back({part.text, chapter, part.line, {}});
            } else {
                chapter = part.text;
            }
        } else if (in_section) {
            explanations.back().parts.push_back(std::move(part));
        }
    }
    return explanations;
}

} // namespace rung::tools
