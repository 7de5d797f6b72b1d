// Facts: what is read into the slots, and what is said of facts that do not fit. Models are made by
// hand.
#include "interpreter/fact_sheet.hpp"

#include <clocale>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace rung::fact_sheet_test {
namespace {

// ---- a program ----------------------------------------------------------------------------------

Field field(const std::string& name, TypeKind kind, Index index = 0,
            const std::string& pointer = "") {
    Field made;
    made.name = name;
    made.label = "The " + name;
    made.pointer = pointer.empty() ? "/" + name : pointer;
    made.type = {kind, index};
    return made;
}

Number number(const std::string& text) {
    const ParsedNumber parsed = Number::parse(text);
    REQUIRE_MESSAGE(parsed, text);
    return parsed.value;
}

Date day(const std::string& text) {
    const ParsedDate parsed = Date::parse(text);
    REQUIRE_MESSAGE(parsed, text);
    return parsed.value;
}

Field bounded(Field made, const std::string& least, const std::string& most) {
    if (!least.empty())
        made.at_least = number(least);
    if (!most.empty())
        made.at_most = number(most);
    return made;
}

// Indices of the model below.
enum Record : Index { credential, person, line };
enum Credential : Index { credential_name, credential_expires };
enum Person : Index { person_id, person_active, person_credentials, person_old, person_skills };
enum Line : Index { line_amount, line_kind, line_on, line_source };
enum Fact : Index {
    partner,
    agreement,
    headcount,
    score,
    margin,
    share,
    spend,
    joined,
    expires,
    motions,
    size,
    region,
    direct,
    influenced,
    people,
    support_active,
    support_since,
    odd,
    invited,
    notice,
};

RecordType record(const std::string& label, std::vector<Field> fields) {
    RecordType made;
    made.label = label;
    made.fields = std::move(fields);
    return made;
}

Model program() {
    Model model;
    model.choice_sets = {
        {{{"embed", "embed"}, {"integrate", "integrate"}, {"connect", "Connect & go"}}, false},
        {{{"small", "S"}, {"large", "L"}}, true},
    };
    Ladder ladder;
    ladder.tiers = {{"none", "Not registered", {}}, {"silver", "Silver", {}}, {"gold", "Gold", {}}};
    model.ladders.push_back(std::move(ladder));
    model.on_key = "/as_of";
    model.review_key = "/evaluation/kind";
    model.version_key = "/rules_version";

    Field expiry = field("expires_on", TypeKind::date);
    expiry.or_never = true;
    model.records = {
        record("Credential", {field("name", TypeKind::text), expiry}),
        record("Person", {field("id", TypeKind::text), field("active", TypeKind::yes_no),
                          field("credentials", TypeKind::list, credential),
                          field("old", TypeKind::list, credential, "/archive/credentials"),
                          field("skills", TypeKind::choices, 0)}),
        record("Revenue line", {field("amount", TypeKind::money, 0, "/amount_usd"),
                                field("kind", TypeKind::choice, 1), field("on", TypeKind::date),
                                field("source", TypeKind::text, 0, "/meta/source")}),
    };

    Field as_share = bounded(field("share", TypeKind::percent), "0", "1");
    as_share.share = true;
    Field or_never = field("expires", TypeKind::date);
    or_never.or_never = true;
    Field invited_by_default = field("invited", TypeKind::yes_no);
    invited_by_default.default_literal = 0;
    model.literals = {Value::of(Truth::no)};
    model.facts = {
        field("partner", TypeKind::text),
        field("agreement", TypeKind::yes_no),
        bounded(field("headcount", TypeKind::whole), "0", ""),
        field("score", TypeKind::decimal),
        bounded(field("margin", TypeKind::percent), "", "0.5"),
        as_share,
        bounded(field("spend", TypeKind::money), "0", "1e6"),
        field("joined", TypeKind::date),
        or_never,
        field("motions", TypeKind::choices, 0),
        field("size", TypeKind::choice, 1),
        field("region", TypeKind::choice, 0),
        field("direct", TypeKind::list, line),
        field("influenced", TypeKind::list, line),
        field("people", TypeKind::list, person),
        field("support_active", TypeKind::yes_no, 0, "/support_plan/active"),
        field("support_since", TypeKind::date, 0, "/support_plan/since"),
        field("odd", TypeKind::text, 0, "/a~1b/m~0n"),
        invited_by_default,
        field("notice", TypeKind::days),
    };
    return model;
}

const Model& model() {
    static const Model made = program();
    return made;
}

// ---- reading ------------------------------------------------------------------------------------

struct Reading {
    Source source;
    Faults faults;
    FactSheet sheet;
};

Reading read(const std::string& json, bool strict = false) {
    Reading reading;
    reading.source = Source("facts.json", json);
    reading.sheet = read_facts(model(), reading.source, strict, reading.faults);
    return reading;
}

Reading read_well(const std::string& json) {
    Reading reading = read(json);
    for (const Fault& fault : reading.faults)
        FAIL_CHECK(json << ": " << text_of(fault));
    return reading;
}

/// "code pointer [place]: text; help", and for notes "; text [place]".
std::string in_full(const Source& source, const Fault& fault) {
    std::string text(name_of(fault.code));
    text +=
        " " + fault.pointer + " [" + std::string(source.text(fault.where)) + "]: " + text_of(fault);
    text += "; " + help_of(fault);
    for (const Note& note : fault.notes)
        text += "; " + text_of(note) + " " + std::to_string(note.where.begin);
    return text;
}

std::string faults_of(const std::string& json, bool strict = false) {
    const Reading reading = read(json, strict);
    std::string all;
    for (const Fault& fault : reading.faults)
        all += (all.empty() ? "" : "\n") + in_full(reading.source, fault);
    return all.empty() ? "none" : all;
}

/// "code pointer [place]" of each.
std::string places_of(const std::string& json, bool strict = false) {
    const Reading reading = read(json, strict);
    std::string all;
    for (const Fault& fault : reading.faults) {
        all += all.empty() ? "" : ", ";
        all += std::string(name_of(fault.code)) + " " + fault.pointer + " [" +
               std::string(reading.source.text(fault.where)) + "]";
    }
    return all.empty() ? "none" : all;
}

Value fact(const std::string& json, Index index) { return read_well(json).sheet.facts[index]; }

std::string figure(const std::string& json, Index index) {
    const Value value = fact(json, index);
    REQUIRE(value.form == Value::Form::range);
    CHECK(value.certain());
    return value.range.low.fraction_string();
}

std::string list_text(const Value& value) {
    REQUIRE(value.form == Value::Form::list);
    return std::to_string(value.list.table) + ":" + std::to_string(value.list.first) + "+" +
           std::to_string(value.list.count) + (value.list.may_hold_more ? " or more" : "");
}

// ---- what is not given --------------------------------------------------------------------------

void check_blank(const FactSheet& sheet) {
    REQUIRE(sheet.facts.size() == model().facts.size());
    REQUIRE(sheet.tables.size() == model().records.size());
    for (Index i = 0; i < sheet.facts.size(); ++i) {
        CHECK(sheet.facts[i].certain() == (i == invited));
        CHECK(sheet.facts[i].reason == (i == invited ? Reason::none : Reason::missing));
        CHECK(sheet.facts[i].undetermined == Truth::no);
    }
    CHECK(sheet.facts[agreement].truth == Truth::unknown);
    CHECK(sheet.facts[invited].truth == Truth::no);
    const Range& count = sheet.facts[headcount].range;
    CHECK((!count.low_open && count.low == Number(0) && count.high_open));
    const Range& part = sheet.facts[share].range;
    CHECK((!part.low_open && part.low == Number(0) && !part.high_open && part.high == Number(1)));
    const Range& any = sheet.facts[score].range;
    CHECK((any.low_open && any.high_open));
    const Range& most = sheet.facts[margin].range;
    CHECK((most.low_open && !most.high_open && most.high == number("0.5")));
    CHECK(sheet.facts[notice].range.high_open);
    const DateRange& since = sheet.facts[joined].dates;
    CHECK((since.low == Date::min() && since.high == Date::max() && !since.never &&
           !since.may_be_never));
    const DateRange& until = sheet.facts[expires].dates;
    CHECK((until.low == Date::min() && until.high == Date::max() && !until.never &&
           until.may_be_never));
    CHECK((sheet.facts[region].mask.surely == 0 && sheet.facts[region].mask.maybe == 0b111));
    CHECK((sheet.facts[size].mask.surely == 0 &&
           sheet.facts[size].mask.maybe == 0b111)); // S, L, other
    CHECK((sheet.facts[motions].mask.surely == 0 && sheet.facts[motions].mask.maybe == 0b111));
    CHECK(!sheet.facts[partner].text.known);
    CHECK(list_text(sheet.facts[direct]) == "2:0+0 or more");
    CHECK(list_text(sheet.facts[people]) == "1:0+0 or more");
    CHECK((!sheet.on && !sheet.review && !sheet.version && !sheet.held[0]));
}

TEST_CASE("facts: what is absent or null is unknown") {
    check_blank(read_well("{}").sheet);
    check_blank(read_well("\xEF\xBB\xBF{}").sheet);
    std::string nulls;
    for (const Field& each : model().facts) {
        if (each.pointer.rfind('/') == 0)
            nulls += "\"" + each.name + "\": null, ";
    }
    check_blank(read_well("{" + nulls +
                          "\"support_plan\": null, \"a/b\": {\"m~n\": null}, \"as_of\": null, "
                          "\"evaluation\": {\"kind\": null}, \"rules_version\": null}")
                    .sheet);
    check_blank(read_well(R"({"support_plan": {}, "evaluation": {}})").sheet);
    check_blank(
        read_well(R"({"facts": {}, "on": null, "review": null, "version": null, "held": null,
                              "incomplete": null, "waivers": null})")
            .sheet);

