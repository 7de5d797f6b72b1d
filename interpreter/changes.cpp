#include <rung/changes.hpp>

#include <algorithm>
#include <utility>

namespace rung {

Basis basis_of(const Outcome& outcome) {
    return {outcome.program,    outcome.language,     outcome.version,      outcome.in_force,
            outcome.on,         outcome.review,       outcome.review_label, outcome.review_period,
            outcome.rules_file, outcome.rules_sha256, outcome.facts_sha256, outcome.assumed};
}

namespace {

// ---- what is the same --------------------------------------------------------------------------

/// In whatever words the rules leave it open, and assumed or not.
bool same(Figure a, const Figure& b) {
    if (a.state == Figure::State::absent && b.state == Figure::State::absent) {
        return true; // of whatever type it would be
    }
    a.because = b.because;
    a.keys = b.keys;
    a.assumed = b.assumed;
    return a == b;
}

/// The window it looks at, and how far a day is from it, move with the date.
bool same(const Condition& a, const Condition& b) {
    const auto alike = [](const Condition& x, const Condition& y) { return same(x, y); };
    return a.verdict == b.verdict && a.comparison == b.comparison && same(a.actual, b.actual) &&
           same(a.required, b.required) && same(a.gap, b.gap) && a.missing == b.missing &&
           std::equal(a.alternatives.begin(), a.alternatives.end(), b.alternatives.begin(),
                      b.alternatives.end(), alike) &&
           std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(), alike);
}

bool same(const std::vector<Condition>& a, const std::vector<Condition>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Condition& x, const Condition& y) { return same(x, y); });
}

bool same(const ItemFigure& a, const ItemFigure& b) {
    return a.record.label == b.record.label && same(a.value, b.value);
}

bool same(const ValueOutcome& a, const ValueOutcome& b) {
    return same(a.value, b.value) && a.missing == b.missing &&
           std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(),
                      [](const ItemFigure& x, const ItemFigure& y) { return same(x, y); });
}

bool same(const MeasureOutcome& a, const MeasureOutcome& b) {
    return same(a.value, b.value) && a.missing == b.missing;
}

bool same(const NoticeOutcome& a, const NoticeOutcome& b) { return a.verdict == b.verdict; }

/// Where neither outcome asks for it, it does not matter why.
bool same_verdict(const RequirementOutcome& a, const RequirementOutcome& b) {
    return a.verdict == b.verdict && (a.verdict == RequirementVerdict::not_asked ||
                                      (a.condition == b.condition && a.offered == b.offered));
}

// ---- records -----------------------------------------------------------------------------------

using Notes = std::vector<RecordNote>;

void add_counted(const std::vector<Condition>& conditions, Notes& to) {
    for (const Condition& condition : conditions) {
        to.insert(to.end(), condition.counted.begin(), condition.counted.end());
        add_counted(condition.alternatives, to);
        add_counted(condition.parts, to);
    }
}

/// Takes out of both what is in both.
template <typename Equal>
void cancel(Notes& a, Notes& b, Equal&& equal) {
    std::erase_if(a, [&](const RecordNote& note) {
        const auto twin = std::find_if(b.begin(), b.end(),
                                       [&](const RecordNote& other) { return equal(note, other); });
        const bool found = twin != b.end();
        if (found) {
            b.erase(twin);
        }
        return found;
    });
}

bool rests_on_assumed(const RequirementOutcome& row) {
    return std::any_of(row.conditions.begin(), row.conditions.end(),
                       [](const Condition& condition) { return condition.actual.assumed; });
}

/// A record is known again by its place and name, or else, where others were put before it, by its name. No records
/// make a figure that was assumed.
void compare_records(const RequirementOutcome& before, const RequirementOutcome& after,
                     RequirementChange& change) {
    if (rests_on_assumed(before) || rests_on_assumed(after)) {
        return;
    }
    add_counted(before.conditions, change.left);
    add_counted(after.conditions, change.joined);
    cancel(change.left, change.joined, [](const RecordNote& a, const RecordNote& b) {
        return a.label == b.label && a.pointer == b.pointer;
    });
    cancel(change.left, change.joined,
           [](const RecordNote& a, const RecordNote& b) { return a.label == b.label; });
}

// ---- tiers -------------------------------------------------------------------------------------

std::optional<std::size_t> rank_of(const LadderOutcome& ladder, const std::string& tier) {
    const auto at = std::find_if(ladder.tiers.begin(), ladder.tiers.end(),
                                 [&](const TierName& name) { return name.id == tier; });
    return at == ladder.tiers.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(std::distance(ladder.tiers.begin(), at)));
}

