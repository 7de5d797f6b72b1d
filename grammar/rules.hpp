// The grammar page (README.md) as PEGTL rules, in the page's order. Included by parse.cpp alone.
//
// A rule may carry, for the builder in parse.cpp:
//   kind    the node it becomes in the tree
//   fold    no node of its own when it holds only one (a level of precedence that was not used)
//   label   what a reader calls it: "an amount". A labelled rule that fails where it began stands for
//           the names inside it.
//   keep    a part that survives, marked broken, when an error passes through it
// None of them is inherited in meaning: a rule that derives from another is a rule of its own.
#pragma once

#include "grammar/tree.hpp"

#include <algorithm>
#include <string_view>

#include <tao/pegtl.hpp>

namespace rung::rules {

namespace pegtl = tao::pegtl;
using pegtl::at;
using pegtl::eof;
using pegtl::eolf;
using pegtl::not_at;
using pegtl::one;
using pegtl::opt;
using pegtl::plus;
using pegtl::range;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;

// ---- the pieces everything is made of ----------------------------------------------------------

template <std::size_t N>
struct Spelling {
    char text[N]{};
    consteval Spelling(const char (&from)[N]) {
        std::copy_n(from, N, text);
    } // NOLINT: implicit on purpose
    [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
};

struct blanks; // spaces and tabs; in a body also line ends and comments (parse.cpp)

struct ident : sor<range<'a', 'z'>, range<'A', 'Z'>, range<'0', '9'>, one<'_'>> {};
struct digit : range<'0', '9'> {};

/// Matches a fixed spelling; `rule_t` tells `analyze` that it consumes.
template <Spelling S>
struct literal {
    using rule_t = pegtl::any::rule_t;
    using subs_t = pegtl::empty_list;
    template <typename Input>
    static bool match(Input& in) {
        constexpr std::string_view spelling = S.view();
        if (in.size(spelling.size()) < spelling.size() ||
            std::string_view(in.current(), spelling.size()) != spelling) {
            return false;
        }
        in.bump(spelling.size());
        return true;
    }
};

template <Spelling S>
struct word : seq<literal<S>, not_at<ident>> {
    static constexpr Kind kind = Kind::word;
};
template <Spelling S>
struct sign : literal<S> {
    static constexpr Kind kind = Kind::sign;
};

/// Behind blanks.
template <typename... R>
struct t : seq<seq<blanks, R>...> {};

/// Behind blanks, and it must come: the text before it leaves no other reading (parse.cpp).
template <typename R>
struct need;
template <typename... R>
struct needs : seq<need<R>...> {};

/// Within R, blanks hold line ends and comments.
template <typename R>
struct body;
/// Counts a level of nesting, and ends the parse of the item when there are too many.
template <typename R>
struct nested;
/// Reports what fails in R and goes on behind it.
template <typename R, typename Skip>
struct recover;

template <Spelling S>
struct needed_word : word<S> {
    static constexpr Kind kind = Kind::word;
    static constexpr std::string_view quoted() { return S.view(); }
};
template <Spelling S>
struct needed_sign : literal<S> {
    static constexpr Kind kind = Kind::sign;
    static constexpr std::string_view quoted() { return S.view(); }
};
template <Spelling... S>
struct words : t<word<S>...> {};
template <Spelling... S>
struct need_words : needs<needed_word<S>...> {};

struct comma : sign<","> {
    static constexpr Kind kind = Kind::sign;
    static constexpr std::string_view label = "`,`";
};

// ---- tokens ------------------------------------------------------------------------------------

struct eol : sor<pegtl::string<'\r', '\n'>, one<'\n'>> {};
struct comment : seq<one<'#'>, star<pegtl::not_one<'\r', '\n'>>> {};
struct spaces : star<one<' ', '\t'>> {};
struct indent : plus<one<' ', '\t'>> {};
struct end : seq<spaces, opt<comment>, sor<eol, eof>> {
    static constexpr std::string_view label = "the end of the line";
};
struct blank_line
    : sor<seq<spaces, opt<comment>, eol>, seq<indent, opt<comment>, eof>, seq<comment, eof>> {};
struct cell_end : seq<spaces, sor<one<'|'>, eol, eof>> {
    static constexpr std::string_view label = "`|`";
};
struct at_cell_end : at<cell_end> {
    static constexpr std::string_view label = "`|`";
};

struct raw_word : seq<range<'a', 'z'>, star<sor<range<'a', 'z'>, digit, one<'_'>>>, not_at<ident>> {
};
template <Spelling... S>
struct any_word : seq<sor<literal<S>...>, not_at<ident>> {};
struct reserved : any_word<"and", "or", "not", "if", "then", "else", "include", "in", "where", "as",
                           "of", "from", "yes", "no", "otherwise", "satisfies", "but"> {};
struct bare_name : seq<not_at<reserved>, raw_word> {};
struct name : bare_name {
    static constexpr Kind kind = Kind::name;
    static constexpr std::string_view label = "a name";
};
struct path : pegtl::list<bare_name, one<'.'>> {
    static constexpr Kind kind = Kind::path;
    static constexpr std::string_view label = "a name";
};

/// A measure of the file, or of each record: `stories`, `individual.certified`.
struct measure_name : seq<bare_name, opt<one<'.'>, bare_name>, not_at<one<'-'>>> {
    static constexpr Kind kind = Kind::path;
    static constexpr std::string_view label = "a name";
};

struct escaped : seq<one<'\\'>, pegtl::not_one<'\r', '\n'>> {};
struct text : seq<one<'"'>, star<sor<escaped, pegtl::not_one<'"', '\\', '\r', '\n'>>>, one<'"'>> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view label = "a text in quotes";
};

struct group_of_three : seq<one<','>, digit, digit, digit> {};
struct figure : seq<sor<seq<digit, opt<digit>, opt<digit>, plus<group_of_three>>, plus<digit>>,
                    opt<one<'.'>, plus<digit>>> {};
struct amount : seq<figure, opt<one<'K', 'M', 'B'>>> {};
struct currency_sign : sor<one<'$'>, pegtl::string<'\xE2', '\x82', '\xAC'>,
                           pegtl::string<'\xC2', '\xA3'>, pegtl::string<'\xC2', '\xA5'>> {};
struct figure_end : seq<not_at<sor<ident, one<'%'>, currency_sign>>,
                        not_at<sor<one<'.'>, seq<one<',', '-'>, digit>>>> {};
struct capital : range<'A', 'Z'> {};
struct number : seq<amount, opt<one<'%'>>, figure_end> {
    static constexpr Kind kind = Kind::number;
    static constexpr std::string_view label = "a number";
};
struct money
    : seq<sor<currency_sign, seq<capital, capital, capital, plus<one<' '>>>>, amount, figure_end> {
    static constexpr Kind kind = Kind::money;
    static constexpr std::string_view label = "an amount of money";
};
struct bare_month_day : seq<digit, digit, one<'-'>, digit, digit, not_at<sor<ident, one<'-'>>>> {};
struct month_day : bare_month_day {
    static constexpr Kind kind = Kind::month_day;
    static constexpr std::string_view label = "a month and a day (02-01 is 1 February)";
};
struct date : seq<digit, digit, digit, digit, one<'-'>, bare_month_day> {
    static constexpr Kind kind = Kind::date;
    static constexpr std::string_view label = "a date (2023-01-31)";
};
struct month
    : seq<digit, digit, digit, digit, one<'-'>, digit, digit, not_at<sor<ident, one<'-'>>>> {
    static constexpr Kind kind = Kind::month;
    static constexpr std::string_view label = "a month (2023-01)";
};
struct currency_code : seq<capital, capital, capital, not_at<ident>> {
    static constexpr Kind kind = Kind::currency_code;
    static constexpr std::string_view label = "a currency (USD, EUR, …)";
};
struct alphanumeric : sor<range<'a', 'z'>, range<'A', 'Z'>, digit> {};
struct version_name : seq<alphanumeric, star<sor<alphanumeric, one<'.', '_', '-'>>>> {
    static constexpr Kind kind = Kind::version_name;
    static constexpr std::string_view label = "a version (2023, 2023.1)";
};
struct check_name
    : seq<pegtl::list<plus<range<'a', 'z'>>, one<'-'>>, not_at<sor<ident, one<'-'>>>> {
    static constexpr Kind kind = Kind::check_name;
    static constexpr std::string_view label = "the name of a check (unused-fact)";
};
struct hole : seq<one<'_'>, not_at<ident>> {
    static constexpr Kind kind = Kind::hole;
};
struct compare_sign
    : sor<literal<">=">, literal<"<=">, literal<"!=">, seq<one<'='>, not_at<one<'=', '>', '<'>>>,
          seq<one<'<'>, not_at<one<'=', '>'>>>, seq<one<'>'>, not_at<one<'='>>>> {
    static constexpr Kind kind = Kind::sign;
};
struct unit : any_word<"days", "day", "weeks", "week", "months", "month", "years", "year"> {
    static constexpr Kind kind = Kind::word;
};
struct needed_unit : seq<unit> {
    static constexpr std::string_view label = "`days`, `months` or `years`";
};
struct period : any_word<"years", "year", "quarters", "quarter", "months", "month"> {
    static constexpr Kind kind = Kind::word;
    static constexpr std::string_view label = "`month`, `quarter` or `year`";
};
struct dash : seq<one<'-'>, at<cell_end>> {
    static constexpr Kind kind = Kind::dash;
};
struct unstated : seq<one<'?'>, at<cell_end>> {
    static constexpr Kind kind = Kind::unstated;
};
struct raw_char : pegtl::not_one<'|', '#', '"', '\r', '\n', ' ', '\t'> {};
struct raw : pegtl::list<plus<raw_char>, plus<one<' ', '\t'>>> {
    static constexpr Kind kind = Kind::raw;
};
// Two signs or more in every cell, or a dash without blanks: `| - |` says that a row has nothing there.
struct rule_cell
    : sor<seq<star<one<' '>>, sor<seq<one<':'>, one<'-'>>, seq<one<'-'>, one<'-', ':'>>>,
              star<one<'-', ':', ' '>>>,
          one<'-'>> {};
struct rule_line : seq<one<'|'>, pegtl::list<rule_cell, one<'|'>>, opt<one<'|'>>,
                       at<seq<spaces, sor<eol, eof>>>> {
    static constexpr Kind kind = Kind::rule_line;
};

// ---- expressions, loosest first ----------------------------------------------------------------

struct expr;
struct labelled_expr;
struct unary;
struct sum;
struct operand;

struct not_expr;
struct compare;
struct negation : seq<word<"not">, nested<need<not_expr>>> {
    static constexpr Kind kind = Kind::negation;
};
struct not_expr : sor<negation, compare> {
    static constexpr std::string_view label = "a condition";
};
struct and_expr : seq<not_expr, star<t<word<"and">>, need<not_expr>>> {
    static constexpr Kind kind = Kind::all_true;
    static constexpr bool fold = true;
    static constexpr std::string_view label = "a condition";
};
struct any_expr : seq<and_expr, star<t<word<"or">>, need<and_expr>>> {
    static constexpr Kind kind = Kind::any_true;
    static constexpr bool fold = true;
};
struct expr : seq<nested<any_expr>> {
    static constexpr std::string_view label = "a value or a condition";
};

struct alternative : seq<sum, star<t<word<"otherwise">>, need<sum>>> {
    static constexpr Kind kind = Kind::otherwise;
    static constexpr bool fold = true;
    static constexpr std::string_view label = "a value";
};
template <Spelling... S>
struct word_of : sor<word<S>...> {};
struct most_or_least : word_of<"most", "least"> {
    static constexpr std::string_view label = "`most` or `least`";
};
struct bounded
    : seq<alternative, star<t<word<"but">>, needs<needed_word<"at">, most_or_least, alternative>>> {
    static constexpr Kind kind = Kind::bounded;
    static constexpr bool fold = true;
    static constexpr std::string_view label = "a value";
};
struct members : seq<sign<"(">, need<expr>, star<t<comma>, need<expr>>, need<needed_sign<")">>> {
    static constexpr Kind kind = Kind::members;
    static constexpr std::string_view label = "a list in parentheses";
};
struct in_list : sor<members, bounded> {
    static constexpr std::string_view label = "a list in parentheses or a period";
};
struct included : sor<seq<word_of<"any", "all">, t<word<"of">>, need<members>>, bounded> {
    static constexpr std::string_view label = "a choice, or `any of (…)`";
};
struct compared : sor<seq<compare_sign, need<bounded>>, seq<word<"in">, need<in_list>>,
                      seq<word<"include">, need<included>>> {};
struct compare : seq<bounded, star<t<compared>>> {
    static constexpr Kind kind = Kind::comparison;
    static constexpr bool fold = true;
};

struct product : seq<unary, star<t<sor<sign<"*">, sign<"/">>>, need<unary>>> {
    static constexpr Kind kind = Kind::product;
    static constexpr bool fold = true;
    static constexpr std::string_view label = "a value";
};
struct sum : seq<product, star<t<sor<sign<"+">, sign<"-">>>, need<product>>> {
    static constexpr Kind kind = Kind::sum;
    static constexpr bool fold = true;
    static constexpr std::string_view label = "a value";
};
struct minus : seq<sign<"-">, nested<need<unary>>> {
    static constexpr Kind kind = Kind::minus;
};
struct unary : sor<minus, operand> {
    static constexpr std::string_view label = "a value";
};

struct conditional
    : seq<word<"if">, needs<expr, needed_word<"then">, expr, needed_word<"else">, expr>> {
    static constexpr Kind kind = Kind::conditional;
};
struct as : seq<word<"as">, need<name>> {};
struct where : seq<word<"where">, need<expr>> {};
struct clauses : seq<opt<t<as>>, opt<t<where>>> {};
struct from_list : seq<needs<sum, needed_word<"in">, operand>, clauses> {};
struct aggregate
    : sor<seq<word_of<"sum", "smallest", "largest", "average", "median", "value">, t<word<"of">>,
              from_list>,
          seq<word<"percentile">, t<at<sor<digit, word<"of">>>>, needs<number, needed_word<"of">>,
              from_list>,
          seq<words<"count", "of", "distinct">, from_list>,
          seq<word_of<"count", "some", "none", "list">, t<word<"of">>, need<operand>, clauses>> {
    static constexpr Kind kind = Kind::aggregate;
};
struct group;
/// Looked for without a label, so that `largest of` and a fact called `largest` expect no number.
struct how_many : seq<at<sor<digit, one<'('>>>, sor<number, group>> {};
struct ranked : seq<word_of<"largest", "smallest">, t<how_many>, needs<needed_word<"of">, operand>,
                    clauses, needs<needed_word<"by">, sum>> {
    static constexpr Kind kind = Kind::ranked;
};
struct groups : seq<words<"groups", "of">, needs<operand, needed_word<"by">, sum>, clauses> {
    static constexpr Kind kind = Kind::groups;
};
struct through_or_until;
struct covered
    : seq<words<"days", "covered">,
          needs<needed_word<"from">, sum, through_or_until, sum, needed_word<"in">, operand>,
          opt<t<as>>, needs<needed_word<"within">, operand>, opt<t<where>>> {
    static constexpr Kind kind = Kind::covered;
};
struct each
    : seq<words<"each", "of">, need<operand>, clauses, needs<needed_word<"satisfies">, expr>> {
    static constexpr Kind kind = Kind::each;
};
struct at_least : seq<words<"at", "least">, needs<operand, needed_word<"of">, members>> {
    static constexpr Kind kind = Kind::at_least;
};
struct half_way : seq<word<"half">, t<word_of<"up", "even">>> {};
struct rounding : seq<word<"round">, t<sor<word_of<"up", "down">, half_way>>,
                      needs<sum, needed_word<"to">, operand>> {
    static constexpr Kind kind = Kind::rounding;
};
struct day_of : seq<word_of<"first", "last">, words<"day", "of">, need<operand>> {
    static constexpr Kind kind = Kind::day_of;
};
/// `01-31 of 2024`
struct day_in_year : seq<month_day, t<word<"of">>, need<operand>> {
    static constexpr Kind kind = Kind::day_in_year;
};
/// `year of closed_on`
struct part_of : seq<word_of<"year", "month">, t<word<"of">>, need<operand>> {
    static constexpr Kind kind = Kind::part_of;
};
/// `unknown because "the guide gives no rate"`
struct left_open : seq<word<"unknown">, t<word<"because">>, need<text>> {
    static constexpr Kind kind = Kind::left_open;
};
struct group : seq<sign<"(">, needs<expr, needed_sign<")">>> {
    static constexpr Kind kind = Kind::group;
};
struct span : seq<number, t<unit>> {
    static constexpr Kind kind = Kind::span;
    static constexpr std::string_view label = "a length of time (90 days)";
};
struct previous : seq<word<"previous">, sor<seq<t<number>, needs<needed_word<"calendar">, period>>,
                                            seq<t<word<"calendar">>, need<period>>,
                                            seq<t<word<"program">>, need<needed_word<"year">>>>> {};
struct to_date : words<"to", "date"> {};
struct calendar
    : seq<word<"calendar">, sor<seq<t<period>, to_date>, seq<t<word<"year">>, need<operand>>>> {};
struct program_year : seq<word<"program">, t<word<"year">>, opt<t<word<"of">>, need<operand>>> {};
struct through_or_until : word_of<"through", "until"> {
    static constexpr std::string_view label = "`through` or `until`";
};
struct window : sor<seq<word<"trailing">, t<sor<number, group>>, need<needed_unit>>, previous,
                    calendar, program_year, seq<word<"from">, needs<sum, through_or_until, sum>>> {
    static constexpr Kind kind = Kind::window;
};
struct look_up : seq<path, t<word<"for">>, need<sum>, star<t<comma, sum>>> {
    static constexpr Kind kind = Kind::look_up;
};
struct operand : sor<conditional, aggregate, ranked, groups, covered, each, at_least, rounding,
                     day_of, day_in_year, part_of, left_open, window, word<"yes">, word<"no">, hole,
                     money, date, month, span, number, text, look_up, path, group> {
    static constexpr std::string_view label = "a value";
};

// ---- the head of the file ----------------------------------------------------------------------

/// A section of one line, or of a body of lines: its parts, then the end.
template <typename... R>
struct line : seq<R..., need<end>> {};

struct program : line<word<"program">, need<name>, opt<t<text>>> {
    static constexpr Kind kind = Kind::program;
};
struct version : line<word<"version">, need<version_name>> {
    static constexpr Kind kind = Kind::version;
};
struct until_when : sor<word<"onwards">, seq<word<"through">, need<date>>> {
    static constexpr std::string_view label = "`onwards`, or `through` and a date";
};
struct effective : line<word<"effective">, needs<date, until_when>> {
    static constexpr Kind kind = Kind::effective;
};
struct withdrawn : line<word<"withdrawn">, need<text>> {
    static constexpr Kind kind = Kind::withdrawn;
};
struct source : line<word<"source">, need<text>> {
    static constexpr Kind kind = Kind::source;
};
struct currency : line<word<"currency">, need<currency_code>> {
    static constexpr Kind kind = Kind::currency;
};
struct year_starts : line<word<"year">, needs<needed_word<"starts">, month_day>> {
    static constexpr Kind kind = Kind::year_starts;
};
struct input_key : seq<word_of<"on", "review", "version">, need<text>> {
    static constexpr Kind kind = Kind::input_key;
    static constexpr std::string_view label = "`on`, `review` or `version`";
};
struct input : line<word<"input">, body<seq<need<input_key>, star<t<comma>, need<input_key>>>>> {
    static constexpr Kind kind = Kind::input;
};
struct tier : seq<name, opt<t<text>>> {
    static constexpr Kind kind = Kind::tier;
    static constexpr std::string_view label = "a tier";
};
struct climb : sor<seq<word<"climbed">, need_words<"one", "by", "one">>,
                   seq<word<"each">, need_words<"tier", "stands", "alone">>> {
    static constexpr std::string_view label = "`climbed one by one` or `each tier stands alone`";
};
/// Behind a `<` too many, `climbed one by one` does not begin with a tier called `climbed`.
struct next_tier : seq<not_at<sor<words<"climbed", "one">, words<"each", "tier">>>, tier> {
    static constexpr std::string_view label = "a tier";
};
struct below : sign<"<"> {
    static constexpr Kind kind = Kind::sign;
    static constexpr std::string_view label = "`<`";
};
/// `climb`, as it is looked for: without asking for more where its first word is a name.
struct climb_words
    : sor<words<"climbed", "one", "by", "one">, words<"each", "tier", "stands", "alone">> {};
struct ladder_name : seq<name, opt<t<text>>, not_at<climb_words>, at<seq<blanks, bare_name>>> {
    static constexpr Kind kind = Kind::ladder_name;
};
/// How one tier above the floor is climbed makes no difference.
struct tiers_above : sor<seq<t<below>, need<next_tier>,
                             sor<seq<plus<t<below>, need<next_tier>>, need<climb>>, opt<t<climb>>>>,
                         need<climb>> {};
struct ladder_body : seq<opt<t<ladder_name>>, needs<tier>, tiers_above> {};
struct ladder : line<word<"ladder">, body<ladder_body>> {
    static constexpr Kind kind = Kind::ladder;
    static constexpr bool keep = true;
};

// ---- sections with a line for each item ----------------------------------------------------------

struct skip_line; // to the end of the line
struct skip_cell; // to the next `|` outside a text, or the end of the line
struct skip_everything;
struct skip_section; // to the next line with a letter at its margin

template <typename Item>
struct items : star<sor<blank_line, seq<indent, recover<line<Item>, skip_line>>>> {};

struct by_program : seq<word<"by">, need<needed_word<"program">>> {
    static constexpr Kind kind = Kind::annotation;
};
struct for_ladder : seq<word<"for">, need<name>> {
    static constexpr Kind kind = Kind::for_ladder;
};
struct for_paths : seq<word<"for">, need<name>> {
    static constexpr Kind kind = Kind::for_ladder;
    static constexpr std::string_view label = "`for` and the name of `paths`";
};
struct path_item
    : seq<name, opt<t<text>>, opt<t<sor<seq<word<"when">, need<expr>>, word<"otherwise">>>>> {
    static constexpr Kind kind = Kind::path_item;
    static constexpr bool keep = true;
    static constexpr std::string_view label = "a path";
};
struct paths : seq<line<word<"paths">, need<name>, opt<t<text>>, opt<t<for_ladder>>>,
                   items<need<path_item>>> {
    static constexpr Kind kind = Kind::paths;
    static constexpr bool keep = true;
};
struct held_or_below : sor<seq<word<"held">, need<needed_word<"tier">>>,
                           seq<word<"tier">, need<needed_word<"below">>>> {
    static constexpr std::string_view label = "`held tier` or `tier below`";
};
struct keeping : seq<name, opt<t<text>>, need_words<"keeps", "the">, need<held_or_below>,
                     needs<needed_word<"through">, bounded>, opt<t<word<"when">>, need<expr>>> {
    static constexpr Kind kind = Kind::keeping;
    static constexpr bool keep = true;
    static constexpr std::string_view label = "a rule that keeps a tier";
};
struct standing : seq<line<word<"standing">, opt<t<for_ladder>>>, items<need<keeping>>> {
    static constexpr Kind kind = Kind::standing;
    static constexpr bool keep = true;
};
struct raise_or_lower : word_of<"raise", "lower"> {
    static constexpr std::string_view label = "`raise` or `lower`";
};
struct move : seq<word<"can">, need<raise_or_lower>> {
    static constexpr Kind kind = Kind::annotation;
    static constexpr std::string_view label = "`can raise` or `can lower`";
};
struct grace : seq<word<"grace">, need<span>> {
    static constexpr Kind kind = Kind::annotation;
};
struct review : seq<name, opt<t<text>>, need_words<"looks", "at">, needs<expr, move>,
                    star<t<comma>, need<move>>, opt<t<by_program>>, opt<t<grace>>> {
    static constexpr Kind kind = Kind::review;
    static constexpr bool keep = true;
};
struct reviews : seq<line<word<"reviews">>, items<review>> {
    static constexpr Kind kind = Kind::reviews;
    static constexpr bool keep = true;
};

struct choice : seq<name, opt<t<sign<"=">>, need<text>>> {
    static constexpr Kind kind = Kind::choice;
    static constexpr std::string_view label = "a choice";
};
struct or_other : seq<opt<comma>, seq<blanks, word<"or">>, need<needed_word<"other">>> {};
struct choices
    : seq<choice, star<t<comma>, not_at<seq<blanks, word<"or">>>, need<choice>>, opt<t<or_other>>> {
};
struct choices_body : seq<body<choices>> {
    static constexpr std::string_view label = "a choice";
};
struct one_or_any : seq<word_of<"one", "any">, needs<needed_word<"of">, choices_body>> {};
/// No `number` may follow `whole` in a list: a record may be called so.
struct plain_type : sor<word<"yes/no">, seq<word<"whole">, t<needed_word<"number">>>,
                        word<"decimal">, word<"percent">, word<"share">,
                        seq<word<"money">, opt<t<currency_code>>>, word<"date">, word<"text">> {};
struct date_or_never
    : seq<word<"date">, t<word<"or">>, need<needed_word<"never">>, opt<t<sign<"=">>, need<text>>> {
};
struct item_of : seq<word<"item">, needs<needed_word<"of">, name, needed_word<"by">, name>> {};
struct listed : sor<plain_type, name> {
    static constexpr std::string_view label = "a record, or a type (text, money, date, …)";
};
struct type : sor<date_or_never, plain_type, word<"month">, one_or_any,
                  seq<word<"list">, needs<needed_word<"of">, listed>>, item_of> {
    static constexpr Kind kind = Kind::type;
    static constexpr std::string_view label = "a type (yes/no, money, date, one of …, list of …)";
};
struct effort : seq<word<"effort">, need<unary>, opt<t<word<"per">>, need<unary>>> {};
struct annotation
    : sor<text, seq<word<"json">, need<text>>, word<"key">, word<"internal">, word<"waits">,
          seq<word<"by">, need<needed_word<"program">>>,
          seq<word<"cannot">, need<needed_word<"change">>>,
          seq<word<"at">, needs<most_or_least, unary>>, seq<word<"default">, need<unary>>, effort> {
    static constexpr Kind kind = Kind::annotation;
    static constexpr std::string_view label = "a label, a mark (`json`, `key`, `by program`, …)";
};
struct field : seq<need<name>, need<type>, star<t<annotation>>> {
    static constexpr Kind kind = Kind::field;
    static constexpr bool keep = true;
};
struct record : seq<line<word<"record">, need<name>, opt<t<text>>,
                         opt<t<word<"named">>, needs<needed_word<"by">, name>>>,
                    items<field>> {
    static constexpr Kind kind = Kind::record;
    static constexpr bool keep = true;
};
struct facts : seq<line<word<"facts">>, items<field>> {
    static constexpr Kind kind = Kind::facts;
    static constexpr bool keep = true;
};

// ---- measures, and what is only told -----------------------------------------------------------

struct define : line<word<"define">, body<seq<need<measure_name>, opt<t<text>>, need<expr>>>> {
    static constexpr Kind kind = Kind::define;
    static constexpr bool keep = true;
};
struct notice : line<word<"notice">, body<needs<name, text, needed_word<"when">, expr>>> {
    static constexpr Kind kind = Kind::notice;
    static constexpr bool keep = true;
};
struct reading : line<word<"reading">, body<seq<needs<path, text>, star<t<text>>>>> {
    static constexpr Kind kind = Kind::reading;
};
struct accept : line<word<"accept">,
                     body<seq<need<check_name>, opt<t<word<"of">>, need<path>>, need<text>>>> {
    static constexpr Kind kind = Kind::accept;
};

// ---- the labels of a file in another language ----------------------------------------------------

struct language : bare_name {
    static constexpr Kind kind = Kind::name;
    static constexpr std::string_view label = "a language (`de`, `es`, `ja` or `en`)";
};
struct label_of : word_of<"ladder", "tier", "path", "review", "standing", "record", "field", "fact",
                          "choice", "measure", "table", "requirement", "advice", "benefit", "value",
                          "reading", "notice"> {};
struct label_subject : sor<word<"program">, word<"withdrawn">, seq<label_of, need<path>>,
                           seq<word<"because">, need<text>>> {
    static constexpr std::string_view label =
        "`program`, `withdrawn`, `ladder`, `tier`, `path`, `review`, `standing`, `record`, "
        "`field`, `fact`, `choice`, `measure`, `table`, `requirement`, `advice`, `benefit`, "
        "`value`, `reading`, `notice` or `because`";
};
struct label_line : needs<label_subject, text> {
    static constexpr Kind kind = Kind::label_line;
    static constexpr bool keep = true;
};
struct labels : seq<line<word<"labels">, need<language>>, items<label_line>> {
    static constexpr Kind kind = Kind::labels;
    static constexpr bool keep = true;
};

// ---- tables ------------------------------------------------------------------------------------

struct cell_name : seq<opt<path>, need<at_cell_end>> {};
struct cell_text : seq<opt<text>, need<at_cell_end>> {};
struct cell_cite : seq<opt<sor<text, raw>>, need<at_cell_end>> {};
struct cell_when : seq<opt<expr>, need<at_cell_end>> {};
struct asks_group : seq<sor<seq<word<"any">, words<"one", "of">>, seq<word<"all">, words<"of">>,
                            seq<word<"at">, words<"least">, t<number>, words<"of">>>,
                        t<at_cell_end>> {
    static constexpr Kind kind = Kind::asks_group;
};
struct cell_asks : seq<sor<asks_group, opt<expr>>, need<at_cell_end>> {};
struct cell_needs : seq<opt<expr, star<t<comma>, need<expr>>>, need<at_cell_end>> {};
struct cell_tier
    : seq<opt<sor<dash, unstated, seq<expr, opt<t<word<"if">>, need<expr>>>>>, need<at_cell_end>> {
};

// One of the above, by the header of its column; parse.cpp keeps the columns of the table at hand.
struct cell_by_header;
struct begin_table;
struct begin_row;
struct next_column;

struct column : bare_name {
    static constexpr Kind kind = Kind::column;
    static constexpr std::string_view label = "the name of a column";
};
struct bar : sign<"|"> {
    static constexpr Kind kind = Kind::sign;
    static constexpr std::string_view label = "`|`";
};
struct header : seq<begin_table, bar, plus<not_at<end>, need<column>, need<bar>>, need<end>> {
    static constexpr Kind kind = Kind::header;
    static constexpr bool keep = true;
};
struct cell : seq<recover<cell_by_header, skip_cell>> {
    static constexpr Kind kind = Kind::cell;
};
struct row
    : seq<begin_row, bar, plus<not_at<end>, blanks, cell, next_column, need<bar>>, need<end>> {
    static constexpr Kind kind = Kind::row;
    static constexpr bool keep = true;
    static constexpr std::string_view label = "a row (`| … |`)";
};
struct full_rule_line : seq<rule_line, end> {};
struct table_line : seq<opt<indent>, at<one<'|'>>, sor<full_rule_line, recover<row, skip_line>>> {};
struct header_line : seq<star<blank_line>, opt<indent>, header> {
    static constexpr std::string_view label = "a table (`| name | … |`)";
};
// Of a look-up table, whose columns say what is looked up by what.
struct key_column : sor<seq<word<"from">, need<column>>, seq<words<"up", "to">, need<column>>,
                        seq<word<"for">, t<column>>, column> {
    static constexpr Kind kind = Kind::key_column;
    static constexpr std::string_view label = "the name of a column";
};
struct key_header
    : seq<begin_table, bar, plus<not_at<end>, need<key_column>, need<bar>>, need<end>> {
    static constexpr Kind kind = Kind::header;
    static constexpr bool keep = true;
};
struct key_values : seq<unary, star<t<comma>, need<unary>>> {};
struct key_cell
    : seq<opt<sor<dash, seq<words<"each", "further">, need<unary>>, word<"otherwise">, key_values>>,
          need<at_cell_end>> {};
struct key_cell_or_error : seq<recover<key_cell, skip_cell>> {
    static constexpr Kind kind = Kind::cell;
};
struct key_row : seq<bar, plus<not_at<end>, blanks, key_cell_or_error, need<bar>>, need<end>> {
    static constexpr Kind kind = Kind::row;
    static constexpr bool keep = true;
    static constexpr std::string_view label = "a row (`| … |`)";
};
struct key_table_line
    : seq<opt<indent>, at<one<'|'>>, sor<full_rule_line, recover<key_row, skip_line>>> {};
struct key_header_line : seq<star<blank_line>, opt<indent>, key_header> {
    static constexpr std::string_view label = "a table (`| for … | … |`)";
};
struct look_up_table : seq<line<word<"table">, need<name>, opt<t<text>>>, need<key_header_line>,
                           star<sor<blank_line, key_table_line>>> {
    static constexpr Kind kind = Kind::look_up_table;
    static constexpr bool keep = true;
};

template <Spelling Word, typename... R>
struct table_section
    : seq<line<word<Word>, R...>, need<header_line>, star<sor<blank_line, table_line>>> {};
struct measures : table_section<"measures", need<for_paths>> {
    static constexpr Kind kind = Kind::measures;
    static constexpr bool keep = true;
};
struct requirements : table_section<"requirements", opt<t<for_ladder>>> {
    static constexpr Kind kind = Kind::requirements;
    static constexpr bool keep = true;
};
struct benefits : table_section<"benefits", opt<t<for_ladder>>> {
    static constexpr Kind kind = Kind::benefits;
    static constexpr bool keep = true;
};
struct values : table_section<"values", opt<t<for_ladder>>> {
    static constexpr Kind kind = Kind::values;
    static constexpr bool keep = true;
};

// ---- tests -------------------------------------------------------------------------------------

struct names_list : sor<word<"nothing">, seq<path, star<t<comma>, need<path>>>> {
    static constexpr Kind kind = Kind::names;
    static constexpr std::string_view label = "names, or `nothing`";
};
struct names : seq<body<names_list>> {
    static constexpr std::string_view label = "names, or `nothing`";
};
struct benefit_verdict : word_of<"granted", "open", "closed", "unknown"> {
    static constexpr std::string_view label = "`granted`, `open`, `closed` or `unknown`";
};
struct figure_or_nothing : sor<word<"nothing">, sum> {
    static constexpr std::string_view label = "a figure or `nothing`";
};
struct measured : sor<word<"unknown">, seq<word<"from">, needs<sum, needed_word<"through">, sum>>,
                      seq<sign<"=">, need<figure_or_nothing>>> {
    static constexpr std::string_view label = "`=` and a figure, `from … through …`, or `unknown`";
};
struct verdict : sor<word_of<"met", "unmet", "unknown", "waived">, words<"not", "asked">> {
    static constexpr std::string_view label = "`met`, `unmet`, `unknown`, `waived` or `not asked`";
};
struct told : word_of<"told", "untold", "unknown"> {
    static constexpr std::string_view label = "`told`, `untold` or `unknown`";
};
struct row_at_tier : needs<path, needed_word<"for">, path> {};
struct along : seq<word<"along">, need<name>> {};
struct expectation
    : sor<seq<word<"tier">, need<path>, opt<t<along>>>,
          seq<word<"at">, needs<needed_word<"least">, path>, opt<t<along>>>,
          seq<word<"possible">, need<names>, opt<t<along>>>,
          seq<word<"measure">, needs<name, measured>, opt<t<along>>>,
          seq<word<"value">, needs<name, measured>>,
          seq<word<"benefits">, needs<benefit_verdict, needed_word<"exactly">, names>>,
          seq<word<"benefit">, needs<name, benefit_verdict>>,
          seq<word<"notice">, needs<name, told>>,
          seq<word<"requirement">, row_at_tier, need<verdict>, opt<t<along>>>,
          seq<word<"gap">, need<needed_word<"of">>, row_at_tier, need<measured>, opt<t<along>>>,
          seq<verdict, needs<needed_word<"for">, path, needed_word<"exactly">, names>,
              opt<t<along>>>> {
    static constexpr Kind kind = Kind::expectation;
    static constexpr std::string_view label =
        "`tier`, `at least`, `possible`, `requirement`, `gap of`, `met`, `unmet`, `unknown`, "
        "`waived`, `not asked`, `benefit`, `benefits`, `measure`, `value` or `notice`";
};
struct test_facts : seq<word<"facts">, need<text>> {
    static constexpr Kind kind = Kind::test_facts;
};
struct given_values : seq<sum, star<t<comma>, need<sum>>> {};
struct given_value : sor<word<"unknown">, word<"nothing">, given_values> {
    static constexpr Kind kind = Kind::given_value;
    static constexpr std::string_view label = "a value, `unknown` or `nothing`";
};
struct given_body : seq<body<given_value>> {
    static constexpr std::string_view label = "a value, `unknown` or `nothing`";
};
struct given_plain : seq<word<"given">, needs<name, needed_sign<"=">, given_body>> {
    static constexpr Kind kind = Kind::given;
    static constexpr bool keep = true;
};
struct given_cell : seq<opt<given_value>, need<at_cell_end>> {};
struct given_table_cell : seq<recover<given_cell, skip_cell>> {
    static constexpr Kind kind = Kind::cell;
};
struct given_row : seq<bar, plus<not_at<end>, blanks, given_table_cell, need<bar>>, need<end>> {
    static constexpr Kind kind = Kind::row;
    static constexpr bool keep = true;
    static constexpr std::string_view label = "a row (`| … |`)";
};
struct given_table_line
    : seq<opt<indent>, at<one<'|'>>, sor<full_rule_line, recover<given_row, skip_line>>> {};
struct given_list
    : seq<word<"given">, t<name>, end, need<header_line>, star<sor<blank_line, given_table_line>>> {
    static constexpr Kind kind = Kind::given;
    static constexpr bool keep = true;
};
struct test_line : sor<test_facts, given_plain, seq<word<"expect">, need<expectation>>> {
    static constexpr std::string_view label = "`facts`, `given` or `expect`";
};
struct test_item : sor<given_list, line<need<test_line>>> {};
struct test : seq<line<word<"test">, need<text>, opt<t<word<"on">>, need<date>>,
                       opt<t<word<"at">>, need<name>>>,
                  star<sor<blank_line, seq<indent, recover<test_item, skip_line>>>>> {
    static constexpr Kind kind = Kind::test;
    static constexpr bool keep = true;
};

// ---- the file ----------------------------------------------------------------------------------

struct stray; // what is no section: an unknown word at the margin, an indented line on its own
struct any_section
    : sor<program, version, effective, withdrawn, source, currency, year_starts, input, ladder,
          paths, reviews, standing, record, facts, define, look_up_table, measures, requirements,
          benefits, values, reading, accept, notice, labels, test> {};
struct section : seq<at<range<'a', 'z'>>, recover<any_section, skip_section>> {};
struct bom : pegtl::string<'\xEF', '\xBB', '\xBF'> {};
struct file : seq<opt<bom>, star<not_at<eof>, sor<blank_line, stray, section>>, eof> {
    static constexpr Kind kind = Kind::file;
};

// ---- an expression on its own --------------------------------------------------------------------

struct expression_end : seq<star<sor<one<' ', '\t', '\r', '\n'>, comment>>, eof> {
    static constexpr std::string_view label = "the end of the expression";
};
struct lone_expression
    : seq<opt<bom>, recover<body<needs<expr, expression_end>>, skip_everything>> {
    static constexpr Kind kind = Kind::file;
};

} // namespace rung::rules
