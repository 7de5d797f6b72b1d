// Many partners at one review: verdicts only, one workspace, no allocation for each partner.
#include <rung/rung.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

static std::string read(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

int main(int argc, char** argv) {
    const std::filesystem::path folder = argc > 1 ? argv[1] : "rules/twilio-technology-2023";
    const std::string rules = (folder / "2023.rung").string();
    const auto program = rung::Program::parse(rules, read(rules));
    auto batch = program
                     ? rung::BatchEvaluator::of(*program, {.on = "2023-02-15", .review = "annual"})
                     : rung::Result<rung::BatchEvaluator>{};
    if (!batch) {
        std::cerr << program.diagnostics.to_text() << batch.diagnostics.to_text();
        return 2;
    }
    const std::vector<std::string> tiers = program->tiers();
    for (const auto& file : std::filesystem::directory_iterator(folder / "facts")) {
        const auto facts = rung::Facts::read(*program, file.path().string(), read(file.path()));
        if (!facts) {
            std::cerr << facts.diagnostics.to_text();
            return 2;
        }
        const auto verdict = batch->evaluate(*facts);
        std::cout << file.path().filename().string() << ": "
                  << (!verdict.applies ? "for another day or review"
                      : verdict.tier   ? tiers[*verdict.tier]
                                       : "undecided, at least " + tiers[verdict.at_least])
                  << '\n';
    }
}
