// SPDX-License-Identifier: Apache-2.0
#include "plot/axis.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> names(const Axis& axis) {
  std::vector<std::string> all;
  for (const Tick& tick : axis.ticks) all.push_back(tick.name);
  return all;
}

TEST(TimeAxis, has_ticks_with_units_at_round_places) {
  EXPECT_THAT(names(time_axis(std::vector<double>{40e-6, 16e-3}, 4)), ElementsAre("100 µs", "1 ms", "10 ms"));
  EXPECT_THAT(names(time_axis(std::vector<double>{1.9e-3, 55e-3}, 6)),
              ElementsAre("2 ms", "5 ms", "10 ms", "20 ms", "50 ms"));
}

TEST(TimeAxis, has_even_ticks_where_all_times_are_alike) {
  EXPECT_THAT(names(time_axis(std::vector<double>{13e-3, 15e-3}, 5)), ElementsAre("13 ms", "14 ms", "15 ms"));
}

TEST(TimeAxis, never_has_more_ticks_than_asked_for) {
  EXPECT_LE(time_axis(std::vector<double>{1e-9, 1e6}, 5).ticks.size(), 5U);
  EXPECT_LE(time_axis(std::vector<double>{1e-9, 1.0}, 6).ticks.size(), 6U);
}

TEST(TimeAxis, leaves_room_around_one_value) {
  const Axis axis = time_axis(std::vector<double>{0.001}, 5);
  EXPECT_LT(axis.low, 0.001);
  EXPECT_GT(axis.high, 0.001);
}

TEST(TimeAxis, of_no_value_above_zero_has_no_ticks) {
  EXPECT_THAT(time_axis(std::vector<double>{0, -1}, 5).ticks, IsEmpty());
  EXPECT_THAT(time_axis({}, 5).ticks, IsEmpty());
}

TEST(CallAxis, counts_calls) {
  EXPECT_THAT(names(call_axis(420, 5)), ElementsAre("100", "200", "300", "400"));
}

}  // namespace
}  // namespace umb