/// `Standing`: what a ladder, its path or what is held says of a tier.
template <typename Standing>
Move move(const LadderOutcome& ladder, const Standing& before, const Standing& after) {
    if (before.tier && after.tier) {
        const std::optional<std::size_t> was = rank_of(ladder, *before.tier);
        const std::optional<std::size_t> is = rank_of(ladder, *after.tier);
        return *before.tier == *after.tier ? Move::same
               : !was || !is               ? Move::other
               : *was < *is                ? Move::raised
                                           : Move::lowered;
    }
    if (before.tier || after.tier) {
        return after.tier ? Move::settled : Move::opened;
    }
    return before.possible == after.possible && before.at_least == after.at_least ? Move::same
                                                                                  : Move::other;
}

bool same_paths(const LadderOutcome& before, const LadderOutcome& after) {
    return before.path == after.path &&
           std::equal(before.paths.begin(), before.paths.end(), after.paths.begin(),
                      after.paths.end(), [&](const PathOutcome& a, const PathOutcome& b) {
                          return a.id == b.id && a.open == b.open &&
                                 move(after, a, b) == Move::same;
                      });
}

Move held(const LadderOutcome& before, const LadderOutcome& after) {
    if (before.holds && after.holds) {
        return move(after, *before.holds, *after.holds);
    }
    return before.holds || after.holds ? Move::other : Move::same;
}

LadderChange compare_ladders(const LadderOutcome* before, const LadderOutcome* after) {
    LadderChange change;
    if (before == nullptr || after == nullptr) {
        change.tier = Move::other;
    } else {
        change.tier = move(*after, *before, *after);
        change.holds = held(*before, *after);
        change.path = !same_paths(*before, *after);
    }
    return change;
}

RequirementChange compare_rows(const RequirementOutcome& before, const RequirementOutcome& after) {
    RequirementChange change;
    change.verdict = !same_verdict(before, after);
    compare_records(before, after, change);
    return change;
}

/// Where neither outcome asks for it, its figures say nothing.
bool differs(const RequirementChange& change, const RequirementOutcome& before,
             const RequirementOutcome& after) {
    const bool asked = after.verdict != RequirementVerdict::not_asked;
    return change.verdict || (asked && (!same(before.conditions, after.conditions) ||
                                        before.missing != after.missing || !change.joined.empty() ||
                                        !change.left.empty()));
}

/// Of a benefit whose tier is not reached, needs say nothing.
bool differs(const BenefitOutcome& before, const BenefitOutcome& after) {
    return before.verdict != after.verdict ||
           (after.verdict != Granted::closed &&
            (!same(before.because, after.because) || before.missing != after.missing));
}

// ---- the two outcomes --------------------------------------------------------------------------

class Comparison {
public:
    Comparison(const Outcome& before, const Outcome& after) : before_(before), after_(after) {}

    Changes run() {
        changes_.before = basis_of(before_);
        changes_.after = basis_of(after_);
        ladders();
        requirements();
        benefits();
        alike(before_.values, after_.values, changes_.values);
        alike(before_.measures, after_.measures, changes_.measures);
        alike(before_.notices, after_.notices, changes_.notices);
        changes_.newly_missing = only_in(after_.decide_next, before_.decide_next);
        changes_.no_longer_missing = only_in(before_.decide_next, after_.decide_next);
        changes_.warnings = before_.warnings;
        for (const Diagnostic& warning : after_.warnings) {
            add_new(warning);
        }
        return std::move(changes_);
    }

private:
    /// Calls `each` with the parts that are one, and with what either side has alone.
    template <typename Part, typename IsSame, typename Each>
    static void pair(const std::vector<Part>& before, const std::vector<Part>& after,
                     IsSame&& is_same, Each&& each) {
        const auto twin = [&](const Part& part, const std::vector<Part>& among, bool as_before) {
            const auto at = std::find_if(among.begin(), among.end(), [&](const Part& other) {
                return as_before ? is_same(other, part) : is_same(part, other);
            });
            return at == among.end() ? nullptr : &*at;
        };
        for (const Part& part : after) {
            each(twin(part, before, true), &part);
        }
        for (const Part& part : before) {
            if (twin(part, after, false) == nullptr) {
                each(&part, nullptr);
            }
        }
    }

