// How tests came out: as text for the person who wrote them, as JSON, as JUnit XML for a build server.
#include "grammar/source.hpp"
#include "interpreter/print_json.hpp"
#include "interpreter/text.hpp"

#include <rung/tests.hpp>
#include <rung/version.hpp>

#include <algorithm>

namespace rung {

namespace {

constexpr int test_format = 1;

std::string indented(const std::string& text, int by) {
    const std::string margin(static_cast<std::size_t>(by), ' ');
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        out += (line.empty() ? "" : margin + line) + "\n";
        at = end + 1;
    }
    return out;
}

void add_side(std::string& text, const char* lead, const std::string& words, int width) {
    constexpr int lead_width = 14;
    std::string line = "    " + std::string(lead);
    line.resize(lead_width, ' ');
    text += line + wrapped(harmless(words), width, lead_width, lead_width) + "\n";
}

// ---- JSON --------------------------------------------------------------------------------------

Json json_of(const TestFailure& failure) {
    return {{"at", json_of(failure.at)},    {"expected", failure.expected},
            {"actual", failure.actual},     {"missing", failure.missing},
            {"too_many", failure.too_many}, {"explanation", failure.explanation}};
}

Json json_of(const TestReport& report) {
    Json failures = Json::array();
    for (const TestFailure& failure : report.failures) {
        failures.push_back(json_of(failure));
    }
    Json problems = Json::array();
    for (const Diagnostics* of : {&report.problems, &report.warnings}) {
        for (const Diagnostic& problem : *of) {
            problems.push_back(json_of(problem));
        }
    }
    return {{"title", report.title},
            {"at", json_of(report.at)},
            {"passed", report.passed()},
            {"failures", std::move(failures)},
            {"problems", std::move(problems)}};
}

Json json_of(const TestRun& run) {
    Json tests = Json::array();
    for (const TestReport& report : run.reports) {
        tests.push_back(json_of(report));
    }
    return {{"file", run.file},
            {"passed", run.passed()},
            {"failed", run.failed()},
            {"tests", std::move(tests)}};
}

std::string_view name_of(CoveredItem::Kind kind) {
    switch (kind) {
    case CoveredItem::Kind::requirement:
        return "requirement";
    case CoveredItem::Kind::benefit:
        return "benefit";
    case CoveredItem::Kind::value:
        return "value";
    case CoveredItem::Kind::look_up:
        return "row";
    case CoveredItem::Kind::notice:
        return "notice";
    case CoveredItem::Kind::condition:
        break;
    }
    return "condition";
}

Json json_of(const CoveredItem& item) {
    Json verdicts = Json::object();
    for (const CoveredItem::Verdict& verdict : item.verdicts) {
        verdicts[verdict.verdict] = verdict.seen;
    }
    const bool condition = item.kind == CoveredItem::Kind::condition;
    return {{"kind", name_of(item.kind)},
            {condition ? "text" : "id", item.id},
            {"ladder", item.ladder.empty() ? Json() : Json(item.ladder)},
            {"tier", item.tier.empty() ? Json() : Json(item.tier)},
            {"at", json_of(item.at)},
            {"seen", std::move(verdicts)}};
}

Json json_of(const Coverage& coverage) {
    Json items = Json::array();
    for (const CoveredItem& item : coverage.items) {
        items.push_back(json_of(item));
    }
    return {{"rules", coverage.rules_file},      {"program", coverage.program},
            {"version", coverage.version},       {"seen", coverage.seen()},
            {"countable", coverage.countable()}, {"percent", coverage_percent({coverage})},
            {"items", std::move(items)}};
}

Json json_of(const std::vector<Coverage>& all, std::optional<int> least) {
    Json files = Json::array();
    for (const Coverage& coverage : all) {
        files.push_back(json_of(coverage));
    }
    return {{"percent", coverage_percent(all)},
            {"least", least ? Json(*least) : Json()},
            {"files", std::move(files)}};
}

// ---- JUnit -------------------------------------------------------------------------------------
//
// Without the optional attribute `time`: a test takes microseconds, and the same tests make the same file.

/// A text for XML 1.0: what it cannot hold, and bytes that are not UTF-8, become U+FFFD.
std::string escaped(std::string_view text, bool attribute) {
    std::string out;
    std::size_t invalid = find_invalid_utf8(text);
    for (std::size_t i = 0; i < text.size();) {
        if (i == invalid) {
            out += "\uFFFD";
            const std::size_t next = find_invalid_utf8(text.substr(++i));
            invalid = next == std::string_view::npos ? next : i + next;
            continue;
        }
        const std::string_view bytes = text.substr(i, code_point_size(text, i));
        const char c = bytes.front();
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else if (attribute && c == '\n') {
            out += "&#10;";
        } else if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') ||
                   bytes == "\uFFFE" || bytes == "\uFFFF") {
            out += "\uFFFD";
        } else {
            out += bytes;
        }
        i += bytes.size();
    }
    return out;
}

