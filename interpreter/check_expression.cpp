// An expression that stands in no rule file: the names it may use are those of a checked program.
#include "interpreter/check.hpp"
#include "interpreter/check_expr.hpp"

#include <algorithm>

namespace rung {

namespace {

using NameMap = std::map<std::string, Index, std::less<>>;

template <typename Parts, typename Name>
NameMap names_in(const Parts& parts, Name&& name) {
    NameMap names;
    for (const auto& part : parts) {
        if (!name(part).empty()) {
            names.emplace(name(part), static_cast<Index>(&part - parts.data()));
        }
    }
    return names;
}

constexpr auto by_name = [](const auto& part) -> const std::string& { return part.name; };
constexpr auto id_of_part = [](const auto& part) -> const std::string& { return part.id; };

Names names_of(const Model& model) {
    Names names;
    names.facts = names_in(model.facts, by_name);
    names.measures = names_in(model.measures, by_name);
    names.records = names_in(model.records, by_name);
    names.record_measures.resize(model.records.size());
    for (Index i = 0; i < model.record_measures.size(); ++i) {
        const Measure& measure = model.record_measures[i];
        names.record_measures[measure.record].emplace(measure.name, i);
    }
    names.tables = names_in(model.tables, by_name);
    names.ladders = names_in(model.ladders, id_of_part);
    for (const Ladder& ladder : model.ladders) {
        names.tiers.push_back(names_in(ladder.tiers, id_of_part));
    }
    names.paths = names_in(model.paths, id_of_part);
    names.reviews = names_in(model.reviews, id_of_part);
    return names;
}

/// All that the program defines is checked already.
void settle(ExprChecker& checker, Definition::Kind kind, std::size_t count) {
    for (Index i = 0; i < count; ++i) {
        checker.settle({kind, i});
    }
}

} // namespace

CheckedExpression check_expression(const ast::LoneExpression& lone, std::string_view along,
                                   Model& model, Faults& faults) {
    const Names names = names_of(model);
    ExprChecker checker(lone.file, names, model, faults);
    settle(checker, Definition::Kind::measure, model.measures.size());
    settle(checker, Definition::Kind::record_measure, model.record_measures.size());
    settle(checker, Definition::Kind::table, model.tables.size());
    checker.stand_alone(along);
    CheckedExpression checked;
    checked.expr = checker.check(lone.expr, Context::opened);
    if (checker.paths_used() != none) {
        const std::vector<Path>& paths = model.paths[checker.paths_used()].paths;
        checked.path =
            static_cast<Index>(std::find_if(paths.begin(), paths.end(),
                                            [&](const Path& path) { return path.id == along; }) -
                               paths.begin());
    }
    tidy(faults);
    return checked;
}

Index check_value(const ast::LoneExpression& lone, Type wanted, Model& model, Faults& faults) {
    const Names names = names_of(model);
    ExprChecker checker(lone.file, names, model, faults);
    const Index checked = checker.check(lone.expr, Context::constant, wanted);
    if (checked != none && !fits(model.exprs[checked].type, wanted)) {
        checker.report_wrong_type(model.exprs[checked].at, model.exprs[checked].type, wanted);
    }
    tidy(faults);
    return checked;
}

} // namespace rung
