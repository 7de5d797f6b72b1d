// Why a text is no JSON. nlohmann says that it is none; here the text is looked at again from the
// last good token on, for what a person is most likely to have done.
#include "interpreter/calendar.hpp"
#include "interpreter/json_text.hpp"
#include "interpreter/number.hpp"

#include <algorithm>
#include <array>

namespace rung {

namespace {

using After = JsonBreak::After;

struct Spelling {
    std::string_view found;
    std::string_view fix;
};

/// Words of other languages, which export scripts leave behind.
constexpr std::array<Spelling, 9> foreign_words = {{
    {"True", "true"},
    {"TRUE", "true"},
    {"yes", "true"},
    {"False", "false"},
    {"FALSE", "false"},
    {"no", "false"},
    {"None", "null"},
    {"NULL", "null"},
    {"undefined", "null"},
}};

bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '$' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_figure(char c) { return is_digit(c) || c == '.' || c == '+' || c == '-'; }

class BreakReader {
public:
    BreakReader(std::string_view text, const JsonBreak& at) : text_(text), break_(at) {}

    Fault explain() {
        if (break_.after == After::value && !is_sound_number(break_.last)) {
            return number(break_.last.begin);
        }
        const std::size_t at = behind_blanks(break_.cursor);
        if (break_.after == After::nothing) {
            return at == text_.size() ? fault(Code::json_empty, at, at) : value(at);
        }
        if (break_.open.empty()) {
            return is_comment(at) ? comment(at) : fault(Code::json_second_value, at, word_end(at));
        }
        switch (break_.after) {
        case After::key:
            return behind_key(at);
        case After::opening:
            return in_object() ? key(at) : value(at);
        case After::value:
        case After::nothing:
            break;
        }
        return behind_value(at);
    }

private:
    // ---- where ----------------------------------------------------------------------------------

