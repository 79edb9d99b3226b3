// SPDX-License-Identifier: Apache-2.0
#include "compare/summary.h"

#include "testing/record_builder.h"

#include <cerrno>
#include <numeric>

#include <gtest/gtest.h>

namespace umb {
namespace {

constexpr const char* kId = "umount/fs=tmpfs/mode=plain/method=syscall/rcu=default";

CaseSummary of(const std::vector<MadeSample>& samples, size_t rounds = 1) {
  return summarise(made_case(kId, samples), std::vector<Round>(rounds));
}

TEST(Summary, of_no_samples_has_no_figures) {
  const CaseSummary summary = of({});
  EXPECT_EQ(summary.kept, 0U);
  EXPECT_FALSE(summary.min_ns || summary.p50_ns || summary.max_ns || summary.released_p50_ns);
  EXPECT_FALSE(summary.switches_per_call || summary.thread_cpu_p50_ns);
  EXPECT_TRUE(summary.histogram.bins.empty());
}

TEST(Summary, has_the_quantiles_of_the_return_times) {
  const CaseSummary summary = of(even_samples(101, 1'000, 11'000, 1));
  EXPECT_EQ(summary.counted, 101U);
  EXPECT_EQ(summary.min_ns, 1'000);
  EXPECT_EQ(summary.p50_ns, 6'000);
  EXPECT_EQ(summary.p90_ns, 10'000);
  EXPECT_EQ(summary.p99_ns, 10'900);
  EXPECT_EQ(summary.max_ns, 11'000);
  EXPECT_EQ(summary.released_p50_ns, 8'000);
  EXPECT_EQ(summary.switches_per_call, 1);
  EXPECT_EQ(summary.thread_cpu_p50_ns, 9'000);
  const Interval interval = summary.p50_interval_ns.value_or(Interval());
  EXPECT_GT(interval.low, 1'000);
  EXPECT_LT(interval.low, 6'000);
  EXPECT_GT(interval.high, 6'000);
}

TEST(Summary, shows_p90_from_10_and_p99_from_100_samples_on) {
  EXPECT_FALSE(of(even_samples(9, 1, 9, 0)).p90_ns);
  EXPECT_TRUE(of(even_samples(10, 1, 10, 0)).p90_ns);
  EXPECT_FALSE(of(even_samples(99, 1, 99, 0)).p99_ns);
  EXPECT_TRUE(of(even_samples(100, 1, 100, 0)).p99_ns);
  EXPECT_FALSE(of(even_samples(5, 1, 5, 0)).p50_interval_ns);
}

TEST(Summary, never_counts_a_failed_sample_as_a_fast_one) {
  std::vector<MadeSample> samples = even_samples(20, 10'000, 20'000, 0);
  for (const int32_t errno_value : {EBUSY, EINVAL, EBUSY}) {
    samples.push_back({.return_ns = 10, .released_ns = 10, .errno_value = errno_value});
  }
  const CaseSummary summary = of(samples);
  EXPECT_EQ(summary.counted, 20U);
  EXPECT_EQ(summary.min_ns, 10'000);
  EXPECT_EQ(summary.released_count, 20U);
  EXPECT_EQ(summary.failed, 3U);
  ASSERT_EQ(summary.failed_by_errno.size(), 2U);
  EXPECT_EQ(summary.failed_by_errno[0].errno_value, EBUSY);
  EXPECT_EQ(summary.failed_by_errno[0].count, 2U);
}

TEST(Summary, never_counts_the_warm_up_not_even_its_failures) {
  std::vector<MadeSample> samples = even_samples(10, 100, 200, 0);
  samples.push_back({.return_ns = 9, .warmup = true});
  samples.push_back({.return_ns = 9, .errno_value = EBUSY, .warmup = true});
  const CaseSummary summary = of(samples);
  EXPECT_EQ(summary.kept, 12U);
  EXPECT_EQ(summary.warm_up, 2U);
  EXPECT_EQ(summary.failed, 0U);
  EXPECT_EQ(summary.min_ns, 100);
}

TEST(Summary, takes_only_the_release_from_a_watched_sample) {
  std::vector<MadeSample> samples(4, {.return_ns = 100, .switches = 0});
  samples.push_back({.released_ns = 50, .switches = 40});
  const CaseSummary summary = of(samples);
  EXPECT_EQ(summary.watched, 1U);
  EXPECT_EQ(summary.counted, 4U);
  EXPECT_EQ(summary.released_count, 1U);
  EXPECT_EQ(summary.released_p50_ns, 50);
  EXPECT_EQ(summary.switches_per_call, 0);
}

TEST(Summary, leaves_out_disturbed_rounds_while_there_are_calm_ones) {
  std::vector<Round> rounds(2);
  rounds[1].disturbed = true;
  std::vector<MadeSample> samples = even_samples(10, 100, 200, 0);
  for (int i = 0; i < 5; ++i) samples.push_back({.return_ns = 1, .released_ns = 1, .round = 1});
  const CaseSummary summary = summarise(made_case(kId, samples), rounds);
  EXPECT_EQ(summary.left_out, 5U);
  EXPECT_EQ(summary.counted, 10U);
  EXPECT_EQ(summary.min_ns, 100);
}

TEST(Summary, shows_disturbed_rounds_when_there_is_nothing_else) {
  std::vector<Round> rounds(1);
  rounds[0].disturbed = true;
  const CaseSummary summary = summarise(made_case(kId, even_samples(10, 100, 200, 0)), rounds);
  EXPECT_EQ(summary.left_out, 0U);
  EXPECT_EQ(summary.counted, 10U);
}

TEST(Summary, counts_releases_that_came_after_the_return) {
  const CaseSummary summary = of({{.return_ns = 100, .released_ns = 9'000'000},
                                  {.return_ns = 100, .released_ns = 1'000'101, .released_at_return = false},
                                  {.return_ns = 100},
                                  {.released_ns = 9'000'000, .released_at_return = false, .warmup = true}});
  EXPECT_EQ(summary.released_late, 1U);
  EXPECT_EQ(summary.looked_at_return, 2U);
}

TEST(Summary, counts_late_releases_where_only_watched_samples_tell_of_them) {
  std::vector<MadeSample> samples(3, {.return_ns = 100});
  samples.push_back({.released_ns = 1'000'000, .released_at_return = false});
  samples.push_back({.released_ns = 50});
  const CaseSummary summary = of(samples);
  EXPECT_EQ(summary.released_late, 1U);
  EXPECT_EQ(summary.looked_at_return, 2U);
}

TEST(Summary, has_the_median_of_each_phase) {
  CaseRecord record = made_case("loop/fs=ext4/rcu=default", std::vector<MadeSample>(3, {.return_ns = 5}));
  record.samples.phases = {{"attach_ns", {1, 2, 3}}, {"detach_ns", {kMissing, kMissing, kMissing}}, {"short_ns", {7}}};
  const CaseSummary summary = summarise(record, {});
  ASSERT_EQ(summary.phases.size(), 3U);
  EXPECT_EQ(summary.phases[0].p50_ns, 2);
  EXPECT_EQ(summary.phases[1].count, 0U);
  EXPECT_FALSE(summary.phases[1].p50_ns);
  EXPECT_EQ(summary.phases[2].p50_ns, 7);
}

TEST(Summary, survives_columns_that_are_missing_or_too_short_and_rounds_that_are_not_there) {
  CaseRecord record = made_case(kId, even_samples(5, 1, 5, 0));
  record.samples.metrics.resize(3);
  record.samples.metrics[0].values.resize(2);
  record.samples.errno_value.clear();
  record.samples.warmup.clear();
  record.samples.round.assign(5, 4'000'000'000U);
  const CaseSummary summary = summarise(record, {});
  EXPECT_EQ(summary.counted, 2U);
  EXPECT_FALSE(summary.switches_per_call);
}

TEST(Summary, puts_every_counted_sample_into_the_histogram) {
  const Histogram histogram = of(even_samples(300, 1'000, 16'000'000, 0)).histogram;
  EXPECT_EQ(histogram.bins.size(), 12U);
  EXPECT_EQ(std::accumulate(histogram.bins.begin(), histogram.bins.end(), histogram.below + histogram.above), 300U);
}

}  // namespace
}  // namespace umb
