// The lossless tree of a rule file: what is written, and nothing of what it means.
//
// A flat vector in preorder. A node knows its kind, its bytes and how many nodes its subtree holds, so
// the next sibling is an addition away and the whole tree is one allocation. Tokens are leaves; what
// stands between two tokens is trivia (blanks, line ends, comments); what could not be read is a node
// of kind `error`. Every byte of the text is in exactly one of these three.
#pragma once

#include "grammar/source.hpp"

#include <vector>

namespace rung {

enum class Kind : std::uint8_t {
    // tokens
    word,
    sign,
    name,
    path,
    column,
    text,
    number,
    money,
    date,
    month,
    month_day,
    currency_code,
    version_name,
    check_name,
    hole,
    dash,
    unstated,
    raw,
    rule_line,
    error,
    // sections
    file,
    program,
    version,
    effective,
    withdrawn,
    source,
    currency,
    year_starts,
    input,
    ladder,
    paths,
    reviews,
    standing,
    record,
    facts,
    define,
    look_up_table,
    measures,
    requirements,
    benefits,
    values,
    reading,
    accept,
    notice,
    labels,
    test,
    // parts of sections
    input_key,
    ladder_name,
    tier,
    path_item,
    for_ladder,
    keeping,
    review,
    field,
    type,
    choice,
    annotation,
    header,
    key_column,
    row,
    cell,
    label_line,
    test_facts,
    given,
    given_value,
    expectation,
    names,
    // expressions
    any_true,
    all_true,
    negation,
    comparison,
    bounded,
    otherwise,
    sum,
    product,
    minus,
    conditional,
    aggregate,
    ranked,
    groups,
    covered,
    each,
    at_least,
    rounding,
    window,
    day_of,
    look_up,
    day_in_year,
    part_of,
    left_open,
    span,
    group,
    members,
    asks_group,
};

[[nodiscard]] constexpr bool is_token(Kind kind) { return kind <= Kind::error; }

struct Node {
    Kind kind;
    /// An error was reported inside: the shape of the children cannot be relied on.
    bool broken;
    /// Nodes in the subtree, this one included.
    std::uint32_t size;
    Span span;
};

class Tree;

/// A node in its tree; cheap to copy, valid as long as the tree.
class NodeRef {
public:
    NodeRef(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool broken() const;
    [[nodiscard]] Span span() const;
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] bool is(Kind kind) const { return this->kind() == kind; }
    /// A word or sign with this spelling.
    [[nodiscard]] bool is_word(std::string_view spelling) const;

    class Iterator {
    public:
        Iterator(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}
        NodeRef operator*() const { return {tree_, index_}; }
        Iterator& operator++();
        friend bool operator==(Iterator a, Iterator b) { return a.index_ == b.index_; }

    private:
        const Tree* tree_;
        std::uint32_t index_;
    };
    /// The direct children.
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

private:
    const Tree* tree_;
    std::uint32_t index_;
};

/// Calls `visit` with each direct child of a kind.
template <typename Visit>
void each_of(NodeRef node, Kind kind, Visit&& visit) {
    for (const NodeRef child : node) {
        if (child.is(kind)) {
            visit(child);
        }
    }
}

/// Owns its source. Immutable after parsing.
class Tree {
public:
    Tree(Source source, std::vector<Node> preorder)
        : source_(std::move(source)), nodes_(std::move(preorder)) {}

    [[nodiscard]] const Source& source() const { return source_; }
    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
    [[nodiscard]] NodeRef root() const { return {this, 0}; }

private:
    Source source_;
    std::vector<Node> nodes_;
};

inline Kind NodeRef::kind() const { return tree_->nodes()[index_].kind; }
inline bool NodeRef::broken() const { return tree_->nodes()[index_].broken; }
inline Span NodeRef::span() const { return tree_->nodes()[index_].span; }
inline std::string_view NodeRef::text() const { return tree_->source().text(span()); }
inline bool NodeRef::is_word(std::string_view spelling) const {
    return (is(Kind::word) || is(Kind::sign)) && text() == spelling;
}
inline NodeRef::Iterator& NodeRef::Iterator::operator++() {
    index_ += tree_->nodes()[index_].size;
    return *this;
}
inline NodeRef::Iterator NodeRef::begin() const { return {tree_, index_ + 1}; }
inline NodeRef::Iterator NodeRef::end() const {
    return {tree_, index_ + tree_->nodes()[index_].size};
}

} // namespace rung
