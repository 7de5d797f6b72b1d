#include "interpreter/assumptions.hpp"

#include "grammar/parse.hpp"
#include "interpreter/check.hpp"
#include "interpreter/evaluate.hpp"
#include "interpreter/present.hpp"
#include "interpreter/text.hpp"
#include "interpreter/types.hpp"

#include <algorithm>

namespace rung {

namespace {

class AssumptionReader {
public:
    AssumptionReader(const Model& model, Diagnostics& diagnostics)
        : model_(model), diagnostics_(diagnostics), read_(std::make_shared<Assumptions>()) {
        read_->values.resize(model.measures.size());
    }

    void read(const Assumption& from) {
        const Index index = measure(from.measure);
        if (index == none) {
            report_unknown(from.measure);
        } else if (read_->values[index]) {
            say(Code::given_twice, {{"name", from.measure}});
        } else if (!can_be_assumed(model_.measures[index].type.kind)) {
            say(Code::cannot_assume,
                {{"name", from.measure}, {"type", in_words(model_, model_.measures[index].type)}});
        } else {
            read_->values[index] = value(from, model_.measures[index].type);
        }
    }

    std::shared_ptr<const Assumptions> result() { return std::move(read_); }

private:
    [[nodiscard]] Index measure(const std::string& name) const {
        const auto at = std::find_if(model_.measures.begin(), model_.measures.end(),
                                     [&](const Measure& measure) { return measure.name == name; });
        return at == model_.measures.end() ? none
                                           : static_cast<Index>(at - model_.measures.begin());
    }

    static bool can_be_assumed(TypeKind kind) {
        return kind != TypeKind::list && kind != TypeKind::item && kind != TypeKind::window &&
               kind != TypeKind::choices;
    }

    /// An expression without names, of the measure's type. Nothing where it is none, which was reported.
    std::optional<Value> value(const Assumption& from, Type wanted) {
        Parsed parsed = parse_expression(Source("the value of " + from.measure, from.value));
        Faults faults = std::move(parsed.faults);
        Model model = model_;
        model.source = parsed.tree.source();
        const Index expr = has_errors(faults) ? none
                                              : check_value(ast::lower_expression(parsed.tree),
                                                            wanted, model, faults);
        diagnostics_.add(present(faults, model.source));
        if (has_errors(faults) || expr == none) {
            return std::nullopt;
        }
        Value value = evaluate_constant(model, expr);
        if (value.form == Value::Form::text) { // of the copy of the model
            value.text.text = read_->texts.emplace_back(value.text.text);
        }
        return value;
    }

    void report_unknown(const std::string& name) {
        std::vector<Argument> arguments{{"kind", "measure"}, {"name", name}};
        const bool is_fact = std::any_of(model_.facts.begin(), model_.facts.end(),
                                         [&](const Field& fact) { return fact.name == name; });
        std::vector<std::string_view> known;
        for (const Measure& measure : model_.measures) {
            known.push_back(measure.name);
        }
        if (is_fact) {
            arguments.push_back({"hint", "it is a fact: change it among the facts"});
        } else if (const std::string_view close = nearest(name, known); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
        } else if (!known.empty()) {
            arguments.push_back(
                {"hint", "the measures are " + listed({known.begin(), known.end()}, ", ")});
        }
        say(Code::unknown_name, std::move(arguments));
    }

    void say(Code code, std::vector<Argument> arguments) {
        diagnostics_.add(present(Fault{code, {}, std::move(arguments), {}, {}}));
    }

    const Model& model_;
    Diagnostics& diagnostics_;
    std::shared_ptr<Assumptions> read_;
};

} // namespace

std::shared_ptr<const Assumptions> read_assumptions(const Model& model,
                                                    const std::vector<Assumption>& assume,
                                                    Diagnostics& diagnostics) {
    if (assume.empty()) {
        return nullptr;
    }
    AssumptionReader reader(model, diagnostics);
    for (const Assumption& assumption : assume) {
        reader.read(assumption);
    }
    return reader.result();
}

} // namespace rung
