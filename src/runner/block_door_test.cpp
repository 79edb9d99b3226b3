// SPDX-License-Identifier: Apache-2.0
#include "runner/block_door.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(BlockDoor, takes_exactly_as_many_samples_as_asked_for) {
  int taken = 0;
  ASSERT_TRUE(run_block_by_benchmark("case", 37, [&]() -> std::optional<int64_t> {
                ++taken;
                return 1000;
              }).has_value());
  EXPECT_EQ(taken, 37);
}

TEST(BlockDoor, ends_early_without_aborting_the_process_when_there_is_no_further_sample) {
  int taken = 0;
  ASSERT_TRUE(run_block_by_benchmark("case", 100, [&]() -> std::optional<int64_t> {
                if (taken == 3) return std::nullopt;
                ++taken;
                return 1000;
              }).has_value());
  EXPECT_EQ(taken, 3);
}

TEST(BlockDoor, can_be_used_again_and_again) {
  for (int block = 0; block < 3; ++block) {
    int taken = 0;
    ASSERT_TRUE(run_block_by_benchmark("umount/fs=tmpfs/rcu=normal", 2, [&]() -> std::optional<int64_t> {
                  ++taken;
                  return 0;
                }).has_value());
    EXPECT_EQ(taken, 2);
  }
}

TEST(BlockDoor, knows_the_library_s_version) {
  EXPECT_NE(benchmark_version(), "unknown");
}

}  // namespace
}  // namespace umb
