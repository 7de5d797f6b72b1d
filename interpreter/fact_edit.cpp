#include "interpreter/fact_edit.hpp"

#include "interpreter/fact_form.hpp"
#include "interpreter/json_text.hpp"

#include <algorithm>
#include <charconv>

namespace rung {

namespace {

constexpr std::string_view json_blanks = " \t\r\n";
constexpr std::string_view behind_last = "-";

using Steps = std::vector<std::string>;
using TokenKind = JsonToken::Kind;

/// The item that a step names; nothing where it is no number of one.
std::optional<std::size_t> item_number(std::string_view step) {
    std::size_t item = 0;
    const char* const end = step.data() + step.size();
    const auto parsed = std::from_chars(step.data(), end, item);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == end;
    return whole && (step == "0" || step.front() != '0') ? std::optional(item) : std::nullopt;
}

/// A value of the text: where it stands, and what it holds.
struct JsonPlace {
    TokenKind kind = TokenKind::null;
    std::string key; // of a member of an object
    std::size_t begin = 0; // of its key, if it has one, or of itself
    std::size_t value = 0; // of itself
    std::size_t end = 0;
    std::vector<std::size_t> members;

    [[nodiscard]] bool holds() const {
        return kind == TokenKind::object || kind == TokenKind::list;
    }
};

/// All values of a text; the outermost is the first.
class LayoutReader final : public JsonEvents {
public:
    explicit LayoutReader(std::string_view text) : text_(text) {}

    std::vector<JsonPlace> nodes;

    bool key(std::string_view key, Span where) override {
        key_ = key;
        key_begin_ = where.begin;
        end_ = where.end;
        return true;
    }
    bool value(const JsonToken& token) override {
        end_ = token.where.end;
        const bool is_member = !open_.empty() && nodes[open_.back()].kind == TokenKind::object;
        const std::size_t value = token.where.begin;
        if (!open_.empty()) {
            nodes[open_.back()].members.push_back(nodes.size());
        }
        if (token.opens()) {
            open_.push_back(nodes.size());
        }
        nodes.push_back(
            {token.kind, is_member ? key_ : "", is_member ? key_begin_ : value, value, end_, {}});
        return true;
    }
    bool close() override {
        end_ = text_.find_first_not_of(json_blanks, end_) + 1; // behind the bracket
        nodes[open_.back()].end = end_;
        open_.pop_back();
        return true;
    }

private:
    std::string_view text_;
    std::vector<std::size_t> open_;
    std::string key_;
    std::size_t key_begin_ = 0;
    std::size_t end_ = 0; // of the last token
};

/// One edit of one text.
class Editor {
public:
    Editor(std::string text, FactEdit edit, std::size_t number)
        : text_(std::move(text)), edit_(std::move(edit)), number_(number) {}

    std::variant<std::string, EditProblem> edited() {
        if (!read_steps()) {
            return problem(EditProblem::Kind::no_pointer, 0);
        }
        auto nodes = laid_out(text_);
        if (!nodes || (edit_.json && !laid_out(*edit_.json))) {
            return problem(EditProblem::Kind::not_json, 0);
        }
        nodes_ = std::move(*nodes);
        const std::vector<Place> way = walk();
        const JsonPlace& last = nodes_[way.back().node];
        const std::size_t depth = way.size() - 1;
        if (depth == steps_.size()) {
            return edit_.json ? replaced(last, *edit_.json) : without(way[depth - 1], way.back());
        }
        if (last.kind != TokenKind::null && !last.holds()) {
            return problem(EditProblem::Kind::holds_nothing, depth);
        }
        if (last.kind == TokenKind::list && !is_behind_last(steps_[depth], last.members.size())) {
            return problem(EditProblem::Kind::no_such_item, depth);
        }
        if (!edit_.json) {
            return text_; // nothing stands there anyway
        }
        return last.holds() ? with_member(last, depth) : replaced(last, made(depth));
    }

    /// Whether something stands there, other than null.
    bool stands() {
        auto nodes = read_steps() ? laid_out(text_) : std::nullopt;
        if (!nodes) {
            return false;
        }
        nodes_ = std::move(*nodes);
        const std::vector<Place> way = walk();
        return way.size() > steps_.size() && nodes_[way.back().node].kind != TokenKind::null;
    }

private:
    bool read_steps() {
        auto steps = pointer_steps(edit_.pointer);
        steps_ = steps ? std::move(*steps) : Steps();
        return !steps_.empty();
    }

    /// A value, and which member it is of the one that holds it.
    struct Place {
        std::size_t node = 0;
        std::size_t member = 0;
    };

    static std::optional<std::vector<JsonPlace>> laid_out(const std::string& text) {
        const Source source("", text);
        LayoutReader layout(source.text());
        return read_json(source, layout) ? std::nullopt : std::optional(std::move(layout.nodes));
    }

