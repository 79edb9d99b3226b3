// SPDX-License-Identifier: Apache-2.0
// The scenario that docs/add-a-scenario.md walks through: its code comes from the page.
#include "scenario/scenario.h"
#include "scenario/stack.h"
#include "testing/temporary_folder.h"

#include <cerrno>

#include <gtest/gtest.h>

namespace umb {
namespace {

/// Counts what is mounted.
class CountingDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override {
    EXPECT_EQ(request.type, "tmpfs");
    ++mounted;
    return {};
  }
  int umount(const char* /*target*/, int flags) override {
    if (mounted == busy_at && (flags & MNT_DETACH) == 0) return EBUSY;
    --mounted;
    return 0;
  }
  int mounted = 0;
  int busy_at = -1;
};

Case stack_case(const std::string& layers) {
  return {.id = "", .scenario = "stack", .parameters = {{"mode", "plain"}, {"rcu", "normal"}, {"layers", layers}}};
}

TEST(DocumentedScenario, describes_itself_as_the_registered_ones_do) {
  const ScenarioEntry entry = stack_scenario();
  EXPECT_EQ(find_scenario(entry.info.name), nullptr);
  EXPECT_FALSE(entry.needs(stack_case("2")).root);
  EXPECT_FALSE(entry.needs_watch(stack_case("2")));
  EXPECT_GT(entry.estimate_ns(stack_case("9")), entry.estimate_ns(stack_case("2")));
  EXPECT_EQ(entry.metrics(stack_case("2"), {}).size(), 5U);
}

TEST(DocumentedScenario, takes_everything_off_inside_the_stopwatch_and_what_is_left_after_it) {
  const TemporaryFolder folder;
  CountingDoor door;
  const auto scenario = stack_scenario().make(stack_case("5"), {.folder = folder.path(), .door = &door});
  ASSERT_TRUE(scenario->setup().has_value());
  Sample sample;
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_EQ(door.mounted, 5);
  EXPECT_EQ(scenario->measure(sample).errno_value, 0);
  EXPECT_EQ(door.mounted, 0);
  ASSERT_TRUE(scenario->conclude(sample).has_value());

  door.busy_at = 2;
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_EQ(scenario->measure(sample).errno_value, EBUSY);
  EXPECT_EQ(door.mounted, 2);
  ASSERT_TRUE(scenario->conclude(sample).has_value());
  EXPECT_EQ(door.mounted, 0);
  EXPECT_TRUE(scenario->cleanup().has_value());
}

}  // namespace
}  // namespace umb
