// What every JSON that Rung prints is made of.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/outcome.hpp>

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace rung {

[[nodiscard]] nlohmann::ordered_json text_or_null(const std::string& text);
[[nodiscard]] nlohmann::ordered_json text_or_null(const std::optional<std::string>& text);
[[nodiscard]] nlohmann::ordered_json json_of(const Place& place);
[[nodiscard]] nlohmann::ordered_json json_of(const Diagnostic& finding);
/// What every result begins with: its format, the engine, and whether there is an answer.
[[nodiscard]] nlohmann::ordered_json json_head(bool ok);
/// `input` with the language of its labels, where they are not in the file's own words.
[[nodiscard]] nlohmann::ordered_json in_language(nlohmann::ordered_json input,
                                                 const std::string& language);
/// Why the version was chosen.
[[nodiscard]] nlohmann::ordered_json json_of(const VersionChoice& choice);
[[nodiscard]] nlohmann::ordered_json json_of(const std::optional<Days>& days);
/// `missing`: what would decide it, where it is unknown.
[[nodiscard]] nlohmann::ordered_json json_of(const Figure& figure,
                                             const std::vector<std::string>& missing);
[[nodiscard]] nlohmann::ordered_json json_of(const LadderOutcome& ladder);
[[nodiscard]] nlohmann::ordered_json json_of(const RequirementOutcome& row);
[[nodiscard]] nlohmann::ordered_json json_of(const BenefitOutcome& benefit);
/// The value at the partner's tier, not what each tier is worth.
[[nodiscard]] nlohmann::ordered_json json_of(const ValueOutcome& value);
[[nodiscard]] nlohmann::ordered_json json_of(const MeasureOutcome& measure);
[[nodiscard]] nlohmann::ordered_json json_of(const NoticeOutcome& notice);
/// A record, without what it fails.
[[nodiscard]] nlohmann::ordered_json json_of(const RecordNote& record);
[[nodiscard]] std::string_view name_of(RequirementVerdict verdict);
[[nodiscard]] std::string_view name_of(Granted verdict);
[[nodiscard]] std::string_view name_of(Changer changer);
[[nodiscard]] nlohmann::ordered_json warnings_of(const Diagnostics& findings);
/// Its bytes: laid out, and with nothing in them that a terminal obeys.
[[nodiscard]] std::string printed(const nlohmann::ordered_json& json);

} // namespace rung
