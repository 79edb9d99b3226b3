// SPDX-License-Identifier: Apache-2.0
// What a comparison looks like in each format but the terminal's: the texts are tests/data/golden/comparison_*.txt;
// scripts/approve takes over new ones.
#include "render/formats.h"
#include "testing/comparison_builder.h"
#include "testing/golden.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

::testing::AssertionResult is_golden(const std::string& name, const Comparison& comparison, const std::string& format) {
  return matches_golden(UMOUNTBENCH_SOURCE_DIR, "comparison_" + name + "_" + format,
                        find_format(format)->comparison({comparison}, {}));
}

/// Two cases and a boot a side, for formats that show all of them.
Comparison small() {
  Comparison made = mixed_verdicts();
  made.sides.resize(2);
  made.pairs.resize(1);
  made.pairs[0].rows = {made.pairs[0].rows[0], made.pairs[0].rows[3]};
  for (Side& side : made.sides) side.boots.resize(1);
  return made;
}

class ForPeople : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(All, ForPeople, ::testing::Values("markdown", "lkml"),
                         [](const auto& format) { return format.param; });

TEST_P(ForPeople, folds_what_is_the_same) {
  EXPECT_TRUE(is_golden("same", all_same(), GetParam()));
}
TEST_P(ForPeople, shows_what_is_slower_and_why) {
  EXPECT_TRUE(is_golden("slower", one_slower(), GetParam()));
}
TEST_P(ForPeople, says_what_would_settle_it) {
  EXPECT_TRUE(is_golden("inconclusive", all_inconclusive(), GetParam()));
}
TEST_P(ForPeople, shows_the_worst_first_and_every_candidate) {
  EXPECT_TRUE(is_golden("mixed", mixed_verdicts(), GetParam()));
}
TEST_P(ForPeople, of_one_boot_a_side_has_no_verdict) {
  EXPECT_TRUE(is_golden("one_boot", one_boot_a_side(), GetParam()));
}
TEST_P(ForPeople, marks_what_was_compared_across_sessions) {
  EXPECT_TRUE(is_golden("across_sessions", across_sessions(), GetParam()));
}

TEST_P(ForPeople, tells_of_waits_that_the_clock_does_not) {
  EXPECT_TRUE(is_golden("waits", other_waits(), GetParam()));
}

TEST(ForPrograms, tell_of_waits_that_the_clock_does_not) {
  Comparison two = other_waits();
  two.pairs[0].rows = {two.pairs[0].rows[4], two.pairs[0].rows[6]};
  for (Side& side : two.sides) side.boots.resize(1);
  for (const char* format : {"csv", "junit", "github", "json", "terminal"}) {
    EXPECT_TRUE(is_golden("waits", two, format));
  }
}

TEST(ForPrograms, every_format_has_its_shape) {
  EXPECT_TRUE(is_golden("small", small(), "json"));
  for (const char* format : {"csv", "junit", "github"}) EXPECT_TRUE(is_golden("mixed", mixed_verdicts(), format));
}

}  // namespace
}  // namespace umb
