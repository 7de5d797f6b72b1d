// Reads facts: follows the events of the JSON text through the form, and fills the sheet.
#include "interpreter/fact_sheet.hpp"
#include "interpreter/fact_value.hpp"
#include "interpreter/json_text.hpp"
#include "interpreter/references.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace rung {

namespace {

constexpr std::string_view facts_key = "facts";

bool holds_several(TypeKind kind) { return kind == TypeKind::list || kind == TypeKind::choices; }

/// Looks for a key `facts` in the outermost object, which makes it an envelope.
class EnvelopeSearch final : public JsonEvents {
public:
    bool found = false;

    bool key(std::string_view key, Span) override {
        found = depth_ == 1 && key == facts_key;
        return !found;
    }
    bool value(const JsonToken& token) override {
        depth_ += token.opens() ? 1 : 0;
        return true;
    }
    bool close() override {
        --depth_;
        return true;
    }

private:
    int depth_ = 0;
};

/// What a text says about the evaluation.
struct Said {
    std::string text;
    Span where;
    std::string pointer;
};

/// A key that the rules do not declare, in one kind of object.
struct Undeclared {
    Span first;
    std::string pointer;
    Index record = none;
    Index count = 1; // of the objects that have it
    Span last;
    Index last_object = none;
};

/// An object or a list that is open.
struct OpenPart {
    enum class Kind : std::uint8_t {
        facts, // an object of facts, or of fields of a record
        inputs, // the envelope, `held`
        records, // a list of records
        values, // a list of plain values
        members, // a list of choices
        pointers, // `incomplete`
        waivers,
        waiver, // an object
    };

    Kind kind = Kind::facts;
    Span opened;
    std::size_t path_size = 0; // of the path that leads here
    Index place = none; // the object, or the key of the list
    Index table = none; // whose fields these are; none: the partner's
    Index row = none;
    std::size_t first_seen = 0; // an object: its keys, in `seen_`
    Index object = 0; // an object: a number of its own
    Index next = 0; // a list: how many values have begun
    Index first_row = 0;
    std::uint64_t members = 0;
};

bool is_object(OpenPart::Kind kind) {
    return kind == OpenPart::Kind::facts || kind == OpenPart::Kind::inputs ||
           kind == OpenPart::Kind::waiver;
}

class FactReading final : public JsonEvents {
public:
    FactReading(const Model& model, const FactForm& form, const Source& json, bool strict)
        : model_(model),
          form_(form),
          json_(json),
          strict_(strict),
          envelope_(is_envelope(form, json)),
          values_(model, json.text(), sheet_.texts) {}

    /// Called once.
    FactSheet read(Faults& faults);

    bool key(std::string_view key, Span where) override;
    bool value(const JsonToken& token) override;
    bool close() override;

private:
    void lay_out();
    [[nodiscard]] Value blank(const Field& field) const;
    [[nodiscard]] const std::vector<Field>& fields(Index table) const;
    [[nodiscard]] Value& slot(Index table, Index row, Index field);

    // Each answers whether it opened a frame for the token.
    bool take(const JsonToken& token);
    bool take_outermost(const JsonToken& token);
    bool take_at_key(const JsonToken& token);
    bool take_field(const OpenPart& object, Index place, const JsonToken& token);
    bool take_input(Index place, const JsonToken& token);
    bool take_record(OpenPart& list, const JsonToken& token);
    bool take_item(const OpenPart& list, const JsonToken& token);
    bool take_member(OpenPart& list, const JsonToken& token);
    bool take_pointer(const JsonToken& token);
    bool take_waiver(const JsonToken& token);
    void waive(Input input, const JsonToken& token);
    void settle_waiver(const OpenPart& waiver);
    bool open_object(OpenPart::Kind kind, Index place, Index table, Index row,
                     const JsonToken& token);
    [[nodiscard]] OpenPart::Kind list_kind(Type type) const;
    bool open_list(OpenPart::Kind kind, Index place, const JsonToken& token);
    Index add_row(const OpenPart& list);

    void close_list(const OpenPart& list);
    void say(Input input, const JsonToken& token, bool or_number);
    void say_day(Input input, const JsonToken& token);
    void hold_tier(Index ladder, const JsonToken& token);
    [[nodiscard]] std::optional<Index> tier(Index ladder, const JsonToken& token);
    void hold_day(std::optional<Date>& day, const JsonToken& token);
    void settle_held(const OpenPart& held);

    void finish();
    void join();
    void note_key(const OpenPart& object, Index field, Span where);
    [[nodiscard]] Span where_key(const Reference& to, Index row) const;
    [[nodiscard]] std::string pointer_of(const Reference& to, Index row) const;
    void warn_of_share(const Field& field, const Value& value, const JsonToken& token);
    void warn_of_percent(const Field& field, const Value& value, const JsonToken& token);
    void warn_of_choice(const Field& field, std::uint64_t chosen, const JsonToken& token);
    void open_end(const Said& pointer);
    struct Target;
    [[nodiscard]] Target resolve(std::string_view pointer);
    [[nodiscard]] Fault no_list(const Said& pointer, const Target& reached);
    const Said* agreed(Input beside, Input inside, std::string_view what);