std::string attribute(const char* name, std::string_view value) {
    return " " + std::string(name) + "=\"" + escaped(value, true) + "\"";
}

std::string counts(std::size_t tests, std::size_t failures) {
    return attribute("tests", std::to_string(tests)) +
           attribute("failures", std::to_string(failures)) + attribute("errors", "0");
}

/// What a build server shows beside the title of a failed test.
std::string headline(const TestReport& report) {
    for (const Diagnostic& problem : report.problems) {
        if (problem.is_error) {
            return problem.text;
        }
    }
    const TestFailure& first = report.failures.front();
    const std::size_t more = report.failures.size() - 1;
    return "expected " + first.expected + ", but it is " + first.actual +
           (more > 0 ? " (and " + std::to_string(more) + " more)" : "");
}

std::string testcase(const TestRun& run, const TestReport& report) {
    std::string text = "    <testcase" + attribute("name", report.title) +
                       attribute("classname", run.file) + attribute("file", run.file);
    if (report.passed()) {
        return text + "/>\n";
    }
    const bool began = !report.problems.has_errors();
    return text + ">\n      <failure" + attribute("message", headline(report)) +
           attribute("type", began ? "expectation" : "facts") + ">" +
           escaped(to_text(report), false) + "</failure>\n    </testcase>\n";
}

} // namespace

std::string to_text(const TestReport& report, const TextOptions& options) {
    const Paint paint{options.colour};
    const int width = std::max(options.width, 40);
    const std::string where =
        " (" + harmless(report.at.file) + ":" + std::to_string(report.at.line) + ")";
    const std::string verdict = report.passed() ? paint.good("passed:") : paint.bad("failed:");
    std::string text = verdict + " " + wrapped(harmless(report.title) + where, width, 8, 2) + "\n";
    if (report.problems.has_errors()) {
        text += report.problems.to_text(options.colour, width);
    }
    text += report.warnings.to_text(options.colour, width);
    for (const TestFailure& failure : report.failures) {
        text += "  line " + std::to_string(failure.at.line) + "\n";
        add_side(text, "expected", failure.expected, width);
        add_side(text, "actual", failure.actual, width);
        if (!failure.missing.empty()) {
            add_side(text, "missing", listed(failure.missing, ", "), width);
        }
        if (!failure.too_many.empty()) {
            add_side(text, "too many", listed(failure.too_many, ", "), width);
        }
        if (!failure.explanation.empty()) {
            text += "\n" + indented(failure.explanation, 4) + "\n";
        }
    }
    return text;
}

std::string to_json(const std::vector<TestRun>& runs, const std::vector<Coverage>& coverage,
                    std::optional<int> least) {
    std::size_t passed = 0;
    std::size_t failed = 0;
    Json files = Json::array();
    for (const TestRun& run : runs) {
        passed += run.passed();
        failed += run.failed();
        files.push_back(json_of(run));
    }
    const bool covered = !least || coverage_percent(coverage) >= *least;
    return printed({{"format", test_format},
                    {"engine", version()},
                    {"ok", failed == 0 && covered},
                    {"passed", passed},
                    {"failed", failed},
                    {"files", std::move(files)},
                    {"coverage", coverage.empty() ? Json() : json_of(coverage, least)}});
}

std::string to_junit(const std::vector<TestRun>& runs) {
    std::size_t tests = 0;
    std::size_t failed = 0;
    std::string suites;
    for (const TestRun& run : runs) {
        tests += run.reports.size();
        failed += run.failed();
        suites += "  <testsuite" + attribute("name", run.file) +
                  counts(run.reports.size(), run.failed()) + ">\n";
        for (const TestReport& report : run.reports) {
            suites += testcase(run, report);
        }
        suites += "  </testsuite>\n";
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
           attribute("name", "rung test") + counts(tests, failed) + ">\n" + suites +
           "</testsuites>\n";
}

} // namespace rung
