// SPDX-License-Identifier: Apache-2.0
#include "scenario/path_walk.h"

#include "fixture/walked_tree.h"
#include "testing/temporary_folder.h"

#include <cerrno>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Mounts nothing, and writes down what is asked for.
class FakeDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override {
    log.push_back("mount " + request.target);
    return {};
  }
  int umount(const char* target, int) override {
    log.push_back(std::string("umount ") + target);
    return 0;
  }
  std::vector<std::string> log;
};

Case walk_case(int threads, const std::string& traffic = "off") {
  return {.id = "walk",
          .scenario = "path_walk",
          .parameters = {{"rcu", "as-found"}, {"threads", std::to_string(threads)}, {"traffic", traffic}}};
}

TEST(WalkedTree, has_a_file_behind_four_mounts_that_go_by_one_call) {
  const TemporaryFolder folder;
  FakeDoor door;
  WalkedTree tree(folder.at("walk"));
  ASSERT_TRUE(tree.build(door).has_value());
  const std::string top = folder.at("walk");
  EXPECT_THAT(door.log, ElementsAre("mount " + top, "mount " + top + "/in", "mount " + top + "/in/in",
                                    "mount " + top + "/in/in/in"));
  EXPECT_TRUE(std::filesystem::exists(tree.file()));
  EXPECT_TRUE(look_up(tree.file()).has_value());
  EXPECT_EQ(look_up(folder.at("nothing")).error().errno_value, ENOENT);
  ASSERT_TRUE(tree.take_off(door).has_value());
  ASSERT_TRUE(tree.take_off(door).has_value());
  EXPECT_EQ(door.log.size(), 5U);
  EXPECT_EQ(door.log.back(), "umount " + top);
}

class PathWalkTest : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
  FakeDoor door_;
};

TEST_F(PathWalkTest, times_the_lookups_of_all_threads_from_the_first_to_the_last) {
  const auto scenario = path_walk_scenario().make(walk_case(2), {.folder = folder_.path(), .door = &door_});
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  Sample sample;
  const CallOutcome outcome = scenario->measure(sample);
  ASSERT_TRUE(scenario->conclude(sample).has_value());
  EXPECT_EQ(outcome.errno_value, 0);
  EXPECT_GT(outcome.return_ns, 0);
  EXPECT_GT(outcome.thread_cpu_ns, 0);
  const double lookups = 2 * kLookupsPerWalk * static_cast<double>(kWalksEach);
  EXPECT_NEAR(static_cast<double>(sample.phases[0]) * static_cast<double>(outcome.return_ns) / 1e9, lookups,
              lookups / 100);
  EXPECT_EQ(sample.phases[1], kMissing);
  EXPECT_EQ(door_.log.size(), 4U);
  ASSERT_TRUE(scenario->end_block().has_value());
  EXPECT_EQ(door_.log.size(), 5U) << "no mount is left to other cases";
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_EQ(door_.log.size(), 9U);
  ASSERT_TRUE(scenario->cleanup().has_value());
  EXPECT_EQ(door_.log.size(), 10U);
}

TEST_F(PathWalkTest, a_lookup_that_fails_ends_the_case_in_words) {
  const auto scenario = path_walk_scenario().make(walk_case(2), {.folder = folder_.path(), .door = &door_});
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) std::filesystem::remove_all(entry);
  Sample sample;
  EXPECT_EQ(scenario->measure(sample).errno_value, ENOENT);
  const Result<void> told = scenario->conclude(sample);
  ASSERT_FALSE(told.has_value());
  EXPECT_THAT(told.error().text(), HasSubstr("cannot stat"));
  EXPECT_TRUE(scenario->cleanup().has_value());
}

TEST(PathWalkScenario, has_no_second_clock_and_a_rate_of_mounts_only_with_traffic) {
  const auto metrics = path_walk_scenario().metrics(walk_case(1), {});
  EXPECT_THAT(metrics[1].missing_reason, HasSubstr("nothing is unmounted"));
  EXPECT_EQ(metrics[5].name + " " + metrics[5].unit + " " + metrics[5].better, "lookups_per_s 1/s higher");
  EXPECT_EQ(metrics[6].missing_reason, "there is no traffic");
  EXPECT_EQ(path_walk_scenario().metrics(walk_case(1, "on"), {})[6].missing_reason, "");
}

}  // namespace
}  // namespace umb