    [[nodiscard]] std::vector<std::string_view> keys_in(Index place) const;
    [[nodiscard]] std::vector<std::string_view> tiers(Index ladder) const;
    [[nodiscard]] std::vector<std::string_view> waivable() const;
    void report(Fault fault);
    void leave_out(Span where);
    void report_here(Fault fault);
    void report_twice(std::string_view key, Span where, Span first);
    [[nodiscard]] Fault misfit_object(std::string_view label, Index place,
                                      const JsonToken& token) const;
    void meet_undeclared(const OpenPart& object, std::string_view key, Span where);
    [[nodiscard]] Fault unknown_input(const OpenPart& object, std::string_view key,
                                      Span where) const;
    [[nodiscard]] Fault unknown_fact(Index object, const std::string& key,
                                     const Undeclared& met) const;
    [[nodiscard]] std::string_view close_key(Index object, Index record,
                                             std::string_view key) const;
    void add_undeclared();

    const Model& model_;
    const FactForm& form_;
    const Source& json_;
    bool strict_;
    bool envelope_;
    FactSheet sheet_;
    FactValues values_;
    std::vector<std::vector<Value>> blank_rows_; // by record type

    std::vector<OpenPart> frames_;
    std::vector<Span> seen_; // the keys of the open objects; empty where not given
    std::string path_; // the JSON Pointer of what is being read
    std::size_t skipping_ = 0; // how deep inside a value that is not read
    Index key_place_ = none; // of the key whose value comes next
    std::string_view label_; // of that key
    Index objects_ = 0;

    /// Where the keys of a record type stand, by row; empty where one is not given.
    struct KeyColumn {
        Index record = none;
        Index field = none;
        std::vector<Span> where;
    };
    std::vector<KeyColumn> key_columns_;

    std::map<Input, Said> said_;
    std::vector<Said> incomplete_;
    std::vector<HeldTier> held_; // by ladder
    std::vector<bool> tier_said_;
    Waiver waiver_; // the one that is being read
    std::optional<JsonToken> waiver_tier_;
    std::string waiver_tier_text_;
    bool requirement_said_ = false;

