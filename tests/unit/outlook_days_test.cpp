// Whole outlooks against a look at every day of two years.
//
// Whoever reads an outlook from its first day on, and takes each change as it comes, must know on every day what an
// evaluation of that day says: tiers, what is held, paths, requirements, benefits, values and notices. And a change
// must hold all that differs from the day before, figures and records included.
//
// RUNG_OUTLOOK_PARTNERS, if set, is how many partners there are of each of three kinds: of rules made of everything
// that a review date may be in, of rules of every other form, and of the real programs. Versions follow each other.
#include "interpreter/model.hpp"
#include "tests/unit/generated_dated.hpp"
#include "tests/unit/generated_program.hpp"
#include "tests/unit/real_programs.hpp"

#include <rung/facts.hpp>
#include <rung/outlook.hpp>
#include <rung/program.hpp>

#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::outlook_days_test {
namespace {

using generated::Dice;

int partners() {
    const char* const given = std::getenv("RUNG_OUTLOOK_PARTNERS"); // NOLINT(concurrency-mt-unsafe)
    return given == nullptr ? 9 : std::atoi(given);
}

Date later(Date day, int days) { return *add_days(day, days); }
Date date(const std::string& iso) { return Date::parse(iso).value; }

// ---- what is known of a day ---------------------------------------------------------------------

/// What is said of each part; a part of which nothing is to be said is not among them.
using Answers = std::map<std::string, std::string>;

std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) {
        text += item + ",";
    }
    return text;
}

template <typename Standing>
std::string text_of(const Standing& standing) {
    return standing.tier.value_or("at least " + standing.at_least + " of " +
                                  joined(standing.possible));
}

std::string text_of(const Figure& figure) {
    if (figure.state == Figure::State::absent) {
        return "";
    }
    return std::to_string(static_cast<int>(figure.state)) + " " + figure.value + " " + figure.from +
           ".." + figure.through + " " + figure.reason + " " + joined(figure.members);
}

std::string text_of(RequirementVerdict verdict) {
    return std::to_string(static_cast<int>(verdict));
}

std::string key_of(const LadderOutcome& ladder) { return "ladder " + ladder.id; }
std::string text_of(const LadderOutcome& ladder) {
    std::string text = text_of<LadderOutcome>(ladder) + " along " + ladder.path;
    for (const PathOutcome& path : ladder.paths) {
        text += "; " + path.id + " " + text_of(path.open) + " " + text_of<PathOutcome>(path);
    }
    return text + (ladder.holds ? "; holds " + text_of(*ladder.holds) : "");
}

std::string key_of(const RequirementOutcome& row) {
    return "row " + row.ladder + "/" + row.path + "/" + row.tier + "/" + row.id;
}
std::string text_of(const RequirementOutcome& row) {
    return row.verdict == RequirementVerdict::not_asked
               ? ""
               : text_of(row.verdict) + text_of(row.condition) + (row.offered ? " offered" : "");
}

std::string key_of(const BenefitOutcome& benefit) { return "benefit " + benefit.id; }
std::string text_of(const BenefitOutcome& benefit) {
    return benefit.verdict == Granted::closed ? ""
                                              : std::to_string(static_cast<int>(benefit.verdict));
}

std::string key_of(const ValueOutcome& value) { return "value " + value.id; }
std::string text_of(const ValueOutcome& value) {
    std::string text = text_of(value.value) + joined(value.missing);
    for (const ItemFigure& item : value.items) {
        text += "; " + item.record.label + " " + text_of(item.value);
    }
    return text;
}

std::string key_of(const MeasureOutcome& measure) {
    return "measure " + measure.id + "/" + measure.path;
}
std::string text_of(const MeasureOutcome& measure) {
    return text_of(measure.value) + joined(measure.missing);
}

std::string key_of(const NoticeOutcome& notice) { return "notice " + notice.id; }
std::string text_of(const NoticeOutcome& notice) {
    return notice.verdict == RequirementVerdict::unmet ? "" : text_of(notice.verdict);
}

template <typename Part>
void put(const Part& part, Answers& answers) {
    const std::string text = text_of(part);
    if (text.empty()) {
        answers.erase(key_of(part));
    } else {
        answers[key_of(part)] = text;
    }
}

template <typename Part>
void put_all(const std::vector<Part>& parts, Answers& answers) {
    for (const Part& part : parts) {
        put(part, answers);
    }
}

/// Measures are an answer only where there is nothing else.
Answers answers_of(const Outcome& outcome) {
    Answers answers;
    put_all(outcome.ladders, answers);
    put_all(outcome.requirements, answers);
    put_all(outcome.benefits, answers);
    put_all(outcome.values, answers);
    put_all(outcome.notices, answers);
    if (outcome.ladders.empty()) {
        put_all(outcome.measures, answers);
    }
    return answers;
}

template <typename Part>
void take(const std::vector<Part>& changes, Answers& answers) {
    for (const Part& change : changes) {
        if (change.before) {
            answers.erase(key_of(*change.before));
        }
        if (change.after) {
            put(*change.after, answers);
        }
    }
}

