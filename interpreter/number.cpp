#include "interpreter/number.hpp"

#include "grammar/source.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <type_traits>
#include <utility>

namespace rung {

static_assert(sizeof(Number) == 32 && std::is_trivially_copyable_v<Number>);

namespace {

using uint128 = __uint128_t;

constexpr uint128 power_of_ten(std::int64_t exponent) {
    uint128 power = 1;
    for (; exponent > 0; --exponent)
        power *= 10;
    return power;
}

constexpr uint128 largest_bottom = power_of_ten(Number::digits);
constexpr uint128 largest_top = largest_bottom - 1;

constexpr uint128 size_of(int128 value) {
    return value < 0 ? uint128{0} - static_cast<uint128>(value) : static_cast<uint128>(value);
}

constexpr int128 with_sign(bool negative, uint128 size) {
    return negative ? -static_cast<int128>(size) : static_cast<int128>(size);
}

constexpr bool is_narrow(uint128 value) { return (value >> 64) == 0; }

uint128 common_factor(uint128 left, uint128 right) {
    while (!is_narrow(left) || !is_narrow(right)) {
        if (right == 0)
            return left;
        left = std::exchange(right, left % right);
    }
    return std::gcd(static_cast<std::uint64_t>(left), static_cast<std::uint64_t>(right));
}

/// `left * right` where that is at most `limit`. All products here are of unsigned numbers: the
/// checked signed product of 128 bits needs a runtime function that not every compiler's library
/// has.
std::optional<uint128> product_within(uint128 limit, uint128 left, uint128 right) {
    if (is_narrow(left) && is_narrow(right)) {
        const uint128 product = left * right;
        return product <= limit ? std::optional(product) : std::nullopt;
    }
    if (left != 0 && right > limit / left)
        return std::nullopt;
    return left * right;
}

// --- 256 bits: enough for a product of two parts, and for the sum of two such products -----------

struct Wide {
    uint128 high = 0;
    uint128 low = 0;

    friend constexpr bool operator==(const Wide&, const Wide&) = default;
    friend constexpr std::strong_ordering operator<=>(const Wide& left, const Wide& right) {
        return left.high != right.high ? left.high <=> right.high : left.low <=> right.low;
    }
};

constexpr Wide operator+(const Wide& left, const Wide& right) {
    const uint128 low = left.low + right.low;
    return {left.high + right.high + (low < left.low ? 1U : 0U), low};
}

constexpr Wide operator-(const Wide& left, const Wide& right) {
    return {left.high - right.high - (left.low < right.low ? 1U : 0U), left.low - right.low};
}

Wide multiply(uint128 left, uint128 right) {
    if (is_narrow(left) && is_narrow(right))
        return {0, left * right};
    constexpr uint128 mask = std::numeric_limits<std::uint64_t>::max();
    const uint128 low = (left & mask) * (right & mask);
    const uint128 cross = (left >> 64) * (right & mask) + (low >> 64);
    const uint128 other = (left & mask) * (right >> 64) + (cross & mask);
    return {(left >> 64) * (right >> 64) + (cross >> 64) + (other >> 64),
            (other << 64) | (low & mask)};
}

int bit_width(uint128 value) {
    const auto high = static_cast<std::uint64_t>(value >> 64);
    return high != 0 ? 64 + static_cast<int>(std::bit_width(high))
                     : static_cast<int>(std::bit_width(static_cast<std::uint64_t>(value)));
}

int bit_width(const Wide& value) {
    return value.high != 0 ? 128 + bit_width(value.high) : bit_width(value.low);
}

Wide shift_left(const Wide& value, int bits) {
    if (bits == 0)
        return value;
    if (bits >= 128)
        return {value.low << (bits - 128), 0};
    return {(value.high << bits) | (value.low >> (128 - bits)), value.low << bits};
}

struct Division {
    Wide quotient;
    Wide rest;
};

/// School division, a bit at a time; only results that outgrow 128 bits come here. `by` is not
/// zero.
Division divide(Wide value, const Wide& by) {
    if (value.high == 0 && by.high == 0)
        return {{0, value.low / by.low}, {0, value.low % by.low}};
    Wide quotient;
    for (int shift = bit_width(value) - bit_width(by); shift >= 0; --shift) {
        const Wide step = shift_left(by, shift);
        quotient = shift_left(quotient, 1);
        if (value < step)
            continue;
        value = value - step;
        quotient.low |= 1;
    }
    return {quotient, value};
}

// --- a fraction taken apart ----------------------------------------------------------------------

struct Fraction {
    bool negative = false;
    uint128 top = 0;
    uint128 bottom = 1;
};

Fraction reduced(const Fraction& value) {
    const uint128 factor = common_factor(value.top, value.bottom);
    return {value.negative, value.top / factor, value.bottom / factor};
}

} // namespace

struct NumberParts {
    static int128 top(const Number& value) { return value.top_; }
    static int128 bottom(const Number& value) { return value.bottom_; }
    static Number join(int128 top, int128 bottom) { return {top, bottom}; }

