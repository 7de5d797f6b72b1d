#include "grammar/format.hpp"
#include "grammar/parse.hpp"
#include "interpreter/calendar.hpp"
#include "interpreter/citation.hpp"
#include "interpreter/in_force.hpp"
#include "interpreter/model.hpp"
#include "interpreter/present.hpp"

#include <rung/next.hpp>

#include <algorithm>
#include <set>

namespace rung {

namespace {

constexpr int months_of_year = 12;

bool in_month(Date day, Date other) { return day.to_month_string() == other.to_month_string(); }

int year_of(Date day) { return static_cast<int>(day.to_year_month_day().year()); }

/// The same day in another year; 29 February is the 28th where there is none.
Date in_years(Date day, int years) {
    return add_months(day, std::int64_t{months_of_year} * years).value_or(day);
}

/// As far behind the new first day as it was behind the old one, in whole months where the first days allow it.
Date moved_end(Date end, Date old_begin, Date begin) {
    const auto old_date = old_begin.to_year_month_day();
    const auto date = begin.to_year_month_day();
    const int months = months_of_year * (year_of(begin) - year_of(old_begin)) +
                       static_cast<int>(static_cast<unsigned>(date.month())) -
                       static_cast<int>(static_cast<unsigned>(old_date.month()));
    const auto in_months = [&](Date day) { return add_months(day, months).value_or(day); };
    const Date behind = in_months(add_days(end, 1).value_or(end));
    return add_days(behind, std::int64_t{begin - in_months(old_begin)} - 1).value_or(end);
}

/// Replaces places of a text, in the order of the text.
class TextMover {
public:
    explicit TextMover(const Source& source) : source_(source) {}

    /// A place for which the reader is told what was there.
    void move(Span at, const std::string& to) {
        const std::string from(source_.text(at));
        if (from != to) {
            made_.moved.push_back({source_.line_of(at.begin), from, to});
            replace(at, to);
        }
    }
    /// One that may have to stay: its line says what stood there.
    void move_to_check(Span at, const std::string& to) {
        const std::string from(source_.text(at));
        if (from == to) {
            return;
        }
        move(at, to);
        made_.moved.back().to_check = true;
        was_ += (was_.empty() ? "" : ", ") + from;
        line_end_ = end_of_line(at.end);
    }
    /// A line, of which the reader is told what stood in it.
    void take_out(Span line, std::string_view said) {
        made_.moved.push_back(
            {source_.line_of(line.begin), std::string(said.substr(0, said.find('\n'))), ""});
        replace(line, "");
    }
    void replace(Span at, const std::string& to) {
        if (!was_.empty() && at.begin >= line_end_) {
            mark_line();
        }
        text_ += source_.text({done_, at.begin});
        text_ += to;
        done_ = at.end;
    }
    void leave(Span at, MovedText::Left::Why why) {
        made_.left.push_back({source_.line_of(at.begin), std::string(source_.text(at)), why});
    }

    MovedText finish() {
        replace({static_cast<std::uint32_t>(source_.text().size()),
                 static_cast<std::uint32_t>(source_.text().size())},
                "");
        std::stable_sort(made_.left.begin(), made_.left.end(),
                         [](const auto& a, const auto& b) { return a.line < b.line; });
        made_.text = std::move(text_);
        return std::move(made_);
    }

private:
    /// Before its line end and the blanks that end it.
    [[nodiscard]] std::uint32_t end_of_line(std::uint32_t place) const {
        const std::string_view rest = source_.text().substr(place);
        const std::string_view line = rest.substr(0, rest.find_first_of("\r\n"));
        return place + static_cast<std::uint32_t>(line.find_last_not_of(" \t") + 1);
    }

