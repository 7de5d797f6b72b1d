// Exact arithmetic for money, shares and points.
//
// A Number is a fraction of two whole numbers: a numerator of at most 38 digits over a denominator
// of at most 10^38. So it holds every decimal of SQL's DECIMAL(38, s) for s from 0 to 38, and the
// quotient of any two whole numbers of 38 digits; nothing is ever rounded unless `round` is called.
//
// Fractions are kept as they come: 1.50 stays over a power of ten and is not reduced, so that
// adding amounts needs no greatest common divisor. Only when a result no longer fits is it worked
// out again from reduced fractions with 256-bit products. A fault therefore depends on the values
// alone, never on how they were written: `overflow` is reported exactly when the reduced result
// does not fit.
//
// 32 bytes, trivially copyable, no allocation but for texts, no exceptions of its own, no state:
// every function may be called from any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rung {

using int128 = __int128_t;

/// Why a calculation has no number.
enum class ArithmeticFault : std::uint8_t { none, overflow, zero_division };

/// Why a text is no number.
enum class NumberTextFault : std::uint8_t {
    none,
    malformed, // not the text of a number
    does_not_fit, // a number, but with more than 38 digits, too large or too small
};

/// The names and meanings of the General Decimal Arithmetic specification
/// (speleotrove.com/decimal).
enum class Rounding : std::uint8_t {
    up, // away from zero: 1.1 -> 2, -1.1 -> -2
    down, // toward zero: 1.9 -> 1, -1.9 -> -1
    half_up, // to the nearest, a tie away from zero: 2.5 -> 3, -2.5 -> -3
    half_even, // to the nearest, a tie to the even neighbour: 2.5 -> 2, 3.5 -> 4
};

struct Checked;
struct ParsedNumber;

class Number {
public:
    static constexpr int digits = 38; // the most a 128-bit whole number always holds

    constexpr Number() = default; // zero
    constexpr Number(std::int64_t whole) : top_(whole) {}

    /// `numerator / denominator`, either of any sign. Faults: zero_division, overflow.
    static Checked from_ratio(int128 numerator, int128 denominator);

    /// The number text of JSON: `-12`, `0.50`, `1e3`; no leading `+`, no leading zeros, no blanks.
    /// Zeros that end a number do not count as digits. A text whose value fits as a fraction is
    /// read even where its power of ten is beyond 10^38; `1e-39` and `1e38` do not fit.
    static ParsedNumber parse(std::string_view text);

    [[nodiscard]] constexpr int sign() const { return (top_ > 0) - (top_ < 0); }
    [[nodiscard]] constexpr bool is_whole() const { return top_ % bottom_ == 0; }
    /// The value where it is whole and fits.
    [[nodiscard]] std::optional<std::int64_t> to_int64() const;

    /// Whether `to_string` is the value itself: a decimal of at most 38 significant digits. Then
    /// `parse(to_string())` gives the value back.
    [[nodiscard]] bool is_decimal() const;

    /// Canonical decimal text: `12000000`, `0.5`, `-3.25`; no exponent, no zeros at the end, zero
    /// is `0`. Where no decimal of 38 significant digits is the value, the nearest one, ties to
    /// even.
    [[nodiscard]] std::string to_string() const;
    /// `to_string` with English grouping, for people: `12,000,000.5`.
    [[nodiscard]] std::string to_grouped_string() const;
    /// The reduced fraction, always exact: `1/3`, `-13/4`, and `4` for a whole number.
    [[nodiscard]] std::string fraction_string() const;

    friend constexpr Number negate(const Number& value) { return {-value.top_, value.bottom_}; }

    /// By value and exact, whatever the size of the fractions: 1/2 equals 0.50.
    friend std::strong_ordering operator<=>(const Number& left, const Number& right);
    friend bool operator==(const Number& left, const Number& right);

    friend Checked add(const Number& left, const Number& right);

private:
    friend struct NumberParts; // number.cpp's way in

    constexpr Number(int128 top, int128 bottom) : top_(top), bottom_(bottom) {}

    int128 top_ = 0; // |top_| < 10^38
    int128 bottom_ = 1; // 0 < bottom_ <= 10^38
};

/// A number, or the reason there is none; `value` is zero then and means nothing.
struct [[nodiscard]] Checked {
    Number value;
    ArithmeticFault fault = ArithmeticFault::none;

    explicit constexpr operator bool() const { return fault == ArithmeticFault::none; }
};

struct [[nodiscard]] ParsedNumber {
    Number value;
    NumberTextFault fault = NumberTextFault::none;

    explicit constexpr operator bool() const { return fault == NumberTextFault::none; }
};

Checked add(const Number& left, const Number& right);
Checked sub(const Number& left, const Number& right);
Checked mul(const Number& left, const Number& right);
Checked div(const Number& left, const Number& right);

/// The multiple of `unit` that `rounding` picks for `value`; only the size of `unit` matters.
/// Faults: zero_division for a unit of zero, overflow.
Checked round(const Number& value, const Number& unit, Rounding rounding);

} // namespace rung
