// A record with one fact more, for trying what would be.
#pragma once

#include <rung/calc.hpp>

#include <string>

namespace rung::tools {

/// The text of `json` (facts alone, or an envelope) with the fact at `path`, the name of a fact or a JSON Pointer
/// from the object that holds the facts, set to `value`: a literal of the language, the name of a choice, several
/// between commas for `any of`, or `unknown`. Throws Refusal where there is no such fact or the value does not fit.
[[nodiscard]] Result<std::string> with_fact(const Calculator& calculator, const std::string& json,
                                            const std::string& path, const std::string& value);

} // namespace rung::tools
