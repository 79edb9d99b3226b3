// SPDX-License-Identifier: Apache-2.0
#include "trace/sleep_watch.h"

#include "base/clock.h"
#include "sys/task_look.h"
#include "testing/temporary_folder.h"
#include "trace/sleep_cause.h"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A made-up /proc.
class SleepingFamily : public testing::Test {
 protected:
  void task(int64_t pid, int64_t parent, const std::string& children, const std::string& wchan,
            const std::string& stack) {
    const std::string folder = files_.path() + "/proc/" + std::to_string(pid);
    std::filesystem::create_directories(folder + "/task/" + std::to_string(pid));
    std::ofstream(folder + "/stat") << pid << " (umount (x) y) S " << parent << " 1 1 0\n";
    std::ofstream(folder + "/wchan") << wchan;
    std::ofstream(folder + "/stack") << stack;
    std::ofstream(folder + "/task/" + std::to_string(pid) + "/children") << children;
  }
  HostRoot root() { return {files_.path()}; }

  TemporaryFolder files_;
};

const std::string kGracePeriod =
    "[<0>] __wait_rcu_gp+0x11a/0x150\n[<0>] synchronize_rcu_normal.part.0+0x1/0x2\n[<0>] namespace_unlock+0x289/0x360\n"
    "[<0>] path_umount+0x14c/0x500\n";

TEST(SleepCause, is_that_of_the_innermost_function_that_is_known) {
  EXPECT_EQ(sleep_cause({"schedule", "__wait_rcu_gp", "synchronize_rcu", "kill_anon_super", "task_work_run"}),
            "grace_period");
  EXPECT_EQ(sleep_cause({"jbd2_log_wait_commit", "ext4_sync_fs", "sync_filesystem", "generic_shutdown_super"}), "sync");
  EXPECT_EQ(sleep_cause({"submit_bio_wait", "ext4_put_super", "generic_shutdown_super", "cleanup_mnt"}), "shut_down");
  EXPECT_EQ(sleep_cause({"rwsem_down_write_slowpath", "namespace_lock", "path_umount"}), "locks");
  EXPECT_EQ(sleep_cause({"do_wait", "kernel_wait4"}), "unknown");
  EXPECT_EQ(sleep_cause({}), "unknown");
}

TEST(SleepPlace, is_the_innermost_function_but_what_a_grace_period_or_a_lock_is_known_by) {
  EXPECT_EQ(sleep_place({"submit_bio_wait", "ext4_put_super", "generic_shutdown_super"}), "submit_bio_wait");
  EXPECT_EQ(sleep_place({"schedule", "rwsem_down_write_slowpath", "namespace_lock"}), "rwsem_down_write_slowpath");
  EXPECT_EQ(sleep_place({"wait_for_completion", "__wait_rcu_gp", "synchronize_rcu"}), "__wait_rcu_gp");
  EXPECT_EQ(sleep_place({"do_wait", "kernel_wait4"}), "do_wait");
  EXPECT_EQ(sleep_place({}), "");
}

TEST(TaskLook, reads_the_functions_of_a_stack_without_what_the_compiler_added) {
  EXPECT_THAT(functions_in_stack(kGracePeriod),
              ElementsAre("__wait_rcu_gp", "synchronize_rcu_normal", "namespace_unlock", "path_umount"));
  EXPECT_THAT(functions_in_stack("nonsense\n[<0>] \n"), IsEmpty());
}

TEST_F(SleepingFamily, knows_a_child_by_the_wait_of_its_own_while_the_worker_waits_for_it) {
  task(10, 1, "11", "do_wait", "");
  task(11, 10, "12", "do_wait", "[<0>] do_wait+0x1/0x2\n");
  task(12, 11, "", "__wait_rcu_gp", kGracePeriod);
  const SleepLook seen = look_at_family(root(), 11);
  EXPECT_EQ(seen.cause, "grace_period");
  EXPECT_EQ(seen.place, "__wait_rcu_gp");
}

TEST_F(SleepingFamily, knows_an_orphan_that_has_come_to_the_sandbox_s_init) {
  task(10, 2, "11 12", "do_wait", "");
  task(11, 10, "", "do_wait", "[<0>] do_wait+0x1/0x2\n");
  task(12, 10, "", "__wait_rcu_gp", kGracePeriod);
  EXPECT_EQ(look_at_family(root(), 11).cause, "grace_period");
}

TEST_F(SleepingFamily, is_on_the_cpu_when_any_of_it_runs) {
  task(10, 2, "11 12", "do_wait", "");
  task(11, 10, "", "__wait_rcu_gp", kGracePeriod);
  task(12, 10, "", "0", kGracePeriod);
  const SleepLook seen = look_at_family(root(), 11);
  EXPECT_EQ(seen.cause, "on_cpu");
  EXPECT_EQ(seen.place, "");
}

TEST_F(SleepingFamily, is_known_by_wchan_alone_where_the_stack_cannot_be_read) {
  task(10, 2, "11", "do_wait", "");
  task(11, 10, "", "synchronize_rcu_normal.part.0", "");
  EXPECT_EQ(look_at_family(root(), 11).cause, "grace_period");
}

TEST_F(SleepingFamily, that_is_gone_gives_no_look) {
  EXPECT_EQ(look_at_family(root(), 11).cause, "");
}

TEST(SleepWatch, sees_a_real_process_asleep) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    for (;;) ::pause();
  }
  SleepWatch watch({}, child);
  sleep_ns(500'000'000);
  const std::vector<SleepLook> looks = watch.stop();
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_GT(looks.size(), 10U);
  EXPECT_TRUE(std::ranges::is_sorted(looks, {}, &SleepLook::at_ns));
}

}  // namespace
}  // namespace umb
