// `rung repl`: expressions and commands, line by line, beside one partner's facts.
#include "interpreter/model.hpp"
#include "interpreter/text.hpp"
#include "interpreter/words.hpp"
#include "tools/rules.hpp"
#include "tools/set_fact.hpp"
#include "tools/verbs.hpp"

#include <rung/calc.hpp>
#include <rung/contract.hpp>

#include <algorithm>
#include <array>
#include <iostream>

#include <unistd.h>

namespace rung::tools {

namespace {

constexpr std::string_view commands =
    R"(  :facts              every fact with its value
  :measures           every measure with its value
  :windows            the review date, and the days of each window of the rules
  :tiers              the tier on each ladder
  :why NAME           why a tier, benefit, requirement or measure is what it is
  :set FACT = VALUE   a fact for this session alone. VALUE may be `unknown`, and
                      `nothing` for a list that is empty)";

/// With the names of the program, since those of another would not be found in it.
std::string help_for(const Program& program) {
    const std::vector<FactNeed> needs = facts_needed(program);
    const auto list = std::find_if(needs.begin(), needs.end(), [](const FactNeed& need) {
        return need.kind == "list" && !need.plain_values && !need.fields.empty();
    });
    std::string text = "An expression is evaluated beside the partner's facts";
    text += needs.empty() ? ".\n" : ": " + needs.front().name + "\n";
    text += commands;
    if (list != needs.end()) {
        text += "; one in a record is\n                      named by its JSON Pointer: " +
                list->pointer + "/0" + list->fields.front().pointer;
    }
    return text + "\n  :help               this\n  :quit               the end, as is the end of "
                  "the input\n";
}

const Wording& english() { return Wording::of(Language::en); }

class Session {
public:
    Session(const Console& console, Case loaded, EvaluateOptions options,
            std::optional<std::string> along, std::string name, std::string json)
        : console_(console),
          program_(loaded.chosen.program),
          options_(std::move(options)),
          along_(std::move(along)),
          name_(std::move(name)),
          json_(std::move(json)),
          facts_(std::move(loaded.facts)) {}

    /// Evaluates the facts; nothing to talk about where that fails, which was said.
    bool begin() { return evaluate(facts_); }

    void greet() const {
        std::string who = outcome_->partner.empty() ? "no partner" : harmless(outcome_->partner);
        Console::out(who + ", " + program_.id() + " " + program_.version() +
                     (outcome_->on ? ", " + english().date(*outcome_->on) : "") +
                     ". An expression, or :help.\n");
    }

    /// Whether the session goes on.
    bool take(std::string_view line) {
        line = trimmed(line);
        if (line.empty() || line.starts_with('#')) {
            return true;
        }
        if (!line.starts_with(':')) {
            expression(std::string(line));
            return true;
        }
        const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
        return command(line.substr(0, blank), trimmed(line.substr(blank)));
    }

private:
    using Lines = std::vector<std::pair<std::string, std::string>>;

    bool evaluate(const Facts& facts) {
        Result<Calculator> calculator = Calculator::of(program_, facts, options_);
        if (calculator && along_) {
            calculator = calculator->along(*along_);
        }
        Result<Outcome> outcome = rung::evaluate(program_, facts, options_);
        if (!calculator || !outcome) {
            console_.fail(calculator ? outcome.diagnostics : calculator.diagnostics);
            return false;
        }
        calculator_ = *calculator;
        outcome_ = std::move(*outcome);
        facts_ = facts;
        return true;
    }

    void expression(const std::string& text) {
        const Calculation result = calculator_->evaluate("expression", text);
        if (result.ok()) {
            Console::out(to_text(result, Console::out_style()));
        } else {
            console_.fail(result.diagnostics);
        }
    }

    void fail(Code code, std::vector<Argument> arguments) const {
        console_.fail(Refusal{Fault{code, {}, std::move(arguments), {}, {}}});
    }

    bool command(std::string_view word, std::string_view rest) {
        if (word == ":quit") {
            return false;
        }
        if (word == ":help") {
            Console::out(help_for(program_));
        } else if (word == ":facts") {
            facts();
        } else if (word == ":measures") {
            measures();
        } else if (word == ":windows") {
            windows();
        } else if (word == ":tiers") {
            tiers();
        } else if (word == ":why") {
            why(std::string(rest));
        } else if (word == ":set") {
            set(rest);
        } else {
            unknown_command(word);
        }
        return true;
    }

