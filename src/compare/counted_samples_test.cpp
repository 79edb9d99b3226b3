// SPDX-License-Identifier: Apache-2.0
#include "compare/counted_samples.h"

#include "testing/record_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;

TEST(CountedSamples, leave_out_what_the_summary_leaves_out_and_keep_the_order) {
  const CaseRecord made = made_case("umount/fs=tmpfs", {{.return_ns = 9, .warmup = true},
                                                        {.return_ns = 30, .cpu_ns = 3},
                                                        {.return_ns = 8, .errno_value = 16},
                                                        {.return_ns = kMissing, .released_ns = 7},
                                                        {.return_ns = 20, .cpu_ns = kMissing},
                                                        {.return_ns = 6, .round = 1}});
  std::vector<Round> rounds(2);
  rounds[1].disturbed = true;
  const CountedSamples samples = counted_samples(made, rounds);
  EXPECT_THAT(samples.return_ns, ElementsAre(30, 20));
  EXPECT_THAT(samples.thread_cpu_ns, ElementsAre(3, kMissing));
}

TEST(CountedSamples, of_a_case_that_never_ran_are_none) {
  EXPECT_TRUE(counted_samples(made_case("umount/fs=xfs", "skipped", "no mkfs"), {}).return_ns.empty());
}

TEST(PlainFigures, are_those_of_any_benchmark_program) {
  const std::vector<double> values{4, 1, 2, 9};
  const auto figures = plain_figures(values);
  ASSERT_TRUE(figures.has_value());
  EXPECT_EQ(figures->mean, 4);
  EXPECT_EQ(figures->median, 3);
  EXPECT_EQ(figures->minimum, 1);
  EXPECT_EQ(figures->maximum, 9);
  EXPECT_NEAR(figures->deviation.value_or(0), 3.559026, 1e-6);
}

TEST(PlainFigures, of_one_value_have_no_deviation_and_of_none_are_nothing) {
  EXPECT_FALSE(plain_figures({}).has_value());
  const std::vector<double> one{5};
  EXPECT_FALSE(plain_figures(one)->deviation.has_value());
}

}  // namespace
}  // namespace umb