    Faults errors_; // at most max_faults …
    std::size_t left_out_ = 0; // … and how many there are beyond
    Span first_left_out_;
    Faults warnings_;
    std::map<std::pair<Index, std::string>, Undeclared> undeclared_; // by object and key
    std::set<std::pair<Index, std::string>> uncounted_; // those beyond the limit
};

// ---- slots --------------------------------------------------------------------------------------

Value FactReading::blank(const Field& field) const {
    return field.default_literal == none ? FactSheet::unknown(model_, field)
                                         : model_.literals[field.default_literal];
}

void FactReading::lay_out() {
    for (const Field& field : model_.facts) {
        sheet_.facts.push_back(blank(field));
    }
    for (const RecordType& record : model_.records) {
        std::vector<Value>& row = blank_rows_.emplace_back();
        for (const Field& field : record.fields) {
            row.push_back(blank(field));
        }
    }
    sheet_.tables.resize(model_.records.size());
    sheet_.held.resize(model_.ladders.size());
    held_.resize(model_.ladders.size());
    tier_said_.resize(model_.ladders.size());
    for (const Reference& to : model_.references) {
        key_columns_.push_back({to.record, to.key, {}});
    }
}

const std::vector<Field>& FactReading::fields(Index table) const {
    return table == none ? model_.facts : model_.records[table].fields;
}

Value& FactReading::slot(Index table, Index row, Index field) {
    return table == none ? sheet_.facts[field]
                         : sheet_.tables[table].cells[row * fields(table).size() + field];
}

/// No record type holds itself, so until a list ends no other list adds to its table: its rows
/// stand together, even where records hold lists of others.
Index FactReading::add_row(const OpenPart& list) {
    const Index field = form_[list.place].field;
    const Index type = fields(list.table)[field].type.index;
    FactTable& table = sheet_.tables[type];
    table.cells.insert(table.cells.end(), blank_rows_[type].begin(), blank_rows_[type].end());
    const bool of_partner = list.table == none;
    table.origins.push_back({of_partner ? field : none, of_partner ? none : field, list.table,
                             list.row, list.next - 1});
    return static_cast<Index>(table.origins.size() - 1);
}

// ---- events -------------------------------------------------------------------------------------

bool FactReading::key(std::string_view key, Span where) {
    if (skipping_ > 0) {
        return true;
    }
    const OpenPart& object = frames_.back();
    path_.resize(object.path_size);
    add_step(path_, key);
    key_place_ = form_.find(object.place, key);
    if (key_place_ == none) {
        meet_undeclared(object, key, where);
        return true;
    }
    Span& seen = seen_[object.first_seen + (key_place_ - form_[object.place].first)];
    if (!seen.empty()) {
        report_twice(key, where, seen);
        key_place_ = none;
        return true;
    }
    seen = where;
    return true;
}

bool FactReading::value(const JsonToken& token) {
    if (skipping_ > 0) {
        skipping_ += token.opens() ? 1U : 0U;
        return true;
    }
    if (!take(token) && token.opens()) {
        skipping_ = 1;
    }
    return !frames_.empty(); // only the outermost value opens none: it is no object
}

bool FactReading::close() {
    if (skipping_ > 0) {
        --skipping_;
        return true;
    }
    const OpenPart frame = frames_.back();
    frames_.pop_back();
    path_.resize(frame.path_size);
    if (is_object(frame.kind)) {
        seen_.resize(frame.first_seen);
        if (form_[frame.place].input == Input::held) {
            settle_held(frame);
        } else if (frame.kind == OpenPart::Kind::waiver) {
            settle_waiver(frame);
        }
    } else {
        close_list(frame);
    }
    return true;
}

// ---- values -------------------------------------------------------------------------------------

bool FactReading::take(const JsonToken& token) {
    if (frames_.empty()) {
        return take_outermost(token);
    }
    OpenPart& inside = frames_.back();
    if (is_object(inside.kind)) {
        return take_at_key(token);
    }
    path_.resize(inside.path_size);
    path_ += '/' + std::to_string(inside.next++);
    if (token.kind == JsonToken::Kind::null) {
        report_here({Code::null_in_list, token.where, {}, {}, {}});
        return false;
    }
    switch (inside.kind) {
    case OpenPart::Kind::records:
        return take_record(inside, token);
    case OpenPart::Kind::values:
        return take_item(inside, token);
    case OpenPart::Kind::members:
        return take_member(inside, token);
    case OpenPart::Kind::pointers:
        return take_pointer(token);
    case OpenPart::Kind::waivers:
        return take_waiver(token);
    case OpenPart::Kind::facts:
    case OpenPart::Kind::inputs:
    case OpenPart::Kind::waiver:
        break;
    }
    return false;
}

bool FactReading::take_outermost(const JsonToken& token) {
    if (token.kind == JsonToken::Kind::object) {
        return envelope_ ? open_object(OpenPart::Kind::inputs, form_.envelope(), none, none, token)
                         : open_object(OpenPart::Kind::facts, form_.partner(), none, none, token);
    }
    Fault fault{Code::facts_not_object, token.where, {}, {}, {}};
    fault.arguments.push_back({"found_type", std::string(in_words(token.kind))});
    report(std::move(fault));
    return false;
}

bool FactReading::take_at_key(const JsonToken& token) {
    if (key_place_ == none) {
        return false;
    }
    const Index place = std::exchange(key_place_, none);
    const FactForm::Place& here = form_[place];
    if (token.kind == JsonToken::Kind::null && here.input != Input::facts) {
        return false; // as if the key were not there
    }
    if (here.input != Input::nothing && take_input(place, token)) {
        return true;
    }
    const OpenPart object = frames_.back();
    if (here.field != none && (here.count == 0 || token.kind != JsonToken::Kind::object)) {
        return take_field(object, place, token);
    }
    if (here.count > 0 && here.input == Input::nothing) {
        if (token.kind == JsonToken::Kind::object) {
            return open_object(object.kind, place, object.table, object.row, token);
        }
        report_here(misfit_object(here.key, place, token));
    }
    return false;
}

bool FactReading::take_field(const OpenPart& object, Index place, const JsonToken& token) {
    const Index index = form_[place].field;
    const Field& field = fields(object.table)[index];
    if (token.kind == JsonToken::Kind::list && holds_several(field.type.kind)) {
        return open_list(list_kind(field.type), place, token);
    }
    auto read = values_.value(field, token);
    if (auto* fault = std::get_if<Fault>(&read)) {
        report_here(std::move(*fault));
        return false;
    }
    slot(object.table, object.row, index) = std::get<Value>(read);
    note_key(object, index, token.where);
    warn_of_share(field, std::get<Value>(read), token);
    warn_of_percent(field, std::get<Value>(read), token);
    if (field.type.kind == TypeKind::choice) {
        warn_of_choice(field, std::get<Value>(read).mask.maybe, token);
    }
    return false;
}

OpenPart::Kind FactReading::list_kind(Type type) const {
    return type.kind == TypeKind::choices     ? OpenPart::Kind::members
           : model_.records[type.index].plain ? OpenPart::Kind::values
                                              : OpenPart::Kind::records;
}

/// 70 for 70% is a slip that would count a hundredfold, where rules do not say that there can be so much.
void FactReading::warn_of_share(const Field& field, const Value& value, const JsonToken& token) {
    const Number one(1);
    if (!field.share || !(value.range.low > one) || (field.at_most && *field.at_most > one)) {
        return;
    }
    const Checked percent = mul(value.range.low, Number(100));
    const Checked share = div(value.range.low, Number(100));
    if (percent && share) {
        warnings_.push_back({Code::share_above_one,
                             token.where,
                             {{"found", value.range.low.to_string()},
                              {"percent", percent.value.to_string() + "%"},
                              {"label", field.label},
                              {"fix", share.value.to_string()}},
                             {},
                             path_});
    }
}

/// 0.08 for 8% would count for a hundredth. A part of a whole may be given as a share; of other percentages
/// one below 1% is nothing odd.
void FactReading::warn_of_percent(const Field& field, const Value& value, const JsonToken& token) {
    const bool part_of_whole = field.type.kind == TypeKind::percent && !field.share &&
                               field.at_most && *field.at_most == Number(1);
    const Checked meant = part_of_whole ? mul(value.range.low, Number(100)) : Checked{};
    if (!part_of_whole || value.range.low.sign() <= 0 || !meant || !(meant.value < Number(1))) {
        return;
    }
    const Checked fix = mul(meant.value, Number(100));
    warnings_.push_back({Code::percent_below_one,
                         token.where,
                         {{"found", meant.value.to_string()},
                          {"percent", meant.value.to_string() + "%"},
                          {"label", field.label},
                          {"fix", fix.value.to_string()}},
                         {},
                         path_});
}

/// A text that is none of the choices is another one where there may be others: a slip would not be told.
void FactReading::warn_of_choice(const Field& field, std::uint64_t chosen, const JsonToken& token) {
    const ChoiceSet& set = model_.choice_sets[field.type.index];
    if (!set.or_other || chosen != std::uint64_t{1} << set.choices.size()) {
        return;
    }
    const std::string_view close = choice_meant(set, token.text);
    if (close.empty()) {
        return;
    }
    Fault fault{strict_ ? Code::near_choice_strict : Code::near_choice,
                token.where,
                {{"found", shown(token.text)}, {"label", field.label}, {"close", shown(close)}},
                {},
                path_};
    if (strict_) {
        report(std::move(fault));
    } else {
        warnings_.push_back(std::move(fault));
    }
}

void FactReading::note_key(const OpenPart& object, Index field, Span where) {
    for (KeyColumn& column : key_columns_) {
        if (object.table != none && column.record == object.table && column.field == field) {
            column.where.resize(object.row + 1);
            column.where[object.row] = where;
        }
    }
}

bool FactReading::take_input(Index place, const JsonToken& token) {
    const FactForm::Place& here = form_[place];
    label_ = here.key;
    const bool is_object = token.kind == JsonToken::Kind::object;
    const bool is_list = token.kind == JsonToken::Kind::list;
    switch (here.input) {
    case Input::nothing:
        break;
    case Input::facts:
        if (is_object) {
            return open_object(OpenPart::Kind::facts, form_.partner(), none, none, token);
        }
        report_here(values_.misfit(label_, "an object that holds the facts", token));
        break;
    case Input::on:
    case Input::on_in_facts:
        say_day(here.input, token);
        break;
    case Input::review:
    case Input::review_in_facts:
        say(here.input, token, false);
        break;
    case Input::version:
    case Input::version_in_facts:
        say(here.input, token, true);
        break;
    case Input::held:
        if (!is_object) {
            report_here(misfit_object(label_, place, token));
        } else if (model_.ladders.empty()) {
            report_here({Code::held_without_ladder, token.where, {}, {}, {}});
        } else {
            return open_object(OpenPart::Kind::inputs, place, none, none, token);
        }
        break;
    case Input::held_tier:
        hold_tier(here.ladder, token);
        break;
    case Input::held_since:
        hold_day(held_[here.ladder].since, token);
        break;
    case Input::held_until:
        hold_day(held_[here.ladder].protected_until, token);
        break;
    case Input::waiver_requirement:
    case Input::waiver_tier:
    case Input::waiver_granted_on:
    case Input::waiver_until:
    case Input::waiver_by:
    case Input::waiver_reason:
        waive(here.input, token);
        break;
    case Input::incomplete:
    case Input::waivers:
        if (is_list) {
            return open_list(here.input == Input::waivers ? OpenPart::Kind::waivers
                                                          : OpenPart::Kind::pointers,
                             place, token);
        }
        report_here(values_.misfit(label_, "a list", token));
        break;
    }
    return false;
}

bool FactReading::open_object(OpenPart::Kind kind, Index place, Index table, Index row,
                              const JsonToken& token) {
    OpenPart object;
    object.kind = kind;
    object.opened = token.where;
    object.path_size = path_.size();
    object.place = place;
    object.table = table;
    object.row = row;
    object.first_seen = seen_.size();
    object.object = objects_++;
    seen_.resize(seen_.size() + form_[place].count);
    frames_.push_back(object);
    return true;
}

bool FactReading::open_list(OpenPart::Kind kind, Index place, const JsonToken& token) {
    OpenPart list;
    list.kind = kind;
    list.opened = token.where;
    list.path_size = path_.size();
    list.place = place;
    list.table = frames_.back().table;
    list.row = frames_.back().row;
    if (kind == OpenPart::Kind::records || kind == OpenPart::Kind::values) {
        const Index type = fields(list.table)[form_[place].field].type.index;
        list.first_row = static_cast<Index>(sheet_.tables[type].origins.size());
    }
    frames_.push_back(list);
    return true;
}

// ---- lists --------------------------------------------------------------------------------------

bool FactReading::take_record(OpenPart& list, const JsonToken& token) {
    const Field& field = fields(list.table)[form_[list.place].field];
    if (token.kind != JsonToken::Kind::object) {
        report_here(values_.misfit(field.label, "records, which are objects", token));
        return false;
    }
    const Index row = add_row(list);
    return open_object(OpenPart::Kind::facts, form_.record(field.type.index), field.type.index, row,
                       token);
}

/// A record of one field, whose value stands here in its place. Messages call it as the list is called.
bool FactReading::take_item(const OpenPart& list, const JsonToken& token) {
    const Field& field = fields(list.table)[form_[list.place].field];
    const Index row = add_row(list);
    const Field& item = model_.records[field.type.index].fields.front();
    const auto read = values_.value(item, token);
    if (const auto* value = std::get_if<Value>(&read)) {
        slot(field.type.index, row, 0) = *value;
        return false;
    }
    Field named = item;
    named.label = field.label;
    report_here(std::get<Fault>(values_.value(named, token)));
    return false;
}

bool FactReading::take_member(OpenPart& list, const JsonToken& token) {
    auto read = values_.member(fields(list.table)[form_[list.place].field], token);
    if (auto* fault = std::get_if<Fault>(&read)) {
        report_here(std::move(*fault));
    } else {
        warn_of_choice(fields(list.table)[form_[list.place].field], std::get<std::uint64_t>(read),
                       token);
        list.members |= std::get<std::uint64_t>(read);
    }
    return false;
}

bool FactReading::take_pointer(const JsonToken& token) {
    if (token.kind == JsonToken::Kind::text) {
        incomplete_.push_back({std::string(token.text), token.where, path_});
    } else {
        report_here(values_.misfit("incomplete", "JSON Pointers of lists, as texts", token));
    }
    return false;
}

bool FactReading::take_waiver(const JsonToken& token) {
    if (token.kind != JsonToken::Kind::object) {
        report_here(misfit_object("waivers", form_.waiver(), token));
        return false;
    }
    waiver_ = {};
    waiver_.pointer = path_;
    waiver_tier_.reset();
    requirement_said_ = false;
    return open_object(OpenPart::Kind::waiver, form_.waiver(), none, none, token);
}

void FactReading::waive(Input input, const JsonToken& token) {
    const bool is_text = token.kind == JsonToken::Kind::text;
    if (input == Input::waiver_granted_on) {
        hold_day(waiver_.granted_on, token);
    } else if (input == Input::waiver_until) {
        if (!is_text || token.text != "never") { // it may last for ever
            hold_day(waiver_.until, token);
        }
    } else if (!is_text) {
        report_here(values_.misfit(label_, "a text in quotes", token));
        requirement_said_ |= input == Input::waiver_requirement;
    } else if (input == Input::waiver_by) {
        waiver_.by = std::string(token.text);
    } else if (input == Input::waiver_reason) {
        waiver_.reason = std::string(token.text);
    } else if (input == Input::waiver_tier) {
        waiver_tier_ = token;
        waiver_tier_text_ = std::string(token.text);
        waiver_tier_->text = waiver_tier_text_;
    } else {
        requirement_said_ = true;
        const auto at = std::find_if(model_.requirements.begin(), model_.requirements.end(),
                                     [&](const Requirement& row) { return row.id == token.text; });
        if (at == model_.requirements.end() || !at->waivable) {
            const auto known = waivable();
            Fault fault{at == model_.requirements.end() ? Code::waived_unknown : Code::not_waivable,
                        token.where,
                        {{"name", shown(token.text)}},
                        {},
                        {}};
            suggest(fault, nearest(token.text, known));
            if (!known.empty()) {
                fault.arguments.push_back({"known", enumerate(known)});
            }
            report_here(std::move(fault));
            return;
        }
        waiver_.requirement = static_cast<Index>(at - model_.requirements.begin());
    }
}

void FactReading::settle_waiver(const OpenPart& waiver) {
    if (!requirement_said_) {
        report_here({Code::waiver_without_requirement, waiver.opened, {}, {}, {}});
        return;
    }
    if (waiver_.requirement == none) {
        return; // said
    }
    if (waiver_tier_) {
        path_ += "/tier";
        const auto found = tier(model_.requirements[waiver_.requirement].ladder, *waiver_tier_);
        if (!found) {
            return;
        }
        waiver_.tier = *found;
    }
    sheet_.waivers.push_back(std::move(waiver_));
}

std::vector<std::string_view> FactReading::waivable() const {
    std::vector<std::string_view> ids;
    for (const Requirement& row : model_.requirements) {
        if (row.waivable) {
            ids.emplace_back(row.id);
        }
    }
    return ids;
}

void FactReading::close_list(const OpenPart& list) {
    if (list.kind == OpenPart::Kind::pointers || list.kind == OpenPart::Kind::waivers) {
        return;
    }
    const Index index = form_[list.place].field;
    const Field& field = fields(list.table)[index];
    Value& value = slot(list.table, list.row, index);
    if (list.kind == OpenPart::Kind::members) {
        value = Value::of(Mask{list.members, list.members});
        return;
    }
    const auto end = static_cast<Index>(sheet_.tables[field.type.index].origins.size());
    value = Value::of(ListRef{field.type.index, list.first_row, end - list.first_row, false});
}

// ---- inputs -------------------------------------------------------------------------------------

void FactReading::say(Input input, const JsonToken& token, bool or_number) {
    if (token.kind == JsonToken::Kind::text ||
        (or_number && token.kind == JsonToken::Kind::number)) {
        said_[input] = {std::string(token.text), token.where, path_};
    } else {
        report_here(values_.misfit(label_, "a text in quotes", token));
    }
}

void FactReading::say_day(Input input, const JsonToken& token) {
    auto read = values_.day(label_, token);
    if (auto* fault = std::get_if<Fault>(&read)) {
        report_here(std::move(*fault));
    } else {
        said_[input] = {std::string(token.text), token.where, path_};
    }
}

void FactReading::hold_tier(Index ladder, const JsonToken& token) {
    tier_said_[ladder] = true;
    if (token.kind != JsonToken::Kind::text) {
        report_here(values_.misfit(label_, "a tier, as a text", token, "",
                                   '"' + model_.ladders[ladder].tiers.back().id + '"'));
    } else if (const auto found = tier(ladder, token)) {
        held_[ladder].tier = *found;
    }
}

std::optional<Index> FactReading::tier(Index ladder, const JsonToken& token) {
    const auto& all = model_.ladders[ladder].tiers;
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const Tier& tier) { return tier.id == token.text; });
    if (at != all.end()) {
        return static_cast<Index>(at - all.begin());
    }
    const auto known = tiers(ladder);
    Fault fault{Code::not_a_choice, token.where, {{"name", shown(token.text)}}, {}, {}};
    fault.arguments.push_back({"choices", enumerate(known)});
    suggest(fault, nearest(token.text, known));
    report_here(std::move(fault));
    return std::nullopt;
}

