#include "tools/sweep.hpp"

#include "interpreter/number.hpp"
#include "interpreter/text.hpp"
#include "tools/files.hpp"

#include <optional>

namespace rung::tools {

namespace {

constexpr std::size_t most_values = 100;

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

/// From the one to the other; empty where that is no row of values, or too long a one.
std::vector<std::string> values_of(const Written& from, const Written& through,
                                   const Written& step) {
    std::vector<std::string> values;
    if (!from.like(through) || !from.like(step) || step.number <= Number(0)) {
        return values;
    }
    for (Number at = from.number; at <= through.number;) {
        if (values.size() == most_values) {
            return {};
        }
        values.push_back(from.before + at.to_string() + from.after);
        const Checked next = add(at, step.number);
        if (!next) {
            return {};
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
        const std::optional<Written> from = written(text.substr(equals + 1, dots - equals - 1));
        const std::optional<Written> through =
            written(text.substr(dots + 2, by == std::string::npos ? by : by - dots - 2));
        const std::optional<Written> step =
            by != std::string::npos ? written(text.substr(by + 4))
            : from                  ? std::optional(Written{from->before, Number(1), from->after})
                                    : std::nullopt;
        if (from && through && step) {
            sweep.values = values_of(*from, *through, *step);
        }
    }
    if (sweep.values.empty()) {
        refuse(Code::change_without_value,
               {{"option", "--sweep"}, {"found", text}, {"example", "stories@silver=1..5"}});
    }
    return sweep;
}

} // namespace rung::tools
