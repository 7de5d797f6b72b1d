#include "interpreter/fact_form.hpp"

#include <algorithm>
#include <utility>

namespace rung {

/// What stands at the end of a pointer.
struct FactForm::Entry {
    std::vector<std::string> steps;
    Index field = none;
    Input input = Input::nothing;
    Index ladder = none;
};

namespace {

constexpr std::pair<std::string_view, Input> envelope_keys[] = {
    {"/facts", Input::facts},     {"/on", Input::on},     {"/review", Input::review},
    {"/version", Input::version}, {"/held", Input::held}, {"/incomplete", Input::incomplete},
    {"/waivers", Input::waivers},
};

constexpr std::pair<std::string_view, Input> held_keys[] = {
    {"/tier", Input::held_tier},
    {"/since", Input::held_since},
    {"/protected_until", Input::held_until},
};

constexpr std::pair<std::string_view, Input> waiver_keys[] = {
    {"/requirement", Input::waiver_requirement},
    {"/tier", Input::waiver_tier},
    {"/granted_on", Input::waiver_granted_on},
    {"/until", Input::waiver_until},
    {"/by", Input::waiver_by},
    {"/reason", Input::waiver_reason},
};

std::optional<std::string> step_unescaped(std::string_view step) {
    std::string key;
    for (std::size_t i = 0; i < step.size(); ++i) {
        if (step[i] != '~') {
            key += step[i];
            continue;
        }
        ++i;
        if (i == step.size() || (step[i] != '0' && step[i] != '1')) {
            return std::nullopt;
        }
        key += step[i] == '0' ? '~' : '/';
    }
    return key;
}

} // namespace

std::optional<std::vector<std::string>> pointer_steps(std::string_view pointer) {
    std::vector<std::string> steps;
    while (!pointer.empty()) {
        if (pointer.front() != '/') {
            return std::nullopt;
        }
        pointer.remove_prefix(1);
        const std::size_t end = std::min(pointer.find('/'), pointer.size());
        auto step = step_unescaped(pointer.substr(0, end));
        if (!step) {
            return std::nullopt;
        }
        steps.push_back(std::move(*step));
        pointer.remove_prefix(end);
    }
    return steps;
}

FactForm::FactForm(const Model& model) : places_(3 + model.records.size()) {
    const auto entry = [](std::string_view pointer, Index field, Input input) {
        return Entry{pointer_steps(pointer).value_or(std::vector<std::string>()), field, input,
                     none};
    };
    const auto fields = [&](const std::vector<Field>& all) {
        std::vector<Entry> entries;
        for (Index i = 0; i < all.size(); ++i) {
            entries.push_back(entry(all[i].pointer, i, Input::nothing));
        }
        return entries;
    };

    std::vector<Entry> partner = fields(model.facts);
    partner.push_back(entry(model.on_key, none, Input::on_in_facts));
    partner.push_back(entry(model.review_key, none, Input::review_in_facts));
    partner.push_back(entry(model.version_key, none, Input::version_in_facts));
    add(this->partner(), std::move(partner));

    std::vector<Entry> beside;
    for (const auto& [pointer, input] : envelope_keys) {
        beside.push_back(entry(pointer, none, input));
    }
    for (Index ladder = 0; ladder < model.ladders.size(); ++ladder) {
        // Of several ladders each has an object of its own.
        const std::string held =
            model.ladders.size() == 1 ? "/held" : "/held/" + model.ladders[ladder].id;
        beside.push_back(entry(held, none, Input::held));
        beside.back().ladder = ladder;
        for (const auto& [pointer, input] : held_keys) {
            beside.push_back(entry(held + std::string(pointer), none, input));
            beside.back().ladder = ladder;
        }
    }
    add(envelope(), std::move(beside));

    std::vector<Entry> waiver;
    for (const auto& [pointer, input] : waiver_keys) {
        waiver.push_back(entry(pointer, none, input));
    }
    add(this->waiver(), std::move(waiver));

    for (Index type = 0; type < model.records.size(); ++type) {
        add(record(type), fields(model.records[type].fields));
    }
}

/// Level by level, so that the keys of one object stand together. Entries without a pointer are
/// left out.
void FactForm::add(Index root, std::vector<Entry> entries) {
    std::erase_if(entries, [](const Entry& entry) { return entry.steps.empty(); });
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.steps < b.steps; });

    struct Part {
        Index place;
        std::size_t begin;
        std::size_t end;
        std::size_t depth;
    };
    std::vector<Part> parts = {{root, 0, entries.size(), 0}};
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const Part part = parts[p];
        places_[part.place].first = static_cast<Index>(places_.size());
        for (std::size_t i = part.begin; i < part.end; ++i) {
            const Entry& entry = entries[i];
            if (entry.steps.size() == part.depth) {
                Place& here = places_[part.place];
                here.field = entry.field == none ? here.field : entry.field;
                here.input = entry.input == Input::nothing ? here.input : entry.input;
                here.ladder = entry.ladder == none ? here.ladder : entry.ladder;
                continue;
            }
            const std::string& key = entry.steps[part.depth];
            if (places_[part.place].count == 0 || places_.back().key != key) {
                places_[part.place].count += 1;
                parts.push_back({static_cast<Index>(places_.size()), i, i, part.depth + 1});
                places_.push_back({key, none, Input::nothing, none, 0, 0});
            }
            parts.back().end = i + 1;
        }
    }
}

Index FactForm::find(Index place, std::string_view key) const {
    const auto first = places_.begin() + places_[place].first;
    const auto last = first + places_[place].count;
    const auto at = std::lower_bound(first, last, key,
                                     [](const Place& a, std::string_view b) { return a.key < b; });
    return at == last || at->key != key ? none : static_cast<Index>(at - places_.begin());
}

} // namespace rung