void FactReading::hold_day(std::optional<Date>& day, const JsonToken& token) {
    auto read = values_.day(label_, token);
    if (auto* fault = std::get_if<Fault>(&read)) {
        report_here(std::move(*fault));
    } else {
        day = std::get<Date>(read);
    }
}

void FactReading::settle_held(const OpenPart& held) {
    const Index ladder = form_[held.place].ladder;
    if (ladder == none) { // the object around those of several ladders, none of which it must hold
        return;
    }
    if (held_[ladder].tier != none) {
        sheet_.held[ladder] = held_[ladder];
    } else if (!tier_said_[ladder]) {
        report_here({Code::held_without_tier,
                     held.opened,
                     {{"choices", enumerate(tiers(ladder))}},
                     {},
                     {}});
    }
}

// ---- the end ------------------------------------------------------------------------------------

FactSheet FactReading::read(Faults& faults) {
    lay_out();
    auto broken = read_json(json_, *this);
    if (broken && broken->code != Code::figure_too_large) {
        faults.push_back(
            std::move(*broken)); // what came before may look different once this is mended
        return std::move(sheet_);
    }
    if (broken) {
        report_here(std::move(*broken));
    } else {
        finish();
    }
    add_undeclared();
    const std::size_t room = max_faults - errors_.size();
    for (; warnings_.size() > room; warnings_.pop_back()) {
        leave_out(warnings_.back().where);
    }
    std::move(warnings_.begin(), warnings_.end(), std::back_inserter(errors_));
    std::stable_sort(errors_.begin(), errors_.end(),
                     [](const Fault& a, const Fault& b) { return a.where.begin < b.where.begin; });
    std::move(errors_.begin(), errors_.end(), std::back_inserter(faults));
    if (left_out_ > 0) {
        faults.push_back(more_faults(left_out_, first_left_out_));
    }
    return std::move(sheet_);
}

