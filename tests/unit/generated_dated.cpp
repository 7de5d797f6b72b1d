#include "tests/unit/generated_dated.hpp"

#include "interpreter/model.hpp"

#include <algorithm>
#include <cstdlib>

#include <doctest/doctest.h>

namespace rung::dated {

namespace {

Date later(Date day, int days) { return *add_days(day, days); }

class Rules {
public:
    Rules(Dice& dice, const std::string& version, const std::string& effective)
        : dice_(dice), version_(version), effective_(effective) {}

    std::string next() {
        std::string text = head();
        for (int i = dice_.from(1, 2); i > 0; --i) {
            text += "| row_" + std::to_string(i) + " | \"Row\" | " + row() + " |\n";
        }
        const std::string columns = " | low | high |\n|---|---|---|---|---|\n";
        if (dice_.percent(25)) {
            text += "benefits\n| name | label | needs" + columns + "| some | \"Some\" | " +
                    truth(1) + " | yes | yes if " + truth(1) + " |\n";
        }
        if (dice_.percent(25)) {
            text += "values\n| name | label | value" + columns + "| some | \"Some\" | " + value() +
                    " | yes | yes |\n";
        }
        if (dice_.percent(25)) {
            text += "notice\n  told \"Told\" when " + truth(2) + "\n";
            text += "notice\n  bound \"Bound\" when tier = low and " + truth(1) + "\n";
        }
        if (dice_.percent(25)) {
            text += "standing\n  kept \"Kept\" keeps the held tier through " + date(1) + " when " +
                    truth(1) +
                    "\n  step \"Step\" keeps the tier below through held.since + 14 months\n";
        }
        return text;
    }

private:
    std::string head() {
        const std::string climb =
            dice_.percent(50) ? "climbed one by one" : "each tier stands alone";
        return "program trial\nversion " + version_ + "\neffective " + effective_ + R"(
year starts )" +
               year_start() + R"(
ladder none "None" < low "Low" < high "High" )" +
               climb + R"(

reviews
  one "One" looks at )" +
               fixed_window() + R"( can raise, can lower grace 30 days
  two "Two" looks at )" +
               fixed_window() + R"( can raise, can lower

record deal "Deal" named by id
  id text
  on date
  ends date or never
  points whole number
  live yes/no
  kind one of p, q, or other
  month month

facts
  f0 yes/no
  f1 yes/no
  n0 whole number at least 0 at most 9
  d0 date
  d1 date
  e0 date or never
  k0 one of p, q
  m0 month
  l0 list of deal
  l1 list of deal

define choice if )" +
               truth(1) + " then " + fixed_window() + " else if k0 = p then " + fixed_window() +
               " else " + fixed_window() + R"(
define span )" +
               window(2) + R"(
define recent list of l0 where on in )" +
               window(1) + R"(
define volume sum of points in l0 where on in )" +
               window(1) + R"(
define deal.open ends >= review_date and on <= )" +
               date(1) + R"(
define deal.age review_date - on
define deal.due on + 3 months

table rates "Rates"
| from year | rate |
|-----------|------|
| 2022      | 1    |
| 2024      | 3    |
| 2025      | 2    |

