// SPDX-License-Identifier: Apache-2.0
#include "runner/disturbance.h"
#include "runner/worker.h"
#include "runner/worker_executor.h"
#include "sys/mount_door.h"
#include "sys/subprocess.h"
#include "testing/child_named.h"

#include <cerrno>
#include <csignal>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {
namespace {

Case bind_case(const std::string& files) {
  return {.id = "bind-" + files,
          .scenario = "umount",
          .parameters = {{"fs", "bind"},
                         {"mode", "plain"},
                         {"method", "syscall"},
                         {"rcu", "as-found"},
                         {"files", files},
                         {"dirty_bytes", "0"}}};
}

/// A sandbox whose workers measure two cases, one of them with a file in its mount.
class WorkerOnTheKernel : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    plan_.cases = {bind_case("1"), bind_case("0")};
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
  }
  void TearDown() override {
    if (sandbox_ != nullptr) {
      EXPECT_TRUE(sandbox_->stop(10'000'000'000).has_value());
    }
    ::rmdir(folder_.c_str());
  }

  /// `first` runs in each worker before anything else; a worker for which it says no ends at once.
  WorkerExecutor& start(const std::function<bool(const std::string& folder)>& first) {
    auto sandbox = Sandbox::start({.folder = folder_, .needed = {"/usr"}}, [this, first](const WorkerPort& port) {
      return first(folder_) ? worker_main({&plan_, folder_, &stop_, "", group_}, port) : 9;
    });
    EXPECT_TRUE(sandbox.has_value());
    sandbox_ = std::move(*sandbox);
    EXPECT_TRUE(sandbox_->go().has_value());
    return executor_.emplace(*sandbox_, plan_);
  }

  /// What is mounted below the sandbox's folder, as its init sees it.
  [[nodiscard]] int64_t mounts_inside() const {
    std::ifstream table("/proc/" + std::to_string(sandbox_->init().pid) + "/mountinfo");
    int64_t found = 0;
    for (std::string line; std::getline(table, line);) found += line.find(folder_ + "/") != std::string::npos ? 1 : 0;
    return found;
  }

  std::string folder_ = "/tmp/umountbench-test-XXXXXX";
  ControlGroup group_{"/umountbench-test-" + std::to_string(::getpid()), cgroup_roots()};
  Plan plan_;
  StopFlag stop_;
  std::unique_ptr<Sandbox> sandbox_;
  std::optional<WorkerExecutor> executor_;
};

TEST_F(WorkerOnTheKernel, a_case_with_trouble_before_its_call_leaves_no_mount_to_the_others) {
  WorkerExecutor& executor = start([](const std::string& folder) {
    // Its one file can't be made.
    return ::mkdir((folder + "/bind-source").c_str(), 0700) == 0 &&
           ::mkdir((folder + "/bind-source/f0").c_str(), 0700) == 0;
  });
  ASSERT_TRUE(executor.start(1).has_value());
  const auto troubled = executor.run_block({.case_index = 0, .count = 3, .limit_ns = 1'000'000'000});
  ASSERT_TRUE(troubled.has_value());
  EXPECT_NE(troubled->error.find("f0"), std::string::npos) << troubled->error;
  EXPECT_EQ(mounts_inside(), 0);
  const auto other = executor.run_block({.case_index = 1, .count = 3, .limit_ns = 1'000'000'000});
  ASSERT_TRUE(other.has_value());
  EXPECT_EQ(other->samples.size(), 3U) << other->error;
  EXPECT_TRUE(executor.end().has_value());
}

TEST_F(WorkerOnTheKernel, takes_off_what_a_killed_worker_left_mounted) {
  WorkerExecutor& executor = start([](const std::string& folder) {
    // Only the first worker can make it.
    if (::mkdir((folder + "/left").c_str(), 0700) != 0) return true;
    KernelMountDoor door;
    for (int layer = 0; layer < 2; ++layer) {
      if (!door.mount({.source = "left", .target = folder + "/left", .type = "tmpfs"}).has_value()) return true;
    }
    return false;
  });
  const auto first = executor.start(1);
  ASSERT_FALSE(first.has_value());
  EXPECT_EQ(first.error().errno_value, ECHILD);
  EXPECT_EQ(mounts_inside(), 2);
  ASSERT_TRUE(executor.restart().has_value());
  EXPECT_EQ(mounts_inside(), 0);
  EXPECT_TRUE(executor.end().has_value());
}

TEST_F(WorkerOnTheKernel, begins_no_sample_after_the_blocks_time_but_takes_one) {
  plan_.settings.settle = "random";
  WorkerExecutor& executor = start([](const std::string&) { return true; });
  ASSERT_TRUE(executor.start(1).has_value());
  const auto one = executor.run_block({.case_index = 1, .count = 1000, .limit_ns = 0});
  const auto few = executor.run_block({.case_index = 1, .count = 1000, .limit_ns = 500'000'000});
  ASSERT_TRUE(one.has_value() && few.has_value());
  EXPECT_EQ(one->samples.size(), 1U);
  EXPECT_GT(few->samples.size(), 1U);
  EXPECT_LT(few->samples.size(), 1000U);
  EXPECT_EQ(few->error, "");
  EXPECT_TRUE(executor.end().has_value());
}

TEST_F(WorkerOnTheKernel, a_load_that_dies_fails_its_case_in_words_and_not_the_run) {
  plan_.settings.settle = "random";
  plan_.cases[0] = {.id = "beside",
                    .scenario = "bystander",
                    .parameters = {{"mode", "plain"}, {"rcu", "as-found"}, {"load", "rcu_callbacks"}}};
  WorkerExecutor& executor = start([](const std::string&) { return true; });
  ASSERT_TRUE(executor.start(1).has_value());
  ASSERT_TRUE(executor.run_block({.case_index = 0, .count = 2, .limit_ns = 1'000'000'000})->error.empty());
  std::thread killer([worker = static_cast<pid_t>(executor.pid())] {
    pid_t load = 0;
    for (int look = 0; look < 1000 && load == 0; ++look) load = child_named(worker, "umountbench:cbs");
    if (load != 0) ::kill(load, SIGKILL);
  });
  const auto beside = executor.run_block({.case_index = 0, .count = 200, .limit_ns = 2'000'000'000});
  killer.join();
  ASSERT_TRUE(beside.has_value());
  EXPECT_NE(beside->error, "");
  const auto other = executor.run_block({.case_index = 1, .count = 3, .limit_ns = 1'000'000'000});
  ASSERT_TRUE(other.has_value());
  EXPECT_EQ(other->error, "");
  EXPECT_TRUE(executor.end().has_value());
}

Case container_case(const std::string& runtime) {
  return {.id = "container-" + runtime,
          .scenario = "container",
          .parameters = {{"runtime", runtime}, {"rcu", "as-found"}, {"net", "new"}, {"path", "pivot"}}};
}

TEST_F(WorkerOnTheKernel, the_time_of_the_containers_that_it_starts_is_the_runs_own) {
  plan_.cases = {container_case("builtin"), container_case("crun")};
  WorkerExecutor& executor = start([](const std::string&) { return true; });
  ASSERT_TRUE(executor.start(1).has_value());
  for (const uint32_t index : {0U, 1U}) {
    if (index == 1 && find_program("crun").empty()) GTEST_SKIP() << "crun is not installed";
    const MachineMoment begin = read_machine_moment({});
    const auto block = executor.run_block({.case_index = index, .count = 40, .limit_ns = 20'000'000'000});
    const MachineMoment end = read_machine_moment({});
    ASSERT_TRUE(block.has_value());
    ASSERT_EQ(block->samples.size(), 40U) << block->error;
    int64_t used_ns = 0;
    for (const Sample& sample : block->samples) used_ns += sample.thread_cpu_ns;
    const int64_t own = end.users.own_ticks - begin.users.own_ticks;
    EXPECT_GE(own, used_ns * ::sysconf(_SC_CLK_TCK) / 1'000'000'000 - 4) << plan_.cases[index].id;
    EXPECT_GT(own, 4);
  }
  EXPECT_TRUE(executor.end().has_value());
}

}  // namespace
}  // namespace umb
