#include "interpreter/made_lists.hpp"

#include "interpreter/ranges.hpp"

#include <algorithm>
#include <limits>

namespace rung {

namespace {

using Candidates = std::span<Candidate>;

Candidates candidates_from(MadeLists& made, std::size_t first) {
    return Candidates(made.candidates).subspan(first);
}

void blame(Reason& reason, Reason why) { reason = reason == Reason::none ? why : reason; }

/// Closes a list whose members begin at `first`.
Value closed(const MadeLists& made, std::size_t first, Index table, bool may_hold_more,
             Reason why) {
    ListRef list{table,
                 static_cast<Index>(first),
                 static_cast<Index>(made.members.size() - first),
                 may_hold_more,
                 true,
                 false};
    Reason reason = may_hold_more ? why : Reason::none;
    for (std::size_t i = first; i < made.members.size(); ++i) {
        const Member& member = made.members[i];
        list.unclear |= member.counts == Truth::unknown;
        blame(reason, member.counts == Truth::unknown ? member.reason : Reason::none);
    }
    return Value::of(list, reason);
}

} // namespace

Value list_of_candidates(MadeLists& made, std::size_t first, Index table, bool may_hold_more,
                         Reason why) {
    const std::size_t begin = made.members.size();
    for (const Candidate& candidate : candidates_from(made, first)) {
        if (candidate.member.counts != Truth::no) {
            made.members.push_back(candidate.member);
        }
    }
    made.candidates.resize(first);
    return closed(made, begin, table, may_hold_more, why);
}

Value either_list(MadeLists& made, const Value& a, const Value& b, Reason why) {
    const ListRef& left = a.list;
    const ListRef& right = b.list;
    const bool same = left.made == right.made && left.first == right.first &&
                      left.count == right.count && left.may_hold_more == right.may_hold_more;
    if (same) {
        return a;
    }
    const std::size_t begin = made.members.size();
    Index i = 0;
    Index j = 0;
    while (i < left.count || j < right.count) {
        // Both stand in the order of the table.
        const Member one = i < left.count ? made.member(left, i) : Member{};
        const Member other = j < right.count ? made.member(right, j) : Member{};
        Member member = one.row <= other.row ? one : other;
        const bool surely =
            one.row == other.row && one.counts == Truth::yes && other.counts == Truth::yes;
        if (!surely) {
            member.reason = why;
            blame(member.reason, one.reason);
            blame(member.reason, other.reason);
            member.counts = Truth::unknown;
        }
        i += one.row <= other.row ? 1 : 0;
        j += other.row <= one.row ? 1 : 0;
        made.members.push_back(member);
    }
    const Reason more = left.may_hold_more ? a.reason : b.reason;
    return closed(made, begin, left.table, left.may_hold_more || right.may_hold_more, more);
}

// ---- orders ------------------------------------------------------------------------------------

std::uint64_t other_of(const Model& model, Type type) {
    if (type.kind != TypeKind::choice && type.kind != TypeKind::choices) {
        return 0;
    }
    const ChoiceSet& set = model.choice_sets[type.index];
    return set.or_other ? std::uint64_t{1} << set.choices.size() : 0;
}

bool before_in_order(const Value& a, const Value& b) {
    switch (a.form) {
    case Value::Form::text:
        return a.text.text < b.text.text;
    case Value::Form::mask:
        return a.mask.maybe < b.mask.maybe;
    case Value::Form::item:
        return a.item.key < b.item.key;
    case Value::Form::truth:
        return a.truth < b.truth;
    case Value::Form::dates:
        return a.dates.never != b.dates.never ? b.dates.never
                                              : !a.dates.never && a.dates.low < b.dates.low;
    default:
        return a.range.low < b.range.low;
    }
}

namespace {

/// Days as figures in which `never` comes behind every day.
constexpr std::int64_t never_day = std::numeric_limits<std::int32_t>::max();

std::int64_t earliest(const DateRange& day) {
    return day.never ? never_day : day.low.days_since_1970();
}
std::int64_t latest(const DateRange& day) {
    return day.never || day.may_be_never ? never_day : day.high.days_since_1970();
}

/// Compares records by what the facts say of them, cell by cell.
class Contents {
public:
    Contents(const Model& model, const FactSheet& facts, const MadeLists& made, Index table)
        : model_(model), facts_(facts), made_(made), table_(table) {}

