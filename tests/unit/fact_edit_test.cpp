// Edits of a facts text, held against nlohmann's own patches, and every other byte against the text given.
#include "interpreter/fact_edit.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung::fact_edit_test {
namespace {

using Kind = EditProblem::Kind;
using Json = nlohmann::json;

std::string edited(std::string_view json, const std::string& pointer,
                   const std::optional<std::string>& value) {
    const FactEdit edit{pointer, value};
    auto result = edit_json(json, {&edit, 1});
    REQUIRE(std::holds_alternative<std::string>(result));
    return std::get<std::string>(result);
}

EditProblem refused(std::string_view json, const std::string& pointer,
                    const std::optional<std::string>& value) {
    const FactEdit edit{pointer, value};
    auto result = edit_json(json, {&edit, 1});
    REQUIRE(std::holds_alternative<EditProblem>(result));
    return std::get<EditProblem>(result);
}

TEST_CASE("a value is set where it stands, and nothing else changes") {
    CHECK(edited(R"({"a": 1.50, "b" : [ 1, 2 ]})", "/a", "true") ==
          R"({"a": true, "b" : [ 1, 2 ]})");
    CHECK(edited(R"({"a": 1.50, "b" : [ 1, 2 ]})", "/b/1", "\"x\"") ==
          R"({"a": 1.50, "b" : [ 1, "x" ]})");
    CHECK(edited(R"({"a": {"b": [{}, {"c": null}]}})", "/a/b/1/c", "7") ==
          R"({"a": {"b": [{}, {"c": 7}]}})");
    CHECK(edited(R"({"a": {"x": [1]}, "b": 2})", "/a", "0") == R"({"a": 0, "b": 2})");
    CHECK(edited("\xEF\xBB\xBF{\"a\":1}\n", "/a", "2") == "\xEF\xBB\xBF{\"a\":2}\n");
    CHECK(edited(R"({"a/b": 1, "\u0061~": 2})", "/a~1b", "3") == R"({"a/b": 3, "\u0061~": 2})");
    CHECK(edited(R"({"a/b": 1, "\u0061~": 2})", "/a~0", "3") == R"({"a/b": 1, "\u0061~": 3})");
    CHECK(edited(R"({"": 1})", "/", "2") == R"({"": 2})");
}

TEST_CASE("what is new is laid out like its neighbour") {
    CHECK(edited("{\n  \"a\": 1\n}\n", "/b", "2") == "{\n  \"a\": 1,\n  \"b\": 2\n}\n");
    CHECK(edited("[1,2]", "/-", "3") == "[1,2,3]");
    CHECK(edited("[1, 2]", "/2", "3") == "[1, 2, 3]");
    CHECK(edited("[ {\"a\": 1} ]", "/-", "{}") == "[ {\"a\": 1}, {} ]");
    CHECK(edited("{ }", "/a", "1") == R"({"a": 1})");
    CHECK(edited("{\"a\": [\n  ]}", "/a/-", "1") == R"({"a": [1]})");
}

TEST_CASE("objects and lists on the way are made, where nothing or null stands") {
    CHECK(edited("{}", "/a/b", "1") == R"({"a": {"b": 1}})");
    CHECK(edited("{}", "/a/-", "1") == R"({"a": [1]})");
    CHECK(edited("{}", "/a/0/b", "1") == R"({"a": [{"b": 1}]})");
    CHECK(edited(R"({"a": null})", "/a/-", "1") == R"({"a": [1]})");
    CHECK(edited(R"({"a": null})", "/a/b/c", "1") == R"({"a": {"b": {"c": 1}}})");
    CHECK(edited(R"({"a": []})", "/a/-/b\"", "1") == R"({"a": [{"b\"": 1}]})");
}

TEST_CASE("a member is taken out with its comma") {
    CHECK(edited("[1, 2, 3]", "/0", {}) == "[2, 3]");
    CHECK(edited("[1, 2, 3]", "/1", {}) == "[1, 3]");
    CHECK(edited("[1, 2, 3]", "/2", {}) == "[1, 2]");
    CHECK(edited("[ 1 ]", "/0", {}) == "[]");
    CHECK(edited("{\n  \"a\": {\"x\": 1},\n  \"b\": 2\n}", "/a", {}) == "{\n  \"b\": 2\n}");
    CHECK(edited("{\n  \"a\": {\"x\": 1},\n  \"b\": 2\n}", "/b", {}) ==
          "{\n  \"a\": {\"x\": 1}\n}");
    CHECK(edited("{\"a\": 1}", "/b", {}) == "{\"a\": 1}");
    CHECK(edited("{\"a\": null}", "/a/b", {}) == "{\"a\": null}");
}

TEST_CASE("edits see those before them") {
    const std::vector<FactEdit> edits{
        {"/a/-", "{}"}, {"/a/-", "{}"}, {"/a/1/b", "1"}, {"/c", std::nullopt}};
    CHECK(std::get<std::string>(edit_json(R"({"c": 0})", edits)) == R"({"a": [{}, {"b": 1}]})");
}

