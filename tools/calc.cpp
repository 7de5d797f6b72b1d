// `rung calc`: expressions, evaluated on their own or beside a partner's facts.
#include "interpreter/text.hpp"
#include "tools/rules.hpp"
#include "tools/verbs.hpp"

#include <rung/calc.hpp>

#include <algorithm>

namespace rung::tools {

namespace {

/// The lines that hold more than blanks or a comment.
std::vector<std::string> lines_of_input() {
    const std::string text = read_file("-");
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::size_t first = std::min(text.find_first_not_of(" \t\r", begin), end);
        if (first < end && text[first] != '#') {
            lines.push_back(text.substr(begin, end - begin));
        }
        begin = end + 1;
    }
    return lines;
}

std::vector<std::string> asked(const std::vector<std::string>& words, const Question& question) {
    std::vector<std::string> expressions;
    for (const std::string& word : words.empty() ? std::vector<std::string>{"-"} : words) {
        if (word != "-") {
            expressions.push_back(word);
            continue;
        }
        if (question.facts == "-" || question.rules == "-") {
            refuse(Code::input_used_twice, {{"first", "expressions"},
                                            {"second", question.rules == "-" ? "rules" : "facts"}});
        }
        for (std::string& line : lines_of_input()) {
            expressions.push_back(std::move(line));
        }
    }
    return expressions;
}

std::optional<Calculator> calculator(const Question& question, const Console& console) {
    Result<Calculator> made;
    if (question.rules.empty()) {
        made = Calculator::without_rules(options_of(question));
    } else {
        Diagnostics warnings;
        const std::optional<Case> loaded = load_case(question, console, warnings);
        if (!loaded) {
            return std::nullopt;
        }
        console.warn(warnings);
        made = Calculator::of(loaded->chosen.program, loaded->facts,
                              options_of(question, loaded->chosen));
    }
    if (made && question.along) {
        made = made->along(*question.along);
    }
    if (!made) {
        console.fail(made.diagnostics);
    }
    return made.value;
}

} // namespace

int calc(const std::vector<std::string>& expressions, const Question& question,
         const Console& console) {
    if (question.rules.empty() && !question.without_facts) {
        refuse(Code::word_missing,
               {{"verb", "calc"}, {"missing", "`--rules`, where facts are given"}});
    }
    const std::vector<std::string> texts = asked(expressions, question);
    const std::optional<Calculator> calculator = tools::calculator(question, console);
    if (!calculator) {
        return ExitCode::invalid;
    }
    std::vector<Calculation> results;
    bool ok = true;
    for (const std::string& text : texts) {
        results.push_back(
            calculator->evaluate("expression " + std::to_string(results.size() + 1), text));
        ok &= results.back().ok();
    }
    if (console.format() == Format::json) {
        Console::out(to_json(results) + "\n");
        return ok ? ExitCode::clean : ExitCode::invalid;
    }
    for (const Calculation& result : results) {
        if (!result.ok()) {
            console.fail(result.diagnostics);
            continue;
        }
        if (results.size() > 1) {
            Console::out(harmless(result.expression) + "\n  = ");
        }
        Console::out(to_text(result, Console::out_style()));
    }
    return ok ? ExitCode::clean : ExitCode::invalid;
}

} // namespace rung::tools