    /// A group is told from others by its key.
    [[nodiscard]] Index cells() const {
        const RecordType& record = model_.records[table_];
        return record.group ? 1 : static_cast<Index>(record.fields.size());
    }
    [[nodiscard]] bool certain(Index row, Index field) const {
        return certain(cell(table_, row, field)) && !(model_.records[table_].group && other(row));
    }
    /// Below zero where `a` comes first; both are certain.
    [[nodiscard]] int compare(Index a, Index b, Index field) const {
        return compare(cell(table_, a, field), cell(table_, b, field));
    }

private:
    [[nodiscard]] const Value& cell(Index table, Index row, Index field) const {
        return model_.records[table].group ? made_.groups[row].key
                                           : facts_.cell(model_, table, row, field);
    }
    /// Groups of choices that are not listed may be of two keys.
    [[nodiscard]] bool other(Index row) const {
        const Value& key = made_.groups[row].key;
        return key.form == Value::Form::mask &&
               (key.mask.maybe & other_of(model_, model_.records[table_].fields[0].type)) != 0;
    }

    [[nodiscard]] bool certain(const Value& cell) const {
        if (!cell.certain() || cell.form != Value::Form::list) {
            return cell.certain();
        }
        for (Index row = cell.list.first; row < cell.list.first + cell.list.count; ++row) {
            for (Index field = 0; field < model_.records[cell.list.table].fields.size(); ++field) {
                if (!certain(this->cell(cell.list.table, row, field))) {
                    return false;
                }
            }
        }
        return true;
    }

    [[nodiscard]] int compare(const Value& a, const Value& b) const {
        if (a.form == Value::Form::list) {
            return compare(a.list, b.list);
        }
        return before_in_order(a, b) ? -1 : before_in_order(b, a) ? 1 : 0;
    }

    /// The records of a list in any order are the same list.
    [[nodiscard]] int compare(const ListRef& a, const ListRef& b) const {
        if (a.count != b.count) {
            return a.count < b.count ? -1 : 1;
        }
        const std::vector<Index> left = in_order(a);
        const std::vector<Index> right = in_order(b);
        for (std::size_t i = 0; i < left.size(); ++i) {
            if (const int order = compare_rows(a.table, left[i], right[i]); order != 0) {
                return order;
            }
        }
        return 0;
    }

