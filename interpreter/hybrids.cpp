#include "interpreter/hybrids.hpp"

#include "grammar/parse.hpp"
#include "interpreter/ast.hpp"
#include "interpreter/model.hpp"

#include <algorithm>
#include <tuple>

namespace rung {

namespace {

/// Each is a parsed program, kept for all partners.
constexpr std::size_t most_programs = 256;
/// Beyond it, it is not looked for what an edit needs.
constexpr std::size_t most_tried = 40;

using Passage = Difference::Passage;
using Aspect = Difference::Aspect;

/// Places stay what they are.
void blank(std::string& text, Span span) {
    for (std::size_t at = span.begin; at < span.end; ++at) {
        if (text[at] != '\n') {
            text[at] = ' ';
        }
    }
}

bool lies_in(const std::optional<Passage>& inner, const std::optional<Passage>& outer) {
    return inner && outer && outer->begin <= inner->begin && inner->end <= outer->end;
}

bool overlap(const std::optional<Passage>& a, const std::optional<Passage>& b) {
    return a && b && a->begin < b->end && b->begin < a->end;
}

/// What stands in one list with it: the rows of a table, the fields of a record.
std::string family(Difference::Part part, const std::string& id) {
    switch (part) {
    case Difference::Part::row:
        return id.substr(0, id.find(':'));
    case Difference::Part::field:
    case Difference::Part::measure:
        return id.substr(0, id.find('.') == std::string::npos ? 0 : id.find('.'));
    default:
        return {};
    }
}

} // namespace

// ---- the two versions --------------------------------------------------------------------------

Hybrids::Side::Side(const Program& of) : program(of), text(of.model().source.text()) {
    const Parsed parsed = parse(of.model().source);
    const ast::File file = ast::lower(parsed.tree);
    for (const ast::Test& test : file.tests) {
        blank(text, test.at);
    }
    for (const ast::Reading& reading : file.readings) {
        blank(text, reading.at);
    }
    for (const ast::Labels& labels : file.labels) {
        blank(text, labels.at);
    }
    for (const ast::Accept& accept : file.accepts) {
        blank(text, accept.at);
    }
    for (Facet& facet : facets_of(of.model())) {
        if (facet.aspect == Aspect::whole && !facet.at.empty()) {
            wholes.push_back(std::move(facet));
        }
    }
    std::stable_sort(wholes.begin(), wholes.end(),
                     [](const Facet& a, const Facet& b) { return a.at.begin < b.at.begin; });
    for (const auto* tables : {&file.requirements, &file.benefits, &file.values, &file.measures}) {
        for (const ast::Table& table : *tables) {
            for (const ast::Row& row : table.rows) {
                RowText& made = rows[row.at.begin];
                for (const ast::Word& column : table.columns) {
                    made.columns.push_back(column.text);
                }
                for (const ast::Cell& cell : row.cells) {
                    made.cells.push_back(text.substr(cell.at.begin, cell.at.end - cell.at.begin));
                }
            }
        }
    }
}

/// Where the other table has a column that this one lacks, a tier or path of it, the row says nothing.
std::string Hybrids::RowText::in(const std::vector<std::string>& others) const {
    std::string line = "|";
    for (const std::string& column : others) {
        const auto at = std::find(columns.begin(), columns.end(), column);
        const auto place = static_cast<std::size_t>(at - columns.begin());
        line += " " + (place < cells.size() ? cells[place] : "-") + " |";
    }
    return line + "\n";
}

std::size_t Hybrids::Side::line_begin(std::size_t at) const {
    const std::size_t found = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    return found == std::string::npos ? 0 : found + 1;
}

/// Behind the line's end; of a span's end, the line that it ends in.
std::size_t Hybrids::Side::line_end(std::size_t at) const {
    const std::size_t found = text.find('\n', at == 0 ? 0 : at - 1);
    return found == std::string::npos ? text.size() : found + 1;
}

Hybrids::Hybrids(const Program& old, const Program& fresh) : old_(old), fresh_(fresh) {
    for (Difference& difference : diff(old, fresh).all) {
        if (difference.decides()) {
            edits_.push_back(std::move(difference));
        }
    }
    covered_.resize(edits_.size(), false);
    glued_.resize(edits_.size(), false);
    for (std::size_t i = 0; i < edits_.size(); ++i) {
        units_.push_back({i});
    }
    join_overlapping();
    glue_what_does_not_stand();
    for (std::vector<std::size_t>& unit : units_) {
        std::sort(unit.begin(), unit.end());
    }
    std::sort(units_.begin(), units_.end());
}

// ---- units -------------------------------------------------------------------------------------

void Hybrids::join(std::size_t unit, std::size_t other) {
    if (glued_[units_[unit].front()] != glued_[units_[other].front()]) {
        glue(glued_[units_[unit].front()] ? other : unit);
        valid_.clear();
        return;
    }
    units_[unit].insert(units_[unit].end(), units_[other].begin(), units_[other].end());
    units_.erase(units_.begin() + static_cast<std::ptrdiff_t>(other));
}

/// Its edits are made with the others that cannot be made apart.
void Hybrids::glue(std::size_t unit) {
    const std::vector<std::size_t> edits = units_[unit];
    const auto other =
        std::find_if(units_.begin(), units_.end(), [&](const std::vector<std::size_t>& of) {
            return glued_[of.front()] && of != edits;
        });
    for (const std::size_t edit : edits) {
        glued_[edit] = true;
    }
    if (other != units_.end()) {
        other->insert(other->end(), edits.begin(), edits.end());
        units_.erase(units_.begin() + static_cast<std::ptrdiff_t>(unit));
    }
}

void Hybrids::join_overlapping() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
        for (std::size_t j = i + 1; j < units_.size();) {
            bool together = false;
            for (const std::size_t a : units_[i]) {
                for (const std::size_t b : units_[j]) {
                    const Difference& one = edits_[a];
                    const Difference& two = edits_[b];
                    const bool in_old = overlap(one.before_at, two.before_at);
                    const bool in_new = overlap(one.after_at, two.after_at);
                    if (!in_old && !in_new) {
                        continue;
                    }
                    together = true;
                    const bool second_inside = in_old ? lies_in(two.before_at, one.before_at)
                                                      : lies_in(two.after_at, one.after_at);
                    covered_[second_inside ? b : a] = true;
                }
            }
            if (together) {
                join(i, j);
                j = i + 1;
            } else {
                ++j;
            }
        }
    }
}

