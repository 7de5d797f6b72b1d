#include "grammar/format.hpp"
#include "grammar/parse.hpp"
#include "interpreter/ast.hpp"
#include "interpreter/check.hpp"
#include "interpreter/fact_form.hpp"
#include "interpreter/in_force.hpp"
#include "interpreter/labels.hpp"
#include "interpreter/model.hpp"
#include "interpreter/present.hpp"
#include "interpreter/sha256.hpp"
#include "interpreter/text.hpp"

#include <rung/program.hpp>

#include <algorithm>

namespace rung {

namespace {

template <typename Parts, typename Name>
std::vector<std::string> names_of(const Parts& parts, Name&& name) {
    std::vector<std::string> names;
    for (const auto& part : parts) {
        names.push_back(name(part));
    }
    return names;
}

template <typename T>
Result<T> failed(Diagnostic diagnostic) {
    Result<T> result;
    result.diagnostics.add(std::move(diagnostic));
    return result;
}

} // namespace

// ---- one version -------------------------------------------------------------------------------

Result<Program> Program::parse(std::string name, std::string text) {
    Parsed parsed = rung::parse(Source(std::move(name), std::move(text)));
    const ast::File file = ast::lower(parsed.tree);
    Faults faults = std::move(parsed.faults);
    Model model = check(file, parsed.tree.source(), faults);
    Result<Program> result;
    result.diagnostics = present(faults, model.source);
    if (!has_errors(faults)) {
        model.sha256 = rung::sha256(model.source.text());
        auto form = std::make_shared<const FactForm>(model);
        std::vector<Model> models;
        models.reserve(1 + model.labels.size());
        models.push_back(std::move(model));
        for (const Labels& labels : models.front().labels) {
            models.push_back(labelled(models.front(), labels));
        }
        result.value = Program(std::make_shared<const Models>(std::move(models)), std::move(form));
    }
    return result;
}

Program::Program(std::shared_ptr<const Models> models, std::shared_ptr<const FactForm> form)
    : models_(std::move(models)), model_(&models_->front()), form_(std::move(form)) {}

Program Program::in(Language language) const {
    Program program = *this;
    const auto found = std::find_if(models_->begin(), models_->end(),
                                    [&](const Model& model) { return model.language == language; });
    program.model_ = found == models_->end() ? &models_->front() : &*found;
    return program;
}

const std::string& Program::file() const { return model_->source.name(); }
const std::string& Program::id() const { return model_->name; }
const std::string& Program::label() const { return model_->label; }
const std::string& Program::version() const { return model_->version; }
std::string Program::effective_from() const {
    return model_->effective_from.value_or(Date::min()).to_string();
}
const std::string& Program::sha256() const { return model_->sha256; }
bool Program::needs_date() const { return model_->uses_date || model_->uses_review; }

std::optional<std::string> Program::effective_through() const {
    return model_->effective_through ? std::optional(model_->effective_through->to_string())
                                     : std::nullopt;
}

const std::optional<std::string>& Program::withdrawn() const { return model_->withdrawn; }

std::vector<std::string> Program::ladders() const {
    return names_of(model_->ladders, [](const Ladder& ladder) { return ladder.id; });
}
std::vector<std::string> Program::tiers(std::size_t ladder) const {
    return ladder < model_->ladders.size()
               ? names_of(model_->ladders[ladder].tiers, [](const Tier& tier) { return tier.id; })
               : std::vector<std::string>();
}
std::vector<std::string> Program::reviews() const {
    return names_of(model_->reviews, [](const Review& review) { return review.id; });
}
std::vector<std::string> Program::benefits() const {
    return names_of(model_->benefits, [](const Benefit& benefit) { return benefit.id; });
}
std::vector<std::string> Program::requirements() const {
    return names_of(model_->requirements, [](const Requirement& row) { return row.id; });
}

Result<std::string> canonical(const std::string& name, const std::string& text) {
    const Parsed parsed = rung::parse(Source(name, text));
    Result<std::string> result;
    result.diagnostics = present(parsed.faults, parsed.tree.source());
    std::optional<std::string> formatted = format(parsed);
    if (!formatted) {
        return result;
    }
    const Parsed again = rung::parse(Source(name, *formatted));
    if (!again.faults.empty() || !same_meaning(parsed.tree, again.tree)) {
        return failed<std::string>(present(Code::format_changed_meaning, {{"name", name}}));
    }
    result.value = std::move(formatted);
    return result;
}

// ---- the versions of a program -----------------------------------------------------------------

namespace {

std::optional<Diagnostic> mismatch(const Program& earlier, const Program& later) {
    const Model& a = earlier.model();
    const Model& b = later.model();
    if (a.name != b.name) {
        return present(Code::different_programs, {{"name", a.name},
                                                  {"other", b.name},
                                                  {"file", earlier.file()},
                                                  {"other_file", later.file()}});
    }
    if (a.on_key != b.on_key || a.review_key != b.review_key || a.version_key != b.version_key) {
        return present(Code::different_inputs, {{"version", b.version}, {"other", a.version}});
    }
    return std::nullopt;
}

/// Both in force on one day. A version without an end lasts until the next one begins; two that begin on one day
/// still clash.
std::optional<Diagnostic> overlap(const std::vector<Program>& versions, std::size_t before,
                                  std::size_t after) {
    const Program& earlier = versions[before];
    const Program& later = versions[after];
    const bool same_day = begin_of(earlier) == begin_of(later);
    if (!same_day && end_of(versions, before) < begin_of(later)) {
        return std::nullopt;
    }
    std::vector<Argument> arguments{{"version", earlier.version()},
                                    {"other", later.version()},
                                    {"day", begin_of(later).to_string()},
                                    {"from", earlier.effective_from()}};
    if (!same_day) {
        arguments.push_back({"before", Date::from_days_saturated(
                                           std::int64_t{begin_of(later).days_since_1970()} - 1)
                                           .to_string()});
    }
    return present(Code::versions_overlap, std::move(arguments));
}

VersionChoice choice_of(const std::vector<Program>& versions, std::size_t index,
                        VersionChoice::Why why) {
    const Program& chosen = versions[index];
    const std::string_view year = corrected(chosen.version());
    VersionChoice choice{why, chosen.effective_from(), {}, {}, {}, chosen.withdrawn()};
    for (std::size_t i = 0; i < versions.size(); ++i) {
        const Program& other = versions[i];
        if (i == index || is_withdrawn(other) || corrected(other.version()) != year) {
            continue;
        }
        if (i < index && year != chosen.version()) {
            choice.corrects = other.version(); // the last one before it
        } else if (i > index && year != other.version() && choice.corrected_by.empty()) {
            choice.corrected_by = other.version();
            choice.corrected_from = other.effective_from();
        }
    }
    return choice;
}

/// No version for a day: the ones around it, and one that would be there if it were not withdrawn.
Diagnostic none_on(const std::vector<Program>& versions, Date day) {
    std::vector<Argument> arguments{{"day", day.to_string()}};
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (is_withdrawn(versions[i]) && begin_of(versions[i]) <= day &&
            day <= end_of(versions, i)) {
            arguments.push_back({"withdrawn", versions[i].version()});
            arguments.push_back({"reason", *versions[i].withdrawn()});
            break;
        }
    }
    const std::vector<std::size_t> places = standing(versions);
    const auto after = std::find_if(places.begin(), places.end(), [&](std::size_t place) {
        return day < begin_of(versions[place]);
    });
    if (after != places.begin()) {
        const std::size_t before = *std::prev(after);
        arguments.push_back({"before", versions[before].version()});
        arguments.push_back({"ended", end_of(versions, before).to_string()});
    }
    if (after != places.end()) {
        arguments.push_back({"after", versions[*after].version()});
        arguments.push_back({"begins", versions[*after].effective_from()});
    }
    return present(Code::none_in_force, std::move(arguments));
}

} // namespace

