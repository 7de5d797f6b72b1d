#include "tools/csv_facts.hpp"

#include "interpreter/fact_edit.hpp"
#include "interpreter/fact_form.hpp"
#include "interpreter/present.hpp"
#include "interpreter/text.hpp"
#include "tools/csv.hpp"
#include "tools/files.hpp"
#include "tools/set_fact.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <span>

#include <fmt/format.h>

namespace rung::tools {

namespace {

using Needs = std::vector<FactNeed>;

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// Where a column leads.
struct ColumnTarget {
    std::string pointer; // from the object that the row fills
    const FactNeed* need = nullptr; // none: a text that is no fact
    bool beside = false; // beside the facts, in the envelope
};

Diagnostic fault_at(const std::string& file, std::uint64_t line, Code code,
                    std::vector<Argument> arguments) {
    Diagnostic fault = present(Fault{code, {}, std::move(arguments), {}, {}});
    fault.place = Place{file, static_cast<std::uint32_t>(line), 1, 0, 0, ""};
    return fault;
}

/// "/support_plan/active" as people write it: "support_plan.active".
std::string dotted(const std::string& pointer) {
    std::string text = pointer.substr(pointer.empty() ? 0 : 1);
    std::replace(text.begin(), text.end(), '/', '.');
    return text;
}

const FactNeed* find(std::span<const FactNeed> needs, const std::string& name) {
    for (const FactNeed& need : needs) {
        if (name == need.name || name == need.pointer || name == dotted(need.pointer)) {
            return &need;
        }
    }
    return nullptr;
}

// ---- cells ---------------------------------------------------------------------------------------

/// A choice by its name in the rules, or by what facts call it; what is neither, the reader of facts judges.
std::string choice_json(const FactNeed& need, const std::string& word) {
    for (const FactNeed::Choice& choice : need.choices) {
        if (choice.name == word) {
            return json_text(choice.json);
        }
    }
    return json_text(word);
}

std::string choices_json(const FactNeed& need, const std::string& cell) {
    std::string items;
    for (std::size_t begin = 0; begin <= cell.size();) {
        const std::size_t end = std::min(cell.find_first_of(",;", begin), cell.size());
        const std::string word(trimmed(std::string_view(cell).substr(begin, end - begin)));
        if (!word.empty()) {
            items += (items.empty() ? "" : ", ") + choice_json(need, word);
        }
        begin = end + 1;
    }
    return "[" + items + "]";
}

/// `TRUE`, `Yes`: as spreadsheets write them.
std::string lower_case(std::string word) {
    for (char& c : word) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return word;
}

/// Cells as JSON. What is neither JSON nor a plain word is a literal of the language.
class CellReader {
public:
    CellReader() : literals_(*Calculator::without_rules()) {}

    /// Empty where the cell says nothing.
    [[nodiscard]] std::string json(const FactNeed* need, const std::string& written) const {
        if (need == nullptr || need->kind == "text") {
            return written.empty() ? "" : json_text(written);
        }
        const std::string cell(trimmed(written));
        if (cell.empty() || cell == "unknown") {
            return "";
        }
        const bool is_day = cell.find_first_not_of("0123456789-") == std::string::npos;
        if ((need->kind == "date" || need->kind == "month") && is_day) {
            return json_text(cell);
        }
        if (need->kind == "choice") {
            return choice_json(*need, cell);
        }
        if (need->kind == "choices" && !cell.starts_with('[')) {
            return cell == "nothing" ? "[]" : choices_json(*need, cell);
        }
        return value(*need, need->kind == "yes_no" ? lower_case(cell) : cell);
    }

private:
    /// What is no such value is left to the reader of facts, who says what is asked.
    [[nodiscard]] std::string value(const FactNeed& need, const std::string& cell) const {
        try {
            Diagnostics faults;
            return value_json(literals_, need, cell, faults).value_or(json_text(cell));
        } catch (const Refusal&) {
            return json_text(cell);
        }
    }

