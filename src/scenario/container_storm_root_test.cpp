// SPDX-License-Identifier: Apache-2.0
#include "scenario/test_on_the_kernel.h"
#include "sys/cgroup.h"
#include "sys/cgroup_mounts.h"
#include "sys/subprocess.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

std::string storm(const std::string& runtime, const std::string& starts, const std::string& order) {
  return in_sandbox([&](const std::string& folder) -> std::string {
    const Case spec =
        case_of(*find_scenario("container_storm"), {{"runtime", runtime}, {"starts", starts}, {"order", order}});
    const TakenSamples taken = take_samples(spec, folder, 3);
    if (!taken.trouble.empty()) return taken.trouble;
    for (const Sample& sample : taken.samples) {
      if (sample.errno_value != 0) return errno_text(sample.errno_value);
      if (sample.phases[0] <= 0 || sample.phases[1] < sample.phases[0] || sample.phases[2] <= 0) return "phases";
      if (sample.return_ns < sample.phases[1]) return "the whole is shorter than a start";
    }
    return "well";
  });
}

TEST(ContainerStormOnTheKernel, starts_all_at_once_and_one_after_the_other_and_leaves_nothing) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  for (const char* order : {"parallel", "sequence"}) {
    EXPECT_EQ(storm("builtin", "1", order), "well") << order;
    EXPECT_EQ(storm("builtin", "16", order), "well") << order;
  }
}

TEST(ContainerStormOnTheKernel, starts_runtimes_side_by_side) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  for (const char* runtime : {"crun", "runc"}) {
    if (find_program(runtime).empty()) GTEST_SKIP() << runtime << " is not installed";
    for (const char* order : {"parallel", "sequence"})
      EXPECT_EQ(storm(runtime, "4", order), "well") << runtime << order;
  }
  for (const std::string& root : cgroup_roots()) {
    EXPECT_FALSE(std::filesystem::exists(root + kTestGroup + "/storm-0")) << root;
    EXPECT_TRUE(kill_cgroup(root + kTestGroup, 1'000'000'000).has_value()) << root;
  }
}

}  // namespace
}  // namespace umb
