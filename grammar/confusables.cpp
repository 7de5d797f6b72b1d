#include "grammar/confusables.hpp"

#include "grammar/characters.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace rung {

namespace {

struct Pair {
    char32_t code;
    char latin;
};

/// By code point.
constexpr Pair alike[] = {
    {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'}, {0x0399, 'I'},
    {0x039A, 'K'}, {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'}, {0x03A4, 'T'},
    {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x03BF, 'o'}, {0x03F2, 'c'}, {0x03F3, 'j'}, {0x0405, 'S'},
    {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'}, {0x041A, 'K'},
    {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'}, {0x0421, 'C'}, {0x0422, 'T'},
    {0x0423, 'Y'}, {0x0425, 'X'}, {0x0430, 'a'}, {0x0435, 'e'}, {0x043E, 'o'}, {0x0440, 'p'},
    {0x0441, 'c'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'},
    {0x04AE, 'Y'}, {0x04BB, 'h'}, {0x04C0, 'I'}, {0x0501, 'd'}, {0x051B, 'q'}, {0x051D, 'w'},
    {0x2160, 'I'}, {0x2164, 'V'}, {0x2169, 'X'}, {0x216C, 'L'}, {0x216D, 'C'}, {0x216E, 'D'},
    {0x216F, 'M'}, {0x2170, 'i'}, {0x2174, 'v'}, {0x2179, 'x'}, {0x217C, 'l'}, {0x217D, 'c'},
    {0x217E, 'd'}, {0x217F, 'm'},
};

/// The full-width forms of `!` through `~`.
constexpr char32_t full_width_first = 0xFF01;
constexpr char32_t full_width_last = 0xFF5E;

bool is_between(char32_t code, char32_t first, char32_t last) {
    return first <= code && code <= last;
}

bool is_latin(char32_t code) {
    return is_between(code, 'a', 'z') || is_between(code, 'A', 'Z') ||
           is_between(code, 0xC0, 0x24F);
}
bool is_greek_or_cyrillic(char32_t code) { return is_between(code, 0x370, 0x52F); }
bool is_full_width(char32_t code) { return is_between(code, full_width_first, full_width_last); }
/// Scripts in whose texts full-width forms are at home.
bool is_east_asian(char32_t code) {
    return is_between(code, 0x2E80, 0xD7FF) || is_between(code, 0xF900, 0xFAFF) ||
           is_between(code, 0x20000, 0x3FFFD);
}
/// Hebrew, Arabic and their neighbours, which are written from right to left.
bool is_right_to_left(char32_t code) {
    return is_between(code, 0x590, 0x8FF) || is_between(code, 0xFB1D, 0xFDFF) ||
           is_between(code, 0xFE70, 0xFEFC);
}

bool is_mark_of_direction(char32_t code) { return code == 0x200E || code == 0x200F; }
/// Joiners shape the letters of some scripts, and put pictures together.
bool is_joiner(char32_t code) { return code == 0x200C || code == 0x200D; }
bool is_never_seen(char32_t code) {
    return code == 0xAD || code == 0x34F || code == 0x115F || code == 0x1160 || code == 0x17B4 ||
           code == 0x17B5 || code == 0x180E || code == 0x200B || is_between(code, 0x2060, 0x2064) ||
           code == 0x3164 || code == 0xFEFF || code == 0xFFA0;
}
bool is_other_blank(char32_t code) {
    return code == 0xA0 || is_between(code, 0x2000, 0x200A) || code == 0x202F || code == 0x205F ||
           code == 0x3000;
}

/// The character it is taken for, or nothing.
std::string looks_like(char32_t code) {
    if (is_full_width(code)) {
        return std::string(1, static_cast<char>(code - full_width_first + '!'));
    }
    const auto* const pair =
        std::lower_bound(std::begin(alike), std::end(alike), code,
                         [](const Pair& entry, char32_t wanted) { return entry.code < wanted; });
    return pair != std::end(alike) && pair->code == code ? std::string(1, pair->latin) : "";
}

struct Character {
    char32_t code;
    Span at;
};

std::vector<Character> characters_of(std::string_view text) {
    std::vector<Character> characters;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = code_point_size(text, at);
        characters.push_back(
            {decode(text.substr(at, size)),
             {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + size)}});
        at += size;
    }
    return characters;
}

/// What a text is written in, by which it is told what is out of place.
struct Surroundings {
    bool latin = false;
    bool foreign = false; // Greek or Cyrillic letters that look like no Latin ones
    bool east_asian = false;
    bool right_to_left = false;

    explicit Surroundings(const std::vector<Character>& characters) {
        for (const auto& [code, at] : characters) {
            latin |= is_latin(code);
            foreign |= is_greek_or_cyrillic(code) && looks_like(code).empty();
            east_asian |= is_east_asian(code);
            right_to_left |= is_right_to_left(code);
        }
    }
};

bool belongs_to_word(char32_t code) {
    return is_latin(code) || is_greek_or_cyrillic(code) || is_full_width(code) ||
           is_between(code, '0', '9') || is_between(code, 0x2160, 0x217F);
}

/// The word around a character, from the first through the last of its characters.
std::pair<std::size_t, std::size_t> word_around(const std::vector<Character>& characters,
                                                std::size_t index) {
    std::size_t first = index;
    std::size_t last = index;
    while (first > 0 && belongs_to_word(characters[first - 1].code)) {
        --first;
    }
    while (last + 1 < characters.size() && belongs_to_word(characters[last + 1].code)) {
        ++last;
    }
    return {first, last};
}

bool is_unseen(const std::vector<Character>& characters, std::size_t index,
               const Surroundings& around, bool exact) {
    const char32_t code = characters[index].code;
    const bool in_latin = index > 0 && index + 1 < characters.size() &&
                          characters[index - 1].code < 0x250 && characters[index + 1].code < 0x250;
    return turns_direction(code) || is_never_seen(code) ||
           (is_mark_of_direction(code) && !around.right_to_left) || (is_joiner(code) && in_latin) ||
           (exact && is_other_blank(code));
}

/// Beside Latin letters in its word, or in a Latin text that has nothing else of its script.
bool misleads(const std::vector<Character>& characters, std::size_t index,
              const Surroundings& around) {
    if (is_full_width(characters[index].code)) {
        return !around.east_asian;
    }
    const auto [first, last] = word_around(characters, index);
    const bool mixed = std::any_of(characters.begin() + static_cast<std::ptrdiff_t>(first),
                                   characters.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                                   [](const Character& one) { return is_latin(one.code); });
    // A Greek letter or a numeral may stand alone in any text.
    const bool alone = first == last && !is_between(characters[index].code, 0x400, 0x52F);
    return mixed || (around.latin && !around.foreign && !alone);
}

std::string word_as_meant(std::string_view text, const std::vector<Character>& characters,
                          std::size_t index) {
    const auto [first, last] = word_around(characters, index);
    std::string word;
    for (std::size_t i = first; i <= last; ++i) {
        const std::string meant = looks_like(characters[i].code);
        const Span at = characters[i].at;
        word += meant.empty() ? std::string(text.substr(at.begin, at.size())) : meant;
    }
    return word;
}

} // namespace

bool turns_direction(char32_t code) {
    return is_between(code, 0x202A, 0x202E) || is_between(code, 0x2066, 0x2069);
}

std::optional<Confusable> find_confusable(std::string_view text, bool exact) {
    const bool plain = std::all_of(text.begin(), text.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (plain) {
        return std::nullopt;
    }
    const std::vector<Character> characters = characters_of(text);
    const Surroundings around(characters);
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const auto& [code, at] = characters[i];
        if (is_unseen(characters, i, around, exact)) {
            return Confusable{at, code, "", ""};
        }
        if (std::string meant = looks_like(code);
            !meant.empty() && misleads(characters, i, around)) {
            return Confusable{at, code, std::move(meant), word_as_meant(text, characters, i)};
        }
    }
    return std::nullopt;
}

std::string code_point_name(char32_t code) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string name;
    for (auto rest = static_cast<std::uint32_t>(code); rest != 0 || name.size() < 4; rest /= 16) {
        name.insert(name.begin(), digits[rest % 16]);
    }
    return "U+" + name;
}

} // namespace rung