    static Fraction split(const Number& value) {
        return {value.top_ < 0, size_of(value.top_), static_cast<uint128>(value.bottom_)};
    }
    static Number join(const Fraction& value) {
        return {with_sign(value.negative, value.top), static_cast<int128>(value.bottom)};
    }
};

namespace {

constexpr Checked overflow{Number(), ArithmeticFault::overflow};
constexpr Checked zero_division{Number(), ArithmeticFault::zero_division};

Fraction split(const Number& value) { return NumberParts::split(value); }

bool fits(const Fraction& value) {
    return value.top <= largest_top && value.bottom <= largest_bottom;
}

/// The number, reduced only where it must be to fit.
Checked settle(const Fraction& value) {
    if (fits(value))
        return {NumberParts::join(value)};
    const Fraction smallest = reduced(value);
    return fits(smallest) ? Checked{NumberParts::join(smallest)} : overflow;
}

/// `top / bottom` for parts of any width, over factors of the bottom that fit one by one.
Checked settle(bool negative, const Wide& top, uint128 bottom, uint128 bottom_factor) {
    if (top.high != 0)
        return overflow;
    const auto whole_bottom = product_within(largest_bottom, bottom, bottom_factor);
    if (!whole_bottom)
        return overflow;
    return settle(Fraction{negative, top.low, *whole_bottom});
}

// --- sums ----------------------------------------------------------------------------------------

/// What both fractions are to be multiplied with to stand over the same bottom, cheap to find.
struct Scales {
    uint128 left = 1;
    uint128 right = 1;
};

Scales cheap_scales(uint128 left_bottom, uint128 right_bottom) {
    if (left_bottom == right_bottom)
        return {1, 1};
    if (left_bottom < right_bottom && right_bottom % left_bottom == 0) {
        return {right_bottom / left_bottom, 1};
    }
    if (right_bottom < left_bottom && left_bottom % right_bottom == 0) {
        return {1, left_bottom / right_bottom};
    }
    return {right_bottom, left_bottom};
}

std::optional<Number> add_cheaply(const Fraction& left, const Fraction& right) {
    const Scales scales = cheap_scales(left.bottom, right.bottom);
    const auto left_top = product_within(largest_top, left.top, scales.left);
    const auto right_top = product_within(largest_top, right.top, scales.right);
    const auto bottom = product_within(largest_bottom, left.bottom, scales.left);
    if (!left_top || !right_top || !bottom)
        return std::nullopt;
    int128 top = 0;
    if (__builtin_add_overflow(with_sign(left.negative, *left_top),
                               with_sign(right.negative, *right_top), &top) ||
        size_of(top) > largest_top) {
        return std::nullopt;
    }
    return NumberParts::join(top, static_cast<int128>(*bottom));
}

/// Knuth, The Art of Computer Programming, 4.5.1: over the least common bottom, only a factor of
/// the two bottoms' common factor can be left to reduce. Both fractions are reduced.
Checked add_reduced(const Fraction& left, const Fraction& right) {
    const uint128 shared = common_factor(left.bottom, right.bottom);
    const Wide left_top = multiply(left.top, right.bottom / shared);
    const Wide right_top = multiply(right.top, left.bottom / shared);
    const bool left_leads = left_top >= right_top;
    const Wide top = left.negative == right.negative ? left_top + right_top
                     : left_leads                    ? left_top - right_top
                                                     : right_top - left_top;
    const uint128 factor = common_factor(divide(top, {0, shared}).rest.low, shared);
    return settle(left_leads ? left.negative : right.negative, divide(top, {0, factor}).quotient,
                  left.bottom / factor, right.bottom / shared);
}

// --- products ------------------------------------------------------------------------------------

std::optional<Fraction> multiply_cheaply(const Fraction& left, const Fraction& right) {
    const auto top = product_within(largest_top, left.top, right.top);
    const auto bottom = product_within(largest_bottom, left.bottom, right.bottom);
    if (!top || !bottom)
        return std::nullopt;
    return Fraction{left.negative != right.negative, *top, *bottom};
}

/// The parts may be one beyond a Number's (a numerator of 10^38 from a reciprocal).
Checked multiply(const Fraction& left, const Fraction& right) {
    if (const auto product = multiply_cheaply(left, right))
        return {NumberParts::join(*product)};
    const Fraction a = reduced(left);
    const Fraction b = reduced(right);
    const uint128 falling = common_factor(a.top, b.bottom);
    const uint128 rising = common_factor(b.top, a.bottom);
    const auto product = multiply_cheaply({a.negative, a.top / falling, a.bottom / rising},
                                          {b.negative, b.top / rising, b.bottom / falling});
    return product ? Checked{NumberParts::join(*product)} : overflow;
}

// --- rounding ------------------------------------------------------------------------------------

bool rounds_away(Rounding rounding, const Division& division, const Wide& by) {
    const auto against_half = division.rest <=> by - division.rest;
    switch (rounding) {
    case Rounding::up:
        return true;
    case Rounding::down:
        return false;
    case Rounding::half_up:
        return std::is_gteq(against_half);
    case Rounding::half_even:
        return std::is_gt(against_half) ||
               (std::is_eq(against_half) && (division.quotient.low & 1) != 0);
    }
    return false;
}

/// `count * unit`, where the count may be wider than any number.
Checked multiple_of(bool negative, const Wide& count, const Fraction& unit) {
    const Fraction step = reduced(unit);
    const uint128 factor = common_factor(divide(count, {0, step.bottom}).rest.low, step.bottom);
    const Wide times = divide(count, {0, factor}).quotient;
    if (times.high != 0)
        return overflow;
    return settle(negative, multiply(times.low, step.top), step.bottom / factor, 1);
}

// --- text ----------------------------------------------------------------------------------------

/// `digits * 10^exponent`; the digits neither begin nor end with a zero.
struct Scientific {
    bool negative = false;
    uint128 digits = 0;
    std::int64_t significant = 0; // how many digits there are; beyond 38, `digits` lacks some
    std::int64_t exponent = 0;

