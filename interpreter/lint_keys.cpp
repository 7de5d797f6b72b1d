// Look-up tables: what their keys are called, a row that was skipped, a figure that leaves the line of the others.
#include "interpreter/lint.hpp"
#include "interpreter/ranges.hpp"

#include <algorithm>

namespace rung {

namespace {

/// So many figures that go one way make another way odd.
constexpr std::size_t enough_steps = 3;

bool is_key_name(const Model& model, const std::string& name) {
    const auto called = [&](const auto& part) { return part.name == name; };
    const auto any_called = [&](const auto& parts) {
        return std::any_of(parts.begin(), parts.end(), called);
    };
    return name == "tier" || name == "review_date" || any_called(model.facts) ||
           any_called(model.measures) || any_called(model.record_measures) ||
           std::any_of(model.paths.begin(), model.paths.end(),
                       [&](const Paths& paths) { return paths.id == name; }) ||
           std::any_of(model.records.begin(), model.records.end(), [&](const RecordType& record) {
               return record.name == name || record.as == name || any_called(record.fields);
           });
}

std::vector<std::string_view> names_of_keys(const Model& model) {
    std::vector<std::string_view> names{"tier", "review_date"};
    const auto add = [&](const auto& parts) {
        for (const auto& part : parts) {
            names.emplace_back(part.name);
        }
    };
    add(model.facts);
    add(model.measures);
    add(model.record_measures);
    for (const RecordType& record : model.records) {
        add(record.fields);
    }
    return names;
}

/// The figure of a key or a value that is certain, or nothing.
std::optional<Number> figure_of(const Value& value) {
    const bool figure = value.form == Value::Form::range && value.certain();
    return figure ? std::optional(value.range.low) : std::nullopt;
}

class LookUpReader {
public:
    LookUpReader(const ast::LookUpTable& from, const LookUpTable& table, const Model& model,
                 Findings& findings)
        : from_(from), table_(table), model_(model), findings_(findings) {}

    void read() {
        for (std::size_t i = 0; i < from_.kinds.size(); ++i) {
            const ast::Word& name = from_.table.columns[i];
            if (!from_.kinds[i].text.empty() && !is_key_name(model_, name.text)) {
                nameless(name);
            }
        }
        if (table_.keys.size() != 1 || !in_order()) {
            return;
        }
        skipped();
        for (std::size_t column = 0; column < table_.values.size(); ++column) {
            out_of_line(column);
        }
    }

private:
    void nameless(const ast::Word& name) {
        std::vector<Argument> arguments{{"name", name.text}, {"table", table_.name}};
        if (const auto close = nearest(name.text, names_of_keys(model_)); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
        }
        findings_.add(Code::key_of_nothing, name.at, table_.name, std::move(arguments));
    }

    /// The rows by their key, if each has one figure.
    bool in_order() {
        for (const LookUpRow& row : table_.rows) {
            const auto key =
                row.keys.front().size() == 1 ? figure_of(row.keys.front().front()) : std::nullopt;
            if (!key) {
                return false;
            }
            rows_.push_back({*key, &row});
        }
        std::sort(rows_.begin(), rows_.end(),
                  [](const Row& a, const Row& b) { return a.key < b.key; });
        return rows_.size() > enough_steps;
    }

    /// One step of twice the size among equal ones, and not the last: there the table may go on otherwise.
    void skipped() {
        std::vector<Number> steps;
        for (std::size_t i = 1; i < rows_.size(); ++i) {
            const Checked step = sub(rows_[i].key, rows_[i - 1].key);
            if (!step) {
                return;
            }
            steps.push_back(step.value);
        }
        const Number usual = *std::min_element(steps.begin(), steps.end());
        const Checked twice = add(usual, usual);
        const auto wide = std::find_if(steps.begin(), steps.end(),
                                       [&](const Number& step) { return step != usual; });
        const bool one = std::count(steps.begin(), steps.end(), usual) + 1 ==
                         static_cast<std::ptrdiff_t>(steps.size());
        if (!one || !twice || *wide != twice.value || wide == steps.begin() ||
            wide + 1 == steps.end()) {
            return;
        }
        const auto at = static_cast<std::size_t>(wide - steps.begin());
        const Checked missing = add(rows_[at].key, usual);
        if (missing) {
            findings_.add(Code::key_skipped, rows_[at + 1].row->at, table_.name,
                          {{"table", table_.name},
                           {"before", words_of_key(at)},
                           {"after", words_of_key(at + 1)},
                           {"missing", missing.value.to_string()}});
        }
    }

    void out_of_line(std::size_t column) {
        std::vector<std::size_t> rises;
        std::vector<std::size_t> falls;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const auto& value = rows_[i].row->values[column];
            const auto figure = value ? figure_of(*value) : std::nullopt;
            if (!figure) {
                return;
            }
            const auto before = i == 0 ? figure : figure_of(*rows_[i - 1].row->values[column]);
            if (*before < *figure) {
                rises.push_back(i);
            } else if (*figure < *before) {
                falls.push_back(i);
            }
        }
        if (falls.size() == 1 && rises.size() >= enough_steps) {
            tell(column, falls.front(), "other");
        } else if (rises.size() == 1 && falls.size() >= enough_steps) {
            tell(column, rises.front(), "below");
        }
    }

    void tell(std::size_t column, std::size_t row, std::string_view argument) {
        const Span at = cell(row, column);
        findings_.add(Code::figure_out_of_line, at, table_.name,
                      {{"value", words_in(model_.source, at)},
                       {argument, words_in(model_.source, cell(row - 1, column))},
                       {"column", table_.values[column].name}});
    }

    /// The cell of a value, as it is written.
    [[nodiscard]] Span cell(std::size_t row, std::size_t value) const {
        std::size_t column = 0;
        for (std::size_t plain = 0; plain < value || !from_.kinds[column].text.empty(); ++column) {
            plain += from_.kinds[column].text.empty() ? 1U : 0U;
        }
        return written(row).cells[column].at;
    }

    [[nodiscard]] std::string words_of_key(std::size_t row) const {
        const auto key = std::find_if(from_.kinds.begin(), from_.kinds.end(),
                                      [](const ast::Word& kind) { return !kind.text.empty(); });
        return words_in(model_.source,
                        written(row).cells[static_cast<std::size_t>(key - from_.kinds.begin())].at);
    }

    [[nodiscard]] const ast::Row& written(std::size_t row) const {
        return *std::find_if(
            from_.table.rows.begin(), from_.table.rows.end(),
            [&](const ast::Row& item) { return item.at.begin == rows_[row].row->at.begin; });
    }

    struct Row {
        Number key;
        const LookUpRow* row;
    };

    const ast::LookUpTable& from_;
    const LookUpTable& table_;
    const Model& model_;
    Findings& findings_;
    std::vector<Row> rows_; // the smallest key first
};

} // namespace

void find_odd_look_ups(const ast::File& file, const Model& model, Findings& findings) {
    for (const ast::LookUpTable& from : file.tables) {
        const auto table =
            std::find_if(model.tables.begin(), model.tables.end(),
                         [&](const LookUpTable& made) { return made.name == from.name.text; });
        if (table != model.tables.end()) {
            LookUpReader(from, *table, model, findings).read();
        }
    }
}

} // namespace rung
