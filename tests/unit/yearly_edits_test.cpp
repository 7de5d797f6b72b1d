// The edits of a next year, made on a real program: what each takes, and that its half-done states are
// told. A guide is edited once a year, by someone who does not do it often; what was forgotten must not
// become a tier.
#include <rung/rung.hpp>

#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/ranges.h>

namespace rung::yearly_edits_test {

namespace {

using Edit = std::function<void(std::string&)>;

std::string read(const std::string& path) {
    std::ifstream file(RUNG_SOURCE_DIR "/rules/twilio-technology-2023/" + path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

void replace(std::string& text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    REQUIRE_MESSAGE(text.find(from, at + 1) == std::string::npos, from);
    text.replace(at, from.size(), to);
}

Edit put(const std::string& from, const std::string& to) {
    return [=](std::string& text) { replace(text, from, to); };
}

/// A line of its own before the one that begins so.
Edit add_line(const std::string& before, const std::string& line) {
    return [=](std::string& text) { replace(text, "\n  " + before, "\n" + line + "  " + before); };
}

/// The row of a table, without its line end.
std::string row_of(const std::string& text, const std::string& name) {
    const std::size_t begin = text.find("\n| " + name + " ") + 1;
    REQUIRE_MESSAGE(begin != 0, name);
    return text.substr(begin, text.find('\n', begin) - begin);
}

Edit in_row(const std::string& name, const std::string& from, const std::string& to) {
    return [=](std::string& text) {
        const std::string before = row_of(text, name);
        std::string after = before;
        replace(after, from, to);
        replace(text, before + "\n", after + "\n");
    };
}

Edit add_behind(const std::string& name, const std::string& rows) {
    return [=](std::string& text) {
        const std::string row = row_of(text, name) + "\n";
        replace(text, row, row + rows);
    };
}

/// A column before the last of a table: its header, and what every row has there.
Edit add_column(const std::string& table, const std::string& header, const std::string& cell) {
    return [=](std::string& text) {
        std::size_t at = text.find("\n" + table + "\n| ") + table.size() + 2;
        for (int line = 0; text[at] == '|'; ++line) {
            const std::size_t end = text.find('\n', at);
            const std::size_t last = text.rfind('|', text.rfind('|', end) - 1);
            const std::string added = line == 0 ? header : line == 1 ? "---" : cell;
            text.insert(last, "| " + added + " ");
            at = text.find('\n', at) + 1;
        }
    };
}

/// The edit, and the label in German of what is new: the file's last section holds those.
Edit labelled(const Edit& edit, const std::string& label) {
    return [=](std::string& text) {
        edit(text);
        text += "  " + label + "\n";
    };
}

/// Last year's file with the dates of the next, and the edits.
std::string next_year(const std::vector<Edit>& edits) {
    std::string text = read("2023.rung");
    replace(text, "version    2023\n", "version    2024\n");
    replace(text, "effective  2023-01-01 onwards", "effective  2024-01-01 through 2024-12-31");
    for (const Edit& edit : edits) {
        edit(text);
    }
    return text;
}

/// The codes of everything that is found, errors and warnings, each once.
std::string found(const std::vector<Edit>& edits) {
    const Result<Program> program = Program::parse("2024.rung", next_year(edits));
    Diagnostics all = program.diagnostics;
    if (program) {
        all.add(lint(*program));
    }
    std::set<std::string> codes;
    for (const Diagnostic& item : all) {
        codes.insert(item.code);
    }
    return fmt::format("{}", fmt::join(codes, ", "));
}

/// The tier of one of the program's records by the edited rules.
std::string tier(const std::string& record, const std::vector<Edit>& edits,
                 const std::vector<Edit>& of_facts = {}) {
    const Result<Program> program = Program::parse("2024.rung", next_year(edits));
    REQUIRE_MESSAGE(program, program.diagnostics.to_text());
    std::string text = read("facts/" + record);
    for (const Edit& edit : of_facts) {
        edit(text);
    }
    const Result<Facts> facts = Facts::read(*program, record, text);
    REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
    const Result<Outcome> outcome = evaluate(*program, *facts);
    REQUIRE_MESSAGE(outcome, outcome.diagnostics.to_text());
    return outcome->ladders.front().tier.value_or("undecided");
}

const std::string gold = "09-gold-commit.json"; // three stories, a commitment of $50M, 2022

} // namespace

TEST_CASE("a yearly edit: nothing but the dates") {
    CHECK(found({}) == "");
    CHECK(tier(gold, {}) == "gold");
}

TEST_CASE("a yearly edit: a threshold is raised") {
    const auto stories = [](const std::string& figure) {
        return in_row("success_stories", "| 3 ", "| " + figure + " ");
    };
    CHECK(found({stories("4")}) == "");
    CHECK(tier(gold, {stories("4")}) == "silver");

    CHECK(found({stories("1")}) == "threshold-not-rising");
    CHECK(found({stories("4+")}) == "plus-behind-figure");
    CHECK(found({stories("$4")}) == "wrong-type");
    CHECK(found({stories("four")}) == "unknown-name");
    CHECK(found({stories("")}) == "empty-cell");
    CHECK(found({stories("4 |")}) == "cell-count");
    CHECK(found({stories("-")}) == "");
}

TEST_CASE("a yearly edit: a Platinum tier") {
    const Edit unlabelled = put("gold \"Gold\"", "gold \"Gold\" < platinum \"Platinum\"");
    const Edit rung = labelled(unlabelled, "tier platinum \"Platin\"");
    const Edit asks = add_column("requirements", "platinum", "yes");
    const Edit opens = add_column("benefits", "platinum", "yes");
    const std::vector<Edit> figures{
        in_row("joint_solution", "| yes |", "| 2 |"),
        in_row("success_stories", "| yes |", "| 6 |"),
        in_row("revenue.spend", "| yes |", "| - |"),
        in_row("revenue.any_commit", "| yes |", "| - |"),
        in_row("revenue.commit", "| yes |", "| $90M |"),
        in_row("revenue.influence", "| yes |", "| $2M |"),
    };
    std::vector<Edit> all{rung, asks, opens};
    all.insert(all.end(), figures.begin(), figures.end());
    CHECK(found(all) == "");
    CHECK(tier(gold, all) == "gold");
    std::vector<Edit> english = all;
    english.front() = unlabelled;
    CHECK(found(english) == "label-missing");
    std::vector<Edit> easy = all;
    easy.push_back(in_row("joint_solution", "| 2 |", "| 1 |"));
    easy.push_back(in_row("success_stories", "| 6 |", "| 3 |"));
    easy.push_back(in_row("revenue.commit", "| $90M |", "| $50M |"));
    CHECK(tier(gold, easy) == "platinum");

    // Told at each table that has no column for it.
    CHECK(found({rung}) == "missing-column");
    CHECK(found({rung, opens}) == "missing-column");
    std::vector<Edit> without_benefits{rung, asks};
    without_benefits.insert(without_benefits.end(), figures.begin(), figures.end());
    CHECK(found(without_benefits) == "missing-column");
    CHECK(found({asks, opens}) == "unknown-column");
    CHECK(found({rung, asks, opens}) == "yes-for-figure");
    const auto but = [&](const Edit& slip) {
        std::vector<Edit> edits = all;
        edits.push_back(slip);
        return found(edits);
    };
    CHECK(but(in_row("gtm_plan", " | yes | p.", " | p.")) == "cell-count");
    CHECK(but(in_row("success_stories", "| 6 |", "| 2 |")) == "threshold-not-rising");
    CHECK(but(in_row("mdf", "| yes |", "| - |")) == "benefit-lost");
    CHECK(but(put("< platinum", "platinum")) == "unexpected-text");
    CHECK(but(put("< platinum", "< platnum")) == "unknown-column");
}

TEST_CASE("a yearly edit: a requirement is split into two ways") {
    const Edit fact =
        labelled(add_line("stories              list of story",
                          "  video_cases  whole number  \"Video cases\"  at least 0\n"),
                 "fact video_cases \"Videos\"");
    const Edit head = [](std::string& text) {
        in_row("success_stories", "success_stories >= _", "any one of")(text);
        in_row("success_stories", "| 1 ", "| yes ")(text);
        in_row("success_stories", "| 2 ", "| yes ")(text);
        in_row("success_stories", "| 3 ", "| yes ")(text);
    };
    const auto way = [](const std::string& name, const std::string& asks,
                        const std::string& figures) {
        const Edit row = add_behind("success_stories", "| success_stories." + name + " | \"By " +
                                                           name + "\" | " + asks + " | | - | " +
                                                           figures + " | p. 8 |\n");
        return labelled(row, "requirement success_stories." + name + " \"Auf diesem Weg\"");
    };
    const Edit written = way("written", "success_stories >= _", "1 | 2 | 3");
    const Edit video = way("video", "video_cases >= _", "1 | 1 | 2");
    const std::vector<Edit> all{fact, head, video, written};
    CHECK(found(all) == "");
    CHECK(tier(gold, all) == "gold");
    const std::vector<Edit> four{fact, head, video, written,
                                 in_row("success_stories.written", "| 3 ", "| 4 ")};
    CHECK(tier(gold, four) == "undecided"); // nobody said how many video cases there are
    CHECK(tier(gold, four, {put("\"partner\":", "\"video_cases\": 2, \"partner\":")}) == "gold");
    CHECK(tier(gold, four, {put("\"partner\":", "\"video_cases\": 1, \"partner\":")}) == "silver");

    CHECK(found({fact, video}) == "part-without-head");
    CHECK(found({head}) == "head-without-parts");
    CHECK(found({head, written}) == "");
    CHECK(found({head, written, video}) == "unknown-name");
    CHECK(found({fact, head, written}) == "unused-fact");
}

TEST_CASE("a yearly edit: a benefit needs an approval") {
    const Edit fact =
        labelled(add_line("mdf_requested        yes/no",
                          "  review_approved  yes/no  \"Review approved\"  by program\n"),
                 "fact review_approved \"Begutachtung bewilligt\"");
    const Edit need =
        in_row("solution_review", "|                             |", "| review_approved |");
    CHECK(found({fact, need}) == "");
    CHECK(found({need}) == "unknown-name");
    CHECK(found({fact}) == "unused-fact");
    CHECK(found({need, add_line("mdf_requested        yes/no",
                                "  review_approved  text  \"Review approved\"\n")}) ==
          "wrong-type");
}

TEST_CASE("a yearly edit: the program year begins on 1 February") {
    const Edit starts = put("effective  2024-01-01 through 2024-12-31",
                            "effective  2024-02-01 through 2025-01-31\nyear starts  02-01");
    const auto year = [](const std::string& first_day) {
        return put("currency   USD", "year starts  " + first_day + "\ncurrency   USD");
    };
    const Edit window = put("looks at previous calendar year", "looks at previous program year");
    CHECK(found({starts, window}) == "");
    CHECK(tier(gold, {starts, window}) == "gold");

    CHECK(found({starts}) == "year-start-unread");
    CHECK(found({window}) == "year-start-unsaid");
    CHECK(found({year("02-01"), window}) == "years-mixed");
    CHECK(found({year("2-1"), window}) == "unexpected-text");
    CHECK(found({year("02-30"), window}) == "no-such-day");
}

} // namespace rung::yearly_edits_test
