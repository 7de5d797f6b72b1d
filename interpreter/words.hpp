// Figures, records and conditions in words. The pieces of which every answer is made.
#pragma once

#include "interpreter/wording.hpp"

namespace rung {

/// "$12,000,000", "2", "15%", "15 Feb 2023", "yes", "embed and connect", "from 1 to 3", "not recorded".
[[nodiscard]] std::string in_words(const Wording& wording, const Figure& figure);
/// In English, for a terminal.
[[nodiscard]] std::string shown_in_english(const Figure& figure);
/// "$12,000,000 in 2022"
[[nodiscard]] std::string in_words(const Wording& wording, const Figure& figure,
                                   const std::optional<Days>& window);
/// Whether it counts or measures, so that two of its type differ by an amount.
[[nodiscard]] bool is_amount(const Figure& figure);
/// What a condition came to, without its label: "2 of 3: 1 more".
[[nodiscard]] std::string result_in_words(const Wording& wording, const Condition& condition);
/// The same of one that is met, with how much there is to spare: "2 of 1: 1 more than asked".
[[nodiscard]] std::string met_in_words(const Wording& wording, const Condition& condition);
/// "Success stories: 2 of 3: 1 more"
[[nodiscard]] std::string labelled_result(const Wording& wording, const Condition& condition);
/// The results of those that are not met.
[[nodiscard]] std::vector<std::string> unmet_in_words(const Wording& wording,
                                                      const std::vector<Condition>& conditions);
/// A name of the language itself, such as that of the review date, or else the label.
[[nodiscard]] std::string in_words(const Wording& wording, BuiltIn built_in,
                                   const std::string& label);
/// What a condition is about; that it is not shown, where that is hidden.
[[nodiscard]] std::string name_of(const Wording& wording, const Condition& condition);
[[nodiscard]] std::string in_words(const Wording& wording, const Need& need);
/// Whether it is not known to be met where the benefit opens.
[[nodiscard]] inline bool is_still_needed(const Need& need) {
    return need.there != RequirementVerdict::met;
}
/// "no tier", and what the rules call it where they do.
[[nodiscard]] std::string floor_in_words(const Wording& wording, const std::string& label);
/// Whether the rules call the floor of a ladder anything but `none`.
[[nodiscard]] bool is_called(const std::string& floor_label);
/// "Kind of revenue of Acme"
[[nodiscard]] std::string name_of(const Wording& wording, const FactName& fact);
/// Pages of the guide as the language calls them: "S. 8-9" for "p. 8-9"; other citations as the rules have them.
[[nodiscard]] std::string cite_in_words(const Wording& wording, const std::string& cite);
/// Why something is asked or not: "Invited", "Partner motions: embed".
[[nodiscard]] std::string condition_in_words(const Wording& wording, const Condition& condition);
/// Why a record did not count: "2 days before the window", "not customer-facing".
[[nodiscard]] std::string failure_in_words(const Wording& wording, const Condition& condition);

/// What a record is called.
[[nodiscard]] std::string name_of(const Wording& wording, const RecordNote& record);
/// The same where nothing around says what records are meant: "Commitment of 1 Jul 2022", "Certificate of Ann".
[[nodiscard]] std::string full_name_of(const Wording& wording, const RecordNote& record);
/// The first ones by name, and how many more.
[[nodiscard]] std::string full_names_of(const Wording& wording,
                                        const std::vector<RecordNote>& records);
/// "Acme Inbox, Acme Bot (not customer-facing) and 3 more"
[[nodiscard]] std::string in_words(const Wording& wording, const std::vector<RecordNote>& records);
/// "Alpha $200 and Beta $20", or that there are none.
[[nodiscard]] std::string in_words(const Wording& wording, const std::vector<ItemFigure>& items);
/// "Influenced revenue (Partner motions: embed)"
[[nodiscard]] std::string with_reasons(const Wording& wording, const std::string& text,
                                       const std::vector<std::string>& reasons);

} // namespace rung
