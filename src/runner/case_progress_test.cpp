// SPDX-License-Identifier: Apache-2.0
#include "runner/case_progress.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

/// What a case yields whose samples all take `return_ns`, and `sample_ns` with preparing and settling.
BlockResult block_of(const BlockRequest& request, int64_t return_ns, int64_t sample_ns) {
  BlockResult result;
  for (uint32_t i = 0; i < request.count; ++i) {
    Sample sample;
    sample.watched = request.watched_every != 0 && (request.watched_offset + i) % request.watched_every == 0;
    sample.return_ns = sample.watched ? kMissing : return_ns;
    result.samples.push_back(sample);
  }
  result.elapsed_ns = request.count * sample_ns;
  return result;
}

struct Ran {
  int64_t warmup_samples = 0;
  int64_t warmup_ns = 0;
  int64_t counted = 0;
  int64_t watched = 0;
  int64_t used_ns = 0;
  std::string reason;
};

template <typename ReturnTime>
Ran run(const Settings& settings, bool needs_watch, int64_t sample_ns, ReturnTime&& return_ns) {
  CaseProgress progress(0, settings, needs_watch);
  Ran ran;
  int number = 0;
  while (progress.stop_reason().empty()) {
    const BlockRequest request = progress.next_block();
    const bool warming_up = progress.warming_up();
    const BlockResult result = block_of(request, return_ns(number++), sample_ns);
    ran.used_ns += result.elapsed_ns;
    for (const Sample& sample : result.samples) {
      if (warming_up)
        ++ran.warmup_samples;
      else
        ++(sample.watched ? ran.watched : ran.counted);
    }
    if (warming_up) ran.warmup_ns += result.elapsed_ns;
    progress.took(result);
  }
  ran.reason = progress.stop_reason();
  return ran;
}

constexpr int64_t kMs = 1'000'000;
int64_t steady(int) {
  return 40'000;
}
/// Too spread for the interval to become narrow.
int64_t wild(int number) {
  return number % 2 == 0 ? 10'000 : 90'000;
}

TEST(CaseProgress, warms_up_for_50_executions_and_200_ms) {
  const Ran fast = run({.samples = 100'000, .time_limit_ns = 10'000 * kMs}, false, kMs / 10, wild);
  EXPECT_GE(fast.warmup_samples, 50);
  EXPECT_GE(fast.warmup_ns, 200 * kMs);
  EXPECT_LT(fast.warmup_ns, 400 * kMs);
  const Ran slow = run({.samples = 100'000, .time_limit_ns = 10'000 * kMs}, false, 20 * kMs, wild);
  EXPECT_GE(slow.warmup_samples, 50);
}

