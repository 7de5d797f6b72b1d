// `rung fmt`: rule files in canonical form.
#include "tools/verbs.hpp"

#include <rung/rung.hpp>

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

namespace rung::tools {

namespace {

using Json = nlohmann::ordered_json;

enum class Became : std::uint8_t { canonical, formatted, not_canonical, broken };

/// A file, and what became of it.
struct Laid {
    std::string file;
    Became became = Became::canonical;
    std::optional<std::string> text; // of standard input, in canonical form
    Diagnostics findings;
};

Laid lay_out(const std::string& file, bool only_look) {
    const std::string name = file == "-" ? "standard input" : file;
    const std::string text = read_file(file);
    Result<std::string> formatted = canonical(name, text);
    if (!formatted) {
        return {name, Became::broken, std::nullopt, std::move(formatted.diagnostics)};
    }
    const bool differs = *formatted != text;
    const Became became = !differs    ? Became::canonical
                          : only_look ? Became::not_canonical
                                      : Became::formatted;
    if (file == "-") {
        return {name, became, only_look ? std::nullopt : std::move(formatted.value), {}};
    }
    if (became == Became::formatted) {
        write_file(file, *formatted);
    }
    return {name, became, std::nullopt, {}};
}

void tell(const Laid& laid, const Console& console) {
    if (laid.became == Became::broken) {
        console.fail(laid.findings);
    } else if (laid.text) {
        Console::out(*laid.text);
    } else if (laid.became == Became::not_canonical) {
        Console::out(laid.file + " is not in canonical form\n");
    } else if (laid.became == Became::formatted) {
        console.summary(laid.file + " formatted\n");
    }
}

const char* word_of(Became became) {
    switch (became) {
    case Became::formatted:
        return "formatted";
    case Became::not_canonical:
        return "not_canonical";
    case Became::broken:
        return "broken";
    case Became::canonical:
        break;
    }
    return "canonical";
}

std::string to_json(const std::vector<Laid>& all) {
    Diagnostics findings;
    Json files = Json::array();
    for (const Laid& laid : all) {
        findings.add(laid.findings);
        files.push_back({{"file", laid.file},
                         {"layout", word_of(laid.became)},
                         {"text", laid.text ? Json(*laid.text) : Json()},
                         {"errors", Json::parse(laid.findings.to_json())["errors"]}});
    }
    Json json = Json::parse(findings.to_json());
    json.erase("errors");
    json.erase("warnings");
    json["files"] = std::move(files);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

int code_of(const std::vector<Laid>& all) {
    const auto any = [&](Became became) {
        return std::any_of(all.begin(), all.end(),
                           [&](const Laid& laid) { return laid.became == became; });
    };
    return any(Became::broken)          ? ExitCode::invalid
           : any(Became::not_canonical) ? ExitCode::findings
                                        : ExitCode::clean;
}

} // namespace

int format(const std::vector<std::string>& paths, bool only_look, const Console& console) {
    std::vector<Laid> all;
    for (const std::string& path : paths) {
        for (const std::string& file :
             path == "-" ? std::vector<std::string>{"-"} : rule_files(path)) {
            all.push_back(lay_out(file, only_look));
            if (console.format() == Format::text) {
                tell(all.back(), console);
            }
        }
    }
    if (console.format() == Format::json) {
        Console::out(to_json(all));
    }
    return code_of(all);
}

} // namespace rung::tools
