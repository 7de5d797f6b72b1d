// The rules at work: the builder of the tree, the collection of faults, and recovery. Included by parse.cpp,
// and by the test that looks for rules which could loop.
//
// One control overrides `match` for every rule. It remembers how many nodes and faults there were,
// pushes a node when its rule matched, and truncates to what there was when it did not. Nodes are pushed
// behind their children; parse.cpp turns the finished vector into preorder.
#pragma once

#include "grammar/lines.hpp"
#include "grammar/mistakes.hpp"
#include "grammar/parse.hpp"
#include "grammar/rules.hpp"

namespace rung {

namespace machine {

namespace pegtl = tao::pegtl;

using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*>;

enum class Blanks : std::uint8_t { in_line, in_body };

/// Something the text has no other reading for is missing. Caught by `recover`.
struct Failure {
    std::uint32_t at;
};

/// Too many levels. A type of its own: as a local failure it could flip `!` and `/`.
struct TooDeep {
    std::uint32_t at;
};

/// What the rules share while they run.
struct State {
    explicit State(const Source& from) : source(from) {}

    const Source& source;
    std::vector<Node> nodes;
    Faults faults; // a few more than are kept …
    std::size_t left_out = 0; // … and how many there are beyond
    Span first_left_out;
    Blanks blanks = Blanks::in_line;
    int depth = 0;
    std::vector<std::string_view> columns;
    std::size_t column = 0;

    // The furthest place at which something labelled was looked for, and what it was.
    std::uint32_t furthest = 0;
    std::vector<std::string> expected;

    [[nodiscard]] std::string_view text() const { return source.text(); }
    [[nodiscard]] std::uint32_t offset(const Input& in) const {
        return static_cast<std::uint32_t>(in.current() - text().data());
    }
    [[nodiscard]] std::uint32_t last_end() const {
        return nodes.empty() ? 0 : nodes.back().span.end;
    }

    /// `make` puts a fault into words, which is left undone beyond the limit.
    template <typename Make>
    void report(std::uint32_t at, Make&& make) {
        if (faults.size() <= max_faults) {
            faults.push_back(make());
            return;
        }
        first_left_out = left_out++ == 0 ? Span{at, at} : first_left_out;
    }

    void looked_for(std::uint32_t at, std::string label) {
        if (at > furthest || expected.empty()) {
            furthest = at;
            expected.clear();
        }
        if (at == furthest &&
            std::find(expected.begin(), expected.end(), label) == expected.end()) {
            expected.push_back(std::move(label));
        }
    }
    void leaf(Kind kind, std::uint32_t begin, std::uint32_t end) {
        nodes.push_back({kind, kind == Kind::error, 1, {begin, end}});
    }
    void branch(Kind kind, bool broken, std::size_t first, std::uint32_t begin) {
        const bool empty = nodes.size() == first;
        const Span span{empty ? begin : std::min(begin, nodes[first].span.begin),
                        empty ? begin : last_end()};
        nodes.push_back({kind, broken, static_cast<std::uint32_t>(nodes.size() - first + 1), span});
    }
};

template <typename Rule>
constexpr bool has_kind = requires {
    Rule::kind;
};
template <typename Rule>
constexpr bool has_label = requires {
    Rule::label;
}
|| requires { Rule::quoted(); };
template <typename Rule>
constexpr bool folds = requires {
    requires Rule::fold;
};
template <typename Rule>
constexpr bool keeps = requires {
    requires Rule::keep;
};

template <typename Rule>
std::string label_of() {
    if constexpr (requires { Rule::quoted(); }) {
        return "`" + std::string(Rule::quoted()) + "`";
    } else {
        return std::string(Rule::label);
    }
}

template <typename Rule>
struct Control {
    static constexpr bool enable = false;

