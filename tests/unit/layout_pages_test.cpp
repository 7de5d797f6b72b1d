// Documents as Markdown and HTML: what stands on the page, and that no text of a partner is obeyed.
#include "interpreter/layout_pages.hpp"
#include "interpreter/sha256.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::layout_pages_test {
namespace {

Item item(Mark mark, std::string label, std::string result = "", std::string source = "",
          std::vector<Item> below = {}) {
    Item made;
    made.mark = mark;
    made.label = std::move(label);
    made.result = std::move(result);
    made.source = std::move(source);
    made.below = std::move(below);
    return made;
}

Document page_of(std::vector<Block> blocks) {
    Document document;
    document.title = "Acme";
    document.sections = {{std::move(blocks)}};
    return document;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos;
         at = text.find(part, at + part.size())) {
        ++found;
    }
    return found;
}

/// A document that has `text` wherever a document has a text.
Document full_of(const std::string& text) {
    Item requirement = item(Mark::unmet, text, text, text, {item(Mark::way, text, text)});
    requirement.meter = Meter{text, text, 0.5, 0.5, 0.75, {{text, text, 0.25}, {text, text, 0.75}}};
    Table drawn{{{text}, {text, true}}, {{text, text}}};
    drawn.pictures = Table::Pictures{Table::Pictures::Form::bars, text, text, {{0.25, 0.75}}};
    Document document =
        page_of({Heading{text, 1}, Paragraph{text, Tone::faint}, Paragraph{text, Tone::plain},
                 Rungs{text, {{text, true, true, false}, {text, false, true, true}}},
                 Items{{requirement, item(Mark::plain, text, "", "", {item(Mark::met, text)})}},
                 Items{{item(Mark::step, text), item(Mark::step, text, text, text)}},
                 Table{{{text}, {text, true}}, {{text, text}}, text}, drawn,
                 Flow{{text, text}, 1, {{0.5, 0.25}, {0.25, 0}}},
                 Folded{text, {Heading{text, 3}, Items{{requirement}}}}});
    document.title = text;
    return document;
}

const std::array<std::string, 17> hostile = {
    "<script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "' onclick='x' <img src=x onerror=alert(1)>",
    "&lt;b&gt; &#60;i&#62;",
    "</style><style>*{display:none}</style></title>",
    "]]><!-- --> <!-- <?php",
    "[click](javascript:alert(1)) ![x](http://evil.example/p.png) [x]: http://evil.example",
    "www.evil.example http://evil.example me@evil.example <http://evil.example>",
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred",
    "abc\u202Etxt.exe\u2066x\u200Bzero\uFEFF",
    "line\none\r\n\r\n# heading\n| a | b |\n|---|---|",
    "`code` *em* **strong** _em_ ~~gone~~ | cell \\| \\",
    "tags \U000E0041\U000E0042 \uFFF9noted\uFFFAhidden\uFFFB",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "1. one\n- two\n+ three\n```\nfence",
    "\xff\xfe broken \xc3 bytes \xed\xa0\x80",
};

// ---- HTML

/// The names of all tags and attributes, in order; fails where something is not as pages write it.
struct Tags {
    std::vector<std::string> names;
    std::set<std::string> attributes;
    std::vector<std::string> open;

    explicit Tags(const std::string& page) {
        for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at)) {
            const std::size_t end = page.find('>', at);
            REQUIRE(end != std::string::npos);
            tag(page.substr(at + 1, end - at - 1));
            at = end;
        }
        CHECK(open.empty());
    }

private:
    void tag(std::string text) {
        const bool whole = text.back() == '/';
        text = whole ? text.substr(0, text.size() - 1) : text;
        const std::string name = text.substr(0, text.find(' '));
        if (name.front() == '/') {
            REQUIRE_FALSE(open.empty());
            CHECK("/" + open.back() == name);
            open.pop_back();
            return;
        }
        names.push_back(name);
        if (!whole && name != "meta" && name != "!DOCTYPE") {
            open.push_back(name);
        }
        bool quoted = false;
        std::string word;
        for (const char c : text.substr(name.size())) {
            quoted = c == '"' ? !quoted : quoted;
            if (c == '=' && !quoted) {
                attributes.insert(word);
            }
            word = c == ' ' || quoted ? "" : word + c;
        }
        CHECK_FALSE(quoted);
    }
};

