// `rung explain`: the page docs/diagnostics.md, a section at a time.
#include "interpreter/print_json.hpp"
#include "interpreter/text.hpp"
#include "tools/explanations.hpp"
#include "tools/verbs.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rung::tools {

namespace {

constexpr int page_width = 80; // examples are written for it

/// `unknown-name`, as it is or as a message shows it: `error[unknown-name]`.
std::string bare(std::string_view code) {
    const std::size_t open = code.find('[');
    code.remove_prefix(open == std::string_view::npos ? 0 : open + 1);
    return std::string(code.substr(0, code.find(']')));
}

std::string_view severity_of(std::string_view name) {
    const auto names = code_names();
    const auto at = std::find(names.begin(), names.end(), name);
    const bool warns =
        at != names.end() &&
        rung::severity_of(static_cast<Code>(at - names.begin())) == Severity::warning;
    return warns ? "warning" : "error";
}

/// Where a terminal shows colours, what stands in backticks is strong and loses them.
std::string marked(const std::string& text, bool colour) {
    if (!colour) {
        return text;
    }
    std::string out;
    bool strong = false;
    for (const char character : text) {
        if (character == '`') {
            strong = !strong;
            out += strong ? "\x1b[1m" : "\x1b[0m";
        } else {
            out += character;
        }
    }
    return out;
}

std::string indented(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find('\n'), text.size());
        if (length > 0) {
            out += "    " + std::string(text.substr(0, length));
        }
        out += '\n';
        text.remove_prefix(std::min(length + 1, text.size()));
    }
    return out;
}

/// "Wrong:", "Right, in acme/2024.rung:"; empty where a block goes on with what was said above it.
std::string label_of(const PagePart& fence, std::string_view above, const Paint& paint) {
    const std::string_view verdict = verdict_of(fence);
    const std::string_view file = fence.value("file");
    if (verdict == above && file.empty()) {
        return "";
    }
    const std::string place = file.empty() ? "" : "in " + std::string(file);
    if (verdict.empty()) {
        return place.empty() ? "" : "\n" + place + ":\n";
    }
    const std::string word = verdict == "wrong" ? paint.bad("Wrong") : paint.good("Right");
    return "\n" + word + (place.empty() ? "" : ", " + place) + ":\n";
}

std::string in_words(const Explanation& explanation, const TextOptions& style) {
    const Paint paint{style.colour};
    const int width = std::min(style.width, page_width);
    std::string text =
        paint.strong(explanation.code) + fmt::format(" ({})\n", severity_of(explanation.code));
    std::string_view above;
    for (const PagePart& part : explanation.parts) {
        if (part.kind == PartKind::paragraph) {
            text += "\n" + marked(wrapped(part.text, width, 0, 0), style.colour) + "\n";
            above = {};
        } else {
            text += label_of(part, above, paint) + indented(part.text);
            above = verdict_of(part);
        }
    }
    return text;
}

Json in_data(const Explanation& explanation) {
    Json examples = Json::array();
    for (const PagePart& part : explanation.parts) {
        if (part.kind == PartKind::fence) {
            const auto or_null = [](std::string_view text) {
                return text.empty() ? Json() : Json(text);
            };
            examples.push_back({{"verdict", or_null(verdict_of(part))},
                                {"language", part.language()},
                                {"file", or_null(part.value("file"))},
                                {"text", part.text}});
        }
    }
    Json json = json_head(true);
    json["code"] = explanation.code;
    json["severity"] = severity_of(explanation.code);
    json["text"] = explanation.prose();
    json["examples"] = examples;
    return json;
}

std::string all_in_words(const std::vector<Explanation>& explanations, const TextOptions& style) {
    const Paint paint{style.colour};
    std::size_t longest = 0;
    for (const Explanation& explanation : explanations) {
        longest = std::max(longest, explanation.code.size());
    }
    const int column = static_cast<int>(longest) + 4;
    std::string text;
    std::string_view chapter;
    for (const Explanation& explanation : explanations) {
        if (explanation.chapter != chapter) {
            chapter = explanation.chapter;
            text += (text.empty() ? "" : "\n") + paint.strong(std::string(chapter)) + "\n";
        }
        const std::string summary = wrapped(explanation.summary(), style.width, column, column);
        text +=
            fmt::format("  {:<{}}  {}\n", explanation.code, longest, marked(summary, style.colour));
    }
    return text + "\n`rung explain CODE` tells all about one, with examples.\n";
}

Json all_in_data(const std::vector<Explanation>& explanations) {
    Json codes = Json::array();
    for (const Explanation& explanation : explanations) {
        codes.push_back({{"code", explanation.code},
                         {"severity", severity_of(explanation.code)},
                         {"chapter", explanation.chapter},
                         {"summary", explanation.summary()}});
    }
    Json json = json_head(true);
    json["codes"] = codes;
    return json;
}

[[noreturn]] void refuse_code(const std::string& code,
                              const std::vector<Explanation>& explanations) {
    std::vector<std::string_view> known;
    for (const Explanation& explanation : explanations) {
        known.push_back(explanation.code);
    }
    std::vector<Argument> arguments = {{"found", code}};
    if (const std::string_view close = nearest(code, known); !close.empty()) {
        arguments.push_back({"close", std::string(close)});
    }
    refuse(Code::unknown_code, std::move(arguments));
}

} // namespace

int explain(const std::optional<std::string>& code, const Console& console) {
    const std::vector<Explanation> explanations = explanations_of(diagnostics_page());
    const bool in_json = console.format() == Format::json;
    if (!code) {
        Console::out(in_json ? printed(all_in_data(explanations)) + "\n"
                             : all_in_words(explanations, Console::out_style()));
        return ExitCode::clean;
    }
    const std::string name = bare(*code);
    const auto found =
        std::find_if(explanations.begin(), explanations.end(),
                     [&](const Explanation& explanation) { return explanation.code == name; });
    if (found == explanations.end()) {
        refuse_code(name, explanations);
    }
    Console::out(in_json ? printed(in_data(*found)) + "\n"
                         : in_words(*found, Console::out_style()));
    return ExitCode::clean;
}

} // namespace rung::tools
