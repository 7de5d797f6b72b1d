// Single expressions: parsed alone, checked against a copy of the program's model, evaluated behind the facts.
#include "grammar/parse.hpp"
#include "interpreter/check.hpp"
#include "interpreter/evaluate.hpp"
#include "interpreter/explain.hpp"
#include "interpreter/present.hpp"
#include "interpreter/setting.hpp"
#include "interpreter/text.hpp"
#include "interpreter/walk.hpp"
#include "interpreter/words.hpp"

#include <rung/calc.hpp>

#include <algorithm>
#include <set>

namespace rung {

namespace {

/// A program that declares nothing.
constexpr const char* no_rules = "program calc\nversion 0\neffective 0001-01-01 onwards\n";

/// Whether the day decides what an expression comes to: by itself, or by the measures it reads. What asks for the
/// tier or a path asks for all that decides it.
class DayReading {
public:
    explicit DayReading(const Model& model) : model_(model) {}

    bool reads(Index root) {
        walk(model_, root, [&](Index index, const auto&) { look_at(model_.exprs[index]); });
        while (!found_ && !open_.empty()) {
            const Index next = open_.back();
            open_.pop_back();
            walk(model_, next, [&](Index index, const auto&) { look_at(model_.exprs[index]); });
        }
        return found_;
    }

private:
    void look_at(const Expr& expr) {
        switch (expr.op) {
        case Op::review_date:
        case Op::review_period:
        case Op::tier:
        case Op::path:
        case Op::by_path:
        case Op::window:
            found_ = true;
            break;
        case Op::measure:
            enter(model_.measures[expr.index].expr);
            break;
        case Op::record_measure:
            enter(model_.record_measures[expr.index].expr);
            break;
        default:
            break;
        }
    }

    void enter(Index expr) {
        if (seen_.insert(expr).second) {
            open_.push_back(expr);
        }
    }

