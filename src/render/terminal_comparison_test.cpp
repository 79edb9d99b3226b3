// SPDX-License-Identifier: Apache-2.0
// What users see: the texts are tests/data/golden/comparison_*.txt; scripts/approve takes over new ones.
#include "base/text.h"
#include "render/terminal.h"
#include "render/text_table.h"
#include "testing/comparison_builder.h"
#include "testing/golden.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string shown(const Comparison& comparison, const RenderOptions& options = {}, bool all = false) {
  return terminal_comparison({comparison, all}, options);
}

::testing::AssertionResult is_golden(const std::string& name, const Comparison& comparison) {
  const auto wide = matches_golden(UMOUNTBENCH_SOURCE_DIR, "comparison_" + name + "_terminal", shown(comparison));
  const auto narrow = matches_golden(UMOUNTBENCH_SOURCE_DIR, "comparison_" + name + "_terminal_80",
                                     shown(comparison, {.width = 80, .unicode = false}));
  return wide ? narrow : wide;
}

TEST(TerminalComparison, folds_what_is_the_same) {
  EXPECT_TRUE(is_golden("same", all_same()));
}
TEST(TerminalComparison, shows_what_is_slower_and_why) {
  EXPECT_TRUE(is_golden("slower", one_slower()));
}
TEST(TerminalComparison, says_what_would_settle_it) {
  EXPECT_TRUE(is_golden("inconclusive", all_inconclusive()));
}
TEST(TerminalComparison, shows_the_worst_first_and_every_candidate) {
  EXPECT_TRUE(is_golden("mixed", mixed_verdicts()));
}
TEST(TerminalComparison, of_one_boot_a_side_has_no_verdict) {
  EXPECT_TRUE(is_golden("one_boot", one_boot_a_side()));
}
TEST(TerminalComparison, marks_what_was_compared_across_sessions) {
  EXPECT_TRUE(is_golden("across_sessions", across_sessions()));
}

TEST(TerminalComparison, begins_with_the_verdict_in_words) {
  for (const Comparison& one : {all_same(), one_slower(), mixed_verdicts(), one_boot_a_side()}) {
    EXPECT_THAT(shown(one), StartsWith(one.headline + "\n"));
  }
}

TEST(TerminalComparison, stays_within_the_width) {
  for (const size_t width : {80, 120, 160, 200}) {
    for (const Comparison& one : {one_slower(), mixed_verdicts(), across_sessions()}) {
      for (const std::string& line : split(shown(one, {.width = width}, true), '\n')) {
        EXPECT_LE(display_width(line), width) << line;
      }
    }
  }
}

TEST(TerminalComparison, shows_all_rows_and_explored_quantiles_when_asked) {
  EXPECT_THAT(shown(all_same()),
              AllOf(HasSubstr("8 of 8 cases the same within 5% (--all shows them)"), Not(HasSubstr("rcu=normal "))));
  const std::string all = shown(all_same(), {}, true);
  EXPECT_THAT(all, AllOf(HasSubstr("fs=ext4/mode=lazy/method=syscall/rcu=normal "), HasSubstr(" p99 "),
                         Not(HasSubstr("(--all shows them)"))));
}

TEST(TerminalComparison, keeps_a_same_row_that_fails_or_has_something_to_tell) {
  Comparison comparison = all_same();
  comparison.pairs[0].rows[0].fails = true;
  comparison.pairs[0].rows[1].marks = {"moved"};
  EXPECT_THAT(shown(comparison), AllOf(HasSubstr("✗ fails (same)"), HasSubstr("= same (moved)"),
                                       HasSubstr("6 of 8 cases the same within 5%")));
}

TEST(TerminalComparison, without_unicode_is_ascii) {
  for (const char letter : shown(mixed_verdicts(), {.unicode = false})) EXPECT_GE(letter, 0);
}

TEST(TerminalComparison, colours_only_when_asked_and_never_instead_of_a_word) {
  EXPECT_THAT(shown(one_slower()), Not(HasSubstr("\x1b")));
  EXPECT_THAT(shown(one_slower(), {.color = true}), AllOf(StartsWith("\x1b[1mSlower"), HasSubstr("▲ slower")));
}

TEST(TerminalComparison, lets_no_name_from_a_file_through_to_the_terminal) {
  const Comparison comparison = hostile("\x1b]0;x\x07\n\r\xc2\x9b\xff");
  for (const size_t width : {0, 60}) {
    for (const std::string& line : split(shown(comparison, {.width = width}, true), '\n')) {
      EXPECT_EQ(line, printable(line));
    }
  }
}

TEST(TerminalComparison, of_another_metric_keeps_its_unit) {
  Comparison comparison = one_slower();
  comparison.metric = "voluntary_switches";
  for (Row& row : comparison.pairs[0].rows) row.unit = "1";
  EXPECT_THAT(shown(comparison), AllOf(HasSubstr("case (voluntary_switches)"), HasSubstr("15900000")));
}

}  // namespace
}  // namespace umb
