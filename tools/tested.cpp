#include "tools/tested.hpp"

#include "tools/files.hpp"

#include <fmt/format.h>

namespace rung::tools {

const Result<Program>& Programs::of(const std::string& file) {
    const auto known = programs_.find(file);
    return known != programs_.end()
               ? known->second
               : programs_.emplace(file, Program::parse(file, read_file(file))).first->second;
}

Program program_beside(const std::string& test_file, Programs& programs) {
    const std::optional<std::string> rules = tested_by(test_file);
    if (!rules) {
        refuse(Code::nothing_tested, {{"path", test_file}});
    }
    const Result<Program>& program = programs.of(*rules);
    if (!program) {
        refuse(Code::tested_rules_broken, {{"rules", *rules}, {"path", test_file}});
    }
    return *program;
}

FactsLoader loader_beside(const std::string& file) {
    return [folder = std::filesystem::path(file).parent_path()](
               const std::string& name) -> std::optional<std::string> {
        try {
            return read_file((folder / name).string());
        } catch (const Refusal&) {
            return std::nullopt;
        }
    };
}

std::string counted(std::size_t count, const char* one, const char* many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

} // namespace rung::tools
