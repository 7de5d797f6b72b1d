// Result JSON of outcomes made by hand. The page docs/result.md shows two complete results, written
// by hand too: they are held against the printer here, and against the schema by tests/schema.
#include <rung/diagnostics.hpp>
#include <rung/outcome.hpp>
#include <rung/version.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace rung::print_json_test {
namespace {

using Json = nlohmann::ordered_json; // its equality minds the order of keys

Json json_of(const Outcome& outcome) { return Json::parse(to_json(outcome)); }

/// The n-th block of docs/result.md that is marked as JSON.
Json example(std::size_t n) {
    std::ifstream file(RUNG_SOURCE_DIR "/docs/result.md", std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= n; ++i) {
        begin = page.find("```json\n", begin);
        REQUIRE(begin != std::string::npos);
        begin += std::string("```json\n").size();
    }
    return Json::parse(page.substr(begin, page.find("```", begin) - begin));
}

Figure known(std::string type, std::string value, std::string currency = "") {
    Figure figure;
    figure.state = Figure::State::known;
    figure.type = std::move(type);
    figure.value = std::move(value);
    figure.currency = std::move(currency);
    return figure;
}

Figure between(std::string type, std::string from, std::string through) {
    Figure figure;
    figure.state = Figure::State::range;
    figure.type = std::move(type);
    figure.from = std::move(from);
    figure.through = std::move(through);
    return figure;
}

Figure unknown(std::string type, std::string reason) {
    Figure figure;
    figure.state = Figure::State::unknown;
    figure.type = std::move(type);
    figure.reason = std::move(reason);
    return figure;
}

Place place(std::string file, std::uint32_t line, std::uint32_t column, std::uint32_t end = 0) {
    return {std::move(file), line, column, end == 0 ? 0 : line, end, ""};
}

/// As a measure, since there a figure stands with nothing around it.
Json printed(const Figure& figure) {
    Outcome outcome;
    outcome.measures.push_back({"m", "M", figure, {}, {}});
    Json json = json_of(outcome)["measures"]["m"];
    json.erase("label");
    json.erase("window");
    json.erase("missing");
    return json;
}

Condition plan_complete() {
    Condition condition;
    condition.label = "Business plan complete";
    condition.fact = "plan_complete";
    condition.comparison = "yes";
    condition.actual = unknown("yes_no", "missing");
    condition.required = known("yes_no", "yes");
    condition.missing = {"/plan/complete"};
    return condition;
}

RequirementOutcome plan_row() {
    RequirementOutcome row;
    row.id = "plan";
    row.tier = "silver";
    row.label = "Business plan";
    row.verdict = RequirementVerdict::unknown;
    row.reason = "missing";
    row.offered = true;
    row.conditions = {plan_complete()};
    row.missing = {"/plan/complete"};
    row.cite = "p. 8";
    row.at = place("harbour/2023.rung", 31, 3, 7);
    return row;
}

MeasureOutcome spend() {
    Figure figure = between("money", "180000", "260000.5");
    figure.currency = "USD";
    return {"spend", "Spend", figure, Days{"2022-01-01", "2022-12-31"}, {"/revenue/3/kind"}};
}

Diagnostic unknown_key() {
    Diagnostic warning;
    warning.code = "unknown-key";
    warning.is_error = false;
    warning.place = place("acme.json", 4, 3);
    warning.pointer = "/plann";
    warning.arguments = {{"key", "plann"}};
    warning.text = "the rules declare no key `plann`";
    warning.help = "did you mean `plan`?";
    return warning;
}

Diagnostic given_twice() {
    Diagnostic error;
    error.code = "given-twice";
    error.place = place("2023.rung", 9, 3, 8);
    error.arguments = {{"name", "stories"}};
    error.text = "`stories` is given twice";
    error.help = "leave out one of them";
    error.related = {{place("2023.rung", 7, 3), "first given here"}};
    return error;
}

void say_input(Outcome& outcome) {
    outcome.program = "harbour";
    outcome.program_label = "Harbour Partner Program";
    outcome.version = "2023";
    outcome.choice.why = VersionChoice::Why::in_force;
    outcome.choice.from = "2023-01-01";
    outcome.on = "2023-02-15";
    outcome.review = "annual";
    outcome.review_label = "annual review";
    outcome.review_period = Days{"2022-01-01", "2022-12-31"};
    outcome.partner_key = "P-17";
    outcome.partner = "Acme Messaging";
    outcome.rules_file = "harbour/2023.rung";
    outcome.rules_sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea";
    outcome.facts_sha256 = "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6";
}

/// What the page shows.
Outcome acme() {
    Outcome outcome;
    say_input(outcome);
    LadderOutcome ladder;
    ladder.tiers = {{"none", "Not registered"}, {"silver", "Silver"}};
    ladder.at_least = "none";
    ladder.possible = {"none", "silver"};
    ladder.held = HeldOutcome{"silver", "2022-03-01", {}};
    outcome.ladders.push_back(std::move(ladder));
    outcome.requirements = {plan_row()};
    BenefitOutcome portal;
    portal.id = "portal";
    portal.label = "Partner portal";
    portal.verdict = Granted::unknown;
    portal.opens_at = {{"silver"}};
    portal.tier_suffices = true;
    portal.at = place("harbour/2023.rung", 37, 3);
    outcome.benefits = {portal};
    outcome.measures = {spend()};
    outcome.notices = {{"inactive", "No activity in the quarter", RequirementVerdict::unmet}};
    outcome.decide_next = {"/plan/complete"};
    outcome.warnings.add(unknown_key());
    return outcome;
}

TEST_CASE("the page shows what the printer prints") {
    Json shown = example(0);
    shown["engine"] = std::string(version()); // the page need not follow each release
    CHECK(json_of(acme()) == shown);
}

TEST_CASE("the page shows how errors are printed") {
    Diagnostics diagnostics;
    diagnostics.add(given_twice());
    Json shown = example(1);
    shown["engine"] = std::string(version());
    CHECK(Json::parse(diagnostics.to_json()) == shown);
}

TEST_CASE("the same outcome gives the same bytes") {
    CHECK(to_json(acme()) == to_json(acme()));
    CHECK(to_json(acme()).starts_with("{\n  \"format\": 1,\n  \"engine\": \""));
    CHECK(to_json(acme()).ends_with("\n}"));
}

TEST_CASE("findings are told apart by severity, and are in order if there are none") {
    Diagnostics diagnostics;
    CHECK(Json::parse(diagnostics.to_json())["ok"] == true);
    CHECK(Json::parse(diagnostics.to_json())["errors"] == Json::array());
    diagnostics.add(unknown_key());
    CHECK(Json::parse(diagnostics.to_json())["ok"] == true);
    Diagnostic nowhere;
    nowhere.code = "date-needed";
    nowhere.text = "no date was given";
    diagnostics.add(nowhere);
    const Json json = Json::parse(diagnostics.to_json());
    CHECK(json["ok"] == false);
    CHECK(json["errors"] ==
          Json::parse(R"([{"code": "date-needed", "args": {}, "text": "no date was given"}])"));
    CHECK(json["warnings"].size() == 1);
    CHECK(json["warnings"][0]["code"] == "unknown-key");
}

TEST_CASE("an empty outcome has every key") {
    Json json = json_of({});
    json.erase("input");
    json["engine"] = "";
    CHECK(json == Json::parse(R"({"format": 1, "engine": "", "ok": true, "ladders": [],
        "requirements": [], "benefits": [], "values": {}, "worth": [], "measures": {}, "notices": [],
        "decide_next": [], "warnings": []})"));
}

TEST_CASE("an input without partner, date and reviews") {
    Outcome outcome;
    outcome.in_force = false;
    outcome.by_program = true;
    CHECK(
        json_of(outcome)["input"] ==
        Json::parse(R"({"partner": {"key": null, "label": null}, "program": "", "program_label": "",
        "version": "", "in_force": false, "chosen": {"why": "only_file", "since": null, "corrects": null,
        "corrected_by": null, "corrected_from": null, "withdrawn": null}, "on": null, "review": null, "review_label": null,
        "review_period": null, "by_program": true, "rules_file": "", "rules_sha256": "",
        "facts_sha256": null, "assumed": []})"));
}

TEST_CASE("a ladder with a certain tier") {
    Outcome outcome;
    LadderOutcome ladder;
    ladder.tiers = {{"none", "None"}, {"silver", "Silver"}};
    ladder.climbs = false;
    ladder.tier = "silver";
    ladder.at_least = "silver";
    ladder.possible = {"silver"};
    outcome.ladders.push_back(std::move(ladder));
    CHECK(json_of(outcome)["ladders"] ==
          Json::parse(R"([{"id": "", "label": null, "tiers": [{"id": "none", "label": "None"},
        {"id": "silver", "label": "Silver"}], "one_by_one": false, "status": "certain", "tier": "silver",
        "at_least": "silver", "possible": ["silver"], "held": null, "holds": null, "path": null, "paths": []}])"));
}

