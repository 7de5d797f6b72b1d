#include "tools/columns.hpp"

#include "grammar/diagnostic.hpp"
#include "interpreter/model.hpp"
#include "interpreter/print_json.hpp"
#include "interpreter/words.hpp"
#include "tools/files.hpp"

#include <algorithm>
#include <map>

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
            add({"benefits." + benefit.id, What::benefit, "", "", benefit.id});
        }
        for (const Worth& value : model.values) {
            add({"values." + value.id, What::value, "", "", value.id});
        }
        for (const Measure& measure : model.measures) {
            add({"measures." + measure.name, What::measure, "", "", measure.name});
        }
        for (const Notice& notice : model.notices) {
            add({"notices." + notice.id, What::notice, "", "", notice.id});
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
    [[nodiscard]] std::vector<Column> usual(const Model& model) const {
        std::vector<Column> columns{at("partner")};
        for (const Ladder& ladder : model.ladders) {
            const std::string prefix = prefix_of(model, ladder);
            columns.push_back(at(prefix + "tier"));
            columns.push_back(at(prefix + "possible"));
        }
        for (const Measure& measure : model.measures) {
            if (model.ladders.empty()) {
                columns.push_back(at("measures." + measure.name));
            }
        }
        return columns;
    }

private:
    /// Several ladders are told apart by their names.
    static std::string prefix_of(const Model& model, const Ladder& ladder) {
        return model.ladders.size() > 1 ? ladder.id + "." : "";
    }

    void add_ladders(const Model& model) {
        for (const Ladder& ladder : model.ladders) {
            const std::string prefix = prefix_of(model, ladder);
            add({prefix + "tier", What::tier, ladder.id});
            add({prefix + "at_least", What::at_least, ladder.id});
            add({prefix + "possible", What::possible, ladder.id});
            add({prefix + "holds", What::holds, ladder.id});
        }
    }

    void add_rows(const Model& model) {
        for (const Requirement& row : model.requirements) {
            const Ladder& ladder = model.ladders[row.ladder];
            for (std::size_t tier = 1; tier < ladder.tiers.size(); ++tier) {
                const std::string& id = ladder.tiers[tier].id;
                const std::string name = prefix_of(model, ladder) + id + "." + row.id;
                add({name, What::requirement, ladder.id, id, row.id, Part::verdict});
                add({name + ".actual", What::requirement, ladder.id, id, row.id, Part::actual});
                add({name + ".required", What::requirement, ladder.id, id, row.id, Part::required});
                add({name + ".gap", What::requirement, ladder.id, id, row.id, Part::gap});
            }
        }
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
        return text + (names_.size() > most ? ", …" : "");
    }

    std::map<std::string, Column> columns_;
    std::vector<std::string> names_;
};

