// SPDX-License-Identifier: Apache-2.0
#include "scenario/concurrent.h"

#include "scenario/test_samples.h"
#include "testing/temporary_folder.h"

#include <atomic>
#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::HasSubstr;

/// Called by many threads; lets none go before all have come, so that one who waits for another never returns.
class FakeMountDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest&) override {
    ++mounted;
    return {};
  }
  int umount(const char* target, int flags) override {
    if (flags == MNT_DETACH) {
      --mounted;
      return 0;
    }
    ++inside;
    while (inside < expected) ::sched_yield();
    if (std::string(target).ends_with("/" + busy)) return EBUSY;
    --mounted;
    return 0;
  }
  std::atomic<int> mounted = 0;
  std::atomic<int> inside = 0;
  int expected = 0;
  std::string busy = "none";
};

class ConcurrentTest : public ::testing::Test {
 protected:
  std::unique_ptr<Scenario> make(int umounters) {
    door_.expected = umounters;
    const Case spec = case_of(concurrent_scenario(), {{"umounters", std::to_string(umounters)}});
    return make_concurrent(spec, {.folder = folder_.path(), .door = &door_, .release_limit_ns = 1'000'000},
                           [this](const UmounterOptions& options) { return start_umounter_threads(options, door_); });
  }

  const TemporaryFolder folder_;
  FakeMountDoor door_;
};

TEST_F(ConcurrentTest, all_calls_are_under_way_at_once) {
  const auto scenario = make(8);
  ASSERT_TRUE(scenario->setup().has_value());
  const Result<Sample> sample = test_sample(*scenario);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->errno_value, 0);
  EXPECT_EQ(door_.mounted, 0);
  EXPECT_GE(sample->phases[1], sample->phases[0]);
  EXPECT_GE(sample->return_ns, sample->phases[1]);
  EXPECT_EQ(sample->phases[2], 8'000'000'000 / sample->return_ns);
  EXPECT_EQ(sample->thread_cpu_ns, kMissing);
  EXPECT_EQ(test_checks(*scenario), "");
  EXPECT_TRUE(scenario->cleanup().has_value());
}

TEST_F(ConcurrentTest, one_ebusy_is_counted_and_taken_off_afterwards) {
  door_.busy = "2";
  const auto scenario = make(4);
  ASSERT_TRUE(scenario->setup().has_value());
  const Result<Sample> sample = test_sample(*scenario);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->errno_value, EBUSY);
  EXPECT_EQ(sample->phases[0], kMissing);
  EXPECT_EQ(door_.mounted, 0);
  EXPECT_EQ(test_checks(*scenario), "every call worked: 1 of 4 calls failed: Device or resource busy");
}

TEST_F(ConcurrentTest, super_blocks_that_stay_are_not_released) {
  const auto scenario = make(2);
  ASSERT_TRUE(scenario->setup().has_value());
  const Result<Sample> sample = test_sample(*scenario, true);
  ASSERT_TRUE(sample.has_value());
  EXPECT_TRUE(sample->not_released);
  EXPECT_EQ(sample->errno_value, EIO);
  EXPECT_EQ(sample->phases[0], kMissing);
  EXPECT_THAT(test_checks(*scenario), HasSubstr("released_at_return"));
}

/// As a kernel whose calls work and whose mounts stay.
class StubbornUmounters final : public Umounters {
 public:
  Result<void> mount(bool) override { return {}; }
  Result<UmountersRun> run() override { return UmountersRun{.began_ns = 1, .ended_ns = 2}; }
  Result<int64_t> undo() override { return 3; }
};

TEST_F(ConcurrentTest, mounts_that_stay_fail_their_check) {
  const auto scenario = make_concurrent(case_of(concurrent_scenario(), {}), {.folder = folder_.path()},
                                        [](const UmounterOptions&) -> Result<std::unique_ptr<Umounters>> {
                                          return std::make_unique<StubbornUmounters>();
                                        });
  ASSERT_TRUE(scenario->setup().has_value());
  EXPECT_EQ(test_sample(*scenario)->errno_value, EIO);
  EXPECT_THAT(test_checks(*scenario), HasSubstr("3 mounts stayed"));
}

TEST(ConcurrentScenario, needs_a_mount_namespace_for_each_only_where_each_has_its_own) {
  const ScenarioEntry entry = concurrent_scenario();
  EXPECT_EQ(entry.needs(case_of(entry, {{"umounters", "64"}, {"namespace", "own"}})).mount_namespaces, 65);
  EXPECT_EQ(entry.needs(case_of(entry, {{"umounters", "64"}})).mount_namespaces, 1);
  EXPECT_EQ(entry.metrics(case_of(entry, {}), {}).back().unit, "1/s");
}

}  // namespace
}  // namespace umb
