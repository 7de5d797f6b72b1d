#include "tools/sweep.hpp"

#include "interpreter/number.hpp"
#include "interpreter/text.hpp"
#include "tools/files.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace rung::tools {

namespace {

constexpr std::size_t most_values = 500;

/// A figure as rules write it, apart from what stands around its number: `$`, `1`, `M`.
struct Written {
    std::string before;
    Number number;
    std::string after;

    [[nodiscard]] bool like(const Written& other) const {
        return before == other.before && after == other.after;
    }
};

std::optional<Written> written(const std::string& text) {
    constexpr const char* digits = "0123456789";
    const std::string figure(trimmed(text));
    const std::size_t first = figure.find_first_of(digits);
    if (first == std::string::npos) {
        return std::nullopt;
    }
    const std::size_t last = figure.find_last_of(digits) + 1;
    std::string number;
    for (const char c : figure.substr(first, last - first)) {
        number += c == ',' ? "" : std::string(1, c);
    }
    const ParsedNumber parsed = Number::parse(number);
    return parsed
               ? std::optional(Written{figure.substr(0, first), parsed.value, figure.substr(last)})
               : std::nullopt;
}

[[noreturn]] void refuse_sweep(const std::string& text, std::vector<Argument> why = {}) {
    why.insert(why.end(), {{"found", text}, {"example", "stories@silver=1..5"}});
    refuse(Code::no_sweep, std::move(why));
}

/// What the letter behind a figure stands for in rules; nothing where what stands there is no such letter.
std::optional<Number> factor_of(const std::string& after) {
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> factors{
        {{"", 1}, {"K", 1'000}, {"M", 1'000'000}, {"B", 1'000'000'000}}};
    for (const auto& [letter, factor] : factors) {
        if (after == letter) {
            return Number(factor);
        }
    }
    return std::nullopt;
}

/// Writes figures that differ in this letter alone, `$500K` and `$2M`, with the smallest one.
void write_alike(const std::array<Written*, 3>& figures) {
    const Written* smallest = figures.front();
    for (const Written* figure : figures) {
        const auto factor = factor_of(figure->after);
        if (!factor || figure->before != smallest->before) {
            return;
        }
        smallest = *factor < *factor_of(smallest->after) ? figure : smallest;
    }
    const std::string letter = smallest->after;
    for (Written* figure : figures) {
        const Checked whole = mul(figure->number, *factor_of(figure->after));
        const Checked number = whole ? div(whole.value, *factor_of(letter)) : whole;
        if (!number) {
            return;
        }
        figure->number = number.value;
        figure->after = letter;
    }
}

/// From the one to the other.
std::vector<std::string> values_of(const std::string& text, const Written& from,
                                   const Written& through, const Written& step,
                                   const std::string& turned) {
    const std::string cell = text.substr(0, text.find('=') + 1);
    const auto figure = [&](const Number& number) {
        return from.before + number.to_string() + from.after;
    };
    if (!from.like(through) || !from.like(step)) {
        refuse_sweep(text);
    }
    const std::string upward = figure(from.number) + ".." + figure(through.number);
    if (from.number > through.number) {
        refuse_sweep(text, {{"backward", text}, {"turned", cell + turned}});
    }
    if (step.number <= Number(0)) {
        refuse_sweep(text, {{"step", figure(step.number)},
                            {"stepped", cell + upward + " by " + figure(Number(1))}});
    }
    std::vector<std::string> values;
    for (Number at = from.number; at <= through.number;) {
        values.push_back(figure(at));
        const Checked next = add(at, step.number);
        if (!next || values.size() > most_values) {
            refuse_sweep(
                text,
                {{"long", text}, {"most", std::to_string(most_values)}, {"longer", cell + upward}});
        }
        at = next.value;
    }
    return values;
}

} // namespace

ImpactSweep read_sweep(const std::string& text) {
    const std::size_t at = text.find('@');
    const std::size_t equals = text.find('=', at == std::string::npos ? 0 : at);
    const std::size_t dots = text.find("..", equals == std::string::npos ? 0 : equals);
    ImpactSweep sweep;
    if (at != std::string::npos && equals != std::string::npos && dots != std::string::npos) {
        sweep.requirement = trimmed(std::string_view(text).substr(0, at));
        sweep.tier = trimmed(std::string_view(text).substr(at + 1, equals - at - 1));
        const std::size_t by = text.find(" by ", dots);
        const std::string first(trimmed(text.substr(equals + 1, dots - equals - 1)));
        const std::string last(
            trimmed(text.substr(dots + 2, by == std::string::npos ? by : by - dots - 2)));
        std::optional<Written> from = written(first);
        std::optional<Written> through = written(last);
        std::optional<Written> step =
            by != std::string::npos ? written(text.substr(by + 4))
            : from                  ? std::optional(Written{from->before, Number(1), from->after})
                                    : std::nullopt;
        if (from && through && step) {
            write_alike({&*from, &*through, &*step});
            sweep.values = values_of(text, *from, *through, *step, last + ".." + first);
        }
    }
    if (sweep.values.empty()) {
        refuse_sweep(text);
    }
    return sweep;
}

} // namespace rung::tools
