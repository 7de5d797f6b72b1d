#include "interpreter/facets.hpp"
#include "interpreter/present.hpp"

#include <rung/diff.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace rung {

namespace {

using Part = Difference::Part;
using Aspect = Difference::Aspect;
using Turn = Difference::Turn;

using Key = std::tuple<Part, Aspect, std::string, std::string, std::string>;
using PartKey = std::tuple<Part, std::string, std::string>;

/// The facets of one version, by what they are of.
struct ProgramSide {
    explicit ProgramSide(const Model& from) : model(from), facets(facets_of(from)) {
        for (const Facet& facet : facets) {
            by_key.emplace(Key(facet.key()), &facet);
            parts.emplace(PartKey(facet.part_key()), parts.size());
        }
    }

    [[nodiscard]] const Facet* find(const Facet& like) const {
        const auto found = by_key.find(Key(like.key()));
        return found == by_key.end() ? nullptr : found->second;
    }
    [[nodiscard]] bool has_part(const Facet& like) const {
        return parts.contains(PartKey(like.part_key()));
    }
    [[nodiscard]] bool has_ladder(const Facet& tier) const {
        return parts.contains(PartKey(Part::ladder, std::string(), tier.ladder));
    }
    /// Of a cell: whether there is that tier at all.
    [[nodiscard]] bool has_column(const Facet& cell) const {
        const bool of_tier = cell.part == Part::requirement || cell.part == Part::benefit ||
                             cell.part == Part::value;
        return cell.aspect != Aspect::cell || !of_tier ||
               parts.contains(PartKey(Part::tier, cell.ladder, cell.column));
    }

    const Model& model;
    std::vector<Facet> facets;
    std::map<Key, const Facet*> by_key;
    std::map<PartKey, std::size_t> parts; // and their order
};

bool is_said(const Facet* facet) { return facet != nullptr && !facet->meaning.empty(); }

class MeaningComparison {
public:
    MeaningComparison(const Program& old, const Program& fresh)
        : old_(old.model()), fresh_(fresh.model()) {}

    std::vector<Difference> run() {
        for (const Facet& facet : fresh_.facets) {
            compare(old_.find(facet), &facet);
        }
        for (const Facet& facet : old_.facets) {
            if (fresh_.find(facet) == nullptr) {
                compare(&facet, nullptr);
            }
        }
        std::stable_sort(found_.begin(), found_.end(), [&](const auto& a, const auto& b) {
            return std::pair(a.part, rank(a)) < std::pair(b.part, rank(b));
        });
        return std::move(found_);
    }

private:
    void compare(const Facet* before, const Facet* after) {
        const bool was = is_said(before);
        const bool is = is_said(after);
        const Facet& facet = after != nullptr ? *after : *before;
        if ((!was && !is) || (was && is && before->meaning == after->meaning)) {
            return;
        }
        // What is new or gone as a whole is told once.
        const bool both_parts = old_.has_part(facet) && fresh_.has_part(facet);
        if (facet.aspect != Aspect::whole && (!both_parts || !fresh_.has_column(facet))) {
            return;
        }
        const bool ladder_too =
            facet.part == Part::tier && !(old_.has_ladder(facet) && fresh_.has_ladder(facet));
        if (ladder_too) {
            return;
        }
        found_.push_back(made(before, after, facet));
    }

    [[nodiscard]] Difference made(const Facet* before, const Facet* after,
                                  const Facet& facet) const {
        Difference made;
        made.part = facet.part;
        made.aspect = facet.aspect;
        made.turn = !is_said(before)  ? Turn::added
                    : !is_said(after) ? Turn::removed
                                      : Turn::changed;
        made.ladder = facet.ladder;
        made.id = facet.id;
        made.label = facet.label;
        made.head = facet.head;
        made.column = facet.column;
        made.column_label = facet.column_label;
        if (before != nullptr) {
            made.before = before->shown;
            made.before_at = passage(old_.model, before->at);
        }
        if (after != nullptr) {
            made.after = after->shown;
            made.after_at = passage(fresh_.model, after->at);
        }
        if (reaches_others(made)) {
            const Model& model = fresh_.has_part(facet) ? fresh_.model : old_.model;
            made.reaches = reached_from(model, made.part, made.id);
        }
        return made;
    }

    static bool reaches_others(const Difference& made) {
        return made.decides() && (made.part == Part::path ||
                                  (made.part >= Part::measure && made.part != Part::record));
    }

    static Difference::Passage passage(const Model& model, Span at) {
        return {place_of(model.source, at), at.begin, at.end};
    }

    [[nodiscard]] std::size_t rank(const Difference& of) const {
        const auto found = fresh_.parts.find(PartKey(of.part, of.ladder, of.id));
        return found == fresh_.parts.end() ? fresh_.parts.size() : found->second;
    }

    ProgramSide old_;
    ProgramSide fresh_;
    std::vector<Difference> found_;
};

DiffSide side_of(const Program& program) {
    return {program.id(),
            program.label(),
            program.version(),
            program.file(),
            program.sha256(),
            program.effective_from(),
            program.effective_through(),
            program.withdrawn()};
}

} // namespace

Differences diff(const Program& old, const Program& fresh) {
    return {side_of(old), side_of(fresh), MeaningComparison(old, fresh).run()};
}

} // namespace rung