/// Tiers and paths are columns of every table: what adds or takes one cannot be made by its own lines.
bool Hybrids::is_splittable(std::size_t index) const {
    const Difference& edit = edits_[index];
    const bool is_column =
        edit.part == Difference::Part::tier || edit.part == Difference::Part::path;
    if (edit.aspect == Aspect::whole && is_column) {
        return false;
    }
    return covered_[index] || (patch(edit, true).has_value() && patch(edit, false).has_value());
}

bool Hybrids::is_valid(const std::vector<bool>& wanted) {
    const auto count = std::count(wanted.begin(), wanted.end(), true);
    if (count == 0 || static_cast<std::size_t>(count) == wanted.size()) {
        return true;
    }
    const auto found = valid_.find(wanted);
    return found != valid_.end() ? found->second
                                 : valid_.emplace(wanted, made(wanted).has_value()).first->second;
}

/// The unit alone, and all but it.
bool Hybrids::stands(std::size_t unit) {
    Set only(units_.size(), false);
    only[unit] = true;
    Set others = only;
    others.flip();
    return is_valid(edits_of(only)) && is_valid(edits_of(others));
}

/// A least set of units with which this one makes valid rules.
Hybrids::Set Hybrids::needs_of(std::size_t unit) {
    Set kept(units_.size(), true);
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (i != unit) {
            kept[i] = false;
            kept[i] = !is_valid(edits_of(kept));
        }
    }
    return kept;
}

