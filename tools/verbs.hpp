// What the command does, a function for each verb. Each returns the exit code and throws Refusal for
// files that cannot be read.
#pragma once

#include "tools/console.hpp"

#include <rung/why.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rung::tools {

int check(const std::vector<std::string>& paths, const Console& console);

/// `only_look`: name what is not in canonical form, and change nothing.
int format(const std::vector<std::string>& paths, bool only_look, const Console& console);

/// What `eval`, `why` and `why-not` share: one partner, and which rules at which review.
struct Question {
    std::string facts;
    std::string rules;
    std::optional<std::string> on;
    std::optional<std::string> review;
    std::optional<std::string> version;
    std::optional<std::string> along; // of `calc` and `repl`: a path
    bool strict = false;
    bool without_facts = false; // every fact is unknown; `facts` is not read
    Layout layout = Layout::terminal;
    Language language = Language::en; // of the answer, and of labels as far as the rules have them
    std::optional<int> width; // of text; otherwise the terminal's
    bool all = false; // also what pages fold
    bool for_partner = false; // without what comes from internal facts
};

/// `receipt`: the file that a receipt is written to; `output`: that of the answer, or empty for standard output.
int eval(const Question& question, const std::optional<std::string>& receipt,
         const std::string& output, const Console& console);

/// How `eval` reads and answers for a list of partners.
struct ListCall {
    std::string input; // how partners stand in the file; empty: by the end of its name
    std::string format = "text";
    std::string columns; // names between commas; empty: the usual ones
    std::string output; // a file; empty: standard output
    std::vector<std::string> lists; // `NAME=FILE` each, as given
    std::vector<std::string> incomplete; // names of lists

    /// Whether the call is about a list, be it of one partner.
    [[nodiscard]] bool is_list(const std::string& facts) const;
};

/// Findings: a partner could not be judged. `internal` where the output could not be written to its end.
int eval_list(const Question& question, const ListCall& call, const Console& console);

/// What `what-if` changes: `NAME=VALUE` each, as given.
struct Supposed {
    std::vector<std::string> set;
    std::vector<std::string> add;
    std::vector<std::string> assume;
};

int what_if(const Question& question, const Supposed& supposed, const Console& console);

/// Two questions of `blame`: rules and facts of then and of now.
int blame(const Question& before, const Question& after, const Console& console);

/// The versions in the question's folder of rules, and which is in force on its day. Findings: days without one.
int versions(const Question& question, const Console& console);

/// What two rule files say differently. `detailed`: exit code 1 where they do.
int diff(const std::string& old, const std::string& fresh, bool detailed, const Question& question,
         const Console& console);

/// Why the partner has `target`, or why not. Findings: it does not.
int why(const Question& question, const std::string& target, Asked asked,
        const std::optional<std::string>& receipt, const Console& console);

/// The program guide of a version; what changed is told since the rule file `since`, or the version before.
int guide(const Question& question, const std::optional<std::string>& since,
          const Console& console);

/// What `next` makes, and of which file.
struct NextCall {
    std::string file;
    std::string version;
    std::optional<std::string> from; // the first day
    std::optional<std::string> output; // else VERSION.rung beside the file
};

/// Begins next year's file, and its tests, from this year's; never over a file that is there.
int next(const NextCall& call, const Question& question, const Console& console);

/// What `impact` is asked beside the question, whose rules are the new ones and whose facts are a list of partners.
struct ImpactCall {
    std::string old; // rule file
    std::optional<std::string> movers; // the file that they are written to, as CSV
    std::optional<std::string> near_percent; // look for near misses
    std::optional<std::string> sweep; // as given
    ListCall list; // how partners are read, and where the answer goes
};

/// Whom the new rules move, and by which edit. Findings: partners who could not be judged.
int impact(const ImpactCall& call, const Question& question, const Console& console);

/// What `watch` looks at, and whom it counts.
struct WatchCall {
    std::string path; // folder of rules, or a rule file
    std::optional<std::string> partners; // a list
    std::optional<std::string> against; // a rule file; else each version as it was at the beginning
    ListCall list; // how partners are read
};

/// Until an interrupt; the exit code is that of the last look.
int watch(const WatchCall& call, const Question& question, const Console& console);

/// The answer that a receipt is of, from the question's rules and facts; or what differs.
int replay(const std::string& receipt, const Question& question, const Console& console);

/// Which missing facts to ask for; towards a tier or benefit, or all if it is empty.
int ask(const Question& question, const std::string& target, const Console& console);

/// What `plan` is asked beside the question, whose day and review are those that the plan is for.
struct PlanCall {
    std::string target;
    std::optional<std::string> today; // as given
    std::size_t ways = 3;
    std::size_t bound = 3000; // evaluations
    std::size_t emit_facts =
        0; // print the facts after this way, and nothing else; 0: print the plan
    std::optional<std::string> receipt = {}; // where to write one
};

/// The least changes that reach a tier or a benefit. Findings: there is no way.
int plan(const Question& question, const PlanCall& call, const Console& console);

/// What changes through the day `until` if the facts stay as they are; the question's day is the first.
int outlook(const Question& question, const std::string& until, const Console& console);

/// What `test` runs, and what it writes beside its output.
struct TestCall {
    std::vector<std::string> paths;
    std::string filter;
    bool verbose = false;
    std::optional<std::string> junit;
    bool coverage = false;
    std::optional<std::string> coverage_min; // as given
};

int test(const TestCall& call, const Console& console);

/// Evaluates expressions, or the lines of standard input where none or `-` is given. Without rules (an empty
/// path) they are literals alone.
int calc(const std::vector<std::string>& expressions, const Question& question,
         const Console& console);

/// What the rules need to know: a list or data, by the console's format; or else a schema or a template.
enum class FactsView : std::uint8_t { list, schema, template_record };
int facts(const Question& question, FactsView view, const Console& console);

/// Expressions and commands, line by line, beside one partner's facts.
int repl(const Question& question, const Console& console);

/// What the page of diagnostics says of a code, which may stand in brackets as messages show it; all codes
/// with a line each where none is given.
int explain(const std::optional<std::string>& code, const Console& console);

} // namespace rung::tools
