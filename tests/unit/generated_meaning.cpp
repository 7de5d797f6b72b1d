// What must come out of a generated program, for a partner of whom everything is known.
#include "tests/unit/generated_program.hpp"

#include <algorithm>

namespace rung::generated {

namespace {

/// One ladder, climbed along one path.
class Climb {
public:
    Climb(const GeneratedLadder& ladder, World& world) : ladder_(ladder), world_(world) {}

    ExpectedPath along(std::size_t path) {
        world_.path = path;
        const std::size_t top = ladder_.tiers.size();
        expected_.open = is_open(path);
        expected_.rows.assign(ladder_.rows.size(), std::vector<Judged>(top, Judged::not_asked));
        expected_.under_unasked.assign(ladder_.rows.size(), std::vector<bool>(top, false));
        for (std::size_t tier = 1; tier < top; ++tier) {
            if (column(tier) && (!ladder_.climbs || expected_.tier == static_cast<int>(tier) - 1)) {
                expected_.tier = static_cast<int>(tier);
            }
        }
        return expected_;
    }

private:
    bool is_open(std::size_t path) {
        if (ladder_.paths.empty()) {
            return true;
        }
        if (!ladder_.paths[path].otherwise) {
            const auto& when = ladder_.paths[path].when;
            return !when || sure(when->meaning(world_));
        }
        bool any = false;
        for (std::size_t other = 0; other < ladder_.paths.size(); ++other) {
            any = (!ladder_.paths[other].otherwise && is_open(other)) || any;
        }
        return !any;
    }

    bool column(std::size_t tier) {
        bool met = true;
        for (const std::size_t root : ladder_.roots) {
            met = judge(root, tier, false) != Judged::unmet && met;
        }
        return met;
    }

    Judged judge(std::size_t index, std::size_t tier, bool is_way) {
        return expected_.rows[index][tier] = judgement(index, tier, is_way);
    }

    Judged judgement(std::size_t index, std::size_t tier, bool is_way) {
        const GeneratedRow& row = ladder_.rows[index];
        const GeneratedCell& cell = row.cells[tier];
        const bool applies = cell.asked && (!row.when || sure(row.when->meaning(world_))) &&
                             (!cell.condition || sure(cell.condition->meaning(world_)));
        if (!applies) {
            clear(index, tier);
            return is_way && cell.asked ? Judged::unmet : Judged::not_asked;
        }
        if (row.needed == 0) {
            return ask(row, cell) ? Judged::met : Judged::unmet;
        }
        int asked = 0;
        int met = 0;
        for (const std::size_t part : row.parts) {
            const Judged judged = judge(part, tier, row.needed > 0);
            asked += judged != Judged::not_asked ? 1 : 0;
            met += judged == Judged::met ? 1 : 0;
        }
        if (row.needed < 0 && asked == 0) {
            return is_way ? Judged::unmet : Judged::not_asked;
        }
        return met >= (row.needed < 0 ? asked : row.needed) ? Judged::met : Judged::unmet;
    }

    bool ask(const GeneratedRow& row, const GeneratedCell& cell) {
        if (!row.has_hole) {
            return sure(row.ask(world_));
        }
        const auto figure = row.against.meaning(world_);
        const auto asked = cell.hole->meaning(world_);
        if (!figure || !asked) {
            throw Unclear();
        }
        return *figure >= *asked;
    }

    void clear(std::size_t index, std::size_t tier) {
        for (const std::size_t part : ladder_.rows[index].parts) {
            expected_.rows[part][tier] = Judged::not_asked;
            expected_.under_unasked[part][tier] = true;
            clear(part, tier);
        }
    }

    const GeneratedLadder& ladder_;
    World& world_;
    ExpectedPath expected_;
};

ExpectedLadder climbed(const GeneratedLadder& ladder, World& world) {
    ExpectedLadder expected;
    for (std::size_t path = 0; path < ladder.path_count(); ++path) {
        expected.paths.push_back(Climb(ladder, world).along(path));
        const ExpectedPath& along = expected.paths.back();
        expected.tier = along.open ? std::max(expected.tier, along.tier) : expected.tier;
    }
    return expected;
}

Opened opened(const GeneratedBenefit& benefit, int tier, World& world) {
    const GeneratedCell& cell = benefit.cells[static_cast<std::size_t>(tier)];
    if (!cell.asked) {
        return Opened::closed;
    }
    bool all = !cell.condition || sure(cell.condition->meaning(world));
    for (const Made<Tru>& need : benefit.needs) {
        all = sure(need.meaning(world)) && all;
    }
    return all ? Opened::granted : Opened::open;
}

bool keeps(const GeneratedKeeping& keeping, World& world) {
    const std::optional<int> through = keeping.through.meaning(world);
    if (!through) {
        throw Unclear();
    }
    return *through >= on && (!keeping.when || sure(keeping.when->meaning(world)));
}

/// What is held after the review.
int holds(const GeneratedLadder& ladder, const std::optional<GeneratedReview>& review, int tier,
          World& world) {
    const auto& was = world.held->at(ladder.name).at("tier").get_ref<const std::string&>();
    const int held = static_cast<int>(std::find(ladder.tiers.begin(), ladder.tiers.end(), was) -
                                      ladder.tiers.begin());
    const bool may_move =
        !review || (tier > held ? review->can_raise : tier == held || review->can_lower);
    if (tier >= held || !may_move) {
        return may_move ? tier : held;
    }
    int kept = tier;
    for (const GeneratedKeeping& keeping : ladder.keepings) {
        if (keeps(keeping, world)) {
            kept = std::max(kept, keeping.one_below ? held - 1 : held);
        }
    }
    return review && review->grace ? held : kept;
}

} // namespace

std::vector<int> Expected::tiers() const {
    std::vector<int> tiers;
    for (const ExpectedLadder& ladder : ladders) {
        tiers.push_back(ladder.tier);
    }
    return tiers;
}

Expected expected(const GeneratedProgram& program, const Partner& partner) {
    World world;
    world.facts = &partner.facts;
    world.held = &partner.held;
    Expected expected;
    for (const GeneratedLadder& ladder : program.ladders) {
        expected.ladders.push_back(climbed(ladder, world));
    }
    world.tiers = expected.tiers();
    for (std::size_t i = 0; i < program.ladders.size(); ++i) {
        const GeneratedLadder& ladder = program.ladders[i];
        ExpectedLadder& out = expected.ladders[i];
        for (const GeneratedBenefit& benefit : ladder.benefits) {
            out.benefits.push_back(opened(benefit, out.tier, world));
        }
        if (partner.held.contains(ladder.name)) {
            out.holds = holds(ladder, program.review, out.tier, world);
        }
    }
    for (const Made<Tru>& notice : program.notices) {
        expected.notices.push_back(sure(notice.meaning(world)));
    }
    return expected;
}

} // namespace rung::generated
