// What of a program has words for people, and the same program with its words in another language.
//
// A file may carry labels in several languages (`labels de`). They are words and nothing else, so a model with
// other labels has the same places, ids and meaning, and whatever runs on a model need not know.
#pragma once

#include "interpreter/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rung {

/// Whose label it is, as a line of `labels` writes it.
struct LabelName {
    std::string_view about; // "tier"; "program", which needs no name
    std::string id = {};
    std::string of = {}; // the ladder of a tier, the record of a field, the fact of a choice
    bool alone = true; // its own name says which it is
    std::vector<std::string> also = {}; // other names under which a line may give the label

    [[nodiscard]] std::string longer() const { return of.empty() ? id : of + "." + id; }
    [[nodiscard]] std::string name() const { return alone ? id : longer(); }
};

/// The facts and fields that are chosen from a set, as a line of `labels` names them: "motions", "deal.kind".
[[nodiscard]] std::vector<std::string> owners_of(const Model& model, Index choice_set);

/// The choices of facts and fields; those of paths have the labels of the paths. One line may give the label of all
/// choices of a name, `choice other_kind`, or of those of one fact alone, `choice motions.other_kind`.
template <typename AnyModel, typename Visit>
void each_choice(AnyModel& model, Visit visit) {
    std::vector<std::vector<std::string>> owners;
    std::map<std::string, std::size_t> named;
    for (Index set = 0; set < model.choice_sets.size(); ++set) {
        owners.push_back(owners_of(model, set));
        for (const Choice& choice : model.choice_sets[set].choices) {
            named[choice.name] += owners.back().empty() ? 0U : 1U;
        }
    }
    for (Index set = 0; set < model.choice_sets.size(); ++set) {
        if (owners[set].empty()) {
            continue;
        }
        for (auto& choice : model.choice_sets[set].choices) {
            LabelName name{"choice", choice.name, owners[set].front(), named[choice.name] == 1};
            name.also.push_back(choice.name);
            for (const std::string& owner : owners[set]) {
                name.also.push_back(owner + "." + choice.name);
            }
            visit(name, choice.label);
        }
    }
}

/// Visits all labels of a model with their names, in an order that is always the same.
template <typename AnyModel, typename Visit>
void each_label(AnyModel& model, Visit visit) {
    const auto each = [&](std::string_view about, auto& parts) {
        for (auto& part : parts) {
            visit(LabelName{about, part.id}, part.label);
        }
    };
    const auto each_if_given = [&](std::string_view about, auto& parts, auto text) {
        for (auto& part : parts) {
            if (!(part.*text).empty()) {
                visit(LabelName{about, part.id}, part.*text);
            }
        }
    };
    /// Tiers and paths, by what they belong to: `services.gold` where another ladder has a `gold` too.
    const auto each_of_several = [&](std::string_view about, auto& owners, auto parts) {
        for (auto& owner : owners) {
            for (auto& part : owner.*parts) {
                std::size_t same = 0;
                for (const auto& other : owners) {
                    for (const auto& known : other.*parts) {
                        same += known.id == part.id ? 1U : 0U;
                    }
                }
                visit(LabelName{about, part.id, owner.id, same == 1}, part.label);
            }
        }
    };
    visit(LabelName{"program"}, model.label);
    if (model.withdrawn) {
        visit(LabelName{"withdrawn"}, *model.withdrawn);
    }
    for (auto& ladder : model.ladders) {
        if (!ladder.id.empty()) {
            visit(LabelName{"ladder", ladder.id}, ladder.label);
        }
    }
    each_of_several("tier", model.ladders, &Ladder::tiers);
    each_of_several("path", model.paths, &Paths::paths);
    each("review", model.reviews);
    each("standing", model.keepings);
    for (auto& record : model.records) {
        if (!record.plain && !record.group) {
            visit(LabelName{"record", record.name}, record.label);
            for (auto& field : record.fields) {
                visit(LabelName{"field", field.name, record.name, false}, field.label);
            }
        }
    }
    for (auto& fact : model.facts) {
        visit(LabelName{"fact", fact.name}, fact.label);
    }
    each_choice(model, visit);
    for (auto& measure : model.measures) {
        visit(LabelName{"measure", measure.name}, measure.label);
    }
    for (auto& measure : model.record_measures) {
        visit(LabelName{"measure", measure.name, model.records[measure.record].name, false},
              measure.label);
    }
    for (auto& table : model.tables) {
        visit(LabelName{"table", table.name}, table.label);
    }
    for (auto& left_open : model.unstated) {
        visit(LabelName{"because", left_open.because}, left_open.because);
    }
    each("requirement", model.requirements);
    each_if_given("advice", model.requirements, &Requirement::advice);
    each("benefit", model.benefits);
    each("value", model.values);
    each_if_given("reading", model.requirements, &Requirement::reading);
    each_if_given("reading", model.benefits, &Benefit::reading);
    each_if_given("reading", model.values, &Worth::reading);
    each("notice", model.notices);
}

/// The model with these labels, and its own where they lack one. The texts of its literals are the other's, so
/// it is not to outlive that.
[[nodiscard]] Model labelled(const Model& own, const Labels& labels);

} // namespace rung
