#include "tests/page/peg.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace rung::page {

namespace {

using Kind = Part::Kind;

bool is_word_char(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The code point at `at`, which it moves behind. The texts are UTF-8; a stray byte stands for itself.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const char32_t lead = byte(at++);
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    char32_t point = more == 0 ? lead : lead & (0x3FU >> more);
    for (int i = 0; i < more && at < text.size(); ++i) {
        point = (point << 6) | (byte(at++) & 0x3FU);
    }
    return point;
}

void append_code_point(std::string& text, char32_t point) {
    const auto put = [&](char32_t byte) {
        text += static_cast<char>(static_cast<unsigned char>(byte));
    };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6));
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

/// The blanks that may stand before the second part of a rule, and before every later one.
Before behind_a_part(Blanks blanks) {
    return blanks.token ? Before::nothing : blanks.body ? Before::lines : Before::spaces;
}

/// Reads the rules of the page. The notation is small enough to be read by hand: a rule begins at the
/// margin, its text goes on in indented lines, and a line that begins with `#` is a heading.
class Reader {
public:
    Reader(std::string_view text, Grammar& grammar) : text_(text), grammar_(grammar) {}

    bool read(std::string& complaint) {
        while (complaint_.empty() && at_ < text_.size()) {
            if (text_[at_] == '\n' || text_[at_] == '#') {
                at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1;
            } else {
                read_rule();
            }
        }
        if (complaint_.empty()) {
            resolve();
        }
        complaint = complaint_;
        return complaint_.empty();
    }

private:
    void read_rule() {
        const std::string name = read_name();
        if (name.empty() || grammar_.by_name.contains(name)) {
            complain(name.empty() ? "a rule needs a name" : "two rules are called " + name);
            return;
        }
        skip_blanks();
        const bool body = text_.substr(at_, 2) == ":=";
        if (!body && text_.substr(at_, 1) != "=") {
            complain("= or := is missing behind " + name);
            return;
        }
        at_ += body ? 2 : 1;
        const bool token = name[0] >= 'A' && name[0] <= 'Z';
        grammar_.by_name[name] = static_cast<std::uint32_t>(grammar_.rules.size());
        const std::size_t place = grammar_.rules.size();
        grammar_.rules.push_back({name, 0, token, body, false});
        grammar_.rules[place].part = read_choice();
        skip_blanks();
        if (complaint_.empty() && at_ < text_.size() && text_[at_] != '\n') {
            complain("the rule " + name + " cannot be read to its end");
        }
    }

    std::uint32_t read_choice() {
        std::vector<std::uint32_t> parts{read_sequence()};
        while (take('/')) {
            parts.push_back(read_sequence());
        }
        return several(Kind::choice, std::move(parts));
    }

    std::uint32_t read_sequence() {
        std::vector<std::uint32_t> parts;
        while (complaint_.empty() && at_part()) {
            parts.push_back(read_repeated());
        }
        if (parts.empty()) {
            complain("a part is missing");
            return 0;
        }
        return several(Kind::sequence, std::move(parts));
    }

    std::uint32_t read_repeated() {
        if (take('&')) {
            return several_of(Kind::at, read_repeated());
        }
        if (take('!')) {
            return several_of(Kind::not_at, read_repeated());
        }
        std::uint32_t part = read_single();
        for (bool more = true; more && at_ < text_.size();) {
            switch (text_[at_]) {
            case '?':
                part = several_of(Kind::optional, part);
                break;
            case '*':
                part = several_of(Kind::star, part);
                break;
            case '+':
                part = several_of(Kind::plus, part);
                break;
            default:
                more = false;
                continue;
            }
            ++at_;
        }
        return part;
    }

    std::uint32_t read_single() {
        if (take('(')) {
            const std::uint32_t part = read_choice();
            if (!take(')')) {
                complain("a ) is missing");
            }
            return part;
        }
        if (text_[at_] == '\'') {
            return read_literal();
        }
        if (text_[at_] == '[') {
            return read_class();
        }
        Part part{Kind::rule, {}, read_name(), {}};
        return add(std::move(part));
    }

