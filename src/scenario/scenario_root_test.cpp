// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"
#include "fixture/in_sandbox.h"
#include "scenario/scenario.h"
#include "scenario/test_case.h"
#include "scenario/umount.h"
#include "sys/fsmount_door.h"
#include "sys/private_mounts.h"
#include "testing/temporary_folder.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

class ScenarioOnTheKernel : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

/// Takes three samples of a case for real and says what came of them.
std::string three_samples(const std::string& scenario_name, const std::vector<Parameter>& chosen,
                          const std::string& disk_folder = "") {
  return in_sandbox([&](const std::string& folder) -> std::string {
    const ScenarioEntry& entry = *find_scenario(scenario_name);
    const Case spec = case_of(entry, chosen);
    KernelMountDoor door;
    FsmountDoor fsmount_door;
    auto watch = UnmountWatch::open();
    FixturePool fixtures(folder);
    const auto scenario = entry.make(spec, {.folder = folder,
                                            .door = &door,
                                            .fixtures = &fixtures,
                                            .watch = &*watch,
                                            .fsmount_door = &fsmount_door,
                                            .disk_folder = disk_folder,
                                            .release_limit_ns = 2'000'000'000});
    const auto trouble = [](const char* where, const Result<void>& result) {
      return std::string(where) + ": " + result.error().text();
    };
    if (const auto done = scenario->setup(); !done.has_value()) return trouble("setup", done);
    const size_t mounts = mount_points()->size();
    const bool watched = entry.needs_watch(spec);
    std::string told;
    for (int i = 0; i < 3; ++i) {
      if (const auto done = scenario->prepare(watched); !done.has_value()) return trouble("prepare", done);
      Sample sample;
      sample.started_at_ns = 1;
      const CallOutcome outcome = scenario->measure(sample);
      sample.errno_value = outcome.errno_value;
      if (const auto done = scenario->conclude(sample); !done.has_value()) return trouble("conclude", done);
      if (sample.errno_value != 0) return errno_text(sample.errno_value);
      told = sample.released_ns != kMissing ? "released" : "not told";
      for (size_t phase = 0; phase < phases_of(spec).size(); ++phase) {
        told += sample.phases[phase] == kMissing ? " -" : " +";
      }
    }
    if (const auto done = scenario->cleanup(); !done.has_value()) return trouble("cleanup", done);
    return mount_points()->size() == mounts ? told : "left a mount";
  });
}

class EachFileSystem : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    const std::string reason = lacking(info().needs);
    if (!reason.empty()) GTEST_SKIP() << reason;
  }
  [[nodiscard]] static const FileSystemInfo& info() { return *find_file_system(GetParam()); }
  [[nodiscard]] static std::string both_clocks() {
    return info().release == ReleaseSignal::kNone ? "not told" : "released";
  }
};

TEST_P(EachFileSystem, is_unmounted_in_every_mode_by_every_method) {
  for (const char* mode : {"plain", "lazy"}) {
    for (const char* method : {"syscall", "libmount", "exec"}) {
      EXPECT_EQ(three_samples("umount", {{"fs", GetParam()}, {"mode", mode}, {"method", method}}), both_clocks())
          << mode << " " << method;
    }
  }
}

TEST_P(EachFileSystem, takes_files_and_dirty_bytes_unless_it_says_that_it_cannot) {
  const std::vector<Parameter> content{{"fs", GetParam()}, {"files", "100"}, {"dirty_bytes", "5000000"}};
  const ScenarioEntry& umount = *find_scenario("umount");
  if (!umount.needs(case_of(umount, content)).impossible.empty()) {
    EXPECT_TRUE(info().image({}).read_only);
    return;
  }
  EXPECT_EQ(three_samples("umount", content), both_clocks());
}

TEST_P(EachFileSystem, is_mounted_by_the_newer_calls_for_the_same_umount) {
  if (!has_fsmount()) GTEST_SKIP() << "this kernel has no fsopen";
  EXPECT_EQ(three_samples("umount", {{"fs", GetParam()}, {"api", "fsmount"}}), both_clocks());
}

