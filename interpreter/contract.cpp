// What the rules declare of facts, and what reads each of them.
#include "interpreter/figures.hpp"
#include "interpreter/model.hpp"
#include "interpreter/types.hpp"
#include "interpreter/walk.hpp"
#include "interpreter/words.hpp"

#include <rung/contract.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace rung {

namespace {

/// A fact (`record` is none then), or a field of a record.
using FieldPlace = std::pair<Index, Index>;

struct ReadBy {
    std::vector<std::string> requirements;
    std::vector<std::string> benefits;
    std::vector<std::string> others;
};

/// Walks every expression of the rules down to the facts it reads.
class ReaderFinder {
public:
    explicit ReaderFinder(const Model& model) : model_(model) {}

    std::map<FieldPlace, ReadBy> run() {
        for (const Requirement& row : model_.requirements) {
            begin(&ReadBy::requirements, row.id);
            read(row.asks);
            read(row.when);
            cells(row.cells);
        }
        for (const Benefit& row : model_.benefits) {
            begin(&ReadBy::benefits, row.id);
            for (const Index need : row.needs) {
                read(need);
            }
            cells(row.cells);
        }
        for (const Worth& row : model_.values) {
            begin(&ReadBy::others, "value " + row.id);
            for (const Index figure : row.figures) {
                read(figure);
            }
        }
        for (const Paths& paths : model_.paths) {
            for (const Path& path : paths.paths) {
                begin(&ReadBy::others, "path " + path.id);
                read(path.when);
            }
        }
        for (const Keeping& keeping : model_.keepings) {
            begin(&ReadBy::others, "standing " + keeping.id);
            read(keeping.when);
            read(keeping.through);
        }
        for (const Notice& notice : model_.notices) {
            begin(&ReadBy::others, "notice " + notice.id);
            read(notice.when);
        }
        return std::move(found_);
    }

private:
    void begin(std::vector<std::string> ReadBy::*part, std::string id) {
        part_ = part;
        id_ = std::move(id);
        measures_.clear();
        record_measures_.clear();
    }

    void cells(const std::vector<Cell>& cells) {
        for (const Cell& cell : cells) {
            read(cell.value);
            read(cell.condition);
        }
    }

    void note(FieldPlace slot) {
        std::vector<std::string>& ids = found_[slot].*part_;
        if (ids.empty() || ids.back() != id_) {
            ids.push_back(id_);
        }
    }

    /// `record` is in scope, in a measure of each record.
    void read(Index root, Index record = none) {
        walk(
            model_, root,
            [this](Index index, const std::vector<Index>& records) {
                const Expr& expr = model_.expr(index);
                if (expr.op == Op::fact) {
                    note({none, expr.index});
                } else if (expr.op == Op::field) {
                    note({records[expr.a], expr.index});
                } else if (expr.op == Op::measure && measures_.insert(expr.index).second) {
                    read(model_.measures[expr.index].expr);
                } else if (expr.op == Op::record_measure &&
                           record_measures_.insert(expr.index).second) {
                    const Measure& measure = model_.record_measures[expr.index];
                    read(measure.expr, measure.record);
                }
            },
            record);
    }

    const Model& model_;
    std::set<Index> measures_; // read already, for what is looked at
    std::set<Index> record_measures_;
    std::vector<std::string> ReadBy::*part_ = nullptr;
    std::string id_;
    std::map<FieldPlace, ReadBy> found_;
};

class NeedsMaker {
public:
    explicit NeedsMaker(const Model& model) : model_(model), readers_(ReaderFinder(model).run()) {}

    std::vector<FactNeed> run() { return needs(model_.facts, none); }

private:
    std::vector<FactNeed> needs(const std::vector<Field>& fields, Index record) {
        std::vector<FactNeed> made;
        for (Index i = 0; i < fields.size(); ++i) {
            made.push_back(need(fields[i]));
            made.back().names_record = record != none && model_.records[record].named_by == i;
            if (const auto readers = readers_.find({record, i}); readers != readers_.end()) {
                made.back().requirements = readers->second.requirements;
                made.back().benefits = readers->second.benefits;
                made.back().others = readers->second.others;
            }
        }
        return made;
    }

    FactNeed need(const Field& field) {
        FactNeed made;
        made.name = field.name;
        made.label = field.label;
        made.pointer = field.pointer;
        made.kind = name_of(field.type.kind);
        made.share = field.share;
        made.or_never = field.or_never;
        made.never = field.never;
        made.key = field.key;
        made.internal = field.internal;
        made.changer = static_cast<Changer>(field.changed_by);
        if (field.type.kind == TypeKind::money) {
            made.currency = model_.currencies[field.type.index];
        }
        if (field.type.kind == TypeKind::choice || field.type.kind == TypeKind::choices) {
            const ChoiceSet& set = model_.choice_sets[field.type.index];
            made.or_other = set.or_other;
            for (const Choice& choice : set.choices) {
                made.choices.push_back({choice.name, choice.json});
            }
        }
        if (field.type.kind == TypeKind::list) {
            const RecordType& record = model_.records[field.type.index];
            made.record = record.name;
            made.plain_values = record.plain;
            made.fields = needs(record.fields, field.type.index);
        }
        if (field.at_least) {
            made.at_least = figure_of(model_, Value::of(*field.at_least), field.type);
        }
        if (field.at_most) {
            made.at_most = figure_of(model_, Value::of(*field.at_most), field.type);
        }
        if (field.default_literal != none) {
            made.default_value =
                figure_of(model_, model_.literals[field.default_literal], field.type);
        }
        made.type = type_in_words(field, made);
        return made;
    }

    [[nodiscard]] std::string type_in_words(const Field& field, const FactNeed& need) const {
        const Wording& english = Wording::of(Language::en);
        std::string words = in_words(model_, field.type);
        words = words.starts_with("a ") ? words.substr(2) : words;
        if (!need.choices.empty()) {
            words = need.kind == "choices" ? "any of " : "one of ";
            for (const FactNeed::Choice& choice : need.choices) {
                words += (&choice == need.choices.data() ? "" : ", ") + choice.json;
            }
            words += need.or_other ? ", or other" : "";
        }
        words += need.share ? " as a share (0.7 is 70%)" : "";
        words += need.or_never ? " or `" + need.never + "`" : "";
        if (need.at_least.state == Figure::State::known) {
            words += ", at least " + in_words(english, need.at_least);
        }
        if (need.at_most.state == Figure::State::known) {
            words += ", at most " + in_words(english, need.at_most);
        }
        return words;
    }

    const Model& model_;
    std::map<FieldPlace, ReadBy> readers_;
};

} // namespace

std::vector<FactNeed> facts_needed(const Program& program) {
    return NeedsMaker(program.model()).run();
}

} // namespace rung
