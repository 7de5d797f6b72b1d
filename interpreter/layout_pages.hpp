// Documents as pages: GitHub-flavoured Markdown and HTML.
//
// Every text of a document is data, also the labels of rules: it is shown as it is and never obeyed. Control,
// bidirectional and invisible characters are spelt out (`harmless`); what means something in the format is
// escaped; what a spreadsheet would take for a formula, were a table pasted into it, has an apostrophe before it.
#pragma once

#include "interpreter/document.hpp"
#include "interpreter/wording.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace rung {

[[nodiscard]] std::string layout_markdown(const Document& document);

/// One HTML5 file that needs nothing else: no script, no image, no font, and a content security policy that
/// allows its own style sheet only, by its digest. On paper what is folded is open, in light colours.
[[nodiscard]] std::string layout_html(const Document& document);

/// The sign of a mark: a character that is told from the others without colour. Empty for `plain`, and for steps,
/// which are numbered.
[[nodiscard]] const char* sign_of(Mark mark);
/// What the sign means.
[[nodiscard]] std::string word_of(const Wording& wording, Mark mark);

enum class RungStanding : std::uint8_t { above, possible, reached, current };

/// Where the partner stands with a rung of the ladder; the current one is the highest that is reached.
[[nodiscard]] RungStanding standing_of(const Rungs& rungs, std::size_t rung);
/// In words: "current tier", "asked for", "possible, not decided and asked for".
[[nodiscard]] std::string standing_in_words(const Wording& wording, const Rungs& rungs,
                                            std::size_t rung);

/// The text of a table's cell, with an apostrophe where a spreadsheet would compute it.
[[nodiscard]] std::string no_formula(const std::string& text);

/// The marks with a sign that a document uses, for the line that tells what the signs mean.
[[nodiscard]] std::vector<Mark> marks_used(const Document& document);

} // namespace rung
