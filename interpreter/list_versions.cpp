#include "interpreter/in_force.hpp"
#include "interpreter/layout.hpp"
#include "interpreter/print_json.hpp"
#include "interpreter/wording.hpp"

#include <rung/versions.hpp>

namespace rung {

namespace {

std::optional<Days> gap_between(const std::vector<Program>& versions, std::size_t before,
                                std::size_t after) {
    const std::optional<Date> first = add_days(end_of(versions, before), 1);
    const std::optional<Date> last = add_days(begin_of(versions[after]), -1);
    return first && last && *first <= *last
               ? std::optional(Days{first->to_string(), last->to_string()})
               : std::nullopt;
}

class VersionsNarrator : DocumentTeller {
public:
    VersionsNarrator(const VersionList& list, Language language)
        : list_(list), words_(Wording::of(language)) {
        document_.language = language;
        document_.title = list.label.empty() ? list.program : list.label;
        document_.sections.emplace_back();
    }

    Document run() {
        add(Heading{words_.say(Say::versions_of, document_.title), 1});
        Table table{{{words_.say(Say::version_column)},
                     {words_.say(Say::in_force_from)},
                     {words_.say(Say::in_force_through)},
                     {words_.say(Say::file_column)}},
                    {},
                    {}};
        for (const VersionList::Entry& entry : list_.versions) {
            table.rows.push_back(
                {entry.version, words_.date(entry.from), last_day(entry), entry.file});
        }
        add(std::move(table));
        for (const VersionList::Entry& entry : list_.versions) {
            if (entry.withdrawn) {
                add(Paragraph{words_.say(Say::version_withdrawn, entry.version, *entry.withdrawn)});
            }
        }
        for (const Days& gap : list_.gaps) {
            add(Paragraph{words_.say(Say::days_without_version, words_.window(gap)),
                          Tone::warning});
        }
        if (!list_.on.empty()) {
            const std::string day = words_.date(list_.on);
            add(Paragraph{list_.in_force ? words_.say(Say::version_in_force, *list_.in_force, day)
                                         : words_.say(Say::no_version_in_force, day)});
        }
        return told();
    }

private:
    [[nodiscard]] std::string last_day(const VersionList::Entry& entry) const {
        if (entry.withdrawn) {
            return words_.say(Say::withdrawn);
        }
        if (entry.through.empty()) {
            return words_.say(Say::until_next);
        }
        const std::string day = words_.date(entry.through);
        return entry.until_next ? words_.say(Say::in_brackets, day, words_.say(Say::until_next))
                                : day;
    }

    const VersionList& list_;
    const Wording& words_;
};

} // namespace

Result<VersionList> list(const Registry& versions, const std::optional<std::string>& on) {
    const std::vector<Program>& all = versions.versions();
    Result<VersionList> result;
    VersionList made;
    made.program = all.back().id();
    made.label = all.back().label();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool is_open = !all[i].effective_through().has_value();
        const Date end = end_of(all, i);
        const bool is_last = is_open && end == Date::max();
        made.versions.push_back({all[i].version(), all[i].file(), all[i].sha256(),
                                 all[i].effective_from(), is_last ? std::string() : end.to_string(),
                                 is_open, all[i].withdrawn()});
    }
    const std::vector<std::size_t> places = standing(all);
    for (std::size_t i = 1; i < places.size(); ++i) {
        if (const auto gap = gap_between(all, places[i - 1], places[i])) {
            made.gaps.push_back(*gap);
        }
    }
    if (on) {
        const Result<Chosen> chosen = versions.choose(on, std::nullopt);
        if (!chosen && !Date::parse(*on)) {
            result.diagnostics.add(chosen.diagnostics);
            return result;
        }
        made.on = *on;
        made.in_force = chosen ? std::optional(chosen->program.version()) : std::nullopt;
    }
    result.value = std::move(made);
    return result;
}

std::string to_text(const VersionList& list, const TextOptions& options) {
    return lay_out(VersionsNarrator(list, options.language).run(), options);
}

std::string to_json(const VersionList& list) {
    Json json = json_head(true);
    json["program"] = list.program;
    json["label"] = text_or_null(list.label);
    json["versions"] = Json::array();
    for (const VersionList::Entry& entry : list.versions) {
        json["versions"].push_back(
            {{"version", entry.version},
             {"file", entry.file},
             {"rules_sha256", entry.sha256},
             {"from", entry.from},
             {"through", text_or_null(entry.through)},
             {"until_next", entry.until_next},
             {"withdrawn", entry.withdrawn ? Json(*entry.withdrawn) : Json()}});
    }
    json["gaps"] = Json::array();
    for (const Days& gap : list.gaps) {
        json["gaps"].push_back(json_of(std::optional(gap)));
    }
    json["on"] = text_or_null(list.on);
    json["in_force"] = list.in_force ? Json(*list.in_force) : Json();
    return printed(json);
}

} // namespace rung