    std::uint32_t read_literal() {
        Part part{Kind::literal, {}, "", {}};
        const std::size_t close = std::min(text_.find('\'', at_ + 1), text_.find('\n', at_));
        if (close == std::string_view::npos || text_[close] != '\'' || close == at_ + 1) {
            complain("a word in quotes cannot be read");
            return 0;
        }
        ++at_;
        while (at_ < close) {
            append_code_point(part.text, read_character(false));
        }
        ++at_;
        return add(std::move(part));
    }

    std::uint32_t read_class() {
        Part part{Kind::one_of, {}, "", {}};
        ++at_;
        part.negated = at_ < text_.size() && text_[at_] == '^';
        at_ += part.negated ? 1 : 0;
        while (at_ < text_.size() && text_[at_] != ']' && text_[at_] != '\n') {
            const char32_t first = read_character(true);
            const bool range = text_.substr(at_, 1) == "-" && text_.substr(at_ + 1, 1) != "]";
            at_ += range ? 1 : 0;
            part.ranges.emplace_back(first, range ? read_character(true) : first);
        }
        if (at_ >= text_.size() || text_[at_] != ']') {
            complain("a ] is missing");
            return 0;
        }
        ++at_;
        return add(std::move(part));
    }

    /// `\r`, `\n`, `\t`, `\uFEFF`; in a class also `\\`. Between quotes a lone `\` is itself.
    char32_t read_character(bool in_class) {
        if (text_[at_] != '\\') {
            return next_code_point(text_, at_);
        }
        ++at_;
        switch (text_[at_]) {
        case 'r':
            ++at_;
            return '\r';
        case 'n':
            ++at_;
            return '\n';
        case 't':
            ++at_;
            return '\t';
        case 'u': {
            const std::string hex(text_.substr(at_ + 1, 4));
            at_ += 5;
            return static_cast<char32_t>(std::stoul(hex, nullptr, 16));
        }
        default:
            return in_class ? next_code_point(text_, at_) : U'\\';
        }
    }

    std::string read_name() {
        const std::size_t begin = at_;
        while (at_ < text_.size() &&
               (is_word_char(static_cast<unsigned char>(text_[at_])) || text_[at_] == '-')) {
            ++at_;
        }
        return std::string(text_.substr(begin, at_ - begin));
    }

    /// Blanks, and a line end where the rule goes on in an indented line.
    void skip_blanks() {
        while (at_ < text_.size()) {
            if (text_[at_] == ' ') {
                ++at_;
            } else if (text_.substr(at_, 2) == "\n ") {
                at_ += 2;
            } else {
                return;
            }
        }
    }

    bool take(char sign) {
        skip_blanks();
        const bool taken = at_ < text_.size() && text_[at_] == sign;
        at_ += taken ? 1 : 0;
        return taken;
    }

    bool at_part() {
        skip_blanks();
        return at_ < text_.size() &&
               (is_word_char(static_cast<unsigned char>(text_[at_])) ||
                std::string_view("('[&!").find(text_[at_]) != std::string_view::npos);
    }

    std::uint32_t several(Kind kind, std::vector<std::uint32_t> parts) {
        if (parts.size() == 1) {
            return parts.front();
        }
        Part part{kind, std::move(parts), "", {}};
        return add(std::move(part));
    }
    std::uint32_t several_of(Kind kind, std::uint32_t inner) {
        Part part{kind, {inner}, "", {}};
        return add(std::move(part));
    }
    std::uint32_t add(Part part) {
        grammar_.parts.push_back(std::move(part));
        return static_cast<std::uint32_t>(grammar_.parts.size() - 1);
    }

