// SPDX-License-Identifier: Apache-2.0
#include "sys/call_alarm.h"

#include "base/clock.h"

#include <cerrno>

#include <gtest/gtest.h>
#include <poll.h>

namespace umb {
namespace {

constexpr int64_t kMsNs = 1'000'000;

TEST(CallAlarm, ends_what_waits_once_its_limit_is_over_and_not_before) {
  const auto alarm = CallAlarm::make().value();
  const int64_t begin_ns = monotonic_ns();
  alarm->arm(50 * kMsNs);
  EXPECT_FALSE(alarm->over());
  EXPECT_EQ(::poll(nullptr, 0, 20'000), -1);
  EXPECT_EQ(errno, EINTR);
  EXPECT_TRUE(alarm->over());
  EXPECT_GE(monotonic_ns() - begin_ns, 50 * kMsNs);
}

TEST(CallAlarm, goes_off_again_for_who_missed_it) {
  const auto alarm = CallAlarm::make().value();
  alarm->arm(kMsNs);
  while (!alarm->over()) {
  }
  for (int i = 0; i < 2; ++i) EXPECT_EQ(::poll(nullptr, 0, 20'000), -1);
}

TEST(CallAlarm, is_silent_once_disarmed) {
  const auto alarm = CallAlarm::make().value();
  alarm->arm(20 * kMsNs);
  alarm->disarm();
  EXPECT_EQ(::poll(nullptr, 0, 60), 0);
  EXPECT_FALSE(alarm->over());
}

}  // namespace
}  // namespace umb
