#include "interpreter/layout.hpp"

#include "interpreter/layout_pages.hpp"
#include "interpreter/layout_text.hpp"

namespace rung {

std::string lay_out(const Document& document, const TextOptions& options) {
    if (document.sections.empty()) {
        return "";
    }
    switch (options.layout) {
    case Layout::terminal:
        return layout_text(document, options);
    case Layout::markdown:
        return layout_markdown(document);
    case Layout::html:
        return layout_html(document);
    }
    return "";
}

} // namespace rung
