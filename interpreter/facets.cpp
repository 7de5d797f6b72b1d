#include "interpreter/facets.hpp"

#include "grammar/parse.hpp"
#include "interpreter/citation.hpp"
#include "interpreter/meaning.hpp"
#include "interpreter/walk.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace rung {

namespace {

using Part = Difference::Part;
using Aspect = Difference::Aspect;

template <typename Parts, typename Same>
std::string label_where(const Parts& parts, Same same) {
    const auto found = std::find_if(parts.begin(), parts.end(), same);
    return found == parts.end() ? std::string() : found->label;
}

class Taker {
public:
    explicit Taker(const Model& model)
        : model_(model),
          parsed_(parse(model.source)),
          file_(ast::lower(parsed_.tree)),
          meaning_(file_, parsed_.tree) {}

    std::vector<Facet> run() {
        head();
        ladders();
        reviews();
        for (const ast::Paths& paths : file_.paths) {
            for (const ast::PathItem& item : paths.items) {
                path(paths, item);
            }
        }
        for (const ast::Keeping& keeping : file_.keepings) {
            standing(keeping);
        }
        rows();
        for (const ast::Notice& notice : file_.notices) {
            const auto same = [&](const Notice& made) { return made.id == notice.name.text; };
            begin(Part::notice, notice.name.text, label_where(model_.notices, same), notice.at,
                  meaning_.shown(span_of(notice.when)));
            say(Aspect::when, notice.when);
            say(Aspect::label, notice.label);
        }
        for (const ast::Define& define : file_.defines) {
            measure(define);
        }
        for (const ast::LookUpTable& table : file_.tables) {
            look_up(table);
        }
        contract();
        for (const ast::Reading& reading : file_.readings) {
            owner_of(reading.of.text);
            say(Aspect::reading, reading.text, reading.text, reading.at);
        }
        return std::move(facets_);
    }

private:
    // ---- one facet

    /// The part that is spoken of from here on.
    void begin(Part part, std::string id, std::string label, Span at, std::string shown,
               std::string ladder = "") {
        now_ = Facet{};
        now_.part = part;
        now_.ladder = std::move(ladder);
        now_.label = label.empty() ? id : std::move(label);
        now_.id = std::move(id);
        say(Aspect::whole, "there", std::move(shown), at);
    }
    void say(Aspect aspect, std::string meaning, std::string shown, Span at) {
        Facet facet = now_;
        facet.aspect = aspect;
        facet.meaning = std::move(meaning);
        facet.shown = std::move(shown);
        facet.at = at;
        facets_.push_back(std::move(facet));
    }
    void say(Aspect aspect, ast::Index expr) {
        if (expr != ast::none) {
            say(aspect, meaning_.of(expr), meaning_.shown(span_of(expr)), span_of(expr));
        }
    }
    void say(Aspect aspect, const ast::Text& text) {
        if (text.given) {
            say(aspect, text.value, text.value, text.at);
        }
    }
    [[nodiscard]] Span span_of(ast::Index expr) const {
        return expr == ast::none ? Span{} : file_.exprs[expr].at;
    }

    // ---- the head, ladders, reviews, paths

    void head() {
        begin(Part::program, model_.name, model_.label, {}, "");
        for (const ast::HeadLine& line : file_.head) {
            const std::string& word = line.word.text;
            if (word == "program" || word == "source") {
                say(word == "source" ? Aspect::source : Aspect::label, line.text);
            } else if (word == "currency" || word == "year") {
                say(word == "year" ? Aspect::year_start : Aspect::currency, line.value.text,
                    line.value.text, line.value.at);
            }
        }
        for (const ast::HeadLine& line : file_.inputs) {
            now_.column = line.word.text;
            say(Aspect::input, line.text.value, meaning_.shown(line.at), line.at);
        }
    }

