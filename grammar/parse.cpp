// Text to tree. This file alone compiles PEGTL.
#include "grammar/parse.hpp"

#include "grammar/machine.hpp"

namespace rung {

using namespace machine;

namespace {

/// Children behind parents becomes parents before children.
std::vector<Node> to_preorder(const std::vector<Node>& postorder) {
    std::vector<Node> preorder(postorder.size());
    // Read backwards, postorder is a preorder whose siblings run from last to first: a node's place is
    // its parent's, plus one, plus the sizes of the siblings before it.
    std::vector<std::pair<std::size_t, std::size_t>>
        open; // (index in postorder, place in preorder)
    open.emplace_back(postorder.size() - 1, 0);
    while (!open.empty()) {
        const auto [index, place] = open.back();
        open.pop_back();
        preorder[place] = postorder[index];
        std::size_t end =
            place + postorder[index].size; // one behind the place of the last child's subtree
        std::size_t child = index;
        while (end > place + 1) {
            --child;
            end -= postorder[child].size;
            open.emplace_back(child, end);
            child -= postorder[child].size - 1;
        }
    }
    return preorder;
}

Parsed nothing_read(Source source, Fault fault) {
    std::vector<Node> root{{Kind::file, true, 1, {0, 0}}};
    return {Tree(std::move(source), std::move(root)), {std::move(fault)}};
}

template <typename Rule>
Parsed parse_as(Source source) {
    const std::string_view text = source.text();
    if (text.size() > Source::max_size) {
        return nothing_read(Source(source.name(), ""), {Code::file_too_large, {0, 0}, {}, {}, {}});
    }
    if (const std::size_t bad = std::min(find_invalid_utf8(text), text.find('\0'));
        bad != std::string_view::npos) {
        const auto at = static_cast<std::uint32_t>(bad);
        const Code code = text[bad] == '\0' ? Code::nul_character : Code::not_utf8;
        return nothing_read(std::move(source), {code, {at, at + 1}, {}, {}, {}});
    }
    State state(source);
    Input in(text.data(), text.data() + text.size(), "");
    const bool matched =
        Control<Rule>::template match<pegtl::apply_mode::action, pegtl::rewind_mode::required,
                                      Nothing, Control>(in, state);
    if (!matched) { // every byte is a section, a blank line or stray, so this cannot be reached with a text
        state.nodes.push_back(
            {Kind::file, true, static_cast<std::uint32_t>(state.nodes.size() + 1), {0, 0}});
    }
    state.nodes.back().span = {0, static_cast<std::uint32_t>(text.size())};
    std::vector<Node> nodes = to_preorder(state.nodes);
    Faults faults = std::move(state.faults);
    if (state.left_out > 0) {
        faults.push_back(more_faults(state.left_out, state.first_left_out));
    }
    tidy(faults);
    return {Tree(std::move(source), std::move(nodes)), std::move(faults)};
}

} // namespace

Parsed parse(Source source) { return parse_as<rules::file>(std::move(source)); }

Parsed parse_expression(Source source) {
    return parse_as<rules::lone_expression>(std::move(source));
}

} // namespace rung
