#include "tools/csv_facts.hpp"

#include "interpreter/fact_edit.hpp"
#include "interpreter/fact_form.hpp"
#include "interpreter/present.hpp"
#include "interpreter/text.hpp"
#include "tools/csv.hpp"
#include "tools/csv_cells.hpp"
#include "tools/csv_columns.hpp"
#include "tools/files.hpp"
#include "tools/joined_list.hpp"

#include <algorithm>
#include <deque>

namespace rung::tools {

namespace {

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
        std::vector<std::string> values =
            values_of(columns_, *row, input_.name(), partner.findings);
        for (JoinedList& list : lists_) {
            list.add_to(partner, key_of(columns_, *row), values);
        }
        values.push_back(incomplete_);
        if (!partner.findings.has_errors()) {
            partner.json = form_.json(values);
        }
        return partner;
    }

    [[nodiscard]] Diagnostics findings() const override {
        Diagnostics all = found_;
        for (const JoinedList& list : lists_) {
            if (auto left = list.left_over()) {
                all.add(std::move(*left));
            }
            if (auto nameless = list.nameless()) {
                all.add(std::move(*nameless));
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
        for (const FactNeeds& needs : needs_) {
            if (const FactNeed* need = need_called(needs, name)) {
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

    /// A cell has one meaning, whichever version judges its row. `among`: the facts of a version that the column may
    /// lead to, or nothing.
    template <typename Among>
    void refuse_double_meaning(const std::string& column, const std::string& file, Among among) {
        const FactNeed* first = nullptr;
        std::size_t version = 0;
        for (std::size_t i = 0; i < needs_.size() && options_.judged_by_several; ++i) {
            const FactNeeds* needs = among(needs_[i]);
            const FactNeed* here = needs == nullptr ? nullptr : need_called(*needs, column);
            if (here == nullptr && needs != nullptr && first != nullptr) {
                here = need_called(*needs, first->pointer); // called otherwise there
            }
            if (here != nullptr && first == nullptr) {
                first = here;
                version = i;
            } else if (here != nullptr && !read_alike(*first, *here)) {
                add_double_meaning(column, file, version, i);
                return;
            }
        }
    }

    void add_double_meaning(const std::string& column, const std::string& file, std::size_t version,
                            std::size_t other) {
        std::vector<Argument> arguments{{"column", column},
                                        {"new", versions_[version].version()},
                                        {"old", versions_[other].version()}};
        if (std::string_view(options_.verb) == "eval") {
            arguments.push_back({"version", versions_[version].version()});
        }
        found_.add(fault_at(file, 1, Code::column_differs, std::move(arguments)));
    }

    void read_names(const std::vector<std::string>& written) {
        for (const std::string& name : written) {
            columns_.names.emplace_back(cell_text(name));
            columns_.targets.push_back(target_of(columns_.names.back()));
            const std::optional<ColumnTarget>& target = columns_.targets.back();
            if (target && target->need != nullptr && target->need->key) {
                columns_.key = columns_.targets.size() - 1;
            }
            if (target && target->need != nullptr) {
                refuse_double_meaning(columns_.names.back(), input_.name(),
                                      [](const FactNeeds& needs) { return &needs; });
            }
        }
        // Where nothing is known, it is a list of another kind, or in another encoding.
        const bool is_foreign = std::none_of(columns_.targets.begin(), columns_.targets.end(),
                                             [](const auto& target) { return target.has_value(); });
        for (std::size_t i = 0; i < written.size(); ++i) {
            if (!columns_.targets[i] && !columns_.names[i].empty()) {
                found_.add(unknown_column(input_.name(), columns_.names[i], needs_.front(), "",
                                          options_.strict || is_foreign));
            }
        }
        if (auto twice = column_twice(input_.name(), columns_)) {
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
            JoinedList& list = lists_.emplace_back(file, list_named(given.substr(0, sign)), *key);
            refuse_list_twice(list.list());
            refuse_fields_of_double_meaning(list.list(), file);
            found_.add(list.load(options_.strict));
        }
    }

    void refuse_fields_of_double_meaning(const FactNeed& list, const std::string& file) {
        for (const FactNeed& field : list.fields) {
            refuse_double_meaning(field.name, file, [&](const FactNeeds& needs) {
                const FactNeed* here = need_called(needs, list.pointer);
                return here == nullptr ? nullptr : &here->fields;
            });
        }
    }

    /// From two files, or from a file and a column.
    void refuse_list_twice(const FactNeed& list) const {
        const auto files =
            std::count_if(lists_.begin(), lists_.end(), [&](const JoinedList& other) {
                return other.list().pointer == list.pointer;
            });
        const bool is_column =
            std::any_of(columns_.targets.begin(), columns_.targets.end(), [&](const auto& target) {
                return target && !target->beside && target->pointer == list.pointer;
            });
        if (files > 1 || is_column) {
            refuse(Code::given_twice, {{"name", list.name}});
        }
    }

    /// Of the first version that has such a one.
    template <typename Is>
    [[nodiscard]] const FactNeed* first_need(Is is) const {
        for (const FactNeeds& needs : needs_) {
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
            return is_list(need) && need_called({&need, 1}, name) != nullptr;
        });
        if (first == nullptr) {
            refuse_list(name);
        }
        FactNeed list = *first;
        for (const FactNeeds& needs : needs_) {
            const FactNeed* here = need_called(needs, list.pointer);
            for (const FactNeed& field : here == nullptr ? FactNeeds() : here->fields) {
                if (need_called(list.fields, field.name) == nullptr) {
                    list.fields.push_back(field);
                }
            }
        }
        return list;
    }

    [[noreturn]] void refuse_list(const std::string& name) const {
        std::vector<std::string_view> known;
        for (const FactNeeds& needs : needs_) {
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
            pointers += (pointers.empty() ? "" : ", ") + json_text(list_named(name).pointer);
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
    std::deque<FactNeeds> needs_; // by version
    CsvColumns columns_;
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