    /// As it is named where there are several, and nothing where there is one.
    [[nodiscard]] std::string ladder_key(const std::string& name) const {
        return file_.ladders.size() > 1 ? name : std::string();
    }
    [[nodiscard]] const Ladder* ladder_of(const std::string& name) const {
        for (const Ladder& ladder : model_.ladders) {
            if (ladder.id == name || model_.ladders.size() == 1) {
                return &ladder;
            }
        }
        return nullptr;
    }

    /// One without a label is called by its tiers.
    static std::string ladder_label(const ast::Ladder& ladder, const Ladder* made) {
        if (ladder.label.given || made == nullptr) {
            return made == nullptr ? ladder.label.value : made->label;
        }
        std::string tiers;
        for (const Tier& tier : made->tiers) {
            tiers += (tiers.empty() ? "" : " < ") + (tier.label.empty() ? tier.id : tier.label);
        }
        return tiers;
    }

    void ladders() {
        for (const ast::Ladder& ladder : file_.ladders) {
            const std::string key = ladder_key(ladder.name.text);
            const Ladder* made = ladder_of(ladder.name.text);
            begin(Part::ladder, key, ladder_label(ladder, made), ladder.at,
                  meaning_.shown(ladder.at));
            std::string order;
            for (const ast::Tier& tier : ladder.tiers) {
                order += (order.empty() ? "" : " < ") + tier.name.text;
            }
            const std::string climb =
                ladder.one_by_one ? "climbed one by one" : "each tier stands alone";
            say(Aspect::terms, order + climb, order + ", " + climb, ladder.at);
            say(Aspect::label, ladder.label);
            for (const ast::Tier& tier : ladder.tiers) {
                begin(Part::tier, tier.name.text, tier_label(key, tier.name.text), tier.name.at,
                      tier.name.text, key);
                say(Aspect::label, tier.label);
            }
        }
    }

    /// Of a tier or of a path, as a column is called.
    [[nodiscard]] std::string tier_label(const std::string& ladder, const std::string& id) const {
        const Ladder* of = ladder_of(ladder);
        const std::string label =
            of == nullptr ? ""
                          : label_where(of->tiers, [&](const Tier& tier) { return tier.id == id; });
        return label.empty() ? id : label;
    }
    [[nodiscard]] std::string path_label(const std::string& id) const {
        for (const Paths& paths : model_.paths) {
            const std::string label =
                label_where(paths.paths, [&](const Path& path) { return path.id == id; });
            if (!label.empty()) {
                return label;
            }
        }
        return id;
    }

    void reviews() {
        for (const ast::Review& review : file_.reviews) {
            const auto same = [&](const Review& made) { return made.id == review.name.text; };
            const Span terms = from_window(review);
            begin(Part::review, review.name.text, label_where(model_.reviews, same), review.at,
                  meaning_.shown(terms));
            std::string meaning = meaning_.of(review.window) + meaning_.of(review.grace);
            meaning += review.can_raise ? " raise" : "";
            meaning += review.can_lower ? " lower" : "";
            meaning += review.by_program ? " by program" : "";
            say(Aspect::terms, std::move(meaning), meaning_.shown(terms), terms);
            say(Aspect::label, review.label);
        }
    }
    [[nodiscard]] Span from_window(const ast::Review& review) const {
        const Span window = span_of(review.window);
        return window.empty() ? review.at : join(window, review.at);
    }

    void path(const ast::Paths& paths, const ast::PathItem& item) {
        begin(Part::path, item.name.text, path_label(item.name.text), item.at,
              meaning_.shown(span_of(item.when)), ladder_key(paths.ladder.text));
        if (item.otherwise) {
            say(Aspect::when, "otherwise", "otherwise", item.at);
        } else {
            say(Aspect::when, item.when);
        }
        say(Aspect::label, item.label);
    }

    void standing(const ast::Keeping& keeping) {
        const auto same = [&](const Keeping& made) { return made.id == keeping.name.text; };
        begin(Part::standing, keeping.name.text, label_where(model_.keepings, same), keeping.at,
              meaning_.shown(keeping.at), ladder_key(keeping.ladder.text));
        say(Aspect::terms, (keeping.one_below ? "below " : "held ") + meaning_.of(keeping.through),
            meaning_.shown(span_of(keeping.through)), span_of(keeping.through));
        say(Aspect::when, keeping.when);
        say(Aspect::label, keeping.label);
    }