    /// A mark that is there already is enough, however often a year is begun from it.
    void mark_line() {
        const std::string_view text = source_.text();
        const std::size_t line = text.rfind('\n', line_end_ - 1) + 1;
        text_ += source_.text({done_, line_end_});
        if (text.substr(line, line_end_ - line).find("# to check: ") == std::string_view::npos) {
            text_ += " # to check: was " + was_;
        }
        done_ = line_end_;
        was_.clear();
    }

    const Source& source_;
    MovedText made_;
    std::string text_;
    std::uint32_t done_ = 0;
    std::string was_; // dates to check, as they stood on the line that ends at `line_end_`
    std::uint32_t line_end_ = 0;
};

/// A date, month or year that is written out, and the text of the same one `years` later.
struct Written {
    Date day; // of a month the first one; of a year that of `anchor`
    std::string later;
};

/// `calendar year 2023`, `program year of 2023`, `02-01 of 2023`
bool names_year(NodeRef parent, NodeRef number) {
    constexpr std::size_t digits = 4;
    const NodeRef first = *parent.begin();
    return number.is(Kind::number) && number.text().size() == digits &&
           number.text().find_first_not_of("0123456789") == std::string_view::npos &&
           (parent.is(Kind::day_in_year) ||
            (parent.is(Kind::window) && (first.is_word("calendar") || first.is_word("program"))));
}

std::optional<Written> written_year(NodeRef number, int years, Date anchor) {
    constexpr unsigned day_of_any_month = 28;
    const int year = std::stoi(std::string(number.text()));
    const auto of_anchor = anchor.to_year_month_day();
    const std::optional<Date> day =
        Date::from_parts(year, static_cast<unsigned>(of_anchor.month()),
                         std::min(static_cast<unsigned>(of_anchor.day()), day_of_any_month));
    return day ? std::optional(Written{*day, std::to_string(year + years)}) : std::nullopt;
}

std::optional<Written> written_in(NodeRef parent, NodeRef node, int years, Date anchor) {
    if (names_year(parent, node)) {
        return written_year(node, years, anchor);
    }
    const bool is_month = node.is(Kind::month);
    if (!is_month && !node.is(Kind::date)) {
        return std::nullopt;
    }
    const ParsedDate read = is_month ? Date::parse_month(node.text()) : Date::parse(node.text());
    if (!read) {
        return std::nullopt;
    }
    const Date later = in_years(read.value, years);
    return Written{read.value, is_month ? later.to_month_string() : later.to_string()};
}

/// Every date below a node: what tests give and expect stays as far from their day as it was.
void move_all(NodeRef node, int years, TextMover& mover) {
    for (const NodeRef child : node) {
        if (const auto written = written_in(node, child, years, Date())) {
            mover.move(child.span(), written->later);
        }
        move_all(child, years, mover);
    }
}

bool names_facts(NodeRef test) {
    for (const NodeRef part : test) {
        if (part.is(Kind::test_facts)) {
            return true;
        }
    }
    return false;
}

/// `2023.1` within the year of `2023`: nothing of the year moves.
bool is_correction(const NextVersion& next) {
    return corrected(next.version) == corrected(next.old_version);
}

/// `2023.1`
bool names_correction(const std::string& version) { return corrected(version) != version; }

class RulesMover {
public:
    /// `old_begin`: the first day of the year that the old version is of.
    RulesMover(const Program& program, const Tree& tree, NextVersion& next, Date old_begin)
        : model_(program.model()),
          tree_(tree),
          next_(next),
          mover_(tree.source()),
          old_begin_(old_begin),
          year_end_(add_days(in_years(old_begin_, 1), -1).value_or(Date::max())) {}

