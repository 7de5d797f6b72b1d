#include "interpreter/asking.hpp"
#include "interpreter/figures.hpp"
#include "interpreter/number.hpp"
#include "interpreter/recorded.hpp"
#include "interpreter/references.hpp"
#include "interpreter/setting.hpp"
#include "interpreter/types.hpp"

#include <rung/ask.hpp>

#include <algorithm>
#include <bit>
#include <deque>
#include <map>

namespace rung {

namespace {

/// What trying may cost, in steps of evaluations; a recording tells how many one has. It keeps an answer about a
/// partner with much missing within some tens of milliseconds, and depends on nothing but rules and facts.
constexpr std::size_t max_steps = 1'000'000;
constexpr std::size_t least_evaluations = 64; // whatever they cost

using Texts = std::vector<std::string>;

bool holds(const Texts& pointers, const std::string& pointer) {
    return std::find(pointers.begin(), pointers.end(), pointer) != pointers.end();
}

void add_new(Texts& to, const Texts& from) {
    for (const std::string& pointer : from) {
        if (!holds(to, pointer)) {
            to.push_back(pointer);
        }
    }
}

// ---- where a fact stands -----------------------------------------------------------------------

/// A fact, or a field of a record, that is missing.
struct FactSlot {
    Index table = none; // none: a fact of the partner
    Index row = none;
    Index field = none;
    const Field* declared = nullptr;
};

/// The slots of all values that are not certain, by their pointers.
std::map<std::string, FactSlot> slots_of(const Model& model, const FactSheet& facts) {
    std::map<std::string, FactSlot> slots;
    for (Index i = 0; i < model.facts.size(); ++i) {
        if (!facts.facts[i].certain()) {
            slots.emplace(model.facts[i].pointer, FactSlot{none, none, i, &model.facts[i]});
        }
    }
    for (Index table = 0; table < facts.tables.size(); ++table) {
        const std::vector<Field>& fields = model.records[table].fields;
        for (Index row = 0; row < facts.tables[table].origins.size(); ++row) {
            for (Index field = 0; field < fields.size(); ++field) {
                if (!facts.cell(model, table, row, field).certain()) {
                    slots.emplace(facts.pointer_of_cell(model, table, row, field),
                                  FactSlot{table, row, field, &fields[field]});
                }
            }
        }
    }
    return slots;
}

// ---- which values matter -----------------------------------------------------------------------

/// What the conditions ask that a fact leaves open.
struct AskedBy {
    std::vector<Figure> required;
    std::vector<Figure> actual; // beside each, what there is
    std::vector<Days> windows;
};

void collect(const std::vector<Condition>& conditions, const std::string& pointer, AskedBy& asked) {
    for (const Condition& condition : conditions) {
        if (!holds(condition.missing, pointer)) {
            continue;
        }
        asked.required.push_back(condition.required);
        asked.actual.push_back(condition.actual);
        if (condition.window) {
            asked.windows.push_back(*condition.window);
        }
        collect(condition.alternatives, pointer, asked);
        collect(condition.parts, pointer, asked);
        for (const RecordNote& record : condition.unclear) {
            collect(record.fails, pointer, asked);
        }
    }
}

AskedBy asked_of(const Outcome& outcome, const std::string& pointer) {
    AskedBy asked;
    for (const LadderOutcome& ladder : outcome.ladders) {
        for (const PathOutcome& path : ladder.paths) {
            collect(path.because, pointer, asked);
        }
    }
    for (const RequirementOutcome& row : outcome.requirements) {
        collect(row.because, pointer, asked);
        collect(row.conditions, pointer, asked);
    }
    for (const BenefitOutcome& benefit : outcome.benefits) {
        collect(benefit.because, pointer, asked);
    }
    return asked;
}

/// The values of a missing fact that are tried.
class Trials {
public:
    /// Texts that values need go into `texts`.
    Trials(const Recorded& recorded, const Field& field, const Value& known, AskedBy asked,
           std::deque<std::string>& texts)
        : model_(recorded.model),
          facts_(recorded.facts),
          setting_(recorded.setting),
          field_(field),
          known_(known),
          asked_(std::move(asked)),
          texts_(texts) {}

