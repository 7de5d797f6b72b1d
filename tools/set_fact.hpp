// A record with one fact changed, for trying what would be.
#pragma once

#include <rung/calc.hpp>
#include <rung/contract.hpp>

#include <optional>
#include <string>

namespace rung::tools {

/// The JSON of a fact's value, or of a record's field, that is written as JSON or as rules write it; nothing where it
/// is `unknown`. Where the value is no expression, `diagnostics` says so. Throws Refusal where it does not fit.
[[nodiscard]] std::optional<std::string> value_json(const Calculator& calculator,
                                                    const FactNeed& need, const std::string& value,
                                                    Diagnostics& diagnostics);

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
