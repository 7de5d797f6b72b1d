#include "interpreter/check_tests.hpp"

#include "grammar/written_dates.hpp"
#include "interpreter/check.hpp"
#include "interpreter/check_given.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace rung {

namespace {

class TestChecker {
public:
    TestChecker(const ast::File& file, const Model& program, const Names& names, ExprChecker& exprs,
                Model& suite)
        : file_(file),
          program_(program),
          names_(names),
          exprs_(exprs),
          suite_(suite),
          given_(program, exprs, suite),
          measures_(by_id(program.measures, &Measure::name)),
          requirements_(by_id(program.requirements, &Requirement::id)),
          benefits_(by_id(program.benefits, &Benefit::id)),
          notices_(by_id(program.notices, &Notice::id)),
          values_(by_id(program.values, &Worth::id)) {}

    void run() {
        for (const ast::Test& from : file_.tests) {
            test(from);
        }
    }

private:
    void test(const ast::Test& from) {
        Test made;
        made.title = from.title.value;
        made.title_at = from.title.at;
        made.facts_at = from.at;
        if (!from.facts.empty()) {
            made.facts_file = from.facts.front().value;
            made.facts_at = from.facts.front().at;
        }
        for (std::size_t i = 1; i < from.facts.size(); ++i) {
            exprs_.report_twice({"facts", from.facts[i].at}, from.facts.front().at);
        }
        made.on = day(from.on);
        std::vector<ast::Given> facts;
        for (const ast::Given& item : from.given) {
            if (item.name.text == "review_date") {
                given_day(from, item, made);
            } else {
                facts.push_back(item);
            }
        }
        made.given = given_.read(facts);
        made.review = from.review.text;
        made.at = from.at;
        if (from.review && !names_.reviews.contains(from.review.text)) {
            exprs_.report_unknown(from.review, "review", ids_of(names_.reviews));
        }
        if (!from.broken && from.facts.empty() && from.given.empty()) {
            exprs_.report(Code::unfinished_test, from.title.at,
                          {{"line", "`facts` or `given`"}, {"example", "facts \"acme.json\""}});
        } else if (!from.broken && from.expectations.empty()) {
            exprs_.report(Code::unfinished_test, from.title.at,
                          {{"line", "`expect`"}, {"example", "expect tier silver"}});
        }
        for (const ast::Expectation& item : from.expectations) {
            if (std::optional<Expectation> expectation = this->expectation(item)) {
                made.expectations.push_back(std::move(*expectation));
            }
        }
        suite_.tests.push_back(std::move(made));
    }

    /// `given review_date = 2024-02-14`, on top of the day that the facts say.
    void given_day(const ast::Test& from, const ast::Given& item, Test& made) {
        if (from.on || made.sets_day) {
            exprs_.report_twice(item.name, from.on ? from.on.at : from.title.at);
            return;
        }
        made.sets_day = true;
        if (item.broken) {
            return;
        }
        if (item.is_table) {
            exprs_.report(Code::given_wants_value, item.name.at, {{"name", item.name.text}});
            return;
        }
        if (item.value.values.size() != 1) {
            exprs_.report(Code::name_for_value, item.value.at,
                          {{"name", std::string(suite_.source.text(item.value.at))},
                           {"hint", "write one day, as in `2024-02-15`"}});
            return;
        }
        const Type date{TypeKind::date, 0};
        const Index value = exprs_.check(item.value.values.front(), Context::constant, date);
        if (value == none) {
            return;
        }
        const Expr& found = suite_.exprs[value];
        if (found.op != Op::literal || found.type != date) {
            exprs_.report_wrong_type(found.at, found.type, date);
        } else {
            made.on = suite_.literals[found.index].dates.low;
        }
    }

    std::optional<Date> day(const ast::Word& word) {
        const ParsedDate parsed = word ? Date::parse(word.text) : ParsedDate{};
        if (word && !parsed) {
            exprs_.report(Code::no_such_day, word.at, no_such_day(word.text));
        }
        return word && parsed ? std::optional(parsed.value) : std::nullopt;
    }

