#include "interpreter/guide_changes.hpp"
#include "interpreter/phrases.hpp"
#include "interpreter/present.hpp"
#include "interpreter/words.hpp"

#include <rung/guide.hpp>

#include <algorithm>

namespace rung {

namespace {

class GuideMaker {
public:
    GuideMaker(const Program& program, Language language)
        : program_(program),
          model_(program.model()),
          words_(Wording::of(language)),
          phrases_(model_, words_) {}

    Guide run() {
        Guide guide;
        guide.language = words_.language();
        guide.version = {program_.id(),
                         program_.label(),
                         program_.version(),
                         program_.file(),
                         program_.sha256(),
                         program_.effective_from(),
                         program_.effective_through(),
                         program_.withdrawn()};
        guide.source = model_.guide;
        guide.withdrawn = model_.withdrawn;
        for (Index i = 0; i < model_.ladders.size(); ++i) {
            const Ladder& ladder = model_.ladders[i];
            guide.ladders.push_back(
                {ladder.id, ladder.label, names(i), ladder.climb == Climb::one_by_one});
        }
        guide.requirements = requirements();
        guide.benefits = tables(model_.benefits, [&](const Benefit& row) { return benefit(row); });
        guide.values = tables(model_.values, [&](const Worth& row) { return value(row); });
        for (const Paths& of : model_.paths) {
            for (const Path& path : of.paths) {
                guide.paths.push_back(this->path(of, path));
            }
        }
        fill(guide.reviews, model_.reviews,
             [&](const Review& review) { return this->review(review); });
        fill(guide.standing, model_.keepings, [&](const Keeping& rule) { return standing(rule); });
        fill(guide.notices, model_.notices,
             [&](const Notice& notice) { return this->notice(notice); });
        const auto measure = [&](const Measure& of) { return this->measure(of); };
        fill(guide.measures, model_.record_measures, measure);
        fill(guide.measures, model_.measures, measure);
        for (const LookUpTable& table : model_.tables) {
            guide.tables.push_back(look_up(table));
        }
        return guide;
    }

private:
    template <typename Parts, typename Tell>
    static void fill(std::vector<GuideTerm>& terms, const Parts& parts, Tell tell) {
        for (const auto& part : parts) {
            terms.push_back(tell(part));
        }
    }

    [[nodiscard]] std::vector<TierName> names(Index ladder) const {
        std::vector<TierName> names;
        for (const Tier& tier : model_.tiers(ladder)) {
            names.push_back({tier.id, tier.label});
        }
        return names;
    }
    [[nodiscard]] std::size_t line(Span at) const { return place_of(model_.source, at).line; }
    /// Where there are several; of one, its table is the only one.
    [[nodiscard]] std::string ladder_label(Index ladder) const {
        return ladder == none || model_.ladders.size() < 2 ? std::string()
                                                           : model_.ladders[ladder].label;
    }

    // ---- tables with a column for each tier

    [[nodiscard]] GuideTable table_of(Index ladder) const {
        GuideTable table;
        if (ladder != none) {
            table.ladder = model_.ladders[ladder].id;
            table.label = ladder_label(ladder);
            table.tiers = names(ladder);
        }
        return table;
    }

    /// The rows of each ladder, those without one first. A floor at which no row says anything has no column.
    template <typename Rows, typename Tell>
    [[nodiscard]] std::vector<GuideTable> tables(const Rows& rows, Tell tell) const {
        std::vector<GuideTable> tables;
        const auto add = [&](Index ladder) {
            GuideTable table = table_of(ladder);
            for (const auto& row : rows) {
                if (row.ladder == ladder) {
                    table.rows.push_back(tell(row));
                }
            }
            if (!table.rows.empty()) {
                leave_out_floor(table);
                tables.push_back(std::move(table));
            }
        };
        add(none);
        for (Index ladder = 0; ladder < model_.ladders.size(); ++ladder) {
            add(ladder);
        }
        return tables;
    }

    static void leave_out_floor(GuideTable& table) {
        const bool is_silent =
            std::none_of(table.rows.begin(), table.rows.end(), [](const GuideRow& row) {
                return !row.cells.empty() && row.cells.front().given;
            });
        if (table.tiers.empty() || !is_silent) {
            return;
        }
        table.tiers.erase(table.tiers.begin());
        for (GuideRow& row : table.rows) {
            if (!row.cells.empty()) {
                row.cells.erase(row.cells.begin());
            }
        }
    }

    [[nodiscard]] std::vector<GuideTable> requirements() const {
        return tables(model_.requirements,
                      [&](const Requirement& row) { return requirement(row); });
    }