TEST_CASE("figures that are known") {
    CHECK(printed(known("yes_no", "yes")) == Json::parse(R"({"type": "yes_no", "value": true})"));
    CHECK(printed(known("yes_no", "no")) == Json::parse(R"({"type": "yes_no", "value": false})"));
    CHECK(printed(known("money", "12000000", "USD")) ==
          Json::parse(R"({"type": "money", "currency": "USD", "value": "12000000"})"));
    CHECK(printed(known("percent", "10")) == Json::parse(R"({"type": "percent", "value": "10"})"));
    CHECK(printed(known("whole", "3")) == Json::parse(R"({"type": "whole", "value": "3"})"));
    CHECK(printed(known("date", "2023-02-15")) ==
          Json::parse(R"({"type": "date", "value": "2023-02-15"})"));
    CHECK(printed(known("text", "yes")) == Json::parse(R"({"type": "text", "value": "yes"})"));
    CHECK(printed(known("text", "")) == Json::parse(R"({"type": "text", "value": ""})"));
}

TEST_CASE("figures of several values") {
    Figure choices = known("choices", "");
    CHECK(printed(choices) == Json::parse(R"({"type": "choices", "value": []})"));
    choices.members = {"embed", "connect"};
    CHECK(printed(choices) == Json::parse(R"({"type": "choices", "value": ["embed", "connect"]})"));
    Figure window = known("window", "");
    window.from = "2022-01-01";
    window.through = "2022-12-31";
    CHECK(printed(window) == Json::parse(R"({"type": "window",
        "value": {"from": "2022-01-01", "through": "2022-12-31"}})"));
}

