// Exact arithmetic, held against vectors computed with Python (tests/unit/data) and against edge
// cases worked out by hand.
#include "interpreter/number.hpp"
#include "tests/unit/data/rows.hpp"

#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

namespace rung::number_test {
namespace {

using testing::read_rows;
using testing::Row;
using testing::split_at;

const std::string nines(38, '9');

/// `-123` as a whole number of 128 bits. Not by Number::parse, which is under test.
int128 whole(const std::string& text) {
    int128 value = 0;
    for (const char c : text) {
        if (c == '-')
            continue;
        // Ten times by adding: not every compiler's library has the checked product of 128 bits.
        const int128 twice = value + value;
        const int128 four_times = twice + twice;
        value = four_times + four_times + twice + (c - '0');
    }
    return text.front() == '-' ? -value : value;
}

/// `n/d`, or `n`.
Number fraction(const std::string& text) {
    const Row parts = split_at(text, '/');
    const Checked ratio =
        Number::from_ratio(whole(parts[0]), parts.size() > 1 ? whole(parts[1]) : 1);
    REQUIRE_MESSAGE(ratio, text);
    return ratio.value;
}

Number decimal(const std::string& text) {
    const ParsedNumber parsed = Number::parse(text);
    REQUIRE_MESSAGE(parsed, text);
    return parsed.value;
}

std::string text_of(const Checked& result) {
    switch (result.fault) {
    case ArithmeticFault::none:
        return result.value.fraction_string();
    case ArithmeticFault::overflow:
        return "overflow";
    case ArithmeticFault::zero_division:
        return "zero_division";
    }
    return "?";
}

std::string text_of(const ParsedNumber& result) {
    switch (result.fault) {
    case NumberTextFault::none:
        return result.value.fraction_string();
    case NumberTextFault::malformed:
        return "malformed";
    case NumberTextFault::does_not_fit:
        return "does_not_fit";
    }
    return "?";
}

int sign_of(std::strong_ordering order) {
    return static_cast<int>(std::is_gt(order)) - static_cast<int>(std::is_lt(order));
}

Checked calculate(const std::string& operation, const Number& left, const Number& right) {
    if (operation == "add")
        return add(left, right);
    if (operation == "sub")
        return sub(left, right);
    if (operation == "mul")
        return mul(left, right);
    REQUIRE(operation == "div");
    return div(left, right);
}

Rounding rounding_of(const std::string& name) {
    if (name == "up")
        return Rounding::up;
    if (name == "down")
        return Rounding::down;
    if (name == "half_up")
        return Rounding::half_up;
    REQUIRE(name == "half_even");
    return Rounding::half_even;
}

TEST_CASE("number: arithmetic agrees with Python's fractions") {
    const auto rows = read_rows("number_arithmetic.txt");
    REQUIRE(rows.size() > 500);
    for (const Row& row : rows) {
        CAPTURE(row[0]);
        CAPTURE(row[1]);
        CAPTURE(row[2]);
        const Number left = fraction(row[1]);
        const Number right = fraction(row[2]);
        const Checked result = calculate(row[0], left, right);
        CHECK(text_of(result) == row[3]);
        if (row[0] == "add" || row[0] == "mul") {
            CHECK(text_of(calculate(row[0], fraction(row[2]), fraction(row[1]))) == row[3]);
        }
        if (result)
            CHECK(result.value == fraction(row[3]));
    }
}

TEST_CASE("number: a fault does not depend on how a value is written") {
    for (const Row& row : read_rows("number_arithmetic.txt")) {
        CAPTURE(row[0]);
        CAPTURE(row[1]);
        CAPTURE(row[2]);
        const Number left = fraction(fraction(row[1]).fraction_string());
        const Number right = fraction(fraction(row[2]).fraction_string());
        CHECK(text_of(calculate(row[0], left, right)) == row[3]);
    }
}

TEST_CASE("number: comparison agrees with Python's fractions") {
    const auto rows = read_rows("number_compare.txt");
    REQUIRE(rows.size() > 300);
    for (const Row& row : rows) {
        CAPTURE(row[0]);
        CAPTURE(row[1]);
        const Number left = fraction(row[0]);
        const Number right = fraction(row[1]);
        const int expected = std::stoi(row[2]);
        CHECK(sign_of(left <=> right) == expected);
        CHECK(sign_of(right <=> left) == -expected);
        CHECK(sign_of(negate(left) <=> negate(right)) == -expected);
        CHECK((left == right) == (expected == 0));
    }
}

TEST_CASE("number: rounding agrees with Python's fractions") {
    const auto rows = read_rows("number_round.txt");
    REQUIRE(rows.size() > 500);
    for (const Row& row : rows) {
        CAPTURE(row[0]);
        CAPTURE(row[1]);
        CAPTURE(row[2]);
        const Number value = fraction(row[0]);
        const Number unit = fraction(row[1]);
        const Rounding rounding = rounding_of(row[2]);
        CHECK(text_of(round(value, unit, rounding)) == row[3]);
        CHECK(text_of(round(value, negate(unit), rounding)) == row[3]);
    }
}

TEST_CASE("number: texts agree with Python's decimals") {
    const auto rows = read_rows("number_text.txt");
    REQUIRE(rows.size() > 300);
    for (const Row& row : rows) {
        CAPTURE(row[0]);
        const Number value = fraction(row[0]);
        CHECK(value.to_string() == row[1]);
        CHECK(value.to_grouped_string() == row[2]);
        CHECK(value.fraction_string() == row[3]);
        CHECK(value.is_decimal() == (row[4] == "yes"));
        if (value.is_decimal())
            CHECK(decimal(value.to_string()) == value);
    }
}

TEST_CASE("number: reading agrees with Python's decimals") {
    const auto rows = read_rows("number_parse.txt");
    REQUIRE(rows.size() > 200);
    for (const Row& row : rows) {
        CAPTURE(row[0]);
        CHECK(text_of(Number::parse(row[0])) == row[1]);
    }
}

TEST_CASE("number: texts that are no numbers") {
    using namespace std::string_view_literals;
    for (const std::string_view text : {""sv, " "sv, " 1"sv, "1 "sv, "1\n"sv, "\t1"sv, "1\0"sv,
                                        "\0"sv, "1\xC2\xA0"sv, "\xD9\xA1"sv, "\u22121"sv}) {
        CAPTURE(text);
        CHECK(Number::parse(text).fault == NumberTextFault::malformed);
        CHECK(Number::parse(text).value == Number(0));
    }
}

TEST_CASE("number: long texts") {
    const std::string zeros(100'000, '0');
    CHECK(text_of(Number::parse("1." + zeros)) == "1");
    CHECK(text_of(Number::parse("1." + zeros + "1")) == "does_not_fit");
    CHECK(text_of(Number::parse("0." + zeros + "1")) == "does_not_fit");
    CHECK(text_of(Number::parse("0." + zeros + "25e100001")) == "5/2");
    CHECK(text_of(Number::parse("7" + zeros + "e-100000")) == "7");
    CHECK(text_of(Number::parse("7" + zeros)) == "does_not_fit");
    CHECK(text_of(Number::parse("0e" + std::string(100'000, '9'))) == "0");
    CHECK(text_of(Number::parse("1e-" + std::string(100'000, '9'))) == "does_not_fit");
    CHECK(text_of(Number::parse("1e" + std::string(100'000, '9'))) == "does_not_fit");
    CHECK(text_of(Number::parse("1e-" + zeros + "1")) == "1/10");
}

TEST_CASE("number: a small value type") {
    CHECK(sizeof(Number) == 32);
    CHECK(std::is_trivially_copyable_v<Number>);
    constexpr Number five = 5;
    static_assert(five.sign() == 1 && five.is_whole() && negate(five).sign() == -1);
    CHECK(Number() == 0);
    CHECK(Number().sign() == 0);
}

TEST_CASE("number: tenths are tenths") {
    CHECK(add(decimal("0.1"), decimal("0.2")).value == decimal("0.3"));
    CHECK(add(decimal("0.1"), decimal("0.2")).value.to_string() == "0.3");
    CHECK(mul(decimal("1.10"), decimal("1.10")).value.to_string() == "1.21");
    Number sum;
    for (int cents = 0; cents < 1'000; ++cents)
        sum = add(sum, decimal("0.01")).value;
    CHECK(sum == 10);
    CHECK(sum.to_string() == "10");
}

TEST_CASE("number: a third is no decimal") {
    const Number third = div(1, 3).value;
    const Number threes = decimal("0." + std::string(38, '3'));
    CHECK(third > threes);
    CHECK(third != threes);
    CHECK_FALSE(third.is_decimal());
    CHECK(threes.is_decimal());
    CHECK(third.to_string() == threes.to_string());
    CHECK(third.fraction_string() == "1/3");
    CHECK(mul(third, 3).value == 1);
    CHECK(text_of(mul(threes, 3)) == nines + "/1" + std::string(38, '0'));
    CHECK(negate(third) < negate(threes));
}

TEST_CASE("number: the ends") {
    const Number largest = decimal(nines);
    const Number smallest = decimal("1e-38");
    CHECK(text_of(add(largest, 1)) == "overflow");
    CHECK(text_of(add(largest, 0)) == nines);
    CHECK(text_of(sub(largest, 1)) == nines.substr(0, 37) + "8");
    CHECK(text_of(add(largest, largest)) == "overflow");
    CHECK(text_of(sub(negate(largest), 1)) == "overflow");
    CHECK(text_of(sub(largest, largest)) == "0");
    CHECK(text_of(add(largest, smallest)) == "overflow");
    CHECK(text_of(mul(largest, 2)) == "overflow");
    CHECK(text_of(mul(largest, smallest)) == nines + "/1" + std::string(38, '0'));
    CHECK(text_of(mul(smallest, decimal("0.1"))) == "overflow");
    CHECK(text_of(div(smallest, 2)) == "overflow");
    CHECK(text_of(div(1, smallest)) == "overflow");
    CHECK(text_of(div(smallest, smallest)) == "1");
    CHECK(text_of(div(largest, largest)) == "1");
    CHECK(text_of(div(1, largest)) == "1/" + nines);
    CHECK(negate(largest) < negate(smallest));
    CHECK(smallest > 0);
    CHECK(smallest.to_string() == "0." + std::string(37, '0') + "1");
    CHECK(largest.to_grouped_string().substr(0, 7) == "99,999,");
}

TEST_CASE("number: ratios of any two whole numbers") {
    const int128 most = (static_cast<int128>(std::numeric_limits<std::int64_t>::max()) << 64) |
                        static_cast<int128>(std::numeric_limits<std::uint64_t>::max());
    const int128 least = -most - 1;
    CHECK(text_of(Number::from_ratio(1, 0)) == "zero_division");
    CHECK(text_of(Number::from_ratio(0, 0)) == "zero_division");
    CHECK(text_of(Number::from_ratio(6, -4)) == "-3/2");
    CHECK(text_of(Number::from_ratio(-6, -4)) == "3/2");
    CHECK(text_of(Number::from_ratio(0, -4)) == "0");
    CHECK(text_of(Number::from_ratio(most, most)) == "1");
    CHECK(text_of(Number::from_ratio(least, least)) == "1");
    CHECK(text_of(Number::from_ratio(least, 1)) == "overflow");
    CHECK(text_of(Number::from_ratio(1, least)) == "overflow");
    CHECK(text_of(Number::from_ratio(least, 1 << 30)) == "-158456325028528675187087900672");
}

TEST_CASE("number: division by zero in any spelling") {
    for (const char* zero : {"0", "-0", "0.00", "0e5"}) {
        CHECK(div(1, decimal(zero)).fault == ArithmeticFault::zero_division);
        CHECK(div(0, decimal(zero)).fault == ArithmeticFault::zero_division);
        CHECK(round(1, decimal(zero), Rounding::up).fault == ArithmeticFault::zero_division);
        CHECK(decimal(zero).to_string() == "0");
        CHECK(decimal(zero).fraction_string() == "0");
        CHECK(negate(decimal(zero)).to_string() == "0");
    }
    CHECK(sub(decimal("0.30"), decimal("0.3")).value.to_string() == "0");
    CHECK(round(decimal("-0.4"), 1, Rounding::half_even).value.to_string() == "0");
}

TEST_CASE("number: whole numbers of 64 bits") {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    CHECK(Number(most).to_int64() == most);
    CHECK(Number(least).to_int64() == least);
    CHECK(Number(least).to_string() == "-9223372036854775808");
    CHECK(add(most, 1).value.to_int64() == std::nullopt);
    CHECK(sub(least, 1).value.to_int64() == std::nullopt);
    CHECK(text_of(mul(least, least)) == "85070591730234615865843651857942052864");
    CHECK(text_of(div(least, -1)) == "9223372036854775808");
    CHECK(decimal("12.00").to_int64() == 12);
    CHECK(decimal("12.00").is_whole());
    CHECK(fraction("84/7").to_int64() == 12);
    CHECK(decimal("12.01").to_int64() == std::nullopt);
    CHECK_FALSE(decimal("12.01").is_whole());
    CHECK(decimal("0.00").is_whole());
}

TEST_CASE("number: the four roundings, as the General Decimal Arithmetic names them") {
    struct Case {
        const char *value, *up, *down, *half_up, *half_even;
    };
    for (const Case& c : std::vector<Case>{{"1.1", "2", "1", "1", "1"},
                                           {"-1.1", "-2", "-1", "-1", "-1"},
                                           {"1.5", "2", "1", "2", "2"},
                                           {"2.5", "3", "2", "3", "2"},
                                           {"-2.5", "-3", "-2", "-3", "-2"},
                                           {"0.5", "1", "0", "1", "0"},
                                           {"2.50001", "3", "2", "3", "3"},
                                           {"-2.49999", "-3", "-2", "-2", "-2"},
                                           {"7", "7", "7", "7", "7"}}) {
        CAPTURE(c.value);
        const Number value = decimal(c.value);
        CHECK(round(value, 1, Rounding::up).value.to_string() == c.up);
        CHECK(round(value, 1, Rounding::down).value.to_string() == c.down);
        CHECK(round(value, 1, Rounding::half_up).value.to_string() == c.half_up);
        CHECK(round(value, 1, Rounding::half_even).value.to_string() == c.half_even);
    }
    CHECK(round(12'345, 1'000, Rounding::half_up).value == 12'000);
    CHECK(round(decimal("10.005"), decimal("0.01"), Rounding::half_up).value == decimal("10.01"));
    CHECK(round(decimal("10.005"), decimal("0.01"), Rounding::half_even).value == 10);
    CHECK(text_of(round(decimal(nines), 10, Rounding::up)) == "overflow");
    CHECK(text_of(round(decimal(nines), 10, Rounding::down)) == nines.substr(0, 37) + "0");
    CHECK(text_of(round(decimal(nines), decimal("1e-38"), Rounding::up)) == nines);
    CHECK(text_of(round(decimal("1e-38"), decimal(nines), Rounding::up)) == nines);
    CHECK(text_of(round(decimal("1e-38"), decimal(nines), Rounding::half_up)) == "0");
}

TEST_CASE("number: grouping") {
    CHECK(Number(0).to_grouped_string() == "0");
    CHECK(Number(-999).to_grouped_string() == "-999");
    CHECK(Number(1'000).to_grouped_string() == "1,000");
    CHECK(Number(-100'000).to_grouped_string() == "-100,000");
    CHECK(decimal("12000000.50").to_grouped_string() == "12,000,000.5");
    CHECK(decimal("1234.56789").to_grouped_string() == "1,234.56789");
}

TEST_CASE("number: a decimal beyond a scale of 38 that is a small fraction") {
    Number half_to_the_50th = 1;
    for (int times = 0; times < 50; ++times)
        half_to_the_50th = div(half_to_the_50th, 2).value;
    const std::string text = "0.00000000000000088817841970012523233890533447265625";
    CHECK(half_to_the_50th.to_string() == text);
    CHECK(half_to_the_50th.is_decimal());
    CHECK(decimal(text) == half_to_the_50th);
}

TEST_CASE("number: sums of many quotients stay exact") {
    // 1/1 + 1/2 + ... + 1/40, added from both ends.
    Number up;
    Number down;
    for (int n = 1; n <= 40; ++n)
        up = add(up, div(1, n).value).value;
    for (int n = 40; n >= 1; --n)
        down = add(down, div(1, n).value).value;
    CHECK(up == down);
    CHECK(up.fraction_string() == "2078178381193813/485721041551200");
}

} // namespace
} // namespace rung::number_test