    std::vector<Value> run() {
        switch (field_.type.kind) {
        case TypeKind::yes_no:
            add(Value::of(Truth::yes));
            add(Value::of(Truth::no));
            break;
        case TypeKind::choice:
        case TypeKind::tier:
            each_member([&](std::uint64_t bit) { add(Value::of(Mask{bit, bit})); });
            break;
        case TypeKind::choices:
            add(Value::of(Mask{0, 0}));
            each_member([&](std::uint64_t bit) { add(Value::of(Mask{bit, bit})); });
            add(Value::of(Mask{known_.mask.maybe, known_.mask.maybe}));
            break;
        case TypeKind::whole:
        case TypeKind::decimal:
        case TypeKind::percent:
        case TypeKind::money:
        case TypeKind::days:
        case TypeKind::months:
            figures();
            break;
        case TypeKind::date:
        case TypeKind::month:
            days();
            break;
        case TypeKind::text:
            texts();
            break;
        case TypeKind::item:
            records();
            break;
        case TypeKind::list:
            whole_list();
            break;
        case TypeKind::window:
        case TypeKind::error:
            break;
        }
        return std::move(values_);
    }

private:
    /// That no rules and no facts hold.
    static constexpr std::string_view another = "\x1F";

    void add(const Value& value) { values_.push_back(value); }

    template <typename Each>
    void each_member(Each&& each) {
        for (std::uint64_t left = known_.mask.maybe; left != 0; left &= left - 1) {
            each(left & (~left + 1));
        }
    }

    // ---- figures

    void figures() {
        std::vector<Number> numbers{field_.at_least.value_or(Number())};
        if (field_.at_most) {
            numbers.push_back(*field_.at_most);
        }
        for (std::size_t i = 0; i < asked_.required.size(); ++i) {
            const std::optional<Number> wanted = number(asked_.required[i], false);
            if (!wanted) {
                continue;
            }
            with_step_less(numbers, *wanted);
            if (const std::optional<Number> there = number(asked_.actual[i], true)) {
                if (const Checked lacking = sub(*wanted, *there)) {
                    with_step_less(numbers, lacking.value);
                }
            }
        }
        std::erase_if(numbers, [&](const Number& number) {
            return (field_.at_least && number < *field_.at_least) ||
                   (field_.at_most && number > *field_.at_most);
        });
        std::sort(numbers.begin(), numbers.end(),
                  [](const Number& a, const Number& b) { return a < b; });
        numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
        for (const Number& number : numbers) {
            add(Value::of(number));
        }
    }

    /// A figure, or what a range has at least.
    [[nodiscard]] static std::optional<Number> number(const Figure& figure, bool least) {
        const bool known = figure.state == Figure::State::known && figure.members.empty();
        const std::string& text = known ? figure.value : figure.from;
        if (!known && (!least || figure.state != Figure::State::range)) {
            return std::nullopt;
        }
        const ParsedNumber parsed = Number::parse(text);
        if (!parsed || figure.type != "percent") {
            return parsed ? std::optional(parsed.value) : std::nullopt;
        }
        const Checked share = div(parsed.value, Number(100));
        return share ? std::optional(share.value) : std::nullopt;
    }

    void with_step_less(std::vector<Number>& numbers, const Number& number) const {
        numbers.push_back(number);
        const bool counts = field_.type.kind == TypeKind::whole ||
                            field_.type.kind == TypeKind::days ||
                            field_.type.kind == TypeKind::months;
        const Checked step = counts ? Checked{Number(1)} : Number::from_ratio(1, 100);
        if (const Checked less = sub(number, step.value)) {
            numbers.push_back(less.value);
        }
    }

    // ---- days

    void days() {
        const bool by_month = field_.type.kind == TypeKind::month;
        std::vector<Date> days{by_month ? first_of_month(setting_.on) : setting_.on};
        for (const Days& window : asked_.windows) {
            with_neighbours(days, window.from);
            with_neighbours(days, window.through);
        }
        for (const Figure& required : asked_.required) {
            if (required.state == Figure::State::known && required.type == "window") {
                with_neighbours(days, required.from);
                with_neighbours(days, required.through);
            } else if (required.state == Figure::State::known) {
                with_neighbours(days, required.value);
            }
        }
        std::sort(days.begin(), days.end());
        days.erase(std::unique(days.begin(), days.end()), days.end());
        for (const Date day : days) {
            add(Value::of(day));
        }
        if (field_.or_never) {
            add(Value::of(DateRange{Date::max(), Date::max(), true, true}));
        }
    }

    /// The day, or the first day of the month, with the ones before and after.
    void with_neighbours(std::vector<Date>& days, const std::string& text) const {
        const bool by_month = field_.type.kind == TypeKind::month;
        const ParsedDate day = Date::parse(text);
        const ParsedDate parsed = day ? day : Date::parse_month(text);
        if (!parsed) {
            return;
        }
        for (const int away : {-1, 0, by_month ? 31 : 1}) {
            const Date near = Date::from_days_saturated(parsed.value.days_since_1970() + away);
            days.push_back(by_month ? first_of_month(near) : near);
        }
    }

