#include "interpreter/json_text.hpp"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

namespace rung {

namespace {

using TokenKind = JsonToken::Kind;
using After = JsonBreak::After;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view number_characters = "0123456789+-.eE";

/// The bytes of the text in quotes that begins at `begin`. Its escapes are known to be in order.
std::size_t quoted_size(std::string_view text, std::size_t begin) {
    std::size_t at = begin + 1;
    while (text[at] != '"') {
        at += text[at] == '\\' ? 2U : 1U;
    }
    return at + 1 - begin;
}

/// Receives nlohmann's events, which tell what and not where, and finds each token in the text: it
/// begins behind the one before, past blanks, commas and colons, since their order was checked.
class Lockstep {
public:
    Lockstep(std::string_view text, JsonEvents& events) : text_(text), events_(events) {
        cursor_ = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    }

    std::optional<Fault> fault;

    // The names and types below are nlohmann's.
    bool null() { return value({TokenKind::null, take(4), false, {}}); }
    bool boolean(bool truth) { return value({TokenKind::truth, take(truth ? 4 : 5), truth, {}}); }
    bool number_integer(std::int64_t) { return number(); }
    bool number_unsigned(std::uint64_t) { return number(); }
    bool number_float(double, const std::string&) { return number(); }
    bool string(const std::string& text) {
        return value({TokenKind::text, take(quoted_size(text_, next_token())), false, text});
    }
    bool binary(const nlohmann::json::binary_t&) { return true; } // no JSON text holds any
    bool start_object(std::size_t) { return open(TokenKind::object); }
    bool start_array(std::size_t) { return open(TokenKind::list); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(const std::string& key) {
        const Span where = take(quoted_size(text_, next_token()));
        after_ = After::key;
        return events_.key(key, where);
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& error) {
        constexpr int beyond_a_double = 406; // and so beyond 38 digits
        if (error.id == beyond_a_double) {
            const Span where = take(number_size());
            fault = Fault{Code::figure_too_large, where, {{"found", shown(in(where))}}, {}, {}};
        } else {
            fault = explain_json_break(text_, {cursor_, after_, open_, last_});
        }
        return false;
    }

private:
    [[nodiscard]] std::size_t next_token() const {
        return std::min(text_.find_first_not_of(" \t\r\n,:", cursor_), text_.size());
    }
    [[nodiscard]] std::size_t number_size() const {
        const std::size_t begin = next_token();
        return std::min(text_.find_first_not_of(number_characters, begin), text_.size()) - begin;
    }
    [[nodiscard]] std::string_view in(Span where) const {
        return text_.substr(where.begin, where.size());
    }
    Span take(std::size_t size) {
        const std::size_t begin = next_token();
        cursor_ = begin + size;
        last_ = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(cursor_)};
        return last_;
    }

    bool value(const JsonToken& token) {
        after_ = After::value;
        return events_.value(token);
    }
    bool number() {
        const Span where = take(number_size());
        return value({TokenKind::number, where, false, in(where)});
    }
    bool open(TokenKind kind) {
        const Span where = take(1);
        if (open_.size() == max_json_depth) {
            fault = Fault{
                Code::json_too_deep, where, {{"limit", std::to_string(max_json_depth)}}, {}, {}};
            return false;
        }
        open_.push_back(where);
        after_ = After::opening;
        return events_.value({kind, where, false, {}});
    }
    bool close() {
        take(1);
        open_.pop_back();
        after_ = After::value;
        return events_.close();
    }

    std::string_view text_;
    JsonEvents& events_;
    std::size_t cursor_ = 0; // behind the last token
    Span last_;
    After after_ = After::nothing;
    std::vector<Span> open_;
};

/// What makes a file no text at all.
std::optional<Fault> unreadable(std::string_view text) {
    if (text.size() > Source::max_size) {
        return Fault{Code::file_too_large, {0, 0}, {}, {}, {}};
    }
    const std::size_t nul = text.find('\0');
    const std::size_t bad = find_invalid_utf8(text);
    if (nul == std::string_view::npos && bad == std::string_view::npos) {
        return std::nullopt;
    }
    const auto at = static_cast<std::uint32_t>(std::min(nul, bad));
    return Fault{nul < bad ? Code::nul_character : Code::not_utf8, {at, at + 1}, {}, {}, {}};
}

/// Blanks and control characters that would break a line of a message, or steer a terminal.
bool is_printable(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; }

} // namespace

std::optional<Fault> read_json(const Source& json, JsonEvents& events) {
    const std::string_view text = json.text();
    if (auto fault = unreadable(text)) {
        return fault;
    }
    Lockstep lockstep(text, events);
    nlohmann::json::sax_parse(text.data(), text.data() + text.size(), &lockstep);
    return std::move(lockstep.fault);
}

std::string shown(std::string_view text) {
    constexpr std::size_t most = 48;
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = code_point_size(text, at);
        if (at + size > most) {
            return line + "…";
        }
        line += is_printable(text[at]) ? text.substr(at, size) : "�";
        at += size;
    }
    return line;
}

std::string in_quotes(std::string_view text) { return '"' + shown(text) + '"'; }

void add_step(std::string& pointer, std::string_view step) {
    pointer += '/';
    for (const char c : step) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
}

} // namespace rung