Result<Registry> Registry::of(std::vector<Program> versions) {
    if (versions.empty()) {
        return failed<Registry>(present(Code::no_versions, {}));
    }
    std::stable_sort(versions.begin(), versions.end(),
                     [](const Program& a, const Program& b) { return begin_of(a) < begin_of(b); });
    Result<Registry> result;
    for (std::size_t i = 0; i < versions.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (versions[i].version() == versions[j].version()) {
                result.diagnostics.add(
                    present(Code::version_twice, {{"version", versions[i].version()},
                                                  {"first", versions[j].file()},
                                                  {"second", versions[i].file()}}));
            }
        }
        if (i > 0) {
            if (auto diagnostic = mismatch(versions[i - 1], versions[i])) {
                result.diagnostics.add(std::move(*diagnostic));
            }
        }
    }
    const std::vector<std::size_t> places = standing(versions);
    for (std::size_t i = 1; i < places.size(); ++i) {
        if (mismatch(versions[places[i - 1]], versions[places[i]])) {
            continue; // which was told
        }
        if (auto diagnostic = overlap(versions, places[i - 1], places[i])) {
            result.diagnostics.add(std::move(*diagnostic));
        }
    }
    if (result.diagnostics.empty()) {
        result.value.emplace();
        result.value->versions_ = std::move(versions);
    }
    return result;
}

Result<Chosen> Registry::choose(const std::optional<std::string>& on,
                                const std::optional<std::string>& version) const {
    std::optional<Date> day;
    if (on) {
        const ParsedDate parsed = Date::parse(*on);
        if (!parsed) {
            return failed<Chosen>(present(
                parsed.fault == DateTextFault::no_such_day ? Code::no_such_day : Code::bad_date,
                {{"found", *on}}));
        }
        day = parsed.value;
    }
    Result<Chosen> result;
    for (std::size_t i = 0; i < versions_.size(); ++i) {
        const bool in_force =
            !is_withdrawn(versions_[i]) &&
            (!day || (begin_of(versions_[i]) <= *day && *day <= end_of(versions_, i)));
        if (version ? versions_[i].version() == *version
                    : in_force && (day || versions_.size() == 1)) {
            const VersionChoice::Why why = version ? VersionChoice::Why::named
                                           : day   ? VersionChoice::Why::in_force
                                                   : VersionChoice::Why::only_file;
            result.value = Chosen{versions_[i], in_force, choice_of(versions_, i, why)};
            return result;
        }
    }
    if (version) {
        const std::vector<std::string> known =
            names_of(versions_, [](const Program& p) { return p.version(); });
        return failed<Chosen>(present(Code::unknown_version,
                                      {{"version", *version}, {"known", joined(known, ", ")}}));
    }
    if (!day) {
        const std::string& key = versions_.front().model().on_key;
        return failed<Chosen>(
            present(Code::no_date,
                    {{"purpose", "choosing a version"},
                     {"version", versions_.back().version()},
                     {"input", key.empty() ? "" : ", or `" + key.substr(1) + "` to the facts"}}));
    }
    return failed<Chosen>(none_on(versions_, *day));
}

} // namespace rung