    const FactSheet rows = read_well(R"({"direct": [{}, {"kind": null}], "people": [{}]})").sheet;
    CHECK(rows.cell(model(), line, 1, line_kind).reason == Reason::missing);
    CHECK(rows.cell(model(), line, 0, line_source).reason == Reason::missing);
    CHECK(list_text(rows.cell(model(), person, 0, person_old)) == "0:0+0 or more");
}

TEST_CASE("facts: a default stands where nothing is given") {
    CHECK(fact("{}", invited).truth == Truth::no);
    CHECK(fact(R"({"invited": null})", invited).truth == Truth::no);
    CHECK(fact(R"({"invited": true})", invited).truth == Truth::yes);
}

// ---- types --------------------------------------------------------------------------------------

TEST_CASE("facts: yes and no") {
    CHECK(fact(R"({"agreement": true})", agreement).truth == Truth::yes);
    CHECK(fact(R"({"agreement": false})", agreement).truth == Truth::no);
    CHECK(faults_of(R"({"agreement": "yes"})") ==
          "fact-type /agreement [\"yes\"]: `The agreement` asks for `true` or `false`, and "
          "`\"yes\"` is a text; "
          "write `true`");
    CHECK(faults_of(R"({"agreement": 0})") ==
          "fact-type /agreement [0]: `The agreement` asks for `true` or `false`, and `0` is a "
          "number; write `false`");
    CHECK(faults_of(R"({"agreement": "maybe"})") ==
          "fact-type /agreement [\"maybe\"]: `The agreement` asks for `true` or `false`, and "
          "`\"maybe\"` is a text; "
          "write, for example, `true`");
    CHECK(
        faults_of(R"({"agreement": [true]})") ==
        "fact-type /agreement [[]: `The agreement` asks for `true` or `false`, and this is a list; "
        "write, for example, `true`");
}

TEST_CASE("facts: whole numbers") {
    for (const std::string text : {"5", "5.0", "5e0", "0.5e1", "\"5\"", "\"5.00\""})
        CHECK(figure("{\"headcount\": " + text + "}", headcount) == "5");
    CHECK(figure(R"({"headcount": 0})", headcount) == "0");
    CHECK(figure(R"({"headcount": 18446744073709551617})", headcount) ==
          "18446744073709551617"); // 2^64 + 1
    CHECK(figure(R"({"notice": 30})", notice) == "30");
    CHECK(faults_of(R"({"headcount": 5.5})") ==
          "not-whole /headcount [5.5]: `5.5` is not a whole number; ");
    CHECK(places_of(R"({"headcount": true})") == "fact-type /headcount [true]");
    CHECK(
        faults_of(R"({"headcount": -1})") ==
        "out-of-bounds /headcount [-1]: `-1` is below 0, the least that `The headcount` can be; ");
}