    // ---- tables with a column for each tier or path

    void rows() {
        for (const auto& [part, tables] :
             {std::pair(Part::requirement, &file_.requirements),
              std::pair(Part::benefit, &file_.benefits), std::pair(Part::value, &file_.values),
              std::pair(Part::measure, &file_.measures)}) {
            for (const ast::Table& table : *tables) {
                for (const ast::Row& row : table.rows) {
                    this->row(part, table, row);
                }
            }
        }
    }

    void row(Part part, const ast::Table& table, const ast::Row& row) {
        const std::string ladder = part == Part::measure ? "" : ladder_key(table.of.text);
        std::string id;
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < std::min(table.columns.size(), row.cells.size()); ++i) {
            const std::string& column = table.columns[i].text;
            const ast::Cell& cell = row.cells[i];
            id = column == "name" ? cell.word.text : id;
            if (says_nothing(cell)) {
                continue;
            }
            if (column == "asks" || column == "when" || column == "needs") {
                cells.push_back(column + " " + meaning_.shown(cell.at));
            }
            if (is_column_of_all(part, column)) {
                continue;
            }
            const std::string label = column_label(part, ladder, column);
            cells.push_back(label + ": " + meaning_.shown(cell.at));
        }
        std::string shown;
        for (const std::string& cell : cells) {
            shown += (shown.empty() ? "" : ", ") + cell;
        }
        begin(part, id, row_label(part, id), row.at, shown, ladder);
        now_.head = head_label(part, id);
        facets_.back().head = now_.head;
        for (std::size_t i = 0; i < std::min(table.columns.size(), row.cells.size()); ++i) {
            cell(part, table.columns[i].text, row.cells[i]);
        }
    }

    static bool says_nothing(const ast::Cell& cell) { return cell.empty || cell.dash; }

    static bool is_column_of_all(Part part, const std::string& column) {
        static constexpr std::array<std::string_view, 7> of_requirements{
            "name", "label", "asks", "when", "cite", "advice", "waivable"};
        static constexpr std::array<std::string_view, 4> of_benefits{"name", "label", "needs",
                                                                     "cite"};
        static constexpr std::array<std::string_view, 5> of_values{"name", "label", "each", "value",
                                                                   "cite"};
        static constexpr std::array<std::string_view, 2> of_measures{"name", "label"};
        const auto holds = [&](const auto& columns) {
            return std::find(columns.begin(), columns.end(), column) != columns.end();
        };
        return part == Part::requirement ? holds(of_requirements)
               : part == Part::benefit   ? holds(of_benefits)
               : part == Part::value     ? holds(of_values)
                                         : holds(of_measures);
    }

    [[nodiscard]] std::string column_label(Part part, const std::string& ladder,
                                           const std::string& column) const {
        return part == Part::measure ? path_label(column) : tier_label(ladder, column);
    }

    [[nodiscard]] std::string row_label(Part part, const std::string& id) const {
        const auto same = [&](const auto& row) { return row.id == id; };
        const auto named = [&](const Measure& measure) { return measure.name == id; };
        return part == Part::requirement ? label_where(model_.requirements, same)
               : part == Part::benefit   ? label_where(model_.benefits, same)
               : part == Part::value     ? label_where(model_.values, same)
                                         : label_where(model_.measures, named);
    }
    [[nodiscard]] std::string head_label(Part part, const std::string& id) const {
        const std::size_t dot = id.rfind('.');
        return part == Part::requirement && dot != std::string::npos
                   ? row_label(part, id.substr(0, dot))
                   : std::string();
    }

