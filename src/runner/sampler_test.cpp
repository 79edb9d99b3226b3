// SPDX-License-Identifier: Apache-2.0
#include "runner/sampler.h"

#include "base/clock.h"
#include "scenario/scenario.h"

#include <algorithm>
#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;

/// Writes down what it is asked for, and can be told to fail.
class FakeScenario final : public Scenario {
 public:
  explicit FakeScenario(std::vector<std::string>& log) : log_(log) {}

  Result<void> setup() override { return note("setup"); }
  Result<void> prepare(bool watched) override { return note(watched ? "prepare watched" : "prepare"); }
  CallOutcome measure(Sample&) override {
    (void)note("measure");
    return outcome;
  }
  Result<void> conclude(Sample& sample) override {
    seen_at_conclude = sample;
    return note("conclude");
  }
  Result<void> cleanup() override { return note("cleanup"); }

  CallOutcome outcome;
  Sample seen_at_conclude;
  std::string fail_at;

 private:
  Result<void> note(const std::string& word) {
    log_.push_back(word);
    if (word == fail_at) return fail("told to fail at " + word);
    return {};
  }
  std::vector<std::string>& log_;
};

class SamplerTest : public ::testing::Test {
 protected:
  std::vector<std::string> log_;
  FakeScenario scenario_{log_};
  Random random_{1};
};

TEST_F(SamplerTest, prepares_before_and_concludes_after_the_call_and_does_nothing_else) {
  ASSERT_TRUE(take_sample(scenario_, false, {}, random_).has_value());
  EXPECT_THAT(log_, ElementsAre("prepare", "measure", "conclude"));
}

TEST_F(SamplerTest, takes_the_times_of_another_process_that_held_the_stopwatch) {
  scenario_.outcome = {.started_at_ns = 1000, .return_ns = 20};
  const auto sample = take_sample(scenario_, false, {}, random_);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->started_at_ns, 1000);
  EXPECT_EQ(sample->return_ns, 20);
}

TEST_F(SamplerTest, a_watched_sample_has_no_time_that_a_reader_could_count) {
  scenario_.outcome.errno_value = 0;
  const Sample sample = take_sample(scenario_, true, {}, random_).value();
  EXPECT_THAT(log_, ElementsAre("prepare watched", "measure", "conclude"));
  EXPECT_TRUE(sample.watched);
  EXPECT_EQ(sample.return_ns, kMissing);
  EXPECT_EQ(sample.thread_cpu_ns, kMissing);
  EXPECT_EQ(sample.voluntary_switches, kMissing);
  EXPECT_GT(sample.started_at_ns, 0);
}

TEST_F(SamplerTest, a_failed_call_keeps_its_errno_and_its_time) {
  scenario_.outcome.errno_value = EBUSY;
  const Sample sample = take_sample(scenario_, false, {}, random_).value();
  EXPECT_EQ(sample.errno_value, EBUSY);
  EXPECT_GE(sample.return_ns, 0);
  EXPECT_EQ(scenario_.seen_at_conclude.errno_value, EBUSY);
}

TEST_F(SamplerTest, takes_cpu_time_and_switches_from_the_program_where_one_did_the_work) {
  scenario_.outcome = {.errno_value = 0, .thread_cpu_ns = 1'234'000, .voluntary_switches = 7};
  const Sample sample = take_sample(scenario_, false, {}, random_).value();
  EXPECT_EQ(sample.thread_cpu_ns, 1'234'000);
  EXPECT_EQ(sample.voluntary_switches, 7);
}

TEST_F(SamplerTest, trouble_before_the_call_is_an_error_and_nothing_is_timed) {
  scenario_.fail_at = "prepare";
  EXPECT_FALSE(take_sample(scenario_, false, {}, random_).has_value());
  EXPECT_THAT(log_, ElementsAre("prepare"));
}

TEST_F(SamplerTest, settling_happens_before_the_stopwatch_starts) {
  const int64_t begin_ns = monotonic_ns();
  int64_t waited_ns = 0, shortest_ns = INT64_MAX;
  for (int i = 0; i < 5; ++i) {
    const Sample sample = take_sample(scenario_, false, {.settle = true}, random_).value();
    shortest_ns = std::min(shortest_ns, sample.return_ns);
    waited_ns = sample.started_at_ns - begin_ns;
  }
  EXPECT_LT(shortest_ns, 1'000'000);
  EXPECT_GT(waited_ns, 1'000'000);
}

}  // namespace
}  // namespace umb