    Index find(const ast::Word& word, std::string_view kind, const IndexById& names) {
        const auto found = names.find(word.text);
        if (found != names.end()) {
            return found->second;
        }
        if (word) {
            exprs_.report_unknown(word, kind, ids_of(names));
        }
        return none;
    }

    /// A tier by its name, or as `ladder.tier`, which it must be where several ladders have one of that name.
    Index find_tier(const ast::Word& word, Index& ladder) {
        std::vector<std::pair<Index, Index>> found;
        std::vector<std::string> names;
        std::vector<std::string> known;
        for (Index i = 0; i < program_.ladders.size(); ++i) {
            const Ladder& of = program_.ladders[i];
            for (Index tier = 0; tier < of.tiers.size(); ++tier) {
                const std::string& id = of.tiers[tier].id;
                const std::string full = of.id.empty() ? id : of.id + "." + id;
                known.push_back(program_.ladders.size() > 1 ? full : id);
                if (word.text == id || word.text == full) {
                    found.emplace_back(i, tier);
                    names.push_back("`" + full + "`");
                }
            }
        }
        if (found.size() == 1) {
            ladder = found.front().first;
            return found.front().second;
        }
        if (found.size() > 1) {
            exprs_.report(Code::which_ladder, word.at,
                          {{"name", word.text}, {"known", listed(names, " or ")}});
        } else if (word) {
            exprs_.report_unknown(word, "tier",
                                  std::vector<std::string_view>(known.begin(), known.end()));
        }
        return none;
    }

    /// A tier of the ladder that a requirement is of.
    Index find_tier_of(const ast::Word& word, Index requirement, Index& ladder) {
        const Index own = program_.requirements[requirement].ladder;
        const IndexById tiers = by_id(program_.ladders[own].tiers, &Tier::id);
        if (const auto tier = tiers.find(word.text); tier != tiers.end()) {
            ladder = own;
            return tier->second;
        }
        const Index tier = find_tier(word, ladder);
        if (tier != none && ladder != own) {
            report_other_ladder(word, own);
        }
        return tier;
    }

    void report_other_ladder(const ast::Word& word, Index ladder) {
        exprs_.report(Code::other_ladder, word.at,
                      {{"name", word.text}, {"ladder", program_.ladders[ladder].id}});
    }

    /// The place of a word among the verdicts of what it is said of.
    static std::uint8_t verdict_of(std::string_view word, std::span<const std::string_view> all) {
        const auto at = std::find(all.begin(), all.end(), word);
        return static_cast<std::uint8_t>(at == all.end() ? 0 : at - all.begin());
    }
    static constexpr std::array<std::string_view, 5> row_verdicts{"met", "unmet", "unknown", "not",
                                                                  "waived"};
    static constexpr std::array<std::string_view, 4> benefit_verdicts{"granted", "open", "closed",
                                                                      "unknown"};
    static constexpr std::array<std::string_view, 3> notice_verdicts{"told", "untold", "unknown"};