    void cell(Part part, const std::string& column, const ast::Cell& cell) {
        static const std::map<std::string, Aspect, std::less<>> aspects{
            {"label", Aspect::label}, {"asks", Aspect::asks},     {"when", Aspect::when},
            {"cite", Aspect::cite},   {"advice", Aspect::advice}, {"waivable", Aspect::waivable},
            {"needs", Aspect::needs}, {"each", Aspect::terms},    {"value", Aspect::terms},
            {"name", Aspect::whole}};
        const bool of_all = is_column_of_all(part, column);
        const Aspect aspect = of_all ? aspects.at(column) : Aspect::cell;
        if (aspect == Aspect::whole) {
            return;
        }
        const bool names_column = aspect == Aspect::cell || aspect == Aspect::terms;
        now_.column = names_column ? column : "";
        now_.column_label = aspect == Aspect::cell ? column_label(part, now_.ladder, column) : "";
        const bool is_words = aspect >= Aspect::label;
        const bool not_waivable = aspect == Aspect::waivable && meaning_.shown(cell.at) == "no";
        std::string shown = cell.text.given ? cell.text.value : meaning_.shown(cell.at);
        if (aspect == Aspect::cite) {
            shown = std::string(cited(shown));
        }
        say(aspect, says_nothing(cell) || not_waivable ? "" : (is_words ? shown : meaning_of(cell)),
            says_nothing(cell) ? "" : shown, cell.at);
        now_.column.clear();
        now_.column_label.clear();
    }

    [[nodiscard]] std::string meaning_of(const ast::Cell& cell) const {
        std::string meaning = cell.group.text + cell.group_count.text + (cell.unstated ? "?" : "");
        meaning += meaning_.of_all(cell.exprs);
        return cell.condition == ast::none ? meaning
                                           : meaning + " if " + meaning_.of(cell.condition);
    }

    // ---- measures and look-up tables

    void measure(const ast::Define& define) {
        const std::string id = (define.record ? define.record.text + "." : "") + define.name.text;
        const auto same = [&](const Measure& made) {
            return made.name == define.name.text &&
                   (!define.record || model_.records[made.record].name == define.record.text);
        };
        begin(Part::measure, id,
              label_where(define.record ? model_.record_measures : model_.measures, same),
              define.at, meaning_.shown(span_of(define.expr)));
        say(Aspect::terms, define.expr);
        say(Aspect::label, define.label);
    }

    void look_up(const ast::LookUpTable& table) {
        const auto same = [&](const LookUpTable& made) { return made.name == table.name.text; };
        const std::string label = label_where(model_.tables, same);
        begin(Part::table, table.name.text, label, table.at, "");
        std::string columns;
        for (std::size_t i = 0; i < table.kinds.size(); ++i) {
            columns += (columns.empty() ? "" : ", ") + table.kinds[i].text +
                       (table.kinds[i] ? " " : "") + table.table.columns[i].text;
        }
        say(Aspect::terms, columns, columns, table.at);
        say(Aspect::label, table.label);
        for (const ast::Row& row : table.table.rows) {
            look_up_row(table, row, label);
        }
    }

    void look_up_row(const ast::LookUpTable& table, const ast::Row& row, const std::string& label) {
        std::string keys;
        std::string key_meaning;
        std::string values;
        const std::size_t count = std::min(table.kinds.size(), row.cells.size());
        for (std::size_t i = 0; i < count; ++i) {
            const std::string& column = table.table.columns[i].text;
            const std::string shown = meaning_.shown(row.cells[i].at);
            if (!table.kinds[i] && !says_nothing(row.cells[i])) {
                values += (values.empty() ? "" : ", ") + column + ": " + shown;
            } else if (table.kinds[i]) {
                key_meaning += meaning_of(row.cells[i]) + "|";
                keys += (keys.empty() ? "" : ", ") + (shown.empty() ? "*" : shown);
            }
        }
        begin(Part::row, table.name.text + ": " + key_meaning,
              (label.empty() ? table.name.text : label) + ", " + keys, row.at, values);
        for (std::size_t i = 0; i < count; ++i) {
            if (table.kinds[i]) {
                continue;
            }
            now_.column = table.table.columns[i].text;
            now_.column_label = now_.column;
            const bool nothing = says_nothing(row.cells[i]);
            say(Aspect::cell, nothing ? "" : meaning_of(row.cells[i]),
                nothing ? "" : meaning_.shown(row.cells[i].at), row.cells[i].at);
        }
    }

