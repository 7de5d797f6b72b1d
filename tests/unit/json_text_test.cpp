// JSON events and their places, and what is said of texts that are no JSON.
#include "interpreter/json_text.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung::json_text_test {
namespace {

/// Writes down every event as the text of its place, and holds the place against its meaning.
class Recorder final : public JsonEvents {
public:
    explicit Recorder(const Source& source) : source_(source) {}

    std::vector<std::string> events;
    std::size_t stop_after = std::string::npos;

    bool key(std::string_view key, Span where) override {
        CHECK(nlohmann::json::parse(source_.text(where)) == std::string(key));
        return note("key " + std::string(source_.text(where)));
    }
    bool value(const JsonToken& token) override {
        const std::string text(source_.text(token.where));
        switch (token.kind) {
        case JsonToken::Kind::null:
            CHECK(text == "null");
            break;
        case JsonToken::Kind::truth:
            CHECK(text == (token.truth ? "true" : "false"));
            break;
        case JsonToken::Kind::number:
            CHECK(text == token.text);
            break;
        case JsonToken::Kind::text:
            CHECK(nlohmann::json::parse(text) == std::string(token.text));
            break;
        case JsonToken::Kind::object:
            CHECK(text == "{");
            break;
        case JsonToken::Kind::list:
            CHECK(text == "[");
            break;
        }
        return note(text);
    }
    bool close() override { return note("close"); }

private:
    bool note(const std::string& event) {
        events.push_back(event);
        return events.size() < stop_after;
    }
    const Source& source_;
};

using Events = std::vector<std::string>;

Events events_of(const std::string& json) {
    const Source source("", json);
    Recorder recorder(source);
    const auto fault = read_json(source, recorder);
    CHECK_MESSAGE(!fault, json);
    return recorder.events;
}

/// "code [place]: text; help", and where a note points to.
std::string fault_of(const std::string& json) {
    const Source source("", json);
    Recorder recorder(source);
    const auto fault = read_json(source, recorder);
    if (!fault) {
        return "none";
    }
    std::string text = std::string(name_of(fault->code)) + " [" +
                       std::string(source.text(fault->where)) + "]: " + text_of(*fault) + "; " +
                       help_of(*fault);
    for (const Note& note : fault->notes) {
        text += "; " + text_of(note) + " " + std::to_string(note.where.begin);
    }
    return text;
}

TEST_CASE("json text: every token has its place") {
    CHECK(events_of("{}") == Events{"{", "close"});
    CHECK(events_of(" \n\t[ ] \r\n") == Events{"[", "close"});
    CHECK(events_of("12") == Events{"12"});
    CHECK(events_of("{\"a\" : 1 ,\"b\":[true,false , null,-0.50e+3]}") ==
          Events{"{", "key \"a\"", "1", "key \"b\"", "[", "true", "false", "null", "-0.50e+3",
                 "close", "close"});
    CHECK(events_of(R"({"a\"}{\\":"x,:\\", "é\u00e9":"\ud83d\ude00😀","":"\/\b\f\n\r\t"})") ==
          Events{"{", R"(key "a\"}{\\")", R"("x,:\\")", R"(key "é\u00e9")", R"("\ud83d\ude00😀")",
                 R"(key "")", R"("\/\b\f\n\r\t")", "close"});
    CHECK(events_of("\xEF\xBB\xBF{\"a\":0}") == Events{"{", "key \"a\"", "0", "close"});
    CHECK(events_of("[18446744073709551617,99999999999999.99,1e-400]") ==
          Events{"[", "18446744073709551617", "99999999999999.99", "1e-400", "close"});
}

TEST_CASE("json text: reading stops where the listener wants no more") {
    const Source source("", "[1, 2, oops");
    Recorder recorder(source);
    recorder.stop_after = 3;
    CHECK(!read_json(source, recorder));
    CHECK(recorder.events == Events{"[", "1", "2"});
}

TEST_CASE("json text: no text at all") {
    CHECK(fault_of("") == "json-empty []: the file is empty; it holds at least an object, which "
                          "may have no facts in it");
    CHECK(fault_of(" \n ").starts_with("json-empty []"));
    CHECK(fault_of("\xEF\xBB\xBF").starts_with("json-empty []"));
    CHECK(fault_of("\xEF\xBB{}").starts_with("not-utf8 [\xEF]"));
    CHECK(fault_of("{\"a\":\"\xC3\x28\"}").starts_with("not-utf8 [\xC3]"));
    CHECK(fault_of("{\"a\":\"\xED\xA0\x80\"}").starts_with("not-utf8 [\xED]")); // a surrogate
    CHECK(fault_of("{\"a\":\"\xC0\x80\"}").starts_with("not-utf8 [\xC0]")); // an overlong NUL
    CHECK(fault_of(std::string("{}\0", 3)).starts_with(std::string("nul-character [\0]", 17)));
    CHECK(fault_of(std::string("{\"a\0b\":1}", 9))
              .starts_with(std::string("nul-character [\0]", 17)));
}

