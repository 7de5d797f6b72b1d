#include "interpreter/labels.hpp"

#include <algorithm>

namespace rung {

namespace {

using Renamed = std::map<std::string, std::string>; // from the file's own words

void rename(std::string& label, const Renamed& renamed) {
    if (const auto found = renamed.find(label); found != renamed.end()) {
        label = found->second;
    }
}

/// Lists of plain values and groups hold records that no file declares; they are called like what they are made of.
void rename_made_records(Model& model, const Renamed& renamed) {
    for (RecordType& record : model.records) {
        if (record.plain || record.group) {
            rename(record.label, renamed);
            for (Field& field : record.fields) {
                rename(field.label, renamed);
            }
            if (record.plain) { // which no one gave a name
                record.label = record.fields.front().label;
            }
        }
    }
}

/// What is compared with a path is called as the path is.
void rename_choices_of_paths(Model& model, const Model& own) {
    for (const Paths& paths : model.paths) {
        std::vector<Choice>& choices = model.choice_sets[paths.choice_set].choices;
        for (std::size_t i = 0; i < std::min(choices.size(), paths.paths.size()); ++i) {
            if (choices[i].label == own.choice_sets[paths.choice_set].choices[i].label) {
                choices[i].label = paths.paths[i].label;
            }
        }
    }
}

} // namespace

std::vector<std::string> owners_of(const Model& model, Index choice_set) {
    const auto chooses = [&](Type type) {
        if (type.kind == TypeKind::list && model.records[type.index].plain) {
            type = model.records[type.index].fields.front().type;
        }
        return (type.kind == TypeKind::choice || type.kind == TypeKind::choices) &&
               type.index == choice_set;
    };
    std::vector<std::string> owners;
    for (const Field& fact : model.facts) {
        if (chooses(fact.type)) {
            owners.push_back(fact.name);
        }
    }
    for (const RecordType& record : model.records) {
        for (const Field& field : record.fields) {
            if (!record.plain && !record.group && chooses(field.type)) {
                owners.push_back(record.name + "." + field.name);
            }
        }
    }
    return owners;
}

Model labelled(const Model& own, const Labels& labels) {
    Model model = own;
    model.language = labels.language;
    Renamed renamed;
    std::size_t place = 0;
    each_label(model, [&](const LabelName& name, std::string& text) {
        const auto found = labels.texts.find(place++);
        if (found == labels.texts.end()) {
            return;
        }
        if (name.about == "record" || name.about == "field" || name.about == "fact") {
            renamed.emplace(text, found->second);
        }
        text = found->second;
    });
    rename_made_records(model, renamed);
    rename_choices_of_paths(model, own);
    return model;
}

} // namespace rung
