// SPDX-License-Identifier: Apache-2.0
#include "scenario/tree.h"

#include "scenario/test_samples.h"
#include "testing/temporary_folder.h"

#include <cerrno>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Mounts nothing, and writes down what it takes off.
class FakeMountDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override {
    EXPECT_EQ(request.type, "tmpfs");
    ++mounted;
    return {};
  }
  int umount(const char* target, int flags) override {
    if (static_cast<int>(taken_off.size()) == busy_at && flags == 0) return EBUSY;
    taken_off.push_back((flags == MNT_DETACH ? "lazy " : "") + std::string(target));
    return 0;
  }

  int mounted = 0;
  int busy_at = -1;
  std::vector<std::string> taken_off;
};

class TreeTest : public ::testing::Test {
 protected:
  std::unique_ptr<Scenario> make(int mounts, const std::string& shape, const std::string& take_off = "recursive") {
    const ScenarioEntry entry = tree_scenario();
    const Case spec = case_of(entry, {{"mounts", std::to_string(mounts)}, {"shape", shape}, {"take_off", take_off}});
    return entry.make(spec, {.folder = folder_.path(), .door = &door_, .watch = &watch_.value()});
  }
  /// What one sample takes off, with `folder` left out.
  std::vector<std::string> taken_off_by(Scenario& scenario) {
    const Result<Sample> sample = test_sample(scenario);
    EXPECT_TRUE(sample.has_value());
    EXPECT_EQ(sample.has_value() ? sample->errno_value : -1, 0);
    std::vector<std::string> told = std::exchange(door_.taken_off, {});
    for (std::string& one : told) {
      const size_t at = one.find(folder_.path());
      if (at != std::string::npos) one.erase(at, folder_.path().size());
    }
    return told;
  }

  const TemporaryFolder folder_;
  FakeMountDoor door_;
  Result<UnmountWatch> watch_ = UnmountWatch::open();
};

TEST_F(TreeTest, takes_the_last_mount_off_first_and_the_one_that_holds_all_last) {
  EXPECT_THAT(taken_off_by(*make(3, "flat")), ElementsAre("/tree/t/2", "/tree/t/1", "/tree/t"));
  EXPECT_THAT(taken_off_by(*make(3, "stacked")), ElementsAre("/tree/t/m", "/tree/t/m", "/tree/t"));
  EXPECT_THAT(taken_off_by(*make(18, "direct_map")).front(), "/tree/t/0/1/17");
  EXPECT_THAT(taken_off_by(*make(1, "flat")), ElementsAre("/tree/t"));
}

TEST_F(TreeTest, walks_out_of_a_deep_one_several_steps_at_once_and_is_at_home_afterwards) {
  const auto home = std::filesystem::current_path();
  const auto scenario = make(4, "deep");
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_EQ(std::filesystem::current_path(), std::filesystem::canonical(folder_.at("tree/t/t/t")));
  Sample sample;
  EXPECT_EQ(scenario->measure(sample).errno_value, 0);
  EXPECT_EQ(std::filesystem::current_path(), std::filesystem::canonical(folder_.at("tree")));
  EXPECT_THAT(door_.taken_off, ElementsAre("t", "t/t/t", "t/t", "t"));
  ASSERT_TRUE(scenario->conclude(sample).has_value());
  EXPECT_EQ(std::filesystem::current_path(), home);
}

TEST_F(TreeTest, is_detached_by_one_lazy_call_from_outside) {
  for (const char* shape : {"flat", "deep", "stacked", "direct_map"}) {
    EXPECT_THAT(taken_off_by(*make(5, shape, "detach")), ElementsAre("lazy /tree/t")) << shape;
  }
  EXPECT_EQ(door_.mounted, 20);
}

TEST_F(TreeTest, a_busy_mount_ends_the_sample_and_the_rest_goes_after_the_stopwatch) {
  door_.busy_at = 1;
  const auto scenario = make(4, "deep");
  const Result<Sample> sample = test_sample(*scenario);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->errno_value, EBUSY);
  EXPECT_THAT(door_.taken_off, ElementsAre("t", "lazy " + folder_.at("tree/t")));
  EXPECT_THAT(scenario->take_checks(), IsEmpty());
}

TEST_F(TreeTest, times_the_longest_call_and_each_mount_s_share_but_not_in_watched_samples) {
  const auto scenario = make(10, "flat");
  const Result<Sample> sample = test_sample(*scenario);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->phases[0], sample->return_ns / 10);
  EXPECT_GT(sample->phases[1], 0);
  EXPECT_LE(sample->phases[1], sample->return_ns);
  EXPECT_EQ(test_checks(*scenario), "");

  const Result<Sample> detached = test_sample(*make(10, "flat", "detach"));
  ASSERT_TRUE(detached.has_value());
  EXPECT_EQ(detached->phases[1], kMissing);
}

TEST_F(TreeTest, with_a_super_block_that_stays_is_not_released) {
  const auto scenario = make(3, "flat");
  const Result<Sample> sample = test_sample(*scenario, true);
  ASSERT_TRUE(sample.has_value());
  EXPECT_TRUE(sample->not_released);
  EXPECT_EQ(sample->released_ns, kMissing);
  EXPECT_EQ(sample->phases[0], kMissing);
  EXPECT_EQ(sample->phases[1], kMissing);
}

TEST(TreeScenario, says_what_it_needs_and_that_a_grace_period_for_each_mount_takes_long) {
  const ScenarioEntry entry = tree_scenario();
  const auto spec = [&entry](const char* take_off) {
    return case_of(entry, {{"mounts", "1000"}, {"take_off", take_off}, {"rcu", "normal"}});
  };
  EXPECT_EQ(entry.needs(spec("detach")).mounts, 1000);
  EXPECT_GT(entry.estimate_ns(spec("recursive")), 10'000'000'000);
  EXPECT_LT(entry.estimate_ns(spec("detach")), 1'000'000'000);
}

TEST(TreeScenario, says_why_a_lazy_call_has_no_longest_one) {
  const ScenarioEntry entry = tree_scenario();
  const auto metrics = entry.metrics(case_of(entry, {{"take_off", "detach"}}), {});
  EXPECT_EQ(metrics.back().name, "call_max_ns");
  EXPECT_EQ(metrics.back().missing_reason, "it is one call");
}

}  // namespace
}  // namespace umb