TEST_CASE("json text: cut short") {
    const std::string help = "; was the file saved or sent to its end?";
    CHECK(fault_of("{") ==
          "json-cut-short []: the JSON ends too early: `}` is missing" + help + "; opened here 0");
    CHECK(fault_of("{\"a\":[1, 2\n") ==
          "json-cut-short []: the JSON ends too early: `]` is missing" + help + "; opened here 5");
    CHECK(fault_of("{\"a\":[1,") ==
          "json-cut-short []: the JSON ends too early: a value is missing" + help +
              "; opened here 5");
    CHECK(fault_of("{\"a\"") ==
          "json-cut-short []: the JSON ends too early: `:` is missing" + help + "; opened here 0");
    CHECK(fault_of("{\"a\": ") == "json-cut-short []: the JSON ends too early: a value is missing" +
                                      help + "; opened here 0");
    CHECK(fault_of("{\"a\":1,")
              .starts_with("json-cut-short []: the JSON ends too early: `}` is missing"));
    CHECK(fault_of("{\"a\":\"Nimb") ==
          "json-cut-short [\"Nimb]: the JSON ends too early: `\"` is missing" + help +
              "; opened here 0");
    CHECK(fault_of("[\"a\\") == "json-cut-short [\"a\\]: the JSON ends too early: `\"` is missing" +
                                    help + "; opened here 0");
    CHECK(fault_of("\"\\u12").starts_with("json-cut-short [\"\\u12]"));
    CHECK(fault_of("\"\\ud83d\\ude").starts_with("json-cut-short"));
    CHECK(fault_of("{\"a\":tru") ==
          "json-syntax [tru]: expected a value, found `tru`; write `\"tru\"`");
    // No place to cut this text leaves JSON, and none is called anything else but a text cut short
    // or a word or a figure cut in two.
    const std::string whole = R"({"a": [1.5, "b\n", {"c": [true, null]}], "d": {"e": "\u00e9"}})";
    REQUIRE(fault_of(whole) == "none");
    for (std::size_t size = 1; size < whole.size(); ++size) {
        const std::string said = fault_of(whole.substr(0, size));
        const bool known = said.starts_with("json-cut-short") || said.starts_with("json-syntax") ||
                           said.starts_with("json-number");
        CHECK_MESSAGE(known, whole.substr(0, size), " gives ", said);
    }
}