    void take(char digit) {
        if (digit == '0') {
            if (significant > 0)
                ++zeros_held_;
            return;
        }
        significant += zeros_held_ + 1;
        if (significant <= Number::digits) {
            digits = digits * power_of_ten(zeros_held_ + 1) + static_cast<uint128>(digit - '0');
        }
        zeros_held_ = 0;
    }
    void finish() { exponent += zeros_held_; }

private:
    std::int64_t zeros_held_ = 0; // zeros that count only if another digit follows
};

/// Reads the grammar of JSON's numbers from the front of `rest_`.
class NumberReader {
public:
    explicit NumberReader(std::string_view text) : rest_(text) {}

    std::optional<Scientific> read() {
        value_.negative = skip('-');
        const bool starts_with_zero = !rest_.empty() && rest_.front() == '0';
        const std::int64_t whole_digits = read_digits();
        if (whole_digits == 0 || (starts_with_zero && whole_digits > 1))
            return std::nullopt;
        std::int64_t fraction_digits = 0;
        if (skip('.') && (fraction_digits = read_digits()) == 0)
            return std::nullopt;
        if ((skip('e') || skip('E')) && !read_exponent())
            return std::nullopt;
        if (!rest_.empty())
            return std::nullopt;
        value_.exponent -= fraction_digits;
        value_.finish();
        return value_;
    }

private:
    bool skip(char wanted) {
        if (rest_.empty() || rest_.front() != wanted)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::int64_t read_digits() {
        std::int64_t count = 0;
        for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1), ++count) {
            value_.take(rest_.front());
        }
        return count;
    }