TEST_P(EachFileSystem, lies_on_a_disk_where_it_has_an_image) {
  if (info().image == nullptr) GTEST_SKIP() << "it has none";
  const TemporaryFolder disk("/var/tmp");
  EXPECT_EQ(three_samples("umount", {{"fs", GetParam()}, {"backing", "dir"}}, disk.path()), "released");
  EXPECT_TRUE(std::filesystem::exists(disk.at(GetParam() + "-0-0.img")));
  EXPECT_EQ(three_samples("loop", {{"fs", GetParam()}, {"backing", "dir"}}, disk.path()), "released + + + +");
}

TEST_P(EachFileSystem, has_a_loop_device_s_life_in_phases_where_it_has_an_image) {
  if (info().image == nullptr) GTEST_SKIP() << "it has none";
  EXPECT_EQ(three_samples("loop", {{"fs", GetParam()}, {"autoclear", "off"}}), "released + + + +");
  EXPECT_EQ(three_samples("loop", {{"fs", GetParam()}, {"autoclear", "on"}}), "released + + + -");
}

std::vector<std::string> names() {
  std::vector<std::string> found;
  for (const FileSystemInfo& info : file_systems()) found.push_back(info.name);
  return found;
}

INSTANTIATE_TEST_SUITE_P(OnTheKernel, EachFileSystem, ::testing::ValuesIn(names()),
                         [](const auto& test) { return test.param; });

/// Counts what it takes off.
class CountingMountDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override { return kernel_.mount(request); }
  int umount(const char* target, int flags) override {
    ++umounts;
    return kernel_.umount(target, flags);
  }
  int umounts = 0;

 private:
  KernelMountDoor kernel_;
};

TEST_F(ScenarioOnTheKernel, a_quick_watched_sample_is_followed_by_umounts_that_take_its_echo_and_are_no_samples) {
  const std::string told = in_sandbox([](const std::string& folder) -> std::string {
    const ScenarioEntry& entry = *find_scenario("umount");
    CountingMountDoor door;
    auto watch = UnmountWatch::open();
    FixturePool fixtures(folder);
    const auto scenario = entry.make(
        case_of(entry, {}),
        {.folder = folder, .door = &door, .fixtures = &fixtures, .watch = &*watch, .release_limit_ns = 2'000'000'000});
    if (!scenario->setup().has_value()) return "no setup";
    for (int i = 0; i < 100; ++i) {
      const bool watched = i % 2 != 0;
      door.umounts = 0;
      if (!scenario->prepare(watched).has_value()) return "no mount";
      Sample sample;
      sample.watched = watched;
      sample.started_at_ns = monotonic_ns();
      (void)scenario->measure(sample);
      if (!scenario->conclude(sample).has_value()) return "no conclusion";
      const bool quick = sample.released_ns != kMissing && sample.released_ns < kWatchEchoesBelowNs;
      if (door.umounts != (quick ? 1 + kUmountsAfterWatch : 1)) return std::to_string(door.umounts) + " umounts";
    }
    return "well";
  });
  EXPECT_EQ(told, "well");
}

TEST_F(ScenarioOnTheKernel, umount_takes_more_files_than_a_small_image_has_inodes) {
  EXPECT_EQ(three_samples("umount", {{"fs", "ext4"}, {"files", "20000"}}), "released");
}

TEST_F(ScenarioOnTheKernel, loop_times_four_phases_and_none_for_a_detach_that_falls_into_the_umount) {
  EXPECT_EQ(three_samples("loop", {{"autoclear", "off"}}), "released + + + +");
  EXPECT_EQ(three_samples("loop", {{"autoclear", "on"}}), "released + + + -");
  EXPECT_EQ(three_samples("loop", {{"autoclear", "on"}, {"mode", "lazy"}}), "released + + + -");
}

}  // namespace
}  // namespace umb
