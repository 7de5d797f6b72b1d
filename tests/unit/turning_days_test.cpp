// The days on which something can change, against a look at every day of two years.
//
// Every version and review of the real programs, and programs made by chance of every form of window and of
// everything that is calculated from a review date, are looked at for partners made by chance. No day on which an
// evaluation comes to something else than on the day before may be missing. RUNG_PARTNERS sets how many partners.
#include "interpreter/turning_days.hpp"
#include "tests/unit/generated_dated.hpp"
#include "tests/unit/real_programs.hpp"

#include <rung/facts.hpp>
#include <rung/program.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::turning_days_test {
namespace {

using dated::Dice;
using dated::Partners;

Date day_of(const std::string& iso) { return Date::parse(iso).value; }
Date later(Date day, int days) { return *add_days(day, days); }

/// As many as one wants to wait for.
int partners() {
    const char* wanted = std::getenv("RUNG_PARTNERS");
    return wanted == nullptr ? 1000 : std::atoi(wanted);
}

// ---- every day against some days ---------------------------------------------------------------

struct Found {
    std::size_t changes = 0;
    std::size_t looked_at = 0;
    std::size_t days = 0;
    std::size_t every_day = 0; // partners of whom all days are looked at
};

/// The days on which the evaluation comes to something else than on the day before.
std::vector<Date> changes(const Model& model, const FactSheet& facts, Index review, Window days) {
    Evaluator evaluators[] = {Evaluator(model), Evaluator(model)};
    std::vector<Date> found;
    const Verdicts* before = nullptr;
    for (int day = 0; day < days.days(); ++day) {
        const Setting setting{later(days.from, day), true, review};
        const Verdicts& now = evaluators[day % 2].evaluate(facts, setting);
        if (before != nullptr && !same_answers(model, *before, now)) {
            found.push_back(setting.on);
        }
        before = &now;
    }
    return found;
}

void compare(const Program& program, const std::string& json, Window days, Found& found) {
    const Result<Facts> facts = Facts::read(program, "partner.json", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text() << json);
    const Model& model = program.model();
    const std::size_t reviews = std::max<std::size_t>(1, model.reviews.size());
    for (Index review = 0; review < reviews; ++review) {
        const Index at = model.reviews.empty() ? none : review;
        const TurningDays turning = turning_days(model, facts->sheet(), at, days);
        found.looked_at += turning.days.size();
        found.days += static_cast<std::size_t>(days.days());
        found.every_day += turning.every_day ? 1U : 0U;
        for (const Date day : changes(model, facts->sheet(), at, days)) {
            ++found.changes;
            if (!std::binary_search(turning.days.begin(), turning.days.end(), day)) {
                FAIL("on " << day.to_string() << " something changes, which is not among the "
                           << turning.days.size() << " days looked at, for " << json << "\nby "
                           << model.source.text());
            }
        }
    }
}

std::vector<Program> real_programs() {
    std::vector<Program> programs;
    for (const real::RealProgram& each : real::programs()) {
        for (const std::filesystem::path& version : each.versions) {
            const Result<Program> program =
                Program::parse(version.string(), real::text_of(version));
            REQUIRE(program);
            programs.push_back(*program);
        }
    }
    return programs;
}

TEST_CASE("the days looked at hold every day of two years on which a partner of generated programs "
          "changes") {
    const Window days{day_of("2023-01-15"), day_of("2025-01-14")};
    Found found;
    Dice dice(2);
    for (int i = 0; i < partners() / 5; ++i) {
        const Program program = dated::program(dice);
        Partners partners_of(dice, program, days);
        compare(program, partners_of.next(), days, found);
    }
    CHECK(found.changes > 500);
    MESSAGE(found.changes << " changes among " << found.looked_at << " days looked at of "
                          << found.days << "; every day " << found.every_day << " times");
}

TEST_CASE("the days looked at hold every day of two years on which a partner of the real programs "
          "changes") {
    const std::vector<Program> programs = real_programs();
    REQUIRE(programs.size() >= 9);
    const Window days{day_of("2023-01-15"), day_of("2025-01-14")}; // with a leap day
    Found found;
    Dice dice(1);
    for (const Program& program : programs) {
        Partners partners_of(dice, program, days);
        const int count = partners() / static_cast<int>(programs.size()) + 1;
        for (int i = 0; i < count; ++i) {
            compare(program, partners_of.next(), days, found);
        }
    }
    CHECK(found.changes > 500);
    CHECK(found.every_day == 0);
    CHECK(found.looked_at < found.days / 10);
    MESSAGE(found.changes << " changes among " << found.looked_at << " days looked at of "
                          << found.days);
}

} // namespace
} // namespace rung::turning_days_test
