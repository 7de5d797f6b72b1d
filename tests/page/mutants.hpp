// Rule files with small faults in them: what a hand that slips, copies or merges would leave behind.
//
// Pieces of real files are cut small, then characters, tokens and lines of them are deleted, inserted,
// replaced and swapped. UTF-8 stays UTF-8; the numbers decide, so a seed names its mutants for good.
#pragma once

#include "tests/page/random.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rung::page {

/// Characters, kept whole; lines, with their ends; or tokens, blanks being tokens too.
enum class Grain : std::uint8_t { character, token, line };

inline std::size_t piece_size(std::string_view text, std::size_t at, Grain grain) {
    const auto word_char = [&](std::size_t i) {
        const char c = text[i];
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    const auto while_true = [&](auto holds) {
        std::size_t end = at;
        while (end < text.size() && holds(end)) {
            ++end;
        }
        return end - at;
    };
    if (grain == Grain::line) {
        return std::min(text.find('\n', at), text.size() - 1) + 1 - at;
    }
    if (grain == Grain::token && word_char(at)) {
        return while_true(word_char);
    }
    if (grain == Grain::token && text[at] == ' ') {
        return while_true([&](std::size_t i) { return text[i] == ' '; });
    }
    if (grain == Grain::token && text[at] == '"') {
        const std::size_t end = text.find_first_of("\"\n", at + 1);
        return end == std::string_view::npos || text[end] == '\n' ? 1 : end + 1 - at;
    }
    return 1 + [&] {
        std::size_t more = 0;
        while (at + 1 + more < text.size() &&
               (static_cast<unsigned char>(text[at + 1 + more]) & 0xC0U) == 0x80U) {
            ++more;
        }
        return more;
    }();
}

inline std::vector<std::string> cut(std::string_view text, Grain grain) {
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = piece_size(text, at, grain);
        pieces.emplace_back(text.substr(at, size));
        at += size;
    }
    return pieces;
}

inline std::string paste(const std::vector<std::string>& pieces) {
    std::string text;
    for (const std::string& piece : pieces) {
        text += piece;
    }
    return text;
}

/// One to three sections of a file, long ones with some of their lines left out.
inline std::string sample(std::string_view file, Random& random) {
    const std::vector<std::string> lines = cut(file, Grain::line);
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i][0] >= 'a' && lines[i][0] <= 'z') {
            begins.push_back(i);
        }
    }
    std::string text;
    for (std::size_t count = 1 + random.below(3); count > 0 && !begins.empty(); --count) {
        const std::size_t chosen = random.below(begins.size());
        const std::size_t first = begins[chosen];
        const std::size_t last = chosen + 1 < begins.size() ? begins[chosen + 1] : lines.size();
        const std::size_t one_of = 1 + (last - first) / 6;
        for (std::size_t i = first; i < last; ++i) {
            if (i < first + 2 || random.one_in(one_of)) {
                text += lines[i];
            }
        }
        text += text.ends_with('\n') ? "" : "\n";
    }
    return text;
}

/// What is put in the place of something else, besides the words of the language.
inline constexpr std::array<std::string_view, 64> odds = {
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\n  ",
    "#",
    "# x",
    "\"",
    "\"a\"",
    "\"a \\\" b\"",
    "\\",
    "|",
    "||",
    "-",
    "- ",
    "_",
    "(",
    ")",
    ",",
    ", ",
    ".",
    ":",
    "=",
    "==",
    "=>",
    "=<",
    "<>",
    "<",
    ">",
    ">=",
    "!=",
    "!",
    "+",
    "*",
    "/",
    "%",
    "$",
    "$5M",
    "EUR 1,000",
    "€2.5",
    "15%",
    "1,5000",
    "1,000",
    "2.",
    "250k",
    "7K",
    "90 days",
    "2023-06-30",
    "2023-6-30",
    "02-01",
    "a",
    "a.b",
    "A",
    "USD",
    "é",
    "\u201C",
    "\u2013",
    "\u00A0",
    "\U0001F642",
    "|---|",
    "\n| a |",
};

inline std::string_view other(Random& random, std::span<const std::string> words) {
    const std::size_t chosen = random.below(words.size() + odds.size());
    return chosen < words.size() ? std::string_view(words[chosen]) : odds[chosen - words.size()];
}

/// The text with one to three small changes.
inline std::string mutate(std::string text, Random& random, std::span<const std::string> words) {
    for (std::size_t count = 1 + random.below(3); count > 0; --count) {
        constexpr std::array grains = {Grain::character, Grain::token, Grain::token, Grain::token,
                                       Grain::line};
        const Grain grain = grains[random.below(grains.size())];
        std::vector<std::string> pieces = cut(text, grain);
        if (pieces.empty()) {
            return std::string(other(random, words));
        }
        const std::size_t at = random.below(pieces.size());
        const auto place = pieces.begin() + static_cast<std::ptrdiff_t>(at);
        const std::size_t elsewhere = random.below(pieces.size());
        switch (random.below(7)) {
        case 0: // up to four: a comma, a blank and a word
            pieces.erase(place, place + static_cast<std::ptrdiff_t>(
                                            std::min(1 + random.below(4), pieces.size() - at)));
            break;
        case 1:
            pieces.insert(place, std::string(other(random, words)));
            break;
        case 2:
            *place = other(random, words);
            break;
        case 3:
            std::swap(pieces[at], pieces[std::min(at + 1, pieces.size() - 1)]);
            break;
        case 4:
            std::swap(pieces[at], pieces[std::min(at + 2, pieces.size() - 1)]);
            break;
        case 5:
            *place = pieces[elsewhere];
            break;
        default:
            pieces.insert(place, pieces[elsewhere]);
            break;
        }
        text = paste(pieces);
    }
    return text;
}

/// The smallest text with the same property that leaving out lines, then characters, leads to.
template <typename Property>
std::string shrink(std::string text, Property holds) {
    int tries = 5000;
    for (const Grain grain : {Grain::line, Grain::token, Grain::character}) {
        for (bool smaller = true; smaller;) {
            smaller = false;
            std::vector<std::string> pieces = cut(text, grain);
            for (std::size_t width = std::max<std::size_t>(pieces.size() / 2, 1); width > 0;
                 width /= 2) {
                for (std::size_t at = 0; at + width <= pieces.size() && tries > 0;) {
                    std::vector<std::string> fewer = pieces;
                    const auto first = fewer.begin() + static_cast<std::ptrdiff_t>(at);
                    fewer.erase(first, first + static_cast<std::ptrdiff_t>(width));
                    --tries;
                    if (holds(paste(fewer))) {
                        pieces = std::move(fewer);
                        smaller = true;
                    } else {
                        ++at;
                    }
                }
            }
            text = paste(pieces);
        }
    }
    return text;
}

} // namespace rung::page
