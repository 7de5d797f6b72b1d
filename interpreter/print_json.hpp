// What every JSON that Rung prints is made of.
#pragma once

#include <rung/diagnostics.hpp>
#include <rung/outcome.hpp>

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace rung {

using Json = nlohmann::ordered_json; // which keeps the order of keys

[[nodiscard]] Json text_or_null(const std::string& text);
[[nodiscard]] Json text_or_null(const std::optional<std::string>& text);
[[nodiscard]] Json json_of(const Place& place);
[[nodiscard]] Json json_of(const Diagnostic& finding);
/// What every result begins with: its format, the engine, and whether there is an answer.
[[nodiscard]] Json json_head(bool ok);
/// `input` with the language of its labels, where they are not in the file's own words.
[[nodiscard]] Json in_language(Json input, const std::string& language);
/// Why the version was chosen.
[[nodiscard]] Json json_of(const VersionChoice& choice);
[[nodiscard]] Json json_of(const std::optional<Days>& days);
/// `missing`: what would decide it, where it is unknown.
[[nodiscard]] Json json_of(const Figure& figure, const std::vector<std::string>& missing);
[[nodiscard]] Json json_of(const LadderOutcome& ladder);
[[nodiscard]] Json json_of(const RequirementOutcome& row);
[[nodiscard]] Json json_of(const BenefitOutcome& benefit);
/// The value at the partner's tier, not what each tier is worth.
[[nodiscard]] Json json_of(const ValueOutcome& value);
[[nodiscard]] Json json_of(const MeasureOutcome& measure);
[[nodiscard]] Json json_of(const NoticeOutcome& notice);
/// A record, without what it fails.
[[nodiscard]] Json json_of(const RecordNote& record);
[[nodiscard]] std::string_view name_of(RequirementVerdict verdict);
[[nodiscard]] std::string_view name_of(Granted verdict);
[[nodiscard]] std::string_view name_of(Changer changer);
[[nodiscard]] Json warnings_of(const Diagnostics& findings);
/// Each by its own `json_of`, in the order of the list.
template <typename Items>
[[nodiscard]] Json list_of(const Items& items) {
    Json json = Json::array();
    for (const auto& item : items) {
        json.push_back(json_of(item));
    }
    return json;
}
/// Its bytes: laid out, and with nothing in them that a terminal obeys.
[[nodiscard]] std::string printed(const Json& json);

} // namespace rung
