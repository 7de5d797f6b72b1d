// What is written: rows without a page of the guide, what is marked to be checked, keys that were meant as pointers,
// characters that are taken for others.
#include "grammar/characters.hpp"
#include "grammar/confusables.hpp"
#include "interpreter/citation.hpp"
#include "interpreter/lint.hpp"
#include "interpreter/text.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace rung {

namespace {

class TextReader {
public:
    TextReader(const ast::File& file, const Tree& tree, Findings& findings)
        : file_(file), source_(tree.source()), tree_(tree), findings_(findings) {}

    void read() {
        citations();
        citations_to_check();
        lines_to_check();
        pointers(file_.facts, "");
        for (const ast::Record& record : file_.records) {
            pointers(record.fields, record.name.text + ".");
        }
        characters(tree_.root(), false);
        hidden_directions();
    }

private:
    // ---- citations

    static std::size_t column(const ast::Table& table, std::string_view name) {
        const auto at = std::find_if(table.columns.begin(), table.columns.end(),
                                     [&](const ast::Word& word) { return word.text == name; });
        return static_cast<std::size_t>(at - table.columns.begin());
    }

    static bool cites(const ast::Table& table, const ast::Row& row) {
        const std::size_t cite = column(table, "cite");
        return cite < row.cells.size() && !row.cells[cite].empty;
    }

    static bool cites(const ast::Table& table) {
        return std::any_of(table.rows.begin(), table.rows.end(),
                           [&](const ast::Row& row) { return cites(table, row); });
    }

    void citations() {
        const auto any = [](const std::vector<ast::Table>& tables) {
            return std::any_of(tables.begin(), tables.end(),
                               [](const ast::Table& table) { return cites(table); });
        };
        // A `source` line alone cites the guide as a whole.
        if (!any(file_.requirements) && !any(file_.benefits)) {
            return;
        }
        for (const auto* tables : {&file_.requirements, &file_.benefits}) {
            for (const ast::Table& table : *tables) {
                citations(table);
            }
        }
    }

    /// A table without any citation is told once.
    void citations(const ast::Table& table) {
        const std::size_t name = column(table, "name");
        if (!cites(table)) {
            const std::string_view text = source_.text();
            const Span word{table.at.begin,
                            static_cast<std::uint32_t>(std::min(
                                text.find_first_of(" \t\r\n", table.at.begin), text.size()))};
            findings_.add(Code::missing_cite, word, std::string(source_.text(word)),
                          {{"table", std::string(source_.text(word))}});
            return;
        }
        std::set<std::string, std::less<>> citing;
        for (const ast::Row& row : table.rows) {
            if (cites(table, row)) {
                citing.insert(row.cells[name].word.text);
            }
        }
        for (const ast::Row& row : table.rows) {
            const ast::Word& word = row.cells[name].word;
            if (!has_citing_head(word.text, citing)) {
                findings_.add(Code::missing_cite, word.at, word.text, {{"name", word.text}});
            }
        }
    }

    /// The row itself, or a head above it.
    static bool has_citing_head(std::string_view row,
                                const std::set<std::string, std::less<>>& citing) {
        for (;;) {
            if (citing.contains(row)) {
                return true;
            }
            const std::size_t dot = row.rfind('.');
            if (dot == std::string_view::npos) {
                return false;
            }
            row = row.substr(0, dot);
        }
    }

    void citations_to_check() {
        for (const auto* tables : {&file_.requirements, &file_.benefits, &file_.values}) {
            for (const ast::Table& table : *tables) {
                citations_to_check(table);
            }
        }
    }

    void citations_to_check(const ast::Table& table) {
        const std::size_t name = column(table, "name");
        const std::size_t cite = column(table, "cite");
        for (const ast::Row& row : table.rows) {
            if (!cites(table, row) || name >= row.cells.size()) {
                continue;
            }
            const ast::Cell& cell = row.cells[cite];
            const std::string& written = cell.text.given ? cell.text.value : cell.word.text;
            if (is_to_check(written)) {
                std::vector<Argument> page;
                if (!cited(written).empty()) {
                    page.push_back({"cite", std::string(cited(written))});
                }
                findings_.add(Code::citation_to_check, cell.at, row.cells[name].word.text,
                              std::move(page));
            }
        }
    }

