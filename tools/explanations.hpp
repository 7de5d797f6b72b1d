// docs/diagnostics.md as `rung explain` needs it: what the page says of each code.
#pragma once

#include "tools/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rung::tools {

struct Explanation {
    std::string code;
    std::string chapter;
    /// Of its heading.
    std::size_t line = 0;
    /// Paragraphs and fences, in the order of the page.
    std::vector<PagePart> parts;

    /// The first sentence.
    [[nodiscard]] std::string summary() const;
    /// All paragraphs, a blank line between them.
    [[nodiscard]] std::string prose() const;
};

/// "wrong", "right", or empty for a block that only sets the scene.
[[nodiscard]] std::string_view verdict_of(const PagePart& fence);

/// A section for each `## code`, below the `# chapter` it stands in.
[[nodiscard]] std::vector<Explanation> explanations_of(std::string_view page);

/// The page as it was when the command was built.
[[nodiscard]] std::string_view diagnostics_page();

} // namespace rung::tools
