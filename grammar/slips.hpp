// What is often written instead of Rung's own words and signs, by those who know guides, spreadsheets and other
// languages. Read by mistakes.cpp and the files of forms beside it.
#pragma once

#include "grammar/lines.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace rung::mistakes {

using Words = std::span<const std::string_view>;

struct Slip {
    std::string_view written;
    std::string_view meant;
};

/// Signs and words of other languages, with Rung's own.
inline constexpr Slip slips[] = {
    {"==", "="},
    {"=>", ">="},
    {"=<", "<="},
    {"<>", "!="},
    {"&&", "and"},
    {"||", "or"},
    {"!", "not"},
    {"\u2265", ">="},
    {"\u2264", "<="},
    {"\u2260", "!="},
    {"has", "include"},
    {"contains", "include"},
    {"is", "="},
    {"equals", "="},
    {"AND", "and"},
    {"&", "and"},
    {";", ","},
    {"OR", "or"},
    {"NOT", "not"},
    {"\u00D7", "*"},
    {"\u00F7", "/"},
    {"'", "\""},
    {"between", "x >= 1 and x <= 9"},
    {"minus", "-"},
    {"plus", "+"},
    {"times", "*"},
};

/// What is asked of a list, in other words than Rung's: the word before `of`, or before the list itself.
inline constexpr Slip list_words[] = {
    {"any", "some of"},     {"exists", "some of"},      {"no", "none of"},
    {"all", "each of"},     {"every", "each of"},       {"number", "count of"},
    {"len", "count of"},    {"size", "count of"},       {"total", "sum of"},
    {"max", "largest of"},  {"maximum", "largest of"},  {"highest", "largest of"},
    {"min", "smallest of"}, {"minimum", "smallest of"}, {"lowest", "smallest of"},
    {"mean", "average of"}, {"avg", "average of"},
};

/// What spreadsheets and other languages call, as Rung says it.
inline constexpr Slip functions[] = {
    {"max", "… but at least …"},
    {"min", "… but at most …"},
    {"ceil", "round up … to 1"},
    {"ceiling", "round up … to 1"},
    {"roundup", "round up … to 1"},
    {"floor", "round down … to 1"},
    {"rounddown", "round down … to 1"},
    {"int", "round down … to 1"},
    {"trunc", "round down … to 1"},
    {"round", "round half up … to 1"},
    {"abs", "x but at least -x"},
    {"if", "if … then … else …"},
    {"iif", "if … then … else …"},
    {"sumif", "sum of … in … where …"},
    {"sumifs", "sum of … in … where …"},
    {"countif", "count of … where …"},
    {"countifs", "count of … where …"},
    {"averageif", "average of … in … where …"},
    {"sum", "sum of … in …"},
    {"count", "count of …"},
    {"average", "average of … in …"},
    {"avg", "average of … in …"},
    {"median", "median of … in …"},
    {"and", "… and …"},
    {"or", "… or …"},
    {"not", "not …"},
    {"coalesce", "… otherwise …"},
    {"ifnull", "… otherwise …"},
    {"iferror", "… otherwise …"},
    {"nvl", "… otherwise …"},
    {"lookup", "TABLE.COLUMN for …"},
    {"vlookup", "TABLE.COLUMN for …"},
    {"xlookup", "TABLE.COLUMN for …"},
    {"today", "review_date"},
    {"now", "review_date"},
};

/// A word, and what it stands for where something begins with `label` is looked for (rules.hpp).
struct PlacedSlip {
    std::string_view label;
    std::string_view written;
    std::string_view meant;
};
inline constexpr PlacedSlip placed_slips[] = {
    {"`met`", "passed", "met"},
    {"`met`", "pass", "met"},
    {"`met`", "fulfilled", "met"},
    {"`met`", "yes", "met"},
    {"`met`", "failed", "unmet"},
    {"`met`", "fail", "unmet"},
    {"`met`", "fails", "unmet"},
    {"`met`", "missed", "unmet"},
    {"`met`", "no", "unmet"},
    {"`met`", "not", "unmet"},
    {"`granted`", "given", "granted"},
    {"`granted`", "yes", "granted"},
    {"`granted`", "denied", "closed"},
    {"`granted`", "no", "closed"},
    {"`told`", "shown", "told"},
    {"`told`", "hidden", "untold"},
    {"a label", ">=", "at least"},
    {"a label", "min", "at least"},
    {"a label", "minimum", "at least"},
    {"a label", "from", "at least"},
    {"a label", "<=", "at most"},
    {"a label", "max", "at most"},
    {"a label", "maximum", "at most"},
    {"a label", "=", "default"},
    {"`then`", ":", "then"},
    {"`then`", ",", "then"},
    {"`=` and a figure", "between", "from … through …"},
    {"`=` and a figure", "to", "through"},
};

/// Words that say nothing where something that begins with `label` is looked for.
inline constexpr PlacedSlip placed_extras[] = {
    {"`met`", "is", ""},          {"`met`", "=", ""},          {"`met`", ":", ""},
    {"`granted`", "is", ""},      {"`granted`", "=", ""},      {"`granted`", ":", ""},
    {"`told`", "is", ""},         {"`told`", "=", ""},         {"a label", "required", ""},
    {"a label", "mandatory", ""}, {"a label", "optional", ""}, {"a label", "nullable", ""},
};

