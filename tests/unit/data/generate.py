#!/usr/bin/env python3
"""Writes the test vectors beside this file. Nothing here knows the C++ code: fractions are Python's
fractions.Fraction, decimals decimal.Decimal, days datetime.date. The seed is fixed, so a second run
writes the same bytes.

    python3 tests/unit/data/generate.py
"""

import datetime
import math
import pathlib
import random
import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

HERE = pathlib.Path(__file__).resolve().parent
LIMIT = 10**38
rng = random.Random(20230215)


def write(name, how, columns, rows):
    unique = list(dict.fromkeys("\t".join(row) for row in rows))
    head = ["# Written by generate.py; do not edit. " + how, "# " + "\t".join(columns)]
    (HERE / name).write_text("\n".join(head + unique) + "\n", encoding="ascii")
    print(f"{name}: {len(unique)} rows")


# --- numbers --------------------------------------------------------------------------------------


def fits(value):
    return abs(value.numerator) < LIMIT and value.denominator <= LIMIT


def fraction_text(value):
    if value.denominator == 1:
        return str(value.numerator)
    return f"{value.numerator}/{value.denominator}"


def checked_text(value):
    return fraction_text(value) if fits(value) else "overflow"


def operand_text(value):
    """`n/d`, sometimes not reduced, as amounts arrive."""
    top, bottom = value.numerator, value.denominator
    factor = rng.choice([1, 1, 2, 10, 100, 12345])
    if abs(top * factor) < LIMIT and bottom * factor <= LIMIT:
        top, bottom = top * factor, bottom * factor
    return f"{top}/{bottom}"


def whole(digits):
    return rng.randrange(10 ** (digits - 1), 10**digits)


def signed(value):
    return rng.choice([1, 1, -1]) * value


KINDS = {
    "money": lambda: Fraction(signed(whole(rng.randint(1, 12))), 100),
    "share": lambda: Fraction(rng.randint(0, 1000), 1000),
    "small": lambda: Fraction(signed(rng.randint(0, 50)), rng.randint(1, 50)),
    "whole": lambda: Fraction(signed(whole(rng.randint(1, 38)))),
    "long": lambda: Fraction(signed(whole(38)), 10 ** rng.randint(0, 38)),
    "half": lambda: Fraction(signed(whole(rng.randint(1, 19))), whole(rng.randint(1, 19))),
    "huge": lambda: Fraction(signed(whole(rng.randint(30, 38))), whole(rng.randint(30, 38))),
    "tiny": lambda: Fraction(signed(whole(rng.randint(1, 3))), whole(38)),
    "edge": lambda: rng.choice(
        [
            Fraction(signed(LIMIT - 1)),
            Fraction(signed(1), LIMIT),
            Fraction(signed(1), LIMIT - 1),
            Fraction(signed(LIMIT - 1), LIMIT),
            Fraction(0),
            Fraction(signed(1)),
            Fraction(signed(2**63)),
            Fraction(2**64, 2**64 - 1),
        ]
    ),
}


def any_number(kinds=tuple(KINDS)):
    return KINDS[rng.choice(kinds)]()


def pairs_that_cancel():
    """Results that fit although the products on the way to them do not."""
    pairs = []
    for _ in range(30):
        shared, s, t = whole(28), whole(5), whole(5)
        left = Fraction(signed(whole(30)), shared * s)
        pairs.append(("add", left, Fraction(signed(whole(30)), shared * t)))
        pairs.append(("add", left, Fraction(signed(whole(4)), s) - left))
        pairs.append(("sub", left, left - Fraction(signed(whole(4)), s)))
        p, q, r = whole(38), whole(38), whole(38)
        pairs.append(("mul", Fraction(signed(p), q), Fraction(q, r)))
        pairs.append(("div", Fraction(signed(p), q), Fraction(r, q)))
        pairs.append(("div", Fraction(signed(p)), Fraction(q)))
        # 7a + b is beyond 128 bits, and a multiple of `shared`.
        a = rng.randrange(6 * 10**37, LIMIT)
        b = LIMIT - 1 - (LIMIT - 1 + 7 * a) % shared
        pairs.append(("add", Fraction(a, shared), Fraction(b, 7 * shared)))
    return [(op, a, b) for op, a, b in pairs if fits(a) and fits(b)]


def calculate(op, a, b):
    if op == "add":
        return checked_text(a + b)
    if op == "sub":
        return checked_text(a - b)
    if op == "mul":
        return checked_text(a * b)
    return "zero_division" if b == 0 else checked_text(a / b)


def arithmetic():
    cases = pairs_that_cancel()
    for op in ("add", "sub", "mul", "div"):
        cases += [(op, any_number(), any_number()) for _ in range(90)]
        amounts = ("money", "share")
        cases += [(op, any_number(amounts), any_number(amounts)) for _ in range(15)]
    return [(op, operand_text(a), operand_text(b), calculate(op, a, b)) for op, a, b in cases]


