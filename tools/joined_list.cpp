#include "tools/joined_list.hpp"

#include "interpreter/present.hpp"
#include "tools/csv_cells.hpp"

#include <fmt/format.h>

namespace rung::tools {

Diagnostics JoinedList::load(bool strict) {
    Input input(file_);
    CsvReader rows(input);
    const std::optional<CsvRow> head = rows.next();
    Diagnostics found;
    if (!head || head->fault) {
        found.add(
            head ? *head->fault
                 : fault_at(file_, 1, Code::csv_syntax, {{"empty", file_}, {"header", key_.name}}));
        return found;
    }
    const CsvColumns columns = columns_of(head->cells, strict, found);
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
            take(*row, columns, form);
        }
    }
    return found;
}

void JoinedList::add_to(Listed& partner, const std::string& key, std::vector<std::string>& values) {
    const auto found = partners_.find(key);
    if (key.empty() || found == partners_.end()) {
        values.emplace_back(key.empty() ? "" : "[]");
        return;
    }
    Rows& rows = found->second;
    rows.is_read = true;
    partner.findings.add(rows.faults);
    partner.origins.push_back({list_.pointer, &file_, &rows.lines});
    values.push_back("[" + rows.records + "]");
}

std::optional<Diagnostic> JoinedList::nameless() const {
    const auto found = partners_.find("");
    if (found == partners_.end()) {
        return std::nullopt;
    }
    const std::vector<std::uint64_t>& lines = found->second.lines;
    return present(Code::rows_without_partner, {{"file", file_},
                                                {"nameless", std::to_string(lines.size())},
                                                {"line", std::to_string(lines.front())},
                                                {"partner", key_.name}});
}

std::optional<Diagnostic> JoinedList::left_over() const {
    std::size_t count = 0;
    const std::pair<const std::string, Rows>* first = nullptr;
    for (const auto& entry : partners_) {
        const Rows& rows = entry.second;
        if (!rows.is_read && !entry.first.empty()) {
            count += rows.lines.size();
            first = first == nullptr || rows.lines.front() < first->second.lines.front() ? &entry
                                                                                         : first;
        }
    }
    if (first == nullptr) {
        return std::nullopt;
    }
    std::vector<Argument> arguments{{"file", file_},
                                    {"key", first->first},
                                    {"line", std::to_string(first->second.lines.front())}};
    if (count > 1) {
        arguments.push_back({"count", fmt::format("{} rows", count)});
    }
    return present(Code::rows_without_partner, std::move(arguments));
}

CsvColumns JoinedList::columns_of(const std::vector<std::string>& names, bool strict,
                                  Diagnostics& found) const {
    CsvColumns columns;
    for (const std::string& written : names) {
        const std::string name(cell_text(written));
        columns.names.push_back(name);
        const FactNeed* field = need_called(list_.fields, name);
        columns.targets.emplace_back();
        if (columns.key == nowhere && need_called({&key_, 1}, name) != nullptr) {
            columns.key = columns.targets.size() - 1;
        } else if (field != nullptr) {
            columns.targets.back() = ColumnTarget{field->pointer, field, false};
        } else if (!name.empty()) {
            found.add(unknown_column(file_, name, list_.fields, list_.record, strict));
        }
    }
    if (columns.key == nowhere) {
        found.add(present(Code::list_without_key, {{"file", file_}, {"key", key_.name}}));
    }
    if (auto twice = column_twice(file_, columns)) {
        found.add(std::move(*twice));
    }
    return columns;
}

void JoinedList::take(const CsvRow& row, const CsvColumns& columns, const ObjectForm& form) {
    Rows& rows = partners_[key_of(columns, row)];
    rows.lines.push_back(row.line);
    rows.records +=
        (rows.records.empty() ? "" : ", ") + form.json(values_of(columns, row, file_, rows.faults));
}

} // namespace rung::tools