    [[nodiscard]] int compare_rows(Index table, Index a, Index b) const {
        const auto fields = static_cast<Index>(model_.records[table].fields.size());
        for (Index field = 0; field < fields; ++field) {
            const int order = compare(cell(table, a, field), cell(table, b, field));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    [[nodiscard]] std::vector<Index> in_order(const ListRef& list) const {
        std::vector<Index> rows(list.count);
        for (Index i = 0; i < list.count; ++i) {
            rows[i] = list.first + i;
        }
        std::sort(rows.begin(), rows.end(),
                  [&](Index a, Index b) { return compare_rows(list.table, a, b) < 0; });
        return rows;
    }

    const Model& model_;
    const FactSheet& facts_;
    const MadeLists& made_;
    Index table_;
};

// ---- the largest -------------------------------------------------------------------------------

bool above(const Range& a, const Range& b) { // surely
    return !a.low_open && !b.high_open && a.low > b.high;
}

/// Counts for each candidate how many others come before it: at least (those that surely count and
/// surely come first) and at most (all that may).
class Ranking {
public:
    Ranking(const Model& model, const FactSheet& facts, MadeLists& made, std::size_t first,
            Index table)
        : contents_(model, facts, made, table), made_(made), all_(candidates_from(made, first)) {
        made_.by_value.clear();
        made_.by_high.clear();
        made_.by_low.clear();
        for (Index i = 0; i < all_.size(); ++i) {
            made_.by_high.push_back(i);
            if (all_[i].member.counts == Truth::yes) {
                made_.by_low.push_back(i);
            }
            if (all_[i].value.range.certain()) {
                made_.by_value.push_back(i);
            }
        }
        std::sort(made_.by_high.begin(), made_.by_high.end(),
                  [&](Index a, Index b) { return higher(range(a), range(b)); });
        std::sort(made_.by_low.begin(), made_.by_low.end(),
                  [&](Index a, Index b) { return lower(range(b), range(a)); });
        std::sort(made_.by_value.begin(), made_.by_value.end(),
                  [&](Index a, Index b) { return range(a).low > range(b).low; });
    }

    /// Those that may come before what ranks like `of`, itself among them if it is one of them.
    [[nodiscard]] std::int64_t may_precede(const Range& of) const {
        const auto end = std::partition_point(made_.by_high.begin(), made_.by_high.end(),
                                              [&](Index i) { return !above(of, range(i)); });
        return end - made_.by_high.begin();
    }
    /// Those that surely come before it.
    [[nodiscard]] std::int64_t surely_precede(const Range& of) const {
        const auto end = std::partition_point(made_.by_low.begin(), made_.by_low.end(),
                                              [&](Index i) { return above(range(i), of); });
        return end - made_.by_low.begin();
    }

    /// Visits each candidate with the least and the most that come before it.
    template <typename Visit>
    void each(Visit&& visit) {
        for (Index i = 0; i < all_.size(); ++i) {
            if (!range(i).certain()) {
                visit(i, surely_precede(range(i)), may_precede(range(i)) - 1);
            }
        }
        for (std::size_t at = 0; at < made_.by_value.size();) {
            std::size_t end = at + 1;
            while (end < made_.by_value.size() &&
                   range(made_.by_value[at]).low == range(made_.by_value[end]).low) {
                ++end;
            }
            tied(at, end, visit);
            at = end;
        }
    }

private:
    [[nodiscard]] const Range& range(Index i) const { return all_[i].value.range; }
    [[nodiscard]] Index row(Index i) const { return all_[i].member.row; }

    /// By their upper ends, and by their lower ends; an open end is beyond all others.
    static bool higher(const Range& a, const Range& b) {
        return a.high_open ? !b.high_open : !b.high_open && a.high > b.high;
    }
    static bool lower(const Range& a, const Range& b) {
        return a.low_open ? !b.low_open : !b.low_open && a.low < b.low;
    }

    using Place = std::vector<Index>::iterator;

    /// Those of one value go by their contents.
    template <typename Visit>
    void tied(std::size_t at, std::size_t end, Visit&& visit) {
        const auto begin = made_.by_value.begin() + static_cast<std::ptrdiff_t>(at);
        const auto behind = made_.by_value.begin() + static_cast<std::ptrdiff_t>(end);
        by_cell(begin, behind, 0, surely_precede(range(*begin)), may_precede(range(*begin)) - 1,
                visit);
    }

    /// Of records that are alike up to a cell: those that differ there for certain come in that order; where
    /// the cell is not certain, any of them may come first.
    template <typename Visit>
    void by_cell(Place begin, Place end, Index cell, std::int64_t least, std::int64_t most,
                 Visit&& visit) {
        if (end - begin > 1 && cell == contents_.cells()) {
            alike(begin, end, least, most, visit);
            return;
        }
        if (end - begin == 1) {
            visit(*begin, least, most);
            return;
        }
        const Place open =
            std::partition(begin, end, [&](Index i) { return contents_.certain(row(i), cell); });
        std::sort(begin, open,
                  [&](Index a, Index b) { return contents_.compare(row(a), row(b), cell) < 0; });
        std::int64_t least_here = least;
        for (Place at = begin; at != open;) {
            const Place next = std::find_if(
                at, open, [&](Index i) { return contents_.compare(row(*at), row(i), cell) < 0; });
            by_cell(at, next, cell + 1, least_here, most - (open - next), visit);
            least_here += std::count_if(at, next, [&](Index i) { return surely_counts(i); });
            at = next;
        }
        for (Place at = open; at != end; ++at) {
            visit(*at, least, most);
        }
    }

    /// Of one content, those that surely count come first, in any order of the facts; else they are
    /// interchangeable.
    template <typename Visit>
    void alike(Place begin, Place end, std::int64_t least, std::int64_t most, Visit&& visit) {
        std::sort(begin, end, [&](Index a, Index b) {
            return surely_counts(a) != surely_counts(b) ? surely_counts(a) : row(a) < row(b);
        });
        for (Place at = begin; at != end; ++at) {
            visit(*at, least, most - (end - at - 1));
            least += surely_counts(*at) ? 1 : 0;
        }
    }

    [[nodiscard]] bool surely_counts(Index i) const { return all_[i].member.counts == Truth::yes; }

    Contents contents_;
    MadeLists& made_;
    Candidates all_;
};

} // namespace

Value rank_of(const Value& value, bool smallest_first) {
    Value rank = value;
    if (value.undetermined != Truth::no) {
        rank = Value::of(unbounded(), value.reason); // no value, no rank that could be told
    } else if (value.form == Value::Form::dates) {
        rank = Value::of(Range{Number(earliest(value.dates)), Number(latest(value.dates))},
                         value.reason);
    }
    return smallest_first ? negated(rank) : rank;
}

bool keep_largest(const Model& model, const FactSheet& facts, MadeLists& made, std::size_t first,
                  Index table, const Value& count, const Value* unseen) {
    const bool counted = count.undetermined == Truth::no;
    constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();
    const std::int64_t least =
        counted && !count.range.low_open ? count.range.low.to_int64().value_or(0) : 0;
    const std::int64_t most =
        counted && !count.range.high_open ? count.range.high.to_int64().value_or(all) : all;
    const Candidates candidates = candidates_from(made, first);
    Reason causes = count.reason;
    for (const Candidate& candidate : candidates) {
        blame(causes, candidate.member.reason);
        blame(causes, candidate.value.reason);
    }
    if (unseen != nullptr) {
        blame(causes, unseen->reason);
    }
    blame(causes, Reason::missing); // what decides a tie is not given
    Ranking ranking(model, facts, made, first, table);
    ranking.each([&](Index i, std::int64_t surely_before, std::int64_t maybe_before) {
        Candidate& candidate = candidates[i];
        const bool unseen_before =
            unseen != nullptr && !above(candidate.value.range, unseen->range);
        const bool surely = maybe_before < least && !unseen_before;
        if (surely_before >= most) {
            candidate.member.counts = Truth::no;
        } else if (!surely || candidate.member.counts != Truth::yes) {
            candidate.member.counts = Truth::unknown;
            blame(candidate.member.reason, candidate.value.reason);
            blame(candidate.member.reason, causes);
        }
    });
    return unseen != nullptr && ranking.surely_precede(unseen->range) < most;
}

// ---- groups ------------------------------------------------------------------------------------

namespace {

/// With more records of unknown key than this, groups only say that they may hold more: naming each of
/// them in each group would make work of the product of both.
constexpr std::size_t most_unclear = 32;

class Grouping {
public:
    Grouping(const Model& model, MadeLists& made, std::size_t first, Index table, Index grouped,
             bool may_hold_more, Reason why)
        : made_(made),
          all_(candidates_from(made, first)),
          table_(table),
          other_(other_of(model, model.records[grouped].fields.front().type)),
          one_choice_(model.records[grouped].fields.front().type.kind == TypeKind::choice),
          may_hold_more_(may_hold_more),
          why_(why) {
        const auto unclear = std::partition(all_.begin(), all_.end(),
                                            [&](const Candidate& c) { return !is_unclear(c); });
        clear_ = static_cast<std::size_t>(unclear - all_.begin());
        std::sort(all_.begin(), unclear, [](const Candidate& a, const Candidate& b) {
            const bool differ =
                before_in_order(a.value, b.value) || before_in_order(b.value, a.value);
            return differ ? before_in_order(a.value, b.value) : a.member.row < b.member.row;
        });
        std::sort(unclear, all_.end(), [](const Candidate& a, const Candidate& b) {
            return a.member.row < b.member.row;
        });
    }

