// SPDX-License-Identifier: Apache-2.0
#include "sys/kernel_log.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(KernelLogTest, reads_the_level_and_the_first_line_of_a_record) {
  const auto message = parse_kernel_record("3,512,94402,-;EXT4-fs (loop0): no journal found\n SUBSYSTEM=block\n");
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->level, 3);
  EXPECT_EQ(message->text, "EXT4-fs (loop0): no journal found");
  EXPECT_EQ(parse_kernel_record("30,7,1,-,caller=T1;a; b")->level, 6) << "the facility is no part of it";
  EXPECT_EQ(parse_kernel_record("30,7,1,-,caller=T1;a; b")->text, "a; b");
}

TEST(KernelLogTest, takes_nothing_else_for_a_record) {
  for (const char* text : {"", "a", "x,1,2,-;text", ";text", "-3,1,2,-;text"}) {
    EXPECT_FALSE(parse_kernel_record(text).has_value()) << text;
  }
}

TEST(KernelLogTest, what_is_said_can_not_write_to_a_terminal) {
  EXPECT_EQ(parse_kernel_record("3,1,2,-;a\x1b[2J")->text, "a\\x1b[2J");
}

TEST(KernelLogTest, knows_a_device_from_one_whose_name_begins_like_it) {
  EXPECT_TRUE(mentions("EXT4-fs (loop1): no journal", "loop1"));
  EXPECT_TRUE(mentions("I/O error, dev loop1, sector 2", "loop1"));
  EXPECT_TRUE(mentions("loop12 and loop1", "loop1"));
  EXPECT_TRUE(mentions("loop1", "loop1"));
  EXPECT_FALSE(mentions("EXT4-fs (loop12): no journal", "loop1"));
  EXPECT_FALSE(mentions("myloop1", "loop1"));
}

}  // namespace
}  // namespace umb