    std::optional<Expectation> expectation(const ast::Expectation& from) {
        using About = Expectation::About;
        Expectation made;
        made.at = from.at;
        const std::string& about = from.about.text;
        const auto members = [&](std::string_view kind, const IndexById& names) {
            for (const ast::Word& word : from.names) {
                made.members.push_back(find(word, kind, names));
            }
        };
        if (about == "tier") {
            made.about = About::tier;
            made.subject = find_tier(from.subject, made.ladder);
        } else if (about == "at") {
            made.about = About::at_least;
            made.subject = find_tier(from.subject, made.ladder);
        } else if (about == "possible") {
            made.about = About::possible;
            for (const ast::Word& word : from.names) {
                Index ladder = made.ladder;
                made.members.push_back(find_tier(word, ladder));
                if (ladder != made.ladder && made.members.size() > 1) {
                    report_other_ladder(word, made.ladder);
                }
                made.ladder = ladder;
            }
        } else if (about == "measure") {
            made.about = About::measure;
            made.subject = find(from.subject, "measure", measures_);
            if (made.subject != none) {
                figures(made, from, {program_.measures[made.subject].type});
            }
            if (from.nothing) {
                exprs_.report(Code::name_for_value, from.nothing_at,
                              {{"name", "nothing"},
                               {"hint", "write `unknown` where nothing is known of it"}});
            }
        } else if (about == "value") {
            made.about = About::value;
            made.subject = find(from.subject, "value", values_);
            if (made.subject != none && program_.values[made.subject].for_each) {
                exprs_.report(Code::value_for_each, from.subject.at, {{"name", from.subject.text}});
            } else if (made.subject != none) {
                figures(made, from, {program_.values[made.subject].type});
            }
        } else if (about == "notice") {
            made.about = About::notice;
            made.subject = find(from.subject, "notice", notices_);
            made.verdict = verdict_of(from.verdict.text, notice_verdicts);
        } else if (about == "requirement" || about == "gap") {
            made.about = about == "gap" ? About::gap : About::requirement;
            made.subject = find(from.subject, "requirement", requirements_);
            made.tier = made.subject == none ? find_tier(from.tier, made.ladder)
                                             : find_tier_of(from.tier, made.subject, made.ladder);
            made.verdict = verdict_of(from.verdict.text, row_verdicts);
            if (about == "gap" && made.subject != none) {
                gap(made, from);
            }
        } else if (about == "benefit") {
            made.about = About::benefit;
            made.subject = find(from.subject, "benefit", benefits_);
            made.verdict = verdict_of(from.verdict.text, benefit_verdicts);
        } else if (about == "benefits") {
            made.about = About::benefits;
            made.verdict = verdict_of(from.verdict.text, benefit_verdicts);
            members("benefit", benefits_);
        } else {
            made.about = About::requirements;
            made.verdict = verdict_of(about, row_verdicts);
            made.subject = find_tier(from.subject, made.ladder);
            members("requirement", requirements_);
            for (std::size_t i = 0; i < from.names.size() && made.subject != none; ++i) {
                const Index row = made.members[i];
                if (row != none && program_.requirements[row].ladder != made.ladder) {
                    report_other_ladder(from.names[i], made.ladder);
                }
            }
        }
        along(made, from.along);
        const bool needs_subject = made.about != About::possible && made.about != About::benefits;
        const bool needs_tier = made.about == About::requirement || made.about == About::gap;
        const bool understood =
            !(needs_subject && made.subject == none) && !(needs_tier && made.tier == none) &&
            std::find(made.members.begin(), made.members.end(), none) == made.members.end();
        return understood ? std::optional(std::move(made)) : std::nullopt;
    }

    /// The path that a measure or a row is seen along.
    void along(Expectation& made, const ast::Word& path) {
        const bool possible = made.about == Expectation::About::possible;
        if (!path || (made.subject == none && !possible)) {
            return;
        }
        const bool measure = made.about == Expectation::About::measure;
        const Index paths =
            measure ? program_.measures[made.subject].paths : program_.ladders[made.ladder].paths;
        if (paths == none) {
            exprs_.report(Code::along_nothing, path.at, {{"path", path.text}});
        } else if (find(path, "path", by_id(program_.paths[paths].paths, &Path::id)) != none) {
            made.along = path.text;
        }
    }

    /// The figures that are expected, of one of the types.
    void figures(Expectation& made, const ast::Expectation& from, const std::vector<Type>& wanted) {
        made.unknown = from.unknown;
        made.nothing = from.nothing;
        for (const auto& [ast_index, to] :
             {std::pair{from.from, &made.from}, std::pair{from.through, &made.through}}) {
            *to = exprs_.check(ast_index, Context::constant, wanted.front());
            if (*to == none) {
                continue;
            }
            const Expr& found = suite_.exprs[*to];
            if (std::none_of(wanted.begin(), wanted.end(),
                             [&](Type type) { return fits(found.type, type); })) {
                exprs_.report_wrong_type(found.at, found.type, wanted.front());
            }
        }
    }