    static Date first_of_month(Date day) {
        const std::chrono::year_month_day parts = day.to_year_month_day();
        return Date::from_days_saturated(day.days_since_1970() -
                                         static_cast<int>(unsigned(parts.day())) + 1);
    }

    // ---- what has no order

    void texts() {
        Texts wanted{std::string(another)};
        for (const Figure& required : asked_.required) {
            if (required.state == Figure::State::known && required.type == "text") {
                add_new(wanted,
                        required.members.empty() ? Texts{required.value} : required.members);
            }
        }
        for (const std::string& text : wanted) {
            add(Value::of(KnownText{texts_.emplace_back(text), true}));
        }
    }

    /// By key; where it leads is found when references are joined.
    void records() {
        const Reference& to = model_.references[field_.type.index];
        const Field& key = model_.records[to.record].fields[to.key];
        const ListRef& list = facts_.facts[to.fact].list;
        for (Index row = list.first; row < list.first + list.count; ++row) {
            const Value& value = facts_.cell(model_, to.record, row, to.key);
            if (value.certain()) {
                add(reference_to(key_text(model_, value, key.type)));
            }
        }
        add(reference_to(std::string(another)));
    }

    Value reference_to(std::string key) {
        ItemRef item;
        item.known = true;
        item.key = texts_.emplace_back(std::move(key));
        return Value::of(item);
    }

    void whole_list() {
        ListRef list = known_.list;
        list.may_hold_more = false;
        add(Value::of(list));
    }

    const Model& model_;
    const FactSheet& facts_;
    const Setting& setting_;
    const Field& field_;
    const Value& known_;
    AskedBy asked_;
    std::deque<std::string>& texts_;
    std::vector<Value> values_;
};

// ---- what is open ------------------------------------------------------------------------------

/// An open answer, and where the evaluator has it.
struct Open {
    OpenAnswer named;
    Index index = none; // of the ladder, requirement, benefit or value
    Index path = 0;
    Index tier = none;
};

bool is_open(const Open& open, const Model& model, const Verdicts& verdicts) {
    switch (open.named.about) {
    case OpenAnswer::About::tier:
        return verdicts.standings[open.index].tier == none;
    case OpenAnswer::About::target: {
        const Standing& standing = verdicts.standings[open.index];
        return standing.at_least < open.tier && standing.possible >> open.tier != 0;
    }
    case OpenAnswer::About::requirement:
        return verdicts.row(open.index, open.tier, open.path).verdict == Verdict::unknown;
    case OpenAnswer::About::benefit:
        return verdicts.benefits[open.index] == BenefitVerdict::unknown;
    case OpenAnswer::About::value: {
        const std::uint64_t possible = verdicts.standing(model.values[open.index].ladder).possible;
        for (Index tier = 0; tier < verdicts.tiers; ++tier) {
            const bool worth = (possible >> tier & 1U) != 0 &&
                               tier < model.values[open.index].figures.size() &&
                               model.values[open.index].figures[tier] != none;
            if (worth && !verdicts.values[open.index * verdicts.tiers + tier].certain()) {
                return true;
            }
        }
        return !std::has_single_bit(possible);
    }
    }
    return false;
}

class Asker {
public:
    Asker(const Recorded& recorded, const Outcome& outcome, const std::string& target)
        : recorded_(recorded),
          model_(recorded.model),
          outcome_(outcome),
          target_(target),
          evaluator_(recorded.model),
          tried_(recorded.facts.lent()) {}

    Questions run() {
        questions_.target = target_;
        if (target_.empty()) {
            open_everything();
        } else {
            open_towards_target();
        }
        if (!pointers_.empty()) {
            try_all();
        }
        for (const Open& open : open_) {
            questions_.open.push_back(open.named);
        }
        return std::move(questions_);
    }

private:
    struct Candidate {
        MissingFact fact;
        std::uint64_t settled = 0; // over all values …
        std::uint64_t values = 1; // … of so many
    };

    // ---- what is open, and what is missing to it