    Calculator literals_;
};

// ---- objects -------------------------------------------------------------------------------------

/// Writes an object from the values of columns, each at its pointer. What has no value is left out.
class ObjectForm {
public:
    /// Without a column: an object that is there whatever stands in it.
    void add(const std::string& pointer, std::size_t column) {
        Node* at = &root_;
        for (const std::string& step :
             pointer_steps(pointer).value_or(std::vector<std::string>())) {
            const auto known = std::find_if(at->inside.begin(), at->inside.end(),
                                            [&](const Node& node) { return node.key == step; });
            at = known != at->inside.end()
                     ? &*known
                     : &at->inside.emplace_back(Node{step, nowhere, false, {}});
        }
        at->column = column;
        at->is_kept = column == nowhere;
    }

    [[nodiscard]] std::string json(const std::vector<std::string>& values) const {
        return text(root_, values);
    }

private:
    struct Node {
        std::string key;
        std::size_t column = nowhere;
        bool is_kept = false;
        std::vector<Node> inside;
    };

    static std::string text(const Node& node, const std::vector<std::string>& values) {
        if (node.column != nowhere) {
            return values[node.column];
        }
        std::string members;
        for (const Node& inner : node.inside) {
            const std::string value = text(inner, values);
            if (!value.empty()) {
                members += (members.empty() ? "" : ", ") + json_text(inner.key) + ": " + value;
            }
        }
        return members.empty() && !node.is_kept ? "" : "{" + members + "}";
    }

    Node root_{"", nowhere, true, {}};
};

/// The first line of a file, and rows as objects.
struct Columns {
    std::vector<std::optional<ColumnTarget>> targets; // by column; none: not read
    std::size_t key = nowhere; // the column of the partner's key
};

/// "3 cells"
std::string cells(std::size_t count) {
    return fmt::format("{} {}", count, count == 1 ? "cell" : "cells");
}

/// What is wrong with a row as such.
std::optional<Diagnostic> misfit(const std::string& file, const CsvRow& row, std::size_t columns) {
    if (row.fault || row.cells.size() == columns) {
        return row.fault;
    }
    return fault_at(
        file, row.line, Code::csv_syntax,
        {{"found", cells(row.cells.size())}, {"expected", std::to_string(columns)}, {"sign", ","}});
}

std::vector<std::string> values_of(const Columns& columns, const CsvRow& row,
                                   const CellReader& reader) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::optional<ColumnTarget>& target = columns.targets[i];
        values.push_back(target ? reader.json(target->need, row.cells[i]) : "");
    }
    return values;
}

/// A column that leads nowhere.
Diagnostic unknown_column(const std::string& file, const std::string& name,
                          std::span<const FactNeed> known, const std::string& record, bool strict) {
    std::vector<std::string_view> names;
    for (const FactNeed& need : known) {
        names.push_back(need.name);
    }
    std::vector<Argument> arguments{{"key", name}};
    if (!record.empty()) {
        arguments.push_back({"record", record});
    }
    if (const std::string_view close = nearest(name, names); !close.empty()) {
        arguments.push_back({"close", std::string(close)});
    }
    return fault_at(file, 1, strict ? Code::unknown_fact_strict : Code::unknown_fact,
                    std::move(arguments));
}

/// Two columns that lead to one place.
std::optional<Diagnostic> column_twice(const std::string& file, const Columns& columns,
                                       const std::vector<std::string>& names) {
    std::map<std::string, std::string> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::optional<ColumnTarget>& target = columns.targets[i];
        if (target &&
            !seen.emplace((target->beside ? "" : "/facts") + target->pointer, names[i]).second) {
            return fault_at(file, 1, Code::given_twice, {{"name", names[i]}});
        }
    }
    return std::nullopt;
}

// ---- lists in files of their own -----------------------------------------------------------------

