// Partners who stand more than once in a list.
#pragma once

#include <rung/impact.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace rung {

/// Holds the keys of the first partners of a list, so that a list of millions takes no more memory than one of a
/// hundred thousand: one of those who comes again is found however far behind. The same partner on another day or at
/// another review is another question, and no repetition.
class RepeatedKeys {
public:
    void add(const std::string& key, const std::optional<std::string>& on,
             const std::optional<std::string>& review, std::uint64_t line) {
        if (key.empty()) {
            return;
        }
        const std::string partner = key + "\n" + on.value_or("") + "\n" + review.value_or("");
        const auto known = seen_.find(partner);
        const bool is_new = known == seen_.end();
        if (is_new && seen_.size() == most_held) {
            return;
        }
        Seen& seen = is_new ? seen_[partner] : known->second;
        ++seen.times;
        if (is_new) {
            seen.line = line;
            return;
        }
        if (seen.times == 2) {
            seen.place = count_++;
            if (seen.place < Impact::most_named) {
                first_.push_back({key, 1, {seen.line}});
            }
        }
        if (seen.place < first_.size()) {
            Impact::Repeated& repeated = first_[seen.place];
            repeated.times = seen.times;
            if (repeated.lines.size() < Impact::Repeated::most_lines) {
                repeated.lines.push_back(line);
            }
        }
    }

    /// In the order in which they came again.
    [[nodiscard]] const std::vector<Impact::Repeated>& first() const { return first_; }
    [[nodiscard]] std::uint64_t count() const { return count_; }

    static constexpr std::size_t most_held = 100'000;

private:
    struct Seen {
        std::uint64_t line = 0;
        std::uint64_t times = 0;
        std::size_t place = 0; // among those that are repeated
    };

    std::unordered_map<std::string, Seen> seen_;
    std::vector<Impact::Repeated> first_;
    std::uint64_t count_ = 0;
};

} // namespace rung