TEST_CASE("HTML holds a document's texts and nothing that they ask for") {
    const Tags plain(layout_html(full_of("harmless")));
    for (const std::string& text : hostile) {
        CAPTURE(text);
        const std::string page = layout_html(full_of(text));
        const Tags tags(page);
        CHECK(tags.names == plain.names);
        CHECK(tags.attributes == plain.attributes);
        CHECK(page.find('\x1b') == std::string::npos);
        CHECK(page.find('\r') == std::string::npos);
        for (const char* invisible :
             {"\u202E", "\u2066", "\u200B", "\uFEFF", "\uFFF9", "\U000E0041"}) {
            CHECK_FALSE(has(page, invisible));
        }
    }
    for (const char* name : {"style", "onclick", "onerror", "href", "src", "id"}) {
        CAPTURE(name);
        CHECK(plain.attributes.count(name) == 0);
    }
    for (const char* name : {"script", "a", "img", "link", "iframe", "form", "base"}) {
        CAPTURE(name);
        CHECK(std::find(plain.names.begin(), plain.names.end(), name) == plain.names.end());
    }
}

TEST_CASE("the policy of a page allows its own style sheet only") {
    const std::string page = layout_html(page_of({Heading{"x", 1}}));
    const std::size_t begin = page.find("<style>") + 7;
    const std::string style = page.substr(begin, page.find("</style>") - begin);
    CHECK(has(page, "content=\"default-src 'none'; style-src 'sha256-" + sha256_base64(style) +
                        "'; base-uri 'none'; form-action 'none'\">"));
    CHECK(page.find("Content-Security-Policy") < page.find("<style>"));
    CHECK_FALSE(has(style, "url("));
    CHECK_FALSE(has(style, "@import"));
}

TEST_CASE("a table that can be sorted brings its script, which the policy names by its digest") {
    Table table{{{"Partner"}, {"Tier", false, {"Silver", "Gold"}}},
                {{"A", "Gold"}, {"B", "other"}}};
    CHECK_FALSE(has(layout_html(page_of({table})), "script"));
    table.sortable = true;
    const std::string page = layout_html(page_of({table}));
    const std::size_t begin = page.find("<script>") + 8;
    const std::string script = page.substr(begin, page.find("</script>") - begin);
    CHECK(has(page, "; script-src 'sha256-" + sha256_base64(script) + "'; base-uri 'none'"));
    CHECK(count(page, "<script") == 1);
    CHECK(page.find("</table>") < page.find("<script>"));
    CHECK(has(page, "<td class=\"words\" data-rank=\"1\">Gold</td>"));
    CHECK(has(page, "<td class=\"words\">other</td>"));
}

TEST_CASE("a flow is as thick as its shares, and says nothing that its table does not") {
    const std::string page =
        layout_html(page_of({Flow{{"None", "Silver"}, 0, {{0.5, 0.25}, {0, 0.25}}}}));
    CHECK(count(page, "<path class=\"same\"") == 2);
    CHECK(count(page, "<path class=\"up\"") == 1);
    CHECK(count(page, "<path class=\"down\"") == 0);
    CHECK(has(page, "aria-hidden=\"true\""));
}