void FactReading::finish() {
    for (const Said& pointer : incomplete_) {
        open_end(pointer);
    }
    join();
    if (const Said* on = agreed(Input::on, Input::on_in_facts, "review date")) {
        sheet_.on = Date::parse(on->text).value;
    }
    if (const Said* review = agreed(Input::review, Input::review_in_facts, "review")) {
        sheet_.review = review->text;
    }
    if (const Said* version =
            agreed(Input::version, Input::version_in_facts, "version of the rules")) {
        sheet_.version = version->text;
    }
}

// ---- references ---------------------------------------------------------------------------------

void FactReading::join() {
    for (const KeyTwice& twice : join_references(model_, sheet_)) {
        const Reference& to = model_.references[twice.reference];
        Fault fault{Code::key_twice,
                    where_key(to, twice.second),
                    {{"list", model_.facts[to.fact].label},
                     {"key", model_.records[to.record].fields[to.key].label},
                     {"found", shown(twice.key)}},
                    {},
                    pointer_of(to, twice.second)};
        fault.notes.push_back({NoteCode::first_key,
                               where_key(to, twice.first),
                               {{"pointer", pointer_of(to, twice.first)}}});
        report(std::move(fault));
    }
}

Span FactReading::where_key(const Reference& to, Index row) const {
    const auto column =
        std::find_if(key_columns_.begin(), key_columns_.end(), [&](const KeyColumn& any) {
            return any.record == to.record && any.field == to.key;
        });
    return row < column->where.size() ? column->where[row] : Span{};
}