    template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& in, State& state) {
        if constexpr ((!has_kind<Rule> && !has_label<Rule>) || A == pegtl::apply_mode::nothing) {
            const std::size_t before = state.nodes.size();
            const bool matched = pegtl::match<Rule, A, M, Action, Ctl>(in, state);
            if (!matched) {
                state.nodes.resize(before);
            }
            return matched;
        } else {
            return match_and_build<A, M, Action, Ctl>(in, state);
        }
    }

private:
    template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match_and_build(In& in, State& state) {
        const std::size_t first = state.nodes.size();
        const std::uint32_t begin = state.offset(in);
        const bool at_furthest = state.furthest == begin && !state.expected.empty();
        const std::size_t expected = at_furthest ? state.expected.size() : 0;
        if (match_or_close<A, M, Action, Ctl>(in, state, first, begin)) {
            push(state, first, begin, state.offset(in));
            return true;
        }
        state.nodes.resize(first);
        if constexpr (has_label<Rule>) {
            if (state.furthest == begin && state.expected.size() > expected) {
                state.expected.resize(expected);
            }
            state.looked_for(begin, label_of<Rule>());
        }
        return false;
    }

    /// A part that is kept is closed as broken when an error passes through it.
    template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match_or_close(In& in, State& state, std::size_t first, std::uint32_t begin) {
        if constexpr (keeps<Rule>) {
            try {
                return pegtl::match<Rule, A, M, Action, Ctl>(in, state);
            } catch (...) {
                state.branch(Rule::kind, true, first, begin);
                throw;
            }
        } else {
            return pegtl::match<Rule, A, M, Action, Ctl>(in, state);
        }
    }

    static void push(State& state, std::size_t first, std::uint32_t begin, std::uint32_t end) {
        if constexpr (has_kind<Rule>) {
            if constexpr (is_token(Rule::kind)) {
                state.nodes.resize(first);
                state.leaf(Rule::kind, begin, end);
            } else {
                const bool single = state.nodes.size() > first &&
                                    state.nodes.back().size == state.nodes.size() - first;
                if (!folds<Rule> || !single) {
                    state.branch(Rule::kind, false, first, begin);
                }
            }
            if constexpr (Rule::kind == Kind::column) {
                state.columns.push_back(state.text().substr(begin, end - begin));
            }
        }
    }
};

template <typename Rule>
struct Nothing {};

template <typename Rule, pegtl::apply_mode A, pegtl::rewind_mode M,
          template <typename...> class Action, template <typename...> class Ctl, typename In>
bool run(In& in, State& state) {
    return Ctl<Rule>::template match<A, M, Action, Ctl>(in, state);
}

// ---- where the next thing is -------------------------------------------------------------------

using lines::behind_line;
using lines::end_of_line;
using lines::is_word_char;
using lines::lexeme_at;
using lines::skip_blanks;
using lines::without_blanks;

/// In a body: behind line ends, comments and blanks, if an indented line goes on; otherwise where the
/// blanks of this line end.
inline std::uint32_t skip_body_blanks(std::string_view text, std::uint32_t from) {
    const std::uint32_t in_line = skip_blanks(text, from);
    std::uint32_t at = in_line;
    while (at < text.size()) {
        if (text[at] == '#') {
            at = static_cast<std::uint32_t>(std::min(text.find_first_of("\r\n", at), text.size()));
            continue;
        }
        if (!lines::at_line_end(text, at)) {
            return at;
        }
        const std::uint32_t next = behind_line(text, at);
        at = skip_blanks(text, next);
        const bool margin = at == next;
        if (at >= text.size() ||
            (margin && text[at] != '\n' && text[at] != '\r' && text[at] != '#')) {
            return in_line;
        }
    }
    return in_line;
}

} // namespace machine

namespace rules {

using namespace machine;

// ---- the rules that need the state ---------------------------------------------------------------

using pegtl::apply_mode;
using pegtl::rewind_mode;

struct blanks {
    using rule_t = spaces::rule_t;
    using subs_t = spaces::subs_t;
    template <apply_mode A, rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& in, State& state) {
        const std::uint32_t at = state.offset(in);
        const std::uint32_t next = state.blanks == Blanks::in_body
                                       ? skip_body_blanks(state.text(), at)
                                       : skip_blanks(state.text(), at);
        in.bump(next - at);
        return true;
    }
};

