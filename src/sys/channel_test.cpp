// SPDX-License-Identifier: Apache-2.0
#include "sys/channel.h"

#include <cerrno>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(Channel, keeps_messages_whole_and_apart_whatever_their_size) {
  auto ends = Channel::make().value();
  const std::string large(3'000'000, 'x');
  std::thread sender([&] {
    EXPECT_TRUE(ends.first.send("a").has_value());
    EXPECT_TRUE(ends.first.send("").has_value());
    EXPECT_TRUE(ends.first.send(large).has_value());
  });
  EXPECT_EQ(ends.second.receive().value(), "a");
  EXPECT_EQ(ends.second.receive().value(), "");
  EXPECT_EQ(ends.second.receive().value(), large);
  sender.join();
}

TEST(Channel, tells_that_the_other_end_is_gone) {
  auto ends = Channel::make().value();
  ends.first.close();
  EXPECT_EQ(ends.second.receive().error().errno_value, EPIPE);
  EXPECT_EQ(ends.second.send("x").error().errno_value, EPIPE);
}

TEST(Channel, does_not_wait_beyond_its_limit) {
  const auto ends = Channel::make().value();
  EXPECT_EQ(ends.second.receive(20'000'000).error().errno_value, ETIMEDOUT);
}

}  // namespace
}  // namespace umb
