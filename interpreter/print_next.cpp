// What was moved into next year's file and what was left, as text and as data.
#include "interpreter/layout.hpp"
#include "interpreter/print_json.hpp"
#include "interpreter/wording.hpp"

#include <rung/next.hpp>

#include <algorithm>
#include <map>

namespace rung {

namespace {

using Left = MovedText::Left;

class NextNarrator : DocumentTeller {
public:
    NextNarrator(const NextVersion& next, const std::optional<NextTests>& tests,
                 const NextFiles& files, Language language)
        : next_(next), tests_(tests), files_(files), words_(Wording::of(language)) {
        document_.language = language;
        document_.title = next.label;
    }

    Document run() {
        begin_section();
        add(Heading{words_.say(Say::next_begun, next_.label, next_.version, next_.old_version), 1});
        const std::string from = words_.date(next_.from);
        add(Paragraph{next_.through
                          ? words_.say(Say::next_through, from, words_.date(*next_.through))
                          : words_.say(Say::next_onwards, from),
                      Tone::faint});
        begin_section();
        moved();
        left();
        to_check();
        steps();
        return told();
    }

private:
    [[nodiscard]] Item item(std::string label, std::string result) const {
        Item made;
        made.label = std::move(label);
        made.result = std::move(result);
        return made;
    }

    [[nodiscard]] std::string at_line(std::size_t line, const std::string& text) const {
        return words_.say(Say::next_line, std::to_string(line), text);
    }

    void moved() {
        Items items;
        for (const MovedText::Moved& moved : next_.rules.moved) {
            items.items.push_back(item(at_line(moved.line, moved.from),
                                       moved.to.empty() ? words_.say(Say::next_withdrawn_left_out)
                                                        : "→ " + moved.to));
        }
        add(Heading{words_.say(Say::next_moved)});
        add(std::move(items));
    }

    /// Dates one by one; of a year in words, the lines on which it stands.
    void left() {
        Items items;
        std::map<std::string, std::vector<std::string>> lines;
        for (const Left& left : next_.rules.left) {
            if (left.why == Left::Why::words) {
                std::vector<std::string>& of_year = lines[left.text];
                if (of_year.empty() || of_year.back() != std::to_string(left.line)) {
                    of_year.push_back(std::to_string(left.line));
                }
            } else {
                items.items.push_back(item(at_line(left.line, left.text), reason(left.why)));
            }
        }
        for (const auto& [year, at] : lines) {
            items.items.push_back(item(
                words_.say(Say::next_year_named, year),
                words_.counted(Say::next_lines, words_.in_digits(at.size()), words_.list(at))));
        }
        if (!items.items.empty()) {
            begin_section();
            add(Heading{words_.say(Say::next_left)});
            add(std::move(items));
        }
    }

    [[nodiscard]] std::string reason(Left::Why why) const {
        return why == Left::Why::before  ? words_.say(Say::next_before)
               : why == Left::Why::after ? words_.say(Say::next_after)
                                         : words_.say(Say::next_choice);
    }

    void to_check() {
        begin_section();
        const std::vector<MovedText::Moved>& moved = next_.rules.moved;
        const auto dates = std::count_if(moved.begin(), moved.end(),
                                         [](const auto& date) { return date.to_check; });
        if (dates > 0) {
            add(Paragraph{words_.counted(Say::next_dates,
                                         words_.in_digits(static_cast<std::uint64_t>(dates)))});
        }
        if (next_.citations > 0) {
            add(Paragraph{words_.counted(Say::next_citations, words_.in_digits(next_.citations))});
        }
        if (tests_ && files_.tests) {
            add(Paragraph{words_.counted(
                Say::next_tests, words_.in_digits(tests_->tests.moved.size()), *files_.tests)});
            if (tests_->dated_by_facts > 0) {
                add(Paragraph{words_.counted(Say::next_days_of_facts,
                                             words_.in_digits(tests_->dated_by_facts))});
            }
        }
        if (document_.sections.back().blocks.empty()) {
            document_.sections.pop_back();
        }
    }

    void steps() {
        Items items;
        if (next_.old_days) {
            items.items.push_back(
                item(files_.old_rules,
                     words_.say(Say::next_end_old, next_.old_version, *next_.old_days)));
        }
        items.items.push_back(item("rung check " + files_.rules, words_.say(Say::next_check)));
        items.items.push_back(
            item("rung diff " + files_.old_rules + " " + files_.rules, words_.say(Say::next_diff)));
        items.items.push_back(
            item("rung test " + files_.tests.value_or(files_.rules), words_.say(Say::next_test)));
        items.items.push_back(
            item("rung impact " + files_.old_rules + " " + files_.rules + " PARTNERS",
                 words_.say(Say::next_impact)));
        begin_section();
        add(Heading{words_.say(Say::next_steps)});
        add(std::move(items));
    }

    const NextVersion& next_;
    const std::optional<NextTests>& tests_;
    const NextFiles& files_;
    const Wording& words_;
};

const char* word_of(Left::Why why) {
    switch (why) {
    case Left::Why::before:
        return "before";
    case Left::Why::after:
        return "after";
    case Left::Why::choice:
        return "choice";
    case Left::Why::words:
        break;
    }
    return "words";
}

Json json_of(const MovedText& text) {
    Json json = {{"moved", Json::array()}, {"left", Json::array()}};
    for (const MovedText::Moved& moved : text.moved) {
        json["moved"].push_back({{"line", moved.line},
                                 {"from", moved.from},
                                 {"to", text_or_null(moved.to)},
                                 {"to_check", moved.to_check}});
    }
    for (const Left& left : text.left) {
        json["left"].push_back(
            {{"line", left.line}, {"text", left.text}, {"why", word_of(left.why)}});
    }
    return json;
}

} // namespace

std::string to_text(const NextVersion& next, const std::optional<NextTests>& tests,
                    const NextFiles& files, const TextOptions& options) {
    return lay_out(NextNarrator(next, tests, files, options.language).run(), options);
}

std::string to_json(const NextVersion& next, const std::optional<NextTests>& tests,
                    const NextFiles& files) {
    Json json = json_head(true);
    json["label"] = next.label;
    json["old_version"] = next.old_version;
    json["version"] = next.version;
    json["from"] = next.from;
    json["through"] = next.through ? Json(*next.through) : Json();
    json["old_days"] = next.old_days ? Json(*next.old_days) : Json();
    json["files"] = {{"old_rules", files.old_rules},
                     {"rules", files.rules},
                     {"tests", files.tests ? Json(*files.tests) : Json()}};
    json["rules"] = json_of(next.rules);
    json["citations_to_check"] = next.citations;
    json["tests"] = Json();
    if (tests) {
        json["tests"] = json_of(tests->tests);
        json["tests"]["dated_by_facts"] = tests->dated_by_facts;
    }
    return printed(json);
}

} // namespace rung
