// Where the program year begins, and what follows another year: an edit that moves it touches the line
// `year starts`, the windows, and the days of the version, and each is easily forgotten.
#include "interpreter/lint.hpp"
#include "interpreter/walk.hpp"

#include <algorithm>

namespace rung {

namespace {

/// A window, and the row, measure or review that looks at it.
struct Looked {
    Index window;
    std::string by;
};

bool is_program_year(WindowForm form) {
    return form == WindowForm::program_year || form == WindowForm::previous_program_year;
}

bool is_calendar_year(WindowForm form) {
    return form == WindowForm::previous_years || form == WindowForm::year_to_date ||
           form == WindowForm::calendar_year;
}

class YearReader {
public:
    YearReader(const ast::File& file, const Model& model, Findings& findings)
        : model_(model), findings_(findings) {
        for (const ast::HeadLine& line : file.head) {
            starts_ = line.word.text == "year" ? &line : starts_;
            effective_ = line.word.text == "effective" ? &line : effective_;
        }
        for (const Root& root : roots_of(model)) {
            const auto note = [&](Index index, const std::vector<Index>&) {
                if (model.exprs[index].op == Op::window) {
                    windows_.push_back({index, root.name});
                }
            };
            walk(model, root.expr, note, root.record);
        }
    }

    void read() {
        const auto first = std::find_if(windows_.begin(), windows_.end(), [&](const Looked& at) {
            return is_program_year(form_of(at));
        });
        const bool is_read = first != windows_.end();
        if (starts_ != nullptr && !is_read) {
            findings_.add(Code::year_start_unread, starts_->value.at, "", {{"start", start()}});
        } else if (starts_ == nullptr && is_read) {
            findings_.add(Code::year_start_unsaid, at(*first), first->by, {});
        } else if (is_read && model_.year_start != january_first) {
            calendar_years();
            days_in_force();
        }
    }

private:
    static constexpr MonthDay january_first{std::chrono::January, std::chrono::day(1)};
    static constexpr MonthDay december_last{std::chrono::December, std::chrono::day(31)};

    [[nodiscard]] WindowForm form_of(const Looked& looked) const {
        return static_cast<WindowForm>(model_.exprs[looked.window].index);
    }
    [[nodiscard]] Span at(const Looked& looked) const { return model_.exprs[looked.window].at; }
    [[nodiscard]] std::string start() const { return starts_->value.text; }

    void calendar_years() {
        for (const Looked& looked : windows_) {
            if (!is_calendar_year(form_of(looked))) {
                continue;
            }
            std::vector<Argument> arguments{{"found", words_in(model_.source, at(looked))},
                                            {"start", start()}};
            const bool last_year = form_of(looked) == WindowForm::previous_years &&
                                   model_.exprs[looked.window].a == none;
            if (last_year) {
                arguments.push_back({"fix", "previous program year"});
            }
            findings_.add(Code::years_mixed, at(looked), looked.by, std::move(arguments));
        }
    }

    /// A version that begins or ends in the middle of both years is dated by something else.
    void days_in_force() {
        const auto falls_on = [](const std::optional<Date>& day, MonthDay of_year) {
            return day && day->to_year_month_day().month() == of_year.month() &&
                   day->to_year_month_day().day() == of_year.day();
        };
        if (falls_on(model_.effective_from, january_first)) {
            findings_.add(Code::years_mixed, effective_->value.at, "effective",
                          {{"begins", model_.effective_from->to_string()}, {"start", start()}});
        }
        if (falls_on(model_.effective_through, december_last)) {
            findings_.add(Code::years_mixed, effective_->second.at, "effective",
                          {{"ends", model_.effective_through->to_string()}, {"start", start()}});
        }
    }

    const Model& model_;
    Findings& findings_;
    const ast::HeadLine* starts_ = nullptr;
    const ast::HeadLine* effective_ = nullptr;
    std::vector<Looked> windows_;
};

} // namespace

void find_odd_years(const ast::File& file, const Model& model, Findings& findings) {
    YearReader(file, model, findings).read();
}

} // namespace rung
