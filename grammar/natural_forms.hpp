// What guides and people say in words, in a cell, behind a figure or in a test, and how Rung says the same:
// `at least 70`, `each of these`, `capped at 15`, `the larger of a and b`, `last 12 months`.
#pragma once

#include "grammar/place.hpp"
#include "grammar/slips.hpp"

namespace rung::mistakes {

/// `stories >= 1 and <= 5`: the second comparison with what the first one compares.
[[nodiscard]] std::string full_comparison(const Place& place, std::string_view found);

/// Forms of which a word is missing, by the word before the place.
[[nodiscard]] std::string full_form(const Place& place, std::string_view found);

/// A word or sign for the one that belongs there: `until` for `through`, `three` for `3`.
[[nodiscard]] std::string word_instead(const Place& place, std::string_view found);

/// Words that mean one of those which are looked for: `passed`, `min`, `between`.
[[nodiscard]] std::string placed_word(const Place& place, std::string_view found);

/// What a test says in other words: `given resources $2,750`, `= $0 to $5`, `expect gold`, `expect ba_score = 70`.
[[nodiscard]] std::string test_line(const Place& place, std::string_view found);

/// `| at least 70 |`: how the figure of a tier is compared stands once, in `asks`.
[[nodiscard]] Slip comparison_in_cell(const Place& place);

/// `| each of these |`: a head, in other words than Rung's.
[[nodiscard]] std::string_view head_instead(const Place& place);

/// `capped at 15`, `up to 15`, `, at most 15` behind a value.
[[nodiscard]] std::string bounded_instead(const Place& place);

/// `larger of (a, 3)`, `the larger of a and 3`, `largest of a, 3`, `max(a, 3)`: one of two figures.
[[nodiscard]] std::string better_of_two(const Place& place, std::string_view found);

/// `last 12 months`, `the trailing 12 months`, `the last year`.
[[nodiscard]] std::string window_instead(const Place& place, std::string_view found);

} // namespace rung::mistakes
