// Programs, their versions, and facts, as a caller sees them; and eight threads at one Program.
#include <rung/rung.hpp>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace rung::program_test {
namespace {

std::string rules(const std::string& version, const std::string& effective,
                  const std::string& rest = "", const std::string& name = "harbour") {
    return "program    " + name + " \"Harbour Partners\"\nversion    " + version + "\neffective  " +
           effective + "\n" + rest;
}

Program program(const std::string& text) {
    Result<Program> parsed = Program::parse("harbour.rung", text);
    REQUIRE_MESSAGE(parsed, parsed.diagnostics.to_text());
    return *parsed;
}

Program version(const std::string& name, const std::string& effective) {
    return program(rules(name, effective));
}

std::string codes(const Diagnostics& diagnostics) {
    std::string all;
    for (const Diagnostic& diagnostic : diagnostics) {
        all += (all.empty() ? "" : " ") + diagnostic.code;
    }
    return all;
}

/// "2023", "2023 (not in force)", or the code of the fault.
std::string chosen(const Registry& registry, const std::optional<std::string>& on,
                   const std::optional<std::string>& named = std::nullopt) {
    const Result<Chosen> found = registry.choose(on, named);
    return found ? found->program.version() + (found->in_force ? "" : " (not in force)")
                 : codes(found.diagnostics);
}

Registry registry(std::vector<Program> versions) {
    Result<Registry> made = Registry::of(std::move(versions));
    REQUIRE_MESSAGE(made, made.diagnostics.to_text());
    return *made;
}

// ---- versions ----------------------------------------------------------------------------------

TEST_CASE("`through` has both its days inside; `onwards` lasts until the next version begins") {
    const Registry versions = registry({version("2024", "2024-02-01 onwards"),
                                        version("2022", "2022-01-01 through 2022-12-31"),
                                        version("2023", "2023-01-01 onwards")});
    CHECK(chosen(versions, "2021-12-31") == "none-in-force");
    CHECK(chosen(versions, "2022-01-01") == "2022");
    CHECK(chosen(versions, "2022-12-31") == "2022");
    CHECK(chosen(versions, "2023-01-01") == "2023");
    CHECK(chosen(versions, "2024-01-31") == "2023");
    CHECK(chosen(versions, "2024-02-01") == "2024");
    CHECK(chosen(versions, "9999-12-31") == "2024");
    // In the order in which they begin, whatever the order they were given in.
    std::vector<std::string> order;
    for (const Program& each : versions.versions()) {
        order.push_back(each.version());
    }
    CHECK(order == std::vector<std::string>{"2022", "2023", "2024"});
}

TEST_CASE("a date in a gap is an error that says what is in force when") {
    const Registry versions = registry({version("a", "2022-01-01 through 2022-06-30"),
                                        version("b", "2022-09-01 through 2022-12-31")});
    CHECK(chosen(versions, "2022-06-30") == "a");
    CHECK(chosen(versions, "2022-07-01") == "none-in-force");
    CHECK(chosen(versions, "2022-08-31") == "none-in-force");
    CHECK(chosen(versions, "2022-09-01") == "b");
    CHECK(chosen(versions, "2023-01-01") == "none-in-force");
    const std::string text = versions.choose("2022-07-15", std::nullopt).diagnostics.to_text();
    CHECK(text.find("2022-06-30") != std::string::npos);
    CHECK(text.find("2022-09-01") != std::string::npos);
}

TEST_CASE("versions of one day are refused") {
    const auto fault = [](std::vector<Program> versions) {
        return codes(Registry::of(std::move(versions)).diagnostics);
    };
    CHECK(fault({version("a", "2022-01-01 through 2022-06-30"),
                 version("b", "2022-06-30 onwards")}) == "versions-overlap");
    CHECK(fault({version("a", "2022-01-01 through 2022-06-30"), version("b", "2022-07-01 onwards")})
              .empty());
    CHECK(fault({version("a", "2022-01-01 onwards"), version("b", "2022-01-01 onwards")}) ==
          "versions-overlap");
    // One inside the other, and one across two.
    CHECK(fault({version("a", "2020-01-01 through 2029-12-31"),
                 version("b", "2022-01-01 through 2022-12-31")}) == "versions-overlap");
    CHECK(fault({version("a", "2020-01-01 through 2029-12-31"),
                 version("b", "2022-01-01 through 2022-12-31"), version("c", "2024-01-01 onwards")})
              .find("versions-overlap") == 0);
    CHECK(fault({}) == "no-versions");
    CHECK(fault({version("a", "2022-01-01 onwards"), version("a", "2023-01-01 onwards")}) ==
          "version-twice");
    CHECK(fault({version("a", "2022-01-01 onwards"),
                 program(rules("b", "2023-01-01 onwards", "", "other"))}) == "different-programs");
    CHECK(fault({version("a", "2022-01-01 onwards"),
                 program(rules("b", "2023-01-01 onwards", "input on \"as_of\"\n"))}) ==
          "different-inputs");
}

TEST_CASE("a version that is named is used, in force or not") {
    const Registry versions = registry(
        {version("2022", "2022-01-01 through 2022-12-31"), version("2023", "2023-01-01 onwards")});
    CHECK(chosen(versions, "2023-05-01", "2023") == "2023");
    CHECK(chosen(versions, "2023-05-01", "2022") == "2022 (not in force)");
    CHECK(chosen(versions, "2022-05-01", "2023") == "2023 (not in force)");
    CHECK(chosen(versions, std::nullopt, "2022") == "2022");
    CHECK(chosen(versions, "2022-05-01", "2024") == "unknown-version");
    CHECK(chosen(versions, "2022-02-30", "2022") == "no-such-day");
    CHECK(chosen(versions, std::nullopt) == "no-date");
    CHECK(chosen(registry({version("2022", "2022-01-01 through 2022-12-31")}), std::nullopt) ==
          "2022");
    CHECK(chosen(registry({version("2022", "2022-01-01 through 2022-12-31")}), "2023-01-01") ==
          "none-in-force");
}

// ---- withdrawn versions, corrections and why one was chosen --------------------------------------

Program withdrawn(const std::string& name, const std::string& effective) {
    return program(rules(name, effective, "withdrawn \"The figures were wrong.\"\n"));
}

TEST_CASE("a withdrawn version is in force on no day, and still used by name") {
    const Registry open =
        registry({version("2023", "2023-01-01 onwards"), withdrawn("2023.1", "2023-05-01 onwards"),
                  version("2024", "2024-01-01 onwards")});
    CHECK(open.versions()[1].withdrawn() == "The figures were wrong.");
    CHECK_FALSE(open.versions()[0].withdrawn());
    CHECK(chosen(open, "2023-06-30") == "2023"); // which is in force until the next one
    CHECK(chosen(open, "2023-12-31") == "2023");
    CHECK(chosen(open, "2024-01-01") == "2024");
    CHECK(chosen(open, "2023-06-30", "2023.1") == "2023.1 (not in force)");
    CHECK(chosen(open, std::nullopt, "2023.1") == "2023.1 (not in force)");
    CHECK(open.choose("2023-06-30", "2023.1")->choice.withdrawn == "The figures were wrong.");

    const Registry gap = registry({version("2023", "2023-01-01 through 2023-04-30"),
                                   withdrawn("2023.1", "2023-05-01 onwards"),
                                   version("2024", "2024-01-01 onwards")});
    CHECK(chosen(gap, "2023-05-01") == "none-in-force");
    CHECK(chosen(gap, "2023-12-31") == "none-in-force");
    const std::string text = gap.choose("2023-06-30", std::nullopt).diagnostics.to_text(false, 400);
    CHECK(text.find("2023 ended on 2023-04-30") != std::string::npos);
    CHECK(text.find("2024 begins on 2024-01-01") != std::string::npos);
    CHECK(text.find("The figures were wrong.") != std::string::npos);
}

TEST_CASE("a withdrawn version may share its days with the one that takes its place") {
    const Registry versions = registry({withdrawn("2023", "2023-01-01 through 2023-12-31"),
                                        version("2023.1", "2023-01-01 through 2023-12-31")});
    CHECK(chosen(versions, "2023-06-30") == "2023.1");
    CHECK(chosen(registry({withdrawn("2023", "2023-01-01 onwards")}), "2023-06-30") ==
          "none-in-force");
    const Result<VersionList> listed = list(versions, "2023-06-30");
    REQUIRE(listed);
    CHECK(listed->in_force == "2023.1");
    CHECK(listed->gaps.empty());
    CHECK(listed->versions[0].withdrawn == "The figures were wrong.");
}

TEST_CASE("a date outside all versions names those that are near") {
    const Registry versions = registry({version("a", "2022-01-01 through 2022-06-30"),
                                        version("b", "2022-09-01 through 2022-12-31")});
    const auto said = [&](const std::string& day) {
        return versions.choose(day, std::nullopt).diagnostics.to_text(false, 400);
    };
    CHECK(said("2021-12-31").find("a, the first one, begins on 2022-01-01") != std::string::npos);
    CHECK(said("2023-01-01").find("b, the last one, ended on 2022-12-31") != std::string::npos);
    CHECK(said("2022-07-15").find("a ended on 2022-06-30, and b begins on 2022-09-01") !=
          std::string::npos);
}

TEST_CASE("why a version was chosen, and what corrects it") {
    const Registry versions =
        registry({version("2023", "2023-01-01 onwards"), version("2023.1", "2023-05-01 onwards"),
                  version("2023.2", "2023-09-01 onwards"), version("2024", "2024-01-01 onwards")});
    const auto choice = [&](const std::optional<std::string>& on,
                            const std::optional<std::string>& named = std::nullopt) {
        return versions.choose(on, named)->choice;
    };
    using Why = VersionChoice::Why;
    CHECK(choice("2023-02-01").why == Why::in_force);
    CHECK(choice("2023-02-01").from == "2023-01-01");
    CHECK(choice("2023-02-01").corrected_by == "2023.1");
    CHECK(choice("2023-02-01").corrected_from == "2023-05-01");
    CHECK(choice("2023-02-01").corrects.empty());
    CHECK(choice("2023-06-01").corrects == "2023");
    CHECK(choice("2023-06-01").corrected_by == "2023.2");
    CHECK(choice("2023-10-01").corrects == "2023.1");
    CHECK(choice("2023-10-01").corrected_by.empty());
    CHECK(choice("2024-02-01").corrects.empty());
    CHECK(choice("2024-02-01").corrected_by.empty());
    CHECK(choice(std::nullopt, "2023").why == Why::named);
    const Registry sole = registry({version("2023", "2023-01-01 onwards")});
    CHECK(sole.choose(std::nullopt, std::nullopt)->choice.why == Why::only_file);
}

TEST_CASE("a program says what it is") {
    const std::string text = rules("2023", "2023-01-01 through 2023-12-31", R"(
reviews
  annual  looks at previous calendar year  can raise
ladder none < one < two  climbed one by one
facts
  a  yes/no
requirements
| name | asks | one | two |
|------|------|-----|-----|
| x    | a    | yes | yes |
benefits
| name | one | two |
|------|-----|-----|
| y    | -   | yes |
)");
    const Program made = program(text);
    CHECK(made.file() == "harbour.rung");
    CHECK(made.id() == "harbour");
    CHECK(made.label() == "Harbour Partners");
    CHECK(made.version() == "2023");
    CHECK(made.effective_from() == "2023-01-01");
    CHECK(made.effective_through() == "2023-12-31");
    CHECK(made.tiers() == std::vector<std::string>{"none", "one", "two"});
    CHECK(made.reviews() == std::vector<std::string>{"annual"});
    CHECK(made.requirements() == std::vector<std::string>{"x"});
    CHECK(made.benefits() == std::vector<std::string>{"y"});
    CHECK(made.sha256() == program(text).sha256());
    CHECK(made.sha256().size() == 64);
    CHECK(made.sha256() != program(text + "# one more line\n").sha256());
    CHECK_FALSE(version("a", "2022-01-01 onwards").effective_through());
    CHECK_FALSE(version("a", "2022-01-01 onwards").needs_date());
}

// ---- facts and settings ------------------------------------------------------------------------

const std::string dated = rules("2023", "2023-01-01 onwards", R"(
input on "as_of", review "at", version "rules"
reviews
  annual  looks at previous calendar year  can raise
  middle  looks at trailing 30 days        can raise
ladder none < one  climbed one by one
facts
  day  date
requirements
| name | asks                 | one |
|------|----------------------|-----|
| x    | day in review_period | yes |
)");

std::string tier(const Program& made, const std::string& json,
                 const EvaluateOptions& options = {}) {
    const Result<Facts> facts = Facts::read(made, "facts.json", json);
    if (!facts) {
        return codes(facts.diagnostics);
    }
    const Result<Outcome> outcome = evaluate(made, *facts, options);
    return outcome ? outcome->ladders.front().tier.value_or("?") : codes(outcome.diagnostics);
}

EvaluateOptions at(const std::string& on, const std::string& review) {
    EvaluateOptions options;
    options.on = on;
    options.review = review;
    return options;
}

TEST_CASE("date and review come from the call or from the facts, and must agree") {
    const Program made = program(dated);
    CHECK(made.needs_date());
    const std::string inside = R"("day": "2022-12-31")";
    CHECK(tier(made, "{" + inside + "}", at("2023-02-15", "annual")) == "one");
    CHECK(tier(made, "{" + inside + "}", at("2023-02-15", "middle")) == "none");
    CHECK(tier(made, "{" + inside + R"(, "as_of": "2023-02-15", "at": "annual"})") == "one");
    CHECK(tier(made, R"({"facts": {)" + inside + R"(}, "on": "2023-02-15", "review": "annual"})") ==
          "one");
    CHECK(tier(made, "{" + inside + R"(, "as_of": "2023-02-15", "at": "annual"})",
               at("2023-02-15", "annual")) == "one");
    CHECK(tier(made, "{" + inside + R"(, "as_of": "2023-02-15", "at": "annual"})",
               at("2023-02-16", "annual")) == "contradiction");
    CHECK(tier(made, "{" + inside + R"(, "as_of": "2023-02-15", "at": "annual"})",
               at("2023-02-15", "middle")) == "contradiction");
    CHECK(tier(made, "{" + inside + "}") == "no-date no-review");
    CHECK(tier(made, "{" + inside + "}", at("2023-02-30", "annual")) == "no-such-day");
    CHECK(tier(made, "{" + inside + "}", at("2023-02-15", "yearly")) == "unknown-review");
    CHECK(tier(made, "{" + inside + R"(, "rules": "2022"})", at("2023-02-15", "annual")) ==
          "other-version");
    EvaluateOptions named = at("2023-02-15", "annual");
    named.named_version = true;
    CHECK(tier(made, "{" + inside + R"(, "rules": "2022"})", named) == "one");
    CHECK(tier(made, "{}", at("2023-02-15", "annual")) == "?");
}

TEST_CASE("what facts say before a version is chosen") {
    const Program made = program(dated);
    const Stated stated = Facts::peek(
        made, "a.json", R"({"as_of": "2023-02-15", "rules": 2023, "day": "2022-01-01"})");
    CHECK(stated.on == "2023-02-15");
    CHECK(stated.version == "2023");
    CHECK_FALSE(Facts::peek(made, "a.json", "{}").on);
    CHECK_FALSE(Facts::peek(made, "a.json", "not json").on);
}

TEST_CASE("what keeps the date of facts from being read is told, and nothing else") {
    const Program made = program(dated);
    const auto faults = [&](const std::string& json) {
        std::string codes;
        for (const Diagnostic& fault : Facts::peek(made, "a.json", json).faults) {
            codes += (codes.empty() ? "" : " ") + fault.code;
        }
        return codes;
    };
    CHECK(faults(R"({"as_of": "02/15/2023"})") == "malformed-date");
    CHECK(faults(R"({"as_of": 20230215})") == "fact-type");
    CHECK(faults(R"({"as_of": ["2023-02-15"]})") == "fact-type");
    CHECK(faults(R"({"as_of": "2023-02-31"})") == "no-such-day");
    CHECK(faults(R"({"on": "2023-02-31", "facts": {}})") == "no-such-day");
    CHECK(faults(R"({"facts": {"as_of": "x"}})") == "malformed-date");
    CHECK(faults(R"({"as_off": "2023-02-15"})") == "unknown-fact");
    CHECK(faults("[]") == "facts-not-object");
    CHECK(faults("") == "json-empty");
    CHECK(faults("{'as_of': 1}") == "json-quotes");
    // What is wrong with other facts is a matter of the version that is not known.
    CHECK(faults(R"({"nothing_known": 7, "day": 5})") == "");
    CHECK(faults(R"({"as_of": "2023-02-15", "day": 5})") == "");
}

TEST_CASE("facts outlive the text and the program they were read with") {
    std::optional<Facts> facts;
    std::optional<Program> kept;
    {
        Program made = program(dated);
        std::string json = R"({"day": "2022-12-31"})";
        facts = *Facts::read(made, "facts.json", json);
        json.assign(json.size(), 'x');
        kept = made;
    }
    const Result<Outcome> outcome = evaluate(*kept, *facts, at("2023-02-15", "annual"));
    REQUIRE(outcome);
    CHECK(outcome->ladders.front().tier == "one");
    CHECK(facts->sha256().size() == 64);
}

TEST_CASE("facts that were read for other rules are refused, not read by the wrong slots") {
    const Program first =
        program(rules("2022", "2022-01-01 onwards",
                      "ladder none < one  climbed one by one\nfacts\n  a  yes/no\n  b  text\n"));
    const Program second =
        program(rules("2023", "2023-01-01 onwards",
                      "ladder none < one  climbed one by one\nfacts\n  b  text\n  a  yes/no\n"));
    const Facts facts = *Facts::read(first, "facts.json", R"({"a": true, "b": "x"})");
    CHECK(codes(evaluate(second, facts, {}).diagnostics) == "other-version");
    Result<BatchEvaluator> batch = BatchEvaluator::of(second, {});
    REQUIRE(batch);
    CHECK_FALSE(batch->evaluate(facts).applies);
    CHECK_FALSE(batch->evaluate(facts).tier);
    // The same text parsed again is the same rules.
    CHECK(evaluate(
        program(rules("2022", "2022-01-01 onwards",
                      "ladder none < one  climbed one by one\nfacts\n  a  yes/no\n  b  text\n")),
        facts, {}));
}

TEST_CASE("facts keep alive what their defaults point at") {
    std::optional<Facts> facts;
    const std::string text =
        rules("1", "2023-01-01 onwards",
              "facts\n  name  text  default \"a text that is too long to be kept in "
              "place\"\ndefine same  name = \"a text that is too long to be kept in place\"\n");
    {
        const Program made = program(text);
        facts = *Facts::read(made, "facts.json", "{}");
    }
    const Result<Outcome> outcome = evaluate(program(text), *facts, {});
    REQUIRE(outcome);
    CHECK(outcome->measures.front().value.value == "yes");
}

TEST_CASE("an outcome says whether the version was in force") {
    const Program made = program(dated);
    const Result<Facts> facts = Facts::read(made, "facts.json", "{}");
    EvaluateOptions options = at("2023-02-15", "annual");
    options.in_force = false;
    const Result<Outcome> outcome = evaluate(made, *facts, options);
    REQUIRE(outcome);
    CHECK_FALSE(outcome->in_force);
    CHECK(outcome->on == "2023-02-15");
    CHECK(outcome->review_period->from == "2022-01-01");
}

TEST_CASE("without a rule that uses the date, none is needed and none is said") {
    const Program made = program(
        rules("1", "2023-01-01 onwards", "facts\n  n  whole number\ndefine twice  n * 2\n"));
    CHECK_FALSE(made.needs_date());
    const Result<Outcome> outcome =
        evaluate(made, *Facts::read(made, "facts.json", R"({"n": 2})"), {});
    REQUIRE(outcome);
    CHECK_FALSE(outcome->on);
    CHECK(outcome->measures.front().value.value == "4");
}

TEST_CASE("a batch refuses what one evaluation refuses") {
    const Program made = program(dated);
    CHECK(codes(BatchEvaluator::of(made, {}).diagnostics) == "no-date no-review");
    CHECK(codes(BatchEvaluator::of(made, at("2023-02-30", "annual")).diagnostics) == "no-such-day");
    Result<BatchEvaluator> batch = BatchEvaluator::of(made, at("2023-02-15", "annual"));
    REQUIRE(batch);
    BatchEvaluator moved = std::move(*batch);
    const BatchEvaluator::Verdict verdict =
        moved.evaluate(*Facts::read(made, "f.json", R"({"day": "2022-05-05"})"));
    CHECK(verdict.tier == 1U);
    CHECK(verdict.possible == 2U);
    CHECK(verdict.at_least == 1U);
}

// ---- threads -----------------------------------------------------------------------------------

TEST_CASE("eight threads evaluate one program at once") {
    const Program made = program(rules("2023", "2023-01-01 onwards", R"(
ladder none < one < two  climbed one by one
record line
  points  whole number
  label   text
facts
  lines  list of line
  n      whole number
define middle  (median of points in lines) otherwise 0
define kinds   count of distinct label in lines
requirements
| name   | asks        | one | two |
|--------|-------------|-----|-----|
| middle | middle >= _ | 2   | 4   |
| kinds  | kinds >= _  | -   | 2   |
)"));
    const std::vector<std::string> partners{
        R"({"lines": [{"points": 5, "label": "a"}, {"points": 4, "label": "b"}]})",
        R"({"lines": []})", R"({"lines": [{"points": 3, "label": "a"}]})", "{}"};
    const std::vector<std::string> expected{"two", "none", "one", "?"};
    const Facts shared = *Facts::read(made, "shared.json", partners[0]);
    const std::string bytes = to_json(*evaluate(made, shared, {}));
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) {
        threads.emplace_back([&] {
            Result<BatchEvaluator> batch = BatchEvaluator::of(made, {});
            for (std::size_t i = 0; i < 200; ++i) {
                const Result<Facts> facts = Facts::read(made, "facts.json", partners[i % 4]);
                const Result<Outcome> outcome = evaluate(made, *facts, {});
                const BatchEvaluator::Verdict verdict = batch->evaluate(*facts);
                const std::string said = verdict.tier ? made.tiers()[*verdict.tier] : "?";
                const bool fine = outcome &&
                                  outcome->ladders.front().tier.value_or("?") == expected[i % 4] &&
                                  said == expected[i % 4];
                wrong += fine ? 0 : 1;
            }
            wrong += to_json(*evaluate(made, shared, {})) == bytes ? 0 : 1;
            const Result<Program> own = Program::parse("own.rung", dated);
            wrong += own ? 0 : 1;
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(wrong == 0);
}

} // namespace
} // namespace rung::program_test
