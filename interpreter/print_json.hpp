// What every JSON that Rung prints is made of.
#pragma once

#include <rung/diagnostics.hpp>

#include <string>

#include <nlohmann/json.hpp>

namespace rung {

[[nodiscard]] nlohmann::ordered_json json_of(const Place& place);
[[nodiscard]] nlohmann::ordered_json json_of(const Diagnostic& finding);
/// Its bytes: laid out, and with nothing in them that a terminal obeys.
[[nodiscard]] std::string printed(const nlohmann::ordered_json& json);

} // namespace rung