    void open_everything() {
        pointers_ = outcome_.decide_next;
        for (Index i = 0; i < model_.ladders.size(); ++i) {
            open_ladder(i);
        }
        for (Index i = 0; i < model_.benefits.size(); ++i) {
            open_benefit(i);
        }
        for (Index i = 0; i < model_.values.size(); ++i) {
            const rung::Worth& value = model_.values[i];
            OpenAnswer named{OpenAnswer::About::value, value.id, "", "", "", value.label};
            keep({std::move(named), i, 0, none});
        }
    }

    /// Its tier, and the requirements of the lowest tier that is open.
    void open_ladder(Index index) {
        const Standing& standing = recorded_.verdicts.standings[index];
        const Ladder& ladder = model_.ladders[index];
        OpenAnswer named{OpenAnswer::About::tier, ladder.id, "", "", "", ladder.label};
        keep({std::move(named), index, 0, none});
        const std::uint64_t above = standing.possible >> standing.at_least >> 1;
        if (standing.tier == none && above != 0) {
            const auto next = standing.at_least + 1 + static_cast<Index>(std::countr_zero(above));
            open_requirements(index, next);
        }
    }

    void open_requirements(Index ladder, Index tier) {
        for (Index path = 0; path < model_.ladders[ladder].path_count; ++path) {
            for (Index row = 0; row < model_.requirements.size();
                 row += model_.requirements[row].subtree) {
                if (model_.requirements[row].ladder == ladder) {
                    open_requirement(row, tier, path);
                }
            }
        }
    }

    void open_requirement(Index row, Index tier, Index path) {
        const Ladder& ladder = model_.ladders[model_.requirements[row].ladder];
        OpenAnswer named{OpenAnswer::About::requirement,
                         model_.requirements[row].id,
                         ladder.id,
                         ladder.paths == none ? "" : model_.paths[ladder.paths].paths[path].id,
                         ladder.tiers[tier].id,
                         model_.requirements[row].label};
        keep({std::move(named), row, path, tier});
    }

    void open_benefit(Index index) {
        const Benefit& benefit = model_.benefits[index];
        OpenAnswer named{OpenAnswer::About::benefit, benefit.id, "", "", "", benefit.label};
        keep({std::move(named), index, 0, none});
    }

    void keep(Open open) {
        if (is_open(open, model_, recorded_.verdicts)) {
            open_.push_back(std::move(open));
        }
    }

    void open_towards_target() {
        if (const std::optional<TierPlace> tier = find_tier(outcome_, target_)) {
            open_tier(static_cast<Index>(tier->ladder), static_cast<Index>(tier->tier));
            return;
        }
        for (Index i = 0; i < model_.benefits.size(); ++i) {
            if (model_.benefits[i].id == target_) {
                open_benefit(i);
                pointers_ = open_.empty() ? Texts() : outcome_.benefits[i].missing;
                if (!open_.empty() && model_.benefits[i].ladder != none) {
                    missing_to(model_.benefits[i].ladder,
                               outcome_.ladders[model_.benefits[i].ladder].tiers.size() - 1);
                }
            }
        }
    }

    void open_tier(Index index, Index tier) {
        const Ladder& ladder = model_.ladders[index];
        OpenAnswer named{OpenAnswer::About::target, ladder.id, ladder.id, "", ladder.tiers[tier].id,
                         ladder.tiers[tier].label};
        keep({std::move(named), index, 0, tier});
        if (open_.empty()) {
            return;
        }
        open_requirements(index, tier);
        missing_to(index, tier);
    }

    /// What is missing to the conditions of a ladder up to a tier.
    void missing_to(Index index, std::size_t tier) {
        const LadderOutcome& ladder = outcome_.ladders[index];
        const auto rank = [&](const std::string& id) {
            return std::find_if(ladder.tiers.begin(), ladder.tiers.end(),
                                [&](const TierName& name) { return name.id == id; }) -
                   ladder.tiers.begin();
        };
        for (const PathOutcome& path : ladder.paths) {
            for (const Condition& why : path.because) {
                add_new(pointers_, why.missing);
            }
        }
        for (const RequirementOutcome& row : outcome_.requirements) {
            if (row.ladder == ladder.id && row.parent.empty() &&
                row.verdict == RequirementVerdict::unknown &&
                rank(row.tier) <= static_cast<std::ptrdiff_t>(tier)) {
                add_new(pointers_, row.missing);
            }
        }
    }

    // ---- trying