TEST_CASE("facts: figures are exact") {
    CHECK(figure(R"({"spend": 99999.99})", spend) == "9999999/100");
    CHECK(figure(R"({"score": 99999999999999.99})", score) == "9999999999999999/100");
    CHECK(figure(R"({"score": "99999999999999.99"})", score) == "9999999999999999/100");
    CHECK(figure(R"({"score": 12345678901234567890123456789012345678})", score) ==
          "12345678901234567890123456789012345678");
    CHECK(figure(R"({"score": -0.00000000000000000000000000000000000001})", score) ==
          "-1/100000000000000000000000000000000000000");
    CHECK(figure(R"({"score": 1e3})", score) == "1000");
    CHECK(figure(R"({"score": -0})", score) == "0");
    const FactSheet sheet =
        read_well(R"({"direct": [{"amount_usd": 0.1}, {"amount_usd": 0.2}], "score": 0.3})").sheet;
    const Checked sum = add(sheet.cell(model(), line, 0, line_amount).range.low,
                            sheet.cell(model(), line, 1, line_amount).range.low);
    REQUIRE(sum);
    CHECK(sum.value == sheet.facts[score].range.low);

    CHECK(faults_of(R"({"score": 1e400})") ==
          "figure-too-large /score [1e400]: `1e400` does not fit into 38 digits; ");
    CHECK(places_of(R"({"score": "1e400", "spend": "x"})") ==
          "figure-too-large /score [\"1e400\"], json-number /spend [\"x\"]");
    CHECK(places_of(R"({"agreement": 1, "score": 1e38})") ==
          "fact-type /agreement [1], figure-too-large /score [1e38]");
    CHECK(places_of(R"({"agreement": 1, "people": [{}, {"no_such": {"a": 1e999}}]})")
              .starts_with("fact-type /agreement [1], unknown-fact /people/1/no_such "
                           "[\"no_such\"], figure-too-large"));
    for (const std::string text :
         {"\"12,50\"", "\"$12.50\"", "\"\"", "\" 5\"", "\"+5\"", "\"1/3\"", "\"NaN\""})
        CHECK(places_of("{\"spend\": " + text + "}") == "json-number /spend [" + text + "]");
    CHECK(faults_of(R"({"spend": "$5"})") ==
          "json-number /spend [\"$5\"]: `\"$5\"` is not a number; write digits with a point, as in "
          "1250.5: no currency "
          "sign, no commas, no `+` and no zeros in front");
    CHECK(faults_of(R"({"spend": 1000000.01})") ==
          "out-of-bounds /spend [1000000.01]: `1000000.01` is above 1000000, the most that `The "
          "spend` can be; ");
    CHECK(figure(R"({"spend": 1000000.00})", spend) == "1000000");
}

TEST_CASE("facts: percentages and shares") {
    CHECK(figure(R"({"margin": 33})", margin) == "33/100");
    CHECK(figure(R"({"margin": 0.7})", margin) == "7/1000");
    CHECK(figure(R"({"margin": "12.5"})", margin) == "1/8");
    CHECK(figure(R"({"share": 0.7})", share) == "7/10");
    CHECK(figure(R"({"share": 1})", share) == "1");
    CHECK(faults_of(R"({"share": 70})") ==
          "out-of-bounds /share [70]: `70` is above 1, the most that `The share` can be; ");
    CHECK(faults_of(R"({"margin": 51})") ==
          "out-of-bounds /margin [51]: `51` is above 50, the most that `The margin` can be; ");
    CHECK(places_of(R"({"margin": -12345678901234567890123456789012345678.9})")
              .starts_with("figure-too-large"));
    CHECK(places_of(R"({"margin": 0.00000000000000000000000000000000000001})")
              .starts_with("figure-too-large"));
    CHECK(faults_of(R"({"share": {}})") == "fact-type /share [{]: `The share` asks for a share, "
                                           "where 0.7 is 70%, and this is an object; "
                                           "write, for example, `0.7`");
}

TEST_CASE("facts: figures do not depend on the locale") {
    const char* comma = nullptr;
    for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "fr_FR.utf8", "de_DE"})
        comma = comma != nullptr ? comma : std::setlocale(LC_ALL, name);
    if (comma == nullptr) {
        MESSAGE("no locale with a decimal comma is installed");
        return;
    }
    REQUIRE(std::string(std::localeconv()->decimal_point) == ",");
    CHECK(figure(R"({"score": 99999999999999.99})", score) == "9999999999999999/100");
    CHECK(figure(R"({"score": "1.5"})", score) == "3/2");
    CHECK(places_of(R"({"score": 1,5})") == "json-number  [1,5]");
    CHECK(places_of(R"({"score": 1e400})") == "figure-too-large /score [1e400]");
    std::setlocale(LC_ALL, "C");
}

TEST_CASE("facts: days") {
    const Value known = fact(R"({"joined": "2024-02-29"})", joined);
    CHECK((known.certain() && known.dates.low == day("2024-02-29") &&
           known.dates.high == day("2024-02-29")));
    CHECK((!known.dates.never && !known.dates.may_be_never));
    CHECK(fact(R"({"expires": "never"})", expires).dates.never);
    CHECK(fact(R"({"expires": "never"})", expires).certain());
    const Value given = fact(R"({"expires": "2025-12-31"})", expires);
    CHECK((given.certain() && given.dates.low == day("2025-12-31") && !given.dates.may_be_never));

    CHECK(faults_of(R"({"joined": "2023-02-29"})") ==
          "no-such-day /joined [\"2023-02-29\"]: `2023-02-29` is not a day of the calendar; the "
          "last day of that month is `2023-02-28`");
    CHECK(faults_of(R"({"joined": "2023-2-3"})") ==
          "malformed-date /joined [\"2023-2-3\"]: `2023-2-3` is not a date; write `2023-02-03`");
    CHECK(faults_of(R"({"joined": "2023-02-15T00:00:00Z"})") ==
          "timestamp /joined [\"2023-02-15T00:00:00Z\"]: `2023-02-15T00:00:00Z` is a time of day, "
          "and `The joined` asks "
          "for a day; write the day alone, as in `\"2023-02-15\"`: only you know the time zone it "
          "was meant in");
    CHECK(places_of(R"({"joined": "2023-02-15 10:00"})") ==
          "timestamp /joined [\"2023-02-15 10:00\"]");
    CHECK(faults_of(R"({"joined": "never"})") ==
          "never-here /joined [\"never\"]: `The joined` is always a day, so it cannot be `never`; "
          "leave the key out "
          "where the day is not known");
    CHECK(faults_of(R"({"joined": 20230615})") ==
          "fact-type /joined [20230615]: `The joined` asks for a day, and `20230615` is a number; "
          "write, for example, "
          "`\"2023-06-30\"`");
    CHECK(faults_of(R"({"expires": false})")
              .starts_with("fact-type /expires [false]: `The expires` asks for a day or "
                           "`\"never\"`, and `false` is a yes/no value"));
    for (const char* text : {"", "06/30/2023", "2023-06-30 ", "2023-06-301", "Never", "20230630"})
        CHECK(places_of(std::string("{\"joined\": \"") + text + "\"}")
                  .starts_with("malformed-date /joined"));
}

