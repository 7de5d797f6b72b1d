// PEGTL's own analysis of the rules, in a program of its own: what it prints with would otherwise be a part
// of the library.
#include "grammar/machine.hpp"

#include <doctest/doctest.h>
#include <tao/pegtl/contrib/analyze.hpp>

TEST_CASE("no rule can loop without consuming") {
    CHECK(tao::pegtl::analyze<rung::rules::file>(-1) == 0);
    CHECK(tao::pegtl::analyze<rung::rules::lone_expression>(-1) == 0);
}