    void unknown_command(std::string_view word) const {
        constexpr std::array<std::string_view, 8> known{":facts", ":measures", ":windows", ":tiers",
                                                        ":why",   ":set",      ":help",    ":quit"};
        std::vector<Argument> arguments{{"found", std::string(word)}};
        const std::vector<std::string_view> names(known.begin(), known.end());
        if (const std::string_view close = nearest(word, names); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
        }
        fail(Code::unknown_command, std::move(arguments));
    }

    // ---- lists

    /// Names in one column, what they come to beside them.
    static void print(const Lines& lines) {
        int widest = 0;
        for (const auto& [name, what] : lines) {
            widest = std::max(widest, columns(name));
        }
        widest = std::min(widest, 32);
        for (const auto& [name, what] : lines) {
            const int blanks = std::max(widest - columns(name), 0) + 2;
            const int indent = 2 + widest + 2;
            Console::out("  " + name + std::string(static_cast<std::size_t>(blanks), ' ') +
                         wrapped(what, Console::out_style().width, indent, indent) + "\n");
        }
        if (lines.empty()) {
            Console::out("  none\n");
        }
    }

    [[nodiscard]] std::string value_of(const std::string& expression) const {
        const Calculation result = calculator_->evaluate("expression", expression);
        return result.ok() ? in_words(result) : "not known here";
    }

    void facts() const {
        Lines lines;
        for (const FactNeed& need : facts_needed(program_)) {
            lines.emplace_back(need.name, value_of(need.name) + " · " + harmless(need.label));
        }
        print(lines);
    }

    void measures() const {
        Lines lines;
        for (const MeasureOutcome& measure : outcome_->measures) {
            const bool by_path = !measure.path.empty();
            lines.emplace_back(by_path ? measure.id + " (" + measure.path + ")" : measure.id,
                               (by_path ? shown_in_english(measure.value) : value_of(measure.id)) +
                                   " · " + harmless(measure.label));
        }
        print(lines);
    }

    /// As the rules write them. Those that read a record have no days of their own and are left out.
    void windows() const {
        Lines lines;
        if (outcome_->on) {
            lines.emplace_back("review_date", english().date(*outcome_->on));
        }
        if (!outcome_->review.empty()) {
            lines.emplace_back("review_period", value_of("review_period"));
        }
        const Model& model = program_.model();
        for (const Expr& expr : model.exprs) {
            if (expr.op != Op::window) {
                continue;
            }
            std::string text = on_one_line(model.source.text(expr.at));
            const Calculation days = calculator_->evaluate("window", text);
            const bool listed = std::any_of(lines.begin(), lines.end(),
                                            [&](const auto& line) { return line.first == text; });
            if (days.ok() && !listed) {
                lines.emplace_back(std::move(text), in_words(days));
            }
        }
        print(lines);
    }

    static std::string on_one_line(std::string_view text) {
        std::string line;
        for (const char c : text) {
            const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (!blank) {
                line += c;
            } else if (!line.empty() && line.back() != ' ') {
                line += ' ';
            }
        }
        return line;
    }

    void tiers() const {
        Lines lines;
        for (const LadderOutcome& ladder : outcome_->ladders) {
            std::string what = ladder.tier.value_or("at least " + ladder.at_least + "; may be " +
                                                    listed(ladder.possible, " or "));
            lines.emplace_back(ladder.id.empty() ? "tier" : ladder.id + ".tier", std::move(what));
        }
        print(lines);
    }

    // ---- why

    void why(const std::string& name) const {
        if (name.empty()) {
            fail(Code::command_needs, {{"command", ":why"}, {"missing", "a name"}});
        } else if (!unknown_target(*outcome_, name)) {
            Console::out(rung::why(*outcome_, name, Asked::why, Console::out_style()));
        } else if (!requirement(name) && !measure(name)) {
            unknown_name(name);
        }
    }

    void unknown_name(const std::string& name) const {
        std::vector<std::string> known = program_.benefits();
        const auto add = [&](const std::vector<std::string>& names) {
            known.insert(known.end(), names.begin(), names.end());
        };
        for (std::size_t ladder = 0; ladder < program_.ladders().size(); ++ladder) {
            add(program_.tiers(ladder));
        }
        add(program_.requirements());
        for (const MeasureOutcome& measure : outcome_->measures) {
            known.push_back(measure.id);
        }
        const std::vector<std::string_view> names(known.begin(), known.end());
        std::vector<Argument> arguments{{"kind", "tier, benefit, requirement or measure"},
                                        {"name", name}};
        if (const std::string_view close = nearest(name, names); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
        }
        fail(Code::unknown_name, std::move(arguments));
    }

