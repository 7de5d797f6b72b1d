// What was wrong with rules or facts: as data for programs, and in words for people.
#pragma once

#include <rung/export.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rung {

/// Where in a text: lines and columns count from one, columns count characters, the end is behind.
struct Place {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t end_line = 0;
    std::uint32_t end_column = 0;
    std::string line_text; // the line itself, without its end
};

/// One finding. `code` is stable; `arguments` are what the sentences were made of.
struct Diagnostic {
    struct Related {
        Place place;
        std::string text;
    };

    std::string code;
    bool is_error = true;
    std::optional<Place> place; // none where the fault is in no text: a date that was not given
    std::string pointer; // the JSON Pointer of a fact
    std::vector<std::pair<std::string, std::string>> arguments;
    std::string text;
    std::string help; // empty where there is nothing to add
    std::vector<Related> related;
};

/// All findings of one call, in the order of the text.
class RUNG_API Diagnostics {
public:
    [[nodiscard]] bool has_errors() const;
    [[nodiscard]] bool empty() const { return items_.empty(); }
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    [[nodiscard]] auto begin() const { return items_.begin(); }
    [[nodiscard]] auto end() const { return items_.end(); }
    void add(Diagnostic diagnostic) { items_.push_back(std::move(diagnostic)); }
    void add(const Diagnostics& others);

    /// Each with its line and a mark under the place. `width`: columns of the terminal.
    [[nodiscard]] std::string to_text(bool colour = false, int width = 80) const;
    /// `{"format": 1, "engine": …, "ok": …, "errors": […], "warnings": […]}`; ok where there are no errors.
    [[nodiscard]] std::string to_json() const;

private:
    std::vector<Diagnostic> items_;
};

/// A value, or the reasons there is none. With a value, `diagnostics` may hold warnings.
template <typename T>
struct Result {
    std::optional<T> value;
    Diagnostics diagnostics;

    explicit operator bool() const { return value.has_value(); }
    T& operator*() { return *value; }
    const T& operator*() const { return *value; }
    T* operator->() { return &*value; }
    const T* operator->() const { return &*value; }
};

} // namespace rung
