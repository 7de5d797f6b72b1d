// What every narrator says of an outcome: who is meant, which tiers, on which day, by which rules.
#pragma once

#include "interpreter/document.hpp"
#include "interpreter/words.hpp"

namespace rung {

/// Where a tier stands among those of its ladder; the floor is 0.
[[nodiscard]] std::size_t rank(const LadderOutcome& ladder, const std::string& tier);
[[nodiscard]] std::string label_of(const LadderOutcome& ladder, const std::string& tier);

/// "p. 8-9, line 108"
[[nodiscard]] std::string source_in_words(const Wording& words, const std::string& cite,
                                          std::size_t line);

class Narration {
public:
    Narration(const Outcome& outcome, Language language)
        : outcome_(outcome), words_(Wording::of(language)) {}

    [[nodiscard]] const Wording& words() const { return words_; }
    [[nodiscard]] std::string partner() const;
    /// The same where no sentence begins with it.
    [[nodiscard]] std::string partner_within() const;
    /// "Gold in Services partners", where there are several ladders.
    [[nodiscard]] std::string on_ladder(const LadderOutcome& ladder,
                                        const std::string& tiers) const;
    /// "Silver", "no tier", "Bronze or Silver"
    [[nodiscard]] std::string one_of(const LadderOutcome& ladder,
                                     const std::vector<std::string>& tiers) const;
    /// "Acme qualifies for Silver."
    [[nodiscard]] std::string qualification(const LadderOutcome& ladder) const;
    /// "Acme qualifies for Silver, not Gold."
    [[nodiscard]] std::string not_reached(const LadderOutcome& ladder,
                                          const TierName& target) const;
    /// The day, the review, the version, the tiers held before; and what is unusual about them.
    [[nodiscard]] std::vector<Block> circumstances() const;
    /// What becomes of the tier that was held before; nothing where none was.
    [[nodiscard]] std::vector<Block> holding(const LadderOutcome& ladder) const;
    /// The tiers, with where the partner stands and what was asked for, if it is one of them.
    [[nodiscard]] Rungs rungs(const LadderOutcome& ladder, const TierName* target) const;
    /// Where the paths lead along which rows are not told, a line each; and, where one of them leads as high as the one
    /// that is told, why it is not that one. Nothing where there are no others.
    [[nodiscard]] std::vector<Block> other_paths(const LadderOutcome& ladder) const;
    /// What a missing fact is called; its pointer, where it has no name.
    [[nodiscard]] std::string missing_fact(const std::string& pointer) const;
    /// A list of facts by their names; nothing where none is missing.
    [[nodiscard]] std::vector<Block> missing(const std::vector<std::string>& pointers) const;
    /// "p. 8-9, line 108"
    [[nodiscard]] std::string source(const std::string& cite, const Place& at) const;

private:
    [[nodiscard]] std::string qualifies_for_none(const LadderOutcome& ladder) const;
    [[nodiscard]] bool has_several_ladders() const { return outcome_.ladders.size() > 1; }
    /// The labels of the measures whose value was assumed.
    [[nodiscard]] std::vector<std::string> assumed() const;
    [[nodiscard]] std::string chosen() const;
    [[nodiscard]] std::vector<Block> why_version() const;
    [[nodiscard]] std::string review() const;
    [[nodiscard]] std::string leads(const LadderOutcome& ladder, const PathOutcome& path) const;
    [[nodiscard]] std::string held(const LadderOutcome& ladder) const;
    [[nodiscard]] std::string holds(const HoldsOutcome& holds, const std::string& tier) const;

    const Outcome& outcome_;
    const Wording& words_;
};

} // namespace rung
