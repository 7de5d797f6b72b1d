// Expressions in words: what stands behind `define`, and the sentence that a guide has for it. Sentences are
// written by hand from what the language says that the expression means.
#include "interpreter/phrases.hpp"
#include "tests/unit/values_of.hpp"

#include <string>

#include <doctest/doctest.h>

namespace rung::phrases_test {
namespace {

const std::string contract = R"(
currency   USD

ladder  none < silver "Silver" < gold "Gold"
        climbed one by one

reviews
  annual  "annual review"  looks at previous calendar year  can raise, can lower

record deal "Deal"
  kind       one of new, renewal, or other  "Kind"
  amount     money                          "Amount"
  closed_on  date                           "Closed on"
  joint      yes/no                         "Joint"

facts
  deals    list of deal                "Deals"
  motions  any of resell, refer, build "Motions"
  signed   yes/no                      "Agreement signed"
  people   whole number                "People"
  quota    money                       "Quota"
  since    date                        "Partner since"
  deal_kind  one of new, renewal, or other "Kind of deal"

table points "Points"
| for deal_kind | points |
|---------------|--------|
| new, renewal  | 2      |
| otherwise     | 0      |

requirements
| name  | label    | asks   | silver | gold |
|-------|----------|--------|--------|------|
| basic | "Basics" | signed | yes    | yes  |
)";

std::string phrase_of(const std::string& expression, Language language = Language::en) {
    const Program program = trial::parse(contract + "\ndefine result\n  " + expression + "\n");
    const Model& model = program.model();
    return Phrases(model, Wording::of(language)).of(model.measures.back().expr);
}

struct Phrase {
    const char* expression;
    const char* words;
};

TEST_CASE("conditions are told by labels") {
    const Phrase phrases[] = {
        {"signed", "Agreement signed: yes"},
        {"not signed", "Agreement signed: no"},
        {"signed and people >= 3", "Agreement signed: yes and People: at least 3"},
        {"not (signed or people > 3)", "not: (Agreement signed: yes or People: more than 3)"},
        {"signed or (people < 3 and since <= 2023-06-30)",
         "Agreement signed: yes or (People: less than 3 and Partner since: on or before 30 Jun "
         "2023)"},
        {"3 <= people", "People: at least 3"},
        {"people != 3", "People: anything but 3"},
        {"since > 2023-06-30", "Partner since: after 30 Jun 2023"},
        {"motions include resell", "Motions: resell"},
        {"motions include any of (resell, refer)", "Motions: resell or refer"},
        {"motions include all of (resell, build)", "Motions: resell and build"},
        {"since in trailing 12 months", "Partner since: within the last 12 months"},
        {"since in previous calendar year", "Partner since: within the previous calendar year"},
        {"since in calendar year 2023", "Partner since: within the calendar year 2023"},
        {"at least 2 of (signed, people >= 3, since < 2020-01-01)",
         "at least 2 of these: Agreement signed: yes; People: at least 3; Partner since: before 1 "
         "Jan 2020"},
        {"some of deals where joint", "at least one of Deals with Joint: yes"},
        {"each of deals satisfies amount >= $5K", "each of Deals: Amount: at least $5,000"},
    };
    for (const Phrase& phrase : phrases) {
        CAPTURE(phrase.expression);
        CHECK(phrase_of(phrase.expression) == phrase.words);
    }
}

TEST_CASE("figures are told by labels, with the parentheses that they need") {
    const Phrase phrases[] = {
        {"count of deals", "number of Deals"},
        {"count of deals where kind = new and joint",
         "number of Deals with Kind: new and Joint: yes"},
        {"(count of deals where kind = new) >= 3", "(number of Deals with Kind: new): at least 3"},
        {"sum of amount in deals where kind in (new, renewal)",
         "sum of Amount over Deals with Kind: new or renewal"},
        {"(largest of amount in deals) otherwise $0",
         "largest Amount of Deals, or $0 where there is none"},
        {"(sum of amount in deals) - quota", "(sum of Amount over Deals) − Quota"},
        {"(quota - $5) * 10%", "(Quota − $5) × 10%"},
        {"quota - ($5 + $6)", "Quota − ($5 + $6)"},
        {"quota - $5 + $6", "Quota − $5 + $6"},
        {"people * 3 but at most 30", "People × 3 (at most 30)"},
        {"round up people to 10", "People, rounded up to a multiple of 10"},
        {"if signed then $10K else quota", "$10,000 if Agreement signed: yes; otherwise Quota"},
        {"points.points for deal_kind", "Points for Kind of deal"},
        {"review_date - since", "the day of the review − Partner since"},
        {"year of since", "the year of Partner since"},
    };
    for (const Phrase& phrase : phrases) {
        CAPTURE(phrase.expression);
        CHECK(phrase_of(phrase.expression) == phrase.words);
    }
}

TEST_CASE("phrases are in the language of the answer") {
    CHECK(phrase_of("count of deals where joint", Language::de) ==
          "Anzahl von Deals mit Joint: ja");
    CHECK(phrase_of("since in trailing 30 days", Language::es) ==
          "Partner since: dentro de los últimos 30 días");
    CHECK(phrase_of("sum of amount in deals", Language::ja) == "DealsのAmountの合計");
}

} // namespace
} // namespace rung::phrases_test