TEST_CASE("what cannot be edited is named") {
    CHECK(refused("{", "/a", "1").kind == Kind::not_json);
    CHECK(refused("{}", "/a", "tru").kind == Kind::not_json);
    CHECK(refused("{}", "/a", "1 2").kind == Kind::not_json);
    CHECK(refused("{}", "a", "1").kind == Kind::no_pointer);
    CHECK(refused("{}", "", "1").kind == Kind::no_pointer);
    CHECK(refused("{}", "/a~2", "1").kind == Kind::no_pointer);
    const EditProblem text = refused(R"({"a": {"b": "x"}})", "/a/b/c/d", "1");
    CHECK(text.kind == Kind::holds_nothing);
    CHECK(text.pointer == "/a/b");
    const EditProblem item = refused(R"({"a": [1]})", "/a/2", "1");
    CHECK(item.kind == Kind::no_such_item);
    CHECK(item.pointer == "/a");
    CHECK(refused(R"({"a": [1]})", "/a/x", "1").kind == Kind::no_such_item);
    CHECK(refused(R"({"a": [1]})", "/a/01", "1").kind == Kind::no_such_item);
    CHECK(refused("[1]", "/3", {}).kind == Kind::no_such_item);
    CHECK(refused("7", "/a", "1").kind == Kind::holds_nothing);
    const std::vector<FactEdit> edits{{"/a", "1"}, {"/a/b", "1"}};
    CHECK(std::get<EditProblem>(edit_json("{}", edits)).edit == 1);
}

TEST_CASE("texts are written as JSON") {
    for (const std::string text : {"", "a", "\"\\/", "\n\t\x01\x1f", "ü日"}) {
        CAPTURE(text);
        CHECK(nlohmann::json::parse(json_text(text)) == text);
    }
}

// ---- against nlohmann's patches -----------------------------------------------------------------

class Texts {
public:
    explicit Texts(unsigned seed) : random_(seed) {}

    int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

    std::string value(int depth) {
        const int kind = below(depth > 0 ? 6 : 4);
        switch (kind) {
        case 0:
            return std::to_string(below(100)) + ".50";
        case 1:
            return "null";
        case 2:
            return "true";
        case 3:
            return "\"t[{,\\\"\"";
        default:
            return held(kind == 4, depth - 1);
        }
    }

private:
    std::string held(bool list, int depth) {
        std::string text = list ? "[" : "{";
        const int members = below(4);
        for (int i = 0; i < members; ++i) {
            text += blank() + (list ? "" : "\"k" + std::to_string(i) + "\"" + blank() + ":");
            text += blank() + value(depth) + blank() + (i + 1 < members ? "," : "");
        }
        return text + blank() + (list ? "]" : "}");
    }
    std::string blank() {
        constexpr std::array<const char*, 4> all{"", "", " ", "\n\t"};
        return all[static_cast<std::size_t>(below(4))];
    }
    std::mt19937 random_;
};

/// The pointers of all values inside a value.
void collect(const Json& json, const std::string& pointer, std::vector<std::string>& all) {
    if (!json.is_structured()) {
        return;
    }
    int item = 0;
    for (const auto& [key, value] : json.items()) {
        const std::string inner = pointer + "/" + (json.is_array() ? std::to_string(item++) : key);
        all.push_back(inner);
        collect(value, inner, all);
    }
}

/// How many bytes are equal at the begin of both, and at the end of both.
std::size_t kept(std::string_view a, std::string_view b) {
    const auto front = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
    a.remove_prefix(static_cast<std::size_t>(front));
    b.remove_prefix(static_cast<std::size_t>(front));
    const auto back = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin();
    return static_cast<std::size_t>(front + back);
}

TEST_CASE("edits agree with patches of parsed JSON") {
    int edits = 0;
    for (unsigned seed = 0; seed < 2000; ++seed) {
        Texts texts(seed);
        const std::string text = "{\"a\":" + texts.value(4) + ", \"b\" : " + texts.value(3) + "}";
        CAPTURE(text);
        std::vector<std::string> pointers;
        collect(Json::parse(text), "", pointers);
        for (const std::string& pointer : pointers) {
            CAPTURE(pointer);
            Json expected = Json::parse(text);
            const Json::json_pointer at(pointer);
            const std::string value = texts.value(1);
            expected[at] = Json::parse(value);
            const std::string set = edited(text, pointer, value);
            CHECK(Json::parse(set).dump() == expected.dump());

            const std::string removed = edited(text, pointer, {});
            const Json patch = Json::array({{{"op", "remove"}, {"path", pointer}}});
            CHECK(Json::parse(removed).dump() == Json::parse(text).patch(patch).dump());
            CHECK(kept(text, removed) >= removed.size());

            Json holder = Json::parse(text)[at];
            if (holder.is_array()) {
                const std::string appended = edited(text, pointer + "/-", value);
                holder.push_back(Json::parse(value));
                CHECK(Json::parse(appended)[at].dump() == holder.dump());
                CHECK(edited(appended, pointer + "/" + std::to_string(holder.size() - 1), {})
                          .size() <= text.size());
            }
            ++edits;
        }
    }
    CHECK(edits > 5000);
}

} // namespace
} // namespace rung::fact_edit_test
