// Some of the days of a window, a bit each, so that joining the days of many records costs next to nothing.
#pragma once

#include "interpreter/calendar.hpp"

#include <bit>
#include <cstdint>
#include <vector>

namespace rung {

/// Days are counted from the first of the window. An empty set holds no memory.
class DaySet {
public:
    [[nodiscard]] bool empty() const { return words_.empty(); }
    [[nodiscard]] bool contains(std::int32_t day) const {
        const auto word = static_cast<std::size_t>(day) / bits;
        return word < words_.size() &&
               (words_[word] >> (static_cast<std::size_t>(day) % bits) & 1) != 0;
    }
    void add(std::int32_t day) {
        const auto word = static_cast<std::size_t>(day) / bits;
        if (word >= words_.size()) {
            words_.resize(word + 1);
        }
        words_[word] |= std::uint64_t{1} << (static_cast<std::size_t>(day) % bits);
    }
    void add(const DaySet& others) {
        if (others.words_.size() > words_.size()) {
            words_.resize(others.words_.size());
        }
        for (std::size_t i = 0; i < others.words_.size(); ++i) {
            words_[i] |= others.words_[i];
        }
    }
    [[nodiscard]] std::size_t size() const {
        std::size_t count = 0;
        for (const std::uint64_t word : words_) {
            count += static_cast<std::size_t>(std::popcount(word));
        }
        return count;
    }
    /// Calls `each` with every day, the earliest first.
    template <typename Each>
    void for_each(Each&& each) const {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
                each(static_cast<std::int32_t>(i * bits) + std::countr_zero(word));
            }
        }
    }

private:
    static constexpr std::size_t bits = 64;
    std::vector<std::uint64_t> words_;
};

} // namespace rung
