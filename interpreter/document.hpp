// What an answer says, before it is laid out.
//
// A narrator (`narrate_*.cpp`) turns an Outcome, a plan or any other view of the record into a Document, in the
// words of one language; a layout (`layout_text`, `layout_markdown`, `layout_html`) puts it on a page. Narrators
// choose what is said and in which order, layouts choose nothing: so every format says the same.
//
// Texts are plain and as they came, names and labels of partners included. A layout makes them harmless for
// its format.
#pragma once

#include <rung/language.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rung {

/// What a line stands for. Layouts show it by a sign, never by colour alone.
enum class Mark : std::uint8_t {
    plain,
    met, // or granted
    unmet,
    unknown,
    not_asked,
    waived,
    way, // one of several ways, not taken yet
    open, // a benefit whose tier is reached and whose need is not
    closed,
    step, // something to do, numbered in its list
    change, // from one answer to another
};

enum class Tone : std::uint8_t { plain, strong, faint, warning };

/// How far a figure is from what is asked: a bullet graph, and the row of a table. Positions are shares of the
/// width of the graph, from 0 to 1; texts say the exact figures.
struct Meter {
    struct Band {
        std::string label; // the tier that begins here
        std::string threshold; // in words
        double from = 0;
    };

    std::string actual; // in words
    std::string required;
    double low = 0; // the figure; `low` and `high` differ where it is a range
    double high = 0;
    double target = 0;
    std::vector<Band> bands; // by tier, lowest first
};

/// A line, and what belongs to it, indented below. One without a result is a sentence; one with a result is a
/// row of a list whose results stand in a column.
struct Item {
    Mark mark = Mark::plain;
    std::string label;
    std::string result = {}; // what it came to
    std::string source = {}; // the page of the guide and the line of the rules
    Tone tone = Tone::plain;
    std::vector<Item> below = {};
    std::optional<Meter> meter = {};
};

struct Heading {
    std::string text;
    int level = 2; // 1: the sentence that answers the question
};

struct Paragraph {
    std::string text;
    Tone tone = Tone::plain;
};

struct Items {
    std::vector<Item> items;
};

struct Table {
    struct Column {
        std::string title;
        bool figures = false; // set to the right
        std::vector<std::string> order = {}; // of its cells, where they have one: the least first
    };
    /// A picture of two figures of each row, as shares of the longest.
    struct Pictures {
        enum class Form : std::uint8_t {
            bullets, // a bar for the first one, a stroke for the second one
            bars, // a bar for those that rise, and behind it one for those that fall
        };
        Form form = Form::bullets;
        std::string first; // what they are called
        std::string second;
        std::vector<std::pair<double, double>> rows;
    };

    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
    std::string caption = {};
    std::size_t heading = 0; // the column that names the row
    bool sortable = false; // by whoever reads it, where that can be
    std::optional<Pictures> pictures = {};
};

/// The tiers, lowest first, with where the partner stands and what was asked for.
struct Rungs {
    struct Rung {
        std::string label;
        bool reached = false; // certainly
        bool possible = false; // some of what is missing would give it
        bool target = false;
    };

    std::string label; // of the ladder
    std::vector<Rung> rungs;
};

/// How many go from where to where: a picture of a table that stands beside it.
struct Flow {
    std::vector<std::string> places; // the lowest first
    std::size_t unranked = 0; // so many of the first are no places to rise from, or to fall to
    std::vector<std::vector<double>> shares; // from, to; all of them are 1
};

struct Folded;

using Block = std::variant<Heading, Paragraph, Items, Table, Rungs, Flow, Folded>;

/// What only some readers want: shut on a page until it is opened. Not shown on a terminal unless the reader
/// asks for everything.
struct Folded {
    std::string summary;
    std::vector<Block> blocks;
};

/// What belongs together, and stands apart from the rest.
struct Section {
    std::vector<Block> blocks;
};

struct Document {
    std::string title;
    Language language = Language::en; // of everything but names and labels
    std::vector<Section> sections; // none without blocks
};

/// How a narrator fills its document: section after section.
class DocumentTeller {
protected:
    DocumentTeller() = default;

    void begin_section() { document_.sections.emplace_back(); }

    /// Made in its place: GCC 12 takes a block that is moved there for one that is not initialised.
    template <typename Made>
    void add(Made block) {
        document_.sections.back().blocks.emplace_back(std::move(block));
    }

    void add(std::vector<Block> blocks) {
        for (Block& block : blocks) {
            add(std::move(block));
        }
    }

    /// What was told, without sections in which nothing was.
    [[nodiscard]] Document told() {
        std::erase_if(document_.sections, [](const Section& part) { return part.blocks.empty(); });
        return std::move(document_);
    }

    Document document_;
};

} // namespace rung
