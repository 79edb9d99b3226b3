// SPDX-License-Identifier: Apache-2.0
#include "sys/filter.h"

#include "base/clock.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;

TEST(RunFilter, gives_the_input_and_takes_the_output_alone) {
  const std::string input(300'000, 'x');
  const Result<std::string> output = run_filter({"/bin/sh", "-c", "cat; echo talk >&2"}, input, 10 * kSecondNs);
  ASSERT_TRUE(output.has_value()) << output.error().text();
  EXPECT_EQ(*output, input);
}

TEST(RunFilter, turns_a_failure_into_an_error_with_the_last_words) {
  const Result<std::string> output =
      run_filter({"/bin/sh", "-c", "echo first >&2; echo last >&2; exit 3"}, "", 20 * kSecondNs);
  ASSERT_FALSE(output.has_value());
  EXPECT_EQ(output.error().text(), "'/bin/sh' failed: exit code 3: last");
}

TEST(RunFilter, ends_what_writes_without_end) {
  const int64_t begin_ns = monotonic_ns();
  for (const char* endless :
       {"while :; do head -c 65536 /dev/zero; done", "while :; do head -c 65536 /dev/zero; done >&2"}) {
    const Result<std::string> output = run_filter({"/bin/sh", "-c", endless}, "", 20 * kSecondNs, 1U << 20U);
    ASSERT_FALSE(output.has_value());
    EXPECT_EQ(output.error().text(), "it wrote more than 1048576 bytes");
  }
  EXPECT_LT(monotonic_ns() - begin_ns, 15 * kSecondNs);
}

TEST(RunFilter, kills_what_outlives_its_limit) {
  const int64_t begin_ns = monotonic_ns();
  EXPECT_FALSE(run_filter({"/bin/sleep", "30"}, "", kSecondNs / 10).has_value());
  EXPECT_LT(monotonic_ns() - begin_ns, 5 * kSecondNs);
}

TEST(RunFilter, refuses_more_than_the_limit) {
  EXPECT_FALSE(run_filter({"/bin/sh", "-c", "head -c 2000 /dev/zero"}, "", 10 * kSecondNs, 1'000).has_value());
}

}  // namespace
}  // namespace umb
