// SPDX-License-Identifier: Apache-2.0
#include "trace/examine_tracing.h"

#include "testing/fake_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

using ::testing::HasSubstr;

std::vector<Finding> examined(const FakeTree& tree) {
  return examine_tracing({tree.path()});
}

FakeEntry own_wchan() {
  return {"proc/" + std::to_string(::getpid()) + "/wchan", "0"};
}

TEST(ExamineTracing, says_that_everything_is_there_and_who_else_traces) {
  const FakeTree tree{fake_link("proc/self/ns/pid", "pid:[4026531836]"),
                      {"sys/kernel/tracing/trace_clock", ""},
                      {"sys/kernel/tracing/set_event_pid", ""},
                      {"sys/kernel/tracing/kprobe_events", ""},
                      fake_folder("sys/kernel/tracing/instances")};
  ASSERT_EQ(examined(tree).size(), 1U);
  EXPECT_EQ(examined(tree)[0].level, "ok");
  tree.set({"sys/kernel/tracing/current_tracer", "function\n"});
  ASSERT_EQ(examined(tree).size(), 2U);
  EXPECT_EQ(examined(tree)[1].level, "noisy");
  EXPECT_THAT(examined(tree)[1].message, HasSubstr("the tracer function is on"));
}

TEST(ExamineTracing, says_what_is_left_without_tracefs_and_how_to_get_it) {
  const FakeTree tree{fake_folder("sys/kernel/tracing"), own_wchan()};
  const Finding finding = examined(tree).at(0);
  EXPECT_EQ(finding.level, "note");
  EXPECT_THAT(finding.message, HasSubstr("tracefs is not mounted: --explain makes a coarse split"));
  EXPECT_EQ(finding.command, "mount -t tracefs tracefs /sys/kernel/tracing");
}

TEST(ExamineTracing, says_that_nothing_can_be_told) {
  const FakeTree tree{fake_folder("sys")};
  const Finding finding = examined(tree).at(0);
  EXPECT_EQ(finding.level, "missing");
  EXPECT_THAT(finding.message, HasSubstr("--explain can tell nothing"));
}

}  // namespace
}  // namespace umb
