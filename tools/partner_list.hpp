// A list of partners, read one by one: lines of JSON, a JSON list, or CSV.
#pragma once

#include "tools/input.hpp"

#include <rung/diagnostics.hpp>
#include <rung/program.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rung::tools {

/// How partners stand in a file.
enum class ListForm : std::uint8_t {
    single, // a file of facts of one partner
    lines, // NDJSON: one a line
    array, // a JSON list
    csv,
};

/// What `--input` or the end of a file's name says; without either, a file is that of one partner.
[[nodiscard]] ListForm list_form(const std::string& path, const std::string& input);

struct ListOptions {
    ListForm form = ListForm::lines;
    std::vector<std::string>
        lists; // of CSV: `NAME=FILE` each, a list of records in a file of its own
    std::vector<std::string> incomplete; // of these, the names of those that may hold more
    bool strict = false;
    const char* verb = "eval"; // that the call is of
    bool judged_by_several = true; // versions: else the first one judges all partners
};

/// Where the records of a list come from that stands in a file of its own.
struct ListOrigin {
    std::string pointer; // of the list, from the object that holds the facts
    const std::string* file = nullptr; // lives as long as the list of partners
    const std::vector<std::uint64_t>* lines = nullptr; // by record; likewise
};

/// A partner of a list.
struct Listed {
    std::uint64_t line = 0; // on which it begins
    std::uint32_t column = 1;
    std::string json; // its facts, as a file of one partner has them
    bool is_made = false; // from cells, so that places in `json` mean nothing to its reader
    Diagnostics findings; // of the reading; with an error among them there is no `json`
    std::vector<ListOrigin> origins;
};

/// The files of these lists.
[[nodiscard]] std::vector<std::string> files_of(const std::vector<std::string>& lists);

/// Findings about the facts of a partner, their places those of the list.
[[nodiscard]] Diagnostics placed(const Diagnostics& findings, const Listed& partner,
                                 const std::string& list);

/// Takes as much memory as the longest partner does; the lists of `ListOptions::lists` are held whole.
class PartnerList {
public:
    virtual ~PartnerList() = default;
    /// Nothing behind the last one. Throws Refusal where the file cannot be read on.
    virtual std::optional<Listed> next() = 0;
    /// What is to be said of the list as a whole: at first of its columns, at the end of rows that are nobody's.
    [[nodiscard]] virtual Diagnostics findings() const { return {}; }
};

/// `versions`: whose facts CSV may name, with the one first that says how values are meant. Throws Refusal where
/// a file cannot be read; without a value, it is no list.
[[nodiscard]] Result<std::unique_ptr<PartnerList>>
open_list(Input& input, const ListOptions& options, const std::vector<Program>& versions);

} // namespace rung::tools