    /// What every row has, whatever it is of.
    template <typename Part>
    [[nodiscard]] GuideRow row_of(const Part& of) const {
        GuideRow row;
        row.id = of.id;
        row.label = of.label;
        row.cite = of.cite;
        row.reading = of.reading;
        row.line = line(of.at);
        return row;
    }
    [[nodiscard]] std::vector<GuideCell> cells(const std::vector<Cell>& of) const {
        std::vector<GuideCell> cells;
        for (const Cell& one : of) {
            cells.push_back({one.asked, phrases_.of(one.value), phrases_.of(one.condition)});
        }
        return cells;
    }

    [[nodiscard]] GuideRow requirement(const Requirement& of) const {
        GuideRow row = row_of(of);
        for (Index parent = of.parent; parent != none;
             parent = model_.requirements[parent].parent) {
            ++row.depth;
        }
        row.form = of.form == RowForm::any_one_of    ? GuideRow::Form::any_one_of
                   : of.form == RowForm::all_of      ? GuideRow::Form::all_of
                   : of.form == RowForm::at_least_of ? GuideRow::Form::at_least_of
                                                     : GuideRow::Form::plain;
        row.needed = of.needed;
        row.asks = phrases_.of(of.asks);
        row.when = phrases_.of(of.when);
        row.cells = cells(of.cells);
        row.advice = of.advice;
        row.waivable = of.waivable;
        return row;
    }

    [[nodiscard]] GuideRow benefit(const Benefit& of) const {
        GuideRow row = row_of(of);
        for (const Index need : of.needs) {
            row.needs.push_back(phrases_.of(need));
        }
        row.cells = cells(of.cells);
        return row;
    }

    [[nodiscard]] GuideRow value(const Worth& of) const {
        GuideRow row = row_of(of);
        for (const Index figure : of.figures) {
            row.cells.push_back({figure != none, phrases_.of(figure), {}});
        }
        return row;
    }

    // ---- what is told in sentences

    [[nodiscard]] GuideTerm path(const Paths& paths, const Path& of) const {
        std::string open = of.otherwise ? words_.say(Say::guide_path_otherwise)
                           : of.when == none
                               ? words_.say(Say::guide_path_always)
                               : words_.say(Say::guide_path_open, phrases_.of(of.when));
        return {of.id, of.label,   ladder_label(paths.ladder), {}, {std::move(open)},
                {},    line(of.at)};
    }

    [[nodiscard]] GuideTerm review(const Review& of) const {
        GuideTerm term{of.id, of.label, {}, {}, {}, {}, line(of.at)};
        if (of.window != none) {
            term.says.push_back(words_.say(Say::guide_looks_at, phrases_.of(of.window)));
        }
        term.says.push_back(of.can_raise && of.can_lower ? words_.say(Say::guide_can_raise_lower)
                            : of.can_raise               ? words_.say(Say::guide_can_raise)
                            : of.can_lower               ? words_.say(Say::guide_can_lower)
                                                         : words_.say(Say::guide_changes_nothing));
        if (of.by_program) {
            term.says.push_back(words_.say(Say::guide_by_program));
        }
        if (of.grace) {
            term.says.push_back(words_.say(Say::guide_grace, length(*of.grace)));
        }
        return term;
    }

    [[nodiscard]] std::string length(Duration of) const {
        const auto count = [&](std::int32_t many) {
            return words_.in_digits(static_cast<std::uint64_t>(std::max(many, 0)));
        };
        return of.months != 0 ? words_.counted(Say::months, count(of.months))
                              : words_.counted(Say::days, count(of.days));
    }

    [[nodiscard]] GuideTerm standing(const Keeping& of) const {
        const bool below = of.keeps == Keeping::Keeps::one_below;
        GuideTerm term{of.id, of.label, ladder_label(of.ladder), {}, {}, of.cite, line(of.at)};
        const std::string when = phrases_.of(of.when);
        term.says.push_back(when.empty() ? below ? words_.say(Say::guide_kept_below_always)
                                                 : words_.say(Say::guide_kept_always)
                            : below ? words_.say(Say::guide_kept_below, when)
                                         : words_.say(Say::guide_kept, when));
        if (of.through != none) {
            term.says.push_back(words_.say(Say::guide_kept_through, phrases_.of(of.through)));
        }
        return term;
    }

    [[nodiscard]] GuideTerm notice(const Notice& of) const {
        return {
            of.id, of.label,   {}, {}, {words_.say(Say::guide_notice_when, phrases_.of(of.when))},
            {},    line(of.at)};
    }

