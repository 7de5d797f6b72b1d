#include "tools/columns.hpp"

#include "grammar/diagnostic.hpp"
#include "interpreter/leading_path.hpp"
#include "interpreter/model.hpp"
#include "interpreter/print_json.hpp"
#include "interpreter/text.hpp"
#include "interpreter/words.hpp"
#include "tools/files.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

namespace rung::tools {

namespace {

using What = Column::What;
using Part = Column::Part;

constexpr const char* not_known = "unknown";

/// Every column that a program has, by name, and the names in the order in which they are told.
class Catalogue {
public:
    void add(const Model& model) {
        add({"partner", What::partner});
        add({"line", What::line});
        add_ladders(model);
        add({"missing", What::missing});
        add({"program", What::program});
        add({"version", What::version});
        add({"on", What::on});
        add({"review", What::review});
        add({"result", What::result});
        add_rows(model);
        for (const Benefit& benefit : model.benefits) {
            add_part("benefits.", What::benefit, benefit.id, benefit.label);
        }
        for (const Worth& value : model.values) {
            add_part("values.", What::value, value.id, value.label);
        }
        for (const Measure& measure : model.measures) {
            add_part("measures.", What::measure, measure.name, measure.label);
        }
        for (const Notice& notice : model.notices) {
            add_part("notices.", What::notice, notice.id, notice.label);
        }
    }

    [[nodiscard]] const Column& at(const std::string& name) const {
        const auto known = columns_.find(name);
        if (known != columns_.end()) {
            return known->second;
        }
        std::vector<Argument> arguments{{"kind", "column"}, {"name", name}};
        const std::vector<std::string_view> names(names_.begin(), names_.end());
        if (const std::string_view close = nearest(name, names); !close.empty()) {
            arguments.push_back({"close", std::string(close)});
        } else {
            arguments.push_back({"hint", "the columns are " + some_names()});
        }
        refuse(Code::unknown_name, std::move(arguments));
    }

    /// Whoever asks for nothing in particular has the partner and the verdicts, or in a file without a ladder the
    /// measures.
    [[nodiscard]] std::vector<Column> usual(const std::vector<Program>& versions) const {
        std::vector<std::string> names{"partner"};
        for (const Program& version : versions) {
            for (const std::string& name : usual_names(version.model())) {
                if (std::find(names.begin(), names.end(), name) == names.end()) {
                    names.push_back(name);
                }
            }
        }
        std::vector<Column> columns;
        std::transform(names.begin(), names.end(), std::back_inserter(columns),
                       [&](const std::string& name) { return at(name); });
        return columns;
    }

private:
    static std::vector<std::string> usual_names(const Model& model) {
        std::vector<std::string> names;
        for (const Ladder& ladder : model.ladders) {
            names.push_back(prefix_of(model, ladder) + "tier");
            names.push_back(prefix_of(model, ladder) + "possible");
        }
        for (const Measure& measure : model.measures) {
            if (model.ladders.empty()) {
                names.push_back("measures." + measure.name);
            }
        }
        return names;
    }

    /// Several ladders are told apart by their names.
    static std::string prefix_of(const Model& model, const Ladder& ladder) {
        return model.ladders.size() > 1 ? ladder.id + "." : "";
    }

    static std::string label_of(const Model& model, const Ladder& ladder) {
        return model.ladders.size() > 1 ? ladder.label : "";
    }

    void add_ladders(const Model& model) {
        for (const Ladder& ladder : model.ladders) {
            for (const auto& [name, what] :
                 {std::pair("tier", What::tier), std::pair("at_least", What::at_least),
                  std::pair("possible", What::possible), std::pair("holds", What::holds)}) {
                Column column{prefix_of(model, ladder) + name, what, ladder.id};
                column.ladder_label = label_of(model, ladder);
                add(std::move(column));
            }
        }
    }

    void add_rows(const Model& model) {
        for (const Requirement& row : model.requirements) {
            const Ladder& ladder = model.ladders[row.ladder];
            for (std::size_t tier = 1; tier < ladder.tiers.size(); ++tier) {
                Column column{"", What::requirement, ladder.id, ladder.tiers[tier].id, row.id};
                column.label = row.label;
                column.tier_label = ladder.tiers[tier].label;
                column.ladder_label = label_of(model, ladder);
                const std::string name = prefix_of(model, ladder) + column.tier + "." + row.id;
                for (const auto& [end, part] :
                     {std::pair("", Part::verdict), std::pair(".actual", Part::actual),
                      std::pair(".required", Part::required), std::pair(".gap", Part::gap)}) {
                    column.name = name + end;
                    column.part = part;
                    add(column);
                }
            }
        }
    }