    // ---- facts and records

    void contract() {
        for (const ast::Record& record : file_.records) {
            const auto same = [&](const RecordType& made) { return made.name == record.name.text; };
            begin(Part::record, record.name.text, label_where(model_.records, same), record.at, "");
            say(Aspect::label, record.label);
            const auto made = std::find_if(model_.records.begin(), model_.records.end(), same);
            for (const ast::Field& field : record.fields) {
                this->field(Part::field, record.name.text + "." + field.name.text, field,
                            made == model_.records.end() ? model_.facts : made->fields);
            }
        }
        for (const ast::Field& fact : file_.facts) {
            field(Part::fact, fact.name.text, fact, model_.facts);
        }
    }

    void field(Part part, const std::string& id, const ast::Field& field,
               const std::vector<Field>& made) {
        const auto same = [&](const Field& of) { return of.name == field.name.text; };
        std::string shown = meaning_.shown(field.type.at);
        std::vector<std::string> marks;
        for (const ast::Annotation& mark : field.annotations) {
            shown += ", " + meaning_.shown(mark.at);
            marks.push_back(mark.word.text + " " + mark.second.text + " \"" + mark.text.value +
                            "\" " + meaning_.of(mark.value) + meaning_.of(mark.per));
        }
        std::sort(marks.begin(), marks.end());
        std::string meaning = meaning_of(field.type);
        for (const std::string& mark : marks) {
            meaning += ", " + mark;
        }
        begin(part, id, label_where(made, same), field.at, shown);
        say(Aspect::terms, meaning, shown, field.at);
        say(Aspect::label, field.label);
    }

    static std::string meaning_of(const ast::TypeName& type) {
        std::vector<std::string> choices;
        for (const ast::Choice& choice : type.choices) {
            choices.push_back(choice.name.text + "=" +
                              (choice.json.given ? choice.json.value : choice.name.text));
        }
        std::sort(choices.begin(), choices.end());
        std::string meaning = type.word.text + " " + type.argument.text + " " + type.item.text +
                              " " + type.key.text + " " + type.never.value;
        for (const std::string& choice : choices) {
            meaning += "," + choice;
        }
        return meaning + (type.or_other ? " other" : "") + (type.or_never ? " never" : "");
    }

    /// The requirement, benefit or value that a reading is of.
    void owner_of(const std::string& id) {
        const auto owner = std::find_if(facets_.begin(), facets_.end(), [&](const Facet& facet) {
            const bool is_row = facet.part == Part::requirement || facet.part == Part::benefit ||
                                facet.part == Part::value;
            return is_row && facet.aspect == Aspect::whole && facet.id == id;
        });
        now_ = owner == facets_.end() ? Facet{} : *owner;
    }

    const Model& model_;
    Parsed parsed_;
    ast::File file_;
    Meaning meaning_;
    Facet now_;
    std::vector<Facet> facets_;
};

// ---- what reads what

using PartName = std::pair<Part, std::string>;

