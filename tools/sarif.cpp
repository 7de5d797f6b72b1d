#include "tools/sarif.hpp"

#include "interpreter/text.hpp"
#include "tools/explanations.hpp"

#include <rung/version.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace rung::tools {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// A path as a reference: relative to the current folder where it lies below it.
std::string uri_of(const std::string& path) {
    std::error_code error;
    const fs::path here = fs::current_path(error);
    const fs::path below = fs::path(path).lexically_normal();
    const fs::path relative = below.is_absolute() ? below.lexically_relative(here) : below;
    const bool leaves = relative.empty() || *relative.begin() == "..";
    const std::string plain = (below.is_absolute() && leaves ? below : relative).generic_string();
    std::string uri = below.is_absolute() && leaves ? "file://" : "";
    for (const char character : plain) {
        const bool is_safe = (character >= 'a' && character <= 'z') ||
                             (character >= 'A' && character <= 'Z') ||
                             (character >= '0' && character <= '9') ||
                             std::string_view("-._~/").find(character) != std::string_view::npos;
        uri += is_safe ? std::string(1, character)
                       : fmt::format("%{:02X}", static_cast<unsigned char>(character));
    }
    return uri;
}

Json region_of(const Place& place) {
    return {{"startLine", place.line},
            {"startColumn", place.column},
            {"endLine", place.end_line},
            {"endColumn", place.end_column}};
}

Json location_of(const Place& place) {
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", uri_of(place.file)}}}, {"region", region_of(place)}}}};
}

std::string_view argument(const Diagnostic& finding, std::string_view name) {
    const auto at = std::find_if(finding.arguments.begin(), finding.arguments.end(),
                                 [&](const auto& known) { return known.first == name; });
    return at == finding.arguments.end() ? std::string_view() : std::string_view(at->second);
}

/// What stands at the place, if it is on one line.
std::string text_at(const Place& place) {
    if (place.line != place.end_line) {
        return "";
    }
    std::uint32_t column = 0;
    std::string text;
    for (const char byte : place.line_text) {
        column += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1U : 0U;
        if (column >= place.column && column < place.end_column) {
            text += byte;
        }
    }
    return text;
}

/// "did you mean `close`?", where the place is exactly what was found instead.
Json fixes_of(const Diagnostic& finding) {
    const std::string_view close = argument(finding, "close");
    if (close.empty() || !finding.place) {
        return Json::array();
    }
    const std::string there = text_at(*finding.place);
    if (there.empty() ||
        (there != argument(finding, "found") && there != argument(finding, "name"))) {
        return Json::array();
    }
    const Json replacement = {{"deletedRegion", region_of(*finding.place)},
                              {"insertedContent", {{"text", close}}}};
    return Json::array(
        {{{"description", {{"text", fmt::format("Write `{}`.", close)}}},
          {"artifactChanges",
           Json::array({{{"artifactLocation", {{"uri", uri_of(finding.place->file)}}},
                         {"replacements", Json::array({replacement})}}})}}});
}

const char* level_of(const Diagnostic& finding) { return finding.is_error ? "error" : "warning"; }

Json rule_of(const Diagnostic& finding, const std::vector<Explanation>& explanations) {
    Json rule = {{"id", finding.code}};
    const auto told =
        std::find_if(explanations.begin(), explanations.end(), [&](const Explanation& explanation) {
            return explanation.code == finding.code;
        });
    if (told != explanations.end()) {
        rule["shortDescription"] = {{"text", told->summary()}};
        rule["fullDescription"] = {{"text", told->prose()}};
        rule["help"] = {{"text", told->prose()}, {"markdown", told->prose()}};
    }
    rule["defaultConfiguration"] = {{"level", level_of(finding)}};
    return rule;
}

Json result_of(const Diagnostic& finding, std::size_t rule) {
    const std::string help = finding.help.empty() ? "" : "\nhelp: " + finding.help;
    Json result = {{"ruleId", finding.code},
                   {"ruleIndex", rule},
                   {"level", level_of(finding)},
                   {"message", {{"text", harmless(finding.text) + help}}}};
    if (finding.place) {
        result["locations"] = Json::array({location_of(*finding.place)});
    }
    Json related = Json::array();
    for (const Diagnostic::Related& other : finding.related) {
        Json location = {{"id", related.size() + 1}};
        location.update(location_of(other.place));
        location["message"] = {{"text", other.text}};
        related.push_back(location);
    }
    if (!related.empty()) {
        result["relatedLocations"] = related;
    }
    if (Json fixes = fixes_of(finding); !fixes.empty()) {
        result["fixes"] = std::move(fixes);
    }
    return result;
}

} // namespace

std::string to_sarif(const Diagnostics& diagnostics) {
    const std::vector<Explanation> explanations = explanations_of(diagnostics_page());
    std::vector<std::string> codes;
    Json rules = Json::array();
    Json results = Json::array();
    for (const Diagnostic& finding : diagnostics) {
        const auto known = std::find(codes.begin(), codes.end(), finding.code);
        const auto rule = static_cast<std::size_t>(known - codes.begin());
        if (known == codes.end()) {
            codes.push_back(finding.code);
            rules.push_back(rule_of(finding, explanations));
        }
        results.push_back(result_of(finding, rule));
    }
    const Json driver = {{"name", "rung"}, {"semanticVersion", version()}, {"rules", rules}};
    const Json sarif = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                        {"version", "2.1.0"},
                        {"runs", Json::array({{{"tool", {{"driver", driver}}},
                                               {"columnKind", "unicodeCodePoints"},
                                               {"results", results}}})}};
    return sarif.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace rung::tools