    void make() {
        for (std::size_t at = 0; at < clear_;) {
            const Value& key = all_[at].value;
            known_ |= key.form == Value::Form::mask || key.form == Value::Form::truth
                          ? choices_of(key)
                          : 0;
            std::size_t end = at + 1;
            while (end < clear_ && !before_in_order(all_[at].value, all_[end].value)) {
                ++end;
            }
            known_group(at, end);
            at = end;
        }
        new_groups();
    }

    [[nodiscard]] bool names_not_all() const { return !named_each(); }
    /// Whether the groups are in doubt, though the list of them may not be.
    [[nodiscard]] bool in_doubt() const {
        return std::any_of(all_.begin(), all_.end(),
                           [](const Candidate& c) { return c.member.counts != Truth::yes; });
    }

private:
    /// Two that are both "other" may still be of two keys.
    [[nodiscard]] bool is_unclear(const Candidate& candidate) const {
        const Value& key = candidate.value;
        return !key.certain() || (key.form == Value::Form::mask && (key.mask.maybe & other_) != 0);
    }

    [[nodiscard]] bool named_each() const { return all_.size() - clear_ <= most_unclear; }

    static Reason doubt(const Candidate& candidate) {
        const Reason own = candidate.value.reason;
        return own != Reason::none                       ? own
               : candidate.member.reason != Reason::none ? candidate.member.reason
                                                         : Reason::missing;
    }