requirements
| name | label | asks | low | high |
|------|-------|------|-----|------|
)";
    }

    std::string value() {
        switch (dice_.from(0, 3)) {
        case 0:
            return "if " + truth(1) + " then 1 else 2";
        case 1:
            return "year of " + date(1);
        case 2:
            return "first day of " + calendar_window();
        default:
            return number(1);
        }
    }

    std::string year_start() {
        return dice_.of(
            std::vector<std::string>{"01-01", "02-01", "03-15", "07-01", "12-31", "02-28"});
    }
    std::string count(int low, int high) { return std::to_string(dice_.from(low, high)); }

    std::string row() {
        const std::string cells = " | " + count(0, 4) + " | " + count(1, 8);
        switch (dice_.from(0, 4)) {
        case 0:
            return truth(3) + " | yes | yes";
        case 1:
            return truth(2) + " | - | yes if " + truth(2);
        case 2:
            return date(2) + " <= _ | 2024-0" + count(1, 9) + "-15 | review_date + " +
                   count(1, 40) + " days";
        default:
            return number(2) + " >= _" + cells;
        }
    }

    std::string calendar_window() {
        return dice_.of(std::vector<std::string>{
            "previous calendar month", "previous 3 calendar months", "previous calendar quarter",
            "previous 2 calendar quarters", "previous calendar year", "calendar month to date",
            "calendar quarter to date", "calendar year to date", "program year",
            "previous program year", "calendar year (year of review_date)"});
    }
    /// Without facts.
    std::string fixed_window() {
        switch (dice_.from(0, 4)) {
        case 0:
            return "trailing " + count(1, 500) + " days";
        case 1:
            return "trailing " + count(1, 26) + " months";
        case 2:
            return "trailing " + count(1, 60) + " weeks";
        default:
            return calendar_window();
        }
    }
    std::string window(int depth) {
        const std::string simple = fixed_window();
        if (depth == 0) {
            return simple;
        }
        switch (dice_.from(0, 11)) {
        case 0:
            return "trailing (n0) months";
        case 1:
            return "trailing (n0 * " + count(1, 60) + ") days";
        case 2:
            return "from " + date(depth - 1) + " through " + date(depth - 1);
        case 3:
            return "from " + date(depth - 1) + " until " + date(depth - 1);
        case 4:
            return "program year of " + date(depth - 1);
        case 5:
            return "calendar year (year of " + date(depth - 1) + ")";
        case 6:
            return dice_.percent(50) ? "span" : "choice";
        case 7:
            return "review_period";
        case 8:
            return "month of " + date(depth - 1);
        default:
            return simple;
        }
    }

    std::string date(int depth) {
        if (depth == 0) {
            return dice_.of(std::vector<std::string>{"review_date", "d0", "d1", "e0", "2024-02-29",
                                                     "2023-08-31"});
        }
        switch (dice_.from(0, 9)) {
        case 0:
            return "(" + date(depth - 1) + " + " + count(1, 200) + " days)";
        case 1:
            return "(" + date(depth - 1) + " - " + count(1, 13) + " months)";
        case 2:
            return "(first day of " + window(depth - 1) + ")";
        case 3:
            return "(last day of " + window(depth - 1) + ")";
        case 4:
            return "(" + dice_.of(std::vector<std::string>{"06-30", "02-29", "01-01"}) +
                   " of (year of " + date(depth - 1) + "))";
        case 5:
            return "(" + date(depth - 1) + " but at most " + date(depth - 1) + ")";
        case 6:
            return "(if " + truth(depth - 1) + " then " + date(depth - 1) + " else " +
                   date(depth - 1) + ")";
        case 7:
            return "((largest of on in l0 where " + of_deal(depth - 1) + ") otherwise d0)";
        default:
            return date(0);
        }
    }

    std::string compare() {
        return dice_.of(std::vector<std::string>{">=", ">", "<=", "<", "=", "!="});
    }

    /// Of a deal in scope.
    std::string of_deal(int depth) {
        switch (dice_.from(0, 8)) {
        case 0:
            return "on <= review_date and ends >= review_date";
        case 1:
            return "live and on in " + window(depth);
        case 2:
            return "on + " + count(1, 90) + " days " + compare() + " " + date(depth);
        case 3:
            return "ends in " + window(depth);
        case 4:
            return "age " + compare() + " " + count(1, 400) + " days";
        case 5:
            return "open";
        case 6:
            return "due in " + window(depth);
        case 7:
            return "month " + compare() + " month of " + date(depth);
        default:
            return "on in span";
        }
    }

    std::string truth(int depth) {
        if (depth == 0) {
            return dice_.of(std::vector<std::string>{"f0", "f1", "k0 = p",
                                                     "review_date >= 2024-03-01",
                                                     "review_date > d0", "volume >= 3"});
        }
        switch (dice_.from(0, 12)) {
        case 0:
            return "(" + date(depth - 1) + " " + compare() + " " + date(depth - 1) + ")";
        case 1:
            return "(" + date(depth - 1) + " in " + window(depth - 1) + ")";
        case 2:
            return "(review_date - " + date(0) + " " + compare() + " " + count(1, 300) + " days)";
        case 3:
            return "(month of " + date(depth - 1) + " - m0 " + compare() + " " + count(1, 12) +
                   " months)";
        case 4:
            return "(some of l0 where " + of_deal(depth - 1) + ")";
        case 5:
            return "(each of l1 where " + of_deal(depth - 1) + " satisfies " + of_deal(depth - 1) +
                   ")";
        case 6:
            return "(" + number(depth - 1) + " " + compare() + " " + number(depth - 1) + ")";
        case 7:
            return "(not " + truth(depth - 1) + " or " + truth(depth - 1) + ")";
        case 8:
            return "(average of (review_date - on) in l0 where " + of_deal(depth - 1) +
                   ") >= " + count(1, 300) + " days";
        case 9:
            return "(largest of age in l0 where live) " + compare() + " " + count(1, 500) + " days";
        case 10:
            return "(days covered from on through ends in l0 within " + window(depth - 1) +
                   ") >= " + count(1, 90) + " days";
        case 11:
            return "(at least 2 of (" + truth(0) + ", " + truth(depth - 1) + ", " +
                   truth(depth - 1) + "))";
        default:
            return "(d0 in span)";
        }
    }

    std::string number(int depth) {
        if (depth == 0) {
            return dice_.of(std::vector<std::string>{"n0", "volume", "(count of recent)",
                                                     "(sum of points in recent where live)"});
        }
        switch (dice_.from(0, 10)) {
        case 0:
            return "(count of l0 where " + of_deal(depth - 1) + ")";
        case 1:
            return "(sum of points in l0 where " + of_deal(depth - 1) + ")";
        case 2:
            return "(sum of points in (largest 2 of l0 where " + of_deal(depth - 1) +
                   " by points))";
        case 3:
            return "(count of (groups of l0 by kind as g where (count of g where " +
                   of_deal(depth - 1) + ") >= 1))";
        case 4:
            return "(count of distinct kind in l0 where " + of_deal(depth - 1) + ")";
        case 5:
            return "(if " + truth(depth - 1) + " then " + number(depth - 1) + " else " +
                   number(depth - 1) + ")";
        case 6:
            return "(rates.rate for (year of " + date(depth - 1) + "))";
        case 7:
            return "((year of " + date(depth - 1) + ") - 2022)";
        case 8:
            return "(" + number(depth - 1) + " + " + number(depth - 1) + " * 2)";
        case 9:
            return "((median of points in l1 where " + of_deal(depth - 1) + ") otherwise 0)";
        default:
            return "(count of l1 where on in " + window(depth - 1) + " and live)";
        }
    }

    Dice& dice_;
    const std::string& version_;
    const std::string& effective_;
};

} // namespace