std::string FactReading::pointer_of(const Reference& to, Index row) const {
    return (envelope_ ? "/facts" : "") + sheet_.pointer_of_cell(model_, to.record, row, to.key);
}

/// What the envelope or the facts say, where they do not contradict each other.
const Said* FactReading::agreed(Input beside, Input inside, std::string_view what) {
    const auto a = said_.find(beside);
    const auto b = said_.find(inside);
    if (a == said_.end() || b == said_.end()) {
        return a != said_.end() ? &a->second : b != said_.end() ? &b->second : nullptr;
    }
    if (a->second.text == b->second.text) {
        return &a->second;
    }
    const bool in_order = a->second.where.begin < b->second.where.begin;
    const Said& first = in_order ? a->second : b->second;
    const Said& second = in_order ? b->second : a->second;
    Fault fault{Code::contradicting_input,
                second.where,
                {{"found", shown(second.text)}},
                {},
                second.pointer};
    fault.arguments.push_back({"other", shown(first.text)});
    fault.arguments.push_back({"what", std::string(what)});
    fault.notes.push_back({NoteCode::first_given, first.where, {}});
    report(std::move(fault));
    return nullptr;
}

/// Where a pointer leads; and, where it leads to no list, how far it was understood.
struct FactReading::Target {
    bool found = false;
    Index table = none;
    Index row = none;
    Index field = none;
    std::string record; // the pointer of the record that `row` is
};