    void run() {
        for (const NodeRef section : tree_.root()) {
            this->section(section);
        }
        if (!is_correction(next_)) {
            years_in_words();
        }
        next_.rules = mover_.finish();
    }

private:
    void section(NodeRef node) {
        switch (node.kind()) {
        case Kind::version:
            each_of(node, Kind::version_name,
                    [&](NodeRef name) { mover_.move(name.span(), next_.version); });
            break;
        case Kind::effective:
            effective(node);
            break;
        case Kind::withdrawn:
            take_out(node);
            break;
        case Kind::labels:
            labels(node);
            break;
        case Kind::requirements:
        case Kind::benefits:
        case Kind::values:
            table(node);
            break;
        case Kind::look_up_table: // its rows are of before and of after
            ++choices_;
            dates(node);
            --choices_;
            break;
        case Kind::test:
            move_all(node, next_.years, mover_);
            break;
        default:
            dates(node);
            break;
        }
    }

    void effective(NodeRef node) {
        bool is_first = true;
        each_of(node, Kind::date, [&](NodeRef date) {
            mover_.move(date.span(), is_first ? next_.from : next_.through.value_or(""));
            is_first = false;
        });
    }

    /// Without the words for why the old version is withdrawn.
    void labels(NodeRef node) {
        each_of(node, Kind::label_line, [&](NodeRef line) {
            const std::string_view text = line.text();
            if (text.substr(0, text.find_first_of(" \t\"")) == "withdrawn") {
                take_out(line);
            } else {
                dates(line);
            }
        });
    }

    /// The whole line, since a new version is not withdrawn.
    void take_out(NodeRef node) {
        Span line = node.span();
        const std::string_view text = tree_.source().text();
        const std::size_t before = text.rfind('\n', line.begin);
        line.begin = static_cast<std::uint32_t>(before == std::string_view::npos ? 0 : before + 1);
        const std::size_t end = text.find('\n', line.begin);
        line.end =
            static_cast<std::uint32_t>(end == std::string_view::npos ? text.size() : end + 1);
        mover_.take_out(line, node.text());
    }

    void dates(NodeRef node) {
        for (const NodeRef child : node) {
            if (node.is(Kind::conditional)) {
                choices_ += child.is_word("if") ? 1 : child.is_word("then") ? -1 : 0;
            }
            if (const auto written = written_in(node, child, next_.years, old_begin_)) {
                date(child, *written);
            }
            dates(child);
        }
    }

    void date(NodeRef node, const Written& written) {
        using Why = MovedText::Left::Why;
        if (next_.years == 0) {
            return;
        }
        // A month is held as its first day, and the one that the year begins in belongs to it.
        const bool in_first_month = !node.is(Kind::date) && in_month(written.day, old_begin_);
        if (written.day < old_begin_ && !in_first_month) {
            mover_.leave(node.span(), Why::before);
        } else if (written.day > year_end_) {
            mover_.leave(node.span(), Why::after);
        } else if (choices_ > 0) {
            mover_.leave(node.span(), Why::choice);
        } else {
            mover_.move_to_check(node.span(), written.later);
        }
    }

    void table(NodeRef node) {
        std::size_t cite = 0;
        for (const NodeRef line : node) {
            if (line.is(Kind::header)) {
                cite = place_of_cite(line);
                continue;
            }
            std::size_t column = 0;
            for (const NodeRef cell : line) {
                if (!cell.is(Kind::cell)) {
                    continue;
                }
                if (column++ == cite) {
                    mark(cell);
                } else {
                    dates(cell);
                }
            }
        }
    }

    static std::size_t place_of_cite(NodeRef header) {
        std::size_t place = 0;
        std::size_t cite = std::string::npos;
        each_of(header, Kind::column, [&](NodeRef column) {
            cite = column.text() == "cite" ? place : cite;
            ++place;
        });
        return cite;
    }

    /// A correction is of the guide that the rows were compared with.
    void mark(NodeRef cell) {
        if (is_correction(next_)) {
            return;
        }
        for (const NodeRef citation : cell) {
            const bool in_quotes = citation.is(Kind::text);
            if (!in_quotes && !citation.is(Kind::raw)) {
                continue;
            }
            std::string_view words = citation.text();
            if (in_quotes) {
                words = words.substr(1, words.size() - 2);
            }
            ++next_.citations;
            if (!is_to_check(words)) {
                const std::uint32_t end = citation.span().end - (in_quotes ? 1U : 0U);
                mover_.replace({end, end}, " " + std::string(to_check));
            }
        }
    }

