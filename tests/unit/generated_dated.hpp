// What the passing of days can change, by chance: rules made of everything that a review date may be in, and
// partners of any program whose days lie around those that are looked at.
#pragma once

#include "interpreter/calendar.hpp"
#include "interpreter/number.hpp"
#include "tests/unit/generated_facts.hpp"

#include <rung/contract.hpp>
#include <rung/program.hpp>

#include <string>
#include <vector>

namespace rung::dated {

using generated::Dice;
using generated::Json;

/// A program of few rules, so that the days of one do not hide those that another lacks. All programs read the
/// same facts and have the tiers none, low and high and the reviews one and two.
Program program(Dice& dice, const std::string& version = "1",
                const std::string& effective = "2020-01-01 onwards");

/// Facts as the contract of a program wants them, with days around the window and figures around those of the rules.
class Partners {
public:
    Partners(Dice& dice, const Program& program, Window days);

    /// Of a quarter of them some is not known.
    std::string next();

private:
    Json object(const std::vector<FactNeed>& needs);
    Json any(const FactNeed& need);
    Date day();
    Json figure(const FactNeed& need);
    Json held();
    [[nodiscard]] Json incomplete() const;

    Dice& dice_;
    Program program_;
    std::vector<FactNeed> needs_;
    Window days_;
    std::vector<Number> figures_;
    int unknown_ = 0; // of a hundred facts
};

} // namespace rung::dated
