// Findings about many partners: the first of each kind says what there is to say.
#pragma once

#include <rung/diagnostics.hpp>

#include <cstddef>
#include <set>
#include <string>

namespace rung::tools {

/// The first warning of each kind, of no more kinds than a person reads.
class Kinds {
public:
    void add(const Diagnostics& findings) {
        for (const Diagnostic& finding : findings) {
            if (!finding.is_error && first_.size() < most &&
                seen_.insert(finding.code + finding.text).second) {
                first_.add(finding);
            }
        }
    }

    [[nodiscard]] const Diagnostics& first() const { return first_; }

private:
    static constexpr std::size_t most = 20;

    Diagnostics first_;
    std::set<std::string> seen_;
};

} // namespace rung::tools
