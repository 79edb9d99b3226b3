// SPDX-License-Identifier: Apache-2.0
#include "scenario/umount.h"

#include <cerrno>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

namespace umb {
namespace {

using ::testing::ElementsAre;

/// Mounts nothing and writes down what it is asked for.
class FakeMountDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override {
    log.push_back("mount " + request.type + " on " + request.target);
    return {};
  }
  int umount(const char* target, int flags) override {
    log.push_back(std::string("umount ") + target + " flags " + std::to_string(flags));
    return next_errno;
  }

  std::vector<std::string> log;
  int next_errno = 0;  ///< what umount() returns
};

class UmountTest : public ::testing::Test {
 protected:
  UmountTest() { std::filesystem::create_directories(folder_); }
  ~UmountTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Scenario> make(const std::string& fs, const std::string& mode, int64_t files = 0,
                                 bool released = false) {
    Case spec{.id = "", .scenario = "umount"};
    spec.parameters = {{"fs", fs},
                       {"mode", mode},
                       {"method", "syscall"},
                       {"rcu", "as-found"},
                       {"files", std::to_string(files)},
                       {"dirty_bytes", "0"},
                       {"backing", "tmpfs"},
                       {"api", api_},
                       {"holder", holder_}};
    return umount_scenario().make(spec, {.folder = folder_,
                                         .door = &door_,
                                         .fixtures = &fixtures_,
                                         .watch = &watch_.value(),
                                         .fsmount_door = &fsmount_door_,
                                         .released = released,
                                         .release_limit_ns = 1'000'000});
  }

  const std::string folder_ = ::testing::TempDir() + "umount_test";
  FakeMountDoor door_, fsmount_door_;
  std::string api_ = "mount";
  std::string holder_ = "none";
  FixturePool fixtures_{folder_};
  Result<UnmountWatch> watch_ = UnmountWatch::open();
};

TEST_F(UmountTest, mounts_before_the_stopwatch_and_only_unmounts_within_it) {
  const auto scenario = make("tmpfs", "plain");
  ASSERT_TRUE(scenario->setup().has_value());
  EXPECT_TRUE(door_.log.empty());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_THAT(door_.log, ElementsAre("mount tmpfs on " + folder_ + "/m"));
  door_.log.clear();
  Sample sample;
  EXPECT_EQ(scenario->measure(sample).errno_value, 0);
  EXPECT_THAT(door_.log, ElementsAre("umount " + folder_ + "/m flags 0"));
  ASSERT_TRUE(scenario->conclude(sample).has_value());
  ASSERT_TRUE(scenario->cleanup().has_value());
  EXPECT_EQ(door_.log.size(), 1U);
}

TEST_F(UmountTest, lazy_is_mnt_detach) {
  const auto scenario = make("tmpfs", "lazy");
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  Sample sample;
  (void)scenario->measure(sample);
  EXPECT_EQ(door_.log.back(), "umount " + folder_ + "/m flags " + std::to_string(MNT_DETACH));
}

TEST_F(UmountTest, a_failed_call_is_not_tried_again_but_taken_off_after_the_stopwatch) {
  const auto scenario = make("tmpfs", "plain");
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  door_.log.clear();
  door_.next_errno = EBUSY;
  Sample sample;
  sample.errno_value = scenario->measure(sample).errno_value;
  EXPECT_EQ(sample.errno_value, EBUSY);
  EXPECT_EQ(door_.log.size(), 1U);
  door_.next_errno = 0;
  ASSERT_TRUE(scenario->conclude(sample).has_value());
  EXPECT_THAT(door_.log, ElementsAre("umount " + folder_ + "/m flags 0",
                                     "umount " + folder_ + "/m flags " + std::to_string(MNT_DETACH)));
  EXPECT_EQ(sample.released_ns, kMissing);
}

TEST_F(UmountTest, a_watched_sample_that_takes_long_is_followed_by_the_next_one_at_once) {
  const auto scenario = make("tmpfs", "plain", 0, true);
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(true).has_value());
  Sample sample;
  (void)scenario->measure(sample);
  door_.log.clear();
  ASSERT_TRUE(scenario->conclude(sample).has_value());
  EXPECT_TRUE(sample.not_released);
  EXPECT_TRUE(door_.log.empty());
}

TEST_F(UmountTest, puts_files_into_the_mount_before_the_stopwatch) {
  const auto scenario = make("tmpfs", "plain", 3);
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/m/f2"));
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/m/f3"));
}

TEST_F(UmountTest, by_the_newer_calls_only_mounts) {
  api_ = "fsmount";
  const auto scenario = make("tmpfs", "plain");
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  Sample sample;
  (void)scenario->measure(sample);
  EXPECT_THAT(fsmount_door_.log, ElementsAre("mount tmpfs on " + folder_ + "/m"));
  EXPECT_THAT(door_.log, ElementsAre("umount " + folder_ + "/m flags 0"));
}