    void resolve() {
        for (Part& part : grammar_.parts) {
            if (part.kind != Kind::rule || part.text == "cell") {
                continue;
            }
            const auto rule = grammar_.by_name.find(part.text);
            if (rule == grammar_.by_name.end()) {
                complain("no rule is called " + part.text);
                return;
            }
            part.rule = rule->second;
        }
        for (const std::string_view name : {"FILE", "header", "column", "row", "cell-tier"}) {
            if (!grammar_.by_name.contains(name)) {
                complain("the rule " + std::string(name) + " is missing");
                return;
            }
        }
        for (bool changed = true;
             changed;) { // to a fixed point: who reaches a column, directly or not
            changed = false;
            for (Rule& rule : grammar_.rules) {
                if (!rule.by_column &&
                    (rule.name == "column" || rule.name == "row" || reaches(rule.part))) {
                    rule.by_column = changed = true;
                }
            }
        }
    }

    bool reaches(std::uint32_t index) {
        const Part& part = grammar_.parts[index];
        if (part.kind == Kind::rule) {
            return part.text == "cell" || grammar_.rules[part.rule].by_column;
        }
        return std::any_of(part.parts.begin(), part.parts.end(),
                           [&](std::uint32_t inner) { return reaches(inner); });
    }

    void complain(std::string what) {
        if (complaint_.empty()) {
            const auto line =
                std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n') +
                1;
            complaint_ = "line " + std::to_string(line) + " of the grammar: " + std::move(what);
        }
    }

    std::string_view text_;
    Grammar& grammar_;
    std::size_t at_ = 0;
    std::string complaint_;
};

} // namespace

std::optional<Grammar> read_page(std::string_view page, std::string& complaint) {
    constexpr std::string_view open = "\n```peg\n";
    const std::size_t begin = page.find(open);
    const std::size_t end =
        begin == std::string_view::npos ? begin : page.find("\n```", begin + open.size());
    if (end == std::string_view::npos) {
        complaint = "the page has no ```peg block";
        return std::nullopt;
    }
    Grammar grammar;
    if (!Reader(page.substr(begin + open.size(), end + 1 - begin - open.size()), grammar)
             .read(complaint)) {
        return std::nullopt;
    }
    return grammar;
}

std::vector<std::string> Grammar::spellings() const {
    std::set<std::string> all;
    for (const Part& part : parts) {
        if (part.kind == Kind::literal) {
            all.insert(part.text);
        }
    }
    return {all.begin(), all.end()};
}

std::string Grammar::print(std::uint32_t index) const {
    const Part& part = parts[index];
    std::string text;
    for (const std::uint32_t inner : part.parts) {
        const bool wrapped = !parts[inner].parts.empty() && part.kind != Kind::choice;
        text += text.empty() ? "" : part.kind == Kind::choice ? " / " : " ";
        text += wrapped ? "(" + print(inner) + ")" : print(inner);
    }
    switch (part.kind) {
    case Kind::choice:
    case Kind::sequence:
        return text;
    case Kind::optional:
        return text + "?";
    case Kind::star:
        return text + "*";
    case Kind::plus:
        return text + "+";
    case Kind::at:
        return "&" + text;
    case Kind::not_at:
        return "!" + text;
    case Kind::literal:
        return "'" + part.text + "'";
    case Kind::one_of:
        return "[…]";
    case Kind::rule:
        return part.text;
    }
    return text;
}

// ---- recognising -------------------------------------------------------------------------------

Answer Recogniser::accepts(std::string_view text) {
    text_ = text;
    memo_.assign(grammar_.rules.size() * ways * (text.size() + 1), unknown);
    trail_.clear();
    columns_.clear();
    column_ = 0;
    steps_ = 0;
    depth_ = 0;
    const std::uint32_t end =
        match_rule(grammar_.by_name.find("FILE")->second, 0, {Before::nothing, false, true});
    if (steps_ > step_limit) {
        return Answer::gave_up;
    }
    if (end != text.size()) {
        return Answer::refused;
    }
    for (const std::uint32_t part : trail_) {
        used_[part] = true;
    }
    return Answer::accepted;
}

