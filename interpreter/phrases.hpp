// Expressions of the rules in words: what a measure is, what a requirement asks, when something applies.
//
// A phrase names facts, fields, measures and tiers by their labels and keeps the shape of the expression, so that
// a reader can hold it against the rule. It is made of the checked model, without any partner.
#pragma once

#include "interpreter/model.hpp"
#include "interpreter/wording.hpp"

#include <string>
#include <vector>

namespace rung {

/// An expression without a name, in words of the language that the model's labels are in. `records`: by scope, those that
/// it stands inside.
[[nodiscard]] std::string phrase_of(const Model& model, Index expr, std::vector<Index> records);

/// Holds references only; made for a view and thrown away.
class Phrases {
public:
    /// `record`: of a measure of each record, the one in scope.
    Phrases(const Model& model, const Wording& words, Index record = none);
    /// `records`: by scope, those that the expression stands inside.
    Phrases(const Model& model, const Wording& words, std::vector<Index> records);

    /// A figure, or a condition: "number of Success stories with Customer-facing: yes", "Region: EMEA or APAC".
    /// Empty for `none`.
    [[nodiscard]] std::string of(Index expr) const;

    /// A value that the rules write, with its type.
    [[nodiscard]] std::string of(const Value& value, Type type) const;

private:
    /// How tightly what surrounds a phrase binds, and so whether the phrase needs parentheses.
    enum class Around : std::uint8_t { nothing, list, condition, sum, product, sign };

    [[nodiscard]] std::string within(Index expr, Around around) const;
    [[nodiscard]] std::string plain(const Expr& expr) const;
    /// Of a list of plain values, the value itself: it has no name.
    [[nodiscard]] bool is_entry(const Expr& expr) const;
    [[nodiscard]] std::string named(const Expr& expr) const;
    [[nodiscard]] std::string joined(const Expr& expr, Joint joint) const;
    [[nodiscard]] std::string negated(Index expr) const;
    [[nodiscard]] std::string compared(const Expr& expr) const;
    [[nodiscard]] std::string limit(Op op, const std::string& figure, TypeKind kind) const;
    [[nodiscard]] std::string included(const Expr& expr) const;
    [[nodiscard]] std::string calculated(const Expr& expr) const;
    [[nodiscard]] std::string rounded(const Expr& expr) const;
    [[nodiscard]] std::string looked_up(const Expr& expr) const;
    [[nodiscard]] std::string by_path(const Expr& expr) const;
    [[nodiscard]] std::string window(const Expr& expr) const;
    [[nodiscard]] std::string day_in_year(const Expr& expr) const;
    [[nodiscard]] std::string aggregated(const Aggregate& aggregate) const;
    [[nodiscard]] std::string figure_of(const Aggregate& aggregate, const std::string& list,
                                        const std::string& item) const;
    [[nodiscard]] Count count_of(Index expr) const;
    [[nodiscard]] std::vector<std::string> operands(const Expr& expr, Around around) const;

    const Model& model_;
    const Wording& words_;
    mutable std::vector<Index> records_; // by scope, those that an aggregate goes through
};

} // namespace rung
