// Pages for `man`, in the macros of man(7).
#include "tools/manual.hpp"

#include <rung/version.hpp>

namespace rung::tools {

namespace {

/// A text that `troff` takes for nothing but text.
std::string roff(std::string_view text) {
    std::string out;
    bool begins = true;
    for (const char character : text) {
        switch (character) {
        case '\\':
            out += "\\e";
            break;
        case '-':
            out += "\\-";
            break;
        case '`':
            out += "\\(ga";
            break;
        case '\'':
            out += "\\(aq";
            break;
        case '^':
            out += "\\(ha";
            break;
        case '~':
            out += "\\(ti";
            break;
        case '.':
            out += begins ? "\\&." : ".";
            break;
        default:
            out += character;
        }
        begins = character == '\n';
    }
    return out;
}

std::string upper(std::string text) {
    for (char& character : text) {
        character =
            character >= 'a' && character <= 'z' ? static_cast<char>(character - 32) : character;
    }
    return text;
}

std::string head(const std::string& page, const std::string& about) {
    return ".TH " + roff(upper(page)) + " 1 \"\" \"rung " + std::string(version()) +
           "\" \"Rung\"\n.SH NAME\n" + roff(page) + " \\- " + roff(about) + "\n";
}

std::string section(const std::string& title) { return ".SH " + roff(upper(title)) + "\n"; }

std::string roff_term(const Entry& entry) {
    std::string term;
    for (const std::string& name : entry.names) {
        term += (term.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
    }
    return term + (entry.has_value() ? " \\fI" + roff(entry.value) + "\\fR" : "");
}

std::string tagged(const std::string& term, const std::string& about) {
    return ".TP\n" + term + "\n" + roff(about) + "\n";
}

std::string entries(const std::vector<Entry>& all) {
    std::string text;
    for (const Entry& entry : all) {
        text += tagged(roff_term(entry), entry.told());
    }
    return text;
}

std::string common() {
    std::string text;
    for (const Common& part : common_to_all()) {
        text += section(part.title);
        for (const auto& [term, about] : part.entries) {
            text += tagged("\\fB" + roff(term) + "\\fR", about);
        }
    }
    return text;
}

} // namespace

std::string man_page(const Manual& manual) {
    std::string text = head("rung", "rules of partner programs, evaluated and explained");
    text += section("Synopsis") + "\\fBrung\\fR \\fIVERB\\fR [\\fIwords\\fR] [\\fIoptions\\fR]\n";
    text += section("Description") + roff(manual.about) + "\n";
    std::string group;
    for (const VerbPage& verb : manual.verbs) {
        text += verb.group == group ? "" : ".SS " + roff(verb.group) + "\n";
        group = verb.group;
        text += tagged("\\fBrung\\-" + roff(verb.name) + "\\fR(1)", verb.about);
    }
    text += section("Options") + entries(manual.options) + common();
    return text;
}

std::string man_page(const VerbPage& verb) {
    std::string text = head("rung-" + verb.name, verb.about);
    text += section("Synopsis") + roff(usage_of(verb)) + "\n";
    text += section("Description") + roff(verb.about) + ".\n";
    for (const std::string& note : verb.notes) {
        text += ".PP\n" + roff(note) + "\n";
    }
    text += verb.arguments.empty() ? "" : section("Words") + entries(verb.arguments);
    for (const Chapter& chapter : verb.chapters) {
        text += section(chapter.title) + entries(chapter.options);
    }
    text += common();
    if (!verb.examples.empty()) {
        text += section("Examples");
        for (const std::string& example : verb.examples) {
            const char* const parted = &example == &verb.examples.front() ? "" : ".PP\n";
            text += parted + (".nf\n" + roff(example) + "\n.fi\n");
        }
    }
    return text + section("See also") + "\\fBrung\\fR(1)\n";
}

} // namespace rung::tools