TEST_CASE("facts: texts") {
    const Reading reading =
        read_well(R"({"partner": "Nimbus \"N\" \u00e9\n", "a/b": {"m~n": ""}})");
    CHECK(reading.sheet.facts[partner].text.text == "Nimbus \"N\" \xC3\xA9\n");
    CHECK((reading.sheet.facts[odd].certain() && reading.sheet.facts[odd].text.text.empty()));
    CHECK(faults_of(R"({"partner": 12345})") == "fact-type /partner [12345]: `The partner` asks "
                                                "for a text in quotes, and `12345` is a number; "
                                                "write `\"12345\"`");
    CHECK(places_of(R"({"partner": {"name": "Nimbus"}})") == "fact-type /partner [{]");
}

TEST_CASE("facts: texts stay where they are when a sheet moves") {
    Reading first = read_well(
        R"({"partner": "N", "people": [{"id": "p"}, {"id": "a text of more than twenty bytes"}]})");
    const FactSheet second = std::move(first.sheet);
    const std::vector<FactSheet> others(3);
    CHECK(second.facts[partner].text.text == "N");
    CHECK(second.cell(model(), person, 0, person_id).text.text == "p");
    CHECK(second.cell(model(), person, 1, person_id).text.text ==
          "a text of more than twenty bytes");
}

TEST_CASE("facts: choices") {
    CHECK(fact(R"({"region": "Connect & go"})", region).mask.maybe == 0b100);
    CHECK(fact(R"({"region": "embed"})", region).certain());
    CHECK(fact(R"({"size": "L"})", size).mask.surely == 0b010);
    CHECK(fact(R"({"size": "XXL"})", size).mask.maybe == 0b100); // other
    CHECK(faults_of(R"({"region": "embd"})") ==
          "not-a-choice /region [\"embd\"]: `embd` is not one of embed, integrate, Connect & go; "
          "did you mean `embed`?");
    CHECK(faults_of(R"({"region": "connect"})")
              .starts_with("not-a-choice /region")); // its name, not its JSON text
    CHECK(faults_of(R"({"region": 1})") == "fact-type /region [1]: `The region` asks for one of "
                                           "its choices, as a text, and `1` is a number; "
                                           "write `\"1\"`");

    const Value some = fact(R"({"motions": ["Connect & go", "embed", "embed"]})", motions);
    CHECK((some.certain() && some.mask.surely == 0b101 && some.mask.maybe == 0b101));
    const Value empty = fact(R"({"motions": []})", motions);
    CHECK((empty.certain() && empty.mask.maybe == 0));
    CHECK(faults_of(R"({"motions": "embed"})") ==
          "fact-type /motions [\"embed\"]: `The motions` asks for a list of texts, and `\"embed\"` "
          "is a text; "
          "write `[\"embed\"]`");
    CHECK(
        places_of(R"({"motions": ["embed", "conect", 3, ["embed"], null]})") ==
        "not-a-choice /motions/1 [\"conect\"], fact-type /motions/2 [3], fact-type /motions/3 [[], "
        "null-in-list /motions/4 [null]");
}

// ---- records ------------------------------------------------------------------------------------

TEST_CASE("facts: the records of a list stand together") {
    const FactSheet sheet = read_well(R"({
        "influenced": [{"amount_usd": 3, "kind": "S"}],
        "people": [
            {"id": "a", "credentials": [{"name": "a1"}, {"name": "a2"}], "active": true,
             "archive": {"credentials": [{"name": "a3"}]}},
            {"id": "b", "archive": {"credentials": []}},
            {"archive": {"credentials": [{"name": "c1", "expires_on": "never"}]}, "id": "c",
             "credentials": [{"name": "c2"}], "skills": ["embed"]}
        ],
        "direct": [{"amount_usd": 1, "meta": {"source": "erp"}}, {"meta": {}, "amount_usd": 2,
            "on": "2023-01-01"}]
    })")
                                .sheet;
    CHECK(list_text(sheet.facts[influenced]) == "2:0+1");
    CHECK(list_text(sheet.facts[direct]) == "2:1+2");
    CHECK(list_text(sheet.facts[people]) == "1:0+3");
    CHECK(list_text(sheet.cell(model(), person, 0, person_credentials)) == "0:0+2");
    CHECK(list_text(sheet.cell(model(), person, 0, person_old)) == "0:2+1");
    CHECK(list_text(sheet.cell(model(), person, 1, person_credentials)) == "0:0+0 or more");
    CHECK(list_text(sheet.cell(model(), person, 1, person_old)) == "0:3+0");
    CHECK(list_text(sheet.cell(model(), person, 2, person_old)) == "0:3+1");
    CHECK(list_text(sheet.cell(model(), person, 2, person_credentials)) == "0:4+1");

    const char* names[] = {"a1", "a2", "a3", "c1", "c2"};
    for (Index row = 0; row < 5; ++row)
        CHECK(sheet.cell(model(), credential, row, credential_name).text.text == names[row]);
    CHECK(sheet.cell(model(), credential, 3, credential_expires).dates.never);
    CHECK(sheet.cell(model(), credential, 4, credential_expires).reason == Reason::missing);
    CHECK(sheet.cell(model(), person, 0, person_active).truth == Truth::yes);
    CHECK(sheet.cell(model(), person, 2, person_skills).mask.surely == 0b001);
    CHECK(sheet.cell(model(), line, 0, line_kind).mask.surely == 0b001);
    CHECK(sheet.cell(model(), line, 1, line_source).text.text == "erp");
    CHECK(sheet.cell(model(), line, 2, line_amount).range.low == Number(2));

    CHECK(sheet.pointer_of_row(model(), line, 0) == "/influenced/0");
    CHECK(sheet.pointer_of_row(model(), line, 2) == "/direct/1");
    CHECK(sheet.pointer_of_cell(model(), line, 2, line_source) == "/direct/1/meta/source");
    CHECK(sheet.pointer_of_row(model(), credential, 1) == "/people/0/credentials/1");
    CHECK(sheet.pointer_of_cell(model(), credential, 3, credential_expires) ==
          "/people/2/archive/credentials/0/expires_on");
}