TEST_CASE("json text: slips of people and of other languages") {
    struct Case {
        const char* json;
        const char* said;
    };
    const Case cases[] = {
        {"{\"a\":1,}", "json-trailing-comma [,]: nothing stands behind this comma; delete it"},
        {"[1, 2 , ]", "json-trailing-comma [,]: nothing stands behind this comma; delete it"},
        {"{'a':1}",
         "json-quotes [']: JSON puts texts in straight double quotes, not in `'`; write `\"`"},
        {"{\"a\":'x'}",
         "json-quotes [']: JSON puts texts in straight double quotes, not in `'`; write `\"`"},
        {"{“a”:1}",
         "json-quotes [“]: JSON puts texts in straight double quotes, not in `“`; write `\"`"},
        {"{\"a\":“x”}",
         "json-quotes [“]: JSON puts texts in straight double quotes, not in `“`; write `\"`"},
        {"{\"a\":1 // one\n}", "json-comment [// one]: JSON has no comments; delete it"},
        {"/* facts */ {}", "json-comment [/* facts */ {}]: JSON has no comments; delete it"},
        {"{} # end", "json-comment [# end]: JSON has no comments; delete it"},
        {"{\"a\":NaN}", "json-no-figure [NaN]: `NaN` is not a figure; leave the key out, or write "
                        "`null`, where a figure is "
                        "not known"},
        {"{\"a\":-Infinity}", "json-no-figure [-Infinity]: `-Infinity` is not a figure; leave the "
                              "key out, or write `null`, where a "
                              "figure is not known"},
        {"{} {}", "json-second-value [{]: more text follows behind the end of the JSON; a file "
                  "holds the facts "
                  "of one partner"},
        {"{}]", "json-second-value []]: more text follows behind the end of the JSON; a file holds "
                "the facts of "
                "one partner"},
        {"12 null",
         "json-second-value [null]: more text follows behind the end of the JSON; a file holds the "
         "facts of one partner"},
        {"{\"a\":True}", "json-syntax [True]: expected a value, found `True`; write `true`"},
        {"{\"a\":None}", "json-syntax [None]: expected a value, found `None`; write `null`"},
        {"{\"a\":no}", "json-syntax [no]: expected a value, found `no`; write `false`"},
        {"{\"a\":silver}",
         "json-syntax [silver]: expected a value, found `silver`; write `\"silver\"`"},
        {"{a:1}", "json-syntax [a]: expected a key in double quotes, found `a`; write `\"a\"`"},
        {"{\"a\":1,b:2}",
         "json-syntax [b]: expected a key in double quotes, found `b`; write `\"b\"`"},
        {"{\"a\":1,,}", "json-syntax [,]: expected a key in double quotes, found `,`; "},
        {"{\"a\" 1}", "json-syntax [1]: expected `:` behind the key, found `1`; "},
        {"{\"a\":1 \"b\":2}",
         "json-syntax [\"]: expected `,` or `}`, found `\"`; write `,` before it"},
        {"[1 2]", "json-syntax [2]: expected `,` or `]`, found `2`; "},
        {"{\"a\":[1}", "json-syntax [}]: expected `,` or `]`, found `}`; ; opened here 5"},
        {"{\"a\":]", "json-syntax []]: expected a value, found `]`; ; opened here 0"},
        {"{\"a\":\"\x01\"}", "json-control [\x01]: the control character `\\u0001` stands bare in "
                             "this text; write `\\u0001` for it"},
        {"{\"a\":\"b\tc\"}", "json-control [\t]: the control character `\\t` stands bare in this "
                             "text; write `\\t` for it"},
        {"{\"a\":\"b\n\"}", "json-control [\"b]: this text breaks off at the end of its line; "
                            "close it with `\"`, or write `\\n` "
                            "where it goes on in the next line"},
        {R"(["C:\exports"])",
         R"(json-escape [\e]: `\e` does not stand for a character; write `\\` for a backslash)"},
        {R"(["\u12x4"])",
         R"(json-escape [\u]: `\u` does not stand for a character; write `\\` for a backslash)"},
        {R"(["\ud83d!"])",
         R"(json-escape [\ud83d]: `\ud83d` is half of a character; write both halves of it, as in )"
         R"(`\ud83d\ude00`, or the character itself)"},
        {R"(["\ude00"])",
         R"(json-escape [\ude00]: `\ude00` is half of a character; write both halves of it, as in )"
         R"(`\ud83d\ude00`, or the character itself)"},
    };
    for (const Case& slip : cases) {
        CHECK(fault_of(slip.json) == slip.said);
    }
}

TEST_CASE("json text: what is no number") {
    const std::string help =
        "; write digits with a point, as in 1250.5: no currency sign, no commas, no `+` and "
        "no zeros in front";
    for (const std::string number : {"01", "-", "1.", ".5", "+5", "1e", "1.5.3", "0x10", "250K",
                                     "15%", "1-2", "$5", "1,000", "1,250.50"}) {
        CHECK(fault_of("{\"a\": " + number + "}") ==
              "json-number [" + number + "]: `" + number + "` is not a number" + help);
        CHECK(fault_of("{\"a\":" + number + " , \"b\":1}")
                  .starts_with("json-number [" + number + "]"));
    }
    CHECK(fault_of("[01]").starts_with("json-number [01]"));
    CHECK(fault_of("{\"a\":2023-06-30}") ==
          "json-number [2023-06-30]: `2023-06-30` is not a number; a date stands in quotes: write "
          "`\"2023-06-30\"`");
    CHECK(fault_of("{\"a\":1e400}") ==
          "figure-too-large [1e400]: `1e400` does not fit into 38 digits; ");
    CHECK(fault_of("[-1.5e4000]").starts_with("figure-too-large [-1.5e4000]"));
}

TEST_CASE("json text: nesting has a limit") {
    const std::string deepest = std::string(max_json_depth, '[') + std::string(max_json_depth, ']');
    CHECK(fault_of(deepest) == "none");
    CHECK(fault_of("[" + deepest + "]") ==
          "json-too-deep [[]: more than 64 lists and objects stand inside one another here; ");
    CHECK(fault_of(std::string(100'000, '[')).starts_with("json-too-deep"));
    std::string objects;
    for (int i = 0; i < 100'000; ++i) {
        objects += "{\"a\":";
    }
    CHECK(fault_of(objects).starts_with("json-too-deep"));
}

TEST_CASE("json text: a message stays on one short line") {
    CHECK(shown("a\nb\x7F") == "a�b�");
    const std::string long_text(1000, 'x');
    CHECK(shown(long_text) == std::string(48, 'x') + "…");
    CHECK(shown("ééééééééééééééééééééééééééééé") == "éééééééééééééééééééééééé…");
}

} // namespace
} // namespace rung::json_text_test