    /// A comment as `rung next` leaves it behind a date that it moved: `# to check: was 2023-07-01`.
    void lines_to_check() {
        std::uint32_t behind = 0; // the token before
        const auto look_until = [&](std::uint32_t end) {
            const std::string_view between = source_.text({behind, end});
            for (std::size_t at = between.find('#'); at != std::string_view::npos;
                 at = between.find('#', at)) {
                const std::size_t length = between.substr(at).find_first_of("\r\n");
                const std::string_view comment = between.substr(at, length);
                line_to_check(comment, behind + static_cast<std::uint32_t>(at));
                at += comment.size();
            }
        };
        for (const Node& node : tree_.nodes()) {
            if (is_token(node.kind)) {
                look_until(node.span.begin);
                behind = node.span.end;
            }
        }
        look_until(static_cast<std::uint32_t>(source_.text().size()));
    }

    void line_to_check(std::string_view comment, std::uint32_t begin) {
        comment = trimmed(comment);
        const std::string_view words = trimmed(comment.substr(1));
        if (!words.starts_with(to_check)) {
            return;
        }
        const std::string_view rest = words.substr(to_check.size());
        if (!rest.empty() && rest.front() != ':') {
            return; // "# to checkers"
        }
        std::vector<Argument> said;
        if (rest.size() > 1) {
            said.push_back({"said", std::string(trimmed(rest.substr(1)))});
        }
        findings_.add(Code::line_to_check,
                      {begin, begin + static_cast<std::uint32_t>(comment.size())}, "",
                      std::move(said));
    }

    // ---- keys and pointers

    static const ast::Text* key_of(const ast::Field& field) {
        for (const ast::Annotation& annotation : field.annotations) {
            if (annotation.word.text == "json") {
                return &annotation.text;
            }
        }
        return nullptr;
    }

    /// `json "plan/active"` where another is read from `/plan/…`.
    void pointers(const std::vector<ast::Field>& fields, const std::string& prefix) {
        for (const ast::Field& field : fields) {
            const ast::Text* key = key_of(field);
            const std::size_t slash = key == nullptr ? 0 : key->value.find('/');
            if (key == nullptr || slash == 0 || slash == std::string::npos) {
                continue;
            }
            const std::string object = "/" + key->value.substr(0, slash + 1);
            const auto other = std::find_if(fields.begin(), fields.end(), [&](const auto& one) {
                const ast::Text* pointer = key_of(one);
                return pointer != nullptr && pointer->value.starts_with(object);
            });
            if (other != fields.end()) {
                findings_.add(Code::pointer_without_slash, key->at, prefix + field.name.text,
                              {{"found", key->value},
                               {"fix", "/" + key->value},
                               {"other", key_of(*other)->value}});
            }
        }
    }

    // ---- characters

    /// In a choice or a key, a text is compared with that of the facts.
    void characters(NodeRef node, bool exact) {
        for (const NodeRef child : node) {
            if (child.is(Kind::text) || child.is(Kind::raw)) {
                characters_at(child.span(), exact);
            } else {
                characters(child, child.is(Kind::choice) || child.is(Kind::input_key) ||
                                      (child.is(Kind::annotation) && begins_with_json(child)));
            }
        }
    }

    static bool begins_with_json(NodeRef annotation) {
        return (*annotation.begin()).is_word("json");
    }

    void characters_at(Span text, bool exact) {
        const std::optional<Confusable> found = find_confusable(source_.text(text), exact);
        if (!found) {
            return;
        }
        const Span at{text.begin + found->at.begin, text.begin + found->at.end};
        std::vector<Argument> arguments{{"code_point", code_point_name(found->code)}};
        if (!found->meant.empty()) {
            arguments.push_back({"found", std::string(source_.text(at))});
            arguments.push_back({"like", found->meant});
            arguments.push_back({"fix", found->fix});
        }
        findings_.add(Code::confusable_characters, at, "", std::move(arguments));
    }

    /// Marks of direction work across a whole line, so they mislead in comments as well.
    void hidden_directions() {
        const std::string_view text = source_.text();
        constexpr char lead = '\xE2'; // of all of them
        for (std::size_t at = text.find(lead); at != std::string::npos;
             at = text.find(lead, at + 1)) {
            const std::size_t size = code_point_size(text, at);
            if (turns_direction(decode(text.substr(at, size)))) {
                characters_at(
                    {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + size)}, false);
            }
        }
    }

    const ast::File& file_;
    const Source& source_;
    const Tree& tree_;
    Findings& findings_;
};

} // namespace

void find_odd_text(const ast::File& file, const Tree& tree, Findings& findings) {
    TextReader(file, tree, findings).read();
}

} // namespace rung
