// Coverage as text: first what no test saw, then every row by tier with a mark for each verdict.
#include "interpreter/text.hpp"

#include <rung/tests.hpp>

#include <algorithm>
#include <array>

namespace rung {

namespace {

using ItemKind = CoveredItem::Kind;

constexpr int widest_name = 34;

struct VerdictMark {
    std::string_view verdict;
    const char* mark;
};

/// The places of a cell, one for each verdict of the kind.
std::vector<VerdictMark> marks_of(ItemKind kind) {
    switch (kind) {
    case ItemKind::requirement:
        return {
            {"met", "✓"}, {"unmet", "✗"}, {"unknown", "?"}, {"not_asked", "–"}, {"waived", "w"}};
    case ItemKind::benefit:
        return {{"granted", "✓"}, {"open", "○"}, {"unknown", "?"}, {"closed", "–"}};
    case ItemKind::value:
        return {{"had", "✓"}};
    case ItemKind::look_up:
        return {{"looked_up", "✓"}, {"further", "+"}};
    case ItemKind::notice:
        return {{"told", "✓"}, {"untold", "✗"}, {"unknown", "?"}};
    case ItemKind::condition:
        break;
    }
    return {{"met", "✓"}, {"unmet", "✗"}, {"unknown", "?"}};
}

std::string heading_of(ItemKind kind) {
    constexpr std::array<const char*, 6> headings{"Requirements", "Benefits",   "Values",
                                                  "Notices",      "Table rows", "Conditions"};
    return headings[static_cast<std::size_t>(kind)];
}

std::string in_words(std::string_view verdict) {
    std::string words(verdict);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::string unseen_of(const CoveredItem& item) {
    std::vector<std::string> words;
    for (const CoveredItem::Verdict& verdict : item.verdicts) {
        if (!verdict.seen) {
            words.push_back(in_words(verdict.verdict));
        }
    }
    return listed(words, ", ");
}

class CoveragePrinter {
public:
    CoveragePrinter(const Coverage& coverage, const TextOptions& options)
        : coverage_(coverage), paint_{options.colour}, width_(std::max(options.width, 60)) {
        for (const CoveredItem& item : coverage.items) {
            if (rows_.empty() || rows_.back().kind != item.kind || rows_.back().id != item.id ||
                item.kind == ItemKind::condition || rows_.back().ladder != item.ladder) {
                rows_.push_back({item.kind, item.id, item.ladder, {}});
            }
            rows_.back().items.push_back(&item);
        }
    }

    std::string print() {
        text_ += paint_.strong("Coverage of " + harmless(coverage_.rules_file)) + "\n";
        unseen();
        for (const ItemKind kind : {ItemKind::requirement, ItemKind::benefit, ItemKind::value,
                                    ItemKind::notice, ItemKind::look_up, ItemKind::condition}) {
            for (const Coverage::TiersOf& ladder : coverage_.ladders) {
                table(kind, ladder.ladder, tiers_of(kind, ladder));
            }
            // What no tier decides.
            table(kind, "", tiers_of(kind, {"", {""}}));
        }
        const std::size_t seen = coverage_.seen();
        const std::size_t countable = coverage_.countable();
        text_ += "\n" + paint_.strong(std::to_string(coverage_percent({coverage_})) + "% seen") +
                 " (" + std::to_string(seen) + " of " + std::to_string(countable) + ")\n";
        return std::move(text_);
    }

private:
    /// What is decided tier by tier, or once.
    struct Row {
        ItemKind kind;
        std::string id;
        std::string ladder;
        std::vector<const CoveredItem*> items;
    };

    // ---- names

    [[nodiscard]] static std::string name_of(const Row& row) {
        const std::string name = harmless(row.id);
        return row.kind == ItemKind::condition
                   ? "line " + std::to_string(row.items.front()->at.line) + "  " + name
                   : name;
    }

    /// Cut where it is too long for its column: the line says the rest.
    [[nodiscard]] static std::string cut(const std::string& name, int most) {
        const std::vector<std::string> characters = visible_characters(name);
        std::string text;
        for (const std::string& character : characters) {
            if (columns(text) + columns(character) > most - 1 && columns(name) > most) {
                return text + "…";
            }
            text += character;
        }
        return text;
    }

    [[nodiscard]] static std::string padded(const std::string& text, int width) {
        return text +
               std::string(static_cast<std::size_t>(std::max(0, width - columns(text))), ' ');
    }

    /// Those that anything of the kind can come to.
    [[nodiscard]] std::vector<VerdictMark> marks(ItemKind kind) const {
        std::vector<VerdictMark> all = marks_of(kind);
        std::erase_if(all, [&](const VerdictMark& mark) {
            return std::none_of(coverage_.items.begin(), coverage_.items.end(),
                                [&](const CoveredItem& item) {
                                    return item.kind == kind && has(item, mark.verdict);
                                });
        });
        return all;
    }

    static bool has(const CoveredItem& item, std::string_view verdict) {
        return std::any_of(item.verdicts.begin(), item.verdicts.end(),
                           [&](const auto& own) { return own.verdict == verdict; });
    }

    // ---- what no test saw

    void unseen() {
        bool any = false;
        for (const Row& row : rows_) {
            const std::string what = unseen_of_row(row);
            if (what.empty()) {
                continue;
            }
            text_ += any ? "" : "\n" + paint_.warn("No test saw") + "\n";
            any = true;
            const std::string lead = "  " + padded(name_of(row), widest_name);
            const int column = columns(lead) + 2;
            if (column > widest_name + 4) { // a long name has a line of its own
                text_ += "  " + wrapped(name_of(row), width_, 2, 4) + "\n" +
                         std::string(widest_name + 4, ' ');
            } else {
                text_ += lead + "  ";
            }
            text_ += wrapped(what, width_, widest_name + 4, widest_name + 4) + "\n";
        }
    }

    /// "bronze, silver: unknown; gold: met, unmet"
    [[nodiscard]] static std::string unseen_of_row(const Row& row) {
        std::vector<std::pair<std::string, std::vector<std::string>>>
            groups; // what, at which tiers
        bool nothing_seen = true;
        for (const CoveredItem* item : row.items) {
            nothing_seen &= std::none_of(item->verdicts.begin(), item->verdicts.end(),
                                         [](const auto& verdict) { return verdict.seen; });
            const std::string what = unseen_of(*item);
            const auto known = std::find_if(groups.begin(), groups.end(),
                                            [&](const auto& group) { return group.first == what; });
            if (!what.empty() && known == groups.end()) {
                groups.push_back({what, {harmless(item->tier)}});
            } else if (!what.empty()) {
                known->second.push_back(harmless(item->tier));
            }
        }
        if (nothing_seen) {
            return "anything";
        }
        std::string text;
        for (const auto& [what, tiers] : groups) {
            const bool by_tier = !tiers.front().empty();
            text += (text.empty() ? "" : "; ") + (by_tier ? listed(tiers, ", ") + ": " : "") + what;
        }
        return text;
    }

    // ---- all of it

    /// Those of the tiers at which anything of the kind is decided, lowest first.
    [[nodiscard]] std::vector<std::string> tiers_of(ItemKind kind,
                                                    const Coverage::TiersOf& ladder) const {
        std::vector<std::string> tiers = ladder.tiers;
        std::erase_if(tiers, [&](const std::string& tier) {
            return std::none_of(
                coverage_.items.begin(), coverage_.items.end(), [&](const CoveredItem& item) {
                    return item.kind == kind && item.ladder == ladder.ladder && item.tier == tier;
                });
        });
        return tiers;
    }

    void table(ItemKind kind, const std::string& ladder, const std::vector<std::string>& tiers) {
        std::vector<const Row*> rows;
        for (const Row& row : rows_) {
            const bool by_tier = !row.items.front()->tier.empty();
            if (row.kind == kind && row.ladder == ladder &&
                (tiers.empty() || by_tier == !tiers.front().empty())) {
                rows.push_back(&row);
            }
        }
        const std::string heading = heading_of(kind) + (ladder.empty() ? "" : " for " + ladder);
        int name_width = columns(heading) - 2;
        for (const Row* row : rows) {
            name_width = std::max(name_width, columns(name_of(*row)));
        }
        // Conditions have one column of marks, and may take the rest of the line.
        name_width = std::min(name_width, kind == ItemKind::condition ? width_ - 10 : widest_name);
        for (std::size_t first = 0; first < tiers.size();) {
            first = block(heading, rows, tiers, first, name_width);
        }
    }

    /// As many tiers as fit on a line, from `first` on; the first that did not.
    std::size_t block(const std::string& heading, const std::vector<const Row*>& rows,
                      const std::vector<std::string>& tiers, std::size_t first, int name_width) {
        const ItemKind kind = rows.front()->kind;
        const int cell = static_cast<int>(marks(kind).size());
        const auto width_of = [&](const std::string& tier) {
            return std::max(cell, columns(harmless(tier))) + 2;
        };
        std::size_t end = first;
        int used = name_width + 4;
        while (end < tiers.size() && (end == first || used + width_of(tiers[end]) <= width_)) {
            used += width_of(tiers[end++]);
        }
        std::string header = padded(harmless(heading), name_width + 4);
        for (std::size_t i = first; i < end; ++i) {
            header += padded(harmless(tiers[i]), width_of(tiers[i]));
        }
        header.erase(header.find_last_not_of(' ') + 1);
        text_ += "\n" + paint_.strong(header) + legend(kind, columns(header)) + "\n";
        for (const Row* row : rows) {
            std::string line = "  " + padded(cut(name_of(*row), name_width), name_width) + "  ";
            for (std::size_t i = first; i < end; ++i) {
                line += padded(cell_of(*row, tiers[i]), width_of(tiers[i]));
            }
            line.erase(line.find_last_not_of(' ') + 1);
            text_ += line + "\n";
        }
        return end;
    }

    [[nodiscard]] std::string legend(ItemKind kind, int used) const {
        std::string text;
        for (const auto& [verdict, mark] : marks(kind)) {
            text += std::string(mark) + " " + in_words(verdict) + "  ";
        }
        text += "· not seen";
        const int room = width_ - used - columns(text);
        return room >= 2 ? std::string(static_cast<std::size_t>(room), ' ') + paint_.faint(text)
                         : "\n  " + paint_.faint(text);
    }

    [[nodiscard]] std::string cell_of(const Row& row, const std::string& tier) const {
        const auto item =
            std::find_if(row.items.begin(), row.items.end(),
                         [&](const CoveredItem* candidate) { return candidate->tier == tier; });
        if (item == row.items.end()) {
            return "";
        }
        std::string text;
        for (const VerdictMark& place : marks(row.kind)) {
            const auto at = std::find_if(
                (*item)->verdicts.begin(), (*item)->verdicts.end(),
                [&](const CoveredItem::Verdict& own) { return own.verdict == place.verdict; });
            text += at == (*item)->verdicts.end() ? " " : at->seen ? place.mark : "·";
        }
        return text;
    }

    const Coverage& coverage_;
    Paint paint_;
    int width_;
    std::vector<Row> rows_;
    std::string text_;
};

} // namespace

std::string to_text(const Coverage& coverage, const TextOptions& options) {
    return CoveragePrinter(coverage, options).print();
}

} // namespace rung
