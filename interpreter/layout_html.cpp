// Documents as one HTML file.
#include "interpreter/layout_pages.hpp"
#include "interpreter/page_style.hpp"
#include "interpreter/sha256.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace rung {

namespace {

std::string text_of(const std::string& raw) {
    std::string out;
    for (const char c : harmless(on_one_line(raw))) {
        switch (c) {
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '&':
            out += "&amp;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string cell_of(const std::string& raw) { return text_of(no_formula(raw)); }

const char* class_of(Mark mark) {
    switch (mark) {
    case Mark::plain:
        return "bare";
    case Mark::met:
        return "met";
    case Mark::unmet:
        return "unmet";
    case Mark::unknown:
        return "unknown";
    case Mark::not_asked:
        return "not_asked";
    case Mark::waived:
        return "waived";
    case Mark::way:
        return "way";
    case Mark::open:
        return "open";
    case Mark::closed:
        return "closed";
    case Mark::step:
        return "step";
    case Mark::change:
        return "change";
    }
    return "bare";
}

const char* class_of(Tone tone) {
    switch (tone) {
    case Tone::plain:
        return "plain";
    case Tone::strong:
        return "strong";
    case Tone::faint:
        return "faint";
    case Tone::warning:
        return "warning";
    }
    return "plain";
}

const char* class_of(RungStanding standing) {
    switch (standing) {
    case RungStanding::above:
        return "above";
    case RungStanding::possible:
        return "possible";
    case RungStanding::reached:
        return "reached";
    case RungStanding::current:
        return "current";
    }
    return "above";
}

/// A share as a length of a drawing: "66.67%".
std::string percent(double share) {
    const double inside = std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0.0;
    return fmt::format("{:.2f}%", inside * 100);
}

bool is_sortable(const Document& document) {
    const auto in_block = [](const Block& block) {
        const Table* table = std::get_if<Table>(&block);
        return table != nullptr && table->sortable;
    };
    return std::any_of(
        document.sections.begin(), document.sections.end(), [&](const Section& section) {
            return std::any_of(section.blocks.begin(), section.blocks.end(), in_block);
        });
}

class HtmlLayout {
public:
    explicit HtmlLayout(const Document& document)
        : document_(document), words_(Wording::of(document.language)) {}

    std::string page() {
        head();
        for (const Section& section : document_.sections) {
            out_ += "<section>\n";
            all(section.blocks);
            out_ += "</section>\n";
        }
        signs();
        out_ += "</main>\n";
        if (is_sortable(document_)) {
            out_ += "<script>" + std::string(page_script()) + "</script>\n";
        }
        out_ += "</body>\n</html>\n";
        return std::move(out_);
    }

private:
    void head() {
        const std::string style(page_style());
        const std::string title = text_of(document_.title);
        out_ += "<!DOCTYPE html>\n<html lang=\"" +
                text_of(std::string(tag_of(document_.language))) +
                "\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'sha256-" +
                sha256_base64(style) + "'" +
                (is_sortable(document_)
                     ? "; script-src 'sha256-" + sha256_base64(std::string(page_script())) + "'"
                     : "") +
                "; base-uri 'none'; form-action 'none'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n"
                "<title>" +
                title + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n";
        if (!begins_with_title()) {
            out_ += "<p class=\"title\">" + title + "</p>\n";
        }
    }

    /// Whether the first heading says the title, which then need not stand above it.
    [[nodiscard]] bool begins_with_title() const {
        if (document_.sections.empty()) {
            return false;
        }
        const Heading* const first =
            std::get_if<Heading>(&document_.sections.front().blocks.front());
        return first != nullptr && first->text == document_.title;
    }

    void all(const std::vector<Block>& blocks) {
        for (const Block& block : blocks) {
            std::visit([&](const auto& part) { put(part); }, block);
        }
    }

    void put(const Heading& heading) {
        const std::string name = "h" + std::to_string(std::clamp(heading.level, 1, 6));
        out_ += "<" + name + ">" + text_of(heading.text) + "</" + name + ">\n";
    }

    void put(const Paragraph& paragraph) {
        out_ += "<p class=\"" + std::string(class_of(paragraph.tone)) + "\">" +
                text_of(paragraph.text) + "</p>\n";
    }

    static std::string span(const std::string& name, const std::string& text) {
        return "<span class=\"" + name + "\">" + text_of(text) + "</span>";
    }

    // ---- items

    void put(const Items& items) { list(items.items); }

    void list(const std::vector<Item>& items) {
        if (items.empty()) {
            return;
        }
        const char* name = items.front().mark == Mark::step ? "ol" : "ul";
        out_ += fmt::format("<{} class=\"items\">\n", name);
        int step = 0;
        for (const Item& item : items) {
            step += item.mark == Mark::step ? 1 : 0;
            out_ += fmt::format("<li class=\"{}\">", class_of(item.mark));
            sign(item.mark, step);
            line(item);
            if (item.meter) {
                meter(*item.meter);
            }
            list(item.below);
            out_ += "</li>\n";
        }
        out_ += std::string("</") + name + ">\n";
    }

    /// A character to see and a word to hear; the number of a step is told by its list.
    void sign(Mark mark, int step) {
        if (mark == Mark::step) {
            out_ += "<span class=\"sign\" aria-hidden=\"true\">" + std::to_string(step) + "</span>";
        } else if (mark != Mark::plain) {
            out_ += std::string("<span class=\"sign\" aria-hidden=\"true\">") + sign_of(mark) +
                    "</span>" + span("word", word_of(words_, mark) + ":") + " ";
        }
    }

    void line(const Item& item) {
        const bool is_heading = !item.result.empty() || item.meter;
        out_ += "<div class=\"row " + std::string(class_of(item.tone)) + "\">" +
                span(is_heading ? "label head" : "label", item.label);
        if (!item.result.empty()) {
            out_ += " " + span("result", item.result);
        }
        if (!item.source.empty()) {
            out_ += " " + span("source", item.source);
        }
        out_ += "</div>";
    }

    // ---- meters

    /// A bullet graph (Stephen Few): shades for the tiers, a bar for the figure, a stroke for what is asked.
    /// The table below says all that the graph does, and is its legend.
    void meter(const Meter& meter) {
        out_ += "\n<div class=\"meter\">\n<svg aria-hidden=\"true\" focusable=\"false\">";
        shades(meter.bands);
        out_ += "<rect class=\"value\" y=\"8\" height=\"6\" width=\"" + percent(meter.low) + "\"/>";
        if (meter.high > meter.low) {
            out_ += "<rect class=\"range\" y=\"8\" height=\"6\" x=\"" + percent(meter.low) +
                    "\" width=\"" + percent(meter.high - meter.low) + "\"/>";
        }
        out_ += upright("goal", meter.target, 1, 21) + "</svg>\n";
        scale(meter);
        out_ += "</div>\n";
    }

    /// Each band a shade darker than the one below it, the highest as dark as one of few.
    void shades(const std::vector<Meter::Band>& bands) {
        const double step = 0.21 / static_cast<double>(bands.size() + 1);
        shade(0, step);
        for (const Meter::Band& band : bands) {
            shade(band.from, step);
        }
        for (const Meter::Band& band : bands) {
            out_ += upright("edge", band.from, 4, 18);
        }
    }

    void shade(double from, double opacity) {
        out_ += fmt::format(
            R"(<rect class="band" fill-opacity="{:.3f}" y="4" height="14" x="{}" width="{}"/>)",
            opacity, percent(from), percent(1 - from));
    }

    static std::string upright(const char* name, double at, int from, int to) {
        const std::string x = percent(at);
        return fmt::format(R"(<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>)", name, x, x,
                           from, to);
    }

    /// A table of pairs, which stand beside one another as long as there is room. The roles keep it a table for
    /// readers that take those away with the layout.
    void scale(const Meter& meter) {
        out_ += "<table class=\"scale\" role=\"table\"><tbody role=\"rowgroup\">";
        pair("now", words_.say(Say::now), meter.actual);
        pair("asked", words_.say(Say::asked_here), meter.required);
        for (const Meter::Band& band : meter.bands) {
            pair("tier", band.label, band.threshold);
        }
        out_ += "</tbody></table>\n";
    }

    void pair(const char* name, const std::string& title, const std::string& figure) {
        out_ += fmt::format(R"(<tr class="{}" role="row"><th scope="row" role="rowheader">{}</th>)"
                            R"(<td role="cell">{}</td></tr>)",
                            name, cell_of(title), cell_of(figure));
    }

    static std::string heading_cell(const char* name, const std::string& text) {
        return fmt::format(R"(<th scope="col" class="{}">{}</th>)", name, cell_of(text));
    }

    // ---- the ladder

    /// The highest tier on top; each row of the table draws its piece of the ladder.
    void put(const Rungs& rungs) {
        out_ += "<table class=\"ladder\">\n<caption class=\"" +
                std::string(rungs.label.empty() ? "word" : "text") + "\">" +
                text_of(rungs.label.empty() ? words_.say(Say::ladder) : rungs.label) +
                "</caption>\n<thead class=\"word\"><tr><td></td><th scope=\"col\">" +
                text_of(words_.say(Say::tier)) + "</th><th scope=\"col\">" +
                text_of(words_.say(Say::standing)) + "</th></tr></thead>\n<tbody>\n";
        for (std::size_t i = rungs.rungs.size(); i-- > 0;) {
            rung(rungs, i);
        }
        out_ += "</tbody>\n</table>\n";
    }

    void rung(const Rungs& rungs, std::size_t i) {
        const Rungs::Rung& rung = rungs.rungs[i];
        out_ += "<tr class=\"" + std::string(class_of(standing_of(rungs, i))) +
                (rung.target ? " asked" : "") +
                "\"><td class=\"drawn\"><svg aria-hidden=\"true\" focusable=\"false\">"
                "<line class=\"rail\" x1=\"8\" x2=\"8\" y1=\"0\" y2=\"100%\"/>"
                "<line class=\"rail\" x1=\"48\" x2=\"48\" y1=\"0\" y2=\"100%\"/>"
                "<line class=\"step-of\" x1=\"9\" x2=\"47\" y1=\"50%\" y2=\"50%\"/>" +
                (rung.target ? "<svg class=\"mark\" y=\"50%\"><path class=\"flag\" d=\"M62 0 l-9 "
                               "-5 v10 z\"/></svg>"
                             : "") +
                "</svg></td><th scope=\"row\">" + cell_of(rung.label) +
                "</th><td class=\"standing\">" + cell_of(standing_in_words(words_, rungs, i)) +
                "</td></tr>\n";
    }

    // ---- flows

    /// Bands from the left to the right, as thick as many go; the highest place on top.
    void put(const Flow& flow) {
        out_ += fmt::format(R"(<div class="flow"><svg viewBox="0 0 {} {}" aria-hidden="true" )"
                            R"(focusable="false">)",
                            flow_width, flow_height(flow));
        const int aside = flow_aside(flow);
        FlowEnds left(flow, true);
        FlowEnds right(flow, false);
        const std::size_t count = flow.places.size();
        for (std::size_t from = count; from-- > 0;) {
            for (std::size_t to = count; to-- > 0;) {
                const double share = flow.shares[from][to];
                if (share > 0) {
                    band(aside, left.take(from, share), right.take(to, share), share * flow_whole,
                         from < flow.unranked || to < flow.unranked || from == to ? "same"
                         : to > from                                              ? "up"
                                                                                  : "down");
                }
            }
        }
        for (std::size_t i = 0; i < count; ++i) {
            flow_end(left, i, flow.places[i], aside - 6, "end");
            flow_end(right, i, flow.places[i], flow_width - aside + 6, "start");
        }
        out_ += "</svg></div>\n";
    }

    static constexpr int flow_width = 640;
    static constexpr double flow_whole = 240; // the height of all that go
    static constexpr double flow_gap = 20;

    /// The width for the names on either side: enough for the longest of them in the larger type of a phone.
    static int flow_aside(const Flow& flow) {
        constexpr int least = 150;
        constexpr int most = 260;
        constexpr int character = 11;
        constexpr int gaps = 12;
        int longest = 0;
        for (const std::string& place : flow.places) {
            longest = std::max(longest, columns(place));
        }
        return std::clamp(longest * character + gaps, least, most);
    }

    static int flow_height(const Flow& flow) {
        return static_cast<int>(flow_whole + flow_gap * static_cast<double>(flow.places.size()));
    }

    /// Where the bands of each place begin, or end: one below the other.
    class FlowEnds {
    public:
        FlowEnds(const Flow& flow, bool is_left) {
            const std::size_t count = flow.places.size();
            begin_.resize(count);
            height_.resize(count);
            double y = flow_gap / 2;
            for (std::size_t i = count; i-- > 0;) {
                for (std::size_t other = 0; other < count; ++other) {
                    height_[i] +=
                        flow_whole * (is_left ? flow.shares[i][other] : flow.shares[other][i]);
                }
                begin_[i] = y;
                y += height_[i] + flow_gap;
            }
            next_ = begin_;
        }
        double take(std::size_t place, double share) {
            const double y = next_[place];
            next_[place] += share * flow_whole;
            return y;
        }
        [[nodiscard]] double middle(std::size_t place) const {
            return begin_[place] + height_[place] / 2;
        }
        [[nodiscard]] bool has(std::size_t place) const { return height_[place] > 0; }

    private:
        std::vector<double> begin_;
        std::vector<double> height_;
        std::vector<double> next_;
    };

    void band(int aside, double from, double to, double height, const char* name) {
        out_ += fmt::format(
            R"(<path class="{0}" d="M{1} {2:.1f}C{3} {2:.1f} {3} {4:.1f} {5} {4:.1f}V{6:.1f})"
            R"(C{3} {6:.1f} {3} {7:.1f} {1} {7:.1f}Z"/>)",
            name, aside, from, flow_width / 2, to, flow_width - aside, to + height, from + height);
    }

    void flow_end(const FlowEnds& ends, std::size_t place, const std::string& label, int x,
                  const char* anchor) {
        if (ends.has(place)) {
            out_ += fmt::format(R"(<text x="{}" y="{:.1f}" text-anchor="{}">{}</text>)", x,
                                ends.middle(place) + 4, anchor, text_of(label));
        }
    }

    // ---- tables, and the rest

    /// Wider than a phone, a table scrolls by itself, by keyboard too.
    void put(const Table& table) {
        out_ += std::string("<div class=\"scroll\" tabindex=\"0\">\n<table class=\"table") +
                (table.sortable ? " sortable" : "") + "\">\n";
        if (!table.caption.empty()) {
            out_ += "<caption>" + text_of(table.caption) + "</caption>\n";
        }
        out_ += "<thead><tr>";
        for (const Table::Column& column : table.columns) {
            out_ += heading_cell(column.figures ? "figures" : "words", column.title);
        }
        if (table.pictures) {
            keys(*table.pictures);
        }
        out_ += "</tr></thead>\n<tbody>\n";
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            row(table, table.rows[i]);
            if (table.pictures) {
                const auto [first, second] = table.pictures->rows[i];
                picture(table.pictures->form, first, second);
            }
            out_ += "</tr>\n";
        }
        out_ += "</tbody>\n</table>\n</div>\n";
    }

    void row(const Table& table, const std::vector<std::string>& cells) {
        out_ += "<tr>";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const bool figures = i < table.columns.size() && table.columns[i].figures;
            const std::string cell = cell_of(cells[i]);
            out_ += i == table.heading
                        ? "<th scope=\"row\">" + cell + "</th>"
                        : fmt::format(R"(<td class="{}"{}>{}</td>)", figures ? "figures" : "words",
                                      rank(table.columns[i], cells[i]), cell);
        }
    }

