// Values of measures that a call assumes, in place of what the facts come to.
#pragma once

#include "interpreter/model.hpp"

#include <rung/outcome.hpp>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rung {

/// Does not move or copy: values point into its texts.
struct Assumptions {
    Assumptions() = default;
    Assumptions(const Assumptions&) = delete;
    Assumptions& operator=(const Assumptions&) = delete;

    std::vector<std::optional<Value>> values; // by measure
    std::deque<std::string> texts;
};

/// Null where nothing is assumed. What is wrong is added to `diagnostics`, and with an error among them the
/// result is not to be used.
[[nodiscard]] std::shared_ptr<const Assumptions>
read_assumptions(const Model& model, const std::vector<Assumption>& assume,
                 Diagnostics& diagnostics);

} // namespace rung
