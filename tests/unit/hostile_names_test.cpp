// Names and labels that would be obeyed come out harmless in every answer and every layout.
#include "every_answer.hpp"

namespace rung::hostile_names_test {

namespace {

constexpr std::string_view hostile =
    "\x1b[31m<script>alert(1)</script>\xC2\x9B [x](http://evil.example) "
    "\u202e![y](z) =cmd|' /C calc'!A0 `*_ &amp; \u2066";

/// The facts with a hostile name for whatever they name.
std::string named(const std::string& json) {
    std::string text = json;
    for (const std::string name : {"Бета", "Га", "До", "Зе"}) {
        std::string escaped;
        for (const char c : hostile) {
            escaped += c == '\x1b' ? std::string("\\u001b") : std::string(1, c);
        }
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
            text.replace(at, name.size(), escaped);
            at += escaped.size();
        }
    }
    return text;
}

bool has_control(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool is_c1 =
            c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if ((c < 0x20 && c != '\n') || c == 0x7F || is_c1) {
            return true;
        }
    }
    return text.find("\u202e") != std::string_view::npos ||
           text.find("\u2066") != std::string_view::npos;
}

/// Whether it stands there without a backslash before it.
bool stands_bare(std::string_view text, std::string_view what) {
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) {
        if (at == 0 || text[at - 1] != '\\') {
            return true;
        }
    }
    return false;
}

template <typename Tell>
void is_harmless(const std::string& what, Tell&& tell) {
    TextOptions how;
    how.all = true;
    const std::string lines = tell(how);
    CHECK_MESSAGE(!has_control(lines), what, ": ", lines);

    how.layout = Layout::markdown;
    const std::string markdown = tell(how);
    CHECK_MESSAGE(!has_control(markdown), what);
    CHECK_MESSAGE(!stands_bare(markdown, "]("), what, ": ", markdown);
    CHECK_MESSAGE(markdown.find("<script") == std::string::npos, what, ": ", markdown);
    CHECK_MESSAGE(!stands_bare(markdown, "| ="), what, ": ", markdown); // a cell of a table

    how.layout = Layout::html;
    const std::string html = tell(how);
    CHECK_MESSAGE(!has_control(html), what);
    CHECK_MESSAGE(html.find("<script") == std::string::npos, what);
    CHECK_MESSAGE(html.find("<td>=") == std::string::npos, what);
}

} // namespace

TEST_CASE("no name or label is obeyed in any answer") {
    const auto label = [](std::size_t number) {
        return (number % 2 == 0 ? "=" : "") + std::string(hostile) + std::to_string(number);
    };
    const Program program = every_answer::in(Language::de, every_answer::rules(), label);
    const Program next = every_answer::in(Language::de, every_answer::next_rules(), label);
    std::vector<std::string> partners;
    std::transform(every_answer::partners.begin(), every_answer::partners.end(),
                   std::back_inserter(partners), named);
    every_answer::each_answer(program, next, partners, [](const std::string& what, auto&& tell) {
        is_harmless(what, tell);
    });
}

} // namespace rung::hostile_names_test