    static void line(const std::string& text, int indent) {
        Console::out(std::string(static_cast<std::size_t>(indent), ' ') +
                     wrapped(text, Console::out_style().width, indent, indent + 2) + "\n");
    }

    /// At each tier of the ladder that asks it.
    bool requirement(const std::string& name) const {
        std::string text;
        for (const LadderOutcome& ladder : outcome_->ladders) {
            for (const TierName& tier : ladder.tiers) {
                text +=
                    requirement_text(*outcome_, name, qualified_tier(*outcome_, ladder, tier.id),
                                     Console::out_style());
            }
        }
        Console::out(text);
        return !text.empty();
    }

    /// A measure and what it counts, as the first condition on it tells.
    bool measure(const std::string& name) const {
        const auto known =
            std::find_if(outcome_->measures.begin(), outcome_->measures.end(),
                         [&](const MeasureOutcome& measure) { return measure.id == name; });
        if (known == outcome_->measures.end()) {
            return false;
        }
        line(harmless(known->label) + ": " +
                 (known->path.empty() ? value_of(name) : shown_in_english(known->value)),
             0);
        if (known->window) {
            line("looked at " + english().window(*known->window), 2);
        }
        if (const Condition* condition = condition_on(name)) {
            records("counted", condition->counted);
            records("not counted", condition->near);
            records("not clear", condition->unclear);
        }
        if (!known->missing.empty()) {
            line("missing: " + harmless(listed(known->missing, ", ")), 2);
        }
        return true;
    }

    [[nodiscard]] const Condition* condition_on(const std::string& measure) const {
        for (const RequirementOutcome& row : outcome_->requirements) {
            for (const Condition& condition : row.conditions) {
                if (condition.fact == measure) {
                    return &condition;
                }
            }
        }
        return nullptr;
    }

    static void records(const std::string& lead, const std::vector<RecordNote>& notes) {
        for (const RecordNote& note : notes) {
            std::vector<std::string> fails;
            for (const Condition& condition : note.fails) {
                fails.push_back(harmless(failure_in_words(english(), condition)));
            }
            line(lead + ": " + harmless(name_of(english(), note)) +
                     (fails.empty() ? "" : " (" + listed(fails) + ")"),
                 2);
        }
    }

    // ---- facts for this session alone

    void set(std::string_view rest) {
        const std::size_t sign = rest.find('=');
        const std::string_view path = trimmed(rest.substr(0, sign));
        const std::string_view value =
            sign == std::string_view::npos ? "" : trimmed(rest.substr(sign + 1));
        if (path.empty() || value.empty()) {
            fail(Code::command_needs,
                 {{"command", ":set"}, {"missing", "a fact and its value: `:set invited = yes`"}});
            return;
        }
        try {
            const Result<std::string> json =
                with_fact(*calculator_, json_, std::string(path), std::string(value));
            const Result<Facts> facts =
                json ? Facts::read(program_, name_, *json) : Result<Facts>{};
            if (!facts) {
                console_.fail(json ? facts.diagnostics : json.diagnostics);
            } else if (evaluate(*facts)) {
                json_ = *json;
            }
        } catch (const Refusal& refusal) {
            console_.fail(refusal);
        }
    }

    const Console& console_;
    Program program_;
    EvaluateOptions options_;
    std::optional<std::string> along_;
    std::string name_;
    std::string json_;
    Facts facts_;
    std::optional<Calculator> calculator_;
    std::optional<Outcome> outcome_;
};

} // namespace

int repl(const Question& question, const Console& console) {
    if (question.facts == "-" || question.rules == "-") {
        refuse(Code::input_used_twice,
               {{"first", question.rules == "-" ? "rules" : "facts"}, {"second", "expressions"}});
    }
    Diagnostics warnings;
    std::optional<Case> loaded = load_case(question, console, warnings);
    if (!loaded) {
        return ExitCode::invalid;
    }
    console.warn(warnings);
    const EvaluateOptions options = options_of(question, loaded->chosen);
    Session session(console, std::move(*loaded), options, question.along,
                    question.without_facts ? "no facts" : question.facts,
                    question.without_facts ? "{}" : read_file(question.facts));
    if (!session.begin()) {
        return ExitCode::invalid;
    }
    const bool talks = isatty(STDIN_FILENO) != 0;
    if (talks) {
        session.greet();
    }
    const auto prompt = [&] {
        if (talks) {
            Console::out("> ");
            Console::finish();
        }
    };
    std::string line;
    for (prompt(); std::getline(std::cin, line) && session.take(line); prompt()) {}
    return ExitCode::clean;
}

} // namespace rung::tools
