#include "interpreter/check_labels.hpp"

#include "interpreter/labels.hpp"

#include <set>

namespace rung {

namespace {

class LabelChecker {
public:
    LabelChecker(ExprChecker& exprs, Model& model) : exprs_(exprs), model_(model) {
        std::size_t place = 0;
        each_label(model, [&](const LabelName& name, const std::string&) {
            const std::string about(name.about);
            places_[about][name.name()].insert(place);
            places_[about][name.longer()].insert(place);
            for (const std::string& other : name.also) {
                places_[about][other].insert(place);
            }
            ++place;
        });
    }

    void section(const ast::Labels& from) {
        if (!from.language) {
            return;
        }
        const auto [first, fresh] = first_at_.emplace(from.language.text, from.language.at);
        if (!fresh) {
            exprs_.report_twice(from.language, first->second);
            return;
        }
        const std::optional<Language> language = language_of(from.language.text);
        if (!language) {
            std::vector<std::string_view> known;
            for (const Language one : all_languages) {
                known.push_back(tag_of(one));
            }
            exprs_.report_unknown(from.language, "language of labels", known);
            return;
        }
        Labels labels{*language, {}, from.language.at};
        std::map<std::size_t, Span> told;
        for (const ast::LabelLine& line : from.lines) {
            label(line, labels, told);
        }
        model_.labels.push_back(std::move(labels));
    }

private:
    using Names = std::map<std::string, std::set<std::size_t>>;

    /// A reading may belong to a requirement, a benefit and a value of one name.
    void label(const ast::LabelLine& line, Labels& labels, std::map<std::size_t, Span>& told) {
        const Names& names = places_[line.about.text];
        const auto found = names.find(line.of.text);
        const ast::Word& subject = line.of ? line.of : line.about;
        if (found == names.end()) {
            std::vector<std::string_view> known;
            for (const auto& [name, places] : names) {
                known.push_back(name);
            }
            const bool is_reason = line.about.text == "because" || line.about.text == "withdrawn";
            exprs_.report_unknown(subject, is_reason ? "reason" : line.about.text, known,
                                  hint(line, known.empty()));
            return;
        }
        for (const std::size_t place : found->second) {
            if (const auto [first, fresh] = told.emplace(place, subject.at); !fresh) {
                exprs_.report_twice(subject, first->second);
                return;
            }
            labels.texts[place] = line.text.value;
        }
    }

    static std::string hint(const ast::LabelLine& line, bool none) {
        const std::string& about = line.about.text;
        if (about == "field") {
            return "a field has its record before it: `field story.title`";
        }
        if (about == "because") {
            return "write the text that stands behind `unknown because` in the rules";
        }
        if (about == "withdrawn") {
            return "the version is not withdrawn";
        }
        return none && (about == "advice" || about == "reading")
                   ? "the file has no `" + about + "` of its own that this could stand for"
                   : "";
    }

    ExprChecker& exprs_;
    Model& model_;
    std::map<std::string, Names> places_; // by what they are of, and by name
    std::map<std::string, Span> first_at_; // by language
};

} // namespace

void check_labels(const ast::File& file, ExprChecker& exprs, Model& model) {
    LabelChecker checker(exprs, model);
    for (const ast::Labels& from : file.labels) {
        checker.section(from);
    }
}

} // namespace rung