/// The records of one list, by partner.
class JoinedList {
public:
    JoinedList(std::string file, FactNeed list, const FactNeed& key)
        : file_(std::move(file)), list_(std::move(list)), key_(key) {}

    [[nodiscard]] const FactNeed& list() const { return list_; }

    Diagnostics load(const CellReader& reader, bool strict) {
        Input input(file_);
        CsvReader rows(input);
        const std::optional<CsvRow> head = rows.next();
        Diagnostics found;
        if (!head || head->fault) {
            found.add(head ? *head->fault
                           : fault_at(file_, 1, Code::csv_syntax,
                                      {{"empty", file_}, {"header", key_.name}}));
            return found;
        }
        const Columns columns = columns_of(head->cells, strict, found);
        if (found.has_errors()) {
            return found;
        }
        ObjectForm form;
        for (std::size_t i = 0; i < columns.targets.size(); ++i) {
            if (columns.targets[i]) {
                form.add(columns.targets[i]->pointer, i);
            }
        }
        while (const std::optional<CsvRow> row = rows.next()) {
            if (const auto fault = misfit(file_, *row, head->cells.size())) {
                found.add(*fault);
            } else {
                take(*row, columns, form, reader);
            }
        }
        return found;
    }

    /// The list of a partner as JSON.
    std::string of(const std::string& key) {
        const auto found = partners_.find(key);
        if (found == partners_.end()) {
            return "[]";
        }
        found->second.is_read = true;
        return "[" + found->second.records + "]";
    }

    /// Rows whose partner was not asked for.
    [[nodiscard]] std::optional<Diagnostic> left_over() const {
        std::size_t count = 0;
        const std::pair<const std::string, Rows>* first = nullptr;
        for (const auto& entry : partners_) {
            if (!entry.second.is_read) {
                count += entry.second.count;
                first = first == nullptr || entry.second.line < first->second.line ? &entry : first;
            }
        }
        if (first == nullptr) {
            return std::nullopt;
        }
        std::vector<Argument> arguments{
            {"file", file_}, {"key", first->first}, {"line", std::to_string(first->second.line)}};
        if (count > 1) {
            arguments.push_back({"count", fmt::format("{} rows", count)});
        }
        return present(Fault{Code::rows_without_partner, {}, std::move(arguments), {}, {}});
    }

private:
    struct Rows {
        std::string records; // with commas between them
        std::uint64_t line = 0; // of the first
        std::size_t count = 0;
        bool is_read = false;
    };

    Columns columns_of(const std::vector<std::string>& names, bool strict,
                       Diagnostics& found) const {
        Columns columns;
        for (const std::string& name : names) {
            const FactNeed* field = find(list_.fields, name);
            columns.targets.emplace_back();
            if (columns.key == nowhere && find({&key_, 1}, name) != nullptr) {
                columns.key = columns.targets.size() - 1;
            } else if (field != nullptr) {
                columns.targets.back() = ColumnTarget{field->pointer, field, false};
            } else if (!name.empty()) {
                found.add(unknown_column(file_, name, list_.fields, list_.record, strict));
            }
        }
        if (columns.key == nowhere) {
            found.add(present(
                Fault{Code::list_without_key, {}, {{"file", file_}, {"key", key_.name}}, {}, {}}));
        }
        if (auto twice = column_twice(file_, columns, names)) {
            found.add(std::move(*twice));
        }
        return columns;
    }

    void take(const CsvRow& row, const Columns& columns, const ObjectForm& form,
              const CellReader& reader) {
        Rows& rows = partners_[row.cells[columns.key]];
        rows.line = rows.count == 0 ? row.line : rows.line;
        ++rows.count;
        rows.records +=
            (rows.records.empty() ? "" : ", ") + form.json(values_of(columns, row, reader));
    }

    std::string file_;
    FactNeed list_;
    const FactNeed& key_;
    std::map<std::string, Rows> partners_; // by key
};

