// Answers in a language are wholly in it: where the rules have labels in it for all that they name, no word is left of
// their own language, nor of English.
//
// The labels that stand in for another language here hold no letter, so whatever Latin word an answer has must be one of
// the catalogue of its language, or a name of the rules; and those end in `_q`, as no word does.
#include "every_answer.hpp"
#include "interpreter/wording.hpp"

#include <cctype>

namespace rung::languages_test {

namespace {

// ---- words ---------------------------------------------------------------------------------------

/// Letters of Latin-1 are two bytes.
bool begins_letter(const std::string& text, std::size_t at) { return text[at] == '\xC3'; }

std::vector<std::string> words_in(const std::string& text) {
    std::vector<std::string> words{""};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (std::isalnum(c) != 0 || c == '_') {
            words.back() += text[i];
        } else if (begins_letter(text, i) && i + 1 < text.size()) {
            words.back() += text.substr(i++, 2);
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    return words;
}

std::set<std::string> catalogue(Language language) {
    std::set<std::string> known;
    const auto add = [&](std::initializer_list<std::string> texts) {
        for (std::string text : texts) {
            for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{')) {
                text.replace(at, text.find('}') + 1 - at, " ");
            }
            for (const std::string& word : words_in(text)) {
                known.insert(word);
                known.insert(Wording::capital(word));
            }
        }
    };
    const Wording& wording = Wording::of(language);
    for (int month = 1; month <= 12; ++month) {
        add({wording.date("2024-" + std::string(month < 10 ? "0" : "") + std::to_string(month))});
        add({wording.in_words(static_cast<std::uint64_t>(month)).text});
    }
    add({wording.money("1", "USD")});
#define RUNG_SAY(key, ...) add({__VA_ARGS__});
    switch (language) {
    case Language::de:
#include "interpreter/wording/de.def"
        break;
    case Language::es:
#define RUNG_SAY(key, ...) add({__VA_ARGS__});
#include "interpreter/wording/es.def"
        break;
    case Language::ja:
#define RUNG_SAY(key, ...) add({__VA_ARGS__});
#include "interpreter/wording/ja.def"
        break;
    case Language::en:
        break;
    }
    return known;
}

/// A page as one sees it, or hears it: without tags and escapes, and with the texts of attributes.
std::string without_tags(std::string page) {
    for (const auto& [begin, end] : {std::pair("<style>", "</style>"), std::pair("<!--", "-->")}) {
        for (auto at = page.find(begin); at != std::string::npos; at = page.find(begin)) {
            page.erase(at, page.find(end, at) + std::string(end).size() - at);
        }
    }
    std::string text;
    for (std::size_t i = 0; i < page.size(); ++i) {
        const char after = i + 1 < page.size() ? page[i + 1] : ' ';
        if (page[i] == '<' && (std::isalpha(static_cast<unsigned char>(after)) != 0 ||
                               after == '/' || after == '!')) {
            const std::string tag = page.substr(i, page.find('>', i) - i);
            for (const std::string attribute : {"aria-label=\"", "title=\"", "alt=\""}) {
                if (const std::size_t at = tag.find(attribute); at != std::string::npos) {
                    const std::size_t begin = at + attribute.size();
                    text += " " + tag.substr(begin, tag.find('"', begin) - begin) + " ";
                }
            }
            i += tag.size();
            text += ' ';
        } else if (page[i] == '\\') { // of Markdown: what follows stands as it is
            continue;
        } else if (page[i] == '&') {
            i = page.find(';', i);
            text += ' ';
        } else {
            text += page[i];
        }
    }
    return text;
}

bool is_name(const std::string& word) {
    constexpr std::size_t digest = 64;
    static const std::set<std::string> of_the_tool{"Rung", "rung",   "check",   "diff",
                                                   "test", "impact", "PARTNERS"};
    return word.find("_q") != std::string::npos || word.size() == digest ||
           of_the_tool.contains(word);
}

/// Words of two letters or more that the language does not have.
std::set<std::string> foreign(const std::string& text, const std::set<std::string>& known) {
    std::set<std::string> found;
    for (const std::string& word : words_in(text)) {
        const auto letters = std::count_if(word.begin(), word.end(),
                                           [](unsigned char c) { return std::isalpha(c) != 0; });
        if (letters > 1 && !known.contains(word) && !is_name(word)) {
            found.insert(word);
        }
    }
    return found;
}

/// In every layout.
template <typename Tell>
void reads(Language language, const std::set<std::string>& known, const std::string& what,
           Tell&& tell) {
    for (const Layout layout : {Layout::terminal, Layout::markdown, Layout::html}) {
        TextOptions how;
        how.language = language;
        how.layout = layout;
        how.width = 200;
        how.all = true;
        const std::string page = tell(how);
        const std::string text = layout == Layout::terminal ? page : without_tags(page);
        CHECK_MESSAGE(!text.empty(), what);
        for (const std::string& word : foreign(text, known)) {
            const std::size_t at = text.find(word);
            FAIL_CHECK(tag_of(language) << ", " << what << ": `" << word << "` in "
                                        << text.substr(at < 60 ? 0 : at - 60, 120));
        }
    }
}

} // namespace

TEST_CASE("answers in a language have no word of another") {
    const auto label = [](std::size_t number) { return "⟦" + std::to_string(number) + "⟧"; };
    for (const Language language : {Language::de, Language::es, Language::ja}) {
        const Program program = every_answer::in(language, every_answer::rules(), label);
        const Program next = every_answer::in(language, every_answer::next_rules(), label);
        const std::set<std::string> known = catalogue(language);
        every_answer::each_answer(
            program, next, every_answer::partners,
            [&](const std::string& what, auto&& tell) { reads(language, known, what, tell); });
    }
}

TEST_CASE("a word of another language would be found") {
    const std::set<std::string> known = catalogue(Language::de);
    CHECK(foreign("nicht erfüllt", known).empty());
    CHECK(foreign("<p>", known).empty());
    CHECK(foreign(without_tags("<b title=\"not met\">erfüllt</b>"), known) ==
          std::set<std::string>{"met", "not"});
    CHECK(foreign("Goldです", catalogue(Language::ja)) == std::set<std::string>{"Gold"});
}

} // namespace rung::languages_test