    template <typename Part>
    static void fill(Change<Part>& change, const Part* before, const Part* after) {
        change.before = before == nullptr ? std::nullopt : std::optional(*before);
        change.after = after == nullptr ? std::nullopt : std::optional(*after);
    }

    /// A sole ladder is the program's, whatever it is called.
    [[nodiscard]] bool same_ladder(const std::string& before, const std::string& after) const {
        return before == after ||
               (before_.ladders.size() == 1 && after_.ladders.size() == 1 &&
                before_.ladders.front().id == before && after_.ladders.front().id == after);
    }

    void ladders() {
        pair(
            before_.ladders, after_.ladders,
            [&](const LadderOutcome& a, const LadderOutcome& b) { return same_ladder(a.id, b.id); },
            [&](const LadderOutcome* before, const LadderOutcome* after) {
                LadderChange change = compare_ladders(before, after);
                if (change.tier != Move::same || change.holds != Move::same || change.path) {
                    fill(change, before, after);
                    changes_.ladders.push_back(std::move(change));
                }
            });
    }

    void requirements() {
        pair(
            before_.requirements, after_.requirements,
            [&](const RequirementOutcome& a, const RequirementOutcome& b) {
                return a.id == b.id && a.tier == b.tier && a.path == b.path &&
                       same_ladder(a.ladder, b.ladder);
            },
            [&](const RequirementOutcome* before, const RequirementOutcome* after) {
                const RequirementOutcome nothing;
                const RequirementOutcome& was = before == nullptr ? nothing : *before;
                const RequirementOutcome& is = after == nullptr ? nothing : *after;
                RequirementChange change = compare_rows(was, is);
                if (differs(change, was, is)) {
                    fill(change, before, after);
                    changes_.requirements.push_back(std::move(change));
                }
            });
    }

    void benefits() {
        pair(
            before_.benefits, after_.benefits,
            [](const BenefitOutcome& a, const BenefitOutcome& b) { return a.id == b.id; },
            [&](const BenefitOutcome* before, const BenefitOutcome* after) {
                const BenefitOutcome nothing;
                const BenefitOutcome& was = before == nullptr ? nothing : *before;
                const BenefitOutcome& is = after == nullptr ? nothing : *after;
                if (differs(was, is)) {
                    BenefitChange change;
                    change.verdict = was.verdict != is.verdict;
                    fill(change, before, after);
                    changes_.benefits.push_back(std::move(change));
                }
            });
    }

    static bool is_one(const MeasureOutcome& a, const MeasureOutcome& b) {
        return a.id == b.id && a.path == b.path;
    }
    template <typename Part>
    static bool is_one(const Part& a, const Part& b) {
        return a.id == b.id;
    }

    template <typename Part>
    static void alike(const std::vector<Part>& before, const std::vector<Part>& after,
                      std::vector<Change<Part>>& changes) {
        pair(
            before, after, [](const Part& a, const Part& b) { return is_one(a, b); },
            [&](const Part* was, const Part* is) {
                const Part nothing{};
                if (!same(was == nullptr ? nothing : *was, is == nullptr ? nothing : *is)) {
                    fill(changes.emplace_back(), was, is);
                }
            });
    }

    void add_new(const Diagnostic& warning) {
        const auto is_it = [&](const Diagnostic& other) {
            return other.code == warning.code && other.pointer == warning.pointer &&
                   other.text == warning.text;
        };
        if (std::none_of(before_.warnings.begin(), before_.warnings.end(), is_it)) {
            changes_.warnings.add(warning);
        }
    }

    static std::vector<std::string> only_in(const std::vector<std::string>& these,
                                            const std::vector<std::string>& others) {
        std::vector<std::string> found;
        for (const std::string& pointer : these) {
            if (std::find(others.begin(), others.end(), pointer) == others.end()) {
                found.push_back(pointer);
            }
        }
        return found;
    }

    const Outcome& before_;
    const Outcome& after_;
    Changes changes_;
};

} // namespace

bool Changes::empty() const {
    return ladders.empty() && requirements.empty() && benefits.empty() && values.empty() &&
           measures.empty() && notices.empty() && newly_missing.empty() &&
           no_longer_missing.empty();
}

bool Changes::same_tiers() const {
    return std::all_of(ladders.begin(), ladders.end(), [](const LadderChange& change) {
        return change.tier == Move::same && change.holds == Move::same;
    });
}

Changes compare(const Outcome& before, const Outcome& after) {
    return Comparison(before, after).run();
}

} // namespace rung
