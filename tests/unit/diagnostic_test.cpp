// Faults as data, and the words that are put to them.

#include "grammar/diagnostic.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

namespace rung::diagnostic_test {

namespace {

Fault fault_at(Code code, std::uint32_t begin, std::uint32_t end = 0, std::string pointer = "") {
    return {code, {begin, std::max(begin, end)}, {}, {}, std::move(pointer)};
}

Code some_code(Severity severity) {
    for (std::size_t i = 0; i < code_names().size(); ++i) {
        if (severity_of(static_cast<Code>(i)) == severity) {
            return static_cast<Code>(i);
        }
    }
    FAIL("no code is this severe");
    return Code::unexpected_text;
}

} // namespace

TEST_CASE("the nearest word is found, if it is near enough to be meant") {
    constexpr std::string_view words[] = {"calendar", "key", "kind", "tier",
                                          "through",  "if",  "in",   "registered"};
    CHECK(nearest("calendar", words) == "calendar"); // no slip
    CHECK(nearest("calendr", words) == "calendar"); // a letter left out
    CHECK(nearest("callendar", words) == "calendar"); // one too many
    CHECK(nearest("kalendar", words) == "calendar"); // another one
    CHECK(nearest("calednar", words) == "calendar"); // two exchanged
    CHECK(nearest("kye", words) == "key");
    CHECK(nearest("teir", words) == "tier");
    CHECK(nearest("fi", words) == "if");
    CHECK(nearest("regsitred", words) == "registered"); // two slips in a long word
    CHECK(nearest("rgistrd", words) == ""); // three slips are too many for seven letters
    CHECK(nearest("kx", words) == "");
    CHECK(nearest("bird", words) == "kind"); // two slips in four letters
    CHECK(nearest("bid", words) == "");
    CHECK(nearest("gold", words) == "");
    CHECK(nearest("", words) == "");
    CHECK(nearest("i", words) == ""); // of one letter every short word would be near
    CHECK(nearest("calendar", {}) == "");
}

TEST_CASE("of two words that are as near the first one is taken, of others the nearer") {
    constexpr std::string_view words[] = {"bronze", "brands", "brunze"};
    CHECK(nearest("brenze", words) == "bronze");
    CHECK(nearest("brunze", words) == "brunze");
    constexpr std::string_view later[] = {"brunze", "bronze"};
    CHECK(nearest("brenze", later) == "brunze");
}

TEST_CASE("a pair is not edited twice") {
    // CA to ABC: two slips where a pair may be edited twice, three in the optimal string alignment.
    constexpr std::string_view words[] = {"abcdefgh"};
    CHECK(nearest("badcfegh", words) == "abcdefgh"); // three exchanges, of eight letters
    CHECK(nearest("badcfehg", words) == ""); // four
}

TEST_CASE("a word of 10,000 letters costs nothing and means nothing") {
    const std::string endless(10'000, 'a');
    const std::string_view words[] = {std::string_view(endless), "a"};
    CHECK(nearest(endless, words) == "");
    const std::string sixty_four(64, 'a');
    const std::string_view long_words[] = {std::string_view(sixty_four)};
    CHECK(nearest(std::string(63, 'a'), long_words) == sixty_four);
    CHECK(nearest(std::string(65, 'a'), long_words) == "");
}

TEST_CASE("faults come in the order of the text, one at a place") {
    Faults faults{fault_at(Code::missing_text, 9), fault_at(Code::unexpected_text, 3, 5),
                  fault_at(Code::typography, 9), fault_at(Code::open_text, 0, 4),
                  fault_at(Code::typography, 3)};
    tidy(faults);
    REQUIRE(faults.size() == 3);
    CHECK(faults[0].code == Code::open_text);
    CHECK(faults[1].code == Code::unexpected_text); // the first one that was found
    CHECK(faults[2].code == Code::missing_text);
}

TEST_CASE("faults of two values, or of two severities, at one place are both kept") {
    Faults pointers{fault_at(Code::unexpected_text, 0, 0, "/a"),
                    fault_at(Code::unexpected_text, 0, 0, "/b"),
                    fault_at(Code::missing_text, 0, 0, "/b")};
    tidy(pointers);
    CHECK(pointers.size() == 2);
    Faults severities{fault_at(some_code(Severity::warning), 7),
                      fault_at(some_code(Severity::error), 7)};
    tidy(severities);
    CHECK(severities.size() == 2);
}

TEST_CASE("no error is lost behind a warning between two others") {
    const Code warning = some_code(Severity::warning);
    Faults faults{fault_at(Code::missing_text, 7), fault_at(warning, 7),
                  fault_at(Code::open_text, 7), fault_at(warning, 7)};
    tidy(faults);
    CHECK(faults.size() == 2);
}

TEST_CASE("warnings do not push out an error") {
    Faults faults;
    for (std::uint32_t i = 0; i < 150; ++i) {
        faults.push_back(fault_at(some_code(Severity::warning), i));
    }
    faults.push_back(fault_at(Code::open_text, 900));
    tidy(faults);
    REQUIRE(faults.size() == max_faults + 1);
    CHECK(has_errors(faults));
    CHECK(faults[98].where.begin == 98);
    CHECK(text_of(faults.back()) == "and 51 more from here on: only the first 100 are shown");
}

TEST_CASE("what is left out is counted over several calls") {
    Faults faults;
    for (std::uint32_t i = 0; i < 130; ++i) {
        faults.push_back(fault_at(Code::open_text, 1000 + i));
    }
    tidy(faults);
    for (std::uint32_t i = 0; i < 20; ++i) {
        faults.push_back(fault_at(Code::open_text, i));
    }
    tidy(faults);
    REQUIRE(faults.size() == max_faults + 1);
    CHECK(faults[99].where.begin == 1079);
    CHECK(faults.back().where.begin == 1080);
    CHECK(text_of(faults.back()) == "and 50 more from here on: only the first 100 are shown");
}

TEST_CASE("at most a hundred faults are kept, the first ones of the text") {
    Faults faults;
    for (std::uint32_t i = 250; i > 0; --i) {
        faults.push_back(fault_at(Code::unexpected_text, i * 2));
    }
    tidy(faults);
    REQUIRE(faults.size() == max_faults + 1);
    CHECK(faults.front().where.begin == 2);
    CHECK(faults[99].where.begin == 200);
    CHECK(faults.back().code == Code::more_faults);
    CHECK(faults.back().where.begin == 202);
    CHECK(severity_of(Code::more_faults) == Severity::warning);
    Faults none;
    tidy(none);
    CHECK(none.empty());
}

TEST_CASE("an error is an error, whatever stands around it") {
    const Code warning = some_code(Severity::warning);
    CHECK_FALSE(has_errors({}));
    CHECK_FALSE(has_errors({fault_at(warning, 0)}));
    CHECK(has_errors({fault_at(warning, 0), fault_at(Code::open_text, 1)}));
}

TEST_CASE("a message is filled from its arguments") {
    Fault fault = fault_at(Code::unexpected_text, 0);
    fault.arguments = {{"found", "x"}, {"expected", "`y`"}};
    CHECK(text_of(fault) == "expected `y`, found `x`");
    CHECK(help_of(fault) == ""); // no variant has all it needs
    fault.arguments.push_back({"joined", "a_b"});
    CHECK(help_of(fault) == "a name has no blanks or hyphens in it: write `a_b`");
    fault.arguments.push_back({"close", "why"});
    CHECK(help_of(fault) == "did you mean `why`?"); // the first variant of those that could be said
}

TEST_CASE("what a user wrote is not taken for a placeholder") {
    Fault fault = fault_at(Code::unexpected_text, 0);
    fault.arguments = {{"found", "{expected} || {"}, {"expected", "`{found}`"}};
    CHECK(text_of(fault) == "expected `{found}`, found `{expected} || {`");
}

TEST_CASE("variants are tried from the left") {
    Fault fault = fault_at(Code::malformed_number, 0);
    fault.arguments = {{"found", "1,5000"}};
    CHECK(help_of(fault) == "write figures like 1,000 or 2.5 or 250K");
    fault.arguments.push_back({"number", "15,000"});
    fault.arguments.push_back({"list", "1, 5000"});
    CHECK(help_of(fault).find("`15,000`") != std::string::npos);
    CHECK(help_of(fault).find("`1, 5000`") != std::string::npos);
    CHECK(help_of(fault).find("`1.5000`") == std::string::npos);
    fault.arguments.push_back({"decimal", "1.5000"});
    CHECK(help_of(fault).find("`1.5000`") != std::string::npos);

    Fault unseen = fault_at(Code::typography, 0);
    unseen.arguments = {{"unseen", "U+200B"}};
    CHECK(text_of(unseen).find("U+200B") != std::string::npos);
    CHECK(help_of(unseen).find("delete it") != std::string::npos);
}

TEST_CASE("a note is filled like a message") {
    CHECK(text_of(Note{NoteCode::first_given, {0, 0}, {}}) == "first given here");
}

TEST_CASE("the names of codes are words with hyphens, each used once") {
    std::set<std::string_view> seen;
    for (const std::string_view name : code_names()) {
        CAPTURE(name);
        CHECK(seen.insert(name).second);
        CHECK(!name.empty());
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
              std::string_view::npos);
    }
    CHECK(name_of(Code::unexpected_text) == "unexpected-text");
    CHECK(name_of(Code::nested_too_deep) == "nested-too-deep");
}

} // namespace rung::diagnostic_test
