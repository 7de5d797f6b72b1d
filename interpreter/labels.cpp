#include "interpreter/labels.hpp"

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
        }
    }
}

} // namespace

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
    return model;
}

} // namespace rung
