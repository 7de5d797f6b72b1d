// What the layouts of pages have in common.
#include "interpreter/layout_pages.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <set>
#include <string_view>

namespace rung {

const char* sign_of(Mark mark) {
    switch (mark) {
    case Mark::plain:
        return "";
    case Mark::met:
        return "✓";
    case Mark::unmet:
        return "✗";
    case Mark::unknown:
        return "?";
    case Mark::not_asked:
        return "–";
    case Mark::waived:
        return "~";
    case Mark::way:
        return "›";
    case Mark::open:
        return "○";
    case Mark::closed:
        return "⊘";
    case Mark::step:
        return "";
    case Mark::change:
        return "→";
    }
    return "";
}

std::string word_of(const Wording& wording, Mark mark) {
    switch (mark) {
    case Mark::plain:
    case Mark::step:
        return "";
    case Mark::met:
        return wording.say(Say::sign_met);
    case Mark::unmet:
        return wording.say(Say::sign_unmet);
    case Mark::unknown:
        return wording.say(Say::sign_unknown);
    case Mark::not_asked:
        return wording.say(Say::not_asked);
    case Mark::waived:
        return wording.say(Say::waived);
    case Mark::way:
        return wording.say(Say::sign_way);
    case Mark::open:
        return wording.say(Say::sign_open);
    case Mark::closed:
        return wording.say(Say::sign_closed);
    case Mark::change:
        return wording.say(Say::sign_change);
    }
    return "";
}

RungStanding standing_of(const Rungs& rungs, std::size_t rung) {
    const Rungs::Rung& here = rungs.rungs[rung];
    if (!here.reached) {
        return here.possible ? RungStanding::possible : RungStanding::above;
    }
    const bool higher =
        std::any_of(rungs.rungs.begin() + static_cast<std::ptrdiff_t>(rung) + 1, rungs.rungs.end(),
                    [](const Rungs::Rung& above) { return above.reached; });
    return higher ? RungStanding::reached : RungStanding::current;
}

std::string standing_in_words(const Wording& wording, const Rungs& rungs, std::size_t rung) {
    std::string text;
    switch (standing_of(rungs, rung)) {
    case RungStanding::above:
        break;
    case RungStanding::possible:
        text = wording.say(Say::tier_possible);
        break;
    case RungStanding::reached:
        text = wording.say(Say::tier_reached);
        break;
    case RungStanding::current:
        text = wording.say(Say::tier_current);
        break;
    }
    if (rungs.rungs[rung].target) {
        text += (text.empty() ? "" : " · ") + wording.say(Say::tier_target);
    }
    return text;
}

namespace {

/// Behind what some spreadsheets skip: blanks, and characters that are not seen.
std::size_t behind_blanks(std::string_view text) {
    constexpr std::array<std::string_view, 8> skipped{" ",      "\t",     "\r",     "\n",
                                                      "\u00A0", "\u200B", "\u2060", "\uFEFF"};
    std::size_t at = 0;
    const auto is_next = [&](std::string_view blank) { return text.substr(at).starts_with(blank); };
    for (auto next = skipped.begin(); next != skipped.end();) {
        next = std::find_if(skipped.begin(), skipped.end(), is_next);
        at += next == skipped.end() ? 0 : next->size();
    }
    return at;
}

} // namespace

std::string no_formula(const std::string& text) {
    const bool is_figure = text.size() > 1 && (text[0] == '-' || text[0] == '+') &&
                           text.find_first_not_of("0123456789.,%", 1) == std::string::npos;
    const std::size_t begin = behind_blanks(text);
    if (begin == text.size() || is_figure) {
        return text;
    }
    constexpr std::array<std::string_view, 8> signs{"=",      "+",      "-",      "@",
                                                    "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    const bool computed = std::any_of(signs.begin(), signs.end(), [&](std::string_view sign) {
        return text.compare(begin, sign.size(), sign) == 0;
    });
    return computed ? "'" + text : text;
}

namespace {

using Marks = std::set<Mark>; // in their order

void add_marks(Marks& marks, const std::vector<Item>& items) {
    for (const Item& item : items) {
        marks.insert(item.mark);
        add_marks(marks, item.below);
    }
}

void add_marks(Marks& marks, const std::vector<Block>& blocks) {
    for (const Block& block : blocks) {
        if (const auto* items = std::get_if<Items>(&block)) {
            add_marks(marks, items->items);
        } else if (const auto* folded = std::get_if<Folded>(&block)) {
            add_marks(marks, folded->blocks);
        }
    }
}

} // namespace

std::vector<Mark> marks_used(const Document& document) {
    Marks used;
    for (const Section& section : document.sections) {
        add_marks(used, section.blocks);
    }
    std::vector<Mark> with_sign;
    std::copy_if(used.begin(), used.end(), std::back_inserter(with_sign),
                 [](Mark mark) { return *sign_of(mark) != '\0'; });
    return with_sign;
}

} // namespace rung