void Hybrids::join_what_needs_others() {
    for (std::size_t i = 0; i < units_.size() && units_.size() <= most_tried;) {
        if (stands(i)) {
            ++i;
            continue;
        }
        const Set needs = needs_of(i);
        bool joined = false;
        for (std::size_t other = units_.size(); other-- > 0;) {
            if (other != i && needs[other]) {
                join(std::min(i, other), std::max(i, other));
                joined = true;
                break;
            }
        }
        i = joined ? 0 : i + 1;
    }
}

void Hybrids::glue_what_does_not_stand() {
    for (std::size_t i = units_.size(); i-- > 0;) {
        if (!std::all_of(units_[i].begin(), units_[i].end(),
                         [&](std::size_t edit) { return is_splittable(edit); })) {
            glue(i);
        }
    }
    join_what_needs_others();
    for (std::size_t i = 0; i < units_.size();) {
        if (stands(i)) {
            ++i;
            continue;
        }
        // What is glued takes its neighbours in, until it stands.
        glue(!glued_[units_[i].front()] ? i : (i == 0 ? 1 : 0));
        valid_.clear(); // they begin with another text now
        i = 0;
    }
}

// ---- one hybrid --------------------------------------------------------------------------------

/// Where something of one version goes in the other: behind the nearest part before it that both have, or else
/// before the nearest one behind it.
std::optional<Hybrids::InsertPlace> Hybrids::place_for(const Difference& edit, const Side& from,
                                                       const Side& into) const {
    const auto sibling = [&](const Facet& facet) {
        return facet.part == edit.part && facet.ladder == edit.ladder &&
               family(facet.part, facet.id) == family(edit.part, edit.id);
    };
    const auto there = [&](const Facet& facet) {
        return std::find_if(into.wholes.begin(), into.wholes.end(), [&](const Facet& other) {
            return other.part_key() == facet.part_key();
        });
    };
    const auto own = std::find_if(from.wholes.begin(), from.wholes.end(), [&](const Facet& facet) {
        return sibling(facet) && facet.id == edit.id;
    });
    if (own == from.wholes.end()) {
        return std::nullopt;
    }
    for (auto at = own; at != from.wholes.begin();) {
        --at;
        if (sibling(*at) && there(*at) != into.wholes.end()) {
            return InsertPlace{into.line_end(there(*at)->at.end), there(*at)->at.begin};
        }
    }
    for (auto at = own + 1; at != from.wholes.end(); ++at) {
        if (sibling(*at) && there(*at) != into.wholes.end()) {
            return InsertPlace{into.line_begin(there(*at)->at.begin), there(*at)->at.begin};
        }
    }
    return std::nullopt;
}

/// The lines that go in; a row with the columns of the table that it goes into.
std::string Hybrids::lines_of(const Passage& part, const Side& from, const Side& into,
                              const InsertPlace& place) {
    const auto row = from.rows.find(part.begin);
    const auto neighbour = into.rows.find(place.neighbour);
    if (row != from.rows.end() && neighbour != into.rows.end() &&
        row->second.columns != neighbour->second.columns) {
        return row->second.in(neighbour->second.columns);
    }
    const std::size_t begin = from.line_begin(part.begin);
    return from.text.substr(begin, from.line_end(part.end) - begin);
}

/// Forward: made in the old text; else taken back in the new one.
std::optional<Hybrids::Patch> Hybrids::patch(const Difference& edit, bool forward) const {
    const Side& base = forward ? old_ : fresh_;
    const Side& other = forward ? fresh_ : old_;
    const std::optional<Passage>& here = forward ? edit.before_at : edit.after_at;
    const std::optional<Passage>& there = forward ? edit.after_at : edit.before_at;
    const auto is_somewhere = [](const std::optional<Passage>& at) { return at && at->end > 0; };
    if (here && there) {
        if (!is_somewhere(here) || !is_somewhere(there)) {
            return std::nullopt;
        }
        // A section begins its line; within one, words do not touch.
        const char* gap = base.line_begin(here->begin) == here->begin ? "" : " ";
        return Patch{here->begin, here->end,
                     gap + other.text.substr(there->begin, there->end - there->begin) + " ", 0};
    }
    if (edit.aspect != Aspect::whole) {
        return std::nullopt;
    }
    if (is_somewhere(here)) {
        return Patch{base.line_begin(here->begin), base.line_end(here->end), "", 0};
    }
    const std::optional<InsertPlace> place =
        is_somewhere(there) ? place_for(edit, other, base) : std::nullopt;
    if (!place) {
        return std::nullopt;
    }
    return Patch{place->at, place->at, lines_of(*there, other, base, *place), there->begin};
}

