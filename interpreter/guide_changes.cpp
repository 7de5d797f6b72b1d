#include "interpreter/guide_changes.hpp"

#include "interpreter/words.hpp"

#include <algorithm>

namespace rung {

namespace {

using Part = Difference::Part;
using Aspect = Difference::Aspect;

/// What one guide says of a part that differs.
class GuideReader {
public:
    explicit GuideReader(const Guide& guide) : guide_(guide), words_(Wording::of(guide.language)) {}

    [[nodiscard]] std::string says(const Difference& of) const {
        switch (of.part) {
        case Part::requirement:
            return row(guide_.requirements, of);
        case Part::benefit:
            return row(guide_.benefits, of);
        case Part::value:
            return row(guide_.values, of);
        case Part::path:
            return term(guide_.paths, of);
        case Part::review:
            return term(guide_.reviews, of);
        case Part::standing:
            return term(guide_.standing, of);
        case Part::notice:
            return term(guide_.notices, of);
        case Part::measure:
            return term(guide_.measures, of);
        default:
            return {};
        }
    }

private:
    /// A definition as a whole; of a column of it, the rules tell alone.
    [[nodiscard]] std::string term(const std::vector<GuideTerm>& terms,
                                   const Difference& of) const {
        if (of.aspect == Aspect::cell || !of.decides()) {
            return {};
        }
        const std::size_t dot = of.id.find('.'); // of a measure of each record: RECORD.NAME
        const std::string id = of.id.substr(dot == std::string::npos ? 0 : dot + 1);
        std::vector<const GuideTerm*> named;
        for (const GuideTerm& term : terms) {
            if (term.id == id && term.record.empty() == (dot == std::string::npos)) {
                named.push_back(&term);
            }
        }
        // Of two records with a measure of that name, a guide does not say which is which.
        return named.size() == 1 ? words_.list(named.front()->says, Joint::apart) : std::string();
    }

    [[nodiscard]] std::string row(const std::vector<GuideTable>& tables,
                                  const Difference& of) const {
        for (const GuideTable& table : tables) {
            for (const GuideRow& row : table.rows) {
                if (row.id == of.id && (of.ladder.empty() || table.ladder == of.ladder)) {
                    return says(table, row, of);
                }
            }
        }
        return {};
    }

    [[nodiscard]] std::string says(const GuideTable& table, const GuideRow& row,
                                   const Difference& of) const {
        switch (of.aspect) {
        case Aspect::asks:
            return row.asks;
        case Aspect::when:
            return row.when;
        case Aspect::needs:
            return words_.list(row.needs, Joint::apart);
        case Aspect::cell:
            return cell(table, row, of);
        case Aspect::whole:
            return all_of(table, row, of.part);
        default:
            return {};
        }
    }

    [[nodiscard]] std::string cell(const GuideTable& table, const GuideRow& row,
                                   const Difference& of) const {
        for (std::size_t i = 0; i < std::min(table.tiers.size(), row.cells.size()); ++i) {
            if (table.tiers[i].id == of.column) {
                return text_of(row.cells[i], of.part);
            }
        }
        return {};
    }

    [[nodiscard]] std::string text_of(const GuideCell& cell, Part part) const {
        if (!cell.given) {
            return {};
        }
        std::string text = !cell.figure.empty()        ? cell.figure
                           : part == Part::requirement ? words_.say(Say::diff_asked)
                                                       : words_.say(Say::diff_given);
        return cell.condition.empty() ? text : words_.say(Say::guide_cell_if, text, cell.condition);
    }

    /// Of a row that is new or gone.
    [[nodiscard]] std::string all_of(const GuideTable& table, const GuideRow& row,
                                     Part part) const {
        std::vector<std::string> texts;
        const auto add = [&](std::string text) {
            if (!text.empty()) {
                texts.push_back(std::move(text));
            }
        };
        add(row.asks);
        add(row.when.empty() ? std::string() : words_.say(Say::guide_when, row.when));
        add(row.needs.empty()
                ? std::string()
                : words_.say(Say::guide_needs, words_.list(row.needs, Joint::conjunction)));
        for (std::size_t i = 0; i < std::min(table.tiers.size(), row.cells.size()); ++i) {
            if (row.cells[i].given) {
                add(words_.say(Say::labelled, table.tiers[i].label, text_of(row.cells[i], part)));
            }
        }
        return words_.list(texts, Joint::apart);
    }

    const Guide& guide_;
    const Wording& words_;
};

} // namespace

void put_in_words(Differences& changes, const Guide& before, const Guide& after) {
    for (Difference& change : changes.all) {
        if (change.turn != Difference::Turn::added) {
            change.before_in_words = GuideReader(before).says(change);
        }
        if (change.turn != Difference::Turn::removed) {
            change.after_in_words = GuideReader(after).says(change);
        }
    }
}

Differences told_by_guides(const Differences& changes) {
    Differences told = changes;
    std::erase_if(told.all, [](const Difference& change) { return change.part >= Part::record; });
    return told;
}

} // namespace rung
