// The words of answers, in one language: messages, counts, lists, figures, money, dates.
//
// The messages stand in interpreter/wording/, a file for each language. Forms of figures, dates and lists
// follow Unicode's CLDR (https://cldr.unicode.org), here for four languages and without its library: they
// are a page of rules.
//
// Texts come out as they went in. Layouts make them harmless.
#pragma once

#include "interpreter/calendar.hpp"

#include <rung/language.hpp>
#include <rung/outcome.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace rung {

enum class Say : std::uint16_t {
#define RUNG_SAY(key, arguments) key,
#include "interpreter/wording/messages.def"
};

/// A number that a message is chosen by, in figures or in words.
struct Count {
    std::string text;
    bool is_one = false;
};

enum class Joint : std::uint8_t {
    conjunction, // a, b and c
    alternative, // a, b or c
    apart, // a; b; c: where the items hold commas
    apart_alternative, // a, b; or c
};

namespace wording {

struct Form {
    std::string_view arguments; // their names, in the order of the call
    bool is_counted;
};

inline constexpr Form forms[] = {
#define RUNG_SAY(key, arguments) {arguments, false},
#define RUNG_COUNTED(key, arguments) {arguments, true},
#include "interpreter/wording/messages.def"
};

constexpr const Form& form(Say say) { return forms[static_cast<std::size_t>(say)]; }

constexpr std::size_t argument_count(Say say) {
    const std::string_view names = form(say).arguments;
    std::size_t count = names.empty() ? 0 : 1;
    for (const char c : names) {
        count += c == ',';
    }
    return count;
}

/// A message and the number of its arguments, held together by the compiler.
template <bool is_counted, std::size_t count>
struct Message {
    consteval Message(Say key) : say(key) { // NOLINT(google-explicit-constructor): see above
        if (form(key).is_counted != is_counted || argument_count(key) != count) {
            throw "this message has other arguments";
        }
    }

    Say say;
};

} // namespace wording

/// Immutable, one for each language.
class Wording {
public:
    [[nodiscard]] static const Wording& of(Language language);

    [[nodiscard]] Language language() const { return language_; }

    template <typename... Text>
    [[nodiscard]] std::string say(wording::Message<false, sizeof...(Text)> message,
                                  const Text&... arguments) const {
        return filled(message.say, false, {std::string_view(arguments)...});
    }
    /// The form for this many.
    template <typename... Text>
    [[nodiscard]] std::string counted(wording::Message<true, sizeof...(Text) + 1> message,
                                      const Count& count, const Text&... arguments) const {
        return filled(message.say, count.is_one, {count.text, std::string_view(arguments)...});
    }

    /// "1", "1,200"
    [[nodiscard]] Count in_digits(std::uint64_t count) const;
    /// "one" to "twelve", where the language has it so; then digits.
    [[nodiscard]] Count in_words(std::uint64_t count) const;
    [[nodiscard]] std::string list(const std::vector<std::string>& items,
                                   Joint joint = Joint::conjunction) const;
    /// A canonical number: "1,234.5"; a longer fraction is cut and ends in "…".
    [[nodiscard]] std::string number(const std::string& canonical) const;
    [[nodiscard]] std::string money(const std::string& canonical,
                                    const std::string& currency) const;
    /// A day or month in ISO 8601: "15 Feb 2023", "Feb 2023".
    [[nodiscard]] std::string date(const std::string& iso) const;
    /// The same of a day whose year is a text: "31 Jan 2023", "31 Jan of any year".
    [[nodiscard]] std::string day(MonthDay day, const std::string& year) const;
    /// "in 2022", "on 15 Feb 2023", "from 16 Feb 2022 to 15 Feb 2023"; an empty end is open.
    [[nodiscard]] std::string window(const Days& days) const;
    /// With a capital letter, as a sentence begins.
    [[nodiscard]] static std::string capital(std::string text);
    /// A label inside a sentence: "customer-facing" for "Customer-facing"; German and Japanese ones stay.
    [[nodiscard]] std::string inside(std::string label) const;

private:
    struct Forms;
    struct All;

    constexpr Wording(Language language, const Forms& forms) : language_(language), forms_(forms) {}

    [[nodiscard]] std::string filled(Say say, bool is_one,
                                     std::initializer_list<std::string_view> arguments) const;
    [[nodiscard]] std::string last_joint(const std::vector<std::string>& items, Joint joint) const;
    [[nodiscard]] std::string set(const std::string& canonical, bool is_money) const;

    Language language_;
    const Forms& forms_;
};

} // namespace rung
