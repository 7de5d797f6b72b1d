// Every kind of answer that there is, about a program that has every kind of part, with labels of a test's choice.
#pragma once

#include "interpreter/labels.hpp"

#include <rung/rung.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::every_answer {

inline Program parsed(const std::string& text) {
    const Result<Program> program = Program::parse("rules_q.rung", text);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text());
    return *program;
}

/// Its names all end in `_q`.
inline const std::string& rules() {
    static const std::string text = [] {
        std::ifstream file(RUNG_SOURCE_DIR "/tests/unit/data/every-part.rung", std::ios::binary);
        REQUIRE(file);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    return text;
}

/// The next year's, in which little differs.
inline std::string next_rules() {
    std::string text = rules();
    const auto change = [&](const std::string& from, const std::string& to) {
        REQUIRE(text.find(from) != std::string::npos);
        text.replace(text.find(from), from.size(), to);
    };
    change("version    2024", "version    2025");
    change("2024-01-01 onwards", "2025-01-01 onwards");
    change("| 3.5            |", "| 4.0            |");
    change("| $50K     | p. 3 |", "| $60K     | p. 4 |");
    return text;
}

/// How a line of `labels` begins that is about this.
inline std::string beginning(const LabelName& name) {
    return "  " + std::string(name.about) +
           (name.about == "because" ? " \"" + name.id + "\""
            : name.id.empty()       ? ""
                                    : " " + name.name());
}

/// The program of these rules in a language, in which everything has the label that `label` makes of a number.
template <typename Label>
Program in(Language language, const std::string& text, Label&& label) {
    std::string section = "\nlabels " + std::string(tag_of(language)) + "\n";
    std::set<std::string> begun;
    each_label(parsed(text).model(), [&](const LabelName& name, const std::string&) {
        if (begun.insert(beginning(name)).second) {
            section += beginning(name) + " \"" + label(begun.size()) + "\"\n";
        }
    });
    return parsed(text + section).in(language);
}

/// Facts of partners: of whom nothing is known, in part below and in part above what is asked, far above, and far below.
inline const std::vector<std::string> partners = {
    R"({"facts": {"partner_q": "Бета"}})",
    R"({"facts": {"partner_q": "Бета", "staff_q": 3, "motions_q": ["sell_q"], "region_q": "south_q",
        "deals_q": [{"customer_q": "Га", "kind_q": "new_q", "closed_on_q": "2023-05-01", "value_q": 12000,
                     "public_q": true},
                    {"customer_q": "До", "kind_q": "renewal_q", "closed_on_q": "2023-05-01", "value_q": 9,
                     "public_q": false},
                    {"closed_on_q": "2022-12-30", "value_q": 5, "kind_q": "new_q"}],
        "invited_q": true, "audited_q": false, "places_q": ["Зе"], "score_q": 3.6, "margin_q": 20,
        "since_q": "2023-06-01", "discount_q": 2},
        "held": {"services_q": {"tier": "premier_q", "since": "2024-01-15", "protected_until": "2024-06-30"}}})",
    R"({"facts": {"partner_q": "Бета", "staff_q": 60, "motions_q": ["sell_q", "build_q"], "region_q": "north_q",
        "deals_q": [{"customer_q": "Га", "kind_q": "new_q", "closed_on_q": "2023-05-01", "value_q": 700000,
                     "public_q": true},
                    {"customer_q": "До", "kind_q": "new_q", "closed_on_q": "2023-06-01", "value_q": 9000,
                     "public_q": true},
                    {"customer_q": "Ж", "kind_q": "odd", "closed_on_q": "2023-06-01", "value_q": 9, "public_q": true}],
        "invited_q": true, "audited_q": true, "places_q": ["Зе", "И"], "score_q": 5, "margin_q": 8,
        "since_q": "2019-06-01", "discount_q": 12}, "held": {"services_q": {"tier": "gold_q"}}})",
    R"({"facts": {"partner_q": "Бета", "staff_q": 1, "deals_q": [], "motions_q": [], "places_q": [],
        "score_q": 1, "audited_q": true, "region_q": "north_q"},
        "waivers": [{"requirement": "public_q", "until": "2024-12-31"}]})",
};

inline const EvaluateOptions day{"2024-05-01", "annual_q"};