std::uint32_t Recogniser::match(std::uint32_t index, std::uint32_t at, Blanks blanks) {
    if (++steps_ > step_limit || depth_ > depth_limit) {
        steps_ = step_limit + 1;
        return none;
    }
    ++depth_;
    const std::uint32_t end = match_part(grammar_.parts[index], at, blanks);
    --depth_;
    if (end != none && !used_[index]) {
        trail_.push_back(index);
    }
    return end;
}

std::uint32_t Recogniser::match_part(const Part& part, std::uint32_t at, Blanks blanks) {
    switch (part.kind) {
    case Kind::choice:
        for (const std::uint32_t alternative : part.parts) {
            if (const std::uint32_t end = match(alternative, at, blanks); end != none) {
                return end;
            }
        }
        return none;
    case Kind::sequence:
        return match_sequence(part, at, blanks);
    case Kind::optional: {
        const std::uint32_t end = match(part.parts[0], at, blanks);
        return end == none ? at : end;
    }
    case Kind::star:
    case Kind::plus:
        return match_repeated(part, at, blanks);
    case Kind::at:
        return match(part.parts[0], at, blanks) == none ? none : at;
    case Kind::not_at:
        return match(part.parts[0], at, blanks) == none ? at : none;
    case Kind::literal:
    case Kind::one_of:
        return match_leaf(part, at, blanks);
    case Kind::rule:
        return part.text == "cell" ? match_cell(at, blanks) : match_leaf(part, at, blanks);
    }
    return none;
}

std::uint32_t Recogniser::match_sequence(const Part& part, std::uint32_t at, Blanks blanks) {
    for (const std::uint32_t inner : part.parts) {
        at = match(inner, at, blanks);
        if (at == none) {
            return none;
        }
        blanks.before = behind_a_part(blanks);
    }
    return at;
}

std::uint32_t Recogniser::match_repeated(const Part& part, std::uint32_t at, Blanks blanks) {
    std::uint32_t matches = 0;
    while (true) {
        const std::uint32_t end = match(part.parts[0], at, blanks);
        if (end == none || end == at) {
            const bool enough = part.kind == Kind::star || matches > 0 || end != none;
            return enough ? at : none;
        }
        at = end;
        ++matches;
        blanks.before = behind_a_part(blanks);
    }
}

/// A word, a sign, a token or a rule. Blanks are skipped before the first three, when they do not begin
/// with blanks themselves.
std::uint32_t Recogniser::match_leaf(const Part& part, std::uint32_t at, Blanks blanks) {
    const auto here = [&](std::uint32_t place) {
        switch (part.kind) {
        case Kind::literal:
            return match_literal(part, place);
        case Kind::one_of:
            return match_class(part, place);
        default:
            return match_rule(part.rule, place, blanks);
        }
    };
    const std::uint32_t end = here(at);
    const bool leaf = part.kind != Kind::rule || grammar_.rules[part.rule].token;
    if (end != none || blanks.before == Before::nothing || !leaf) {
        return end;
    }
    const std::uint32_t behind = skip_blanks(at, blanks.before == Before::lines);
    return behind == at ? none : here(behind);
}

std::uint32_t Recogniser::match_rule(std::uint32_t index, std::uint32_t at, Blanks blanks) {
    const Rule& rule = grammar_.rules[index];
    const Blanks inside = rule.token ? Blanks{Before::nothing, false, true}
                                     : Blanks{blanks.before, blanks.body || rule.body, false};
    const std::size_t way = static_cast<std::size_t>(inside.before) * 2 + (inside.body ? 1 : 0);
    std::uint32_t& known = memo_[(index * ways + way) * (text_.size() + 1) + at];
    if (!rule.by_column && known != unknown) {
        return known;
    }
    if (rule.name == "header") {
        columns_.clear();
    } else if (rule.name == "row") {
        column_ = 0;
    }
    const std::uint32_t end = match(rule.part, at, inside);
    if (rule.name == "column" && end != none) {
        const std::uint32_t begin = skip_blanks(at, false);
        columns_.push_back(text_.substr(begin, end - begin));
    }
    if (!rule.by_column) {
        known = end;
    }
    return end;
}

