// Runs the blocks of one page. What a block says and does is told in README.md beside this file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace rung::pages {

struct Trouble {
    std::size_t line;
    std::string text;
};

struct PageReport {
    std::size_t blocks = 0;
    std::vector<Trouble> troubles;
    /// The page with the outputs that the commands gave.
    std::string recorded;
};

/// `folder` is empty and stays the page's; `scratch` is for what commands print.
[[nodiscard]] PageReport run_page(std::string_view page, const std::filesystem::path& folder,
                                  const std::filesystem::path& scratch);

} // namespace rung::pages
