// Rung: evaluates partner-program rules and explains every answer.
//
//   auto program = rung::Program::parse("2023.rung", text);
//   auto facts = rung::Facts::read(*program, "acme.json", json);
//   auto outcome = rung::evaluate(*program, *facts);
//   puts(rung::why_not(*outcome, "gold").c_str());
//
// No function of the library throws across this interface (memory apart), keeps global state, or reads files, the
// clock or the locale. Programs, Facts and Outcomes are immutable values that threads may share.
#pragma once

#include <rung/ask.hpp>
#include <rung/blame.hpp>
#include <rung/calc.hpp>
#include <rung/changes.hpp>
#include <rung/contract.hpp>
#include <rung/coverage.hpp>
#include <rung/diagnostics.hpp>
#include <rung/diff.hpp>
#include <rung/facts.hpp>
#include <rung/fast.hpp>
#include <rung/guide.hpp>
#include <rung/impact.hpp>
#include <rung/language.hpp>
#include <rung/lint.hpp>
#include <rung/next.hpp>
#include <rung/outcome.hpp>
#include <rung/outlook.hpp>
#include <rung/plan.hpp>
#include <rung/program.hpp>
#include <rung/tests.hpp>
#include <rung/version.hpp>
#include <rung/versions.hpp>
#include <rung/why.hpp>
