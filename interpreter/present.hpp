// Faults of a source, as the public Diagnostics: places in lines and columns, sentences in words.
#pragma once

#include "grammar/diagnostic.hpp"

#include <rung/diagnostics.hpp>

#include <vector>

namespace rung {

[[nodiscard]] Diagnostics present(const Faults& faults, const Source& source);
[[nodiscard]] Place place_of(const Source& source, Span span);
/// A fault that is in no text.
[[nodiscard]] Diagnostic present(const Fault& fault);
[[nodiscard]] Diagnostic present(Code code, std::vector<Argument> arguments);

} // namespace rung