inline Facts read(const Program& program, const std::string& json) {
    const Result<Facts> facts = Facts::read(program, "facts_q.json", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    return *facts;
}

inline Outcome judged(const Program& program, const std::string& json) {
    const Result<Outcome> outcome = evaluate(program, read(program, json), day);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return *outcome;
}

/// All that can be asked about.
inline std::set<std::string> subjects(const Outcome& outcome) {
    std::set<std::string> names;
    for (const LadderOutcome& ladder : outcome.ladders) {
        for (std::size_t i = 1; i < ladder.tiers.size(); ++i) {
            names.insert(ladder.tiers[i].id);
        }
    }
    const auto add = [&](const auto& parts) {
        for (const auto& part : parts) {
            names.insert(part.id);
        }
    };
    add(outcome.benefits);
    add(outcome.requirements);
    add(outcome.values);
    add(outcome.notices);
    return names;
}

/// `visit(what, tell)`: `tell(options)` gives the text of the answer.
template <typename Visit>
void each_about_a_partner(const Program& program, const std::string& json, Visit&& visit) {
    const Outcome outcome = judged(program, json);
    visit("eval", [&](const TextOptions& how) { return to_text(outcome, how); });
    const Outcome shown = redacted(outcome);
    visit("eval, for the partner", [&](const TextOptions& how) { return to_text(shown, how); });
    for (const std::string& subject : subjects(outcome)) {
        for (const Asked asked : {Asked::why, Asked::why_not}) {
            visit("why " + subject,
                  [&](const TextOptions& how) { return why(outcome, subject, asked, how); });
        }
    }
    const Result<Questions> questions = ask(program, read(program, json), day);
    REQUIRE_MESSAGE(questions, questions.diagnostics.to_text());
    visit("ask", [&](const TextOptions& how) { return to_text(*questions, how); });
    for (const std::string target : {"gold_q", "premier_q", "seller_q", "funds_q"}) {
        PlanOptions when;
        when.on = day.on;
        when.review = day.review;
        const Result<Plan> ways = plan(program, "facts_q.json", json, target, when);
        REQUIRE_MESSAGE(ways, ways.diagnostics.to_text());
        visit("plan " + target, [&](const TextOptions& how) { return to_text(*ways, how); });
        visit("ways to " + target, [&](const TextOptions& how) {
            return why(outcome, target, Asked::why_not, how, &*ways);
        });
    }
}

template <typename Visit>
void each_outlook(const Program& program, const Program& next, const std::string& json,
                  Visit&& visit) {
    const Result<Registry> versions = Registry::of({program, next});
    REQUIRE_MESSAGE(versions, versions.diagnostics.to_text());
    OutlookOptions ahead;
    ahead.from = day.on;
    ahead.until = "2025-12-31";
    ahead.review = day.review;
    const Result<Outlook> changes = outlook(*versions, "facts_q.json", json, ahead);
    REQUIRE_MESSAGE(changes, changes.diagnostics.to_text());
    visit("outlook", [&](const TextOptions& how) { return to_text(*changes, how); });
}

template <typename Visit>
void each_comparison(const Program& program, const Program& next, const std::string& before,
                     const std::string& after, Visit&& visit) {
    const Outcome was = judged(program, before);
    const Outcome is = judged(program, after);
    const Changes changes = compare(was, is);
    visit("what-if", [&](const TextOptions& how) { return to_text(changes, was, is, how); });
    const Result<Blame> blamed = blame({program, "old_q.json", before, day},
                                       {next, "new_q.json", after, {"2025-05-01", "annual_q"}});
    REQUIRE_MESSAGE(blamed, blamed.diagnostics.to_text());
    visit("blame", [&](const TextOptions& how) { return to_text(*blamed, how); });
}

template <typename Visit>
void each_about_versions(const Program& program, const Program& next, Visit&& visit) {
    const Differences differences = diff(program, next);
    REQUIRE(!differences.empty());
    visit("diff", [&](const TextOptions& how) { return to_text(differences, how); });
    const Result<Registry> versions = Registry::of({program, next});
    REQUIRE_MESSAGE(versions, versions.diagnostics.to_text());
    const Result<VersionList> listed = list(*versions, day.on);
    REQUIRE(listed);
    visit("versions", [&](const TextOptions& how) { return to_text(*listed, how); });
    const Result<NextVersion> made = next_version(next, {"2026", "2026-01-01"});
    REQUIRE_MESSAGE(made, made.diagnostics.to_text());
    visit("next", [&](const TextOptions& how) {
        return to_text(*made, std::nullopt, {"old_q.rung", "new_q.rung", std::nullopt}, how);
    });
}

/// All of them, about each of the partners.
template <typename Visit>
void each_answer(const Program& program, const Program& next, const std::vector<std::string>& about,
                 Visit&& visit) {
    for (const std::string& json : about) {
        each_about_a_partner(program, json, visit);
        each_outlook(program, next, json, visit);
        for (const std::string& other : about) {
            each_comparison(program, next, json, other, visit);
        }
    }
    each_about_versions(program, next, visit);
}

} // namespace rung::every_answer
