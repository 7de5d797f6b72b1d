#include "interpreter/wording.hpp"

#include "interpreter/calendar.hpp"
#include "interpreter/number.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace rung {

namespace {

constexpr std::size_t message_count = std::size(wording::forms);

/// A message in one language; `one` is empty where the number makes no difference.
struct CatalogueText {
    std::string_view one;
    std::string_view other;

    constexpr CatalogueText() = default;
    constexpr CatalogueText(std::string_view text)
        : other(text) {} // NOLINT(google-explicit-constructor)
    constexpr CatalogueText(std::string_view for_one, std::string_view for_others)
        : one(for_one), other(for_others) {}
};

using Catalogue = std::array<CatalogueText, message_count>;

constexpr void put(Catalogue& catalogue, Say say, CatalogueText text) {
    CatalogueText& place = catalogue[static_cast<std::size_t>(say)];
    if (!place.other.empty()) {
        throw "a message is there twice";
    }
    place = text;
}

consteval Catalogue english_catalogue() {
    Catalogue catalogue;
#define RUNG_SAY(key, ...) put(catalogue, Say::key, {__VA_ARGS__});
#include "interpreter/wording/en.def"
    return catalogue;
}

consteval Catalogue german_catalogue() {
    Catalogue catalogue;
#define RUNG_SAY(key, ...) put(catalogue, Say::key, {__VA_ARGS__});
#include "interpreter/wording/de.def"
    return catalogue;
}

consteval Catalogue spanish_catalogue() {
    Catalogue catalogue;
#define RUNG_SAY(key, ...) put(catalogue, Say::key, {__VA_ARGS__});
#include "interpreter/wording/es.def"
    return catalogue;
}

consteval Catalogue japanese_catalogue() {
    Catalogue catalogue;
#define RUNG_SAY(key, ...) put(catalogue, Say::key, {__VA_ARGS__});
#include "interpreter/wording/ja.def"
    return catalogue;
}

constexpr Catalogue in_english = english_catalogue();
constexpr Catalogue in_german = german_catalogue();
constexpr Catalogue in_spanish = spanish_catalogue();
constexpr Catalogue in_japanese = japanese_catalogue();

// ---- every message is whole in every language -----------------------------------------------------

/// Each name between commas, in order.
template <typename Each>
constexpr void each_name(std::string_view names, Each&& each) {
    while (!names.empty()) {
        const std::size_t end = std::min(names.find(','), names.size());
        each(names.substr(0, end));
        names.remove_prefix(std::min(end + 2, names.size()));
    }
}

/// Calls `plain` for what stands between placeholders and `placeholder` with the name in each.
template <typename Plain, typename Placeholder>
constexpr void each_piece(std::string_view text, Plain&& plain, Placeholder&& placeholder) {
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        plain(text.substr(0, open));
        text.remove_prefix(open);
        if (!text.empty()) {
            const std::size_t close = text.find('}');
            const bool capital = text[1] == '^';
            const std::size_t begin = capital ? 2 : 1;
            placeholder(text.substr(begin, close - begin), capital);
            text.remove_prefix(close + 1);
        }
    }
}

constexpr std::size_t place_of(std::string_view name, std::string_view names) {
    std::size_t place = 0;
    std::size_t found = std::string_view::npos;
    each_name(names, [&](std::string_view candidate) {
        found = candidate == name ? place : found;
        ++place;
    });
    return found;
}

constexpr bool has_all_arguments(std::string_view text, std::string_view names,
                                 bool may_skip_first) {
    std::size_t used = 0;
    bool unknown = false;
    each_piece(
        text, [](std::string_view) {},
        [&](std::string_view name, bool) {
            const std::size_t place = place_of(name, names);
            unknown = unknown || place == std::string_view::npos;
            used |= unknown ? 0 : std::size_t{1} << place;
        });
    std::size_t asked = 0;
    std::size_t place = 0;
    each_name(names, [&](std::string_view) { asked |= std::size_t{1} << place++; });
    return !unknown && (used == asked || (may_skip_first && (used | 1) == asked));
}

constexpr bool is_whole(const Catalogue& catalogue, Say say, bool has_plural) {
    const CatalogueText& text = catalogue[static_cast<std::size_t>(say)];
    const auto& [names, is_counted] = wording::form(say);
    const bool for_one = is_counted && has_plural;
    return !text.other.empty() && has_all_arguments(text.other, names, false) &&
           (for_one ? !text.one.empty() && has_all_arguments(text.one, names, true)
                    : text.one.empty());
}