    bool read_exponent() {
        const bool negative = skip('-');
        if (!negative)
            skip('+');
        if (rest_.empty() || !is_digit(rest_.front()))
            return false;
        std::int64_t exponent = 0;
        for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
            exponent = std::min(exponent * 10 + (rest_.front() - '0'), far_beyond);
        }
        value_.exponent = negative ? -exponent : exponent;
        return true;
    }

    // More than any text has digits, so that cutting an exponent off here changes no answer.
    static constexpr std::int64_t far_beyond = 100'000'000'000'000'000;

    std::string_view rest_;
    Scientific value_;
};

/// For a power of ten that is no bottom itself: without the factors it shares with the digits it
/// may be.
std::optional<Fraction> small_fraction(bool negative, uint128 digits, std::int64_t scale) {
    if (scale > std::int64_t{2} * Number::digits)
        return std::nullopt; // the value is below 10^-38, as no number is
    std::int64_t twos = scale;
    std::int64_t fives = scale;
    for (; twos > 0 && digits % 2 == 0; --twos)
        digits /= 2;
    for (; fives > 0 && digits % 5 == 0; --fives)
        digits /= 5;
    std::optional<uint128> bottom = 1;
    for (; bottom && twos > 0; --twos)
        bottom = product_within(largest_bottom, *bottom, 2);
    for (; bottom && fives > 0; --fives)
        bottom = product_within(largest_bottom, *bottom, 5);
    if (!bottom)
        return std::nullopt;
    return Fraction{negative, digits, *bottom};
}

std::optional<Fraction> fraction_of(const Scientific& value) {
    if (value.significant == 0)
        return Fraction{};
    if (value.significant > Number::digits)
        return std::nullopt;
    if (value.exponent > Number::digits - value.significant)
        return std::nullopt;
    if (value.exponent >= 0) {
        return Fraction{value.negative, value.digits * power_of_ten(value.exponent), 1};
    }
    const std::int64_t scale = -value.exponent;
    if (scale <= Number::digits)
        return Fraction{value.negative, value.digits, power_of_ten(scale)};
    return small_fraction(value.negative, value.digits, scale);
}

std::string text_of(uint128 value) {
    std::string text;
    do {
        text.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    } while (value != 0);
    std::reverse(text.begin(), text.end());
    return text;
}

/// The next decimal digit of `rest / bottom`, and what is left. Ten additions, because ten times
/// the rest may not fit in 128 bits.
char next_digit(uint128& rest, uint128 bottom) {
    char digit = '0';
    uint128 sum = 0;
    for (int times = 0; times < 10; ++times) {
        sum += rest;
        if (sum < bottom)
            continue;
        sum -= bottom;
        ++digit;
    }
    rest = sum;
    return digit;
}

void add_one_at_the_end(std::string& text) {
    for (std::size_t at = text.size(); at > 0;) {
        char& digit = text[--at];
        if (digit == '.')
            continue;
        if (digit != '9') {
            ++digit;
            return;
        }
        digit = '0';
    }
    text.insert(text.begin(), '1');
}

void drop_zeros_at_the_end(std::string& text) {
    if (text.find('.') == std::string::npos)
        return;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
}

struct DecimalText {
    std::string text;
    bool is_exact = true;
};

DecimalText decimal_text(const Fraction& value) {
    const uint128 whole = value.top / value.bottom;
    uint128 rest = value.top % value.bottom;
    std::string text = text_of(whole);
    std::size_t significant = whole == 0 ? 0 : text.size();
    if (rest != 0)
        text.push_back('.');
    while (rest != 0 && significant < Number::digits) {
        text.push_back(next_digit(rest, value.bottom));
        if (significant > 0 || text.back() != '0')
            ++significant;
    }
    const bool is_exact = rest == 0;
    if (!is_exact) {
        const char last = text.back() == '.' ? text[text.size() - 2] : text.back();
        const bool is_odd = (last - '0') % 2 != 0;
        const uint128 twice = rest * 2;
        if (twice > value.bottom || (twice == value.bottom && is_odd))
            add_one_at_the_end(text);
    }
    drop_zeros_at_the_end(text);
    if (value.negative)
        text.insert(text.begin(), '-');
    return {text, is_exact};
}

} // namespace