TEST_F(UmountTest, an_overlay_is_watched_by_layers_that_nothing_else_holds) {
  const auto scenario = make("overlay", "plain", 0, true);
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_THAT(door_.log, ElementsAre("mount overlay on " + folder_ + "/m"));
  door_.log.clear();
  ASSERT_TRUE(scenario->prepare(true).has_value());
  const std::string layers = folder_ + "/overlay-0-0/watched";
  EXPECT_THAT(door_.log, ElementsAre("mount tmpfs on " + layers, "mount overlay on " + folder_ + "/m",
                                     "umount " + layers + " flags " + std::to_string(MNT_DETACH)));
}

TEST_F(UmountTest, of_a_mount_that_is_held_is_for_its_ebusy_and_taken_off_once_the_holder_has_let_go) {
  holder_ = "child_mount";
  const auto scenario = make("tmpfs", "plain");
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_EQ(door_.log.back(), "mount tmpfs on " + folder_ + "/m/child");
  door_.log.clear();
  door_.next_errno = EBUSY;
  Sample sample;
  sample.errno_value = scenario->measure(sample).errno_value;
  door_.next_errno = 0;
  ASSERT_TRUE(scenario->conclude(sample).has_value());
  EXPECT_EQ(sample.errno_value, 0);
  const std::string lazily = " flags " + std::to_string(MNT_DETACH);
  EXPECT_THAT(door_.log, ElementsAre("umount " + folder_ + "/m flags 0", "umount " + folder_ + "/m/child" + lazily,
                                     "umount " + folder_ + "/m" + lazily));
  const std::vector<CheckTally> checks = scenario->take_checks();
  ASSERT_EQ(checks.size(), 1U);
  EXPECT_EQ(checks[0].name, "ebusy_as_expected");
  EXPECT_EQ(checks[0].failed, 0);
}

TEST_F(UmountTest, that_frees_late_fails_a_check_in_either_mode) {
  for (const char* mode : {"plain", "lazy"}) {
    const auto scenario = make("tmpfs", mode, 0, true);
    ASSERT_TRUE(scenario->setup().has_value());
    ASSERT_TRUE(scenario->prepare(true).has_value());
    Sample sample;
    (void)scenario->measure(sample);
    ASSERT_TRUE(scenario->conclude(sample).has_value());
    EXPECT_EQ(sample.errno_value, EIO) << "no quick sample";
    const std::vector<CheckTally> checks = scenario->take_checks();
    ASSERT_EQ(checks.size(), 1U);
    EXPECT_EQ(checks[0].name + " " + std::to_string(checks[0].failed), "released_at_return 1");
  }
}

TEST_F(UmountTest, that_frees_late_beside_a_walk_fails_a_check) {
  holder_ = "walk_through";
  const auto scenario = make("tmpfs", "plain", 0, true);
  ASSERT_TRUE(scenario->setup().has_value());
  ASSERT_TRUE(scenario->prepare(true).has_value());
  Sample sample;
  (void)scenario->measure(sample);
  ASSERT_TRUE(scenario->conclude(sample).has_value());
  EXPECT_TRUE(sample.not_released);
  const std::vector<CheckTally> checks = scenario->take_checks();
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[0].name + " " + std::to_string(checks[0].failed), "spurious_ebusy 0");
  EXPECT_EQ(checks[1].name + " " + std::to_string(checks[1].failed), "released_at_return 1");
  ASSERT_TRUE(scenario->cleanup().has_value());
}

Needs needs_of(const std::vector<Parameter>& parameters) {
  return umount_scenario().needs({.id = "", .scenario = "umount", .parameters = parameters});
}

TEST(UmountScenario, of_a_file_system_without_an_image_has_no_backing) {
  EXPECT_NE(needs_of({{"fs", "tmpfs"}, {"backing", "dir"}}).impossible.find("no image"), std::string::npos);
  EXPECT_EQ(needs_of({{"fs", "tmpfs"}, {"backing", "tmpfs"}}).impossible, "");
  const Needs on_disk = needs_of({{"fs", "ext4"}, {"backing", "dir"}});
  EXPECT_TRUE(on_disk.impossible.empty() && on_disk.disk_folder);
}

TEST(UmountScenario, says_what_a_read_only_file_system_cannot_hold) {
  EXPECT_NE(needs_of({{"fs", "erofs"}, {"files", "1"}}).impossible.find("read-only"), std::string::npos);
  EXPECT_EQ(needs_of({{"fs", "erofs"}, {"files", "0"}}).impossible, "");
}

TEST(UmountScenario, needs_the_newer_calls_only_where_it_uses_them) {
  EXPECT_TRUE(needs_of({{"fs", "bind"}, {"api", "fsmount"}}).new_mount_api);
  EXPECT_FALSE(needs_of({{"fs", "bind"}, {"api", "mount"}}).new_mount_api);
}

TEST(UmountScenario, says_why_a_bind_mount_has_no_second_clock) {
  Case spec{.id = "", .scenario = "umount"};
  spec.parameters = {{"fs", "bind"}};
  const std::vector<MetricInfo> metrics = umount_scenario().metrics(spec, {});
  EXPECT_EQ(metrics[1].name, "released_ns");
  EXPECT_NE(metrics[1].missing_reason.find("super block"), std::string::npos);
}

}  // namespace
}  // namespace umb
