#include "tools/rows.hpp"

#include "interpreter/print_json.hpp"
#include "interpreter/wording.hpp"
#include "tools/csv.hpp"

#include <fmt/format.h>

namespace rung::tools {

namespace {

/// Result JSON without its line ends, which stand between its tokens alone: texts have escapes for theirs.
std::string on_a_line(const Json& json) {
    const std::string laid_out = printed(json);
    std::string line;
    for (std::size_t i = 0; i < laid_out.size(); ++i) {
        if (laid_out[i] != '\n') {
            line += laid_out[i];
            continue;
        }
        line += line.ends_with(',') ? " " : "";
        while (i + 1 < laid_out.size() && laid_out[i + 1] == ' ') {
            ++i;
        }
    }
    return line;
}

Cell cell_on(std::uint64_t line, const Outcome& outcome, const Column& column) {
    return column.what == Column::What::line ? Cell(std::to_string(line))
                                             : cell_of(outcome, column);
}

/// What is wrong, in short: each error with the fact that it is about and its place where that is not in the list, and
/// with its code where people read it.
std::string in_short(const Diagnostics& faults, const std::string& list, bool with_code) {
    std::string text;
    for (const Diagnostic& fault : faults) {
        if (fault.is_error) {
            text += text.empty() ? "" : "; ";
            text += with_code ? "error[" + fault.code + "] " : "";
            const bool is_elsewhere = fault.place && fault.place->file != list;
            text +=
                is_elsewhere ? fmt::format("{}:{}: ", fault.place->file, fault.place->line) : "";
            text += fault.pointer.empty() ? "" : fault.pointer + ": ";
            text += fault.text;
        }
    }
    return text;
}

Json findings_json(const Diagnostics& faults) {
    Json findings = Json::array();
    for (const Diagnostic& fault : faults) {
        if (fault.is_error) {
            findings.push_back(rung::json_of(fault));
        }
    }
    return {{"findings", std::move(findings)}};
}

} // namespace

Rows::Rows(RowFormat format, std::vector<Column> columns, Output& output, const TextOptions& style)
    : format_(format),
      columns_(std::move(columns)),
      output_(output),
      language_(style.language),
      table_(heads(), style.width) {}

std::vector<std::string> Rows::names() const {
    std::vector<std::string> names;
    for (const Column& column : columns_) {
        names.push_back(column.name);
    }
    return names;
}

std::vector<std::string> Rows::heads() const {
    std::vector<std::string> heads;
    for (const Column& column : columns_) {
        heads.push_back(head_of(column, language_));
    }
    return heads;
}

void Rows::begin() {
    if (format_ == RowFormat::json) {
        output_.write("[");
    } else if (format_ == RowFormat::csv) {
        std::vector<std::string> head = names();
        head.insert(head.end(), {"line", "error"});
        output_.write(csv_row(head));
    }
}

void Rows::add(std::uint64_t line, const Outcome& outcome) {
    if (format_ == RowFormat::json || format_ == RowFormat::ndjson) {
        Json row = Json::object();
        for (const Column& column : columns_) {
            row[column.name] =
                column.what == Column::What::line ? Json(line) : json_of(cell_of(outcome, column));
        }
        add_json(row);
        return;
    }
    std::vector<std::string> cells;
    for (const Column& column : columns_) {
        const Cell cell = cell_on(line, outcome, column);
        cells.push_back(format_ == RowFormat::csv ? data_of(cell) : words_of(cell, language_));
    }
    if (format_ == RowFormat::csv) {
        cells.insert(cells.end(), {std::to_string(line), ""});
        output_.write(csv_row(cells));
    } else {
        output_.write(table_.add(std::move(cells)));
    }
}

void Rows::add(std::uint64_t line, const Diagnostics& faults, const std::string& list) {
    switch (format_) {
    case RowFormat::json:
    case RowFormat::ndjson:
        add_json({{"line", line}, {"error", findings_json(faults)}});
        break;
    case RowFormat::csv: {
        std::vector<std::string> cells(columns_.size());
        cells.insert(cells.end(), {std::to_string(line), in_short(faults, list, false)});
        output_.write(csv_row(cells));
        break;
    }
    case RowFormat::text:
        const Wording& wording = Wording::of(language_);
        output_.write(
            table_.add_note(wording.say(Say::labelled, wording.say(Say::line, std::to_string(line)),
                                        in_short(faults, list, true))));
        break;
    }
}

void Rows::add_json(const Json& row) {
    const bool is_list = format_ == RowFormat::json;
    output_.write(is_list ? (is_first_ ? "\n" : ",\n") : "");
    output_.write(on_a_line(row));
    output_.write(is_list ? "" : "\n");
    is_first_ = false;
}

void Rows::end(const std::string& summary) {
    if (format_ == RowFormat::json) {
        output_.write(is_first_ ? "]\n" : "\n]\n");
    } else if (format_ == RowFormat::text) {
        output_.write(table_.finish());
        output_.write(summary.empty() ? summary : "\n" + summary);
    }
}

} // namespace rung::tools
