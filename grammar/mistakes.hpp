// From a place where something did not come to a fault that a person can mend: what stands there, what
// kind of mistake that usually is, and what to write instead. Knows texts and words, nothing of the
// parser.
//
// The readers are program operators. Their mistakes are those of people who copy from a guide and know
// spreadsheets: typography, `Twilio` for a name, `$5 million`, `sum(x)`, a comma too many.
#pragma once

#include "grammar/diagnostic.hpp"

namespace rung::mistakes {

/// The fault at a place where none of `expected` came; the labels are those of rules.hpp.
[[nodiscard]] Fault syntax_fault(std::string_view text, std::uint32_t at,
                                 const std::vector<std::string>& expected);

/// What belongs to no section: an unknown word at the margin, or a line on its own.
[[nodiscard]] Fault stray_fault(std::string_view text, Span where, bool at_margin);
/// Whether the line above breaks off, as `before` says, because this one, at `begin`, should have been
/// indented. If so, `fault` says it, and once is enough.
[[nodiscard]] bool goes_on(std::string_view text, const Fault& before, std::uint32_t begin,
                           Fault& fault);

/// Whether a word at the margin begins a section.
[[nodiscard]] bool begins_section(std::string_view word);

} // namespace rung::mistakes
