// The forms of each language. What is expected is what Unicode's CLDR 48 has, as ICU prints it.
#include "interpreter/words.hpp"

#include <array>

#include <doctest/doctest.h>

namespace rung::wording_test {

namespace {

/// In the order of `all_languages`.
using InEach = std::array<std::string, all_languages.size()>;

template <typename Make>
void same_in_each(const InEach& expected, Make&& make) {
    for (const Language language : all_languages) {
        CAPTURE(tag_of(language));
        CHECK(make(Wording::of(language)) == expected[static_cast<std::size_t>(language)]);
    }
}

void number(const std::string& canonical, const InEach& expected) {
    CAPTURE(canonical);
    same_in_each(expected, [&](const Wording& words) { return words.number(canonical); });
}

void money(const std::string& canonical, const std::string& currency, const InEach& expected) {
    CAPTURE(canonical);
    CAPTURE(currency);
    same_in_each(expected, [&](const Wording& words) { return words.money(canonical, currency); });
}

void date(const std::string& iso, const InEach& expected) {
    CAPTURE(iso);
    same_in_each(expected, [&](const Wording& words) { return words.date(iso); });
}

void list(const std::vector<std::string>& items, Joint joint, const InEach& expected) {
    same_in_each(expected, [&](const Wording& words) { return words.list(items, joint); });
}

std::string spanish(const std::vector<std::string>& items, Joint joint) {
    return Wording::of(Language::es).list(items, joint);
}

} // namespace

TEST_CASE("languages are named by their tags") {
    for (const Language language : all_languages) {
        CHECK(language_of(tag_of(language)) == language);
        CHECK(Wording::of(language).language() == language);
    }
    CHECK_FALSE(language_of("fr"));
    CHECK_FALSE(language_of("EN"));
    CHECK_FALSE(language_of(""));
}

TEST_CASE("numbers have the marks of the language") {
    number("0", {"0", "0", "0", "0"});
    number("-5", {"-5", "-5", "-5", "-5"});
    number("999", {"999", "999", "999", "999"});
    number("1234.5", {"1,234.5", "1.234,5", "1234,5", "1,234.5"}); // Spanish: from five digits on
    number("12345.5", {"12,345.5", "12.345,5", "12.345,5", "12,345.5"});
    number("-12000000", {"-12,000,000", "-12.000.000", "-12.000.000", "-12,000,000"});
    number("0.3333333333", {"0.333333…", "0,333333…", "0,333333…", "0.333333…"});
    number("no number", {"no number", "no number", "no number", "no number"});
}

TEST_CASE("money has its sign where the language has it") {
    money("12000000", "USD",
          {"$12,000,000", "12.000.000\u00A0$", "12.000.000\u00A0US$", "$12,000,000"});
    money("-0.5", "EUR", {"-€0.50", "-0,50\u00A0€", "-0,50\u00A0€", "-€0.50"});
    money("1500", "GBP", {"£1,500", "1.500\u00A0£", "1500\u00A0GBP", "£1,500"});
    money("1500", "JPY", {"¥1,500", "1.500\u00A0¥", "1500\u00A0JPY", "￥1,500"});
    money("1500.25", "CHF",
          {"CHF 1,500.25", "1.500,25\u00A0CHF", "1500,25\u00A0CHF", "CHF\u00A01,500.25"});
}

TEST_CASE("dates and months") {
    date("2023-02-15", {"15 Feb 2023", "15. Feb. 2023", "15 feb 2023", "2023年2月15日"});
    date("2023-03-01", {"1 Mar 2023", "1. März 2023", "1 mar 2023", "2023年3月1日"});
    date("2023-05-31", {"31 May 2023", "31. Mai 2023", "31 may 2023", "2023年5月31日"});
    date("2023-09-30", {"30 Sep 2023", "30. Sept. 2023", "30 sept 2023", "2023年9月30日"});
    date("2023-12-01", {"1 Dec 2023", "1. Dez. 2023", "1 dic 2023", "2023年12月1日"});
    date("2023-02", {"Feb 2023", "Feb. 2023", "feb 2023", "2023年2月"});
    date("some day", {"some day", "some day", "some day", "some day"});
}

TEST_CASE("windows") {
    const auto window = [](const std::string& from, const std::string& through,
                           const InEach& expected) {
        same_in_each(expected, [&](const Wording& words) { return words.window({from, through}); });
    };
    window("2022-01-01", "2022-12-31", {"in 2022", "im Jahr 2022", "en 2022", "2022年"});
    window("2022-02-16", "2023-02-15",
           {"from 16 Feb 2022 to 15 Feb 2023", "vom 16. Feb. 2022 bis zum 15. Feb. 2023",
            "del 16 feb 2022 al 15 feb 2023", "2022年2月16日から2023年2月15日まで"});
    window("2021-01-01", "2022-12-31",
           {"from 1 Jan 2021 to 31 Dec 2022", "vom 1. Jan. 2021 bis zum 31. Dez. 2022",
            "del 1 ene 2021 al 31 dic 2022", "2021年1月1日から2022年12月31日まで"});
    window("2023-06-01", "",
           {"from 1 Jun 2023 on", "ab dem 1. Juni 2023", "a partir del 1 jun 2023",
            "2023年6月1日以降"});
    window("", "2023-06-01",
           {"through 1 Jun 2023", "bis zum 1. Juni 2023", "hasta el 1 jun 2023 inclusive",
            "2023年6月1日まで"});
}

TEST_CASE("lists") {
    list({}, Joint::conjunction, {"", "", "", ""});
    list({"a"}, Joint::conjunction, {"a", "a", "a", "a"});
    list({"a", "b"}, Joint::conjunction, {"a and b", "a und b", "a y b", "a、b"});
    list({"a", "b", "c"}, Joint::conjunction, {"a, b and c", "a, b und c", "a, b y c", "a、b、c"});
    list({"a", "b"}, Joint::alternative, {"a or b", "a oder b", "a o b", "aまたはb"});
    list({"a", "b", "c"}, Joint::alternative,
         {"a, b or c", "a, b oder c", "a, b o c", "a、b、またはc"});
    list({"a, b", "c", "d"}, Joint::apart,
         {"a, b; c; d", "a, b; c; d", "a, b; c; d", "a, b；c；d"});
    list({"a, b", "c", "d"}, Joint::apart_alternative,
         {"a, b; c; or d", "a, b; c; oder d", "a, b; c; o d", "a, b；c；またはd"});
}

TEST_CASE("Spanish joints give way to their own sound") {
    CHECK(spanish({"Europa", "Iberia"}, Joint::conjunction) == "Europa e Iberia");
    CHECK(spanish({"a", "hilo"}, Joint::conjunction) == "a e hilo");
    CHECK(spanish({"a", "hielo"}, Joint::conjunction) == "a y hielo");
    CHECK(spanish({"a", "hiato"}, Joint::conjunction) == "a y hiato");
    CHECK(spanish({"Iberia", "a"}, Joint::conjunction) == "Iberia y a");
    CHECK(spanish({"Plata", "Oro"}, Joint::alternative) == "Plata u Oro");
    CHECK(spanish({"a", "hola"}, Joint::alternative) == "a u hola");
    CHECK(spanish({"7", "8"}, Joint::alternative) == "7 u 8");
    CHECK(spanish({"10", "11 de 20"}, Joint::alternative) == "10 u 11 de 20");
    CHECK(spanish({"10", "110"}, Joint::alternative) == "10 o 110");
    CHECK(spanish({"x, y", "z", "Oro"}, Joint::apart_alternative) == "x, y; z; o Oro");
}

TEST_CASE("one and others") {
    const auto days = [](std::uint64_t count) {
        return [count](const Wording& words) {
            return words.counted(Say::days, words.in_digits(count));
        };
    };
    same_in_each({"0 days", "0 Tage", "0 días", "0日"}, days(0));
    same_in_each({"1 day", "1 Tag", "1 día", "1日"}, days(1));
    same_in_each({"2 days", "2 Tage", "2 días", "2日"}, days(2));
    same_in_each({"1,200 days", "1.200 Tage", "1200 días", "1,200日"}, days(1200));

    const auto requirements = [](std::uint64_t count) {
        return [count](const Wording& words) {
            return words.counted(Say::requirements_unmet, words.in_words(count));
        };
    };
    same_in_each({"one requirement is not met", "eine Anforderung nicht erfüllt",
                  "no se cumple un requisito", "未達成の要件1件"},
                 requirements(1));
    same_in_each({"twelve requirements are not met", "zwölf Anforderungen nicht erfüllt",
                  "no se cumplen doce requisitos", "未達成の要件12件"},
                 requirements(12));
    same_in_each({"13 requirements are not met", "13 Anforderungen nicht erfüllt",
                  "no se cumplen 13 requisitos", "未達成の要件13件"},
                 requirements(13));
}

TEST_CASE("a text that looks like a placeholder stays what it is") {
    const Wording& english = Wording::of(Language::en);
    CHECK(english.say(Say::qualifies, "{tier}", "{partner}") == "{tier} qualifies for {partner}.");
}

TEST_CASE("capitals") {
    CHECK(Wording::capital("") == "");
    CHECK(Wording::capital("über") == "Über");
    CHECK(Wording::capital("énfasis") == "Énfasis");
    CHECK(Wording::capital("three") == "Three");
    CHECK(Wording::capital("÷") == "÷");
    CHECK(Wording::capital("ティア") == "ティア");
    same_in_each({"customer-facing", "Customer-facing", "customer-facing", "Customer-facing"},
                 [](const Wording& words) { return words.inside("Customer-facing"); });
    same_in_each({"MDF", "MDF", "MDF", "MDF"},
                 [](const Wording& words) { return words.inside("MDF"); });
}

TEST_CASE("figures in words") {
    Figure figure;
    figure.state = Figure::State::known;
    const auto in_each = [&](const InEach& expected) {
        same_in_each(expected, [&](const Wording& words) { return in_words(words, figure); });
    };
    figure.type = "percent";
    figure.value = "15.5";
    in_each({"15.5%", "15,5\u00A0%", "15,5\u00A0%", "15.5%"});
    figure.type = "yes_no";
    figure.value = "yes";
    in_each({"yes", "ja", "sí", "はい"});
    figure.value = "no";
    in_each({"no", "nein", "no", "いいえ"});
    figure.type = "months";
    figure.value = "1";
    in_each({"1 month", "1 Monat", "1 mes", "1か月"});
    figure.type = "choices";
    figure.value = "";
    figure.members = {"embed", "sell_with"};
    in_each(
        {"embed and sell with", "embed und sell with", "embed y sell with", "embed、sell with"});
    figure.state = Figure::State::unknown;
    in_each({"at least embed and sell with", "mindestens embed und sell with",
             "como mínimo embed y sell with", "embed、sell with以上"});
    figure = {};
    figure.type = "whole";
    figure.state = Figure::State::range;
    figure.from = "2";
    in_each({"at least 2", "mindestens 2", "como mínimo 2", "2以上"});
    figure.through = "5";
    in_each({"2 to 5", "2 bis 5", "de 2 a 5", "2から5"});
    figure.from = "0";
    figure.through = "";
    in_each({"not recorded", "nicht angegeben", "no consta", "記録なし"});
}

TEST_CASE("what a condition came to") {
    Condition condition;
    condition.comparison = ">=";
    condition.actual.state = Figure::State::known;
    condition.actual.type = "money";
    condition.actual.currency = "USD";
    condition.actual.value = "12000000";
    condition.required = condition.actual;
    condition.required.value = "50000000";
    condition.gap = condition.actual;
    condition.gap.value = "38000000";
    condition.window = Days{"2022-01-01", "2022-12-31"};
    const auto in_each = [&](const InEach& expected) {
        same_in_each(expected,
                     [&](const Wording& words) { return result_in_words(words, condition); });
    };
    in_each(
        {"$12,000,000 of $50,000,000 in 2022: $38,000,000 more",
         "12.000.000\u00A0$ von 50.000.000\u00A0$ im Jahr 2022, es fehlen noch 38.000.000\u00A0$",
         "12.000.000\u00A0US$ de 50.000.000\u00A0US$ en 2022; faltan 38.000.000\u00A0US$",
         "2022年：$12,000,000（必要：$50,000,000）、あと$38,000,000"});
    condition.comparison = "<=";
    condition.window.reset();
    condition.gap.value = "1";
    in_each({"$12,000,000, at most $50,000,000 is asked: $1 too much",
             "12.000.000\u00A0$, gefordert: höchstens 50.000.000\u00A0$, 1\u00A0$ zu viel",
             "12.000.000\u00A0US$; se exige: como máximo 50.000.000\u00A0US$; 1\u00A0US$ de más",
             "$12,000,000（必要：$50,000,000以下）、$1超過"});
}

TEST_CASE("a day that must be another one") {
    Condition condition;
    condition.comparison = "!=";
    condition.actual.state = Figure::State::known;
    condition.actual.type = "date";
    condition.actual.value = "2023-02-15";
    condition.required = condition.actual;
    CHECK(result_in_words(Wording::of(Language::en), condition) ==
          "15 Feb 2023, anything but 15 Feb 2023 is asked");
}

} // namespace rung::wording_test
