// What an expression can turn out to be: a value, or all that is known of one.
//
// Facts may be missing, so every value says what it could be: a truth is yes, no or unknown (Kleene's
// strong logic), a figure is a range, a date lies between two days, a choice is one of those still
// possible. A value is certain when only one thing is left. `undetermined` is about the rules instead:
// 0/0, the largest of nothing; only there does `otherwise` step in.
#pragma once

#include "interpreter/calendar.hpp"
#include "interpreter/number.hpp"

#include <bit>
#include <cstdint>
#include <string_view>

namespace rung {

enum class Truth : std::uint8_t { no, yes, unknown };

[[nodiscard]] constexpr Truth truth_of(bool yes) { return yes ? Truth::yes : Truth::no; }
[[nodiscard]] constexpr Truth operator!(Truth a) {
    return a == Truth::unknown ? a : truth_of(a == Truth::no);
}
[[nodiscard]] constexpr Truth both(Truth a, Truth b) {
    return a == Truth::no || b == Truth::no ? Truth::no : a == Truth::yes ? b : a;
}
[[nodiscard]] constexpr Truth either(Truth a, Truth b) { return !both(!a, !b); }

/// Why a value is not certain.
enum class Reason : std::uint8_t {
    none,
    missing,
    incomplete,
    overflow,
    zero_division,
    no_row,
    empty,
    several,
    unstated // the rules say that they do not say it
};

/// All figures from `low` through `high`; an open end has no bound.
struct Range {
    Number low;
    Number high;
    bool low_open = false;
    bool high_open = false;

    [[nodiscard]] bool certain() const { return !low_open && !high_open && low == high; }
};

/// All days from `low` through `high`. `Date::min()` and `Date::max()` stand for no bound; `never` is
/// the known absence of a day: later than every day, in no window.
struct DateRange {
    Date low;
    Date high;
    bool never = false; // certainly `never`
    bool may_be_never = false;

    [[nodiscard]] bool certain() const { return never || (low == high && !may_be_never); }
};

/// Members of a choice by bit. One choice: exactly one of `maybe` is it; where it is certain, `surely` is
/// that one. Several: all of `surely` are in, and some of `maybe` may be (`surely` is a part of `maybe`).
struct Mask {
    std::uint64_t surely = 0;
    std::uint64_t maybe = 0;

    [[nodiscard]] bool single() const { return std::has_single_bit(maybe); }
    [[nodiscard]] bool certain() const { return surely == maybe; }
};

struct WindowRange {
    DateRange from;
    DateRange through;

    [[nodiscard]] bool certain() const { return from.certain() && through.certain(); }
};

/// Rows of one of the tables of Facts that stand together, or, in a list that the rules make (`made`),
/// members in the evaluation's workspace. `may_hold_more` where the list is incomplete or not given,
/// `unclear` where it is not known of some members whether they are in it.
struct ListRef {
    std::uint32_t table = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    bool may_hold_more = false;
    bool made = false;
    bool unclear = false;
};

/// A record that facts refer to, by its key.
struct ItemRef {
    std::string_view key; // as a text, whatever its type
    std::uint32_t row =
        0xFFFFFFFF; // in the table of its type; that number where no record has the key
    bool known = false; // whether the key is
    bool may_exist = false; // no record has the key, but one that is not known of may
};

struct KnownText {
    std::string_view text;
    bool known = false;
};

struct Value {
    enum class Form : std::uint8_t { truth, range, dates, mask, text, window, list, item };

    Form form = Form::truth;
    Reason reason = Reason::none; // why it is not certain
    Truth undetermined = Truth::no; // whether the rules leave it without a value
    union {
        Truth truth;
        Range range;
        DateRange dates;
        Mask mask;
        KnownText text;
        WindowRange window;
        ListRef list;
        ItemRef item;
    };

    Value() : truth(Truth::unknown) {}
    static Value of(Truth value, Reason why = Reason::none);
    static Value of(const Range& value, Reason why = Reason::none);
    static Value of(const Number& value) { return of(Range{value, value}); }
    static Value of(const DateRange& value, Reason why = Reason::none);
    static Value of(Date value) { return of(DateRange{value, value}); }
    static Value of(Mask value, Reason why = Reason::none);
    static Value of(KnownText value, Reason why = Reason::none);
    static Value of(const WindowRange& value, Reason why = Reason::none);
    static Value of(const ListRef& value, Reason why = Reason::none);
    static Value of(const ItemRef& value, Reason why = Reason::none);

    /// One thing is left that it can be.
    [[nodiscard]] bool certain() const;
};

inline Value Value::of(Truth value, Reason why) {
    Value v;
    v.reason = why;
    v.truth = value;
    return v;
}
inline Value Value::of(const Range& value, Reason why) {
    Value v;
    v.form = Form::range;
    v.reason = why;
    v.range = value;
    return v;
}
inline Value Value::of(const DateRange& value, Reason why) {
    Value v;
    v.form = Form::dates;
    v.reason = why;
    v.dates = value;
    return v;
}
inline Value Value::of(Mask value, Reason why) {
    Value v;
    v.form = Form::mask;
    v.reason = why;
    v.mask = value;
    return v;
}
inline Value Value::of(KnownText value, Reason why) {
    Value v;
    v.form = Form::text;
    v.reason = why;
    v.text = value;
    return v;
}
inline Value Value::of(const WindowRange& value, Reason why) {
    Value v;
    v.form = Form::window;
    v.reason = why;
    v.window = value;
    return v;
}
inline Value Value::of(const ListRef& value, Reason why) {
    Value v;
    v.form = Form::list;
    v.reason = why;
    v.list = value;
    return v;
}
inline Value Value::of(const ItemRef& value, Reason why) {
    Value v;
    v.form = Form::item;
    v.reason = why;
    v.item = value;
    return v;
}
inline bool Value::certain() const {
    if (undetermined != Truth::no) {
        return false;
    }
    switch (form) {
    case Form::truth:
        return truth != Truth::unknown;
    case Form::range:
        return range.certain();
    case Form::dates:
        return dates.certain();
    case Form::mask:
        return mask.certain();
    case Form::text:
        return text.known;
    case Form::window:
        return window.certain();
    case Form::list:
        return !list.may_hold_more && !list.unclear;
    case Form::item:
        return item.known;
    }
    return false;
}

} // namespace rung