FactReading::Target FactReading::resolve(std::string_view pointer) {
    Target target;
    const auto steps = pointer_steps(pointer);
    Index place = form_.partner();
    for (std::size_t i = 0; steps && i < steps->size(); ++i) {
        place = form_.find(place, (*steps)[i]);
        if (place == none) {
            return target;
        }
        const Index index = form_[place].field;
        if (index == none) {
            continue;
        }
        const Field& field = fields(target.table)[index];
        if (i + 1 == steps->size()) {
            target.field = index;
            target.found = holds_several(field.type.kind);
            return target;
        }
        const std::string& position = (*steps)[++i];
        Index number = 0;
        const char* const end = position.data() + position.size();
        const auto parsed = std::from_chars(position.data(), end, number);
        const bool is_position = parsed.ec == std::errc() && parsed.ptr == end &&
                                 (position == "0" || position.front() != '0');
        if (field.type.kind != TypeKind::list || !is_position) {
            return target;
        }
        const ListRef& list = slot(target.table, target.row, index).list;
        if (number >= list.count) {
            return target;
        }
        target.row = list.first + number;
        target.table = list.table;
        target.record = sheet_.pointer_of_row(model_, target.table, target.row);
        place = form_.record(target.table);
    }
    return target;
}

/// The list that stands at `pointer` may hold more than the file says.
void FactReading::open_end(const Said& pointer) {
    const Target target = resolve(pointer.text);
    if (!target.found) {
        report(no_list(pointer, target));
        return;
    }
    const Field& field = fields(target.table)[target.field];
    Value& value = slot(target.table, target.row, target.field);
    if (value.reason == Reason::missing) {
        return; // nothing is known of it anyway, and it is better asked for
    }
    value.reason = Reason::incomplete;
    if (field.type.kind == TypeKind::list) {
        value.list.may_hold_more = true;
    } else {
        value.mask.maybe = model_.choice_sets[field.type.index].all();
    }
}

Fault FactReading::no_list(const Said& pointer, const Target& reached) {
    std::vector<std::string> lists;
    for (const Field& field : fields(reached.table)) {
        if (holds_several(field.type.kind)) {
            lists.push_back(reached.record + field.pointer);
        }
    }
    const std::vector<std::string_view> known(lists.begin(), lists.end());
    const std::string_view text = pointer.text;
    const bool from_outside = text.starts_with("/facts/") && resolve(text.substr(6)).found;

    Fault fault{
        Code::incomplete_no_list, pointer.where, {{"found", shown(text)}}, {}, pointer.pointer};
    suggest(fault, from_outside ? text.substr(6) : nearest(text, known));
    if (!known.empty()) {
        fault.arguments.push_back({"lists", enumerate(known)});
    }
    return fault;
}

// ---- faults -------------------------------------------------------------------------------------

std::vector<std::string_view> FactReading::keys_in(Index place) const {
    std::vector<std::string_view> keys;
    for (Index i = 0; i < form_[place].count; ++i) {
        keys.emplace_back(form_[form_[place].first + i].key);
    }
    return keys;
}

std::vector<std::string_view> FactReading::tiers(Index ladder) const {
    std::vector<std::string_view> ids;
    for (const Tier& tier : model_.ladders[ladder].tiers) {
        ids.emplace_back(tier.id);
    }
    return ids;
}

void FactReading::report(Fault fault) {
    if (errors_.size() < max_faults) {
        errors_.push_back(std::move(fault));
    } else {
        leave_out(fault.where);
    }
}

void FactReading::leave_out(Span where) {
    first_left_out_ = left_out_++ == 0 ? where : first_left_out_;
}

void FactReading::report_here(Fault fault) {
    fault.pointer = path_;
    report(std::move(fault));
}

void FactReading::report_twice(std::string_view key, Span where, Span first) {
    Fault fault{Code::given_twice, where, {{"name", shown(key)}}, {}, {}};
    fault.notes.push_back({NoteCode::first_given, first, {}});
    report_here(std::move(fault));
}