    // ---- what names the old year in words

    void years_in_words() {
        std::set<std::string> years{std::to_string(year_of(old_begin_))};
        constexpr std::size_t digits = 4;
        const std::string lead = model_.version.substr(0, digits);
        if (lead.size() == digits && lead.find_first_not_of("0123456789") == std::string::npos) {
            years.insert(lead);
        }
        for (const std::string& year : years) {
            find_in_words(year);
        }
    }

    void find_in_words(const std::string& year) {
        const std::string_view text = tree_.source().text();
        const auto is_digit = [&](std::size_t at) {
            return at < text.size() && text[at] >= '0' && text[at] <= '9';
        };
        for (std::size_t at = text.find(year); at != std::string_view::npos;
             at = text.find(year, at + 1)) {
            const bool whole = !is_digit(at + year.size()) && (at == 0 || !is_digit(at - 1));
            if (whole && is_words(static_cast<std::uint32_t>(at))) {
                mover_.leave(
                    {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + year.size())},
                    MovedText::Left::Why::words);
            }
        }
    }

    /// Inside a text or a comment: not in a token of another kind.
    [[nodiscard]] bool is_words(std::uint32_t at) const {
        return std::none_of(tree_.nodes().begin(), tree_.nodes().end(), [&](const Node& node) {
            return is_token(node.kind) && node.kind != Kind::text && node.span.begin <= at &&
                   at < node.span.end;
        });
    }

    const Model& model_;
    const Tree& tree_;
    NextVersion& next_;
    TextMover mover_;
    Date old_begin_;
    int choices_ = 0; // conditions of `if` and look-up tables that the walk is in
    Date year_end_; // the last day of the first year of the old version
};

bool names_version(const std::string& text) {
    const auto is_alphanumeric = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !text.empty() && is_alphanumeric(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) {
               return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
           });
}

/// The line that ends the old version on the day before the new one begins, where what it says is too late.
std::optional<std::string> days_to_say(const Model& old, Date begin) {
    const std::optional<Date> last = add_days(begin, -1);
    if (!old.effective_through || !last || *old.effective_through <= *last) {
        return std::nullopt;
    }
    const Date first = old.effective_from.value_or(Date::min());
    return "effective " + first.to_string() + " through " + last->to_string();
}

/// The year that a version is named by; 0 of one that is named otherwise.
int year_of_name(const std::string& version) {
    constexpr std::size_t digits = 4;
    const std::string lead(corrected(version));
    return lead.size() == digits && lead.find_first_not_of("0123456789") == std::string::npos
               ? std::stoi(lead)
               : 0;
}

bool is_earlier(const std::string& version, const std::string& other) {
    return year_of_name(version) > 0 && year_of_name(version) < year_of_name(other);
}

/// How many years lie between the two: one, where their names do not say.
int years_ahead(const std::string& version, const std::string& old) {
    const bool are_years = year_of_name(version) > 0 && year_of_name(old) > 0;
    return are_years ? std::max(year_of_name(version) - year_of_name(old), 1) : 1;
}

/// In canonical layout where the old text was in it, since the marks make cells wider.
std::string laid_out_like(const std::string& text, const Tree& old) {
    const std::optional<std::string> old_layout = format(parse(old.source()));
    const std::optional<std::string> layout = format(parse(Source(old.source().name(), text)));
    return layout && old_layout && *old_layout == old.source().text() ? *layout : text;
}