    void try_all() {
        const std::map<std::string, FactSlot> slots = slots_of(model_, recorded_.facts);
        const std::size_t steps = std::max<std::size_t>(recorded_.recording.steps.size(), 1);
        left_ = std::max(least_evaluations, max_steps / steps);
        std::vector<Candidate> found;
        for (const std::string& pointer : pointers_) {
            Candidate worth;
            worth.fact.pointer = pointer;
            if (const auto slot = slots.find(pointer); slot != slots.end()) {
                describe(slot->second, worth.fact);
                try_values(slot->second, worth);
            }
            found.push_back(std::move(worth));
        }
        std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
            return a.settled * b.values > b.settled * a.values;
        });
        for (Candidate& worth : found) {
            questions_.facts.push_back(std::move(worth.fact));
        }
    }

    void describe(const FactSlot& slot, MissingFact& fact) const {
        const Field& field = *slot.declared;
        fact.label = field.label;
        fact.type = name_of(field.type.kind);
        fact.changer = static_cast<Changer>(field.changed_by);
        if (field.type.kind == TypeKind::choice || field.type.kind == TypeKind::choices) {
            for (const Choice& choice : model_.choice_sets[field.type.index].choices) {
                fact.choices.push_back(choice.name);
            }
        }
        if (slot.table != none) {
            fact.record = record_note(model_, recorded_.facts, slot.table, slot.row).label;
        }
    }

    void try_values(const FactSlot& slot, Candidate& worth) {
        Value& place =
            slot.table == none
                ? tried_.facts[slot.field]
                : tried_.tables[slot.table]
                      .cells[slot.row * model_.records[slot.table].fields.size() + slot.field];
        const Value known = place;
        const std::vector<Value> values =
            Trials(recorded_, *slot.declared, known, asked_of(outcome_, worth.fact.pointer), texts_)
                .run();
        if (values.size() > left_) {
            questions_.all_tried = false;
            return;
        }
        left_ -= values.size();
        std::vector<std::uint32_t> settled(open_.size());
        for (const Value& value : values) {
            place = value;
            static_cast<void>(join_references(model_, tried_));
            const Verdicts& verdicts = evaluator_.evaluate(tried_, recorded_.setting);
            ++questions_.evaluations;
            for (std::size_t i = 0; i < open_.size(); ++i) {
                settled[i] += is_open(open_[i], model_, verdicts) ? 0U : 1U;
            }
        }
        place = known;
        static_cast<void>(join_references(model_, tried_));
        // What a list would settle that holds something is not known, so it counts as nothing.
        const bool is_list = slot.declared->type.kind == TypeKind::list;
        worth.fact.tried = static_cast<std::uint32_t>(values.size());
        worth.values = std::max<std::size_t>(values.size() + (is_list ? 1 : 0), 1);
        for (std::size_t i = 0; i < open_.size(); ++i) {
            worth.settled += settled[i];
            if (settled[i] > 0) {
                worth.fact.settles.push_back({i, settled[i] == worth.values});
            }
        }
    }

    const Recorded& recorded_;
    const Model& model_;
    const Outcome& outcome_;
    const std::string& target_;
    Evaluator evaluator_;
    FactSheet tried_; // whose values are set, one at a time
    std::deque<std::string> texts_; // of those values
    Questions questions_;
    std::vector<Open> open_;
    Texts pointers_; // of what is missing, in the rules' order
    std::size_t left_ = 0; // evaluations
};

} // namespace

Questions questions_of(const Recorded& recorded, const Outcome& outcome,
                       const std::string& target) {
    return Asker(recorded, outcome, target).run();
}

void ask_in_order(const Recorded& recorded, Outcome& outcome) {
    if (outcome.decide_next.size() > 1) {
        const Questions questions = questions_of(recorded, outcome, "");
        outcome.decide_next.clear();
        for (const MissingFact& fact : questions.facts) {
            outcome.decide_next.push_back(fact.pointer);
        }
    }
}

Result<Questions> ask(const Program& program, const Facts& facts, const EvaluateOptions& options,
                      const std::string& target) {
    const Model& model = program.model();
    Verdicts verdicts(model);
    Recording recording;
    Result<Outcome> outcome = evaluate_recorded(program, facts, options, verdicts, recording);
    Result<Questions> result;
    result.diagnostics = outcome.diagnostics;
    if (!outcome) {
        return result;
    }
    if (!target.empty()) {
        if (const std::optional<Diagnostic> unknown = unknown_target(*outcome, target)) {
            result.diagnostics.add(*unknown);
            return result;
        }
    }
    Diagnostics said_already;
    const Setting setting = read_setting(program, model, facts, options, said_already);
    result.value =
        questions_of({model, facts.sheet(), setting, verdicts, recording}, *outcome, target);
    result.value->outcome = std::move(*outcome);
    return result;
}

} // namespace rung
