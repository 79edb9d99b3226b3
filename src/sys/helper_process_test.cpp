// SPDX-License-Identifier: Apache-2.0
#include "sys/helper_process.h"

#include <cerrno>
#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

HelperProcess::Work work_of(std::function<Result<std::string>(const std::string&)> answer) {
  return {.name = "umountbench-tst", .enter = [] { return Result<void>(); }, .answer = std::move(answer)};
}

TEST(HelperProcess, answers_from_a_process_of_its_own_until_it_is_let_go) {
  const auto helper = HelperProcess::fork(work_of(
      [](const std::string& request) -> Result<std::string> { return request + " " + std::to_string(::getpid()); }));
  ASSERT_TRUE(helper.has_value());
  const pid_t pid = (*helper)->pid();
  EXPECT_NE(pid, ::getpid());
  EXPECT_EQ((*helper)->ask("pid").value_or("none"), "pid " + std::to_string(pid));
  EXPECT_EQ((*helper)->ask("again").value_or("none"), "again " + std::to_string(pid));
  (*helper)->end();
  EXPECT_EQ((*helper)->pid(), 0);
  EXPECT_FALSE(std::filesystem::exists("/proc/" + std::to_string(pid)));
}

TEST(HelperProcess, hands_on_what_went_wrong_and_goes_on) {
  const auto helper = HelperProcess::fork(work_of([](const std::string& request) -> Result<std::string> {
    if (request == "no") return fail_errno("cannot do it", EBUSY);
    return std::string("done");
  }));
  ASSERT_TRUE(helper.has_value());
  const Result<std::string> refused = (*helper)->ask("no");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().text(), "cannot do it: Device or resource busy");
  EXPECT_EQ(refused.error().errno_value, EBUSY);
  EXPECT_EQ((*helper)->ask("yes").value_or("none"), "done");
}

TEST(HelperProcess, that_can_not_enter_is_none) {
  HelperProcess::Work work = work_of([](const std::string&) -> Result<std::string> { return std::string(); });
  work.enter = []() -> Result<void> { return fail("cannot enter"); };
  const auto helper = HelperProcess::fork(work);
  ASSERT_FALSE(helper.has_value());
  EXPECT_EQ(helper.error().what, "cannot enter");
}

TEST(HelperProcess, that_is_lost_says_so_instead_of_waiting) {
  const auto helper = HelperProcess::fork(work_of([](const std::string&) -> Result<std::string> { ::_exit(3); }));
  ASSERT_TRUE(helper.has_value());
  const Result<std::string> answer = (*helper)->ask("leave");
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().kind, ErrorKind::kUnavailable);
}

TEST(HelperProcess, plain_bytes_of_another_length_are_refused) {
  EXPECT_EQ(from_plain_bytes<int64_t>(plain_bytes<int64_t>(-7)).value_or(0), -7);
  EXPECT_FALSE(from_plain_bytes<int64_t>("short").has_value());
}

}  // namespace
}  // namespace umb
