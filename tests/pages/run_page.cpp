#include "tests/pages/run_page.hpp"

#include "interpreter/checks.hpp"
#include "tests/corpus/command.hpp"
#include "tests/corpus/diff.hpp"
#include "tests/pages/complete.hpp"
#include "tools/explanations.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rung::pages {

namespace fs = std::filesystem;
using tools::PagePart;
using tools::PartKind;
using tools::verdict_of;
using Json = nlohmann::json;

namespace {

std::string_view take_line(std::string_view& text) {
    const std::string_view line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
    text.remove_prefix(line.size());
    return line;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        lines.push_back(take_line(text));
    }
    return lines;
}

/// A command of a console block, and the output below it.
struct Call {
    std::string command;
    std::string expected;
};

std::vector<Call> calls_of(std::string_view text) {
    std::vector<Call> calls;
    for (const std::string_view line : lines_of(text)) {
        if (line.starts_with("$ ")) {
            calls.push_back({std::string(line.substr(2, line.size() - 3)), ""});
        } else if (!calls.empty()) {
            calls.back().expected += line;
        }
    }
    return calls;
}

/// Whether `actual` is `expected`, where a line `…` stands for any lines.
bool agrees(std::string_view expected, std::string_view actual) {
    while (!expected.empty()) {
        const std::string_view line = take_line(expected);
        const std::size_t first = line.find_first_not_of(' ');
        if (first != std::string_view::npos && line.substr(first) == "…\n") {
            while (!agrees(expected, actual)) {
                if (actual.empty()) {
                    return false;
                }
                take_line(actual);
            }
            return true;
        }
        if (actual.empty() || take_line(actual) != line) {
            return false;
        }
    }
    return actual.empty();
}

struct Printed {
    std::string text;
    std::string trouble;
};

/// The codes of findings in text: `error[unknown-name]`.
std::set<std::string> codes_in_text(std::string_view text) {
    std::set<std::string> codes;
    for (std::string_view line : lines_of(text)) {
        if (line.starts_with("line ")) { // of a list: "line 12: error[csv-syntax]"
            line.remove_prefix(std::min(line.find(": ") + 2, line.size()));
        }
        for (const std::string_view head : {"error[", "warning["}) {
            if (line.starts_with(head)) {
                codes.insert(std::string(line.substr(head.size(), line.find(']') - head.size())));
            }
        }
    }
    return codes;
}

std::string listed(const std::set<std::string>& codes) {
    std::string text;
    for (const std::string& code : codes) {
        text += (text.empty() ? "" : ", ") + code;
    }
    return text.empty() ? "nothing" : text;
}

class PageRunner {
public:
    PageRunner(std::string_view page, const fs::path& folder, const fs::path& scratch)
        : page_(page), folder_(folder), scratch_(scratch) {}

    PageReport report() && {
        const std::vector<PagePart> parts = tools::parts_of(page_);
        for (std::size_t i = 0; i < parts.size();) {
            std::size_t end = i + 1;
            const PagePart& part = parts[i];
            if (part.kind == PartKind::heading) {
                heading_ = part.text;
            } else if (part.kind == PartKind::fence && !part.has("unchecked")) {
                const std::string_view verdict = verdict_of(part);
                while (!verdict.empty() && end < parts.size() &&
                       parts[end].kind == PartKind::fence && verdict_of(parts[end]) == verdict) {
                    ++end;
                }
                if (verdict.empty()) {
                    run(part);
                } else {
                    judge({parts.begin() + static_cast<std::ptrdiff_t>(i),
                           parts.begin() + static_cast<std::ptrdiff_t>(end)});
                }
                report_.blocks += end - i;
            }
            i = end;
        }
        report_.recorded += page_.substr(copied_);
        return std::move(report_);
    }

private:
    // ---- blocks without a verdict

    void run(const PagePart& part) {
        if (part.language() == "rung") {
            run_rules(part);
        } else if (part.language() == "json") {
            if (!Json::accept(part.text)) {
                trouble(part, "this is no JSON");
            }
            if (!part.value("file").empty()) {
                put(part, part.text);
            }
        } else if (part.language() == "console") {
            run_calls(part);
        }
    }

    void run_rules(const PagePart& part) {
        const std::string name = put(part, whole(part));
        if (part.has("head") || name == head_file_) {
            head_file_ = name;
            head_ = read(name);
        }
        const bool fragment = part.has("add") || !part.text.starts_with("program");
        const std::set<std::string> codes =
            fragment ? without_checks(checked(name), heading_) : checked(name);
        if (!codes.empty()) {
            trouble(part, "nothing may be found here, and found is " + listed(codes) + "\n" +
                              printed("rung check " + name).text);
        }
    }

    /// Compares each output, and takes down what was printed.
    void run_calls(const PagePart& part) {
        std::string anew;
        bool differs = false;
        for (const Call& call : calls_of(part.text)) {
            const Printed output = printed(call.command);
            const bool agreed = output.trouble.empty() && agrees(call.expected, output.text);
            if (!agreed) {
                trouble(part, "$ " + call.command + "\n" + output.trouble + "\n" +
                                  corpus::diff(call.expected, output.text));
            }
            differs = differs || (!agreed && output.trouble.empty());
            anew += "$ " + call.command + "\n" + (agreed ? call.expected : output.text);
        }
        if (differs) {
            report_.recorded += page_.substr(copied_, part.begin - copied_);
            report_.recorded += anew;
            copied_ = part.end;
        }
    }

