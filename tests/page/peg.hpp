// A small interpreter of the PEG notation of grammar/README.md: it reads the printed page and recognises
// rule files with it, sharing nothing with the parser it is held against.
//
// Packrat (Ford 2002): what a rule did at a place is remembered, so that the page's backtracking, where
// the parser commits, costs time in proportion to the text. Blanks are skipped before a word, a sign or
// a token, never behind one, and a token that begins with blanks of its own is tried on them first.
#pragma once

#include "tests/page/random.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rung::page {

/// A part of a rule, in the order of the page.
struct Part {
    enum class Kind : std::uint8_t {
        choice,
        sequence,
        optional,
        star,
        plus,
        at,
        not_at,
        literal,
        one_of,
        rule
    };

    Kind kind;
    std::vector<std::uint32_t> parts;
    /// `literal`: the spelling; `rule`: the name.
    std::string text;
    /// `one_of`: ranges of code points, and whether the class is what they leave out.
    std::vector<std::pair<char32_t, char32_t>> ranges;
    bool negated = false;
    /// `rule`: its number.
    std::uint32_t rule = 0;
};

struct Rule {
    std::string name;
    std::uint32_t part;
    /// CAPITALS: nothing may stand between the parts.
    bool token;
    /// `:=`: blanks hold line ends and comments.
    bool body;
    /// Depends on the columns of the table it stands in, so what it did cannot be remembered by place.
    bool by_column;
};

struct Grammar {
    std::vector<Part> parts;
    std::vector<Rule> rules;
    std::map<std::string, std::uint32_t, std::less<>> by_name;

    /// Every word and sign of the page, for mutants.
    [[nodiscard]] std::vector<std::string> spellings() const;
    /// The part as the page writes it.
    [[nodiscard]] std::string print(std::uint32_t part) const;
};

/// The grammar in the ```peg block of the page, or what is wrong with it, in `complaint`.
[[nodiscard]] std::optional<Grammar> read_page(std::string_view page, std::string& complaint);

enum class Answer : std::uint8_t { refused, accepted, gave_up };

/// What may stand before a word, a sign or a token: the blanks of its rule, and where it is the first
/// part of its rule, those of the rule that called.
enum class Before : std::uint8_t { nothing, spaces, lines };

/// How blanks are read where a part begins.
struct Blanks {
    Before before;
    bool body; // between the parts of this rule they hold line ends and comments
    bool token; // between the parts of this rule there are none
};

class Recogniser {
public:
    explicit Recogniser(const Grammar& grammar) : grammar_(grammar), used_(grammar.parts.size()) {}

    /// Is the text a FILE? Gives up after `step_limit` steps, which is a fault of the page.
    [[nodiscard]] Answer accepts(std::string_view text);

    /// The parts of the page that matched something in a text that was accepted.
    [[nodiscard]] const std::vector<bool>& used() const { return used_; }

private:
    static constexpr std::uint64_t step_limit = 50'000'000;
    static constexpr int depth_limit = 30'000;
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    static constexpr std::uint32_t unknown = none - 1;
    static constexpr std::size_t ways = 6; // three of `before`, two of `body`

    std::uint32_t match(std::uint32_t part, std::uint32_t at, Blanks blanks);
    std::uint32_t match_part(const Part& part, std::uint32_t at, Blanks blanks);
    std::uint32_t match_sequence(const Part& part, std::uint32_t at, Blanks blanks);
    std::uint32_t match_repeated(const Part& part, std::uint32_t at, Blanks blanks);
    std::uint32_t match_leaf(const Part& part, std::uint32_t at, Blanks blanks);
    std::uint32_t match_rule(std::uint32_t rule, std::uint32_t at, Blanks blanks);
    std::uint32_t match_cell(std::uint32_t at, Blanks blanks);
    [[nodiscard]] std::uint32_t match_literal(const Part& part, std::uint32_t at) const;
    [[nodiscard]] std::uint32_t match_class(const Part& part, std::uint32_t at) const;
    [[nodiscard]] std::uint32_t skip_blanks(std::uint32_t at, bool body) const;

    const Grammar& grammar_;
    std::string_view text_;
    std::vector<std::uint32_t> memo_;
    std::vector<std::uint32_t> trail_;
    std::vector<bool> used_;
    std::vector<std::string_view> columns_;
    std::size_t column_ = 0;
    std::uint64_t steps_ = 0;
    int depth_ = 0;
};

/// Writes sentences of the page: mostly valid files (look-aheads are not heeded) that use every form.
class Writer {
public:
    explicit Writer(const Grammar& grammar);
    [[nodiscard]] std::string sections(Random& random, std::size_t count);

private:
    void write(std::uint32_t part, Blanks place, int depth);
    void write_rule(const std::string& name, Blanks place, int depth);
    void write_blanks(Blanks place);
    void write_class(const Part& part);
    std::uint32_t pick(const Part& choice, int depth);

    const Grammar& grammar_;
    std::vector<int> heights_;
    std::vector<std::string> headers_;
    std::vector<std::string> columns_;
    std::size_t column_ = 0;
    Random* random_ = nullptr;
    std::string text_;
};

} // namespace rung::page
