#include "interpreter/turning_days.hpp"

#include "interpreter/motion.hpp"

#include <algorithm>

namespace rung {

namespace {

/// Goes through everything that decides what a partner has.
class Turning {
public:
    Turning(const Model& model, const FactSheet& facts, Index review, Window days)
        : model_(model), facts_(facts), days_(days), motions_(model, facts, review, days) {}

    TurningDays run() {
        waivers();
        for (Index ladder = 0; ladder < model_.ladders.size(); ++ladder) {
            climb(ladder);
        }
        measures();
        benefits();
        values();
        for (const Notice& notice : model_.notices) {
            look(notice.when, Scene(model_), all_);
        }
        keepings();
        TurningDays result;
        result.every_day = motions_.every_day;
        result.days = dates_of(all_);
        result.of_records = dates_of(of_records_);
        return result;
    }

private:
    [[nodiscard]] std::vector<Date> dates_of(const DaySet& set) const {
        std::vector<Date> dates;
        set.for_each([&](std::int32_t day) {
            dates.push_back(
                Date::from_days_saturated(std::int64_t{days_.from.days_since_1970()} + day));
        });
        return dates;
    }

    void look(Index expr, const Scene& scene, DaySet& days) {
        if (expr != none && motions_.is_timed(expr)) {
            days.add(motions_.turns(expr, scene));
        }
    }

    /// A day among those of the window but its first.
    void add(Date day, std::int32_t later, DaySet& days) const {
        const std::int64_t at = std::int64_t{day - days_.from} + later;
        if (at > 0 && at < days_.days()) {
            days.add(static_cast<std::int32_t>(at));
        }
    }

    void waivers() {
        for (const Waiver& waiver : facts_.waivers) {
            if (waiver.granted_on) {
                add(*waiver.granted_on, 0, all_);
            }
            if (waiver.until) {
                add(*waiver.until, 1, all_);
            }
        }
        motions_.tier_turns.add(all_);
    }

    /// They are the answer of a program that only measures.
    void measures() {
        for (const Measure& measure : model_.measures) {
            if (model_.ladders.empty()) {
                look(measure.expr, Scene(model_), all_);
            }
        }
    }

    void climb(Index index) {
        const Ladder& ladder = model_.ladders[index];
        Scene scene(model_);
        for (scene.path = 0; scene.path < ladder.path_count; ++scene.path) {
            if (ladder.paths != none) {
                look(model_.paths[ladder.paths].paths[scene.path].when, scene, all_);
            }
            for (const Requirement& row : model_.requirements) {
                if (row.ladder == index) {
                    asked(row, scene);
                }
            }
        }
        motions_.tier_turns.add(all_);
    }

    void asked(const Requirement& row, Scene scene) {
        look(row.when, scene, all_);
        bool looked_at = false;
        for (const Cell& cell : row.cells) {
            if (!cell.asked) {
                continue;
            }
            look(cell.condition, scene, all_);
            // What is the same for all tiers is looked at once.
            scene.hole = cell.value;
            if (row.asks != none && (!looked_at || cell.value != none)) {
                look(row.asks, scene, all_);
            }
            looked_at = true;
        }
    }

    /// Calls `each` for every tier that has the part, with the scene in which it is looked at there.
    template <typename Each>
    void at_tiers(Index ladder, Each&& each) const {
        Scene scene(model_);
        scene.ladder = ladder;
        const std::size_t tiers = ladder == none ? 1 : model_.tiers(ladder).size();
        for (scene.tier = 0; scene.tier < tiers; ++scene.tier) {
            each(scene);
        }
    }

    void benefits() {
        for (const Benefit& benefit : model_.benefits) {
            at_tiers(benefit.ladder, [&](const Scene& scene) {
                for (const Index need : benefit.needs) {
                    look(need, scene, all_);
                }
                if (scene.tier < benefit.cells.size()) {
                    look(benefit.cells[scene.tier].condition, scene, all_);
                }
            });
        }
    }

    void values() {
        for (const Worth& value : model_.values) {
            at_tiers(value.ladder, [&](const Scene& scene) {
                if (scene.tier < value.figures.size()) {
                    look(value.figures[scene.tier], scene, value.for_each ? of_records_ : all_);
                }
            });
        }
        all_.add(of_records_);
    }

    /// What keeps a tier does so through a day, and no tier is kept where none is held.
    void keepings() {
        for (const Keeping& keeping : model_.keepings) {
            if (facts_.held[keeping.ladder]) {
                look(keeping.when, Scene(model_), all_);
                look(keeping.through, Scene(model_), all_);
                all_.add(motions_.passings(keeping.through, Scene(model_)));
            }
        }
    }

    const Model& model_;
    const FactSheet& facts_;
    Window days_;
    Motions motions_;
    DaySet all_;
    DaySet of_records_;
};

bool same(const Standing& a, const Standing& b) {
    return a.at_least == b.at_least && a.possible == b.possible;
}

/// The last day of a grace moves with the review date and says nothing new; of what is not kept there is none.
bool same(const Holding& a, const Holding& b) {
    return a.given == b.given && same(a.standing, b.standing) && a.by == b.by &&
           (a.by != Holding::By::kept || (a.keeping == b.keeping && a.through == b.through));
}

bool same(const RowVerdict& a, const RowVerdict& b) {
    return a.verdict == b.verdict &&
           (a.verdict == Verdict::not_asked || a.condition == b.condition);
}

bool same(const PathVerdict& a, const PathVerdict& b) {
    return a.open == b.open && same(a.standing, b.standing);
}

template <typename Part>
bool same(const std::vector<Part>& a, const std::vector<Part>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Part& x, const Part& y) { return same(x, y); });
}

/// At the tiers that are possible.
bool same_values(const Model& model, const Verdicts& a, const Verdicts& b) {
    for (std::size_t value = 0; value < model.values.size(); ++value) {
        const Worth& worth = model.values[value];
        const std::uint64_t possible = a.standing(worth.ladder).possible;
        for (std::size_t tier = 0; tier < worth.figures.size(); ++tier) {
            const std::size_t at = value * a.tiers + tier;
            if ((possible >> tier & 1) != 0 && worth.figures[tier] != none &&
                !same_value(a.values[at], b.values[at])) {
                return false;
            }
        }
    }
    return true;
}

bool same_measures(const Model& model, const Verdicts& a, const Verdicts& b) {
    return !model.ladders.empty() ||
           std::equal(a.measures.begin(), a.measures.end(), b.measures.begin(), same_value);
}

} // namespace

TurningDays turning_days(const Model& model, const FactSheet& facts, Index review, Window days) {
    return Turning(model, facts, review, days).run();
}

bool same_answers(const Model& model, const Verdicts& a, const Verdicts& b) {
    return same(a.standings, b.standings) && same(a.holdings, b.holdings) && same(a.rows, b.rows) &&
           same(a.paths, b.paths) && a.benefits == b.benefits && a.notices == b.notices &&
           same_values(model, a, b) && same_measures(model, a, b);
}

} // namespace rung