/// What a reader of the changes knows after them.
void take(const Changes& changes, bool measures, Answers& answers) {
    take(changes.ladders, answers);
    take(changes.requirements, answers);
    take(changes.benefits, answers);
    take(changes.values, answers);
    take(changes.notices, answers);
    if (measures) {
        take(changes.measures, answers);
    }
}

// ---- every day ----------------------------------------------------------------------------------

struct Counts {
    int partners = 0;
    int days = 0;
    int unsaid = 0; // days without a version, or with one that cannot read the facts
    int changes = 0;
    int parts = 0; // of which an answer changed
    int versions = 0; // changes because of another version
    int looked_at = 0; // days that the outlooks evaluated

    [[nodiscard]] std::string text() const {
        return std::to_string(partners) + " partners, " + std::to_string(days) + " days (" +
               std::to_string(unsaid) + " of which nothing is said), " + std::to_string(changes) +
               " days of change in " + std::to_string(parts) + " answers, " +
               std::to_string(versions) + " of them because of a version; the outlooks looked at " +
               std::to_string(looked_at) + " days";
    }
};

/// Evaluations of one partner at one review, each by the version in force.
class DayByDay {
public:
    DayByDay(const Registry& versions, const std::string& json, std::optional<std::string> review)
        : versions_(versions), json_(json), review_(std::move(review)) {}

    std::optional<Outcome> on(Date day) {
        const Result<Chosen> chosen = versions_.choose(day.to_string(), std::nullopt);
        if (!chosen) {
            return std::nullopt;
        }
        const auto [facts, first] = facts_.try_emplace(chosen->program.version(), Result<Facts>());
        if (first) {
            facts->second = Facts::read(chosen->program, "partner.json", json_);
        }
        if (!facts->second) {
            return std::nullopt;
        }
        EvaluateOptions options;
        options.on = day.to_string();
        options.review = review_;
        Result<Outcome> outcome = evaluate(chosen->program, *facts->second, options);
        return std::move(outcome.value);
    }

private:
    const Registry& versions_;
    const std::string& json_;
    std::optional<std::string> review_;
    std::map<std::string, Result<Facts>> facts_; // by version
};

/// What is wrong with a change, beside what a reader makes of it.
std::string wrong(const OutlookChange& change, const Outcome& before, const Outcome& now) {
    if (change.causes.empty()) {
        return "no cause is told";
    }
    const bool other_version = before.version != now.version;
    if ((change.causes.front().kind == OutlookCause::Kind::version) != other_version) {
        return "the version is the cause, or is not";
    }
    return to_json(change.changes) == to_json(compare(before, now))
               ? ""
               : "not everything that differs is told";
}

std::string differing(const Answers& told, const Answers& is) {
    std::string text;
    for (const Answers* these : {&told, &is}) {
        const Answers& others = these == &told ? is : told;
        for (const auto& [key, value] : *these) {
            const auto other = others.find(key);
            if (other == others.end() || other->second != value) {
                text += (these == &told ? "\ntold: " : "\nis:   ") + key + " " + value;
            }
        }
    }
    return text;
}

/// What is wrong with an outlook: the day, and what.
std::string wrong(const Registry& versions, const std::string& json, Window days,
                  const std::optional<std::string>& review, Counts& counts) {
    OutlookOptions options;
    options.from = days.from.to_string();
    options.until = days.through.to_string();
    options.review = review;
    const Result<Outlook> found = outlook(versions, "partner.json", json, options);
    if (!found) {
        return found.diagnostics.to_text();
    }
    const OutlookSeries& series = found->series.front();
    ++counts.partners;
    counts.looked_at += static_cast<int>(series.days_looked_at);
    DayByDay every(versions, json, review);
    std::optional<Outcome> before;
    Answers told;
    Answers was;
    std::size_t next = 0;
    for (Date day = days.from; day <= days.through; day = later(day, 1)) {
        ++counts.days;
        const std::optional<Outcome> now = every.on(day);
        if (!now) {
            ++counts.unsaid;
            continue;
        }
        const Answers is = answers_of(*now);
        if (!before) {
            told = answers_of(*series.first);
        }
        const bool changes =
            next < series.changes.size() && series.changes[next].on == day.to_string();
        if (changes) {
            const OutlookChange& change = series.changes[next++];
            if (!before) {
                return day.to_string() + ": a change on the first day";
            }
            if (const std::string fault = wrong(change, *before, *now); !fault.empty()) {
                return day.to_string() + ": " + fault;
            }
            if (is == was) {
                return day.to_string() + ": a change, and no answer differs";
            }
            take(change.changes, now->ladders.empty(), told);
            ++counts.changes;
            counts.parts += static_cast<int>(
                change.changes.ladders.size() + change.changes.requirements.size() +
                change.changes.benefits.size() + change.changes.values.size() +
                change.changes.notices.size());
            counts.versions += before->version == now->version ? 0 : 1;
        }
        if (told != is) {
            return day.to_string() + ":" + differing(told, is);
        }
        before = now;
        was = is;
    }
    return next == series.changes.size()
               ? ""
               : series.changes[next].on + ": a change on a day of which nothing can be said";
}