template <typename Items>
const typename Items::value_type* find(const Items& items, const std::string& id) {
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

// ---- parts of an outcome -------------------------------------------------------------------------

TierCell tiers(const LadderOutcome& ladder, const std::vector<std::string>& ids, bool several) {
    TierCell cell{ids, {}, several};
    for (const std::string& id : ids) {
        const TierName* tier = find(ladder.tiers, id);
        cell.labels.push_back(tier != nullptr ? tier->label : id);
    }
    return cell;
}

/// Without a tier it is not decided.
Cell tier(const LadderOutcome& ladder, const std::optional<std::string>& id) {
    return tiers(ladder, id ? std::vector{*id} : std::vector<std::string>(), false);
}

Cell ladder_cell(const Outcome& outcome, const Column& column) {
    const LadderOutcome* ladder = find(outcome.ladders, column.ladder);
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
    const LadderOutcome* ladder = find(outcome.ladders, column.ladder);
    const auto row = std::find_if(outcome.requirements.begin(), outcome.requirements.end(),
                                  [&](const RequirementOutcome& one) {
                                      return one.id == column.id && one.tier == column.tier &&
                                             one.ladder == column.ladder &&
                                             one.path == ladder->path;
                                  });
    return row == outcome.requirements.end() ? nullptr : &*row;
}

/// The figures of a row are those of its first comparison.
Cell requirement_cell(const Outcome& outcome, const Column& column) {
    const RequirementOutcome* row = row_of(outcome, column);
    if (row == nullptr) {
        return {};
    }
    if (column.part == Part::verdict) {
        return VerdictCell{name_of(row->verdict)};
    }
    if (row->conditions.empty()) {
        return {};
    }
    const Condition& condition = row->conditions.front();
    return FigureCell{column.part == Part::actual     ? condition.actual
                      : column.part == Part::required ? condition.required
                                                      : condition.gap,
                      condition.missing};
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
        return catalogue.usual(versions.front().model());
    }
    std::vector<Column> columns;
    for (std::size_t begin = 0; begin <= names.size();) {
        const std::size_t end = std::min(names.find(',', begin), names.size());
        columns.push_back(catalogue.at(names.substr(begin, end - begin)));
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
        return text_or_nothing(outcome.review);
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
        const BenefitOutcome* benefit = find(outcome.benefits, column.id);
        return benefit != nullptr ? Cell(VerdictCell{name_of(benefit->verdict)}) : Cell();
    }
    case What::value: {
        const ValueOutcome* value = find(outcome.values, column.id);
        return value != nullptr ? Cell(FigureCell{value->value, value->missing}) : Cell();
    }
    case What::measure: {
        const MeasureOutcome* measure = measure_of(outcome, column.id);
        return measure != nullptr ? Cell(FigureCell{measure->value, measure->missing}) : Cell();
    }
    case What::notice: {
        const NoticeOutcome* notice = find(outcome.notices, column.id);
        return notice != nullptr ? Cell(VerdictCell{name_of(notice->verdict)}) : Cell();
    }
    case What::result:
        return nlohmann::ordered_json::parse(to_json(outcome));
    }
    return {};
}

// ---- what a cell says ----------------------------------------------------------------------------

namespace {

std::string joined(const std::vector<std::string>& items, const char* between) {
    std::string text;
    for (const std::string& item : items) {
        text += (text.empty() ? "" : between) + item;
    }
    return text;
}

std::string canonical(const Figure& figure) {
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
    using Json = nlohmann::ordered_json;
    Json operator()(std::monostate) const { return {}; }
    Json operator()(const std::string& text) const { return text; }
    Json operator()(const std::vector<std::string>& texts) const { return texts; }
    Json operator()(const VerdictCell& cell) const { return cell.id; }
    Json operator()(const TierCell& cell) const {
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
    std::string operator()(const TierCell& cell) const {
        return cell.ids.empty() ? not_known : joined(cell.ids, "; ");
    }
    std::string operator()(const FigureCell& cell) const { return canonical(cell.figure); }
    std::string operator()(const nlohmann::ordered_json& json) const { return json.dump(); }
};

struct AsWords : AsData {
    explicit AsWords(const Wording& of) : wording(of) {}
    const Wording& wording;
    using AsData::operator();
    std::string operator()(const VerdictCell& cell) const {
        return cell.id == name_of(RequirementVerdict::not_asked) ? "not asked"
               : cell.id == name_of(RequirementVerdict::unmet)   ? "not met"
                                                                 : std::string(cell.id);
    }
    std::string operator()(const TierCell& cell) const {
        return cell.ids.empty() ? not_known : joined(cell.labels, ", ");
    }
    std::string operator()(const FigureCell& cell) const {
        return cell.figure.state == Figure::State::absent ? "" : in_words(wording, cell.figure);
    }
};

} // namespace

nlohmann::ordered_json json_of(const Cell& cell) { return std::visit(AsJson(), cell); }
std::string data_of(const Cell& cell) { return std::visit(AsData(), cell); }
std::string words_of(const Cell& cell, Language language) {
    return std::visit(AsWords(Wording::of(language)), cell);
}

} // namespace rung::tools