TEST_CASE("facts: an empty list is a known zero") {
    const Value value = fact(R"({"direct": []})", direct);
    CHECK((value.certain() && list_text(value) == "2:0+0"));
}

TEST_CASE("facts: lists of anything but records") {
    CHECK(places_of(R"({"direct": [null, 5, {"amount_usd": "x"}, [{}]], "people": {"0": {}}})") ==
          "null-in-list /direct/0 [null], fact-type /direct/1 [5], json-number "
          "/direct/2/amount_usd [\"x\"], "
          "fact-type /direct/3 [[], fact-type /people [{]");
    CHECK(faults_of(R"({"direct": [null]})") ==
          "null-in-list /direct/0 [null]: `null` cannot stand in a list; leave it out; where the "
          "list may hold more than "
          "is known, say so under `incomplete`");
    CHECK(
        faults_of(R"({"people": {"id": "a"}})") ==
        "fact-type /people [{]: `The people` asks for a list of records, and this is an object; ");
}

TEST_CASE("facts: an object is asked for by nested facts") {
    CHECK(faults_of(R"({"support_plan": true})") ==
          "fact-type /support_plan [true]: `support_plan` asks for an object with active, since, "
          "and `true` is a "
          "yes/no value; ");
    CHECK(faults_of(R"({"support_plan": [true]})") ==
          "fact-type /support_plan [[]: `support_plan` asks for an object with active, since, and "
          "this is a list; ");
    CHECK(places_of(R"({"direct": [{"meta": "erp"}]})") == "fact-type /direct/0/meta [\"erp\"]");
    CHECK(places_of(R"({"support_plan": {"active": {"x": 1}, "since": "2023-13-01"}})") ==
          "fact-type /support_plan/active [{], no-such-day /support_plan/since [\"2023-13-01\"]");
}

// ---- keys ---------------------------------------------------------------------------------------

TEST_CASE("facts: a key given twice") {
    CHECK(faults_of(R"({"score": 1, "partner": "N", "score": 1})") ==
          "given-twice /score [\"score\"]: `score` is given twice; leave out one of them; first "
          "given here 1");
    CHECK(places_of(R"({"support_plan": {"active": true}, "support_plan": {"since": "x"}})") ==
          "given-twice /support_plan [\"support_plan\"]");
    CHECK(places_of(R"({"direct": [{"on": null, "\u006fn": null}, {"on": null}]})") ==
          "given-twice /direct/0/on [\"\\u006fn\"]");
    CHECK(places_of(R"({"x": 1, "x": 2})") == "unknown-fact /x [\"x\"], given-twice /x [\"x\"]");
    CHECK(places_of(R"({"on": null, "facts": {}, "on": null, "facts": {"score": "x"}})") ==
          "given-twice /on [\"on\"], given-twice /facts [\"facts\"]");
    CHECK(places_of(R"({"x": {"y": 1, "y": 2}})") == "unknown-fact /x [\"x\"]"); // not read at all
}

TEST_CASE("facts: keys that the rules do not declare") {
    CHECK(faults_of(R"({"agrement": true})") ==
          "unknown-fact /agrement [\"agrement\"]: the rules know no fact `agrement` here; did you "
          "mean `agreement`?");
    CHECK(faults_of(R"({"agrement": true})", true) ==
          "unknown-fact-strict /agrement [\"agrement\"]: the rules know no fact `agrement` here; "
          "did you mean "
          "`agreement`?");
    CHECK(!has_errors(read(R"({"agrement": true})").faults));
    CHECK(has_errors(read(R"({"agrement": true})", true).faults));
    CHECK(faults_of(R"({"zzzzzzzzz": {"agreement": 1, "y": [{"x": {}}]}, "agreement": true})") ==
          "unknown-fact /zzzzzzzzz [\"zzzzzzzzz\"]: the rules know no fact `zzzzzzzzz` here; it is "
          "not read");
    CHECK(faults_of(R"({"zzzzzzzzz": 1})", true).ends_with("; leave it out"));
    CHECK(faults_of(R"({"direct": [{"amount": 5}]})") ==
          "unknown-fact /direct/0/amount [\"amount\"]: the rules know no `amount` in a record of "
          "`Revenue line`; "
          "did you mean `amount_usd`?");
    CHECK(faults_of(R"({"held": {"tier": "gold"}})") ==
          "unknown-fact /held [\"held\"]: the rules know no fact `held` here; to say `held` of the "
          "evaluation, put the "
          "facts into an object `facts` beside it");
    CHECK(places_of(R"({"m~/": 1, "support_plan": {"activ": 1}, "a/b": {"mn": 2}, "": 3})") ==
          "unknown-fact /m~0~1 [\"m~/\"], unknown-fact /support_plan/activ [\"activ\"], "
          "unknown-fact /a~1b/mn [\"mn\"], "
          "unknown-fact / [\"\"]");
}

TEST_CASE("facts: the same undeclared key in many records is said once") {
    CHECK(faults_of(R"({"direct": [{}, {"note": 1}, {"amount_usd": 1, "note": 2}]})") ==
          "unknown-fact /direct/1/note [\"note\"]: the rules know no `note` in a record of "
          "`Revenue line`, here and in "
          "1 more record; it is not read");
    CHECK(
        faults_of(R"({"direct": [{"note": 1}, {"note": 1}, {"note": {"note": 1}}, {"nte": 1}]})") ==
        "unknown-fact /direct/0/note [\"note\"]: the rules know no `note` in a record of `Revenue "
        "line`, here and in "
        "2 more records; it is not read\n"
        "unknown-fact /direct/3/nte [\"nte\"]: the rules know no `nte` in a record of `Revenue "
        "line`; it is not read");
    CHECK(places_of(R"({"direct": [{"note": 1, "note": 1}, {"note": 1}]})") ==
          "unknown-fact /direct/0/note [\"note\"], given-twice /direct/0/note [\"note\"]");
    CHECK(faults_of(
              R"({"people": [{"credentials": [{"x1": 1}],
                "archive": {"credentials": [{"x1": 2}]}}]})")
              .find("here and in 1 more record;") != std::string::npos);
}

// ---- envelopes ----------------------------------------------------------------------------------

