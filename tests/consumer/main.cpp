// What a program outside the tree sees: the public headers and one library.
#include <rung/rung.hpp>

#include <iostream>

static const char* const rules = R"(program acme "Acme"
version 1
effective 2024-01-01 onwards
ladder none "None" < member "Member" < gold "Gold"
       climbed one by one
facts
  name   text          "Name" key
  deals  whole number  "Deals"
requirements
| name  | asks       | member | gold |
|-------|------------|--------|------|
| deals | deals >= _ | 1      | 10   |
)";

int main() {
    const auto program = rung::Program::parse("acme.rung", rules);
    const auto facts =
        program ? rung::Facts::read(*program, "partner.json", R"({"name": "Contoso", "deals": 4})")
                : rung::Result<rung::Facts>{};
    const auto outcome = facts ? rung::evaluate(*program, *facts) : rung::Result<rung::Outcome>{};
    if (!outcome) {
        std::cerr << program.diagnostics.to_text() << facts.diagnostics.to_text()
                  << outcome.diagnostics.to_text();
        return 1;
    }
    std::cout << "rung " << rung::version() << '\n' << rung::why_not(*outcome, "gold");
    return outcome->ladders.front().tier == "member" ? 0 : 1;
}
