// SPDX-License-Identifier: Apache-2.0
#include "scenario/other_umounts.h"

#include "base/clock.h"
#include "model/sample.h"

#include <cerrno>

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
    if (flags == 0 && umounts == late_at) sleep_ns(late_ns);
    if (flags == 0 && umounts == busy_at) return EBUSY;
    --mounted;
    return 0;
  }
  int mounted = 0, umounts = 0, late_at = 0, busy_at = 0;
  int64_t late_ns = 0;
};

TEST(OtherUmountsTest, one_that_is_held_up_shows_in_the_longest_and_not_in_the_median) {
  FakeDoor door;
  door.late_at = 4;
  door.late_ns = 500'000'000;
  const auto took_ns = OtherUmounts(door, "m").time(9, monotonic_ns() + 60'000'000'000);
  ASSERT_TRUE(took_ns.has_value());
  EXPECT_EQ(took_ns->size(), 9U);
  EXPECT_GE(longest_of(*took_ns), 500'000'000);
  EXPECT_LT(median_of(*took_ns), 500'000'000);
  EXPECT_EQ(door.mounted, 0);
}

TEST(OtherUmountsTest, begins_none_after_its_time_but_the_first) {
  FakeDoor door;
  EXPECT_EQ(OtherUmounts(door, "m").time(9, 0)->size(), 1U);
}

TEST(OtherUmountsTest, one_that_fails_ends_them_and_is_taken_off_afterwards) {
  FakeDoor door;
  door.busy_at = 2;
  OtherUmounts others(door, "m");
  const auto took_ns = others.time(9, monotonic_ns() + 60'000'000'000);
  ASSERT_FALSE(took_ns.has_value());
  EXPECT_EQ(took_ns.error().errno_value, EBUSY);
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