TEST_CASE("facts: an envelope") {
    const Reading reading = read_well(R"({"version": "2023", "on": "2023-02-15", "review": "annual",
        "held": {"tier": "silver", "since": "2022-01-01", "protected_until": "2023-12-31"},
        "facts": {"agreement": true, "people": [{"id": "a"}]}, "waivers": []})");
    const FactSheet& sheet = reading.sheet;
    CHECK(sheet.on == day("2023-02-15"));
    CHECK(sheet.review == "annual");
    CHECK(sheet.version == "2023");
    REQUIRE(sheet.held[0]);
    CHECK(sheet.held[0]->tier == 1);
    CHECK(sheet.held[0]->since == day("2022-01-01"));
    CHECK(sheet.held[0]->protected_until == day("2023-12-31"));
    CHECK(sheet.facts[agreement].truth == Truth::yes);
    CHECK(sheet.pointer_of_row(model(), person, 0) == "/people/0");
    CHECK(read_well(R"({"\u0066acts": {"agreement": true}})").sheet.facts[agreement].truth ==
          Truth::yes);
    CHECK(read_well(R"({"version": 2023, "facts": {}})").sheet.version == "2023");
    CHECK(read_well(R"({"facts": {}, "held": {"tier": "none", "since": null}})")
              .sheet.held[0]
              ->tier == 0);

    CHECK(places_of(R"({"facts": {"people": [{"active": 1}]}})") ==
          "fact-type /facts/people/0/active [1]");
    CHECK(faults_of(R"({"facts": [{"agreement": true}]})") ==
          "fact-type /facts [[]: `facts` asks for an object that holds the facts, and this is a "
          "list; ");
    CHECK(places_of(R"({"facts": null})") == "fact-type /facts [null]");
    CHECK(places_of(R"({"facts": {}, "on": "2023-02-29", "review": 3, "version": true})") ==
          "no-such-day /on [\"2023-02-29\"], fact-type /review [3], fact-type /version [true]");
    CHECK(places_of(
              R"({"facts": {}, "on": 20230101, "review": {}, "held": "gold", "waivers": {},
                "incomplete": "/a"})") ==
          "fact-type /on [20230101], fact-type /review [{], fact-type /held [\"gold\"], fact-type "
          "/waivers [{], "
          "fact-type /incomplete [\"/a\"]");
}

TEST_CASE("facts: what stands beside `facts` is known") {
    CHECK(faults_of(R"({"facts": {}, "agreement": true})") ==
          "fact-beside-facts /agreement [\"agreement\"]: `agreement` stands beside `facts`, where "
          "it is not read; "
          "put it inside `facts`");
    CHECK(
        places_of(R"({"as_of": "2023-01-01", "support_plan": {"x": 1}, "facts": {}})") ==
        "fact-beside-facts /as_of [\"as_of\"], fact-beside-facts /support_plan [\"support_plan\"]");
    CHECK(faults_of(R"({"facts": {}, "reveiw": "annual"})") ==
          "unknown-envelope-key /reveiw [\"reveiw\"]: `reveiw` cannot stand beside `facts`; did "
          "you mean `review`?");
    CHECK(faults_of(R"({"facts": {}, "zzzzzzzzz": {"a": []}})") ==
          "unknown-envelope-key /zzzzzzzzz [\"zzzzzzzzz\"]: `zzzzzzzzz` cannot stand beside "
          "`facts`; these can: facts, "
          "held, incomplete, on, review, version, waivers");
    CHECK(faults_of(R"({"facts": {}, "held": {"tier": "gold", "untill": "2023-01-01"}})") ==
          "unknown-envelope-key /held/untill [\"untill\"]: `untill` cannot stand in `held`; these "
          "can: protected_until, "
          "since, tier");
}

TEST_CASE("facts: a program may have a fact called facts") {
    Model own = program();
    own.facts[score].pointer = "/facts";
    Faults faults;
    const FactSheet sheet =
        read_facts(own, Source("", R"({"facts": 7, "agreement": true})"), false, faults);
    CHECK(faults.empty());
    CHECK(sheet.facts[score].range.low == Number(7));
    CHECK(sheet.facts[agreement].truth == Truth::yes);
}

TEST_CASE("facts: the tier that is held") {
    CHECK(faults_of(R"({"facts": {}, "held": {"tier": "glod"}})") ==
          "not-a-choice /held/tier [\"glod\"]: `glod` is not one of none, silver, gold; did you "
          "mean `gold`?");
    CHECK(faults_of(R"({"facts": {}, "held": {"since": "2022-01-01"}})") ==
          "held-without-tier /held [{]: `held` does not say which tier; give it a `tier`: none, "
          "silver, gold");
    CHECK(places_of(R"({"facts": {}, "held": {"tier": null}})") == "held-without-tier /held [{]");
    CHECK(places_of(R"({"facts": {}, "held": {"tier": 1, "since": "never"}})") ==
          "fact-type /held/tier [1], never-here /held/since [\"never\"]");
    CHECK(places_of(R"({"facts": {}, "held": {"tier": "gold", "tier": "gold"}})") ==
          "given-twice /held/tier [\"tier\"]");
    Model measures = program();
    measures.ladders.clear();
    Faults faults;
    static_cast<void>(read_facts(measures, Source("", R"({"facts": {}, "held": {"tier": "gold"}})"),
                                 false, faults));
    REQUIRE(faults.size() == 1);
    CHECK(name_of(faults[0].code) == "held-without-ladder");
    CHECK(text_of(faults[0]) == "these rules have no tiers, so none can be held");
    CHECK(faults[0].pointer == "/held");
}

TEST_CASE("facts: the tier that is held on one of several ladders") {
    Model two = program();
    two.ladders[0].id = "first";
    two.ladders.push_back(two.ladders[0]);
    two.ladders[1].id = "second";
    const auto read = [&](const std::string& held) {
        Faults faults;
        FactSheet sheet =
            read_facts(two, Source("", R"({"facts": {}, "held": )" + held + "}"), false, faults);
        CHECK(faults.empty());
        return sheet;
    };
    const FactSheet second = read(R"({"second": {"tier": "gold"}})");
    CHECK(!second.held[0]);
    REQUIRE(second.held[1]);
    CHECK(second.held[1]->tier == 2);
    CHECK(read(R"({"first": {"tier": "gold"}})").held[0]);
    CHECK(!read("{}").held[0]); // of none of them
}

TEST_CASE("facts: nothing can be waived") {
    CHECK(places_of(R"({"facts": {}, "waivers": []})") == "none");
    CHECK(
        faults_of(R"({"facts": {}, "waivers": [{"requirement": "revenue"}, {}]})") ==
        "waived-unknown /waivers/0/requirement [\"revenue\"]: the rules have no requirement "
        "`revenue` that could be waived; \nwaiver-without-requirement /waivers/1 [{]: this waiver "
        "does not say which requirement it is for; give it a `requirement`");
}