    static bool may_have(const Value& unclear, const Value& key) {
        if (unclear.form != Value::Form::mask || unclear.undetermined != Truth::no) {
            return equal(unclear, key) != Truth::no;
        }
        return (unclear.mask.surely & ~key.mask.maybe) == 0 &&
               (key.mask.surely & ~unclear.mask.maybe) == 0;
    }

    /// The records of one known key, and those that may have it.
    void known_group(std::size_t at, std::size_t end) {
        const std::size_t begin = made_.members.size();
        Group group{all_[at].value, {}, Truth::unknown, Reason::none};
        for (std::size_t i = at; i < end; ++i) {
            made_.members.push_back(all_[i].member);
            group.counts = all_[i].member.counts == Truth::yes ? Truth::yes : group.counts;
            blame(group.reason, all_[i].member.reason);
        }
        for (std::size_t i = clear_; i < all_.size() && named_each(); ++i) {
            if (may_have(all_[i].value, all_[at].value)) {
                made_.members.push_back({all_[i].member.row, Truth::unknown, doubt(all_[i])});
            }
        }
        std::sort(made_.members.begin() + static_cast<std::ptrdiff_t>(begin), made_.members.end(),
                  [](const Member& a, const Member& b) { return a.row < b.row; });
        finish(group, begin);
    }

    /// Those without a known key may make as many groups as they are; each may be in any of them.
    void new_groups() {
        std::size_t count = 0;
        bool surely_one = false;
        Value key;
        for (std::size_t i = clear_; i < all_.size(); ++i) {
            if (!may_be_new(all_[i].value)) {
                continue;
            }
            surely_one |= all_[i].member.counts == Truth::yes && fits_no_known(all_[i].value);
            key = count == 0 ? all_[i].value : hull(key, all_[i].value);
            ++count;
        }
        const std::size_t groups = named_each() ? count : surely_one ? 1 : 0;
        for (std::size_t i = 0; i < groups; ++i) {
            const std::size_t begin = made_.members.size();
            for (std::size_t j = clear_; j < all_.size() && named_each(); ++j) {
                if (may_be_new(all_[j].value)) {
                    made_.members.push_back({all_[j].member.row, Truth::unknown, doubt(all_[j])});
                }
            }
            const bool sure = i == 0 && surely_one;
            finish({key, {}, sure ? Truth::yes : Truth::unknown, doubt(all_[clear_])}, begin);
        }
    }

    /// Not where it is one of a few choices, and each of them has its group.
    [[nodiscard]] bool may_be_new(const Value& key) const {
        const bool of_few =
            key.undetermined == Truth::no &&
            ((key.form == Value::Form::mask && one_choice_) || key.form == Value::Form::truth);
        return !of_few || (choices_of(key) & ~known_) != 0;
    }
    static std::uint64_t choices_of(const Value& key) {
        constexpr std::uint64_t yes_or_no = 3;
        return key.form == Value::Form::mask ? key.mask.maybe
               : key.truth == Truth::unknown ? yes_or_no
                                             : std::uint64_t{1} << (key.truth == Truth::yes);
    }

    [[nodiscard]] bool fits_no_known(const Value& key) const {
        return (named_each() || clear_ == 0) &&
               std::none_of(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(clear_),
                            [&](const Candidate& c) { return may_have(key, c.value); });
    }

    void finish(Group group, std::size_t begin) {
        const bool more = may_hold_more_ || !named_each();
        if (made_.members.size() - begin == 1 && !more) {
            made_.members[begin].counts = Truth::yes; // the group is there with it or not at all
        }
        const Reason why = may_hold_more_ || all_.size() == clear_ ? why_ : doubt(all_[clear_]);
        group.records = closed(made_, begin, table_, more, why);
        made_.groups.push_back(group);
    }

