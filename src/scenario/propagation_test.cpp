// SPDX-License-Identifier: Apache-2.0
#include "scenario/propagation.h"

#include "scenario/test_samples.h"
#include "testing/temporary_folder.h"

#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// What is mounted is shown by all peers but `blind`, and by `stale` of them even when it is gone.
struct FakeKernel {
  bool mounted = false;
  int64_t shared = 0;  ///< mounts that others may join
  int64_t peers = 0;
  int64_t blind = 0;
  int64_t stale = 0;
};

class FakeMountDoor final : public MountDoor {
 public:
  explicit FakeMountDoor(FakeKernel& kernel) : kernel_(kernel) {}
  Result<void> mount(const MountRequest& request) override {
    if (request.target.ends_with("/m")) kernel_.mounted = true;
    if (request.target.ends_with("/shared") && request.type == "tmpfs") ++kernel_.shared;
    return {};
  }
  int umount(const char* target, int flags) override {
    if (next_errno != 0 && flags == 0) return next_errno;
    if (std::string(target).ends_with("/m")) kernel_.mounted = false;
    if (std::string(target).ends_with("/shared")) --kernel_.shared;
    flags_seen.push_back(flags);
    return 0;
  }
  int next_errno = 0;
  std::vector<int> flags_seen;

 private:
  FakeKernel& kernel_;
};

class FakePeers final : public Peers {
 public:
  explicit FakePeers(FakeKernel& kernel) : kernel_(kernel) {}
  Result<int64_t> showing() override { return kernel_.mounted ? kernel_.peers - kernel_.blind : kernel_.stale; }

 private:
  FakeKernel& kernel_;
};

class PropagationTest : public ::testing::Test {
 protected:
  std::unique_ptr<Scenario> make(const std::string& mode = "plain") {
    const Case spec = case_of(propagation_scenario(), {{"peers", "8"}, {"kind", "slave"}, {"mode", mode}});
    const auto start = [this](const PeerOptions& options) -> Result<std::unique_ptr<Peers>> {
      options_ = options;
      kernel_.peers = options.count;
      return std::make_unique<FakePeers>(kernel_);
    };
    return make_propagation(spec, {.folder = folder_.path(), .door = &door_, .watch = &watch_.value()}, start);
  }
  std::string checks_after_a_sample() {
    const auto scenario = make();
    EXPECT_TRUE(scenario->setup().has_value());
    EXPECT_EQ(test_sample(*scenario)->errno_value, EIO);
    return test_checks(*scenario);
  }

  const TemporaryFolder folder_;
  FakeKernel kernel_;
  FakeMountDoor door_{kernel_};
  PeerOptions options_;
  Result<UnmountWatch> watch_ = UnmountWatch::open();
};

TEST_F(PropagationTest, takes_one_mount_off_and_the_shared_one_at_the_end) {
  const auto scenario = make("lazy");
  ASSERT_TRUE(scenario->setup().has_value());
  const Result<Sample> sample = test_sample(*scenario);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(options_.count, 8);
  EXPECT_TRUE(options_.slaves);
  EXPECT_EQ(sample->errno_value, 0);
  EXPECT_EQ(test_checks(*scenario), "");
  ASSERT_TRUE(scenario->cleanup().has_value());
  EXPECT_THAT(door_.flags_seen, ElementsAre(MNT_DETACH, MNT_DETACH));
}

TEST_F(PropagationTest, shares_no_mount_but_during_its_blocks) {
  const auto scenario = make();
  ASSERT_TRUE(scenario->setup().has_value());
  EXPECT_EQ(kernel_.shared, 0);
  for (int block = 0; block < 2; ++block) {
    for (int sample = 0; sample < 2; ++sample) ASSERT_TRUE(test_sample(*scenario).has_value());
    EXPECT_EQ(kernel_.shared, 1);
    ASSERT_TRUE(scenario->end_block().has_value());
    EXPECT_EQ(kernel_.shared, 0);
  }
  EXPECT_TRUE(scenario->cleanup().has_value());
}

TEST_F(PropagationTest, a_peer_that_still_shows_the_mount_fails_its_check) {
  kernel_.stale = 1;
  EXPECT_EQ(checks_after_a_sample(), "gone everywhere: 1 of 8 peers still show the mount");
}

TEST_F(PropagationTest, a_peer_that_never_got_the_mount_fails_its_check) {
  kernel_.blind = 2;
  EXPECT_THAT(checks_after_a_sample(), HasSubstr("6 of 8 peers show the mount"));
}

TEST_F(PropagationTest, a_failed_call_is_kept_and_undone_after_the_stopwatch) {
  door_.next_errno = EBUSY;
  const auto scenario = make();
  ASSERT_TRUE(scenario->setup().has_value());
  const Result<Sample> sample = test_sample(*scenario);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->errno_value, EBUSY);
  EXPECT_FALSE(kernel_.mounted);
  EXPECT_EQ(test_checks(*scenario), "");
}

TEST_F(PropagationTest, a_super_block_that_some_peer_keeps_is_not_released) {
  const auto scenario = make();
  ASSERT_TRUE(scenario->setup().has_value());
  const Result<Sample> sample = test_sample(*scenario, true);
  ASSERT_TRUE(sample.has_value());
  EXPECT_TRUE(sample->not_released);
  EXPECT_EQ(sample->errno_value, EIO);
  EXPECT_THAT(test_checks(*scenario), HasSubstr("released_at_return"));
}

TEST(PropagationScenario, needs_a_mount_namespace_for_each_peer) {
  const ScenarioEntry entry = propagation_scenario();
  EXPECT_EQ(entry.needs(case_of(entry, {{"peers", "512"}})).mount_namespaces, 512);
}

}  // namespace
}  // namespace umb
