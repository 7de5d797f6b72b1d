#include "interpreter/fact_edit.hpp"

#include "interpreter/fact_form.hpp"
#include "interpreter/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <deque>

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

/// A value of the text, with every character around it; put together again, they are the text.
struct JsonPlace {
    TokenKind kind = TokenKind::null;
    std::string key; // of a member of an object
    std::string_view lead; // the blanks before it, or before its key
    std::string name; // its key as it is written, the colon and the blanks up to the value
    std::string_view text; // of a value that holds no others
    std::vector<JsonPlace> members;
    std::string_view tail; // of one that does: the blanks before its last bracket
    std::string_view after; // the blanks between it and a comma

    [[nodiscard]] bool holds() const {
        return kind == TokenKind::object || kind == TokenKind::list;
    }
};

/// The values of a text, as places.
class LayoutReader final : public JsonEvents {
public:
    explicit LayoutReader(std::string_view text) : text_(text) {}

    JsonPlace outermost;

    bool key(std::string_view key, Span where) override {
        key_ = key;
        key_begin_ = where.begin;
        return true;
    }
    bool value(const JsonToken& token) override {
        JsonPlace place;
        place.kind = token.kind;
        std::size_t begin = token.where.begin;
        if (!open_.empty() && open_.back()->kind == TokenKind::object) {
            place.key = key_;
            place.name = text_.substr(key_begin_, begin - key_begin_);
            begin = key_begin_;
        }
        place.lead = text_.substr(end_, begin - end_);
        end_ = token.where.end;
        if (!token.opens()) {
            place.text = text_.substr(token.where.begin, end_ - token.where.begin);
        }
        JsonPlace& kept = keep(std::move(place));
        if (token.opens()) {
            open_.push_back(&kept);
        }
        return true;
    }
    bool close() override {
        const std::size_t bracket = text_.find_first_not_of(json_blanks, end_);
        open_.back()->tail = text_.substr(end_, bracket - end_);
        open_.pop_back();
        end_ = bracket + 1;
        return true;
    }
    void finish() { outermost.after = text_.substr(end_); }

private:
    /// Among the members of what is open. It stays where it is until it is closed, for nothing is put behind it before.
    JsonPlace& keep(JsonPlace place) {
        if (open_.empty()) {
            return outermost = std::move(place);
        }
        std::vector<JsonPlace>& members = open_.back()->members;
        if (!members.empty()) {
            const std::size_t comma = place.lead.find(',');
            members.back().after = place.lead.substr(0, comma);
            place.lead.remove_prefix(comma + 1);
        }
        return members.emplace_back(std::move(place));
    }

    std::string_view text_;
    std::vector<JsonPlace*> open_;
    std::string key_;
    std::size_t key_begin_ = 0;
    std::size_t end_ = 0; // of what was read last
};

/// Nothing where it is no JSON text. What is given points into `text`.
std::optional<JsonPlace> laid_out(std::string_view text) {
    LayoutReader layout(text);
    if (read_json(Source("", std::string(text)), layout)) {
        return std::nullopt;
    }
    layout.finish();
    return std::move(layout.outermost);
}

void write(const JsonPlace& place, std::string& text) {
    text.append(place.lead).append(place.name);
    if (place.holds()) {
        const bool is_list = place.kind == TokenKind::list;
        text += is_list ? '[' : '{';
        for (std::size_t i = 0; i < place.members.size(); ++i) {
            text.append(i == 0 ? "" : ",");
            write(place.members[i], text);
        }
        text.append(place.tail);
        text += is_list ? ']' : '}';
    } else {
        text.append(place.text);
    }
    text.append(place.after);
}

/// A text that is edited.
class Editor {
public:
    /// `text` is to outlive it.
    explicit Editor(std::string_view text) : outermost_(laid_out(text)) {}

    std::optional<EditProblem> edit(const FactEdit& edit, std::size_t number) {
        const auto problem = [&](EditProblem::Kind kind, std::string pointer = "") {
            return EditProblem{kind, number, std::move(pointer)};
        };
        const Steps steps = steps_of(edit.pointer);
        if (steps.empty()) {
            return problem(EditProblem::Kind::no_pointer);
        }
        std::optional<JsonPlace> value;
        if (edit.json) {
            value = laid_out(texts_.emplace_back(*edit.json));
        }
        if (!outermost_ || (edit.json && !value)) {
            return problem(EditProblem::Kind::not_json);
        }
        const std::vector<JsonPlace*> way = walk(steps);
        JsonPlace& last = *way.back();
        const std::size_t depth = way.size() - 1;
        if (depth == steps.size()) {
            value ? put(last, std::move(*value)) : take_out(*way[depth - 1], last);
            return std::nullopt;
        }
        const std::string pointer = pointer_of(steps, depth);
        if (last.kind != TokenKind::null && !last.holds()) {
            return problem(EditProblem::Kind::holds_nothing, pointer);
        }
        if (last.kind == TokenKind::list && !is_behind_last(steps[depth], last.members.size())) {
            return problem(EditProblem::Kind::no_such_item, pointer);
        }
        if (!value) {
            return std::nullopt; // nothing stands there anyway
        }
        if (last.holds()) {
            add(last, steps[depth], inside(steps, depth + 1, std::move(*value)));
        } else {
            put(last, inside(steps, depth, std::move(*value)));
        }
        return std::nullopt;
    }

