#include "interpreter/present.hpp"
#include "interpreter/text.hpp"

#include <rung/diagnostics.hpp>

#include <algorithm>

namespace rung {

namespace {

/// A line too long for the terminal is shown from a little before the place on.
struct LineFrame {
    std::string text;
    int mark_at = 0;
    int mark_width = 1;
};

LineFrame frame_of(const Place& place, int width) {
    constexpr int context = 16;
    const std::vector<std::string> shown = visible_characters(place.line_text);
    const int column = static_cast<int>(place.column) - 1;
    const int end = place.end_line == place.line ? static_cast<int>(place.end_column) - 1
                                                 : static_cast<int>(shown.size());
    int before = 0;
    for (int i = 0; i < column && i < static_cast<int>(shown.size()); ++i) {
        before += columns(shown[static_cast<std::size_t>(i)]);
    }
    int first = 0;
    LineFrame frame;
    if (before > width * 2 / 3) {
        first = std::max(0, column - context);
        frame.text = "…";
    }
    int used = columns(frame.text);
    for (int i = first; i < static_cast<int>(shown.size()); ++i) {
        const int wide = columns(shown[static_cast<std::size_t>(i)]);
        if (used + wide > width - 1) {
            frame.text += "…";
            break;
        }
        if (i < column) {
            frame.mark_at = used + wide;
        } else if (i == column) {
            frame.mark_at = used;
            frame.mark_width = wide;
        } else if (i < end) {
            frame.mark_width += wide;
        }
        frame.text += shown[static_cast<std::size_t>(i)];
        used += wide;
    }
    return frame;
}

std::string where(const Place& place) {
    return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

/// The line with a mark under the place; nothing where the text is empty.
std::string excerpt(const Place& place, const Paint& paint, int width) {
    if (place.line_text.empty()) {
        return "";
    }
    const std::string number = std::to_string(place.line);
    const int margin = static_cast<int>(number.size()) + 4;
    const LineFrame frame = frame_of(place, width - margin - 1);
    std::string text = "  " + paint.faint(number + " |") + " " + frame.text + "\n";
    text += std::string(static_cast<std::size_t>(margin + 1 + frame.mark_at - 1), ' ');
    return text +
           paint.bad(std::string(static_cast<std::size_t>(std::max(1, frame.mark_width)), '^')) +
           "\n";
}

std::string block_of(const Diagnostic& diagnostic, const Paint& paint, int width) {
    std::string head = diagnostic.is_error ? paint.bad("error") : paint.warn("warning");
    std::string text = head + "[" + diagnostic.code + "] ";
    const int indent = static_cast<int>(diagnostic.code.size()) + (diagnostic.is_error ? 8 : 10);
    text += wrapped(harmless(diagnostic.text), width, indent, 2) + "\n";
    if (diagnostic.place) {
        text += "  " + paint.faint(where(*diagnostic.place));
        text += diagnostic.pointer.empty() ? ""
                                           : paint.faint(" (" + harmless(diagnostic.pointer) + ")");
        text += "\n" + excerpt(*diagnostic.place, paint, width);
    }
    for (const Diagnostic::Related& related : diagnostic.related) {
        text += "  " + paint.faint(where(related.place)) + " " + harmless(related.text) + "\n" +
                excerpt(related.place, paint, width);
    }
    if (!diagnostic.help.empty()) {
        text += "  help: " + wrapped(harmless(diagnostic.help), width, 8, 8) + "\n";
    }
    return text;
}

} // namespace

Place place_of(const Source& source, Span span) {
    const Position begin = source.position(span.begin);
    const Position end = source.position(span.end);
    return {source.name(), begin.line, begin.column,
            end.line,      end.column, std::string(source.line(begin.line))};
}

Diagnostic present(const Fault& fault) {
    Diagnostic diagnostic;
    diagnostic.code = name_of(fault.code);
    diagnostic.is_error = severity_of(fault.code) == Severity::error;
    diagnostic.pointer = fault.pointer;
    for (const Argument& argument : fault.arguments) {
        diagnostic.arguments.emplace_back(argument.name, argument.value);
    }
    diagnostic.text = text_of(fault);
    diagnostic.help = help_of(fault);
    return diagnostic;
}

Diagnostic present(Code code, std::vector<Argument> arguments) {
    return present(Fault{code, {}, std::move(arguments), {}, {}});
}

Diagnostics present(const Faults& faults, const Source& source) {
    Diagnostics diagnostics;
    for (const Fault& fault : faults) {
        Diagnostic diagnostic = present(fault);
        diagnostic.place = place_of(source, fault.where);
        for (const Note& note : fault.notes) {
            diagnostic.related.push_back({place_of(source, note.where), text_of(note)});
        }
        diagnostics.add(std::move(diagnostic));
    }
    return diagnostics;
}

bool Diagnostics::has_errors() const {
    return std::any_of(items_.begin(), items_.end(),
                       [](const Diagnostic& item) { return item.is_error; });
}

void Diagnostics::add(const Diagnostics& others) {
    items_.insert(items_.end(), others.items_.begin(), others.items_.end());
}

std::string Diagnostics::to_text(bool colour, int width) const {
    const Paint paint{colour};
    std::string text;
    for (const Diagnostic& item : items_) {
        text += (text.empty() ? "" : "\n") + block_of(item, paint, std::max(width, 40));
    }
    return text;
}

} // namespace rung