    void add_part(const char* prefix, What what, const std::string& id, const std::string& label) {
        Column column{prefix + id, what, "", "", id};
        column.label = label;
        add(std::move(column));
    }

    void add(Column column) {
        const std::string name = column.name;
        if (columns_.emplace(name, std::move(column)).second) {
            names_.push_back(name);
        }
    }

    [[nodiscard]] std::string some_names() const {
        constexpr std::size_t most = 8;
        std::string text;
        for (std::size_t i = 0; i < std::min(most, names_.size()); ++i) {
            text += (text.empty() ? "" : ", ") + names_[i];
        }
        const auto figure = std::find_if(names_.begin(), names_.end(), [](const std::string& name) {
            return name.ends_with(".gap");
        });
        text += names_.size() > most ? ", …" : "";
        return figure == names_.end() ? text : text + ", or of a requirement " + *figure;
    }

    std::map<std::string, Column> columns_;
    std::vector<std::string> names_;
};

template <typename Items>
const typename Items::value_type* find_by_id(const Items& items, const std::string& id) {
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

// ---- parts of an outcome -------------------------------------------------------------------------

NamedCell tiers(const LadderOutcome& ladder, const std::vector<std::string>& ids, bool several) {
    NamedCell cell{ids, {}, several};
    for (const std::string& id : ids) {
        const TierName* tier = find_by_id(ladder.tiers, id);
        cell.labels.push_back(tier != nullptr ? tier->label : id);
    }
    return cell;
}

/// Without a tier it is not decided.
Cell tier(const LadderOutcome& ladder, const std::optional<std::string>& id) {
    return tiers(ladder, id ? std::vector{*id} : std::vector<std::string>(), false);
}

/// A version may call its only ladder otherwise than another one does.
const LadderOutcome* ladder_of(const Outcome& outcome, const Column& column) {
    const LadderOutcome* ladder = find_by_id(outcome.ladders, column.ladder);
    return ladder == nullptr && column.ladder_label.empty() && outcome.ladders.size() == 1
               ? &outcome.ladders.front()
               : ladder;
}

Cell ladder_cell(const Outcome& outcome, const Column& column) {
    const LadderOutcome* ladder = ladder_of(outcome, column);
    if (ladder == nullptr) {
        return {};
    }
    switch (column.what) {
    case What::tier:
        return tier(*ladder, ladder->tier);
    case What::at_least:
        return tier(*ladder, ladder->at_least);
    case What::possible:
        return tiers(*ladder, ladder->possible, true);
    default:
        return ladder->holds ? tier(*ladder, ladder->holds->tier) : Cell();
    }
}

/// The row at a tier, along the path that explanations show.
const RequirementOutcome* row_of(const Outcome& outcome, const Column& column) {
    const LadderOutcome* ladder = ladder_of(outcome, column);
    const auto row = std::find_if(outcome.requirements.begin(), outcome.requirements.end(),
                                  [&](const RequirementOutcome& one) {
                                      return ladder != nullptr && one.id == column.id &&
                                             one.tier == column.tier && one.ladder == ladder->id &&
                                             one.path == ladder->path;
                                  });
    return row == outcome.requirements.end() ? nullptr : &*row;
}

/// Of a row: the comparison that tells its figures, and how much of what is asked is missing.
struct TellingFigures {
    const Condition* condition = nullptr;
    bool met = false;
    std::optional<Number> share; // nothing where there are no figures to divide
};

/// Of ways, the one is told that least is missing of, of parts the one that most is missing of: among those that are met
/// where the head is, else among the others.
bool tells_more(const TellingFigures& one, const TellingFigures& other,
                const RequirementOutcome& head) {
    if (one.met != other.met) {
        return one.met == (head.verdict == RequirementVerdict::met);
    }
    if (!one.share || !other.share) {
        return one.share.has_value() && !other.share.has_value();
    }
    return head.form == RequirementOutcome::Form::all_of ? *one.share > *other.share
                                                         : *one.share < *other.share;
}

/// Those of its first comparison; a head has those of a way or part that is asked.
TellingFigures figures_of(const Outcome& outcome, const RequirementOutcome& row) {
    TellingFigures told;
    if (!row.conditions.empty()) {
        const Condition& first = row.conditions.front();
        return {&first, row.verdict == RequirementVerdict::met, share_missing(first)};
    }
    for (const RequirementOutcome& part : outcome.requirements) {
        const bool is_its = part.parent == row.id && part.tier == row.tier &&
                            part.ladder == row.ladder && part.path == row.path &&
                            part.verdict != RequirementVerdict::not_asked;
        const TellingFigures figures = is_its ? figures_of(outcome, part) : TellingFigures();
        if (figures.condition != nullptr &&
            (told.condition == nullptr || tells_more(figures, told, row))) {
            told = figures;
        }
    }
    return told;
}

Cell requirement_cell(const Outcome& outcome, const Column& column) {
    const RequirementOutcome* row = row_of(outcome, column);
    if (row == nullptr) {
        return {};
    }
    if (column.part == Part::verdict) {
        return VerdictCell{name_of(row->verdict)};
    }
    const Condition* condition = figures_of(outcome, *row).condition;
    if (condition == nullptr) {
        return {};
    }
    return FigureCell{column.part == Part::actual     ? condition->actual
                      : column.part == Part::required ? condition->required
                                                      : condition->gap,
                      condition->missing};
}

const MeasureOutcome* measure_of(const Outcome& outcome, const std::string& id) {
    const auto found =
        std::find_if(outcome.measures.begin(), outcome.measures.end(),
                     [&](const MeasureOutcome& one) { return one.id == id && one.is_shown; });
    return found == outcome.measures.end() ? nullptr : &*found;
}

Cell text_or_nothing(const std::string& text) { return text.empty() ? Cell() : Cell(text); }

} // namespace

std::vector<Column> columns_named(const std::string& names, const std::vector<Program>& versions) {
    Catalogue catalogue;
    for (const Program& version : versions) {
        catalogue.add(version.model());
    }
    if (names.empty()) {
        return catalogue.usual(versions);
    }
    std::vector<Column> columns;
    for (std::size_t begin = 0; begin <= names.size();) {
        const std::size_t end = std::min(names.find(',', begin), names.size());
        columns.push_back(
            catalogue.at(std::string(trimmed(std::string_view(names).substr(begin, end - begin)))));
        begin = end + 1;
    }
    return columns;
}

bool is_verdict(const Column& column) {
    switch (column.what) {
    case What::line:
    case What::partner:
    case What::program:
    case What::version:
    case What::tier:
    case What::at_least:
    case What::possible:
        return true;
    default:
        return false;
    }
}

Cell cell_of(const Outcome& outcome, const Column& column) {
    switch (column.what) {
    case What::line:
        break; // the list knows it
    case What::partner:
        return text_or_nothing(outcome.partner);
    case What::program:
        return outcome.program;
    case What::version:
        return outcome.version;
    case What::on:
        return outcome.on ? Cell(*outcome.on) : Cell();
    case What::review:
        return outcome.review.empty() ? Cell()
                                      : NamedCell{{outcome.review}, {outcome.review_label}};
    case What::tier:
    case What::at_least:
    case What::possible:
    case What::holds:
        return ladder_cell(outcome, column);
    case What::missing:
        return outcome.decide_next;
    case What::requirement:
        return requirement_cell(outcome, column);
    case What::benefit: {
        const BenefitOutcome* benefit = find_by_id(outcome.benefits, column.id);
        return benefit != nullptr ? Cell(VerdictCell{name_of(benefit->verdict)}) : Cell();
    }
    case What::value: {
        const ValueOutcome* value = find_by_id(outcome.values, column.id);
        return value != nullptr ? Cell(FigureCell{value->value, value->missing}) : Cell();
    }
    case What::measure: {
        const MeasureOutcome* measure = measure_of(outcome, column.id);
        return measure != nullptr ? Cell(FigureCell{measure->value, measure->missing}) : Cell();
    }
    case What::notice: {
        const NoticeOutcome* notice = find_by_id(outcome.notices, column.id);
        return notice != nullptr ? Cell(VerdictCell{name_of(notice->verdict)}) : Cell();
    }
    case What::result:
        return nlohmann::ordered_json::parse(to_json(outcome));
    }
    return {};
}

// ---- what a cell says ----------------------------------------------------------------------------

namespace {

std::string canonical_text(const Figure& figure) {
    switch (figure.state) {
    case Figure::State::absent:
        return "";
    case Figure::State::range:
        return figure.from + ".." + figure.through;
    case Figure::State::unknown:
        return not_known;
    case Figure::State::hidden:
        return "hidden";
    case Figure::State::known:
        break;
    }
    return figure.type == "choices"  ? joined(figure.members, "; ")
           : figure.type == "window" ? figure.from + ".." + figure.through
                                     : figure.value;
}

struct AsJson {
    Json operator()(std::monostate) const { return {}; }
    Json operator()(const std::string& text) const { return text; }
    Json operator()(const std::vector<std::string>& texts) const { return texts; }
    Json operator()(const VerdictCell& cell) const { return cell.id; }
    Json operator()(const NamedCell& cell) const {
        return cell.several ? Json(cell.ids) : cell.ids.empty() ? Json() : Json(cell.ids.front());
    }
    Json operator()(const FigureCell& cell) const {
        return cell.figure.state == Figure::State::absent
                   ? Json()
                   : rung::json_of(cell.figure, cell.missing);
    }
    Json operator()(const Json& json) const { return json; }
};

struct AsData {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const std::vector<std::string>& texts) const {
        return joined(texts, "; ");
    }
    std::string operator()(const VerdictCell& cell) const { return std::string(cell.id); }
    std::string operator()(const NamedCell& cell) const {
        return cell.ids.empty() ? not_known : joined(cell.ids, "; ");
    }
    std::string operator()(const FigureCell& cell) const { return canonical_text(cell.figure); }
    std::string operator()(const nlohmann::ordered_json& json) const { return json.dump(); }
};

std::string verdict_in_words(const Wording& wording, std::string_view verdict) {
    return verdict == name_of(RequirementVerdict::met)         ? wording.say(Say::met)
           : verdict == name_of(RequirementVerdict::unmet)     ? wording.say(Say::unmet)
           : verdict == name_of(RequirementVerdict::not_asked) ? wording.say(Say::not_asked)
           : verdict == name_of(RequirementVerdict::waived)    ? wording.say(Say::waived)
           : verdict == name_of(Granted::granted)              ? wording.say(Say::benefit_granted)
           : verdict == name_of(Granted::open)                 ? wording.say(Say::benefit_open)
           : verdict == name_of(Granted::closed)               ? wording.say(Say::benefit_closed)
                                                               : wording.say(Say::not_known);
}

struct AsWords : AsData {
    explicit AsWords(const Wording& of) : wording(of) {}
    const Wording& wording;
    using AsData::operator();
    std::string operator()(const VerdictCell& cell) const {
        return verdict_in_words(wording, cell.id);
    }
    std::string operator()(const NamedCell& cell) const {
        std::vector<std::string> labels;
        for (const std::string& label : cell.labels) {
            labels.push_back(is_called(label) ? label : wording.say(Say::no_tier));
        }
        return labels.empty() ? wording.say(Say::not_known)
                              : joined(labels, wording.say(Say::joint));
    }
    std::string operator()(const FigureCell& cell) const {
        return cell.figure.state == Figure::State::absent ? "" : in_words(wording, cell.figure);
    }
};

} // namespace

// ---- heads ---------------------------------------------------------------------------------------

namespace {

std::string plain_head(const Column& column, const Wording& wording) {
    switch (column.what) {
    case What::line:
        return wording.say(Say::column_line);
    case What::partner:
        return wording.say(Say::column_partner);
    case What::program:
        return wording.say(Say::program);
    case What::version:
        return wording.say(Say::version_column);
    case What::on:
        return wording.say(Say::column_on);
    case What::review:
        return wording.say(Say::column_review);
    case What::tier:
        return wording.say(Say::tier);
    case What::at_least:
        return wording.say(Say::column_at_least);
    case What::possible:
        return wording.say(Say::column_possible);
    case What::holds:
        return wording.say(Say::column_holds);
    case What::missing:
        return wording.say(Say::column_missing);
    case What::requirement:
        return wording.say(Say::labelled, column.tier_label, column.label);
    case What::benefit:
    case What::value:
    case What::measure:
    case What::notice:
        return column.label;
    case What::result: // has no place in a table
        break;
    }
    return column.name;
}

} // namespace

std::string head_of(const Column& column, Language language) {
    const Wording& wording = Wording::of(language);
    std::string head = plain_head(column, wording);
    switch (column.part) {
    case Part::verdict:
        break;
    case Part::actual:
        head = wording.say(Say::in_brackets, head, wording.say(Say::column_actual));
        break;
    case Part::required:
        head = wording.say(Say::in_brackets, head, wording.say(Say::column_required));
        break;
    case Part::gap:
        head = wording.say(Say::in_brackets, head, wording.say(Say::column_gap));
        break;
    }
    return column.ladder_label.empty() ? head
                                       : wording.say(Say::labelled, column.ladder_label, head);
}

// ---- for programs and for people -----------------------------------------------------------------

nlohmann::ordered_json json_of(const Cell& cell) { return std::visit(AsJson(), cell); }
std::string data_of(const Cell& cell) { return std::visit(AsData(), cell); }
std::string words_of(const Cell& cell, Language language) {
    return std::visit(AsWords(Wording::of(language)), cell);
}

} // namespace rung::tools
