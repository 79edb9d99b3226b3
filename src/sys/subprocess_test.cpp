// SPDX-License-Identifier: Apache-2.0
#include "sys/subprocess.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/unique_fd.h"
#include "sys/call_alarm.h"
#include "testing/temporary_folder.h"

#include <array>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

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
      run_program_well({"/bin/sh", "-c", "echo first; echo last words; exit 1"}, 20 * kSecondNs);
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

TEST(TimedProgram, runs_in_its_folder_with_its_environment_and_its_errors_apart) {
  const TemporaryFolder folder;
  const UniqueFd out(::open(folder.at("out").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  const UniqueFd err(::open(folder.at("err").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  TimedProgram program(
      {"/bin/sh", "-c", "pwd; echo $GIVEN $HOME; echo trouble >&2"},
      ProgramPlace{
          .folder = folder.path(), .output_fd = out.get(), .error_fd = err.get(), .environment = {"GIVEN=this"}});
  EXPECT_EQ(program.execute().exit_code, 0);
  EXPECT_EQ(read_file(folder.at("out"), 1000).value(), folder.path() + "\nthis\n");
  EXPECT_EQ(read_file(folder.at("err"), 1000).value(), "trouble\n");
}

TEST(TimedProgram, is_killed_with_what_it_started_when_its_alarm_goes_off) {
  const TemporaryFolder folder;
  const auto alarm = CallAlarm::make().value();
  // The child holds the pipe: its end tells that both are gone.
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  TimedProgram program({"/bin/sh", "-c", "sleep 30 & sleep 30"},
                       ProgramPlace{.output_fd = writing.get(), .alarm = alarm.get()});
  alarm->arm(kSecondNs / 10);
  const int64_t begin_ns = monotonic_ns();
  const TimedProgram::Outcome outcome = program.execute();
  alarm->disarm();
  EXPECT_TRUE(outcome.timed_out);
  EXPECT_EQ(outcome.signal, SIGKILL);
  writing.reset();
  pollfd waiting{reading.get(), POLLIN, 0};
  EXPECT_EQ(::poll(&waiting, 1, 10'000), 1);
  EXPECT_LT(monotonic_ns() - begin_ns, 10 * kSecondNs);
}

TEST(TimedProgram, tells_the_signal_that_ended_it) {
  TimedProgram program({"/bin/sh", "-c", "kill -TERM $$"});
  const TimedProgram::Outcome outcome = program.execute();
  EXPECT_EQ(outcome.exit_code, -1);
  EXPECT_EQ(outcome.signal, SIGTERM);
  EXPECT_FALSE(outcome.timed_out);
}

}  // namespace
}  // namespace umb