/// Goes from what reads to what is read.
class FacetReaders {
public:
    explicit FacetReaders(const Model& model) : model_(model) {
        for (const Measure& measure : model.measures) {
            read(measure.expr, {Part::measure, measure.name}, none);
        }
        for (const Measure& measure : model.record_measures) {
            read(measure.expr, {Part::measure, name_of(measure)}, measure.record);
        }
        const auto end = [&](Part part, const std::string& id, const std::string& label,
                             const std::vector<Index>& exprs) {
            ends_.push_back({part, id, label.empty() ? id : label});
            for (const Index expr : exprs) {
                read(expr, {part, id}, none);
            }
        };
        for (const Review& review : model.reviews) {
            end(Part::review, review.id, review.label, {review.window});
        }
        for (const Paths& paths : model.paths) {
            for (const Path& path : paths.paths) {
                end(Part::path, path.id, path.label, {path.when});
            }
        }
        for (const Keeping& keeping : model.keepings) {
            end(Part::standing, keeping.id, keeping.label, {keeping.through, keeping.when});
        }
        for (const Requirement& row : model.requirements) {
            end(Part::requirement, row.id, row.label, with_cells({row.asks, row.when}, row.cells));
        }
        for (const Benefit& benefit : model.benefits) {
            end(Part::benefit, benefit.id, benefit.label, with_cells(benefit.needs, benefit.cells));
        }
        for (const Worth& value : model.values) {
            end(Part::value, value.id, value.label, value.figures);
        }
        for (const Notice& notice : model.notices) {
            end(Part::notice, notice.id, notice.label, {notice.when});
        }
    }

    [[nodiscard]] std::vector<Difference::Reached> of(const PartName& name) const {
        std::set<PartName> reached{name};
        std::vector<PartName> open{name};
        while (!open.empty()) {
            const auto [first, last] = readers_.equal_range(open.back());
            open.pop_back();
            for (auto reader = first; reader != last; ++reader) {
                if (reached.insert(reader->second).second) {
                    open.push_back(reader->second);
                }
            }
        }
        std::vector<Difference::Reached> ends;
        for (const Difference::Reached& end : ends_) {
            const PartName own{end.part, end.id};
            if (own != name && reached.contains(own)) {
                ends.push_back(end);
            }
        }
        return ends;
    }

private:
    [[nodiscard]] std::string name_of(const Measure& measure) const {
        return model_.records[measure.record].name + "." + measure.name;
    }
    [[nodiscard]] std::string field_of(Index record, Index field) const {
        return model_.records[record].name + "." + model_.records[record].fields[field].name;
    }
    static std::vector<Index> with_cells(std::vector<Index> exprs, const std::vector<Cell>& cells) {
        for (const Cell& cell : cells) {
            exprs.push_back(cell.value);
            exprs.push_back(cell.condition);
        }
        return exprs;
    }

    void read(Index root, const PartName& by, Index record) {
        const auto note = [&](Index index, const std::vector<Index>& records) {
            const Expr& expr = model_.exprs[index];
            if (expr.op == Op::fact) {
                add(Part::fact, model_.facts[expr.index].name, by);
            } else if (expr.op == Op::measure) {
                add(Part::measure, model_.measures[expr.index].name, by);
            } else if (expr.op == Op::record_measure) {
                add(Part::measure, name_of(model_.record_measures[expr.index]), by);
            } else if (expr.op == Op::look_up) {
                add(Part::table, model_.tables[expr.index].name, by);
            } else if (expr.op == Op::field) {
                add(Part::field, field_of(records[expr.a], expr.index), by);
            } else if (expr.op == Op::through) {
                const Type item = model_.exprs[expr.a].type;
                add(Part::field, field_of(model_.references[item.index].record, expr.index), by);
            } else if (expr.op == Op::path) {
                for (const Path& path : model_.paths[expr.index].paths) {
                    add(Part::path, path.id, by);
                }
            }
        };
        walk(model_, root, note, record);
    }
    void add(Part part, const std::string& id, const PartName& by) {
        readers_.insert({PartName{part, id}, by});
    }

    const Model& model_;
    std::multimap<PartName, PartName> readers_;
    std::vector<Difference::Reached> ends_;
};

} // namespace

std::vector<Facet> facets_of(const Model& model) { return Taker(model).run(); }

std::vector<Difference::Reached> reached_from(const Model& model, Difference::Part part,
                                              const std::string& id) {
    if (part == Part::row) {
        return reached_from(model, Part::table, id.substr(0, id.find(':')));
    }
    return FacetReaders(model).of({part, id});
}

} // namespace rung