TEST_CASE("figures that are not certain") {
    CHECK(printed(between("whole", "1", "3")) ==
          Json::parse(R"({"type": "whole", "from": "1", "through": "3"})"));
    CHECK(printed(between("date", "2022-01-01", "")) ==
          Json::parse(R"({"type": "date", "from": "2022-01-01", "through": null})"));
    CHECK(printed(between("decimal", "", "-0.5")) ==
          Json::parse(R"({"type": "decimal", "from": null, "through": "-0.5"})"));
    CHECK(printed(unknown("decimal", "zero_division")) ==
          Json::parse(R"({"type": "decimal", "reason": "zero_division"})"));
    CHECK(printed(Figure{}) == Json::object());
}

TEST_CASE("an unknown measure says what is missing") {
    Outcome outcome;
    outcome.measures.push_back({"m", "M", unknown("money", "missing"), {}, {"/a", "/b/0"}});
    outcome.measures[0].value.currency = "EUR";
    outcome.measures.push_back({"a", "A", known("whole", "1"), {}, {}});
    CHECK(json_of(outcome)["measures"] == Json::parse(R"({
        "m": {"label": "M", "type": "money", "currency": "EUR", "reason": "missing",
              "missing": ["/a", "/b/0"], "window": null},
        "a": {"label": "A", "type": "whole", "value": "1", "window": null, "missing": []}})"));
}

/// Three records, of which the second was published two days too early.
Condition stories() {
    Condition published;
    published.label = "published_on in review_period";
    published.is_rule_text = true;
    published.verdict = RequirementVerdict::unmet;
    published.comparison = "window";
    published.actual = known("date", "2021-12-30");
    published.window = Days{"2022-01-01", "2022-12-31"};
    published.days_before = 2;
    published.changer = Changer::nobody;
    Condition open;
    open.label = "Customer-facing";
    open.missing = {"/stories/2/customer_facing"};
    open.changer = Changer::program;
    Condition condition;
    condition.label = "Stories";
    condition.verdict = RequirementVerdict::unknown;
    condition.comparison = ">=";
    condition.actual = between("whole", "1", "2");
    condition.required = known("whole", "2");
    condition.gap = between("whole", "0", "1");
    condition.records = 3;
    condition.counted = {{"/stories/0", "2022-05-01", true, {}}};
    condition.near = {{"/stories/1", "Desk", false, {published}}};
    condition.unclear = {{"/stories/2", "Bot", false, {open}}};
    return condition;
}

Json row_of(const RequirementOutcome& row) {
    Outcome outcome;
    outcome.requirements = {row};
    return json_of(outcome)["requirements"][0];
}