TEST_CASE("facts: a list that may hold more") {
    const FactSheet sheet = read_well(R"({
        "incomplete": ["/direct", "/people/1/archive/credentials", "/people/0/skills",
            "/motions", "/influenced"],
        "facts": {"direct": [{}, {}], "motions": ["embed"],
                  "people": [{"skills": []}, {"archive": {"credentials": [{}]},
                      "credentials": []}]}})")
                                .sheet;
    CHECK(list_text(sheet.facts[direct]) == "2:0+2 or more");
    CHECK(sheet.facts[direct].reason == Reason::incomplete);
    CHECK(list_text(sheet.cell(model(), person, 1, person_old)) == "0:0+1 or more");
    CHECK(list_text(sheet.cell(model(), person, 1, person_credentials)) == "0:1+0");
    CHECK(sheet.cell(model(), person, 0, person_skills).mask.surely == 0);
    CHECK(sheet.cell(model(), person, 0, person_skills).mask.maybe == 0b111);
    CHECK(sheet.cell(model(), person, 0, person_skills).reason == Reason::incomplete);
    CHECK((sheet.facts[motions].mask.surely == 0b001 && sheet.facts[motions].mask.maybe == 0b111));
    CHECK(!sheet.facts[motions].certain());
    CHECK(list_text(sheet.facts[influenced]) == "2:0+0 or more");
    CHECK(sheet.facts[influenced].reason == Reason::missing); // not given at all
    CHECK(list_text(sheet.facts[people]) == "1:0+2");

    CHECK(faults_of(R"({"facts": {}, "incomplete": ["/dirct"]})") ==
          "incomplete-no-list /incomplete/0 [\"/dirct\"]: `/dirct` is not where a list stands in "
          "these facts; did you "
          "mean `/direct`?");
    CHECK(faults_of(R"({"facts": {"direct": []}, "incomplete": ["/facts/direct"]})")
              .ends_with("did you mean `/direct`?"));
    CHECK(faults_of(R"({"facts": {}, "incomplete": ["/agreement"]})")
              .ends_with("; lists stand at /motions, /direct, /influenced, /people"));
    CHECK(faults_of(R"({"facts": {"people": [{}]}, "incomplete": ["/people/0/skils"]})")
              .ends_with("did you mean `/people/0/skills`?"));
    CHECK(
        places_of(
            R"({"facts": {"people": [{}]}, "incomplete": ["", "direct", "/people/1/skills",
                "/people/00/skills",
                       "/people/-/skills", "/people/0", "/people//skills", "/support_plan",
                           "/motions/0", "/~2", 3, null]})") ==
        "incomplete-no-list /incomplete/0 [\"\"], incomplete-no-list /incomplete/1 [\"direct\"], "
        "incomplete-no-list /incomplete/2 [\"/people/1/skills\"], "
        "incomplete-no-list /incomplete/3 [\"/people/00/skills\"], "
        "incomplete-no-list /incomplete/4 [\"/people/-/skills\"], incomplete-no-list /incomplete/5 "
        "[\"/people/0\"], "
        "incomplete-no-list /incomplete/6 [\"/people//skills\"], "
        "incomplete-no-list /incomplete/7 [\"/support_plan\"], incomplete-no-list /incomplete/8 "
        "[\"/motions/0\"], "
        "incomplete-no-list /incomplete/9 [\"/~2\"], fact-type /incomplete/10 [3], null-in-list "
        "/incomplete/11 [null]");
}

TEST_CASE("facts: date, review and version in the facts") {
    const FactSheet sheet =
        read_well(
            R"({"as_of": "2024-10-01", "evaluation": {"kind": "annual"}, "rules_version": 2024})")
            .sheet;
    CHECK(sheet.on == day("2024-10-01"));
    CHECK(sheet.review == "annual");
    CHECK(sheet.version == "2024");
    CHECK(places_of(
              R"({"as_of": "2024-10-01T00:00:00", "evaluation": "annual", "rules_version": []})") ==
          "timestamp /as_of [\"2024-10-01T00:00:00\"], fact-type /evaluation [\"annual\"], "
          "fact-type /rules_version [[]");
    CHECK(places_of(R"({"evaluation": {"kind": 2024}})") == "fact-type /evaluation/kind [2024]");

    const FactSheet twice =
        read_well(
            R"({"on": "2024-10-01", "version": "2024", "facts": {"as_of": "2024-10-01",
                "rules_version": 2024}})")
            .sheet;
    CHECK(twice.on == day("2024-10-01"));
    CHECK(twice.version == "2024");
    CHECK(faults_of(R"({"facts": {"as_of": "2024-10-01"}, "on": "2024-10-02"})") ==
          "contradicting-input /on [\"2024-10-02\"]: `2024-10-02` contradicts `2024-10-01`, which "
          "is given as the review "
          "date too; leave out one of them; first given here 20");
    CHECK(places_of(
              R"({"review": "a", "version": 1, "facts": {"evaluation": {"kind": "b"},
                "rules_version": "2"}})") ==
          "contradicting-input /facts/evaluation/kind [\"b\"], contradicting-input "
          "/facts/rules_version [\"2\"]");
}

TEST_CASE("facts: a key may be a fact and the date at once") {
    Model own = program();
    own.facts[joined].pointer = "/as_of";
    Faults faults;
    const FactSheet sheet =
        read_facts(own, Source("", R"({"as_of": "2024-10-01"})"), false, faults);
    CHECK(faults.empty());
    CHECK(sheet.on == day("2024-10-01"));
    CHECK(sheet.facts[joined].dates.low == day("2024-10-01"));
}

