// SPDX-License-Identifier: Apache-2.0
#include "sys/traced_run.h"

#include "base/unique_fd.h"
#include "sys/subprocess.h"
#include "testing/temporary_folder.h"

#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

constexpr int64_t kLimitNs = 20'000'000'000;

/// Where this machine lets nobody trace there is nothing to be seen.
#define RUN_OR_SKIP(name, words, limit)                                                                       \
  const Result<TracedRun> name = traced(words, limit);                                                        \
  if (!name.has_value() && name.error().kind == ErrorKind::kUnavailable) GTEST_SKIP() << name.error().text(); \
  ASSERT_TRUE(name.has_value()) << name.error().text()

class TracedRunTest : public ::testing::Test {
 protected:
  Result<TracedRun> traced(const std::vector<std::string>& words, int64_t limit_ns = kLimitNs) {
    const UniqueFd out(::open(folder_.at("out").c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    return run_traced(words, {"TOLD=by the tracer"}, out.get(), limit_ns);
  }
  std::string output() {
    std::ostringstream text;
    text << std::ifstream(folder_.at("out")).rdbuf();
    return text.str();
  }
  TemporaryFolder folder_;
};

std::vector<std::string> script(const std::string& text) {
  return {"/bin/sh", "-c", text};
}

TEST_F(TracedRunTest, gives_exit_code_and_output_of_a_program_and_its_children) {
  RUN_OR_SKIP(run, script("(echo one; exit 3); echo two $?; kill -USR1 $$; exit 5"), kLimitNs);
  EXPECT_EQ(run->exit_code, -1) << "a signal is passed on";
  EXPECT_EQ(output(), "one\ntwo 3\n");
}

TEST_F(TracedRunTest, sees_no_root_in_a_program_that_makes_none) {
  RUN_OR_SKIP(run, script("exit 5"), kLimitNs);
  EXPECT_EQ(run->exit_code, 5);
  EXPECT_EQ(container_path_of(run->calls), "");
}

TEST_F(TracedRunTest, a_call_that_fails_is_not_counted) {
  if (find_program("chroot").empty()) GTEST_SKIP() << "no chroot program";
  RUN_OR_SKIP(run, (std::vector<std::string>{find_program("chroot"), "/no/such/folder", "true"}), kLimitNs);
  EXPECT_FALSE(run->calls.chroot);
}

TEST_F(TracedRunTest, kills_what_outlives_its_limit_with_all_its_children) {
  RUN_OR_SKIP(run, script("sleep 1000 & sleep 1000 & wait"), 300'000'000);
  EXPECT_TRUE(run->timed_out);
}

TEST_F(TracedRunTest, a_program_that_can_not_be_started_is_an_error) {
  const Result<TracedRun> run = traced({"/no/such/program"});
  ASSERT_FALSE(run.has_value());
  if (run.error().kind == ErrorKind::kUnavailable) GTEST_SKIP() << run.error().text();
  EXPECT_EQ(run.error().text(), "cannot start '/no/such/program': No such file or directory");
}

TEST(ContainerPathOf, a_pivot_counts_whatever_was_tried_before) {
  EXPECT_EQ(container_path_of({.pivot_root = true}), "pivot");
  EXPECT_EQ(container_path_of({.pivot_root = true, .open_tree_namespace = true}), "pivot");
  EXPECT_EQ(container_path_of({.open_tree_namespace = true}), "open_tree_namespace");
  EXPECT_EQ(container_path_of({.moved_mount = true, .chroot = true}), "chroot");
  EXPECT_EQ(container_path_of({.chroot = true}), "");
}

}  // namespace
}  // namespace umb