TEST_CASE("a row repeats its sole condition") {
    RequirementOutcome row;
    row.conditions = {stories()};
    const Json json = row_of(row);
    REQUIRE(json["conditions"].size() == 1);
    for (const char* key : {"actual", "required", "gap", "window", "records"}) {
        CAPTURE(key);
        CHECK(json[key] == json["conditions"][0][key]);
    }
    CHECK(json["gap"] == Json::parse(R"({"type": "whole", "from": "0", "through": "1"})"));
}

TEST_CASE("records say whether they counted, and why not") {
    RequirementOutcome row;
    row.conditions = {stories()};
    const Json records = row_of(row)["records"];
    CHECK(records["total"] == 3);
    CHECK(records["counted"] ==
          Json::parse(R"([{"pointer": "/stories/0", "label": "2022-05-01", "is_date": true}])"));
    CHECK(records["near"] == Json::parse(R"([{"pointer": "/stories/1", "label": "Desk",
        "is_date": false, "fails": [
        {"label": "published_on in review_period", "is_rule_text": true, "fact": null,
         "verdict": "unmet", "comparison": "window",
         "actual": {"type": "date", "value": "2021-12-30"}, "required": null, "gap": null,
         "window": {"from": "2022-01-01", "through": "2022-12-31"}, "days_before": 2,
         "days_after": null, "records": null, "missing": [], "changer": "nobody",
         "alternatives": [], "internal": false}]}])"));
    const Json& why = records["unclear"][0]["fails"][0];
    CHECK(why["verdict"] == "unknown");
    CHECK(why["comparison"].is_null());
    CHECK(why["missing"] == Json::parse(R"(["/stories/2/customer_facing"])"));
    CHECK(why["changer"] == "program");
}

TEST_CASE("of several conditions none stands in the row itself") {
    Condition either;
    either.label = "a or b";
    either.alternatives = {plan_complete(), stories()};
    either.changer = Changer::time;
    RequirementOutcome row;
    row.conditions = {stories(), either};
    const Json json = row_of(row);
    for (const char* key : {"actual", "required", "gap", "window", "records"}) {
        CAPTURE(key);
        CHECK(json[key].is_null());
    }
    CHECK(json["conditions"].size() == 2);
    CHECK(json["conditions"][1]["changer"] == "time");
    CHECK(json["conditions"][1]["alternatives"][0]["fact"] == "plan_complete");
    CHECK(json["conditions"][1]["alternatives"][1]["records"]["total"] == 3);
}

TEST_CASE("heads and ways") {
    RequirementOutcome head;
    head.id = "revenue";
    head.form = RequirementOutcome::Form::at_least_of;
    head.needed = 2;
    CHECK(row_of(head)["form"] == "at_least_of");
    CHECK(row_of(head)["needed"] == 2);
    CHECK(row_of(head)["conditions"] == Json::array());
    CHECK(row_of(head)["at"].is_null());
    head.form = RequirementOutcome::Form::any_one_of;
    CHECK(row_of(head)["form"] == "any_one_of");
    CHECK(row_of(head)["needed"].is_null());
    head.form = RequirementOutcome::Form::all_of;
    CHECK(row_of(head)["form"] == "all_of");

    RequirementOutcome way;
    way.parent = "revenue";
    way.verdict = RequirementVerdict::unmet;
    way.condition = RequirementVerdict::unmet;
    way.because = {plan_complete()};
    way.advice = "sell";
    way.reading = "as the text says";
    const Json json = row_of(way);
    CHECK(json["parent"] == "revenue");
    CHECK(json["condition"] == "unmet");
    CHECK(json["asked_because"][0]["fact"] == "plan_complete");
    CHECK(json["offered"] == false);
    CHECK(json["reason"].is_null());
    CHECK(json["advice"] == "sell");
    CHECK(json["reading"] == "as the text says");
    CHECK(json["cite"].is_null());
}

TEST_CASE("what `in` and `include` ask") {
    Condition condition;
    condition.comparison = "in";
    condition.required = known("choice", "");
    condition.required.members = {"gold", "other"};
    RequirementOutcome row;
    row.conditions = {condition};
    CHECK(row_of(row)["required"] ==
          Json::parse(R"({"type": "choice", "any_of": ["gold", "other"]})"));
    row.conditions[0].comparison = "include_all";
    row.conditions[0].required.type = "choices";
    CHECK(row_of(row)["conditions"][0]["comparison"] == "include_all");
    CHECK(row_of(row)["required"] ==
          Json::parse(R"({"type": "choices", "value": ["gold", "other"]})"));
}