std::uint32_t Recogniser::match_cell(std::uint32_t at, Blanks blanks) {
    std::string name = "cell-tier";
    if (column_ < columns_.size()) {
        const std::string by_header = "cell-" + std::string(columns_[column_]);
        name = grammar_.by_name.contains(by_header) ? by_header : name;
    }
    const std::uint32_t end = match_rule(grammar_.by_name.find(name)->second, at, blanks);
    column_ += end == none ? 0 : 1;
    return end;
}

/// A word ends where no letter, digit or `_` follows.
std::uint32_t Recogniser::match_literal(const Part& part, std::uint32_t at) const {
    const std::size_t end = at + part.text.size();
    if (text_.substr(at, part.text.size()) != part.text) {
        return none;
    }
    const bool word = is_word_char(static_cast<unsigned char>(part.text.back()));
    if (word && end < text_.size() && is_word_char(static_cast<unsigned char>(text_[end]))) {
        return none;
    }
    return static_cast<std::uint32_t>(end);
}

std::uint32_t Recogniser::match_class(const Part& part, std::uint32_t at) const {
    if (at >= text_.size()) {
        return none;
    }
    std::size_t end = at;
    const char32_t point = next_code_point(text_, end);
    const bool inside = std::any_of(part.ranges.begin(), part.ranges.end(), [&](const auto& range) {
        return point >= range.first && point <= range.second;
    });
    return inside == part.negated ? none : static_cast<std::uint32_t>(end);
}

/// Spaces and tabs; with `body` also comments and line ends, if something indented comes behind them.
std::uint32_t Recogniser::skip_blanks(std::uint32_t at, bool body) const {
    const auto spaces = [&](std::uint32_t from) {
        while (from < text_.size() && (text_[from] == ' ' || text_[from] == '\t')) {
            ++from;
        }
        return from;
    };
    const std::uint32_t in_line = spaces(at);
    for (std::uint32_t place = in_line; body && place < text_.size();) {
        const bool comment = text_[place] == '#';
        if (comment) {
            place = static_cast<std::uint32_t>(
                std::min(text_.find_first_of("\r\n", place), text_.size()));
        }
        const std::uint32_t line_end = text_.substr(place, 1) == "\n"     ? 1
                                       : text_.substr(place, 2) == "\r\n" ? 2
                                                                          : 0;
        if (line_end == 0) {
            return comment || text_[place - 1] == '\n' ? in_line : place;
        }
        place = spaces(place + line_end);
    }
    return in_line;
}

// ---- writing -----------------------------------------------------------------------------------

Writer::Writer(const Grammar& grammar)
    : grammar_(grammar), heights_(grammar.parts.size(), 1'000'000) {
    for (const Rule& rule : grammar.rules) {
        if (rule.name.starts_with("cell-")) {
            headers_.push_back(rule.name.substr(5));
        }
    }
    // How deep the shortest sentence of a part is, to a fixed point.
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < grammar.parts.size(); ++i) {
            const Part& part = grammar.parts[i];
            int height = part.kind == Kind::choice ? 1'000'000 : 0;
            for (const std::uint32_t inner : part.parts) {
                height = part.kind == Kind::choice ? std::min(height, heights_[inner])
                                                   : std::max(height, heights_[inner]);
            }
            const bool may_be_empty = part.kind == Kind::optional || part.kind == Kind::star ||
                                      part.kind == Kind::at || part.kind == Kind::not_at;
            if (may_be_empty) {
                height = 0;
            } else if (part.kind == Kind::rule && part.text != "cell") {
                height = heights_[grammar.rules[part.rule].part] + 1;
            }
            if (height < heights_[i]) {
                heights_[i] = height;
                changed = true;
            }
        }
    }
}