    MadeLists& made_;
    Candidates all_;
    Index table_;
    std::uint64_t other_;
    bool one_choice_;
    std::uint64_t known_ = 0; // the choices that have a group
    bool may_hold_more_;
    Reason why_;
    std::size_t clear_ = 0;
};

} // namespace

Value groups_of_candidates(const Model& model, MadeLists& made, std::size_t first, Index table,
                           Index grouped, bool may_hold_more, Reason why) {
    const std::size_t first_group = made.groups.size();
    Grouping grouping(model, made, first, table, grouped, may_hold_more, why);
    grouping.make();
    const bool more = may_hold_more || grouping.names_not_all();
    const bool in_doubt = grouping.in_doubt();
    const std::size_t begin = made.members.size();
    Reason doubt = Reason::none;
    for (std::size_t i = first_group; i < made.groups.size(); ++i) {
        const Group& group = made.groups[i];
        made.members.push_back({static_cast<Index>(i), group.counts, group.reason});
        blame(doubt, group.records.reason);
    }
    made.candidates.resize(first);
    Value groups = closed(made, begin, grouped, more, may_hold_more ? why : Reason::missing);
    groups.list.unclear |= in_doubt;
    blame(groups.reason, doubt);
    return groups;
}

// ---- the only value ----------------------------------------------------------------------------

namespace {

/// Whether two values are one; of two choices that are both "other" it is not known.
Truth agree(const Value& a, const Value& b, std::uint64_t other) {
    if (a.form != Value::Form::mask) {
        return equal(a, b);
    }
    if ((a.mask.surely & ~b.mask.maybe) != 0 || (b.mask.surely & ~a.mask.maybe) != 0 ||
        (a.mask.single() && b.mask.single() && a.mask.maybe != b.mask.maybe)) {
        return Truth::no;
    }
    const bool certain = a.mask.certain() && b.mask.certain() && (a.mask.maybe & other) == 0;
    return certain ? Truth::yes : Truth::unknown;
}

/// What two values can be if they are one; nothing where they cannot be.
bool narrow(Value& to, const Value& by, bool one_of_a_set) {
    switch (to.form) {
    case Value::Form::truth:
        if (to.truth != Truth::unknown && by.truth != Truth::unknown && to.truth != by.truth) {
            return false;
        }
        to.truth = to.truth == Truth::unknown ? by.truth : to.truth;
        return true;
    case Value::Form::text:
        if (to.text.known && by.text.known && to.text.text != by.text.text) {
            return false;
        }
        to.text = to.text.known ? to.text : by.text;
        return true;
    case Value::Form::mask:
        to.mask.surely |= by.mask.surely;
        to.mask.maybe &= by.mask.maybe;
        to.mask.surely |= one_of_a_set && to.mask.single() ? to.mask.maybe : 0;
        return (to.mask.surely & ~to.mask.maybe) == 0 && (!one_of_a_set || to.mask.maybe != 0);
    case Value::Form::dates: {
        if (equal(to, by) == Truth::no) {
            return false;
        }
        to.dates.low = std::max(to.dates.low, by.dates.low);
        to.dates.high = std::min(to.dates.high, by.dates.high);
        const bool may =
            (to.dates.never || to.dates.may_be_never) && (by.dates.never || by.dates.may_be_never);
        const bool days = !to.dates.never && !by.dates.never && to.dates.low <= to.dates.high;
        to.dates.never = may && !days;
        to.dates.may_be_never = may && days;
        return may || days;
    }
    case Value::Form::range: {
        Range& range = to.range;
        if (!by.range.low_open && (range.low_open || range.low < by.range.low)) {
            range.low = by.range.low;
            range.low_open = false;
        }
        if (!by.range.high_open && (range.high_open || range.high > by.range.high)) {
            range.high = by.range.high;
            range.high_open = false;
        }
        return range.low_open || range.high_open || range.low <= range.high;
    }
    default:
        return true;
    }
}

Value without_value(const Model& model, Type type, Reason why) {
    Field field;
    field.type = type;
    field.or_never = true;
    Value value = FactSheet::unknown(model, field);
    value.undetermined = Truth::yes;
    value.reason = why;
    return value;
}

Value only_value_of(const Model& model, Candidates candidates, Type type) {
    const std::uint64_t other = other_of(model, type);
    const auto surely = [](const Candidate& c) { return c.member.counts == Truth::yes; };
    const auto first = std::find_if(candidates.begin(), candidates.end(), surely);
    if (candidates.empty()) {
        return without_value(model, type, Reason::empty);
    }
    if (first == candidates.end()) {
        Value any = candidates.front().value;
        for (const Candidate& candidate : candidates.subspan(1)) {
            any = hull(any, candidate.value);
        }
        any.undetermined = any.undetermined == Truth::yes ? Truth::yes : Truth::unknown;
        return any;
    }
    Value value = first->value;
    bool one = true;
    for (const Candidate& candidate : candidates) {
        if (!surely(candidate)) {
            continue;
        }
        if (candidate.value.undetermined == Truth::yes) {
            return without_value(model, type, candidate.value.reason);
        }
        one &= &candidate == &*first || agree(first->value, candidate.value, other) == Truth::yes;
        one &= candidate.value.undetermined == Truth::no;
        if (!narrow(value, candidate.value, type.kind == TypeKind::choice)) {
            return without_value(model, type, Reason::several);
        }
    }
    for (const Candidate& candidate : candidates) {
        one &= surely(candidate) || agree(value, candidate.value, other) == Truth::yes;
    }
    value.undetermined = one ? Truth::no : Truth::unknown;
    return value;
}

} // namespace

Value only_value(const Model& model, MadeLists& made, std::size_t first, Type type) {
    Value value = only_value_of(model, candidates_from(made, first), type);
    made.candidates.resize(first);
    if (value.form == Value::Form::truth && value.undetermined != Truth::no) {
        value.truth = Truth::unknown;
    }
    return value;
}

// ---- days covered ------------------------------------------------------------------------------

Cover cover_of(const WindowRange& days, const WindowRange& within, Truth counts) {
    Cover cover;
    // What begins on no day covers none.
    if (counts == Truth::no || earliest(days.from) == never_day) {
        return cover;
    }
    cover.from = std::max(earliest(days.from), earliest(within.from));
    cover.through = std::min(latest(days.through), latest(within.through));
    if (counts == Truth::yes && latest(days.from) != never_day) {
        cover.sure_from = std::max(latest(days.from), latest(within.from));
        cover.sure_through = std::min(earliest(days.through), earliest(within.through));
    }
    return cover;
}

namespace {

/// The days in the union: sorted by their first days, each counted from behind those before it.
template <typename Of>
std::int64_t days_of_union(std::span<Cover> covers, Of of) {
    std::sort(covers.begin(), covers.end(),
              [&](const Cover& a, const Cover& b) { return of(a) < of(b); });
    std::int64_t days = 0;
    std::int64_t behind = std::numeric_limits<std::int64_t>::min();
    for (const Cover& cover : covers) {
        const auto [from, through] = of(cover);
        const std::int64_t begin = std::max(from, behind);
        if (begin <= through) {
            days += through - begin + 1;
            behind = through + 1;
        }
    }
    return days;
}

} // namespace

Value days_covered(MadeLists& made, std::size_t first, const WindowRange& within) {
    const std::span<Cover> covers = std::span(made.covers).subspan(first);
    bool without_end = false;
    bool surely_without_end = false;
    for (const Cover& cover : covers) {
        without_end |= cover.through == never_day && cover.from < never_day;
        surely_without_end |= cover.sure_through == never_day && cover.sure_from < never_day;
    }
    const std::int64_t least = days_of_union(
        covers, [](const Cover& c) { return std::pair(c.sure_from, c.sure_through); });
    const std::int64_t most =
        days_of_union(covers, [](const Cover& c) { return std::pair(c.from, c.through); });
    made.covers.resize(first);
    // Of a window that is not known, the calendar's ends are no bounds that a reader would know of.
    const bool open =
        without_end ||
        (most > 0 && (within.from.low == Date::min() || within.through.high == Date::max()));
    Value days = Value::of(Range{Number(least), Number(most), false, open && least < most});
    if (without_end) {
        days = Value::of(Range{Number(0), Number(0), false, true}, Reason::overflow);
        days.undetermined = surely_without_end ? Truth::yes : Truth::unknown;
    }
    return days;
}

} // namespace rung
