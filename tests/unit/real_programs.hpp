// The real programs of `rules/`, for tests that hold something against all of them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace rung::real {

inline std::string text_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Files of a folder by name; none where there is no such folder.
inline std::vector<std::filesystem::path> files(const std::filesystem::path& folder,
                                                const std::string& ending,
                                                const std::string& but = "\n") {
    std::vector<std::filesystem::path> found;
    if (std::filesystem::is_directory(folder)) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            const std::string name = entry.path().filename().string();
            if (name.ends_with(ending) && !name.ends_with(but)) {
                found.push_back(entry.path());
            }
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

struct RealProgram {
    std::string name; // of its folder
    std::vector<std::filesystem::path> versions;
    std::vector<std::filesystem::path> records; // facts of partners
};

/// By name.
inline std::vector<RealProgram> programs() {
    const std::filesystem::path root = RUNG_SOURCE_DIR;
    std::vector<RealProgram> found;
    for (const auto& entry : std::filesystem::directory_iterator(root / "rules")) {
        RealProgram program{entry.path().filename().string(),
                            files(entry.path(), ".rung", ".test.rung"),
                            files(entry.path() / "facts", ".json")};
        if (program.name == "twilio-technology-2023") {
            const std::filesystem::path example = root / "examples/partners/acme-silver.json";
            program.records.insert(program.records.begin(), example);
        }
        found.push_back(std::move(program));
    }
    std::sort(found.begin(), found.end(),
              [](const RealProgram& a, const RealProgram& b) { return a.name < b.name; });
    return found;
}

} // namespace rung::real