/// Where the call says none.
std::optional<Date> usual_first_day(const Program& program, const NextOptions& options,
                                    bool of_correction, Diagnostics& diagnostics) {
    const std::optional<Date>& through = program.model().effective_through;
    const int years = years_ahead(options.version, program.version());
    if (!of_correction && !names_correction(program.version())) {
        return in_years(begin_of(program), years);
    }
    // A correction begins within its year: that year ends when it does.
    if (!of_correction && through) {
        return in_years(add_days(*through, 1).value_or(*through), years - 1);
    }
    diagnostics.add(
        present(Code::correction_day, {{of_correction ? "version" : "next", options.version},
                                       {"old", program.version()},
                                       {"first", program.effective_from()}}));
    return std::nullopt;
}

std::optional<Date> first_day(const Program& program, const NextOptions& options,
                              bool of_correction, Diagnostics& diagnostics) {
    if (!options.from) {
        return usual_first_day(program, options, of_correction, diagnostics);
    }
    const ParsedDate read = Date::parse(*options.from);
    if (!read) {
        diagnostics.add(
            present(read.fault == DateTextFault::no_such_day ? Code::no_such_day : Code::bad_date,
                    {{"found", *options.from}}));
        return std::nullopt;
    }
    if (read.value <= begin_of(program)) {
        diagnostics.add(present(Code::begins_too_early, {{"version", options.version},
                                                         {"from", *options.from},
                                                         {"first", program.effective_from()}}));
        return std::nullopt;
    }
    const std::optional<Date>& through = program.model().effective_through;
    if (of_correction && through && read.value > *through) {
        diagnostics.add(present(Code::correction_day, {{"late", options.version},
                                                       {"from", *options.from},
                                                       {"through", through->to_string()},
                                                       {"old", program.version()}}));
        return std::nullopt;
    }
    return read.value;
}

} // namespace

Result<NextVersion> next_version(const Program& program, const NextOptions& options) {
    Result<NextVersion> result;
    if (!names_version(options.version)) {
        result.diagnostics.add(present(Code::no_version_name, {{"found", options.version}}));
        return result;
    }
    if (is_earlier(options.version, program.version())) {
        result.diagnostics.add(present(Code::no_version_name,
                                       {{"earlier", options.version}, {"old", program.version()}}));
        return result;
    }
    if (options.version == program.version()) {
        result.diagnostics.add(present(Code::no_version_name, {{"version", options.version}}));
        return result;
    }
    NextVersion next;
    next.label = program.label();
    next.old_version = program.version();
    next.version = options.version;
    const bool of_correction = is_correction(next);
    const std::optional<Date> begin =
        first_day(program, options, of_correction, result.diagnostics);
    if (!begin) {
        return result;
    }
    const bool of_year = names_correction(program.version()) && !of_correction;
    const Date old_begin = of_year ? in_years(*begin, -1) : begin_of(program);
    next.from = begin->to_string();
    next.years = of_correction ? 0 : year_of(*begin) - year_of(old_begin);
    if (const auto& through = program.model().effective_through) {
        next.through =
            (of_correction ? *through : moved_end(*through, old_begin, *begin)).to_string();
    }
    next.old_days = days_to_say(program.model(), *begin);
    const Tree tree = parse(program.model().source).tree;
    RulesMover(program, tree, next, old_begin).run();
    next.rules.text = laid_out_like(next.rules.text, tree);
    result.value = std::move(next);
    return result;
}

Result<NextTests> next_tests(const std::string& name, const std::string& text, int years) {
    const Parsed parsed = parse(Source(name, text));
    Result<NextTests> result;
    result.diagnostics = present(parsed.faults, parsed.tree.source());
    if (result.diagnostics.has_errors()) {
        return result;
    }
    NextTests next;
    TextMover mover(parsed.tree.source());
    for (const NodeRef section : parsed.tree.root()) {
        // The facts of a file stay as they are, and so do the dates that are told beside them.
        if (section.is(Kind::test) && names_facts(section)) {
            ++next.dated_by_facts;
        } else {
            move_all(section, years, mover);
        }
    }
    next.tests = mover.finish();
    result.value = std::move(next);
    return result;
}

} // namespace rung