template <typename R>
struct need {
    static_assert(has_label<R>, "what must come needs a name that a reader understands");
    using rule_t = typename seq<blanks, R>::rule_t;
    using subs_t = typename seq<blanks, R>::subs_t;
    template <apply_mode A, rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& in, State& state) {
        run<blanks, A, M, Action, Ctl>(in, state);
        const std::uint32_t at =
            state.offset(in); // a rule that fails may leave the input behind it
        if (run<R, A, M, Action, Ctl>(in, state)) {
            return true;
        }
        throw Failure{std::max(state.furthest, at)};
    }
};

template <typename R>
struct body {
    using rule_t = typename seq<R>::rule_t;
    using subs_t = typename seq<R>::subs_t;
    template <apply_mode A, rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& in, State& state) {
        struct Restore {
            State& state;
            Blanks before;
            ~Restore() { state.blanks = before; }
        } restore{state, state.blanks};
        state.blanks = Blanks::in_body;
        return run<R, A, M, Action, Ctl>(in, state);
    }
};

template <typename R>
struct nested {
    using rule_t = typename seq<R>::rule_t;
    using subs_t = typename seq<R>::subs_t;
    template <apply_mode A, rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& in, State& state) {
        struct Level {
            int& depth;
            explicit Level(int& counter) : depth(counter) { ++depth; }
            ~Level() { --depth; }
        } level(state.depth);
        if (state.depth > max_nesting) {
            throw TooDeep{state.offset(in)};
        }
        return run<R, A, M, Action, Ctl>(in, state);
    }
};

struct skip_line {
    static constexpr bool consumes = true;
    static std::uint32_t next(std::string_view text, std::uint32_t at) {
        return behind_line(text, at);
    }
};

struct skip_cell {
    static constexpr bool consumes = false;
    static std::uint32_t next(std::string_view text, std::uint32_t at) {
        const std::uint32_t end = end_of_line(text, at);
        while (at < end && text[at] != '|') {
            const std::size_t close =
                text[at] == '"' ? text.substr(0, end).find('"', at + 1) : std::string_view::npos;
            at = close == std::string_view::npos ? at + 1 : static_cast<std::uint32_t>(close + 1);
        }
        return at;
    }
};

struct skip_section {
    static constexpr bool consumes = true;
    static std::uint32_t next(std::string_view text, std::uint32_t at) {
        if (at > 0 && at <= text.size() && text[at - 1] == '\n' && at < text.size() &&
            text[at] >= 'a' && text[at] <= 'z') {
            return at;
        }
        do {
            at = behind_line(text, at);
        } while (at < text.size() && !(text[at] >= 'a' && text[at] <= 'z'));
        return at;
    }
};

struct skip_everything {
    static constexpr bool consumes = true;
    static std::uint32_t next(std::string_view text, std::uint32_t /*at*/) {
        return static_cast<std::uint32_t>(text.size());
    }
};

template <typename R, typename Skip>
struct recover {
    // What `analyze` sees: R, or at least a byte (a cell may be empty).
    using seen = std::conditional_t<Skip::consumes, sor<R, pegtl::any>, opt<R>>;
    using rule_t = typename seen::rule_t;
    using subs_t = typename seen::subs_t;

    template <apply_mode A, rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& in, State& state) {
        const std::uint32_t begin = state.offset(in);
        const Blanks blanks_before = state.blanks;
        const int depth_before = state.depth;
        state.furthest = begin;
        state.expected.clear();
        try {
            if (run<R, A, rewind_mode::required, Action, Ctl>(in, state)) {
                return true;
            }
            report(state, std::max(state.furthest, begin));
        } catch (const Failure& failure) {
            report(state, failure.at);
        } catch (const TooDeep& too_deep) {
            const std::uint32_t at = too_deep.at;
            state.report(at, [&] {
                return Fault{Code::nested_too_deep,
                             lexeme_at(state.text(), at),
                             {{"limit", std::to_string(max_nesting)}},
                             {},
                             {}};
            });
        }
        state.blanks = blanks_before;
        state.depth = depth_before;
        skip(in, state, begin);
        return true;
    }