/// What joins a list and the condition on its records.
inline constexpr std::string_view where_words[] = {"with", "having", "which", "whose", "that"};

/// What word processors put in the place of a key that a keyboard has.
inline constexpr Slip typography[] = {
    {"\u201C", "\""},  {"\u201D", "\""},  {"\u201E", "\""},  {"\u00AB", "\""},  {"\u00BB", "\""},
    {"\u2018", "\""},  {"\u2019", "\""},  {"\u2013", "-"},   {"\u2014", "-"},   {"\u2212", "-"},
    {"\u2022", "yes"}, {"\u25CF", "yes"}, {"\u2713", "yes"}, {"\u2714", "yes"}, {"\u2705", "yes"},
};

/// Characters that look like a blank, or like nothing.
inline constexpr Slip unseen[] = {
    {"\u00A0", "U+00A0"}, {"\u202F", "U+202F"}, {"\u2009", "U+2009"},
    {"\u2003", "U+2003"}, {"\u3000", "U+3000"}, {"\uFEFF", "U+FEFF"},
    {"\u200B", "U+200B"}, {"\u00AD", "U+00AD"}, {"\u2060", "U+2060"},
};

inline constexpr std::string_view currency_signs[] = {"$", "\u20AC", "\u00A3", "\u00A5"};
inline constexpr std::string_view footnote_signs[] = {"\u2020", "\u2021", "\u00B9", "\u00B2",
                                                      "\u00B3"};

/// Names of types elsewhere.
inline constexpr Slip types[] = {
    {"string", "text"},
    {"bool", "yes/no"},
    {"boolean", "yes/no"},
    {"yes", "yes/no"},
    {"integer", "whole number"},
    {"int", "whole number"},
    {"number", "whole number"},
    {"numeric", "decimal"},
    {"float", "decimal"},
    {"currency", "money"},
    {"amount", "money"},
    {"percentage", "percent"},
    {"enum", "one of"},
    {"choice", "one of"},
    {"set", "any of"},
    {"array", "list of"},
    {"datetime", "date"},
    {"timestamp", "date"},
    {"double", "decimal"},
    {"checkbox", "yes/no"},
    {"$", "money"},
    {"dollars", "money"},
    {"dollar", "money"},
    {"euro", "money"},
    {"euros", "money"},
    {"usd", "money"},
    {"eur", "money"},
};

inline constexpr Slip numerals[] = {
    {"one", "1"},  {"two", "2"},  {"three", "3"},   {"four", "4"},
    {"five", "5"}, {"six", "6"},  {"seven", "7"},   {"eight", "8"},
    {"nine", "9"}, {"ten", "10"}, {"eleven", "11"}, {"twelve", "12"},
};

inline constexpr Slip factors[] = {
    {"thousand", "K"}, {"k", "K"},       {"million", "M"}, {"m", "M"},
    {"mn", "M"},       {"billion", "B"}, {"b", "B"},       {"bn", "B"},
};

inline std::string_view find_slip(std::span<const Slip> table, std::string_view written) {
    const auto at = std::find_if(table.begin(), table.end(),
                                 [&](const Slip& slip) { return slip.written == written; });
    return at == table.end() ? std::string_view() : at->meant;
}

inline constexpr std::string_view section_words[] = {
    "program",  "version",      "effective", "source",    "currency", "year",   "input",
    "ladder",   "paths",        "reviews",   "standing",  "record",   "facts",  "define",
    "measures", "requirements", "benefits",  "values",    "reading",  "notice", "test",
    "accept",   "table",        "labels",    "withdrawn",
};
inline constexpr std::string_view one_line_sections[] = {
    "program", "version", "effective", "withdrawn", "source", "currency", "year",
};
inline constexpr std::string_view reserved_words[] = {
    "and", "or",   "not", "if", "then",      "else",      "in",  "where",   "as",
    "of",  "from", "yes", "no", "otherwise", "satisfies", "but", "include",
};
inline constexpr std::string_view type_words[] = {
    "yes/no", "whole", "decimal", "percent", "share", "money", "date",
    "month",  "text",  "one",     "any",     "list",  "item",
};
inline constexpr std::string_view marks[] = {
    "json", "key", "internal", "waits", "by", "cannot", "at", "default", "effort",
};
/// What a value may begin with, and what may go on behind one.
inline constexpr std::string_view openers[] = {
    "not",      "if",         "sum",     "smallest", "largest", "average", "median", "count",
    "some",     "none",       "each",    "at",       "round",   "first",   "last",   "trailing",
    "previous", "calendar",   "program", "from",     "yes",     "no",      "list",   "groups",
    "value",    "percentile", "days",    "year",     "month",   "unknown",
};
inline constexpr std::string_view joiners[] = {
    "and",  "or",        "in", "include", "but", "otherwise", "where", "as", "if",      "then",
    "else", "satisfies", "by", "grace",   "can", "named",     "on",    "at", "through",
};
inline constexpr std::string_view aggregates[] = {
    "sum", "smallest", "largest", "average", "median", "count", "some", "none", "each",
};

inline bool among(Words words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words that are spelled right, and only stand at a wrong place.
inline bool is_known(std::string_view word) {
    return among(reserved_words, word) || among(joiners, word) || among(openers, word) ||
           word == "for" || word == "when";
}

} // namespace rung::mistakes
