// The records of one list of facts, from a file of their own, by partner.
#pragma once

#include "tools/csv_columns.hpp"
#include "tools/partner_list.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rung::tools {

class JoinedList {
public:
    /// `key`: the fact that names the partner; it outlives the list.
    JoinedList(std::string file, FactNeed list, const FactNeed& key)
        : file_(std::move(file)), list_(std::move(list)), key_(key) {}

    [[nodiscard]] const FactNeed& list() const { return list_; }

    /// Reads the file whole. An error is of the file; a cell that cannot be read is one of its partner.
    Diagnostics load(bool strict);

    /// Puts the list of a partner, as JSON, behind the values of its row, and what is wrong with it to its findings.
    /// Without a key it is not known which rows are the partner's.
    void add_to(Listed& partner, const std::string& key, std::vector<std::string>& values);

    /// Rows that do not say whose they are.
    [[nodiscard]] std::optional<Diagnostic> nameless() const;
    /// Rows whose partner was not asked for.
    [[nodiscard]] std::optional<Diagnostic> left_over() const;

private:
    struct Rows {
        std::string records; // with commas between them
        std::vector<std::uint64_t> lines; // by record, where it begins
        Diagnostics faults;
        bool is_read = false;
    };

    [[nodiscard]] CsvColumns columns_of(const std::vector<std::string>& names, bool strict,
                                        Diagnostics& found) const;
    void take(const CsvRow& row, const CsvColumns& columns, const ObjectForm& form);

    std::string file_;
    FactNeed list_;
    const FactNeed& key_;
    std::map<std::string, Rows> partners_; // by key
};

} // namespace rung::tools