// ---- partners ------------------------------------------------------------------------------------

class CsvPartners final : public PartnerList {
public:
    CsvPartners(Input& input, const ListOptions& options, const std::vector<Program>& versions)
        : input_(input), options_(options), rows_(input), versions_(versions) {
        for (const Program& version : versions) {
            needs_.push_back(facts_needed(version));
        }
    }

    /// Reads the first line and the lists.
    Diagnostics begin() {
        const std::optional<CsvRow> head = rows_.next();
        if (!head || head->fault) {
            found_.add(head ? *head->fault
                            : fault_at(input_.name(), 1, Code::csv_syntax,
                                       {{"empty", input_.name()}, {"header", example()}}));
            return found_;
        }
        read_names(head->cells);
        if (!options_.lists.empty()) {
            join();
        }
        if (!found_.has_errors()) {
            lay_out();
        }
        return found_;
    }

    std::optional<Listed> next() override {
        const std::optional<CsvRow> row = rows_.next();
        if (!row) {
            return std::nullopt;
        }
        Listed partner;
        partner.line = row->line;
        partner.is_made = true;
        if (auto fault = misfit(input_.name(), *row, columns_.targets.size())) {
            partner.findings.add(std::move(*fault));
            return partner;
        }
        std::vector<std::string> values = values_of(columns_, *row, reader_);
        for (JoinedList& list : lists_) {
            values.push_back(list.of(row->cells[columns_.key]));
        }
        values.push_back(incomplete_);
        partner.json = form_.json(values);
        return partner;
    }

    [[nodiscard]] Diagnostics findings() const override {
        Diagnostics all = found_;
        for (const JoinedList& list : lists_) {
            if (auto left = list.left_over()) {
                all.add(std::move(*left));
            }
        }
        return all;
    }

private:
    [[nodiscard]] std::string example() const {
        std::string names;
        for (std::size_t i = 0; i < std::min<std::size_t>(needs_.front().size(), 2); ++i) {
            names += (names.empty() ? "" : ",") + needs_.front()[i].name;
        }
        return names;
    }

    [[nodiscard]] std::optional<ColumnTarget> target_of(const std::string& name) const {
        for (const Needs& needs : needs_) {
            if (const FactNeed* need = find(needs, name)) {
                return ColumnTarget{need->pointer, need, false};
            }
        }
        for (const Program& version : versions_) {
            const Model& model = version.model();
            for (const std::string& key : {model.on_key, model.review_key, model.version_key}) {
                if (!key.empty() && (name == key || name == dotted(key))) {
                    return ColumnTarget{key, nullptr, false};
                }
            }
        }
        if (name == "on" || name == "review" || name == "version" || name.starts_with("held.")) {
            std::string pointer = "/" + name;
            std::replace(pointer.begin(), pointer.end(), '.', '/');
            return ColumnTarget{std::move(pointer), nullptr, true};
        }
        return std::nullopt;
    }

