#include "tools/partner_list.hpp"

#include "interpreter/present.hpp"
#include "tools/csv_facts.hpp"
#include "tools/files.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace rung::tools {

namespace {

Place place_at(const Input& input, std::uint64_t line, std::uint32_t column) {
    return Place{input.name(), static_cast<std::uint32_t>(line), column, 0, 0, ""};
}

Diagnostics one_fault(Code code, std::vector<Argument> arguments, Place place) {
    Diagnostic fault = present(Fault{code, {}, std::move(arguments), {}, {}});
    fault.place = std::move(place);
    Diagnostics diagnostics;
    diagnostics.add(std::move(fault));
    return diagnostics;
}

Diagnostics too_long(Place place) {
    return one_fault(Code::record_too_long, {{"limit", std::to_string(max_record_size >> 20)}},
                     std::move(place));
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// One partner a line; lines without a character are none.
class JsonLines final : public PartnerList {
public:
    explicit JsonLines(Input& input) : input_(input), lines_(input) {}

    std::optional<Listed> next() override {
        Listed partner;
        do {
            if (!lines_.next(partner.json)) {
                return std::nullopt;
            }
        } while (is_blank(partner.json));
        partner.line = lines_.number();
        partner.json.resize(partner.json.find_last_not_of("\r\n") + 1);
        if (partner.json.size() > max_record_size) {
            partner.findings = too_long(place_at(input_, partner.line, 1));
        }
        return partner;
    }

private:
    Input& input_;
    Lines lines_;
};

/// The items of a JSON list: their ends are found by counting brackets outside texts, and whether they are JSON is
/// for the reader of facts to say.
class JsonArray final : public PartnerList {
public:
    explicit JsonArray(Input& input) : input_(input) {}

    /// Reads the bracket that begins it, or says what stands there.
    Diagnostics begin() {
        skip_blanks();
        const Place here = place_at(input_, line_, column_);
        if (at_end()) {
            return one_fault(Code::json_empty, {}, here);
        }
        const char found = take();
        return found == '['
                   ? Diagnostics()
                   : one_fault(Code::json_syntax,
                               {{"expected", "`[`"}, {"found", std::string(1, found)}}, here);
    }

    std::optional<Listed> next() override {
        skip_blanks();
        if (is_first_ && !at_end() && peek() == ']') {
            take();
            close();
        }
        is_first_ = false;
        if (is_closed_) {
            return std::nullopt;
        }
        Listed partner{line_, column_, {}, false, {}, {}};
        take_item(partner.json);
        if (partner.json.size() > max_record_size) {
            partner.findings = too_long(place_at(input_, partner.line, partner.column));
        }
        if (at_end()) {
            is_closed_ = true;
            partner.findings = one_fault(Code::json_cut_short, {{"missing", "]"}},
                                         place_at(input_, line_, column_));
        } else if (is_blank(partner.json)) {
            partner.findings = one_fault(Code::json_trailing_comma, {},
                                         place_at(input_, partner.line, partner.column));
        }
        if (!is_closed_ && take() == ']') {
            close();
        }
        return partner;
    }

    [[nodiscard]] Diagnostics findings() const override { return behind_; }

private:
    /// Up to the comma or bracket behind the item.
    void take_item(std::string& item) {
        std::size_t depth = 0;
        bool in_text = false;
        bool escaped = false;
        for (; !at_end(); take()) {
            const char c = peek();
            if (in_text) {
                in_text = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else if (depth == 0 && (c == ',' || c == ']')) {
                return;
            } else {
                in_text = c == '"';
                depth += c == '{' || c == '[' ? 1 : 0;
                depth -= depth > 0 && (c == '}' || c == ']') ? 1 : 0;
            }
            if (item.size() <= max_record_size) {
                item += c;
            }
        }
    }

    void close() {
        is_closed_ = true;
        skip_blanks();
        if (!at_end()) {
            behind_ = one_fault(Code::json_second_value, {}, place_at(input_, line_, column_));
        }
    }

    void skip_blanks() {
        while (!at_end() && is_blank({&rest_.front(), 1})) {
            take();
        }
    }

    bool at_end() {
        if (rest_.empty()) {
            rest_ = input_.piece();
        }
        return rest_.empty();
    }

    [[nodiscard]] char peek() const { return rest_.front(); }

    char take() {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (c == '\n') {
            ++line_;
            column_ = 1;
        } else {
            const bool goes_on = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; // in UTF-8
            column_ += goes_on ? 0 : 1;
        }
        return c;
    }

    Input& input_;
    std::string_view rest_;
    std::uint64_t line_ = 1;
    std::uint32_t column_ = 1;
    bool is_first_ = true;
    bool is_closed_ = false;
    Diagnostics behind_;
};

Result<std::unique_ptr<PartnerList>> open_array(Input& input) {
    auto list = std::make_unique<JsonArray>(input);
    Diagnostics faults = list->begin();
    if (faults.has_errors()) {
        return {std::nullopt, std::move(faults)};
    }
    return {std::move(list), {}};
}

/// The whole file is one partner.
class OnePartner final : public PartnerList {
public:
    explicit OnePartner(Input& input) : input_(input) {}

    std::optional<Listed> next() override {
        if (std::exchange(is_read_, true)) {
            return std::nullopt;
        }
        Listed partner;
        partner.line = 1;
        for (std::string_view piece = input_.piece(); !piece.empty(); piece = input_.piece()) {
            partner.json += piece;
        }
        return partner;
    }

private:
    Input& input_;
    bool is_read_ = false;
};

/// A place in the text of a partner, as one in the list.
void move_place(Place& place, const Listed& partner) {
    const std::uint32_t aside = partner.column - 1;
    place.column += place.line == 1 ? aside : 0;
    place.end_column += place.end_line == 1 ? aside : 0;
    const auto above = static_cast<std::uint32_t>(partner.line - 1);
    place.line += above;
    place.end_line += place.end_line == 0 ? 0 : above;
    if (aside > 0) {
        place.line_text.clear(); // it has only what stands in the partner's part of the line
    }
}

/// The row of a record, where the finding is about one of a list in a file of its own; else that of the partner.
Place place_of_made(const Diagnostic& finding, const Listed& partner, const std::string& list) {
    constexpr std::string_view envelope = "/facts";
    std::string_view pointer = finding.pointer;
    for (const ListOrigin& origin : partner.origins) {
        const std::size_t at = pointer.find(origin.pointer + "/");
        if (at != 0 && !(at == envelope.size() && pointer.starts_with(envelope))) {
            continue;
        }
        std::size_t record = 0;
        const std::string_view place = pointer.substr(at + origin.pointer.size() + 1);
        const auto read = std::from_chars(place.data(), place.data() + place.size(), record);
        if (read.ec == std::errc() && record < origin.lines->size()) {
            return Place{
                *origin.file, static_cast<std::uint32_t>((*origin.lines)[record]), 1, 0, 0, ""};
        }
    }
    return Place{list, static_cast<std::uint32_t>(partner.line), 1, 0, 0, ""};
}

} // namespace

std::vector<std::string> files_of(const std::vector<std::string>& lists) {
    std::vector<std::string> files;
    for (const std::string& list : lists) {
        const std::size_t equals = list.find('=');
        files.push_back(equals == std::string::npos ? "" : list.substr(equals + 1));
    }
    return files;
}

Diagnostics placed(const Diagnostics& findings, const Listed& partner, const std::string& list) {
    Diagnostics moved;
    for (Diagnostic finding : findings) {
        if (partner.is_made) {
            finding.place = place_of_made(finding, partner, list);
            finding.related.clear();
        } else if (finding.place) {
            move_place(*finding.place, partner);
        }
        for (Diagnostic::Related& related : finding.related) {
            move_place(related.place, partner);
        }
        moved.add(std::move(finding));
    }
    return moved;
}

ListForm list_form(const std::string& path, const std::string& input) {
    constexpr std::array<std::pair<std::string_view, ListForm>, 4> named{
        {{"json", ListForm::single},
         {"ndjson", ListForm::lines},
         {"array", ListForm::array},
         {"csv", ListForm::csv}}};
    for (const auto& [name, form] : named) {
        if (input == name) {
            return form;
        }
    }
    return path.ends_with(".ndjson") || path.ends_with(".jsonl") ? ListForm::lines
           : path.ends_with(".csv")                              ? ListForm::csv
                                                                 : ListForm::single;
}

Result<std::unique_ptr<PartnerList>> open_list(Input& input, const ListOptions& options,
                                               const std::vector<Program>& versions) {
    if (options.form != ListForm::csv && !options.lists.empty()) {
        refuse(Code::word_too_many, {{"verb", options.verb}, {"found", "--list"}});
    }
    switch (options.form) {
    case ListForm::single:
        return {std::make_unique<OnePartner>(input), {}};
    case ListForm::lines:
        return {std::make_unique<JsonLines>(input), {}};
    case ListForm::array:
        return open_array(input);
    case ListForm::csv:
        break;
    }
    return open_csv(input, options, versions);
}

} // namespace rung::tools