    [[nodiscard]] std::size_t behind_blanks(std::size_t at) const {
        return std::min(text_.find_first_not_of(" \t\r\n", at), text_.size());
    }
    [[nodiscard]] char look(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
    [[nodiscard]] std::string_view in(std::size_t begin, std::size_t end) const {
        return text_.substr(begin, end - begin);
    }
    [[nodiscard]] bool in_object() const { return text_[break_.open.back().begin] == '{'; }
    [[nodiscard]] std::string closing() const { return in_object() ? "}" : "]"; }

    template <class Predicate>
    [[nodiscard]] std::size_t end_of(std::size_t at, Predicate belongs) const {
        while (at < text_.size() && belongs(text_[at])) {
            ++at;
        }
        return at;
    }
    /// Behind the word that stands at `at`, or the one character.
    [[nodiscard]] std::size_t word_end(std::size_t at) const {
        const std::size_t end = end_of(at, is_word);
        return end > at ? end : std::min(at + 1, text_.size());
    }
    /// Behind what was meant as one figure: 2023-06-30, 250K, 1,000.50, 15%.
    [[nodiscard]] std::size_t figure_end(std::size_t at) const {
        while (is_word(look(at)) || is_figure(look(at)) || runs_on(at)) {
            ++at;
        }
        return at;
    }
    /// Whether what stands at `at`, behind a digit, still belongs to a figure in the writer's mind.
    [[nodiscard]] bool runs_on(std::size_t at) const {
        return is_word(look(at)) || look(at) == '%' || (look(at) == ',' && is_digit(look(at + 1)));
    }

    [[nodiscard]] bool is_sound_number(Span token) const {
        const char first = look(token.begin);
        return !(first == '-' || is_digit(first)) ||
               Number::parse(in(token.begin, token.end)).fault != NumberTextFault::malformed;
    }
    [[nodiscard]] bool is_comment(std::size_t at) const {
        return look(at) == '#' || (look(at) == '/' && (look(at + 1) == '/' || look(at + 1) == '*'));
    }
    /// The quotation mark that JSON does not know at `at`, or nothing.
    [[nodiscard]] std::string_view foreign_quote(std::size_t at) const {
        constexpr std::array<std::string_view, 6> quotes = {"'", "`", "“", "”", "‘", "„"};
        for (const std::string_view quote : quotes) {
            if (text_.substr(at).starts_with(quote)) {
                return quote;
            }
        }
        return {};
    }

    // ---- what was to come -----------------------------------------------------------------------

    Fault behind_key(std::size_t at) {
        if (look(at) != ':') {
            return unexpected(at, "`:` behind the key", ":");
        }
        return value(behind_blanks(at + 1));
    }

    Fault behind_value(std::size_t at) {
        if (at == break_.cursor && is_digit(look(at - 1)) && runs_on(at)) {
            return number(break_.last.begin);
        }
        if (look(at) != ',') {
            return unexpected(at, "`,` or `" + closing() + "`", closing());
        }
        const std::size_t next = behind_blanks(at + 1);
        if (look(next) == '}' || look(next) == ']') {
            return fault(Code::json_trailing_comma, at, at + 1);
        }
        return in_object() ? key(next) : value(next);
    }

    Fault value(std::size_t at) {
        const char c = look(at);
        if (c == '"') {
            return quoted_text(at);
        }
        if (is_figure(c) || c == '$') {
            return number(at);
        }
        if (is_word(c) && foreign_quote(at).empty()) {
            return word(at);
        }
        return unexpected(at, "a value");
    }

    Fault key(std::size_t at) {
        if (look(at) == '"') {
            return quoted_text(at);
        }
        if (is_word(look(at)) && foreign_quote(at).empty()) {
            const std::size_t end = word_end(at);
            Fault found = syntax(at, end, "a key in double quotes");
            found.arguments.push_back({"fix", in_quotes(in(at, end))});
            return found;
        }
        return unexpected(at, "a key in double quotes", "}");
    }

    Fault number(std::size_t at) {
        const std::size_t end = std::max(figure_end(at), at + 1);
        const std::string_view found = in(at, end);
        if (found == "-Infinity" || found == "+Infinity" || found == "-NaN") {
            return fault(Code::json_no_figure, at, end, {{"found", std::string(found)}});
        }
        Fault fault_here = fault(Code::json_number, at, end, {{"found", shown(found)}});
        if (Date::parse(found.substr(0, 10))) {
            fault_here.arguments.push_back({"date", in_quotes(found)});
        }
        return fault_here;
    }

    Fault word(std::size_t at) {
        const std::size_t end = word_end(at);
        const std::string_view found = in(at, end);
        if (found == "NaN" || found == "nan" || found == "Infinity" || found == "inf") {
            return fault(Code::json_no_figure, at, end, {{"found", std::string(found)}});
        }
        if (break_.after == After::nothing) {
            return syntax(at, end, "`{`");
        }
        Fault fault_here = syntax(at, end, "a value");
        const auto* const known =
            std::find_if(foreign_words.begin(), foreign_words.end(),
                         [&](const Spelling& word) { return word.found == found; });
        fault_here.arguments.push_back(
            {"fix", known == foreign_words.end() ? in_quotes(found) : std::string(known->fix)});
        return fault_here;
    }

    /// Nothing that can stand at `at` does. `missing` is what alone would have been enough there.
    Fault unexpected(std::size_t at, const std::string& expected, const std::string& missing = "") {
        if (at >= text_.size()) {
            const std::size_t end = text_.find_last_not_of(" \t\r\n") + 1;
            return cut_short(end, end, expected, missing);
        }
        if (is_comment(at)) {
            return comment(at);
        }
        if (const std::string_view quote = foreign_quote(at); !quote.empty()) {
            return fault(Code::json_quotes, at, at + quote.size(), {{"found", std::string(quote)}});
        }
        Fault found = syntax(at, word_end(at), expected);
        if (look(at) == '"' && expected.starts_with("`,`")) {
            found.arguments.push_back({"before", ","});
        }
        if (look(at) == '}' || look(at) == ']') {
            add_opening(found);
        }
        return found;
    }

    // ---- inside a text --------------------------------------------------------------------------

    Fault quoted_text(std::size_t begin) {
        std::size_t at = begin + 1;
        while (at < text_.size() && text_[at] != '"') {
            if (static_cast<unsigned char>(text_[at]) < 0x20) {
                return control(begin, at);
            }
            if (text_[at] != '\\') {
                ++at;
                continue;
            }
            const std::size_t end = escape_end(at);
            if (end == at) {
                return bad_escape(begin, at);
            }
            at = end;
        }
        return cut_short(begin, text_.size(), "a closing quote", "\"");
    }

    [[nodiscard]] std::optional<unsigned> code_unit(std::size_t at) const {
        if (look(at) != '\\' || look(at + 1) != 'u') {
            return std::nullopt;
        }
        unsigned unit = 0;
        for (std::size_t i = at + 2; i < at + 6; ++i) {
            constexpr std::string_view digits = "0123456789abcdefABCDEF";
            const std::size_t digit = digits.find(look(i));
            if (digit == std::string_view::npos) {
                return std::nullopt;
            }
            unit = unit * 16 + static_cast<unsigned>(digit < 16 ? digit : digit - 6);
        }
        return unit;
    }
    static bool is_high_half(unsigned unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
    static bool is_low_half(unsigned unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

    /// Behind the escape at `at`, or `at` itself where it is none.
    [[nodiscard]] std::size_t escape_end(std::size_t at) const {
        constexpr std::string_view simple = "\"\\/bfnrt";
        const char kind = look(at + 1);
        if (kind != '\0' && simple.find(kind) != std::string_view::npos) {
            return at + 2;
        }
        const auto unit = code_unit(at);
        if (!unit || is_low_half(*unit)) {
            return at;
        }
        if (!is_high_half(*unit)) {
            return at + 6;
        }
        const auto second = code_unit(at + 6);
        return second && is_low_half(*second) ? at + 12 : at;
    }

    Fault bad_escape(std::size_t begin, std::size_t at) {
        constexpr std::size_t longest = 12; // two halves: \ud83d\ude00
        const bool is_last =
            text_.size() < at + longest && text_.find('"', at + 1) == std::string_view::npos;
        if (is_last) {
            return cut_short(begin, text_.size(), "a closing quote", "\"");
        }
        if (code_unit(at)) {
            return fault(Code::json_escape, at, at + 6,
                         {{"half", std::string(in(at, at + 6))}, {"example", "\\ud83d\\ude00"}});
        }
        const std::size_t end = at + 1 + code_point_size(text_, at + 1);
        return fault(Code::json_escape, at, end, {{"found", shown(in(at, end))}});
    }

    Fault control(std::size_t begin, std::size_t at) {
        const char c = text_[at];
        if (c == '\n' || c == '\r') {
            return fault(Code::json_control, begin, at);
        }
        constexpr std::string_view digits = "0123456789abcdef";
        const auto value = static_cast<unsigned char>(c);
        std::string escape = "\\u00";
        escape += digits[value / 16];
        escape += digits[value % 16];
        return fault(Code::json_control, at, at + 1, {{"fix", c == '\t' ? "\\t" : escape}});
    }

    // ---- faults ---------------------------------------------------------------------------------

    static Fault fault(Code code, std::size_t begin, std::size_t end,
                       std::vector<Argument> arguments = {}) {
        const Span where = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
        return {code, where, std::move(arguments), {}, {}};
    }

    [[nodiscard]] Fault syntax(std::size_t begin, std::size_t end,
                               const std::string& expected) const {
        return fault(Code::json_syntax, begin, end,
                     {{"expected", expected}, {"found", shown(in(begin, end))}});
    }

    [[nodiscard]] Fault comment(std::size_t at) const {
        const std::size_t line = std::min(text_.find('\n', at), text_.size());
        return fault(Code::json_comment, at, line);
    }

    Fault cut_short(std::size_t begin, std::size_t end, const std::string& expected,
                    const std::string& missing) {
        Fault found = fault(Code::json_cut_short, begin, end);
        found.arguments.push_back(missing.empty() ? Argument{"expected", expected}
                                                  : Argument{"missing", missing});
        add_opening(found);
        return found;
    }

    void add_opening(Fault& found) const {
        if (!break_.open.empty()) {
            found.notes.push_back({NoteCode::opened_here, break_.open.back(), {}});
        }
    }

    std::string_view text_;
    JsonBreak break_;
};

} // namespace

Fault explain_json_break(std::string_view text, const JsonBreak& at) {
    return BreakReader(text, at).explain();
}

} // namespace rung