    /// Whether something stands there, other than null.
    bool stands(const std::string& pointer) {
        const Steps steps = steps_of(pointer);
        if (steps.empty() || !outermost_) {
            return false;
        }
        const std::vector<JsonPlace*> way = walk(steps);
        return way.size() > steps.size() && way.back()->kind != TokenKind::null;
    }

    [[nodiscard]] std::string text() const {
        std::string text;
        write(*outermost_, text);
        return text;
    }

private:
    static Steps steps_of(const std::string& pointer) {
        auto steps = pointer_steps(pointer);
        return steps ? std::move(*steps) : Steps();
    }

    static bool is_behind_last(std::string_view step, std::size_t members) {
        return step == behind_last || item_number(step) == members;
    }

    /// The values that the steps lead to, the outermost first, as far as there are any.
    [[nodiscard]] std::vector<JsonPlace*> walk(const Steps& steps) {
        std::vector<JsonPlace*> way{&*outermost_};
        for (const std::string& step : steps) {
            JsonPlace& holder = *way.back();
            const std::size_t member = member_of(holder, step);
            if (member >= holder.members.size()) {
                break;
            }
            way.push_back(&holder.members[member]);
        }
        return way;
    }

    static std::size_t member_of(const JsonPlace& holder, const std::string& step) {
        if (holder.kind == TokenKind::list) {
            return item_number(step).value_or(holder.members.size());
        }
        const auto at = std::find_if(holder.members.begin(), holder.members.end(),
                                     [&](const JsonPlace& member) { return member.key == step; });
        return static_cast<std::size_t>(at - holder.members.begin());
    }

    static std::string pointer_of(const Steps& steps, std::size_t depth) {
        std::string pointer;
        for (std::size_t i = 0; i < depth; ++i) {
            add_step(pointer, steps[i]);
        }
        return pointer;
    }

    /// What is to stand where `depth` steps lead: the value, with the objects and lists on the way to it.
    static JsonPlace inside(const Steps& steps, std::size_t depth, JsonPlace value) {
        for (std::size_t i = steps.size(); i > depth; --i) {
            JsonPlace holder;
            const bool is_list = is_behind_last(steps[i - 1], 0);
            holder.kind = is_list ? TokenKind::list : TokenKind::object;
            holder.members.push_back(is_list ? member_of_list(std::move(value))
                                             : member_named(steps[i - 1], std::move(value)));
            value = std::move(holder);
        }
        return value;
    }

    static JsonPlace member_of_list(JsonPlace value) {
        value.lead = {};
        value.after = {};
        return value;
    }
    static JsonPlace member_named(const std::string& key, JsonPlace value) {
        value.key = key;
        value.name = json_text(key) + ": ";
        return member_of_list(std::move(value));
    }

    static void put(JsonPlace& place, JsonPlace value) {
        place.kind = value.kind;
        place.text = value.text;
        place.members = std::move(value.members);
        place.tail = value.tail;
    }

    /// With the comma that parts it from its neighbour.
    static void take_out(JsonPlace& holder, const JsonPlace& place) {
        std::vector<JsonPlace>& members = holder.members;
        const auto at = static_cast<std::size_t>(&place - members.data());
        if (at > 0) {
            members[at - 1].after = place.after;
        } else if (members.size() > 1) {
            members[1].lead = place.lead;
        } else {
            holder.tail = "";
        }
        members.erase(members.begin() + static_cast<std::ptrdiff_t>(at));
    }

    /// Behind the last member, and with the blanks that stand before that one.
    static void add(JsonPlace& holder, const std::string& step, JsonPlace value) {
        JsonPlace member = holder.kind == TokenKind::object ? member_named(step, std::move(value))
                                                            : member_of_list(std::move(value));
        if (holder.members.empty()) {
            holder.tail = "";
        } else {
            member.lead = blank_before(holder.members.back(), holder.members.size() == 1);
        }
        holder.members.push_back(std::move(member));
    }

    /// A sole member says only whether each has a line of its own.
    static std::string_view blank_before(const JsonPlace& member, bool sole) {
        const bool own_line = member.lead.find('\n') != std::string_view::npos;
        return sole && !own_line ? " " : member.lead;
    }

    std::optional<JsonPlace> outermost_;
    std::deque<std::string> texts_; // that edits put in, for places to point into
};

} // namespace

std::variant<std::string, EditProblem> edit_json(std::string_view json,
                                                 std::span<const FactEdit> edits) {
    Editor editor(json);
    for (std::size_t i = 0; i < edits.size(); ++i) {
        if (std::optional<EditProblem> problem = editor.edit(edits[i], i)) {
            return std::move(*problem);
        }
    }
    return edits.empty() ? std::string(json) : editor.text();
}

bool stands_in(std::string_view json, const std::string& pointer) {
    return Editor(json).stands(pointer);
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
