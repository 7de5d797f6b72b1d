// Rung in twenty lines: read the rules, read a partner, ask why not Gold.
#include <rung/rung.hpp>

#include <fstream>
#include <iostream>
#include <sstream>

static std::string read(const char* path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

int main(int argc, char** argv) {
    const char* rules = argc > 1 ? argv[1] : "rules/twilio-technology-2023/2023.rung";
    const char* partner = argc > 2 ? argv[2] : "examples/partners/acme-silver.json";

    const auto program = rung::Program::parse(rules, read(rules));
    if (!program) {
        std::cerr << program.diagnostics.to_text();
        return 2;
    }
    const auto facts = rung::Facts::read(*program, partner, read(partner));
    const auto outcome = facts ? rung::evaluate(*program, *facts) : rung::Result<rung::Outcome>{};
    if (!outcome) {
        std::cerr << facts.diagnostics.to_text() << outcome.diagnostics.to_text();
        return 2;
    }
    std::cout << outcome->partner << " is at least " << outcome->ladders.front().at_least << "\n\n"
              << rung::why_not(*outcome, "gold");
}