    static bool is_behind_last(std::string_view step, std::size_t members) {
        return step == behind_last || item_number(step) == members;
    }

    /// The values that the steps lead to, the outermost first, as far as there are any.
    [[nodiscard]] std::vector<Place> walk() const {
        std::vector<Place> way{{}};
        for (const std::string& step : steps_) {
            const JsonPlace& holder = nodes_[way.back().node];
            const std::size_t member = member_of(holder, step);
            if (member >= holder.members.size()) {
                break;
            }
            way.push_back({holder.members[member], member});
        }
        return way;
    }

    [[nodiscard]] std::size_t member_of(const JsonPlace& holder, const std::string& step) const {
        if (holder.kind == TokenKind::list) {
            return item_number(step).value_or(holder.members.size());
        }
        const auto at =
            std::find_if(holder.members.begin(), holder.members.end(),
                         [&](std::size_t member) { return nodes_[member].key == step; });
        return static_cast<std::size_t>(at - holder.members.begin());
    }

    [[nodiscard]] EditProblem problem(EditProblem::Kind kind, std::size_t depth) const {
        std::string pointer;
        for (std::size_t i = 0; i < depth; ++i) {
            add_step(pointer, steps_[i]);
        }
        return {kind, number_, std::move(pointer)};
    }

    /// What is to stand where `depth` steps lead, with the objects and lists on the way to the value.
    [[nodiscard]] std::string made(std::size_t depth) const {
        std::string json = *edit_.json;
        for (std::size_t i = steps_.size(); i > depth; --i) {
            const std::string& step = steps_[i - 1];
            json = is_behind_last(step, 0) ? "[" + json + "]"
                                           : "{" + json_text(step) + ": " + json + "}";
        }
        return json;
    }

    [[nodiscard]] std::string spliced(std::size_t begin, std::size_t end,
                                      std::string_view with) const {
        std::string text = text_.substr(0, begin);
        text += with;
        text += std::string_view(text_).substr(end);
        return text;
    }

    [[nodiscard]] std::string replaced(const JsonPlace& node, std::string_view with) const {
        return spliced(node.value, node.end, with);
    }

    /// The member and the comma that parts it from its neighbour.
    [[nodiscard]] std::string without(const Place& holder, const Place& place) const {
        const JsonPlace& held = nodes_[place.node];
        const JsonPlace& all = nodes_[holder.node];
        if (place.member > 0) {
            return spliced(nodes_[all.members[place.member - 1]].end, held.end, "");
        }
        return all.members.size() > 1 ? spliced(held.begin, nodes_[all.members[1]].begin, "")
                                      : spliced(all.value + 1, all.end - 1, "");
    }

    /// Behind the last member, and with the blanks that stand before that one.
    [[nodiscard]] std::string with_member(const JsonPlace& holder, std::size_t depth) const {
        std::string member = made(depth + 1);
        if (holder.kind == TokenKind::object) {
            member = json_text(steps_[depth]) + ": " + member;
        }
        if (holder.members.empty()) {
            return spliced(holder.value + 1, holder.end - 1, member);
        }
        const JsonPlace& last = nodes_[holder.members.back()];
        return spliced(last.end, last.end,
                       "," + blank_before(last, holder.members.size() == 1) + member);
    }

    /// A sole member says only whether each has a line of its own.
    [[nodiscard]] std::string blank_before(const JsonPlace& member, bool sole) const {
        const std::size_t begin = text_.find_last_not_of(json_blanks, member.begin - 1) + 1;
        std::string blank = text_.substr(begin, member.begin - begin);
        const bool own_line = blank.find('\n') != std::string::npos;
        return sole && !own_line ? " " : blank;
    }

    std::string text_;
    FactEdit edit_;
    std::size_t number_;
    Steps steps_;
    std::vector<JsonPlace> nodes_;
};

} // namespace

std::variant<std::string, EditProblem> edit_json(std::string_view json,
                                                 std::span<const FactEdit> edits) {
    std::string text(json);
    for (std::size_t i = 0; i < edits.size(); ++i) {
        auto edited = Editor(std::move(text), edits[i], i).edited();
        if (auto* problem = std::get_if<EditProblem>(&edited)) {
            return std::move(*problem);
        }
        text = std::move(std::get<std::string>(edited));
    }
    return text;
}

bool stands_in(std::string_view json, const std::string& pointer) {
    return Editor(std::string(json), {pointer, std::nullopt}, 0).stands();
}

std::string json_text(std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string json = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (c == '\n') {
            json += "\\n";
        } else if (byte < 0x20) {
            json += "\\u00";
            json += hex[byte >> 4U];
            json += hex[byte & 0xFU];
        } else {
            json += c;
        }
    }
    return json + "\"";
}

} // namespace rung
