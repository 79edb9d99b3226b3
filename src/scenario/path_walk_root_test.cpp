// SPDX-License-Identifier: Apache-2.0
#include "scenario/test_on_the_kernel.h"
#include "testing/child_named.h"

#include <csignal>

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

std::string walked(const std::string& threads, const std::string& traffic, bool unprivileged = false) {
  return in_sandbox(
      [&](const std::string& folder) -> std::string {
        const TakenSamples taken =
            take_samples(case_of(*find_scenario("path_walk"), {{"threads", threads}, {"traffic", traffic}}), folder, 5);
        if (!taken.trouble.empty()) return taken.trouble;
        int64_t mounts = 0;
        for (const Sample& sample : taken.samples) {
          if (sample.errno_value != 0) return errno_text(sample.errno_value);
          if (sample.phases[0] <= 0 || (sample.phases[1] == kMissing) != (traffic == "off")) return "phases";
          mounts += traffic == "on" ? sample.phases[1] : 1;
        }
        return mounts > 0 ? "walked" : "no traffic";
      },
      unprivileged);
}

TEST(PathWalkOnTheKernel, looks_up_with_and_without_traffic_and_leaves_no_mount) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  for (const char* threads : {"1", "2", "5"}) {
    for (const char* traffic : {"off", "on"}) EXPECT_EQ(walked(threads, traffic), "walked") << threads << traffic;
  }
}

TEST(PathWalkOnTheKernel, whose_traffic_died_in_the_last_block_says_so) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  const std::string told = in_sandbox([](const std::string& folder) -> std::string {
    KernelMountDoor door;
    const auto scenario =
        find_scenario("path_walk")
            ->make(case_of(*find_scenario("path_walk"), {{"traffic", "on"}}), {.folder = folder, .door = &door});
    if (!scenario->setup().has_value() || !scenario->prepare(false).has_value()) return "not ready";
    const pid_t traffic = child_named(::getpid(), "umountbench:trf");
    if (traffic == 0) return "no traffic";
    ::kill(traffic, SIGKILL);
    const bool told_of_it = !scenario->end_block().has_value();
    return !scenario->cleanup().has_value() ? "cleanup" : told_of_it ? "told" : "silent";
  });
  EXPECT_EQ(told, "told");
}

TEST(PathWalkOnTheKernel, works_in_a_user_namespace) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  EXPECT_EQ(walked("2", "on", true), "walked");
}

}  // namespace
}  // namespace umb
