// SPDX-License-Identifier: Apache-2.0
// The same scenario of docs/add-a-scenario.md with the kernel.
#include "fixture/in_sandbox.h"
#include "scenario/stack.h"
#include "sys/private_mounts.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

TEST(DocumentedScenario, measures_for_real_and_leaves_nothing_mounted) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  const std::string told = in_sandbox([](const std::string& folder) -> std::string {
    KernelMountDoor door;
    const Case spec{
        .id = "", .scenario = "stack", .parameters = {{"mode", "plain"}, {"rcu", "as-found"}, {"layers", "10"}}};
    const auto scenario = stack_scenario().make(spec, {.folder = folder, .door = &door});
    if (!scenario->setup().has_value()) return "no setup";
    const size_t before = mount_points()->size();
    Sample sample;
    for (int i = 0; i < 3; ++i) {
      if (!scenario->prepare(false).has_value()) return "no mounts";
      if (mount_points()->size() != before + 10) return "not ten of them";
      if (scenario->measure(sample).errno_value != 0) return "no umount";
      if (mount_points()->size() != before) return "something is still mounted";
      if (!scenario->conclude(sample).has_value()) return "no conclusion";
    }
    return scenario->cleanup().has_value() ? "well" : "no cleanup";
  });
  EXPECT_EQ(told, "well");
}

}  // namespace
}  // namespace umb
