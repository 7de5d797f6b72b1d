#include "interpreter/meter.hpp"

#include "interpreter/words.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace rung {

namespace {

bool is_upward(const Condition& condition) {
    return condition.comparison == ">=" || condition.comparison == ">";
}

/// Near enough for a drawing.
std::optional<double> number(const std::string& canonical) {
    double value = 0;
    const char* end = canonical.data() + canonical.size();
    const auto read = std::from_chars(canonical.data(), end, value);
    return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

struct Threshold {
    std::string tier;
    Figure figure;
    double value = 0;
};

/// What each tier asks of the condition that the row asks.
std::vector<Threshold> thresholds(const Outcome& outcome, const LadderOutcome& ladder,
                                  const RequirementOutcome& row, std::size_t n) {
    std::vector<Threshold> found;
    for (const TierName& tier : ladder.tiers) {
        for (const RequirementOutcome& other : outcome.requirements) {
            const bool same = other.id == row.id && other.ladder == row.ladder &&
                              other.path == row.path && other.tier == tier.id;
            if (!same || !other.offered || n >= other.conditions.size()) {
                continue;
            }
            const Condition& condition = other.conditions[n];
            const std::optional<double> value = number(condition.required.value);
            if (is_upward(condition) && condition.required.state == Figure::State::known && value) {
                found.push_back({tier.label, condition.required, *value});
            }
        }
    }
    return found;
}

struct Scale {
    double low = 0;
    double high = 0;

    void take(std::optional<double> value) {
        low = std::min(low, value.value_or(low));
        high = std::max(high, value.value_or(high));
    }
    [[nodiscard]] double at(double value) const { return (value - low) / (high - low); }
};

/// The verdict, where the drawing could be taken for another one.
void agree(Meter& meter, RequirementVerdict verdict) {
    const double short_of = std::max(0.0, meter.target - least_gap);
    if (verdict == RequirementVerdict::met) {
        meter.low = std::max(meter.low, meter.target);
        meter.high = std::max(meter.high, meter.low);
    } else if (verdict == RequirementVerdict::unmet) {
        meter.high = std::min(meter.high, short_of);
        meter.low = std::min(meter.low, meter.high);
    } else {
        meter.low = std::min(meter.low, short_of);
        meter.high = std::max(meter.high, meter.target);
    }
}

} // namespace

std::optional<double> share_of(const Condition& condition) {
    const std::optional<double> actual = number(condition.actual.value);
    const std::optional<double> target = number(condition.required.value);
    if (!is_upward(condition) || !actual || !target || *target <= 0) {
        return std::nullopt;
    }
    const bool is_met = condition.verdict == RequirementVerdict::met;
    return std::clamp(*actual / *target, 0.0, is_met ? 1.0 : 1.0 - least_gap);
}

std::optional<Meter> meter_of(const Wording& wording, const Outcome& outcome,
                              const LadderOutcome& ladder, const RequirementOutcome& row,
                              std::size_t n) {
    const Condition& condition = row.conditions[n];
    const Figure& actual = condition.actual;
    const bool is_known = actual.state == Figure::State::known;
    const bool is_range = actual.state == Figure::State::range;
    const std::optional<double> target = number(condition.required.value);
    const std::optional<double> from = number(is_known ? actual.value : actual.from);
    const std::optional<double> through = number(is_known ? actual.value : actual.through);
    const bool says_something = (is_known && from) || (is_range && (from || through));
    if (!is_upward(condition) || !is_amount(actual) || !target || !says_something) {
        return std::nullopt;
    }
    const std::vector<Threshold> asked = thresholds(outcome, ladder, row, n);
    Scale scale;
    scale.take(from);
    scale.take(through);
    scale.take(target);
    for (const Threshold& threshold : asked) {
        scale.take(threshold.value);
    }
    if (*target <= scale.low) {
        return std::nullopt;
    }
    Meter meter;
    meter.actual = in_words(wording, actual);
    meter.required = in_words(wording, condition.required);
    meter.target = scale.at(*target);
    meter.low = from ? scale.at(*from) : 0;
    meter.high = through ? scale.at(*through) : 1;
    for (const Threshold& threshold : asked) {
        meter.bands.push_back(
            {threshold.tier, in_words(wording, threshold.figure), scale.at(threshold.value)});
    }
    agree(meter, condition.verdict);
    return meter;
}

} // namespace rung