// --- the public face -----------------------------------------------------------------------------

Checked Number::from_ratio(int128 numerator, int128 denominator) {
    if (denominator == 0)
        return zero_division;
    const bool negative = (numerator < 0) != (denominator < 0);
    return settle(Fraction{negative, size_of(numerator), size_of(denominator)});
}

ParsedNumber Number::parse(std::string_view text) {
    const auto value = NumberReader(text).read();
    if (!value)
        return {Number(), NumberTextFault::malformed};
    const auto fraction = fraction_of(*value);
    if (!fraction)
        return {Number(), NumberTextFault::does_not_fit};
    return {NumberParts::join(*fraction)};
}

std::optional<std::int64_t> Number::to_int64() const {
    if (!is_whole())
        return std::nullopt;
    const int128 whole = top_ / bottom_;
    if (whole < std::numeric_limits<std::int64_t>::min() ||
        whole > std::numeric_limits<std::int64_t>::max()) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(whole);
}

bool Number::is_decimal() const { return decimal_text(split(*this)).is_exact; }

std::string Number::to_string() const { return decimal_text(split(*this)).text; }

std::string Number::to_grouped_string() const {
    std::string text = to_string();
    const std::size_t first = text.front() == '-' ? 1 : 0;
    const std::size_t end = std::min(text.find('.'), text.size());
    for (std::size_t at = end; at > first + 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

std::string Number::fraction_string() const {
    const Fraction value = reduced(split(*this));
    std::string text = value.negative ? "-" : "";
    text += text_of(value.top);
    if (value.bottom != 1)
        text += "/" + text_of(value.bottom);
    return text;
}

std::strong_ordering operator<=>(const Number& left, const Number& right) {
    if (left.bottom_ == right.bottom_)
        return left.top_ <=> right.top_;
    if (left.sign() != right.sign())
        return left.sign() <=> right.sign();
    const Fraction a = split(left);
    const Fraction b = split(right);
    const Wide left_size = multiply(a.top, b.bottom);
    const Wide right_size = multiply(b.top, a.bottom);
    return a.negative ? right_size <=> left_size : left_size <=> right_size;
}

bool operator==(const Number& left, const Number& right) { return std::is_eq(left <=> right); }

Checked add(const Number& left, const Number& right) {
    int128 top = 0;
    if (left.bottom_ == right.bottom_ && !__builtin_add_overflow(left.top_, right.top_, &top) &&
        size_of(top) <= largest_top) {
        return {Number(top, left.bottom_)};
    }
    const Fraction a = split(left);
    const Fraction b = split(right);
    if (const auto sum = add_cheaply(a, b))
        return {*sum};
    return add_reduced(reduced(a), reduced(b));
}

Checked sub(const Number& left, const Number& right) { return add(left, negate(right)); }

Checked mul(const Number& left, const Number& right) { return multiply(split(left), split(right)); }

Checked div(const Number& left, const Number& right) {
    const Fraction by = split(right);
    if (by.top == 0)
        return zero_division;
    return multiply(split(left), Fraction{by.negative, by.bottom, by.top});
}

Checked round(const Number& value, const Number& unit, Rounding rounding) {
    const Fraction a = split(value);
    const Fraction b = split(unit);
    if (b.top == 0)
        return zero_division;
    const Wide by = multiply(a.bottom, b.top);
    const Division units = divide(multiply(a.top, b.bottom), by);
    if (units.rest == Wide{})
        return {value};
    const Wide one_more{0, rounds_away(rounding, units, by) ? 1U : 0U};
    return multiple_of(a.negative, units.quotient + one_more, b);
}

} // namespace rung
