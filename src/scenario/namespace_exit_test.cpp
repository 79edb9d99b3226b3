// SPDX-License-Identifier: Apache-2.0
#include "scenario/namespace_exit.h"

#include "scenario/test_samples.h"
#include "testing/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

class FakeTask final : public ExitingTask {
 public:
  FakeTask(TaskExit exit, int& tasks) : exit_(exit), tasks_(tasks) {}
  Result<void> start(bool) override {
    ++tasks_;
    return {};
  }
  Result<TaskExit> exit() override {
    --tasks_;
    return exit_;
  }
  Result<void> undo() override {
    tasks_ = 0;
    return {};
  }

 private:
  TaskExit exit_;
  int& tasks_;
};

class NamespaceExitTest : public ::testing::Test {
 protected:
  std::unique_ptr<Scenario> make(const TaskExit& exit) {
    auto scenario =
        make_namespace_exit(case_of(namespace_exit_scenario(), {{"mounts", "10"}}), {.folder = folder_.path()},
                            [this, exit](const ExitingTaskOptions& options) -> Result<std::unique_ptr<ExitingTask>> {
                              EXPECT_EQ(options.mounts, 10);
                              return std::make_unique<FakeTask>(exit, tasks_);
                            });
    EXPECT_TRUE(scenario->setup().has_value());
    return scenario;
  }

  const TemporaryFolder folder_;
  int tasks_ = 0;
};

TEST_F(NamespaceExitTest, is_timed_from_the_task_s_last_look_to_its_reaping) {
  const auto scenario = make({.began_ns = 100, .ended_ns = 600});
  const Result<Sample> sample = test_sample(*scenario);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->started_at_ns, 100);
  EXPECT_EQ(sample->return_ns, 500);
  EXPECT_EQ(sample->phases[0], 50);
  EXPECT_EQ(sample->thread_cpu_ns, kMissing);
  EXPECT_EQ(test_checks(*scenario), "");
}

TEST_F(NamespaceExitTest, of_a_kernel_that_frees_late_is_deferred) {
  const auto scenario = make({.began_ns = 100, .ended_ns = 600, .at_first = false, .released_at_ns = 5'000'000});
  const Result<Sample> sample = test_sample(*scenario, true);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->released_at_return, 0);
  EXPECT_EQ(sample->released_ns, 4'999'900);
  EXPECT_FALSE(sample->not_released);
  EXPECT_THAT(test_checks(*scenario), ::testing::HasSubstr("released_at_return: the task was reaped"));
}

TEST_F(NamespaceExitTest, with_super_blocks_that_stay_is_not_released) {
  const auto scenario = make({.began_ns = 100, .ended_ns = 600});
  const Result<Sample> sample = test_sample(*scenario, true);
  ASSERT_TRUE(sample.has_value());
  EXPECT_TRUE(sample->not_released);
}

TEST_F(NamespaceExitTest, a_task_that_did_not_exit_by_itself_fails_its_check) {
  const auto scenario = make({.began_ns = 100, .ended_ns = 600, .status = 9});
  const Result<Sample> sample = test_sample(*scenario);
  ASSERT_TRUE(sample.has_value());
  EXPECT_EQ(sample->errno_value, EIO);
  EXPECT_EQ(sample->return_ns, kMissing);
  EXPECT_EQ(test_checks(*scenario), "task exited: its status was 9");
}

TEST_F(NamespaceExitTest, a_task_that_still_waits_at_the_end_is_undone) {
  const auto scenario = make({});
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_EQ(tasks_, 1);
  EXPECT_TRUE(scenario->cleanup().has_value());
  EXPECT_EQ(tasks_, 0);
}

}  // namespace
}  // namespace umb