    void gap(Expectation& made, const ast::Expectation& from) {
        const Requirement& row = program_.requirements[made.subject];
        std::vector<Type> types;
        if (row.form == RowForm::ask) {
            compared(row.asks, types);
        }
        if (!types.empty()) {
            figures(made, from, types);
            return;
        }
        std::vector<Argument> arguments{{"name", row.id}};
        std::string ways;
        for (Index way = made.subject + 1; way < made.subject + row.subtree; ++way) {
            ways += (ways.empty() ? "" : ", ") + program_.requirements[way].id;
        }
        if (!ways.empty()) {
            arguments.push_back({"ways", std::move(ways)});
        }
        exprs_.report(Code::no_gap, from.subject.at, std::move(arguments));
    }

    /// What kinds of figures a condition compares.
    void compared(Index index, std::vector<Type>& types) const {
        if (index == none) {
            types.push_back({}); // which was not understood, and fits everywhere
            return;
        }
        const Expr& expr = program_.exprs[index];
        if (expr.op == Op::all_true || expr.op == Op::any_true) {
            for (Index i = 0; i < expr.operand_count; ++i) {
                compared(program_.operands[expr.first_operand + i], types);
            }
        } else if (expr.op >= Op::less && expr.op <= Op::greater_equal) {
            const Type type = program_.exprs[expr.a].type;
            if (is_figure(type.kind)) {
                types.push_back(type);
            }
        }
    }

    const ast::File& file_;
    const Model& program_;
    const Names& names_;
    ExprChecker& exprs_;
    Model& suite_;
    GivenChecker given_;
    IndexById measures_;
    IndexById requirements_;
    IndexById benefits_;
    IndexById notices_;
    IndexById values_;
};

/// The names that tests speak of.
Names borrowed(const Model& base, Model& suite) {
    Names names;
    suite.name = base.name;
    suite.currencies = base.currencies;
    suite.choice_sets = base.choice_sets;
    suite.records = base.records;
    suite.references = base.references;
    suite.ladders = base.ladders;
    suite.paths = base.paths;
    suite.measures = base.measures;
    names.ladders = by_id(base.ladders, &Ladder::id);
    for (const Ladder& ladder : base.ladders) {
        names.tiers.push_back(by_id(ladder.tiers, &Tier::id));
    }
    names.reviews = by_id(base.reviews, &Review::id);
    names.measures = by_id(base.measures, &Measure::name);
    return names;
}

void refuse_all_but_tests(const ast::File& file, ExprChecker& exprs) {
    const auto refuse = [&](const auto& parts) {
        for (const auto& part : parts) {
            exprs.report(Code::only_tests_here, {part.at.begin, part.at.begin}, {});
        }
    };
    refuse(file.head);
    refuse(file.ladders);
    refuse(file.records);
    refuse(file.facts);
    refuse(file.defines);
    refuse(file.tables);
    refuse(file.paths);
    refuse(file.keepings);
    refuse(file.measures);
    refuse(file.requirements);
    refuse(file.benefits);
    refuse(file.values);
    refuse(file.notices);
    refuse(file.labels);
}

/// A test file can say why its tests are dated as they are.
void accept_in_tests(const ast::File& file, ExprChecker& exprs, Model& suite) {
    for (const ast::Accept& from : file.accepts) {
        const Code check = Code::test_outside_version;
        if (from.check.text != name_of(check)) {
            exprs.report_unknown(from.check, "check of tests", {name_of(check)});
        } else if (from.of) {
            exprs.report_unknown(from.of, "part of a test file", {}, "leave out `of`");
        } else {
            suite.acceptances.push_back({check, "", from.check.at});
        }
    }
}

} // namespace

void check_tests(const ast::File& file, const Model& program, const Names& names,
                 ExprChecker& exprs, Model& suite) {
    TestChecker(file, program, names, exprs, suite).run();
}

Model check_tests(const ast::File& file, Source source, const Model& base, Faults& faults) {
    Model suite;
    suite.source = std::move(source);
    Names names = borrowed(base, suite);
    names.broken = file.unread;
    ExprChecker exprs(file, names, suite, faults);
    refuse_all_but_tests(file, exprs);
    accept_in_tests(file, exprs, suite);
    check_tests(file, base, names, exprs, suite);
    tidy(faults);
    return suite;
}

} // namespace rung
