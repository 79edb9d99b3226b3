// SPDX-License-Identifier: Apache-2.0
#include "scenario/container_storm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ContainerTimes start(int64_t began_ns, int64_t ended_ns) {
  return {.began_ns = began_ns, .ended_ns = ended_ns, .cpu_ns = 10, .voluntary_switches = 1};
}

TEST(StormFigures, of_starts_at_once_count_from_when_all_were_asked_for) {
  // The second one had to wait for its turn.
  const StormFigures figures = figures_of({start(200, 500), start(500, 1000)}, 100);
  EXPECT_EQ(figures.began_ns, 100);
  EXPECT_EQ(figures.whole_ns, 900);
  EXPECT_EQ(figures.p50_ns, 400);
  EXPECT_EQ(figures.p99_ns, 900);
  EXPECT_EQ(figures.starts_per_s, 2'222'222);
  EXPECT_EQ(figures.cpu_ns, 20);
  EXPECT_EQ(figures.voluntary_switches, 2);
}

TEST(StormFigures, of_a_sequence_leave_out_what_lies_between_two_starts) {
  const StormFigures figures = figures_of({start(100, 400), start(1000, 1100)}, kMissing);
  EXPECT_EQ(figures.began_ns, 100);
  EXPECT_EQ(figures.whole_ns, 400);
  EXPECT_EQ(figures.p50_ns, 100);
  EXPECT_EQ(figures.p99_ns, 300);
  EXPECT_EQ(figures.starts_per_s, 5'000'000);
}

TEST(StormFigures, have_quantiles_of_the_single_start_by_nearest_rank) {
  std::vector<ContainerTimes> starts;
  for (int64_t i = 1; i <= 64; ++i) starts.push_back(start(0, i));
  EXPECT_EQ(figures_of(starts, 0).p50_ns, 32);
  EXPECT_EQ(figures_of(starts, 0).p99_ns, 64);
  EXPECT_EQ(figures_of({start(5, 12)}, kMissing).p50_ns, 7);
  EXPECT_EQ(figures_of({start(5, 12)}, kMissing).p99_ns, 7);
}

Case storm_of(const std::string& runtime, const std::string& starts, const std::string& order) {
  return {.id = "",
          .scenario = "container_storm",
          .parameters = {{"runtime", runtime}, {"rcu", "normal"}, {"starts", starts}, {"order", order}}};
}

TEST(ContainerStormScenario, needs_what_a_container_needs) {
  const auto needs = container_storm_scenario().needs;
  EXPECT_FALSE(needs(storm_of("builtin", "4", "parallel")).root);
  EXPECT_TRUE(needs(storm_of("crun", "4", "parallel")).control_groups);
  EXPECT_THAT(needs(storm_of("crun", "4", "parallel")).programs, ElementsAre("crun"));
}

TEST(ContainerStormScenario, is_guessed_to_grow_with_its_starts_and_to_take_longer_in_sequence) {
  const auto guess = container_storm_scenario().estimate_ns;
  EXPECT_GT(guess(storm_of("runc", "64", "sequence")), guess(storm_of("runc", "8", "sequence")));
  EXPECT_GT(guess(storm_of("runc", "64", "sequence")), guess(storm_of("runc", "64", "parallel")));
  EXPECT_GT(guess(storm_of("builtin", "1", "parallel")), 0);
}

TEST(ContainerStormScenario, tells_which_way_is_better) {
  const auto metrics = container_storm_scenario().metrics(storm_of("builtin", "4", "parallel"), {});
  EXPECT_THAT(metrics[1].missing_reason, HasSubstr("within the call"));
  EXPECT_EQ(metrics.back().name + " " + metrics.back().better, "starts_per_s higher");
}

}  // namespace
}  // namespace umb
