// A program taken apart, for comparing it with another: everything that it says, one thing at a time.
#pragma once

#include "interpreter/model.hpp"

#include <rung/diff.hpp>

#include <string>
#include <tuple>
#include <vector>

namespace rung {

/// One thing that a program says of one of its parts.
struct Facet {
    Difference::Part part = Difference::Part::program;
    Difference::Aspect aspect = Difference::Aspect::whole;
    std::string ladder; // empty where there is one
    std::string id;
    std::string column;
    std::string label;
    std::string head;
    std::string column_label;
    std::string meaning; // equal where nothing differs; empty: nothing is said
    std::string shown;
    Span at;

    [[nodiscard]] auto key() const { return std::tie(part, aspect, ladder, id, column); }
    [[nodiscard]] auto part_key() const { return std::tie(part, ladder, id); }
};

/// In the order of the file's parts. Every part but the program has one that is `whole`.
[[nodiscard]] std::vector<Facet> facets_of(const Model& model);

/// What reads a part, directly or through measures: reviews, paths, standing, requirements, benefits, values and
/// notices. `id` is as in `Difference`.
[[nodiscard]] std::vector<Difference::Reached>
reached_from(const Model& model, Difference::Part part, const std::string& id);

} // namespace rung
