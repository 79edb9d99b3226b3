// SPDX-License-Identifier: Apache-2.0
#include "scenario/other_umounts.h"

#include "base/clock.h"
#include "model/sample.h"
#include "testing/temporary_folder.h"

#include <cerrno>
#include <iterator>
#include <limits>

#include <gtest/gtest.h>

namespace umb {
namespace {

/// One of its umounts takes long, or fails.
class FakeDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest&) override {
    ++mounted;
    return {};
  }
  int umount(const char*, int flags) override {
    ++umounts;
    flags_seen = flags;
    if (umounts == late_at) sleep_ns(late_ns);
    if (umounts == busy_at) return EBUSY;
    --mounted;
    return 0;
  }
  int mounted = 0, umounts = 0, late_at = 0, busy_at = 0, flags_seen = -1;
  int64_t late_ns = 0;
};

constexpr int64_t kForEverNs = std::numeric_limits<int64_t>::max();

TEST(OtherUmountsTest, one_that_is_held_up_shows_in_the_longest_and_not_in_the_median) {
  FakeDoor door;
  door.late_at = 4;
  door.late_ns = 500'000'000;
  const auto taken = OtherUmounts(door, "m", MNT_DETACH, nullptr).take(kForEverNs);
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(std::ssize(taken->return_ns), OtherUmounts::kCount);
  EXPECT_GE(longest_of(taken->return_ns), 500'000'000);
  EXPECT_GE(taken->longest_ns, 500'000'000);
  EXPECT_LT(median_of(taken->return_ns), 500'000'000);
  EXPECT_EQ(door.mounted, 0);
  EXPECT_EQ(door.flags_seen, MNT_DETACH) << "as the one that is looked at";
}

TEST(OtherUmountsTest, begins_none_after_its_time_but_the_first) {
  FakeDoor door;
  EXPECT_EQ(OtherUmounts(door, "m", 0, nullptr).take(0)->return_ns.size(), 1U);
}

TEST(OtherUmountsTest, whose_release_is_held_up_shows_in_the_longest_and_no_other_is_waited_for) {
  const TemporaryFolder folder;
  FakeDoor door;
  Result<UnmountWatch> watch = UnmountWatch::open();
  const auto taken = OtherUmounts(door, folder.path(), 0, &*watch).take(kForEverNs);
  ASSERT_TRUE(taken.has_value());
  EXPECT_TRUE(taken->released_ns.empty());
  EXPECT_GE(taken->longest_ns, OtherUmounts::kReleaseLimitNs);
  EXPECT_EQ(door.umounts, 1 + OtherUmounts::kCount);
}

TEST(OtherUmountsTest, one_that_fails_ends_them_and_is_taken_off_afterwards) {
  FakeDoor door;
  door.busy_at = 2;
  OtherUmounts others(door, "m", 0, nullptr);
  const auto taken = others.take(kForEverNs);
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().errno_value, EBUSY);
  EXPECT_EQ(door.umounts, 2);
  EXPECT_EQ(door.mounted, 1);
  EXPECT_TRUE(others.take_off().has_value());
  EXPECT_EQ(door.mounted, 0);
}

TEST(OtherUmountsTest, nothing_has_no_median) {
  EXPECT_EQ(median_of({}), kMissing);
  EXPECT_EQ(longest_of({}), kMissing);
  EXPECT_EQ(median_of({3, 1, 2}), 2);
}

}  // namespace
}  // namespace umb
