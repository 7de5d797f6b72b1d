// Progress: positions that no drawing can make disagree with the verdict.
#include "interpreter/meter.hpp"

#include <rung/rung.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::meter_test {
namespace {

Figure figure(Figure::State state, std::string value, std::string from = "",
              std::string through = "", std::string type = "decimal") {
    Figure made;
    made.state = state;
    made.type = std::move(type);
    made.value = std::move(value);
    made.from = std::move(from);
    made.through = std::move(through);
    return made;
}

Figure known(const std::string& value) { return figure(Figure::State::known, value); }
Figure between(const std::string& from, const std::string& through) {
    return figure(Figure::State::range, "", from, through);
}

/// A row asked at three tiers.
struct Asked {
    Outcome outcome;

    Asked(const Figure& actual, const std::vector<std::string>& required,
          RequirementVerdict verdict, const std::string& comparison = ">=") {
        LadderOutcome ladder;
        ladder.tiers = {{"none", "None"}};
        for (std::size_t i = 0; i < required.size(); ++i) {
            const std::string tier = "tier" + std::to_string(i + 1);
            ladder.tiers.push_back({tier, "Tier " + std::to_string(i + 1)});
            Condition condition;
            condition.comparison = comparison;
            condition.verdict = verdict;
            condition.actual = actual;
            condition.required = known(required[i]);
            RequirementOutcome row;
            row.id = "row";
            row.tier = tier;
            row.offered = true;
            row.verdict = verdict;
            row.conditions = {condition};
            outcome.requirements.push_back(row);
        }
        outcome.ladders = {ladder};
    }

