// SPDX-License-Identifier: Apache-2.0
#include "sys/attached_program.h"

#include "base/clock.h"
#include "sys/process.h"

#include <array>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {
namespace {

TEST(AttachedProgram, talks_through_the_streams_that_it_is_given) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  const UniqueFd ours(ends[0]);
  UniqueFd theirs(ends[1]);
  auto program = AttachedProgram::start({"/bin/cat"}, {.input = theirs.get(), .output = theirs.get()});
  ASSERT_TRUE(program.has_value()) << program.error().text();
  theirs.reset();
  ASSERT_EQ(::write(ours.get(), "hello", 5), 5);
  std::array<char, 8> answer{};
  ASSERT_EQ(::read(ours.get(), answer.data(), answer.size()), 5);
  EXPECT_STREQ(answer.data(), "hello");
  ::shutdown(ours.get(), SHUT_WR);
  const auto end = program->wait();
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(end->exit_code, 0);
  EXPECT_GT(end->peak_memory_bytes, 100'000);
}

TEST(AttachedProgram, tells_why_it_could_not_be_started) {
  const auto program = AttachedProgram::start({"/nonexistent/program"}, {});
  ASSERT_FALSE(program.has_value());
  EXPECT_EQ(program.error().text(), "cannot start '/nonexistent/program': No such file or directory");
}

TEST(AttachedProgram, is_killed_by_its_destructor) {
  UniqueFd pidfd;
  {
    const auto program = AttachedProgram::start({"/bin/sleep", "60"}, {});
    ASSERT_TRUE(program.has_value());
    pidfd.reset(::dup(program->pidfd()));
  }
  EXPECT_TRUE(wait_until_ended(pidfd.get(), 0).value());
}

TEST(AttachedProgram, does_not_outlive_a_parent_that_is_killed) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    // The sleeper holds the pipe's end as its stdout until it ends.
    const auto program = AttachedProgram::start({"/bin/sleep", "60"}, {.output = ends[1]});
    ::raise(SIGKILL);
    ::_exit(program.has_value() ? 0 : 1);
  }
  ::close(ends[1]);
  const int64_t began_ns = monotonic_ns();
  char none = 0;
  EXPECT_EQ(::read(ends[0], &none, 1), 0);
  EXPECT_LT(monotonic_ns() - began_ns, 30'000'000'000);
  ::close(ends[0]);
  int status = 0;
  ASSERT_EQ(::waitpid(parent, &status, 0), parent);
  EXPECT_TRUE(WIFSIGNALED(status));
}

}  // namespace
}  // namespace umb
