#include "interpreter/meaning.hpp"

#include "interpreter/amount.hpp"

#include <algorithm>

namespace rung {

namespace {

std::string in_full(std::string_view text) {
    const bool is_percent = text.ends_with('%');
    if (is_percent) {
        text.remove_suffix(1);
    }
    const ParsedNumber amount = parse_amount(text);
    return (amount ? amount.value.to_string() : std::string(text)) + (is_percent ? "%" : "");
}

/// The same whichever comes first.
bool any_order(ast::Form form) {
    return form == ast::Form::all_true || form == ast::Form::any_true ||
           form == ast::Form::in_members || form == ast::Form::include_any ||
           form == ast::Form::include_all || form == ast::Form::at_least_of;
}

/// `days` for `day`, so that one is written as many.
std::string as_many(std::string unit) { return unit.ends_with('s') ? unit : unit + "s"; }

std::string word_of(const ast::Expr& expr, const std::vector<std::string>& items) {
    switch (expr.form) {
    case ast::Form::number:
        return in_full(expr.word.text);
    case ast::Form::money: {
        const MoneyText money = split_money(expr.word.text);
        return money.currency + " " + in_full(money.amount);
    }
    case ast::Form::duration:
        return as_many(expr.word.text);
    case ast::Form::path: {
        const std::string& path = expr.word.text;
        const std::size_t head = std::min(path.find('.'), path.size());
        const auto item = std::find(items.rbegin(), items.rend(), path.substr(0, head));
        return item == items.rend() ? path
                                    : "@" + std::to_string(items.rend() - item) + path.substr(head);
    }
    default:
        return expr.word.text;
    }
}

} // namespace

Meaning::Meaning(const ast::File& file, const Tree& tree) : file_(file), tree_(tree) {
    for (const Node& node : tree.nodes()) {
        if (is_token(node.kind)) {
            tokens_.push_back(node.span);
        }
    }
}

std::string Meaning::of(ast::Index expr) const { return of(expr, {}); }

std::string Meaning::of_all(const std::vector<ast::Index>& exprs) const {
    std::vector<std::string> parts;
    for (const ast::Index expr : exprs) {
        parts.push_back(of(expr));
    }
    std::sort(parts.begin(), parts.end());
    std::string text;
    for (const std::string& part : parts) {
        text += part + ";";
    }
    return text;
}

std::string Meaning::of(ast::Index index, const Items& items) const {
    if (index == ast::none) {
        return "-";
    }
    const ast::Expr& expr = file_.exprs[index];
    std::string text =
        "(" + std::to_string(static_cast<int>(expr.form)) + " " + word_of(expr, items);
    Items inside = items; // an item is in reach of all but the list it is of
    if (expr.as) {
        inside.push_back(expr.as.text);
    }
    text += " " + of(expr.a, items) + " " + of(expr.b, inside) + " " + of(expr.c, inside);
    for (const std::string& operand : operands(expr, inside)) {
        text += " " + operand;
    }
    return text + ")";
}

std::vector<std::string> Meaning::operands(const ast::Expr& expr, const Items& items) const {
    std::vector<std::string> parts;
    for (const ast::Index operand : expr.operands) {
        parts.push_back(of(operand, items));
    }
    if (any_order(expr.form)) {
        std::sort(parts.begin(), parts.end());
    }
    return parts;
}

std::string Meaning::shown(Span at) const {
    std::string text;
    std::uint32_t end = at.begin;
    const auto first = std::lower_bound(
        tokens_.begin(), tokens_.end(), at.begin,
        [](const Span& token, std::uint32_t begin) { return token.begin < begin; });
    for (auto token = first; token != tokens_.end() && token->end <= at.end; ++token) {
        if (!text.empty() && token->begin > end) {
            text += ' ';
        }
        text += tree_.source().text(*token);
        end = token->end;
    }
    return text;
}

} // namespace rung