Registry registry(std::vector<Program> versions) {
    const Result<Registry> made = Registry::of(std::move(versions));
    REQUIRE_MESSAGE(made, made.diagnostics.to_text());
    return *made;
}

/// A day for a version to end on, and one for the next to begin on: the day after, or some days later.
struct Turn {
    std::string first; // what is in force until then
    std::string second;

    Turn(Dice& dice, Window days) {
        const Date last = later(days.from, dice.from(1, days.days() - 40));
        const Date next = later(last, dice.one_in(4) ? dice.from(2, 30) : 1);
        first = "2020-01-01 through " + last.to_string();
        second = next.to_string() + " onwards";
    }
};

TEST_CASE("outlooks of rules in which a review date may be anywhere are what every day says") {
    const Window days{date("2023-01-15"), date("2025-01-14")}; // with a leap day
    Counts counts;
    Dice dice(11);
    for (int i = 0; i < partners(); ++i) {
        const Turn turn(dice, days);
        std::vector<Program> versions{dated::program(dice, "1", turn.first)};
        versions.push_back(dated::program(dice, "2", turn.second));
        dated::Partners drawn(dice, versions.front(), days);
        const std::string json = drawn.next();
        const std::string review = dice.one_in(2) ? "one" : "two";
        const std::string fault = wrong(registry(versions), json, days, review, counts);
        CHECK_MESSAGE(fault.empty(), "partner ", i, " at ", review, ": ", fault, "\n",
                      versions[0].model().source.text(), "\n", versions[1].model().source.text(),
                      "\n", json);
    }
    MESSAGE(counts.text());
    CHECK(counts.changes >= partners());
    CHECK(counts.versions > 0);
}

std::string in_force(std::string text, const std::string& version, const std::string& effective) {
    const std::string usual = "version    2023\neffective  2020-01-01 onwards";
    const std::size_t at = text.find(usual);
    REQUIRE(at != std::string::npos);
    return text.replace(at, usual.size(), "version    " + version + "\neffective  " + effective);
}

Program parsed(const std::string& text) {
    const Result<Program> program = Program::parse("trial.rung", text);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text(), "\n", text);
    return *program;
}

TEST_CASE("outlooks of generated rules of every form are what every day says") {
    const Window days{date("2022-10-01"),
                      date("2024-09-30")}; // partners have days around 2023-02-15
    Counts counts;
    for (int i = 0; i < partners(); ++i) {
        Dice dice(static_cast<unsigned>(i) + 700'000);
        const generated::GeneratedProgram first = generated::generate(dice, false);
        const generated::GeneratedProgram second = generated::generate(dice, false);
        const Turn turn(dice, {days.from, date("2023-05-01")});
        const std::vector<Program> versions{parsed(in_force(first.text(), "1", turn.first)),
                                            parsed(in_force(second.text(), "2", turn.second))};
        generated::Partners drawn(dice, true);
        const std::string json = drawn.partner(dice.one_in(3) ? 25 : 0, first.tiers()).text();
        const std::vector<std::string> reviews = versions.front().reviews();
        const std::optional<std::string> review =
            reviews.empty() ? std::nullopt : std::optional(reviews.front());
        const std::string fault = wrong(registry(versions), json, days, review, counts);
        CHECK_MESSAGE(fault.empty(), "seed ", i, ": ", fault, "\n",
                      versions[0].model().source.text(), "\n", versions[1].model().source.text(),
                      "\n", json);
    }
    MESSAGE(counts.text());
    CHECK(counts.changes >= partners());
}

TEST_CASE("outlooks of the real programs are what every day says") {
    Counts counts;
    Dice dice(13);
    const std::vector<real::RealProgram> programs = real::programs();
    for (int i = 0; i < partners(); ++i) {
        const real::RealProgram& each = programs[static_cast<std::size_t>(i) % programs.size()];
        std::vector<Program> files;
        for (const std::filesystem::path& version : each.versions) {
            files.push_back(parsed(real::text_of(version)));
        }
        const Registry versions = registry(files);
        // Around the day on which the last version follows the one before it.
        const Date begins = *versions.versions().back().model().effective_from;
        const bool several = versions.choose(later(begins, -365).to_string(), {}).value.has_value();
        const Date from = several ? later(begins, -365) : begins;
        const Window days{from, later(from, 730)};
        const Program read = versions.choose(from.to_string(), {})->program;
        dated::Partners drawn(dice, read, days);
        const std::string json = drawn.next();
        const std::vector<std::string> reviews = read.reviews();
        const std::optional<std::string> review =
            reviews.empty() ? std::nullopt : std::optional(dice.of(reviews));
        const std::string fault = wrong(versions, json, days, review, counts);
        CHECK_MESSAGE(fault.empty(), each.name, ", partner ", i, ": ", fault, "\n", json);
    }
    MESSAGE(counts.text());
    CHECK(counts.changes >= partners());
}

} // namespace
} // namespace rung::outlook_days_test