def comparisons():
    pairs = [(any_number(), any_number()) for _ in range(120)]
    for _ in range(40):
        value = any_number(("huge", "half", "long"))
        pairs.append((value, value))
        top, bottom = value.numerator, value.denominator
        pairs.append((value, Fraction(top + 1, bottom)))
        pairs.append((value, Fraction(top + 1, bottom + 1)))
    a, b = 1, 1  # neighbouring quotients of Fibonacci numbers are as close as fractions can be
    while a + b < LIMIT:
        a, b = b, a + b
        if b > 10**17:
            pairs.append((Fraction(b, a), Fraction(a, b - a)))
    return [
        (operand_text(a), operand_text(b), str((a > b) - (a < b)))
        for a, b in pairs
        if fits(a) and fits(b)
    ]


def round_to(value, unit, mode):
    count = abs(value / unit)
    low = math.floor(count)
    rest = count - low
    half = Fraction(1, 2)
    away = {
        "up": rest > 0,
        "down": False,
        "half_up": rest >= half,
        "half_even": rest > half or (rest == half and low % 2 == 1),
    }[mode]
    return (low + away) * abs(unit) * (1 if value >= 0 else -1)


def roundings():
    units = [Fraction(text) for text in ("1", "1/100", "1/10", "1000", "1/3", "5/7")]
    cases = []
    for _ in range(45):
        cases.append((any_number(("money", "small", "half")), rng.choice(units)))
        cases.append((any_number(), any_number()))
        unit = any_number(("money", "small", "half"))
        cases.append((unit * signed(rng.randint(0, 9)) + unit / 2, unit))  # ties
        cases.append((unit * signed(rng.randint(0, 9)), unit))  # nothing to round
    # In units so small that their count has more than 38 digits.
    for _ in range(10):
        near = whole(19)
        cases.append((Fraction(near * (near + 1) + 1, near + 1), Fraction(1, LIMIT - near)))
        # The nearest multiple of the unit is (value - 1 / bottom / other), which is short again.
        bottom, other = rng.randrange(5 * 10**18, 10**19), rng.randrange(5 * 10**18, 10**19)
        if math.gcd(bottom, other) == 1:
            top = pow(other, -1, bottom) + bottom * whole(18)
            cases.append((Fraction(top, bottom), Fraction(1, other * (bottom // 3))))
    rows = []
    for value, unit in cases:
        if not (fits(value) and fits(unit)):
            continue
        for mode in ("up", "down", "half_up", "half_even"):
            expected = "zero_division" if unit == 0 else checked_text(round_to(value, unit, mode))
            rows.append((operand_text(value), operand_text(unit), mode, expected))
    return rows


def texts():
    context = Context(prec=38, rounding=ROUND_HALF_EVEN, Emin=-999, Emax=999)
    values = [any_number() for _ in range(250)]
    values += [Fraction(signed(whole(3)), 2 ** rng.randint(1, 126)) for _ in range(40)]
    for _ in range(40):
        values.append(Fraction(signed(whole(rng.randint(1, 38))), 5 ** rng.randint(1, 54)))
    values += [Fraction(10**k - 1, 10**k + signed(1)) for k in range(1, 38)]  # many nines
    values += [Fraction(LIMIT - 1, 2), Fraction(LIMIT - 3, 2), Fraction(LIMIT - 1, LIMIT)]
    rows = []
    for value in values:
        if not fits(value):
            continue
        near = context.divide(Decimal(value.numerator), Decimal(value.denominator))
        plain = format(near, "f")
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        plain = "0" if value == 0 else plain
        integer, point, fraction = plain.partition(".")
        sign = "-" if integer.startswith("-") else ""
        grouped = sign + f"{abs(int(integer)):,}" + point + fraction
        exact = "yes" if Fraction(near) == value else "no"
        rows.append((operand_text(value), plain, grouped, fraction_text(value), exact))
    return rows


JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def read(text):
    if not JSON_NUMBER.fullmatch(text):
        return "malformed"
    mantissa, _, exponent = text.lower().partition("e")
    if Decimal(mantissa) == 0:
        return "0"
    if abs(int(exponent or "0")) > 10**9:
        return "does_not_fit"
    value = Decimal(text)
    digits = "".join(map(str, value.as_tuple().digits)).strip("0")
    if len(digits) > 38 or abs(value.adjusted()) > 400:
        return "does_not_fit"
    return fraction_text(Fraction(value)) if fits(Fraction(value)) else "does_not_fit"


def parsing():
    cases = """0 -0 0.0 -0.0 00 01 -01 1 -1 12000000 1.50 0.5 .5 5. 5.e1 1e3 1E3 1e+3 1e-3 1e 1e+
        1e- e3 - + +1 --1 1.2.3 1e3e3 1e3.5 0x10 1_000 1,000 NaN nan inf Infinity -Infinity 1e400
        1e-400 1e37 1e38 9e37 10e37 10e36 1e-37 1e-38 1e-39 10e-39 5e-39 2e-39 0e99999 0e-99999
        -0e1 0.0e+99999 1e99999 1e-99999 1e17 1e999999999999999 0e999999999999999
        1e-999999999999999 0.1 0.2 0.3 $5 5% 1f 1e5f 0.00000000000000000000000000000000000001
        0.000000000000000000000000000000000000001 0.99999999999999999999999999999999999999
        0.999999999999999999999999999999999999999
        1.0000000000000000000000000000000000000000000000000000000 1e0 1e00 1e-00 1e007""".split()
    cases += ["9" * 38, "9" * 39, "-" + "9" * 38, "1" + "0" * 37, "1" + "0" * 38]
    cases += ["1" + "0" * 60 + "e-60", "0." + "0" * 60 + "1e61", "0." + "0" * 60 + "1"]
    cases += ["1." + "0" * 36 + "1", "1." + "0" * 37 + "1"]
    cases += [f"{5**k}e-{k}" for k in (10, 38, 39, 50, 54, 55)]  # 1/2^k
    cases += [f"{5**54}e-{k}" for k in (60, 74, 75, 76, 77)]
    cases += [f"{2**k}e-{k}" for k in (10, 38, 39, 54, 55, 100, 126)]  # 1/5^k
    for _ in range(120):
        digits = str(whole(rng.randint(1, 40)))
        point = rng.randint(0, len(digits))
        text = (digits[:point] or "0") + ("." + digits[point:] if point < len(digits) else "")
        exponent = rng.choice(["", "", "", f"e{rng.randint(-45, 45)}", f"E+{rng.randint(0, 40)}"])
        cases.append(rng.choice(["", "-"]) + text + exponent)
    for _ in range(80):  # one character changed
        text = list(rng.choice(cases[-120:]))
        text[rng.randrange(len(text))] = rng.choice("0123456789.eE+- x")
        cases.append("".join(text))
    return [(text, read(text)) for text in cases if text.strip() == text and text]


# --- days -----------------------------------------------------------------------------------------
# Every day is a count of days since 1970-01-01. The Gregorian calendar repeats every 400 years,
# which are 146,097 days; so datetime also knows the days outside its years 1 to 9999.

EPOCH = datetime.date(1970, 1, 1).toordinal()
FIRST = datetime.date.min.toordinal() - EPOCH
LAST = datetime.date.max.toordinal() - EPOCH


def parts(day):
    cycles = (day + EPOCH - 1) // 146097
    date = datetime.date.fromordinal(day + EPOCH - cycles * 146097)
    return date.year + 400 * cycles, date.month, date.day


def number(year, month, day):
    cycles = (year - 1) // 400
    return datetime.date(year - 400 * cycles, month, day).toordinal() + cycles * 146097 - EPOCH


def last_of_month(year, month):
    day = 31
    while True:
        try:
            return number(year, month, day)
        except ValueError:
            day -= 1


def later(day, months):
    year, month, of_month = parts(day)
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    return min(number(year, month, 1) + of_month - 1, last_of_month(year, month))


def iso(day):
    return datetime.date.fromordinal(day + EPOCH).isoformat()


def day_text(day):
    return iso(day) if FIRST <= day <= LAST else "none"


def window_text(first, last):
    inside = FIRST <= first <= LAST and FIRST <= last <= LAST
    return f"{iso(first)} {iso(last)}" if inside else "none"


def walk_back(day, stops):
    while not stops(parts(day)):
        day -= 1
    return day


def walk_on(day, stops):
    while not stops(parts(day)):
        day += 1
    return day


BLOCK_STARTS = {
    "month": lambda p: p[2] == 1,
    "quarter": lambda p: p[2] == 1 and p[1] in (1, 4, 7, 10),
    "year": lambda p: p[1:] == (1, 1),
}


def window(name, on, argument):
    words = name.split("_")
    if name == "trailing_days":
        return window_text(on - (argument - 1), on)
    if name == "trailing_months":
        return window_text(later(on, -argument) + 1, on)
    if words[:2] == ["previous", "calendar"]:
        starts = BLOCK_STARTS[words[2].rstrip("s")]
        first = current = walk_back(on, starts)
        for _ in range(argument):
            first = walk_back(first - 1, starts)
        return window_text(first, current - 1)
    if words[0] == "calendar":
        return window_text(walk_back(on, BLOCK_STARTS[words[1]]), on)
    month_day = tuple(map(int, argument.split("-")))
    starts = lambda p: p[1:] == month_day
    first = walk_back(on, starts)
    if name == "program_year_of":
        return window_text(first, walk_on(on + 1, starts) - 1)
    if name == "previous_program_year":
        return window_text(walk_back(first - 1, starts), first - 1)
    assert name == "program_year_to_date"
    return window_text(first, on)


CORNERS = [
    datetime.date.fromisoformat(text).toordinal() - EPOCH
    for text in """0001-01-01 0001-01-31 0001-12-31 0004-02-29 9999-12-31 9999-01-01 9996-02-29
        1900-02-28 1900-03-01 2000-02-29 2023-02-15 2023-02-28 2023-03-31 2023-12-31 2024-01-31
        2024-02-28 2024-02-29 2024-03-01 2024-05-31 2100-02-28 1969-12-31""".split()
]


def some_days(count):
    return CORNERS + [rng.randint(number(2015, 1, 1), number(2030, 12, 31)) for _ in range(count)]


def dates():
    rows = []
    for day in some_days(60) + [rng.randint(FIRST, LAST) for _ in range(60)]:
        year, month, of_month = parts(day)
        name = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[month - 1]
        rows.append((iso(day), str(day), f"{of_month} {name} {year:04}"))
    return rows


def bad_dates():
    rows = []
    for _ in range(120):
        text = f"{rng.randint(0, 9999):04}-{rng.randint(0, 14):02}-{rng.randint(0, 33):02}"
        try:
            datetime.date.fromisoformat(text)
        except ValueError:
            rows.append((text, "no_such_day"))
    for year in (1900, 2023, 2100, 2200):
        rows.append((f"{year}-02-29", "no_such_day"))
    for text in """2023-6-30 23-06-30 2023/06/30 20230630 2023-06-3 2023-06-300 02023-06-30
        -023-06-30 +023-06-30 2023-06-30T00:00:00Z 2023-06- 2023-06 2023 2023-0x-30 2023.06.30
        never 2023--6-30 2023-W26-5 2023-181 30-06-2023""".split():
        rows.append((text, "malformed"))
    return rows


def additions():
    rows = []
    for day in some_days(25):
        for count in [0, 1, -1, 365, -366, rng.randint(-10**6, 10**6)]:
            rows.append(("days", iso(day), str(count), day_text(day + count)))
        for count in [0, 1, -1, 11, -12, 12, 48, rng.randint(-600, 600)]:
            rows.append(("months", iso(day), str(count), day_text(later(day, count))))
    return rows


def windows():
    rows = []
    for on in some_days(25):
        for count in [0, 1, 2, 365, rng.randint(3, 1000)]:
            rows.append(("trailing_days", on, count))
        for count in [0, 1, 3, 12, rng.randint(2, 60)]:
            rows.append(("trailing_months", on, count))
        for block in BLOCK_STARTS:
            rows.append((f"calendar_{block}_to_date", on, "-"))
            for count in [0, 1, rng.randint(2, 5)]:
                rows.append((f"previous_calendar_{block}s", on, count))
        odd_start = rng.choice(["2-28", "3-1", "12-31"])
        for start in ["1-1", "2-1", "4-1", odd_start, f"{rng.randint(1, 12)}-15"]:
            for name in ("program_year_of", "previous_program_year", "program_year_to_date"):
                rows.append((name, on, start))
    return [(name, iso(on), str(arg), window(name, on, arg)) for name, on, arg in rows]


exact = "Computed with Python's fractions.Fraction; a result fits if it is a reduced fraction"
exact += " of less than 10^38 over at most 10^38."
write("number_arithmetic.txt", exact, ["operation", "left", "right", "expected"], arithmetic())
write("number_compare.txt", exact, ["left", "right", "sign of left - right"], comparisons())
write("number_round.txt", exact, ["value", "unit", "rounding", "expected"], roundings())
write(
    "number_text.txt",
    "Computed with Python's decimal.Context(prec=38, rounding=ROUND_HALF_EVEN) and fractions.",
    ["value", "to_string", "to_grouped_string", "fraction_string", "is_decimal"],
    texts(),
)
write(
    "number_parse.txt",
    "Computed with Python's decimal.Decimal and a regular expression of JSON's numbers.",
    ["text", "fraction, malformed or does_not_fit"],
    parsing(),
)
days = "Computed with Python's datetime.date, by walking from day to day."
write("date_texts.txt", days, ["date", "days since 1970-01-01", "to_words"], dates())
write("date_faults.txt", days, ["text", "fault"], bad_dates())
write("date_additions.txt", days, ["unit", "date", "count", "expected"], additions())
write("windows.txt", days, ["window", "on", "count or year start", "from and through"], windows())
