// SPDX-License-Identifier: Apache-2.0
#include "scenario/bystander.h"

#include "fixture/load.h"
#include "scenario/umount.h"
#include "testing/child_named.h"
#include "testing/temporary_folder.h"

#include <cerrno>
#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Case beside(const std::string& load, const std::string& mode = "plain") {
  return {.id = "beside-" + load,
          .scenario = "bystander",
          .parameters = {{"mode", mode}, {"rcu", "normal"}, {"load", load}}};
}

TEST(BystanderScenario, has_the_clocks_of_an_umount_of_a_tmpfs) {
  const ScenarioEntry entry = bystander_scenario();
  EXPECT_TRUE(entry.needs_watch(beside("none")));
  const auto metrics = entry.metrics(beside("none"), {});
  EXPECT_THAT(metrics[1].missing_reason, HasSubstr("watched sample"));
  EXPECT_EQ(metrics.size(), 5U);
}

TEST(BystanderScenario, needs_what_its_load_needs) {
  const auto needs = bystander_scenario().needs;
  EXPECT_FALSE(needs(beside("none")).root);
  EXPECT_FALSE(needs(beside("rcu_callbacks")).root);
  EXPECT_EQ(needs(beside("mountinfo_reader")).mounts, kListedMounts);
  const Needs writeback = needs(beside("writeback"));
  EXPECT_TRUE(writeback.root && writeback.loop_device && writeback.control_groups);
  EXPECT_THAT(writeback.controllers, ElementsAre("memory", "io"));
  EXPECT_THAT(writeback.file_systems, ElementsAre("ext4", "tmpfs"));
}

TEST(BystanderScenario, is_guessed_to_take_longer_beside_a_load) {
  EXPECT_GT(bystander_scenario().estimate_ns(beside("mount_storm")), bystander_scenario().estimate_ns(beside("none")));
}

/// Mounts nothing.
class IdleDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest&) override { return {}; }
  int umount(const char*, int) override { return 0; }
};

TEST(BystanderScenario, fails_at_the_end_of_a_block_beside_which_its_load_died) {
  const TemporaryFolder folder;
  IdleDoor door;
  FixturePool fixtures(folder.path());
  const auto scenario = bystander_scenario().make(
      beside("rcu_callbacks"), {.folder = folder.path(), .door = &door, .fixtures = &fixtures, .released = false});
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  ASSERT_TRUE(scenario->end_block().has_value());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  const pid_t load = child_named(::getpid(), "umountbench:cbs");
  ASSERT_GT(load, 0);
  ::kill(load, SIGKILL);
  EXPECT_FALSE(scenario->end_block().has_value());
  EXPECT_TRUE(scenario->cleanup().has_value()) << "told once is enough: it would end the run";
}

TEST(Loads, stand_still_until_they_are_told_to_go_and_tell_of_a_step_that_failed) {
  const TemporaryFolder folder;
  auto load = find_load("rcu_callbacks")->start({.folder = folder.path(), .control_group = {}});
  ASSERT_TRUE(load.has_value()) << load.error().text();
  ASSERT_EQ(load->processes.size(), 1U);
  EXPECT_EQ(load->processes[0]->steps(), 0);
  ASSERT_TRUE(load->go().has_value());
  ASSERT_TRUE(load->go().has_value());
  ASSERT_TRUE(load->pause().has_value());
  EXPECT_GT(load->processes[0]->steps(), 0);

  std::filesystem::remove_all(folder.path());
  const Result<void> went = load->go();
  const Result<void> paused = load->pause();
  ASSERT_FALSE(went.has_value());
  EXPECT_EQ(went.error().errno_value, ENOENT);
  EXPECT_FALSE(paused.has_value());
}

}  // namespace
}  // namespace umb