    void read_names(const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            columns_.targets.push_back(target_of(name));
            const std::optional<ColumnTarget>& target = columns_.targets.back();
            if (!target && !name.empty()) {
                found_.add(
                    unknown_column(input_.name(), name, needs_.front(), "", options_.strict));
            }
            if (target && target->need != nullptr && target->need->key) {
                columns_.key = columns_.targets.size() - 1;
            }
        }
        if (auto twice = column_twice(input_.name(), columns_, names)) {
            found_.add(std::move(*twice));
        }
    }

    void join() {
        const FactNeed* key = first_need([](const FactNeed& need) { return need.key; });
        for (const std::string& given : options_.lists) {
            const std::size_t sign = given.find('=');
            if (sign == std::string::npos) {
                refuse(Code::change_without_value,
                       {{"option", "--list"}, {"found", given}, {"example", given + "=rows.csv"}});
            }
            const std::string file = given.substr(sign + 1);
            if (key == nullptr || columns_.key == nowhere) {
                std::vector<Argument> arguments{{"file", key == nullptr ? file : input_.name()}};
                if (key != nullptr) {
                    arguments.push_back({"key", key->name});
                }
                refuse(Code::list_without_key, std::move(arguments));
            }
            JoinedList& list =
                lists_.emplace_back(file, list_named(given.substr(0, sign)), *key);
            found_.add(list.load(reader_, options_.strict));
        }
    }

    /// Of the first version that has such a one.
    template <typename Is>
    [[nodiscard]] const FactNeed* first_need(Is is) const {
        for (const Needs& needs : needs_) {
            const auto at = std::find_if(needs.begin(), needs.end(), is);
            if (at != needs.end()) {
                return &*at;
            }
        }
        return nullptr;
    }

    static bool is_list(const FactNeed& need) { return need.kind == "list" && !need.plain_values; }

    /// With the fields that its records have in any version.
    [[nodiscard]] FactNeed list_named(const std::string& name) const {
        const FactNeed* first = first_need([&](const FactNeed& need) {
            return is_list(need) && find({&need, 1}, name) != nullptr;
        });
        if (first == nullptr) {
            refuse_list(name);
        }
        FactNeed list = *first;
        for (const Needs& needs : needs_) {
            const FactNeed* here = find(needs, list.pointer);
            for (const FactNeed& field : here == nullptr ? Needs() : here->fields) {
                if (find(list.fields, field.name) == nullptr) {
                    list.fields.push_back(field);
                }
            }
        }
        return list;
    }

    [[noreturn]] void refuse_list(const std::string& name) const {
        std::vector<std::string_view> known;
        for (const Needs& needs : needs_) {
            for (const FactNeed& one : needs) {
                if (is_list(one)) {
                    known.push_back(one.name);
                }
            }
        }
        std::vector<Argument> arguments{{"kind", "list of records"}, {"name", name}};
        if (const std::string_view close = nearest(name, known); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
        }
        refuse(Code::unknown_name, std::move(arguments));
    }

    /// Behind the columns come the lists, and behind them what is incomplete.
    void lay_out() {
        std::string pointers;
        for (const std::string& name : options_.incomplete) {
            pointers += (pointers.empty() ? "" : ", ") +
                        json_text(list_named(name).pointer);
        }
        incomplete_ = pointers.empty() ? "" : "[" + pointers + "]";
        const bool is_envelope =
            !pointers.empty() ||
            std::any_of(columns_.targets.begin(), columns_.targets.end(),
                        [](const auto& target) { return target && target->beside; });
        const std::string facts = is_envelope ? "/facts" : "";
        if (is_envelope) {
            form_.add("/facts", nowhere);
        }
        for (std::size_t i = 0; i < columns_.targets.size(); ++i) {
            if (const std::optional<ColumnTarget>& target = columns_.targets[i]) {
                form_.add((target->beside ? "" : facts) + target->pointer, i);
            }
        }
        std::size_t behind = columns_.targets.size();
        for (const JoinedList& list : lists_) {
            form_.add(facts + list.list().pointer, behind++);
        }
        form_.add("/incomplete", behind);
    }

    Input& input_;
    ListOptions options_;
    CsvReader rows_;
    std::vector<Program> versions_;
    std::deque<Needs> needs_; // by version
    CellReader reader_;
    Columns columns_;
    std::deque<JoinedList> lists_;
    std::string incomplete_;
    ObjectForm form_;
    Diagnostics found_;
};

} // namespace

Result<std::unique_ptr<PartnerList>> open_csv(Input& input, const ListOptions& options,
                                              const std::vector<Program>& versions) {
    auto partners = std::make_unique<CsvPartners>(input, options, versions);
    Diagnostics found = partners->begin();
    if (found.has_errors()) {
        return {std::nullopt, std::move(found)};
    }
    return {std::move(partners), {}};
}

} // namespace rung::tools
