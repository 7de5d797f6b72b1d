// Small programs for the tests of expressions: a contract of facts, an expression, facts as JSON, and
// what it must come to, as a short text.
#pragma once

#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::trial {

inline const std::string head = "program    trial\n"
                                "version    2023\n"
                                "effective  2020-01-01 onwards\n";

inline Program parse(const std::string& text) {
    Result<Program> program = Program::parse("trial.rung", head + text);
    REQUIRE_MESSAGE(program, program.diagnostics.to_text(), "\n", text);
    return *program;
}

inline Outcome evaluate(const Program& program, const std::string& json) {
    const Result<Facts> facts = Facts::read(program, "facts.json", json);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    EvaluateOptions options;
    options.on = "2023-02-15";
    Result<Outcome> outcome = rung::evaluate(program, *facts, options);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return *outcome;
}

/// "12", "1..4", "1..", "? missing", "2023-01-01 to 2023-01-31"
inline std::string words(const Figure& figure) {
    if (figure.state == Figure::State::unknown) {
        return "? " + figure.reason;
    }
    if (figure.state == Figure::State::range) {
        return figure.from + ".." + figure.through;
    }
    return figure.type == "window" ? figure.from + " to " + figure.through : figure.value;
}

inline MeasureOutcome result_of(const std::string& contract, const std::string& expression,
                                const std::string& facts) {
    const Program program = parse(contract + "\ndefine result\n  " + expression + "\n");
    return evaluate(program, facts).measures.back();
}

/// The codes of what is wrong with a define of that expression: "wrong-type, …"; "" if nothing is.
inline std::string faults_of(const std::string& contract, const std::string& expression) {
    const Result<Program> program =
        Program::parse("trial.rung", head + contract + "\ndefine result\n  " + expression + "\n");
    std::string codes;
    for (const Diagnostic& fault : program.diagnostics) {
        codes += (codes.empty() ? "" : ", ") + fault.code;
    }
    return codes;
}

struct Trial {
    std::string expression;
    std::string facts;
    std::string result;
};

inline void check(const std::string& contract, const std::vector<Trial>& trials) {
    for (const Trial& trial : trials) {
        CAPTURE(trial.expression);
        CAPTURE(trial.facts);
        CHECK(words(result_of(contract, trial.expression, trial.facts).value) == trial.result);
    }
}

} // namespace rung::trial