private:
    static void report(State& state, std::uint32_t at) {
        state.report(at, [&] { return mistakes::syntax_fault(state.text(), at, state.expected); });
    }

    /// From where the tree was built to, since PEGTL has put the input back, to where reading goes on.
    template <typename In>
    static void skip(In& in, State& state, std::uint32_t begin) {
        const std::uint32_t resume = std::max(begin, state.last_end());
        const std::uint32_t next = std::max(resume, Skip::next(state.text(), resume));
        const std::uint32_t first = skip_blanks(state.text(), resume);
        const std::uint32_t last = without_blanks(state.text(), resume, next);
        // Empty where the line or the cell ends too early: it shows that something is missing there.
        state.leaf(Kind::error, std::min(first, last), last);
        in.bump(next - state.offset(in));
    }
};

struct begin_table {
    using rule_t = pegtl::success::rule_t;
    using subs_t = pegtl::empty_list;
    template <apply_mode A, rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& /*in*/, State& state) {
        state.columns.clear();
        return true;
    }
};

struct begin_row {
    using rule_t = pegtl::success::rule_t;
    using subs_t = pegtl::empty_list;
    template <apply_mode A, rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& /*in*/, State& state) {
        state.column = 0;
        return true;
    }
};

struct next_column {
    using rule_t = pegtl::success::rule_t;
    using subs_t = pegtl::empty_list;
    template <apply_mode A, rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& /*in*/, State& state) {
        ++state.column;
        return true;
    }
};

struct cell_by_header {
    using every_cell =
        sor<cell_name, cell_text, cell_cite, cell_when, cell_asks, cell_needs, cell_tier>;
    using rule_t = every_cell::rule_t;
    using subs_t = every_cell::subs_t;
    template <apply_mode A, rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& in, State& state) {
        const std::string_view header =
            state.column < state.columns.size() ? state.columns[state.column] : "";
        if (header == "name") {
            return run<cell_name, A, M, Action, Ctl>(in, state);
        }
        if (header == "label" || header == "advice") {
            return run<cell_text, A, M, Action, Ctl>(in, state);
        }
        if (header == "cite") {
            return run<cell_cite, A, M, Action, Ctl>(in, state);
        }
        if (header == "when") {
            return run<cell_when, A, M, Action, Ctl>(in, state);
        }
        if (header == "asks" || header == "ask") { // the slip is told by the checker
            return run<cell_asks, A, M, Action, Ctl>(in, state);
        }
        if (header == "needs") {
            return run<cell_needs, A, M, Action, Ctl>(in, state);
        }
        return run<cell_tier, A, M, Action, Ctl>(in, state);
    }
};

/// An unknown word at the margin with the lines below it, or a line that belongs to no section.
struct stray {
    using rule_t = pegtl::any::rule_t;
    using subs_t = pegtl::empty_list;

    template <apply_mode A, rewind_mode M, template <typename...> class Action,
              template <typename...> class Ctl, typename In>
    static bool match(In& in, State& state) {
        const std::uint32_t begin = state.offset(in);
        const std::string_view text = state.text();
        const std::uint32_t first = skip_blanks(text, begin);
        const Span where = lexeme_at(text, first);
        const std::string_view found = text.substr(where.begin, where.size());
        const bool at_margin = first == begin;
        if (at_margin && mistakes::begins_section(found)) {
            return false;
        }
        state.report(first, [&] {
            Fault fault = mistakes::stray_fault(text, where, at_margin);
            if (!state.faults.empty() &&
                mistakes::goes_on(text, state.faults.back(), begin, fault)) {
                state.faults.pop_back();
            }
            return fault;
        });
        const bool section = at_margin && is_word_char(found[0]);
        const std::uint32_t next =
            section ? skip_section::next(text, begin + 1) : behind_line(text, begin);
        state.leaf(Kind::error, first, without_blanks(text, first, next));
        in.bump(next - begin);
        return true;
    }
};

} // namespace rules

} // namespace rung
