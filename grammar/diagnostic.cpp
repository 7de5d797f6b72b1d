#include "grammar/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>

namespace rung {

namespace {

struct Wording {
    std::string_view name;
    Severity severity;
    std::string_view text;
    std::string_view help;
};

constexpr Severity error = Severity::error;
constexpr Severity warning = Severity::warning;

constexpr Wording wordings[] = {
#define RUNG_MESSAGE(code, name, severity, text, help) {name, severity, text, help},
#define RUNG_NOTE(code, text)
#include "grammar/messages.def"
#undef RUNG_MESSAGE
#undef RUNG_NOTE
};

constexpr std::string_view note_texts[] = {
#define RUNG_MESSAGE(code, name, severity, text, help)
#define RUNG_NOTE(code, text) text,
#include "grammar/messages.def"
#undef RUNG_MESSAGE
#undef RUNG_NOTE
};

const Wording& wording(Code code) { return wordings[static_cast<std::size_t>(code)]; }

const Argument* find(const std::vector<Argument>& arguments, std::string_view name) {
    const auto at = std::find_if(arguments.begin(), arguments.end(),
                                 [&](const Argument& argument) { return argument.name == name; });
    return at == arguments.end() ? nullptr : &*at;
}

/// The template with its `{placeholders}` filled in, or nothing when an argument is not given.
std::optional<std::string> fill(std::string_view form, const std::vector<Argument>& arguments) {
    std::string text;
    for (std::size_t i = 0; i < form.size();) {
        if (form[i] != '{') {
            text += form[i++];
            continue;
        }
        const std::size_t close = form.find('}', i);
        const Argument* argument = find(arguments, form.substr(i + 1, close - i - 1));
        if (argument == nullptr) {
            return std::nullopt;
        }
        text += argument->value;
        i = close + 1;
    }
    return text;
}

/// Wordings may have variants, separated by ` || `: the first whose arguments are all given is said.
std::string fill_first(std::string_view forms, const std::vector<Argument>& arguments) {
    constexpr std::string_view separator = " || ";
    while (true) {
        const std::size_t at = forms.find(separator);
        if (auto text = fill(forms.substr(0, at), arguments)) {
            return *text;
        }
        if (at == std::string_view::npos) {
            return "";
        }
        forms.remove_prefix(at + separator.size());
    }
}

constexpr auto names = [] {
    std::array<std::string_view, std::size(wordings)> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = wordings[i].name;
    }
    return all;
}();

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        above[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        before.swap(above);
        above.swap(row);
    }
    return above[b.size()];
}

} // namespace

Severity severity_of(Code code) { return wording(code).severity; }
std::string_view name_of(Code code) { return wording(code).name; }
std::string text_of(const Fault& fault) {
    return fill_first(wording(fault.code).text, fault.arguments);
}
std::string help_of(const Fault& fault) {
    return fill_first(wording(fault.code).help, fault.arguments);
}
std::span<const std::string_view> code_names() { return names; }

std::string text_of(const Note& note) {
    return fill_first(note_texts[static_cast<std::size_t>(note.code)], note.arguments);
}

bool has_errors(const Faults& faults) {
    return std::any_of(faults.begin(), faults.end(), [](const Fault& fault) {
        return severity_of(fault.code) == Severity::error;
    });
}

Fault more_faults(std::size_t count, Span first) {
    return {Code::more_faults,
            first,
            {{"count", std::to_string(count)}, {"limit", std::to_string(max_faults)}},
            {},
            {}};
}

namespace {

/// Faults that are not kept: how many, and where the first of them is.
struct LeftOut {
    std::size_t count = 0;
    Span first;

    void add(std::size_t more, Span where) {
        first = count == 0 || where.begin < first.begin ? where : first;
        count += more;
    }
};

/// Takes out what earlier calls have said of faults that were not kept.
LeftOut take_left_out(Faults& faults) {
    LeftOut left_out;
    std::erase_if(faults, [&](const Fault& fault) {
        if (fault.code != Code::more_faults) {
            return false;
        }
        std::size_t count = 0;
        for (const char digit : find(fault.arguments, "count")->value) {
            count = count * 10 + static_cast<std::size_t>(digit - '0');
        }
        left_out.add(count, fault.where);
        return true;
    });
    return left_out;
}

} // namespace

void tidy(Faults& faults) {
    LeftOut left_out = take_left_out(faults);
    std::stable_sort(faults.begin(), faults.end(),
                     [](const Fault& a, const Fault& b) { return a.where.begin < b.where.begin; });
    std::set<std::tuple<std::uint32_t, Severity, std::string>> places;
    Faults kept;
    for (Fault& fault : faults) {
        if (places.emplace(fault.where.begin, severity_of(fault.code), fault.pointer).second) {
            kept.push_back(std::move(fault));
        }
    }
    // A hundred warnings must not push out the error that makes the text unusable.
    const auto is_error = [](const Fault& fault) {
        return severity_of(fault.code) == Severity::error;
    };
    const auto errors = static_cast<std::size_t>(std::count_if(kept.begin(), kept.end(), is_error));
    std::size_t room_for_errors = max_faults;
    std::size_t room_for_warnings = max_faults - std::min(errors, max_faults);
    faults.clear();
    for (Fault& fault : kept) {
        std::size_t& room = is_error(fault) ? room_for_errors : room_for_warnings;
        if (room > 0) {
            --room;
            faults.push_back(std::move(fault));
        } else {
            left_out.add(1, fault.where);
        }
    }
    if (left_out.count > 0) {
        faults.push_back(more_faults(left_out.count, left_out.first));
    }
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    constexpr std::size_t longest = 64; // a longer word is no slip of the pen, and costs a table
    // Of one letter any other one would be near; a long word may hold two slips.
    const auto slips = [](std::size_t size) -> std::size_t {
        return size < 2 ? 0 : size < 4 ? 1 : size < 8 ? 2 : 3;
    };
    std::string_view best;
    std::size_t least = slips(word.size()) + 1;
    if (word.size() > longest) {
        return best;
    }
    for (const std::string_view candidate : candidates) {
        const std::size_t most = std::min(slips(word.size()), slips(candidate.size()));
        if (candidate.size() > longest || candidate.size() + most < word.size() ||
            word.size() + most < candidate.size()) {
            continue;
        }
        const std::size_t far = distance(word, candidate);
        if (far <= most && far < least && far < candidate.size()) {
            least = far;
            best = candidate;
        }
    }
    return best;
}

} // namespace rung
