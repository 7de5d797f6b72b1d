// Holds the parser to its printed grammar: the page is read and run, and must accept exactly what the
// parser accepts, on every rule file of the repository, on thousands of mutants of them, and on
// sentences written from the page itself, so that forms no rule file uses are tried too.
//
// The one difference that is allowed is the nesting limit, which the page states in words.

#include "grammar/parse.hpp"
#include "tests/page/mutants.hpp"
#include "tests/page/peg.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace {

using namespace rung;
using namespace rung::page;

constexpr std::size_t mutants_of_files = 30'000;
constexpr std::size_t written_texts = 40'000;
constexpr std::size_t longest_text = 3'000;
constexpr std::size_t most_printed = 12;

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> rule_files(const std::filesystem::path& root) {
    std::vector<std::filesystem::path> files;
    for (const char* folder : {"rules", "tests", "examples"}) {
        if (!std::filesystem::is_directory(root / folder)) {
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            if (entry.is_regular_file() && entry.path().extension() == ".rung") {
                files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Blanks and line ends made visible, a line to a line.
std::string visible(std::string_view text) {
    std::string shown = "    ";
    for (const char c : text) {
        switch (c) {
        case '\r':
            shown += "\\r";
            break;
        case '\t':
            shown += "\\t";
            break;
        case '\n':
            shown += "\\n\n    ";
            break;
        default:
            shown += c;
        }
    }
    return shown;
}

class Comparison {
public:
    explicit Comparison(const Grammar& grammar) : recogniser_(grammar) {}

    void compare(const std::string& text, const std::string& origin) {
        const Verdict verdict = look(text);
        accepted_ += verdict == Verdict::both_accept ? 1 : 0;
        if (verdict == Verdict::too_deep) {
            return;
        }
        if (verdict == Verdict::both_accept || verdict == Verdict::both_refuse) {
            ++passed_;
            return;
        }
        ++failed_;
        if (printed_.size() < most_printed) {
            report(text, verdict, origin);
        }
    }

    void fail(const std::string& why) {
        ++failed_;
        print(why + "\n");
    }
    void pass() { ++passed_; }

    [[nodiscard]] Recogniser& recogniser() { return recogniser_; }
    [[nodiscard]] std::size_t accepted() const { return accepted_; }

    int finish() const {
        print(std::to_string(passed_) + " passed, " + std::to_string(failed_) + " failed\n");
        return failed_ == 0 ? 0 : 1;
    }

private:
    enum class Verdict { both_accept, both_refuse, only_page, only_parser, gave_up, too_deep };

    Verdict look(const std::string& text) {
        const Parsed parsed = parse(Source("mutant", text));
        const auto deep = [](const Fault& fault) { return fault.code == Code::nested_too_deep; };
        if (std::any_of(parsed.faults.begin(), parsed.faults.end(), deep)) {
            return Verdict::too_deep;
        }
        const Answer answer = recogniser_.accepts(text);
        if (answer == Answer::gave_up) {
            return Verdict::gave_up;
        }
        if (answer == Answer::accepted) {
            return parsed.faults.empty() ? Verdict::both_accept : Verdict::only_page;
        }
        return parsed.faults.empty() ? Verdict::only_parser : Verdict::both_refuse;
    }

    void report(const std::string& text, Verdict verdict, const std::string& origin) {
        const std::string small =
            shrink(text, [&](const std::string& less) { return look(less) == verdict; });
        if (!printed_.insert(small).second) {
            return;
        }
        const char* what = verdict == Verdict::only_page ? "the page accepts, the parser refuses"
                           : verdict == Verdict::gave_up ? "the page takes too many steps"
                                                         : "the parser accepts, the page refuses";
        print(std::string(what) + " (" + origin + "):\n" + visible(small) + "\n");
        const Parsed parsed = parse(Source("mutant", small));
        for (const Fault& fault : parsed.faults) {
            const Position at = parsed.tree.source().position(fault.where.begin);
            print("  " + std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
                  text_of(fault) + "\n");
        }
    }

    Recogniser recogniser_;
    std::set<std::string> printed_;
    std::size_t passed_ = 0;
    std::size_t failed_ = 0;
    std::size_t accepted_ = 0;
};

/// A form that no accepted text ever used would be dead letters, or untested.
void check_used(const Grammar& grammar, const Rule& rule, std::uint32_t index,
                Comparison& comparison) {
    const Part& part = grammar.parts[index];
    if (part.kind == Part::Kind::not_at) { // what it matches is refused
        return;
    }
    if (!comparison.recogniser().used()[index]) {
        comparison.fail("no accepted text uses " + grammar.print(index) + " in the rule " +
                        rule.name);
        return;
    }
    comparison.pass();
    for (const std::uint32_t inner : part.parts) {
        check_used(grammar, rule, inner, comparison);
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        print("usage: rung_page ROOT\n");
        return 2;
    }
    const std::filesystem::path root = argv[1];
    std::string complaint;
    const std::optional<Grammar> grammar =
        read_page(read_file(root / "grammar" / "README.md"), complaint);
    if (!grammar) {
        print("grammar/README.md: " + complaint + "\n0 passed, 1 failed\n");
        return 1;
    }
    Comparison comparison(*grammar);
    const std::vector<std::string> words = grammar->spellings();

    const std::vector<std::filesystem::path> files = rule_files(root);
    for (const std::filesystem::path& path : files) {
        const std::string text = read_file(path);
        const std::string name = path.lexically_relative(root).string();
        comparison.compare(text, name);
        if (comparison.recogniser().accepts(text) != Answer::accepted) {
            comparison.fail(name + " is no rule file");
        }
        Random random(text.size());
        for (std::size_t i = 0; i < mutants_of_files / files.size(); ++i) {
            const std::string mutant = mutate(sample(text, random), random, words);
            comparison.compare(mutant.substr(0, longest_text), "mutant of " + name);
        }
    }

    // A table may end with the rule below its header, and the file with it.
    comparison.compare("requirements\n| name | asks |\n|------|------|", "a table without rows");

    Writer writer(*grammar);
    Random random(2023);
    for (std::size_t i = 0; i < written_texts; ++i) {
        const std::string text = writer.sections(random, 1 + random.below(2));
        if (text.size() > longest_text) {
            continue;
        }
        comparison.compare(text, "written from the page");
        comparison.compare(mutate(text, random, words), "mutant of a text written from the page");
    }
    print(std::to_string(files.size()) + " rule files; " + std::to_string(comparison.accepted()) +
          " texts accepted by both\n");
    for (const Rule& rule : grammar->rules) {
        if (rule.name != "RESERVED") { // used behind `!` alone
            check_used(*grammar, rule, rule.part, comparison);
        }
    }
    return comparison.finish();
}