    // ---- examples of a verdict

    void judge(const std::vector<PagePart>& example) {
        const PagePart& first = example.front();
        std::set<std::string> codes;
        const bool calls = std::any_of(example.begin(), example.end(), [](const PagePart& part) {
            return part.language() == "console";
        });
        std::set<std::string> to_check;
        for (const PagePart& part : example) {
            if (part.language() == "rung") {
                const fs::path name = put(part, whole(part));
                to_check.insert(name.has_parent_path() ? name.parent_path().string()
                                                       : name.string());
            } else if (part.language() == "json") {
                const std::string name = put(part, part.text);
                if (!calls) {
                    codes.merge(evaluated(part, name));
                }
            } else if (part.language() == "console") {
                codes.merge(called(part));
            } else {
                trouble(part, "no verdict can be had of this language");
            }
        }
        const std::string_view named = first.value("wrong");
        const std::string code = named.empty() ? heading_ : std::string(named);
        if (!calls) {
            for (const std::string& name : to_check) {
                codes.merge(checked(name));
            }
        }
        codes = without_checks(std::move(codes), code);
        if (verdict_of(first) == "right" ? !codes.empty() : codes != std::set{code}) {
            const std::string wanted = verdict_of(first) == "right" ? "nothing" : code;
            trouble(first,
                    "to be found is " + wanted + ", found is " + listed(codes) + "\n" + last_);
        }
    }

    std::set<std::string> called(const PagePart& part) {
        std::set<std::string> codes;
        for (const Call& call : calls_of(part.text)) {
            codes.merge(codes_of(call.command));
        }
        if (has_output(part)) {
            run_calls(part);
        }
        return codes;
    }

    /// A fragment leaves much of the head unread, so of what only looks wrong nothing counts but what the
    /// example is about.
    std::set<std::string> without_checks(std::set<std::string> codes, std::string_view about) {
        if (!head_.empty()) {
            std::erase_if(codes, [&](const std::string& code) {
                return (check_called(code) || code == name_of(Code::accepted_nothing)) &&
                       code != about;
            });
        }
        return codes;
    }

    static bool has_output(const PagePart& part) {
        const std::vector<Call> calls = calls_of(part.text);
        return std::any_of(calls.begin(), calls.end(),
                           [](const Call& call) { return !call.expected.empty(); });
    }

    // ---- commands

    Printed printed(const std::string& command) {
        const auto [outcome, trouble] =
            corpus::run_command("exec 2>&1; " + command, folder_, scratch_);
        last_ = outcome.out;
        return {outcome.out, trouble.empty() ? "" : "the command " + trouble};
    }

    /// The codes that a command prints; what crashes prints none of them.
    std::set<std::string> codes_of(const std::string& command) {
        const Printed output = printed(command);
        std::set<std::string> codes = codes_in_text(output.text);
        if (!output.trouble.empty()) {
            codes.insert(output.trouble);
        }
        return codes;
    }

    std::set<std::string> checked(const std::string& name) {
        return codes_of("rung check '" + name + "'");
    }

    std::set<std::string> evaluated(const PagePart& part, const std::string& name) {
        const std::string_view named = part.value("rules");
        const std::string rules = named.empty() ? head_file_ : std::string(named);
        const Json facts = Json::parse(part.text, nullptr, false);
        const bool dated = facts.is_object() && (facts.contains("on") || facts.contains("as_of"));
        return codes_of(fmt::format("rung eval '{}' --rules '{}'{}", name, rules,
                                    dated ? "" : " --on 2024-02-15"));
    }

    // ---- files

    /// A fragment with the head of the page; tests stand in files of their own.
    [[nodiscard]] std::string whole(const PagePart& part) const {
        const bool tests = part.value("file").ends_with(".test.rung");
        const bool joins = part.has("add") || part.has("into");
        return head_.empty() || tests || joins ? part.text : complete(head_, part.text);
    }

    /// Writes the file of a block, and tells its name.
    std::string put(const PagePart& part, const std::string& text) {
        std::string name(part.value("file"));
        if (name.empty()) {
            name = "example." + std::string(part.language());
        }
        const fs::path path = folder_ / name;
        std::error_code ignored;
        fs::create_directories(path.parent_path(), ignored);
        const std::string all = part.has("add")    ? read(name) + text
                                : part.has("into") ? complete(read(name), text)
                                                   : text;
        if (!corpus::write_file(path, all)) {
            trouble(part, "`" + name + "` cannot be written");
        }
        return name;
    }

    [[nodiscard]] std::string read(const std::string& name) const {
        std::string text;
        return corpus::read_file(folder_ / name, text) ? text : "";
    }

    void trouble(const PagePart& part, std::string text) {
        report_.troubles.push_back({part.line, std::move(text)});
    }

    std::string_view page_;
    const fs::path& folder_;
    const fs::path& scratch_;
    std::string heading_;
    std::string head_;
    std::string head_file_;
    std::string last_;
    std::size_t copied_ = 0;
    PageReport report_;
};

} // namespace

PageReport run_page(std::string_view page, const fs::path& folder, const fs::path& scratch) {
    return PageRunner(page, folder, scratch).report();
}

} // namespace rung::pages
