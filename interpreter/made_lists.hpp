// Lists that the rules make: `list of`, `largest 3 of … by`, `groups of … by`.
//
// Such a list names rows of a table, in the order of that table, and says of each row whether it is in the
// list, for the facts may leave that open. Its members, and the groups, lie in arrays of the evaluation's
// workspace; a ListRef points into them. Everything here works on those arrays and evaluates nothing:
// the evaluator collects candidates, with what they are ranked or grouped by, and hands them over.
//
// The arrays are used again for the next partner, so that making a list allocates nothing once they are
// large enough. (Records that tie for a place and hold lists themselves are the one exception.)
#pragma once

#include "interpreter/fact_sheet.hpp"
#include "interpreter/model.hpp"
#include "interpreter/value.hpp"

#include <span>
#include <vector>

namespace rung {

/// A row of a list; where it only may be in it, why that is not known.
struct Member {
    Index row = none;
    Truth counts = Truth::yes;
    Reason reason = Reason::none;
};

/// A record while a list is made of it, with what it is ranked or grouped by.
struct Candidate {
    Member member;
    Value value;
};

/// Records of one key; `counts` says whether there is such a group.
struct Group {
    Value key;
    Value records;
    Truth counts = Truth::yes;
    Reason reason = Reason::none;
};

/// The days of one record, as far as they are looked at: those it covers for sure, and those it may cover.
/// Days since 1970; none where the first is after the last.
struct Cover {
    std::int64_t sure_from = 1;
    std::int64_t sure_through = 0;
    std::int64_t from = 1;
    std::int64_t through = 0;
};

/// The arrays. `candidates` and `covers` are stacks: a list may be made while another one is.
struct MadeLists {
    std::vector<Member> members;
    std::vector<Group> groups;
    std::vector<Candidate> candidates;
    std::vector<Cover> covers;
    std::vector<Index> by_value; // of the candidates that are being ranked
    std::vector<Index> by_high;
    std::vector<Index> by_low;

    struct Marks {
        std::size_t members = 0;
        std::size_t groups = 0;
    };
    [[nodiscard]] Marks marks() const { return {members.size(), groups.size()}; }
    void back_to(const Marks& marks) {
        members.resize(marks.members);
        groups.resize(marks.groups);
    }
    [[nodiscard]] Member member(const ListRef& list, Index at) const {
        return list.made ? members[list.first + at] : Member{list.first + at};
    }
};

/// The candidates from `first` on that are in the list, or may be, as a list of rows of `table`; takes them
/// off the stack. `why` a list that may hold more does.
[[nodiscard]] Value list_of_candidates(MadeLists& made, std::size_t first, Index table,
                                       bool may_hold_more, Reason why);

/// One of two lists, of which it is not known which: surely there is only what is in both.
[[nodiscard]] Value either_list(MadeLists& made, const Value& a, const Value& b, Reason why);

/// Ranks the candidates from `first` on by their values and says of each whether it is among the `count`
/// largest. Ties go by the whole content of the records, so that their order in the facts does not matter;
/// records of one content are interchangeable. `unseen`, if not null, stands for any number of records not
/// known of. Gives whether those may be among the largest.
bool keep_largest(const Model& model, const FactSheet& facts, MadeLists& made, std::size_t first,
                  Index table, const Value& count, const Value* unseen);

/// What records are ranked by, as a figure: the largest first, or the smallest.
[[nodiscard]] Value rank_of(const Value& value, bool smallest_first);

/// The candidates from `first` on, by their values: a list of rows of `grouped`, one for each group. A record
/// whose key is not known may be in any group, or make one of its own.
[[nodiscard]] Value groups_of_candidates(const Model& model, MadeLists& made, std::size_t first,
                                         Index table, Index grouped, bool may_hold_more,
                                         Reason why);

/// The one value that the candidates from `first` on have. None: undetermined, `empty`; values that differ:
/// undetermined, `several`.
[[nodiscard]] Value only_value(const Model& model, MadeLists& made, std::size_t first, Type type);

/// The days of a record within a window; both may be known in part.
[[nodiscard]] Cover cover_of(const WindowRange& days, const WindowRange& within, Truth counts);
/// How many days the covers from `first` on hold together: at least and at most.
[[nodiscard]] Value days_covered(MadeLists& made, std::size_t first, const WindowRange& within);

/// Any strict order of certain values of one type.
[[nodiscard]] bool before_in_order(const Value& a, const Value& b);

/// The member of a choice that stands for every one not listed; zero where there is none.
[[nodiscard]] std::uint64_t other_of(const Model& model, Type type);

} // namespace rung
