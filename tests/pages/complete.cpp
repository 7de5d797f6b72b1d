#include "tests/pages/complete.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace rung::pages {

namespace {

std::string_view take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
    text.remove_prefix(line.size());
    return line;
}

std::string_view word(std::string_view line) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
    return line.substr(begin, line.find_first_of(" \t\r\n", begin) - begin);
}

/// The word a section begins with; of those that a file may have several of, the name too.
std::string key_of(std::string_view line) {
    const std::string_view first = word(line);
    line.remove_prefix(first.size());
    constexpr std::string_view several[] = {"record", "define", "table", "reading",
                                            "notice", "test",   "accept"};
    const bool named =
        std::find(std::begin(several), std::end(several), first) != std::end(several);
    return std::string(first) + (named ? " " + std::string(word(line)) : "");
}

struct Section {
    std::string key;
    std::string text;
};

std::vector<Section> sections_of(std::string_view text) {
    std::vector<Section> sections;
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        const bool begins = line.front() >= 'a' && line.front() <= 'z';
        if (begins || sections.empty()) {
            sections.push_back({begins ? key_of(line) : "", ""});
        }
        sections.back().text += line;
    }
    return sections;
}

/// The lines of the facts of `head` that `fragment` does not give anew.
std::string facts_left(std::string_view head, std::string_view fragment) {
    std::set<std::string_view> anew;
    while (!fragment.empty()) {
        anew.insert(word(take_line(fragment)));
    }
    std::string left;
    take_line(head);
    while (!head.empty()) {
        const std::string_view line = take_line(head);
        if (!anew.contains(word(line)) && !word(line).empty()) {
            left += line;
        }
    }
    return left;
}

std::string with_facts_left(std::string facts, std::string_view head) {
    const std::string left = facts_left(head, facts);
    return facts.insert(facts.find('\n') + 1, left);
}

} // namespace

std::string complete(std::string_view head, std::string_view fragment) {
    if (word(fragment) == "program") {
        return std::string(fragment);
    }
    std::vector<Section> sections = sections_of(fragment);
    std::string whole;
    for (const Section& section : sections_of(head)) {
        const std::size_t before = whole.size();
        for (Section& own : sections) {
            if (own.key == section.key) {
                whole +=
                    section.key == "facts" ? with_facts_left(own.text, section.text) : own.text;
                own.text.clear();
            }
        }
        if (whole.size() == before) {
            whole += section.text;
        }
    }
    for (const Section& section : sections) {
        whole += section.text;
    }
    return whole;
}

} // namespace rung::pages