TEST_CASE("facts: the version and the date can be had alone") {
    const auto peek = [](const std::string& json) {
        const Occasion occasion = peek_occasion(Source("", json), "/meta/version", "/as_of");
        return occasion.version.value_or("-") + " " +
               (occasion.on ? occasion.on->to_string() : "-");
    };
    CHECK(peek(R"({"meta": {"version": "2023"}, "as_of": "2023-01-31"})") == "2023 2023-01-31");
    CHECK(peek(R"({"meta": {"version": 2023}, "as_of": "2023-02-31"})") == "2023 -");
    CHECK(peek(R"({"facts": {"as_of": "2023-01-31", "meta": {"version": "a"}}})") ==
          "a 2023-01-31");
    CHECK(peek(R"({"on": "2023-02-28", "facts": {"as_of": "2023-01-31"}, "version": "b"})") ==
          "b 2023-02-28");
    CHECK(peek(R"({"version": "b", "on": "2023-02-28"})") == "- -"); // no envelope
    CHECK(peek(R"([{"as_of": "2023-01-31"}])") == "- -");
    CHECK(peek(R"({"x": [{"as_of": "2023-01-31"}], "meta": {"version": null}})") == "- -");
    CHECK(peek(R"({"x": [1, [2], {"y": [3]}], "as_of": "2023-01-31", )") == "- 2023-01-31");
    CHECK(peek("") == "- -");
    CHECK(peek("7") == "- -");
    CHECK(!peek_occasion(Source("", R"("2023")"), "", "").version);
    CHECK(!peek_occasion(Source("", R"({"facts": "2023"})"), "", "").version);
}

// ---- the text as a whole ------------------------------------------------------------------------

TEST_CASE("facts: where the text is no JSON, that alone is said") {
    CHECK(faults_of(R"({"agreement": "yes", "x": 1, "score": })") ==
          "json-syntax  [}]: expected a value, found `}`; ; opened here 0");
    CHECK(places_of(R"({"partner": "Nimbus)") == "json-cut-short  [\"Nimbus]");
    CHECK(places_of(std::string("{\"partner\": \"a\0b\"}", 18)) ==
          std::string("nul-character  [\0]", 18));
    CHECK(places_of("{\"partner\": \"\xFF\"}") == "not-utf8  [\xFF]");
    CHECK(faults_of("").starts_with("json-empty"));
    CHECK(faults_of("[{\"agreement\": true}]") ==
          "facts-not-object  [[]: the facts of a partner are an object, and this is a list; a file "
          "holds the facts of one "
          "partner, as keys and values between braces");
    CHECK(places_of("\"facts\"") == "facts-not-object  [\"facts\"]");
    CHECK(places_of("null") == "facts-not-object  [null]");
}

TEST_CASE("facts: nesting is bounded wherever it stands") {
    const std::string deep = std::string(100'000, '[');
    for (const std::string key :
         {"direct", "people", "motions", "agreement", "support_plan", "no_such_fact", "as_of"})
        CHECK(places_of("{\"" + key + "\": " + deep).starts_with("json-too-deep"));
    for (const std::string key : {"facts", "on", "held", "incomplete", "waivers", "no_such_key"})
        CHECK(places_of("{\"facts\": {}, \"" + key + "\": " + deep).starts_with("json-too-deep"));
    std::string objects = "{\"x\":";
    for (int i = 0; i < 100'000; ++i)
        objects += "{\"x\":";
    CHECK(places_of(objects).starts_with("json-too-deep"));
    CHECK(places_of(deep).starts_with("facts-not-object"));
}

TEST_CASE("facts: faults are bounded, and an error is never lost") {
    std::string json = "{";
    for (int i = 0; i < 1000; ++i)
        json += "\"undeclared_" + std::to_string(i) + "\": 1, ";
    const Reading warned = read(json + "\"agreement\": 1, \"score\": \"x\"}");
    const auto rest = [](const Reading& reading) {
        REQUIRE(reading.faults.size() == max_faults + 1);
        return text_of(reading.faults.back());
    };
    CHECK(rest(warned) == "and 902 more from here on: only the first 100 are shown");
    CHECK(has_errors(warned.faults));
    CHECK(name_of(warned.faults[max_faults - 1].code) == "json-number");
    CHECK(warned.faults.front().pointer == "/undeclared_0");
    CHECK(warned.faults[max_faults - 3].pointer == "/undeclared_97");
    CHECK(rest(read(json + "\"score\": 1}", true)) ==
          "and 900 more from here on: only the first 100 are shown");

    std::string list = "{\"people\": [";
    for (int i = 0; i < 1000; ++i)
        list += "{\"active\": 1}, ";
    const Reading refused = read(list + "{}]}");
    CHECK(rest(refused) == "and 900 more from here on: only the first 100 are shown");
    CHECK(refused.faults[max_faults - 1].pointer == "/people/99/active");

    std::string pointers = "{\"facts\": {}, \"incomplete\": [";
    for (int i = 0; i < 1000; ++i)
        pointers += "\"/x\", ";
    CHECK(rest(read(pointers + "\"/y\"]}")) ==
          "and 901 more from here on: only the first 100 are shown");
}

TEST_CASE("facts: faults come in the order of the text, behind those that were there") {
    Faults faults = {{Code::cycle, {5, 6}, {}, {}, {}}};
    static_cast<void>(
        read_facts(model(), Source("", R"({"x": 1, "agreement": 1, "y": 2})"), false, faults));
    REQUIRE(faults.size() == 4);
    CHECK(faults[0].code == Code::cycle);
    CHECK(faults[1].pointer == "/x");
    CHECK(faults[2].pointer == "/agreement");
    CHECK(faults[3].pointer == "/y");
}

TEST_CASE("facts: one form serves many readings") {
    const FactForm form(model());
    for (int i = 0; i < 3; ++i) {
        Faults faults;
        const Source source("", "{\"headcount\": " + std::to_string(i) + "}");
        const FactSheet sheet = read_facts(model(), form, source, false, faults);
        CHECK(faults.empty());
        CHECK(sheet.facts[headcount].range.low == Number(i));
    }
}

TEST_CASE("facts: a program that declares nothing") {
    const Model bare;
    Faults faults;
    CHECK(read_facts(bare, Source("", "{}"), false, faults).facts.empty());
    CHECK(faults.empty());
    static_cast<void>(read_facts(bare, Source("", R"({"facts": {"a": 1}, "incomplete": ["/a"]})"),
                                 false, faults));
    REQUIRE(faults.size() == 2);
    CHECK(help_of(faults[1]) == "no list stands here, so leave it out");
}

TEST_CASE("pointers: steps and escapes") {
    using Steps = std::vector<std::string>;
    CHECK(pointer_steps("") == Steps{});
    CHECK(pointer_steps("/") == Steps{""});
    CHECK(pointer_steps("/a~1b/~0~01/") == Steps{"a/b", "~~1", ""});
    CHECK(!pointer_steps("a"));
    CHECK(!pointer_steps("/a~"));
    CHECK(!pointer_steps("/a~2"));
}

} // namespace
} // namespace rung::fact_sheet_test
