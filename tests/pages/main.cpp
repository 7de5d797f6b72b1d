// Runs the blocks of pages against the command `rung`, and writes their outputs anew when asked to.
//
//     rung_pages PATH_OF_RUNG_COMMAND PAGE... [--record] [--codes]
//
// Pages are counted from the root of the repository. README.md beside this file tells what blocks do.
#include "tests/corpus/command.hpp"
#include "tests/corpus/sandbox.hpp"
#include "tests/pages/codes.hpp"
#include "tests/pages/run_page.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

namespace rung::pages {
namespace {

namespace fs = std::filesystem;

struct Task {
    bool record = false;
    bool codes = false;
    std::vector<std::string> pages;
};

int complain(const std::string& message) {
    fmt::print(stderr, "{}\n", message);
    return 2;
}

/// Copies, so that no command of a page can change what it speaks of.
bool furnish(const fs::path& folder) {
    const fs::path root = RUNG_SOURCE_DIR;
    std::error_code error;
    fs::create_directories(folder, error);
    for (const char* name : {"rules", "examples"}) {
        if (!error) {
            fs::copy(root / name, folder / name, fs::copy_options::recursive, error);
        }
    }
    return !error;
}

/// Whether the page is as it should be, or was made so.
bool run(const std::string& name, const Task& task, const fs::path& scratch) {
    const fs::path path = fs::path(RUNG_SOURCE_DIR) / name;
    std::string page;
    if (!corpus::read_file(path, page) || !furnish(scratch / "page")) {
        fmt::print("{}: cannot be read\n", name);
        return false;
    }
    PageReport report = run_page(page, scratch / "page", scratch);
    if (task.codes) {
        std::string messages; // without any, the comparison says so
        if (!corpus::read_file(fs::path(RUNG_SOURCE_DIR) / "grammar/messages.def", messages)) {
            messages.clear();
        }
        const std::vector<Trouble> more = compare_codes(page, messages);
        report.troubles.insert(report.troubles.end(), more.begin(), more.end());
    }
    if (task.record && report.recorded != page && corpus::write_file(path, report.recorded)) {
        fmt::print("recorded {}\n", name);
        return true;
    }
    for (const Trouble& trouble : report.troubles) {
        fmt::print("{}:{}: {}\n", name, trouble.line, trouble.text);
    }
    fmt::print("{}: {} blocks, {} troubles\n", name, report.blocks, report.troubles.size());
    return report.troubles.empty() && report.blocks > 0;
}

int run_all(const fs::path& rung, const Task& task) {
    bool all_well = true;
    for (const std::string& name : task.pages) {
        const corpus::TemporaryFolder scratch;
        if (scratch.path().empty() || !corpus::prepare_commands(rung, scratch.path() / "bin")) {
            return complain(fmt::format("`{}` cannot be run", rung.string()));
        }
        all_well = run(name, task, scratch.path()) && all_well;
    }
    return all_well ? 0 : 1;
}

} // namespace
} // namespace rung::pages

int main(int count, char** values) {
    using namespace rung::pages;
    Task task;
    task.pages.assign(values + 1, values + count);
    task.record = std::erase(task.pages, "--record") > 0;
    task.codes = std::erase(task.pages, "--codes") > 0;
    const auto is_option = [](const std::string& word) { return word.starts_with('-'); };
    if (task.pages.size() < 2 || std::any_of(task.pages.begin(), task.pages.end(), is_option)) {
        return complain("usage: rung_pages PATH_OF_RUNG_COMMAND PAGE... [--record] [--codes]");
    }
    const std::string rung = task.pages.front();
    task.pages.erase(task.pages.begin());
    return run_all(rung, task);
}
