// Documents as GitHub-flavoured Markdown.
#include "grammar/source.hpp"
#include "interpreter/layout_pages.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace rung {

namespace {

bool begins_at(std::string_view text, std::size_t at, std::string_view word) {
    return text.substr(at, word.size()) == word;
}

/// What means something anywhere in a line.
std::string escaped(std::string_view text, std::size_t at) {
    const char c = text[at];
    switch (c) {
    case '<':
        return "&lt;"; // entities: not every reader of Markdown knows `\<`
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '@':
        return "@<!-- -->"; // no backslash keeps GitHub from a mention, or from a link to an address
    case ':':
        return begins_at(text, at, "://") ? "\\:" : ":";
    case '.':
        return at >= 3 && (begins_at(text, at - 3, "www") || begins_at(text, at - 3, "WWW")) ? "\\."
                                                                                             : ".";
    case '$': // of money, or of a formula
        return at + 1 < text.size() && is_digit(text[at + 1]) ? "$" : "\\$";
    case '\\':
    case '`':
    case '*':
    case '_':
    case '[':
    case ']':
    case '#':
    case '|':
    case '~':
        return std::string("\\") + c;
    default:
        return std::string(1, c);
    }
}

/// At the begin of a line: "1. ", "1) ", "- ", "+ ", "==="
std::string escaped_begin(const std::string& text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const bool begins_list = digits > 0 && digits < text.size() &&
                             std::string_view(".)").find(text[digits]) != std::string_view::npos;
    if (begins_list) {
        return text.substr(0, digits) + "\\" + text.substr(digits);
    }
    const bool means =
        !text.empty() && std::string_view("-+=").find(text.front()) != std::string_view::npos;
    return means ? "\\" + text : text;
}

std::string inline_text(const std::string& raw) {
    const std::string text = harmless(on_one_line(raw));
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += escaped(text, i);
    }
    return escaped_begin(out);
}

/// Of a block of HTML, in which Markdown means nothing.
std::string html_text(const std::string& raw) {
    const std::string text = harmless(on_one_line(raw));
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool means = std::string_view("<>&@").find(text[i]) != std::string_view::npos;
        out += means ? escaped(text, i) : std::string(1, text[i]);
    }
    return out;
}

std::string strong(const std::string& text) { return text.empty() ? "" : "**" + text + "**"; }
std::string faint(const std::string& text) { return text.empty() ? "" : "*" + text + "*"; }

class MarkdownLayout {
public:
    explicit MarkdownLayout(const Document& document)
        : document_(document), words_(Wording::of(document.language)) {}

    std::string page() {
        for (const Section& section : document_.sections) {
            all(section.blocks);
        }
        legend();
        return std::move(out_);
    }

private:
    void all(const std::vector<Block>& blocks) {
        for (const Block& block : blocks) {
            std::visit([&](const auto& part) { put(part); }, block);
        }
    }

    /// A block, set apart from the one before by a blank line.
    void begin() { out_ += out_.empty() ? "" : "\n"; }

    void put(const Heading& heading) {
        begin();
        const int level = std::clamp(heading.level, 1, 6);
        out_ += std::string(static_cast<std::size_t>(level), '#') + " " +
                inline_text(heading.text) + "\n";
    }

    void put(const Paragraph& paragraph) {
        begin();
        out_ += toned(inline_text(paragraph.text), paragraph.tone) + "\n";
    }

    static std::string toned(const std::string& text, Tone tone) {
        switch (tone) {
        case Tone::plain:
            return text;
        case Tone::strong:
        case Tone::warning:
            return strong(text);
        case Tone::faint:
            return faint(text);
        }
        return text;
    }

    void put(const Items& items) {
        begin();
        list(items.items, 0);
    }

    void list(const std::vector<Item>& items, std::size_t indent) {
        int step = 0;
        for (const Item& item : items) {
            const std::string bullet =
                item.mark == Mark::step ? std::to_string(++step) + ". " : "- ";
            const std::size_t below = indent + bullet.size();
            out_ += std::string(indent, ' ') + bullet + line(item) + "\n";
            if (item.meter) {
                out_ += std::string(below, ' ') + "- " + scale(*item.meter) + "\n";
            }
            list(item.below, below);
        }
    }

    static std::string line(const Item& item) {
        const std::string label = inline_text(item.label);
        const bool is_heading = !label.empty() && (!item.result.empty() || item.meter);
        std::string text = sign_of(item.mark);
        for (const std::string& part :
             {is_heading ? strong(label) : toned(label, item.tone), inline_text(item.result),
              faint(item.source.empty() ? "" : "(" + inline_text(item.source) + ")")}) {
            text += (text.empty() || part.empty() ? "" : " ") + part;
        }
        return text;
    }

    /// "Now 2 · Asked 3 · Bronze 1 · Silver 2 · Gold 3"
    [[nodiscard]] std::string scale(const Meter& meter) const {
        std::string text = inline_text(words_.say(Say::now) + " " + meter.actual) + " · " +
                           inline_text(words_.say(Say::asked_here) + " " + meter.required);
        for (const Meter::Band& band : meter.bands) {
            text += " · " + inline_text(band.label + " " + band.threshold);
        }
        return text;
    }

    void put(const Table& table) {
        if (!table.caption.empty()) {
            begin();
            out_ += strong(inline_text(table.caption)) + "\n";
        }
        begin();
        std::vector<std::string> titles;
        std::string rule = "|";
        for (const Table::Column& column : table.columns) {
            titles.push_back(column.title);
            rule += column.figures ? "--:|" : "---|";
        }
        row(titles);
        out_ += rule + "\n";
        for (const std::vector<std::string>& cells : table.rows) {
            row(cells);
        }
    }

    void row(const std::vector<std::string>& cells) {
        out_ += "|";
        for (const std::string& cell : cells) {
            out_ += " " + inline_text(no_formula(cell)) + " |";
        }
        out_ += "\n";
    }

    /// The highest tier on top, as on a ladder.
    void put(const Rungs& rungs) {
        Table table{{{words_.say(Say::tier)}, {words_.say(Say::standing)}}, {}, rungs.label};
        for (std::size_t i = rungs.rungs.size(); i-- > 0;) {
            table.rows.push_back({rungs.rungs[i].label, standing_in_words(words_, rungs, i)});
        }
        put(table);
    }

    void put(const Flow&) {} // a picture of a table

    void put(const Folded& folded) {
        begin();
        out_ += "<details>\n<summary>" + html_text(folded.summary) + "</summary>\n";
        all(folded.blocks);
        out_ += "\n</details>\n";
    }

    void legend() {
        std::string text;
        for (const Mark mark : marks_used(document_)) {
            text += (text.empty() ? "" : " · ") + std::string(sign_of(mark)) + " " +
                    inline_text(word_of(words_, mark));
        }
        if (!text.empty()) {
            begin();
            out_ += faint(inline_text(words_.say(Say::signs)) + ": " + text) + "\n";
        }
    }

    const Document& document_;
    const Wording& words_;
    std::string out_;
};

} // namespace

std::string layout_markdown(const Document& document) { return MarkdownLayout(document).page(); }

} // namespace rung