    /// For the script that sorts.
    static std::string rank(const Table::Column& column, const std::string& cell) {
        const auto at = std::find(column.order.begin(), column.order.end(), cell);
        return at == column.order.end()
                   ? ""
                   : fmt::format(R"( data-rank="{}")", at - column.order.begin());
    }

    /// What the pictures of the rows are of.
    void keys(const Table::Pictures& pictures) {
        const bool are_bars = pictures.form == Table::Pictures::Form::bars;
        out_ += fmt::format(R"(<td class="picture"><span class="key {}">{}</span> )"
                            R"(<span class="key {}">{}</span></td>)",
                            are_bars ? "up" : "value", cell_of(pictures.first),
                            are_bars ? "down" : "mark", cell_of(pictures.second));
    }

    void picture(Table::Pictures::Form form, double first, double second) {
        out_ += R"(<td class="picture"><svg aria-hidden="true" focusable="false">)";
        if (form == Table::Pictures::Form::bars) {
            out_ += fmt::format(R"(<rect class="up" y="4" height="10" width="{0}"/>)"
                                R"(<rect class="down" y="4" height="10" x="{0}" width="{1}"/>)",
                                percent(first), percent(second));
        } else {
            out_ += fmt::format(R"(<rect class="ground" y="3" height="12" width="100%"/>)"
                                R"(<rect class="value" y="6" height="6" width="{}"/>{})",
                                percent(first), upright("goal", second, 1, 17));
        }
        out_ += "</svg></td>";
    }

    void put(const Folded& folded) {
        out_ += "<details>\n<summary>" + text_of(folded.summary) + "</summary>\n";
        all(folded.blocks);
        out_ += "</details>\n";
    }

    void signs() {
        const std::vector<Mark> used = marks_used(document_);
        if (used.empty()) {
            return;
        }
        out_ += "<p class=\"signs\">" + text_of(words_.say(Say::signs));
        for (const Mark mark : used) {
            out_ += " " + span("text", std::string(sign_of(mark)) + " " + word_of(words_, mark));
        }
        out_ += "</p>\n";
    }

    const Document& document_;
    const Wording& words_;
    std::string out_;
};

} // namespace

std::string layout_html(const Document& document) { return HtmlLayout(document).page(); }

} // namespace rung
