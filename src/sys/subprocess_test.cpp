// SPDX-License-Identifier: Apache-2.0
#include "sys/subprocess.h"

#include "base/clock.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;

TEST(RunProgram, gives_exit_code_and_output) {
  const ProgramResult result = run_program({"/bin/sh", "-c", "echo out; echo err >&2; exit 3"}, kSecondNs * 5).value();
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.output, "out\nerr\n");
}

TEST(RunProgram, kills_what_outlives_its_limit) {
  const int64_t begin_ns = monotonic_ns();
  const ProgramResult result = run_program({"/bin/sleep", "30"}, kSecondNs / 10).value();
  EXPECT_TRUE(result.timed_out);
  EXPECT_LT(monotonic_ns() - begin_ns, 5 * kSecondNs);
}

TEST(RunProgram, kills_a_program_that_closed_its_output_and_lives_on) {
  const ProgramResult result = run_program({"/bin/sh", "-c", "exec >&- 2>&-; sleep 30"}, kSecondNs / 5).value();
  EXPECT_TRUE(result.timed_out);
}

TEST(RunProgram, cuts_output_at_the_limit) {
  const ProgramResult result = run_program({"/bin/sh", "-c", "head -c 100000 /dev/zero"}, kSecondNs * 5, 1000).value();
  EXPECT_EQ(result.output.size(), 1000U);
  EXPECT_EQ(result.exit_code, 0);
}

TEST(RunProgram, a_program_that_is_not_there_is_an_error) {
  EXPECT_FALSE(run_program({"/nonexistent/program"}, kSecondNs).has_value());
}

TEST(RunProgramWell, turns_a_failure_into_an_error_with_the_program_s_last_words) {
  const Result<std::string> result =
      run_program_well({"/bin/sh", "-c", "echo first; echo last words; exit 1"}, kSecondNs);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().text(), "'/bin/sh' failed: exit code 1: last words");
}

TEST(FindProgram, finds_what_is_there_and_says_nothing_for_what_is_not) {
  EXPECT_NE(find_program("sh"), "");
  EXPECT_EQ(find_program("no-such-program-anywhere"), "");
}

TEST(TimedProgram, can_be_executed_again_and_again_and_counts_its_cpu_time) {
  TimedProgram program({"/bin/sh", "-c", "i=0; while [ $i -lt 2000 ]; do i=$((i+1)); done; exit 2"});
  for (int i = 0; i < 2; ++i) {
    const TimedProgram::Outcome outcome = program.execute();
    EXPECT_EQ(outcome.errno_value, 0);
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_GT(outcome.cpu_ns, 0);
  }
}

}  // namespace
}  // namespace umb