#define RUNG_SAY(key, arguments)                                                                   \
    static_assert(is_whole(in_english, Say::key, true), "en: " #key);                              \
    static_assert(is_whole(in_german, Say::key, true), "de: " #key);                               \
    static_assert(is_whole(in_spanish, Say::key, true), "es: " #key);                              \
    static_assert(is_whole(in_japanese, Say::key, false), "ja: " #key);
#include "interpreter/wording/messages.def"

// ---- forms of a language ---------------------------------------------------------------------------

struct Sign {
    std::string_view currency; // ISO 4217
    std::string_view sign;
};

} // namespace

/// What CLDR (48) says of a language, and is no message.
struct Wording::Forms {
    const Catalogue& catalogue;
    std::string_view group; // between thousands …
    std::size_t least_grouped; // … of numbers with so many digits before the mark, or more
    std::string_view decimal;
    std::array<Sign, 4> signs; // other currencies by their code
    std::string_view behind_code; // where a code stands before the number
    std::array<std::string_view, 12> months;
    std::array<std::string_view, 13>
        counts; // from "one", in place 1; empty where figures are usual
};

struct Wording::All {
    static constexpr Forms english{
        in_english,
        ",",
        4,
        ".",
        {{{"USD", "$"}, {"EUR", "\u20AC"}, {"GBP", "\u00A3"}, {"JPY", "\u00A5"}}},
        " ",
        {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
        {"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve"},
    };
    static constexpr Forms german{
        in_german,
        ".",
        4,
        ",",
        {{{"USD", "$"}, {"EUR", "\u20AC"}, {"GBP", "\u00A3"}, {"JPY", "\u00A5"}}},
        "",
        {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.",
         "Dez."},
        {"", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
         "elf", "zwölf"},
    };
    static constexpr Forms spanish{
        in_spanish,
        ".",
        5,
        ",",
        {{{"USD", "US$"}, {"EUR", "\u20AC"}, {"GBP", "GBP"}, {"JPY", "JPY"}}},
        "",
        {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
        {"", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
         "once", "doce"},
    };
    static constexpr Forms japanese{
        in_japanese,
        ",",
        4,
        ".",
        {{{"USD", "$"}, {"EUR", "\u20AC"}, {"GBP", "\u00A3"}, {"JPY", "\uFFE5"}}},
        "\u00A0",
        {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
        {},
    };
    static constexpr std::array<Wording, all_languages.size()> wordings{{
        {Language::en, english},
        {Language::de, german},
        {Language::es, spanish},
        {Language::ja, japanese},
    }};
};

const Wording& Wording::of(Language language) {
    return All::wordings[static_cast<std::size_t>(language)];
}

std::string_view tag_of(Language language) {
    constexpr std::array<std::string_view, all_languages.size()> tags{"en", "de", "es", "ja"};
    return tags[static_cast<std::size_t>(language)];
}

std::optional<Language> language_of(std::string_view tag) {
    const auto* const found =
        std::find_if(all_languages.begin(), all_languages.end(),
                     [&](Language language) { return tag_of(language) == tag; });
    return found == all_languages.end() ? std::nullopt : std::optional(*found);
}

std::string Wording::filled(Say say, bool is_one,
                            std::initializer_list<std::string_view> arguments) const {
    const CatalogueText& text = forms_.catalogue[static_cast<std::size_t>(say)];
    std::string out;
    each_piece(
        is_one && !text.one.empty() ? text.one : text.other,
        [&](std::string_view plain) { out += plain; },
        [&](std::string_view name, bool at_begin) {
            const std::string_view argument =
                arguments.begin()[place_of(name, wording::form(say).arguments)];
            out += at_begin ? capital(std::string(argument)) : std::string(argument);
        });
    return out;
}

Count Wording::in_digits(std::uint64_t count) const {
    return {number(std::to_string(count)), count == 1};
}

Count Wording::in_words(std::uint64_t count) const {
    const std::string_view word = count < forms_.counts.size() ? forms_.counts[count] : "";
    return word.empty() ? in_digits(count) : Count{std::string(word), count == 1};
}

// ---- lists -----------------------------------------------------------------------------------------

namespace {

char small(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

/// Spanish "y" and "o" give way before their own sound, as ICU's list formatter has it.
bool gives_way(std::string_view item, char joint) {
    const char first = item.empty() ? ' ' : small(item[0]);
    const char second = item.size() < 2 ? ' ' : small(item[1]);
    const char third = item.size() < 3 ? ' ' : small(item[2]);
    if (joint == 'y') {
        return first == 'i' || (first == 'h' && second == 'i' && third != 'a' && third != 'e');
    }
    return first == 'o' || first == '8' || (first == 'h' && second == 'o') ||
           (first == '1' && second == '1' && third == ' ');
}

} // namespace

std::string Wording::last_joint(const std::vector<std::string>& items, Joint joint) const {
    switch (joint) {
    case Joint::apart:
        return say(Say::joint_apart);
    case Joint::apart_alternative:
        return say(Say::joint_apart_or);
    case Joint::conjunction:
    case Joint::alternative:
        break;
    }
    const bool all = joint == Joint::conjunction;
    std::string text = all                ? say(Say::joint_and)
                       : items.size() > 2 ? say(Say::joint_or_of_many)
                                          : say(Say::joint_or);
    const char sound = all ? 'y' : 'o';
    if (language_ == Language::es && gives_way(items.back(), sound)) {
        text[text.find(sound)] = all ? 'e' : 'u';
    }
    return text;
}

std::string Wording::list(const std::vector<std::string>& items, Joint joint) const {
    const bool have_commas = joint == Joint::apart || joint == Joint::apart_alternative;
    const std::string between = have_commas ? say(Say::joint_apart) : say(Say::joint);
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        text += i == 0 ? "" : i + 1 == items.size() ? last_joint(items, joint) : between;
        text += items[i];
    }
    return text;
}

// ---- figures and dates -----------------------------------------------------------------------------

std::string Wording::number(const std::string& canonical) const { return set(canonical, false); }

std::string Wording::set(const std::string& canonical, bool is_money) const {
    constexpr std::size_t most_places = 6; // nobody reads the 38 digits of a quotient
    const ParsedNumber parsed = Number::parse(canonical);
    if (!parsed) {
        return canonical;
    }
    std::string whole = parsed.value.to_string();
    const std::size_t point = std::min(whole.find('.'), whole.size());
    std::string fraction = whole.substr(std::min(point + 1, whole.size()));
    whole.resize(point);
    const std::size_t first = whole.starts_with('-') ? 1 : 0;
    for (std::size_t at = whole.size(), digits = at - first;
         digits >= forms_.least_grouped && at > first + 3;) {
        at -= 3;
        whole.insert(at, forms_.group);
    }
    if (fraction.size() > most_places) {
        fraction = fraction.substr(0, most_places) + "…";
    } else if (is_money && fraction.size() == 1) {
        fraction += '0'; // $0.50
    }
    return fraction.empty() ? whole : whole.append(forms_.decimal).append(fraction);
}

std::string Wording::money(const std::string& canonical, const std::string& currency) const {
    const auto* const known =
        std::find_if(forms_.signs.begin(), forms_.signs.end(),
                     [&](const Sign& sign) { return sign.currency == currency; });
    const std::string sign = known == forms_.signs.end()
                                 ? currency + std::string(forms_.behind_code)
                                 : std::string(known->sign);
    const bool negative = canonical.starts_with('-');
    return (negative ? "-" : "") +
           say(Say::money, sign, set(negative ? canonical.substr(1) : canonical, true));
}

std::string Wording::date(const std::string& iso) const {
    const ParsedDate as_month = Date::parse_month(iso);
    const ParsedDate parsed = as_month ? as_month : Date::parse(iso);
    if (!parsed) {
        return iso;
    }
    const auto parts = parsed.value.to_year_month_day();
    const std::string_view month = forms_.months[static_cast<unsigned>(parts.month()) - 1];
    const std::string year = iso.substr(0, 4);
    const std::string day = std::to_string(static_cast<unsigned>(parts.day()));
    return as_month ? say(Say::month, month, year) : say(Say::day, day, month, year);
}

std::string Wording::day(MonthDay day, const std::string& year) const {
    const std::string_view month = forms_.months[static_cast<unsigned>(day.month()) - 1];
    return say(Say::day, std::to_string(static_cast<unsigned>(day.day())), month, year);
}
std::string Wording::window(const Days& days) const {
    if (days.from.empty()) {
        return say(Say::up_to, date(days.through));
    }
    if (days.through.empty()) {
        return say(Say::from_on, date(days.from));
    }
    if (days.from == days.through) {
        return say(Say::on_day, date(days.from));
    }
    const std::string year = days.from.substr(0, 4);
    const bool is_year = days.from == year + "-01-01" && days.through == year + "-12-31";
    return is_year ? say(Say::in_year, year)
                   : say(Say::from_to, date(days.from), date(days.through));
}

// ---- letters ---------------------------------------------------------------------------------------

std::string Wording::capital(std::string text) {
    if (text.size() > 1 && text[0] == '\xC3' && text[1] >= '\xA0' && text[1] <= '\xBE' &&
        text[1] != '\xB7') {
        text[1] = static_cast<char>(text[1] - 0x20); // the letters of Latin-1: "é"
    } else if (!text.empty()) {
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    }
    return text;
}

std::string Wording::inside(std::string label) const {
    const bool keeps_capitals = language_ == Language::de || language_ == Language::ja;
    const bool is_abbreviation = // "MDF"
        label.size() > 1 && std::isupper(static_cast<unsigned char>(label[1])) != 0;
    if (!label.empty() && !keeps_capitals && !is_abbreviation) {
        label[0] = small(label[0]);
    }
    return label;
}

} // namespace rung