    [[nodiscard]] GuideTerm measure(const Measure& of) const {
        const std::string record =
            of.record == none ? std::string() : model_.records[of.record].label;
        return {of.name, of.label,   {}, record, {Phrases(model_, words_, of.record).of(of.expr)},
                {},      line(of.at)};
    }

    // ---- look-up tables

    [[nodiscard]] GuideLookUp look_up(const LookUpTable& of) const {
        GuideLookUp table{of.name, of.label.empty() ? of.name : of.label, {}, {}, line(of.at)};
        for (const KeyColumn& key : of.keys) {
            const std::string name = label_of(key.name);
            table.columns.push_back(key.match == KeyMatch::from ? words_.say(Say::guide_from, name)
                                    : key.match == KeyMatch::up_to
                                        ? words_.say(Say::guide_up_to, name)
                                        : name);
        }
        for (const ValueColumn& column : of.values) {
            table.columns.push_back(column.name);
        }
        std::vector<const LookUpRow*> rows;
        for (const LookUpRow& row : of.rows) {
            rows.push_back(&row);
        }
        // As they are written: they are held in the order in which they are tried.
        std::stable_sort(rows.begin(), rows.end(), [](const LookUpRow* a, const LookUpRow* b) {
            return a->at.begin < b->at.begin;
        });
        for (const LookUpRow* row : rows) {
            table.rows.push_back(cells(of, *row, false));
        }
        if (of.otherwise) {
            table.rows.push_back(cells(of, *of.otherwise, true));
        }
        return table;
    }

    /// What a key is about is a fact, a measure or a field of that name.
    [[nodiscard]] std::string label_of(const std::string& name) const {
        std::string label = name;
        const auto look_in = [&](const auto& parts) {
            for (const auto& part : parts) {
                if (part.name == name && !part.label.empty()) {
                    label = part.label;
                }
            }
        };
        for (const RecordType& record : model_.records) {
            look_in(record.fields);
        }
        look_in(model_.record_measures);
        look_in(model_.measures);
        look_in(model_.facts);
        return label;
    }

    [[nodiscard]] std::vector<std::string> cells(const LookUpTable& table, const LookUpRow& row,
                                                 bool otherwise) const {
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < table.keys.size(); ++i) {
            const bool any = i >= row.keys.size() || row.keys[i].empty();
            cells.push_back(otherwise ? i == 0 ? words_.say(Say::guide_otherwise) : std::string()
                            : any ? words_.say(Say::guide_any)
                                      : key(row.keys[i], table.keys[i].type));
        }
        for (std::size_t i = 0; i < table.values.size(); ++i) {
            const std::optional<Value>& value = row.values[i];
            std::string text =
                value ? phrases_.of(*value, table.values[i].type) : words_.say(Say::no_items);
            if (row.further && i < row.further->values.size() && row.further->values[i]) {
                text = words_.say(Say::guide_further, text,
                                  phrases_.of(*row.further->values[i], table.values[i].type),
                                  phrases_.of(row.further->unit, bound_type(table)));
            }
            cells.push_back(std::move(text));
        }
        return cells;
    }

    /// Of the key whose bounds go on.
    static Type bound_type(const LookUpTable& table) {
        const auto bound =
            std::find_if(table.keys.begin(), table.keys.end(),
                         [](const KeyColumn& key) { return key.match != KeyMatch::equal; });
        return bound == table.keys.end() ? Type{} : bound->type;
    }

    /// One of several values; choices and tiers are held as one mask.
    [[nodiscard]] std::string key(const std::vector<Value>& values, Type type) const {
        std::vector<std::string> texts;
        for (const Value& value : values) {
            if (value.form != Value::Form::mask) {
                texts.push_back(phrases_.of(value, type));
                continue;
            }
            for (std::size_t bit = 0; bit < 64; ++bit) {
                const std::uint64_t one = std::uint64_t{1} << bit;
                if ((value.mask.maybe & one) != 0) {
                    texts.push_back(phrases_.of(Value::of(Mask{one, one}), type));
                }
            }
        }
        return words_.list(texts, Joint::alternative);
    }

    const Program& program_;
    const Model& model_;
    const Wording& words_;
    Phrases phrases_;
};

} // namespace

Guide guide(const Program& program, const GuideOptions& options) {
    const Program told = program.in(options.language);
    Guide made = GuideMaker(told, options.language).run();
    if (options.since != nullptr) {
        const Program before = options.since->in(options.language);
        made.changes = diff(before, told);
        put_in_words(*made.changes, GuideMaker(before, options.language).run(), made);
    }
    return made;
}

} // namespace rung
