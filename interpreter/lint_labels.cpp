// Labels that a file has in its own words and not in a language that it speaks as well.
#include "interpreter/labels.hpp"
#include "interpreter/lint.hpp"
#include "interpreter/types.hpp"

#include <algorithm>

namespace rung {

namespace {

constexpr std::size_t most_named = 3; // of those that are missing

/// How a line of `labels` begins: "tier gold".
std::string beginning(const LabelName& name) {
    const bool is_text = name.about == "because";
    return std::string(name.about) + (name.id.empty() ? ""
                                      : is_text       ? " \"" + name.id + "\""
                                                      : " " + name.name());
}

/// What the file gives no words for itself needs none; a choice, to which no file can give any, does.
std::vector<std::string> missing_in(const Model& model, const Labels& labels) {
    std::vector<std::string> missing;
    std::size_t place = 0;
    each_label(model, [&](const LabelName& name, const std::string& text) {
        const std::string& id = name.about == "program" ? model.name : name.id;
        const bool has_words = !text.empty() && (text != spaced(id) || name.about == "choice" ||
                                                 name.about == "because");
        std::string line = beginning(name);
        if (!labels.texts.contains(place++) && has_words &&
            std::find(missing.begin(), missing.end(), line) == missing.end()) {
            missing.push_back(std::move(line));
        }
    });
    return missing;
}

} // namespace

void find_missing_labels(const Model& model, Findings& findings) {
    for (const Labels& labels : model.labels) {
        const std::vector<std::string> missing = missing_in(model, labels);
        if (missing.empty()) {
            continue;
        }
        const std::string language(tag_of(labels.language));
        std::vector<Argument> arguments{{"language", language}};
        if (missing.size() == 1) {
            arguments.push_back({"only", missing.front()});
        } else {
            std::string names;
            for (std::size_t i = 0; i < std::min(missing.size(), most_named); ++i) {
                names += (i == 0 ? "`" : ", `") + missing[i] + "`";
            }
            arguments.push_back({"count", std::to_string(missing.size())});
            arguments.push_back({"names", names + (missing.size() > most_named ? " …" : "")});
        }
        findings.add(Code::label_missing, labels.at, language, std::move(arguments));
    }
}

} // namespace rung