TEST_CASE("benefits say where they open, and what they need") {
    Outcome outcome;
    outcome.benefits.resize(1);
    outcome.benefits[0].opens_at = {{"silver", Need{"Invited"}}, {"gold"}};
    outcome.benefits[0].needs = {{"Requested"}, {"a or b"}};
    const Json json = json_of(outcome)["benefits"][0];
    CHECK(json["opens_at"] ==
          Json::parse(R"([{"tier": "silver", "if": "Invited"}, {"tier": "gold", "if": null}])"));
    CHECK(json["needs"] == Json::parse(R"(["Requested", "a or b"])"));
    CHECK(json["tier_suffices"] == false);
}

TEST_CASE("every verdict has its word") {
    Outcome outcome;
    outcome.notices = {{"a", "", RequirementVerdict::met},
                       {"b", "", RequirementVerdict::unmet},
                       {"c", "", RequirementVerdict::unknown},
                       {"d", "", RequirementVerdict::not_asked}};
    outcome.benefits.resize(4);
    outcome.benefits[0].verdict = Granted::granted;
    outcome.benefits[1].verdict = Granted::open;
    outcome.benefits[2].verdict = Granted::closed;
    outcome.benefits[3].verdict = Granted::unknown;
    outcome.benefits[1].because = {plan_complete()};
    const Json json = json_of(outcome);
    std::vector<std::string> words;
    for (const Json& notice : json["notices"]) {
        words.push_back(notice["verdict"]);
    }
    for (const Json& benefit : json["benefits"]) {
        words.push_back(benefit["verdict"]);
    }
    CHECK(words == std::vector<std::string>{"met", "unmet", "unknown", "not_asked", "granted",
                                            "open", "closed", "unknown"});
    CHECK(json["benefits"][1]["because"][0]["label"] == "Business plan complete");
}

/// The partner's label as it stands in the bytes, without its quotes.
std::string label_bytes(const std::string& label) {
    Outcome outcome;
    outcome.partner = label;
    const std::string json = to_json(outcome);
    const std::string before = "\"key\": null,\n      \"label\": \"";
    const std::size_t begin = json.find(before) + before.size();
    return json.substr(begin, json.find("\"\n    }", begin) - begin);
}

TEST_CASE("texts are escaped") {
    CHECK(label_bytes("a\"b\\c/d") == R"(a\"b\\c/d)");
    CHECK(label_bytes("a\nb\tc\x1b[31m") == R"(a\nb\tc\u001b[31m)");
    CHECK(label_bytes(std::string("a\0b", 3)) == R"(a\u0000b)");
    CHECK(label_bytes("Zoë 東京 🚢") == "Zoë 東京 🚢");
}

TEST_CASE("characters that a terminal obeys, or that hide, are escaped too") {
    const std::string control = "\xC2\x9B";
    const std::string turn =
        std::string("\xE2\x80") + "\xAE"; // in two, or this line would turn too
    const std::string isolate = std::string("\xE2\x81") + "\xA6";
    CHECK(label_bytes("a\x7F") == R"(a\u007f)");
    CHECK(label_bytes("a" + control + "31m") == R"(a\u009b31m)");
    CHECK(label_bytes("a\xC2\xA0") == "a\xC2\xA0");
    CHECK(label_bytes("a" + turn + "b\xE2\x80\xA8") == R"(a\u202eb\u2028)");
    CHECK(label_bytes("\xEF\xBB\xBF" + isolate) == R"(\ufeff\u2066)");
    Outcome outcome;
    outcome.partner = "a" + control + turn;
    CHECK(json_of(outcome)["input"]["partner"]["label"] == outcome.partner);
}

TEST_CASE("bytes that are not UTF-8 are replaced, in keys too") {
    CHECK(label_bytes("a\xFFz") == "a\xEF\xBF\xBDz");
    CHECK(label_bytes("a\xE2\x80").find('\x80') == std::string::npos);
    Diagnostics diagnostics;
    Diagnostic error = given_twice();
    error.arguments = {{"\xC3", "\xED\xA0\x80"}};
    diagnostics.add(error);
    CHECK(Json::accept(diagnostics.to_json()));
    CHECK(Json::parse(diagnostics.to_json())["errors"][0]["args"].contains("\xEF\xBF\xBD"));
}

} // namespace
} // namespace rung::print_json_test