/// Names may come to read themselves, by chance; such rules are made anew.
Program program(Dice& dice, const std::string& version, const std::string& effective) {
    Rules rules(dice, version, effective);
    for (;;) {
        const std::string text = rules.next();
        const Result<Program> program = Program::parse("trial.rung", text);
        if (program) {
            return *program;
        }
        for (const Diagnostic& diagnostic : program.diagnostics) {
            REQUIRE_MESSAGE((!diagnostic.is_error || diagnostic.code == "cycle"),
                            program.diagnostics.to_text() << text);
        }
    }
}

// ---- partners ----------------------------------------------------------------------------------

Partners::Partners(Dice& dice, const Program& program, Window days)
    : dice_(dice), program_(program), needs_(facts_needed(program)), days_(days) {
    for (const Value& literal : program.model().literals) {
        if (literal.form == Value::Form::range) {
            figures_.push_back(literal.range.low);
        }
    }
    figures_.emplace_back(1);
}

std::string Partners::next() {
    unknown_ = dice_.percent(25) ? 6 : 0;
    Json text = {{"facts", object(needs_)}};
    if (unknown_ > 0 && dice_.percent(30)) {
        text["incomplete"] = incomplete();
    }
    if (program_.ladders().size() == 1 && dice_.percent(50)) {
        text["held"] = held();
    }
    return text.dump();
}

Json Partners::object(const std::vector<FactNeed>& needs) {
    Json made = Json::object();
    for (const FactNeed& need : needs) {
        if (!dice_.percent(unknown_)) {
            made[Json::json_pointer(need.pointer)] = any(need);
        }
    }
    return made;
}

Json Partners::any(const FactNeed& need) {
    if (need.kind == "list") {
        Json list = Json::array();
        for (int count = dice_.percent(20) ? dice_.from(0, 16) : dice_.from(0, 4); count > 0;
             --count) {
            list.push_back(need.plain_values ? any(need.fields.front()) : object(need.fields));
        }
        return list;
    }
    if (need.kind == "yes_no") {
        return dice_.percent(75);
    }
    if (need.kind == "date") {
        return need.or_never && dice_.percent(20) ? need.never : day().to_string();
    }
    if (need.kind == "month") {
        return day().to_month_string();
    }
    if (need.kind == "choice" || need.kind == "choices") {
        const std::string one = dice_.of(need.choices).json;
        return need.kind == "choice" ? Json(one) : Json::array({one});
    }
    if (need.kind == "text" || need.kind == "item") {
        return need.key ? Json("P-1")
                        : Json(std::string(1, static_cast<char>('a' + dice_.from(0, 25))));
    }
    return figure(need);
}

/// Days at the ends of months are more frequent than elsewhere, for they are where calendars differ.
Date Partners::day() {
    const Date any = later(days_.from, dice_.from(-500, days_.days() + 200));
    return dice_.percent(20) ? last_of_month(any) : dice_.percent(10) ? first_of_month(any) : any;
}

Json Partners::figure(const FactNeed& need) {
    const Number of_rules = dice_.of(figures_);
    const auto whole =
        static_cast<std::int64_t>(std::strtod(of_rules.to_string().c_str(), nullptr));
    const std::int64_t near =
        std::clamp<std::int64_t>(whole / dice_.from(1, 6) + dice_.from(-1, 1), 0,
                                 need.kind == "percent" ? 100 : 1'000'000'000);
    const bool year = need.kind == "whole" && need.name.find("year") != std::string::npos;
    if (!need.at_most.value.empty()) {
        return dice_.from(0, 1 + std::atoi(need.at_most.value.c_str())) > 1 ? Json(2) : Json(0);
    }
    return year ? Json(2022 + dice_.from(0, 3)) : need.share ? Json(0.25) : Json(near);
}

Json Partners::held() {
    return {{"tier", dice_.of(program_.tiers())},
            {"since", day().to_string()},
            {"protected_until", day().to_string()}};
}

Json Partners::incomplete() const {
    Json lists = Json::array();
    for (const FactNeed& need : needs_) {
        if (need.kind == "list") {
            lists.push_back(need.pointer);
        }
    }
    return lists;
}

} // namespace rung::dated