std::optional<Program> Hybrids::made(const std::vector<bool>& wanted) const {
    bool from_old = true;
    for (std::size_t i = 0; i < edits_.size(); ++i) {
        from_old = from_old && !(glued_[i] && wanted[i]);
    }
    std::vector<Patch> patches;
    for (std::size_t i = 0; i < edits_.size(); ++i) {
        if (wanted[i] == from_old && !glued_[i] && !covered_[i]) {
            const std::optional<Patch> made = patch(edits_[i], from_old);
            if (!made) {
                return std::nullopt;
            }
            patches.push_back(*made);
        }
    }
    std::sort(patches.begin(), patches.end(), [](const Patch& a, const Patch& b) {
        return std::tuple(a.begin, a.end != a.begin, a.order) <
               std::tuple(b.begin, b.end != b.begin, b.order);
    });
    const std::string& base = from_old ? old_.text : fresh_.text;
    std::string text;
    std::size_t cursor = 0;
    for (const Patch& patch : patches) {
        if (patch.begin < cursor) {
            return std::nullopt;
        }
        text += base.substr(cursor, patch.begin - cursor) + patch.text;
        cursor = patch.end;
    }
    text += base.substr(cursor);
    Result<Program> program = Program::parse(fresh_.program.file(), std::move(text));
    return program && is_told_right(*program, wanted) ? std::move(program.value) : std::nullopt;
}

/// What a row says of a tier or path that one version lacks is no edit where the row is one as a whole.
bool Hybrids::is_of_new_row(const Difference& difference) const {
    const auto has_edit = [&](const auto& is_it) {
        return std::any_of(edits_.begin(), edits_.end(), is_it);
    };
    return difference.aspect == Aspect::cell && has_edit([&](const Difference& edit) {
               return edit.aspect == Aspect::whole && edit.part == difference.part &&
                      edit.ladder == difference.ladder && edit.id == difference.id;
           }) &&
           has_edit([&](const Difference& edit) {
               return edit.aspect == Aspect::whole && edit.id == difference.column &&
                      (edit.part == Difference::Part::tier || edit.part == Difference::Part::path);
           });
}

bool Hybrids::is_told_right(const Program& hybrid, const std::vector<bool>& wanted) const {
    const auto deciding = [&](const Differences& differences) {
        return std::count_if(differences.all.begin(), differences.all.end(),
                             [&](const Difference& difference) {
                                 return difference.decides() && !is_of_new_row(difference);
                             });
    };
    const auto has = std::count(wanted.begin(), wanted.end(), true);
    return deciding(diff(old_.program, hybrid)) == has &&
           deciding(diff(hybrid, fresh_.program)) ==
               std::count(wanted.begin(), wanted.end(), false);
}

std::vector<bool> Hybrids::edits_of(const Set& units) const {
    std::vector<bool> wanted(edits_.size(), false);
    for (std::size_t i = 0; i < units_.size(); ++i) {
        for (const std::size_t edit : units_[i]) {
            wanted[edit] = units[i];
        }
    }
    return wanted;
}

const Program* Hybrids::with(const Set& units) {
    if (std::find(units.begin(), units.end(), true) == units.end()) {
        return &old_.program;
    }
    if (std::find(units.begin(), units.end(), false) == units.end()) {
        return &fresh_.program;
    }
    auto found = made_.find(units);
    if (found == made_.end()) {
        if (made_.size() >= most_programs) {
            return nullptr;
        }
        found = made_.emplace(units, made(edits_of(units))).first;
    }
    return found->second ? &*found->second : nullptr;
}

} // namespace rung