std::string Writer::sections(Random& random, std::size_t count) {
    random_ = &random;
    text_.clear();
    for (std::size_t i = 0; i < count; ++i) {
        write_rule("section", {Before::nothing, false, false}, 0);
        text_ += text_.ends_with('\n') ? "" : "\n";
    }
    return text_;
}

void Writer::write(std::uint32_t index, Blanks place, int depth) {
    const Part& part = grammar_.parts[index];
    const bool deep = depth > 90;
    const std::size_t seldom = depth < 15 ? 3 : 10;
    const auto inner = [&] { write(part.parts[0], place, depth + 1); };
    switch (part.kind) {
    case Kind::choice:
        write(pick(part, depth), place, depth + 1);
        break;
    case Kind::sequence:
        for (const std::uint32_t one : part.parts) {
            write(one, place, depth + 1);
            place.before = behind_a_part(place);
        }
        break;
    case Kind::optional:
        if (!deep && random_->one_in(seldom)) {
            inner();
        }
        break;
    case Kind::star:
    case Kind::plus:
        for (bool more = part.kind == Kind::plus || (!deep && random_->one_in(seldom)); more;
             more = !deep && random_->one_in(seldom)) {
            inner();
            place.before = behind_a_part(place);
        }
        break;
    case Kind::at:
    case Kind::not_at:
        break;
    case Kind::literal:
        write_blanks(place);
        text_ += part.text;
        break;
    case Kind::one_of:
        write_class(part);
        break;
    case Kind::rule:
        write_rule(part.text, place, depth);
        break;
    }
}

std::uint32_t Writer::pick(const Part& choice, int depth) {
    if (depth <= 60) {
        return choice.parts[random_->below(choice.parts.size())];
    }
    return *std::min_element(
        choice.parts.begin(), choice.parts.end(),
        [&](std::uint32_t a, std::uint32_t b) { return heights_[a] < heights_[b]; });
}

void Writer::write_rule(const std::string& name, Blanks place, int depth) {
    if (name == "cell") {
        const std::string rule =
            column_ < columns_.size() ? "cell-" + columns_[column_] : "cell-tier";
        ++column_;
        write_rule(grammar_.by_name.contains(rule) ? rule : "cell-tier", place, depth);
        return;
    }
    const Rule& rule = grammar_.rules[grammar_.by_name.find(name)->second];
    if (name == "column") {
        write_blanks(place);
        columns_.push_back(random_->one_in(4) ? "gold" : headers_[random_->below(headers_.size())]);
        text_ += columns_.back();
        return;
    }
    if (name == "header") {
        columns_.clear();
    } else if (name == "row") {
        column_ = 0;
    } else if (name == "EOF") { // it has no characters, so the file must go on behind a line end
        text_ += '\n';
        return;
    }
    if (rule.token) {
        const bool own_blanks = name == "END" || name == "INDENT" || name == "BLANK-LINE";
        if (!own_blanks) {
            write_blanks(place);
        }
        write(rule.part, {Before::nothing, false, true}, depth + 1);
    } else {
        write(rule.part, {place.before, place.body || rule.body, false}, depth + 1);
    }
}

void Writer::write_blanks(Blanks place) {
    if (place.before == Before::nothing) {
        return;
    }
    if (place.before == Before::lines && random_->one_in(12)) {
        constexpr std::array breaks = {"\n  ", " # why\n  ", "\r\n\t", "\n\n  ",
                                       "\n# at the margin\n "};
        text_ += breaks[random_->below(breaks.size())];
    } else if (!random_->one_in(20)) {
        text_ += random_->one_in(10) ? "\t" : " ";
    }
}

void Writer::write_class(const Part& part) {
    if (part.negated) {
        constexpr std::array others = {"a", "Z", "7", "_", "-", "é", "€", "🙂", ".", "("};
        text_ += others[random_->below(others.size())];
        return;
    }
    const auto& range = part.ranges[random_->below(part.ranges.size())];
    append_code_point(
        text_, range.first + static_cast<char32_t>(random_->below(range.second - range.first + 1)));
}

} // namespace rung::page