    const Model& model_;
    bool found_ = false;
    std::set<Index> seen_;
    std::vector<Index> open_;
};

/// Of a model that is used for one expression: whether that needs a day and a review.
void ask_for_day(Model& model, bool needed) {
    model.uses_date &= needed;
    model.uses_review &= needed;
}

/// The tier has no steps to look into; what would decide it is what the whole evaluation asks for next.
bool asks_for_tier(const Model& model, const Recording& recording, Index root) {
    const auto begin = recording.steps.begin() + root;
    return std::any_of(begin, begin + recording.steps[root].size, [&](const Step& step) {
        return step.expr != none && model.expr(step.expr).op == Op::tier && !step.value.certain();
    });
}

} // namespace

Result<Calculator> Calculator::of(const Program& program, const Facts& facts,
                                  const EvaluateOptions& options) {
    Result<Calculator> result;
    Model dayless = program.model(); // which expressions need a day is seen when they come
    ask_for_day(dayless, false);
    static_cast<void>(read_setting(program, dayless, facts, options, result.diagnostics));
    if (!result.diagnostics.has_errors()) {
        result.value = Calculator(facts, options);
    }
    return result;
}

Result<Calculator> Calculator::of(const Program& program, const EvaluateOptions& options) {
    const Result<Facts> unknown = Facts::read(program, "no facts", "{}");
    Result<Calculator> result;
    if (unknown) {
        return of(program, *unknown, options);
    }
    result.diagnostics = unknown.diagnostics;
    return result;
}

Result<Calculator> Calculator::without_rules(const EvaluateOptions& options) {
    const Result<Program> nothing = Program::parse("no rules", no_rules);
    Result<Calculator> result;
    if (nothing) {
        return of(*nothing, options);
    }
    result.diagnostics = nothing.diagnostics;
    return result;
}

Result<Calculator> Calculator::along(const std::string& path) const {
    std::vector<std::string_view> known;
    for (const Paths& paths : program().model().paths) {
        for (const Path& one : paths.paths) {
            known.push_back(one.id);
        }
    }
    Result<Calculator> result;
    if (std::find(known.begin(), known.end(), path) != known.end()) {
        result.value = *this;
        result.value->along_ = path;
        return result;
    }
    std::vector<Argument> arguments{{"found", path}};
    if (const std::string_view close = nearest(path, known); !close.empty()) {
        arguments.push_back({"close", std::string(close)});
    }
    if (!known.empty()) {
        arguments.push_back({"known", listed({known.begin(), known.end()}, ", ")});
    }
    result.diagnostics.add(present(Fault{Code::unknown_path, {}, std::move(arguments), {}, {}}));
    return result;
}

Calculation Calculator::evaluate(const std::string& name, const std::string& text) const {
    Calculation out;
    out.expression = text;
    Parsed parsed = parse_expression(Source(name, text));
    Faults faults = std::move(parsed.faults);
    Model model = program().model();
    model.source = parsed.tree.source();
    const CheckedExpression checked =
        has_errors(faults)
            ? CheckedExpression{}
            : check_expression(ast::lower_expression(parsed.tree), along_, model, faults);
    const Index expr = checked.expr;
    out.diagnostics = present(faults, model.source);
    if (!out.ok() || expr == none) {
        return out;
    }
    ask_for_day(model, DayReading(model).reads(expr));
    const Setting setting = read_setting(program(), model, facts_, options_, out.diagnostics);
    if (!out.ok()) {
        return out;
    }
    Verdicts verdicts(model);
    Recording recording;
    const Index root =
        record(model, facts_.sheet(), setting, verdicts, recording, expr, checked.path);
    explain({model, facts_.sheet(), setting, verdicts, recording}, root, checked.path, out);
    if (asks_for_tier(model, recording, root)) {
        Outcome whole;
        explain({program().model(), facts_.sheet(), setting, verdicts, recording}, whole);
        for (const std::string& pointer : whole.decide_next) {
            if (std::find(out.missing.begin(), out.missing.end(), pointer) == out.missing.end()) {
                out.missing.push_back(pointer);
            }
        }
    }
    return out;
}

// ---- in words ----------------------------------------------------------------------------------

namespace {

const Wording& english() { return Wording::of(Language::en); }

std::string end_in_words(const Figure& figure, const std::string& canonical) {
    Figure end;
    end.state = Figure::State::known;
    end.type = figure.type;
    end.currency = figure.currency;
    end.value = canonical;
    return shown_in_english(end);
}

std::string range_in_words(const Figure& figure) {
    if (figure.from.empty()) {
        return end_in_words(figure, figure.through) +
               (figure.type == "date" ? " or earlier" : " or less");
    }
    const std::string from = end_in_words(figure, figure.from);
    return figure.through.empty()
               ? from + (figure.type == "date" ? " or later" : " or more")
               : "from " + from + " through " + end_in_words(figure, figure.through);
}

std::string list_in_words(const Calculation& calculation) {
    const std::size_t sure = calculation.records.size();
    const std::size_t most = sure + calculation.unclear.size();
    const auto counted = [&](std::size_t count) {
        return std::to_string(count) + (calculation.plain_values ? " value" : " record") +
               (count == 1 ? "" : "s");
    };
    if (calculation.may_hold_more) {
        return counted(sure) + " or more";
    }
    return sure == most ? counted(sure)
                        : "from " + std::to_string(sure) + " through " + counted(most);
}

} // namespace

std::string in_words(const Calculation& calculation) {
    const Figure& figure = calculation.value;
    if (figure.state == Figure::State::absent) {
        return list_in_words(calculation);
    }
    if (figure.state == Figure::State::range) {
        return range_in_words(figure);
    }
    if (figure.state == Figure::State::unknown) {
        Figure reason = figure;
        reason.members.clear(); // of choices known in part, which are told below
        const bool decided_elsewhere = figure.type == "tier" && figure.reason.empty();
        return "unknown: " + (decided_elsewhere ? "not decided" : shown_in_english(reason));
    }
    if (figure.type == "window") {
        return english().date(figure.from) + " through " + english().date(figure.through) +
               (figure.through < figure.from ? ", which holds no day" : "");
    }
    return shown_in_english(figure);
}

namespace {

/// "whole number" of "a whole number".
std::string bare(const std::string& type) { return type.starts_with("a ") ? type.substr(2) : type; }

class CalculationPrinter {
public:
    CalculationPrinter(const Calculation& calculation, const TextOptions& options)
        : from_(calculation), options_(options), paint_{options.colour} {}

    std::string text() {
        if (!from_.ok()) {
            return from_.diagnostics.to_text(options_.colour, options_.width);
        }
        text_ = paint_.strong(in_words(from_)) + paint_.faint(" (" + bare(from_.type) + ")") + "\n";
        if (from_.may_have_none && from_.value.state != Figure::State::unknown) {
            line("or without a value, by the facts that are not known");
        }
        records("", from_.records);
        records("perhaps ", from_.unclear);
        ids("surely ", from_.value.state == Figure::State::unknown ? from_.value.members
                                                                   : std::vector<std::string>());
        ids("may be ", from_.possible);
        pointers();
        return text_;
    }

private:
    void line(const std::string& body) {
        text_ += "  " + wrapped(body, options_.width, 2, 4) + "\n";
    }

    void records(const char* lead, const std::vector<RecordNote>& notes) {
        for (const RecordNote& note : notes) {
            line(lead + harmless(name_of(english(), note)));
        }
    }

    void ids(const char* lead, const std::vector<std::string>& ids) {
        if (!ids.empty()) {
            line(lead + listed(ids, from_.value.type == "choices" ? ", " : " or "));
        }
    }

    void pointers() {
        std::vector<std::string> names;
        for (const std::string& pointer : from_.missing) {
            names.push_back(harmless(pointer));
        }
        if (!names.empty()) {
            line("missing: " + joined(names, ", "));
        }
    }

    const Calculation& from_;
    const TextOptions& options_;
    Paint paint_;
    std::string text_;
};

} // namespace

std::string to_text(const Calculation& calculation, const TextOptions& options) {
    return CalculationPrinter(calculation, options).text();
}

} // namespace rung
