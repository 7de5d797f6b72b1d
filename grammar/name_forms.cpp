#include "grammar/name_forms.hpp"

#include "grammar/slips.hpp"

namespace rung::mistakes {

using namespace lines;

std::string named(std::string_view found) {
    std::string name;
    for (const char c : found) {
        if (is_word_char(c)) {
            const bool hump = is_capital(c) && !name.empty() && is_small(name.back());
            name += hump ? "_" : "";
            name += c;
        } else if (c == ' ' || c == '-') {
            name += '_';
        } else if (c != '"') {
            return "";
        }
    }
    name = small_letters(name);
    return name.empty() || !is_small(name[0]) || name == found || among(reserved_words, name)
               ? ""
               : name;
}

std::string joined_name(const Place& place, std::string_view found) {
    const std::string_view before = place.word_before();
    const std::uint32_t behind = place.at + static_cast<std::uint32_t>(found.size());
    if (place.expects("a name") && is_small(found[0]) && place.text.substr(behind, 1) == "-") {
        std::uint32_t end = behind;
        while (end < place.text.size() &&
               (is_word_char(place.text[end]) || place.text[end] == '-')) {
            ++end;
        }
        std::string name = small_letters(place.text.substr(place.at, end - place.at));
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    }
    if (before.empty() || !is_small(before[0])) {
        return "";
    }
    if (found == "-" && is_word_char(place.text[place.at - 1]) && behind < place.text.size() &&
        is_word_char(place.text[behind])) {
        const Span rest = lexeme_at(place.text, behind);
        return std::string(before) + "_" + std::string(place.text.substr(behind, rest.size()));
    }
    if (place.expects("a type") && is_word_char(found[0])) {
        const Span next = lexeme_at(place.text, skip_blanks(place.text, behind));
        const std::string_view type = place.text.substr(next.begin, next.size());
        return type == "yes" || among(type_words, type)
                   ? std::string(before) + "_" + std::string(found)
                   : "";
    }
    return "";
}

std::string joined_row_name(const Place& place, std::string_view found) {
    const std::string_view before = place.word_before();
    const std::uint32_t bar = skip_blanks(place.text, begin_of_line(place.text, place.at));
    const bool first = place.text.substr(bar, 1) == "|" &&
                       place.text.data() + skip_blanks(place.text, bar + 1) == before.data();
    const bool words = !before.empty() && before != "each" && is_small(before[0]) &&
                       !among(reserved_words, before) && is_word_char(found[0]);
    return first && words && place.expects("`|`")
               ? small_letters(std::string(before) + "_" + std::string(found))
               : "";
}

std::string joined_define(const Place& place, std::string_view found) {
    const std::uint32_t line = begin_of_line(place.text, place.at);
    constexpr std::string_view section = "define ";
    if (found[0] != '"' || place.text.substr(line, section.size()) != section) {
        return "";
    }
    std::string name;
    for (std::uint32_t at = skip_blanks(place.text, line + section.size()); at < place.at;) {
        const Span word = lexeme_at(place.text, at);
        if (!is_small(place.text[word.begin])) {
            return "";
        }
        name += (name.empty() ? "" : "_") + std::string(place.text.substr(word.begin, word.size()));
        at = skip_blanks(place.text, word.end);
    }
    return name;
}

std::string ladder_called(const Place& place) {
    const std::uint32_t line_end = end_of_line(place.text, place.at);
    const std::string label =
        "\"" +
        std::string(place.text.substr(place.at,
                                      without_blanks(place.text, place.at, line_end) - place.at)) +
        "\"";
    for (std::size_t at = place.text.find(label); at != std::string_view::npos;
         at = place.text.find(label, at + 1)) {
        const auto label_at = static_cast<std::uint32_t>(at);
        const std::uint32_t line = begin_of_line(place.text, label_at);
        const std::string_view name = Place{place.text, label_at, place.expected}.word_before();
        if (place.text.substr(line, 7) == "ladder " && name != "ladder") {
            return std::string(name);
        }
    }
    return "";
}

} // namespace rung::mistakes
