#include "tools/csv_columns.hpp"

#include "interpreter/fact_edit.hpp"
#include "interpreter/fact_form.hpp"
#include "interpreter/present.hpp"
#include "interpreter/text.hpp"
#include "tools/csv_cells.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace rung::tools {

namespace {

/// "3 cells"
std::string cells(std::size_t count) {
    return fmt::format("{} {}", count, count == 1 ? "cell" : "cells");
}

} // namespace

// ---- objects -------------------------------------------------------------------------------------

void ObjectForm::add(const std::string& pointer, std::size_t column) {
    Node* at = &root_;
    for (const std::string& step : pointer_steps(pointer).value_or(std::vector<std::string>())) {
        const auto known = std::find_if(at->inside.begin(), at->inside.end(),
                                        [&](const Node& node) { return node.key == step; });
        at = known != at->inside.end() ? &*known
                                       : &at->inside.emplace_back(Node{step, nowhere, false, {}});
    }
    at->column = column;
    at->is_kept = column == nowhere;
}

std::string ObjectForm::json(const std::vector<std::string>& values) const {
    return text(root_, values);
}

std::string ObjectForm::text(const Node& node, const std::vector<std::string>& values) {
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

// ---- columns -------------------------------------------------------------------------------------

std::string dotted(const std::string& pointer) {
    std::string text = pointer.substr(pointer.empty() ? 0 : 1);
    std::replace(text.begin(), text.end(), '/', '.');
    return text;
}

const FactNeed* need_called(std::span<const FactNeed> needs, const std::string& name) {
    for (const FactNeed& need : needs) {
        if (name == need.name || name == need.pointer || name == dotted(need.pointer)) {
            return &need;
        }
    }
    return nullptr;
}

namespace {

/// What facts say for a word of a cell.
std::string said_for(const FactNeed& need, const std::string& word) {
    const auto choice = std::find_if(need.choices.begin(), need.choices.end(),
                                     [&](const auto& one) { return one.name == word; });
    return choice == need.choices.end() ? word : choice->json;
}

} // namespace

bool read_alike(const FactNeed& one, const FactNeed& other) {
    const auto said_alike = [&](const FactNeed::Choice& choice) {
        return said_for(one, choice.name) == said_for(other, choice.name);
    };
    return one.pointer == other.pointer && one.kind == other.kind &&
           one.currency == other.currency && one.share == other.share &&
           one.or_never == other.or_never && one.never == other.never &&
           one.plain_values == other.plain_values &&
           std::all_of(one.choices.begin(), one.choices.end(), said_alike) &&
           std::all_of(other.choices.begin(), other.choices.end(), said_alike);
}

Diagnostic fault_at(const std::string& file, std::uint64_t line, Code code,
                    std::vector<Argument> arguments) {
    Diagnostic fault = present(code, std::move(arguments));
    fault.place = Place{file, static_cast<std::uint32_t>(line), 1, 0, 0, ""};
    return fault;
}

std::optional<Diagnostic> misfit(const std::string& file, const CsvRow& row, std::size_t columns) {
    if (row.fault || row.cells.size() == columns) {
        return row.fault;
    }
    return fault_at(
        file, row.line, Code::csv_syntax,
        {{"found", cells(row.cells.size())}, {"expected", std::to_string(columns)}, {"sign", ","}});
}

std::vector<std::string> values_of(const CsvColumns& columns, const CsvRow& row,
                                   const std::string& file, Diagnostics& faults) {
    const Place place{file, static_cast<std::uint32_t>(row.line), 1, 0, 0, ""};
    std::vector<std::string> values;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::optional<ColumnTarget>& target = columns.targets[i];
        values.push_back(
            target ? cell_json(target->need, row.cells[i], columns.names[i], place, faults) : "");
    }
    return values;
}

std::string key_of(const CsvColumns& columns, const CsvRow& row) {
    return columns.key == nowhere ? std::string() : std::string(cell_text(row.cells[columns.key]));
}

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

std::optional<Diagnostic> column_twice(const std::string& file, const CsvColumns& columns) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < columns.names.size(); ++i) {
        const std::optional<ColumnTarget>& target = columns.targets[i];
        if (target && !seen.insert((target->beside ? "" : "/facts") + target->pointer).second) {
            return fault_at(file, 1, Code::given_twice, {{"name", columns.names[i]}});
        }
    }
    return std::nullopt;
}

} // namespace rung::tools