TEST(CaseProgress, warms_up_for_a_quarter_of_the_time_limit_at_most_and_once_at_least) {
  const Ran ran = run({.samples = 100, .time_limit_ns = 1'000 * kMs}, false, 20 * kMs, wild);
  EXPECT_LE(ran.warmup_ns, 300 * kMs);
  const Ran once = run({.samples = 100, .time_limit_ns = 100 * kMs}, false, 60 * kMs, wild);
  EXPECT_EQ(once.warmup_samples, 1);
}

TEST(CaseProgress, stops_at_the_sample_limit_and_does_not_count_watched_samples_or_the_warm_up) {
  const Ran ran = run({.samples = 300, .time_limit_ns = 60'000 * kMs, .interval = 0.001}, true, kMs, wild);
  EXPECT_EQ(ran.reason, "samples");
  EXPECT_EQ(ran.counted, 300);
  EXPECT_NEAR(static_cast<double>(ran.watched), 33, 3);
}

TEST(CaseProgress, stops_at_the_time_limit) {
  const Ran ran = run({.samples = 1'000'000, .time_limit_ns = 1'000 * kMs, .interval = 0.001}, false, 10 * kMs, wild);
  EXPECT_EQ(ran.reason, "time");
  EXPECT_GE(ran.used_ns, 1'000 * kMs);
  EXPECT_LE(ran.used_ns, 1'100 * kMs);
}

TEST(CaseProgress, counts_a_sample_even_when_the_warm_up_has_used_the_time_up) {
  const Settings settings{.samples = 100, .time_limit_ns = 500 * kMs, .watched_share = 0.5};
  CaseProgress progress(0, settings, true);
  progress.took(block_of(progress.next_block(), 40'000, 600 * kMs));
  int64_t counted = 0;
  for (int blocks = 0; progress.stop_reason().empty() && blocks < 5; ++blocks) {
    const BlockResult result = block_of(progress.next_block(), 40'000, kMs);
    for (const Sample& sample : result.samples) counted += sample.watched ? 0 : 1;
    progress.took(result);
  }
  EXPECT_EQ(progress.stop_reason(), "time");
  EXPECT_EQ(counted, 1);
}

TEST(CaseProgress, stops_when_the_interval_is_narrow_enough_but_not_before_half_of_the_time) {
  const Ran ran = run({.samples = 1'000'000, .time_limit_ns = 2'000 * kMs, .interval = 0.05}, false, kMs, steady);
  EXPECT_EQ(ran.reason, "interval");
  EXPECT_GE(ran.used_ns, 1'000 * kMs);
  EXPECT_LE(ran.used_ns, 1'300 * kMs);
}

TEST(CaseProgress, failed_samples_do_not_make_the_median_look_well_known) {
  const Settings settings{.samples = 1'000'000, .time_limit_ns = 1'000 * kMs, .interval = 0.05};
  CaseProgress progress(0, settings, false);
  while (progress.stop_reason().empty()) {
    BlockResult result = block_of(progress.next_block(), 40'000, kMs);
    for (Sample& sample : result.samples) sample.errno_value = 16;
    progress.took(result);
  }
  EXPECT_EQ(progress.stop_reason(), "time");
}

TEST(CaseProgress, gives_a_block_no_more_than_a_second_nor_than_is_left_of_the_time) {
  const Settings settings{.samples = 1'000'000, .time_limit_ns = 8'000 * kMs};
  CaseProgress progress(0, settings, false);
  EXPECT_EQ(progress.next_block().limit_ns, 1'000 * kMs);
  progress.took(block_of(progress.next_block(), 40'000, 300 * kMs));
  EXPECT_EQ(progress.next_block().limit_ns, 500 * kMs);
}

TEST(CaseProgress, a_block_lasts_some_100_ms) {
  const Settings settings{.samples = 1'000'000, .time_limit_ns = 60'000 * kMs};
  CaseProgress progress(0, settings, false);
  progress.took(block_of(progress.next_block(), 15 * kMs, 16 * kMs));
  EXPECT_EQ(progress.next_block().count, 6U);
}

TEST(CaseProgress, counts_a_sample_without_a_time_of_return_or_a_case_of_such_alone_would_never_end) {
  Settings settings;
  settings.samples = 3;
  CaseProgress progress(0, settings, false);
  BlockResult warm;
  warm.samples.resize(1000);
  warm.elapsed_ns = settings.time_limit_ns / 4;
  progress.took(warm);
  ASSERT_FALSE(progress.warming_up());
  BlockResult refused;
  refused.samples.resize(3);
  refused.elapsed_ns = 1000;
  progress.took(refused);
  EXPECT_EQ(progress.stop_reason(), "samples");
}

TEST(CaseProgress, executes_a_long_case_once_and_without_a_warm_up) {
  const Settings settings;
  CaseProgress progress(0, settings, true, true);
  EXPECT_FALSE(progress.warming_up());
  EXPECT_EQ(progress.next_block().count, 1U);
  EXPECT_EQ(progress.next_block().watched_every, 0U);
  BlockResult result;
  result.samples.resize(1);
  result.samples[0].return_ns = 60'000'000'000;
  result.elapsed_ns = 61'000'000'000;
  progress.took(result);
  EXPECT_EQ(progress.stop_reason(), "samples");
}

}  // namespace
}  // namespace umb
