// Programs between two versions: the old one with some of the edits that lead to the new one.
//
// They are made of the rule texts: what a difference spans in the one is put in the place of what it spans in the
// other, rows and sections that are new or gone go in or out by their lines, and the text is parsed and checked as
// any other. A hybrid is used only if `diff` finds in it the edits that it should have, all of them and no others.
// Edits that cannot be told apart in that way (a new column needs its cells, a new row the fact that it reads) are
// one unit.
#pragma once

#include "interpreter/facets.hpp"

#include <rung/diff.hpp>
#include <rung/program.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rung {

class Hybrids {
public:
    Hybrids(const Program& old, const Program& fresh);

    /// The differences that decide.
    [[nodiscard]] const std::vector<Difference>& edits() const { return edits_; }
    /// Those that are made together, by index into `edits`; every edit is in one.
    [[nodiscard]] const std::vector<std::vector<std::size_t>>& units() const { return units_; }

    /// By unit: whether the hybrid has it.
    using Set = std::vector<bool>;
    /// The old version with these units; null where that makes no valid program, or too many were made.
    [[nodiscard]] const Program* with(const Set& units);

private:
    using Passage = Difference::Passage;

    /// An edit as a change of one text: what stands in [begin, end) gives way to `text`.
    struct Patch {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::string text;
        std::size_t order = 0; // of what is put in at one place
    };
    /// A row of a table as it is written, by the names of its columns.
    struct RowText {
        std::vector<std::string> columns;
        std::vector<std::string> cells;

        [[nodiscard]] std::string in(const std::vector<std::string>& others) const;
    };
    /// One version, without what decides nothing and names what may not be there: tests, readings, labels.
    struct Side {
        explicit Side(const Program& of);
        [[nodiscard]] std::size_t line_begin(std::size_t at) const;
        [[nodiscard]] std::size_t line_end(std::size_t at) const;

        Program program;
        std::string text;
        std::vector<Facet> wholes; // what is there as a whole, in the order of the text
        std::map<std::size_t, RowText>
            rows; // of tables with a column for each tier or path, by where they begin
    };
    /// Where something goes in, and the part beside it.
    struct InsertPlace {
        std::size_t at = 0;
        std::size_t neighbour = 0; // where that begins
    };

    void join_overlapping();
    void join_what_needs_others();
    void glue_what_does_not_stand();
    void join(std::size_t unit, std::size_t other);
    void glue(std::size_t unit);
    [[nodiscard]] bool is_valid(const std::vector<bool>& wanted);
    [[nodiscard]] bool stands(std::size_t unit);
    [[nodiscard]] Set needs_of(std::size_t unit);
    [[nodiscard]] bool is_splittable(std::size_t index) const;
    [[nodiscard]] std::vector<bool> edits_of(const Set& units) const;
    [[nodiscard]] std::optional<InsertPlace> place_for(const Difference& edit, const Side& from,
                                                       const Side& into) const;
    [[nodiscard]] static std::string lines_of(const Passage& part, const Side& from,
                                              const Side& into, const InsertPlace& place);
    [[nodiscard]] std::optional<Patch> patch(const Difference& edit, bool forward) const;
    /// By edit.
    [[nodiscard]] std::optional<Program> made(const std::vector<bool>& wanted) const;
    [[nodiscard]] bool is_of_new_row(const Difference& difference) const;
    [[nodiscard]] bool is_told_right(const Program& hybrid, const std::vector<bool>& wanted) const;

    Side old_;
    Side fresh_;
    std::vector<Difference> edits_;
    std::vector<bool> covered_; // by edit: it lies within another one, which makes it too
    std::vector<bool> glued_; // by edit: it cannot be made apart from the others that are glued
    std::vector<std::vector<std::size_t>> units_;
    std::map<std::vector<bool>, bool> valid_; // by edit: whether that makes valid rules
    std::map<Set, std::optional<Program>> made_;
};

} // namespace rung
