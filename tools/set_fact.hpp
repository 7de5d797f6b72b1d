// A record with one fact changed, for trying what would be.
#pragma once

#include <rung/calc.hpp>

#include <string>

namespace rung::tools {

/// The text of `json` (facts alone, or an envelope) with the fact at `path`, the name of a fact or a JSON Pointer
/// from the object that holds the facts, set to `value`: JSON, or a value as rules write it (a literal or what is
/// worked out from other facts, the name of a choice, several between commas for `any of`), or `unknown`, which
/// takes it out. All else in the text stays as it is. Throws Refusal where there is no such fact or the value does
/// not fit.
[[nodiscard]] Result<std::string> with_fact(const Calculator& calculator, const std::string& json,
                                            const std::string& path, const std::string& value);

/// The same with one more record, or plain value, behind those of a list that is given.
[[nodiscard]] Result<std::string> with_item(const Calculator& calculator, const std::string& json,
                                            const std::string& path, const std::string& value);

} // namespace rung::tools
