#include "tests/pages/codes.hpp"

#include "grammar/characters.hpp"
#include "tools/explanations.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string>

namespace rung::pages {

namespace {

/// What no short example can bring about, as in tests/corpus/codes.cmake.
constexpr std::array<std::string_view, 3> out_of_reach = {"file-too-large",
                                                          "format-changed-meaning", "more-faults"};

/// `rung explain` indents examples by four columns of eighty.
constexpr std::size_t widest = 76;

std::string_view between(std::string_view line, std::string_view open, std::string_view close) {
    const std::size_t begin = std::min(line.find(open), line.size());
    line.remove_prefix(std::min(begin + open.size(), line.size()));
    return line.substr(0, line.find(close));
}

/// Each code with the chapter it stands in: `// ---- reading a file ---`.
std::map<std::string, std::string> chapters_of(std::string_view messages) {
    std::map<std::string, std::string> chapters;
    std::string chapter;
    while (!messages.empty()) {
        const std::string_view line = messages.substr(0, messages.find('\n'));
        messages.remove_prefix(std::min(line.size() + 1, messages.size()));
        if (line.starts_with("// ---- ")) {
            chapter = between(line, "---- ", " ---");
            chapter[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(chapter[0])));
        } else if (line.starts_with("RUNG_MESSAGE(")) {
            chapters[std::string(between(line, "\"", "\""))] = chapter;
        }
    }
    return chapters;
}

bool has_example(const tools::Explanation& explanation, std::string_view verdict) {
    return std::any_of(
        explanation.parts.begin(), explanation.parts.end(), [&](const tools::PagePart& part) {
            return part.kind == tools::PartKind::fence && tools::verdict_of(part) == verdict;
        });
}

void look_at(const tools::Explanation& explanation, std::vector<Trouble>& troubles) {
    const auto add = [&](const std::string& text) {
        troubles.push_back({explanation.line, "`" + explanation.code + "` " + text});
    };
    if (explanation.parts.empty() || explanation.parts.front().kind != tools::PartKind::paragraph) {
        add("is not explained");
    }
    const bool reachable =
        std::find(out_of_reach.begin(), out_of_reach.end(), explanation.code) == out_of_reach.end();
    for (const std::string_view verdict : {"wrong", "right"}) {
        if (reachable && !has_example(explanation, verdict)) {
            add("has no example that is " + std::string(verdict));
        }
    }
    for (const tools::PagePart& part : explanation.parts) {
        std::string_view text = part.text;
        if (part.kind != tools::PartKind::fence) {
            continue;
        }
        while (!text.empty()) {
            const std::string_view line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(line.size() + 1, text.size()));
            // A command stays on one line, to be copied; what it prints must fit.
            if (!line.starts_with("$ ") && display_width(line) > widest) {
                add("has an example too wide for a terminal: " + std::string(line));
            }
        }
    }
}

} // namespace

std::vector<Trouble> compare_codes(std::string_view page, std::string_view messages) {
    std::vector<Trouble> troubles;
    std::map<std::string, std::string> chapters = chapters_of(messages);
    if (chapters.empty()) {
        troubles.push_back({1, "grammar/messages.def holds no message"});
    }
    for (const tools::Explanation& explanation : tools::explanations_of(page)) {
        const auto known = chapters.find(explanation.code);
        if (known == chapters.end()) {
            troubles.push_back({explanation.line, "`" + explanation.code +
                                                      "` is no code of grammar/messages.def, or "
                                                      "stands here twice"});
            continue;
        }
        if (known->second != explanation.chapter) {
            troubles.push_back(
                {explanation.line,
                 "`" + explanation.code + "` belongs to the chapter `" + known->second + "`"});
        }
        look_at(explanation, troubles);
        chapters.erase(known);
    }
    for (const auto& [code, chapter] : chapters) {
        troubles.push_back({1, "`" + code + "` has no section (chapter `" + chapter + "`)"});
    }
    return troubles;
}

} // namespace rung::pages
