// The fast mode allocates nothing once facts are bound: counted at the global operator new, which this
// file replaces for the whole test program.
//
// A sanitizer brings an operator new of its own, which it needs to find faults; there the counting is
// left out, and with it these cases. RUNG_TEST_COUNT_ALLOCATIONS=0 leaves it out by hand.
#ifndef RUNG_TEST_COUNT_ALLOCATIONS
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define RUNG_TEST_COUNT_ALLOCATIONS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define RUNG_TEST_COUNT_ALLOCATIONS 0
#endif
#endif
#endif
#ifndef RUNG_TEST_COUNT_ALLOCATIONS
#define RUNG_TEST_COUNT_ALLOCATIONS 1
#endif

#if RUNG_TEST_COUNT_ALLOCATIONS

#include "interpreter/evaluate.hpp"

#include <rung/facts.hpp>
#include <rung/fast.hpp>
#include <rung/program.hpp>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

std::atomic<std::size_t> allocations{0};

void* counted(std::size_t size, std::size_t alignment) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    void* const memory = alignment <= alignof(std::max_align_t)
                             ? std::malloc(size == 0 ? 1 : size)
                             : std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}

void* counted_or_null(std::size_t size) noexcept {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return std::malloc(size == 0 ? 1 : size);
}

} // namespace

void* operator new(std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new[](std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return counted(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return counted(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return counted_or_null(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return counted_or_null(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace rung::allocation_test {
namespace {

std::string text_of(const std::filesystem::path& path) {
    const std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file, path.string());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

const std::filesystem::path folder =
    std::filesystem::path(RUNG_SOURCE_DIR) / "rules/twilio-technology-2023";

Program twilio() {
    Result<Program> program = Program::parse("2023.rung", text_of(folder / "2023.rung"));
    REQUIRE_MESSAGE(program, program.diagnostics.to_text());
    return *program;
}

std::vector<Facts> partners(const Program& program) {
    std::vector<Facts> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "facts")) {
        const Result<Facts> facts =
            Facts::read(program, entry.path().string(), text_of(entry.path()));
        REQUIRE_MESSAGE(facts, facts.diagnostics.to_text());
        all.push_back(*facts);
    }
    REQUIRE(all.size() >= 10);
    return all;
}

TEST_CASE("the counting counts") {
    const std::size_t before = allocations;
    const auto number = std::make_unique<int>(1);
    const std::vector<int> numbers(static_cast<std::size_t>(*number) + 99);
    CHECK(allocations - before == 2);
}

TEST_CASE("1000 evaluations of the Twilio records allocate nothing") {
    const Program program = twilio();
    const std::vector<Facts> facts = partners(program);
    Evaluator evaluator(program.model());
    std::size_t met = 0;
    Setting setting;
    for (setting.review = 0; setting.review < program.reviews().size(); ++setting.review) {
        setting.on = Date::parse("2023-02-15").value;
        const std::size_t before = allocations;
        for (int i = 0; i < 1000; ++i) {
            met += evaluator
                       .evaluate(facts[static_cast<std::size_t>(i) % facts.size()].sheet(), setting)
                       .standing()
                       .at_least;
        }
        CHECK(allocations - before == 0);
    }
    CHECK(met > 0);
}

TEST_CASE("a batch allocates nothing for a partner") {
    const Program program = twilio();
    const std::vector<Facts> facts = partners(program);
    EvaluateOptions options;
    options.on = "2023-02-15";
    options.review = "annual";
    Result<BatchEvaluator> batch = BatchEvaluator::of(program, options);
    REQUIRE(batch);
    std::size_t certain = 0;
    const std::size_t before = allocations;
    for (int i = 0; i < 1000; ++i) {
        certain +=
            batch->evaluate(facts[static_cast<std::size_t>(i) % facts.size()]).tier ? 1U : 0U;
    }
    CHECK(allocations - before == 0);
    CHECK(certain > 0);
}

TEST_CASE(
    "a median and distinct values allocate for a list longer than any before, and then no more") {
    const Result<Program> program = Program::parse("m.rung", R"(program    m
version    1
effective  2020-01-01 onwards
record line
  points  whole number
  label   text
facts
  lines  list of line
define middle    median of points in lines
define labels    count of distinct label in lines
define unsure    largest of points in lines where label = "a"
)");
    REQUIRE_MESSAGE(program, program.diagnostics.to_text());
    const Result<Facts> facts = Facts::read(
        *program, "f.json",
        R"({"lines": [{"points": 3, "label": "a"}, {"points": 1, "label": "b"}, {"points": 2}]})");
    REQUIRE(facts);
    Evaluator evaluator(program->model());
    const Setting setting;
    evaluator.evaluate(facts->sheet(), setting);
    const std::size_t before = allocations;
    for (int i = 0; i < 1000; ++i) {
        evaluator.evaluate(facts->sheet(), setting);
    }
    CHECK(allocations - before == 0);
}

TEST_CASE("lists that the rules make allocate for more records than any before, and then no more") {
    const Result<Program> program = Program::parse("m.rung", R"(program    m
version    1
effective  2020-01-01 onwards
record line
  points  whole number
  label   text
  from_day  date
  to_day    date
facts
  flag   yes/no
  lines  list of line
define some_lines  list of lines where points > 1
define others      if flag then some_lines else (smallest 1 of lines by points)
define best        sum of points in (largest 2 of others by points)
define grouped     count of (groups of lines by label as g where (count of (list of g where points > 0)) > 1)
define the_label   value of label in (largest 1 of lines by points)
define most_points percentile 90 of points in lines
define days_there  days covered from from_day through to_day in lines within from 2023-01-01 through 2023-12-31
)");
    REQUIRE_MESSAGE(program, program.diagnostics.to_text());
    const Result<Facts> facts = Facts::read(
        *program, "f.json",
        R"({"lines": [{"points": 3, "label": "a", "from_day": "2023-02-01", "to_day": "2023-03-01"},
                      {"points": 1, "label": "b", "from_day": "2023-02-01", "to_day": "2023-04-01"},
                      {"points": 2}]})");
    REQUIRE(facts);
    Evaluator evaluator(program->model());
    const Setting setting;
    evaluator.evaluate(facts->sheet(), setting);
    const std::size_t before = allocations;
    for (int i = 0; i < 1000; ++i) {
        evaluator.evaluate(facts->sheet(), setting);
    }
    CHECK(allocations - before == 0);
}

} // namespace
} // namespace rung::allocation_test

#else

#include <doctest/doctest.h>

TEST_CASE("allocations are not counted in this build") {
    MESSAGE("a sanitizer owns operator new here");
}

#endif