TEST_CASE("a digest in base64") {
    // printf '' | openssl dgst -sha256 -binary | base64
    CHECK(sha256_base64("") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    CHECK(sha256_base64("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

TEST_CASE("a page is in the language of its document") {
    Document document = page_of({Heading{"アクメ", 1}});
    document.language = Language::ja;
    document.title = "アクメ & Co";
    const std::string page = layout_html(document);
    CHECK(has(page, "<!DOCTYPE html>\n<html lang=\"ja\">"));
    CHECK(has(page, "<title>アクメ &amp; Co</title>"));
    CHECK(has(page, "<h1>アクメ</h1>"));
}

TEST_CASE("an item is told by a sign, a word, and its place") {
    const std::string page =
        layout_html(page_of({Items{{item(Mark::unmet, "Stories", "2 of 3: 1 more", "p. 8")}}}));
    CHECK(has(page, "<li class=\"unmet\"><span class=\"sign\" aria-hidden=\"true\">✗</span>"
                    "<span class=\"word\">not met:</span> <div class=\"row plain\">"
                    "<span class=\"label head\">Stories</span> "
                    "<span class=\"result\">2 of 3: 1 more</span> "
                    "<span class=\"source\">p. 8</span></div></li>"));
    CHECK(has(page, "<span class=\"text\">✗ not met</span>")); // what the sign means
    CHECK_FALSE(has(page, "✓")); // only signs that are there
}

TEST_CASE("steps are numbered by their list") {
    const std::string page =
        layout_html(page_of({Items{{item(Mark::step, "publish"), item(Mark::step, "complete")}}}));
    CHECK(has(page, "<ol class=\"items\">"));
    CHECK(has(page, "aria-hidden=\"true\">2</span>"));
}

TEST_CASE("a meter is drawn, and its table says the same") {
    Item stories = item(Mark::unknown, "Stories");
    stories.meter =
        Meter{"from 1 to 2", "3", 0.25, 0.5, 0.75, {{"Bronze", "1", 0.25}, {"Gold", "3", 0.75}}};
    const std::string page = layout_html(page_of({Items{{stories}}}));
    CHECK(has(page, "<svg aria-hidden=\"true\""));
    CHECK(has(page, "<rect class=\"value\" y=\"8\" height=\"6\" width=\"25.00%\"/>"
                    "<rect class=\"range\" y=\"8\" height=\"6\" x=\"25.00%\" width=\"25.00%\"/>"
                    "<line class=\"goal\" x1=\"75.00%\" x2=\"75.00%\""));
    CHECK(count(page, "<rect class=\"band\"") == 3); // and what is below the first tier
    for (const char* pair :
         {"Now</th><td role=\"cell\">from 1 to 2<", "Asked</th><td role=\"cell\">3<",
          "Bronze</th><td role=\"cell\">1<", "Gold</th><td role=\"cell\">3<"}) {
        CAPTURE(pair);
        CHECK(has(page, pair));
    }
}

TEST_CASE("a meter stays inside its graph") {
    Item odd = item(Mark::unmet, "Odd");
    odd.meter = Meter{"x", "y", -1, 7, std::numeric_limits<double>::quiet_NaN(), {}};
    const std::string page = layout_html(page_of({Items{{odd}}}));
    CHECK_FALSE(has(page, "nan"));
    CHECK_FALSE(has(page, "=\"-"));
    CHECK_FALSE(has(page, "700.00%"));
}

TEST_CASE("the ladder has its highest tier on top") {
    const Rungs ladder{"Services",
                       {{"None", true, true, false},
                        {"Silver", true, true, false},
                        {"Gold", false, true, true},
                        {"Platinum", false, false, false}}};
    CHECK(standing_of(ladder, 0) == RungStanding::reached);
    CHECK(standing_of(ladder, 1) == RungStanding::current);
    CHECK(standing_of(ladder, 2) == RungStanding::possible);
    CHECK(standing_of(ladder, 3) == RungStanding::above);

    const std::string page = layout_html(page_of({ladder}));
    CHECK(page.find("Platinum") < page.find("Gold"));
    CHECK(page.find("Gold") < page.find("Silver"));
    CHECK(has(page, "<tr class=\"current\">"));
    CHECK(has(page, "<tr class=\"possible asked\">"));
    CHECK(count(page, "class=\"flag\"") == 1);

    CHECK(layout_markdown(page_of({ladder})) == "**Services**\n"
                                                "\n"
                                                "| Tier | Standing |\n"
                                                "|---|---|\n"
                                                "| Platinum |  |\n"
                                                "| Gold | possible, not decided · asked for |\n"
                                                "| Silver | current tier |\n"
                                                "| None | reached |\n");
}

TEST_CASE("what is folded can be opened without a script") {
    const std::string page = layout_html(page_of({Folded{"Everything", {Paragraph{"all of it"}}}}));
    CHECK(has(page, "<details>\n<summary>Everything</summary>\n<p class=\"plain\">"
                    "all of it</p>\n</details>"));
    CHECK(layout_markdown(page_of({Folded{"A <b> & B", {Paragraph{"all of it"}}}})) ==
          "<details>\n<summary>A &lt;b&gt; &amp; B</summary>\n\nall of it\n\n</details>\n");
}

// ---- Markdown

TEST_CASE("a document as Markdown") {
    Item stories = item(Mark::unmet, "Stories", "2 of 3: 1 more", "p. 8-9, line 108",
                        {item(Mark::plain, "counted: Acme Inbox")});
    stories.meter = Meter{"2", "3", 0.5, 0.5, 0.75, {{"Silver", "2", 0.5}, {"Gold", "3", 0.75}}};
    const Document document = page_of(
        {Heading{"Acme qualifies for Silver, not Gold.", 1},
         Paragraph{"15 Feb 2023 · annual review", Tone::faint},
         Paragraph{"Notice: inactive for a quarter", Tone::warning}, Items{{stories}},
         Items{{item(Mark::step, "Publish"), item(Mark::step, "Complete", "by 30 Jun 2023")}},
         Table{{{"Value"}, {"Gold", true}}, {{"Fee", "15%"}, {"Funds", "$50,000"}}, "Worth"}});
    CHECK(layout_markdown(document) == "# Acme qualifies for Silver, not Gold.\n"
                                       "\n"
                                       "*15 Feb 2023 · annual review*\n"
                                       "\n"
                                       "**Notice: inactive for a quarter**\n"
                                       "\n"
                                       "- ✗ **Stories** 2 of 3: 1 more *(p. 8-9, line 108)*\n"
                                       "  - Now 2 · Asked 3 · Silver 2 · Gold 3\n"
                                       "  - counted: Acme Inbox\n"
                                       "\n"
                                       "1. Publish\n"
                                       "2. **Complete** by 30 Jun 2023\n"
                                       "\n"
                                       "**Worth**\n"
                                       "\n"
                                       "| Value | Gold |\n"
                                       "|---|--:|\n"
                                       "| Fee | 15% |\n"
                                       "| Funds | $50,000 |\n"
                                       "\n"
                                       "*Signs: ✗ not met*\n");
}

TEST_CASE("texts mean nothing in Markdown") {
    struct Case {
        const char* text;
        const char* markdown;
    };
    const Case cases[] = {
        {"[x](y)", "\\[x\\](y)"},
        {"![x](y)", "!\\[x\\](y)"},
        {"<script>", "&lt;script&gt;"},
        {"&copy;", "&amp;copy;"},
        {"twilio_technology 2023", "twilio\\_technology 2023"},
        {"a*b*c `d` ~e~ #f", "a\\*b\\*c \\`d\\` \\~e\\~ \\#f"},
        {"C:\\x|y", "C:\\\\x\\|y"},
        {"http://x.example", "http\\://x.example"},
        {"www.x.example", "www\\.x.example"},
        {"WWW.x.example", "WWW\\.x.example"},
        {"me@x.example", "me@<!-- -->x.example"},
        {"2 of 3: 1 more, p. 8-9", "2 of 3: 1 more, p. 8-9"},
        {"1. one", "1\\. one"},
        {"12) one", "12\\) one"},
        {"- one", "\\- one"},
        {"+ one", "\\+ one"},
        {"=====", "\\====="},
        {"# one", "\\# one"},
        {"$12,000", "$12,000"},
        {"$x$", "\\$x\\$"},
        {"    code", "code"},
        {"two\n\nlines", "two lines"},
        {"\x1b[2J", "\\\\u{1b}\\[2J"},
        {"a\u202Eb", "a\\\\u{202e}b"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.text);
        CHECK(layout_markdown(page_of({Paragraph{each.text}})) ==
              std::string(each.markdown) + "\n");
    }
}

TEST_CASE("no text makes a line, a tag or a link of its own in Markdown") {
    const std::string plain = layout_markdown(full_of("harmless"));
    for (const std::string& text : hostile) {
        CAPTURE(text);
        const std::string page = layout_markdown(full_of(text));
        CHECK(count(page, "\n") == count(plain, "\n"));
        CHECK(count(page, "<") == count(plain, "<") + count(page, "@<!-- -->"));
        // Once, in the summary, they are HTML, where they mean nothing either.
        for (const char* means : {"](", "://evil"}) {
            CAPTURE(means);
            CHECK(count(page, means) - count(page, std::string("\\") + means) <=
                  count(text, means));
        }
        CHECK(count(page, "www.evil") <= count(text, "www.evil"));
        CHECK(page.find('\x1b') == std::string::npos);
    }
}

TEST_CASE("cells of tables are no formulas") {
    struct Case {
        const char* text;
        const char* cell;
    };
    const Case cases[] = {{"=1+1", "'=1+1"},
                          {"@SUM(A1)", "'@SUM(A1)"},
                          {"+1+cmd", "'+1+cmd"},
                          {"-2+3", "'-2+3"},
                          {"-2", "-2"},
                          {"+1,000.50", "+1,000.50"},
                          {"-12.5%", "-12.5%"},
                          {"-", "'-"},
                          {"- or +", "'- or +"},
                          {"Silver", "Silver"},
                          {"a=b", "a=b"},
                          {"", ""},
                          {"$37,500", "$37,500"},
                          {"\t=1", "'\t=1"},
                          {"\r\n@x", "'\r\n@x"},
                          {"  +cmd", "'  +cmd"},
                          {"\uFF1D1+1", "'\uFF1D1+1"},
                          {" a", " a"},
                          {" ", " "}};
    for (const Case& each : cases) {
        CAPTURE(each.text);
        CHECK(no_formula(each.text) == each.cell);
    }
    const std::string page = layout_html(
        page_of({Table{{{"=x"}}, {{"=y"}}, ""}, Rungs{"", {{"=tier", true, true, false}}}}));
    for (const char* cell : {">&#39;=x<", ">&#39;=y<", ">&#39;=tier<"}) {
        CAPTURE(cell);
        CHECK(has(page, cell));
    }
}

} // namespace
} // namespace rung::layout_pages_test