    [[nodiscard]] std::optional<Meter> meter(std::size_t tier) const {
        return meter_of(Wording::of(Language::en), outcome, outcome.ladders.front(),
                        outcome.requirements[tier - 1], 0);
    }
};

constexpr auto met = RequirementVerdict::met;
constexpr auto unmet = RequirementVerdict::unmet;
constexpr auto unknown = RequirementVerdict::unknown;

TEST_CASE("a meter goes from nothing to the most that is had or asked") {
    const auto meter = Asked(known("2"), {"1", "2", "4"}, unmet).meter(3);
    REQUIRE(meter);
    CHECK(meter->actual == "2");
    CHECK(meter->required == "4");
    CHECK(meter->low == doctest::Approx(0.5));
    CHECK(meter->high == doctest::Approx(0.5));
    CHECK(meter->target == doctest::Approx(1));
    REQUIRE(meter->bands.size() == 3);
    CHECK(meter->bands[0].label == "Tier 1");
    CHECK(meter->bands[0].threshold == "1");
    CHECK(meter->bands[0].from == doctest::Approx(0.25));
    CHECK(meter->bands[2].from == doctest::Approx(1));

    const auto past = Asked(known("8"), {"1", "2", "4"}, met).meter(3);
    REQUIRE(past);
    CHECK(past->low == doctest::Approx(1));
    CHECK(past->target == doctest::Approx(0.5));
}

TEST_CASE("a scale begins below nothing where a figure is") {
    const auto meter = Asked(known("-10"), {"10", "30"}, unmet).meter(1);
    REQUIRE(meter);
    CHECK(meter->low == doctest::Approx(0));
    CHECK(meter->target == doctest::Approx(0.5));
}

TEST_CASE("ranges are shown as ranges") {
    const auto meter = Asked(between("1", "3"), {"2", "4"}, unknown).meter(1);
    REQUIRE(meter);
    CHECK(meter->low == doctest::Approx(0.25));
    CHECK(meter->high == doctest::Approx(0.75));
    CHECK(meter->target == doctest::Approx(0.5));

    const auto open = Asked(between("1", ""), {"2", "4"}, unknown).meter(2);
    REQUIRE(open);
    CHECK(open->high == doctest::Approx(1));

    const auto below = Asked(between("", "3"), {"2", "4"}, unknown).meter(1);
    REQUIRE(below);
    CHECK(below->low == doctest::Approx(0));
}

TEST_CASE("what a drawing would round is told by the verdict") {
    // 38 digits: as binary fractions these two are equal.
    const auto hair = Asked(known("99999999999999999.99"), {"100000000000000000"}, unmet).meter(1);
    REQUIRE(hair);
    CHECK(hair->high <= hair->target - least_gap);

    const auto equal = Asked(known("5"), {"5"}, unmet, ">").meter(1); // more than 5
    REQUIRE(equal);
    CHECK(equal->high <= equal->target - least_gap);

    const auto just = Asked(known("100000000000000000"), {"99999999999999999.99"}, met).meter(1);
    REQUIRE(just);
    CHECK(just->low >= just->target);
}

TEST_CASE("no meter where there is no progress to show") {
    CHECK_FALSE(Asked(known("2"), {"3"}, unmet, "<=").meter(1)); // less is better
    CHECK_FALSE(Asked(known("2"), {"3"}, unmet, "=").meter(1));
    CHECK_FALSE(Asked(known("0"), {"0"}, met).meter(1)); // nothing is asked
    CHECK_FALSE(Asked(figure(Figure::State::unknown, ""), {"3"}, unknown).meter(1));
    CHECK_FALSE(Asked(figure(Figure::State::hidden, ""), {"3"}, unmet).meter(1));
    CHECK_FALSE(Asked(between("", ""), {"3"}, unknown).meter(1));
    CHECK_FALSE(
        Asked(figure(Figure::State::known, "2023-01-01", "", "", "date"), {"3"}, unmet).meter(1));
}

// ---- over the real programs

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

void check(const Meter& meter, RequirementVerdict verdict) {
    CHECK(meter.low >= 0);
    CHECK(meter.low <= meter.high);
    CHECK(meter.high <= 1);
    CHECK(meter.target > 0);
    CHECK(meter.target <= 1);
    if (verdict == met) {
        CHECK(meter.low >= meter.target);
    } else if (verdict == unmet) {
        CHECK(meter.high < meter.target);
    } else {
        CHECK(meter.low < meter.target);
        CHECK(meter.high >= meter.target);
    }
    for (const Meter::Band& band : meter.bands) {
        CHECK(band.from >= 0);
        CHECK(band.from <= 1);
    }
}

int check(const Outcome& outcome) {
    int meters = 0;
    for (const LadderOutcome& ladder : outcome.ladders) {
        for (const RequirementOutcome& row : outcome.requirements) {
            for (std::size_t i = 0; row.ladder == ladder.id && i < row.conditions.size(); ++i) {
                if (const auto meter =
                        meter_of(Wording::of(Language::en), outcome, ladder, row, i)) {
                    CAPTURE(row.id);
                    CAPTURE(row.tier);
                    check(*meter, row.conditions[i].verdict);
                    ++meters;
                }
            }
        }
    }
    return meters;
}

TEST_CASE("no meter of a real program disagrees with its verdict") {
    int meters = 0;
    for (const auto& folder : std::filesystem::directory_iterator(RUNG_SOURCE_DIR "/rules")) {
        for (const auto& file : std::filesystem::directory_iterator(folder)) {
            const std::string path = file.path().string();
            if (!path.ends_with(".rung") || path.ends_with(".test.rung")) {
                continue;
            }
            const Result<Program> program = Program::parse(path, read(file.path()));
            REQUIRE(program);
            for (const auto& facts : std::filesystem::directory_iterator(folder.path() / "facts")) {
                const Result<Facts> record =
                    Facts::read(*program, facts.path().string(), read(facts.path()));
                EvaluateOptions options;
                options.named_version = true;
                const Result<Outcome> outcome =
                    record ? evaluate(*program, *record, options) : Result<Outcome>{};
                CAPTURE(facts.path().string());
                meters += outcome ? check(*outcome) : 0;
            }
        }
    }
    CHECK(meters > 100);
}

} // namespace
} // namespace rung::meter_test
