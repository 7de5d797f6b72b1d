// The columns of a list: where each leads, and rows as objects of facts.
#pragma once

#include "grammar/diagnostic.hpp"
#include "tools/csv.hpp"

#include <rung/contract.hpp>
#include <rung/diagnostics.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rung::tools {

using FactNeeds = std::vector<FactNeed>;

inline constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// Where a column leads.
struct ColumnTarget {
    std::string pointer; // from the object that the row fills
    const FactNeed* need = nullptr; // none: a text that is no fact
    bool beside = false; // beside the facts, in the envelope
};

/// The first line of a file, and rows as objects.
struct CsvColumns {
    std::vector<std::string> names;
    std::vector<std::optional<ColumnTarget>> targets; // by column; none: not read
    std::size_t key = nowhere; // the column of the partner's key
};

/// Writes an object from the values of columns, each at its pointer. What has no value is left out.
class ObjectForm {
public:
    /// Without a column: an object that is there whatever stands in it.
    void add(const std::string& pointer, std::size_t column);

    [[nodiscard]] std::string json(const std::vector<std::string>& values) const;

private:
    struct Node {
        std::string key;
        std::size_t column = nowhere;
        bool is_kept = false;
        std::vector<Node> inside;
    };

    static std::string text(const Node& node, const std::vector<std::string>& values);

    Node root_{"", nowhere, true, {}};
};

/// "/support_plan/active" as people write it: "support_plan.active".
[[nodiscard]] std::string dotted(const std::string& pointer);
/// By its name, its pointer, or that with dots.
[[nodiscard]] const FactNeed* need_called(std::span<const FactNeed> needs, const std::string& name);

[[nodiscard]] Diagnostic fault_at(const std::string& file, std::uint64_t line, Code code,
                                  std::vector<Argument> arguments);
/// Whether two versions read what stands in one column alike: from one place, as one kind of value, in the same words.
[[nodiscard]] bool read_alike(const FactNeed& one, const FactNeed& other);

/// What is wrong with a row as such.
[[nodiscard]] std::optional<Diagnostic> misfit(const std::string& file, const CsvRow& row,
                                               std::size_t columns);
/// A column that leads nowhere.
[[nodiscard]] Diagnostic unknown_column(const std::string& file, const std::string& name,
                                        std::span<const FactNeed> known, const std::string& record,
                                        bool strict);
/// Two columns that lead to one place.
[[nodiscard]] std::optional<Diagnostic> column_twice(const std::string& file,
                                                     const CsvColumns& columns);

/// By column, as JSON. `faults` are of cells that cannot be read.
[[nodiscard]] std::vector<std::string> values_of(const CsvColumns& columns, const CsvRow& row,
                                                 const std::string& file, Diagnostics& faults);
/// Whose row it is; empty where it does not say.
[[nodiscard]] std::string key_of(const CsvColumns& columns, const CsvRow& row);

} // namespace rung::tools
