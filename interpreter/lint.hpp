// Finds what looks wrong in a checked program that is valid: views over the model, and over the syntax for
// what the model does not keep. Nothing here decides what a rule means; what a partner could meet is asked
// of the evaluator.
//
// A false alarm costs more than a slip that is not found: what is doubtful is left alone.
#pragma once

#include "grammar/diagnostic.hpp"
#include "grammar/tree.hpp"
#include "interpreter/ast.hpp"
#include "interpreter/model.hpp"

#include <rung/program.hpp>

#include <string>
#include <vector>

namespace rung {

/// A fault, and what it was found in, by which it can be accepted.
struct Finding {
    Fault fault;
    std::string subject;
};

class Findings {
public:
    void add(Code code, Span at, std::string subject, std::vector<Argument> arguments,
             std::vector<Note> notes = {});
    [[nodiscard]] const std::vector<Finding>& all() const { return all_; }

    /// The findings without those that are accepted, and with the accepts that accept nothing.
    /// `judged`: whether this check was made, so that its accepts can be told to be idle.
    template <typename Judged>
    [[nodiscard]] Faults left(const Model& model, Judged judged) const;

private:
    [[nodiscard]] Faults left_after(const std::vector<Acceptance>& acceptances,
                                    const std::vector<bool>& judged) const;
    std::vector<Finding> all_;
};

template <typename Judged>
Faults Findings::left(const Model& model, Judged judged) const {
    std::vector<bool> which;
    for (const Acceptance& acceptance : model.acceptances) {
        which.push_back(judged(acceptance.check));
    }
    return left_after(model.acceptances, which);
}

// The parts of it, each in a file of its own name.

/// lint_uses.cpp: what nothing reads.
void find_unused(const Model& model, Findings& findings);
/// lint_tables.cpp: rows and columns beside one another.
void find_odd_tables(const Model& model, Findings& findings);
/// lint_truths.cpp: conditions that have one outcome for everyone, and windows without a day or ahead.
void find_settled(const Model& model, Findings& findings);
/// lint_year.cpp: where the program year begins, and what follows another year.
void find_odd_years(const ast::File& file, const Model& model, Findings& findings);
/// lint_measures.cpp: measures that are called the same, percentages taken for points.
void find_odd_measures(const Model& model, Findings& findings);
/// lint_text.cpp: what is written: citations, keys, characters.
void find_odd_text(const ast::File& file, const Tree& tree, Findings& findings);

/// lint_labels.cpp: labels that are missing in a language.
void find_missing_labels(const Model& model, Findings& findings);
/// lint_keys.cpp: look-up tables: what their keys are called, rows between others, figures that leave the line.
void find_odd_look_ups(const ast::File& file, const Model& model, Findings& findings);
/// lint_tests.cpp: a test on a day on which `model` is not in force. `versions`: those beside it, or none.
void find_day_outside(const Model& model, const Test& test, Date day, const Registry* versions,
                      Findings& findings);

/// The words of a place, with one blank where there are several.
[[nodiscard]] std::string words_in(const Source& source, Span at);

} // namespace rung