Fault FactReading::misfit_object(std::string_view label, Index place,
                                 const JsonToken& token) const {
    return values_.misfit(label, "an object with " + enumerate(keys_in(place)), token);
}

void FactReading::meet_undeclared(const OpenPart& object, std::string_view key, Span where) {
    if (object.kind == OpenPart::Kind::inputs || object.kind == OpenPart::Kind::waiver) {
        report_here(unknown_input(object, key, where));
        return;
    }
    const auto at = undeclared_.find({object.place, std::string(key)});
    if (at == undeclared_.end()) {
        // Keys beyond the limit will not be reported, so nothing is kept of them but that they are there.
        if (undeclared_.size() >= max_faults) {
            if (uncounted_.emplace(object.place, std::string(key)).second) {
                leave_out(where);
            }
        } else {
            undeclared_[{object.place, std::string(key)}] = {where, path_, object.table,
                                                             1,     where, object.object};
        }
        return;
    }
    Undeclared& met = at->second;
    if (met.last_object == object.object) {
        report_twice(key, where, met.last);
        return;
    }
    met.count += 1;
    met.last = where;
    met.last_object = object.object;
}

Fault FactReading::unknown_input(const OpenPart& object, std::string_view key, Span where) const {
    const bool outermost = object.place == form_.envelope();
    Fault fault{Code::unknown_envelope_key, where, {{"key", shown(key)}}, {}, {}};
    if (outermost && form_.find(form_.partner(), key) != none) {
        fault.code = Code::fact_beside_facts;
        return fault;
    }
    const auto known = keys_in(object.place);
    if (object.kind == OpenPart::Kind::waiver) {
        fault.arguments.push_back({"within", "waivers"});
    } else if (!outermost) {
        fault.arguments.push_back({"within", form_[object.place].key});
    }
    suggest(fault, nearest(key, known));
    fault.arguments.push_back({"keys", enumerate(known)});
    return fault;
}

/// The key that was meant: one spelled nearly so, or that of a field which the rules call nearly
/// so.
std::string_view FactReading::close_key(Index object, Index record, std::string_view key) const {
    if (const auto close = nearest(key, keys_in(object)); !close.empty()) {
        return close;
    }
    const std::vector<Field>& all = fields(record);
    std::vector<std::string_view> names;
    std::vector<std::string_view> keys;
    for (const std::string_view candidate : keys_in(object)) {
        const Index field = form_[form_.find(object, candidate)].field;
        if (field != none) {
            names.emplace_back(all[field].name);
            keys.push_back(candidate);
        }
    }
    const auto at = std::find(names.begin(), names.end(), nearest(key, names));
    if (at != names.end()) {
        return keys[static_cast<std::size_t>(at - names.begin())];
    }
    const auto elsewhere =
        std::find_if(all.begin(), all.end(), [&](const Field& field) { return field.name == key; });
    return elsewhere == all.end() ? std::string_view() : elsewhere->pointer;
}

Fault FactReading::unknown_fact(Index object, const std::string& key, const Undeclared& met) const {
    Fault fault{strict_ ? Code::unknown_fact_strict : Code::unknown_fact,
                met.first,
                {{"key", shown(key)}},
                {},
                met.pointer};
    if (met.record != none) {
        fault.arguments.push_back({"record", model_.records[met.record].label});
    }
    if (met.count > 1) {
        const Index more = met.count - 1;
        fault.arguments.push_back(
            {"more", std::to_string(more) + (more == 1 ? " more record" : " more records")});
    }
    suggest(fault, close_key(object, met.record, key));
    const bool outermost = object == form_.partner() && !envelope_;
    if (outermost && form_.find(form_.envelope(), key) != none) {
        fault.arguments.push_back({"input", key});
    }
    return fault;
}

void FactReading::add_undeclared() {
    for (const auto& [where, met] : undeclared_) {
        Fault fault = unknown_fact(where.first, where.second, met);
        if (strict_) {
            report(std::move(fault));
        } else {
            warnings_.push_back(std::move(fault));
        }
    }
    std::sort(warnings_.begin(), warnings_.end(),
              [](const Fault& a, const Fault& b) { return a.where.begin < b.where.begin; });
}

} // namespace

/// The meaning of a key may depend on one that follows it, so this is settled first. Few files that
/// hold facts alone have the word in them, and only those are read for it.
bool is_envelope(const FactForm& form, const Source& json) {
    const std::string_view text = json.text();
    const bool may_be = text.find("\"facts\"") != std::string_view::npos ||
                        text.find("\\u") != std::string_view::npos;
    if (!may_be || form.find(form.partner(), facts_key) != none) {
        return false;
    }
    EnvelopeSearch search;
    static_cast<void>(read_json(json, search)); // a fault of the text is found again
    return search.found;
}

FactSheet read_facts(const Model& model, const FactForm& form, const Source& json, bool strict,
                     Faults& faults) {
    return FactReading(model, form, json, strict).read(faults);
}

FactSheet read_facts(const Model& model, const Source& json, bool strict, Faults& faults) {
    return read_facts(model, FactForm(model), json, strict, faults);
}

} // namespace rung
