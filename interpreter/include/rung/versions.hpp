// The versions of a program as a list: from when through when each is in force, and the days without one.
#pragma once

#include <rung/export.hpp>
#include <rung/outcome.hpp>
#include <rung/program.hpp>

#include <optional>
#include <string>
#include <vector>

namespace rung {

struct VersionList {
    struct Entry {
        std::string version;
        std::string file;
        std::string sha256;
        std::string from; // the first day in force
        std::string through; // the last; empty: it has none
        bool until_next =
            false; // the rules name no last day: it is the one before the next version
    };

    std::string program;
    std::string label;
    std::vector<Entry> versions; // by their first days
    std::vector<Days> gaps; // days between versions on which none is in force
    std::string on; // the day that is asked about, or empty
    std::optional<std::string> in_force; // on that day: the version
};

/// `on`: the day that is asked about. Without a value: it is no day. Pure; thread-safe.
[[nodiscard]] RUNG_API Result<VersionList> list(const Registry& versions,
                                                const std::optional<std::string>& on);

RUNG_API std::string to_text(const VersionList& list, const TextOptions& options = {});
/// `{"format": 1, "engine": …, "ok": true, "program", "label", "versions": […], "gaps": […], "on", "in_force"}`
RUNG_API std::string to_json(const VersionList& list);

} // namespace rung
