// Single expressions of the language, evaluated beside a program and the facts about a partner.
//
//   auto calculator = rung::Calculator::of(*program, *facts);
//   auto result = calculator->evaluate("expression 1", "spend * 15%");
//   puts(rung::to_text(result).c_str());
//
// An expression is parsed, checked and evaluated by the same code as those of the rules, behind an ordinary
// evaluation of the facts. It may use every name that a notice may: facts, measures, the tier.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/export.hpp>
#include <rung/facts.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rung {

/// What an expression came to; or, where `diagnostics` has errors, why it came to nothing.
struct Calculation {
    std::string expression; // as it was given
    Diagnostics diagnostics; // their places are in the expression
    std::string type; // in words: "a whole number", "a list of deal"
    Figure value; // of a list: no figure, see below
    /// The rules may leave it without a value, whatever else `value` says: a divisor that may be zero.
    bool may_have_none = false;
    std::vector<std::string>
        possible; // ids, of a choice or tier that is not certain: what it may be
    bool plain_values = false; // of a list: it holds values, not records
    std::vector<RecordNote> records; // of a list: those that are in it …
    std::vector<RecordNote> unclear; // … and those of which it is not known
    bool may_hold_more = false; // of a list: records that are not known of
    std::vector<std::string> missing; // JSON Pointers of the facts that would decide it

    [[nodiscard]] bool ok() const { return !diagnostics.has_errors(); }
};

/// Evaluates expressions. Immutable; copies share what it holds; thread-safe.
class RUNG_API Calculator {
public:
    /// For the names of a program and the facts of one partner, on the day and at the review that the facts or
    /// `options` give. Without a value: a date or review that is missing, unknown or contradicts the facts.
    static Result<Calculator> of(const Program& program, const Facts& facts,
                                 const EvaluateOptions& options = {});
    /// Where every fact of a program is unknown.
    static Result<Calculator> of(const Program& program, const EvaluateOptions& options = {});
    /// For literals alone. Of `options` the day is used; the program year is the calendar year.
    static Result<Calculator> without_rules(const EvaluateOptions& options = {});

    /// One whose expressions are seen along a path: what differs by path has its value there. Without it,
    /// they cannot read what does. Without a value: there is no such path.
    [[nodiscard]] Result<Calculator> along(const std::string& path) const;

    /// `name` is what messages call the expression. Each call evaluates the facts anew.
    [[nodiscard]] Calculation evaluate(const std::string& name, const std::string& text) const;

    [[nodiscard]] const Program& program() const { return facts_.program(); }
    [[nodiscard]] const Facts& facts() const { return facts_; }
    [[nodiscard]] const EvaluateOptions& options() const { return options_; }

private:
    Calculator(Facts facts, EvaluateOptions options)
        : facts_(std::move(facts)), options_(std::move(options)) {}
    Facts facts_;
    EvaluateOptions options_;
    std::string along_;
};

/// The value alone, in words: "$37,500", "from 3 through 5", "unknown: not recorded".
RUNG_API std::string in_words(const Calculation& calculation);
/// The value in words with its type, records by name, and what is missing; or what is wrong. Ends with a line end.
RUNG_API std::string to_text(const Calculation& calculation, const TextOptions& options = {});
/// `{"format": 1, "engine": …, "ok": …, "results": […]}`: `expression` with the figure of result JSON, or with
/// `errors`; ok where no expression has errors.
RUNG_API std::string to_json(const std::vector<Calculation>& calculations);

} // namespace rung
